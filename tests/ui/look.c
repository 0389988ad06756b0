/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include "app/aw-application.h"
#include "core/aw-command.h"
#include "exchange/aw-import.h"
#include "ui/aw-window.h"

/* The eyes of languages.py: opens the application over the facts of
 * tests/ui/data/NAME.json, goes to every page and dialog at each width, and
 * prints what stands there, a line a text (tabs between):
 *
 *   width, place, kind, how it is cut ("-", "ellipsis", "edge", "wide"), text
 *
 * Kinds are label, hint, name and menu; and of labels that the toolkit cuts by
 * itself title (of a window), entry (title of a row to type in), value (of a
 * row to choose in), group (title of one), tab, and hinted (the whole text is in a tooltip).
 *
 * In the environment: AW_CATALOGUES (folder instead of LOCALEDIR), AW_FACTS
 * (NAME; empty: none), AW_WIDTHS ("1100 400"), AW_RTL, AW_PICTURES (a folder),
 * AW_ADD_ONLY (looks only at Add Interview). */

typedef struct
{
  GApplication *application;
  AwWindow *window;
  int width;
  const char *place;
  GHashTable *seen;
} Look;

static const char *pictures;

static gboolean
on_timeout (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

/* Until nothing has been left to do for 40 ms, three seconds at most. */
static void
settle (void)
{
  gint64 end = g_get_monotonic_time () + 3 * G_USEC_PER_SEC;
  gint64 quiet = g_get_monotonic_time ();

  while (g_get_monotonic_time () < end && g_get_monotonic_time () - quiet < 40000)
    {
      gboolean over = FALSE;
      guint id = g_timeout_add (10, on_timeout, &over);

      while (!over)
        if (g_main_context_iteration (NULL, TRUE) && !over)
          quiet = g_get_monotonic_time ();
      (void) id;
    }
}

static void
say (Look *look,
     const char *kind,
     const char *cut,
     const char *text)
{
  g_autofree char *line = NULL;
  g_auto (GStrv) words = NULL;
  g_autofree char *joined = NULL;

  if (text == NULL || *text == '\0')
    return;
  words = g_strsplit_set (text, "\n\t", -1);
  joined = g_strjoinv (" ", words);
  line = g_strdup_printf ("%d\t%s\t%s\t%s\t%s", look->width, look->place, kind, cut, joined);
  if (g_hash_table_add (look->seen, g_strdup (line)))
    g_print ("%s\n", line);
}

/* A text is cut where it ends in an ellipsis, or where it lies over the edge of
 * something that clips and does not scroll. */
static const char *
how_cut (GtkWidget *label)
{
  PangoLayout *layout = gtk_label_get_layout (GTK_LABEL (label));
  PangoRectangle ink;
  gboolean scrolls = FALSE;
  int x, y;

  if (pango_layout_is_ellipsized (layout))
    return "ellipsis";
  /* The title of a row to type in is drawn smaller than it was laid out. */
  if (gtk_widget_get_ancestor (label, ADW_TYPE_ENTRY_ROW) != NULL)
    return "-";
  pango_layout_get_pixel_extents (layout, NULL, &ink);
  gtk_label_get_layout_offsets (GTK_LABEL (label), &x, &y);
  for (GtkWidget *above = gtk_widget_get_parent (label); above != NULL; above = gtk_widget_get_parent (above))
    {
      graphene_point_t at;

      if (GTK_IS_SCROLLABLE (above))
        {
          g_autoptr (GtkAdjustment) across = NULL;

          scrolls = TRUE;
          g_object_get (above, "hadjustment", &across, NULL);
          if (across != NULL && gtk_adjustment_get_upper (across) > gtk_adjustment_get_page_size (across) + 1)
            break;
        }
      if (gtk_widget_get_overflow (above) != GTK_OVERFLOW_HIDDEN && !GTK_IS_NATIVE (above))
        continue;
      if (!gtk_widget_compute_point (label, above, &GRAPHENE_POINT_INIT (x + ink.x, y + ink.y), &at))
        continue;
      if (at.x < -1 || at.x + ink.width > gtk_widget_get_width (above) + 1)
        return "edge";
      if (!scrolls && (at.y < -2 || at.y + ink.height > gtk_widget_get_height (above) + 2))
        return "edge";
      /* Popovers lie over what is around them. */
      if (GTK_IS_NATIVE (above))
        break;
    }
  return "-";
}

static const char *
kind_of (GtkWidget *label)
{
  for (GtkWidget *above = label; above != NULL; above = gtk_widget_get_parent (above))
    if (g_strcmp0 (gtk_widget_get_tooltip_text (above), gtk_label_get_text (GTK_LABEL (label))) == 0)
      return "hinted";
  if (gtk_widget_get_ancestor (label, ADW_TYPE_HEADER_BAR) != NULL)
    return "title";
  if (gtk_widget_get_ancestor (label, ADW_TYPE_ENTRY_ROW) != NULL)
    return "entry";
  if (gtk_widget_has_css_class (label, "heading") && gtk_widget_get_ancestor (label, ADW_TYPE_PREFERENCES_GROUP) != NULL)
    return "group";
  if (gtk_widget_get_ancestor (label, ADW_TYPE_COMBO_ROW) != NULL && !gtk_widget_has_css_class (label, "title"))
    return "value";
  if (gtk_widget_get_ancestor (label, ADW_TYPE_VIEW_SWITCHER) != NULL || gtk_widget_get_ancestor (label, ADW_TYPE_VIEW_SWITCHER_BAR) != NULL)
    return "tab";
  return "label";
}

static void
say_menu (Look *look,
          GMenuModel *menu)
{
  for (int i = 0; i < g_menu_model_get_n_items (menu); i++)
    {
      g_autofree char *text = NULL;
      g_autoptr (GMenuLinkIter) links = g_menu_model_iterate_item_links (menu, i);
      GMenuModel *below;

      if (g_menu_model_get_item_attribute (menu, i, G_MENU_ATTRIBUTE_LABEL, "s", &text))
        say (look, "menu", "-", text);
      while (g_menu_link_iter_get_next (links, NULL, &below))
        {
          say_menu (look, below);
          g_object_unref (below);
        }
    }
}

static void
scan (Look *look,
      GtkWidget *widget)
{
  if (!gtk_widget_get_mapped (widget))
    return;
  say (look, "hint", "-", gtk_widget_get_tooltip_text (widget));
  if (GTK_IS_LABEL (widget))
    say (look, kind_of (widget), how_cut (widget), gtk_label_get_text (GTK_LABEL (widget)));
  else if (gtk_test_accessible_has_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL))
    {
      /* Says what it found, when it is not what was asked for. */
      g_autofree char *name = gtk_test_accessible_check_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, "");

      say (look, "name", "-", name);
    }
  if (GTK_IS_MENU_BUTTON (widget) && gtk_menu_button_get_menu_model (GTK_MENU_BUTTON (widget)) != NULL)
    say_menu (look, gtk_menu_button_get_menu_model (GTK_MENU_BUTTON (widget)));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    scan (look, child);
}

