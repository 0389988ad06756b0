/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/aw-outbox.h"

#include <glib/gi18n-lib.h>
#include <signal.h>

#include "mail/aw-address.h"
#include "service/aw-agent-client.h"
#include "service/aw-outbox-bytes.h"
#include "service/aw-outbox-item-private.h"
#include "store/aw-outbox-watch.h"

/* How long what was sent stays in the list. */
#define SENT_SINCE (30 * AW_DAY)

struct _AwOutbox
{
  GObject parent_instance;

  AwEngine *engine;
  GListStore *items;
  guint timer; /* starts the worker, where no agent does */
  guint n_older;
  gboolean shows_older;
};

G_DEFINE_FINAL_TYPE (AwOutbox, aw_outbox, G_TYPE_OBJECT)

/* The list ------------------------------------------------------------------ */

/* Only what differs is replaced: a row that is read, or unfolded, stays. */
static void
update_items (AwOutbox *self,
              GPtrArray *items)
{
  GListModel *list = G_LIST_MODEL (self->items);

  for (guint i = 0; i < items->len; i++)
    {
      AwOutboxItem *item = g_ptr_array_index (items, i);
      guint at = i;

      for (; at < g_list_model_get_n_items (list); at++)
        {
          g_autoptr (AwOutboxItem) old = g_list_model_get_item (list, at);

          if (aw_outbox_item_looks_like (old, item))
            break;
        }
      if (at == g_list_model_get_n_items (list))
        g_list_store_insert (self->items, i, item);
      else if (at > i)
        g_list_store_splice (self->items, i, at - i, NULL, 0);
    }
  if (g_list_model_get_n_items (list) > items->len)
    g_list_store_splice (self->items, items->len, g_list_model_get_n_items (list) - items->len, NULL, 0);
}

static void
reload (AwOutbox *self)
{
  AwDatabase *database = aw_engine_get_database (self->engine);
  gint64 now = aw_engine_now (self->engine);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries = aw_outbox_store_load (database, G_MININT64, &error);
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);

  if (entries == NULL)
    {
      g_warning ("The outbox could not be read: %s", error->message);
      return;
    }
  g_ptr_array_set_free_func (entries, NULL);
  self->n_older = 0;
  for (guint i = 0; i < entries->len; i++)
    {
      AwOutboxEntry *entry = g_ptr_array_index (entries, i);
      g_autoptr (AwDossier) dossier = NULL;

      if (!self->shows_older && entry->message->state == AW_MESSAGE_SENT && entry->sent_at < now - SENT_SINCE)
        {
          self->n_older++;
          aw_outbox_entry_free (entry);
          continue;
        }
      if (AW_OPPORTUNITY_ID (entry->message) != NULL)
        dossier = aw_engine_ref_dossier (self->engine, AW_OPPORTUNITY_ID (entry->message), NULL);
      g_ptr_array_add (items, aw_outbox_item_new (entry, dossier, now));
    }
  g_ptr_array_sort (items, aw_outbox_item_compare);
  update_items (self, items);
}

/* Waking the worker --------------------------------------------------------- */

static gboolean
has_agent (AwOutbox *self)
{
  g_autofree char *own = aw_database_default_path ();

  return g_strcmp0 (aw_database_get_path (aw_engine_get_database (self->engine)), own) == 0 && aw_agent_client_has_bus ();
}

static void arm (AwOutbox *self);

static void
on_worker_ended (G_GNUC_UNUSED GObject *source,
                 G_GNUC_UNUSED GAsyncResult *result,
                 gpointer data)
{
  g_autoptr (AwOutbox) self = data;

  aw_engine_refresh (self->engine);
  arm (self);
}

static gboolean
on_due (gpointer data)
{
  AwOutbox *self = data;
  g_autofree char *program = aw_find_program ("afterword-send");
  g_autofree char *database = g_strconcat ("--database=", aw_database_get_path (aw_engine_get_database (self->engine)), NULL);
  g_autoptr (GSubprocess) worker = NULL;

  self->timer = 0;
  if (program != NULL)
    worker = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE, NULL, program, database, NULL);
  if (worker != NULL)
    g_subprocess_wait_async (worker, NULL, on_worker_ended, g_object_ref (self));
  return G_SOURCE_REMOVE;
}

