/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/aw-duty-actions.h"
#include "ui/aw-duty-row.h"
#include "ui/aw-overview-page.h"
#include "ui/aw-plan-preview.h"
#include "ui/aw-reminders-banner.h"
#include "ui/aw-settings-dialog.h"
#include "ui/aw-sidebar.h"
#include "ui/aw-today-page.h"
#include "ui/aw-ui-test.h"

/* Pages, each by itself. G_DEBUG=fatal-warnings makes any warning of GTK's a
 * failure: of names with markup, of width, of children left behind. */

static GtkWidget *
make_today (AwUi *ui)
{
  return aw_today_page_new (ui);
}

static GtkWidget *
make_overview (AwUi *ui)
{
  return aw_overview_page_new (ui);
}

static GtkWidget *
make_sidebar (AwUi *ui)
{
  g_autoptr (GSettings) settings = g_settings_new (APP_ID);
  g_autoptr (GMenu) menu = g_menu_new ();

  g_menu_append (menu, "About", "win.about");
  return aw_sidebar_new (ui, settings, G_MENU_MODEL (menu));
}

static void
check_page (AwUiTest *test,
            GtkWidget *(*make) (AwUi *ui))
{
  GtkWidget *page = make (test->ui);

  aw_ui_test_show (test, page, 1000);
  aw_ui_test_check_names (page);
  g_assert_cmpuint (aw_ui_test_count_class (page, "suggested-action"), <=, 1);
  if (g_object_class_find_property (G_OBJECT_GET_CLASS (page), "narrow") != NULL)
    g_object_set (page, "narrow", TRUE, NULL);
  aw_ui_test_settle ();
  aw_ui_test_check_width (page, 360);
  gtk_window_set_default_size (GTK_WINDOW (test->window), 360, 640);
  aw_ui_test_settle ();
  gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  aw_ui_test_settle ();
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
  aw_ui_test_check_names (page);
}

static void
test_today_rules (AwUiTest *test,
                  gconstpointer data G_GNUC_UNUSED)
{
  check_page (test, make_today);
}

static void
test_overview_rules (AwUiTest *test,
                     gconstpointer data G_GNUC_UNUSED)
{
  check_page (test, make_overview);
}

static void
test_sidebar_rules (AwUiTest *test,
                    gconstpointer data G_GNUC_UNUSED)
{
  check_page (test, make_sidebar);
}

static GtkWidget *
first_row (GtkWidget *page)
{
  return aw_ui_test_find (page, AW_TYPE_DUTY_ROW, 0);
}

static void
test_today_groups (AwUiTest *test,
                   gconstpointer data G_GNUC_UNUSED)
{
  GtkWidget *page = aw_today_page_new (test->ui);
  GtkWidget *row, *button;
  AwCalendar *calendar = aw_engine_get_calendar (test->engine);
  int last = -1;

  aw_ui_test_show (test, page, 1000);
  g_assert_cmpuint (aw_today_count_due (test->ui), ==, 5);
  /* In the order of the groups, and the first one alone is suggested. */
  for (guint i = 0; (row = aw_ui_test_find (page, AW_TYPE_DUTY_ROW, i)) != NULL; i++)
    {
      AwDuty *duty = aw_duty_row_get_duty (AW_DUTY_ROW (row));
      int group = aw_today_group (aw_duty_get_follow_up (duty), calendar, aw_engine_now (test->engine));

      g_assert_cmpstr (aw_duty_get_reason (duty), !=, NULL);
      g_assert_cmpint (group, >=, last);
      last = group;
    }
  button = aw_ui_test_find (first_row (page), GTK_TYPE_BUTTON, 0);
  g_assert_true (gtk_widget_has_css_class (button, "suggested-action"));
  g_assert_cmpuint (aw_ui_test_count_class (page, "suggested-action"), ==, 1);
}

typedef struct
{
  AwUi *ui;
  char *opportunity;
  char *key;
  gboolean there;
} Expect;

static gboolean
is_so (gpointer data)
{
  Expect *expect = data;
  g_autoptr (AwDuty) duty = aw_duty_actions_find (expect->ui, expect->opportunity, expect->key);

  return (duty != NULL) == expect->there;
}

