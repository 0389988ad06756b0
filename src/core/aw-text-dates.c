/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/aw-text-dates.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct
{
  const AwText *text;
  AwWordlists *lists;
  AwDate reference;
} Finder;

static int
name_value (const Finder *self,
            const char *list,
            guint i)
{
  const AwTextWord *word;
  const char *value;
  g_autofree char *stem = NULL;
  gsize length;

  if (i >= self->text->words->len)
    return 0;
  word = aw_text_word (self->text, i);
  value = aw_wordlists_look_up (self->lists, list, word->folded);
  length = strlen (word->folded);
  /* "Monday's". */
  if (value == NULL && length > 2 && strcmp (word->folded + length - 2, "'s") == 0)
    {
      stem = g_strndup (word->folded, length - 2);
      value = aw_wordlists_look_up (self->lists, list, stem);
    }
  /* "march", "may", "sat", "sun", "wed": without a capital they are words. */
  if (value == NULL || !word->capital)
    return 0;
  return atoi (value);
}

static gboolean
same_sentence (const Finder *self,
               guint a,
               guint b)
{
  return a < self->text->words->len && b < self->text->words->len &&
         aw_text_word (self->text, a)->sentence == aw_text_word (self->text, b)->sentence;
}

/* "3", "3rd", "03", "3." as the day of a month. */
static int
day_value (const Finder *self,
           guint i)
{
  const char *folded;
  char *end;
  long value;

  if (i >= self->text->words->len)
    return 0;
  folded = aw_text_word (self->text, i)->folded;
  if (!g_ascii_isdigit (folded[0]))
    return 0;
  value = strtol (folded, &end, 10);
  if (value < 1 || value > 31 || end - folded > 2)
    return 0;
  if (*end == '\0' || strcmp (end, "st") == 0 || strcmp (end, "nd") == 0 || strcmp (end, "rd") == 0 || strcmp (end, "th") == 0)
    return (int) value;
  return 0;
}

static gboolean
is_ordinal (const Finder *self,
            guint i)
{
  const char *folded = aw_text_word (self->text, i)->folded;

  return day_value (self, i) > 0 && !g_ascii_isdigit (folded[strlen (folded) - 1]);
}

static int
year_value (const Finder *self,
            guint i)
{
  const char *folded;
  int year;

  if (i >= self->text->words->len)
    return 0;
  folded = aw_text_word (self->text, i)->folded;
  if (strlen (folded) != 4 || strspn (folded, "0123456789") != 4)
    return 0;
  year = atoi (folded);
  return year >= 1990 && year <= 2100 ? year : 0;
}

static AwDate
nearest (const Finder *self,
         int month,
         int day)
{
  int year, m, d;
  AwDate best = AW_DATE_NONE;

  aw_date_to_ymd (self->reference, &year, &m, &d);
  for (int y = year - 1; y <= year + 1; y++)
    {
      AwDate date = aw_date_from_ymd (y, month, day);

      if (date != AW_DATE_NONE &&
          (best == AW_DATE_NONE || ABS (date - self->reference) < ABS (best - self->reference)))
        best = date;
    }
  return best;
}

static AwDate
nearest_day (const Finder *self,
             int day)
{
  int year, month, d;
  AwDate best = AW_DATE_NONE;

  aw_date_to_ymd (self->reference, &year, &month, &d);
  for (int i = -1; i <= 1; i++)
    {
      int m = month + i, y = year;
      AwDate date;

      if (m < 1)
        m = 12, y--;
      if (m > 12)
        m = 1, y++;
      date = aw_date_from_ymd (y, m, day);
      if (date != AW_DATE_NONE && (best == AW_DATE_NONE || ABS (date - self->reference) < ABS (best - self->reference)))
        best = date;
    }
  return best;
}

static gboolean
joined_by (const Finder *self,
           guint a,
           const char *with)
{
  const AwTextWord *first = aw_text_word (self->text, a), *second;

  if (a + 1 >= self->text->words->len)
    return FALSE;
  second = aw_text_word (self->text, a + 1);
  return second->start == first->end + 1 && self->text->chars[first->end] == (gunichar) *with;
}

