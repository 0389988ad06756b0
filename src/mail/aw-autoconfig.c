/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "mail/aw-autoconfig.h"

#include <curl/curl.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "mail/aw-address.h"

/* The known ones have 2 kB. */
#define MAX_BYTES (64 * 1024)
#define CONNECT_SECONDS 5L
#define SECONDS 8L

/* Reading ------------------------------------------------------------------- */

typedef struct
{
  const char *address;
  AwAccount *account;
  gboolean outgoing; /* inside of … */
  gboolean incoming;
  GString *text;
  char *host;
  int port;
  int security; /* -1: none that we take */
  char *user;
} Parser;

static void
forget_server (Parser *self)
{
  g_clear_pointer (&self->host, g_free);
  g_clear_pointer (&self->user, g_free);
  self->port = 0;
  self->security = -1;
}

static const char *
attribute (const char **names,
           const char **values,
           const char *name)
{
  for (guint i = 0; names[i] != NULL; i++)
    if (strcmp (names[i], name) == 0)
      return values[i];
  return "";
}

static void
on_start (G_GNUC_UNUSED GMarkupParseContext *context,
          const char *element,
          const char **names,
          const char **values,
          gpointer data,
          G_GNUC_UNUSED GError **error)
{
  Parser *self = data;

  g_string_truncate (self->text, 0);
  if (strcmp (element, "outgoingServer") == 0)
    {
      forget_server (self);
      self->outgoing = strcmp (attribute (names, values, "type"), "smtp") == 0;
    }
  else if (strcmp (element, "incomingServer") == 0)
    {
      forget_server (self);
      self->incoming = strcmp (attribute (names, values, "type"), "imap") == 0;
    }
}

/* NULL: not a form of name that we know. */
static char *
expand_user (const char *pattern,
             const char *address)
{
  if (strcmp (pattern, "%EMAILADDRESS%") == 0)
    return g_strdup (address);
  if (strcmp (pattern, "%EMAILLOCALPART%") == 0)
    return aw_address_local_part (address);
  return NULL;
}

static void
take_server (Parser *self)
{
  AwAccount *account = self->account;

  if (self->host == NULL || self->port == 0 || self->security < 0)
    return;
  if (self->outgoing && account->host == NULL)
    {
      account->host = g_steal_pointer (&self->host);
      account->port = self->port;
      account->security = self->security;
      account->user = self->user != NULL ? g_steal_pointer (&self->user) : g_strdup (self->address);
    }
  else if (self->incoming && account->imap_host == NULL)
    {
      account->imap_host = g_steal_pointer (&self->host);
      account->imap_port = self->port;
      account->imap_security = self->security;
      account->imap_user = self->user != NULL ? g_steal_pointer (&self->user) : g_strdup (self->address);
    }
}

static void
on_end (G_GNUC_UNUSED GMarkupParseContext *context,
        const char *element,
        gpointer data,
        G_GNUC_UNUSED GError **error)
{
  Parser *self = data;
  const char *text = g_strstrip (self->text->str);
  guint64 port;

  if (strcmp (element, "outgoingServer") == 0 || strcmp (element, "incomingServer") == 0)
    {
      take_server (self);
      self->outgoing = self->incoming = FALSE;
    }
  else if (!self->outgoing && !self->incoming)
    ;
  else if (strcmp (element, "hostname") == 0)
    {
      g_free (self->host);
      self->host = aw_host_clean (text);
    }
  else if (strcmp (element, "port") == 0)
    self->port = g_ascii_string_to_unsigned (text, 10, 1, 65535, &port, NULL) ? (int) port : 0;
  else if (strcmp (element, "socketType") == 0)
    self->security = strcmp (text, "SSL") == 0 ? AW_SECURITY_TLS : strcmp (text, "STARTTLS") == 0 ? AW_SECURITY_STARTTLS : -1;
  else if (strcmp (element, "username") == 0)
    {
      g_free (self->user);
      self->user = expand_user (text, self->address);
    }
  g_string_truncate (self->text, 0);
}

static void
on_text (G_GNUC_UNUSED GMarkupParseContext *context,
         const char *text,
         gsize length,
         gpointer data,
         G_GNUC_UNUSED GError **error)
{
  g_string_append_len (((Parser *) data)->text, text, (gssize) length);
}

