/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/aw-settings-pages.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>

#include "core/aw-words.h"

/* Monday is 1, as in the policy. */
static const char *
day_name (int day)
{
  static const char *const names[] = { N_("Monday"), N_("Tuesday"), N_("Wednesday"), N_("Thursday"), N_("Friday"), N_("Saturday"), N_("Sunday") };

  return _(names[day - 1]);
}

static gboolean
is_working (AwPolicy *policy,
            int day)
{
  if (policy->working_days == NULL || policy->working_days->len == 0)
    return day <= 5;
  for (guint i = 0; i < policy->working_days->len; i++)
    if (g_array_index (policy->working_days, int, i) == day)
      return TRUE;
  return FALSE;
}

static char *
describe_days (AwPolicy *policy)
{
  g_autoptr (GString) text = g_string_new (NULL);
  int first = 0, last = 0, n = 0;

  for (int day = 1; day <= 7; day++)
    if (is_working (policy, day))
      {
        first = first == 0 ? day : first;
        last = day;
        n++;
        g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", day_name (day));
      }
  if (n > 2 && last - first + 1 == n)
    /* Translators: two weekdays: "Monday to Friday" */
    return g_strdup_printf (_("%s to %s"), day_name (first), day_name (last));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static int
parse_clock (const char *text,
             int standard)
{
  int hour, minute;

  return text != NULL && sscanf (text, "%d:%d", &hour, &minute) == 2 ? hour * 60 + minute : standard;
}

static char *
format_clock (int minutes)
{
  return g_strdup_printf ("%02d:%02d", minutes / 60, minutes % 60);
}

void
aw_settings_reload_quiet_times (AwSettings *self)
{
  AwPolicy *policy = self->policy;
  g_autofree char *days = describe_days (policy);
  guint n = policy->holidays != NULL ? policy->holidays->len : 0;
  g_autofree char *holidays = n == 0 ? g_strdup (_("None")) : g_strdup_printf (ngettext ("%u day", "%u days", n), n);
  g_autofree char *starts = format_clock (parse_clock (policy->day_starts, 9 * 60));
  g_autofree char *ends = format_clock (parse_clock (policy->day_ends, 18 * 60));
  g_autofree char *hours = g_strdup_printf ("%s – %s", starts, ends);
  GtkWidget *label = g_object_get_data (G_OBJECT (self->hours), "aw-value");

  aw_ui_row_set (self->working_days, _("Working days"), days);
  aw_ui_row_set (self->holidays, _("Holidays"), holidays);
  gtk_label_set_label (GTK_LABEL (label), hours);
}

/* Working days ------------------------------------------------------------------ */

static void
on_day (GtkSwitch *toggle,
        GParamSpec *pspec G_GNUC_UNUSED,
        AwSettings *self)
{
  int changed = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (toggle), "aw-day"));
  AwPolicy *policy = aw_settings_edit_policy (self);
  GArray *days = g_array_new (FALSE, FALSE, sizeof (int));

  for (int day = 1; day <= 7; day++)
    if (day == changed ? gtk_switch_get_active (toggle) : is_working (policy, day))
      g_array_append_val (days, day);
  if (policy->working_days != NULL)
    g_array_unref (policy->working_days);
  policy->working_days = days;
  aw_settings_reload_quiet_times (self);
  aw_settings_policy_changed (self);
}

static void
open_days (AwSettings *self)
{
  GtkWidget *page = adw_preferences_page_new ();
  GtkWidget *group = aw_ui_group (NULL, _("On other days nothing falls due, except thank-you notes and answers"));

  for (int day = 1; day <= 7; day++)
    {
      GtkSwitch *toggle;
      GtkWidget *row = aw_ui_switch_row (day_name (day), NULL, &toggle);

      gtk_switch_set_active (toggle, is_working (self->policy, day));
      g_object_set_data (G_OBJECT (toggle), "aw-day", GINT_TO_POINTER (day));
      g_signal_connect (toggle, "notify::active", G_CALLBACK (on_day), self);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
    }
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (group));
  aw_preferences_push_subpage (self->dialog, aw_page_new (_("Working Days"), page));
}

/* Holidays ------------------------------------------------------------------------ */

static void fill_holidays (AwSettings *self, GtkWidget *list);

