/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/aw-outbox-store.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "store/aw-outbox-row.h"
#include "store/aw-outbox-watch.h"
#include "store/aw-record-sql.h"

#define ROW "SELECT mail_from, rcpt, bcc, stage, attempts, first_at, next_at, code, text, fault, confirmed, sent_at, accepted_reply, " \
            "sent_copy, copy_text, bounced_at, bounce_text, raw FROM outbox WHERE message = ?"

/* Helpers ------------------------------------------------------------------ */

void
aw_outbox_entry_free (AwOutboxEntry *entry)
{
  g_clear_object (&entry->message);
  g_clear_pointer (&entry->raw, g_bytes_unref);
  g_free (entry->mail_from);
  g_free (entry->rcpt);
  g_free (entry->bcc);
  g_free (entry->text);
  g_free (entry->fault);
  g_free (entry->accepted_reply);
  g_free (entry->copy);
  g_free (entry->copy_text);
  g_free (entry->bounce_text);
  g_free (entry);
}

static void
file_free (gpointer data)
{
  AwOutboxFile *file = data;

  g_free (file->name);
  g_free (file->type);
  g_bytes_unref (file->data);
  g_free (file);
}

static gint64
column_instant (sqlite3_stmt *statement,
                int column)
{
  return sqlite3_column_type (statement, column) == SQLITE_NULL ? AW_NEVER : sqlite3_column_int64 (statement, column);
}

static gboolean
apply_record (AwDatabase *database,
              AwMessage *before,
              AwMessage *after,
              GError **error)
{
  g_autoptr (AwCommand) command = aw_command_new ("");

  if (before == NULL)
    aw_command_add (command, after);
  else if (after == NULL)
    aw_command_remove (command, before);
  else
    aw_command_change (command, before, after);
  return aw_database_apply (database, command, error);
}

