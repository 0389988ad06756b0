/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/aw-table-dialog.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/aw-plain-text.h"

#define SHOWN_ROWS 3
#define CELL_CHARS 40

typedef struct
{
  AwTable *table;
  GtkWidget *dialog;
  GtkWidget *page;
  GtkWidget *trouble;
  GPtrArray *rows; /* AdwComboRow, one a column; borrowed */
  AwColumnsChosen chosen;
  gpointer data;
  GDestroyNotify destroy;
} Columns;

static void
columns_free (gpointer data)
{
  Columns *self = data;

  aw_table_free (self->table);
  g_ptr_array_unref (self->rows);
  if (self->destroy != NULL)
    self->destroy (self->data);
  g_free (self);
}

static void
tell (Columns *self,
      const char *trouble)
{
  gtk_widget_set_sensitive (self->page, TRUE);
  gtk_label_set_label (GTK_LABEL (self->trouble), trouble);
  gtk_widget_set_visible (self->trouble, TRUE);
  aw_announce (self->dialog, trouble);
}

static void
on_continue (Columns *self)
{
  g_autofree AwColumn *columns = g_new0 (AwColumn, self->rows->len + 1);
  gboolean company = FALSE;

  for (guint i = 0; i < self->rows->len; i++)
    {
      columns[i] = (AwColumn) adw_combo_row_get_selected (g_ptr_array_index (self->rows, i));
      company |= columns[i] == AW_COLUMN_COMPANY;
    }
  if (!company)
    {
      tell (self, _("Choose the column that holds the company."));
      return;
    }
  gtk_widget_set_sensitive (self->page, FALSE);
  self->chosen (self->dialog, self->table, columns, self->data);
}

/* The first cells, so that a column without a telling name is known, too. */
static char *
sample_of (AwTable *table,
           guint column)
{
  g_autoptr (GString) sample = g_string_new (NULL);
  guint shown = 0;

  for (guint row = 0; row < aw_table_get_n_rows (table) && shown < SHOWN_ROWS; row++)
    {
      const char *cell = aw_table_get_cell (table, row, column);
      g_autofree char *line = NULL;
      g_autofree char *start = NULL;

      if (*cell == '\0')
        continue;
      line = aw_plain_text_clean (cell, strnlen (cell, 4 * CELL_CHARS), TRUE);
      start = g_utf8_substring (line, 0, MIN (g_utf8_strlen (line, -1), CELL_CHARS));
      g_string_append_printf (sample, "%s%s", sample->len > 0 ? " · " : "", start);
      shown++;
    }
  return g_string_free (g_steal_pointer (&sample), FALSE);
}

static GtkWidget *
make_row (Columns *self,
          guint column,
          GListModel *titles)
{
  GtkWidget *row = adw_combo_row_new ();
  const char *name = aw_table_get_name (self->table, column);
  g_autofree char *number = g_strdup_printf (_("Column %u"), column + 1);
  g_autofree char *sample = sample_of (self->table, column);

  aw_ui_row_set (row, name != NULL && *name != '\0' ? name : number, *sample != '\0' ? sample : NULL);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 2);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), titles);
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), aw_table_guess_column (self->table, column));
  g_ptr_array_add (self->rows, row);
  return row;
}

GtkWidget *
aw_table_dialog_present (GtkWidget *parent,
                         const char *name,
                         AwTable *table,
                         AwColumnsChosen chosen,
                         gpointer data,
                         GDestroyNotify destroy)
{
  Columns *self = g_new0 (Columns, 1);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *group = aw_ui_group (_("Which Column Is What?"), NULL);
  GtkWidget *cancel = gtk_button_new_with_mnemonic (_("_Cancel"));
  GtkWidget *next = gtk_button_new_with_mnemonic (_("C_ontinue"));
  GtkWidget *page;
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);

  self->table = table;
  self->chosen = chosen;
  self->data = data;
  self->destroy = destroy;
  self->rows = g_ptr_array_new ();
  self->dialog = aw_dialog_new (_("Import"), 520, 620);
  for (guint i = 0; i < AW_N_COLUMNS; i++)
    gtk_string_list_append (titles, aw_column_get_title (i));
  gtk_box_append (GTK_BOX (box), aw_ui_label (name, "heading"));
  self->trouble = aw_ui_label (NULL, "error");
  gtk_widget_set_visible (self->trouble, FALSE);
  gtk_box_append (GTK_BOX (box), self->trouble);
  for (guint i = 0; i < aw_table_get_n_columns (table); i++)
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), make_row (self, i, G_LIST_MODEL (titles)));
  gtk_box_append (GTK_BOX (box), group);

  page = self->page = aw_page_new (_("Import"), aw_ui_scrolled_clamp (box));
  aw_page_set_show_window_buttons (AW_PAGE (page), FALSE);
  gtk_widget_add_css_class (next, "suggested-action");
  g_signal_connect_swapped (next, "clicked", G_CALLBACK (on_continue), self);
  g_signal_connect_swapped (cancel, "clicked", G_CALLBACK (aw_dialog_close), self->dialog);
  adw_header_bar_pack_start (aw_page_get_header (AW_PAGE (page)), cancel);
  adw_header_bar_pack_end (aw_page_get_header (AW_PAGE (page)), next);
  aw_dialog_set_child (self->dialog, page);
  aw_dialog_set_default_widget (self->dialog, next);
  g_object_set_data_full (G_OBJECT (self->dialog), "aw-columns", self, columns_free);
  aw_dialog_present (self->dialog, parent);
  return self->dialog;
}

void
aw_table_dialog_tell (GtkWidget *dialog,
                      const char *trouble)
{
  tell (g_object_get_data (G_OBJECT (dialog), "aw-columns"), trouble);
}

gpointer
aw_table_dialog_get_data (GtkWidget *dialog)
{
  return ((Columns *) g_object_get_data (G_OBJECT (dialog), "aw-columns"))->data;
}
