/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/aw-compose-window-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/aw-words.h"
#include "ui/aw-account-password.h"
#include "ui/aw-compose-dialogs.h"
#include "ui/aw-compose-start.h"
#include "ui/aw-overruled.h"

#define UNDO_GROUP "compose"

/* After it was queued -------------------------------------------------------- */

/* Follows one message until it has left, to say so where the user looks. */
typedef struct
{
  AwUi *ui;
  GListModel *items;
  char *message;
  char *name;
  gulong handler;
} Watch;

static void
watch_free (Watch *watch)
{
  g_signal_handler_disconnect (watch->items, watch->handler);
  g_object_unref (watch->items);
  g_object_unref (watch->ui);
  g_free (watch->message);
  g_free (watch->name);
  g_free (watch);
}

static gboolean
watch_free_idle (gpointer data)
{
  watch_free (data);
  return G_SOURCE_REMOVE;
}

static AwOutboxItem *
find_item (GListModel *items,
           const char *message)
{
  for (guint i = 0; i < g_list_model_get_n_items (items); i++)
    {
      g_autoptr (AwOutboxItem) item = g_list_model_get_item (items, i);

      if (g_strcmp0 (AW_ID (aw_outbox_item_get_message (item)), message) == 0)
        return g_steal_pointer (&item);
    }
  return NULL;
}

static void
items_changed_cb (Watch *watch)
{
  g_autoptr (AwOutboxItem) item = find_item (watch->items, watch->message);
  AwMessageState state = item != NULL ? aw_outbox_item_get_message (item)->state : AW_MESSAGE_CANCELLED;
  GtkWindow *main_window = aw_ui_main_window (watch->ui);
  g_autofree char *text = NULL;

  if (state == AW_MESSAGE_QUEUED || state == AW_MESSAGE_SENDING || watch->message == NULL)
    return;
  if (state == AW_MESSAGE_SENT)
    text = g_strdup_printf (_("Sent to %s"), watch->name);
  else if (state == AW_MESSAGE_FAILED || state == AW_MESSAGE_UNCERTAIN)
    text = g_strdup_printf (_("The message to %s was not sent"), watch->name);
  if (state == AW_MESSAGE_UNCERTAIN)
    {
      g_free (text);
      text = g_strdup_printf (_("It is not known whether the message to %s was sent"), watch->name);
    }

  if (text != NULL && main_window != NULL)
    {
      if (state == AW_MESSAGE_SENT)
        aw_ui_toast (GTK_WIDGET (main_window), text);
      else
        aw_ui_toast_with_action (GTK_WIDGET (main_window), text, _("Show"), "win.page", g_variant_new_string ("outbox"), 10);
    }
  /* The list is emitting: it is let go afterwards. */
  g_clear_pointer (&watch->message, g_free);
  g_idle_add (watch_free_idle, watch);
}

static void
watch_message (AwUi *ui,
               const char *message,
               const char *name)
{
  Watch *watch = g_new0 (Watch, 1);

  watch->ui = g_object_ref (ui);
  watch->items = g_object_ref (aw_outbox_get_items (aw_ui_outbox (ui)));
  watch->message = g_strdup (message);
  watch->name = g_strdup (name);
  watch->handler = g_signal_connect_swapped (watch->items, "items-changed", G_CALLBACK (items_changed_cb), watch);
}

static void
unsend_cb (G_GNUC_UNUSED GSimpleAction *action,
           GVariant *target,
           gpointer data)
{
  AwUi *ui = data;
  const char *message = g_variant_get_string (target, NULL);
  GtkWindow *main_window = aw_ui_main_window (ui);
  g_autoptr (GError) error = NULL;

  if (aw_outbox_cancel (aw_ui_outbox (ui), message, &error))
    aw_compose_window_present_message (ui, message);
  else if (main_window != NULL)
    aw_ui_error (GTK_WIDGET (main_window), error);
}

