/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/aw-record-list.h"

G_BEGIN_DECLS

/* Only the store (loading) and the engine (after a commit) change a list. */
AwRecordList *aw_record_list_new (AwRecordKind kind);
void aw_record_list_append (AwRecordList *self, AwRecord *record);
void aw_record_list_put (AwRecordList *self, AwRecord *record);
gboolean aw_record_list_remove (AwRecordList *self, const char *id);
void aw_record_list_become (AwRecordList *self, AwRecordList *other);

G_END_DECLS
