/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/aw-tour.h"

#include "exchange/aw-import.h"
#include "support/aw-fake-clock.h"
#include "support/aw-test-files.h"
#include "ui/aw-fake-outbox.h"
#include "ui/aw-window.h"

/* Waiting --------------------------------------------------------------------- */

void
aw_tour_iterate (guint ms)
{
  gint64 until = g_get_monotonic_time () + ms * 1000;

  while (g_get_monotonic_time () < until)
    {
      while (g_main_context_iteration (NULL, FALSE))
        ;
      g_usleep (2000);
    }
}

gboolean
aw_tour_keeps_pictures (void)
{
  return g_getenv ("AW_SHOTS") != NULL;
}

/* Animations are off: what is to be seen is there when nothing is left to do. */
void
aw_tour_settle (void)
{
  aw_tour_iterate (aw_tour_keeps_pictures () ? 300 : 80);
}

/* Finding --------------------------------------------------------------------- */

GtkWidget *
aw_tour_find_type (GtkWidget *widget,
           const char *type)
{
  GtkWidget *found = NULL;

  if (g_str_equal (G_OBJECT_TYPE_NAME (widget), type) && gtk_widget_get_mapped (widget))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL; child = gtk_widget_get_next_sibling (child))
    found = aw_tour_find_type (child, type);
  return found;
}

GtkWidget *
aw_tour_must_find_type (GtkWidget *widget,
                const char *type)
{
  GtkWidget *found = aw_tour_find_type (widget, type);

  for (guint i = 0; found == NULL && i < AW_TOUR_MOST_WAITS; i++)
    {
      aw_tour_iterate (20);
      found = aw_tour_find_type (widget, type);
    }
  if (found == NULL)
    g_error ("no %s on the screen", type);
  return found;
}

static GtkWidget *
find_above (GtkWidget *below)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (gtk_widget_get_mapped (window) && (GtkWidget *) gtk_window_get_transient_for (GTK_WINDOW (window)) == below)
        return window;
    }
  return NULL;
}

/* An AdwDialog is inside the window that it belongs to. */
static GtkWidget *
find_inside (GtkWidget *window)
{
#if ADW_CHECK_VERSION(1, 5, 0)
  AdwDialog *dialog = ADW_IS_APPLICATION_WINDOW (window) ? adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window))
                      : ADW_IS_WINDOW (window)           ? adw_window_get_visible_dialog (ADW_WINDOW (window))
                                                         : NULL;

  if (dialog != NULL)
    return GTK_WIDGET (dialog);
#endif
  return window;
}

/* The dialog on top, or the main window; windows of their own are transient for none. */
GtkWidget *
aw_tour_top (AwTour *tour)
{
  GListModel *windows = gtk_window_get_toplevels ();
  GtkWidget *found = tour->window, *above;

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (window != tour->window && gtk_widget_get_mapped (window) && gtk_window_get_transient_for (GTK_WINDOW (window)) == NULL)
        found = window;
    }
  while ((above = find_above (found)) != NULL)
    found = above;
  return find_inside (found);
}

/* It, or the window that it is inside. */
GtkWindow *
aw_tour_top_window (AwTour *tour)
{
  return GTK_WINDOW (gtk_widget_get_root (aw_tour_top (tour)));
}

GtkWidget *
aw_tour_find_row (GtkWidget *widget,
          const char *title)
{
  GtkWidget *found = NULL;

  if (ADW_IS_PREFERENCES_ROW (widget) && g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), title) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL; child = gtk_widget_get_next_sibling (child))
    found = aw_tour_find_row (child, title);
  return found;
}

GtkWidget *
aw_tour_must_find_row (AwTour *tour,
               const char *title)
{
  GtkWidget *found = aw_tour_find_row (aw_tour_top (tour), title);

  if (found == NULL)
    g_error ("no row “%s”", title);
  return found;
}

GtkWidget *
aw_tour_find_popover (GtkWidget *widget)
{
  GtkWidget *found = NULL;

  if (GTK_IS_POPOVER (widget) && gtk_widget_get_mapped (widget))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL; child = gtk_widget_get_next_sibling (child))
    found = aw_tour_find_popover (child);
  return found;
}

/* Doing ----------------------------------------------------------------------- */

/* What was opened goes, as by its own button or Escape. */
void
aw_tour_close_top (AwTour *tour)
{
  GtkWidget *popover = aw_tour_find_popover (aw_tour_top (tour));

  for (guint i = 0; popover != NULL && i < AW_TOUR_MOST_WAITS; i++)
    {
      gtk_popover_popdown (GTK_POPOVER (popover));
      aw_tour_iterate (20);
      popover = aw_tour_find_popover (aw_tour_top (tour));
    }
  for (guint i = 0; aw_tour_top (tour) != tour->window && i < AW_TOUR_MOST_WAITS; i++)
    {
      if (i % 50 == 0)
        gtk_window_close (aw_tour_top_window (tour));
      aw_tour_iterate (20);
    }
  g_assert_true (aw_tour_top (tour) == tour->window);
}

void
aw_tour_activate (AwTour *tour,
          const char *action,
          const char *type,
          ...)
{
  g_autoptr (GVariant) target = NULL;
  GtkWidget *on = g_str_has_prefix (action, "detail.") ? aw_tour_must_find_type (tour->window, "AwSection") : tour->window;
  va_list more;

  va_start (more, type);
  if (type != NULL)
    target = g_variant_ref_sink (g_variant_new_va (type, NULL, &more));
  va_end (more);
  if (!gtk_widget_activate_action_variant (on, action, target))
    g_error ("no action %s", action);
  aw_tour_settle ();
}

