/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "agent/aw-mail-notices.h"

#include <glib/gi18n.h>

#include "service/aw-replies.h"

AwNotice *
aw_mail_notice_bounce (const AwOutboxTrouble *trouble,
                       const char *id)
{
  const char *reason = trouble->text != NULL ? trouble->text : _("The other server could not deliver it.");
  g_autofree char *body = NULL;
  AwNotice *notice;

  if (trouble->person_name != NULL)
    body = g_strdup_printf (_("To %s. %s"), trouble->person_name, reason);
  notice = aw_notice_new (id, _("A message came back"), body != NULL ? body : reason);
  aw_notice_set_subject (notice, trouble->message, NULL);
  notice->default_action = AW_NOTICE_OUTBOX;
  aw_notice_add_button (notice, AW_NOTICE_OUTBOX, _("Open"));
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

void
aw_mail_notices_tell (AwEngine *engine,
                      AwNotifier *notifier)
{
  g_autofree char *hidden = aw_engine_get_setting (engine, "hide-names");
  g_autoptr (GPtrArray) untold = NULL;
  g_autoptr (GError) error = NULL;

  /* Claimed before it is shown, so that nobody hears it twice. */
  if (!aw_notifier_is_ready (notifier))
    return;
  untold = aw_incoming_claim_untold (aw_engine_get_database (engine), &error);
  if (untold == NULL)
    g_warning ("What came in could not be read: %s", error->message);
  for (guint i = 0; untold != NULL && i < untold->len; i++)
    {
      g_autoptr (AwNotice) notice = make_notice (engine, g_ptr_array_index (untold, i), g_strcmp0 (hidden, "1") == 0);

      aw_notifier_show (notifier, notice);
    }
}
