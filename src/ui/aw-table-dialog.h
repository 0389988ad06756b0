/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "exchange/aw-table.h"
#include "ui/aw-ui.h"

G_BEGIN_DECLS

/* Of a table from elsewhere: which column is what. @chosen makes the import of
 * it, or tells in one sentence why it cannot; then the dialog stays. */
typedef gboolean (*AwColumnsChosen) (AwTable *table, const AwColumn *columns, gpointer data, GError **error);

/* Takes over @table. */
GtkWidget *aw_table_dialog_present (GtkWidget *parent, const char *name, AwTable *table, AwColumnsChosen chosen, gpointer data, GDestroyNotify destroy);

G_END_DECLS
