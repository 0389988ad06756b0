/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/aw-clock.h"

G_BEGIN_DECLS

/**
 * AwScheduler:
 *
 * One alarm by the wall clock, for both programs: it sleeps until the instant
 * it was set to, and costs nothing meanwhile. #AwScheduler::wake comes at that
 * instant, and also each time the clock is set, the machine wakes up or the
 * time zone changes: whoever listens looks at the clock, does what is due, and
 * sets the next alarm.
 */
#define AW_TYPE_SCHEDULER (aw_scheduler_get_type ())
G_DECLARE_FINAL_TYPE (AwScheduler, aw_scheduler, AW, SCHEDULER, GObject)

AwScheduler *aw_scheduler_new (AwClock *clock);
void aw_scheduler_set (AwScheduler *self, gint64 at);
gint64 aw_scheduler_get (AwScheduler *self);
void aw_scheduler_check (AwScheduler *self);

G_END_DECLS
