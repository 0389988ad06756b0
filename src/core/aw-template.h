/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/aw-calendar.h"
#include "core/aw-dossier.h"

G_BEGIN_DECLS

/**
 * AwTemplates:
 *
 * The skeletons a message can start from (rules.md §6): the built-in ones of a
 * language, with the user's own in their places. Immutable.
 *
 * A user's record with the id of a built-in template replaces it; one without
 * a body hides it. To take such a record away is "Reset to Default".
 */
typedef struct _AwTemplates AwTemplates;

AwTemplates *aw_templates_new (const char *language, GPtrArray *own);
gboolean aw_templates_exist (const char *language);
GStrv aw_templates_dup_languages (void);
char *aw_templates_dup_language_name (const char *language);
AwTemplates *aw_templates_ref (AwTemplates *self);
void aw_templates_unref (AwTemplates *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AwTemplates, aw_templates_unref)

const char *aw_templates_get_language (AwTemplates *self);
guint aw_templates_get_length (AwTemplates *self);
AwTemplate *aw_templates_get (AwTemplates *self, guint i);
AwTemplate *aw_templates_find (AwTemplates *self, const char *id);
AwTemplate *aw_templates_find_builtin (AwTemplates *self, const char *id);
guint aw_templates_get_n_hidden (AwTemplates *self);

/**
 * AwTemplateFacts:
 * @dossier: what is recorded
 * @person: (nullable): id of the recipient
 * @calendar: for the user's zone
 * @now: when it is written
 * @signature: (nullable): what stands below the closing
 * @article: (nullable): id of the article that is shared
 * @times: (nullable): the sentence that offers call times
 */
typedef struct
{
  AwDossier *dossier;
  const char *person;
  AwCalendar *calendar;
  gint64 now;
  const char *signature;
  const char *article;
  const char *times;
} AwTemplateFacts;

const char *aw_template_audience (AwDossier *dossier, const char *person, AwTouchKind kind, gint64 now);
AwTemplate *aw_templates_choose (AwTemplates *self, AwTouchKind kind, const char *audience, const AwTemplateFacts *facts);
void aw_templates_fill (AwTemplates *self, AwTemplate *template_, const AwTemplateFacts *facts, char **subject, char **body);
char *aw_templates_fill_text (AwTemplates *self, const char *text, const AwTemplateFacts *facts);
const char *aw_templates_get_word (AwTemplates *self, const char *group, const char *key);
char **aw_templates_get_questions (AwTemplates *self, const AwTemplateFacts *facts);
const char *const *aw_template_get_placeholders (void);

char *aw_template_first_name (const char *name);
char *aw_template_full_name (const char *name);
int aw_template_next_prompt (const char *text, int from, int *end);

G_END_DECLS
