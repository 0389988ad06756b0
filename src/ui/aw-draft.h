/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service/aw-engine.h"

G_BEGIN_DECLS

/**
 * AwDraft:
 *
 * A message while it is written: what stands in the window, stored a second
 * after the last change and never lost. Only the members that differ from what
 * was stored last are written, so that the state, which belongs to the outbox,
 * is never touched.
 *
 * Properties: "status" (char *): "Draft saved", or why it is not.
 * Signals: "saved".
 */
#define AW_TYPE_DRAFT (aw_draft_get_type ())
G_DECLARE_FINAL_TYPE (AwDraft, aw_draft, AW, DRAFT, GObject)

AwDraft *aw_draft_new (AwEngine *engine, AwMessage *message, gboolean stored);

/* Returns: (transfer none): to be read; and to be changed only by whoever then
 * calls aw_draft_touch(). */
AwMessage *aw_draft_get_message (AwDraft *self);
void aw_draft_touch (AwDraft *self);
void aw_draft_set_text (char **member, const char *text);
gboolean aw_draft_is_stored (AwDraft *self);
gboolean aw_draft_is_touched (AwDraft *self); /* anything was changed since it was opened */
const char *aw_draft_get_status (AwDraft *self);

void aw_draft_save_async (AwDraft *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
gboolean aw_draft_save_finish (AwDraft *self, GAsyncResult *result, GError **error);
void aw_draft_close (AwDraft *self);
void aw_draft_reopen (AwDraft *self);

G_END_DECLS
