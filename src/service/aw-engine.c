/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/aw-engine-private.h"

#include "service/aw-agent-client.h"
#include "service/aw-duty-private.h"
#include "store/aw-revision.h"

/* As many steps back as anybody remembers. */
#define UNDO_STEPS 100

G_DEFINE_FINAL_TYPE (AwEngine, aw_engine, G_TYPE_OBJECT)

enum
{
  CHANGED,
  SETTINGS_CHANGED,
  PLANNED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

void
aw_engine_emit_changed (AwEngine *self,
                        GPtrArray *opportunities,
                        gboolean others)
{
  if (opportunities->len == 1 && !others)
    g_signal_emit (self, signals[CHANGED], 0, g_ptr_array_index (opportunities, 0));
  else if (opportunities->len > 0 || others)
    g_signal_emit (self, signals[CHANGED], 0, NULL);
  if (others)
    g_signal_emit (self, signals[SETTINGS_CHANGED], 0);
}

static void
remember (AwEngine *self,
          AwCommand *command)
{
  if (self->undo->len >= UNDO_STEPS)
    g_ptr_array_remove_index (self->undo, 0);
  g_ptr_array_add (self->undo, g_object_ref (command));
}

/* GObject ------------------------------------------------------------------ */

static void
aw_engine_finalize (GObject *object)
{
  AwEngine *self = AW_ENGINE (object);

  if (self->agent_watch != 0)
    aw_agent_client_unwatch (self->agent_watch);
  /* A program that ends at once must not take what it said with it. */
  if (self->announces)
    aw_agent_client_flush ();
  g_clear_object (&self->planner);
  g_clear_object (&self->committer);
  g_clear_object (&self->accounts);
  g_clear_object (&self->book);
  g_clear_object (&self->database);
  g_clear_object (&self->clock);
  g_ptr_array_unref (self->undo);

  G_OBJECT_CLASS (aw_engine_parent_class)->finalize (object);
}

static void
aw_engine_class_init (AwEngineClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = aw_engine_finalize;

  /**
   * AwEngine::changed:
   * @self: an engine
   * @opportunity: (nullable): which opportunity; %NULL: more than one, or
   *   something that belongs to none
   *
   * Something was committed, by whomever; all models have changed already.
   */
  signals[CHANGED] =
    g_signal_new ("changed", AW_TYPE_ENGINE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  /**
   * AwEngine::settings-changed:
   * @self: an engine
   *
   * The policy, an account, a template or a setting was changed.
   */
  signals[SETTINGS_CHANGED] =
    g_signal_new ("settings-changed", AW_TYPE_ENGINE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  /**
   * AwEngine::planned:
   * @self: an engine
   *
   * The list of duties is complete, after it was not.
   */
  signals[PLANNED] = g_signal_new ("planned", AW_TYPE_ENGINE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
aw_engine_init (AwEngine *self)
{
  self->undo = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * aw_engine_open:
 * @path: the database; it is made if it is not there
 * @clock: the clock to go by
 * @error: return location; its message is a sentence for the user
 *
 * Returns: (transfer full): an engine, or %NULL with @error set
 */
AwEngine *
aw_engine_open (const char *path,
                AwClock *clock,
                GError **error)
{
  g_autoptr(AwEngine) self = g_object_new (AW_TYPE_ENGINE, NULL);
  g_autofree char *own = aw_database_default_path ();

  self->clock = g_object_ref (clock);
  self->database = aw_database_open (path, error);
  if (self->database == NULL)
    return NULL;
  self->revision = aw_revision_get (self->database);
  self->book = aw_book_new (self->database, clock, error);
  if (self->book == NULL)
    return NULL;
  self->committer = aw_committer_new (path);
  self->announces = g_strcmp0 (path, own) == 0;
  return g_steal_pointer (&self);
}

AwClock *
aw_engine_get_clock (AwEngine *self)
{
  g_return_val_if_fail (AW_IS_ENGINE (self), NULL);

  return self->clock;
}

gint64
aw_engine_now (AwEngine *self)
{
  g_return_val_if_fail (AW_IS_ENGINE (self), 0);

  return aw_clock_now (self->clock);
}

/**
 * aw_engine_set_announces:
 * @self: an engine
 * @announces: whether the agent is told of each commit
 *
 * By default it is, if the database is the user's own.
 */
void
aw_engine_set_announces (AwEngine *self,
                         gboolean announces)
{
  g_return_if_fail (AW_IS_ENGINE (self));

  self->announces = announces;
}

AwDatabase *
aw_engine_get_database (AwEngine *self)
{
  g_return_val_if_fail (AW_IS_ENGINE (self), NULL);

  return self->database;
}

AwBook *
aw_engine_get_book (AwEngine *self)
{
  return self->book;
}

AwPolicy *
aw_engine_get_policy (AwEngine *self)
{
  g_return_val_if_fail (AW_IS_ENGINE (self), NULL);

  return aw_book_get_policy (self->book);
}

AwCalendar *
aw_engine_get_calendar (AwEngine *self)
{
  g_return_val_if_fail (AW_IS_ENGINE (self), NULL);

  return aw_book_get_calendar (self->book);
}

AwElsewhere *
aw_engine_get_elsewhere (AwEngine *self)
{
  g_return_val_if_fail (AW_IS_ENGINE (self), NULL);

  return aw_book_get_elsewhere (self->book);
}

/* Commands ----------------------------------------------------------------- */

/**
 * aw_engine_run:
 * @self: an engine
 * @command: what to carry out
 * @undoable: whether it can be taken back
 * @error: return location; its message is a sentence for the user
 *
 * Commits before it returns. For programs without a window.
 *
 * Returns: whether it is committed
 */
gboolean
aw_engine_run (AwEngine *self,
               AwCommand *command,
               gboolean undoable,
               GError **error)
{
  AwCommit commit;

  g_return_val_if_fail (AW_IS_ENGINE (self) && AW_IS_COMMAND (command), FALSE);

  if (aw_command_is_empty (command))
    return TRUE;
  if (!aw_commit (self->database, command, &commit, error))
    {
      aw_engine_refresh (self);
      return FALSE;
    }
  if (undoable)
    remember (self, command);
  aw_engine_take_over (self, command, &commit);
  return TRUE;
}

static void
on_committed (GObject *source,
              GAsyncResult *result,
              gpointer data)
{
  g_autoptr(GTask) task = data;
  AwEngine *self = g_task_get_source_object (task);
  g_autoptr(AwCommand) command = NULL;
  GError *error = NULL;
  AwCommit commit;

  command = aw_committer_run_finish (AW_COMMITTER (source), result, &commit, &error);
  if (command == NULL)
    {
      /* Mostly a conflict: show what is there. */
      aw_engine_refresh (self);
      g_task_return_error (task, error);
      return;
    }
  if (GPOINTER_TO_INT (g_task_get_task_data (task)))
    remember (self, command);
  aw_engine_take_over (self, command, &commit);
  g_task_return_boolean (task, TRUE);
}

/**
 * aw_engine_run_async:
 * @self: an engine
 * @command: what to carry out
 * @undoable: whether it can be taken back
 * @cancellable: (nullable): takes back a command that has not begun
 * @callback: called when it is committed and in the models, or failed
 * @data: for @callback
 *
 * Commits in a thread; several commands are committed in the order in which
 * they were given.
 */
void
aw_engine_run_async (AwEngine *self,
                     AwCommand *command,
                     gboolean undoable,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer data)
{
  GTask *task;

  g_return_if_fail (AW_IS_ENGINE (self) && AW_IS_COMMAND (command));

  task = g_task_new (self, NULL, callback, data);
  g_task_set_source_tag (task, aw_engine_run_async);
  g_task_set_task_data (task, GINT_TO_POINTER (undoable), NULL);
  if (aw_command_is_empty (command))
    {
      g_task_return_boolean (task, TRUE);
      g_object_unref (task);
      return;
    }
  aw_committer_run_async (self->committer, command, cancellable, on_committed, task);
}

/**
 * aw_engine_run_finish:
 * @self: an engine
 * @result: what the callback was given
 * @error: return location; its message is a sentence for the user
 *
 * Returns: whether it is committed
 */
gboolean
aw_engine_run_finish (AwEngine *self,
                      GAsyncResult *result,
                      GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * aw_engine_peek_undo:
 * @self: an engine
 *
 * Returns: (transfer none) (nullable): the command that Ctrl+Z takes back
 */
AwCommand *
aw_engine_peek_undo (AwEngine *self)
{
  g_return_val_if_fail (AW_IS_ENGINE (self), NULL);

  return self->undo->len > 0 ? g_ptr_array_index (self->undo, self->undo->len - 1) : NULL;
}

static void
on_undone (GObject *source,
           GAsyncResult *result,
           gpointer data)
{
  AwEngine *self = AW_ENGINE (source);
  g_autoptr(GTask) task = data;
  GError *error = NULL;

  if (aw_engine_run_finish (self, result, &error))
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  /* Only a busy or full disk is worth another try. */
  if (!g_error_matches (error, AW_STORE_ERROR, AW_STORE_ERROR_CONFLICT))
    remember (self, g_task_get_task_data (task));
  g_task_return_error (task, error);
}

/**
 * aw_engine_undo_async:
 * @self: an engine
 * @command: (nullable): which command to take back; %NULL: the last
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is taken back, or failed
 * @data: for @callback
 */
void
aw_engine_undo_async (AwEngine *self,
                      AwCommand *command,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer data)
{
  g_autoptr(AwCommand) taken = NULL;
  g_autoptr(AwCommand) inverse = NULL;
  GTask *task;

  g_return_if_fail (AW_IS_ENGINE (self));

  task = g_task_new (self, NULL, callback, data);
  g_task_set_source_tag (task, aw_engine_undo_async);
  if (command == NULL)
    command = aw_engine_peek_undo (self);
  if (command == NULL || !g_ptr_array_find (self->undo, command, NULL))
    {
      g_task_return_boolean (task, TRUE); /* nothing to take back, or taken back already */
      g_object_unref (task);
      return;
    }
  taken = g_object_ref (command);
  g_ptr_array_remove (self->undo, taken);
  g_task_set_task_data (task, g_object_ref (taken), g_object_unref);
  inverse = aw_command_inverse (taken);
  aw_engine_run_async (self, inverse, FALSE, cancellable, on_undone, task);
}

/**
 * aw_engine_undo_finish:
 * @self: an engine
 * @result: what the callback was given
 * @error: return location; its message is a sentence for the user
 *
 * Returns: whether it is taken back
 */
gboolean
aw_engine_undo_finish (AwEngine *self,
                       GAsyncResult *result,
                       GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* Reading ------------------------------------------------------------------ */

/**
 * aw_engine_ref_dossier:
 * @self: an engine
 * @opportunity: an id
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the dossier, which follows each commit
 *   while it is held; %NULL without @error if there is no such opportunity
 */
AwDossier *
aw_engine_ref_dossier (AwEngine *self,
                       const char *opportunity,
                       GError **error)
{
  g_return_val_if_fail (AW_IS_ENGINE (self), NULL);

  return aw_book_ref_dossier (self->book, opportunity, error);
}

static void
on_planned (AwEngine *self)
{
  g_signal_emit (self, signals[PLANNED], 0);
}

static void
on_agent_changed (gpointer data)
{
  aw_engine_refresh (AW_ENGINE (data));
}

static AwPlanner *
ensure_planner (AwEngine *self)
{
  g_autoptr(GError) error = NULL;

  if (self->planner != NULL)
    return self->planner;

  self->planner = aw_planner_new (self->book, &error);
  if (self->planner == NULL)
    {
      /* The file could be opened a moment ago: it was damaged since. */
      g_warning ("The opportunities could not be read: %s", error->message);
      return NULL;
    }
  g_signal_connect_object (self->planner, "planned", G_CALLBACK (on_planned), self, G_CONNECT_SWAPPED);
  if (self->announces)
    self->agent_watch = aw_agent_client_watch (on_agent_changed, self);
  return self->planner;
}

/**
 * aw_engine_get_plan:
 * @self: an engine
 * @opportunity: an id
 *
 * Returns: (transfer none) (nullable): its plan as of now, good until the next
 *   change; %NULL if there is no such opportunity
 */
AwPlan *
aw_engine_get_plan (AwEngine *self,
                    const char *opportunity)
{
  AwPlanner *planner;

  g_return_val_if_fail (AW_IS_ENGINE (self), NULL);

  planner = ensure_planner (self);
  return planner != NULL ? aw_planner_get_plan (planner, opportunity) : NULL;
}

GListModel *
aw_engine_get_summaries (AwEngine *self)
{
  AwPlanner *planner;

  g_return_val_if_fail (AW_IS_ENGINE (self), NULL);

  planner = ensure_planner (self);
  return planner != NULL ? aw_planner_get_summaries (planner) : NULL;
}

GListModel *
aw_engine_get_duties (AwEngine *self)
{
  AwPlanner *planner;

  g_return_val_if_fail (AW_IS_ENGINE (self), NULL);

  planner = ensure_planner (self);
  return planner != NULL ? aw_planner_get_duties (planner) : NULL;
}

gboolean
aw_engine_is_planning (AwEngine *self)
{
  g_return_val_if_fail (AW_IS_ENGINE (self), FALSE);

  return self->planner != NULL && aw_planner_is_busy (self->planner);
}

static int
compare_duties (gconstpointer a,
                gconstpointer b)
{
  return aw_duty_compare (*(gconstpointer *) a, *(gconstpointer *) b);
}

/**
 * aw_engine_agenda:
 * @self: an engine
 * @at: the instant as of which to plan
 * @until: only what opens before; %AW_NEVER: everything
 * @error: return location
 *
 * Everything the plan says, for the command line.
 *
 * Returns: (transfer full) (element-type AwDuty): the duties of all
 *   opportunities, sorted as rules.md §2 says; %NULL with @error set
 */
GPtrArray *
aw_engine_agenda (AwEngine *self,
                  gint64 at,
                  gint64 until,
                  GError **error)
{
  g_autoptr(GPtrArray) opportunities = NULL;
  g_autoptr(GPtrArray) duties = g_ptr_array_new_with_free_func (g_object_unref);

  g_return_val_if_fail (AW_IS_ENGINE (self), NULL);

  opportunities = aw_database_load_opportunities (self->database, error);
  if (opportunities == NULL)
    return NULL;
  for (guint i = 0; i < opportunities->len; i++)
    {
      g_autoptr(GError) local = NULL;
      g_autoptr(AwDossier) dossier =
        aw_book_ref_dossier (self->book, AW_ID (g_ptr_array_index (opportunities, i)), &local);
      g_autoptr(AwPlan) plan = NULL;

      if (local != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return NULL;
        }
      if (dossier == NULL) /* deleted meanwhile */
        continue;
      plan = aw_book_plan (self->book, dossier, at);
      for (guint k = 0; k < aw_plan_get_length (plan); k++)
        if (until == AW_NEVER || aw_plan_get (plan, k)->opens < until)
          g_ptr_array_add (duties, aw_duty_new (self->book, plan, k, at));
    }
  g_ptr_array_sort (duties, compare_duties);
  return g_steal_pointer (&duties);
}

/**
 * aw_engine_get_accounts:
 * @self: an engine
 *
 * Returns: (transfer none): the sending accounts, in order
 */
GListModel *
aw_engine_get_accounts (AwEngine *self)
{
  g_return_val_if_fail (AW_IS_ENGINE (self), NULL);

  if (self->accounts == NULL)
    {
      self->accounts = g_list_store_new (AW_TYPE_ACCOUNT);
      aw_engine_reload_accounts (self);
    }
  return G_LIST_MODEL (self->accounts);
}

/**
 * aw_engine_get_setting:
 * @self: an engine
 * @key: which
 *
 * Returns: (transfer full) (nullable): its value, %NULL if it is not set
 */
char *
aw_engine_get_setting (AwEngine *self,
                       const char *key)
{
  g_return_val_if_fail (AW_IS_ENGINE (self), NULL);

  return aw_database_get_setting (self->database, key);
}
