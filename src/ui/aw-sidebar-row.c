/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/aw-sidebar-row.h"

#include <glib/gi18n-lib.h>

static void
append_item (GMenu *menu,
             const char *label,
             const char *action,
             const char *opportunity)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, action, "s", opportunity);
  g_menu_append_item (menu, item);
}

/**
 * aw_sidebar_row_get_summary:
 * @box: what a row shows
 *
 * Returns: (transfer none) (nullable): the opportunity in it
 */
AwSummary *
aw_sidebar_row_get_summary (GtkWidget *box)
{
  GtkListItem *item = g_object_get_data (G_OBJECT (box), "item");

  return item != NULL ? gtk_list_item_get_item (item) : NULL;
}

/**
 * aw_sidebar_row_show_menu:
 * @box: what a row shows
 * @x: where the menu points to
 * @y: where the menu points to
 */
void
aw_sidebar_row_show_menu (GtkWidget *box,
                          double x,
                          double y)
{
  AwSummary *summary = aw_sidebar_row_get_summary (box);
  const GdkRectangle at = { (int) x, (int) y, 1, 1 };
  g_autoptr (GMenu) menu = g_menu_new ();
  GtkWidget *popover;

  if (summary == NULL)
    return;
  append_item (menu, _("Open"), "win.show", aw_summary_get_id (summary));
  append_item (menu, _("Edit"), "win.edit", aw_summary_get_id (summary));
  append_item (menu, aw_summary_get_archived (summary) ? _("Take Out of Archive") : _("Archive"), "win.archive", aw_summary_get_id (summary));
  append_item (menu, _("Delete"), "win.delete", aw_summary_get_id (summary));
  popover = gtk_popover_menu_new_from_model (G_MENU_MODEL (menu));
  gtk_popover_set_has_arrow (GTK_POPOVER (popover), FALSE);
  gtk_popover_set_pointing_to (GTK_POPOVER (popover), &at);
  gtk_widget_set_halign (popover, GTK_ALIGN_START);
  aw_ui_popup_once (popover, box);
}

static void
on_secondary_click (GtkGestureClick *gesture,
                    int n_press G_GNUC_UNUSED,
                    double x,
                    double y)
{
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  aw_sidebar_row_show_menu (gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture)), x, y);
}

static void
setup_row (GtkSignalListItemFactory *factory G_GNUC_UNUSED,
           GtkListItem *item)
{
  GtkGesture *click = gtk_gesture_click_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *avatar = aw_ui_avatar (NULL, 32);
  GtkWidget *company = gtk_label_new ("");
  GtkWidget *role = gtk_label_new ("");
  GtkWidget *pill = aw_ui_pill (NULL, "neutral");

  gtk_widget_add_css_class (box, "aw-interview");
  gtk_widget_set_valign (avatar, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (texts, GTK_ALIGN_CENTER);
  gtk_label_set_xalign (GTK_LABEL (company), 0);
  gtk_label_set_ellipsize (GTK_LABEL (company), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (role), 0);
  gtk_label_set_ellipsize (GTK_LABEL (role), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (role, "aw-caption");
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_box_append (GTK_BOX (texts), company);
  gtk_box_append (GTK_BOX (texts), role);
  gtk_box_append (GTK_BOX (box), avatar);
  gtk_box_append (GTK_BOX (box), texts);
  gtk_box_append (GTK_BOX (box), pill);
  g_object_set_data (G_OBJECT (box), "avatar", avatar);
  g_object_set_data (G_OBJECT (box), "company", company);
  g_object_set_data (G_OBJECT (box), "role", role);
  g_object_set_data (G_OBJECT (box), "pill", pill);
  g_object_set_data (G_OBJECT (box), "item", item);
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect (click, "pressed", G_CALLBACK (on_secondary_click), NULL);
  gtk_widget_add_controller (box, GTK_EVENT_CONTROLLER (click));
  gtk_list_item_set_child (item, box);
}

/* What a screen reader says of a row: what there is of company, role and state. */
static char *
label_of (AwSummary *summary)
{
  const char *parts[] = { aw_summary_get_company (summary), aw_summary_get_role (summary), aw_summary_get_pill (summary) };
  g_autoptr (GString) label = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (parts[i] != NULL && *parts[i] != '\0')
      g_string_append_printf (label, "%s%s", label->len > 0 ? ", " : "", parts[i]);
  return g_string_free (g_steal_pointer (&label), FALSE);
}

static void
bind_row (GtkSignalListItemFactory *factory G_GNUC_UNUSED,
          GtkListItem *item)
{
  AwSummary *summary = gtk_list_item_get_item (item);
  GObject *box = G_OBJECT (gtk_list_item_get_child (item));
  const char *company = aw_summary_get_company (summary);
  const char *role = aw_summary_get_role (summary);
  g_autofree char *label = NULL;

  adw_avatar_set_text (g_object_get_data (box, "avatar"), company);
  adw_avatar_set_show_initials (g_object_get_data (box, "avatar"), TRUE);
  gtk_label_set_label (g_object_get_data (box, "company"), company != NULL ? company : "");
  gtk_label_set_label (g_object_get_data (box, "role"), role != NULL ? role : "");
  gtk_widget_set_visible (g_object_get_data (box, "role"), role != NULL);
  aw_ui_pill_set (g_object_get_data (box, "pill"), aw_summary_get_pill (summary), aw_summary_get_pill_class (summary));
  label = label_of (summary);
  aw_ui_set_name (GTK_WIDGET (box), label);
  if (gtk_widget_get_parent (GTK_WIDGET (box)) != NULL)
    aw_ui_set_name (gtk_widget_get_parent (GTK_WIDGET (box)), label);
}

/**
 * aw_sidebar_row_factory_new:
 *
 * Returns: (transfer full): what makes the rows
 */
GtkListItemFactory *
aw_sidebar_row_factory_new (void)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (setup_row), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_row), NULL);
  return factory;
}
