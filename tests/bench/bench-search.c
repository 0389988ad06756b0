/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A keystroke in the search box over 100,000 people and touches, against a scan
 * with LIKE in the same file. Exits 1 if one takes longer than a frame. */
#include <stdio.h>
#include <string.h>

#include "store/aw-search.h"
#include "support/aw-test-files.h"

#define N_OPPORTUNITIES 2000
#define N_RECORDS 100000
#define ROUNDS 7
#define FRAME_MS 16.7

static const char *const keys[] = { "n", "no", "nor", "nort", "northwind", "northwind a", "an", "ann", "anna", "the", "stream",
                                    "thank you for", "zzz", "o'b", "batch r", "e" };

static const char *const syllables[] = { "an", "na", "bel", "cor", "da", "el", "fin", "gar", "hol", "is", "jo", "kar", "lin", "mor",
                                         "nor", "o", "pet", "qui", "ros", "sal", "tam", "ul", "vin", "wind", "xa", "yor", "zan" };
static const char *const words[] = { "the", "batch", "runs", "at", "night", "stream", "thank", "you", "for", "time", "team", "plan", "and",
                                     "budget", "review", "notice", "river", "office", "question", "answer", "manager", "next", "step" };

static void
append_name (GString *text,
             GRand *rand)
{
  for (int n = g_rand_int_range (rand, 2, 5); n > 0; n--)
    g_string_append (text, syllables[g_rand_int_range (rand, 0, G_N_ELEMENTS (syllables))]);
}

static char *
make_name (GRand *rand)
{
  GString *text = g_string_new (NULL);

  append_name (text, rand);
  g_string_append_c (text, ' ');
  append_name (text, rand);
  return g_string_free (text, FALSE);
}

static char *
make_text (GRand *rand)
{
  GString *text = g_string_new (NULL);

  for (int n = 60; n > 0; n--)
    g_string_append_printf (text, "%s ", words[g_rand_int_range (rand, 0, G_N_ELEMENTS (words))]);
  append_name (text, rand);
  return g_string_free (text, FALSE);
}

static void
fill (AwDatabase *database)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);

  for (int i = 0; i < N_OPPORTUNITIES; i++)
    {
      g_autoptr (AwCommand) command = aw_command_new (NULL);
      g_autoptr (AwOpportunity) opportunity = AW_OPPORTUNITY (aw_record_new (AW_TYPE_OPPORTUNITY, NULL));
      g_autoptr (GError) error = NULL;

      opportunity->company = i % 100 == 0 ? g_strdup ("Northwind Labs") : make_name (rand);
      aw_command_add (command, opportunity);
      for (int j = 0; j < N_RECORDS / N_OPPORTUNITIES; j++)
        {
          g_autoptr (AwRecord) record = aw_record_new (j < 15 ? AW_TYPE_PERSON : AW_TYPE_TOUCH, AW_ID (opportunity));

          if (j < 15)
            AW_PERSON (record)->name = make_name (rand);
          else
            {
              AW_TOUCH (record)->subject = make_name (rand);
              AW_TOUCH (record)->text = make_text (rand);
            }
          aw_command_add (command, record);
        }
      aw_database_run (database, command, &error);
      g_assert_no_error (error);
    }
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return x < y ? -1 : x > y;
}

static double
measure_scan (AwDatabase *database,
              const char *key)
{
  g_autofree char *pattern = g_strdup_printf ("%%%s%%", key);
  sqlite3_stmt *statement = NULL;
  gint64 start = g_get_monotonic_time ();
  int n = 0;

  g_assert_cmpint (sqlite3_prepare_v2 (aw_database_get_handle (database),
                                       "SELECT id FROM person WHERE name LIKE ?1 UNION ALL "
                                       "SELECT id FROM touch WHERE subject LIKE ?1 OR text LIKE ?1",
                                       -1, &statement, NULL), ==, SQLITE_OK);
  sqlite3_bind_text (statement, 1, pattern, -1, SQLITE_STATIC);
  while (sqlite3_step (statement) == SQLITE_ROW)
    n++;
  sqlite3_finalize (statement);
  return (double) (g_get_monotonic_time () - start) / 1000.0;
}

int
main (void)
{
  g_autoptr (AwTestFolder) folder = aw_test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "bench.db", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (AwDatabase) database = aw_database_open (path, &error);
  gint64 start = g_get_monotonic_time ();
  gboolean slow = FALSE;

  g_assert_no_error (error);
  fill (database);
  printf ("filled with %d records in %.1f s\n", N_RECORDS, (double) (g_get_monotonic_time () - start) / 1e6);
  printf ("%-16s %6s %10s %10s\n", "keys", "hits", "search ms", "LIKE ms");

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      double times[ROUNDS];
      guint n = 0;

      for (guint j = 0; j < ROUNDS; j++)
        {
          g_autoptr (GPtrArray) hits = NULL;

          start = g_get_monotonic_time ();
          hits = aw_search (database, keys[i], &error);
          times[j] = (double) (g_get_monotonic_time () - start) / 1000.0;
          g_assert_no_error (error);
          n = hits->len;
        }
      qsort (times, ROUNDS, sizeof times[0], compare);
      printf ("%-16s %6u %10.2f %10.2f\n", keys[i], n, times[ROUNDS / 2], measure_scan (database, keys[i]));
      slow |= times[ROUNDS / 2] > FRAME_MS;
    }
  return slow;
}
