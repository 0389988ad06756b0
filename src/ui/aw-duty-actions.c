/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/aw-duty-actions.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/aw-words.h"
#include "ui/aw-overruled.h"

typedef struct
{
  GtkWidget *widget; /* owns the group, so it is there as long as this */
  GtkWidget *anchor;
  AwUi *ui;
  AwDuty *duty;
  AwDutyLeaving leaving;
} Acts;

static void
acts_free (gpointer data,
           GClosure *closure G_GNUC_UNUSED)
{
  Acts *acts = data;

  g_clear_object (&acts->ui);
  g_clear_object (&acts->duty);
  g_free (acts);
}

AwTouchKind
aw_duty_actions_touch_kind (AwDutyKind kind)
{
  static const AwTouchKind kinds[] = {
    [AW_DUTY_PREPARE] = AW_TOUCH_UNSET,
    [AW_DUTY_DEBRIEF] = AW_TOUCH_UNSET,
    [AW_DUTY_THANK_YOU] = AW_TOUCH_THANK_YOU,
    [AW_DUTY_LETTER] = AW_TOUCH_THANK_YOU,
    [AW_DUTY_CHECK_IN] = AW_TOUCH_CHECK_IN,
    [AW_DUTY_ESCALATION] = AW_TOUCH_ESCALATION,
    [AW_DUTY_ARTICLE] = AW_TOUCH_ARTICLE,
    [AW_DUTY_CALL] = AW_TOUCH_CALL,
    [AW_DUTY_KEEP_IN_TOUCH] = AW_TOUCH_KEEP_IN_TOUCH,
    [AW_DUTY_TIMELINE] = AW_TOUCH_TIMELINE,
    [AW_DUTY_FEEDBACK] = AW_TOUCH_FEEDBACK,
    [AW_DUTY_NEXT_STEP] = AW_TOUCH_UNSET,
    [AW_DUTY_ANSWER] = AW_TOUCH_ANSWER,
    [AW_DUTY_ACKNOWLEDGEMENT] = AW_TOUCH_ACKNOWLEDGEMENT,
    [AW_DUTY_COMPLETE] = AW_TOUCH_REQUEST,
  };

  return (guint) kind < G_N_ELEMENTS (kinds) ? kinds[kind] : AW_TOUCH_UNSET;
}

gint64
aw_duty_actions_snooze_time (AwCalendar *calendar,
                             const char *word,
                             gint64 now)
{
  AwDate today = aw_calendar_date_of (calendar, NULL, now);

  if (g_str_equal (word, "hour"))
    return now + AW_HOUR;
  if (g_str_equal (word, "evening"))
    {
      gint64 evening = aw_calendar_at (calendar, NULL, today, 18 * 60);

      /* Late in the afternoon "this evening" means after supper. */
      if (evening < now + AW_HOUR)
        evening = aw_calendar_at (calendar, NULL, today, 20 * 60);
      return evening > now ? evening : AW_NEVER;
    }
  if (g_str_equal (word, "tomorrow"))
    return aw_calendar_morning (calendar, today + 1, NULL);
  if (g_str_equal (word, "week"))
    return aw_calendar_morning (calendar, today + 7, NULL);
  return AW_NEVER;
}

AwDuty *
aw_duty_actions_find (AwUi *ui,
                      const char *opportunity,
                      const char *key)
{
  GListModel *duties = aw_engine_get_duties (aw_ui_engine (ui));

  for (guint i = 0; i < g_list_model_get_n_items (duties); i++)
    {
      g_autoptr (AwDuty) duty = g_list_model_get_item (duties, i);

      if (g_str_equal (aw_duty_get_opportunity (duty), opportunity) && g_str_equal (aw_duty_get_key (duty), key))
        return g_steal_pointer (&duty);
    }
  return NULL;
}

static const char *
person_of (AwDuty *duty)
{
  const char *person = aw_duty_get_follow_up (duty)->person;

  return person != NULL && !g_str_equal (person, "-") ? person : NULL;
}

/* The key's last part: for prepare, debrief, thank-you and next step the id of
 * the interview or step. */
