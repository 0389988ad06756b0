/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service/aw-engine.h"

G_BEGIN_DECLS

/**
 * AwReviewer:
 *
 * Runs the review of one message beside the typing: a pause after the last
 * change, in a thread, one at a time; only the newest text's findings are told.
 *
 * Signal "reviewed" (): aw_reviewer_get_findings() has new ones.
 */
#define AW_TYPE_REVIEWER (aw_reviewer_get_type ())
G_DECLARE_FINAL_TYPE (AwReviewer, aw_reviewer, AW, REVIEWER, GObject)

AwReviewer *aw_reviewer_new (AwEngine *engine, const char *opportunity);
void aw_reviewer_set_message (AwReviewer *self, AwMessage *message);
void aw_reviewer_set_attachments (AwReviewer *self, guint n_attachments);
void aw_reviewer_facts_changed (AwReviewer *self);
GPtrArray *aw_reviewer_get_findings (AwReviewer *self); /* (transfer none): AwFinding; NULL: none yet */
GPtrArray *aw_reviewer_review_now (AwReviewer *self, gint64 at, GError **error); /* (transfer full): on the spot, for Send */

G_END_DECLS
