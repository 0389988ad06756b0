/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/aw-database.h"

G_BEGIN_DECLS

/**
 * AwAttachmentInfo:
 *
 * A file that goes with a message, without its bytes.
 */
typedef struct
{
  char *id;
  char *name;
  char *type;
  gsize size;
} AwAttachmentInfo;

void aw_attachment_info_free (AwAttachmentInfo *info);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AwAttachmentInfo, aw_attachment_info_free)

GPtrArray *aw_attachment_store_list (AwDatabase *database, const char *message, GError **error); /* AwAttachmentInfo */
/* At the end of the list. (transfer full): its id. */
char *aw_attachment_store_add (AwDatabase *database, const char *message, const char *name, const char *type, GBytes *data, GError **error);
/* From its message; it can be put back until the next start. */
gboolean aw_attachment_store_take_off (AwDatabase *database, const char *id, GError **error);
gboolean aw_attachment_store_put_back (AwDatabase *database, const char *id, const char *message, GError **error);
/* What belongs to no message any more. For the window, when it starts: nothing of it can be undone by then. */
gboolean aw_attachment_store_purge (AwDatabase *database, GError **error);

G_END_DECLS
