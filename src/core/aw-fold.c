/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/aw-fold.h"

#include <string.h>

/**
 * aw_fold:
 * @text: UTF-8
 *
 * Returns: (transfer full): @text without case and accents, apostrophes straight
 */
char *
aw_fold (const char *text)
{
  gboolean ascii = TRUE;
  g_autofree char *decomposed = NULL, *folded = NULL;
  GString *out;

  for (const char *p = text; *p != '\0' && ascii; p++)
    ascii = (guchar) *p < 0x80;
  if (ascii)
    return g_ascii_strdown (text, -1);

  folded = g_utf8_casefold (text, -1);
  decomposed = g_utf8_normalize (folded, -1, G_NORMALIZE_ALL);
  out = g_string_sized_new (strlen (text));
  for (const char *p = decomposed; p != NULL && *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == 0x2019 || c == 0x2018 || c == 0x02BC)
        g_string_append_c (out, '\'');
      else if (!g_unichar_ismark (c) && g_unichar_type (c) != G_UNICODE_FORMAT)
        g_string_append_unichar (out, c);
    }
  return g_string_free (out, FALSE);
}
