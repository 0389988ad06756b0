/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "mail/aw-mail-result.h"

#include <curl/curl.h>
#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#define WORDS_AT_MOST 500

static const char *const outcome_names[] = { "sent", "temporary", "permanent", "account", "uncertain", "cancelled" };

const AwVocabulary aw_mail_outcomes = { outcome_names, G_N_ELEMENTS (outcome_names) };

static const char *const fault_names[] = {
  NULL,
  "offline",
  "host-not-found",
  "not-listening",
  "no-answer",
  "connection-lost",
  "not-a-mail-server",
  "busy",
  "no-encryption",
  "tls",
  "certificate-expired",
  "certificate-not-yet",
  "certificate-host",
  "certificate-unknown",
  "certificate-self-signed",
  "certificate-changed",
  "certificate",
  "password",
  "app-password",
  "oauth-only",
  "no-sign-in",
  "sign-in-busy",
  "sender",
  "recipient",
  "recipient-later",
  "refused",
  "later",
  "too-big",
  "needs-utf8",
  "uncertain",
  "cancelled",
  "setup",
  "journal",
  "no-password",
  "ask-password",
  "keyring-locked",
  "no-keyring",
  "keyring",
  "check",
  "missed",
  "gave-up",
  "online-accounts",
  "online-accounts-attention",
};

const AwVocabulary aw_mail_faults = { fault_names, G_N_ELEMENTS (fault_names) };

G_STATIC_ASSERT (G_N_ELEMENTS (fault_names) == AW_FAULT_GOA_ATTENTION + 1);

/* OpenSSL's X509_V_ERR_…, which libcurl hands on. Other TLS libraries give 0:
 * then it is just "not valid". */
enum
{
  VERIFY_NOT_JUDGED = 1, /* libcurl's beginning */
  VERIFY_UNKNOWN_ISSUER = 2,
  VERIFY_NOT_YET = 9,
  VERIFY_EXPIRED = 10,
  VERIFY_SELF_SIGNED = 18,
  VERIFY_SELF_SIGNED_IN_CHAIN = 19,
  VERIFY_UNKNOWN_ISSUER_LOCALLY = 20,
  VERIFY_UNVERIFIABLE_LEAF = 21,
  VERIFY_HOST = 62,
};

static AwMailFault
certificate_fault (long verify)
{
  switch (verify)
    {
    case VERIFY_NOT_YET:
      return AW_FAULT_CERTIFICATE_NOT_YET;
    case VERIFY_EXPIRED:
      return AW_FAULT_CERTIFICATE_EXPIRED;
    case VERIFY_SELF_SIGNED:
      return AW_FAULT_CERTIFICATE_SELF_SIGNED;
    case VERIFY_UNKNOWN_ISSUER:
    case VERIFY_SELF_SIGNED_IN_CHAIN:
    case VERIFY_UNKNOWN_ISSUER_LOCALLY:
    case VERIFY_UNVERIFIABLE_LEAF:
      return AW_FAULT_CERTIFICATE_UNKNOWN;
    case VERIFY_NOT_JUDGED:
    case 0: /* the certificate is good, but another server's */
    case VERIFY_HOST:
      return AW_FAULT_CERTIFICATE_HOST;
    default:
      return AW_FAULT_CERTIFICATE;
    }
}

static gboolean
says (const char *words,
      const char *what)
{
  return words != NULL && strstr (words, what) != NULL;
}

/* What servers say about signing in, by the enhanced codes that the big ones use. */
static AwMailFault
auth_fault (int code,
            const char *words)
{
  if (says (words, "5.7.139") || says (words, "5.7.30"))
    return AW_FAULT_OAUTH_ONLY;
  if (code == 534 || says (words, "5.7.9 "))
    return AW_FAULT_APP_PASSWORD;
  return AW_FAULT_PASSWORD;
}

