/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/aw-reminders.h"

#include <string.h>

#include "config.h"

#include <glib/gi18n-lib.h>

#include "service/aw-engine-private.h"
#include "service/aw-reminder-board.h"
#include "service/aw-reminder-table.h"
#include "service/aw-reminder-time.h"
#include "service/aw-scheduler.h"
#include "service/aw-zone-watch.h"

/* What went wrong, and not because another process holds the database, is tried
 * again after so many seconds. */
#define TRY_AGAIN 30

/* A server that refused something is asked again after so many seconds. */
#define ASK_AGAIN 300

/* Rows claimed in one step. */
#define BATCH 100

struct _AwReminders
{
  GObject parent_instance;

  AwEngine *engine;
  AwBook *book;
  AwDatabase *database;
  AwNotifier *notifier;
  AwWriter *writer;
  AwReminderBoard *board;
  AwReminderTable *table;
  AwScheduler *scheduler;
  AwZoneWatch *zone_watch;

  gint64 own_at;          /* when the next row is due */
  gint64 also_at;         /* when somebody else wants to be woken */
  gint64 hold_until;      /* nothing is shown before; 0: at once */
  gboolean resumed;       /* what a process before us showed has been looked at */
  gboolean sweeping;
  gboolean again;
};

G_DEFINE_FINAL_TYPE (AwReminders, aw_reminders, G_TYPE_OBJECT)

enum
{
  REFER,
  SWEPT,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* The sweep ---------------------------------------------------------------- */

static gboolean
claim_and_show (AwReminders *self,
                const AwSweep *sweep,
                GError **error)
{
  g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) aw_reminder_free);

  for (;;)
    {
      g_autoptr(GPtrArray) some = aw_reminder_claim (self->database, sweep->now, BATCH, error);

      if (some == NULL)
        {
          aw_reminder_board_show (self->board, sweep, rows, NULL); /* these are ours */
          return FALSE;
        }
      if (some->len == 0)
        break;
      g_ptr_array_extend_and_steal (rows, g_steal_pointer (&some));
    }
  return aw_reminder_board_show (self->board, sweep, rows, error);
}

static gboolean
show (AwReminders *self,
      const AwSweep *sweep,
      GError **error)
{
  if (!self->resumed)
    {
      if (!aw_reminder_board_resume (self->board, sweep, error))
        return FALSE;
      self->resumed = TRUE;
    }
  return claim_and_show (self, sweep, error) && aw_reminder_board_check_summary (self->board, sweep, error);
}

static gboolean
has_setting (AwReminders *self,
             const char *key,
             const char *value)
{
  g_autofree char *set = aw_database_get_setting (self->database, key);

  return g_strcmp0 (set, value) == 0;
}

static gboolean
sweep_at (AwReminders *self,
          gint64 now,
          GError **error)
{
  AwSweep sweep = { .now = now };
  gboolean done;

  /* What the server and the user said comes first: the rows must know it. */
  if (!aw_writer_flush (self->writer, error))
    return FALSE;
  sweep.busy = aw_reminder_busy (self->database, now, error);
  if (sweep.busy == NULL)
    return FALSE;
  sweep.remind = !has_setting (self, "remind", "0");
  sweep.morning = has_setting (self, "summary", "morning");
  sweep.hide_names = has_setting (self, "hide-names", "1");
  sweep.sound = has_setting (self, "sound", "1");
  done = aw_reminder_table_update (self->table, &sweep, error);
  if (done && sweep.remind && aw_notifier_is_ready (self->notifier) && self->hold_until <= now)
    done = show (self, &sweep, error);
  g_array_unref (sweep.busy);
  return done;
}

static void
sweep_once (AwReminders *self)
{
  g_autoptr(GError) error = NULL;
  gint64 now;

  aw_engine_refresh (self->engine);
  aw_book_check_zone (self->book);
  now = aw_engine_now (self->engine);
  if (self->hold_until > now + ASK_AGAIN)
    self->hold_until = 0; /* the clock was set back */

  self->own_at = AW_NEVER;
  if (sweep_at (self, now, &error))
    aw_writer_rest (self->writer);
  else if (g_error_matches (error, AW_STORE_ERROR, AW_STORE_ERROR_BUSY))
    aw_writer_wait (self->writer);
  else
    {
      g_message ("Reminders are looked at again in %d seconds: %s", TRY_AGAIN, error->message);
      self->own_at = now + TRY_AGAIN;
    }
  if (self->own_at == AW_NEVER)
    self->own_at = aw_reminder_next (self->database, now);
  if (self->hold_until > now)
    self->own_at = self->own_at == AW_NEVER ? self->hold_until : MIN (self->own_at, self->hold_until);

  /* A big life's contacts need not stay in memory until the next wake-up. */
  aw_book_drop_elsewhere (self->book);
  aw_database_release_memory (self->database);
}