static void
set_holiday (AwSettings *self,
             AwDate date,
             gboolean holiday)
{
  AwPolicy *policy = aw_settings_edit_policy (self);
  GArray *dates = g_array_new (FALSE, FALSE, sizeof (AwDate));
  gboolean placed = !holiday;

  for (guint i = 0; policy->holidays != NULL && i < policy->holidays->len; i++)
    {
      AwDate other = g_array_index (policy->holidays, AwDate, i);

      if (!placed && other > date)
        {
          g_array_append_val (dates, date);
          placed = TRUE;
        }
      if (other != date)
        g_array_append_val (dates, other);
    }
  if (!placed)
    g_array_append_val (dates, date);
  g_clear_pointer (&policy->holidays, g_array_unref);
  if (dates->len > 0)
    policy->holidays = dates;
  else
    g_array_unref (dates);
  aw_settings_reload_quiet_times (self);
  aw_settings_policy_changed (self);
}

static void
on_remove_holiday (GtkWidget *button)
{
  AwSettings *self = g_object_get_data (G_OBJECT (button), "aw-settings");
  GtkWidget *list = gtk_widget_get_ancestor (button, GTK_TYPE_LIST_BOX);

  set_holiday (self, GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "aw-date")), FALSE);
  fill_holidays (self, list);
}

static void
fill_holidays (AwSettings *self,
               GtkWidget *list)
{
  GArray *holidays = self->policy->holidays;
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (list)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (list), row);
  for (guint i = 0; holidays != NULL && i < holidays->len; i++)
    {
      AwDate date = g_array_index (holidays, AwDate, i);
      int year, month, day;
      g_autofree char *name = aw_words_weekday_date (date);
      g_autofree char *number = NULL;
      GtkWidget *remove = aw_ui_icon_button ("user-trash-symbolic", _("Remove"));

      aw_date_to_ymd (date, &year, &month, &day);
      number = g_strdup_printf ("%d", year);
      row = aw_ui_action_row (name, number);
      gtk_widget_add_css_class (remove, "flat");
      gtk_widget_set_valign (remove, GTK_ALIGN_CENTER);
      g_object_set_data (G_OBJECT (remove), "aw-settings", self);
      g_object_set_data (G_OBJECT (remove), "aw-date", GINT_TO_POINTER (date));
      g_signal_connect (remove, "clicked", G_CALLBACK (on_remove_holiday), NULL);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), remove);
      gtk_list_box_append (GTK_LIST_BOX (list), row);
    }
  gtk_widget_set_visible (list, holidays != NULL && holidays->len > 0);
}

static void
on_add_holiday (GtkWidget *button)
{
  AwSettings *self = g_object_get_data (G_OBJECT (button), "aw-settings");
  GtkCalendar *calendar = g_object_get_data (G_OBJECT (button), "aw-calendar");
  g_autoptr (GDateTime) date = gtk_calendar_get_date (calendar);

  set_holiday (self,
               aw_date_from_ymd (g_date_time_get_year (date), g_date_time_get_month (date), g_date_time_get_day_of_month (date)), TRUE);
  fill_holidays (self, g_object_get_data (G_OBJECT (button), "aw-list"));
}

static void
open_holidays (AwSettings *self)
{
  GtkWidget *page = adw_preferences_page_new ();
  GtkWidget *group = aw_ui_group (NULL, _("Days on which nobody expects to hear from you"));
  GtkWidget *list = aw_ui_boxed_list ();
  GtkWidget *calendar = gtk_calendar_new ();
  GtkWidget *add = gtk_button_new_with_mnemonic (_("_Add This Day"));

  aw_ui_set_name (calendar, _("Holiday"));
  aw_ui_set_name (list, _("Holidays"));
  gtk_widget_set_margin_top (calendar, 12);
  gtk_widget_set_margin_top (add, 12);
  gtk_widget_set_halign (add, GTK_ALIGN_CENTER);
  g_object_set_data (G_OBJECT (add), "aw-settings", self);
  g_object_set_data (G_OBJECT (add), "aw-calendar", calendar);
  g_object_set_data (G_OBJECT (add), "aw-list", list);
  g_signal_connect (add, "clicked", G_CALLBACK (on_add_holiday), NULL);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), list);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), calendar);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), add);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (group));
  fill_holidays (self, list);
  aw_preferences_push_subpage (self->dialog, aw_page_new (_("Holidays"), page));
}

