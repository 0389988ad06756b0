/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "core/aw-facts.h"

G_BEGIN_DECLS

/* GNOME Online Accounts, over D-Bus, where somebody answers there (mail.md 2.3).
 * All of it blocks: for a thread, or the worker. */

/* What to do about it. The message is a sentence. */
#define AW_GOA_ERROR (aw_goa_error_quark ())
GQuark aw_goa_error_quark (void);

typedef enum
{
  AW_GOA_ERROR_NOT_THERE, /* nobody answers, or not now */
  AW_GOA_ERROR_GONE,      /* the account was removed there */
  AW_GOA_ERROR_ATTENTION, /* the user has to sign in again, there */
} AwGoaError;

/* Servers, user names and goa of the mail account with this address; FALSE without an error: there is none. */
gboolean aw_goa_find (const char *address, AwAccount *account, GCancellable *cancellable, GError **error);

/* @protocol: "smtp" or "imap". (transfer full), to be given to aw_secret_free(). */
char *aw_goa_get_secret (const char *goa, const char *protocol, gboolean *is_token, GCancellable *cancellable, GError **error);

G_END_DECLS
