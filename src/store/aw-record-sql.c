/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/aw-record-sql.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/aw-record-json.h"

/* Columns: id, opportunity (where there is one), position, extra, fields. */
static gboolean
has_owner (const AwRecordClass *klass)
{
  return klass->kind > AW_RECORD_OPPORTUNITY && klass->kind < AW_N_DOSSIER_KINDS;
}

static void
append_columns (GString *sql,
                const AwRecordClass *klass)
{
  g_string_append (sql, has_owner (klass) ? "id, opportunity, position, extra" : "id, position, extra");
  for (guint i = 0; i < klass->n_fields; i++)
    g_string_append_printf (sql, ", \"%s\"", klass->fields[i].name);
}

/* A copy of a text column, mended if somebody put broken UTF-8 there. */
static char *
dup_text (sqlite3_stmt *row,
          int column,
          gboolean *mended)
{
  const char *text = (const char *) sqlite3_column_text (row, column);

  if (text == NULL || g_utf8_validate (text, -1, NULL))
    return g_strdup (text);
  *mended = TRUE;
  return g_utf8_make_valid (text, -1);
}

static gboolean
read_list (AwRecord *record,
           const AwField *field,
           const char *text,
           GError **error)
{
  g_autoptr (GString) place = g_string_new (NULL);
  g_autoptr (AwJson) json = aw_json_parse (text, strlen (text), error);

  return json != NULL && aw_field_read_json (record, field, json, place, error);
}

/* NULL in the column. What "nothing recorded" is depends on the field, and a
 * policy has no "nothing". */
static gboolean
read_null (AwRecord *record,
           const AwField *field)
{
  if (field->kind == AW_FIELD_TEXT && field->initial_text != NULL)
    return (field->flags & AW_FIELD_CLOCK) == 0;
  if (field->kind == AW_FIELD_ENUM)
    {
      if (field->vocabulary->names[0] != NULL || field->min > 0)
        return FALSE;
      AW_FIELD_AT (record, field, int) = 0;
      return (field->flags & AW_FIELD_REQUIRED) == 0;
    }
  if (field->kind == AW_FIELD_INT)
    return field->initial < 0;
  return field->kind != AW_FIELD_BOOL && (field->flags & AW_FIELD_REQUIRED) == 0;
}

static gboolean
read_field (AwRecord *record,
            const AwField *field,
            sqlite3_stmt *row,
            int column,
            GError **error)
{
  g_autofree char *text = NULL;
  gboolean mended = FALSE;

  if (sqlite3_column_type (row, column) == SQLITE_NULL)
    {
      if (read_null (record, field))
        return TRUE;
      g_set_error_literal (error, AW_FIELD_ERROR, AW_FIELD_ERROR_VALUE, _("nothing is recorded there."));
      return FALSE;
    }

  switch (field->kind)
    {
    case AW_FIELD_BOOL:
      AW_FIELD_AT (record, field, gboolean) = sqlite3_column_int64 (row, column) != 0;
      return TRUE;
    case AW_FIELD_INT:
      if (sqlite3_column_type (row, column) == SQLITE_INTEGER)
        return aw_field_read_int (record, field, sqlite3_column_int64 (row, column), error);
      g_set_error_literal (error, AW_FIELD_ERROR, AW_FIELD_ERROR_VALUE, _("a whole number is expected here."));
      return FALSE;
    case AW_FIELD_TEXT:
    case AW_FIELD_ENUM:
    case AW_FIELD_INSTANT:
    case AW_FIELD_DATE:
    case AW_FIELD_STRV:
    case AW_FIELD_PAIRS:
    case AW_FIELD_INSTANTS:
    case AW_FIELD_INTS:
    case AW_FIELD_DATES:
    default:
      break;
    }

  text = dup_text (row, column, &mended);
  if (text == NULL) /* out of memory */
    return TRUE;
  if (field->kind == AW_FIELD_TEXT || field->kind == AW_FIELD_ENUM || field->kind == AW_FIELD_INSTANT ||
      field->kind == AW_FIELD_DATE)
    {
      if (!aw_field_read_text (record, field, text, error))
        return FALSE;
    }
  else if (!read_list (record, field, text, error))
    return FALSE;

  if (mended)
    g_set_error_literal (error, AW_FIELD_ERROR, AW_FIELD_ERROR_VALUE, _("the text is not UTF-8."));
  return !mended;
}

/* Public functions --------------------------------------------------------- */

/**
 * aw_sql_select:
 * @klass: a kind of record
 * @rest: what follows the table ("WHERE …")
 *
 * Returns: (transfer full): the statement whose rows aw_sql_read() reads
 */
char *
aw_sql_select (const AwRecordClass *klass,
               const char *rest)
{
  GString *sql = g_string_new ("SELECT ");

  append_columns (sql, klass);
  g_string_append_printf (sql, " FROM \"%s\" %s", klass->table, rest);
  return g_string_free (sql, FALSE);
}

static char *
make_insert (const AwRecordClass *klass)
{
  GString *sql = g_string_new (NULL);

  g_string_append_printf (sql, "INSERT INTO \"%s\" (", klass->table);
  append_columns (sql, klass);
  g_string_append (sql, ") VALUES (?");
  for (guint i = 0; i < klass->n_fields + (has_owner (klass) ? 3 : 2); i++)
    g_string_append (sql, ", ?");
  g_string_append_c (sql, ')');
  return g_string_free (sql, FALSE);
}

