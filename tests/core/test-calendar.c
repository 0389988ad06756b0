/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/aw-test-agenda.h"

/* The calendar of rules.md §2: zones, gaps and overlaps, working days. */

static AwCalendar *
calendar_new (const char *zone)
{
  g_autoptr (AwPolicy) policy = AW_POLICY (aw_record_new (AW_TYPE_POLICY, NULL));

  g_free (policy->time_zone);
  policy->time_zone = g_strdup (zone);
  return aw_calendar_new (policy, NULL);
}

static AwDate
date (const char *text)
{
  AwDate parsed = AW_DATE_NONE;

  g_assert_true (aw_date_parse (text, &parsed));
  return parsed;
}

typedef struct
{
  const char *zone;
  const char *date;
  int minute;
  const char *expected;
} LocalCase;

static const LocalCase local_cases[] = {
  { "UTC", "2026-03-02", 540, "2026-03-02T09:00:00Z" },
  { "Europe/Berlin", "2026-03-02", 540, "2026-03-02T08:00:00Z" },
  { "Europe/Berlin", "2026-07-02", 540, "2026-07-02T07:00:00Z" },
  /* the clock goes from 02:00 to 03:00 on 29 March: 02:30 is 03:00 */
  { "Europe/Berlin", "2026-03-29", 119, "2026-03-29T00:59:00Z" },
  { "Europe/Berlin", "2026-03-29", 120, "2026-03-29T01:00:00Z" },
  { "Europe/Berlin", "2026-03-29", 150, "2026-03-29T01:00:00Z" },
  { "Europe/Berlin", "2026-03-29", 180, "2026-03-29T01:00:00Z" },
  { "Europe/Berlin", "2026-03-29", 181, "2026-03-29T01:01:00Z" },
  /* 02:30 is there twice on 25 October: the first */
  { "Europe/Berlin", "2026-10-25", 119, "2026-10-24T23:59:00Z" },
  { "Europe/Berlin", "2026-10-25", 150, "2026-10-25T00:30:00Z" },
  { "Europe/Berlin", "2026-10-25", 180, "2026-10-25T02:00:00Z" },
  { "America/New_York", "2026-03-08", 150, "2026-03-08T07:00:00Z" },
  { "America/New_York", "2026-11-01", 90, "2026-11-01T05:30:00Z" },
  { "Australia/Lord_Howe", "2026-10-04", 135, "2026-10-03T15:30:00Z" }, /* a gap of half an hour */
  { "Australia/Lord_Howe", "2026-04-05", 105, "2026-04-04T14:45:00Z" }, /* and an overlap of half an hour */
  { "Asia/Kolkata", "2026-03-02", 540, "2026-03-02T03:30:00Z" },
  { "Asia/Kathmandu", "2026-03-02", 540, "2026-03-02T03:15:00Z" },
  { "America/Sao_Paulo", "2018-11-04", 0, "2018-11-04T03:00:00Z" },     /* midnight is skipped */
  { "Pacific/Apia", "2011-12-30", 540, "2011-12-30T10:00:00Z" },        /* a whole date is skipped */
  { "Pacific/Apia", "2011-12-29", 540, "2011-12-29T19:00:00Z" },
  { "Africa/Monrovia", "1972-01-07", 10, "1972-01-07T00:45:00Z" },      /* ends half a minute past 00:44 */
  { "America/Paramaribo", "1935-01-01", 0, "1935-01-01T03:41:36Z" },    /* sixteen seconds long */
  { "Pacific/Kiritimati", "2026-03-02", 540, "2026-03-01T19:00:00Z" },
};

static void
test_local (void)
{
  g_autoptr (AwCalendar) calendar = calendar_new ("UTC");

  for (guint i = 0; i < G_N_ELEMENTS (local_cases); i++)
    {
      const LocalCase *c = &local_cases[i];
      gint64 at = aw_calendar_at (calendar, c->zone, date (c->date), c->minute);
      g_autofree char *text = aw_time_format_utc (at);

      g_test_message ("%s %s", c->zone, c->date);
      g_assert_cmpstr (text, ==, c->expected);
      /* Nothing lies in a gap: what comes out goes back to itself. */
      g_assert_cmpint (aw_calendar_at (calendar, c->zone, aw_calendar_date_of (calendar, c->zone, at),
                                       aw_calendar_minute_of (calendar, c->zone, at)), ==, at);
    }
}

