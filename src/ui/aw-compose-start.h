/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/aw-template.h"
#include "service/aw-engine.h"

G_BEGIN_DECLS

#define AW_DEFAULT_ACCOUNT "default-account" /* a setting: an account's id */

/* With what a message starts. No widgets here. */

#define AW_LANGUAGE_SETTING "language" /* of messages, "de"; none: the interface's */

AwTemplates *aw_compose_load_templates (AwEngine *engine, AwOpportunity *opportunity);
AwAccount *aw_compose_find_account (AwEngine *engine, const char *id);      /* (transfer full); NULL: none is set up */
char *aw_compose_dup_signature (AwEngine *engine, AwAccount *account);      /* NULL: not known */
AwTouchKind aw_compose_kind_of_key (const char *key, AwChannel *channel);
AwMessage *aw_compose_find_draft (AwDossier *dossier, const char *person, AwTouchKind kind, const char *key); /* (transfer none) */
AwMessage *aw_compose_new_message (AwEngine *engine, AwTemplates *templates, AwDossier *dossier, const char *person, AwTouchKind kind, const char *key);
AwTemplateFacts aw_compose_template_facts (AwEngine *engine, AwDossier *dossier, AwMessage *message, const char *signature);
const char *aw_compose_kind_title (AwTouchKind kind);
char *aw_compose_change_greeting (const char *body, const char *old_name, const char *new_name);

G_END_DECLS
