/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/aw-ui.h"

G_BEGIN_DECLS

/* A message that has left, to be read and copied. */
void aw_message_dialog_present (AwUi *ui, GtkWidget *parent, AwMessage *message);

G_END_DECLS
