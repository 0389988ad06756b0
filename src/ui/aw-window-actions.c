/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "ui/aw-account-dialog.h"
#include "ui/aw-add-dialog.h"
#include "ui/aw-backup-ui.h"
#include "ui/aw-call-sheet.h"
#include "ui/aw-checklist.h"
#include "ui/aw-compose-window.h"
#include "ui/aw-debrief.h"
#include "ui/aw-duty-actions.h"
#include "ui/aw-help.h"
#include "ui/aw-person-dialog.h"
#include "ui/aw-settings-dialog.h"
#include "ui/aw-shortcuts.h"
#include "ui/aw-transfer.h"
#include "ui/aw-window-private.h"

/* The window's GActions: ui/aw-ui.h lists them. */

/* A dialog opened from the preferences belongs above them. */
static GtkWidget *
dialog_parent (AwWindow *self)
{
  g_autoptr (GListModel) windows = g_object_ref (gtk_window_get_toplevels ());

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (gtk_window_is_active (window) && gtk_window_get_modal (window) && aw_ui_get (GTK_WIDGET (window)) == aw_window_get_ui (self))
        return GTK_WIDGET (window);
    }
  return GTK_WIDGET (self);
}

static const char *
text_or_null (const char *text)
{
  return text != NULL && *text != '\0' && !g_str_equal (text, "-") ? text : NULL;
}

static void
on_page (GSimpleAction *action G_GNUC_UNUSED,
         GVariant *parameter,
         gpointer data)
{
  aw_window_show_page (data, g_variant_get_string (parameter, NULL));
}

static void
on_show (GSimpleAction *action G_GNUC_UNUSED,
         GVariant *parameter,
         gpointer data)
{
  aw_window_show_opportunity (data, g_variant_get_string (parameter, NULL));
}

static void
on_edit (GSimpleAction *action G_GNUC_UNUSED,
         GVariant *parameter,
         gpointer data)
{
  aw_window_show_opportunity (data, g_variant_get_string (parameter, NULL));
  aw_window_edit (data);
}

static void
on_export_one (GSimpleAction *action G_GNUC_UNUSED,
               GVariant *parameter,
               gpointer data)
{
  aw_transfer_export_interviews (aw_window_get_ui (data), data, g_variant_get_string (parameter, NULL));
}

static void
on_help (GSimpleAction *action G_GNUC_UNUSED,
         GVariant *parameter G_GNUC_UNUSED,
         gpointer data)
{
  aw_help_present (data);
}

static void
on_back (GSimpleAction *action G_GNUC_UNUSED,
         GVariant *parameter G_GNUC_UNUSED,
         gpointer data)
{
  aw_window_show_sidebar (data);
}

static void
step_to (AwWindow *self,
         int step)
{
  const char *next = aw_sidebar_get_neighbour (aw_window_get_sidebar (self), aw_window_get_opportunity (self), step);
  g_autofree char *copy = g_strdup (next);

  if (copy != NULL)
    aw_window_show_opportunity (self, copy);
}

static void
on_previous (GSimpleAction *action G_GNUC_UNUSED,
             GVariant *parameter G_GNUC_UNUSED,
             gpointer data)
{
  step_to (data, -1);
}

static void
on_next (GSimpleAction *action G_GNUC_UNUSED,
         GVariant *parameter G_GNUC_UNUSED,
         gpointer data)
{
  step_to (data, 1);
}

static void
on_add (GSimpleAction *action G_GNUC_UNUSED,
        GVariant *parameter G_GNUC_UNUSED,
        gpointer data)
{
  aw_add_dialog_present (aw_window_get_ui (data), data);
}

static void
on_search (GSimpleAction *action G_GNUC_UNUSED,
           GVariant *parameter G_GNUC_UNUSED,
           gpointer data)
{
  aw_window_show_sidebar (data);
  aw_sidebar_search (aw_window_get_sidebar (data));
}

