/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/aw-ui.h"

G_BEGIN_DECLS

/* Returns: an AwPage with all that is known about one opportunity. It follows
 * each change; what it offers are the actions "detail.…". */
GtkWidget *aw_detail_page_new (AwUi *ui, const char *opportunity);

G_END_DECLS
