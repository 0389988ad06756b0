/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/aw-reminders.h"

#include <string.h>

#include "config.h"

#include <glib/gi18n-lib.h>

#include "service/aw-engine-private.h"
#include "service/aw-reminder-board.h"
#include "service/aw-reminder-rows.h"
#include "service/aw-reminder-time.h"
#include "service/aw-scheduler.h"
#include "service/aw-zone-watch.h"
#include "store/aw-revision.h"

/* A database that another process holds is tried again after so many seconds. */
#define TRY_AGAIN 30

/* A server that refused something is asked again after so many seconds. */
#define ASK_AGAIN 300

/* Opportunities planned in one transaction, rows claimed in one step. */
#define BATCH 100

struct _AwReminders
{
  GObject parent_instance;

  AwEngine *engine;
  AwBook *book;
  AwDatabase *database;
  AwNotifier *notifier;
  AwReminderBoard *board;
  AwScheduler *scheduler;
  AwZoneWatch *zone_watch;

  gint64 own_at;          /* when the next row is due */
  gint64 also_at;         /* when somebody else wants to be woken */
  gint64 hold_until;      /* nothing is shown before; 0: at once */
  gboolean resumed;       /* what a process before us showed has been looked at */
  gboolean sweeping;
  gboolean again;
  gint64 revision; /* of the last change that the rows know */
  AwPolicy *policy; /* by which the rows were made; NULL: by a process before us */
};

G_DEFINE_FINAL_TYPE (AwReminders, aw_reminders, G_TYPE_OBJECT)

enum
{
  REFER,
  SWEPT,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* Rows --------------------------------------------------------------------- */

/* Puts a row in place of what stands under its key, which leaves @old. */
static gboolean
put_row (AwReminders *self,
         GHashTable *old_rows,
         const AwReminder *row,
         GError **error)
{
  AwReminder *old = g_hash_table_lookup (old_rows, row->key);

  if (old != NULL && aw_reminder_rows_equal (old, row))
    {
      g_hash_table_remove (old_rows, row->key);
      return TRUE;
    }
  if (!aw_reminder_put (self->database, row, error))
    return FALSE;
  if (old != NULL && old->shown_at != AW_NEVER && row->server_id == 0)
    aw_reminder_board_withdraw (self->board, row->opportunity, row->key, old->server_id);
  g_hash_table_remove (old_rows, row->key);
  return TRUE;
}

/* Plans one opportunity and writes its rows, inside a transaction. */
static gboolean
plan (AwReminders *self,
      const AwSweep *sweep,
      const char *opportunity,
      GError **error)
{
  g_autoptr(GError) local = NULL;
  g_autoptr(AwDossier) dossier = aw_book_ref_dossier (self->book, opportunity, &local);
  g_autoptr(GPtrArray) rows = NULL;
  g_autoptr(GHashTable) old_rows = NULL;
  g_autoptr(AwPlan) follow_ups = NULL;
  g_autoptr(AwReminder) again = NULL;
  gint64 next;
  GHashTableIter iter;
  gpointer value;

  if (dossier == NULL)
    {
      if (local != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      aw_reminder_board_withdraw_all_of (self->board, opportunity); /* the rows went with it */
      return TRUE;
    }
  rows = aw_reminder_load (self->database, opportunity, error);
  if (rows == NULL)
    return FALSE;
  old_rows = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < rows->len; i++)
    {
      AwReminder *row = g_ptr_array_index (rows, i);

      g_hash_table_insert (old_rows, row->key, row);
    }

  follow_ups = aw_book_plan (self->book, dossier, sweep->now);
  for (guint i = 0; i < aw_plan_get_length (follow_ups); i++)
    {
      const AwFollowUp *follow_up = aw_plan_get (follow_ups, i);
      g_autoptr(AwReminder) row =
        aw_reminder_make_row (follow_up, dossier, aw_book_get_calendar (self->book), sweep->busy, sweep->morning,
                              g_hash_table_lookup (old_rows, follow_up->key), sweep->now);

      if (row != NULL && !put_row (self, old_rows, row, error))
        return FALSE;
    }
  next = aw_plan_get_next_change (follow_ups);
  again = aw_reminder_new (opportunity, "", sweep->now, next != AW_NEVER ? next : AW_REMINDER_NEVER);
  if (!put_row (self, old_rows, again, error))
    return FALSE;

  g_hash_table_iter_init (&iter, old_rows);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      AwReminder *row = value;

      if (row->shown_at == AW_NEVER && row->shown_before == AW_NEVER)
        {
          if (!aw_reminder_remove (self->database, opportunity, row->key, error))
            return FALSE;
          continue;
        }
      if (row->shown_at == AW_NEVER)
        {
          row->opens = row->shown_at = row->shown_before;
          row->shown_before = AW_NEVER;
          if (!aw_reminder_put (self->database, row, error))
            return FALSE;
          continue;
        }
      /* That it was shown stays true, should the clock be set back. */
      aw_reminder_board_withdraw (self->board, opportunity, row->key, row->server_id);
      if (row->server_id != 0 && !aw_reminder_set_server_id (self->database, opportunity, row->key, 0, error))
        return FALSE;
    }
  return TRUE;
}

