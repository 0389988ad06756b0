/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/aw-wordlist.h"

#include <gio/gio.h>
#include <string.h>

#include "core/aw-wordlist-private.h"
#include "core/aw-wordlist-resource.h"
#include "core/aw-fold.h"

/* One file: its plain phrases, and its patterns, compiled when first asked for. */
struct _AwWordlist
{
  AwWordlists *owner;
  GPtrArray *lines;      /* char *: first column, folded */
  GPtrArray *reasons;    /* char * */
  GPtrArray *suggestions; /* char *, NULL */
  GPtrArray *plain;      /* char *, NULL-terminated */
  GHashTable *index;     /* phrase to reason */
  GPtrArray *patterns;   /* AwPattern; made once */
  gsize compiled;
};

struct _AwWordlists
{
  char *language;
  GHashTable *lists; /* name to AwWordlist */
};

#define RESOURCE_ROOT "/app/afterword/wordlists/"

static GMutex lock;
static char *root_folder;
static GHashTable *loaded; /* language to AwWordlists; never dropped */
static char **languages;

static void
pattern_free (AwPattern *pattern)
{
  g_clear_pointer (&pattern->regex, g_regex_unref);
  g_free (pattern);
}

/* Patterns ----------------------------------------------------------------------- */

static void append_alternatives (GString *out, AwWordlists *owner, const char *text, guint depth);

static void
append_escaped (GString *out,
                const char *word)
{
  for (const char *p = word; *p != '\0'; p++)
    {
      if (*p == '*')
        {
          g_string_append (out, "[^ \\n]*");
          continue;
        }
      if (strchr (".^$+?()[]{}|\\/\"-#&~", *p) != NULL)
        g_string_append_c (out, '\\');
      g_string_append_c (out, *p);
    }
}

/* One unit of a pattern, with the space that follows it in the text. */
static void
append_unit (GString *out,
             AwWordlists *owner,
             const char *unit,
             guint depth)
{
  gsize length = strlen (unit);

  if (strcmp (unit, "....") == 0)
    g_string_append (out, "(?:[^ \\n]+ ){0,14}?");
  else if (strcmp (unit, "...") == 0)
    g_string_append (out, "(?:[^ \\n]+ ){0,6}?");
  else if (strcmp (unit, "..") == 0)
    g_string_append (out, "(?:[^ \\n]+ ){0,3}?");
  else if (strcmp (unit, "_") == 0)
    g_string_append (out, "[^ \\n]+ ");
  else if (strcmp (unit, "^") == 0)
    g_string_append (out, "(?m:^)");
  else if (strcmp (unit, "$") == 0)
    g_string_append (out, "(?=(?:[?!,;] )*\\n)");
  else if (unit[0] == '!' && length > 1)
    {
      g_string_append (out, "(?!");
      append_unit (out, owner, unit + 1, depth);
      g_string_append_c (out, ')');
    }
  else if (unit[0] == '(' && unit[length - 1] == ')')
    {
      g_autofree char *inner = g_strndup (unit + 1, length - 2);

      append_alternatives (out, owner, inner, depth + 1);
    }
  else if (unit[0] == '{' && unit[length - 1] == '}' && depth < 6)
    {
      g_autofree char *name = g_strndup (unit + 1, length - 2);
      AwWordlist *classes = aw_wordlists_get_list (owner, "classes");
      const char *written = classes != NULL ? g_hash_table_lookup (classes->index, name) : NULL;
      g_autofree char *members = written != NULL ? aw_fold (written) : NULL;

      if (members == NULL)
        g_warning ("The phrase lists for “%s” know no class “%s”.", owner->language, name);
      append_alternatives (out, owner, members != NULL ? members : name, depth + 1);
    }
  else
    {
      append_escaped (out, unit);
      g_string_append_c (out, ' ');
    }
}

