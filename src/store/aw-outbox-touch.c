/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/aw-outbox-touch.h"

#include "core/aw-sent.h"

gboolean
aw_outbox_touch_write (AwDatabase *database,
                       const char *message,
                       AwInstant at,
                       GError **error)
{
  g_autoptr (AwRecord) record = aw_database_load_record (database, AW_RECORD_MESSAGE, message, error);
  g_autoptr (AwMessage) after = NULL;
  g_autoptr (AwDossier) dossier = NULL;
  g_autoptr (AwCommand) command = aw_command_new ("");

  if (record == NULL)
    return FALSE;
  after = AW_MESSAGE (aw_record_copy (record));
  after->state = AW_MESSAGE_SENT;
  aw_command_change (command, record, after);
  /* A test of an account is no contact with anybody. */
  if (record->opportunity == NULL)
    return aw_database_apply (database, command, error);

  dossier = aw_database_load_dossier (database, record->opportunity, error);
  if (dossier == NULL)
    return FALSE;
  aw_sent_add_changes (command, dossier, after, after->channel, at);
  return aw_database_apply (database, command, error);
}
