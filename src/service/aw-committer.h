/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "store/aw-database.h"

G_BEGIN_DECLS

/**
 * AwCommit:
 * @revision_before: number of the last change before the command's
 * @revision_after: number of the command's last
 *
 * What a commit was, so that whoever saw all changes up to @revision_before
 * knows that nobody else's came between.
 */
typedef struct
{
  gint64 revision_before;
  gint64 revision_after;
} AwCommit;

gboolean aw_commit (AwDatabase *database, AwCommand *command, AwCommit *commit, GError **error);

/**
 * AwCommitter:
 *
 * Commits commands one after the other in a thread, on a connection of its
 * own, so that a disk that is slow to write holds no window.
 */
#define AW_TYPE_COMMITTER (aw_committer_get_type ())
G_DECLARE_FINAL_TYPE (AwCommitter, aw_committer, AW, COMMITTER, GObject)

AwCommitter *aw_committer_new (const char *path);
void aw_committer_run_async (AwCommitter *self, AwCommand *command, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
AwCommand *aw_committer_run_finish (AwCommitter *self, GAsyncResult *result, AwCommit *commit, GError **error);
gboolean aw_committer_is_busy (AwCommitter *self);

G_END_DECLS
