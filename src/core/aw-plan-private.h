/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/aw-plan.h"

G_BEGIN_DECLS

/* What the rules read: the facts of one opportunity as plain structs, gathered
 * once, without what refers to nothing. Indices stand for people and
 * interviews. Rules are in aw-plan-*.c, one small function each. */

#define AW_NOBODY (-1) /* somebody is missing: "-" in keys, and as person */
#define AW_MYSELF (-2) /* what I do by myself: "-" in keys, no person */

#define AW_WEEK (7 * AW_DAY)

typedef struct
{
  AwPerson *record;
  const char *id;
  const char *zone;
  AwRoles roles;
  guint has_email : 1;
  guint has_phone : 1;
  guint has_address : 1;
  guint attends : 1;  /* is on some interview's list of attendees */
  guint had_turn : 1; /* since t0 */
  guint asked : 1;    /* a check-in since t0 went to them */
  int latest;         /* index of the latest ended interview that they attended, -1 */
  gint64 first_met;   /* end of the first one, AW_NEVER */
  gint64 last_touch;  /* in either direction */
  AwChannel last_channel;
} AwPlanPerson;

typedef struct
{
  const char *id;
  gint64 start, end;
  AwDate date; /* of its start, in the user's zone */
  guint is_ended : 1;
  guint is_screen : 1;
  guint is_debriefed : 1;
  guint has_thanks : 1; /* one of the plan's thank-you notes is for it */
  guint first_attendee, n_attendees;
} AwPlanMeeting;

typedef struct
{
  AwTouch *record;
  gint64 at;
  AwTouchKind kind;
  AwChannel channel;
  gboolean is_out;
  guint first_person, n_people;
} AwPlanTouch;

typedef struct
{
  const char *key;
  AwDecided what;
  gint64 at, until;
} AwPlanDecision;

typedef struct
{
  AwCall *record;
  int person; /* AW_NOBODY: an unknown one */
} AwPlanCall;

typedef struct
{
  AwFollowUp follow_up;
  int person;
  gint64 before;     /* the opening before guards */
  const char *guard; /* that moved it, or NULL */
  gint64 held_until; /* by an unsent thank-you, AW_NEVER */
  gint64 snoozed_until;
  guint is_silence : 1; /* R6 to R9, R11: decisions before t0 don't count, others are turns */
  guint is_lasting : 1; /* done and skipped don't hide it */
  guint counts : 1;     /* one of those of which G9 lets one lead */
  guint n_rules;
} AwPlanItem;

typedef struct
{
  AwDossier *dossier;
  AwOpportunity *opportunity;
  AwElsewhere *elsewhere;
  AwCalendar *calendar;
  AwPolicy *policy;
  gint64 now;
  gboolean decision_maker_first;
  gint64 next_change;

  GStringChunk *texts;
  GArray *people;    /* AwPlanPerson */
  GArray *meetings;  /* AwPlanMeeting, none cancelled */
  GArray *touches;   /* AwPlanTouch */
  GArray *decisions; /* AwPlanDecision */
  GArray *calls;     /* AwPlanCall */
  GArray *refs;      /* guint: indices of people */
  GArray *items;     /* AwPlanItem */
  GHashTable *by_id; /* people, where there are many */
  const char **unreachable; /* ids of people without an address, or NULL */

  /* Derived when gathering. */
  int last_ended;             /* index of the interview that ended last, -1 */
  gboolean is_ahead;          /* an interview lies ahead */
  gint64 cancelled_start;     /* latest past start of a cancelled one */
  int last_in;                /* index of the last incoming touch, -1 */
  gint64 last_thanks;         /* outgoing thank-you, by whatever channel */
  int follow_up_person;

  /* Derived by aw_plan_silence_prepare(). */
  gint64 t0;
  guint n_turns;
  gint64 last_skip;
  gint64 last_counting;       /* outgoing, what counts, turns marked done included */
  gint64 last_counting_email; /* of these, by e-mail */
  gint64 last_counting_phone; /* of these, by telephone and not by appointment */
  gint64 last_check_in;       /* since t0 */
  GArray *notes;              /* gint64: turns on R11 since t0, rising */
} AwAdviser;

