/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <string.h>

#include "aw-ui-test.h"
#include "core/aw-interview-form.h"
#include "exchange/aw-import.h"
#include "service/aw-replies.h"
#include "support/aw-fake-clock.h"
#include "support/aw-test-files.h"
#include "ui/aw-add-dialog.h"
#include "ui/aw-call-sheet.h"
#include "ui/aw-checklist.h"
#include "ui/aw-date-button.h"
#include "ui/aw-debrief.h"
#include "ui/aw-decided-dialog.h"
#include "ui/aw-detail-page.h"
#include "ui/aw-detail-private.h"
#include "ui/aw-log-dialog.h"
#include "ui/aw-person-dialog.h"
#include "ui/aw-ui.h"

/* Thursday 2026-03-05, 09:40 UTC. AW_SHOTS=FOLDER keeps pictures of what is shown. */
#define NOW 1772703600

typedef struct
{
  char *folder;
  AwClock *clock;
  AwEngine *engine;
  AwUi *ui;
  GtkWidget *window;
  GtkWidget *overlay;
  char *shown; /* argument of the last win.show */
} Fixture;

static void
iterate (guint ms)
{
  gint64 until = g_get_monotonic_time () + ms * 1000;

  while (g_get_monotonic_time () < until)
    {
      while (g_main_context_iteration (NULL, FALSE))
        ;
      g_usleep (2000);
    }
}

static void
on_show (GSimpleAction *action G_GNUC_UNUSED,
         GVariant *parameter,
         gpointer data)
{
  Fixture *fixture = data;

  g_free (fixture->shown);
  fixture->shown = g_variant_dup_string (parameter, NULL);
}

static void
load (Fixture *fixture,
      const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "ui", "data", name, NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (AwImport) import = NULL;
  g_autoptr (AwCommand) command = NULL;
  gsize length;

  g_file_get_contents (path, &text, &length, &error);
  g_assert_no_error (error);
  bytes = g_bytes_new (text, length);
  import = aw_import_read (bytes, aw_engine_get_database (fixture->engine), "UTC", NOW, &error);
  g_assert_no_error (error);
  command = aw_import_make_command (import, "Import");
  aw_engine_run (fixture->engine, command, FALSE, &error);
  g_assert_no_error (error);
}

static void
set_up (Fixture *fixture,
        gconstpointer data G_GNUC_UNUSED)
{
  static const GActionEntry entries[] = { { .name = "show", .activate = on_show, .parameter_type = "s" } };
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;

  aw_ui_load ();
  fixture->folder = aw_test_folder_new ();
  path = g_build_filename (fixture->folder, "afterword.db", NULL);
  fixture->clock = aw_fake_clock_new (NOW, "UTC");
  fixture->engine = aw_engine_open (path, fixture->clock, &error);
  g_assert_no_error (error);
  load (fixture, "detail.json");
  fixture->ui = aw_ui_new (fixture->engine, NULL);
  fixture->window = adw_window_new ();
  fixture->overlay = adw_toast_overlay_new ();
  adw_window_set_content (ADW_WINDOW (fixture->window), fixture->overlay);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 790, 720);
  g_action_map_add_action_entries (G_ACTION_MAP (group), entries, G_N_ELEMENTS (entries), fixture);
  gtk_widget_insert_action_group (fixture->window, "win", G_ACTION_GROUP (group));
  aw_ui_attach (fixture->ui, GTK_WINDOW (fixture->window), ADW_TOAST_OVERLAY (fixture->overlay));
}

static void
tear_down (Fixture *fixture,
           gconstpointer data G_GNUC_UNUSED)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  iterate (100);
  g_clear_object (&fixture->ui);
  g_clear_object (&fixture->engine);
  g_clear_object (&fixture->clock);
  aw_test_folder_free (fixture->folder);
  g_free (fixture->shown);
}

/* Looking ------------------------------------------------------------------------------ */

static void
shoot (GtkWidget *window,
       const char *name)
{
  const char *folder = g_getenv ("AW_SHOTS");
  g_autoptr (GdkPaintable) paintable = NULL;
  g_autoptr (GtkSnapshot) snapshot = NULL;
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  g_autofree char *path = NULL;

  iterate (folder != NULL ? 400 : 50);
  if (folder == NULL)
    return;
  paintable = gtk_widget_paintable_new (window);
  snapshot = gtk_snapshot_new ();
  gdk_paintable_snapshot (paintable, snapshot, gtk_widget_get_width (window), gtk_widget_get_height (window));
  node = gtk_snapshot_free_to_node (g_steal_pointer (&snapshot));
  if (node == NULL)
    return;
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (window)), node, NULL);
  path = g_strdup_printf ("%s/%s.png", folder, name);
  gdk_texture_save_to_png (texture, path);
}

/* The dialog on top, or the window (dialogs may be inside it). */
static GtkWidget *
top (Fixture *fixture)
{
  GListModel *windows = gtk_window_get_toplevels ();
  GtkWidget *found = fixture->window;

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (window != fixture->window && gtk_widget_get_visible (window))
        {
          found = window;
          break; /* the newest comes first */
        }
    }
  return found;
}

