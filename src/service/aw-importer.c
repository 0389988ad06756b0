/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/aw-importer.h"

typedef struct
{
  char *database;
  char *zone;
  gint64 now;
  GFile *file;
  AwTable *table; /* borrowed */
  AwColumn *columns;
} Job;

typedef struct
{
  AwImport *import;
  AwTable *table;
} Found;

typedef struct
{
  AwImport *import; /* borrowed */
  char *title;
} Selection;

static Job *
job_new (AwEngine *engine)
{
  Job *job = g_new0 (Job, 1);

  job->database = g_strdup (aw_database_get_path (aw_engine_get_database (engine)));
  job->zone = g_strdup (aw_calendar_get_zone (aw_engine_get_calendar (engine)));
  job->now = aw_engine_now (engine);
  return job;
}

static void
job_free (gpointer data)
{
  Job *job = data;

  g_free (job->database);
  g_free (job->zone);
  g_clear_object (&job->file);
  g_free (job->columns);
  g_free (job);
}

static void
found_free (gpointer data)
{
  Found *found = data;

  g_clear_pointer (&found->import, aw_import_free);
  g_clear_pointer (&found->table, aw_table_free);
  g_free (found);
}

static void
selection_free (gpointer data)
{
  Selection *selection = data;

  g_free (selection->title);
  g_free (selection);
}

/* What is compared with is what was there at one moment. */
static AwDatabase *
open_snapshot (Job *job,
               GError **error)
{
  g_autoptr(AwDatabase) database = aw_database_open (job->database, error);

  if (database == NULL || !aw_database_begin_reading (database, error))
    return NULL;
  return g_steal_pointer (&database);
}

static Found *
read_file (Job *job,
           GCancellable *cancellable,
           GError **error)
{
  g_autoptr(GBytes) bytes = g_file_load_bytes (job->file, cancellable, NULL, error);
  g_autoptr(AwDatabase) database = NULL;
  Found found = { NULL, NULL };

  if (bytes == NULL)
    return NULL;
  if (aw_import_is_table (bytes))
    found.table = aw_table_parse (bytes, error);
  else
    {
      database = open_snapshot (job, error);
      if (database != NULL)
        found.import = aw_import_read (bytes, database, job->zone, job->now, error);
    }
  return found.import != NULL || found.table != NULL ? g_memdup2 (&found, sizeof found) : NULL;
}

static void
read_in_thread (GTask *task,
                G_GNUC_UNUSED gpointer source,
                gpointer data,
                GCancellable *cancellable)
{
  GError *error = NULL;
  Found *found = read_file (data, cancellable, &error);

  if (found != NULL)
    g_task_return_pointer (task, found, found_free);
  else
    g_task_return_error (task, error);
}

/**
 * aw_importer_read_async:
 * @engine: the facts
 * @file: what to read
 * @cancellable: (nullable): whoever cancels is called back at once
 * @callback: called when it is read, or cannot be
 * @data: for @callback
 *
 * Reads a file and compares it with what is here.
 */
void
aw_importer_read_async (AwEngine *engine,
                        GFile *file,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer data)
{
  /* Without a source: the engine must not be finalized in the thread. */
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, data);
  Job *job = job_new (engine);

  job->file = g_object_ref (file);
  g_task_set_source_tag (task, aw_importer_read_async);
  g_task_set_return_on_cancel (task, TRUE);
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, read_in_thread);
}

/**
 * aw_importer_read_finish:
 * @result: what the callback was given
 * @table: (out) (transfer full) (nullable): a table, whose columns have to be
 *   chosen first
 * @error: return location: of the domain %G_IO_ERROR if the file cannot be
 *   read, else one sentence without the file's name
 *
 * Returns: (transfer full) (nullable): what importing it would change, %NULL
 *   with @table or @error set
 */
AwImport *
aw_importer_read_finish (GAsyncResult *result,
                         AwTable **table,
                         GError **error)
{
  Found *found = g_task_propagate_pointer (G_TASK (result), error);
  AwImport *import;

  *table = NULL;
  if (found == NULL)
    return NULL;
  import = g_steal_pointer (&found->import);
  *table = g_steal_pointer (&found->table);
  found_free (found);
  return import;
}

