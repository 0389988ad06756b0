/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "core/aw-json.h"
#include "exchange/aw-export.h"
#include "exchange/aw-import.h"
#include "support/aw-test-facts.h"
#include "support/aw-test-files.h"

#define HEAD "{\"format\":\"afterword\",\"version\":1,"

static AwDatabase *
open_database (const char *folder,
               const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;
  AwDatabase *database = aw_database_open (path, &error);

  g_assert_no_error (error);
  return database;
}

static AwDocument *
parse (const char *text,
       GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));

  return aw_document_parse (bytes, error);
}

/* Imports and says how many changes that took. */
static guint
import (AwDatabase *database,
        GBytes *bytes)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AwDocument) document = aw_document_parse (bytes, &error);
  g_autoptr (AwImport) plan = NULL;
  g_autoptr (AwCommand) command = NULL;

  g_assert_no_error (error);
  plan = aw_import_plan_document (document, database, &error);
  g_assert_no_error (error);
  command = aw_import_make_command (plan, "import");
  aw_database_run (database, command, &error);
  g_assert_no_error (error);
  return aw_command_get_n_changes (command) + aw_command_get_n_settings (command);
}

static GBytes *
export (AwDatabase *database)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AwDocument) document = aw_export_document (database, &error);

  g_assert_no_error (error);
  return aw_document_to_bytes (document);
}

static void
assert_same (GBytes *a,
             GBytes *b)
{
  if (!g_bytes_equal (a, b))
    {
      const char *x = g_bytes_get_data (a, NULL);
      const char *y = g_bytes_get_data (b, NULL);
      gsize i = 0;

      while (x[i] == y[i])
        i++;
      i = i > 60 ? i - 60 : 0;
      g_test_message ("was: %.160s\nis: %.160s", x + i, y + i);
      g_test_fail ();
    }
}

/* Tests -------------------------------------------------------------------- */

static void
test_generated (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed ((guint32) g_test_rand_int ());

  for (int round = 0; round < 12; round++)
    {
      g_autoptr (AwTestFolder) folder = aw_test_folder_new ();
      g_autoptr (AwDatabase) first = open_database (folder, "first.db");
      g_autoptr (AwDatabase) second = open_database (folder, "second.db");
      g_autoptr (AwPolicy) policy = aw_test_policy_new (rand);
      g_autoptr (AwDocument) document = aw_document_new (policy, "{\"made_by\":{\"name\":\"x\"}}");
      g_autoptr (GBytes) made = NULL;
      g_autoptr (GBytes) exported = NULL;
      g_autoptr (GBytes) again = NULL;
      g_autoptr (GPtrArray) sentences = NULL;

      for (int i = 0; i < 8; i++)
        {
          g_autofree char *id = g_strdup_printf ("o'%d", 8 - i);
          g_autoptr (AwDossier) dossier = aw_test_dossier_new (rand, id);

          aw_document_add (document, dossier);
        }
      made = aw_document_to_bytes (document);
      g_assert_cmpuint (import (first, made), >, 0);
      exported = export (first);
      assert_same (made, exported);
      import (second, exported);
      again = export (second);
      assert_same (exported, again);
      /* A second time there is nothing to do. */
      g_assert_cmpuint (import (first, exported), ==, 0);
      sentences = aw_database_check (first, NULL);
      g_assert_cmpuint (sentences->len, ==, 0);
    }
}

static void
test_unknown_members (void)
{
  static const char text[] = "{\n"
                             "  \"format\": \"afterword\",\n"
                             "  \"version\": 1,\n"
                             "  \"opportunities\": [\n"
                             "    {\n"
                             "      \"id\": \"o\",\n"
                             "      \"company\": \"N\",\n"
                             "      \"status\": \"active\",\n"
                             "      \"rapport\": \"unknown\",\n"
                             "      \"promise_firm\": false,\n"
                             "      \"decision_date_told\": [\n"
                             "        {\"person\": \"p\", \"at\": \"2026-03-02T10:00:00-05:00\", \"how\": [1,{\"a\":2.50}]}\n"
                             "      ],\n"
                             "      \"archived\": false,\n"
                             "      \"people\": [\n"
                             "        {\n"
                             "          \"id\": \"p\",\n"
                             "          \"shoe\": {\n"
                             "            \"size\": 43.0\n"
                             "          }\n"
                             "        }\n"
                             "      ],\n"
                             "      \"salary\": null\n"
                             "    }\n"
                             "  ],\n"
                             "  \"tool\": \"x\"\n"
                             "}\n";
  g_autoptr (GError) error = NULL;
  g_autoptr (AwDocument) document = parse (text, &error);
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *written = NULL;

  g_assert_no_error (error);
  bytes = aw_document_to_bytes (document);
  written = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_assert_cmpstr (written, ==, text);
}

