/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/aw-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "exchange/aw-document.h"

/* A mark at the start says what it is; else it is UTF-8, or what Windows wrote
 * in the West before that. */
static char *
decode (const char *text,
        gsize length)
{
  if (length >= 2 && memcmp (text, "\xff\xfe", 2) == 0)
    return g_convert (text + 2, (gssize) length - 2, "UTF-8", "UTF-16LE", NULL, NULL, NULL);
  if (length >= 2 && memcmp (text, "\xfe\xff", 2) == 0)
    return g_convert (text + 2, (gssize) length - 2, "UTF-8", "UTF-16BE", NULL, NULL, NULL);
  if (length >= 3 && memcmp (text, "\xef\xbb\xbf", 3) == 0)
    {
      text += 3;
      length -= 3;
    }
  if (memchr (text, '\0', length) != NULL)
    return NULL;
  if (g_utf8_validate_len (text, length, NULL))
    return g_strndup (text, length);
  return g_convert (text, (gssize) length, "UTF-8", "WINDOWS-1252", NULL, NULL, NULL);
}

/**
 * aw_text_read:
 * @bytes: a file's content
 * @error: return location
 *
 * Returns: (transfer full) (nullable): its text
 */
char *
aw_text_read (GBytes *bytes,
              GError **error)
{
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);
  g_autofree char *text = NULL;
  char *to;

  if (length > AW_TEXT_MAX_SIZE)
    {
      g_set_error (error, AW_EXCHANGE_ERROR, AW_EXCHANGE_ERROR_FORMAT,
                   _("The file is larger than %u MB, too large for a calendar, a table or cards."), AW_TEXT_MAX_SIZE >> 20);
      return NULL;
    }
  text = data != NULL ? decode (data, length) : g_strdup ("");
  if (text == NULL)
    {
      g_set_error_literal (error, AW_EXCHANGE_ERROR, AW_EXCHANGE_ERROR_FORMAT,
                           _("The file is no text that can be read; save it as UTF-8."));
      return NULL;
    }

  to = text;
  for (const char *from = text; *from != '\0'; from++)
    if (*from != '\r')
      *to++ = *from;
    else if (from[1] != '\n')
      *to++ = '\n';
  *to = '\0';
  return g_steal_pointer (&text);
}
