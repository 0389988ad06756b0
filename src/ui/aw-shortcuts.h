/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/aw-compat.h"

G_BEGIN_DECLS

/* The one table of keys (ux.md §2): accelerators of the application, and what
 * the shortcuts dialog shows. */
void aw_shortcuts_install (GtkApplication *application);
void aw_shortcuts_show (GtkWidget *parent);

G_END_DECLS
