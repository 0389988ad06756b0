/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service/aw-engine.h"
#include "service/aw-outbox-item.h"
#include "store/aw-outbox-store.h"

G_BEGIN_DECLS

#define AW_OUTBOX_UNDO_SECONDS 10

/**
 * AwOutbox:
 *
 * Messages from "queued" on (mail.md §3): the window and the command line queue
 * and cancel here; the worker claims and journals through store/aw-outbox-store.
 */
#define AW_TYPE_OUTBOX (aw_outbox_get_type ())
G_DECLARE_FINAL_TYPE (AwOutbox, aw_outbox, AW, OUTBOX, GObject)

AwOutbox *aw_outbox_new (AwEngine *engine);
AwEngine *aw_outbox_get_engine (AwOutbox *self);
GListModel *aw_outbox_get_items (AwOutbox *self); /* AwOutboxItem: failed, uncertain, scheduled, queued, sending, drafts, sent of 30 days */
guint aw_outbox_get_n_older (AwOutbox *self); /* sent before that, and not among them */
void aw_outbox_show_older (AwOutbox *self);   /* from now on */

/* Makes the bytes and commits `queued`, to leave @delay seconds from now. @message may be a draft that is stored, or new. */
gboolean aw_outbox_queue (AwOutbox *self, AwMessage *message, int delay, GError **error);
/* To the account's own address, and about no opportunity; (transfer full). */
AwMessage *aw_outbox_queue_test (AwOutbox *self, AwAccount *account, GError **error);
gboolean aw_outbox_schedule (AwOutbox *self, AwMessage *message, gint64 at, GError **error);
gboolean aw_outbox_cancel (AwOutbox *self, const char *message, GError **error); /* back to draft (a test: gone); while it is being sent until the dot may have left */
gboolean aw_outbox_retry (AwOutbox *self, const char *message, GError **error);  /* failed or scheduled: now; uncertain: the same bytes again */
gboolean aw_outbox_was_sent (AwOutbox *self, const char *message, GError **error); /* uncertain: the user says so */

/* Makes the bytes of a scheduled message whose time has come; for the worker. */
gboolean aw_outbox_release (AwOutbox *self, AwMessage *message, GError **error);

/* What speaks against a message that was written earlier leaving now: M8, M16
 * and the recipient's address. NULL: nothing. */
char *aw_outbox_check (AwOutbox *self, const AwOutboxEntry *entry, gint64 now);

/* Runs the worker (`afterword-send --database=PATH`) and waits for its end: for
 * the command line. @message: only this one, NULL: all that is due. The agent
 * and the window start it without waiting: aw_agent_client_send(). */
gboolean aw_outbox_run_worker (AwOutbox *self, const char *message, GError **error);

G_END_DECLS
