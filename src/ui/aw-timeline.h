/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "core/aw-timeline-marks.h"

G_BEGIN_DECLS

/**
 * AwTimeline:
 *
 * Past and planned contacts on a line. Made of widgets, so that each mark can
 * be focused and named, and colours come from the style sheet. Signal
 * "activated" (char *): id of an interview or a touch.
 */
#define AW_TYPE_TIMELINE (aw_timeline_get_type ())
G_DECLARE_FINAL_TYPE (AwTimeline, aw_timeline, AW, TIMELINE, GtkWidget)

GtkWidget *aw_timeline_new (void);
/* Takes over @marks. */
void aw_timeline_set_marks (AwTimeline *self, AwTimelineMarks *marks, AwCalendar *calendar);

G_END_DECLS
