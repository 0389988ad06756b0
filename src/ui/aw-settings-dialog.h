/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/aw-ui.h"

G_BEGIN_DECLS

/* Preferences. @member: a member of the policy to look at, or "accounts",
 * "writing", "notifications"; NULL: the first page. What moves follow-ups is
 * shown first ("3 follow-ups move") and applied when the dialog closes. */
GtkWidget *aw_settings_dialog_present (AwUi *ui, GtkWidget *parent, const char *member);

G_END_DECLS
