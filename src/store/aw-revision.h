/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/aw-database.h"

G_BEGIN_DECLS

/* Which opportunities were changed since, by whatever process: triggers in the
 * schema number each change. */
gint64 aw_revision_get (AwDatabase *database);
GPtrArray *aw_revision_since (AwDatabase *database, gint64 revision, gint64 *latest, GError **error);

G_END_DECLS
