/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  AW_BACKGROUND_GRANTED,
  AW_BACKGROUND_REFUSED,     /* by the user or the desktop's settings */
  AW_BACKGROUND_UNAVAILABLE, /* the desktop knows no such thing, or the folder cannot be written */
} AwBackgroundState;

const char *aw_background_state_name (AwBackgroundState state);

/* Whether the agent starts at login: a file on the host, the portal in
 * Flatpak, which may ask the user. */
void aw_background_apply_async (GDBusConnection *bus, gboolean on, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
AwBackgroundState aw_background_apply_finish (GAsyncResult *result);
void aw_background_set_status (GDBusConnection *bus, const char *message);

G_END_DECLS