static void
delete_draft_cb (G_GNUC_UNUSED GSimpleAction *action,
                 GVariant *target,
                 gpointer data)
{
  AwUi *ui = data;
  GtkWindow *main_window = aw_ui_main_window (ui);
  g_autoptr (AwRecord) record = NULL;
  g_autoptr (AwCommand) command = NULL;

  record = aw_database_load_record (aw_engine_get_database (aw_ui_engine (ui)), AW_RECORD_MESSAGE, g_variant_get_string (target, NULL), NULL);
  if (record == NULL || ((AwMessage *) record)->state != AW_MESSAGE_DRAFT || main_window == NULL)
    return;
  command = aw_command_new (_("Draft deleted"));
  aw_command_remove (command, record);
  aw_ui_run (GTK_WIDGET (main_window), command, NULL, NULL);
}

/**
 * aw_compose_install_undo:
 * @ui: engine, outbox and windows
 *
 * Gives the main window, whose toasts outlive compose, the actions of their
 * buttons: "compose.unsend" and "compose.delete-draft", of a message's id.
 */
void
aw_compose_install_undo (AwUi *ui)
{
  static const GActionEntry entries[] = {
    { .name = "unsend", .activate = unsend_cb, .parameter_type = "s" },
    { .name = "delete-draft", .activate = delete_draft_cb, .parameter_type = "s" },
  };
  GtkWindow *main_window = aw_ui_main_window (ui);
  g_autoptr (GSimpleActionGroup) group = NULL;

  if (main_window == NULL || g_object_get_data (G_OBJECT (main_window), "aw-compose-undo") != NULL)
    return;
  group = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (group), entries, G_N_ELEMENTS (entries), ui);
  gtk_widget_insert_action_group (GTK_WIDGET (main_window), UNDO_GROUP, G_ACTION_GROUP (group));
  g_object_set_data (G_OBJECT (main_window), "aw-compose-undo", GINT_TO_POINTER (TRUE));
}

/* Sending ------------------------------------------------------------------ */

typedef struct
{
  AwComposeWindow *window;
  gint64 at; /* AW_NEVER: now, with the time to undo */
} Order;

static void
order_free (Order *order)
{
  g_object_unref (order->window);
  g_free (order);
}

static void
hand_over (AwComposeWindow *self,
           gint64 at)
{
  AwOutbox *outbox = aw_ui_outbox (self->ui);
  AwEngine *engine = aw_ui_engine (self->ui);
  AwMessage *message = aw_compose_message (self);
  AwPerson *person = aw_compose_person (self);
  GtkWindow *main_window = aw_ui_main_window (self->ui);
  const char *name = person != NULL ? aw_person_get_short_name (person) : "";
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_autofree char *id = g_strdup (AW_ID (message));
  gboolean done;

  aw_draft_close (self->draft);
  if (at == AW_NEVER)
    {
      watch_message (self->ui, id, name);
      done = aw_outbox_queue (outbox, message, AW_OUTBOX_UNDO_SECONDS, &error);
    }
  else
    done = aw_outbox_schedule (outbox, message, at, &error);
  self->sending = FALSE;
  gtk_widget_set_sensitive (self->send, TRUE);
  if (!done)
    {
      aw_ui_error (self->view, error);
      aw_draft_reopen (self->draft);
      return;
    }

  if (at == AW_NEVER)
    text = g_strdup_printf (_("Sending to %s"), name);
  else
    {
      g_autofree char *when = aw_words_relative (aw_engine_get_calendar (engine), at, aw_engine_now (engine));

      /* Translators: name, and "tomorrow at 9:00" */
      text = g_strdup_printf (_("The message to %s will be sent %s"), name, when);
    }
  if (main_window != NULL)
    aw_ui_toast_with_action (GTK_WIDGET (main_window), text, _("Undo"), UNDO_GROUP ".unsend", g_variant_new_string (id),
                             AW_OUTBOX_UNDO_SECONDS);
  aw_compose_finish (self);
}

static void
saved_cb (GObject *source,
          GAsyncResult *result,
          gpointer data)
{
  Order *order = data;
  AwComposeWindow *self = order->window;
  g_autoptr (GError) error = NULL;

  if (aw_draft_save_finish (AW_DRAFT (source), result, &error))
    hand_over (self, order->at);
  else
    {
      self->sending = FALSE;
      gtk_widget_set_sensitive (self->send, TRUE);
      aw_ui_error (self->view, error);
    }
  order_free (order);
}

