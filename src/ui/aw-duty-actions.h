/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/aw-ui.h"

G_BEGIN_DECLS

/* The ⋮ menu of a follow-up, its main button, and what they do: the same on
 * Today's rows and on the Next Step card. */

/* Called with TRUE before done, skip and snooze run, so that a row can slide
 * away first; with FALSE if it has to come back. Returns the ms to wait. */
typedef guint (*AwDutyLeaving) (GtkWidget *widget, gboolean leaving);

/* Inserts the action group "duty" into @widget: duty.act, duty.open,
 * duty.other-channel, duty.anyway, duty.snooze (s: "hour" "evening" "tomorrow"
 * "week" "date"), duty.done, duty.skip, duty.add-missing, duty.why. To be
 * called again when the widget shows another follow-up; @duty NULL removes it.
 * @anchor: where the popover of duty.why points; NULL: @widget. */
void aw_duty_actions_attach (GtkWidget *widget, AwUi *ui, AwDuty *duty, GtkWidget *anchor, AwDutyLeaving leaving);

/* Its menu, as of now; @with_open: whether "Open Interview" is in it. */
GMenuModel *aw_duty_actions_snooze_menu (AwUi *ui);
GMenuModel *aw_duty_actions_menu (AwUi *ui, AwDuty *duty, gboolean with_open);

/* Doing it by telephone instead of writing, or the other way round, where a
 * number or an address and the guards allow it: AW_CHANNEL_PHONE,
 * AW_CHANNEL_EMAIL, or AW_CHANNEL_UNSET. */
AwChannel aw_duty_actions_other_channel (AwUi *ui, AwDuty *duty);

/* What the main button does; asks once where a guard holds the follow-up back. */
void aw_duty_actions_act (GtkWidget *widget, AwUi *ui, AwDuty *duty);

AwDuty *aw_duty_actions_find (AwUi *ui, const char *opportunity, const char *key); /* (transfer full); NULL: none */
AwTouchKind aw_duty_actions_touch_kind (AwDutyKind kind);
gint64 aw_duty_actions_snooze_time (AwCalendar *calendar, const char *word, gint64 now); /* AW_NEVER: not today */

G_END_DECLS