static void
test_unknown_zones (void)
{
  g_autoptr (AwPolicy) policy = AW_POLICY (aw_record_new (AW_TYPE_POLICY, NULL));
  g_autoptr (AwCalendar) calendar = NULL;
  g_autoptr (AwCalendar) other = NULL;

  policy->time_zone = g_strdup ("Middle/Earth");
  calendar = aw_calendar_new (policy, "Europe/Berlin");
  g_assert_cmpstr (aw_calendar_get_zone (calendar), ==, "Europe/Berlin");
  g_assert_cmpint (aw_calendar_offset (calendar, "No/Where", 1772445600), ==, 3600);
  g_assert_cmpint (aw_calendar_offset (calendar, "", 1772445600), ==, 3600);
  g_assert_cmpint (aw_calendar_offset (calendar, "No/Where", 1772445600), ==, 3600);

  g_free (policy->time_zone);
  policy->time_zone = g_strdup ("");
  other = aw_calendar_new (policy, "Neither/Here");
  g_assert_cmpstr (aw_calendar_get_zone (other), ==, "UTC");
}

static void
test_far_away (void)
{
  static const char *const zones[] = { "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Apia" };

  for (guint i = 0; i < G_N_ELEMENTS (zones); i++)
    {
      g_autoptr (AwCalendar) calendar = calendar_new (zones[i]);

      for (int year = 1; year <= 9999; year += 33)
        {
          AwDate first = aw_date_from_ymd (year, 1, 1);
          gint64 at = aw_calendar_at (calendar, NULL, first, 540);

          g_assert_cmpint (aw_calendar_date_of (calendar, NULL, at), ==, first);
          g_assert_cmpint (aw_calendar_minute_of (calendar, NULL, at), ==, 540);
          g_assert_cmpint (aw_calendar_working_on_or_after (calendar, first), >=, first);
        }
    }
}

static void
test_working_days (void)
{
  g_autoptr (AwPolicy) policy = AW_POLICY (aw_record_new (AW_TYPE_POLICY, NULL));
  g_autoptr (AwCalendar) calendar = NULL;
  const int sunday_to_thursday[] = { 7, 1, 2, 3, 4, 9, 0 };
  AwDate holiday = date ("2026-03-09");
  gint64 friday = aw_test_instant ("2026-03-06T16:45:10Z");

  policy->working_days = g_array_new (FALSE, FALSE, sizeof (int));
  calendar = aw_calendar_new (policy, "UTC"); /* an empty set means Monday to Friday */
  g_assert_true (aw_calendar_is_working (calendar, date ("2026-03-06")));
  g_assert_false (aw_calendar_is_working (calendar, date ("2026-03-07")));
  g_assert_cmpint (aw_calendar_working_on_or_after (calendar, date ("2026-03-07")), ==, date ("2026-03-09"));
  g_assert_cmpint (aw_calendar_working_before (calendar, date ("2026-03-09")), ==, date ("2026-03-06"));
  g_assert_cmpint (aw_calendar_add_working (calendar, date ("2026-03-06"), 2), ==, date ("2026-03-10"));
  g_assert_cmpint (aw_calendar_add_working (calendar, date ("2026-03-07"), 1), ==, date ("2026-03-09"));
  g_assert_cmpint (aw_calendar_add_working (calendar, date ("2026-03-20"), -5), ==, date ("2026-03-13"));
  g_assert_cmpint (aw_calendar_add_working_days (calendar, friday, 2), ==, aw_test_instant ("2026-03-10T16:45:10Z"));
  g_assert_cmpint (aw_calendar_add_working_days (calendar, friday, 0), ==, friday);
  g_clear_pointer (&calendar, aw_calendar_unref);

  g_array_append_vals (policy->working_days, sunday_to_thursday, G_N_ELEMENTS (sunday_to_thursday));
  policy->holidays = g_array_new (FALSE, FALSE, sizeof (AwDate));
  g_array_append_val (policy->holidays, holiday);
  calendar = aw_calendar_new (policy, "UTC");
  g_assert_true (aw_calendar_is_working (calendar, date ("2026-03-08")));
  g_assert_false (aw_calendar_is_working (calendar, date ("2026-03-06")));
  g_assert_cmpint (aw_calendar_working_on_or_after (calendar, date ("2026-03-06")), ==, date ("2026-03-08"));
  g_assert_cmpint (aw_calendar_working_on_or_after (calendar, holiday), ==, date ("2026-03-10"));
}

