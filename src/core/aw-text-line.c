/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/aw-text.h"

#include <string.h>

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
          if (lists != NULL)
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
