/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/aw-types.h"

#include <stdlib.h>
#include <string.h>

/* Dates: Howard Hinnant's civil calendar formulas, public domain
 * ("chrono-Compatible Low-Level Date Algorithms"). */

AwDate
aw_date_from_ymd (int year,
                  int month,
                  int day)
{
  gint64 y = month <= 2 ? (gint64) year - 1 : year;
  gint64 era = (y >= 0 ? y : y - 399) / 400;
  guint yoe = (guint) (y - era * 400);
  guint doy = (153 * (guint) (month + (month > 2 ? -3 : 9)) + 2) / 5 + (guint) day - 1;
  guint doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;

  return (AwDate) (era * 146097 + (gint64) doe - 719468);
}

void
aw_date_to_ymd (AwDate date,
                int *year,
                int *month,
                int *day)
{
  gint64 z = (gint64) date + 719468;
  gint64 era = (z >= 0 ? z : z - 146096) / 146097;
  guint doe = (guint) (z - era * 146097);
  guint yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
  guint doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
  guint mp = (5 * doy + 2) / 153;
  int m = (int) (mp < 10 ? mp + 3 : mp - 9);

  *year = (int) (yoe + era * 400 + (m <= 2));
  *month = m;
  *day = (int) (doy - (153 * mp + 2) / 5 + 1);
}

/**
 * aw_date_weekday:
 * @date: a date
 *
 * Returns: the day of the week, 1 (Monday) to 7 (Sunday)
 */
int
aw_date_weekday (AwDate date)
{
  int remainder = (int) (((gint64) date + 3) % 7); /* 1970-01-01 was a Thursday */

  return (remainder < 0 ? remainder + 7 : remainder) + 1;
}

static gboolean
parse_digits (const char **cursor,
              int n_digits,
              int *value)
{
  *value = 0;
  for (int i = 0; i < n_digits; i++)
    {
      if (!g_ascii_isdigit (**cursor))
        return FALSE;
      *value = *value * 10 + (**cursor - '0');
      (*cursor)++;
    }
  return TRUE;
}

static gboolean
parse_char (const char **cursor,
            char wanted)
{
  if (**cursor != wanted)
    return FALSE;
  (*cursor)++;
  return TRUE;
}

static gboolean
parse_date_part (const char **cursor,
                 AwDate *date)
{
  int year, month, day;

  if (!parse_digits (cursor, 4, &year) || !parse_char (cursor, '-') ||
      !parse_digits (cursor, 2, &month) || !parse_char (cursor, '-') ||
      !parse_digits (cursor, 2, &day))
    return FALSE;

  if (year < 1 || month < 1 || month > 12 || day < 1 ||
      day > g_date_get_days_in_month (month, year))
    return FALSE;

  *date = aw_date_from_ymd (year, month, day);
  return TRUE;
}

/**
 * aw_date_parse:
 * @text: a date as `YYYY-MM-DD`
 * @date: (out): the date
 *
 * Returns: whether @text is such a date, and nothing else
 */
gboolean
aw_date_parse (const char *text,
               AwDate *date)
{
  const char *cursor = text;

  g_return_val_if_fail (text != NULL && date != NULL, FALSE);

  return parse_date_part (&cursor, date) && *cursor == '\0';
}

/**
 * aw_date_format:
 * @date: a date, not %AW_DATE_NONE
 *
 * Returns: (transfer full): @date as `YYYY-MM-DD`
 */
char *
aw_date_format (AwDate date)
{
  int year, month, day;

  g_return_val_if_fail (date != AW_DATE_NONE, NULL);

  aw_date_to_ymd (date, &year, &month, &day);
  return g_strdup_printf ("%04d-%02d-%02d", year, month, day);
}

/**
 * aw_instant_parse:
 * @text: an instant as RFC 3339 writes it, with an offset
 * @instant: (out): the instant, fractions of a second cut off
 *
 * A leap second (`:60`) is taken as the second before it, so that it stays in
 * its own minute.
 *
 * Returns: whether @text is such an instant, and nothing else
 */
gboolean
aw_instant_parse (const char *text,
                  AwInstant *instant)
{
  const char *cursor = text;
  AwDate date;
  int hour, minute, second, offset = 0;

  g_return_val_if_fail (text != NULL && instant != NULL, FALSE);

  if (!parse_date_part (&cursor, &date))
    return FALSE;
  if (*cursor != 'T' && *cursor != 't' && *cursor != ' ')
    return FALSE;
  cursor++;
  if (!parse_digits (&cursor, 2, &hour) || !parse_char (&cursor, ':') ||
      !parse_digits (&cursor, 2, &minute) || !parse_char (&cursor, ':') ||
      !parse_digits (&cursor, 2, &second))
    return FALSE;
  if (hour > 23 || minute > 59 || second > 60)
    return FALSE;

  if (*cursor == '.')
    {
      cursor++;
      if (!g_ascii_isdigit (*cursor))
        return FALSE;
      while (g_ascii_isdigit (*cursor))
        cursor++;
    }

  if (*cursor == 'Z' || *cursor == 'z')
    cursor++;
  else if (*cursor == '+' || *cursor == '-')
    {
      int sign = *cursor == '-' ? -1 : 1;
      int offset_hour, offset_minute;

      cursor++;
      if (!parse_digits (&cursor, 2, &offset_hour) || !parse_char (&cursor, ':') ||
          !parse_digits (&cursor, 2, &offset_minute))
        return FALSE;
      if (offset_hour > 23 || offset_minute > 59)
        return FALSE;
      offset = sign * (offset_hour * 60 + offset_minute);
    }
  else
    return FALSE;

  if (*cursor != '\0')
    return FALSE;

  instant->sec = (gint64) date * AW_DAY + hour * AW_HOUR + minute * 60 + MIN (second, 59) - offset * 60;
  instant->offset_min = (gint16) offset;
  return TRUE;
}

