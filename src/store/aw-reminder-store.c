/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/aw-reminder-store.h"

/* Prepares a statement and binds the values that its letters name: s text,
 * i gint64. NULL with @error set on failure. */
static sqlite3_stmt *
prepare (AwDatabase *database,
         GError **error,
         const char *sql,
         const char *letters,
         ...)
{
  sqlite3_stmt *statement = NULL;
  va_list arguments;

  if (sqlite3_prepare_v2 (aw_database_get_handle (database), sql, -1, &statement, NULL) != SQLITE_OK)
    {
      aw_database_set_error (database, error);
      return NULL;
    }
  va_start (arguments, letters);
  for (int i = 0; letters[i] != '\0'; i++)
    {
      if (letters[i] == 's')
        sqlite3_bind_text (statement, i + 1, va_arg (arguments, const char *), -1, SQLITE_TRANSIENT);
      else
        {
          gint64 value = va_arg (arguments, gint64);

          if (value != AW_NEVER)
            sqlite3_bind_int64 (statement, i + 1, value);
        }
    }
  va_end (arguments);
  return statement;
}

static gboolean
finish (AwDatabase *database,
        sqlite3_stmt *statement,
        int status,
        GError **error)
{
  if (status != SQLITE_DONE)
    aw_database_set_error (database, error);
  sqlite3_finalize (statement);
  return status == SQLITE_DONE;
}

static gboolean
run (AwDatabase *database,
     sqlite3_stmt *statement,
     GError **error)
{
  int status;

  if (statement == NULL)
    return FALSE;
  do
    status = sqlite3_step (statement);
  while (status == SQLITE_ROW);
  return finish (database, statement, status, error);
}

/* Rows of opportunity, key, opens, remind_at, shown_at, server_id, shown_before. */
static GPtrArray *
collect (AwDatabase *database,
         sqlite3_stmt *statement,
         GError **error)
{
  g_autoptr(GPtrArray) reminders = g_ptr_array_new_with_free_func ((GDestroyNotify) aw_reminder_free);
  int status;

  if (statement == NULL)
    return NULL;
  while ((status = sqlite3_step (statement)) == SQLITE_ROW)
    {
      AwReminder *reminder =
        aw_reminder_new ((const char *) sqlite3_column_text (statement, 0), (const char *) sqlite3_column_text (statement, 1),
                         sqlite3_column_int64 (statement, 2), sqlite3_column_int64 (statement, 3));

      if (sqlite3_column_type (statement, 4) != SQLITE_NULL)
        reminder->shown_at = sqlite3_column_int64 (statement, 4);
      reminder->server_id = (guint32) sqlite3_column_int64 (statement, 5);
      if (sqlite3_column_type (statement, 6) != SQLITE_NULL)
        reminder->shown_before = sqlite3_column_int64 (statement, 6);
      g_ptr_array_add (reminders, reminder);
    }
  return finish (database, statement, status, error) ? g_steal_pointer (&reminders) : NULL;
}

static GPtrArray *
collect_texts (AwDatabase *database,
               sqlite3_stmt *statement,
               GError **error)
{
  g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  int status;

  if (statement == NULL)
    return NULL;
  while ((status = sqlite3_step (statement)) == SQLITE_ROW)
    g_ptr_array_add (texts, g_strdup ((const char *) sqlite3_column_text (statement, 0)));
  return finish (database, statement, status, error) ? g_steal_pointer (&texts) : NULL;
}

AwReminder *
aw_reminder_new (const char *opportunity,
                 const char *key,
                 gint64 opens,
                 gint64 remind_at)
{
  AwReminder *reminder = g_new0 (AwReminder, 1);

  reminder->opportunity = g_strdup (opportunity);
  reminder->key = g_strdup (key);
  reminder->opens = opens;
  reminder->remind_at = remind_at;
  reminder->shown_at = AW_NEVER;
  reminder->shown_before = AW_NEVER;
  return reminder;
}

void
aw_reminder_free (AwReminder *reminder)
{
  if (reminder == NULL)
    return;
  g_free (reminder->opportunity);
  g_free (reminder->key);
  g_free (reminder);
}

/**
 * aw_reminder_load:
 * @database: a database
 * @opportunity: an id
 * @error: return location
 *
 * Returns: (transfer full) (element-type AwReminder): its rows; %NULL with
 *   @error set
 */
