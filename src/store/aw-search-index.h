/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/aw-database.h"

G_BEGIN_DECLS

/* Keeps search_entry and search_words; between the files of store/ only. All
 * inside the caller's transaction. */

gboolean aw_search_index_has (AwRecordKind kind);
gboolean aw_search_index_put (AwDatabase *database, AwRecord *record, GError **error);
gboolean aw_search_index_remove (AwDatabase *database, AwRecord *record, GError **error);
gboolean aw_search_index_is_current (AwDatabase *database);
gboolean aw_search_index_rebuild (AwDatabase *database, GError **error);

G_END_DECLS
