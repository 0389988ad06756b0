/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can go wrong around the file: full disks, read-only folders, others who
 * hold it, a power cut in the middle. Nothing lost, and one sentence. */
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "store/aw-backup.h"
#include "store/aw-database.h"
#include "support/aw-test-files.h"

#define NOBODY 65534

static AwDatabase *
open_database (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "afterword.db", NULL);
  g_autoptr (GError) error = NULL;
  AwDatabase *database = aw_database_open (path, &error);

  g_assert_no_error (error);
  return database;
}

static gboolean
add (AwDatabase *database,
     const char *company,
     gsize size,
     GError **error)
{
  g_autoptr (AwOpportunity) opportunity = AW_OPPORTUNITY (aw_record_new (AW_TYPE_OPPORTUNITY, NULL));
  g_autoptr (AwCommand) command = aw_command_new (NULL);

  opportunity->company = g_strdup (company);
  opportunity->notes = g_strnfill (size, 'x');
  aw_command_add (command, opportunity);
  return aw_database_run (database, command, error);
}

static guint
count (AwDatabase *database)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) opportunities = aw_database_load_opportunities (database, &error);

  g_assert_no_error (error);
  return opportunities->len;
}

static void
assert_sentence (const GError *error)
{
  g_assert_true (g_str_has_suffix (error->message, "."));
  g_assert_null (strchr (error->message, '\n'));
}

/* Fills until it is full; what was said to be saved is there. */
static void
fill_up (AwDatabase *database)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) sentences = NULL;
  guint saved = 0;

  while (add (database, "Company", 20000, &error))
    g_assert_cmpuint (++saved, <, 1000);
  g_assert_error (error, AW_STORE_ERROR, AW_STORE_ERROR_TELL);
  g_assert_nonnull (strstr (error->message, "full"));
  assert_sentence (error);
  g_assert_cmpuint (saved, >, 0);
  g_assert_cmpuint (count (database), ==, saved);
  sentences = aw_database_check (database, NULL);
  g_assert_cmpuint (sentences->len, ==, 0);
}

static void
test_full_file (void)
{
  g_autoptr (AwTestFolder) folder = aw_test_folder_new ();
  g_autoptr (AwDatabase) database = open_database (folder);

  sqlite3_exec (aw_database_get_handle (database), "PRAGMA max_page_count = 300", NULL, NULL, NULL);
  fill_up (database);
}

/* A small disk ---------------------------------------------------------------- */

/* A tmpfs where mounting is permitted. Elsewhere the kernel's answer is given
 * to SQLite in its stead: what it writes below the folder may not take more room
 * than the disk has. */
static struct
{
  char *folder; /* canonical */
  gint64 size;
} small_disk;

static gint64
room_taken (void)
{
  g_autoptr (GDir) dir = g_dir_open (small_disk.folder, 0, NULL);
  const char *name;
  gint64 taken = 0;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (small_disk.folder, name, NULL);
      GStatBuf info;

      if (g_stat (path, &info) == 0 && S_ISREG (info.st_mode))
        taken += info.st_size;
    }
  return taken;
}

static gboolean
has_room (int fd,
          gint64 end)
{
  g_autofree char *link = g_strdup_printf ("/proc/self/fd/%d", fd);
  g_autofree char *path = g_file_read_link (link, NULL);
  struct stat info;

  if (path == NULL || !g_str_has_prefix (path, small_disk.folder) || fstat (fd, &info) != 0 || end <= info.st_size ||
      room_taken () + end - info.st_size <= small_disk.size)
    return TRUE;
  errno = ENOSPC;
  return FALSE;
}

static ssize_t
write_small (int fd,
             const void *data,
             size_t size)
{
  return has_room (fd, lseek (fd, 0, SEEK_CUR) + (gint64) size) ? write (fd, data, size) : -1;
}

static ssize_t
pwrite_small (int fd,
              const void *data,
              size_t size,
              off_t at)
{
  return has_room (fd, at + (gint64) size) ? pwrite (fd, data, size, at) : -1;
}

static void
answer_for_the_kernel (gboolean answer)
{
  sqlite3_vfs *vfs = sqlite3_vfs_find (NULL);

  /* Which of them SQLite uses depends on how it was built. */
  g_assert_cmpint (vfs->xSetSystemCall (vfs, "write", answer ? (sqlite3_syscall_ptr) write_small : NULL), ==, SQLITE_OK);
  vfs->xSetSystemCall (vfs, "pwrite", answer ? (sqlite3_syscall_ptr) pwrite_small : NULL);
  vfs->xSetSystemCall (vfs, "pwrite64", answer ? (sqlite3_syscall_ptr) pwrite_small : NULL);
}

