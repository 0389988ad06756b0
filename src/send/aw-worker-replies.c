/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

#include "mail/aw-address.h"
#include "mail/aw-imap.h"
#include "mail/aw-mail-headers.h"
#include "mail/aw-preset.h"
#include "send/aw-worker-private.h"
#include "service/aw-replies.h"

/* The check for replies (mail.md 3.8): the server is asked for mail that refers
 * to a message of ours, or is of the people whom we wrote to; of what it finds,
 * the headers are read, and nothing is marked as read. */

#define TERMS_AT_ONCE 8
#define MAILS_AT_ONCE 40
#define MAILS_AT_MOST 400
#define RETURNED_AT_MOST "<0.16384>"

typedef struct
{
  AwWorker *worker;
  AwAccount *account;
  AwMailCheck *check;
  AwImap *imap;
  GPtrArray *awaited;
  GHashTable *dossiers;  /* opportunity to AwDossier */
  GHashTable *addresses; /* of people, and "@domain" of companies: to AwAwaited, the last message */
  char *own;             /* the account's address, in lower case */
  AwMailResult result;
} Check;

/* Whom it is about ------------------------------------------------------------- */

static AwDossier *
get_dossier (Check *self,
             const char *opportunity)
{
  AwDossier *dossier = g_hash_table_lookup (self->dossiers, opportunity);

  if (dossier == NULL)
    {
      dossier = aw_database_load_dossier (self->worker->database, opportunity, NULL);
      if (dossier != NULL)
        g_hash_table_insert (self->dossiers, g_strdup (opportunity), dossier);
    }
  return dossier;
}

static AwPerson *
find_person (AwDossier *dossier,
             const char *address)
{
  AW_RECORDS_FOREACH (AwPerson, person, aw_dossier_get_list (dossier, AW_RECORD_PERSON))
  {
    g_autofree char *lower = person->email != NULL ? g_utf8_strdown (person->email, -1) : NULL;

    if (address != NULL && g_strcmp0 (lower, address) == 0)
      return person;
  }
  return NULL;
}

/* The last message comes first, so a person of two employers stands for that one. */
static void
gather_addresses (Check *self)
{
  for (guint i = 0; i < self->awaited->len; i++)
    {
      AwAwaited *awaited = g_ptr_array_index (self->awaited, i);
      AwDossier *dossier = get_dossier (self, awaited->opportunity);

      if (dossier == NULL)
        continue;
      AW_RECORDS_FOREACH (AwPerson, person, aw_dossier_get_list (dossier, AW_RECORD_PERSON))
      {
        g_autofree char *address = person->email != NULL ? g_utf8_strdown (person->email, -1) : NULL;
        const char *domain = address != NULL ? strchr (address, '@') : NULL;

        if (domain == NULL || g_strcmp0 (address, self->own) == 0)
          continue;
        if (!g_hash_table_contains (self->addresses, address))
          g_hash_table_insert (self->addresses, g_strdup (address), awaited);
        /* Half the world has an address at a provider's. */
        if (aw_preset_find (address) == NULL && !g_str_has_suffix (self->own, domain) && !g_hash_table_contains (self->addresses, domain))
          g_hash_table_insert (self->addresses, g_strdup (domain), awaited);
      }
    }
}

static AwAwaited *
find_awaited (Check *self,
              const char *message_id)
{
  for (guint i = 0; message_id != NULL && i < self->awaited->len; i++)
    {
      AwAwaited *awaited = g_ptr_array_index (self->awaited, i);

      if (strcmp (awaited->message_id, message_id) == 0)
        return awaited;
    }
  return NULL;
}

static AwAwaited *
find_answered (Check *self,
               const AwMailHeaders *headers)
{
  for (char **id = headers->answers; id != NULL && *id != NULL; id++)
    {
      AwAwaited *awaited = find_awaited (self, *id);

      if (awaited != NULL)
        return awaited;
    }
  return NULL;
}

/* What is noted ------------------------------------------------------------------ */

/* A mail of which an earlier one could not know whether it left has answered that. */
static void
settle_uncertain (Check *self,
                  AwAwaited *awaited)
{
  g_autoptr (GError) error = NULL;

  if (!awaited->uncertain)
    return;
  if (aw_outbox_was_sent (self->worker->outbox, awaited->message, &error))
    awaited->uncertain = FALSE;
  else
    g_printerr ("afterword-send: %s\n", error->message);
}

