/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "exchange/aw-event-words.h"
#include "exchange/aw-export.h"
#include "exchange/aw-import.h"
#include "exchange/aw-table.h"
#include "support/aw-test-facts.h"
#include "support/aw-test-files.h"

#define ZONE "America/New_York"
#define NOW G_GINT64_CONSTANT (1772600000) /* 2026-03-04 */

typedef struct
{
  char *folder;
  AwDatabase *database;
} Fixture;

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
}

static void
tear_down (Fixture *fixture,
           G_GNUC_UNUSED gconstpointer data)
{
  g_object_unref (fixture->database);
  aw_test_folder_free (fixture->folder);
}

static AwImport *
plan (Fixture *fixture,
      const char *text,
      GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  return aw_import_read (bytes, fixture->database, ZONE, NOW, error);
}

static AwCommand *
run (Fixture *fixture,
     AwImport *import)
{
  g_autoptr (AwCommand) command = aw_import_make_command (import, NULL);
  g_autoptr (GError) error = NULL;

  aw_database_run (fixture->database, command, &error);
  g_assert_no_error (error);
  return g_steal_pointer (&command);
}

/* Imports and lists the lines that the terminal shows. */
static char *
import_text (Fixture *fixture,
        const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AwImport) import = plan (fixture, text, &error);
  g_autoptr (AwCommand) command = NULL;
  GString *lines = g_string_new (NULL);
  GListModel *items;

  g_assert_no_error (error);
  items = aw_import_get_items (import);
  for (guint i = 0; i < g_list_model_get_n_items (items); i++)
    {
      g_autoptr (AwImportItem) item = g_list_model_get_item (items, i);
      g_autofree char *line = aw_import_item_dup_line (item);

      g_string_append_printf (lines, "%s\n", line);
    }
  command = run (fixture, import);
  return g_string_free (lines, FALSE);
}

static char *
query (Fixture *fixture,
       const char *sql)
{
  sqlite3_stmt *statement = NULL;
  GString *rows = g_string_new (NULL);

  g_assert_cmpint (sqlite3_prepare_v2 (aw_database_get_handle (fixture->database), sql, -1, &statement, NULL), ==, SQLITE_OK);
  while (sqlite3_step (statement) == SQLITE_ROW)
    g_string_append_printf (rows, "%s%s", rows->len > 0 ? "; " : "", (const char *) sqlite3_column_text (statement, 0));
  sqlite3_finalize (statement);
  return g_string_free (rows, FALSE);
}

#define assert_query(fixture, sql, expected) \
  G_STMT_START \
  { \
    g_autofree char *rows_ = query (fixture, sql); \
    g_assert_cmpstr (rows_, ==, expected); \
  } \
  G_STMT_END

#define assert_import(fixture, text, expected) \
  G_STMT_START \
  { \
    g_autofree char *lines_ = import_text (fixture, text); \
    g_assert_cmpstr (lines_, ==, expected); \
  } \
  G_STMT_END

/* Calendars ---------------------------------------------------------------- */

#define EVENT(uid, start, more) "BEGIN:VEVENT\r\nUID:" uid "\r\nDTSTAMP:20260101T000000Z\r\n" start "\r\n" more "END:VEVENT\r\n"
#define CALENDAR(events) "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n" events "END:VCALENDAR\r\n"

static const char invitation[] = CALENDAR (
    EVENT ("a@x", "DTSTART;TZID=Europe/Berlin:20260310T143000\r\nDTEND;TZID=Europe/Berlin:20260310T153000",
           "SUMMARY:Interview with Harbor & Finch\r\nLOCATION:https://meet.example.org/x\r\n"
           "ORGANIZER;CN=\"Marcus Bell\":mailto:marcus@harbor.example\r\n"
           "ATTENDEE;CN=Ada Park;ROLE=REQ-PARTICIPANT:mailto:ada@harbor.example\r\n"
           "ATTENDEE;CN=Room 4;CUTYPE=ROOM:mailto:room4@harbor.example\r\n"
           "ATTENDEE;CN=Me:mailto:me@gmail.com\r\nSEQUENCE:1\r\n")
    EVENT ("b@x", "DTSTART:20260302T133000Z", "SUMMARY:Dentist\r\nDURATION:PT30M\r\n")
    EVENT ("c@x", "DTSTART;VALUE=DATE:20260305", "SUMMARY:Interview week\r\n")
    EVENT ("d@x", "DTSTART:20260306T100000", "SUMMARY:Weekly interview prep\r\nRRULE:FREQ=WEEKLY\r\n")
    EVENT ("e@x", "DTSTART:20260307T100000", "SUMMARY:Cobalt Robotics\\, second round\r\n")
    EVENT ("f@x", "DTSTART:20260308T100000Z", "SUMMARY:Interview cancelled\r\nSTATUS:CANCELLED\r\n"));

