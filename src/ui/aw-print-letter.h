/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* @printed: FALSE if the user cancelled. */
typedef void (*AwLetterPrinted) (gboolean printed, const char *error, gpointer data);

/* Prints @text in large type, to be copied by hand, under the postal
 * address. @pdf: (nullable): into that file instead, without a dialog. */
void aw_print_letter (GtkWindow *parent, const char *address, const char *text, const char *pdf, AwLetterPrinted callback, gpointer data);

G_END_DECLS
