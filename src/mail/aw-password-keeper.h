/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define AW_PASSWORD_AT_MOST 1024 /* bytes */

/**
 * AwPasswordKeeper:
 *
 * Passwords that are asked for each session: for as long as the window is open,
 * in memory that is not written to the swap and not into a core dump, wiped
 * when they go.
 */
#define AW_TYPE_PASSWORD_KEEPER (aw_password_keeper_get_type ())
G_DECLARE_FINAL_TYPE (AwPasswordKeeper, aw_password_keeper, AW, PASSWORD_KEEPER, GObject)

AwPasswordKeeper *aw_password_keeper_new (void);

/* FALSE: empty, or too long for any. */
gboolean aw_password_keeper_keep (AwPasswordKeeper *self, const char *account, const char *password);
gboolean aw_password_keeper_has (AwPasswordKeeper *self, const char *account);
/* (transfer none), until it is forgotten or another one is kept; NULL: none. */
const char *aw_password_keeper_look_up (AwPasswordKeeper *self, const char *account);
void aw_password_keeper_forget (AwPasswordKeeper *self, const char *account);

/* Starts the worker @program over @database (NULL: the user's own), hands it
 * all that is kept through a pipe, and waits for its end. What waits for a
 * password is tried at once. */
void aw_password_keeper_hand_over_async (AwPasswordKeeper *self, const char *program, const char *database, GAsyncReadyCallback callback, gpointer data);
gboolean aw_password_keeper_hand_over_finish (AwPasswordKeeper *self, GAsyncResult *result, GError **error);

G_END_DECLS
