/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/aw-database.h"

G_BEGIN_DECLS

#define AW_SEARCH_LIMIT 50

/**
 * AwSearchHit:
 * @type: "opportunity", "person", "interview", "touch", "step", "article",
 *   "question" or "message"
 * @opportunity: whose it is
 * @id: the record's id
 * @text: what was found, one line
 */
typedef struct
{
  char *type;
  char *opportunity;
  char *id;
  char *text;
} AwSearchHit;

void aw_search_hit_free (AwSearchHit *hit);
GPtrArray *aw_search (AwDatabase *database, const char *words, GError **error);

G_END_DECLS
