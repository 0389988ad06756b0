/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "exchange/aw-import-calendar.h"
#include "exchange/aw-import-cards.h"
#include "exchange/aw-import.h"
#include "exchange/aw-table.h"

/* The first words tell what a file is, whatever its name is. */
static gboolean
begins_with (GBytes *bytes,
             const char *word)
{
  gsize length, n = strlen (word);
  const char *text = g_bytes_get_data (bytes, &length);

  if (length >= 3 && memcmp (text, "\xef\xbb\xbf", 3) == 0)
    {
      text += 3;
      length -= 3;
    }
  while (length > 0 && g_ascii_isspace (*text))
    {
      text++;
      length--;
    }
  return length >= n && g_ascii_strncasecmp (text, word, n) == 0;
}

/**
 * aw_import_is_table:
 * @bytes: a file's content
 *
 * Returns: whether aw_import_read() takes it for a table
 */
gboolean
aw_import_is_table (GBytes *bytes)
{
  static const char *const others[] = { "{", "[", "BEGIN:VCALENDAR", "BEGIN:VCARD" };

  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    if (begins_with (bytes, others[i]))
      return FALSE;
  return TRUE;
}

/**
 * aw_import_read:
 * @bytes: a file's content
 * @database: what is here
 * @zone: the user's time zone, for times that name none
 * @now: the present, in seconds
 * @error: return location: one sentence, without the file's name
 *
 * Returns: (transfer full) (nullable): what importing it would change
 */
AwImport *
aw_import_read (GBytes *bytes,
                AwDatabase *database,
                const char *zone,
                gint64 now,
                GError **error)
{
  g_autoptr (AwTable) table = NULL;

  g_return_val_if_fail (bytes != NULL && AW_IS_DATABASE (database), NULL);

  if (begins_with (bytes, "{") || begins_with (bytes, "["))
    {
      g_autoptr (AwDocument) document = aw_document_parse (bytes, error);

      return document != NULL ? aw_import_plan_document (document, database, error) : NULL;
    }

  if (begins_with (bytes, "BEGIN:VCALENDAR"))
    return aw_import_plan_calendar (bytes, database, zone, error);
  if (begins_with (bytes, "BEGIN:VCARD"))
    return aw_import_plan_cards (bytes, database, error);

  table = aw_table_parse (bytes, error);
  return table != NULL ? aw_import_plan_table (table, NULL, database, zone, now, error) : NULL;
}
