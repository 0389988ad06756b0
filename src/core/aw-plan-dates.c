/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/aw-plan-private.h"

/* Calls by appointment, my own decision date, and their decision: R10, R12,
 * R16 and R18. */

#define TOLD_LATELY (7 * AW_DAY)
#define TOLD_ONCE (28 * AW_DAY)

/* R10: offer three times for the call that I want. */
void
aw_plan_offer_calls (AwAdviser *p)
{
  if (p->policy->phone != AW_PHONE_BY_APPOINTMENT)
    return;
  for (guint i = 0; i < p->calls->len; i++)
    {
      const AwPlanCall *call = &g_array_index (p->calls, AwPlanCall, i);
      AwPlanItem item;

      if (!aw_instant_is_set (call->record->wanted_at) || aw_instant_is_set (call->record->offered_at) ||
          aw_instant_is_set (call->record->agreed_at) || aw_instant_is_set (call->record->done_at))
        continue;
      if (call->person == AW_NOBODY || !aw_roles_reach_beyond_thanks (aw_adviser_person (p, call->person)->roles))
        continue; /* G5 */

      item = aw_adviser_begin (p, AW_DUTY_CALL, call->person, AW_CHANNEL_EMAIL, AW_ID (call->record), "offer");
      item.counts = TRUE;
      item.follow_up.opens = call->record->wanted_at.sec;
      aw_plan_item_add_rule (&item, "R10");
      aw_adviser_guard (p, &item, AW_GUARD_G1 | AW_GUARD_G2);
      item.follow_up.due = aw_calendar_add_working_days (p->calendar, item.follow_up.opens, 2);
      item.follow_up.closes = item.follow_up.opens + AW_WEEK;
      aw_adviser_need_channel (p, &item);
      item.follow_up.reason.id = AW_REASON_OFFER_CALL;
      item.follow_up.reason.date = call->record->wanted_at.sec;
      aw_adviser_add (p, &item);
    }
}

/* R10: the call itself. No guard holds what was agreed. */
void
aw_plan_agreed_calls (AwAdviser *p)
{
  for (guint i = 0; i < p->calls->len; i++)
    {
      const AwPlanCall *call = &g_array_index (p->calls, AwPlanCall, i);
      gint64 agreed = call->record->agreed_at.sec;
      AwPlanItem item;

      if (agreed == AW_NEVER || aw_instant_is_set (call->record->done_at) || call->person == AW_NOBODY)
        continue;
      item = aw_adviser_begin (p, AW_DUTY_CALL, call->person, AW_CHANNEL_PHONE, AW_ID (call->record), NULL);
      aw_plan_item_add_rule (&item, "R10");
      aw_plan_item_set_times (&item, agreed - AW_HOUR, agreed, agreed + AW_DAY);
      aw_adviser_need_channel (p, &item);
      item.follow_up.reason.id = AW_REASON_CALL;
      item.follow_up.reason.date = agreed;
      aw_adviser_add (p, &item);
    }
}

static const char *
insert_date (AwAdviser *p,
             AwDate date)
{
  g_autofree char *text = aw_date_format (date);

  return g_string_chunk_insert (p->texts, text);
}

static gboolean
is_ahead_before (AwAdviser *p,
                 AwDate date)
{
  for (guint i = 0; i < p->meetings->len; i++)
    if (!aw_adviser_meeting (p, i)->is_ended && aw_adviser_meeting (p, i)->date < date)
      return TRUE;
  return FALSE;
}

/* Whether they know my date already: told within the week before @opens, or
 * within four weeks and nothing came back yet does not suffice. */
static gboolean
was_told (AwAdviser *p,
          gint64 opens)
{
  gint64 last = AW_NEVER;

  for (guint i = 0; i < p->touches->len; i++)
    {
      const AwPlanTouch *touch = aw_adviser_touch (p, i);

      if (touch->is_out && touch->kind == AW_TOUCH_TIMELINE)
        last = MAX (last, touch->at);
    }
  if (last == AW_NEVER || last < opens - TOLD_ONCE)
    return FALSE;
  if (last >= opens - TOLD_LATELY)
    return TRUE;
  return p->last_in >= 0 && aw_adviser_touch (p, p->last_in)->at > last;
}

