/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/aw-outbox-watch.h"

static sqlite3_stmt *
prepare (AwDatabase *database,
         const char *sql)
{
  sqlite3_stmt *statement = NULL;

  sqlite3_prepare_v2 (aw_database_get_handle (database), sql, -1, &statement, NULL);
  return statement;
}

void
aw_outbox_trouble_free (AwOutboxTrouble *trouble)
{
  if (trouble == NULL)
    return;
  g_free (trouble->message);
  g_free (trouble->person_name);
  g_free (trouble->text);
  g_free (trouble);
}

/**
 * aw_outbox_watch_next:
 * @database: a database
 *
 * Returns: when the next message is to leave, or to be put in the queue;
 *   %AW_NEVER: none waits
 */
gint64
aw_outbox_watch_next (AwDatabase *database)
{
  sqlite3_stmt *statement = prepare (database, "SELECT outbox.next_at FROM outbox JOIN message ON message.id = outbox.message "
                                               "WHERE message.state = 'queued' ORDER BY outbox.next_at LIMIT 1");
  gint64 next = AW_NEVER;

  if (statement != NULL && sqlite3_step (statement) == SQLITE_ROW)
    next = sqlite3_column_int64 (statement, 0);
  sqlite3_finalize (statement);

  statement = prepare (database, "SELECT scheduled_at FROM message WHERE state = 'scheduled' AND scheduled_at IS NOT NULL");
  while (statement != NULL && sqlite3_step (statement) == SQLITE_ROW)
    {
      AwInstant at;

      if (aw_instant_parse ((const char *) sqlite3_column_text (statement, 0), &at) && (next == AW_NEVER || at.sec < next))
        next = at.sec;
    }
  sqlite3_finalize (statement);
  return next;
}

/**
 * aw_outbox_watch_is_sending:
 * @database: a database
 *
 * Returns: whether a worker has a message in its hands, or died with one
 */
gboolean
aw_outbox_watch_is_sending (AwDatabase *database)
{
  sqlite3_stmt *statement = prepare (database, "SELECT 1 FROM message WHERE state = 'sending' LIMIT 1");
  gboolean sending = statement != NULL && sqlite3_step (statement) == SQLITE_ROW;

  sqlite3_finalize (statement);
  return sending;
}

/**
 * aw_outbox_watch_troubles:
 * @database: a database
 * @error: return location
 *
 * Returns: (transfer full) (element-type AwOutboxTrouble): the messages that
 *   failed or are uncertain; %NULL with @error set
 */
GPtrArray *
aw_outbox_watch_troubles (AwDatabase *database,
                          GError **error)
{
  g_autoptr(GPtrArray) troubles = g_ptr_array_new_with_free_func ((GDestroyNotify) aw_outbox_trouble_free);
  sqlite3_stmt *statement =
    prepare (database, "SELECT message.id, message.state, person.name, outbox.code, outbox.text FROM message "
                       "LEFT JOIN outbox ON outbox.message = message.id LEFT JOIN person ON person.id = message.person "
                       "WHERE message.state IN ('failed', 'uncertain')");
  int status = SQLITE_ERROR;

  while (statement != NULL && (status = sqlite3_step (statement)) == SQLITE_ROW)
    {
      AwOutboxTrouble *trouble = g_new0 (AwOutboxTrouble, 1);
      int state = AW_MESSAGE_FAILED;

      aw_word_parse (&aw_message_states, (const char *) sqlite3_column_text (statement, 1), &state);
      trouble->message = g_strdup ((const char *) sqlite3_column_text (statement, 0));
      trouble->state = (AwMessageState) state;
      trouble->person_name = g_strdup ((const char *) sqlite3_column_text (statement, 2));
      trouble->code = sqlite3_column_int (statement, 3);
      trouble->text = g_strdup ((const char *) sqlite3_column_text (statement, 4));
      g_ptr_array_add (troubles, trouble);
    }
  if (status != SQLITE_DONE)
    aw_database_set_error (database, error);
  sqlite3_finalize (statement);
  return status == SQLITE_DONE ? g_steal_pointer (&troubles) : NULL;
}
