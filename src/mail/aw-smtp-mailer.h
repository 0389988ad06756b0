/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mail/aw-mailer.h"

G_BEGIN_DECLS

/**
 * AwSmtpMailer:
 *
 * An #AwMailer over libcurl, under the rules of mail.md 1.3.
 */
#define AW_TYPE_SMTP_MAILER (aw_smtp_mailer_get_type ())
G_DECLARE_FINAL_TYPE (AwSmtpMailer, aw_smtp_mailer, AW, SMTP_MAILER, GObject)

AwSmtpMailer *aw_smtp_mailer_new (void);

/* The certificate a server shows, without judging it and without signing in. */
GTlsCertificate *aw_smtp_mailer_fetch_certificate (AwSmtpMailer *self, AwAccount *account, GCancellable *cancellable);

G_END_DECLS
