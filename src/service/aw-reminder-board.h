/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service/aw-engine.h"
#include "service/aw-notifier.h"
#include "service/aw-writer.h"
#include "store/aw-reminder-store.h"

G_BEGIN_DECLS

/* All that one sweep needs to know. */
typedef struct
{
  gint64 now;
  GArray *busy;
  gboolean remind;
  gboolean morning;
  gboolean hide_names;
  gboolean sound;
} AwSweep;

/**
 * AwReminderBoard:
 *
 * What of the reminders stands on the screen: shows rows that were claimed,
 * one by one or as a summary, puts back what the server does not take, and
 * withdraws what is done. The rows in the database say what stands; so the
 * next process knows it too.
 *
 * Signals:
 *  "refused": the server is there, and did not take something
 */
#define AW_TYPE_REMINDER_BOARD (aw_reminder_board_get_type ())
G_DECLARE_FINAL_TYPE (AwReminderBoard, aw_reminder_board, AW, REMINDER_BOARD, GObject)

AwReminderBoard *aw_reminder_board_new (AwEngine *engine, AwNotifier *notifier, AwWriter *writer);
gboolean aw_reminder_board_show (AwReminderBoard *self, const AwSweep *sweep, GPtrArray *rows, GError **error);
gboolean aw_reminder_board_resume (AwReminderBoard *self, const AwSweep *sweep, GError **error);
gboolean aw_reminder_board_check_summary (AwReminderBoard *self, const AwSweep *sweep, GError **error);
void aw_reminder_board_withdraw (AwReminderBoard *self, const char *opportunity, const char *key, guint32 server_id);
void aw_reminder_board_withdraw_all_of (AwReminderBoard *self, const char *opportunity);
void aw_reminder_board_withdraw_now (AwReminderBoard *self, gboolean committed);
void aw_reminder_board_seen (AwReminderBoard *self);
void aw_reminder_board_clear (AwReminderBoard *self);

G_END_DECLS
