/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/aw-reminder-time.h"

#define NIGHT (21 * 60)
#define BEFORE_INTERVIEW (15 * 60)

/* When the day of @date starts, in minutes since midnight. */
static int
day_starts (AwCalendar *calendar,
            AwDate date)
{
  return aw_calendar_minute_of (calendar, NULL, aw_calendar_morning (calendar, date, NULL));
}

/**
 * aw_reminder_is_urgent:
 * @follow_up: an item of a plan
 * @at: when it would be shown
 *
 * Returns: whether it comes when it opens, weekends included, and not only on
 *   the next working morning (G7)
 */
gboolean
aw_reminder_is_urgent (const AwFollowUp *follow_up,
                       gint64 at)
{
  static const char *const rules[] = { "R1", "R2", "R3", "R4", "R13", "R15" };

  if (g_strcmp0 (follow_up->rules[0], "R14") == 0)
    return at >= follow_up->due - AW_DAY;
  if (follow_up->kind == AW_DUTY_CALL && follow_up->channel == AW_CHANNEL_PHONE) /* an agreed one */
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    if (g_strcmp0 (follow_up->rules[0], rules[i]) == 0)
      return TRUE;
  return FALSE;
}

/**
 * aw_reminder_hold:
 * @follow_up: an item whose reminder is due
 * @calendar: the user's
 * @busy: start and end of interviews, one after the other
 * @n_busy: how many interviews these are
 * @chosen: whether the user chose this instant, by snoozing
 * @now: the present instant
 *
 * A machine that was off, or a clock that jumped, brings reminders at a time
 * for which they were not meant: in the night, on a Sunday, in an interview.
 *
 * Returns: the first instant from @now on at which it may come (G7)
 */
gint64
aw_reminder_hold (const AwFollowUp *follow_up,
                  AwCalendar *calendar,
                  const gint64 *busy,
                  gsize n_busy,
                  gboolean chosen,
                  gint64 now)
{
  gint64 at = now;

  /* Each step moves it forwards; a life with more steps has other worries. */
  for (int step = 0; step < 64; step++)
    {
      gint64 before = at;
      AwDate date;
      int minute;
      int morning;

      for (gsize i = 0; i < n_busy; i++)
        if (at >= busy[2 * i] - BEFORE_INTERVIEW && at < busy[2 * i + 1])
          at = busy[2 * i + 1];

      date = aw_calendar_date_of (calendar, NULL, at);
      minute = aw_calendar_minute_of (calendar, NULL, at);
      morning = day_starts (calendar, date);
      if (chosen)
        ;
      else if (aw_reminder_is_urgent (follow_up, at))
        {
          if (minute >= NIGHT || minute < morning)
            {
              gint64 next = aw_calendar_morning (calendar, minute >= NIGHT ? date + 1 : date, NULL);

              /* Its last evening is over: late is better than never. */
              if (follow_up->due >= next)
                at = next;
            }
        }
      else if (minute >= NIGHT || minute < morning || !aw_calendar_is_working (calendar, date))
        {
          gint64 next = aw_calendar_morning (
            calendar, aw_calendar_working_on_or_after (calendar, minute >= morning ? date + 1 : date), NULL);

          /* A next step's last day may begin before that. */
          if (g_strcmp0 (follow_up->rules[0], "R14") == 0 && follow_up->due - AW_DAY > at)
            next = MIN (next, follow_up->due - AW_DAY);
          at = next;
        }

      if (at <= before)
        break;
    }
  return at;
}

/**
 * aw_reminder_morning:
 * @calendar: the user's
 * @at: when a reminder would come
 *
 * Returns: the morning at or after @at, for those who want one summary a day
 */
gint64
aw_reminder_morning (AwCalendar *calendar,
                     gint64 at)
{
  AwDate date = aw_calendar_date_of (calendar, NULL, at);
  gint64 morning = aw_calendar_morning (calendar, date, NULL);

  return morning >= at ? morning : aw_calendar_morning (calendar, date + 1, NULL);
}

/**
 * aw_reminder_tomorrow:
 * @calendar: the user's
 * @now: the present instant
 *
 * Returns: tomorrow morning
 */
gint64
aw_reminder_tomorrow (AwCalendar *calendar,
                      gint64 now)
{
  return aw_calendar_morning (calendar, aw_calendar_date_of (calendar, NULL, now) + 1, NULL);
}
