/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "core/aw-dossier-private.h"
#include "store/aw-database-private.h"
#include "store/aw-record-sql.h"
#include "store/aw-search-index.h"

/* Reading and writing records: generic over the field tables. */

#define IN_ORDER "ORDER BY position, rowid"
#define POLICY_ID "policy"

/* From so many new records on, a command is an import: pages stay in memory
 * instead of going to the file and coming back, and their words go into the
 * index together. */
#define MANY 1000
#define MANY_CACHE_KIB 65536

static gboolean
has_owner (AwRecordKind kind)
{
  return kind > AW_RECORD_OPPORTUNITY && kind < AW_N_DOSSIER_KINDS;
}

/* Reading ------------------------------------------------------------------ */

static GPtrArray *
load (AwDatabase *self,
      AwRecordKind kind,
      const char *rest,
      const char *parameter,
      GError **error)
{
  const AwRecordClass *klass = aw_record_kind_get_class (kind);
  g_autofree char *sql = aw_sql_select (klass, rest);
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (AwStatement) statement = aw_database_prepare (self, sql, error);
  int result;

  if (statement == NULL)
    return NULL;
  if (parameter != NULL)
    sqlite3_bind_text (statement, 1, parameter, -1, SQLITE_STATIC);
  while ((result = sqlite3_step (statement)) == SQLITE_ROW)
    g_ptr_array_add (records, aw_sql_read (klass, statement, NULL, NULL));
  if (result == SQLITE_DONE)
    return g_steal_pointer (&records);
  aw_database_set_error (self, error);
  return NULL;
}

static gboolean
load_lists (AwDatabase *self,
            AwDossier *dossier,
            GError **error)
{
  for (guint kind = AW_RECORD_OPPORTUNITY + 1; kind < AW_N_DOSSIER_KINDS; kind++)
    {
      AwRecordList *list = aw_dossier_get_list (dossier, kind);
      g_autoptr (GPtrArray) records = load (self, kind, "WHERE opportunity = ? " IN_ORDER,
                                            aw_dossier_get_id (dossier), error);

      if (records == NULL)
        return FALSE;
      for (guint i = 0; i < records->len; i++)
        aw_record_list_append (list, g_object_ref (g_ptr_array_index (records, i)));
    }
  return TRUE;
}

/* Writing ------------------------------------------------------------------ */

static gboolean
fail_gone (GError **error)
{
  g_set_error_literal (error, AW_STORE_ERROR, AW_STORE_ERROR_CONFLICT,
                       _("This was removed somewhere else in the meantime."));
  return FALSE;
}

static gboolean
finish_write (AwDatabase *self,
              sqlite3_stmt *statement,
              gboolean must_hit,
              GError **error)
{
  int result = sqlite3_step (statement);

  if (result != SQLITE_DONE)
    {
      aw_database_set_error (self, error);
      return FALSE;
    }
  if (must_hit && sqlite3_changes (aw_database_get_handle (self)) == 0)
    return fail_gone (error);
  return TRUE;
}

/* A new record without a place goes to the end of its list. */
static gboolean
fill_position (AwDatabase *self,
               AwRecord *record,
               GError **error)
{
  const AwRecordClass *klass = AW_RECORD_GET_CLASS (record);
  g_autofree char *sql = g_strdup_printf ("SELECT coalesce (max (position), 0) + 1 FROM \"%s\"%s", klass->table,
                                          has_owner (klass->kind) ? " WHERE opportunity = ?" : "");
  g_autoptr (AwStatement) statement = NULL;

  if (record->position != 0)
    return TRUE;

  statement = aw_database_prepare (self, sql, error);
  if (statement == NULL)
    return FALSE;
  if (has_owner (klass->kind))
    sqlite3_bind_text (statement, 1, record->opportunity, -1, SQLITE_STATIC);
  if (sqlite3_step (statement) != SQLITE_ROW)
    {
      aw_database_set_error (self, error);
      return FALSE;
    }
  record->position = sqlite3_column_int64 (statement, 0);
  return TRUE;
}

static gboolean
insert (AwDatabase *self,
        AwRecord *record,
        GError **error)
{
  const char *sql = aw_sql_insert (AW_RECORD_GET_CLASS (record));
  g_autoptr (AwStatement) statement = NULL;

  if (!fill_position (self, record, error))
    return FALSE;
  statement = aw_database_prepare (self, sql, error);
  if (statement == NULL)
    return FALSE;
  if (aw_sql_bind_all (statement, record) != SQLITE_OK)
    {
      aw_database_set_error (self, error);
      return FALSE;
    }
  return finish_write (self, statement, FALSE, error);
}