static void
set_alarm (AwReminders *self)
{
  gint64 at = self->own_at;

  if (self->also_at != AW_NEVER && (at == AW_NEVER || self->also_at < at))
    at = self->also_at;
  aw_scheduler_set (self->scheduler, at);
}

/* Callbacks ---------------------------------------------------------------- */

static void
on_ready (AwReminders *self)
{
  self->hold_until = 0;
  aw_reminders_sweep (self);
}

static void
on_refused (AwReminders *self)
{
  self->hold_until = aw_engine_now (self->engine) + ASK_AGAIN;
  if (self->sweeping)
    return;
  self->own_at = self->own_at == AW_NEVER ? self->hold_until : MIN (self->own_at, self->hold_until);
  set_alarm (self);
}

static void
on_activated (AwReminders *self,
              const AwNotice *notice,
              int action,
              const char *token)
{
  g_autoptr(GError) error = NULL;

  switch ((AwNoticeAction) action)
    {
    case AW_NOTICE_DONE:
    case AW_NOTICE_HOUR:
    case AW_NOTICE_TOMORROW:
    case AW_NOTICE_SKIP:
      if (!aw_reminders_act (self, notice->subject, notice->key, (AwNoticeAction) action, &error))
        g_warning ("A decision could not be recorded: %s", error->message);
      break;
    case AW_NOTICE_OPEN:
    case AW_NOTICE_COMPOSE:
    case AW_NOTICE_TODAY:
    case AW_NOTICE_OUTBOX:
    case AW_NOTICE_ACCOUNT:
    case AW_NOTICE_TRY_AGAIN:
    case AW_NOTICE_WAS_SENT:
    case AW_NOTICE_SEND_AGAIN:
    case AW_NOTICE_IS_ANSWER:
    case AW_NOTICE_NO_ANSWER:
    case AW_N_NOTICE_ACTIONS:
    default:
      g_signal_emit (self, signals[REFER], 0, notice, action, token);
    }
}

static void
aw_reminders_finalize (GObject *object)
{
  AwReminders *self = AW_REMINDERS (object);

  g_clear_object (&self->scheduler);
  g_clear_object (&self->zone_watch);
  g_clear_object (&self->table);
  g_clear_object (&self->board);
  g_clear_object (&self->notifier);
  aw_writer_finish (self->writer);
  g_clear_object (&self->writer);
  g_clear_object (&self->engine);

  G_OBJECT_CLASS (aw_reminders_parent_class)->finalize (object);
}

