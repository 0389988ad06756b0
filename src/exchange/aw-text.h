/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Larger calendars, tables and cards are none that a person has. */
#define AW_TEXT_MAX_SIZE (32u * 1024 * 1024)

/* A text file from anywhere as UTF-8 with "\n", or a sentence. */
char *aw_text_read (GBytes *bytes, GError **error);

G_END_DECLS
