/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/aw-database.h"

G_BEGIN_DECLS

/**
 * AwWriter:
 *
 * Small writes of a program whose main loop must not stand still. Each is done
 * at once. One that finds the file held by another process waits, and behind
 * it all later ones, in their order; they are tried again after a tenth of a
 * second, then at ever longer intervals up to half a minute, and whenever
 * something else gives reason to.
 *
 * From aw_writer_new() on, the connection waits for nobody longer than a frame.
 *
 * Signals:
 *  "again": it is time for another try: aw_writer_flush()
 */
#define AW_TYPE_WRITER (aw_writer_get_type ())
G_DECLARE_FINAL_TYPE (AwWriter, aw_writer, AW, WRITER, GObject)

/**
 * AwWriteFunc:
 * @database: where to write
 * @data: what to write
 * @error: return location
 *
 * All or nothing; it may be called again after it failed.
 *
 * Returns: whether it is written
 */
typedef gboolean (*AwWriteFunc) (AwDatabase *database, gpointer data, GError **error);

AwWriter *aw_writer_new (AwDatabase *database);
gboolean aw_writer_write (AwWriter *self, AwWriteFunc func, gpointer data, GDestroyNotify free_data, GError **error);
gboolean aw_writer_flush (AwWriter *self, GError **error);
void aw_writer_wait (AwWriter *self);
void aw_writer_rest (AwWriter *self);
gboolean aw_writer_is_held (AwWriter *self);
void aw_writer_finish (AwWriter *self);

G_END_DECLS