static void
append_assignment (GString *sql,
                   const char *column)
{
  g_string_append_printf (sql, "%s\"%s\" = ?", sql->str[sql->len - 1] == ' ' ? "" : ", ", column);
}

/* Only what differs is written, so that others' changes to the rest stand. */
static gboolean
update (AwDatabase *self,
        AwRecord *before,
        AwRecord *after,
        GError **error)
{
  const AwRecordClass *klass = AW_RECORD_GET_CLASS (after);
  g_autoptr (GString) sql = g_string_new (NULL);
  sqlite3_stmt *statement = NULL;
  gboolean owner = has_owner (klass->kind) && g_strcmp0 (before->opportunity, after->opportunity) != 0;
  gboolean position = before->position != after->position;
  gboolean extra = g_strcmp0 (before->extra, after->extra) != 0;
  gboolean ok;
  gsize empty;
  int index = 1;

  g_string_append_printf (sql, "UPDATE \"%s\" SET ", klass->table);
  empty = sql->len;
  if (owner)
    append_assignment (sql, "opportunity");
  if (position)
    append_assignment (sql, "position");
  if (extra)
    append_assignment (sql, "extra");
  for (guint i = 0; i < klass->n_fields; i++)
    if (!aw_record_field_equal (before, after, &klass->fields[i]))
      append_assignment (sql, klass->fields[i].name);
  if (sql->len == empty)
    return TRUE;
  g_string_append (sql, " WHERE id = ?");

  ok = sqlite3_prepare_v2 (aw_database_get_handle (self), sql->str, -1, &statement, NULL) == SQLITE_OK;
  if (ok && owner)
    ok = aw_sql_bind_text (statement, index++, after->opportunity) == SQLITE_OK;
  if (ok && position)
    ok = sqlite3_bind_int64 (statement, index++, after->position) == SQLITE_OK;
  if (ok && extra)
    ok = aw_sql_bind_text (statement, index++, after->extra) == SQLITE_OK;
  for (guint i = 0; i < klass->n_fields && ok; i++)
    if (!aw_record_field_equal (before, after, &klass->fields[i]))
      ok = aw_sql_bind_field (statement, index++, after, &klass->fields[i]) == SQLITE_OK;
  if (ok)
    ok = aw_sql_bind_text (statement, index, before->id) == SQLITE_OK;

  if (ok)
    ok = finish_write (self, statement, TRUE, error);
  else
    aw_database_set_error (self, error);
  sqlite3_finalize (statement);
  return ok;
}

