/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "mail/aw-smtp-mailer.h"

#include <curl/curl.h>
#include <string.h>

#include "mail/aw-address.h"
#include "mail/aw-certificate.h"
#include "mail/aw-smtp-session.h"

struct _AwSmtpMailer
{
  GObject parent_instance;

  AwCurlLimits limits;
};

static void
aw_smtp_mailer_iface_init (AwMailerInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (AwSmtpMailer,
                               aw_smtp_mailer,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (AW_TYPE_MAILER, aw_smtp_mailer_iface_init))

/* Setting up --------------------------------------------------------------- */

/* The path is what EHLO says: without it, it would be this machine's name. */
static char *
make_url (AwAccount *account)
{
  g_autofree char *host = aw_curl_make_host (account->host);

  if (host == NULL || account->port <= 0 || account->port > 65535)
    return NULL;
  return g_strdup_printf ("%s://%s:%d/%%5B127.0.0.1%%5D", account->security == AW_SECURITY_TLS ? "smtps" : "smtp", host,
                          account->port);
}

static void
set_login (AwSmtpSession *session, const char *mechanisms)
{
  const AwMailJob *job = session->job;

  if (job->password != NULL && job->account->user != NULL)
    aw_curl_set_login (session->curl, job->account->user, job->password, job->is_token, mechanisms);
}

static gboolean
refuse (AwMailResult *result, AwMailFault fault)
{
  result->fault = fault;
  result->outcome = aw_mail_fault_outcome (fault);
  return FALSE;
}

static gboolean
is_allowed (AwAccount *account, AwMailResult *result)
{
  g_autofree char *url = make_url (account);

  memset (result, 0, sizeof *result);
  if (url == NULL || (account->pin != NULL && !aw_pin_is_valid (account->pin)))
    return refuse (result, AW_FAULT_SETUP);
  /* In clear only to oneself. */
  if (account->security == AW_SECURITY_NONE && !aw_curl_is_loopback (account->host))
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
  AwSmtpSession session;

  aw_smtp_session_init (&session, &self->limits, job, cancellable);
  aw_smtp_session_set_up (&session, url);
  aw_curl_set_trust (session.curl, job->account, job->account->security, TRUE);
  set_login (&session, mechanisms);
  curl_easy_setopt (session.curl, CURLOPT_CONNECT_ONLY, 1L);
  aw_smtp_session_perform (&session);
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
  aw_smtp_session_clear (&session);
}

/* PLAIN first, then LOGIN: never CRAM-MD5 where there is another, since many
 * servers announce it and cannot do it (mail.md 1.3 h). */
#define USUAL_MECHANISMS "AUTH=PLAIN;AUTH=LOGIN"
#define OTHER_MECHANISM "AUTH=CRAM-MD5"

static void
aw_smtp_mailer_test (AwMailer *mailer, const AwMailJob *job, GCancellable *cancellable, AwMailResult *result)
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
  AwSmtpSession session;

  if (*with_bcc)
    {
      g_autofree char *bcc = g_strdup_printf ("<%s>", job->bcc);

      recipients = curl_slist_append (recipients, bcc);
    }
  aw_smtp_session_init (&session, &self->limits, job, cancellable);
  aw_smtp_session_set_up (&session, url);
  aw_curl_set_trust (session.curl, job->account, job->account->security, TRUE);
  set_login (&session, *mechanisms);
  curl_easy_setopt (session.curl, CURLOPT_MAIL_FROM, from);
  curl_easy_setopt (session.curl, CURLOPT_MAIL_RCPT, recipients);
  curl_easy_setopt (session.curl, CURLOPT_UPLOAD, 1L);
  /* No INFILESIZE: bodies of known length lost their end (mail.md 1.3 f). */
  curl_easy_setopt (session.curl, CURLOPT_READFUNCTION, aw_smtp_session_read);
  curl_easy_setopt (session.curl, CURLOPT_READDATA, &session);
  aw_smtp_session_perform (&session);
  aw_mail_classify (&session.seen, result);

  if (result->fault == AW_FAULT_NO_SIGN_IN && session.cram_only && !session.seen.auth_sent
      && strcmp (*mechanisms, USUAL_MECHANISMS) == 0)
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
  aw_smtp_session_clear (&session);
  curl_slist_free_all (recipients);
  return again;
}

static void
aw_smtp_mailer_send (AwMailer *mailer, const AwMailJob *job, GCancellable *cancellable, AwMailResult *result)
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

static void
aw_smtp_mailer_init (AwSmtpMailer *self)
{
  aw_curl_limits_init (&self->limits);
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
aw_smtp_mailer_fetch_certificate (AwSmtpMailer *self, AwAccount *account, GCancellable *cancellable)
{
  AwMailJob job = { .account = account };
  g_autofree char *url = make_url (account);
  struct curl_certinfo *chain = NULL;
  GTlsCertificate *certificate = NULL;
  AwSmtpSession session;

  if (url == NULL || account->security == AW_SECURITY_NONE)
    return NULL;
  aw_smtp_session_init (&session, &self->limits, &job, cancellable);
  aw_smtp_session_set_up (&session, url);
  aw_curl_set_trust (session.curl, account, account->security, FALSE);
  curl_easy_setopt (session.curl, CURLOPT_CERTINFO, 1L);
  curl_easy_setopt (session.curl, CURLOPT_CONNECT_ONLY, 1L);
  aw_smtp_session_perform (&session);
  if (curl_easy_getinfo (session.curl, CURLINFO_CERTINFO, &chain) == CURLE_OK && chain != NULL
      && chain->num_of_certs > 0)
    for (struct curl_slist *line = chain->certinfo[0]; line != NULL && certificate == NULL; line = line->next)
      if (g_str_has_prefix (line->data, "Cert:"))
        certificate = g_tls_certificate_new_from_pem (line->data + 5, -1, NULL);
  aw_smtp_session_clear (&session);
  return certificate;
}
