/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/aw-transfer.h"

#include <glib/gi18n-lib.h>

#include "service/aw-exporter.h"
#include "exchange/aw-import.h"
#include "ui/aw-table-dialog.h"

/* Import ---------------------------------------------------------------------- */

typedef struct
{
  AwUi *ui;
  AwImport *import;
  GtkWidget *dialog;
  GtkWidget *button;
} Preview;

static void
preview_free (gpointer data)
{
  Preview *preview = data;

  aw_import_free (preview->import);
  g_object_unref (preview->ui);
  g_free (preview);
}

static guint
count_selected (Preview *preview)
{
  GListModel *items = aw_import_get_items (preview->import);
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (items); i++)
    {
      g_autoptr (AwImportItem) item = g_list_model_get_item (items, i);

      n += aw_import_item_get_selected (item) && aw_import_item_get_command (item) != NULL;
    }
  return n;
}

static void
update_import_button (Preview *preview)
{
  guint n = count_selected (preview);
  /* Translators: a button; %u is how many things are imported */
  g_autofree char *label = n == 0 ? g_strdup (_("Import")) : g_strdup_printf (_("Import %u"), n);

  gtk_button_set_label (GTK_BUTTON (preview->button), label);
  gtk_widget_set_sensitive (preview->button, n > 0);
}

static void
on_item_toggled (GtkCheckButton *check,
                 Preview *preview)
{
  AwImportItem *item = g_object_get_data (G_OBJECT (check), "aw-item");

  aw_import_item_set_selected (item, gtk_check_button_get_active (check));
  update_import_button (preview);
}

static void
on_import_clicked (Preview *preview)
{
  guint n = count_selected (preview);
  g_autofree char *title = g_strdup_printf (ngettext ("%u entry imported", "%u entries imported", n), n);
  g_autoptr (AwCommand) command = aw_import_make_command (preview->import, title);
  GtkWidget *window = GTK_WIDGET (aw_ui_main_window (preview->ui));

  if (window != NULL)
    aw_ui_run (window, command, NULL, NULL);
  aw_dialog_close (preview->dialog);
}

/* In the terminal the reason follows a colon; here it begins a line. */
static char *
begin_with_capital (const char *text)
{
  char first[7] = { 0 };

  if (text == NULL || *text == '\0')
    return NULL;
  g_unichar_to_utf8 (g_unichar_totitle (g_utf8_get_char (text)), first);
  return g_strconcat (first, g_utf8_next_char (text), NULL);
}

static char *
outcome_text (AwImportItem *item)
{
  switch (aw_import_item_get_outcome (item))
    {
    case AW_IMPORT_CHANGED:
      return g_strdup (_("Already here, will be updated"));
    case AW_IMPORT_SAME:
      return g_strdup (_("Already here"));
    case AW_IMPORT_LEFT_OUT:
      return begin_with_capital (aw_import_item_get_why (item));
    case AW_IMPORT_ADDED:
    default:
      return NULL;
    }
}

static GtkWidget *
make_import_row (gpointer object,
                 gpointer data)
{
  AwImportItem *item = object;
  const char *details = aw_import_item_get_details (item);
  g_autofree char *outcome = outcome_text (item);
  g_autofree char *subtitle = details != NULL && outcome != NULL ? g_strdup_printf ("%s\n%s", details, outcome)
                                                                   : g_strdup (details != NULL ? details : outcome);
  GtkWidget *row = aw_ui_action_row (aw_import_item_get_title (item), subtitle);

  if (aw_import_item_get_command (item) != NULL)
    {
      GtkWidget *check = gtk_check_button_new ();

      gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
      gtk_check_button_set_active (GTK_CHECK_BUTTON (check), aw_import_item_get_selected (item));
      g_object_set_data_full (G_OBJECT (check), "aw-item", g_object_ref (item), g_object_unref);
      g_signal_connect (check, "toggled", G_CALLBACK (on_item_toggled), data);
      aw_ui_set_name (check, aw_import_item_get_title (item));
      adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
      adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
    }
  else
    {
      gtk_widget_add_css_class (row, "dim-label");
    }
  return row;
}

