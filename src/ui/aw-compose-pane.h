/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/aw-checks-list.h"
#include "ui/aw-ui.h"

G_BEGIN_DECLS

/**
 * AwComposePane:
 *
 * What stands beside the text: the checks, what one talked about, questions to
 * ask, and what was written before. The same widget fills the dialog of narrow
 * windows.
 *
 * Signals: "show-finding" (AwFinding *), "compare" (AwFinding *), "later",
 * "insert" (char *, gboolean question), "add-topic" (char *).
 */
#define AW_TYPE_COMPOSE_PANE (aw_compose_pane_get_type ())
G_DECLARE_FINAL_TYPE (AwComposePane, aw_compose_pane, AW, COMPOSE_PANE, GtkBox)

GtkWidget *aw_compose_pane_new (void);
void aw_compose_pane_set_findings (AwComposePane *self, GPtrArray *findings);
void aw_compose_pane_set_facts (AwComposePane *self, AwDossier *dossier, const char *person, const char *const *ready_questions, AwCalendar *calendar);

G_END_DECLS
