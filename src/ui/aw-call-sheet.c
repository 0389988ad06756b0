/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/aw-call-sheet.h"

#include "ui/aw-log-dialog.h"

/**
 * aw_call_sheet_present:
 * @ui: for the engine
 * @parent: where it comes up
 * @opportunity: id
 * @person: (nullable): whom to call
 * @key: (nullable): the follow-up that asks for it
 *
 * What to say on the telephone, and below what came of it.
 */
void
aw_call_sheet_present (AwUi *ui,
                       GtkWidget *parent,
                       const char *opportunity,
                       const char *person,
                       const char *key)
{
  aw_log_dialog_present_sheet (ui, parent, opportunity, person, key);
}
