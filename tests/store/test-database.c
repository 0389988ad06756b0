/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "core/aw-dossier.h"
#include "store/aw-database.h"
#include "support/aw-test-files.h"

static AwDatabase *
open_database (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "data", "afterword.db", NULL);
  g_autoptr (GError) error = NULL;
  AwDatabase *database = aw_database_open (path, &error);

  g_assert_no_error (error);
  g_assert_nonnull (database);
  return database;
}

static void
exec (AwDatabase *database,
      const char *sql)
{
  g_autofree char *message = NULL;
  char *problem = NULL;

  sqlite3_exec (aw_database_get_handle (database), sql, NULL, NULL, &problem);
  message = g_strdup (problem);
  sqlite3_free (problem);
  g_assert_cmpstr (message, ==, NULL);
}

static char *
query (AwDatabase *database,
       const char *sql)
{
  sqlite3_stmt *statement = NULL;
  char *text = NULL;

  g_assert_cmpint (sqlite3_prepare_v2 (aw_database_get_handle (database), sql, -1, &statement, NULL), ==, SQLITE_OK);
  if (sqlite3_step (statement) == SQLITE_ROW)
    text = g_strdup ((const char *) sqlite3_column_text (statement, 0));
  sqlite3_finalize (statement);
  return text;
}

static void
run (AwDatabase *database,
     AwCommand *command)
{
  g_autoptr (GError) error = NULL;

  aw_database_run (database, command, &error);
  g_assert_no_error (error);
}

/* A record of a kind in which every field is set, with texts that bite. */
static AwRecord *
make_full (AwRecordKind kind,
           const char *opportunity)
{
  static const char *const texts[] = { "a'b\"c", "", "שלום עולם", "A & B <C>\n\t\\", "🦜", "e\xcc\x81" };
  const AwRecordClass *klass = aw_record_kind_get_class (kind);
  AwRecord *record = aw_record_new (aw_record_kind_get_type (kind), opportunity);

  record->extra = g_strdup ("{\"x\":[1,2.50,{\"y\":null}]}");
  for (guint i = 0; i < klass->n_fields; i++)
    {
      const AwField *field = &klass->fields[i];
      AwInstant instant = { -62135596800 + (gint64) i * 1000000007, (gint16) ((int) (i % 5) * 90 - 180) };
      AwDate date = aw_date_from_ymd (i % 2 ? 1 : 9999, 1 + (int) i % 12, 28);
      const char *text = texts[i % G_N_ELEMENTS (texts)];

      if (i == 0)
        instant.offset_min = 0;
      switch (field->kind)
        {
        case AW_FIELD_TEXT:
          g_free (AW_FIELD_AT (record, field, char *));
          AW_FIELD_AT (record, field, char *) = g_strdup (field->flags & AW_FIELD_CLOCK ? "07:45" : text);
          break;
        case AW_FIELD_BOOL:
          AW_FIELD_AT (record, field, gboolean) = !field->initial;
          break;
        case AW_FIELD_INT:
          AW_FIELD_AT (record, field, int) = field->max;
          break;
        case AW_FIELD_ENUM:
          AW_FIELD_AT (record, field, int) = (int) field->vocabulary->n_names - 1;
          break;
        case AW_FIELD_INSTANT:
          AW_FIELD_AT (record, field, AwInstant) = instant;
          break;
        case AW_FIELD_DATE:
          AW_FIELD_AT (record, field, AwDate) = date;
          break;
        case AW_FIELD_STRV:
          AW_FIELD_AT (record, field, char **) = g_new0 (char *, 3);
          AW_FIELD_AT (record, field, char **)[0] = g_strdup (field->flags & AW_FIELD_WORDS ? "hr" : text);
          AW_FIELD_AT (record, field, char **)[1] = g_strdup (field->flags & AW_FIELD_WORDS ? "recruiter" : "z");
          break;
        case AW_FIELD_PAIRS:
          AW_FIELD_AT (record, field, GPtrArray *) = g_ptr_array_new_with_free_func ((GDestroyNotify) aw_pair_free);
          g_ptr_array_add (AW_FIELD_AT (record, field, GPtrArray *),
                           aw_pair_new ("p", field->flags & AW_FIELD_TOLD ? NULL : text));
          g_ptr_array_add (AW_FIELD_AT (record, field, GPtrArray *), aw_pair_new ("q", NULL));
          if (field->flags & AW_FIELD_TOLD)
            ((AwPair *) g_ptr_array_index (AW_FIELD_AT (record, field, GPtrArray *), 0))->at = instant;
          ((AwPair *) g_ptr_array_index (AW_FIELD_AT (record, field, GPtrArray *), 1))->extra = g_strdup ("{\"k\":\"v\"}");
          break;
        case AW_FIELD_INSTANTS:
          AW_FIELD_AT (record, field, GArray *) = g_array_new (FALSE, FALSE, sizeof (AwInstant));
          g_array_append_val (AW_FIELD_AT (record, field, GArray *), instant);
          break;
        case AW_FIELD_INTS:
          AW_FIELD_AT (record, field, GArray *) = g_array_new (FALSE, FALSE, sizeof (int));
          g_array_append_val (AW_FIELD_AT (record, field, GArray *), field->max);
          break;
        case AW_FIELD_DATES:
          AW_FIELD_AT (record, field, GArray *) = g_array_new (FALSE, FALSE, sizeof (AwDate));
          g_array_append_val (AW_FIELD_AT (record, field, GArray *), date);
          break;
        default:
          g_assert_not_reached ();
        }
    }
  return record;
}

