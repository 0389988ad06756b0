/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/aw-plan.h"
#include "store/aw-reminder-store.h"

G_BEGIN_DECLS

AwReminder *aw_reminder_make_row (const AwFollowUp *follow_up, AwDossier *dossier, AwCalendar *calendar, GArray *busy, gboolean morning, const AwReminder *old, gint64 now);
gboolean aw_reminder_rows_equal (const AwReminder *a, const AwReminder *b);

G_END_DECLS
