/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/aw-ui.h"

G_BEGIN_DECLS

/**
 * AwAccountIncoming:
 *
 * The part of an account's form that is about the server where its mail comes
 * in: copies in its Sent folder, and the look for replies. Signal "changed".
 */
#define AW_TYPE_ACCOUNT_INCOMING (aw_account_incoming_get_type ())
G_DECLARE_FINAL_TYPE (AwAccountIncoming, aw_account_incoming, AW, ACCOUNT_INCOMING, AdwExpanderRow)

GtkWidget *aw_account_incoming_new (void);
void aw_account_incoming_show (AwAccountIncoming *self, AwAccount *account, gboolean switches); /* FALSE: the servers alone */
/* Puts what stands here into @account; FALSE: @error is a sentence. */
gboolean aw_account_incoming_read (AwAccountIncoming *self, AwAccount *account, GError **error);

G_END_DECLS
