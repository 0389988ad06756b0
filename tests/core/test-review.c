/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "core/aw-phrases.h"
#include "core/aw-similarity.h"
#include "core/aw-text.h"
#include "core/aw-types.h"
#include "review-case.h"

static ReviewWorld *
load (const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "core", "review", name, "doc.json", NULL);

  return review_world_load (path);
}

static AwReviewInput
input_for (const char *person,
           AwTouchKind kind,
           const char *at,
           const char *text)
{
  AwReviewInput input = { .person = person, .kind = kind, .channel = AW_CHANNEL_EMAIL, .subject = "Data engineer interview", .text = text };
  AwInstant instant;

  g_assert_true (aw_instant_parse (at, &instant));
  input.at = input.begun = instant.sec;
  return input;
}

static const AwFinding *
find (GPtrArray *findings,
      const char *id)
{
  for (guint i = 0; i < findings->len; i++)
    if (strcmp (((AwFinding *) g_ptr_array_index (findings, i))->id, id) == 0)
      return g_ptr_array_index (findings, i);
  return NULL;
}

/* Sixteen checks, in order, each with an entry. */
static void
test_one_entry_a_check (void)
{
  g_autoptr (ReviewWorld) world = load ("002-thanks-same-frame-other-middle");
  AwReviewInput input = input_for ("p2", AW_TOUCH_OTHER, "2026-03-03T18:00:00-05:00", "");
  g_autoptr (GPtrArray) findings = review_world_review (world, "o1", &input);
  int last = 0;

  for (guint i = 0; i < findings->len; i++)
    {
      int number = atoi (((AwFinding *) g_ptr_array_index (findings, i))->id + 1);

      g_assert_true (number == last || number == last + 1);
      last = number;
    }
  g_assert_cmpint (last, ==, 16);
}

/* Positions are code points, whatever stands before them. */
static void
test_spans (void)
{
  g_autoptr (ReviewWorld) world = load ("002-thanks-same-frame-other-middle");
  AwReviewInput input = input_for ("p2", AW_TOUCH_THANK_YOU, "2026-03-03T18:00:00-05:00",
                                   "Hi Marcus,\n\nÄöü \xF0\x9F\x9A\x82 schema drift {topic}.\n");
  g_autoptr (GPtrArray) findings = review_world_review (world, "o1", &input);
  const AwFinding *finding = find (findings, "M7");

  g_assert_cmpint (finding->severity, ==, AW_SEVERITY_ASK);
  g_assert_cmpint (finding->start, ==, 31);
  g_assert_cmpint (finding->end, ==, 38);
}

/* What is well says what it saw: the topics that are taken up, and what the note
 * holds back in its turn (G2: three days, from Tuesday). */
static void
test_fine (void)
{
  g_autoptr (ReviewWorld) world = load ("002-thanks-same-frame-other-middle");
  AwReviewInput input = input_for ("p2", AW_TOUCH_THANK_YOU, "2026-03-03T18:00:00-05:00",
                                   "Dear Marcus,\n\nThank you for the hour on schema drift in the partner feeds, and for the word about rowing on the Charles.\n\n"
                                   "Jonas Feld\n");
  g_autoptr (GPtrArray) findings = review_world_review (world, "o1", &input);

  g_assert_cmpint (find (findings, "M3")->severity, ==, AW_SEVERITY_OK);
  g_assert_cmpstr (find (findings, "M3")->sentence, ==, "“schema drift in the partner feeds”, “rowing on the Charles”");
  g_assert_cmpint (find (findings, "M8")->severity, ==, AW_SEVERITY_OK);
  g_assert_cmpstr (find (findings, "M8")->sentence, ==, "Next contact with Northwind Freight from 6 March.");
}

