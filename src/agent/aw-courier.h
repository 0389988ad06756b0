/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service/aw-engine.h"

G_BEGIN_DECLS

/**
 * AwCourier:
 *
 * Starts the worker `afterword-send` when something in the outbox is due. The
 * agent itself knows nothing of mail.
 *
 * Signals:
 *  "done": the worker ended; something may have been committed
 */
#define AW_TYPE_COURIER (aw_courier_get_type ())
G_DECLARE_FINAL_TYPE (AwCourier, aw_courier, AW, COURIER, GObject)

AwCourier *aw_courier_new (AwEngine *engine);
gint64 aw_courier_check (AwCourier *self);
void aw_courier_go (AwCourier *self);
gboolean aw_courier_is_out (AwCourier *self);

G_END_DECLS
