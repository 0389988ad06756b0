/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/aw-dossier-private.h"
#include "core/aw-references.h"
#include "store/aw-database-private.h"
#include "store/aw-record-sql.h"

/* `afterword --check`: what SQLite says about the file, then what its rows
 * hold that a fact cannot. */

#define MAX_SENTENCES 200

static void
say (GPtrArray *sentences,
     char *sentence)
{
  if (sentences->len < MAX_SENTENCES)
    g_ptr_array_add (sentences, sentence);
  else
    g_free (sentence);
}

static void
on_problem (AwRecord *record,
            const AwField *field,
            const char *message,
            gpointer data)
{
  const AwRecordClass *klass = AW_RECORD_GET_CLASS (record);

  /* Translators: a table, a row's id, a column, then what is wrong there. */
  say (data, g_strdup_printf (_("%s “%s”, %s: %s"), klass->table, record->id,
                              field != NULL ? field->name : "id", message));
}

/* What SQLite finds; more than "ok" only in a damaged file. */
static gboolean
check_file (AwDatabase *self,
            GPtrArray *sentences,
            GError **error)
{
  static const char *const pragmas[] = { "PRAGMA integrity_check (20)", "PRAGMA foreign_key_check" };

  for (guint i = 0; i < G_N_ELEMENTS (pragmas); i++)
    {
      g_autoptr (AwStatement) statement = aw_database_prepare (self, pragmas[i], error);
      int result;

      if (statement == NULL)
        return FALSE;
      while ((result = sqlite3_step (statement)) == SQLITE_ROW)
        {
          const char *text = (const char *) sqlite3_column_text (statement, 0);

          if (i == 1)
            say (sentences, g_strdup_printf (_("A row of the table %s belongs to something that is not there."), text));
          else if (g_strcmp0 (text, "ok") != 0)
            say (sentences, g_strdup_printf (_("The file is damaged: %s"), text));
        }
      if (result != SQLITE_DONE)
        {
          aw_database_set_error (self, error);
          return FALSE;
        }
    }
  return TRUE;
}

static gboolean
check_rows (AwDatabase *self,
            GPtrArray *sentences,
            GError **error)
{
  for (guint kind = 0; kind < AW_N_RECORD_KINDS; kind++)
    {
      const AwRecordClass *klass = aw_record_kind_get_class (kind);
      g_autofree char *sql = aw_sql_select (klass, "ORDER BY position, rowid");
      g_autoptr (AwStatement) statement = aw_database_prepare (self, sql, error);
      int result;

      if (statement == NULL)
        return FALSE;
      while ((result = sqlite3_step (statement)) == SQLITE_ROW)
        {
          g_autoptr (AwRecord) record = aw_sql_read (klass, statement, on_problem, sentences);

          if (*record->id == '\0' || strchr (record->id, '/') != NULL)
            say (sentences, g_strdup_printf (_("%s “%s”: an id must not be empty or contain “/”."),
                                             klass->table, record->id));
        }
      if (result != SQLITE_DONE)
        {
          aw_database_set_error (self, error);
          return FALSE;
        }
    }
  return TRUE;
}

static void
on_bad_reference (AwRecord *record,
                  const AwField *field,
                  G_GNUC_UNUSED const char *place,
                  const char *message,
                  gpointer data)
{
  on_problem (record, field, message, data);
}

static gboolean
check_references (AwDatabase *self,
                  GPtrArray *sentences,
                  GError **error)
{
  g_autoptr (GPtrArray) opportunities = aw_database_load_opportunities (self, error);

  if (opportunities == NULL)
    return FALSE;
  for (guint i = 0; i < opportunities->len; i++)
    {
      g_autoptr (GError) local = NULL;
      g_autoptr (AwDossier) dossier = aw_database_load_dossier (self, AW_ID (g_ptr_array_index (opportunities, i)),
                                                                &local);

      if (local != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      if (dossier != NULL)
        aw_dossier_check_references (dossier, on_bad_reference, sentences);
    }
  return TRUE;
}

/**
 * aw_database_check:
 * @self: a connection
 * @error: return location: the check itself was not possible
 *
 * Returns: (transfer full) (element-type utf8): what is wrong, in sentences;
 *   empty if all is well
 */
GPtrArray *
aw_database_check (AwDatabase *self,
                   GError **error)
{
  g_autoptr (GPtrArray) sentences = g_ptr_array_new_with_free_func (g_free);

  g_return_val_if_fail (AW_IS_DATABASE (self), NULL);

  if (!check_file (self, sentences, error))
    return NULL;
  /* Rows of a damaged file would only repeat it. */
  if (sentences->len == 0 && (!check_rows (self, sentences, error) || !check_references (self, sentences, error)))
    return NULL;
  return g_steal_pointer (&sentences);
}
