/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/aw-call-times.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/aw-letter-date.h"

/* The first day that is offered: a message of today is read tomorrow, and they
 * need a day to arrange themselves. Two days in a row, then one after a gap. */
static const int day_steps[AW_N_CALL_TIMES] = { 3, 1, 2 };
/* Morning, afternoon and early, so that one of them suits. */
static const int wished_minutes[AW_N_CALL_TIMES] = { 10 * 60, 14 * 60 + 30, 9 * 60 };

#define SLOT_MINUTES 30
#define FIRST_MINUTE (8 * 60)
#define LAST_MINUTE (18 * 60)
#define MARGIN (30 * 60) /* seconds kept free around what is in the calendar */
#define SEARCH_DAYS 60

/* The user's hours, strictest first: day_starts to day_ends, then, for a
 * recipient far away, early and late, then all but the night. */
static void
user_hours (const AwCallTimes *self,
            guint leniency,
            int *from,
            int *until)
{
  AwPolicy *policy = aw_calendar_get_policy (self->calendar);
  int hour, minute;

  *from = 9 * 60;
  *until = 18 * 60;
  if (policy->day_starts != NULL && sscanf (policy->day_starts, "%d:%d", &hour, &minute) == 2)
    *from = hour * 60 + minute;
  if (policy->day_ends != NULL && sscanf (policy->day_ends, "%d:%d", &hour, &minute) == 2)
    *until = hour * 60 + minute;
  if (leniency >= 1)
    {
      *from = MIN (*from, 7 * 60);
      *until = MAX (*until, 21 * 60);
    }
  if (leniency >= 2)
    {
      *from = MIN (*from, 6 * 60);
      *until = MAX (*until, 23 * 60);
    }
}

static gboolean
is_free (const AwCallTimes *self,
         gint64 start,
         gint64 end)
{
  for (guint i = 0; self->busy != NULL && i + 1 < self->busy->len; i += 2)
    {
      gint64 from = g_array_index (self->busy, gint64, i);
      gint64 until = g_array_index (self->busy, gint64, i + 1);

      if (start < until + MARGIN && end > from - MARGIN)
        return FALSE;
    }
  return TRUE;
}

/* A working day for both: the user's own, and Monday to Friday for them. */
static gboolean
is_good_day (const AwCallTimes *self,
             AwDate date)
{
  return aw_date_weekday (date) <= 5 && aw_calendar_is_working (self->calendar, date);
}

static GArray *
slots_of (const AwCallTimes *self,
          AwDate date,
          guint leniency)
{
  GArray *slots = g_array_new (FALSE, FALSE, sizeof (gint64));
  int from, until;

  user_hours (self, leniency, &from, &until);
  if (!is_good_day (self, date))
    return slots;

  for (int minute = FIRST_MINUTE; minute + self->minutes <= LAST_MINUTE; minute += SLOT_MINUTES)
    {
      gint64 start = aw_calendar_at (self->calendar, self->zone, date, minute);
      gint64 end = start + (gint64) self->minutes * 60;
      int mine = aw_calendar_minute_of (self->calendar, NULL, start);

      if (start <= self->now || mine < from || mine + self->minutes > until || !is_free (self, start, end))
        continue;
      /* Where the day at their place is another one here, it has to be one I work on too. */
      if (!aw_calendar_is_working (self->calendar, aw_calendar_date_of (self->calendar, NULL, start)))
        continue;
      g_array_append_val (slots, start);
    }
  return slots;
}

/* Public functions --------------------------------------------------------- */

/**
 * aw_call_times_get_slots:
 * @self: the facts
 * @date: a date at the recipient's place
 *
 * Returns: (transfer full) (element-type gint64): the instants at which a call
 *   could begin on that day, in order; empty if there are none
 */
GArray *
aw_call_times_get_slots (const AwCallTimes *self,
                         AwDate date)
{
  for (guint leniency = 0; leniency < 3; leniency++)
    {
      g_autoptr (GArray) slots = slots_of (self, date, leniency);

      if (slots->len > 0 || leniency == 2)
        return g_steal_pointer (&slots);
    }
  g_assert_not_reached ();
}

/**
 * aw_call_times_get_days:
 * @self: the facts
 * @n: how many
 *
 * Returns: (transfer full) (element-type AwDate): the next days, after today,
 *   on which a call is possible
 */
GArray *
aw_call_times_get_days (const AwCallTimes *self,
                        guint n)
{
  GArray *days = g_array_new (FALSE, FALSE, sizeof (AwDate));
  AwDate today = aw_calendar_date_of (self->calendar, self->zone, self->now);

  for (AwDate date = today + 1; days->len < n && date < today + SEARCH_DAYS; date++)
    {
      g_autoptr (GArray) slots = aw_call_times_get_slots (self, date);

      if (slots->len > 0)
        g_array_append_val (days, date);
    }
  return days;
}

