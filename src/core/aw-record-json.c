/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/aw-record-json.h"

#include <glib/gi18n-lib.h>
#include <string.h>

G_DEFINE_QUARK (aw-field-error-quark, aw_field_error)

static const char *const pair_names[] = { "person", "text", NULL };
static const char *const told_names[] = { "person", "at", NULL };

/* A sentence quotes no more than a line of what stood there. */
static char *
shorten (const char *text)
{
  if (g_utf8_strlen (text, -1) <= 60)
    return g_strdup (text);
  else
    {
      g_autofree char *start = g_utf8_substring (text, 0, 60);

      return g_strconcat (start, "…", NULL);
    }
}

static gboolean
fail_text (GError **error,
           const char *format,
           const char *text)
{
  g_autofree char *quoted = shorten (text);

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  g_set_error (error, AW_FIELD_ERROR, AW_FIELD_ERROR_VALUE, format, quoted);
#pragma GCC diagnostic pop
  return FALSE;
}

static gboolean
is_clock (const char *text)
{
  return strlen (text) == 5 && g_ascii_isdigit (text[0]) && g_ascii_isdigit (text[1]) && text[2] == ':' &&
         g_ascii_isdigit (text[3]) && g_ascii_isdigit (text[4]) &&
         strncmp (text, "24", 2) < 0 && text[3] < '6';
}

static gboolean
in_range (const AwField *field,
          gint64 value)
{
  if (field->max == 0)
    return value >= G_MININT32 && value <= G_MAXINT32;
  return value >= field->min && value <= field->max;
}

static gboolean
fail_range (const AwField *field,
            gint64 value,
            GError **error)
{
  g_autofree char *shown = g_strdup_printf ("%" G_GINT64_FORMAT, value);

  if (field->kind == AW_FIELD_ENUM)
    g_set_error_literal (error, AW_FIELD_ERROR, AW_FIELD_ERROR_RANGE, _("this word cannot stand here."));
  else
    g_set_error (error, AW_FIELD_ERROR, AW_FIELD_ERROR_RANGE, _("%s is out of range (%d to %d)."), shown,
                 field->max == 0 ? G_MININT32 : field->min, field->max == 0 ? G_MAXINT32 : field->max);
  return FALSE;
}

static gboolean
want_string (const AwJson *json,
             GError **error)
{
  if (json->type == AW_JSON_STRING)
    return TRUE;
  g_set_error_literal (error, AW_FIELD_ERROR, AW_FIELD_ERROR_VALUE, _("a text in quotation marks is expected here."));
  return FALSE;
}

static gboolean
want_list (const AwJson *json,
           GError **error)
{
  if (json->type == AW_JSON_ARRAY)
    return TRUE;
  g_set_error_literal (error, AW_FIELD_ERROR, AW_FIELD_ERROR_VALUE, _("a list in brackets is expected here."));
  return FALSE;
}

static gboolean
read_instant (const AwJson *json,
              AwInstant *instant,
              GError **error)
{
  if (!want_string (json, error))
    return FALSE;
  return aw_instant_parse (json->text, instant) ||
         fail_text (error, _("“%s” is no instant; write it like 2026-03-02T10:00:00-05:00."), json->text);
}

static gboolean
read_date (const AwJson *json,
           AwDate *date,
           GError **error)
{
  if (!want_string (json, error))
    return FALSE;
  return aw_date_parse (json->text, date) ||
         fail_text (error, _("“%s” is no date; write it like 2026-03-02."), json->text);
}

static gboolean
read_strv (AwRecord *record,
           const AwField *field,
           const AwJson *json,
           GString *place,
           GError **error)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  gsize length = place->len;
  int value;

  if (!want_list (json, error))
    return FALSE;
  for (guint i = 0; i < json->items->len; i++)
    {
      const AwJson *item = g_ptr_array_index (json->items, i);

      g_string_append_printf (place, "[%u]", i);
      if (!want_string (item, error))
        return FALSE;
      if ((field->flags & AW_FIELD_WORDS) && !aw_word_parse (field->vocabulary, item->text, &value))
        return fail_text (error, _("“%s” is none of the words that can stand here."), item->text);
      if ((field->flags & (AW_FIELD_WORDS | AW_FIELD_PERSON)) && !g_hash_table_add (seen, item->text))
        return fail_text (error, _("“%s” stands here twice."), item->text);
      g_strv_builder_add (builder, item->text);
      g_string_truncate (place, length);
    }

  g_strfreev (AW_FIELD_AT (record, field, char **));
  AW_FIELD_AT (record, field, char **) = json->items->len > 0 ? g_strv_builder_end (builder) : NULL;
  return TRUE;
}

