/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * AwChips:
 *
 * Short texts to insert by a click. Signal "chosen" (char *): the whole text.
 */
#define AW_TYPE_CHIPS (aw_chips_get_type ())
G_DECLARE_FINAL_TYPE (AwChips, aw_chips, AW, CHIPS, GtkBox)

GtkWidget *aw_chips_new (const char *heading);
void aw_chips_set_texts (AwChips *self, const char *const *texts);

G_END_DECLS
