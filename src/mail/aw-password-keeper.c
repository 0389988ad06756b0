/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "mail/aw-password-keeper.h"

#include <errno.h>
#include <gio/gunixoutputstream.h>
#include <glib/gi18n-lib.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "mail/aw-address.h"

struct _AwPasswordKeeper
{
  GObject parent_instance;

  GHashTable *pages; /* account to a page of its own, which holds the password */
};

G_DEFINE_FINAL_TYPE (AwPasswordKeeper, aw_password_keeper, G_TYPE_OBJECT)

/* Pages ---------------------------------------------------------------------- */

static gsize
page_size (void)
{
  return (gsize) sysconf (_SC_PAGESIZE);
}

static char *
page_new (const char *password)
{
  char *page = mmap (NULL, page_size (), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

  if (page == MAP_FAILED)
    g_error ("Out of memory");
  /* Where the limit allows it: a page is far below the smallest one. */
  if (mlock (page, page_size ()) != 0)
    g_debug ("A password may be written to the swap: %s", g_strerror (errno));
  madvise (page, page_size (), MADV_DONTDUMP);
  madvise (page, page_size (), MADV_DONTFORK);
  memcpy (page, password, strlen (password) + 1);
  return page;
}

static void
page_free (gpointer page)
{
  explicit_bzero (page, page_size ());
  munlock (page, page_size ());
  munmap (page, page_size ());
}

/* The pipe -------------------------------------------------------------------- */

static gboolean
write_all (int fd,
           const char *text,
           gsize length)
{
  while (length > 0)
    {
      gssize n = write (fd, text, length);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        return FALSE;
      text += n;
      length -= n;
    }
  return TRUE;
}

/* Straight from the locked pages, so that there is no copy to wipe. The whole
 * is far smaller than what a pipe takes without waiting for its reader. */
static void
write_passwords (AwPasswordKeeper *self,
                 GOutputStream *pipe)
{
  int fd = g_unix_output_stream_get_fd (G_UNIX_OUTPUT_STREAM (pipe));
  GHashTableIter iter;
  gpointer account, password;

  g_hash_table_iter_init (&iter, self->pages);
  while (g_hash_table_iter_next (&iter, &account, &password))
    if (!write_all (fd, account, strlen (account) + 1) || !write_all (fd, password, strlen (password) + 1))
      break; /* a worker that died early says so by its end */
  g_output_stream_close (pipe, NULL, NULL);
}

static void
on_ended (GObject *source,
          GAsyncResult *result,
          gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;

  if (g_subprocess_wait_check_finish (G_SUBPROCESS (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    {
      g_message ("afterword-send: %s", error->message);
      g_error_free (error);
      g_task_return_new_error (task, AW_MAIL_ERROR, AW_MAIL_ERROR_TELL, "%s", _("The program that sends could not do its work."));
    }
}

/* Overrides ------------------------------------------------------------------ */

static void
aw_password_keeper_finalize (GObject *object)
{
  g_hash_table_unref (AW_PASSWORD_KEEPER (object)->pages);

  G_OBJECT_CLASS (aw_password_keeper_parent_class)->finalize (object);
}

static void
aw_password_keeper_class_init (AwPasswordKeeperClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = aw_password_keeper_finalize;
}

static void
aw_password_keeper_init (AwPasswordKeeper *self)
{
  self->pages = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, page_free);
}

/* Public functions ----------------------------------------------------------- */

/**
 * aw_password_keeper_new:
 *
 * Returns: (transfer full): a keeper of nothing yet
 */
AwPasswordKeeper *
aw_password_keeper_new (void)
{
  return g_object_new (AW_TYPE_PASSWORD_KEEPER, NULL);
}

/**
 * aw_password_keeper_keep:
 * @self: a keeper
 * @account: id of the account
 * @password: its password
 *
 * Returns: whether it is kept
 */
gboolean
aw_password_keeper_keep (AwPasswordKeeper *self,
                         const char *account,
                         const char *password)
{
  g_return_val_if_fail (AW_IS_PASSWORD_KEEPER (self) && account != NULL && password != NULL, FALSE);

  if (*password == '\0' || strlen (password) > AW_PASSWORD_AT_MOST)
    return FALSE;
  g_hash_table_insert (self->pages, g_strdup (account), page_new (password));
  return TRUE;
}

gboolean
aw_password_keeper_has (AwPasswordKeeper *self,
                        const char *account)
{
  g_return_val_if_fail (AW_IS_PASSWORD_KEEPER (self), FALSE);

  return account != NULL && g_hash_table_contains (self->pages, account);
}

const char *
aw_password_keeper_look_up (AwPasswordKeeper *self,
                            const char *account)
{
  g_return_val_if_fail (AW_IS_PASSWORD_KEEPER (self) && account != NULL, NULL);

  return g_hash_table_lookup (self->pages, account);
}

void
aw_password_keeper_forget (AwPasswordKeeper *self,
                           const char *account)
{
  g_return_if_fail (AW_IS_PASSWORD_KEEPER (self) && account != NULL);

  g_hash_table_remove (self->pages, account);
}

/**
 * aw_password_keeper_hand_over_async:
 * @self: a keeper
 * @program: (nullable): path of afterword-send
 * @database: (nullable): whose outbox; %NULL: the user's own
 * @callback: called when the worker has ended
 * @data: for @callback
 */
void
aw_password_keeper_hand_over_async (AwPasswordKeeper *self,
                                    const char *program,
                                    const char *database,
                                    GAsyncReadyCallback callback,
                                    gpointer data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GSubprocess) worker = NULL;
  g_autofree char *option = database != NULL ? g_strconcat ("--database=", database, NULL) : NULL;
  GError *error = NULL;

  g_return_if_fail (AW_IS_PASSWORD_KEEPER (self));

  task = g_task_new (self, NULL, callback, data);
  if (program == NULL)
    {
      g_task_return_new_error (task, AW_MAIL_ERROR, AW_MAIL_ERROR_TELL, "%s",
                               _("The program afterword-send is missing; nothing can be sent."));
      return;
    }
  /* One that ends before it has read must not end the window. */
  signal (SIGPIPE, SIG_IGN);
  worker = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_SILENCE, &error, program, "--passwords", option, NULL);
  if (worker == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  write_passwords (self, g_subprocess_get_stdin_pipe (worker));
  g_subprocess_wait_check_async (worker, NULL, on_ended, g_steal_pointer (&task));
}

gboolean
aw_password_keeper_hand_over_finish (AwPasswordKeeper *self,
                                     GAsyncResult *result,
                                     GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
