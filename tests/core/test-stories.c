/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "support/aw-test-agenda.h"

/* The stories: documents in stories/, each with what its agenda must hold at
 * some instants ("at INSTANT", then lines of key, state, opens, due). */

static void
check_line (AwTestAgenda *agenda,
            const char *line)
{
  g_auto (GStrv) words = g_strsplit (line, " ", -1);
  const AwFollowUp *found;
  g_autofree char *opens = NULL;
  g_autofree char *due = NULL;

  g_assert_cmpuint (g_strv_length (words), ==, 4);
  found = aw_test_agenda_find (agenda, words[0]);
  if (found == NULL)
    {
      g_test_message ("not there: %s", line);
      g_test_fail ();
      return;
    }
  opens = aw_time_format_utc (found->opens);
  due = aw_time_format_utc (found->due);
  g_test_message ("%s", line);
  g_assert_cmpstr (aw_word (&aw_duty_states, (int) found->state), ==, words[1]);
  g_assert_cmpstr (opens, ==, words[2]);
  g_assert_cmpstr (due, ==, words[3]);
}

static void
test_story (gconstpointer data)
{
  const char *name = data;
  g_autofree char *file = g_strconcat (name, ".json", NULL);
  g_autofree char *json = g_test_build_filename (G_TEST_DIST, "core", "stories", file, NULL);
  g_autofree char *file_expect = g_strconcat (name, ".expect", NULL);
  g_autofree char *expect = g_test_build_filename (G_TEST_DIST, "core", "stories", file_expect, NULL);
  g_autoptr (AwTestAgenda) agenda = aw_test_agenda_new_from_file (json);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  guint n_checked = 0;

  g_assert_true (g_file_get_contents (expect, &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  for (char **line = lines; *line != NULL; line++)
    {
      if (**line == '\0' || **line == '#')
        continue;
      if (g_str_has_prefix (*line, "at "))
        aw_test_agenda_plan (agenda, *line + 3);
      else
        {
          check_line (agenda, *line);
          n_checked++;
        }
    }
  g_assert_cmpuint (n_checked, >, 0);
}

int
main (int argc,
      char **argv)
{
  g_autoptr (GDir) folder = NULL;
  g_autofree char *path = NULL;
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *file;

  g_test_init (&argc, &argv, NULL);
  path = g_test_build_filename (G_TEST_DIST, "core", "stories", NULL);
  folder = g_dir_open (path, 0, NULL);
  while ((file = g_dir_read_name (folder)) != NULL)
    if (g_str_has_suffix (file, ".json"))
      {
        char *name = g_strndup (file, strlen (file) - strlen (".json"));
        g_autofree char *test = g_strconcat ("/stories/", name, NULL);

        g_ptr_array_add (names, name);
        g_test_add_data_func (test, name, test_story);
      }
  g_assert_cmpuint (names->len, >=, 12);
  return g_test_run ();
}