static gboolean
is_over_an_edge (GtkWidget *widget)
{
  if (!gtk_widget_get_mapped (widget))
    return FALSE;
  if (GTK_IS_LABEL (widget) && strcmp (how_cut (widget), "edge") == 0)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (is_over_an_edge (child))
      return TRUE;
  return FALSE;
}

/* A busy machine may not have laid everything out yet. */
static void
settle_until_whole (GtkWidget *widget)
{
  settle ();
  for (guint i = 0; i < 20 && gtk_widget_get_root (widget) != NULL && is_over_an_edge (widget); i++)
    settle ();
}

static GtkWidget *
front_window (Look *look)
{
  GListModel *windows = gtk_window_get_toplevels ();
  GtkWidget *front = GTK_WIDGET (look->window);

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (window != GTK_WIDGET (look->window) && gtk_widget_get_mapped (window))
        front = window;
    }
  return front;
}

static void
take_picture (Look *look)
{
  GtkWidget *window = front_window (look);
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (window);
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  g_autoptr (GdkTexture) texture = NULL;
  g_autoptr (GskRenderNode) node = NULL;
  g_autofree char *name = g_strdup_printf ("%s/%s-%d.png", pictures, look->place, look->width);

  gdk_paintable_snapshot (paintable, snapshot, gtk_widget_get_width (window), gtk_widget_get_height (window));
  node = gtk_snapshot_to_node (snapshot);
  if (node == NULL)
    return;
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (window)), node, NULL);
  gdk_texture_save_to_png (texture, name);
}

