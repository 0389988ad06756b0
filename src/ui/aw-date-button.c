/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/aw-date-button.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/aw-typed-date.h"
#include "core/aw-words.h"
#include "ui/aw-ui.h"

#define DEFAULT_MINUTE (9 * 60)
#define TIME_STEP 5

struct _AwDateButton
{
  AdwBin parent_instance;

  AwCalendar *calendar;
  char *zone;
  char *name;
  gint64 now;
  gboolean with_time;
  gboolean optional;
  gboolean half_days; /* 2:30 PM */

  AwDate date;
  int minute;
  gboolean updating;

  GtkWidget *button;
  GtkWidget *popover;
  GtkWidget *entry;
  GtkWidget *month;
  GtkWidget *hours;
  GtkWidget *minutes;
  GtkWidget *half;
};

G_DEFINE_FINAL_TYPE (AwDateButton, aw_date_button, ADW_TYPE_BIN)

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static AwDate
today (AwDateButton *self)
{
  return aw_calendar_date_of (self->calendar, self->zone, self->now);
}

static gint64
instant (AwDateButton *self)
{
  if (self->date == AW_DATE_NONE)
    return AW_NEVER;
  return aw_calendar_at (self->calendar, self->zone, self->date, self->with_time ? self->minute : DEFAULT_MINUTE);
}

static char *
format_time (AwDateButton *self)
{
  /* The time in the zone it was chosen in, whatever the user's is. */
  g_autoptr (GDateTime) time = g_date_time_new_utc (2000, 1, 1, self->minute / 60, self->minute % 60, 0);

  return g_date_time_format (time, self->half_days ? "%l:%M %p" : "%H:%M");
}

static void
update_label (AwDateButton *self)
{
  g_autofree char *day = NULL;
  g_autofree char *time = NULL;
  g_autofree char *label = NULL;
  g_autofree char *full = NULL;
  g_autofree char *accessible = NULL;

  if (self->date == AW_DATE_NONE)
    {
      label = g_strdup (_("Choose a Date"));
      full = g_strdup ("");
    }
  else
    {
      int year, month, d, this_year;

      day = aw_words_relative_day (self->date, today (self));
      full = aw_words_weekday_date (self->date);
      aw_date_to_ymd (self->date, &year, &month, &d);
      aw_date_to_ymd (today (self), &this_year, &month, &d);
      if (year != this_year)
        {
          /* Translators: a date with its weekday, and the year: "Tuesday 3 March 2027" */
          g_autofree char *with_year = g_strdup_printf (C_("date and year", "%s %d"), full, year);

          g_free (full);
          g_free (day);
          full = g_strdup (with_year);
          day = g_steal_pointer (&with_year);
        }
      time = self->with_time ? format_time (self) : NULL;
      /* Translators: a day and a time: "Today, 14:30" */
      label = time != NULL ? g_strdup_printf (_("%s, %s"), day, g_strstrip (time)) : g_strdup (day);
    }
  gtk_menu_button_set_label (GTK_MENU_BUTTON (self->button), label);
  gtk_widget_set_tooltip_text (self->button, *full != '\0' ? full : NULL);
  accessible = g_strdup_printf ("%s: %s", self->name, label);
  aw_ui_set_name (self->button, accessible);
}

static void
update_popover (AwDateButton *self)
{
  AwDate shown = self->date != AW_DATE_NONE ? self->date : today (self);
  g_autoptr (GDateTime) day = NULL;
  int year, month, d;

  self->updating = TRUE;
  aw_date_to_ymd (shown, &year, &month, &d);
  day = g_date_time_new_local (year, month, d, 12, 0, 0);
  if (day != NULL)
    aw_month_select (GTK_CALENDAR (self->month), day);
  if (self->with_time)
    {
      int hour = self->minute / 60;

      gtk_spin_button_set_value (GTK_SPIN_BUTTON (self->hours), self->half_days ? (hour + 11) % 12 + 1 : hour);
      gtk_spin_button_set_value (GTK_SPIN_BUTTON (self->minutes), self->minute % 60);
      if (self->half_days)
        gtk_drop_down_set_selected (GTK_DROP_DOWN (self->half), hour >= 12);
    }
  self->updating = FALSE;
}

