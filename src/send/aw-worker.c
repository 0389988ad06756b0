/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "send/aw-worker.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "mail/aw-account-tester-protocol.h"
#include "mail/aw-libsecret-store.h"
#include "mail/aw-smtp-mailer.h"
#include "send/aw-worker-private.h"
#include "service/aw-agent-client.h"
#include "store/aw-incoming-store.h"

/* A message that waits longer than this since the user handed it over is
 * looked at again (mail.md 3.2). */
#define FRESH (5 * 60)

/* How long a keyring that cannot be asked is left alone. */
#define KEYRING_REST (15 * 60)

static int
fail (const char *sentence)
{
  g_printerr ("afterword-send: %s\n", sentence);
  return 1;
}

/* One worker a database: the next one waits here, and finds what is left. */
static int
take_lock (const char *database,
           GError **error)
{
  g_autofree char *path = g_strconcat (database, "-send", NULL);
  int fd = open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

  while (fd >= 0 && flock (fd, LOCK_EX) != 0)
    if (errno != EINTR)
      {
        close (fd);
        fd = -1;
      }
  if (fd < 0)
    g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), _("“%s” cannot be locked: %s"), path, g_strerror (errno));
  return fd;
}

AwInstant
aw_worker_now (AwWorker *worker)
{
  gint64 now = aw_engine_now (worker->engine);
  AwInstant instant = { now, (gint16) (aw_calendar_offset (aw_engine_get_calendar (worker->engine), NULL, now) / 60) };

  return instant;
}

/* When to try again -------------------------------------------------------- */

gint64
aw_worker_back_off (int attempts)
{
  gint64 seconds = 60 * (1 << CLAMP (attempts - 1, 0, 6));

  /* Not all at once after a failure of many. */
  return (gint64) ((double) MIN (seconds, AW_HOUR) * g_random_double_range (0.8, 1.2));
}

/* A thank-you of the day before yesterday is none. */
static gint64
patience (AwMessage *message)
{
  return message->kind == AW_TOUCH_THANK_YOU ? AW_DAY : 3 * AW_DAY;
}

/* Outcomes ----------------------------------------------------------------- */

void
aw_worker_tell (AwWorker *worker)
{
  if (worker->tells_agent)
    aw_agent_client_refresh ();
}

static void
say (AwWorker *worker,
     AwMessageState state,
     int code,
     const char *text)
{
  g_print ("%s %s %03d %s\n", AW_ID (worker->entry->message), aw_word (&aw_message_states, state), code, text != NULL ? text : "");
  fflush (stdout);
  aw_worker_tell (worker);
}

/* Whether the user has not taken it back. What cannot be asked goes on. */
static gboolean
on_is_wanted (gpointer data)
{
  AwWorker *worker = data;

  if (!worker->taken_back)
    worker->taken_back = aw_outbox_store_is_taken_back (worker->database, AW_ID (worker->entry->message));
  return !worker->taken_back;
}

static void
settle (AwWorker *worker,
        AwMessageState state,
        gint64 next_at,
        AwMailFault fault,
        int code,
        const char *words)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence = aw_mail_fault_sentence (fault, code, words);
  const char *text = words != NULL ? words : sentence;

  /* It is a draft again, and not ours any more. */
  if (!on_is_wanted (worker))
    {
      say (worker, AW_MESSAGE_DRAFT, 0, NULL);
      return;
    }
  if (!aw_outbox_store_settle (worker->database, AW_ID (worker->entry->message), state, next_at, aw_word (&aw_mail_faults, fault), code,
                               text, &error))
    {
      /* It stays `sending`: the next worker finds it so. */
      g_printerr ("afterword-send: %s\n", error->message);
      return;
    }
  say (worker, state, code, text);
}

static void
pause_account (AwWorker *worker,
               AwMailFault fault,
               int code)
{
  g_autofree char *sentence = aw_mail_fault_sentence (fault, code, NULL);

  aw_outbox_store_pause (worker->database, worker->entry->message->account, sentence, NULL);
}

