/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/aw-revision.h"

/**
 * aw_revision_get:
 * @database: a database
 *
 * Returns: the number of the latest change, 0 if there was none yet
 */
gint64
aw_revision_get (AwDatabase *database)
{
  sqlite3_stmt *statement = NULL;
  gint64 revision = 0;

  if (sqlite3_prepare_v2 (aw_database_get_handle (database), "SELECT coalesce (max (seq), 0) FROM revision", -1,
                          &statement, NULL) == SQLITE_OK &&
      sqlite3_step (statement) == SQLITE_ROW)
    revision = sqlite3_column_int64 (statement, 0);
  sqlite3_finalize (statement);
  return revision;
}

/**
 * aw_revision_since:
 * @database: a database
 * @revision: the number of the last change that the caller knows
 * @latest: (out): the number of the latest change now
 * @error: return location
 *
 * Returns: (transfer full) (element-type utf8): ids of the opportunities that
 *   were changed after @revision, or are gone; "" stands for accounts,
 *   templates, the policy and settings. %NULL with @error set on failure
 */
GPtrArray *
aw_revision_since (AwDatabase *database,
                   gint64 revision,
                   gint64 *latest,
                   GError **error)
{
  g_autoptr(GPtrArray) changed = g_ptr_array_new_with_free_func (g_free);
  sqlite3_stmt *statement = NULL;
  int status;

  *latest = revision;
  status = sqlite3_prepare_v2 (aw_database_get_handle (database),
                               "SELECT opportunity, seq FROM revision WHERE seq > ? ORDER BY seq", -1, &statement, NULL);
  if (status == SQLITE_OK)
    {
      sqlite3_bind_int64 (statement, 1, revision);
      while ((status = sqlite3_step (statement)) == SQLITE_ROW)
        {
          g_ptr_array_add (changed, g_strdup ((const char *) sqlite3_column_text (statement, 0)));
          *latest = sqlite3_column_int64 (statement, 1);
        }
    }
  if (status != SQLITE_DONE)
    {
      aw_database_set_error (database, error);
      sqlite3_finalize (statement);
      return NULL;
    }
  sqlite3_finalize (statement);
  return g_steal_pointer (&changed);
}
