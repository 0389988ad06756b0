/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "core/aw-sent.h"
#include "support/aw-fake-clock.h"
#include "support/aw-test-files.h"
#include "ui/aw-account-dialog.h"
#include "ui/aw-checks-list.h"
#include "ui/aw-chips.h"
#include "ui/aw-compose-dialogs.h"
#include "ui/aw-compose-window-private.h"
#include "ui/aw-compose-start.h"
#include "ui/aw-duty-actions.h"
#include "ui/aw-fake-outbox.h"
#include "ui/aw-html-text.h"
#include "ui/aw-outbox-page.h"
#include "ui/aw-outbox-row.h"
#include "ui/aw-overruled.h"
#include "ui/aw-print-letter.h"
#include "ui/aw-templates-page.h"
#include "ui/aw-ui-test.h"

typedef struct
{
  AwUiTest base;
  AwOutbox *outbox;
} Test;

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
close_all (Test *test)
{
  GListModel *windows = gtk_window_get_toplevels ();

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
}

static void
tear_down (Test *test,
           gconstpointer name)
{
  close_all (test);
  aw_ui_test_tear_down (&test->base, name);
  g_clear_object (&test->outbox);
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

/* A dialog above @parent; with AdwDialog it is inside the window. */
static GtkWidget *
find_dialog (GtkWidget *parent)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = g_list_model_get_n_items (windows); i > 0; i--)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i - 1);

      if (GTK_WIDGET (window) != parent && gtk_window_get_transient_for (window) == GTK_WINDOW (parent) &&
          gtk_widget_get_visible (GTK_WIDGET (window)))
        return GTK_WIDGET (window);
    }
  return parent;
}

static void
add_account (Test *test)
{
  g_autoptr (AwAccount) account = (AwAccount *) aw_record_new (AW_TYPE_ACCOUNT, NULL);
  g_autoptr (AwCommand) command = aw_command_new ("Account");
  g_autoptr (GError) error = NULL;

  account->name = g_strdup ("Sam Verhoeven");
  account->address = g_strdup ("sam@verhoeven.example");
  account->host = g_strdup ("smtp.verhoeven.example");
  account->user = g_strdup ("sam@verhoeven.example");
  account->port = 465;
  aw_command_add (command, account);
  g_assert_true (aw_engine_run (test->base.engine, command, FALSE, &error));
}

static AwMessage *
load_message (Test *test,
              const char *id)
{
  return (AwMessage *) aw_database_load_record (aw_engine_get_database (test->base.engine), AW_RECORD_MESSAGE, id, NULL);
}

static void
set_text (AwComposeWindow *window,
          const char *text)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (window->view));

  gtk_text_buffer_set_text (buffer, text, -1);
}

static char *
get_text (AwComposeWindow *window)
{
  return aw_message_view_dup_text (AW_MESSAGE_VIEW (window->view));
}

#define GOOD_TEXT \
  "Dear Marcus,\n\n" \
  "Thank you for taking the time to show me how your team moved order intake to an event queue. Your point about " \
  "replaying a day of orders in the test bench stayed with me.\n\n" \
  "At Bramble I built a similar replay tool, and it cut the time to find a fault from hours to minutes. I would " \
  "enjoy doing that work with your team.\n\n" \
  "I remain very interested in the position of Backend Developer and look forward to hearing from you.\n\n" \
  "Kind regards,\nSam Verhoeven"

/* Draft -------------------------------------------------------------------- */

static gboolean
is_saved (gpointer data)
{
  return aw_draft_is_stored (data) && strcmp (aw_draft_get_status (data), "Draft saved") == 0;
}

static void
test_draft (Test *test,
            gconstpointer name G_GNUC_UNUSED)
{
  g_autoptr (AwMessage) message = (AwMessage *) aw_record_new (AW_TYPE_MESSAGE, "hf");
  g_autoptr (AwDraft) draft = aw_draft_new (test->base.engine, message, FALSE);
  g_autoptr (AwMessage) stored = NULL;

  aw_draft_set_text (&aw_draft_get_message (draft)->body, "One");
  aw_draft_touch (draft);
  g_assert_null (load_message (test, AW_ID (message)));
  g_assert_true (aw_ui_test_wait (is_saved, draft));
  stored = load_message (test, AW_ID (message));
  g_assert_cmpstr (stored->body, ==, "One");

  /* What the outbox wrote meanwhile is not undone by a later save. */
  aw_fake_outbox_set_state (test->outbox, AW_ID (message), AW_MESSAGE_QUEUED);
  aw_draft_set_text (&aw_draft_get_message (draft)->subject, "Two");
  aw_draft_touch (draft);
  g_assert_true (aw_ui_test_wait (is_saved, draft));
  g_clear_object (&stored);
  stored = load_message (test, AW_ID (message));
  g_assert_cmpstr (stored->subject, ==, "Two");
  g_assert_cmpint (stored->state, ==, AW_MESSAGE_QUEUED);
  g_assert_null (aw_engine_peek_undo (test->base.engine));
}