static AwMailFault
answer_fault (AwSmtpStage stage,
              int code,
              const char *words)
{
  gboolean temporary = code < 500;

  if (code == 421)
    return AW_FAULT_BUSY;
  switch (stage)
    {
    case AW_STAGE_SMTP_STARTTLS:
      return AW_FAULT_NO_ENCRYPTION;
    case AW_STAGE_SMTP_AUTH:
      return temporary ? AW_FAULT_SIGN_IN_BUSY : auth_fault (code, words);
    case AW_STAGE_SMTP_MAIL:
    case AW_STAGE_SMTP_RCPT:
    case AW_STAGE_SMTP_DATA:
    case AW_STAGE_SMTP_DOT:
      if (code == 530 || code == 535 || code == 534)
        return auth_fault (code, words);
      if (says (words, "5.7.30"))
        return AW_FAULT_OAUTH_ONLY;
      if (code == 552 && stage != AW_STAGE_SMTP_RCPT)
        return AW_FAULT_TOO_BIG;
      if (code == 553 && (stage == AW_STAGE_SMTP_MAIL || says (words, "5.7.1")))
        return AW_FAULT_SENDER;
      if (stage == AW_STAGE_SMTP_RCPT)
        return temporary ? AW_FAULT_RECIPIENT_LATER : AW_FAULT_RECIPIENT;
      return temporary ? AW_FAULT_LATER : AW_FAULT_REFUSED;
    case AW_STAGE_SMTP_CONNECT:
    case AW_STAGE_SMTP_BANNER:
    case AW_STAGE_SMTP_EHLO:
    case AW_STAGE_SMTP_BODY:
    default:
      return temporary ? AW_FAULT_BUSY : AW_FAULT_REFUSED;
    }
}

static AwMailFault
connect_fault (int os_error)
{
  switch (os_error)
    {
    case ENETUNREACH:
    case ENETDOWN:
    case EHOSTUNREACH:
    case EADDRNOTAVAIL:
      return AW_FAULT_OFFLINE;
    /* Something took the connection and dropped it before libcurl had looked. */
    case ECONNRESET:
    case ECONNABORTED:
    case EPIPE:
    case ENOTCONN:
      return AW_FAULT_CONNECTION_LOST;
    default:
      return AW_FAULT_NOT_LISTENING;
    }
}

static AwMailFault
find_fault (const AwSmtpDialogue *dialogue)
{
  if (dialogue->cancelled)
    return AW_FAULT_CANCELLED;
  if (dialogue->journal_failed)
    return AW_FAULT_JOURNAL;
  if (dialogue->too_big)
    return AW_FAULT_TOO_BIG;
  if (dialogue->no_sign_in)
    return AW_FAULT_NO_SIGN_IN;
  if (dialogue->no_utf8)
    return AW_FAULT_NEEDS_UTF8;
  if (dialogue->not_smtp)
    return AW_FAULT_NOT_A_MAIL_SERVER;
  if (dialogue->timed_out)
    return AW_FAULT_NO_ANSWER;
  /* The server spoke: its code says more than libcurl's. */
  if (dialogue->code >= 400 && dialogue->code < 600)
    return answer_fault (dialogue->stage, dialogue->code, dialogue->words);

  switch (dialogue->curl)
    {
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
      return AW_FAULT_HOST_NOT_FOUND;
    case CURLE_COULDNT_CONNECT:
      return connect_fault (dialogue->os_error);
    case CURLE_OPERATION_TIMEDOUT:
      return AW_FAULT_NO_ANSWER;
    case CURLE_PEER_FAILED_VERIFICATION:
      return certificate_fault (dialogue->verify);
    case CURLE_SSL_PINNEDPUBKEYNOTMATCH:
      return AW_FAULT_CERTIFICATE_CHANGED;
    case CURLE_USE_SSL_FAILED:
      return AW_FAULT_NO_ENCRYPTION;
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_SSL_CIPHER:
    case CURLE_SSL_CERTPROBLEM:
      return AW_FAULT_TLS;
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_URL_MALFORMAT:
    case CURLE_UNSUPPORTED_PROTOCOL:
      return AW_FAULT_SETUP;
    case CURLE_LOGIN_DENIED:
      if (!dialogue->auth_sent)
        return AW_FAULT_NO_SIGN_IN;
      /* A token is refused with a question, which libcurl does not answer. */
      if (dialogue->code == 334)
        return AW_FAULT_PASSWORD;
      /* No answer to it: the connection went away. */
      return AW_FAULT_CONNECTION_LOST;
    default:
      return AW_FAULT_CONNECTION_LOST;
    }
}

/**
 * aw_mail_classify:
 * @dialogue: what was seen
 * @result: (out): what it means
 *
 * Whatever happens once the dot may have left counts as uncertain, unless the
 * server said what became of the message.
 */
