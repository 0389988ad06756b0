/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gio/gio.h>
#include <glib/gi18n.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "app/aw-cli-private.h"
#include "mail/aw-address.h"
#include "mail/aw-libsecret-store.h"
#include "service/aw-agent-client.h"

#define LONGEST_PASSWORD 4096
#define TLS_PORT 465
#define STARTTLS_PORT 587

/* smtps://HOST[:PORT] or smtp://HOST[:PORT], and nothing more. */
static gboolean
parse_server (const char *url,
              AwAccount *account)
{
  g_autoptr (GUri) uri = url != NULL ? g_uri_parse (url, G_URI_FLAGS_NONE, NULL) : NULL;
  const char *path;
  int port;

  if (uri == NULL || g_uri_get_host (uri) == NULL || *g_uri_get_host (uri) == '\0' || g_uri_get_userinfo (uri) != NULL ||
      g_uri_get_query (uri) != NULL || g_uri_get_fragment (uri) != NULL)
    return FALSE;
  path = g_uri_get_path (uri);
  if (*path != '\0' && strcmp (path, "/") != 0)
    return FALSE;

  if (strcmp (g_uri_get_scheme (uri), "smtps") == 0)
    account->security = AW_SECURITY_TLS;
  else if (strcmp (g_uri_get_scheme (uri), "smtp") == 0)
    account->security = AW_SECURITY_STARTTLS;
  else
    return FALSE;

  port = g_uri_get_port (uri);
  if (port == 0)
    return FALSE;
  account->port = port > 0 ? port : account->security == AW_SECURITY_TLS ? TLS_PORT : STARTTLS_PORT;
  g_free (account->host);
  account->host = g_hostname_to_ascii (g_uri_get_host (uri));
  return account->host != NULL;
}

/* The content of the file is kept, not its name: the file may go away. */
static gboolean
read_authority (const char *file,
                AwAccount *account)
{
  g_autofree char *text = NULL;
  gsize length;
  GList *certificates;

  certificates = g_tls_certificate_list_new_from_file (file, NULL);
  if (certificates == NULL || !g_file_get_contents (file, &text, &length, NULL) || !g_utf8_validate_len (text, length, NULL))
    {
      g_list_free_full (certificates, g_object_unref);
      return FALSE;
    }
  g_list_free_full (certificates, g_object_unref);
  g_free (account->ca);
  account->ca = g_steal_pointer (&text);
  return TRUE;
}

/* One line; not shown where somebody types it. */
static gboolean
read_password (char *buffer,
               gsize size)
{
  struct termios before, silent;
  gboolean typed = isatty (STDIN_FILENO) && tcgetattr (STDIN_FILENO, &before) == 0;
  gsize length = 0;
  ssize_t n;
  char c;

  if (typed)
    {
      g_printerr ("%s", _ ("Password: "));
      silent = before;
      silent.c_lflag &= ~(tcflag_t) ECHO;
      tcsetattr (STDIN_FILENO, TCSAFLUSH, &silent);
    }
  /* Byte by byte and without stdio, whose buffer would keep it. */
  while ((n = read (STDIN_FILENO, &c, 1)) == 1 && c != '\n' && length + 1 < size)
    buffer[length++] = c;
  buffer[length] = '\0';
  if (length > 0 && buffer[length - 1] == '\r')
    buffer[--length] = '\0';
  if (typed)
    {
      tcsetattr (STDIN_FILENO, TCSAFLUSH, &before);
      g_printerr ("\n");
    }
  return length > 0 && length + 1 < size && strlen (buffer) == length && g_utf8_validate (buffer, -1, NULL);
}

static AwAccount *
find_account (AwEngine *engine,
              const char *address)
{
  GListModel *accounts = aw_engine_get_accounts (engine);

  for (guint i = 0; i < g_list_model_get_n_items (accounts); i++)
    {
      g_autoptr (AwAccount) account = g_list_model_get_item (accounts, i);

      if (account->address != NULL && g_ascii_strcasecmp (account->address, address) == 0)
        return g_steal_pointer (&account);
    }
  return NULL;
}

static void
set_text (char **member,
          const char *text)
{
  g_free (*member);
  *member = g_strdup (text);
}

static gboolean
keep_password (AwAccount *account,
               GError **error)
{
  g_autoptr (AwSecretStore) store = aw_libsecret_store_new ();
  char password[LONGEST_PASSWORD];
  gboolean kept = FALSE;

  if (read_password (password, sizeof password))
    kept = aw_secret_store_store (store, account, password, NULL, error);
  else
    g_set_error (error, AW_STORE_ERROR, AW_STORE_ERROR_TELL, _ ("There is no password on standard input, or it is no text of one line."));
  explicit_bzero (password, sizeof password);
  return kept;
}

/**
 * aw_cli_add_account:
 * @options: which account
 * @engine: the facts
 *
 * Adds or changes a sending account (interchange.md, `--add-account`). The
 * password goes from standard input into the keyring first: an account without
 * one would only look ready.
 *
 * Returns: the exit status
 */
int
aw_cli_add_account (const AwCliOptions *options,
                    AwEngine *engine)
{
  g_autoptr (AwAccount) before = NULL;
  g_autoptr (AwAccount) account = NULL;
  g_autoptr (AwCommand) command = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *address = aw_address_normalize (options->add_account, &error);
  g_autofree char *title = NULL;

  if (address == NULL)
    return aw_cli_misuse ("%s", error->message);

  before = find_account (engine, options->add_account);
  account = before != NULL ? aw_record_edit (before) : (AwAccount *) aw_record_new (AW_TYPE_ACCOUNT, NULL);
  set_text (&account->address, options->add_account);
  set_text (&account->paused, NULL);
  if (options->user != NULL || account->user == NULL)
    set_text (&account->user, options->user != NULL ? options->user : options->add_account);
  if (options->name != NULL)
    set_text (&account->name, options->name);
  if (!aw_header_text_check (account->name, _ ("name"), &error) || !aw_header_text_check (account->user, _ ("user"), &error))
    return aw_cli_misuse ("%s", error->message);
  if (!parse_server (options->server, account))
    return aw_cli_misuse (_ ("--server must be smtps://HOST[:PORT], or smtp://HOST[:PORT] for STARTTLS."));
  if (options->ca != NULL && !read_authority (options->ca, account))
    {
      g_autofree char *shown = g_filename_display_name (options->ca);

      return aw_cli_fail (_ ("“%s” holds no certificate in PEM form."), shown);
    }

  if (!keep_password (account, &error))
    return aw_cli_fail ("%s", error->message);

  title = g_strdup_printf (_ ("Account %s saved"), options->add_account);
  command = aw_commands_put (engine, title, before, account);
  if (!aw_engine_run (engine, command, FALSE, &error))
    return aw_cli_fail ("%s", error->message);
  aw_agent_client_refresh ();
  g_print ("%s\n", title);
  return AW_CLI_FINE;
}
