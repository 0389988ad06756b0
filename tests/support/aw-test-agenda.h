/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/aw-plan.h"

G_BEGIN_DECLS

/**
 * AwTestAgenda:
 *
 * All plans of a document, as `afterword --agenda` makes them: for tests that
 * say in a few lines what the facts are and what must come of them.
 */
typedef struct
{
  AwCalendar *calendar;
  AwElsewhere *elsewhere;
  GPtrArray *dossiers;
  GPtrArray *plans; /* AwPlan, of the last aw_test_agenda_plan() */
  gint64 now;
} AwTestAgenda;

/* @text: a document; ' stands for ", for readability in C. */
AwTestAgenda *aw_test_agenda_new (const char *text);
AwTestAgenda *aw_test_agenda_new_from_file (const char *path);
void aw_test_agenda_free (AwTestAgenda *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AwTestAgenda, aw_test_agenda_free)

void aw_test_agenda_plan (AwTestAgenda *self, const char *at);
void aw_test_agenda_plan_at (AwTestAgenda *self, gint64 at);

/* "[OPPORTUNITY:]KEY"; NULL if the agenda holds no such item. */
const AwFollowUp *aw_test_agenda_find (AwTestAgenda *self, const char *key);

/* One item as text: "STATE OPENS DUE CLOSES RULES [WAITING UNTIL] [!MISSING]",
 * with "-" for what there is none of; NULL: no such item. */
char *aw_test_follow_up_to_text (const AwFollowUp *follow_up);

gint64 aw_test_instant (const char *text);

/**
 * AwTestCase:
 * @name: what it shows
 * @policy: members of the policy besides the zone (Europe/Berlin), or NULL
 * @facts: members of opportunity "o1" besides its people: h (HR), m (hiring
 *   manager), d (decision maker), i (interviewer), all with an address; what
 *   refers to "gone" refers to nobody; or a
 *   whole list of opportunities, beginning with "["
 * @at: the instant
 * @key: which item
 * @expected: aw_test_follow_up_to_text(), or NULL: it must not be there
 */
typedef struct
{
  const char *name;
  const char *policy;
  const char *facts;
  const char *at;
  const char *key;
  const char *expected;
} AwTestCase;

AwTestAgenda *aw_test_agenda_new_for_case (const char *policy, const char *facts);
void aw_test_agenda_add_cases (const AwTestCase *cases, gsize n_cases);

G_END_DECLS
