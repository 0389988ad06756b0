/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/aw-reminder-board.h"

#include <string.h>

#include "service/aw-engine-private.h"
#include "service/aw-reminder-notice.h"
#include "service/aw-reminder-notes.h"

/* So many come one by one; more become one summary. */
#define AT_MOST_SINGLE 3

struct _AwReminderBoard
{
  GObject parent_instance;

  AwBook *book;
  AwDatabase *database;
  AwNotifier *notifier;
  AwReminderNotes *notes;

  GHashTable *standing; /* id of a notification → server's number, as pointer; 0: not known */
  GHashTable *handed;   /* id of a notification → array of AwReminder that the server has not taken yet */
  GPtrArray *leaving;   /* of AwReminder: to be withdrawn */
  guint in_summary;     /* for how many rows the summary on the screen stands */
};

G_DEFINE_FINAL_TYPE (AwReminderBoard, aw_reminder_board, G_TYPE_OBJECT)

enum
{
  REFUSED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static AwReminder *
copy_row (const AwReminder *row)
{
  AwReminder *copy = aw_reminder_new (row->opportunity, row->key, row->opens, row->remind_at);

  copy->shown_at = row->shown_at;
  copy->shown_before = row->shown_before;
  copy->server_id = row->server_id;
  return copy;
}

/* The number by which the server knows a row's notification; 0: by none. */
static guint32
real_number (const AwReminder *row)
{
  return row->server_id != AW_REMINDER_IN_SUMMARY && row->server_id != AW_REMINDER_HANDED ? row->server_id : 0;
}

/* The server is asked to show @notice for @rows, which are put back if it does not. */
static void
hand (AwReminderBoard *self,
      const AwNotice *notice,
      GPtrArray *rows)
{
  GPtrArray *handed = g_hash_table_lookup (self->handed, notice->id);

  if (handed == NULL)
    {
      handed = g_ptr_array_new_with_free_func ((GDestroyNotify) aw_reminder_free);
      g_hash_table_insert (self->handed, g_strdup (notice->id), handed);
    }
  for (guint i = 0; i < rows->len; i++)
    g_ptr_array_add (handed, copy_row (g_ptr_array_index (rows, i)));
  g_hash_table_insert (self->standing, g_strdup (notice->id), GUINT_TO_POINTER (notice->server_id));
  aw_notifier_show (self->notifier, notice);
}

static void
withdraw_summary (AwReminderBoard *self)
{
  g_hash_table_remove (self->standing, AW_NOTICE_SUMMARY);
  g_hash_table_remove (self->handed, AW_NOTICE_SUMMARY);
  aw_notifier_withdraw (self->notifier, AW_NOTICE_SUMMARY, aw_reminder_notes_get_summary (self->notes));
  aw_reminder_notes_set_summary (self->notes, 0);
  self->in_summary = 0;
}

/* Takes the rows that wait for the server's answer out of @handed. */
static GPtrArray *
take_handed (AwReminderBoard *self,
             const char *id)
{
  g_autofree char *key = NULL;
  GPtrArray *rows = NULL;

  return g_hash_table_steal_extended (self->handed, id, (gpointer *) &key, (gpointer *) &rows) ? rows : NULL;
}

/* The server has answered. What thousands of rows took is given back at once:
 * nothing may wake us for days. */
static void
free_rows (AwReminderBoard *self,
           GPtrArray *rows)
{
  gboolean many = rows->len > 100;

  g_ptr_array_unref (rows);
  if (many)
    aw_database_release_memory (self->database);
}

/* Showing ------------------------------------------------------------------ */

/* Shows one row, in place of what a process before us showed of it. */
static void
show_single (AwReminderBoard *self,
             const AwSweep *sweep,
             AwReminder *row)
{
  g_autoptr(AwDossier) dossier = aw_book_ref_dossier (self->book, row->opportunity, NULL);
  g_autoptr(AwPlan) follow_ups = dossier != NULL ? aw_book_plan (self->book, dossier, sweep->now) : NULL;
  const AwFollowUp *follow_up = follow_ups != NULL ? aw_plan_find (follow_ups, row->key) : NULL;
  g_autoptr(GPtrArray) rows = g_ptr_array_new ();
  g_autoptr(AwNotice) notice = NULL;

  if (follow_up == NULL)
    {
      aw_reminder_notes_number (self->notes, row->opportunity, row->key, 0);
      return;
    }
  notice = aw_reminder_notice (follow_up, follow_ups, dossier, aw_book_get_calendar (self->book), sweep->hide_names, sweep->now);
  notice->server_id = real_number (row);
  notice->sound = sweep->sound;
  g_ptr_array_add (rows, row);
  hand (self, notice, rows);
}

/* One for all rows that it stands for, @rows among them. */
static gboolean
show_summary (AwReminderBoard *self,
              const AwSweep *sweep,
              GPtrArray *rows,
              GError **error)
{
  g_autoptr(GPtrArray) companies = aw_reminder_load_summary (self->database, &self->in_summary, error);
  g_autoptr(AwNotice) notice = NULL;

  if (companies == NULL)
    return FALSE;
  notice = aw_reminder_summary_notice (self->in_summary, companies, sweep->morning, sweep->hide_names);
  notice->sound = sweep->sound && rows->len > 0;
  notice->quiet = rows->len == 0;
  notice->server_id = aw_reminder_notes_get_summary (self->notes);
  hand (self, notice, rows);
  return TRUE;
}

static gboolean
is_for_summary (const AwSweep *sweep,
                guint n)
{
  return n > AT_MOST_SINGLE || (sweep->morning && n > 1);
}

/**
 * aw_reminder_board_show:
 * @self: a board
 * @sweep: the sweep
 * @rows: (element-type AwReminder): what was claimed
 * @error: return location
 *
 * Shows them. What the server does not take is put back.
 *
 * Returns: whether they were handed to the server; if not, they are put back
 */
gboolean
aw_reminder_board_show (AwReminderBoard *self,
                        const AwSweep *sweep,
                        GPtrArray *rows,
                        GError **error)
{
  g_return_val_if_fail (AW_IS_REMINDER_BOARD (self), FALSE);

  if (rows->len == 0)
    return TRUE;
  if (!is_for_summary (sweep, rows->len))
    {
      for (guint i = 0; i < rows->len; i++)
        show_single (self, sweep, g_ptr_array_index (rows, i));
      return TRUE;
    }
  if (aw_reminder_put_in_summary (self->database, rows, error) && show_summary (self, sweep, rows, error))
    return TRUE;
  aw_reminder_notes_put_back (self->notes, rows);
  return FALSE;
}

/**
 * aw_reminder_board_resume:
 * @self: a board
 * @sweep: the sweep
 * @error: return location
 *
 * Shows what a process before us showed, and nobody answered, again in the same
 * place: its buttons led to that process. And what that process could not hand
 * over any more.
 *
 * Returns: %FALSE with @error set
 */
gboolean
aw_reminder_board_resume (AwReminderBoard *self,
                          const AwSweep *sweep,
                          GError **error)
{
  g_autoptr(GPtrArray) rows = aw_reminder_load_standing (self->database, error);

  g_return_val_if_fail (AW_IS_REMINDER_BOARD (self), FALSE);

  if (rows == NULL)
    return FALSE;
  if (!is_for_summary (sweep, rows->len))
    {
      if (aw_reminder_notes_get_summary (self->notes) != 0)
        withdraw_summary (self);
    }
  else
    /* More than a few would be a burst after each login. */
    for (guint i = 0; i < rows->len; i++)
      {
        const AwReminder *row = g_ptr_array_index (rows, i);
        g_autofree char *id = aw_reminder_notice_id (row->opportunity, row->key);

        if (real_number (row) != 0)
          aw_notifier_withdraw (self->notifier, id, row->server_id);
      }
  return aw_reminder_board_show (self, sweep, rows, error);
}

/**
 * aw_reminder_board_check_summary:
 * @self: a board
 * @sweep: the sweep
 * @error: return location
 *
 * Some of what the summary stands for may be done: it says how many are left,
 * and goes when none is.
 *
 * Returns: %FALSE with @error set
 */
gboolean
aw_reminder_board_check_summary (AwReminderBoard *self,
                                 const AwSweep *sweep,
                                 GError **error)
{
  g_autoptr(GPtrArray) companies = NULL;
  g_autoptr(GPtrArray) none = NULL;
  guint n;

  g_return_val_if_fail (AW_IS_REMINDER_BOARD (self), FALSE);

  if (!g_hash_table_contains (self->standing, AW_NOTICE_SUMMARY))
    return TRUE;
  companies = aw_reminder_load_summary (self->database, &n, error);
  if (companies == NULL)
    return FALSE;
  if (n == 0)
    withdraw_summary (self);
  else if (n < self->in_summary)
    {
      none = g_ptr_array_new ();
      return show_summary (self, sweep, none, error);
    }
  return TRUE;
}

/* Withdrawing ---------------------------------------------------------------- */

/**
 * aw_reminder_board_withdraw:
 * @self: a board
 * @opportunity: an id
 * @key: a follow-up's key
 * @server_id: its row's
 *
 * The duty is done, moved or gone: its notification goes too, but not before
 * that is committed and aw_reminder_board_withdraw_now() is called.
 */
void
aw_reminder_board_withdraw (AwReminderBoard *self,
                            const char *opportunity,
                            const char *key,
                            guint32 server_id)
{
  AwReminder *reminder;

  g_return_if_fail (AW_IS_REMINDER_BOARD (self));

  reminder = aw_reminder_new (opportunity, key, 0, 0);
  reminder->server_id = server_id;
  g_ptr_array_add (self->leaving, reminder);
}

/**
 * aw_reminder_board_withdraw_all_of:
 * @self: a board
 * @opportunity: an id
 *
 * The same for all of an opportunity that is gone.
 */
void
aw_reminder_board_withdraw_all_of (AwReminderBoard *self,
                                   const char *opportunity)
{
  g_autofree char *prefix = g_strconcat ("duty-", opportunity, "/", NULL);
  GHashTableIter iter;
  gpointer id;

  g_return_if_fail (AW_IS_REMINDER_BOARD (self));

  g_hash_table_iter_init (&iter, self->standing);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    if (g_str_has_prefix (id, prefix))
      aw_reminder_board_withdraw (self, opportunity, (char *) id + strlen (prefix), 0);
}

/**
 * aw_reminder_board_withdraw_now:
 * @self: a board
 * @committed: whether it was committed; if not, all stands as it stood
 */
void
aw_reminder_board_withdraw_now (AwReminderBoard *self,
                                gboolean committed)
{
  g_return_if_fail (AW_IS_REMINDER_BOARD (self));

  for (guint i = 0; committed && i < self->leaving->len; i++)
    {
      const AwReminder *reminder = g_ptr_array_index (self->leaving, i);
      g_autofree char *id = aw_reminder_notice_id (reminder->opportunity, reminder->key);
      gpointer number = NULL;

      g_hash_table_remove (self->handed, id);
      if (!g_hash_table_lookup_extended (self->standing, id, NULL, &number) && real_number (reminder) == 0)
        continue;
      g_hash_table_remove (self->standing, id);
      aw_notifier_withdraw (self->notifier, id, number != NULL ? GPOINTER_TO_UINT (number) : real_number (reminder));
    }
  g_ptr_array_set_size (self->leaving, 0);
}

/**
 * aw_reminder_board_clear:
 * @self: a board
 *
 * Takes away what is on the screen: nobody will be there for its buttons.
 */
void
aw_reminder_board_clear (AwReminderBoard *self)
{
  GHashTableIter iter;
  gpointer id;
  gpointer value;

  g_return_if_fail (AW_IS_REMINDER_BOARD (self));

  g_hash_table_iter_init (&iter, self->standing);
  while (g_hash_table_iter_next (&iter, &id, &value))
    aw_notifier_withdraw (self->notifier, id, GPOINTER_TO_UINT (value));
  g_hash_table_remove_all (self->standing);
  g_hash_table_iter_init (&iter, self->handed);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    aw_reminder_notes_put_back (self->notes, value);
  g_hash_table_remove_all (self->handed);
  self->in_summary = 0;
  aw_reminder_notes_no_server (self->notes);
  aw_reminder_notes_set_summary (self->notes, 0);
}

/* The notifier's word -------------------------------------------------------- */

static void
on_shown (AwReminderBoard *self,
          const char *id,
          guint number)
{
  GPtrArray *rows = take_handed (self, id);

  if (rows == NULL)
    return;
  g_hash_table_insert (self->standing, g_strdup (id), GUINT_TO_POINTER (number));
  if (strcmp (id, AW_NOTICE_SUMMARY) == 0)
    {
      aw_reminder_notes_set_summary (self->notes, number);
      free_rows (self, rows);
      return;
    }
  for (guint i = 0; i < rows->len; i++)
    {
      const AwReminder *row = g_ptr_array_index (rows, i);

      if (number != row->server_id)
        aw_reminder_notes_number (self->notes, row->opportunity, row->key, number);
    }
  free_rows (self, rows);
}

static void
on_failed (AwReminderBoard *self,
           const char *id,
           const char *why)
{
  GPtrArray *rows = take_handed (self, id);

  if (rows == NULL)
    return;
  g_info ("Reminders wait for a notification server: %s", why);
  g_hash_table_remove (self->standing, id);
  aw_reminder_notes_put_back (self->notes, rows);
  free_rows (self, rows);
  if (strcmp (id, AW_NOTICE_SUMMARY) == 0)
    {
      self->in_summary = 0;
      aw_reminder_notes_no_summary (self->notes);
    }
  if (aw_notifier_is_ready (self->notifier))
    g_signal_emit (self, signals[REFUSED], 0);
}

/**
 * aw_reminder_board_seen:
 * @self: a board
 *
 * The user opened Today from the summary, and no server says what became of it:
 * it has done its duty, and does not come again with another number.
 */
void
aw_reminder_board_seen (AwReminderBoard *self)
{
  g_return_if_fail (AW_IS_REMINDER_BOARD (self));

  if (aw_notifier_tells_closed (self->notifier) || !g_hash_table_contains (self->standing, AW_NOTICE_SUMMARY))
    return;
  withdraw_summary (self);
  aw_reminder_notes_no_summary (self->notes);
}

static void
on_closed (AwReminderBoard *self,
           const char *id)
{
  const char *key;

  g_hash_table_remove (self->standing, id);
  if (strcmp (id, AW_NOTICE_SUMMARY) == 0)
    {
      self->in_summary = 0;
      aw_reminder_notes_no_summary (self->notes);
      aw_reminder_notes_set_summary (self->notes, 0);
      return;
    }
  if (!g_str_has_prefix (id, "duty-"))
    return;

  /* It was closed, not answered: the duty stays, the number means nothing now. */
  key = strchr (id, '/');
  if (key != NULL)
    {
      g_autofree char *opportunity = g_strndup (id + strlen ("duty-"), (gsize) (key - id) - strlen ("duty-"));

      aw_reminder_notes_number (self->notes, opportunity, key + 1, 0);
    }
}

static void
on_lost (AwReminderBoard *self)
{
  g_hash_table_remove_all (self->standing);
  self->in_summary = 0;
  aw_reminder_notes_no_server (self->notes);
  aw_reminder_notes_set_summary (self->notes, 0);
}

static void
aw_reminder_board_finalize (GObject *object)
{
  AwReminderBoard *self = AW_REMINDER_BOARD (object);

  g_clear_object (&self->notifier);
  g_clear_pointer (&self->notes, aw_reminder_notes_free);
  g_hash_table_unref (self->standing);
  g_hash_table_unref (self->handed);
  g_ptr_array_unref (self->leaving);

  G_OBJECT_CLASS (aw_reminder_board_parent_class)->finalize (object);
}

static void
aw_reminder_board_class_init (AwReminderBoardClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = aw_reminder_board_finalize;

  signals[REFUSED] =
    g_signal_new ("refused", AW_TYPE_REMINDER_BOARD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
aw_reminder_board_init (AwReminderBoard *self)
{
  self->standing = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->handed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  self->leaving = g_ptr_array_new_with_free_func ((GDestroyNotify) aw_reminder_free);
}

/**
 * aw_reminder_board_new:
 * @engine: an engine, which outlives the board
 * @notifier: what shows
 * @writer: notes what stands
 *
 * Returns: (transfer full): a board
 */
AwReminderBoard *
aw_reminder_board_new (AwEngine *engine,
                       AwNotifier *notifier,
                       AwWriter *writer)
{
  AwReminderBoard *self = g_object_new (AW_TYPE_REMINDER_BOARD, NULL);

  self->book = aw_engine_get_book (engine);
  self->database = aw_engine_get_database (engine);
  self->notifier = g_object_ref (notifier);
  self->notes = aw_reminder_notes_new (self->database, writer);
  g_signal_connect_object (notifier, "shown", G_CALLBACK (on_shown), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (notifier, "failed", G_CALLBACK (on_failed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (notifier, "closed", G_CALLBACK (on_closed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (notifier, "lost", G_CALLBACK (on_lost), self, G_CONNECT_SWAPPED);
  return self;
}