GPtrArray *
aw_reminder_load (AwDatabase *database,
                  const char *opportunity,
                  GError **error)
{
  return collect (database,
                  prepare (database, error,
                           "SELECT opportunity, key, opens, remind_at, shown_at, server_id, shown_before FROM reminder "
                           "WHERE opportunity = ?",
                           "s", opportunity),
                  error);
}

/**
 * aw_reminder_load_standing:
 * @database: a database
 * @error: return location
 *
 * Returns: (transfer full) (element-type AwReminder): the rows whose
 *   notifications may still be on the screen; %NULL with @error set
 */
GPtrArray *
aw_reminder_load_standing (AwDatabase *database,
                           GError **error)
{
  return collect (database,
                  prepare (database, error,
                           "SELECT opportunity, key, opens, remind_at, shown_at, server_id, shown_before FROM reminder "
                           "WHERE server_id IS NOT NULL",
                           ""),
                  error);
}

/**
 * aw_reminder_put:
 * @database: a database
 * @reminder: a row
 * @error: return location
 *
 * Adds it, or puts it in place of the one with the same key.
 *
 * Returns: whether it is stored
 */
gboolean
aw_reminder_put (AwDatabase *database,
                 const AwReminder *reminder,
                 GError **error)
{
  return run (database,
              prepare (database, error,
                       "INSERT OR REPLACE INTO reminder (opportunity, key, opens, remind_at, shown_at, server_id, "
                       "shown_before) VALUES (?, ?, ?, ?, ?, ?, ?)",
                       "ssiiiii", reminder->opportunity, reminder->key, reminder->opens, reminder->remind_at,
                       reminder->shown_at, reminder->server_id != 0 ? (gint64) reminder->server_id : AW_NEVER,
                       reminder->shown_before),
              error);
}

gboolean
aw_reminder_remove (AwDatabase *database,
                    const char *opportunity,
                    const char *key,
                    GError **error)
{
  return run (
    database, prepare (database, error, "DELETE FROM reminder WHERE opportunity = ? AND key = ?", "ss", opportunity, key),
    error);
}

/**
 * aw_reminder_all_opportunities:
 * @database: a database
 * @error: return location
 *
 * Returns: (transfer full) (element-type utf8): the ids of all opportunities;
 *   %NULL with @error set
 */
GPtrArray *
aw_reminder_all_opportunities (AwDatabase *database,
                               GError **error)
{
  return collect_texts (database, prepare (database, error, "SELECT id FROM opportunity", ""), error);
}

/**
 * aw_reminder_due_opportunities:
 * @database: a database
 * @now: the present instant
 * @error: return location
 *
 * Returns: (transfer full) (element-type utf8): ids of the opportunities that
 *   have something to show, or must be planned again, be it that the time has
 *   come or that they were planned by a clock that was set back since; %NULL
 *   with @error set
 */
GPtrArray *
aw_reminder_due_opportunities (AwDatabase *database,
                               gint64 now,
                               GError **error)
{
  return collect_texts (
    database,
    prepare (database, error,
             "SELECT DISTINCT opportunity FROM reminder "
             "WHERE shown_at IS NULL AND (remind_at <= ?1 OR (key = '' AND opens > ?1))",
             "i", now),
    error);
}

/**
 * aw_reminder_claim:
 * @database: a database
 * @now: the present instant
 * @at_most: how many
 * @error: return location
 *
 * Marks rows that are due as shown, before anything is shown, so that no two
 * processes show one, and a clock that is set back shows none twice. They are
 * among those of aw_reminder_load_standing() from now on: a process that is
 * killed before the server has answered leaves them to the next one.
 *
 * Returns: (transfer full) (element-type AwReminder): what this process alone
 *   is to show; empty: nothing is left. %NULL with @error set
 */
