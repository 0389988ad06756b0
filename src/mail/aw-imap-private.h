/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mail/aw-imap.h"

G_BEGIN_DECLS

/* One command, and whether the server took it; its responses are there until the next one. */
gboolean aw_imap_command (AwImap *self, AwMailResult *result, const char *format, ...) G_GNUC_PRINTF (3, 4);
GPtrArray *aw_imap_get_responses (AwImap *self); /* of GString */

G_END_DECLS
