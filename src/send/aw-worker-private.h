/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mail/aw-mailer.h"
#include "mail/aw-secret-store.h"
#include "send/aw-worker.h"
#include "service/aw-outbox.h"

G_BEGIN_DECLS

typedef struct
{
  AwEngine *engine;
  AwOutbox *outbox;
  AwDatabase *database;
  AwMailer *mailer;
  AwSecretStore *secrets;
  GHashTable *passwords; /* account to password, handed in */
  GCancellable *cancellable;
  gboolean tells_agent;
  AwOutboxEntry *entry; /* what is being sent */
  gboolean committed;   /* as sent */
  gboolean taken_back;  /* by the user, while it was being sent */
  gboolean interrupted; /* filing or checking, by a message that is to leave */
} AwWorker;

AwInstant aw_worker_now (AwWorker *worker);
gint64 aw_worker_back_off (int attempts); /* seconds until the next try */
void aw_worker_tell (AwWorker *worker);   /* the agent, that something was committed */

/* (transfer full), for aw_secret_free(); NULL with a fault. @protocol: "smtp" or "imap". */
char *aw_worker_get_password (AwWorker *worker, AwAccount *account, const char *protocol, gboolean *is_token, AwMailFault *fault);
char *aw_worker_get_goa_secret (AwAccount *account, const char *protocol, gboolean *is_token, GCancellable *cancellable, AwMailFault *fault);

/* For aw_imap_set_interrupt(): a message that is to leave does not wait for a mailbox. */
gboolean aw_worker_is_interrupted (gpointer worker);
void aw_worker_file_copies (AwWorker *worker);
void aw_worker_check_replies (AwWorker *worker);

G_END_DECLS
