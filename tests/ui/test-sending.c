/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "mail/aw-discovery.h"
#include "store/aw-attachment-store.h"
#include "support/aw-fake-clock.h"
#include "support/aw-test-files.h"
#include "ui/aw-account-form.h"
#include "ui/aw-account-password.h"
#include "ui/aw-account-test-row.h"
#include "ui/aw-attachments.h"
#include "ui/aw-compose-window-private.h"
#include "ui/aw-outbox-page.h"
#include "ui/aw-outbox-row.h"
#include "ui/aw-ui-test.h"

/* Sending, over the real outbox: what the window asks, keeps and hands over.
 * The worker is a script that writes down what it is given. */

typedef struct
{
  AwUiTest base;
  AwOutbox *outbox;
  char *given; /* what the worker read */
} Test;

#define TEXT \
  "Dear Marcus,\n\nThank you for taking the time to show me how your team moved order intake to an event queue. Your point about " \
  "replaying a day of orders in the test bench stayed with me. At Bramble I built a similar replay tool, and it cut the time to " \
  "find a fault from hours to minutes.\n\nI remain very interested in the position and look forward to hearing from you.\n\n" \
  "Kind regards,\nSam Verhoeven"

static void
set_up (Test *test,
        gconstpointer name)
{
  g_autofree char *script = NULL;
  g_autofree char *text = NULL;

  aw_ui_test_set_up (&test->base, name);
  g_object_unref (test->base.ui);
  test->given = g_build_filename (test->base.folder, "given", NULL);
  script = g_build_filename (test->base.folder, "worker", NULL);
  text = g_strdup_printf ("#!/bin/sh\n{ echo \"$@\"; tr '\\000' '|'; } > '%s.new'\nmv '%s.new' '%s'\n", test->given, test->given, test->given);
  g_assert_true (g_file_set_contents (script, text, -1, NULL));
  g_chmod (script, 0700);
  g_setenv ("AFTERWORD_SEND", script, TRUE);

  test->outbox = aw_outbox_new (test->base.engine);
  test->base.ui = aw_ui_new (test->base.engine, test->outbox);
  aw_ui_attach (test->base.ui, GTK_WINDOW (test->base.window), test->base.overlay);
  gtk_window_present (GTK_WINDOW (test->base.window));
}

static void
tear_down (Test *test,
           gconstpointer name)
{
  GListModel *windows = gtk_window_get_toplevels ();

  /* libadwaita 1.2 crashes when a window goes with a toast that is on the move. */
  aw_ui_test_settle ();
  aw_ui_test_settle ();
  for (guint i = g_list_model_get_n_items (windows); i > 0; i--)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i - 1);

      if (window == NULL || GTK_WIDGET (window) == test->base.window)
        continue;
      if (AW_IS_COMPOSE_WINDOW (window))
        aw_compose_finish (AW_COMPOSE_WINDOW (window));
      else
        gtk_window_destroy (window);
    }
  aw_ui_test_settle ();
  aw_ui_test_tear_down (&test->base, name);
  g_clear_object (&test->outbox);
  g_free (test->given);
}

static gboolean
wait_for (gboolean (*reached) (gpointer data),
          gpointer data)
{
  gint64 end = g_get_monotonic_time () + 20 * G_USEC_PER_SEC;

  while (!reached (data))
    {
      if (g_get_monotonic_time () > end)
        return FALSE;
      if (!g_main_context_iteration (NULL, FALSE))
        g_usleep (2000);
    }
  return TRUE;
}

/* A picture of a window, where AW_SHOTS names a folder for them. */
static void
shoot (gpointer window,
       const char *name)
{
  const char *folder = g_getenv ("AW_SHOTS");
  g_autoptr (GdkPaintable) paintable = NULL;
  g_autoptr (GtkSnapshot) snapshot = NULL;
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  g_autofree char *file = NULL;
  int width, height;

  if (folder == NULL)
    return;
  aw_ui_test_settle ();
  aw_ui_test_settle ();
  paintable = gtk_widget_paintable_new (window);
  snapshot = gtk_snapshot_new ();
  width = gtk_widget_get_width (window);
  height = gtk_widget_get_height (window);
  gdk_paintable_snapshot (paintable, snapshot, width, height);
  node = gtk_snapshot_free_to_node (g_steal_pointer (&snapshot));
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (window)), node,
                                         &GRAPHENE_RECT_INIT (0, 0, width, height));
  file = g_strdup_printf ("%s/%s.png", folder, name);
  gdk_texture_save_to_png (texture, file);
}

static AwAccount *
add_account (Test *test,
             gboolean ask)
{
  g_autoptr (AwAccount) account = (AwAccount *) aw_record_new (AW_TYPE_ACCOUNT, NULL);
  g_autoptr (AwCommand) command = aw_command_new ("Account");
  g_autoptr (GError) error = NULL;

  account->name = g_strdup ("Sam Verhoeven");
  account->address = g_strdup ("sam@verhoeven.example");
  account->host = g_strdup ("smtp.verhoeven.example");
  account->user = g_strdup ("sam@verhoeven.example");
  account->port = 465;
  account->ask_password = ask;
  aw_command_add (command, account);
  g_assert_true (aw_engine_run (test->base.engine, command, FALSE, &error));
  return g_steal_pointer (&account);
}

