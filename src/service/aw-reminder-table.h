/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service/aw-reminder-board.h"

G_BEGIN_DECLS

/**
 * AwReminderTable:
 *
 * Keeps the rows of reminders in step with the plans: makes those again whose
 * facts, neighbours, policy, zone or time changed.
 */
#define AW_TYPE_REMINDER_TABLE (aw_reminder_table_get_type ())
G_DECLARE_FINAL_TYPE (AwReminderTable, aw_reminder_table, AW, REMINDER_TABLE, GObject)

AwReminderTable *aw_reminder_table_new (AwEngine *engine, AwReminderBoard *board);
gboolean aw_reminder_table_update (AwReminderTable *self, const AwSweep *sweep, GError **error);

G_END_DECLS