static void
set_value (AwDateButton *self,
           AwDate date,
           int minute,
           gboolean by_user)
{
  gboolean changed = date != self->date || minute != self->minute;

  self->date = date;
  self->minute = minute;
  update_label (self);
  if (self->popover != NULL)
    update_popover (self);
  if (changed && by_user)
    g_signal_emit (self, signals[CHANGED], 0);
}

/* The popover ---------------------------------------------------------------- */

static void
on_day_selected (GtkCalendar *month,
                 AwDateButton *self)
{
  g_autoptr (GDateTime) day = NULL;

  if (self->updating)
    return;
  day = gtk_calendar_get_date (month);
  set_value (self, aw_date_from_ymd (g_date_time_get_year (day), g_date_time_get_month (day), g_date_time_get_day_of_month (day)),
             self->minute, TRUE);
}

static void
on_time_changed (AwDateButton *self)
{
  int hour, minute;

  if (self->updating)
    return;
  hour = gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (self->hours));
  minute = gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (self->minutes));
  if (self->half_days)
    hour = hour % 12 + (gtk_drop_down_get_selected (GTK_DROP_DOWN (self->half)) == 1 ? 12 : 0);
  set_value (self, self->date != AW_DATE_NONE ? self->date : today (self), hour * 60 + minute, TRUE);
}

static gboolean
on_time_output (GtkSpinButton *spin,
                gpointer data G_GNUC_UNUSED)
{
  g_autofree char *text = g_strdup_printf ("%02d", gtk_spin_button_get_value_as_int (spin));

  if (strcmp (gtk_editable_get_text (GTK_EDITABLE (spin)), text) != 0)
    gtk_editable_set_text (GTK_EDITABLE (spin), text);
  return TRUE;
}

static void
on_entry_changed (AwDateButton *self)
{
  gtk_widget_remove_css_class (self->entry, "error");
}

static void
on_entry_activate (AwDateButton *self)
{
  AwDate date;
  int minute;

  if (!aw_typed_date_parse (gtk_editable_get_text (GTK_EDITABLE (self->entry)), today (self), &date, &minute))
    {
      gtk_widget_add_css_class (self->entry, "error");
      gtk_widget_set_tooltip_text (self->entry, _("This date is not understood. Try “5 March” or “tomorrow 14:30”."));
      return;
    }
  gtk_widget_set_tooltip_text (self->entry, NULL);
  if (date == AW_DATE_NONE)
    date = self->date != AW_DATE_NONE ? self->date : today (self);
  set_value (self, date, minute != AW_NO_MINUTE ? minute : self->minute, TRUE);
  gtk_popover_popdown (GTK_POPOVER (self->popover));
}

static void
on_quick (GtkButton *button,
          AwDateButton *self)
{
  int days = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "days"));

  set_value (self, today (self) + days, self->minute, TRUE);
  if (!self->with_time)
    gtk_popover_popdown (GTK_POPOVER (self->popover));
}

static void
on_no_date (AwDateButton *self)
{
  set_value (self, AW_DATE_NONE, self->minute, TRUE);
  gtk_popover_popdown (GTK_POPOVER (self->popover));
}

static GtkWidget *
make_spin (AwDateButton *self,
           int max,
           int min,
           int step,
           const char *name)
{
  GtkWidget *spin = gtk_spin_button_new_with_range (min, max, step);

  gtk_orientable_set_orientation (GTK_ORIENTABLE (spin), GTK_ORIENTATION_VERTICAL);
  gtk_spin_button_set_wrap (GTK_SPIN_BUTTON (spin), TRUE);
  gtk_spin_button_set_numeric (GTK_SPIN_BUTTON (spin), TRUE);
  gtk_editable_set_width_chars (GTK_EDITABLE (spin), 2);
  aw_ui_set_name (spin, name);
  g_signal_connect (spin, "output", G_CALLBACK (on_time_output), NULL);
  g_signal_connect_object (spin, "value-changed", G_CALLBACK (on_time_changed), self, G_CONNECT_SWAPPED);
  return spin;
}

