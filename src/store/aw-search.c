/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/aw-search.h"

#include <string.h>

#include "store/aw-database-private.h"

/* Ranking all matches of a common word costs more than a frame: only the
 * newest are ranked, and those of one or two letters not at all. */
#define CANDIDATES "300"

/* A message that was sent is found as the contact it became. */
#define COLUMNS "SELECT found.type, found.opportunity, found.id, found.name, found.body FROM "
#define UNSENT "(found.type <> 'message' OR NOT EXISTS " \
               "(SELECT 1 FROM message WHERE message.id = found.id AND message.state = 'sent')) "

static const char newest[] =
    COLUMNS "search_words CROSS JOIN search_entry AS found ON found.entry = search_words.rowid "
            "WHERE search_words MATCH ?1 AND " UNSENT "ORDER BY search_words.rowid DESC LIMIT ?2";

/* bm25 is the more negative the better; who is looked for is mostly a company
 * or a person. */
static const char ranked[] =
    "WITH candidate AS MATERIALIZED (SELECT rowid AS entry, bm25 (search_words, 8.0, 1.0) AS score FROM search_words "
    "WHERE search_words MATCH ?1 ORDER BY rowid DESC LIMIT " CANDIDATES ") "
    COLUMNS "candidate CROSS JOIN search_entry AS found ON found.entry = candidate.entry WHERE " UNSENT
            "ORDER BY candidate.score * CASE found.type WHEN 'opportunity' THEN 1.5 WHEN 'person' THEN 1.2 ELSE 1 END, "
            "found.entry DESC LIMIT ?2";

/* The words that hold a letter or digit; others would find nothing. */
static char **
split (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_auto (GStrv) parts = g_strsplit_set (valid, " \t\r\n", -1);
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();

  for (char **part = parts; *part != NULL; part++)
    for (const char *c = *part; *c != '\0'; c = g_utf8_next_char (c))
      if (g_unichar_isalnum (g_utf8_get_char (c)))
        {
          g_strv_builder_add (words, *part);
          break;
        }
  return g_strv_builder_end (words);
}

/* Each word in quotation marks, so that nothing in it is syntax; the last one
 * may go on. */
static char *
make_query (char **words)
{
  GString *query = g_string_new (NULL);

  for (; *words != NULL; words++)
    {
      g_auto (GStrv) pieces = g_strsplit (*words, "\"", -1);
      g_autofree char *escaped = g_strjoinv ("\"\"", pieces);

      g_string_append_printf (query, "%s\"%s\"", query->len > 0 ? " " : "", escaped);
    }
  g_string_append_c (query, '*');
  return g_string_free (query, FALSE);
}

/* A letter without marks and case, 0 for a mark. */
static gunichar
fold (gunichar letter)
{
  gunichar parts[G_UNICHAR_MAX_DECOMPOSITION_LENGTH];

  if (g_unichar_ismark (letter))
    return 0;
  g_unichar_fully_decompose (letter, FALSE, parts, G_N_ELEMENTS (parts));
  return g_unichar_tolower (parts[0]);
}

static gboolean
begins_with (const char *text,
             const char *word)
{
  for (; *word != '\0'; word = g_utf8_next_char (word))
    {
      gunichar wanted = fold (g_utf8_get_char (word));

      if (wanted == 0)
        continue;
      while (*text != '\0' && fold (g_utf8_get_char (text)) == 0)
        text = g_utf8_next_char (text);
      if (*text == '\0' || fold (g_utf8_get_char (text)) != wanted)
        return FALSE;
      text = g_utf8_next_char (text);
    }
  return TRUE;
}

/* The part of a long text in which a word stands: from a few words before it. */
static const char *
find_excerpt (const char *text,
              char **words)
{
  const char *starts[4] = { text, text, text, text };
  gboolean inside = FALSE;

  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    {
      gboolean letter = g_unichar_isalnum (g_utf8_get_char (c)) || g_unichar_ismark (g_utf8_get_char (c));

      if (letter && !inside)
        {
          memmove (starts, starts + 1, sizeof starts - sizeof starts[0]);
          starts[G_N_ELEMENTS (starts) - 1] = c;
          for (char **word = words; *word != NULL; word++)
            if (begins_with (c, *word))
              return starts[0];
        }
      inside = letter;
    }
  return text;
}

static char *
one_line (const char *name,
          const char *body,
          char **words)
{
  const char *excerpt = find_excerpt (body, words);
  g_autofree char *both = g_strconcat (name, *name != '\0' && *body != '\0' ? " · " : "",
                                       excerpt != body ? "…" : "", excerpt, NULL);
  g_autofree char *valid = g_utf8_make_valid (both, -1);
  GString *line = g_string_new (NULL);
  gboolean space = FALSE;
  int n = 0;

  for (const char *c = valid; *c != '\0'; c = g_utf8_next_char (c))
    {
      gunichar letter = g_utf8_get_char (c);

      if (g_unichar_isspace (letter) || g_unichar_iscntrl (letter))
        {
          space = line->len > 0;
          continue;
        }
      if (space)
        g_string_append_c (line, ' ');
      space = FALSE;
      if (++n > 120)
        {
          g_string_append (line, "…");
          break;
        }
      g_string_append_unichar (line, letter);
    }
  return g_string_free (line, FALSE);
}

void
aw_search_hit_free (AwSearchHit *hit)
{
  g_free (hit->type);
  g_free (hit->opportunity);
  g_free (hit->id);
  g_free (hit->text);
  g_free (hit);
}

/**
 * aw_search:
 * @database: a connection
 * @words: what stands in the search box, anything
 * @error: return location
 *
 * Finds what holds all the words, the last of which may be the beginning of
 * one; marks and case make no difference.
 *
 * Returns: (transfer full) (element-type AwSearchHit): the best first, at most
 *   %AW_SEARCH_LIMIT; empty if there is no word
 */
GPtrArray *
aw_search (AwDatabase *database,
           const char *words,
           GError **error)
{
  g_autoptr (GPtrArray) hits = g_ptr_array_new_with_free_func ((GDestroyNotify) aw_search_hit_free);
  g_autoptr (AwStatement) statement = NULL;
  g_auto (GStrv) parts = NULL;
  g_autofree char *query = NULL;
  guint n;
  int result;

  g_return_val_if_fail (AW_IS_DATABASE (database) && words != NULL, NULL);

  parts = split (words);
  n = g_strv_length (parts);
  if (n == 0)
    return g_steal_pointer (&hits);

  query = make_query (parts);
  statement = aw_database_prepare (database, g_utf8_strlen (parts[n - 1], -1) <= 2 ? newest : ranked, error);
  if (statement == NULL)
    return NULL;
  sqlite3_bind_text (statement, 1, query, -1, SQLITE_STATIC);
  sqlite3_bind_int (statement, 2, AW_SEARCH_LIMIT);
  while ((result = sqlite3_step (statement)) == SQLITE_ROW)
    {
      AwSearchHit *hit = g_new0 (AwSearchHit, 1);

      hit->type = g_strdup ((const char *) sqlite3_column_text (statement, 0));
      hit->opportunity = g_strdup ((const char *) sqlite3_column_text (statement, 1));
      hit->id = g_strdup ((const char *) sqlite3_column_text (statement, 2));
      hit->text = one_line ((const char *) sqlite3_column_text (statement, 3),
                            (const char *) sqlite3_column_text (statement, 4), parts);
      g_ptr_array_add (hits, hit);
    }
  if (result == SQLITE_DONE)
    return g_steal_pointer (&hits);
  aw_database_set_error (database, error);
  return NULL;
}
