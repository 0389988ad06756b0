/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How long the main loop is away at most, in microseconds: from the end of one
 * wait to the next. Of the processor it is the thread's own time, which tells
 * the same whoever else works on the machine. */
typedef struct
{
  gint64 wall;
  gint64 processor;
} AwLoopStretch;

void aw_loop_watch_begin (void);
AwLoopStretch aw_loop_watch_lap (void); /* since the beginning or the lap before */
void aw_loop_watch_end (void);

gint64 aw_loop_watch_processor_time (void); /* of this thread */

G_END_DECLS
