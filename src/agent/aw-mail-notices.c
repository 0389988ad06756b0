/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "agent/aw-mail-notices.h"

#include <glib/gi18n.h>

#include "service/aw-replies.h"

/* A message that came back. */
static AwNotice *
bounce_notice (const AwOutboxTrouble *trouble,
               const char *id,
               gboolean hide_names)
{
  const char *reason = trouble->text != NULL && !hide_names ? trouble->text : _("The other server could not deliver it.");
  g_autofree char *body = NULL;
  AwNotice *notice;

  if (trouble->person_name != NULL && !hide_names)
    body = g_strdup_printf (_("To %s. %s"), trouble->person_name, reason);
  notice = aw_notice_new (id, _("A message came back"), body != NULL ? body : reason);
  aw_notice_set_subject (notice, trouble->message, NULL);
  notice->default_action = AW_NOTICE_OUTBOX;
  aw_notice_add_button (notice, AW_NOTICE_OUTBOX, _("Open"));
  return notice;
}

/* The window asks for what it needs; where there is none, this does. */
static AwNotice *
waiting_notice (const AwOutboxTrouble *trouble,
                const char *id,
                gboolean hide_names)
{
  g_autofree char *why = NULL;
  g_autofree char *body = NULL;
  AwNotice *notice;

  if (trouble->locked)
    why = g_strdup (_("The keyring with the password is locked. Open Afterword to unlock it."));
  else
    /* Translators: %s is an e-mail address */
    why = g_strdup_printf (_("It needs the password of %s. Open Afterword to type it."), trouble->address != NULL ? trouble->address : "");
  if (trouble->person_name != NULL && !hide_names)
    body = g_strdup_printf (_("To %s. %s"), trouble->person_name, why);
  notice = aw_notice_new (id, _("A message waits for you"), body != NULL ? body : why);
  aw_notice_set_subject (notice, trouble->message, NULL);
  notice->default_action = AW_NOTICE_OUTBOX;
  aw_notice_add_button (notice, AW_NOTICE_OUTBOX, _("Open"));
  return notice;
}

/**
 * aw_mail_notice_trouble:
 * @trouble: what is the matter with a message
 * @hide_names: whether others may see the screen; a server's words may hold names
 *
 * Returns: (transfer full): what the user is told of it
 */
AwNotice *
aw_mail_notice_trouble (const AwOutboxTrouble *trouble,
                        gboolean hide_names)
{
  g_autofree char *id = g_strconcat ("message-", trouble->message, NULL);
  g_autofree char *body = NULL;
  const char *reason;
  AwNotice *notice;

  if (trouble->state == AW_MESSAGE_QUEUED)
    return waiting_notice (trouble, id, hide_names);
  if (trouble->state == AW_MESSAGE_SENT)
    return bounce_notice (trouble, id, hide_names);
  if (trouble->state == AW_MESSAGE_UNCERTAIN)
    {
      notice = aw_notice_new (
        id, _("It is not known whether a message was sent"),
        _("The connection broke right after the message was handed over. It was probably sent; check your Sent folder."));
      aw_notice_set_subject (notice, trouble->message, NULL);
      notice->default_action = AW_NOTICE_OUTBOX;
      aw_notice_add_button (notice, AW_NOTICE_OUTBOX, _("Open"));
      return notice;
    }

  if (trouble->code == 534 || trouble->code == 535)
    reason = _("The server refused the password.");
  else if (trouble->code >= 500)
    reason = _("The server refused the message.");
  else if (trouble->code >= 400)
    reason = _("The server could not take it.");
  else
    reason = trouble->text != NULL && !hide_names ? trouble->text : _("Open the outbox to see why.");
  if (trouble->person_name != NULL && !hide_names)
    /* Translators: "To Aiko Tanaka. The server refused the password." */
    body = g_strdup_printf (_("To %s. %s"), trouble->person_name, reason);
  notice = aw_notice_new (id, _("A message was not sent"), body != NULL ? body : reason);
  aw_notice_set_subject (notice, trouble->message, NULL);
  notice->default_action = AW_NOTICE_OUTBOX;
  aw_notice_add_button (notice, AW_NOTICE_TRY_AGAIN, _("Try Again"));
  aw_notice_add_button (notice, AW_NOTICE_ACCOUNT, _("Open Account"));
  return notice;
}

static AwNotice *
make_notice (AwEngine *engine,
             const AwIncoming *incoming,
             gboolean hide_names)
{
  g_autoptr (AwRecord) opportunity =
    aw_database_load_record (aw_engine_get_database (engine), AW_RECORD_OPPORTUNITY, incoming->opportunity, NULL);
  const char *company = opportunity != NULL && !hide_names ? AW_OPPORTUNITY (opportunity)->company : NULL;
  g_autofree char *id = g_strconcat ("incoming-", incoming->id, NULL);
  g_autofree char *title = aw_replies_sentence (incoming, hide_names);
  g_autofree char *body = NULL;
  AwNotice *notice;

  if (incoming->kind == AW_INCOMING_ANSWER && company != NULL)
    /* Translators: %s is a company */
    body = g_strdup_printf (_("%s: what was open because nobody had answered is withdrawn."), company);
  else if (incoming->kind == AW_INCOMING_ANSWER)
    body = g_strdup (_("What was open because nobody had answered is withdrawn."));
  else if (company != NULL)
    /* Translators: %s is a company */
    body = g_strdup_printf (_("Is it an answer about %s?"), company);
  else
    body = g_strdup (_("Is it an answer?"));
  notice = aw_notice_new (id, title, body);
  aw_notice_set_subject (notice, incoming->opportunity, incoming->id);
  notice->default_action = AW_NOTICE_OPEN;
  if (incoming->kind == AW_INCOMING_ANSWER)
    aw_notice_add_button (notice, AW_NOTICE_OPEN, _("Open"));
  else
    aw_notice_add_button (notice, AW_NOTICE_IS_ANSWER, _("Yes"));
  aw_notice_add_button (notice, AW_NOTICE_NO_ANSWER, _("No Answer"));
  return notice;
}

/**
 * aw_mail_notices_tell:
 * @engine: the facts
 * @notifier: what shows
 * @error: return location
 *
 * Shows what the check for replies found and the user was not told of yet;
 * each once.
 *
 * Returns: whether nothing is left to be told of, as far as there is a server
 */
gboolean
aw_mail_notices_tell (AwEngine *engine,
                      AwNotifier *notifier,
                      GError **error)
{
  g_autofree char *hidden = aw_engine_get_setting (engine, "hide-names");
  g_autoptr (GPtrArray) untold = NULL;

  /* Claimed before it is shown, so that nobody hears it twice. */
  if (!aw_notifier_is_ready (notifier))
    return TRUE;
  untold = aw_incoming_claim_untold (aw_engine_get_database (engine), error);
  if (untold == NULL)
    return FALSE;
  for (guint i = 0; i < untold->len; i++)
    {
      g_autoptr (AwNotice) notice = make_notice (engine, g_ptr_array_index (untold, i), g_strcmp0 (hidden, "1") == 0);

      aw_notifier_show (notifier, notice);
    }
  return TRUE;
}
