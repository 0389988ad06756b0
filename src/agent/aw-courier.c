/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/aw-courier.h"

#include "service/aw-agent-client.h"
#include "store/aw-outbox-watch.h"
#include "store/aw-revision.h"

/* A worker that left something due behind (a paused account, no network, a
 * crash) is not started again before so many seconds have gone by. */
#define REST (5 * 60)

/* A network that comes and goes tells of it many times: the worker is hurried
 * when it has been quiet for a while, and not too often, both in seconds. */
#define SETTLES 2
#define HURRY_REST 30

struct _AwCourier
{
  GObject parent_instance;

  AwEngine *engine;
  GCancellable *cancellable;
  gboolean out;   /* the worker runs */
  gboolean again; /* something was queued meanwhile */
  gint64 not_before; /* the worker need not be tried again … */
  gint64 revision;   /* … unless something was changed since this one */
  GNetworkMonitor *network; /* NULL: nothing was ever to be sent */
  guint settling;           /* the network changed */
  gint64 hurried;           /* when the worker was last, by the clock of the machine */
};

G_DEFINE_FINAL_TYPE (AwCourier, aw_courier, G_TYPE_OBJECT)

enum
{
  DONE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
rest (AwCourier *self)
{
  self->not_before = aw_engine_now (self->engine) + REST;
  self->revision = aw_revision_get (aw_engine_get_database (self->engine));
}

static void
on_worker_ended (GObject *source,
                 GAsyncResult *result,
                 gpointer data)
{
  g_autoptr(AwCourier) self = AW_COURIER (data);
  GSubprocess *worker = G_SUBPROCESS (source);
  g_autoptr(GError) error = NULL;
  gint64 now = aw_engine_now (self->engine);
  gint64 next;

  if (!g_subprocess_wait_finish (worker, result, &error))
    return; /* the agent ends; the worker finishes by itself */

  if (!g_subprocess_get_if_exited (worker))
    g_warning ("afterword-send was ended by signal %d", g_subprocess_get_term_sig (worker));
  else if (g_subprocess_get_exit_status (worker) != 0)
    g_message ("afterword-send ended with status %d", g_subprocess_get_exit_status (worker));

  self->out = FALSE;
  next = aw_outbox_watch_next (aw_engine_get_database (self->engine), aw_engine_now (self->engine));
  self->not_before = AW_NEVER;
  if (next != AW_NEVER && next <= now && !self->again)
    rest (self);
  self->again = FALSE;
  g_signal_emit (self, signals[DONE], 0);
}

/* The network ---------------------------------------------------------------- */

static void start (AwCourier *self, const char *argument);

/* What waits because nobody answered need not wait any longer. */
static gboolean
on_settled (gpointer data)
{
  AwCourier *self = data;
  gint64 now = g_get_monotonic_time ();

  self->settling = 0;
  if (g_network_monitor_get_connectivity (self->network) != G_NETWORK_CONNECTIVITY_FULL ||
      !aw_outbox_watch_waits_for_network (aw_engine_get_database (self->engine)))
    return G_SOURCE_REMOVE;
  if (self->out || (self->hurried != 0 && now - self->hurried < HURRY_REST * G_USEC_PER_SEC))
    {
      self->settling = g_timeout_add_seconds (HURRY_REST, on_settled, self);
      return G_SOURCE_REMOVE;
    }
  self->hurried = now;
  start (self, "--hurry");
  return G_SOURCE_REMOVE;
}

static void
on_network_changed (AwCourier *self)
{
  g_clear_handle_id (&self->settling, g_source_remove);
  if (g_network_monitor_get_connectivity (self->network) == G_NETWORK_CONNECTIVITY_FULL)
    self->settling = g_timeout_add_seconds (SETTLES, on_settled, self);
}

/* Who never sends need not listen to the network. */
static void
watch_network (AwCourier *self)
{
  if (self->network != NULL)
    return;
  self->network = g_object_ref (g_network_monitor_get_default ());
  g_signal_connect_object (self->network, "network-changed", G_CALLBACK (on_network_changed), self, G_CONNECT_SWAPPED);
  /* "network-changed" tells of routes; what NetworkManager finds out comes this way alone. */
  g_signal_connect_object (self->network, "notify::connectivity", G_CALLBACK (on_network_changed), self, G_CONNECT_SWAPPED);
}

/* GObject -------------------------------------------------------------------- */

static void
aw_courier_dispose (GObject *object)
{
  g_cancellable_cancel (AW_COURIER (object)->cancellable);
  g_clear_handle_id (&AW_COURIER (object)->settling, g_source_remove);

  G_OBJECT_CLASS (aw_courier_parent_class)->dispose (object);
}

static void
aw_courier_finalize (GObject *object)
{
  AwCourier *self = AW_COURIER (object);

  g_clear_object (&self->network);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->engine);

