/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/aw-plan.h"
#include "service/aw-notifier.h"

G_BEGIN_DECLS

/* The ids of those that are about no single follow-up. */
#define AW_NOTICE_SUMMARY "summary"
#define AW_NOTICE_TEST "test"

char *aw_reminder_notice_id (const char *opportunity, const char *key);
AwNotice *aw_reminder_notice (const AwFollowUp *follow_up, AwPlan *plan, AwDossier *dossier, AwCalendar *calendar, gboolean hide_names, gint64 now);
AwNotice *aw_reminder_summary_notice (guint n, GPtrArray *companies, gboolean morning, gboolean hide_names);
AwNotice *aw_reminder_test_notice (void);

G_END_DECLS
