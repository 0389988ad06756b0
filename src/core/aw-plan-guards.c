/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/aw-plan-private.h"

#include <string.h>

/* G1 to G5: what holds a message back. G1 to G3 say from when on something may
 * go; the limit is the morning of the first working day on or after a date. */

static gint64
limit_after (AwAdviser *p,
             gint64 touch_at,
             int days,
             int person)
{
  if (touch_at == AW_NEVER)
    return AW_NEVER;
  return aw_adviser_morning (p, aw_adviser_date (p, touch_at) + days, person);
}

/* G1: the last that counts in this opportunity, or to the same address. */
static gint64
last_for_g1 (AwAdviser *p,
             int person)
{
  gint64 last = p->last_counting;
  gint64 elsewhere, next_change;

  if (p->elsewhere == NULL || person < 0 || !aw_adviser_person (p, person)->has_email)
    return last;

  elsewhere = aw_elsewhere_last (p->elsewhere, aw_adviser_person (p, person)->record->email,
                                 AW_ID (p->opportunity), p->now, &next_change);
  if (next_change != AW_NEVER)
    aw_adviser_watch (p, next_change);
  return MAX (last, elsewhere);
}

/* G3: the last that counts by the other of e-mail and telephone. */
static gint64
last_for_g3 (AwAdviser *p,
             AwChannel channel)
{
  if (channel == AW_CHANNEL_EMAIL)
    return p->last_counting_phone;
  if (channel == AW_CHANNEL_PHONE)
    return p->last_counting_email;
  return AW_NEVER;
}

static void
move_opening (AwAdviser *p,
              AwPlanItem *item,
              const char *guard,
              gint64 touch_at,
              int days)
{
  gint64 limit = limit_after (p, touch_at, days, item->person);

  if (limit <= item->follow_up.opens)
    return;
  item->follow_up.opens = limit;
  item->follow_up.guard_touch = touch_at;
  item->guard = guard;
}

/* Moves the opening of @item as @guards demand, and adds the one that decided
 * to its rules: the latest limit, of equal ones the lowest number. */
void
aw_adviser_guard (AwAdviser *p,
                  AwPlanItem *item,
                  AwGuards guards)
{
  item->before = item->follow_up.opens;
  if (guards & AW_GUARD_G1)
    move_opening (p, item, "G1", last_for_g1 (p, item->person), p->policy->min_gap_days);
  if (guards & AW_GUARD_G2)
    move_opening (p, item, "G2", p->last_thanks, p->policy->after_thanks_days);
  if (guards & AW_GUARD_G3)
    move_opening (p, item, "G3", last_for_g3 (p, item->follow_up.channel), p->policy->min_gap_days);
  if (item->guard != NULL)
    aw_plan_item_add_rule (item, item->guard);
}

/* M8 ----------------------------------------------------------------------- */

typedef struct
{
  AwAdviser *p;
  int person;
  AwTouchKind kind;
  AwChannel channel;
  gint64 at;
  AwGuardHit hit;
} Check;

/* The id of what was said at @at, if it is a touch that counts or thanks. */
static const char *
find_touch (AwAdviser *p,
            gint64 at,
            gboolean thanks)
{
  for (guint i = 0; i < p->touches->len; i++)
    {
      const AwPlanTouch *touch = aw_adviser_touch (p, i);

      if (touch->is_out && touch->at == at &&
          (thanks ? touch->kind == AW_TOUCH_THANK_YOU : aw_touch_kind_counts (touch->kind)))
        return AW_ID (touch->record);
    }
  return NULL;
}

static void
take_limit (Check *check,
            const char *guard,
            gint64 touch_at,
            int days)
{
  gint64 limit = limit_after (check->p, touch_at, days, check->person);

  if (limit <= check->at || (check->hit.guard != NULL && limit <= check->hit.until))
    return;
  check->hit.guard = guard;
  check->hit.touch = find_touch (check->p, touch_at, guard[1] == '2');
  check->hit.touch_at = touch_at;
  check->hit.until = limit;
}

/* An agreed call is announced, and no guard holds it. */
static gboolean
is_agreed_call (Check *check)
{
  if (check->kind != AW_TOUCH_CALL || check->channel != AW_CHANNEL_PHONE)
    return FALSE;
  for (guint i = 0; i < check->p->calls->len; i++)
    {
      const AwPlanCall *call = &g_array_index (check->p->calls, AwPlanCall, i);

      if (call->person == check->person && aw_instant_is_set (call->record->agreed_at) &&
          !aw_instant_is_set (call->record->done_at))
        return TRUE;
    }
  return FALSE;
}

/* G4: no unannounced call. */
static gboolean
breaks_g4 (Check *check,
           AwRoles roles)
{
  return check->channel == AW_CHANNEL_PHONE && (roles & (AW_ROLE_HR | AW_ROLE_RECRUITER)) == 0 &&
         check->p->opportunity->follow_up != AW_FOLLOW_UP_PHONE && check->p->policy->phone != AW_PHONE_WEEKLY;
}

