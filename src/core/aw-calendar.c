/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/aw-calendar.h"

#include <string.h>

#define N_CACHED_DAYS 256
#define MAX_SEARCH 400 /* days without a working one after which the day itself is taken */

#define DEFAULT_DAY_STARTS (9 * 60)
#define DEFAULT_DAY_ENDS (18 * 60)

/* A person's morning is kept only within these, on the user's clock. */
#define CIVIL_FROM (8 * 60)
#define CIVIL_TO (21 * 60)

/* GLib searches a zone's intervals one by one, and a zone is asked about the
 * same few days again and again: so the offset of a whole UTC day is kept, for
 * days on which it does not change. */
typedef struct
{
  GTimeZone *zone;
  char *name;
  gint32 days[N_CACHED_DAYS];
  gint32 offsets[N_CACHED_DAYS];
} Zone;

struct _AwCalendar
{
  gatomicrefcount ref_count;

  AwPolicy *policy;
  GHashTable *zones; /* name → Zone, or the user's where the name is unknown */
  GPtrArray *owned;  /* Zone */
  Zone *user;
  guint working_days; /* bit 1: Monday … bit 7: Sunday */
  GHashTable *holidays;
  int day_starts;
  int day_ends;
};

/* Helpers ------------------------------------------------------------------ */

static gint64
floor_div (gint64 a,
           gint64 b)
{
  return a / b - (a % b < 0);
}

static void
zone_free (Zone *zone)
{
  g_time_zone_unref (zone->zone);
  g_free (zone->name);
  g_free (zone);
}

static Zone *
zone_new (const char *name)
{
  GTimeZone *time_zone;
  Zone *zone;

  /* GLib takes "" for the local zone, which nobody but AwClock may ask for. */
  if (name == NULL || *name == '\0')
    return NULL;
  time_zone = g_time_zone_new_identifier (name);
  if (time_zone == NULL)
    return NULL;

  zone = g_new (Zone, 1);
  zone->zone = time_zone;
  zone->name = g_strdup (name);
  for (guint i = 0; i < N_CACHED_DAYS; i++)
    zone->days[i] = AW_DATE_NONE;
  return zone;
}

static gint32
ask_offset (Zone *zone,
            gint64 sec)
{
  int interval = g_time_zone_find_interval (zone->zone, G_TIME_TYPE_UNIVERSAL, sec);

  return g_time_zone_get_offset (zone->zone, interval);
}

static gint32
zone_offset (Zone *zone,
             gint64 sec)
{
  gint64 day = floor_div (sec, AW_DAY);
  guint slot = (guint) (day & (N_CACHED_DAYS - 1));
  gint32 first;

  if (zone->days[slot] == day)
    return zone->offsets[slot];

  first = ask_offset (zone, day * AW_DAY);
  if (first != ask_offset (zone, day * AW_DAY + AW_DAY - 1))
    return ask_offset (zone, sec);

  zone->days[slot] = (gint32) day;
  zone->offsets[slot] = first;
  return first;
}

/* The first whole minute of local time at or after the change of offset that
 * lies after @before and not after @after. */
static gint64
end_of_gap (Zone *zone,
            gint64 before,
            gint64 after)
{
  gint32 old = zone_offset (zone, before);
  gint64 second;

  while (after - before > 1)
    {
      gint64 middle = before + (after - before) / 2;

      if (zone_offset (zone, middle) == old)
        before = middle;
      else
        after = middle;
    }

  second = (after + zone_offset (zone, after)) % 60;
  if (second < 0)
    second += 60;
  return second == 0 ? after : after + 60 - second;
}

static gint64
zone_at (Zone *zone,
         AwDate date,
         int second_of_day)
{
  gint64 local = (gint64) date * AW_DAY + second_of_day;
  gint32 before = zone_offset (zone, local - AW_DAY);
  gint32 after = zone_offset (zone, local + AW_DAY);

  if (before == after)
    return local - before;
  /* In an overlap the older offset gives the first of the two. */
  if (zone_offset (zone, local - before) == before)
    return local - before;
  if (zone_offset (zone, local - after) == after)
    return local - after;
  return end_of_gap (zone, local - after, local - before);
}

static Zone *
find_zone (AwCalendar *self,
           const char *name)
{
  Zone *zone;

  if (name == NULL || *name == '\0')
    return self->user;

  zone = g_hash_table_lookup (self->zones, name);
  if (zone != NULL)
    return zone;

  zone = zone_new (name);
  if (zone != NULL)
    g_ptr_array_add (self->owned, zone);
  else
    zone = self->user;
  g_hash_table_insert (self->zones, g_strdup (name), zone);
  return zone;
}

