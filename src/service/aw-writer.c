/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/aw-writer.h"

/* How long one statement may wait for another process: less than a frame. At
 * the end nothing waits for us any longer. All in milliseconds. */
#define PATIENCE 10
#define LAST_PATIENCE 5000

/* When to try again. */
#define FIRST_INTERVAL 100
#define WORTH_A_WORD (8 * FIRST_INTERVAL)
#define LAST_INTERVAL (30 * 1000)

typedef struct
{
  AwWriteFunc func;
  gpointer data;
  GDestroyNotify free_data;
} Write;

struct _AwWriter
{
  GObject parent_instance;

  AwDatabase *database;
  GQueue waiting; /* of Write */
  gboolean flushing;
  guint timer;
  guint interval;
};

G_DEFINE_FINAL_TYPE (AwWriter, aw_writer, G_TYPE_OBJECT)

enum
{
  AGAIN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
write_free (gpointer data)
{
  Write *write = data;

  if (write->free_data != NULL)
    write->free_data (write->data);
  g_free (write);
}

/* Time may help: somebody else is at it, or the disk is full. */
static gboolean
is_for_later (const GError *error)
{
  return g_error_matches (error, AW_STORE_ERROR, AW_STORE_ERROR_BUSY) ||
         g_error_matches (error, AW_STORE_ERROR, AW_STORE_ERROR_TELL);
}

static gboolean
on_timer (gpointer data)
{
  AwWriter *self = data;

  self->timer = 0;
  self->interval = MIN (2 * self->interval, LAST_INTERVAL);
  g_signal_emit (self, signals[AGAIN], 0);
  return G_SOURCE_REMOVE;
}

static void
aw_writer_finalize (GObject *object)
{
  AwWriter *self = AW_WRITER (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_queue_clear_full (&self->waiting, write_free);
  g_object_unref (self->database);

  G_OBJECT_CLASS (aw_writer_parent_class)->finalize (object);
}

static void
aw_writer_class_init (AwWriterClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = aw_writer_finalize;

  signals[AGAIN] = g_signal_new ("again", AW_TYPE_WRITER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
aw_writer_init (AwWriter *self)
{
  g_queue_init (&self->waiting);
  self->interval = FIRST_INTERVAL;
}

/**
 * aw_writer_new:
 * @database: a connection; whoever uses it will not wait any longer
 *
 * Returns: (transfer full): a writer
 */
AwWriter *
aw_writer_new (AwDatabase *database)
{
  AwWriter *self = g_object_new (AW_TYPE_WRITER, NULL);

  self->database = g_object_ref (database);
  aw_database_set_patience (database, PATIENCE);
  return self;
}

/**
 * aw_writer_write:
 * @self: a writer
 * @func: writes
 * @data: for @func
 * @free_data: (nullable): frees @data
 * @error: return location
 *
 * Returns: whether it is written or will be; %FALSE with @error set if it never
 *   can be
 */
gboolean
aw_writer_write (AwWriter *self,
                 AwWriteFunc func,
                 gpointer data,
                 GDestroyNotify free_data,
                 GError **error)
{
  g_autoptr(GError) local = NULL;
  Write *write;

  g_return_val_if_fail (AW_IS_WRITER (self), FALSE);

  write = g_new0 (Write, 1);
  write->func = func;
  write->data = data;
  write->free_data = free_data;
  if (self->flushing || !g_queue_is_empty (&self->waiting))
    {
      g_queue_push_tail (&self->waiting, write);
      return TRUE;
    }
  if (func (self->database, data, &local))
    {
      write_free (write);
      return TRUE;
    }
  if (is_for_later (local))
    {
      g_queue_push_tail (&self->waiting, write);
      aw_writer_wait (self);
      return TRUE;
    }
  write_free (write);
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/**
 * aw_writer_flush:
 * @self: a writer
 * @error: return location
 *
 * Writes what waits, in its order.
 *
 * Returns: whether nothing waits any longer; if not, "again" will come
 */
gboolean
aw_writer_flush (AwWriter *self,
                 GError **error)
{
  g_autoptr(GError) local = NULL;
  Write *write;

  g_return_val_if_fail (AW_IS_WRITER (self), FALSE);

  if (self->flushing)
    return TRUE;
  self->flushing = TRUE;
  while ((write = g_queue_peek_head (&self->waiting)) != NULL)
    {
      if (!write->func (self->database, write->data, &local))
        {
          if (is_for_later (local))
            break;
          g_warning ("Something could not be noted: %s", local->message);
          g_clear_error (&local);
        }
      write_free (g_queue_pop_head (&self->waiting));
    }
  self->flushing = FALSE;
  if (write == NULL)
    return TRUE;
  aw_writer_wait (self);
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/**
 * aw_writer_wait:
 * @self: a writer
 *
 * Something else found the database held: "again" will come for it too.
 */
void
aw_writer_wait (AwWriter *self)
{
  g_return_if_fail (AW_IS_WRITER (self));

  if (self->timer != 0)
    return;
  if (self->interval == WORTH_A_WORD)
    g_message ("Another program is using “%s”; what is to be written waits until it is free",
               aw_database_get_path (self->database));
  self->timer = g_timeout_add (self->interval, on_timer, self);
}

/**
 * aw_writer_rest:
 * @self: a writer
 *
 * The database could be used: there is nothing to wait for, unless something is
 * still to be written.
 */
void
aw_writer_rest (AwWriter *self)
{
  g_return_if_fail (AW_IS_WRITER (self));

  if (!g_queue_is_empty (&self->waiting))
    return;
  g_clear_handle_id (&self->timer, g_source_remove);
  self->interval = FIRST_INTERVAL;
}

/**
 * aw_writer_is_held:
 * @self: a writer
 *
 * Returns: whether another process holds the database, as far as is known
 */
gboolean
aw_writer_is_held (AwWriter *self)
{
  g_return_val_if_fail (AW_IS_WRITER (self), FALSE);

  return self->timer != 0;
}

/**
 * aw_writer_finish:
 * @self: a writer
 *
 * The program ends: writes what waits, and has patience for it.
 */
void
aw_writer_finish (AwWriter *self)
{
  g_autoptr(GError) error = NULL;

  g_return_if_fail (AW_IS_WRITER (self));

  aw_database_set_patience (self->database, LAST_PATIENCE);
  if (!aw_writer_flush (self, &error))
    g_warning ("What was to be noted is lost: %s", error->message);
  g_queue_clear_full (&self->waiting, write_free);
  aw_writer_rest (self);
}