/* In the queue, where a worker without a password left it. */
static char *
add_waiting (Test *test,
             AwAccount *account,
             const char *fault)
{
  AwDatabase *database = aw_engine_get_database (test->base.engine);
  g_autoptr (AwMessage) message = (AwMessage *) aw_record_new (AW_TYPE_MESSAGE, "hf");
  g_autoptr (AwOutboxEntry) entry = NULL;
  g_autoptr (GError) error = NULL;
  gint64 now = aw_engine_now (test->base.engine);

  message->person = g_strdup ("hf-marcus");
  message->kind = AW_TOUCH_THANK_YOU;
  message->account = g_strdup (AW_ID (account));
  message->subject = g_strdup ("Thank you");
  message->body = g_strdup (TEXT);
  g_assert_true (aw_outbox_queue (test->outbox, message, 0, &error));
  g_assert_no_error (error);
  entry = aw_outbox_store_claim (database, AW_ID (message), now, &error);
  g_assert_nonnull (entry);
  g_assert_true (aw_outbox_store_settle (database, AW_ID (message), AW_MESSAGE_QUEUED, now + 900, fault, 0, NULL, &error));
  aw_engine_refresh (test->base.engine);
  return g_strdup (AW_ID (message));
}

/* What was sent --------------------------------------------------------------- */

static void
add_sent (Test *test,
          AwAccount *account,
          const char *subject,
          int days_ago)
{
  AwDatabase *database = aw_engine_get_database (test->base.engine);
  g_autoptr (AwMessage) message = (AwMessage *) aw_record_new (AW_TYPE_MESSAGE, "hf");
  g_autoptr (AwOutboxEntry) entry = NULL;
  g_autoptr (GError) error = NULL;
  gint64 now = aw_engine_now (test->base.engine);

  message->person = g_strdup ("hf-marcus");
  message->kind = AW_TOUCH_OTHER;
  message->account = g_strdup (AW_ID (account));
  message->subject = g_strdup (subject);
  message->body = g_strdup (TEXT);
  g_assert_true (aw_outbox_queue (test->outbox, message, 0, &error));
  g_assert_no_error (error);
  entry = aw_outbox_store_claim (database, AW_ID (message), now, &error);
  g_assert_nonnull (entry);
  g_assert_true (aw_outbox_store_sent (database, AW_ID (message), aw_instant (now - days_ago * AW_DAY), 250, "OK", &error));
  g_assert_no_error (error);
  aw_engine_refresh (test->base.engine);
}

static guint
count_rows (GtkWidget *page)
{
  guint n = 0;

  while (aw_ui_test_find (page, AW_TYPE_OUTBOX_ROW, n) != NULL)
    n++;
  return n;
}

/* The list holds what was sent in 30 days; the rest comes by Show All (ux.md 3g). */
static void
test_older (Test *test,
            gconstpointer name G_GNUC_UNUSED)
{
  g_autoptr (AwAccount) account = add_account (test, TRUE);
  GtkWidget *page = aw_outbox_page_new (test->base.ui);
  GtkWidget *button;

  aw_ui_test_show (&test->base, page, 800);
  button = aw_ui_test_find_button ("Show All");
  g_assert_false (gtk_widget_get_visible (button));
  add_sent (test, account, "A month and more ago", 31);
  aw_ui_test_settle ();
  g_assert_cmpuint (count_rows (page), ==, 0);
  g_assert_true (gtk_widget_is_visible (button));
  add_sent (test, account, "Lately", 29);
  aw_ui_test_settle ();
  g_assert_cmpuint (count_rows (page), ==, 1);
  g_assert_true (gtk_widget_is_visible (button));
  shoot (test->base.window, "older");

  g_signal_emit_by_name (button, "clicked");
  aw_ui_test_settle ();
  g_assert_cmpuint (count_rows (page), ==, 2);
  g_assert_false (gtk_widget_is_visible (button));
}

/* Passwords ---------------------------------------------------------------- */

static GtkWidget *
find_entry (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);
      GtkWidget *entry = aw_ui_test_find (GTK_WIDGET (window), GTK_TYPE_PASSWORD_ENTRY, 0);

      if (entry != NULL && gtk_widget_get_mapped (entry))
        return entry;
    }
  return NULL;
}

static gboolean
is_asked (gpointer data G_GNUC_UNUSED)
{
  return find_entry () != NULL;
}

static gboolean
is_not_asked (gpointer data G_GNUC_UNUSED)
{
  return find_entry () == NULL;
}

static gboolean
is_given (gpointer data)
{
  return g_file_test (((Test *) data)->given, G_FILE_TEST_EXISTS);
}

/* By the dialog's own button: what it is differs between versions of libadwaita. */
static void
answer (const char *password,
        const char *label)
{
  GtkWidget *entry = find_entry ();
  GtkWidget *button = aw_ui_test_find_button (label);

  g_assert_nonnull (button);
  gtk_editable_set_text (GTK_EDITABLE (entry), password);
  g_signal_emit_by_name (button, "clicked");
}

