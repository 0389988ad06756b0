/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service/aw-engine.h"
#include "store/aw-incoming-store.h"

G_BEGIN_DECLS

/* What the check for replies found (mail.md 3.8), for the windows and the agent.
 * The worker does the check, for accounts with check_replies. */

/* What an incoming mail is noted as: a touch that ends the silence (G8). */
AwTouch *aw_replies_make_touch (AwEngine *engine, const AwIncoming *incoming);

/* AwIncoming: somebody wrote, and only the user knows whether it was an answer.
 * Loaded anew on the engine's "changed". @opportunity NULL: all. */
GPtrArray *aw_replies_load_questions (AwEngine *engine, const char *opportunity, GError **error);

/* "Jo Finch wrote: Interview on Friday": (transfer full), plain text */
char *aw_replies_sentence (const AwIncoming *incoming, gboolean hide_names);

/* The user's word on a question, or on what was taken for an answer: then TRUE
 * changes nothing, and FALSE takes the touch back. */
gboolean aw_replies_answer (AwEngine *engine, const char *incoming, gboolean was_answer, GError **error);

/* How the last check of an account went: checked_at, and a fault if it went wrong. */
AwMailCheck *aw_replies_get_check (AwEngine *engine, const char *account, GError **error);

G_END_DECLS
