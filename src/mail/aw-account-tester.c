/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "mail/aw-account-tester.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "mail/aw-account-tester-protocol.h"
#include "mail/aw-address.h"
#include "mail/aw-certificate.h"

struct _AwAccountTester
{
  GObject parent_instance;

  char *program;
  guint passed; /* how many steps */
  char *fault;
  int code;
  char *text;
  char *sentence;
  GTlsCertificate *certificate;
  char *fingerprint;
  char *pin;
};

G_DEFINE_FINAL_TYPE (AwAccountTester, aw_account_tester, G_TYPE_OBJECT)

enum
{
  STEP,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

typedef struct
{
  GSubprocess *worker;
  GDataInputStream *output;
  char *input; /* holds the password */
  gsize length;
  gulong cancel;
} Test;

static void read_next (GTask *task);

static void
test_free (gpointer data)
{
  Test *test = data;

  aw_secret_free_input (test->input, test->length);
  g_clear_object (&test->worker);
  g_clear_object (&test->output);
  g_free (test);
}

static void
forget (AwAccountTester *self)
{
  self->passed = 0;
  self->code = 0;
  g_clear_pointer (&self->fault, g_free);
  g_clear_pointer (&self->text, g_free);
  g_clear_pointer (&self->sentence, g_free);
  g_clear_object (&self->certificate);
  g_clear_pointer (&self->fingerprint, g_free);
  g_clear_pointer (&self->pin, g_free);
}

static char *
unescape (const char *text)
{
  g_autofree char *plain = g_strcompress (text);

  return *plain != '\0' && g_utf8_validate (plain, -1, NULL) ? g_steal_pointer (&plain) : NULL;
}

static void
take_line (AwAccountTester *self,
           const char *line)
{
  static const char *const steps[] = { "connect", "tls", "auth" };
  g_auto (GStrv) words = g_strsplit (line, "\t", -1);
  guint n = g_strv_length (words);

  if (n == 2 && g_str_equal (words[0], "step"))
    {
      for (int i = 0; i < (int) G_N_ELEMENTS (steps); i++)
        if (g_str_equal (words[1], steps[i]) && (guint) i == self->passed)
          {
            self->passed++;
            g_signal_emit (self, signals[STEP], 0, i);
            break;
          }
    }
  else if (n == 6 && g_str_equal (words[0], "result"))
    {
      self->fault = *words[2] != '\0' ? g_strdup (words[2]) : NULL;
      self->code = (int) g_ascii_strtoll (words[3], NULL, 10);
      self->text = unescape (words[4]);
      self->sentence = unescape (words[5]);
    }
  else if (n == 2 && g_str_equal (words[0], "certificate"))
    {
      g_autofree char *pem = unescape (words[1]);

      self->certificate = pem != NULL ? g_tls_certificate_new_from_pem (pem, -1, NULL) : NULL;
      if (self->certificate != NULL)
        {
          self->fingerprint = aw_certificate_fingerprint (self->certificate);
          self->pin = aw_certificate_pin (self->certificate);
        }
    }
}

static void
on_ended (GObject *source,
          GAsyncResult *result,
          gpointer data)
{
  g_autoptr (GTask) task = data;
  AwAccountTester *self = g_task_get_source_object (task);
  Test *test = g_task_get_task_data (task);

  g_subprocess_wait_finish (G_SUBPROCESS (source), result, NULL);
  if (test->cancel != 0)
    g_cancellable_disconnect (g_task_get_cancellable (task), test->cancel);
  if (g_task_return_error_if_cancelled (task))
    return;
  if (g_subprocess_get_successful (test->worker) && self->passed == AW_N_TEST_STEPS)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_new_error (task, AW_MAIL_ERROR, AW_MAIL_ERROR_SETUP, "%s",
                             self->sentence != NULL ? self->sentence : _("The account could not be tried."));
}

static void
on_line (GObject *source,
         GAsyncResult *result,
         gpointer data)
{
  GTask *task = data;
  AwAccountTester *self = g_task_get_source_object (task);
  Test *test = g_task_get_task_data (task);
  g_autofree char *line = g_data_input_stream_read_line_finish (G_DATA_INPUT_STREAM (source), result, NULL, NULL);

  if (line == NULL)
    {
      g_subprocess_wait_async (test->worker, NULL, on_ended, task);
      return;
    }
  take_line (self, line);
  read_next (task);
}

static void
read_next (GTask *task)
{
  Test *test = g_task_get_task_data (task);

  g_data_input_stream_read_line_async (test->output, G_PRIORITY_DEFAULT, NULL, on_line, task);
}

/* It is told first; nothing of value is lost if it does not listen. */
static void
on_cancelled (G_GNUC_UNUSED GCancellable *cancellable,
              gpointer data)
{
  g_subprocess_force_exit (((Test *) data)->worker);
}

static void
on_written (GObject *source,
            GAsyncResult *result,
            gpointer data)
{
  g_autoptr (GTask) task = data;
  Test *test = g_task_get_task_data (task);

  /* A worker that died early says so by its end. */
  g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, NULL);
  g_output_stream_close (G_OUTPUT_STREAM (source), NULL, NULL);
  aw_secret_free_input (test->input, test->length);
  test->input = NULL;
}

