/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/aw-database.h"

G_BEGIN_DECLS

/* What comes in and where it is filed: copies of sent mail, and the check for
 * replies. The agent asks when; the worker does it. */

/* The only poll that there is, for accounts that want it: so often. */
#define AW_REPLIES_INTERVAL (20 * 60)
/* What was sent longer ago is not waited for any more. */
#define AW_REPLIES_SINCE (60 * AW_DAY)

gint64 aw_incoming_watch_next (AwDatabase *database, gint64 now); /* AW_NEVER: nothing is to be done */

/* Copies ---------------------------------------------------------------------- */

typedef struct
{
  char *message;
  char *account;
  char *message_id;
  GBytes *raw;
  int attempts;
  gint64 sent_at;
} AwCopy;

void aw_copy_free (AwCopy *copy);
GPtrArray *aw_copy_store_load_due (AwDatabase *database, gint64 now, GError **error); /* AwCopy, by account */
/* @state: "done", "failed", or "pending" for another try at @next_at. Never touches the message. */
gboolean aw_copy_store_settle (AwDatabase *database, const char *message, const char *state, gint64 next_at, const char *text, GError **error);

/* The check --------------------------------------------------------------------- */

typedef struct
{
  char *account;
  char *mailbox;
  gint64 uid_validity; /* 0: never checked */
  gint64 uid_next;
  gint64 checked_at;   /* AW_NEVER */
  gint64 next_at;      /* AW_NEVER: not by itself */
  char *fault;         /* a word of mail/aw-mail-result.h */
  int code;
  char *text;
} AwMailCheck;

void aw_mail_check_free (AwMailCheck *check);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AwMailCheck, aw_mail_check_free)

GPtrArray *aw_mail_check_load_due (AwDatabase *database, gint64 now, GError **error); /* AwMailCheck */
AwMailCheck *aw_mail_check_load (AwDatabase *database, const char *account, GError **error); /* never NULL without an error */
gboolean aw_mail_check_store (AwDatabase *database, const AwMailCheck *check, GError **error);
gboolean aw_mail_check_hurry (AwDatabase *database, gint64 now, GError **error); /* the network is back */

typedef struct
{
  char *message;
  char *opportunity;
  char *person;     /* may be NULL */
  char *message_id; /* without angle brackets */
  gint64 sent_at;
  gboolean uncertain;
} AwAwaited;

void aw_awaited_free (AwAwaited *awaited);
/* What was sent from @account and may be answered; the last sent first. */
GPtrArray *aw_incoming_load_awaited (AwDatabase *database, const char *account, gint64 now, GError **error);

/* What came ----------------------------------------------------------------------- */

typedef enum
{
  AW_INCOMING_ANSWER,    /* noted as a touch */
  AW_INCOMING_AUTOMATIC, /* out of office and the like: says nothing */
  AW_INCOMING_BOUNCE,
  AW_INCOMING_SOMEONE,   /* a question to the user */
} AwIncomingKind;

extern const AwVocabulary aw_incoming_kinds;

/**
 * AwIncoming:
 * @id: its own
 * @mail: Message-ID, or what stands for one; once for each opportunity
 * @message: (nullable): the message of ours that it is about
 * @person: (nullable): who wrote, if known
 * @name: (nullable): as the mail says, cleaned
 * @address: (nullable): as the mail says, cleaned
 * @subject: (nullable): as the mail says, cleaned
 * @at: when it came in
 * @touch: (nullable): what it was noted as
 * @settled: nothing is asked (any more)
 */
typedef struct
{
  char *id;
  char *opportunity;
  char *mail;
  AwIncomingKind kind;
  char *message;
  char *person;
  char *name;
  char *address;
  char *subject;
  gint64 at;
  char *touch;
  gboolean settled;
} AwIncoming;

void aw_incoming_free (AwIncoming *incoming);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AwIncoming, aw_incoming_free)

gboolean aw_incoming_is_known (AwDatabase *database, const char *opportunity, const char *mail);

/* In one transaction with @touch (nullable), which it was noted as. */
gboolean aw_incoming_add (AwDatabase *database, const AwIncoming *incoming, AwTouch *touch, GError **error);
/* A message of ours came back; together with the row that says so. */
gboolean aw_incoming_add_bounce (AwDatabase *database, const AwIncoming *incoming, const char *text, GError **error);

AwIncoming *aw_incoming_load (AwDatabase *database, const char *id, GError **error);
GPtrArray *aw_incoming_load_questions (AwDatabase *database, const char *opportunity, GError **error); /* AwIncoming, @opportunity NULL: all */
gboolean aw_incoming_settle (AwDatabase *database, const char *id, const char *touch, GError **error);
/* Answers and questions of which the user was not told; telling is claimed by it. */
GPtrArray *aw_incoming_claim_untold (AwDatabase *database, GError **error);
gboolean aw_incoming_put_back (AwDatabase *database, const char *id, GError **error);

G_END_DECLS
