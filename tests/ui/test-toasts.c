/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <adwaita.h>

#include "ui/aw-toasts.h"
#include "ui/aw-ui-test.h"

typedef struct
{
  GtkWidget *window, *overlay;
} Fixture;

static void
set_up (Fixture *fixture,
        gconstpointer data G_GNUC_UNUSED)
{
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", TRUE, NULL);
  fixture->window = gtk_window_new ();
  fixture->overlay = adw_toast_overlay_new ();
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (fixture->overlay), gtk_label_new ("Below"));
  gtk_window_set_child (GTK_WINDOW (fixture->window), fixture->overlay);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 500, 300);
  gtk_window_present (GTK_WINDOW (fixture->window));
  aw_ui_test_settle ();
}

static void
tear_down (Fixture *fixture,
           gconstpointer data G_GNUC_UNUSED)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  aw_ui_test_settle ();
}

static void
add_to_overlay (GtkWidget *overlay,
                AdwToast *toast)
{
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), toast);
}

static void
add (Fixture *fixture,
     AwToastKind kind,
     const char *title)
{
  AdwToast *toast = adw_toast_new (title);

  adw_toast_set_timeout (toast, 0);
  aw_toasts_add (fixture->overlay, add_to_overlay, kind, toast);
}

static gboolean
on_over (gpointer over)
{
  *(gboolean *) over = TRUE;
  return G_SOURCE_REMOVE;
}

/* Long enough for some frames, too short for an animation. */
static void
some_frames (void)
{
  gboolean over = FALSE;

  g_timeout_add (70, on_over, &over);
  while (!over)
    g_main_context_iteration (NULL, TRUE);
}

/* The titles that the overlay shows, each followed by a dot. */
static void
collect (GtkWidget *widget,
         GString *titles)
{
  if (GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget) && gtk_widget_get_ancestor (widget, GTK_TYPE_BUTTON) == NULL)
    g_string_append_printf (titles, "%s.", gtk_label_get_label (GTK_LABEL (widget)));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    collect (child, titles);
}

typedef struct
{
  GtkWidget *overlay;
  const char *titles;
} Wanted;

static gboolean
shows (gpointer data)
{
  Wanted *wanted = data;
  g_autoptr (GString) titles = g_string_new (NULL);

  collect (wanted->overlay, titles);
  return strcmp (titles->str, wanted->titles) == 0;
}

static void
assert_shows (Fixture *fixture,
              const char *titles)
{
  Wanted wanted = { fixture->overlay, titles };

  g_assert_true (aw_ui_test_wait (shows, &wanted));
}

/* Three and more changes within a second: libadwaita 1.2 crashed. */
static void
many_in_a_row (Fixture *fixture,
               gconstpointer data G_GNUC_UNUSED)
{
  for (guint i = 1; i <= 12; i++)
    {
      g_autofree char *title = g_strdup_printf ("Change %u", i);

      add (fixture, AW_TOAST_UNDO, title);
      some_frames ();
    }
  assert_shows (fixture, "Below.Change 12.");
  /* Again when all is quiet, and closed with a toast that has just come. */
  add (fixture, AW_TOAST_UNDO, "Change 13");
  assert_shows (fixture, "Below.Change 13.");
  add (fixture, AW_TOAST_UNDO, "Change 14");
  some_frames ();
}

static void
which_makes_way (Fixture *fixture,
                 gconstpointer data G_GNUC_UNUSED)
{
  AdwToast *undone;

  add (fixture, AW_TOAST_PLAIN, "Copied");
  assert_shows (fixture, "Below.Copied.");
  add (fixture, AW_TOAST_PLAIN, "Copied again");
  add (fixture, AW_TOAST_UNDO, "Deleted");
  assert_shows (fixture, "Below.Deleted.");
  add (fixture, AW_TOAST_STAYS, "Went wrong");
  add (fixture, AW_TOAST_UNDO, "Moved");
  assert_shows (fixture, "Below.Moved.");
  undone = adw_toast_new ("Undo me");
  g_object_ref (undone);
  aw_toasts_add (fixture->overlay, add_to_overlay, AW_TOAST_UNDO, undone);
  aw_toasts_withdraw (fixture->overlay, undone);
  g_object_unref (undone);
  /* What went wrong is not lost. */
  assert_shows (fixture, "Below.Went wrong.");
  add (fixture, AW_TOAST_UNDO, "Later");
  aw_ui_test_settle ();
  aw_ui_test_settle ();
  aw_ui_test_settle ();
  assert_shows (fixture, "Below.Went wrong.");
}

int
main (int argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add ("/toasts/many-in-a-row", Fixture, NULL, set_up, many_in_a_row, tear_down);
  g_test_add ("/toasts/which-makes-way", Fixture, NULL, set_up, which_makes_way, tear_down);
  return g_test_run ();
}
