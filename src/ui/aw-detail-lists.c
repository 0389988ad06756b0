/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "core/aw-words.h"
#include "ui/aw-detail-private.h"

/* The short lists of the detail page: rounds, what was agreed, next steps,
 * questions, what is worth mentioning, rapport. */

static char *
name_of (const AwDetail *detail,
         const char *id)
{
  AwPerson *person = id != NULL ? aw_dossier_find_person (detail->dossier, id) : NULL;

  return person != NULL && *aw_person_get_short_name (person) != '\0' ? g_strdup (aw_person_get_short_name (person)) : NULL;
}

static char *
date_with_year (AwDate date,
                AwDate today)
{
  g_autofree char *text = aw_words_weekday_date (date);
  int year, this_year, m, d;

  aw_date_to_ymd (date, &year, &m, &d);
  aw_date_to_ymd (today, &this_year, &m, &d);
  return year == this_year ? g_steal_pointer (&text) : g_strdup_printf ("%s %d", text, year);
}

static AwDate
today_of (const AwDetail *detail)
{
  return aw_calendar_date_of (detail->calendar, NULL, detail->now);
}

/* Interviews ----------------------------------------------------------------------- */

static GtkWidget *
interview_row (const AwDetail *detail,
               AwInterview *interview,
               gboolean only)
{
  g_autofree char *day = NULL;
  g_autofree char *from = NULL;
  g_autofree char *until = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GMenu) menu = g_menu_new ();
  const char *title = only ? _("Date") : interview->stage != AW_STAGE_UNSET ? aw_words_stage (interview->stage) : _("Interview");
  GtkWidget *row;

  if (interview->starts_at.sec == AW_NEVER)
    g_string_append (text, _("No date"));
  else
    {
      day = date_with_year (aw_calendar_date_of (detail->calendar, NULL, interview->starts_at.sec), today_of (detail));
      from = aw_words_time (detail->calendar, interview->starts_at.sec);
      g_string_append_printf (text, "%s, %s", day, from);
      if (interview->duration_minutes > 0)
        {
          until = aw_words_time (detail->calendar, aw_interview_get_end (interview));
          g_string_append_printf (text, " – %s", until);
        }
    }
  if (interview->format != AW_FORMAT_UNSET)
    g_string_append_printf (text, " · %s", aw_words_format (interview->format));
  if (interview->location != NULL)
    g_string_append_printf (text, "\n%s", interview->location);
  if (interview->cancelled)
    g_string_append_printf (text, "\n%s", _("Cancelled"));
  row = aw_detail_row (title, text->str, "detail.interview-edit", AW_ID (interview));
  aw_detail_menu_add (menu, _("Before You Leave"), "detail.interview-checklist", AW_ID (interview));
  aw_detail_menu_add (menu, _("After the Interview"), "detail.interview-debrief", AW_ID (interview));
  aw_detail_menu_add (menu, _("Edit"), "detail.interview-edit", AW_ID (interview));
  aw_detail_menu_add (menu, interview->cancelled ? _("It Takes Place") : _("It Was Cancelled"), "detail.interview-cancel", AW_ID (interview));
  aw_detail_menu_add (menu, _("Delete"), "detail.interview-remove", AW_ID (interview));
  aw_detail_row_menu (row, _("More About This Round"), G_MENU_MODEL (menu));
  aw_detail_row_deletes (row, "detail.interview-remove", AW_ID (interview));
  return row;
}

static char *
promise_text (const AwDetail *detail)
{
  AwOpportunity *opportunity = detail->opportunity;
  g_autofree char *day = NULL;
  g_autofree char *who = name_of (detail, opportunity->promised_by);

  if (opportunity->promised_date == AW_DATE_NONE)
    return g_strdup (_("They did not say"));
  day = date_with_year (opportunity->promised_date, today_of (detail));
  if (!opportunity->promise_firm)
    return who != NULL ? g_strdup_printf (_("They hope by %s, said %s"), day, who) : g_strdup_printf (_("They hope by %s"), day);
  return who != NULL ? g_strdup_printf (_("By %s, said %s"), day, who) : g_strdup_printf (_("By %s"), day);
}

