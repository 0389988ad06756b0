/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/aw-clock.h"
#include "core/aw-plan.h"
#include "store/aw-database.h"

G_BEGIN_DECLS

/**
 * AwBook:
 *
 * The facts as one process sees them: the policy with its calendar, the
 * dossiers that somebody holds, and the contacts elsewhere (G1). Main thread
 * only.
 */
#define AW_TYPE_BOOK (aw_book_get_type ())
G_DECLARE_FINAL_TYPE (AwBook, aw_book, AW, BOOK, GObject)

AwBook *aw_book_new (AwDatabase *database, AwClock *clock, GError **error);
AwDatabase *aw_book_get_database (AwBook *self);
AwClock *aw_book_get_clock (AwBook *self);
AwPolicy *aw_book_get_policy (AwBook *self);
AwCalendar *aw_book_get_calendar (AwBook *self);
gboolean aw_book_load_policy (AwBook *self, GError **error);
gboolean aw_book_check_zone (AwBook *self);

AwDossier *aw_book_ref_dossier (AwBook *self, const char *opportunity, GError **error);
AwDossier *aw_book_peek_live (AwBook *self, const char *opportunity);
void aw_book_drop_live (AwBook *self, const char *opportunity);

AwElsewhere *aw_book_get_elsewhere (AwBook *self);
void aw_book_update_elsewhere (AwBook *self, const char *opportunity, AwDossier *dossier);
void aw_book_drop_elsewhere (AwBook *self);

AwPlan *aw_book_plan (AwBook *self, AwDossier *dossier, gint64 at);
gboolean aw_book_is_on_its_way (AwDossier *dossier, const AwFollowUp *follow_up);

G_END_DECLS
