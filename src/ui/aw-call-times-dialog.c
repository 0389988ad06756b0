/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/aw-compose-dialogs.h"

#include <glib/gi18n-lib.h>

#include "core/aw-letter-date.h"
#include "core/aw-words.h"

#define N_DAYS 15

typedef struct
{
  GtkWidget *dialog;
  GtkWidget *insert;
  GtkWidget *rows[AW_N_CALL_TIMES];
  GtkWidget *buttons[AW_N_CALL_TIMES];
  GtkWidget *day_lists[AW_N_CALL_TIMES];
  GtkWidget *slot_lists[AW_N_CALL_TIMES];
  GArray *days; /* AwDate */
  GArray *slots[AW_N_CALL_TIMES];
  GtkWidget *preview;
  GtkWidget *problem;
  AwCallTimes facts;
  AwTemplates *templates;
  char *zone;
  char *sentence;
  gint64 times[AW_N_CALL_TIMES];
  gboolean setting;
  AwCallTimesChosen callback;
  gpointer data;
} Times;

static AwDate
date_of (Times *times,
         guint i)
{
  return aw_calendar_date_of (times->facts.calendar, times->zone, times->times[i]);
}

static char *
time_words (Times *times,
            gint64 at)
{
  const char *language = aw_templates_get_language (times->templates);
  g_autofree char *from = aw_letter_time (times->facts.calendar, times->zone, at, language);
  g_autofree char *until = aw_letter_time (times->facts.calendar, times->zone, at + (gint64) times->facts.minutes * 60, language);

  /* Translators: from and until, "10:00 – 10:15" */
  return g_strdup_printf (_("%s – %s"), from, until);
}

static void
update (Times *times)
{
  gboolean different = TRUE;

  for (guint i = 0; i < AW_N_CALL_TIMES; i++)
    {
      g_autofree char *day = aw_words_weekday_date (date_of (times, i));
      g_autofree char *time = time_words (times, times->times[i]);
      g_autofree char *name = g_strdup_printf (_("Change %s, %s"), day, time);

      aw_ui_row_set (times->rows[i], day, NULL);
      gtk_menu_button_set_label (GTK_MENU_BUTTON (times->buttons[i]), time);
      aw_ui_set_name (times->buttons[i], name);
      for (guint j = 0; j < i; j++)
        if (date_of (times, i) == date_of (times, j))
          different = FALSE;
    }

  g_free (times->sentence);
  times->sentence = aw_call_times_sentence (&times->facts, times->templates, times->times);
  gtk_label_set_text (GTK_LABEL (times->preview), times->sentence);
  gtk_widget_set_visible (times->problem, !different);
  gtk_widget_set_sensitive (times->insert, different);
}

/* Fills the times of the day that is chosen in row @i. */
static void
fill_slots (Times *times,
            guint i)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint selected = 0;

  g_clear_pointer (&times->slots[i], g_array_unref);
  times->slots[i] = aw_call_times_get_slots (&times->facts, date_of (times, i));
  for (guint j = 0; j < times->slots[i]->len; j++)
    {
      gint64 slot = g_array_index (times->slots[i], gint64, j);
      g_autofree char *words = time_words (times, slot);

      gtk_string_list_append (names, words);
      if (slot == times->times[i])
        selected = j;
    }
  times->setting = TRUE;
  gtk_drop_down_set_model (GTK_DROP_DOWN (times->slot_lists[i]), G_LIST_MODEL (names));
  gtk_drop_down_set_selected (GTK_DROP_DOWN (times->slot_lists[i]), selected);
  times->setting = FALSE;
}

static void
day_cb (GtkDropDown *list,
        G_GNUC_UNUSED GParamSpec *pspec,
        Times *times)
{
  if (times->setting)
    return;
  for (guint i = 0; i < AW_N_CALL_TIMES; i++)
    {
      guint selected = gtk_drop_down_get_selected (list);
      g_autoptr (GArray) slots = NULL;
      gint64 wished, best;
      AwDate date;

      if (times->day_lists[i] != GTK_WIDGET (list) || selected >= times->days->len)
        continue;
      date = g_array_index (times->days, AwDate, selected);
      slots = aw_call_times_get_slots (&times->facts, date);
      if (slots->len == 0)
        return;
      wished = aw_calendar_at (times->facts.calendar, times->zone, date,
                               aw_calendar_minute_of (times->facts.calendar, times->zone, times->times[i]));
      best = g_array_index (slots, gint64, 0);
      for (guint j = 1; j < slots->len; j++)
        if (ABS (g_array_index (slots, gint64, j) - wished) < ABS (best - wished))
          best = g_array_index (slots, gint64, j);
      times->times[i] = best;
      fill_slots (times, i);
      update (times);
    }
}

