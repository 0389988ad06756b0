/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/aw-agent-client.h"

#include <string.h>

#include "config.h"

#include <glib/gi18n-lib.h>

#include "store/aw-database.h"

/* A program that ends waits no longer than this for the bus, in microseconds. */
#define FLUSH_AT_MOST (2 * G_USEC_PER_SEC)

typedef struct
{
  const char *action; /* interned */
  gboolean start;  /* the agent, if it is down */
  char *database;  /* for "send" */
  char *subject;   /* for a button */
  char *key;
} Call;

typedef struct
{
  guint id;
  AwAgentChanged changed;
  gpointer data;
} Watch;

/* What the process knows about the bus. All in the main thread. */
static struct
{
  guint in_flight;
  gboolean refreshing;    /* a refresh is on its way … */
  gboolean refresh_again; /* … and something was committed since */
  gboolean spawned;
  GPtrArray *watches;
  guint last_watch;
  GDBusConnection *bus; /* a subscription alone does not keep it open */
  guint subscription;
} client;

static void
call_free (Call *call)
{
  g_free (call->database);
  g_free (call->subject);
  g_free (call->key);
  g_free (call);
}

static char *
object_path (void)
{
  char *path = g_strconcat ("/", AGENT_ID, NULL);

  return g_strdelimit (path, ".", '/');
}

/**
 * aw_agent_client_has_bus:
 *
 * Returns: whether there is a session bus; without an address GIO would try to
 *   start one of its own
 */
gboolean
aw_agent_client_has_bus (void)
{
  g_autofree char *socket = NULL;

  if (g_getenv ("DBUS_SESSION_BUS_ADDRESS") != NULL)
    return TRUE;
  socket = g_build_filename (g_get_user_runtime_dir (), "bus", NULL);
  return g_file_test (socket, G_FILE_TEST_EXISTS);
}

static gboolean
is_sandboxed (void)
{
  return g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS);
}

/**
 * aw_find_program:
 * @name: "afterword", "afterword-agent" or "afterword-send"
 *
 * Returns: (transfer full) (nullable): the path of that program of ours
 */
char *
aw_find_program (const char *name)
{
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = self != NULL ? g_path_get_dirname (self) : NULL;
  const char *room = g_str_has_suffix (name, "-send") ? "send" : g_str_has_suffix (name, "-agent") ? "agent" : "app";
  g_autofree char *beside = folder != NULL ? g_build_filename (folder, name, NULL) : NULL;
  g_autofree char *built = folder != NULL ? g_build_filename (folder, "..", room, name, NULL) : NULL;
  g_autofree char *installed = g_build_filename (BINDIR, name, NULL);
  const char *places[] = { beside, built, installed };

#ifdef AW_DEVEL
  const char *chosen = g_getenv (strcmp (room, "send") == 0    ? "AFTERWORD_SEND"
                                 : strcmp (room, "agent") == 0 ? "AFTERWORD_AGENT"
                                                               : "AFTERWORD_APP");

  if (chosen != NULL)
    return *chosen != '\0' ? g_strdup (chosen) : NULL;
#endif

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    if (places[i] != NULL && g_file_test (places[i], G_FILE_TEST_IS_EXECUTABLE))
      return g_strdup (places[i]);
  return NULL;
}

static gboolean
spawn (const char *name,
       const char *argument)
{
  g_autofree char *program = aw_find_program (name);
  g_autoptr(GError) error = NULL;
  const char *arguments[] = { program, argument, NULL };

  if (program == NULL)
    return FALSE;
  if (!g_spawn_async (NULL, (char **) arguments, NULL, G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, NULL, &error))
    {
      g_warning ("%s could not be started: %s", name, error->message);
      return FALSE;
    }
  return TRUE;
}

static void
start_worker (const char *database)
{
  g_autofree char *argument = g_strconcat ("--database=", database, NULL);

  spawn ("afterword-send", argument);
}

/* The bus has nobody by the agent's name and knows no file to start it by: a
 * run from the build folder. In Flatpak there is always such a file, and a
 * child would keep this sandbox alive. */
static void
start_by_hand (Call *call)
{
  if (!call->start || is_sandboxed ())
    return;
  if (!client.spawned && spawn ("afterword-agent", NULL))
    client.spawned = TRUE; /* it looks at everything when it starts */
  else if (call->database != NULL)
    start_worker (call->database);
}

static void
finish (Call *call)
{
  client.in_flight--;
  if (strcmp (call->action, "refresh") == 0)
    {
      client.refreshing = FALSE;
      if (client.refresh_again)
        {
          client.refresh_again = FALSE;
          aw_agent_client_refresh ();
        }
    }
  call_free (call);
}

static void
on_called (GObject *source,
           GAsyncResult *result,
           gpointer data)
{
  Call *call = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) reply = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  if (reply != NULL)
    client.spawned = FALSE; /* it may be started again if it goes away */
  else
    {
      g_debug ("The agent did not take \"%s\": %s", call->action, error->message);
      start_by_hand (call);
    }
  finish (call);
}

