/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/aw-application.h"

#include <glib/gi18n.h>

#include "service/aw-agent-client.h"
#include "service/aw-open.h"
#include "store/aw-attachment-store.h"
#include "ui/aw-shortcuts.h"
#include "ui/aw-transfer.h"
#include "ui/aw-window.h"

struct _AwApplication
{
  AdwApplication parent_instance;

  char *database;       /* NULL: the default one */
  AwClock *clock;
  AwEngine *engine;
  AwOutbox *outbox;
  AwUi *ui;
  GSettings *settings;
  GtkWidget *window;    /* weak */
  guint watch;
  guint quit_timeout;   /* what quitting means is being read */
};

/* Long enough for one line, in seconds. */
#define TOLD_FOR 3

G_DEFINE_FINAL_TYPE (AwApplication, aw_application, ADW_TYPE_APPLICATION)

static void
on_agent_changed (gpointer data)
{
  AwApplication *self = data;

  aw_engine_refresh (self->engine);
}

static void
on_copy_failed (const char *why,
                gpointer data)
{
  AwApplication *self = data;
  g_autofree char *text = NULL;

  if (self->window == NULL || !AW_IS_WINDOW (self->window))
    return;
  /* Translators: %s is the reason, a sentence */
  text = g_strdup_printf (_("Today’s copy of your data could not be made: %s"), why);
  aw_ui_toast_with_action (self->window, text, NULL, NULL, NULL, 0);
}

static gboolean
open_engine (AwApplication *self,
             GError **error)
{
  g_autofree char *path = self->database != NULL ? g_strdup (self->database) : aw_database_default_path ();

  if (self->engine != NULL)
    return TRUE;
  self->clock = aw_clock_new ();
  self->engine = aw_engine_open_for_user (path, self->clock, error);
  if (self->engine == NULL)
    {
      g_clear_object (&self->clock);
      return FALSE;
    }
  aw_engine_back_up_daily (self->engine, on_copy_failed, self);
  aw_attachment_store_purge (aw_engine_get_database (self->engine), NULL); /* the next start tries again */
  self->outbox = aw_outbox_new (self->engine);
  self->ui = aw_ui_new (self->engine, self->outbox);
  self->watch = aw_agent_client_watch (on_agent_changed, self);
  return TRUE;
}

/* The window, made if need be; NULL if the data cannot be opened, which a
 * window of its own tells. */
static AwWindow *
show_window (AwApplication *self)
{
  g_autoptr (GError) error = NULL;

  if (self->window == NULL)
    {
      if (!open_engine (self, &error))
        {
          g_autofree char *path = self->database != NULL ? g_strdup (self->database) : aw_database_default_path ();

          g_set_weak_pointer (&self->window, aw_trouble_window_new (GTK_APPLICATION (self), path, error));
        }
      else
        g_set_weak_pointer (&self->window, aw_window_new (GTK_APPLICATION (self), self->ui, self->settings));
    }
  gtk_window_present (GTK_WINDOW (self->window));
  return AW_IS_WINDOW (self->window) ? AW_WINDOW (self->window) : NULL;
}

/* Actions of notifications, menus of the desktop and the bus: (ss) is
 * opportunity and key. They come to the window's own. */
static void
on_window_action (GSimpleAction *action,
                  GVariant *parameter,
                  gpointer data)
{
  AwWindow *window = show_window (data);
  const char *name = g_action_get_name (G_ACTION (action));
  const char *opportunity, *key;

  if (window == NULL)
    return;
  g_variant_get (parameter, "(&s&s)", &opportunity, &key);
  if (g_str_equal (name, "open"))
    {
      if (*opportunity == '\0')
        gtk_widget_activate_action (GTK_WIDGET (window), "win.page", "s", "today");
      else
        gtk_widget_activate_action (GTK_WIDGET (window), "win.show", "s", opportunity);
    }
  else if (g_str_equal (name, "compose"))
    gtk_widget_activate_action (GTK_WIDGET (window), "win.act", "(ss)", opportunity, key);
  else
    {
      g_autofree char *full = g_strconcat ("win.", name, NULL);

      gtk_widget_activate_action (GTK_WIDGET (window), full, "(ss)", opportunity, key);
    }
}

