/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service/aw-outbox.h"

G_BEGIN_DECLS

/* Takes the place of the real outbox in tests of the screens: keeps the
 * states, sends nothing. */
void aw_fake_outbox_add (AwOutbox *outbox, AwMessage *message, const char *person, int attempts, int code, const char *text, const char *sentence, gint64 at);
void aw_fake_outbox_add_waiting (AwOutbox *outbox, AwMessage *message, const char *person, const char *fault, const char *sentence);
void aw_fake_outbox_set_state (AwOutbox *outbox, const char *message, AwMessageState state);
void aw_fake_outbox_refuse (AwOutbox *outbox, const char *sentence); /* NULL: no more */

G_END_DECLS