/**
 * aw_call_times_propose:
 * @self: the facts
 * @times: (out): three instants
 *
 * Three different working days from the third one on, from 8:00 to 18:00 at
 * the recipient's place, within the user's own hours if the zones allow it,
 * clear of what the user has to do (R10, M13).
 *
 * Returns: %FALSE if there are no such times within two months
 */
gboolean
aw_call_times_propose (const AwCallTimes *self,
                       gint64 times[AW_N_CALL_TIMES])
{
  AwDate today = aw_calendar_date_of (self->calendar, self->zone, self->now);
  AwDate date = today;

  for (guint i = 0; i < AW_N_CALL_TIMES; i++)
    {
      gboolean found = FALSE;
      int left = day_steps[i];

      while (!found)
        {
          g_autoptr (GArray) slots = NULL;
          gint64 best = AW_NEVER;

          if (++date > today + SEARCH_DAYS)
            return FALSE;
          if (is_good_day (self, date) && left > 0)
            left--;
          if (left > 0)
            continue;

          slots = aw_call_times_get_slots (self, date);
          for (guint j = 0; j < slots->len; j++)
            {
              gint64 slot = g_array_index (slots, gint64, j);
              gint64 wished = aw_calendar_at (self->calendar, self->zone, date, wished_minutes[i]);

              if (best == AW_NEVER || ABS (slot - wished) < ABS (best - wished))
                best = slot;
            }
          if (best != AW_NEVER)
            {
              times[i] = best;
              found = TRUE;
            }
        }
    }
  return TRUE;
}

/**
 * aw_call_times_sentence:
 * @self: the facts
 * @templates: for the words, in the language of the message
 * @times: the three instants
 *
 * Returns: (transfer full): the sentence that offers them, with the zone where
 *   it differs from the user's or is not known
 */
char *
aw_call_times_sentence (const AwCallTimes *self,
                        AwTemplates *templates,
                        const gint64 times[AW_N_CALL_TIMES])
{
  const char *language = aw_templates_get_language (templates);
  const char *slot_words = aw_templates_get_word (templates, "Calls", "Slot");
  const char *sentence = aw_templates_get_word (templates, "Calls", "Sentence");
  const char *zone_words = aw_templates_get_word (templates, "Calls", "Zone");
  const char *mine = aw_calendar_get_zone (self->calendar);
  g_autoptr (GString) out = g_string_new (sentence);
  gboolean differs = self->zone == NULL;

  for (guint i = 0; i < AW_N_CALL_TIMES; i++)
    {
      g_autofree char *key = g_strdup_printf ("{slot_%u}", i + 1);
      g_autoptr (GString) slot = g_string_new (slot_words);
      g_autofree char *day = aw_letter_weekday_date (aw_calendar_date_of (self->calendar, self->zone, times[i]), language);
      g_autofree char *time = aw_letter_time (self->calendar, self->zone, times[i], language);

      g_string_replace (slot, "{day}", day, 1);
      g_string_replace (slot, "{time}", time, 1);
      g_string_replace (out, key, slot->str, 1);
      if (aw_calendar_offset (self->calendar, self->zone, times[i]) != aw_calendar_offset (self->calendar, NULL, times[i]))
        differs = TRUE;
    }

  if (differs && zone_words != NULL)
    {
      g_autoptr (GString) words = g_string_new (zone_words);
      g_autofree char *zone = aw_letter_zone (self->zone != NULL ? self->zone : mine, times[0], language);

      g_string_replace (words, "{zone}", zone, 1);
      g_string_append_printf (out, " %s", words->str);
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/**
 * aw_call_times_add_busy:
 * @busy: (element-type gint64): starts and ends in turn
 * @dossier: an opportunity, whose interviews and agreed calls are added
 */
void
aw_call_times_add_busy (GArray *busy,
                        AwDossier *dossier)
{
  AW_RECORDS_FOREACH (AwInterview, interview, aw_dossier_get_list (dossier, AW_RECORD_INTERVIEW))
  if (!interview->cancelled)
    {
      gint64 end = aw_interview_get_end (interview);

      g_array_append_val (busy, interview->starts_at.sec);
      g_array_append_val (busy, end);
    }
  AW_RECORDS_FOREACH (AwCall, call, aw_dossier_get_list (dossier, AW_RECORD_CALL))
  if (aw_instant_is_set (call->agreed_at) && !aw_instant_is_set (call->done_at))
    {
      gint64 end = call->agreed_at.sec + AW_HOUR;

      g_array_append_val (busy, call->agreed_at.sec);
      g_array_append_val (busy, end);
    }
}
