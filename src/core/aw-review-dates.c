/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/aw-letter-date.h"
#include "core/aw-fold.h"
#include "core/aw-review-private.h"

/* M13: the dates hold at the time of sending. */

/* Days on which I met or spoke with them: interviews, and calls and talks. */
static GArray *
meeting_days (AwReview *self)
{
  GArray *days = g_array_new (FALSE, FALSE, sizeof (AwDate));
  g_autoptr (GPtrArray) meetings = aw_review_meetings (self);
  AwRecordList *touches = aw_dossier_get_list (self->facts->dossier, AW_RECORD_TOUCH);
  AwRecordList *calls = aw_dossier_get_list (self->facts->dossier, AW_RECORD_CALL);

  for (guint i = 0; i < meetings->len; i++)
    {
      AwInterview *interview = g_ptr_array_index (meetings, i);
      AwDate day = aw_calendar_date_of (self->facts->calendar, NULL, interview->starts_at.sec);
      AwDate there = aw_calendar_date_of (self->facts->calendar, interview->time_zone, interview->starts_at.sec);

      g_array_append_val (days, day);
      if (there != day)
        g_array_append_val (days, there);
    }
  for (guint i = 0; i < aw_record_list_get_length (touches); i++)
    {
      AwTouch *touch = aw_record_list_peek (touches, i);
      AwDate day;

      if (!aw_instant_is_set (touch->at))
        continue;
      if (touch->channel != AW_CHANNEL_PHONE && touch->channel != AW_CHANNEL_IN_PERSON && touch->direction != AW_DIRECTION_IN)
        continue;
      day = aw_calendar_date_of (self->facts->calendar, NULL, touch->at.sec);
      g_array_append_val (days, day);
    }
  for (guint i = 0; i < aw_record_list_get_length (calls); i++)
    {
      AwCall *call = aw_record_list_peek (calls, i);
      gint64 at = aw_instant_is_set (call->done_at) ? call->done_at.sec : call->agreed_at.sec;
      AwDate day;

      if (at == AW_NEVER)
        continue;
      day = aw_calendar_date_of (self->facts->calendar, NULL, at);
      g_array_append_val (days, day);
    }
  return days;
}

static gboolean
any_between (GArray *days,
             AwDate from,
             AwDate to)
{
  for (guint i = 0; i < days->len; i++)
    if (g_array_index (days, AwDate, i) >= from && g_array_index (days, AwDate, i) <= to)
      return TRUE;
  return FALSE;
}

static void
check_relative (AwReview *self,
                GArray *days)
{
  g_autoptr (GArray) phrases = aw_phrases_find (self->lists, "dates", NULL, self->body);
  int weekday = aw_date_weekday (self->today);

  for (guint i = 0; i < phrases->len; i++)
    {
      const AwPhrase *phrase = &g_array_index (phrases, AwPhrase, i);
      AwDate from = self->today, to = self->today;
      g_autofree char *words = NULL;

      if (strcmp (phrase->reason, "today") == 0)
        ;
      else if (strcmp (phrase->reason, "yesterday") == 0)
        from = to = self->today - 1;
      else if (strcmp (phrase->reason, "day-before-yesterday") == 0)
        from = to = self->today - 2;
      else if (strcmp (phrase->reason, "tomorrow") == 0)
        from = to = self->today + 1;
      else if (strcmp (phrase->reason, "last-week") == 0)
        {
          from = self->today - (weekday - 1) - 7;
          to = from + 6;
        }
      else if (strcmp (phrase->reason, "this-week") == 0)
        {
          from = self->today - (weekday - 1);
          to = from + 6;
        }
      else if (strcmp (phrase->reason, "next-week") == 0)
        {
          from = self->today - (weekday - 1) + 7;
          to = from + 6;
        }
      else
        continue;
      if (days->len == 0 || any_between (days, from, to))
        continue;
      words = aw_review_quote (self, phrase);
      aw_review_add_phrase (self, "M13", AW_SEVERITY_WARNING, _ ("Dates"),
                            g_strdup_printf (_ ("“%s” does not fit: no meeting is recorded for that day."), words), phrase);
      return;
    }
}

