/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/aw-text-private.h"

#include <string.h>
#include <unicode/ubrk.h>
#include <unicode/ustring.h>

#include "core/aw-fold.h"

char *
aw_text_slice (const AwText *self,
               int start,
               int end)
{
  return g_ucs4_to_utf8 (self->chars + start, end - start, NULL, NULL, NULL);
}

/* Sentences and words ------------------------------------------------------------ */

typedef struct
{
  UChar *units;
  int *char_at; /* code point of each unit, and one more */
  int length;
} Units;

/* The text in ICU's form, in which links are letters throughout and a line
 * feed within a paragraph is a space. */
static void
fill_units (const AwText *self,
            GArray *lines,
            GArray *links,
            Units *units)
{
  g_autofree gunichar *copy = g_memdup2 (self->chars, sizeof (gunichar) * (gsize) (self->n_chars + 1));
  int n = 0;

  for (guint i = 0; i < links->len; i += 2)
    for (int j = g_array_index (links, int, i); j < g_array_index (links, int, i + 1); j++)
      copy[j] = 'x';
  for (guint i = 0; i + 1 < lines->len; i++)
    {
      const AwLine *line = &g_array_index (lines, AwLine, i), *next = &g_array_index (lines, AwLine, i + 1);

      if (!aw_line_is_blank (line) && !aw_line_is_blank (next) && !aw_text_is_list_item (self, next) &&
          self->regions[line->first] == self->regions[next->first] && self->regions[line->first] == AW_REGION_BODY &&
          (aw_text_is_list_item (self, line) ? g_unichar_isspace (self->chars[next->start]) : line->last - line->first > 40))
        copy[line->end] = ' ';
    }

  units->units = g_new (UChar, 2 * (gsize) self->n_chars + 1);
  units->char_at = g_new (int, 2 * (gsize) self->n_chars + 2);
  for (int i = 0; i < self->n_chars; i++)
    {
      if (copy[i] >= 0x10000)
        {
          units->char_at[n] = i;
          units->units[n++] = U16_LEAD (copy[i]);
          units->char_at[n] = i;
          units->units[n++] = U16_TRAIL (copy[i]);
        }
      else
        {
          units->char_at[n] = i;
          /* So that "I’d" and "I'd" are one word each. */
          units->units[n++] = (UChar) (copy[i] == 0x2019 ? '\'' : copy[i]);
        }
    }
  units->char_at[n] = self->n_chars;
  units->length = n;
}

/* "3. Juli": a number of one or two digits before a month. */
static gboolean
ends_in_day (const AwText *self,
             AwWordlists *lists,
             int start,
             int dot)
{
  int first = dot, next = dot + 1, last;
  g_autofree char *slice = NULL, *folded = NULL;

  while (first > start && g_unichar_isdigit (self->chars[first - 1]))
    first--;
  if (dot - first < 1 || dot - first > 2)
    return FALSE;
  while (next < self->n_chars && self->chars[next] == ' ')
    next++;
  for (last = next; last < self->n_chars && last - next < 12 && g_unichar_isalpha (self->chars[last]);)
    last++;
  if (last == next)
    return FALSE;
  slice = aw_text_slice (self, next, last);
  folded = aw_fold (slice);
  return aw_wordlists_look_up (lists, "months", folded) != NULL;
}

/* Whether the sentence cannot end here: after "Ms." or an initial, or in a date. */
static gboolean
ends_in_abbreviation (const AwText *self,
                      AwWordlists *lists,
                      int start,
                      int end)
{
  int word;
  g_autofree char *slice = NULL, *folded = NULL;

  while (end > start && g_unichar_isspace (self->chars[end - 1]))
    end--;
  if (end <= start || self->chars[end - 1] != '.')
    return FALSE;
  word = --end;
  if (ends_in_day (self, lists, start, end))
    return TRUE;
  while (word > start && (g_unichar_isalpha (self->chars[word - 1]) || self->chars[word - 1] == '.'))
    word--;
  if (end - word == 1 && g_unichar_isupper (self->chars[word]) && self->chars[word] != 'I')
    return TRUE;
  if (end - word < 1 || end - word > 8)
    return FALSE;
  slice = aw_text_slice (self, word, end);
  folded = aw_fold (slice);
  return lists != NULL && aw_wordlists_has (lists, "abbreviations", folded);
}

