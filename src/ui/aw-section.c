/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/aw-section.h"

#include "ui/aw-ui.h"

struct _AwSection
{
  GtkBox parent_instance;

  GtkWidget *head;
  GtkWidget *heading;
  GtkWidget *list;
  int focused; /* index of the row that had the focus, -1: none */
};

G_DEFINE_FINAL_TYPE (AwSection, aw_section, GTK_TYPE_BOX)

static void
aw_section_class_init (AwSectionClass *klass G_GNUC_UNUSED)
{
}

static void
aw_section_init (AwSection *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 6);
  self->head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  self->heading = aw_ui_heading ("");
  gtk_label_set_xalign (GTK_LABEL (self->heading), 0);
  gtk_widget_set_hexpand (self->heading, TRUE);
  gtk_widget_set_size_request (self->head, -1, 34);
  gtk_box_append (GTK_BOX (self->head), self->heading);
  gtk_box_append (GTK_BOX (self), self->head);
  self->list = aw_ui_boxed_list ();
  gtk_box_append (GTK_BOX (self), self->list);
  self->focused = -1;
}

GtkWidget *
aw_section_new (const char *title)
{
  AwSection *self = g_object_new (AW_TYPE_SECTION, NULL);

  aw_section_set_title (self, title);
  return GTK_WIDGET (self);
}

void
aw_section_set_title (AwSection *self,
                      const char *title)
{
  gtk_label_set_label (GTK_LABEL (self->heading), title);
  aw_ui_set_name (self->list, title);
}

void
aw_section_add_button (AwSection *self,
                       const char *label,
                       const char *action)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *words = gtk_label_new (label);

  /* As AdwButtonContent, which cannot shrink before 1.4. */
  gtk_label_set_ellipsize (GTK_LABEL (words), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (content), gtk_image_new_from_icon_name ("list-add-symbolic"));
  gtk_box_append (GTK_BOX (content), words);
  gtk_button_set_child (GTK_BUTTON (button), content);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "image-text-button");
  gtk_widget_set_tooltip_text (button, label);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  aw_ui_set_name (button, label);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_box_append (GTK_BOX (self->head), button);
}

void
aw_section_add_suffix (AwSection *self,
                       GtkWidget *widget)
{
  gtk_widget_set_valign (widget, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (self->head), widget);
}

void
aw_section_begin (AwSection *self)
{
  GtkWidget *child;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  int i = 0;

  self->focused = -1;
  if (focus != NULL && gtk_widget_is_ancestor (focus, self->list))
    for (child = gtk_widget_get_first_child (self->list); child != NULL; child = gtk_widget_get_next_sibling (child), i++)
      if (focus == child || gtk_widget_is_ancestor (focus, child))
        self->focused = i;
  while ((child = gtk_widget_get_first_child (self->list)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->list), child);
}

void
aw_section_add (AwSection *self,
                GtkWidget *row)
{
  gtk_list_box_append (GTK_LIST_BOX (self->list), row);
}

void
aw_section_end (AwSection *self)
{
  GtkListBoxRow *row = NULL;

  for (int i = self->focused; i >= 0 && row == NULL; i--)
    row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), i);
  if (row != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (row));
  gtk_widget_set_visible (self->list, gtk_widget_get_first_child (self->list) != NULL);
}

void
aw_section_set_content (AwSection *self,
                        GtkWidget *content)
{
  gtk_widget_set_visible (self->list, FALSE);
  gtk_box_append (GTK_BOX (self), content);
}
