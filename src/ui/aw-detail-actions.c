/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/aw-detail-actions.h"

#include <glib/gi18n-lib.h>

#include "service/aw-replies.h"
#include "ui/aw-add-dialog.h"
#include "ui/aw-decided-dialog.h"
#include "ui/aw-detail-private.h"
#include "ui/aw-log-dialog.h"

/* What the detail page can do. Each change is one command. */

typedef struct
{
  GtkWidget *page; /* owns the group, and so this */
  GtkWidget *notes;
  AwUi *ui;
  AwDossier *dossier;
} Actions;

static void
actions_free (gpointer data)
{
  Actions *self = data;

  g_clear_object (&self->dossier);
  g_clear_object (&self->ui);
  g_free (self);
}

#define ID(parameter) g_variant_get_string ((parameter), NULL)
#define ACTION(name) \
  static void name (GSimpleAction *action G_GNUC_UNUSED, GVariant *parameter G_GNUC_UNUSED, gpointer data)

static const char *
opportunity (Actions *self)
{
  return aw_dossier_get_id (self->dossier);
}

static void
put (Actions *self,
     const char *title,
     gpointer before,
     gpointer after)
{
  g_autoptr (AwCommand) command = aw_command_new (title);

  if (before != NULL && after != NULL)
    aw_command_change (command, before, after);
  else if (after != NULL)
    aw_command_add (command, after);
  else
    aw_command_remove (command, before);
  aw_ui_run (self->page, command, NULL, NULL);
}

static void
remove_record (Actions *self,
               AwRecordKind kind,
               const char *id,
               const char *title)
{
  gpointer record = aw_dossier_find (self->dossier, kind, id);

  if (record != NULL)
    put (self, title, record, NULL);
}

static AwInstant
now (Actions *self)
{
  AwEngine *engine = aw_ui_engine (self->ui);

  return aw_edit_instant (engine, aw_engine_now (engine));
}

/* The opportunity -------------------------------------------------------------------- */

ACTION (on_edit)
{
  Actions *self = data;

  aw_edit_opportunity (self->ui, self->page, self->dossier);
}

ACTION (on_edit_promise)
{
  Actions *self = data;

  aw_edit_promise (self->ui, self->page, self->dossier);
}

ACTION (on_edit_mention)
{
  Actions *self = data;

  aw_edit_mention (self->ui, self->page, self->dossier);
}

ACTION (on_set_rapport)
{
  Actions *self = data;
  AwOpportunity *before = aw_dossier_get_opportunity (self->dossier);
  g_autoptr (AwOpportunity) after = aw_record_edit (before);

  after->rapport = g_variant_get_int32 (parameter);
  if (after->rapport != before->rapport)
    put (self, _("Rapport changed"), before, after);
}

ACTION (on_archive)
{
  Actions *self = data;
  AwOpportunity *before = aw_dossier_get_opportunity (self->dossier);
  g_autoptr (AwOpportunity) after = aw_record_edit (before);
  g_autofree char *title = g_strdup_printf (before->archived ? _("%s taken out of the archive") : _("%s archived"), before->company != NULL ? before->company : "");

  after->archived = !before->archived;
  put (self, title, before, after);
}

ACTION (on_delete)
{
  Actions *self = data;
  g_autoptr (AwCommand) command = aw_commands_delete (aw_ui_engine (self->ui), self->dossier);

  aw_notes_save (self->notes);
  aw_ui_run (self->page, command, NULL, NULL);
}

ACTION (on_decided)
{
  Actions *self = data;

  aw_decided_dialog_present (self->ui, self->page, opportunity (self));
}

ACTION (on_add_note)
{
  Actions *self = data;

  aw_notes_focus (self->notes);
}

ACTION (on_export_calendar)
{
  Actions *self = data;

  aw_ui_activate (self->page, "win.export-interviews", "s", opportunity (self));
}

/* Rounds ------------------------------------------------------------------------------ */

