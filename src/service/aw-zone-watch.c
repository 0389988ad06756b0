/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/aw-zone-watch.h"

#include <gio/gio.h>

struct _AwZoneWatch
{
  GObject parent_instance;

  AwClock *clock;
  char *zone;
  GFileMonitor *monitors[4];
};

G_DEFINE_FINAL_TYPE (AwZoneWatch, aw_zone_watch, G_TYPE_OBJECT)

static const char *const files[] = {
  "/etc/localtime",
  "/etc/timezone",
  "/run/host/monitor/localtime",
  "/run/host/monitor/timezone",
};

static void
on_file_changed (AwZoneWatch *self)
{
  g_autofree char *zone = aw_clock_dup_zone (self->clock);

  /* One change of the zone comes as several events of several files. */
  if (g_strcmp0 (zone, self->zone) == 0)
    return;
  g_free (self->zone);
  self->zone = g_steal_pointer (&zone);
  aw_clock_emit_changed (self->clock);
}

static void
aw_zone_watch_finalize (GObject *object)
{
  AwZoneWatch *self = AW_ZONE_WATCH (object);

  for (guint i = 0; i < G_N_ELEMENTS (self->monitors); i++)
    g_clear_object (&self->monitors[i]);
  g_clear_object (&self->clock);
  g_free (self->zone);

  G_OBJECT_CLASS (aw_zone_watch_parent_class)->finalize (object);
}

static void
aw_zone_watch_class_init (AwZoneWatchClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = aw_zone_watch_finalize;
}

static void
aw_zone_watch_init (G_GNUC_UNUSED AwZoneWatch *self)
{
}

/**
 * aw_zone_watch_new:
 * @clock: the clock that is to say that the zone changed
 *
 * Returns: (transfer full): a watch, which ends with its last reference
 */
AwZoneWatch *
aw_zone_watch_new (AwClock *clock)
{
  AwZoneWatch *self;

  g_return_val_if_fail (AW_IS_CLOCK (clock), NULL);

  self = g_object_new (AW_TYPE_ZONE_WATCH, NULL);
  self->clock = g_object_ref (clock);
  self->zone = aw_clock_dup_zone (clock);
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr(GFile) file = g_file_new_for_path (files[i]);
      g_autofree char *folder = g_path_get_dirname (files[i]);

      /* For a file in a folder that is not there GIO would look again every
       * four seconds; such a folder does not appear while we run. */
      if (!g_file_test (folder, G_FILE_TEST_IS_DIR))
        continue;
      self->monitors[i] = g_file_monitor_file (file, G_FILE_MONITOR_WATCH_MOVES, NULL, NULL);
      if (self->monitors[i] != NULL)
        g_signal_connect_object (self->monitors[i], "changed", G_CALLBACK (on_file_changed), self, G_CONNECT_SWAPPED);
    }
  return self;
}
