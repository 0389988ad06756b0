/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The agent's interface on the bus besides org.freedesktop.Application: one
 * signal, sent after each commit that it was told of or made itself. */
#define AW_AGENT_INTERFACE "app.afterword.Agent"
#define AW_AGENT_SIGNAL "Changed"

/* The state of its action "test" until the notification server has answered. */
#define AW_AGENT_NO_ANSWER "?"

/* What the buttons of a test reminder are about. */
#define AW_AGENT_TEST_SUBJECT "test"

/* Whether there is a session bus. */
gboolean aw_agent_client_has_bus (void);

/* Tells the agent, over the session bus (which starts it), that the facts have
 * changed. Without a bus nothing happens. Never blocks. */
void aw_agent_client_refresh (void);
void aw_agent_client_quit (void);

/* Asks the agent to send what is due now; without a bus, or for another
 * database than the default one (NULL: that one), starts the worker itself. */
void aw_agent_client_send (const char *database);

/* Asks the agent to show a reminder that nothing is due for, and tells what came
 * of it: @problem is a sentence, or NULL if it was handed to the desktop. */
typedef void (*AwAgentTested) (const char *problem, gpointer data);
void aw_agent_client_test (AwAgentTested tested, gpointer data);

/* Has the agent do what a button of a notification does: "hour", "tomorrow",
 * "skip", "done" (opportunity and key), "try-again", "was-sent", "send-again"
 * (message and ""). In Flatpak the portal hands buttons to the window's program. */
void aw_agent_client_act (const char *action, const char *subject, const char *key);

/* Before a program ends: waits until what was said is on the bus. */
void aw_agent_client_flush (void);

typedef void (*AwAgentChanged) (gpointer data);
guint aw_agent_client_watch (AwAgentChanged changed, gpointer data);
void aw_agent_client_unwatch (guint id);

/* Where our own programs are: beside this one in an installation and in a
 * build folder; development builds look into the environment first. */
char *aw_find_program (const char *name);

G_END_DECLS
