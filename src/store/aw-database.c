/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/aw-database-private.h"

#include <malloc.h>

struct _AwDatabase
{
  GObject parent_instance;

  char *path;
  sqlite3 *handle;
  GHashTable *statements; /* SQL text → sqlite3_stmt */
};

G_DEFINE_FINAL_TYPE (AwDatabase, aw_database, G_TYPE_OBJECT)

#define BUSY_TIMEOUT_MS 5000

static void
finalize_statement (gpointer statement)
{
  sqlite3_finalize (statement);
}

static void
aw_database_finalize (GObject *object)
{
  AwDatabase *self = AW_DATABASE (object);

  g_hash_table_unref (self->statements);
  sqlite3_close_v2 (self->handle);
  g_free (self->path);

  G_OBJECT_CLASS (aw_database_parent_class)->finalize (object);
}

static void
aw_database_class_init (AwDatabaseClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = aw_database_finalize;
}

static void
aw_database_init (AwDatabase *self)
{
  self->statements = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, finalize_statement);
}

/* Public functions --------------------------------------------------------- */

/**
 * aw_database_connect:
 * @path: (type filename): a file that is there
 * @flags: SQLite's
 * @error: return location
 *
 * Opens @path as it is, without looking into it.
 *
 * Returns: (transfer full) (nullable): a connection
 */