typedef gboolean (*Wanted) (GtkWidget *widget, const char *text);

static GtkWidget *
find (GtkWidget *widget,
      Wanted wanted,
      const char *text)
{
  if (wanted (widget, text))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, wanted, text);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static gboolean
is_row (GtkWidget *widget,
        const char *title)
{
  return ADW_IS_PREFERENCES_ROW (widget) && g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), title) == 0;
}

static gboolean
is_button (GtkWidget *widget,
           const char *label)
{
  return GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), label) == 0;
}

static gboolean
is_label (GtkWidget *widget,
          const char *text)
{
  return GTK_IS_LABEL (widget) && strstr (gtk_label_get_label (GTK_LABEL (widget)), text) != NULL;
}

static gboolean
is_text_view (GtkWidget *widget,
              const char *text G_GNUC_UNUSED)
{
  return GTK_IS_TEXT_VIEW (widget);
}

static GtkWidget *
must (GtkWidget *root,
      Wanted wanted,
      const char *text)
{
  GtkWidget *found = find (root, wanted, text);

  if (found == NULL)
    g_error ("not on the screen: %s", text);
  return found;
}

static void
click (Fixture *fixture,
       const char *label)
{
  g_signal_emit_by_name (must (top (fixture), is_button, label), "clicked");
  iterate (200);
}

/* Says which part is too wide. */
static void
check_width (GtkWidget *widget,
             int depth)
{
  int minimum;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  if (minimum <= 360 || !gtk_widget_get_visible (widget))
    return;
  g_printerr ("%*s%s is %d wide\n", depth, "", G_OBJECT_TYPE_NAME (widget), minimum);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    check_width (child, depth + 1);
  if (depth == 0)
    g_test_fail ();
}

static GtkWidget *
show_page (Fixture *fixture,
           const char *opportunity)
{
  GtkWidget *page = aw_detail_page_new (fixture->ui, opportunity);

  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (fixture->overlay), page);
  gtk_window_present (GTK_WINDOW (fixture->window));
  iterate (200);
  return page;
}

static guint
count (Fixture *fixture,
       const char *opportunity,
       AwRecordKind kind)
{
  g_autoptr (AwDossier) dossier = aw_engine_ref_dossier (fixture->engine, opportunity, NULL);

  return dossier != NULL ? aw_record_list_get_length (aw_dossier_get_list (dossier, kind)) : 0;
}

static void
undo (Fixture *fixture)
{
  aw_ui_undo (fixture->window);
  iterate (300);
}

/* Tests ---------------------------------------------------------------------------------- */

static void
test_page (Fixture *fixture,
           gconstpointer data G_GNUC_UNUSED)
{
  GtkWidget *page = show_page (fixture, "nl");

  aw_ui_test_check_names (page);
  must (page, is_label, "Ask Tom Okafor where things stand");
  must (page, is_label, "Thanked 20 February");
  must (page, is_label, "Talked about bootloader updates, code review, the Oslo lab");
  must (page, is_row, "Skills test");
  must (page, is_row, "Who would review my code?");
  check_width (page, 0);
  shoot (fixture->window, "detail");
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 720, 2600);
  shoot (fixture->window, "detail-long");
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 400, 720);
  shoot (fixture->window, "detail-400");
  gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 790, 720);
  shoot (fixture->window, "detail-rtl");
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), ADW_COLOR_SCHEME_FORCE_DARK);
  shoot (fixture->window, "detail-dark");
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), ADW_COLOR_SCHEME_DEFAULT);
}

static void
test_bad_facts (Fixture *fixture,
                gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *name = g_strnfill (10000, 'n');
  g_autoptr (AwRecord) record = aw_record_new (AW_TYPE_OPPORTUNITY, NULL);
  g_autoptr (AwRecord) person = aw_record_new (AW_TYPE_PERSON, record->id);
  g_autoptr (AwCommand) command = aw_command_new ("Long");
  g_autoptr (GError) error = NULL;
  const char *ids[] = { "ab", "empty", record->id, "nowhere" };

  ((AwOpportunity *) record)->company = g_strdup (name);
  ((AwOpportunity *) record)->role = g_strdup (name);
  ((AwPerson *) person)->name = g_strdup (name);
  aw_command_add (command, record);
  aw_command_add (command, person);
  aw_engine_run (fixture->engine, command, FALSE, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      GtkWidget *page = show_page (fixture, ids[i]);
      g_autofree char *shot = g_strdup_printf ("bad-%u", i);

      check_width (page, 0);
      shoot (fixture->window, shot);
      if (i == G_N_ELEMENTS (ids) - 1)
        break;
      aw_log_dialog_present (fixture->ui, page, ids[i], AW_LOG_REPLY, NULL);
      iterate (150);
      click (fixture, "_Cancel");
      aw_call_sheet_present (fixture->ui, page, ids[i], NULL, NULL);
      iterate (150);
      click (fixture, "_Cancel");
      aw_checklist_present (fixture->ui, page, ids[i], NULL);
      iterate (150);
      click (fixture, "_Later");
      if (i == 0)
        {
          aw_debrief_present (fixture->ui, page, ids[i], NULL);
          iterate (150);
          click (fixture, "_Later");
        }
    }
}