static AwPair *
read_pair (const AwField *field,
           const AwJson *json,
           GString *place,
           GError **error)
{
  g_autoptr (AwPair) pair = aw_pair_new (NULL, NULL);
  gboolean told = (field->flags & AW_FIELD_TOLD) != 0;
  const AwJson *person, *other;

  if (json->type != AW_JSON_OBJECT)
    {
      g_set_error_literal (error, AW_FIELD_ERROR, AW_FIELD_ERROR_VALUE, _("an object in braces is expected here."));
      return NULL;
    }

  person = aw_json_get_member (json, "person");
  if (person != NULL && !want_string (person, error))
    {
      g_string_append (place, ".person");
      return NULL;
    }
  pair->person = person != NULL ? g_strdup (person->text) : NULL;

  other = aw_json_get_member (json, told ? "at" : "text");
  if (other != NULL && !(told ? read_instant (other, &pair->at, error) : want_string (other, error)))
    {
      g_string_append (place, told ? ".at" : ".text");
      return NULL;
    }
  if (other != NULL && !told)
    pair->text = g_strdup (other->text);

  pair->extra = aw_json_collect_extra (json, told ? told_names : pair_names);
  return g_steal_pointer (&pair);
}

static gboolean
read_pairs (AwRecord *record,
            const AwField *field,
            const AwJson *json,
            GString *place,
            GError **error)
{
  g_autoptr (GPtrArray) pairs = g_ptr_array_new_with_free_func ((GDestroyNotify) aw_pair_free);
  gsize length = place->len;

  if (!want_list (json, error))
    return FALSE;
  for (guint i = 0; i < json->items->len; i++)
    {
      AwPair *pair;

      g_string_append_printf (place, "[%u]", i);
      pair = read_pair (field, g_ptr_array_index (json->items, i), place, error);
      if (pair == NULL)
        return FALSE;
      g_ptr_array_add (pairs, pair);
      g_string_truncate (place, length);
    }

  g_clear_pointer (&AW_FIELD_AT (record, field, GPtrArray *), g_ptr_array_unref);
  if (pairs->len > 0)
    AW_FIELD_AT (record, field, GPtrArray *) = g_steal_pointer (&pairs);
  return TRUE;
}

static gboolean
append_item (GArray *array,
             const AwField *field,
             const AwJson *item,
             GError **error)
{
  AwInstant instant;
  AwDate date;
  gint64 wide;
  int value;

  if (field->kind == AW_FIELD_INSTANTS)
    {
      if (!read_instant (item, &instant, error))
        return FALSE;
      g_array_append_val (array, instant);
    }
  else if (field->kind == AW_FIELD_DATES)
    {
      if (!read_date (item, &date, error))
        return FALSE;
      g_array_append_val (array, date);
    }
  else
    {
      if (!aw_json_get_int (item, &wide))
        {
          g_set_error_literal (error, AW_FIELD_ERROR, AW_FIELD_ERROR_VALUE, _("a whole number is expected here."));
          return FALSE;
        }
      if (!in_range (field, wide))
        return fail_range (field, wide, error);
      value = (int) wide;
      g_array_append_val (array, value);
    }
  return TRUE;
}

static gboolean
read_array (AwRecord *record,
            const AwField *field,
            const AwJson *json,
            GString *place,
            GError **error)
{
  gsize size = field->kind == AW_FIELD_INSTANTS ? sizeof (AwInstant)
               : field->kind == AW_FIELD_DATES  ? sizeof (AwDate)
                                                : sizeof (int);
  g_autoptr (GArray) array = g_array_new (FALSE, FALSE, (guint) size);
  gsize length = place->len;

  if (!want_list (json, error))
    return FALSE;
  for (guint i = 0; i < json->items->len; i++)
    {
      g_string_append_printf (place, "[%u]", i);
      if (!append_item (array, field, g_ptr_array_index (json->items, i), error))
        return FALSE;
      g_string_truncate (place, length);
    }

  g_clear_pointer (&AW_FIELD_AT (record, field, GArray *), g_array_unref);
  if (array->len > 0)
    AW_FIELD_AT (record, field, GArray *) = g_steal_pointer (&array);
  return TRUE;
}

