/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "core/aw-words.h"
#include "ui/aw-detail-private.h"
#include "ui/aw-duty-actions.h"

typedef struct
{
  AwUi *ui;     /* outlives the card */
  AwDuty *duty; /* what it shows, or NULL */
  gboolean narrow;
  gboolean filling;
  GtkWidget *title;
  GtkWidget *reason;
  GtkWidget *buttons;
  GtkWidget *main;
  GtkWidget *other;
  GtkWidget *snooze;
  GtkWidget *menu;
  GtkWidget *strategy;
  GtkCheckButton *hr_first;
  GtkCheckButton *decider_first;
} Card;

static void
card_free (gpointer data)
{
  Card *card = data;

  g_clear_object (&card->duty);
  g_free (card);
}

/* The first check-in: the views differ on whom to ask, so the user is asked
 * once; until then HR comes first. */
static gboolean
asks_for_strategy (const AwDetail *detail,
                   AwDuty *duty)
{
  g_autofree char *chosen = aw_engine_get_setting (detail->engine, "strategy-chosen");

  return duty != NULL && aw_duty_get_follow_up (duty)->kind == AW_DUTY_CHECK_IN && chosen == NULL &&
         detail->opportunity->strategy == AW_STRATEGY_UNSET;
}

static void
on_strategy (GtkCheckButton *check,
             Card *card)
{
  AwPolicy *before = aw_engine_get_policy (aw_ui_engine (card->ui));
  g_autoptr (AwPolicy) after = NULL;
  g_autoptr (AwCommand) command = NULL;
  AwStrategy strategy = check == card->hr_first ? AW_STRATEGY_HR_FIRST : AW_STRATEGY_DECISION_MAKER_FIRST;

  if (card->filling || !gtk_check_button_get_active (check))
    return;
  gtk_widget_set_visible (card->strategy, FALSE);
  command = aw_command_new (strategy == AW_STRATEGY_HR_FIRST ? _("HR is asked first") : _("The decision maker is asked first"));
  aw_command_set_setting (command, "strategy-chosen", NULL, "1");
  if (before->strategy != strategy)
    {
      after = aw_record_edit (before);
      after->strategy = strategy;
      aw_command_change (command, before, after);
    }
  aw_ui_run (card->buttons, command, NULL, NULL);
}

static GtkCheckButton *
add_strategy (Card *card,
              const char *title,
              const char *subtitle,
              GtkCheckButton *with)
{
  GtkCheckButton *check = NULL;
  GtkWidget *row = aw_ui_radio_row (title, subtitle, with, &check);

  g_signal_connect (check, "toggled", G_CALLBACK (on_strategy), card);
  gtk_list_box_append (GTK_LIST_BOX (gtk_widget_get_last_child (card->strategy)), row);
  return check;
}

static void
make_strategy (Card *card)
{
  GtkWidget *question = aw_ui_label (_("Whom do you want to ask first? Advisers differ; Preferences changes it later."), "aw-caption");
  GtkWidget *list = aw_ui_boxed_list ();

  card->strategy = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_set_margin_top (card->strategy, 9);
  gtk_widget_set_visible (card->strategy, FALSE);
  gtk_box_append (GTK_BOX (card->strategy), question);
  gtk_box_append (GTK_BOX (card->strategy), list);
  aw_ui_set_name (list, _("Whom do you want to ask first?"));
  card->hr_first = add_strategy (card, _("HR first"), _("By e-mail, then the hiring manager if HR stays silent"), NULL);
  card->decider_first = add_strategy (card, _("Decision maker first"), _("Once a week at most"), card->hr_first);
}

/* The same keys as a row of Today. */
static void
add_key (GtkEventController *shortcuts,
         const char *keys,
         const char *action)
{
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (shortcuts),
                                        gtk_shortcut_new (gtk_shortcut_trigger_parse_string (keys), gtk_named_action_new (action)));
}