/* Not one that is scrolled away. */
static gboolean
is_in_sight (GtkWidget *widget)
{
  GtkWidget *root = GTK_WIDGET (gtk_widget_get_root (widget));
  graphene_point_t at;

  return gtk_widget_compute_point (widget, root, &GRAPHENE_POINT_INIT (gtk_widget_get_width (widget) / 2, gtk_widget_get_height (widget) / 2), &at) &&
         at.x > 0 && at.y > 0 && at.x < gtk_widget_get_width (root) && at.y < gtk_widget_get_height (root);
}

/* The n-th button that opens a menu or a calendar. */
static GtkWidget *
find_closed_popover (GtkWidget *widget,
                     guint *n)
{
  GtkWidget *found = NULL;

  if (!gtk_widget_get_mapped (widget))
    return NULL;
  if (GTK_IS_MENU_BUTTON (widget) && gtk_widget_is_sensitive (widget) && is_in_sight (widget) && (*n)-- == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL; child = gtk_widget_get_next_sibling (child))
    if (!GTK_IS_POPOVER (child))
      found = find_closed_popover (child, n);
  return found;
}

/* What stands in the front, and in the menus and calendars behind its buttons. */
static void
look_at (Look *look,
         const char *place)
{
  GtkWidget *button;

  look->place = place;
  settle_until_whole (front_window (look));
  scan (look, front_window (look));
  if (pictures != NULL)
    take_picture (look);
  /* Menus are as wide as they must be, whatever the window is. */
  for (guint i = 0; i < 8 && (look->width > 1000 || look->width < 500); i++)
    {
      guint n = i;

      button = find_closed_popover (front_window (look), &n);
      if (button == NULL)
        break;
      /* It may go away meanwhile: rows are made anew. */
      g_object_ref (button);
      gtk_menu_button_popup (GTK_MENU_BUTTON (button));
      settle ();
      if (gtk_widget_get_root (button) != NULL && gtk_menu_button_get_popover (GTK_MENU_BUTTON (button)) != NULL)
        {
          GtkWidget *popover = GTK_WIDGET (gtk_menu_button_get_popover (GTK_MENU_BUTTON (button)));

          settle_until_whole (popover);
          scan (look, popover);
        }
      if (gtk_widget_get_root (button) != NULL)
        gtk_menu_button_popdown (GTK_MENU_BUTTON (button));
      g_object_unref (button);
    }
  settle ();
}

static void
close_front (Look *look)
{
  GtkWidget *front;

#if ADW_CHECK_VERSION(1, 5, 0)
  AdwDialog *dialog;

  while ((dialog = adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (look->window))) != NULL)
    {
      adw_dialog_force_close (dialog);
      settle ();
    }
#endif
  while ((front = front_window (look)) != GTK_WIDGET (look->window))
    {
      gtk_window_destroy (GTK_WINDOW (front));
      settle ();
    }
}