static void
aw_account_tester_finalize (GObject *object)
{
  AwAccountTester *self = AW_ACCOUNT_TESTER (object);

  forget (self);
  g_free (self->program);

  G_OBJECT_CLASS (aw_account_tester_parent_class)->finalize (object);
}

static void
aw_account_tester_class_init (AwAccountTesterClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = aw_account_tester_finalize;

  /**
   * AwAccountTester::step:
   * @self: a tester
   * @step: an #AwTestStep that went well
   */
  signals[STEP] = g_signal_new ("step", AW_TYPE_ACCOUNT_TESTER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
}

static void
aw_account_tester_init (G_GNUC_UNUSED AwAccountTester *self)
{
}

/**
 * aw_account_tester_new:
 * @program: (nullable): path of afterword-send
 *
 * Returns: (transfer full): a tester
 */
AwAccountTester *
aw_account_tester_new (const char *program)
{
  AwAccountTester *self = g_object_new (AW_TYPE_ACCOUNT_TESTER, NULL);

  self->program = g_strdup (program);
  return self;
}

/**
 * aw_account_tester_test_async:
 * @self: a tester
 * @account: the account as it is in the dialog
 * @password: (nullable): the typed password
 * @cancellable: (nullable): ends the test
 * @callback: called at the end
 * @data: for @callback
 */
void
aw_account_tester_test_async (AwAccountTester *self,
                              AwAccount *account,
                              const char *password,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer data)
{
  g_autoptr (GTask) task = NULL;
  g_autofree char *fields = NULL;
  GError *error = NULL;
  Test *test;
  gsize n, secret = password != NULL ? strlen (password) : 0;

  g_return_if_fail (AW_IS_ACCOUNT_TESTER (self) && AW_IS_ACCOUNT (account));

  task = g_task_new (self, cancellable, callback, data);
  forget (self);
  if (self->program == NULL)
    {
      g_task_return_new_error (task, AW_MAIL_ERROR, AW_MAIL_ERROR_TELL, "%s",
                               _("The program afterword-send is missing; the account cannot be tried."));
      return;
    }
  test = g_new0 (Test, 1);
  g_task_set_task_data (task, test, test_free);
  test->worker = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, self->program,
                                   "--test", NULL);
  if (test->worker == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  test->output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (test->worker));
  fields = aw_account_tester_write (account, &n);
  test->length = n + 1 + secret + 1;
  test->input = g_malloc0 (test->length);
  memcpy (test->input, fields, n);
  if (secret > 0)
    memcpy (test->input + n + 1, password, secret);
  g_output_stream_write_all_async (g_subprocess_get_stdin_pipe (test->worker), test->input, test->length, G_PRIORITY_DEFAULT, NULL,
                                   on_written, g_object_ref (task));
  if (cancellable != NULL)
    test->cancel = g_cancellable_connect (cancellable, G_CALLBACK (on_cancelled), test, NULL);
  read_next (g_steal_pointer (&task));
}

gboolean
aw_account_tester_test_finish (AwAccountTester *self,
                               GAsyncResult *result,
                               GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

AwTestStep
aw_account_tester_get_failed_step (AwAccountTester *self)
{
  g_return_val_if_fail (AW_IS_ACCOUNT_TESTER (self), AW_N_TEST_STEPS);

  return (AwTestStep) self->passed;
}

const char *
aw_account_tester_get_fault (AwAccountTester *self)
{
  return self->fault;
}

int
aw_account_tester_get_code (AwAccountTester *self)
{
  return self->code;
}

const char *
aw_account_tester_get_text (AwAccountTester *self)
{
  return self->text;
}

GTlsCertificate *
aw_account_tester_get_certificate (AwAccountTester *self)
{
  return self->certificate;
}

const char *
aw_account_tester_get_fingerprint (AwAccountTester *self)
{
  return self->fingerprint;
}

const char *
aw_account_tester_get_pin (AwAccountTester *self)
{
  return self->pin;
}