static void
add_sentence (AwText *self,
              int start,
              int end,
              guint paragraph,
              gboolean list_item)
{
  AwTextSentence sentence = { .paragraph = paragraph, .list_item = list_item };

  while (start < end && g_unichar_isspace (self->chars[start]))
    start++;
  while (end > start && g_unichar_isspace (self->chars[end - 1]))
    end--;
  if (start >= end)
    return;
  sentence.start = start;
  sentence.end = end;
  sentence.region = (AwRegion) self->regions[start];
  for (int i = end - 1; i >= start && !g_unichar_isalnum (self->chars[i]); i--)
    sentence.question |= self->chars[i] == '?';
  g_array_append_val (self->sentences, sentence);
}

static void
find_sentences (AwText *self,
                GArray *lines,
                const Units *units,
                AwWordlists *lists)
{
  UErrorCode status = U_ZERO_ERROR;
  UBreakIterator *iterator = ubrk_open (UBRK_SENTENCE, "en", units->units, units->length, &status);
  g_autofree guint *paragraphs = g_new0 (guint, (gsize) self->n_chars + 1);
  g_autofree guint8 *items = g_new0 (guint8, (gsize) self->n_chars + 1);
  guint paragraph = 0;
  gboolean blank = FALSE, any = FALSE;
  int start = 0;

  for (guint i = 0; i < lines->len; i++)
    {
      const AwLine *line = &g_array_index (lines, AwLine, i);
      gboolean item = aw_text_is_list_item (self, line);

      if (aw_line_is_blank (line))
        blank = TRUE;
      else
        {
          if (any && (blank || item))
            paragraph++;
          blank = FALSE;
          any = TRUE;
        }
      for (int j = line->start; j <= line->end; j++)
        {
          paragraphs[j] = paragraph;
          items[j] = item;
        }
    }
  self->n_paragraphs = any ? paragraph + 1 : 0;

  if (U_FAILURE (status))
    {
      add_sentence (self, 0, self->n_chars, 0, FALSE);
      return;
    }
  for (int unit = ubrk_next (iterator); unit != UBRK_DONE; unit = ubrk_next (iterator))
    {
      int end = units->char_at[unit];

      if (end < self->n_chars && units->units[unit - 1] != '\n' && ends_in_abbreviation (self, lists, start, end))
        continue;
      /* Regions part sentences too: "Hi Trent, thanks for …". */
      for (int i = start; i < end;)
        {
          int stop = i;

          while (stop < end && self->regions[stop] == self->regions[i])
            stop++;
          add_sentence (self, i, stop, paragraphs[i], items[i]);
          i = stop;
        }
      start = end;
    }
  ubrk_close (iterator);
}

