/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/aw-plan-private.h"

#include <string.h>

/* How an item is put together and gets its state (rules.md §2). */

/* Notes an instant from which on the plan may be another. */
void
aw_adviser_watch (AwAdviser *p,
                  gint64 at)
{
  if (at > p->now && (p->next_change == AW_NEVER || at < p->next_change))
    p->next_change = at;
}

AwDate
aw_adviser_date (AwAdviser *p,
                 gint64 at)
{
  return aw_calendar_date_of (p->calendar, NULL, at);
}

const char *
aw_adviser_zone (AwAdviser *p,
                 int person)
{
  return person >= 0 ? aw_adviser_person (p, person)->zone : NULL;
}

/* The morning of the first working day on or after @date, for @person. */
gint64
aw_adviser_morning (AwAdviser *p,
                    AwDate date,
                    int person)
{
  return aw_calendar_morning (p->calendar, aw_calendar_working_on_or_after (p->calendar, date),
                              aw_adviser_zone (p, person));
}

static const char *
make_key (AwAdviser *p,
          AwDutyKind kind,
          const char *person,
          const char *what,
          const char *more)
{
  const char *parts[] = { aw_duty_kinds.names[kind], person, what, more };
  char buffer[256];
  gsize used = 0;
  g_autofree char *longer = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (parts) && parts[i] != NULL; i++)
    {
      gsize length = strlen (parts[i]);

      if (used + length + 2 > sizeof buffer)
        {
          longer = g_strjoin ("/", parts[0], parts[1], parts[2], parts[3], NULL);
          return g_string_chunk_insert (p->texts, longer);
        }
      if (i > 0)
        buffer[used++] = '/';
      memcpy (buffer + used, parts[i], length);
      used += length;
    }
  return g_string_chunk_insert_len (p->texts, buffer, (gssize) used);
}

AwPlanItem
aw_adviser_begin (AwAdviser *p,
                  AwDutyKind kind,
                  int person,
                  AwChannel channel,
                  const char *what,
                  const char *more)
{
  const char *id = person >= 0 ? aw_adviser_person (p, person)->id : "-";
  AwPlanItem item = {
    .follow_up = {
      .key = make_key (p, kind, id, what, more),
      .opportunity = AW_ID (p->opportunity),
      .kind = kind,
      .person = person == AW_MYSELF ? NULL : id,
      .channel = channel,
      .zone = aw_adviser_zone (p, person),
      .closes = AW_NEVER,
      .guard_touch = AW_NEVER,
      .waiting_until = AW_NEVER,
      .reason = { .date = AW_NEVER, .day = AW_DATE_NONE, .by_day = AW_DATE_NONE },
    },
    .person = person,
    .held_until = AW_NEVER,
    .snoozed_until = AW_NEVER,
  };

  return item;
}

void
aw_plan_item_add_rule (AwPlanItem *item,
                       const char *rule)
{
  g_assert (item->n_rules < G_N_ELEMENTS (item->follow_up.rules) - 1);

  item->follow_up.rules[item->n_rules++] = rule;
}

/* For items that no guard moves. */
void
aw_plan_item_set_times (AwPlanItem *item,
                        gint64 opens,
                        gint64 due,
                        gint64 closes)
{
  item->before = opens;
  item->follow_up.opens = opens;
  item->follow_up.due = due;
  item->follow_up.closes = closes;
}

/* What must be recorded first: somebody, and a way to reach them. */
void
aw_adviser_need_channel (AwAdviser *p,
                         AwPlanItem *item)
{
  const AwPlanPerson *person;

  item->follow_up.missing = 0;
  if (item->person == AW_NOBODY)
    {
      item->follow_up.missing = AW_MISSING_PERSON;
      return;
    }

  person = aw_adviser_person (p, item->person);
  if (item->follow_up.channel == AW_CHANNEL_EMAIL && !person->has_email)
    item->follow_up.missing = AW_MISSING_EMAIL;
  else if (item->follow_up.channel == AW_CHANNEL_PHONE && !person->has_phone)
    item->follow_up.missing = AW_MISSING_PHONE;
}

static gboolean
has_key (AwAdviser *p,
         const char *key)
{
  for (guint i = 0; i < p->items->len; i++)
    if (strcmp (aw_adviser_item (p, i)->follow_up.key, key) == 0)
      return TRUE;
  return FALSE;
}

/* Puts @item into the plan, unless it is over or was decided. Returns whether
 * it is there now. */
gboolean
aw_adviser_add (AwAdviser *p,
                AwPlanItem *item)
{
  const AwFollowUp *follow_up = &item->follow_up;
  const AwPlanDecision *decision = aw_adviser_find_decision (p, follow_up->key);

  if (follow_up->closes != AW_NEVER)
    {
      if (p->now >= follow_up->closes)
        return FALSE;
      aw_adviser_watch (p, follow_up->closes);
    }
  if (decision != NULL && item->is_silence && decision->at <= p->t0)
    decision = NULL;
  if (decision != NULL && decision->what != AW_DECIDED_SNOOZED && !item->is_silence && !item->is_lasting)
    return FALSE;
  if (has_key (p, follow_up->key))
    return FALSE;

  if (decision != NULL && decision->what == AW_DECIDED_SNOOZED)
    item->snoozed_until = decision->until;
  g_array_append_vals (p->items, item, 1);
  return TRUE;
}

