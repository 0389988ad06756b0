/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service/aw-engine.h"

G_BEGIN_DECLS

/* Which guards (rules.md §2) a contact breaks or a held follow-up waits for:
 * what a touch records as overruled. (transfer full) (nullable): NULL: none.
 * @people: ids, may be NULL; @follow_up: the key it is for, may be NULL. */
GStrv aw_overruled_by_contact (AwEngine *engine,
                               const char *opportunity,
                               const char *const *people,
                               AwTouchKind kind,
                               AwChannel channel,
                               const char *follow_up,
                               gint64 at);

/* The guard that holds it, NULL if none does. */
const char *aw_overruled_holder (const AwFollowUp *follow_up);

G_END_DECLS