/* After 400 days without a working day, the day itself. */
static void
test_no_working_days (void)
{
  g_autoptr (AwPolicy) policy = AW_POLICY (aw_record_new (AW_TYPE_POLICY, NULL));
  g_autoptr (AwCalendar) calendar = NULL;
  AwDate start = date ("2026-03-02");

  policy->holidays = g_array_new (FALSE, FALSE, sizeof (AwDate));
  for (AwDate day = start - 500; day < start + 500; day++)
    g_array_append_val (policy->holidays, day);
  calendar = aw_calendar_new (policy, "UTC");
  g_assert_cmpint (aw_calendar_working_on_or_after (calendar, start), ==, start);
  g_assert_cmpint (aw_calendar_working_before (calendar, start), ==, start - 1);
  g_assert_cmpint (aw_calendar_working_on_or_after (calendar, start + 200), ==, date ("2027-07-15"));
}

static void
test_mornings (void)
{
  g_autoptr (AwCalendar) calendar = calendar_new ("Europe/Berlin");
  AwDate day = date ("2026-03-13");

  g_assert_cmpint (aw_calendar_morning (calendar, day, NULL), ==, aw_test_instant ("2026-03-13T08:00:00Z"));
  g_assert_cmpint (aw_calendar_morning (calendar, day, "Europe/Berlin"), ==, aw_test_instant ("2026-03-13T08:00:00Z"));
  g_assert_cmpint (aw_calendar_morning (calendar, day, "America/New_York"), ==, aw_test_instant ("2026-03-13T13:00:00Z"));
  g_assert_cmpint (aw_calendar_morning (calendar, day, "Europe/London"), ==, aw_test_instant ("2026-03-13T09:00:00Z"));
  /* 09:00 in Athens is 08:00 here, just civil; in Moscow 07:00, which is not. */
  g_assert_cmpint (aw_calendar_morning (calendar, day, "Europe/Athens"), ==, aw_test_instant ("2026-03-13T07:00:00Z"));
  g_assert_cmpint (aw_calendar_morning (calendar, day, "Europe/Moscow"), ==, aw_test_instant ("2026-03-13T08:00:00Z"));
  /* 09:00 in Hawaii is 20:00 here; in Apia it is the day before. */
  g_assert_cmpint (aw_calendar_morning (calendar, day, "Pacific/Honolulu"), ==, aw_test_instant ("2026-03-13T19:00:00Z"));
  g_assert_cmpint (aw_calendar_morning (calendar, day, "Pacific/Apia"), ==, aw_test_instant ("2026-03-13T08:00:00Z"));
  g_assert_cmpint (aw_calendar_morning (calendar, day, "Pacific/Pago_Pago"), ==, aw_test_instant ("2026-03-13T20:00:00Z"));
  g_assert_cmpint (aw_calendar_end_of_day (calendar, day), ==, aw_test_instant ("2026-03-13T17:00:00Z"));
}

static void
test_day_starts (void)
{
  static const struct
  {
    const char *starts;
    const char *expected;
  } cases[] = {
    { "07:30", "2026-03-13T07:30:00Z" }, { "00:00", "2026-03-13T00:00:00Z" }, { "25:00", "2026-03-13T09:00:00Z" },
    { "9:00", "2026-03-13T09:00:00Z" },  { "10:60", "2026-03-13T09:00:00Z" }, { "ab:cd", "2026-03-13T09:00:00Z" },
    { NULL, "2026-03-13T09:00:00Z" },    { "1a:00", "2026-03-13T09:00:00Z" }, { "10:a0", "2026-03-13T09:00:00Z" },
    { "10:0a", "2026-03-13T09:00:00Z" }, { "10-00", "2026-03-13T09:00:00Z" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (AwPolicy) policy = AW_POLICY (aw_record_new (AW_TYPE_POLICY, NULL));
      g_autoptr (AwCalendar) calendar = NULL;

      g_free (policy->day_starts);
      policy->day_starts = g_strdup (cases[i].starts);
      calendar = aw_calendar_new (policy, "UTC");
      g_assert_cmpint (aw_calendar_morning (calendar, date ("2026-03-13"), NULL), ==, aw_test_instant (cases[i].expected));
    }
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/calendar/local", test_local);
  g_test_add_func ("/calendar/unknown-zones", test_unknown_zones);
  g_test_add_func ("/calendar/far-away", test_far_away);
  g_test_add_func ("/calendar/working-days", test_working_days);
  g_test_add_func ("/calendar/no-working-days", test_no_working_days);
  g_test_add_func ("/calendar/mornings", test_mornings);
  g_test_add_func ("/calendar/day-starts", test_day_starts);
  return g_test_run ();
}
