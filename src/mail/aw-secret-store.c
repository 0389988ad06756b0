/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "mail/aw-secret-store.h"

#include <glib/gi18n-lib.h>
#include <libsecret/secret.h>

G_DEFINE_INTERFACE (AwSecretStore, aw_secret_store, G_TYPE_OBJECT)
G_DEFINE_QUARK (aw-secret-error-quark, aw_secret_error)

static void
aw_secret_store_default_init (G_GNUC_UNUSED AwSecretStoreInterface *iface)
{
}

void
aw_secret_store_lookup_async (AwSecretStore *self,
                              AwAccount *account,
                              gboolean interactive,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer data)
{
  g_return_if_fail (AW_IS_SECRET_STORE (self) && AW_IS_ACCOUNT (account));

  AW_SECRET_STORE_GET_IFACE (self)->lookup_async (self, AW_ID (account), interactive, cancellable, callback, data);
}

/**
 * aw_secret_store_lookup_finish:
 * @self: a store
 * @result: what the callback was given
 * @error: return location: absent, locked, no service and dismissed are told apart
 *
 * Returns: (transfer full): the password, to be given to aw_secret_free(), or
 *   %NULL with @error set
 */
char *
aw_secret_store_lookup_finish (AwSecretStore *self,
                               GAsyncResult *result,
                               GError **error)
{
  g_return_val_if_fail (AW_IS_SECRET_STORE (self), NULL);

  return AW_SECRET_STORE_GET_IFACE (self)->lookup_finish (self, result, error);
}

void
aw_secret_store_store_async (AwSecretStore *self,
                             AwAccount *account,
                             const char *password,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer data)
{
  g_autofree char *label = NULL;

  g_return_if_fail (AW_IS_SECRET_STORE (self) && AW_IS_ACCOUNT (account) && password != NULL);

  /* Translators: how the keyring's own program lists the password; %s is an e-mail address */
  label = g_strdup_printf (_("Afterword: %s (SMTP)"), account->address != NULL ? account->address : "");
  AW_SECRET_STORE_GET_IFACE (self)->store_async (self, AW_ID (account), label, password, cancellable, callback, data);
}

gboolean
aw_secret_store_store_finish (AwSecretStore *self,
                              GAsyncResult *result,
                              GError **error)
{
  g_return_val_if_fail (AW_IS_SECRET_STORE (self), FALSE);

  return AW_SECRET_STORE_GET_IFACE (self)->store_finish (self, result, error);
}

void
aw_secret_store_clear_async (AwSecretStore *self,
                             AwAccount *account,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer data)
{
  g_return_if_fail (AW_IS_SECRET_STORE (self) && AW_IS_ACCOUNT (account));

  AW_SECRET_STORE_GET_IFACE (self)->clear_async (self, AW_ID (account), cancellable, callback, data);
}

gboolean
aw_secret_store_clear_finish (AwSecretStore *self,
                              GAsyncResult *result,
                              GError **error)
{
  g_return_val_if_fail (AW_IS_SECRET_STORE (self), FALSE);

  return AW_SECRET_STORE_GET_IFACE (self)->clear_finish (self, result, error);
}

static void
take_result (G_GNUC_UNUSED GObject *source,
             GAsyncResult *result,
             gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

static GAsyncResult *
wait_for (GAsyncResult **result,
          GMainContext *context)
{
  while (*result == NULL)
    g_main_context_iteration (context, TRUE);
  return *result;
}

/**
 * aw_secret_store_lookup:
 * @self: a store
 * @account: whose password
 * @interactive: whether the user may be asked to unlock the keyring
 * @cancellable: (nullable): ends the waiting
 * @error: return location
 *
 * Returns: (transfer full): as aw_secret_store_lookup_finish()
 */
char *
aw_secret_store_lookup (AwSecretStore *self,
                        AwAccount *account,
                        gboolean interactive,
                        GCancellable *cancellable,
                        GError **error)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (GAsyncResult) result = NULL;
  char *password;

  g_main_context_push_thread_default (context);
  aw_secret_store_lookup_async (self, account, interactive, cancellable, take_result, &result);
  password = aw_secret_store_lookup_finish (self, wait_for (&result, context), error);
  g_main_context_pop_thread_default (context);
  return password;
}

/**
 * aw_secret_store_store:
 * @self: a store
 * @account: whose password
 * @password: the password
 * @cancellable: (nullable): ends the waiting
 * @error: return location
 *
 * Returns: whether it is kept
 */
gboolean
aw_secret_store_store (AwSecretStore *self,
                       AwAccount *account,
                       const char *password,
                       GCancellable *cancellable,
                       GError **error)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (GAsyncResult) result = NULL;
  gboolean stored;

  g_main_context_push_thread_default (context);
  aw_secret_store_store_async (self, account, password, cancellable, take_result, &result);
  stored = aw_secret_store_store_finish (self, wait_for (&result, context), error);
  g_main_context_pop_thread_default (context);
  return stored;
}

/**
 * aw_secret_free:
 * @password: (nullable): a password
 *
 * Wipes and frees it.
 */
void
aw_secret_free (char *password)
{
  secret_password_free (password);
}
