/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "mail/aw-smtp-mailer.h"

#include <curl/curl.h>
#include <string.h>

#include "mail/aw-address.h"
#include "mail/aw-certificate.h"

/* In microseconds. RFC 5321 4.5.3.2 has minutes; nobody waits that long before
 * the dot, and after it everybody must (mail.md 1.4). */
#define CONNECT_AT_MOST (30 * G_USEC_PER_SEC)
#define ANSWER_AT_MOST (60 * G_USEC_PER_SEC)
#define FINAL_ANSWER_AT_MOST (600 * G_USEC_PER_SEC)

/* Answers are bounded: more is no mail server. */
#define LINES_AT_MOST 200
#define BYTES_AT_MOST (256 * 1024)
#define WORDS_KEPT 2048

struct _AwSmtpMailer
{
  GObject parent_instance;

  gint64 connect_limit;
  gint64 answer_limit;
  gint64 final_limit;
};

static void aw_smtp_mailer_iface_init (AwMailerInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (AwSmtpMailer, aw_smtp_mailer, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (AW_TYPE_MAILER, aw_smtp_mailer_iface_init))

typedef struct
{
  AwSmtpMailer *mailer;
  const AwMailJob *job;
  GCancellable *cancellable;
  CURL *curl;
  AwSmtpDialogue seen;
  GString *words;      /* of the answer that is coming in */
  guint lines;         /* of it */
  gsize bytes;         /* of it */
  gint64 since;        /* when the stage, or the last progress, began */
  gsize position;      /* in the message */
  curl_off_t uploaded;
  guint n_rcpt;        /* how many RCPT were sent */
  gint64 max_size;     /* the server's SIZE, 0: none said */
  gboolean tls_begun;  /* STARTTLS was accepted */
  gboolean utf8;       /* SMTPUTF8 offered */
  gboolean leaving;    /* QUIT was sent: what follows says nothing */
  gboolean cram_only;  /* CRAM-MD5 offered, but neither PLAIN nor LOGIN */
} Session;

/* The dialogue ------------------------------------------------------------- */

static void
enter (Session *session,
       AwSmtpStage stage)
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
is_command (const char *line,
            gsize length,
            const char *verb)
{
  gsize n = strlen (verb);

  return length >= n && g_ascii_strncasecmp (line, verb, n) == 0;
}

static void
command_sent (Session *session,
              const char *line,
              gsize length)
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
capability_seen (Session *session,
                 const char *words)
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
      gboolean usual = g_strv_contains ((const char *const *) names, "PLAIN") ||
                       g_strv_contains ((const char *const *) names, "LOGIN");

      session->seen.auth_offered = TRUE;
      session->cram_only = !usual && g_strv_contains ((const char *const *) names, "CRAM-MD5");
    }
}

static void
answered (Session *session)
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
line_received (Session *session,
               const char *line,
               gsize length)
{
  gboolean complete = length > 0 && line[length - 1] == '\n';
  gboolean last;

  if (session->seen.accepted || session->leaving)
    return;
  if (session->seen.stage == AW_STAGE_SMTP_CONNECT)
    enter (session, AW_STAGE_SMTP_BANNER);
  session->bytes += length;
  if (++session->lines > LINES_AT_MOST || session->bytes > BYTES_AT_MOST || length < 3 || !g_ascii_isdigit (line[0]) ||
      !g_ascii_isdigit (line[1]) || !g_ascii_isdigit (line[2]) || (length > 3 && strchr (" -\r\n", line[3]) == NULL))
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
on_debug (G_GNUC_UNUSED CURL *curl,
          curl_infotype type,
          char *data,
          size_t size,
          void *user_data)
{
  Session *session = user_data;

  if (type == CURLINFO_HEADER_OUT)
    command_sent (session, data, size);
  else if (type == CURLINFO_HEADER_IN)
    line_received (session, data, size);
  return 0;
}

/* The message -------------------------------------------------------------- */

static size_t
on_read (char *buffer,
         size_t size,
         size_t n,
         void *user_data)
{
  Session *session = user_data;
  gsize length;
  const char *data = g_bytes_get_data (session->job->bytes, &length);
  gsize part = MIN (size * n, length - session->position);

  if (session->position == 0 && session->max_size > 0 && length > (gsize) session->max_size)
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
      curl_easy_setopt (session->curl, CURLOPT_SERVER_RESPONSE_TIMEOUT, (long) (session->mailer->final_limit / G_USEC_PER_SEC) + 5);
      return 0;
    }
  memcpy (buffer, data + session->position, part);
  session->position += part;
  return part;
}

