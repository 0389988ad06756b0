/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/aw-ui.h"

G_BEGIN_DECLS

/**
 * AwOutboxRow:
 *
 * One message on the Outbox page: what it is, how it stands, and what can be
 * done about it.
 */
#define AW_TYPE_OUTBOX_ROW (aw_outbox_row_get_type ())
G_DECLARE_FINAL_TYPE (AwOutboxRow, aw_outbox_row, AW, OUTBOX_ROW, GtkListBoxRow)

GtkWidget *aw_outbox_row_new (AwUi *ui, AwOutboxItem *item, gboolean narrow, gboolean first);
void aw_outbox_row_update (AwOutboxRow *self); /* the time that has passed */
void aw_outbox_row_set_narrow (AwOutboxRow *self, gboolean narrow);
void aw_outbox_row_open (AwOutboxRow *self);

gboolean aw_outbox_item_is_missed (AwOutboxItem *item, gint64 now);

G_END_DECLS
