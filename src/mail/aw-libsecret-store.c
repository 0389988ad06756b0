/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "mail/aw-libsecret-store.h"

#include <glib/gi18n-lib.h>
#include <libsecret/secret.h>

struct _AwLibsecretStore
{
  GObject parent_instance;
};

static void aw_libsecret_store_iface_init (AwSecretStoreInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (AwLibsecretStore, aw_libsecret_store, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (AW_TYPE_SECRET_STORE, aw_libsecret_store_iface_init))

#define PROTOCOL "smtp"

/* The account's id, not its host or name: those change. */
static const SecretSchema schema = {
  .name = "app.afterword.Afterword.Account",
  .flags = SECRET_SCHEMA_NONE,
  .attributes = { { "account", SECRET_SCHEMA_ATTRIBUTE_STRING }, { "protocol", SECRET_SCHEMA_ATTRIBUTE_STRING } },
};

typedef struct
{
  char *account;
  gboolean interactive;
  gboolean asked; /* the user, to unlock */
} Lookup;

static void
lookup_free (gpointer data)
{
  Lookup *lookup = data;

  g_free (lookup->account);
  g_free (lookup);
}

/* Whatever way there is no keyring: no bus, nobody on it, no portal. */
static GError *
translate (GError *error)
{
  int code = AW_SECRET_ERROR_DENIED;
  const char *sentence = NULL;
  GError *mine;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return g_error_copy (error);
  if (g_error_matches (error, SECRET_ERROR, SECRET_ERROR_IS_LOCKED))
    {
      code = AW_SECRET_ERROR_DISMISSED;
      sentence = _("The keyring is locked.");
    }
  else if (error->domain == G_DBUS_ERROR &&
           (error->code == G_DBUS_ERROR_ACCESS_DENIED || error->code == G_DBUS_ERROR_AUTH_FAILED))
    sentence = _("The keyring may not be used here.");
  else if (error->domain == G_DBUS_ERROR || error->domain == G_IO_ERROR || error->domain == G_SPAWN_ERROR)
    {
      code = AW_SECRET_ERROR_NO_SERVICE;
      sentence = _("There is no keyring to keep the password in.");
    }
  if (sentence != NULL)
    return g_error_new_literal (AW_SECRET_ERROR, code, sentence);

  mine = g_error_new (AW_SECRET_ERROR, code, _("The keyring failed: %s"), error->message);
  return mine;
}

/* Lookup ------------------------------------------------------------------- */

static void search (GTask *task);

static void
on_secret (GObject *source,
           GAsyncResult *result,
           gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SecretValue) value = secret_retrievable_retrieve_secret_finish (SECRET_RETRIEVABLE (source), result, &error);
  const char *text = value != NULL ? secret_value_get_text (value) : NULL;
  char *password;

  if (text == NULL)
    {
      g_task_return_error (task, error != NULL ? translate (error)
                                               : g_error_new_literal (AW_SECRET_ERROR, AW_SECRET_ERROR_NOT_FOUND,
                                                                      _("There is no password in the keyring.")));
      return;
    }
  /* Non-pageable, wiped by secret_password_free(). */
  password = secret_value_unref_to_password (g_steal_pointer (&value), NULL);
  g_task_return_pointer (task, password, (GDestroyNotify) secret_password_free);
}

static void
on_unlocked (GObject *source,
             GAsyncResult *result,
             gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;

  if (secret_service_unlock_finish (SECRET_SERVICE (source), result, NULL, &error) < 0)
    g_task_return_error (task, translate (error));
  else
    search (g_steal_pointer (&task));
}

static void
unlock (GTask *task,
        SecretItem *item)
{
  GList items = { .data = item };

  secret_service_unlock (secret_item_get_service (item), &items, g_task_get_cancellable (task), on_unlocked, task);
}