static void
make_disk_small (const char *folder,
                 gsize size,
                 gboolean mounted)
{
  g_autofree char *options = g_strdup_printf ("size=%" G_GSIZE_FORMAT, size);

  if (mounted)
    {
      g_assert_cmpint (mount ("tmpfs", folder, "tmpfs", 0, options), ==, 0);
      return;
    }
  small_disk.folder = realpath (folder, NULL);
  small_disk.size = (gint64) size;
  answer_for_the_kernel (TRUE);
}

static void
make_disk_large (const char *folder)
{
  if (small_disk.folder == NULL)
    {
      umount (folder);
      return;
    }
  answer_for_the_kernel (FALSE);
  g_clear_pointer (&small_disk.folder, free);
}

static gboolean
can_mount (void)
{
  g_autoptr (AwTestFolder) folder = aw_test_folder_new ();

  return mount ("tmpfs", folder, "tmpfs", 0, "size=64k") == 0 && umount (folder) == 0;
}

static void
check_full_disk (gboolean mounted)
{
  g_autoptr (AwTestFolder) folder = aw_test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "afterword.db", NULL);
  g_autoptr (GError) error = NULL;

  make_disk_small (folder, 1024 * 1024, mounted);
  {
    g_autoptr (AwDatabase) database = open_database (folder);

    fill_up (database);
    /* A copy has no room either, and leaves nothing half behind. */
    g_assert_false (aw_backup_daily (path, aw_date_from_ymd (2026, 3, 2), &error));
    g_assert_error (error, AW_STORE_ERROR, AW_STORE_ERROR_TELL);
    assert_sentence (error);
    g_assert_null (aw_backup_find_last (path));
    g_clear_error (&error);
  }
  {
    /* And it opens again. */
    g_autoptr (AwDatabase) database = open_database (folder);

    g_assert_cmpuint (count (database), >, 0);
  }
  make_disk_large (folder);
}

static void
test_full_disk (void)
{
  check_full_disk (FALSE);
  if (can_mount ())
    check_full_disk (TRUE);
}

/* A new file on a disk without any room. */
static void
check_no_room (gboolean mounted)
{
  g_autoptr (AwTestFolder) folder = aw_test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "afterword.db", NULL);
  g_autofree char *filler = g_build_filename (folder, "filler", NULL);
  g_autofree char *zeros = g_malloc0 (65536);
  g_autoptr (GError) error = NULL;
  int fd;

  make_disk_small (folder, 65536, mounted);
  fd = open (filler, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
  g_assert_cmpint (write (fd, zeros, 65536), ==, 65536);
  close (fd);
  g_assert_null (aw_database_open (path, &error));
  g_assert_error (error, AW_STORE_ERROR, AW_STORE_ERROR_TELL);
  g_assert_nonnull (strstr (error->message, "full"));
  assert_sentence (error);
  g_clear_error (&error);

  /* With room, it goes on as if nothing had been. */
  g_unlink (filler);
  make_disk_large (folder);
  g_object_unref (open_database (folder));
}

static void
test_no_room_to_begin (void)
{
  check_no_room (FALSE);
  if (can_mount ())
    check_no_room (TRUE);
}

/* Root may write everywhere: so as somebody else. */
static void
test_read_only (void)
{
  g_autoptr (AwTestFolder) folder = NULL;
  g_autofree char *path = NULL;
  g_autofree char *other = NULL;
  g_autoptr (GError) error = NULL;

  if (!g_test_subprocess ())
    {
      folder = aw_test_folder_new ();
      path = g_build_filename (folder, "afterword.db", NULL);
      {
        g_autoptr (AwDatabase) database = open_database (folder);

        g_assert_true (add (database, "A", 10, NULL));
      }
      g_chmod (path, 0444);
      g_chmod (folder, 0555);
      g_setenv ("AW_TEST_FOLDER", folder, TRUE);
      g_test_trap_subprocess (NULL, 0, 0);
      g_chmod (folder, 0755);
      g_test_trap_assert_passed ();
      return;
    }

  if (getuid () == 0)
    g_assert_cmpint (setuid (NOBODY), ==, 0);
  path = g_build_filename (g_getenv ("AW_TEST_FOLDER"), "afterword.db", NULL);
  other = g_build_filename (g_getenv ("AW_TEST_FOLDER"), "new", "afterword.db", NULL);
  g_assert_null (aw_database_open (path, &error));
  g_assert_error (error, AW_STORE_ERROR, AW_STORE_ERROR_TELL);
  assert_sentence (error);
  g_clear_error (&error);
  g_assert_null (aw_database_open (other, &error));
  g_assert_error (error, AW_STORE_ERROR, AW_STORE_ERROR_TELL);
  assert_sentence (error);
  g_clear_error (&error);
  g_assert_false (aw_backup_daily (path, aw_date_from_ymd (2026, 3, 2), &error));
  g_assert_error (error, AW_STORE_ERROR, AW_STORE_ERROR_TELL);
}

