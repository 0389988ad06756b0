/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/aw-clock.h"

#include <string.h>

#include "config.h"
#include "core/aw-types.h"

typedef struct
{
  gint64 shift; /* added to the system's time; only in development builds */
} AwClockPrivate;

G_DEFINE_TYPE_WITH_PRIVATE (AwClock, aw_clock, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* The zone's name out of what /etc/localtime links to. */
static char *
zone_from_link (const char *path)
{
  g_autofree char *target = g_file_read_link (path, NULL);
  const char *name = target != NULL ? strstr (target, "/zoneinfo/") : NULL;

  return name != NULL ? g_strdup (name + strlen ("/zoneinfo/")) : NULL;
}

static char *
zone_from_file (const char *path)
{
  g_autofree char *text = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return NULL;
  g_strstrip (text);
  return *text != '\0' && g_utf8_validate (text, -1, NULL) ? g_steal_pointer (&text) : NULL;
}

/* GLib's local zone is cached by identifier and stays wrong for ever in
 * Flatpak, where the content behind it changes (background.md 2.4): so the
 * zone is always resolved to a name. */
static char *
aw_clock_real_dup_zone (G_GNUC_UNUSED AwClock *self)
{
  const char *tz = g_getenv ("TZ");
  char *name;

  if (tz != NULL && *tz != '\0')
    return g_strdup (*tz == ':' ? tz + 1 : tz);
  if ((name = zone_from_file ("/run/host/monitor/timezone")) != NULL)
    return name;
  if ((name = zone_from_link ("/etc/localtime")) != NULL)
    return name;
  if ((name = zone_from_file ("/etc/timezone")) != NULL)
    return name;
  return g_strdup ("UTC");
}

static gint64
aw_clock_real_now (AwClock *self)
{
  AwClockPrivate *priv = aw_clock_get_instance_private (self);

  return g_get_real_time () / G_USEC_PER_SEC + priv->shift;
}

static gint64
aw_clock_real_to_system (AwClock *self,
                         gint64 sec)
{
  AwClockPrivate *priv = aw_clock_get_instance_private (self);

  return sec - priv->shift;
}

static void
aw_clock_class_init (AwClockClass *klass)
{
  klass->now = aw_clock_real_now;
  klass->to_system = aw_clock_real_to_system;
  klass->dup_zone = aw_clock_real_dup_zone;

  /**
   * AwClock::changed:
   * @self: a clock
   *
   * The clock was set, the machine woke up, or the zone is another one.
   */
  signals[CHANGED] = g_signal_new ("changed", AW_TYPE_CLOCK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
aw_clock_init (AwClock *self)
{
#ifdef AW_DEVEL
  AwClockPrivate *priv = aw_clock_get_instance_private (self);
  const char *text = g_getenv ("AFTERWORD_NOW");
  AwInstant instant;

  if (text != NULL && aw_instant_parse (text, &instant))
    priv->shift = instant.sec - g_get_real_time () / G_USEC_PER_SEC;
#else
  (void) self;
#endif
}

/**
 * aw_clock_new:
 *
 * Returns: (transfer full): the system's clock; in development builds one
 *   that runs on from the instant in AFTERWORD_NOW, if that is set
 */
AwClock *
aw_clock_new (void)
{
  return g_object_new (AW_TYPE_CLOCK, NULL);
}

/**
 * aw_clock_now:
 * @self: a clock
 *
 * Returns: the present instant in seconds since 1970, UTC
 */
gint64
aw_clock_now (AwClock *self)
{
  g_return_val_if_fail (AW_IS_CLOCK (self), 0);

  return AW_CLOCK_GET_CLASS (self)->now (self);
}

/**
 * aw_clock_dup_zone:
 * @self: a clock
 *
 * Returns: (transfer full): the name of the system's time zone; it may be one
 *   that does not exist
 */
char *
aw_clock_dup_zone (AwClock *self)
{
  g_return_val_if_fail (AW_IS_CLOCK (self), NULL);

  return AW_CLOCK_GET_CLASS (self)->dup_zone (self);
}

/**
 * aw_clock_to_system:
 * @self: a clock
 * @sec: an instant of this clock
 *
 * Returns: what the system's real-time clock shows at that instant, to arm a
 *   timer with; %AW_NEVER for a test's clock, which no timer follows
 */
gint64
aw_clock_to_system (AwClock *self,
                    gint64 sec)
{
  g_return_val_if_fail (AW_IS_CLOCK (self), AW_NEVER);

  return AW_CLOCK_GET_CLASS (self)->to_system (self, sec);
}

/**
 * aw_clock_emit_changed:
 * @self: a clock
 *
 * For whoever sees that the clock jumped: the scheduler's timer, the watch on
 * the zone's files, a test.
 */
void
aw_clock_emit_changed (AwClock *self)
{
  g_return_if_fail (AW_IS_CLOCK (self));

  g_signal_emit (self, signals[CHANGED], 0);
}
