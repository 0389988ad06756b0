/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/aw-clock.h"

G_BEGIN_DECLS

#define AW_TYPE_FAKE_CLOCK (aw_fake_clock_get_type ())
G_DECLARE_FINAL_TYPE (AwFakeClock, aw_fake_clock, AW, FAKE_CLOCK, AwClock)

AwClock *aw_fake_clock_new (gint64 now, const char *zone);
/* Both emit "changed", as the system does when the clock or the zone is set. */
void aw_fake_clock_set_now (AwFakeClock *self, gint64 now);
void aw_fake_clock_set_zone (AwFakeClock *self, const char *zone);
/* Time passes by itself: no signal. */
void aw_fake_clock_advance (AwFakeClock *self, gint64 seconds);

G_END_DECLS
