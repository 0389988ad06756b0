/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/aw-database.h"

G_BEGIN_DECLS

/* Between the files of store/ only. */

/* A connection to a file as it is: neither made nor looked into. */
AwDatabase *aw_database_connect (const char *path, int flags, GError **error);

/* A prepared statement that is kept; reset and ready to bind. NULL: @error is set. */
sqlite3_stmt *aw_database_prepare (AwDatabase *self, const char *sql, GError **error);

/* One or more statements without results. */
gboolean aw_database_exec (AwDatabase *self, const char *sql, GError **error);

/* For whom a statement is only borrowed. */
static inline void
aw_statement_reset (sqlite3_stmt *statement)
{
  sqlite3_reset (statement);
  sqlite3_clear_bindings (statement);
}

typedef sqlite3_stmt AwStatement;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AwStatement, aw_statement_reset)

G_END_DECLS
