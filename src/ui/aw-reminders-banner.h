/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/aw-ui.h"

G_BEGIN_DECLS

/* Above Today: whether to be reminded, asked when the first follow-up is there
 * and not before; and what it means that the desktop does not let us. */
void aw_reminders_banner_update (AwBanner *banner, AwUi *ui);
void aw_reminders_banner_act (AwBanner *banner, AwUi *ui);

G_END_DECLS
