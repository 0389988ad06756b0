/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service/aw-book.h"

G_BEGIN_DECLS

/**
 * AwPlanner:
 *
 * Keeps the plan of every opportunity, and from them the lists of duties and
 * summaries: it plans again what a commit touched and what the clock changes,
 * with one alarm set to the earliest such instant.
 *
 * Signals:
 *  "planned": all opportunities are planned, after some were not
 */
#define AW_TYPE_PLANNER (aw_planner_get_type ())
G_DECLARE_FINAL_TYPE (AwPlanner, aw_planner, AW, PLANNER, GObject)

AwPlanner *aw_planner_new (AwBook *book, GError **error);
GListModel *aw_planner_get_duties (AwPlanner *self);
GListModel *aw_planner_get_summaries (AwPlanner *self);
AwPlan *aw_planner_get_plan (AwPlanner *self, const char *opportunity);
gboolean aw_planner_is_busy (AwPlanner *self);
void aw_planner_take (AwPlanner *self, GPtrArray *opportunities);
void aw_planner_plan_all (AwPlanner *self);
gint64 aw_planner_get_next_change (AwPlanner *self);
void aw_planner_check_clock (AwPlanner *self);

G_END_DECLS
