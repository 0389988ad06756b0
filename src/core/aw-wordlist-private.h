/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/aw-wordlist.h"

G_BEGIN_DECLS

/* What the lists give to those who match them. */

/**
 * AwPattern:
 * @regex: what it was made to, on the form of #AwTextLine
 * @reason: the second column
 * @suggestion: (nullable): the third column
 * @exception: whether what it matches is no finding ("-" before it)
 * @unnegated: whether a "not" before it changes nothing ("+" before it)
 */
typedef struct
{
  GRegex *regex;
  const char *reason;
  const char *suggestion;
  gboolean exception;
  gboolean unnegated;
} AwPattern;

const char *const *aw_wordlist_get_plain (AwWordlist *self);
GPtrArray *aw_wordlist_get_patterns (AwWordlist *self);

G_END_DECLS
