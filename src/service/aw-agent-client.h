/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Tells the agent, over the session bus (which starts it), that the facts have
 * changed. Without a bus nothing happens. Never blocks. */
void aw_agent_client_refresh (void);
void aw_agent_client_quit (void);

/* Asks the agent to send what is due now; without a bus, or for another
 * database than the default one, starts the worker itself. */
void aw_agent_client_send (const char *database);

G_END_DECLS
