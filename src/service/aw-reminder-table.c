/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/aw-reminder-table.h"

#include "service/aw-engine-private.h"
#include "service/aw-reminder-rows.h"
#include "store/aw-revision.h"

/* Opportunities planned in one transaction. */
#define BATCH 100

struct _AwReminderTable
{
  GObject parent_instance;

  AwBook *book;
  AwDatabase *database;
  AwReminderBoard *board;

  gint64 revision;  /* of the last change that the rows know */
  AwPolicy *policy; /* by which the rows were made; NULL: by a process before us */
};

G_DEFINE_FINAL_TYPE (AwReminderTable, aw_reminder_table, G_TYPE_OBJECT)

/* Puts a row in place of what stands under its key, which leaves @old. */
static gboolean
put_row (AwReminderTable *self,
         GHashTable *old_rows,
         const AwReminder *row,
         GError **error)
{
  AwReminder *old = g_hash_table_lookup (old_rows, row->key);

  if (old != NULL && aw_reminder_rows_equal (old, row))
    {
      g_hash_table_remove (old_rows, row->key);
      return TRUE;
    }
  if (!aw_reminder_put (self->database, row, error))
    return FALSE;
  if (old != NULL && old->shown_at != AW_NEVER && row->server_id == 0)
    aw_reminder_board_withdraw (self->board, row->opportunity, row->key, old->server_id);
  g_hash_table_remove (old_rows, row->key);
  return TRUE;
}

/* Plans one opportunity and writes its rows, inside a transaction. */
static gboolean
plan (AwReminderTable *self,
      const AwSweep *sweep,
      const char *opportunity,
      GError **error)
{
  g_autoptr(GError) local = NULL;
  g_autoptr(AwDossier) dossier = aw_book_ref_dossier (self->book, opportunity, &local);
  g_autoptr(GPtrArray) rows = NULL;
  g_autoptr(GHashTable) old_rows = NULL;
  g_autoptr(AwPlan) follow_ups = NULL;
  g_autoptr(AwReminder) again = NULL;
  gint64 next;
  GHashTableIter iter;
  gpointer value;

  if (dossier == NULL)
    {
      if (local != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      aw_reminder_board_withdraw_all_of (self->board, opportunity); /* the rows went with it */
      return TRUE;
    }
  rows = aw_reminder_load (self->database, opportunity, error);
  if (rows == NULL)
    return FALSE;
  old_rows = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < rows->len; i++)
    {
      AwReminder *row = g_ptr_array_index (rows, i);

      g_hash_table_insert (old_rows, row->key, row);
    }

  follow_ups = aw_book_plan (self->book, dossier, sweep->now);
  for (guint i = 0; i < aw_plan_get_length (follow_ups); i++)
    {
      const AwFollowUp *follow_up = aw_plan_get (follow_ups, i);
      g_autoptr(AwReminder) row =
        aw_reminder_make_row (follow_up, dossier, aw_book_get_calendar (self->book), sweep->busy, sweep->morning,
                              g_hash_table_lookup (old_rows, follow_up->key), sweep->now);

      if (row != NULL && !put_row (self, old_rows, row, error))
        return FALSE;
    }
  next = aw_plan_get_next_change (follow_ups);
  again = aw_reminder_new (opportunity, "", sweep->now, next != AW_NEVER ? next : AW_REMINDER_NEVER);
  if (!put_row (self, old_rows, again, error))
    return FALSE;

  g_hash_table_iter_init (&iter, old_rows);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      AwReminder *row = value;

      if (row->shown_at == AW_NEVER && row->shown_before == AW_NEVER)
        {
          if (!aw_reminder_remove (self->database, opportunity, row->key, error))
            return FALSE;
          continue;
        }
      if (row->shown_at == AW_NEVER)
        {
          row->opens = row->shown_at = row->shown_before;
          row->shown_before = AW_NEVER;
          if (!aw_reminder_put (self->database, row, error))
            return FALSE;
          continue;
        }
      /* That it was shown stays true, should the clock be set back. */
      aw_reminder_board_withdraw (self->board, opportunity, row->key, row->server_id);
      if (row->server_id != 0 && !aw_reminder_set_server_id (self->database, opportunity, row->key, 0, error))
        return FALSE;
    }
  return TRUE;
}

/* Whose rows must be made again: what was changed, who shares an address with
 * it, what is due; all, if the policy, the zone or the kind of reminder is
 * another one. */