void
aw_mail_classify (const AwSmtpDialogue *dialogue,
                  AwMailResult *result)
{
  result->stage = dialogue->stage;
  result->code = dialogue->code;
  result->text = dialogue->words != NULL && *dialogue->words != '\0' ? aw_mail_clean_words (dialogue->words) : NULL;

  if (dialogue->accepted)
    {
      result->outcome = AW_OUTCOME_SENT;
      result->fault = AW_FAULT_NONE;
      return;
    }
  if (dialogue->stage == AW_STAGE_SMTP_DOT && !dialogue->journal_failed && (dialogue->code < 400 || dialogue->code >= 600))
    {
      result->outcome = AW_OUTCOME_UNCERTAIN;
      result->fault = AW_FAULT_UNCERTAIN;
      return;
    }
  result->fault = find_fault (dialogue);
  result->outcome = aw_mail_fault_outcome (result->fault);
  /* A greeting of 5xx, or any other "no" that is not about the account. */
  if (dialogue->code < 400)
    {
      result->code = 0;
      g_clear_pointer (&result->text, g_free);
    }
}

/**
 * aw_mail_fault_outcome:
 * @fault: a fault
 *
 * Returns: what the outbox does about it
 */
AwMailOutcome
aw_mail_fault_outcome (AwMailFault fault)
{
  switch (fault)
    {
    case AW_FAULT_NONE:
      return AW_OUTCOME_SENT;
    case AW_FAULT_OFFLINE:
    case AW_FAULT_HOST_NOT_FOUND:
    case AW_FAULT_NOT_LISTENING:
    case AW_FAULT_NO_ANSWER:
    case AW_FAULT_CONNECTION_LOST:
    case AW_FAULT_NOT_A_MAIL_SERVER:
    case AW_FAULT_BUSY:
    case AW_FAULT_SIGN_IN_BUSY:
    case AW_FAULT_RECIPIENT_LATER:
    case AW_FAULT_LATER:
    case AW_FAULT_JOURNAL:
    case AW_FAULT_ASK_PASSWORD:
    case AW_FAULT_KEYRING_LOCKED:
    case AW_FAULT_NO_KEYRING:
    case AW_FAULT_KEYRING:
    case AW_FAULT_GOA:
      return AW_OUTCOME_TEMPORARY;
    case AW_FAULT_NO_ENCRYPTION:
    case AW_FAULT_TLS:
    case AW_FAULT_CERTIFICATE_EXPIRED:
    case AW_FAULT_CERTIFICATE_NOT_YET:
    case AW_FAULT_CERTIFICATE_HOST:
    case AW_FAULT_CERTIFICATE_UNKNOWN:
    case AW_FAULT_CERTIFICATE_SELF_SIGNED:
    case AW_FAULT_CERTIFICATE_CHANGED:
    case AW_FAULT_CERTIFICATE:
    case AW_FAULT_PASSWORD:
    case AW_FAULT_APP_PASSWORD:
    case AW_FAULT_OAUTH_ONLY:
    case AW_FAULT_NO_SIGN_IN:
    case AW_FAULT_NO_PASSWORD:
    case AW_FAULT_SETUP:
    case AW_FAULT_GOA_ATTENTION:
      return AW_OUTCOME_ACCOUNT;
    case AW_FAULT_UNCERTAIN:
      return AW_OUTCOME_UNCERTAIN;
    case AW_FAULT_CANCELLED:
      return AW_OUTCOME_CANCELLED;
    case AW_FAULT_SENDER:
    case AW_FAULT_RECIPIENT:
    case AW_FAULT_REFUSED:
    case AW_FAULT_TOO_BIG:
    case AW_FAULT_NEEDS_UTF8:
    case AW_FAULT_CHECK:
    case AW_FAULT_MISSED:
    case AW_FAULT_GAVE_UP:
    default:
      return AW_OUTCOME_PERMANENT;
    }
}

/**
 * aw_mail_fault_is_network:
 * @fault: a fault
 *
 * Returns: whether it may be gone as soon as the network changes
 */
gboolean
aw_mail_fault_is_network (AwMailFault fault)
{
  return fault >= AW_FAULT_OFFLINE && fault <= AW_FAULT_NOT_A_MAIL_SERVER;
}

