/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/aw-facts.h"

G_BEGIN_DECLS

/**
 * AwOutboxItem:
 *
 * A message with the state of its sending, for the Outbox page and the command
 * line. Immutable; replaced when it changes.
 */
#define AW_TYPE_OUTBOX_ITEM (aw_outbox_item_get_type ())
G_DECLARE_FINAL_TYPE (AwOutboxItem, aw_outbox_item, AW, OUTBOX_ITEM, GObject)

AwMessage *aw_outbox_item_get_message (AwOutboxItem *self);
const char *aw_outbox_item_get_company (AwOutboxItem *self);
const char *aw_outbox_item_get_person_name (AwOutboxItem *self);
const char *aw_outbox_item_get_to (AwOutboxItem *self);        /* address */
int aw_outbox_item_get_attempts (AwOutboxItem *self);
gint64 aw_outbox_item_get_next_at (AwOutboxItem *self);        /* AW_NEVER: none */
gint64 aw_outbox_item_get_sent_at (AwOutboxItem *self);
int aw_outbox_item_get_code (AwOutboxItem *self);              /* the server's, 0: none spoke */
const char *aw_outbox_item_get_text (AwOutboxItem *self);      /* the server's own words, or ours if none spoke */
const char *aw_outbox_item_get_sentence (AwOutboxItem *self);  /* "The server refused the password (535)." */
const char *aw_outbox_item_get_fault (AwOutboxItem *self);     /* a word of mail/aw-mail-result.h, or NULL */
gboolean aw_outbox_item_is_bounced (AwOutboxItem *self);       /* sent, and came back; the sentence says why */
char *aw_outbox_item_get_copy_sentence (AwOutboxItem *self);   /* why there is no copy in Sent; NULL: all is well */

G_END_DECLS
