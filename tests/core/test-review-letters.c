/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "review-case.h"

/* Letters of our own, good and bad, of different trades and tongues: how many
 * of the bad ones raise what they should, and how many of the good ones a
 * false alarm. A letter is a file: a header (whose facts, to whom, kind,
 * subject, when, which finding is expected), a blank line, the text. */

#define LEAST_FOUND 0.90
#define MOST_FALSE 0.05

static char *
header (const char *content,
        const char *name)
{
  g_autofree char *key = g_strconcat (name, ": ", NULL);
  const char *start = g_str_has_prefix (content, key) ? content : NULL;

  if (start == NULL)
    {
      g_autofree char *line = g_strconcat ("\n", key, NULL);

      start = strstr (content, line);
      g_assert_nonnull (start);
      start++;
    }
  start += strlen (key);
  return g_strndup (start, strcspn (start, "\n"));
}

/* Whether @expected is found as a warning or more, and whether any other check
 * gives one: that is a false alarm in a bad letter too. "M5 M10": both belong
 * to it, the first must come. */
static void
review_letter (const char *path,
               const char *name,
               gboolean *good,
               gboolean *found,
               gboolean *alarm)
{
  g_autofree char *content = NULL;
  g_autofree char *facts = NULL, *person = NULL, *kind = NULL, *subject = NULL, *at = NULL, *expected = NULL, *doc = NULL;
  g_auto (GStrv) due = NULL;
  g_autoptr (ReviewWorld) world = NULL;
  g_autoptr (GPtrArray) findings = NULL;
  AwReviewInput input = { .channel = AW_CHANNEL_EMAIL };
  AwInstant instant;
  gboolean hint_suffices;
  int value;

  g_assert_true (g_file_get_contents (path, &content, NULL, NULL));
  facts = header (content, "Facts");
  person = header (content, "To");
  kind = header (content, "Kind");
  subject = header (content, "Subject");
  at = header (content, "At");
  expected = header (content, "Expected");
  doc = g_test_build_filename (G_TEST_DIST, "core", "letters", "facts", facts, "doc.json", NULL);
  if (!g_file_test (doc, G_FILE_TEST_EXISTS))
    {
      g_free (doc);
      doc = g_test_build_filename (G_TEST_DIST, "core", "review", facts, "doc.json", NULL);
    }
  world = review_world_load (doc);
  g_assert_true (aw_word_parse (&aw_touch_kinds, kind, &value));
  g_assert_true (aw_instant_parse (at, &instant));
  input.person = person;
  input.kind = (AwTouchKind) value;
  input.subject = subject;
  input.text = strstr (content, "\n\n") + 2;
  input.at = input.begun = instant.sec;
  findings = review_world_review (world, "o1", &input);

  due = g_strsplit (expected, " ", -1);
  hint_suffices = g_strv_contains ((const char *const *) due, "hint");
  *good = strcmp (expected, "nothing") == 0;
  *found = *alarm = FALSE;
  for (guint i = 0; i < findings->len; i++)
    {
      const AwFinding *finding = g_ptr_array_index (findings, i);

      *found |= hint_suffices && finding->severity == AW_SEVERITY_HINT && strcmp (finding->id, due[0]) == 0;
      if (finding->severity < AW_SEVERITY_WARNING)
        continue;
      *alarm |= !g_strv_contains ((const char *const *) due, finding->id);
      *found |= strcmp (finding->id, due[0]) == 0;
    }
  if (*alarm || (!*good && !*found))
    {
      g_test_message ("%s: %s%s", name, *alarm ? "a false alarm " : "", *good || *found ? "" : "not found");
      review_show (name, findings);
    }
}

static void
test_letters (void)
{
  /* AW_LETTERS: a folder of letters that are not in the corpus yet. */
  g_autofree char *folder = g_getenv ("AW_LETTERS") != NULL ? g_strdup (g_getenv ("AW_LETTERS")) : g_test_build_filename (G_TEST_DIST, "core", "letters", NULL);
  GDir *dir = g_dir_open (folder, 0, NULL);
  guint n_good = 0, n_bad = 0, n_found = 0, n_false = 0, n_noisy = 0;
  const char *name;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      gboolean good, found, alarm;

      if (!g_str_has_suffix (name, ".letter"))
        continue;
      review_letter (path, name, &good, &found, &alarm);
      n_good += good;
      n_bad += !good;
      n_found += !good && found;
      n_false += good && alarm;
      n_noisy += !good && alarm;
    }
  g_dir_close (dir);
  g_test_message ("%u letters: %u of %u bad ones found (%.0f %%), %u of %u good ones with a false alarm (%.0f %%), %u bad ones with one besides",
                  n_good + n_bad, n_found, n_bad, 100.0 * n_found / MAX (n_bad, 1), n_false, n_good, 100.0 * n_false / MAX (n_good, 1), n_noisy);
  if (g_getenv ("AW_LETTERS") != NULL)
    return;
  g_assert_cmpuint (n_good + n_bad, >=, 60);
  g_assert_cmpfloat ((double) n_found / n_bad, >=, LEAST_FOUND);
  g_assert_cmpfloat ((double) n_false / n_good, <=, MOST_FALSE);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/review/letters", test_letters);
  return g_test_run ();
}
