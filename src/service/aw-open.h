/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service/aw-engine.h"

G_BEGIN_DECLS

/* For the window and the command line; the agent uses aw_engine_open(). */
AwEngine *aw_engine_open_for_user (const char *path, AwClock *clock, GError **error);

/* From now on, as long as @engine lives: a copy at once, and on each day on
 * which something is changed. @failed is told once if one cannot be made; its
 * data must live as long as the program. */
typedef void (*AwCopyFailed) (const char *why, gpointer data); /* one sentence */
void aw_engine_back_up_daily (AwEngine *engine, AwCopyFailed failed, gpointer data);

G_END_DECLS