static const struct
{
  const char *text;
  const char *sentence; /* part of it */
} bad[] = {
  { "", "Line 1: the file ends" },
  { "{", "a member is missing" },
  { "\n\n{\"a\":1,}", "Line 3: the name of a member" },
  { "[1,2", "ends too early" },
  { "{\"format\":\"afterword\" \"version\":1}", "a comma or “}”" },
  { "{\"format\":\"afterword\",\"version\":1} x", "after the end" },
  { "{\"a\":1,\n\"a\":2}", "Line 2: the member “a”" },
  { "{\"a\":1,\"\\u0061\":2}", "the member “a”" },
  { "{\"a\":9223372036854775808}", "too large" },
  { "{\"a\":-9223372036854775809}", "too large" },
  { "{\"a\":1e999}", "too large" },
  { "{\"a\":01}", "a number is not readable" },
  { "{\"a\":+1}", "a value is not readable" },
  { "{\"a\":NaN}", "a value is not readable" },
  { "{'a':1}", "the name of a member" },
  { "{\"a\":\"\\ud800\"}", "half a character" },
  { "{\"a\":\"\\udc00\"}", "half a character" },
  { "{\"a\":\"\\u0000\"}", "NUL" },
  { "{\"a\":\"\\x\"}", "escaped" },
  { "{\"a\":\"x\ny\"}", "control character" },
  { "{\"a\":\"\xff\"}", "not UTF-8" },
  { "{\"a\":\"open}", "no end" },
  { "/* no */ {}", "a value is not readable" },
  { "[]", "no document of Afterword" },
  { "{}", "no document of Afterword" },
  { "{\"format\":\"other\",\"version\":1}", "no document of Afterword" },
  { "{\"format\":\"afterword\"}", "version" },
  { "{\"format\":\"afterword\",\"version\":\"1\"}", "version" },
  { "{\"format\":\"afterword\",\"version\":2}", "newer" },
  { HEAD "\"opportunities\":{}}", "opportunities: a list" },
  { HEAD "\"opportunities\":[5]}", "opportunities[0]: an object" },
  { HEAD "\"opportunities\":[{}]}", "opportunities[0].id: this member must be there" },
  { HEAD "\"opportunities\":[{\"id\":\"a/b\"}]}", "opportunities[0].id" },
  { HEAD "\"opportunities\":[{\"id\":\"\"}]}", "opportunities[0].id" },
  { HEAD "\"opportunities\":[{\"id\":5}]}", "opportunities[0].id" },
  { HEAD "\"opportunities\":[{\"id\":\"o\"},\n{\"id\":\"o\"}]}", "Line 2, opportunities[1].id: the id “o” is taken already, by opportunities[0]." },
  { HEAD "\"opportunities\":[{\"id\":\"o\",\"people\":[{\"id\":\"o\"}]}]}", "opportunities[0].people[0].id" },
  { HEAD "\"opportunities\":[{\"id\":\"o\",\"status\":\"pending\"}]}", "opportunities[0].status: “pending”" },
  { HEAD "\"opportunities\":[{\"id\":\"o\",\"company\":5}]}", "opportunities[0].company" },
  { HEAD "\"opportunities\":[{\"id\":\"o\",\"archived\":\"yes\"}]}", "opportunities[0].archived: true or false" },
  { HEAD "\"opportunities\":[{\"id\":\"o\",\"promised_date\":\"2026-02-30\"}]}", "opportunities[0].promised_date: “2026-02-30”" },
  { HEAD "\"opportunities\":[{\"id\":\"o\",\"promised_date\":\"0000-01-01\"}]}", "promised_date" },
  { HEAD "\"opportunities\":[{\"id\":\"o\",\"promised_by\":\"ghost\"}]}", "opportunities[0].promised_by: nobody" },
  { HEAD "\"opportunities\":[{\"id\":\"o\",\"decision_date_told\":[{\"person\":\"ghost\"}]}]}", "opportunities[0].decision_date_told[0].person: nobody" },
  { HEAD "\"opportunities\":[{\"id\":\"o\",\"decision_date_told\":[{\"at\":\"noon\"}]}]}", "opportunities[0].decision_date_told[0].at: “noon”" },
  { HEAD "\"opportunities\":[{\"id\":\"o\",\"people\":[{\"id\":\"p\",\"roles\":[\"hr\",\"boss\"]}]}]}", "opportunities[0].people[0].roles[1]: “boss”" },
  { HEAD "\"opportunities\":[{\"id\":\"o\",\"people\":[{\"id\":\"p\",\"roles\":[\"hr\",\"hr\"]}]}]}", "people[0].roles[1]: “hr” stands here twice" },
  { HEAD "\"opportunities\":[{\"id\":\"o\",\"people\":[{\"id\":\"-\"}]}]}", "opportunities[0].people[0].id" },
  { HEAD "\"opportunities\":[{\"id\":\"o\",\"interviews\":[{\"id\":\"i\"}]}]}", "opportunities[0].interviews[0].starts_at: this member" },
  { HEAD "\"opportunities\":[{\"id\":\"o\",\"interviews\":[{\"id\":\"i\",\"starts_at\":\"2026-03-02T10:00:00\"}]}]}", "starts_at: “2026" },
  { HEAD "\"opportunities\":[{\"id\":\"o\",\"interviews\":[{\"id\":\"i\",\"starts_at\":\"2026-03-02T10:00:00Z\",\"duration_minutes\":-1}]}]}", "duration_minutes: -1 is out of range" },
  { HEAD "\"opportunities\":[{\"id\":\"o\",\"interviews\":[{\"id\":\"i\",\"starts_at\":\"2026-03-02T10:00:00Z\",\"duration_minutes\":1.5}]}]}", "duration_minutes: a whole number" },
  { HEAD "\"opportunities\":[{\"id\":\"o\",\"people\":[{\"id\":\"p\"}],\"interviews\":[{\"id\":\"i\",\"starts_at\":\"2026-03-02T10:00:00Z\",\"attendees\":[\"p\",\"p\"]}]}]}", "interviews[0].attendees[1]: “p” stands here twice" },
  { HEAD "\"opportunities\":[{\"id\":\"o\",\"interviews\":[{\"id\":\"i\",\"starts_at\":\"2026-03-02T10:00:00Z\",\"topics\":[5]}]}]}", "interviews[0].topics[0]: an object" },
  { HEAD "\"opportunities\":[{\"id\":\"o\"},{\"id\":\"x\",\"people\":[{\"id\":\"p\"}],\"touches\":[\n{\"id\":\"t\",\"at\":\"2026-03-02T10:00:00Z\",\"direction\":\"out\",\"channel\":\"email\",\"kind\":\"thank-you\"},\n"
    "{\"id\":\"u\",\"at\":\"2026-13-02T10:00:00Z\",\"direction\":\"out\",\"channel\":\"email\",\"kind\":\"thank-you\"}]}]}", "Line 3, opportunities[1].touches[1].at: “2026-13" },
  { HEAD "\"opportunities\":[{\"id\":\"o\",\"touches\":[{\"id\":\"t\",\"at\":\"2026-03-02T10:00:00Z\",\"direction\":\"out\",\"channel\":\"email\"}]}]}", "opportunities[0].touches[0].kind: this member" },
  { HEAD "\"opportunities\":[{\"id\":\"o\",\"touches\":[{\"id\":\"t\",\"at\":\"2026-03-02T10:00:00Z\",\"direction\":\"out\",\"channel\":\"email\",\"kind\":\"call\",\"people\":[\n\"x\"]}]}]}", "Line 1, opportunities[0].touches[0].people[0]: nobody" },
  { HEAD "\"opportunities\":[{\"id\":\"o\",\"calls\":[{\"id\":\"k\",\"person\":null}]}]}", "opportunities[0].calls[0].person: this member" },
  { HEAD "\"opportunities\":[{\"id\":\"o\",\"decisions\":[{\"key\":\"k\",\"what\":\"maybe\",\"at\":\"2026-03-02T10:00:00Z\"}]}]}", "opportunities[0].decisions[0].what: “maybe”" },
  { HEAD "\"policy\":[]}", "policy: an object" },
  { HEAD "\"policy\":{\"silence_days\":\"7\"}}", "policy.silence_days: a whole number" },
  { HEAD "\"policy\":{\"holidays\":[\"2026-01-01\",\"x\"]}}", "policy.holidays[1]: “x”" },
  { HEAD "\"policy\":{\"phone\":\"daily\"}}", "policy.phone: “daily”" },
};

