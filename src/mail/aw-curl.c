/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "mail/aw-curl.h"

#include <gio/gio.h>
#include <string.h>

/* In microseconds. RFC 5321 4.5.3.2 has minutes; nobody waits that long before
 * the dot, and after it everybody must (mail.md 1.4). */
#define CONNECT_AT_MOST (30 * G_USEC_PER_SEC)
#define ANSWER_AT_MOST (60 * G_USEC_PER_SEC)
#define FINAL_ANSWER_AT_MOST (600 * G_USEC_PER_SEC)

/**
 * aw_curl_is_loopback:
 * @host: (nullable): a host's name or address
 *
 * Returns: whether it is this machine itself
 */
gboolean
aw_curl_is_loopback (const char *host)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);

  return g_strcmp0 (host, "localhost") == 0 || (address != NULL && g_inet_address_get_is_loopback (address));
}

/**
 * aw_curl_make_host:
 * @host: (nullable): a host's name or address
 *
 * Returns: (transfer full) (nullable): it as part of an URL; %NULL if it is none
 */
char *
aw_curl_make_host (const char *host)
{
  g_autofree char *ascii = NULL;

  if (host == NULL)
    return NULL;
  if (g_hostname_is_ip_address (host))
    return strchr (host, ':') != NULL ? g_strdup_printf ("[%s]", host) : g_strdup (host);
  ascii = g_hostname_to_ascii (host);
  if (ascii == NULL || *ascii == '\0' || strpbrk (ascii, "/@?#% \\\r\n\t") != NULL)
    return NULL;
  return g_steal_pointer (&ascii);
}

/* The system's authorities and the account's own. */
static char *
make_authorities (const char *own)
{
  const curl_version_info_data *info = curl_version_info (CURLVERSION_NOW);
  g_autofree char *system = NULL;

  if (info->age >= CURLVERSION_SEVENTH + 1 && info->cainfo != NULL)
    g_file_get_contents (info->cainfo, &system, NULL, NULL);
  return g_strconcat (system != NULL ? system : "", "\n", own, "\n", NULL);
}

/**
 * aw_curl_set_trust:
 * @curl: a transfer
 * @account: whose authority and pin count
 * @security: how this connection is encrypted
 * @judge: whether the certificate must be good; not to look at it only
 */
void
aw_curl_set_trust (CURL *curl, AwAccount *account, AwSecurity security, gboolean judge)
{
  curl_easy_setopt (curl, CURLOPT_USE_SSL, security == AW_SECURITY_NONE ? (long)CURLUSESSL_NONE : (long)CURLUSESSL_ALL);
  curl_easy_setopt (curl, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
  if (judge && account->pin != NULL)
    {
      /* The user accepted this very key: it stands for authority and name. */
      curl_easy_setopt (curl, CURLOPT_PINNEDPUBLICKEY, account->pin);
      judge = FALSE;
    }
  curl_easy_setopt (curl, CURLOPT_SSL_VERIFYPEER, judge ? 1L : 0L);
  curl_easy_setopt (curl, CURLOPT_SSL_VERIFYHOST, judge ? 2L : 0L);
  if (judge && account->ca != NULL)
    {
      g_autofree char *authorities = make_authorities (account->ca);
      struct curl_blob blob = { authorities, strlen (authorities), CURL_BLOB_COPY };

      curl_easy_setopt (curl, CURLOPT_CAINFO_BLOB, &blob);
    }
}

/**
 * aw_curl_set_basics:
 * @curl: a transfer
 * @protocols: which ones may be spoken, nothing else
 *
 * No signals, no proxies, no passwords from files, no other protocol.
 */
void
aw_curl_set_basics (CURL *curl, const char *protocols)
{
  curl_easy_setopt (curl, CURLOPT_PROTOCOLS_STR, protocols);
  curl_easy_setopt (curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt (curl, CURLOPT_PROXY, "");
  curl_easy_setopt (curl, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
  curl_easy_setopt (curl, CURLOPT_VERBOSE, 1L);
  curl_easy_setopt (curl, CURLOPT_NOPROGRESS, 0L);
}

/**
 * aw_curl_set_login:
 * @curl: a transfer
 * @user: who signs in
 * @secret: a password, or a token
 * @is_token: which of the two
 * @mechanisms: libcurl's login options, for a password
 */
void
aw_curl_set_login (CURL *curl, const char *user, const char *secret, gboolean is_token, const char *mechanisms)
{
  curl_easy_setopt (curl, CURLOPT_USERNAME, user);
  curl_easy_setopt (curl, is_token ? CURLOPT_XOAUTH2_BEARER : CURLOPT_PASSWORD, secret);
  curl_easy_setopt (curl, CURLOPT_LOGIN_OPTIONS, is_token ? "AUTH=XOAUTH2;AUTH=OAUTHBEARER" : mechanisms);
  curl_easy_setopt (curl, CURLOPT_SASL_IR, 1L);
}

#ifdef AW_DEVEL
/* Tests do not wait ten minutes. */
static void
shorten (gint64 *limit, const char *variable)
{
  const char *text = g_getenv (variable);

  if (text != NULL)
    *limit = g_ascii_strtoll (text, NULL, 10) * 1000;
}
#endif

/**
 * aw_curl_limits_init:
 * @limits: (out caller-allocates): how long to wait for what
 */
void
aw_curl_limits_init (AwCurlLimits *limits)
{
  limits->connect = CONNECT_AT_MOST;
  limits->answer = ANSWER_AT_MOST;
  limits->final = FINAL_ANSWER_AT_MOST;
#ifdef AW_DEVEL
  shorten (&limits->connect, "AFTERWORD_MAIL_TIMEOUT");
  shorten (&limits->answer, "AFTERWORD_MAIL_TIMEOUT");
  shorten (&limits->final, "AFTERWORD_MAIL_FINAL_TIMEOUT");
#endif
}