static const char *
tail_of (AwDuty *duty)
{
  const char *slash = strrchr (aw_duty_get_key (duty), '/');

  return slash != NULL && !g_str_equal (slash + 1, "-") ? slash + 1 : NULL;
}

AwChannel
aw_duty_actions_other_channel (AwUi *ui,
                               AwDuty *duty)
{
  const AwFollowUp *item = aw_duty_get_follow_up (duty);
  AwTouchKind kind = aw_duty_actions_touch_kind (item->kind);
  AwEngine *engine = aw_ui_engine (ui);
  g_autoptr (AwDossier) dossier = NULL;
  AwChannel other;
  AwPerson *person;

  if (person_of (duty) == NULL || kind == AW_TOUCH_UNSET || item->kind == AW_DUTY_LETTER || item->kind == AW_DUTY_ARTICLE)
    return AW_CHANNEL_UNSET;
  other = item->channel == AW_CHANNEL_PHONE ? AW_CHANNEL_EMAIL : AW_CHANNEL_PHONE;
  dossier = aw_engine_ref_dossier (engine, item->opportunity, NULL);
  person = dossier != NULL ? aw_dossier_find_person (dossier, person_of (duty)) : NULL;
  if (person == NULL || (other == AW_CHANNEL_PHONE ? person->phone : person->email) == NULL)
    return AW_CHANNEL_UNSET;
  /* Held, or held by that way alone: it is offered, with a question, as "Anyway" only. */
  if (aw_overruled_holder (item) != NULL ||
      aw_guards_check (dossier, aw_engine_get_elsewhere (engine), aw_engine_get_calendar (engine), person->record.id,
                       other == AW_CHANNEL_PHONE ? AW_TOUCH_CALL : kind, other, aw_engine_now (engine)).guard != NULL)
    return AW_CHANNEL_UNSET;
  return other;
}

/* Doing --------------------------------------------------------------------- */

static void
finish_step (GtkWidget *widget,
             AwUi *ui,
             AwDuty *duty)
{
  AwEngine *engine = aw_ui_engine (ui);
  g_autoptr (AwDossier) dossier = aw_engine_ref_dossier (engine, aw_duty_get_opportunity (duty), NULL);
  const char *id = tail_of (duty);
  AwStep *step = dossier != NULL && id != NULL ? aw_dossier_find (dossier, AW_RECORD_STEP, id) : NULL;
  g_autoptr (AwStep) done = NULL;
  g_autoptr (AwCommand) command = NULL;

  if (step == NULL)
    {
      aw_ui_decide (widget, duty, AW_DECIDED_DONE, AW_NEVER);
      return;
    }
  done = aw_record_edit (step);
  done->done_at = aw_instant (aw_engine_now (engine));
  command = aw_commands_put (engine, _("Marked as done"), step, done);
  aw_ui_run (widget, command, NULL, NULL);
}

static gboolean
is_step (AwDuty *duty)
{
  AwDutyKind kind = aw_duty_get_follow_up (duty)->kind;

  return kind == AW_DUTY_NEXT_STEP || kind == AW_DUTY_FEEDBACK;
}

/* By telephone, or in writing, whatever the plan proposes. */
static void
contact (GtkWidget *widget,
         AwDuty *duty,
         AwChannel channel)
{
  const AwFollowUp *item = aw_duty_get_follow_up (duty);

  if (channel == AW_CHANNEL_PHONE)
    aw_ui_open_call (widget, item->opportunity, person_of (duty), item->key);
  else
    aw_ui_compose (widget, item->opportunity, person_of (duty), aw_duty_actions_touch_kind (item->kind), item->key);
}

static void
add_missing (GtkWidget *widget,
             AwDuty *duty)
{
  const AwFollowUp *item = aw_duty_get_follow_up (duty);

  if (item->missing & AW_MISSING_ATTENDEES)
    aw_ui_open_debrief (widget, item->opportunity, tail_of (duty));
  else if (item->missing & (AW_MISSING_EMAIL | AW_MISSING_PHONE | AW_MISSING_ADDRESS))
    aw_ui_edit_person (widget, item->opportunity,
                       item->people != NULL && item->people[0] != NULL ? item->people[0] : person_of (duty));
  else if (item->missing & (AW_MISSING_PERSON | AW_MISSING_DECISION_MAKER))
    aw_ui_edit_person (widget, item->opportunity, NULL);
  else
    aw_ui_show_opportunity (widget, item->opportunity);
}

