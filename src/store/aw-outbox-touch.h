/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/aw-database.h"

G_BEGIN_DECLS

/* Inside the caller's transaction: the message is `sent`, and all that follows
 * from it is recorded. */
gboolean aw_outbox_touch_write (AwDatabase *database, const char *message, AwInstant at, GError **error);

G_END_DECLS
