/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/aw-background.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "service/aw-agent-client.h"
#include "service/aw-autostart.h"

#define PORTAL "org.freedesktop.portal.Desktop"
#define PORTAL_PATH "/org/freedesktop/portal/desktop"
#define BACKGROUND "org.freedesktop.portal.Background"
#define REQUEST "org.freedesktop.portal.Request"

typedef struct
{
  GDBusConnection *bus;
  guint subscription;
  gboolean on;
} Request;

static void
request_free (gpointer data)
{
  Request *request = data;

  if (request->subscription != 0)
    g_dbus_connection_signal_unsubscribe (request->bus, request->subscription);
  g_clear_object (&request->bus);
  g_free (request);
}

static gboolean
is_sandboxed (void)
{
  return g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS);
}

/**
 * aw_background_state_name:
 * @state: a state
 *
 * Returns: what stands in the setting "background-state"
 */
const char *
aw_background_state_name (AwBackgroundState state)
{
  switch (state)
    {
    case AW_BACKGROUND_GRANTED:
      return "granted";
    case AW_BACKGROUND_REFUSED:
      return "refused";
    case AW_BACKGROUND_UNAVAILABLE:
    default:
      return "unavailable";
    }
}

static void
finish (GTask *task,
        AwBackgroundState state)
{
  if (!g_task_get_completed (task))
    g_task_return_int (task, (gssize) state);
}

/* The user, or the desktop's settings, answered. */
static void
on_response (G_GNUC_UNUSED GDBusConnection *bus,
             G_GNUC_UNUSED const char *sender,
             G_GNUC_UNUSED const char *path,
             G_GNUC_UNUSED const char *interface,
             G_GNUC_UNUSED const char *signal,
             GVariant *parameters,
             gpointer data)
{
  GTask *task = G_TASK (data);
  Request *request = g_task_get_task_data (task);
  g_autoptr(GVariant) results = NULL;
  gboolean autostart = FALSE;
  guint32 response;

  g_variant_get (parameters, "(u@a{sv})", &response, &results);
  g_variant_lookup (results, "autostart", "b", &autostart);
  finish (task, response == 0 && autostart == request->on ? AW_BACKGROUND_GRANTED : AW_BACKGROUND_REFUSED);
  /* The subscription holds a reference of its own. */
  g_dbus_connection_signal_unsubscribe (request->bus, request->subscription);
  request->subscription = 0;
}

static void
on_requested (GObject *source,
              GAsyncResult *result,
              gpointer data)
{
  g_autoptr(GTask) task = data;
  Request *request = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) reply = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  if (reply != NULL)
    return; /* the answer comes as a signal */
  /* "No such interface": the desktop has no Background portal. */
  g_message ("Starting at login could not be asked for: %s", error->message);
  finish (task, AW_BACKGROUND_UNAVAILABLE);
  if (request->subscription != 0)
    {
      guint subscription = request->subscription;

      request->subscription = 0;
      g_dbus_connection_signal_unsubscribe (request->bus, subscription);
    }
}

static void
ask_portal (GTask *task,
            Request *request)
{
  static guint number;
  const char *command[] = { "afterword-agent", NULL };
  g_autofree char *token = g_strdup_printf ("afterword%u", ++number);
  g_autofree char *sender = g_strdelimit (g_strdup (g_dbus_connection_get_unique_name (request->bus) + 1), ".", '_');
  g_autofree char *path = g_strdup_printf (PORTAL_PATH "/request/%s/%s", sender, token);
  GVariantBuilder options;

  /* Before the call, so that an answer cannot come too early. */
  request->subscription = g_dbus_connection_signal_subscribe (request->bus, PORTAL, REQUEST, "Response", path, NULL,
                                                              G_DBUS_SIGNAL_FLAGS_NONE, on_response,
                                                              g_object_ref (task), g_object_unref);
  g_variant_builder_init (&options, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&options, "{sv}", "handle_token", g_variant_new_string (token));
  g_variant_builder_add (&options, "{sv}", "reason",
                         g_variant_new_string (_("Reminds you of follow-ups, and sends what you scheduled.")));
  g_variant_builder_add (&options, "{sv}", "autostart", g_variant_new_boolean (request->on));
  g_variant_builder_add (&options, "{sv}", "commandline", g_variant_new_strv (command, -1));
  g_dbus_connection_call (request->bus, PORTAL, PORTAL_PATH, BACKGROUND, "RequestBackground",
                          g_variant_new ("(sa{sv})", "", &options), G_VARIANT_TYPE ("(o)"), G_DBUS_CALL_FLAGS_NONE, -1,
                          NULL, on_requested, g_object_ref (task));
}

/**
 * aw_background_apply_async:
 * @bus: the session bus
 * @on: whether the agent shall start at login
 * @cancellable: (nullable): a cancellable
 * @callback: called when that is settled; a portal may ask the user first
 * @data: for @callback
 */
void
aw_background_apply_async (GDBusConnection *bus,
                           gboolean on,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer data)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, data);
  Request *request = g_new0 (Request, 1);
  g_autofree char *program = NULL;
  g_autoptr(GError) error = NULL;

  request->bus = g_object_ref (bus);
  request->on = on;
  g_task_set_task_data (task, request, request_free);
  if (is_sandboxed ())
    {
      ask_portal (task, request);
      return;
    }

  program = aw_find_program ("afterword-agent");
  if (program != NULL && aw_autostart_set (on, program, &error))
    finish (task, AW_BACKGROUND_GRANTED);
  else
    {
      if (error != NULL)
        g_message ("The file that starts Afterword at login could not be written: %s", error->message);
      finish (task, AW_BACKGROUND_UNAVAILABLE);
    }
}

/**
 * aw_background_apply_finish:
 * @result: what the callback was given
 *
 * Returns: what came of it
 */
AwBackgroundState
aw_background_apply_finish (GAsyncResult *result)
{
  gssize state = g_task_propagate_int (G_TASK (result), NULL);

  return state < 0 ? AW_BACKGROUND_UNAVAILABLE : (AwBackgroundState) state;
}

/**
 * aw_background_set_status:
 * @bus: the session bus
 * @message: one line for the desktop's list of what runs in the background
 *
 * Does nothing outside a sandbox, or where the portal is too old.
 */
void
aw_background_set_status (GDBusConnection *bus,
                          const char *message)
{
  GVariantBuilder options;

  if (!is_sandboxed ())
    return;
  g_variant_builder_init (&options, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&options, "{sv}", "message", g_variant_new_string (message));
  g_dbus_connection_call (bus, PORTAL, PORTAL_PATH, BACKGROUND, "SetStatus", g_variant_new ("(a{sv})", &options), NULL,
                          G_DBUS_CALL_FLAGS_NONE, -1, NULL, NULL, NULL);
}
