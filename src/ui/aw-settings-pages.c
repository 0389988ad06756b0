/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/aw-settings-pages.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/aw-words.h"
#include "service/aw-agent-client.h"
#include "ui/aw-compose-start.h"
#include "ui/aw-language-row.h"
#include "ui/aw-templates-page.h"

/* Follow-Up ------------------------------------------------------------------ */


static void
on_spin (GtkSpinButton *spin,
         AwSettings *self)
{
  gsize offset = GPOINTER_TO_SIZE (g_object_get_data (G_OBJECT (spin), "aw-offset"));
  int *value;

  if (self->loading)
    return;
  value = (int *) ((guint8 *) aw_settings_edit_policy (self) + offset);
  *value = gtk_spin_button_get_value_as_int (spin);
  aw_settings_policy_changed (self);
}

static void
on_switch (GtkSwitch *toggle,
           GParamSpec *pspec G_GNUC_UNUSED,
           AwSettings *self)
{
  gsize offset = GPOINTER_TO_SIZE (g_object_get_data (G_OBJECT (toggle), "aw-offset"));
  gboolean *value;

  if (self->loading)
    return;
  value = (gboolean *) ((guint8 *) aw_settings_edit_policy (self) + offset);
  *value = gtk_switch_get_active (toggle);
  aw_settings_policy_changed (self);
}

static void
add_spin (AwSettings *self,
          GtkWidget *group,
          const char *title,
          const char *subtitle,
          int min,
          int max,
          gsize offset,
          GtkSpinButton **spin)
{
  GtkWidget *row = aw_ui_spin_row (title, subtitle, min, max, 1, spin);

  g_object_set_data (G_OBJECT (*spin), "aw-offset", GSIZE_TO_POINTER (offset));
  g_signal_connect (*spin, "value-changed", G_CALLBACK (on_spin), self);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
}

static void
add_switch (AwSettings *self,
            GtkWidget *group,
            const char *title,
            const char *subtitle,
            gsize offset,
            GtkSwitch **toggle)
{
  GtkWidget *row = aw_ui_switch_row (title, subtitle, toggle);

  g_object_set_data (G_OBJECT (*toggle), "aw-offset", GSIZE_TO_POINTER (offset));
  g_signal_connect (*toggle, "notify::active", G_CALLBACK (on_switch), self);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
}

static void
on_strategy (GtkCheckButton *check,
             AwSettings *self)
{
  if (self->loading || !gtk_check_button_get_active (check))
    return;
  aw_settings_edit_policy (self)->strategy = check == self->hr_first ? AW_STRATEGY_HR_FIRST : AW_STRATEGY_DECISION_MAKER_FIRST;
  aw_settings_policy_changed (self);
}

static GtkCheckButton *
add_radio (AwSettings *self,
           GtkWidget *group,
           const char *title,
           const char *subtitle,
           GtkCheckButton *with)
{
  GtkCheckButton *check = NULL;
  GtkWidget *row = aw_ui_radio_row (title, subtitle, with, &check);

  g_signal_connect (check, "toggled", G_CALLBACK (on_strategy), self);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  return check;
}

static void
on_phone (AdwComboRow *row,
          GParamSpec *pspec G_GNUC_UNUSED,
          AwSettings *self)
{
  if (self->loading)
    return;
  aw_settings_edit_policy (self)->phone = AW_PHONE_NEVER + (int) adw_combo_row_get_selected (row);
  aw_settings_policy_changed (self);
}

static void
on_rapport (AdwComboRow *row,
            GParamSpec *pspec G_GNUC_UNUSED,
            AwSettings *self)
{
  if (self->loading)
    return;
  aw_settings_edit_policy (self)->escalate_rapport = AW_RAPPORT_GOOD + (int) adw_combo_row_get_selected (row);
  aw_settings_policy_changed (self);
}

static AdwComboRow *
add_combo (GtkWidget *group,
           const char *title,
           const char *subtitle,
           const char *const *choices)
{
  GtkWidget *row = adw_combo_row_new ();
  g_autoptr (GtkStringList) list = gtk_string_list_new (choices);

  aw_ui_row_set (row, title, subtitle);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (list));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  return ADW_COMBO_ROW (row);
}

static void
add_group (AdwPreferencesPage *page,
           GtkWidget *group)
{
  adw_preferences_page_add (page, ADW_PREFERENCES_GROUP (group));
}

