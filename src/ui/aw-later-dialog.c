/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/aw-compose-dialogs.h"

#include <glib/gi18n-lib.h>

#include "core/aw-words.h"
#include "ui/aw-date-button.h"

typedef struct
{
  GtkWidget *dialog;
  GtkWidget *when;
  GtkWidget *problem;
  GtkWidget *button;
  AwClock *clock;
  AwTimeChosen callback;
  gpointer data;
} Later;

static void
check (Later *later)
{
  gboolean past = aw_date_button_get_instant (AW_DATE_BUTTON (later->when)) <= aw_clock_now (later->clock);

  gtk_widget_set_visible (later->problem, past);
  gtk_widget_set_sensitive (later->button, !past);
}

static void
choose (Later *later,
        gint64 at)
{
  AwTimeChosen callback = later->callback;
  gpointer data = later->data;

  aw_dialog_close (later->dialog);
  callback (at, data);
}

static void
suggestion_cb (GtkWidget *row,
               Later *later)
{
  gint64 *at = g_object_get_data (G_OBJECT (row), "aw-at");

  choose (later, *at);
}

static void
schedule_cb (Later *later)
{
  choose (later, aw_date_button_get_instant (AW_DATE_BUTTON (later->when)));
}

static void
closed_cb (gpointer data)
{
  Later *later = data;

  g_object_unref (later->clock);
  g_free (later);
}

static void
add_suggestion (GtkWidget *group,
                Later *later,
                AwCalendar *calendar,
                const char *title,
                gint64 at)
{
  g_autofree char *words = aw_words_relative (calendar, at, aw_clock_now (later->clock));
  GtkWidget *row = aw_ui_action_row (title, words);
  gint64 *kept = g_memdup2 (&at, sizeof at);

  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), "aw-at", kept, g_free);
  g_signal_connect (row, "activated", G_CALLBACK (suggestion_cb), later);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
}

/**
 * aw_later_dialog_present:
 * @parent: where it belongs
 * @person_zone: (nullable): the recipient's zone: mornings are theirs
 * @until: when a guard ends, %AW_NEVER: none does
 * @callback: called with the instant
 * @data: for @callback
 *
 * Returns: (transfer none): the dialog
 */
GtkWidget *
aw_later_dialog_present (GtkWidget *parent,
                         const char *person_zone,
                         gint64 until,
                         AwTimeChosen callback,
                         gpointer data)
{
  AwEngine *engine = aw_ui_get_engine (parent);
  AwCalendar *calendar = aw_engine_get_calendar (engine);
  gint64 now = aw_engine_now (engine);
  AwDate today = aw_calendar_date_of (calendar, NULL, now);
  AwDate tomorrow = aw_calendar_working_on_or_after (calendar, today + 1);
  gint64 morning = aw_calendar_morning (calendar, tomorrow, person_zone);
  gint64 evening = aw_calendar_at (calendar, NULL, today, 18 * 60);
  Later *later = g_new0 (Later, 1);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 24);
  GtkWidget *suggestions = aw_ui_group (NULL, NULL);
  GtkWidget *own = aw_ui_group (_("Another Time"), NULL);
  GtkWidget *page = aw_page_new (_("Send Later"), NULL);
  GtkWidget *cancel = gtk_button_new_with_mnemonic (_("_Cancel"));

  later->clock = g_object_ref (aw_engine_get_clock (engine));
  later->callback = callback;
  later->data = data;
  later->dialog = aw_dialog_new (_("Send Later"), 440, 560);
  later->when = aw_date_button_new (_("Send on"), calendar, now, TRUE, FALSE);
  aw_date_button_set_instant (AW_DATE_BUTTON (later->when), until != AW_NEVER ? until : morning);
  later->problem = aw_ui_label (_("This time has passed."), "error");
  later->button = gtk_button_new_with_mnemonic (_("_Schedule"));
  gtk_widget_add_css_class (later->button, "suggested-action");

  if (until != AW_NEVER && until > now)
    add_suggestion (suggestions, later, calendar, _("When You May Write Again"), until);
  if (evening > now + AW_HOUR)
    add_suggestion (suggestions, later, calendar, _("This Evening"), evening);
  add_suggestion (suggestions, later, calendar, tomorrow == today + 1 ? _("Tomorrow Morning") : _("Next Working Morning"), morning);
  add_suggestion (suggestions, later, calendar, _("In a Week"),
                  aw_calendar_morning (calendar, aw_calendar_working_on_or_after (calendar, today + 7), person_zone));

  g_signal_connect_swapped (cancel, "clicked", G_CALLBACK (aw_dialog_close), later->dialog);
  g_signal_connect_swapped (later->button, "clicked", G_CALLBACK (schedule_cb), later);
  g_signal_connect_swapped (later->when, "changed", G_CALLBACK (check), later);

  adw_preferences_group_add (ADW_PREFERENCES_GROUP (own), aw_date_row_new (_("Send on"), later->when));
  gtk_box_append (GTK_BOX (box), suggestions);
  gtk_box_append (GTK_BOX (box), own);
  gtk_box_append (GTK_BOX (box), later->problem);
  gtk_box_append (GTK_BOX (box), aw_ui_label (_("The message leaves by itself if this computer is on then. If it comes up more than 12 hours later, you are asked first."), "aw-caption"));
  aw_page_set_content (AW_PAGE (page), aw_ui_scrolled_clamp (box));
  aw_page_set_show_window_buttons (AW_PAGE (page), FALSE);
  adw_header_bar_pack_start (aw_page_get_header (AW_PAGE (page)), cancel);
  adw_header_bar_pack_end (aw_page_get_header (AW_PAGE (page)), later->button);
  check (later);

  aw_dialog_set_child (later->dialog, page);
  aw_dialog_on_closed (later->dialog, closed_cb, later);
  aw_dialog_present (later->dialog, parent);
  return later->dialog;
}