ACTION (on_add_round)
{
  Actions *self = data;

  aw_add_dialog_present_round (self->ui, self->page, opportunity (self));
}

ACTION (on_checklist)
{
  Actions *self = data;

  aw_ui_open_checklist (self->page, opportunity (self), parameter != NULL ? ID (parameter) : NULL);
}

ACTION (on_debrief)
{
  Actions *self = data;

  aw_ui_open_debrief (self->page, opportunity (self), parameter != NULL ? ID (parameter) : NULL);
}

ACTION (on_interview_edit)
{
  Actions *self = data;

  aw_edit_interview (self->ui, self->page, self->dossier, ID (parameter));
}

ACTION (on_interview_cancel)
{
  Actions *self = data;
  AwInterview *before = aw_dossier_find (self->dossier, AW_RECORD_INTERVIEW, ID (parameter));
  g_autoptr (AwInterview) after = before != NULL ? aw_record_edit (before) : NULL;

  if (before == NULL)
    return;
  after->cancelled = !before->cancelled;
  put (self, after->cancelled ? _("Interview cancelled") : _("Interview takes place"), before, after);
}

ACTION (on_interview_remove)
{
  remove_record (data, AW_RECORD_INTERVIEW, ID (parameter), _("Interview deleted"));
}

/* People ------------------------------------------------------------------------------- */

static AwPerson *
person (Actions *self,
        GVariant *parameter)
{
  return aw_dossier_find_person (self->dossier, ID (parameter));
}

ACTION (on_add_person)
{
  Actions *self = data;

  aw_ui_edit_person (self->page, opportunity (self), NULL);
}

ACTION (on_person_edit)
{
  Actions *self = data;

  aw_ui_edit_person (self->page, opportunity (self), ID (parameter));
}

ACTION (on_person_write)
{
  Actions *self = data;
  AwPlan *plan = aw_engine_get_plan (aw_ui_engine (self->ui), opportunity (self));
  const AwFollowUp *found = NULL;

  /* What is planned for this person, if there is something. */
  for (guint i = 0; plan != NULL && i < aw_plan_get_length (plan) && found == NULL; i++)
    if (g_strcmp0 (aw_plan_get (plan, i)->person, ID (parameter)) == 0 && aw_plan_get (plan, i)->channel == AW_CHANNEL_EMAIL)
      found = aw_plan_get (plan, i);
  aw_ui_compose (self->page, opportunity (self), ID (parameter), found != NULL ? AW_TOUCH_UNSET : AW_TOUCH_OTHER, found != NULL ? found->key : NULL);
}

ACTION (on_person_call)
{
  Actions *self = data;

  aw_ui_open_call (self->page, opportunity (self), ID (parameter), NULL);
}

ACTION (on_person_copy)
{
  Actions *self = data;
  AwPerson *who = person (self, parameter);

  if (who == NULL || who->email == NULL)
    return;
  gdk_clipboard_set_text (gtk_widget_get_clipboard (self->page), who->email);
  aw_ui_toast (self->page, _("Address copied"));
}

ACTION (on_person_reply)
{
  Actions *self = data;

  aw_log_dialog_present (self->ui, self->page, opportunity (self), AW_LOG_REPLY, ID (parameter));
}

ACTION (on_person_remove)
{
  Actions *self = data;
  AwPerson *who = person (self, parameter);
  g_autoptr (AwCommand) command = who != NULL ? aw_detail_remove_person (self->dossier, who) : NULL;

  if (command != NULL)
    aw_ui_run (self->page, command, NULL, NULL);
}

/* Lists --------------------------------------------------------------------------------- */

ACTION (on_step_edit)
{
  Actions *self = data;

  aw_edit_step (self->ui, self->page, self->dossier, parameter != NULL ? ID (parameter) : NULL);
}