static char *
follow_up_text (const AwDetail *detail)
{
  static const char *const leave[] = { N_ ("Not asked"), N_ ("Yes"), N_ ("Yes, by e-mail"), N_ ("Yes, by phone"), N_ ("Rather not") };
  AwOpportunity *opportunity = detail->opportunity;
  g_autoptr (GString) text = g_string_new (_(leave[MIN (opportunity->follow_up, G_N_ELEMENTS (leave) - 1)]));
  g_autofree char *who = name_of (detail, opportunity->follow_up_person);

  if (who != NULL)
    g_string_append_printf (text, _(", with %s"), who);
  if (opportunity->follow_up_after != AW_DATE_NONE)
    {
      g_autofree char *day = aw_words_date (opportunity->follow_up_after);

      g_string_append_printf (text, _(", from %s on"), day);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
deadline_text (const AwDetail *detail)
{
  AwOpportunity *opportunity = detail->opportunity;
  guint n = opportunity->decision_date_told != NULL ? opportunity->decision_date_told->len : 0;
  g_autofree char *day = NULL;

  if (opportunity->my_decision_date == AW_DATE_NONE)
    return g_strdup (_("None"));
  day = date_with_year (opportunity->my_decision_date, today_of (detail));
  /* Translators: %s is a day */
  return n > 0 ? g_strdup_printf (_("You told them: %s"), day) : g_strdup_printf (_("%s; they do not know yet"), day);
}

static void
add_calls (AwSection *section,
           const AwDetail *detail)
{
  AW_RECORDS_FOREACH (AwCall, call, aw_dossier_get_list (detail->dossier, AW_RECORD_CALL))
    {
      g_autofree char *who = name_of (detail, call->person);
      g_autofree char *title = NULL;
      g_autofree char *text = NULL;
      g_autoptr (GMenu) menu = g_menu_new ();
      GtkWidget *row;

      if (aw_instant_is_set (call->done_at))
        continue;
      title = g_strdup_printf (_("Call with %s"), who != NULL ? who : _("them"));
      if (aw_instant_is_set (call->agreed_at))
        {
          g_autofree char *when = aw_words_relative (detail->calendar, call->agreed_at.sec, detail->now);

          /* Translators: %s is a moment: "on 5 March at 14:30" */
          text = g_strdup_printf (_("Agreed %s"), when);
        }
      else if (aw_instant_is_set (call->offered_at))
        text = g_strdup (_("You offered times; not yet agreed"));
      else
        text = g_strdup (_("Wanted; offer three times by e-mail"));
      row = aw_detail_row (title, text, "detail.call-edit", AW_ID (call));
      aw_detail_menu_add (menu, _("They Agreed to a Time…"), "detail.call-edit", AW_ID (call));
      aw_detail_menu_add (menu, _("Log the Call…"), "detail.call-log", AW_ID (call));
      aw_detail_menu_add (menu, _("Not Wanted Any More"), "detail.call-remove", AW_ID (call));
      aw_detail_row_menu (row, _("More About This Call"), G_MENU_MODEL (menu));
      aw_detail_row_deletes (row, "detail.call-remove", AW_ID (call));
      aw_section_add (section, row);
    }
}

void
aw_interview_group_fill (AwSection *section,
                         const AwDetail *detail)
{
  AwRecordList *interviews = aw_dossier_get_list (detail->dossier, AW_RECORD_INTERVIEW);
  guint n = aw_record_list_get_length (interviews);
  g_autofree char *promise = promise_text (detail);
  g_autofree char *follow_up = follow_up_text (detail);
  g_autofree char *deadline = deadline_text (detail);

  aw_section_begin (section);
  aw_section_set_title (section, n > 1 ? _("Interviews") : _("Interview"));
  AW_RECORDS_FOREACH (AwInterview, interview, interviews)
    aw_section_add (section, interview_row (detail, interview, n == 1));
  add_calls (section, detail);
  aw_section_add (section, aw_detail_row (_("Decision promised"), promise, "detail.edit-promise", NULL));
  aw_section_add (section, aw_detail_row (_("You may follow up"), follow_up, "detail.edit-promise", NULL));
  aw_section_add (section, aw_detail_row (_("Your own deadline"), deadline, "detail.edit-promise", NULL));
  aw_section_end (section);
}

/* Next steps ------------------------------------------------------------------------ */

static void
on_check (GtkCheckButton *check,
          gpointer data G_GNUC_UNUSED)
{
  gtk_widget_activate_action (GTK_WIDGET (check), g_object_get_data (G_OBJECT (check), "action"), "s",
                              g_object_get_data (G_OBJECT (check), "id"));
}

static void
add_check (GtkWidget *row,
           const char *title,
           gboolean active,
           const char *action,
           const char *id)
{
  GtkWidget *check = gtk_check_button_new ();
  g_autofree char *name = g_strdup_printf (_("Done: %s"), title);

  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), active);
  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  aw_ui_set_name (check, name);
  g_object_set_data_full (G_OBJECT (check), "id", g_strdup (id), g_free);
  g_object_set_data (G_OBJECT (check), "action", (gpointer) action);
  g_signal_connect (check, "toggled", G_CALLBACK (on_check), NULL);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
}

