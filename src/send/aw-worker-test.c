/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "mail/aw-account-tester-protocol.h"
#include "mail/aw-certificate.h"
#include "mail/aw-smtp-mailer.h"
#include "send/aw-worker-private.h"

#define INPUT_AT_MOST (256 * 1024)

typedef struct
{
  AwAccount *account;
  guint greetings; /* EHLOs: the second one is encrypted */
} Test;

char *
aw_worker_read_input (gsize *length)
{
  char *input = g_malloc0 (INPUT_AT_MOST + 1);
  gssize n;

  /* Where the limit allows it, not to the swap. */
  mlock (input, INPUT_AT_MOST);
  *length = 0;
  while (*length < INPUT_AT_MOST && (n = read (STDIN_FILENO, input + *length, INPUT_AT_MOST - *length)) > 0)
    *length += n;
  return input;
}

static void
passed (const char *step)
{
  g_print ("step\t%s\n", step);
  fflush (stdout);
}

static void
on_step (AwSmtpStage stage,
         gpointer data)
{
  Test *test = data;

  if (stage != AW_STAGE_SMTP_EHLO)
    return;
  test->greetings++;
  if (test->greetings == 1)
    passed ("connect");
  if (test->account->security == AW_SECURITY_STARTTLS ? test->greetings == 2 : test->greetings == 1)
    passed ("tls");
}

static gboolean
is_certificate_fault (AwMailFault fault)
{
  return fault >= AW_FAULT_CERTIFICATE_EXPIRED && fault <= AW_FAULT_CERTIFICATE;
}

static void
print_result (const AwMailResult *result)
{
  g_autofree char *sentence = aw_mail_fault_sentence (result->fault, result->code, result->text);
  g_autofree char *text = g_strescape (result->text != NULL ? result->text : "", NULL);
  g_autofree char *said = g_strescape (sentence != NULL ? sentence : "", NULL);
  const char *fault = aw_word (&aw_mail_faults, result->fault);

  g_print ("result\t%s\t%s\t%d\t%s\t%s\n", aw_word (&aw_mail_outcomes, result->outcome), fault != NULL ? fault : "", result->code,
           text, said);
}

static void
print_certificate (AwSmtpMailer *mailer,
                   AwAccount *account,
                   GCancellable *cancellable)
{
  g_autoptr (GTlsCertificate) certificate = aw_smtp_mailer_fetch_certificate (mailer, account, cancellable);
  g_autofree char *pem = NULL;
  g_autofree char *escaped = NULL;

  if (certificate == NULL)
    return;
  g_object_get (certificate, "certificate-pem", &pem, NULL);
  escaped = g_strescape (pem, NULL);
  g_print ("certificate\t%s\n", escaped);
}

/**
 * aw_worker_test:
 * @cancellable: to stop
 *
 * `afterword-send --test`: the account and its password come on standard input,
 * what happens goes to standard output, a line each.
 *
 * Returns: the exit status: 0 if all went well
 */
int
aw_worker_test (GCancellable *cancellable)
{
  gsize length;
  char *input = aw_worker_read_input (&length);
  const char *password = NULL;
  g_autoptr (AwAccount) account = aw_account_tester_read (input, length, &password);
  g_autoptr (AwSmtpMailer) mailer = aw_smtp_mailer_new ();
  g_auto (AwMailResult) result = { 0 };
  char *secret = NULL;
  Test test = { account, 0 };
  AwMailJob job = { .account = account, .password = password, .step = on_step, .data = &test };

  if (account == NULL)
    {
      g_printerr ("afterword-send: --test reads an account from standard input\n");
      return 2;
    }
  if (account->goa != NULL && password == NULL)
    job.password = secret = aw_worker_get_goa_secret (account, "smtp", &job.is_token, cancellable, &result.fault);
  if (result.fault == AW_FAULT_NONE)
    aw_mailer_test (AW_MAILER (mailer), &job, cancellable, &result);
  else
    result.outcome = aw_mail_fault_outcome (result.fault);
  if (result.outcome == AW_OUTCOME_SENT)
    passed ("auth");
  print_result (&result);
  if (is_certificate_fault (result.fault))
    print_certificate (mailer, account, cancellable);
  aw_secret_free (secret);
  aw_secret_free_input (input, length);
  return result.outcome == AW_OUTCOME_SENT ? 0 : 1;
}
