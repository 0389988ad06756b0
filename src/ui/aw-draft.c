/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/aw-draft.h"

#include <glib/gi18n-lib.h>

#define SAVE_AFTER_MS 1000
#define RETRY_AFTER_MS 3000

struct _AwDraft
{
  GObject parent_instance;

  AwEngine *engine;
  AwMessage *stored;  /* as it was written last, NULL: never */
  AwMessage *message; /* as it stands in the window */
  AwMessage *writing; /* on its way into the store, NULL: none */
  GQueue waiting;     /* GTask: those who wait for a save that began after they asked */
  GQueue running;     /* GTask: those who wait for the save under way */
  char *status;
  guint timer;
  gboolean touched;
  gboolean closed; /* no more saves but those asked for */
};

G_DEFINE_FINAL_TYPE (AwDraft, aw_draft, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_STATUS,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

enum
{
  SAVED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void save_now (AwDraft *self);

static void
set_status (AwDraft *self,
            const char *status)
{
  if (g_strcmp0 (self->status, status) == 0)
    return;
  g_free (self->status);
  self->status = g_strdup (status);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATUS]);
}

static gboolean
timer_cb (gpointer data)
{
  AwDraft *self = data;

  self->timer = 0;
  save_now (self);
  return G_SOURCE_REMOVE;
}

static void
save_later (AwDraft *self,
            guint milliseconds)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  if (!self->closed)
    self->timer = g_timeout_add (milliseconds, timer_cb, self);
}

static void
answer_all (GQueue *tasks,
            const GError *error)
{
  GTask *task;

  while ((task = g_queue_pop_head (tasks)) != NULL)
    {
      if (error != NULL)
        g_task_return_error (task, g_error_copy (error));
      else
        g_task_return_boolean (task, TRUE);
      g_object_unref (task);
    }
}

static void
saved_cb (GObject *source,
          GAsyncResult *result,
          gpointer data)
{
  g_autoptr (AwDraft) self = data;
  g_autoptr (AwMessage) written = g_steal_pointer (&self->writing);
  g_autoptr (GError) error = NULL;

  if (aw_engine_run_finish (AW_ENGINE (source), result, &error))
    {
      g_set_object (&self->stored, written);
      set_status (self, _("Draft saved"));
      answer_all (&self->running, NULL);
      g_signal_emit (self, signals[SAVED], 0);
      if (!g_queue_is_empty (&self->waiting))
        save_now (self);
      return;
    }

  /* Another process holds the file: the text stays here and is tried again. */
  if (g_error_matches (error, AW_STORE_ERROR, AW_STORE_ERROR_BUSY))
    save_later (self, RETRY_AFTER_MS);
  /* Deleted elsewhere while the user writes on, or there again by Undo: go on
   * from what there is. Without its opportunity it cannot be kept at all. */
  else if (g_error_matches (error, AW_STORE_ERROR, AW_STORE_ERROR_CONFLICT))
    {
      g_clear_object (&self->stored);
      self->stored = (AwMessage *) aw_database_load_record (aw_engine_get_database (self->engine), AW_RECORD_MESSAGE,
                                                            AW_ID (self->message), NULL);
      if (self->stored == NULL || self->stored->state == AW_MESSAGE_DRAFT)
        save_later (self, RETRY_AFTER_MS);
    }
  set_status (self, error->message);
  answer_all (&self->running, error);
  answer_all (&self->waiting, error);
}

static void
save_now (AwDraft *self)
{
  g_autoptr (AwCommand) command = NULL;

  if (self->writing != NULL)
    return; /* saved_cb() goes on */
  g_clear_handle_id (&self->timer, g_source_remove);

  if (self->stored != NULL && aw_record_equal (AW_RECORD (self->stored), AW_RECORD (self->message)))
    {
      set_status (self, _("Draft saved"));
      answer_all (&self->waiting, NULL);
      return;
    }

  self->message->changed_at = aw_instant (aw_engine_now (self->engine));
  self->writing = aw_record_edit (self->message);
  command = aw_command_new (_("Draft saved"));
  if (self->stored == NULL)
    aw_command_add (command, self->writing);
  else
    aw_command_change (command, self->stored, self->writing);

  while (!g_queue_is_empty (&self->waiting))
    g_queue_push_tail (&self->running, g_queue_pop_head (&self->waiting));
  aw_engine_run_async (self->engine, command, FALSE, NULL, saved_cb, g_object_ref (self));
}

