/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * AwSortedList:
 *
 * A #GListModel that keeps its objects in order, and takes over many changes
 * at a time with few signals: what enters and leaves waits for
 * aw_sorted_list_flush(). No two of its objects may compare equal.
 */
#define AW_TYPE_SORTED_LIST (aw_sorted_list_get_type ())
G_DECLARE_FINAL_TYPE (AwSortedList, aw_sorted_list, AW, SORTED_LIST, GObject)

AwSortedList *aw_sorted_list_new (GType item_type, GCompareFunc compare);
void aw_sorted_list_enter (AwSortedList *self, gpointer item);
void aw_sorted_list_leave (AwSortedList *self, gpointer item);
guint aw_sorted_list_get_waiting (AwSortedList *self);
void aw_sorted_list_flush (AwSortedList *self);
guint aw_sorted_list_get_length (AwSortedList *self);
gpointer aw_sorted_list_peek (AwSortedList *self, guint position);

G_END_DECLS