static void
act_now (GtkWidget *widget,
         AwUi *ui,
         AwDuty *duty)
{
  const AwFollowUp *item = aw_duty_get_follow_up (duty);

  switch (item->kind)
    {
    case AW_DUTY_PREPARE:
      aw_ui_open_checklist (widget, item->opportunity, tail_of (duty));
      break;
    case AW_DUTY_DEBRIEF:
      aw_ui_open_debrief (widget, item->opportunity, tail_of (duty));
      break;
    case AW_DUTY_NEXT_STEP:
      finish_step (widget, ui, duty);
      break;
    case AW_DUTY_COMPLETE:
      /* Addresses are asked for in a message; what only I know is entered. */
      if (item->missing & (AW_MISSING_EMAIL | AW_MISSING_PHONE | AW_MISSING_ADDRESS))
        aw_ui_compose (widget, item->opportunity, person_of (duty), AW_TOUCH_REQUEST, item->key);
      else
        add_missing (widget, duty);
      break;
    case AW_DUTY_CALL:
    case AW_DUTY_THANK_YOU:
    case AW_DUTY_LETTER:
    case AW_DUTY_CHECK_IN:
    case AW_DUTY_ESCALATION:
    case AW_DUTY_ARTICLE:
    case AW_DUTY_KEEP_IN_TOUCH:
    case AW_DUTY_TIMELINE:
    case AW_DUTY_FEEDBACK:
    case AW_DUTY_ANSWER:
    case AW_DUTY_ACKNOWLEDGEMENT:
    default:
      if (item->state == AW_STATE_MISSING)
        add_missing (widget, duty);
      else
        contact (widget, duty, item->channel);
      break;
    }
}

typedef struct
{
  GtkWidget *widget;
  AwUi *ui;
  AwDuty *duty;
} Anyway;

static void
on_anyway (const char *answer,
           gpointer data)
{
  Anyway *anyway = data;

  if (g_str_equal (answer, "anyway") && gtk_widget_get_root (anyway->widget) != NULL)
    act_now (anyway->widget, anyway->ui, anyway->duty);
  g_object_unref (anyway->widget);
  g_object_unref (anyway->ui);
  g_object_unref (anyway->duty);
  g_free (anyway);
}

static gboolean
is_held (AwDuty *duty)
{
  const AwFollowUp *item = aw_duty_get_follow_up (duty);

  return item->state == AW_STATE_WAITING && item->waiting != NULL && !g_str_equal (item->waiting, "snoozed");
}

void
aw_duty_actions_act (GtkWidget *widget,
                     AwUi *ui,
                     AwDuty *duty)
{
  const AwFollowUp *item = aw_duty_get_follow_up (duty);
  const AwAnswer answers[] = {
    { "cancel", _("_Cancel"), AW_ANSWER_PLAIN },
    { "anyway", item->channel == AW_CHANNEL_PHONE ? _("Call _Anyway") : _("Write _Anyway"), AW_ANSWER_PLAIN },
    { NULL },
  };
  Anyway *anyway;

  if (!is_held (duty))
    {
      act_now (widget, ui, duty);
      return;
    }
  /* A guard holds it. The user may overrule any guard, after one question; the
   * message records it when it is sent. */
  anyway = g_new0 (Anyway, 1);
  anyway->widget = g_object_ref (widget);
  anyway->ui = g_object_ref (ui);
  anyway->duty = g_object_ref (duty);
  aw_confirm (widget, item->channel == AW_CHANNEL_PHONE ? _("Call Anyway?") : _("Write Anyway?"), aw_duty_get_reason (duty), NULL, answers,
              on_anyway, anyway);
}

/* Why ------------------------------------------------------------------------ */