/* A date from word @i on; returns how many words it has, 0: none. */
static guint
read_date (const Finder *self,
           guint i,
           AwTextDate *date)
{
  const char *folded = aw_text_word (self->text, i)->folded;
  guint n;
  int day, month, year, y, m, d;

  /* 2026-03-05 */
  if ((year = year_value (self, i)) > 0 && joined_by (self, i, "-") && i + 2 < self->text->words->len &&
      joined_by (self, i + 1, "-"))
    {
      month = day_value (self, i + 1);
      day = day_value (self, i + 2);
      date->date = month >= 1 && month <= 12 ? aw_date_from_ymd (year, month, day) : AW_DATE_NONE;
      return date->date != AW_DATE_NONE ? 3 : 0;
    }
  /* 5.3.2026, 5.3. */
  if (sscanf (folded, "%d.%d.%d", &d, &m, &y) == 3 && m >= 1 && m <= 12 && d >= 1 && d <= 31 && y > 0)
    {
      date->date = aw_date_from_ymd (y < 100 ? 2000 + y : y, m, d);
      return date->date != AW_DATE_NONE ? 1 : 0;
    }
  /* 25/3/2026 and 3/25/2026, where only one reading is possible. */
  if (day_value (self, i) > 0 && joined_by (self, i, "/") && day_value (self, i + 1) > 0)
    {
      int a = day_value (self, i), b = day_value (self, i + 1);
      guint length = 2;

      year = 0;
      if (joined_by (self, i + 1, "/") && (year = year_value (self, i + 2)) > 0)
        length = 3;
      if (a > 12 && b <= 12)
        date->date = year > 0 ? aw_date_from_ymd (year, b, a) : nearest (self, b, a);
      else if (b > 12 && a <= 12)
        date->date = year > 0 ? aw_date_from_ymd (year, a, b) : nearest (self, a, b);
      else
        return 0;
      return date->date != AW_DATE_NONE ? length : 0;
    }

  day = day_value (self, i);
  if (day > 0)
    {
      n = 1;
      if (same_sentence (self, i, i + n) && strcmp (aw_text_word (self->text, i + n)->folded, "of") == 0)
        n++;
      month = same_sentence (self, i, i + n) ? name_value (self, "months", i + n) : 0;
      /* "5. März": the full stop ends no sentence there. */
      if (month == 0 && n == 1 && i + 1 < self->text->words->len && self->text->chars[aw_text_word (self->text, i)->end] == '.')
        month = name_value (self, "months", i + 1);
      if (month > 0)
        {
          n++;
          year = same_sentence (self, i, i + n) ? year_value (self, i + n) : 0;
          date->date = year > 0 ? aw_date_from_ymd (year, month, day) : nearest (self, month, day);
          return date->date != AW_DATE_NONE ? n + (year > 0) : 0;
        }
      return 0;
    }
  month = name_value (self, "months", i);
  if (month > 0)
    {
      n = 1;
      if (same_sentence (self, i, i + n) && strcmp (aw_text_word (self->text, i + n)->folded, "the") == 0)
        n++;
      day = same_sentence (self, i, i + n) ? day_value (self, i + n) : 0;
      if (day > 0)
        {
          n++;
          year = same_sentence (self, i, i + n) ? year_value (self, i + n) : 0;
          date->date = year > 0 ? aw_date_from_ymd (year, month, day) : nearest (self, month, day);
          return date->date != AW_DATE_NONE ? n + (year > 0) : 0;
        }
    }
  /* "end of March", "mid March" */
  if (aw_wordlists_has (self->lists, "parts", folded))
    {
      const char *part = aw_wordlists_look_up (self->lists, "parts", folded);

      for (n = 1; n <= 3 && same_sentence (self, i, i + n); n++)
        if ((month = name_value (self, "months", i + n)) > 0 || aw_wordlists_has (self->lists, "stop", aw_text_word (self->text, i + n)->folded))
          {
            if (month == 0)
              continue;
            if (strcmp (part, "end") == 0)
              {
                for (day = 31; (date->date = nearest (self, month, day)) == AW_DATE_NONE; day--)
                  ;
              }
            else
              date->date = nearest (self, month, strcmp (part, "middle") == 0 ? 15 : 1);
            date->rough = TRUE;
            return n + 1;
          }
        else
          break;
    }
  return 0;
}

