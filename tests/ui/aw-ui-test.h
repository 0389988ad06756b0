/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/aw-ui.h"

G_BEGIN_DECLS

/* A database of its own in which the facts of tests/ui/data/NAME.json are, at
 * ten o'clock on Thursday 5 March 2026, and a window for the widget to be in. */
typedef struct
{
  char *folder;
  AwClock *clock;
  AwEngine *engine;
  AwUi *ui;
  GtkWidget *window;
  AdwToastOverlay *overlay;
} AwUiTest;

void aw_ui_test_forgive_gtk (void); /* one known warning of GTK 4.8, until the test ends; set_up does it too */
void aw_ui_test_set_up (AwUiTest *test, gconstpointer name);
void aw_ui_test_tear_down (AwUiTest *test, gconstpointer name);
void aw_ui_test_show (AwUiTest *test, GtkWidget *child, int width);
void aw_ui_test_settle (void); /* until nothing is left to do, half a second at most */
gboolean aw_ui_test_wait (gboolean (*reached) (gpointer data), gpointer data); /* 5 s at most */

/* The rules of ux.md §5 that hold for every page. */
void aw_ui_test_check_width (GtkWidget *widget, int most);
void aw_ui_test_check_names (GtkWidget *widget);
guint aw_ui_test_count_class (GtkWidget *widget, const char *css_class); /* shown ones */
GtkWidget *aw_ui_test_find (GtkWidget *widget, GType type, guint n);      /* the n-th below, NULL: none */
GtkWidget *aw_ui_test_find_button (const char *label);                      /* in any window, NULL: none */

G_END_DECLS
