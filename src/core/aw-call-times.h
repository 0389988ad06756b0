/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/aw-calendar.h"
#include "core/aw-dossier.h"
#include "core/aw-template.h"

G_BEGIN_DECLS

#define AW_N_CALL_TIMES 3

/**
 * AwCallTimes:
 * @calendar: the user's working days and hours
 * @zone: (nullable): the recipient's zone, %NULL or unknown: taken to be the user's
 * @busy: (nullable) (element-type gint64): starts and ends in turn, when the user is not free
 * @now: when it is written
 * @minutes: how long the call is to last
 *
 * From what times for a call are proposed.
 */
typedef struct
{
  AwCalendar *calendar;
  const char *zone;
  GArray *busy;
  gint64 now;
  int minutes;
} AwCallTimes;

gboolean aw_call_times_propose (const AwCallTimes *self, gint64 times[AW_N_CALL_TIMES]);
GArray *aw_call_times_get_slots (const AwCallTimes *self, AwDate date);
GArray *aw_call_times_get_days (const AwCallTimes *self, guint n);
char *aw_call_times_sentence (const AwCallTimes *self, AwTemplates *templates, const gint64 times[AW_N_CALL_TIMES]);
void aw_call_times_add_busy (GArray *busy, AwDossier *dossier);

G_END_DECLS
