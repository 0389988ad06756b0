/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/aw-words-private.h"

#include <glib/gi18n-lib.h>
#include <langinfo.h>
#include <string.h>

/* Dates and times, as the user's locale writes them. GDateTime gets them as
 * UTC, already in the user's zone, so that it never looks for a local one. */

static char *
format_at (const char *format,
           AwDate date,
           int minute)
{
  int year, month, day;
  g_autoptr (GDateTime) time = NULL;
  char *text;

  aw_date_to_ymd (date, &year, &month, &day);
  time = g_date_time_new_utc (year, month, day, minute / 60, minute % 60, 0);
  /* GDateTime ends with the year 9999. */
  if (time == NULL)
    return g_strdup_printf ("%d-%02d-%02d", year, month, day);
  text = g_date_time_format (time, format);
  return text != NULL ? text : g_strdup_printf ("%d-%02d-%02d", year, month, day);
}

/* Whether the locale's clock has twelve hours. */
static gboolean
has_twelve_hours (void)
{
  const char *format = nl_langinfo (T_FMT);
  const char *am = nl_langinfo (AM_STR);

  return *am != '\0' && (strstr (format, "%p") != NULL || strstr (format, "%P") != NULL ||
                         strstr (format, "%r") != NULL || strstr (format, "%I") != NULL);
}

static const char *
time_format (void)
{
  /* Translators: a time of day, for locales whose clock has twelve hours; see g_date_time_format() */
  return has_twelve_hours () ? C_("time", "%-I:%M %p") : C_("time", "%H:%M");
}

/**
 * aw_words_date:
 * @date: a date
 *
 * Returns: (transfer full): such as "5 March"
 */
char *
aw_words_date (AwDate date)
{
  g_return_val_if_fail (date != AW_DATE_NONE, NULL);

  /* Translators: a date without its year; see g_date_time_format() */
  return format_at (C_("date", "%-d %B"), date, 0);
}

/**
 * aw_words_weekday_date:
 * @date: a date
 *
 * Returns: (transfer full): such as "Thursday 5 March"
 */
char *
aw_words_weekday_date (AwDate date)
{
  g_return_val_if_fail (date != AW_DATE_NONE, NULL);

  /* Translators: a date with its weekday; see g_date_time_format() */
  return format_at (C_("date", "%A %-d %B"), date, 0);
}

/**
 * aw_words_time:
 * @calendar: the user's calendar
 * @sec: an instant
 *
 * Returns: (transfer full): its time of day, such as "14:30"
 */
char *
aw_words_time (AwCalendar *calendar,
               gint64 sec)
{
  return format_at (time_format (), aw_calendar_date_of (calendar, NULL, sec),
                    aw_calendar_minute_of (calendar, NULL, sec));
}

/* The date of an instant, such as "5 March". */
char *
aw_words_day_of (AwCalendar *calendar,
                 gint64 sec)
{
  return aw_words_date (aw_calendar_date_of (calendar, NULL, sec));
}

/**
 * aw_words_relative_day:
 * @date: a date
 * @today: the present one
 *
 * Returns: (transfer full): "Yesterday", "Today", "Tomorrow", or such as "Mon 9 Mar"
 */
char *
aw_words_relative_day (AwDate date,
                       AwDate today)
{
  g_return_val_if_fail (date != AW_DATE_NONE, NULL);

  if (date == today)
    return g_strdup (_("Today"));
  if (date == today + 1)
    return g_strdup (_("Tomorrow"));
  if (date == today - 1)
    return g_strdup (_("Yesterday"));
  /* Translators: a short date with its weekday; see g_date_time_format() */
  return format_at (C_("date", "%a %-d %b"), date, 0);
}

/**
 * aw_words_relative:
 * @calendar: the user's calendar
 * @sec: an instant
 * @now: the present
 *
 * Returns: (transfer full): for within a sentence: "today at 14:30", "on 5 March at 14:30"
 */