GtkWidget *
aw_next_step_card_new (AwUi *ui,
                       const char *opportunity G_GNUC_UNUSED)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *caption = aw_ui_label (_("Next Step"), "caption-heading");
  GtkEventController *shortcuts = gtk_shortcut_controller_new ();
  Card *card = g_new0 (Card, 1);

  gtk_widget_add_css_class (box, "aw-next");
  gtk_widget_add_css_class (caption, "dim-label");
  card->title = aw_ui_label (NULL, "title-4");
  card->reason = aw_ui_label (NULL, NULL);
  card->buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_widget_set_margin_top (card->buttons, 9);
  card->main = gtk_button_new ();
  gtk_widget_add_css_class (card->main, "suggested-action");
  gtk_widget_add_css_class (card->main, "aw-next-main");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (card->main), "duty.act");
  card->other = gtk_button_new ();
  gtk_actionable_set_action_name (GTK_ACTIONABLE (card->other), "duty.other-channel");
  card->snooze = gtk_menu_button_new ();
  gtk_menu_button_set_label (GTK_MENU_BUTTON (card->snooze), _("Snooze"));
  card->menu = aw_ui_menu_button ("view-more-symbolic", _("More About This Step"), NULL);
  gtk_widget_add_css_class (card->menu, "flat");
  gtk_box_append (GTK_BOX (card->buttons), card->main);
  gtk_box_append (GTK_BOX (card->buttons), card->other);
  gtk_box_append (GTK_BOX (card->buttons), card->snooze);
  gtk_box_append (GTK_BOX (card->buttons), card->menu);
  gtk_box_append (GTK_BOX (box), caption);
  gtk_box_append (GTK_BOX (box), card->title);
  gtk_box_append (GTK_BOX (box), card->reason);
  card->ui = ui;
  make_strategy (card);
  gtk_box_append (GTK_BOX (box), card->strategy);
  gtk_box_append (GTK_BOX (box), card->buttons);
  gtk_shortcut_controller_set_scope (GTK_SHORTCUT_CONTROLLER (shortcuts), GTK_SHORTCUT_SCOPE_MANAGED);
  add_key (shortcuts, "<Control>j", "duty.snooze-menu");
  add_key (shortcuts, "<Control>d", "duty.done");
  gtk_widget_add_controller (box, shortcuts);
  g_object_set_data_full (G_OBJECT (box), "card", card, card_free);
  return box;
}

/* The most urgent that can be done now; else @next the one that comes first. */
static AwDuty *
find_duty (const AwDetail *detail,
           AwDuty **next)
{
  GListModel *duties = aw_engine_get_duties (detail->engine);
  AwDuty *found = NULL;

  *next = NULL;
  for (guint i = 0; i < g_list_model_get_n_items (duties) && found == NULL; i++)
    {
      g_autoptr (AwDuty) duty = g_list_model_get_item (duties, i);
      const AwFollowUp *follow_up = aw_duty_get_follow_up (duty);

      if (g_strcmp0 (aw_duty_get_opportunity (duty), aw_dossier_get_id (detail->dossier)) != 0)
        continue;
      if (follow_up->state >= AW_STATE_MISSING)
        found = g_object_ref (duty);
      else if (*next == NULL || follow_up->opens < aw_duty_get_follow_up (*next)->opens)
        g_set_object (next, duty);
    }
  return found;
}

static gint64
next_at (const AwFollowUp *follow_up)
{
  return follow_up->state == AW_STATE_WAITING && follow_up->waiting_until != AW_NEVER ? follow_up->waiting_until : follow_up->opens;
}