static void
plan_table_in_thread (GTask *task,
                      G_GNUC_UNUSED gpointer source,
                      gpointer data,
                      G_GNUC_UNUSED GCancellable *cancellable)
{
  Job *job = data;
  GError *error = NULL;
  g_autoptr(AwDatabase) database = open_snapshot (job, &error);
  AwImport *import = NULL;

  if (database != NULL)
    import = aw_import_plan_table (job->table, job->columns, database, job->zone, job->now, &error);
  if (import != NULL)
    g_task_return_pointer (task, import, (GDestroyNotify) aw_import_free);
  else
    g_task_return_error (task, error);
}

/**
 * aw_importer_plan_table_async:
 * @engine: the facts
 * @table: a table; it must stay until the callback
 * @columns: what its columns are
 * @callback: called when it is compared with what is here
 * @data: for @callback
 */
void
aw_importer_plan_table_async (AwEngine *engine,
                              AwTable *table,
                              const AwColumn *columns,
                              GAsyncReadyCallback callback,
                              gpointer data)
{
  g_autoptr(GTask) task = g_task_new (NULL, NULL, callback, data);
  Job *job = job_new (engine);

  job->table = table;
  job->columns = g_memdup2 (columns, aw_table_get_n_columns (table) * sizeof *columns);
  g_task_set_source_tag (task, aw_importer_plan_table_async);
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, plan_table_in_thread);
}

/**
 * aw_importer_plan_table_finish:
 * @result: what the callback was given
 * @error: return location; its message is one sentence
 *
 * Returns: (transfer full) (nullable): what importing the table would change
 */
AwImport *
aw_importer_plan_table_finish (GAsyncResult *result,
                               GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
make_command_in_thread (GTask *task,
                        G_GNUC_UNUSED gpointer source,
                        gpointer data,
                        G_GNUC_UNUSED GCancellable *cancellable)
{
  Selection *selection = data;

  g_task_return_pointer (task, aw_import_make_command (selection->import, selection->title), g_object_unref);
}

/**
 * aw_importer_make_command_async:
 * @import: an import; it must stay, and nobody select in it, until the callback
 * @title: what a toast says afterwards
 * @callback: called with the command
 * @data: for @callback
 */
void
aw_importer_make_command_async (AwImport *import,
                                const char *title,
                                GAsyncReadyCallback callback,
                                gpointer data)
{
  g_autoptr(GTask) task = g_task_new (NULL, NULL, callback, data);
  Selection *selection = g_new0 (Selection, 1);

  selection->import = import;
  selection->title = g_strdup (title);
  g_task_set_source_tag (task, aw_importer_make_command_async);
  g_task_set_task_data (task, selection, selection_free);
  g_task_run_in_thread (task, make_command_in_thread);
}

/**
 * aw_importer_make_command_finish:
 * @result: what the callback was given
 *
 * Returns: (transfer full): all that the selected items change
 */
AwCommand *
aw_importer_make_command_finish (GAsyncResult *result)
{
  return g_task_propagate_pointer (G_TASK (result), NULL);
}

static void
discard_in_thread (GTask *task,
                   G_GNUC_UNUSED gpointer source,
                   gpointer data,
                   G_GNUC_UNUSED GCancellable *cancellable)
{
  aw_import_free (data);
  g_task_return_boolean (task, TRUE);
}

/**
 * aw_importer_discard:
 * @import: (transfer full): an import that is not needed any more
 *
 * Frees it in a thread: hundreds of thousands of records take their time.
 */
void
aw_importer_discard (AwImport *import)
{
  g_autoptr(GTask) task = g_task_new (NULL, NULL, NULL, NULL);

  g_task_set_source_tag (task, aw_importer_discard);
  g_task_set_task_data (task, import, NULL);
  g_task_run_in_thread (task, discard_in_thread);
}
