/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "core/aw-types.h"

G_BEGIN_DECLS

#define AW_BACKUP_KEPT 7

/**
 * AwBackup:
 * @path: (type filename): the file
 * @date: from when it is; %AW_DATE_NONE if its name does not tell
 * @interviews: how many interviews are in it
 */
typedef struct
{
  char *path;
  AwDate date;
  guint interviews;
} AwBackup;

void aw_backup_free (AwBackup *backup);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AwBackup, aw_backup_free)

/* All of these open files of their own and may run in any thread. @database is
 * the path of the user's facts; the daily copies are in "backups" beside it. */

gboolean aw_backup_daily (const char *database, AwDate today, GError **error);
gboolean aw_backup_write (const char *database, const char *target, GError **error);
AwBackup *aw_backup_look (const char *file, GError **error); /* is it one, and whole? */
AwBackup *aw_backup_find_last (const char *database);        /* the newest good one; NULL: none */
gboolean aw_backup_restore (const char *database, const char *source, AwDate today, GError **error);
char *aw_backup_set_aside (const char *database, AwDate today, GError **error); /* the new name */

/* The same in a thread; finish with the one below. */
void aw_backup_daily_async (const char *database, AwDate today, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
void aw_backup_write_async (const char *database, const char *target, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
void aw_backup_restore_async (const char *database, const char *source, AwDate today, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
gboolean aw_backup_finish (GAsyncResult *result, GError **error);

G_END_DECLS
