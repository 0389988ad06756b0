/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/aw-text.h"
#include "core/aw-wordlist.h"

G_BEGIN_DECLS

/* Phrases of a list in a text. */

GArray *aw_phrases_find (AwWordlists *lists, const char *list, const char *reason, const AwTextLine *line);
gboolean aw_phrases_have (AwWordlists *lists, const char *list, const char *reason, const AwTextLine *line, AwPhrase *phrase);
gboolean aw_phrases_in_sentence (AwWordlists *lists, const char *list, const char *reason, const AwTextLine *line, guint sentence);

G_END_DECLS
