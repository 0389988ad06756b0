/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/aw-ui.h"

G_BEGIN_DECLS

/**
 * AwDutyRow:
 *
 * One follow-up on Today: who, what, why now, until when, and one button.
 * Property "narrow": the button below, over the whole width.
 */
#define AW_TYPE_DUTY_ROW (aw_duty_row_get_type ())
G_DECLARE_FINAL_TYPE (AwDutyRow, aw_duty_row, AW, DUTY_ROW, GtkListBoxRow)

GtkWidget *aw_duty_row_new (AwUi *ui, AwDuty *duty);
AwDuty *aw_duty_row_get_duty (AwDutyRow *self);
void aw_duty_row_set_narrow (AwDutyRow *self, gboolean narrow);
void aw_duty_row_set_suggested (AwDutyRow *self, gboolean suggested);
void aw_duty_row_activate (AwDutyRow *self);

/* "error" "warning" "neutral": what the pill of a follow-up looks like. */
const char *aw_duty_row_pill_class (AwDuty *duty);

G_END_DECLS
