/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/aw-migration.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "store/aw-store-error.h"
#include "store/aw-store-resources.h"

static const char *const migrations[] = {
  "sql/001-facts.sql",
  "sql/002-search.sql",
  "sql/003-outbox.sql",
  "sql/004-mail.sql",
  "sql/005-own-messages.sql",
  "sql/006-language.sql",
};
G_STATIC_ASSERT (G_N_ELEMENTS (migrations) == AW_SCHEMA_VERSION);

static gboolean
fail (sqlite3 *handle,
      const char *path,
      GError **error)
{
  aw_store_set_error (error, sqlite3_extended_errcode (handle), sqlite3_system_errno (handle), path);
  return FALSE;
}

static gboolean
query_int (sqlite3 *handle,
           const char *path,
           const char *sql,
           int *value,
           GError **error)
{
  sqlite3_stmt *statement = NULL;
  gboolean ok = sqlite3_prepare_v2 (handle, sql, -1, &statement, NULL) == SQLITE_OK &&
                sqlite3_step (statement) == SQLITE_ROW;

  if (ok)
    *value = sqlite3_column_int (statement, 0);
  else
    fail (handle, path, error);
  sqlite3_finalize (statement);
  return ok;
}

/* What the file is: ours, empty, or something to keep our hands off. */
static gboolean
look (sqlite3 *handle,
      const char *path,
      int *version,
      GError **error)
{
  g_autofree char *name = g_filename_display_basename (path);
  int application, n_tables;

  if (!query_int (handle, path, "PRAGMA user_version", version, error) ||
      !query_int (handle, path, "PRAGMA application_id", &application, error) ||
      !query_int (handle, path, "SELECT count(*) FROM sqlite_schema", &n_tables, error))
    return FALSE;

  if (n_tables == 0 && *version == 0)
    return TRUE;
  if (application != AW_APPLICATION_ID)
    {
      g_set_error (error, AW_STORE_ERROR, AW_STORE_ERROR_TELL,
                   _("“%s” is the database of another program; choose another file."), name);
      return FALSE;
    }
  if (*version > AW_SCHEMA_VERSION)
    {
      g_set_error (error, AW_STORE_ERROR, AW_STORE_ERROR_NEWER,
                   _("“%s” was made by a newer version of Afterword; please update Afterword to open it."), name);
      return FALSE;
    }
  if (*version < 1)
    {
      g_set_error (error, AW_STORE_ERROR, AW_STORE_ERROR_DAMAGED,
                   _("“%s” is damaged: it does not say which version made it."), name);
      return FALSE;
    }
  return TRUE;
}

static gboolean
exec (sqlite3 *handle,
      const char *path,
      const char *sql,
      GError **error)
{
  return sqlite3_exec (handle, sql, NULL, NULL, NULL) == SQLITE_OK || fail (handle, path, error);
}

/* A copy of the file as it is, beside it, so that an upgrade can be taken back
 * by hand. An older one of the same version is replaced. */
static gboolean
copy_aside (sqlite3 *handle,
            const char *path,
            int version,
            GError **error)
{
  g_autofree char *copy = g_strdup_printf ("%s.version-%d", path, version);
  g_autofree char *partial = g_strconcat (copy, ".part", NULL);
  sqlite3_stmt *statement = NULL;
  gboolean ok;

  g_unlink (partial);
  ok = sqlite3_prepare_v2 (handle, "VACUUM INTO ?", -1, &statement, NULL) == SQLITE_OK &&
       sqlite3_bind_text (statement, 1, partial, -1, SQLITE_STATIC) == SQLITE_OK &&
       sqlite3_step (statement) == SQLITE_DONE;
  if (!ok)
    fail (handle, copy, error);
  sqlite3_finalize (statement);
  if (!ok)
    {
      g_unlink (partial);
      return FALSE;
    }
  g_chmod (partial, 0600);
  if (g_rename (partial, copy) == 0)
    return TRUE;
  aw_store_set_error (error, SQLITE_CANTOPEN, errno, copy);
  return FALSE;
}

static gboolean
migrate (sqlite3 *handle,
         const char *path,
         int version,
         GError **error)
{
  g_autofree char *pragmas = NULL;

  for (; version < AW_SCHEMA_VERSION; version++)
    {
      g_autofree char *name = g_strconcat ("/app/afterword/store/", migrations[version], NULL);
      g_autoptr (GBytes) sql = g_resource_lookup_data (aw_store_get_resource (), name,
                                                       G_RESOURCE_LOOKUP_FLAGS_NONE, error);

      if (sql == NULL || !exec (handle, path, g_bytes_get_data (sql, NULL), error))
        return FALSE;
    }

  pragmas = g_strdup_printf ("PRAGMA application_id = %d; PRAGMA user_version = %d",
                             AW_APPLICATION_ID, AW_SCHEMA_VERSION);
  return exec (handle, path, pragmas, error);
}

/* Everything in one transaction, alone with the file. */
static gboolean
upgrade (sqlite3 *handle,
         const char *path,
         GError **error)
{
  int version;

  if (!exec (handle, path, "BEGIN EXCLUSIVE", error))
    return FALSE;
  /* Another process may have been faster. */
  if (!look (handle, path, &version, error) ||
      (version < AW_SCHEMA_VERSION && !migrate (handle, path, version, error)) ||
      !exec (handle, path, "COMMIT", error))
    {
      sqlite3_exec (handle, "ROLLBACK", NULL, NULL, NULL);
      return FALSE;
    }
  return TRUE;
}

/**
 * aw_migration_run:
 * @handle: a connection that has not read anything yet
 * @path: its file, for sentences and for the copy
 * @error: return location
 *
 * Brings the file to the schema this version knows: makes it, or copies it
 * aside and upgrades it while nobody else has it open. A newer schema, another
 * program's database and what is none are refused, and nothing is changed.
 *
 * Returns: whether the schema is now the one this version knows
 */
gboolean
aw_migration_run (sqlite3 *handle,
                  const char *path,
                  GError **error)
{
  int version;

  if (!look (handle, path, &version, error))
    return FALSE;
  if (version == AW_SCHEMA_VERSION)
    return TRUE;
  if (version == 0)
    return upgrade (handle, path, error);

  /* In WAL mode only this mode keeps readers out too. */
  if (!exec (handle, path, "PRAGMA locking_mode = EXCLUSIVE; BEGIN IMMEDIATE; COMMIT", error) ||
      !copy_aside (handle, path, version, error) ||
      !upgrade (handle, path, error))
    return FALSE;
  return exec (handle, path, "PRAGMA locking_mode = NORMAL; SELECT count(*) FROM sqlite_schema", error);
}
