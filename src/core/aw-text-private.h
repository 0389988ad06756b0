/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/aw-text.h"

G_BEGIN_DECLS

/**
 * AwLine:
 * @start: first code point
 * @end: the line feed, or the end of the text
 * @first: first character that is no space
 * @last: after the last such; equal to @first: the line is blank
 */
typedef struct
{
  int start, end;
  int first, last;
} AwLine;

static inline gboolean
aw_line_is_blank (const AwLine *line)
{
  return line->first >= line->last;
}

GArray *aw_text_split_lines (const AwText *self);
void aw_text_mark_regions (AwText *self, GArray *lines, AwWordlists *lists);
gboolean aw_text_is_list_item (const AwText *self, const AwLine *line);
gboolean aw_text_starts_with_at (const AwText *self, int i, const char *prefix);
int aw_text_link_end (const AwText *self, int start);

G_END_DECLS
