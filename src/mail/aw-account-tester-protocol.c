/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/aw-account-tester-protocol.h"

#include <string.h>

#define GROUP "account"

static void
put (GKeyFile *file,
     const char *key,
     const char *value)
{
  if (value != NULL)
    g_key_file_set_string (file, GROUP, key, value);
}

char *
aw_account_tester_write (AwAccount *account,
                         gsize *length)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();

  put (file, "address", account->address);
  put (file, "host", account->host);
  put (file, "user", account->user);
  put (file, "ca", account->ca);
  put (file, "pin", account->pin);
  put (file, "goa", account->goa);
  put (file, "security", aw_word (&aw_securities, account->security));
  g_key_file_set_integer (file, GROUP, "port", account->port);
  return g_key_file_to_data (file, length, NULL);
}

AwAccount *
aw_account_tester_read (const char *input,
                        gsize length,
                        const char **password)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  const char *end = input != NULL ? memchr (input, '\0', length) : NULL;
  g_autofree char *security = NULL;
  AwAccount *account;
  int value;

  *password = NULL;
  if (end == NULL || !g_key_file_load_from_data (file, input, end - input, G_KEY_FILE_NONE, NULL) || !g_key_file_has_group (file, GROUP))
    return NULL;
  account = AW_ACCOUNT (aw_record_new (AW_TYPE_ACCOUNT, NULL));
  account->address = g_key_file_get_string (file, GROUP, "address", NULL);
  account->host = g_key_file_get_string (file, GROUP, "host", NULL);
  account->user = g_key_file_get_string (file, GROUP, "user", NULL);
  account->ca = g_key_file_get_string (file, GROUP, "ca", NULL);
  account->pin = g_key_file_get_string (file, GROUP, "pin", NULL);
  account->goa = g_key_file_get_string (file, GROUP, "goa", NULL);
  account->port = g_key_file_get_integer (file, GROUP, "port", NULL);
  security = g_key_file_get_string (file, GROUP, "security", NULL);
  if (aw_word_parse (&aw_securities, security, &value))
    account->security = (AwSecurity) value;
  if (end + 1 < input + length && memchr (end + 1, '\0', input + length - end - 1) != NULL && end[1] != '\0')
    *password = end + 1;
  return account;
}

void
aw_secret_free_input (char *input,
                      gsize length)
{
  if (input == NULL)
    return;
  explicit_bzero (input, length);
  g_free (input);
}