static void
test_changes (Fixture *fixture,
              gconstpointer data G_GNUC_UNUSED)
{
  GtkWidget *page = show_page (fixture, "nl");
  g_autoptr (AwDossier) dossier = aw_engine_ref_dossier (fixture->engine, "nl", NULL);

  /* A step is done, and taken back. */
  gtk_widget_activate_action (page, "detail.step-toggle", "s", "s1");
  iterate (300);
  g_assert_true (aw_instant_is_set (((AwStep *) aw_dossier_find (dossier, AW_RECORD_STEP, "s1"))->done_at));
  undo (fixture);
  g_assert_false (aw_instant_is_set (((AwStep *) aw_dossier_find (dossier, AW_RECORD_STEP, "s1"))->done_at));

  /* A person goes with all that names them, and comes back with it. */
  gtk_widget_activate_action (page, "detail.person-remove", "s", "priya");
  iterate (300);
  g_assert_null (aw_dossier_find_person (dossier, "priya"));
  g_assert_null (aw_dossier_get_opportunity (dossier)->promised_by);
  g_assert_false (aw_strv_has (((AwInterview *) aw_dossier_find (dossier, AW_RECORD_INTERVIEW, "i1"))->attendees, "priya"));
  undo (fixture);
  g_assert_nonnull (aw_dossier_find_person (dossier, "priya"));
  g_assert_cmpstr (aw_dossier_get_opportunity (dossier)->promised_by, ==, "priya");
  g_assert_true (aw_strv_has (((AwInterview *) aw_dossier_find (dossier, AW_RECORD_INTERVIEW, "i1"))->attendees, "priya"));

  gtk_widget_activate_action (page, "detail.touch-remove", "s", "t2");
  iterate (300);
  g_assert_cmpuint (count (fixture, "nl", AW_RECORD_TOUCH), ==, 2);
  undo (fixture);
  g_assert_cmpuint (count (fixture, "nl", AW_RECORD_TOUCH), ==, 3);

  gtk_widget_activate_action (page, "detail.set-rapport", "i", (int) AW_RAPPORT_GREAT);
  iterate (300);
  g_assert_cmpint (aw_dossier_get_opportunity (dossier)->rapport, ==, AW_RAPPORT_GREAT);
}

static void
test_reply (Fixture *fixture,
            gconstpointer data G_GNUC_UNUSED)
{
  GtkWidget *page = show_page (fixture, "nl");
  g_autoptr (AwDossier) dossier = aw_engine_ref_dossier (fixture->engine, "nl", NULL);
  GtkWidget *row;
  AwTouch *touch;

  /* Two clicks: They Replied, Save. */
  gtk_widget_activate_action (page, "detail.log-reply", NULL);
  iterate (200);
  shoot (top (fixture), "log-reply");
  click (fixture, "_Save");
  iterate (300);
  g_assert_cmpuint (count (fixture, "nl", AW_RECORD_TOUCH), ==, 4);
  touch = aw_record_list_peek (aw_dossier_get_list (dossier, AW_RECORD_TOUCH), 3);
  g_assert_cmpint (touch->direction, ==, AW_DIRECTION_IN);
  g_assert_cmpint (touch->at.sec, ==, NOW);

  /* With a new date: both in one command. */
  gtk_widget_activate_action (page, "detail.person-reply", "s", "tom");
  iterate (200);
  row = must (top (fixture), is_row, "They decide by");
  {
    GtkWidget *button = GTK_WIDGET (adw_action_row_get_activatable_widget (ADW_ACTION_ROW (row)));
    AwDateButton *date = AW_DATE_BUTTON (gtk_widget_get_ancestor (button, AW_TYPE_DATE_BUTTON));

    aw_date_button_set_date (date, aw_date_from_ymd (2026, 3, 20));
    g_signal_emit_by_name (date, "changed");
  }
  click (fixture, "_Save");
  iterate (300);
  touch = aw_record_list_peek (aw_dossier_get_list (dossier, AW_RECORD_TOUCH), 4);
  g_assert_cmpint (touch->promised_date, ==, aw_date_from_ymd (2026, 3, 20));
  g_assert_true (aw_strv_has (touch->people, "tom"));
  g_assert_cmpint (aw_dossier_get_opportunity (dossier)->promised_date, ==, aw_date_from_ymd (2026, 3, 20));
  g_assert_cmpstr (aw_dossier_get_opportunity (dossier)->promised_by, ==, "tom");
  undo (fixture);
  g_assert_cmpint (aw_dossier_get_opportunity (dossier)->promised_date, ==, aw_date_from_ymd (2026, 3, 3));
  g_assert_cmpuint (count (fixture, "nl", AW_RECORD_TOUCH), ==, 4);
}

