/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service/aw-summary.h"

G_BEGIN_DECLS

/* Which opportunities the sidebar lists, and in which order. */
gboolean aw_sidebar_order_names (AwSummary *summary, const char *words);
gboolean aw_sidebar_order_shows (AwSummary *summary, const char *show);
int aw_sidebar_order_compare (AwSummary *one, AwSummary *two, const char *sort);

G_END_DECLS
