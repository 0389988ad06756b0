/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a window does with the outbox, for tests that play the worker:
 * outbox-tool DATABASE cancel|retry|was-sent MESSAGE */
#include <string.h>

#include "service/aw-outbox.h"

int
main (int argc,
      char **argv)
{
  g_autoptr (AwClock) clock = aw_clock_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (AwEngine) engine = NULL;
  g_autoptr (AwOutbox) outbox = NULL;
  gboolean ok = FALSE;

  if (argc != 4)
    return 2;
  engine = aw_engine_open (argv[1], clock, &error);
  if (engine != NULL)
    {
      aw_engine_set_announces (engine, FALSE);
      outbox = aw_outbox_new (engine);
      if (strcmp (argv[2], "cancel") == 0)
        ok = aw_outbox_cancel (outbox, argv[3], &error);
      else if (strcmp (argv[2], "retry") == 0)
        ok = aw_outbox_retry (outbox, argv[3], &error);
      else if (strcmp (argv[2], "was-sent") == 0)
        ok = aw_outbox_was_sent (outbox, argv[3], &error);
    }
  if (!ok)
    g_printerr ("%s\n", error != NULL ? error->message : "?");
  return ok ? 0 : 1;
}
