/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "store/aw-search.h"
#include "support/aw-test-files.h"

typedef struct
{
  char *folder;
  AwDatabase *database;
  AwOpportunity *opportunity;
} Fixture;

static void
run (Fixture *fixture,
     gpointer before,
     gpointer after)
{
  g_autoptr (AwCommand) command = aw_command_new (NULL);
  g_autoptr (GError) error = NULL;

  if (before == NULL)
    aw_command_add (command, after);
  else if (after == NULL)
    aw_command_remove (command, before);
  else
    aw_command_change (command, before, after);
  aw_database_run (fixture->database, command, &error);
  g_assert_no_error (error);
}

static AwPerson *
add_person (Fixture *fixture,
            const char *name,
            const char *email)
{
  AwPerson *person = AW_PERSON (aw_record_new (AW_TYPE_PERSON, AW_ID (fixture->opportunity)));

  person->name = g_strdup (name);
  person->email = g_strdup (email);
  run (fixture, NULL, person);
  return person;
}

static void
set_up (Fixture *fixture,
        G_GNUC_UNUSED gconstpointer data)
{
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;

  fixture->folder = aw_test_folder_new ();
  path = g_build_filename (fixture->folder, "a.db", NULL);
  fixture->database = aw_database_open (path, &error);
  g_assert_no_error (error);
  fixture->opportunity = AW_OPPORTUNITY (aw_record_new (AW_TYPE_OPPORTUNITY, NULL));
  fixture->opportunity->company = g_strdup ("Nörthwind Läbs");
  fixture->opportunity->notes = g_strdup ("They moved the nightly batch to streams, and the office to Kraków near the river; "
                                          "ask about the on-call rota.");
  run (fixture, NULL, fixture->opportunity);
}

static void
tear_down (Fixture *fixture,
           G_GNUC_UNUSED gconstpointer data)
{
  g_object_unref (fixture->opportunity);
  g_object_unref (fixture->database);
  aw_test_folder_free (fixture->folder);
}

static char *
search (Fixture *fixture,
        const char *words)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) hits = aw_search (fixture->database, words, &error);
  GString *types = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < hits->len; i++)
    {
      AwSearchHit *hit = g_ptr_array_index (hits, i);

      g_assert_cmpstr (hit->opportunity, ==, AW_ID (fixture->opportunity));
      g_string_append_printf (types, "%s%s", i > 0 ? " " : "", hit->type);
    }
  return g_string_free (types, FALSE);
}

#define assert_found(fixture, words, expected) \
  G_STMT_START \
  { \
    g_autofree char *found_ = search (fixture, words); \
    g_assert_cmpstr (found_, ==, expected); \
  } \
  G_STMT_END

static void
test_words (Fixture *fixture,
            G_GNUC_UNUSED gconstpointer data)
{
  g_autoptr (AwPerson) person = add_person (fixture, "Søren O'Brien Łukasz", "soren@northwind.example");
  g_autoptr (AwInterview) interview = AW_INTERVIEW (aw_record_new (AW_TYPE_INTERVIEW, AW_ID (fixture->opportunity)));

  interview->topics = g_ptr_array_new_with_free_func ((GDestroyNotify) aw_pair_free);
  g_ptr_array_add (interview->topics, aw_pair_new (NULL, "zeppelins"));
  run (fixture, NULL, interview);

  assert_found (fixture, "northwind", "opportunity person");
  assert_found (fixture, "NORTHWIND LABS", "opportunity");
  assert_found (fixture, "nort", "opportunity person");
  assert_found (fixture, "n", "person opportunity"); /* not ranked: the newest first */
  assert_found (fixture, "labs nort", "opportunity");
  assert_found (fixture, "o'brien", "person");
  assert_found (fixture, "o'b", "person");
  assert_found (fixture, "krakow", "opportunity");
  assert_found (fixture, "zeppel", "interview");
  assert_found (fixture, "soren@north", "person");
  assert_found (fixture, "northwind zeppelins", "");
  assert_found (fixture, "", "");
  assert_found (fixture, "  \t ", "");
}

static void
test_excerpt (Fixture *fixture,
              G_GNUC_UNUSED gconstpointer data)
{
  g_autoptr (GPtrArray) hits = aw_search (fixture->database, "KRAKOW", NULL);
  AwSearchHit *hit = g_ptr_array_index (hits, 0);

  g_assert_cmpstr (hit->text, ==, "Nörthwind Läbs · …the office to Kraków near the river; ask about the on-call rota.");
}

static void
test_no_syntax (Fixture *fixture,
                G_GNUC_UNUSED gconstpointer data)
{
  static const char *const texts[] = { "\"", "\"\"", "north\"", "\"north", "a AND b", "NOT", "NEAR(a b)", "*", "^north", "name:north",
                                       "{name}: x", "a OR", "(", "))", "-x", "+", "x*y", "'", "\\", "%", "_", "\xff\xfe", "\xc3", "north\xff",
                                       "😀", "é", "e\xcc\x81", "\xcc\x81", "名前", "a;b--", "C++", ".NET", "\x01", "NORTH*" };
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (search (fixture, texts[i]));
  for (int i = 0; i < 3000; i++)
    {
      char text[12] = { 0 };

      for (guint j = 0; j < sizeof text - 1; j++)
        text[j] = "\"'*()^:{}-+ANDORT  \xc3\xa9\xffx~|\\"[g_rand_int_range (rand, 0, 26)];
      g_free (search (fixture, text));
    }
  {
    g_autofree char *longest = g_strnfill (100000, 'x');
    g_autoptr (GString) many = g_string_new (NULL);

    g_free (search (fixture, longest));
    for (int i = 0; i < 2000; i++)
      g_string_append (many, "north ");
    g_free (search (fixture, many->str));
  }
}

