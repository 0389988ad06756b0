/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/aw-agent.h"

#include <string.h>

#include "config.h"

#include <glib/gi18n.h>

#include "agent/aw-courier.h"
#include "agent/aw-mail-notices.h"
#include "agent/aw-search-provider.h"
#include "agent/aw-window-client.h"
#include "core/aw-words.h"
#include "service/aw-agent-client.h"
#include "service/aw-background.h"
#include "service/aw-engine.h"
#include "service/aw-notifier-freedesktop.h"
#include "service/aw-notifier-gnotification.h"
#include "service/aw-reminder-notice.h"
#include "service/aw-reminders.h"
#include "service/aw-replies.h"
#include "service/aw-writer.h"
#include "store/aw-incoming-store.h"
#include "store/aw-outbox-watch.h"

struct _AwAgent
{
  GApplication parent_instance;

  AwEngine *engine;
  AwNotifier *notifier;
  AwReminders *reminders;
  AwCourier *courier;
  AwSearchProvider *search_provider;
  GHashTable *known_troubles; /* ids of messages that the user was told of */
  gboolean applying;          /* starting at login is being asked for */
  gboolean quitting;          /* when what is in the queue has left */
  guint window_watch;
  gboolean window_gone;       /* nobody is there to ask for a password */
  char *status_line;          /* what the desktop was told last */
  int status;
};

G_DEFINE_FINAL_TYPE (AwAgent, aw_agent, G_TYPE_APPLICATION)

/* A message that leaves within so many seconds is waited for. */
#define LEAVING 60

/* Tells open windows that something was committed. */
static void
emit_changed (AwAgent *self)
{
  GDBusConnection *bus = g_application_get_dbus_connection (G_APPLICATION (self));

  if (bus != NULL)
    g_dbus_connection_emit_signal (bus, NULL, g_application_get_dbus_object_path (G_APPLICATION (self)), AW_AGENT_INTERFACE,
                                   AW_AGENT_SIGNAL, NULL, NULL);
}

/* Mail --------------------------------------------------------------------- */

/* Tells of messages that failed since, and takes back what is settled. */
static void
check_troubles (AwAgent *self,
                gboolean tell)
{
  g_autoptr(GPtrArray) troubles = aw_outbox_watch_troubles (aw_engine_get_database (self->engine), NULL);
  g_autoptr(GHashTable) present = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree char *hidden = aw_engine_get_setting (self->engine, "hide-names");
  GHashTableIter iter;
  gpointer message;

  if (troubles == NULL)
    return;
  for (guint i = 0; i < troubles->len; i++)
    {
      const AwOutboxTrouble *trouble = g_ptr_array_index (troubles, i);
      g_autoptr(AwNotice) notice = NULL;

      /* While a window is open the notice would be in its way; it comes when it is closed. */
      if (trouble->state == AW_MESSAGE_QUEUED && (!self->window_gone || !tell))
        continue;
      g_hash_table_add (present, trouble->message);
      if (!g_hash_table_add (self->known_troubles, g_strdup (trouble->message)) || !tell)
        continue;
      notice = aw_mail_notice_trouble (trouble, g_strcmp0 (hidden, "1") == 0);
      aw_notifier_show (self->notifier, notice);
    }
  g_hash_table_iter_init (&iter, self->known_troubles);
  while (g_hash_table_iter_next (&iter, &message, NULL))
    if (!g_hash_table_contains (present, message))
      {
        g_autofree char *id = g_strconcat ("message-", message, NULL);

        aw_notifier_withdraw (self->notifier, id, 0);
        g_hash_table_iter_remove (&iter);
      }
}

static void
on_window_appeared (G_GNUC_UNUSED GDBusConnection *bus,
                    G_GNUC_UNUSED const char *name,
                    G_GNUC_UNUSED const char *owner,
                    gpointer data)
{
  AwAgent *self = AW_AGENT (data);

  self->window_gone = FALSE;
  check_troubles (self, TRUE);
}

static void
on_window_vanished (G_GNUC_UNUSED GDBusConnection *bus,
                    G_GNUC_UNUSED const char *name,
                    gpointer data)
{
  AwAgent *self = AW_AGENT (data);

  self->window_gone = TRUE;
  check_troubles (self, TRUE);
}

/* Starting at login ---------------------------------------------------------- */