static void
show_why (Acts *acts)
{
  AwEngine *engine = aw_ui_engine (acts->ui);
  const AwFollowUp *item = aw_duty_get_follow_up (acts->duty);
  g_autoptr (AwDossier) dossier = aw_engine_ref_dossier (engine, item->opportunity, NULL);
  GtkWidget *anchor = acts->anchor != NULL ? acts->anchor : acts->widget;
  GtkWidget *popover, *box, *heading, *link = NULL;
  const char *setting = aw_words_why_setting (item);
  g_auto (GStrv) paragraphs = NULL;

  if (dossier == NULL)
    return;
  paragraphs = aw_words_why (item, dossier, aw_engine_get_calendar (engine), aw_engine_now (engine));
  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);
  gtk_widget_set_margin_top (box, 12);
  gtk_widget_set_margin_bottom (box, 12);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  heading = aw_ui_heading (_("Why This?"));
  gtk_box_append (GTK_BOX (box), heading);
  for (guint i = 0; paragraphs[i] != NULL; i++)
    {
      GtkWidget *label = aw_ui_label (paragraphs[i], i > 0 ? "aw-reason" : NULL);

      gtk_label_set_max_width_chars (GTK_LABEL (label), 44);
      gtk_box_append (GTK_BOX (box), label);
    }
  if (setting != NULL)
    {
      link = gtk_button_new_with_label (_("Change in Preferences"));
      gtk_widget_set_halign (link, GTK_ALIGN_START);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (link), "win.preferences");
      gtk_actionable_set_action_target (GTK_ACTIONABLE (link), "s", setting);
      gtk_box_append (GTK_BOX (box), link);
    }
  popover = gtk_popover_new ();
  if (link != NULL)
    g_signal_connect_object (link, "clicked", G_CALLBACK (gtk_popover_popdown), popover, G_CONNECT_SWAPPED);
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  aw_ui_popup_once (popover, anchor);
}

/* "This Evening" only where it is still to come. */
GMenuModel *
aw_duty_actions_snooze_menu (AwUi *ui)
{
  AwEngine *engine = aw_ui_engine (ui);
  GMenu *menu = g_menu_new ();

  g_menu_append (menu, _("In an Hour"), "duty.snooze::hour");
  if (aw_duty_actions_snooze_time (aw_engine_get_calendar (engine), "evening", aw_engine_now (engine)) != AW_NEVER)
    g_menu_append (menu, _("This Evening"), "duty.snooze::evening");
  g_menu_append (menu, _("Tomorrow"), "duty.snooze::tomorrow");
  g_menu_append (menu, _("Next Week"), "duty.snooze::week");
  g_menu_append (menu, _("Pick a Date…"), "duty.snooze::date");
  return G_MENU_MODEL (menu);
}

/* Below the row or card, by the keyboard alone. */
static void
show_snooze (Acts *acts)
{
  GtkWidget *anchor = acts->anchor != NULL ? acts->anchor : acts->widget;
  g_autoptr (GMenuModel) menu = aw_duty_actions_snooze_menu (acts->ui);
  GtkWidget *popover = gtk_popover_menu_new_from_model (menu);

  aw_ui_popup_once (popover, anchor);
}

/* Deciding, after the row has slid away --------------------------------------- */

typedef struct
{
  GtkWidget *widget;
  AwUi *ui;
  AwDuty *duty;
  AwDutyLeaving leaving;
  AwDecided what;
  gint64 until;
} Deciding;

static void
deciding_free (gpointer data)
{
  Deciding *deciding = data;

  g_object_unref (deciding->widget);
  g_object_unref (deciding->ui);
  g_object_unref (deciding->duty);
  g_free (deciding);
}

static gboolean
decide_now (gpointer data)
{
  Deciding *deciding = data;
  GtkWidget *widget = deciding->widget;

  /* The row may be gone by now: the fact is recorded all the same. */
  if (gtk_widget_get_root (widget) == NULL)
    widget = GTK_WIDGET (aw_ui_main_window (deciding->ui));
  if (widget == NULL)
    return G_SOURCE_REMOVE;
  if (deciding->what == AW_DECIDED_DONE && is_step (deciding->duty))
    finish_step (widget, deciding->ui, deciding->duty);
  else
    aw_ui_decide (widget, deciding->duty, deciding->what, deciding->until);
  return G_SOURCE_REMOVE;
}

