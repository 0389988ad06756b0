/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/aw-search-index.h"

#include <string.h>

#include "store/aw-database-private.h"
#include "store/aw-record-sql.h"

/* Which texts are searched: what a thing is called, and the rest. Whoever
 * changes this raises INDEX_VERSION, and every database makes its index anew
 * when it is opened. */
#define INDEX_VERSION "1"
#define INDEX_SETTING "search-index"

/* Words wait in memory before they become a part of the index, and many small
 * parts have to be merged again. FTS5's own limit is a megabyte. */
#define SMALL_BUFFER (1 << 20)
#define LARGE_BUFFER (64 << 20)

static const struct
{
  const char *name[3];
  const char *body[6];
} texts[AW_N_RECORD_KINDS] = {
  [AW_RECORD_OPPORTUNITY] = { { "company", "role" }, { "notes", "qualifications", "source" } },
  [AW_RECORD_PERSON] = { { "name", "email" }, { "title", "phone", "address" } },
  [AW_RECORD_INTERVIEW] = { { "location" }, { "topics", "can_do", "forgot", "said_wrong" } },
  [AW_RECORD_TOUCH] = { { "subject" }, { "text" } },
  [AW_RECORD_STEP] = { { "title" }, { NULL } },
  [AW_RECORD_ARTICLE] = { { "title" }, { "why", "url" } },
  [AW_RECORD_QUESTION] = { { "text" }, { "answer" } },
  [AW_RECORD_MESSAGE] = { { "subject" }, { "body" } },
};

/* What belongs to no opportunity leads to none: a test of an account. */
static gboolean
is_found (AwRecord *record)
{
  return aw_record_get_kind (record) == AW_RECORD_OPPORTUNITY || record->opportunity != NULL;
}

static void
append (GString *words,
        const char *text)
{
  if (text == NULL || *text == '\0')
    return;
  if (words->len > 0)
    g_string_append_c (words, ' ');
  g_string_append (words, text);
}

static char *
collect (AwRecord *record,
         const char *const *names)
{
  const AwRecordClass *klass = AW_RECORD_GET_CLASS (record);
  GString *words = g_string_new (NULL);

  for (; *names != NULL; names++)
    for (guint i = 0; i < klass->n_fields; i++)
      {
        const AwField *field = &klass->fields[i];

        if (strcmp (field->name, *names) != 0)
          continue;
        if (field->kind == AW_FIELD_TEXT)
          append (words, AW_FIELD_AT (record, field, char *));
        else
          {
            GPtrArray *pairs = AW_FIELD_AT (record, field, GPtrArray *);

            g_assert (field->kind == AW_FIELD_PAIRS);
            for (guint j = 0; pairs != NULL && j < pairs->len; j++)
              append (words, ((AwPair *) g_ptr_array_index (pairs, j))->text);
          }
      }
  return g_string_free (words, FALSE);
}

/* Runs a statement with texts and perhaps a number before them. */
static gboolean
run (AwDatabase *database,
     const char *sql,
     gint64 number,
     const char *a,
     const char *b,
     const char *c,
     const char *d,
     const char *e,
     GError **error)
{
  const char *parameters[] = { a, b, c, d, e };
  g_autoptr (AwStatement) statement = aw_database_prepare (database, sql, error);
  int index = 1;

  if (statement == NULL)
    return FALSE;
  if (number != 0)
    sqlite3_bind_int64 (statement, index++, number);
  for (guint i = 0; i < G_N_ELEMENTS (parameters) && parameters[i] != NULL; i++)
    sqlite3_bind_text (statement, index++, parameters[i], -1, SQLITE_STATIC);
  if (sqlite3_step (statement) == SQLITE_DONE)
    return TRUE;
  aw_database_set_error (database, error);
  return FALSE;
}