/**
 * aw_autoconfig_parse:
 * @text: the file
 * @length: its bytes
 * @address: whose server it is
 * @account: a new account, to be filled
 *
 * Returns: whether an outgoing server was found
 */
gboolean
aw_autoconfig_parse (const char *text,
                     gsize length,
                     const char *address,
                     AwAccount *account)
{
  static const GMarkupParser callbacks = { on_start, on_end, on_text, NULL, NULL };
  Parser parser = { .address = address, .account = account, .security = -1, .text = g_string_new (NULL) };
  g_autoptr (GMarkupParseContext) context = g_markup_parse_context_new (&callbacks, 0, &parser, NULL);
  gboolean ok = g_utf8_validate (text, (gssize) length, NULL) &&
                g_markup_parse_context_parse (context, text, (gssize) length, NULL) &&
                g_markup_parse_context_end_parse (context, NULL);

  forget_server (&parser);
  g_string_free (parser.text, TRUE);
  return ok && account->host != NULL;
}

/* Fetching ------------------------------------------------------------------ */

static size_t
on_bytes (char *bytes,
          size_t size,
          size_t n,
          void *data)
{
  GString *body = data;

  if (body->len + size * n > MAX_BYTES)
    return 0; /* ends it */
  g_string_append_len (body, bytes, (gssize) (size * n));
  return size * n;
}

static int
on_progress (void *data,
             G_GNUC_UNUSED curl_off_t total,
             G_GNUC_UNUSED curl_off_t now,
             G_GNUC_UNUSED curl_off_t to_send,
             G_GNUC_UNUSED curl_off_t sent)
{
  return g_cancellable_is_cancelled (data);
}

/**
 * aw_autoconfig_fetch:
 * @url: where it is
 * @ca: (nullable): path of a file of authorities; %NULL: the system's
 * @cancellable: ends it
 * @length: (out): its bytes
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the file
 */
char *
aw_autoconfig_fetch (const char *url,
                     const char *ca,
                     GCancellable *cancellable,
                     gsize *length,
                     GError **error)
{
  CURL *curl = curl_easy_init ();
  GString *body = g_string_new (NULL);
  long status = 0;
  CURLcode code;

  curl_easy_setopt (curl, CURLOPT_URL, url);
  /* A redirection must not lead out of https either. */
  curl_easy_setopt (curl, CURLOPT_PROTOCOLS_STR, "https");
  curl_easy_setopt (curl, CURLOPT_REDIR_PROTOCOLS_STR, "https");
  curl_easy_setopt (curl, CURLOPT_FOLLOWLOCATION, 1L);
  curl_easy_setopt (curl, CURLOPT_MAXREDIRS, 3L);
  curl_easy_setopt (curl, CURLOPT_NETRC, (long) CURL_NETRC_IGNORED);
  curl_easy_setopt (curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt (curl, CURLOPT_CONNECTTIMEOUT, CONNECT_SECONDS);
  curl_easy_setopt (curl, CURLOPT_TIMEOUT, SECONDS);
  curl_easy_setopt (curl, CURLOPT_WRITEFUNCTION, on_bytes);
  curl_easy_setopt (curl, CURLOPT_WRITEDATA, body);
  curl_easy_setopt (curl, CURLOPT_XFERINFOFUNCTION, on_progress);
  curl_easy_setopt (curl, CURLOPT_XFERINFODATA, cancellable);
  curl_easy_setopt (curl, CURLOPT_NOPROGRESS, 0L);
  if (ca != NULL)
    curl_easy_setopt (curl, CURLOPT_CAINFO, ca);
  code = curl_easy_perform (curl);
  curl_easy_getinfo (curl, CURLINFO_RESPONSE_CODE, &status);
  curl_easy_cleanup (curl);

  if (code == CURLE_OK && status == 200)
    {
      *length = body->len;
      return g_string_free (body, FALSE);
    }
  g_string_free (body, TRUE);
  if (!g_cancellable_set_error_if_cancelled (cancellable, error))
    g_set_error (error, AW_MAIL_ERROR, AW_MAIL_ERROR_TELL, _("“%s” gives no description of the mail server."), url);
  return NULL;
}