typedef struct
{
  AwEngine *engine;
  const char *key; /* static */
  char *value;
} Setting;

static void
setting_free (gpointer data)
{
  Setting *setting = data;

  g_object_unref (setting->engine);
  g_free (setting->value);
  g_free (setting);
}

static gboolean
write_setting (G_GNUC_UNUSED AwDatabase *database,
               gpointer data,
               GError **error)
{
  const Setting *setting = data;
  g_autofree char *before = aw_engine_get_setting (setting->engine, setting->key);
  g_autoptr(AwCommand) command = aw_command_new ("");

  if (g_strcmp0 (before, setting->value) == 0)
    return TRUE;
  aw_command_set_setting (command, setting->key, before, setting->value);
  return aw_engine_run (setting->engine, command, FALSE, error);
}

/* Writes now, or when another process no longer holds the database. */
static gboolean
put (AwAgent *self,
     AwWriteFunc func,
     gpointer data,
     GDestroyNotify free_data,
     GError **error)
{
  return aw_writer_write (aw_reminders_get_writer (self->reminders), func, data, free_data, error);
}

static void
set_setting (AwAgent *self,
             const char *key,
             const char *value)
{
  Setting *setting = g_new0 (Setting, 1);
  g_autoptr(GError) error = NULL;

  setting->engine = g_object_ref (self->engine);
  setting->key = key;
  setting->value = g_strdup (value);
  if (!put (self, write_setting, setting, setting_free, &error))
    g_warning ("A setting could not be stored: %s", error->message);
}

static void
on_background_applied (G_GNUC_UNUSED GObject *source,
                       GAsyncResult *result,
                       gpointer data)
{
  g_autoptr(AwAgent) self = AW_AGENT (data);
  AwBackgroundState state = aw_background_apply_finish (result);

  self->applying = FALSE;
  if (self->engine != NULL)
    set_setting (self, "background-state", aw_background_state_name (state));
}

/* The setting says what the user wants; this makes it so, once. */
static void
apply_background (AwAgent *self)
{
  g_autofree char *wanted = aw_engine_get_setting (self->engine, "background");
  g_autofree char *applied = aw_engine_get_setting (self->engine, "agent-background");
  g_autofree char *state = aw_engine_get_setting (self->engine, "background-state");

  /* What was applied may wait to be noted. */
  if (aw_writer_is_held (aw_reminders_get_writer (self->reminders)))
    return;
  /* A state that the user took away is to be asked for again. */
  if (wanted == NULL || self->applying || (g_strcmp0 (wanted, applied) == 0 && state != NULL))
    return;
  self->applying = TRUE;
  set_setting (self, "agent-background", wanted);
  aw_background_apply_async (g_application_get_dbus_connection (G_APPLICATION (self)), strcmp (wanted, "1") == 0, NULL,
                             on_background_applied, g_object_ref (self));
}

/* The window closed and reminders are to end with it: but a message that was
 * told to leave leaves first. */
static void
quit_when_done (AwAgent *self)
{
  gint64 next = aw_outbox_watch_next (aw_engine_get_database (self->engine), aw_engine_now (self->engine));

  if (aw_courier_is_out (self->courier) || (next != AW_NEVER && next <= aw_engine_now (self->engine) + LEAVING))
    return;
  g_application_quit (G_APPLICATION (self));
}

/* The line in the desktop's list of what runs in the background. */
static void
update_status (AwAgent *self)
{
  gint64 next = aw_reminders_get_next (self->reminders);
  g_autofree char *text = NULL;

  if (next == AW_NEVER)
    text = g_strdup (_("No reminder is due"));
  else
    {
      g_autofree char *when = aw_words_relative (aw_engine_get_calendar (self->engine), next, aw_engine_now (self->engine));

      /* Translators: %s is a moment: "tomorrow at 9:00" */
      text = g_strdup_printf (_("Looks again %s"), when);
    }
  if (g_strcmp0 (text, self->status_line) == 0)
    return;
  g_free (self->status_line);
  self->status_line = g_steal_pointer (&text);
  aw_background_set_status (g_application_get_dbus_connection (G_APPLICATION (self)), self->status_line);
}

