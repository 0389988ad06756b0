/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "core/aw-facts.h"
#include "mail/aw-mail-result.h"

G_BEGIN_DECLS

/**
 * AwImap:
 *
 * A conversation with an account's IMAP server. Blocks: for the worker alone.
 * Mailboxes are only ever opened for reading, and no mail is marked as read.
 *
 * All functions that ask the server give whether it went well, and if not, why
 * in @result (which they fill and the caller clears).
 */
typedef struct _AwImap AwImap;

AwImap *aw_imap_new (AwAccount *account, const char *password, gboolean is_token, GCancellable *cancellable);
void aw_imap_free (AwImap *self);

/* Asked now and then, and a few times a second at most, while the server is waited for: TRUE ends it as cancelled. */
void aw_imap_set_interrupt (AwImap *self, gboolean (*is_interrupted) (gpointer data), gpointer data);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AwImap, aw_imap_free)

/* The mailbox with this SPECIAL-USE ("\\Sent", "\\All"); NULL with TRUE: there is none. */
gboolean aw_imap_find_mailbox (AwImap *self, const char *use, char **mailbox, AwMailResult *result);
gboolean aw_imap_examine (AwImap *self, const char *mailbox, gint64 *uid_validity, gint64 *uid_next, AwMailResult *result);

/* In the mailbox that was examined. @criteria: our own words, and texts that aw_imap_quote() made. UIDs, in order. */
gboolean aw_imap_search (AwImap *self, const char *criteria, GArray **uids, AwMailResult *result);
char *aw_imap_quote (const char *text); /* NULL: it cannot stand in a command */

typedef struct
{
  gint64 uid;
  gint64 at;         /* when it came in, AW_NEVER: not said */
  GPtrArray *parts;  /* GString: what was asked for, in order; NULL elements: the server has none */
} AwImapMail;

void aw_imap_mail_free (AwImapMail *mail);

/* @parts: sections, as BODY.PEEK takes them, NULL-terminated. (element-type AwImapMail) */
gboolean aw_imap_fetch (AwImap *self, const GArray *uids, const char *const *parts, GPtrArray **mails, AwMailResult *result);

/* Files a message, as read. Whoever calls it looks first whether it is there already. */
gboolean aw_imap_append (AwImap *self, const char *mailbox, GBytes *bytes, AwMailResult *result);

/* What a server sends, taken apart; for tests. */
typedef struct _AwImapReader AwImapReader;

AwImapReader *aw_imap_reader_new (void);
void aw_imap_reader_free (AwImapReader *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AwImapReader, aw_imap_reader_free)
gboolean aw_imap_reader_feed (AwImapReader *self, const char *data, gsize length); /* FALSE: too much, or nonsense */
GPtrArray *aw_imap_reader_get_responses (AwImapReader *self); /* GString: lines, with their literals in them */
gboolean aw_imap_reader_is_inside (AwImapReader *self); /* a literal or a line */
void aw_imap_reader_clear (AwImapReader *self);

/* Whether a response of LIST has this use; its name then. */
char *aw_imap_parse_list (const char *response, gsize length, const char *use);
AwImapMail *aw_imap_parse_fetch (const char *response, gsize length, guint n_parts);

G_END_DECLS