/* Times of the day from word @i on, until the next date. */
static gboolean
read_time (const Finder *self,
           guint i,
           int *minute,
           guint *n_words)
{
  const AwTextWord *word = aw_text_word (self->text, i), *next;
  int hour = -1, min = 0;
  char rest[8] = "";
  gboolean clock = FALSE;
  guint n = 1;

  if (strcmp (word->folded, "noon") == 0)
    {
      *minute = 12 * 60;
      *n_words = 1;
      return TRUE;
    }
  if (!g_ascii_isdigit (word->folded[0]))
    return FALSE;
  if (sscanf (word->folded, "%2d.%2d%7s", &hour, &min, rest) >= 2 && strchr (word->folded, '.') != NULL)
    clock = TRUE;
  else if (sscanf (word->folded, "%2d:%2d%7s", &hour, &min, rest) >= 2)
    clock = TRUE;
  else if (sscanf (word->folded, "%2dh%2d", &hour, &min) == 2)
    clock = TRUE;
  else
    {
      min = 0;
      rest[0] = '\0';
      if (sscanf (word->folded, "%2d%7s", &hour, rest) < 1)
        return FALSE;
      if (g_ascii_isdigit (rest[0]))
        return FALSE;
      if (rest[0] == '\0' && i + 1 < self->text->words->len && self->text->chars[word->end] == ':')
        {
          next = aw_text_word (self->text, i + 1);
          if (next->start == word->end + 1 && sscanf (next->folded, "%2d%7s", &min, rest) >= 1)
            {
              clock = TRUE;
              n = 2;
            }
        }
    }
  if (rest[0] == '\0' && i + n < self->text->words->len)
    {
      const char *folded = aw_text_word (self->text, i + n)->folded;

      if (strcmp (folded, "am") == 0 || strcmp (folded, "pm") == 0 || strcmp (folded, "a.m") == 0 ||
          strcmp (folded, "p.m") == 0 || strcmp (folded, "uhr") == 0 || strcmp (folded, "o'clock") == 0 || strcmp (folded, "h") == 0)
        {
          g_strlcpy (rest, folded, sizeof rest);
          n++;
        }
    }
  if (hour < 0 || hour > 24 || min < 0 || min > 59)
    return FALSE;
  if (rest[0] == 'p' && hour < 12)
    hour += 12;
  else if (rest[0] == 'a' && hour == 12)
    hour = 0;
  else if (rest[0] == '\0' && !clock)
    {
      /* "at 10": a number alone is a time only after "at" and the like. */
      if (i == 0 || !aw_wordlists_has (self->lists, "at", aw_text_word (self->text, i - 1)->folded))
        return FALSE;
      /* "at 3" in an offer is the afternoon. */
      if (hour < 7)
        hour += 12;
    }
  else if (rest[0] == 'o' && hour < 7)
    hour += 12;
  *minute = hour * 60 + min;
  *n_words = n;
  return TRUE;
}

/**
 * aw_text_dates_find:
 * @text: a message
 * @lists: (nullable): the lists of its language
 * @reference: near which date those without a year are
 *
 * Returns: (transfer full) (element-type AwTextDate): the dates in it, quoted lines left out
 */
GArray *
aw_text_dates_find (const AwText *text,
                    AwWordlists *lists,
                    AwDate reference)
{
  GArray *dates = g_array_new (FALSE, TRUE, sizeof (AwTextDate));
  Finder self = { text, lists, reference };
  guint n_words = MIN (text->words->len, 10000);

  for (guint i = 0; i < n_words;)
    {
      AwTextDate date = { .first_word = i, .date = AW_DATE_NONE };
      guint start = i, length;
      int minute;

      if (aw_text_word (text, i)->region == AW_REGION_QUOTED || aw_text_word (text, i)->link)
        {
          i++;
          continue;
        }
      date.weekday = name_value (&self, "weekdays", i);
      if (date.weekday > 0)
        {
          start = i + 1;
          while (start < n_words && start <= i + 2 && same_sentence (&self, i, start) &&
                 aw_wordlists_has (lists, "articles", aw_text_word (text, start)->folded))
            start++;
        }
      length = start < n_words && (date.weekday == 0 || same_sentence (&self, i, start)) ? read_date (&self, start, &date) : 0;
      if (length == 0 && date.weekday > 0 && start < n_words && same_sentence (&self, i, start) && is_ordinal (&self, start))
        {
          date.date = nearest_day (&self, day_value (&self, start));
          length = 1;
        }
      else if (length == 0 && date.weekday == 0 && is_ordinal (&self, i) && i > 0 &&
               aw_wordlists_has (lists, "articles", aw_text_word (text, i - 1)->folded) &&
               aw_wordlists_has (lists, "bydate", i > 1 ? aw_text_word (text, i - 2)->folded : ""))
        {
          /* "by the 27th" */
          date.date = nearest_day (&self, day_value (&self, i));
          length = 1;
        }
      if (length > 0)
        {
          date.last_word = start + length - 1;
          /* "6 February (Friday)" */
          if (date.weekday == 0 && date.last_word + 1 < n_words &&
              text->chars[aw_text_word (text, date.last_word + 1)->start - 1] == '(')
            date.weekday = name_value (&self, "weekdays", date.last_word + 1);
          g_array_append_val (dates, date);
          i = date.last_word + 1;
          continue;
        }
      if (date.weekday > 0)
        {
          date.last_word = i;
          g_array_append_val (dates, date);
          i++;
          continue;
        }
      if (dates->len > 0 && read_time (&self, i, &minute, &length))
        {
          AwTextDate *last = &g_array_index (dates, AwTextDate, dates->len - 1);

          if (i - last->last_word <= 12 && last->n_minutes < G_N_ELEMENTS (last->minutes))
            last->minutes[last->n_minutes++] = minute;
          i += length;
          continue;
        }
      i++;
    }
  return dates;
}
