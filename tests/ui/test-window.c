/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "app/aw-application.h"
#include "exchange/aw-import.h"
#include "support/aw-test-files.h"
#include "ui/aw-ui-test.h"
#include "ui/aw-window.h"

/* The application as it is, over the facts of tests/ui/data/NAME.json: every
 * action of it and of its window, with what is there, what is not there and
 * what makes no sense. G_DEBUG=fatal-warnings makes any warning a failure. */

typedef struct
{
  const char *name; /* of the facts, NULL: none at all */
  GApplication *application;
  guint played;
} Play;

/* For a parameter of each type: what to call an action with. */
static const char *const subjects[] = { "hf", "nobody", NULL };

static const char *const words[] = { "outbox", "overview", "hf", "nowhere", "", "silence_days", "notifications", NULL };

/* Each by itself, at the end. */
static const char *const last[] = { "delete", "undo", "quit", NULL };

static AwWindow *
find_window (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (AW_IS_WINDOW (window))
        return AW_WINDOW (window);
    }
  return NULL;
}

static GtkWindow *
find_other (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = g_list_model_get_n_items (windows); i > 0; i--)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i - 1);

      if (!AW_IS_WINDOW (window) && gtk_widget_get_visible (GTK_WIDGET (window)))
        return window;
    }
  return NULL;
}

/* What an action opened goes as the user would have it go. */
static void
close_others (void)
{
  GtkWindow *window;

  for (guint i = 0; i < 20 && (window = find_other ()) != NULL; i++)
    {
      gtk_window_close (window);
      for (guint j = 0; j < 40 && find_other () == window; j++)
        {
          g_main_context_iteration (NULL, FALSE);
          g_usleep (2000);
        }
    }
}

static void
run_pending (void)
{
  for (guint i = 0; i < 8; i++)
    {
      while (g_main_context_iteration (NULL, FALSE))
        ;
      g_usleep (2000);
    }
}

static void
call (Play *play,
      GActionGroup *group,
      const char *name,
      GVariant *parameter)
{
  g_test_message ("%s", name);
  g_action_group_activate_action (group, name, parameter);
  run_pending ();
  close_others ();
  g_assert_nonnull (find_window ());
  play->played++;
}

static void
call_with_all (Play *play,
               GActionGroup *group,
               const char *name)
{
  const GVariantType *type = g_action_group_get_action_parameter_type (group, name);

  if (type == NULL)
    {
      call (play, group, name, NULL);
      return;
    }
  for (guint i = 0; g_variant_type_equal (type, G_VARIANT_TYPE_STRING) && words[i] != NULL; i++)
    call (play, group, name, g_variant_new_string (words[i]));
  for (guint i = 0; !g_variant_type_equal (type, G_VARIANT_TYPE_STRING) && subjects[i] != NULL; i++)
    {
      if (g_variant_type_equal (type, G_VARIANT_TYPE ("(ss)")))
        {
          call (play, group, name, g_variant_new ("(ss)", subjects[i], "thank-you/hf-marcus/hf-1"));
          call (play, group, name, g_variant_new ("(ss)", subjects[i], ""));
        }
      else if (g_variant_type_equal (type, G_VARIANT_TYPE ("(sss)")))
        call (play, group, name, g_variant_new ("(sss)", subjects[i], "hf-marcus", "no/such/key"));
      else if (g_variant_type_equal (type, G_VARIANT_TYPE ("(ssss)")))
        {
          call (play, group, name, g_variant_new ("(ssss)", subjects[i], "hf-marcus", "thank-you", "thank-you/hf-marcus/hf-1"));
          call (play, group, name, g_variant_new ("(ssss)", subjects[i], "", "nonsense", ""));
        }
      else
        g_error ("No parameter is known for %s", name);
    }
}

static void
call_all (Play *play,
          GActionGroup *group)
{
  g_auto (GStrv) names = g_action_group_list_actions (group);

  g_assert_cmpuint (g_strv_length (names), >, 10);
  for (guint i = 0; names[i] != NULL; i++)
    if (!g_strv_contains (last, names[i]))
      {
        g_test_message ("%s", names[i]);
        call_with_all (play, group, names[i]);
      }
}

static gboolean
on_idle (gpointer data)
{
  Play *play = data;
  AwWindow *window = find_window ();

  g_assert_nonnull (window);
  run_pending ();
  g_assert_cmpstr (aw_window_get_page (window), ==, play->name != NULL ? "today" : "empty");
  call_all (play, G_ACTION_GROUP (play->application));
  call_all (play, G_ACTION_GROUP (window));
  if (play->name != NULL)
    {
      GListModel *summaries = aw_engine_get_summaries (aw_ui_engine (aw_window_get_ui (window)));
      g_autoptr (AwSummary) summary = g_list_model_get_item (summaries, 0);
      g_autofree char *kept = g_strdup (aw_summary_get_id (summary));
      guint n = g_list_model_get_n_items (summaries);

      /* What is shown is deleted, and there again. ("hf" is archived by now.) */
      call (play, G_ACTION_GROUP (window), "show", g_variant_new_string (kept));
      call (play, G_ACTION_GROUP (window), "delete", g_variant_new_string (kept));
      for (guint i = 0; i < 100 && g_list_model_get_n_items (summaries) == n; i++)
        run_pending ();
      g_assert_cmpuint (g_list_model_get_n_items (summaries), ==, n - 1);
      g_assert_cmpstr (aw_window_get_page (window), ==, "today");
      call (play, G_ACTION_GROUP (window), "undo", NULL);
      for (guint i = 0; i < 100 && g_list_model_get_n_items (summaries) == n - 1; i++)
        run_pending ();
      g_assert_cmpuint (g_list_model_get_n_items (summaries), ==, n);
    }
  /* The first time it says what quitting means; the second time it quits. */
  g_action_group_activate_action (G_ACTION_GROUP (play->application), "quit", NULL);
  g_action_group_activate_action (G_ACTION_GROUP (play->application), "quit", NULL);
  return G_SOURCE_REMOVE;
}

