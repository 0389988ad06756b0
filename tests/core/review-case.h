/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/aw-review.h"

G_BEGIN_DECLS

/* A document's facts as a review looks at them. */
typedef struct _ReviewWorld ReviewWorld;

ReviewWorld *review_world_load (const char *path);
void review_world_free (ReviewWorld *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ReviewWorld, review_world_free)

GPtrArray *review_world_review (ReviewWorld *self, const char *opportunity, AwReviewInput *input);
AwDossier *review_world_get_dossier (ReviewWorld *self, const char *opportunity);

AwSeverity review_severity_of (GPtrArray *findings, const char *id);
void review_show (const char *name, GPtrArray *findings);

G_END_DECLS