static void
add_question (Fixture *fixture,
              const char *id,
              const char *subject)
{
  AwIncoming incoming = {
    .id = (char *) id,
    .opportunity = (char *) "nl",
    .mail = (char *) id,
    .kind = AW_INCOMING_SOMEONE,
    .name = (char *) "Jo <b>Finch</b>",
    .subject = (char *) subject,
    .at = NOW - 3600,
  };
  g_autoptr (GError) error = NULL;

  g_assert_true (aw_incoming_add (aw_engine_get_database (fixture->engine), &incoming, NULL, &error));
  g_assert_no_error (error);
}

static guint
count_touches (Fixture *fixture)
{
  g_autoptr (AwDossier) dossier = aw_engine_ref_dossier (fixture->engine, "nl", NULL);

  return aw_record_list_get_length (aw_dossier_get_list (dossier, AW_RECORD_TOUCH));
}

/* Somebody of the company wrote: asked, and only a Yes makes it a fact. */
static void
test_somebody_wrote (Fixture *fixture,
                     gconstpointer data G_GNUC_UNUSED)
{
  GtkWidget *page = show_page (fixture, "nl");
  guint before = count_touches (fixture);

  g_assert_null (find (page, is_row, "Jo <b>Finch</b> wrote: About & <Friday>"));
  add_question (fixture, "q1", "About & <Friday>");
  add_question (fixture, "q2", "Newsletter");
  aw_engine_refresh (fixture->engine);
  iterate (300);
  must (page, is_row, "Jo <b>Finch</b> wrote: About & <Friday>");
  must (page, is_row, "Jo <b>Finch</b> wrote: Newsletter");
  aw_ui_test_check_names (page);
  shoot (fixture->window, "detail-somebody-wrote");
  g_assert_true (gtk_widget_activate_action (page, "detail.no-answer", "s", "q2"));
  iterate (300);
  g_assert_null (find (page, is_row, "Jo <b>Finch</b> wrote: Newsletter"));
  g_assert_cmpuint (count_touches (fixture), ==, before);
  g_assert_true (gtk_widget_activate_action (page, "detail.was-answer", "s", "q1"));
  iterate (300);
  g_assert_null (find (page, is_row, "Jo <b>Finch</b> wrote: About & <Friday>"));
  g_assert_cmpuint (count_touches (fixture), ==, before + 1);
  g_assert_true (gtk_widget_activate_action (page, "detail.was-answer", "s", "q1"));
  iterate (300);
  g_assert_cmpuint (count_touches (fixture), ==, before + 1);
}

static void
test_call (Fixture *fixture,
           gconstpointer data G_GNUC_UNUSED)
{
  GtkWidget *page = show_page (fixture, "nl");
  g_autoptr (AwDossier) dossier = aw_engine_ref_dossier (fixture->engine, "nl", NULL);
  AwTouch *out, *in;
  GtkWidget *row;

  aw_call_sheet_present (fixture->ui, page, "nl", "tom", NULL);
  iterate (200);
  must (top (fixture), is_row, "You talked about");
  shoot (top (fixture), "call-sheet");
  row = must (top (fixture), is_row, "Did you reach them?");
  gtk_switch_set_active (GTK_SWITCH (adw_action_row_get_activatable_widget (ADW_ACTION_ROW (row))), TRUE);
  click (fixture, "_Save");
  iterate (300);
  g_assert_cmpuint (count (fixture, "nl", AW_RECORD_TOUCH), ==, 5);
  in = aw_record_list_peek (aw_dossier_get_list (dossier, AW_RECORD_TOUCH), 3);
  out = aw_record_list_peek (aw_dossier_get_list (dossier, AW_RECORD_TOUCH), 4);
  if (in->direction == AW_DIRECTION_OUT)
    {
      AwTouch *other = in;

      in = out;
      out = other;
    }
  g_assert_cmpint (out->direction, ==, AW_DIRECTION_OUT);
  g_assert_cmpint (out->kind, ==, AW_TOUCH_CALL);
  g_assert_cmpint (in->direction, ==, AW_DIRECTION_IN);
  g_assert_cmpint (in->channel, ==, AW_CHANNEL_PHONE);
  g_assert_cmpint (in->at.sec, ==, out->at.sec);
}

/* The first check-in: whom to ask first is chosen once, in the card. */
static void
test_strategy (Fixture *fixture,
               gconstpointer data G_GNUC_UNUSED)
{
  GtkWidget *page = show_page (fixture, "nl");
  GtkWidget *row;

  g_assert_cmpint (aw_engine_get_policy (fixture->engine)->strategy, ==, AW_STRATEGY_HR_FIRST);
  row = must (page, is_row, "Decision maker first");
  g_assert_true (gtk_widget_get_mapped (row));
  shoot (fixture->window, "strategy");
  gtk_check_button_set_active (GTK_CHECK_BUTTON (adw_action_row_get_activatable_widget (ADW_ACTION_ROW (row))), TRUE);
  iterate (300);
  g_assert_cmpint (aw_engine_get_policy (fixture->engine)->strategy, ==, AW_STRATEGY_DECISION_MAKER_FIRST);
  g_assert_false (gtk_widget_get_mapped (row));
  undo (fixture);
  iterate (100);
  g_assert_cmpint (aw_engine_get_policy (fixture->engine)->strategy, ==, AW_STRATEGY_HR_FIRST);
  g_assert_true (gtk_widget_get_mapped (row));
}

