/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A coach's life (architecture.md, Big lives) as a document: with 10,000
 * opportunities of 30 touches each it has 87 MB. */
GBytes *aw_test_life_new (guint n_opportunities, guint n_touches);

G_END_DECLS
