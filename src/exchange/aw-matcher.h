/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/aw-form-person.h"
#include "store/aw-database.h"

G_BEGIN_DECLS

/**
 * AwMatcher:
 *
 * While a calendar, cards or a table are read: what is here already, and what
 * the items before have added. Each item gets a command of its own that can be
 * carried out without the others; what two of them add is added once.
 */
typedef struct _AwMatcher AwMatcher;

AwMatcher *aw_matcher_new (AwDatabase *database, GError **error);
void aw_matcher_free (AwMatcher *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AwMatcher, aw_matcher_free)

/* (transfer none), NULL: none, or what is here could not be read (aw_matcher_take_error). */
AwDossier *aw_matcher_find_company (AwMatcher *self, const char *company, const char *role);
AwDossier *aw_matcher_find_mention (AwMatcher *self, const char *text);
AwDossier *aw_matcher_find_address (AwMatcher *self, const char *email);
AwDossier *aw_matcher_find_uid (AwMatcher *self, const char *uid, AwInterview **interview);
AwDossier *aw_matcher_add_company (AwMatcher *self, const char *company, const char *role);
gboolean aw_matcher_take_error (AwMatcher *self, GError **error);

gboolean aw_matcher_is_new (AwMatcher *self, gpointer record);
gboolean aw_matcher_is_mine (AwMatcher *self, const char *email);

/* What @command needs of @record, should it be new. */
void aw_matcher_require (AwMatcher *self, AwCommand *command, gpointer record);
void aw_matcher_put (AwMatcher *self, AwCommand *command, AwDossier *dossier, gpointer before, gpointer after);
AwPerson *aw_matcher_put_person (AwMatcher *self, AwCommand *command, AwDossier *dossier, const AwFormPerson *person);
void aw_matcher_invite (AwInterview *interview, AwPerson *person);

G_END_DECLS
