/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/aw-company-row.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "ui/aw-ui.h"

#define MAX_OFFERED 5

typedef struct
{
  GListModel *summaries;
  GtkWidget *row;
  GtkWidget *popover;
  GtkWidget *list;
  gboolean choosing;
} Completion;

static void
completion_free (Completion *self)
{
  g_clear_object (&self->summaries);
  g_free (self);
}

/* At the start, or at the start of a later word. */
static gboolean
fits (const char *company,
      const char *typed)
{
  for (const char *p = strstr (company, typed); p != NULL; p = strstr (p + 1, typed))
    if (p == company || p[-1] == ' ')
      return TRUE;
  return FALSE;
}

static void
add_offer (Completion *self,
           const char *company)
{
  GtkWidget *label = gtk_label_new (company);
  GtkWidget *row = gtk_list_box_row_new ();

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 36);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), label);
  g_object_set_data_full (G_OBJECT (row), "company", g_strdup (company), g_free);
  aw_ui_set_name (row, company);
  gtk_list_box_append (GTK_LIST_BOX (self->list), row);
}

static guint
fill (Completion *self,
      const char *typed)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->list)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->list), child);
  if (*typed == '\0')
    return 0;
  for (guint i = 0; i < g_list_model_get_n_items (self->summaries) && g_hash_table_size (seen) < MAX_OFFERED; i++)
    {
      g_autoptr (AwSummary) summary = g_list_model_get_item (self->summaries, i);
      const char *company = aw_summary_get_company (summary);
      g_autofree char *folded = g_utf8_casefold (company != NULL ? company : "", -1);

      if (strcmp (folded, typed) == 0)
        return 0; /* it stands there */
      if (fits (folded, typed) && g_hash_table_add (seen, g_steal_pointer (&folded)))
        add_offer (self, company);
    }
  return g_hash_table_size (seen);
}

static void
on_changed (Completion *self)
{
  g_autofree char *typed = NULL;

  if (self->choosing || !gtk_widget_get_mapped (self->row))
    return;
  typed = g_utf8_casefold (gtk_editable_get_text (GTK_EDITABLE (self->row)), -1);
  if (fill (self, g_strchug (typed)) > 0)
    gtk_popover_popup (GTK_POPOVER (self->popover));
  else
    gtk_popover_popdown (GTK_POPOVER (self->popover));
}

static void
on_row_activated (Completion *self,
                  GtkListBoxRow *row)
{
  const char *company = g_object_get_data (G_OBJECT (row), "company");

  self->choosing = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->row), company);
  self->choosing = FALSE;
  gtk_popover_popdown (GTK_POPOVER (self->popover));
  gtk_widget_grab_focus (self->row);
  gtk_editable_set_position (GTK_EDITABLE (self->row), -1);
}

static gboolean
on_key (GtkEventControllerKey *controller G_GNUC_UNUSED,
        guint keyval,
        guint keycode G_GNUC_UNUSED,
        GdkModifierType state G_GNUC_UNUSED,
        Completion *self)
{
  if (!gtk_widget_get_visible (self->popover))
    return FALSE;
  if (keyval == GDK_KEY_Down || keyval == GDK_KEY_KP_Down)
    {
      gtk_widget_child_focus (self->list, GTK_DIR_TAB_FORWARD);
      return TRUE;
    }
  if (keyval == GDK_KEY_Escape)
    {
      gtk_popover_popdown (GTK_POPOVER (self->popover));
      return TRUE;
    }
  return FALSE;
}

static gboolean
on_list_key (GtkEventControllerKey *controller G_GNUC_UNUSED,
             guint keyval,
             guint keycode G_GNUC_UNUSED,
             GdkModifierType state G_GNUC_UNUSED,
             Completion *self)
{
  if (keyval != GDK_KEY_Escape)
    return FALSE;
  gtk_popover_popdown (GTK_POPOVER (self->popover));
  gtk_widget_grab_focus (self->row);
  return TRUE;
}

static void
on_focus_left (Completion *self)
{
  GtkWidget *focus = GTK_WIDGET (gtk_root_get_focus (gtk_widget_get_root (self->row)));

  if (focus == NULL || !gtk_widget_is_ancestor (focus, self->popover))
    gtk_popover_popdown (GTK_POPOVER (self->popover));
}

static void
on_destroy (Completion *self)
{
  if (self->popover != NULL)
    gtk_widget_unparent (g_steal_pointer (&self->popover));
}

GtkWidget *
aw_company_row_new (const char *title,
                    GListModel *summaries)
{
  Completion *self = g_new0 (Completion, 1);
  GtkEventController *keys, *list_keys, *focus;

  self->summaries = g_object_ref (summaries);
  self->row = adw_entry_row_new ();
  aw_ui_row_set (self->row, title, NULL);
  self->list = gtk_list_box_new ();
  aw_ui_set_name (self->list, _("Known companies"));
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  self->popover = gtk_popover_new ();
  gtk_popover_set_autohide (GTK_POPOVER (self->popover), FALSE);
  gtk_popover_set_has_arrow (GTK_POPOVER (self->popover), FALSE);
  gtk_popover_set_position (GTK_POPOVER (self->popover), GTK_POS_BOTTOM);
  gtk_popover_set_child (GTK_POPOVER (self->popover), self->list);
  gtk_widget_set_parent (self->popover, self->row);

  g_object_set_data_full (G_OBJECT (self->row), "aw-completion", self, (GDestroyNotify) completion_free);
  g_signal_connect_swapped (self->row, "destroy", G_CALLBACK (on_destroy), self);
  g_signal_connect_swapped (self->row, "changed", G_CALLBACK (on_changed), self);
  g_signal_connect_swapped (self->list, "row-activated", G_CALLBACK (on_row_activated), self);
  keys = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), self);
  gtk_widget_add_controller (self->row, keys);
  list_keys = gtk_event_controller_key_new ();
  g_signal_connect (list_keys, "key-pressed", G_CALLBACK (on_list_key), self);
  gtk_widget_add_controller (self->list, list_keys);
  focus = gtk_event_controller_focus_new ();
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (on_focus_left), self);
  gtk_widget_add_controller (self->row, focus);
  return self->row;
}
