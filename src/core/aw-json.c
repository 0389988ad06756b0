/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/aw-json.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

G_DEFINE_QUARK (aw-json-error-quark, aw_json_error)

typedef struct
{
  const char *cursor;
  const char *end;
  guint line;
  guint depth;
  GString *buffer;
} Parser;

static AwJson *parse_value (Parser *parser, GError **error);

static AwJson *
json_new (Parser *parser,
          AwJsonType type)
{
  AwJson *json = g_new0 (AwJson, 1);

  json->type = type;
  json->line = parser->line;
  return json;
}

static gboolean G_GNUC_PRINTF (3, 4)
fail (Parser *parser,
      GError **error,
      const char *format,
      ...)
{
  va_list args;
  g_autofree char *what = NULL;

  va_start (args, format);
  what = g_strdup_vprintf (format, args);
  va_end (args);

  /* Translators: where in a file (a line's number), then what is wrong there. */
  g_set_error (error, AW_JSON_ERROR, 0, _("Line %u: %s"), parser->line, what);
  return FALSE;
}

static void
skip_space (Parser *parser)
{
  while (parser->cursor < parser->end)
    {
      char c = *parser->cursor;

      if (c == '\n')
        parser->line++;
      else if (c != ' ' && c != '\t' && c != '\r')
        return;
      parser->cursor++;
    }
}

static gboolean
parse_hex (Parser *parser,
           gunichar *value)
{
  if (parser->end - parser->cursor < 4)
    return FALSE;

  *value = 0;
  for (int i = 0; i < 4; i++)
    {
      int digit = g_ascii_xdigit_value (*parser->cursor++);

      if (digit < 0)
        return FALSE;
      *value = *value * 16 + (gunichar) digit;
    }
  return TRUE;
}

/* After a "\u". */
static gboolean
parse_escaped_unichar (Parser *parser,
                       GError **error)
{
  gunichar c, low;

  if (!parse_hex (parser, &c))
    return fail (parser, error, _("an escaped character is not readable."));

  if (c >= 0xd800 && c < 0xdc00)
    {
      if (parser->end - parser->cursor < 6 || parser->cursor[0] != '\\' || parser->cursor[1] != 'u')
        return fail (parser, error, _("half a character (a lone surrogate) stands in a text."));
      parser->cursor += 2;
      if (!parse_hex (parser, &low) || low < 0xdc00 || low > 0xdfff)
        return fail (parser, error, _("half a character (a lone surrogate) stands in a text."));
      c = 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00);
    }
  else if (c >= 0xdc00 && c <= 0xdfff)
    return fail (parser, error, _("half a character (a lone surrogate) stands in a text."));
  else if (c == 0)
    return fail (parser, error, _("the character NUL stands in a text."));

  g_string_append_unichar (parser->buffer, c);
  return TRUE;
}

/* At a quotation mark; the text ends up in the buffer. */
static gboolean
parse_string (Parser *parser,
              GError **error)
{
  static const char escapes[] = "\"\\/bfnrt";
  static const char escaped[] = "\"\\/\b\f\n\r\t";

  parser->cursor++;
  g_string_truncate (parser->buffer, 0);
  for (;;)
    {
      const char *start = parser->cursor;
      const char *found;
      char c;

      while (parser->cursor < parser->end && *parser->cursor != '"' && *parser->cursor != '\\' &&
             (guchar) *parser->cursor >= 0x20)
        parser->cursor++;
      g_string_append_len (parser->buffer, start, parser->cursor - start);

      if (parser->cursor == parser->end)
        return fail (parser, error, _("a text has no end."));
      c = *parser->cursor++;
      if (c == '"')
        return TRUE;
      if (c != '\\')
        return fail (parser, error, _("a line break or another control character stands in a text."));
      if (parser->cursor == parser->end)
        return fail (parser, error, _("a text has no end."));

      c = *parser->cursor++;
      if (c == 'u')
        {
          if (!parse_escaped_unichar (parser, error))
            return FALSE;
        }
      else if (c != '\0' && (found = strchr (escapes, c)) != NULL)
        g_string_append_c (parser->buffer, escaped[found - escapes]);
      else
        return fail (parser, error, _("an escaped character is not readable."));
    }
}

