/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "core/aw-facts.h"
#include "mail/aw-mail-result.h"

G_BEGIN_DECLS

/**
 * AwMailJob:
 * @account: the server and how to speak to it
 * @password: (nullable): %NULL: not signing in
 * @is_token: whether that is a token (XOAUTH2), not a password
 * @from: the envelope's sender, normalized
 * @to: the one recipient, normalized
 * @bcc: (nullable): oneself, normalized; that it is refused does not matter
 * @bytes: the message, sent exactly so
 * @about_to_finish: called when all bytes but the terminating dot are out; only
 *   if it gives %TRUE may the dot leave. So it commits that it may have left
 * @was_accepted: called at the server's yes, before anything else happens
 * @is_wanted: (nullable): called now and then before the dot; %FALSE ends it there
 * @step: (nullable): called when a stage begins
 * @data: for all of them
 */
typedef struct
{
  AwAccount *account;
  const char *password;
  gboolean is_token;
  const char *from;
  const char *to;
  const char *bcc;
  GBytes *bytes;
  gboolean (*about_to_finish) (gpointer data);
  void (*was_accepted) (int code, const char *words, gpointer data);
  gboolean (*is_wanted) (gpointer data);
  void (*step) (AwSmtpStage stage, gpointer data);
  gpointer data;
} AwMailJob;

/**
 * AwMailer:
 *
 * Hands one message to a server. Blocks: for the worker's thread only.
 */
#define AW_TYPE_MAILER (aw_mailer_get_type ())
G_DECLARE_INTERFACE (AwMailer, aw_mailer, AW, MAILER, GObject)

struct _AwMailerInterface
{
  GTypeInterface parent_iface;

  void (*send) (AwMailer *self, const AwMailJob *job, GCancellable *cancellable, AwMailResult *result);
  void (*test) (AwMailer *self, const AwMailJob *job, GCancellable *cancellable, AwMailResult *result);
};

/* Cancelling is heeded until the dot may have left, not after it. */
void aw_mailer_send (AwMailer *self, const AwMailJob *job, GCancellable *cancellable, AwMailResult *result);

/* Connects, encrypts, signs in, and goes away: only the job's account, password and step are looked at. */
void aw_mailer_test (AwMailer *self, const AwMailJob *job, GCancellable *cancellable, AwMailResult *result);

G_END_DECLS
