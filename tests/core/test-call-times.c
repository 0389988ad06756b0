/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "core/aw-call-times.h"

/* Thursday 2026-03-05, 12:00 in New York. */
#define NOW 1772730000

static AwCalendar *
make_calendar (const char *zone,
               AwDate holiday)
{
  g_autoptr (AwRecord) record = aw_record_new (AW_TYPE_POLICY, NULL);
  AwPolicy *policy = (AwPolicy *) record;

  if (holiday != AW_DATE_NONE)
    {
      policy->holidays = g_array_new (FALSE, FALSE, sizeof (AwDate));
      g_array_append_val (policy->holidays, holiday);
    }
  return aw_calendar_new (policy, zone);
}

/* What must hold for any three times, wherever the two live. */
static void
check_times (const AwCallTimes *facts,
             const gint64 times[AW_N_CALL_TIMES])
{
  for (guint i = 0; i < AW_N_CALL_TIMES; i++)
    {
      AwDate date = aw_calendar_date_of (facts->calendar, facts->zone, times[i]);
      int minute = aw_calendar_minute_of (facts->calendar, facts->zone, times[i]);

      g_assert_cmpint (times[i], >, facts->now + AW_DAY);
      g_assert_cmpint (minute, >=, 8 * 60);
      g_assert_cmpint (minute + facts->minutes, <=, 18 * 60);
      g_assert_cmpint (aw_date_weekday (date), <=, 5);
      g_assert_true (aw_calendar_is_working (facts->calendar, date));
      if (i > 0)
        g_assert_cmpint (date, >, aw_calendar_date_of (facts->calendar, facts->zone, times[i - 1]));
      for (guint j = 0; facts->busy != NULL && j < facts->busy->len; j += 2)
        g_assert_true (times[i] >= g_array_index (facts->busy, gint64, j + 1) ||
                       times[i] + facts->minutes * 60 <= g_array_index (facts->busy, gint64, j));
    }
}

static void
test_plain (void)
{
  g_autoptr (AwCalendar) calendar = make_calendar ("America/New_York", AW_DATE_NONE);
  g_autoptr (AwTemplates) templates = aw_templates_new ("en", NULL);
  AwCallTimes facts = { .calendar = calendar, .zone = "America/New_York", .now = NOW, .minutes = 15 };
  g_autofree char *sentence = NULL;
  gint64 times[AW_N_CALL_TIMES];

  g_assert_true (aw_call_times_propose (&facts, times));
  check_times (&facts, times);
  sentence = aw_call_times_sentence (&facts, templates, times);
  g_assert_cmpstr (sentence, ==,
                   "Could I call you on Tuesday 10 March at 10:00, Wednesday 11 March at 14:30, or Friday 13 March at 09:00? "
                   "If none of these suits you, please name a day and time that does.");
}

