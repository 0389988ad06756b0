/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/aw-ui.h"

#include <string.h>

#define PILL_CHARS 24

/* The building blocks: what a hundred rows must not each get wrong (markup,
 * accessible names, width). */

/* Newer GTK (4.18) has a button labelled by the words on it, and such a relation
 * counts for more than a name: a screen reader would say “Enter Password…” in each row. */
void
aw_ui_set_name (GtkWidget *widget,
                const char *label)
{
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, label != NULL ? label : "", -1);
}

void
aw_ui_set_description (GtkWidget *widget,
                       const char *description)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, description != NULL ? description : "", -1);
}

GtkWidget *
aw_ui_avatar (const char *name,
              int size)
{
  GtkWidget *avatar = g_object_new (ADW_TYPE_AVATAR,
                                    "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                                    "size", size,
                                    "text", name != NULL ? name : "",
                                    "show-initials", name != NULL && *name != '\0',
                                    "valign", GTK_ALIGN_START,
                                    NULL);

  return avatar;
}

GtkWidget *
aw_ui_avatar_icon (const char *icon_name,
                   const char *seed,
                   int size)
{
  return g_object_new (ADW_TYPE_AVATAR,
                       "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                       "size", size,
                       "text", seed != NULL ? seed : "",
                       "icon-name", icon_name,
                       "valign", GTK_ALIGN_START,
                       NULL);
}

void
aw_ui_pill_set (GtkWidget *pill,
                const char *text,
                const char *style)
{
  const char *classes[] = { "aw-pill", style, NULL };

  gboolean is_long = text != NULL && g_utf8_strlen (text, -1) > PILL_CHARS;

  /* Short by intention: only what somebody else made long may be cut. */
  gtk_label_set_ellipsize (GTK_LABEL (pill), is_long ? PANGO_ELLIPSIZE_END : PANGO_ELLIPSIZE_NONE);
  gtk_widget_set_tooltip_text (pill, is_long ? text : NULL);
  gtk_label_set_max_width_chars (GTK_LABEL (pill), PILL_CHARS);
  gtk_label_set_label (GTK_LABEL (pill), text != NULL ? text : "");
  gtk_widget_set_css_classes (pill, classes);
  gtk_widget_set_visible (pill, text != NULL);
}

GtkWidget *
aw_ui_pill (const char *text,
            const char *style)
{
  GtkWidget *pill = g_object_new (GTK_TYPE_LABEL,
                                  "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                                  "valign", GTK_ALIGN_CENTER,
                                  NULL);

  aw_ui_pill_set (pill, text, style);
  return pill;
}

GtkWidget *
aw_ui_boxed_list (void)
{
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  return list;
}

/* What is wrapped is shaped again for each line and each measuring: a name of
 * 10,000 letters stops the window for minutes. Nobody reads more than this of a
 * label; the whole stands where it is edited. */
#define MOST_CHARS 400

static char *
cut (const char *text)
{
  g_autofree char *begin = NULL;

  if (text == NULL || strlen (text) <= MOST_CHARS || g_utf8_strlen (text, -1) <= MOST_CHARS)
    return g_strdup (text);
  begin = g_utf8_substring (text, 0, MOST_CHARS);
  return g_strconcat (begin, "…", NULL);
}

void
aw_ui_label_set (GtkWidget *label,
                 const char *text)
{
  g_autofree char *shown = cut (text);

  gtk_label_set_label (GTK_LABEL (label), shown != NULL ? shown : "");
}

void
aw_ui_row_set (GtkWidget *row,
               const char *full_title,
               const char *full_subtitle)
{
  g_autofree char *title = cut (full_title);
  g_autofree char *subtitle = cut (full_subtitle);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title != NULL ? title : "");
  if (ADW_IS_ACTION_ROW (row))
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle != NULL ? subtitle : "");
  else if (ADW_IS_EXPANDER_ROW (row))
    adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (row), subtitle != NULL ? subtitle : "");
  /* Not all versions take the title as the name; an entry's focus is inside it. */
  aw_ui_set_name (row, title);
  if (GTK_IS_EDITABLE (row) && gtk_editable_get_delegate (GTK_EDITABLE (row)) != NULL)
    aw_ui_set_name (GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (row))), title);
  if (subtitle != NULL)
    aw_ui_set_description (row, subtitle);
}

GtkWidget *
aw_ui_action_row (const char *title,
                  const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();

  aw_ui_row_set (row, title, subtitle);
  return row;
}

GtkWidget *
aw_ui_switch_row (const char *title,
                  const char *subtitle,
                  GtkSwitch **toggle)
{
  GtkWidget *row = aw_ui_action_row (title, subtitle);
  GtkWidget *widget = gtk_switch_new ();

  gtk_widget_set_valign (widget, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), widget);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), widget);
  aw_ui_set_name (widget, title); /* after the row, which resets it */
  if (toggle != NULL)
    *toggle = GTK_SWITCH (widget);
  return row;
}

