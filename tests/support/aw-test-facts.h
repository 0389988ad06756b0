/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/aw-dossier.h"

G_BEGIN_DECLS

/* Random, valid facts with everything in them that the document can hold. */
AwPolicy *aw_test_policy_new (GRand *rand);
AwDossier *aw_test_dossier_new (GRand *rand, const char *id);

G_END_DECLS
