/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/aw-log-dialog.h"

#include <glib/gi18n-lib.h>

#include "core/aw-words.h"
#include "ui/aw-detail-private.h"
#include "ui/aw-overruled.h"

#define WORDS(name, first, last, function) \
  const char *name[(last) + 1] = { NULL }; \
  for (int name##_i = (first); name##_i <= (last); name##_i++) \
    name[name##_i] = function (name##_i)
#define WORDS_CHANNELS(name) WORDS (name, AW_CHANNEL_EMAIL, AW_CHANNEL_IN_PERSON, aw_words_channel)
#define WORDS_KINDS(name) WORDS (name, AW_TOUCH_THANK_YOU, AW_TOUCH_OTHER, aw_words_contact_kind)

typedef struct
{
  AwLog what;
  AwEngine *engine;
  AwDossier *dossier;
  AwTouch *touch;
  AwOpportunity *opportunity; /* the copy */
  AwCall *call;               /* a copy, or NULL: none is open */
  AwQuestion *question;       /* the copy of the one that waits for an answer, or NULL */
  char *person;
  char *follow_up;            /* the key it is for, or NULL */
  gboolean they_called;
  gboolean reached;
  gboolean firm;
  gboolean answered;
  gboolean call_is_done;
  AwDate promised;
  AwDate not_before;
  AwInstant agreed;
  GtkWidget *reached_row;
  GtkWidget *said_row;
} Logging;

static void
logging_free (gpointer data)
{
  Logging *log = data;

  g_clear_object (&log->dossier);
  g_free (log->person);
  g_free (log->follow_up);
  g_free (log);
}

static void
set_people (AwTouch *touch,
            const char *person)
{
  const char *ids[] = { person, NULL };

  g_clear_pointer (&touch->people, g_strfreev);
  if (person != NULL)
    touch->people = g_strdupv ((char **) ids);
}

/* Somebody answered: an answered call is no silence. */
static void
add_heard (Logging *log,
           AwCommand *command)
{
  g_autoptr (AwRecord) record = aw_record_copy (AW_RECORD (log->touch));
  AwTouch *heard = (AwTouch *) record;

  g_free (record->id);
  record->id = g_uuid_string_random ();
  heard->direction = AW_DIRECTION_IN;
  heard->kind = AW_TOUCH_OTHER;
  heard->promised_date = log->promised;
  aw_command_add (command, record);
}

static void
take_promise (Logging *log)
{
  if (log->not_before != AW_DATE_NONE)
    log->opportunity->follow_up_after = log->not_before;
  if (log->promised == AW_DATE_NONE)
    return;
  log->opportunity->promised_date = log->promised;
  log->opportunity->promise_firm = log->firm;
  g_free (log->opportunity->promised_by);
  log->opportunity->promised_by = g_strdup (log->person);
}

static void
on_save (AwEditor *self G_GNUC_UNUSED,
         AwCommand *command,
         gpointer data)
{
  Logging *log = data;
  AwTouch *touch = log->touch;

  if (log->what != AW_LOG_ANYTHING)
    set_people (touch, log->person);
  if (log->what == AW_LOG_CALL)
    {
      touch->direction = log->they_called ? AW_DIRECTION_IN : AW_DIRECTION_OUT;
      touch->kind = log->they_called ? AW_TOUCH_OTHER : AW_TOUCH_CALL;
      if (!log->they_called && log->reached)
        add_heard (log, command);
      if (log->call != NULL && log->call_is_done && (log->reached || log->they_called))
        log->call->done_at = touch->at;
    }
  if (touch->direction == AW_DIRECTION_OUT)
    {
      g_strfreev (touch->overruled);
      touch->overruled = aw_overruled_by_contact (log->engine, aw_dossier_get_id (log->dossier), (const char *const *) touch->people,
                                                  touch->kind, touch->channel, log->follow_up, touch->at.sec);
    }
  if (touch->direction == AW_DIRECTION_IN)
    touch->promised_date = log->promised;
  if (touch->direction == AW_DIRECTION_IN || (log->what == AW_LOG_CALL && log->reached))
    take_promise (log);
  if (log->question != NULL && log->answered && log->question->answer == NULL)
    log->question->answer = g_strdup (touch->text != NULL ? touch->text : _("Answered"));
  if (log->what == AW_LOG_REPLY && log->call != NULL && aw_instant_is_set (log->agreed))
    log->call->agreed_at = log->agreed;
}

static void
on_changed (AwEditor *self G_GNUC_UNUSED,
            AwCommand *command G_GNUC_UNUSED,
            gpointer data)
{
  Logging *log = data;

  if (log->reached_row != NULL)
    gtk_widget_set_visible (log->reached_row, !log->they_called);
  if (log->said_row != NULL && log->what == AW_LOG_CALL)
    gtk_widget_set_visible (log->said_row, log->they_called || log->reached);
}

static const char *
check (AwEditor *self G_GNUC_UNUSED,
       gpointer data)
{
  Logging *log = data;

  return log->touch->at.sec == AW_NEVER ? _("The date is missing") : NULL;
}

/* Rows ------------------------------------------------------------------------------- */

static AwCall *
open_call (AwDossier *dossier,
           const char *person,
           gboolean agreed)
{
  AW_RECORDS_FOREACH (AwCall, call, aw_dossier_get_list (dossier, AW_RECORD_CALL))
    if (!aw_instant_is_set (call->done_at) && aw_instant_is_set (call->agreed_at) == agreed &&
        (person == NULL || g_strcmp0 (call->person, person) == 0))
      return call;
  return NULL;
}

static AwQuestion *
open_question (AwDossier *dossier)
{
  AwQuestion *last = NULL;

  AW_RECORDS_FOREACH (AwQuestion, question, aw_dossier_get_list (dossier, AW_RECORD_QUESTION))
    if (aw_instant_is_set (question->asked_at) && question->answer == NULL &&
        (last == NULL || question->asked_at.sec > last->asked_at.sec))
      last = question;
  return last;
}

static void
add_promise_rows (AwEditor *editor,
                  Logging *log)
{
  log->said_row = aw_editor_group (editor, _("A New Date?"), NULL);
  aw_editor_date (editor, _("They decide by"), TRUE, &log->promised);
  aw_editor_switch (editor, _("They were sure"), _("Off: they hoped so"), &log->firm);
  aw_editor_date (editor, _("Not to ask before"), TRUE, &log->not_before);
}

static void
add_reply_rows (AwEditor *editor,
                Logging *log)
{
  WORDS_CHANNELS (channels);
  AwCall *call = open_call (log->dossier, NULL, FALSE);
  AwQuestion *question = open_question (log->dossier);

  aw_editor_group (editor, NULL, NULL);
  aw_editor_person (editor, _("From"), log->dossier, _("Somebody there"), &log->person);
  aw_editor_choice (editor, _("How"), channels, G_N_ELEMENTS (channels), (int *) &log->touch->channel);
  aw_editor_instant (editor, _("When"), FALSE, NULL, &log->touch->at);
  aw_editor_switch (editor, _("They want an answer"), NULL, &log->touch->needs_answer);
  aw_editor_long_text (editor, _("What They Said"), &log->touch->text);
  add_promise_rows (editor, log);
  if (question != NULL || call != NULL)
    aw_editor_group (editor, NULL, NULL);
  if (question != NULL)
    {
      log->question = aw_editor_take (editor, question);
      aw_editor_switch (editor, _("It answers your question"), question->text, &log->answered);
    }
  if (call != NULL)
    {
      log->call = aw_editor_take (editor, call);
      aw_editor_instant (editor, _("They agreed to a call"), TRUE, NULL, &log->agreed);
    }
}

static void
add_call_rows (AwEditor *editor,
               Logging *log)
{
  AwCall *call = open_call (log->dossier, log->person, TRUE);

  aw_editor_group (editor, NULL, NULL);
  aw_editor_person (editor, _("With"), log->dossier, _("Somebody there"), &log->person);
  aw_editor_instant (editor, _("When"), FALSE, NULL, &log->touch->at);
  aw_editor_switch (editor, _("They called"), NULL, &log->they_called);
  log->reached_row = aw_editor_switch (editor, _("Did you reach them?"), _("Then it counts as hearing from them"), &log->reached);
  if (call != NULL)
    {
      log->call = aw_editor_take (editor, call);
      log->call_is_done = TRUE;
      aw_editor_switch (editor, _("This was the agreed call"), NULL, &log->call_is_done);
    }
  aw_editor_long_text (editor, _("What They Said"), &log->touch->text);
  add_promise_rows (editor, log);
}

static void
add_letter_rows (AwEditor *editor,
                 Logging *log)
{
  WORDS_KINDS (kinds);

  aw_editor_group (editor, NULL, NULL);
  aw_editor_person (editor, _("To"), log->dossier, _("Somebody there"), &log->person);
  aw_editor_choice (editor, _("Kind"), kinds, G_N_ELEMENTS (kinds), (int *) &log->touch->kind);
  aw_editor_instant (editor, _("Posted"), FALSE, NULL, &log->touch->at);
  aw_editor_long_text (editor, _("What You Wrote"), &log->touch->text);
}

static void
add_other_rows (AwEditor *editor,
                Logging *log)
{
  WORDS_CHANNELS (channels);
  WORDS_KINDS (kinds);
  const char *directions[] = { NULL, _("Received"), _("Sent") };

  aw_editor_group (editor, NULL, NULL);
  aw_editor_choice (editor, _("Direction"), directions, G_N_ELEMENTS (directions), (int *) &log->touch->direction);
  aw_editor_choice (editor, _("How"), channels, G_N_ELEMENTS (channels), (int *) &log->touch->channel);
  aw_editor_choice (editor, _("Kind"), kinds, G_N_ELEMENTS (kinds), (int *) &log->touch->kind);
  aw_editor_instant (editor, _("When"), FALSE, NULL, &log->touch->at);
  if (aw_record_list_get_length (aw_dossier_get_list (log->dossier, AW_RECORD_PERSON)) > 0)
    {
      aw_editor_group (editor, _("People"), NULL);
      aw_editor_people (editor, log->dossier, &log->touch->people);
    }
  aw_editor_long_text (editor, _("Text"), &log->touch->text);
  add_promise_rows (editor, log);
}

/* What to have before one's eyes while calling. */
static void
add_sheet (AwEditor *editor,
           Logging *log,
           const char *key)
{
  AwPlan *plan = aw_engine_get_plan (log->engine, aw_dossier_get_id (log->dossier));
  const AwFollowUp *follow_up = plan != NULL && key != NULL ? aw_plan_find (plan, key) : NULL;
  AwPerson *person = log->person != NULL ? aw_dossier_find_person (log->dossier, log->person) : NULL;
  AwOpportunity *opportunity = aw_dossier_get_opportunity (log->dossier);

  aw_editor_group (editor, _("Call Sheet"), _("Nothing negative, no demand: you ask, and thank them either way."));
  if (person != NULL && person->phone != NULL)
    aw_editor_add_row (editor, aw_detail_row (_("Number"), person->phone, NULL, NULL));
  if (follow_up != NULL)
    {
      g_autofree char *reason = aw_words_reason (follow_up, log->dossier, aw_engine_get_calendar (log->engine), aw_engine_now (log->engine));

      aw_editor_add_row (editor, aw_detail_row (_("Why"), reason, NULL, NULL));
    }
  if (person != NULL)
    {
      g_autofree char *topics = aw_detail_topics (log->dossier, log->person, ", ");

      if (*topics != '\0')
        aw_editor_add_row (editor, aw_detail_row (_("You talked about"), topics, NULL, NULL));
    }
  AW_RECORDS_FOREACH (AwQuestion, question, aw_dossier_get_list (log->dossier, AW_RECORD_QUESTION))
    if (question->answer == NULL && question->text != NULL)
      aw_editor_add_row (editor, aw_detail_row (_("Question"), question->text, NULL, NULL));
  if (opportunity->my_decision_date != AW_DATE_NONE)
    {
      g_autofree char *day = aw_words_weekday_date (opportunity->my_decision_date);

      aw_editor_add_row (editor, aw_detail_row (_("Your own deadline"), day, NULL, NULL));
    }
}

static void
present (AwUi *ui,
         GtkWidget *parent,
         const char *opportunity,
         AwLog what,
         const char *person,
         const char *key)
{
  static const struct
  {
    const char *title, *toast;
    AwDirection direction;
    AwChannel channel;
    AwTouchKind kind;
  } kinds[] = {
    { N_ ("Log Their Reply"), N_ ("Reply logged"), AW_DIRECTION_IN, AW_CHANNEL_EMAIL, AW_TOUCH_OTHER },
    { N_ ("Log a Call"), N_ ("Call logged"), AW_DIRECTION_OUT, AW_CHANNEL_PHONE, AW_TOUCH_CALL },
    { N_ ("Log a Letter"), N_ ("Letter logged"), AW_DIRECTION_OUT, AW_CHANNEL_LETTER, AW_TOUCH_THANK_YOU },
    { N_ ("Log Anything Else"), N_ ("Entry logged"), AW_DIRECTION_OUT, AW_CHANNEL_EMAIL, AW_TOUCH_OTHER },
  };
  AwEngine *engine = aw_ui_engine (ui);
  g_autoptr (GError) error = NULL;
  g_autoptr (AwDossier) dossier = aw_engine_ref_dossier (engine, opportunity, &error);
  AwEditor *editor;
  Logging *log;

  if (error != NULL)
    aw_ui_error (parent, error);
  if (dossier == NULL)
    return;
  editor = aw_editor_new (ui, _(kinds[what].title), _("_Save"), _(kinds[what].toast));
  log = g_new0 (Logging, 1);
  log->what = what;
  log->engine = engine;
  log->dossier = g_steal_pointer (&dossier);
  log->person = person != NULL && aw_dossier_find_person (log->dossier, person) != NULL ? g_strdup (person) : NULL;
  log->follow_up = g_strdup (key);
  log->promised = log->not_before = AW_DATE_NONE;
  log->agreed = AW_INSTANT_NONE;
  log->firm = TRUE;
  log->opportunity = aw_editor_take (editor, aw_dossier_get_opportunity (log->dossier));
  log->touch = aw_editor_add (editor, AW_TYPE_TOUCH, opportunity);
  log->touch->at = aw_edit_instant (engine, aw_engine_now (engine));
  log->touch->direction = kinds[what].direction;
  log->touch->channel = kinds[what].channel;
  log->touch->kind = kinds[what].kind;
  if (log->person == NULL && aw_record_list_get_length (aw_dossier_get_list (log->dossier, AW_RECORD_PERSON)) == 1)
    log->person = g_strdup (AW_ID (aw_record_list_peek (aw_dossier_get_list (log->dossier, AW_RECORD_PERSON), 0)));
  if (what == AW_LOG_CALL)
    {
      add_sheet (editor, log, key);
      add_call_rows (editor, log);
    }
  else if (what == AW_LOG_REPLY)
    add_reply_rows (editor, log);
  else if (what == AW_LOG_LETTER)
    add_letter_rows (editor, log);
  else
    add_other_rows (editor, log);
  aw_editor_set_check (editor, check, log);
  aw_editor_set_save (editor, on_save, log, logging_free);
  aw_editor_set_changed (editor, on_changed);
  aw_editor_present (editor, parent);
}

/* aw-call-sheet.h */
void
aw_log_dialog_present_sheet (AwUi *ui,
                             GtkWidget *parent,
                             const char *opportunity,
                             const char *person,
                             const char *key)
{
  present (ui, parent, opportunity, AW_LOG_CALL, person, key);
}

/**
 * aw_log_dialog_present:
 * @ui: for the engine
 * @parent: where it comes up
 * @opportunity: id
 * @what: what happened
 * @person: (nullable): with whom
 */
void
aw_log_dialog_present (AwUi *ui,
                       GtkWidget *parent,
                       const char *opportunity,
                       AwLog what,
                       const char *person)
{
  present (ui, parent, opportunity, what, person, NULL);
}
