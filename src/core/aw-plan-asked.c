/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/aw-plan-private.h"

/* What they asked for: R13 to R15. */

/* When a step was asked for: as recorded, else a day before it is due, else
 * when the last interview ended; AW_NEVER if there was none. */
static gint64
asked_at (AwAdviser *p,
          const AwStep *step)
{
  if (aw_instant_is_set (step->asked_at))
    return step->asked_at.sec;
  if (aw_instant_is_set (step->due))
    return step->due.sec - AW_DAY;
  return p->last_ended >= 0 ? aw_adviser_meeting (p, p->last_ended)->end : AW_NEVER;
}

static gboolean
is_feedback (const AwStep *step)
{
  return step->kind == AW_STEP_FEEDBACK || step->kind == AW_STEP_FORM;
}

/* R13: feedback and forms, at once. */
void
aw_plan_feedback (AwAdviser *p)
{
  AwRecordList *list = aw_dossier_get_list (p->dossier, AW_RECORD_STEP);

  for (guint i = 0; i < aw_record_list_get_length (list); i++)
    {
      const AwStep *step = aw_record_list_peek (list, i);
      gint64 asked = asked_at (p, step);
      AwPlanItem item;

      if (!is_feedback (step) || aw_instant_is_set (step->done_at) || asked == AW_NEVER)
        continue;
      item = aw_adviser_begin (p, AW_DUTY_FEEDBACK, aw_adviser_find_person (p, step->asked_by), AW_CHANNEL_EMAIL,
                               AW_ID (step), NULL);
      aw_plan_item_add_rule (&item, "R13");
      aw_plan_item_set_times (&item, asked, asked + AW_DAY, asked + 14 * AW_DAY);
      aw_adviser_need_channel (p, &item);
      item.follow_up.reason.id = AW_REASON_FEEDBACK;
      item.follow_up.reason.date = asked;
      item.follow_up.reason.other = AW_ID (step);
      aw_adviser_add (p, &item);
    }
}

/* R14: tests and other next steps, by the day they are due. */
void
aw_plan_steps (AwAdviser *p)
{
  AwRecordList *list = aw_dossier_get_list (p->dossier, AW_RECORD_STEP);

  for (guint i = 0; i < aw_record_list_get_length (list); i++)
    {
      const AwStep *step = aw_record_list_peek (list, i);
      gint64 asked = asked_at (p, step);
      gint64 opens = asked;
      gint64 due = step->due.sec;
      AwPlanItem item;

      if (is_feedback (step) || aw_instant_is_set (step->done_at) || asked == AW_NEVER)
        continue;
      if (due == AW_NEVER)
        due = aw_calendar_add_working_days (p->calendar, asked, 2);
      else
        opens = MIN (due, MAX (asked, due - 3 * AW_DAY));

      item = aw_adviser_begin (p, AW_DUTY_NEXT_STEP, AW_MYSELF, AW_CHANNEL_UNSET, AW_ID (step), NULL);
      aw_plan_item_add_rule (&item, "R14");
      aw_plan_item_set_times (&item, opens, due, due + AW_WEEK);
      item.follow_up.reason.id = aw_instant_is_set (step->due) ? AW_REASON_STEP : AW_REASON_STEP_NO_DUE;
      item.follow_up.reason.date = aw_instant_is_set (step->due) ? step->due.sec : asked;
      item.follow_up.reason.other = AW_ID (step);
      aw_adviser_add (p, &item);
    }
}

/* Whether anything but a thank-you went to one of those of @incoming since; to
 * anybody if it names nobody. */
static gboolean
was_answered (AwAdviser *p,
              const AwPlanTouch *incoming)
{
  for (guint i = 0; i < p->touches->len; i++)
    {
      const AwPlanTouch *touch = aw_adviser_touch (p, i);

      if (!touch->is_out || touch->kind == AW_TOUCH_THANK_YOU || touch->at < incoming->at)
        continue;
      if (incoming->n_people == 0)
        return TRUE;
      for (guint k = 0; k < incoming->n_people; k++)
        if (aw_adviser_names (p, touch, (int) aw_adviser_ref (p, incoming->first_person + k)))
          return TRUE;
    }
  return FALSE;
}

static AwChannel
answer_channel (AwChannel channel)
{
  return channel == AW_CHANNEL_PHONE || channel == AW_CHANNEL_MESSAGE ? channel : AW_CHANNEL_EMAIL;
}

/* R15: what they wrote and wait for an answer to. */
void
aw_plan_answers (AwAdviser *p)
{
  for (guint i = 0; i < p->touches->len; i++)
    {
      const AwPlanTouch *touch = aw_adviser_touch (p, i);
      int person;
      AwPlanItem item;

      if (touch->is_out || !touch->record->needs_answer || was_answered (p, touch))
        continue;
      person = touch->n_people > 0 ? (int) aw_adviser_ref (p, touch->first_person) : AW_NOBODY;
      item = aw_adviser_begin (p, AW_DUTY_ANSWER, person, answer_channel (touch->channel), AW_ID (touch->record), NULL);
      aw_plan_item_add_rule (&item, "R15");
      aw_plan_item_set_times (&item, touch->at, touch->at + AW_DAY, touch->at + 14 * AW_DAY);
      aw_adviser_need_channel (p, &item);
      item.follow_up.reason.id = AW_REASON_ANSWER;
      item.follow_up.reason.date = touch->at;
      aw_adviser_add (p, &item);
    }
}
