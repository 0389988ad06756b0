/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/aw-import-dialog.h"

#include <glib/gi18n-lib.h>

#include "service/aw-importer.h"

/* More rows than anybody reads one by one; each costs a widget. */
#define SHOWN_ROWS 200
#define ROWS_AT_A_TIME 10
#define BUSY_AFTER_MS 500

/* Busy -------------------------------------------------------------------------- */

struct _AwImportBusy
{
  GtkWidget *parent;
  GtkWidget *dialog; /* NULL: not shown */
  GCancellable *cancellable;
  char *text;
  guint timeout;
  gboolean over;
};

static void
busy_free (AwImportBusy *self)
{
  g_clear_object (&self->cancellable);
  g_object_unref (self->parent);
  g_free (self->text);
  g_free (self);
}

static void
on_busy_closed (gpointer data)
{
  AwImportBusy *self = data;

  self->dialog = NULL;
  if (self->over)
    busy_free (self);
  else if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
}

static gboolean
show_busy (gpointer data)
{
  AwImportBusy *self = data;
  GtkWidget *box, *spinner, *label, *page;

  self->timeout = 0;
  if (!gtk_widget_get_mapped (self->parent)) /* it is going */
    return G_SOURCE_REMOVE;
  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  spinner = aw_ui_spinner ();
  label = aw_ui_label (self->text, NULL);
  page = aw_page_new (_("Import"), box);
  gtk_widget_set_size_request (spinner, 32, 32);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
  gtk_label_set_xalign (GTK_LABEL (label), 0.5);
  gtk_widget_set_margin_top (box, 24);
  gtk_widget_set_margin_bottom (box, 36);
  gtk_widget_set_margin_start (box, 18);
  gtk_widget_set_margin_end (box, 18);
  gtk_box_append (GTK_BOX (box), spinner);
  gtk_box_append (GTK_BOX (box), label);
  aw_page_set_show_window_buttons (AW_PAGE (page), FALSE);
  self->dialog = aw_dialog_new (_("Import"), 360, -1);
  if (self->cancellable != NULL)
    {
      GtkWidget *cancel = gtk_button_new_with_mnemonic (_("_Cancel"));

      g_signal_connect_swapped (cancel, "clicked", G_CALLBACK (aw_dialog_close), self->dialog);
      adw_header_bar_pack_start (aw_page_get_header (AW_PAGE (page)), cancel);
    }
  aw_dialog_set_child (self->dialog, page);
  aw_dialog_on_closed (self->dialog, on_busy_closed, self);
  aw_dialog_present (self->dialog, self->parent);
  aw_announce (self->dialog, self->text);
  return G_SOURCE_REMOVE;
}

AwImportBusy *
aw_import_busy_begin (GtkWidget *parent,
                      const char *text,
                      GCancellable *cancellable)
{
  AwImportBusy *self = g_new0 (AwImportBusy, 1);

  self->parent = g_object_ref (parent);
  self->text = g_strdup (text);
  g_set_object (&self->cancellable, cancellable);
  self->timeout = g_timeout_add (BUSY_AFTER_MS, show_busy, self);
  return self;
}

void
aw_import_busy_end (AwImportBusy *self)
{
  g_clear_handle_id (&self->timeout, g_source_remove);
  self->over = TRUE;
  if (self->dialog != NULL)
    aw_dialog_close (self->dialog); /* which may take an animation */
  else
    busy_free (self);
}

/* The preview ------------------------------------------------------------------- */

typedef struct
{
  AwUi *ui;
  AwImport *import;
  GtkWidget *dialog;
  GtkSliceListModel *shown;
  GtkWidget *page;
  GtkWidget *button;
  guint filling;
} Preview;

static void
preview_free (gpointer data)
{
  Preview *preview = data;

  g_clear_handle_id (&preview->filling, g_source_remove);
  g_object_unref (preview->shown);
  aw_importer_discard (preview->import);
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

typedef struct
{
  GtkWidget *dialog; /* holds the import */
  GtkWidget *window; /* the main one */
  AwImportBusy *busy;
} Commit;

static void
on_imported (GtkWidget *window G_GNUC_UNUSED,
             const GError *error G_GNUC_UNUSED,
             gpointer data)
{
  aw_import_busy_end (data);
}

static void
on_command_made (GObject *source G_GNUC_UNUSED,
                 GAsyncResult *result,
                 gpointer data)
{
  Commit *commit = data;
  g_autoptr (AwCommand) command = aw_importer_make_command_finish (result);

  aw_dialog_close (commit->dialog);
  g_object_unref (commit->dialog);
  if (aw_ui_get (commit->window) != NULL)
    aw_ui_run (commit->window, command, on_imported, aw_import_busy_begin (commit->window, _("Importing…"), NULL));
  g_object_unref (commit->window);
  g_free (commit);
}

static void
on_import_clicked (Preview *preview)
{
  guint n = count_selected (preview);
  g_autofree char *title = g_strdup_printf (ngettext ("%u entry imported", "%u entries imported", n), n);
  GtkWindow *window = aw_ui_main_window (preview->ui);
  Commit *commit;

  if (window == NULL)
    {
      aw_dialog_close (preview->dialog);
      return;
    }
  commit = g_new0 (Commit, 1);
  commit->dialog = g_object_ref (preview->dialog);
  commit->window = g_object_ref (GTK_WIDGET (window));
  gtk_widget_set_sensitive (preview->page, FALSE);
  aw_importer_make_command_async (preview->import, title, on_command_made, commit);
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
  /* A reason is a sentence of its own. */
  const char *between = aw_import_item_get_outcome (item) == AW_IMPORT_LEFT_OUT ? "\n" : " · ";
  g_autofree char *subtitle = details != NULL && outcome != NULL ? g_strconcat (details, between, outcome, NULL)
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

/* A few rows between frames, so that the window stays awake. */
static gboolean
fill_list (gpointer data)
{
  Preview *preview = data;
  guint size = gtk_slice_list_model_get_size (preview->shown) + ROWS_AT_A_TIME;

  gtk_slice_list_model_set_size (preview->shown, MIN (size, SHOWN_ROWS));
  if (size < MIN (SHOWN_ROWS, g_list_model_get_n_items (aw_import_get_items (preview->import))))
    return G_SOURCE_CONTINUE;
  preview->filling = 0;
  return G_SOURCE_REMOVE;
}

void
aw_import_dialog_present (AwUi *ui,
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
  preview->shown = gtk_slice_list_model_new (g_object_ref (items), 0, 2 * ROWS_AT_A_TIME);
  if (n > 2 * ROWS_AT_A_TIME)
    preview->filling = g_idle_add_full (G_PRIORITY_LOW, fill_list, preview, NULL);
  gtk_list_box_bind_model (GTK_LIST_BOX (list), G_LIST_MODEL (preview->shown), make_import_row, preview, NULL);
  gtk_widget_set_visible (list, n > 0);
  gtk_box_append (GTK_BOX (box), list);
  if (n > SHOWN_ROWS)
    {
      /* Translators: after a list: %u is how many things of a file stand below those that are listed */
      g_autofree char *more = g_strdup_printf (ngettext ("… and %u more", "… and %u more", n - SHOWN_ROWS), n - SHOWN_ROWS);

      gtk_box_append (GTK_BOX (box), aw_ui_label (more, "aw-reason"));
    }

  page = preview->page = aw_page_new (_("Import"), aw_ui_scrolled_clamp (box));
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
