/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "exchange/aw-export.h"
#include "exchange/aw-import.h"

/* A document onto what is here: by id, what is new is added, what is here is
 * changed to what the document says, and what the document lacks stays. */

static char *
describe (AwDossier *dossier)
{
  guint people = aw_record_list_get_length (aw_dossier_get_list (dossier, AW_RECORD_PERSON));
  guint interviews = aw_record_list_get_length (aw_dossier_get_list (dossier, AW_RECORD_INTERVIEW));
  guint touches = aw_record_list_get_length (aw_dossier_get_list (dossier, AW_RECORD_TOUCH));
  g_autofree char *a = g_strdup_printf (ngettext ("%u person", "%u people", people), people);
  g_autofree char *b = g_strdup_printf (ngettext ("%u interview", "%u interviews", interviews), interviews);
  g_autofree char *c = g_strdup_printf (ngettext ("%u contact", "%u contacts", touches), touches);

  /* Translators: three counts, such as "2 people, 1 interview, 3 contacts". */
  return g_strdup_printf (_("%s, %s, %s"), a, b, c);
}

static char *
name (AwOpportunity *opportunity)
{
  const char *company = opportunity->company != NULL && *opportunity->company != '\0' ? opportunity->company
                                                                                       : _("Unnamed company");

  if (opportunity->role == NULL || *opportunity->role == '\0')
    return g_strdup (company);
  /* Translators: a company and a role. */
  return g_strdup_printf (_("%s, %s"), company, opportunity->role);
}

/* Decisions have no ids in a document: the same words are the same decision. */
static AwRecord *
find_decision (AwRecordList *list,
               AwDecision *wanted)
{
  AW_RECORDS_FOREACH (AwDecision, decision, list)
    if (g_strcmp0 (decision->key, wanted->key) == 0 && decision->what == wanted->what &&
        decision->at.sec == wanted->at.sec && decision->until.sec == wanted->until.sec)
      return AW_RECORD (decision);
  return NULL;
}

/* An id that is here already, but in another opportunity, would move a record
 * from one to the other. */
static gboolean
check_owner (AwDatabase *database,
             AwRecord *record,
             GError **error)
{
  g_autoptr (AwRecord) here = NULL;
  g_autoptr (GError) local = NULL;

  here = aw_database_load_record (database, aw_record_get_kind (record), record->id, &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (here == NULL)
    return TRUE;
  g_set_error (error, AW_EXCHANGE_ERROR, AW_EXCHANGE_ERROR_PLACE,
               _("The id “%s” in %s of the opportunity “%s” belongs to another opportunity here; give it another id."),
               record->id, AW_RECORD_GET_CLASS (record)->member, record->opportunity);
  return FALSE;
}

static gboolean
plan_record (AwDatabase *database,
             AwCommand *command,
             AwRecordList *here,
             AwRecord *record,
             GError **error)
{
  gboolean has_id = AW_RECORD_GET_CLASS (record)->has_id;
  AwRecord *old = NULL;

  if (here != NULL)
    old = has_id ? aw_record_list_find (here, record->id) : find_decision (here, AW_DECISION (record));

  if (old == NULL)
    {
      if (has_id && !check_owner (database, record, error))
        return FALSE;
      aw_command_add (command, record);
      return TRUE;
    }
  if (!has_id)
    {
      g_free (record->id);
      record->id = g_strdup (old->id);
    }
  record->position = old->position;
  aw_command_change (command, old, record);
  return TRUE;
}

static gboolean
plan_dossier (AwImport *import,
              AwDossier *dossier,
              AwDatabase *database,
              GError **error)
{
  AwOpportunity *opportunity = aw_dossier_get_opportunity (dossier);
  g_autoptr (GError) local = NULL;
  g_autoptr (AwDossier) here = aw_database_load_dossier (database, AW_ID (opportunity), &local);
  g_autoptr (AwCommand) command = aw_command_new (NULL);
  g_autofree char *title = name (opportunity);
  g_autofree char *details = describe (dossier);
  AwImportItem *item;

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }

  if (here == NULL)
    aw_command_add (command, opportunity);
  else
    {
      AW_RECORD (opportunity)->position = AW_RECORD (aw_dossier_get_opportunity (here))->position;
      aw_command_change (command, aw_dossier_get_opportunity (here), opportunity);
    }
  for (guint kind = AW_RECORD_OPPORTUNITY + 1; kind < AW_N_DOSSIER_KINDS; kind++)
    AW_RECORDS_FOREACH (AwRecord, record, aw_dossier_get_list (dossier, kind))
      if (!plan_record (database, command, here != NULL ? aw_dossier_get_list (here, kind) : NULL, record, error))
        return FALSE;

  item = aw_import_item_new (here == NULL                      ? AW_IMPORT_ADDED
                             : aw_command_is_empty (command) ? AW_IMPORT_SAME
                                                               : AW_IMPORT_CHANGED,
                             title, details, NULL);
  if (!aw_command_is_empty (command))
    aw_import_item_set_command (item, command);
  aw_import_add (import, item);
  return TRUE;
}

/* The policy, and what stands in the document beside the opportunities. */
static gboolean
plan_rest (AwImport *import,
           AwDocument *document,
           AwDatabase *database,
           GError **error)
{
  AwPolicy *policy = aw_document_get_policy (document);
  const char *extra = aw_document_get_extra (document);
  g_autoptr (AwPolicy) here = NULL;
  g_autoptr (AwCommand) command = aw_command_new (NULL);
  AwImportItem *item;

  if (policy != NULL)
    {
      here = aw_database_load_policy (database, error);
      if (here == NULL)
        return FALSE;
      AW_RECORD (policy)->position = AW_RECORD (here)->position;
      aw_command_change (command, here, policy);
    }
  if (extra != NULL)
    {
      g_autofree char *before = aw_database_get_setting (database, AW_DOCUMENT_EXTRA_SETTING);

      if (g_strcmp0 (before, extra) != 0)
        aw_command_set_setting (command, AW_DOCUMENT_EXTRA_SETTING, before, extra);
    }
  if (aw_command_is_empty (command))
    return TRUE;

  item = aw_import_item_new (AW_IMPORT_CHANGED, _("How you follow up"), NULL, NULL);
  aw_import_item_set_command (item, command);
  aw_import_add (import, item);
  return TRUE;
}

/**
 * aw_import_plan_document:
 * @document: a parsed document; its records become those of the command
 * @database: what is here
 * @error: return location
 *
 * Returns: (transfer full) (nullable): what importing it would change
 */
AwImport *
aw_import_plan_document (AwDocument *document,
                         AwDatabase *database,
                         GError **error)
{
  g_autoptr (AwImport) import = aw_import_new ();
  GPtrArray *remarks;

  g_return_val_if_fail (document != NULL && AW_IS_DATABASE (database), NULL);

  remarks = aw_document_get_remarks (document);
  for (guint i = 0; i < remarks->len; i++)
    aw_import_add_remark (import, g_strdup (g_ptr_array_index (remarks, i)));
  for (guint i = 0; i < aw_document_get_n_dossiers (document); i++)
    if (!plan_dossier (import, aw_document_get_dossier (document, i), database, error))
      return NULL;
  if (!plan_rest (import, document, database, error))
    return NULL;
  return g_steal_pointer (&import);
}
