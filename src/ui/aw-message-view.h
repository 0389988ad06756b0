/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * AwMessageView:
 *
 * The text of a message. Whatever comes in, typed, pasted or dropped, is plain
 * text without control characters; HTML loses its tags. Prompts that are still
 * to be filled in are marked.
 *
 * Signal "refused" (char *): one sentence on why nothing was inserted.
 */
#define AW_TYPE_MESSAGE_VIEW (aw_message_view_get_type ())
G_DECLARE_FINAL_TYPE (AwMessageView, aw_message_view, AW, MESSAGE_VIEW, GtkTextView)

GtkWidget *aw_message_view_new (void);
void aw_message_view_set_text (AwMessageView *self, const char *text);
char *aw_message_view_dup_text (AwMessageView *self);
void aw_message_view_insert (AwMessageView *self, const char *text, gboolean as_paragraph);
void aw_message_view_select (AwMessageView *self, int start, int end);
gboolean aw_message_view_select_prompt (AwMessageView *self);
void aw_message_view_mark (AwMessageView *self, const int *spans, guint n_spans);

/* Marks spans (start and end in turn, code points) in any view. */
void aw_text_view_mark_spans (GtkTextView *view, const int *spans, guint n_spans);

G_END_DECLS