static void
append_array (GString *out,
              const GArray *array,
              AwFieldKind kind)
{
  for (guint i = 0; i < array->len; i++)
    {
      g_autofree char *text = NULL;

      if (i > 0)
        g_string_append (out, ", ");
      if (kind == AW_FIELD_INTS)
        {
          g_string_append_printf (out, "%d", g_array_index (array, int, i));
          continue;
        }
      text = kind == AW_FIELD_INSTANTS ? aw_instant_format (g_array_index (array, AwInstant, i))
                                       : aw_date_format (g_array_index (array, AwDate, i));
      aw_json_append_string (out, text);
    }
}

static void
append_pair (GString *out,
             const AwPair *pair)
{
  gboolean first = TRUE;

  g_string_append_c (out, '{');
  if (pair->person != NULL)
    {
      aw_json_append_name (out, "person", -1, &first);
      aw_json_append_string (out, pair->person);
    }
  if (pair->text != NULL)
    {
      aw_json_append_name (out, "text", -1, &first);
      aw_json_append_string (out, pair->text);
    }
  if (aw_instant_is_set (pair->at))
    {
      g_autofree char *at = aw_instant_format (pair->at);

      aw_json_append_name (out, "at", -1, &first);
      aw_json_append_string (out, at);
    }
  aw_json_append_extra (out, pair->extra, -1, &first);
  g_string_append_c (out, '}');
}

/* Public functions --------------------------------------------------------- */

/**
 * aw_field_is_absent:
 * @record: a record
 * @field: a field of its type
 *
 * Returns: whether nothing is recorded there, so that the document leaves the
 *   member out and the store holds NULL
 */
gboolean
aw_field_is_absent (AwRecord *record,
                    const AwField *field)
{
  switch (field->kind)
    {
    case AW_FIELD_TEXT:
      return AW_FIELD_AT (record, field, char *) == NULL;
    case AW_FIELD_BOOL:
      return FALSE;
    case AW_FIELD_INT:
      return AW_FIELD_AT (record, field, int) < 0 && field->min >= 0;
    case AW_FIELD_ENUM:
      return aw_word (field->vocabulary, AW_FIELD_AT (record, field, int)) == NULL;
    case AW_FIELD_INSTANT:
      return !aw_instant_is_set (AW_FIELD_AT (record, field, AwInstant));
    case AW_FIELD_DATE:
      return AW_FIELD_AT (record, field, AwDate) == AW_DATE_NONE;
    case AW_FIELD_STRV:
      return AW_FIELD_AT (record, field, char **) == NULL || *AW_FIELD_AT (record, field, char **) == NULL;
    case AW_FIELD_PAIRS:
      return AW_FIELD_AT (record, field, GPtrArray *) == NULL || AW_FIELD_AT (record, field, GPtrArray *)->len == 0;
    case AW_FIELD_INSTANTS:
    case AW_FIELD_INTS:
    case AW_FIELD_DATES:
      return AW_FIELD_AT (record, field, GArray *) == NULL || AW_FIELD_AT (record, field, GArray *)->len == 0;
    default:
      g_assert_not_reached ();
    }
}

/**
 * aw_field_append_json:
 * @out: where to
 * @record: a record
 * @field: a field of its type, not absent
 * @indent: how many steps it stands indented; negative: all on one line
 */
