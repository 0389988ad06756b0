/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "mail/aw-goa.h"
#include "send/aw-worker-private.h"

static AwMailFault
fault_of (const GError *error)
{
  if (g_error_matches (error, AW_SECRET_ERROR, AW_SECRET_ERROR_NOT_FOUND))
    return AW_FAULT_NO_PASSWORD;
  if (g_error_matches (error, AW_SECRET_ERROR, AW_SECRET_ERROR_LOCKED) ||
      g_error_matches (error, AW_SECRET_ERROR, AW_SECRET_ERROR_DISMISSED))
    return AW_FAULT_KEYRING_LOCKED;
  if (g_error_matches (error, AW_SECRET_ERROR, AW_SECRET_ERROR_NO_SERVICE))
    return AW_FAULT_NO_KEYRING;
  return AW_FAULT_KEYRING;
}

/* One way for all that GNOME Online Accounts may say of an account's secret. */
char *
aw_worker_get_goa_secret (AwAccount *account,
                          const char *protocol,
                          gboolean *is_token,
                          GCancellable *cancellable,
                          AwMailFault *fault)
{
  g_autoptr (GError) error = NULL;
  char *secret = aw_goa_get_secret (account->goa, protocol, is_token, cancellable, &error);

  if (secret != NULL)
    *fault = AW_FAULT_NONE;
  else if (g_error_matches (error, AW_GOA_ERROR, AW_GOA_ERROR_ATTENTION) || g_error_matches (error, AW_GOA_ERROR, AW_GOA_ERROR_GONE))
    *fault = AW_FAULT_GOA_ATTENTION;
  else
    *fault = AW_FAULT_GOA;
  return secret;
}

/**
 * aw_worker_get_password:
 * @worker: the worker
 * @account: whose
 * @protocol: "smtp" or "imap"
 * @is_token: (out): whether it is a token instead
 * @fault: (out): why there is none
 *
 * What was handed in comes first, then GNOME Online Accounts where the account is
 * theirs, then the keyring. Never asks the user: nobody may be there.
 *
 * Returns: (transfer full) (nullable): for aw_secret_free(); %NULL without a
 *   fault where nobody signs in
 */
char *
aw_worker_get_password (AwWorker *worker,
                        AwAccount *account,
                        const char *protocol,
                        gboolean *is_token,
                        AwMailFault *fault)
{
  const char *handed = worker->passwords != NULL ? g_hash_table_lookup (worker->passwords, AW_ID (account)) : NULL;
  g_autoptr (GError) error = NULL;
  char *password;

  *fault = AW_FAULT_NONE;
  *is_token = FALSE;
  if (account->user == NULL && (strcmp (protocol, "smtp") == 0 || account->imap_user == NULL))
    return NULL;
  if (handed != NULL)
    return g_strdup (handed);
  if (account->goa != NULL)
    return aw_worker_get_goa_secret (account, protocol, is_token, worker->cancellable, fault);
  if (account->ask_password)
    {
      *fault = AW_FAULT_ASK_PASSWORD;
      return NULL;
    }
  password = aw_secret_store_lookup (worker->secrets, account, FALSE, worker->cancellable, &error);
  if (password == NULL)
    *fault = fault_of (error);
  return password;
}
