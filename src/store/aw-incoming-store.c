/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/aw-incoming-store.h"

#include <glib/gi18n-lib.h>

#include "store/aw-database-private.h"
#include "store/aw-outbox-row.h"
#include "store/aw-record-sql.h"

static const char *const kind_names[] = { "answer", "automatic", "bounce", "someone" };

const AwVocabulary aw_incoming_kinds = { kind_names, G_N_ELEMENTS (kind_names) };

/* Whether an account's check has something to wait for. */
#define AWAITED_FROM                                                                                                               \
  "FROM message m JOIN outbox o ON o.message = m.id JOIN opportunity p ON p.id = m.opportunity "                                   \
  "WHERE m.message_id IS NOT NULL AND m.state IN ('sent', 'uncertain') AND coalesce (o.sent_at, o.next_at) > ?1 "                  \
  "AND coalesce (p.status, 'active') NOT IN ('accepted', 'declined', 'rejected', 'withdrawn', 'no-answer') AND m.account = "

#define CHECKING "a.check_replies AND a.imap_host IS NOT NULL AND a.paused IS NULL AND NOT a.ask_password "

static gint64
column_instant (sqlite3_stmt *statement,
                int column)
{
  return sqlite3_column_type (statement, column) == SQLITE_NULL ? AW_NEVER : sqlite3_column_int64 (statement, column);
}

static void
bind_instant (sqlite3_stmt *statement,
              int index,
              gint64 value)
{
  if (value == AW_NEVER)
    sqlite3_bind_null (statement, index);
  else
    sqlite3_bind_int64 (statement, index, value);
}

/* Ends reading: what was read, or NULL with an error. */
static GPtrArray *
end_reading (AwDatabase *database,
             GPtrArray *rows,
             int status,
             GError **error)
{
  if (status == SQLITE_DONE)
    return rows;
  aw_database_set_error (database, error);
  g_ptr_array_unref (rows);
  return NULL;
}

static gboolean
finish (AwDatabase *database,
        sqlite3_stmt *statement,
        GError **error)
{
  if (sqlite3_step (statement) == SQLITE_DONE)
    return TRUE;
  aw_database_set_error (database, error);
  return FALSE;
}

/**
 * aw_incoming_watch_next:
 * @database: a database
 * @now: the instant
 *
 * Returns: when the worker has a copy to file or an account to check, @now at
 *   the earliest; %AW_NEVER: not before something changes
 */
gint64
aw_incoming_watch_next (AwDatabase *database,
                        gint64 now)
{
  g_autoptr (AwStatement) copies = aw_database_prepare (database,
                                                        "SELECT min (o.copy_next_at) FROM outbox o JOIN message m ON m.id = o.message "
                                                        "JOIN account a ON a.id = m.account "
                                                        "WHERE o.sent_copy = 'pending' AND a.paused IS NULL AND NOT a.ask_password",
                                                        NULL);
  g_autoptr (AwStatement) checks =
    aw_database_prepare (database,
                         "SELECT CASE WHEN c.account IS NULL THEN 0 ELSE c.next_at END FROM account a "
                         "LEFT JOIN mail_check c ON c.account = a.id WHERE " CHECKING "AND EXISTS (SELECT 1 " AWAITED_FROM "a.id)",
                         NULL);
  gint64 next = AW_NEVER;

  if (copies != NULL && sqlite3_step (copies) == SQLITE_ROW)
    next = column_instant (copies, 0);
  /* A clock that was set back holds nothing up. */
  if (next != AW_NEVER && next > now + 2 * AW_HOUR)
    next = now;
  if (checks != NULL)
    sqlite3_bind_int64 (checks, 1, now - AW_REPLIES_SINCE);
  while (checks != NULL && sqlite3_step (checks) == SQLITE_ROW)
    {
      gint64 at = column_instant (checks, 0);

      if (at == AW_NEVER)
        continue;
      if (at > now + 2 * AW_REPLIES_INTERVAL)
        at = now;
      next = next == AW_NEVER ? at : MIN (next, at);
    }
  return next == AW_NEVER ? AW_NEVER : MAX (next, now);
}

