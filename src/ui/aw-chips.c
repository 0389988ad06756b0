/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/aw-chips.h"

#include <glib/gi18n-lib.h>

#include "ui/aw-ui.h"

#define MAX_CHARS 34

struct _AwChips
{
  GtkBox parent_instance;

  GtkWidget *heading;
  GtkWidget *flow;
  GStrv texts;
};

G_DEFINE_FINAL_TYPE (AwChips, aw_chips, GTK_TYPE_BOX)

enum
{
  CHOSEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
clicked_cb (AwChips *self,
            GtkButton *button)
{
  const char *text = g_object_get_data (G_OBJECT (button), "aw-text");

  g_signal_emit (self, signals[CHOSEN], 0, text);
}

static void
aw_chips_finalize (GObject *object)
{
  g_strfreev (AW_CHIPS (object)->texts);

  G_OBJECT_CLASS (aw_chips_parent_class)->finalize (object);
}

static void
aw_chips_class_init (AwChipsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = aw_chips_finalize;

  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
aw_chips_init (AwChips *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 9);

  self->heading = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->heading), 0);
  gtk_widget_add_css_class (self->heading, "heading");

  self->flow = gtk_flow_box_new ();
  gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (self->flow), GTK_SELECTION_NONE);
  gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (self->flow), 8);
  gtk_flow_box_set_column_spacing (GTK_FLOW_BOX (self->flow), 6);
  gtk_flow_box_set_row_spacing (GTK_FLOW_BOX (self->flow), 6);
  gtk_widget_set_halign (self->flow, GTK_ALIGN_START);

  gtk_box_append (GTK_BOX (self), self->heading);
  gtk_box_append (GTK_BOX (self), self->flow);
}

GtkWidget *
aw_chips_new (const char *heading)
{
  AwChips *self = g_object_new (AW_TYPE_CHIPS, NULL);

  gtk_label_set_text (GTK_LABEL (self->heading), heading);
  return GTK_WIDGET (self);
}

/**
 * aw_chips_set_texts:
 * @self: chips
 * @texts: what can be inserted; without any the widget hides itself
 */
void
aw_chips_set_texts (AwChips *self,
                    const char *const *texts)
{
  GtkWidget *child;

  gtk_widget_set_visible (GTK_WIDGET (self), texts[0] != NULL);
  if (self->texts != NULL && g_strv_equal ((const char *const *) self->texts, texts))
    return;
  g_strfreev (self->texts);
  self->texts = g_strdupv ((char **) texts);

  while ((child = gtk_widget_get_first_child (self->flow)) != NULL)
    gtk_flow_box_remove (GTK_FLOW_BOX (self->flow), child);

  for (guint i = 0; texts[i] != NULL; i++)
    {
      GtkWidget *button = gtk_button_new ();
      GtkWidget *label = gtk_label_new (texts[i]);
      GtkWidget *flow_child = gtk_flow_box_child_new ();
      g_autofree char *name = g_strdup_printf (_("Insert “%s”"), texts[i]);

      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
      gtk_label_set_max_width_chars (GTK_LABEL (label), MAX_CHARS);
      gtk_button_set_child (GTK_BUTTON (button), label);
      gtk_widget_add_css_class (button, "aw-chip");
      if (g_utf8_strlen (texts[i], -1) > MAX_CHARS)
        gtk_widget_set_tooltip_text (button, texts[i]);
      aw_ui_set_name (button, name);
      g_object_set_data_full (G_OBJECT (button), "aw-text", g_strdup (texts[i]), g_free);
      g_signal_connect_object (button, "clicked", G_CALLBACK (clicked_cb), self, G_CONNECT_SWAPPED);

      /* The button is what takes the focus, not the cell around it. */
      gtk_flow_box_child_set_child (GTK_FLOW_BOX_CHILD (flow_child), button);
      gtk_widget_set_focusable (flow_child, FALSE);
      gtk_flow_box_append (GTK_FLOW_BOX (self->flow), flow_child);
    }
}
