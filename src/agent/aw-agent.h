/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * AwAgent:
 *
 * The program that waits: it owns the timer, every notification, and the
 * moment at which mail is sent. It needs no display.
 */
#define AW_TYPE_AGENT (aw_agent_get_type ())
G_DECLARE_FINAL_TYPE (AwAgent, aw_agent, AW, AGENT, GApplication)

AwAgent *aw_agent_new (void);
int aw_agent_get_status (AwAgent *self);

G_END_DECLS