static void
slot_cb (GtkDropDown *list,
         G_GNUC_UNUSED GParamSpec *pspec,
         Times *times)
{
  guint selected = gtk_drop_down_get_selected (list);

  if (times->setting)
    return;
  for (guint i = 0; i < AW_N_CALL_TIMES; i++)
    if (times->slot_lists[i] == GTK_WIDGET (list) && selected < times->slots[i]->len)
      {
        times->times[i] = g_array_index (times->slots[i], gint64, selected);
        update (times);
      }
}

static void
insert_cb (Times *times)
{
  AwCallTimesChosen callback = times->callback;
  gpointer data = times->data;
  g_autofree char *sentence = g_strdup (times->sentence);
  gint64 chosen[AW_N_CALL_TIMES];

  for (guint i = 0; i < AW_N_CALL_TIMES; i++)
    chosen[i] = times->times[i];
  aw_dialog_close (times->dialog);
  callback (chosen, sentence, data);
}

static void
closed_cb (gpointer data)
{
  Times *times = data;

  for (guint i = 0; i < AW_N_CALL_TIMES; i++)
    g_clear_pointer (&times->slots[i], g_array_unref);
  g_array_unref (times->facts.busy);
  aw_calendar_unref (times->facts.calendar);
  aw_templates_unref (times->templates);
  g_clear_pointer (&times->days, g_array_unref);
  g_free (times->zone);
  g_free (times->sentence);
  g_free (times);
}

static GtkWidget *
make_row (Times *times,
          guint i)
{
  GtkWidget *row = aw_ui_action_row ("", NULL);
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint selected = 0;

  for (guint j = 0; j < times->days->len; j++)
    {
      AwDate date = g_array_index (times->days, AwDate, j);
      g_autofree char *words = aw_words_weekday_date (date);

      gtk_string_list_append (names, words);
      if (date == date_of (times, i))
        selected = j;
    }
  times->rows[i] = row;
  times->day_lists[i] = gtk_drop_down_new (g_object_ref (G_LIST_MODEL (names)), NULL);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (times->day_lists[i]), selected);
  times->slot_lists[i] = gtk_drop_down_new (NULL, NULL);
  aw_ui_set_name (times->day_lists[i], _("Day"));
  aw_ui_set_name (times->slot_lists[i], _("Time"));
  fill_slots (times, i);
  g_signal_connect (times->day_lists[i], "notify::selected", G_CALLBACK (day_cb), times);
  g_signal_connect (times->slot_lists[i], "notify::selected", G_CALLBACK (slot_cb), times);
  gtk_box_append (GTK_BOX (box), times->day_lists[i]);
  gtk_box_append (GTK_BOX (box), times->slot_lists[i]);
  gtk_popover_set_child (GTK_POPOVER (popover), box);

  times->buttons[i] = gtk_menu_button_new ();
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (times->buttons[i]), popover);
  gtk_menu_button_set_always_show_arrow (GTK_MENU_BUTTON (times->buttons[i]), TRUE);
  gtk_widget_set_valign (times->buttons[i], GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (times->buttons[i], "flat");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), times->buttons[i]);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), times->buttons[i]);
  return row;
}

/* Interviews of all opportunities: one does not telephone during another. */
static GArray *
gather_busy (AwEngine *engine)
{
  GListModel *summaries = aw_engine_get_summaries (engine);
  GArray *busy = g_array_new (FALSE, FALSE, sizeof (gint64));
  gint64 now = aw_engine_now (engine);

  for (guint i = 0; i < g_list_model_get_n_items (summaries); i++)
    {
      g_autoptr (AwSummary) summary = g_list_model_get_item (summaries, i);
      g_autoptr (AwDossier) dossier = NULL;

      if (aw_summary_get_archived (summary) || aw_status_is_closed (aw_summary_get_status (summary)))
        continue;
      if (aw_summary_get_last_interview (summary) == AW_NEVER || aw_summary_get_last_interview (summary) < now - AW_DAY)
        continue;
      dossier = aw_engine_ref_dossier (engine, aw_summary_get_id (summary), NULL);
      if (dossier != NULL)
        aw_call_times_add_busy (busy, dossier);
    }
  return busy;
}

