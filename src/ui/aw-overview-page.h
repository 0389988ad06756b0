/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/aw-ui.h"

G_BEGIN_DECLS

/**
 * AwOverviewPage:
 *
 * Where things stand this year, in numbers. Property "narrow": the cards two
 * by two.
 */
#define AW_TYPE_OVERVIEW_PAGE (aw_overview_page_get_type ())
G_DECLARE_FINAL_TYPE (AwOverviewPage, aw_overview_page, AW, OVERVIEW_PAGE, AdwBin)

GtkWidget *aw_overview_page_new (AwUi *ui);

G_END_DECLS
