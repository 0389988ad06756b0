/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/aw-ui.h"

G_BEGIN_DECLS

/**
 * AwWindow:
 *
 * The main window: sidebar and content, or the first-run page. Its GActions
 * are listed in ui/aw-ui.h.
 */
#define AW_TYPE_WINDOW (aw_window_get_type ())
G_DECLARE_FINAL_TYPE (AwWindow, aw_window, AW, WINDOW, AdwApplicationWindow)

GtkWidget *aw_window_new (GtkApplication *application, AwUi *ui, GSettings *settings);
AwUi *aw_window_get_ui (AwWindow *self);
const char *aw_window_get_page (AwWindow *self); /* "empty" "today" "outbox" "overview" "detail" */

/* "Your Data Cannot Be Opened", instead of a window. */
GtkWidget *aw_trouble_window_new (GtkApplication *application, const char *path, const GError *error);

G_END_DECLS
