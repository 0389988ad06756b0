/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "core/aw-plain-text.h"

static void
test_clean (void)
{
  static const struct
  {
    const char *text;
    gssize length;
    gboolean one_line;
    const char *clean;
  } cases[] = {
    { "plain", -1, FALSE, "plain" },
    { "", -1, FALSE, "" },
    { "a\0b", 3, FALSE, "ab" },
    { "a\r\nb\rc\nd", -1, FALSE, "a\nb\nc\nd" },
    { "a\342\200\256b\342\201\246c", -1, FALSE, "abc" },                 /* U+202E, U+2066 */
    { "\327\220\342\200\217\327\221", -1, FALSE, "\327\220\342\200\217\327\221" }, /* Hebrew with a mark */
    { "a\033[31mb", -1, FALSE, "a[31mb" },
    { "a\342\200\250b", -1, FALSE, "a\nb" },                             /* U+2028 */
    { "\357\273\277BOM", -1, FALSE, "BOM" },
    { "bad \377 byte", -1, FALSE, "bad \357\277\275 byte" },
    { "two\r\n\r\nlines", -1, TRUE, "two lines" },
    { "\nsubject", -1, TRUE, "subject" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *clean = aw_plain_text_clean (cases[i].text, cases[i].length, cases[i].one_line);

      g_assert_cmpstr (clean, ==, cases[i].clean);
      g_assert_true (aw_plain_text_is_clean (clean, -1));
    }
  g_assert_false (aw_plain_text_is_clean ("a\r", -1));
  g_assert_false (aw_plain_text_is_clean ("a\0b", 3));
  g_assert_true (aw_plain_text_is_clean ("a\nb\tc", -1));
}

static void
test_count (void)
{
  g_assert_cmpuint (aw_plain_text_count_words (""), ==, 0);
  g_assert_cmpuint (aw_plain_text_count_words ("One two, don't - stop."), ==, 4);
  g_assert_cmpuint (aw_plain_text_count_words ("Mine\n> theirs not\nmine again"), ==, 3);
}

static void
test_fold (void)
{
  g_autofree char *solid = g_strnfill (5000, 'x');
  g_autofree char *folded = aw_plain_text_fold (solid);
  g_autofree char *short_one = aw_plain_text_fold ("One line\nand another");
  g_autoptr (GString) words = g_string_new (NULL);
  g_autofree char *at_spaces = NULL;
  g_auto (GStrv) lines = NULL;

  g_assert_cmpstr (short_one, ==, "One line\nand another");
  g_assert_true (aw_plain_text_has_long_line (solid, -1));
  g_assert_false (aw_plain_text_has_long_line (folded, -1));
  g_assert_cmpuint (strlen (folded), ==, 5002);

  for (guint i = 0; i < 1000; i++)
    g_string_append (words, "word\303\274 ");
  at_spaces = aw_plain_text_fold (words->str);
  g_assert_false (aw_plain_text_has_long_line (at_spaces, -1));
  g_assert_cmpuint (strlen (at_spaces), ==, words->len);
  lines = g_strsplit (at_spaces, "\n", -1);
  for (char **line = lines; line[1] != NULL; line++)
    g_assert_true (g_str_has_suffix (*line, "word\303\274"));
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plain-text/clean", test_clean);
  g_test_add_func ("/plain-text/fold", test_fold);
  g_test_add_func ("/plain-text/count", test_count);
  return g_test_run ();
}