static void
test_decided (Fixture *fixture,
              gconstpointer data G_GNUC_UNUSED)
{
  GtkWidget *page = show_page (fixture, "nl");
  g_autoptr (AwDossier) dossier = aw_engine_ref_dossier (fixture->engine, "nl", NULL);

  for (AwStatus status = AW_STATUS_ON_HOLD; status <= AW_STATUS_NO_ANSWER; status++)
    {
      g_autofree char *shot = g_strdup_printf ("decided-%d", status);

      aw_decided_dialog_present (fixture->ui, page, "nl");
      iterate (200);
      adw_combo_row_set_selected (ADW_COMBO_ROW (must (top (fixture), is_row, "How it stands")), status);
      if (status <= AW_STATUS_OFFER)
        shoot (top (fixture), shot);
      click (fixture, "_Save");
      iterate (300);
      g_assert_cmpint (aw_dossier_get_opportunity (dossier)->status, ==, status);
      g_assert_cmpint (aw_dossier_get_opportunity (dossier)->status_changed_at.sec, ==, NOW);
      undo (fixture);
      g_assert_cmpint (aw_dossier_get_opportunity (dossier)->status, ==, AW_STATUS_ACTIVE);
      g_assert_cmpuint (count (fixture, "nl", AW_RECORD_TOUCH), ==, 3);
    }
}

static void
test_dialogs (Fixture *fixture,
              gconstpointer data G_GNUC_UNUSED)
{
  static const struct
  {
    const char *action, *target, *shot, *leave;
  } dialogs[] = {
    { "detail.edit", NULL, "edit-opportunity", "_Cancel" },
    { "detail.edit-promise", NULL, "edit-promise", "_Cancel" },
    { "detail.edit-mention", NULL, "edit-mention", "_Cancel" },
    { "detail.interview-edit", "i1", "edit-interview", "_Cancel" },
    { "detail.step-edit", "s1", "edit-step", "_Cancel" },
    { "detail.question-edit", "q1", "edit-question", "_Cancel" },
    { "detail.article-edit", "a1", "edit-article", "_Cancel" },
    { "detail.touch-edit", "t1", "edit-touch", "_Cancel" },
    { "detail.call-wanted", NULL, "call-wanted", "_Cancel" },
    { "detail.log-letter", NULL, "log-letter", "_Cancel" },
    { "detail.log-other", NULL, "log-other", "_Cancel" },
    { "detail.add-round", NULL, "add-round", "_Cancel" },
  };
  GtkWidget *page = show_page (fixture, "nl");

  for (guint i = 0; i < G_N_ELEMENTS (dialogs); i++)
    {
      if (dialogs[i].target != NULL)
        gtk_widget_activate_action (page, dialogs[i].action, "s", dialogs[i].target);
      else
        gtk_widget_activate_action (page, dialogs[i].action, NULL);
      iterate (150);
      if (top (fixture) != fixture->window)
        {
          check_width (top (fixture), 0);
          aw_ui_test_check_names (top (fixture));
        }
      shoot (top (fixture), dialogs[i].shot);
      click (fixture, dialogs[i].leave);
    }
  aw_person_dialog_present (fixture->ui, page, "nl", "lena");
  iterate (150);
  check_width (top (fixture), 0);
  aw_ui_test_check_names (top (fixture));
  shoot (top (fixture), "person");
  click (fixture, "_Cancel");
  aw_checklist_present (fixture->ui, page, "nl", "i1");
  iterate (150);
  check_width (top (fixture), 0);
  aw_ui_test_check_names (top (fixture));
  shoot (top (fixture), "checklist");
  click (fixture, "_Later");
  aw_debrief_present (fixture->ui, page, "nl", "i1");
  iterate (150);
  check_width (top (fixture), 0);
  aw_ui_test_check_names (top (fixture));
  shoot (top (fixture), "debrief");
  click (fixture, "_Later");
}

static void
test_debrief (Fixture *fixture,
              gconstpointer data G_GNUC_UNUSED)
{
  GtkWidget *page = show_page (fixture, "nl");
  g_autoptr (AwDossier) dossier = aw_engine_ref_dossier (fixture->engine, "nl", NULL);
  GtkWidget *row;

  /* An answer given is kept, though the dialog is left by Later. */
  aw_debrief_present (fixture->ui, page, "nl", "i1");
  iterate (200);
  row = must (top (fixture), is_row, "Rapport with the hiring manager");
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), AW_RAPPORT_FAIR);
  click (fixture, "_Later");
  iterate (300);
  g_assert_cmpint (aw_dossier_get_opportunity (dossier)->rapport, ==, AW_RAPPORT_FAIR);
  aw_debrief_present (fixture->ui, page, "nl", "i1");
  iterate (200);
  click (fixture, "_Done");
  iterate (300);
  g_assert_cmpint (((AwInterview *) aw_dossier_find (dossier, AW_RECORD_INTERVIEW, "i1"))->debriefed_at.sec, ==, NOW);
}

