/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/aw-replies.h"

#include <glib/gi18n-lib.h>

/**
 * aw_replies_make_touch:
 * @engine: the facts
 * @incoming: a mail that came in
 *
 * Returns: (transfer full): what it is noted as
 */
AwTouch *
aw_replies_make_touch (AwEngine *engine,
                       const AwIncoming *incoming)
{
  AwTouch *touch = AW_TOUCH (aw_record_new (AW_TYPE_TOUCH, incoming->opportunity));
  const char *people[] = { incoming->person, NULL };

  touch->at.sec = incoming->at;
  touch->at.offset_min = (gint16) (aw_calendar_offset (aw_engine_get_calendar (engine), NULL, incoming->at) / 60);
  touch->direction = AW_DIRECTION_IN;
  touch->channel = AW_CHANNEL_EMAIL;
  touch->kind = AW_TOUCH_OTHER;
  touch->people = incoming->person != NULL ? g_strdupv ((char **) people) : NULL;
  touch->subject = g_strdup (incoming->subject);
  touch->message_id = g_strdup (incoming->mail);
  return touch;
}

GPtrArray *
aw_replies_load_questions (AwEngine *engine,
                           const char *opportunity,
                           GError **error)
{
  return aw_incoming_load_questions (aw_engine_get_database (engine), opportunity, error);
}

AwMailCheck *
aw_replies_get_check (AwEngine *engine,
                      const char *account,
                      GError **error)
{
  return aw_mail_check_load (aw_engine_get_database (engine), account, error);
}

/**
 * aw_replies_sentence:
 * @incoming: a mail that came in
 * @hide_names: whether others may see the screen
 *
 * Returns: (transfer full): who wrote what, as a line
 */
char *
aw_replies_sentence (const AwIncoming *incoming,
                     gboolean hide_names)
{
  const char *name = incoming->name != NULL ? incoming->name : incoming->address;

  if (hide_names || name == NULL)
    return g_strdup (incoming->kind == AW_INCOMING_ANSWER ? _("There is an answer") : _("Somebody wrote"));
  if (incoming->kind == AW_INCOMING_ANSWER)
    /* Translators: %s is a person's name */
    return g_strdup_printf (_("%s answered"), name);
  if (incoming->subject == NULL)
    /* Translators: %s is a person's name */
    return g_strdup_printf (_("%s wrote"), name);
  /* Translators: a person's name, and the subject of a mail */
  return g_strdup_printf (_("%s wrote: %s"), name, incoming->subject);
}

static AwTouch *
find_touch (AwDossier *dossier,
            const AwIncoming *incoming)
{
  AW_RECORDS_FOREACH (AwTouch, touch, aw_dossier_get_list (dossier, AW_RECORD_TOUCH))
    if (touch->direction == AW_DIRECTION_IN && (g_strcmp0 (AW_ID (touch), incoming->touch) == 0 ||
                                                g_strcmp0 (touch->message_id, incoming->mail) == 0))
      return touch;
  return NULL;
}

/**
 * aw_replies_answer:
 * @engine: the facts
 * @incoming: id of a mail that came in
 * @was_answer: what the user says
 * @error: return location
 *
 * Returns: whether it is noted
 */
gboolean
aw_replies_answer (AwEngine *engine,
                   const char *incoming,
                   gboolean was_answer,
                   GError **error)
{
  AwDatabase *database = aw_engine_get_database (engine);
  g_autoptr (AwIncoming) mail = aw_incoming_load (database, incoming, error);
  g_autoptr (AwDossier) dossier = mail != NULL ? aw_engine_ref_dossier (engine, mail->opportunity, error) : NULL;
  g_autoptr (AwCommand) command = NULL;
  g_autoptr (AwTouch) added = NULL;
  AwTouch *touch;

  if (dossier == NULL)
    {
      if (error != NULL && *error == NULL)
        g_set_error_literal (error, AW_STORE_ERROR, AW_STORE_ERROR_CONFLICT, _("The interview that this belongs to is gone."));
      return FALSE;
    }
  touch = find_touch (dossier, mail);
  command = aw_command_new (was_answer ? _("Answer noted") : _("Not an answer"));
  if (was_answer && touch == NULL)
    {
      added = aw_replies_make_touch (engine, mail);
      aw_command_add (command, added);
    }
  else if (!was_answer && touch != NULL)
    aw_command_remove (command, touch);
  if (!aw_command_is_empty (command) && !aw_engine_run (engine, command, FALSE, error))
    return FALSE;
  if (!aw_incoming_settle (database, incoming, added != NULL ? AW_ID (added) : was_answer && touch != NULL ? AW_ID (touch) : NULL, error))
    return FALSE;
  aw_engine_refresh (engine);
  return TRUE;
}
