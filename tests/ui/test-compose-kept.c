/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <sqlite3.h>
#include <string.h>

#include "ui/aw-compose-window-private.h"
#include "ui/aw-fake-outbox.h"
#include "ui/aw-ui-test.h"

/* What must not happen to what somebody writes, and the keys of the window. */

typedef struct
{
  AwUiTest base;
  AwOutbox *outbox;
} Test;

#define WORDS "Dear Marcus,\n\nThank you for Wednesday.\n\nSam"

static AwComposeWindow *
find_compose (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (AW_IS_COMPOSE_WINDOW (window) && !AW_COMPOSE_WINDOW (window)->finished)
        return AW_COMPOSE_WINDOW (window);
    }
  return NULL;
}

static void
set_up (Test *test,
        gconstpointer name)
{
  aw_ui_test_set_up (&test->base, name);
  g_object_unref (test->base.ui);
  test->outbox = aw_outbox_new (test->base.engine);
  test->base.ui = aw_ui_new (test->base.engine, test->outbox);
  aw_ui_attach (test->base.ui, GTK_WINDOW (test->base.window), test->base.overlay);
  gtk_window_present (GTK_WINDOW (test->base.window));
}

static void
tear_down (Test *test,
           gconstpointer name)
{
  AwComposeWindow *window;

  while ((window = find_compose ()) != NULL)
    aw_compose_finish (window);
  aw_ui_test_settle ();
  aw_ui_test_tear_down (&test->base, name);
  g_clear_object (&test->outbox);
}

static AwComposeWindow *
open_window (Test *test,
             const char *person)
{
  AwComposeWindow *window;

  aw_compose_window_present (test->base.ui, "hf", person, AW_TOUCH_THANK_YOU, NULL);
  window = find_compose ();
  g_assert_nonnull (window);
  return window;
}

static void
write_text (AwComposeWindow *window,
            const char *text)
{
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (window->view)), text, -1);
}

static char *
get_text (AwComposeWindow *window)
{
  return aw_message_view_dup_text (AW_MESSAGE_VIEW (window->view));
}

static void
assert_stored (Test *test,
               const char *id,
               const char *text)
{
  g_autoptr (AwMessage) stored = (AwMessage *) aw_database_load_record (aw_engine_get_database (test->base.engine), AW_RECORD_MESSAGE, id, NULL);

  g_assert_nonnull (stored);
  g_assert_cmpstr (stored->body, ==, text);
}

static gboolean
is_saved (gpointer data)
{
  AwComposeWindow *window = data;

  return aw_draft_is_stored (window->draft) && strcmp (aw_draft_get_status (window->draft), "Draft saved") == 0;
}

static gboolean
is_told (gpointer data)
{
  AwComposeWindow *window = data;
  const char *status = aw_draft_get_status (window->draft);

  return *status != '\0' && strcmp (status, "Draft saved") != 0;
}

typedef struct
{
  Test *test;
  const char *id;
} Stored;

static gboolean
is_stored (gpointer data)
{
  Stored *wanted = data;
  g_autoptr (AwRecord) record = aw_database_load_record (aw_engine_get_database (wanted->test->base.engine), AW_RECORD_MESSAGE, wanted->id, NULL);

  return record != NULL;
}

/* Another program holds the database: it says so, keeps the text, and stores
 * it as soon as it can. */