static void
decide_and_undo (AwUiTest *test,
                 const char *action)
{
  GtkWidget *page = aw_today_page_new (test->ui);
  GtkWidget *row;
  Expect expect = { .ui = test->ui };

  aw_ui_test_show (test, page, 1000);
  /* A thank-you: done, it is gone. (Done on an item of silence is a turn.) */
  for (guint i = 0; (row = aw_ui_test_find (page, AW_TYPE_DUTY_ROW, i)) != NULL; i++)
    if (aw_duty_get_follow_up (aw_duty_row_get_duty (AW_DUTY_ROW (row)))->kind == AW_DUTY_THANK_YOU)
      break;
  g_assert_nonnull (row);
  expect.opportunity = g_strdup (aw_duty_get_opportunity (aw_duty_row_get_duty (AW_DUTY_ROW (row))));
  expect.key = g_strdup (aw_duty_get_key (aw_duty_row_get_duty (AW_DUTY_ROW (row))));
  gtk_widget_activate_action (row, action, NULL);
  g_assert_true (aw_ui_test_wait (is_so, &expect));
  aw_ui_test_settle ();
  for (guint i = 0; (row = aw_ui_test_find (page, AW_TYPE_DUTY_ROW, i)) != NULL; i++)
    g_assert_false (g_str_equal (aw_duty_get_key (aw_duty_row_get_duty (AW_DUTY_ROW (row))), expect.key) &&
                    g_str_equal (aw_duty_get_opportunity (aw_duty_row_get_duty (AW_DUTY_ROW (row))), expect.opportunity));

  aw_ui_undo (page);
  expect.there = TRUE;
  g_assert_true (aw_ui_test_wait (is_so, &expect));
  aw_ui_test_settle ();
  g_free (expect.opportunity);
  g_free (expect.key);
}

static void
test_done (AwUiTest *test,
           gconstpointer data G_GNUC_UNUSED)
{
  decide_and_undo (test, "duty.done");
}

static void
test_skip (AwUiTest *test,
           gconstpointer data G_GNUC_UNUSED)
{
  decide_and_undo (test, "duty.skip");
}

static gboolean
is_snoozed (gpointer data)
{
  Expect *expect = data;
  g_autoptr (AwDuty) duty = aw_duty_actions_find (expect->ui, expect->opportunity, expect->key);

  return duty != NULL && aw_duty_get_follow_up (duty)->state == AW_STATE_WAITING;
}

static void
test_snooze (AwUiTest *test,
             gconstpointer data G_GNUC_UNUSED)
{
  GtkWidget *page = aw_today_page_new (test->ui);
  Expect expect = { .ui = test->ui };
  guint due;

  aw_ui_test_show (test, page, 1000);
  due = aw_today_count_due (test->ui);
  expect.opportunity = g_strdup (aw_duty_get_opportunity (aw_duty_row_get_duty (AW_DUTY_ROW (first_row (page)))));
  expect.key = g_strdup (aw_duty_get_key (aw_duty_row_get_duty (AW_DUTY_ROW (first_row (page)))));
  gtk_widget_activate_action (first_row (page), "duty.snooze", "s", "tomorrow");
  g_assert_true (aw_ui_test_wait (is_snoozed, &expect));
  g_assert_cmpuint (aw_today_count_due (test->ui), ==, due - 1);
  g_free (expect.opportunity);
  g_free (expect.key);
}

