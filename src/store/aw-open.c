/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "store/aw-database-private.h"
#include "store/aw-migration.h"
#include "store/aw-search-index.h"

/* Opening: all that happens before a connection can be used. */

/* The folder for nobody else, and so the file, before SQLite makes it readable
 * for everybody; its journals take over the file's mode. */
static gboolean
make_file (const char *path,
           GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int fd;

  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      int reason = errno;
      g_autofree char *name = g_filename_display_name (folder);

      g_set_error (error, AW_STORE_ERROR, AW_STORE_ERROR_TELL,
                   _("The folder “%s” cannot be made (%s); choose another place for your data."),
                   name, g_strerror (reason));
      return FALSE;
    }

  fd = open (path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (fd >= 0)
    close (fd);
  else if (errno != EEXIST)
    {
      aw_store_set_error (error, SQLITE_CANTOPEN, errno, path);
      return FALSE;
    }
  return TRUE;
}

static gboolean
ensure_index (AwDatabase *database,
              GError **error)
{
  if (aw_search_index_is_current (database))
    return TRUE;
  if (!aw_database_begin (database, error))
    return FALSE;
  /* Another process may have been faster. */
  if (aw_search_index_is_current (database) || aw_search_index_rebuild (database, error))
    return aw_database_commit (database, error);
  aw_database_rollback (database);
  return FALSE;
}

static gboolean
prepare (AwDatabase *database,
         GError **error)
{
  sqlite3 *handle = aw_database_get_handle (database);
  const char *path = aw_database_get_path (database);

  if (!aw_migration_run (handle, path, error))
    return FALSE;
  if (sqlite3_db_readonly (handle, "main") == 1)
    {
      aw_store_set_error (error, SQLITE_READONLY, 0, path);
      return FALSE;
    }
  return aw_database_exec (database,
                           "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON",
                           error) &&
         ensure_index (database, error);
}

/* Public functions --------------------------------------------------------- */

/**
 * aw_database_default_path:
 *
 * Returns: (transfer full) (type filename): where the user's facts are
 */
char *
aw_database_default_path (void)
{
  return g_build_filename (g_get_user_data_dir (), DATA_FOLDER, "afterword.db", NULL);
}

/**
 * aw_database_open:
 * @path: (type filename): the file; it and its folder are made if absent
 * @error: return location
 *
 * Opens the facts, makes or upgrades them first if need be.
 *
 * Returns: (transfer full) (nullable): a connection
 */
AwDatabase *
aw_database_open (const char *path,
                  GError **error)
{
  g_autoptr (AwDatabase) database = NULL;

  g_return_val_if_fail (path != NULL && *path != '\0', NULL);

  if (!make_file (path, error))
    return NULL;

  database = aw_database_connect (path, SQLITE_OPEN_READWRITE, error);
  if (database == NULL || !prepare (database, error))
    return NULL;
  return g_steal_pointer (&database);
}

/**
 * aw_database_needs_upgrade:
 * @path: (type filename): a file that may be there
 *
 * Returns: whether @path was made by an older version of this program
 */
gboolean
aw_database_needs_upgrade (const char *path)
{
  g_autoptr (AwDatabase) database = NULL;
  g_autoptr (AwStatement) statement = NULL;
  int version;

  g_return_val_if_fail (path != NULL, FALSE);

  database = aw_database_connect (path, SQLITE_OPEN_READONLY, NULL);
  statement = database != NULL ? aw_database_prepare (database, "PRAGMA user_version", NULL) : NULL;
  if (statement == NULL || sqlite3_step (statement) != SQLITE_ROW)
    return FALSE;
  version = sqlite3_column_int (statement, 0);
  return version > 0 && version < AW_SCHEMA_VERSION;
}
