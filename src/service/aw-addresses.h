/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/aw-dossier.h"

G_BEGIN_DECLS

/**
 * AwAddresses:
 *
 * Which opportunities have people with the same e-mail address: the plans of
 * these depend on each other (G1).
 */
typedef struct _AwAddresses AwAddresses;

AwAddresses *aw_addresses_new (void);
void aw_addresses_free (AwAddresses *self);
void aw_addresses_learn (AwAddresses *self, const char *opportunity, AwDossier *dossier);
void aw_addresses_forget (AwAddresses *self, const char *opportunity);
void aw_addresses_collect_sharers (AwAddresses *self, const char *opportunity, GHashTable *sharers);

G_END_DECLS
