/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "core/aw-record.h"

G_BEGIN_DECLS

/**
 * AwRecordList:
 *
 * The records of one kind in one opportunity, in order: a #GListModel whose
 * items can also be read without reference counting, for the plan.
 */
#define AW_TYPE_RECORD_LIST (aw_record_list_get_type ())
G_DECLARE_FINAL_TYPE (AwRecordList, aw_record_list, AW, RECORD_LIST, GObject)

guint aw_record_list_get_length (AwRecordList *self);
gpointer aw_record_list_peek (AwRecordList *self, guint i);
gpointer aw_record_list_find (AwRecordList *self, const char *id);

/* for (guint i = 0; i < n; i++) over borrowed, typed records:
 * AW_RECORDS_FOREACH (AwPerson, person, list) { … } */
#define AW_RECORDS_FOREACH(Type, item, list) \
  for (guint item##_i = 0, item##_go = 1; item##_go && item##_i < aw_record_list_get_length (list); item##_i++) \
    for (Type *item = (item##_go = 0, aw_record_list_peek (list, item##_i)); item != NULL; item = NULL, item##_go = 1)

G_END_DECLS
