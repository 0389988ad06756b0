/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/aw-account-password.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "mail/aw-libsecret-store.h"
#include "service/aw-agent-client.h"

struct _AwAsker
{
  GObject parent_instance;

  AwUi *ui; /* not held: it owns this */
  AwEngine *engine;
  GListModel *items;
  AwPasswordKeeper *keeper;
  GHashTable *declined; /* ids of messages for which the user would not type it now */
  char *asking;         /* the account that a question is open for */
  gulong map;           /* waits for the main window to be seen */
  guint idle;
  gboolean running;     /* the worker */
  gboolean again;       /* something came meanwhile */
};

G_DEFINE_FINAL_TYPE (AwAsker, aw_asker, G_TYPE_OBJECT)

static void update (AwAsker *self);

static AwAccount *
find_account (AwAsker *self,
              const char *id)
{
  GListModel *accounts = aw_engine_get_accounts (self->engine);

  for (guint i = 0; id != NULL && i < g_list_model_get_n_items (accounts); i++)
    {
      g_autoptr (AwAccount) account = g_list_model_get_item (accounts, i);

      if (strcmp (AW_ID (account), id) == 0)
        return g_steal_pointer (&account);
    }
  return NULL;
}

/* Handing over --------------------------------------------------------------- */

static void
handed_over_cb (GObject *source,
                GAsyncResult *result,
                gpointer data)
{
  g_autoptr (AwAsker) self = data;
  g_autoptr (GError) error = NULL;

  self->running = FALSE;
  if (!aw_password_keeper_hand_over_finish (AW_PASSWORD_KEEPER (source), result, &error))
    {
      GtkWindow *window = self->ui != NULL ? aw_ui_main_window (self->ui) : NULL;

      self->again = FALSE;
      if (window != NULL)
        aw_ui_error (GTK_WIDGET (window), error);
      return;
    }
  aw_engine_refresh (self->engine);
  if (self->again)
    {
      self->again = FALSE;
      update (self);
    }
}

static void
hand_over (AwAsker *self)
{
  g_autofree char *program = NULL;

  if (self->running)
    {
      self->again = TRUE;
      return;
    }
  self->running = TRUE;
  program = aw_find_program ("afterword-send");
  aw_password_keeper_hand_over_async (self->keeper, program, aw_database_get_path (aw_engine_get_database (self->engine)), handed_over_cb,
                                      g_object_ref (self));
}

/* Asking --------------------------------------------------------------------- */

typedef struct
{
  AwAsker *self;
  char *account;
  GtkWidget *entry;
  AwAsked asked;
  gpointer data;
} Question;

/* Who said no is not asked again by itself; the message's row and the banner
 * have a button. */
static void
decline (AwAsker *self,
         const char *account)
{
  for (guint i = 0; i < g_list_model_get_n_items (self->items); i++)
    {
      g_autoptr (AwOutboxItem) item = g_list_model_get_item (self->items, i);
      AwMessage *message = aw_outbox_item_get_message (item);

      if (g_strcmp0 (message->account, account) == 0)
        g_hash_table_add (self->declined, g_strdup (AW_ID (message)));
    }
}

static gboolean
unref_cb (gpointer object)
{
  g_object_unref (object);
  return G_SOURCE_REMOVE;
}

static void
answered_cb (const char *answer,
             gpointer data)
{
  Question *question = data;
  AwAsker *self = question->self;
  gboolean given = strcmp (answer, "send") == 0 &&
                   aw_password_keeper_keep (self->keeper, question->account, gtk_editable_get_text (GTK_EDITABLE (question->entry)));

  gtk_editable_set_text (GTK_EDITABLE (question->entry), "");
  g_clear_pointer (&self->asking, g_free);
  if (!given)
    {
      GtkWindow *window = self->ui != NULL ? aw_ui_main_window (self->ui) : NULL;

      decline (self, question->account);
      if (strcmp (answer, "send") == 0 && window != NULL)
        aw_ui_toast (GTK_WIDGET (window), _("No password was typed"));
    }
  if (question->asked != NULL)
    question->asked (given, question->data);
  update (self);
  /* Its own text is still telling of Return, and tells it, too, when it goes:
   * GTK 4.8 does not see to it that it goes first. */
  g_idle_add_full (G_PRIORITY_LOW, unref_cb, question->entry, NULL);
  g_free (question->account);
  g_object_unref (self);
  g_free (question);
}

static void
focus_cb (GtkWidget *entry)
{
  gtk_widget_grab_focus (entry);
}

/**
 * aw_asker_ask:
 * @self: the asker
 * @parent: where the question belongs
 * @account: id of the account
 * @asked: (nullable): called with what came of it
 * @data: for @asked
 *
 * Asks for a password.
 */
