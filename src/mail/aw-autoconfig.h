/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "core/aw-facts.h"

G_BEGIN_DECLS

/* The file in which a domain describes its servers ("config-v1.1.xml"). Only
 * what can be reached with encryption is taken; the first of each kind counts. */
gboolean aw_autoconfig_parse (const char *text, gsize length, const char *address, AwAccount *account);

/* Blocks: for a thread. Only https, and never with the address. @ca: (nullable): a file of authorities, else the system's. */
char *aw_autoconfig_fetch (const char *url, const char *ca, GCancellable *cancellable, gsize *length, GError **error);

G_END_DECLS
