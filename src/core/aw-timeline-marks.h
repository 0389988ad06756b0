/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/aw-plan.h"

G_BEGIN_DECLS

typedef enum
{
  AW_MARK_INTERVIEW, /* had */
  AW_MARK_AHEAD,     /* an interview to come */
  AW_MARK_SENT,
  AW_MARK_HEARD,
  AW_MARK_PROMISED,
  AW_MARK_PLANNED,
} AwMarkKind;

/**
 * AwMark:
 * @kind: how it looks
 * @at: where, in seconds since 1970
 * @label: (nullable): a word or two beside it
 * @text: what a screen reader and the tooltip say
 * @id: (nullable): of the interview or touch
 * @late: the promised date is past and nothing was heard
 */
typedef struct
{
  AwMarkKind kind;
  gint64 at;
  char *label;
  char *text;
  char *id;
  gboolean late;
} AwMark;

/**
 * AwTimelineMarks:
 * @marks: (element-type AwMark): by time
 * @start: a Monday's midnight in the user's zone
 * @end: the same
 * @tick_weeks: weeks between ticks
 * @now: now
 * @past_from: where the coloured part begins, %AW_NEVER: nowhere
 * @late_from: where the late part begins (it ends now), %AW_NEVER: nowhere
 * @summary: the whole in a sentence
 */
typedef struct
{
  GPtrArray *marks;
  gint64 start;
  gint64 end;
  int tick_weeks;
  gint64 now;
  gint64 past_from;
  gint64 late_from;
  char *summary;
} AwTimelineMarks;

AwTimelineMarks *aw_timeline_marks_new (AwDossier *dossier, AwPlan *plan, AwCalendar *calendar, gint64 now);
void aw_timeline_marks_free (AwTimelineMarks *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AwTimelineMarks, aw_timeline_marks_free)

G_END_DECLS
