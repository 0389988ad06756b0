/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* F1: how it is used, on one page, without a network or a help browser. */
void aw_help_present (GtkWidget *parent);

G_END_DECLS