void
aw_field_append_json (GString *out,
                      AwRecord *record,
                      const AwField *field,
                      int indent)
{
  g_autofree char *text = NULL;
  int inner = indent < 0 ? indent : indent + 1;

  switch (field->kind)
    {
    case AW_FIELD_TEXT:
      aw_json_append_string (out, AW_FIELD_AT (record, field, char *));
      break;
    case AW_FIELD_BOOL:
      g_string_append (out, AW_FIELD_AT (record, field, gboolean) ? "true" : "false");
      break;
    case AW_FIELD_INT:
      g_string_append_printf (out, "%d", AW_FIELD_AT (record, field, int));
      break;
    case AW_FIELD_ENUM:
      aw_json_append_string (out, aw_word (field->vocabulary, AW_FIELD_AT (record, field, int)));
      break;
    case AW_FIELD_INSTANT:
      text = aw_instant_format (AW_FIELD_AT (record, field, AwInstant));
      aw_json_append_string (out, text);
      break;
    case AW_FIELD_DATE:
      text = aw_date_format (AW_FIELD_AT (record, field, AwDate));
      aw_json_append_string (out, text);
      break;
    case AW_FIELD_STRV:
      g_string_append_c (out, '[');
      for (char **item = AW_FIELD_AT (record, field, char **); *item != NULL; item++)
        {
          if (item != AW_FIELD_AT (record, field, char **))
            g_string_append (out, ", ");
          aw_json_append_string (out, *item);
        }
      g_string_append_c (out, ']');
      break;
    case AW_FIELD_PAIRS:
      {
        GPtrArray *pairs = AW_FIELD_AT (record, field, GPtrArray *);

        g_string_append_c (out, '[');
        for (guint i = 0; i < pairs->len; i++)
          {
            if (i > 0)
              g_string_append_c (out, ',');
            aw_json_append_break (out, inner);
            append_pair (out, g_ptr_array_index (pairs, i));
          }
        aw_json_append_break (out, indent);
        g_string_append_c (out, ']');
        break;
      }
    case AW_FIELD_INSTANTS:
    case AW_FIELD_INTS:
    case AW_FIELD_DATES:
      g_string_append_c (out, '[');
      append_array (out, AW_FIELD_AT (record, field, GArray *), field->kind);
      g_string_append_c (out, ']');
      break;
    default:
      g_assert_not_reached ();
    }
}

/**
 * aw_field_read_text:
 * @record: a record of one's own
 * @field: a text, enum, instant or date field of its type
 * @text: what is written there
 * @error: return location, a sentence without the place
 *
 * Returns: whether @text could be taken over; if not, @record is unchanged
 */
gboolean
aw_field_read_text (AwRecord *record,
                    const AwField *field,
                    const char *text,
                    GError **error)
{
  int value;

  if (field->kind == AW_FIELD_INSTANT)
    return aw_instant_parse (text, &AW_FIELD_AT (record, field, AwInstant)) ||
           fail_text (error, _("“%s” is no instant; write it like 2026-03-02T10:00:00-05:00."), text);
  if (field->kind == AW_FIELD_DATE)
    {
      AwDate date;

      if (!aw_date_parse (text, &date))
        return fail_text (error, _("“%s” is no date; write it like 2026-03-02."), text);
      AW_FIELD_AT (record, field, AwDate) = date;
      return TRUE;
    }
  if (field->kind == AW_FIELD_ENUM)
    {
      if (!aw_word_parse (field->vocabulary, text, &value))
        return fail_text (error, _("“%s” is none of the words that can stand here."), text);
      return aw_field_read_int (record, field, value, error);
    }

  g_assert (field->kind == AW_FIELD_TEXT);
  if ((field->flags & AW_FIELD_CLOCK) && !is_clock (text))
    {
      fail_text (error, _("“%s” is no time of day; write it like 09:00."), text);
      if (error != NULL)
        (*error)->code = AW_FIELD_ERROR_RANGE;
      return FALSE;
    }
  g_free (AW_FIELD_AT (record, field, char *));
  AW_FIELD_AT (record, field, char *) = g_strdup (text);
  return TRUE;
}

/**
 * aw_field_read_int:
 * @record: a record of one's own
 * @field: an int or enum field of its type
 * @value: the value
 * @error: return location, a sentence without the place
 *
 * Returns: whether @value is in range; if not, @record is unchanged
 */
gboolean
aw_field_read_int (AwRecord *record,
                   const AwField *field,
                   gint64 value,
                   GError **error)
{
  if (!in_range (field, value))
    return fail_range (field, value, error);
  AW_FIELD_AT (record, field, int) = (int) value;
  return TRUE;
}

/**
 * aw_field_read_json:
 * @record: a new record of one's own
 * @field: a field of its type
 * @json: (nullable): the value; %NULL: absent
 * @place: the path to the value; on failure the rest of the path to what is
 *   wrong is appended
 * @error: return location, a sentence without the place
 *
 * Returns: whether @json could be taken over; if not, @record is unchanged
 */
