/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/aw-text-private.h"

#include <string.h>

#include "core/aw-fold.h"
#include "core/aw-wordlist-private.h"

/* Links ---------------------------------------------------------------------- */

gboolean
aw_text_starts_with_at (const AwText *self,
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
int
aw_text_link_end (const AwText *self,
          int start)
{
  int end = start;
  gboolean scheme = aw_text_starts_with_at (self, start, "http:") || aw_text_starts_with_at (self, start, "https:") ||
                    aw_text_starts_with_at (self, start, "mailto:") || aw_text_starts_with_at (self, start, "ftp:") ||
                    aw_text_starts_with_at (self, start, "htp:") || aw_text_starts_with_at (self, start, "htps:") ||
                    aw_text_starts_with_at (self, start, "http//") || aw_text_starts_with_at (self, start, "https//") ||
                    aw_text_starts_with_at (self, start, "htpps:") || aw_text_starts_with_at (self, start, "ttps:") ||
                    aw_text_starts_with_at (self, start, "http;") || aw_text_starts_with_at (self, start, "https;") ||
                    aw_text_starts_with_at (self, start, "www.");
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

GArray *
aw_text_split_lines (const AwText *self)
{
  GArray *lines = g_array_new (FALSE, FALSE, sizeof (AwLine));
  int start = 0;

  for (int i = 0; i <= self->n_chars; i++)
    if (i == self->n_chars || self->chars[i] == '\n')
      {
        AwLine line = { start, i, start, i };

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
                  const AwLine *line)
{
  gboolean digit = FALSE, letter = FALSE;

  if (aw_line_is_blank (line) || line->last - line->first > 200 || self->chars[line->last - 1] != ':')
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
      const AwLine *line = &g_array_index (lines, AwLine, i);

      if (aw_line_is_blank (line))
        continue;
      /* "-----Original Message-----": all that follows was quoted. */
      if (aw_text_starts_with_at (self, line->first, "-----") && line->last - line->first > 12 &&
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
          const AwLine *before = &g_array_index (lines, AwLine, j);

          if (aw_line_is_blank (before))
            continue;
          if (self->regions[before->first] == AW_REGION_QUOTED || !introduces_quote (self, before))
            break;
          set_region (self, before->start, before->end, AW_REGION_QUOTED);
          /* It may be broken in two. */
          if (j > 0)
            {
              const AwLine *upper = &g_array_index (lines, AwLine, j - 1);

              if (!aw_line_is_blank (upper) && self->regions[upper->first] == AW_REGION_BODY &&
                  (j == 1 || aw_line_is_blank (&g_array_index (lines, AwLine, j - 2))) &&
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
  const AwLine *line = NULL;
  int length, end;
  gboolean comma = FALSE, split = FALSE;

  for (guint i = 0; i < lines->len; i++)
    {
      const AwLine *l = &g_array_index (lines, AwLine, i);

      if (aw_line_is_blank (l) || self->regions[l->first] == AW_REGION_QUOTED)
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
      const AwLine *line = &g_array_index (lines, AwLine, i);
      int length;

      if (aw_line_is_blank (line))
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
      if (line->last - line->first == 2 && aw_text_starts_with_at (self, line->first, "--"))
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
      const AwLine *line = &g_array_index (lines, AwLine, last);
      gunichar end = self->chars[line->last - 1];

      if (end != '.' && end != '?' && end != '!' && end != ':' && count_words (self, line->first, line->last) <= 4 &&
          all_capitalized (self, line->first, line->last) && aw_text_link_end (self, line->first) < 0 && last > 0)
        {
          first = last;
          /* "Hope to see you again," above it. */
          if (!aw_line_is_blank (&g_array_index (lines, AwLine, last - 1)))
            {
              const AwLine *above = &g_array_index (lines, AwLine, last - 1);

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
      const AwLine *line = &g_array_index (lines, AwLine, i);

      if (aw_line_is_blank (line) || self->regions[line->first] != AW_REGION_BODY)
        continue;
      /* A postscript is text again. */
      if (aw_text_starts_with_at (self, line->first, "p.s") || aw_text_starts_with_at (self, line->first, "ps:") ||
          aw_text_starts_with_at (self, line->first, "ps ") || aw_text_starts_with_at (self, line->first, "ps.") ||
          aw_text_starts_with_at (self, line->first, "ps,"))
        break;
      set_region (self, line->start, line->end, AW_REGION_SIGNATURE);
    }
}

gboolean
aw_text_is_list_item (const AwText *self,
              const AwLine *line)
{
  gunichar c;
  int i = line->first;

  if (aw_line_is_blank (line) || line->last - line->first < 3)
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

/* Tells greeting, signature and what was quoted from the body. */
void
aw_text_mark_regions (AwText *self,
                      GArray *lines,
                      AwWordlists *lists)
{
  mark_quoted (self, lines);
  mark_greeting (self, lines, lists);
  mark_signature (self, lines, lists);
}
