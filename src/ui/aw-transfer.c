/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/aw-transfer.h"

#include <glib/gi18n-lib.h>

#include "service/aw-exporter.h"
#include "service/aw-importer.h"
#include "ui/aw-import-dialog.h"
#include "ui/aw-table-dialog.h"

typedef struct
{
  AwUi *ui;
  GtkWidget *parent;
  char *name;
  char *opportunity; /* NULL: all */
  AwImportBusy *busy;
} Transfer;

static Transfer *
transfer_new (AwUi *ui,
              GtkWidget *parent)
{
  Transfer *transfer = g_new0 (Transfer, 1);

  transfer->ui = g_object_ref (ui);
  transfer->parent = g_object_ref (parent);
  return transfer;
}

static void
transfer_free (Transfer *transfer)
{
  g_object_unref (transfer->ui);
  g_object_unref (transfer->parent);
  g_free (transfer->name);
  g_free (transfer->opportunity);
  g_free (transfer);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Transfer, transfer_free)

/* Import ---------------------------------------------------------------------- */

/* Several files may have been dropped: which one it is. */
static void
tell_unreadable (Transfer *transfer,
                 const GError *error)
{
  g_autofree char *text = g_strdup_printf ("%s: %s", transfer->name, error->message);

  aw_ui_toast_with_action (transfer->parent, text, NULL, NULL, NULL, 0);
}

static void
on_table_planned (GObject *source G_GNUC_UNUSED,
                  GAsyncResult *result,
                  gpointer data)
{
  GtkWidget *dialog = data; /* holds the table */
  Transfer *transfer = aw_table_dialog_get_data (dialog);
  g_autoptr (GError) error = NULL;
  AwImport *import = aw_importer_plan_table_finish (result, &error);

  if (!gtk_widget_get_mapped (dialog)) /* closed meanwhile */
    g_clear_pointer (&import, aw_importer_discard);
  else if (import == NULL)
    aw_table_dialog_tell (dialog, error->message);
  else
    {
      aw_import_dialog_present (transfer->ui, transfer->parent, transfer->name, import);
      aw_dialog_close (dialog);
    }
  g_object_unref (dialog);
}

static void
on_columns_chosen (GtkWidget *dialog,
                   AwTable *table,
                   const AwColumn *columns,
                   gpointer data)
{
  Transfer *transfer = data;

  aw_importer_plan_table_async (aw_ui_engine (transfer->ui), table, columns, on_table_planned, g_object_ref (dialog));
}

static void
on_import_read (GObject *source G_GNUC_UNUSED,
                GAsyncResult *result,
                gpointer data)
{
  g_autoptr (Transfer) transfer = data;
  g_autoptr (GError) error = NULL;
  AwTable *table = NULL;
  AwImport *import = aw_importer_read_finish (result, &table, &error);

  g_clear_pointer (&transfer->busy, aw_import_busy_end);
  if (import != NULL)
    aw_import_dialog_present (transfer->ui, transfer->parent, transfer->name, import);
  else if (table != NULL)
    {
      Transfer *owned = g_steal_pointer (&transfer);

      aw_table_dialog_present (owned->parent, owned->name, table, on_columns_chosen, owned, (GDestroyNotify) transfer_free);
    }
  else if (error->domain == G_IO_ERROR && error->code != G_IO_ERROR_CANCELLED)
    {
      g_autofree char *text = g_strdup_printf (_("“%s” cannot be read."), transfer->name);

      aw_ui_toast_with_action (transfer->parent, text, NULL, NULL, NULL, 0);
    }
  else if (error->domain != G_IO_ERROR)
    tell_unreadable (transfer, error);
}

void
aw_transfer_import_file (AwUi *ui,
                         GtkWidget *parent,
                         GFile *file)
{
  Transfer *transfer = transfer_new (ui, parent);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autofree char *base = g_file_get_basename (file);
  g_autofree char *text = NULL;

  transfer->name = g_filename_display_name (base);
  /* Translators: %s is a file's name */
  text = g_strdup_printf (_("Reading “%s”…"), transfer->name);
  transfer->busy = aw_import_busy_begin (parent, text, cancellable);
  g_signal_connect_object (parent, "destroy", G_CALLBACK (g_cancellable_cancel), cancellable, G_CONNECT_SWAPPED);
  aw_importer_read_async (aw_ui_engine (ui), file, cancellable, on_import_read, transfer);
}