/**
 * aw_instant_format:
 * @instant: an instant that is set
 *
 * Returns: (transfer full): @instant in RFC 3339 with the offset it was
 *   written down with; offset zero is `Z`
 */
char *
aw_instant_format (AwInstant instant)
{
  gint64 local = instant.sec + instant.offset_min * 60;
  gint64 days = local / AW_DAY - (local % AW_DAY < 0);
  int of_day = (int) (local - days * AW_DAY);
  int year, month, day;
  g_autofree char *zone = NULL;

  g_return_val_if_fail (instant.sec != AW_NEVER, NULL);

  aw_date_to_ymd ((AwDate) days, &year, &month, &day);
  if (instant.offset_min != 0)
    zone = g_strdup_printf ("%c%02d:%02d", instant.offset_min < 0 ? '-' : '+',
                            abs (instant.offset_min) / 60, abs (instant.offset_min) % 60);

  return g_strdup_printf ("%04d-%02d-%02dT%02d:%02d:%02d%s", year, month, day,
                          of_day / 3600, of_day / 60 % 60, of_day % 60, zone ? zone : "Z");
}

/**
 * aw_time_format_utc:
 * @sec: seconds since 1970 in UTC
 *
 * Returns: (transfer full): the instant in RFC 3339, in UTC (`…Z`)
 */
char *
aw_time_format_utc (gint64 sec)
{
  return aw_instant_format (aw_instant (sec));
}

/* Vocabularies: the words of interchange.md, in the order of the enums. */

#define VOCABULARY(name, ...) \
  static const char *const name##_names[] = { __VA_ARGS__ }; \
  const AwVocabulary name = { name##_names, G_N_ELEMENTS (name##_names) }

VOCABULARY (aw_statuses, "active", "on-hold", "offer", "accepted", "declined", "rejected", "withdrawn", "no-answer");
VOCABULARY (aw_strategies, NULL, "hr-first", "decision-maker-first");
VOCABULARY (aw_rapports, "unknown", "poor", "fair", "good", "great");
VOCABULARY (aw_follow_up_leaves, NULL, "yes", "email", "phone", "no");
VOCABULARY (aw_roles, "hr", "recruiter", "interviewer", "hiring-manager", "decision-maker");
VOCABULARY (aw_stages, NULL, "phone-screen", "first", "second", "panel", "technical", "final", "other");
VOCABULARY (aw_formats, NULL, "phone", "video", "on-site");
VOCABULARY (aw_directions, NULL, "in", "out");
VOCABULARY (aw_channels, NULL, "email", "phone", "letter", "message", "in-person");
VOCABULARY (aw_touch_kinds, NULL, "thank-you", "check-in", "escalation", "article", "timeline", "keep-in-touch", "call",
            "request", "feedback", "answer", "acknowledgement", "other");
VOCABULARY (aw_step_kinds, NULL, "test", "assessment", "reference", "form", "feedback", "other");
VOCABULARY (aw_decideds, NULL, "done", "skipped", "snoozed");
VOCABULARY (aw_phone_policies, NULL, "never", "by-appointment", "weekly");

/**
 * aw_word:
 * @vocabulary: a vocabulary
 * @value: one of its enum's values
 *
 * Returns: (nullable): the word of the document, %NULL for "nothing recorded"
 */
const char *
aw_word (const AwVocabulary *vocabulary,
         int value)
{
  g_return_val_if_fail (vocabulary != NULL, NULL);
  g_return_val_if_fail (value >= 0 && (guint) value < vocabulary->n_names, NULL);

  return vocabulary->names[value];
}

/**
 * aw_word_parse:
 * @vocabulary: a vocabulary
 * @word: a word
 * @value: (out): the enum's value
 *
 * Returns: whether @word is one of the vocabulary
 */
gboolean
aw_word_parse (const AwVocabulary *vocabulary,
               const char *word,
               int *value)
{
  g_return_val_if_fail (vocabulary != NULL && word != NULL && value != NULL, FALSE);

  for (guint i = 0; i < vocabulary->n_names; i++)
    if (vocabulary->names[i] != NULL && strcmp (vocabulary->names[i], word) == 0)
      {
        *value = (int) i;
        return TRUE;
      }
  return FALSE;
}