/* Whose rows must be made again: what was changed, who shares an address with
 * it, what is due; all, if the policy, the zone or the kind of reminder is
 * another one. */
static GPtrArray *
collect (AwReminders *self,
         const AwSweep *sweep,
         const char *basis,
         gint64 *latest,
         GError **error)
{
  g_autoptr(GHashTable) set = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(GPtrArray) changed = NULL;
  g_autoptr(GPtrArray) due = NULL;
  g_autoptr(GPtrArray) result = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *known = aw_database_get_setting (self->database, "agent-basis");
  AwPolicy *policy = aw_book_get_policy (self->book);
  gboolean all;
  GHashTableIter iter;
  gpointer id;

  changed = aw_revision_since (self->database, self->revision, latest, error);
  if (changed == NULL)
    return NULL;
  all = g_strcmp0 (known, basis) != 0 || aw_revision_get (self->database) < self->revision ||
        (self->policy != NULL && !aw_record_equal (AW_RECORD (self->policy), AW_RECORD (policy)));
  for (guint i = 0; i < changed->len; i++)
    {
      g_autoptr(GPtrArray) sharers = NULL;

      if (*(char *) g_ptr_array_index (changed, i) == '\0')
        {
          all |= self->policy == NULL; /* it may have been the policy */
          continue;
        }
      g_hash_table_add (set, g_strdup (g_ptr_array_index (changed, i)));
      sharers = aw_reminder_sharers (self->database, g_ptr_array_index (changed, i), error);
      if (sharers == NULL)
        return NULL;
      for (guint k = 0; k < sharers->len; k++)
        g_hash_table_add (set, g_strdup (g_ptr_array_index (sharers, k)));
    }
  due = all ? aw_reminder_all_opportunities (self->database, error)
            : aw_reminder_due_opportunities (self->database, sweep->now, error);
  if (due == NULL)
    return NULL;
  for (guint i = 0; i < due->len; i++)
    g_hash_table_add (set, g_strdup (g_ptr_array_index (due, i)));

  g_hash_table_iter_init (&iter, set);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    g_ptr_array_add (result, g_strdup (id));
  if (all)
    *latest = MIN (*latest, aw_revision_get (self->database));
  return g_steal_pointer (&result);
}

static gboolean
make_rows (AwReminders *self,
           const AwSweep *sweep,
           GError **error)
{
  g_autofree char *zone = aw_clock_dup_zone (aw_engine_get_clock (self->engine));
  g_autofree char *basis = g_strdup_printf ("%s %s", zone, sweep->morning ? "morning" : "each");
  g_autoptr(GPtrArray) opportunities = NULL;
  g_autofree char *known_revision = NULL;
  g_autofree char *number = NULL;
  gint64 latest;

  opportunities = collect (self, sweep, basis, &latest, error);
  if (opportunities == NULL)
    return FALSE;

  for (guint start = 0; start < opportunities->len; start += BATCH)
    {
      if (!aw_database_begin (self->database, error))
        return FALSE;
      for (guint i = start; i < MIN (start + BATCH, opportunities->len); i++)
        if (!plan (self, sweep, g_ptr_array_index (opportunities, i), error))
          {
            aw_reminder_board_withdraw_now (self->board, FALSE);
            aw_database_rollback (self->database);
            return FALSE;
          }
      if (!aw_database_commit (self->database, error))
        {
          aw_reminder_board_withdraw_now (self->board, FALSE);
          aw_database_rollback (self->database);
          return FALSE;
        }
      aw_reminder_board_withdraw_now (self->board, TRUE);
    }

  known_revision = aw_database_get_setting (self->database, "agent-revision");
  number = g_strdup_printf ("%" G_GINT64_FORMAT, latest);
  if (g_strcmp0 (known_revision, number) != 0 &&
      !aw_database_set_setting (self->database, "agent-revision", number, error))
    return FALSE;
  g_clear_pointer (&known_revision, g_free);
  known_revision = aw_database_get_setting (self->database, "agent-basis");
  if (g_strcmp0 (known_revision, basis) != 0 && !aw_database_set_setting (self->database, "agent-basis", basis, error))
    return FALSE;
  self->revision = latest;
  g_set_object (&self->policy, aw_book_get_policy (self->book));
  return TRUE;
}

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
          aw_reminder_board_show (self->board, sweep, rows); /* these are ours */
          return FALSE;
        }
      if (some->len == 0)
        break;
      g_ptr_array_extend_and_steal (rows, g_steal_pointer (&some));
    }
  aw_reminder_board_show (self->board, sweep, rows);
  return TRUE;
}

static void
show (AwReminders *self,
      const AwSweep *sweep,
      GError **error)
{
  if (!self->resumed)
    {
      self->resumed = TRUE;
      if (!aw_reminder_board_resume (self->board, sweep, error))
        {
          self->resumed = FALSE;
          return;
        }
    }
  if (claim_and_show (self, sweep, error))
    aw_reminder_board_check_summary (self->board, sweep, error);
}

