/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service/aw-engine.h"
#include "service/aw-notifier.h"
#include "store/aw-outbox-watch.h"

G_BEGIN_DECLS

/* A message that came back. */
AwNotice *aw_mail_notice_bounce (const AwOutboxTrouble *trouble, const char *id);

/* Shows what the check for replies found and was not told yet; each once. */
void aw_mail_notices_tell (AwEngine *engine, AwNotifier *notifier);

G_END_DECLS