static GPtrArray *
collect (AwReminderTable *self,
         const AwSweep *sweep,
         const char *basis,
         gint64 *latest,
         GError **error)
{
  g_autoptr(GHashTable) set = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(GPtrArray) changed = NULL;
  g_autoptr(GPtrArray) due = NULL;
  g_autoptr(GPtrArray) result = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *known = aw_database_get_setting (self->database, "agent-basis");
  AwPolicy *policy = aw_book_get_policy (self->book);
  gboolean all;
  GHashTableIter iter;
  gpointer id;

  changed = aw_revision_since (self->database, self->revision, latest, error);
  if (changed == NULL)
    return NULL;
  all = g_strcmp0 (known, basis) != 0 || aw_revision_get (self->database) < self->revision ||
        (self->policy != NULL && !aw_record_equal (AW_RECORD (self->policy), AW_RECORD (policy)));
  for (guint i = 0; i < changed->len; i++)
    {
      g_autoptr(GPtrArray) sharers = NULL;

      if (*(char *) g_ptr_array_index (changed, i) == '\0')
        {
          all |= self->policy == NULL; /* it may have been the policy */
          continue;
        }
      g_hash_table_add (set, g_strdup (g_ptr_array_index (changed, i)));
      sharers = aw_reminder_sharers (self->database, g_ptr_array_index (changed, i), error);
      if (sharers == NULL)
        return NULL;
      for (guint k = 0; k < sharers->len; k++)
        g_hash_table_add (set, g_strdup (g_ptr_array_index (sharers, k)));
    }
  due = all ? aw_reminder_all_opportunities (self->database, error)
            : aw_reminder_due_opportunities (self->database, sweep->now, error);
  if (due == NULL)
    return NULL;
  for (guint i = 0; i < due->len; i++)
    g_hash_table_add (set, g_strdup (g_ptr_array_index (due, i)));

  g_hash_table_iter_init (&iter, set);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    g_ptr_array_add (result, g_strdup (id));
  if (all)
    *latest = MIN (*latest, aw_revision_get (self->database));
  return g_steal_pointer (&result);
}

static void
aw_reminder_table_finalize (GObject *object)
{
  AwReminderTable *self = AW_REMINDER_TABLE (object);

  g_clear_object (&self->board);
  g_clear_object (&self->policy);

  G_OBJECT_CLASS (aw_reminder_table_parent_class)->finalize (object);
}

static void
aw_reminder_table_class_init (AwReminderTableClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = aw_reminder_table_finalize;
}

static void
aw_reminder_table_init (G_GNUC_UNUSED AwReminderTable *self)
{
}

/**
 * aw_reminder_table_new:
 * @engine: an engine, which outlives the table
 * @board: where what a row said may stand
 *
 * Returns: (transfer full): a table
 */
AwReminderTable *
aw_reminder_table_new (AwEngine *engine,
                       AwReminderBoard *board)
{
  AwReminderTable *self = g_object_new (AW_TYPE_REMINDER_TABLE, NULL);
  g_autofree char *revision = NULL;

  self->book = aw_engine_get_book (engine);
  self->database = aw_engine_get_database (engine);
  self->board = g_object_ref (board);
  revision = aw_database_get_setting (self->database, "agent-revision");
  self->revision = revision != NULL ? g_ascii_strtoll (revision, NULL, 10) : 0;
  return self;
}

/**
 * aw_reminder_table_update:
 * @self: a table
 * @sweep: the sweep
 * @error: return location
 *
 * Makes the rows again that are not up to date. What stands on the screen for
 * a row that goes is withdrawn.
 *
 * Returns: whether all are up to date; if not, what is not will be made the
 *   next time
 */
gboolean
aw_reminder_table_update (AwReminderTable *self,
                          const AwSweep *sweep,
                          GError **error)
{
  g_autofree char *zone = aw_clock_dup_zone (aw_book_get_clock (self->book));
  g_autofree char *basis = g_strdup_printf ("%s %s", zone, sweep->morning ? "morning" : "each");
  g_autoptr(GPtrArray) opportunities = NULL;
  g_autofree char *known_revision = NULL;
  g_autofree char *number = NULL;
  gint64 latest;

  opportunities = collect (self, sweep, basis, &latest, error);
  if (opportunities == NULL)
    return FALSE;

  for (guint start = 0; start < opportunities->len; start += BATCH)
    {
      if (!aw_database_begin (self->database, error))
        return FALSE;
      for (guint i = start; i < MIN (start + BATCH, opportunities->len); i++)
        if (!plan (self, sweep, g_ptr_array_index (opportunities, i), error))
          {
            aw_reminder_board_withdraw_now (self->board, FALSE);
            aw_database_rollback (self->database);
            return FALSE;
          }
      if (!aw_database_commit (self->database, error))
        {
          aw_reminder_board_withdraw_now (self->board, FALSE);
          aw_database_rollback (self->database);
          return FALSE;
        }
      aw_reminder_board_withdraw_now (self->board, TRUE);
    }

  known_revision = aw_database_get_setting (self->database, "agent-revision");
  number = g_strdup_printf ("%" G_GINT64_FORMAT, latest);
  if (g_strcmp0 (known_revision, number) != 0 &&
      !aw_database_set_setting (self->database, "agent-revision", number, error))
    return FALSE;
  g_clear_pointer (&known_revision, g_free);
  known_revision = aw_database_get_setting (self->database, "agent-basis");
  if (g_strcmp0 (known_revision, basis) != 0 && !aw_database_set_setting (self->database, "agent-basis", basis, error))
    return FALSE;
  self->revision = latest;
  g_set_object (&self->policy, aw_book_get_policy (self->book));
  return TRUE;
}