static void
test_zones (void)
{
  static const struct
  {
    const char *mine;
    const char *theirs;
    const char *named;
  } cases[] = {
    { "Europe/Berlin", "America/New_York", "All three are New York time." },
    { "America/New_York", "Asia/Tokyo", "All three are Tokyo time." },
    { "Pacific/Auckland", "America/Los_Angeles", "All three are Los Angeles time." },
    { "Europe/Berlin", "Europe/Paris", NULL },          /* same time: nothing to name */
    { "Europe/Berlin", NULL, "All three are Berlin time." }, /* theirs unknown: mine is named */
    { "Asia/Kathmandu", "Pacific/Kiritimati", "All three are Kiritimati time." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (AwCalendar) calendar = make_calendar (cases[i].mine, AW_DATE_NONE);
      g_autoptr (AwTemplates) templates = aw_templates_new ("en", NULL);
      AwCallTimes facts = { .calendar = calendar, .zone = cases[i].theirs, .now = NOW, .minutes = 15 };
      g_autofree char *sentence = NULL;
      gint64 times[AW_N_CALL_TIMES];

      g_assert_true (aw_call_times_propose (&facts, times));
      check_times (&facts, times);
      for (guint j = 0; j < AW_N_CALL_TIMES; j++)
        {
          int mine = aw_calendar_minute_of (calendar, NULL, times[j]);

          g_assert_cmpint (mine, >=, 6 * 60);
          g_assert_cmpint (mine, <, 23 * 60);
        }
      sentence = aw_call_times_sentence (&facts, templates, times);
      if (cases[i].named != NULL)
        g_assert_nonnull (strstr (sentence, cases[i].named));
      else
        g_assert_null (strstr (sentence, " time."));
    }
}

static void
test_busy (void)
{
  g_autoptr (AwCalendar) calendar = make_calendar ("America/New_York", aw_date_from_ymd (2026, 3, 11));
  g_autoptr (GArray) busy = g_array_new (FALSE, FALSE, sizeof (gint64));
  AwCallTimes facts = { .calendar = calendar, .zone = "America/New_York", .busy = busy, .now = NOW, .minutes = 15 };
  gint64 first = aw_calendar_at (calendar, NULL, aw_date_from_ymd (2026, 3, 10), 9 * 60);
  gint64 last = aw_calendar_at (calendar, NULL, aw_date_from_ymd (2026, 3, 10), 11 * 60);
  gint64 whole_day = aw_calendar_at (calendar, NULL, aw_date_from_ymd (2026, 3, 12), 0);
  gint64 next_day = whole_day + AW_DAY;
  gint64 times[AW_N_CALL_TIMES];
  g_autoptr (GArray) days = NULL;

  g_array_append_val (busy, first);
  g_array_append_val (busy, last);
  g_array_append_val (busy, whole_day);
  g_array_append_val (busy, next_day);

  g_assert_true (aw_call_times_propose (&facts, times));
  check_times (&facts, times);
  /* Tuesday has room after the interview; Wednesday is a holiday, Thursday full. */
  g_assert_cmpint (aw_calendar_date_of (calendar, NULL, times[0]), ==, aw_date_from_ymd (2026, 3, 10));
  g_assert_cmpint (aw_calendar_minute_of (calendar, NULL, times[0]), ==, 11 * 60 + 30);
  g_assert_cmpint (aw_calendar_date_of (calendar, NULL, times[1]), ==, aw_date_from_ymd (2026, 3, 13));

  days = aw_call_times_get_days (&facts, 5);
  g_assert_cmpuint (days->len, ==, 5);
  for (guint i = 0; i < days->len; i++)
    {
      g_assert_cmpint (g_array_index (days, AwDate, i), !=, aw_date_from_ymd (2026, 3, 11));
      g_assert_cmpint (g_array_index (days, AwDate, i), !=, aw_date_from_ymd (2026, 3, 12));
    }
}

/* Over the change of the clocks the offered local times stay what they say. */
static void
test_summer_time (void)
{
  g_autoptr (AwCalendar) calendar = make_calendar ("Europe/Berlin", AW_DATE_NONE);
  AwCallTimes facts = { .calendar = calendar, .zone = "America/New_York", .now = NOW, .minutes = 15 };
  gint64 times[AW_N_CALL_TIMES];

  g_assert_true (aw_call_times_propose (&facts, times));
  for (guint i = 0; i < AW_N_CALL_TIMES; i++)
    g_assert_cmpint (aw_calendar_minute_of (calendar, "America/New_York", times[i]) % 30, ==, 0);
}

/* A calendar that is full for good is said to be full, and ends. */
static void
test_full (void)
{
  g_autoptr (AwCalendar) calendar = make_calendar ("UTC", AW_DATE_NONE);
  g_autoptr (GArray) busy = g_array_new (FALSE, FALSE, sizeof (gint64));
  AwCallTimes facts = { .calendar = calendar, .busy = busy, .now = NOW, .minutes = 15 };
  gint64 times[AW_N_CALL_TIMES];
  gint64 from = 0;
  gint64 until = G_MAXINT64 / 2;

  g_array_append_val (busy, from);
  g_array_append_val (busy, until);
  g_assert_false (aw_call_times_propose (&facts, times));
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/call-times/plain", test_plain);
  g_test_add_func ("/call-times/zones", test_zones);
  g_test_add_func ("/call-times/busy", test_busy);
  g_test_add_func ("/call-times/summer-time", test_summer_time);
  g_test_add_func ("/call-times/full", test_full);
  return g_test_run ();
}
