/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "store/aw-backup.h"
#include "store/aw-database.h"
#include "store/aw-revision.h"
#include "support/aw-test-files.h"

typedef struct
{
  char *folder;
  char *path;
  AwDatabase *database;
  AwDate today;
} Fixture;

static AwDatabase *
open_database (const char *path)
{
  g_autoptr (GError) error = NULL;
  AwDatabase *database = aw_database_open (path, &error);

  g_assert_no_error (error);
  return database;
}

static void
add (AwDatabase *database,
     const char *company)
{
  g_autoptr (AwOpportunity) opportunity = AW_OPPORTUNITY (aw_record_new (AW_TYPE_OPPORTUNITY, NULL));
  g_autoptr (AwInterview) interview = AW_INTERVIEW (aw_record_new (AW_TYPE_INTERVIEW, AW_ID (opportunity)));
  g_autoptr (AwCommand) command = aw_command_new (NULL);
  g_autoptr (GError) error = NULL;

  opportunity->company = g_strdup (company);
  aw_command_add (command, opportunity);
  aw_command_add (command, interview);
  aw_database_run (database, command, &error);
  g_assert_no_error (error);
}

static char *
companies (AwDatabase *database)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) opportunities = aw_database_load_opportunities (database, &error);
  GString *text = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < opportunities->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? " " : "", AW_OPPORTUNITY (g_ptr_array_index (opportunities, i))->company);
  return g_string_free (text, FALSE);
}

#define assert_companies(database, expected) \
  G_STMT_START \
  { \
    g_autofree char *companies_ = companies (database); \
    g_assert_cmpstr (companies_, ==, expected); \
  } \
  G_STMT_END

static void
set_up (Fixture *fixture,
        G_GNUC_UNUSED gconstpointer data)
{
  fixture->folder = aw_test_folder_new ();
  fixture->path = g_build_filename (fixture->folder, "afterword.db", NULL);
  fixture->database = open_database (fixture->path);
  fixture->today = aw_date_from_ymd (2026, 3, 2);
  add (fixture->database, "A");
}

static void
tear_down (Fixture *fixture,
           G_GNUC_UNUSED gconstpointer data)
{
  g_clear_object (&fixture->database);
  g_free (fixture->path);
  aw_test_folder_free (fixture->folder);
}