static void
decide (Acts *acts,
        AwDecided what,
        gint64 until)
{
  Deciding *deciding = g_new0 (Deciding, 1);
  guint wait = 0;

  deciding->widget = g_object_ref (acts->widget);
  deciding->ui = g_object_ref (acts->ui);
  deciding->duty = g_object_ref (acts->duty);
  deciding->what = what;
  deciding->until = until;
  if (acts->leaving != NULL)
    wait = acts->leaving (acts->widget, TRUE);
  if (wait > 0)
    g_timeout_add_full (G_PRIORITY_DEFAULT, wait, decide_now, deciding, deciding_free);
  else
    {
      decide_now (deciding);
      deciding_free (deciding);
    }
}


static void
on_date_picked (GtkButton *button)
{
  GtkWidget *dialog = aw_dialog_get (GTK_WIDGET (button));
  GtkWidget *widget = g_object_get_data (G_OBJECT (button), "aw-widget");
  GtkCalendar *calendar = g_object_get_data (G_OBJECT (button), "aw-calendar");
  g_autoptr (GDateTime) date = gtk_calendar_get_date (calendar);
  AwDate day = aw_date_from_ymd (g_date_time_get_year (date), g_date_time_get_month (date), g_date_time_get_day_of_month (date));

  gtk_widget_activate_action (widget, "duty.snooze-until", "i", (int) day);
  aw_dialog_close (dialog);
}

static void
pick_date (Acts *acts)
{
  AwEngine *engine = aw_ui_engine (acts->ui);
  int year, month, day;
  GtkWidget *dialog = aw_dialog_new (_("Snooze Until"), 360, -1);
  GtkWidget *calendar = gtk_calendar_new ();
  GtkWidget *cancel = gtk_button_new_with_mnemonic (_("_Cancel"));
  GtkWidget *snooze = gtk_button_new_with_mnemonic (_("_Snooze"));
  GtkWidget *page = aw_page_new (_("Snooze Until"), calendar);
  g_autoptr (GDateTime) tomorrow = NULL;

  aw_date_to_ymd (aw_calendar_date_of (aw_engine_get_calendar (engine), NULL, aw_engine_now (engine)) + 1, &year, &month, &day);
  tomorrow = g_date_time_new_utc (year, month, day, 0, 0, 0);
  aw_month_select (GTK_CALENDAR (calendar), tomorrow);
  aw_ui_set_name (calendar, _("Snooze Until"));
  gtk_widget_set_margin_start (calendar, 12);
  gtk_widget_set_margin_end (calendar, 12);
  gtk_widget_set_margin_bottom (calendar, 12);
  aw_page_set_show_window_buttons (AW_PAGE (page), FALSE);
  g_signal_connect_object (cancel, "clicked", G_CALLBACK (aw_dialog_close), dialog, G_CONNECT_SWAPPED);
  gtk_widget_add_css_class (snooze, "suggested-action");
  g_object_set_data_full (G_OBJECT (snooze), "aw-widget", g_object_ref (acts->widget), g_object_unref);
  g_object_set_data (G_OBJECT (snooze), "aw-calendar", calendar);
  g_signal_connect (snooze, "clicked", G_CALLBACK (on_date_picked), NULL);
  adw_header_bar_pack_start (aw_page_get_header (AW_PAGE (page)), cancel);
  adw_header_bar_pack_end (aw_page_get_header (AW_PAGE (page)), snooze);
  aw_dialog_set_child (dialog, page);
  aw_dialog_set_default_widget (dialog, snooze);
  aw_dialog_present (dialog, acts->widget);
}

