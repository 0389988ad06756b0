/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/aw-database-private.h"

/**
 * aw_database_load_elsewhere:
 * @self: a connection
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the outgoing touches that count of all
 *   opportunities, by address (G1)
 */
AwElsewhere *
aw_database_load_elsewhere (AwDatabase *self,
                            GError **error)
{
  g_autoptr (AwElsewhere) elsewhere = aw_elsewhere_new ();
  g_autoptr (AwStatement) statement = NULL;
  int result, kind;

  g_return_val_if_fail (AW_IS_DATABASE (self), NULL);

  statement = aw_database_prepare (self,
                                   "SELECT person.email, touch.opportunity, touch.\"at\", touch.kind FROM touch, "
                                   "json_each (CASE WHEN json_valid (touch.people) THEN touch.people ELSE '[]' END) "
                                   "JOIN person ON person.id = json_each.value "
                                   "WHERE touch.direction = 'out' AND touch.kind IS NOT 'thank-you' "
                                   "AND person.opportunity = touch.opportunity AND person.email <> ''",
                                   error);
  if (statement == NULL)
    return NULL;
  while ((result = sqlite3_step (statement)) == SQLITE_ROW)
    {
      g_autofree char *email = g_utf8_make_valid ((const char *) sqlite3_column_text (statement, 0), -1);
      const char *at = (const char *) sqlite3_column_text (statement, 2);
      const char *word = (const char *) sqlite3_column_text (statement, 3);
      AwInstant instant;

      if (at != NULL && aw_instant_parse (at, &instant) && word != NULL &&
          aw_word_parse (&aw_touch_kinds, word, &kind) && aw_touch_kind_counts (kind))
        aw_elsewhere_add (elsewhere, email, (const char *) sqlite3_column_text (statement, 1), instant.sec);
    }
  if (result == SQLITE_DONE)
    return g_steal_pointer (&elsewhere);
  aw_database_set_error (self, error);
  return NULL;
}
