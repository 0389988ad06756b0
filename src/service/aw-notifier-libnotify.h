/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service/aw-notifier.h"

G_BEGIN_DECLS

/**
 * AwLibnotifyNotifier:
 *
 * Notifications on the host, by the desktop's notification server.
 */
#define AW_TYPE_LIBNOTIFY_NOTIFIER (aw_libnotify_notifier_get_type ())
G_DECLARE_FINAL_TYPE (AwLibnotifyNotifier, aw_libnotify_notifier, AW, LIBNOTIFY_NOTIFIER, GObject)

AwNotifier *aw_libnotify_notifier_new (const char *name, const char *desktop_entry);

G_END_DECLS