static gboolean
claim_mail (G_GNUC_UNUSED AwDatabase *database,
            gpointer data,
            GError **error)
{
  AwAgent *self = data;

  if (self->reminders == NULL)
    return TRUE; /* the end: it waits for the next time */
  return aw_mail_notices_tell (self->engine, self->notifier, error);
}

static void
tell_of_mail (AwAgent *self)
{
  g_autoptr(GError) error = NULL;

  if (!aw_writer_is_held (aw_reminders_get_writer (self->reminders)) && !put (self, claim_mail, self, NULL, &error))
    g_warning ("What came in could not be read: %s", error->message);
}

static void
on_swept (AwAgent *self)
{
  check_troubles (self, TRUE);
  tell_of_mail (self);
  aw_reminders_also_wake (self->reminders, aw_courier_check (self->courier));
  apply_background (self);
  update_status (self);
  if (self->quitting)
    quit_when_done (self);
}

static void
on_courier_done (AwAgent *self)
{
  aw_reminders_sweep (self->reminders);
  emit_changed (self);
}

/* Buttons and actions ------------------------------------------------------- */

typedef struct
{
  AwEngine *engine;
  char *incoming;
  gboolean is_answer;
} Answer;

static void
answer_free (gpointer data)
{
  Answer *said = data;

  g_object_unref (said->engine);
  g_free (said->incoming);
  g_free (said);
}

static gboolean
write_answer (G_GNUC_UNUSED AwDatabase *database,
              gpointer data,
              GError **error)
{
  const Answer *said = data;

  return aw_replies_answer (said->engine, said->incoming, said->is_answer, error);
}

/* The user's word on a mail that came in. */
static void
answer (AwAgent *self,
        const char *incoming,
        AwNoticeAction action)
{
  g_autofree char *id = g_strconcat ("incoming-", incoming, NULL);
  g_autoptr(GError) error = NULL;
  Answer *said = g_new0 (Answer, 1);

  said->engine = g_object_ref (self->engine);
  said->incoming = g_strdup (incoming);
  said->is_answer = action == AW_NOTICE_IS_ANSWER;
  if (!put (self, write_answer, said, answer_free, &error))
    g_warning ("What the user said of a mail could not be noted: %s", error->message);
  aw_notifier_withdraw (self->notifier, id, 0);
  emit_changed (self);
  aw_reminders_sweep (self->reminders);
}

/* What shows a window, and what needs the libraries of mail. */
static void
on_refer (AwAgent *self,
          const AwNotice *notice,
          int action,
          const char *token)
{
  if (action == AW_NOTICE_IS_ANSWER || action == AW_NOTICE_NO_ANSWER)
    {
      answer (self, notice->key, (AwNoticeAction) action);
      return;
    }
  aw_window_client_activate (g_application_get_dbus_connection (G_APPLICATION (self)),
                             aw_notice_action_name ((AwNoticeAction) action), notice->subject, notice->key, token);
  /* Not every server takes it away after a click, and nothing will ever be done for this one. */
  if (strcmp (notice->id, AW_NOTICE_TEST) == 0)
    aw_notifier_withdraw (self->notifier, AW_NOTICE_TEST, 0);
}

static void
on_engine_changed (AwAgent *self)
{
  emit_changed (self);
}

/* Somebody committed: windows are told at once, the rest when it is planned. */
static void
on_refresh (G_GNUC_UNUSED GSimpleAction *action,
            G_GNUC_UNUSED GVariant *parameter,
            gpointer data)
{
  AwAgent *self = AW_AGENT (data);

  self->quitting = FALSE; /* somebody is there again */
  emit_changed (self);
  aw_reminders_sweep (self->reminders);
}

static void
on_send (G_GNUC_UNUSED GSimpleAction *action,
         G_GNUC_UNUSED GVariant *parameter,
         gpointer data)
{
  AwAgent *self = AW_AGENT (data);

  aw_courier_go (self->courier);
  aw_reminders_sweep (self->reminders);
}

static void
on_quit (G_GNUC_UNUSED GSimpleAction *action,
         G_GNUC_UNUSED GVariant *parameter,
         gpointer data)
{
  AwAgent *self = AW_AGENT (data);

  aw_reminders_stop (self->reminders);
  self->quitting = TRUE;
  quit_when_done (self);
}

/* Its state is what came of it: nothing, or a sentence; a question mark as long
 * as the server has not answered. */
