/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/aw-backup.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "store/aw-database-private.h"
#include "store/aw-migration.h"

#define PREFIX "afterword-"
#define SUFFIX ".db"

static gboolean
fail_file (const char *path,
           int reason,
           GError **error)
{
  aw_store_set_error (error, SQLITE_CANTOPEN, reason, path);
  return FALSE;
}

static char *
folder_of (const char *database)
{
  g_autofree char *parent = g_path_get_dirname (database);

  return g_build_filename (parent, "backups", NULL);
}

static gboolean
make_folder (const char *database,
             GError **error)
{
  g_autofree char *folder = folder_of (database);

  return g_mkdir_with_parents (folder, 0700) == 0 || fail_file (folder, errno, error);
}

/* A date in the name, and a number if the name is taken: nothing is ever
 * written over. */
static char *
free_name (const char *stem,
           const char *suffix,
           AwDate today)
{
  g_autofree char *date = aw_date_format (today);
  char *name = g_strconcat (stem, date, suffix, NULL);

  for (guint n = 2; g_file_test (name, G_FILE_TEST_EXISTS); n++)
    {
      g_free (name);
      name = g_strdup_printf ("%s%s-%u%s", stem, date, n, suffix);
    }
  return name;
}

static gboolean
parse_name (const char *name,
            AwDate *date)
{
  g_autofree char *text = NULL;

  if (!g_str_has_prefix (name, PREFIX) || !g_str_has_suffix (name, SUFFIX))
    return FALSE;
  text = g_strndup (name + strlen (PREFIX), strlen (name) - strlen (PREFIX SUFFIX));
  return aw_date_parse (text, date);
}

static gint64
query_int (AwDatabase *database,
           const char *sql,
           gint64 otherwise)
{
  g_autoptr (AwStatement) statement = aw_database_prepare (database, sql, NULL);

  return statement != NULL && sqlite3_step (statement) == SQLITE_ROW ? sqlite3_column_int64 (statement, 0) : otherwise;
}

static gboolean
is_whole (AwDatabase *database,
          GError **error)
{
  g_autoptr (AwStatement) statement = aw_database_prepare (database, "PRAGMA quick_check (1)", error);
  int result;

  if (statement == NULL)
    return FALSE;
  result = sqlite3_step (statement);
  if (result == SQLITE_ROW && g_strcmp0 ((const char *) sqlite3_column_text (statement, 0), "ok") == 0)
    return TRUE;
  if (result == SQLITE_ROW)
    aw_store_set_error (error, SQLITE_CORRUPT, 0, aw_database_get_path (database));
  else
    aw_database_set_error (database, error);
  return FALSE;
}

/* An existing file of ours, whole and not newer than this program. */
static AwDatabase *
open_good (const char *path,
           GError **error)
{
  g_autoptr (AwDatabase) database = NULL;
  gint64 version;

  if (!g_file_test (path, G_FILE_TEST_IS_REGULAR))
    {
      fail_file (path, ENOENT, error);
      return NULL;
    }
  database = aw_database_connect (path, SQLITE_OPEN_READWRITE, error);
  if (database == NULL || !is_whole (database, error))
    return NULL;

  version = query_int (database, "PRAGMA user_version", 0);
  if (query_int (database, "PRAGMA application_id", 0) != AW_APPLICATION_ID || version < 1)
    {
      aw_store_set_error (error, SQLITE_NOTADB, 0, path);
      return NULL;
    }
  if (version > AW_SCHEMA_VERSION)
    {
      g_autofree char *name = g_filename_display_name (path);

      g_set_error (error, AW_STORE_ERROR, AW_STORE_ERROR_NEWER,
                   _("“%s” was made by a newer version of Afterword; please update Afterword to open it."), name);
      return NULL;
    }
  return g_steal_pointer (&database);
}

/* Page by page through SQLite, as of one moment, whoever else is writing. */
static gboolean
copy_pages (AwDatabase *from,
            AwDatabase *to,
            GError **error)
{
  sqlite3 *target = aw_database_get_handle (to);
  sqlite3_backup *backup = sqlite3_backup_init (target, "main", aw_database_get_handle (from), "main");
  int result;

  if (backup == NULL)
    {
      aw_database_set_error (to, error);
      return FALSE;
    }
  result = sqlite3_backup_step (backup, -1);
  sqlite3_backup_finish (backup);
  if (result == SQLITE_DONE)
    return TRUE;
  /* Who failed, the reader or the writer, SQLite does not tell. */
  if (sqlite3_errcode (target) != SQLITE_OK)
    aw_database_set_error (to, error);
  else
    aw_store_set_error (error, result, 0, aw_database_get_path (to));
  return FALSE;
}

