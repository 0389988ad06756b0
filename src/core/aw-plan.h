/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/aw-calendar.h"
#include "core/aw-dossier.h"

G_BEGIN_DECLS

/* Kinds of follow-up, in the order in which rules.md §2 sorts them. */
typedef enum
{
  AW_DUTY_PREPARE,
  AW_DUTY_DEBRIEF,
  AW_DUTY_THANK_YOU,
  AW_DUTY_LETTER,
  AW_DUTY_CHECK_IN,
  AW_DUTY_ESCALATION,
  AW_DUTY_ARTICLE,
  AW_DUTY_CALL,
  AW_DUTY_KEEP_IN_TOUCH,
  AW_DUTY_TIMELINE,
  AW_DUTY_FEEDBACK,
  AW_DUTY_NEXT_STEP,
  AW_DUTY_ANSWER,
  AW_DUTY_ACKNOWLEDGEMENT,
  AW_DUTY_COMPLETE,
} AwDutyKind;

extern const AwVocabulary aw_duty_kinds;

typedef enum
{
  AW_STATE_UPCOMING,
  AW_STATE_WAITING,
  AW_STATE_MISSING,
  AW_STATE_DUE,
  AW_STATE_OVERDUE,
} AwDutyState;

extern const AwVocabulary aw_duty_states;

/* What must be recorded first; index of the bit = index in aw_missing_words. */
typedef enum
{
  AW_MISSING_EMAIL = 1 << 0,
  AW_MISSING_PHONE = 1 << 1,
  AW_MISSING_ADDRESS = 1 << 2,
  AW_MISSING_PERSON = 1 << 3,
  AW_MISSING_ATTENDEES = 1 << 4,
  AW_MISSING_DECISION_MAKER = 1 << 5,
  AW_MISSING_STATUS = 1 << 6,
} AwMissing;

extern const AwVocabulary aw_missing_words;

/* Which sentence gives the reason; the arguments are in AwReason. */
typedef enum
{
  AW_REASON_NONE,
  AW_REASON_PREPARE,           /* date: start */
  AW_REASON_DEBRIEF,           /* date: end */
  AW_REASON_THANK,             /* date: end */
  AW_REASON_THANK_LATE,        /* past thank_you_latest_hours */
  AW_REASON_THANK_UNMET,       /* R4 */
  AW_REASON_THANK_NOBODY,      /* attendees not recorded */
  AW_REASON_LETTER,
  AW_REASON_PROMISED,          /* day: promised date; firm or not; n: days past now */
  AW_REASON_SILENCE,           /* n: days since t0 */
  AW_REASON_TOLD_NOT_TO,       /* follow_up "no" */
  AW_REASON_FOLLOW_UP_AFTER,   /* day: from when they said one may ask */
  AW_REASON_ESCALATE,          /* n: days since the check-in; other: whom it went to */
  AW_REASON_WEEKLY,            /* R7; n: turns so far */
  AW_REASON_OFFER_CALL,        /* date: wanted */
  AW_REASON_CALL,              /* date: agreed */
  AW_REASON_KEEP_IN_TOUCH,     /* n: days since the last contact */
  AW_REASON_ON_HOLD,
  AW_REASON_TIMELINE,          /* day: my decision date */
  AW_REASON_FEEDBACK,          /* date: asked */
  AW_REASON_STEP,              /* date: due */
  AW_REASON_STEP_NO_DUE,
  AW_REASON_ANSWER,            /* date: when they wrote */
  AW_REASON_ACKNOWLEDGE,       /* day: rejected on */
  AW_REASON_OFFER,             /* day: my decision date, if any */
  AW_REASON_ADDRESSES,         /* other: names */
  AW_REASON_DECISION_MAKER,
  AW_REASON_STATUS,            /* n: days since the last note */
} AwReasonId;

typedef struct
{
  AwReasonId id;
  gint64 date;       /* an instant, or AW_NEVER */
  AwDate day;        /* a date, or AW_DATE_NONE */
  AwDate by_day;     /* a second date, or AW_DATE_NONE */
  int n;             /* a count, days mostly */
  gboolean firm;     /* whether the promised date was */
  gboolean as_article; /* R9: the same, but with an article */
  gboolean unusual;  /* the person is not the usual one: the reason says so */
  const char *other; /* a second person's or a step's id, owned by the plan, or NULL */
} AwReason;