static gboolean
skip_digits (Parser *parser)
{
  const char *start = parser->cursor;

  while (parser->cursor < parser->end && g_ascii_isdigit (*parser->cursor))
    parser->cursor++;
  return parser->cursor > start;
}

static gboolean
scan_number (Parser *parser,
             gboolean *is_integer)
{
  const char *first;

  *is_integer = TRUE;
  if (*parser->cursor == '-')
    parser->cursor++;
  first = parser->cursor;
  if (!skip_digits (parser) || (*first == '0' && parser->cursor - first > 1))
    return FALSE;
  if (parser->cursor < parser->end && *parser->cursor == '.')
    {
      *is_integer = FALSE;
      parser->cursor++;
      if (!skip_digits (parser))
        return FALSE;
    }
  if (parser->cursor < parser->end && (*parser->cursor == 'e' || *parser->cursor == 'E'))
    {
      *is_integer = FALSE;
      parser->cursor++;
      if (parser->cursor < parser->end && (*parser->cursor == '+' || *parser->cursor == '-'))
        parser->cursor++;
      if (!skip_digits (parser))
        return FALSE;
    }
  return TRUE;
}

static AwJson *
parse_number (Parser *parser,
              GError **error)
{
  const char *start = parser->cursor;
  g_autofree char *digits = NULL;
  gboolean is_integer;
  AwJson *json;

  if (!scan_number (parser, &is_integer))
    {
      fail (parser, error, _("a number is not readable."));
      return NULL;
    }

  digits = g_strndup (start, (gsize) (parser->cursor - start));
  errno = 0;
  if (is_integer)
    g_ascii_strtoll (digits, NULL, 10);
  if (is_integer ? errno == ERANGE : !isfinite (g_ascii_strtod (digits, NULL)))
    {
      fail (parser, error, _("a number is too large."));
      return NULL;
    }

  json = json_new (parser, AW_JSON_NUMBER);
  json->text = g_steal_pointer (&digits);
  return json;
}

static gboolean
enter (Parser *parser,
       GError **error)
{
  if (++parser->depth > AW_JSON_MAX_DEPTH)
    return fail (parser, error, _("brackets are nested more than %d deep."), AW_JSON_MAX_DEPTH);
  parser->cursor++;
  skip_space (parser);
  return TRUE;
}

/* After an item: whether another follows, or the end. */
static gboolean
parse_separator (Parser *parser,
                 char closing,
                 gboolean *done,
                 GError **error)
{
  skip_space (parser);
  if (parser->cursor == parser->end)
    return fail (parser, error, _("the file ends too early."));

  *done = *parser->cursor == closing;
  if (!*done && *parser->cursor != ',')
    return fail (parser, error, _("a comma or “%c” is missing."), closing);
  parser->cursor++;
  if (!*done)
    skip_space (parser);
  return TRUE;
}

static AwJson *
parse_array (Parser *parser,
             GError **error)
{
  g_autoptr (AwJson) json = json_new (parser, AW_JSON_ARRAY);
  gboolean done = FALSE;

  json->items = g_ptr_array_new_with_free_func ((GDestroyNotify) aw_json_free);
  if (!enter (parser, error))
    return NULL;
  if (parser->cursor < parser->end && *parser->cursor == ']')
    {
      parser->cursor++;
      done = TRUE;
    }
  while (!done)
    {
      AwJson *item = parse_value (parser, error);

      if (item == NULL)
        return NULL;
      g_ptr_array_add (json->items, item);
      if (!parse_separator (parser, ']', &done, error))
        return NULL;
    }

  parser->depth--;
  return g_steal_pointer (&json);
}

