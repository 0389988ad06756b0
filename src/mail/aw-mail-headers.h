/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Fields to ask for; no more of a mail is ever read. */
#define AW_MAIL_HEADERS_WANTED                                                                                    \
  "[HEADER.FIELDS (FROM SUBJECT MESSAGE-ID IN-REPLY-TO REFERENCES AUTO-SUBMITTED PRECEDENCE RETURN-PATH "         \
  "CONTENT-TYPE LIST-ID X-AUTOREPLY X-AUTORESPOND X-MICROSOFT-ORIGINAL-MESSAGE-ID)]"

typedef enum
{
  AW_MAIL_PERSONAL,  /* as far as anybody can tell */
  AW_MAIL_AUTOMATIC, /* out of office, receipts, lists: nobody wrote it to us */
  AW_MAIL_REPORT,    /* of a delivery: see aw_bounce_parse() */
} AwMailNature;

/**
 * AwMailHeaders:
 * @id: (nullable): Message-ID, without angle brackets
 * @name: (nullable): who wrote, one clean line
 * @address: (nullable): his address, in lower case
 * @subject: (nullable): one clean line
 * @answers: (nullable): Message-IDs that it refers to
 * @nature: what kind of mail it is
 *
 * What a stranger wrote about himself.
 */
typedef struct
{
  char *id;
  char *name;
  char *address;
  char *subject;
  char **answers;
  AwMailNature nature;
} AwMailHeaders;

AwMailHeaders *aw_mail_headers_parse (const char *text, gsize length); /* never NULL */
void aw_mail_headers_free (AwMailHeaders *headers);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AwMailHeaders, aw_mail_headers_free)

/**
 * AwBounce:
 * @message_id: (nullable): of the message that came back
 * @failed: for good; not only late
 * @text: (nullable): why, in the server's words, one clean line
 */
typedef struct
{
  char *message_id;
  gboolean failed;
  char *text;
} AwBounce;

/* @status: the part message/delivery-status; @returned: the message that came back, or its headers. */
AwBounce *aw_bounce_parse (const char *status, gsize status_length, const char *returned, gsize returned_length);
void aw_bounce_free (AwBounce *bounce);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AwBounce, aw_bounce_free)

G_END_DECLS
