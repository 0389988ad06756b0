/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/aw-database-private.h"

/* A turn that was marked done counts as if it had been sent, and the core knows
 * when: such opportunities are loaded whole, the others' touches by one query. */
static GHashTable *
add_with_turns (AwDatabase *self,
                AwElsewhere *elsewhere,
                GError **error)
{
  g_autoptr (GHashTable) added = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (AwStatement) statement = NULL;
  GHashTableIter iter;
  gpointer id;
  int result;

  statement = aw_database_prepare (self,
                                   "SELECT DISTINCT opportunity FROM decision WHERE what = 'done' AND "
                                   "(\"key\" GLOB 'check-in/*' OR \"key\" GLOB 'escalation/*' OR "
                                   "\"key\" GLOB 'article/*' OR \"key\" GLOB 'keep-in-touch/*')",
                                   error);
  if (statement == NULL)
    return NULL;
  while ((result = sqlite3_step (statement)) == SQLITE_ROW)
    g_hash_table_add (added, g_strdup ((const char *) sqlite3_column_text (statement, 0)));
  if (result != SQLITE_DONE)
    {
      aw_database_set_error (self, error);
      return NULL;
    }

  g_hash_table_iter_init (&iter, added);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    {
      g_autoptr (GError) local = NULL;
      g_autoptr (AwDossier) dossier = aw_database_load_dossier (self, id, &local);

      if (local != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return NULL;
        }
      if (dossier != NULL)
        aw_elsewhere_add_dossier (elsewhere, dossier);
    }
  return g_steal_pointer (&added);
}

/**
 * aw_database_load_elsewhere:
 * @self: a connection
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the outgoing touches that count, and the
 *   turns marked done, of all opportunities, by address (G1)
 */
AwElsewhere *
aw_database_load_elsewhere (AwDatabase *self,
                            GError **error)
{
  g_autoptr (AwElsewhere) elsewhere = aw_elsewhere_new ();
  g_autoptr (GHashTable) added = NULL;
  g_autoptr (AwStatement) statement = NULL;
  int result, kind;

  g_return_val_if_fail (AW_IS_DATABASE (self), NULL);

  added = add_with_turns (self, elsewhere, error);
  if (added == NULL)
    return NULL;
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
      const char *opportunity = (const char *) sqlite3_column_text (statement, 1);
      const char *at = (const char *) sqlite3_column_text (statement, 2);
      const char *word = (const char *) sqlite3_column_text (statement, 3);
      AwInstant instant;

      if (!g_hash_table_contains (added, opportunity) && at != NULL && aw_instant_parse (at, &instant) &&
          word != NULL && aw_word_parse (&aw_touch_kinds, word, &kind) && aw_touch_kind_counts (kind))
        aw_elsewhere_add (elsewhere, email, opportunity, instant.sec);
    }
  if (result == SQLITE_DONE)
    return g_steal_pointer (&elsewhere);
  aw_database_set_error (self, error);
  return NULL;
}
