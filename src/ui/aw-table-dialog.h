/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "exchange/aw-table.h"
#include "ui/aw-ui.h"

G_BEGIN_DECLS

/* Of a table from elsewhere: which column is what. @chosen begins to make the
 * import of it; it closes the dialog when that is done, or tells in one sentence
 * why it cannot be. */
typedef void (*AwColumnsChosen) (GtkWidget *dialog, AwTable *table, const AwColumn *columns, gpointer data);

/* Takes over @table, which stays while somebody holds the dialog; so does @data. */
GtkWidget *aw_table_dialog_present (GtkWidget *parent, const char *name, AwTable *table, AwColumnsChosen chosen, gpointer data, GDestroyNotify destroy);
void aw_table_dialog_tell (GtkWidget *dialog, const char *trouble);
gpointer aw_table_dialog_get_data (GtkWidget *dialog);

G_END_DECLS