static AwIncoming *
make_incoming (Check *self,
               const AwMailHeaders *headers,
               const AwImapMail *mail,
               AwIncomingKind kind,
               AwAwaited *awaited)
{
  gint64 now = aw_engine_now (self->worker->engine);
  AwDossier *dossier = get_dossier (self, awaited->opportunity);
  AwPerson *person = dossier != NULL ? find_person (dossier, headers->address) : NULL;
  AwIncoming *incoming = g_new0 (AwIncoming, 1);

  incoming->id = g_uuid_string_random ();
  incoming->opportunity = g_strdup (awaited->opportunity);
  incoming->kind = kind;
  incoming->message = g_strdup (awaited->message);
  incoming->person = person != NULL ? g_strdup (AW_ID (person)) : NULL;
  incoming->name = g_strdup (headers->name);
  incoming->address = g_strdup (headers->address);
  incoming->subject = g_strdup (headers->subject);
  /* The server's clock, not the writer's word; and nothing comes from the future. */
  incoming->at = mail->at != AW_NEVER ? MIN (mail->at, now) : now;
  if (headers->id != NULL)
    incoming->mail = g_strdup (headers->id);
  else
    {
      g_autofree char *text = g_strdup_printf ("%s\n%s\n%" G_GINT64_FORMAT, headers->address, headers->subject, mail->at);

      incoming->mail = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
    }
  return incoming;
}

static void
note (Check *self,
      AwIncoming *incoming,
      AwTouch *touch)
{
  g_autoptr (GError) error = NULL;

  if (!aw_incoming_add (self->worker->database, incoming, touch, &error))
    {
      g_printerr ("afterword-send: %s\n", error->message);
      return;
    }
  g_print ("%s incoming %s\n", incoming->message, aw_word (&aw_incoming_kinds, incoming->kind));
  aw_worker_tell (self->worker);
}

static void
note_answer (Check *self,
             const AwMailHeaders *headers,
             const AwImapMail *mail,
             AwAwaited *awaited)
{
  g_autoptr (AwIncoming) incoming =
    make_incoming (self, headers, mail, headers->nature == AW_MAIL_PERSONAL ? AW_INCOMING_ANSWER : AW_INCOMING_AUTOMATIC, awaited);
  g_autoptr (AwTouch) touch = NULL;

  if (aw_incoming_is_known (self->worker->database, incoming->opportunity, incoming->mail))
    return;
  settle_uncertain (self, awaited);
  if (incoming->kind == AW_INCOMING_ANSWER)
    touch = aw_replies_make_touch (self->worker->engine, incoming); /* G8 */
  note (self, incoming, touch);
}

/* Only that somebody wrote is known: that is a question, not a fact. */
static void
note_someone (Check *self,
              const AwMailHeaders *headers,
              const AwImapMail *mail)
{
  const char *domain = headers->address != NULL ? strchr (headers->address, '@') : NULL;
  AwAwaited *awaited = domain != NULL ? g_hash_table_lookup (self->addresses, headers->address) : NULL;
  g_autoptr (AwIncoming) incoming = NULL;

  if (awaited == NULL && domain != NULL)
    awaited = g_hash_table_lookup (self->addresses, domain);
  if (awaited == NULL || headers->nature != AW_MAIL_PERSONAL || (mail->at != AW_NEVER && mail->at < awaited->sent_at))
    return;
  incoming = make_incoming (self, headers, mail, AW_INCOMING_SOMEONE, awaited);
  if (!aw_incoming_is_known (self->worker->database, incoming->opportunity, incoming->mail))
    note (self, incoming, NULL);
}

static void
note_bounce (Check *self,
             const AwMailHeaders *headers,
             const AwImapMail *mail,
             const AwBounce *bounce)
{
  AwAwaited *awaited = find_awaited (self, bounce->message_id);
  g_autoptr (AwIncoming) incoming = NULL;
  g_autoptr (GError) error = NULL;

  if (awaited == NULL)
    return;
  incoming = make_incoming (self, headers, mail, bounce->failed ? AW_INCOMING_BOUNCE : AW_INCOMING_AUTOMATIC, awaited);
  if (aw_incoming_is_known (self->worker->database, incoming->opportunity, incoming->mail))
    return;
  settle_uncertain (self, awaited);
  if (!bounce->failed)
    note (self, incoming, NULL);
  else if (aw_incoming_add_bounce (self->worker->database, incoming, bounce->text, &error))
    {
      g_print ("%s incoming bounce\n", incoming->message);
      aw_worker_tell (self->worker);
    }
  else
    g_printerr ("afterword-send: %s\n", error->message);
}

