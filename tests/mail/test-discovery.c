/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "mail/aw-autoconfig.h"
#include "mail/aw-discovery.h"

/* A name service of our own: names to answers. */
#define TEST_TYPE_RESOLVER (test_resolver_get_type ())
G_DECLARE_FINAL_TYPE (TestResolver, test_resolver, TEST, RESOLVER, GResolver)

struct _TestResolver
{
  GResolver parent_instance;
};

G_DEFINE_FINAL_TYPE (TestResolver, test_resolver, G_TYPE_RESOLVER)

static const struct
{
  const char *name;
  const char *host;
  guint16 port; /* 0: MX */
} answers[] = {
  { "firm.test", "mx1.firm.test.", 0 },
  { "_submissions._tcp.firm.test", "Mail.Firm.test.", 465 },
  { "_submission._tcp.firm.test", "mail.firm.test", 587 },
  { "_imaps._tcp.firm.test", "imap.firm.test", 993 },
  { "_submission._tcp.old.test", "mail.old.test", 587 },
  { "_submissions._tcp.none.test", ".", 0xffff },
  { "_submissions._tcp.evil.test", "mail\r\nbcc.test", 465 },
  { "_submission._tcp.evil.test", "127.0.0.1", 587 },
  { "hosted.test", "hosted-test.mail.protection.outlook.com.", 0 },
  { "hosted.test", "other.test", 0 },
  { "_submissions._tcp.hosted.test", "mail.hosted.test", 465 },
};

static GList *
answer (const char *name,
        gboolean mx)
{
  GList *list = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    if (strcmp (answers[i].name, name) == 0 && (answers[i].port == 0) == mx)
      list = g_list_append (list, mx ? (gpointer) g_variant_ref_sink (g_variant_new ("(qs)", 10, answers[i].host))
                                     : (gpointer) g_srv_target_new (answers[i].host, answers[i].port, 0, 0));
  return list;
}

static void
on_given_up (G_GNUC_UNUSED GCancellable *cancellable,
             gpointer task)
{
  g_task_return_error_if_cancelled (task);
}

static void
reply (GResolver *resolver,
       const char *name,
       gboolean mx,
       GCancellable *cancellable,
       GAsyncReadyCallback callback,
       gpointer data)
{
  g_autoptr (GTask) task = g_task_new (resolver, cancellable, callback, data);
  GList *list = answer (name, mx);

  if (strstr (name, "silent.test") != NULL && cancellable != NULL)
    {
      /* Never answers of itself. */
      g_cancellable_connect (cancellable, G_CALLBACK (on_given_up), g_object_ref (task), g_object_unref);
      return;
    }
  if (list != NULL)
    g_task_return_pointer (task, list, NULL);
  else
    g_task_return_new_error (task, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND, "no");
}

static void
service_async (GResolver *resolver,
               const char *name,
               GCancellable *cancellable,
               GAsyncReadyCallback callback,
               gpointer data)
{
  reply (resolver, name, FALSE, cancellable, callback, data);
}

static void
records_async (GResolver *resolver,
               const char *name,
               G_GNUC_UNUSED GResolverRecordType type,
               GCancellable *cancellable,
               GAsyncReadyCallback callback,
               gpointer data)
{
  reply (resolver, name, TRUE, cancellable, callback, data);
}

