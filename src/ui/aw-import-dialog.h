/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "exchange/aw-import.h"
#include "ui/aw-ui.h"

G_BEGIN_DECLS

/* What of a file is to be imported: takes over @import, and carries it out. */
void aw_import_dialog_present (AwUi *ui, GtkWidget *parent, const char *name, AwImport *import);

/* While something takes its time: a spinner and @text, with Cancel if that is
 * possible. It shows itself only when half a second has gone by; leave it with
 * aw_import_busy_end(), which closes it. */
typedef struct _AwImportBusy AwImportBusy;

AwImportBusy *aw_import_busy_begin (GtkWidget *parent, const char *text, GCancellable *cancellable);
void aw_import_busy_end (AwImportBusy *self);

G_END_DECLS
