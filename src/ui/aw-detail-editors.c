/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/aw-words.h"
#include "ui/aw-detail-private.h"
#include "ui/aw-language-row.h"

/* The small dialogs of the detail page. Each binds rows to a record's members;
 * AwEditor makes the command. */

static gpointer
take_or_add (AwEditor *editor,
             AwDossier *dossier,
             AwRecordKind kind,
             const char *id)
{
  gpointer before = id != NULL ? aw_dossier_find (dossier, kind, id) : NULL;

  if (before != NULL)
    return aw_editor_take (editor, before);
  return aw_editor_add (editor, aw_record_kind_get_type (kind), aw_dossier_get_id (dossier));
}

#define WORDS(name, first, last, function) \
  const char *name[(last) + 1] = { NULL }; \
  for (int name##_i = (first); name##_i <= (last); name##_i++) \
    name[name##_i] = function (name##_i)

/* Opportunity ---------------------------------------------------------------------- */

static const char *
check_company (AwEditor *self G_GNUC_UNUSED,
               gpointer data)
{
  return ((AwOpportunity *) data)->company == NULL ? _("The company is missing") : NULL;
}

static void
on_language (GtkWidget *row,
             GParamSpec *pspec G_GNUC_UNUSED,
             AwOpportunity *edit)
{
  aw_edit_set_text (&edit->language, aw_language_row_get (row));
}

void
aw_edit_opportunity (AwUi *ui,
                     GtkWidget *parent,
                     AwDossier *dossier)
{
  const char *strategies[] = { _("As in Preferences"), _("HR first"), _("Decision maker first") };
  AwEditor *editor = aw_editor_new (ui, _("Edit Interview"), _("_Save"), _("Interview changed"));
  AwOpportunity *edit = aw_editor_take (editor, aw_dossier_get_opportunity (dossier));
  GtkWidget *language;

  aw_editor_group (editor, NULL, NULL);
  aw_editor_text (editor, _("Company"), &edit->company);
  aw_editor_text (editor, _("Role"), &edit->role);
  aw_editor_text (editor, _("Where you found it"), &edit->source);
  aw_editor_group (editor, NULL, NULL);
  aw_editor_choice (editor, _("Whom to ask for news"), strategies, G_N_ELEMENTS (strategies), (int *) &edit->strategy);
  language = aw_language_row_new (_("Language of messages"), NULL, _("As in Preferences"), edit->language);
  g_signal_connect (language, "notify::selected", G_CALLBACK (on_language), edit);
  aw_editor_add_row (editor, language);
  aw_editor_long_text (editor, _("Qualifications to Restate"), &edit->qualifications);
  aw_editor_set_check (editor, check_company, edit);
  aw_editor_present (editor, parent);
}

/* What was agreed -------------------------------------------------------------------- */

typedef struct
{
  AwOpportunity *edit;
  AwEngine *engine;
  char *told; /* whom I told my date, newly */
} Promise;

static void
promise_free (gpointer data)
{
  Promise *promise = data;

  g_free (promise->told);
  g_free (promise);
}

static void
on_save_promise (AwEditor *self G_GNUC_UNUSED,
                 AwCommand *command G_GNUC_UNUSED,
                 gpointer data)
{
  Promise *promise = data;
  AwPair *pair;

  if (promise->told == NULL || promise->edit->my_decision_date == AW_DATE_NONE)
    return;
  if (promise->edit->decision_date_told == NULL)
    promise->edit->decision_date_told = g_ptr_array_new_with_free_func ((GDestroyNotify) aw_pair_free);
  pair = aw_pair_new (promise->told, NULL);
  pair->at = aw_edit_instant (promise->engine, aw_engine_now (promise->engine));
  g_ptr_array_add (promise->edit->decision_date_told, pair);
}

void
aw_edit_promise (AwUi *ui,
                 GtkWidget *parent,
                 AwDossier *dossier)
{
  const char *leave[] = { _("Not asked"), _("Yes"), _("Yes, by e-mail"), _("Yes, by phone"), _("Rather not") };
  AwEditor *editor = aw_editor_new (ui, _("What Was Agreed"), _("_Save"), _("Saved what was agreed"));
  Promise *promise = g_new0 (Promise, 1);

  promise->edit = aw_editor_take (editor, aw_dossier_get_opportunity (dossier));
  promise->engine = aw_ui_engine (ui);
  aw_editor_group (editor, _("Decision"), NULL);
  aw_editor_date (editor, _("They decide by"), TRUE, &promise->edit->promised_date);
  aw_editor_person (editor, _("Who said so"), dossier, _("Nobody in particular"), &promise->edit->promised_by);
  aw_editor_switch (editor, _("They were sure"), _("Off: they hoped so"), &promise->edit->promise_firm);
  aw_editor_group (editor, _("Following Up"), NULL);
  aw_editor_choice (editor, _("You may follow up"), leave, G_N_ELEMENTS (leave), (int *) &promise->edit->follow_up);
  aw_editor_person (editor, _("With"), dossier, _("Anybody"), &promise->edit->follow_up_person);
  aw_editor_date (editor, _("Not before"), TRUE, &promise->edit->follow_up_after);
  aw_editor_group (editor, _("Your Own Deadline"), NULL);
  aw_editor_date (editor, _("You decide by"), TRUE, &promise->edit->my_decision_date);
  aw_editor_person (editor, _("You told it to"), dossier, promise->edit->decision_date_told != NULL ? _("Nobody else") : _("Nobody yet"), &promise->told);
  aw_editor_set_save (editor, on_save_promise, promise, promise_free);
  aw_editor_present (editor, parent);
}

/* Interview -------------------------------------------------------------------------- */

static const char *
check_interview (AwEditor *self G_GNUC_UNUSED,
                 gpointer data)
{
  return ((AwInterview *) data)->starts_at.sec == AW_NEVER ? _("The date is missing") : NULL;
}

void
aw_edit_interview (AwUi *ui,
                   GtkWidget *parent,
                   AwDossier *dossier,
                   const char *id)
{
  AwEditor *editor = aw_editor_new (ui, _("Interview"), _("_Save"), _("Interview changed"));
  AwInterview *edit = take_or_add (editor, dossier, AW_RECORD_INTERVIEW, id);
  WORDS (stages, AW_STAGE_UNSET, AW_STAGE_OTHER, aw_words_stage);
  WORDS (formats, AW_FORMAT_UNSET, AW_FORMAT_ON_SITE, aw_words_format);

  stages[AW_STAGE_UNSET] = _("Not said");
  formats[AW_FORMAT_UNSET] = _("Not said");
  aw_editor_group (editor, NULL, NULL);
  aw_editor_instant (editor, _("When"), FALSE, edit->time_zone, &edit->starts_at);
  aw_editor_number (editor, _("Minutes"), 5, 1440, 5, 60, &edit->duration_minutes);
  aw_editor_choice (editor, _("Stage"), stages, G_N_ELEMENTS (stages), (int *) &edit->stage);
  aw_editor_choice (editor, _("How"), formats, G_N_ELEMENTS (formats), (int *) &edit->format);
  aw_editor_text (editor, _("Place or link"), &edit->location);
  aw_editor_switch (editor, _("Cancelled"), NULL, &edit->cancelled);
  if (aw_record_list_get_length (aw_dossier_get_list (dossier, AW_RECORD_PERSON)) > 0)
    {
      aw_editor_group (editor, _("Who Was There"), NULL);
      aw_editor_people (editor, dossier, &edit->attendees);
    }
  aw_editor_set_check (editor, check_interview, edit);
  aw_editor_present (editor, parent);
}

/* Steps, questions, articles ----------------------------------------------------------- */

static const char *
check_step (AwEditor *self G_GNUC_UNUSED,
            gpointer data)
{
  return ((AwStep *) data)->title == NULL && ((AwStep *) data)->kind == AW_STEP_UNSET ? "" : NULL;
}

void
aw_edit_step (AwUi *ui,
              GtkWidget *parent,
              AwDossier *dossier,
              const char *id)
{
  AwEditor *editor = aw_editor_new (ui, id != NULL ? _("Next Step") : _("Add Step"), id != NULL ? _("_Save") : _("_Add"),
                                    id != NULL ? _("Step changed") : _("Step added"));
  AwStep *edit = take_or_add (editor, dossier, AW_RECORD_STEP, id);
  WORDS (kinds, AW_STEP_TEST, AW_STEP_OTHER, aw_words_step_kind);

  if (id == NULL)
    {
      edit->kind = AW_STEP_OTHER;
      edit->asked_at = aw_edit_instant (aw_ui_engine (ui), aw_ui_now (parent));
    }
  aw_editor_group (editor, NULL, NULL);
  aw_editor_text (editor, _("What"), &edit->title);
  aw_editor_choice (editor, _("Kind"), kinds, G_N_ELEMENTS (kinds), (int *) &edit->kind);
  aw_editor_instant (editor, _("Due"), TRUE, NULL, &edit->due);
  aw_editor_group (editor, NULL, NULL);
  aw_editor_person (editor, _("Who asked for it"), dossier, _("Nobody in particular"), &edit->asked_by);
  aw_editor_instant (editor, _("Asked on"), TRUE, NULL, &edit->asked_at);
  aw_editor_instant (editor, _("Done on"), TRUE, NULL, &edit->done_at);
  aw_editor_set_check (editor, check_step, edit);
  aw_editor_present (editor, parent);
}

static const char *
check_question (AwEditor *self G_GNUC_UNUSED,
                gpointer data)
{
  return ((AwQuestion *) data)->text == NULL ? "" : NULL;
}

void
aw_edit_question (AwUi *ui,
                  GtkWidget *parent,
                  AwDossier *dossier,
                  const char *id)
{
  AwEditor *editor = aw_editor_new (ui, id != NULL ? _("Question") : _("Add Question"), id != NULL ? _("_Save") : _("_Add"),
                                    id != NULL ? _("Question changed") : _("Question added"));
  AwQuestion *edit = take_or_add (editor, dossier, AW_RECORD_QUESTION, id);

  aw_editor_group (editor, NULL, _("Also the ones you are afraid to ask."));
  aw_editor_text (editor, _("Question"), &edit->text);
  aw_editor_person (editor, _("Whom to ask"), dossier, _("Anybody"), &edit->asked_of);
  aw_editor_instant (editor, _("Asked on"), TRUE, NULL, &edit->asked_at);
  aw_editor_long_text (editor, _("Answer"), &edit->answer);
  aw_editor_set_check (editor, check_question, edit);
  aw_editor_present (editor, parent);
}

static const char *
check_article (AwEditor *self G_GNUC_UNUSED,
               gpointer data)
{
  AwArticle *article = data;

  if (article->url == NULL)
    return "";
  if (!g_str_has_prefix (article->url, "https://") && !g_str_has_prefix (article->url, "http://"))
    return _("A link begins with https://");
  return NULL;
}

void
aw_edit_article (AwUi *ui,
                 GtkWidget *parent,
                 AwDossier *dossier,
                 const char *id)
{
  AwEditor *editor = aw_editor_new (ui, id != NULL ? _("Article") : _("Add Article"), id != NULL ? _("_Save") : _("_Add"),
                                    id != NULL ? _("Article changed") : _("Article added"));
  AwArticle *edit = take_or_add (editor, dossier, AW_RECORD_ARTICLE, id);

  if (id == NULL)
    edit->saved_at = aw_edit_instant (aw_ui_engine (ui), aw_ui_now (parent));
  aw_editor_group (editor, NULL, _("Something worth reading for them asks without asking."));
  aw_editor_text (editor, _("Link"), &edit->url);
  aw_editor_text (editor, _("Title"), &edit->title);
  aw_editor_switch (editor, _("This is my own work"), NULL, &edit->mine);
  aw_editor_long_text (editor, _("Why It Fits What You Heard"), &edit->why);
  aw_editor_set_check (editor, check_article, edit);
  aw_editor_present (editor, parent);
}

void
aw_edit_mention (AwUi *ui,
                 GtkWidget *parent,
                 AwDossier *dossier)
{
  AwInterview *last = aw_detail_last_interview (dossier, aw_ui_now (parent));
  AwEditor *editor;
  AwInterview *edit;

  if (last == NULL)
    return;
  editor = aw_editor_new (ui, _("Worth Mentioning"), _("_Save"), _("Saved what is worth mentioning"));
  edit = aw_editor_take (editor, last);
  aw_editor_long_text (editor, _("What You Forgot to Say"), &edit->forgot);
  aw_editor_long_text (editor, _("What You Said Wrong"), &edit->said_wrong);
  aw_editor_present (editor, parent);
}

/* Calls ------------------------------------------------------------------------------ */

static const char *
check_call (AwEditor *self G_GNUC_UNUSED,
            gpointer data)
{
  return ((AwCall *) data)->person == NULL ? _("Choose whom to call") : NULL;
}

void
aw_edit_call (AwUi *ui,
              GtkWidget *parent,
              AwDossier *dossier,
              const char *id)
{
  AwEditor *editor = aw_editor_new (ui, id != NULL ? C_("noun", "Call") : _("Call Wanted"), id != NULL ? _("_Save") : _("_Add"),
                                    id != NULL ? _("Call changed") : _("Call noted: offer three times next"));
  AwCall *edit = take_or_add (editor, dossier, AW_RECORD_CALL, id);

  if (id == NULL)
    edit->wanted_at = aw_edit_instant (aw_ui_engine (ui), aw_ui_now (parent));
  aw_editor_group (editor, NULL, id != NULL ? NULL : _("A call by appointment: you offer three times, they choose."));
  aw_editor_person (editor, _("With"), dossier, _("Choose"), &edit->person);
  aw_editor_instant (editor, id != NULL ? _("Agreed for") : _("Already agreed for"), TRUE, NULL, &edit->agreed_at);
  if (id != NULL)
    aw_editor_instant (editor, _("Times offered on"), TRUE, NULL, &edit->offered_at);
  aw_editor_set_check (editor, check_call, edit);
  aw_editor_present (editor, parent);
}

/* An entry of the history --------------------------------------------------------------- */

void
aw_edit_touch (AwUi *ui,
               GtkWidget *parent,
               AwDossier *dossier,
               const char *id)
{
  AwEditor *editor;
  AwTouch *edit;
  const char *directions[] = { NULL, _("Received"), _("Sent") };
  WORDS (channels, AW_CHANNEL_EMAIL, AW_CHANNEL_IN_PERSON, aw_words_channel);
  WORDS (kinds, AW_TOUCH_THANK_YOU, AW_TOUCH_OTHER, aw_words_contact_kind);

  if (aw_dossier_find (dossier, AW_RECORD_TOUCH, id) == NULL)
    return;
  editor = aw_editor_new (ui, _("History Entry"), _("_Save"), _("Entry changed"));
  edit = aw_editor_take (editor, aw_dossier_find (dossier, AW_RECORD_TOUCH, id));
  aw_editor_group (editor, NULL, NULL);
  aw_editor_instant (editor, _("When"), FALSE, NULL, &edit->at);
  aw_editor_choice (editor, _("Direction"), directions, G_N_ELEMENTS (directions), (int *) &edit->direction);
  aw_editor_choice (editor, _("Channel"), channels, G_N_ELEMENTS (channels), (int *) &edit->channel);
  aw_editor_choice (editor, _("Kind"), kinds, G_N_ELEMENTS (kinds), (int *) &edit->kind);
  aw_editor_text (editor, _("Subject"), &edit->subject);
  aw_editor_long_text (editor, _("Text"), &edit->text);
  aw_editor_group (editor, NULL, NULL);
  aw_editor_switch (editor, _("Asks for an answer"), NULL, &edit->needs_answer);
  aw_editor_date (editor, _("Promised date"), TRUE, &edit->promised_date);
  if (aw_record_list_get_length (aw_dossier_get_list (dossier, AW_RECORD_PERSON)) > 0)
    {
      aw_editor_group (editor, _("People"), NULL);
      aw_editor_people (editor, dossier, &edit->people);
    }
  aw_editor_present (editor, parent);
}
