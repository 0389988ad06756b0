/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/aw-types.h"

G_BEGIN_DECLS

/* What the outbox does next. */
typedef enum
{
  AW_OUTCOME_SENT,
  AW_OUTCOME_TEMPORARY, /* again later */
  AW_OUTCOME_PERMANENT, /* not again by itself */
  AW_OUTCOME_ACCOUNT,   /* not again by itself, and nothing else from this account either */
  AW_OUTCOME_UNCERTAIN, /* the user says */
  AW_OUTCOME_CANCELLED, /* nothing happened */
} AwMailOutcome;

extern const AwVocabulary aw_mail_outcomes;

/* How far the dialogue came. */
typedef enum
{
  AW_STAGE_SMTP_CONNECT,
  AW_STAGE_SMTP_BANNER,
  AW_STAGE_SMTP_EHLO,
  AW_STAGE_SMTP_STARTTLS,
  AW_STAGE_SMTP_AUTH,
  AW_STAGE_SMTP_MAIL,
  AW_STAGE_SMTP_RCPT,
  AW_STAGE_SMTP_DATA,
  AW_STAGE_SMTP_BODY,
  AW_STAGE_SMTP_DOT,
} AwSmtpStage;

/* Which sentence tells the user; the word is kept in the outbox. */
typedef enum
{
  AW_FAULT_NONE,
  /* the way there */
  AW_FAULT_OFFLINE,
  AW_FAULT_HOST_NOT_FOUND,
  AW_FAULT_NOT_LISTENING,
  AW_FAULT_NO_ANSWER,
  AW_FAULT_CONNECTION_LOST,
  AW_FAULT_NOT_A_MAIL_SERVER,
  AW_FAULT_BUSY,
  /* encryption */
  AW_FAULT_NO_ENCRYPTION,
  AW_FAULT_TLS,
  AW_FAULT_CERTIFICATE_EXPIRED,
  AW_FAULT_CERTIFICATE_NOT_YET,
  AW_FAULT_CERTIFICATE_HOST,
  AW_FAULT_CERTIFICATE_UNKNOWN,
  AW_FAULT_CERTIFICATE_SELF_SIGNED,
  AW_FAULT_CERTIFICATE_CHANGED,
  AW_FAULT_CERTIFICATE,
  /* signing in */
  AW_FAULT_PASSWORD,
  AW_FAULT_APP_PASSWORD,
  AW_FAULT_OAUTH_ONLY,
  AW_FAULT_NO_SIGN_IN,
  AW_FAULT_SIGN_IN_BUSY,
  /* the message */
  AW_FAULT_SENDER,
  AW_FAULT_RECIPIENT,
  AW_FAULT_RECIPIENT_LATER,
  AW_FAULT_REFUSED,
  AW_FAULT_LATER,
  AW_FAULT_TOO_BIG,
  AW_FAULT_NEEDS_UTF8,
  AW_FAULT_UNCERTAIN,
  /* this side */
  AW_FAULT_CANCELLED,
  AW_FAULT_SETUP,
  AW_FAULT_JOURNAL,
  AW_FAULT_NO_PASSWORD,
  AW_FAULT_ASK_PASSWORD,
  AW_FAULT_KEYRING_LOCKED,
  AW_FAULT_NO_KEYRING,
  AW_FAULT_KEYRING,
  AW_FAULT_CHECK,  /* the last-moment check: the text says what */
  AW_FAULT_MISSED, /* Send Later, missed by more than 12 hours */
  AW_FAULT_GAVE_UP,
  AW_FAULT_GOA,           /* GNOME Online Accounts cannot be reached */
  AW_FAULT_GOA_ATTENTION, /* it wants the user, or has the account no more */
} AwMailFault;

extern const AwVocabulary aw_mail_faults;

/**
 * AwMailResult:
 * @outcome: what to do next
 * @fault: which sentence
 * @stage: how far it came
 * @code: the server's answer, 0: none spoke
 * @text: (nullable): the server's own words, one line, cleaned
 */
typedef struct
{
  AwMailOutcome outcome;
  AwMailFault fault;
  AwSmtpStage stage;
  int code;
  char *text;
} AwMailResult;

void aw_mail_result_clear (AwMailResult *result);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (AwMailResult, aw_mail_result_clear)

/**
 * AwSmtpDialogue:
 *
 * What was seen of a conversation with a server.
 */
typedef struct
{
  AwSmtpStage stage;
  int code;          /* of the last complete answer in this stage, 0: none */
  const char *words; /* the answer's text without codes */
  gboolean accepted; /* 2xx after the dot */
  gboolean auth_sent;
  gboolean auth_offered;
  gboolean starttls_offered;
  gboolean timed_out;
  gboolean not_smtp;
  gboolean too_big;
  gboolean no_utf8;
  gboolean no_sign_in;
  gboolean cancelled;
  gboolean journal_failed;
  int curl;          /* CURLcode */
  int os_error;      /* errno of the connection attempt */
  long verify;       /* OpenSSL's verdict on the certificate, 0: none */
} AwSmtpDialogue;

void aw_mail_classify (const AwSmtpDialogue *dialogue, AwMailResult *result);
AwMailOutcome aw_mail_fault_outcome (AwMailFault fault);
gboolean aw_mail_fault_is_network (AwMailFault fault);

/* One plain sentence, translated. */
char *aw_mail_fault_sentence (AwMailFault fault, int code, const char *text);

/* A server's words for a screen: one line, valid UTF-8, no control characters, 500 characters at most. */
char *aw_mail_clean_words (const char *words);

G_END_DECLS
