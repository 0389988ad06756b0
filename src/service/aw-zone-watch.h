/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/aw-clock.h"

G_BEGIN_DECLS

/**
 * AwZoneWatch:
 *
 * Watches the files that say in which time zone the machine is, on the host
 * and in Flatpak, and makes the clock say that it changed.
 */
#define AW_TYPE_ZONE_WATCH (aw_zone_watch_get_type ())
G_DECLARE_FINAL_TYPE (AwZoneWatch, aw_zone_watch, AW, ZONE_WATCH, GObject)

AwZoneWatch *aw_zone_watch_new (AwClock *clock);

G_END_DECLS
