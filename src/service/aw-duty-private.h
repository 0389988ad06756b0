/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service/aw-book.h"
#include "service/aw-duty.h"

G_BEGIN_DECLS

AwDuty *aw_duty_new (AwBook *book, AwPlan *plan, guint index, gint64 now);
int aw_duty_compare (gconstpointer a, gconstpointer b);
gboolean aw_duty_looks_like (AwDuty *self, AwDuty *other);
AwDuty *aw_duty_most_urgent (GPtrArray *duties);

G_END_DECLS