static void
test_calendar (Fixture *fixture,
               G_GNUC_UNUSED gconstpointer data)
{
  static const char moved[] = CALENDAR (
      EVENT ("a@x", "DTSTART;TZID=Europe/Berlin:20260311T160000\r\nDTEND;TZID=Europe/Berlin:20260311T170000",
             "SUMMARY:Interview with Harbor & Finch\r\nSEQUENCE:2\r\n"));

  assert_import (fixture, invitation,
                 "Added: Interview with Harbor & Finch (10 March, 09:30 · 1 person invited)\n"
                 "Left out: Dentist (2 March, 08:30): it does not look like an interview.\n"
                 "Left out: Interview week: it has no time of day.\n"
                 "Left out: Weekly interview prep: it comes again and again.\n"
                 "Added: Cobalt Robotics, second round (7 March, 10:00)\n"
                 "Left out: Interview cancelled: it was cancelled.\n");
  assert_query (fixture, "SELECT company FROM opportunity ORDER BY position", "Harbor & Finch; Cobalt Robotics");
  assert_query (fixture, "SELECT starts_at || ' ' || coalesce (time_zone, '-') || ' ' || coalesce (duration_minutes, '-') || ' ' || coalesce (stage, '-') "
                         "|| ' ' || coalesce (format, '-') || ' ' || coalesce (uid, '-') || ' ' || coalesce (sequence, '-') FROM interview",
                "2026-03-10T14:30:00+01:00 Europe/Berlin 60 - - a@x 1; 2026-03-07T10:00:00-05:00 - - second - e@x -");
  /* Neither the room nor me. */
  assert_query (fixture, "SELECT name || ' ' || email FROM person ORDER BY email", "Ada Park ada@harbor.example; Marcus Bell marcus@harbor.example");
  assert_query (fixture, "SELECT json_array_length (attendees) FROM interview WHERE uid = 'a@x'", "1");

  /* The same again changes nothing; a newer one moves it; an older one doesn't. */
  {
    g_autoptr (GError) error = NULL;
    g_autoptr (AwImport) again = plan (fixture, invitation, &error);
    g_autoptr (AwCommand) command = aw_import_make_command (again, NULL);

    g_assert_cmpuint (aw_import_count (again, AW_IMPORT_SAME), ==, 2);
    g_assert_true (aw_command_is_empty (command));
  }
  assert_import (fixture, moved, "Changed: Interview with Harbor & Finch (11 March, 11:00 · Already here, will be updated)\n");
  assert_query (fixture, "SELECT starts_at || ' ' || json_array_length (attendees) FROM interview WHERE uid = 'a@x'",
                "2026-03-11T16:00:00+01:00 1");
  {
    g_autofree char *lines = import_text (fixture, invitation);

    g_assert_true (g_str_has_prefix (lines, "Left out: Interview with Harbor & Finch: what is here is newer.\n"));
  }
  assert_import (fixture, "BEGIN:VCALENDAR\r\nMETHOD:CANCEL\r\n" EVENT ("a@x", "DTSTART;TZID=Europe/Berlin:20260311T160000", "SEQUENCE:3\r\n") "END:VCALENDAR\r\n",
                 "Changed: Event without a title (11 March, 11:00 · Already here, will be updated)\n");
  assert_query (fixture, "SELECT cancelled FROM interview WHERE uid = 'a@x'", "1");
}