static void
test_busy (Test *test,
           gconstpointer name G_GNUC_UNUSED)
{
  g_autofree char *path = g_build_filename (test->base.folder, "afterword.db", NULL);
  AwComposeWindow *window = open_window (test, "hf-marcus");
  g_autofree char *id = g_strdup (AW_ID (aw_compose_message (window)));
  g_autofree char *text = NULL;
  sqlite3 *other = NULL;
  Stored stored;

  g_assert_cmpint (sqlite3_open (path, &other), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (other, "BEGIN IMMEDIATE", NULL, NULL, NULL), ==, SQLITE_OK);
  write_text (window, WORDS);
  g_assert_true (aw_ui_test_wait (is_told, window));
  text = get_text (window);
  g_assert_cmpstr (text, ==, WORDS);

  /* Closing now would lose it: the window stays. */
  gtk_window_close (GTK_WINDOW (window));
  aw_ui_test_settle ();
  g_assert_true (find_compose () == window);

  g_assert_cmpint (sqlite3_exec (other, "ROLLBACK", NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (other);
  stored.test = test;
  stored.id = id;
  g_assert_true (aw_ui_test_wait (is_stored, &stored));
  assert_stored (test, id, WORDS);
}

/* Nobody to write to yet: kept, and Send does not let it go. */
static void
test_nobody (Test *test,
             gconstpointer name G_GNUC_UNUSED)
{
  AwComposeWindow *window = open_window (test, NULL);
  g_autofree char *id = g_strdup (AW_ID (aw_compose_message (window)));
  g_autofree char *text = NULL;

  write_text (window, WORDS);
  g_assert_true (aw_ui_test_wait (is_saved, window));
  gtk_widget_activate_action (GTK_WIDGET (window), "compose.send", NULL);
  aw_ui_test_settle ();
  g_assert_true (find_compose () == window);
  text = get_text (window);
  g_assert_cmpstr (text, ==, WORDS);
  assert_stored (test, id, WORDS);
}

static void
paste (AwComposeWindow *window,
       const char *mime_type,
       const char *data,
       gsize length)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (window->view);
  g_autoptr (GBytes) bytes = g_bytes_new (data, length);
  g_autoptr (GdkContentProvider) provider = gdk_content_provider_new_for_bytes (mime_type, bytes);

  g_assert_true (gdk_clipboard_set_content (clipboard, provider));
  g_signal_emit_by_name (window->view, "paste-clipboard");
}

static gboolean
has_pasted (gpointer data)
{
  AwComposeWindow *window = data;
  g_autofree char *text = get_text (window);

  return strstr (text, "pasted") != NULL;
}

static gboolean
is_refused (gpointer data)
{
  return *(guint *) data > 0;
}

static void
refused_cb (guint *refused)
{
  (*refused)++;
}

/* A megabyte is refused and what stood there stays; HTML becomes text; marks
 * that turn the writing round and NUL are left out. */
static void
test_pasted (Test *test,
             gconstpointer name G_GNUC_UNUSED)
{
  static const char html[] = "<p>pasted <b>bold</b> &amp; plain</p><script>alert(1)</script><p>a\342\200\256b</p>";
  static const char marks[] = "pasted x\342\200\256y\0z";
  AwComposeWindow *window = open_window (test, "hf-marcus");
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (window->view));
  g_autofree char *id = g_strdup (AW_ID (aw_compose_message (window)));
  g_autofree char *megabyte = g_strnfill (1024 * 1024, 'x');
  g_autofree char *text = NULL;
  GtkTextIter end;
  guint refused = 0;

  g_signal_connect_swapped (window->view, "refused", G_CALLBACK (refused_cb), &refused);
  write_text (window, WORDS);
  paste (window, "text/plain;charset=utf-8", megabyte, 1024 * 1024);
  g_assert_true (aw_ui_test_wait (is_refused, &refused));
  text = get_text (window);
  g_assert_cmpstr (text, ==, WORDS);
  g_assert_true (aw_ui_test_wait (is_saved, window));
  assert_stored (test, id, WORDS);

  write_text (window, "");
  paste (window, "text/html", html, strlen (html));
  g_assert_true (aw_ui_test_wait (has_pasted, window));
  g_clear_pointer (&text, g_free);
  text = get_text (window);
  g_assert_nonnull (strstr (text, "pasted bold & plain"));
  g_assert_nonnull (strstr (text, "ab"));
  g_assert_null (strstr (text, "alert"));
  g_assert_null (strstr (text, "<"));
  g_assert_null (strstr (text, "\342\200\256"));

  write_text (window, "");
  gtk_text_buffer_get_end_iter (buffer, &end);
  paste (window, "text/plain;charset=utf-8", marks, sizeof (marks) - 1);
  g_assert_true (aw_ui_test_wait (has_pasted, window));
  g_clear_pointer (&text, g_free);
  text = get_text (window);
  g_assert_true (g_str_has_prefix (text, "pasted xy"));
  g_assert_true (aw_ui_test_wait (is_saved, window));
  assert_stored (test, id, text);
}

static gboolean
has_misspelling (gpointer data)
{
  AwComposeWindow *window = data;

  for (guint i = 0; window->findings != NULL && i < window->findings->len; i++)
    {
      AwFinding *finding = g_ptr_array_index (window->findings, i);

      if (strcmp (finding->id, "M12") == 0 && finding->severity != AW_SEVERITY_OK)
        return TRUE;
    }
  return FALSE;
}

static char *
selected (AwComposeWindow *window)
{
  GtkTextIter start, end;

  if (!gtk_text_buffer_get_selection_bounds (gtk_text_view_get_buffer (GTK_TEXT_VIEW (window->view)), &start, &end))
    return NULL;
  return gtk_text_iter_get_text (&start, &end);
}

static gboolean
holds_focus (AwComposeWindow *window,
             GtkWidget *part)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (window));

  return focus != NULL && (focus == part || gtk_widget_is_ancestor (focus, part));
}

