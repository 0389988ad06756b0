/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/aw-engine-private.h"

#include "core/aw-dossier-private.h"
#include "service/aw-agent-client.h"
#include "store/aw-revision.h"

/* Taking over what was committed, by this process or another one: the models,
 * then the plans, then whoever listens. */

void
aw_engine_reload_accounts (AwEngine *self)
{
  g_autoptr(GPtrArray) accounts = NULL;
  g_autoptr(GError) error = NULL;

  if (self->accounts == NULL)
    return;
  accounts = aw_database_load_kind (self->database, AW_RECORD_ACCOUNT, &error);
  if (accounts == NULL)
    g_warning ("The accounts could not be read: %s", error->message);
  else
    g_list_store_splice (self->accounts, 0, g_list_model_get_n_items (G_LIST_MODEL (self->accounts)), accounts->pdata,
                         accounts->len);
}

/* What belongs to no opportunity was changed. */
static void
take_settings (AwEngine *self,
               gboolean policy,
               gboolean accounts)
{
  g_autoptr(GError) error = NULL;

  if (accounts)
    aw_engine_reload_accounts (self);
  if (policy)
    {
      g_autoptr(AwPolicy) before = g_object_ref (aw_book_get_policy (self->book));

      if (!aw_book_load_policy (self->book, &error))
        g_warning ("The policy could not be read: %s", error->message);
      else if (!aw_record_equal (AW_RECORD (before), AW_RECORD (aw_book_get_policy (self->book))) &&
               self->planner != NULL)
        aw_planner_plan_all (self->planner);
    }
}

/* Contacts elsewhere and plans follow the dossiers, which are up to date. */
static void
follow (AwEngine *self,
        GPtrArray *opportunities)
{
  /* So many are read again faster in one go than one by one. */
  if (opportunities->len > 50)
    aw_book_drop_elsewhere (self->book);
  else
    for (guint i = 0; i < opportunities->len; i++)
      {
        const char *id = g_ptr_array_index (opportunities, i);
        g_autoptr(AwDossier) dossier = aw_book_ref_dossier (self->book, id, NULL);

        aw_book_update_elsewhere (self->book, id, dossier);
      }
  if (self->planner != NULL && opportunities->len > 0)
    aw_planner_take (self->planner, opportunities);
}

/* Reads again what others changed. */
static void
take_foreign (AwEngine *self,
              GPtrArray *changed)
{
  g_autoptr(GPtrArray) opportunities = g_ptr_array_new ();
  g_autoptr(GPtrArray) live = g_ptr_array_new_with_free_func (g_object_unref);
  gboolean others = FALSE;

  for (guint i = 0; i < changed->len; i++)
    {
      const char *id = g_ptr_array_index (changed, i);
      AwDossier *dossier;
      g_autoptr(AwDossier) fresh = NULL;
      g_autoptr(GError) error = NULL;

      if (*id == '\0')
        {
          others = TRUE;
          continue;
        }
      g_ptr_array_add (opportunities, (gpointer) id);
      dossier = aw_book_peek_live (self->book, id);
      if (dossier == NULL)
        continue;
      fresh = aw_database_load_dossier (self->database, id, &error);
      if (fresh != NULL)
        {
          aw_dossier_become (dossier, fresh);
          g_ptr_array_add (live, g_object_ref (dossier));
        }
      else if (error != NULL)
        g_warning ("An opportunity could not be read: %s", error->message);
      else
        aw_book_drop_live (self->book, id);
    }

  if (others)
    take_settings (self, TRUE, TRUE);
  follow (self, opportunities);
  for (guint i = 0; i < live->len; i++)
    aw_dossier_emit_changed (g_ptr_array_index (live, i));
  aw_engine_emit_changed (self, opportunities, others);
}

static const char *
opportunity_of (AwRecord *record)
{
  return aw_record_get_kind (record) == AW_RECORD_OPPORTUNITY ? record->id : record->opportunity;
}

/* Puts our own command's changes into the models. */
static void
take_own (AwEngine *self,
          AwCommand *command)
{
  g_autoptr(GHashTable) touched = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr(GPtrArray) opportunities = g_ptr_array_new ();
  g_autoptr(GPtrArray) live = g_ptr_array_new_with_free_func (g_object_unref);
  gboolean policy = FALSE;
  gboolean accounts = FALSE;
  gboolean others = aw_command_get_n_settings (command) > 0;

  for (guint i = 0; i < aw_command_get_n_changes (command); i++)
    {
      const AwChange *change = aw_command_get_change (command, i);
      AwRecord *record = change->after != NULL ? change->after : change->before;
      AwRecordKind kind = aw_record_get_kind (record);
      const char *id = opportunity_of (record);
      AwDossier *dossier;

      if (id == NULL)
        {
          others = TRUE;
          policy |= kind == AW_RECORD_POLICY;
          accounts |= kind == AW_RECORD_ACCOUNT;
          continue;
        }
      dossier = aw_book_peek_live (self->book, id);
      if (g_hash_table_add (touched, (gpointer) id))
        {
          g_ptr_array_add (opportunities, (gpointer) id);
          if (dossier != NULL)
            g_ptr_array_add (live, g_object_ref (dossier));
        }
      if (dossier == NULL)
        continue;
      if (kind == AW_RECORD_OPPORTUNITY && change->after == NULL)
        aw_book_drop_live (self->book, id);
      else
        aw_dossier_apply (dossier, change->before, change->after);
    }

  take_settings (self, policy, accounts);
  follow (self, opportunities);
  for (guint i = 0; i < live->len; i++)
    aw_dossier_emit_changed (g_ptr_array_index (live, i));
  aw_engine_emit_changed (self, opportunities, others);
}

void
aw_engine_take_over (AwEngine *self,
                     AwCommand *command,
                     const AwCommit *commit)
{
  /* Already read, together with what others committed after it. */
  if (commit->revision_after <= self->revision && commit->revision_after != commit->revision_before)
    return;

  take_own (self, command);
  if (commit->revision_before == self->revision)
    self->revision = commit->revision_after;
  else
    aw_engine_refresh (self); /* somebody else's came before */
  if (self->announces)
    aw_agent_client_refresh ();
}

/**
 * aw_engine_refresh:
 * @self: an engine
 *
 * Looks whether another process committed, and takes over what changed.
 */
void
aw_engine_refresh (AwEngine *self)
{
  g_autoptr(GPtrArray) changed = NULL;
  g_autoptr(GError) error = NULL;
  gint64 latest;

  g_return_if_fail (AW_IS_ENGINE (self));

  changed = aw_revision_since (self->database, self->revision, &latest, &error);
  if (changed == NULL)
    {
      g_warning ("Changes could not be read: %s", error->message);
      return;
    }
  /* A restored backup may have smaller numbers: then nothing known holds. */
  if (changed->len == 0 && aw_revision_get (self->database) < self->revision)
    {
      g_clear_pointer (&changed, g_ptr_array_unref);
      changed = aw_revision_since (self->database, -1, &latest, &error);
      if (changed == NULL)
        return;
    }
  self->revision = latest;
  if (changed->len > 0)
    take_foreign (self, changed);
}
