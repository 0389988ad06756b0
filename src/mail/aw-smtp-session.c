/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "mail/aw-smtp-session.h"

#include <string.h>

/* Answers are bounded: more is no mail server. */
#define LINES_AT_MOST 200
#define BYTES_AT_MOST (256 * 1024)
#define WORDS_KEPT 2048

/* The dialogue ------------------------------------------------------------- */

static void
enter (AwSmtpSession *session, AwSmtpStage stage)
{
  session->seen.stage = stage;
  session->seen.code = 0;
  session->since = g_get_monotonic_time ();
  g_string_truncate (session->words, 0);
  session->lines = 0;
  session->bytes = 0;
  if (session->job->step != NULL)
    session->job->step (stage, session->job->data);
}

static gboolean
is_command (const char *line, gsize length, const char *verb)
{
  gsize n = strlen (verb);

  return length >= n && g_ascii_strncasecmp (line, verb, n) == 0;
}

static void
command_sent (AwSmtpSession *session, const char *line, gsize length)
{
  /* What follows AUTH is no command but credentials: never looked at. */
  if (is_command (line, length, "QUIT"))
    session->leaving = TRUE;
  else if (is_command (line, length, "EHLO"))
    enter (session, AW_STAGE_SMTP_EHLO);
  else if (is_command (line, length, "STARTTLS"))
    enter (session, AW_STAGE_SMTP_STARTTLS);
  else if (is_command (line, length, "AUTH"))
    {
      session->seen.auth_sent = TRUE;
      enter (session, AW_STAGE_SMTP_AUTH);
    }
  else if (session->seen.stage == AW_STAGE_SMTP_AUTH && !is_command (line, length, "MAIL FROM:"))
    enter (session, AW_STAGE_SMTP_AUTH);
  else if (is_command (line, length, "MAIL FROM:"))
    enter (session, AW_STAGE_SMTP_MAIL);
  else if (is_command (line, length, "RCPT TO:"))
    {
      session->n_rcpt++;
      enter (session, AW_STAGE_SMTP_RCPT);
    }
  else if (is_command (line, length, "DATA"))
    enter (session, AW_STAGE_SMTP_DATA);
}

static void
capability_seen (AwSmtpSession *session, const char *words)
{
  if (g_ascii_strncasecmp (words, "STARTTLS", 8) == 0)
    session->seen.starttls_offered = TRUE;
  else if (g_ascii_strncasecmp (words, "SMTPUTF8", 8) == 0)
    session->utf8 = TRUE;
  else if (g_ascii_strncasecmp (words, "SIZE ", 5) == 0)
    session->max_size = g_ascii_strtoll (words + 5, NULL, 10);
  else if (g_ascii_strncasecmp (words, "AUTH", 4) == 0)
    {
      g_autofree char *upper = g_ascii_strup (words, -1);
      g_auto (GStrv) names = g_strsplit_set (upper + 4, " =\r\n", -1);
      gboolean usual = g_strv_contains ((const char *const *)names, "PLAIN")
                       || g_strv_contains ((const char *const *)names, "LOGIN");

      session->seen.auth_offered = TRUE;
      session->cram_only = !usual && g_strv_contains ((const char *const *)names, "CRAM-MD5");
    }
}

static void
answered (AwSmtpSession *session)
{
  session->since = g_get_monotonic_time ();
  switch (session->seen.stage)
    {
    case AW_STAGE_SMTP_STARTTLS:
      session->tls_begun = session->seen.code == 220;
      break;
    case AW_STAGE_SMTP_DATA:
      if (session->seen.code == 354)
        enter (session, AW_STAGE_SMTP_BODY);
      break;
    case AW_STAGE_SMTP_DOT:
      if (session->seen.code >= 200 && session->seen.code < 300 && !session->seen.accepted)
        {
          g_autofree char *words = aw_mail_clean_words (session->words->str);

          session->seen.accepted = TRUE;
          /* From here on only the good-bye is waited for. */
          curl_easy_setopt (session->curl, CURLOPT_SERVER_RESPONSE_TIMEOUT, 2L);
          if (session->job->was_accepted != NULL)
            session->job->was_accepted (session->seen.code, words, session->job->data);
        }
      break;
    case AW_STAGE_SMTP_CONNECT:
    case AW_STAGE_SMTP_BANNER:
    case AW_STAGE_SMTP_EHLO:
    case AW_STAGE_SMTP_AUTH:
    case AW_STAGE_SMTP_MAIL:
    case AW_STAGE_SMTP_RCPT:
    case AW_STAGE_SMTP_BODY:
    default:
      break;
    }
}