static void
on_test (GSimpleAction *action,
         G_GNUC_UNUSED GVariant *parameter,
         gpointer data)
{
  AwAgent *self = AW_AGENT (data);
  g_autoptr(AwNotice) notice = aw_reminder_test_notice ();
  g_autofree char *sound = aw_engine_get_setting (self->engine, "sound");

  notice->sound = g_strcmp0 (sound, "1") == 0;
  g_simple_action_set_state (action, g_variant_new_string (AW_AGENT_NO_ANSWER));
  aw_notifier_show (self->notifier, notice);
}

static void
on_shown (AwAgent *self,
          const char *id,
          G_GNUC_UNUSED guint number)
{
  if (strcmp (id, AW_NOTICE_TEST) == 0)
    g_action_group_change_action_state (G_ACTION_GROUP (self), "test", g_variant_new_string (""));
}

static gboolean
write_untold (AwDatabase *database,
              gpointer incoming,
              GError **error)
{
  return aw_incoming_put_back (database, incoming, error);
}

/* What could not be shown is told of when the server appears. */
static void
on_failed (AwAgent *self,
           const char *id,
           const char *why)
{
  g_autoptr(GError) error = NULL;

  if (strcmp (id, AW_NOTICE_TEST) == 0)
    {
      g_message ("The test reminder could not be shown: %s", why);
      g_action_group_change_action_state (G_ACTION_GROUP (self), "test",
                                          g_variant_new_string (_("The desktop has nothing that shows notifications.")));
    }
  else if (g_str_has_prefix (id, "message-"))
    g_hash_table_remove (self->known_troubles, id + strlen ("message-"));
  else if (g_str_has_prefix (id, "incoming-") &&
           !put (self, write_untold, g_strdup (id + strlen ("incoming-")), g_free, &error))
    g_warning ("Mail that came in will not be told of: %s", error->message);
}

/* A button that was pressed in Flatpak comes by way of the window's program. */
static void
on_act (GSimpleAction *action,
        GVariant *parameter,
        gpointer data)
{
  AwAgent *self = AW_AGENT (data);
  g_autoptr(GError) error = NULL;
  AwNoticeAction what;
  const char *subject;
  const char *key;

  g_variant_get (parameter, "(&s&s)", &subject, &key);
  if (!aw_notice_action_parse (g_action_get_name (G_ACTION (action)), &what))
    return;
  if (what == AW_NOTICE_IS_ANSWER || what == AW_NOTICE_NO_ANSWER)
    answer (self, key, what);
  else if (!aw_reminders_act (self->reminders, subject, key, what, &error))
    g_warning ("A decision could not be recorded: %s", error->message);
}

/* So does the word that the summary was opened. */
static void
on_today (G_GNUC_UNUSED GSimpleAction *action,
          G_GNUC_UNUSED GVariant *parameter,
          gpointer data)
{
  aw_reminders_seen (AW_AGENT (data)->reminders);
}

static const GActionEntry actions[] = {
  { .name = "refresh", .activate = on_refresh },
  { .name = "send", .activate = on_send },
  { .name = "quit", .activate = on_quit },
  { .name = "test", .activate = on_test, .state = "''" },
  { .name = "done", .activate = on_act, .parameter_type = "(ss)" },
  { .name = "hour", .activate = on_act, .parameter_type = "(ss)" },
  { .name = "tomorrow", .activate = on_act, .parameter_type = "(ss)" },
  { .name = "skip", .activate = on_act, .parameter_type = "(ss)" },
  { .name = "today", .activate = on_today, .parameter_type = "(ss)" },
  { .name = "is-answer", .activate = on_act, .parameter_type = "(ss)" },
  { .name = "no-answer", .activate = on_act, .parameter_type = "(ss)" },
};

/* Start and end ------------------------------------------------------------- */

static void
fail (AwAgent *self,
      const char *sentence)
{
  g_printerr ("afterword-agent: %s\n", sentence);
  self->status = 1;
  g_application_quit (G_APPLICATION (self));
}

static gboolean
wants_gnotification (void)
{
  const char *chosen = g_getenv ("AW_NOTIFIER");

  if (chosen != NULL)
    return strcmp (chosen, "gnotification") == 0;
  return g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS) || g_getenv ("SNAP") != NULL;
}

