/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service/aw-engine.h"
#include "service/aw-notifier.h"
#include "store/aw-outbox-watch.h"

G_BEGIN_DECLS

AwNotice *aw_mail_notice_trouble (const AwOutboxTrouble *trouble, gboolean hide_names);
gboolean aw_mail_notices_tell (AwEngine *engine, AwNotifier *notifier, GError **error);

G_END_DECLS
