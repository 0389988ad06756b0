/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/aw-ui-test.h"

#include <string.h>

#include "core/aw-command.h"
#include "exchange/aw-import.h"
#include "support/aw-fake-clock.h"
#include "support/aw-test-files.h"

#if ADW_CHECK_VERSION(1, 5, 0)
/* A long heading in an AdwAlertDialog makes libadwaita 1.7 measure a label
 * narrower than it is, which GTK 4.18 remarks on: not ours. */
static GLogWriterOutput
write_log (GLogLevelFlags level,
           const GLogField *fields,
           gsize n_fields,
           gpointer data)
{
  for (gsize i = 0; i < n_fields; i++)
    if (strcmp (fields[i].key, "MESSAGE") == 0 && fields[i].length == -1 &&
        g_str_has_prefix (fields[i].value, "Trying to measure GtkLabel "))
      return G_LOG_WRITER_HANDLED;
  return g_log_writer_default (level, fields, n_fields, data);
}
#endif

/* GTK 4.8 does not tell its tooltip that a popover's surface is gone (only windows call
 * gtk_tooltip_unset_surface): when the pointer is where a popover closes, the timer of a
 * tooltip to come asks for a position in nothing, and does no more. Nothing of ours. */
static gboolean
is_fatal (const char *domain G_GNUC_UNUSED,
          GLogLevelFlags level G_GNUC_UNUSED,
          const char *message,
          gpointer data G_GNUC_UNUSED)
{
  return strcmp (message, "gdk_surface_get_device_position: assertion 'GDK_IS_SURFACE (surface)' failed") != 0 &&
         strcmp (message, "_gtk_widget_find_at_coords: assertion 'GDK_IS_SURFACE (surface)' failed") != 0;
}

static void
on_critical (const char *domain,
             GLogLevelFlags level,
             const char *message,
             gpointer data)
{
  if (is_fatal (domain, level, message, data))
    g_log_default_handler (domain, level, message, data);
}

void
aw_ui_test_forgive_gtk (void)
{
  g_test_log_set_fatal_handler (is_fatal, NULL);
  /* The test framework's own handler would call the test off. */
  g_log_set_handler ("Gdk", G_LOG_LEVEL_CRITICAL | G_LOG_FLAG_FATAL, on_critical, NULL);
  g_log_set_handler ("Gtk", G_LOG_LEVEL_CRITICAL | G_LOG_FLAG_FATAL, on_critical, NULL);
}

void
aw_ui_test_set_up (AwUiTest *test,
                   gconstpointer name)
{
  AwInstant now;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;

#if ADW_CHECK_VERSION(1, 5, 0)
  static gboolean set = FALSE;

  if (!set)
    g_log_set_writer_func (write_log, NULL, NULL);
  set = TRUE;
#endif
  aw_ui_test_forgive_gtk ();
  aw_ui_load ();
  g_assert_true (aw_instant_parse ("2026-03-05T10:00:00Z", &now));
  test->folder = aw_test_folder_new ();
  path = g_build_filename (test->folder, "afterword.db", NULL);
  test->clock = aw_fake_clock_new (now.sec, "UTC");
  test->engine = aw_engine_open (path, test->clock, &error);
  g_assert_no_error (error);
  aw_engine_set_announces (test->engine, FALSE);
  if (name != NULL)
    {
      g_autofree char *file = g_strdup_printf ("%s.json", (const char *) name);
      g_autofree char *json = g_test_build_filename (G_TEST_DIST, "ui", "data", file, NULL);
      g_autofree char *text = NULL;
      gsize length;
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (AwImport) import = NULL;
      g_autoptr (AwCommand) command = NULL;

      g_assert_true (g_file_get_contents (json, &text, &length, NULL));
      bytes = g_bytes_new (text, length);
      import = aw_import_read (bytes, aw_engine_get_database (test->engine), "UTC", now.sec, &error);
      g_assert_no_error (error);
      command = aw_import_make_command (import, "Import");
      g_assert_true (aw_engine_run (test->engine, command, FALSE, &error));
      g_assert_no_error (error);
    }
  test->ui = aw_ui_new (test->engine, NULL);
  test->window = adw_window_new ();
  test->overlay = ADW_TOAST_OVERLAY (adw_toast_overlay_new ());
  adw_window_set_content (ADW_WINDOW (test->window), GTK_WIDGET (test->overlay));
  aw_ui_attach (test->ui, GTK_WINDOW (test->window), test->overlay);
}

void
aw_ui_test_tear_down (AwUiTest *test,
                      gconstpointer name G_GNUC_UNUSED)
{
#if ADW_CHECK_VERSION(1, 5, 0)
  AdwDialog *dialog;

  /* They would hold what they show: they are not destroyed with their window. */
  while ((dialog = adw_window_get_visible_dialog (ADW_WINDOW (test->window))) != NULL)
    adw_dialog_force_close (dialog);
#endif
  gtk_window_destroy (GTK_WINDOW (test->window));
  aw_ui_test_settle ();
  g_assert_finalize_object (test->ui);
  g_clear_object (&test->engine);
  g_clear_object (&test->clock);
  aw_test_folder_free (test->folder);
}