static void
on_import_chosen (GFile *file,
                  gpointer data)
{
  g_autoptr (Transfer) transfer = data;

  if (file != NULL)
    aw_transfer_import_file (transfer->ui, transfer->parent, file);
}

void
aw_transfer_import (AwUi *ui,
                    GtkWidget *parent)
{
  const AwFileFilter filters[] = {
    { _("Interviews, Calendars, Contacts"), "*.json;*.ics;*.csv;*.vcf;*.JSON;*.ICS;*.CSV;*.VCF" },
    { _("All Files"), "*" },
    { NULL },
  };

  aw_open_file (parent, _("Import"), filters, on_import_chosen, transfer_new (ui, parent));
}

/* Export ------------------------------------------------------------------------ */

static void
on_exported (GObject *source,
             GAsyncResult *result,
             gpointer data)
{
  g_autoptr (Transfer) transfer = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *base = g_file_get_basename (G_FILE (source));
  g_autofree char *name = g_filename_display_name (base);
  g_autofree char *text = NULL;
  gboolean written = g_file_replace_contents_finish (G_FILE (source), result, NULL, &error);

  text = g_strdup_printf (written ? _("Exported to “%s”") : _("“%s” cannot be written."), name);
  /* What failed stays until it is read. */
  aw_ui_toast_with_action (transfer->parent, text, NULL, NULL, NULL, written ? 5 : 0);
}

static void
on_export_chosen (GFile *file,
                  gpointer data)
{
  g_autoptr (Transfer) transfer = data;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *base = NULL;
  AwExportForm form;

  if (file == NULL)
    return;
  base = g_file_get_basename (file);
  if (!aw_export_form_of (base, &form))
    form = AW_EXPORT_DOCUMENT;
  bytes = transfer->opportunity != NULL ? aw_engine_export_interviews (aw_ui_engine (transfer->ui), transfer->opportunity, &error)
                                        : aw_engine_export (aw_ui_engine (transfer->ui), form, &error);
  if (bytes == NULL)
    {
      aw_ui_error (transfer->parent, error);
      return;
    }
  g_file_replace_contents_bytes_async (file, bytes, NULL, FALSE, G_FILE_CREATE_PRIVATE, NULL, on_exported, g_steal_pointer (&transfer));
}

void
aw_transfer_export (AwUi *ui,
                    GtkWidget *parent,
                    AwTransferFormat format)
{
  static const char *const endings[] = { "csv", "ics", "json" };
  AwEngine *engine = aw_ui_engine (ui);
  g_autofree char *date = aw_date_format (aw_calendar_date_of (aw_engine_get_calendar (engine), NULL, aw_engine_now (engine)));
  g_autofree char *name = g_strdup_printf ("afterword-%s.%s", date, endings[format]);

  aw_save_file (parent, _("Export"), name, on_export_chosen, transfer_new (ui, parent));
}

/* The company, as far as it can be part of a file's name. */
static char *
file_name_of (const char *company)
{
  g_autofree char *name = g_strdup (company != NULL ? company : "");
  g_autofree char *cut = NULL;

  g_strdelimit (g_strstrip (name), "/\\:*?\"<>|\n\t", '-');
  cut = g_utf8_substring (name, 0, MIN (g_utf8_strlen (name, -1), 60));
  return g_strdup_printf ("%s.ics", *cut != '\0' && *cut != '.' ? cut : "afterword");
}

void
aw_transfer_export_interviews (AwUi *ui,
                               GtkWidget *parent,
                               const char *opportunity)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AwDossier) dossier = aw_engine_ref_dossier (aw_ui_engine (ui), opportunity, &error);
  g_autofree char *name = NULL;
  Transfer *transfer;

  if (dossier == NULL)
    return;
  if (aw_record_list_get_length (aw_dossier_get_list (dossier, AW_RECORD_INTERVIEW)) == 0)
    {
      aw_ui_toast (parent, _("There is no interview to export yet"));
      return;
    }
  name = file_name_of (aw_dossier_get_opportunity (dossier)->company);
  transfer = transfer_new (ui, parent);
  transfer->opportunity = g_strdup (opportunity);
  aw_save_file (parent, _("Export to Calendar"), name, on_export_chosen, transfer);
}