/* The entry's number, 0 if there is none; its texts leave the words. */
static gboolean
take_out (AwDatabase *database,
          const char *type,
          const char *id,
          gint64 *entry,
          GError **error)
{
  g_autoptr (AwStatement) statement = aw_database_prepare (database,
                                                           "SELECT entry, name, body FROM search_entry "
                                                           "WHERE type = ? AND id = ?",
                                                           error);
  int result;

  *entry = 0;
  if (statement == NULL)
    return FALSE;
  sqlite3_bind_text (statement, 1, type, -1, SQLITE_STATIC);
  sqlite3_bind_text (statement, 2, id, -1, SQLITE_STATIC);
  result = sqlite3_step (statement);
  if (result == SQLITE_DONE)
    return TRUE;
  if (result != SQLITE_ROW)
    {
      aw_database_set_error (database, error);
      return FALSE;
    }

  *entry = sqlite3_column_int64 (statement, 0);
  return run (database, "INSERT INTO search_words (search_words, rowid, name, body) VALUES ('delete', ?, ?, ?)", *entry,
              (const char *) sqlite3_column_text (statement, 1), (const char *) sqlite3_column_text (statement, 2),
              NULL, NULL, NULL, error);
}

static gboolean
add_entry (AwDatabase *database,
           AwRecord *record,
           const char *name,
           const char *body,
           gint64 *entry,
           GError **error)
{
  if (!run (database, "INSERT INTO search_entry (type, id, opportunity, name, body) VALUES (?, ?, ?, ?, ?)", 0,
            AW_RECORD_GET_CLASS (record)->table, record->id, record->opportunity != NULL ? record->opportunity : record->id, name, body, error))
    return FALSE;
  *entry = sqlite3_last_insert_rowid (aw_database_get_handle (database));
  return TRUE;
}

/* What goes with the opportunity by itself (ON DELETE CASCADE). */
static gboolean
remove_owned (AwDatabase *database,
              const char *opportunity,
              GError **error)
{
  return run (database,
              "INSERT INTO search_words (search_words, rowid, name, body) "
              "SELECT 'delete', entry, name, body FROM search_entry WHERE opportunity = ?",
              0, opportunity, NULL, NULL, NULL, NULL, error) &&
         run (database, "DELETE FROM search_entry WHERE opportunity = ?", 0, opportunity, NULL, NULL, NULL, NULL, error);
}

static gboolean
index_kind (AwDatabase *database,
            AwRecordKind kind,
            GError **error)
{
  const AwRecordClass *klass = aw_record_kind_get_class (kind);
  g_autofree char *sql = aw_sql_select (klass, "ORDER BY rowid");
  g_autoptr (AwStatement) statement = aw_database_prepare (database, sql, error);
  int result;

  if (statement == NULL)
    return FALSE;
  while ((result = sqlite3_step (statement)) == SQLITE_ROW)
    {
      g_autoptr (AwRecord) record = aw_sql_read (klass, statement, NULL, NULL);

      if (!aw_search_index_put (database, record, error))
        return FALSE;
    }
  if (result == SQLITE_DONE)
    return TRUE;
  aw_database_set_error (database, error);
  return FALSE;
}

/* Public functions --------------------------------------------------------- */

/**
 * aw_search_index_has:
 * @kind: a kind of record
 *
 * Returns: whether its texts are searched
 */
gboolean
aw_search_index_has (AwRecordKind kind)
{
  return texts[kind].name[0] != NULL;
}

/**
 * aw_search_index_put:
 * @database: a connection in a transaction
 * @record: a record as it is now, of a kind that is searched
 * @error: return location
 *
 * Returns: whether its words are in the index
 */
gboolean
aw_search_index_put (AwDatabase *database,
                     AwRecord *record,
                     GError **error)
{
  const AwRecordClass *klass = AW_RECORD_GET_CLASS (record);
  const char *opportunity = record->opportunity != NULL ? record->opportunity : record->id;
  g_autofree char *name = NULL;
  g_autofree char *body = NULL;
  gint64 entry;

  if (!is_found (record))
    return TRUE;
  name = collect (record, texts[klass->kind].name);
  body = collect (record, texts[klass->kind].body);
  if (!take_out (database, klass->table, record->id, &entry, error))
    return FALSE;
  if (entry != 0)
    {
      if (!run (database, "UPDATE search_entry SET opportunity = ?2, name = ?3, body = ?4 WHERE entry = ?1", entry,
                opportunity, name, body, NULL, NULL, error))
        return FALSE;
    }
  else
    {
      if (!add_entry (database, record, name, body, &entry, error))
        return FALSE;
    }
  return run (database, "INSERT INTO search_words (rowid, name, body) VALUES (?, ?, ?)", entry, name, body,
              NULL, NULL, NULL, error);
}

/**
 * aw_search_index_put_later:
 * @database: a connection in a transaction
 * @record: a new record of a kind that is searched
 * @batch: what waits
 * @error: return location
 *
 * As aw_search_index_put(), but the words are only there after
 * aw_search_index_flush().
 *
 * Returns: whether that was done
 */
