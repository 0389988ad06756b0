/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/aw-ui.h"

G_BEGIN_DECLS

/**
 * AwWhenRow:
 *
 * A row with a day (a button with a calendar) and a time of day, in the user's
 * zone. Signal "changed".
 */
#define AW_TYPE_WHEN_ROW (aw_when_row_get_type ())
G_DECLARE_FINAL_TYPE (AwWhenRow, aw_when_row, AW, WHEN_ROW, AdwActionRow)

GtkWidget *aw_when_row_new (const char *title, AwCalendar *calendar, gint64 sec);
gint64 aw_when_row_get (AwWhenRow *self);
void aw_when_row_set (AwWhenRow *self, gint64 sec);

G_END_DECLS