/* Who stands before the way out (a hotel's sign-in page) answers in the server's
 * place: neither its certificate nor its missing encryption is the account's. */
static gboolean
is_behind_portal (const AwMailResult *result)
{
  return result->fault >= AW_FAULT_NO_ENCRYPTION && result->fault <= AW_FAULT_CERTIFICATE &&
         g_network_monitor_get_connectivity (g_network_monitor_get_default ()) == G_NETWORK_CONNECTIVITY_PORTAL;
}

static void
settle_result (AwWorker *worker,
               const AwMailResult *result)
{
  AwOutboxEntry *entry = worker->entry;
  gint64 now = aw_engine_now (worker->engine);

  if (is_behind_portal (result))
    {
      settle (worker, AW_MESSAGE_QUEUED, now + aw_worker_back_off (entry->attempts), AW_FAULT_OFFLINE, 0, NULL);
      return;
    }

  switch (result->outcome)
    {
    case AW_OUTCOME_SENT:
      if (worker->committed)
        say (worker, AW_MESSAGE_SENT, result->code, result->text);
      break;
    case AW_OUTCOME_TEMPORARY:
      if (now - entry->first_at > patience (entry->message))
        {
          g_autofree char *sentence = aw_mail_fault_sentence (result->fault, result->code, result->text);

          settle (worker, AW_MESSAGE_FAILED, AW_NEVER, AW_FAULT_GAVE_UP, result->code, sentence);
        }
      else
        settle (worker, AW_MESSAGE_QUEUED, now + aw_worker_back_off (entry->attempts), result->fault, result->code, result->text);
      break;
    case AW_OUTCOME_ACCOUNT:
      pause_account (worker, result->fault, result->code);
      settle (worker, AW_MESSAGE_FAILED, AW_NEVER, result->fault, result->code, result->text);
      break;
    case AW_OUTCOME_UNCERTAIN:
      settle (worker, AW_MESSAGE_UNCERTAIN, AW_NEVER, result->fault, result->code, result->text);
      break;
    case AW_OUTCOME_CANCELLED:
      settle (worker, AW_MESSAGE_QUEUED, now, result->fault, 0, NULL);
      break;
    case AW_OUTCOME_PERMANENT:
    default:
      settle (worker, AW_MESSAGE_FAILED, AW_NEVER, result->fault, result->code, result->text);
      break;
    }
}

/* One message -------------------------------------------------------------- */

static gboolean
on_about_to_finish (gpointer data)
{
  AwWorker *worker = data;
  g_autoptr (GError) error = NULL;

  if (aw_outbox_store_dot (worker->database, AW_ID (worker->entry->message), &error))
    return TRUE;
  if (!on_is_wanted (worker))
    return FALSE;
  g_printerr ("afterword-send: %s\n", error->message);
  return FALSE;
}

static void
on_accepted (int code,
             const char *words,
             gpointer data)
{
  AwWorker *worker = data;
  g_autoptr (GError) error = NULL;

  worker->committed =
    aw_outbox_store_sent (worker->database, AW_ID (worker->entry->message), aw_worker_now (worker), code, words, &error);
  /* It stays `sending` with its dot: uncertain for the next worker. */
  if (!worker->committed)
    g_printerr ("afterword-send: %s\n", error->message);
}

static gboolean
may_leave (AwWorker *worker)
{
  AwOutboxEntry *entry = worker->entry;
  gint64 now = aw_engine_now (worker->engine);
  g_autofree char *sentence = NULL;

  if (entry->confirmed || (!aw_instant_is_set (entry->message->scheduled_at) && now - entry->first_at < FRESH))
    return TRUE;
  aw_engine_refresh (worker->engine);
  sentence = aw_outbox_check (worker->outbox, entry, now);
  if (sentence == NULL)
    return TRUE;
  settle (worker, AW_MESSAGE_FAILED, AW_NEVER, AW_FAULT_CHECK, 0, sentence);
  return FALSE;
}

