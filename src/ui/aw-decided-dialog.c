/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/aw-decided-dialog.h"

#include <glib/gi18n-lib.h>

#include "core/aw-words.h"
#include "ui/aw-detail-private.h"

typedef struct
{
  AwEngine *engine;
  AwOpportunity *edit;
  AwStatus before;
  AwInstant since;
  AwDate on_hold_until;
  gboolean log;
  char *person;
  char *said;
  GtkWidget *until_row;
  GtkWidget *deadline_row;
  GtkWidget *log_group;
} Deciding;

static void
deciding_free (gpointer data)
{
  Deciding *deciding = data;

  g_free (deciding->person);
  g_free (deciding->said);
  g_free (deciding);
}

/* What they tell me, not what I decide myself. */
static gboolean
is_theirs (AwStatus status)
{
  return status == AW_STATUS_ON_HOLD || status == AW_STATUS_OFFER || status == AW_STATUS_REJECTED;
}

static void
on_save (AwEditor *self G_GNUC_UNUSED,
         AwCommand *command,
         gpointer data)
{
  Deciding *deciding = data;
  AwOpportunity *edit = deciding->edit;

  if (edit->status != deciding->before)
    edit->status_changed_at = deciding->since;
  if (edit->status == AW_STATUS_ON_HOLD && deciding->on_hold_until != AW_DATE_NONE)
    {
      edit->promised_date = deciding->on_hold_until;
      edit->promise_firm = FALSE;
    }
  if (deciding->log && is_theirs (edit->status) && edit->status != deciding->before)
    {
      g_autoptr (AwRecord) record = aw_record_new (AW_TYPE_TOUCH, AW_ID (edit));
      AwTouch *touch = (AwTouch *) record;
      const char *people[] = { deciding->person, NULL };

      touch->at = deciding->since;
      touch->direction = AW_DIRECTION_IN;
      touch->channel = AW_CHANNEL_EMAIL;
      touch->kind = AW_TOUCH_OTHER;
      touch->text = g_strdup (deciding->said != NULL ? deciding->said : aw_words_status (edit->status));
      if (deciding->person != NULL)
        touch->people = g_strdupv ((char **) people);
      if (edit->status == AW_STATUS_ON_HOLD)
        touch->promised_date = deciding->on_hold_until;
      aw_command_add (command, record);
    }
}

static void
on_changed (AwEditor *self G_GNUC_UNUSED,
            AwCommand *command G_GNUC_UNUSED,
            gpointer data)
{
  Deciding *deciding = data;
  AwStatus status = deciding->edit->status;

  gtk_widget_set_visible (deciding->until_row, status == AW_STATUS_ON_HOLD);
  gtk_widget_set_visible (deciding->deadline_row, status == AW_STATUS_OFFER);
  gtk_widget_set_visible (deciding->log_group, is_theirs (status));
}

static const char *
check (AwEditor *self G_GNUC_UNUSED,
       gpointer data)
{
  return ((Deciding *) data)->since.sec == AW_NEVER ? _("The date is missing") : NULL;
}

/**
 * aw_decided_dialog_present:
 * @ui: for the engine
 * @parent: where it comes up
 * @opportunity: id
 */
void
aw_decided_dialog_present (AwUi *ui,
                           GtkWidget *parent,
                           const char *opportunity)
{
  AwEngine *engine = aw_ui_engine (ui);
  g_autoptr (GError) error = NULL;
  g_autoptr (AwDossier) dossier = aw_engine_ref_dossier (engine, opportunity, &error);
  const char *statuses[AW_STATUS_NO_ANSWER + 1];
  AwEditor *editor;
  Deciding *deciding;

  if (error != NULL)
    aw_ui_error (parent, error);
  if (dossier == NULL)
    return;
  for (AwStatus status = AW_STATUS_ACTIVE; status <= AW_STATUS_NO_ANSWER; status++)
    statuses[status] = aw_words_status (status);
  editor = aw_editor_new (ui, _("They Decided"), _("_Save"), _("Status changed"));
  deciding = g_new0 (Deciding, 1);
  deciding->engine = engine;
  deciding->edit = aw_editor_take (editor, aw_dossier_get_opportunity (dossier));
  deciding->before = deciding->edit->status;
  deciding->since = aw_edit_instant (engine, aw_engine_now (engine));
  deciding->on_hold_until = AW_DATE_NONE;
  deciding->log = TRUE;
  aw_editor_group (editor, NULL, NULL);
  aw_editor_choice (editor, _("How it stands"), statuses, G_N_ELEMENTS (statuses), (int *) &deciding->edit->status);
  aw_editor_instant (editor, _("Since"), FALSE, NULL, &deciding->since);
  deciding->until_row = aw_editor_date (editor, _("On hold until"), TRUE, &deciding->on_hold_until);
  deciding->deadline_row = aw_editor_date (editor, _("You decide by"), TRUE, &deciding->edit->my_decision_date);
  deciding->log_group = aw_editor_group (editor, NULL, NULL);
  aw_editor_switch (editor, _("They told you so"), _("It stands in the history as hearing from them"), &deciding->log);
  aw_editor_person (editor, _("Who"), dossier, _("Somebody there"), &deciding->person);
  aw_editor_text (editor, _("What they said"), &deciding->said);
  aw_editor_set_check (editor, check, deciding);
  aw_editor_set_save (editor, on_save, deciding, deciding_free);
  aw_editor_set_changed (editor, on_changed);
  aw_editor_present (editor, parent);
}
