/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/aw-text.h"

#include <string.h>
#include <unicode/ubrk.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

#include "core/aw-fold.h"
#include "core/aw-wordlist-private.h"

char *
aw_text_slice (const AwText *self,
               int start,
               int end)
{
  return g_ucs4_to_utf8 (self->chars + start, end - start, NULL, NULL, NULL);
}

/* Links ---------------------------------------------------------------------- */

static gboolean
starts_with_at (const AwText *self,
                int i,
                const char *prefix)
{
  for (; *prefix != '\0'; prefix++, i++)
    if (i >= self->n_chars || g_unichar_tolower (self->chars[i]) != (gunichar) *prefix)
      return FALSE;
  return TRUE;
}

static gboolean
is_link_char (gunichar c)
{
  return c > ' ' && c != '<' && c != '>' && c != '"' && c != 0x201C && c != 0x201D && !g_unichar_isspace (c);
}

/* Addresses and links are one word each; returns the end, or -1. */
static int
link_end (const AwText *self,
          int start)
{
  int end = start;
  gboolean scheme = starts_with_at (self, start, "http:") || starts_with_at (self, start, "https:") ||
                    starts_with_at (self, start, "mailto:") || starts_with_at (self, start, "ftp:") ||
                    starts_with_at (self, start, "htp:") || starts_with_at (self, start, "htps:") ||
                    starts_with_at (self, start, "http//") || starts_with_at (self, start, "https//") ||
                    starts_with_at (self, start, "htpps:") || starts_with_at (self, start, "ttps:") ||
                    starts_with_at (self, start, "http;") || starts_with_at (self, start, "https;") ||
                    starts_with_at (self, start, "www.");
  int at = -1, slash = -1, dot = -1;

  if (start > 0 && is_link_char (self->chars[start - 1]) && g_unichar_isalnum (self->chars[start - 1]))
    return -1;
  while (end < self->n_chars && end - start < 2048 && is_link_char (self->chars[end]))
    {
      if (self->chars[end] == '@' && at < 0)
        at = end;
      if (self->chars[end] == '/' && slash < 0)
        slash = end;
      if (self->chars[end] == '.' && dot < 0)
        dot = end;
      end++;
    }
  while (end > start && strchr (".,;:!?)]}'", (int) MIN (self->chars[end - 1], 0x7f)) != NULL)
    end--;
  if (end - start < 4)
    return -1;
  if (scheme)
    return end;
  if (at > start && at < end - 1 && dot >= 0)
    return end;
  /* example.org/path: a name with a dot, then a slash. */
  if (slash > 0 && dot > start && dot < slash - 2 && slash < end && g_unichar_isalnum (self->chars[start]) &&
      g_unichar_isalpha (self->chars[dot + 1]))
    return end;
  return -1;
}

/* Lines and regions ------------------------------------------------------------ */

typedef struct
{
  int start, end; /* without the line feed */
  int first, last; /* first character that is no space, and after the last such; equal: blank */
} Line;

static gboolean
line_is_blank (const Line *line)
{
  return line->first >= line->last;
}

static GArray *
split_lines (const AwText *self)
{
  GArray *lines = g_array_new (FALSE, FALSE, sizeof (Line));
  int start = 0;

  for (int i = 0; i <= self->n_chars; i++)
    if (i == self->n_chars || self->chars[i] == '\n')
      {
        Line line = { start, i, start, i };

        while (line.first < line.last && g_unichar_isspace (self->chars[line.first]))
          line.first++;
        while (line.last > line.first && g_unichar_isspace (self->chars[line.last - 1]))
          line.last--;
        g_array_append_val (lines, line);
        start = i + 1;
      }
  return lines;
}

static void
set_region (AwText *self,
            int start,
            int end,
            AwRegion region)
{
  memset (self->regions + start, region, MAX (0, end - start));
}

/* The line that introduces a quotation: "On 3 March, Ada Park wrote:". */
static gboolean
introduces_quote (const AwText *self,
                  const Line *line)
{
  gboolean digit = FALSE, letter = FALSE;

  if (line_is_blank (line) || line->last - line->first > 200 || self->chars[line->last - 1] != ':')
    return FALSE;
  for (int i = line->first; i < line->last; i++)
    {
      digit |= g_unichar_isdigit (self->chars[i]) || self->chars[i] == '@';
      letter |= g_unichar_isalpha (self->chars[i]);
    }
  return letter && (digit || line->last - line->first < 80);
}