static void
open_menu_button (GtkWidget *widget,
                  const char *tooltip,
                  gboolean *done)
{
  if (*done)
    return;
  if (GTK_IS_MENU_BUTTON (widget) && gtk_widget_get_mapped (widget) && (tooltip == NULL || g_strcmp0 (gtk_widget_get_tooltip_text (widget), tooltip) == 0))
    {
      gtk_widget_grab_focus (widget); /* scrolls to it */
      aw_tour_settle ();
      gtk_menu_button_popup (GTK_MENU_BUTTON (widget));
      *done = TRUE;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && !*done; child = gtk_widget_get_next_sibling (child))
    open_menu_button (child, tooltip, done);
}

void
aw_tour_open_menu (AwTour *tour,
           const char *type,
           const char *tooltip)
{
  gboolean done = FALSE;

  open_menu_button (aw_tour_must_find_type (aw_tour_top (tour), type), tooltip, &done);
  if (!done)
    g_error ("no menu %s in a %s", tooltip != NULL ? tooltip : "", type);
}

/* The whole ----------------------------------------------------------------------------- */

static void
load (AwTour *tour,
      const char *name)
{
  g_autofree char *file = g_strdup_printf ("%s.json", name);
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "ui", "data", file, NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (AwImport) import = NULL;
  g_autoptr (AwCommand) command = NULL;
  gsize length;

  g_file_get_contents (path, &text, &length, &error);
  g_assert_no_error (error);
  bytes = g_bytes_new (text, length);
  import = aw_import_read (bytes, aw_engine_get_database (tour->engine), "UTC", AW_TOUR_NOW, &error);
  g_assert_no_error (error);
  command = aw_import_make_command (import, "Import");
  aw_engine_run (tour->engine, command, FALSE, &error);
  g_assert_no_error (error);
}

static void
add_message (AwTour *tour,
             const char *subject,
             AwMessageState state,
             const char *person,
             int code,
             const char *text,
             const char *sentence,
             gint64 at)
{
  g_autoptr (AwMessage) message = AW_MESSAGE (aw_record_new (AW_TYPE_MESSAGE, "hf"));

  message->subject = g_strdup (subject);
  message->state = state;
  message->scheduled_at = aw_instant (state == AW_MESSAGE_SCHEDULED ? at : AW_NEVER);
  aw_fake_outbox_add (tour->outbox, message, person, code != 0, code, text, sentence, at);
}

void
aw_tour_begin (AwTour *tour,
       const char *facts,
       AwTourLook look)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;

  aw_ui_load ();
  tour->look = look;
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), look == AW_TOUR_DARK ? ADW_COLOR_SCHEME_FORCE_DARK : ADW_COLOR_SCHEME_FORCE_LIGHT);
  tour->folder = aw_test_folder_new ();
  path = g_build_filename (tour->folder, "afterword.db", NULL);
  tour->clock = aw_fake_clock_new (AW_TOUR_NOW, "UTC");
  tour->engine = aw_engine_open (path, tour->clock, &error);
  g_assert_no_error (error);
  aw_engine_set_announces (tour->engine, FALSE);
  tour->outbox = aw_outbox_new (tour->engine);
  if (facts != NULL)
    load (tour, facts);
  if (g_strcmp0 (facts, "tour") == 0)
    {
      add_message (tour, "Thank you for Wednesday", AW_MESSAGE_FAILED, "Aiko Tanaka", 535, "5.7.8 Bad credentials", "The server refused the password.", AW_TOUR_NOW - 600);
      add_message (tour, "Where things stand", AW_MESSAGE_SCHEDULED, "Lee Ortiz", 0, NULL, NULL, AW_TOUR_NOW + 86400);
      add_message (tour, "An article about queues", AW_MESSAGE_DRAFT, "Dana Whitfield", 0, NULL, NULL, AW_TOUR_NOW - 7200);
      add_message (tour, "Thank you", AW_MESSAGE_SENT, "Rosa Lund", 0, NULL, NULL, AW_TOUR_NOW - 2 * 86400);
    }
  tour->ui = aw_ui_new (tour->engine, tour->outbox);
  tour->settings = g_settings_new (APP_ID);
  tour->application = g_object_new (ADW_TYPE_APPLICATION, "application-id", APP_ID, "flags", G_APPLICATION_NON_UNIQUE, NULL);
  g_application_register (G_APPLICATION (tour->application), NULL, &error);
  g_assert_no_error (error);
  tour->window = aw_window_new (tour->application, tour->ui, tour->settings);
  gtk_window_set_default_size (GTK_WINDOW (tour->window), look == AW_TOUR_SLIM ? AW_TOUR_NARROW : AW_TOUR_WIDE, 720);
  gtk_window_present (GTK_WINDOW (tour->window));
  aw_tour_settle ();
}

void
aw_tour_end (AwTour *tour)
{
  gtk_window_destroy (GTK_WINDOW (tour->window));
  aw_tour_iterate (150);
  g_clear_object (&tour->application);
  g_clear_object (&tour->settings);
  g_clear_object (&tour->ui);
  g_clear_object (&tour->outbox);
  g_clear_object (&tour->engine);
  g_clear_object (&tour->clock);
  aw_test_folder_free (tour->folder);
}
