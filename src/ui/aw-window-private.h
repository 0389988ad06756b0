/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/aw-sidebar.h"
#include "ui/aw-window.h"

G_BEGIN_DECLS

/* Between aw-window.c (what is shown) and aw-window-actions.c (what happens). */
void aw_window_install_actions (AwWindow *self);
void aw_window_show_page (AwWindow *self, const char *page);
void aw_window_show_opportunity (AwWindow *self, const char *opportunity);
void aw_window_edit (AwWindow *self);
void aw_window_show_sidebar (AwWindow *self);
const char *aw_window_get_opportunity (AwWindow *self); /* NULL: none is shown */
AwSidebar *aw_window_get_sidebar (AwWindow *self);

G_END_DECLS