/* Text --------------------------------------------------------------------- */

static void
test_html (void)
{
  static const char *const cases[][2] = {
    { "<p>One</p><p>Two</p>", "One\n\nTwo" },
    { "<b>A</b> &amp; <i>B</i> &lt;C&gt;", "A & B <C>" },
    { "a<br>b", "a\nb" },
    { "<ul><li>x</li><li>y</li></ul>", "- x\n- y" },
    { "<style>p{color:red}</style><script>alert(1)</script>plain", "plain" },
    { "", "" },
    { "<<<>>><p", "" },
    { "<div>\303\274ber</div>", "\303\274ber" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = aw_html_text (cases[i][0], -1);

      if (i != 6)
        g_assert_cmpstr (text, ==, cases[i][1]);
    }
}

static void
refused_cb (guint *count)
{
  (*count)++;
}

static void
test_message_view (Test *test,
                   gconstpointer name G_GNUC_UNUSED)
{
  GtkWidget *view = aw_message_view_new ();
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));
  g_autofree char *megabyte = g_strnfill (1024 * 1024, 'x');
  g_autofree char *long_line = g_strnfill (150000, 'y');
  g_autofree char *text = NULL;
  GtkTextIter start, end;
  gint64 began;
  guint refused = 0;

  g_signal_connect_swapped (view, "refused", G_CALLBACK (refused_cb), &refused);
  aw_ui_test_show (&test->base, view, 600);

  gtk_text_buffer_insert_at_cursor (buffer, "a\342\200\256b\r\nc", -1);
  text = aw_message_view_dup_text (AW_MESSAGE_VIEW (view));
  g_assert_cmpstr (text, ==, "ab\nc");
  g_clear_pointer (&text, g_free);

  /* A megabyte is refused at once; what fits is shown without a hang. */
  began = g_get_monotonic_time ();
  gtk_text_buffer_insert_at_cursor (buffer, megabyte, -1);
  g_assert_cmpuint (refused, ==, 1);
  gtk_text_buffer_insert_at_cursor (buffer, long_line, -1);
  aw_ui_test_settle ();
  g_assert_cmpint (g_get_monotonic_time () - began, <, 4 * G_USEC_PER_SEC);
  g_assert_cmpint (gtk_text_buffer_get_char_count (buffer), >=, 4 + 150000);

  aw_message_view_set_text (AW_MESSAGE_VIEW (view), "Dear Ada,\n\nI liked [one thing]. Bye");
  g_assert_true (aw_message_view_select_prompt (AW_MESSAGE_VIEW (view)));
  aw_message_view_insert (AW_MESSAGE_VIEW (view), "the test bench", FALSE);
  text = aw_message_view_dup_text (AW_MESSAGE_VIEW (view));
  g_assert_cmpstr (text, ==, "Dear Ada,\n\nI liked the test bench. Bye");
  g_clear_pointer (&text, g_free);
  g_assert_false (aw_message_view_select_prompt (AW_MESSAGE_VIEW (view)));

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  gtk_text_buffer_place_cursor (buffer, &end);
  aw_message_view_insert (AW_MESSAGE_VIEW (view), "New paragraph.", TRUE);
  text = aw_message_view_dup_text (AW_MESSAGE_VIEW (view));
  g_assert_true (g_str_has_suffix (text, "Bye\n\nNew paragraph."));
}

static void
test_greeting (void)
{
  g_autofree char *changed = aw_compose_change_greeting ("Dear Marcus,\n\nMarcus said", "Marcus Bell", "Aiko Tanaka");
  g_autofree char *prompt = aw_compose_change_greeting ("Dear [name],\n\nText", NULL, "Aiko Tanaka");
  g_autofree char *own = aw_compose_change_greeting ("Hello there,\n\nText", "Marcus Bell", "Aiko Tanaka");

  g_assert_cmpstr (changed, ==, "Dear Aiko,\n\nMarcus said");
  g_assert_cmpstr (prompt, ==, "Dear Aiko,\n\nText");
  g_assert_null (own);
}

static void
test_mailto (void)
{
  g_autofree char *uri = aw_compose_mailto ("a+b@example.org", "Q&A: 100 %", "One\nTwo & three?");

  g_assert_cmpstr (uri, ==, "mailto:a%2Bb@example.org?subject=Q%26A%3A%20100%20%25&body=One%0D%0ATwo%20%26%20three%3F");
}

/* Window ------------------------------------------------------------------- */

static gboolean
has_findings (gpointer data)
{
  return ((AwComposeWindow *) data)->findings != NULL;
}

