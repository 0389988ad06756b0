/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>
#include <stdio.h>

#include "mail/aw-imap.h"
#include "send/aw-worker-private.h"
#include "store/aw-incoming-store.h"

/* Tries of which a server says no; that nobody answers is no try. */
#define TRIES 5
#define PATIENCE (3 * AW_DAY)

static void
settle (AwWorker *worker,
        const AwCopy *copy,
        const char *state,
        gint64 next_at,
        const char *text)
{
  g_autoptr (GError) error = NULL;

  if (!aw_copy_store_settle (worker->database, copy->message, state, next_at, text, &error))
    g_printerr ("afterword-send: %s\n", error->message);
  g_print ("%s copy %s\n", copy->message, state);
  fflush (stdout);
  aw_worker_tell (worker);
}

/* Nobody said no: there was no way to the server, or to the password. */
static gboolean
is_no_try (AwMailFault fault)
{
  return aw_mail_fault_is_network (fault) || fault == AW_FAULT_GOA || (fault >= AW_FAULT_ASK_PASSWORD && fault <= AW_FAULT_KEYRING);
}

/* The message has been sent, whatever becomes of its copy. */
static void
put_off (AwWorker *worker,
         const AwCopy *copy,
         const AwMailResult *result)
{
  gint64 now = aw_engine_now (worker->engine);
  g_autofree char *sentence = aw_mail_fault_sentence (result->fault, result->code, result->text);
  const char *text = result->text != NULL ? result->text : sentence;

  if (result->outcome == AW_OUTCOME_CANCELLED)
    return;
  if ((copy->attempts + 1 >= TRIES && !is_no_try (result->fault)) || now - copy->sent_at > PATIENCE)
    settle (worker, copy, "failed", now, text);
  else
    settle (worker, copy, "pending", now + aw_worker_back_off (copy->attempts + 1), text);
}

/* Whether it is there already: the server's own doing, or a try of ours whose
 * answer was lost. Only then is it known that filing it makes the first copy. */
static gboolean
is_there (AwImap *imap,
          const char *mailbox,
          const AwCopy *copy,
          gboolean *there,
          AwMailResult *result)
{
  g_autofree char *quoted = aw_imap_quote (copy->message_id);
  g_autofree char *criteria = NULL;
  g_autoptr (GArray) uids = NULL;

  if (quoted == NULL)
    {
      *there = TRUE;
      return TRUE;
    }
  criteria = g_strconcat ("HEADER Message-ID ", quoted, NULL);
  if (!aw_imap_examine (imap, mailbox, NULL, NULL, result) || !aw_imap_search (imap, criteria, &uids, result))
    return FALSE;
  *there = uids->len > 0;
  return TRUE;
}

static gboolean
file_copy (AwWorker *worker,
           AwImap *imap,
           const char *mailbox,
           const AwCopy *copy)
{
  g_auto (AwMailResult) result = { 0 };
  gboolean there = FALSE;

  if (!is_there (imap, mailbox, copy, &there, &result) || (!there && !aw_imap_append (imap, mailbox, copy->raw, &result)))
    {
      put_off (worker, copy, &result);
      return !aw_mail_fault_is_network (result.fault) && result.outcome != AW_OUTCOME_CANCELLED;
    }
  settle (worker, copy, "done", 0, NULL);
  return TRUE;
}

static void
file_copies (AwWorker *worker,
             AwAccount *account,
             GPtrArray *copies)
{
  g_auto (AwMailResult) result = { 0 };
  g_autofree char *mailbox = NULL;
  g_autoptr (AwImap) imap = NULL;
  gboolean is_token = FALSE;
  char *password = aw_worker_get_password (worker, account, "imap", &is_token, &result.fault);
  guint done = 0;

  if (result.fault == AW_FAULT_NONE)
    {
      imap = aw_imap_new (account, password, is_token, worker->cancellable);
      aw_imap_set_interrupt (imap, aw_worker_is_interrupted, worker);
      if (aw_imap_find_mailbox (imap, "\\Sent", &mailbox, &result) && mailbox == NULL)
        {
          result.fault = AW_FAULT_LATER;
          result.text = g_strdup (_("The account has no Sent folder."));
        }
    }
  if (mailbox != NULL)
    while (done < copies->len && file_copy (worker, imap, mailbox, g_ptr_array_index (copies, done++)))
      ;
  else
    for (; done < copies->len; done++)
      put_off (worker, g_ptr_array_index (copies, done), &result);
  aw_secret_free (password);
}

/**
 * aw_worker_file_copies:
 * @worker: the worker
 *
 * Puts what was sent into the accounts' Sent folders, where that is wanted.
 */
void
aw_worker_file_copies (AwWorker *worker)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) due = aw_copy_store_load_due (worker->database, aw_engine_now (worker->engine), &error);

  if (due == NULL)
    g_printerr ("afterword-send: %s\n", error->message);
  for (guint i = 0; due != NULL && i < due->len && !worker->interrupted && !g_cancellable_is_cancelled (worker->cancellable);)
    {
      const char *id = ((AwCopy *) g_ptr_array_index (due, i))->account;
      g_autoptr (AwRecord) account = aw_database_load_record (worker->database, AW_RECORD_ACCOUNT, id, NULL);
      g_autoptr (GPtrArray) copies = g_ptr_array_new ();

      for (; i < due->len && g_str_equal (((AwCopy *) g_ptr_array_index (due, i))->account, id); i++)
        g_ptr_array_add (copies, g_ptr_array_index (due, i));
      if (account != NULL)
        file_copies (worker, AW_ACCOUNT (account), copies);
    }
}
