/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/aw-ui.h"

G_BEGIN_DECLS

/* Mail Account: adds one (@account NULL or ""), or changes one by its id. */
void aw_account_dialog_present (AwUi *ui, GtkWidget *parent, const char *account);

G_END_DECLS
