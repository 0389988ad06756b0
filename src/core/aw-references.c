/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/aw-references.h"

#include <glib/gi18n-lib.h>

/* Whether the people that records name are there. The plan leaves out those
 * that are not; the check reports them, an import refuses them. */

typedef struct
{
  GHashTable *people; /* ids */
  AwReferenceFunc found;
  gpointer data;
} Search;

static void
look_for (Search *search,
          AwRecord *record,
          const AwField *field,
          const char *place,
          const char *id)
{
  g_autofree char *message = NULL;

  if (id == NULL || g_hash_table_contains (search->people, id))
    return;
  message = g_strdup_printf (_("nobody in this opportunity has the id “%s”."), id);
  search->found (record, field, place, message, search->data);
}

static void
look_through_strv (Search *search,
                   AwRecord *record,
                   const AwField *field)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  char **ids = AW_FIELD_AT (record, field, char **);

  for (guint i = 0; ids != NULL && ids[i] != NULL; i++)
    {
      g_autofree char *place = g_strdup_printf ("[%u]", i);

      look_for (search, record, field, place, ids[i]);
      if (!g_hash_table_add (seen, ids[i]))
        {
          g_autofree char *message = g_strdup_printf (_("“%s” stands here twice."), ids[i]);

          search->found (record, field, place, message, search->data);
        }
    }
}

static void
look_through (Search *search,
              AwRecord *record)
{
  const AwRecordClass *klass = AW_RECORD_GET_CLASS (record);

  for (guint i = 0; i < klass->n_fields; i++)
    {
      const AwField *field = &klass->fields[i];

      if (!(field->flags & AW_FIELD_PERSON))
        continue;
      if (field->kind == AW_FIELD_TEXT)
        look_for (search, record, field, "", AW_FIELD_AT (record, field, char *));
      else if (field->kind == AW_FIELD_STRV)
        look_through_strv (search, record, field);
      else
        {
          GPtrArray *pairs = AW_FIELD_AT (record, field, GPtrArray *);

          for (guint j = 0; pairs != NULL && j < pairs->len; j++)
            {
              g_autofree char *place = g_strdup_printf ("[%u].person", j);

              look_for (search, record, field, place, ((AwPair *) g_ptr_array_index (pairs, j))->person);
            }
        }
    }
}

/**
 * aw_dossier_check_references:
 * @dossier: a dossier
 * @found: is told each reference to nobody, and each that stands twice in a list
 * @data: for @found
 */
void
aw_dossier_check_references (AwDossier *dossier,
                             AwReferenceFunc found,
                             gpointer data)
{
  g_autoptr (GHashTable) people = g_hash_table_new (g_str_hash, g_str_equal);
  Search search = { people, found, data };

  g_return_if_fail (AW_IS_DOSSIER (dossier) && found != NULL);

  AW_RECORDS_FOREACH (AwPerson, person, aw_dossier_get_list (dossier, AW_RECORD_PERSON))
    g_hash_table_add (people, (gpointer) AW_ID (person));

  look_through (&search, AW_RECORD (aw_dossier_get_opportunity (dossier)));
  for (guint kind = AW_RECORD_OPPORTUNITY + 1; kind < AW_N_DOSSIER_KINDS; kind++)
    AW_RECORDS_FOREACH (AwRecord, record, aw_dossier_get_list (dossier, kind))
      look_through (&search, record);
}
