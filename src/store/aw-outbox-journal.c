/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/aw-outbox-store.h"

#include <unistd.h>

#include "store/aw-outbox-row.h"
#include "store/aw-outbox-touch.h"
#include "store/aw-outbox-watch.h"
#include "store/aw-record-sql.h"

/* The worker's side of the outbox: what it commits before and after each step. */

static void
bind_int64_or_null (sqlite3_stmt *statement, int index, gint64 value)
{
  if (value == AW_NEVER)
    sqlite3_bind_null (statement, index);
  else
    sqlite3_bind_int64 (statement, index, value);
}

static char *
find_due (AwDatabase *database, const char *message, gint64 now, GError **error)
{
  g_autoptr (AwStatement) statement = aw_database_prepare (
    database,
    "SELECT m.id FROM outbox o JOIN message m ON m.id = o.message LEFT JOIN account a ON a.id = m.account"
    " WHERE m.state = 'queued' AND a.paused IS NULL AND NOT " AW_OUTBOX_ASKS " AND (o.next_at <= ?1 OR o.next_at > ?2)"
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
    return aw_outbox_column_text (statement, 0);
  if (status != SQLITE_DONE)
    aw_database_set_error (database, error);
  return NULL;
}

gboolean
aw_outbox_store_has_due (AwDatabase *database,
                         gint64 now)
{
  g_autofree char *queued = find_due (database, NULL, now, NULL);
  g_autoptr (GPtrArray) scheduled = queued == NULL ? aw_outbox_store_load_due (database, now, NULL) : NULL;

  return queued != NULL || (scheduled != NULL && scheduled->len > 0);
}

static gboolean
take (AwDatabase *database, const char *message, gint64 now, GError **error)
{
  g_autofree char *boot = aw_outbox_boot ();
  g_autoptr (AwStatement) statement = NULL;

  if (!aw_outbox_set_state (database, message, AW_MESSAGE_SENDING, error))
    return FALSE;
  statement
    = aw_database_prepare (database,
                           "UPDATE outbox SET stage = 'pre', attempts = attempts + 1, next_at = ?, lease_pid = ?,"
                           " lease_boot = ? WHERE message = ?",
                           error);
  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, now);
  sqlite3_bind_int (statement, 2, getpid ());
  sqlite3_bind_text (statement, 3, boot, -1, SQLITE_STATIC);
  sqlite3_bind_text (statement, 4, message, -1, SQLITE_STATIC);
  return aw_outbox_finish_one (database, statement, error);
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
aw_outbox_store_claim (AwDatabase *database, const char *message, gint64 now, GError **error)
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
  if (!aw_outbox_end (database, take (database, id, now, error), error))
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
aw_outbox_store_dot (AwDatabase *database, const char *message, GError **error)
{
  g_autoptr (AwStatement) statement = NULL;

  if (!aw_database_begin (database, error))
    return FALSE;
  statement = aw_database_prepare (database, "UPDATE outbox SET stage = 'dot' WHERE message = ?", error);
  if (statement != NULL)
    sqlite3_bind_text (statement, 1, message, -1, SQLITE_STATIC);
  return aw_outbox_end (database,
                        statement != NULL && aw_outbox_check_state (database, message, 1u << AW_MESSAGE_SENDING, error)
                          && aw_outbox_finish_one (database, statement, error),
                        error);
}

/**
 * aw_outbox_store_is_taken_back:
 * @database: a connection
 * @message: a message that the caller has claimed
 *
 * Returns: whether it is not to be sent any more
 */
gboolean
aw_outbox_store_is_taken_back (AwDatabase *database,
                               const char *message)
{
  g_autoptr (AwStatement) statement = aw_database_prepare (database, "SELECT 1 FROM message WHERE id = ? AND state = 'sending'", NULL);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_text (statement, 1, message, -1, SQLITE_STATIC);
  return sqlite3_step (statement) == SQLITE_DONE;
}

static gboolean
set_sent (AwDatabase *database, const char *message, gint64 at, int code, const char *reply, GError **error)
{
  g_autoptr (AwStatement) statement =
    aw_database_prepare (database,
                         "UPDATE outbox SET sent_at = ?1, code = ?2, text = ?3, accepted_reply = ?3, fault = NULL, copy_next_at = ?1,"
                         " sent_copy = CASE WHEN EXISTS (SELECT 1 FROM message m JOIN account a ON a.id = m.account WHERE m.id = ?4"
                         " AND a.save_sent AND a.imap_host IS NOT NULL) THEN 'pending' ELSE 'none' END WHERE message = ?4",
                         error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, at);
  sqlite3_bind_int (statement, 2, code);
  aw_sql_bind_text (statement, 3, reply);
  sqlite3_bind_text (statement, 4, message, -1, SQLITE_STATIC);
  return aw_outbox_finish_one (database, statement, error);
}

gboolean
aw_outbox_store_sent (
  AwDatabase *database, const char *message, AwInstant at, int code, const char *reply, GError **error)
{
  const guint allowed = 1u << AW_MESSAGE_SENDING | 1u << AW_MESSAGE_UNCERTAIN;

  if (!aw_database_begin (database, error))
    return FALSE;
  return aw_outbox_end (database,
                        aw_outbox_check_state (database, message, allowed, error)
                          && aw_outbox_touch_write (database, message, at, error)
                          && set_sent (database, message, at.sec, code, reply, error),
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
  ok = aw_outbox_check_state (database, message, 1u << AW_MESSAGE_SENDING, error)
       && aw_outbox_set_state (database, message, state, error);
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
  return aw_outbox_end (database, ok && statement != NULL && aw_outbox_finish_one (database, statement, error), error);
}

gboolean
aw_outbox_store_refuse (AwDatabase *database, AwMessage *message, const char *fault, const char *text, GError **error)
{
  g_autoptr (AwStatement) statement = NULL;
  const char *id = AW_ID (message);
  gboolean ok;

  if (!aw_database_begin (database, error))
    return FALSE;
  ok = aw_outbox_check_state (database, id, 1u << AW_MESSAGE_SCHEDULED, error)
       && aw_outbox_set_state (database, id, AW_MESSAGE_FAILED, error) && aw_outbox_drop_row (database, id, error);
  /* A row without bytes: it only says why. */
  if (ok)
    statement
      = aw_database_prepare (database,
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
  return aw_outbox_end (database, statement != NULL && aw_outbox_finish_one (database, statement, error), error);
}

gboolean
aw_outbox_store_recover (AwDatabase *database, gint64 now, GError **error)
{
  g_autofree char *due
    = g_strdup_printf ("UPDATE outbox SET next_at = %" G_GINT64_FORMAT " WHERE stage = 'pre' AND message IN"
                       " (SELECT id FROM message WHERE state = 'sending')",
                       now);

  if (!aw_database_begin (database, error))
    return FALSE;
  return aw_outbox_end (
    database,
    aw_database_exec (database, due, error)
      && aw_database_exec (database,
                           "UPDATE outbox SET fault = 'uncertain', code = NULL, text = NULL WHERE stage = 'dot'"
                           " AND message IN (SELECT id FROM message WHERE state = 'sending');"
                           "UPDATE message SET state = 'uncertain' WHERE state = 'sending' AND id IN"
                           " (SELECT message FROM outbox WHERE stage = 'dot');"
                           "UPDATE message SET state = 'queued' WHERE state = 'sending' AND id IN"
                           " (SELECT message FROM outbox WHERE stage = 'pre')",
                           error),
    error);
}

/**
 * aw_outbox_store_hurry:
 * @database: a connection
 * @faults: words of mail/aw-mail-result.c
 * @now: the instant
 * @error: return location
 *
 * What waits because of one of these is due now; with "ask-password" among them
 * what waited for a password can be claimed again, too.
 *
 * Returns: whether that is committed
 */
gboolean
aw_outbox_store_hurry (AwDatabase *database, const char *const *faults, gint64 now, GError **error)
{
  gboolean ok = TRUE;

  if (!aw_database_begin (database, error))
    return FALSE;
  for (guint i = 0; faults[i] != NULL && ok; i++)
    {
      g_autoptr (AwStatement) statement
        = aw_database_prepare (database,
                               "UPDATE outbox SET next_at = ?1, fault = CASE fault WHEN 'ask-password' THEN NULL ELSE fault END"
                               " WHERE fault = ?2 AND message IN"
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
  return aw_outbox_end (database, ok, error);
}

gboolean
aw_outbox_store_pause (AwDatabase *database, const char *account, const char *sentence, GError **error)
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
  return aw_outbox_end (database, statement != NULL && aw_outbox_finish_one (database, statement, error), error);
}