static void
on_bus (G_GNUC_UNUSED GObject *source,
        GAsyncResult *result,
        gpointer data)
{
  Call *call = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GDBusConnection) bus = g_bus_get_finish (result, &error);
  g_autofree char *path = NULL;
  GVariantBuilder parameters;

  if (bus == NULL)
    {
      g_debug ("No session bus: %s", error->message);
      if (call->database != NULL)
        start_worker (call->database);
      finish (call);
      return;
    }
  path = object_path ();
  g_variant_builder_init (&parameters, G_VARIANT_TYPE ("av"));
  if (call->subject != NULL)
    g_variant_builder_add (&parameters, "v", g_variant_new ("(ss)", call->subject, call->key));
  g_dbus_connection_call (bus, AGENT_ID, path, "org.freedesktop.Application", "ActivateAction",
                          g_variant_new ("(sava{sv})", call->action, &parameters, NULL), NULL,
                          call->start ? G_DBUS_CALL_FLAGS_NONE : G_DBUS_CALL_FLAGS_NO_AUTO_START, 25 * 1000, NULL,
                          on_called, call);
}

static Call *
say (const char *action,
     gboolean start)
{
  Call *call = g_new0 (Call, 1);

  call->action = g_intern_string (action);
  call->start = start;
  client.in_flight++;
  g_bus_get (G_BUS_TYPE_SESSION, NULL, on_bus, call);
  return call;
}

/**
 * aw_agent_client_refresh:
 *
 * Tells the agent that something was committed.
 */
void
aw_agent_client_refresh (void)
{
  if (client.refreshing)
    {
      client.refresh_again = TRUE;
      return;
    }
  if (!aw_agent_client_has_bus ())
    return;
  client.refreshing = TRUE;
  say ("refresh", TRUE);
}

/**
 * aw_agent_client_quit:
 *
 * Asks the agent to end; one that is down is not started for it.
 */
void
aw_agent_client_quit (void)
{
  if (aw_agent_client_has_bus ())
    say ("quit", FALSE);
}

/**
 * aw_agent_client_send:
 * @database: (nullable): the database whose outbox it is about; %NULL: the
 *   user's own
 *
 * Has sent what is due.
 */
void
aw_agent_client_send (const char *database)
{
  g_autofree char *own = aw_database_default_path ();

  if (database == NULL)
    database = own;
  if (g_strcmp0 (database, own) == 0 && aw_agent_client_has_bus ())
    say ("send", TRUE)->database = g_strdup (database);
  else
    start_worker (database);
}

/* A test reminder: the agent's action "test" has what came of it as its state. */
typedef struct
{
  AwAgentTested tested;
  gpointer data;
  guint tries;
  guint looks;
} Test;

/* An agent that was started by hand has so many half seconds to take its name. */
#define TRIES 10

/* A notification server that was started has so many to answer. */
#define LOOKS 20

static gboolean try_test (gpointer data);

static void
finish_test (Test *test,
             const char *problem)
{
  client.in_flight--;
  test->tested (problem, test->data);
  g_free (test);
}

static gboolean look_again (gpointer data);

static void
on_described (GObject *source,
              GAsyncResult *result,
              gpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) reply = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);
  g_autoptr(GVariantIter) state = NULL;
  g_autoptr(GVariant) value = NULL;
  const char *problem = NULL;

  if (reply == NULL)
    {
      finish_test (data, error->message);
      return;
    }
  g_variant_get (reply, "((bgav))", NULL, NULL, &state);
  if (g_variant_iter_next (state, "v", &value) && g_variant_is_of_type (value, G_VARIANT_TYPE_STRING))
    problem = g_variant_get_string (value, NULL);
  if (g_strcmp0 (problem, AW_AGENT_NO_ANSWER) == 0)
    {
      Test *test = data;

      if (test->looks++ < LOOKS)
        {
          g_timeout_add (500, look_again, test);
          return;
        }
      problem = _("The desktop’s notification service does not answer. Reminders come as soon as it does.");
    }
  finish_test (data, problem != NULL && *problem != '\0' ? problem : NULL);
}

static void
look (GDBusConnection *bus,
      Test *test)
{
  g_autofree char *path = object_path ();

  g_dbus_connection_call (bus, AGENT_ID, path, "org.gtk.Actions", "Describe", g_variant_new ("(s)", "test"),
                          G_VARIANT_TYPE ("((bgav))"), G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, NULL, on_described, test);
}

static void
on_bus_to_look (G_GNUC_UNUSED GObject *source,
                GAsyncResult *result,
                gpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GDBusConnection) bus = g_bus_get_finish (result, &error);

  if (bus == NULL)
    finish_test (data, error->message);
  else
    look (bus, data);
}

static gboolean
look_again (gpointer data)
{
  g_bus_get (G_BUS_TYPE_SESSION, NULL, on_bus_to_look, data);
  return G_SOURCE_REMOVE;
}

