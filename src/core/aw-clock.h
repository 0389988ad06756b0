/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * AwClock:
 *
 * The only one who knows what time it is and where. Everybody else is given
 * the instant, or a clock; tests give a fake one.
 */
#define AW_TYPE_CLOCK (aw_clock_get_type ())
G_DECLARE_DERIVABLE_TYPE (AwClock, aw_clock, AW, CLOCK, GObject)

struct _AwClockClass
{
  GObjectClass parent_class;

  gint64 (*now) (AwClock *self);
  char *(*dup_zone) (AwClock *self);
  gint64 (*to_system) (AwClock *self, gint64 sec);
};

AwClock *aw_clock_new (void);
gint64 aw_clock_now (AwClock *self);
char *aw_clock_dup_zone (AwClock *self);
gint64 aw_clock_to_system (AwClock *self, gint64 sec); /* AW_NEVER: no system timer can tell */
void aw_clock_emit_changed (AwClock *self);

G_END_DECLS
