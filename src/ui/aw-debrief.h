/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/aw-ui.h"

G_BEGIN_DECLS

/* What to write down after an interview (R2). @interview NULL: the last that
 * ended. Each answer is kept as it is given. */
void aw_debrief_present (AwUi *ui, GtkWidget *parent, const char *opportunity, const char *interview);

G_END_DECLS
