/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/aw-database-private.h"

G_BEGIN_DECLS

/* What waits until somebody types its password: no time makes it leave. Of outbox o and account a. */
#define AW_OUTBOX_ASKS "coalesce (o.fault = 'ask-password' AND a.ask_password, 0)"

/* What the files of the outbox share. */
char *aw_outbox_column_text (sqlite3_stmt *statement, int column);

/* Carries out a statement that must hit one row. */
gboolean aw_outbox_finish_one (AwDatabase *database, sqlite3_stmt *statement, GError **error);

/* Commits if @ok, else rolls back; gives whether it is committed. */
gboolean aw_outbox_end (AwDatabase *database, gboolean ok, GError **error);

/* What the row says, not what the caller last saw: CONFLICT if the state is none of @allowed (bits). */
gboolean aw_outbox_check_state (AwDatabase *database, const char *message, guint allowed, GError **error);
gboolean aw_outbox_set_state (AwDatabase *database, const char *message, AwMessageState state, GError **error);
gboolean aw_outbox_drop_row (AwDatabase *database, const char *message, GError **error);

G_END_DECLS