static AwJson *
parse_object (Parser *parser,
              GError **error)
{
  g_autoptr (AwJson) json = json_new (parser, AW_JSON_OBJECT);
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  gboolean done = FALSE;

  json->items = g_ptr_array_new_with_free_func ((GDestroyNotify) aw_json_free);
  if (!enter (parser, error))
    return NULL;
  if (parser->cursor < parser->end && *parser->cursor == '}')
    {
      parser->cursor++;
      done = TRUE;
    }
  while (!done)
    {
      g_autofree char *name = NULL;
      AwJson *item;

      if (parser->cursor == parser->end || *parser->cursor != '"')
        {
          fail (parser, error, _("the name of a member is missing."));
          return NULL;
        }
      if (!parse_string (parser, error))
        return NULL;
      name = g_strndup (parser->buffer->str, parser->buffer->len);
      if (g_hash_table_contains (names, name))
        {
          fail (parser, error, _("the member “%s” stands there twice."), name);
          return NULL;
        }

      skip_space (parser);
      if (parser->cursor == parser->end || *parser->cursor != ':')
        {
          fail (parser, error, _("a colon is missing after “%s”."), name);
          return NULL;
        }
      parser->cursor++;
      skip_space (parser);
      item = parse_value (parser, error);
      if (item == NULL)
        return NULL;
      item->name = g_steal_pointer (&name);
      g_hash_table_add (names, item->name);
      g_ptr_array_add (json->items, item);
      if (!parse_separator (parser, '}', &done, error))
        return NULL;
    }

  parser->depth--;
  return g_steal_pointer (&json);
}

static gboolean
parse_word (Parser *parser,
            const char *word)
{
  gsize length = strlen (word);

  if ((gsize) (parser->end - parser->cursor) < length || strncmp (parser->cursor, word, length) != 0)
    return FALSE;
  parser->cursor += length;
  return TRUE;
}

static AwJson *
parse_value (Parser *parser,
             GError **error)
{
  if (parser->cursor == parser->end)
    {
      fail (parser, error, _("the file ends too early."));
      return NULL;
    }

  switch (*parser->cursor)
    {
    case '{':
      return parse_object (parser, error);
    case '[':
      return parse_array (parser, error);
    case '"':
      {
        AwJson *json;
        guint line = parser->line;

        if (!parse_string (parser, error))
          return NULL;
        json = json_new (parser, AW_JSON_STRING);
        json->line = line;
        json->text = g_strndup (parser->buffer->str, parser->buffer->len);
        return json;
      }
    case 't':
      if (parse_word (parser, "true"))
        return json_new (parser, AW_JSON_TRUE);
      break;
    case 'f':
      if (parse_word (parser, "false"))
        return json_new (parser, AW_JSON_FALSE);
      break;
    case 'n':
      if (parse_word (parser, "null"))
        return json_new (parser, AW_JSON_NULL);
      break;
    default:
      if (*parser->cursor == '-' || g_ascii_isdigit (*parser->cursor))
        return parse_number (parser, error);
      break;
    }

  fail (parser, error, _("a value is not readable."));
  return NULL;
}

/* Public functions --------------------------------------------------------- */

/**
 * aw_json_parse:
 * @text: JSON, need not end with a NUL
 * @length: its length in bytes
 * @error: return location; the message begins with the line
 *
 * Returns: (transfer full) (nullable): the value
 */
AwJson *
aw_json_parse (const char *text,
               gsize length,
               GError **error)
{
  Parser parser = { text, text + length, 1, 0, NULL };
  g_autoptr (GString) buffer = g_string_new (NULL);
  g_autoptr (AwJson) json = NULL;
  const char *bad;

  g_return_val_if_fail (text != NULL, NULL);

  if (!g_utf8_validate_len (text, length, &bad))
    {
      for (const char *c = text; c < bad; c++)
        parser.line += *c == '\n';
      fail (&parser, error, _("the text is not UTF-8."));
      return NULL;
    }
  if (length >= 3 && memcmp (text, "\xef\xbb\xbf", 3) == 0)
    parser.cursor += 3;

  parser.buffer = buffer;
  skip_space (&parser);
  json = parse_value (&parser, error);
  if (json == NULL)
    return NULL;
  skip_space (&parser);
  if (parser.cursor != parser.end)
    {
      fail (&parser, error, _("something follows after the end."));
      return NULL;
    }
  return g_steal_pointer (&json);
}

void
aw_json_free (AwJson *json)
{
  if (json == NULL)
    return;
  g_free (json->name);
  g_free (json->text);
  g_clear_pointer (&json->items, g_ptr_array_unref);
  g_free (json);
}

