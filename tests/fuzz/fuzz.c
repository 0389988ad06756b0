/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What comes from outside, changed at random: nothing may crash, hang, warn, or pass
 * on text that is not clean. AW_FUZZ_SECONDS a target (default 5); the seed is GLib's
 * (--seed), and an input that does harm is left in fuzz-TARGET.input beside the build,
 * to be played again by AW_FUZZ_INPUT. */
#include "config.h"

#include <fcntl.h>
#include <gio/gio.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "core/aw-form-person.h"
#include "core/aw-plain-text.h"
#include "core/review-case.h"
#include "core/aw-template.h"
#include "exchange/aw-import.h"
#include "exchange/aw-table.h"
#include "mail/aw-autoconfig.h"
#include "mail/aw-mail-headers.h"
#include "mail/aw-preset.h"
#include "store/aw-database.h"
#include "support/aw-test-files.h"

#define LONGEST 65536
#define HANGS_AFTER 20 /* seconds for one input, on a slow machine */

typedef struct
{
  const char *name;
  const char *folder;      /* of seeds, below tests/; NULL: none */
  const char *const *seeds;
  void (*play) (GByteArray *input);
} Target;

static AwDatabase *database;
static ReviewWorld *world;

static const char *const calendar_seeds[] = {
  "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1@x\r\nSUMMARY:Interview: Engineer\r\nDTSTART;TZID=Europe/Berlin:20260304T090000\r\n"
  "DTEND;TZID=Europe/Berlin:20260304T100000\r\nORGANIZER;CN=Ann Roe:mailto:ann@firm.test\r\nATTENDEE;CN=\"Bo; Li\":mailto:bo@firm.test\r\n"
  "DESCRIPTION:Come \\, and see\\nus\r\nRRULE:FREQ=DAILY;COUNT=3\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
  "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Ann Roe\r\nN:Roe;Ann;;;\r\nORG:Firm;Team\r\nTITLE:Head\r\nEMAIL;TYPE=work:ann@firm.test\r\nTEL:+49 30 1\r\nNOTE:a\\nb\r\nEND:VCARD\r\n",
  "Company,Role,Date\nFirm,Engineer,2026-03-04\n\"A, \"\"B\"\"\",\"two\nlines\",4.3.2026\n",
  "Firma;Stelle;Wann;E-Mail\nM\xc3\xbchle;Koch;04.03.2026 09:00;x@y.test\n",
  NULL
};

static const char *const header_seeds[] = {
  "From: =?utf-8?q?Ann_R=C3=B6?= <ann@firm.test>\r\nTo: me@x.test\r\nSubject: Re: Thank\r\n you\r\nMessage-ID: <1@firm.test>\r\nIn-Reply-To: <2@x.test>\r\n"
  "References: <3@x.test> <2@x.test>\r\nAuto-Submitted: auto-replied\r\nDate: Wed, 4 Mar 2026 09:00:00 +0100\r\nContent-Type: multipart/report; report-type=delivery-status\r\n\r\n",
  "Reporting-MTA: dns; mx.test\r\n\r\nFinal-Recipient: rfc822; a@b.test\r\nAction: failed\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; 550 no such user\r\n",
  "X-Autoreply: yes\nPrecedence: bulk\nList-Id: <l.x.test>\nReturn-Path: <>\nFrom: MAILER-DAEMON@x.test (Mail)\n",
  NULL
};

static const char *const autoconfig_seeds[] = {
  "<?xml version=\"1.0\"?><clientConfig version=\"1.1\"><emailProvider id=\"firm.test\"><domain>firm.test</domain><outgoingServer type=\"smtp\">"
  "<hostname>smtp.%EMAILDOMAIN%</hostname><port>587</port><socketType>STARTTLS</socketType><username>%EMAILADDRESS%</username>"
  "<authentication>password-cleartext</authentication></outgoingServer><incomingServer type=\"imap\"><hostname>imap.firm.test</hostname><port>993</port>"
  "<socketType>SSL</socketType><username>%EMAILLOCALPART%</username></incomingServer></emailProvider></clientConfig>",
  NULL
};

