/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/aw-ui.h"

G_BEGIN_DECLS

/* Manage Templates: list, editor with live preview, reset to default. An
 * #AwPage: a subpage of the preferences, or alone in a dialog. */
GtkWidget *aw_templates_page_new (AwUi *ui);
void aw_templates_present (AwUi *ui, GtkWidget *parent);

G_END_DECLS