/* Overrides ---------------------------------------------------------------- */

static void
aw_draft_get_property (GObject *object,
                       guint prop_id,
                       GValue *value,
                       GParamSpec *pspec)
{
  AwDraft *self = AW_DRAFT (object);

  switch (prop_id)
    {
    case PROP_STATUS:
      g_value_set_string (value, self->status);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
aw_draft_finalize (GObject *object)
{
  AwDraft *self = AW_DRAFT (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_object (&self->engine);
  g_clear_object (&self->stored);
  g_clear_object (&self->message);
  g_clear_object (&self->writing);
  g_free (self->status);

  G_OBJECT_CLASS (aw_draft_parent_class)->finalize (object);
}

static void
aw_draft_class_init (AwDraftClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = aw_draft_get_property;
  object_class->finalize = aw_draft_finalize;

  properties[PROP_STATUS] = g_param_spec_string ("status", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[SAVED] = g_signal_new ("saved", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
aw_draft_init (AwDraft *self)
{
  g_queue_init (&self->waiting);
  g_queue_init (&self->running);
}

/* Public functions --------------------------------------------------------- */

/**
 * aw_draft_new:
 * @engine: the engine
 * @message: the message; a copy is taken
 * @stored: whether it stands in the store as it is
 *
 * Returns: (transfer full): a draft
 */
AwDraft *
aw_draft_new (AwEngine *engine,
              AwMessage *message,
              gboolean stored)
{
  AwDraft *self = g_object_new (AW_TYPE_DRAFT, NULL);

  self->engine = g_object_ref (engine);
  self->message = aw_record_edit (message);
  if (stored)
    self->stored = g_object_ref (message);
  return self;
}

AwMessage *
aw_draft_get_message (AwDraft *self)
{
  return self->message;
}

/**
 * aw_draft_touch:
 * @self: a draft
 *
 * Something was changed: it is stored a second after the last call.
 */
void
aw_draft_touch (AwDraft *self)
{
  self->touched = TRUE;
  set_status (self, "");
  save_later (self, SAVE_AFTER_MS);
}

/**
 * aw_draft_set_text:
 * @member: (inout): a text member of the draft's message
 * @text: (nullable): what it shall be; empty is none
 */
void
aw_draft_set_text (char **member,
                   const char *text)
{
  char *copy = text != NULL && *text != '\0' ? g_strdup (text) : NULL;

  g_free (*member);
  *member = copy;
}

gboolean
aw_draft_is_stored (AwDraft *self)
{
  return self->stored != NULL;
}

gboolean
aw_draft_is_touched (AwDraft *self)
{
  return self->touched;
}

const char *
aw_draft_get_status (AwDraft *self)
{
  return self->status != NULL ? self->status : "";
}

/**
 * aw_draft_save_async:
 * @self: a draft
 * @cancellable: (nullable): ends the waiting, not the saving
 * @callback: called when what stands in the draft now is stored
 * @data: for @callback
 */
void
aw_draft_save_async (AwDraft *self,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer data)
{
  GTask *task = g_task_new (self, cancellable, callback, data);

  g_task_set_source_tag (task, aw_draft_save_async);
  g_queue_push_tail (&self->waiting, task);
  save_now (self);
}

gboolean
aw_draft_save_finish (G_GNUC_UNUSED AwDraft *self,
                      GAsyncResult *result,
                      GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * aw_draft_close:
 * @self: a draft
 *
 * No more saving by itself: the message has been handed to the outbox, or
 * thrown away.
 */
void
aw_draft_close (AwDraft *self)
{
  self->closed = TRUE;
  g_clear_handle_id (&self->timer, g_source_remove);
}

/**
 * aw_draft_reopen:
 * @self: a draft
 *
 * It could not be handed over: the user goes on writing.
 */
void
aw_draft_reopen (AwDraft *self)
{
  self->closed = FALSE;
}