/* What was quoted is nobody's stance, and nothing of it is left over. */
static void
test_quoted (void)
{
  g_autoptr (ReviewWorld) world = load ("002-thanks-same-frame-other-middle");
  AwReviewInput input = input_for ("p3", AW_TOUCH_ANSWER, "2026-03-05T18:00:00-05:00",
                                   "Yes, Friday suits me.\n\nOn 5 March 2026, Aiko Tanaka wrote:\n> I am still waiting for your answer! {name}!\n> Unacceptable!\n");
  g_autoptr (GPtrArray) findings = review_world_review (world, "o1", &input);

  g_assert_cmpint (review_severity_of (findings, "M5"), ==, AW_SEVERITY_OK);
  g_assert_cmpint (review_severity_of (findings, "M7"), ==, AW_SEVERITY_OK);
}

/* A language without lists: the checks that need no words, and a word about it. */
static void
test_other_language (void)
{
  g_autoptr (ReviewWorld) world = load ("002-thanks-same-frame-other-middle");
  AwReviewInput input = input_for ("p2", AW_TOUCH_THANK_YOU, "2026-03-03T18:00:00-05:00",
                                   "Bonjour Marcus,\n\nMerci beaucoup pour le temps que vous m'avez accordé ce matin; j'ai été très heureux de parler de la "
                                   "dérive des schémas avec vous et je reste très intéressé. {prénom}\n\nJonas Feld\n");
  g_autoptr (GPtrArray) findings = review_world_review (world, "o1", &input);

  g_assert_cmpint (review_severity_of (findings, "M7"), ==, AW_SEVERITY_ASK);
  g_assert_cmpint (review_severity_of (findings, "M4"), ==, AW_SEVERITY_OK);
  g_assert_nonnull (strstr (find (findings, "M4")->sentence, "no phrase list"));
}

/* The second language. */
static void
test_german (void)
{
  g_autoptr (ReviewWorld) world = load ("002-thanks-same-frame-other-middle");
  AwReviewInput bad = input_for ("p3", AW_TOUCH_CHECK_IN, "2026-03-24T09:00:00-04:00",
                                 "Liebe Aiko,\n\nich warte nun seit drei Wochen auf Ihre Antwort und bin sehr enttäuscht. Wie lange soll das noch "
                                 "dauern?\n\nViele Grüße\nJonas Feld\n");
  AwReviewInput good = input_for ("p3", AW_TOUCH_CHECK_IN, "2026-03-24T09:00:00-04:00",
                                  "Liebe Aiko,\n\nunser Gespräch über die Stelle als Data engineer ist mir in bester Erinnerung, und mein Interesse ist so groß "
                                  "wie zuvor. Können Sie mir sagen, wie der Stand ist? Falls es noch zu früh ist, habe ich dafür Verständnis.\n\n"
                                  "Viele Grüße\nJonas Feld\n");
  g_autoptr (GPtrArray) found = review_world_review (world, "o1", &bad);
  g_autoptr (GPtrArray) quiet = review_world_review (world, "o1", &good);

  g_assert_cmpint (review_severity_of (found, "M5"), ==, AW_SEVERITY_WARNING);
  for (guint i = 0; i < quiet->len; i++)
    g_assert_cmpint (((AwFinding *) g_ptr_array_index (quiet, i))->severity, <, AW_SEVERITY_WARNING);
}

