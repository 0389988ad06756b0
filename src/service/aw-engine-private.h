/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service/aw-book.h"
#include "service/aw-engine.h"

G_BEGIN_DECLS

AwBook *aw_engine_get_book (AwEngine *self);

G_END_DECLS
