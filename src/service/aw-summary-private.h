/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service/aw-summary.h"

G_BEGIN_DECLS

AwSummary *aw_summary_new (AwOpportunity *opportunity, gint64 last_interview, AwDuty *next, AwCalendar *calendar, gint64 now);
int aw_summary_compare (gconstpointer a, gconstpointer b);
gboolean aw_summary_looks_like (AwSummary *self, AwSummary *other);

G_END_DECLS
