/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/aw-backup.h"

/* The same in a thread: a copy of a large life takes its time. */

typedef enum
{
  JOB_DAILY,
  JOB_WRITE,
  JOB_RESTORE,
} Job;

typedef struct
{
  Job job;
  char *database;
  char *other;
  AwDate today;
} Work;

static void
work_free (gpointer data)
{
  Work *work = data;

  g_free (work->database);
  g_free (work->other);
  g_free (work);
}

static void
work_in_thread (GTask *task,
                G_GNUC_UNUSED gpointer source,
                gpointer data,
                G_GNUC_UNUSED GCancellable *cancellable)
{
  Work *work = data;
  GError *error = NULL;
  gboolean ok = FALSE;

  switch (work->job)
    {
    case JOB_DAILY:
      ok = aw_backup_daily (work->database, work->today, &error);
      break;
    case JOB_WRITE:
      ok = aw_backup_write (work->database, work->other, &error);
      break;
    case JOB_RESTORE:
      ok = aw_backup_restore (work->database, work->other, work->today, &error);
      break;
    default:
      g_assert_not_reached ();
    }

  if (ok)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
start (Job job,
       const char *database,
       const char *other,
       AwDate today,
       GCancellable *cancellable,
       GAsyncReadyCallback callback,
       gpointer data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, data);
  Work *work = g_new0 (Work, 1);

  work->job = job;
  work->database = g_strdup (database);
  work->other = g_strdup (other);
  work->today = today;
  g_task_set_source_tag (task, start);
  g_task_set_task_data (task, work, work_free);
  g_task_run_in_thread (task, work_in_thread);
}

void
aw_backup_daily_async (const char *database,
                       AwDate today,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer data)
{
  start (JOB_DAILY, database, NULL, today, cancellable, callback, data);
}

void
aw_backup_write_async (const char *database,
                       const char *target,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer data)
{
  start (JOB_WRITE, database, target, AW_DATE_NONE, cancellable, callback, data);
}

void
aw_backup_restore_async (const char *database,
                         const char *source,
                         AwDate today,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer data)
{
  start (JOB_RESTORE, database, source, today, cancellable, callback, data);
}

gboolean
aw_backup_finish (GAsyncResult *result,
                  GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