static void
mark_quoted (AwText *self,
             GArray *lines)
{
  for (guint i = 0; i < lines->len; i++)
    {
      const Line *line = &g_array_index (lines, Line, i);

      if (line_is_blank (line))
        continue;
      /* "-----Original Message-----": all that follows was quoted. */
      if (starts_with_at (self, line->first, "-----") && line->last - line->first > 12 &&
          self->chars[line->last - 1] == '-' && self->chars[(line->first + line->last) / 2] != '-')
        {
          set_region (self, line->start, self->n_chars, AW_REGION_QUOTED);
          return;
        }
      if (self->chars[line->first] != '>')
        continue;
      set_region (self, line->start, line->end, AW_REGION_QUOTED);

      /* Only before the first line of a quotation. */
      for (int j = (int) i - 1; j >= 0; j--)
        {
          const Line *before = &g_array_index (lines, Line, j);

          if (line_is_blank (before))
            continue;
          if (self->regions[before->first] == AW_REGION_QUOTED || !introduces_quote (self, before))
            break;
          set_region (self, before->start, before->end, AW_REGION_QUOTED);
          /* It may be broken in two. */
          if (j > 0)
            {
              const Line *upper = &g_array_index (lines, Line, j - 1);

              if (!line_is_blank (upper) && self->regions[upper->first] == AW_REGION_BODY &&
                  (j == 1 || line_is_blank (&g_array_index (lines, Line, j - 2))) &&
                  !strchr (".!?", (int) MIN (self->chars[upper->last - 1], 0x7f)))
                {
                  gboolean digit = FALSE;

                  for (int k = upper->first; k < upper->last; k++)
                    digit |= g_unichar_isdigit (self->chars[k]);
                  if (digit)
                    set_region (self, upper->start, upper->end, AW_REGION_QUOTED);
                }
            }
          break;
        }
    }
}

static guint
count_words (const AwText *self,
             int start,
             int end)
{
  guint n = 0;
  gboolean inside = FALSE;

  for (int i = start; i < end; i++)
    {
      gboolean word = g_unichar_isalnum (self->chars[i]) || self->chars[i] == '\'' || self->chars[i] == 0x2019 ||
                      self->chars[i] == '-' || self->chars[i] == '.';

      n += word && !inside;
      inside = word;
    }
  return n;
}

static gboolean
all_capitalized (const AwText *self,
                 int start,
                 int end)
{
  gboolean inside = FALSE, any = FALSE;

  for (int i = start; i < end; i++)
    {
      gboolean alpha = g_unichar_isalpha (self->chars[i]);

      if (alpha && !inside)
        {
          if (!g_unichar_isupper (self->chars[i]))
            {
              /* "von", "de la": particles of names. */
              int length = 0;

              while (i + length < end && g_unichar_isalpha (self->chars[i + length]))
                length++;
              if (length > 3 || !any)
                return FALSE;
            }
          any = TRUE;
        }
      if (!alpha && self->chars[i] != '\'' && self->chars[i] != 0x2019)
        inside = FALSE;
      else
        inside = TRUE;
    }
  return any;
}

/* How many words of a list's phrase a line begins with; 0: none. */
static int
begins_with_phrase (const AwText *self,
                    AwWordlists *lists,
                    const char *list,
                    int start,
                    int end)
{
  int best = -1;
  g_autofree char *slice = NULL, *folded = NULL;
  const char *const *phrases = lists != NULL ? aw_wordlist_get_plain (aw_wordlists_get_list (lists, list)) : NULL;

  if (phrases == NULL)
    return -1;
  slice = aw_text_slice (self, start, MIN (end, start + 60));
  folded = aw_fold (slice);
  for (guint i = 0; phrases[i] != NULL; i++)
    {
      gsize length = strlen (phrases[i]);

      if (strncmp (folded, phrases[i], length) == 0 &&
          !g_unichar_isalnum (g_utf8_get_char (folded + length)) && folded[length] != '\'')
        best = MAX (best, (int) g_utf8_strlen (phrases[i], -1));
    }
  return best;
}

