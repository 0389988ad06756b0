/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/aw-template-private.h"

#include <string.h>

#include "core/aw-template-resource.h"

/* Which languages there are skeletons of messages in. */

/* The skeletons of a language; NULL: there are none. */
GKeyFile *
aw_template_load_file (const char *language)
{
  g_autofree char *path = g_strdup_printf ("/app/afterword/templates/%s.ini", language);
  g_autoptr (GBytes) bytes = g_resource_lookup_data (aw_template_get_resource (), path, 0, NULL);
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GError) error = NULL;

  if (bytes == NULL)
    return NULL;
  if (!g_key_file_load_from_bytes (file, bytes, G_KEY_FILE_NONE, &error))
    {
      g_warning ("The templates for %s cannot be read: %s", language, error->message);
      return NULL;
    }
  return g_steal_pointer (&file);
}

/**
 * aw_templates_exist:
 * @language: (nullable): such as "de" or "de_AT.UTF-8"
 *
 * Returns: whether there are templates in that language
 */
gboolean
aw_templates_exist (const char *language)
{
  g_autofree char *plain = g_strdup (language != NULL ? language : "");
  g_autofree char *path = NULL;

  plain[strcspn (plain, "_-.@")] = '\0';
  path = g_strdup_printf ("/app/afterword/templates/%s.ini", plain);
  return *plain != '\0' && g_resource_get_info (aw_template_get_resource (), path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL, NULL, NULL);
}

static int
compare_languages (gconstpointer a,
                   gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/**
 * aw_templates_dup_languages:
 *
 * Returns: (transfer full): the languages that there are templates in: "de", "en"
 */
GStrv
aw_templates_dup_languages (void)
{
  g_auto (GStrv) files = g_resource_enumerate_children (aw_template_get_resource (), "/app/afterword/templates", G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_autoptr (GPtrArray) languages = g_ptr_array_new ();

  for (guint i = 0; files != NULL && files[i] != NULL; i++)
    g_ptr_array_add (languages, g_strndup (files[i], strcspn (files[i], ".")));
  g_ptr_array_sort (languages, compare_languages);
  g_ptr_array_add (languages, NULL);
  return (GStrv) g_ptr_array_free (g_steal_pointer (&languages), FALSE);
}

/**
 * aw_templates_dup_language_name:
 * @language: "de"
 *
 * Returns: (transfer full): what the language calls itself, "Deutsch"; @language
 *   itself where there are no templates in it
 */
char *
aw_templates_dup_language_name (const char *language)
{
  g_autoptr (GKeyFile) file = aw_template_load_file (language);
  char *name = file != NULL ? g_key_file_get_string (file, "Letter", "Language", NULL) : NULL;

  return name != NULL ? name : g_strdup (language);
}