static void
on_tested (GObject *source,
           GAsyncResult *result,
           gpointer data)
{
  Test *test = data;
  GDBusConnection *bus = G_DBUS_CONNECTION (source);
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) reply = g_dbus_connection_call_finish (bus, result, &error);

  if (reply != NULL)
    {
      client.spawned = FALSE;
      look (bus, test);
      return;
    }
  if (!g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_SERVICE_UNKNOWN) || is_sandboxed () || test->tries++ >= TRIES)
    {
      finish_test (test, _("The program that reminds you could not be started."));
      return;
    }
  if (!client.spawned)
    client.spawned = spawn ("afterword-agent", NULL);
  g_timeout_add (500, try_test, test);
}

static void
on_bus_to_test (G_GNUC_UNUSED GObject *source,
                GAsyncResult *result,
                gpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GDBusConnection) bus = g_bus_get_finish (result, &error);
  g_autofree char *path = object_path ();

  if (bus == NULL)
    finish_test (data, error->message);
  else
    g_dbus_connection_call (bus, AGENT_ID, path, "org.freedesktop.Application", "ActivateAction",
                            g_variant_new ("(sava{sv})", "test", NULL, NULL), NULL, G_DBUS_CALL_FLAGS_NONE, 25 * 1000, NULL,
                            on_tested, data);
}

static gboolean
try_test (gpointer data)
{
  if (aw_agent_client_has_bus ())
    g_bus_get (G_BUS_TYPE_SESSION, NULL, on_bus_to_test, data);
  else
    finish_test (data, _("There is no session bus, so reminders cannot be shown."));
  return G_SOURCE_REMOVE;
}

/**
 * aw_agent_client_test:
 * @tested: called with what came of it
 * @data: for @tested
 *
 * Asks the agent for a test reminder.
 */
void
aw_agent_client_test (AwAgentTested tested,
                      gpointer data)
{
  Test *test = g_new0 (Test, 1);

  test->tested = tested;
  test->data = data;
  client.in_flight++;
  g_idle_add (try_test, test);
}

/**
 * aw_agent_client_act:
 * @action: what a button does
 * @subject: the id of an opportunity, or of a message
 * @key: the follow-up's key, "" for a message
 */
void
aw_agent_client_act (const char *action,
                     const char *subject,
                     const char *key)
{
  Call *call;

  if (!aw_agent_client_has_bus ())
    return;
  call = say (action, TRUE);
  call->subject = g_strdup (subject);
  call->key = g_strdup (key);
}

/**
 * aw_agent_client_flush:
 *
 * Waits, two seconds at most, until all that was said has been answered.
 */
void
aw_agent_client_flush (void)
{
  gint64 until = g_get_monotonic_time () + FLUSH_AT_MOST;

  while (client.in_flight > 0 && g_get_monotonic_time () < until)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (1000);
}

static void
on_signal (G_GNUC_UNUSED GDBusConnection *bus,
           G_GNUC_UNUSED const char *sender,
           G_GNUC_UNUSED const char *path,
           G_GNUC_UNUSED const char *interface,
           G_GNUC_UNUSED const char *signal,
           G_GNUC_UNUSED GVariant *parameters,
           G_GNUC_UNUSED gpointer data)
{
  for (guint i = client.watches->len; i > 0; i--)
    {
      Watch *watch = g_ptr_array_index (client.watches, i - 1);

      watch->changed (watch->data);
    }
}

static void
on_bus_to_watch (G_GNUC_UNUSED GObject *source,
                 GAsyncResult *result,
                 G_GNUC_UNUSED gpointer data)
{
  g_autoptr(GDBusConnection) bus = g_bus_get_finish (result, NULL);
  g_autofree char *path = NULL;

  if (bus == NULL || client.subscription != 0)
    return;
  path = object_path ();
  client.subscription = g_dbus_connection_signal_subscribe (bus, AGENT_ID, AW_AGENT_INTERFACE, AW_AGENT_SIGNAL, path, NULL,
                                                            G_DBUS_SIGNAL_FLAGS_NONE, on_signal, NULL, NULL);
  client.bus = g_steal_pointer (&bus);
}

/**
 * aw_agent_client_watch:
 * @changed: called each time the agent says that something was committed
 * @data: for @changed
 *
 * Returns: a number for aw_agent_client_unwatch()
 */
guint
aw_agent_client_watch (AwAgentChanged changed,
                       gpointer data)
{
  Watch *watch = g_new0 (Watch, 1);

  if (client.watches == NULL)
    client.watches = g_ptr_array_new_with_free_func (g_free);
  watch->id = ++client.last_watch;
  watch->changed = changed;
  watch->data = data;
  g_ptr_array_add (client.watches, watch);
  if (client.subscription == 0 && aw_agent_client_has_bus ())
    g_bus_get (G_BUS_TYPE_SESSION, NULL, on_bus_to_watch, NULL);
  return watch->id;
}

/**
 * aw_agent_client_unwatch:
 * @id: what aw_agent_client_watch() gave
 */
void
aw_agent_client_unwatch (guint id)
{
  for (guint i = 0; client.watches != NULL && i < client.watches->len; i++)
    if (((Watch *) g_ptr_array_index (client.watches, i))->id == id)
      {
        g_ptr_array_remove_index (client.watches, i);
        return;
      }
}
