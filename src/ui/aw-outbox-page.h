/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/aw-ui.h"

G_BEGIN_DECLS

/* Outbox: what could not be sent, what waits, drafts and what was sent. An #AwPage. */
GtkWidget *aw_outbox_page_new (AwUi *ui);

/* What the sidebar's badge counts: failures, uncertain ones, and scheduled ones
 * that are due. To be asked again when aw_outbox_get_items() changes. */
guint aw_outbox_page_count (AwOutbox *outbox, gint64 now);

G_END_DECLS