static void
on_menu (GSimpleAction *action G_GNUC_UNUSED,
         GVariant *parameter G_GNUC_UNUSED,
         gpointer data)
{
  aw_sidebar_open_menu (aw_window_get_sidebar (data));
}

static void
on_undo (GSimpleAction *action G_GNUC_UNUSED,
         GVariant *parameter G_GNUC_UNUSED,
         gpointer data)
{
  aw_ui_undo (data);
}

static void
on_write (GSimpleAction *action G_GNUC_UNUSED,
          GVariant *parameter,
          gpointer data)
{
  const char *opportunity, *person, *word, *key;
  int kind = AW_TOUCH_UNSET;

  g_variant_get (parameter, "(&s&s&s&s)", &opportunity, &person, &word, &key);
  if (text_or_null (word) != NULL && !aw_word_parse (&aw_touch_kinds, word, &kind))
    return;
  aw_compose_window_present (aw_window_get_ui (data), opportunity, text_or_null (person), kind, text_or_null (key));
}

static void
on_open_message (GSimpleAction *action G_GNUC_UNUSED,
                 GVariant *parameter,
                 gpointer data)
{
  aw_compose_window_present_message (aw_window_get_ui (data), g_variant_get_string (parameter, NULL));
}

static void
on_call (GSimpleAction *action G_GNUC_UNUSED,
         GVariant *parameter,
         gpointer data)
{
  const char *opportunity, *person, *key;

  g_variant_get (parameter, "(&s&s&s)", &opportunity, &person, &key);
  aw_call_sheet_present (aw_window_get_ui (data), data, opportunity, text_or_null (person), text_or_null (key));
}

static void
on_checklist (GSimpleAction *action G_GNUC_UNUSED,
              GVariant *parameter,
              gpointer data)
{
  const char *opportunity, *interview;

  g_variant_get (parameter, "(&s&s)", &opportunity, &interview);
  aw_checklist_present (aw_window_get_ui (data), data, opportunity, text_or_null (interview));
}

static void
on_debrief (GSimpleAction *action G_GNUC_UNUSED,
            GVariant *parameter,
            gpointer data)
{
  const char *opportunity, *interview;

  g_variant_get (parameter, "(&s&s)", &opportunity, &interview);
  aw_debrief_present (aw_window_get_ui (data), data, opportunity, text_or_null (interview));
}

static void
on_edit_person (GSimpleAction *action G_GNUC_UNUSED,
                GVariant *parameter,
                gpointer data)
{
  const char *opportunity, *person;

  g_variant_get (parameter, "(&s&s)", &opportunity, &person);
  aw_person_dialog_present (aw_window_get_ui (data), data, opportunity, text_or_null (person));
}

static void
on_act (GSimpleAction *action G_GNUC_UNUSED,
        GVariant *parameter,
        gpointer data)
{
  const char *opportunity, *key;
  g_autoptr (AwDuty) duty = NULL;

  g_variant_get (parameter, "(&s&s)", &opportunity, &key);
  duty = aw_duty_actions_find (aw_window_get_ui (data), opportunity, key);
  if (duty != NULL)
    aw_duty_actions_act (data, aw_window_get_ui (data), duty);
  else
    aw_window_show_opportunity (data, opportunity); /* done meanwhile, elsewhere */
}

static void
decide (AwWindow *self,
        GVariant *parameter,
        AwDecided what)
{
  AwEngine *engine = aw_ui_engine (aw_window_get_ui (self));
  const char *opportunity, *key;
  g_autoptr (AwDuty) duty = NULL;
  gint64 until = AW_NEVER;

  g_variant_get (parameter, "(&s&s)", &opportunity, &key);
  duty = aw_duty_actions_find (aw_window_get_ui (self), opportunity, key);
  if (duty == NULL)
    return;
  if (what == AW_DECIDED_SNOOZED)
    until = aw_duty_actions_snooze_time (aw_engine_get_calendar (engine), "hour", aw_engine_now (engine));
  aw_ui_decide (GTK_WIDGET (self), duty, what, until);
}