/* Copies ---------------------------------------------------------------------- */

void
aw_copy_free (AwCopy *copy)
{
  g_free (copy->message);
  g_free (copy->account);
  g_free (copy->message_id);
  g_bytes_unref (copy->raw);
  g_free (copy);
}

GPtrArray *
aw_copy_store_load_due (AwDatabase *database,
                        gint64 now,
                        GError **error)
{
  g_autoptr (AwStatement) statement =
    aw_database_prepare (database,
                         "SELECT o.message, m.account, m.message_id, o.raw, o.copy_attempts, o.sent_at FROM outbox o "
                         "JOIN message m ON m.id = o.message JOIN account a ON a.id = m.account WHERE o.sent_copy = 'pending' "
                         "AND m.message_id IS NOT NULL AND a.paused IS NULL AND (o.copy_next_at <= ?1 OR o.copy_next_at > ?1 + 7200) "
                         "ORDER BY m.account, o.sent_at LIMIT 50",
                         error);
  GPtrArray *copies;
  int status;

  if (statement == NULL)
    return NULL;
  copies = g_ptr_array_new_with_free_func ((GDestroyNotify) aw_copy_free);
  sqlite3_bind_int64 (statement, 1, now);
  while ((status = sqlite3_step (statement)) == SQLITE_ROW)
    {
      AwCopy *copy = g_new0 (AwCopy, 1);

      copy->message = aw_outbox_column_text (statement, 0);
      copy->account = aw_outbox_column_text (statement, 1);
      copy->message_id = aw_outbox_column_text (statement, 2);
      copy->raw = g_bytes_new (sqlite3_column_blob (statement, 3), sqlite3_column_bytes (statement, 3));
      copy->attempts = sqlite3_column_int (statement, 4);
      copy->sent_at = column_instant (statement, 5);
      g_ptr_array_add (copies, copy);
    }
  return end_reading (database, copies, status, error);
}

gboolean
aw_copy_store_settle (AwDatabase *database,
                      const char *message,
                      const char *state,
                      gint64 next_at,
                      const char *text,
                      GError **error)
{
  g_autoptr (AwStatement) statement = NULL;

  if (!aw_database_begin (database, error))
    return FALSE;
  statement = aw_database_prepare (database,
                                   "UPDATE outbox SET sent_copy = ?, copy_attempts = copy_attempts + 1, copy_next_at = ?, "
                                   "copy_text = ? WHERE message = ?",
                                   error);
  if (statement != NULL)
    {
      sqlite3_bind_text (statement, 1, state, -1, SQLITE_STATIC);
      sqlite3_bind_int64 (statement, 2, next_at);
      aw_sql_bind_text (statement, 3, text);
      sqlite3_bind_text (statement, 4, message, -1, SQLITE_STATIC);
    }
  return aw_outbox_end (database, statement != NULL && finish (database, statement, error), error);
}

/* The check --------------------------------------------------------------------- */

void
aw_mail_check_free (AwMailCheck *check)
{
  g_free (check->account);
  g_free (check->mailbox);
  g_free (check->fault);
  g_free (check->text);
  g_free (check);
}

#define CHECK_COLUMNS "a.id, c.mailbox, coalesce (c.uid_validity, 0), coalesce (c.uid_next, 0), c.checked_at, " \
                      "CASE WHEN c.account IS NULL THEN 0 ELSE c.next_at END AS next, c.fault, c.code, c.text "