/* One line of an answer. */
static void
line_received (AwSmtpSession *session, const char *line, gsize length)
{
  gboolean complete = length > 0 && line[length - 1] == '\n';
  gboolean last;

  if (session->seen.accepted || session->leaving)
    return;
  if (session->seen.stage == AW_STAGE_SMTP_CONNECT)
    enter (session, AW_STAGE_SMTP_BANNER);
  session->bytes += length;
  if (++session->lines > LINES_AT_MOST || session->bytes > BYTES_AT_MOST || length < 3 || !g_ascii_isdigit (line[0])
      || !g_ascii_isdigit (line[1]) || !g_ascii_isdigit (line[2]) || (length > 3 && strchr (" -\r\n", line[3]) == NULL))
    {
      /* After the dot an odd line says nothing; before, nobody talks on. */
      if (session->seen.stage < AW_STAGE_SMTP_DOT)
        session->seen.not_smtp = TRUE;
      return;
    }
  if (length > 4 && session->words->len < WORDS_KEPT)
    {
      gsize kept = MIN (length - 4, WORDS_KEPT - session->words->len);

      if (session->seen.stage == AW_STAGE_SMTP_EHLO)
        {
          g_autofree char *words = g_strndup (line + 4, kept);

          capability_seen (session, words);
        }
      if (session->words->len > 0)
        g_string_append_c (session->words, ' ');
      g_string_append_len (session->words, line + 4, kept);
    }
  last = complete && (length == 3 || line[3] != '-');
  if (last)
    {
      session->seen.code = (line[0] - '0') * 100 + (line[1] - '0') * 10 + (line[2] - '0');
      answered (session);
      session->lines = 0;
      session->bytes = 0;
    }
}

static int
on_debug (G_GNUC_UNUSED CURL *curl, curl_infotype type, char *data, size_t size, void *user_data)
{
  AwSmtpSession *session = user_data;

  if (type == CURLINFO_HEADER_OUT)
    command_sent (session, data, size);
  else if (type == CURLINFO_HEADER_IN)
    line_received (session, data, size);
  return 0;
}

/* The message -------------------------------------------------------------- */

size_t
aw_smtp_session_read (char *buffer, size_t size, size_t n, void *user_data)
{
  AwSmtpSession *session = user_data;
  gsize length;
  const char *data = g_bytes_get_data (session->job->bytes, &length);
  gsize part = MIN (size * n, length - session->position);

  if (session->position == 0 && session->max_size > 0 && length > (gsize)session->max_size)
    {
      session->seen.too_big = TRUE;
      return CURL_READFUNC_ABORT;
    }
  /* libcurl goes on without signing in where nothing is offered. */
  if (session->job->password != NULL && !session->seen.auth_sent)
    {
      session->seen.no_sign_in = TRUE;
      return CURL_READFUNC_ABORT;
    }
  if (g_cancellable_is_cancelled (session->cancellable))
    {
      session->seen.cancelled = TRUE;
      return CURL_READFUNC_ABORT;
    }
  if (part == 0)
    {
      /* After this the dot leaves: what cannot be journaled is not sent. */
      if (session->job->about_to_finish != NULL && !session->job->about_to_finish (session->job->data))
        {
          session->seen.journal_failed = TRUE;
          return CURL_READFUNC_ABORT;
        }
      enter (session, AW_STAGE_SMTP_DOT);
      curl_easy_setopt (session->curl, CURLOPT_SERVER_RESPONSE_TIMEOUT,
                        (long)(session->limits->final / G_USEC_PER_SEC) + 5);
      return 0;
    }
  memcpy (buffer, data + session->position, part);
  session->position += part;
  return part;
}

static gint64
get_limit (AwSmtpSession *session)
{
  switch (session->seen.stage)
    {
    case AW_STAGE_SMTP_CONNECT:
      return session->limits->connect;
    case AW_STAGE_SMTP_DOT:
      return session->limits->final;
    case AW_STAGE_SMTP_BANNER:
    case AW_STAGE_SMTP_EHLO:
    case AW_STAGE_SMTP_STARTTLS:
    case AW_STAGE_SMTP_AUTH:
    case AW_STAGE_SMTP_MAIL:
    case AW_STAGE_SMTP_RCPT:
    case AW_STAGE_SMTP_DATA:
    case AW_STAGE_SMTP_BODY:
    default:
      return session->limits->answer;
    }
}