static void
on_done (GSimpleAction *action G_GNUC_UNUSED,
         GVariant *parameter,
         gpointer data)
{
  decide (data, parameter, AW_DECIDED_DONE);
}

static void
on_skip (GSimpleAction *action G_GNUC_UNUSED,
         GVariant *parameter,
         gpointer data)
{
  decide (data, parameter, AW_DECIDED_SKIPPED);
}

static void
on_snooze (GSimpleAction *action G_GNUC_UNUSED,
           GVariant *parameter,
           gpointer data)
{
  decide (data, parameter, AW_DECIDED_SNOOZED);
}

static void
on_account (GSimpleAction *action G_GNUC_UNUSED,
            GVariant *parameter,
            gpointer data)
{
  aw_account_dialog_present (aw_window_get_ui (data), dialog_parent (data), text_or_null (g_variant_get_string (parameter, NULL)));
}

static void
on_preferences (GSimpleAction *action G_GNUC_UNUSED,
                GVariant *parameter,
                gpointer data)
{
  aw_settings_dialog_present (aw_window_get_ui (data), data, text_or_null (g_variant_get_string (parameter, NULL)));
}

static void
on_shortcuts (GSimpleAction *action G_GNUC_UNUSED,
              GVariant *parameter G_GNUC_UNUSED,
              gpointer data)
{
  aw_shortcuts_show (data);
}

static void
on_about (GSimpleAction *action G_GNUC_UNUSED,
          GVariant *parameter G_GNUC_UNUSED,
          gpointer data)
{
  const char *const developers[] = { _("The Afterword authors"), NULL };
  g_autofree char *debug = g_strdup_printf ("GTK %u.%u.%u\nlibadwaita %u.%u.%u\n", gtk_get_major_version (), gtk_get_minor_version (),
                                            gtk_get_micro_version (), adw_get_major_version (), adw_get_minor_version (), adw_get_micro_version ());
  const AwAbout about = {
    .name = _("Afterword"),
    .icon = APP_ID,
    .version = VERSION,
    .developer = _("The Afterword authors"),
    .comments = _("Follow up well after job interviews: whom to thank, when to check in, and when to stay quiet."),
    .developers = developers,
    /* Translators: your names, one a line */
    .translators = _("translator-credits"),
    .license = GTK_LICENSE_GPL_3_0,
    .debug_info = debug,
  };

  aw_about_present (data, &about);
}

static void
on_import (GSimpleAction *action G_GNUC_UNUSED,
           GVariant *parameter G_GNUC_UNUSED,
           gpointer data)
{
  aw_transfer_import (aw_window_get_ui (data), data);
}

static void
on_export_table (GSimpleAction *action G_GNUC_UNUSED,
                 GVariant *parameter G_GNUC_UNUSED,
                 gpointer data)
{
  aw_transfer_export (aw_window_get_ui (data), data, AW_TRANSFER_TABLE);
}

static void
on_export_calendar (GSimpleAction *action G_GNUC_UNUSED,
                    GVariant *parameter G_GNUC_UNUSED,
                    gpointer data)
{
  aw_transfer_export (aw_window_get_ui (data), data, AW_TRANSFER_CALENDAR);
}

static void
on_export_all (GSimpleAction *action G_GNUC_UNUSED,
               GVariant *parameter G_GNUC_UNUSED,
               gpointer data)
{
  aw_transfer_export (aw_window_get_ui (data), data, AW_TRANSFER_DOCUMENT);
}

static void
on_back_up (GSimpleAction *action G_GNUC_UNUSED,
            GVariant *parameter G_GNUC_UNUSED,
            gpointer data)
{
  aw_backup_ui_write (aw_window_get_ui (data), data);
}

