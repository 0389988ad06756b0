/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/aw-ui.h"

G_BEGIN_DECLS

/**
 * AwTodayPage:
 *
 * What to do now and why, in four groups; or until when to stay quiet.
 */
#define AW_TYPE_TODAY_PAGE (aw_today_page_get_type ())
G_DECLARE_FINAL_TYPE (AwTodayPage, aw_today_page, AW, TODAY_PAGE, AdwBin)

typedef enum
{
  AW_TODAY_OVERDUE,
  AW_TODAY_DUE,
  AW_TODAY_WEEK,
  AW_TODAY_WAITING,
  AW_TODAY_N_GROUPS,
  AW_TODAY_LATER = AW_TODAY_N_GROUPS, /* not shown */
} AwTodayGroup;

GtkWidget *aw_today_page_new (AwUi *ui);
void aw_today_page_set_narrow (AwTodayPage *self, gboolean narrow);
AwBanner *aw_today_page_get_banner (AwTodayPage *self);

/* Where a follow-up stands; for the sidebar's badge too. */
AwTodayGroup aw_today_group (const AwFollowUp *item, AwCalendar *calendar, gint64 now);
guint aw_today_count_due (AwUi *ui);

G_END_DECLS