/* With a database that is not the user's own, or without a bus, there is no
 * agent that would: then this program starts the worker while it runs. */
static void
arm (AwOutbox *self)
{
  gint64 now = aw_engine_now (self->engine);
  gint64 next;

  g_clear_handle_id (&self->timer, g_source_remove);
  if (has_agent (self))
    return;
  next = aw_outbox_watch_next (aw_engine_get_database (self->engine), now);
  if (next != AW_NEVER)
    self->timer = g_timeout_add_seconds ((guint) CLAMP (next - now, 1, AW_DAY), on_due, self);
}

/* After a commit of ours. */
static void
follow (AwOutbox *self)
{
  aw_engine_refresh (self->engine);
  if (has_agent (self))
    aw_agent_client_refresh ();
  else
    arm (self);
}

static void
on_changed (AwOutbox *self)
{
  reload (self);
  arm (self);
}

/* GObject ------------------------------------------------------------------ */

static void
aw_outbox_finalize (GObject *object)
{
  AwOutbox *self = AW_OUTBOX (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_object (&self->items);
  g_clear_object (&self->engine);

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

/**
 * aw_outbox_new:
 * @engine: the facts
 *
 * Returns: (transfer full): the outbox over them
 */
AwOutbox *
aw_outbox_new (AwEngine *engine)
{
  AwOutbox *self = g_object_new (AW_TYPE_OUTBOX, NULL);

  self->engine = g_object_ref (engine);
  reload (self);
  g_signal_connect_object (engine, "changed", G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
  arm (self);
  return self;
}

GListModel *
aw_outbox_get_items (AwOutbox *self)
{
  g_return_val_if_fail (AW_IS_OUTBOX (self), NULL);

  return G_LIST_MODEL (self->items);
}

/* Into the outbox ----------------------------------------------------------- */

static gboolean
freeze (AwOutbox *self,
        AwMessage *message,
        gint64 leaves,
        gboolean by_user,
        gboolean confirmed,
        GError **error)
{
  AwDatabase *database = aw_engine_get_database (self->engine);
  g_autoptr (AwOutboxEntry) entry = g_new0 (AwOutboxEntry, 1);
  g_autoptr (AwMessage) after = aw_outbox_make_bytes (self->engine, message, by_user, entry, error);
  g_autoptr (AwRecord) before = NULL;
  g_autoptr (GError) local = NULL;

  if (after == NULL)
    return FALSE;
  before = aw_database_load_record (database, AW_RECORD_MESSAGE, AW_ID (message), &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  entry->first_at = entry->next_at = leaves;
  entry->confirmed = confirmed;
  if (!aw_outbox_store_freeze (database, (AwMessage *) before, after, entry, error))
    return FALSE;
  follow (self);
  return TRUE;
}

/* Public functions --------------------------------------------------------- */

/**
 * aw_outbox_get_n_older:
 * @self: the outbox
 *
 * Returns: how many messages were sent more than 30 days ago and are not among
 *   its items, 0 after aw_outbox_show_older()
 */
guint
aw_outbox_get_n_older (AwOutbox *self)
{
  g_return_val_if_fail (AW_IS_OUTBOX (self), 0);
  return self->n_older;
}

/**
 * aw_outbox_show_older:
 * @self: the outbox
 *
 * Has all that was ever sent among its items from now on.
 */
void
aw_outbox_show_older (AwOutbox *self)
{
  g_return_if_fail (AW_IS_OUTBOX (self));
  self->shows_older = TRUE;
  reload (self);
}

/**
 * aw_outbox_queue:
 * @self: an outbox
 * @message: the message as it shall be sent; stored already, or new
 * @delay: seconds in which it can still be taken back
 * @error: return location; its message is a sentence for the user
 *
 * Makes the bytes and commits that they are to be sent.
 *
 * Returns: whether it is queued
 */
gboolean
aw_outbox_queue (AwOutbox *self,
                 AwMessage *message,
                 int delay,
                 GError **error)
{
  g_return_val_if_fail (AW_IS_OUTBOX (self) && AW_IS_MESSAGE (message) && delay >= 0, FALSE);

  return freeze (self, message, aw_engine_now (self->engine) + delay, TRUE, FALSE, error);
}

/**
 * aw_outbox_queue_test:
 * @self: an outbox
 * @account: a stored account
 * @error: return location; its message is a sentence for the user
 *
 * Queues a message from @account to its own address: the proof that what is
 * sent arrives. It goes the way of all others, but belongs to no opportunity,
 * and so to no plan, no rule and no search.
 *
 * Returns: (transfer full): the message; %NULL with @error set
 */
AwMessage *
aw_outbox_queue_test (AwOutbox *self,
                      AwAccount *account,
                      GError **error)
{
  g_autoptr (AwMessage) message = NULL;

  g_return_val_if_fail (AW_IS_OUTBOX (self) && AW_IS_ACCOUNT (account), NULL);

  message = (AwMessage *) aw_record_new (AW_TYPE_MESSAGE, NULL);
  message->account = g_strdup (AW_ID (account));
  message->subject = g_strdup (_("Test of Afterword"));
  message->body = g_strdup (_("This message was sent by Afterword to show that your account works. Nobody else got it."));
  return aw_outbox_queue (self, message, 0, error) ? g_steal_pointer (&message) : NULL;
}

/* @state cancelled: it goes altogether. */
static gboolean
thaw (AwOutbox *self,
      AwMessage *message,
      AwMessageState state,
      gint64 at,
      GError **error)
{
  AwDatabase *database = aw_engine_get_database (self->engine);
  g_autoptr (AwMessage) after = AW_MESSAGE (aw_record_copy (AW_RECORD (message)));
  g_autoptr (GError) local = NULL;
  g_autoptr (AwRecord) before = aw_database_load_record (database, AW_RECORD_MESSAGE, AW_ID (message), &local);

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  after->state = state;
  after->scheduled_at = at == AW_NEVER ? AW_INSTANT_NONE : aw_instant (at);
  after->changed_at = aw_instant (aw_engine_now (self->engine));
  if (!aw_outbox_store_thaw (database, (AwMessage *) before, state != AW_MESSAGE_CANCELLED ? after : NULL, error))
    return FALSE;
  follow (self);
  return TRUE;
}

/**
 * aw_outbox_schedule:
 * @self: an outbox
 * @message: the message as it shall be sent; stored already, or new
 * @at: when it is to leave
 * @error: return location
 *
 * Send Later. Nothing is fixed yet, but what could not be sent is said now.
 *
 * Returns: whether it is scheduled
 */
gboolean
aw_outbox_schedule (AwOutbox *self,
                    AwMessage *message,
                    gint64 at,
                    GError **error)
{
  g_autoptr (AwOutboxEntry) entry = g_new0 (AwOutboxEntry, 1);
  g_autoptr (AwMessage) built = NULL;

  g_return_val_if_fail (AW_IS_OUTBOX (self) && AW_IS_MESSAGE (message), FALSE);

  built = aw_outbox_make_bytes (self->engine, message, TRUE, entry, error);
  return built != NULL && thaw (self, message, AW_MESSAGE_SCHEDULED, at, error);
}

static AwOutboxEntry *
get_entry (AwOutbox *self,
           const char *message,
           GError **error)
{
  return aw_outbox_store_get (aw_engine_get_database (self->engine), message, error);
}

/**
 * aw_outbox_cancel:
 * @self: an outbox
 * @message: id of a message
 * @error: return location
 *
 * Takes a message back. One that is being sent too, at any moment before its
 * final dot may leave: then it is a draft at once, whatever the server does,
 * and the worker gives up within a second. After that it is refused. A test of
 * an account is no draft: it is gone then.
 *
 * Returns: whether it is a draft again, or gone
 */
gboolean
aw_outbox_cancel (AwOutbox *self,
                  const char *message,
                  GError **error)
{
  g_autoptr (AwOutboxEntry) entry = NULL;
  int worker;

  g_return_val_if_fail (AW_IS_OUTBOX (self) && message != NULL, FALSE);

  entry = get_entry (self, message, error);
  if (entry == NULL)
    return FALSE;
  worker = aw_outbox_watch_worker (aw_engine_get_database (self->engine), message);
  if (!thaw (self, entry->message, AW_OPPORTUNITY_ID (entry->message) != NULL ? AW_MESSAGE_DRAFT : AW_MESSAGE_CANCELLED, AW_NEVER, error))
    return FALSE;
  /* It would find out by itself, but not while it waits for a keyring. */
  if (worker > 0)
    kill (worker, SIGTERM);
  return TRUE;
}

/**
 * aw_outbox_retry:
 * @self: an outbox
 * @message: id of a message that failed, waits or is uncertain
 * @error: return location
 *
 * The user's own word: it leaves now, and the check at the last moment is not
 * made once more. What failed is made anew with the same id, since an address
 * or a setting may have been corrected; what is uncertain goes out with the
 * same bytes. A paused account goes on.
 *
 * Returns: whether it is queued
 */
gboolean
aw_outbox_retry (AwOutbox *self,
                 const char *message,
                 GError **error)
{
  AwDatabase *database = aw_engine_get_database (self->engine);
  g_autoptr (AwOutboxEntry) entry = NULL;
  gint64 now = aw_engine_now (self->engine);

  g_return_val_if_fail (AW_IS_OUTBOX (self) && message != NULL, FALSE);

  entry = get_entry (self, message, error);
  if (entry == NULL)
    return FALSE;
  if (entry->message->account != NULL)
    aw_outbox_store_pause (database, entry->message->account, NULL, NULL);
  if (entry->message->state == AW_MESSAGE_UNCERTAIN)
    {
      if (!aw_outbox_store_requeue (database, message, now, error))
        return FALSE;
      follow (self);
      return TRUE;
    }
  if (entry->message->state == AW_MESSAGE_QUEUED)
    return thaw (self, entry->message, AW_MESSAGE_DRAFT, AW_NEVER, error) && freeze (self, entry->message, now, TRUE, TRUE, error);
  return freeze (self, entry->message, now, TRUE, TRUE, error);
}

gboolean
aw_outbox_was_sent (AwOutbox *self,
                    const char *message,
                    GError **error)
{
  AwDatabase *database = aw_engine_get_database (self->engine);
  g_autoptr (AwOutboxEntry) entry = NULL;
  AwInstant at;

  g_return_val_if_fail (AW_IS_OUTBOX (self) && message != NULL, FALSE);

  entry = get_entry (self, message, error);
  if (entry == NULL)
    return FALSE;
  if (entry->message->state != AW_MESSAGE_UNCERTAIN)
    {
      g_set_error_literal (error, AW_MAIL_ERROR, AW_MAIL_ERROR_TELL, _("It is known what became of the message."));
      return FALSE;
    }
  at = aw_instant (entry->next_at != AW_NEVER ? entry->next_at : aw_engine_now (self->engine));
  if (!aw_outbox_store_sent (database, message, at, 0, NULL, error))
    return FALSE;
  follow (self);
  return TRUE;
}

gboolean
aw_outbox_release (AwOutbox *self,
                   AwMessage *message,
                   GError **error)
{
  g_return_val_if_fail (AW_IS_OUTBOX (self) && AW_IS_MESSAGE (message), FALSE);

  return freeze (self, message, aw_engine_now (self->engine), FALSE, FALSE, error);
}

gboolean
aw_outbox_run_worker (AwOutbox *self,
                      const char *message,
                      GError **error)
{
  g_autofree char *program = aw_find_program ("afterword-send");
  g_autofree char *database = g_strconcat ("--database=", aw_database_get_path (aw_engine_get_database (self->engine)), NULL);
  g_autofree char *only = message != NULL ? g_strconcat ("--message=", message, NULL) : NULL;
  g_autoptr (GSubprocess) worker = NULL;

  g_return_val_if_fail (AW_IS_OUTBOX (self), FALSE);

  if (program == NULL)
    {
      g_set_error_literal (error, AW_MAIL_ERROR, AW_MAIL_ERROR_TELL,
                           _("The program afterword-send is missing; nothing can be sent."));
      return FALSE;
    }
  worker = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE, error, program, database, only, NULL);
  if (worker == NULL || !g_subprocess_wait (worker, NULL, error))
    return FALSE;
  aw_engine_refresh (self->engine);
  if (g_subprocess_get_successful (worker))
    return TRUE;
  g_set_error_literal (error, AW_MAIL_ERROR, AW_MAIL_ERROR_TELL, _("The program that sends could not do its work."));
  return FALSE;
}

AwEngine *
aw_outbox_get_engine (AwOutbox *self)
{
  g_return_val_if_fail (AW_IS_OUTBOX (self), NULL);

  return self->engine;
}
