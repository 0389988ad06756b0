/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* JSON as the document and the store's lists need it: every value knows its
 * line, numbers keep their digits, and what a hostile file could hold (deep
 * nesting, a member twice, integers beyond 64 bits, NUL in a text) is refused
 * with the place. json-glib 1.6 offers none of these, and crashes on deep
 * nesting. */

#define AW_JSON_MAX_DEPTH 64

#define AW_JSON_ERROR (aw_json_error_quark ())
GQuark aw_json_error_quark (void);

typedef enum
{
  AW_JSON_NULL,
  AW_JSON_FALSE,
  AW_JSON_TRUE,
  AW_JSON_NUMBER, /* text holds the digits */
  AW_JSON_STRING, /* text holds the value */
  AW_JSON_ARRAY,
  AW_JSON_OBJECT,
} AwJsonType;

typedef struct _AwJson AwJson;

/**
 * AwJson:
 * @type: what it is
 * @line: where it began
 * @name: (nullable): the member's name, in an object
 * @text: (nullable): the value of a string, the digits of a number
 * @items: (nullable): the values of an array, the members of an object, in order
 *
 * A parsed value. Read its members directly; it is never changed.
 */
struct _AwJson
{
  AwJsonType type;
  guint line;
  char *name;
  char *text;
  GPtrArray *items;
};

AwJson *aw_json_parse (const char *text, gsize length, GError **error);
void aw_json_free (AwJson *json);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AwJson, aw_json_free)

AwJson *aw_json_get_member (const AwJson *json, const char *name);
gboolean aw_json_get_int (const AwJson *json, gint64 *value);

void aw_json_append_string (GString *out, const char *text);
void aw_json_append_value (GString *out, const AwJson *json, int indent);
void aw_json_append_break (GString *out, int indent);

G_END_DECLS
