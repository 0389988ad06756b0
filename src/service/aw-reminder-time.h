/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/aw-plan.h"

G_BEGIN_DECLS

/* G7 at the moment of showing, and the user's choices. @busy: start and end of
 * interviews, one after the other. */
gint64 aw_reminder_hold (const AwFollowUp *follow_up, AwCalendar *calendar, const gint64 *busy, gsize n_busy, gboolean chosen, gint64 now);
gint64 aw_reminder_morning (AwCalendar *calendar, gint64 at);
gint64 aw_reminder_tomorrow (AwCalendar *calendar, gint64 now);
gboolean aw_reminder_is_urgent (const AwFollowUp *follow_up, gint64 at);

G_END_DECLS
