/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/aw-template-popover.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/aw-words.h"

struct _AwTemplatePopover
{
  GtkPopover parent_instance;

  GtkWidget *search;
  GtkWidget *list;
  GtkWidget *preview;
  AwTemplates *templates;
  AwTemplateFacts facts;
};

G_DEFINE_FINAL_TYPE (AwTemplatePopover, aw_template_popover, GTK_TYPE_POPOVER)

enum
{
  CHOSEN,
  MANAGE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static AwTemplate *
template_of (GtkListBoxRow *row)
{
  return row != NULL ? g_object_get_data (G_OBJECT (row), "aw-template") : NULL;
}

static void
show_preview (AwTemplatePopover *self,
              AwTemplate *template_)
{
  g_autofree char *subject = NULL;
  g_autofree char *body = NULL;
  g_autofree char *text = NULL;

  if (template_ == NULL || self->templates == NULL)
    {
      gtk_label_set_text (GTK_LABEL (self->preview), "");
      return;
    }
  aw_templates_fill (self->templates, template_, &self->facts, &subject, &body);
  text = g_strdup_printf ("%s\n\n%s", subject, body);
  gtk_label_set_text (GTK_LABEL (self->preview), text);
}

static void
selected_cb (AwTemplatePopover *self,
             GtkListBoxRow *row)
{
  show_preview (self, template_of (row));
}

static void
activated_cb (AwTemplatePopover *self,
              GtkListBoxRow *row)
{
  g_autoptr (AwTemplate) template_ = g_object_ref (template_of (row));

  gtk_popover_popdown (GTK_POPOVER (self));
  g_signal_emit (self, signals[CHOSEN], 0, template_);
}

static void
entered_cb (GtkEventControllerMotion *controller,
            G_GNUC_UNUSED double x,
            G_GNUC_UNUSED double y,
            AwTemplatePopover *self)
{
  GtkWidget *row = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (controller));

  gtk_list_box_select_row (GTK_LIST_BOX (self->list), GTK_LIST_BOX_ROW (row));
}

static gboolean
filter_cb (GtkListBoxRow *row,
           gpointer data)
{
  AwTemplatePopover *self = data;
  AwTemplate *template_ = template_of (row);
  const char *words = gtk_editable_get_text (GTK_EDITABLE (self->search));
  g_autofree char *haystack = NULL;

  if (*words == '\0')
    return TRUE;
  haystack = g_strdup_printf ("%s %s %s", template_->name != NULL ? template_->name : "",
                              aw_words_touch_kind (template_->kind), template_->body != NULL ? template_->body : "");
  return g_str_match_string (words, haystack, TRUE);
}

static void
header_cb (GtkListBoxRow *row,
           GtkListBoxRow *before,
           G_GNUC_UNUSED gpointer data)
{
  AwTemplate *template_ = template_of (row);
  GtkWidget *label;

  if (before != NULL && template_of (before)->kind == template_->kind)
    {
      gtk_list_box_row_set_header (row, NULL);
      return;
    }
  label = aw_ui_label (aw_words_touch_kind (template_->kind), "aw-caption");
  gtk_widget_set_margin_top (label, 9);
  gtk_widget_set_margin_bottom (label, 3);
  gtk_widget_set_margin_start (label, 9);
  gtk_list_box_row_set_header (row, label);
}

static void
search_cb (AwTemplatePopover *self)
{
  gtk_list_box_invalidate_filter (GTK_LIST_BOX (self->list));
}

static void
search_activate_cb (AwTemplatePopover *self)
{
  for (int i = 0;; i++)
    {
      GtkListBoxRow *row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), i);

      if (row == NULL)
        return;
      if (gtk_widget_get_child_visible (GTK_WIDGET (row)))
        {
          activated_cb (self, row);
          return;
        }
    }
}

static void
manage_cb (AwTemplatePopover *self)
{
  gtk_popover_popdown (GTK_POPOVER (self));
  g_signal_emit (self, signals[MANAGE], 0);
}

/* Overrides ---------------------------------------------------------------- */

static void
aw_template_popover_finalize (GObject *object)
{
  g_clear_pointer (&AW_TEMPLATE_POPOVER (object)->templates, aw_templates_unref);

  G_OBJECT_CLASS (aw_template_popover_parent_class)->finalize (object);
}