static gboolean
insert_row (AwDatabase *database,
            const char *message,
            const AwOutboxEntry *entry,
            GError **error)
{
  g_autoptr (AwStatement) statement =
    aw_database_prepare (database,
                         "INSERT INTO outbox (message, mail_from, rcpt, bcc, raw, first_at, next_at, confirmed)"
                         " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                         error);
  gsize length;
  const void *raw = g_bytes_get_data (entry->raw, &length);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_text (statement, 1, message, -1, SQLITE_STATIC);
  sqlite3_bind_text (statement, 2, entry->mail_from, -1, SQLITE_STATIC);
  sqlite3_bind_text (statement, 3, entry->rcpt, -1, SQLITE_STATIC);
  aw_sql_bind_text (statement, 4, entry->bcc);
  sqlite3_bind_blob64 (statement, 5, raw, length, SQLITE_STATIC);
  sqlite3_bind_int64 (statement, 6, entry->first_at);
  sqlite3_bind_int64 (statement, 7, entry->next_at);
  sqlite3_bind_int (statement, 8, entry->confirmed);
  return aw_outbox_finish_one (database, statement, error);
}

/* Into the outbox and out of it --------------------------------------------- */

/**
 * aw_outbox_store_freeze:
 * @database: a connection
 * @before: (nullable): the message as it is stored
 * @after: the message as it shall be, queued
 * @entry: its bytes and addresses, and when it leaves
 * @error: return location
 *
 * Returns: whether it is queued
 */
gboolean
aw_outbox_store_freeze (AwDatabase *database,
                        AwMessage *before,
                        AwMessage *after,
                        const AwOutboxEntry *entry,
                        GError **error)
{
  const guint allowed = 1u << AW_MESSAGE_DRAFT | 1u << AW_MESSAGE_SCHEDULED | 1u << AW_MESSAGE_FAILED | 1u << AW_MESSAGE_CANCELLED;

  g_return_val_if_fail (after->state == AW_MESSAGE_QUEUED, FALSE);

  if (!aw_database_begin (database, error))
    return FALSE;
  return aw_outbox_end (database,
                          (before == NULL || aw_outbox_check_state (database, AW_ID (before), allowed, error)) &&
                            apply_record (database, before, after, error) && aw_outbox_drop_row (database, AW_ID (after), error) &&
                            insert_row (database, AW_ID (after), entry, error),
                          error);
}

/* What is being sent can be taken back until its dot may have left. The worker
 * has to commit that first, and can no more once this is committed. */
static gboolean
check_no_dot (AwDatabase *database,
              const char *message,
              GError **error)
{
  g_autoptr (AwStatement) statement =
    aw_database_prepare (database, "SELECT 1 FROM outbox JOIN message ON message.id = outbox.message"
                                   " WHERE message.id = ? AND message.state = 'sending' AND stage = 'dot'",
                         error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_text (statement, 1, message, -1, SQLITE_STATIC);
  switch (sqlite3_step (statement))
    {
    case SQLITE_DONE:
      return TRUE;
    case SQLITE_ROW:
      g_set_error_literal (error, AW_STORE_ERROR, AW_STORE_ERROR_CONFLICT,
                           _("It is too late: the message was handed over to the server."));
      return FALSE;
    default:
      aw_database_set_error (database, error);
      return FALSE;
    }
}

/**
 * aw_outbox_store_thaw:
 * @database: a connection
 * @before: (nullable): the message as it is stored
 * @after: (nullable): the message as it shall be, not in the outbox any more;
 *   %NULL: it goes altogether
 * @error: return location
 *
 * Also takes back what is being sent, as long as the dot cannot have left: from
 * this commit on it cannot leave any more.
 *
 * Returns: whether it is out of the outbox
 */
gboolean
aw_outbox_store_thaw (AwDatabase *database,
                      AwMessage *before,
                      AwMessage *after,
                      GError **error)
{
  const guint allowed = 1u << AW_MESSAGE_DRAFT | 1u << AW_MESSAGE_SCHEDULED | 1u << AW_MESSAGE_QUEUED |
                        1u << AW_MESSAGE_SENDING | 1u << AW_MESSAGE_FAILED | 1u << AW_MESSAGE_CANCELLED;

  if (!aw_database_begin (database, error))
    return FALSE;
  return aw_outbox_end (database,
                          (before == NULL || (aw_outbox_check_state (database, AW_ID (before), allowed, error) &&
                                              check_no_dot (database, AW_ID (before), error))) &&
                            aw_outbox_drop_row (database, AW_ID (after != NULL ? after : before), error) &&
                            apply_record (database, before, after, error),
                          error);
}

gboolean
aw_outbox_store_requeue (AwDatabase *database,
                         const char *message,
                         gint64 next_at,
                         GError **error)
{
  g_autoptr (AwStatement) statement = NULL;
  gboolean ok;

  if (!aw_database_begin (database, error))
    return FALSE;
  ok = aw_outbox_check_state (database, message, 1u << AW_MESSAGE_UNCERTAIN, error) &&
       aw_outbox_set_state (database, message, AW_MESSAGE_QUEUED, error);
  if (ok)
    statement = aw_database_prepare (database,
                                     "UPDATE outbox SET stage = 'pre', first_at = ?1, next_at = ?1, fault = NULL, code = NULL,"
                                     " text = NULL, confirmed = 1 WHERE message = ?2",
                                     error);
  if (statement != NULL)
    {
      sqlite3_bind_int64 (statement, 1, next_at);
      sqlite3_bind_text (statement, 2, message, -1, SQLITE_STATIC);
    }
  return aw_outbox_end (database, ok && statement != NULL && aw_outbox_finish_one (database, statement, error), error);
}

/* Reading ------------------------------------------------------------------ */

static gboolean
read_row (AwDatabase *database,
          AwOutboxEntry *entry,
          gboolean with_raw,
          GError **error)
{
  g_autoptr (AwStatement) statement = aw_database_prepare (database, ROW, error);
  int status;

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_text (statement, 1, AW_ID (entry->message), -1, SQLITE_STATIC);
  status = sqlite3_step (statement);
  if (status == SQLITE_DONE)
    return TRUE;
  if (status != SQLITE_ROW)
    {
      aw_database_set_error (database, error);
      return FALSE;
    }
  entry->frozen = TRUE;
  entry->mail_from = aw_outbox_column_text (statement, 0);
  entry->rcpt = aw_outbox_column_text (statement, 1);
  entry->bcc = aw_outbox_column_text (statement, 2);
  entry->dot = g_strcmp0 ((const char *) sqlite3_column_text (statement, 3), "dot") == 0;
  entry->attempts = sqlite3_column_int (statement, 4);
  entry->first_at = sqlite3_column_int64 (statement, 5);
  entry->next_at = sqlite3_column_int64 (statement, 6);
  entry->code = sqlite3_column_int (statement, 7);
  entry->text = aw_outbox_column_text (statement, 8);
  entry->fault = aw_outbox_column_text (statement, 9);
  entry->confirmed = sqlite3_column_int (statement, 10) != 0;
  entry->sent_at = column_instant (statement, 11);
  entry->accepted_reply = aw_outbox_column_text (statement, 12);
  entry->copy = aw_outbox_column_text (statement, 13);
  entry->copy_text = aw_outbox_column_text (statement, 14);
  entry->bounced_at = column_instant (statement, 15);
  entry->bounce_text = aw_outbox_column_text (statement, 16);
  if (with_raw)
    entry->raw = g_bytes_new (sqlite3_column_blob (statement, 17), sqlite3_column_bytes (statement, 17));
  return TRUE;
}

static AwOutboxEntry *
make_entry (AwDatabase *database,
            AwMessage *message,
            gboolean with_raw,
            GError **error)
{
  g_autoptr (AwOutboxEntry) entry = g_new0 (AwOutboxEntry, 1);

  entry->message = g_object_ref (message);
  entry->next_at = entry->sent_at = entry->first_at = entry->bounced_at = AW_NEVER;
  return read_row (database, entry, with_raw, error) ? g_steal_pointer (&entry) : NULL;
}

AwOutboxEntry *
aw_outbox_store_get (AwDatabase *database,
                     const char *message,
                     GError **error)
{
  g_autoptr (AwRecord) record = aw_database_load_record (database, AW_RECORD_MESSAGE, message, error);

  if (record == NULL)
    {
      if (error != NULL && *error == NULL)
        g_set_error_literal (error, AW_STORE_ERROR, AW_STORE_ERROR_CONFLICT, _("The message is gone."));
      return NULL;
    }
  return make_entry (database, AW_MESSAGE (record), TRUE, error);
}

static GPtrArray *
load_messages (AwDatabase *database,
               const char *rest,
               GError **error)
{
  const AwRecordClass *klass = aw_record_kind_get_class (AW_RECORD_MESSAGE);
  g_autofree char *sql = aw_sql_select (klass, rest);
  g_autoptr (GPtrArray) messages = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (AwStatement) statement = aw_database_prepare (database, sql, error);
  int status;

  if (statement == NULL)
    return NULL;
  while ((status = sqlite3_step (statement)) == SQLITE_ROW)
    g_ptr_array_add (messages, aw_sql_read (klass, statement, NULL, NULL));
  if (status == SQLITE_DONE)
    return g_steal_pointer (&messages);
  aw_database_set_error (database, error);
  return NULL;
}

/**
 * aw_outbox_store_load:
 * @database: a connection
 * @sent_since: of those that were sent, only what was sent since then
 * @error: return location
 *
 * Returns: (transfer full) (element-type AwOutboxEntry): all messages, without
 *   their bytes; %NULL with @error set on failure
 */
GPtrArray *
aw_outbox_store_load (AwDatabase *database,
                      gint64 sent_since,
                      GError **error)
{
  g_autoptr (GPtrArray) messages =
    load_messages (database, "WHERE coalesce (state, 'draft') <> 'cancelled' ORDER BY changed_at DESC, id", error);
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func ((GDestroyNotify) aw_outbox_entry_free);

  if (messages == NULL)
    return NULL;
  for (guint i = 0; i < messages->len; i++)
    {
      AwMessage *message = g_ptr_array_index (messages, i);
      g_autoptr (AwOutboxEntry) entry = make_entry (database, message, FALSE, error);

      if (entry == NULL)
        return NULL;
      if (message->state != AW_MESSAGE_SENT || entry->sent_at >= sent_since)
        g_ptr_array_add (entries, g_steal_pointer (&entry));
    }
  return g_steal_pointer (&entries);
}

GPtrArray *
aw_outbox_store_load_due (AwDatabase *database,
                          gint64 now,
                          GError **error)
{
  GPtrArray *messages = load_messages (database, "WHERE state = 'scheduled'", error);

  for (guint i = messages != NULL ? messages->len : 0; i > 0; i--)
    {
      gint64 at = ((AwMessage *) g_ptr_array_index (messages, i - 1))->scheduled_at.sec;

      if (at == AW_NEVER || at > now || at < now - AW_OUTBOX_MISSED_SECONDS)
        g_ptr_array_remove_index (messages, i - 1);
    }
  return messages;
}

GPtrArray *
aw_outbox_store_load_attachments (AwDatabase *database,
                                  const char *message,
                                  GError **error)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (file_free);
  g_autoptr (AwStatement) statement =
    aw_database_prepare (database, "SELECT name, type, data FROM attachment WHERE message = ? ORDER BY position, id", error);
  int status;

  if (statement == NULL)
    return NULL;
  sqlite3_bind_text (statement, 1, message, -1, SQLITE_STATIC);
  while ((status = sqlite3_step (statement)) == SQLITE_ROW)
    {
      AwOutboxFile *file = g_new0 (AwOutboxFile, 1);

      file->name = aw_outbox_column_text (statement, 0);
      file->type = aw_outbox_column_text (statement, 1);
      file->data = g_bytes_new (sqlite3_column_blob (statement, 2), sqlite3_column_bytes (statement, 2));
      g_ptr_array_add (files, file);
    }
  if (status == SQLITE_DONE)
    return g_steal_pointer (&files);
  aw_database_set_error (database, error);
  return NULL;
}