static char **
split_at (const char *text,
          char separator)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  const char *start = text, *p;
  int depth = 0;

  for (p = text;; p++)
    {
      if (*p == '(' || *p == '{')
        depth++;
      if (*p == ')' || *p == '}')
        depth--;
      if (*p == '\0' || (*p == separator && depth == 0))
        {
          g_autofree char *part = g_strndup (start, (gsize) (p - start));

          if (separator == '|' || *part != '\0')
            g_strv_builder_add (builder, part);
          start = p + 1;
          if (*p == '\0')
            break;
        }
      /* "(a |)b": two units without a space between them. */
      else if (separator == ' ' && depth == 0 && (*p == ')' || *p == '}') && p[1] != ' ' && p[1] != '\0')
        {
          g_autofree char *part = g_strndup (start, (gsize) (p + 1 - start));

          g_strv_builder_add (builder, part);
          start = p + 1;
        }
    }
  return g_strv_builder_end (builder);
}

static void
append_sequence (GString *out,
                 AwWordlists *owner,
                 const char *text,
                 guint depth)
{
  g_auto (GStrv) units = split_at (text, ' ');

  for (guint i = 0; units[i] != NULL; i++)
    {
      append_unit (out, owner, units[i], depth);
      /* A comma between two words of a phrase changes nothing. */
      if (units[i + 1] != NULL && strcmp (units[i], "^") != 0 && units[i][0] != '!' && strcmp (units[i + 1], ",") != 0)
        g_string_append (out, "(?:, )?");
    }
}

static void
append_alternatives (GString *out,
                     AwWordlists *owner,
                     const char *text,
                     guint depth)
{
  g_auto (GStrv) parts = split_at (text, '|');

  g_string_append (out, "(?:");
  for (guint i = 0; parts[i] != NULL; i++)
    {
      if (i > 0)
        g_string_append_c (out, '|');
      append_sequence (out, owner, parts[i], depth);
    }
  g_string_append_c (out, ')');
}

static void
compile (AwWordlist *self)
{
  self->patterns = g_ptr_array_new_with_free_func ((GDestroyNotify) pattern_free);
  for (guint i = 0; i < self->lines->len; i++)
    {
      const char *line = g_ptr_array_index (self->lines, i);
      g_autoptr (GString) regex = g_string_new ("(?<![^ \\n])");
      g_autoptr (GError) error = NULL;
      AwPattern *pattern = g_new0 (AwPattern, 1);

      pattern->exception = line[0] == '-' && line[1] == ' ';
      pattern->unnegated = line[0] == '+' && line[1] == ' ';
      append_sequence (regex, self->owner, line + (pattern->exception || pattern->unnegated ? 2 : 0), 0);
      pattern->regex = g_regex_new (regex->str, G_REGEX_OPTIMIZE | G_REGEX_NO_AUTO_CAPTURE, 0, &error);
      pattern->reason = g_ptr_array_index (self->reasons, i);
      pattern->suggestion = g_ptr_array_index (self->suggestions, i);
      if (pattern->regex == NULL)
        {
          g_warning ("The phrase “%s” cannot be read: %s", line, error->message);
          pattern_free (pattern);
          continue;
        }
      g_ptr_array_add (self->patterns, pattern);
    }
}

GPtrArray *
aw_wordlist_get_patterns (AwWordlist *self)
{
  if (g_once_init_enter (&self->compiled))
    {
      compile (self);
      g_once_init_leave (&self->compiled, 1);
    }
  return self->patterns;
}

/**
 * aw_wordlist_get_plain:
 * @self: (nullable): a list
 *
 * Returns: (nullable): its phrases as they stand there, folded
 */
const char *const *
aw_wordlist_get_plain (AwWordlist *self)
{
  return self != NULL ? (const char *const *) self->plain->pdata : NULL;
}

/* Files ---------------------------------------------------------------------------- */