static GList *
finish (G_GNUC_UNUSED GResolver *resolver,
        GAsyncResult *result,
        GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
test_resolver_class_init (TestResolverClass *klass)
{
  GResolverClass *resolver = G_RESOLVER_CLASS (klass);

  resolver->lookup_service_async = service_async;
  resolver->lookup_service_finish = finish;
  resolver->lookup_records_async = records_async;
  resolver->lookup_records_finish = finish;
}

static void
test_resolver_init (G_GNUC_UNUSED TestResolver *self)
{
}

static void
on_done (G_GNUC_UNUSED GObject *source,
         GAsyncResult *result,
         gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

static GPtrArray *
discover (const char *address,
          GCancellable *cancellable,
          GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  aw_discover_async (address, cancellable, on_done, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return aw_discover_finish (result, error);
}

static void
test_srv (void)
{
  g_autoptr (GPtrArray) found = discover ("ann@firm.test", NULL, NULL);
  g_autoptr (GPtrArray) old = discover ("ann@old.test", NULL, NULL);
  AwProposal *proposal;

  g_assert_cmpuint (found->len, ==, 1);
  proposal = g_ptr_array_index (found, 0);
  g_assert_cmpint (proposal->origin, ==, AW_ORIGIN_SRV);
  g_assert_cmpstr (proposal->source, ==, "firm.test");
  g_assert_cmpstr (proposal->account->host, ==, "mail.firm.test");
  g_assert_cmpint (proposal->account->port, ==, 465);
  g_assert_cmpint (proposal->account->security, ==, AW_SECURITY_TLS);
  g_assert_cmpstr (proposal->account->imap_host, ==, "imap.firm.test");
  g_assert_cmpstr (proposal->account->user, ==, "ann@firm.test");

  g_assert_cmpuint (old->len, ==, 1);
  proposal = g_ptr_array_index (old, 0);
  g_assert_cmpint (proposal->account->security, ==, AW_SECURITY_STARTTLS);
  g_assert_null (proposal->account->imap_host);
}

static void
test_mx (void)
{
  g_autoptr (GPtrArray) found = discover ("ann@hosted.test", NULL, NULL);
  AwProposal *proposal;

  g_assert_cmpuint (found->len, ==, 2);
  proposal = g_ptr_array_index (found, 0);
  g_assert_cmpint (proposal->origin, ==, AW_ORIGIN_MX);
  g_assert_cmpstr (proposal->preset->id, ==, "microsoft365");
  g_assert_cmpstr (proposal->account->host, ==, proposal->preset->host);
  proposal = g_ptr_array_index (found, 1);
  g_assert_cmpint (proposal->origin, ==, AW_ORIGIN_SRV);
}

static void
test_nothing (void)
{
  const char *addresses[] = { "ann@none.test", "ann@evil.test", "ann@unknown.test", "ann", "" };

  for (guint i = 0; i < G_N_ELEMENTS (addresses); i++)
    {
      g_autoptr (GPtrArray) found = discover (addresses[i], NULL, NULL);

      g_assert_cmpuint (found->len, ==, 0);
    }
}

static gboolean
cancel (gpointer data)
{
  g_cancellable_cancel (data);
  return G_SOURCE_REMOVE;
}

static void
test_cancelled (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (GError) error = NULL;
  gint64 begun = g_get_monotonic_time ();

  g_timeout_add (50, cancel, cancellable);
  found = discover ("ann@silent.test", cancellable, &error);
  g_assert_null (found);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (g_get_monotonic_time () - begun, <, 3 * G_USEC_PER_SEC);
}

#define FILE_TEXT                                                                                                              \
  "<?xml version='1.0'?><clientConfig><emailProvider id='f'>"                                                                  \
  "<incomingServer type='pop3'><hostname>pop.firm.test</hostname><port>995</port><socketType>SSL</socketType></incomingServer>" \
  "<incomingServer type='imap'><hostname>imap.firm.test</hostname><port>993</port><socketType>SSL</socketType>"                \
  "<username>%EMAILLOCALPART%</username></incomingServer>"                                                                     \
  "<outgoingServer type='smtp'><hostname>clear.firm.test</hostname><port>25</port><socketType>plain</socketType></outgoingServer>" \
  "<outgoingServer type='smtp'><hostname> smtp.firm.test </hostname><port>587</port><socketType>STARTTLS</socketType>"         \
  "<username>%EMAILADDRESS%</username></outgoingServer></emailProvider></clientConfig>"

static void
test_file (void)
{
  g_autoptr (AwAccount) account = (AwAccount *) aw_record_new (AW_TYPE_ACCOUNT, NULL);
  const char *bad[] = { "", "<", "<a>", "<html><body>404</body></html>", "\xff\xfe",
                        "<outgoingServer type='smtp'><hostname>a b.test</hostname><port>465</port><socketType>SSL</socketType></outgoingServer>",
                        "<outgoingServer type='smtp'><hostname>a.test</hostname><port>99999</port><socketType>SSL</socketType></outgoingServer>",
                        "<outgoingServer type='smtp'><hostname>a.test</hostname><port>25</port><socketType>plain</socketType></outgoingServer>" };

  g_assert_true (aw_autoconfig_parse (FILE_TEXT, strlen (FILE_TEXT), "ann@firm.test", account));
  g_assert_cmpstr (account->host, ==, "smtp.firm.test");
  g_assert_cmpint (account->port, ==, 587);
  g_assert_cmpint (account->security, ==, AW_SECURITY_STARTTLS);
  g_assert_cmpstr (account->user, ==, "ann@firm.test");
  g_assert_cmpstr (account->imap_host, ==, "imap.firm.test");
  g_assert_cmpstr (account->imap_user, ==, "ann");
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (AwAccount) none = (AwAccount *) aw_record_new (AW_TYPE_ACCOUNT, NULL);

      g_assert_false (aw_autoconfig_parse (bad[i], strlen (bad[i]), "ann@firm.test", none));
    }
}

/* A server of our own, with https ------------------------------------------- */

static gboolean
on_run (G_GNUC_UNUSED GThreadedSocketService *service,
        GSocketConnection *connection,
        G_GNUC_UNUSED GObject *source,
        gpointer data)
{
  g_autoptr (GIOStream) tls = g_tls_server_connection_new (G_IO_STREAM (connection), data, NULL);
  g_autoptr (GString) text = g_string_new ("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
  char request[4096];
  gssize n = g_input_stream_read (g_io_stream_get_input_stream (tls), request, sizeof request - 1, NULL, NULL);

  if (n <= 0)
    return TRUE;
  request[n] = '\0';
  if (strncmp (request, "GET /good ", 10) == 0)
    g_string_append (text, FILE_TEXT);
  else if (strncmp (request, "GET /big ", 9) == 0)
    for (guint i = 0; i < 20000; i++)
      g_string_append (text, "<a>padding</a>");
  else if (strncmp (request, "GET /away ", 10) == 0)
    g_string_assign (text, "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nConnection: close\r\n\r\n");
  else
    g_string_assign (text, "HTTP/1.1 404 No\r\nConnection: close\r\n\r\n");
  g_output_stream_write_all (g_io_stream_get_output_stream (tls), text->str, text->len, NULL, NULL, NULL);
  g_io_stream_close (tls, NULL, NULL);
  return TRUE;
}

typedef struct
{
  char *url;
  const char *ca;
  char *text;
  gboolean done;
} Fetch;

static gpointer
fetch_in_thread (gpointer data)
{
  Fetch *fetch = data;
  g_autoptr (GError) error = NULL;
  gsize length;

  fetch->text = aw_autoconfig_fetch (fetch->url, fetch->ca, NULL, &length, &error);
  g_assert_true ((fetch->text == NULL) == (error != NULL));
  g_atomic_int_set (&fetch->done, TRUE);
  g_main_context_wakeup (NULL);
  return NULL;
}

/* The server is served by the main context. */
static char *
fetch (const char *scheme,
       guint16 port,
       const char *path,
       const char *ca)
{
  Fetch fetch = { g_strdup_printf ("%s://localhost:%u/%s", scheme, port, path), ca, NULL, FALSE };
  GThread *thread = g_thread_new ("fetch", fetch_in_thread, &fetch);

  while (!g_atomic_int_get (&fetch.done))
    g_main_context_iteration (NULL, TRUE);
  g_thread_join (thread);
  g_free (fetch.url);
  return fetch.text;
}

static void
test_fetch (void)
{
  g_autofree char *script = g_test_build_filename (G_TEST_DIST, "support", "mkcerts.sh", NULL);
  g_autofree char *folder = g_dir_make_tmp ("aw-discovery-XXXXXX", NULL);
  g_autofree char *pem = g_build_filename (folder, "good.pem", NULL);
  g_autofree char *ca = g_build_filename (folder, "ca.pem", NULL);
  g_autofree char *remove = g_strdup_printf ("rm -rf %s", folder);
  const char *make[] = { "sh", script, folder, NULL };
  g_autoptr (GSocketService) service = g_threaded_socket_service_new (4);
  g_autoptr (GTlsCertificate) certificate = NULL;
  g_autoptr (GError) error = NULL;
  const char *refused[] = { "big", "away", "nothing" };
  g_autofree char *text = NULL;
  guint16 port;
  int status;

  g_spawn_sync (NULL, (char **) make, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, &status, &error);
  g_assert_no_error (error);
  certificate = g_tls_certificate_new_from_file (pem, &error);
  g_assert_no_error (error);
  port = g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (service), NULL, &error);
  g_assert_no_error (error);
  g_signal_connect (service, "run", G_CALLBACK (on_run), certificate);
  g_socket_service_start (service);

  text = fetch ("https", port, "good", ca);
  g_assert_cmpstr (text, ==, FILE_TEXT);
  /* Not without encryption, not from whom nobody vouches for, not too much of it. */
  g_assert_null (fetch ("http", port, "good", ca));
  g_assert_null (fetch ("https", port, "good", NULL));
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    g_assert_null (fetch ("https", port, refused[i], ca));
  g_socket_service_stop (service);
  g_spawn_command_line_sync (remove, NULL, NULL, NULL, NULL);
}

int
main (int argc,
      char *argv[])
{
  g_autoptr (GResolver) resolver = NULL;

  g_test_init (&argc, &argv, NULL);
  resolver = g_object_new (TEST_TYPE_RESOLVER, NULL);
  g_resolver_set_default (resolver);
  g_test_add_func ("/discovery/srv", test_srv);
  g_test_add_func ("/discovery/mx", test_mx);
  g_test_add_func ("/discovery/nothing", test_nothing);
  g_test_add_func ("/discovery/cancelled", test_cancelled);
  g_test_add_func ("/discovery/file", test_file);
  g_test_add_func ("/discovery/fetch", test_fetch);
  return g_test_run ();
}