static int
parse_clock (const char *text,
             int fallback)
{
  int hour, minute;

  if (text == NULL || strlen (text) != 5 || text[2] != ':' ||
      !g_ascii_isdigit (text[0]) || !g_ascii_isdigit (text[1]) ||
      !g_ascii_isdigit (text[3]) || !g_ascii_isdigit (text[4]))
    return fallback;

  hour = (text[0] - '0') * 10 + text[1] - '0';
  minute = (text[3] - '0') * 10 + text[4] - '0';
  return hour <= 23 && minute <= 59 ? hour * 60 + minute : fallback;
}

static guint
parse_working_days (const GArray *days)
{
  const guint monday_to_friday = 1 << 1 | 1 << 2 | 1 << 3 | 1 << 4 | 1 << 5;
  guint bits = 0;

  for (guint i = 0; days != NULL && i < days->len; i++)
    {
      int day = g_array_index (days, int, i);

      if (day >= 1 && day <= 7)
        bits |= 1u << day;
    }
  return bits != 0 ? bits : monday_to_friday;
}

static AwDate
search_working (AwCalendar *self,
                AwDate date,
                int step)
{
  for (int i = 0; i <= MAX_SEARCH; i++)
    if (aw_calendar_is_working (self, date + i * step))
      return date + i * step;
  return date;
}

/* Public functions --------------------------------------------------------- */

/**
 * aw_calendar_new:
 * @policy: how the user wants to follow up
 * @system_zone: (nullable): name of the system's zone, for a policy without one
 *
 * A zone that is unknown is the system's; if that is unknown too, it is UTC.
 *
 * Returns: (transfer full): the user's calendar
 */