/* Asking the server ---------------------------------------------------------------- */

static char *
make_since (Check *self,
            gint64 from)
{
  static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
  gint64 first = aw_engine_now (self->worker->engine);
  g_autoptr (GDateTime) day = NULL;

  for (guint i = 0; i < self->awaited->len; i++)
    first = MIN (first, ((AwAwaited *) g_ptr_array_index (self->awaited, i))->sent_at);
  /* The server's days are its zone's. */
  day = g_date_time_new_from_unix_utc (first - AW_DAY);
  return g_strdup_printf ("UID %" G_GINT64_FORMAT ":* SINCE %d-%s-%d", MAX (from, 1), g_date_time_get_day_of_month (day),
                          months[g_date_time_get_month (day) - 1], g_date_time_get_year (day));
}

static int
compare_uids (gconstpointer a,
              gconstpointer b)
{
  gint64 x = *(const gint64 *) a, y = *(const gint64 *) b;

  return x < y ? -1 : x > y;
}

/* Any of @terms: "OR a OR b c". */
static gboolean
search_terms (Check *self,
              const char *since,
              GPtrArray *terms,
              GArray *found)
{
  for (guint i = 0; i < terms->len; i += TERMS_AT_ONCE)
    {
      guint n = MIN (TERMS_AT_ONCE, terms->len - i);
      g_autoptr (GString) criteria = g_string_new (since);
      g_autoptr (GArray) uids = NULL;

      for (guint k = 0; k < n; k++)
        g_string_append_printf (criteria, " %s%s", k + 1 < n ? "OR " : "", (char *) g_ptr_array_index (terms, i + k));
      if (!aw_imap_search (self->imap, criteria->str, &uids, &self->result))
        return FALSE;
      g_array_append_vals (found, uids->data, uids->len);
    }
  return TRUE;
}

static GPtrArray *
make_terms (Check *self)
{
  GPtrArray *terms = g_ptr_array_new_with_free_func (g_free);
  GHashTableIter iter;
  gpointer address;

  for (guint i = 0; i < self->awaited->len; i++)
    {
      g_autofree char *quoted = aw_imap_quote (((AwAwaited *) g_ptr_array_index (self->awaited, i))->message_id);

      if (quoted != NULL)
        g_ptr_array_add (terms, g_strdup_printf ("OR HEADER In-Reply-To %s HEADER References %s", quoted, quoted));
    }
  g_hash_table_iter_init (&iter, self->addresses);
  while (g_hash_table_iter_next (&iter, &address, NULL))
    {
      g_autofree char *quoted = aw_imap_quote (address);

      if (quoted != NULL)
        g_ptr_array_add (terms, g_strdup_printf ("FROM %s", quoted));
    }
  g_ptr_array_add (terms, g_strdup ("HEADER Content-Type \"multipart/report\""));
  return terms;
}

/* Found twice is found; and "5:*" also finds the last one where there is no fifth. */
static void
tidy (GArray *uids,
      gint64 from)
{
  guint kept = 0;

  g_array_sort (uids, compare_uids);
  for (guint i = 0; i < uids->len; i++)
    {
      gint64 uid = g_array_index (uids, gint64, i);

      if (uid >= from && (kept == 0 || g_array_index (uids, gint64, kept - 1) != uid))
        g_array_index (uids, gint64, kept++) = uid;
    }
  g_array_set_size (uids, kept);
  if (uids->len > MAILS_AT_MOST)
    g_array_remove_range (uids, 0, uids->len - MAILS_AT_MOST);
}

