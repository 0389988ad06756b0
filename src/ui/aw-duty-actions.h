/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/aw-ui.h"

G_BEGIN_DECLS

/* The ⋮ menu of a follow-up and its actions. */

/* Inserts the action group "duty" into @widget: duty.act, duty.open,
 * duty.other-channel, duty.snooze (s: "hour" "evening" "tomorrow" "week"
 * "date"), duty.done, duty.skip, duty.why. To be called again when the widget
 * shows another follow-up; @duty NULL removes it. */
void aw_duty_actions_attach (GtkWidget *widget, AwDuty *duty);

/* Its menu; @with_open: whether "Open Interview" is in it. */
GMenuModel *aw_duty_actions_menu (AwUi *ui, AwDuty *duty, gboolean with_open);

/* Whether the one telephones and the other writes would be possible now, and
 * which: "Call Instead", "Write Instead", NULL: neither. */
const char *aw_duty_actions_other_channel (AwUi *ui, AwDuty *duty);

/* "Why This?": a popover at @anchor. */
void aw_duty_actions_show_why (GtkWidget *anchor, AwDuty *duty);

/* When "hour" and so on is, given now. */
gint64 aw_duty_actions_snooze_time (AwCalendar *calendar, const char *word, gint64 now);

/* Called by duty.done, duty.skip and duty.snooze before the command runs, so
 * that the row can slide away first; see AwDutyRow. Returns the time to wait
 * in ms. */
typedef guint (*AwDutyLeaving) (GtkWidget *widget, gboolean leaving);
void aw_duty_actions_set_leaving (GtkWidget *widget, AwDutyLeaving leaving);

G_END_DECLS
