/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/aw-ui.h"

G_BEGIN_DECLS

/* A row of the sidebar's list: company, role and what is next. */
GtkListItemFactory *aw_sidebar_row_factory_new (void);
AwSummary *aw_sidebar_row_get_summary (GtkWidget *box);
void aw_sidebar_row_show_menu (GtkWidget *box, double x, double y);

G_END_DECLS
