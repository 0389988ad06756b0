/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/aw-plan-private.h"

/* What follows from interviews: R1 to R5. */

#define SAME_NOTE_WITHIN (12 * AW_HOUR)

/* The end of the last interview on the date of @meeting, ended or not. */
static gint64
last_end_on_date (AwAdviser *p,
                  const AwPlanMeeting *meeting)
{
  gint64 last = meeting->end;

  for (guint i = 0; i < p->meetings->len; i++)
    {
      const AwPlanMeeting *other = aw_adviser_meeting (p, i);

      if (other->date == meeting->date)
        last = MAX (last, other->end);
    }
  return last;
}

/* R1: the questions and the exit checklist, from the day before. */
void
aw_plan_prepare (AwAdviser *p)
{
  for (guint i = 0; i < p->meetings->len; i++)
    {
      const AwPlanMeeting *meeting = aw_adviser_meeting (p, i);
      AwPlanItem item;

      if (meeting->is_ended)
        continue;
      item = aw_adviser_begin (p, AW_DUTY_PREPARE, AW_MYSELF, AW_CHANNEL_UNSET, meeting->id, NULL);
      aw_plan_item_add_rule (&item, "R1");
      aw_plan_item_set_times (&item, meeting->start - AW_DAY, meeting->start, meeting->start);
      item.follow_up.reason.id = AW_REASON_PREPARE;
      item.follow_up.reason.date = meeting->start;
      aw_adviser_add (p, &item);
    }
}

/* R2: who was there, what was said; longer while a note of it waits. */
void
aw_plan_debrief (AwAdviser *p)
{
  for (guint i = 0; i < p->meetings->len; i++)
    {
      const AwPlanMeeting *meeting = aw_adviser_meeting (p, i);
      gint64 opens;
      AwPlanItem item;

      if (!meeting->is_ended || meeting->is_debriefed)
        continue;
      opens = last_end_on_date (p, meeting);
      item = aw_adviser_begin (p, AW_DUTY_DEBRIEF, AW_MYSELF, AW_CHANNEL_UNSET, meeting->id, NULL);
      aw_plan_item_add_rule (&item, "R2");
      aw_plan_item_set_times (&item, opens, opens + 4 * AW_HOUR,
                              opens + (meeting->has_thanks ? 168 : 72) * AW_HOUR);
      item.follow_up.reason.id = AW_REASON_DEBRIEF;
      item.follow_up.reason.date = meeting->end;
      aw_adviser_add (p, &item);
    }
}

/* The first outgoing thank-you that names @person at or after @since, by
 * e-mail or by whatever channel but letter; AW_NEVER. */
static gint64
first_thanks (AwAdviser *p,
              int person,
              gint64 since,
              gboolean by_email)
{
  gint64 first = AW_NEVER;

  for (guint i = 0; i < p->touches->len; i++)
    {
      const AwPlanTouch *touch = aw_adviser_touch (p, i);

      if (!touch->is_out || touch->kind != AW_TOUCH_THANK_YOU || touch->at < since ||
          touch->channel == AW_CHANNEL_LETTER || (by_email && touch->channel != AW_CHANNEL_EMAIL) ||
          (first != AW_NEVER && touch->at >= first))
        continue;
      if (aw_adviser_names (p, touch, person))
        first = touch->at;
    }
  return first;
}

static void
set_thanks_times (AwAdviser *p,
                  AwPlanItem *item,
                  const AwPlanMeeting *meeting)
{
  gint64 opens = last_end_on_date (p, meeting) + p->policy->thank_you_opens_hours * AW_HOUR;
  gint64 due = meeting->end + p->policy->thank_you_hours * AW_HOUR;

  aw_plan_item_set_times (item, opens, MAX (due, opens), meeting->end + AW_WEEK);
}

static AwReasonId
thanks_reason (AwAdviser *p,
               const AwPlanMeeting *meeting,
               AwReasonId in_time)
{
  gint64 late = meeting->end + p->policy->thank_you_latest_hours * AW_HOUR;

  aw_adviser_watch (p, late + 1);
  return p->now > late ? AW_REASON_THANK_LATE : in_time;
}

/* Whether @person is in another interview that has not ended and begins so
 * close to the end of @meeting that one note will do for both. */
static gboolean
is_in_the_next_one (AwAdviser *p,
                    guint person,
                    const AwPlanMeeting *meeting)
{
  for (guint i = 0; i < p->meetings->len; i++)
    {
      const AwPlanMeeting *other = aw_adviser_meeting (p, i);

      if (other->is_ended || ABS (other->start - meeting->end) > SAME_NOTE_WITHIN)
        continue;
      for (guint k = 0; k < other->n_attendees; k++)
        if (aw_adviser_ref (p, other->first_attendee + k) == person)
          return TRUE;
    }
  return FALSE;
}

static void
thank_nobody_recorded (AwAdviser *p,
                       AwPlanMeeting *meeting)
{
  AwPlanItem item = aw_adviser_begin (p, AW_DUTY_THANK_YOU, AW_NOBODY, AW_CHANNEL_EMAIL, meeting->id, NULL);

  aw_plan_item_add_rule (&item, "R3");
  set_thanks_times (p, &item, meeting);
  item.follow_up.missing = AW_MISSING_ATTENDEES;
  item.follow_up.reason.id = AW_REASON_THANK_NOBODY;
  item.follow_up.reason.date = meeting->end;
  if (aw_adviser_add (p, &item))
    meeting->has_thanks = TRUE;
}

