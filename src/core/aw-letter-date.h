/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/aw-calendar.h"

G_BEGIN_DECLS

/* Dates as they stand in a letter: in the letter's language, which need not be
 * the locale's; with the locale's habits where the two agree. All results are
 * (transfer full). */

char *aw_letter_date (AwDate date, const char *language);         /* "5 March" */
char *aw_letter_weekday (AwDate date, const char *language);      /* "Thursday" */
char *aw_letter_weekday_date (AwDate date, const char *language); /* "Thursday 5 March" */
char *aw_letter_time (AwCalendar *calendar, const char *zone, gint64 sec, const char *language);
char *aw_letter_zone (const char *zone, gint64 sec, const char *language); /* "New York" */

G_END_DECLS
