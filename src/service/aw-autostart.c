/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/aw-autostart.h"

#include <errno.h>
#include <glib/gstdio.h>

#include "config.h"

static char *
autostart_path (void)
{
  return g_build_filename (g_get_user_config_dir (), "autostart", AGENT_ID ".desktop", NULL);
}

/**
 * aw_autostart_is_on:
 *
 * Returns: whether the agent starts at login
 */
gboolean
aw_autostart_is_on (void)
{
  g_autofree char *path = autostart_path ();

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

/* An argument of Exec= between quotes, as the Desktop Entry Specification
 * wants it; the key file escapes once more. */
static char *
quote (const char *text)
{
  GString *quoted = g_string_new ("\"");

  for (const char *c = text; *c != '\0'; c++)
    {
      if (*c == '"' || *c == '`' || *c == '$' || *c == '\\')
        g_string_append_c (quoted, '\\');
      g_string_append_c (quoted, *c);
      if (*c == '%')
        g_string_append_c (quoted, '%');
    }
  g_string_append_c (quoted, '"');
  return g_string_free (quoted, FALSE);
}

/**
 * aw_autostart_set:
 * @on: whether the agent shall start at login
 * @program: the agent's path
 * @error: return location
 *
 * Returns: whether it is so now
 */
gboolean
aw_autostart_set (gboolean on,
                  const char *program,
                  GError **error)
{
  g_autofree char *path = autostart_path ();
  g_autofree char *folder = NULL;
  g_autofree char *command = NULL;
  g_autoptr(GKeyFile) file = NULL;

  if (!on)
    {
      if (g_unlink (path) == 0 || errno == ENOENT)
        return TRUE;
      g_set_error_literal (error, G_FILE_ERROR, g_file_error_from_errno (errno), g_strerror (errno));
      return FALSE;
    }

  folder = g_path_get_dirname (path);
  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      g_set_error_literal (error, G_FILE_ERROR, g_file_error_from_errno (errno), g_strerror (errno));
      return FALSE;
    }
  command = quote (program);
  file = g_key_file_new ();
  g_key_file_set_string (file, G_KEY_FILE_DESKTOP_GROUP, G_KEY_FILE_DESKTOP_KEY_TYPE, G_KEY_FILE_DESKTOP_TYPE_APPLICATION);
  g_key_file_set_string (file, G_KEY_FILE_DESKTOP_GROUP, G_KEY_FILE_DESKTOP_KEY_NAME, "Afterword");
  g_key_file_set_string (file, G_KEY_FILE_DESKTOP_GROUP, G_KEY_FILE_DESKTOP_KEY_COMMENT, "Reminds you of follow-ups");
  g_key_file_set_string (file, G_KEY_FILE_DESKTOP_GROUP, G_KEY_FILE_DESKTOP_KEY_ICON, APP_ID);
  g_key_file_set_string (file, G_KEY_FILE_DESKTOP_GROUP, G_KEY_FILE_DESKTOP_KEY_EXEC, command);
  /* A file that outlives the program does nothing. */
  g_key_file_set_string (file, G_KEY_FILE_DESKTOP_GROUP, G_KEY_FILE_DESKTOP_KEY_TRY_EXEC, program);
  g_key_file_set_boolean (file, G_KEY_FILE_DESKTOP_GROUP, G_KEY_FILE_DESKTOP_KEY_NO_DISPLAY, TRUE);
  return g_key_file_save_to_file (file, path, error);
}
