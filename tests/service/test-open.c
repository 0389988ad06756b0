/* SPDX-License-Identifier: GPL-3.0-or-later */
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

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/open/daily", test_daily);
  return g_test_run ();
}
