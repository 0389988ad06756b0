/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A coach's life comes in by the window: how long it is away from the user, who
 * may move it, type and cancel meanwhile. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/aw-loop-watch.h"
#include "support/aw-test-life.h"
#include "ui/aw-tour.h"
#include "ui/aw-transfer.h"
#include "ui/aw-ui-test.h"

static gint64 begun;

static void
lap (const char *what)
{
  AwLoopStretch stretch = aw_loop_watch_lap ();

  printf ("%-28s %8.1f ms in all; away at most %7.1f ms, of the processor %7.1f ms\n", what,
          (double) (g_get_monotonic_time () - begun) / 1000.0, (double) stretch.wall / 1000.0, (double) stretch.processor / 1000.0);
  begun = g_get_monotonic_time ();
}

/* The one that carries it out, once it is there. */
static GtkWidget *
find_import_button (AwTour *tour)
{
  GtkWidget *top = aw_tour_top (tour);

  return top != tour->window && aw_tour_find_type (top, "GtkCheckButton") != NULL ? gtk_window_get_default_widget (GTK_WINDOW (top)) : NULL;
}

int
main (int argc,
      char **argv)
{
  guint n = argc > 1 ? (guint) atoi (argv[1]) : 10000;
  AwTour tour = { 0 };
  g_autoptr (GBytes) bytes = aw_test_life_new (n, 30);
  g_autofree char *path = NULL;
  g_autoptr (GFile) file = NULL;
  GListModel *summaries;
  GtkWidget *button;

  gtk_init ();
  printf ("document of %.0f MB\n", (double) g_bytes_get_size (bytes) / 1e6);
  aw_tour_begin (&tour, NULL, AW_TOUR_LIGHT);
  summaries = aw_engine_get_summaries (tour.engine);
  path = g_build_filename (tour.folder, "life.json", NULL);
  file = g_file_new_for_path (path);
  g_assert_true (g_file_set_contents (path, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes), NULL));

  aw_loop_watch_begin ();
  begun = g_get_monotonic_time ();
  aw_transfer_import_file (tour.ui, tour.window, file);
  while ((button = find_import_button (&tour)) == NULL)
    aw_tour_iterate (20);
  lap ("read");
  aw_tour_iterate (3000);
  lap ("show");
  g_signal_emit_by_name (button, "clicked");
  while (g_list_model_get_n_items (summaries) < n)
    aw_tour_iterate (20);
  lap ("import");
  while (aw_engine_is_planning (tour.engine))
    aw_tour_iterate (20);
  aw_tour_iterate (500);
  lap ("plan");
  aw_tour_activate (&tour, "win.undo", NULL);
  while (g_list_model_get_n_items (summaries) > 0)
    aw_tour_iterate (20);
  aw_tour_iterate (500);
  lap ("undo");
  aw_loop_watch_end ();
  aw_tour_end (&tour);
  return 0;
}
