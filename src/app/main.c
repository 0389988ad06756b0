/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>
#include <locale.h>

#include "app/aw-application.h"
#include "app/aw-cli.h"

int
main (int argc,
      char **argv)
{
  gboolean handled = FALSE;
  g_autoptr (AwApplication) application = NULL;
  int status;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  /* The command line needs no display, so it comes before GTK; in its help the
   * program has the name by which it was called. */
  status = aw_cli_run (argc, argv, &handled);
  if (handled || status != 0)
    return status;

  /* The name by which the desktop knows the window's program. */
  g_set_prgname (APP_ID);
  application = aw_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}
