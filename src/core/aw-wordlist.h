/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * AwWordlists:
 *
 * The phrase lists of one language, read once and immutable. See
 * data/wordlists/README for how the files are written.
 */
typedef struct _AwWordlists AwWordlists;
typedef struct _AwWordlist AwWordlist;

/**
 * AwPhrase:
 * @start: first code point
 * @end: code point after the last
 * @sentence: index of the sentence it was found in
 * @first_word: index of its first word
 * @last_word: index of its last word
 * @reason: the second column
 * @suggestion: (nullable): the third column
 *
 * A place where a phrase of a list was found.
 */
typedef struct
{
  int start, end;
  guint sentence;
  guint first_word, last_word;
  const char *reason;
  const char *suggestion;
} AwPhrase;

void aw_wordlists_set_folder (const char *folder);
const char *const *aw_wordlists_get_languages (void);
AwWordlists *aw_wordlists_get (const char *language);
const char *aw_wordlists_get_language (AwWordlists *self);
AwWordlist *aw_wordlists_get_list (AwWordlists *self, const char *name);

gboolean aw_wordlists_has (AwWordlists *self, const char *list, const char *word);
const char *aw_wordlists_look_up (AwWordlists *self, const char *list, const char *word);

G_END_DECLS