static void
test_person (Fixture *fixture,
             gconstpointer data G_GNUC_UNUSED)
{
  GtkWidget *page = show_page (fixture, "nl");
  g_autoptr (AwDossier) dossier = aw_engine_ref_dossier (fixture->engine, "nl", NULL);
  AwPerson *added;

  aw_person_dialog_present (fixture->ui, page, "nl", NULL);
  iterate (200);
  gtk_editable_set_text (GTK_EDITABLE (must (top (fixture), is_row, "Name")), "Ines Roth");
  gtk_editable_set_text (GTK_EDITABLE (must (top (fixture), is_row, "E-mail")), "ines@");
  must (top (fixture), is_label, "This is not an e-mail address");
  g_assert_false (gtk_widget_get_sensitive (must (top (fixture), is_button, "_Add")));
  gtk_editable_set_text (GTK_EDITABLE (must (top (fixture), is_row, "E-mail")), "ines@northwind.example");
  gtk_switch_set_active (GTK_SWITCH (adw_action_row_get_activatable_widget (ADW_ACTION_ROW (must (top (fixture), is_row, "I met this person")))), FALSE);
  gtk_switch_set_active (GTK_SWITCH (adw_action_row_get_activatable_widget (ADW_ACTION_ROW (must (top (fixture), is_row, "Decides")))), TRUE);
  click (fixture, "_Add");
  iterate (300);
  g_assert_cmpuint (count (fixture, "nl", AW_RECORD_PERSON), ==, 4);
  added = aw_record_list_peek (aw_dossier_get_list (dossier, AW_RECORD_PERSON), 3);
  g_assert_cmpstr (added->name, ==, "Ines Roth");
  g_assert_true (aw_person_get_roles (added) & AW_ROLE_DECISION_MAKER);
  g_assert_false (aw_strv_has (((AwInterview *) aw_dossier_find (dossier, AW_RECORD_INTERVIEW, "i1"))->attendees, AW_ID (added)));
}

/* Notes store themselves, also when the page goes at once. */
static void
test_notes (Fixture *fixture,
            gconstpointer data G_GNUC_UNUSED)
{
  GtkWidget *page = show_page (fixture, "empty");
  g_autoptr (AwDossier) dossier = aw_engine_ref_dossier (fixture->engine, "empty", NULL);
  GtkTextView *view = GTK_TEXT_VIEW (must (page, is_text_view, "notes"));

  gtk_text_buffer_set_text (gtk_text_view_get_buffer (view), "First\n", -1);
  iterate (1500);
  g_assert_cmpstr (aw_dossier_get_opportunity (dossier)->notes, ==, "First\n");
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (view), "Second", -1);
  show_page (fixture, "nl");
  iterate (300);
  g_assert_cmpstr (aw_dossier_get_opportunity (dossier)->notes, ==, "Second");
}

/* An interview to come is "Upcoming", and nobody is to be thanked yet. */
static void
test_upcoming (Fixture *fixture,
               gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (AwRecord) record = aw_record_new (AW_TYPE_OPPORTUNITY, NULL);
  g_autoptr (AwRecord) interview = aw_record_new (AW_TYPE_INTERVIEW, record->id);
  g_autoptr (AwCommand) command = aw_command_new ("Ahead");
  g_autoptr (GError) error = NULL;
  GtkWidget *page;

  ((AwOpportunity *) record)->company = g_strdup ("Ahead");
  ((AwInterview *) interview)->starts_at = aw_instant (NOW + 5 * AW_DAY);
  aw_command_add (command, record);
  aw_command_add (command, interview);
  aw_engine_run (fixture->engine, command, FALSE, &error);
  g_assert_no_error (error);
  page = show_page (fixture, record->id);
  must (page, is_label, "Upcoming");
  shoot (fixture->window, "upcoming");
}

static void
enter (Fixture *fixture,
       const char *text)
{
  GtkWidget *entry = must (top (fixture), is_row, "Name or e-mail address");

  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  g_signal_emit_by_name (entry, "entry-activated");
  iterate (50);
}

