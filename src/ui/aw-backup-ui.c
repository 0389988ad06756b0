/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/aw-backup-ui.h"

#include <glib/gi18n-lib.h>

#include "core/aw-words.h"
#include "store/aw-backup.h"

typedef struct
{
  AwUi *ui;          /* NULL: there is no engine, the data cannot be opened */
  GtkWidget *parent;
  char *database;
  char *source;
  AwDate today;
  AwBackupRestored restored;
  gpointer data;
} Job;

static Job *
job_new (AwUi *ui,
         GtkWidget *parent)
{
  Job *job = g_new0 (Job, 1);

  job->parent = g_object_ref (parent);
  if (ui != NULL)
    {
      AwEngine *engine = aw_ui_engine (ui);

      job->ui = g_object_ref (ui);
      job->database = g_strdup (aw_database_get_path (aw_engine_get_database (engine)));
      job->today = aw_calendar_date_of (aw_engine_get_calendar (engine), NULL, aw_engine_now (engine));
    }
  return job;
}

static void
job_free (Job *job)
{
  g_clear_object (&job->ui);
  g_object_unref (job->parent);
  g_free (job->database);
  g_free (job->source);
  g_free (job);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Job, job_free)

/* Without an engine there is no toast overlay either. */
static void
tell (Job *job,
      const char *text)
{
  const AwAnswer answers[] = { { "close", _("_Close"), AW_ANSWER_PLAIN }, { NULL } };

  if (job->ui != NULL)
    aw_ui_toast (job->parent, text);
  else
    aw_confirm (job->parent, _("Not Restored"), text, NULL, answers, NULL, NULL);
}

/* Back up ---------------------------------------------------------------------- */

static void
on_written (GObject *source G_GNUC_UNUSED,
            GAsyncResult *result,
            gpointer data)
{
  g_autoptr (Job) job = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *base = g_path_get_basename (job->source);
  g_autofree char *name = g_filename_display_name (base);
  g_autofree char *text = NULL;

  if (aw_backup_finish (result, &error))
    text = g_strdup_printf (_("Backed up to “%s”"), name);
  tell (job, text != NULL ? text : error->message);
}

static void
on_target_chosen (GFile *file,
                  gpointer data)
{
  g_autoptr (Job) job = data;

  if (file == NULL)
    return;
  job->source = g_file_get_path (file);
  if (job->source == NULL)
    {
      tell (job, _("A backup can only be kept in a folder of this computer."));
      return;
    }
  aw_backup_write_async (job->database, job->source, NULL, on_written, job);
  g_steal_pointer (&job);
}

void
aw_backup_ui_write (AwUi *ui,
                    GtkWidget *parent)
{
  Job *job = job_new (ui, parent);
  g_autofree char *date = aw_date_format (job->today);
  g_autofree char *name = g_strdup_printf ("afterword-%s.backup", date);

  aw_save_file (parent, _("Back Up"), name, on_target_chosen, job);
}

/* Restore ------------------------------------------------------------------------ */

static void
on_restored (GObject *source G_GNUC_UNUSED,
             GAsyncResult *result,
             gpointer data)
{
  g_autoptr (Job) job = data;
  g_autoptr (GError) error = NULL;

  if (!aw_backup_finish (result, &error))
    {
      tell (job, error->message);
      return;
    }
  if (job->ui != NULL)
    {
      aw_engine_refresh (aw_ui_engine (job->ui));
      tell (job, _("Restored; what was here before is kept beside it"));
    }
  if (job->restored != NULL)
    job->restored (job->data);
}

static void
on_replace (const char *answer,
            gpointer data)
{
  g_autoptr (Job) job = data;

  if (!g_str_equal (answer, "replace"))
    return;
  aw_backup_restore_async (job->database, job->source, job->today, NULL, on_restored, job);
  g_steal_pointer (&job);
}

static guint
count_interviews (AwUi *ui)
{
  GListModel *summaries = aw_engine_get_summaries (aw_ui_engine (ui));
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (summaries); i++)
    {
      g_autoptr (AwSummary) summary = g_list_model_get_item (summaries, i);
      g_autoptr (AwDossier) dossier = aw_engine_ref_dossier (aw_ui_engine (ui), aw_summary_get_id (summary), NULL);

      n += dossier != NULL ? aw_record_list_get_length (aw_dossier_get_list (dossier, AW_RECORD_INTERVIEW)) : 0;
    }
  return n;
}

/* Takes over @job. */
static void
ask_to_replace (Job *job,
                AwBackup *backup)
{
  const AwAnswer answers[] = {
    { "cancel", _("_Cancel"), AW_ANSWER_PLAIN },
    { "replace", job->ui != NULL ? _("_Replace") : _("_Restore"), AW_ANSWER_DESTRUCTIVE },
    { NULL },
  };
  g_autofree char *date = backup->date != AW_DATE_NONE ? aw_words_date (backup->date) : g_strdup (_("an unknown day"));
  g_autofree char *theirs = g_strdup_printf (ngettext ("%u interview", "%u interviews", backup->interviews), backup->interviews);
  g_autofree char *body = NULL;

  if (job->ui != NULL)
    {
      guint n = count_interviews (job->ui);
      g_autofree char *ours = g_strdup_printf (ngettext ("%u interview", "%u interviews", n), n);

      /* Translators: first and second %s: "12 interviews"; third %s: a date */
      body = g_strdup_printf (_("What is here now (%s) is replaced by what was backed up (%s, from %s). A copy is kept."), ours, theirs, date);
    }
  else
    /* Translators: first %s: "12 interviews"; second %s: a date */
    body = g_strdup_printf (_("The newest good copy has %s, from %s. The damaged file is kept."), theirs, date);
  aw_confirm (job->parent, job->ui != NULL ? _("Replace Everything?") : _("Restore a Backup?"), body, NULL, answers, on_replace, job);
}

static void
on_source_chosen (GFile *file,
                  gpointer data)
{
  g_autoptr (Job) job = data;
  g_autoptr (AwBackup) backup = NULL;
  g_autoptr (GError) error = NULL;

  if (file == NULL)
    return;
  g_free (job->source);
  job->source = g_file_get_path (file);
  if (job->source == NULL)
    {
      tell (job, _("Only a file on this computer can be restored."));
      return;
    }
  backup = aw_backup_look (job->source, &error);
  if (backup == NULL)
    tell (job, error->message);
  else
    ask_to_replace (g_steal_pointer (&job), backup);
}

static void
choose_source (Job *job)
{
  const AwFileFilter filters[] = {
    { _("Backups"), "*.backup;*.db" },
    { _("All Files"), "*" },
    { NULL },
  };

  aw_open_file (job->parent, _("Restore"), filters, on_source_chosen, job);
}

void
aw_backup_ui_restore (AwUi *ui,
                      GtkWidget *parent)
{
  choose_source (job_new (ui, parent));
}

void
aw_backup_ui_rescue (GtkWidget *parent,
                     const char *database,
                     AwDate today,
                     AwBackupRestored restored,
                     gpointer data)
{
  Job *job = job_new (NULL, parent);
  g_autoptr (AwBackup) last = aw_backup_find_last (database);

  job->database = g_strdup (database);
  job->today = today;
  job->restored = restored;
  job->data = data;
  if (last == NULL)
    {
      choose_source (job);
      return;
    }
  job->source = g_strdup (last->path);
  ask_to_replace (job, last);
}