static void
test_zones (Fixture *fixture,
            G_GNUC_UNUSED gconstpointer data)
{
  static const char zones[] = CALENDAR (
      "BEGIN:VTIMEZONE\r\nTZID:Custom Zone\r\nBEGIN:STANDARD\r\nDTSTART:16010101T000000\r\nTZOFFSETFROM:+0300\r\nTZOFFSETTO:+0300\r\n"
      "END:STANDARD\r\nEND:VTIMEZONE\r\n"
      EVENT ("1", "DTSTART;TZID=W. Europe Standard Time:20260710T120000", "SUMMARY:Interview at A1\r\n")
      EVENT ("2", "DTSTART;TZID=/freeassociation.sourceforge.net/Asia/Tokyo:20260710T120000", "SUMMARY:Interview at A2\r\n")
      EVENT ("3", "DTSTART;TZID=Custom Zone:20260710T120000", "SUMMARY:Interview at A3\r\n")
      EVENT ("4", "DTSTART;TZID=Nowhere/Land:20260710T120000", "SUMMARY:Interview at A4\r\n")
      EVENT ("5", "DTSTART;TZID=America/New_York:20260308T023000", "SUMMARY:Interview at A5\r\n")
      EVENT ("6", "DTSTART:00010101T000000Z", "SUMMARY:Interview at A6\r\n"));

  g_free (import_text (fixture, zones));
  assert_query (fixture, "SELECT starts_at || ' ' || coalesce (time_zone, '-') FROM interview ORDER BY uid",
                "2026-07-10T12:00:00+02:00 Europe/Berlin; 2026-07-10T12:00:00+09:00 Asia/Tokyo; 2026-07-10T09:00:00Z -; "
                "2026-07-10T12:00:00-04:00 -; 2026-03-08T03:00:00-04:00 America/New_York; 0001-01-01T00:00:00Z -");
}

/* The company is known by its people, by its name, or guessed. */
static void
test_companies (Fixture *fixture,
                G_GNUC_UNUSED gconstpointer data)
{
  g_autoptr (AwCommand) command = NULL;

  g_free (import_text (fixture, "Company,Role,People\nNorthwind Labs,Engineer,Ada Park <ada@northwind.example>\n"));
  g_free (import_text (fixture, CALENDAR (EVENT ("1", "DTSTART:20260310T100000Z", "SUMMARY:Chat\r\nATTENDEE:mailto:ADA@northwind.example\r\n")
                                     EVENT ("2", "DTSTART:20260311T100000Z", "SUMMARY:northwind labs again\r\n"))));
  assert_query (fixture, "SELECT company FROM opportunity", "Northwind Labs");
  assert_query (fixture, "SELECT count(*) FROM interview", "2");

  /* Two events at one new company: either can be taken without the other. */
  {
    g_autoptr (GError) error = NULL;
    g_autoptr (AwImport) both = plan (fixture, CALENDAR (EVENT ("3", "DTSTART:20260312T100000Z", "SUMMARY:Interview at Zeta\r\nATTENDEE;CN=Bo:mailto:bo@zeta.example\r\n")
                                                         EVENT ("4", "DTSTART:20260313T100000Z", "SUMMARY:Interview at Zeta\r\nATTENDEE;CN=Bo:mailto:bo@zeta.example\r\n")),
                                      &error);
    g_autoptr (AwImportItem) first = g_list_model_get_item (aw_import_get_items (both), 0);
    g_autoptr (AwCommand) whole = aw_import_make_command (both, NULL);

    g_assert_cmpuint (aw_command_get_n_changes (whole), ==, 4); /* opportunity, person, two interviews */
    aw_import_item_set_selected (first, FALSE);
    g_assert_cmpuint (aw_import_count (both, AW_IMPORT_ADDED), ==, 1);
    g_assert_cmpuint (aw_import_count (both, AW_IMPORT_LEFT_OUT), ==, 1);
    command = run (fixture, both);
  }
  assert_query (fixture, "SELECT uid FROM interview WHERE uid > '2'", "4");
  assert_query (fixture, "SELECT company FROM opportunity ORDER BY position", "Northwind Labs; Zeta");
  {
    g_autoptr (AwCommand) undo = aw_command_inverse (command);

    g_assert_true (aw_database_run (fixture->database, undo, NULL));
  }
  assert_query (fixture, "SELECT company FROM opportunity", "Northwind Labs");
}