static guint
count_files (Fixture *fixture,
             const char *prefix)
{
  g_autofree char *folder = g_build_filename (fixture->folder, "backups", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint n = 0;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    n += g_str_has_prefix (name, prefix);
  return n;
}

/* Writes over the middle of the file, as a failing disk would. */
static void
damage (Fixture *fixture)
{
  g_autofree char *contents = NULL;
  gsize length;

  g_clear_object (&fixture->database);
  g_assert_true (g_file_get_contents (fixture->path, &contents, &length, NULL));
  memset (contents + 4096, 0x5a, length - 4096);
  g_assert_true (g_file_set_contents (fixture->path, contents, (gssize) length, NULL));
}

static void
test_daily (Fixture *fixture,
            G_GNUC_UNUSED gconstpointer data)
{
  g_autofree char *first = g_build_filename (fixture->folder, "backups", "afterword-2026-03-02.db", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (AwBackup) last = NULL;
  GStatBuf status;

  g_assert_true (aw_backup_daily (fixture->path, fixture->today, &error));
  g_assert_no_error (error);
  g_assert_cmpint (g_stat (first, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);

  /* Once a day. */
  add (fixture->database, "B");
  g_assert_true (aw_backup_daily (fixture->path, fixture->today, &error));
  last = aw_backup_look (first, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (last->interviews, ==, 1);
  g_assert_cmpint (last->date, ==, fixture->today);

  /* Seven are kept. */
  for (int i = 1; i <= 9; i++)
    g_assert_true (aw_backup_daily (fixture->path, fixture->today + i, &error));
  g_assert_cmpuint (count_files (fixture, "afterword-"), ==, AW_BACKUP_KEPT);
  g_assert_cmpuint (count_files (fixture, ""), ==, AW_BACKUP_KEPT);
  g_assert_false (g_file_test (first, G_FILE_TEST_EXISTS));
  aw_backup_free (g_steal_pointer (&last));
  last = aw_backup_find_last (fixture->path);
  g_assert_cmpint (last->date, ==, fixture->today + 9);
  g_assert_cmpuint (last->interviews, ==, 2);
}

static void
test_damaged (Fixture *fixture,
              G_GNUC_UNUSED gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AwBackup) last = NULL;
  g_autofree char *aside = NULL;
  g_autofree char *again = NULL;
  g_autofree char *expected = g_strconcat (fixture->path, ".damaged-2026-03-03", NULL);
  g_autofree char *second = g_strconcat (fixture->path, ".damaged-2026-03-03-2", NULL);

  g_assert_true (aw_backup_daily (fixture->path, fixture->today, &error));
  damage (fixture);
  g_assert_false (aw_backup_daily (fixture->path, fixture->today + 1, &error));
  g_assert_error (error, AW_STORE_ERROR, AW_STORE_ERROR_DAMAGED);
  g_clear_error (&error);
  g_assert_cmpuint (count_files (fixture, ""), ==, 1);

  aside = aw_backup_set_aside (fixture->path, fixture->today + 1, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (aside, ==, expected);
  last = aw_backup_find_last (fixture->path);
  g_assert_nonnull (last);
  g_assert_true (aw_backup_restore (fixture->path, last->path, fixture->today + 1, &error));
  g_assert_no_error (error);
  fixture->database = open_database (fixture->path);
  assert_companies (fixture->database, "A");

  /* A second time on one day, and by the restore itself. */
  damage (fixture);
  g_assert_true (aw_backup_restore (fixture->path, last->path, fixture->today + 1, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_test (second, G_FILE_TEST_EXISTS));
  fixture->database = open_database (fixture->path);
  assert_companies (fixture->database, "A");
}

static void
test_restore (Fixture *fixture,
              G_GNUC_UNUSED gconstpointer data)
{
  g_autofree char *file = g_build_filename (fixture->folder, "My backup – ü.afterword", NULL);
  g_autofree char *before = g_build_filename (fixture->folder, "backups", "before-restore-2026-03-02.db", NULL);
  g_autoptr (AwDatabase) other = open_database (fixture->path);
  g_autoptr (AwBackup) kept = NULL;
  g_autoptr (GError) error = NULL;
  GStatBuf status;
  gint64 version, revision, latest;

  g_assert_cmpint (sqlite3_exec (aw_database_get_handle (fixture->database),
                                 "INSERT INTO message (id, opportunity, position, state) SELECT 'm', id, 1, 'queued' FROM opportunity;"
                                 "INSERT INTO outbox (message, mail_from, rcpt, raw, first_at, next_at) VALUES ('m', 'a', 'b', 'c', 1, 1);"
                                 "INSERT INTO message (id, position, state) VALUES ('test', 1, 'queued');"
                                 "INSERT INTO outbox (message, mail_from, rcpt, raw, first_at, next_at) VALUES ('test', 'a', 'a', 'c', 1, 1)",
                                 NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_true (aw_backup_write (fixture->path, file, &error));
  g_assert_no_error (error);
  g_assert_cmpint (g_stat (file, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);

  add (fixture->database, "B");
  version = aw_database_get_data_version (other);
  revision = aw_revision_get (other);
  g_assert_true (aw_backup_restore (fixture->path, file, fixture->today, &error));
  g_assert_no_error (error);

  /* Those who have it open see it, and what was is kept. */
  g_assert_cmpint (aw_database_get_data_version (other), !=, version);
  assert_companies (other, "A");
  assert_companies (fixture->database, "A");
  {
    g_autoptr (GPtrArray) changed = aw_revision_since (other, revision, &latest, &error);

    g_assert_no_error (error);
    g_assert_cmpuint (changed->len, ==, 3); /* A, B that is gone, and what belongs to none */
  }
  kept = aw_backup_look (before, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (kept->interviews, ==, 2);

  /* Mail that was on its way then is not sent now. */
  {
    g_autoptr (AwRecord) message = aw_database_load_record (other, AW_RECORD_MESSAGE, "m", &error);

    g_assert_cmpint (AW_MESSAGE (message)->state, ==, AW_MESSAGE_DRAFT);
    g_assert_null (aw_database_load_record (other, AW_RECORD_MESSAGE, "test", &error));
    g_assert_no_error (error);
  }
  add (other, "C");
  assert_companies (fixture->database, "A C");
  g_assert_cmpuint (count_files (fixture, ""), ==, 1); /* nothing left over */
}

static void
test_refusals (Fixture *fixture,
               G_GNUC_UNUSED gconstpointer data)
{
  g_autofree char *text = g_build_filename (fixture->folder, "notes.txt", NULL);
  g_autofree char *absent = g_build_filename (fixture->folder, "absent.db", NULL);
  g_autofree char *foreign = g_build_filename (fixture->folder, "foreign.db", NULL);
  g_autofree char *newer = g_build_filename (fixture->folder, "newer.db", NULL);
  g_autofree char *nowhere = g_build_filename (fixture->folder, "no", "where.db", NULL);
  const char *bad[] = { text, absent, foreign, newer, fixture->folder };
  g_autoptr (GError) error = NULL;
  sqlite3 *handle = NULL;

  g_assert_true (g_file_set_contents (text, "a text that is certainly no database, and is longer than its head", -1, NULL));
  g_assert_cmpint (sqlite3_open (foreign, &handle), ==, SQLITE_OK);
  sqlite3_exec (handle, "CREATE TABLE x (y)", NULL, NULL, NULL);
  sqlite3_close (handle);
  g_assert_true (aw_backup_write (fixture->path, newer, &error));
  g_assert_cmpint (sqlite3_open (newer, &handle), ==, SQLITE_OK);
  sqlite3_exec (handle, "PRAGMA user_version = 99", NULL, NULL, NULL);
  sqlite3_close (handle);

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_assert_false (aw_backup_restore (fixture->path, bad[i], fixture->today, &error));
      g_assert_nonnull (error);
      g_assert_cmpuint (error->domain, ==, AW_STORE_ERROR);
      g_clear_error (&error);
      g_assert_null (aw_backup_look (bad[i], NULL));
    }
  assert_companies (fixture->database, "A");
  g_assert_cmpuint (count_files (fixture, ""), ==, 0);
  g_assert_false (aw_backup_write (fixture->path, nowhere, &error));
  g_assert_error (error, AW_STORE_ERROR, AW_STORE_ERROR_TELL);
}

static void
test_old_schema (Fixture *fixture,
                 G_GNUC_UNUSED gconstpointer data)
{
  g_autofree char *source = g_test_build_filename (G_TEST_DIST, "store", "schemas", "1.sql", NULL);
  g_autofree char *file = g_build_filename (fixture->folder, "old.db", NULL);
  g_autofree char *sql = NULL;
  g_autoptr (GError) error = NULL;
  sqlite3 *handle = NULL;

  g_assert_true (g_file_get_contents (source, &sql, NULL, NULL));
  g_assert_cmpint (sqlite3_open (file, &handle), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (handle, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (handle);
  g_assert_true (aw_backup_restore (fixture->path, file, fixture->today, &error));
  g_assert_no_error (error);
  assert_companies (fixture->database, "Northwind");
}

static void
on_done (G_GNUC_UNUSED GObject *source,
         GAsyncResult *result,
         gpointer data)
{
  g_autoptr (GError) error = NULL;

  aw_backup_finish (result, &error);
  g_assert_no_error (error);
  g_main_loop_quit (data);
}

/* While the main thread writes. */
static void
test_thread (Fixture *fixture,
             G_GNUC_UNUSED gconstpointer data)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);

  aw_backup_daily_async (fixture->path, fixture->today, NULL, on_done, loop);
  for (int i = 0; i < 20; i++)
    add (fixture->database, "B");
  g_main_loop_run (loop);
  g_assert_cmpuint (count_files (fixture, ""), ==, 1);
}

#define ADD(name, func) g_test_add ("/backup/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("daily", test_daily);
  ADD ("damaged", test_damaged);
  ADD ("restore", test_restore);
  ADD ("refusals", test_refusals);
  ADD ("old-schema", test_old_schema);
  ADD ("thread", test_thread);
  return g_test_run ();
}
