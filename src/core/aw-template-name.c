/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/aw-template.h"

#include <string.h>

/* Names for a greeting, and the prompts that are left in a text. */

/* Words before a name; compared without their period and case. */
static gboolean
is_honorific (const char *word,
              gboolean *academic)
{
  static const char *const words[] = { "mr", "mrs", "ms", "miss", "mx", "sir", "dame", "herr", "frau", "dr", "prof", "professor", NULL };
  g_autofree char *folded = g_ascii_strdown (word, -1);

  g_strdelimit (folded, ".", '\0');
  *academic = strcmp (folded, "dr") == 0 || g_str_has_prefix (folded, "prof");
  return g_strv_contains (words, folded);
}

/* Whether all of some honorifics are academic: "Dr. ". */
static gboolean
only_academic (const char *titles)
{
  g_auto (GStrv) words = g_strsplit (titles, " ", -1);

  for (char **word = words; *word != NULL; word++)
    {
      gboolean academic = FALSE;

      if (**word != '\0' && is_honorific (*word, &academic) && !academic)
        return FALSE;
    }
  return TRUE;
}

/* A name taken apart: given name or, if one was written down, the honorific,
 * and the surname. */
static gboolean
take_apart (const char *name,
            char **honorific,
            char **first,
            char **last,
            char **whole)
{
  g_autofree char *copy = g_strdup (name != NULL ? name : "");
  g_autoptr (GString) titles = g_string_new (NULL);
  g_autoptr (GString) rest_of_name = g_string_new (NULL);
  g_auto (GStrv) words = NULL;
  const char *given = NULL, *title = NULL, *surname_word = NULL;
  char *comma;

  comma = strchr (copy, ',');
  if (comma != NULL)
    {
      g_autofree char *surname = g_strndup (copy, comma - copy);
      g_autofree char *rest = g_strdup (g_strstrip (comma + 1));
      gboolean academic;

      /* "Ines Roth, PhD" is no name turned round. */
      if (*rest != '\0' && strchr (g_strstrip (surname), ' ') == NULL && !is_honorific (rest, &academic))
        {
          g_free (copy);
          copy = g_strconcat (rest, " ", surname, NULL);
        }
      else
        {
          g_free (copy);
          copy = g_strdup (surname);
        }
    }

  words = g_strsplit_set (g_strstrip (copy), " \t\n", -1);
  for (char **word = words; *word != NULL; word++)
    {
      gboolean academic = FALSE;

      if (**word == '\0')
        continue;
      if (given == NULL && is_honorific (*word, &academic))
        {
          if (title == NULL || academic)
            title = *word;
          g_string_append_printf (titles, "%s ", *word);
          continue;
        }
      if (given == NULL)
        given = *word;
      surname_word = *word;
      g_string_append_printf (rest_of_name, rest_of_name->len > 0 ? " %s" : "%s", *word);
    }
  if (given == NULL)
    return FALSE;
  *honorific = g_strdup (title);
  *first = g_strdup (given);
  *last = g_strdup (surname_word);
  /* "Dr." alone is no form of address: "Dr. Ines Roth". */
  *whole = titles->len > 0 && !only_academic (titles->str) ? g_strconcat (titles->str, surname_word, NULL)
                                                           : g_strconcat (titles->str, rest_of_name->str, NULL);
  return TRUE;
}

/**
 * aw_template_first_name:
 * @name: (nullable): a name as it was written down
 *
 * "Marcus Bell" and "Bell, Marcus" are greeted as Marcus; somebody recorded as
 * "Dr. Ines Roth" as Dr. Roth.
 *
 * Returns: (transfer full) (nullable): the name for the greeting
 */
char *
aw_template_first_name (const char *name)
{
  g_autofree char *honorific = NULL, *first = NULL, *last = NULL, *whole = NULL;

  if (!take_apart (name, &honorific, &first, &last, &whole))
    return NULL;
  return honorific != NULL ? g_strdup_printf ("%s %s", honorific, last) : g_steal_pointer (&first);
}

/**
 * aw_template_full_name:
 * @name: (nullable): a name as it was written down
 *
 * "Marcus Bell" and "Bell, Marcus" are greeted as Marcus Bell, which needs no
 * gender; somebody recorded as "Frau Dr. Ines Roth" as Frau Dr. Roth.
 *
 * Returns: (transfer full) (nullable): the name for a greeting that is formal
 */
char *
aw_template_full_name (const char *name)
{
  g_autofree char *honorific = NULL, *first = NULL, *last = NULL, *whole = NULL;

  if (!take_apart (name, &honorific, &first, &last, &whole))
    return NULL;
  return g_steal_pointer (&whole);
}

/**
 * aw_template_next_prompt:
 * @text: a message
 * @from: where to begin, in code points
 * @end: (out): where the prompt ends
 *
 * Returns: where the next prompt begins, in code points; -1: none is left
 */
int
aw_template_next_prompt (const char *text,
                         int from,
                         int *end)
{
  int start = -1;
  int i = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p), i++)
    {
      if (i < from)
        continue;
      if (*p == '[' || *p == '{')
        start = i;
      else if (start >= 0 && (*p == ']' || *p == '}'))
        {
          *end = i + 1;
          return start;
        }
      else if (*p == '\n')
        start = -1;
    }
  return -1;
}
