/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *aw_html_text (const char *html, gssize length);

G_END_DECLS