static AdwPreferencesPage *
new_page (const char *title,
          const char *icon)
{
  GtkWidget *page = adw_preferences_page_new ();

  adw_preferences_page_set_title (ADW_PREFERENCES_PAGE (page), title);
  adw_preferences_page_set_icon_name (ADW_PREFERENCES_PAGE (page), icon);
  return ADW_PREFERENCES_PAGE (page);
}

#define OFFSET(member) G_STRUCT_OFFSET (AwPolicy, member)

static void
make_follow_up (AwSettings *self)
{
  AdwPreferencesPage *page = new_page (_("Follow-Up"), "aw-today-symbolic");
  GtkWidget *strategy = aw_ui_group (_("Strategy"), _("Whom to ask first when a promised date has passed"));
  GtkWidget *timing = aw_ui_group (_("Timing"), NULL);
  GtkWidget *telephone = aw_ui_group (_("Telephone"), NULL);
  GtkWidget *more = aw_ui_group (_("Notes and Letters"), NULL);
  const char *const phones[] = { _("Never"), _("By Appointment"), _("Weekly"), NULL };
  const char *const rapports[] = { _("Good"), _("Great"), NULL };

  self->hr_first = add_radio (self, strategy, _("HR first"), _("By e-mail, then the hiring manager if HR stays silent"), NULL);
  self->decider_first = add_radio (self, strategy, _("Decision maker first"), _("Once a week at most, by phone as Telephone below says"), self->hr_first);
  add_group (page, strategy);

  add_spin (self, timing, _("Thank-you notes"), _("Hours after the interview"), 1, 72, OFFSET (thank_you_hours), &self->thank_you_hours);
  add_spin (self, timing, _("First check-in"), _("Days of silence"), 3, 60, OFFSET (silence_days), &self->silence_days);
  add_spin (self, timing, _("Between contacts"), _("Days, per company"), 3, 60, OFFSET (min_gap_days), &self->min_gap_days);
  add_spin (self, timing, _("After a thank-you note"), _("Days without another message"), 0, 30, OFFSET (after_thanks_days), &self->after_thanks_days);
  add_spin (self, timing, _("Keep in touch"), _("Days between notes when nothing else is left"), 7, 120, OFFSET (keep_in_touch_days), &self->keep_in_touch_days);
  add_spin (self, timing, _("Rest"), _("Contacts without an answer, then only your own news"), 1, 12, OFFSET (stagnant_after), &self->stagnant_after);
  add_spin (self, timing, _("Your own deadline"), _("Working days before it to tell them"), 1, 20, OFFSET (timeline_days), &self->timeline_days);
  add_group (page, timing);

  aw_settings_add_quiet_times (self, page);

  self->phone = add_combo (telephone, _("Calls to those who decide"), _("HR and recruiters may always be called"), phones);
  g_signal_connect (self->phone, "notify::selected", G_CALLBACK (on_phone), self);
  self->rapport = add_combo (telephone, _("Write to the manager if HR is silent"), _("Only where you got on this well"), rapports);
  g_signal_connect (self->rapport, "notify::selected", G_CALLBACK (on_rapport), self);
  add_group (page, telephone);

  add_switch (self, more, _("Hand-written note as well"), _("After the e-mail, where a postal address is known"), OFFSET (handwritten), &self->handwritten);
  add_switch (self, more, _("Thank deciders I did not meet"), _("One short note"), OFFSET (thank_unmet), &self->thank_unmet);
  add_switch (self, more, _("Answer rejections"), _("One gracious line keeps the door open"), OFFSET (acknowledge_rejections),
              &self->acknowledge_rejections);
  add_group (page, more);
  self->follow_up = page;
}

void
aw_settings_reload (AwSettings *self)
{
  AwPolicy *policy = self->policy;

  self->loading = TRUE;
  gtk_check_button_set_active (policy->strategy == AW_STRATEGY_DECISION_MAKER_FIRST ? self->decider_first : self->hr_first, TRUE);
  gtk_spin_button_set_value (self->thank_you_hours, policy->thank_you_hours);
  gtk_spin_button_set_value (self->silence_days, policy->silence_days);
  gtk_spin_button_set_value (self->min_gap_days, policy->min_gap_days);
  gtk_spin_button_set_value (self->after_thanks_days, policy->after_thanks_days);
  gtk_spin_button_set_value (self->keep_in_touch_days, policy->keep_in_touch_days);
  gtk_spin_button_set_value (self->stagnant_after, policy->stagnant_after);
  gtk_spin_button_set_value (self->timeline_days, policy->timeline_days);
  gtk_switch_set_active (self->handwritten, policy->handwritten);
  gtk_switch_set_active (self->thank_unmet, policy->thank_unmet);
  gtk_switch_set_active (self->acknowledge_rejections, policy->acknowledge_rejections);
  adw_combo_row_set_selected (self->phone, MAX (policy->phone, AW_PHONE_NEVER) - AW_PHONE_NEVER);
  adw_combo_row_set_selected (self->rapport, MAX (policy->escalate_rapport, AW_RAPPORT_GOOD) - AW_RAPPORT_GOOD);
  aw_settings_reload_quiet_times (self);
  self->loading = FALSE;
}