static AwMailCheck *
read_check (sqlite3_stmt *statement)
{
  AwMailCheck *check = g_new0 (AwMailCheck, 1);

  check->account = aw_outbox_column_text (statement, 0);
  check->mailbox = aw_outbox_column_text (statement, 1);
  check->uid_validity = sqlite3_column_int64 (statement, 2);
  check->uid_next = sqlite3_column_int64 (statement, 3);
  check->checked_at = column_instant (statement, 4);
  check->next_at = column_instant (statement, 5);
  check->fault = aw_outbox_column_text (statement, 6);
  check->code = sqlite3_column_int (statement, 7);
  check->text = aw_outbox_column_text (statement, 8);
  return check;
}

GPtrArray *
aw_mail_check_load_due (AwDatabase *database,
                        gint64 now,
                        GError **error)
{
  g_autoptr (AwStatement) statement =
    aw_database_prepare (database,
                         "SELECT " CHECK_COLUMNS "FROM account a LEFT JOIN mail_check c ON c.account = a.id WHERE " CHECKING
                         "AND (next <= ?2 OR next > ?2 + ?3) AND EXISTS (SELECT 1 " AWAITED_FROM "a.id)",
                         error);
  GPtrArray *checks;
  int status;

  if (statement == NULL)
    return NULL;
  checks = g_ptr_array_new_with_free_func ((GDestroyNotify) aw_mail_check_free);
  sqlite3_bind_int64 (statement, 1, now - AW_REPLIES_SINCE);
  sqlite3_bind_int64 (statement, 2, now);
  sqlite3_bind_int64 (statement, 3, 2 * AW_REPLIES_INTERVAL);
  while ((status = sqlite3_step (statement)) == SQLITE_ROW)
    g_ptr_array_add (checks, read_check (statement));
  return end_reading (database, checks, status, error);
}

AwMailCheck *
aw_mail_check_load (AwDatabase *database,
                    const char *account,
                    GError **error)
{
  g_autoptr (AwStatement) statement =
    aw_database_prepare (database, "SELECT " CHECK_COLUMNS "FROM account a LEFT JOIN mail_check c ON c.account = a.id WHERE a.id = ?",
                         error);
  AwMailCheck *check;

  if (statement == NULL)
    return NULL;
  sqlite3_bind_text (statement, 1, account, -1, SQLITE_STATIC);
  if (sqlite3_step (statement) == SQLITE_ROW)
    return read_check (statement);
  check = g_new0 (AwMailCheck, 1);
  check->account = g_strdup (account);
  check->checked_at = check->next_at = AW_NEVER;
  return check;
}

gboolean
aw_mail_check_store (AwDatabase *database,
                     const AwMailCheck *check,
                     GError **error)
{
  g_autoptr (AwStatement) statement = NULL;

  if (!aw_database_begin (database, error))
    return FALSE;
  statement = aw_database_prepare (database,
                                   "INSERT OR REPLACE INTO mail_check (account, mailbox, uid_validity, uid_next, checked_at, "
                                   "next_at, fault, code, text) SELECT ?, ?, ?, ?, ?, ?, ?, ?, ? "
                                   "WHERE EXISTS (SELECT 1 FROM account WHERE id = ?1)",
                                   error);
  if (statement != NULL)
    {
      sqlite3_bind_text (statement, 1, check->account, -1, SQLITE_STATIC);
      aw_sql_bind_text (statement, 2, check->mailbox);
      sqlite3_bind_int64 (statement, 3, check->uid_validity);
      sqlite3_bind_int64 (statement, 4, check->uid_next);
      bind_instant (statement, 5, check->checked_at);
      bind_instant (statement, 6, check->next_at);
      aw_sql_bind_text (statement, 7, check->fault);
      sqlite3_bind_int (statement, 8, check->code);
      aw_sql_bind_text (statement, 9, check->text);
    }
  return aw_outbox_end (database, statement != NULL && finish (database, statement, error), error);
}

