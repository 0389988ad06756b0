/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/aw-scheduler.h"

#include <errno.h>
#include <glib-unix.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include "core/aw-types.h"

/* A disarmed timer is not told that the clock was set: with nothing to do it
 * is armed for a day that does not come. */
#define FAR_AWAY (10LL * 365 * AW_DAY)

struct _AwScheduler
{
  GObject parent_instance;

  AwClock *clock;
  gint64 at; /* AW_NEVER: nothing to wait for */
  int fd;
  GSource *source;
};

G_DEFINE_FINAL_TYPE (AwScheduler, aw_scheduler, G_TYPE_OBJECT)

enum
{
  WAKE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
arm (AwScheduler *self)
{
  gint64 at = self->at != AW_NEVER ? self->at : aw_clock_now (self->clock) + FAR_AWAY;
  gint64 system_at = aw_clock_to_system (self->clock, at);
  struct itimerspec spec = { { 0, 0 }, { 0, 0 } };

  if (self->fd < 0 || system_at == AW_NEVER)
    return;

  /* Both zero would disarm it; what is past fires at once. */
  spec.it_value.tv_sec = MAX (system_at, 0);
  spec.it_value.tv_nsec = system_at > 0 ? 0 : 1;

  /* ECANCELED: the clock was set between two calls. The sweep that follows
   * each wake-up looks at the clock again, so arming once more is enough. */
  for (int i = 0; i < 8; i++)
    if (timerfd_settime (self->fd, TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET, &spec, NULL) == 0 || errno != ECANCELED)
      break;
}

static gboolean
on_readable (int fd,
             G_GNUC_UNUSED GIOCondition condition,
             gpointer data)
{
  g_autoptr(AwScheduler) self = g_object_ref (data);
  guint64 times;

  if (read (fd, &times, sizeof times) < 0)
    {
      /* The clock was set, or the machine was suspended. */
      if (errno == ECANCELED)
        aw_clock_emit_changed (self->clock);
      return G_SOURCE_CONTINUE;
    }

  if (self->at != AW_NEVER && aw_clock_now (self->clock) >= self->at)
    g_signal_emit (self, signals[WAKE], 0);
  else
    arm (self);
  return G_SOURCE_CONTINUE;
}

static void
on_clock_changed (AwScheduler *self)
{
  arm (self);
  g_signal_emit (self, signals[WAKE], 0);
}

static void
aw_scheduler_finalize (GObject *object)
{
  AwScheduler *self = AW_SCHEDULER (object);

  if (self->source != NULL)
    {
      g_source_destroy (self->source);
      g_source_unref (self->source);
    }
  if (self->fd >= 0)
    close (self->fd);
  g_clear_object (&self->clock);

  G_OBJECT_CLASS (aw_scheduler_parent_class)->finalize (object);
}

static void
aw_scheduler_class_init (AwSchedulerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = aw_scheduler_finalize;

  /**
   * AwScheduler::wake:
   * @self: a scheduler
   *
   * The instant has come, or the clock or the zone is another one.
   */
  signals[WAKE] = g_signal_new ("wake", AW_TYPE_SCHEDULER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
aw_scheduler_init (AwScheduler *self)
{
  self->at = AW_NEVER;
  self->fd = -1;
}

/**
 * aw_scheduler_new:
 * @clock: the clock to go by
 *
 * Returns: (transfer full): a scheduler in the thread-default main context,
 *   set to nothing
 */
AwScheduler *
aw_scheduler_new (AwClock *clock)
{
  AwScheduler *self;

  g_return_val_if_fail (AW_IS_CLOCK (clock), NULL);

  self = g_object_new (AW_TYPE_SCHEDULER, NULL);
  self->clock = g_object_ref (clock);
  self->fd = timerfd_create (CLOCK_REALTIME, TFD_NONBLOCK | TFD_CLOEXEC);
  if (self->fd < 0)
    g_warning ("No timer: %s", g_strerror (errno));
  else
    {
      self->source = g_unix_fd_source_new (self->fd, G_IO_IN);
      g_source_set_callback (self->source, G_SOURCE_FUNC (on_readable), self, NULL);
      g_source_set_static_name (self->source, "afterword: alarm");
      g_source_attach (self->source, g_main_context_get_thread_default ());
    }
  g_signal_connect_object (clock, "changed", G_CALLBACK (on_clock_changed), self, G_CONNECT_SWAPPED);
  arm (self);
  return self;
}

/**
 * aw_scheduler_set:
 * @self: a scheduler
 * @at: when to wake, in seconds since 1970; %AW_NEVER: only when the clock or
 *   the zone changes. What is past wakes at once
 */
void
aw_scheduler_set (AwScheduler *self,
                  gint64 at)
{
  g_return_if_fail (AW_IS_SCHEDULER (self));

  self->at = at;
  arm (self);
}

/**
 * aw_scheduler_get:
 * @self: a scheduler
 *
 * Returns: what it is set to
 */
gint64
aw_scheduler_get (AwScheduler *self)
{
  g_return_val_if_fail (AW_IS_SCHEDULER (self), AW_NEVER);

  return self->at;
}

/**
 * aw_scheduler_check:
 * @self: a scheduler
 *
 * Wakes if the instant has come. The timer does so by itself; this is for a
 * clock that no timer follows.
 */
void
aw_scheduler_check (AwScheduler *self)
{
  g_return_if_fail (AW_IS_SCHEDULER (self));

  if (self->at != AW_NEVER && aw_clock_now (self->clock) >= self->at)
    g_signal_emit (self, signals[WAKE], 0);
}
