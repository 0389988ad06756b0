/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/aw-ui.h"

G_BEGIN_DECLS

/* Inserts the action group "detail" into the page. */
void aw_detail_actions_attach (GtkWidget *page, AwUi *ui, AwDossier *dossier, GtkWidget *notes);

G_END_DECLS