static GtkWidget *
make_time (AwDateButton *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_widget_set_halign (box, GTK_ALIGN_CENTER);
  /* Hours stand before minutes in right-to-left scripts too. */
  gtk_widget_set_direction (box, GTK_TEXT_DIR_LTR);
  self->hours = make_spin (self, self->half_days ? 12 : 23, self->half_days ? 1 : 0, 1, _("Hour"));
  self->minutes = make_spin (self, 59, 0, TIME_STEP, _("Minute"));
  gtk_box_append (GTK_BOX (box), self->hours);
  gtk_box_append (GTK_BOX (box), gtk_label_new (":"));
  gtk_box_append (GTK_BOX (box), self->minutes);
  if (self->half_days)
    {
      const char *halves[] = { _("AM"), _("PM"), NULL };

      self->half = gtk_drop_down_new_from_strings (halves);
      gtk_widget_set_valign (self->half, GTK_ALIGN_CENTER);
      aw_ui_set_name (self->half, _("Morning or Afternoon"));
      g_signal_connect_object (self->half, "notify::selected", G_CALLBACK (on_time_changed), self, G_CONNECT_SWAPPED);
      gtk_box_append (GTK_BOX (box), self->half);
    }
  return box;
}

static void
add_quick (AwDateButton *self,
           GtkWidget *box,
           const char *label,
           int days)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  g_object_set_data (G_OBJECT (button), "days", GINT_TO_POINTER (days));
  gtk_widget_set_hexpand (button, TRUE);
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_quick), self, 0);
  gtk_box_append (GTK_BOX (box), button);
}

/* Made when first opened: a form may have ten such buttons. */
/* GTK has no words for the arrows of its calendar. Returns how many were met. */
static guint
name_arrows (GtkWidget *widget,
             guint n)
{
  const char *const names[] = { _("Previous Month"), _("Next Month"), _("Previous Year"), _("Next Year") };

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (!GTK_IS_BUTTON (child))
      n = name_arrows (child, n);
    else if (n < G_N_ELEMENTS (names))
      aw_ui_set_name (child, names[n++]);
  return n;
}

static void
create_popover (GtkMenuButton *button G_GNUC_UNUSED,
                gpointer data)
{
  AwDateButton *self = data;
  GtkWidget *box, *quick;

  if (self->popover != NULL)
    {
      update_popover (self);
      return;
    }
  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  quick = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  self->entry = gtk_entry_new ();
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->entry), self->with_time ? _("Type: 5 March 14:30") : _("Type: 5 March"));
  gtk_editable_set_max_width_chars (GTK_EDITABLE (self->entry), 20);
  aw_ui_set_name (self->entry, self->with_time ? _("Date and Time") : _("Date"));
  g_signal_connect_object (self->entry, "activate", G_CALLBACK (on_entry_activate), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->entry, "changed", G_CALLBACK (on_entry_changed), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), self->entry);
  gtk_widget_add_css_class (quick, "linked");
  add_quick (self, quick, _("Today"), 0);
  add_quick (self, quick, _("Tomorrow"), 1);
  add_quick (self, quick, _("In a Week"), 7);
  gtk_box_append (GTK_BOX (box), quick);
  self->month = gtk_calendar_new ();
  aw_ui_set_name (self->month, _("Calendar"));
  name_arrows (self->month, 0);
  g_signal_connect_object (self->month, "day-selected", G_CALLBACK (on_day_selected), self, 0);
  gtk_box_append (GTK_BOX (box), self->month);
  if (self->with_time)
    gtk_box_append (GTK_BOX (box), make_time (self));
  if (self->optional)
    {
      GtkWidget *none = gtk_button_new_with_label (_("No Date"));

      g_signal_connect_object (none, "clicked", G_CALLBACK (on_no_date), self, G_CONNECT_SWAPPED);
      gtk_box_append (GTK_BOX (box), none);
    }
  self->popover = gtk_popover_new ();
  gtk_popover_set_child (GTK_POPOVER (self->popover), box);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->button), self->popover);
  update_popover (self);
}