static void
test_add (Fixture *fixture,
          gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (AwDossier) dossier = NULL;
  GtkWidget *page = show_page (fixture, "nl");
  AwInterview *interview;

  aw_add_dialog_present (fixture->ui, page);
  iterate (200);
  g_assert_false (gtk_widget_get_sensitive (must (top (fixture), is_button, "_Add")));
  gtk_editable_set_text (GTK_EDITABLE (must (top (fixture), is_row, "Company")), "northwind labs");
  must (top (fixture), is_label, "You have an interview with Northwind Labs on 20 February");
  gtk_editable_set_text (GTK_EDITABLE (must (top (fixture), is_row, "Company")), "Harbor & Finch");
  gtk_editable_set_text (GTK_EDITABLE (must (top (fixture), is_row, "Role")), "Backend Developer");
  enter (fixture, "aiko@");
  must (top (fixture), is_label, "This is not an e-mail address");
  enter (fixture, "Marcus Bell, hiring manager\nAiko Tanaka <aiko@finch.example>, HR");
  g_assert_null (find (top (fixture), is_label, "This is not an e-mail address"));
  check_width (top (fixture), 0);
  aw_ui_test_check_names (top (fixture));
  shoot (top (fixture), "add");
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), ADW_COLOR_SCHEME_FORCE_DARK);
  shoot (top (fixture), "add-dark");
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), ADW_COLOR_SCHEME_DEFAULT);
  click (fixture, "_Add");
  iterate (400);
  g_assert_nonnull (fixture->shown);
  dossier = aw_engine_ref_dossier (fixture->engine, fixture->shown, NULL);
  g_assert_cmpstr (aw_dossier_get_opportunity (dossier)->company, ==, "Harbor & Finch");
  g_assert_cmpuint (count (fixture, fixture->shown, AW_RECORD_PERSON), ==, 2);
  interview = aw_record_list_peek (aw_dossier_get_list (dossier, AW_RECORD_INTERVIEW), 0);
  g_assert_cmpint (interview->starts_at.sec, ==, NOW - NOW % 1800);
  g_assert_cmpuint (g_strv_length (interview->attendees), ==, 2);
  g_assert_cmpstr (interview->time_zone, ==, "UTC");
  undo (fixture);
  g_assert_cmpuint (count (fixture, fixture->shown, AW_RECORD_PERSON), ==, 0);
}

static gboolean
is_entry (GtkWidget *widget,
          const char *text G_GNUC_UNUSED)
{
  return GTK_IS_ENTRY (widget);
}

static void
on_date_changed (guint *n)
{
  (*n)++;
}

static gboolean
is_calendar (GtkWidget *widget,
             const char *text G_GNUC_UNUSED)
{
  return GTK_IS_CALENDAR (widget);
}

/* The arrows do what we have a screen reader say of them. */
static void
test_arrows (GtkWidget *month)
{
  static const struct
  {
    const char *name;
    int months;
  } arrows[] = { { "Previous Month", -1 }, { "Next Month", 1 }, { "Previous Year", -12 }, { "Next Year", 12 } };

  for (guint i = 0; i < G_N_ELEMENTS (arrows); i++)
    {
      GtkWidget *arrow = aw_ui_test_find (month, GTK_TYPE_BUTTON, i);
      g_autoptr (GDateTime) before = gtk_calendar_get_date (GTK_CALENDAR (month));
      g_autoptr (GDateTime) after = NULL;
      g_autofree char *wrong = gtk_test_accessible_check_property (GTK_ACCESSIBLE (arrow), GTK_ACCESSIBLE_PROPERTY_LABEL, arrows[i].name);

      g_assert_null (wrong);
      g_signal_emit_by_name (arrow, "clicked");
      after = gtk_calendar_get_date (GTK_CALENDAR (month));
      g_assert_cmpint (12 * g_date_time_get_year (after) + g_date_time_get_month (after), ==,
                       12 * g_date_time_get_year (before) + g_date_time_get_month (before) + arrows[i].months);
    }
}

/* Typed into the popover: understood, refused, years 1 and 9999. */
static void
test_date (Fixture *fixture,
           gconstpointer data G_GNUC_UNUSED)
{
  AwCalendar *calendar = aw_engine_get_calendar (fixture->engine);
  GtkWidget *button = aw_date_button_new ("When", calendar, NOW, TRUE, TRUE);
  AwDateButton *date = AW_DATE_BUTTON (button);
  GtkWidget *menu_button, *entry;
  guint n = 0;

  g_signal_connect_swapped (date, "changed", G_CALLBACK (on_date_changed), &n);
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (fixture->overlay), button);
  gtk_window_present (GTK_WINDOW (fixture->window));
  iterate (200);
  menu_button = adw_bin_get_child (ADW_BIN (button));
  g_assert_cmpint (aw_date_button_get_instant (date), ==, AW_NEVER);
  g_assert_cmpstr (gtk_menu_button_get_label (GTK_MENU_BUTTON (menu_button)), ==, "Choose a Date");
  gtk_menu_button_popup (GTK_MENU_BUTTON (menu_button));
  iterate (200);
  entry = must (button, is_entry, "entry");
  gtk_editable_set_text (GTK_EDITABLE (entry), "soon");
  g_signal_emit_by_name (entry, "activate");
  g_assert_true (gtk_widget_has_css_class (entry, "error"));
  g_assert_cmpuint (n, ==, 0);
  gtk_editable_set_text (GTK_EDITABLE (entry), "yesterday 14:30");
  g_assert_false (gtk_widget_has_css_class (entry, "error"));
  g_signal_emit_by_name (entry, "activate");
  iterate (200);
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpint (aw_date_button_get_instant (date), ==, NOW - (9 * 60 + 40) * 60 - AW_DAY + (14 * 60 + 30) * 60);
  g_assert_cmpstr (gtk_menu_button_get_label (GTK_MENU_BUTTON (menu_button)), ==, "Yesterday, 14:30");
  gtk_editable_set_text (GTK_EDITABLE (entry), "1 January 0001");
  g_signal_emit_by_name (entry, "activate");
  g_assert_cmpint (aw_date_button_get_date (date), ==, aw_date_from_ymd (1, 1, 1));
  gtk_editable_set_text (GTK_EDITABLE (entry), "31.12.9999");
  g_signal_emit_by_name (entry, "activate");
  g_assert_cmpint (aw_date_button_get_date (date), ==, aw_date_from_ymd (9999, 12, 31));
  aw_date_button_set_instant (date, NOW);
  g_assert_cmpstr (gtk_menu_button_get_label (GTK_MENU_BUTTON (menu_button)), ==, "Today, 09:40");
  test_arrows (must (button, is_calendar, "calendar"));
  iterate (100);
}