static void
check_given (Test *test,
             AwAccount *account)
{
  g_autofree char *expected = g_strdup_printf ("--passwords --database=%s\n%s|correct horse|",
                                               aw_database_get_path (aw_engine_get_database (test->base.engine)), AW_ID (account));
  g_autofree char *given = NULL;

  g_assert_true (wait_for (is_given, test));
  g_assert_true (g_file_get_contents (test->given, &given, NULL, NULL));
  g_assert_cmpstr (given, ==, expected);
  g_unlink (test->given);
}

static gboolean
banner_waits (gpointer data)
{
  return aw_banner_get_revealed (data);
}

static gboolean
banner_is_gone (gpointer data)
{
  return !aw_banner_get_revealed (data);
}

static void
test_asked (Test *test,
            gconstpointer name G_GNUC_UNUSED)
{
  g_autoptr (AwAccount) account = add_account (test, TRUE);
  GtkWidget *page = aw_outbox_page_new (test->base.ui);
  GtkWidget *banner = aw_ui_test_find (page, AW_TYPE_BANNER, 0);
  g_autofree char *message = NULL;
  GtkWidget *row;

  aw_ui_test_show (&test->base, page, 800);
  message = add_waiting (test, account, "ask-password");
  g_assert_true (wait_for (is_asked, NULL));
  g_assert_true (wait_for (banner_waits, banner));
  g_assert_nonnull (aw_ui_test_find_button ("Enter Password…"));

  /* Not now: it stays at that, until the user presses a button. */
  answer ("", "_Not Now");
  g_assert_true (wait_for (is_not_asked, NULL));
  aw_ui_test_settle ();
  g_assert_null (find_entry ());
  g_assert_false (is_given (test));

  row = aw_ui_test_find (page, AW_TYPE_OUTBOX_ROW, 0);
  gtk_widget_activate_action (row, "outbox.password", NULL);
  g_assert_true (wait_for (is_asked, NULL));
  answer ("correct horse", "_Send");
  check_given (test, account);
  g_assert_false (aw_asker_must_ask (aw_asker_get (test->base.ui), account));

  /* For the next one, too, without a question. */
  g_free (message);
  message = add_waiting (test, account, "ask-password");
  check_given (test, account);
  g_assert_null (find_entry ());

  /* A password that was refused is forgotten, and asked for again. */
  g_assert_true (aw_outbox_store_pause (aw_engine_get_database (test->base.engine), AW_ID (account), "The server refused the password (535).", NULL));
  aw_engine_refresh (test->base.engine);
  aw_ui_test_settle ();
  g_assert_null (aw_asker_look_up (aw_asker_get (test->base.ui), AW_ID (account)));
}

static void
test_no_keyring (Test *test,
                 gconstpointer name G_GNUC_UNUSED)
{
  g_autoptr (AwAccount) account = add_account (test, FALSE);
  GtkWidget *page = aw_outbox_page_new (test->base.ui);
  g_autofree char *message = NULL;

  aw_ui_test_show (&test->base, page, 400);
  message = add_waiting (test, account, "no-keyring");
  g_assert_true (wait_for (is_asked, NULL));
  answer ("correct horse", "_Send");
  check_given (test, account);
}

static void
test_locked (Test *test,
             gconstpointer name G_GNUC_UNUSED)
{
  g_autoptr (AwAccount) account = add_account (test, FALSE);
  GtkWidget *page = aw_outbox_page_new (test->base.ui);
  GtkWidget *banner = aw_ui_test_find (page, AW_TYPE_BANNER, 0);
  g_autofree char *message = NULL;
  g_autoptr (GError) error = NULL;

  aw_ui_test_show (&test->base, page, 800);
  message = add_waiting (test, account, "keyring-locked");
  g_assert_true (wait_for (banner_waits, banner));
  g_assert_nonnull (aw_ui_test_find_button ("Unlock…"));
  g_assert_null (aw_ui_test_find_button ("Try Now"));
  g_assert_null (find_entry ());

  g_assert_true (aw_outbox_cancel (test->outbox, message, &error));
  g_assert_true (wait_for (banner_is_gone, banner));
}

/* Locked pages: what /proc says of this process. */
static int
locked_kilobytes (void)
{
  g_autofree char *text = NULL;
  const char *line;

  g_assert_true (g_file_get_contents ("/proc/self/status", &text, NULL, NULL));
  line = strstr (text, "VmLck:");
  g_assert_nonnull (line);
  return atoi (line + 6);
}

static void
test_memory (void)
{
  AwPasswordKeeper *keeper = aw_password_keeper_new ();
  g_autofree char *long_one = g_strnfill (AW_PASSWORD_AT_MOST + 1, 'x');
  int before = locked_kilobytes ();

  g_assert_true (aw_password_keeper_keep (keeper, "a", "one"));
  g_assert_true (aw_password_keeper_keep (keeper, "b", "two"));
  g_assert_cmpint (locked_kilobytes () - before, >=, 8);
  g_assert_true (aw_password_keeper_keep (keeper, "a", "three"));
  g_assert_cmpstr (aw_password_keeper_look_up (keeper, "a"), ==, "three");
  g_assert_false (aw_password_keeper_keep (keeper, "c", ""));
  g_assert_false (aw_password_keeper_keep (keeper, "c", long_one));
  aw_password_keeper_forget (keeper, "a");
  g_assert_null (aw_password_keeper_look_up (keeper, "a"));
  g_assert_finalize_object (keeper);
  g_assert_cmpint (locked_kilobytes (), ==, before);
}