/* Settings that are no policy -------------------------------------------------- */

static void
on_setting_switch (GtkSwitch *toggle,
                   GParamSpec *pspec G_GNUC_UNUSED,
                   AwSettings *self)
{
  if (!self->loading)
    aw_settings_set (self, g_object_get_data (G_OBJECT (toggle), "aw-key"), gtk_switch_get_active (toggle) ? "1" : "0");
}

static GtkWidget *
add_setting_switch (AwSettings *self,
                    GtkWidget *group,
                    const char *title,
                    const char *subtitle,
                    const char *key,
                    gboolean standard)
{
  GtkSwitch *toggle;
  GtkWidget *row = aw_ui_switch_row (title, subtitle, &toggle);
  g_autofree char *value = aw_settings_get (self, key);

  gtk_switch_set_active (toggle, value != NULL ? g_str_equal (value, "1") : standard);
  g_object_set_data (G_OBJECT (toggle), "aw-key", (gpointer) key);
  g_signal_connect (toggle, "notify::active", G_CALLBACK (on_setting_switch), self);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  return GTK_WIDGET (toggle);
}

/* Writing ----------------------------------------------------------------------- */

static void
open_templates_cb (AwSettings *self)
{
  aw_preferences_push_subpage (self->dialog, aw_templates_page_new (self->ui));
}

static void
on_language (GtkWidget *row,
             GParamSpec *pspec G_GNUC_UNUSED,
             AwSettings *self)
{
  aw_settings_set (self, AW_LANGUAGE_SETTING, aw_language_row_get (row));
}

static void
make_writing (AwSettings *self)
{
  AdwPreferencesPage *page = new_page (_("Writing"), "document-edit-symbolic");
  GtkWidget *signature = aw_ui_group (_("Signature"), _("Below every message; an account may have its own"));
  GtkWidget *checks = aw_ui_group (_("Messages"), NULL);
  GtkWidget *frame = gtk_scrolled_window_new ();
  GtkWidget *view = gtk_text_view_new ();
  g_autofree char *text = aw_settings_get (self, "signature");
  g_autofree char *chosen = aw_settings_get (self, AW_LANGUAGE_SETTING);
  GtkWidget *language;

  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)), text != NULL ? text : "", -1);
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (view), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (view), FALSE);
  gtk_text_view_set_left_margin (GTK_TEXT_VIEW (view), 12);
  gtk_text_view_set_right_margin (GTK_TEXT_VIEW (view), 12);
  gtk_text_view_set_top_margin (GTK_TEXT_VIEW (view), 12);
  gtk_text_view_set_bottom_margin (GTK_TEXT_VIEW (view), 12);
  gtk_widget_set_size_request (view, -1, 96);
  aw_ui_set_name (view, _("Signature"));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (frame), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (frame), view);
  gtk_widget_add_css_class (frame, "card");
  gtk_widget_set_overflow (frame, GTK_OVERFLOW_HIDDEN); /* round corners */
  gtk_widget_add_css_class (view, "aw-notes");
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (signature), frame);
  self->signature = GTK_TEXT_VIEW (view);
  add_group (page, signature);

  language = aw_language_row_new (_("Language of messages"), _("Each interview may have its own"), _("As the Application"), chosen);
  g_signal_connect (language, "notify::selected", G_CALLBACK (on_language), self);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (checks), language);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (checks), aw_ui_action_row (_("Length goals"), _("60 to 150 words; longer ones are pointed out")));
  {
    GtkWidget *row = aw_ui_action_row (_("Templates"), _("Skeletons for every kind of message"));

    adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
    gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
    g_signal_connect_swapped (row, "activated", G_CALLBACK (open_templates_cb), self);
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (checks), row);
  }
  add_group (page, checks);
  self->writing = page;
}

