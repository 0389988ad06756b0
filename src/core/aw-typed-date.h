/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/aw-types.h"

G_BEGIN_DECLS

#define AW_NO_MINUTE (-1)

gboolean aw_typed_date_parse (const char *text, AwDate today, AwDate *date, int *minute);

G_END_DECLS
