/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/aw-reminder-time.h"

#include <stdlib.h>
#include <string.h>

#define NIGHT (21 * 60)
#define DEFAULT_MORNING (9 * 60)
#define BEFORE_INTERVIEW (15 * 60)

static int
day_starts (AwCalendar *calendar)
{
  const char *text = aw_calendar_get_policy (calendar)->day_starts;
  int minute;

  if (text == NULL || strlen (text) != 5 || text[2] != ':')
    return DEFAULT_MORNING;
  minute = atoi (text) * 60 + atoi (text + 3);
  return minute >= 0 && minute < NIGHT ? minute : DEFAULT_MORNING;
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
  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    if (g_strcmp0 (follow_up->rules[0], rules[i]) == 0)
      return TRUE;
  return FALSE;
}

/**
 * aw_reminder_hold:
 * @follow_up: an item whose reminder is due
 * @calendar: the user's
 * @busy: (array length=n_busy): start and end of interviews
 * @n_busy: how many numbers these are
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
  int morning = day_starts (calendar);
  gint64 at = now;

  /* Each step moves it forwards; a life with more steps has other worries. */
  for (int step = 0; step < 64; step++)
    {
      gint64 before = at;
      AwDate date;
      int minute;

      for (gsize i = 0; i + 1 < n_busy; i += 2)
        if (at >= busy[i] - BEFORE_INTERVIEW && at < busy[i + 1])
          at = busy[i + 1];

      date = aw_calendar_date_of (calendar, NULL, at);
      minute = aw_calendar_minute_of (calendar, NULL, at);
      if (chosen)
        ;
      else if (aw_reminder_is_urgent (follow_up, at))
        {
          if (minute >= NIGHT || minute < morning)
            {
              gint64 next = aw_calendar_at (calendar, NULL, minute >= NIGHT ? date + 1 : date, morning);

              /* Its last evening is over: late is better than never. */
              if (follow_up->due >= next)
                at = next;
            }
        }
      else if (minute >= NIGHT || minute < morning || !aw_calendar_is_working (calendar, date))
        at = aw_calendar_at (calendar, NULL,
                             aw_calendar_working_on_or_after (calendar, minute >= morning ? date + 1 : date), morning);

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
  gint64 morning = aw_calendar_at (calendar, NULL, date, day_starts (calendar));

  return morning >= at ? morning : aw_calendar_at (calendar, NULL, date + 1, day_starts (calendar));
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
  return aw_calendar_at (calendar, NULL, aw_calendar_date_of (calendar, NULL, now) + 1, day_starts (calendar));
}
