/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/aw-ui.h"

G_BEGIN_DECLS

/* Manage Templates: list, editor with live preview, reset to default. */
GtkWidget *aw_template_editor_present (AwUi *ui, GtkWidget *parent);

G_END_DECLS
