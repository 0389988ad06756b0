/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/aw-ui.h"

G_BEGIN_DECLS

/**
 * AwComposeWindow:
 *
 * A message being written, in a window of its own (not modal, several at
 * once), with the checks beside it. What is written is a stored draft from the
 * first pause on.
 */
#define AW_TYPE_COMPOSE_WINDOW (aw_compose_window_get_type ())
G_DECLARE_FINAL_TYPE (AwComposeWindow, aw_compose_window, AW, COMPOSE_WINDOW, AdwWindow)

/* A draft for that person and follow-up is taken up again; else a new message
 * starts from a template. A window that is open already is raised. @person
 * NULL, "" or "-": nobody yet; @kind AW_TOUCH_UNSET: as the follow-up @key
 * says; @key NULL or "": none. */
void aw_compose_window_present (AwUi *ui, const char *opportunity, const char *person, AwTouchKind kind, const char *key);
void aw_compose_window_present_message (AwUi *ui, const char *message);

/* For tests and for parts of this window. */
AwMessage *aw_compose_window_get_message (AwComposeWindow *self);

G_END_DECLS
