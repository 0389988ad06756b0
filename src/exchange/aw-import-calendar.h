/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "exchange/aw-import.h"

G_BEGIN_DECLS

AwImport *aw_import_plan_calendar (GBytes *bytes, AwDatabase *database, const char *zone, GError **error);

G_END_DECLS