static void
on_activate (GApplication *application G_GNUC_UNUSED,
             Play *play)
{
  g_idle_add_full (G_PRIORITY_LOW, on_idle, play, NULL);
}

/* Into the database that the application will find. */
static void
import (const char *name)
{
  g_autoptr (AwClock) clock = aw_clock_new ();
  g_autofree char *path = aw_database_default_path ();
  g_autofree char *file = g_strdup_printf ("%s.json", name);
  g_autofree char *json = g_test_build_filename (G_TEST_DIST, "ui", "data", file, NULL);
  g_autofree char *text = NULL;
  gsize length;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (AwImport) facts = NULL;
  g_autoptr (AwCommand) command = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (AwEngine) engine = aw_engine_open (path, clock, &error);

  g_assert_no_error (error);
  aw_engine_set_announces (engine, FALSE);
  g_assert_true (g_file_get_contents (json, &text, &length, NULL));
  bytes = g_bytes_new (text, length);
  facts = aw_import_read (bytes, aw_engine_get_database (engine), "UTC", aw_clock_now (clock), &error);
  g_assert_no_error (error);
  command = aw_import_make_command (facts, "Import");
  g_assert_true (aw_engine_run (engine, command, FALSE, &error));
  g_assert_no_error (error);
}

static void
test_actions (gconstpointer name)
{
  g_autofree char *path = aw_database_default_path ();
  g_autoptr (AwApplication) application = NULL;
  AwWindow *window;
  Play play = { .name = name };
  static const char *const endings[] = { "", "-wal", "-shm", "-journal" };
  char *arguments[] = { (char *) "afterword", NULL };

  aw_ui_test_forgive_gtk ();
  /* With what stands beside it: the journal of one file must not meet another. */
  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *beside = g_strconcat (path, endings[i], NULL);

      g_unlink (beside);
    }
  if (name != NULL)
    import (name);
  application = aw_application_new ();
  play.application = G_APPLICATION (application);
  g_signal_connect_after (application, "activate", G_CALLBACK (on_activate), &play);
  g_assert_cmpint (g_application_run (G_APPLICATION (application), 1, arguments), ==, 0);
  /* One that an open AdwDialog holds is not for the next to find. */
  while ((window = find_window ()) != NULL)
    gtk_window_destroy (GTK_WINDOW (window));
  g_test_message ("%u activations", play.played);
  g_assert_cmpuint (play.played, >, 90);
}

/* Today's copy ------------------------------------------------------------------- */

static const char *
find_text (GtkWidget *widget,
           const char *start)
{
  const char *found = NULL;

  if (GTK_IS_LABEL (widget) && g_str_has_prefix (gtk_label_get_text (GTK_LABEL (widget)), start))
    return gtk_label_get_text (GTK_LABEL (widget));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL; child = gtk_widget_get_next_sibling (child))
    found = find_text (child, start);
  return found;
}

static gboolean
on_copy_idle (gpointer data)
{
  GApplication *application = data;
  const char *text = NULL;

  for (guint i = 0; i < 400 && (text = find_text (GTK_WIDGET (find_window ()), "Today’s copy")) == NULL; i++)
    run_pending ();
  g_assert_nonnull (text);
  g_test_message ("%s", text);
  g_assert_true (g_str_has_prefix (text, "Today’s copy of your data could not be made: "));
  g_assert_true (g_str_has_suffix (text, "."));
  g_action_group_activate_action (G_ACTION_GROUP (application), "quit", NULL);
  g_action_group_activate_action (G_ACTION_GROUP (application), "quit", NULL);
  return G_SOURCE_REMOVE;
}

static void
on_copy_activate (GApplication *application)
{
  g_idle_add_full (G_PRIORITY_LOW, on_copy_idle, application, NULL);
}

/* That the daily copy fails is said where the user sees it, until they read it. */
static void
test_no_copy (void)
{
  g_autofree char *path = aw_database_default_path ();
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *backups = g_build_filename (folder, "backups", NULL);
  g_autofree char *aside = g_build_filename (folder, "backups-aside", NULL);
  g_autoptr (AwApplication) application = NULL;
  char *arguments[] = { (char *) "afterword", NULL };

  aw_ui_test_forgive_gtk ();
  g_rename (backups, aside);
  g_mkdir_with_parents (folder, 0700);
  g_assert_true (g_file_set_contents (backups, "no folder", -1, NULL));
  application = aw_application_new ();
  g_signal_connect_after (application, "activate", G_CALLBACK (on_copy_activate), NULL);
  g_assert_cmpint (g_application_run (G_APPLICATION (application), 1, arguments), ==, 0);
  g_unlink (backups);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/window/actions/nothing", NULL, test_actions);
  g_test_add_data_func ("/window/actions/six", "six", test_actions);
  g_test_add_data_func ("/window/actions/hard", "hard", test_actions);
  g_test_add_func ("/window/no-copy", test_no_copy);
  return g_test_run ();
}
