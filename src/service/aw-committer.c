/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/aw-committer.h"

#include "store/aw-revision.h"

struct _AwCommitter
{
  GObject parent_instance;

  char *path;
  AwDatabase *database; /* only the running job's thread touches it */
  GQueue waiting;       /* of GTask, referenced; the first one runs */
};

G_DEFINE_FINAL_TYPE (AwCommitter, aw_committer, G_TYPE_OBJECT)

typedef struct
{
  AwCommand *command;
  AwCommit commit;
} Job;

static void start_next (AwCommitter *self);

static void
job_free (gpointer data)
{
  Job *job = data;

  g_clear_object (&job->command);
  g_free (job);
}

/**
 * aw_commit:
 * @database: the connection of this thread
 * @command: what to carry out
 * @commit: (out): what it became
 * @error: return location
 *
 * Carries out all changes of a command in one transaction.
 *
 * Returns: whether they are committed
 */
gboolean
aw_commit (AwDatabase *database,
           AwCommand *command,
           AwCommit *commit,
           GError **error)
{
  if (!aw_database_begin (database, error))
    return FALSE;

  commit->revision_before = aw_revision_get (database);
  if (!aw_database_apply (database, command, error))
    {
      aw_database_rollback (database);
      return FALSE;
    }
  commit->revision_after = aw_revision_get (database);
  if (!aw_database_commit (database, error))
    {
      aw_database_rollback (database);
      return FALSE;
    }
  return TRUE;
}

static void
commit_in_thread (GTask *task,
                  gpointer source,
                  gpointer data,
                  G_GNUC_UNUSED GCancellable *cancellable)
{
  AwCommitter *self = AW_COMMITTER (source);
  Job *job = data;
  GError *error = NULL;

  if (self->database == NULL)
    self->database = aw_database_open (self->path, &error);
  if (self->database == NULL || !aw_commit (self->database, job->command, &job->commit, &error))
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

/* The inner task is over: in the main thread again. The outer one returns
 * before the next begins, so that its caller takes over the changes in order. */
static void
on_committed (GObject *source,
              GAsyncResult *result,
              gpointer data)
{
  AwCommitter *self = AW_COMMITTER (source);
  g_autoptr(GTask) task = data;
  GError *error = NULL;

  g_assert (g_queue_peek_head (&self->waiting) == (gpointer) task);
  g_queue_pop_head (&self->waiting);
  if (g_task_propagate_boolean (G_TASK (result), &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
  start_next (self);
}

static void
start_next (AwCommitter *self)
{
  GTask *task = g_queue_peek_head (&self->waiting);
  g_autoptr(GTask) inner = NULL;

  if (task == NULL)
    return;
  if (g_task_return_error_if_cancelled (task))
    {
      g_object_unref (g_queue_pop_head (&self->waiting));
      start_next (self);
      return;
    }
  /* Once begun it is carried through: a commit cannot be called back. */
  inner = g_task_new (self, NULL, on_committed, task);
  g_task_set_source_tag (inner, start_next);
  g_task_set_task_data (inner, g_task_get_task_data (task), NULL);
  g_task_run_in_thread (inner, commit_in_thread);
}

static void
aw_committer_finalize (GObject *object)
{
  AwCommitter *self = AW_COMMITTER (object);

  g_assert (g_queue_is_empty (&self->waiting)); /* the tasks hold a reference */
  g_clear_object (&self->database);
  g_free (self->path);

  G_OBJECT_CLASS (aw_committer_parent_class)->finalize (object);
}

static void
aw_committer_class_init (AwCommitterClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = aw_committer_finalize;
}

static void
aw_committer_init (AwCommitter *self)
{
  g_queue_init (&self->waiting);
}

/**
 * aw_committer_new:
 * @path: the database
 *
 * Returns: (transfer full): a committer; it opens its connection when needed
 */
AwCommitter *
aw_committer_new (const char *path)
{
  AwCommitter *self = g_object_new (AW_TYPE_COMMITTER, NULL);

  self->path = g_strdup (path);
  return self;
}

/**
 * aw_committer_run_async:
 * @self: a committer
 * @command: what to carry out
 * @cancellable: (nullable): takes back a command that has not begun
 * @callback: called when it is committed, or failed
 * @data: for @callback
 */
void
aw_committer_run_async (AwCommitter *self,
                        AwCommand *command,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer data)
{
  GTask *task;
  Job *job;

  g_return_if_fail (AW_IS_COMMITTER (self) && AW_IS_COMMAND (command));

  job = g_new0 (Job, 1);
  job->command = g_object_ref (command);
  task = g_task_new (self, cancellable, callback, data);
  g_task_set_source_tag (task, aw_committer_run_async);
  g_task_set_check_cancellable (task, FALSE); /* what is committed is committed */
  g_task_set_task_data (task, job, job_free);
  g_queue_push_tail (&self->waiting, task);
  if (g_queue_get_length (&self->waiting) == 1)
    start_next (self);
}

/**
 * aw_committer_run_finish:
 * @self: a committer
 * @result: what the callback was given
 * @commit: (out): what it became
 * @error: return location
 *
 * Returns: (transfer full): the command that is committed, %NULL with @error
 *   set if it is not
 */
AwCommand *
aw_committer_run_finish (AwCommitter *self,
                         GAsyncResult *result,
                         AwCommit *commit,
                         GError **error)
{
  Job *job;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return NULL;
  job = g_task_get_task_data (G_TASK (result));
  *commit = job->commit;
  return g_object_ref (job->command);
}

/**
 * aw_committer_is_busy:
 * @self: a committer
 *
 * Returns: whether commands wait or are being committed
 */
gboolean
aw_committer_is_busy (AwCommitter *self)
{
  return !g_queue_is_empty (&self->waiting);
}