static const char *
sentence_without_code (AwMailFault fault)
{
  switch (fault)
    {
    case AW_FAULT_OFFLINE:
      return _("No connection.");
    case AW_FAULT_HOST_NOT_FOUND:
      return _("The server's name was not found.");
    case AW_FAULT_NOT_LISTENING:
      return _("The server does not take connections.");
    case AW_FAULT_NO_ANSWER:
      return _("The server did not answer in time.");
    case AW_FAULT_CONNECTION_LOST:
      return _("The connection to the server broke.");
    case AW_FAULT_NOT_A_MAIL_SERVER:
      return _("What answered is not a mail server.");
    case AW_FAULT_NO_ENCRYPTION:
      return _("The server does not offer encryption. Nothing was sent.");
    case AW_FAULT_TLS:
      return _("No encrypted connection could be made. Port and security may not belong together.");
    case AW_FAULT_CERTIFICATE_EXPIRED:
      return _("The server's certificate is not valid: it has expired.");
    case AW_FAULT_CERTIFICATE_NOT_YET:
      return _("The server's certificate is not valid yet. Is this computer's clock right?");
    case AW_FAULT_CERTIFICATE_HOST:
      return _("The server's certificate is another server's.");
    case AW_FAULT_CERTIFICATE_UNKNOWN:
      return _("The server's certificate was made by an authority that is not known here.");
    case AW_FAULT_CERTIFICATE_SELF_SIGNED:
      return _("The server made its certificate itself, so nobody vouches for it.");
    case AW_FAULT_CERTIFICATE_CHANGED:
      return _("The server's certificate is not the one that you accepted.");
    case AW_FAULT_CERTIFICATE:
      return _("The server's certificate is not valid.");
    case AW_FAULT_OAUTH_ONLY:
      return _("The server no longer takes passwords; it wants a sign-in through the web.");
    case AW_FAULT_NO_SIGN_IN:
      return _("The server offers no way of signing in that can be used here.");
    case AW_FAULT_TOO_BIG:
      return _("The message is too big for the server.");
    case AW_FAULT_NEEDS_UTF8:
      return _("The server cannot send to an address with such letters.");
    case AW_FAULT_UNCERTAIN:
      return _("The connection broke right after the message was handed over. It was probably sent.");
    case AW_FAULT_CANCELLED:
      return _("Sending was stopped.");
    case AW_FAULT_SETUP:
      return _("The account's settings do not work.");
    case AW_FAULT_JOURNAL:
      return _("The message was held back, because the disk could not be written.");
    case AW_FAULT_NO_PASSWORD:
      return _("There is no password for the account in the keyring.");
    case AW_FAULT_ASK_PASSWORD:
      return _("The account's password is asked for each session; the message waits for it.");
    case AW_FAULT_KEYRING_LOCKED:
      return _("The keyring with the password is locked.");
    case AW_FAULT_NO_KEYRING:
      return _("There is no keyring to take the password from.");
    case AW_FAULT_KEYRING:
      return _("The keyring did not give the password.");
    case AW_FAULT_GOA:
      return _("GNOME Online Accounts cannot be reached.");
    case AW_FAULT_GOA_ATTENTION:
      return _("GNOME Online Accounts does not let this account in; open Settings and sign in again there.");
    case AW_FAULT_MISSED:
      return _("The computer was off or asleep when this was to leave.");
    case AW_FAULT_NONE:
    case AW_FAULT_BUSY:
    case AW_FAULT_PASSWORD:
    case AW_FAULT_APP_PASSWORD:
    case AW_FAULT_SIGN_IN_BUSY:
    case AW_FAULT_SENDER:
    case AW_FAULT_RECIPIENT:
    case AW_FAULT_RECIPIENT_LATER:
    case AW_FAULT_REFUSED:
    case AW_FAULT_LATER:
    case AW_FAULT_CHECK:
    case AW_FAULT_GAVE_UP:
    default:
      return NULL;
    }
}

/**
 * aw_mail_fault_sentence:
 * @fault: a fault
 * @code: the server's, 0: none spoke
 * @text: (nullable): what is known besides
 *
 * Returns: (transfer full) (nullable): one plain sentence; %NULL if all is well
 */
