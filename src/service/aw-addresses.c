/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/aw-addresses.h"

#include <string.h>

struct _AwAddresses
{
  GHashTable *by_email;       /* folded address → set of ids */
  GHashTable *by_opportunity; /* id → char **, folded addresses */
};

AwAddresses *
aw_addresses_new (void)
{
  AwAddresses *self = g_new0 (AwAddresses, 1);

  self->by_email = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_hash_table_unref);
  self->by_opportunity = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_strfreev);
  return self;
}

void
aw_addresses_free (AwAddresses *self)
{
  g_hash_table_unref (self->by_email);
  g_hash_table_unref (self->by_opportunity);
  g_free (self);
}

void
aw_addresses_forget (AwAddresses *self,
                     const char *opportunity)
{
  char **emails = g_hash_table_lookup (self->by_opportunity, opportunity);

  for (guint i = 0; emails != NULL && emails[i] != NULL; i++)
    {
      GHashTable *ids = g_hash_table_lookup (self->by_email, emails[i]);

      if (ids == NULL)
        continue;
      g_hash_table_remove (ids, opportunity);
      if (g_hash_table_size (ids) == 0)
        g_hash_table_remove (self->by_email, emails[i]);
    }
  g_hash_table_remove (self->by_opportunity, opportunity);
}

/**
 * aw_addresses_learn:
 * @self: addresses
 * @opportunity: an id
 * @dossier: its dossier
 *
 * Puts the addresses of its people in place of those that were known.
 */
void
aw_addresses_learn (AwAddresses *self,
                    const char *opportunity,
                    AwDossier *dossier)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();

  aw_addresses_forget (self, opportunity);
  AW_RECORDS_FOREACH (AwPerson, person, aw_dossier_get_list (dossier, AW_RECORD_PERSON))
    {
      g_autofree char *email = person->email != NULL ? g_utf8_casefold (person->email, -1) : NULL;
      GHashTable *ids;

      if (email == NULL || *email == '\0')
        continue;
      g_strv_builder_add (builder, email);
      ids = g_hash_table_lookup (self->by_email, email);
      if (ids == NULL)
        {
          ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
          g_hash_table_insert (self->by_email, g_steal_pointer (&email), ids);
        }
      g_hash_table_add (ids, g_strdup (opportunity));
    }
  g_hash_table_insert (self->by_opportunity, g_strdup (opportunity), g_strv_builder_end (builder));
}

/**
 * aw_addresses_collect_sharers:
 * @self: addresses
 * @opportunity: an id
 * @sharers: (element-type utf8): a set that owns its members, for the ids of
 *   the others with one of its addresses
 */
void
aw_addresses_collect_sharers (AwAddresses *self,
                              const char *opportunity,
                              GHashTable *sharers)
{
  char **emails = g_hash_table_lookup (self->by_opportunity, opportunity);

  for (guint i = 0; emails != NULL && emails[i] != NULL; i++)
    {
      GHashTable *ids = g_hash_table_lookup (self->by_email, emails[i]);
      GHashTableIter iter;
      gpointer id;

      if (ids == NULL)
        continue;
      g_hash_table_iter_init (&iter, ids);
      while (g_hash_table_iter_next (&iter, &id, NULL))
        if (strcmp (id, opportunity) != 0)
          g_hash_table_add (sharers, g_strdup (id));
    }
}
