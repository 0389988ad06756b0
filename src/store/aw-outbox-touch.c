/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/aw-outbox-touch.h"

static AwTouch *
make_touch (AwMessage *message,
            AwInstant at)
{
  AwTouch *touch = AW_TOUCH (aw_record_new (AW_TYPE_TOUCH, AW_OPPORTUNITY_ID (message)));
  const char *people[] = { message->person, NULL };

  touch->at = at;
  touch->direction = AW_DIRECTION_OUT;
  touch->channel = message->channel != AW_CHANNEL_UNSET ? message->channel : AW_CHANNEL_EMAIL;
  touch->kind = message->kind != AW_TOUCH_UNSET ? message->kind : AW_TOUCH_OTHER;
  touch->people = message->person != NULL ? g_strdupv ((char **) people) : NULL;
  touch->subject = g_strdup (message->subject);
  touch->text = g_strdup (message->body);
  touch->overruled = g_strdupv (message->overruled);
  touch->message_id = g_strdup (message->message_id);
  return touch;
}

static void
note_article (AwCommand *command,
              AwDossier *dossier,
              AwMessage *message)
{
  AwArticle *article = message->article != NULL ? aw_dossier_find (dossier, AW_RECORD_ARTICLE, message->article) : NULL;
  g_autoptr (AwArticle) after = NULL;
  g_autoptr (GStrvBuilder) builder = NULL;

  if (article == NULL || message->person == NULL || aw_strv_has (article->sent_to, message->person))
    return;
  builder = g_strv_builder_new ();
  if (article->sent_to != NULL)
    g_strv_builder_addv (builder, (const char **) article->sent_to);
  g_strv_builder_add (builder, message->person);
  after = aw_record_edit (article);
  g_strfreev (after->sent_to);
  after->sent_to = g_strv_builder_end (builder);
  aw_command_change (command, article, after);
}

static void
note_questions (AwCommand *command,
                AwDossier *dossier,
                AwMessage *message,
                AwInstant at)
{
  for (char **id = message->questions; id != NULL && *id != NULL; id++)
    {
      AwQuestion *question = aw_dossier_find (dossier, AW_RECORD_QUESTION, *id);
      g_autoptr (AwQuestion) after = NULL;

      if (question == NULL || aw_instant_is_set (question->asked_at))
        continue;
      after = aw_record_edit (question);
      after->asked_at = at;
      g_free (after->asked_of);
      after->asked_of = g_strdup (message->person);
      aw_command_change (command, question, after);
    }
}

/* A message about a call offers one. */
static void
note_call (AwCommand *command,
           AwDossier *dossier,
           AwMessage *message,
           AwInstant at)
{
  AwRecordList *calls = aw_dossier_get_list (dossier, AW_RECORD_CALL);

  if (message->kind != AW_TOUCH_CALL || message->person == NULL)
    return;
  for (guint i = 0; i < aw_record_list_get_length (calls); i++)
    {
      AwCall *call = aw_record_list_peek (calls, i);
      g_autoptr (AwCall) after = NULL;

      if (g_strcmp0 (call->person, message->person) != 0 || aw_instant_is_set (call->done_at) ||
          aw_instant_is_set (call->offered_at))
        continue;
      after = aw_record_edit (call);
      after->offered_at = at;
      aw_command_change (command, call, after);
      return;
    }
}

gboolean
aw_outbox_touch_write (AwDatabase *database,
                       const char *message,
                       AwInstant at,
                       GError **error)
{
  g_autoptr (AwRecord) record = aw_database_load_record (database, AW_RECORD_MESSAGE, message, error);
  g_autoptr (AwMessage) after = NULL;
  g_autoptr (AwDossier) dossier = NULL;
  g_autoptr (AwCommand) command = aw_command_new ("");
  g_autoptr (AwTouch) touch = NULL;

  if (record == NULL)
    return FALSE;
  dossier = aw_database_load_dossier (database, record->opportunity, error);
  if (dossier == NULL)
    return FALSE;

  after = AW_MESSAGE (aw_record_copy (record));
  after->state = AW_MESSAGE_SENT;
  aw_command_change (command, record, after);
  touch = make_touch (after, at);
  aw_command_add (command, touch);
  note_article (command, dossier, after);
  note_questions (command, dossier, after, at);
  note_call (command, dossier, after, at);
  return aw_database_apply (database, command, error);
}
