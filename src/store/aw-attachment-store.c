/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/aw-attachment-store.h"

#include "store/aw-database-private.h"

void
aw_attachment_info_free (AwAttachmentInfo *info)
{
  if (info == NULL)
    return;
  g_free (info->id);
  g_free (info->name);
  g_free (info->type);
  g_free (info);
}

static void
info_free (gpointer data)
{
  aw_attachment_info_free (data);
}

static gboolean
finish (AwDatabase *database,
        sqlite3_stmt *statement,
        GError **error)
{
  if (sqlite3_step (statement) == SQLITE_DONE)
    return TRUE;
  aw_database_set_error (database, error);
  return FALSE;
}

/**
 * aw_attachment_store_list:
 * @database: a database
 * @message: id of a message
 * @error: return location
 *
 * Returns: (transfer full) (element-type AwAttachmentInfo): its files, in order
 */
GPtrArray *
aw_attachment_store_list (AwDatabase *database,
                          const char *message,
                          GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (info_free);
  g_autoptr (AwStatement) statement =
    aw_database_prepare (database, "SELECT id, name, type, length (data) FROM attachment WHERE message = ? ORDER BY position, id", error);
  int status;

  if (statement == NULL)
    return NULL;
  sqlite3_bind_text (statement, 1, message, -1, SQLITE_TRANSIENT);
  while ((status = sqlite3_step (statement)) == SQLITE_ROW)
    {
      AwAttachmentInfo *info = g_new0 (AwAttachmentInfo, 1);

      info->id = g_strdup ((const char *) sqlite3_column_text (statement, 0));
      info->name = g_strdup ((const char *) sqlite3_column_text (statement, 1));
      info->type = g_strdup ((const char *) sqlite3_column_text (statement, 2));
      info->size = (gsize) sqlite3_column_int64 (statement, 3);
      g_ptr_array_add (list, info);
    }
  if (status == SQLITE_DONE)
    return g_steal_pointer (&list);
  aw_database_set_error (database, error);
  return NULL;
}

/**
 * aw_attachment_store_add:
 * @database: a database
 * @message: id of a message; it need not be stored yet
 * @name: the file's name, without folders
 * @type: its media type
 * @data: its bytes
 * @error: return location
 *
 * Returns: (transfer full): the new attachment's id
 */
char *
aw_attachment_store_add (AwDatabase *database,
                         const char *message,
                         const char *name,
                         const char *type,
                         GBytes *data,
                         GError **error)
{
  g_autofree char *id = g_uuid_string_random ();
  g_autoptr (AwStatement) statement =
    aw_database_prepare (database,
                         "INSERT INTO attachment (id, message, position, name, type, data) VALUES (?1, ?2, "
                         "(SELECT coalesce (max (position), -1) + 1 FROM attachment WHERE message = ?2), ?3, ?4, ?5)",
                         error);
  gsize length;
  gconstpointer bytes = g_bytes_get_data (data, &length);

  if (statement == NULL)
    return NULL;
  sqlite3_bind_text (statement, 1, id, -1, SQLITE_TRANSIENT);
  sqlite3_bind_text (statement, 2, message, -1, SQLITE_TRANSIENT);
  sqlite3_bind_text (statement, 3, name, -1, SQLITE_TRANSIENT);
  sqlite3_bind_text (statement, 4, type, -1, SQLITE_TRANSIENT);
  if (length > 0)
    sqlite3_bind_blob64 (statement, 5, bytes, length, SQLITE_STATIC);
  else
    sqlite3_bind_zeroblob (statement, 5, 0);
  return finish (database, statement, error) ? g_steal_pointer (&id) : NULL;
}

/**
 * aw_attachment_store_take_off:
 * @database: a database
 * @id: an attachment
 * @error: return location
 *
 * Returns: whether it belongs to no message any more
 */
gboolean
aw_attachment_store_take_off (AwDatabase *database,
                              const char *id,
                              GError **error)
{
  return aw_attachment_store_put_back (database, id, "", error);
}

/**
 * aw_attachment_store_put_back:
 * @database: a database
 * @id: an attachment that was taken off
 * @message: the message that it belonged to
 * @error: return location
 *
 * Returns: whether it is there again
 */
gboolean
aw_attachment_store_put_back (AwDatabase *database,
                              const char *id,
                              const char *message,
                              GError **error)
{
  g_autoptr (AwStatement) statement = aw_database_prepare (database, "UPDATE attachment SET message = ?2 WHERE id = ?1", error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_text (statement, 1, id, -1, SQLITE_TRANSIENT);
  sqlite3_bind_text (statement, 2, message, -1, SQLITE_TRANSIENT);
  return finish (database, statement, error);
}

/**
 * aw_attachment_store_purge:
 * @database: a database
 * @error: return location
 *
 * Returns: whether nothing is left of messages that are gone
 */
gboolean
aw_attachment_store_purge (AwDatabase *database,
                           GError **error)
{
  g_autoptr (AwStatement) statement =
    aw_database_prepare (database, "DELETE FROM attachment WHERE message NOT IN (SELECT id FROM message)", error);

  return statement != NULL && finish (database, statement, error);
}