static gboolean
on_timeout (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

void
aw_ui_test_settle (void)
{
  gboolean over = FALSE;
  guint id = g_timeout_add (250, on_timeout, &over);

  while (!over)
    g_main_context_iteration (NULL, TRUE);
  (void) id;
}

gboolean
aw_ui_test_wait (gboolean (*reached) (gpointer data),
                 gpointer data)
{
  gint64 end = g_get_monotonic_time () + 30 * G_USEC_PER_SEC;

  while (!reached (data))
    {
      if (g_get_monotonic_time () > end)
        return FALSE;
      if (!g_main_context_iteration (NULL, FALSE))
        g_usleep (2000);
    }
  return TRUE;
}

void
aw_ui_test_show (AwUiTest *test,
                 GtkWidget *child,
                 int width)
{
  adw_toast_overlay_set_child (test->overlay, child);
  gtk_window_set_default_size (GTK_WINDOW (test->window), width, 640);
  gtk_window_present (GTK_WINDOW (test->window));
  aw_ui_test_settle ();
}

void
aw_ui_test_check_width (GtkWidget *widget,
                        int most)
{
  int minimum;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  if (minimum > most)
    {
      /* Say whose fault it is. */
      for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
        {
          int least = 0;

          gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
          if (gtk_widget_get_visible (child) && least > most)
            aw_ui_test_check_width (child, most);
        }
      g_test_message ("%s is at least %d wide", G_OBJECT_TYPE_NAME (widget), minimum);
    }
  g_assert_cmpint (minimum, <=, most);
}

static gboolean
has_words (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget) && *gtk_label_get_text (GTK_LABEL (widget)) != '\0')
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (has_words (child))
      return TRUE;
  return FALSE;
}

/* GTK's and libadwaita's own: the button in a GtkMenuButton, the + of a spin
 * button, the window's buttons, the search button of the preferences, the eye
 * in a row for a password. */
static gboolean
is_part (GtkWidget *widget)
{
  GtkWidget *parent = gtk_widget_get_parent (widget);

  return GTK_IS_SPIN_BUTTON (parent) || (GTK_IS_BUTTON (widget) && gtk_widget_get_ancestor (widget, ADW_TYPE_ENTRY_ROW) != NULL) || GTK_IS_WINDOW_CONTROLS (parent) ||
         (GTK_IS_MENU_BUTTON (parent) && gtk_test_accessible_has_property (GTK_ACCESSIBLE (parent), GTK_ACCESSIBLE_PROPERTY_LABEL)) ||
         (GTK_IS_TOGGLE_BUTTON (widget) && gtk_widget_get_ancestor (widget, ADW_TYPE_HEADER_BAR) != NULL);
}

void
aw_ui_test_check_names (GtkWidget *widget)
{
  if (!gtk_widget_get_mapped (widget))
    return;
  /* GtkText and the like are parts of a control that carries the name. */
  if (gtk_widget_get_focusable (widget) && !GTK_IS_TEXT (widget) && !GTK_IS_SCROLLED_WINDOW (widget) && !GTK_IS_WINDOW (widget) &&
      !gtk_test_accessible_has_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL) &&
      !gtk_test_accessible_has_relation (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_RELATION_LABELLED_BY) && !has_words (widget) &&
      !is_part (widget))
    {
      GtkWidget *parent = gtk_widget_get_parent (widget);

      g_test_message ("a %s in a %s has no name", G_OBJECT_TYPE_NAME (widget), parent != NULL ? G_OBJECT_TYPE_NAME (parent) : "window");
      for (; parent != NULL; parent = gtk_widget_get_parent (parent))
        g_test_message ("  in a %s", G_OBJECT_TYPE_NAME (parent));
      g_test_fail ();
    }
  if (GTK_IS_BUTTON (widget) && gtk_test_accessible_has_relation (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_RELATION_LABELLED_BY))
    {
      const char *words = gtk_button_get_label (GTK_BUTTON (widget)); /* GTK's own name for it */
      g_autofree char *name = gtk_test_accessible_check_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, words != NULL ? words : "");

      if (name != NULL && gtk_test_accessible_has_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL))
        {
          g_test_message ("a button’s name is not said, since something labels it: %s", name);
          g_test_fail ();
        }
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    aw_ui_test_check_names (child);
}

guint
aw_ui_test_count_class (GtkWidget *widget,
                        const char *css_class)
{
  guint n = gtk_widget_get_mapped (widget) && gtk_widget_has_css_class (widget, css_class);

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    n += aw_ui_test_count_class (child, css_class);
  return n;
}

static GtkWidget *
find (GtkWidget *widget,
      GType type,
      guint *n)
{
  GtkWidget *found = NULL;

  if (g_type_is_a (G_OBJECT_TYPE (widget), type) && (*n)-- == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL; child = gtk_widget_get_next_sibling (child))
    found = find (child, type, n);
  return found;
}

GtkWidget *
aw_ui_test_find (GtkWidget *widget,
                 GType type,
                 guint n)
{
  return find (widget, type, &n);
}

GtkWidget *
aw_ui_test_find_button (const char *label)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);
      GtkWidget *button;

      for (guint j = 0; (button = aw_ui_test_find (GTK_WIDGET (window), GTK_TYPE_BUTTON, j)) != NULL; j++)
        if (g_strcmp0 (gtk_button_get_label (GTK_BUTTON (button)), label) == 0)
          return button;
    }
  return NULL;
}