static const char *const preset_seeds[] = {
  "[firm]\nname=Firm\ndomains=firm.test;\nmx=mx.firm.test;\nsmtp=smtp.firm.test\nport=465\nsecurity=tls\nuser=address\npassword=app\nhelp=Make one\nchecked=2026-03-01\n", NULL
};

static const char *const text_seeds[] = {
  "Aiko Tanaka <aiko@firm.test>, HR\nMarcus \"M\" Bell (hiring manager) marcus@firm.test; Dr. Ines Roth\n",
  "Dear [name],\n\nThank you. \xe2\x80\xae" "evil\xe2\x80\xac \xf0\x9f\x98\x80 [what you liked]\n", NULL
};

/* Pieces that have done harm to parsers. */
static const char *const pieces[] = {
  "\0", "\r\n", "\n\n", "\"", "\\", "{", "}", "[", "]", "<", ">", "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]>", "&b;", "%s%n", "\xff\xfe", "\xc0\x80",
  "\xed\xa0\x80", "\xe2\x80\xae", "\xe2\x80\x8b", "=?utf-8?b?4p", "=?=", "0", "-1", "9223372036854775808", "1e999", "NaN", "null", "\\u0000", "\\ud800", "0001-01-01",
  "9999-12-31T23:59:59Z", "2026-02-30", "T25:00:00", "TZID=No/Where:", "BEGIN:VEVENT", "END:VCALENDAR", "RRULE:FREQ=SECONDLY", ";", ",", ":", "\t", "A & B <C>",
};

static const char *target_name;
static GByteArray *current;

/* Only what a signal handler may do. */
static void
on_harm (int number)
{
  char path[64] = "fuzz-";
  int file;

  strncat (path, target_name, 32);
  strcat (path, ".input");
  file = open (path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
  if (file >= 0 && current != NULL)
    {
      if (write (file, current->data, current->len) < 0)
        _exit (3);
      close (file);
    }
  signal (number, SIG_DFL);
  raise (number);
}

static void
play_import (GByteArray *input)
{
  g_autoptr (GBytes) bytes = g_bytes_new (input->data, input->len);
  g_autoptr (GError) error = NULL;
  g_autoptr (AwImport) import = aw_import_read (bytes, database, "Europe/Berlin", 1772700000, &error);

  if (import == NULL)
    {
      g_assert_nonnull (error);
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      return;
    }
  g_object_unref (aw_import_make_command (import, "Import"));
}

static void
play_table (GByteArray *input)
{
  g_autoptr (GBytes) bytes = g_bytes_new (input->data, input->len);
  g_autoptr (GError) error = NULL;
  g_autoptr (AwTable) table = aw_table_parse (bytes, &error);

  if (table == NULL)
    return;
  for (guint row = 0; row < MIN (aw_table_get_n_rows (table), 50); row++)
    for (guint column = 0; column < aw_table_get_n_columns (table); column++)
      g_assert_true (g_utf8_validate (aw_table_get_cell (table, row, column), -1, NULL));
}

static void
assert_line (const char *text)
{
  g_assert_true (text == NULL || (g_utf8_validate (text, -1, NULL) && strpbrk (text, "\r\n") == NULL));
}

static void
play_headers (GByteArray *input)
{
  const char *text = (const char *) input->data;
  g_autoptr (AwMailHeaders) headers = aw_mail_headers_parse (text, input->len);
  g_autoptr (AwBounce) bounce = NULL;

  assert_line (headers->id);
  assert_line (headers->name);
  assert_line (headers->address);
  assert_line (headers->subject);
  bounce = aw_bounce_parse (text, input->len / 2, text + input->len / 2, input->len - input->len / 2);
  if (bounce != NULL)
    {
      assert_line (bounce->message_id);
      assert_line (bounce->text);
    }
}

static void
play_autoconfig (GByteArray *input)
{
  g_autoptr (AwAccount) account = (AwAccount *) aw_record_new (AW_TYPE_ACCOUNT, NULL);

  if (!aw_autoconfig_parse ((const char *) input->data, input->len, "ann@firm.test", account))
    return;
  assert_line (account->host);
  g_assert_true (account->host != NULL && *account->host != '\0');
}

static void
play_presets (GByteArray *input)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) presets = aw_presets_parse ((const char *) input->data, input->len, problems);

  for (guint i = 0; i < problems->len; i++)
    g_assert_true (g_utf8_validate (g_ptr_array_index (problems, i), -1, NULL));
}

