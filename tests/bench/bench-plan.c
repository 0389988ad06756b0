/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/aw-dossier-private.h"
#include "core/aw-plan.h"

/* How long planning takes: N opportunities (default 10,000) with 10 people and
 * 30 touches each; and one changed fact, after which its opportunity and those
 * that share an address that it touched are planned again. Also whether the
 * time grows with the number only. Prints one line a figure.
 *
 *   bench-plan [N]
 *   valgrind --tool=callgrind --collect-atstart=no --toggle-collect=aw_plan_new bench-plan 1000
 */

#define N_PEOPLE 10
#define N_TOUCHES 30
#define N_CHANGES 1000

static gpointer
make (GType type,
      AwDossier *dossier,
      char *id)
{
  AwRecord *record = aw_record_new (type, dossier != NULL ? aw_dossier_get_id (dossier) : NULL);

  g_free (record->id);
  record->id = id;
  return record;
}

static void
put (AwDossier *dossier,
     gpointer record)
{
  aw_dossier_apply (dossier, NULL, record);
  g_object_unref (record);
}

/* Ids are UUIDs in the application. */
static char *
make_id (GRand *rand)
{
  return g_strdup_printf ("%08x-%04x-4%03x-8%03x-%08x%04x", g_rand_int (rand), g_rand_int (rand) & 0xffff,
                          g_rand_int (rand) & 0xfff, g_rand_int (rand) & 0xfff, g_rand_int (rand), g_rand_int (rand) & 0xffff);
}

static AwDossier *
make_dossier (GRand *rand,
              gint64 now,
              int number)
{
  static const AwRoles roles[] = { AW_ROLE_HR, AW_ROLE_HIRING_MANAGER, AW_ROLE_DECISION_MAKER, AW_ROLE_INTERVIEWER };
  AwOpportunity *opportunity = make (AW_TYPE_OPPORTUNITY, NULL, make_id (rand));
  AwDossier *dossier;
  char *ids[N_PEOPLE];

  opportunity->rapport = AW_RAPPORT_GREAT;
  if (number % 3 == 0)
    opportunity->my_decision_date = (AwDate) (now / AW_DAY) + 5;
  if (number % 4 == 0)
    opportunity->promised_date = (AwDate) (now / AW_DAY) - 2;
  dossier = aw_dossier_new (opportunity);
  g_object_unref (opportunity);

  for (int i = 0; i < N_PEOPLE; i++)
    {
      AwPerson *person = make (AW_TYPE_PERSON, dossier, make_id (rand));

      ids[i] = AW_ID (person);
      person->name = g_strdup_printf ("Person %d", i);
      /* A recruiter's address is shared by ten opportunities. */
      person->email = i == 0 ? g_strdup_printf ("hr%d@agency.example", number / 10)
                             : g_strdup_printf ("p%d@company%d.example", i, number);
      aw_person_set_roles (person, roles[MIN (i, 3)]);
      if (i % 5 == 4)
        person->time_zone = g_strdup ("America/New_York");
      put (dossier, person);
    }
  for (int i = 0; i < 2; i++)
    {
      AwInterview *interview = make (AW_TYPE_INTERVIEW, dossier, make_id (rand));

      interview->starts_at = aw_instant (now - (10 + 20 * i) * AW_DAY - g_rand_int_range (rand, 0, AW_DAY));
      interview->attendees = g_new0 (char *, 5);
      for (int k = 0; k < 4; k++)
        interview->attendees[k] = g_strdup (ids[1 + k + i]);
      put (dossier, interview);
    }
  for (int i = 0; i < N_TOUCHES; i++)
    {
      AwTouch *touch = make (AW_TYPE_TOUCH, dossier, make_id (rand));

      touch->at = aw_instant (now - g_rand_int_range (rand, 8 * AW_DAY, 90 * AW_DAY));
      touch->direction = i % 3 == 2 ? AW_DIRECTION_IN : AW_DIRECTION_OUT;
      touch->channel = AW_CHANNEL_EMAIL;
      touch->kind = i % 3 == 0 ? AW_TOUCH_THANK_YOU : i % 3 == 1 ? AW_TOUCH_CHECK_IN : AW_TOUCH_OTHER;
      touch->people = g_new0 (char *, 2);
      touch->people[0] = g_strdup (ids[g_rand_int_range (rand, 0, N_PEOPLE)]);
      put (dossier, touch);
    }
  return dossier;
}

