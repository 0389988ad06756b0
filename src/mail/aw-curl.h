/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <curl/curl.h>

#include "core/aw-facts.h"

G_BEGIN_DECLS

/* What SMTP and IMAP by libcurl have in common (mail.md 1.3). */

/**
 * AwCurlLimits:
 * @connect: for the way to the server, in microseconds
 * @answer: for a whole answer
 * @final: for the answer to the dot
 */
typedef struct
{
  gint64 connect;
  gint64 answer;
  gint64 final;
} AwCurlLimits;

void aw_curl_limits_init (AwCurlLimits *limits);

gboolean aw_curl_is_loopback (const char *host);
char *aw_curl_make_host (const char *host);
void aw_curl_set_basics (CURL *curl, const char *protocols);
void aw_curl_set_trust (CURL *curl, AwAccount *account, AwSecurity security, gboolean judge);
void aw_curl_set_login (CURL *curl, const char *user, const char *secret, gboolean is_token, const char *mechanisms);

G_END_DECLS