static void
on_page (GSimpleAction *action G_GNUC_UNUSED,
         GVariant *parameter,
         gpointer data)
{
  AwWindow *window = show_window (data);

  if (window != NULL)
    gtk_widget_activate_action_variant (GTK_WIDGET (window), "win.page", parameter);
}

static void
on_account (GSimpleAction *action G_GNUC_UNUSED,
            GVariant *parameter,
            gpointer data)
{
  AwWindow *window = show_window (data);

  if (window != NULL)
    gtk_widget_activate_action_variant (GTK_WIDGET (window), "win.account", parameter);
}

/* Buttons of notifications: what shows something … */
static void
on_shown_page (GSimpleAction *action,
               GVariant *parameter,
               gpointer data)
{
  AwApplication *self = data;
  AwWindow *window = show_window (self);
  const char *subject;

  if (window == NULL)
    return;
  gtk_widget_activate_action (GTK_WIDGET (window), "win.page", "s", g_action_get_name (G_ACTION (action)));
  g_variant_get (parameter, "(&s&s)", &subject, NULL);
  if (g_str_equal (subject, AW_AGENT_TEST_SUBJECT))
    aw_ui_test_answered (self->ui);
  else if (g_str_equal (g_action_get_name (G_ACTION (action)), "today"))
    aw_agent_client_act ("today", "", "");
}

/* … what is about a message … */
static void
on_message_button (GSimpleAction *action,
                   GVariant *parameter,
                   gpointer data)
{
  AwApplication *self = data;
  const char *name = g_action_get_name (G_ACTION (action));
  g_autoptr (GError) error = NULL;
  const char *message;

  g_variant_get (parameter, "(&s&s)", &message, NULL);
  if (g_str_equal (name, "trouble-account"))
    {
      AwWindow *window = show_window (self);
      g_autoptr (AwRecord) record = NULL;
      AwDatabase *database = window != NULL ? aw_engine_get_database (self->engine) : NULL;

      if (window == NULL)
        return;
      record = aw_database_load_record (database, AW_RECORD_MESSAGE, message, NULL);
      if (record != NULL && AW_MESSAGE (record)->account != NULL)
        gtk_widget_activate_action (GTK_WIDGET (window), "win.account", "s", AW_MESSAGE (record)->account);
      else
        gtk_widget_activate_action (GTK_WIDGET (window), "win.page", "s", "outbox");
      return;
    }
  if (!open_engine (self, &error) ||
      !(g_str_equal (name, "was-sent") ? aw_outbox_was_sent (self->outbox, message, &error)
                                       : aw_outbox_retry (self->outbox, message, &error)))
    {
      /* Settled meanwhile, most likely; somebody may be there to read it. */
      if (AW_IS_WINDOW (self->window))
        aw_ui_toast (self->window, error->message);
      else
        g_message ("%s", error->message);
      return;
    }
  if (!g_str_equal (name, "was-sent"))
    aw_agent_client_send (self->database);
}

/* … and what the agent does without a window: in Flatpak the portal brings
 * its buttons here. */
static void
on_agent_button (GSimpleAction *action,
                 GVariant *parameter,
                 gpointer data G_GNUC_UNUSED)
{
  const char *opportunity, *key;

  g_variant_get (parameter, "(&s&s)", &opportunity, &key);
  aw_agent_client_act (g_action_get_name (G_ACTION (action)), opportunity, key);
}

static void
on_new_interview (GSimpleAction *action G_GNUC_UNUSED,
                  GVariant *parameter G_GNUC_UNUSED,
                  gpointer data)
{
  AwWindow *window = show_window (data);

  if (window != NULL)
    gtk_widget_activate_action (GTK_WIDGET (window), "win.add", NULL);
}