/* Attachments -------------------------------------------------------------- */

static AwComposeWindow *
compose (Test *test)
{
  GListModel *windows = gtk_window_get_toplevels ();

  aw_compose_window_present (test->base.ui, "hf", "hf-marcus", AW_TOUCH_UNSET, "thank-you/hf-marcus/hf-1");
  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (AW_IS_COMPOSE_WINDOW (window) && !AW_COMPOSE_WINDOW (window)->finished)
        return AW_COMPOSE_WINDOW (window);
    }
  g_assert_not_reached ();
}

static gboolean
is_read (gpointer attachments)
{
  return !aw_attachments_is_busy (attachments);
}

static void
attach (AwComposeWindow *window,
        const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);

  aw_attachments_add_file (AW_ATTACHMENTS (window->attachments), file);
  g_assert_true (wait_for (is_read, window->attachments));
}

static char *
make_file (Test *test,
           const char *name,
           gsize size)
{
  char *path = g_build_filename (test->base.folder, name, NULL);
  g_autofree char *bytes = g_malloc (size + 1);

  for (gsize i = 0; i < size; i++)
    bytes[i] = (char) (i * 7 + i / 251);
  g_assert_true (g_file_set_contents (path, bytes, (gssize) size, NULL));
  return path;
}

/* The newest toast, which is what the user reads. */
static gboolean
sees (GtkWidget *widget,
      const char *words)
{
  if (GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget) && strstr (gtk_label_get_text (GTK_LABEL (widget)), words) != NULL)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (sees (child, words))
      return TRUE;
  return FALSE;
}

typedef struct
{
  gpointer window;
  const char *words;
} Sight;

static gboolean
is_seen (gpointer data)
{
  Sight *sight = data;

  return sees (sight->window, sight->words);
}

static void
see (gpointer window,
     const char *words)
{
  Sight sight = { window, words };

  if (!wait_for (is_seen, &sight))
    g_error ("“%s” is not to be seen", words);
}

static GtkWidget *
find_toast (GtkWidget *widget)
{
  GtkWidget *found = strcmp (G_OBJECT_TYPE_NAME (widget), "AdwToastWidget") == 0 ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL; child = gtk_widget_get_next_sibling (child))
    found = find_toast (child);
  return found;
}

static gboolean
has_no_toast (gpointer window)
{
  return find_toast (window) == NULL;
}

/* An error stays until the user closes it. */
static void
see_error (gpointer window,
           const char *words)
{
  GtkWidget *toast, *button = NULL;

  see (window, words);
  aw_ui_test_settle (); /* libadwaita 1.2 crashes when a toast is closed while it is still coming */
  aw_ui_test_settle ();
  toast = find_toast (window);
  for (guint i = 0; aw_ui_test_find (toast, GTK_TYPE_BUTTON, i) != NULL; i++)
    button = aw_ui_test_find (toast, GTK_TYPE_BUTTON, i);
  g_signal_emit_by_name (button, "clicked");
  g_assert_true (wait_for (has_no_toast, window));
}

static gboolean
is_stored (gpointer data)
{
  return aw_draft_is_stored (((AwComposeWindow *) data)->draft);
}

static guint
count_files (Test *test,
             const char *message)
{
  g_autoptr (GPtrArray) files = aw_attachment_store_list (aw_engine_get_database (test->base.engine), message, NULL);

  return files->len;
}

static void
test_attach (Test *test,
             gconstpointer name G_GNUC_UNUSED)
{
  AwComposeWindow *window = compose (test);
  AwAttachments *files = AW_ATTACHMENTS (window->attachments);
  g_autofree char *id = g_strdup (AW_ID (aw_compose_message (window)));
  g_autofree char *small = make_file (test, "Lebenslauf Ä.pdf", 1200);
  g_autofree char *empty = make_file (test, "empty.txt", 0);
  g_autofree char *big = make_file (test, "portfolio.zip", 6 * 1000 * 1000);
  g_autofree char *huge = make_file (test, "film.mkv", 26 * 1000 * 1000);
  g_autofree char *gone = g_build_filename (test->base.folder, "gone.pdf", NULL);
  g_autofree char *pipe = g_build_filename (test->base.folder, "pipe", NULL);
  GtkWidget *button;

  g_assert_false (gtk_widget_get_visible (window->attachments));
  attach (window, small);
  g_assert_cmpuint (aw_attachments_get_count (files), ==, 1);
  g_assert_true (gtk_widget_get_visible (window->attachments));
  see (window, "Lebenslauf Ä.pdf");
  see (window, "1.2");
  /* It is a draft now, without a word typed. */
  g_assert_true (wait_for (is_stored, window));

  attach (window, gone);
  see_error (window, "is not there any more");
  attach (window, test->base.folder);
  see_error (window, "is a folder");
  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  attach (window, pipe);
  see_error (window, "is no file that can be attached");
  attach (window, huge);
  see_error (window, "25 MB");
  g_assert_cmpuint (aw_attachments_get_count (files), ==, 1);
  g_assert_false (sees (GTK_WIDGET (window), "a link may be safer"));

  attach (window, empty);
  attach (window, big);
  g_assert_cmpuint (aw_attachments_get_count (files), ==, 3);
  see (window, "a link may be safer");
  aw_ui_test_check_names (GTK_WIDGET (window));
  shoot (window, "attachments");
  gtk_window_set_default_size (GTK_WINDOW (window), 400, 720);
  aw_ui_test_settle ();
  shoot (window, "attachments-400");
  aw_ui_test_check_width (GTK_WIDGET (window->page), 360);

  /* Off, and back by Undo. */
  button = aw_ui_test_find (window->attachments, GTK_TYPE_BUTTON, 2);
  g_signal_emit_by_name (button, "clicked");
  g_assert_cmpuint (aw_attachments_get_count (files), ==, 2);
  g_assert_false (sees (GTK_WIDGET (window), "a link may be safer"));
  see (window, "removed");
  aw_ui_test_settle (); /* libadwaita 1.2 crashes when a toast is dismissed while it is still coming */
  aw_ui_test_settle ();
  button = aw_ui_test_find_button ("Undo");
  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
  g_assert_cmpuint (aw_attachments_get_count (files), ==, 3);
  g_assert_cmpuint (count_files (test, id), ==, 3);
}

