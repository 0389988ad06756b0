/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/aw-letter-pages.h"

#define TOGETHER 2 /* lines of a paragraph that stay on one page */
#define MAX_SIGN_OFF 6

/* The first line of the block that @i is in. */
static guint
block_start (const AwLetterLine *lines,
             guint i)
{
  while (i > 0 && !lines[i - 1].blank)
    i--;
  return i;
}

static guint
block_end (const AwLetterLine *lines,
           guint n_lines,
           guint i)
{
  while (i < n_lines && !lines[i].blank)
    i++;
  return i;
}

/* Where what must not be alone on a page begins: the closing and the name, with
 * the end of the paragraph above them. */
static guint
find_sign_off (const AwLetterLine *lines,
               guint n_lines)
{
  guint last = n_lines, start;

  while (last > 0 && lines[last - 1].blank)
    last--;
  if (last == 0)
    return 0;
  start = block_start (lines, last - 1);
  /* "Kind regards," and the name with room for a signature between them. */
  if (last - start == 1)
    {
      guint above = start;

      while (above > 0 && lines[above - 1].blank)
        above--;
      if (above > 0 && above - block_start (lines, above - 1) == 1)
        start = above - 1;
    }
  if (last - start > MAX_SIGN_OFF)
    return n_lines;
  while (start > 0 && lines[start - 1].blank)
    start--;
  return start > TOGETHER ? start - TOGETHER : 0;
}

/* Whether a page may begin with line @i. */
static gboolean
may_begin (const AwLetterLine *lines,
           guint n_lines,
           guint i,
           guint sign_off)
{
  guint start = block_start (lines, i), end = block_end (lines, n_lines, i);

  if (i > sign_off || lines[i].blank)
    return FALSE;
  return i == start || (i - start >= TOGETHER && end - i >= TOGETHER);
}

/**
 * aw_letter_pages:
 * @lines: (array length=n_lines): the lines in order
 * @n_lines: how many
 * @first_room: height of the first page
 * @room: height of the others
 *
 * Breaks a letter into pages as one would by hand: no paragraph leaves a single
 * line behind or carries one over, the name at the end takes the last lines of
 * the text along, and no page begins with a blank line. What cannot be had is
 * let go; every page holds one line at least.
 *
 * Returns: (transfer full) (element-type guint): the first line of each page
 */
GArray *
aw_letter_pages (const AwLetterLine *lines,
                 guint n_lines,
                 double first_room,
                 double room)
{
  GArray *pages = g_array_new (FALSE, FALSE, sizeof (guint));
  guint sign_off = find_sign_off (lines, n_lines);
  guint first = 0;

  g_array_append_val (pages, first);
  for (;;)
    {
      double left = pages->len == 1 ? first_room : room;
      guint full = first, next;

      while (full < n_lines && (full == first || lines[full].blank || lines[full].height <= left))
        left -= lines[full++].height;
      if (full == n_lines)
        return pages;
      next = full;
      while (next > first && !may_begin (lines, n_lines, next, sign_off))
        next--;
      /* A paragraph as long as the page, or a page for three lines. */
      if (next == first)
        next = full;
      first = next;
      g_array_append_val (pages, first);
    }
}