static void
test_snooze_times (AwUiTest *test,
                   gconstpointer data G_GNUC_UNUSED)
{
  AwCalendar *calendar = aw_engine_get_calendar (test->engine);
  static const struct
  {
    const char *now;
    const char *word;
    const char *until;
  } cases[] = {
    { "2026-03-05T10:00:00Z", "hour", "2026-03-05T11:00:00Z" },
    { "2026-03-05T10:00:00Z", "evening", "2026-03-05T18:00:00Z" },
    { "2026-03-05T17:30:00Z", "evening", "2026-03-05T20:00:00Z" },
    { "2026-03-05T21:00:00Z", "evening", NULL },
    { "2026-03-05T10:00:00Z", "tomorrow", "2026-03-06T09:00:00Z" },
    { "2026-03-05T10:00:00Z", "week", "2026-03-12T09:00:00Z" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      AwInstant now;
      gint64 until;
      g_autofree char *text = NULL;

      g_assert_true (aw_instant_parse (cases[i].now, &now));
      until = aw_duty_actions_snooze_time (calendar, cases[i].word, now.sec);
      text = until != AW_NEVER ? aw_time_format_utc (until) : NULL;
      g_assert_cmpstr (text, ==, cases[i].until);
    }
}

static void
test_caught_up (AwUiTest *test,
                gconstpointer data G_GNUC_UNUSED)
{
  GtkWidget *page = aw_today_page_new (test->ui);
  GtkWidget *status;

  aw_ui_test_show (test, page, 1000);
  status = aw_ui_test_find (page, ADW_TYPE_STATUS_PAGE, 0);
  g_assert_true (gtk_widget_get_mapped (status));
  g_assert_cmpuint (aw_today_count_due (test->ui), ==, 0);
}

/* Preferences: nothing is applied before the dialog closes, then all at once. */
static gboolean
has_silence_of (gpointer data)
{
  AwUiTest *test = data;

  return aw_engine_get_policy (test->engine)->silence_days == 9;
}

static void
test_preferences (AwUiTest *test,
                  gconstpointer data G_GNUC_UNUSED)
{
  GtkWidget *page = aw_today_page_new (test->ui);
  GtkWidget *dialog, *spin;

  aw_ui_test_show (test, page, 1000);
  dialog = aw_settings_dialog_present (test->ui, page, NULL);
  aw_ui_test_settle ();
  aw_ui_test_check_names (dialog);
  spin = aw_ui_test_find (dialog, GTK_TYPE_SPIN_BUTTON, 1);
  g_assert_nonnull (spin);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (spin), 9);
  aw_ui_test_settle ();
  g_assert_cmpint (aw_engine_get_policy (test->engine)->silence_days, ==, 7);
  /* "Between contacts" cannot go below 3. */
  spin = aw_ui_test_find (dialog, GTK_TYPE_SPIN_BUTTON, 2);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (spin), 1);
  g_assert_cmpint (gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (spin)), ==, 3);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (spin), 7);
  aw_preferences_close (dialog);
  g_assert_true (aw_ui_test_wait (has_silence_of, test));
  aw_ui_test_settle ();
}

/* The row of choices with that title below @widget. */
static GtkWidget *
find_combo (GtkWidget *widget,
            const char *title)
{
  GtkWidget *row;

  for (guint i = 0; (row = aw_ui_test_find (widget, ADW_TYPE_COMBO_ROW, i)) != NULL; i++)
    if (g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), title) == 0)
      return row;
  return NULL;
}

static gboolean
writes_german (gpointer data)
{
  g_autofree char *language = aw_engine_get_setting (((AwUiTest *) data)->engine, "language");

  return g_strcmp0 (language, "de") == 0;
}

static void
test_language (AwUiTest *test,
               gconstpointer data G_GNUC_UNUSED)
{
  GtkWidget *page = aw_today_page_new (test->ui);
  GtkWidget *dialog, *row;

  aw_ui_test_show (test, page, 1000);
  dialog = aw_settings_dialog_present (test->ui, page, "writing");
  aw_ui_test_settle ();
  row = find_combo (dialog, "Language of messages");
  g_assert_nonnull (row);
  g_assert_cmpuint (adw_combo_row_get_selected (ADW_COMBO_ROW (row)), ==, 0);
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), 1); /* Deutsch */
  g_assert_true (aw_ui_test_wait (writes_german, test));
  aw_preferences_close (dialog);
  aw_ui_test_settle ();
}

static void
test_preview (AwUiTest *test,
              gconstpointer data G_GNUC_UNUSED)
{
  AwPolicy *policy = aw_engine_get_policy (test->engine);
  g_autoptr (AwPolicy) other = aw_record_edit (policy);
  g_autoptr (AwDossier) dossier = aw_engine_ref_dossier (test->engine, "hf", NULL);
  AwPlan *before = aw_engine_get_plan (test->engine, "hf");
  g_autoptr (AwCalendar) calendar = NULL;
  g_autoptr (AwPlan) after = NULL;

  g_assert_cmpuint (aw_plan_preview_count (before, before), ==, 0);
  other->thank_you_hours = 12;
  calendar = aw_calendar_new (other, "UTC");
  after = aw_plan_new (dossier, NULL, calendar, aw_engine_now (test->engine));
  /* Both thank-you notes. */
  g_assert_cmpuint (aw_plan_preview_count (before, after), ==, 2);
}

/* Reminders: what the banner says and what its answers store ----------------- */

static void
set_setting (AwUiTest *test,
             const char *key,
             const char *value)
{
  g_autoptr (AwCommand) command = aw_command_new ("");
  g_autofree char *before = aw_engine_get_setting (test->engine, key);

  aw_command_set_setting (command, key, before, value);
  g_assert_true (aw_engine_run (test->engine, command, FALSE, NULL));
}

