/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "core/aw-wordlist.h"

G_BEGIN_DECLS

/* What a part of a message is. The checks look at the body; what was quoted
 * from an earlier message belongs to nobody's stance. */
typedef enum
{
  AW_REGION_BODY,
  AW_REGION_GREETING,
  AW_REGION_SIGNATURE,
  AW_REGION_QUOTED,
} AwRegion;

/**
 * AwTextWord:
 * @start: first code point
 * @end: code point after the last
 * @sentence: index of its sentence
 * @region: what it belongs to
 * @link: whether it is a link or an address
 * @number: whether it holds a digit
 * @in_quotes: whether it stands in quotation marks
 * @capital: whether it begins with a capital
 * @shouted: whether all its letters, two or more, are capitals
 * @first: whether it is the first of its sentence
 * @folded: without case and accents
 * @exact: as it was written
 */
typedef struct
{
  int start, end;
  guint sentence;
  AwRegion region;
  guint link : 1;
  guint number : 1;
  guint in_quotes : 1;
  guint capital : 1;
  guint shouted : 1;
  guint first : 1;
  const char *folded;
  const char *exact;
} AwTextWord;

typedef struct
{
  int start, end;
  guint first_word, n_words;
  guint paragraph;
  AwRegion region;
  gboolean question;
  gboolean list_item;
} AwTextSentence;

/**
 * AwText:
 *
 * A message taken apart: regions, sentences, words and links, with positions
 * in code points of the text as it was given. Read-only.
 */
typedef struct
{
  gunichar *chars;
  int n_chars;
  guint8 *regions;    /* AwRegion of each code point */
  GArray *words;      /* AwTextWord */
  GArray *sentences;  /* AwTextSentence */
  guint n_body_words;
  guint n_paragraphs;
  int greeting_start, greeting_end; /* -1: none */
  GStringChunk *chunk;
} AwText;

AwText *aw_text_new (const char *text, AwWordlists *lists);
void aw_text_free (AwText *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AwText, aw_text_free)

static inline const AwTextWord *
aw_text_word (const AwText *self,
              guint i)
{
  return &g_array_index (self->words, AwTextWord, i);
}

static inline const AwTextSentence *
aw_text_sentence (const AwText *self,
                  guint i)
{
  return &g_array_index (self->sentences, AwTextSentence, i);
}

char *aw_text_slice (const AwText *self, int start, int end);

/**
 * AwTextLine:
 *
 * The words of a text as phrase lists are matched against them: folded,
 * contractions written out, each followed by a space, each sentence by a line
 * feed. @word_at tells for each byte which word it came from.
 */
typedef struct
{
  GString *string;
  GArray *word_at; /* guint */
  const AwText *text;
} AwTextLine;

typedef enum
{
  AW_LINE_BODY = 1 << 0,
  AW_LINE_GREETING = 1 << 1,
  AW_LINE_SIGNATURE = 1 << 2,
  AW_LINE_HIDE_QUOTES = 1 << 3, /* what stands in quotation marks becomes one word without meaning */
} AwTextLineFlags;

AwTextLine *aw_text_line_new (const AwText *text, AwWordlists *lists, AwTextLineFlags flags);
void aw_text_line_free (AwTextLine *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AwTextLine, aw_text_line_free)

G_END_DECLS