static void
aw_template_popover_class_init (AwTemplatePopoverClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = aw_template_popover_finalize;

  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, AW_TYPE_TEMPLATE);
  signals[MANAGE] = g_signal_new ("manage", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static GtkWidget *
make_scroller (GtkWidget *child,
               int height)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), child);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scroller), height);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), height);
  return scroller;
}

static void
aw_template_popover_init (AwTemplatePopover *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *manage = gtk_button_new_with_label (_("Manage Templates…"));

  self->search = gtk_search_entry_new ();
  self->list = gtk_list_box_new ();
  self->preview = aw_ui_label (NULL, "aw-caption");
  gtk_label_set_yalign (GTK_LABEL (self->preview), 0);
  gtk_widget_set_valign (self->preview, GTK_ALIGN_START);
  gtk_widget_set_margin_start (self->preview, 9);
  gtk_widget_set_margin_end (self->preview, 9);
  gtk_widget_set_margin_top (self->preview, 6);
  gtk_widget_set_margin_bottom (self->preview, 6);
  aw_ui_set_name (self->search, _("Search templates"));
  aw_ui_set_name (self->list, _("Templates"));
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_BROWSE);
  gtk_list_box_set_filter_func (GTK_LIST_BOX (self->list), filter_cb, self, NULL);
  gtk_list_box_set_header_func (GTK_LIST_BOX (self->list), header_cb, NULL, NULL);
  gtk_widget_add_css_class (self->list, "navigation-sidebar");
  gtk_widget_add_css_class (manage, "flat");
  gtk_widget_set_size_request (box, 320, -1);

  g_signal_connect_object (self->search, "search-changed", G_CALLBACK (search_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->search, "activate", G_CALLBACK (search_activate_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "row-selected", G_CALLBACK (selected_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "row-activated", G_CALLBACK (activated_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (manage, "clicked", G_CALLBACK (manage_cb), self, G_CONNECT_SWAPPED);

  gtk_box_append (GTK_BOX (box), self->search);
  gtk_box_append (GTK_BOX (box), make_scroller (self->list, 210));
  gtk_box_append (GTK_BOX (box), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  gtk_box_append (GTK_BOX (box), make_scroller (self->preview, 150));
  gtk_box_append (GTK_BOX (box), manage);
  gtk_popover_set_child (GTK_POPOVER (self), box);
}

/* Public functions --------------------------------------------------------- */

GtkWidget *
aw_template_popover_new (void)
{
  return g_object_new (AW_TYPE_TEMPLATE_POPOVER, NULL);
}

static void
add_template (AwTemplatePopover *self,
              AwTemplate *template_)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *label = aw_ui_label (template_->name, NULL);
  GtkEventController *motion = gtk_event_controller_motion_new ();

  gtk_widget_set_margin_top (label, 6);
  gtk_widget_set_margin_bottom (label, 6);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), label);
  g_object_set_data_full (G_OBJECT (row), "aw-template", g_object_ref (template_), g_object_unref);
  g_signal_connect_object (motion, "enter", G_CALLBACK (entered_cb), self, 0);
  gtk_widget_add_controller (row, motion);
  gtk_list_box_append (GTK_LIST_BOX (self->list), row);
}

/**
 * aw_template_popover_set_templates:
 * @self: the popover
 * @templates: the templates
 * @kind: what the message is about; its templates come first
 * @facts: for the preview
 */
void
aw_template_popover_set_templates (AwTemplatePopover *self,
                                   AwTemplates *templates,
                                   AwTouchKind kind,
                                   const AwTemplateFacts *facts)
{
  const char *audience = aw_template_audience (facts->dossier, facts->person, kind, facts->now);
  GtkWidget *child;

  aw_templates_ref (templates);
  g_clear_pointer (&self->templates, aw_templates_unref);
  self->templates = templates;
  self->facts = *facts;

  while ((child = gtk_widget_get_first_child (self->list)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->list), child);

  /* Those for this recipient, then the others of the kind, then the rest. */
  for (guint pass = 0; pass < 3; pass++)
    for (guint i = 0; i < aw_templates_get_length (templates); i++)
      {
        AwTemplate *template_ = aw_templates_get (templates, i);
        gboolean same = template_->kind == kind;
        gboolean fits = same && g_strcmp0 (template_->audience, audience) == 0;

        if (pass == (fits ? 0 : same ? 1 : 2))
          add_template (self, template_);
      }
  gtk_list_box_select_row (GTK_LIST_BOX (self->list), gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), 0));
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
}