static void
test_held (void)
{
  g_autoptr (AwTestFolder) folder = aw_test_folder_new ();
  g_autoptr (AwDatabase) database = open_database (folder);
  g_autoptr (AwDatabase) other = open_database (folder);
  g_autoptr (GError) error = NULL;

  g_assert_true (add (database, "A", 10, &error));
  sqlite3_busy_timeout (aw_database_get_handle (database), 50);
  g_assert_true (aw_database_begin (other, &error));
  g_assert_false (add (database, "B", 10, &error));
  g_assert_error (error, AW_STORE_ERROR, AW_STORE_ERROR_BUSY);
  assert_sentence (error);
  g_clear_error (&error);
  g_assert_cmpuint (count (database), ==, 1); /* reading goes on */
  aw_database_rollback (other);
  g_assert_true (add (database, "B", 10, &error));
  g_assert_cmpuint (count (other), ==, 2);
}

/* Killed while it writes: what it said to be saved is there, and nothing half. */
static void
test_killed (void)
{
  for (int round = 0; round < 3; round++)
    {
      g_autoptr (AwTestFolder) folder = aw_test_folder_new ();
      int ends[2];
      char byte;
      guint said = 0;
      pid_t child;

      g_object_unref (open_database (folder));
      g_assert_cmpint (pipe (ends), ==, 0);
      child = fork ();
      if (child == 0)
        {
          AwDatabase *database = open_database (folder);

          while (add (database, "Company", 500, NULL) && write (ends[1], "x", 1) == 1)
            ;
          _exit (1);
        }
      close (ends[1]);
      while (said < 20 + (guint) round * 7 && read (ends[0], &byte, 1) == 1)
        said++;
      kill (child, SIGKILL);
      waitpid (child, NULL, 0);
      while (read (ends[0], &byte, 1) == 1)
        said++;
      close (ends[0]);

      {
        g_autoptr (AwDatabase) database = open_database (folder);
        g_autoptr (GPtrArray) sentences = aw_database_check (database, NULL);

        g_assert_cmpuint (count (database), >=, said);
        g_assert_cmpuint (count (database), <=, said + 1);
        g_assert_cmpuint (sentences->len, ==, 0);
      }
    }
}

/* Bytes of the file changed at random: opened, refused, repaired from, but no
 * crash and nothing written over. */
static void
test_damage (void)
{
  g_autoptr (AwTestFolder) folder = aw_test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "afterword.db", NULL);
  g_autofree char *whole = NULL;
  g_autoptr (GRand) rand = g_rand_new_with_seed (9);
  gsize length;
  guint refused = 0;

  {
    g_autoptr (AwDatabase) database = open_database (folder);

    for (int i = 0; i < 20; i++)
      g_assert_true (add (database, "Company", 300, NULL));
  }
  g_assert_true (g_file_get_contents (path, &whole, &length, NULL));
  for (int round = 0; round < 60; round++)
    {
      g_autofree char *bytes = g_memdup2 (whole, length);
      g_autoptr (GError) error = NULL;
      g_autoptr (AwDatabase) database = NULL;

      for (int i = 0; i < 30; i++)
        bytes[g_rand_int_range (rand, round % 2 ? 0 : 100, (gint32) length)] = (char) g_rand_int (rand);
      g_assert_true (g_file_set_contents (path, bytes, (gssize) (round % 5 ? length : length / 2), NULL));
      database = aw_database_open (path, &error);
      if (database != NULL)
        {
          g_autoptr (GPtrArray) sentences = aw_database_check (database, NULL);
          g_autoptr (GPtrArray) opportunities = aw_database_load_opportunities (database, NULL);

          add (database, "More", 10, NULL);
          g_clear_error (&error);
          aw_backup_write (path, "/nowhere/at/all", &error);
          g_assert_nonnull (error);
        }
      else
        {
          refused++;
          assert_sentence (error);
        }
      g_clear_object (&database);
      {
        static const char *const journals[] = { "-wal", "-shm" };

        for (guint i = 0; i < G_N_ELEMENTS (journals); i++)
          {
            g_autofree char *name = g_strconcat (path, journals[i], NULL);

            g_unlink (name);
          }
      }
    }
  g_assert_cmpuint (refused, >, 0);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/trouble/full-file", test_full_file);
  g_test_add_func ("/trouble/full-disk", test_full_disk);
  g_test_add_func ("/trouble/no-room-to-begin", test_no_room_to_begin);
  g_test_add_func ("/trouble/read-only", test_read_only);
  g_test_add_func ("/trouble/held", test_held);
  g_test_add_func ("/trouble/killed", test_killed);
  g_test_add_func ("/trouble/damage", test_damage);
  return g_test_run ();
}