/* R12: remind them of my own decision date. */
void
aw_plan_timeline (AwAdviser *p)
{
  AwDate date = p->opportunity->my_decision_date;
  gboolean unusual;
  int person;
  AwPlanItem item;

  if (date == AW_DATE_NONE || is_ahead_before (p, date))
    return;
  person = aw_adviser_pick (p, AW_CHAIN_TIMELINE, FALSE, TRUE, &unusual);
  item = aw_adviser_begin (p, AW_DUTY_TIMELINE, person, AW_CHANNEL_EMAIL, insert_date (p, date), NULL);
  item.counts = TRUE;
  item.follow_up.opens = aw_calendar_morning (p->calendar,
                                              aw_calendar_add_working (p->calendar, date, -p->policy->timeline_days),
                                              aw_adviser_zone (p, person));
  aw_plan_item_add_rule (&item, "R12");
  aw_adviser_guard (p, &item, AW_GUARD_G3);
  if (was_told (p, item.follow_up.opens))
    return;
  item.follow_up.due = aw_calendar_end_of_day (p->calendar, aw_calendar_working_before (p->calendar, date));
  item.follow_up.closes = aw_calendar_end_of_day (p->calendar, date);
  aw_adviser_need_channel (p, &item);
  item.follow_up.reason.id = AW_REASON_TIMELINE;
  item.follow_up.reason.day = date;
  item.follow_up.reason.n = date - aw_adviser_date (p, p->now);
  item.follow_up.reason.unusual = unusual;
  aw_adviser_add (p, &item);
}

/* Whether something of @kind went out on or after the day before @changed. */
static gboolean
went_out_since (AwAdviser *p,
                AwTouchKind kind,
                AwDate changed)
{
  for (guint i = 0; i < p->touches->len; i++)
    {
      const AwPlanTouch *touch = aw_adviser_touch (p, i);

      if (touch->is_out && touch->kind == kind && aw_adviser_date (p, touch->at) >= changed - 1)
        return TRUE;
    }
  return FALSE;
}

/* R16: one gracious line after a rejection. */
void
aw_plan_acknowledge (AwAdviser *p)
{
  gint64 changed = p->opportunity->status_changed_at.sec;
  AwDate date;
  gboolean unusual;
  int person;
  AwPlanItem item;

  if (!p->policy->acknowledge_rejections || changed == AW_NEVER)
    return;
  date = aw_adviser_date (p, changed);
  if (went_out_since (p, AW_TOUCH_ACKNOWLEDGEMENT, date))
    return;

  person = aw_adviser_pick (p, AW_CHAIN_TIMELINE, FALSE, TRUE, &unusual);
  item = aw_adviser_begin (p, AW_DUTY_ACKNOWLEDGEMENT, person, AW_CHANNEL_EMAIL, insert_date (p, date), NULL);
  aw_plan_item_add_rule (&item, "R16");
  aw_plan_item_set_times (&item, changed, changed + 48 * AW_HOUR, changed + AW_WEEK);
  aw_adviser_need_channel (p, &item);
  item.follow_up.reason.id = AW_REASON_ACKNOWLEDGE;
  item.follow_up.reason.day = date;
  item.follow_up.reason.unusual = unusual;
  aw_adviser_add (p, &item);
}

/* R18: thank them for the offer, and say when I'll decide. */
void
aw_plan_answer_offer (AwAdviser *p)
{
  gint64 changed = p->opportunity->status_changed_at.sec;
  gint64 due;
  gboolean unusual;
  int person;
  AwPlanItem item;

  if (changed == AW_NEVER || went_out_since (p, AW_TOUCH_ANSWER, aw_adviser_date (p, changed)))
    return;

  person = aw_adviser_pick (p, AW_CHAIN_TIMELINE, FALSE, TRUE, &unusual);
  item = aw_adviser_begin (p, AW_DUTY_ANSWER, person, AW_CHANNEL_EMAIL, "offer", NULL);
  due = changed + 48 * AW_HOUR;
  if (p->opportunity->my_decision_date != AW_DATE_NONE)
    due = MIN (due, aw_calendar_end_of_day (p->calendar, p->opportunity->my_decision_date));
  aw_plan_item_add_rule (&item, "R18");
  aw_plan_item_set_times (&item, changed, MAX (due, changed), AW_NEVER);
  aw_adviser_need_channel (p, &item);
  item.follow_up.reason.id = AW_REASON_OFFER;
  item.follow_up.reason.date = changed;
  item.follow_up.reason.day = p->opportunity->my_decision_date;
  item.follow_up.reason.unusual = unusual;
  aw_adviser_add (p, &item);
}
