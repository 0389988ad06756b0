/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service/aw-engine.h"
#include "store/aw-outbox-store.h"

G_BEGIN_DECLS

/* Fills @entry, and gives the message as it stands in the outbox: its id, account and time are fixed with the bytes. */
AwMessage *aw_outbox_make_bytes (AwEngine *engine, AwMessage *message, gboolean by_user, AwOutboxEntry *entry, GError **error);

G_END_DECLS