static void
test_window (Test *test,
             gconstpointer name G_GNUC_UNUSED)
{
  AwComposeWindow *window;
  g_autofree char *text = NULL;
  g_autofree char *selected = NULL;
  GtkTextIter start, end;

  aw_compose_window_present (test->base.ui, "hf", "hf-marcus", AW_TOUCH_UNSET, "thank-you/hf-marcus/hf-1");
  window = find_compose ();
  g_assert_nonnull (window);
  text = get_text (window);
  g_assert_true (g_str_has_prefix (text, "Dear Marcus,"));
  g_assert_cmpint (aw_compose_message (window)->kind, ==, AW_TOUCH_THANK_YOU);
  g_assert_cmpstr (aw_compose_message (window)->follow_up, ==, "thank-you/hf-marcus/hf-1");
  /* The first prompt is what one writes next. */
  g_assert_true (gtk_text_buffer_get_selection_bounds (gtk_text_view_get_buffer (GTK_TEXT_VIEW (window->view)), &start, &end));
  selected = gtk_text_iter_get_text (&start, &end);
  g_assert_cmpint (selected[0], ==, '[');
  g_assert_cmpstr (adw_split_button_get_label (ADW_SPLIT_BUTTON (window->send)), ==, "Set Up Mail…");
  add_account (test);
  aw_ui_test_settle ();
  g_assert_cmpstr (adw_split_button_get_label (ADW_SPLIT_BUTTON (window->send)), ==, "Send");

  set_text (window, GOOD_TEXT);
  gtk_editable_set_text (GTK_EDITABLE (window->subject), "Thank you for Wednesday");
  g_assert_true (aw_ui_test_wait (is_saved, window->draft));
  g_assert_true (aw_ui_test_wait (has_findings, window));
  aw_ui_test_check_names (GTK_WIDGET (window));
  aw_ui_test_check_width (GTK_WIDGET (window->page), 1000);
  /* The letter has the room, whatever the checks have to say. */
  g_assert_cmpint (gtk_widget_get_width (window->side), ==, 351);
  shoot (window, "compose");

  /* The same follow-up again raises the window, and makes no second draft. */
  aw_compose_window_present (test->base.ui, "hf", "hf-marcus", AW_TOUCH_UNSET, "thank-you/hf-marcus/hf-1");
  g_assert_true (find_compose () == window);

  gtk_window_set_default_size (GTK_WINDOW (window), 400, 720);
  aw_ui_test_settle ();
  aw_ui_test_settle ();
  g_assert_true (window->narrow);
  g_assert_false (gtk_widget_get_visible (window->side));
  aw_ui_test_check_width (GTK_WIDGET (window->page), 360);
  aw_ui_test_check_width (GTK_WIDGET (window), 410);
  shoot (window, "compose-400");
  gtk_widget_activate_action (GTK_WIDGET (window), "compose.show-checks", NULL);
  aw_ui_test_settle ();
  g_assert_nonnull (window->dialog);
  shoot (find_dialog (GTK_WIDGET (window)), "compose-checks-400");
}

static void
assert_begins (Test *test,
               const char *greeting)
{
  AwComposeWindow *window;
  g_autofree char *text = NULL;

  aw_compose_window_present (test->base.ui, "hf", "hf-marcus", AW_TOUCH_REQUEST, NULL);
  window = find_compose ();
  g_assert_nonnull (window);
  text = get_text (window);
  if (!g_str_has_prefix (text, greeting))
    g_error ("“%s” does not begin with “%s”", text, greeting);
  aw_compose_finish (window);
  aw_ui_test_settle ();
}

static gboolean
is_english_again (gpointer data)
{
  g_autoptr (AwDossier) dossier = aw_engine_ref_dossier (data, "hf", NULL);

  return aw_dossier_get_opportunity (dossier)->language == NULL;
}

static void
undone_cb (GObject *source,
           GAsyncResult *result,
           gpointer data G_GNUC_UNUSED)
{
  g_assert_true (aw_engine_undo_finish (AW_ENGINE (source), result, NULL));
}

/* Letters are in the opportunity's language, else in that of Preferences. */
static void
test_language (Test *test,
               gconstpointer name G_GNUC_UNUSED)
{
  AwEngine *engine = test->base.engine;
  g_autoptr (AwDossier) dossier = aw_engine_ref_dossier (engine, "hf", NULL);
  g_autoptr (AwOpportunity) after = aw_record_edit (aw_dossier_get_opportunity (dossier));
  g_autoptr (AwCommand) german = aw_command_new ("Interview changed");
  g_autoptr (AwCommand) preferred = aw_command_new ("Preferences changed");
  g_autoptr (AwReviewFacts) facts = NULL;

  assert_begins (test, "Dear Marcus,");
  after->language = g_strdup ("de");
  aw_command_change (german, aw_dossier_get_opportunity (dossier), after);
  g_assert_true (aw_engine_run (engine, german, TRUE, NULL));
  assert_begins (test, "Guten Tag Marcus Bell,");
  facts = aw_engine_gather_review_facts (engine, "hf", NULL);
  g_assert_cmpstr (facts->language, ==, "de");
  aw_review_facts_free (g_steal_pointer (&facts));

  aw_engine_undo_async (engine, NULL, NULL, undone_cb, NULL);
  g_assert_true (aw_ui_test_wait (is_english_again, engine));
  assert_begins (test, "Dear Marcus,");

  aw_command_set_setting (preferred, AW_LANGUAGE_SETTING, NULL, "de");
  g_assert_true (aw_engine_run (engine, preferred, TRUE, NULL));
  assert_begins (test, "Guten Tag Marcus Bell,");
  facts = aw_engine_gather_review_facts (engine, "hf", NULL);
  g_assert_cmpstr (facts->language, ==, "de");
}