static void
open (Look *look,
      const char *place,
      const char *action,
      const char *parameter)
{
  g_autoptr (GVariant) value = parameter != NULL ? g_variant_parse (NULL, parameter, NULL, NULL, NULL) : NULL;
  GtkWidget *front;

  g_action_group_activate_action (G_ACTION_GROUP (look->window), action, value);
  settle ();
  front = front_window (look);
  /* Windows of their own are made as narrow as the main one. */
  if (front != GTK_WIDGET (look->window) && look->width < 600 && gtk_window_get_resizable (GTK_WINDOW (front)))
    gtk_window_set_default_size (GTK_WINDOW (front), look->width, gtk_widget_get_height (front));
  look_at (look, place);
}

static GtkWidget *
find_type (GtkWidget *widget,
           const char *type)
{
  GtkWidget *found = g_str_has_prefix (G_OBJECT_TYPE_NAME (widget), type) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL; child = gtk_widget_get_next_sibling (child))
    found = find_type (child, type);
  return found;
}

static void
look_at_preferences (Look *look)
{
  GtkWidget *preferences, *page;

  open (look, "preferences", "preferences", "''");
  preferences = find_type (front_window (look), "AdwPreferencesWindow");
  if (preferences == NULL)
    preferences = find_type (front_window (look), "AdwPreferencesDialog");
  g_assert_nonnull (preferences);
  page = find_type (preferences, "AdwPreferencesPage");
  g_assert_nonnull (page);
  for (page = gtk_widget_get_first_child (gtk_widget_get_parent (page)); page != NULL; page = gtk_widget_get_next_sibling (page))
    if (ADW_IS_PREFERENCES_PAGE (page))
      {
        g_autofree char *place = g_strdup_printf ("preferences-%s", adw_preferences_page_get_name (ADW_PREFERENCES_PAGE (page)) != NULL
                                                                      ? adw_preferences_page_get_name (ADW_PREFERENCES_PAGE (page))
                                                                      : "page");

        aw_preferences_set_visible_page (preferences, ADW_PREFERENCES_PAGE (page));
        look_at (look, place);
      }
  close_front (look);
}

static void
look_around (Look *look,
             gboolean facts)
{
  static const struct
  {
    const char *place, *action, *parameter;
  } dialogs[] = {
    { "compose", "write", "('hf', 'hf-marcus', 'thank-you', 'thank-you/hf-marcus/hf-1')" },
    { "compose-ask", "write", "('mh', 'mh-dana', 'check-in', '')" },
    { "call", "call", "('hf', 'hf-marcus', '')" },
    { "checklist", "checklist", "('hf', 'hf-1')" },
    { "debrief", "debrief", "('hf', 'hf-1')" },
    { "person", "edit-person", "('hf', 'hf-aiko')" },
    { "edit", "edit", "'hf'" },
    { "help", "help", NULL },
  };

  if (!facts)
    look_at (look, "first-run");
  if (g_getenv ("AW_ADD_ONLY") != NULL)
    {
      open (look, "add", "add", NULL);
      close_front (look);
      return;
    }
  if (facts)
    {
      open (look, "today", "page", "'today'");
      open (look, "overview", "page", "'overview'");
      open (look, "outbox", "page", "'outbox'");
      open (look, "detail-hf", "show", "'hf'");
      open (look, "detail-mh", "show", "'mh'");
      open (look, "detail-cr", "show", "'cr'");
    }
  /* In between, only the pages are looked at. */
  if (look->width > 400 && look->width < 1100)
    return;
  open (look, "add", "add", NULL);
  close_front (look);
  open (look, "shortcuts", "shortcuts", NULL);
  close_front (look);
  open (look, "account", "account", "''");
  close_front (look);
  if (!facts)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (dialogs); i++)
    {
      open (look, dialogs[i].place, dialogs[i].action, dialogs[i].parameter);
      close_front (look);
    }
  look_at_preferences (look);
}