ACTION (on_step_toggle)
{
  Actions *self = data;
  AwStep *before = aw_dossier_find (self->dossier, AW_RECORD_STEP, ID (parameter));
  g_autoptr (AwStep) after = before != NULL ? aw_record_edit (before) : NULL;

  if (before == NULL)
    return;
  after->done_at = aw_instant_is_set (before->done_at) ? AW_INSTANT_NONE : now (self);
  put (self, aw_instant_is_set (after->done_at) ? _("Marked as done") : _("Marked as not done"), before, after);
}

ACTION (on_step_remove)
{
  remove_record (data, AW_RECORD_STEP, ID (parameter), _("Step deleted"));
}

ACTION (on_question_edit)
{
  Actions *self = data;

  aw_edit_question (self->ui, self->page, self->dossier, parameter != NULL ? ID (parameter) : NULL);
}

ACTION (on_question_toggle)
{
  Actions *self = data;
  AwQuestion *before = aw_dossier_find (self->dossier, AW_RECORD_QUESTION, ID (parameter));
  g_autoptr (AwQuestion) after = before != NULL ? aw_record_edit (before) : NULL;

  if (before == NULL)
    return;
  after->asked_at = aw_instant_is_set (before->asked_at) ? AW_INSTANT_NONE : now (self);
  put (self, aw_instant_is_set (after->asked_at) ? _("Marked as asked") : _("Marked as not asked"), before, after);
}

ACTION (on_question_remove)
{
  remove_record (data, AW_RECORD_QUESTION, ID (parameter), _("Question deleted"));
}

ACTION (on_article_edit)
{
  Actions *self = data;

  aw_edit_article (self->ui, self->page, self->dossier, parameter != NULL ? ID (parameter) : NULL);
}

ACTION (on_article_remove)
{
  remove_record (data, AW_RECORD_ARTICLE, ID (parameter), _("Article deleted"));
}

ACTION (on_call_edit)
{
  Actions *self = data;

  aw_edit_call (self->ui, self->page, self->dossier, parameter != NULL ? ID (parameter) : NULL);
}

ACTION (on_call_log)
{
  Actions *self = data;
  AwCall *call = aw_dossier_find (self->dossier, AW_RECORD_CALL, ID (parameter));

  if (call != NULL)
    aw_log_dialog_present (self->ui, self->page, opportunity (self), AW_LOG_CALL, call->person);
}

ACTION (on_call_remove)
{
  remove_record (data, AW_RECORD_CALL, ID (parameter), _("Call deleted"));
}

/* History -------------------------------------------------------------------------------- */

ACTION (on_touch_edit)
{
  Actions *self = data;

  aw_edit_touch (self->ui, self->page, self->dossier, ID (parameter));
}

ACTION (on_touch_remove)
{
  remove_record (data, AW_RECORD_TOUCH, ID (parameter), _("Entry deleted"));
}

static void
answer (Actions *self,
        const char *incoming,
        gboolean was_answer)
{
  g_autoptr (GError) error = NULL;

  if (!aw_replies_answer (aw_ui_engine (self->ui), incoming, was_answer, &error))
    aw_ui_error (self->page, error);
}

ACTION (on_was_answer)
{
  answer (data, ID (parameter), TRUE);
}

ACTION (on_no_answer)
{
  answer (data, ID (parameter), FALSE);
}

static void
log_what (Actions *self,
          AwLog what)
{
  aw_log_dialog_present (self->ui, self->page, opportunity (self), what, NULL);
}

ACTION (on_log_call)
{
  log_what (data, AW_LOG_CALL);
}

ACTION (on_log_reply)
{
  log_what (data, AW_LOG_REPLY);
}

ACTION (on_log_letter)
{
  log_what (data, AW_LOG_LETTER);
}

ACTION (on_log_other)
{
  log_what (data, AW_LOG_ANYTHING);
}