static gboolean
no_compose (gpointer data G_GNUC_UNUSED)
{
  return find_compose () == NULL;
}

static gboolean
is_there_again (gpointer data G_GNUC_UNUSED)
{
  return find_compose () != NULL;
}

static void
test_send_and_undo (Test *test,
                    gconstpointer name G_GNUC_UNUSED)
{
  AwComposeWindow *window;
  g_autoptr (AwMessage) stored = NULL;
  g_autofree char *id = NULL;
  g_autofree char *text = NULL;

  add_account (test);
  aw_compose_window_present (test->base.ui, "hf", "hf-marcus", AW_TOUCH_UNSET, "thank-you/hf-marcus/hf-1");
  window = find_compose ();
  set_text (window, GOOD_TEXT);
  gtk_editable_set_text (GTK_EDITABLE (window->subject), "Thank you for Wednesday");
  id = g_strdup (AW_ID (aw_compose_message (window)));

  /* A refusal leaves the text where it is, to be sent again. */
  aw_fake_outbox_refuse (test->outbox, "The disk is full.");
  gtk_widget_activate_action (GTK_WIDGET (window), "compose.send", NULL);
  aw_ui_test_settle ();
  g_assert_true (find_compose () == window);
  text = get_text (window);
  g_assert_cmpstr (text, ==, GOOD_TEXT);
  aw_fake_outbox_refuse (test->outbox, NULL);

  gtk_widget_activate_action (GTK_WIDGET (window), "compose.send", NULL);
  g_assert_true (aw_ui_test_wait (no_compose, NULL));
  stored = load_message (test, id);
  g_assert_cmpint (stored->state, ==, AW_MESSAGE_QUEUED);
  g_assert_cmpstr (stored->body, ==, GOOD_TEXT);
  g_assert_nonnull (stored->account);

  gtk_widget_activate_action (test->base.window, "compose.unsend", "s", id);
  g_assert_true (aw_ui_test_wait (is_there_again, NULL));
  g_clear_object (&stored);
  stored = load_message (test, id);
  g_assert_cmpint (stored->state, ==, AW_MESSAGE_DRAFT);
  g_assert_cmpstr (AW_ID (aw_compose_message (find_compose ())), ==, id);
}

static void
answer (const char *label)
{
  GtkWidget *button = aw_ui_test_find_button (label);

  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
  aw_ui_test_settle ();
}

/* As the main window's. */
static void
on_write (GSimpleAction *action G_GNUC_UNUSED,
          GVariant *parameter,
          gpointer data)
{
  const char *opportunity, *person, *word, *key;
  int kind = AW_TOUCH_UNSET;

  g_variant_get (parameter, "(&s&s&s&s)", &opportunity, &person, &word, &key);
  g_assert_true (aw_word_parse (&aw_touch_kinds, word, &kind));
  aw_compose_window_present (((Test *) data)->base.ui, opportunity, person, kind, key);
}

/* Tom at Northwind Labs is to be asked where things stand; but at the same
 * address I asked about another job yesterday: G1 over all opportunities. One
 * question, before the window opens, and none on Send; what was overruled goes
 * with the message and into the touch. */
