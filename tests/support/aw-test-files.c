/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/aw-test-files.h"

#include <glib/gstdio.h>

static void
remove_all (const char *path)
{
  GDir *dir = g_file_test (path, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_all (child);
    }
  g_clear_pointer (&dir, g_dir_close);
  g_remove (path);
}

char *
aw_test_folder_new (void)
{
  g_autoptr (GError) error = NULL;
  char *folder = g_dir_make_tmp ("afterword-test-XXXXXX", &error);

  g_assert_no_error (error);
  return folder;
}

void
aw_test_folder_free (char *folder)
{
  remove_all (folder);
  g_free (folder);
}
