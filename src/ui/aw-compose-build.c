/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/aw-compose-window-private.h"

#include <glib/gi18n-lib.h>

#include "ui/aw-compose-pane.h"
#include "ui/aw-template-popover.h"

#define SIDE_WIDTH 350

static GtkWidget *
make_field (const char *label,
            GtkWidget *field)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *name = gtk_label_new (label);

  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_widget_set_size_request (name, 64, -1);
  gtk_widget_add_css_class (name, "dim-label");
  gtk_widget_set_margin_start (name, 6);
  gtk_widget_set_hexpand (field, TRUE);
  gtk_widget_set_valign (field, GTK_ALIGN_CENTER);
  gtk_widget_set_size_request (box, -1, 46);
  gtk_widget_add_css_class (box, "aw-field");
  gtk_box_append (GTK_BOX (box), name);
  gtk_box_append (GTK_BOX (box), field);
  return box;
}

static GtkWidget *
make_field_button (void)
{
  GtkWidget *button = gtk_menu_button_new ();

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  return button;
}

static GMenuModel *
make_send_menu (void)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) ways = g_menu_new ();
  g_autoptr (GMenu) insert = g_menu_new ();
  g_autoptr (GMenu) draft = g_menu_new ();

  g_menu_append (menu, _("Send Later…"), "compose.send-later");
  g_menu_append (ways, _("Print for Hand-Writing…"), "compose.print");
  g_menu_append (ways, _("Copy Text"), "compose.copy");
  g_menu_append (ways, _("Open in Mail App"), "compose.mail-app");
  g_menu_append (ways, _("Mark as Sent Elsewhere…"), "compose.elsewhere");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (ways));
  g_menu_append (insert, _("Attach a File…"), "compose.attach");
  g_menu_append (insert, _("Template…"), "compose.template");
  g_menu_append (insert, _("Share an Article…"), "compose.article");
  g_menu_append (insert, _("Propose Three Call Times…"), "compose.call-times");
  g_menu_append (insert, _("Show or Hide Checks"), "compose.toggle-checks");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (insert));
  g_menu_append (draft, _("Delete Draft"), "compose.delete");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (draft));
  return G_MENU_MODEL (menu);
}

static GtkWidget *
make_tool (const char *icon,
           const char *label,
           const char *action)
{
  GtkWidget *button = aw_ui_icon_button (icon, label);

  gtk_widget_add_css_class (button, "flat");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  return button;
}

static void
build_header (AwComposeWindow *self)
{
  AdwHeaderBar *header = aw_page_get_header (AW_PAGE (self->page));
  g_autoptr (GMenuModel) menu = make_send_menu ();
  GtkWidget *content = adw_button_content_new ();

  adw_button_content_set_icon_name (ADW_BUTTON_CONTENT (content), "folder-templates-symbolic");
  adw_button_content_set_label (ADW_BUTTON_CONTENT (content), _("Template"));
  self->template_button = gtk_menu_button_new ();
  self->template_popover = aw_template_popover_new ();
  gtk_menu_button_set_child (GTK_MENU_BUTTON (self->template_button), content);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->template_button), self->template_popover);
  aw_ui_set_name (self->template_button, _("Template"));
  adw_header_bar_pack_start (header, self->template_button);

  self->send = adw_split_button_new ();
  adw_split_button_set_menu_model (ADW_SPLIT_BUTTON (self->send), menu);
  adw_split_button_set_dropdown_tooltip (ADW_SPLIT_BUTTON (self->send), _("Other Ways"));
  /* The tooltip is not yet a name in GTK 4.8. */
  for (GtkWidget *part = gtk_widget_get_first_child (self->send); part != NULL; part = gtk_widget_get_next_sibling (part))
    if (GTK_IS_MENU_BUTTON (part))
      aw_ui_set_name (part, _("Other Ways"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->send), "compose.send");
  gtk_widget_add_css_class (self->send, "suggested-action");
  adw_header_bar_pack_end (header, self->send);
}

