/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/aw-outbox-bytes.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "mail/aw-address.h"
#include "mail/aw-message-builder.h"

static AwAccount *
find_account (AwEngine *engine,
              const char *id,
              GError **error)
{
  GListModel *accounts = aw_engine_get_accounts (engine);

  for (guint i = 0; i < g_list_model_get_n_items (accounts); i++)
    {
      g_autoptr (AwAccount) account = g_list_model_get_item (accounts, i);

      if (id == NULL || g_strcmp0 (AW_ID (account), id) == 0)
        return g_steal_pointer (&account);
    }
  g_set_error_literal (error, AW_MAIL_ERROR, AW_MAIL_ERROR_SETUP,
                       id != NULL ? _("The account that this was to be sent from is gone; choose another one.")
                                  : _("There is no mail account to send from; add one first."));
  return NULL;
}

/* What belongs to no opportunity is a test of its account: it goes to oneself. */
static AwPerson *
make_self (AwAccount *account)
{
  AwPerson *person = (AwPerson *) aw_record_new (AW_TYPE_PERSON, NULL);

  person->name = g_strdup (account->name);
  person->email = g_strdup (account->address);
  return person;
}

static AwPerson *
find_person (AwEngine *engine,
             AwMessage *message,
             GError **error)
{
  g_autoptr (AwDossier) dossier = aw_engine_ref_dossier (engine, AW_OPPORTUNITY_ID (message), error);
  AwPerson *person;

  if (dossier == NULL)
    {
      if (error != NULL && *error == NULL)
        g_set_error_literal (error, AW_MAIL_ERROR, AW_MAIL_ERROR_TELL, _("The interview that this belongs to is gone."));
      return NULL;
    }
  person = message->person != NULL ? aw_dossier_find_person (dossier, message->person) : NULL;
  if (person == NULL)
    {
      g_set_error_literal (error, AW_MAIL_ERROR, AW_MAIL_ERROR_ADDRESS, _("Nobody is chosen whom this is for."));
      return NULL;
    }
  return g_object_ref (person);
}

static GPtrArray *
load_attachments (AwEngine *engine,
                  const char *message,
                  GError **error)
{
  g_autoptr (GPtrArray) files = aw_outbox_store_load_attachments (aw_engine_get_database (engine), message, error);
  GPtrArray *attachments;

  if (files == NULL)
    return NULL;
  attachments = g_ptr_array_new_with_free_func ((GDestroyNotify) aw_attachment_free);
  for (guint i = 0; i < files->len; i++)
    {
      AwOutboxFile *file = g_ptr_array_index (files, i);

      g_ptr_array_add (attachments, aw_attachment_new (file->name, file->type, file->data));
    }
  return attachments;
}

/**
 * aw_outbox_make_bytes:
 * @engine: the facts
 * @message: a message as it shall be sent
 * @by_user: otherwise its time has come, and the check at the last moment still
 *   has to look at all that happened since the user last saw it
 * @entry: gets its bytes and addresses
 * @error: return location; its message is a sentence for the user
 *
 * Makes the bytes, which is done once for a message: they are sent exactly so.
 *
 * Returns: (transfer full): the message, queued; %NULL with @error set
 */
AwMessage *
aw_outbox_make_bytes (AwEngine *engine,
                      AwMessage *message,
                      gboolean by_user,
                      AwOutboxEntry *entry,
                      GError **error)
{
  g_autoptr (AwAccount) account = find_account (engine, message->account, error);
  g_autoptr (AwPerson) person = NULL;
  g_autoptr (AwMessage) after = NULL;
  g_autoptr (GPtrArray) attachments = NULL;
  gint64 now = aw_engine_now (engine);
  AwMessageParts parts = { 0 };

  if (account != NULL)
    person = AW_OPPORTUNITY_ID (message) != NULL ? find_person (engine, message, error) : make_self (account);
  if (person == NULL)
    return NULL;
  entry->mail_from = aw_address_normalize (account->address, error);
  entry->rcpt = entry->mail_from != NULL ? aw_address_normalize (person->email, error) : NULL;
  attachments = entry->rcpt != NULL ? load_attachments (engine, AW_ID (message), error) : NULL;
  if (attachments == NULL)
    return NULL;
  if (account->copy_to_self && strcmp (entry->rcpt, entry->mail_from) != 0)
    entry->bcc = g_strdup (entry->mail_from);

  after = AW_MESSAGE (aw_record_copy (AW_RECORD (message)));
  after->state = AW_MESSAGE_QUEUED;
  if (by_user || !aw_instant_is_set (after->changed_at))
    after->changed_at = aw_instant (now);
  if (after->account == NULL)
    after->account = g_strdup (AW_ID (account));
  /* The id stays over all tries, so that servers can tell a second copy. */
  if (after->message_id == NULL)
    after->message_id = aw_message_id_new (entry->mail_from);

  parts.from_name = account->name;
  parts.from = entry->mail_from;
  parts.to_name = person->name;
  parts.to = entry->rcpt;
  parts.subject = after->subject;
  parts.body = after->body != NULL ? after->body : "";
  parts.signature = account->signature;
  parts.message_id = after->message_id;
  parts.in_reply_to = after->in_reply_to;
  parts.references = after->thread_references;
  parts.at = now;
  parts.offset = aw_calendar_offset (aw_engine_get_calendar (engine), NULL, now);
  parts.attachments = attachments;
  entry->raw = aw_message_build (&parts, error);
  return entry->raw != NULL ? g_steal_pointer (&after) : NULL;
}