/* G5: thanks, answers and feedback to everybody; other things only to those
 * who have to do with the decision, or whom they named for following up. */
static gboolean
breaks_g5 (Check *check,
           AwRoles roles)
{
  switch (check->kind)
    {
    case AW_TOUCH_THANK_YOU:
    case AW_TOUCH_ANSWER:
    case AW_TOUCH_FEEDBACK:
      return FALSE;
    case AW_TOUCH_CHECK_IN:
    case AW_TOUCH_ARTICLE:
    case AW_TOUCH_TIMELINE:
    case AW_TOUCH_ACKNOWLEDGEMENT:
      return check->person != check->p->follow_up_person && !aw_roles_reach_beyond_thanks (roles);
    case AW_TOUCH_UNSET:
    case AW_TOUCH_ESCALATION:
    case AW_TOUCH_KEEP_IN_TOUCH:
    case AW_TOUCH_CALL:
    case AW_TOUCH_REQUEST:
    case AW_TOUCH_OTHER:
    default:
      return !aw_roles_reach_beyond_thanks (roles);
    }
}

static void
run_check (Check *check)
{
  AwAdviser *p = check->p;
  AwRoles roles = aw_adviser_person (p, check->person)->roles;

  if (is_agreed_call (check))
    return;
  if (aw_touch_kind_counts (check->kind) && check->kind != AW_TOUCH_TIMELINE && breaks_g4 (check, roles))
    {
      check->hit.guard = "G4";
      return;
    }
  if (breaks_g5 (check, roles))
    {
      check->hit.guard = "G5";
      return;
    }
  if (!aw_touch_kind_counts (check->kind))
    return;

  if (check->kind != AW_TOUCH_TIMELINE)
    {
      take_limit (check, "G1", last_for_g1 (p, check->person), p->policy->min_gap_days);
      take_limit (check, "G2", p->last_thanks, p->policy->after_thanks_days);
    }
  take_limit (check, "G3", last_for_g3 (p, check->channel), p->policy->min_gap_days);
}

/**
 * aw_guards_check:
 * @dossier: the opportunity it is about
 * @elsewhere: (nullable): what counts in other opportunities
 * @calendar: the user's calendar
 * @person: id of the recipient
 * @kind: what the message is
 * @channel: how it is to go
 * @at: when it is to go
 *
 * M8: which of G1 to G5 a message would break. For a timeline G3 and G5 are
 * looked at, for kinds that don't count only G5. A guard that forbids it
 * altogether (G4, G5) comes before those that pass; of these the one that
 * lasts longest is named.
 *
 * Returns: the guard, or one with %NULL
 */
AwGuardHit
aw_guards_check (AwDossier *dossier,
                 AwElsewhere *elsewhere,
                 AwCalendar *calendar,
                 const char *person,
                 AwTouchKind kind,
                 AwChannel channel,
                 gint64 at)
{
  AwAdviser p;
  Check check = { .p = &p, .kind = kind, .channel = channel, .at = at };

  check.hit = (AwGuardHit) { NULL, NULL, AW_NEVER, AW_NEVER };
  g_return_val_if_fail (AW_IS_DOSSIER (dossier) && calendar != NULL, check.hit);

  aw_adviser_init (&p, dossier, elsewhere, calendar, at);
  aw_plan_silence_prepare (&p);
  check.person = aw_adviser_find_person (&p, person);
  if (check.person != AW_NOBODY)
    run_check (&check);
  aw_adviser_clear (&p);
  return check.hit;
}

/**
 * aw_guards_next:
 * @dossier: the opportunity it is about
 * @elsewhere: (nullable): what counts in other opportunities
 * @calendar: the user's calendar
 * @person: id of the recipient
 * @kind: what is sent
 * @at: when it is sent
 *
 * Returns: until when G1 and G2 would hold the next message to @person after
 *   this one, in seconds since the epoch; %AW_NEVER: this one holds none
 */
gint64
aw_guards_next (AwDossier *dossier,
                AwElsewhere *elsewhere,
                AwCalendar *calendar,
                const char *person,
                AwTouchKind kind,
                gint64 at)
{
  AwAdviser p;
  gint64 until, before;
  int whom;

  g_return_val_if_fail (AW_IS_DOSSIER (dossier) && calendar != NULL, AW_NEVER);

  if (kind != AW_TOUCH_THANK_YOU && !aw_touch_kind_counts (kind))
    return AW_NEVER;
  aw_adviser_init (&p, dossier, elsewhere, calendar, at);
  aw_plan_silence_prepare (&p);
  whom = aw_adviser_find_person (&p, person);
  until = limit_after (&p, at, kind == AW_TOUCH_THANK_YOU ? p.policy->after_thanks_days : p.policy->min_gap_days, whom);
  /* What went before may hold it longer. */
  before = limit_after (&p, last_for_g1 (&p, whom), p.policy->min_gap_days, whom);
  until = MAX (until, before);
  before = limit_after (&p, p.last_thanks, p.policy->after_thanks_days, whom);
  until = MAX (until, before);
  aw_adviser_clear (&p);
  return until;
}