/**
 * aw_sql_insert:
 * @klass: a kind of record
 *
 * Returns: the statement for aw_sql_bind_all()
 */
const char *
aw_sql_insert (const AwRecordClass *klass)
{
  static gsize made;
  static const char *statements[AW_N_RECORD_KINDS];

  if (g_once_init_enter (&made))
    {
      for (guint kind = 0; kind < AW_N_RECORD_KINDS; kind++)
        statements[kind] = make_insert (aw_record_kind_get_class (kind));
      g_once_init_leave (&made, 1);
    }
  return statements[klass->kind];
}

/**
 * aw_sql_read:
 * @klass: a kind of record
 * @row: a row of aw_sql_select()
 * @problem: (nullable): is told what the row holds that a record cannot
 * @data: for @problem
 *
 * Whatever stands in the row, the record is sound: a member that is not
 * readable keeps its initial value.
 *
 * Returns: (transfer full): the record
 */
AwRecord *
aw_sql_read (const AwRecordClass *klass,
             sqlite3_stmt *row,
             AwRowProblemFunc problem,
             gpointer data)
{
  AwRecord *record = g_object_new (G_TYPE_FROM_CLASS (klass), NULL);
  gboolean mended = FALSE;
  int column = 0;

  record->id = dup_text (row, column++, &mended);
  if (record->id == NULL)
    record->id = g_strdup ("");
  if (has_owner (klass))
    record->opportunity = dup_text (row, column++, &mended);
  record->position = sqlite3_column_int64 (row, column++);
  record->extra = dup_text (row, column++, &mended);
  if (mended && problem != NULL)
    problem (record, NULL, _("the text is not UTF-8."), data);

  for (guint i = 0; i < klass->n_fields; i++)
    {
      g_autoptr (GError) error = NULL;

      if (!read_field (record, &klass->fields[i], row, column++, problem != NULL ? &error : NULL) && problem != NULL)
        problem (record, &klass->fields[i], error->message, data);
    }
  return record;
}

/**
 * aw_sql_bind_text:
 * @statement: a statement
 * @index: which parameter, from 1
 * @text: (nullable): a text, copied
 *
 * Returns: SQLite's result
 */
int
aw_sql_bind_text (sqlite3_stmt *statement,
                  int index,
                  const char *text)
{
  return text != NULL ? sqlite3_bind_text (statement, index, text, -1, SQLITE_TRANSIENT)
                      : sqlite3_bind_null (statement, index);
}

/**
 * aw_sql_bind_field:
 * @statement: a statement
 * @index: which parameter, from 1
 * @record: a record
 * @field: a field of its type
 *
 * Returns: SQLite's result
 */
int
aw_sql_bind_field (sqlite3_stmt *statement,
                   int index,
                   AwRecord *record,
                   const AwField *field)
{
  g_autoptr (GString) list = NULL;
  g_autofree char *text = NULL;

  if (aw_field_is_absent (record, field))
    return sqlite3_bind_null (statement, index);

  switch (field->kind)
    {
    case AW_FIELD_TEXT:
      return aw_sql_bind_text (statement, index, AW_FIELD_AT (record, field, char *));
    case AW_FIELD_BOOL:
      return sqlite3_bind_int (statement, index, AW_FIELD_AT (record, field, gboolean) ? 1 : 0);
    case AW_FIELD_INT:
      return sqlite3_bind_int (statement, index, AW_FIELD_AT (record, field, int));
    case AW_FIELD_ENUM:
      return aw_sql_bind_text (statement, index, aw_word (field->vocabulary, AW_FIELD_AT (record, field, int)));
    case AW_FIELD_INSTANT:
      text = aw_instant_format (AW_FIELD_AT (record, field, AwInstant));
      return aw_sql_bind_text (statement, index, text);
    case AW_FIELD_DATE:
      text = aw_date_format (AW_FIELD_AT (record, field, AwDate));
      return aw_sql_bind_text (statement, index, text);
    case AW_FIELD_STRV:
    case AW_FIELD_PAIRS:
    case AW_FIELD_INSTANTS:
    case AW_FIELD_INTS:
    case AW_FIELD_DATES:
      list = g_string_new (NULL);
      aw_field_append_json (list, record, field, -1);
      return aw_sql_bind_text (statement, index, list->str);
    default:
      g_assert_not_reached ();
    }
}

/**
 * aw_sql_bind_all:
 * @statement: of aw_sql_insert()
 * @record: a record
 *
 * Returns: SQLite's result
 */
int
aw_sql_bind_all (sqlite3_stmt *statement,
                 AwRecord *record)
{
  const AwRecordClass *klass = AW_RECORD_GET_CLASS (record);
  int index = 1;
  int result = aw_sql_bind_text (statement, index++, record->id);

  if (result == SQLITE_OK && has_owner (klass))
    result = aw_sql_bind_text (statement, index++, record->opportunity);
  if (result == SQLITE_OK)
    result = sqlite3_bind_int64 (statement, index++, record->position);
  if (result == SQLITE_OK)
    result = aw_sql_bind_text (statement, index++, record->extra);
  for (guint i = 0; i < klass->n_fields && result == SQLITE_OK; i++)
    result = aw_sql_bind_field (statement, index++, record, &klass->fields[i]);
  return result;
}
