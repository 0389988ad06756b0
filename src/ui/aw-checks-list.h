/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "core/aw-review.h"

G_BEGIN_DECLS

/**
 * AwChecksList:
 *
 * "Before You Send": one row a check, always in the same order, so that
 * nothing jumps while one writes. What is fine and of less interest is counted
 * in one last row.
 *
 * Signals:
 *  "show" (AwFinding *): go to its words
 *  "compare" (AwFinding *): put the twin beside it
 *  "later": the user would rather send it later
 */
#define AW_TYPE_CHECKS_LIST (aw_checks_list_get_type ())
G_DECLARE_FINAL_TYPE (AwChecksList, aw_checks_list, AW, CHECKS_LIST, GtkBox)

GtkWidget *aw_checks_list_new (void);
void aw_checks_list_set_findings (AwChecksList *self, GPtrArray *findings);
char *aw_checks_list_summarize (GPtrArray *findings, gboolean *needs_look);

AwFinding *aw_check_in_time (AwDossier *dossier, const char *person, AwTouchKind kind, AwPolicy *policy, gint64 at);

G_END_DECLS