static void
test_overrule (Test *test,
               gconstpointer name G_GNUC_UNUSED)
{
  AwEngine *engine = test->base.engine;
  g_autoptr (AwDossier) dossier = aw_engine_ref_dossier (engine, "nl", NULL);
  g_autoptr (AwDossier) other = aw_engine_ref_dossier (engine, "ap", NULL);
  g_autoptr (AwPerson) person = aw_record_edit (aw_dossier_find_person (other, "ap-1p"));
  g_autoptr (AwTouch) touch = (AwTouch *) aw_record_new (AW_TYPE_TOUCH, "ap");
  g_autoptr (AwCommand) facts = aw_command_new ("");
  g_autoptr (AwCommand) sent = aw_command_new ("");
  g_autoptr (AwMessage) stored = NULL;
  g_autoptr (AwDuty) before = NULL;
  g_autoptr (AwDuty) duty = NULL;
  g_autofree char *id = NULL;
  const char *people[] = { "ap-1p", NULL };
  AwComposeWindow *window;
  AwRecordList *touches = aw_dossier_get_list (dossier, AW_RECORD_TOUCH);
  g_autoptr (GSimpleActionGroup) actions = g_simple_action_group_new ();
  static const GActionEntry entries[] = { { .name = "write", .activate = on_write, .parameter_type = "(ssss)" } };
  AwTouch *last;

  g_action_map_add_action_entries (G_ACTION_MAP (actions), entries, G_N_ELEMENTS (entries), test);
  gtk_widget_insert_action_group (test->base.window, "win", G_ACTION_GROUP (actions));
  add_account (test);
  before = aw_duty_actions_find (test->base.ui, "nl", "check-in/nl-tom/0");
  g_assert_nonnull (before);
  g_assert_cmpint (aw_duty_get_follow_up (before)->state, >=, AW_STATE_DUE);
  g_free (person->email);
  person->email = g_strdup ("TOM@northwind.example");
  aw_command_change (facts, aw_dossier_find_person (other, "ap-1p"), person);
  touch->at = aw_instant (aw_engine_now (engine) - AW_DAY);
  touch->direction = AW_DIRECTION_OUT;
  touch->channel = AW_CHANNEL_EMAIL;
  touch->kind = AW_TOUCH_CHECK_IN;
  touch->people = g_strdupv ((char **) people);
  aw_command_add (facts, touch);
  g_assert_true (aw_engine_run (engine, facts, FALSE, NULL));
  aw_ui_test_settle ();
  duty = aw_duty_actions_find (test->base.ui, "nl", "check-in/nl-tom/0");
  g_assert_nonnull (duty);
  g_assert_cmpint (aw_duty_get_follow_up (duty)->state, ==, AW_STATE_WAITING);
  g_assert_cmpstr (aw_overruled_holder (aw_duty_get_follow_up (duty)), ==, "G1");
  g_assert_cmpint (aw_duty_actions_other_channel (test->base.ui, duty), ==, AW_CHANNEL_UNSET);

  aw_duty_actions_act (test->base.window, test->base.ui, duty);
  aw_ui_test_settle ();
  g_assert_null (find_compose ());
  answer ("Write _Anyway");
  window = find_compose ();
  g_assert_nonnull (window);
  g_assert_cmpstr (window->overruled, ==, "G1");
  set_text (window, "Dear Tom,\n\nI am following up on my interview for the post of Senior Firmware Engineer, in which I am still very "
                    "interested. Could you tell me where the decision stands? If the post has been filled, please just say so.\n\n"
                    "Best wishes\nSam");
  gtk_editable_set_text (GTK_EDITABLE (window->subject), "Senior Firmware Engineer at Northwind Labs");
  id = g_strdup (AW_ID (aw_compose_message (window)));
  gtk_widget_activate_action (GTK_WIDGET (window), "compose.send", NULL);
  g_assert_true (aw_ui_test_wait (no_compose, NULL));
  stored = load_message (test, id);
  g_assert_cmpint (stored->state, ==, AW_MESSAGE_QUEUED);
  g_assert_nonnull (stored->overruled);
  g_assert_cmpstr (stored->overruled[0], ==, "G1");

  aw_sent_add_changes (sent, dossier, stored, AW_CHANNEL_EMAIL, aw_instant (aw_engine_now (engine)));
  g_assert_true (aw_engine_run (engine, sent, FALSE, NULL));
  last = aw_record_list_peek (touches, aw_record_list_get_length (touches) - 1);
  g_assert_cmpint (last->kind, ==, AW_TOUCH_CHECK_IN);
  g_assert_true (aw_strv_has (last->overruled, "G1"));
  gtk_widget_activate_action (test->base.window, "compose.unsend", "s", id);
  g_assert_true (aw_ui_test_wait (is_there_again, NULL));
}

/* Called from the window, a message that no follow-up asks for: Send asks. */
static void
test_overrule_on_send (Test *test,
                       gconstpointer name G_GNUC_UNUSED)
{
  AwComposeWindow *window;
  g_autoptr (AwMessage) stored = NULL;
  g_autofree char *id = NULL;

  add_account (test);
  aw_compose_window_present (test->base.ui, "mh", "mh-hr", AW_TOUCH_CHECK_IN, NULL);
  window = find_compose ();
  g_assert_null (window->overruled);
  set_text (window, "Dear Lee,\n\nI am still very interested in the post of Data Analyst. Could you tell me where the decision stands? "
                    "If the post has been filled, please just say so.\n\nBest wishes\nSam");
  gtk_editable_set_text (GTK_EDITABLE (window->subject), "Data Analyst at Meridian Health");
  id = g_strdup (AW_ID (aw_compose_message (window)));
  gtk_widget_activate_action (GTK_WIDGET (window), "compose.send", NULL);
  aw_ui_test_settle ();
  g_assert_true (find_compose () == window);
  answer ("Send _Anyway");
  g_assert_true (aw_ui_test_wait (no_compose, NULL));
  stored = load_message (test, id);
  g_assert_true (aw_strv_has (stored->overruled, "G1"));
  gtk_widget_activate_action (test->base.window, "compose.unsend", "s", id);
  g_assert_true (aw_ui_test_wait (is_there_again, NULL));
}

