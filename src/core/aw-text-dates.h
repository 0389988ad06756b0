/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/aw-text.h"
#include "core/aw-types.h"

G_BEGIN_DECLS

/**
 * AwTextDate:
 * @first_word: index of its first word
 * @last_word: index of its last
 * @date: which date, nearest to the reference if no year is given; %AW_DATE_NONE: a weekday alone
 * @weekday: the weekday that is named with it, 1 to 7; 0: none
 * @rough: whether it is "end of March" or "mid-March"
 * @minutes: (element-type int): times of the day that follow it, minutes since midnight
 *
 * A date as a message writes it.
 */
typedef struct
{
  guint first_word, last_word;
  AwDate date;
  int weekday;
  gboolean rough;
  int minutes[8];
  guint n_minutes;
} AwTextDate;

GArray *aw_text_dates_find (const AwText *text, AwWordlists *lists, AwDate reference);

G_END_DECLS
