/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service/aw-notifier.h"

G_BEGIN_DECLS

/**
 * AwFreedesktopNotifier:
 *
 * Notifications on the host, by the desktop's notification server
 * (org.freedesktop.Notifications). It never waits for the server: one that
 * hangs holds nothing up, and one that answers late is taken at its word. (The
 * calls of libnotify block, and give up after 25 seconds on what the server
 * may show all the same; then it would come twice.)
 */
#define AW_TYPE_FREEDESKTOP_NOTIFIER (aw_freedesktop_notifier_get_type ())
G_DECLARE_FINAL_TYPE (AwFreedesktopNotifier, aw_freedesktop_notifier, AW, FREEDESKTOP_NOTIFIER, GObject)

AwNotifier *aw_freedesktop_notifier_new (GDBusConnection *bus, const char *name, const char *desktop_entry);

G_END_DECLS
