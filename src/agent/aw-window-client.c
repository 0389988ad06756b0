/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/aw-window-client.h"

#include "config.h"
#include "service/aw-agent-client.h"

/* A program that was started by hand has so many seconds to take its name. */
#define START_AT_MOST 10

typedef struct
{
  GDBusConnection *bus;
  char *action;
  char *subject;
  char *key;
  char *token;
  gboolean spawned;
  guint watch;
  guint timeout;
} Call;

static void send_call (Call *call);

static void
call_free (Call *call)
{
  g_clear_handle_id (&call->watch, g_bus_unwatch_name);
  g_clear_handle_id (&call->timeout, g_source_remove);
  g_clear_object (&call->bus);
  g_free (call->action);
  g_free (call->subject);
  g_free (call->key);
  g_free (call->token);
  g_free (call);
}

static void
on_window_appeared (G_GNUC_UNUSED GDBusConnection *bus,
                    G_GNUC_UNUSED const char *name,
                    G_GNUC_UNUSED const char *owner,
                    gpointer data)
{
  Call *call = data;

  g_clear_handle_id (&call->watch, g_bus_unwatch_name);
  g_clear_handle_id (&call->timeout, g_source_remove);
  send_call (call);
}

static gboolean
on_timeout (gpointer data)
{
  Call *call = data;

  call->timeout = 0;
  g_warning ("The window's program did not start");
  call_free (call);
  return G_SOURCE_REMOVE;
}

/* The bus knows no file to start the window's program by: a run from the build
 * folder. */
static gboolean
start_by_hand (Call *call)
{
  g_autofree char *program = aw_find_program ("afterword");
  g_autoptr(GSubprocess) window = NULL;
  g_autoptr(GError) error = NULL;

  if (call->spawned || program == NULL)
    return FALSE;
  window = g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, &error, program, "--gapplication-service", NULL);
  if (window == NULL)
    return FALSE;
  call->spawned = TRUE;
  call->timeout = g_timeout_add_seconds (START_AT_MOST, on_timeout, call);
  call->watch = g_bus_watch_name_on_connection (call->bus, APP_ID, G_BUS_NAME_WATCHER_FLAGS_NONE, on_window_appeared, NULL,
                                                call, NULL);
  return TRUE;
}

static void
on_called (GObject *source,
           GAsyncResult *result,
           gpointer data)
{
  Call *call = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) reply = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  if (reply == NULL)
    {
      if (g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_SERVICE_UNKNOWN) && start_by_hand (call))
        return;
      g_warning ("The window could not be opened: %s", error->message);
    }
  call_free (call);
}

static void
send_call (Call *call)
{
  g_autofree char *path = g_strdelimit (g_strconcat ("/", APP_ID, NULL), ".", '/');
  GVariantBuilder parameters;
  GVariantBuilder platform;

  g_variant_builder_init (&parameters, G_VARIANT_TYPE ("av"));
  g_variant_builder_add (&parameters, "v", g_variant_new ("(ss)", call->subject, call->key));
  g_variant_builder_init (&platform, G_VARIANT_TYPE_VARDICT);
  if (call->token != NULL)
    {
      g_variant_builder_add (&platform, "{sv}", "activation-token", g_variant_new_string (call->token));
      g_variant_builder_add (&platform, "{sv}", "desktop-startup-id", g_variant_new_string (call->token));
    }
  g_dbus_connection_call (call->bus, APP_ID, path, "org.freedesktop.Application", "ActivateAction",
                          g_variant_new ("(sava{sv})", call->action, &parameters, &platform), NULL, G_DBUS_CALL_FLAGS_NONE,
                          25 * 1000, NULL, on_called, call);
}

/**
 * aw_window_client_activate:
 * @bus: the session bus
 * @action: what to do
 * @subject: the id of an opportunity or a message, or ""
 * @key: (nullable): a follow-up's key
 * @token: (nullable): an activation token
 */
void
aw_window_client_activate (GDBusConnection *bus,
                           const char *action,
                           const char *subject,
                           const char *key,
                           const char *token)
{
  Call *call = g_new0 (Call, 1);

  call->bus = g_object_ref (bus);
  call->action = g_strdup (action);
  call->subject = g_strdup (subject);
  call->key = g_strdup (key != NULL ? key : "");
  call->token = g_strdup (token);
  send_call (call);
}
