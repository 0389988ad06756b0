/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange/aw-export.h"

static AwDocument *
gather (AwDatabase *database,
        GError **error)
{
  g_autoptr (AwDocument) document = NULL;
  g_autoptr (AwPolicy) policy = aw_database_load_policy (database, error);
  g_autoptr (GPtrArray) opportunities = NULL;
  g_autofree char *extra = aw_database_get_setting (database, AW_DOCUMENT_EXTRA_SETTING);

  if (policy == NULL)
    return NULL;
  opportunities = aw_database_load_opportunities (database, error);
  if (opportunities == NULL)
    return NULL;

  document = aw_document_new (policy, extra);
  for (guint i = 0; i < opportunities->len; i++)
    {
      g_autoptr (GError) local = NULL;
      g_autoptr (AwDossier) dossier = aw_database_load_dossier (database, AW_ID (g_ptr_array_index (opportunities, i)),
                                                                &local);

      if (local != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return NULL;
        }
      if (dossier != NULL)
        aw_document_add (document, dossier);
    }
  return g_steal_pointer (&document);
}

/**
 * aw_export_document:
 * @database: a connection, not in a transaction
 * @error: return location
 *
 * Returns: (transfer full) (nullable): all facts, as of one moment
 */
AwDocument *
aw_export_document (AwDatabase *database,
                    GError **error)
{
  sqlite3 *handle;
  AwDocument *document;

  g_return_val_if_fail (AW_IS_DATABASE (database), NULL);

  handle = aw_database_get_handle (database);
  if (sqlite3_exec (handle, "BEGIN", NULL, NULL, NULL) != SQLITE_OK)
    {
      aw_database_set_error (database, error);
      return NULL;
    }
  document = gather (database, error);
  aw_database_rollback (database); /* nothing was written */
  return document;
}