static void
test_guesses (void)
{
  static const struct
  {
    const char *summary;
    const char *company; /* NULL: none */
  } cases[] = {
    { "Interview with Harbor & Finch", "Harbor & Finch" },
    { "Interview at Northwind for Data engineer", "Northwind" },
    { "Northwind Labs: interview", "Northwind Labs" },
    { "Northwind Labs, second round", "Northwind Labs" },
    { "Job interview - Alder & Pine", "Alder & Pine" },
    { "Interview @ Cobalt (Zoom)", "Cobalt" },
    { "Vorstellungsgespräch bei Müller GmbH", "Müller GmbH" },
    { "Entretien chez Dupont", "Dupont" },
    { "Interview", NULL },
    { "  ", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *company = aw_event_guess_company (cases[i].summary);

      g_assert_cmpstr (company, ==, cases[i].company);
    }
  g_assert_true (aw_event_looks_like_interview ("Vorstellungsgespräch", NULL));
  g_assert_true (aw_event_looks_like_interview ("Phone screen: X", NULL));
  g_assert_false (aw_event_looks_like_interview ("Dentist", "bring the card"));
  g_assert_false (aw_event_looks_like_interview (NULL, NULL));
  {
    g_autofree char *a = aw_address_guess_company ("x@hr.northwind.example");
    g_autofree char *b = aw_address_guess_company ("x@acme.co.uk");
    g_autofree char *c = aw_address_guess_company ("x@gmail.com");

    g_assert_cmpstr (a, ==, "Northwind");
    g_assert_cmpstr (b, ==, "Acme");
    g_assert_cmpstr (c, ==, NULL);
  }
}

/* Tables ------------------------------------------------------------------- */

static void
test_table (Fixture *fixture,
            G_GNUC_UNUSED gconstpointer data)
{
  assert_import (fixture,
                 "\xef\xbb\xbf" "Firma;Stelle;Status;Datum;Uhrzeit;Kontakt;E-Mail;Notes\r\n"
                 "Müller & Söhne;Ingenieur;abgelehnt;2026-02-10;14:30;Ada Pärk;ada@mueller.example;\"zwei\r\nZeilen; \"\"so\"\"\"\r\n"
                 "Müller & Söhne;Ingenieur;;2026-02-17 09:15;;Bo;bo@mueller.example;\r\n"
                 ";;;;;;;\r\n"
                 ";Niemand;;;;;;\r\n"
                 "Acme;;maybe;;;;;\r\n"
                 "Zeta;;;31.31.2026;;;;\r\n"
                 "Eta;a;b;c;d;e;f;g;zu viel\r\n"
                 "Theta;\"offen;;;\r\n"
                 "Iota;;;;;;;",
                 "Added: Müller & Söhne (Ingenieur)\n"
                 "Added: Müller & Söhne (Ingenieur)\n"
                 "Left out: Line 6: it names no company.\n"
                 "Added: Acme\n"
                 "Left out: Line 8: “31.31.2026” is not readable as a date.\n"
                 "Left out: Line 9: it is not readable: a quotation mark is open, or there are too many columns.\n"
                 "Left out: Line 10: it is not readable: a quotation mark is open, or there are too many columns.\n"
                 "Added: Iota\n");
  assert_query (fixture, "SELECT company || '/' || coalesce (role, '-') || '/' || status || '/' || coalesce (notes, '-') FROM opportunity ORDER BY position",
                "Müller & Söhne/Ingenieur/rejected/zwei\nZeilen; \"so\"; Acme/-/active/-; Iota/-/active/-");
  assert_query (fixture, "SELECT starts_at FROM interview ORDER BY position", "2026-02-10T14:30:00-05:00; 2026-02-17T09:15:00-05:00");
  assert_query (fixture, "SELECT name || ' ' || email FROM person ORDER BY position", "Ada Pärk ada@mueller.example; Bo bo@mueller.example");

  /* What is here is filled in, not overwritten. */
  assert_import (fixture, "Company,Role,Status,Notes,Source\nmüller & söhne,,active,new,https://x.example/\nIota,Baker,,,\n",
                 "Changed: müller & söhne\nChanged: Iota (Baker)\n");
  assert_query (fixture, "SELECT status || substr (notes, 1, 4) || source FROM opportunity WHERE role = 'Ingenieur'", "rejectedzweihttps://x.example/");
}

static void
test_table_mapping (Fixture *fixture,
                    G_GNUC_UNUSED gconstpointer data)
{
  static const char text[] = "what,who\tx,when\nEngineer,Acme,2026-02-10\n";
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autoptr (GError) error = NULL;
  g_autoptr (AwTable) table = aw_table_parse (bytes, &error);
  const AwColumn columns[] = { AW_COLUMN_ROLE, AW_COLUMN_COMPANY, AW_COLUMN_DATE };
  g_autoptr (AwImport) import = NULL;
  g_autoptr (AwCommand) command = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (aw_table_get_n_columns (table), ==, 3);
  g_assert_cmpint (aw_table_guess_column (table, 2), ==, AW_COLUMN_DATE);
  g_assert_cmpstr (aw_table_get_cell (table, 0, 1), ==, "Acme");
  g_assert_null (aw_import_plan_table (table, NULL, fixture->database, ZONE, NOW, &error));
  g_assert_error (error, AW_EXCHANGE_ERROR, AW_EXCHANGE_ERROR_FORMAT);
  g_clear_error (&error);
  import = aw_import_plan_table (table, columns, fixture->database, ZONE, NOW, &error);
  g_assert_no_error (error);
  command = run (fixture, import);
  assert_query (fixture, "SELECT role || ' ' || company FROM opportunity", "Engineer Acme");
}

static void
test_encodings (Fixture *fixture,
                G_GNUC_UNUSED gconstpointer data)
{
  static const char latin[] = "Company\nM\xfcller \x96 S\xf6hne\n";
  g_autofree char *utf16 = NULL;
  gsize length;
  g_autoptr (GByteArray) array = g_byte_array_new ();
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (AwImport) import = NULL;
  g_autoptr (AwCommand) command = NULL;
  g_autoptr (GError) error = NULL;

  assert_import (fixture, latin, "Added: Müller – Söhne\n");
  utf16 = g_convert ("Company\tRole\nÅngström\tX\n", -1, "UTF-16LE", "UTF-8", NULL, &length, NULL);
  g_byte_array_append (array, (const guint8 *) "\xff\xfe", 2);
  g_byte_array_append (array, (const guint8 *) utf16, (guint) length);
  bytes = g_byte_array_free_to_bytes (g_steal_pointer (&array));
  import = aw_import_read (bytes, fixture->database, ZONE, NOW, &error);
  g_assert_no_error (error);
  command = run (fixture, import);
  assert_query (fixture, "SELECT company FROM opportunity ORDER BY position", "Müller – Söhne; Ångström");
}

/* Cards -------------------------------------------------------------------- */

static void
test_cards (Fixture *fixture,
            G_GNUC_UNUSED gconstpointer data)
{
  static const char cards[] = "BEGIN:VCARD\r\nVERSION:3.0\r\nN:Park;Ada;;;\r\nFN:Ada Park\r\nORG:Northwind\\, Inc.;Data\r\nTITLE:Head of Data\r\n"
                              "EMAIL;TYPE=work:ada@northwind.exa\r\n mple\r\nTEL;TYPE=work:+1 555 0100\r\nEND:VCARD\r\n"
                              "BEGIN:VCARD\r\nVERSION:2.1\r\nFN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:J=C3=BCrgen M=C3=BC=\r\nller\r\n"
                              "EMAIL:j@mueller.example\r\nEND:VCARD\r\n"
                              "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Nobody\r\nEND:VCARD\r\n"
                              "BEGIN:VCARD\r\nFN:cut off\r\n";

  assert_import (fixture, cards,
                 "Added: Ada Park (Northwind, Inc.)\nAdded: Jürgen Müller (Mueller)\nLeft out: Nobody: the card names no company.\n");
  assert_query (fixture, "SELECT name || '/' || coalesce (title, '-') || '/' || email || '/' || coalesce (phone, '-') FROM person ORDER BY email",
                "Ada Park/Head of Data/ada@northwind.example/+1 555 0100; Jürgen Müller/-/j@mueller.example/-");
  {
    g_autofree char *again = import_text (fixture, cards);

    g_assert_true (g_str_has_prefix (again, "Already here: Ada Park (Northwind, Inc.)\nAlready here: Jürgen Müller (Mueller)\n"));
  }
}

/* What is wrong ------------------------------------------------------------ */

static void
test_refusals (Fixture *fixture,
               G_GNUC_UNUSED gconstpointer data)
{
  g_autoptr (GString) deep = g_string_new ("BEGIN:VCALENDAR\n");
  const char *bad[] = {
    "",
    "\n\n",
    "hello",
    "BEGIN:VCALENDAR\nEND:VCALENDAR\n",
    "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:x\n",
    "BEGIN:VCALENDAR\nEND:VEVENT\nEND:VEVENT\nEND:VCALENDAR\n",
    "BEGIN:VCARD\nEND:VCARD\n",
    "BEGIN:VCARD\nFN:x",
    "Role,Date\nx,y\n",
    "\"open,\nx",
    "\xff\xfe\x01",
    NULL,
  };

  for (int i = 0; i < 100000; i++)
    g_string_append (deep, "BEGIN:VEVENT\n");
  bad[G_N_ELEMENTS (bad) - 1] = deep->str;
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (AwImport) import = plan (fixture, bad[i], &error);

      if (import != NULL)
        g_test_message ("%.60s", bad[i]);
      g_assert_null (import);
      g_assert_nonnull (error);
      g_assert_cmpuint (error->domain, ==, AW_EXCHANGE_ERROR);
      g_assert_true (g_str_has_suffix (error->message, "."));
    }
  {
    g_autoptr (GBytes) binary = g_bytes_new_static ("Company\n\0\1\2", 11);
    g_autoptr (GError) error = NULL;

    g_assert_null (aw_import_read (binary, fixture->database, ZONE, NOW, &error));
    g_assert_error (error, AW_EXCHANGE_ERROR, AW_EXCHANGE_ERROR_FORMAT);
  }
}