gboolean
aw_mail_check_hurry (AwDatabase *database,
                     gint64 now,
                     GError **error)
{
  g_autofree char *sql = g_strdup_printf ("UPDATE mail_check SET next_at = %" G_GINT64_FORMAT " WHERE fault IS NOT NULL "
                                          "AND next_at IS NOT NULL;"
                                          "UPDATE outbox SET copy_next_at = %" G_GINT64_FORMAT " WHERE sent_copy = 'pending'",
                                          now, now);

  if (!aw_database_begin (database, error))
    return FALSE;
  return aw_outbox_end (database, aw_database_exec (database, sql, error), error);
}

void
aw_awaited_free (AwAwaited *awaited)
{
  g_free (awaited->message);
  g_free (awaited->opportunity);
  g_free (awaited->person);
  g_free (awaited->message_id);
  g_free (awaited);
}

GPtrArray *
aw_incoming_load_awaited (AwDatabase *database,
                          const char *account,
                          gint64 now,
                          GError **error)
{
  g_autoptr (AwStatement) statement =
    aw_database_prepare (database,
                         "SELECT m.id, m.opportunity, m.person, m.message_id, coalesce (o.sent_at, o.next_at), m.state = 'uncertain' "
                         AWAITED_FROM "?2 ORDER BY 5 DESC LIMIT 200",
                         error);
  GPtrArray *all;
  int status;

  if (statement == NULL)
    return NULL;
  all = g_ptr_array_new_with_free_func ((GDestroyNotify) aw_awaited_free);
  sqlite3_bind_int64 (statement, 1, now - AW_REPLIES_SINCE);
  sqlite3_bind_text (statement, 2, account, -1, SQLITE_STATIC);
  while ((status = sqlite3_step (statement)) == SQLITE_ROW)
    {
      AwAwaited *awaited = g_new0 (AwAwaited, 1);

      awaited->message = aw_outbox_column_text (statement, 0);
      awaited->opportunity = aw_outbox_column_text (statement, 1);
      awaited->person = aw_outbox_column_text (statement, 2);
      awaited->message_id = aw_outbox_column_text (statement, 3);
      awaited->sent_at = sqlite3_column_int64 (statement, 4);
      awaited->uncertain = sqlite3_column_int (statement, 5) != 0;
      g_ptr_array_add (all, awaited);
    }
  return end_reading (database, all, status, error);
}

/* What came ----------------------------------------------------------------------- */

void
aw_incoming_free (AwIncoming *incoming)
{
  g_free (incoming->id);
  g_free (incoming->opportunity);
  g_free (incoming->mail);
  g_free (incoming->message);
  g_free (incoming->person);
  g_free (incoming->name);
  g_free (incoming->address);
  g_free (incoming->subject);
  g_free (incoming->touch);
  g_free (incoming);
}

gboolean
aw_incoming_is_known (AwDatabase *database,
                      const char *opportunity,
                      const char *mail)
{
  g_autoptr (AwStatement) statement =
    aw_database_prepare (database, "SELECT 1 FROM incoming WHERE opportunity = ? AND mail = ?", NULL);

  if (statement == NULL)
    return TRUE; /* rather not noted than twice */
  sqlite3_bind_text (statement, 1, opportunity, -1, SQLITE_STATIC);
  sqlite3_bind_text (statement, 2, mail, -1, SQLITE_STATIC);
  return sqlite3_step (statement) != SQLITE_DONE;
}