static void
mark_greeting (AwText *self,
               GArray *lines,
               AwWordlists *lists)
{
  const Line *line = NULL;
  int length, end;
  gboolean comma = FALSE, split = FALSE;

  for (guint i = 0; i < lines->len; i++)
    {
      const Line *l = &g_array_index (lines, Line, i);

      if (line_is_blank (l) || self->regions[l->first] == AW_REGION_QUOTED)
        continue;
      line = l;
      /* Something must come after it; a single line is only a greeting if it has the word. */
      split = i + 1 < lines->len;
      break;
    }
  if (line == NULL)
    return;

  length = begins_with_phrase (self, lists, "greetings", line->first, line->last);
  if (length < 0)
    {
      /* "Trent," or "Ms. Roth:" alone on its line. */
      gunichar last = self->chars[line->last - 1];

      if (split && (last == ',' || last == ':' || last == '!' || last == 0x2014) &&
          count_words (self, line->first, line->last) <= 4 && all_capitalized (self, line->first, line->last))
        {
          set_region (self, line->first, line->last, AW_REGION_GREETING);
          self->greeting_start = line->first;
          self->greeting_end = line->last;
        }
      return;
    }

  end = line->first + length;
  for (; end < line->last; end++)
    {
      gunichar c = self->chars[end];

      if (c == ',' || c == '!' || c == ':' || c == ';' || c == 0x2014 || c == 0x2013)
        {
          comma = TRUE;
          /* "Hello, Aiko," and "Dear Ada, dear Marcus,": the greeting goes on. */
          if (c == ',' && end + 1 < line->last)
            {
              int next = end + 1;

              while (next < line->last && self->chars[next] != ',' && self->chars[next] != '!' && self->chars[next] != '.')
                next++;
              if (count_words (self, end + 1, next) <= 4 &&
                  (begins_with_phrase (self, lists, "greetings", end + 2, next) >= 0 ||
                   (all_capitalized (self, end + 1, next) && (next == line->last || self->chars[next] == ',' || self->chars[next] == '!'))))
                {
                  end = next - 1;
                  continue;
                }
            }
          break;
        }
      /* A full stop that is none of "Ms." or of an initial ends it too. */
      if (c == '.' && end + 1 < line->last)
        {
          int word = end;
          g_autofree char *slice = NULL, *folded = NULL;

          while (word > line->first && g_unichar_isalpha (self->chars[word - 1]))
            word--;
          slice = aw_text_slice (self, word, end);
          folded = aw_fold (slice);
          if (end - word > 1 && (lists == NULL || !aw_wordlists_has (lists, "abbreviations", folded)))
            break;
        }
    }
  if (!comma && end >= line->last && count_words (self, line->first, line->last) > 6)
    {
      /* "Hi Trent I wanted …": the greeting is the word and the names that follow. */
      end = line->first + length;
      for (;;)
        {
          int next = end;

          while (next < line->last && g_unichar_isspace (self->chars[next]))
            next++;
          if (next >= line->last || !g_unichar_isupper (self->chars[next]))
            break;
          end = next;
          while (end < line->last && !g_unichar_isspace (self->chars[end]))
            end++;
          /* "Hi Trent I": the pronoun is no name. */
          if (end - next == 1)
            {
              end = next;
              break;
            }
        }
    }
  else if (end < line->last)
    end++;
  set_region (self, line->first, end, AW_REGION_GREETING);
  self->greeting_start = line->first;
  self->greeting_end = end;
}