/* One file that nobody else can read, without a journal beside it. */
static gboolean
copy_to_file (AwDatabase *from,
              const char *target,
              GError **error)
{
  g_autofree char *partial = g_strconcat (target, ".part", NULL);
  g_autoptr (AwDatabase) to = NULL;
  int fd;
  gboolean ok;

  g_unlink (partial);
  fd = open (partial, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (fd < 0)
    return fail_file (target, errno, error);
  close (fd);

  to = aw_database_connect (partial, SQLITE_OPEN_READWRITE, error);
  ok = to != NULL && copy_pages (from, to, error) && aw_database_exec (to, "PRAGMA journal_mode = DELETE", error);
  g_clear_object (&to);
  if (ok && g_rename (partial, target) != 0)
    ok = fail_file (target, errno, error);
  if (!ok)
    g_unlink (partial);
  return ok;
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* The daily copies' names, the oldest first. */
static GPtrArray *
list_daily (const char *folder)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  AwDate date;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (parse_name (name, &date))
      g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  return names;
}

/* What a program that was ended in the middle left behind. */
static void
drop_partial (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (name, PREFIX) && g_str_has_suffix (name, SUFFIX ".part"))
      {
        g_autofree char *path = g_build_filename (folder, name, NULL);

        g_unlink (path);
      }
}

static void
drop_old (const char *folder)
{
  g_autoptr (GPtrArray) names = list_daily (folder);

  for (guint i = 0; i + AW_BACKUP_KEPT < names->len; i++)
    {
      g_autofree char *path = g_build_filename (folder, g_ptr_array_index (names, i), NULL);

      g_unlink (path);
    }
}

/* What was about to leave when the backup was made may have left since: it is
 * for the user to send it, not for the program to send it twice. A test of an
 * account is no draft: it is made anew when it is wanted. */
static gboolean
hold_back_mail (AwDatabase *database,
                GError **error)
{
  return aw_database_exec (database,
                           "BEGIN IMMEDIATE;"
                           "DELETE FROM message WHERE opportunity IS NULL AND state IN ('draft', 'queued', 'sending');"
                           "DELETE FROM outbox WHERE message IN "
                           "(SELECT id FROM message WHERE state IN ('scheduled', 'queued', 'sending'));"
                           "UPDATE message SET state = 'draft', scheduled_at = NULL "
                           "WHERE state IN ('scheduled', 'queued', 'sending');"
                           "UPDATE reminder SET server_id = NULL;"
                           "COMMIT",
                           error);
}

/* The backup as this version would have it, in a file of its own. */
static AwDatabase *
prepare_source (const char *source,
                const char *working,
                GError **error)
{
  g_autoptr (AwDatabase) original = open_good (source, error);
  g_autoptr (AwDatabase) database = NULL;

  if (original == NULL || !copy_to_file (original, working, error))
    return NULL;
  database = aw_database_open (working, error);
  if (database == NULL || !hold_back_mail (database, error))
    return NULL;
  return g_steal_pointer (&database);
}

