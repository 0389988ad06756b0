/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/aw-plan-private.h"

/* G7: when a notification may come. It never changes the plan. */

#define BEFORE_INTERVIEW (15 * 60)
#define NIGHT_BEGINS (21 * 60)

typedef struct
{
  AwCalendar *calendar;
  const gint64 *busy;
  gsize n_busy;
} Reminder;

/* The interview during which @at lies, or shortly before it; G_MAXSIZE. */
static gsize
find_busy (const Reminder *reminder,
           gint64 at)
{
  for (gsize i = 0; i < reminder->n_busy; i++)
    if (at >= reminder->busy[2 * i] - BEFORE_INTERVIEW && at < reminder->busy[2 * i + 1])
      return i;
  return G_MAXSIZE;
}

static gint64
after_interviews (const Reminder *reminder,
                  gint64 at)
{
  gsize i;

  while ((i = find_busy (reminder, at)) != G_MAXSIZE)
    at = reminder->busy[2 * i + 1];
  return at;
}

static gint64
before_interviews (const Reminder *reminder,
                   gint64 at)
{
  gsize i;

  while ((i = find_busy (reminder, at)) != G_MAXSIZE)
    at = reminder->busy[2 * i] - BEFORE_INTERVIEW - 1;
  return at;
}

static int
day_starts (AwCalendar *calendar,
            AwDate date)
{
  return aw_calendar_minute_of (calendar, NULL, aw_calendar_morning (calendar, date, NULL));
}

/* If @at is between 21:00 and the start of the day: the date of the evening on
 * which that night began; else AW_DATE_NONE. */
static AwDate
night_of (AwCalendar *calendar,
          gint64 at)
{
  AwDate date = aw_calendar_date_of (calendar, NULL, at);
  int minute = aw_calendar_minute_of (calendar, NULL, at);

  if (minute >= NIGHT_BEGINS)
    return date;
  return minute < day_starts (calendar, date) ? date - 1 : AW_DATE_NONE;
}

/* What cannot wait for a working morning comes at once, but not at night. */
static gint64
soon (const Reminder *reminder,
      gint64 at,
      gint64 due)
{
  /* Each turn passes a night or an interview for good, so it ends. */
  for (;;)
    {
      AwDate evening;
      gint64 day;

      at = after_interviews (reminder, at);
      evening = night_of (reminder->calendar, at);
      if (evening == AW_DATE_NONE)
        return at;
      day = aw_calendar_morning (reminder->calendar, evening + 1, NULL);
      if (due < day)
        return before_interviews (reminder, aw_calendar_at (reminder->calendar, NULL, evening, NIGHT_BEGINS) - 1);
      at = day;
    }
}

/* The first morning of a working day at or after @at, the person's where
 * that is a civil hour for the user. */
static gint64
next_working_morning (const Reminder *reminder,
                      gint64 at,
                      const char *zone)
{
  AwDate date = aw_calendar_working_on_or_after (reminder->calendar, aw_calendar_date_of (reminder->calendar, NULL, at));
  gint64 morning = aw_calendar_morning (reminder->calendar, date, zone);

  if (morning < at)
    morning = aw_calendar_morning (reminder->calendar, aw_calendar_add_working (reminder->calendar, date, 1), zone);
  return morning;
}

static gboolean
is_urgent (const AwFollowUp *follow_up)
{
  switch (follow_up->kind)
    {
    case AW_DUTY_PREPARE:
    case AW_DUTY_DEBRIEF:
    case AW_DUTY_THANK_YOU:
    case AW_DUTY_FEEDBACK:
      return TRUE;
    case AW_DUTY_ANSWER: /* R15, but not R18 */
      return g_str_equal (follow_up->rules[0], "R15");
    case AW_DUTY_CALL: /* the agreed one: a reminder on the next working day would be none */
      return follow_up->channel == AW_CHANNEL_PHONE;
    case AW_DUTY_LETTER:
    case AW_DUTY_CHECK_IN:
    case AW_DUTY_ESCALATION:
    case AW_DUTY_ARTICLE:
    case AW_DUTY_KEEP_IN_TOUCH:
    case AW_DUTY_TIMELINE:
    case AW_DUTY_NEXT_STEP:
    case AW_DUTY_ACKNOWLEDGEMENT:
    case AW_DUTY_COMPLETE:
    default:
      return FALSE;
    }
}

/**
 * aw_plan_remind_at:
 * @follow_up: an item of a plan
 * @calendar: the user's calendar
 * @busy: (array length=n_busy) (nullable): start and end of the interviews of
 *   all opportunities, flat
 * @n_busy: how many interviews, that is pairs
 *
 * G7: when a notification for @follow_up may come. Something snoozed comes when
 * the user said, by day and by night; something that waits for a thank-you
 * comes when that is over.
 *
 * Returns: the instant, which may have passed; %AW_NEVER while it waits for
 *   another item to be done (G9)
 */
gint64
aw_plan_remind_at (const AwFollowUp *follow_up,
                   AwCalendar *calendar,
                   const gint64 *busy,
                   gsize n_busy)
{
  Reminder reminder = { calendar, busy, busy != NULL ? n_busy : 0 };
  gint64 at = follow_up->opens;
  gint64 morning;

  g_return_val_if_fail (calendar != NULL, AW_NEVER);

  if (follow_up->waiting != NULL)
    {
      if (follow_up->waiting_until == AW_NEVER)
        return AW_NEVER;
      if (g_str_equal (follow_up->waiting, "snoozed"))
        return after_interviews (&reminder, follow_up->waiting_until);
      at = MAX (at, follow_up->waiting_until);
    }

  if (is_urgent (follow_up))
    return soon (&reminder, at, follow_up->due);

  morning = next_working_morning (&reminder, at, follow_up->zone);
  if (follow_up->kind == AW_DUTY_NEXT_STEP && morning > follow_up->due - AW_DAY)
    return soon (&reminder, MAX (at, follow_up->due - AW_DAY), follow_up->due);
  return after_interviews (&reminder, morning);
}
