/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/aw-plan.h"

G_BEGIN_DECLS

typedef enum
{
  AW_SEVERITY_OK,
  AW_SEVERITY_HINT,
  AW_SEVERITY_WARNING,
  AW_SEVERITY_ASK,
} AwSeverity;

extern const AwVocabulary aw_severities;

/**
 * AwFinding:
 * @id: "M1" to "M16"
 * @severity: how much it matters
 * @title: a few words for the row ("Close to the note for Aiko Tanaka")
 * @sentence: one sentence, plain text, translated
 * @start: first code point it is about, -1: the whole
 * @end: code point after the last, -1: the whole
 * @in_subject: whether @start and @end are in the subject
 * @applies: FALSE for the OK entry of a check that looks at nothing in a message of this kind
 * @twin: (nullable): M1: id of the touch it is close to
 * @value: M1: the containment or Jaccard that decided; else 0
 * @shared: (nullable): M1: spans (start, end alternating, code points) of the shared passages in this text
 * @twin_shared: (nullable): the same in the twin's text
 */
typedef struct
{
  const char *id;
  AwSeverity severity;
  char *title;
  char *sentence;
  int start;
  int end;
  gboolean in_subject;
  gboolean applies;
  char *twin;
  double value;
  GArray *shared;      /* of int */
  GArray *twin_shared; /* of int */
} AwFinding;

/**
 * AwReviewFacts:
 *
 * What a review looks at besides the text. Gathered by the engine on the main
 * thread; the members are immutable then, so that the review may run in another.
 */
typedef struct
{
  AwDossier *dossier;        /* a copy of one's own */
  GPtrArray *opportunities;  /* AwOpportunity: all, for M7 and M15 */
  GPtrArray *colleagues;     /* AwDossier: the other opportunities at the same company (folded name), for M1 and M15 */
  GPtrArray *people;         /* AwPerson: of all opportunities, for M7; may be NULL */
  AwElsewhere *elsewhere;    /* may be NULL */
  AwCalendar *calendar;      /* one of its own */
  char *language;            /* that messages are meant to be in; NULL: the user's */
} AwReviewFacts;

typedef struct
{
  const char *person;
  AwTouchKind kind;
  AwChannel channel;
  const char *subject;    /* NULL: none */
  const char *text;       /* UTF-8 */
  guint n_attachments;
  gint64 at;              /* when it is to leave */
  gint64 begun;           /* when the draft was begun */
  const char *article;    /* the article's id, if one is shared; NULL */
  const char *language;   /* "en"; NULL: guessed from the text, else as the facts say */
} AwReviewInput;

void aw_finding_free (AwFinding *finding);

/* Returns: (transfer full): AwFinding*, in the order of the checks; one OK
 * entry for each check that found nothing. */
GPtrArray *aw_review (const AwReviewFacts *facts, const AwReviewInput *input);

/* Makes the phrase lists ready, which takes a moment the first time; any thread. */
void aw_review_warm_up (const char *language);

/* Where phrase lists are read from; set once by main(), before any review. */
void aw_review_set_wordlist_folder (const char *folder);

G_END_DECLS
