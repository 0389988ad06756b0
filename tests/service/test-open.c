/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <string.h>

#include "service/aw-open.h"
#include "support/aw-fake-clock.h"
#include "support/aw-test-files.h"

/* Waits until the copy of a day is there. */
static void
wait_for (const char *folder,
          const char *date)
{
  g_autofree char *name = g_strdup_printf ("afterword-%s.db", date);
  g_autofree char *path = g_build_filename (folder, "backups", name, NULL);

  for (int i = 0; i < 1000 && !g_file_test (path, G_FILE_TEST_EXISTS); i++)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (10000);
    }
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
}

static void
add (AwEngine *engine)
{
  g_autoptr (AwOpportunity) opportunity = AW_OPPORTUNITY (aw_record_new (AW_TYPE_OPPORTUNITY, NULL));
  g_autoptr (AwCommand) command = aw_commands_put (engine, "Added", NULL, opportunity);
  g_autoptr (GError) error = NULL;

  aw_engine_run (engine, command, FALSE, &error);
  g_assert_no_error (error);
}

static void
test_daily (void)
{
  g_autoptr (AwTestFolder) folder = aw_test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "afterword.db", NULL);
  g_autoptr (AwClock) clock = aw_fake_clock_new (1772600000, "UTC"); /* 2026-03-04 04:53 */
  g_autoptr (GError) error = NULL;
  g_autoptr (AwEngine) engine = aw_engine_open_for_user (path, clock, &error);

  g_assert_no_error (error);
  aw_engine_back_up_daily (engine, NULL, NULL);
  wait_for (folder, "2026-03-04");
  add (engine);
  aw_fake_clock_advance (AW_FAKE_CLOCK (clock), AW_DAY);
  add (engine);
  wait_for (folder, "2026-03-05");
}

typedef struct
{
  guint times;
  char *why;
} Told;

static void
on_failed (const char *why,
           gpointer data)
{
  Told *told = data;

  told->times++;
  g_free (told->why);
  told->why = g_strdup (why);
}

/* A copy that cannot be made is told once, in a sentence, and the facts are not
 * held up; when it can be made again it is. */
static void
test_daily_fails (void)
{
  g_autoptr (AwTestFolder) folder = aw_test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "afterword.db", NULL);
  g_autofree char *in_the_way = g_build_filename (folder, "backups", NULL);
  g_autoptr (AwClock) clock = aw_fake_clock_new (1772600000, "UTC");
  g_autoptr (GError) error = NULL;
  g_autoptr (AwEngine) engine = aw_engine_open_for_user (path, clock, &error);
  Told told = { 0, NULL };

  g_assert_no_error (error);
  g_assert_true (g_file_set_contents (in_the_way, "no folder", -1, NULL));
  aw_engine_back_up_daily (engine, on_failed, &told);
  while (told.times == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (g_str_has_suffix (told.why, "."));
  g_assert_null (strchr (told.why, '\n'));
  aw_fake_clock_advance (AW_FAKE_CLOCK (clock), AW_DAY);
  add (engine);
  g_assert_cmpint (g_unlink (in_the_way), ==, 0);
  aw_fake_clock_advance (AW_FAKE_CLOCK (clock), AW_DAY);
  add (engine);
  wait_for (folder, "2026-03-06");
  g_assert_cmpuint (told.times, ==, 1);
  g_free (told.why);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/open/daily", test_daily);
  g_test_add_func ("/open/daily-fails", test_daily_fails);
  return g_test_run ();
}