AwCalendar *
aw_calendar_new (AwPolicy *policy,
                 const char *system_zone)
{
  AwCalendar *self;

  g_return_val_if_fail (AW_IS_POLICY (policy), NULL);

  self = g_new0 (AwCalendar, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->policy = g_object_ref (policy);
  self->zones = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->owned = g_ptr_array_new_with_free_func ((GDestroyNotify) zone_free);
  self->user = zone_new (policy->time_zone);
  if (self->user == NULL)
    self->user = zone_new (system_zone);
  if (self->user == NULL)
    self->user = zone_new ("UTC");
  g_ptr_array_add (self->owned, self->user);
  g_hash_table_insert (self->zones, g_strdup (self->user->name), self->user);

  self->working_days = parse_working_days (policy->working_days);
  self->holidays = g_hash_table_new (NULL, NULL);
  for (guint i = 0; policy->holidays != NULL && i < policy->holidays->len; i++)
    g_hash_table_add (self->holidays, GINT_TO_POINTER (g_array_index (policy->holidays, AwDate, i)));
  self->day_starts = parse_clock (policy->day_starts, DEFAULT_DAY_STARTS);
  self->day_ends = parse_clock (policy->day_ends, DEFAULT_DAY_ENDS);
  return self;
}

/**
 * aw_calendar_ref:
 * @self: a calendar
 *
 * Returns: (transfer full): @self
 */
AwCalendar *
aw_calendar_ref (AwCalendar *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * aw_calendar_unref:
 * @self: (transfer full): a calendar
 */
void
aw_calendar_unref (AwCalendar *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_hash_table_unref (self->zones);
  g_hash_table_unref (self->holidays);
  g_ptr_array_unref (self->owned);
  g_object_unref (self->policy);
  g_free (self);
}

/**
 * aw_calendar_get_policy:
 * @self: a calendar
 *
 * Returns: (transfer none): the policy it was made from
 */
AwPolicy *
aw_calendar_get_policy (AwCalendar *self)
{
  return self->policy;
}

/**
 * aw_calendar_get_zone:
 * @self: a calendar
 *
 * Returns: (transfer none): the name of the user's zone, one that exists
 */
const char *
aw_calendar_get_zone (AwCalendar *self)
{
  return self->user->name;
}

/**
 * aw_calendar_date_of:
 * @self: a calendar
 * @zone: (nullable): a zone's name
 * @sec: an instant
 *
 * Returns: the date on which it falls there
 */
AwDate
aw_calendar_date_of (AwCalendar *self,
                     const char *zone,
                     gint64 sec)
{
  return (AwDate) floor_div (sec + zone_offset (find_zone (self, zone), sec), AW_DAY);
}

/**
 * aw_calendar_minute_of:
 * @self: a calendar
 * @zone: (nullable): a zone's name
 * @sec: an instant
 *
 * Returns: the time of day there, in minutes since midnight
 */
int
aw_calendar_minute_of (AwCalendar *self,
                       const char *zone,
                       gint64 sec)
{
  gint64 local = sec + zone_offset (find_zone (self, zone), sec);

  return (int) ((local - floor_div (local, AW_DAY) * AW_DAY) / 60);
}

/**
 * aw_calendar_at:
 * @self: a calendar
 * @zone: (nullable): a zone's name
 * @date: a date
 * @minute: minutes since midnight
 *
 * Returns: that local time as an instant; the first minute after it that
 *   exists if the clocks skip it, the first of the two if they repeat it
 */
gint64
aw_calendar_at (AwCalendar *self,
                const char *zone,
                AwDate date,
                int minute)
{
  return zone_at (find_zone (self, zone), date, minute * 60);
}

/**
 * aw_calendar_offset:
 * @self: a calendar
 * @zone: (nullable): a zone's name
 * @sec: an instant
 *
 * Returns: seconds east of UTC there and then
 */
int
aw_calendar_offset (AwCalendar *self,
                    const char *zone,
                    gint64 sec)
{
  return zone_offset (find_zone (self, zone), sec);
}

/**
 * aw_calendar_is_working:
 * @self: a calendar
 * @date: a date
 *
 * Returns: whether the user works on it
 */
gboolean
aw_calendar_is_working (AwCalendar *self,
                        AwDate date)
{
  return (self->working_days & (1u << aw_date_weekday (date))) != 0 &&
         !g_hash_table_contains (self->holidays, GINT_TO_POINTER (date));
}

/**
 * aw_calendar_working_on_or_after:
 * @self: a calendar
 * @date: a date
 *
 * Returns: @date if it is a working day, else the next that is one; @date if
 *   there is none within 400 days
 */
AwDate
aw_calendar_working_on_or_after (AwCalendar *self,
                                 AwDate date)
{
  return search_working (self, date, 1);
}

/**
 * aw_calendar_working_before:
 * @self: a calendar
 * @date: a date
 *
 * Returns: the last working day before @date; the day before if there is none
 *   within 400 days
 */
AwDate
aw_calendar_working_before (AwCalendar *self,
                            AwDate date)
{
  return search_working (self, date - 1, -1);
}

/**
 * aw_calendar_add_working:
 * @self: a calendar
 * @date: a date
 * @n: how many working days on, or back if negative
 *
 * Returns: the @n-th working day after or before @date
 */
AwDate
aw_calendar_add_working (AwCalendar *self,
                         AwDate date,
                         int n)
{
  for (; n > 0; n--)
    date = search_working (self, date + 1, 1);
  for (; n < 0; n++)
    date = search_working (self, date - 1, -1);
  return date;
}

/**
 * aw_calendar_morning:
 * @self: a calendar
 * @date: a date
 * @person_zone: (nullable): the zone of the person it is about
 *
 * The start of the day where the person is, if the user is up then and has the
 * same date; else the start of the user's day.
 *
 * Returns: the morning of @date
 */
gint64
aw_calendar_morning (AwCalendar *self,
                     AwDate date,
                     const char *person_zone)
{
  Zone *zone = find_zone (self, person_zone);

  if (zone != self->user)
    {
      gint64 theirs = zone_at (zone, date, self->day_starts * 60);
      gint64 local = theirs + zone_offset (self->user, theirs);
      gint64 second = local - (gint64) date * AW_DAY;

      if (second >= CIVIL_FROM * 60 && second <= CIVIL_TO * 60)
        return theirs;
    }
  return zone_at (self->user, date, self->day_starts * 60);
}

/**
 * aw_calendar_end_of_day:
 * @self: a calendar
 * @date: a date
 *
 * Returns: the end of the user's day
 */
gint64
aw_calendar_end_of_day (AwCalendar *self,
                        AwDate date)
{
  return zone_at (self->user, date, self->day_ends * 60);
}

/**
 * aw_calendar_add_working_days:
 * @self: a calendar
 * @sec: an instant
 * @n: how many working days
 *
 * Returns: the same local time @n working days later
 */
gint64
aw_calendar_add_working_days (AwCalendar *self,
                              gint64 sec,
                              int n)
{
  gint64 local = sec + zone_offset (self->user, sec);
  gint64 date = floor_div (local, AW_DAY);

  if (n == 0)
    return sec;
  return zone_at (self->user, aw_calendar_add_working (self, (AwDate) date, n), (int) (local - date * AW_DAY));
}
