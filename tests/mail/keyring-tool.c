/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the keyring says: keyring-tool ACCOUNT quiet|ask|store|clear; a password
 * to store comes on standard input. Prints the password, or a word for why not. */
#include <stdio.h>
#include <string.h>

#include "mail/aw-libsecret-store.h"

static const char *
word_of (const GError *error)
{
  static const char *const words[] = { "no-service", "locked", "dismissed", "not-found", "denied" };

  return error->domain == AW_SECRET_ERROR ? words[error->code] : error->message;
}

static void
on_cleared (GObject *source,
            GAsyncResult *result,
            gpointer loop)
{
  g_autoptr (GError) error = NULL;

  g_print ("%s\n", aw_secret_store_clear_finish (AW_SECRET_STORE (source), result, &error) ? "cleared" : word_of (error));
  g_main_loop_quit (loop);
}

int
main (int argc,
      char **argv)
{
  g_autoptr (AwSecretStore) store = aw_libsecret_store_new ();
  g_autoptr (AwAccount) account = NULL;
  g_autoptr (GError) error = NULL;
  char *password;

  if (argc != 3)
    return 2;
  account = AW_ACCOUNT (aw_record_new (AW_TYPE_ACCOUNT, NULL));
  g_free (AW_RECORD (account)->id);
  AW_RECORD (account)->id = g_strdup (argv[1]);
  account->address = g_strdup ("sam@verhoeven.example");
  if (strcmp (argv[2], "store") == 0)
    {
      char line[200] = "";

      if (fgets (line, sizeof line, stdin) == NULL)
        return 2;
      g_print ("%s\n", aw_secret_store_store (store, account, line, NULL, &error) ? "stored" : word_of (error));
      return 0;
    }
  if (strcmp (argv[2], "clear") == 0)
    {
      g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);

      aw_secret_store_clear_async (store, account, NULL, on_cleared, loop);
      g_main_loop_run (loop);
      return 0;
    }
  password = aw_secret_store_lookup (store, account, strcmp (argv[2], "ask") == 0, NULL, &error);
  g_print ("%s\n", password != NULL ? password : word_of (error));
  aw_secret_free (password);
  return 0;
}