void
aw_asker_ask (AwAsker *self,
              GtkWidget *parent,
              const char *account,
              AwAsked asked,
              gpointer data)
{
  AwAnswer answers[] = {
    { "cancel", asked != NULL ? _("_Cancel") : _("_Not Now"), AW_ANSWER_PLAIN },
    { "send", _("_Send"), AW_ANSWER_SUGGESTED },
    { NULL, NULL, 0 },
  };
  g_autoptr (AwAccount) found = find_account (self, account);
  g_autofree char *body = NULL;
  Question *question;

  if (self->asking != NULL || found == NULL)
    {
      if (asked != NULL)
        asked (FALSE, data);
      return;
    }
  self->asking = g_strdup (account);
  question = g_new0 (Question, 1);
  question->self = g_object_ref (self);
  question->account = g_strdup (account);
  question->entry = g_object_ref_sink (gtk_password_entry_new ());
  question->asked = asked;
  question->data = data;
  gtk_password_entry_set_show_peek_icon (GTK_PASSWORD_ENTRY (question->entry), TRUE);
  g_object_set (question->entry, "activates-default", TRUE, "placeholder-text", _("Password"), NULL);
  aw_ui_set_name (question->entry, _("Password"));
  g_signal_connect (question->entry, "map", G_CALLBACK (focus_cb), NULL);
  /* Translators: %s is an e-mail address */
  body = g_strdup_printf (_("Mail from %s needs it. It is kept in memory until Afterword is closed, and nowhere else."), found->address);
  aw_confirm (parent, _("Password"), body, question->entry, answers, answered_cb, question);
}

/* What waits ----------------------------------------------------------------- */

/**
 * aw_outbox_item_waits_for:
 * @item: a message
 *
 * Returns: what the user must give before it leaves
 */
AwWaitsFor
aw_outbox_item_waits_for (AwOutboxItem *item)
{
  const char *fault = aw_outbox_item_get_fault (item);

  if (aw_outbox_item_get_message (item)->state != AW_MESSAGE_QUEUED || fault == NULL)
    return AW_WAITS_FOR_NOTHING;
  if (strcmp (fault, "ask-password") == 0 || strcmp (fault, "no-keyring") == 0)
    return AW_WAITS_FOR_PASSWORD;
  return strcmp (fault, "keyring-locked") == 0 ? AW_WAITS_FOR_KEYRING : AW_WAITS_FOR_NOTHING;
}

static void
mapped_cb (GtkWidget *window,
           AwAsker *self)
{
  g_signal_handler_disconnect (window, self->map);
  self->map = 0;
  update (self);
}

/* The question needs somebody who sees it. */
static GtkWidget *
get_parent (AwAsker *self)
{
  GtkWindow *window = self->ui != NULL ? aw_ui_main_window (self->ui) : NULL;

  if (window == NULL)
    return NULL;
  if (gtk_widget_get_mapped (GTK_WIDGET (window)))
    return GTK_WIDGET (window);
  if (self->map == 0)
    self->map = g_signal_connect_object (window, "map", G_CALLBACK (mapped_cb), self, 0);
  return NULL;
}

static void
update (AwAsker *self)
{
  GListModel *accounts = aw_engine_get_accounts (self->engine);
  g_autofree char *ask = NULL;
  gboolean hand = FALSE;
  GtkWidget *parent;

  /* A password that was refused is none. */
  for (guint i = 0; i < g_list_model_get_n_items (accounts); i++)
    {
      g_autoptr (AwAccount) account = g_list_model_get_item (accounts, i);

      if (account->paused != NULL && *account->paused != '\0')
        aw_password_keeper_forget (self->keeper, AW_ID (account));
    }

  for (guint i = 0; i < g_list_model_get_n_items (self->items); i++)
    {
      g_autoptr (AwOutboxItem) item = g_list_model_get_item (self->items, i);
      AwMessage *message = aw_outbox_item_get_message (item);
      g_autoptr (AwAccount) account = NULL;

      if (aw_outbox_item_waits_for (item) != AW_WAITS_FOR_PASSWORD)
        {
          /* What was declined holds as long as it goes on waiting. */
          g_hash_table_remove (self->declined, AW_ID (message));
          continue;
        }
      account = find_account (self, message->account);
      if (account == NULL || account->paused != NULL)
        continue;
      if (aw_password_keeper_has (self->keeper, AW_ID (account)))
        hand = TRUE;
      else if (ask == NULL && !g_hash_table_contains (self->declined, AW_ID (message)))
        ask = g_strdup (AW_ID (account));
    }
  if (hand)
    hand_over (self);
  if (ask != NULL && self->asking == NULL && (parent = get_parent (self)) != NULL)
    aw_asker_ask (self, parent, ask, NULL, NULL);
}

