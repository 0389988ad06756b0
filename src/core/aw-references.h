/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/aw-dossier.h"

G_BEGIN_DECLS

/* @place: the rest of the path from the field on ("[2].person"), or "". */
typedef void (*AwReferenceFunc) (AwRecord *record, const AwField *field, const char *place, const char *message, gpointer data);

void aw_dossier_check_references (AwDossier *dossier, AwReferenceFunc found, gpointer data);

G_END_DECLS
