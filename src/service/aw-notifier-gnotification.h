/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service/aw-notifier.h"

G_BEGIN_DECLS

/**
 * AwGNotificationNotifier:
 *
 * Notifications in Flatpak, through the portal. Their buttons are actions of
 * the window's program, which the portal starts for them: nothing comes back
 * here.
 */
#define AW_TYPE_GNOTIFICATION_NOTIFIER (aw_gnotification_notifier_get_type ())
G_DECLARE_FINAL_TYPE (AwGNotificationNotifier, aw_gnotification_notifier, AW, GNOTIFICATION_NOTIFIER, GObject)

AwNotifier *aw_gnotification_notifier_new (GApplication *application);

G_END_DECLS