/**
 * aw_call_times_dialog_present:
 * @parent: where it belongs
 * @dossier: the opportunity's facts
 * @person: (nullable): who is to be called
 * @templates: for the sentence, in the message's language
 * @callback: called with the times and the sentence
 * @data: for @callback
 *
 * Returns: (transfer none) (nullable): the dialog; %NULL if no time is free
 *   within two months, which the user was told
 */
GtkWidget *
aw_call_times_dialog_present (GtkWidget *parent,
                              AwDossier *dossier,
                              const char *person,
                              AwTemplates *templates,
                              AwCallTimesChosen callback,
                              gpointer data)
{
  AwEngine *engine = aw_ui_get_engine (parent);
  AwPerson *record = person != NULL ? aw_dossier_find_person (dossier, person) : NULL;
  Times *times = g_new0 (Times, 1);
  GtkWidget *page = aw_page_new (_("Propose Call Times"), NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *list = aw_ui_boxed_list ();
  GtkWidget *cancel = gtk_button_new_with_mnemonic (_("_Cancel"));
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *heading = aw_ui_heading (_("In the Message"));

  times->zone = record != NULL ? g_strdup (record->time_zone) : NULL;
  times->templates = aw_templates_ref (templates);
  times->callback = callback;
  times->data = data;
  times->facts = (AwCallTimes){
    .calendar = aw_calendar_ref (aw_engine_get_calendar (engine)),
    .zone = times->zone,
    .busy = gather_busy (engine),
    .now = aw_engine_now (engine),
    .minutes = 15,
  };
  if (!aw_call_times_propose (&times->facts, times->times))
    {
      aw_ui_toast (parent, _("No three free days were found in the next two months"));
      g_object_ref_sink (page);
      g_object_unref (page);
      closed_cb (times);
      return NULL;
    }
  times->days = aw_call_times_get_days (&times->facts, N_DAYS);

  times->dialog = aw_dialog_new (_("Propose Call Times"), 480, 520);
  times->insert = gtk_button_new_with_mnemonic (_("_Insert"));
  gtk_widget_add_css_class (times->insert, "suggested-action");
  times->preview = aw_ui_label (NULL, NULL);
  times->problem = aw_ui_label (_("Choose three different days."), "error");
  gtk_widget_set_margin_top (heading, 12);
  gtk_widget_add_css_class (card, "card");
  gtk_box_append (GTK_BOX (card), times->preview);
  gtk_widget_set_margin_top (times->preview, 12);
  gtk_widget_set_margin_bottom (times->preview, 12);
  gtk_widget_set_margin_start (times->preview, 12);
  gtk_widget_set_margin_end (times->preview, 12);
  for (guint i = 0; i < AW_N_CALL_TIMES; i++)
    gtk_list_box_append (GTK_LIST_BOX (list), make_row (times, i));

  gtk_box_append (GTK_BOX (box), aw_ui_label (_("Write first, then call. Three times on different days let them choose and prepare."), "aw-reason"));
  gtk_box_append (GTK_BOX (box), list);
  gtk_box_append (GTK_BOX (box), times->problem);
  gtk_box_append (GTK_BOX (box), heading);
  gtk_box_append (GTK_BOX (box), card);
  update (times);

  g_signal_connect_swapped (cancel, "clicked", G_CALLBACK (aw_dialog_close), times->dialog);
  g_signal_connect_swapped (times->insert, "clicked", G_CALLBACK (insert_cb), times);
  aw_page_set_content (AW_PAGE (page), aw_ui_scrolled_clamp (box));
  aw_page_set_show_window_buttons (AW_PAGE (page), FALSE);
  adw_header_bar_pack_start (aw_page_get_header (AW_PAGE (page)), cancel);
  adw_header_bar_pack_end (aw_page_get_header (AW_PAGE (page)), times->insert);
  aw_dialog_set_child (times->dialog, page);
  aw_dialog_on_closed (times->dialog, closed_cb, times);
  aw_dialog_present (times->dialog, parent);
  return times->dialog;
}
