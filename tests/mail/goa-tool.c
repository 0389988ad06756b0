/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is proposed for an address: goa-tool ADDRESS */
#include "mail/aw-discovery.h"

static void
show (const char *key,
      const char *value)
{
  g_print ("%s=%s\n", key, value != NULL ? value : "");
}

static void
on_discovered (G_GNUC_UNUSED GObject *source,
               GAsyncResult *result,
               gpointer loop)
{
  g_autoptr (GPtrArray) proposals = aw_discover_finish (result, NULL);

  for (guint i = 0; proposals != NULL && i < proposals->len; i++)
    {
      AwProposal *proposal = g_ptr_array_index (proposals, i);
      AwAccount *account = proposal->account;

      if (proposal->origin != AW_ORIGIN_GOA)
        continue;
      show ("goa", account->goa);
      show ("host", account->host);
      g_print ("port=%d\n", account->port);
      show ("security", aw_word (&aw_securities, account->security));
      show ("user", account->user);
      show ("imap_host", account->imap_host);
      g_print ("imap_port=%d\n", account->imap_port);
      show ("imap_security", aw_word (&aw_securities, account->imap_security));
      show ("imap_user", account->imap_user);
      g_print ("save_sent=%d\n", account->save_sent);
    }
  g_main_loop_quit (loop);
}

int
main (int argc,
      char **argv)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);

  if (argc != 2)
    return 2;
  aw_discover_async (argv[1], NULL, on_discovered, loop);
  g_main_loop_run (loop);
  return 0;
}