static void
thank_person (AwAdviser *p,
              guint index)
{
  const AwPlanPerson *person = aw_adviser_person (p, index);
  AwPlanMeeting *meeting;
  AwPlanItem item;

  if (person->latest < 0)
    return;
  meeting = aw_adviser_meeting (p, person->latest);
  if (first_thanks (p, (int) index, meeting->start, FALSE) != AW_NEVER || is_in_the_next_one (p, index, meeting))
    return;

  item = aw_adviser_begin (p, AW_DUTY_THANK_YOU, (int) index, AW_CHANNEL_EMAIL, meeting->id, NULL);
  aw_plan_item_add_rule (&item, "R3");
  set_thanks_times (p, &item, meeting);
  aw_adviser_need_channel (p, &item);
  item.follow_up.reason.id = thanks_reason (p, meeting, AW_REASON_THANK);
  item.follow_up.reason.date = meeting->end;
  if (aw_adviser_add (p, &item))
    meeting->has_thanks = TRUE;
}

/* R3: thank everybody one met, once, for their latest interview. */
void
aw_plan_thank (AwAdviser *p)
{
  for (guint i = 0; i < p->meetings->len; i++)
    {
      AwPlanMeeting *meeting = aw_adviser_meeting (p, i);

      if (meeting->is_ended && meeting->n_attendees == 0)
        thank_nobody_recorded (p, meeting);
    }
  for (guint i = 0; i < p->people->len; i++)
    thank_person (p, i);
}

/* The ended interview that was no phone screen, the last of them; NULL. */
static const AwPlanMeeting *
last_real_interview (AwAdviser *p)
{
  const AwPlanMeeting *last = NULL;

  for (guint i = 0; i < p->meetings->len; i++)
    {
      const AwPlanMeeting *meeting = aw_adviser_meeting (p, i);

      if (meeting->is_ended && !meeting->is_screen && (last == NULL || meeting->end > last->end))
        last = meeting;
    }
  return last;
}

static gboolean
is_unmet_decision_maker (const AwPlanPerson *person)
{
  return (person->roles & AW_ROLE_DECISION_MAKER) != 0 && !person->attends;
}

/* R4: a note to a decision maker whom one did not meet. */
void
aw_plan_thank_unmet (AwAdviser *p)
{
  const AwPlanMeeting *meeting = p->policy->thank_unmet ? last_real_interview (p) : NULL;

  if (meeting == NULL)
    return;
  for (guint i = 0; i < p->people->len; i++)
    {
      AwPlanItem item;

      if (!is_unmet_decision_maker (aw_adviser_person (p, i)) || first_thanks (p, (int) i, AW_NEVER, FALSE) != AW_NEVER)
        continue;
      item = aw_adviser_begin (p, AW_DUTY_THANK_YOU, (int) i, AW_CHANNEL_EMAIL, "-", NULL);
      aw_plan_item_add_rule (&item, "R4");
      set_thanks_times (p, &item, meeting);
      aw_adviser_need_channel (p, &item);
      item.follow_up.reason.id = thanks_reason (p, meeting, AW_REASON_THANK_UNMET);
      item.follow_up.reason.date = meeting->end;
      aw_adviser_add (p, &item);
    }
}

static gboolean
got_letter_since (AwAdviser *p,
                  int person,
                  gint64 since)
{
  for (guint i = 0; i < p->touches->len; i++)
    {
      const AwPlanTouch *touch = aw_adviser_touch (p, i);

      if (touch->is_out && touch->channel == AW_CHANNEL_LETTER && touch->at >= since &&
          aw_adviser_names (p, touch, person))
        return TRUE;
    }
  return FALSE;
}

static void
write_letter (AwAdviser *p,
              guint index,
              const AwPlanMeeting *meeting,
              const char *what)
{
  gint64 opens = first_thanks (p, (int) index, meeting->start, TRUE);
  gint64 closes = meeting->end + AW_WEEK;
  AwPlanItem item;

  if (opens == AW_NEVER || opens >= closes || got_letter_since (p, (int) index, meeting->start))
    return;
  item = aw_adviser_begin (p, AW_DUTY_LETTER, (int) index, AW_CHANNEL_LETTER, what, NULL);
  aw_plan_item_add_rule (&item, "R5");
  aw_plan_item_set_times (&item, opens, MAX (meeting->end + 48 * AW_HOUR, opens + AW_DAY), closes);
  item.follow_up.reason.id = AW_REASON_LETTER;
  item.follow_up.reason.date = opens;
  aw_adviser_add (p, &item);
}

/* R5: a hand-written note, in addition to the e-mail. */
void
aw_plan_letters (AwAdviser *p)
{
  const AwPlanMeeting *last;

  if (!p->policy->handwritten)
    return;
  last = last_real_interview (p);
  for (guint i = 0; i < p->people->len; i++)
    {
      const AwPlanPerson *person = aw_adviser_person (p, i);

      if (!person->has_address)
        continue;
      if (person->latest >= 0)
        write_letter (p, i, aw_adviser_meeting (p, person->latest), aw_adviser_meeting (p, person->latest)->id);
      else if (last != NULL && is_unmet_decision_maker (person))
        write_letter (p, i, last, "-");
    }
}
