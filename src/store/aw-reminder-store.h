/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/aw-database.h"

G_BEGIN_DECLS

/* A time that does not come. */
#define AW_REMINDER_NEVER G_MAXINT64

/* In place of the server's number: the summary on the screen stands for it; the
 * server has not answered yet. */
#define AW_REMINDER_IN_SUMMARY G_MAXUINT32
#define AW_REMINDER_HANDED (G_MAXUINT32 - 1)

/**
 * AwReminder:
 * @opportunity: whose
 * @key: the follow-up's key; "": when the opportunity was and must be planned
 * @opens: the follow-up's opening; another opening is another reminder. Of "":
 *   as of when it was planned
 * @remind_at: when it is to be shown. Of "": when it must be planned again
 * @shown_at: when it was claimed to be shown, %AW_NEVER: not yet
 * @shown_before: of one that is to be shown again since its opening moved: the
 *   opening for which it was shown; else %AW_NEVER
 * @server_id: the notification server's number for what was shown, 0: none;
 *   %AW_REMINDER_IN_SUMMARY or %AW_REMINDER_HANDED
 *
 * One row of the agent's cache of the plan.
 */
typedef struct
{
  char *opportunity;
  char *key;
  gint64 opens;
  gint64 remind_at;
  gint64 shown_at;
  gint64 shown_before;
  guint32 server_id;
} AwReminder;

AwReminder *aw_reminder_new (const char *opportunity, const char *key, gint64 opens, gint64 remind_at);
void aw_reminder_free (AwReminder *reminder);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AwReminder, aw_reminder_free)

GPtrArray *aw_reminder_load (AwDatabase *database, const char *opportunity, GError **error);
GPtrArray *aw_reminder_load_standing (AwDatabase *database, GError **error);
gboolean aw_reminder_put (AwDatabase *database, const AwReminder *reminder, GError **error);
gboolean aw_reminder_remove (AwDatabase *database, const char *opportunity, const char *key, GError **error);

GPtrArray *aw_reminder_all_opportunities (AwDatabase *database, GError **error);
GPtrArray *aw_reminder_due_opportunities (AwDatabase *database, gint64 now, GError **error);
GPtrArray *aw_reminder_claim (AwDatabase *database, gint64 now, guint at_most, GError **error);
gboolean aw_reminder_put_back (AwDatabase *database, const AwReminder *reminder, GError **error);
gboolean aw_reminder_set_server_id (AwDatabase *database, const char *opportunity, const char *key, guint32 server_id, GError **error);
gboolean aw_reminder_put_in_summary (AwDatabase *database, GPtrArray *reminders, GError **error);
gboolean aw_reminder_forget_summary (AwDatabase *database, GError **error);
GPtrArray *aw_reminder_load_summary (AwDatabase *database, guint *n, GError **error);
gboolean aw_reminder_forget_server (AwDatabase *database, GError **error);
gint64 aw_reminder_next (AwDatabase *database, gint64 after);

GPtrArray *aw_reminder_sharers (AwDatabase *database, const char *opportunity, GError **error);
GArray *aw_reminder_busy (AwDatabase *database, gint64 from, GError **error);

G_END_DECLS