static void
find_words (AwText *self,
            const Units *units,
            GArray *links)
{
  UErrorCode status = U_ZERO_ERROR;
  UBreakIterator *iterator = ubrk_open (UBRK_WORD, "en", units->units, units->length, &status);
  guint sentence = 0, link = 0;
  int before = 0;
  gunichar open = 0;
  int quote_scan = 0, open_at = 0;

  if (U_FAILURE (status))
    return;
  for (int unit = ubrk_next (iterator); unit != UBRK_DONE; unit = ubrk_next (iterator))
    {
      AwTextWord word = { .start = units->char_at[before], .end = units->char_at[unit] };
      gboolean is_word = ubrk_getRuleStatus (iterator) >= UBRK_WORD_NUMBER;
      int capitals = 0, letters = 0;

      before = unit;
      if (!is_word)
        continue;
      /* Nested links: links->data holds starts and ends in turn. */
      while (link + 1 < links->len && g_array_index (links, int, link + 1) <= word.start)
        link += 2;
      if (link + 1 < links->len && word.start >= g_array_index (links, int, link))
        {
          word.start = g_array_index (links, int, link);
          word.end = g_array_index (links, int, link + 1);
          word.link = TRUE;
          /* Letters all through, but a dot may have parted it. */
          if (self->words->len > 0 &&
              g_array_index (self->words, AwTextWord, self->words->len - 1).start == word.start)
            continue;
        }
      while (sentence + 1 < self->sentences->len && aw_text_sentence (self, sentence + 1)->start <= word.start)
        sentence++;
      if (self->sentences->len == 0)
        continue;

      for (; quote_scan < word.start; quote_scan++)
        {
          gunichar c = self->chars[quote_scan];

          /* A quotation that was never closed ends with its paragraph. */
          if (open != 0 && c == '\n' && quote_scan + 1 < self->n_chars && self->chars[quote_scan + 1] == '\n')
            {
              for (guint i = self->words->len; i-- > 0 && aw_text_word (self, i)->start > open_at;)
                g_array_index (self->words, AwTextWord, i).in_quotes = FALSE;
              open = 0;
            }
          if (open != 0 && c == open)
            open = 0;
          else if (open == 0 && (c == '"' || c == 0x201C || c == 0x201E || c == 0x00AB || c == 0x00BB))
            {
              open = c == '"' ? '"' : c == 0x201C ? 0x201D : c == 0x201E ? 0x201C : c == 0x00AB ? 0x00BB : 0x00AB;
              open_at = quote_scan;
            }
          else if (open == 0 && (c == 0x2018 || c == 0x201A))
            {
              open = c == 0x2018 ? 0x2019 : 0x2018;
              open_at = quote_scan;
            }
        }

      word.sentence = sentence;
      word.region = (AwRegion) self->regions[word.start];
      word.in_quotes = open != 0;
      for (int i = word.start; i < word.end; i++)
        {
          letters += g_unichar_isalpha (self->chars[i]);
          capitals += g_unichar_isupper (self->chars[i]);
          word.number |= g_unichar_isdigit (self->chars[i]);
        }
      word.capital = g_unichar_isupper (self->chars[word.start]);
      word.shouted = !word.link && !word.number && letters >= 2 && capitals == letters;
      word.first = aw_text_sentence (self, sentence)->n_words == 0;
      {
        g_autofree char *exact = aw_text_slice (self, word.start, word.end);
        g_autofree char *folded = aw_fold (exact);

        word.exact = g_string_chunk_insert_const (self->chunk, exact);
        word.folded = g_string_chunk_insert_const (self->chunk, folded);
      }
      if (word.first)
        g_array_index (self->sentences, AwTextSentence, sentence).first_word = self->words->len;
      g_array_index (self->sentences, AwTextSentence, sentence).n_words++;
      if (word.region == AW_REGION_BODY)
        self->n_body_words++;
      g_array_append_val (self->words, word);
    }
  ubrk_close (iterator);
  if (open != 0)
    for (guint i = self->words->len; i-- > 0 && aw_text_word (self, i)->start > open_at;)
      g_array_index (self->words, AwTextWord, i).in_quotes = FALSE;
}

/**
 * aw_text_new:
 * @text: UTF-8, valid or not
 * @lists: (nullable): the lists of its language, for greetings and the like
 *
 * Returns: (transfer full): @text taken apart
 */
AwText *
aw_text_new (const char *text,
             AwWordlists *lists)
{
  AwText *self = g_new0 (AwText, 1);
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);
  g_autoptr (GArray) lines = NULL;
  g_autoptr (GArray) links = g_array_new (FALSE, FALSE, sizeof (int));
  glong n = 0;
  Units units;

  self->chars = g_utf8_to_ucs4_fast (valid, -1, &n);
  self->n_chars = (int) n;
  self->regions = g_new0 (guint8, (gsize) n + 1);
  self->words = g_array_new (FALSE, FALSE, sizeof (AwTextWord));
  self->sentences = g_array_new (FALSE, FALSE, sizeof (AwTextSentence));
  self->chunk = g_string_chunk_new (4096);
  self->greeting_start = self->greeting_end = -1;

  lines = aw_text_split_lines (self);
  aw_text_mark_regions (self, lines, lists);

  for (int i = 0; i < self->n_chars;)
    {
      gboolean begins = i == 0 || !g_unichar_isalnum (self->chars[i - 1]);
      int end = begins && g_unichar_isalnum (self->chars[i]) ? aw_text_link_end (self, i) : -1;

      if (end > i)
        {
          g_array_append_val (links, i);
          g_array_append_val (links, end);
          i = end;
        }
      else if (begins && g_unichar_isalnum (self->chars[i]))
        /* What is no link at its start is none further on. */
        while (i < self->n_chars && g_unichar_isalnum (self->chars[i]))
          i++;
      else
        i++;
    }

  fill_units (self, lines, links, &units);
  find_sentences (self, lines, &units, lists);
  find_words (self, &units, links);
  g_free (units.units);
  g_free (units.char_at);
  return self;
}

void
aw_text_free (AwText *self)
{
  g_free (self->chars);
  g_free (self->regions);
  g_array_unref (self->words);
  g_array_unref (self->sentences);
  g_string_chunk_free (self->chunk);
  g_free (self);
}
