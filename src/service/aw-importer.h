/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "exchange/aw-import.h"
#include "exchange/aw-table.h"
#include "service/aw-engine.h"

G_BEGIN_DECLS

/* What takes seconds with a large file, in a thread that has a connection of
 * its own to the facts. All callbacks come in the main thread. */

void aw_importer_read_async (AwEngine *engine, GFile *file, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
AwImport *aw_importer_read_finish (GAsyncResult *result, AwTable **table, GError **error);

void aw_importer_plan_table_async (AwEngine *engine, AwTable *table, const AwColumn *columns, GAsyncReadyCallback callback, gpointer data);
AwImport *aw_importer_plan_table_finish (GAsyncResult *result, GError **error);

void aw_importer_make_command_async (AwImport *import, const char *title, GAsyncReadyCallback callback, gpointer data);
AwCommand *aw_importer_make_command_finish (GAsyncResult *result);

void aw_importer_discard (AwImport *import);

G_END_DECLS