static void
quit_now (AwApplication *self)
{
  g_clear_handle_id (&self->quit_timeout, g_source_remove);
  aw_agent_client_quit ();
  aw_agent_client_flush ();
  if (self->window != NULL)
    gtk_window_close (GTK_WINDOW (self->window));
  g_application_quit (G_APPLICATION (self));
}

static gboolean
on_quit_timeout (gpointer data)
{
  AwApplication *self = data;

  self->quit_timeout = 0;
  quit_now (self);
  return G_SOURCE_REMOVE;
}

/* Said once in a life: whoever quits for the first time may not know it. */
static gboolean
tell_about_quitting (AwApplication *self)
{
  g_autofree char *background = NULL;
  g_autofree char *told = NULL;
  g_autoptr (AwCommand) command = NULL;

  if (self->engine == NULL || !AW_IS_WINDOW (self->window) || !gtk_widget_get_mapped (self->window))
    return FALSE;
  background = aw_engine_get_setting (self->engine, "background");
  told = aw_engine_get_setting (self->engine, "quit-told");
  if (told != NULL || g_strcmp0 (background, "0") == 0)
    return FALSE;
  command = aw_command_new ("");
  aw_command_set_setting (command, "quit-told", NULL, "1");
  aw_ui_run_quietly (self->window, command, NULL, NULL);
  aw_ui_toast (self->window, _("Reminders stop until you open Afterword"));
  return TRUE;
}

/* Closing the window leaves the reminders; quitting stops them, too. */
static void
on_quit (GSimpleAction *action G_GNUC_UNUSED,
         GVariant *parameter G_GNUC_UNUSED,
         gpointer data)
{
  AwApplication *self = data;

  if (self->quit_timeout == 0 && tell_about_quitting (self))
    self->quit_timeout = g_timeout_add_seconds (TOLD_FOR, on_quit_timeout, self);
  else
    quit_now (self);
}

static const GActionEntry entries[] = {
  { .name = "compose", .activate = on_window_action, .parameter_type = "(ss)" },
  { .name = "open", .activate = on_window_action, .parameter_type = "(ss)" },
  { .name = "snooze", .activate = on_window_action, .parameter_type = "(ss)" },
  { .name = "done", .activate = on_agent_button, .parameter_type = "(ss)" },
  { .name = "skip", .activate = on_agent_button, .parameter_type = "(ss)" },
  { .name = "hour", .activate = on_agent_button, .parameter_type = "(ss)" },
  { .name = "tomorrow", .activate = on_agent_button, .parameter_type = "(ss)" },
  { .name = "is-answer", .activate = on_agent_button, .parameter_type = "(ss)" },
  { .name = "no-answer", .activate = on_agent_button, .parameter_type = "(ss)" },
  { .name = "today", .activate = on_shown_page, .parameter_type = "(ss)" },
  { .name = "outbox", .activate = on_shown_page, .parameter_type = "(ss)" },
  { .name = "try-again", .activate = on_message_button, .parameter_type = "(ss)" },
  { .name = "send-again", .activate = on_message_button, .parameter_type = "(ss)" },
  { .name = "was-sent", .activate = on_message_button, .parameter_type = "(ss)" },
  { .name = "trouble-account", .activate = on_message_button, .parameter_type = "(ss)" },
  { .name = "checklist", .activate = on_window_action, .parameter_type = "(ss)" },
  { .name = "page", .activate = on_page, .parameter_type = "s" },
  { .name = "account", .activate = on_account, .parameter_type = "s" },
  { .name = "new-interview", .activate = on_new_interview },
  { .name = "quit", .activate = on_quit },
};

