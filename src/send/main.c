/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <gio/gio.h>
#include <glib/gi18n.h>
#include <locale.h>
#include <signal.h>
#include <sys/resource.h>

#include "send/aw-worker.h"

static gpointer
wait_for_signal (gpointer data)
{
  sigset_t signals;
  int number;

  sigemptyset (&signals);
  sigaddset (&signals, SIGTERM);
  sigaddset (&signals, SIGINT);
  sigwait (&signals, &number);
  /* Heeded until the dot, not after it. */
  g_cancellable_cancel (data);
  return NULL;
}

static void
watch_signals (GCancellable *cancellable)
{
  sigset_t signals;

  sigemptyset (&signals);
  sigaddset (&signals, SIGTERM);
  sigaddset (&signals, SIGINT);
  pthread_sigmask (SIG_BLOCK, &signals, NULL);
  signal (SIGPIPE, SIG_IGN);
  g_thread_unref (g_thread_new ("signals", wait_for_signal, cancellable));
}

int
main (int argc,
      char **argv)
{
  const struct rlimit none = { 0, 0 };
  AwWorkerOptions options = { 0 };
  gboolean test = FALSE;
  const GOptionEntry entries[] = {
    { "database", 0, 0, G_OPTION_ARG_FILENAME, &options.database, N_ ("Send from this database"), N_ ("FILE") },
    { "message", 0, 0, G_OPTION_ARG_STRING, &options.message, N_ ("Send only this message"), N_ ("ID") },
    { "retry", 0, 0, G_OPTION_ARG_STRING, &options.retry, N_ ("Try a message again that failed or is uncertain"), N_ ("ID") },
    { "was-sent", 0, 0, G_OPTION_ARG_STRING, &options.was_sent, N_ ("Note that an uncertain message was sent"), N_ ("ID") },
    { "hurry", 0, 0, G_OPTION_ARG_NONE, &options.hurry, N_ ("Try at once what waits for the network or the keyring"), NULL },
    { "passwords", 0, 0, G_OPTION_ARG_NONE, &options.passwords, N_ ("Read passwords from standard input"), NULL },
    { "test", 0, 0, G_OPTION_ARG_NONE, &test, N_ ("Try an account that is given on standard input"), NULL },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  int status;

  /* A core dump would hold a password. */
  setrlimit (RLIMIT_CORE, &none);
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (!g_option_context_parse (context, &argc, &argv, &error) || argc > 1)
    {
      g_printerr ("afterword-send: %s\n", error != NULL ? error->message : _ ("There is an argument too many."));
      return 2;
    }
  watch_signals (cancellable);
  status = test ? aw_worker_test (cancellable) : aw_worker_run (&options, cancellable);
  g_free (options.database);
  g_free (options.message);
  g_free (options.retry);
  g_free (options.was_sent);
  return status;
}