GtkWidget *
aw_ui_radio_row (const char *title,
                 const char *subtitle,
                 GtkCheckButton *with,
                 GtkCheckButton **radio)
{
  GtkWidget *row = aw_ui_action_row (title, subtitle);
  GtkWidget *widget = gtk_check_button_new ();

  gtk_check_button_set_group (GTK_CHECK_BUTTON (widget), with);
  gtk_widget_set_valign (widget, GTK_ALIGN_CENTER);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), widget);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), widget);
  aw_ui_set_name (widget, title);
  *radio = GTK_CHECK_BUTTON (widget);
  return row;
}

GtkWidget *
aw_ui_spin_row (const char *title,
                const char *subtitle,
                int min,
                int max,
                int step,
                GtkSpinButton **spin)
{
  GtkWidget *row = aw_ui_action_row (title, subtitle);
  GtkWidget *widget = gtk_spin_button_new_with_range (min, max, step);

  gtk_widget_set_valign (widget, GTK_ALIGN_CENTER);
  gtk_spin_button_set_numeric (GTK_SPIN_BUTTON (widget), TRUE);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), widget);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), widget);
  aw_ui_set_name (widget, title); /* after the row, which resets it */
  if (spin != NULL)
    *spin = GTK_SPIN_BUTTON (widget);
  return row;
}

GtkWidget *
aw_ui_group (const char *title,
             const char *description)
{
  GtkWidget *group = adw_preferences_group_new ();

  if (title != NULL)
    {
      g_autofree char *escaped = g_markup_escape_text (title, -1);

      adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), escaped);
    }
  if (description != NULL)
    {
      g_autofree char *escaped = g_markup_escape_text (description, -1);

      adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), escaped);
    }
  return group;
}

GtkWidget *
aw_ui_label (const char *text,
             const char *css_class)
{
  GtkWidget *label = gtk_label_new (text != NULL ? text : "");

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

GtkWidget *
aw_ui_heading (const char *text)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL,
                                   "accessible-role", GTK_ACCESSIBLE_ROLE_HEADING,
                                   "label", text,
                                   "xalign", 0.0,
                                   "wrap", TRUE,
                                   NULL);

  gtk_widget_add_css_class (label, "heading");
  return label;
}

GtkWidget *
aw_ui_icon_button (const char *icon_name,
                   const char *label)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon_name);

  gtk_widget_set_tooltip_text (button, label);
  aw_ui_set_name (button, label);
  return button;
}

GtkWidget *
aw_ui_menu_button (const char *icon_name,
                   const char *label,
                   GMenuModel *menu)
{
  GtkWidget *button = gtk_menu_button_new ();

  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), icon_name);
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), menu);
  gtk_widget_set_tooltip_text (button, label);
  aw_ui_set_name (button, label);
  return button;
}

GtkWidget *
aw_ui_scrolled_clamp (GtkWidget *child)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *clamp = adw_clamp_new ();

  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 720);
  adw_clamp_set_tightening_threshold (ADW_CLAMP (clamp), 560);
  gtk_widget_set_margin_top (clamp, 18);
  gtk_widget_set_margin_bottom (clamp, 36);
  gtk_widget_set_margin_start (clamp, 12);
  gtk_widget_set_margin_end (clamp, 12);
  adw_clamp_set_child (ADW_CLAMP (clamp), child);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), clamp);
  gtk_widget_set_vexpand (scrolled, TRUE);
  return scrolled;
}

void
aw_ui_status_set (AdwStatusPage *page,
                  const char *icon_name,
                  const char *title,
                  const char *description)
{
  g_autofree char *escaped = description != NULL ? g_markup_escape_text (description, -1) : NULL;


  adw_status_page_set_icon_name (page, icon_name);
  adw_status_page_set_title (page, title != NULL ? title : ""); /* no markup here */
  adw_status_page_set_description (page, escaped);
}

static void
on_spinner_map (GtkWidget *spinner)
{
  gtk_spinner_start (GTK_SPINNER (spinner));
}

static void
on_spinner_unmap (GtkWidget *spinner)
{
  gtk_spinner_stop (GTK_SPINNER (spinner));
}

/**
 * aw_ui_spinner:
 *
 * Returns: a spinner that turns while it is to be seen; one that turns on a
 *   hidden page would have the window laid out again with every frame
 */
GtkWidget *
aw_ui_spinner (void)
{
  GtkWidget *spinner = gtk_spinner_new ();

  g_signal_connect (spinner, "map", G_CALLBACK (on_spinner_map), NULL);
  g_signal_connect (spinner, "unmap", G_CALLBACK (on_spinner_unmap), NULL);
  return spinner;
}

static gboolean
unparent_cb (gpointer popover)
{
  if (gtk_widget_get_parent (popover) != NULL)
    gtk_widget_unparent (popover);
  return G_SOURCE_REMOVE;
}

/* Not at once: what was clicked in it has yet to be carried out. */
static void
closed_cb (GtkWidget *popover)
{
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, unparent_cb, g_object_ref (popover), g_object_unref);
}

void
aw_ui_popup_once (GtkWidget *popover,
                  GtkWidget *anchor)
{
  gtk_widget_set_parent (popover, anchor);
  g_signal_connect (popover, "closed", G_CALLBACK (closed_cb), NULL);
  g_signal_connect_object (anchor, "destroy", G_CALLBACK (unparent_cb), popover, G_CONNECT_SWAPPED);
  gtk_popover_popup (GTK_POPOVER (popover));
}
