/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/aw-ui.h"

G_BEGIN_DECLS

/* @person NULL: somebody new. */
void aw_person_dialog_present (AwUi *ui, GtkWidget *parent, const char *opportunity, const char *person);

G_END_DECLS
