/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * AwLetterLine:
 * @height: with what stands between it and the next
 * @blank: whether nothing is on it; blank lines part blocks
 *
 * A line of a letter as it was laid out.
 */
typedef struct
{
  double height;
  gboolean blank;
} AwLetterLine;

GArray *aw_letter_pages (const AwLetterLine *lines, guint n_lines, double first_room, double room);

G_END_DECLS