/**
 * AwFollowUp:
 *
 * One item of a plan; members as interchange.md names them. All texts belong
 * to the plan.
 */
typedef struct
{
  const char *key;
  const char *opportunity;
  AwDutyKind kind;
  const char *person;   /* NULL: what I do by myself; "-": somebody is missing */
  AwChannel channel;    /* AW_CHANNEL_UNSET: what I do by myself */
  const char *zone;     /* the person's, NULL: the user's; for aw_plan_remind_at() */
  gint64 opens;
  gint64 due;
  gint64 closes;        /* AW_NEVER: it stays */
  AwDutyState state;
  const char *rules[4]; /* NULL-terminated: rows first, then the guard */
  gint64 guard_touch;   /* when what moved the opening was said (G1 to G3), AW_NEVER: nothing did */
  const char *waiting;  /* the rule it waits for, "snoozed", or NULL if it doesn't wait */
  gint64 waiting_until; /* AW_NEVER: until the leading item is done */
  AwMissing missing;
  const char *const *people; /* complete/-/addresses: about whom; else NULL */
  AwReason reason;
} AwFollowUp;

/**
 * AwElsewhere:
 *
 * The outgoing touches that count of all opportunities, by address, for G1.
 * The plan leaves out those of its own opportunity.
 */
typedef struct _AwElsewhere AwElsewhere;

AwElsewhere *aw_elsewhere_new (void);
AwElsewhere *aw_elsewhere_ref (AwElsewhere *self);
void aw_elsewhere_unref (AwElsewhere *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AwElsewhere, aw_elsewhere_unref)
/* @email is folded inside. */
void aw_elsewhere_add (AwElsewhere *self, const char *email, const char *opportunity, gint64 at);
void aw_elsewhere_add_dossier (AwElsewhere *self, AwDossier *dossier);
void aw_elsewhere_remove_opportunity (AwElsewhere *self, const char *opportunity);

/**
 * AwPlan:
 *
 * The follow-ups of one opportunity at one instant: rules.md §2 and §3 as a
 * pure function. Immutable and reference counted (atomically).
 */
#define AW_TYPE_PLAN (aw_plan_get_type ())
typedef struct _AwPlan AwPlan;
GType aw_plan_get_type (void);

AwPlan *aw_plan_new (AwDossier *dossier, AwElsewhere *elsewhere, AwCalendar *calendar, gint64 now);
AwPlan *aw_plan_ref (AwPlan *self);
void aw_plan_unref (AwPlan *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AwPlan, aw_plan_unref)

guint aw_plan_get_length (AwPlan *self);
const AwFollowUp *aw_plan_get (AwPlan *self, guint i);
const AwFollowUp *aw_plan_find (AwPlan *self, const char *key);
gint64 aw_plan_get_next_change (AwPlan *self); /* when `now` alone changes it; AW_NEVER: never */
int aw_follow_up_compare (const AwFollowUp *a, const AwFollowUp *b);

/* M8: which guard a message to @person would break at @at, or NULL. */
typedef struct
{
  const char *guard;   /* "G1" to "G5", NULL: none */
  const char *touch;   /* id of the touch that caused it, or NULL; owned by the dossier */
  gint64 touch_at;     /* when, AW_NEVER if there is none */
  gint64 until;        /* AW_NEVER: not at all */
} AwGuardHit;

AwGuardHit aw_guards_check (AwDossier *dossier,
                            AwElsewhere *elsewhere,
                            AwCalendar *calendar,
                            const char *person,
                            AwTouchKind kind,
                            AwChannel channel,
                            gint64 at);
gint64 aw_guards_next (AwDossier *dossier, AwElsewhere *elsewhere, AwCalendar *calendar, const char *person, AwTouchKind kind, gint64 at);

/* G7: when a notification for it may come, given the interviews of all
 * opportunities (@busy: pairs of start and end, flat; @n_busy: how many pairs). */
gint64 aw_plan_remind_at (const AwFollowUp *follow_up,
                          AwCalendar *calendar,
                          const gint64 *busy,
                          gsize n_busy);

G_END_DECLS