static gboolean
has_setting (AwReminders *self,
             const char *key,
             const char *value)
{
  g_autofree char *set = aw_database_get_setting (self->database, key);

  return g_strcmp0 (set, value) == 0;
}

static void
sweep_once (AwReminders *self)
{
  g_autoptr(GError) error = NULL;
  AwSweep sweep = { 0 };

  aw_engine_refresh (self->engine);
  aw_book_check_zone (self->book);
  sweep.now = aw_engine_now (self->engine);
  sweep.remind = !has_setting (self, "remind", "0");
  sweep.morning = has_setting (self, "summary", "morning");
  sweep.hide_names = has_setting (self, "hide-names", "1");
  sweep.sound = has_setting (self, "sound", "1");
  sweep.busy = aw_reminder_busy (self->database, sweep.now, &error);

  if (self->hold_until > sweep.now + ASK_AGAIN)
    self->hold_until = 0; /* the clock was set back */
  if (sweep.busy != NULL && make_rows (self, &sweep, &error) && sweep.remind && aw_notifier_is_ready (self->notifier) &&
      self->hold_until <= sweep.now)
    show (self, &sweep, &error);

  /* A big life's contacts need not stay in memory until the next wake-up. */
  aw_book_drop_elsewhere (self->book);
  g_clear_pointer (&sweep.busy, g_array_unref);
  aw_database_release_memory (self->database);

  if (error != NULL)
    g_message ("Reminders are looked at again in %d seconds: %s", TRY_AGAIN, error->message);
  self->own_at = error != NULL ? sweep.now + TRY_AGAIN : aw_reminder_next (self->database, sweep.now);
  if (self->hold_until > sweep.now)
    self->own_at = self->own_at == AW_NEVER ? self->hold_until : MIN (self->own_at, self->hold_until);
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
  g_clear_object (&self->board);
  g_clear_object (&self->notifier);
  g_clear_object (&self->policy);
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
  g_autofree char *revision = NULL;

  self->engine = g_object_ref (engine);
  self->book = aw_engine_get_book (engine);
  self->database = aw_engine_get_database (engine);
  self->notifier = g_object_ref (notifier);
  self->board = aw_reminder_board_new (engine, notifier);
  self->scheduler = aw_scheduler_new (clock);
  self->zone_watch = aw_zone_watch_new (clock);
  revision = aw_database_get_setting (self->database, "agent-revision");
  self->revision = revision != NULL ? g_ascii_strtoll (revision, NULL, 10) : 0;

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
 * aw_reminders_act:
 * @self: reminders
 * @opportunity: an id
 * @key: a follow-up's key
 * @action: done, skip, in an hour or tomorrow
 * @error: return location
 *
 * Commits what a button of a notification says, and sweeps.
 *
 * Returns: whether it is committed
 */
gboolean
aw_reminders_act (AwReminders *self,
                  const char *opportunity,
                  const char *key,
                  AwNoticeAction action,
                  GError **error)
{
  g_autoptr(AwDossier) dossier = NULL;
  g_autoptr(AwCommand) command = NULL;
  gint64 now;

  g_return_val_if_fail (AW_IS_REMINDERS (self), FALSE);

  aw_engine_refresh (self->engine);
  dossier = aw_book_ref_dossier (self->book, opportunity, error);
  if (dossier == NULL)
    {
      if (error != NULL && *error == NULL)
        g_set_error_literal (error, AW_STORE_ERROR, AW_STORE_ERROR_CONFLICT, _("This interview is no longer there."));
      return FALSE;
    }

  now = aw_engine_now (self->engine);
  command = aw_command_new ("");
  if (action == AW_NOTICE_DONE && g_str_has_prefix (key, "next-step/-/"))
    {
      AwStep *step = aw_dossier_find (dossier, AW_RECORD_STEP, key + strlen ("next-step/-/"));

      if (step != NULL && !aw_instant_is_set (step->done_at))
        {
          g_autoptr(AwStep) done = aw_record_edit (step);

          done->done_at = aw_instant (now);
          aw_command_change (command, step, done);
        }
    }
  else
    {
      g_autoptr(AwDecision) decision = AW_DECISION (aw_record_new (AW_TYPE_DECISION, opportunity));

      decision->key = g_strdup (key);
      decision->at = aw_instant (now);
      decision->what = AW_DECIDED_SNOOZED;
      if (action == AW_NOTICE_HOUR)
        decision->until = aw_instant (now + AW_HOUR);
      else if (action == AW_NOTICE_TOMORROW)
        decision->until = aw_instant (aw_reminder_tomorrow (aw_book_get_calendar (self->book), now));
      else
        decision->what = action == AW_NOTICE_DONE ? AW_DECIDED_DONE : AW_DECIDED_SKIPPED;
      aw_command_add (command, decision);
    }
  if (!aw_engine_run (self->engine, command, FALSE, error))
    return FALSE;
  aw_reminders_sweep (self);
  return TRUE;
}