void
aw_settings_commit_texts (AwSettings *self)
{
  GtkTextBuffer *buffer;
  GtkTextIter start, end;
  g_autofree char *text = NULL;

  if (self->signature == NULL)
    return;
  buffer = gtk_text_view_get_buffer (self->signature);
  if (!gtk_text_buffer_get_modified (buffer))
    return;
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  text = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
  aw_settings_set (self, "signature", *text != '\0' ? text : NULL);
  gtk_text_buffer_set_modified (buffer, FALSE);
}

/* Notifications ------------------------------------------------------------------- */

static void
on_summary (AdwComboRow *row,
            GParamSpec *pspec G_GNUC_UNUSED,
            AwSettings *self)
{
  aw_settings_set (self, "summary", adw_combo_row_get_selected (row) == 1 ? "morning" : "each");
}

/* The dialog may be closed before the answer comes. */
static void
on_tested (const char *problem,
           gpointer data)
{
  GtkWidget *row = data;

  if (gtk_widget_get_root (row) != NULL)
    {
      const char *text = problem != NULL ? problem
                                         : _("Sent. Click it to try the way back too. If you do not see it, look at Do Not Disturb and at your system’s settings for notifications.");

      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), text);
      aw_announce (row, text);
      gtk_widget_set_sensitive (g_object_get_data (G_OBJECT (row), "aw-button"), TRUE);
    }
  g_object_unref (row);
}

static void
on_test (GtkWidget *button,
         GtkWidget *row)
{
  gtk_widget_set_sensitive (button, FALSE);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _("Sending…"));
  aw_agent_client_test (on_tested, g_object_ref (row));
}

/* The notification's button has come back to the window. */
static void
on_test_answered (GtkWidget *row)
{
  const char *text = _("The whole way works: it was shown, and what you pressed came back.");

  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), text);
  aw_announce (row, text);
}

static void
add_test_row (AwSettings *self,
              GtkWidget *group)
{
  GtkWidget *row = aw_ui_action_row (_("Send a test reminder"), _("Goes the whole way that a reminder goes"));
  GtkWidget *button = gtk_button_new_with_label (_("Send"));

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_object_set_data (G_OBJECT (row), "aw-button", button);
  g_signal_connect (button, "clicked", G_CALLBACK (on_test), row);
  g_signal_connect_object (self->ui, "test-answered", G_CALLBACK (on_test_answered), row, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), button);
  aw_ui_set_name (button, _("Send a Test Reminder")); /* after the row, which resets it */
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
}

static void
make_notifications (AwSettings *self)
{
  AdwPreferencesPage *page = new_page (_("Notifications"), "preferences-system-notifications-symbolic");
  GtkWidget *reminders = aw_ui_group (_("Reminders"), NULL);
  GtkWidget *look = aw_ui_group (_("On the Screen"), NULL);
  const char *const summaries[] = { _("For each follow-up"), _("A summary each morning"), NULL };
  g_autofree char *summary = aw_settings_get (self, "summary");
  AdwComboRow *when;

  add_setting_switch (self, reminders, _("Remind me"), _("When a follow-up opens"), "remind", TRUE);
  when = add_combo (reminders, _("How often"), NULL, summaries);
  adw_combo_row_set_selected (when, g_strcmp0 (summary, "morning") == 0 ? 1 : 0);
  g_signal_connect (when, "notify::selected", G_CALLBACK (on_summary), self);
  add_setting_switch (self, reminders, _("Run in the background"), _("Reminds, and sends what is scheduled, with the window closed and after login"),
                      "background", FALSE);
  add_test_row (self, reminders);
  add_group (page, reminders);
  add_setting_switch (self, look, _("Hide names"), _("Says only that a follow-up is due"), "hide-names", FALSE);
  add_setting_switch (self, look, _("Sound"), _("Where your desktop plays one for notifications"), "sound", FALSE);
  add_group (page, look);
  self->notifications = page;
}

/* Accounts --------------------------------------------------------------------------- */

static GtkWidget *
make_account_row (gpointer item,
                  gpointer data)
{
  AwAccount *account = item;
  AwSettings *self = data;
  AwEngine *engine = aw_ui_engine (self->ui);
  g_autoptr (AwAccount) chosen = aw_compose_find_account (engine, NULL);
  gboolean is_default = g_list_model_get_n_items (aw_engine_get_accounts (engine)) > 1 && chosen != NULL &&
                        g_strcmp0 (AW_ID (chosen), AW_ID (account)) == 0;
  const char *state = account->paused != NULL ? account->paused : account->host;
  /* Translators: of the account that new messages are sent from; name of a server */
  g_autofree char *subtitle = is_default ? g_strdup_printf (_("Default · %s"), state) : g_strdup (state);
  GtkWidget *row = aw_ui_action_row (account->address, subtitle);

  adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), "aw-account", g_strdup (account->record.id), g_free);
  return row;
}

