/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/aw-database.h"

G_BEGIN_DECLS

/**
 * AwOutboxTrouble:
 * @message: id of a message that failed or is uncertain
 * @state: which of the two
 * @person_name: (nullable): to whom it was to go
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
  int code;
  char *text;
} AwOutboxTrouble;

void aw_outbox_trouble_free (AwOutboxTrouble *trouble);

/* What the agent, which knows nothing of mail, must know of the outbox. */
gint64 aw_outbox_watch_next (AwDatabase *database);
gboolean aw_outbox_watch_is_sending (AwDatabase *database);
GPtrArray *aw_outbox_watch_troubles (AwDatabase *database, GError **error);

G_END_DECLS
