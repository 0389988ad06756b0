/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "core/aw-template.h"
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

typedef struct
{
  guint n_good, n_bad;
  guint n_found, n_false, n_noisy;
} Figures;

/* What the review finds in the letters of a folder; printed with the folder's name. */
static Figures
measure (const char *folder,
         const char *title)
{
  GDir *dir = g_dir_open (folder, 0, NULL);
  Figures figures = { 0 };
  const char *name;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      gboolean good, found, alarm;

      if (!g_str_has_suffix (name, ".letter"))
        continue;
      review_letter (path, name, &good, &found, &alarm);
      figures.n_good += good;
      figures.n_bad += !good;
      figures.n_found += !good && found;
      figures.n_false += good && alarm;
      figures.n_noisy += !good && alarm;
    }
  g_dir_close (dir);
  g_test_message ("%s: %u letters: %u of %u bad ones found (%.0f %%), %u of %u good ones with a false alarm (%.0f %%), %u bad ones with one besides",
                  title, figures.n_good + figures.n_bad, figures.n_found, figures.n_bad, 100.0 * figures.n_found / MAX (figures.n_bad, 1),
                  figures.n_false, figures.n_good, 100.0 * figures.n_false / MAX (figures.n_good, 1), figures.n_noisy);
  return figures;
}

static void
assert_figures (const Figures *figures,
                guint least_good,
                guint least_bad)
{
  g_assert_cmpuint (figures->n_good, >=, least_good);
  g_assert_cmpuint (figures->n_bad, >=, least_bad);
  g_assert_cmpfloat ((double) figures->n_found / figures->n_bad, >=, LEAST_FOUND);
  g_assert_cmpfloat ((double) figures->n_false / figures->n_good, <=, MOST_FALSE);
}

static void
test_letters (void)
{
  g_autofree char *folder = g_test_build_filename (G_TEST_DIST, "core", "letters", NULL);
  Figures figures = measure (folder, "mended against");

  assert_figures (&figures, 400, 400);
}

/* Letters that no rule and no phrase was ever mended against: see the README. */
static void
test_held_out (void)
{
  g_autofree char *folder = g_test_build_filename (G_TEST_DIST, "core", "letters", "held-out", NULL);
  Figures figures = measure (folder, "held out");

  assert_figures (&figures, 60, 60);
}

static void
test_german (void)
{
  g_autofree char *folder = g_test_build_filename (G_TEST_DIST, "core", "letters", "german", NULL);
  Figures figures = measure (folder, "German");

  assert_figures (&figures, 100, 100);
}

static void
test_german_held_out (void)
{
  g_autofree char *folder = g_test_build_filename (G_TEST_DIST, "core", "letters", "german-held-out", NULL);
  Figures figures = measure (folder, "German, held out");

  assert_figures (&figures, 20, 12);
}

/* AW_LETTERS: a folder of letters that are not in the corpus yet; only measured. */
static void
test_others (void)
{
  measure (g_getenv ("AW_LETTERS"), "others");
}

/* Single sentences: what is said to them, stance, advice, honesty, having met. */
static void
test_sentences (gconstpointer data)
{
  const char *file = data;
  gboolean rude = g_str_has_prefix (file, "rude");
  gboolean german = strstr (file, "german") != NULL;
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "core", "letters", file, NULL);
  g_autofree char *doc = german ? g_test_build_filename (G_TEST_DIST, "core", "letters", "facts", "spedition", "doc.json", NULL)
                                : g_test_build_filename (G_TEST_DIST, "core", "review", "002-thanks-same-frame-other-middle", "doc.json", NULL);
  g_autoptr (ReviewWorld) world = review_world_load (doc);
  g_autofree char *content = NULL;
  g_auto (GStrv) lines = NULL;
  AwReviewInput input = { .person = german ? "b1" : "p1", .channel = AW_CHANNEL_EMAIL, .language = german ? "de" : "en" };
  AwInstant instant;
  guint n = 0, wrong = 0;

  g_assert_true (g_file_get_contents (path, &content, NULL, NULL));
  g_assert_true (aw_instant_parse (german ? "2026-06-19T10:00:00+02:00" : "2026-03-20T10:00:00-04:00", &instant));
  input.at = input.begun = instant.sec;
  lines = g_strsplit (content, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      const char *tab = strchr (lines[i], '\t');
      g_autofree char *kind = tab != NULL ? g_strndup (lines[i], (gsize) (tab - lines[i])) : NULL;
      g_autofree char *text = NULL;
      g_autoptr (GPtrArray) findings = NULL;
      gboolean raised = FALSE;
      int value;

      if (lines[i][0] == '#' || tab == NULL)
        continue;
      g_assert_true (aw_word_parse (&aw_touch_kinds, kind, &value));
      input.kind = (AwTouchKind) value;
      input.subject = german ? "Disponentin" : "Data engineer";
      text = german ? g_strdup_printf ("Guten Tag Herr Petersen,\n\n%s\n\nMit freundlichen Grüßen\nSabine Thomsen\n", tab + 1)
                    : g_strdup_printf ("Dear Ada,\n\n%s\n\nKind regards,\nJonas Feld\n", tab + 1);
      input.text = text;
      findings = review_world_review (world, "o1", &input);
      for (guint j = 0; j < findings->len; j++)
        {
          const AwFinding *finding = g_ptr_array_index (findings, j);
          const char *const about[] = { "M5", "M6", "M14", "M15", NULL };

          raised |= finding->severity >= AW_SEVERITY_WARNING && g_strv_contains (about, finding->id);
        }
      n++;
      if (raised != rude)
        {
          wrong++;
          g_test_message ("%s: %s", rude ? "nothing raised" : "raised", tab + 1);
          review_show (file, findings);
        }
    }
  g_test_message ("%s: %u of %u as they should be", file, n - wrong, n);
  if (g_getenv ("AW_LETTERS") != NULL)
    return;
  g_assert_cmpuint (n, >=, german ? 50 : rude ? 60 : 150);
  g_assert_cmpuint (wrong, ==, 0);
}

