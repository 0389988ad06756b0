/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "service/aw-engine.h"

/**
 * aw_commands_decide:
 * @self: an engine
 * @duty: a duty
 * @what: done, skipped or snoozed
 * @until: until when, if it is snoozed
 *
 * Returns: (transfer full): the command that records the decision
 */
AwCommand *
aw_commands_decide (AwEngine *self,
                    AwDuty *duty,
                    AwDecided what,
                    gint64 until)
{
  g_autoptr(AwDecision) decision = NULL;
  AwCommand *command;
  const char *title;

  g_return_val_if_fail (AW_IS_ENGINE (self) && AW_IS_DUTY (duty), NULL);

  switch (what)
    {
    case AW_DECIDED_DONE:
      title = _("Marked as done");
      break;
    case AW_DECIDED_SKIPPED:
      title = _("Skipped");
      break;
    case AW_DECIDED_SNOOZED:
      title = _("Snoozed");
      break;
    case AW_DECIDED_UNSET:
    default:
      g_return_val_if_reached (NULL);
    }

  decision = AW_DECISION (aw_record_new (AW_TYPE_DECISION, aw_duty_get_opportunity (duty)));
  decision->key = g_strdup (aw_duty_get_key (duty));
  decision->what = what;
  decision->at = aw_instant (aw_engine_now (self));
  if (what == AW_DECIDED_SNOOZED)
    decision->until = aw_instant (until);
  command = aw_command_new (title);
  aw_command_add (command, decision);
  return command;
}

/**
 * aw_commands_delete:
 * @self: an engine
 * @dossier: what is to go
 *
 * Returns: (transfer full): the command that removes an opportunity with all
 *   that it owns, so that its inverse brings everything back
 */
AwCommand *
aw_commands_delete (AwEngine *self,
                    AwDossier *dossier)
{
  AwOpportunity *opportunity;
  g_autofree char *title = NULL;
  AwCommand *command;

  g_return_val_if_fail (AW_IS_ENGINE (self) && AW_IS_DOSSIER (dossier), NULL);

  opportunity = aw_dossier_get_opportunity (dossier);
  if (opportunity->company != NULL)
    /* Translators: %s is a company's name */
    title = g_strdup_printf (_("%s deleted"), opportunity->company);
  command = aw_command_new (title != NULL ? title : _("Interview deleted"));
  for (int kind = AW_RECORD_MESSAGE; kind > AW_RECORD_OPPORTUNITY; kind--)
    {
      AwRecordList *list = aw_dossier_get_list (dossier, (AwRecordKind) kind);

      for (guint i = aw_record_list_get_length (list); i > 0; i--)
        aw_command_remove (command, aw_record_list_peek (list, i - 1));
    }
  aw_command_remove (command, opportunity);
  return command;
}

/**
 * aw_commands_put:
 * @self: an engine
 * @title: what was done, for a toast
 * @before: (nullable) (type AwRecord): a record as it is
 * @after: (nullable) (type AwRecord): the record as it shall be
 *
 * Returns: (transfer full): the command that adds, changes or removes one record
 */
AwCommand *
aw_commands_put (AwEngine *self,
                 const char *title,
                 gpointer before,
                 gpointer after)
{
  AwCommand *command;

  g_return_val_if_fail (AW_IS_ENGINE (self) && (before != NULL || after != NULL), NULL);

  command = aw_command_new (title);
  if (before == NULL)
    aw_command_add (command, after);
  else if (after == NULL)
    aw_command_remove (command, before);
  else
    aw_command_change (command, before, after);
  return command;
}
