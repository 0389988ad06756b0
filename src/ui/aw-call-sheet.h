/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/aw-ui.h"

G_BEGIN_DECLS

void aw_call_sheet_present (AwUi *ui, GtkWidget *parent, const char *opportunity, const char *person, const char *key);

G_END_DECLS
