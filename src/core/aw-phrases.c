/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/aw-phrases.h"

#include <string.h>

#include "core/aw-wordlist-private.h"

/* How many words before a phrase a "not" still turns it round. */
#define NEGATION_REACH 4

/* Whether one of the words before byte @at, in the same clause, negates. */
static gboolean
is_negated (AwWordlists *lists,
            const AwTextLine *line,
            int at)
{
  int p = at;

  for (guint n = 0; n < NEGATION_REACH && p > 0; n++)
    {
      int end = p - 1, start = end;
      g_autofree char *word = NULL;

      if (line->string->str[end] != ' ')
        return FALSE;
      while (start > 0 && line->string->str[start - 1] != ' ' && line->string->str[start - 1] != '\n')
        start--;
      if (end == start)
        return FALSE;
      word = g_strndup (line->string->str + start, (gsize) (end - start));
      if (strcmp (word, ";") == 0 || strcmp (word, "but") == 0)
        return FALSE;
      if (aw_wordlists_has (lists, "negation", word))
        return TRUE;
      p = start;
    }
  return FALSE;
}

static void
fill_phrase (const AwTextLine *line,
             int from,
             int to,
             const AwPattern *pattern,
             AwPhrase *phrase)
{
  guint first = g_array_index (line->word_at, guint, MIN (from, (int) line->word_at->len - 1));
  guint last = g_array_index (line->word_at, guint, MAX (from, to - 1));

  *phrase = (AwPhrase){
    .start = aw_text_word (line->text, first)->start,
    .end = aw_text_word (line->text, last)->end,
    .sentence = aw_text_word (line->text, first)->sentence,
    .first_word = first,
    .last_word = last,
    .reason = pattern->reason,
    .suggestion = pattern->suggestion,
  };
}

static gboolean
overlaps (GArray *spans,
          int from,
          int to)
{
  for (guint i = 0; i + 1 < spans->len; i += 2)
    if (from < g_array_index (spans, int, i + 1) && g_array_index (spans, int, i) < to)
      return TRUE;
  return FALSE;
}

static gboolean
is_of_reason (const AwPattern *pattern,
              const char *reason)
{
  return reason == NULL || strcmp (pattern->reason, reason) == 0;
}

static int
by_start (gconstpointer a,
          gconstpointer b)
{
  const AwPhrase *p = a, *q = b;

  return p->start != q->start ? p->start - q->start : q->end - p->end;
}

static GArray *
search (AwWordlists *lists,
        const char *list,
        const char *reason,
        const AwTextLine *line,
        gboolean first_only)
{
  GArray *found = g_array_new (FALSE, FALSE, sizeof (AwPhrase));
  g_autoptr (GArray) spared = NULL;
  AwWordlist *wordlist = aw_wordlists_get_list (lists, list);
  GPtrArray *patterns = wordlist != NULL ? aw_wordlist_get_patterns (wordlist) : NULL;

  for (guint i = 0; patterns != NULL && line->string->len > 0 && i < patterns->len; i++)
    {
      const AwPattern *pattern = g_ptr_array_index (patterns, i);
      g_autoptr (GMatchInfo) match = NULL;

      if (pattern->exception || !is_of_reason (pattern, reason))
        continue;
      if (!g_regex_match_full (pattern->regex, line->string->str, (gssize) line->string->len, 0, 0, &match, NULL))
        continue;
      while (g_match_info_matches (match))
        {
          int from = 0, to = 0;
          AwPhrase phrase;

          g_match_info_fetch_pos (match, 0, &from, &to);
          /* Only now are the exceptions looked for: most texts need none. */
          if (spared == NULL)
            {
              spared = g_array_new (FALSE, FALSE, sizeof (int));
              for (guint j = 0; j < patterns->len; j++)
                {
                  const AwPattern *exception = g_ptr_array_index (patterns, j);
                  g_autoptr (GMatchInfo) spare = NULL;

                  if (!exception->exception || (*exception->reason != '\0' && !is_of_reason (exception, reason) && reason != NULL))
                    continue;
                  g_regex_match_full (exception->regex, line->string->str, (gssize) line->string->len, 0, 0, &spare, NULL);
                  while (spare != NULL && g_match_info_matches (spare))
                    {
                      int a = 0, b = 0;

                      g_match_info_fetch_pos (spare, 0, &a, &b);
                      g_array_append_val (spared, a);
                      g_array_append_val (spared, b);
                      g_match_info_next (spare, NULL);
                    }
                }
            }
          if (!overlaps (spared, from, to) && (pattern->unnegated || !is_negated (lists, line, from)))
            {
              fill_phrase (line, from, to, pattern, &phrase);
              /* Only the pattern: what people write belongs in no log. */
              g_debug ("A phrase of %s: %s", list, g_regex_get_pattern (pattern->regex));
              g_array_append_val (found, phrase);
              if (first_only)
                return found;
            }
          g_match_info_next (match, NULL);
        }
    }
  g_array_sort (found, by_start);
  return found;
}

/**
 * aw_phrases_find:
 * @lists: (nullable): a language's lists
 * @list: which
 * @reason: (nullable): only phrases with this second column
 * @line: the text
 *
 * Phrases that a "not" turns round and those within an exception are left out.
 *
 * Returns: (transfer full) (element-type AwPhrase): where phrases of the list stand, in order
 */
GArray *
aw_phrases_find (AwWordlists *lists,
                 const char *list,
                 const char *reason,
                 const AwTextLine *line)
{
  return search (lists, list, reason, line, FALSE);
}

/**
 * aw_phrases_have:
 * @lists: (nullable): a language's lists
 * @list: which
 * @reason: (nullable): only phrases with this second column
 * @line: the text
 * @phrase: (out) (optional): where
 *
 * Returns: whether a phrase of the list stands in the text
 */
gboolean
aw_phrases_have (AwWordlists *lists,
                 const char *list,
                 const char *reason,
                 const AwTextLine *line,
                 AwPhrase *phrase)
{
  g_autoptr (GArray) found = search (lists, list, reason, line, TRUE);

  if (found->len > 0 && phrase != NULL)
    *phrase = g_array_index (found, AwPhrase, 0);
  return found->len > 0;
}

/**
 * aw_phrases_in_sentence:
 * @lists: (nullable): a language's lists
 * @list: which
 * @reason: (nullable): only phrases with this second column
 * @line: the text
 * @sentence: index of a sentence
 *
 * Returns: whether a phrase of the list begins in that sentence
 */
gboolean
aw_phrases_in_sentence (AwWordlists *lists,
                        const char *list,
                        const char *reason,
                        const AwTextLine *line,
                        guint sentence)
{
  g_autoptr (GArray) found = search (lists, list, reason, line, FALSE);

  for (guint i = 0; i < found->len; i++)
    if (g_array_index (found, AwPhrase, i).sentence == sentence)
      return TRUE;
  return FALSE;
}