static GtkWidget *
build_bottom (AwComposeWindow *self)
{
  GtkWidget *bottom = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *show = gtk_button_new_with_label (_("Show"));

  self->tools = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  self->status = gtk_label_new (NULL);
  gtk_label_set_ellipsize (GTK_LABEL (self->status), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (self->status), 1);
  gtk_widget_set_hexpand (self->status, TRUE);
  gtk_widget_add_css_class (self->status, "aw-caption");
  gtk_widget_set_margin_end (self->status, 12);
  gtk_widget_add_css_class (self->tools, "aw-bottom");
  gtk_box_append (GTK_BOX (self->tools), make_tool ("insert-link-symbolic", _("Share an Article…"), "compose.article"));
  gtk_box_append (GTK_BOX (self->tools), make_tool ("appointment-new-symbolic", _("Propose Three Call Times…"), "compose.call-times"));
  gtk_box_append (GTK_BOX (self->tools), make_tool ("mail-attachment-symbolic", _("Attach a File…"), "compose.attach"));
  gtk_box_append (GTK_BOX (self->tools), make_tool ("document-print-symbolic", _("Print for Hand-Writing…"), "compose.print"));
  gtk_box_append (GTK_BOX (self->tools), self->status);

  self->summary_bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  self->summary_icon = gtk_image_new ();
  self->summary = gtk_label_new (NULL);
  gtk_label_set_ellipsize (GTK_LABEL (self->summary), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (self->summary), 0);
  gtk_widget_set_hexpand (self->summary, TRUE);
  gtk_widget_set_margin_start (self->summary_icon, 6);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (show), "compose.show-checks");
  aw_ui_set_name (show, _("Show checks"));
  gtk_widget_add_css_class (self->summary_bar, "aw-bottom");
  gtk_box_append (GTK_BOX (self->summary_bar), self->summary_icon);
  gtk_box_append (GTK_BOX (self->summary_bar), self->summary);
  gtk_box_append (GTK_BOX (self->summary_bar), show);

  gtk_box_append (GTK_BOX (bottom), self->summary_bar);
  gtk_box_append (GTK_BOX (bottom), self->tools);
  return bottom;
}

static GtkWidget *
build_side (AwComposeWindow *self)
{
  GtkWidget *side = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *clamp = adw_clamp_new ();

  self->side_pane = aw_compose_pane_new ();
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->side_pane);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_widget_set_size_request (scroller, SIDE_WIDTH, -1);
  gtk_widget_add_css_class (scroller, "aw-side");
  gtk_box_append (GTK_BOX (side), gtk_separator_new (GTK_ORIENTATION_VERTICAL));
  /* Sentences that would like to stand on one line must not take it from the letter. */
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), SIDE_WIDTH);
  adw_clamp_set_tightening_threshold (ADW_CLAMP (clamp), SIDE_WIDTH);
  adw_clamp_set_child (ADW_CLAMP (clamp), scroller);
  gtk_box_append (GTK_BOX (side), clamp);
  return side;
}

/* Makes the widgets of the window; aw-compose-window.c fills them. */
void
aw_compose_build (AwComposeWindow *self)
{
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *left = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->page = aw_page_new (NULL, NULL);
  self->overlay = adw_toast_overlay_new ();
  build_header (self);

  self->to = make_field_button ();
  self->from = make_field_button ();
  /* Not a bare GtkText: that is no text box to a screen reader. */
  self->subject = gtk_entry_new ();
  gtk_widget_add_css_class (self->subject, "aw-bare");
  aw_ui_set_name (self->subject, _("Subject"));
  self->view = aw_message_view_new ();
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->view);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_widget_set_vexpand (scroller, TRUE);

  gtk_box_append (GTK_BOX (left), make_field (_("To"), self->to));
  gtk_box_append (GTK_BOX (left), make_field (_("From"), self->from));
  gtk_box_append (GTK_BOX (left), make_field (_("Subject"), self->subject));
  gtk_box_append (GTK_BOX (left), scroller);
  gtk_box_append (GTK_BOX (left), aw_compose_build_attachments (self));
  gtk_box_append (GTK_BOX (left), build_bottom (self));
  gtk_widget_set_hexpand (left, TRUE);
  self->side = build_side (self);
  gtk_box_append (GTK_BOX (content), left);
  gtk_box_append (GTK_BOX (content), self->side);

  aw_page_set_content (AW_PAGE (self->page), content);
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (self->overlay), self->page);
  adw_window_set_content (ADW_WINDOW (self), self->overlay);
  gtk_window_set_default_size (GTK_WINDOW (self), 1000, 720);
  gtk_widget_set_size_request (GTK_WIDGET (self), 360, 320);
}
