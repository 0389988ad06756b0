/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/aw-mailer.h"

G_DEFINE_INTERFACE (AwMailer, aw_mailer, G_TYPE_OBJECT)

static void
aw_mailer_default_init (G_GNUC_UNUSED AwMailerInterface *iface)
{
}

/**
 * aw_mailer_send:
 * @self: a mailer
 * @job: what to send
 * @cancellable: (nullable): to stop before the dot
 * @result: (out caller-allocates): what came of it
 */
void
aw_mailer_send (AwMailer *self,
                const AwMailJob *job,
                GCancellable *cancellable,
                AwMailResult *result)
{
  g_return_if_fail (AW_IS_MAILER (self) && job != NULL && job->bytes != NULL && job->from != NULL && job->to != NULL);

  AW_MAILER_GET_IFACE (self)->send (self, job, cancellable, result);
}

/**
 * aw_mailer_test:
 * @self: a mailer
 * @job: which account
 * @cancellable: (nullable): to stop
 * @result: (out caller-allocates): what came of it
 */
void
aw_mailer_test (AwMailer *self,
                const AwMailJob *job,
                GCancellable *cancellable,
                AwMailResult *result)
{
  g_return_if_fail (AW_IS_MAILER (self) && job != NULL);

  AW_MAILER_GET_IFACE (self)->test (self, job, cancellable, result);
}
