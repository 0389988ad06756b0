/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/aw-ui.h"

G_BEGIN_DECLS

/* Back Up… and Restore… of the main menu. */
void aw_backup_ui_write (AwUi *ui, GtkWidget *parent);
void aw_backup_ui_restore (AwUi *ui, GtkWidget *parent);

/* Where the data cannot be opened: the newest good copy, or a file; @restored
 * is called when the facts are there again. */
typedef void (*AwBackupRestored) (gpointer data);
void aw_backup_ui_rescue (GtkWidget *parent, const char *database, AwDate today, AwBackupRestored restored, gpointer data);

G_END_DECLS
