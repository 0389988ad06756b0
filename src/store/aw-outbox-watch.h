/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/aw-database.h"

G_BEGIN_DECLS

/* What is later than this before now is asked about, not sent (mail.md 3.2). */
#define AW_OUTBOX_MISSED_SECONDS (12 * AW_HOUR)

/* A clock that was set back must not hold up a message for long: nothing waits
 * longer than an hour and its jitter. */
#define AW_OUTBOX_WAIT_AT_MOST (2 * AW_HOUR)

char *aw_outbox_boot (void); /* names this run of the machine */

/**
 * AwOutboxTrouble:
 * @message: id of a message that failed, is uncertain, came back, or waits for the user
 * @state: which of the four: failed, uncertain, sent, queued
 * @person_name: (nullable): to whom it was to go
 * @address: (nullable): from which account
 * @locked: of one that waits: whether for the keyring, not for a password
 * @code: the server's, 0: none spoke
 * @text: (nullable): the server's words, or ours
 *
 * What the user must be told.
 */
typedef struct
{
  char *message;
  AwMessageState state;
  char *person_name;
  char *address;
  gboolean locked;
  int code;
  char *text;
} AwOutboxTrouble;

void aw_outbox_trouble_free (AwOutboxTrouble *trouble);

/* What the agent, which knows nothing of mail, must know of the outbox. */
gint64 aw_outbox_watch_next (AwDatabase *database, gint64 now);
gboolean aw_outbox_watch_is_sending (AwDatabase *database);
int aw_outbox_watch_worker (AwDatabase *database, const char *message); /* the process that has it in its hands, 0: none */
gboolean aw_outbox_watch_waits_for_network (AwDatabase *database);
GPtrArray *aw_outbox_watch_troubles (AwDatabase *database, GError **error);

G_END_DECLS
