/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/aw-compose-dialogs.h"

#include <glib/gi18n-lib.h>

#include "core/aw-words.h"
#include "ui/aw-date-button.h"

/* The channels in the order of the list. */
static const AwChannel channels[] = {
  AW_CHANNEL_EMAIL, AW_CHANNEL_LETTER, AW_CHANNEL_MESSAGE, AW_CHANNEL_PHONE, AW_CHANNEL_IN_PERSON,
};

typedef struct
{
  GtkWidget *dialog;
  GtkWidget *channel;
  GtkWidget *when;
  GtkWidget *problem;
  GtkWidget *button;
  AwClock *clock;
  AwElsewhereChosen callback;
  gpointer data;
} Elsewhere;

static void
check (Elsewhere *elsewhere)
{
  gboolean ahead = aw_date_button_get_instant (AW_DATE_BUTTON (elsewhere->when)) > aw_clock_now (elsewhere->clock) + 60;

  gtk_widget_set_visible (elsewhere->problem, ahead);
  gtk_widget_set_sensitive (elsewhere->button, !ahead);
}

static void
mark_cb (Elsewhere *elsewhere)
{
  AwElsewhereChosen callback = elsewhere->callback;
  gpointer data = elsewhere->data;
  AwChannel channel = channels[adw_combo_row_get_selected (ADW_COMBO_ROW (elsewhere->channel))];
  gint64 at = aw_date_button_get_instant (AW_DATE_BUTTON (elsewhere->when));

  aw_dialog_close (elsewhere->dialog);
  callback (channel, at, data);
}

static void
closed_cb (gpointer data)
{
  Elsewhere *elsewhere = data;

  g_object_unref (elsewhere->clock);
  g_free (elsewhere);
}

/**
 * aw_elsewhere_dialog_present:
 * @parent: where it belongs
 * @channel: what is selected at first
 * @callback: called with how and when it was sent
 * @data: for @callback
 *
 * Returns: (transfer none): the dialog
 */
GtkWidget *
aw_elsewhere_dialog_present (GtkWidget *parent,
                             AwChannel channel,
                             AwElsewhereChosen callback,
                             gpointer data)
{
  AwEngine *engine = aw_ui_get_engine (parent);
  Elsewhere *elsewhere = g_new0 (Elsewhere, 1);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *group = aw_ui_group (NULL, NULL);
  GtkWidget *page = aw_page_new (_("Mark as Sent Elsewhere"), NULL);
  GtkWidget *cancel = gtk_button_new_with_mnemonic (_("_Cancel"));
  guint selected = 0;

  for (guint i = 0; i < G_N_ELEMENTS (channels); i++)
    {
      gtk_string_list_append (names, aw_words_channel (channels[i]));
      if (channels[i] == channel)
        selected = i;
    }

  elsewhere->clock = g_object_ref (aw_engine_get_clock (engine));
  elsewhere->callback = callback;
  elsewhere->data = data;
  elsewhere->dialog = aw_dialog_new (_("Mark as Sent Elsewhere"), 460, 340);
  elsewhere->channel = adw_combo_row_new ();
  aw_ui_row_set (elsewhere->channel, _("Sent by"), NULL);
  adw_combo_row_set_model (ADW_COMBO_ROW (elsewhere->channel), G_LIST_MODEL (names));
  adw_combo_row_set_selected (ADW_COMBO_ROW (elsewhere->channel), selected);
  elsewhere->when = aw_date_button_new (_("Sent on"), aw_engine_get_calendar (engine), aw_engine_now (engine), TRUE, FALSE);
  aw_date_button_set_instant (AW_DATE_BUTTON (elsewhere->when), aw_engine_now (engine));
  elsewhere->problem = aw_ui_label (_("This time is still to come."), "error");
  elsewhere->button = gtk_button_new_with_mnemonic (_("_Mark as Sent"));
  gtk_widget_add_css_class (elsewhere->button, "suggested-action");

  g_signal_connect_swapped (cancel, "clicked", G_CALLBACK (aw_dialog_close), elsewhere->dialog);
  g_signal_connect_swapped (elsewhere->button, "clicked", G_CALLBACK (mark_cb), elsewhere);
  g_signal_connect_swapped (elsewhere->when, "changed", G_CALLBACK (check), elsewhere);

  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), elsewhere->channel);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), aw_date_row_new (_("Sent on"), elsewhere->when));
  gtk_box_append (GTK_BOX (box), aw_ui_label (_("The text goes into the history, as if Afterword had sent it."), "aw-caption"));
  gtk_box_append (GTK_BOX (box), group);
  gtk_box_append (GTK_BOX (box), elsewhere->problem);
  aw_page_set_content (AW_PAGE (page), aw_ui_scrolled_clamp (box));
  aw_page_set_show_window_buttons (AW_PAGE (page), FALSE);
  adw_header_bar_pack_start (aw_page_get_header (AW_PAGE (page)), cancel);
  adw_header_bar_pack_end (aw_page_get_header (AW_PAGE (page)), elsewhere->button);
  check (elsewhere);

  aw_dialog_set_child (elsewhere->dialog, page);
  aw_dialog_on_closed (elsewhere->dialog, closed_cb, elsewhere);
  aw_dialog_present (elsewhere->dialog, parent);
  return elsewhere->dialog;
}
