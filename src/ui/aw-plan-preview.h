/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service/aw-engine.h"

G_BEGIN_DECLS

/**
 * AwPlanPreview:
 *
 * How many follow-ups would move if the policy were another one. Counted in
 * pieces between the frames; a new question drops the old one.
 */
typedef struct _AwPlanPreview AwPlanPreview;

typedef void (*AwPlanPreviewDone) (guint n_moved, gpointer data);

AwPlanPreview *aw_plan_preview_new (AwEngine *engine, AwPlanPreviewDone done, gpointer data);
void aw_plan_preview_free (AwPlanPreview *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AwPlanPreview, aw_plan_preview_free)
void aw_plan_preview_ask (AwPlanPreview *self, AwPolicy *policy);

/* How many items differ between two plans of one opportunity. */
guint aw_plan_preview_count (AwPlan *before, AwPlan *after);

G_END_DECLS
