/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * AwSection:
 *
 * A heading with an optional button beside it, and a list of rows below, which
 * is filled anew whenever the facts changed; the row that had the focus has it
 * afterwards.
 */
#define AW_TYPE_SECTION (aw_section_get_type ())
G_DECLARE_FINAL_TYPE (AwSection, aw_section, AW, SECTION, GtkBox)

GtkWidget *aw_section_new (const char *title);
void aw_section_set_title (AwSection *self, const char *title);
void aw_section_add_button (AwSection *self, const char *label, const char *action);
void aw_section_add_suffix (AwSection *self, GtkWidget *widget);
void aw_section_begin (AwSection *self);
void aw_section_add (AwSection *self, GtkWidget *row);
void aw_section_end (AwSection *self);
/* Instead of rows. */
void aw_section_set_content (AwSection *self, GtkWidget *content);

G_END_DECLS