static gboolean
look_at_report (Check *self,
                const AwMailHeaders *headers,
                AwImapMail *mail)
{
  static const char *const parts[] = { "[2]" RETURNED_AT_MOST, "[3]" RETURNED_AT_MOST, NULL };
  g_autoptr (GArray) uids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GPtrArray) mails = NULL;

  g_array_append_val (uids, mail->uid);
  if (!aw_imap_fetch (self->imap, uids, parts, &mails, &self->result))
    return FALSE;
  for (guint i = 0; i < mails->len; i++)
    {
      AwImapMail *report = g_ptr_array_index (mails, i);
      const GString *status = g_ptr_array_index (report->parts, 0), *returned = g_ptr_array_index (report->parts, 1);
      g_autoptr (AwBounce) bounce = NULL;

      if (report->uid != mail->uid || status == NULL || returned == NULL)
        continue;
      bounce = aw_bounce_parse (status->str, status->len, returned->str, returned->len);
      note_bounce (self, headers, mail, bounce);
    }
  return TRUE;
}

static gboolean
look_at (Check *self,
         AwImapMail *mail)
{
  const GString *text = g_ptr_array_index (mail->parts, 0);
  g_autoptr (AwMailHeaders) headers = NULL;
  AwAwaited *awaited;

  if (text == NULL)
    return TRUE;
  headers = aw_mail_headers_parse (text->str, text->len);
  /* What I wrote myself, filed among the rest. */
  if (headers->address != NULL && g_strcmp0 (headers->address, self->own) == 0)
    return TRUE;
  if (headers->nature == AW_MAIL_REPORT)
    return look_at_report (self, headers, mail);
  awaited = find_answered (self, headers);
  if (awaited != NULL)
    note_answer (self, headers, mail, awaited);
  else
    note_someone (self, headers, mail);
  return TRUE;
}

static gboolean
look_at_all (Check *self,
             GArray *uids)
{
  static const char *const parts[] = { AW_MAIL_HEADERS_WANTED, NULL };

  for (guint i = 0; i < uids->len; i += MAILS_AT_ONCE)
    {
      g_autoptr (GArray) some = g_array_new (FALSE, FALSE, sizeof (gint64));
      g_autoptr (GPtrArray) mails = NULL;

      g_array_append_vals (some, &g_array_index (uids, gint64, i), MIN (MAILS_AT_ONCE, uids->len - i));
      if (!aw_imap_fetch (self->imap, some, parts, &mails, &self->result))
        return FALSE;
      for (guint k = 0; k < mails->len; k++)
        if (!look_at (self, g_ptr_array_index (mails, k)))
          return FALSE;
    }
  return TRUE;
}

/* A server that files by itself what it sends has told what became of it. A miss says nothing. */
static gboolean
look_for_uncertain (Check *self)
{
  g_autofree char *sent = NULL;

  for (guint i = 0; i < self->awaited->len; i++)
    {
      AwAwaited *awaited = g_ptr_array_index (self->awaited, i);
      g_autofree char *quoted = awaited->uncertain ? aw_imap_quote (awaited->message_id) : NULL;
      g_autofree char *criteria = NULL;
      g_autoptr (GArray) uids = NULL;

      if (quoted == NULL)
        continue;
      if (sent == NULL && (!aw_imap_find_mailbox (self->imap, "\\Sent", &sent, &self->result) || sent == NULL ||
                           !aw_imap_examine (self->imap, sent, NULL, NULL, &self->result)))
        return sent == NULL && self->result.fault == AW_FAULT_NONE;
      criteria = g_strdup_printf ("OR HEADER Message-ID %s HEADER X-Microsoft-Original-Message-ID %s", quoted, quoted);
      if (!aw_imap_search (self->imap, criteria, &uids, &self->result))
        return FALSE;
      if (uids->len > 0)
        settle_uncertain (self, awaited);
    }
  return TRUE;
}