static void
show_quiet (Card *card,
            const AwDetail *detail,
            AwDuty *next)
{
  g_autofree char *title = NULL;
  g_autofree char *reason = NULL;
  AwStatus status = detail->opportunity->status;

  if (next != NULL)
    {
      gint64 at = next_at (aw_duty_get_follow_up (next));
      g_autofree char *day = aw_words_date (aw_calendar_date_of (detail->calendar, NULL, at));

      /* Translators: %s is a day: "14 March" */
      title = g_strdup_printf (_("Stay Quiet Until %s"), day);
      /* Translators: what comes next, in a few words: "Ask Tom Okafor where things stand" */
      reason = g_strdup_printf (_("Then: %s"), aw_duty_get_title (next));
    }
  else if (aw_status_is_closed (status))
    {
      title = g_strdup (aw_words_status (status));
      reason = g_strdup (_("Nothing more to do here."));
    }
  else if (aw_detail_next_interview (detail->dossier, detail->now) != NULL)
    {
      AwInterview *ahead = aw_detail_next_interview (detail->dossier, detail->now);
      g_autofree char *when = aw_words_relative (detail->calendar, ahead->starts_at.sec, detail->now);

      /* Translators: %s is a moment: "on 5 March at 14:30" */
      title = g_strdup_printf (_("The interview is %s"), when);
      reason = g_strdup (_("What to ask before you leave comes up the day before."));
    }
  else
    {
      title = g_strdup (_("Nothing to Do Now"));
      reason = g_strdup (_("Add an interview or what they said, and the next step stands here."));
    }
  aw_ui_label_set (card->title, title);
  aw_ui_label_set (card->reason, reason);
}

/* So that a narrow window can be made from a wide one. */
static void
let_shrink (GtkWidget *button)
{
  GtkWidget *label = gtk_button_get_child (GTK_BUTTON (button));

  if (GTK_IS_LABEL (label))
    gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
}

void
aw_next_step_card_fill (GtkWidget *box,
                        const AwDetail *detail)
{
  Card *card = g_object_get_data (G_OBJECT (box), "card");
  g_autoptr (AwDuty) next = NULL;
  g_autoptr (AwDuty) duty = find_duty (detail, &next);
  g_autoptr (GMenuModel) menu = NULL;
  g_autoptr (GMenuModel) snooze = NULL;
  const char *button, *other;
  AwChannel channel;

  /* Getting ready is not what one waits for in silence. */
  if (duty == NULL && next != NULL && aw_duty_get_follow_up (next)->kind == AW_DUTY_PREPARE)
    duty = g_steal_pointer (&next);
  card->filling = TRUE;
  if (asks_for_strategy (detail, duty) && !gtk_widget_get_visible (card->strategy))
    {
      gtk_check_button_set_active (card->hr_first, FALSE);
      gtk_check_button_set_active (card->decider_first, FALSE);
    }
  gtk_widget_set_visible (card->strategy, asks_for_strategy (detail, duty));
  card->filling = FALSE;
  if (duty != NULL && duty == card->duty && detail->narrow == card->narrow)
    return; /* a duty is immutable: an open menu stays open */
  card->narrow = detail->narrow;
  g_set_object (&card->duty, duty);
  aw_duty_actions_attach (box, detail->ui, duty, card->menu, NULL);
  gtk_widget_set_visible (card->buttons, duty != NULL);
  if (duty == NULL)
    {
      show_quiet (card, detail, next);
      return;
    }
  button = aw_duty_get_button (duty);
  channel = aw_duty_actions_other_channel (detail->ui, duty);
  other = channel == AW_CHANNEL_PHONE ? _("Call Instead") : channel == AW_CHANNEL_EMAIL ? _("Write Instead") : NULL;
  menu = aw_duty_actions_menu (detail->ui, duty, FALSE);
  snooze = aw_duty_actions_snooze_menu (detail->ui);
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (card->snooze), snooze);
  aw_ui_label_set (card->title, aw_duty_get_title (duty));
  aw_ui_label_set (card->reason, aw_duty_get_reason (duty));
  gtk_button_set_label (GTK_BUTTON (card->main), button != NULL ? button : "");
  gtk_button_set_label (GTK_BUTTON (card->other), other != NULL ? other : "");
  gtk_widget_set_visible (card->other, other != NULL && !detail->narrow);
  let_shrink (card->main);
  let_shrink (card->other);
  gtk_widget_set_visible (card->main, button != NULL);
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (card->menu), menu);
}