static void
on_found (G_GNUC_UNUSED GObject *source,
          GAsyncResult *result,
          gpointer data)
{
  g_autoptr (GTask) task = data;
  Lookup *lookup = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  GList *items = secret_password_search_finish (result, &error);
  SecretRetrievable *open = NULL, *locked = NULL;
  GCancellable *cancellable = g_task_get_cancellable (task); /* the order of arguments is anybody's */

  for (GList *l = items; l != NULL; l = l->next)
    if (SECRET_IS_ITEM (l->data) && secret_item_get_locked (l->data))
      locked = l->data;
    else if (open == NULL)
      open = l->data;

  if (error != NULL)
    g_task_return_error (task, translate (error));
  else if (open != NULL)
    secret_retrievable_retrieve_secret (open, cancellable, on_secret, g_steal_pointer (&task));
  else if (locked == NULL)
    g_task_return_new_error (task, AW_SECRET_ERROR, AW_SECRET_ERROR_NOT_FOUND, "%s",
                             _("There is no password in the keyring."));
  else if (!lookup->interactive)
    g_task_return_new_error (task, AW_SECRET_ERROR, AW_SECRET_ERROR_LOCKED, "%s", _("The keyring is locked."));
  else if (lookup->asked)
    g_task_return_new_error (task, AW_SECRET_ERROR, AW_SECRET_ERROR_DISMISSED, "%s", _("The keyring was not unlocked."));
  else
    {
      lookup->asked = TRUE;
      unlock (g_steal_pointer (&task), SECRET_ITEM (locked));
    }
  g_list_free_full (items, g_object_unref);
}

/* A plain lookup answers "no such password" for a locked keyring: searching
 * without unlocking tells the two apart, and asks nobody. */
static void
search (GTask *task)
{
  Lookup *lookup = g_task_get_task_data (task);

  secret_password_search (&schema, SECRET_SEARCH_ALL, g_task_get_cancellable (task), on_found, task, "account",
                          lookup->account, "protocol", PROTOCOL, NULL);
}

static void
lookup_async (AwSecretStore *self,
              const char *account,
              gboolean interactive,
              GCancellable *cancellable,
              GAsyncReadyCallback callback,
              gpointer data)
{
  GTask *task = g_task_new (self, cancellable, callback, data);
  Lookup *lookup = g_new0 (Lookup, 1);

  lookup->account = g_strdup (account);
  lookup->interactive = interactive;
  g_task_set_task_data (task, lookup, lookup_free);
  search (task);
}

static char *
lookup_finish (G_GNUC_UNUSED AwSecretStore *self,
               GAsyncResult *result,
               GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Store and clear ---------------------------------------------------------- */

static void
on_stored (G_GNUC_UNUSED GObject *source,
           GAsyncResult *result,
           gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;

  if (secret_password_store_finish (result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, translate (error));
}

static void
store_async (AwSecretStore *self,
             const char *account,
             const char *label,
             const char *password,
             GCancellable *cancellable,
             GAsyncReadyCallback callback,
             gpointer data)
{
  GTask *task = g_task_new (self, cancellable, callback, data);

  secret_password_store (&schema, SECRET_COLLECTION_DEFAULT, label, password, cancellable, on_stored, task, "account", account,
                         "protocol", PROTOCOL, NULL);
}

static gboolean
finish (G_GNUC_UNUSED AwSecretStore *self,
        GAsyncResult *result,
        GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
on_cleared (G_GNUC_UNUSED GObject *source,
            GAsyncResult *result,
            gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;

  if (!secret_password_clear_finish (result, &error) && error != NULL)
    g_task_return_error (task, translate (error));
  else
    g_task_return_boolean (task, TRUE);
}

static void
clear_async (AwSecretStore *self,
             const char *account,
             GCancellable *cancellable,
             GAsyncReadyCallback callback,
             gpointer data)
{
  GTask *task = g_task_new (self, cancellable, callback, data);

  secret_password_clear (&schema, cancellable, on_cleared, task, "account", account, "protocol", PROTOCOL, NULL);
}

static void
aw_libsecret_store_iface_init (AwSecretStoreInterface *iface)
{
  iface->lookup_async = lookup_async;
  iface->lookup_finish = lookup_finish;
  iface->store_async = store_async;
  iface->store_finish = finish;
  iface->clear_async = clear_async;
  iface->clear_finish = finish;
}

static void
aw_libsecret_store_class_init (G_GNUC_UNUSED AwLibsecretStoreClass *klass)
{
}

static void
aw_libsecret_store_init (G_GNUC_UNUSED AwLibsecretStore *self)
{
}

/**
 * aw_libsecret_store_new:
 *
 * Returns: (transfer full): the user's keyring
 */
AwSecretStore *
aw_libsecret_store_new (void)
{
  return g_object_new (AW_TYPE_LIBSECRET_STORE, NULL);
}