static void
send_entry (AwWorker *worker)
{
  AwOutboxEntry *entry = worker->entry;
  g_autoptr (AwRecord) account = NULL;
  g_auto (AwMailResult) result = { 0 };
  AwMailJob job = { 0 };
  AwMailFault fault = AW_FAULT_NONE;
  char *password = NULL;

  worker->committed = worker->taken_back = FALSE;
  if (entry->message->account != NULL)
    account = aw_database_load_record (worker->database, AW_RECORD_ACCOUNT, entry->message->account, NULL);
  if (account == NULL)
    {
      settle (worker, AW_MESSAGE_FAILED, AW_NEVER, AW_FAULT_SETUP, 0, _("The account that this was to be sent from is gone."));
      return;
    }
  if (!may_leave (worker))
    return;

  job.account = AW_ACCOUNT (account);
  password = aw_worker_get_password (worker, job.account, "smtp", &job.is_token, &fault);
  if (!on_is_wanted (worker))
    {
      aw_secret_free (password);
      settle (worker, AW_MESSAGE_QUEUED, AW_NEVER, AW_FAULT_CANCELLED, 0, NULL);
      return;
    }
  if (fault == AW_FAULT_NO_PASSWORD || fault == AW_FAULT_GOA_ATTENTION)
    {
      pause_account (worker, fault, 0);
      settle (worker, AW_MESSAGE_FAILED, AW_NEVER, fault, 0, NULL);
      return;
    }
  if (fault != AW_FAULT_NONE)
    {
      /* Who types a password starts a worker; a keyring is tried again. */
      settle (worker, AW_MESSAGE_QUEUED, aw_engine_now (worker->engine) + (fault == AW_FAULT_ASK_PASSWORD ? 0 : KEYRING_REST), fault, 0, NULL);
      return;
    }

  job.password = password;
  job.from = entry->mail_from;
  job.to = entry->rcpt;
  job.bcc = entry->bcc;
  job.bytes = entry->raw;
  job.about_to_finish = on_about_to_finish;
  job.was_accepted = on_accepted;
  job.is_wanted = on_is_wanted;
  job.data = worker;
  aw_mailer_send (worker->mailer, &job, worker->cancellable, &result);
  aw_secret_free (password);
  if (job.is_token && result.fault == AW_FAULT_PASSWORD)
    {
      /* It may have run out just now: one more, and that is it. */
      job.password = password = aw_worker_get_password (worker, job.account, "smtp", &job.is_token, &fault);
      if (password != NULL)
        {
          aw_mail_result_clear (&result);
          aw_mailer_send (worker->mailer, &job, worker->cancellable, &result);
          aw_secret_free (password);
        }
    }
  settle_result (worker, &result);
}

/* The sweep ---------------------------------------------------------------- */

/* What is scheduled gets its bytes when its time has come. */
static void
release_due (AwWorker *worker)
{
  g_autoptr (GPtrArray) due = aw_outbox_store_load_due (worker->database, aw_engine_now (worker->engine), NULL);

  for (guint i = 0; due != NULL && i < due->len; i++)
    {
      AwMessage *message = g_ptr_array_index (due, i);
      g_autoptr (GError) error = NULL;

      if (!aw_outbox_release (worker->outbox, message, &error))
        aw_outbox_store_refuse (worker->database, message, aw_word (&aw_mail_faults, AW_FAULT_CHECK), error->message, NULL);
    }
}

