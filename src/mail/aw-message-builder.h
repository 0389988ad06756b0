/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  char *name;
  char *type; /* "application/pdf" */
  GBytes *data;
} AwAttachment;

AwAttachment *aw_attachment_new (const char *name, const char *type, GBytes *data);
void aw_attachment_free (AwAttachment *attachment);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AwAttachment, aw_attachment_free)

/**
 * AwMessageParts:
 * @from_name: (nullable): the sender's name
 * @from: the sender's address, normalized
 * @to_name: (nullable): the recipient's name
 * @to: the recipient's address, normalized
 * @subject: (nullable): the subject
 * @body: the text, lines ended by LF
 * @signature: (nullable): set under the text after "-- "
 * @message_id: as aw_message_id_new() makes it, without angle brackets
 * @in_reply_to: (nullable): the id of the message this answers
 * @references: (nullable): ids of the thread, with or without angle brackets
 * @at: when, in seconds since 1970
 * @offset: of the writer's zone at that instant, seconds east of UTC
 * @attachments: (nullable) (element-type AwAttachment): files
 */
typedef struct
{
  const char *from_name;
  const char *from;
  const char *to_name;
  const char *to;
  const char *subject;
  const char *body;
  const char *signature;
  const char *message_id;
  const char *in_reply_to;
  const char *references;
  gint64 at;
  int offset;
  GPtrArray *attachments;
} AwMessageParts;

/* The bytes as they travel: 7-bit, CRLF, no Bcc. To be made once and kept. */
GBytes *aw_message_build (const AwMessageParts *parts, GError **error);

char *aw_message_id_new (const char *from);

/* The thread's ids with @message_id at the end: the first and the last ones of
 * a long thread. */
char *aw_message_references (const char *references, const char *message_id);

G_END_DECLS
