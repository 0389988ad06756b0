/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What the caller does next. The message is one plain sentence for the user. */
#define AW_STORE_ERROR (aw_store_error_quark ())
GQuark aw_store_error_quark (void);
typedef enum
{
  AW_STORE_ERROR_TELL,     /* tell the user: disk full, read-only, no folder */
  AW_STORE_ERROR_BUSY,     /* another process holds it: try again */
  AW_STORE_ERROR_NEWER,    /* made by a newer version: quit */
  AW_STORE_ERROR_DAMAGED,  /* not a database, or a damaged one: offer the last copy */
  AW_STORE_ERROR_CONFLICT, /* the record is gone or there already: load again */
} AwStoreError;

/* The sentence for SQLite's code on @path. */
void aw_store_set_error (GError **error, int code, int system_errno, const char *path);

G_END_DECLS
