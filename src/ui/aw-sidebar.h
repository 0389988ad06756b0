/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/aw-ui.h"

G_BEGIN_DECLS

/**
 * AwSidebar:
 *
 * Today, Outbox and Overview with their badges, and the interviews: filtered,
 * sorted, searched. Signals: "page" (const char *), "opportunity" (const char *)
 * when the user chose one.
 */
#define AW_TYPE_SIDEBAR (aw_sidebar_get_type ())
G_DECLARE_FINAL_TYPE (AwSidebar, aw_sidebar, AW, SIDEBAR, AdwBin)

GtkWidget *aw_sidebar_new (AwUi *ui, GSettings *settings, GMenuModel *primary_menu);
void aw_sidebar_select_page (AwSidebar *self, const char *page);
void aw_sidebar_select_opportunity (AwSidebar *self, const char *opportunity);
void aw_sidebar_unselect (AwSidebar *self);
const char *aw_sidebar_get_neighbour (AwSidebar *self, const char *opportunity, int step); /* NULL: none */
void aw_sidebar_search (AwSidebar *self); /* opens the search bar */
void aw_sidebar_capture_keys (AwSidebar *self, GtkWidget *window);
void aw_sidebar_open_menu (AwSidebar *self);
void aw_sidebar_set_badge (AwSidebar *self, const char *page, guint n, gboolean hot);

G_END_DECLS