static gint64
get_limit (Session *session)
{
  switch (session->seen.stage)
    {
    case AW_STAGE_SMTP_CONNECT:
      return session->mailer->connect_limit;
    case AW_STAGE_SMTP_DOT:
      return session->mailer->final_limit;
    case AW_STAGE_SMTP_BANNER:
    case AW_STAGE_SMTP_EHLO:
    case AW_STAGE_SMTP_STARTTLS:
    case AW_STAGE_SMTP_AUTH:
    case AW_STAGE_SMTP_MAIL:
    case AW_STAGE_SMTP_RCPT:
    case AW_STAGE_SMTP_DATA:
    case AW_STAGE_SMTP_BODY:
    default:
      return session->mailer->answer_limit;
    }
}

/* Called about once a second: the only way to end a transfer (mail.md 1.3 a). */
static int
on_progress (void *user_data,
             G_GNUC_UNUSED curl_off_t download_total,
             G_GNUC_UNUSED curl_off_t downloaded,
             G_GNUC_UNUSED curl_off_t upload_total,
             curl_off_t uploaded)
{
  Session *session = user_data;

  if (session->seen.accepted || session->seen.not_smtp)
    return 1;
  if (session->seen.stage < AW_STAGE_SMTP_DOT && g_cancellable_is_cancelled (session->cancellable))
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
drop (G_GNUC_UNUSED char *data,
      size_t size,
      size_t n,
      G_GNUC_UNUSED void *user_data)
{
  return size * n;
}

/* Setting up --------------------------------------------------------------- */

static gboolean
is_loopback (const char *host)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);

  return g_strcmp0 (host, "localhost") == 0 || (address != NULL && g_inet_address_get_is_loopback (address));
}