static gboolean
look (Check *self)
{
  g_autofree char *mailbox = NULL;
  g_autofree char *since = NULL;
  g_autoptr (GArray) uids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GPtrArray) terms = NULL;
  gint64 validity, next, from;

  if (!look_for_uncertain (self) || !aw_imap_find_mailbox (self->imap, "\\All", &mailbox, &self->result))
    return FALSE;
  /* Where everything is, filters cannot hide an answer. */
  if (mailbox == NULL)
    mailbox = g_strdup ("INBOX");
  if (!aw_imap_examine (self->imap, mailbox, &validity, &next, &self->result))
    return FALSE;
  /* Other UIDs, or another mailbox: from the beginning. Nothing is noted twice. */
  from = self->check->uid_validity != 0 && validity == self->check->uid_validity && g_strcmp0 (mailbox, self->check->mailbox) == 0
           ? self->check->uid_next
           : 0;
  if (next == 0 || next > from)
    {
      since = make_since (self, from);
      terms = make_terms (self);
      if (!search_terms (self, since, terms, uids))
        return FALSE;
      tidy (uids, from);
      if (!look_at_all (self, uids))
        return FALSE;
    }
  if (next == 0)
    next = uids->len > 0 ? g_array_index (uids, gint64, uids->len - 1) + 1 : from;
  g_free (self->check->mailbox);
  self->check->mailbox = g_steal_pointer (&mailbox);
  self->check->uid_validity = validity;
  self->check->uid_next = next;
  return TRUE;
}

/* One account ------------------------------------------------------------------------ */

static void
conclude (Check *self,
          gboolean ok)
{
  AwMailCheck *check = self->check;
  gint64 now = aw_engine_now (self->worker->engine);
  g_autoptr (GError) error = NULL;

  if (self->result.outcome == AW_OUTCOME_CANCELLED && self->result.fault == AW_FAULT_CANCELLED)
    return;
  if (ok)
    check->checked_at = now;
  g_free (check->fault);
  g_free (check->text);
  check->fault = ok ? NULL : g_strdup (aw_word (&aw_mail_faults, self->result.fault));
  check->code = ok ? 0 : self->result.code;
  check->text = ok ? NULL : g_strdup (self->result.text);
  /* Who is not let in does not knock every quarter of an hour: that locks accounts. */
  check->next_at = !ok && aw_mail_fault_outcome (self->result.fault) == AW_OUTCOME_ACCOUNT
                     ? AW_NEVER
                     : now + AW_REPLIES_INTERVAL + g_random_int_range (0, 120);
  if (!aw_mail_check_store (self->worker->database, check, &error))
    g_printerr ("afterword-send: %s\n", error->message);
  g_print ("%s checked %s\n", check->account, check->fault != NULL ? check->fault : "-");
  fflush (stdout);
}

static void
check_account (AwWorker *worker,
               AwAccount *account,
               AwMailCheck *mail_check)
{
  Check self = { .worker = worker, .account = account, .check = mail_check };
  gboolean is_token = FALSE;
  char *password = aw_worker_get_password (worker, account, "imap", &is_token, &self.result.fault);
  gboolean ok = FALSE;

  self.awaited = aw_incoming_load_awaited (worker->database, AW_ID (account), aw_engine_now (worker->engine), NULL);
  self.own = account->address != NULL ? g_utf8_strdown (account->address, -1) : g_strdup ("");
  self.dossiers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self.addresses = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  if (self.awaited != NULL && self.result.fault == AW_FAULT_NONE)
    {
      gather_addresses (&self);
      self.imap = aw_imap_new (account, password, is_token, worker->cancellable);
      aw_imap_set_interrupt (self.imap, aw_worker_is_interrupted, worker);
      ok = look (&self);
      aw_imap_free (self.imap);
    }
  conclude (&self, ok);
  aw_secret_free (password);
  g_hash_table_unref (self.addresses);
  g_hash_table_unref (self.dossiers);
  g_clear_pointer (&self.awaited, g_ptr_array_unref);
  g_free (self.own);
  aw_mail_result_clear (&self.result);
}

/**
 * aw_worker_check_replies:
 * @worker: the worker
 *
 * For the accounts that want it and whose time has come.
 */
void
aw_worker_check_replies (AwWorker *worker)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) due = aw_mail_check_load_due (worker->database, aw_engine_now (worker->engine), &error);

  if (due == NULL)
    g_printerr ("afterword-send: %s\n", error->message);
  for (guint i = 0; due != NULL && i < due->len && !worker->interrupted && !g_cancellable_is_cancelled (worker->cancellable); i++)
    {
      AwMailCheck *check = g_ptr_array_index (due, i);
      g_autoptr (AwRecord) account = aw_database_load_record (worker->database, AW_RECORD_ACCOUNT, check->account, NULL);

      if (account != NULL)
        check_account (worker, AW_ACCOUNT (account), check);
    }
}