static void
test_changes (Fixture *fixture,
              G_GNUC_UNUSED gconstpointer data)
{
  g_autoptr (AwPerson) person = add_person (fixture, "Quentin", "q@example.org");
  g_autoptr (AwPerson) changed = aw_record_edit (person);
  g_autoptr (AwMessage) message = AW_MESSAGE (aw_record_new (AW_TYPE_MESSAGE, AW_ID (fixture->opportunity)));
  g_autoptr (AwMessage) sent = NULL;
  g_autoptr (GPtrArray) sentences = NULL;

  g_free (changed->name);
  changed->name = g_strdup ("Xaver");
  assert_found (fixture, "quentin", "person");
  run (fixture, person, changed);
  assert_found (fixture, "quentin", "");
  assert_found (fixture, "xaver", "person");
  run (fixture, changed, NULL);
  assert_found (fixture, "xaver", "");
  assert_found (fixture, "example", "");

  message->subject = g_strdup ("Gratitude");
  run (fixture, NULL, message);
  assert_found (fixture, "gratitude", "message");
  sent = aw_record_edit (message);
  sent->state = AW_MESSAGE_SENT;
  run (fixture, message, sent);
  assert_found (fixture, "gratitude", "");

  /* The opportunity alone takes all that it owns along. */
  run (fixture, fixture->opportunity, NULL);
  assert_found (fixture, "northwind", "");
  g_assert_cmpint (sqlite3_exec (aw_database_get_handle (fixture->database),
                                 "INSERT INTO search_words (search_words, rank) VALUES ('integrity-check', 1)", NULL, NULL, NULL),
                   ==, SQLITE_OK);
  sentences = aw_database_check (fixture->database, NULL);
  g_assert_cmpuint (sentences->len, ==, 0);
}

static void
test_limit (Fixture *fixture,
            G_GNUC_UNUSED gconstpointer data)
{
  g_autoptr (AwCommand) command = aw_command_new (NULL);
  g_autoptr (GPtrArray) hits = NULL;
  g_autoptr (GPtrArray) few = NULL;

  for (int i = 0; i < 200; i++)
    {
      g_autoptr (AwPerson) person = AW_PERSON (aw_record_new (AW_TYPE_PERSON, AW_ID (fixture->opportunity)));

      person->name = g_strdup ("Common Name");
      aw_command_add (command, person);
    }
  g_assert_true (aw_database_run (fixture->database, command, NULL));
  hits = aw_search (fixture->database, "common", NULL);
  g_assert_cmpuint (hits->len, ==, AW_SEARCH_LIMIT);
  few = aw_search (fixture->database, "c", NULL);
  g_assert_cmpuint (few->len, ==, AW_SEARCH_LIMIT);
}

static void
assert_sound (Fixture *fixture)
{
  g_assert_cmpint (sqlite3_exec (aw_database_get_handle (fixture->database),
                                 "INSERT INTO search_words (search_words, rank) VALUES ('integrity-check', 1)", NULL, NULL, NULL),
                   ==, SQLITE_OK);
}

static void
add_many (Fixture *fixture,
          AwCommand *command,
          guint n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (AwPerson) person = AW_PERSON (aw_record_new (AW_TYPE_PERSON, AW_ID (fixture->opportunity)));

      person->name = g_strdup_printf ("Imported quagga%u", i);
      aw_command_add (command, person);
    }
}

/* So many that their words go into the index together: with a change and a
 * removal among them, taken back, and one that fails at its end. */
static void
test_import (Fixture *fixture,
             G_GNUC_UNUSED gconstpointer data)
{
  g_autoptr (AwPerson) one = add_person (fixture, "Wombat Before", "one@northwind.example");
  g_autoptr (AwPerson) two = add_person (fixture, "Ocelot", "two@northwind.example");
  g_autoptr (AwPerson) changed = aw_record_edit (one);
  g_autoptr (AwCommand) command = aw_command_new (NULL);
  g_autoptr (AwCommand) failing = aw_command_new (NULL);
  g_autoptr (AwCommand) inverse = NULL;
  g_autoptr (GError) error = NULL;

  g_free (changed->name);
  changed->name = g_strdup ("Numbat After");
  add_many (fixture, command, 700);
  aw_command_change (command, one, changed);
  aw_command_remove (command, two);
  add_many (fixture, command, 700);
  aw_database_run (fixture->database, command, &error);
  g_assert_no_error (error);
  assert_sound (fixture);
  assert_found (fixture, "quagga699", "person person");
  assert_found (fixture, "numbat", "person");
  assert_found (fixture, "wombat", "");
  assert_found (fixture, "ocelot", "");

  add_many (fixture, failing, 1200);
  aw_command_add (failing, two);
  aw_command_add (failing, two); /* there cannot be two of it */
  g_assert_false (aw_database_run (fixture->database, failing, &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  assert_sound (fixture);
  assert_found (fixture, "quagga1100", "");

  inverse = aw_command_inverse (command);
  aw_database_run (fixture->database, inverse, &error);
  g_assert_no_error (error);
  assert_sound (fixture);
  assert_found (fixture, "quagga699", "");
  assert_found (fixture, "wombat", "person");
  assert_found (fixture, "ocelot", "person");
}

#define ADD(name, func) g_test_add ("/search/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("words", test_words);
  ADD ("excerpt", test_excerpt);
  ADD ("no-syntax", test_no_syntax);
  ADD ("changes", test_changes);
  ADD ("limit", test_limit);
  ADD ("import", test_import);
  return g_test_run ();
}
