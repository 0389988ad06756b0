/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/aw-sent.h"

static void
add_touch (AwCommand *command,
           AwMessage *message,
           AwChannel channel,
           AwInstant at)
{
  g_autoptr (AwTouch) touch = (AwTouch *) aw_record_new (AW_TYPE_TOUCH, AW_OPPORTUNITY_ID (message));
  const char *people[] = { message->person, NULL };

  touch->at = at;
  touch->direction = AW_DIRECTION_OUT;
  touch->channel = channel != AW_CHANNEL_UNSET ? channel : AW_CHANNEL_EMAIL;
  touch->kind = message->kind != AW_TOUCH_UNSET ? message->kind : AW_TOUCH_OTHER;
  touch->people = message->person != NULL ? g_strdupv ((char **) people) : NULL;
  touch->subject = g_strdup (message->subject);
  touch->text = g_strdup (message->body);
  touch->overruled = g_strdupv (message->overruled);
  touch->message_id = g_strdup (message->message_id);
  aw_command_add (command, touch);
}

static void
note_article (AwCommand *command,
              AwDossier *dossier,
              AwMessage *message)
{
  AwArticle *article = message->article != NULL ? aw_dossier_find (dossier, AW_RECORD_ARTICLE, message->article) : NULL;
  g_autoptr (GStrvBuilder) builder = NULL;
  g_autoptr (AwArticle) after = NULL;

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

/* A message about a call offers the one that is wanted (R10). */
static void
note_call (AwCommand *command,
           AwDossier *dossier,
           AwMessage *message,
           AwInstant at)
{
  if (message->kind != AW_TOUCH_CALL || message->person == NULL)
    return;
  AW_RECORDS_FOREACH (AwCall, call, aw_dossier_get_list (dossier, AW_RECORD_CALL))
  if (g_strcmp0 (call->person, message->person) == 0 && !aw_instant_is_set (call->done_at) && !aw_instant_is_set (call->offered_at))
    {
      g_autoptr (AwCall) after = aw_record_edit (call);

      after->offered_at = at;
      aw_command_change (command, call, after);
      return;
    }
}

/* Who was told my date, for M15. */
static void
note_timeline (AwCommand *command,
               AwDossier *dossier,
               AwMessage *message,
               AwInstant at)
{
  AwOpportunity *opportunity = aw_dossier_get_opportunity (dossier);
  g_autoptr (AwOpportunity) after = NULL;
  AwPair *told;

  if (message->kind != AW_TOUCH_TIMELINE || message->person == NULL || opportunity->my_decision_date == AW_DATE_NONE)
    return;
  after = aw_record_edit (opportunity);
  if (after->decision_date_told == NULL)
    after->decision_date_told = g_ptr_array_new_with_free_func ((GDestroyNotify) aw_pair_free);
  told = aw_pair_new (message->person, NULL);
  told->at = at;
  g_ptr_array_add (after->decision_date_told, told);
  aw_command_change (command, opportunity, after);
}

/**
 * aw_sent_add_changes:
 * @command: is filled
 * @dossier: the message's opportunity
 * @message: what was sent
 * @channel: by which way
 * @at: when
 *
 * The touch for the history; the article is sent, the questions are asked, the
 * call is offered, my date is told. Nothing about the message's own state.
 */
void
aw_sent_add_changes (AwCommand *command,
                     AwDossier *dossier,
                     AwMessage *message,
                     AwChannel channel,
                     AwInstant at)
{
  add_touch (command, message, channel, at);
  note_article (command, dossier, message);
  note_questions (command, dossier, message, at);
  note_call (command, dossier, message, at);
  note_timeline (command, dossier, message, at);
}
