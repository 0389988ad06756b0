/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/aw-typed-date.h"

#include <glib/gi18n-lib.h>
#include <langinfo.h>
#include <string.h>

/* Dates and times as people type them: "5 March 14:30", "3/5", "next Monday",
 * "yesterday at 2pm", "2026-03-05". Words are English and the locale's. */

typedef struct
{
  AwDate today;
  int numbers[3];
  gsize digits[3];
  guint n_numbers;
  guint month_at; /* how many numbers stood before the month's name */
  int month;
  int weekday;
  int minute;
  gboolean pm, am;
  gboolean relative; /* @date is said by a word */
  gboolean past;     /* "last Monday" */
  AwDate date;
} Reading;

static gboolean
word_is (const char *word,
         const char *list)
{
  g_auto (GStrv) words = g_strsplit (list, ";", -1);

  for (char **w = words; *w != NULL; w++)
    {
      g_autofree char *folded = g_utf8_casefold (*w, -1);

      if (*folded != '\0' && strcmp (folded, word) == 0)
        return TRUE;
    }
  return FALSE;
}

/* A name, or its beginning in three letters or more ("Sept"). */
static gboolean
name_begins (const char *name,
             const char *word)
{
  g_autofree char *folded = g_utf8_casefold (name, -1);

  return g_utf8_strlen (word, -1) >= 3 ? g_str_has_prefix (folded, word) : strcmp (folded, word) == 0;
}

static int
find_name (const char *word,
           const char *const *english,
           int n,
           nl_item first,
           nl_item first_short)
{
  for (int i = 0; i < n; i++)
    if (name_begins (english[i], word) || name_begins (nl_langinfo (first + i), word) ||
        name_begins (nl_langinfo (first_short + i), word))
      return i;
  return -1;
}

static gboolean
read_word (Reading *self,
           const char *typed)
{
  static const char *const months[] = { "January", "February", "March", "April", "May", "June", "July",
                                        "August", "September", "October", "November", "December" };
  static const char *const days[] = { "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday" };
  g_autofree char *word = g_utf8_casefold (typed, -1);
  int i;

  if (word_is (word, "today;now") || word_is (word, C_("typed date", "today")))
    self->date = self->today;
  else if (word_is (word, "yesterday") || word_is (word, C_("typed date", "yesterday")))
    self->date = self->today - 1;
  else if (word_is (word, "tomorrow") || word_is (word, C_("typed date", "tomorrow")))
    self->date = self->today + 1;
  /* Before "am" and "pm", since "am" is no half of the day in other languages. */
  else if (word_is (word, C_("typed date, words without meaning", "at;on;next;this")))
    return TRUE;
  else if (word_is (word, "am;a"))
    return self->am = TRUE;
  else if (word_is (word, "pm;p"))
    return self->pm = TRUE;
  else if (word_is (word, "last") || word_is (word, C_("typed date", "last")))
    return self->past = TRUE;
  else if (word_is (word, "at;on;next;this;the;of;by;st;nd;rd;th;t;h"))
    return TRUE;
  else if (self->month == 0 && (i = find_name (word, months, 12, MON_1, ABMON_1)) >= 0)
    {
      self->month = i + 1;
      self->month_at = self->n_numbers;
      return TRUE;
    }
  else if ((i = find_name (word, days, 7, DAY_1, ABDAY_1)) >= 0)
    {
      self->weekday = i == 0 ? 7 : i;
      return TRUE;
    }
  else
    return FALSE;
  return self->relative = TRUE;
}

/* "14:30", "14:30:00", "2pm"; a number alone is part of a date. */
static const char *
read_number (Reading *self,
             const char *p)
{
  const char *start = p;
  int value = 0;

  while (g_ascii_isdigit (*p))
    {
      if (value > 9999)
        return NULL;
      value = value * 10 + (*p++ - '0');
    }
  if (*p == ':' && g_ascii_isdigit (p[1]))
    {
      int minute = p[1] - '0';

      p += 2;
      if (g_ascii_isdigit (*p))
        minute = minute * 10 + (*p++ - '0');
      if (g_ascii_isdigit (*p) || value > 23 || minute > 59 || self->minute != AW_NO_MINUTE)
        return NULL;
      if (*p == ':')
        for (p++; g_ascii_isdigit (*p); p++)
          ;
      self->minute = value * 60 + minute;
      return p;
    }
  {
    const char *q = p;

    while (*q == ' ')
      q++;
    if ((g_ascii_strncasecmp (q, "am", 2) == 0 || g_ascii_strncasecmp (q, "pm", 2) == 0) && !g_ascii_isalpha (q[2]) &&
        value >= 1 && value <= 12 && self->minute == AW_NO_MINUTE)
      {
        self->minute = value * 60;
        return q;
      }
  }
  if (self->n_numbers == 3)
    return NULL;
  self->digits[self->n_numbers] = p - start;
  self->numbers[self->n_numbers++] = value;
  return p;
}

static int
full_year (const Reading *self,
           guint i)
{
  return self->digits[i] <= 2 ? 2000 + self->numbers[i] : self->numbers[i];
}