gboolean
aw_search_index_put_later (AwDatabase *database,
                           AwRecord *record,
                           AwSearchBatch *batch,
                           GError **error)
{
  const AwRecordClass *klass = AW_RECORD_GET_CLASS (record);
  g_autofree char *name = NULL;
  g_autofree char *body = NULL;
  gint64 entry;

  if (!is_found (record))
    return TRUE;
  name = collect (record, texts[klass->kind].name);
  body = collect (record, texts[klass->kind].body);
  if (!add_entry (database, record, name, body, &entry, error))
    return FALSE;
  g_assert (batch->last == 0 || entry == batch->last + 1); /* nothing was taken out meanwhile */
  if (batch->first == 0)
    batch->first = entry;
  batch->last = entry;
  return TRUE;
}

/**
 * aw_search_index_flush:
 * @database: a connection in a transaction
 * @batch: what waits; nothing afterwards
 * @error: return location
 *
 * Returns: whether the words of all that waited are in the index
 */
gboolean
aw_search_index_flush (AwDatabase *database,
                       AwSearchBatch *batch,
                       GError **error)
{
  g_autoptr (AwStatement) statement = NULL;

  if (batch->first == 0)
    return TRUE;
  statement = aw_database_prepare (database,
                                   "INSERT INTO search_words (rowid, name, body) "
                                   "SELECT entry, name, body FROM search_entry WHERE entry BETWEEN ? AND ?",
                                   error);
  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, batch->first);
  sqlite3_bind_int64 (statement, 2, batch->last);
  batch->first = batch->last = 0;
  if (sqlite3_step (statement) == SQLITE_DONE)
    return TRUE;
  aw_database_set_error (database, error);
  return FALSE;
}

/**
 * aw_search_index_set_buffer:
 * @database: a connection in a transaction
 * @large: whether many words come; set back before the commit
 * @error: return location
 *
 * Returns: whether that was done
 */
gboolean
aw_search_index_set_buffer (AwDatabase *database,
                            gboolean large,
                            GError **error)
{
  g_autoptr (AwStatement) statement = aw_database_prepare (database, "INSERT INTO search_words (search_words, rank) VALUES ('hashsize', ?)", error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, large ? LARGE_BUFFER : SMALL_BUFFER);
  if (sqlite3_step (statement) == SQLITE_DONE)
    return TRUE;
  aw_database_set_error (database, error);
  return FALSE;
}

/**
 * aw_search_index_remove:
 * @database: a connection in a transaction
 * @record: a record that is removed, of a kind that is searched
 * @error: return location
 *
 * Returns: whether its words, and those of all that it owns, have left the index
 */
gboolean
aw_search_index_remove (AwDatabase *database,
                        AwRecord *record,
                        GError **error)
{
  gint64 entry;

  if (aw_record_get_kind (record) == AW_RECORD_OPPORTUNITY)
    return remove_owned (database, record->id, error);
  return take_out (database, AW_RECORD_GET_CLASS (record)->table, record->id, &entry, error) &&
         (entry == 0 || run (database, "DELETE FROM search_entry WHERE entry = ?", entry, NULL, NULL, NULL, NULL, NULL, error));
}

/**
 * aw_search_index_is_current:
 * @database: a connection
 *
 * Returns: whether the index holds what this version searches
 */
gboolean
aw_search_index_is_current (AwDatabase *database)
{
  g_autofree char *version = aw_database_get_setting (database, INDEX_SETTING);

  return g_strcmp0 (version, INDEX_VERSION) == 0;
}

/**
 * aw_search_index_rebuild:
 * @database: a connection in a transaction
 * @error: return location
 *
 * Makes the index anew from the facts.
 *
 * Returns: whether that was done
 */
gboolean
aw_search_index_rebuild (AwDatabase *database,
                         GError **error)
{
  if (!aw_database_exec (database,
                         "INSERT INTO search_words (search_words) VALUES ('delete-all'); DELETE FROM search_entry",
                         error))
    return FALSE;
  for (guint kind = 0; kind < AW_N_RECORD_KINDS; kind++)
    if (aw_search_index_has (kind) && !index_kind (database, kind, error))
      return FALSE;
  return aw_database_set_setting (database, INDEX_SETTING, INDEX_VERSION, error);
}
