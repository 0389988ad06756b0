/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/aw-plain-text.h"

#include <string.h>

/* Characters that turn the direction of what follows: they can make a name or
 * an address look like another one. Marks (U+200E, U+200F) only order
 * neighbours and are needed in Hebrew and Arabic. */
static gboolean
is_bidi_control (gunichar c)
{
  return (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

static gboolean
is_unwanted (gunichar c)
{
  if (c == '\n' || c == '\t')
    return FALSE;
  return c < 0x20 || (c >= 0x7f && c < 0xa0) || is_bidi_control (c) || c == 0x2028 || c == 0x2029 || c == 0xfeff || c == 0xfffc;
}

/* Public functions --------------------------------------------------------- */

/**
 * aw_plain_text_is_clean:
 * @text: valid UTF-8
 * @length: bytes, or -1
 *
 * Returns: whether aw_plain_text_clean() would leave @text as it is
 */
gboolean
aw_plain_text_is_clean (const char *text,
                        gssize length)
{
  const char *end = text + (length >= 0 ? (gsize) length : strlen (text));

  for (const char *p = text; p < end; p = g_utf8_next_char (p))
    if (*p == '\0' || is_unwanted (g_utf8_get_char (p)))
      return FALSE;
  return TRUE;
}

/**
 * aw_plain_text_clean:
 * @text: anything that came from outside
 * @length: bytes, or -1
 * @one_line: whether line breaks become spaces, as in a subject
 *
 * Makes what was pasted fit for a message: valid UTF-8, line feeds only,
 * without NUL, control characters and bidirectional overrides.
 *
 * Returns: (transfer full): clean text
 */
char *
aw_plain_text_clean (const char *text,
                     gssize length,
                     gboolean one_line)
{
  gsize n = length >= 0 ? (gsize) length : strlen (text);
  g_autoptr (GString) joined = g_string_sized_new (n);
  g_autoptr (GString) out = g_string_sized_new (n);
  g_autofree char *valid = NULL;

  for (gsize i = 0; i < n; i++)
    if (text[i] != '\0')
      g_string_append_c (joined, text[i]);
  valid = g_utf8_make_valid (joined->str, joined->len);

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == '\r' || c == 0x85 || c == 0x2028 || c == 0x2029)
        {
          if (c == '\r' && p[1] == '\n')
            continue;
          c = '\n';
        }
      if (is_unwanted (c))
        continue;
      if (c == '\n' && one_line)
        {
          if (out->len == 0 || out->str[out->len - 1] == ' ')
            continue;
          c = ' ';
        }
      g_string_append_unichar (out, c);
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/**
 * aw_plain_text_has_long_line:
 * @text: valid UTF-8
 * @length: bytes, or -1
 *
 * Returns: whether aw_plain_text_fold() would break a line of it
 */
gboolean
aw_plain_text_has_long_line (const char *text,
                             gssize length)
{
  const char *end = text + (length >= 0 ? (gsize) length : strlen (text));
  guint column = 0;

  for (const char *p = text; p < end; p = g_utf8_next_char (p))
    {
      column = *p == '\n' ? 0 : column + 1;
      if (column > AW_PLAIN_TEXT_LINE)
        return TRUE;
    }
  return FALSE;
}

/**
 * aw_plain_text_fold:
 * @text: valid UTF-8
 *
 * Returns: (transfer full): @text with breaks in lines that nobody writes by
 *   hand, at a space where there is one
 */
char *
aw_plain_text_fold (const char *text)
{
  g_autoptr (GString) out = g_string_sized_new (strlen (text) + 64);
  gssize space = -1; /* the last one of this line, in @out */
  guint column = 0;
  guint since_space = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      if (column >= AW_PLAIN_TEXT_LINE && *p != '\n')
        {
          if (space >= 0)
            {
              out->str[space] = '\n';
              column = since_space;
            }
          else
            {
              g_string_append_c (out, '\n');
              column = 0;
            }
          space = -1;
        }
      if (*p == ' ')
        {
          space = out->len;
          since_space = 0;
        }
      else
        since_space++;
      column = *p == '\n' ? 0 : column + 1;
      if (*p == '\n')
        space = -1;
      g_string_append_len (out, p, g_utf8_next_char (p) - p);
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/**
 * aw_plain_text_count_words:
 * @text: a text
 *
 * Returns: how many words it has; quoted lines are left out
 */
guint
aw_plain_text_count_words (const char *text)
{
  gboolean inside = FALSE;
  gboolean line_start = TRUE;
  gboolean quoted = FALSE;
  guint n = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (line_start)
        quoted = c == '>';
      line_start = c == '\n';
      if (quoted)
        inside = FALSE;
      else if (g_unichar_isalnum (c))
        {
          if (!inside)
            n++;
          inside = TRUE;
        }
      else if (g_unichar_isspace (c))
        inside = FALSE;
    }
  return n;
}