/* The job is asked four times a second at most: it looks into the database. */
static gboolean
is_wanted (AwSmtpSession *session)
{
  gint64 now = g_get_monotonic_time ();

  if (g_cancellable_is_cancelled (session->cancellable))
    return FALSE;
  if (session->job->is_wanted == NULL || now - session->asked < G_USEC_PER_SEC / 4)
    return TRUE;
  session->asked = now;
  return session->job->is_wanted (session->job->data);
}

/* Called about once a second: the only way to end a transfer (mail.md 1.3 a). */
static int
on_progress (void *user_data,
             G_GNUC_UNUSED curl_off_t download_total,
             G_GNUC_UNUSED curl_off_t downloaded,
             G_GNUC_UNUSED curl_off_t upload_total,
             curl_off_t uploaded)
{
  AwSmtpSession *session = user_data;

  if (session->seen.accepted || session->seen.not_smtp)
    return 1;
  if (session->seen.stage < AW_STAGE_SMTP_DOT && !is_wanted (session))
    {
      session->seen.cancelled = TRUE;
      return 1;
    }
  if (uploaded != session->uploaded)
    {
      session->uploaded = uploaded;
      session->since = g_get_monotonic_time ();
    }
  /* A whole answer has to come in time: a byte now and then is none. */
  if (g_get_monotonic_time () - session->since > get_limit (session))
    {
      session->seen.timed_out = TRUE;
      return 1;
    }
  return 0;
}

static size_t
drop (G_GNUC_UNUSED char *data, size_t size, size_t n, G_GNUC_UNUSED void *user_data)
{
  return size * n;
}

/* Setting up --------------------------------------------------------------- */

CURL *
aw_smtp_session_set_up (AwSmtpSession *session, const char *url)
{
  CURL *curl = curl_easy_init ();
  const AwCurlLimits *limits = session->limits;

  session->curl = curl;
  aw_curl_set_basics (curl, "smtp,smtps");
  curl_easy_setopt (curl, CURLOPT_URL, url);
  curl_easy_setopt (curl, CURLOPT_FRESH_CONNECT, 1L);
  curl_easy_setopt (curl, CURLOPT_FORBID_REUSE, 1L);
  /* The session's own limits come first; these are the net below. */
  curl_easy_setopt (curl, CURLOPT_CONNECTTIMEOUT_MS, (long)((limits->connect + 6 * limits->answer) / 1000));
  curl_easy_setopt (curl, CURLOPT_SERVER_RESPONSE_TIMEOUT, (long)(limits->answer / G_USEC_PER_SEC) + 5);
  curl_easy_setopt (curl, CURLOPT_DEBUGFUNCTION, on_debug);
  curl_easy_setopt (curl, CURLOPT_DEBUGDATA, session);
  curl_easy_setopt (curl, CURLOPT_XFERINFOFUNCTION, on_progress);
  curl_easy_setopt (curl, CURLOPT_XFERINFODATA, session);
  curl_easy_setopt (curl, CURLOPT_WRITEFUNCTION, drop);
  return curl;
}

void
aw_smtp_session_init (AwSmtpSession *session,
                      const AwCurlLimits *limits,
                      const AwMailJob *job,
                      GCancellable *cancellable)
{
  memset (session, 0, sizeof *session);
  session->limits = limits;
  session->job = job;
  session->cancellable = cancellable;
  session->words = g_string_new (NULL);
  session->since = g_get_monotonic_time ();
}

void
aw_smtp_session_perform (AwSmtpSession *session)
{
  long os_error = 0, verify = 0;

  session->seen.curl = curl_easy_perform (session->curl);
  curl_easy_getinfo (session->curl, CURLINFO_OS_ERRNO, &os_error);
  curl_easy_getinfo (session->curl, CURLINFO_SSL_VERIFYRESULT, &verify);
  session->seen.os_error = (int)os_error;
  session->seen.verify = verify;
  session->seen.words = session->words->str;
  /* The handshake belongs to it, whichever way TLS began. */
  if (session->tls_begun && session->seen.stage == AW_STAGE_SMTP_STARTTLS)
    session->seen.code = 0;
}

void
aw_smtp_session_clear (AwSmtpSession *session)
{
  /* Not a second longer than the good-bye may take. */
  curl_easy_setopt (session->curl, CURLOPT_SERVER_RESPONSE_TIMEOUT, 1L);
  curl_easy_cleanup (session->curl);
  g_string_free (session->words, TRUE);
}