static gboolean
no_compose (gpointer data G_GNUC_UNUSED)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (AW_IS_COMPOSE_WINDOW (window) && !AW_COMPOSE_WINDOW (window)->finished)
        return FALSE;
    }
  return TRUE;
}

typedef struct
{
  Test *test;
  const char *id;
  gboolean there;
} Stored;

static gboolean
is_message (gpointer data)
{
  Stored *stored = data;
  g_autoptr (AwRecord) record =
    aw_database_load_record (aw_engine_get_database (stored->test->base.engine), AW_RECORD_MESSAGE, stored->id, NULL);

  return (record != NULL) == stored->there;
}

static gboolean
can_undo (gpointer engine)
{
  return aw_engine_peek_undo (engine) != NULL;
}

/* Undo of a deleted draft brings its files back; the next start clears away
 * what nobody can bring back any more. */
static void
test_attachments_and_undo (Test *test,
                           gconstpointer name G_GNUC_UNUSED)
{
  AwComposeWindow *window = compose (test);
  AwDatabase *database = aw_engine_get_database (test->base.engine);
  g_autofree char *id = g_strdup (AW_ID (aw_compose_message (window)));
  g_autofree char *file = make_file (test, "cv.pdf", 5000);
  Stored stored = { test, id, FALSE };
  g_autoptr (GError) error = NULL;

  attach (window, file);
  g_assert_true (wait_for (is_stored, window));
  gtk_widget_activate_action (GTK_WIDGET (window), "compose.delete", NULL);
  g_assert_true (wait_for (no_compose, NULL));
  g_assert_true (wait_for (is_message, &stored));
  g_assert_true (wait_for (can_undo, test->base.engine));
  aw_ui_undo (test->base.window);
  stored.there = TRUE;
  g_assert_true (wait_for (is_message, &stored));
  g_assert_true (aw_attachment_store_purge (database, &error));
  g_assert_cmpuint (count_files (test, id), ==, 1);

  window = compose (test);
  g_assert_cmpstr (AW_ID (aw_compose_message (window)), ==, id);
  g_assert_cmpuint (aw_attachments_get_count (AW_ATTACHMENTS (window->attachments)), ==, 1);
  gtk_widget_activate_action (GTK_WIDGET (window), "compose.delete", NULL);
  stored.there = FALSE;
  g_assert_true (wait_for (is_message, &stored));
  g_assert_cmpuint (count_files (test, id), ==, 1);
  g_assert_true (aw_attachment_store_purge (database, &error));
  g_assert_cmpuint (count_files (test, id), ==, 0);
}

/* As it would leave; Python's parser must find the same files in it. */
static void
test_attachments_leave (Test *test,
                        gconstpointer name G_GNUC_UNUSED)
{
  g_autoptr (AwAccount) account = add_account (test, FALSE);
  AwComposeWindow *window = compose (test);
  g_autofree char *id = g_strdup (AW_ID (aw_compose_message (window)));
  g_autofree char *first = make_file (test, "Lebenslauf Ä.pdf", 200000);
  g_autofree char *second = make_file (test, "notes, part 2.txt", 0);
  g_autofree char *mail = g_build_filename (test->base.folder, "mail.eml", NULL);
  const char *program =
    "import email, email.policy, sys\n"
    "message = email.message_from_bytes(open(sys.argv[1], 'rb').read(), policy=email.policy.default)\n"
    "files = {f.get_filename(): f.get_content() for f in message.iter_attachments()}\n"
    "assert len(files) == 2, files.keys()\n"
    "for path in sys.argv[2:]:\n"
    "    got = files[path.rsplit('/', 1)[-1]]\n"
    "    assert (got.encode() if isinstance(got, str) else got) == open(path, 'rb').read(), path\n";
  const char *arguments[] = { "/usr/bin/python3", "-c", program, mail, first, second, NULL };
  g_autoptr (AwOutboxEntry) entry = NULL;
  g_autoptr (GError) error = NULL;
  int status;

  attach (window, first);
  attach (window, second);
  aw_message_view_set_text (AW_MESSAGE_VIEW (window->view), TEXT);
  aw_compose_sync (window);
  g_assert_true (wait_for (is_stored, window));
  aw_draft_close (window->draft);
  g_assert_true (aw_outbox_queue (test->outbox, aw_compose_message (window), 600, &error));
  g_assert_no_error (error);
  entry = aw_outbox_store_get (aw_engine_get_database (test->base.engine), id, &error);
  g_assert_nonnull (entry);
  g_assert_true (g_file_set_contents (mail, g_bytes_get_data (entry->raw, NULL), (gssize) g_bytes_get_size (entry->raw), NULL));
  g_assert_true (g_spawn_sync (NULL, (char **) arguments, NULL, G_SPAWN_DEFAULT, NULL, NULL, NULL, NULL, &status, &error));
  g_assert_cmpint (status, ==, 0);
}

