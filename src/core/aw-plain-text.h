/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define AW_PLAIN_TEXT_LINE 2000  /* characters of a line; text views lay out a line at once, in more than linear time */
#define AW_PLAIN_TEXT_MAX 200000 /* bytes of a message; a long letter has 3,000 */

gboolean aw_plain_text_is_clean (const char *text, gssize length);
char *aw_plain_text_clean (const char *text, gssize length, gboolean one_line);
gboolean aw_plain_text_has_long_line (const char *text, gssize length);
char *aw_plain_text_fold (const char *text);
guint aw_plain_text_count_words (const char *text);

G_END_DECLS