static int
compare_doubles (const void *a,
                 const void *b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

/* Seconds for planning the first @n, the best of five. */
static double
plan_all (GPtrArray *dossiers,
          guint n,
          AwElsewhere *elsewhere,
          AwCalendar *calendar,
          gint64 now,
          guint *n_items)
{
  double times[5];

  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    {
      gint64 start = g_get_monotonic_time ();

      *n_items = 0;
      for (guint k = 0; k < n; k++)
        {
          g_autoptr (AwPlan) plan = aw_plan_new (g_ptr_array_index (dossiers, k), elsewhere, calendar, now);

          *n_items += aw_plan_get_length (plan);
        }
      times[i] = (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC;
    }
  qsort (times, G_N_ELEMENTS (times), sizeof (double), compare_doubles);
  return times[0];
}

/* A touch is added to one opportunity; it and the nine others with the same
 * recruiter are planned again. */
static void
change_facts (GPtrArray *dossiers,
              AwElsewhere *elsewhere,
              AwCalendar *calendar,
              GRand *rand,
              gint64 now)
{
  gint64 *times = g_new (gint64, N_CHANGES);
  double *sorted = g_new (double, N_CHANGES);
  guint n = MIN (N_CHANGES, dossiers->len);
  double alone = 0;

  for (guint i = 0; i < n; i++)
    {
      AwDossier *dossier = g_ptr_array_index (dossiers, i);
      AwTouch *touch = make (AW_TYPE_TOUCH, dossier, make_id (rand));
      AwPerson *recruiter = aw_record_list_peek (aw_dossier_get_list (dossier, AW_RECORD_PERSON), 0);
      gint64 start, between;

      touch->at = aw_instant (now - AW_HOUR);
      touch->direction = AW_DIRECTION_OUT;
      touch->channel = AW_CHANNEL_EMAIL;
      touch->kind = AW_TOUCH_CHECK_IN;
      touch->people = g_new0 (char *, 2);
      touch->people[0] = g_strdup (AW_ID (recruiter));
      put (dossier, touch);

      start = g_get_monotonic_time ();
      aw_elsewhere_remove_opportunity (elsewhere, aw_dossier_get_id (dossier));
      aw_elsewhere_add_dossier (elsewhere, dossier);
      aw_plan_unref (aw_plan_new (dossier, elsewhere, calendar, now));
      between = g_get_monotonic_time ();
      for (guint k = i / 10 * 10; k < MIN (i / 10 * 10 + 10, dossiers->len); k++)
        if (k != i)
          aw_plan_unref (aw_plan_new (g_ptr_array_index (dossiers, k), elsewhere, calendar, now));
      times[i] = g_get_monotonic_time () - start;
      sorted[i] = (double) times[i];
      alone += (double) (between - start);
    }
  qsort (sorted, n, sizeof (double), compare_doubles);
  g_print ("one change, its opportunity: mean %.1f us\n", alone / n);
  g_print ("one change, with 9 that share the address: median %.1f us, 99%% %.1f us\n", sorted[n / 2], sorted[n * 99 / 100]);
  g_free (times);
  g_free (sorted);
}

int
main (int argc,
      char **argv)
{
  guint n = argc > 1 ? (guint) strtoul (argv[1], NULL, 10) : 10000;
  gint64 now = (gint64) aw_date_from_ymd (2026, 3, 10) * AW_DAY + 9 * AW_HOUR;
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  g_autoptr (AwPolicy) policy = make (AW_TYPE_POLICY, NULL, NULL);
  g_autoptr (AwCalendar) calendar = aw_calendar_new (policy, "Europe/Berlin");
  g_autoptr (AwElsewhere) elsewhere = aw_elsewhere_new ();
  g_autoptr (GPtrArray) dossiers = g_ptr_array_new_with_free_func (g_object_unref);
  guint n_items, n_tenth;
  double all, tenth;
  gint64 start;

  n = MAX (n, 20);
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (dossiers, make_dossier (rand, now, (int) i));
  start = g_get_monotonic_time ();
  for (guint i = 0; i < n; i++)
    aw_elsewhere_add_dossier (elsewhere, g_ptr_array_index (dossiers, i));
  g_print ("gather what counts elsewhere, %u opportunities: %.1f ms\n", n,
           (double) (g_get_monotonic_time () - start) / 1000);

  all = plan_all (dossiers, n, elsewhere, calendar, now, &n_items);
  tenth = plan_all (dossiers, n / 10, elsewhere, calendar, now, &n_tenth);
  g_print ("plan %u opportunities, %d people and %d touches each: %.1f ms (%.2f us each, %u items)\n", n, N_PEOPLE, N_TOUCHES,
           all * 1000, all * 1e6 / n, n_items);
  g_print ("plan a tenth of them: %.1f ms; ten times as many take %.1f times as long\n", tenth * 1000, all / tenth);
  change_facts (dossiers, elsewhere, calendar, rand, now);
  return 0;
}
