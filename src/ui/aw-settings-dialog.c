/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/aw-settings-dialog.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/aw-words.h"
#include "ui/aw-plan-preview.h"
#include "ui/aw-settings-pages.h"
#include "ui/aw-toasts.h"

/* The dialog: what moves follow-ups (the policy) is changed in a copy, shown
 * as "3 follow-ups move", and committed when the dialog closes, with Undo in
 * the main window. All else is committed at once. */

static void
settings_free (gpointer data)
{
  AwSettings *self = data;

  g_clear_pointer (&self->preview, aw_plan_preview_free);
  g_clear_weak_pointer (&self->dialog);
  g_clear_weak_pointer (&self->toast);
  g_clear_object (&self->policy);
  g_clear_object (&self->original);
  g_clear_object (&self->ui);
  g_free (self);
}

static void
on_keep_as_it_was (AwSettings *self)
{
  g_set_object (&self->policy, self->original);
  aw_settings_reload (self);
}

static void
on_counted (guint n_moved,
            gpointer data)
{
  AwSettings *self = data;
  g_autofree char *text = NULL;
  AdwToast *toast;

  if (self->toast != NULL && self->dialog != NULL)
    aw_toasts_withdraw (self->dialog, self->toast);
  if (self->dialog == NULL || aw_record_equal (AW_RECORD (self->policy), AW_RECORD (self->original)))
    return;
  text = n_moved == 0 ? g_strdup (_("No follow-up moves"))
                      : g_strdup_printf (ngettext ("%u follow-up moves", "%u follow-ups move", n_moved), n_moved);
  toast = adw_toast_new (text);
  adw_toast_set_timeout (toast, n_moved == 0 ? 3 : 0);
  if (n_moved > 0)
    {
      adw_toast_set_button_label (toast, _("Keep As It Was"));
      g_signal_connect_swapped (toast, "button-clicked", G_CALLBACK (on_keep_as_it_was), self);
    }
  g_set_weak_pointer (&self->toast, toast);
  aw_toasts_add (self->dialog, aw_preferences_add_toast, AW_TOAST_UNDO, toast);
  aw_announce (self->dialog, text);
}

void
aw_settings_policy_changed (AwSettings *self)
{
  aw_plan_preview_ask (self->preview, self->policy);
}

/* Somebody looks at "Between contacts" and the like: from now on a copy. */
AwPolicy *
aw_settings_edit_policy (AwSettings *self)
{
  if (self->policy == self->original)
    {
      AwPolicy *copy = aw_record_edit (self->original);

      g_object_unref (self->policy);
      self->policy = copy;
    }
  return self->policy;
}

char *
aw_settings_get (AwSettings *self,
                 const char *key)
{
  return aw_engine_get_setting (aw_ui_engine (self->ui), key);
}

void
aw_settings_set (AwSettings *self,
                 const char *key,
                 const char *value)
{
  g_autofree char *before = aw_settings_get (self, key);
  g_autoptr (AwCommand) command = NULL;
  GtkWindow *window = aw_ui_main_window (self->ui);

  if (g_strcmp0 (before, value) == 0 || window == NULL)
    return;
  command = aw_command_new (_("Preferences changed"));
  aw_command_set_setting (command, key, before, value);
  aw_ui_run_quietly (GTK_WIDGET (window), command, NULL, NULL);
}

static void
on_closed (gpointer data)
{
  AwSettings *self = data;
  GtkWindow *window = aw_ui_main_window (self->ui);

  aw_settings_commit_texts (self);
  if (window != NULL && !aw_record_equal (AW_RECORD (self->policy), AW_RECORD (self->original)))
    {
      g_autoptr (AwCommand) command = aw_commands_put (aw_ui_engine (self->ui), _("Preferences changed"), self->original, self->policy);

      aw_ui_run (GTK_WIDGET (window), command, NULL, NULL);
    }
  settings_free (self);
}

GtkWidget *
aw_settings_dialog_present (AwUi *ui,
                            GtkWidget *parent,
                            const char *member)
{
  AwSettings *self = g_new0 (AwSettings, 1);
  GtkWidget *dialog = aw_preferences_new ();
  AdwPreferencesPage *first = NULL;

  self->ui = g_object_ref (ui);
  self->original = g_object_ref (aw_engine_get_policy (aw_ui_engine (ui)));
  self->policy = g_object_ref (self->original);
  self->preview = aw_plan_preview_new (aw_ui_engine (ui), on_counted, self);
  g_set_weak_pointer (&self->dialog, dialog);
  aw_settings_add_pages (self);
  if (g_strcmp0 (member, "writing") == 0)
    first = self->writing;
  else if (g_strcmp0 (member, "notifications") == 0)
    first = self->notifications;
  else if (g_strcmp0 (member, "accounts") == 0)
    first = self->accounts;
  if (first != NULL)
    aw_preferences_set_visible_page (dialog, first);
  aw_dialog_on_closed (dialog, on_closed, self);
  aw_preferences_present (dialog, parent);
  if (member != NULL && first == NULL)
    aw_settings_look_at (self, member);
  return dialog;
}