static void
save_and_send (AwComposeWindow *self,
               gint64 at)
{
  Order *order = g_new0 (Order, 1);

  order->window = g_object_ref (self);
  order->at = at;
  self->sending = TRUE;
  gtk_widget_set_sensitive (self->send, FALSE);
  aw_draft_save_async (self->draft, NULL, saved_cb, order);
}

/* Which guards the user overrules goes with the message (rules.md §2). */
static void
note_overruled (AwComposeWindow *self,
                gint64 at)
{
  AwMessage *message = aw_compose_message (self);

  g_strfreev (message->overruled);
  message->overruled = aw_compose_overruled (self, message->channel, at);
}

typedef struct
{
  AwComposeWindow *window;
  gint64 at;
} Question;

static void
answered_cb (const char *answer,
             gpointer data)
{
  Question *question = data;
  AwComposeWindow *self = question->window;

  if (strcmp (answer, "send") == 0)
    {
      note_overruled (self, question->at != AW_NEVER ? question->at : aw_engine_now (aw_ui_engine (self->ui)));
      save_and_send (self, question->at);
    }
  else if (strcmp (answer, "later") == 0)
    aw_compose_send_later (self);
  g_object_unref (question->window);
  g_free (question);
}

/* "Write Anyway" was the one question about this guard. */
static gboolean
was_asked (AwComposeWindow *self,
           AwFinding *finding,
           gint64 at)
{
  g_auto (GStrv) guards = NULL;

  if (self->overruled == NULL || strcmp (finding->id, "M8") != 0)
    return FALSE;
  guards = aw_compose_overruled (self, aw_compose_message (self)->channel, at);
  /* The first is the one that M8 is about. */
  return guards != NULL && strcmp (guards[0], self->overruled) == 0;
}

/* Asks once, with all that is to be asked, or goes on at once. */
static void
ask_and_send (AwComposeWindow *self,
              gint64 at)
{
  static const AwAnswer now_answers[] = {
    { "cancel", N_("_Cancel"), AW_ANSWER_PLAIN },
    { "later", N_("Send _Later…"), AW_ANSWER_PLAIN },
    { "send", N_("Send _Anyway"), AW_ANSWER_PLAIN },
    { NULL, NULL, 0 },
  };
  static const AwAnswer later_answers[] = {
    { "cancel", N_("_Cancel"), AW_ANSWER_PLAIN },
    { "send", N_("_Schedule Anyway"), AW_ANSWER_PLAIN },
    { NULL, NULL, 0 },
  };
  AwAnswer answers[4];
  const AwAnswer *wanted = at == AW_NEVER ? now_answers : later_answers;
  gint64 leaves = at != AW_NEVER ? at : aw_engine_now (aw_ui_engine (self->ui));
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) findings = NULL;
  g_autoptr (GString) reasons = g_string_new (NULL);
  Question *question;
  guint n = 0;

  aw_compose_sync (self);
  aw_reviewer_set_message (self->reviewer, aw_compose_message (self));
  findings = aw_reviewer_review_now (self->reviewer, leaves, &error);
  if (findings == NULL)
    {
      if (error != NULL)
        aw_ui_error (self->view, error);
      return;
    }
  for (guint i = 0; i < findings->len; i++)
    {
      AwFinding *finding = g_ptr_array_index (findings, i);

      if (finding->severity == AW_SEVERITY_ASK && !was_asked (self, finding, leaves))
        g_string_append_printf (reasons, "%s%s", reasons->len > 0 ? "\n\n" : "", finding->sentence);
    }
  if (reasons->len == 0)
    {
      note_overruled (self, leaves);
      save_and_send (self, at);
      return;
    }

  do
    {
      answers[n] = wanted[n];
      if (wanted[n].label != NULL)
        answers[n].label = _(wanted[n].label);
    }
  while (wanted[n++].id != NULL);
  question = g_new0 (Question, 1);
  question->window = g_object_ref (self);
  question->at = at;
  aw_confirm (GTK_WIDGET (self), at == AW_NEVER ? _("Send Anyway?") : _("Schedule Anyway?"), reasons->str, NULL, answers, answered_cb, question);
}