static void
on_restore (GSimpleAction *action G_GNUC_UNUSED,
            GVariant *parameter G_GNUC_UNUSED,
            gpointer data)
{
  aw_backup_ui_restore (aw_window_get_ui (data), data);
}

static void
on_archive (GSimpleAction *action G_GNUC_UNUSED,
            GVariant *parameter,
            gpointer data)
{
  AwEngine *engine = aw_ui_engine (aw_window_get_ui (data));
  g_autoptr (AwDossier) dossier = aw_engine_ref_dossier (engine, g_variant_get_string (parameter, NULL), NULL);
  AwOpportunity *opportunity;
  g_autoptr (AwOpportunity) changed = NULL;
  g_autoptr (AwCommand) command = NULL;

  if (dossier == NULL)
    return;
  opportunity = aw_dossier_get_opportunity (dossier);
  changed = aw_record_edit (opportunity);
  changed->archived = !opportunity->archived;
  command = aw_commands_put (engine, changed->archived ? _("Archived") : _("Taken out of the archive"), opportunity, changed);
  aw_ui_run (data, command, NULL, NULL);
}

/* No question: it can be undone. */
static void
on_delete (GSimpleAction *action G_GNUC_UNUSED,
           GVariant *parameter,
           gpointer data)
{
  AwEngine *engine = aw_ui_engine (aw_window_get_ui (data));
  g_autoptr (AwDossier) dossier = aw_engine_ref_dossier (engine, g_variant_get_string (parameter, NULL), NULL);
  g_autoptr (AwCommand) command = NULL;

  if (dossier == NULL)
    return;
  command = aw_commands_delete (engine, dossier);
  aw_ui_run (data, command, NULL, NULL);
}

void
aw_window_install_actions (AwWindow *self)
{
  static const GActionEntry entries[] = {
    { .name = "page", .activate = on_page, .parameter_type = "s" },
    { .name = "show", .activate = on_show, .parameter_type = "s" },
    { .name = "edit", .activate = on_edit, .parameter_type = "s" },
    { .name = "export-interviews", .activate = on_export_one, .parameter_type = "s" },
    { .name = "help", .activate = on_help },
    { .name = "back", .activate = on_back },
    { .name = "previous", .activate = on_previous },
    { .name = "next", .activate = on_next },
    { .name = "add", .activate = on_add },
    { .name = "search", .activate = on_search },
    { .name = "menu", .activate = on_menu },
    { .name = "undo", .activate = on_undo },
    { .name = "write", .activate = on_write, .parameter_type = "(ssss)" },
    { .name = "open-message", .activate = on_open_message, .parameter_type = "s" },
    { .name = "call", .activate = on_call, .parameter_type = "(sss)" },
    { .name = "checklist", .activate = on_checklist, .parameter_type = "(ss)" },
    { .name = "debrief", .activate = on_debrief, .parameter_type = "(ss)" },
    { .name = "edit-person", .activate = on_edit_person, .parameter_type = "(ss)" },
    { .name = "act", .activate = on_act, .parameter_type = "(ss)" },
    { .name = "done", .activate = on_done, .parameter_type = "(ss)" },
    { .name = "skip", .activate = on_skip, .parameter_type = "(ss)" },
    { .name = "snooze", .activate = on_snooze, .parameter_type = "(ss)" },
    { .name = "account", .activate = on_account, .parameter_type = "s" },
    { .name = "preferences", .activate = on_preferences, .parameter_type = "s" },
    { .name = "shortcuts", .activate = on_shortcuts },
    { .name = "about", .activate = on_about },
    { .name = "import", .activate = on_import },
    { .name = "export-csv", .activate = on_export_table },
    { .name = "export-calendar", .activate = on_export_calendar },
    { .name = "export-all", .activate = on_export_all },
    { .name = "back-up", .activate = on_back_up },
    { .name = "restore", .activate = on_restore },
    { .name = "archive", .activate = on_archive, .parameter_type = "s" },
    { .name = "delete", .activate = on_delete, .parameter_type = "s" },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
}