/* Closing keeps what was written; opening goes on from there. */
static void
test_close_and_reopen (Test *test,
                       gconstpointer name G_GNUC_UNUSED)
{
  AwComposeWindow *window;
  g_autofree char *id = NULL;
  g_autofree char *text = NULL;

  aw_compose_window_present (test->base.ui, "hf", "hf-marcus", AW_TOUCH_THANK_YOU, NULL);
  window = find_compose ();
  id = g_strdup (AW_ID (aw_compose_message (window)));
  set_text (window, "Only begun");
  gtk_window_close (GTK_WINDOW (window));
  g_assert_true (aw_ui_test_wait (no_compose, NULL));

  aw_compose_window_present_message (test->base.ui, id);
  window = find_compose ();
  g_assert_nonnull (window);
  text = get_text (window);
  g_assert_cmpstr (text, ==, "Only begun");
  gtk_window_close (GTK_WINDOW (window));
  g_assert_true (aw_ui_test_wait (no_compose, NULL));

  /* An untouched template leaves no draft behind. */
  aw_compose_window_present (test->base.ui, "hf", "hf-aiko", AW_TOUCH_THANK_YOU, NULL);
  window = find_compose ();
  g_free (id);
  id = g_strdup (AW_ID (aw_compose_message (window)));
  gtk_window_close (GTK_WINDOW (window));
  g_assert_true (aw_ui_test_wait (no_compose, NULL));
  g_assert_null (load_message (test, id));
}

/* The recipient is deleted while one writes: the text stays. */
static void
test_person_deleted (Test *test,
                     gconstpointer name G_GNUC_UNUSED)
{
  g_autoptr (AwDossier) dossier = aw_engine_ref_dossier (test->base.engine, "hf", NULL);
  g_autoptr (AwCommand) command = aw_command_new ("Person deleted");
  AwComposeWindow *window;
  g_autofree char *text = NULL;

  add_account (test);
  aw_compose_window_present (test->base.ui, "hf", "hf-marcus", AW_TOUCH_CHECK_IN, NULL);
  window = find_compose ();
  set_text (window, "Some text");
  aw_command_remove (command, aw_dossier_find_person (dossier, "hf-marcus"));
  g_assert_true (aw_engine_run (test->base.engine, command, FALSE, NULL));
  aw_ui_test_settle ();
  text = get_text (window);
  g_assert_cmpstr (text, ==, "Some text");
  gtk_widget_activate_action (GTK_WIDGET (window), "compose.send", NULL);
  aw_ui_test_settle ();
  g_assert_true (find_compose () == window);
  g_assert_true (aw_ui_test_wait (is_saved, window->draft));
}

static gboolean
is_gone (gpointer data)
{
  return find_compose () == NULL || find_compose () != data;
}

static void
test_elsewhere (Test *test,
                gconstpointer name G_GNUC_UNUSED)
{
  g_autoptr (AwDossier) dossier = aw_engine_ref_dossier (test->base.engine, "hf", NULL);
  AwRecordList *touches = aw_dossier_get_list (dossier, AW_RECORD_TOUCH);
  guint before = aw_record_list_get_length (touches);
  AwComposeWindow *window;
  AwTouch *touch;
  GtkWidget *dialog;

  aw_compose_window_present (test->base.ui, "hf", "hf-marcus", AW_TOUCH_THANK_YOU, NULL);
  window = find_compose ();
  set_text (window, "By hand");
  gtk_widget_activate_action (GTK_WIDGET (window), "compose.elsewhere", NULL);
  aw_ui_test_settle ();
  dialog = find_dialog (GTK_WIDGET (window));
  shoot (dialog, "elsewhere");
  for (guint i = 0;; i++)
    {
      GtkWidget *button = aw_ui_test_find (dialog, GTK_TYPE_BUTTON, i);

      g_assert_nonnull (button);
      if (gtk_widget_has_css_class (button, "suggested-action") && GTK_WIDGET (window->send) != button &&
          gtk_widget_get_ancestor (button, ADW_TYPE_SPLIT_BUTTON) == NULL)
        {
          g_signal_emit_by_name (button, "clicked");
          break;
        }
    }
  g_assert_true (aw_ui_test_wait (is_gone, window));
  g_assert_cmpuint (aw_record_list_get_length (touches), ==, before + 1);
  touch = aw_record_list_peek (touches, before);
  g_assert_cmpstr (touch->text, ==, "By hand");
  g_assert_cmpint (touch->kind, ==, AW_TOUCH_THANK_YOU);
  g_assert_true (aw_strv_has (touch->people, "hf-marcus"));
}

/* Dialogs ------------------------------------------------------------------ */

static void
times_cb (const gint64 times[AW_N_CALL_TIMES] G_GNUC_UNUSED,
          const char *sentence G_GNUC_UNUSED,
          gpointer data G_GNUC_UNUSED)
{
}

static void
article_cb (AwArticle *article G_GNUC_UNUSED,
            gboolean is_new G_GNUC_UNUSED,
            const char *text G_GNUC_UNUSED,
            gpointer data G_GNUC_UNUSED)
{
}

static void
time_cb (gint64 at G_GNUC_UNUSED,
         gpointer data G_GNUC_UNUSED)
{
}

