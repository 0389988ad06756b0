/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/aw-ui.h"

G_BEGIN_DECLS

/**
 * AwOutboxPage:
 *
 * What could not be sent, what waits, drafts and what was sent. An #AwPage is
 * inside.
 *
 * Properties: "badge" (uint, notified): what the sidebar's badge counts:
 * failures, uncertain ones, and scheduled ones that are due.
 */
#define AW_TYPE_OUTBOX_PAGE (aw_outbox_page_get_type ())
G_DECLARE_FINAL_TYPE (AwOutboxPage, aw_outbox_page, AW, OUTBOX_PAGE, AdwBin)

GtkWidget *aw_outbox_page_new (AwUi *ui);
guint aw_outbox_page_get_badge (AwOutboxPage *self);
void aw_outbox_page_set_narrow (AwOutboxPage *self, gboolean narrow);

G_END_DECLS
