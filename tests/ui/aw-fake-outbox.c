/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/aw-fake-outbox.h"

#include <gio/gio.h>

struct _AwOutboxItem
{
  GObject parent_instance;

  AwMessage *message;
  char *person;
  char *text;
  char *sentence;
  char *fault;
  int attempts;
  int code;
  gint64 at;
};

G_DEFINE_FINAL_TYPE (AwOutboxItem, aw_outbox_item, G_TYPE_OBJECT)

struct _AwOutbox
{
  GObject parent_instance;

  AwEngine *engine;
  GListStore *items;
  char *refusal;
};

G_DEFINE_FINAL_TYPE (AwOutbox, aw_outbox, G_TYPE_OBJECT)

static void
aw_outbox_item_finalize (GObject *object)
{
  AwOutboxItem *self = AW_OUTBOX_ITEM (object);

  g_clear_object (&self->message);
  g_free (self->person);
  g_free (self->text);
  g_free (self->sentence);
  g_free (self->fault);
  G_OBJECT_CLASS (aw_outbox_item_parent_class)->finalize (object);
}

static void
aw_outbox_item_class_init (AwOutboxItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = aw_outbox_item_finalize;
}

static void
aw_outbox_item_init (AwOutboxItem *self G_GNUC_UNUSED)
{
}

static void
aw_outbox_finalize (GObject *object)
{
  AwOutbox *self = AW_OUTBOX (object);

  g_clear_object (&self->engine);
  g_clear_object (&self->items);
  g_free (self->refusal);
  G_OBJECT_CLASS (aw_outbox_parent_class)->finalize (object);
}

static void
aw_outbox_class_init (AwOutboxClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = aw_outbox_finalize;
}

static void
aw_outbox_init (AwOutbox *self)
{
  self->items = g_list_store_new (AW_TYPE_OUTBOX_ITEM);
}

AwMessage *
aw_outbox_item_get_message (AwOutboxItem *self)
{
  return self->message;
}

const char *
aw_outbox_item_get_company (AwOutboxItem *self G_GNUC_UNUSED)
{
  return "Harbor & Finch";
}

const char *
aw_outbox_item_get_person_name (AwOutboxItem *self)
{
  return self->person;
}

const char *
aw_outbox_item_get_to (AwOutboxItem *self G_GNUC_UNUSED)
{
  return "somebody@example.org";
}

int
aw_outbox_item_get_attempts (AwOutboxItem *self)
{
  return self->attempts;
}

gint64
aw_outbox_item_get_next_at (AwOutboxItem *self)
{
  return self->at;
}

gint64
aw_outbox_item_get_sent_at (AwOutboxItem *self)
{
  return self->at;
}

int
aw_outbox_item_get_code (AwOutboxItem *self)
{
  return self->code;
}

const char *
aw_outbox_item_get_text (AwOutboxItem *self)
{
  return self->text;
}

const char *
aw_outbox_item_get_sentence (AwOutboxItem *self)
{
  return self->sentence;
}

const char *
aw_outbox_item_get_fault (AwOutboxItem *self)
{
  return self->fault;
}

void
aw_fake_outbox_add_waiting (AwOutbox *self,
                            AwMessage *message,
                            const char *person,
                            const char *fault,
                            const char *sentence)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->items));
  g_autoptr (AwOutboxItem) item = g_object_new (AW_TYPE_OUTBOX_ITEM, NULL);

  item->message = g_object_ref (message);
  item->person = g_strdup (person);
  item->attempts = 1;
  item->fault = g_strdup (fault);
  item->sentence = g_strdup (sentence);
  item->at = aw_engine_now (self->engine) + 900;
  g_list_store_insert (self->items, n, item);
}

AwOutbox *
aw_outbox_new (AwEngine *engine)
{
  AwOutbox *self = g_object_new (AW_TYPE_OUTBOX, NULL);

  self->engine = g_object_ref (engine);
  return self;
}

GListModel *
aw_outbox_get_items (AwOutbox *self)
{
  return G_LIST_MODEL (self->items);
}

void
aw_fake_outbox_add (AwOutbox *self,
                    AwMessage *message,
                    const char *person,
                    int attempts,
                    int code,
                    const char *text,
                    const char *sentence,
                    gint64 at)
{
  g_autoptr (AwOutboxItem) item = g_object_new (AW_TYPE_OUTBOX_ITEM, NULL);

  item->message = g_object_ref (message);
  item->person = g_strdup (person);
  item->attempts = attempts;
  item->code = code;
  item->text = g_strdup (text);
  item->sentence = g_strdup (sentence);
  item->at = at;
  g_list_store_append (self->items, item);
}