char *
aw_words_relative (AwCalendar *calendar,
                   gint64 sec,
                   gint64 now)
{
  AwDate date = aw_calendar_date_of (calendar, NULL, sec);
  AwDate today = aw_calendar_date_of (calendar, NULL, now);
  g_autofree char *time = aw_words_time (calendar, sec);
  g_autofree char *day = NULL;

  /* Translators: within a sentence; the argument is a time of day */
  if (date == today)
    return g_strdup_printf (_("today at %s"), time);
  if (date == today + 1)
    return g_strdup_printf (_("tomorrow at %s"), time);
  if (date == today - 1)
    return g_strdup_printf (_("yesterday at %s"), time);
  day = aw_words_date (date);
  /* Translators: within a sentence; a date, then a time of day */
  return g_strdup_printf (_("on %s at %s"), day, time);
}

/**
 * aw_words_full:
 * @calendar: the user's calendar
 * @sec: an instant
 *
 * Returns: (transfer full): date with weekday and year, and time
 */
char *
aw_words_full (AwCalendar *calendar,
               gint64 sec)
{
  AwDate date = aw_calendar_date_of (calendar, NULL, sec);
  g_autofree char *time = aw_words_time (calendar, sec);
  /* Translators: a full date; see g_date_time_format() */
  g_autofree char *day = format_at (C_("date", "%A %-d %B %Y"), date, 0);

  /* Translators: a full date, then a time of day */
  return g_strdup_printf (C_("date and time", "%s, %s"), day, time);
}

/* Pills -------------------------------------------------------------------- */

static char *
late_pill (AwDate due,
           AwDate today)
{
  int days = today - due;

  if (days <= 0)
    return g_strdup (_("Late"));
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%d day late", "%d days late", (gulong) days), days);
}

static char *
until_pill (AwCalendar *calendar,
            gint64 until,
            AwDate today)
{
  AwDate date = aw_calendar_date_of (calendar, NULL, until);

  return date == today ? aw_words_time (calendar, until) : aw_words_relative_day (date, today);
}

/* Due today, to the minute; due later, the day. */
static char *
due_pill (AwCalendar *calendar,
          gint64 due,
          AwDate today)
{
  AwDate date = aw_calendar_date_of (calendar, NULL, due);
  g_autofree char *when = NULL;

  if (date == today + 1)
    return g_strdup (_("Tomorrow"));
  when = date == today ? aw_words_time (calendar, due) : aw_words_relative_day (date, today);
  /* Translators: a time or a short date: "By 14:30", "By Fri 6 Mar" */
  return g_strdup_printf (_("By %s"), when);
}

/**
 * aw_words_pill:
 * @follow_up: an item of a plan
 * @calendar: the user's calendar
 * @now: the present
 *
 * Returns: (transfer full): when, in a few words: "2 days late", "By 14:30",
 *   "Tomorrow", "Mon 9 Mar"
 */
char *
aw_words_pill (const AwFollowUp *follow_up,
               AwCalendar *calendar,
               gint64 now)
{
  AwDate today = aw_calendar_date_of (calendar, NULL, now);

  switch (follow_up->state)
    {
    case AW_STATE_WAITING:
      if (follow_up->waiting_until == AW_NEVER)
        return g_strdup (_("Waiting"));
      return until_pill (calendar, follow_up->waiting_until, today);
    case AW_STATE_UPCOMING:
      /* What has a day of its own is known by that day. */
      if (follow_up->kind == AW_DUTY_PREPARE || follow_up->kind == AW_DUTY_NEXT_STEP ||
          (follow_up->kind == AW_DUTY_CALL && follow_up->channel == AW_CHANNEL_PHONE))
        return until_pill (calendar, follow_up->due, today);
      return until_pill (calendar, follow_up->opens, today);
    case AW_STATE_MISSING:
    case AW_STATE_DUE:
    case AW_STATE_OVERDUE:
    default:
      if (now > follow_up->due)
        return late_pill (aw_calendar_date_of (calendar, NULL, follow_up->due), today);
      return due_pill (calendar, follow_up->due, today);
    }
}