/* F7 goes from one misspelt word to the next, F6 round the window, F9 hides. */
static void
test_keys (Test *test,
           gconstpointer name G_GNUC_UNUSED)
{
  AwComposeWindow *window = open_window (test, "hf-marcus");
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (window->view));
  GtkTextTag *tag = gtk_text_tag_table_lookup (gtk_text_buffer_get_tag_table (buffer), "finding");
  g_autofree char *first = NULL, *second = NULL, *again = NULL;
  GtkTextIter place;

  write_text (window, "Dear Marcus,\n\nThank you for the intervew and the wonderfull tour.\n\nKind regards,\nSam");
  g_assert_true (aw_ui_test_wait (has_misspelling, window));
  gtk_widget_activate_action (GTK_WIDGET (window), "compose.next-misspelling", NULL);
  first = selected (window);
  g_assert_cmpstr (first, ==, "intervew");
  gtk_text_buffer_get_selection_bounds (buffer, &place, NULL);
  g_assert_true (gtk_text_iter_has_tag (&place, tag));
  gtk_widget_activate_action (GTK_WIDGET (window), "compose.next-misspelling", NULL);
  second = selected (window);
  g_assert_cmpstr (second, ==, "wonderfull");
  gtk_widget_activate_action (GTK_WIDGET (window), "compose.next-misspelling", NULL);
  again = selected (window);
  g_assert_cmpstr (again, ==, "intervew");

  gtk_widget_grab_focus (window->view);
  gtk_widget_activate_action (GTK_WIDGET (window), "compose.next-pane", NULL);
  g_assert_true (holds_focus (window, window->side));
  gtk_widget_activate_action (GTK_WIDGET (window), "compose.next-pane", NULL);
  g_assert_true (holds_focus (window, window->send));
  gtk_widget_activate_action (GTK_WIDGET (window), "compose.next-pane", NULL);
  g_assert_true (holds_focus (window, window->view));

  g_assert_true (gtk_widget_get_visible (window->side));
  gtk_widget_activate_action (GTK_WIDGET (window), "compose.toggle-checks", NULL);
  g_assert_false (gtk_widget_get_visible (window->side));
  g_assert_true (gtk_widget_get_visible (window->summary_bar));
  gtk_widget_activate_action (GTK_WIDGET (window), "compose.toggle-checks", NULL);
  g_assert_true (gtk_widget_get_visible (window->side));
}

static void
reviewed_cb (gboolean *reviewed)
{
  *reviewed = TRUE;
}

/* How long the main loop's longest turn is until the review has come, and how
 * long it took to come. */
static gint64
longest_turn (AwComposeWindow *window,
              gint64 *took)
{
  gint64 first = g_get_monotonic_time (), longest = 0;
  gboolean reviewed = FALSE;
  gulong handler = g_signal_connect_swapped (window->reviewer, "reviewed", G_CALLBACK (reviewed_cb), &reviewed);

  while (!reviewed && g_get_monotonic_time () - first < 30 * G_USEC_PER_SEC)
    {
      gint64 began = g_get_monotonic_time ();

      if (!g_main_context_iteration (NULL, FALSE))
        g_usleep (500);
      longest = MAX (longest, g_get_monotonic_time () - began);
    }
  g_assert_true (reviewed);
  g_signal_handler_disconnect (window->reviewer, handler);
  *took = g_get_monotonic_time () - first;
  return longest;
}

/* The first review makes the phrase lists ready: in threads, so that asking for
 * it costs the main loop no more than any other. The figures are to be read; what
 * holds on any machine is asserted. */
static void
test_first_review (Test *test,
                   gconstpointer name G_GNUC_UNUSED)
{
  AwComposeWindow *window = open_window (test, "hf-marcus");
  g_autoptr (GError) error = NULL;
  g_autoptr (AwReviewFacts) facts = NULL;
  gint64 began, gathering, turn, took;

  began = g_get_monotonic_time ();
  aw_reviewer_set_message (window->reviewer, aw_compose_message (window));
  g_test_message ("a keystroke: %" G_GINT64_FORMAT " µs", g_get_monotonic_time () - began);
  began = g_get_monotonic_time ();
  facts = aw_engine_gather_review_facts (test->base.engine, "hf", &error);
  gathering = g_get_monotonic_time () - began;
  g_assert_no_error (error);
  g_test_message ("gathering the facts, on the main loop: %" G_GINT64_FORMAT " µs", gathering);

  turn = longest_turn (window, &took);
  g_test_message ("first review, the window being drawn: after %" G_GINT64_FORMAT " ms, longest turn %" G_GINT64_FORMAT " ms", took / 1000, turn / 1000);
  aw_ui_test_settle ();
  aw_reviewer_set_message (window->reviewer, aw_compose_message (window));
  turn = longest_turn (window, &took);
  g_test_message ("second review: after %" G_GINT64_FORMAT " ms, longest turn %" G_GINT64_FORMAT " ms", took / 1000, turn / 1000);
}

int
main (int argc,
      char **argv)
{
  g_setenv ("GSETTINGS_BACKEND", "memory", TRUE);
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);

#define ADD(path, func) g_test_add (path, Test, "six", set_up, func, tear_down)
  ADD ("/compose-kept/first-review", test_first_review);
  ADD ("/compose-kept/busy", test_busy);
  ADD ("/compose-kept/nobody", test_nobody);
  ADD ("/compose-kept/pasted", test_pasted);
  ADD ("/compose-kept/keys", test_keys);
  return g_test_run ();
}