static void
test_dialogs (Test *test,
              gconstpointer name G_GNUC_UNUSED)
{
  g_autoptr (AwDossier) dossier = aw_engine_ref_dossier (test->base.engine, "hf", NULL);
  g_autoptr (AwTemplates) templates = aw_templates_new ("en", NULL);
  AwFinding finding = { .id = "M1", .start = -1, .end = -1 };
  g_autoptr (GArray) spans = g_array_new (FALSE, FALSE, sizeof (int));
  GtkWidget *window = test->base.window;
  int span[] = { 5, 30 };
  GtkWidget *dialog;

  g_array_append_vals (spans, span, 2);
  finding.shared = finding.twin_shared = spans;
  aw_ui_test_show (&test->base, gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), 900);

  dialog = aw_call_times_dialog_present (window, dossier, "hf-marcus", templates, times_cb, NULL);
  aw_ui_test_settle ();
  aw_ui_test_check_names (dialog);
  aw_ui_test_check_width (dialog, 480);
  shoot (find_dialog (window), "calltimes");
  aw_dialog_close (dialog);

  dialog = aw_article_dialog_present (window, dossier, "hf-marcus", article_cb, NULL);
  aw_ui_test_settle ();
  aw_ui_test_check_names (dialog);
  shoot (find_dialog (window), "article");
  aw_dialog_close (dialog);

  dialog = aw_later_dialog_present (window, NULL, AW_NEVER, time_cb, NULL);
  aw_ui_test_settle ();
  aw_ui_test_check_names (dialog);
  shoot (find_dialog (window), "later");
  aw_dialog_close (dialog);

  dialog = aw_compare_dialog_present (window, GOOD_TEXT, &finding, GOOD_TEXT, "Aiko Tanaka");
  aw_ui_test_settle ();
  shoot (find_dialog (window), "compare");
  aw_dialog_close (dialog);

  add_account (test);
  aw_account_dialog_present (test->base.ui, window, NULL);
  aw_ui_test_settle ();
  aw_ui_test_check_names (find_dialog (window));
  shoot (find_dialog (window), "account");
  aw_ui_test_settle ();
}

static void
test_templates (Test *test,
                gconstpointer name G_GNUC_UNUSED)
{
  GtkWidget *page = aw_templates_page_new (test->base.ui);

  aw_ui_test_show (&test->base, page, 700);
  aw_ui_test_check_names (page);
  aw_ui_test_check_width (page, 360);
  shoot (test->base.window, "templates");
  g_signal_emit_by_name (aw_ui_test_find (page, GTK_TYPE_LIST_BOX, 0), "row-activated",
                         gtk_list_box_get_row_at_index (GTK_LIST_BOX (aw_ui_test_find (page, GTK_TYPE_LIST_BOX, 0)), 0));
  aw_ui_test_settle ();
  aw_ui_test_check_names (page);
  aw_ui_test_check_width (page, 360);
  shoot (test->base.window, "template-editor");
}

/* Outbox ------------------------------------------------------------------- */

static void
add_item (Test *test,
          AwMessageState state,
          const char *subject,
          const char *person,
          int code,
          const char *text,
          const char *sentence,
          gint64 at)
{
  g_autoptr (AwMessage) message = (AwMessage *) aw_record_new (AW_TYPE_MESSAGE, "hf");

  message->kind = AW_TOUCH_THANK_YOU;
  message->state = state;
  message->subject = g_strdup (subject);
  message->body = g_strdup (GOOD_TEXT);
  message->changed_at = aw_instant (at);
  message->scheduled_at = aw_instant (at);
  aw_fake_outbox_add (test->outbox, message, person, state == AW_MESSAGE_QUEUED ? 1 : 0, code, text, sentence, at);
}

static void
test_outbox (Test *test,
             gconstpointer name G_GNUC_UNUSED)
{
  gint64 now = aw_engine_now (test->base.engine);
  GtkWidget *page = aw_outbox_page_new (test->base.ui);

  aw_ui_test_show (&test->base, page, 800);
  shoot (test->base.window, "outbox-empty");
  g_assert_cmpuint (aw_outbox_page_count (test->outbox, now), ==, 0);

  add_item (test, AW_MESSAGE_FAILED, "Thank you for Wednesday", "Aiko Tanaka", 535, "5.7.8 Authentication credentials invalid",
            "The server refused the password (535).", now);
  add_item (test, AW_MESSAGE_UNCERTAIN, "After our talk", "A & B <C>", 0, "Connection reset", NULL, now);
  add_item (test, AW_MESSAGE_SCHEDULED, "An article on test data", "Dana Whitfield", 0, NULL, NULL, now + AW_DAY);
  add_item (test, AW_MESSAGE_SCHEDULED, "Missed", "Dana Whitfield", 0, NULL, NULL, now - AW_DAY);
  add_item (test, AW_MESSAGE_QUEUED, "Greylisted", "Tom Okafor", 450, "4.2.0 Greylisted", "The server asks to come back later (450).", now + 300);
  add_item (test, AW_MESSAGE_SENDING, "On its way", "Tom Okafor", 0, NULL, NULL, now);
  add_item (test, AW_MESSAGE_DRAFT, "Thank you for Wednesday", "Marcus Bell", 0, NULL, NULL, now - 300);
  add_item (test, AW_MESSAGE_SENT, "Thank you for our talk about bootloaders", "Priya Raman", 0, NULL, NULL, now - 3 * AW_DAY);
  add_item (test, AW_MESSAGE_SENT, NULL, NULL, 0, NULL, NULL, now - 5 * AW_DAY);
  aw_ui_test_settle ();
  aw_ui_test_check_names (page);
  g_assert_cmpuint (aw_outbox_page_count (test->outbox, now), ==, 3);
  g_assert_cmpuint (aw_ui_test_count_class (page, "suggested-action"), <=, 1);
  gtk_window_set_default_size (GTK_WINDOW (test->base.window), 800, 1000);
  shoot (test->base.window, "outbox");
  for (guint i = 0;; i++)
    {
      GtkWidget *row = aw_ui_test_find (page, AW_TYPE_OUTBOX_ROW, i);

      if (row == NULL)
        {
          g_assert_cmpuint (i, ==, 9);
          break;
        }
      aw_outbox_row_set_narrow (AW_OUTBOX_ROW (row), TRUE);
    }
  aw_ui_test_check_width (page, 360);
  gtk_window_set_default_size (GTK_WINDOW (test->base.window), 400, 1000);
  shoot (test->base.window, "outbox-400");
}