/* What stands in a template besides its prompts raises nothing either. */
static void
test_templates (gconstpointer language)
{
  gboolean german = strcmp (language, "de") == 0;
  g_autofree char *doc = german ? g_test_build_filename (G_TEST_DIST, "core", "letters", "facts", "spedition", "doc.json", NULL)
                                : g_test_build_filename (G_TEST_DIST, "core", "review", "002-thanks-same-frame-other-middle", "doc.json", NULL);
  g_autoptr (ReviewWorld) world = review_world_load (doc);
  g_autoptr (AwTemplates) templates = aw_templates_new (language, NULL);
  g_autoptr (AwRecord) policy = aw_record_new (AW_TYPE_POLICY, NULL);
  g_autoptr (AwCalendar) calendar = aw_calendar_new ((AwPolicy *) policy, "UTC");
  g_autoptr (GRegex) prompts = g_regex_new ("\\[[^\\]]*\\]", 0, 0, NULL);
  AwTemplateFacts facts = { .dossier = review_world_get_dossier (world, "o1"), .person = german ? "b1" : "p1", .calendar = calendar, .signature = "Sam" };
  AwInstant instant;

  g_assert_true (aw_instant_parse (german ? "2026-06-19T10:00:00+02:00" : "2026-03-20T10:00:00-04:00", &instant));
  facts.now = instant.sec;
  g_assert_cmpuint (aw_templates_get_length (templates), >=, 40);
  for (guint i = 0; i < aw_templates_get_length (templates); i++)
    {
      AwTemplate *template_ = aw_templates_get (templates, i);
      g_autofree char *subject = NULL, *body = NULL, *text = NULL;
      g_autoptr (GPtrArray) findings = NULL;
      AwReviewInput input = { .person = facts.person, .kind = template_->kind, .channel = AW_CHANNEL_EMAIL, .at = instant.sec, .begun = instant.sec, .language = language };

      aw_templates_fill (templates, template_, &facts, &subject, &body);
      text = g_regex_replace_literal (prompts, body, -1, 0, "", 0, NULL);
      input.subject = subject;
      input.text = text;
      findings = review_world_review (world, "o1", &input);
      for (guint j = 0; j < findings->len; j++)
        {
          const AwFinding *finding = g_ptr_array_index (findings, j);

          if (finding->severity >= AW_SEVERITY_WARNING && (strcmp (finding->id, "M5") == 0 || strcmp (finding->id, "M6") == 0))
            {
              g_test_message ("%s: %s", AW_ID (template_), finding->sentence);
              g_test_fail ();
            }
        }
    }
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  if (g_getenv ("AW_LETTERS") != NULL)
    g_test_add_func ("/review/letters/others", test_others);
  else
    {
      g_test_add_func ("/review/letters/mended", test_letters);
      g_test_add_func ("/review/letters/held-out", test_held_out);
      g_test_add_func ("/review/letters/german", test_german);
      g_test_add_func ("/review/letters/german-held-out", test_german_held_out);
    }
  g_test_add_data_func ("/review/sentences/polite", "polite.sentences", test_sentences);
  g_test_add_data_func ("/review/sentences/rude", "rude.sentences", test_sentences);
  g_test_add_data_func ("/review/sentences/polite-german", "polite-german.sentences", test_sentences);
  g_test_add_data_func ("/review/sentences/rude-german", "rude-german.sentences", test_sentences);
  g_test_add_data_func ("/review/templates/en", "en", test_templates);
  g_test_add_data_func ("/review/templates/de", "de", test_templates);
  return g_test_run ();
}
