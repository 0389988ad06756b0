/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/aw-database.h"

G_BEGIN_DECLS

/**
 * AwOutboxEntry:
 * @message: the message, with its state
 * @frozen: whether there is a row of the outbox: drafts and scheduled ones have none
 * @raw: (nullable): the bytes; only in what aw_outbox_store_claim() and aw_outbox_store_get() give
 * @dot: whether the dot may have left
 * @next_at: while it is queued when it is to be tried next, else when it was last tried
 * @fault: (nullable): why it is where it is, a word of mail/aw-mail-result.h
 * @copy: how its copy in the Sent folder stands: "none", "pending", "done", "failed"
 * @copy_text: (nullable): why it is not there yet
 * @bounced_at: when it came back, AW_NEVER: it did not
 * @bounce_text: (nullable): why, in that server's words
 */
typedef struct
{
  AwMessage *message;
  gboolean frozen;
  char *mail_from;
  char *rcpt;
  char *bcc;
  GBytes *raw;
  gboolean dot;
  int attempts;
  gint64 first_at;
  gint64 next_at;
  int code;
  char *text;
  char *fault;
  gboolean confirmed;
  gint64 sent_at;
  char *accepted_reply;
  char *copy;
  char *copy_text;
  gint64 bounced_at;
  char *bounce_text;
} AwOutboxEntry;

void aw_outbox_entry_free (AwOutboxEntry *entry);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AwOutboxEntry, aw_outbox_entry_free)

/* All of these are one transaction each, and CONFLICT if the message is not in
 * a state that it may leave this way. */

/* @before NULL: the message is new. @entry: addresses, raw, first_at, next_at,
 * confirmed. Allowed from draft, scheduled, failed and cancelled. */
gboolean aw_outbox_store_freeze (AwDatabase *database, AwMessage *before, AwMessage *after, const AwOutboxEntry *entry, GError **error);

/* To draft, scheduled or cancelled, from any state but sent and uncertain, and from sending only
 * until the dot may have left; the row is dropped. @after NULL: the message, too. */
gboolean aw_outbox_store_thaw (AwDatabase *database, AwMessage *before, AwMessage *after, GError **error);

/* Uncertain: the same bytes again. */
gboolean aw_outbox_store_requeue (AwDatabase *database, const char *message, gint64 next_at, GError **error);

/* The next one that is due, now `sending` and `pre`; NULL without error: none. @message: only this one. */
AwOutboxEntry *aw_outbox_store_claim (AwDatabase *database, const char *message, gint64 now, GError **error);
gboolean aw_outbox_store_has_due (AwDatabase *database, gint64 now); /* something to claim, or to release */
gboolean aw_outbox_store_dot (AwDatabase *database, const char *message, GError **error);
gboolean aw_outbox_store_is_taken_back (AwDatabase *database, const char *message); /* while it is being sent */

/* Together with the touch and what it says about articles, questions and calls. */
gboolean aw_outbox_store_sent (AwDatabase *database, const char *message, AwInstant at, int code, const char *reply, GError **error);
/* From sending to queued, failed or uncertain. */
gboolean aw_outbox_store_settle (AwDatabase *database, const char *message, AwMessageState state, gint64 next_at, const char *fault, int code, const char *text, GError **error);

/* A scheduled one that cannot be made: failed. */
gboolean aw_outbox_store_refuse (AwDatabase *database, AwMessage *message, const char *fault, const char *text, GError **error);

/* By the one who holds the worker's lock, before anything else: `pre` goes back
 * into the queue, `dot` becomes uncertain. */
gboolean aw_outbox_store_recover (AwDatabase *database, gint64 now, GError **error);
/* What waits because of one of these faults is due now. */
gboolean aw_outbox_store_hurry (AwDatabase *database, const char *const *faults, gint64 now, GError **error);
gboolean aw_outbox_store_pause (AwDatabase *database, const char *account, const char *sentence, GError **error); /* NULL: go on */

AwOutboxEntry *aw_outbox_store_get (AwDatabase *database, const char *message, GError **error);
GPtrArray *aw_outbox_store_load (AwDatabase *database, gint64 sent_since, GError **error); /* AwOutboxEntry */
GPtrArray *aw_outbox_store_load_due (AwDatabase *database, gint64 now, GError **error);    /* AwMessage: scheduled, due and not missed */
GPtrArray *aw_outbox_store_load_attachments (AwDatabase *database, const char *message, GError **error); /* AwOutboxFile */

typedef struct
{
  char *name;
  char *type;
  GBytes *data;
} AwOutboxFile;

G_END_DECLS