/* A hanging server --------------------------------------------------------- */

typedef struct
{
  guint ticks;
  gint64 last;
  gint64 longest; /* microseconds between two */
} Ticks;

static gboolean
tick_cb (gpointer data)
{
  Ticks *ticks = data;
  gint64 now = g_get_monotonic_time ();

  ticks->longest = MAX (ticks->longest, ticks->last > 0 ? now - ticks->last : 0);
  ticks->last = now;
  ticks->ticks++;
  return G_SOURCE_CONTINUE;
}

static gboolean
accepted_cb (G_GNUC_UNUSED GSocketService *service,
             GSocketConnection *connection,
             G_GNUC_UNUSED GObject *source,
             gpointer data)
{
  g_ptr_array_add (data, g_object_ref (connection)); /* and never a word */
  return TRUE;
}

static gboolean
is_connected (gpointer data)
{
  return ((GPtrArray *) data)->len > 0;
}

static AwAccount *
read_cb (gpointer data,
         G_GNUC_UNUSED GError **error)
{
  return g_object_ref (data);
}

static char *
password_cb (G_GNUC_UNUSED gpointer data)
{
  return g_strdup ("correct horse");
}

/* The window goes on while a server keeps it waiting, and Stop ends it within a second. */
static void
test_hanging (Test *test,
              gconstpointer name G_GNUC_UNUSED)
{
  g_autoptr (GSocketService) service = g_socket_service_new ();
  g_autoptr (GPtrArray) connections = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (AwAccount) account = (AwAccount *) aw_record_new (AW_TYPE_ACCOUNT, NULL);
  g_autoptr (GError) error = NULL;
  guint16 port = g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (service), NULL, &error);
  Ticks ticks = { 0 };
  GtkWidget *row, *button;
  guint source;
  gint64 stopped;
  Sight idle;

  g_assert_no_error (error);
  g_signal_connect (service, "incoming", G_CALLBACK (accepted_cb), connections);
  account->address = g_strdup ("sam@verhoeven.example");
  account->user = g_strdup ("sam@verhoeven.example");
  account->host = g_strdup ("127.0.0.1");
  account->port = port;
  account->security = AW_SECURITY_STARTTLS;
  g_setenv ("AFTERWORD_SEND", TEST_WORKER, TRUE);
  row = aw_account_test_row_new (NULL, NULL, read_cb, password_cb, account);
  aw_ui_test_show (&test->base, row, 400);
  button = aw_ui_test_find_button ("Test");
  g_assert_nonnull (button);

  source = g_timeout_add (10, tick_cb, &ticks);
  g_signal_emit_by_name (button, "clicked");
  g_assert_true (wait_for (is_connected, connections));
  ticks = (Ticks){ 0 };
  for (gint64 end = g_get_monotonic_time () + G_USEC_PER_SEC; g_get_monotonic_time () < end;)
    g_main_context_iteration (NULL, TRUE);
  g_test_message ("%u ticks in a second, %d ms between two at most", ticks.ticks, (int) (ticks.longest / 1000));
  g_assert_cmpuint (ticks.ticks, >=, 20);
  g_assert_cmpint (ticks.longest, <, G_USEC_PER_SEC / 2);
  g_assert_true (sees (row, "Connecting…"));

  /* The same button stops it. */
  stopped = g_get_monotonic_time ();
  g_signal_emit_by_name (button, "clicked");
  idle = (Sight){ row, "Test the Account" };
  g_assert_true (wait_for (is_seen, &idle));
  g_assert_cmpint (g_get_monotonic_time () - stopped, <, G_USEC_PER_SEC);
  g_source_remove (source);
  g_socket_service_stop (service);
}