static void
wordlist_free (AwWordlist *self)
{
  g_ptr_array_unref (self->lines);
  g_ptr_array_unref (self->reasons);
  g_ptr_array_unref (self->suggestions);
  g_ptr_array_unref (self->plain);
  g_hash_table_unref (self->index);
  g_clear_pointer (&self->patterns, g_ptr_array_unref);
  g_free (self);
}

static AwWordlist *
parse_list (AwWordlists *owner,
            const char *content)
{
  AwWordlist *self = g_new0 (AwWordlist, 1);
  g_auto (GStrv) lines = g_strsplit (content, "\n", -1);

  self->owner = owner;
  self->lines = g_ptr_array_new_with_free_func (g_free);
  self->reasons = g_ptr_array_new_with_free_func (g_free);
  self->suggestions = g_ptr_array_new_with_free_func (g_free);
  self->plain = g_ptr_array_new ();
  self->index = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) columns = NULL;
      char *phrase, *reason;

      g_strchomp (lines[i]);
      if (lines[i][0] == '#' || lines[i][0] == '\0')
        continue;
      columns = g_strsplit (lines[i], "\t", 3);
      phrase = aw_fold (g_strstrip (columns[0]));
      reason = columns[1] != NULL ? g_strdup (g_strstrip (columns[1])) : g_strdup ("");
      if (g_hash_table_contains (self->index, phrase) && *reason == '\0')
        {
          g_free (phrase);
          g_free (reason);
          continue;
        }
      g_ptr_array_add (self->lines, phrase);
      g_ptr_array_add (self->reasons, reason);
      g_ptr_array_add (self->suggestions,
                       columns[1] != NULL && columns[2] != NULL && *g_strstrip (columns[2]) != '\0' ? g_strdup (columns[2]) : NULL);
      g_ptr_array_add (self->plain, phrase);
      g_hash_table_insert (self->index, phrase, reason);
    }
  g_ptr_array_add (self->plain, NULL);
  return self;
}

static void
add_list (AwWordlists *self,
          const char *file,
          const char *content)
{
  g_autofree char *name = NULL;

  if (!g_str_has_suffix (file, ".txt") || !g_utf8_validate (content, -1, NULL))
    return;
  name = g_strndup (file, strlen (file) - 4);
  g_hash_table_replace (self->lists, g_steal_pointer (&name), parse_list (self, content));
}

static AwWordlists *
load (const char *language)
{
  AwWordlists *self = g_new0 (AwWordlists, 1);
  g_autofree char *path = g_strconcat (RESOURCE_ROOT, language, "/", NULL);
  g_auto (GStrv) children = g_resource_enumerate_children (aw_wordlist_get_resource (), path, 0, NULL);
  g_autofree char *folder = root_folder != NULL ? g_build_filename (root_folder, language, NULL) : NULL;
  GDir *dir = folder != NULL ? g_dir_open (folder, 0, NULL) : NULL;
  const char *file;

  self->language = g_strdup (language);
  self->lists = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) wordlist_free);
  for (guint i = 0; children != NULL && children[i] != NULL; i++)
    {
      g_autofree char *child = g_strconcat (path, children[i], NULL);
      g_autoptr (GBytes) bytes = g_resource_lookup_data (aw_wordlist_get_resource (), child, 0, NULL);
      g_autofree char *content = bytes != NULL ? g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes)) : NULL;

      if (content != NULL)
        add_list (self, children[i], content);
    }
  /* A translator's file goes before the one that was built in. */
  while (dir != NULL && (file = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (folder, file, NULL);
      g_autofree char *content = NULL;

      if (g_file_get_contents (child, &content, NULL, NULL))
        add_list (self, file, content);
    }
  g_clear_pointer (&dir, g_dir_close);
  return self;
}

