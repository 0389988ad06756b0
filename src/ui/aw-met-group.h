/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "core/aw-dossier.h"
#include "core/aw-form-person.h"

G_BEGIN_DECLS

/**
 * AwMetGroup:
 *
 * "Who Did You Meet?": people, and a line to add more by typing, pasting or
 * dropping.
 */
#define AW_TYPE_MET_GROUP (aw_met_group_get_type ())
G_DECLARE_FINAL_TYPE (AwMetGroup, aw_met_group, AW, MET_GROUP, AdwBin)

GtkWidget *aw_met_group_new (void);
/* (transfer none) (element-type AwFormPerson) */
GPtrArray *aw_met_group_get_people (AwMetGroup *self);
/* Adds who was typed but not entered; FALSE if that is wrong, which is shown. */
gboolean aw_met_group_commit (AwMetGroup *self);
void aw_met_group_focus (AwMetGroup *self);
/* Offers who is recorded already. */
void aw_met_group_set_known (AwMetGroup *self, AwDossier *dossier);

G_END_DECLS