GPtrArray *
aw_reminder_claim (AwDatabase *database,
                   gint64 now,
                   guint at_most,
                   GError **error)
{
  g_autoptr(GPtrArray) due =
    collect (database,
             prepare (database, error,
                      "SELECT opportunity, key, opens, remind_at, shown_at, server_id, shown_before FROM reminder "
                      "WHERE shown_at IS NULL AND remind_at <= ? AND key <> '' LIMIT 1",
                      "i", now),
             error);

  /* Nothing is written, and nobody waited for, where nothing is due. */
  if (due == NULL || due->len == 0)
    return g_steal_pointer (&due);
  return collect (database,
                  prepare (database, error,
                           "UPDATE reminder SET shown_at = ?1, server_id = ?3 WHERE (opportunity, key) IN "
                           "(SELECT opportunity, key FROM reminder WHERE shown_at IS NULL AND remind_at <= ?1 AND key <> '' "
                           "ORDER BY remind_at, opportunity, key LIMIT ?2) AND shown_at IS NULL "
                           "RETURNING opportunity, key, opens, remind_at, shown_at, server_id, shown_before",
                           "iii", now, (gint64) at_most, (gint64) AW_REMINDER_HANDED),
                  error);
}

/**
 * aw_reminder_put_back:
 * @database: a database
 * @reminder: a row that was claimed and could not be shown
 * @error: return location
 *
 * Returns: whether it waits again
 */
gboolean
aw_reminder_put_back (AwDatabase *database,
                      const AwReminder *reminder,
                      GError **error)
{
  return run (database,
              prepare (database, error,
                       "UPDATE reminder SET shown_at = NULL, server_id = NULL "
                       "WHERE opportunity = ? AND key = ? AND opens = ? AND shown_at = ?",
                       "ssii", reminder->opportunity, reminder->key, reminder->opens, reminder->shown_at),
              error);
}

gboolean
aw_reminder_set_server_id (AwDatabase *database,
                           const char *opportunity,
                           const char *key,
                           guint32 server_id,
                           GError **error)
{
  return run (database,
              prepare (database, error, "UPDATE reminder SET server_id = ?3 WHERE opportunity = ?1 AND key = ?2", "ssi",
                       opportunity, key, server_id != 0 ? (gint64) server_id : AW_NEVER),
              error);
}

/**
 * aw_reminder_put_in_summary:
 * @database: a database
 * @reminders: (element-type AwReminder): rows that were claimed
 * @error: return location
 *
 * Returns: whether it is stored that they are shown by the summary
 */
gboolean
aw_reminder_put_in_summary (AwDatabase *database,
                            GPtrArray *reminders,
                            GError **error)
{
  sqlite3_stmt *statement;

  if (!aw_database_begin (database, error))
    return FALSE;
  statement = prepare (database, error, "UPDATE reminder SET server_id = ?1 WHERE opportunity = ?2 AND key = ?3", "i",
                       (gint64) AW_REMINDER_IN_SUMMARY);
  for (guint i = 0; statement != NULL && i < reminders->len; i++)
    {
      const AwReminder *reminder = g_ptr_array_index (reminders, i);

      sqlite3_bind_text (statement, 2, reminder->opportunity, -1, SQLITE_STATIC);
      sqlite3_bind_text (statement, 3, reminder->key, -1, SQLITE_STATIC);
      if (sqlite3_step (statement) != SQLITE_DONE)
        {
          aw_database_set_error (database, error);
          g_clear_pointer (&statement, sqlite3_finalize);
          break;
        }
      sqlite3_reset (statement);
    }
  if (statement == NULL)
    {
      aw_database_rollback (database);
      return FALSE;
    }
  sqlite3_finalize (statement);
  if (aw_database_commit (database, error))
    return TRUE;
  aw_database_rollback (database);
  return FALSE;
}

/**
 * aw_reminder_forget_summary:
 * @database: a database
 * @error: return location
 *
 * The summary is not on the screen any longer.
 *
 * Returns: whether that is stored
 */
gboolean
aw_reminder_forget_summary (AwDatabase *database,
                            GError **error)
{
  return run (database,
              prepare (database, error, "UPDATE reminder SET server_id = NULL WHERE server_id = ?", "i",
                       (gint64) AW_REMINDER_IN_SUMMARY),
              error);
}

/**
 * aw_reminder_load_summary:
 * @database: a database
 * @n: (out): how many rows the summary on the screen stands for
 * @error: return location
 *
 * Returns: (transfer full) (element-type utf8): whose they are: companies, each
 *   once, the earliest first; %NULL with @error set
 */