static void
find_languages (void)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new ();
  g_auto (GStrv) children = g_resource_enumerate_children (aw_wordlist_get_resource (), RESOURCE_ROOT, 0, NULL);
  GDir *dir = root_folder != NULL ? g_dir_open (root_folder, 0, NULL) : NULL;
  const char *file;

  for (guint i = 0; children != NULL && children[i] != NULL; i++)
    if (g_str_has_suffix (children[i], "/"))
      g_ptr_array_add (found, g_strndup (children[i], strlen (children[i]) - 1));
  while (dir != NULL && (file = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (root_folder, file, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR) && !g_ptr_array_find_with_equal_func (found, file, g_str_equal, NULL))
        g_ptr_array_add (found, g_strdup (file));
    }
  g_clear_pointer (&dir, g_dir_close);
  g_ptr_array_add (found, NULL);
  languages = (char **) g_ptr_array_free (g_steal_pointer (&found), FALSE);
}

/**
 * aw_wordlists_set_folder:
 * @folder: (nullable): where further lists are, a folder a language
 *
 * To be set before any list is asked for. The lists that the project brings
 * are built in; a file in @folder goes before the one of the same name.
 */
void
aw_wordlists_set_folder (const char *folder)
{
  g_mutex_lock (&lock);
  g_free (root_folder);
  root_folder = g_strdup (folder);
  g_mutex_unlock (&lock);
}

/**
 * aw_wordlists_get_languages:
 *
 * Returns: the languages there are lists for
 */
const char *const *
aw_wordlists_get_languages (void)
{
  const char *const *result;

  g_mutex_lock (&lock);
  if (languages == NULL)
    find_languages ();
  result = (const char *const *) languages;
  g_mutex_unlock (&lock);
  return result;
}

/**
 * aw_wordlists_get:
 * @language: (nullable): such as "en" or "en_GB"
 *
 * Returns: (nullable): the language's lists, which live for good; %NULL: there are none
 */
AwWordlists *
aw_wordlists_get (const char *language)
{
  const char *const *known = aw_wordlists_get_languages ();
  AwWordlists *self = NULL;
  gsize length = language != NULL ? strcspn (language, "_-.@") : 0;

  for (guint i = 0; known[i] != NULL && length > 0; i++)
    {
      if (strlen (known[i]) != length || g_ascii_strncasecmp (known[i], language, length) != 0)
        continue;
      g_mutex_lock (&lock);
      if (loaded == NULL)
        loaded = g_hash_table_new (g_str_hash, g_str_equal);
      self = g_hash_table_lookup (loaded, known[i]);
      if (self == NULL)
        {
          self = load (known[i]);
          g_hash_table_insert (loaded, (gpointer) known[i], self);
        }
      g_mutex_unlock (&lock);
      break;
    }
  return self;
}

const char *
aw_wordlists_get_language (AwWordlists *self)
{
  return self->language;
}

/**
 * aw_wordlists_get_list:
 * @self: (nullable): a language's lists
 * @name: the file's name without ".txt"
 *
 * Returns: (nullable): the list
 */
AwWordlist *
aw_wordlists_get_list (AwWordlists *self,
                       const char *name)
{
  return self != NULL ? g_hash_table_lookup (self->lists, name) : NULL;
}

/**
 * aw_wordlists_has:
 * @self: (nullable): a language's lists
 * @list: a list of single words
 * @word: a folded word
 *
 * Returns: whether @word is in it
 */
gboolean
aw_wordlists_has (AwWordlists *self,
                  const char *list,
                  const char *word)
{
  AwWordlist *found = aw_wordlists_get_list (self, list);

  return found != NULL && g_hash_table_contains (found->index, word);
}

/**
 * aw_wordlists_look_up:
 * @self: (nullable): a language's lists
 * @list: a list of single words
 * @word: a folded word
 *
 * Returns: (nullable): the second column of @word
 */
const char *
aw_wordlists_look_up (AwWordlists *self,
                      const char *list,
                      const char *word)
{
  AwWordlist *found = aw_wordlists_get_list (self, list);

  return found != NULL ? g_hash_table_lookup (found->index, word) : NULL;
}
