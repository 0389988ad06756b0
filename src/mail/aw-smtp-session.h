/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mail/aw-curl.h"
#include "mail/aw-mailer.h"

G_BEGIN_DECLS

/**
 * AwSmtpSession:
 *
 * One conversation with an SMTP server by libcurl: follows the dialogue, knows
 * how far it came, and ends it when it must. The message's bytes go through it.
 */
typedef struct
{
  const AwCurlLimits *limits;
  const AwMailJob *job;
  GCancellable *cancellable;
  CURL *curl;
  AwSmtpDialogue seen;
  GString *words;      /* of the answer that is coming in */
  guint lines;         /* of it */
  gsize bytes;         /* of it */
  gint64 asked;        /* when the job was last asked whether it is wanted */
  gint64 since;        /* when the stage, or the last progress, began */
  gsize position;      /* in the message */
  curl_off_t uploaded;
  guint n_rcpt;        /* how many RCPT were sent */
  gint64 max_size;     /* the server's SIZE, 0: none said */
  gboolean tls_begun;  /* STARTTLS was accepted */
  gboolean utf8;       /* SMTPUTF8 offered */
  gboolean leaving;    /* QUIT was sent: what follows says nothing */
  gboolean cram_only;  /* CRAM-MD5 offered, but neither PLAIN nor LOGIN */
} AwSmtpSession;

void aw_smtp_session_init (AwSmtpSession *session, const AwCurlLimits *limits, const AwMailJob *job, GCancellable *cancellable);
CURL *aw_smtp_session_set_up (AwSmtpSession *session, const char *url);
size_t aw_smtp_session_read (char *buffer, size_t size, size_t n, void *session); /* for CURLOPT_READFUNCTION */
void aw_smtp_session_perform (AwSmtpSession *session);
void aw_smtp_session_clear (AwSmtpSession *session);

G_END_DECLS