GPtrArray *
aw_reminder_load_summary (AwDatabase *database,
                          guint *n,
                          GError **error)
{
  sqlite3_stmt *statement = prepare (database, error, "SELECT count(*) FROM reminder WHERE server_id = ?", "i",
                                     (gint64) AW_REMINDER_IN_SUMMARY);

  *n = statement != NULL && sqlite3_step (statement) == SQLITE_ROW ? (guint) sqlite3_column_int64 (statement, 0) : 0;
  sqlite3_finalize (statement);
  return collect_texts (database,
                        prepare (database, error,
                                 "SELECT company FROM reminder JOIN opportunity ON opportunity.id = reminder.opportunity "
                                 "WHERE server_id = ? AND company IS NOT NULL GROUP BY company "
                                 "ORDER BY min (remind_at), min (opportunity.position)",
                                 "i", (gint64) AW_REMINDER_IN_SUMMARY),
                        error);
}

/**
 * aw_reminder_forget_server:
 * @database: a database
 * @error: return location
 *
 * The notification server is gone, and its numbers with it.
 *
 * Returns: whether that is stored
 */
gboolean
aw_reminder_forget_server (AwDatabase *database,
                           GError **error)
{
  return run (database,
              prepare (database, error, "UPDATE reminder SET server_id = NULL WHERE server_id IS NOT NULL", ""), error);
}

/**
 * aw_reminder_next:
 * @database: a database
 * @after: an instant
 *
 * Returns: the earliest instant later than @after at which something is to be
 *   shown or planned again; %AW_NEVER: none
 */
gint64
aw_reminder_next (AwDatabase *database,
                  gint64 after)
{
  sqlite3_stmt *statement =
    prepare (database, NULL,
             "SELECT min (remind_at) FROM reminder WHERE shown_at IS NULL AND remind_at > ? AND remind_at < ?", "ii", after,
             AW_REMINDER_NEVER);
  gint64 next = AW_NEVER;

  if (statement != NULL && sqlite3_step (statement) == SQLITE_ROW && sqlite3_column_type (statement, 0) != SQLITE_NULL)
    next = sqlite3_column_int64 (statement, 0);
  sqlite3_finalize (statement);
  return next;
}

/**
 * aw_reminder_sharers:
 * @database: a database
 * @opportunity: an id
 * @error: return location
 *
 * Returns: (transfer full) (element-type utf8): ids of the other opportunities
 *   with somebody of the same e-mail address (G1); %NULL with @error set
 */
GPtrArray *
aw_reminder_sharers (AwDatabase *database,
                     const char *opportunity,
                     GError **error)
{
  return collect_texts (database,
                        prepare (database, error,
                                 "SELECT DISTINCT other.opportunity FROM person AS own JOIN person AS other "
                                 "ON lower (other.email) = lower (own.email) AND other.opportunity <> own.opportunity "
                                 "WHERE own.opportunity = ?",
                                 "s", opportunity),
                        error);
}

/**
 * aw_reminder_busy:
 * @database: a database
 * @from: an instant
 * @error: return location
 *
 * Returns: (transfer full) (element-type gint64): start and end of each
 *   interview that ends after @from, one after the other; %NULL with @error set
 */
GArray *
aw_reminder_busy (AwDatabase *database,
                  gint64 from,
                  GError **error)
{
  g_autoptr(GArray) busy = g_array_new (FALSE, FALSE, sizeof (gint64));
  sqlite3_stmt *statement =
    prepare (database, error,
             "SELECT starts_at, duration_minutes FROM interview WHERE cancelled = 0 AND starts_at IS NOT NULL", "");
  int status;

  if (statement == NULL)
    return NULL;
  while ((status = sqlite3_step (statement)) == SQLITE_ROW)
    {
      int minutes = sqlite3_column_type (statement, 1) != SQLITE_NULL ? sqlite3_column_int (statement, 1) : 60;
      AwInstant start;
      gint64 end;

      if (!aw_instant_parse ((const char *) sqlite3_column_text (statement, 0), &start))
        continue;
      end = start.sec + (gint64) minutes * 60;
      if (end <= from)
        continue;
      g_array_append_val (busy, start.sec);
      g_array_append_val (busy, end);
    }
  return finish (database, statement, status, error) ? g_steal_pointer (&busy) : NULL;
}
