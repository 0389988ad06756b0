/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service/aw-engine.h"
#include "service/aw-notifier.h"
#include "service/aw-writer.h"

G_BEGIN_DECLS

/**
 * AwReminders:
 *
 * The sweep (architecture.md): whatever wakes it, be it the clock, a commit or
 * a server that appeared, it plans again what was changed or is due, claims
 * what is to be shown, shows it, withdraws what is done, and says when to
 * wake next. It waits for nobody: what another process's lock forbids is done
 * when the lock is gone.
 *
 * Signals:
 *  "refer" (AwNotice *notice, int action, const char *token): what only the
 *     window can do, or what is about a message
 *  "swept": after each sweep
 */
#define AW_TYPE_REMINDERS (aw_reminders_get_type ())
G_DECLARE_FINAL_TYPE (AwReminders, aw_reminders, AW, REMINDERS, GObject)

AwReminders *aw_reminders_new (AwEngine *engine, AwNotifier *notifier);
void aw_reminders_sweep (AwReminders *self);
void aw_reminders_also_wake (AwReminders *self, gint64 at);
void aw_reminders_seen (AwReminders *self);
void aw_reminders_stop (AwReminders *self);
gint64 aw_reminders_get_next (AwReminders *self);
AwWriter *aw_reminders_get_writer (AwReminders *self);
gboolean aw_reminders_act (AwReminders *self, const char *opportunity, const char *key, AwNoticeAction action, GError **error);

G_END_DECLS
