/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "exchange/aw-import.h"

G_BEGIN_DECLS

/* What a column of a table is about. */
typedef enum
{
  AW_COLUMN_NONE,
  AW_COLUMN_COMPANY,
  AW_COLUMN_ROLE,
  AW_COLUMN_STATUS,
  AW_COLUMN_SOURCE,
  AW_COLUMN_DATE,
  AW_COLUMN_TIME,
  AW_COLUMN_DURATION,
  AW_COLUMN_STAGE,
  AW_COLUMN_FORMAT,
  AW_COLUMN_LOCATION,
  AW_COLUMN_PEOPLE,
  AW_COLUMN_TITLE,
  AW_COLUMN_EMAIL,
  AW_COLUMN_PHONE,
  AW_COLUMN_NOTES,
  AW_N_COLUMNS,
} AwColumn;

/**
 * AwTable:
 *
 * A file of comma-, semicolon- or tab-separated values (RFC 4180), whose first
 * row names the columns.
 */
typedef struct _AwTable AwTable;

AwTable *aw_table_parse (GBytes *bytes, GError **error);
void aw_table_free (AwTable *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AwTable, aw_table_free)

guint aw_table_get_n_columns (AwTable *self);
guint aw_table_get_n_rows (AwTable *self);                               /* without the first */
const char *aw_table_get_name (AwTable *self, guint column);
const char *aw_table_get_cell (AwTable *self, guint row, guint column);  /* "": none */
guint aw_table_get_line (AwTable *self, guint row);
gboolean aw_table_is_readable (AwTable *self, guint row);
AwColumn aw_table_guess_column (AwTable *self, guint column);
const char *aw_column_get_title (AwColumn column);                       /* for the user: "Company" */

/* @columns: one for each; NULL: as guessed. */
AwImport *aw_import_plan_table (AwTable *table,
                                const AwColumn *columns,
                                AwDatabase *database,
                                const char *zone,
                                gint64 now,
                                GError **error);

G_END_DECLS