static void
test_bad (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (AwDocument) document = parse (bad[i].text, &error);

      g_assert_null (document);
      if (error == NULL || strstr (error->message, bad[i].sentence) == NULL)
        {
          g_test_message ("%s: %s, not %s", bad[i].text, error ? error->message : "no error", bad[i].sentence);
          g_test_fail ();
        }
      g_assert_null (strchr (error->message, '\n'));
    }
}

static void
test_deep (void)
{
  for (int depth = 60; depth < 68; depth++)
    {
      g_autoptr (GString) text = g_string_new (HEAD "\"x\":");
      g_autoptr (GError) error = NULL;
      g_autoptr (AwDocument) document = NULL;

      /* One level is the document itself. */
      for (int i = 1; i < depth; i++)
        g_string_append_c (text, '[');
      for (int i = 1; i < depth; i++)
        g_string_append_c (text, ']');
      g_string_append_c (text, '}');
      document = parse (text->str, &error);
      g_assert_true ((document != NULL) == (depth <= AW_JSON_MAX_DEPTH));
      if (document == NULL)
        g_assert_nonnull (strstr (error->message, "64"));
    }
  {
    g_autofree char *brackets = g_strnfill (100000, '[');
    g_autoptr (GError) error = NULL;

    g_assert_null (parse (brackets, &error));
    g_assert_nonnull (error);
  }
}

