/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/aw-outbox-row.h"

#include <glib/gi18n-lib.h>

char *
aw_outbox_column_text (sqlite3_stmt *statement, int column)
{
  return g_strdup ((const char *)sqlite3_column_text (statement, column));
}

/* Carries out a statement that must hit one row. */
gboolean
aw_outbox_finish_one (AwDatabase *database, sqlite3_stmt *statement, GError **error)
{
  if (sqlite3_step (statement) != SQLITE_DONE)
    {
      aw_database_set_error (database, error);
      return FALSE;
    }
  if (sqlite3_changes (aw_database_get_handle (database)) == 0)
    {
      g_set_error_literal (error, AW_STORE_ERROR, AW_STORE_ERROR_CONFLICT,
                           _ ("The message is not in the outbox any more."));
      return FALSE;
    }
  return TRUE;
}

gboolean
aw_outbox_end (AwDatabase *database, gboolean ok, GError **error)
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

gboolean
aw_outbox_check_state (AwDatabase *database, const char *message, guint allowed, GError **error)
{
  g_autoptr (AwStatement) statement = aw_database_prepare (database, "SELECT state FROM message WHERE id = ?", error);
  int state = 0;

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_text (statement, 1, message, -1, SQLITE_STATIC);
  if (sqlite3_step (statement) != SQLITE_ROW)
    {
      g_set_error_literal (error, AW_STORE_ERROR, AW_STORE_ERROR_CONFLICT, _ ("The message is gone."));
      return FALSE;
    }
  aw_word_parse (&aw_message_states, (const char *)sqlite3_column_text (statement, 0), &state);
  if (allowed & (1u << state))
    return TRUE;
  if (state == AW_MESSAGE_SENT)
    g_set_error_literal (error, AW_STORE_ERROR, AW_STORE_ERROR_CONFLICT, _ ("The message was sent already."));
  else if (state == AW_MESSAGE_SENDING)
    g_set_error_literal (error, AW_STORE_ERROR, AW_STORE_ERROR_CONFLICT, _ ("The message is being sent now."));
  else if (state == AW_MESSAGE_UNCERTAIN)
    g_set_error_literal (error, AW_STORE_ERROR, AW_STORE_ERROR_CONFLICT,
                         _ ("The message may have been sent: say first whether it was."));
  else
    g_set_error_literal (error, AW_STORE_ERROR, AW_STORE_ERROR_CONFLICT,
                         _ ("The message was changed somewhere else in the meantime."));
  return FALSE;
}

gboolean
aw_outbox_set_state (AwDatabase *database, const char *message, AwMessageState state, GError **error)
{
  g_autoptr (AwStatement) statement
    = aw_database_prepare (database, "UPDATE message SET state = ? WHERE id = ?", error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_text (statement, 1, aw_word (&aw_message_states, state), -1, SQLITE_STATIC);
  sqlite3_bind_text (statement, 2, message, -1, SQLITE_STATIC);
  return aw_outbox_finish_one (database, statement, error);
}

gboolean
aw_outbox_drop_row (AwDatabase *database, const char *message, GError **error)
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
