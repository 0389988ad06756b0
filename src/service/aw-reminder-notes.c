/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/aw-reminder-notes.h"

#include <stdlib.h>

#define SUMMARY "agent-summary"

struct _AwReminderNotes
{
  AwWriter *writer;
  guint32 summary;
};

AwReminderNotes *
aw_reminder_notes_new (AwDatabase *database,
                       AwWriter *writer)
{
  AwReminderNotes *self = g_new0 (AwReminderNotes, 1);
  g_autofree char *number = aw_database_get_setting (database, SUMMARY);

  self->writer = g_object_ref (writer);
  self->summary = number != NULL ? (guint32) strtoul (number, NULL, 10) : 0;
  return self;
}

void
aw_reminder_notes_free (AwReminderNotes *self)
{
  g_object_unref (self->writer);
  g_free (self);
}

static void
note (AwReminderNotes *self,
      AwWriteFunc func,
      gpointer data,
      GDestroyNotify free_data)
{
  g_autoptr(GError) error = NULL;

  if (!aw_writer_write (self->writer, func, data, free_data, &error))
    g_warning ("What was shown could not be noted: %s", error->message);
}

static gboolean
write_rows_back (AwDatabase *database,
                 gpointer data,
                 GError **error)
{
  GPtrArray *rows = data;

  if (!aw_database_begin (database, error))
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    if (!aw_reminder_put_back (database, g_ptr_array_index (rows, i), error))
      {
        aw_database_rollback (database);
        return FALSE;
      }
  return aw_database_commit (database, error);
}

void
aw_reminder_notes_put_back (AwReminderNotes *self,
                            GPtrArray *rows)
{
  note (self, write_rows_back, g_ptr_array_ref (rows), (GDestroyNotify) g_ptr_array_unref);
}

static gboolean
write_number (AwDatabase *database,
              gpointer data,
              GError **error)
{
  const AwReminder *row = data;

  return aw_reminder_set_server_id (database, row->opportunity, row->key, row->server_id, error);
}

void
aw_reminder_notes_number (AwReminderNotes *self,
                          const char *opportunity,
                          const char *key,
                          guint32 number)
{
  AwReminder *row = aw_reminder_new (opportunity, key, 0, 0);

  row->server_id = number;
  note (self, write_number, row, (GDestroyNotify) aw_reminder_free);
}

static gboolean
write_no_summary (AwDatabase *database,
                  G_GNUC_UNUSED gpointer data,
                  GError **error)
{
  return aw_reminder_forget_summary (database, error);
}

void
aw_reminder_notes_no_summary (AwReminderNotes *self)
{
  note (self, write_no_summary, NULL, NULL);
}

static gboolean
write_no_server (AwDatabase *database,
                 G_GNUC_UNUSED gpointer data,
                 GError **error)
{
  return aw_reminder_forget_server (database, error);
}

void
aw_reminder_notes_no_server (AwReminderNotes *self)
{
  note (self, write_no_server, NULL, NULL);
}

static gboolean
write_summary (AwDatabase *database,
               gpointer data,
               GError **error)
{
  g_autofree char *text = data != NULL ? g_strdup_printf ("%u", GPOINTER_TO_UINT (data)) : NULL;

  return aw_database_set_setting (database, SUMMARY, text, error);
}

void
aw_reminder_notes_set_summary (AwReminderNotes *self,
                               guint32 number)
{
  if (number == self->summary)
    return;
  self->summary = number;
  note (self, write_summary, GUINT_TO_POINTER (number), NULL);
}

guint32
aw_reminder_notes_get_summary (AwReminderNotes *self)
{
  return self->summary;
}