static void
aw_reminders_class_init (AwRemindersClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = aw_reminders_finalize;

  signals[REFER] = g_signal_new ("refer", AW_TYPE_REMINDERS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 3,
                                 G_TYPE_POINTER, G_TYPE_INT, G_TYPE_STRING);
  signals[SWEPT] = g_signal_new ("swept", AW_TYPE_REMINDERS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
aw_reminders_init (AwReminders *self)
{
  self->also_at = AW_NEVER;
}

/**
 * aw_reminders_new:
 * @engine: an engine
 * @notifier: what shows
 *
 * Returns: (transfer full): reminders; nothing happens before the first sweep
 */
AwReminders *
aw_reminders_new (AwEngine *engine,
                  AwNotifier *notifier)
{
  AwReminders *self = g_object_new (AW_TYPE_REMINDERS, NULL);
  AwClock *clock = aw_engine_get_clock (engine);

  self->engine = g_object_ref (engine);
  self->book = aw_engine_get_book (engine);
  self->database = aw_engine_get_database (engine);
  self->notifier = g_object_ref (notifier);
  self->writer = aw_writer_new (self->database);
  self->board = aw_reminder_board_new (engine, notifier, self->writer);
  self->table = aw_reminder_table_new (engine, self->board);
  self->scheduler = aw_scheduler_new (clock);
  self->zone_watch = aw_zone_watch_new (clock);

  g_signal_connect_object (self->writer, "again", G_CALLBACK (aw_reminders_sweep), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->scheduler, "wake", G_CALLBACK (aw_reminders_sweep), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (notifier, "ready", G_CALLBACK (on_ready), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->board, "refused", G_CALLBACK (on_refused), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (notifier, "activated", G_CALLBACK (on_activated), self, G_CONNECT_SWAPPED);
  return self;
}

/**
 * aw_reminders_sweep:
 * @self: reminders
 *
 * Does all that is to be done now, and sets the alarm for the next time.
 */
void
aw_reminders_sweep (AwReminders *self)
{
  g_return_if_fail (AW_IS_REMINDERS (self));

  if (self->sweeping)
    {
      self->again = TRUE;
      return;
    }
  self->sweeping = TRUE;
  do
    {
      self->again = FALSE;
      sweep_once (self);
    }
  while (self->again);
  self->sweeping = FALSE;
  set_alarm (self);
  g_signal_emit (self, signals[SWEPT], 0);
}

/**
 * aw_reminders_also_wake:
 * @self: reminders
 * @at: when else to sweep; %AW_NEVER: not
 *
 * There is one timer in the process; this is for whoever has something else to
 * do at a time, when "swept" is emitted.
 */
void
aw_reminders_also_wake (AwReminders *self,
                        gint64 at)
{
  g_return_if_fail (AW_IS_REMINDERS (self));

  self->also_at = at;
  set_alarm (self);
}

/**
 * aw_reminders_seen:
 * @self: reminders
 *
 * The user opened Today from a notification.
 */
void
aw_reminders_seen (AwReminders *self)
{
  g_return_if_fail (AW_IS_REMINDERS (self));

  aw_reminder_board_seen (self->board);
}

/**
 * aw_reminders_stop:
 * @self: reminders
 *
 * Takes away what is on the screen: nobody will be there for its buttons.
 */
void
aw_reminders_stop (AwReminders *self)
{
  g_return_if_fail (AW_IS_REMINDERS (self));

  aw_reminder_board_clear (self->board);
}

/**
 * aw_reminders_get_next:
 * @self: reminders
 *
 * Returns: when it will wake next; %AW_NEVER: not by itself
 */
gint64
aw_reminders_get_next (AwReminders *self)
{
  g_return_val_if_fail (AW_IS_REMINDERS (self), AW_NEVER);

  return aw_scheduler_get (self->scheduler);
}

/**
 * aw_reminders_get_writer:
 * @self: reminders
 *
 * Returns: (transfer none): by which whoever else writes in this process does
 *   it, so that nobody waits and the order is kept
 */
AwWriter *
aw_reminders_get_writer (AwReminders *self)
{
  g_return_val_if_fail (AW_IS_REMINDERS (self), NULL);

  return self->writer;
}

/* A button ------------------------------------------------------------------- */

typedef struct
{
  AwEngine *engine;
  char *opportunity;
  char *key;
  AwNoticeAction action;
  gint64 at;
} Press;

static void
press_free (gpointer data)
{
  Press *press = data;

  g_object_unref (press->engine);
  g_free (press->opportunity);
  g_free (press->key);
  g_free (press);
}

static gboolean
write_press (G_GNUC_UNUSED AwDatabase *database,
             gpointer data,
             GError **error)
{
  const Press *press = data;
  g_autoptr(GError) local = NULL;
  g_autoptr(AwDossier) dossier = NULL;
  g_autoptr(AwCommand) command = aw_command_new ("");

  aw_engine_refresh (press->engine);
  dossier = aw_engine_ref_dossier (press->engine, press->opportunity, &local);
  if (dossier == NULL)
    {
      if (local == NULL)
        g_set_error_literal (&local, AW_STORE_ERROR, AW_STORE_ERROR_CONFLICT, _("This interview is no longer there."));
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }

  if (press->action == AW_NOTICE_DONE && g_str_has_prefix (press->key, "next-step/-/"))
    {
      AwStep *step = aw_dossier_find (dossier, AW_RECORD_STEP, press->key + strlen ("next-step/-/"));

      if (step != NULL && !aw_instant_is_set (step->done_at))
        {
          g_autoptr(AwStep) done = aw_record_edit (step);

          done->done_at = aw_instant (press->at);
          aw_command_change (command, step, done);
        }
    }
  else
    {
      g_autoptr(AwDecision) decision = AW_DECISION (aw_record_new (AW_TYPE_DECISION, press->opportunity));

      decision->key = g_strdup (press->key);
      decision->at = aw_instant (press->at);
      decision->what = AW_DECIDED_SNOOZED;
      if (press->action == AW_NOTICE_HOUR)
        decision->until = aw_instant (press->at + AW_HOUR);
      else if (press->action == AW_NOTICE_TOMORROW)
        decision->until = aw_instant (aw_reminder_tomorrow (aw_engine_get_calendar (press->engine), press->at));
      else
        decision->what = press->action == AW_NOTICE_DONE ? AW_DECIDED_DONE : AW_DECIDED_SKIPPED;
      aw_command_add (command, decision);
    }
  return aw_engine_run (press->engine, command, FALSE, error);
}

/**
 * aw_reminders_act:
 * @self: reminders
 * @opportunity: an id
 * @key: a follow-up's key
 * @action: done, skip, in an hour or tomorrow
 * @error: return location
 *
 * Commits what a button of a notification says, and sweeps. While another
 * process holds the database it is kept in mind, with the time of now.
 *
 * Returns: whether it is committed, or will be
 */
gboolean
aw_reminders_act (AwReminders *self,
                  const char *opportunity,
                  const char *key,
                  AwNoticeAction action,
                  GError **error)
{
  Press *press;

  g_return_val_if_fail (AW_IS_REMINDERS (self), FALSE);

  press = g_new0 (Press, 1);
  press->engine = g_object_ref (self->engine);
  press->opportunity = g_strdup (opportunity);
  press->key = g_strdup (key);
  press->action = action;
  press->at = aw_engine_now (self->engine);
  if (!aw_writer_write (self->writer, write_press, press, press_free, error))
    return FALSE;
  aw_reminders_sweep (self);
  return TRUE;
}
