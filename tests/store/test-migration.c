/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "core/aw-dossier.h"
#include "store/aw-migration.h"
#include "store/aw-search.h"
#include "support/aw-test-files.h"

/* A file as schema @version had it, in the mode a real one is in. */
static char *
make_old (const char *folder,
          int version)
{
  g_autofree char *name = g_strdup_printf ("%d.sql", version);
  g_autofree char *source = g_test_build_filename (G_TEST_DIST, "store", "schemas", name, NULL);
  g_autofree char *sql = NULL;
  char *path = g_build_filename (folder, "old.db", NULL);
  g_autoptr (GError) error = NULL;
  sqlite3 *handle = NULL;

  g_file_get_contents (source, &sql, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (sqlite3_open (path, &handle), ==, SQLITE_OK);
  sqlite3_exec (handle, "PRAGMA journal_mode = WAL", NULL, NULL, NULL);
  g_assert_cmpint (sqlite3_exec (handle, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (handle);
  return path;
}

static int
query_int (const char *path,
           const char *sql)
{
  sqlite3 *handle = NULL;
  sqlite3_stmt *statement = NULL;
  int value;

  g_assert_cmpint (sqlite3_open_v2 (path, &handle, SQLITE_OPEN_READONLY, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (handle, sql, -1, &statement, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  value = sqlite3_column_int (statement, 0);
  sqlite3_finalize (statement);
  sqlite3_close (handle);
  return value;
}

/* Every table and column of a new file is in an upgraded one. */
static char *
list_columns (AwDatabase *database)
{
  sqlite3_stmt *statement = NULL;
  char *columns;

  g_assert_cmpint (sqlite3_prepare_v2 (aw_database_get_handle (database),
                                       "SELECT group_concat (line, char (10)) FROM (SELECT t.name || '.' || c.name || ' ' || c.type "
                                       "AS line FROM sqlite_schema AS t JOIN pragma_table_info (t.name) AS c "
                                       "WHERE t.type = 'table' ORDER BY 1)",
                                       -1, &statement, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  columns = g_strdup ((const char *) sqlite3_column_text (statement, 0));
  sqlite3_finalize (statement);
  return columns;
}

static void
test_every_schema (void)
{
  for (int version = 1; version < AW_SCHEMA_VERSION; version++)
    {
      g_autoptr (AwTestFolder) folder = aw_test_folder_new ();
      g_autofree char *path = make_old (folder, version);
      g_autofree char *new_path = g_build_filename (folder, "new.db", NULL);
      g_autofree char *copy = g_strdup_printf ("%s.version-%d", path, version);
      g_autoptr (GError) error = NULL;
      gboolean needed = aw_database_needs_upgrade (path);
      g_autoptr (AwDatabase) database = aw_database_open (path, &error);
      g_autoptr (AwDatabase) second = NULL;
      g_autoptr (AwDatabase) fresh = NULL;
      g_autoptr (AwDossier) dossier = NULL;
      g_autoptr (AwPolicy) policy = NULL;
      g_autoptr (GPtrArray) sentences = NULL;
      g_autoptr (GPtrArray) hits = NULL;
      g_autofree char *upgraded_columns = NULL;
      g_autofree char *new_columns = NULL;
      AwInterview *interview;
      GStatBuf status;

      g_assert_no_error (error);
      g_assert_true (needed);
      g_assert_false (aw_database_needs_upgrade (path));
      g_assert_false (aw_database_needs_upgrade (new_path)); /* not there */
      dossier = aw_database_load_dossier (database, "o1", &error);
      g_assert_no_error (error);
      g_assert_cmpstr (aw_dossier_get_opportunity (dossier)->notes, ==, "Near the river");
      g_assert_cmpstr (AW_RECORD (aw_dossier_get_opportunity (dossier))->extra, ==, "{\"salary\":\"open\"}");
      interview = aw_dossier_find (dossier, AW_RECORD_INTERVIEW, "i1");
      g_assert_cmpint (interview->duration_minutes, ==, 45);
      g_assert_cmpuint (interview->topics->len, ==, 1);
      g_assert_nonnull (aw_dossier_find (dossier, AW_RECORD_MESSAGE, "m1"));
      policy = aw_database_load_policy (database, &error);
      g_assert_cmpint (policy->silence_days, ==, 9);
      g_assert_cmpint (policy->min_gap_days, ==, 7);
      sentences = aw_database_check (database, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (sentences->len, ==, 0);
      hits = aw_search (database, "park", &error);
      g_assert_cmpuint (hits->len, ==, 1);

      /* Others can open it again, and the copy is what was. */
      second = aw_database_open (path, &error);
      g_assert_no_error (error);
      g_assert_cmpint (query_int (copy, "PRAGMA user_version"), ==, version);
      g_assert_cmpint (query_int (copy, "SELECT count(*) FROM person"), ==, 1);
      g_assert_cmpint (g_stat (copy, &status), ==, 0);
      g_assert_cmpint (status.st_mode & 0777, ==, 0600);

      fresh = aw_database_open (new_path, &error);
      g_assert_no_error (error);
      upgraded_columns = list_columns (database);
      new_columns = list_columns (fresh);
      g_assert_cmpstr (upgraded_columns, ==, new_columns);
    }
}

/* The tables of messages and of the outbox are made anew in schema 5: nothing
 * of them is lost, and what hung on them hangs on them again. */
static void
test_messages_kept (void)
{
  g_autoptr (AwTestFolder) folder = aw_test_folder_new ();
  g_autofree char *path = make_old (folder, 4);
  g_autoptr (GError) error = NULL;
  g_autoptr (AwDatabase) database = aw_database_open (path, &error);
  g_autoptr (AwMessage) own = (AwMessage *) aw_record_new (AW_TYPE_MESSAGE, NULL);
  g_autoptr (AwCommand) command = aw_command_new ("");
  g_autoptr (AwRecord) loaded = NULL;
  g_autoptr (GPtrArray) sentences = NULL;
  g_autoptr (GPtrArray) hits = NULL;

  g_assert_no_error (error);
  g_assert_cmpint (query_int (path, "SELECT count(*) FROM message JOIN outbox ON outbox.message = message.id "
                                    "WHERE message.state = 'sent' AND message.message_id = '<m2@example.org>' AND message.position = 2 "
                                    "AND raw = x'0D0A' AND stage = 'dot' AND attempts = 2 AND first_at = 100 AND next_at = 200 "
                                    "AND sent_at = 300 AND accepted_reply = 'queued as 7' AND sent_copy = 'pending' AND confirmed "
                                    "AND copy_text = 'busy' AND bounced_at = 400"), ==, 1);

  /* One that belongs to nothing is kept, told to other processes, and not found. */
  own->subject = g_strdup ("Zebra");
  aw_command_add (command, own);
  g_assert_true (aw_database_run (database, command, &error));
  g_assert_no_error (error);
  loaded = aw_database_load_record (database, AW_RECORD_MESSAGE, AW_ID (own), &error);
  g_assert_null (loaded->opportunity);
  g_assert_cmpint (query_int (path, "SELECT opportunity = '' FROM revision ORDER BY seq DESC LIMIT 1"), ==, 1);
  hits = aw_search (database, "zebra", &error);
  g_assert_cmpuint (hits->len, ==, 0);
  sentences = aw_database_check (database, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (sentences->len, ==, 0);

  /* The rows of the outbox go with their messages, and these with their opportunity. */
  g_assert_cmpint (sqlite3_exec (aw_database_get_handle (database), "DELETE FROM opportunity", NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_cmpint (query_int (path, "SELECT count(*) FROM outbox"), ==, 0);
  g_assert_cmpint (query_int (path, "SELECT count(*) FROM message"), ==, 1);
}

/* While somebody has the file open, it is not upgraded under their feet. */
static void
test_in_use (void)
{
  g_autoptr (AwTestFolder) folder = aw_test_folder_new ();
  g_autofree char *path = make_old (folder, 1);
  g_autoptr (GError) error = NULL;
  sqlite3 *other = NULL;

  g_assert_cmpint (sqlite3_open (path, &other), ==, SQLITE_OK);
  sqlite3_exec (other, "BEGIN; SELECT * FROM person", NULL, NULL, NULL);
  g_assert_null (aw_database_open (path, &error));
  g_assert_error (error, AW_STORE_ERROR, AW_STORE_ERROR_BUSY);
  g_assert_cmpint (query_int (path, "PRAGMA user_version"), ==, 1);
  sqlite3_close (other);
  g_object_unref (aw_database_open (path, NULL));
  g_assert_cmpint (query_int (path, "PRAGMA user_version"), ==, AW_SCHEMA_VERSION);
}

/* An upgrade that fails leaves everything as it was. */
static void
test_failing (void)
{
  g_autoptr (AwTestFolder) folder = aw_test_folder_new ();
  g_autofree char *path = make_old (folder, 1);
  g_autoptr (GError) error = NULL;
  sqlite3 *handle = NULL;

  g_assert_cmpint (sqlite3_open (path, &handle), ==, SQLITE_OK);
  sqlite3_exec (handle, "CREATE TABLE search_entry (x)", NULL, NULL, NULL);
  sqlite3_close (handle);
  g_assert_null (aw_database_open (path, &error));
  g_assert_nonnull (error);
  g_assert_cmpint (query_int (path, "PRAGMA user_version"), ==, 1);
  g_assert_cmpint (query_int (path, "SELECT count(*) FROM touch"), ==, 1);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/migration/every-schema", test_every_schema);
  g_test_add_func ("/migration/messages-kept", test_messages_kept);
  g_test_add_func ("/migration/in-use", test_in_use);
  g_test_add_func ("/migration/failing", test_failing);
  return g_test_run ();
}