/* Whoever is recorded anywhere: greeted or addressed they are the wrong person, spoken of they are not. */
static void
test_people_elsewhere (void)
{
  const struct
  {
    const char *text;
    AwSeverity severity;
  } cases[] = {
    { "Liebe Frau Adler und liebe Frau Lindner,\n\nvielen Dank für das Gespräch am Dienstag über die Reisegruppen.\n", AW_SEVERITY_ASK },
    { "Liebe Frau Adler,\n\ndas Gespräch war schön. Vielen Dank, Frau Lindner, dass Sie sich Zeit genommen haben.\n", AW_SEVERITY_ASK },
    { "Liebe Frau Adler,\n\nFrau Lindner, ich danke Ihnen für das Gespräch über die Reisegruppen und den See.\n", AW_SEVERITY_ASK },
    { "Liebe Frau Adler,\n\ndas Gespräch war schön. Haben Sie noch Fragen an mich, Frau Lindner?\n", AW_SEVERITY_ASK },
    { "Liebe Frau Adler,\n\nvielen Dank, Frau Adler, für das Gespräch über die Reisegruppen und den See.\n", AW_SEVERITY_OK },
    { "Liebe Frau Adler,\n\ndas Frühstück lobt auch Frau Lindner, bei der ich zurzeit wohne, und ich schließe mich gern an.\n", AW_SEVERITY_OK },
    { "Liebe Frau Adler,\n\nmit Ihnen sprach ich lange und danach mit Ihrer Kollegin, Frau Lindner.\n", AW_SEVERITY_OK },
    { "Guten Morgen Frau Adler,\n\nvielen Dank für das Gespräch am Dienstag über die Reisegruppen ohne Anmeldung.\n", AW_SEVERITY_OK },
    { "Dear Ms. Adler,\n\nI enjoyed our talk about the groups. Thank you, Rosa, for all the time that you gave me.\n", AW_SEVERITY_ASK },
    { "Dear Ms. Adler,\n\nI enjoyed our talk about the groups. Thank you, Ms. Lindner, for all the time that you gave me.\n", AW_SEVERITY_ASK },
    { "Dear Rosa,\n\nI enjoyed our talk about the groups and thank you for all the time that you gave me.\n", AW_SEVERITY_ASK },
    { "Dear Ms. Adler,\n\nI enjoyed our talk about the groups, and Rosa, whom I told of it, laughed as much as you did.\n", AW_SEVERITY_OK },
  };
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "core", "letters", "facts", "seeblick", "doc.json", NULL);
  g_autoptr (ReviewWorld) world = review_world_load (path);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      AwReviewInput input = input_for ("f1", AW_TOUCH_THANK_YOU, "2026-05-20T18:00:00+02:00", cases[i].text);
      g_autoptr (GPtrArray) findings = review_world_review (world, "o1", &input);

      g_test_message ("%s", cases[i].text);
      g_assert_cmpint (review_severity_of (findings, "M7"), ==, cases[i].severity);
    }
}

/* Too short to tell its language: the one that the opportunity's messages are in. */
static void
test_meant_language (void)
{
  const char *const worlds[] = { "nordpark", "seeblick" };
  const char *const people[] = { "d1", "f1" };
  const char *const texts[] = { "Hallo Frau Frank,\n\nSie sind unverschämt.\n", "Hallo Frau Adler,\n\nSie sind unverschämt.\n" };

  for (guint i = 0; i < G_N_ELEMENTS (worlds); i++)
    {
      g_autofree char *path = g_test_build_filename (G_TEST_DIST, "core", "letters", "facts", worlds[i], "doc.json", NULL);
      g_autoptr (ReviewWorld) world = review_world_load (path);
      AwReviewInput input = input_for (people[i], AW_TOUCH_OTHER, "2026-05-20T18:00:00+02:00", texts[i]);
      g_autoptr (GPtrArray) findings = review_world_review (world, "o1", &input);

      /* The second says nothing of a language, so it is read in that of the tests. */
      g_assert_cmpint (review_severity_of (findings, "M5"), ==, i == 0 ? AW_SEVERITY_WARNING : AW_SEVERITY_OK);
    }
}

