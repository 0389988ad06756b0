/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/aw-outbox-store.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

#include "store/aw-database-private.h"
#include "store/aw-outbox-touch.h"
#include "store/aw-outbox-watch.h"
#include "store/aw-record-sql.h"

#define ROW "SELECT mail_from, rcpt, bcc, stage, attempts, first_at, next_at, code, text, fault, confirmed, sent_at, accepted_reply, raw FROM outbox WHERE message = ?"

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

static void
bind_int64_or_null (sqlite3_stmt *statement,
                    int index,
                    gint64 value)
{
  if (value == AW_NEVER)
    sqlite3_bind_null (statement, index);
  else
    sqlite3_bind_int64 (statement, index, value);
}

static gint64
column_instant (sqlite3_stmt *statement,
                int column)
{
  return sqlite3_column_type (statement, column) == SQLITE_NULL ? AW_NEVER : sqlite3_column_int64 (statement, column);
}

static char *
column_text (sqlite3_stmt *statement,
             int column)
{
  return g_strdup ((const char *) sqlite3_column_text (statement, column));
}

/* Carries out a statement that must hit one row. */
static gboolean
finish_one (AwDatabase *database,
            sqlite3_stmt *statement,
            GError **error)
{
  if (sqlite3_step (statement) != SQLITE_DONE)
    {
      aw_database_set_error (database, error);
      return FALSE;
    }
  if (sqlite3_changes (aw_database_get_handle (database)) == 0)
    {
      g_set_error_literal (error, AW_STORE_ERROR, AW_STORE_ERROR_CONFLICT, _("The message is not in the outbox any more."));
      return FALSE;
    }
  return TRUE;
}

static gboolean
end_transaction (AwDatabase *database,
                 gboolean ok,
                 GError **error)
{
  if (ok)
    {
      if (aw_database_commit (database, error))
        return TRUE;
      aw_database_rollback (database);
      return FALSE;
    }
  aw_database_rollback (database);
  return FALSE;
}

/* What the row says, not what the caller last saw. */
static gboolean
check_state (AwDatabase *database,
             const char *message,
             guint allowed,
             GError **error)
{
  g_autoptr (AwStatement) statement = aw_database_prepare (database, "SELECT state FROM message WHERE id = ?", error);
  int state = 0;

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_text (statement, 1, message, -1, SQLITE_STATIC);
  if (sqlite3_step (statement) != SQLITE_ROW)
    {
      g_set_error_literal (error, AW_STORE_ERROR, AW_STORE_ERROR_CONFLICT, _("The message is gone."));
      return FALSE;
    }
  aw_word_parse (&aw_message_states, (const char *) sqlite3_column_text (statement, 0), &state);
  if (allowed & (1u << state))
    return TRUE;
  if (state == AW_MESSAGE_SENT)
    g_set_error_literal (error, AW_STORE_ERROR, AW_STORE_ERROR_CONFLICT, _("The message was sent already."));
  else if (state == AW_MESSAGE_SENDING)
    g_set_error_literal (error, AW_STORE_ERROR, AW_STORE_ERROR_CONFLICT, _("The message is being sent now."));
  else if (state == AW_MESSAGE_UNCERTAIN)
    g_set_error_literal (error, AW_STORE_ERROR, AW_STORE_ERROR_CONFLICT,
                         _("The message may have been sent: say first whether it was."));
  else
    g_set_error_literal (error, AW_STORE_ERROR, AW_STORE_ERROR_CONFLICT,
                         _("The message was changed somewhere else in the meantime."));
  return FALSE;
}