/* "Kind regards," and what stands below; or a name alone at the end. */
static void
mark_signature (AwText *self,
                GArray *lines,
                AwWordlists *lists)
{
  int last = -1, first = -1;
  guint seen = 0;

  for (int i = (int) lines->len - 1; i >= 0 && seen < 10; i--)
    {
      const Line *line = &g_array_index (lines, Line, i);
      int length;

      if (line_is_blank (line))
        continue;
      if (self->regions[line->first] != AW_REGION_BODY)
        {
          if (self->regions[line->first] == AW_REGION_GREETING)
            break;
          continue;
        }
      if (last < 0)
        last = i;
      seen++;
      if (line->last - line->first == 2 && starts_with_at (self, line->first, "--"))
        first = i;
      length = begins_with_phrase (self, lists, "closings", line->first, line->last);
      /* "Thank you" closes as a line of its own, not as a sentence's beginning. */
      if (length >= 0 && count_words (self, line->first, line->last) <= 6 &&
          (line->first + length >= line->last - 1 || self->chars[line->last - 1] == ',' ||
           (line->first + length < line->last && self->chars[line->first + length] == ',')) &&
          !(seen == 1 && self->chars[line->last - 1] == '.' && count_words (self, line->first, line->last) > 3))
        {
          first = i;
          break;
        }
    }

  if (first < 0 && last >= 0)
    {
      const Line *line = &g_array_index (lines, Line, last);
      gunichar end = self->chars[line->last - 1];

      if (end != '.' && end != '?' && end != '!' && end != ':' && count_words (self, line->first, line->last) <= 4 &&
          all_capitalized (self, line->first, line->last) && link_end (self, line->first) < 0 && last > 0)
        {
          first = last;
          /* "Hope to see you again," above it. */
          if (!line_is_blank (&g_array_index (lines, Line, last - 1)))
            {
              const Line *above = &g_array_index (lines, Line, last - 1);

              if (self->regions[above->first] == AW_REGION_BODY && self->chars[above->last - 1] == ',' &&
                  count_words (self, above->first, above->last) <= 7)
                first = last - 1;
            }
        }
    }
  if (first < 0)
    return;
  for (guint i = (guint) first; i < lines->len; i++)
    {
      const Line *line = &g_array_index (lines, Line, i);

      if (line_is_blank (line) || self->regions[line->first] != AW_REGION_BODY)
        continue;
      /* A postscript is text again. */
      if (starts_with_at (self, line->first, "p.s") || starts_with_at (self, line->first, "ps:") ||
          starts_with_at (self, line->first, "ps ") || starts_with_at (self, line->first, "ps.") ||
          starts_with_at (self, line->first, "ps,"))
        break;
      set_region (self, line->start, line->end, AW_REGION_SIGNATURE);
    }
}