AwDatabase *
aw_database_connect (const char *path,
                     int flags,
                     GError **error)
{
  g_autoptr (AwDatabase) self = g_object_new (AW_TYPE_DATABASE, NULL);

  self->path = g_strdup (path);
  if (sqlite3_open_v2 (path, &self->handle, flags | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK)
    {
      aw_database_set_error (self, error);
      return NULL;
    }

  sqlite3_extended_result_codes (self->handle, 1);
  sqlite3_busy_timeout (self->handle, BUSY_TIMEOUT_MS);
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
  return g_steal_pointer (&self);
}

/**
 * aw_database_get_path:
 * @self: a connection
 *
 * Returns: (transfer none) (type filename): its file
 */
const char *
aw_database_get_path (AwDatabase *self)
{
  g_return_val_if_fail (AW_IS_DATABASE (self), NULL);

  return self->path;
}

/**
 * aw_database_get_handle:
 * @self: a connection
 *
 * Returns: (transfer none): SQLite's own, for the files that have tables of
 *   their own
 */
sqlite3 *
aw_database_get_handle (AwDatabase *self)
{
  g_return_val_if_fail (AW_IS_DATABASE (self), NULL);

  return self->handle;
}

/**
 * aw_database_set_patience:
 * @self: a connection
 * @milliseconds: how long a call may wait for another process that holds the
 *   file; five seconds, if nothing is said
 */
void
aw_database_set_patience (AwDatabase *self,
                          int milliseconds)
{
  g_return_if_fail (AW_IS_DATABASE (self));

  sqlite3_busy_timeout (self->handle, milliseconds);
}

/**
 * aw_database_release_memory:
 * @self: a connection
 *
 * Gives back what the cache of pages, and what was freed since, take: for a
 * process that will sleep for days.
 */
void
aw_database_release_memory (AwDatabase *self)
{
  g_return_if_fail (AW_IS_DATABASE (self));

  sqlite3_db_release_memory (self->handle);
#ifdef __GLIBC__
  malloc_trim (0);
#endif
}

/**
 * aw_database_set_error:
 * @self: a connection whose last call failed
 * @error: return location
 */
void
aw_database_set_error (AwDatabase *self,
                       GError **error)
{
  g_debug ("%s", sqlite3_errmsg (self->handle));
  aw_store_set_error (error, sqlite3_extended_errcode (self->handle), sqlite3_system_errno (self->handle), self->path);
}

/**
 * aw_database_prepare:
 * @self: a connection
 * @sql: one statement
 * @error: return location
 *
 * Returns: (transfer none) (nullable): the statement, kept for the next time;
 *   reset it when done (g_autoptr (AwStatement) does)
 */
sqlite3_stmt *
aw_database_prepare (AwDatabase *self,
                     const char *sql,
                     GError **error)
{
  sqlite3_stmt *statement = g_hash_table_lookup (self->statements, sql);

  if (statement != NULL)
    return statement;

  if (sqlite3_prepare_v3 (self->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL) != SQLITE_OK)
    {
      aw_database_set_error (self, error);
      return NULL;
    }
  g_hash_table_insert (self->statements, g_strdup (sql), statement);
  return statement;
}

gboolean
aw_database_exec (AwDatabase *self,
                  const char *sql,
                  GError **error)
{
  if (sqlite3_exec (self->handle, sql, NULL, NULL, NULL) == SQLITE_OK)
    return TRUE;
  aw_database_set_error (self, error);
  return FALSE;
}

/**
 * aw_database_begin:
 * @self: a connection
 * @error: return location
 *
 * Begins a transaction that writes; waits for another one as long as
 * aw_database_set_patience() says.
 *
 * Returns: whether it has begun
 */
gboolean
aw_database_begin (AwDatabase *self,
                   GError **error)
{
  g_return_val_if_fail (AW_IS_DATABASE (self), FALSE);

  return aw_database_exec (self, "BEGIN IMMEDIATE", error);
}

/**
 * aw_database_begin_reading:
 * @self: a connection
 * @error: return location
 *
 * Begins a transaction that only reads: until aw_database_rollback(), or until
 * the connection is closed, all is read as of its first reading. It keeps
 * nobody from writing.
 *
 * Returns: whether it has begun
 */
gboolean
aw_database_begin_reading (AwDatabase *self,
                           GError **error)
{
  g_return_val_if_fail (AW_IS_DATABASE (self), FALSE);

  return aw_database_exec (self, "BEGIN DEFERRED", error);
}

/**
 * aw_database_commit:
 * @self: a connection in a transaction
 * @error: return location
 *
 * Returns: whether it is on the disk; if not, it was rolled back
 */
gboolean
aw_database_commit (AwDatabase *self,
                    GError **error)
{
  g_return_val_if_fail (AW_IS_DATABASE (self), FALSE);

  if (aw_database_exec (self, "COMMIT", error))
    return TRUE;
  aw_database_rollback (self);
  return FALSE;
}

/**
 * aw_database_rollback:
 * @self: a connection in a transaction, or not (SQLite ends one by itself
 *   when the disk is full)
 */
void
aw_database_rollback (AwDatabase *self)
{
  g_return_if_fail (AW_IS_DATABASE (self));

  if (!sqlite3_get_autocommit (self->handle))
    sqlite3_exec (self->handle, "ROLLBACK", NULL, NULL, NULL);
}

/**
 * aw_database_get_data_version:
 * @self: a connection
 *
 * Returns: a number that changes when another connection commits
 */
gint64
aw_database_get_data_version (AwDatabase *self)
{
  g_autoptr (AwStatement) statement = NULL;

  g_return_val_if_fail (AW_IS_DATABASE (self), 0);

  statement = aw_database_prepare (self, "PRAGMA data_version", NULL);
  return statement != NULL && sqlite3_step (statement) == SQLITE_ROW ? sqlite3_column_int64 (statement, 0) : 0;
}

/**
 * aw_database_get_setting:
 * @self: a connection
 * @key: which setting
 *
 * Returns: (transfer full) (nullable): its value, %NULL if it is not set
 */
char *
aw_database_get_setting (AwDatabase *self,
                         const char *key)
{
  g_autoptr (AwStatement) statement = NULL;

  g_return_val_if_fail (AW_IS_DATABASE (self) && key != NULL, NULL);

  statement = aw_database_prepare (self, "SELECT value FROM setting WHERE key = ?", NULL);
  if (statement == NULL || sqlite3_bind_text (statement, 1, key, -1, SQLITE_STATIC) != SQLITE_OK ||
      sqlite3_step (statement) != SQLITE_ROW || sqlite3_column_type (statement, 0) == SQLITE_NULL)
    return NULL;
  return g_utf8_make_valid ((const char *) sqlite3_column_text (statement, 0), -1);
}

/**
 * aw_database_set_setting:
 * @self: a connection
 * @key: which setting
 * @value: (nullable): its value, %NULL to unset it
 * @error: return location
 *
 * Returns: whether that was done
 */
gboolean
aw_database_set_setting (AwDatabase *self,
                         const char *key,
                         const char *value,
                         GError **error)
{
  g_autoptr (AwStatement) statement = NULL;

  g_return_val_if_fail (AW_IS_DATABASE (self) && key != NULL, FALSE);

  statement = aw_database_prepare (self,
                                   value != NULL ? "INSERT INTO setting (key, value) VALUES (?1, ?2) "
                                                   "ON CONFLICT (key) DO UPDATE SET value = ?2"
                                                 : "DELETE FROM setting WHERE key = ?1",
                                   error);
  if (statement == NULL)
    return FALSE;
  sqlite3_bind_text (statement, 1, key, -1, SQLITE_STATIC);
  if (value != NULL)
    sqlite3_bind_text (statement, 2, value, -1, SQLITE_STATIC);
  if (sqlite3_step (statement) == SQLITE_DONE)
    return TRUE;
  aw_database_set_error (self, error);
  return FALSE;
}