/* ---------------------------------------------------------------------------- */

static gboolean
aw_date_button_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (AW_DATE_BUTTON (widget)->button);
}

static void
aw_date_button_finalize (GObject *object)
{
  AwDateButton *self = AW_DATE_BUTTON (object);

  g_clear_pointer (&self->calendar, aw_calendar_unref);
  g_free (self->zone);
  g_free (self->name);
  G_OBJECT_CLASS (aw_date_button_parent_class)->finalize (object);
}

static void
aw_date_button_class_init (AwDateButtonClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = aw_date_button_finalize;
  GTK_WIDGET_CLASS (klass)->grab_focus = aw_date_button_grab_focus;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
aw_date_button_init (AwDateButton *self)
{
  g_autoptr (GDateTime) evening = g_date_time_new_utc (2000, 1, 1, 21, 0, 0);
  g_autofree char *sample = g_date_time_format (evening, "%X");

  self->half_days = strstr (sample, "21") == NULL;
  self->date = AW_DATE_NONE;
  self->minute = DEFAULT_MINUTE;
  self->button = gtk_menu_button_new ();
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (self->button), create_popover, self, NULL);
  adw_bin_set_child (ADW_BIN (self), self->button);
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
}

GtkWidget *
aw_date_button_new (const char *label,
                    AwCalendar *calendar,
                    gint64 now,
                    gboolean with_time,
                    gboolean optional)
{
  AwDateButton *self = g_object_new (AW_TYPE_DATE_BUTTON, NULL);

  self->name = g_strdup (label);
  self->calendar = aw_calendar_ref (calendar);
  self->now = now;
  self->with_time = with_time;
  self->optional = optional;
  update_label (self);
  return GTK_WIDGET (self);
}

void
aw_date_button_set_date (AwDateButton *self,
                         AwDate date)
{
  g_return_if_fail (AW_IS_DATE_BUTTON (self));
  set_value (self, date, self->minute, FALSE);
}

AwDate
aw_date_button_get_date (AwDateButton *self)
{
  g_return_val_if_fail (AW_IS_DATE_BUTTON (self), AW_DATE_NONE);
  return self->date;
}

void
aw_date_button_set_zone (AwDateButton *self,
                         const char *zone)
{
  g_return_if_fail (AW_IS_DATE_BUTTON (self));
  g_free (self->zone);
  self->zone = g_strdup (zone);
}

void
aw_date_button_set_instant (AwDateButton *self,
                            gint64 sec)
{
  g_return_if_fail (AW_IS_DATE_BUTTON (self));
  if (sec == AW_NEVER)
    set_value (self, AW_DATE_NONE, self->minute, FALSE);
  else
    set_value (self, aw_calendar_date_of (self->calendar, self->zone, sec),
               aw_calendar_minute_of (self->calendar, self->zone, sec), FALSE);
}

gint64
aw_date_button_get_instant (AwDateButton *self)
{
  g_return_val_if_fail (AW_IS_DATE_BUTTON (self), AW_NEVER);
  return instant (self);
}

GtkWidget *
aw_date_row_new (const char *title,
                 GtkWidget *date_button)
{
  GtkWidget *row = aw_ui_action_row (title, NULL);

  gtk_menu_button_set_always_show_arrow (GTK_MENU_BUTTON (AW_DATE_BUTTON (date_button)->button), TRUE);
  gtk_widget_add_css_class (AW_DATE_BUTTON (date_button)->button, "flat");
  gtk_widget_add_css_class (AW_DATE_BUTTON (date_button)->button, "aw-date");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), date_button);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), AW_DATE_BUTTON (date_button)->button);
  return row;
}