/* Changed and cut files of every kind: read or refused, and what is read can be
 * written. */
static void
test_mutations (Fixture *fixture,
                G_GNUC_UNUSED gconstpointer data)
{
  static const char *const seeds[] = {
    NULL,
    "Company;Role;Date;People;Phone\n\"A \"\"b\"\"\";x;5 March 2026;Ada <a@b.example>, HR;+1\nB;y;;;\n",
    "BEGIN:VCARD\nVERSION:3.0\nFN:Ada\nORG:Northwind;x\nEMAIL:a@b.example\nTEL:1\nEND:VCARD\n",
  };
  g_autoptr (GRand) rand = g_rand_new_with_seed (11);

  for (guint i = 0; i < G_N_ELEMENTS (seeds); i++)
    for (int round = 0; round < 700; round++)
      {
        const char *seed = seeds[i] != NULL ? seeds[i] : invitation;
        gsize length = strlen (seed);
        g_autofree char *text = g_strdup (seed);
        g_autoptr (GBytes) bytes = NULL;
        g_autoptr (AwImport) import = NULL;
        g_autoptr (GError) error = NULL;

        for (int n = g_rand_int_range (rand, 1, 6); n > 0; n--)
          text[g_rand_int_range (rand, 0, (gint32) length)] = ";:,\"\n\r=\\ 09Z\xc3\xff\x01" "T"[g_rand_int_range (rand, 0, 17)];
        if (round % 3 == 0)
          length = (gsize) g_rand_int_range (rand, 0, (gint32) length);
        bytes = g_bytes_new (text, length);
        import = aw_import_read (bytes, fixture->database, ZONE, NOW, &error);
        g_assert_true ((import == NULL) == (error != NULL));
        if (import != NULL && round % 20 == 0)
          g_object_unref (run (fixture, import));
      }
}