gboolean
aw_field_read_json (AwRecord *record,
                    const AwField *field,
                    const AwJson *json,
                    GString *place,
                    GError **error)
{
  gint64 value;

  if (json == NULL || json->type == AW_JSON_NULL)
    {
      if (!(field->flags & AW_FIELD_REQUIRED))
        return TRUE;
      g_set_error_literal (error, AW_FIELD_ERROR, AW_FIELD_ERROR_VALUE, _("this member must be there."));
      return FALSE;
    }

  switch (field->kind)
    {
    case AW_FIELD_TEXT:
    case AW_FIELD_ENUM:
    case AW_FIELD_INSTANT:
    case AW_FIELD_DATE:
      return want_string (json, error) && aw_field_read_text (record, field, json->text, error);
    case AW_FIELD_BOOL:
      if (json->type != AW_JSON_TRUE && json->type != AW_JSON_FALSE)
        {
          g_set_error_literal (error, AW_FIELD_ERROR, AW_FIELD_ERROR_VALUE, _("true or false is expected here."));
          return FALSE;
        }
      AW_FIELD_AT (record, field, gboolean) = json->type == AW_JSON_TRUE;
      return TRUE;
    case AW_FIELD_INT:
      if (!aw_json_get_int (json, &value))
        {
          g_set_error_literal (error, AW_FIELD_ERROR, AW_FIELD_ERROR_VALUE, _("a whole number is expected here."));
          return FALSE;
        }
      return aw_field_read_int (record, field, value, error);
    case AW_FIELD_STRV:
      return read_strv (record, field, json, place, error);
    case AW_FIELD_PAIRS:
      return read_pairs (record, field, json, place, error);
    case AW_FIELD_INSTANTS:
    case AW_FIELD_INTS:
    case AW_FIELD_DATES:
      return read_array (record, field, json, place, error);
    default:
      g_assert_not_reached ();
    }
}

/**
 * aw_json_collect_extra:
 * @object: an object
 * @known: %NULL-terminated names of the members that somebody reads
 *
 * Returns: (transfer full) (nullable): the other members as an object in
 *   text, to be kept and written back; %NULL if there are none
 */
char *
aw_json_collect_extra (const AwJson *object,
                       const char *const *known)
{
  GString *out = NULL;

  for (guint i = 0; i < object->items->len; i++)
    {
      const AwJson *item = g_ptr_array_index (object->items, i);

      if (g_strv_contains (known, item->name))
        continue;
      if (out == NULL)
        out = g_string_new ("{");
      else
        g_string_append_c (out, ',');
      aw_json_append_string (out, item->name);
      g_string_append_c (out, ':');
      aw_json_append_value (out, item, -1);
    }
  if (out == NULL)
    return NULL;
  g_string_append_c (out, '}');
  return g_string_free (out, FALSE);
}

/**
 * aw_json_append_name:
 * @out: where to
 * @name: a member's name
 * @indent: how many steps members stand indented; negative: on one line
 * @first: (inout): whether it is the first member
 *
 * Appends what stands before a member's value.
 */
void
aw_json_append_name (GString *out,
                     const char *name,
                     int indent,
                     gboolean *first)
{
  if (!*first)
    g_string_append (out, indent < 0 ? ", " : ",");
  *first = FALSE;
  aw_json_append_break (out, indent);
  aw_json_append_string (out, name);
  g_string_append (out, ": ");
}

/**
 * aw_json_append_extra:
 * @out: where to
 * @extra: (nullable): members that were kept, an object as text
 * @indent: how many steps members stand indented; negative: on one line
 * @first: (inout): whether they are the first members
 */
void
aw_json_append_extra (GString *out,
                      const char *extra,
                      int indent,
                      gboolean *first)
{
  g_autoptr (AwJson) json = extra != NULL ? aw_json_parse (extra, strlen (extra), NULL) : NULL;

  if (json == NULL || json->type != AW_JSON_OBJECT)
    return;
  for (guint i = 0; i < json->items->len; i++)
    {
      const AwJson *item = g_ptr_array_index (json->items, i);

      aw_json_append_name (out, item->name, indent, first);
      aw_json_append_value (out, item, indent);
    }
}
