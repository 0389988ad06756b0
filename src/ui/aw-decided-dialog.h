/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/aw-ui.h"

G_BEGIN_DECLS

/* They Decided…: any status, since when, and what else changes with it. */
void aw_decided_dialog_present (AwUi *ui, GtkWidget *parent, const char *opportunity);

G_END_DECLS
