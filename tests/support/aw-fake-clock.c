/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/aw-fake-clock.h"

#include "core/aw-types.h"

struct _AwFakeClock
{
  AwClock parent_instance;

  gint64 now;
  char *zone;
};

G_DEFINE_FINAL_TYPE (AwFakeClock, aw_fake_clock, AW_TYPE_CLOCK)

static gint64
aw_fake_clock_now (AwClock *clock)
{
  return AW_FAKE_CLOCK (clock)->now;
}

static char *
aw_fake_clock_dup_zone (AwClock *clock)
{
  return g_strdup (AW_FAKE_CLOCK (clock)->zone);
}

static gint64
aw_fake_clock_to_system (G_GNUC_UNUSED AwClock *clock,
                         G_GNUC_UNUSED gint64 sec)
{
  return AW_NEVER;
}

static void
aw_fake_clock_finalize (GObject *object)
{
  g_free (AW_FAKE_CLOCK (object)->zone);

  G_OBJECT_CLASS (aw_fake_clock_parent_class)->finalize (object);
}

static void
aw_fake_clock_class_init (AwFakeClockClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = aw_fake_clock_finalize;
  AW_CLOCK_CLASS (klass)->now = aw_fake_clock_now;
  AW_CLOCK_CLASS (klass)->dup_zone = aw_fake_clock_dup_zone;
  AW_CLOCK_CLASS (klass)->to_system = aw_fake_clock_to_system;
}

static void
aw_fake_clock_init (G_GNUC_UNUSED AwFakeClock *self)
{
}

AwClock *
aw_fake_clock_new (gint64 now,
                   const char *zone)
{
  AwFakeClock *self = g_object_new (AW_TYPE_FAKE_CLOCK, NULL);

  self->now = now;
  self->zone = g_strdup (zone);
  return AW_CLOCK (self);
}

void
aw_fake_clock_set_now (AwFakeClock *self,
                       gint64 now)
{
  self->now = now;
  aw_clock_emit_changed (AW_CLOCK (self));
}

void
aw_fake_clock_set_zone (AwFakeClock *self,
                        const char *zone)
{
  g_free (self->zone);
  self->zone = g_strdup (zone);
  aw_clock_emit_changed (AW_CLOCK (self));
}

void
aw_fake_clock_advance (AwFakeClock *self,
                       gint64 seconds)
{
  self->now += seconds;
}