static void
play_text (GByteArray *input)
{
  g_autofree char *clean = aw_plain_text_clean ((const char *) input->data, input->len, FALSE);
  g_autofree char *line = aw_plain_text_clean ((const char *) input->data, input->len, TRUE);
  g_autoptr (GPtrArray) people = NULL;
  g_autofree char *first = NULL, *fold = NULL;
  int start, end = 0;

  g_assert_true (aw_plain_text_is_clean (clean, -1));
  assert_line (line);
  people = aw_form_people_parse (clean);
  for (guint i = 0; i < people->len; i++)
    {
      AwFormPerson *person = g_ptr_array_index (people, i);

      assert_line (person->name);
      assert_line (person->email); /* as it was typed: the form says what is wrong with it */
    }
  first = aw_template_first_name (line);
  fold = aw_plain_text_fold (clean);
  for (int from = 0; (start = aw_template_next_prompt (clean, from, &end)) >= 0; from = end)
    g_assert_cmpint (end, >, from);
}

static void
play_review (GByteArray *input)
{
  g_autofree char *text = aw_plain_text_clean ((const char *) input->data, MIN (input->len, 4096), FALSE);
  glong length = g_utf8_strlen (text, -1);
  AwReviewInput review = { .person = "p1", .kind = AW_TOUCH_THANK_YOU, .channel = AW_CHANNEL_EMAIL, .subject = "Thank you", .text = text,
                           .at = 1772700000, .begun = 1772690000 };
  g_autoptr (GPtrArray) findings = review_world_review (world, "o1", &review);

  for (guint i = 0; i < findings->len; i++)
    {
      AwFinding *finding = g_ptr_array_index (findings, i);

      g_assert_true (g_utf8_validate (finding->sentence, -1, NULL));
      if (!finding->in_subject)
        {
          g_assert_cmpint (finding->start, <=, finding->end);
          g_assert_cmpint (finding->end, <=, length);
        }
    }
}

static const Target targets[] = {
  { "import", "ui/data", calendar_seeds, play_import },
  { "table", NULL, calendar_seeds, play_table },
  { "headers", NULL, header_seeds, play_headers },
  { "autoconfig", NULL, autoconfig_seeds, play_autoconfig },
  { "presets", NULL, preset_seeds, play_presets },
  { "text", NULL, text_seeds, play_text },
  { "review", "core/letters/held-out", text_seeds, play_review },
};

static GPtrArray *
read_seeds (const Target *target)
{
  GPtrArray *seeds = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);

  for (guint i = 0; target->seeds[i] != NULL; i++)
    g_ptr_array_add (seeds, g_bytes_new (target->seeds[i], strlen (target->seeds[i])));
  if (target->folder != NULL)
    {
      g_autofree char *folder = g_test_build_filename (G_TEST_DIST, target->folder, NULL);
      g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
      const char *name;

      g_assert_nonnull (dir);
      while ((name = g_dir_read_name (dir)) != NULL && seeds->len < 40)
        {
          g_autofree char *path = g_build_filename (folder, name, NULL);
          g_autofree char *text = NULL;
          gsize length;

          if (g_file_get_contents (path, &text, &length, NULL))
            g_ptr_array_add (seeds, g_bytes_new (text, MIN (length, LONGEST)));
        }
    }
  return seeds;
}

static void
insert (GByteArray *input,
        guint at,
        const void *data,
        guint length)
{
  guint tail = input->len - at;

  if (input->len + length > LONGEST)
    return;
  g_byte_array_set_size (input, input->len + length);
  memmove (input->data + at + length, input->data + at, tail);
  memcpy (input->data + at, data, length);
}