static void
set_waiting (AwPlanItem *item,
             const char *rule,
             gint64 until)
{
  item->follow_up.state = AW_STATE_WAITING;
  item->follow_up.waiting = rule;
  item->follow_up.waiting_until = until;
}

void
aw_adviser_settle_one (AwAdviser *p,
                       AwPlanItem *item)
{
  AwFollowUp *follow_up = &item->follow_up;

  aw_adviser_watch (p, item->before);
  aw_adviser_watch (p, follow_up->opens);
  aw_adviser_watch (p, follow_up->due + 1);
  if (item->snoozed_until != AW_NEVER)
    aw_adviser_watch (p, item->snoozed_until);
  if (item->held_until != AW_NEVER)
    aw_adviser_watch (p, item->held_until);

  if (p->now < item->before)
    follow_up->state = AW_STATE_UPCOMING;
  else if (item->snoozed_until != AW_NEVER && p->now < item->snoozed_until)
    set_waiting (item, "snoozed", item->snoozed_until);
  else if (follow_up->missing != 0)
    follow_up->state = AW_STATE_MISSING;
  else if (p->now < follow_up->opens)
    set_waiting (item, item->guard, follow_up->opens);
  else if (item->held_until != AW_NEVER && p->now < item->held_until)
    set_waiting (item, "R3", item->held_until);
  else
    follow_up->state = p->now <= follow_up->due ? AW_STATE_DUE : AW_STATE_OVERDUE;
}

/* G10, and R12's: an unsent thank-you to the same person goes first. */
static void
hold_for_thanks (AwAdviser *p,
                 AwPlanItem *item)
{
  for (guint i = 0; i < p->items->len; i++)
    {
      const AwPlanItem *thanks = aw_adviser_item (p, i);

      if (thanks->follow_up.kind != AW_DUTY_THANK_YOU || thanks->person != item->person)
        continue;
      item->held_until = item->follow_up.kind == AW_DUTY_TIMELINE
                           ? MIN (thanks->follow_up.due, item->follow_up.due)
                           : thanks->follow_up.closes;
    }
}

static gboolean
is_open (const AwPlanItem *item)
{
  return item->follow_up.state == AW_STATE_DUE || item->follow_up.state == AW_STATE_OVERDUE;
}

/* G9: a timeline that is due or overdue says what a check-in, an escalation or
 * the article for one would say. */
static void
replace_by_timeline (AwAdviser *p)
{
  gboolean replaces = FALSE;

  for (guint i = 0; i < p->items->len; i++)
    {
      const AwPlanItem *item = aw_adviser_item (p, i);

      replaces |= item->follow_up.kind == AW_DUTY_TIMELINE && is_open (item);
    }
  if (!replaces)
    return;

  for (guint i = p->items->len; i-- > 0;)
    {
      AwDutyKind kind = aw_adviser_item (p, i)->follow_up.kind;

      if (kind == AW_DUTY_CHECK_IN || kind == AW_DUTY_ESCALATION || kind == AW_DUTY_ARTICLE)
        g_array_remove_index (p->items, i);
    }
}

static int
leading_rank (const AwPlanItem *item)
{
  return item->follow_up.kind == AW_DUTY_TIMELINE ? 0 : item->follow_up.kind == AW_DUTY_CALL ? 1 : 2;
}

static gboolean
leads_before (const AwPlanItem *a,
              const AwPlanItem *b)
{
  int by_rank = leading_rank (a) - leading_rank (b);

  if (by_rank != 0)
    return by_rank < 0;
  if (a->follow_up.opens != b->follow_up.opens)
    return a->follow_up.opens < b->follow_up.opens;
  return aw_follow_up_compare (&a->follow_up, &b->follow_up) < 0;
}

/* G9: of the items that count one leads, the others wait for it. */
static void
let_one_lead (AwAdviser *p)
{
  AwPlanItem *leader = NULL;

  for (guint i = 0; i < p->items->len; i++)
    {
      AwPlanItem *item = aw_adviser_item (p, i);
      gboolean is_held = item->follow_up.state == AW_STATE_WAITING && p->now >= item->snoozed_until;

      if (item->counts && (is_held || is_open (item)) && (leader == NULL || leads_before (item, leader)))
        leader = item;
    }
  for (guint i = 0; i < p->items->len; i++)
    {
      AwPlanItem *item = aw_adviser_item (p, i);

      if (item->counts && item != leader && is_open (item))
        set_waiting (item, "G9", AW_NEVER);
    }
}

/* States of all items; those of complete/-/addresses come after it. */
void
aw_adviser_settle (AwAdviser *p)
{
  for (guint i = 0; i < p->items->len; i++)
    {
      AwPlanItem *item = aw_adviser_item (p, i);

      if (item->counts && item->person >= 0)
        hold_for_thanks (p, item);
      aw_adviser_settle_one (p, item);
    }
  replace_by_timeline (p);
  let_one_lead (p);
}
