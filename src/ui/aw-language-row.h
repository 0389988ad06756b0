/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

GtkWidget *aw_language_row_new (const char *title, const char *subtitle, const char *standard, const char *language);
const char *aw_language_row_get (GtkWidget *row); /* NULL: the standard */

G_END_DECLS
