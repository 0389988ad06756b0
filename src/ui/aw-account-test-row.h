/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mail/aw-secret-store.h"
#include "ui/aw-ui.h"

G_BEGIN_DECLS

/**
 * AwAccountTestRow:
 *
 * Tries the account as it is typed: the steps as they go well, then the
 * outcome in plain words, with the server's own under it. Signals: "pinned"
 * (char *): the user looked at the certificate and accepted it; "send-test":
 * the account is to be saved, and a message to oneself sent from it.
 */
#define AW_TYPE_ACCOUNT_TEST_ROW (aw_account_test_row_get_type ())
G_DECLARE_FINAL_TYPE (AwAccountTestRow, aw_account_test_row, AW, ACCOUNT_TEST_ROW, GtkBox)

typedef AwAccount *(*AwReadAccount) (gpointer data, GError **error); /* (transfer full) */
typedef char *(*AwReadPassword) (gpointer data);                      /* for aw_secret_free(); empty: the one in the keyring */

/* @data must live as long as the row. @outbox NULL: nothing is sent here. */
GtkWidget *aw_account_test_row_new (AwSecretStore *secrets, AwOutbox *outbox, AwReadAccount read, AwReadPassword password, gpointer data);
void aw_account_test_row_reset (AwAccountTestRow *self);
void aw_account_test_row_follow (AwAccountTestRow *self, const char *message);

G_END_DECLS
