/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service/aw-engine.h"

G_BEGIN_DECLS

/**
 * AwSearchProvider:
 *
 * What is typed into GNOME Shell's overview finds interviews; without starting
 * GTK for each key.
 */
#define AW_TYPE_SEARCH_PROVIDER (aw_search_provider_get_type ())
G_DECLARE_FINAL_TYPE (AwSearchProvider, aw_search_provider, AW, SEARCH_PROVIDER, GObject)

AwSearchProvider *aw_search_provider_new (void);
void aw_search_provider_set_engine (AwSearchProvider *self, AwEngine *engine); /* before the main loop runs */
gboolean aw_search_provider_export (AwSearchProvider *self, GDBusConnection *bus, const char *path, GError **error);

G_END_DECLS