/* Printing ----------------------------------------------------------------- */

static void
printed_cb (gboolean printed,
            const char *error,
            gpointer data)
{
  g_assert_null (error);
  g_assert_true (printed);
  *(gboolean *) data = TRUE;
}

static gboolean
is_true (gpointer data)
{
  return *(gboolean *) data;
}

static guint
count (const char *text,
       gsize length)
{
  guint n = 0;

  for (gsize i = 0; i + 12 < length; i++)
    n += memcmp (text + i, "/Type /Page", 11) == 0 && text[i + 11] != 's';
  return n;
}

/* Cairo before 1.18 wrote the pages' objects as they are, since then packed. */
static guint
count_pages (const char *pdf)
{
  g_autofree char *contents = NULL;
  gsize length;
  guint n;

  g_assert_true (g_file_get_contents (pdf, &contents, &length, NULL));
  n = count (contents, length);
  for (gsize i = 0; i + 7 < length; i++)
    if (memcmp (contents + i, "\nstream\n", 8) == 0)
      {
        g_autoptr (GZlibDecompressor) unpacker = g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB);
        g_autofree char *unpacked = g_malloc (1 << 20);
        gsize read, written;

        if (g_converter_convert (G_CONVERTER (unpacker), contents + i + 8, length - i - 8, unpacked, 1 << 20, G_CONVERTER_NO_FLAGS,
                                 &read, &written, NULL) != G_CONVERTER_ERROR)
          n += count (unpacked, written);
      }
  return n;
}

static void
test_print (Test *test,
            gconstpointer name G_GNUC_UNUSED)
{
  const char *shots = g_getenv ("AW_SHOTS");
  g_autofree char *one = g_build_filename (shots != NULL ? shots : test->base.folder, "one.pdf", NULL);
  g_autofree char *many = g_build_filename (shots != NULL ? shots : test->base.folder, "many.pdf", NULL);
  g_autoptr (GString) text = g_string_new (NULL);
  gboolean done = FALSE;

  aw_print_letter (GTK_WINDOW (test->base.window), "Marcus Bell\n12 Quay Street\nHarbor", GOOD_TEXT, one, printed_cb, &done);
  g_assert_true (aw_ui_test_wait (is_true, &done));
  g_assert_cmpuint (count_pages (one), ==, 1);

  for (guint i = 0; i < 12; i++)
    g_string_append (text, GOOD_TEXT "\n\n");
  done = FALSE;
  aw_print_letter (GTK_WINDOW (test->base.window), NULL, text->str, many, printed_cb, &done);
  g_assert_true (aw_ui_test_wait (is_true, &done));
  g_assert_cmpuint (count_pages (many), >=, 4);
}

#define ADD(path, func) g_test_add (path, Test, "six", set_up, func, tear_down)

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/compose/html", test_html);
  g_test_add_func ("/compose/greeting", test_greeting);
  g_test_add_func ("/compose/mailto", test_mailto);
  ADD ("/compose/draft", test_draft);
  ADD ("/compose/message-view", test_message_view);
  ADD ("/compose/window", test_window);
  ADD ("/compose/language", test_language);
  ADD ("/compose/send-and-undo", test_send_and_undo);
  ADD ("/compose/overrule", test_overrule);
  ADD ("/compose/overrule-on-send", test_overrule_on_send);
  ADD ("/compose/close-and-reopen", test_close_and_reopen);
  ADD ("/compose/person-deleted", test_person_deleted);
  ADD ("/compose/elsewhere", test_elsewhere);
  ADD ("/compose/dialogs", test_dialogs);
  ADD ("/compose/templates", test_templates);
  ADD ("/compose/outbox", test_outbox);
  ADD ("/compose/print", test_print);
  return g_test_run ();
}