static gboolean
is_list_item (const AwText *self,
              const Line *line)
{
  gunichar c;
  int i = line->first;

  if (line_is_blank (line) || line->last - line->first < 3)
    return FALSE;
  c = self->chars[i];
  if ((c == '-' || c == '*' || c == '+' || c == 0x2022 || c == 0x2013 || c == 0x2014 || c == 0x25E6 || c == 0x00B7) &&
      g_unichar_isspace (self->chars[i + 1]))
    return TRUE;
  if (c == '(')
    i++;
  if (g_unichar_isdigit (self->chars[i]))
    {
      while (i < line->last && g_unichar_isdigit (self->chars[i]))
        i++;
      return i - line->first <= 3 && i + 1 < line->last && (self->chars[i] == '.' || self->chars[i] == ')') &&
             g_unichar_isspace (self->chars[i + 1]);
    }
  return g_unichar_isalpha (c) && i + 2 < line->last && self->chars[i + 1] == ')' && g_unichar_isspace (self->chars[i + 2]);
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
      const Line *line = &g_array_index (lines, Line, i), *next = &g_array_index (lines, Line, i + 1);

      if (!line_is_blank (line) && !line_is_blank (next) && !is_list_item (self, next) &&
          self->regions[line->first] == self->regions[next->first] && self->regions[line->first] == AW_REGION_BODY &&
          (is_list_item (self, line) ? g_unichar_isspace (self->chars[next->start]) : line->last - line->first > 40))
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

/* Whether the sentence cannot end here: after "Ms." or an initial. */
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
      const Line *line = &g_array_index (lines, Line, i);
      gboolean item = is_list_item (self, line);

      if (line_is_blank (line))
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

  lines = split_lines (self);
  mark_quoted (self, lines);
  mark_greeting (self, lines, lists);
  mark_signature (self, lines, lists);

  for (int i = 0; i < self->n_chars;)
    {
      gboolean begins = i == 0 || !g_unichar_isalnum (self->chars[i - 1]);
      int end = begins && g_unichar_isalnum (self->chars[i]) ? link_end (self, i) : -1;

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

/* The line that phrases are matched against ---------------------------------------- */

static void
append_token (AwTextLine *self,
              const char *token,
              guint word)
{
  gsize length = strlen (token);

  g_string_append_len (self->string, token, (gssize) length);
  g_string_append_c (self->string, ' ');
  for (gsize i = 0; i <= length; i++)
    g_array_append_val (self->word_at, word);
}

/* What stands between two words and parts thoughts. */
static const char *
part_between (const AwText *text,
              int start,
              int end)
{
  for (int i = start; i < end; i++)
    {
      gunichar c = text->chars[i];

      if (c == ';' || c == ':' || c == '(' || c == ')' || c == 0x2014 || c == 0x2013 || c == '/')
        return ";";
      if (c == '-' && i > start && g_unichar_isspace (text->chars[i - 1]))
        return ";";
      if (c == ',')
        return ",";
    }
  return NULL;
}

/**
 * aw_text_line_new:
 * @text: a text
 * @lists: (nullable): for contractions
 * @flags: which regions
 *
 * Returns: (transfer full): the words as phrases are matched against them
 */
AwTextLine *
aw_text_line_new (const AwText *text,
                  AwWordlists *lists,
                  AwTextLineFlags flags)
{
  AwTextLine *self = g_new0 (AwTextLine, 1);

  self->string = g_string_sized_new ((gsize) text->n_chars + 64);
  self->word_at = g_array_sized_new (FALSE, FALSE, sizeof (guint), (guint) text->n_chars + 64);
  self->text = text;

  for (guint s = 0; s < text->sentences->len; s++)
    {
      const AwTextSentence *sentence = aw_text_sentence (text, s);
      gboolean hidden = FALSE;

      if (!(sentence->region == AW_REGION_BODY && (flags & AW_LINE_BODY)) &&
          !(sentence->region == AW_REGION_GREETING && (flags & AW_LINE_GREETING)) &&
          !(sentence->region == AW_REGION_SIGNATURE && (flags & AW_LINE_SIGNATURE)))
        continue;
      /* Bounded work: nobody reads a message of this length either. */
      if (self->string->len > 60000)
        break;
      if (sentence->n_words == 0)
        continue;
      for (guint w = sentence->first_word; w < sentence->first_word + sentence->n_words; w++)
        {
          const AwTextWord *word = aw_text_word (text, w);
          const char *written = NULL, *part;

          if (w > sentence->first_word && !(hidden && word->in_quotes))
            {
              part = part_between (text, aw_text_word (text, w - 1)->end, word->start);
              if (part != NULL)
                append_token (self, part, w);
            }
          if (word->in_quotes && (flags & AW_LINE_HIDE_QUOTES))
            {
              if (!hidden)
                append_token (self, "\"", w);
              hidden = TRUE;
              continue;
            }
          hidden = FALSE;
          if (word->link)
            {
              append_token (self, "@link", w);
              continue;
            }
          if (lists != NULL && strchr (word->folded, '\'') != NULL)
            written = aw_wordlists_look_up (lists, "contractions", word->folded);
          if (written == NULL && lists != NULL)
            {
              gsize length = strlen (word->folded);

              /* "Aiko's": the name and a mark. */
              if (length > 2 && word->folded[length - 2] == '\'' && word->folded[length - 1] == 's')
                {
                  g_autofree char *stem = g_strndup (word->folded, length - 2);

                  append_token (self, stem, w);
                  append_token (self, "'s", w);
                  continue;
                }
            }
          append_token (self, written != NULL ? written : word->folded, w);
        }
      {
        guint last = sentence->first_word + sentence->n_words - 1;
        gboolean exclaims = FALSE;

        for (int i = sentence->end - 1; i >= sentence->start && !g_unichar_isalnum (text->chars[i]); i--)
          exclaims |= text->chars[i] == '!';
        if (sentence->question)
          append_token (self, "?", last);
        else if (exclaims)
          append_token (self, "!", last);
        g_string_append_c (self->string, '\n');
        g_array_append_val (self->word_at, last);
      }
    }
  return self;
}

void
aw_text_line_free (AwTextLine *self)
{
  g_string_free (self->string, TRUE);
  g_array_unref (self->word_at);
  g_free (self);
}