static gboolean
insert (AwDatabase *database,
        const AwIncoming *incoming,
        const char *touch,
        GError **error)
{
  g_autoptr (AwStatement) statement =
    aw_database_prepare (database,
                         "INSERT INTO incoming (id, opportunity, mail, kind, message, person, name, address, subject, at, touch, "
                         "settled) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                         error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_text (statement, 1, incoming->id, -1, SQLITE_STATIC);
  sqlite3_bind_text (statement, 2, incoming->opportunity, -1, SQLITE_STATIC);
  sqlite3_bind_text (statement, 3, incoming->mail, -1, SQLITE_STATIC);
  sqlite3_bind_text (statement, 4, aw_word (&aw_incoming_kinds, incoming->kind), -1, SQLITE_STATIC);
  aw_sql_bind_text (statement, 5, incoming->message);
  aw_sql_bind_text (statement, 6, incoming->person);
  aw_sql_bind_text (statement, 7, incoming->name);
  aw_sql_bind_text (statement, 8, incoming->address);
  aw_sql_bind_text (statement, 9, incoming->subject);
  sqlite3_bind_int64 (statement, 10, incoming->at);
  aw_sql_bind_text (statement, 11, touch);
  sqlite3_bind_int (statement, 12, incoming->kind != AW_INCOMING_SOMEONE);
  return finish (database, statement, error);
}

gboolean
aw_incoming_add (AwDatabase *database,
                 const AwIncoming *incoming,
                 AwTouch *touch,
                 GError **error)
{
  g_autoptr (AwCommand) command = aw_command_new ("");

  if (touch != NULL)
    aw_command_add (command, touch);
  if (!aw_database_begin (database, error))
    return FALSE;
  return aw_outbox_end (database,
                        insert (database, incoming, touch != NULL ? AW_ID (touch) : NULL, error) &&
                          (touch == NULL || aw_database_apply (database, command, error)),
                        error);
}

gboolean
aw_incoming_add_bounce (AwDatabase *database,
                        const AwIncoming *incoming,
                        const char *text,
                        GError **error)
{
  g_autoptr (AwStatement) statement = NULL;
  gboolean ok;

  if (!aw_database_begin (database, error))
    return FALSE;
  ok = insert (database, incoming, NULL, error);
  if (ok)
    statement = aw_database_prepare (database,
                                     "UPDATE outbox SET bounced_at = ?, bounce_text = ? WHERE message = ? AND bounced_at IS NULL",
                                     error);
  if (statement != NULL)
    {
      sqlite3_bind_int64 (statement, 1, incoming->at);
      aw_sql_bind_text (statement, 2, text);
      sqlite3_bind_text (statement, 3, incoming->message, -1, SQLITE_STATIC);
    }
  return aw_outbox_end (database, statement != NULL && finish (database, statement, error), error);
}

#define INCOMING_COLUMNS "id, opportunity, mail, kind, message, person, name, address, subject, at, touch, settled "

static AwIncoming *
read_incoming (sqlite3_stmt *statement)
{
  AwIncoming *incoming = g_new0 (AwIncoming, 1);
  int kind = AW_INCOMING_AUTOMATIC;

  aw_word_parse (&aw_incoming_kinds, (const char *) sqlite3_column_text (statement, 3), &kind);
  incoming->id = aw_outbox_column_text (statement, 0);
  incoming->opportunity = aw_outbox_column_text (statement, 1);
  incoming->mail = aw_outbox_column_text (statement, 2);
  incoming->kind = (AwIncomingKind) kind;
  incoming->message = aw_outbox_column_text (statement, 4);
  incoming->person = aw_outbox_column_text (statement, 5);
  incoming->name = aw_outbox_column_text (statement, 6);
  incoming->address = aw_outbox_column_text (statement, 7);
  incoming->subject = aw_outbox_column_text (statement, 8);
  incoming->at = sqlite3_column_int64 (statement, 9);
  incoming->touch = aw_outbox_column_text (statement, 10);
  incoming->settled = sqlite3_column_int (statement, 11) != 0;
  return incoming;
}

/**
 * aw_incoming_load_questions:
 * @database: a database
 * @opportunity: (nullable): which one
 * @error: return location
 *
 * Returns: (transfer full) (element-type AwIncoming): what the user has not said
 *   yet whether it was an answer, the oldest first
 */
GPtrArray *
aw_incoming_load_questions (AwDatabase *database,
                            const char *opportunity,
                            GError **error)
{
  g_autoptr (AwStatement) statement =
    aw_database_prepare (database,
                         "SELECT " INCOMING_COLUMNS "FROM incoming WHERE kind = 'someone' AND NOT settled "
                         "AND (?1 IS NULL OR opportunity = ?1) ORDER BY at, id",
                         error);
  GPtrArray *all;
  int status;

  if (statement == NULL)
    return NULL;
  all = g_ptr_array_new_with_free_func ((GDestroyNotify) aw_incoming_free);
  aw_sql_bind_text (statement, 1, opportunity);
  while ((status = sqlite3_step (statement)) == SQLITE_ROW)
    g_ptr_array_add (all, read_incoming (statement));
  return end_reading (database, all, status, error);
}

AwIncoming *
aw_incoming_load (AwDatabase *database,
                  const char *id,
                  GError **error)
{
  g_autoptr (AwStatement) statement = aw_database_prepare (database, "SELECT " INCOMING_COLUMNS "FROM incoming WHERE id = ?", error);

  if (statement == NULL)
    return NULL;
  sqlite3_bind_text (statement, 1, id, -1, SQLITE_STATIC);
  switch (sqlite3_step (statement))
    {
    case SQLITE_ROW:
      return read_incoming (statement);
    case SQLITE_DONE:
      g_set_error_literal (error, AW_STORE_ERROR, AW_STORE_ERROR_CONFLICT, _("This mail is not known any more."));
      return NULL;
    default:
      aw_database_set_error (database, error);
      return NULL;
    }
}

gboolean
aw_incoming_settle (AwDatabase *database,
                    const char *id,
                    const char *touch,
                    GError **error)
{
  g_autoptr (AwStatement) statement = NULL;

  if (!aw_database_begin (database, error))
    return FALSE;
  statement = aw_database_prepare (database, "UPDATE incoming SET settled = 1, told = 1, touch = ? WHERE id = ?", error);
  if (statement != NULL)
    {
      aw_sql_bind_text (statement, 1, touch);
      sqlite3_bind_text (statement, 2, id, -1, SQLITE_STATIC);
    }
  return aw_outbox_end (database, statement != NULL && finish (database, statement, error), error);
}

/**
 * aw_incoming_claim_untold:
 * @database: a database
 * @error: return location
 *
 * Returns: (transfer full) (element-type AwIncoming): what the caller is to tell
 *   the user of, once
 */
GPtrArray *
aw_incoming_claim_untold (AwDatabase *database,
                          GError **error)
{
  g_autoptr (AwStatement) look =
    aw_database_prepare (database, "SELECT 1 FROM incoming WHERE NOT told AND kind IN ('answer', 'someone') LIMIT 1", error);
  g_autoptr (AwStatement) statement = NULL;
  GPtrArray *all = g_ptr_array_new_with_free_func ((GDestroyNotify) aw_incoming_free);
  int status = SQLITE_DONE;

  /* Nothing is written where there is nothing to tell. */
  if (look == NULL || sqlite3_step (look) != SQLITE_ROW)
    return all;
  statement = aw_database_prepare (database,
                                   "UPDATE incoming SET told = 1 WHERE NOT told AND kind IN ('answer', 'someone') "
                                   "RETURNING " INCOMING_COLUMNS,
                                   error);
  while (statement != NULL && (status = sqlite3_step (statement)) == SQLITE_ROW)
    g_ptr_array_add (all, read_incoming (statement));
  return end_reading (database, all, status, error);
}

/**
 * aw_incoming_put_back:
 * @database: a database
 * @id: of one that was claimed to be told of, and could not be
 * @error: return location
 *
 * Returns: whether it waits again
 */
gboolean
aw_incoming_put_back (AwDatabase *database,
                      const char *id,
                      GError **error)
{
  g_autoptr (AwStatement) statement = aw_database_prepare (database, "UPDATE incoming SET told = 0 WHERE id = ?", error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_text (statement, 1, id, -1, SQLITE_TRANSIENT);
  if (sqlite3_step (statement) == SQLITE_DONE)
    return TRUE;
  aw_database_set_error (database, error);
  return FALSE;
}
