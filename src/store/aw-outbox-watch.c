/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/aw-outbox-watch.h"

#include "store/aw-incoming-store.h"
#include "store/aw-outbox-row.h"

/* Words of mail/aw-mail-result.c, as aw_mail_fault_is_network() has them. */
#define NETWORK_FAULTS "'offline', 'host-not-found', 'not-listening', 'no-answer', 'connection-lost', 'not-a-mail-server'"

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
  g_free (trouble->address);
  g_free (trouble->text);
  g_free (trouble);
}

/* What a worker's number is worth only as long as the machine runs. */
char *
aw_outbox_boot (void)
{
  char *boot = NULL;

  if (g_file_get_contents ("/proc/sys/kernel/random/boot_id", &boot, NULL, NULL))
    return g_strstrip (boot);
  return g_strdup ("");
}

/* A number alone is soon another program's. One that cannot be seen (in another
 * sandbox) counts as dead: a second worker waits for the first one's lock. */
static gboolean
is_alive (int pid,
          const char *boot)
{
  g_autofree char *mine = aw_outbox_boot ();
  g_autofree char *path = g_strdup_printf ("/proc/%d/comm", pid);
  g_autofree char *name = NULL;

  return pid > 0 && g_strcmp0 (boot, mine) == 0 && g_file_get_contents (path, &name, NULL, NULL) &&
         g_strcmp0 (g_strstrip (name), "afterword-send") == 0;
}

static gint64
earlier (gint64 a,
         gint64 b)
{
  if (a == AW_NEVER)
    return b;
  return b == AW_NEVER ? a : MIN (a, b);
}

/**
 * aw_outbox_watch_next:
 * @database: a database
 * @now: the instant
 *
 * What waits for the user (a paused account, a password that is asked for, Send
 * Later that was missed by too much) waits for no time.
 *
 * Returns: when the worker should next be started, @now at the earliest;
 *   %AW_NEVER: not before something changes
 */
gint64
aw_outbox_watch_next (AwDatabase *database,
                      gint64 now)
{
  sqlite3_stmt *statement =
    prepare (database, "SELECT m.state, o.next_at, o.lease_pid, o.lease_boot FROM outbox o JOIN message m ON m.id = o.message "
                       "LEFT JOIN account a ON a.id = m.account "
                       "WHERE m.state = 'sending' OR (m.state = 'queued' AND a.paused IS NULL AND NOT " AW_OUTBOX_ASKS ")");
  gint64 next = AW_NEVER;

  while (statement != NULL && sqlite3_step (statement) == SQLITE_ROW)
    if (g_strcmp0 ((const char *) sqlite3_column_text (statement, 0), "queued") == 0)
      {
        gint64 at = sqlite3_column_int64 (statement, 1);

        next = earlier (next, at > now + AW_OUTBOX_WAIT_AT_MOST ? now : at);
      }
    else if (!is_alive (sqlite3_column_int (statement, 2), (const char *) sqlite3_column_text (statement, 3)))
      next = earlier (next, now);
  sqlite3_finalize (statement);

  statement = prepare (database, "SELECT scheduled_at FROM message WHERE state = 'scheduled' AND scheduled_at IS NOT NULL");
  while (statement != NULL && sqlite3_step (statement) == SQLITE_ROW)
    {
      AwInstant at;

      if (aw_instant_parse ((const char *) sqlite3_column_text (statement, 0), &at) && at.sec >= now - AW_OUTBOX_MISSED_SECONDS)
        next = earlier (next, at.sec);
    }
  sqlite3_finalize (statement);
  next = earlier (next, aw_incoming_watch_next (database, now));
  return next == AW_NEVER ? AW_NEVER : MAX (next, now);
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
 * aw_outbox_watch_waits_for_network:
 * @database: a database
 *
 * Returns: whether something is to be tried again because there was no way to a server
 */
gboolean
aw_outbox_watch_waits_for_network (AwDatabase *database)
{
  sqlite3_stmt *statement = prepare (database, "SELECT 1 FROM outbox o JOIN message m ON m.id = o.message WHERE m.state = 'queued' "
                                               "AND o.fault IN (" NETWORK_FAULTS ") "
                                               "UNION ALL SELECT 1 FROM mail_check WHERE fault IN (" NETWORK_FAULTS ") "
                                               "UNION ALL SELECT 1 FROM outbox WHERE sent_copy = 'pending' AND copy_text IS NOT NULL LIMIT 1");
  gboolean waits = statement != NULL && sqlite3_step (statement) == SQLITE_ROW;

  sqlite3_finalize (statement);
  return waits;
}

/**
 * aw_outbox_watch_worker:
 * @database: a database
 * @message: a message's id
 *
 * Returns: the process of the worker that has it in its hands, 0 if there is
 *   none or if it cannot be told from another one (in another sandbox)
 */
int
aw_outbox_watch_worker (AwDatabase *database,
                        const char *message)
{
  sqlite3_stmt *statement = prepare (database, "SELECT o.lease_pid, o.lease_boot FROM outbox o JOIN message m ON m.id = o.message"
                                               " WHERE m.state = 'sending' AND m.id = ?");
  int pid = 0;

  sqlite3_bind_text (statement, 1, message, -1, SQLITE_STATIC);
  if (statement != NULL && sqlite3_step (statement) == SQLITE_ROW &&
      is_alive (sqlite3_column_int (statement, 0), (const char *) sqlite3_column_text (statement, 1)))
    pid = sqlite3_column_int (statement, 0);
  sqlite3_finalize (statement);
  return pid;
}

/**
 * aw_outbox_watch_troubles:
 * @database: a database
 * @error: return location
 *
 * Returns: (transfer full) (element-type AwOutboxTrouble): the messages that
 *   failed, are uncertain, came back, or wait for a password or a locked
 *   keyring; %NULL with @error set
 */
GPtrArray *
aw_outbox_watch_troubles (AwDatabase *database,
                          GError **error)
{
  g_autoptr(GPtrArray) troubles = g_ptr_array_new_with_free_func ((GDestroyNotify) aw_outbox_trouble_free);
  sqlite3_stmt *statement =
    prepare (database, "SELECT message.id, message.state, person.name, outbox.code, coalesce (outbox.bounce_text, outbox.text), "
                       "account.address, outbox.fault = 'keyring-locked' FROM message "
                       "LEFT JOIN outbox ON outbox.message = message.id LEFT JOIN person ON person.id = message.person "
                       "LEFT JOIN account ON account.id = message.account "
                       "WHERE message.state IN ('failed', 'uncertain') OR (message.state = 'queued' AND account.paused IS NULL "
                       "AND outbox.fault IN ('ask-password', 'no-keyring', 'keyring-locked')) "
                       "OR (message.state = 'sent' AND outbox.bounced_at IS NOT NULL)");
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
      trouble->address = g_strdup ((const char *) sqlite3_column_text (statement, 5));
      trouble->locked = sqlite3_column_int (statement, 6) != 0;
      g_ptr_array_add (troubles, trouble);
    }
  if (status != SQLITE_DONE)
    aw_database_set_error (database, error);
  sqlite3_finalize (statement);
  return status == SQLITE_DONE ? g_steal_pointer (&troubles) : NULL;
}
