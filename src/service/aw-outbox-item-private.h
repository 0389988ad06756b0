/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/aw-dossier.h"
#include "service/aw-outbox-item.h"
#include "store/aw-outbox-store.h"

G_BEGIN_DECLS

AwOutboxItem *aw_outbox_item_new (AwOutboxEntry *entry, AwDossier *dossier, gint64 now); /* takes @entry over */
int aw_outbox_item_compare (gconstpointer a, gconstpointer b);
gboolean aw_outbox_item_looks_like (AwOutboxItem *self, AwOutboxItem *other);

G_END_DECLS
