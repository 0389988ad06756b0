/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/aw-ui.h"

G_BEGIN_DECLS

void aw_add_dialog_present (AwUi *ui, GtkWidget *parent);
/* A further round of @opportunity. */
void aw_add_dialog_present_round (AwUi *ui, GtkWidget *parent, const char *opportunity);

G_END_DECLS
