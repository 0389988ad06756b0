/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service/aw-writer.h"
#include "store/aw-reminder-store.h"

G_BEGIN_DECLS

/**
 * AwReminderNotes:
 *
 * What the board notes of what the server did. It becomes true in the database
 * also when somebody else holds that just now.
 */
typedef struct _AwReminderNotes AwReminderNotes;

AwReminderNotes *aw_reminder_notes_new (AwDatabase *database, AwWriter *writer);
void aw_reminder_notes_free (AwReminderNotes *self);
void aw_reminder_notes_put_back (AwReminderNotes *self, GPtrArray *rows); /* they were not shown */
/* What the server calls a row's notification; 0: nothing stands. */
void aw_reminder_notes_number (AwReminderNotes *self, const char *opportunity, const char *key, guint32 number);
void aw_reminder_notes_no_summary (AwReminderNotes *self); /* it stands for no row any longer */
void aw_reminder_notes_no_server (AwReminderNotes *self);  /* nothing stands any longer */
/* What the server calls the summary; 0: not known. */
void aw_reminder_notes_set_summary (AwReminderNotes *self, guint32 number);
guint32 aw_reminder_notes_get_summary (AwReminderNotes *self);

G_END_DECLS
