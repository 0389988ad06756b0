/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "core/aw-facts.h"

G_BEGIN_DECLS

/* What the caller does next (mail.md 2.4). The message is a sentence. */
#define AW_SECRET_ERROR (aw_secret_error_quark ())
GQuark aw_secret_error_quark (void);

typedef enum
{
  AW_SECRET_ERROR_NO_SERVICE, /* no keyring here: ask each session */
  AW_SECRET_ERROR_LOCKED,     /* have it unlocked (by the user's own action), then again */
  AW_SECRET_ERROR_DISMISSED,  /* the user did not unlock it: leave it at that */
  AW_SECRET_ERROR_NOT_FOUND,  /* ask for the password and store it */
  AW_SECRET_ERROR_DENIED,     /* the keyring refused: tell */
} AwSecretError;

/**
 * AwSecretStore:
 *
 * Where passwords are: nowhere else but in the user's keyring.
 */
#define AW_TYPE_SECRET_STORE (aw_secret_store_get_type ())
G_DECLARE_INTERFACE (AwSecretStore, aw_secret_store, AW, SECRET_STORE, GObject)

struct _AwSecretStoreInterface
{
  GTypeInterface parent_iface;

  void (*lookup_async) (AwSecretStore *self, const char *account, gboolean interactive, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
  char *(*lookup_finish) (AwSecretStore *self, GAsyncResult *result, GError **error);
  void (*store_async) (AwSecretStore *self, const char *account, const char *label, const char *password, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
  gboolean (*store_finish) (AwSecretStore *self, GAsyncResult *result, GError **error);
  void (*clear_async) (AwSecretStore *self, const char *account, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
  gboolean (*clear_finish) (AwSecretStore *self, GAsyncResult *result, GError **error);
};

/* The user's keyring is aw_libsecret_store_new ().
 *
 * @interactive: whether the user may be asked to unlock the keyring now. The
 * password is (transfer full), to be given to aw_secret_free(). */
void aw_secret_store_lookup_async (AwSecretStore *self, AwAccount *account, gboolean interactive, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
char *aw_secret_store_lookup_finish (AwSecretStore *self, GAsyncResult *result, GError **error);

/* Keeps @password under the account's id; may ask to unlock the keyring. */
void aw_secret_store_store_async (AwSecretStore *self, AwAccount *account, const char *password, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
gboolean aw_secret_store_store_finish (AwSecretStore *self, GAsyncResult *result, GError **error);

/* When the account is deleted; that there was none is no error. */
void aw_secret_store_clear_async (AwSecretStore *self, AwAccount *account, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
gboolean aw_secret_store_clear_finish (AwSecretStore *self, GAsyncResult *result, GError **error);

/* For programs without a loop of their own. */
char *aw_secret_store_lookup (AwSecretStore *self, AwAccount *account, gboolean interactive, GCancellable *cancellable, GError **error);
gboolean aw_secret_store_store (AwSecretStore *self, AwAccount *account, const char *password, GCancellable *cancellable, GError **error);

/* Wiped from memory, then freed. */
void aw_secret_free (char *password);

G_END_DECLS