/* What must be there whatever the user thinks of the text. */
static gboolean
is_ready (AwComposeWindow *self)
{
  AwMessage *message = aw_compose_message (self);
  AwPerson *person = aw_compose_person (self);
  g_autoptr (AwAccount) account = aw_compose_find_account (aw_ui_engine (self->ui), message->account);

  if (self->sending || !aw_compose_is_attached (self))
    return FALSE;
  if (account == NULL)
    {
      aw_ui_edit_account (GTK_WIDGET (self), "");
      return FALSE;
    }
  if (person == NULL)
    {
      aw_ui_toast (self->view, _("Choose whom the message is for"));
      gtk_menu_button_popup (GTK_MENU_BUTTON (self->to));
      return FALSE;
    }
  if (person->email == NULL || *person->email == '\0')
    {
      g_autofree char *text = g_strdup_printf (_("There is no e-mail address for %s yet"), aw_person_get_short_name (person));
      g_autoptr (GVariant) target = g_variant_ref_sink (g_variant_new ("(ss)", aw_dossier_get_id (self->dossier), AW_ID (person)));

      aw_ui_toast_with_action (self->view, text, _("Add"), "win.edit-person", target, 8);
      return FALSE;
    }
  g_free (message->account);
  message->account = g_strdup (AW_ID (account));
  return TRUE;
}

/* Asked for before the message leaves the window, while somebody is there. */
static void
password_given_cb (gboolean given,
                   gpointer data)
{
  g_autoptr (AwComposeWindow) self = data;

  if (given && !self->finished)
    aw_compose_send (self);
}

static gboolean
has_password (AwComposeWindow *self)
{
  g_autoptr (AwAccount) account = aw_compose_find_account (aw_ui_engine (self->ui), aw_compose_message (self)->account);
  AwAsker *asker = aw_asker_get (self->ui);

  if (account == NULL || !aw_asker_must_ask (asker, account))
    return TRUE;
  aw_asker_ask (asker, GTK_WIDGET (self), AW_ID (account), password_given_cb, g_object_ref (self));
  return FALSE;
}

static void
later_chosen_cb (gint64 at,
                 gpointer data)
{
  ask_and_send (data, at);
}

/* Public functions --------------------------------------------------------- */

GStrv
aw_compose_overruled (AwComposeWindow *self,
                      AwChannel channel,
                      gint64 at)
{
  AwMessage *message = aw_compose_message (self);
  const char *people[] = { message->person, NULL };

  return aw_overruled_by_contact (aw_ui_engine (self->ui), aw_dossier_get_id (self->dossier), people, message->kind, channel,
                                  message->follow_up, at);
}

void
aw_compose_send (AwComposeWindow *self)
{
  if (aw_compose_message (self)->channel == AW_CHANNEL_LETTER)
    {
      aw_compose_print (self);
      return;
    }
  if (is_ready (self) && has_password (self))
    ask_and_send (self, AW_NEVER);
}

void
aw_compose_send_later (AwComposeWindow *self)
{
  AwEngine *engine = aw_ui_engine (self->ui);
  AwMessage *message = aw_compose_message (self);
  AwPerson *person = aw_compose_person (self);
  g_autoptr (AwReviewFacts) facts = NULL;
  gint64 until = AW_NEVER;

  if (!is_ready (self))
    return;
  facts = aw_engine_gather_review_facts (engine, aw_dossier_get_id (self->dossier), NULL);
  if (facts != NULL)
    until = aw_guards_check (facts->dossier, facts->elsewhere, facts->calendar, message->person, message->kind, message->channel,
                             aw_engine_now (engine)).until;
  if (self->dialog != NULL)
    aw_dialog_close (self->dialog);
  aw_later_dialog_present (GTK_WIDGET (self), person->time_zone, until, later_chosen_cb, self);
}