/* AW_DATE_NONE if there is no such day. */
static AwDate
make_date (int year,
           int month,
           int day)
{
  AwDate date;
  int y, m, d;

  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > 31)
    return AW_DATE_NONE;
  date = aw_date_from_ymd (year, month, day);
  if (date == AW_DATE_NONE)
    return AW_DATE_NONE;
  aw_date_to_ymd (date, &y, &m, &d);
  return d == day ? date : AW_DATE_NONE;
}

/* Without a year: the nearest. */
static AwDate
nearest (AwDate today,
         int month,
         int day)
{
  AwDate best = AW_DATE_NONE;
  int year, m, d;

  aw_date_to_ymd (today, &year, &m, &d);
  for (int y = year - 1; y <= year + 1; y++)
    {
      AwDate date = make_date (y, month, day);

      if (date != AW_DATE_NONE && (best == AW_DATE_NONE || ABS (date - today) < ABS (best - today)))
        best = date;
    }
  return best;
}

static gboolean
month_first (void)
{
  const char *format = nl_langinfo (D_FMT);
  const char *month = strstr (format, "%m");
  const char *day = strstr (format, "%d");

  if (strstr (format, "%D") != NULL)
    return TRUE;
  return month != NULL && (day == NULL || month < day);
}

static gboolean
resolve (Reading *self)
{
  const int *n = self->numbers;
  int day = 0, month = self->month, year = 0;

  if (self->n_numbers == 0 && month == 0)
    {
      if (self->weekday != 0 && !self->relative)
        {
          int ahead = (self->weekday - aw_date_weekday (self->today) + 7) % 7;

          self->date = self->today + (self->past ? (ahead == 0 ? -7 : ahead - 7) : ahead);
        }
      return TRUE;
    }
  if (self->relative)
    return FALSE;
  if (month != 0 && self->n_numbers >= 1 && self->n_numbers <= 2)
    {
      guint d = self->n_numbers == 2 && self->digits[0] == 4 ? 1 : 0;

      day = n[d];
      if (self->n_numbers == 2)
        year = full_year (self, 1 - d);
    }
  else if (month == 0 && self->n_numbers == 3 && self->digits[0] == 4)
    {
      year = n[0];
      month = n[1];
      day = n[2];
    }
  else if (month == 0 && self->n_numbers >= 2)
    {
      gboolean first = month_first ();

      if (n[0] > 12)
        first = FALSE;
      else if (n[1] > 12)
        first = TRUE;
      month = first ? n[0] : n[1];
      day = first ? n[1] : n[0];
      if (self->n_numbers == 3)
        year = full_year (self, 2);
    }
  else
    return FALSE;
  if (self->n_numbers == (self->month != 0 ? 1u : 2u))
    self->date = nearest (self->today, month, day);
  else
    self->date = make_date (year, month, day);
  return self->date != AW_DATE_NONE;
}

/**
 * aw_typed_date_parse:
 * @text: what was typed
 * @today: the date, for "tomorrow" and dates without a year
 * @date: (out): the date, %AW_DATE_NONE if only a time was typed
 * @minute: (out): minutes since midnight, %AW_NO_MINUTE if there is no time
 *
 * Returns: whether it was understood; nothing is guessed half
 */
gboolean
aw_typed_date_parse (const char *text,
                     AwDate today,
                     AwDate *date,
                     int *minute)
{
  Reading self = { .today = today, .minute = AW_NO_MINUTE, .date = AW_DATE_NONE };
  const char *p = text;
  gboolean any = FALSE;

  *date = AW_DATE_NONE;
  *minute = AW_NO_MINUTE;
  if (strlen (text) > 100 || !g_utf8_validate (text, -1, NULL))
    return FALSE;
  while (*p != '\0')
    {
      gunichar c = g_utf8_get_char (p);

      if (g_ascii_isdigit (*p))
        {
          if ((p = read_number (&self, p)) == NULL)
            return FALSE;
          any = TRUE;
        }
      else if (g_unichar_isalpha (c))
        {
          g_autofree char *word = NULL;
          const char *start = p;

          while (g_unichar_isalpha (g_utf8_get_char (p)) || g_unichar_ismark (g_utf8_get_char (p)))
            p = g_utf8_next_char (p);
          word = g_strndup (start, p - start);
          if (!read_word (&self, word))
            return FALSE;
          any = TRUE;
        }
      else if (g_unichar_isspace (c) || strchr (".,/-", *p) != NULL || c == 0x2013)
        p = g_utf8_next_char (p);
      else
        return FALSE;
    }
  if (!any || (self.am && self.pm) || !resolve (&self))
    return FALSE;
  if (self.am || self.pm)
    {
      if (self.minute == AW_NO_MINUTE || self.minute < 60 || self.minute >= 13 * 60)
        return FALSE;
      self.minute = self.minute % 720 + (self.pm ? 720 : 0);
    }
  *date = self.date;
  *minute = self.minute;
  return *date != AW_DATE_NONE || *minute != AW_NO_MINUTE;
}
