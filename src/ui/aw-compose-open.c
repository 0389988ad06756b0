/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/aw-compose-window-private.h"

#include <glib/gi18n-lib.h>

#include "ui/aw-compose-start.h"
#include "ui/aw-message-dialog.h"
#include "ui/aw-overruled.h"

static AwComposeWindow *
find_open (AwUi *ui,
           const char *message)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (AW_IS_COMPOSE_WINDOW (window) && AW_COMPOSE_WINDOW (window)->ui == ui && !AW_COMPOSE_WINDOW (window)->finished &&
          g_strcmp0 (AW_ID (aw_compose_message (AW_COMPOSE_WINDOW (window))), message) == 0)
        return AW_COMPOSE_WINDOW (window);
    }
  return NULL;
}

static AwComposeWindow *
open_window (AwUi *ui,
             AwDossier *dossier,
             AwMessage *message,
             gboolean stored)
{
  AwComposeWindow *self = g_object_new (AW_TYPE_COMPOSE_WINDOW, NULL);
  GtkWindow *main_window = aw_ui_main_window (ui);

  aw_compose_load (self, ui, dossier, message, stored);
  if (main_window != NULL && gtk_window_get_application (main_window) != NULL)
    gtk_window_set_application (GTK_WINDOW (self), gtk_window_get_application (main_window));
  aw_compose_install_undo (ui);
  gtk_window_present (GTK_WINDOW (self));
  gtk_widget_grab_focus (self->view);
  aw_message_view_select_prompt (AW_MESSAGE_VIEW (self->view));
  return self;
}

/* The guard that holds the follow-up: whoever opens it all the same was asked. */
static const char *
holder_of (AwEngine *engine,
           const char *opportunity,
           const char *key)
{
  AwPlan *plan = key != NULL ? aw_engine_get_plan (engine, opportunity) : NULL;
  const AwFollowUp *item = plan != NULL ? aw_plan_find (plan, key) : NULL;
  const char *guard = item != NULL ? aw_overruled_holder (item) : NULL;

  return guard != NULL ? g_intern_string (guard) : NULL;
}

static void
tell (AwUi *ui,
      const char *sentence)
{
  GtkWindow *main_window = aw_ui_main_window (ui);

  if (main_window != NULL)
    aw_ui_toast (GTK_WIDGET (main_window), sentence);
}

/* What is still to leave becomes a draft again before it is changed; what has
 * left, or may have, is only shown. */
static gboolean
take_back (AwUi *ui,
           AwMessage *message)
{
  GtkWindow *main_window = aw_ui_main_window (ui);
  g_autoptr (GError) error = NULL;

  /* Nothing is to be written in a test of an account. */
  if (AW_OPPORTUNITY_ID (message) == NULL)
    {
      if (main_window != NULL)
        aw_message_dialog_present (ui, GTK_WIDGET (main_window), message);
      return FALSE;
    }
  switch (message->state)
    {
    case AW_MESSAGE_DRAFT:
      return TRUE;
    case AW_MESSAGE_SCHEDULED:
    case AW_MESSAGE_QUEUED:
    case AW_MESSAGE_FAILED:
    case AW_MESSAGE_CANCELLED:
      if (aw_outbox_cancel (aw_ui_outbox (ui), AW_ID (message), &error))
        return TRUE;
      if (main_window != NULL)
        aw_ui_error (GTK_WIDGET (main_window), error);
      return FALSE;
    case AW_MESSAGE_SENDING:
    case AW_MESSAGE_SENT:
    case AW_MESSAGE_UNCERTAIN:
    default:
      if (main_window != NULL)
        aw_message_dialog_present (ui, GTK_WIDGET (main_window), message);
      return FALSE;
    }
}

/* Public functions --------------------------------------------------------- */

void
aw_compose_window_present (AwUi *ui,
                           const char *opportunity,
                           const char *person,
                           AwTouchKind kind,
                           const char *key)
{
  AwEngine *engine = aw_ui_engine (ui);
  g_autoptr (GError) error = NULL;
  g_autoptr (AwDossier) dossier = aw_engine_ref_dossier (engine, opportunity, &error);
  g_autoptr (AwTemplates) templates = NULL;
  g_autoptr (AwMessage) message = NULL;
  AwComposeWindow *open;
  AwMessage *draft;
  AwChannel channel;

  if (dossier == NULL)
    {
      tell (ui, error != NULL ? error->message : _("This interview is not there any more"));
      return;
    }
  if (kind == AW_TOUCH_UNSET)
    kind = aw_compose_kind_of_key (key, &channel);
  draft = aw_compose_find_draft (dossier, person, kind, key);
  if (draft != NULL && (open = find_open (ui, AW_ID (draft))) != NULL)
    gtk_window_present (GTK_WINDOW (open));
  else if (draft != NULL)
    open_window (ui, dossier, draft, TRUE)->overruled = holder_of (engine, opportunity, key);
  else
    {
      templates = aw_compose_load_templates (engine, aw_dossier_get_opportunity (dossier));
      message = aw_compose_new_message (engine, templates, dossier, person, kind, key);
      open_window (ui, dossier, message, FALSE)->overruled = holder_of (engine, opportunity, key);
    }
}

void
aw_compose_window_present_message (AwUi *ui,
                                   const char *message)
{
  AwEngine *engine = aw_ui_engine (ui);
  AwComposeWindow *open = find_open (ui, message);
  g_autoptr (GError) error = NULL;
  g_autoptr (AwRecord) record = NULL;
  g_autoptr (AwDossier) dossier = NULL;

  if (open != NULL)
    {
      gtk_window_present (GTK_WINDOW (open));
      return;
    }
  record = aw_database_load_record (aw_engine_get_database (engine), AW_RECORD_MESSAGE, message, &error);
  if (record != NULL && record->opportunity != NULL)
    dossier = aw_engine_ref_dossier (engine, record->opportunity, &error);
  if (dossier == NULL && (record == NULL || record->opportunity != NULL))
    {
      tell (ui, error != NULL ? error->message : _("This message is not there any more"));
      return;
    }
  if (!take_back (ui, (AwMessage *) record))
    return;
  g_object_unref (record);
  record = aw_database_load_record (aw_engine_get_database (engine), AW_RECORD_MESSAGE, message, &error);
  if (record != NULL)
    open_window (ui, dossier, (AwMessage *) record, TRUE);
}