static gboolean
idle_cb (gpointer data)
{
  AwAsker *self = data;

  self->idle = 0;
  update (self);
  return G_SOURCE_REMOVE;
}

/* The list is emitting, or others still have to hear of it. */
static void
changed_cb (AwAsker *self)
{
  if (self->idle == 0)
    self->idle = g_idle_add (idle_cb, self);
}

/* The keyring ---------------------------------------------------------------- */

typedef struct
{
  AwAsker *self;
  GtkWidget *parent;
} Unlock;

static void
unlocked_cb (GObject *source,
             GAsyncResult *result,
             gpointer data)
{
  Unlock *unlock = data;
  g_autoptr (GError) error = NULL;
  char *password = aw_secret_store_lookup_finish (AW_SECRET_STORE (source), result, &error);

  /* It is there for the worker now, too. */
  aw_secret_free (password);
  if (password != NULL)
    hand_over (unlock->self);
  else
    aw_ui_error (unlock->parent, error);
  g_object_unref (unlock->self);
  g_object_unref (unlock->parent);
  g_free (unlock);
}

/**
 * aw_asker_unlock:
 * @self: the asker
 * @parent: where errors are told
 * @account: id of the account whose password is wanted
 *
 * Has the desktop ask for the keyring's password.
 */
void
aw_asker_unlock (AwAsker *self,
                 GtkWidget *parent,
                 const char *account)
{
  g_autoptr (AwAccount) found = find_account (self, account);
  g_autoptr (AwSecretStore) secrets = NULL;
  Unlock *unlock;

  if (found == NULL)
    return;
  secrets = aw_libsecret_store_new ();
  unlock = g_new (Unlock, 1);
  unlock->self = g_object_ref (self);
  unlock->parent = g_object_ref (parent);
  aw_secret_store_lookup_async (secrets, found, TRUE, NULL, unlocked_cb, unlock);
}

/* Overrides ------------------------------------------------------------------ */

static void
aw_asker_dispose (GObject *object)
{
  AwAsker *self = AW_ASKER (object);

  g_clear_handle_id (&self->idle, g_source_remove);
  g_clear_object (&self->keeper);
  g_clear_object (&self->items);
  g_clear_object (&self->engine);

  G_OBJECT_CLASS (aw_asker_parent_class)->dispose (object);
}

static void
aw_asker_finalize (GObject *object)
{
  AwAsker *self = AW_ASKER (object);

  g_hash_table_unref (self->declined);
  g_free (self->asking);

  G_OBJECT_CLASS (aw_asker_parent_class)->finalize (object);
}

static void
aw_asker_class_init (AwAskerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = aw_asker_dispose;
  G_OBJECT_CLASS (klass)->finalize = aw_asker_finalize;
}

static void
aw_asker_init (AwAsker *self)
{
  self->keeper = aw_password_keeper_new ();
  self->declined = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/* With the last window; what is still being asked or sent holds on longer. */
static void
ui_gone_cb (gpointer data)
{
  AwAsker *self = data;

  self->ui = NULL;
  g_clear_handle_id (&self->idle, g_source_remove);
  g_signal_handlers_disconnect_by_data (self->items, self);
  g_signal_handlers_disconnect_by_data (aw_engine_get_accounts (self->engine), self);
  g_object_unref (self);
}

/* Public functions ----------------------------------------------------------- */

AwAsker *
aw_asker_get (AwUi *ui)
{
  AwAsker *self = g_object_get_data (G_OBJECT (ui), "aw-asker");

  if (self != NULL)
    return self;
  self = g_object_new (AW_TYPE_ASKER, NULL);
  self->ui = ui;
  self->engine = g_object_ref (aw_ui_engine (ui));
  self->items = g_object_ref (aw_outbox_get_items (aw_ui_outbox (ui)));
  g_object_set_data_full (G_OBJECT (ui), "aw-asker", self, ui_gone_cb);
  g_signal_connect_object (self->items, "items-changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (aw_engine_get_accounts (self->engine), "items-changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  changed_cb (self);
  return self;
}

gboolean
aw_asker_must_ask (AwAsker *self,
                   AwAccount *account)
{
  return account->ask_password && account->user != NULL && !aw_password_keeper_has (self->keeper, AW_ID (account));
}

gboolean
aw_asker_keep (AwAsker *self,
               const char *account,
               const char *password)
{
  gboolean kept = aw_password_keeper_keep (self->keeper, account, password);

  changed_cb (self);
  return kept;
}

const char *
aw_asker_look_up (AwAsker *self,
                  const char *account)
{
  return aw_password_keeper_look_up (self->keeper, account);
}

void
aw_asker_forget (AwAsker *self,
                 const char *account)
{
  aw_password_keeper_forget (self->keeper, account);
}
