/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/aw-compose-window-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/aw-sent.h"
#include "ui/aw-compose-dialogs.h"
#include "ui/aw-print-letter.h"

#define MAX_MAILTO 8000 /* bytes: longer ones are cut or refused by mail programs */

/* Copy and mail program ---------------------------------------------------- */

static char *
dup_text (AwComposeWindow *self)
{
  return aw_message_view_dup_text (AW_MESSAGE_VIEW (self->view));
}

void
aw_compose_copy (AwComposeWindow *self)
{
  g_autofree char *text = dup_text (self);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
  aw_ui_toast (self->view, _("Text copied"));
}

/**
 * aw_compose_mailto:
 * @address: (nullable): the recipient's
 * @subject: (nullable): the subject
 * @body: (nullable): the text
 *
 * Returns: (transfer full): a mailto: address (RFC 6068), line breaks as CRLF
 */
char *
aw_compose_mailto (const char *address,
                   const char *subject,
                   const char *body)
{
  g_autofree char *to = g_uri_escape_string (address != NULL ? address : "", "@", FALSE);
  g_autofree char *about = g_uri_escape_string (subject != NULL ? subject : "", NULL, FALSE);
  g_autoptr (GString) lines = g_string_new (body);
  g_autofree char *text = NULL;

  g_string_replace (lines, "\n", "\r\n", 0);
  text = g_uri_escape_string (lines->str, NULL, FALSE);
  return g_strdup_printf ("mailto:%s?subject=%s&body=%s", to, about, text);
}

static void
launched_cb (G_GNUC_UNUSED GObject *source,
             GAsyncResult *result,
             gpointer data)
{
  g_autoptr (AwComposeWindow) self = data;
  g_autoptr (GError) error = NULL;

  if (!g_app_info_launch_default_for_uri_finish (result, &error))
    aw_ui_toast (self->view, _("No mail program is set up on this computer. Copy the text instead."));
  else
    aw_ui_toast_with_action (self->view, _("Opened in your mail program"), _("Mark as Sent…"), "compose.elsewhere", NULL, 10);
}

void
aw_compose_open_mail_app (AwComposeWindow *self)
{
  AwPerson *person = aw_compose_person (self);
  AwMessage *message = aw_compose_message (self);
  g_autofree char *uri = NULL;

  aw_compose_sync (self);
  uri = aw_compose_mailto (person != NULL ? person->email : NULL, message->subject, message->body);
  if (strlen (uri) > MAX_MAILTO)
    {
      aw_ui_toast (self->view, _("This is too long for that way. Copy the text instead."));
      return;
    }
  aw_compose_tell_of_attachments (self);
  g_app_info_launch_default_for_uri_async (uri, NULL, NULL, launched_cb, g_object_ref (self));
}

/* Sent elsewhere ----------------------------------------------------------- */

static void
marked_cb (G_GNUC_UNUSED GtkWidget *widget,
           const GError *error,
           gpointer data)
{
  g_autoptr (AwComposeWindow) self = data;

  if (error == NULL)
    aw_compose_finish (self);
  else
    aw_draft_reopen (self->draft);
}

/* The touch and all that sending would have changed, as one command. */
static void
mark_sent (AwComposeWindow *self,
           AwChannel channel,
           gint64 at)
{
  AwMessage *message = aw_compose_message (self);
  AwMessage *stored = aw_dossier_find (self->dossier, AW_RECORD_MESSAGE, AW_ID (message));
  GtkWindow *main_window = aw_ui_main_window (self->ui);
  g_autoptr (AwCommand) command = aw_command_new (_("Marked as sent"));

  aw_compose_sync (self);
  g_strfreev (message->overruled);
  message->overruled = aw_compose_overruled (self, channel, at);
  aw_sent_add_changes (command, self->dossier, message, channel, aw_instant (at));
  if (stored != NULL)
    aw_command_remove (command, stored);

  aw_draft_close (self->draft);
  aw_ui_run (main_window != NULL ? GTK_WIDGET (main_window) : GTK_WIDGET (self), command, marked_cb, g_object_ref (self));
}

static void
elsewhere_cb (AwChannel channel,
              gint64 at,
              gpointer data)
{
  mark_sent (data, channel, at);
}

static gboolean
has_person (AwComposeWindow *self)
{
  if (aw_compose_person (self) != NULL)
    return TRUE;
  aw_ui_toast (self->view, _("Choose whom the message is for"));
  gtk_menu_button_popup (GTK_MENU_BUTTON (self->to));
  return FALSE;
}