/* Every truncation and a change of every byte: refused or read, never a crash. */
static void
test_mutations (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  g_autoptr (AwPolicy) policy = aw_test_policy_new (rand);
  g_autoptr (AwDocument) document = aw_document_new (policy, NULL);
  g_autoptr (AwDossier) dossier = aw_test_dossier_new (rand, "o");
  g_autoptr (GBytes) bytes = NULL;
  const char *text;
  gsize length;

  aw_document_add (document, dossier);
  bytes = aw_document_to_bytes (document);
  text = g_bytes_get_data (bytes, &length);
  /* Without the line feed at its end it is whole. */
  g_assert_cmpint (text[--length], ==, '\n');
  for (gsize i = 0; i < length; i += 1 + length / 3000)
    {
      g_autofree char *changed = g_memdup2 (text, length);
      g_autoptr (GBytes) cut = g_bytes_new (text, i);
      g_autoptr (GBytes) other = NULL;
      g_autoptr (AwDocument) a = NULL;
      g_autoptr (AwDocument) b = NULL;
      g_autoptr (GError) error = NULL;

      a = aw_document_parse (cut, &error);
      g_assert_null (a);
      g_assert_nonnull (error);
      g_clear_error (&error);
      changed[i] = "\"{}[]:,0x\xff\\\n"[g_rand_int_range (rand, 0, 12)];
      other = g_bytes_new (changed, length);
      b = aw_document_parse (other, &error);
      g_assert_true ((b == NULL) == (error != NULL));
    }
}