void
aw_fake_outbox_refuse (AwOutbox *self,
                       const char *sentence)
{
  g_free (self->refusal);
  self->refusal = g_strdup (sentence);
}

/* In the database, as the real one does, and in the list. */
static gboolean
set_state (AwOutbox *self,
           const char *id,
           AwMessageState state,
           gint64 at,
           GError **error)
{
  g_autoptr (AwMessage) before = NULL;
  g_autoptr (AwMessage) after = NULL;
  g_autoptr (AwCommand) command = aw_command_new ("State");

  if (self->refusal != NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, self->refusal);
      return FALSE;
    }
  before = (AwMessage *) aw_database_load_record (aw_engine_get_database (self->engine), AW_RECORD_MESSAGE, id, error);
  if (before == NULL)
    return FALSE;
  after = aw_record_edit (before);
  after->state = state;
  if (at != AW_NEVER)
    after->scheduled_at = aw_instant (at);
  aw_command_change (command, before, after);
  if (!aw_engine_run (self->engine, command, FALSE, error))
    return FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->items)); i++)
    {
      g_autoptr (AwOutboxItem) item = g_list_model_get_item (G_LIST_MODEL (self->items), i);

      if (g_strcmp0 (AW_ID (item->message), id) == 0)
        {
          g_list_store_remove (self->items, i);
          break;
        }
    }
  aw_fake_outbox_add (self, after, "Marcus Bell", 0, 0, NULL, NULL, aw_engine_now (self->engine));
  return TRUE;
}

void
aw_fake_outbox_set_state (AwOutbox *self,
                          const char *message,
                          AwMessageState state)
{
  g_assert_true (set_state (self, message, state, AW_NEVER, NULL));
}

guint
aw_outbox_get_n_older (AwOutbox *self G_GNUC_UNUSED)
{
  return 0;
}

void
aw_outbox_show_older (AwOutbox *self G_GNUC_UNUSED)
{
}

gboolean
aw_outbox_queue (AwOutbox *self,
                 AwMessage *message,
                 int delay,
                 GError **error)
{
  g_assert_cmpint (delay, ==, AW_OUTBOX_UNDO_SECONDS);
  return set_state (self, AW_ID (message), AW_MESSAGE_QUEUED, AW_NEVER, error);
}

AwMessage *
aw_outbox_queue_test (AwOutbox *self,
                      AwAccount *account,
                      GError **error)
{
  AwMessage *message = (AwMessage *) aw_record_new (AW_TYPE_MESSAGE, NULL);
  g_autoptr (AwCommand) command = aw_command_new ("Test");

  message->account = g_strdup (AW_ID (account));
  message->subject = g_strdup ("Test of Afterword");
  aw_command_add (command, message);
  g_assert_true (aw_engine_run (self->engine, command, FALSE, error));
  g_assert_true (set_state (self, AW_ID (message), AW_MESSAGE_QUEUED, AW_NEVER, error));
  return message;
}

gboolean
aw_outbox_schedule (AwOutbox *self,
                    AwMessage *message,
                    gint64 at,
                    GError **error)
{
  return set_state (self, AW_ID (message), AW_MESSAGE_SCHEDULED, at, error);
}

gboolean
aw_outbox_cancel (AwOutbox *self,
                  const char *message,
                  GError **error)
{
  return set_state (self, message, AW_MESSAGE_DRAFT, AW_NEVER, error);
}

gboolean
aw_outbox_retry (AwOutbox *self,
                 const char *message,
                 GError **error)
{
  return set_state (self, message, AW_MESSAGE_QUEUED, AW_NEVER, error);
}

gboolean
aw_outbox_was_sent (AwOutbox *self,
                    const char *message,
                    GError **error)
{
  return set_state (self, message, AW_MESSAGE_SENT, AW_NEVER, error);
}

gboolean
aw_outbox_item_is_bounced (AwOutboxItem *self G_GNUC_UNUSED)
{
  return FALSE;
}

char *
aw_outbox_item_get_copy_sentence (AwOutboxItem *self G_GNUC_UNUSED)
{
  return NULL;
}