/* "On Tuesday" and "3 March" close to words about our meeting. */
static void
check_met_on (AwReview *self,
              GArray *days)
{
  g_autoptr (GArray) phrases = aw_phrases_find (self->lists, "meeting-words", NULL, self->body);

  for (guint i = 0; i < phrases->len && days->len > 0; i++)
    {
      const AwPhrase *phrase = &g_array_index (phrases, AwPhrase, i);

      for (guint j = 0; j < self->dates->len; j++)
        {
          const AwTextDate *date = &g_array_index (self->dates, AwTextDate, j);
          gboolean holds = FALSE;

          if (aw_text_word (self->text, date->first_word)->sentence != phrase->sentence || date->rough || date->n_minutes > 0)
            continue;
          if (!(date->first_word > phrase->last_word && date->first_word - phrase->last_word <= 3) &&
              !(date->last_word < phrase->first_word && phrase->first_word - date->last_word <= 2) &&
              !(date->first_word >= phrase->first_word && date->last_word <= phrase->last_word))
            continue;
          if (date->date != AW_DATE_NONE && date->date > self->today)
            continue;
          for (guint d = 0; d < days->len; d++)
            {
              AwDate day = g_array_index (days, AwDate, d);

              holds |= date->date != AW_DATE_NONE ? day == date->date : aw_date_weekday (day) == date->weekday;
            }
          if (holds)
            continue;
          aw_review_add (self, "M13", AW_SEVERITY_WARNING, g_strdup (_ ("Dates")), g_strdup (_ ("No meeting is recorded for that day.")),
                         aw_text_word (self->text, date->first_word)->start, aw_text_word (self->text, date->last_word)->end);
          return;
        }
    }
}

static void
check_weekdays (AwReview *self)
{
  for (guint i = 0; i < self->dates->len; i++)
    {
      const AwTextDate *date = &g_array_index (self->dates, AwTextDate, i);
      g_autofree char *day = NULL, *weekday = NULL;

      if (date->date == AW_DATE_NONE || date->weekday == 0 || date->rough || aw_date_weekday (date->date) == date->weekday)
        continue;
      day = aw_letter_date (date->date, NULL);
      weekday = aw_letter_weekday (date->date, NULL);
      aw_review_add (self, "M13", AW_SEVERITY_WARNING, g_strdup (_ ("Dates")), g_strdup_printf (_ ("%s is a %s."), day, weekday),
                     aw_text_word (self->text, date->first_word)->start, aw_text_word (self->text, date->last_word)->end);
    }
}

/* Call times ------------------------------------------------------------------------ */

/* "All Central time", "GMT", "your time", "London time". */
static gboolean
names_zone (AwReview *self,
            gboolean *theirs)
{
  AwPhrase phrase;
  const char *zones[2] = { aw_calendar_get_zone (self->facts->calendar), self->person != NULL ? self->person->time_zone : NULL };

  *theirs = FALSE;
  if (aw_phrases_have (self->lists, "zones", "theirs", self->body, &phrase))
    {
      *theirs = TRUE;
      return TRUE;
    }
  /* A city of a zone, and any capital word before "time". */
  for (guint z = 2; z-- > 0;)
    {
      const char *city = zones[z] != NULL ? strrchr (zones[z], '/') : NULL;
      g_autofree char *name = city != NULL ? g_strdelimit (aw_fold (city + 1), "_", ' ') : NULL;

      if (name == NULL)
        continue;
      {
        g_autofree char *needle = g_strconcat (name, " ", NULL);

        if (strstr (self->body->string->str, needle) != NULL)
          {
            *theirs = z == 1;
            return TRUE;
          }
      }
    }
  for (guint i = 1; i < self->text->words->len && i < 3000; i++)
    if (aw_wordlists_has (self->lists, "zone-nouns", aw_text_word (self->text, i)->folded) && aw_text_word (self->text, i - 1)->capital &&
        !aw_text_word (self->text, i - 1)->first)
      return TRUE;
  return aw_phrases_have (self->lists, "zones", NULL, self->body, NULL) || aw_phrases_have (self->lists, "zones", NULL, self->subject_line, NULL);
}

static gboolean
zones_differ (AwReview *self)
{
  const char *theirs = self->person != NULL ? self->person->time_zone : NULL;

  if (theirs == NULL || *theirs == '\0')
    return TRUE;
  return aw_calendar_offset (self->facts->calendar, theirs, self->input->at) != aw_calendar_offset (self->facts->calendar, NULL, self->input->at);
}

