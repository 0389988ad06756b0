/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <sqlite3.h>

#include "core/aw-facts.h"

G_BEGIN_DECLS

/* What a row says that a record cannot hold: @field is NULL for what is no
 * field's; @message is a sentence without the place. */
typedef void (*AwRowProblemFunc) (AwRecord *record, const AwField *field, const char *message, gpointer data);

char *aw_sql_select (const AwRecordClass *klass, const char *rest);
const char *aw_sql_insert (const AwRecordClass *klass);

AwRecord *aw_sql_read (const AwRecordClass *klass, sqlite3_stmt *row, AwRowProblemFunc problem, gpointer data);
int aw_sql_bind_all (sqlite3_stmt *statement, AwRecord *record);
int aw_sql_bind_field (sqlite3_stmt *statement, int index, AwRecord *record, const AwField *field);
int aw_sql_bind_text (sqlite3_stmt *statement, int index, const char *text);

G_END_DECLS