void
aw_steps_group_fill (AwSection *section,
                     const AwDetail *detail)
{
  aw_section_begin (section);
  AW_RECORDS_FOREACH (AwStep, step, aw_dossier_get_list (detail->dossier, AW_RECORD_STEP))
    {
      const char *title = step->title != NULL ? step->title : aw_words_step_kind (step->kind);
      gboolean done = aw_instant_is_set (step->done_at);
      g_autofree char *text = NULL;
      g_autoptr (GMenu) menu = g_menu_new ();
      GtkWidget *row;

      if (done)
        {
          g_autofree char *day = aw_words_date (aw_calendar_date_of (detail->calendar, NULL, step->done_at.sec));

          text = g_strdup_printf (_("Done %s"), day);
        }
      else if (aw_instant_is_set (step->due))
        {
          g_autofree char *when = aw_words_relative (detail->calendar, step->due.sec, detail->now);

          /* Translators: %s is a moment: "on 5 March at 14:30" */
          text = g_strdup_printf (_("Due %s"), when);
        }
      else
        text = g_strdup (aw_words_step_kind (step->kind));
      row = aw_detail_row (title, text, "detail.step-edit", AW_ID (step));
      add_check (row, title, done, "detail.step-toggle", AW_ID (step));
      aw_detail_menu_add (menu, _("Edit"), "detail.step-edit", AW_ID (step));
      aw_detail_menu_add (menu, _("Delete"), "detail.step-remove", AW_ID (step));
      aw_detail_row_menu (row, _("More About This Step"), G_MENU_MODEL (menu));
      aw_detail_row_deletes (row, "detail.step-remove", AW_ID (step));
      aw_section_add (section, row);
    }
  aw_section_end (section);
}

/* Questions -------------------------------------------------------------------------- */

