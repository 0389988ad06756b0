/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/aw-loop-watch.h"

#include <time.h>

static GPollFunc real_poll;
static gint64 wall_since, processor_since;
static AwLoopStretch longest;

gint64
aw_loop_watch_processor_time (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return (gint64) time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
}

static void
note (void)
{
  longest.wall = MAX (longest.wall, g_get_monotonic_time () - wall_since);
  longest.processor = MAX (longest.processor, aw_loop_watch_processor_time () - processor_since);
}

static void
start (void)
{
  wall_since = g_get_monotonic_time ();
  processor_since = aw_loop_watch_processor_time ();
}

static gint
watched_poll (GPollFD *fds,
              guint n_fds,
              gint timeout)
{
  gint result;

  note ();
  result = real_poll (fds, n_fds, timeout);
  start ();
  return result;
}

void
aw_loop_watch_begin (void)
{
  g_assert_null (real_poll);
  real_poll = g_main_context_get_poll_func (NULL);
  g_main_context_set_poll_func (NULL, watched_poll);
  longest = (AwLoopStretch) { 0 };
  start ();
}

AwLoopStretch
aw_loop_watch_lap (void)
{
  AwLoopStretch lap;

  note ();
  lap = longest;
  longest = (AwLoopStretch) { 0 };
  start ();
  return lap;
}

void
aw_loop_watch_end (void)
{
  g_main_context_set_poll_func (NULL, real_poll);
  real_poll = NULL;
}