static gboolean
delete (AwDatabase *self,
        AwRecord *record,
        GError **error)
{
  g_autofree char *sql = g_strdup_printf ("DELETE FROM \"%s\" WHERE id = ?", AW_RECORD_GET_CLASS (record)->table);
  g_autoptr (AwStatement) statement = aw_database_prepare (self, sql, error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_text (statement, 1, record->id, -1, SQLITE_STATIC);
  return finish_write (self, statement, TRUE, error);
}

/* Until the first change there is no row: the defaults are what is changed. */
static gboolean
ensure_policy (AwDatabase *self,
               AwRecord *before,
               GError **error)
{
  g_autoptr (AwStatement) statement = aw_database_prepare (self, "SELECT 1 FROM policy WHERE id = ?", error);
  int result;

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_text (statement, 1, before->id, -1, SQLITE_STATIC);
  result = sqlite3_step (statement);
  if (result == SQLITE_ROW)
    return TRUE;
  if (result == SQLITE_DONE)
    return insert (self, before, error);
  aw_database_set_error (self, error);
  return FALSE;
}

/* The index follows the row, not the record: others may have changed the rest. */
static gboolean
index_again (AwDatabase *self,
             AwRecord *record,
             GError **error)
{
  g_autoptr (GPtrArray) rows = load (self, aw_record_get_kind (record), "WHERE id = ?", record->id, error);

  return rows != NULL && (rows->len == 0 || aw_search_index_put (self, g_ptr_array_index (rows, 0), error));
}

static gboolean
write_change (AwDatabase *self,
              const AwChange *change,
              GError **error)
{
  if (change->before == NULL)
    return insert (self, change->after, error);
  if (change->after == NULL)
    return delete (self, change->before, error);
  if (aw_record_get_kind (change->after) == AW_RECORD_POLICY && !ensure_policy (self, change->before, error))
    return FALSE;
  return update (self, change->before, change->after, error);
}

/* @batch: NULL, or where words wait. */
static gboolean
apply_change (AwDatabase *self,
              const AwChange *change,
              AwSearchBatch *batch,
              GError **error)
{
  AwRecord *record = change->after != NULL ? change->after : change->before;

  if (!write_change (self, change, error))
    return FALSE;
  if (!aw_search_index_has (aw_record_get_kind (record)))
    return TRUE;
  if (batch != NULL && change->before == NULL)
    return aw_search_index_put_later (self, record, batch, error);
  if (batch != NULL && !aw_search_index_flush (self, batch, error))
    return FALSE;
  if (change->after == NULL)
    return aw_search_index_remove (self, record, error);
  if (change->before == NULL)
    return aw_search_index_put (self, record, error);
  return index_again (self, record, error);
}

static gboolean
apply_changes (AwDatabase *self,
               AwCommand *command,
               AwSearchBatch *batch,
               GError **error)
{
  for (guint i = 0; i < aw_command_get_n_changes (command); i++)
    if (!apply_change (self, aw_command_get_change (command, i), batch, error))
      return FALSE;
  return batch == NULL || aw_search_index_flush (self, batch, error);
}

static gboolean
has_many (AwCommand *command)
{
  guint n = 0;

  for (guint i = 0; i < aw_command_get_n_changes (command) && n < MANY; i++)
    n += aw_command_get_change (command, i)->before == NULL;
  return n >= MANY;
}

static gint64
get_cache_size (AwDatabase *self)
{
  g_autoptr (AwStatement) statement = aw_database_prepare (self, "PRAGMA cache_size", NULL);

  return statement != NULL && sqlite3_step (statement) == SQLITE_ROW ? sqlite3_column_int64 (statement, 0) : 0;
}

static void
set_cache_size (AwDatabase *self,
                gint64 size)
{
  g_autofree char *sql = g_strdup_printf ("PRAGMA cache_size = %" G_GINT64_FORMAT, size);

  if (size != 0)
    sqlite3_exec (aw_database_get_handle (self), sql, NULL, NULL, NULL);
}

static gboolean
apply_many (AwDatabase *self,
            AwCommand *command,
            GError **error)
{
  AwSearchBatch batch = { 0, 0 };
  gint64 cache = get_cache_size (self);
  gboolean ok;

  set_cache_size (self, -MANY_CACHE_KIB);
  ok = aw_search_index_set_buffer (self, TRUE, error) && apply_changes (self, command, &batch, error) &&
       aw_search_index_set_buffer (self, FALSE, error);
  set_cache_size (self, cache);
  return ok;
}

/* Public functions --------------------------------------------------------- */

/**
 * aw_database_apply:
 * @self: a connection in a transaction of the caller's
 * @command: what to change
 * @error: return location; after an error the caller rolls back
 *
 * Returns: whether all was written
 */
gboolean
aw_database_apply (AwDatabase *self,
                   AwCommand *command,
                   GError **error)
{
  g_return_val_if_fail (AW_IS_DATABASE (self) && AW_IS_COMMAND (command), FALSE);

  if (!(has_many (command) ? apply_many (self, command, error) : apply_changes (self, command, NULL, error)))
    return FALSE;
  for (guint i = 0; i < aw_command_get_n_settings (command); i++)
    {
      const AwSettingChange *setting = aw_command_get_setting (command, i);

      if (!aw_database_set_setting (self, setting->key, setting->after, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * aw_database_run:
 * @self: a connection
 * @command: what to change
 * @error: return location
 *
 * Carries @command out in one transaction, whole or not at all.
 *
 * Returns: whether it is on the disk
 */
gboolean
aw_database_run (AwDatabase *self,
                 AwCommand *command,
                 GError **error)
{
  if (!aw_database_begin (self, error))
    return FALSE;
  if (aw_database_apply (self, command, error))
    return aw_database_commit (self, error);
  aw_database_rollback (self);
  return FALSE;
}

/**
 * aw_database_load_last_interviews:
 * @self: a connection
 *
 * Returns: (transfer full) (element-type utf8 gint64): for each opportunity
 *   with an interview when the last one that is not cancelled starts
 */
GHashTable *
aw_database_load_last_interviews (AwDatabase *self)
{
  GHashTable *last = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (AwStatement) statement = NULL;

  g_return_val_if_fail (AW_IS_DATABASE (self), last);

  statement = aw_database_prepare (self,
                                   "SELECT opportunity, starts_at FROM interview WHERE cancelled = 0 AND starts_at IS NOT NULL",
                                   NULL);
  while (statement != NULL && sqlite3_step (statement) == SQLITE_ROW)
    {
      const char *id = (const char *) sqlite3_column_text (statement, 0);
      AwInstant start;
      gint64 *known;

      if (!aw_instant_parse ((const char *) sqlite3_column_text (statement, 1), &start))
        continue;
      known = g_hash_table_lookup (last, id);
      if (known == NULL)
        g_hash_table_insert (last, g_strdup (id), g_memdup2 (&start.sec, sizeof start.sec));
      else
        *known = MAX (*known, start.sec);
    }
  return last;
}

/**
 * aw_database_load_opportunities:
 * @self: a connection
 * @error: return location
 *
 * Returns: (transfer full) (element-type AwOpportunity): all, in order
 */
GPtrArray *
aw_database_load_opportunities (AwDatabase *self,
                                GError **error)
{
  g_return_val_if_fail (AW_IS_DATABASE (self), NULL);

  return load (self, AW_RECORD_OPPORTUNITY, IN_ORDER, NULL, error);
}

/**
 * aw_database_load_dossier:
 * @self: a connection
 * @opportunity: its id
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the opportunity with all that belongs
 *   to it, as of one moment; %NULL without an error: there is none
 */
AwDossier *
aw_database_load_dossier (AwDatabase *self,
                          const char *opportunity,
                          GError **error)
{
  g_autoptr (AwRecord) record = NULL;
  g_autoptr (AwDossier) dossier = NULL;
  gboolean own, ok;

  g_return_val_if_fail (AW_IS_DATABASE (self) && opportunity != NULL, NULL);

  own = sqlite3_get_autocommit (aw_database_get_handle (self)) != 0;
  if (own && !aw_database_exec (self, "BEGIN", error))
    return NULL;

  record = aw_database_load_record (self, AW_RECORD_OPPORTUNITY, opportunity, error);
  ok = record != NULL;
  if (ok)
    {
      dossier = aw_dossier_new (AW_OPPORTUNITY (record));
      ok = load_lists (self, dossier, error);
    }

  if (own)
    aw_database_rollback (self); /* nothing was written */
  return ok ? g_steal_pointer (&dossier) : NULL;
}

/**
 * aw_database_load_kind:
 * @self: a connection
 * @kind: which kind
 * @error: return location
 *
 * Returns: (transfer full) (element-type AwRecord): all of them, whoever owns them, in order
 */
GPtrArray *
aw_database_load_kind (AwDatabase *self,
                       AwRecordKind kind,
                       GError **error)
{
  g_return_val_if_fail (AW_IS_DATABASE (self) && kind < AW_N_RECORD_KINDS, NULL);

  return load (self, kind, IN_ORDER, NULL, error);
}

/**
 * aw_database_load_record:
 * @self: a connection
 * @kind: which kind
 * @id: its id
 * @error: return location
 *
 * Returns: (transfer full) (nullable): that record; %NULL without an error:
 *   there is none
 */
AwRecord *
aw_database_load_record (AwDatabase *self,
                         AwRecordKind kind,
                         const char *id,
                         GError **error)
{
  g_autoptr (GPtrArray) records = NULL;

  g_return_val_if_fail (AW_IS_DATABASE (self) && kind < AW_N_RECORD_KINDS && id != NULL, NULL);

  records = load (self, kind, "WHERE id = ?", id, error);
  return records != NULL && records->len > 0 ? g_object_ref (g_ptr_array_index (records, 0)) : NULL;
}

/**
 * aw_database_load_policy:
 * @self: a connection
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the policy; the defaults if none is
 *   stored, and where what is stored is not sound
 */
AwPolicy *
aw_database_load_policy (AwDatabase *self,
                         GError **error)
{
  g_autoptr (GPtrArray) records = NULL;
  AwRecord *policy;

  g_return_val_if_fail (AW_IS_DATABASE (self), NULL);

  records = load (self, AW_RECORD_POLICY, "WHERE id = ?", POLICY_ID, error);
  if (records == NULL)
    return NULL;
  if (records->len > 0)
    return AW_POLICY (g_object_ref (g_ptr_array_index (records, 0)));

  policy = g_object_new (AW_TYPE_POLICY, NULL);
  policy->id = g_strdup (POLICY_ID);
  policy->position = 1;
  return AW_POLICY (policy);
}
