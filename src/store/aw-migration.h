/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <sqlite3.h>

G_BEGIN_DECLS

/* The schema this version knows; the last number in sql/. */
#define AW_SCHEMA_VERSION 6

/* "AfWd": marks a file as ours. */
#define AW_APPLICATION_ID 0x41665764

gboolean aw_migration_run (sqlite3 *handle, const char *path, GError **error);

G_END_DECLS
