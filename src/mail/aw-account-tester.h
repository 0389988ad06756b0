/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "core/aw-facts.h"

G_BEGIN_DECLS

/* The steps of a test, in order. */
typedef enum
{
  AW_TEST_CONNECT,     /* the server was found and answers as a mail server */
  AW_TEST_TLS,         /* encrypted, certificate valid */
  AW_TEST_AUTH,        /* the password was taken */
  AW_N_TEST_STEPS,
} AwTestStep;

/**
 * AwAccountTester:
 *
 * Tries a sending account with a typed password, in the worker
 * `afterword-send --test`: connect, TLS, sign in, good-bye. Nothing is stored,
 * and nothing sent.
 *
 * Signals:
 *  "step" (int step): this step went well (AwTestStep)
 */
#define AW_TYPE_ACCOUNT_TESTER (aw_account_tester_get_type ())
G_DECLARE_FINAL_TYPE (AwAccountTester, aw_account_tester, AW, ACCOUNT_TESTER, GObject)

/* @program: the worker's path (aw_find_program ("afterword-send")). */
AwAccountTester *aw_account_tester_new (const char *program);

/* @account need not be stored. The password is given to the worker through a
 * pipe. One test at a time. Cancelling ends within a second. */
void aw_account_tester_test_async (AwAccountTester *self, AwAccount *account, const char *password, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);

/* TRUE: all steps went well. FALSE: @error is one sentence for the user; the
 * functions below say more, until the next test. */
gboolean aw_account_tester_test_finish (AwAccountTester *self, GAsyncResult *result, GError **error);

AwTestStep aw_account_tester_get_failed_step (AwAccountTester *self); /* AW_N_TEST_STEPS: none */
const char *aw_account_tester_get_fault (AwAccountTester *self);      /* a word: "password", "certificate-expired" …; NULL: none */
int aw_account_tester_get_code (AwAccountTester *self);               /* the server's, 0: none spoke */
const char *aw_account_tester_get_text (AwAccountTester *self);       /* the server's own words, or NULL */

/* If the certificate was the fault: to be shown (subject, issuer, dates,
 * fingerprint) before the user accepts it; then account->pin = the pin. */
GTlsCertificate *aw_account_tester_get_certificate (AwAccountTester *self); /* (transfer none) or NULL */
const char *aw_account_tester_get_fingerprint (AwAccountTester *self);      /* SHA-256 "AB:CD:…", or NULL */
const char *aw_account_tester_get_pin (AwAccountTester *self);              /* for account->pin, or NULL */

G_END_DECLS
