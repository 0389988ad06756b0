/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* An AdwEntryRow that offers known companies under it while one types. Down
 * goes into the list, Return takes one, Esc closes it, Tab goes on. */
GtkWidget *aw_company_row_new (const char *title, GListModel *summaries);

G_END_DECLS