static void
change (GByteArray *input,
        GPtrArray *seeds)
{
  for (int n = g_test_rand_int_range (1, 9); n > 0; n--)
    {
      guint at = g_test_rand_int_range (0, input->len + 1);
      guint length = input->len > at ? g_test_rand_int_range (1, MIN (input->len - at, 200) + 1) : 0;

      switch (g_test_rand_int_range (0, 7))
        {
        case 0: /* a bit */
          if (length > 0)
            input->data[at] ^= 1 << g_test_rand_int_range (0, 8);
          break;
        case 1: /* less */
          if (length > 0)
            g_byte_array_remove_range (input, at, length);
          break;
        case 2: /* the same again */
          if (length > 0)
            {
              g_autofree guint8 *part = g_memdup2 (input->data + at, length);

              insert (input, g_test_rand_int_range (0, input->len + 1), part, length);
            }
          break;
        case 3: /* the end is missing */
          if (g_test_rand_int_range (0, 8) == 0)
            g_byte_array_set_size (input, at);
          break;
        case 4: /* the rest of another one */
          {
            GBytes *other = g_ptr_array_index (seeds, g_test_rand_int_range (0, seeds->len));
            gsize size;
            const guint8 *data = g_bytes_get_data (other, &size);
            guint from = g_test_rand_int_range (0, size + 1);

            insert (input, at, data + from, MIN (size - from, 400));
            break;
          }
        default:
          {
            const char *piece = pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))];

            insert (input, at, piece, MAX (strlen (piece), 1));
          }
        }
    }
}

static void
fuzz (gconstpointer data)
{
  const Target *target = data;
  g_autoptr (GPtrArray) seeds = read_seeds (target);
  g_autoptr (GByteArray) input = g_byte_array_new ();
  const char *seconds = g_getenv ("AW_FUZZ_SECONDS"), *file = g_getenv ("AW_FUZZ_INPUT");
  gint64 end = g_get_monotonic_time () + (seconds != NULL ? g_ascii_strtoll (seconds, NULL, 10) : 5) * G_USEC_PER_SEC;
  guint n = 0;

  current = input;
  target_name = target->name;
  if (file != NULL)
    {
      g_autofree char *text = NULL;
      gsize length;

      g_assert_true (g_file_get_contents (file, &text, &length, NULL));
      g_byte_array_append (input, (guint8 *) text, length);
      g_byte_array_append (input, (guint8 *) "", 1);
      g_byte_array_set_size (input, length);
      target->play (input);
      return;
    }
  do
    {
      GBytes *seed = g_ptr_array_index (seeds, n < seeds->len ? n : (guint) g_test_rand_int_range (0, seeds->len));
      gsize size;
      const guint8 *bytes = g_bytes_get_data (seed, &size);

      g_byte_array_set_size (input, 0);
      g_byte_array_append (input, bytes, size);
      if (n++ >= seeds->len) /* each once as it is */
        change (input, seeds);
      /* A byte behind the end that is zero, as for all that is read here. */
      g_byte_array_append (input, (const guint8 *) "", 1);
      g_byte_array_set_size (input, input->len - 1);
      alarm (HANGS_AFTER);
      target->play (input);
      alarm (0);
    }
  while (g_get_monotonic_time () < end);
  g_test_message ("%u inputs", n);
  current = NULL;
}

int
main (int argc,
      char **argv)
{
  g_autoptr (AwTestFolder) folder = NULL;
  g_autofree char *path = NULL, *document = NULL;
  g_autoptr (GError) error = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);
  folder = aw_test_folder_new ();
  path = g_build_filename (folder, "fuzz.db", NULL);
  database = aw_database_open (path, &error);
  g_assert_no_error (error);
  document = g_test_build_filename (G_TEST_DIST, "core", "review", "002-thanks-same-frame-other-middle", "doc.json", NULL);
  world = review_world_load (document);
  for (guint i = 0; i < G_N_ELEMENTS (targets); i++)
    {
      g_autofree char *name = g_strconcat ("/fuzz/", targets[i].name, NULL);

      g_test_add_data_func (name, &targets[i], fuzz);
    }
  signal (SIGSEGV, on_harm);
  signal (SIGABRT, on_harm);
  signal (SIGTRAP, on_harm);
  signal (SIGALRM, on_harm);
  status = g_test_run ();
  review_world_free (world);
  g_object_unref (database);
  return status;
}