static void
aw_application_startup (GApplication *application)
{
  AwApplication *self = AW_APPLICATION (application);

  G_APPLICATION_CLASS (aw_application_parent_class)->startup (application);
  aw_ui_load ();
  gtk_window_set_default_icon_name (APP_ID);
  self->settings = g_settings_new (APP_ID);
  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  aw_shortcuts_install (GTK_APPLICATION (self));
}

static void
aw_application_activate (GApplication *application)
{
  show_window (AW_APPLICATION (application));
}

static void
aw_application_open (GApplication *application,
                     GFile **files,
                     int n_files,
                     const char *hint G_GNUC_UNUSED)
{
  AwWindow *window = show_window (AW_APPLICATION (application));

  for (int i = 0; window != NULL && i < n_files; i++)
    aw_transfer_import_file (aw_window_get_ui (window), GTK_WIDGET (window), files[i]);
}

static int
aw_application_handle_local_options (GApplication *application,
                                     GVariantDict *options)
{
  AwApplication *self = AW_APPLICATION (application);
  const char *database = NULL;
  gboolean add = FALSE;

  if (g_variant_dict_lookup (options, "database", "^&ay", &database))
    {
      /* Another database is another program's data: it must not come up in the
       * window that is open already. */
      self->database = g_strdup (database);
      g_application_set_flags (application, g_application_get_flags (application) | G_APPLICATION_NON_UNIQUE);
    }
  if (g_variant_dict_lookup (options, "new-interview", "b", &add) && add)
    {
      g_autoptr (GError) error = NULL;

      if (!g_application_register (application, NULL, &error))
        {
          g_printerr ("afterword: %s\n", error->message);
          return 1;
        }
      g_action_group_activate_action (G_ACTION_GROUP (application), "new-interview", NULL);
      if (g_application_get_is_remote (application))
        return 0;
    }
  return -1;
}

static void
aw_application_shutdown (GApplication *application)
{
  AwApplication *self = AW_APPLICATION (application);

  g_clear_handle_id (&self->quit_timeout, g_source_remove);
  if (self->watch != 0)
    aw_agent_client_unwatch (self->watch);
  self->watch = 0;
  /* Whoever does not want it in the background does not find it there. */
  if (self->engine != NULL && self->database == NULL)
    {
      g_autofree char *background = aw_engine_get_setting (self->engine, "background");

      if (g_strcmp0 (background, "0") == 0)
        aw_agent_client_quit ();
    }
  aw_agent_client_flush ();
  g_clear_weak_pointer (&self->window);
  g_clear_object (&self->ui);
  g_clear_object (&self->outbox);
  g_clear_object (&self->engine);
  g_clear_object (&self->clock);
  G_APPLICATION_CLASS (aw_application_parent_class)->shutdown (application);
}

static void
aw_application_finalize (GObject *object)
{
  AwApplication *self = AW_APPLICATION (object);

  g_clear_object (&self->settings);
  g_free (self->database);
  G_OBJECT_CLASS (aw_application_parent_class)->finalize (object);
}

static void
aw_application_class_init (AwApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = aw_application_finalize;
  application_class->startup = aw_application_startup;
  application_class->activate = aw_application_activate;
  application_class->open = aw_application_open;
  application_class->handle_local_options = aw_application_handle_local_options;
  application_class->shutdown = aw_application_shutdown;
}

static void
aw_application_init (AwApplication *self)
{
  static const GOptionEntry options[] = {
    { "database", 0, 0, G_OPTION_ARG_FILENAME, NULL, N_("Use this database instead of your own"), N_("FILE") },
    { "new-interview", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Open the window to add an interview"), NULL },
    { NULL },
  };

  g_application_add_main_option_entries (G_APPLICATION (self), options);
}

AwApplication *
aw_application_new (void)
{
  return g_object_new (AW_TYPE_APPLICATION,
                       "application-id", APP_ID,
                       "flags", G_APPLICATION_HANDLES_OPEN,
                       "resource-base-path", "/app/afterword/Afterword",
                       NULL);
}
