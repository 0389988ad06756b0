/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/aw-facts.h"

G_BEGIN_DECLS

/**
 * AwCalendar:
 *
 * The user's working days, day's start and end and zone, and the arithmetic of
 * rules.md §2 (Calendar). Immutable; made from the policy and the system's
 * zone, with its zones and answers cached, for one thread at a time.
 */
typedef struct _AwCalendar AwCalendar;

AwCalendar *aw_calendar_new (AwPolicy *policy, const char *system_zone);
AwCalendar *aw_calendar_ref (AwCalendar *self);
void aw_calendar_unref (AwCalendar *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AwCalendar, aw_calendar_unref)

AwPolicy *aw_calendar_get_policy (AwCalendar *self);
const char *aw_calendar_get_zone (AwCalendar *self); /* the user's, resolved */

/* zone NULL or unknown: the user's. */
AwDate aw_calendar_date_of (AwCalendar *self, const char *zone, gint64 sec);
int aw_calendar_minute_of (AwCalendar *self, const char *zone, gint64 sec); /* minutes since midnight */
gint64 aw_calendar_at (AwCalendar *self, const char *zone, AwDate date, int minute);
int aw_calendar_offset (AwCalendar *self, const char *zone, gint64 sec); /* seconds east of UTC */

gboolean aw_calendar_is_working (AwCalendar *self, AwDate date);
AwDate aw_calendar_working_on_or_after (AwCalendar *self, AwDate date);
AwDate aw_calendar_working_before (AwCalendar *self, AwDate date);
AwDate aw_calendar_add_working (AwCalendar *self, AwDate date, int n); /* n < 0: back */

gint64 aw_calendar_morning (AwCalendar *self, AwDate date, const char *person_zone);
gint64 aw_calendar_end_of_day (AwCalendar *self, AwDate date);
gint64 aw_calendar_add_working_days (AwCalendar *self, gint64 sec, int n); /* keeps the local time */

G_END_DECLS