void
aw_compose_mark_elsewhere (AwComposeWindow *self)
{
  if (has_person (self))
    aw_elsewhere_dialog_present (GTK_WIDGET (self), aw_compose_message (self)->channel, elsewhere_cb, self);
}

/* Printing ----------------------------------------------------------------- */

/* A letter counts when it is in the post. Tomorrow's reminder is a next step. */
static void
remind_to_post (AwComposeWindow *self)
{
  AwEngine *engine = aw_ui_engine (self->ui);
  AwCalendar *calendar = aw_engine_get_calendar (engine);
  gint64 now = aw_engine_now (engine);
  AwPerson *person = aw_compose_person (self);
  AwDate tomorrow = aw_calendar_date_of (calendar, NULL, now) + 1;
  g_autoptr (AwStep) step = (AwStep *) aw_record_new (AW_TYPE_STEP, aw_dossier_get_id (self->dossier));
  g_autoptr (AwCommand) command = aw_command_new (_("You will be reminded tomorrow"));

  step->kind = AW_STEP_OTHER;
  step->title = person != NULL ? g_strdup_printf (_("Post the letter to %s"), aw_person_get_short_name (person))
                               : g_strdup (_("Post the letter"));
  step->asked_at = aw_instant (now);
  step->due = aw_instant (aw_calendar_end_of_day (calendar, tomorrow));
  aw_command_add (command, step);
  aw_ui_run (self->view, command, NULL, NULL);
}

static void
posted_cb (const char *answer,
           gpointer data)
{
  g_autoptr (AwComposeWindow) self = data;

  if (strcmp (answer, "posted") == 0 && has_person (self))
    mark_sent (self, AW_CHANNEL_LETTER, aw_engine_now (aw_ui_engine (self->ui)));
  else if (strcmp (answer, "tomorrow") == 0)
    remind_to_post (self);
}

static void
printed_cb (gboolean printed,
            const char *error,
            gpointer data)
{
  static const AwAnswer answers[] = {
    { "no", N_("_Not Yet"), AW_ANSWER_PLAIN },
    { "tomorrow", N_("_Ask Me Tomorrow"), AW_ANSWER_PLAIN },
    { "posted", N_("_Posted"), AW_ANSWER_SUGGESTED },
    { NULL, NULL, 0 },
  };
  AwAnswer translated[G_N_ELEMENTS (answers)];
  g_autoptr (AwComposeWindow) self = data;

  if (error != NULL)
    aw_ui_toast (self->view, error);
  if (!printed || self->finished)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      translated[i] = answers[i];
      if (answers[i].label != NULL)
        translated[i].label = _(answers[i].label);
    }
  aw_confirm (GTK_WIDGET (self), _("Did You Post It?"), _("Once the letter is on its way, the history should say so."), NULL,
              translated, posted_cb, g_object_ref (self));
}

void
aw_compose_print (AwComposeWindow *self)
{
  AwPerson *person = aw_compose_person (self);
  g_autofree char *text = dup_text (self);
  g_autofree char *address = NULL;

  if (person != NULL && person->address != NULL && *person->address != '\0')
    address = g_strdup_printf ("%s\n%s", aw_person_get_short_name (person), person->address);
  aw_print_letter (GTK_WINDOW (self), address, text, NULL, printed_cb, g_object_ref (self));
}

/* Inserting ---------------------------------------------------------------- */

static void
article_chosen_cb (AwArticle *article,
                   gboolean is_new,
                   const char *text,
                   gpointer data)
{
  AwComposeWindow *self = data;
  AwMessage *message = aw_compose_message (self);
  AwArticle *before = is_new ? NULL : aw_dossier_find (self->dossier, AW_RECORD_ARTICLE, AW_ID (article));
  g_autoptr (AwCommand) command = aw_command_new (_("Article saved"));

  if (before == NULL)
    aw_command_add (command, article);
  else if (!aw_record_equal (AW_RECORD (before), AW_RECORD (article)))
    aw_command_change (command, before, article);
  aw_ui_run_quietly (self->view, command, NULL, NULL);

  g_free (message->article);
  message->article = g_strdup (AW_ID (article));
  aw_message_view_insert (AW_MESSAGE_VIEW (self->view), text, TRUE);
  aw_compose_changed (self);
}

void
aw_compose_share_article (AwComposeWindow *self)
{
  aw_article_dialog_present (GTK_WIDGET (self), self->dossier, aw_compose_message (self)->person, article_chosen_cb, self);
}

/* The offered times are kept with the call, so that the duty to call follows
 * from them; a call that was only wanted becomes the offered one. */