void
aw_questions_group_fill (AwSection *section,
                         const AwDetail *detail)
{
  aw_section_begin (section);
  AW_RECORDS_FOREACH (AwQuestion, question, aw_dossier_get_list (detail->dossier, AW_RECORD_QUESTION))
    {
      const char *title = question->text != NULL ? question->text : "";
      gboolean asked = aw_instant_is_set (question->asked_at);
      g_autofree char *who = name_of (detail, question->asked_of);
      g_autofree char *text = NULL;
      g_autoptr (GMenu) menu = g_menu_new ();
      GtkWidget *row;

      if (question->answer != NULL)
        text = g_strdup (question->answer);
      else if (asked)
        text = who != NULL ? g_strdup_printf (_("Asked %s; no answer yet"), who) : g_strdup (_("Asked; no answer yet"));
      else
        text = who != NULL ? g_strdup_printf (_("To ask %s"), who) : NULL;
      row = aw_detail_row (title, text, "detail.question-edit", AW_ID (question));
      add_check (row, title, asked, "detail.question-toggle", AW_ID (question));
      aw_detail_menu_add (menu, _("Edit"), "detail.question-edit", AW_ID (question));
      aw_detail_menu_add (menu, _("Delete"), "detail.question-remove", AW_ID (question));
      aw_detail_row_menu (row, _("More About This Question"), G_MENU_MODEL (menu));
      aw_detail_row_deletes (row, "detail.question-remove", AW_ID (question));
      aw_section_add (section, row);
    }
  aw_section_end (section);
}

/* Worth mentioning ------------------------------------------------------------------- */

void
aw_mention_group_fill (AwSection *section,
                       const AwDetail *detail)
{
  AwInterview *last = aw_detail_last_interview (detail->dossier, detail->now);

  aw_section_begin (section);
  if (last != NULL)
    {
      aw_section_add (section, aw_detail_row (_("Forgot to say"), last->forgot != NULL ? last->forgot : _("Nothing noted"), "detail.edit-mention", NULL));
      aw_section_add (section, aw_detail_row (_("Said wrong"), last->said_wrong != NULL ? last->said_wrong : _("Nothing noted"), "detail.edit-mention", NULL));
    }
  AW_RECORDS_FOREACH (AwArticle, article, aw_dossier_get_list (detail->dossier, AW_RECORD_ARTICLE))
    {
      const char *title = article->title != NULL ? article->title : article->url != NULL ? article->url : _("Article");
      g_autoptr (GString) text = g_string_new (article->mine ? _("My own work") : _("Article"));
      g_autoptr (GMenu) menu = g_menu_new ();
      GtkWidget *row;

      if (article->sent_to != NULL && *article->sent_to != NULL)
        {
          g_autofree char *who = name_of (detail, article->sent_to[0]);

          g_string_append (text, " · ");
          g_string_append_printf (text, _("sent to %s"), who != NULL ? who : _("them"));
        }
      if (article->why != NULL)
        g_string_append_printf (text, "\n%s", article->why);
      row = aw_detail_row (title, text->str, "detail.article-edit", AW_ID (article));
      aw_detail_menu_add (menu, _("Edit"), "detail.article-edit", AW_ID (article));
      aw_detail_menu_add (menu, _("Delete"), "detail.article-remove", AW_ID (article));
      aw_detail_row_menu (row, _("More About This Article"), G_MENU_MODEL (menu));
      aw_detail_row_deletes (row, "detail.article-remove", AW_ID (article));
      aw_section_add (section, row);
    }
  aw_section_end (section);
}

/* Rapport ---------------------------------------------------------------------------- */

static void
on_rapport (AdwComboRow *row,
            GParamSpec *pspec G_GNUC_UNUSED,
            gpointer data G_GNUC_UNUSED)
{
  gtk_widget_activate_action (GTK_WIDGET (row), "detail.set-rapport", "i", (int) adw_combo_row_get_selected (row));
}

void
aw_rapport_group_fill (AwSection *section,
                       const AwDetail *detail)
{
  g_autoptr (GtkStringList) words = gtk_string_list_new (NULL);
  GtkWidget *row = adw_combo_row_new ();

  aw_section_begin (section);
  aw_ui_row_set (row, _("With the hiring manager"), NULL);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _("What you felt, beside what was said"));
  for (AwRapport rapport = AW_RAPPORT_UNKNOWN; rapport <= AW_RAPPORT_GREAT; rapport++)
    gtk_string_list_append (words, aw_words_rapport (rapport));
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (words));
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), detail->opportunity->rapport);
  g_signal_connect (row, "notify::selected", G_CALLBACK (on_rapport), NULL);
  aw_section_add (section, row);
  aw_section_end (section);
}