/* Whoever starts us by calling the search provider finds it there. */
static gboolean
aw_agent_dbus_register (GApplication *application,
                        GDBusConnection *connection,
                        const char *object_path,
                        GError **error)
{
  AwAgent *self = AW_AGENT (application);
  g_autofree char *path = g_strconcat (object_path, "/SearchProvider", NULL);

  return G_APPLICATION_CLASS (aw_agent_parent_class)->dbus_register (application, connection, object_path, error) &&
         aw_search_provider_export (self->search_provider, connection, path, error);
}

static void
aw_agent_startup (GApplication *application)
{
  AwAgent *self = AW_AGENT (application);
  g_autofree char *path = aw_database_default_path ();
  g_autoptr(AwClock) clock = aw_clock_new ();
  g_autoptr(GError) error = NULL;

  G_APPLICATION_CLASS (aw_agent_parent_class)->startup (application);

  g_application_hold (application);
  if (g_application_get_dbus_connection (application) == NULL)
    {
      fail (self, _("There is no session bus, so reminders cannot be shown. Start it from a desktop session."));
      return;
    }
  self->engine = aw_engine_open (path, clock, &error);
  if (self->engine == NULL)
    {
      fail (self, error->message);
      return;
    }
  aw_engine_set_announces (self->engine, FALSE);
  aw_search_provider_set_engine (self->search_provider, self->engine);
  self->notifier = wants_gnotification () ? aw_gnotification_notifier_new (application)
                                          : aw_freedesktop_notifier_new (g_application_get_dbus_connection (application),
                                                                         _("Afterword"), APP_ID);
  self->reminders = aw_reminders_new (self->engine, self->notifier);
  self->courier = aw_courier_new (self->engine);
  check_troubles (self, FALSE);
  self->window_watch = g_bus_watch_name_on_connection (g_application_get_dbus_connection (application), APP_ID, G_BUS_NAME_WATCHER_FLAGS_NONE,
                                                       on_window_appeared, on_window_vanished, self, NULL);
  g_signal_connect_object (self->engine, "changed", G_CALLBACK (on_engine_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->reminders, "refer", G_CALLBACK (on_refer), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->reminders, "swept", G_CALLBACK (on_swept), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->notifier, "shown", G_CALLBACK (on_shown), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->notifier, "failed", G_CALLBACK (on_failed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->courier, "done", G_CALLBACK (on_courier_done), self, G_CONNECT_SWAPPED);
  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
}

/* Each start, and each further one that finds this one running. */
static void
aw_agent_activate (GApplication *application)
{
  AwAgent *self = AW_AGENT (application);

  if (self->reminders != NULL)
    aw_reminders_sweep (self->reminders);
}

static void
aw_agent_shutdown (GApplication *application)
{
  AwAgent *self = AW_AGENT (application);

  g_clear_handle_id (&self->window_watch, g_bus_unwatch_name);
  g_clear_object (&self->courier);
  g_clear_object (&self->reminders);
  g_clear_object (&self->notifier);
  g_clear_object (&self->engine);

  G_APPLICATION_CLASS (aw_agent_parent_class)->shutdown (application);
}

static void
aw_agent_finalize (GObject *object)
{
  g_hash_table_unref (AW_AGENT (object)->known_troubles);
  g_clear_object (&AW_AGENT (object)->search_provider);
  g_free (AW_AGENT (object)->status_line);

  G_OBJECT_CLASS (aw_agent_parent_class)->finalize (object);
}

static void
aw_agent_class_init (AwAgentClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = aw_agent_finalize;
  application_class->dbus_register = aw_agent_dbus_register;
  application_class->startup = aw_agent_startup;
  application_class->activate = aw_agent_activate;
  application_class->shutdown = aw_agent_shutdown;
}

static void
aw_agent_init (AwAgent *self)
{
  self->known_troubles = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->search_provider = aw_search_provider_new ();
}

/**
 * aw_agent_new:
 *
 * Returns: (transfer full): the agent
 */
AwAgent *
aw_agent_new (void)
{
  return g_object_new (AW_TYPE_AGENT, "application-id", AGENT_ID, NULL);
}

/**
 * aw_agent_get_status:
 * @self: an agent that has ended
 *
 * Returns: the status with which the program ends
 */
int
aw_agent_get_status (AwAgent *self)
{
  return self->status;
}