static void
on_account_row (GtkListBox *list,
                GtkListBoxRow *row,
                AwSettings *self G_GNUC_UNUSED)
{
  aw_ui_edit_account (GTK_WIDGET (list), g_object_get_data (G_OBJECT (row), "aw-account"));
}

static void
on_add_account (GtkWidget *button)
{
  aw_ui_edit_account (button, NULL);
}

static void
make_accounts (AwSettings *self)
{
  AdwPreferencesPage *page = new_page (_("Accounts"), "mail-unread-symbolic");
  GtkWidget *group = aw_ui_group (_("Mail Accounts"), _("Messages are sent only from here, and only when you press Send"));
  GtkWidget *add = gtk_button_new_with_mnemonic (_("_Add Account…"));
  GListModel *accounts = aw_engine_get_accounts (aw_ui_engine (self->ui));

  self->account_list = aw_ui_boxed_list ();
  gtk_list_box_bind_model (GTK_LIST_BOX (self->account_list), accounts, make_account_row, self, NULL);
  g_signal_connect (self->account_list, "row-activated", G_CALLBACK (on_account_row), self);
  aw_ui_set_name (self->account_list, _("Mail Accounts"));
  gtk_list_box_set_placeholder (GTK_LIST_BOX (self->account_list), aw_ui_action_row (_("No account yet"), _("You can write and print without one")));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->account_list);
  gtk_widget_set_halign (add, GTK_ALIGN_CENTER);
  gtk_widget_set_margin_top (add, 18);
  gtk_widget_add_css_class (add, "pill");
  g_signal_connect (add, "clicked", G_CALLBACK (on_add_account), NULL);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), add);
  add_group (page, group);
  self->accounts = page;
}

void
aw_settings_look_at (AwSettings *self,
                     const char *member)
{
  GtkWidget *widget = NULL;

  if (g_str_has_prefix (member, "thank_you"))
    widget = GTK_WIDGET (self->thank_you_hours);
  else if (g_str_equal (member, "silence_days") || g_str_equal (member, "escalate_days"))
    widget = GTK_WIDGET (self->silence_days);
  else if (g_str_equal (member, "min_gap_days"))
    widget = GTK_WIDGET (self->min_gap_days);
  else if (g_str_equal (member, "after_thanks_days"))
    widget = GTK_WIDGET (self->after_thanks_days);
  else if (g_str_equal (member, "keep_in_touch_days"))
    widget = GTK_WIDGET (self->keep_in_touch_days);
  else if (g_str_equal (member, "stagnant_after"))
    widget = GTK_WIDGET (self->stagnant_after);
  else if (g_str_equal (member, "timeline_days"))
    widget = GTK_WIDGET (self->timeline_days);
  else if (g_str_equal (member, "phone"))
    widget = GTK_WIDGET (self->phone);
  else if (g_str_equal (member, "escalate_rapport"))
    widget = GTK_WIDGET (self->rapport);
  else if (g_str_equal (member, "handwritten"))
    widget = GTK_WIDGET (self->handwritten);
  else if (g_str_equal (member, "thank_unmet"))
    widget = GTK_WIDGET (self->thank_unmet);
  else if (g_str_equal (member, "acknowledge_rejections"))
    widget = GTK_WIDGET (self->acknowledge_rejections);
  else if (g_str_equal (member, "strategy"))
    widget = GTK_WIDGET (self->policy->strategy == AW_STRATEGY_DECISION_MAKER_FIRST ? self->decider_first : self->hr_first);
  if (widget != NULL)
    gtk_widget_grab_focus (widget);
}

void
aw_settings_add_pages (AwSettings *self)
{
  self->loading = TRUE;
  make_follow_up (self);
  make_writing (self);
  make_notifications (self);
  make_accounts (self);
  aw_settings_reload (self);
  aw_preferences_add_page (self->dialog, self->follow_up);
  aw_preferences_add_page (self->dialog, self->writing);
  aw_preferences_add_page (self->dialog, self->notifications);
  aw_preferences_add_page (self->dialog, self->accounts);
}