static void
times_chosen_cb (const gint64 times[AW_N_CALL_TIMES],
                 const char *sentence,
                 gpointer data)
{
  AwComposeWindow *self = data;
  AwMessage *message = aw_compose_message (self);
  g_autoptr (AwCommand) command = aw_command_new (_("Call times noted"));
  g_autoptr (AwCall) call = NULL;
  AwCall *before = NULL;

  AW_RECORDS_FOREACH (AwCall, other, aw_dossier_get_list (self->dossier, AW_RECORD_CALL))
  if (g_strcmp0 (other->person, message->person) == 0 && !aw_instant_is_set (other->agreed_at) && !aw_instant_is_set (other->offered_at))
    before = other;
  call = before != NULL ? aw_record_edit (before) : (AwCall *) aw_record_new (AW_TYPE_CALL, aw_dossier_get_id (self->dossier));
  if (before == NULL)
    {
      call->person = g_strdup (message->person);
      call->wanted_at = aw_instant (aw_engine_now (aw_ui_engine (self->ui)));
    }
  g_clear_pointer (&call->offered, g_array_unref);
  call->offered = g_array_new (FALSE, FALSE, sizeof (AwInstant));
  for (guint i = 0; i < AW_N_CALL_TIMES; i++)
    {
      AwInstant instant = aw_instant (times[i]);

      g_array_append_val (call->offered, instant);
    }
  if (before != NULL)
    aw_command_change (command, before, call);
  else
    aw_command_add (command, call);
  if (message->person != NULL)
    aw_ui_run_quietly (self->view, command, NULL, NULL);

  aw_message_view_insert (AW_MESSAGE_VIEW (self->view), sentence, FALSE);
}

void
aw_compose_propose_times (AwComposeWindow *self)
{
  aw_call_times_dialog_present (GTK_WIDGET (self), self->dossier, aw_compose_message (self)->person, self->templates,
                                times_chosen_cb, self);
}

/* Findings ----------------------------------------------------------------- */

/**
 * aw_compose_compare:
 * @self: the window
 * @finding: one of M1
 *
 * Shows the twin beside the text. The twin may be a note of another
 * opportunity at the same company.
 */
void
aw_compose_compare (AwComposeWindow *self,
                    AwFinding *finding)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AwTouch) touch = (AwTouch *) aw_database_load_record (aw_engine_get_database (aw_ui_engine (self->ui)), AW_RECORD_TOUCH,
                                                                   finding->twin, &error);
  g_autoptr (AwDossier) dossier = NULL;
  g_autofree char *text = dup_text (self);
  AwPerson *person = NULL;

  if (touch == NULL)
    {
      if (error != NULL)
        aw_ui_error (self->view, error);
      return;
    }
  dossier = aw_engine_ref_dossier (aw_ui_engine (self->ui), AW_OPPORTUNITY_ID (touch), NULL);
  if (dossier != NULL && touch->people != NULL && touch->people[0] != NULL)
    person = aw_dossier_find_person (dossier, touch->people[0]);
  aw_compare_dialog_present (GTK_WIDGET (self), text, finding, touch->text != NULL ? touch->text : "",
                             person != NULL ? aw_person_get_short_name (person) : _("Somebody Else"));
}

/**
 * aw_compose_add_topic:
 * @self: the window
 * @text: what one talked about
 *
 * Writes it down at the latest interview with the recipient, and inserts it.
 */
void
aw_compose_add_topic (AwComposeWindow *self,
                      const char *text)
{
  AwMessage *message = aw_compose_message (self);
  gint64 now = aw_engine_now (aw_ui_engine (self->ui));
  g_autoptr (AwCommand) command = aw_command_new (_("Topic noted"));
  g_autoptr (AwInterview) after = NULL;
  AwInterview *met = NULL;

  AW_RECORDS_FOREACH (AwInterview, interview, aw_dossier_get_list (self->dossier, AW_RECORD_INTERVIEW))
  {
    gboolean better = met == NULL || (aw_strv_has (interview->attendees, message->person) >= aw_strv_has (met->attendees, message->person) &&
                                      interview->starts_at.sec > met->starts_at.sec);

    if (!interview->cancelled && interview->starts_at.sec <= now && better)
      met = interview;
  }
  if (met == NULL || message->person == NULL)
    return;
  after = aw_record_edit (met);
  if (after->topics == NULL)
    after->topics = g_ptr_array_new_with_free_func ((GDestroyNotify) aw_pair_free);
  g_ptr_array_add (after->topics, aw_pair_new (message->person, text));
  aw_command_change (command, met, after);
  aw_ui_run (self->view, command, NULL, NULL);
}
