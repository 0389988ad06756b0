/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Asks the window's program, which the bus starts, to do something: "open",
 * "compose" (opportunity and key), "today", "outbox", "trouble-account",
 * "try-again" (message and ""). @token lets its window come to the front. */
void aw_window_client_activate (GDBusConnection *bus, const char *action, const char *subject, const char *key, const char *token);

G_END_DECLS
