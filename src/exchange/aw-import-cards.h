/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "exchange/aw-import.h"

G_BEGIN_DECLS

AwImport *aw_import_plan_cards (GBytes *bytes, AwDatabase *database, GError **error);

G_END_DECLS