static guint n_presses; /* of keys, besides text */

static void
keys (const char *first,
      ...)
{
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  va_list more;

  g_ptr_array_add (argv, (gpointer) "xdotool");
  va_start (more, first);
  for (const char *word = first; word != NULL; word = va_arg (more, const char *))
    g_ptr_array_add (argv, (gpointer) word);
  va_end (more);
  if (g_str_equal (first, "key"))
    n_presses += argv->len - 2;
  g_ptr_array_add (argv, NULL);
  {
    g_autoptr (GSubprocess) process = g_subprocess_newv ((const char *const *) argv->pdata, G_SUBPROCESS_FLAGS_NONE, NULL);

    g_assert_nonnull (process);
    while (g_subprocess_get_identifier (process) != NULL)
      iterate (20);
  }
  iterate (150);
}

/* Ctrl+N, company, Tab, role, Tab Tab, name Return, name Return, Ctrl+Return. */
static void
test_keys (Fixture *fixture,
           gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *xdotool = g_find_program_in_path ("xdotool");
  g_autoptr (AwDossier) dossier = NULL;
  AwRecordList *people;

  if (xdotool == NULL || g_getenv ("DISPLAY") == NULL)
    {
      if (g_getenv ("AW_CI") != NULL)
        g_test_fail ();
      g_test_skip ("no xdotool");
      return;
    }
  n_presses = 1; /* Ctrl+N, which is the window's */
  aw_add_dialog_present (fixture->ui, show_page (fixture, "nl"));
  iterate (500);
  /* There may be no window manager to give it the focus. */
  keys ("search", "--onlyvisible", "--name", "Add Interview", "windowfocus", NULL);
  keys ("type", "Harbor & Finch", NULL);
  keys ("key", "Tab", NULL);
  keys ("type", "Developer", NULL);
  keys ("key", "Tab", "Tab", NULL);
  keys ("type", "Marcus Bell", NULL);
  keys ("key", "Return", NULL);
  keys ("type", "Aiko Tanaka, HR", NULL);
  keys ("key", "Return", NULL);
  shoot (top (fixture), "add-keys");
  keys ("key", "ctrl+Return", NULL);
  g_assert_cmpuint (n_presses, ==, 7);
  g_assert_cmpuint (n_presses, <=, 12); /* ux.md */
  iterate (400);
  g_assert_nonnull (fixture->shown);
  dossier = aw_engine_ref_dossier (fixture->engine, fixture->shown, NULL);
  g_assert_cmpstr (aw_dossier_get_opportunity (dossier)->company, ==, "Harbor & Finch");
  g_assert_cmpstr (aw_dossier_get_opportunity (dossier)->role, ==, "Developer");
  people = aw_dossier_get_list (dossier, AW_RECORD_PERSON);
  g_assert_cmpuint (aw_record_list_get_length (people), ==, 2);
  g_assert_cmpstr (((AwPerson *) aw_record_list_peek (people, 1))->name, ==, "Aiko Tanaka");
  g_assert_cmpint (aw_person_get_roles (aw_record_list_peek (people, 1)), ==, AW_ROLE_HR);
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  if (!gtk_init_check ())
    return 77;
  adw_init ();
  if (g_getenv ("AW_RTL") != NULL)
    gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)
  ADD ("/detail/page", test_page);
  ADD ("/detail/changes", test_changes);
  ADD ("/detail/reply", test_reply);
  ADD ("/detail/somebody-wrote", test_somebody_wrote);
  ADD ("/detail/call", test_call);
  ADD ("/detail/strategy", test_strategy);
  ADD ("/detail/decided", test_decided);
  ADD ("/detail/debrief", test_debrief);
  ADD ("/detail/person", test_person);
  ADD ("/detail/notes", test_notes);
  ADD ("/detail/upcoming", test_upcoming);
  ADD ("/detail/dialogs", test_dialogs);
  ADD ("/detail/bad-facts", test_bad_facts);
  ADD ("/add/dialog", test_add);
  ADD ("/add/keys", test_keys);
  ADD ("/date-button", test_date);
  return g_test_run ();
}