/* Exports ------------------------------------------------------------------ */

static void
test_export_table (Fixture *fixture,
                   G_GNUC_UNUSED gconstpointer data)
{
  g_autoptr (AwDocument) document = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (AwImport) again = NULL;
  g_autoptr (GError) error = NULL;
  const char *text;
  gsize length;

  g_free (import_text (fixture, "Company,Role,Interview,Notes,People\n"
                           "\"A, B\",=1+1,2026-02-10 14:30,\"say \"\"hi\"\"\nnow\",Ada <ada@x.example>; Bo\n\"'quoted\",,,,\n"));
  document = aw_export_document (fixture->database, &error);
  g_assert_no_error (error);
  bytes = aw_export_table (document, ZONE);
  text = g_bytes_get_data (bytes, &length);
  g_assert_nonnull (g_strstr_len (text, (gssize) length,
                                  "\"A, B\",'=1+1,active,\"\",2026-02-10 14:30,\"\",\"\",\"\",\"\",Ada <ada@x.example>; Bo,1,0,\"\",\"\",\"\",unknown,\"\",no,"
                                  "\"say \"\"hi\"\"\nnow\"\r\n"));
  again = aw_import_read (bytes, fixture->database, ZONE, NOW, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (aw_import_count (again, AW_IMPORT_SAME), ==, 2);
}

/* Whatever the facts are, the exports can be made, and read again. */
static void
test_export_anything (Fixture *fixture,
                      G_GNUC_UNUSED gconstpointer data)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (5);
  g_autoptr (AwPolicy) policy = aw_test_policy_new (rand);
  g_autoptr (AwDocument) document = aw_document_new (policy, NULL);
  g_autoptr (GBytes) table = NULL;
  g_autoptr (GBytes) calendar = NULL;
  g_autoptr (AwTable) read = NULL;
  g_autoptr (AwImport) events = NULL;
  g_autoptr (GError) error = NULL;
  guint n = 0;

  for (int i = 0; i < 60; i++)
    {
      g_autofree char *id = g_strdup_printf ("o%d", i);
      g_autoptr (AwDossier) dossier = aw_test_dossier_new (rand, id);

      n += aw_record_list_get_length (aw_dossier_get_list (dossier, AW_RECORD_INTERVIEW));
      aw_document_add (document, dossier);
    }
  table = aw_export_table (document, ZONE);
  read = aw_table_parse (table, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < aw_table_get_n_rows (read); i++)
    g_assert_true (aw_table_is_readable (read, i));
  calendar = aw_export_calendar (document, NULL, 0, NOW);
  events = aw_import_read (calendar, fixture->database, ZONE, NOW, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (aw_import_get_items (events)), ==, n);
}