#define aw_adviser_person(p, i) (&g_array_index ((p)->people, AwPlanPerson, (i)))
#define aw_adviser_meeting(p, i) (&g_array_index ((p)->meetings, AwPlanMeeting, (i)))
#define aw_adviser_touch(p, i) (&g_array_index ((p)->touches, AwPlanTouch, (i)))
#define aw_adviser_item(p, i) (&g_array_index ((p)->items, AwPlanItem, (i)))
#define aw_adviser_ref(p, i) (g_array_index ((p)->refs, guint, (i)))

/* aw-plan-gather.c */
void aw_adviser_init (AwAdviser *p, AwDossier *dossier, AwElsewhere *elsewhere, AwCalendar *calendar, gint64 now);
void aw_adviser_clear (AwAdviser *p);
int aw_adviser_find_person (AwAdviser *p, const char *id);
gboolean aw_adviser_names (AwAdviser *p, const AwPlanTouch *touch, int person);
const AwPlanDecision *aw_adviser_find_decision (AwAdviser *p, const char *key);
gboolean aw_touch_is_turn (const AwPlanTouch *touch);
gboolean aw_key_is_turn (const char *key);

/* aw-plan-items.c */
void aw_adviser_watch (AwAdviser *p, gint64 at);
AwDate aw_adviser_date (AwAdviser *p, gint64 at);
const char *aw_adviser_zone (AwAdviser *p, int person);
gint64 aw_adviser_morning (AwAdviser *p, AwDate date, int person);
AwPlanItem aw_adviser_begin (AwAdviser *p, AwDutyKind kind, int person, AwChannel channel, const char *what, const char *more);
void aw_plan_item_add_rule (AwPlanItem *item, const char *rule);
void aw_plan_item_set_times (AwPlanItem *item, gint64 opens, gint64 due, gint64 closes);
void aw_adviser_need_channel (AwAdviser *p, AwPlanItem *item);
gboolean aw_adviser_add (AwAdviser *p, AwPlanItem *item);
void aw_adviser_settle (AwAdviser *p);
void aw_adviser_settle_one (AwAdviser *p, AwPlanItem *item);

/* aw-plan-people.c */
typedef enum
{
  AW_CHAIN_HR_FIRST,
  AW_CHAIN_DECISION_MAKER_FIRST,
  AW_CHAIN_TIMELINE,
} AwChain;

int aw_adviser_pick (AwAdviser *p, AwChain chain, gboolean by_phone, gboolean with_follow_up_person, gboolean *unusual);
int aw_adviser_pick_manager (AwAdviser *p);
int aw_adviser_pick_last_contact (AwAdviser *p, gboolean *unusual);
gboolean aw_roles_reach_beyond_thanks (AwRoles roles);

/* aw-plan-guards.c */
typedef enum
{
  AW_GUARD_G1 = 1 << 0,
  AW_GUARD_G2 = 1 << 1,
  AW_GUARD_G3 = 1 << 2,
} AwGuards;

void aw_adviser_guard (AwAdviser *p, AwPlanItem *item, AwGuards guards);

/* aw-plan-elsewhere.c */
gint64 aw_elsewhere_last (AwElsewhere *self, const char *email, const char *opportunity, gint64 now, gint64 *next_change);

/* The rules. */
void aw_plan_prepare (AwAdviser *p);        /* R1 */
void aw_plan_debrief (AwAdviser *p);        /* R2, after R3 */
void aw_plan_thank (AwAdviser *p);          /* R3 */
void aw_plan_thank_unmet (AwAdviser *p);    /* R4 */
void aw_plan_letters (AwAdviser *p);        /* R5 */
void aw_plan_silence_prepare (AwAdviser *p);
gboolean aw_adviser_promise_counts (AwAdviser *p);
void aw_plan_silence (AwAdviser *p);        /* R6 to R9, R11, R19 */
void aw_plan_offer_calls (AwAdviser *p);    /* R10 */
void aw_plan_agreed_calls (AwAdviser *p);   /* R10 */
void aw_plan_timeline (AwAdviser *p);       /* R12 */
void aw_plan_feedback (AwAdviser *p);       /* R13 */
void aw_plan_steps (AwAdviser *p);          /* R14 */
void aw_plan_answers (AwAdviser *p);        /* R15 */
void aw_plan_acknowledge (AwAdviser *p);    /* R16 */
void aw_plan_complete_decision_maker (AwAdviser *p); /* R17 */
void aw_plan_complete_addresses (AwAdviser *p);      /* R17, after all others are settled */
void aw_plan_answer_offer (AwAdviser *p);   /* R18 */

G_END_DECLS