/* What the Outbox says of the test of an account is said in its row. */
static void
test_own (Test *test,
          gconstpointer name G_GNUC_UNUSED)
{
  AwDatabase *database = aw_engine_get_database (test->base.engine);
  gint64 now = aw_engine_now (test->base.engine);
  g_autoptr (AwAccount) account = add_account (test, FALSE);
  GtkWidget *row = aw_account_test_row_new (NULL, test->outbox, read_cb, password_cb, account);
  g_autoptr (AwMessage) message = NULL, second = NULL;
  g_autoptr (AwOutboxEntry) entry = NULL, again = NULL;
  g_autoptr (AwRecord) gone = NULL;
  g_autoptr (GError) error = NULL;
  const char *id;

  aw_ui_test_show (&test->base, row, 400);
  message = aw_outbox_queue_test (test->outbox, account, &error);
  g_assert_no_error (error);
  id = AW_ID (message);
  aw_account_test_row_follow (AW_ACCOUNT_TEST_ROW (row), id);
  see (row, "Sending…");
  g_assert_nonnull (aw_ui_test_find_button ("Stop"));

  /* A server that wants to be asked again: it waits, and may still be stopped. */
  entry = aw_outbox_store_claim (database, id, now, &error);
  g_assert_nonnull (entry);
  g_assert_true (aw_outbox_store_settle (database, id, AW_MESSAGE_QUEUED, now, "recipient-later", 450, "4.2.0 Greylisted", &error));
  aw_engine_refresh (test->base.engine);
  see (row, "(450)");
  see (row, "It waits in the Outbox.");
  g_assert_nonnull (aw_ui_test_find_button ("Stop"));

  /* A refusal, with the server's own words. */
  again = aw_outbox_store_claim (database, id, now, &error);
  g_assert_nonnull (again);
  g_assert_true (aw_outbox_store_settle (database, id, AW_MESSAGE_FAILED, AW_NEVER, "recipient", 550, "5.1.1 No such user", &error));
  aw_engine_refresh (test->base.engine);
  see (row, "(550)");
  see (row, "What the Server Said");
  g_assert_nonnull (aw_ui_test_find_button ("Test Again"));
  g_assert_false (sees (row, "Nothing was sent."));
  shoot (gtk_widget_get_root (row), "account-test-refused");

  /* Stop takes it back: then there is none, not even a draft. */
  second = aw_outbox_queue_test (test->outbox, account, &error);
  g_assert_no_error (error);
  aw_account_test_row_follow (AW_ACCOUNT_TEST_ROW (row), AW_ID (second));
  g_signal_emit_by_name (aw_ui_test_find_button ("Stop"), "clicked");
  see (row, "Test the Account");
  gone = aw_database_load_record (database, AW_RECORD_MESSAGE, AW_ID (second), &error);
  g_assert_null (gone);
  g_assert_no_error (error);
}

/* The account's form ------------------------------------------------------- */

static AwProposal *
make_proposal (AwOrigin origin,
               const char *source,
               const char *host,
               int port,
               AwSecurity security)
{
  AwProposal *proposal = g_new0 (AwProposal, 1);

  proposal->origin = origin;
  proposal->source = g_strdup (source);
  proposal->account = (AwAccount *) aw_record_new (AW_TYPE_ACCOUNT, NULL);
  proposal->account->host = g_strdup (host);
  proposal->account->port = port;
  proposal->account->security = security;
  proposal->account->user = g_strdup ("sam");
  proposal->account->imap_host = g_strdup_printf ("imap.%s", source);
  proposal->account->imap_port = 993;
  proposal->account->save_sent = TRUE;
  return proposal;
}

static GtkWidget *
find_titled (GtkWidget *widget,
             const char *title)
{
  GtkWidget *found = ADW_IS_PREFERENCES_ROW (widget) && strcmp (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), title) == 0
                       ? widget
                       : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL; child = gtk_widget_get_next_sibling (child))
    found = find_titled (child, title);
  return found;
}

static void
test_proposals (Test *test,
                gconstpointer name G_GNUC_UNUSED)
{
  GtkWidget *form = aw_account_form_new (NULL);
  GPtrArray *proposals = g_ptr_array_new_with_free_func ((GDestroyNotify) aw_proposal_free);
  GtkWidget *address, *host, *check;
  g_autoptr (AwAccount) read = NULL;
  g_autoptr (GError) error = NULL;

  aw_ui_test_show (&test->base, aw_ui_scrolled_clamp (form), 400);
  address = find_titled (form, "E-mail address");
  host = find_titled (form, "Outgoing server");

  /* A known provider is filled in, said to be, and taken back with its address. */
  gtk_editable_set_text (GTK_EDITABLE (address), "sam@gmail.com");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (host)), ==, "smtp.gmail.com");
  g_assert_true (sees (form, "Filled in for Gmail"));
  g_assert_true (sees (form, "How"));
  gtk_editable_set_text (GTK_EDITABLE (address), "sam@verhoeven.example");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (host)), ==, "");
  g_assert_false (sees (form, "Filled in for Gmail"));

  /* Several: the first is filled in, each says where it is from, another can be chosen. */
  g_ptr_array_add (proposals, make_proposal (AW_ORIGIN_AUTOCONFIG, "https://autoconfig.verhoeven.example/", "smtp.verhoeven.example", 465, AW_SECURITY_TLS));
  g_ptr_array_add (proposals, make_proposal (AW_ORIGIN_SRV, "verhoeven.example", "mail.verhoeven.example", 587, AW_SECURITY_STARTTLS));
  aw_account_form_take_proposals (AW_ACCOUNT_FORM (form), proposals);
  aw_ui_test_settle ();
  g_assert_true (sees (form, "smtp.verhoeven.example, port 465, TLS"));
  g_assert_true (sees (form, "mail.verhoeven.example, port 587, STARTTLS"));
  g_assert_true (sees (form, "From “https://autoconfig.verhoeven.example/”"));
  g_assert_true (sees (form, "From the name service of “verhoeven.example”"));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (host)), ==, "smtp.verhoeven.example");
  aw_ui_test_check_names (form);
  aw_ui_test_check_width (form, 360);

  shoot (test->base.window, "proposals");
  check = aw_ui_test_find (form, GTK_TYPE_CHECK_BUTTON, 1);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), TRUE);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (host)), ==, "mail.verhoeven.example");
  read = aw_account_form_read (AW_ACCOUNT_FORM (form), NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (read->port, ==, 587);
  g_assert_cmpint (read->security, ==, AW_SECURITY_STARTTLS);
  g_assert_cmpstr (read->user, ==, "sam");
  g_assert_cmpstr (read->imap_host, ==, "imap.verhoeven.example");
  g_assert_true (read->save_sent);
  g_assert_false (read->check_replies);

  /* What the user types is his own. */
  gtk_editable_set_text (GTK_EDITABLE (host), "relay.verhoeven.example");
  g_assert_false (gtk_check_button_get_active (GTK_CHECK_BUTTON (check)));
  gtk_editable_set_text (GTK_EDITABLE (address), "sam@gmail.com");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (host)), ==, "relay.verhoeven.example");

  /* Nothing found is said, too, and nothing goes on looking. */
  gtk_editable_set_text (GTK_EDITABLE (host), "");
  gtk_editable_set_text (GTK_EDITABLE (address), "sam@nowhere.example");
  aw_account_form_take_proposals (AW_ACCOUNT_FORM (form), g_ptr_array_new ());
  g_assert_true (sees (form, "could not be found"));
  g_assert_false (sees (form, "Looking for the server"));
}