static void
on_action (GSimpleAction *action,
           GVariant *parameter,
           gpointer data)
{
  Acts *acts = data;
  const char *name = g_action_get_name (G_ACTION (action));
  AwEngine *engine = aw_ui_engine (acts->ui);

  if (g_str_equal (name, "act") || g_str_equal (name, "anyway"))
    aw_duty_actions_act (acts->widget, acts->ui, acts->duty);
  else if (g_str_equal (name, "open"))
    aw_ui_show_opportunity (acts->widget, aw_duty_get_opportunity (acts->duty));
  else if (g_str_equal (name, "other-channel"))
    {
      AwChannel channel = aw_duty_actions_other_channel (acts->ui, acts->duty);

      if (channel != AW_CHANNEL_UNSET)
        contact (acts->widget, acts->duty, channel);
    }
  else if (g_str_equal (name, "done"))
    decide (acts, AW_DECIDED_DONE, AW_NEVER);
  else if (g_str_equal (name, "skip"))
    decide (acts, AW_DECIDED_SKIPPED, AW_NEVER);
  else if (g_str_equal (name, "add-missing"))
    add_missing (acts->widget, acts->duty);
  else if (g_str_equal (name, "why"))
    show_why (acts);
  else if (g_str_equal (name, "snooze-menu"))
    show_snooze (acts);
  else if (g_str_equal (name, "snooze-until"))
    decide (acts, AW_DECIDED_SNOOZED, aw_calendar_morning (aw_engine_get_calendar (engine), g_variant_get_int32 (parameter), NULL));
  else if (g_str_equal (g_variant_get_string (parameter, NULL), "date"))
    pick_date (acts);
  else
    {
      gint64 until = aw_duty_actions_snooze_time (aw_engine_get_calendar (engine), g_variant_get_string (parameter, NULL), aw_engine_now (engine));

      if (until != AW_NEVER)
        decide (acts, AW_DECIDED_SNOOZED, until);
    }
}

void
aw_duty_actions_attach (GtkWidget *widget,
                        AwUi *ui,
                        AwDuty *duty,
                        GtkWidget *anchor,
                        AwDutyLeaving leaving)
{
  static const struct
  {
    const char *name;
    const char *type;
  } names[] = {
    { "act", NULL }, { "anyway", NULL }, { "open", NULL }, { "other-channel", NULL }, { "done", NULL },
    { "skip", NULL }, { "add-missing", NULL }, { "why", NULL }, { "snooze-menu", NULL }, { "snooze", "s" }, { "snooze-until", "i" },
  };
  g_autoptr (GSimpleActionGroup) group = NULL;

  if (duty == NULL)
    {
      gtk_widget_insert_action_group (widget, "duty", NULL);
      return;
    }
  group = g_simple_action_group_new ();
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GSimpleAction) action = g_simple_action_new (names[i].name, names[i].type != NULL ? G_VARIANT_TYPE (names[i].type) : NULL);
      Acts *acts = g_new0 (Acts, 1);

      acts->widget = widget;
      acts->anchor = anchor;
      acts->ui = g_object_ref (ui);
      acts->duty = g_object_ref (duty);
      acts->leaving = leaving;
      g_signal_connect_data (action, "activate", G_CALLBACK (on_action), acts, acts_free, 0);
      g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (action));
    }
  gtk_widget_insert_action_group (widget, "duty", G_ACTION_GROUP (group));
}

GMenuModel *
aw_duty_actions_menu (AwUi *ui,
                      AwDuty *duty,
                      gboolean with_open)
{
  const AwFollowUp *item = aw_duty_get_follow_up (duty);
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) first = g_menu_new ();
  g_autoptr (GMenu) second = g_menu_new ();
  g_autoptr (GMenu) third = g_menu_new ();
  g_autoptr (GMenuModel) snooze = aw_duty_actions_snooze_menu (ui);
  AwChannel other = aw_duty_actions_other_channel (ui, duty);

  if (with_open)
    g_menu_append (first, _("Open Interview"), "duty.open");
  if (other == AW_CHANNEL_PHONE)
    g_menu_append (first, _("Call Instead"), "duty.other-channel");
  else if (other == AW_CHANNEL_EMAIL)
    g_menu_append (first, _("Write Instead"), "duty.other-channel");
  if (item->missing != 0)
    g_menu_append (first, _("Add What Is Missing"), "duty.add-missing");
  if (is_held (duty) && aw_duty_get_button (duty) == NULL && item->channel != AW_CHANNEL_UNSET)
    g_menu_append (first, item->channel == AW_CHANNEL_PHONE ? _("Call Anyway") : _("Write Anyway"), "duty.anyway");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (first));

  g_menu_append_submenu (second, _("Snooze"), snooze);
  g_menu_append (second, _("Mark as Done"), "duty.done");
  g_menu_append (second, _("Skip"), "duty.skip");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (second));

  g_menu_append (third, _("Why This?"), "duty.why");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (third));
  return G_MENU_MODEL (menu);
}
