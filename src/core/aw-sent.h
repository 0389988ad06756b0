/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/aw-command.h"
#include "core/aw-dossier.h"

G_BEGIN_DECLS

/* What follows from a message having been sent, by whatever way. */
void aw_sent_add_changes (AwCommand *command, AwDossier *dossier, AwMessage *message, AwChannel channel, AwInstant at);

G_END_DECLS