/* An account of the desktop's: no password to be typed, until another server is chosen. */
static void
test_desktop_account (Test *test,
                      gconstpointer name G_GNUC_UNUSED)
{
  GtkWidget *form = aw_account_form_new (NULL);
  GtkWidget *again;
  GPtrArray *proposals = g_ptr_array_new_with_free_func ((GDestroyNotify) aw_proposal_free);
  AwProposal *goa = make_proposal (AW_ORIGIN_GOA, "GNOME Online Accounts", "smtp.gmail.com", 465, AW_SECURITY_TLS);
  AwProposal *known = make_proposal (AW_ORIGIN_PRESET, "Gmail", "smtp.gmail.com", 465, AW_SECURITY_TLS);
  g_autoptr (AwAccount) read = NULL, same = NULL, other = NULL;
  g_autoptr (GError) error = NULL;

  goa->account->goa = g_strdup ("account_1");
  for (int i = 0; i < 2; i++)
    {
      AwAccount *account = i == 0 ? goa->account : known->account;

      g_free (account->imap_host);
      account->imap_host = g_strdup ("imap.gmail.com");
    }
  known->preset = aw_preset_find ("sam@gmail.com");
  g_ptr_array_add (proposals, goa);
  g_ptr_array_add (proposals, known);
  aw_ui_test_show (&test->base, aw_ui_scrolled_clamp (form), 400);
  gtk_editable_set_text (GTK_EDITABLE (find_titled (form, "E-mail address")), "sam@gmail.com");
  aw_account_form_take_proposals (AW_ACCOUNT_FORM (form), proposals);
  aw_ui_test_settle ();
  g_assert_true (sees (form, "which also gives the password"));
  g_assert_false (gtk_widget_get_visible (find_titled (form, "Password")));
  read = aw_account_form_read (AW_ACCOUNT_FORM (form), NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (read->goa, ==, "account_1");
  g_assert_cmpstr (read->user, ==, "sam");
  g_assert_false (read->ask_password);

  /* Opened again it is still theirs. */
  again = g_object_ref_sink (aw_account_form_new (read));
  g_assert_false (gtk_widget_get_visible (find_titled (again, "Password (unchanged)")));
  same = aw_account_form_read (AW_ACCOUNT_FORM (again), read, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (same->goa, ==, "account_1");
  g_assert_cmpstr (same->user, ==, "sam");
  g_object_unref (again);

  /* Gmail without it takes an app password. */
  gtk_check_button_set_active (GTK_CHECK_BUTTON (aw_ui_test_find (form, GTK_TYPE_CHECK_BUTTON, 1)), TRUE);
  g_assert_true (gtk_widget_get_visible (find_titled (form, "Password")));
  other = aw_account_form_read (AW_ACCOUNT_FORM (form), NULL, &error);
  g_assert_no_error (error);
  g_assert_null (other->goa);
  g_assert_cmpstr (other->user, ==, "sam@gmail.com");
}

#define ADD(path, func) g_test_add (path, Test, "six", set_up, func, tear_down)

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/sending/memory", test_memory);
  ADD ("/sending/older", test_older);
  ADD ("/sending/asked", test_asked);
  ADD ("/sending/no-keyring", test_no_keyring);
  ADD ("/sending/locked", test_locked);
  ADD ("/sending/attach", test_attach);
  ADD ("/sending/attachments-and-undo", test_attachments_and_undo);
  ADD ("/sending/attachments-leave", test_attachments_leave);
  ADD ("/sending/hanging", test_hanging);
  ADD ("/sending/own", test_own);
  ADD ("/sending/proposals", test_proposals);
  ADD ("/sending/desktop-account", test_desktop_account);
  return g_test_run ();
}