static void
check_call_times (AwReview *self)
{
  g_autoptr (GArray) offered = g_array_new (FALSE, FALSE, sizeof (AwDate));
  gboolean theirs = FALSE, zone = names_zone (self, &theirs), known;
  const char *their_zone = self->person != NULL ? self->person->time_zone : NULL;
  const AwTextDate *first = NULL, *last = NULL;
  guint timed = 0;

  known = their_zone != NULL && *their_zone != '\0';
  for (guint i = 0; i < self->dates->len; i++)
    {
      AwTextDate date = g_array_index (self->dates, AwTextDate, i);
      int start = aw_text_word (self->text, date.first_word)->start, end = aw_text_word (self->text, date.last_word)->end;

      if (aw_text_word (self->text, date.first_word)->region != AW_REGION_BODY || date.rough)
        continue;
      if (date.date == AW_DATE_NONE)
        {
          /* "Tuesday at 10": the next one; without a time it is no offer. */
          if (date.n_minutes == 0)
            continue;
          date.date = self->today + 1;
          while (aw_date_weekday (date.date) != date.weekday)
            date.date++;
        }
      if (date.n_minutes == 0 && date.date < self->today)
        continue; /* when we met */
      if (date.n_minutes == 0 && timed > 0)
        continue;
      timed += date.n_minutes > 0;
      if (first == NULL)
        first = &g_array_index (self->dates, AwTextDate, i);
      last = &g_array_index (self->dates, AwTextDate, i);
      {
        gboolean seen = FALSE;

        for (guint j = 0; j < offered->len; j++)
          seen |= g_array_index (offered, AwDate, j) == date.date;
        if (!seen)
          g_array_append_val (offered, date.date);
      }
      for (guint m = 0; m < MAX (date.n_minutes, 1); m++)
        {
          int minute = date.n_minutes > 0 ? date.minutes[m] : 12 * 60;
          gint64 at = aw_calendar_at (self->facts->calendar, theirs && known ? their_zone : NULL, date.date, minute);
          AwDate there = aw_calendar_date_of (self->facts->calendar, known ? their_zone : NULL, at);
          int hour = aw_calendar_minute_of (self->facts->calendar, known ? their_zone : NULL, at);

          if (at <= self->input->at)
            {
              aw_review_add (self, "M13", AW_SEVERITY_WARNING, g_strdup (_ ("Call times")), g_strdup (_ ("That time is past when the message leaves.")), start, end);
              return;
            }
          /* Of a zone that is named but is neither theirs nor mine nothing is known. */
          if (!known && zone && date.n_minutes > 0)
            {
              there = date.date;
              hour = minute;
            }
          if (aw_date_weekday (there) > 5 || !aw_calendar_is_working (self->facts->calendar, date.date))
            {
              aw_review_add (self, "M13", AW_SEVERITY_WARNING, g_strdup (_ ("Call times")), g_strdup (_ ("That is no working day.")), start, end);
              return;
            }
          if (date.n_minutes > 0 && (hour < 8 * 60 || hour > 18 * 60))
            {
              g_autofree char *clock = g_strdup_printf ("%d:%02d", hour / 60, hour % 60);

              aw_review_add (self, "M13", AW_SEVERITY_WARNING, g_strdup (_ ("Call times")),
                             g_strdup_printf (_ ("That is %s for them. Offer times between 8:00 and 18:00."), clock), start, end);
              return;
            }
        }
    }
  if (first == NULL)
    return;
  if (offered->len < 3)
    aw_review_add (self, "M13", AW_SEVERITY_WARNING, g_strdup (_ ("Call times")), g_strdup (_ ("Offer three times on three different days.")),
                   aw_text_word (self->text, first->first_word)->start, aw_text_word (self->text, last->last_word)->end);
  if (timed > 0 && !zone && zones_differ (self))
    aw_review_add (self, "M13", AW_SEVERITY_WARNING, g_strdup (_ ("Call times")), g_strdup (_ ("Say in which time zone the times are.")),
                   aw_text_word (self->text, first->first_word)->start, aw_text_word (self->text, last->last_word)->end);
}

/* Whether the call was agreed to already, so that no times are offered. */
static gboolean
is_agreed (AwReview *self)
{
  AwRecordList *calls = aw_dossier_get_list (self->facts->dossier, AW_RECORD_CALL);

  for (guint i = 0; i < aw_record_list_get_length (calls); i++)
    {
      AwCall *call = aw_record_list_peek (calls, i);

      if (g_strcmp0 (call->person, self->input->person) == 0 && aw_instant_is_set (call->agreed_at) && !aw_instant_is_set (call->done_at))
        return TRUE;
    }
  return FALSE;
}

void
aw_review_check_dates (AwReview *self)
{
  g_autoptr (GArray) days = meeting_days (self);

  check_relative (self, days);
  check_met_on (self, days);
  check_weekdays (self);
  if (self->input->kind == AW_TOUCH_CALL && !is_agreed (self))
    check_call_times (self);
}