/**
 * aw_json_get_member:
 * @json: a value
 * @name: a member's name
 *
 * Returns: (transfer none) (nullable): that member of an object; absent and
 *   `null` mean the same, as interchange.md has it
 */
AwJson *
aw_json_get_member (const AwJson *json,
                    const char *name)
{
  g_return_val_if_fail (json != NULL && name != NULL, NULL);

  if (json->type != AW_JSON_OBJECT)
    return NULL;
  for (guint i = 0; i < json->items->len; i++)
    {
      AwJson *item = g_ptr_array_index (json->items, i);

      if (strcmp (item->name, name) == 0)
        return item->type != AW_JSON_NULL ? item : NULL;
    }
  return NULL;
}

/**
 * aw_json_get_int:
 * @json: a value
 * @value: (out): the integer
 *
 * Returns: whether @json is an integer (`1.0` and `1e0` are none)
 */
gboolean
aw_json_get_int (const AwJson *json,
                 gint64 *value)
{
  if (json->type != AW_JSON_NUMBER || strpbrk (json->text, ".eE") != NULL)
    return FALSE;
  *value = g_ascii_strtoll (json->text, NULL, 10);
  return TRUE;
}

/**
 * aw_json_append_string:
 * @out: where to
 * @text: UTF-8
 *
 * Appends @text in quotation marks, with no more escapes than JSON demands.
 */
void
aw_json_append_string (GString *out,
                       const char *text)
{
  const char *start = text;

  g_string_append_c (out, '"');
  for (;;)
    {
      const char *c = start;

      while ((guchar) *c >= 0x20 && *c != '"' && *c != '\\')
        c++;
      g_string_append_len (out, start, c - start);
      if (*c == '\0')
        break;
      if (*c == '"' || *c == '\\')
        {
          g_string_append_c (out, '\\');
          g_string_append_c (out, *c);
        }
      else if (*c == '\n')
        g_string_append (out, "\\n");
      else if (*c == '\t')
        g_string_append (out, "\\t");
      else if (*c == '\r')
        g_string_append (out, "\\r");
      else
        g_string_append_printf (out, "\\u%04x", (guint) (guchar) *c);
      start = c + 1;
    }
  g_string_append_c (out, '"');
}

/**
 * aw_json_append_break:
 * @out: where to
 * @indent: how many steps to indent; negative: all on one line
 */
void
aw_json_append_break (GString *out,
                      int indent)
{
  if (indent < 0)
    return;
  g_string_append_c (out, '\n');
  for (int i = 0; i < indent; i++)
    g_string_append (out, "  ");
}

/**
 * aw_json_append_value:
 * @out: where to
 * @json: a value
 * @indent: how many steps it stands indented; negative: all on one line
 */
void
aw_json_append_value (GString *out,
                      const AwJson *json,
                      int indent)
{
  int inner = indent < 0 ? indent : indent + 1;

  switch (json->type)
    {
    case AW_JSON_NULL:
      g_string_append (out, "null");
      break;
    case AW_JSON_FALSE:
      g_string_append (out, "false");
      break;
    case AW_JSON_TRUE:
      g_string_append (out, "true");
      break;
    case AW_JSON_NUMBER:
      g_string_append (out, json->text);
      break;
    case AW_JSON_STRING:
      aw_json_append_string (out, json->text);
      break;
    case AW_JSON_ARRAY:
    case AW_JSON_OBJECT:
      g_string_append_c (out, json->type == AW_JSON_ARRAY ? '[' : '{');
      for (guint i = 0; i < json->items->len; i++)
        {
          const AwJson *item = g_ptr_array_index (json->items, i);

          if (i > 0)
            g_string_append_c (out, ',');
          aw_json_append_break (out, inner);
          if (json->type == AW_JSON_OBJECT)
            {
              aw_json_append_string (out, item->name);
              g_string_append (out, indent < 0 ? ":" : ": ");
            }
          aw_json_append_value (out, item, inner);
        }
      if (json->items->len > 0)
        aw_json_append_break (out, indent);
      g_string_append_c (out, json->type == AW_JSON_ARRAY ? ']' : '}');
      break;
    default:
      g_assert_not_reached ();
    }
}
