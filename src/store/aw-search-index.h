/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/aw-database.h"

G_BEGIN_DECLS

/* Keeps search_entry and search_words; between the files of store/ only. All
 * inside the caller's transaction. */

gboolean aw_search_index_has (AwRecordKind kind);
gboolean aw_search_index_put (AwDatabase *database, AwRecord *record, GError **error);
/* Many new records: their words are taken in at once, by the flush. Between it
 * and the puts nothing else may write to the index. */
typedef struct
{
  gint64 first, last; /* entries whose words are missing; 0: none */
} AwSearchBatch;

gboolean aw_search_index_put_later (AwDatabase *database, AwRecord *record, AwSearchBatch *batch, GError **error);
gboolean aw_search_index_flush (AwDatabase *database, AwSearchBatch *batch, GError **error);
gboolean aw_search_index_set_buffer (AwDatabase *database, gboolean large, GError **error);
gboolean aw_search_index_remove (AwDatabase *database, AwRecord *record, GError **error);
gboolean aw_search_index_is_current (AwDatabase *database);
gboolean aw_search_index_rebuild (AwDatabase *database, GError **error);

G_END_DECLS