typedef struct
{
  AwUiTest *test;
  const char *key;
  const char *value;
} Wanted;

static gboolean
has_setting (gpointer data)
{
  Wanted *wanted = data;
  g_autofree char *value = aw_engine_get_setting (wanted->test->engine, wanted->key);

  return g_strcmp0 (value, wanted->value) == 0;
}

static void
answer_banner (AwUiTest *test,
               AwBanner *banner,
               const char *label,
               const char *key,
               const char *value)
{
  Wanted wanted = { test, key, value };
  GtkWidget *button;

  aw_reminders_banner_update (banner, test->ui);
  g_assert_true (aw_banner_get_revealed (banner));
  aw_reminders_banner_act (banner, test->ui);
  aw_ui_test_settle ();
  button = aw_ui_test_find_button (label);
  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
  g_assert_true (aw_ui_test_wait (has_setting, &wanted));
  aw_ui_test_settle ();
}

static void
test_reminders_banner (AwUiTest *test,
                       gconstpointer data G_GNUC_UNUSED)
{
  GtkWidget *page = aw_today_page_new (test->ui);
  AwBanner *banner = aw_today_page_get_banner (AW_TODAY_PAGE (page));

  aw_ui_test_show (test, page, 1000);
  answer_banner (test, banner, "_Remind Me", "background", "1");
  aw_reminders_banner_update (banner, test->ui);
  g_assert_false (aw_banner_get_revealed (banner));
  /* The desktop refuses: asked again, the agent finds no answer stored. */
  set_setting (test, "background-state", "refused");
  answer_banner (test, banner, "_Try Again", "background-state", NULL);
  aw_reminders_banner_update (banner, test->ui);
  g_assert_false (aw_banner_get_revealed (banner));
  set_setting (test, "background-state", "unavailable");
  answer_banner (test, banner, "_Do Without", "background", "0");
  aw_reminders_banner_update (banner, test->ui);
  g_assert_false (aw_banner_get_revealed (banner));
}

/* Ctrl+J: the whole menu, and what it does. */
static void
test_snooze_menu (AwUiTest *test,
                  gconstpointer data G_GNUC_UNUSED)
{
  GtkWidget *page = aw_today_page_new (test->ui);
  g_autoptr (GMenuModel) menu = aw_duty_actions_snooze_menu (test->ui);
  GtkWidget *popover;

  g_assert_cmpint (g_menu_model_get_n_items (menu), ==, 5);
  aw_ui_test_show (test, page, 1000);
  gtk_widget_activate_action (first_row (page), "duty.snooze-menu", NULL);
  aw_ui_test_settle ();
  popover = aw_ui_test_find (first_row (page), GTK_TYPE_POPOVER_MENU, 0);
  g_assert_nonnull (popover);
  g_assert_true (gtk_widget_get_mapped (popover));
  gtk_popover_popdown (GTK_POPOVER (popover));
  aw_ui_test_settle ();
}

#define TEST(path, name, function) \
  g_test_add (path, AwUiTest, name, aw_ui_test_set_up, function, aw_ui_test_tear_down)

int
main (int argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

  TEST ("/pages/today/six", "six", test_today_rules);
  TEST ("/pages/today/hard", "hard", test_today_rules);
  TEST ("/pages/today/nothing", NULL, test_today_rules);
  TEST ("/pages/overview/six", "six", test_overview_rules);
  TEST ("/pages/overview/hard", "hard", test_overview_rules);
  TEST ("/pages/sidebar/six", "six", test_sidebar_rules);
  TEST ("/pages/sidebar/hard", "hard", test_sidebar_rules);
  TEST ("/pages/today/groups", "six", test_today_groups);
  TEST ("/pages/today/done", "six", test_done);
  TEST ("/pages/today/skip", "six", test_skip);
  TEST ("/pages/today/snooze", "six", test_snooze);
  TEST ("/pages/today/snooze-times", NULL, test_snooze_times);
  TEST ("/pages/today/caught-up", NULL, test_caught_up);
  TEST ("/pages/today/snooze-menu", "six", test_snooze_menu);
  TEST ("/pages/reminders-banner", "six", test_reminders_banner);
  TEST ("/pages/preferences", "six", test_preferences);
  TEST ("/pages/preferences/language", "six", test_language);
  TEST ("/pages/preferences/preview", "six", test_preview);
  return g_test_run ();
}