char *
aw_mail_fault_sentence (AwMailFault fault,
                        int code,
                        const char *text)
{
  const char *sentence = sentence_without_code (fault);

  if (sentence != NULL)
    return g_strdup (sentence);
  switch (fault)
    {
    case AW_FAULT_BUSY:
      /* Translators: %d is the server's number for it, here and below */
      return code > 0 ? g_strdup_printf (_("The server is busy (%d)."), code) : g_strdup (_("The server is busy."));
    case AW_FAULT_PASSWORD:
      if (code == 0) /* IMAP has no numbers */
        return g_strdup (_("The server refused the password."));
      return g_strdup_printf (_("The server refused the password (%d)."), code);
    case AW_FAULT_APP_PASSWORD:
      return g_strdup_printf (_("The server wants an app password (%d)."), code);
    case AW_FAULT_SIGN_IN_BUSY:
      return g_strdup_printf (_("The server cannot sign anybody in now (%d)."), code);
    case AW_FAULT_SENDER:
      return g_strdup_printf (_("The server does not let this account send from this address (%d)."), code);
    case AW_FAULT_RECIPIENT:
      return g_strdup_printf (_("The server refused the recipient's address (%d)."), code);
    case AW_FAULT_RECIPIENT_LATER:
      return g_strdup_printf (_("The server does not take mail for this recipient now (%d)."), code);
    case AW_FAULT_REFUSED:
      return g_strdup_printf (_("The server refused the message (%d)."), code);
    case AW_FAULT_LATER:
      return g_strdup_printf (_("The server does not take the message now (%d)."), code);
    case AW_FAULT_GAVE_UP:
      return text != NULL ? g_strdup_printf (_("It was tried for too long. Last: %s"), text)
                          : g_strdup (_("It was tried for too long."));
    case AW_FAULT_CHECK:
      return g_strdup (text != NULL ? text : _("Something has changed since this was written."));
    case AW_FAULT_NONE:
    case AW_FAULT_OFFLINE:
    case AW_FAULT_HOST_NOT_FOUND:
    case AW_FAULT_NOT_LISTENING:
    case AW_FAULT_NO_ANSWER:
    case AW_FAULT_CONNECTION_LOST:
    case AW_FAULT_NOT_A_MAIL_SERVER:
    case AW_FAULT_NO_ENCRYPTION:
    case AW_FAULT_TLS:
    case AW_FAULT_CERTIFICATE_EXPIRED:
    case AW_FAULT_CERTIFICATE_NOT_YET:
    case AW_FAULT_CERTIFICATE_HOST:
    case AW_FAULT_CERTIFICATE_UNKNOWN:
    case AW_FAULT_CERTIFICATE_SELF_SIGNED:
    case AW_FAULT_CERTIFICATE_CHANGED:
    case AW_FAULT_CERTIFICATE:
    case AW_FAULT_OAUTH_ONLY:
    case AW_FAULT_NO_SIGN_IN:
    case AW_FAULT_TOO_BIG:
    case AW_FAULT_NEEDS_UTF8:
    case AW_FAULT_UNCERTAIN:
    case AW_FAULT_CANCELLED:
    case AW_FAULT_SETUP:
    case AW_FAULT_JOURNAL:
    case AW_FAULT_NO_PASSWORD:
    case AW_FAULT_ASK_PASSWORD:
    case AW_FAULT_KEYRING_LOCKED:
    case AW_FAULT_NO_KEYRING:
    case AW_FAULT_KEYRING:
    case AW_FAULT_MISSED:
    case AW_FAULT_GOA:
    case AW_FAULT_GOA_ATTENTION:
    default:
      return NULL;
    }
}

/**
 * aw_mail_clean_words:
 * @words: what a server said
 *
 * Returns: (transfer full): the same for a screen
 */
char *
aw_mail_clean_words (const char *words)
{
  g_autofree char *valid = g_utf8_make_valid (words, -1);
  g_autoptr (GString) clean = g_string_new (NULL);
  guint n = 0;

  for (const char *p = valid; *p != '\0' && n < WORDS_AT_MOST; p = g_utf8_next_char (p), n++)
    {
      gunichar c = g_utf8_get_char (p);

      g_string_append_unichar (clean, g_unichar_iscntrl (c) || g_unichar_type (c) == G_UNICODE_FORMAT ? ' ' : c);
    }
  return g_strdup (g_strstrip (clean->str));
}

void
aw_mail_result_clear (AwMailResult *result)
{
  g_clear_pointer (&result->text, g_free);
}
