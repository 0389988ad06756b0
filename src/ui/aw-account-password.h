/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mail/aw-password-keeper.h"
#include "ui/aw-ui.h"

G_BEGIN_DECLS

/**
 * AwAsker:
 *
 * Asks for the passwords that no keyring holds, keeps them while the window is
 * open, and hands them to the worker when a message waits for one.
 */
#define AW_TYPE_ASKER (aw_asker_get_type ())
G_DECLARE_FINAL_TYPE (AwAsker, aw_asker, AW, ASKER, GObject)

AwAsker *aw_asker_get (AwUi *ui); /* (transfer none), made when it is first wanted */

/* Whether @account sends only after the user has been asked for its password. */
gboolean aw_asker_must_ask (AwAsker *self, AwAccount *account);
/* What was typed elsewhere, or has been asked for: what waits for it leaves. */
gboolean aw_asker_keep (AwAsker *self, const char *account, const char *password);
const char *aw_asker_look_up (AwAsker *self, const char *account); /* (transfer none) or NULL */
void aw_asker_forget (AwAsker *self, const char *account);

/* @given: whether there is a password now. */
typedef void (*AwAsked) (gboolean given, gpointer data);
void aw_asker_ask (AwAsker *self, GtkWidget *parent, const char *account, AwAsked asked, gpointer data);

/* Has the keyring unlocked, by the user's own action, and what waits for it sent. */
void aw_asker_unlock (AwAsker *self, GtkWidget *parent, const char *account);

/* Why a queued message waits for the user. */
typedef enum
{
  AW_WAITS_FOR_NOTHING,
  AW_WAITS_FOR_PASSWORD,
  AW_WAITS_FOR_KEYRING,
} AwWaitsFor;

AwWaitsFor aw_outbox_item_waits_for (AwOutboxItem *item);

G_END_DECLS
