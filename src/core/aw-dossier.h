/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/aw-facts.h"
#include "core/aw-record-list.h"

G_BEGIN_DECLS

/**
 * AwDossier:
 *
 * All that is known about one opportunity: its record and the lists of what
 * belongs to it. A dossier that the engine handed out follows each commit;
 * #AwDossier::changed is emitted once for each.
 */
#define AW_TYPE_DOSSIER (aw_dossier_get_type ())
G_DECLARE_FINAL_TYPE (AwDossier, aw_dossier, AW, DOSSIER, GObject)

AwOpportunity *aw_dossier_get_opportunity (AwDossier *self);
const char *aw_dossier_get_id (AwDossier *self);
AwRecordList *aw_dossier_get_list (AwDossier *self, AwRecordKind kind);
gpointer aw_dossier_find (AwDossier *self, AwRecordKind kind, const char *id);
AwPerson *aw_dossier_find_person (AwDossier *self, const char *id);

G_END_DECLS