static gboolean
set_state (AwDatabase *database,
           const char *message,
           AwMessageState state,
           GError **error)
{
  g_autoptr (AwStatement) statement = aw_database_prepare (database, "UPDATE message SET state = ? WHERE id = ?", error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_text (statement, 1, aw_word (&aw_message_states, state), -1, SQLITE_STATIC);
  sqlite3_bind_text (statement, 2, message, -1, SQLITE_STATIC);
  return finish_one (database, statement, error);
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
  else
    aw_command_change (command, before, after);
  return aw_database_apply (database, command, error);
}

static gboolean
drop_row (AwDatabase *database,
          const char *message,
          GError **error)
{
  g_autoptr (AwStatement) statement = aw_database_prepare (database, "DELETE FROM outbox WHERE message = ?", error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_text (statement, 1, message, -1, SQLITE_STATIC);
  if (sqlite3_step (statement) == SQLITE_DONE)
    return TRUE;
  aw_database_set_error (database, error);
  return FALSE;
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
  return finish_one (database, statement, error);
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
  return end_transaction (database,
                          (before == NULL || check_state (database, AW_ID (before), allowed, error)) &&
                            apply_record (database, before, after, error) && drop_row (database, AW_ID (after), error) &&
                            insert_row (database, AW_ID (after), entry, error),
                          error);
}

gboolean
aw_outbox_store_thaw (AwDatabase *database,
                      AwMessage *before,
                      AwMessage *after,
                      GError **error)
{
  const guint allowed = 1u << AW_MESSAGE_DRAFT | 1u << AW_MESSAGE_SCHEDULED | 1u << AW_MESSAGE_QUEUED |
                        1u << AW_MESSAGE_FAILED | 1u << AW_MESSAGE_CANCELLED;

  if (!aw_database_begin (database, error))
    return FALSE;
  return end_transaction (database,
                          (before == NULL || check_state (database, AW_ID (before), allowed, error)) &&
                            apply_record (database, before, after, error) && drop_row (database, AW_ID (after), error),
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
  ok = check_state (database, message, 1u << AW_MESSAGE_UNCERTAIN, error) &&
       set_state (database, message, AW_MESSAGE_QUEUED, error);
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
  return end_transaction (database, ok && statement != NULL && finish_one (database, statement, error), error);
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
  entry->mail_from = column_text (statement, 0);
  entry->rcpt = column_text (statement, 1);
  entry->bcc = column_text (statement, 2);
  entry->dot = g_strcmp0 ((const char *) sqlite3_column_text (statement, 3), "dot") == 0;
  entry->attempts = sqlite3_column_int (statement, 4);
  entry->first_at = sqlite3_column_int64 (statement, 5);
  entry->next_at = sqlite3_column_int64 (statement, 6);
  entry->code = sqlite3_column_int (statement, 7);
  entry->text = column_text (statement, 8);
  entry->fault = column_text (statement, 9);
  entry->confirmed = sqlite3_column_int (statement, 10) != 0;
  entry->sent_at = column_instant (statement, 11);
  entry->accepted_reply = column_text (statement, 12);
  if (with_raw)
    entry->raw = g_bytes_new (sqlite3_column_blob (statement, 13), sqlite3_column_bytes (statement, 13));
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
  entry->next_at = entry->sent_at = entry->first_at = AW_NEVER;
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

      file->name = column_text (statement, 0);
      file->type = column_text (statement, 1);
      file->data = g_bytes_new (sqlite3_column_blob (statement, 2), sqlite3_column_bytes (statement, 2));
      g_ptr_array_add (files, file);
    }
  if (status == SQLITE_DONE)
    return g_steal_pointer (&files);
  aw_database_set_error (database, error);
  return NULL;
}

/* The worker --------------------------------------------------------------- */

static char *
find_due (AwDatabase *database,
          const char *message,
          gint64 now,
          GError **error)
{
  g_autoptr (AwStatement) statement =
    aw_database_prepare (database,
                         "SELECT m.id FROM outbox o JOIN message m ON m.id = o.message LEFT JOIN account a ON a.id = m.account"
                         " WHERE m.state = 'queued' AND a.paused IS NULL AND (o.next_at <= ?1 OR o.next_at > ?2)"
                         " AND (?3 IS NULL OR m.id = ?3) ORDER BY o.next_at, m.id LIMIT 1",
                         error);
  int status;

  if (statement == NULL)
    return NULL;
  sqlite3_bind_int64 (statement, 1, now);
  sqlite3_bind_int64 (statement, 2, now + AW_OUTBOX_WAIT_AT_MOST);
  aw_sql_bind_text (statement, 3, message);
  status = sqlite3_step (statement);
  if (status == SQLITE_ROW)
    return column_text (statement, 0);
  if (status != SQLITE_DONE)
    aw_database_set_error (database, error);
  return NULL;
}

static gboolean
take (AwDatabase *database,
      const char *message,
      gint64 now,
      GError **error)
{
  g_autofree char *boot = aw_outbox_boot ();
  g_autoptr (AwStatement) statement = NULL;

  if (!set_state (database, message, AW_MESSAGE_SENDING, error))
    return FALSE;
  statement = aw_database_prepare (database,
                                   "UPDATE outbox SET stage = 'pre', attempts = attempts + 1, next_at = ?, lease_pid = ?,"
                                   " lease_boot = ? WHERE message = ?",
                                   error);
  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, now);
  sqlite3_bind_int (statement, 2, getpid ());
  sqlite3_bind_text (statement, 3, boot, -1, SQLITE_STATIC);
  sqlite3_bind_text (statement, 4, message, -1, SQLITE_STATIC);
  return finish_one (database, statement, error);
}

/**
 * aw_outbox_store_claim:
 * @database: a connection
 * @message: (nullable): only this one
 * @now: the instant
 * @error: return location
 *
 * Returns: (transfer full) (nullable): a message that is the caller's to send;
 *   %NULL without an error: nothing is due
 */
AwOutboxEntry *
aw_outbox_store_claim (AwDatabase *database,
                       const char *message,
                       gint64 now,
                       GError **error)
{
  g_autofree char *id = NULL;
  g_autoptr (GError) local = NULL;

  if (!aw_database_begin (database, error))
    return NULL;
  id = find_due (database, message, now, &local);
  if (id == NULL)
    {
      aw_database_rollback (database);
      if (local != NULL)
        g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  if (!end_transaction (database, take (database, id, now, error), error))
    return NULL;
  return aw_outbox_store_get (database, id, error);
}

/**
 * aw_outbox_store_dot:
 * @database: a connection
 * @message: a message that is being sent
 * @error: return location
 *
 * On the disk when this returns: from now on the dot may leave.
 *
 * Returns: whether it may
 */
gboolean
aw_outbox_store_dot (AwDatabase *database,
                     const char *message,
                     GError **error)
{
  g_autoptr (AwStatement) statement = NULL;

  if (!aw_database_begin (database, error))
    return FALSE;
  statement = aw_database_prepare (database, "UPDATE outbox SET stage = 'dot' WHERE message = ?", error);
  if (statement != NULL)
    sqlite3_bind_text (statement, 1, message, -1, SQLITE_STATIC);
  return end_transaction (database,
                          statement != NULL && check_state (database, message, 1u << AW_MESSAGE_SENDING, error) &&
                            finish_one (database, statement, error),
                          error);
}

static gboolean
set_sent (AwDatabase *database,
          const char *message,
          gint64 at,
          int code,
          const char *reply,
          GError **error)
{
  g_autoptr (AwStatement) statement =
    aw_database_prepare (database,
                         "UPDATE outbox SET sent_at = ?, code = ?, text = ?, accepted_reply = ?, fault = NULL WHERE message = ?",
                         error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, at);
  sqlite3_bind_int (statement, 2, code);
  aw_sql_bind_text (statement, 3, reply);
  aw_sql_bind_text (statement, 4, reply);
  sqlite3_bind_text (statement, 5, message, -1, SQLITE_STATIC);
  return finish_one (database, statement, error);
}

gboolean
aw_outbox_store_sent (AwDatabase *database,
                      const char *message,
                      AwInstant at,
                      int code,
                      const char *reply,
                      GError **error)
{
  const guint allowed = 1u << AW_MESSAGE_SENDING | 1u << AW_MESSAGE_UNCERTAIN;

  if (!aw_database_begin (database, error))
    return FALSE;
  return end_transaction (database,
                          check_state (database, message, allowed, error) &&
                            aw_outbox_touch_write (database, message, at, error) &&
                            set_sent (database, message, at.sec, code, reply, error),
                          error);
}

gboolean
aw_outbox_store_settle (AwDatabase *database,
                        const char *message,
                        AwMessageState state,
                        gint64 next_at,
                        const char *fault,
                        int code,
                        const char *text,
                        GError **error)
{
  g_autoptr (AwStatement) statement = NULL;
  gboolean ok;

  if (!aw_database_begin (database, error))
    return FALSE;
  ok = check_state (database, message, 1u << AW_MESSAGE_SENDING, error) && set_state (database, message, state, error);
  if (ok)
    statement = aw_database_prepare (database,
                                     "UPDATE outbox SET next_at = coalesce (?, next_at), fault = ?, code = ?, text = ?,"
                                     " stage = CASE WHEN ? THEN stage ELSE 'pre' END WHERE message = ?",
                                     error);
  if (statement != NULL)
    {
      bind_int64_or_null (statement, 1, next_at);
      aw_sql_bind_text (statement, 2, fault);
      sqlite3_bind_int (statement, 3, code);
      aw_sql_bind_text (statement, 4, text);
      sqlite3_bind_int (statement, 5, state == AW_MESSAGE_UNCERTAIN);
      sqlite3_bind_text (statement, 6, message, -1, SQLITE_STATIC);
    }
  return end_transaction (database, ok && statement != NULL && finish_one (database, statement, error), error);
}

gboolean
aw_outbox_store_refuse (AwDatabase *database,
                        AwMessage *message,
                        const char *fault,
                        const char *text,
                        GError **error)
{
  g_autoptr (AwStatement) statement = NULL;
  const char *id = AW_ID (message);
  gboolean ok;

  if (!aw_database_begin (database, error))
    return FALSE;
  ok = check_state (database, id, 1u << AW_MESSAGE_SCHEDULED, error) && set_state (database, id, AW_MESSAGE_FAILED, error) &&
       drop_row (database, id, error);
  /* A row without bytes: it only says why. */
  if (ok)
    statement = aw_database_prepare (database,
                                     "INSERT INTO outbox (message, mail_from, rcpt, raw, first_at, next_at, fault, text)"
                                     " VALUES (?, '', '', x'', ?, ?, ?, ?)",
                                     error);
  if (statement != NULL)
    {
      sqlite3_bind_text (statement, 1, id, -1, SQLITE_STATIC);
      sqlite3_bind_int64 (statement, 2, message->scheduled_at.sec);
      sqlite3_bind_int64 (statement, 3, message->scheduled_at.sec);
      aw_sql_bind_text (statement, 4, fault);
      aw_sql_bind_text (statement, 5, text);
    }
  return end_transaction (database, statement != NULL && finish_one (database, statement, error), error);
}

gboolean
aw_outbox_store_recover (AwDatabase *database,
                         gint64 now,
                         GError **error)
{
  g_autofree char *due = g_strdup_printf ("UPDATE outbox SET next_at = %" G_GINT64_FORMAT " WHERE stage = 'pre' AND message IN"
                                          " (SELECT id FROM message WHERE state = 'sending')",
                                          now);

  if (!aw_database_begin (database, error))
    return FALSE;
  return end_transaction (database,
                          aw_database_exec (database, due, error) &&
                            aw_database_exec (database,
                                                "UPDATE outbox SET fault = 'uncertain', code = NULL, text = NULL WHERE stage = 'dot'"
                                                " AND message IN (SELECT id FROM message WHERE state = 'sending');"
                                                "UPDATE message SET state = 'uncertain' WHERE state = 'sending' AND id IN"
                                                " (SELECT message FROM outbox WHERE stage = 'dot');"
                                                "UPDATE message SET state = 'queued' WHERE state = 'sending' AND id IN"
                                                " (SELECT message FROM outbox WHERE stage = 'pre')",
                                                error),
                          error);
}

gboolean
aw_outbox_store_hurry (AwDatabase *database,
                       const char *const *faults,
                       gint64 now,
                       GError **error)
{
  gboolean ok = TRUE;

  if (!aw_database_begin (database, error))
    return FALSE;
  for (guint i = 0; faults[i] != NULL && ok; i++)
    {
      g_autoptr (AwStatement) statement =
        aw_database_prepare (database,
                             "UPDATE outbox SET next_at = ? WHERE fault = ? AND message IN"
                             " (SELECT id FROM message WHERE state = 'queued')",
                             error);

      ok = statement != NULL;
      if (!ok)
        break;
      sqlite3_bind_int64 (statement, 1, now);
      sqlite3_bind_text (statement, 2, faults[i], -1, SQLITE_STATIC);
      ok = sqlite3_step (statement) == SQLITE_DONE;
      if (!ok)
        aw_database_set_error (database, error);
    }
  return end_transaction (database, ok, error);
}

gboolean
aw_outbox_store_pause (AwDatabase *database,
                       const char *account,
                       const char *sentence,
                       GError **error)
{
  g_autoptr (AwStatement) statement = NULL;

  if (!aw_database_begin (database, error))
    return FALSE;
  statement = aw_database_prepare (database, "UPDATE account SET paused = ? WHERE id = ?", error);
  if (statement != NULL)
    {
      aw_sql_bind_text (statement, 1, sentence);
      sqlite3_bind_text (statement, 2, account, -1, SQLITE_STATIC);
    }
  return end_transaction (database, statement != NULL && finish_one (database, statement, error), error);
}
