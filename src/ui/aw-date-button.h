/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "core/aw-calendar.h"

G_BEGIN_DECLS

/**
 * AwDateButton:
 *
 * A button with a date, or a date and a time, and a popover to change it: by
 * typing, by quick buttons, in a calendar. Signal "changed".
 */
#define AW_TYPE_DATE_BUTTON (aw_date_button_get_type ())
G_DECLARE_FINAL_TYPE (AwDateButton, aw_date_button, AW, DATE_BUTTON, AdwBin)

/* @label: accessible name ("When"); @calendar: for the user's zone; @now: what
 * today is. Without @with_time it is a date alone; with @optional there is
 * "No Date". */
GtkWidget *aw_date_button_new (const char *label, AwCalendar *calendar, gint64 now, gboolean with_time, gboolean optional);
void aw_date_button_set_date (AwDateButton *self, AwDate date); /* AW_DATE_NONE: none */
AwDate aw_date_button_get_date (AwDateButton *self);
void aw_date_button_set_instant (AwDateButton *self, gint64 sec); /* AW_NEVER: none */
gint64 aw_date_button_get_instant (AwDateButton *self);
/* For another zone than the user's, an interview's; NULL: the user's. Before set_instant. */
void aw_date_button_set_zone (AwDateButton *self, const char *zone);

/* A row "When" with such a button at its end. */
GtkWidget *aw_date_row_new (const char *title, GtkWidget *date_button);

G_END_DECLS