static void
test_policy_defaults (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AwDocument) document = parse (HEAD "\"policy\":{\"silence_days\":366,\"timeline_days\":0,\"day_starts\":\"9\","
                                                "\"escalate_rapport\":\"fair\",\"working_days\":[1,8],\"thank_you_hours\":0,"
                                                "\"min_gap_days\":null,\"handwritten\":true}}",
                                           &error);
  AwPolicy *policy;

  g_assert_no_error (error);
  policy = aw_document_get_policy (document);
  g_assert_cmpint (policy->silence_days, ==, 7);
  g_assert_cmpint (policy->timeline_days, ==, 5);
  g_assert_cmpint (policy->min_gap_days, ==, 7);
  g_assert_cmpint (policy->thank_you_hours, ==, 0);
  g_assert_cmpint (policy->escalate_rapport, ==, AW_RAPPORT_GREAT);
  g_assert_cmpstr (policy->day_starts, ==, "09:00");
  g_assert_null (policy->working_days);
  g_assert_true (policy->handwritten);
  g_assert_cmpuint (aw_document_get_remarks (document)->len, ==, 5);
}

static void
test_import_updates (void)
{
  g_autoptr (AwTestFolder) folder = aw_test_folder_new ();
  g_autoptr (AwDatabase) database = open_database (folder, "a.db");
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) first = NULL;
  g_autoptr (AwDocument) document = NULL;
  g_autoptr (AwDocument) clash = NULL;
  g_autoptr (AwImport) plan = NULL;
  g_autoptr (AwCommand) command = NULL;
  g_autoptr (AwCommand) undo = NULL;
  g_autoptr (GBytes) before = NULL;
  g_autoptr (GBytes) changed = NULL;
  g_autoptr (GBytes) after = NULL;
  static const char one[] =
      HEAD "\"opportunities\":[{\"id\":\"o\",\"company\":\"N\",\"notes\":\"keep\",\"people\":[{\"id\":\"p\",\"name\":\"Ada\"},{\"id\":\"q\"}],"
           "\"decisions\":[{\"key\":\"k\",\"what\":\"done\",\"at\":\"2026-03-02T10:00:00Z\"}]}]}";
  static const char two[] =
      HEAD "\"opportunities\":[{\"id\":\"o\",\"company\":\"N\",\"role\":\"R\",\"people\":[{\"id\":\"p\",\"name\":\"Ada Park\"},{\"id\":\"r\"}],"
           "\"decisions\":[{\"key\":\"k\",\"what\":\"done\",\"at\":\"2026-03-02T10:00:00Z\"}]},{\"id\":\"o2\"}]}";

  first = g_bytes_new_static (one, strlen (one));
  import (database, first);
  before = export (database);

  document = parse (two, &error);
  g_assert_no_error (error);
  plan = aw_import_plan_document (document, database, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (aw_import_count (plan, AW_IMPORT_CHANGED), ==, 1);
  g_assert_cmpuint (aw_import_count (plan, AW_IMPORT_ADDED), ==, 1);
  command = aw_import_make_command (plan, NULL);
  g_assert_cmpuint (aw_command_get_n_changes (command), ==, 4);
  g_assert_true (aw_database_run (database, command, &error));
  changed = export (database);
  g_assert_nonnull (strstr (g_bytes_get_data (changed, NULL), "Ada Park"));
  g_assert_nonnull (strstr (g_bytes_get_data (changed, NULL), "\"q\"")); /* what the document lacks stays */

  undo = aw_command_inverse (command);
  g_assert_true (aw_database_run (database, undo, &error));
  after = export (database);
  assert_same (before, after);

  /* Somebody else's person is not moved. */
  clash = parse (HEAD "\"opportunities\":[{\"id\":\"new\",\"people\":[{\"id\":\"p\"}]}]}", &error);
  g_assert_no_error (error);
  g_assert_null (aw_import_plan_document (clash, database, &error));
  g_assert_error (error, AW_EXCHANGE_ERROR, AW_EXCHANGE_ERROR_PLACE);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/document/unknown-members", test_unknown_members);
  g_test_add_func ("/document/bad", test_bad);
  g_test_add_func ("/document/deep", test_deep);
  g_test_add_func ("/document/mutations", test_mutations);
  g_test_add_func ("/document/policy-defaults", test_policy_defaults);
  g_test_add_func ("/document/import-updates", test_import_updates);
  g_test_add_func ("/document/generated", test_generated);
  return g_test_run ();
}
