/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "core/aw-letter-pages.h"

/* "x" is a line of text, "." a blank one, each of height 1; the pages wanted
 * are written with "|" between them. */
static void
check (double first_room,
       double room,
       const char *wanted)
{
  g_autoptr (GArray) lines = g_array_new (FALSE, TRUE, sizeof (AwLetterLine));
  g_autoptr (GArray) pages = NULL;
  g_autoptr (GString) found = g_string_new (NULL);
  guint page = 1;

  for (const char *c = wanted; *c != '\0'; c++)
    {
      AwLetterLine line = { 1, *c == '.' };

      if (*c != '|')
        g_array_append_val (lines, line);
    }
  pages = aw_letter_pages ((AwLetterLine *) lines->data, lines->len, first_room, room);
  for (guint i = 0; i < lines->len; i++)
    {
      if (page < pages->len && g_array_index (pages, guint, page) == i)
        {
          g_string_append_c (found, '|');
          page++;
        }
      g_string_append_c (found, g_array_index (lines, AwLetterLine, i).blank ? '.' : 'x');
    }
  g_assert_cmpstr (found->str, ==, wanted);
  g_assert_cmpuint (page, ==, MAX (pages->len, 1));
}

static void
test_fits (void)
{
  check (10, 10, "");
  check (10, 10, "x.xxxx.xx");
  check (9, 10, "x.xxxx.xx");
  check (6, 10, "......");
}

/* No single first or last line of a paragraph. */
static void
test_single_lines (void)
{
  check (6, 20, "x.xxxx.|xxx.xx");     /* the blank line is not printed on either */
  check (4, 20, "x.xx|xx.xxx.xx");
  check (5, 20, "x.xx|xx.xxx.xx");     /* one line would be carried over */
  check (3, 20, "x.|xxxx.xxx.xx");     /* one line would be left behind */
  check (4, 20, "x.|xxx.xxx.xx");      /* three lines stay together */
  check (4, 6, "xx.|xxxxxx|xxxx.|xx.xx");
}

/* The name is not alone, nor with a single line. */
static void
test_sign_off (void)
{
  check (7, 20, "x.xx|xx.xx");         /* the closing would be alone: two lines come along */
  check (8, 20, "x.xxxxx|xx.xx");      /* it would be torn */
  check (8, 20, "x.xxx.|xxx.xx");      /* of three lines, all */
  check (8, 20, "x.xxxx|xx.x.x");      /* room for a signature */
  check (9, 20, "x.xxxx|xx...x...x");
  check (10, 10, "x.xx.xx.xx");
}

/* What cannot be had is let go. */
static void
test_small_pages (void)
{
  check (1, 1, "x|x|x|x|x");
  check (0, 3, "x|xxx|xx");
  check (3, 3, "xxx|xxx|xx|xx");
}

/* Whatever comes, all lines are printed once and in order, and fit. */
static void
test_any (void)
{
  for (guint round = 0; round < 2000; round++)
    {
      guint n = (guint) g_test_rand_int_range (0, 60);
      double first_room = g_test_rand_int_range (0, 20), room = g_test_rand_int_range (1, 20);
      g_autofree AwLetterLine *lines = g_new0 (AwLetterLine, n + 1);
      g_autoptr (GArray) pages = NULL;

      for (guint i = 0; i < n; i++)
        lines[i] = (AwLetterLine) { g_test_rand_int_range (1, 4), g_test_rand_int_range (0, 4) == 0 };
      pages = aw_letter_pages (lines, n, first_room, room);
      g_assert_cmpuint (g_array_index (pages, guint, 0), ==, 0);
      for (guint p = 0; p < pages->len; p++)
        {
          guint first = g_array_index (pages, guint, p), end = p + 1 < pages->len ? g_array_index (pages, guint, p + 1) : n;
          double height = 0;

          g_assert_true (end > first || n == 0);
          while (end > first + 1 && lines[end - 1].blank)
            end--;
          for (guint i = first; i < end; i++)
            height += lines[i].height;
          g_assert_true (end <= first + 1 || height <= (p == 0 ? first_room : room));
        }
    }
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/letter-pages/fits", test_fits);
  g_test_add_func ("/letter-pages/single-lines", test_single_lines);
  g_test_add_func ("/letter-pages/sign-off", test_sign_off);
  g_test_add_func ("/letter-pages/small-pages", test_small_pages);
  g_test_add_func ("/letter-pages/any", test_any);
  return g_test_run ();
}
