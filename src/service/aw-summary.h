/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service/aw-duty.h"

G_BEGIN_DECLS

/**
 * AwSummary:
 *
 * One opportunity for the sidebar. Immutable; replaced when it changes.
 */
#define AW_TYPE_SUMMARY (aw_summary_get_type ())
G_DECLARE_FINAL_TYPE (AwSummary, aw_summary, AW, SUMMARY, GObject)

const char *aw_summary_get_id (AwSummary *self);
const char *aw_summary_get_company (AwSummary *self);
const char *aw_summary_get_role (AwSummary *self);
AwStatus aw_summary_get_status (AwSummary *self);
gboolean aw_summary_get_archived (AwSummary *self);
gint64 aw_summary_get_last_interview (AwSummary *self); /* start; AW_NEVER: none */
AwDuty *aw_summary_get_next (AwSummary *self);          /* (transfer none) most urgent duty, NULL: none */
const char *aw_summary_get_pill (AwSummary *self);      /* "2 days late", "Due today", "Tomorrow", "Waiting", "Offer", "Closed"; NULL: none */
const char *aw_summary_get_pill_class (AwSummary *self); /* "error" "warning" "success" "neutral" "dim" */

G_END_DECLS
