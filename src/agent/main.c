/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>
#include <locale.h>

#include "agent/aw-agent.h"

int
main (int argc,
      char **argv)
{
  g_autoptr(AwAgent) agent = NULL;
  int status;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  g_set_prgname ("afterword-agent");

  agent = aw_agent_new ();
  status = g_application_run (G_APPLICATION (agent), argc, argv);
  return status != 0 ? status : aw_agent_get_status (agent);
}