static void
test_export_calendar (Fixture *fixture,
                      G_GNUC_UNUSED gconstpointer data)
{
  static const AwExportTask task = { "o1", "thank-you/p/i", "Thank Ada; soon, ok", "Within a day", NOW, NOW + 3600 };
  g_autoptr (AwDocument) document = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  g_free (import_text (fixture, invitation));
  document = aw_export_document (fixture->database, &error);
  bytes = aw_export_calendar (document, &task, 1, NOW);
  text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_assert_nonnull (strstr (text, "UID:a@x\r\n"));
  g_assert_nonnull (strstr (text, "DTSTART:20260310T133000Z\r\n"));
  g_assert_nonnull (strstr (text, "DTEND:20260310T143000Z\r\n"));
  g_assert_nonnull (strstr (text, "SUMMARY:Interview: Harbor & Finch\r\n"));
  g_assert_nonnull (strstr (text, "BEGIN:VTODO\r\n"));
  g_assert_nonnull (strstr (text, "SUMMARY:Thank Ada\\; soon\\, ok\r\n"));
  g_assert_nonnull (strstr (text, "DUE:20260304T"));
  g_assert_null (strstr (text, "ATTENDEE"));
}

#define ADD(name, func) g_test_add ("/import/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/import/guesses", test_guesses);
  ADD ("calendar", test_calendar);
  ADD ("zones", test_zones);
  ADD ("companies", test_companies);
  ADD ("table", test_table);
  ADD ("table-mapping", test_table_mapping);
  ADD ("encodings", test_encodings);
  ADD ("cards", test_cards);
  ADD ("refusals", test_refusals);
  ADD ("mutations", test_mutations);
  ADD ("export-table", test_export_table);
  ADD ("export-anything", test_export_anything);
  ADD ("export-calendar", test_export_calendar);
  return g_test_run ();
}
