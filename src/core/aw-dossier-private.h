/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/aw-dossier.h"
#include "core/aw-record-list-private.h"

G_BEGIN_DECLS

/* Only the store (loading), the parser of documents and the engine (after a
 * commit) change a dossier. */
AwDossier *aw_dossier_new (AwOpportunity *opportunity);
void aw_dossier_apply (AwDossier *self, AwRecord *before, AwRecord *after);
void aw_dossier_become (AwDossier *self, AwDossier *other);
void aw_dossier_emit_changed (AwDossier *self);

G_END_DECLS
