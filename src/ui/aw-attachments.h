/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/aw-ui.h"

G_BEGIN_DECLS

#define AW_ATTACHMENTS_WARN (5 * 1000 * 1000)     /* bytes: many servers take more, many do not */
#define AW_ATTACHMENTS_AT_MOST (25 * 1000 * 1000) /* of one message */

/**
 * AwAttachments:
 *
 * The files that go with a message: their names and sizes, each with a button
 * that takes it off. Kept in the database with the draft. Hidden while there
 * are none. Signal "changed".
 */
#define AW_TYPE_ATTACHMENTS (aw_attachments_get_type ())
G_DECLARE_FINAL_TYPE (AwAttachments, aw_attachments, AW, ATTACHMENTS, GtkBox)

GtkWidget *aw_attachments_new (AwEngine *engine, const char *message);
guint aw_attachments_get_count (AwAttachments *self);
gboolean aw_attachments_is_busy (AwAttachments *self); /* files are still being read */
void aw_attachments_add_file (AwAttachments *self, GFile *file);
void aw_attachments_choose (AwAttachments *self);

/* Files that are dropped on @widget are attached. */
void aw_attachments_take_drops (AwAttachments *self, GtkWidget *widget);

/* "cv.pdf, 1.2 MB", one a line; NULL: none. For a message that is only shown. */
char *aw_attachments_describe (AwEngine *engine, const char *message);

G_END_DECLS