/* The innermost widgets that need more than the window was given. */
static void
say_what_is_wide (Look *look,
                  GtkWidget *widget)
{
  gboolean below = FALSE;
  int minimum;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
      if (gtk_widget_get_visible (child) && !GTK_IS_NATIVE (child) && minimum > look->width - 24)
        {
          below = TRUE;
          say_what_is_wide (look, child);
        }
    }
  if (!below)
    for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
      {
        g_autofree char *text = NULL;
        GtkWidget *label = find_type (child, "GtkLabel");

        gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
        text = g_strdup_printf ("%s in %s: %d (%s)", G_OBJECT_TYPE_NAME (child), G_OBJECT_TYPE_NAME (widget), minimum,
                                label != NULL ? gtk_label_get_text (GTK_LABEL (label)) : "");
        say (look, "label", "wide", text);
      }
}

static gboolean
on_idle (gpointer data)
{
  Look *look = data;
  const char *widths = g_getenv ("AW_WIDTHS");
  g_auto (GStrv) each = g_strsplit (widths != NULL ? widths : "1100 400", " ", -1);

  look->window = AW_WINDOW (gtk_application_get_active_window (GTK_APPLICATION (look->application)));
  /* A cursor that blinks draws each frame, and nothing would come to rest. */
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, "gtk-cursor-blink", FALSE, NULL);
  for (guint i = 0; each[i] != NULL; i++)
    {
      look->width = atoi (each[i]);
      /* Some pages only become narrow when they see that the window does. */
      for (guint j = 0; j < 3; j++)
        {
          gtk_window_set_default_size (GTK_WINDOW (look->window), look->width, 720);
          settle ();
        }
      /* Wider than it was told to be: some text does not let it be narrow. */
      if (gtk_widget_get_width (GTK_WIDGET (look->window)) > look->width)
        {
          g_autofree char *text = g_strdup_printf ("%d", gtk_widget_get_width (GTK_WIDGET (look->window)));

          look->place = "window";
          say (look, "label", "wide", text);
          say_what_is_wide (look, GTK_WIDGET (look->window));
        }
      look_around (look, g_getenv ("AW_FACTS") != NULL);
    }
  g_print ("done\n");
  /* Not by Quit, which has a question. */
  gtk_window_destroy (GTK_WINDOW (look->window));
  return G_SOURCE_REMOVE;
}

static void
on_activate (GApplication *application G_GNUC_UNUSED,
             Look *look)
{
  g_idle_add_full (G_PRIORITY_LOW, on_idle, look, NULL);
}

/* Into the database that the application will find. */
static void
import (const char *name)
{
  g_autoptr (AwClock) clock = aw_clock_new ();
  g_autofree char *path = aw_database_default_path ();
  g_autofree char *json = g_strdup_printf ("%s/ui/data/%s.json", g_getenv ("G_TEST_SRCDIR"), name);
  g_autofree char *text = NULL;
  gsize length;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (AwImport) facts = NULL;
  g_autoptr (AwCommand) command = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (AwEngine) engine = aw_engine_open (path, clock, &error);

  g_assert_no_error (error);
  aw_engine_set_announces (engine, FALSE);
  g_assert_true (g_file_get_contents (json, &text, &length, NULL));
  bytes = g_bytes_new (text, length);
  facts = aw_import_read (bytes, aw_engine_get_database (engine), "UTC", aw_clock_now (clock), &error);
  g_assert_no_error (error);
  command = aw_import_make_command (facts, "Import");
  g_assert_true (aw_engine_run (engine, command, FALSE, &error));
  g_assert_no_error (error);
}

int
main (int argc,
      char **argv)
{
  g_autoptr (AwApplication) application = NULL;
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Look look = { .seen = seen };

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, g_getenv ("AW_CATALOGUES") != NULL ? g_getenv ("AW_CATALOGUES") : LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  pictures = g_getenv ("AW_PICTURES");
  gtk_disable_setlocale ();
  gtk_init ();
  if (g_getenv ("AW_RTL") != NULL)
    gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  if (g_getenv ("AW_FACTS") != NULL)
    import (g_getenv ("AW_FACTS"));
  application = aw_application_new ();
  look.application = G_APPLICATION (application);
  g_signal_connect_after (application, "activate", G_CALLBACK (on_activate), &look);
  return g_application_run (G_APPLICATION (application), argc, argv);
}