static gboolean
number_one (AwDatabase *database,
            const char *opportunity,
            gint64 number,
            GError **error)
{
  g_autoptr (AwStatement) statement = aw_database_prepare (database,
                                                           "INSERT INTO revision (opportunity, seq) VALUES (?1, ?2) "
                                                           "ON CONFLICT (opportunity) DO UPDATE SET seq = ?2",
                                                           error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_text (statement, 1, opportunity, -1, SQLITE_STATIC);
  sqlite3_bind_int64 (statement, 2, number);
  if (sqlite3_step (statement) == SQLITE_DONE)
    return TRUE;
  aw_database_set_error (database, error);
  return FALSE;
}

/* Numbers all that is here and all that comes as just changed, so that whoever
 * has the facts open loads it, and drops what is gone. */
static gboolean
number_changes (AwDatabase *present,
                AwDatabase *coming,
                GError **error)
{
  static const char last[] = "SELECT coalesce (max (seq), 0) FROM revision";
  gint64 number = MAX (query_int (present, last, 0), query_int (coming, last, 0)) + 1;
  g_autoptr (AwStatement) statement = NULL;
  int result;

  if (!aw_database_begin (coming, error))
    return FALSE;
  statement = aw_database_prepare (present, "SELECT opportunity FROM revision UNION SELECT id FROM opportunity UNION SELECT ''", error);
  result = statement != NULL ? SQLITE_ROW : SQLITE_ERROR;
  while (result == SQLITE_ROW && (result = sqlite3_step (statement)) == SQLITE_ROW)
    if (!number_one (coming, (const char *) sqlite3_column_text (statement, 0), number, error))
      result = SQLITE_ERROR;
  if (result == SQLITE_DONE)
    {
      g_autofree char *sql = g_strdup_printf ("INSERT INTO revision (opportunity, seq) SELECT id, %" G_GINT64_FORMAT " FROM opportunity "
                                              "WHERE true ON CONFLICT (opportunity) DO UPDATE SET seq = excluded.seq; COMMIT",
                                              number);

      if (aw_database_exec (coming, sql, error))
        return TRUE;
    }
  else if (error != NULL && *error == NULL)
    aw_database_set_error (present, error);
  aw_database_rollback (coming);
  return FALSE;
}

static void
remove_with_journals (const char *path)
{
  static const char *const suffixes[] = { "", "-wal", "-shm", "-journal", ".part" };

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *name = g_strconcat (path, suffixes[i], NULL);

      g_unlink (name);
    }
}

/* What is here now is kept: as a copy, or set aside if it is damaged. */
static gboolean
keep_present (const char *path,
              AwDate today,
              GError **error)
{
  g_autofree char *folder = folder_of (path);
  g_autofree char *stem = g_build_filename (folder, "before-restore-", NULL);
  g_autofree char *name = free_name (stem, SUFFIX, today);
  g_autofree char *aside = NULL;
  g_autoptr (GError) local = NULL;

  if (!g_file_test (path, G_FILE_TEST_EXISTS) || aw_backup_write (path, name, &local))
    return TRUE;
  if (!g_error_matches (local, AW_STORE_ERROR, AW_STORE_ERROR_DAMAGED))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  aside = aw_backup_set_aside (path, today, error);
  return aside != NULL;
}

/* Public functions --------------------------------------------------------- */

void
aw_backup_free (AwBackup *backup)
{
  if (backup == NULL)
    return;
  g_free (backup->path);
  g_free (backup);
}

/**
 * aw_backup_write:
 * @database: (type filename): the user's facts
 * @target: (type filename): the file to write
 * @error: return location
 *
 * Writes everything (facts, drafts, templates, settings, accounts; passwords
 * are in no database) into one file. A damaged database is not copied.
 *
 * Returns: whether @target is there, whole
 */
gboolean
aw_backup_write (const char *database,
                 const char *target,
                 GError **error)
{
  g_autoptr (AwDatabase) from = NULL;

  g_return_val_if_fail (database != NULL && target != NULL, FALSE);

  from = open_good (database, error);
  return from != NULL && copy_to_file (from, target, error);
}

/**
 * aw_backup_daily:
 * @database: (type filename): the user's facts
 * @today: the date, in the user's zone
 * @error: return location
 *
 * Makes today's copy if there is none yet, and keeps the last seven. A damaged
 * database is not copied, and then no older copy is dropped either.
 *
 * Returns: whether there is a copy of today
 */
gboolean
aw_backup_daily (const char *database,
                 AwDate today,
                 GError **error)
{
  static GMutex one_at_a_time; /* one ends by dropping what half copies are left */
  g_autoptr (GMutexLocker) locker = NULL;
  g_autofree char *folder = NULL;
  g_autofree char *date = NULL;
  g_autofree char *name = NULL;
  g_autofree char *target = NULL;

  g_return_val_if_fail (database != NULL && today != AW_DATE_NONE, FALSE);

  locker = g_mutex_locker_new (&one_at_a_time);
  folder = folder_of (database);
  date = aw_date_format (today);
  name = g_strconcat (PREFIX, date, SUFFIX, NULL);
  target = g_build_filename (folder, name, NULL);
  if (g_file_test (target, G_FILE_TEST_EXISTS))
    return TRUE;
  if (!make_folder (database, error) || !aw_backup_write (database, target, error))
    return FALSE;
  drop_partial (folder);
  drop_old (folder);
  return TRUE;
}

