/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/aw-ui.h"

G_BEGIN_DECLS

/* Before You Leave (rules.md §4). @interview NULL: the next one, else the last. */
void aw_checklist_present (AwUi *ui, GtkWidget *parent, const char *opportunity, const char *interview);

G_END_DECLS