static const GActionEntry entries[] = {
  { .name = "was-answer", .activate = on_was_answer, .parameter_type = "s" },
  { .name = "no-answer", .activate = on_no_answer, .parameter_type = "s" },
  { .name = "edit", .activate = on_edit },
  { .name = "edit-promise", .activate = on_edit_promise },
  { .name = "edit-mention", .activate = on_edit_mention },
  { .name = "set-rapport", .activate = on_set_rapport, .parameter_type = "i" },
  { .name = "archive", .activate = on_archive },
  { .name = "delete", .activate = on_delete },
  { .name = "decided", .activate = on_decided },
  { .name = "add-note", .activate = on_add_note },
  { .name = "export-calendar", .activate = on_export_calendar },
  { .name = "add-round", .activate = on_add_round },
  { .name = "checklist", .activate = on_checklist },
  { .name = "debrief", .activate = on_debrief },
  { .name = "interview-checklist", .activate = on_checklist, .parameter_type = "s" },
  { .name = "interview-debrief", .activate = on_debrief, .parameter_type = "s" },
  { .name = "interview-edit", .activate = on_interview_edit, .parameter_type = "s" },
  { .name = "interview-cancel", .activate = on_interview_cancel, .parameter_type = "s" },
  { .name = "interview-remove", .activate = on_interview_remove, .parameter_type = "s" },
  { .name = "add-person", .activate = on_add_person },
  { .name = "person-edit", .activate = on_person_edit, .parameter_type = "s" },
  { .name = "person-write", .activate = on_person_write, .parameter_type = "s" },
  { .name = "person-call", .activate = on_person_call, .parameter_type = "s" },
  { .name = "person-copy", .activate = on_person_copy, .parameter_type = "s" },
  { .name = "person-reply", .activate = on_person_reply, .parameter_type = "s" },
  { .name = "person-remove", .activate = on_person_remove, .parameter_type = "s" },
  { .name = "add-step", .activate = on_step_edit },
  { .name = "step-edit", .activate = on_step_edit, .parameter_type = "s" },
  { .name = "step-toggle", .activate = on_step_toggle, .parameter_type = "s" },
  { .name = "step-remove", .activate = on_step_remove, .parameter_type = "s" },
  { .name = "add-question", .activate = on_question_edit },
  { .name = "question-edit", .activate = on_question_edit, .parameter_type = "s" },
  { .name = "question-toggle", .activate = on_question_toggle, .parameter_type = "s" },
  { .name = "question-remove", .activate = on_question_remove, .parameter_type = "s" },
  { .name = "add-article", .activate = on_article_edit },
  { .name = "article-edit", .activate = on_article_edit, .parameter_type = "s" },
  { .name = "article-remove", .activate = on_article_remove, .parameter_type = "s" },
  { .name = "call-wanted", .activate = on_call_edit },
  { .name = "call-edit", .activate = on_call_edit, .parameter_type = "s" },
  { .name = "call-log", .activate = on_call_log, .parameter_type = "s" },
  { .name = "call-remove", .activate = on_call_remove, .parameter_type = "s" },
  { .name = "touch-edit", .activate = on_touch_edit, .parameter_type = "s" },
  { .name = "touch-remove", .activate = on_touch_remove, .parameter_type = "s" },
  { .name = "log-call", .activate = on_log_call },
  { .name = "log-reply", .activate = on_log_reply },
  { .name = "log-letter", .activate = on_log_letter },
  { .name = "log-other", .activate = on_log_other },
};

void
aw_detail_actions_attach (GtkWidget *page,
                          AwUi *ui,
                          AwDossier *dossier,
                          GtkWidget *notes)
{
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  Actions *self = g_new0 (Actions, 1);

  self->page = page;
  self->notes = notes;
  self->ui = g_object_ref (ui);
  self->dossier = g_object_ref (dossier);
  g_action_map_add_action_entries (G_ACTION_MAP (group), entries, G_N_ELEMENTS (entries), self);
  g_object_set_data_full (G_OBJECT (group), "actions", self, actions_free);
  gtk_widget_insert_action_group (page, "detail", G_ACTION_GROUP (group));
}