/* The path is what EHLO says: without it, it would be this machine's name. */
static char *
make_url (AwAccount *account)
{
  g_autofree char *host = NULL;

  if (account->host == NULL || account->port <= 0 || account->port > 65535)
    return NULL;
  if (g_hostname_is_ip_address (account->host))
    host = strchr (account->host, ':') != NULL ? g_strdup_printf ("[%s]", account->host) : g_strdup (account->host);
  else
    host = g_hostname_to_ascii (account->host);
  if (host == NULL || *host == '\0' || strpbrk (host, "/@?#% \\\r\n\t") != NULL)
    return NULL;
  return g_strdup_printf ("%s://%s:%d/%%5B127.0.0.1%%5D", account->security == AW_SECURITY_TLS ? "smtps" : "smtp", host,
                          account->port);
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

static void
set_trust (CURL *curl,
           AwAccount *account,
           gboolean judge)
{
  curl_easy_setopt (curl, CURLOPT_USE_SSL, account->security == AW_SECURITY_NONE ? (long) CURLUSESSL_NONE : (long) CURLUSESSL_ALL);
  curl_easy_setopt (curl, CURLOPT_SSLVERSION, (long) CURL_SSLVERSION_TLSv1_2);
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

static CURL *
set_up (Session *session,
        const char *url)
{
  CURL *curl = curl_easy_init ();
  AwSmtpMailer *mailer = session->mailer;

  session->curl = curl;
  curl_easy_setopt (curl, CURLOPT_URL, url);
  curl_easy_setopt (curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
  curl_easy_setopt (curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt (curl, CURLOPT_PROXY, "");
  curl_easy_setopt (curl, CURLOPT_NETRC, (long) CURL_NETRC_IGNORED);
  curl_easy_setopt (curl, CURLOPT_FRESH_CONNECT, 1L);
  curl_easy_setopt (curl, CURLOPT_FORBID_REUSE, 1L);
  /* The session's own limits come first; these are the net below. */
  curl_easy_setopt (curl, CURLOPT_CONNECTTIMEOUT_MS, (long) ((mailer->connect_limit + 6 * mailer->answer_limit) / 1000));
  curl_easy_setopt (curl, CURLOPT_SERVER_RESPONSE_TIMEOUT, (long) (mailer->answer_limit / G_USEC_PER_SEC) + 5);
  curl_easy_setopt (curl, CURLOPT_VERBOSE, 1L);
  curl_easy_setopt (curl, CURLOPT_DEBUGFUNCTION, on_debug);
  curl_easy_setopt (curl, CURLOPT_DEBUGDATA, session);
  curl_easy_setopt (curl, CURLOPT_NOPROGRESS, 0L);
  curl_easy_setopt (curl, CURLOPT_XFERINFOFUNCTION, on_progress);
  curl_easy_setopt (curl, CURLOPT_XFERINFODATA, session);
  curl_easy_setopt (curl, CURLOPT_WRITEFUNCTION, drop);
  return curl;
}

static void
set_login (Session *session,
           const char *mechanisms)
{
  AwAccount *account = session->job->account;

  if (session->job->password == NULL || account->user == NULL)
    return;
  curl_easy_setopt (session->curl, CURLOPT_USERNAME, account->user);
  curl_easy_setopt (session->curl, CURLOPT_PASSWORD, session->job->password);
  curl_easy_setopt (session->curl, CURLOPT_LOGIN_OPTIONS, mechanisms);
  curl_easy_setopt (session->curl, CURLOPT_SASL_IR, 1L);
}

static void
session_init (Session *session,
              AwSmtpMailer *mailer,
              const AwMailJob *job,
              GCancellable *cancellable)
{
  memset (session, 0, sizeof *session);
  session->mailer = mailer;
  session->job = job;
  session->cancellable = cancellable;
  session->words = g_string_new (NULL);
  session->since = g_get_monotonic_time ();
}

static void
session_perform (Session *session)
{
  long os_error = 0, verify = 0;

  session->seen.curl = curl_easy_perform (session->curl);
  curl_easy_getinfo (session->curl, CURLINFO_OS_ERRNO, &os_error);
  curl_easy_getinfo (session->curl, CURLINFO_SSL_VERIFYRESULT, &verify);
  session->seen.os_error = (int) os_error;
  session->seen.verify = verify;
  session->seen.words = session->words->str;
  /* The handshake belongs to it, whichever way TLS began. */
  if (session->tls_begun && session->seen.stage == AW_STAGE_SMTP_STARTTLS)
    session->seen.code = 0;
}

static void
session_clear (Session *session)
{
  /* Not a second longer than the good-bye may take. */
  curl_easy_setopt (session->curl, CURLOPT_SERVER_RESPONSE_TIMEOUT, 1L);
  curl_easy_cleanup (session->curl);
  g_string_free (session->words, TRUE);
}

static gboolean
refuse (AwMailResult *result,
        AwMailFault fault)
{
  result->fault = fault;
  result->outcome = aw_mail_fault_outcome (fault);
  return FALSE;
}

static gboolean
is_allowed (AwAccount *account,
            AwMailResult *result)
{
  g_autofree char *url = make_url (account);

  memset (result, 0, sizeof *result);
  if (url == NULL || (account->pin != NULL && !aw_pin_is_valid (account->pin)))
    return refuse (result, AW_FAULT_SETUP);
  /* In clear only to oneself. */
  if (account->security == AW_SECURITY_NONE && !is_loopback (account->host))
    return refuse (result, AW_FAULT_NO_ENCRYPTION);
  return TRUE;
}

/* Sending ------------------------------------------------------------------ */

static void
test_with (AwSmtpMailer *self,
           const AwMailJob *job,
           GCancellable *cancellable,
           const char *mechanisms,
           AwMailResult *result,
           gboolean *cram_only,
           gboolean *utf8)
{
  g_autofree char *url = make_url (job->account);
  Session session;

  session_init (&session, self, job, cancellable);
  set_up (&session, url);
  set_trust (session.curl, job->account, TRUE);
  set_login (&session, mechanisms);
  curl_easy_setopt (session.curl, CURLOPT_CONNECT_ONLY, 1L);
  session_perform (&session);
  if (session.seen.curl == CURLE_OK && job->password != NULL && job->account->user != NULL && !session.seen.auth_sent)
    {
      session.seen.no_sign_in = TRUE;
      session.seen.code = 0;
    }
  if (session.seen.curl == CURLE_OK && !session.seen.no_sign_in)
    {
      memset (result, 0, sizeof *result);
      result->stage = session.seen.stage;
      result->code = session.seen.code;
      result->outcome = AW_OUTCOME_SENT;
    }
  else
    aw_mail_classify (&session.seen, result);
  if (cram_only != NULL)
    *cram_only = session.cram_only && !session.seen.auth_sent;
  if (utf8 != NULL)
    *utf8 = session.utf8;
  session_clear (&session);
}

/* PLAIN first, then LOGIN: never CRAM-MD5 where there is another, since many
 * servers announce it and cannot do it (mail.md 1.3 h). */
#define USUAL_MECHANISMS "AUTH=PLAIN;AUTH=LOGIN"
#define OTHER_MECHANISM "AUTH=CRAM-MD5"

static void
aw_smtp_mailer_test (AwMailer *mailer,
                     const AwMailJob *job,
                     GCancellable *cancellable,
                     AwMailResult *result)
{
  AwSmtpMailer *self = AW_SMTP_MAILER (mailer);
  gboolean cram_only;

  if (!is_allowed (job->account, result))
    return;
  test_with (self, job, cancellable, USUAL_MECHANISMS, result, &cram_only, NULL);
  if (result->fault == AW_FAULT_NO_SIGN_IN && cram_only)
    {
      aw_mail_result_clear (result);
      test_with (self, job, cancellable, OTHER_MECHANISM, result, NULL, NULL);
    }
}

/* Gives whether it is worth another go: nothing was handed over, and the reason is known. */
static gboolean
send_with (AwSmtpMailer *self,
           const AwMailJob *job,
           GCancellable *cancellable,
           const char **mechanisms,
           gboolean *with_bcc,
           AwMailResult *result)
{
  g_autofree char *url = make_url (job->account);
  g_autofree char *from = g_strdup_printf ("<%s>", job->from);
  g_autofree char *to = g_strdup_printf ("<%s>", job->to);
  struct curl_slist *recipients = curl_slist_append (NULL, to);
  gboolean again = FALSE;
  Session session;

  if (*with_bcc)
    {
      g_autofree char *bcc = g_strdup_printf ("<%s>", job->bcc);

      recipients = curl_slist_append (recipients, bcc);
    }
  session_init (&session, self, job, cancellable);
  set_up (&session, url);
  set_trust (session.curl, job->account, TRUE);
  set_login (&session, *mechanisms);
  curl_easy_setopt (session.curl, CURLOPT_MAIL_FROM, from);
  curl_easy_setopt (session.curl, CURLOPT_MAIL_RCPT, recipients);
  curl_easy_setopt (session.curl, CURLOPT_UPLOAD, 1L);
  /* No INFILESIZE: bodies of known length lost their end (mail.md 1.3 f). */
  curl_easy_setopt (session.curl, CURLOPT_READFUNCTION, on_read);
  curl_easy_setopt (session.curl, CURLOPT_READDATA, &session);
  session_perform (&session);
  aw_mail_classify (&session.seen, result);

  if (result->fault == AW_FAULT_NO_SIGN_IN && session.cram_only && !session.seen.auth_sent &&
      strcmp (*mechanisms, USUAL_MECHANISMS) == 0)
    {
      *mechanisms = OTHER_MECHANISM;
      again = TRUE;
    }
  else if (*with_bcc && session.n_rcpt == 2 && session.seen.stage == AW_STAGE_SMTP_RCPT && result->code >= 400)
    {
      /* Only the copy to oneself was refused: that must not hold up the message. */
      *with_bcc = FALSE;
      again = TRUE;
    }
  session_clear (&session);
  curl_slist_free_all (recipients);
  return again;
}

static void
aw_smtp_mailer_send (AwMailer *mailer,
                     const AwMailJob *job,
                     GCancellable *cancellable,
                     AwMailResult *result)
{
  AwSmtpMailer *self = AW_SMTP_MAILER (mailer);
  const char *mechanisms = USUAL_MECHANISMS;
  gboolean with_bcc = job->bcc != NULL;

  if (!is_allowed (job->account, result))
    return;
  /* libcurl would send such letters to any server: ask this one first. */
  if (aw_address_needs_utf8 (job->to) || aw_address_needs_utf8 (job->from))
    {
      gboolean utf8;

      test_with (self, job, cancellable, mechanisms, result, NULL, &utf8);
      if (result->outcome != AW_OUTCOME_SENT)
        return;
      aw_mail_result_clear (result);
      if (!utf8)
        {
          refuse (result, AW_FAULT_NEEDS_UTF8);
          result->code = 0;
          return;
        }
    }
  while (send_with (self, job, cancellable, &mechanisms, &with_bcc, result))
    aw_mail_result_clear (result);
}

/* GObject ------------------------------------------------------------------ */

static void
aw_smtp_mailer_iface_init (AwMailerInterface *iface)
{
  iface->send = aw_smtp_mailer_send;
  iface->test = aw_smtp_mailer_test;
}

static void
aw_smtp_mailer_class_init (G_GNUC_UNUSED AwSmtpMailerClass *klass)
{
  curl_global_init (CURL_GLOBAL_DEFAULT);
}

#ifdef AW_DEVEL
/* Tests do not wait ten minutes. */
static void
shorten (gint64 *limit,
         const char *variable)
{
  const char *text = g_getenv (variable);

  if (text != NULL)
    *limit = g_ascii_strtoll (text, NULL, 10) * 1000;
}
#endif

static void
aw_smtp_mailer_init (AwSmtpMailer *self)
{
  self->connect_limit = CONNECT_AT_MOST;
  self->answer_limit = ANSWER_AT_MOST;
  self->final_limit = FINAL_ANSWER_AT_MOST;
#ifdef AW_DEVEL
  shorten (&self->connect_limit, "AFTERWORD_MAIL_TIMEOUT");
  shorten (&self->answer_limit, "AFTERWORD_MAIL_TIMEOUT");
  shorten (&self->final_limit, "AFTERWORD_MAIL_FINAL_TIMEOUT");
#endif
}

AwSmtpMailer *
aw_smtp_mailer_new (void)
{
  return g_object_new (AW_TYPE_SMTP_MAILER, NULL);
}

/**
 * aw_smtp_mailer_fetch_certificate:
 * @self: a mailer
 * @account: which server
 * @cancellable: (nullable): to stop
 *
 * For the dialog in which the user looks at a certificate that is not valid.
 *
 * Returns: (transfer full) (nullable): what the server shows
 */
GTlsCertificate *
aw_smtp_mailer_fetch_certificate (AwSmtpMailer *self,
                                  AwAccount *account,
                                  GCancellable *cancellable)
{
  AwMailJob job = { .account = account };
  g_autofree char *url = make_url (account);
  struct curl_certinfo *chain = NULL;
  GTlsCertificate *certificate = NULL;
  Session session;

  if (url == NULL || account->security == AW_SECURITY_NONE)
    return NULL;
  session_init (&session, self, &job, cancellable);
  set_up (&session, url);
  set_trust (session.curl, account, FALSE);
  curl_easy_setopt (session.curl, CURLOPT_CERTINFO, 1L);
  curl_easy_setopt (session.curl, CURLOPT_CONNECT_ONLY, 1L);
  session_perform (&session);
  if (curl_easy_getinfo (session.curl, CURLINFO_CERTINFO, &chain) == CURLE_OK && chain != NULL && chain->num_of_certs > 0)
    for (struct curl_slist *line = chain->certinfo[0]; line != NULL && certificate == NULL; line = line->next)
      if (g_str_has_prefix (line->data, "Cert:"))
        certificate = g_tls_certificate_new_from_pem (line->data + 5, -1, NULL);
  session_clear (&session);
  return certificate;
}