/* "Not disappointed" is none, "disappointed" is. */
static void
test_negation (void)
{
  const struct
  {
    const char *text;
    AwSeverity severity;
  } cases[] = {
    { "Hi Marcus,\n\nI was not disappointed by schema drift at all.\n", AW_SEVERITY_OK },
    { "Hi Marcus,\n\nI am quite disappointed about schema drift.\n", AW_SEVERITY_WARNING },
    { "Hi Marcus,\n\nThe drivers said \"I am quite disappointed\" about schema drift.\n", AW_SEVERITY_OK },
    { "Hi Marcus,\n\nOne mark! And nothing more.\n", AW_SEVERITY_OK },
    { "Hi Marcus,\n\nTwo marks! Are too many!\n", AW_SEVERITY_WARNING },
    { "Hi Marcus,\n\nISO, PCI DSS and GDPR AWS CI kept me busy.\n", AW_SEVERITY_OK },
    { "Hi Marcus,\n\nI REALLY WANT the job.\n", AW_SEVERITY_WARNING },
  };
  g_autoptr (ReviewWorld) world = load ("002-thanks-same-frame-other-middle");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      AwReviewInput input = input_for ("p2", AW_TOUCH_THANK_YOU, "2026-03-03T18:00:00-05:00", cases[i].text);
      g_autoptr (GPtrArray) findings = NULL;

      input.language = "en";
      findings = review_world_review (world, "o1", &input);
      g_test_message ("%s", cases[i].text);
      g_assert_cmpint (review_severity_of (findings, "M5"), ==, cases[i].severity);
    }
}

/* A text nobody would write, in bounded time. */
static void
test_huge (void)
{
  g_autoptr (ReviewWorld) world = load ("002-thanks-same-frame-other-middle");
  g_autoptr (GString) text = g_string_new ("Hi Marcus,\n\n");
  AwReviewInput input;
  g_autoptr (GPtrArray) findings = NULL;
  gint64 start;

  while (text->len < 1024 * 1024)
    g_string_append (text, "You should have told me that I have not heard a word since 3 March, {and} \"so on\" [x] http://a.b/c ");
  input = input_for ("p2", AW_TOUCH_THANK_YOU, "2026-03-03T18:00:00-05:00", text->str);
  start = g_get_monotonic_time ();
  findings = review_world_review (world, "o1", &input);
  g_test_message ("1 MB: %.0f ms", (double) (g_get_monotonic_time () - start) / 1000);
  g_assert_cmpint (review_severity_of (findings, "M2"), ==, AW_SEVERITY_WARNING);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 20 * G_USEC_PER_SEC);
}

/* What no one should type, and what a clipboard may hold. */
static void
test_rubbish (void)
{
  const char *texts[] = { NULL, "", "\n\n\n", ">", "> ", "-", "\xFF\xFE bad utf8 \xC3", "\xE2\x80\xAE" "abc", "[", "{", "<", "Hi ", "Hi,", "http://", "1.", "Dear" };
  g_autoptr (ReviewWorld) world = load ("002-thanks-same-frame-other-middle");

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    for (AwTouchKind kind = AW_TOUCH_THANK_YOU; kind <= AW_TOUCH_OTHER; kind++)
      {
        AwReviewInput input = input_for (i % 2 ? "p2" : NULL, kind, "2026-03-03T18:00:00-05:00", texts[i]);
        g_autoptr (GPtrArray) findings = NULL;

        input.subject = i % 3 ? texts[i] : NULL;
        findings = review_world_review (world, "o1", &input);
        g_assert_cmpuint (findings->len, >=, 16);
      }
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/review/one-entry-a-check", test_one_entry_a_check);
  g_test_add_func ("/review/spans", test_spans);
  g_test_add_func ("/review/fine", test_fine);
  g_test_add_func ("/review/quoted", test_quoted);
  g_test_add_func ("/review/other-language", test_other_language);
  g_test_add_func ("/review/german", test_german);
  g_test_add_func ("/review/people-elsewhere", test_people_elsewhere);
  g_test_add_func ("/review/meant-language", test_meant_language);
  g_test_add_func ("/review/negation", test_negation);
  g_test_add_func ("/review/huge", test_huge);
  g_test_add_func ("/review/rubbish", test_rubbish);
  return g_test_run ();
}
