/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/aw-when-row.h"

#include <glib/gi18n-lib.h>

#include "core/aw-words.h"

struct _AwWhenRow
{
  AdwActionRow parent_instance;

  AwCalendar *calendar;
  GtkWidget *button;
  GtkWidget *days;
  GtkWidget *hour;
  GtkWidget *minute;
  AwDate date;
  gboolean setting;
};

G_DEFINE_FINAL_TYPE (AwWhenRow, aw_when_row, ADW_TYPE_ACTION_ROW)

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
update_button (AwWhenRow *self)
{
  g_autofree char *text = aw_words_weekday_date (self->date);

  gtk_menu_button_set_label (GTK_MENU_BUTTON (self->button), text);
}

static void
day_selected_cb (AwWhenRow *self)
{
  g_autoptr (GDateTime) day = NULL;

  if (self->setting)
    return;
  day = gtk_calendar_get_date (GTK_CALENDAR (self->days));
  self->date = aw_date_from_ymd (g_date_time_get_year (day), g_date_time_get_month (day), g_date_time_get_day_of_month (day));
  update_button (self);
  gtk_menu_button_popdown (GTK_MENU_BUTTON (self->button));
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
time_changed_cb (AwWhenRow *self)
{
  if (!self->setting)
    g_signal_emit (self, signals[CHANGED], 0);
}

static gboolean
two_digits_cb (GtkSpinButton *spin)
{
  g_autofree char *text = g_strdup_printf ("%02d", gtk_spin_button_get_value_as_int (spin));

  gtk_editable_set_text (GTK_EDITABLE (spin), text);
  return TRUE;
}

static GtkWidget *
make_spin (AwWhenRow *self,
           int max,
           int step,
           const char *name)
{
  GtkWidget *spin = gtk_spin_button_new_with_range (0, max, step);

  gtk_spin_button_set_wrap (GTK_SPIN_BUTTON (spin), TRUE);
  gtk_spin_button_set_numeric (GTK_SPIN_BUTTON (spin), TRUE);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (spin), GTK_ORIENTATION_VERTICAL);
  gtk_editable_set_width_chars (GTK_EDITABLE (spin), 2);
  aw_ui_set_name (spin, name);
  g_signal_connect (spin, "output", G_CALLBACK (two_digits_cb), NULL);
  g_signal_connect_object (spin, "value-changed", G_CALLBACK (time_changed_cb), self, G_CONNECT_SWAPPED);
  return spin;
}

static void
aw_when_row_finalize (GObject *object)
{
  g_clear_pointer (&AW_WHEN_ROW (object)->calendar, aw_calendar_unref);

  G_OBJECT_CLASS (aw_when_row_parent_class)->finalize (object);
}

static void
aw_when_row_class_init (AwWhenRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = aw_when_row_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
aw_when_row_init (AwWhenRow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *time = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *popover = gtk_popover_new ();

  self->days = gtk_calendar_new ();
  self->hour = make_spin (self, 23, 1, _("Hour"));
  self->minute = make_spin (self, 55, 5, _("Minute"));
  self->button = gtk_menu_button_new ();
  g_signal_connect_object (self->days, "day-selected", G_CALLBACK (day_selected_cb), self, G_CONNECT_SWAPPED);

  gtk_box_append (GTK_BOX (box), self->days);
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->button), popover);
  gtk_widget_set_valign (self->button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->button, "flat");

  gtk_box_append (GTK_BOX (time), self->hour);
  gtk_box_append (GTK_BOX (time), gtk_label_new (":"));
  gtk_box_append (GTK_BOX (time), self->minute);
  gtk_widget_set_valign (time, GTK_ALIGN_CENTER);
  gtk_widget_set_margin_top (time, 6);
  gtk_widget_set_margin_bottom (time, 6);

  adw_action_row_add_suffix (ADW_ACTION_ROW (self), self->button);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), time);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), FALSE);
}

/* Public functions --------------------------------------------------------- */

GtkWidget *
aw_when_row_new (const char *title,
                 AwCalendar *calendar,
                 gint64 sec)
{
  AwWhenRow *self = g_object_new (AW_TYPE_WHEN_ROW, NULL);

  self->calendar = aw_calendar_ref (calendar);
  aw_ui_row_set (GTK_WIDGET (self), title, NULL);
  aw_when_row_set (self, sec);
  return GTK_WIDGET (self);
}

gint64
aw_when_row_get (AwWhenRow *self)
{
  int minute = gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (self->hour)) * 60 +
               gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (self->minute));

  return aw_calendar_at (self->calendar, NULL, self->date, minute);
}

void
aw_when_row_set (AwWhenRow *self,
                 gint64 sec)
{
  int minute = aw_calendar_minute_of (self->calendar, NULL, sec);
  g_autoptr (GDateTime) day = NULL;
  int year, month, day_of_month;

  self->date = aw_calendar_date_of (self->calendar, NULL, sec);
  aw_date_to_ymd (self->date, &year, &month, &day_of_month);
  day = g_date_time_new_utc (year, month, day_of_month, 12, 0, 0);

  self->setting = TRUE;
  gtk_calendar_select_day (GTK_CALENDAR (self->days), day);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (self->hour), minute / 60);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (self->minute), minute % 60);
  self->setting = FALSE;
  update_button (self);
}
