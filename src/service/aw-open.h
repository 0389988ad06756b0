/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service/aw-engine.h"

G_BEGIN_DECLS

/* For the window and the command line; the agent uses aw_engine_open(). */
AwEngine *aw_engine_open_for_user (const char *path, AwClock *clock, GError **error);

/* From now on, as long as @engine lives: a copy at once, and on each day on
 * which something is changed. */
void aw_engine_back_up_daily (AwEngine *engine);

G_END_DECLS