/* The day's start and end ------------------------------------------------------------ */

static gboolean
on_clock_output (GtkSpinButton *spin)
{
  g_autofree char *text = format_clock ((int) gtk_spin_button_get_value (spin));

  gtk_editable_set_text (GTK_EDITABLE (spin), text);
  return TRUE;
}

static int
on_clock_input (GtkSpinButton *spin,
                double *value)
{
  int minutes = parse_clock (gtk_editable_get_text (GTK_EDITABLE (spin)), -1);

  if (minutes < 0 || minutes >= 24 * 60)
    return GTK_INPUT_ERROR;
  *value = minutes;
  return TRUE;
}

static void
on_clock (GtkSpinButton *spin,
          AwSettings *self)
{
  gboolean start = g_object_get_data (G_OBJECT (spin), "aw-start") != NULL;
  int minutes = (int) gtk_spin_button_get_value (spin);
  int other = start ? parse_clock (self->policy->day_ends, 18 * 60) : parse_clock (self->policy->day_starts, 9 * 60);
  AwPolicy *policy;
  char **member;

  /* A day that ends before it starts would have no moment to be due at. */
  if (start ? minutes >= other : minutes <= other)
    return;
  policy = aw_settings_edit_policy (self);
  member = start ? &policy->day_starts : &policy->day_ends;
  g_free (*member);
  *member = format_clock (minutes);
  aw_settings_reload_quiet_times (self);
  aw_settings_policy_changed (self);
}

static GtkWidget *
make_clock_row (AwSettings *self,
                const char *title,
                const char *subtitle,
                int minutes,
                gboolean start)
{
  GtkSpinButton *spin;
  GtkWidget *row = aw_ui_spin_row (title, subtitle, 0, 24 * 60 - 1, 15, &spin);

  gtk_spin_button_set_numeric (spin, FALSE);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (spin), 5);
  g_signal_connect (spin, "output", G_CALLBACK (on_clock_output), NULL);
  g_signal_connect (spin, "input", G_CALLBACK (on_clock_input), NULL);
  gtk_spin_button_set_value (spin, minutes);
  g_object_set_data (G_OBJECT (spin), "aw-start", GINT_TO_POINTER (start));
  g_signal_connect (spin, "value-changed", G_CALLBACK (on_clock), self);
  return row;
}

static void
open_hours (AwSettings *self)
{
  GtkWidget *page = adw_preferences_page_new ();
  GtkWidget *group = aw_ui_group (NULL, _("Follow-ups open when the day starts and are due when it ends"));

  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group),
                             make_clock_row (self, _("Day starts"), NULL, parse_clock (self->policy->day_starts, 9 * 60), TRUE));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group),
                             make_clock_row (self, _("Day ends"), NULL, parse_clock (self->policy->day_ends, 18 * 60), FALSE));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (group));
  aw_preferences_push_subpage (self->dialog, aw_page_new (_("Day"), page));
}

static GtkWidget *
add_opener (AwSettings *self,
            GtkWidget *group,
            const char *title,
            const char *subtitle,
            GCallback open)
{
  GtkWidget *row = aw_ui_action_row (title, subtitle);
  GtkWidget *value = gtk_label_new ("");

  gtk_widget_add_css_class (value, "dim-label");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), value);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data (G_OBJECT (row), "aw-value", value);
  g_signal_connect_swapped (row, "activated", open, self);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  return row;
}

void
aw_settings_add_quiet_times (AwSettings *self,
                             AdwPreferencesPage *page)
{
  GtkWidget *group = aw_ui_group (_("Quiet Times"), NULL);

  self->working_days = add_opener (self, group, _("Working days"), "", G_CALLBACK (open_days));
  self->holidays = add_opener (self, group, _("Holidays"), "", G_CALLBACK (open_holidays));
  self->hours = add_opener (self, group, _("Day"), _("From when to when you write and are reminded"), G_CALLBACK (open_hours));
  adw_preferences_page_add (page, ADW_PREFERENCES_GROUP (group));
}
