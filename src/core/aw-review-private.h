/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/aw-phrases.h"
#include "core/aw-review.h"
#include "core/aw-text-dates.h"
#include "core/aw-text.h"

G_BEGIN_DECLS

/**
 * AwReview:
 *
 * What all checks share: the text taken apart once, and the facts around it.
 */
typedef struct
{
  const AwReviewFacts *facts;
  const AwReviewInput *input;
  AwOpportunity *opportunity;
  AwPerson *person;       /* NULL: no recipient */
  AwRoles roles;
  AwWordlists *lists;     /* NULL: no list for the language */
  char *language;
  AwText *text;
  AwText *subject;
  AwTextLine *body;       /* what is in quotation marks hidden */
  AwTextLine *whole;      /* greeting and signature too, nothing hidden */
  AwTextLine *subject_line;
  GArray *dates;          /* AwTextDate */
  AwDate today;           /* of input->at, in the user's zone */
  gboolean met;
  GPtrArray *findings;    /* AwFinding */
} AwReview;

AwFinding *aw_review_add (AwReview *self, const char *id, AwSeverity severity, char *title, char *sentence, int start, int end);
AwFinding *aw_review_add_phrase (AwReview *self, const char *id, AwSeverity severity, const char *title, char *sentence, const AwPhrase *phrase);
gboolean aw_review_has (AwReview *self, const char *id);

/* Shared looks at text and facts. */
gboolean aw_review_says (AwReview *self, const char *list, const char *reason);
gboolean aw_review_names_role_or_company (AwReview *self, const AwText *text, gboolean role_only);
gboolean aw_review_is_content_word (AwReview *self, const char *folded);
gboolean aw_review_is_own_name (AwReview *self, const char *folded);
char *aw_review_quote (AwReview *self, const AwPhrase *phrase);
gboolean aw_review_met (AwReview *self, const char *person);
GPtrArray *aw_review_meetings (AwReview *self);

/* One file a family; each adds what it finds. */
void aw_review_check_likeness (AwReview *self); /* M1 */
void aw_review_check_length (AwReview *self);   /* M2 */
void aw_review_check_topic (AwReview *self);    /* M3 */
void aw_review_check_thanks (AwReview *self);   /* M4 */
void aw_review_check_tone (AwReview *self);     /* M5 */
void aw_review_check_advice (AwReview *self);   /* M6 */
void aw_review_check_names (AwReview *self);    /* M7 */
void aw_review_check_guards (AwReview *self);   /* M8 */
void aw_review_check_parts (AwReview *self);    /* M9 */
void aw_review_check_question (AwReview *self); /* M10 */
void aw_review_check_timeline (AwReview *self); /* M11 */
void aw_review_check_spelling (AwReview *self); /* M12 */
void aw_review_check_dates (AwReview *self);    /* M13 */
void aw_review_check_met (AwReview *self);      /* M14 */
void aw_review_check_honesty (AwReview *self);  /* M15 */
void aw_review_check_current (AwReview *self);  /* M16 */

G_END_DECLS