static gboolean
sweep (AwWorker *worker,
       const char *message,
       GError **error)
{
  while (!g_cancellable_is_cancelled (worker->cancellable))
    {
      g_autoptr (GError) local = NULL;
      g_autoptr (AwOutboxEntry) entry = NULL;

      release_due (worker);
      entry = aw_outbox_store_claim (worker->database, message, aw_engine_now (worker->engine), &local);
      if (local != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      if (entry == NULL)
        break;
      /* Whoever looks at the outbox sees that it is on its way, and can stop it:
       * a server may take its time. */
      if (worker->tells_agent)
        {
          aw_agent_client_refresh ();
          aw_agent_client_flush ();
        }
      worker->entry = entry;
      send_entry (worker);
      worker->entry = NULL;
    }
  return TRUE;
}

gboolean
aw_worker_is_interrupted (gpointer data)
{
  AwWorker *worker = data;

  if (!worker->interrupted)
    worker->interrupted = aw_outbox_store_has_due (worker->database, aw_engine_now (worker->engine));
  return worker->interrupted;
}

/* The first one waits for no network, but for what is handed in. */
static const char *const waiting_faults[] = { "ask-password", "offline", "host-not-found", "not-listening", "no-answer", "connection-lost",
                                              "not-a-mail-server", "keyring-locked", "no-keyring", "keyring", "online-accounts", NULL };

static void
take_passwords (AwWorker *worker)
{
  gsize length;
  char *input = aw_worker_read_input (&length);
  char *end = input + length;

  worker->passwords = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) aw_secret_free);
  for (char *p = input; input != NULL && p < end;)
    {
      gsize account = strnlen (p, end - p);
      char *password = p + account + 1;

      if (password >= end || memchr (password, '\0', end - password) == NULL)
        break;
      g_hash_table_insert (worker->passwords, g_strdup (p), g_strdup (password));
      p = password + strlen (password) + 1;
    }
  aw_secret_free_input (input, length);
}

static gboolean
work (AwWorker *worker,
      const AwWorkerOptions *options,
      GError **error)
{
  gint64 now = aw_engine_now (worker->engine);

  if (!aw_outbox_store_recover (worker->database, now, error))
    return FALSE;
  if (options->was_sent != NULL && !aw_outbox_was_sent (worker->outbox, options->was_sent, error))
    return FALSE;
  if (options->retry != NULL && !aw_outbox_retry (worker->outbox, options->retry, error))
    return FALSE;
  if ((options->hurry || options->passwords) && (!aw_outbox_store_hurry (worker->database, waiting_faults + (options->passwords ? 0 : 1), now, error) ||
                                                 !aw_mail_check_hurry (worker->database, now, error)))
    return FALSE;
  do
    {
      worker->interrupted = FALSE;
      if (!sweep (worker, options->message, error))
        return FALSE;
      /* What was sent is sent; the rest may take its time. */
      aw_worker_file_copies (worker);
      aw_worker_check_replies (worker);
    }
  while (worker->interrupted && options->message == NULL && !g_cancellable_is_cancelled (worker->cancellable));
  return TRUE;
}

int
aw_worker_run (const AwWorkerOptions *options,
               GCancellable *cancellable)
{
  g_autofree char *own = aw_database_default_path ();
  const char *path = options->database != NULL ? options->database : own;
  g_autoptr (AwClock) clock = aw_clock_new ();
  g_autoptr (GError) error = NULL;
  AwWorker worker = { 0 };
  int lock;
  gboolean ok;

  worker.cancellable = cancellable;
  if (options->passwords)
    take_passwords (&worker);
  worker.engine = aw_engine_open (path, clock, &error);
  if (worker.engine == NULL)
    return fail (error->message);
  lock = take_lock (path, &error);
  if (lock < 0)
    return fail (error->message);

  /* The window and the agent are told below, once for each message. */
  aw_engine_set_announces (worker.engine, FALSE);
  worker.tells_agent = g_strcmp0 (path, own) == 0;
  worker.database = aw_engine_get_database (worker.engine);
  worker.outbox = aw_outbox_new (worker.engine);
  worker.mailer = AW_MAILER (aw_smtp_mailer_new ());
  worker.secrets = aw_libsecret_store_new ();
  ok = work (&worker, options, &error);

  if (worker.tells_agent)
    aw_agent_client_flush ();
  g_clear_object (&worker.outbox);
  g_clear_object (&worker.mailer);
  g_clear_object (&worker.secrets);
  g_clear_pointer (&worker.passwords, g_hash_table_unref);
  g_clear_object (&worker.engine);
  close (lock);
  return ok ? 0 : fail (error->message);
}