  G_OBJECT_CLASS (aw_courier_parent_class)->finalize (object);
}

static void
aw_courier_class_init (AwCourierClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = aw_courier_dispose;
  G_OBJECT_CLASS (klass)->finalize = aw_courier_finalize;

  signals[DONE] = g_signal_new ("done", AW_TYPE_COURIER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
aw_courier_init (AwCourier *self)
{
  self->cancellable = g_cancellable_new ();
  self->not_before = AW_NEVER;
}

/**
 * aw_courier_new:
 * @engine: whose outbox
 *
 * Returns: (transfer full): a courier. If a worker died with a message in its
 *   hands, another one is started to see to it
 */
AwCourier *
aw_courier_new (AwEngine *engine)
{
  AwCourier *self = g_object_new (AW_TYPE_COURIER, NULL);

  self->engine = g_object_ref (engine);
  if (aw_outbox_watch_is_sending (aw_engine_get_database (engine)))
    aw_courier_go (self);
  return self;
}

static void
start (AwCourier *self,
       const char *argument)
{
  g_autofree char *program = aw_find_program ("afterword-send");
  g_autoptr(GSubprocess) worker = NULL;
  g_autoptr(GError) error = NULL;

  if (program == NULL)
    {
      g_warning ("The program afterword-send is missing; nothing can be sent");
      rest (self);
      return;
    }
  worker = g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, &error, program, argument, NULL);
  if (worker == NULL)
    {
      g_warning ("afterword-send could not be started: %s", error->message);
      rest (self);
      return;
    }
  self->out = TRUE;
  g_subprocess_wait_async (worker, self->cancellable, on_worker_ended, g_object_ref (self));
}

/**
 * aw_courier_go:
 * @self: a courier
 *
 * Starts the worker, whether or not something is due by the clock; if it runs,
 * it is started once more afterwards.
 */
void
aw_courier_go (AwCourier *self)
{
  g_return_if_fail (AW_IS_COURIER (self));

  if (self->out)
    self->again = TRUE;
  else
    start (self, NULL);
}

/**
 * aw_courier_check:
 * @self: a courier
 *
 * Starts the worker if something is due.
 *
 * Returns: when to check again; %AW_NEVER: not before something changes
 */
gint64
aw_courier_check (AwCourier *self)
{
  gint64 now = aw_engine_now (self->engine);
  gint64 next;

  g_return_val_if_fail (AW_IS_COURIER (self), AW_NEVER);

  next = aw_outbox_watch_next (aw_engine_get_database (self->engine), aw_engine_now (self->engine));
  if (next == AW_NEVER)
    return AW_NEVER;
  watch_network (self);
  /* The clock may have been set back since. */
  if (self->not_before != AW_NEVER &&
      (self->not_before > now + REST || aw_revision_get (aw_engine_get_database (self->engine)) != self->revision))
    self->not_before = AW_NEVER;
  if (self->not_before != AW_NEVER && next <= self->not_before)
    next = self->not_before;
  if (next > now)
    return next;
  if (!self->out)
    aw_courier_go (self);
  return self->out ? AW_NEVER : self->not_before;
}

/**
 * aw_courier_is_out:
 * @self: a courier
 *
 * Returns: whether the worker runs
 */
gboolean
aw_courier_is_out (AwCourier *self)
{
  return self->out;
}