static gboolean
has_owner (guint kind)
{
  return kind > AW_RECORD_OPPORTUNITY && kind < AW_N_DOSSIER_KINDS;
}

/* Tests -------------------------------------------------------------------- */

static void
test_new_file (void)
{
  g_autoptr (AwTestFolder) folder = aw_test_folder_new ();
  g_autoptr (AwDatabase) database = open_database (folder);
  g_autofree char *data = g_build_filename (folder, "data", NULL);
  g_autofree char *wal = g_strconcat (aw_database_get_path (database), "-wal", NULL);
  g_autofree char *mode = query (database, "PRAGMA journal_mode");
  g_autofree char *synchronous = query (database, "PRAGMA synchronous");
  g_autofree char *keys = query (database, "PRAGMA foreign_keys");
  g_autofree char *trusted = query (database, "PRAGMA trusted_schema");
  GStatBuf status;

  g_assert_true (aw_database_set_setting (database, "remind", "1", NULL)); /* makes the journal */
  g_assert_cmpint (g_stat (data, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0700);
  g_assert_cmpint (g_stat (aw_database_get_path (database), &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
  g_assert_cmpint (g_stat (wal, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
  g_assert_cmpstr (mode, ==, "wal");
  g_assert_cmpstr (synchronous, ==, "2");
  g_assert_cmpstr (keys, ==, "1");
  g_assert_cmpstr (trusted, ==, "0");
}

static void
test_columns (void)
{
  g_autoptr (AwTestFolder) folder = aw_test_folder_new ();
  g_autoptr (AwDatabase) database = open_database (folder);

  for (guint kind = 0; kind < AW_N_RECORD_KINDS; kind++)
    {
      const AwRecordClass *klass = aw_record_kind_get_class (kind);
      g_autofree char *sql = g_strdup_printf ("SELECT group_concat (name) FROM pragma_table_info ('%s') "
                                              "WHERE name NOT IN ('id', 'opportunity', 'position', 'extra')",
                                              klass->table);
      g_autofree char *columns = query (database, sql);
      g_autoptr (GString) fields = g_string_new (NULL);

      for (guint i = 0; i < klass->n_fields; i++)
        g_string_append_printf (fields, "%s%s", i > 0 ? "," : "", klass->fields[i].name);
      g_assert_cmpstr (columns, ==, fields->str);
    }
}

static void
test_round_trip (void)
{
  g_autoptr (AwTestFolder) folder = aw_test_folder_new ();
  g_autoptr (AwDatabase) database = open_database (folder);
  g_autoptr (AwDatabase) other = open_database (folder);
  g_autoptr (AwCommand) command = aw_command_new ("all");
  g_autoptr (AwCommand) inverse = NULL;
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GError) error = NULL;
  const char *opportunity = NULL;
  gint64 version = aw_database_get_data_version (other);

  for (guint kind = 0; kind < AW_N_RECORD_KINDS; kind++)
    for (int i = 0; i < 2; i++)
      {
        AwRecord *record = make_full (kind, has_owner (kind) ? opportunity : NULL);

        if (kind == AW_RECORD_OPPORTUNITY)
          opportunity = record->id;
        g_ptr_array_add (records, record);
        aw_command_add (command, record);
      }
  run (database, command);
  g_assert_cmpint (aw_database_get_data_version (other), !=, version);

  for (guint i = 0; i < records->len; i++)
    {
      AwRecord *record = g_ptr_array_index (records, i);
      g_autoptr (AwRecord) loaded = aw_database_load_record (other, aw_record_get_kind (record), record->id, &error);

      g_assert_no_error (error);
      g_assert_cmpint (record->position, ==, 1 + i % 2);
      if (!aw_record_equal (loaded, record))
        {
          const AwRecordClass *klass = AW_RECORD_GET_CLASS (record);

          for (guint j = 0; j < klass->n_fields; j++)
            if (!aw_record_field_equal (record, loaded, &klass->fields[j]))
              g_test_message ("%s.%s", klass->table, klass->fields[j].name);
          g_test_fail ();
        }
    }

  inverse = aw_command_inverse (command);
  run (database, inverse);
  for (guint kind = 0; kind < AW_N_RECORD_KINDS; kind++)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT count(*) FROM \"%s\"", aw_record_kind_get_class (kind)->table);
      g_autofree char *count = query (other, sql);

      g_assert_cmpstr (count, ==, "0");
    }
}

static void
test_update (void)
{
  g_autoptr (AwTestFolder) folder = aw_test_folder_new ();
  g_autoptr (AwDatabase) database = open_database (folder);
  g_autoptr (AwOpportunity) opportunity = AW_OPPORTUNITY (aw_record_new (AW_TYPE_OPPORTUNITY, NULL));
  g_autoptr (AwOpportunity) mine = NULL;
  g_autoptr (AwOpportunity) theirs = NULL;
  g_autoptr (AwCommand) add = aw_command_new (NULL);
  g_autoptr (AwCommand) first = aw_command_new (NULL);
  g_autoptr (AwCommand) second = aw_command_new (NULL);
  g_autoptr (AwCommand) gone = aw_command_new (NULL);
  g_autoptr (AwRecord) loaded = NULL;
  g_autoptr (GError) error = NULL;

  opportunity->company = g_strdup ("Northwind");
  aw_command_add (add, opportunity);
  run (database, add);

  /* Two who change different members of the same state do not meet. */
  mine = aw_record_edit (opportunity);
  mine->notes = g_strdup ("mine");
  theirs = aw_record_edit (opportunity);
  theirs->role = g_strdup ("theirs");
  theirs->status = AW_STATUS_OFFER;
  aw_command_change (first, opportunity, mine);
  aw_command_change (second, opportunity, theirs);
  run (database, first);
  run (database, second);
  loaded = aw_database_load_record (database, AW_RECORD_OPPORTUNITY, AW_ID (opportunity), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (AW_OPPORTUNITY (loaded)->notes, ==, "mine");
  g_assert_cmpstr (AW_OPPORTUNITY (loaded)->role, ==, "theirs");
  g_assert_cmpstr (AW_OPPORTUNITY (loaded)->company, ==, "Northwind");
  g_assert_cmpint (AW_OPPORTUNITY (loaded)->status, ==, AW_STATUS_OFFER);

  /* A second one with this id, and changes to what is gone, are conflicts;
   * and what the command did before them is taken back. */
  aw_database_run (database, add, &error);
  g_assert_error (error, AW_STORE_ERROR, AW_STORE_ERROR_CONFLICT);
  g_clear_error (&error);
  aw_command_remove (gone, opportunity);
  run (database, gone);
  aw_database_run (database, first, &error);
  g_assert_error (error, AW_STORE_ERROR, AW_STORE_ERROR_CONFLICT);
  g_clear_error (&error);
  aw_database_run (database, gone, &error);
  g_assert_error (error, AW_STORE_ERROR, AW_STORE_ERROR_CONFLICT);
}

static void
test_all_or_nothing (void)
{
  g_autoptr (AwTestFolder) folder = aw_test_folder_new ();
  g_autoptr (AwDatabase) database = open_database (folder);
  g_autoptr (AwRecord) opportunity = aw_record_new (AW_TYPE_OPPORTUNITY, NULL);
  g_autoptr (AwRecord) orphan = aw_record_new (AW_TYPE_PERSON, "nowhere");
  g_autoptr (AwCommand) command = aw_command_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *count = NULL;

  aw_command_add (command, opportunity);
  aw_command_set_setting (command, "remind", NULL, "1");
  aw_command_add (command, orphan);
  aw_database_run (database, command, &error);
  g_assert_error (error, AW_STORE_ERROR, AW_STORE_ERROR_CONFLICT);
  count = query (database, "SELECT count(*) FROM opportunity");
  g_assert_cmpstr (count, ==, "0");
  g_assert_null (aw_database_get_setting (database, "remind"));
}

static void
test_policy (void)
{
  g_autoptr (AwTestFolder) folder = aw_test_folder_new ();
  g_autoptr (AwDatabase) database = open_database (folder);
  g_autoptr (GError) error = NULL;
  g_autoptr (AwPolicy) defaults = aw_database_load_policy (database, &error);
  g_autoptr (AwPolicy) changed = NULL;
  g_autoptr (AwPolicy) loaded = NULL;
  g_autoptr (AwPolicy) mended = NULL;
  g_autoptr (AwCommand) command = aw_command_new (NULL);

  g_assert_no_error (error);
  g_assert_cmpint (defaults->silence_days, ==, 7);
  changed = aw_record_edit (defaults);
  changed->silence_days = 10;
  aw_command_change (command, defaults, changed);
  run (database, command);

  loaded = aw_database_load_policy (database, &error);
  g_assert_cmpint (loaded->silence_days, ==, 10);
  g_assert_cmpint (loaded->min_gap_days, ==, 7);
  g_assert_true (loaded->thank_unmet);
  g_assert_cmpstr (loaded->day_starts, ==, "09:00");

  exec (database, "UPDATE policy SET silence_days = 4000, day_starts = '25:00', strategy = NULL, "
                  "escalate_rapport = 'poor', working_days = '[1, 9]', timeline_days = 'x', day_ends = NULL");
  mended = aw_database_load_policy (database, &error);
  g_assert_no_error (error);
  g_assert_cmpint (mended->silence_days, ==, 7);
  g_assert_cmpint (mended->timeline_days, ==, 5);
  g_assert_cmpint (mended->strategy, ==, AW_STRATEGY_HR_FIRST);
  g_assert_cmpint (mended->escalate_rapport, ==, AW_RAPPORT_GREAT);
  g_assert_cmpstr (mended->day_starts, ==, "09:00");
  g_assert_cmpstr (mended->day_ends, ==, "18:00");
  g_assert_null (mended->working_days);
}

static void
test_settings (void)
{
  g_autoptr (AwTestFolder) folder = aw_test_folder_new ();
  g_autoptr (AwDatabase) database = open_database (folder);
  g_autoptr (AwCommand) command = aw_command_new (NULL);
  g_autoptr (AwCommand) inverse = NULL;
  g_autofree char *value = NULL;

  aw_command_set_setting (command, "remind", NULL, "1");
  run (database, command);
  value = aw_database_get_setting (database, "remind");
  g_assert_cmpstr (value, ==, "1");
  inverse = aw_command_inverse (command);
  run (database, inverse);
  g_assert_null (aw_database_get_setting (database, "remind"));
}

static void
test_order (void)
{
  g_autoptr (AwTestFolder) folder = aw_test_folder_new ();
  g_autoptr (AwDatabase) database = open_database (folder);
  g_autoptr (AwRecord) opportunity = aw_record_new (AW_TYPE_OPPORTUNITY, NULL);
  g_autoptr (AwCommand) command = aw_command_new (NULL);
  g_autoptr (AwCommand) removal = aw_command_new (NULL);
  g_autoptr (AwCommand) undo = NULL;
  g_autoptr (AwDossier) dossier = NULL;
  g_autoptr (GError) error = NULL;
  AwRecord *people[5];
  AwRecordList *list;

  aw_command_add (command, opportunity);
  for (guint i = 0; i < G_N_ELEMENTS (people); i++)
    {
      people[i] = aw_record_new (AW_TYPE_PERSON, opportunity->id);
      aw_command_add (command, people[i]);
    }
  run (database, command);
  aw_command_remove (removal, people[1]);
  run (database, removal);
  undo = aw_command_inverse (removal);
  run (database, undo);

  dossier = aw_database_load_dossier (database, opportunity->id, &error);
  g_assert_no_error (error);
  list = aw_dossier_get_list (dossier, AW_RECORD_PERSON);
  g_assert_cmpuint (aw_record_list_get_length (list), ==, G_N_ELEMENTS (people));
  for (guint i = 0; i < G_N_ELEMENTS (people); i++)
    {
      g_assert_cmpstr (AW_ID (aw_record_list_peek (list, i)), ==, people[i]->id);
      g_object_unref (people[i]);
    }
  g_assert_null (aw_database_load_dossier (database, "nobody", &error));
  g_assert_no_error (error);
}

/* Whatever somebody wrote there, records are sound and the check tells. */
static void
test_hostile_rows (void)
{
  static const char *const values[] = { "NULL", "'garbage'", "x'ff00fe'", "-9223372036854775808", "1e300",
                                        "'[[[[['", "'[{\"person\": 5}]'", "cast (x'c3' AS TEXT)", "'2026-02-30'" };
  g_autoptr (AwTestFolder) folder = aw_test_folder_new ();
  g_autoptr (AwDatabase) database = open_database (folder);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) clean = aw_database_check (database, &error);
  g_autoptr (GPtrArray) dirty = NULL;
  guint n = 0;

  g_assert_no_error (error);
  g_assert_cmpuint (clean->len, ==, 0);

  exec (database, "INSERT INTO opportunity (id, position) VALUES ('o', 1)");
  for (guint kind = AW_RECORD_PERSON; kind < AW_N_RECORD_KINDS; kind++)
    {
      const AwRecordClass *klass = aw_record_kind_get_class (kind);

      for (guint i = 0; i < klass->n_fields; i++)
        for (guint j = 0; j < G_N_ELEMENTS (values); j++)
          {
            g_autofree char *sql = NULL;

            if (klass->fields[i].kind == AW_FIELD_BOOL && j == 0)
              continue; /* NOT NULL */
            sql = g_strdup_printf ("INSERT INTO \"%s\" (id, position%s, \"%s\") VALUES ('r%u', 1%s, %s)",
                                   klass->table, has_owner (kind) ? ", opportunity" : "", klass->fields[i].name, n++,
                                   has_owner (kind) ? ", 'o'" : "", values[j]);
            exec (database, sql);
          }
      if (!has_owner (kind))
        {
          g_autoptr (GPtrArray) records = aw_database_load_kind (database, kind, &error);

          g_assert_no_error (error);
          g_assert_cmpuint (records->len, >, 0);
          for (guint i = 0; i < records->len; i++)
            {
              g_autoptr (AwRecord) copy = aw_record_copy (g_ptr_array_index (records, i));

              g_assert_true (aw_record_equal (copy, g_ptr_array_index (records, i)));
            }
        }
    }
  g_object_unref (aw_database_load_dossier (database, "o", &error));
  g_assert_no_error (error);
  dirty = aw_database_check (database, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (dirty->len, >, 100);
}

static void
test_check (void)
{
  g_autoptr (AwTestFolder) folder = aw_test_folder_new ();
  g_autoptr (AwDatabase) database = open_database (folder);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = NULL;

  exec (database, "INSERT INTO opportunity (id, position, status, rapport, promised_by) "
                  "VALUES ('o', 1, 'active', 'good', 'ghost');"
                  "INSERT INTO person (id, position, opportunity, name) VALUES ('p', 1, 'o', 'Ada');"
                  "INSERT INTO interview (id, position, opportunity, starts_at, attendees, stage) "
                  "VALUES ('i', 1, 'o', '2026-03-02T10:00:00Z', '[\"p\", \"x\"]', 'fourth')");
  found = aw_database_check (database, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (found->len, ==, 3);
  g_assert_nonnull (strstr (g_ptr_array_index (found, 0), "fourth"));
  g_assert_nonnull (strstr (g_ptr_array_index (found, 1), "ghost"));
  g_assert_nonnull (strstr (g_ptr_array_index (found, 2), "“x”"));
}

static void
test_refusals (void)
{
  g_autoptr (AwTestFolder) folder = aw_test_folder_new ();
  g_autofree char *text = g_build_filename (folder, "text.db", NULL);
  g_autofree char *other = g_build_filename (folder, "other.db", NULL);
  g_autofree char *below = g_build_filename (text, "below", "a.db", NULL);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;
  sqlite3 *handle = NULL;
  gsize length;

  g_assert_true (g_file_set_contents (text, "Dear diary, this is a text and no database, long enough to be sure.\n", -1, NULL));
  g_assert_null (aw_database_open (text, &error));
  g_assert_error (error, AW_STORE_ERROR, AW_STORE_ERROR_DAMAGED);
  g_clear_error (&error);
  g_assert_true (g_file_get_contents (text, &after, &length, NULL));
  g_assert_true (g_str_has_prefix (after, "Dear diary"));

  g_assert_null (aw_database_open (below, &error));
  g_assert_error (error, AW_STORE_ERROR, AW_STORE_ERROR_TELL);
  g_clear_error (&error);
  g_assert_null (aw_database_open (folder, &error));
  g_assert_error (error, AW_STORE_ERROR, AW_STORE_ERROR_TELL);
  g_clear_error (&error);

  g_assert_cmpint (sqlite3_open (other, &handle), ==, SQLITE_OK);
  sqlite3_exec (handle, "CREATE TABLE moz_places (id INTEGER); PRAGMA user_version = 1", NULL, NULL, NULL);
  sqlite3_close (handle);
  g_assert_true (g_file_get_contents (other, &before, &length, NULL));
  g_assert_null (aw_database_open (other, &error));
  g_assert_error (error, AW_STORE_ERROR, AW_STORE_ERROR_TELL);
  g_clear_error (&error);

  {
    g_autoptr (AwDatabase) database = open_database (folder);
    exec (database, "PRAGMA user_version = 1000");
  }
  {
    g_autofree char *path = g_build_filename (folder, "data", "afterword.db", NULL);
    g_assert_null (aw_database_open (path, &error));
    g_assert_error (error, AW_STORE_ERROR, AW_STORE_ERROR_NEWER);
  }
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/database/new-file", test_new_file);
  g_test_add_func ("/database/columns", test_columns);
  g_test_add_func ("/database/round-trip", test_round_trip);
  g_test_add_func ("/database/update", test_update);
  g_test_add_func ("/database/all-or-nothing", test_all_or_nothing);
  g_test_add_func ("/database/policy", test_policy);
  g_test_add_func ("/database/settings", test_settings);
  g_test_add_func ("/database/order", test_order);
  g_test_add_func ("/database/hostile-rows", test_hostile_rows);
  g_test_add_func ("/database/check", test_check);
  g_test_add_func ("/database/refusals", test_refusals);
  return g_test_run ();
}