static void
show_preview (AwUi *ui,
              GtkWidget *parent,
              const char *name,
              AwImport *import)
{
  Preview *preview = g_new0 (Preview, 1);
  GListModel *items = aw_import_get_items (import);
  GPtrArray *remarks = aw_import_get_remarks (import);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *list = aw_ui_boxed_list ();
  GtkWidget *cancel = gtk_button_new_with_mnemonic (_("_Cancel"));
  GtkWidget *page;
  guint n = g_list_model_get_n_items (items), usable = 0, doubtful = 0;
  g_autofree char *found = NULL;

  preview->ui = g_object_ref (ui);
  preview->import = import;
  preview->dialog = aw_dialog_new (_("Import"), 520, 620);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (AwImportItem) item = g_list_model_get_item (items, i);

      usable += aw_import_item_get_command (item) != NULL;
      doubtful += aw_import_item_get_command (item) != NULL && aw_import_item_get_outcome (item) == AW_IMPORT_LEFT_OUT;
    }
  /* A calendar holds all kinds of things; the user may take one that does not look like it. */
  if (doubtful > 0)
    /* Translators: %u of %u: how many events of a calendar */
    found = g_strdup_printf (ngettext ("%u of %u event looks like an interview.", "%u of %u events look like interviews.", n), usable - doubtful, n);
  else
    /* Translators: %u of %u: how many things of a file can be imported */
    found = g_strdup_printf (ngettext ("%u of %u entry can be imported.", "%u of %u entries can be imported.", n), usable, n);
  gtk_box_append (GTK_BOX (box), aw_ui_label (name, "heading"));
  gtk_box_append (GTK_BOX (box), aw_ui_label (found, "aw-reason"));
  for (guint i = 0; i < remarks->len; i++)
    gtk_box_append (GTK_BOX (box), aw_ui_label (g_ptr_array_index (remarks, i), "aw-reason"));
  gtk_list_box_bind_model (GTK_LIST_BOX (list), items, make_import_row, preview, NULL);
  gtk_widget_set_visible (list, n > 0);
  gtk_box_append (GTK_BOX (box), list);

  page = aw_page_new (_("Import"), aw_ui_scrolled_clamp (box));
  aw_page_set_show_window_buttons (AW_PAGE (page), FALSE);
  preview->button = gtk_button_new_with_label (_("Import"));
  gtk_widget_add_css_class (preview->button, "suggested-action");
  g_signal_connect_swapped (preview->button, "clicked", G_CALLBACK (on_import_clicked), preview);
  g_signal_connect_swapped (cancel, "clicked", G_CALLBACK (aw_dialog_close), preview->dialog);
  adw_header_bar_pack_start (aw_page_get_header (AW_PAGE (page)), cancel);
  adw_header_bar_pack_end (aw_page_get_header (AW_PAGE (page)), preview->button);
  update_import_button (preview);
  aw_dialog_set_child (preview->dialog, page);
  aw_dialog_set_default_widget (preview->dialog, preview->button);
  g_object_set_data_full (G_OBJECT (preview->dialog), "aw-preview", preview, preview_free);
  aw_dialog_present (preview->dialog, parent);
}

typedef struct
{
  AwUi *ui;
  GtkWidget *parent;
  char *name;
  char *opportunity; /* NULL: all */
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

/* Several files may have been dropped: which one it is. */
static void
tell_unreadable (Transfer *transfer,
                 const GError *error)
{
  g_autofree char *text = g_strdup_printf ("%s: %s", transfer->name, error->message);

  aw_ui_toast_with_action (transfer->parent, text, NULL, NULL, NULL, 0);
}

static gboolean
on_columns_chosen (AwTable *table,
                   const AwColumn *columns,
                   gpointer data,
                   GError **error)
{
  Transfer *transfer = data;
  AwEngine *engine = aw_ui_engine (transfer->ui);
  AwImport *import = aw_import_plan_table (table, columns, aw_engine_get_database (engine), aw_calendar_get_zone (aw_engine_get_calendar (engine)),
                                           aw_engine_now (engine), error);

  if (import == NULL)
    return FALSE;
  show_preview (transfer->ui, transfer->parent, transfer->name, import);
  return TRUE;
}

static void
on_import_read (GObject *source,
                GAsyncResult *result,
                gpointer data)
{
  g_autoptr (Transfer) transfer = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_file_load_bytes_finish (G_FILE (source), result, NULL, &error);
  AwEngine *engine = aw_ui_engine (transfer->ui);
  AwImport *import;

  if (bytes == NULL)
    {
      g_autofree char *text = g_strdup_printf (_("“%s” cannot be read."), transfer->name);

      aw_ui_toast_with_action (transfer->parent, text, NULL, NULL, NULL, 0);
      return;
    }
  if (aw_import_is_table (bytes))
    {
      AwTable *table = aw_table_parse (bytes, &error);
      Transfer *owned = g_steal_pointer (&transfer);

      if (table != NULL)
        aw_table_dialog_present (owned->parent, owned->name, table, on_columns_chosen, owned, (GDestroyNotify) transfer_free);
      else
        {
          tell_unreadable (owned, error);
          transfer_free (owned);
        }
      return;
    }
  import = aw_import_read (bytes, aw_engine_get_database (engine), aw_calendar_get_zone (aw_engine_get_calendar (engine)), aw_engine_now (engine), &error);
  if (import == NULL)
    {
      tell_unreadable (transfer, error);
      return;
    }
  show_preview (transfer->ui, transfer->parent, transfer->name, import);
}

void
aw_transfer_import_file (AwUi *ui,
                         GtkWidget *parent,
                         GFile *file)
{
  Transfer *transfer = transfer_new (ui, parent);
  g_autofree char *base = g_file_get_basename (file);

  transfer->name = g_filename_display_name (base);
  g_file_load_bytes_async (file, NULL, on_import_read, transfer);
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