/**
 * aw_backup_look:
 * @file: (type filename): a file that may be a backup
 * @error: return location: why it cannot be restored
 *
 * Returns: (transfer full) (nullable): what is in it
 */
AwBackup *
aw_backup_look (const char *file,
                GError **error)
{
  g_autoptr (AwDatabase) database = NULL;
  g_autofree char *name = NULL;
  AwBackup *backup;

  g_return_val_if_fail (file != NULL, NULL);

  database = open_good (file, error);
  if (database == NULL)
    return NULL;

  name = g_path_get_basename (file);
  backup = g_new0 (AwBackup, 1);
  backup->path = g_strdup (file);
  if (!parse_name (name, &backup->date))
    backup->date = AW_DATE_NONE;
  backup->interviews = (guint) query_int (database, "SELECT count(*) FROM interview", 0);
  return backup;
}

/**
 * aw_backup_find_last:
 * @database: (type filename): the user's facts, perhaps damaged
 *
 * Returns: (transfer full) (nullable): the newest daily copy that is whole
 */
AwBackup *
aw_backup_find_last (const char *database)
{
  g_autofree char *folder = NULL;
  g_autoptr (GPtrArray) names = NULL;

  g_return_val_if_fail (database != NULL, NULL);

  folder = folder_of (database);
  names = list_daily (folder);
  for (guint i = names->len; i > 0; i--)
    {
      g_autofree char *path = g_build_filename (folder, g_ptr_array_index (names, i - 1), NULL);
      AwBackup *backup = aw_backup_look (path, NULL);

      if (backup != NULL)
        return backup;
    }
  return NULL;
}

/**
 * aw_backup_set_aside:
 * @database: (type filename): a damaged database, open nowhere
 * @today: the date, in the user's zone
 * @error: return location
 *
 * Gives the file, and its journals, a name with the date, so that nothing is
 * lost and nothing stands in the way.
 *
 * Returns: (transfer full) (nullable) (type filename): the new name
 */
char *
aw_backup_set_aside (const char *database,
                     AwDate today,
                     GError **error)
{
  static const char *const journals[] = { "-wal", "-shm", "-journal" };
  g_autofree char *stem = NULL;
  g_autofree char *name = NULL;

  g_return_val_if_fail (database != NULL && today != AW_DATE_NONE, NULL);

  stem = g_strconcat (database, ".damaged-", NULL);
  name = free_name (stem, "", today);
  if (g_rename (database, name) != 0)
    {
      fail_file (database, errno, error);
      return NULL;
    }
  for (guint i = 0; i < G_N_ELEMENTS (journals); i++)
    {
      g_autofree char *from = g_strconcat (database, journals[i], NULL);
      g_autofree char *to = g_strconcat (name, journals[i], NULL);

      g_rename (from, to);
    }
  return g_steal_pointer (&name);
}

/**
 * aw_backup_restore:
 * @database: (type filename): the user's facts, there or not, damaged or not
 * @source: (type filename): a backup, of this or an older version
 * @today: the date, in the user's zone
 * @error: return location; then everything is as it was
 *
 * Replaces everything by what is in @source. What was here is first kept in the
 * folder of the backups. Other connections stay open and see the change.
 * Messages that were on their way become drafts.
 *
 * Returns: whether the facts are now those of @source
 */
gboolean
aw_backup_restore (const char *database,
                   const char *source,
                   AwDate today,
                   GError **error)
{
  g_autofree char *folder = NULL;
  g_autofree char *working = NULL;
  g_autoptr (AwDatabase) from = NULL;
  g_autoptr (AwDatabase) to = NULL;
  gboolean ok;

  g_return_val_if_fail (database != NULL && source != NULL && today != AW_DATE_NONE, FALSE);

  if (!make_folder (database, error))
    return FALSE;
  folder = folder_of (database);
  working = g_strdup_printf ("%s/restore-%d.tmp", folder, (int) getpid ());
  remove_with_journals (working);

  from = prepare_source (source, working, error);
  ok = from != NULL && keep_present (database, today, error);
  if (ok)
    {
      to = aw_database_open (database, error);
      ok = to != NULL && number_changes (to, from, error) && copy_pages (from, to, error);
    }
  g_clear_object (&from);
  remove_with_journals (working);
  return ok;
}
