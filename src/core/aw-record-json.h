/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/aw-json.h"
#include "core/aw-record.h"

G_BEGIN_DECLS

/* The fields of records as JSON: the form that the document has, and the
 * lists in the store's columns too. */

#define AW_FIELD_ERROR (aw_field_error_quark ())
GQuark aw_field_error_quark (void);
typedef enum
{
  AW_FIELD_ERROR_VALUE, /* not of this kind: refuse */
  AW_FIELD_ERROR_RANGE, /* of this kind, but out of range: a policy takes the default */
} AwFieldError;

gboolean aw_field_is_absent (AwRecord *record, const AwField *field);
void aw_field_append_json (GString *out, AwRecord *record, const AwField *field, int indent);
gboolean aw_field_read_json (AwRecord *record, const AwField *field, const AwJson *json, GString *place, GError **error);

gboolean aw_field_read_text (AwRecord *record, const AwField *field, const char *text, GError **error);
gboolean aw_field_read_int (AwRecord *record, const AwField *field, gint64 value, GError **error);

char *aw_json_collect_extra (const AwJson *object, const char *const *known);
void aw_json_append_extra (GString *out, const char *extra, int indent, gboolean *first);
void aw_json_append_name (GString *out, const char *name, int indent, gboolean *first);

G_END_DECLS
