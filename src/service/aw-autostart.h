/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The file that starts the agent at login, outside a sandbox. */
gboolean aw_autostart_is_on (void);
gboolean aw_autostart_set (gboolean on, const char *program, GError **error);

G_END_DECLS
