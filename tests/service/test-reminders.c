/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "service/aw-notifier.h"
#include "service/aw-reminder-time.h"
#include "service/aw-reminders.h"
#include "store/aw-reminder-store.h"
#include "support/aw-fake-clock.h"
#include "support/aw-test-files.h"

/* Wednesday 4 March 2026, 12:00 UTC. */
#define NOON 1772625600

/* A notification server that remembers ---------------------------------------- */

#define TEST_TYPE_SERVER (test_server_get_type ())
G_DECLARE_FINAL_TYPE (TestServer, test_server, TEST, SERVER, GObject)

struct _TestServer
{
  GObject parent_instance;

  gboolean there;
  guint singles;
  guint summaries;
  guint withdrawn;
  gboolean mute; /* it takes what it is to show, and says nothing yet */
  char *last_id;
  char *last_title;
};

static void server_init (AwNotifierInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TestServer, test_server, G_TYPE_OBJECT, G_IMPLEMENT_INTERFACE (AW_TYPE_NOTIFIER, server_init))

static gboolean
server_is_ready (AwNotifier *notifier)
{
  return TEST_SERVER (notifier)->there;
}

static void
server_show (AwNotifier *notifier,
             const AwNotice *notice)
{
  TestServer *self = TEST_SERVER (notifier);

  if (!self->there)
    {
      aw_notifier_emit_failed (notifier, notice->id, "no server");
      return;
    }
  if (g_str_equal (notice->id, "summary"))
    self->summaries++;
  else
    self->singles++;
  g_free (self->last_title);
  self->last_title = g_strdup (notice->title);
  g_free (self->last_id);
  self->last_id = g_strdup (notice->id);
  if (!self->mute)
    aw_notifier_emit_shown (notifier, notice->id, 0);
}

static void
server_withdraw (AwNotifier *notifier,
                 G_GNUC_UNUSED const char *id,
                 G_GNUC_UNUSED guint32 server_id)
{
  TEST_SERVER (notifier)->withdrawn++;
}

static void
server_init (AwNotifierInterface *iface)
{
  iface->is_ready = server_is_ready;
  iface->show = server_show;
  iface->withdraw = server_withdraw;
  iface->tells_closed = TRUE;
}

static void
test_server_finalize (GObject *object)
{
  g_free (TEST_SERVER (object)->last_title);
  g_free (TEST_SERVER (object)->last_id);
  G_OBJECT_CLASS (test_server_parent_class)->finalize (object);
}

static void
test_server_class_init (TestServerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = test_server_finalize;
}

static void
test_server_init (TestServer *self)
{
  self->there = TRUE;
}

/* Fixture --------------------------------------------------------------------- */

typedef struct
{
  char *folder;
  char *path;
  AwFakeClock *clock;
  AwEngine *engine;
  TestServer *server;
  AwReminders *reminders;
} Fixture;

static void
start (Fixture *fixture)
{
  g_autoptr(GError) error = NULL;

  fixture->engine = aw_engine_open (fixture->path, AW_CLOCK (fixture->clock), &error);
  g_assert_no_error (error);
  /* The tests are about order and time, not about power cuts. */
  sqlite3_exec (aw_database_get_handle (aw_engine_get_database (fixture->engine)), "PRAGMA synchronous = OFF", NULL, NULL,
                NULL);
  fixture->reminders = aw_reminders_new (fixture->engine, AW_NOTIFIER (fixture->server));
}

static void
stop (Fixture *fixture)
{
  g_clear_object (&fixture->reminders);
  g_clear_object (&fixture->engine);
}

static void
set_up (Fixture *fixture,
        G_GNUC_UNUSED gconstpointer data)
{
  fixture->folder = aw_test_folder_new ();
  fixture->path = g_build_filename (fixture->folder, "test.db", NULL);
  fixture->clock = AW_FAKE_CLOCK (aw_fake_clock_new (NOON, "UTC"));
  fixture->server = g_object_new (TEST_TYPE_SERVER, NULL);
  start (fixture);
}

static void
tear_down (Fixture *fixture,
           G_GNUC_UNUSED gconstpointer data)
{
  stop (fixture);
  g_clear_object (&fixture->server);
  g_clear_object (&fixture->clock);
  aw_test_folder_free (fixture->folder);
  g_free (fixture->path);
}

static gint64
now_of (Fixture *fixture)
{
  return aw_clock_now (AW_CLOCK (fixture->clock));
}

static void
run (Fixture *fixture,
     AwCommand *command)
{
  g_autoptr(GError) error = NULL;

  g_assert_true (aw_engine_run (fixture->engine, command, FALSE, &error));
  g_assert_no_error (error);
}

static AwCommand *
make_thanks (const char *id,
             gint64 ended)
{
  AwCommand *command = aw_command_new ("");
  g_autoptr(AwOpportunity) opportunity = AW_OPPORTUNITY (aw_record_new (AW_TYPE_OPPORTUNITY, NULL));
  g_autoptr(AwPerson) person = AW_PERSON (aw_record_new (AW_TYPE_PERSON, id));
  g_autoptr(AwInterview) interview = AW_INTERVIEW (aw_record_new (AW_TYPE_INTERVIEW, id));

  g_free (opportunity->record.id);
  opportunity->record.id = g_strdup (id);
  opportunity->company = g_strdup ("Harbor & Finch");
  g_free (person->record.id);
  person->record.id = g_strconcat (id, "-p", NULL);
  person->name = g_strdup ("Ada Park");
  person->email = g_strconcat (id, "@harbor.example", NULL);
  aw_person_set_roles (person, AW_ROLE_HIRING_MANAGER);
  g_free (interview->record.id);
  interview->record.id = g_strconcat (id, "-i", NULL);
  interview->starts_at = aw_instant (ended - AW_HOUR);
  interview->duration_minutes = 60;
  interview->debriefed_at = aw_instant (ended);
  interview->attendees = g_strsplit (person->record.id, " ", 0);
  aw_command_add (command, opportunity);
  aw_command_add (command, person);
  aw_command_add (command, interview);
  return command;
}

static void
set_setting (Fixture *fixture,
             const char *key,
             const char *value)
{
  g_autofree char *before = aw_engine_get_setting (fixture->engine, key);
  g_autoptr(AwCommand) command = aw_command_new ("");

  aw_command_set_setting (command, key, before, value);
  run (fixture, command);
}

/* Time goes by as it does: each alarm on the way rings. */
static void
pass_until (Fixture *fixture,
            gint64 until)
{
  gint64 next;
  guint rung = 0;

  while ((next = aw_reminders_get_next (fixture->reminders)) != AW_NEVER && next <= until)
    {
      g_assert_cmpint (next, >, now_of (fixture)); /* else it would ring for ever */
      g_assert_cmpuint (rung++, <, 10000);
      aw_fake_clock_advance (fixture->clock, next - now_of (fixture));
      aw_reminders_sweep (fixture->reminders);
    }
  aw_fake_clock_advance (fixture->clock, until - now_of (fixture));
}

/* Single cases ------------------------------------------------------------------ */

static void
test_once (Fixture *fixture,
           G_GNUC_UNUSED gconstpointer data)
{
  g_autoptr(AwCommand) add = make_thanks ("o1", NOON);

  run (fixture, add);
  aw_reminders_sweep (fixture->reminders);
  g_assert_cmpuint (fixture->server->singles, ==, 0);
  g_assert_cmpint (aw_reminders_get_next (fixture->reminders), <=, NOON + AW_HOUR);
  pass_until (fixture, NOON + AW_HOUR);
  g_assert_cmpuint (fixture->server->singles, ==, 1);
  aw_reminders_sweep (fixture->reminders);
  aw_fake_clock_set_now (fixture->clock, NOON - 600);
  aw_fake_clock_set_now (fixture->clock, NOON + 2 * AW_HOUR);
  g_assert_cmpuint (fixture->server->singles, ==, 1);
  stop (fixture);
  start (fixture);
  aw_reminders_sweep (fixture->reminders);
  g_assert_cmpuint (fixture->server->singles, ==, 1);
}

/* A clock that was wrong by years when the agent started loses nothing. */
static void
test_wrong_clock (Fixture *fixture,
                  G_GNUC_UNUSED gconstpointer data)
{
  g_autoptr(AwCommand) add = make_thanks ("o1", NOON);

  aw_fake_clock_set_now (fixture->clock, NOON + 4000LL * AW_DAY);
  run (fixture, add);
  aw_reminders_sweep (fixture->reminders);
  fixture->server->singles = 0;
  stop (fixture);
  aw_fake_clock_set_now (fixture->clock, NOON);
  start (fixture);
  aw_reminders_sweep (fixture->reminders);
  pass_until (fixture, NOON + 2 * AW_HOUR);
  g_assert_cmpuint (fixture->server->singles, ==, 1);
}

static void
test_night (Fixture *fixture,
            G_GNUC_UNUSED gconstpointer data)
{
  g_autoptr(AwCommand) add = make_thanks ("o1", NOON + 11 * AW_HOUR); /* ends at 23:00 */

  run (fixture, add);
  aw_reminders_sweep (fixture->reminders);
  fixture->server->singles = 0; /* the preparation */
  pass_until (fixture, NOON + 20 * AW_HOUR);
  g_assert_cmpuint (fixture->server->singles, ==, 0);
  pass_until (fixture, NOON + 21 * AW_HOUR); /* 09:00 */
  g_assert_cmpuint (fixture->server->singles, ==, 1);
}

/* Overdue at night, after the machine was off: not before the morning. */
static void
test_catch_up_at_night (Fixture *fixture,
                        G_GNUC_UNUSED gconstpointer data)
{
  g_autoptr(AwCommand) add = make_thanks ("o1", NOON);

  run (fixture, add);
  aw_reminders_sweep (fixture->reminders);
  aw_fake_clock_set_now (fixture->clock, NOON + 11 * AW_HOUR);
  g_assert_cmpuint (fixture->server->singles, ==, 0);
  pass_until (fixture, NOON + 21 * AW_HOUR);
  g_assert_cmpuint (fixture->server->singles, ==, 1);
}

/* Not while the user sits in another interview. */
static void
test_busy (Fixture *fixture,
           G_GNUC_UNUSED gconstpointer data)
{
  g_autoptr(AwCommand) add = make_thanks ("o1", NOON);
  g_autoptr(AwCommand) other = make_thanks ("o2", NOON + 3 * AW_HOUR); /* 14:00 to 15:00 */

  run (fixture, add);
  run (fixture, other);
  aw_reminders_sweep (fixture->reminders);
  fixture->server->singles = 0; /* the preparation */
  aw_fake_clock_set_now (fixture->clock, NOON + 2 * AW_HOUR - 600);
  g_assert_cmpuint (fixture->server->singles, ==, 0);
  pass_until (fixture, NOON + 3 * AW_HOUR);
  g_assert_cmpuint (fixture->server->singles, >=, 1);
}

static void
test_snooze (Fixture *fixture,
             G_GNUC_UNUSED gconstpointer data)
{
  g_autoptr(AwCommand) add = make_thanks ("o1", NOON - 2 * AW_HOUR);
  g_autoptr(GError) error = NULL;

  run (fixture, add);
  aw_reminders_sweep (fixture->reminders);
  g_assert_cmpuint (fixture->server->singles, ==, 1);
  g_assert_true (aw_reminders_act (fixture->reminders, "o1", "thank-you/o1-p/o1-i", AW_NOTICE_HOUR, &error));
  g_assert_no_error (error);
  pass_until (fixture, NOON + AW_HOUR - 1);
  g_assert_cmpuint (fixture->server->singles, ==, 1);
  pass_until (fixture, NOON + AW_HOUR);
  g_assert_cmpuint (fixture->server->singles, ==, 2);

  /* Nobody was there while it was snoozed: it comes all the same. */
  g_assert_true (aw_reminders_act (fixture->reminders, "o1", "thank-you/o1-p/o1-i", AW_NOTICE_HOUR, &error));
  stop (fixture);
  aw_fake_clock_set_now (fixture->clock, NOON + 4 * AW_HOUR);
  start (fixture);
  aw_reminders_sweep (fixture->reminders);
  g_assert_cmpuint (fixture->server->singles, ==, 3);
}

static void
test_done_is_withdrawn (Fixture *fixture,
                        G_GNUC_UNUSED gconstpointer data)
{
  g_autoptr(AwCommand) add = make_thanks ("o1", NOON - 2 * AW_HOUR);
  g_autoptr(AwTouch) touch = AW_TOUCH (aw_record_new (AW_TYPE_TOUCH, "o1"));
  g_autoptr(AwCommand) put = NULL;

  run (fixture, add);
  aw_reminders_sweep (fixture->reminders);
  touch->at = aw_instant (NOON);
  touch->direction = AW_DIRECTION_OUT;
  touch->channel = AW_CHANNEL_EMAIL;
  touch->kind = AW_TOUCH_THANK_YOU;
  touch->people = g_strsplit ("o1-p", " ", 0);
  put = aw_commands_put (fixture->engine, "", NULL, touch);
  run (fixture, put);
  aw_reminders_sweep (fixture->reminders);
  g_assert_cmpuint (fixture->server->withdrawn, ==, 1);
  g_assert_false (aw_reminders_act (fixture->reminders, "nobody", "x", AW_NOTICE_SKIP, NULL));
}

static void
test_deleted_is_withdrawn (Fixture *fixture,
                           G_GNUC_UNUSED gconstpointer data)
{
  g_autoptr(AwCommand) add = make_thanks ("o1", NOON - 2 * AW_HOUR);
  g_autoptr(AwDossier) dossier = NULL;
  g_autoptr(AwCommand) delete = NULL;

  run (fixture, add);
  aw_reminders_sweep (fixture->reminders);
  dossier = aw_engine_ref_dossier (fixture->engine, "o1", NULL);
  delete = aw_commands_delete (fixture->engine, dossier);
  run (fixture, delete);
  aw_reminders_sweep (fixture->reminders);
  g_assert_cmpuint (fixture->server->withdrawn, ==, 1);
  g_assert_cmpint (aw_reminders_get_next (fixture->reminders), ==, AW_NEVER);
}

/* One summary each morning, at the start of the day. */
static void
test_morning (Fixture *fixture,
              G_GNUC_UNUSED gconstpointer data)
{
  g_autoptr(AwCommand) one = make_thanks ("o1", NOON - 2 * AW_HOUR);
  g_autoptr(AwCommand) two = make_thanks ("o2", NOON - 3 * AW_HOUR);

  set_setting (fixture, "summary", "morning");
  run (fixture, one);
  run (fixture, two);
  aw_reminders_sweep (fixture->reminders);
  g_assert_cmpuint (fixture->server->singles + fixture->server->summaries, ==, 0);
  pass_until (fixture, NOON + 21 * AW_HOUR - 1);
  g_assert_cmpuint (fixture->server->singles + fixture->server->summaries, ==, 0);
  pass_until (fixture, NOON + 21 * AW_HOUR);
  g_assert_cmpuint (fixture->server->singles, ==, 0);
  g_assert_cmpuint (fixture->server->summaries, ==, 1);
  g_assert_cmpstr (fixture->server->last_title, ==, "2 follow-ups today");
}

static void
test_no_server (Fixture *fixture,
                G_GNUC_UNUSED gconstpointer data)
{
  g_autoptr(AwCommand) add = make_thanks ("o1", NOON - 2 * AW_HOUR);

  fixture->server->there = FALSE;
  run (fixture, add);
  aw_reminders_sweep (fixture->reminders);
  pass_until (fixture, NOON + AW_HOUR);
  g_assert_cmpuint (fixture->server->singles, ==, 0);
  fixture->server->there = TRUE;
  aw_notifier_emit_ready (AW_NOTIFIER (fixture->server));
  g_assert_cmpuint (fixture->server->singles, ==, 1);
}

/* Another process holds the database -------------------------------------------- */

static sqlite3 *
lock (Fixture *fixture)
{
  sqlite3 *other = NULL;

  g_assert_cmpint (sqlite3_open (fixture->path, &other), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (other, "BEGIN IMMEDIATE", NULL, NULL, NULL), ==, SQLITE_OK);
  return other;
}

static void
unlock (sqlite3 *other)
{
  g_assert_cmpint (sqlite3_exec (other, "ROLLBACK", NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (other);
}

/* Runs the main loop until the writer has written what waits. */
static void
wait_until_free (Fixture *fixture)
{
  gint64 end = g_get_monotonic_time () + 20 * G_USEC_PER_SEC;

  while (aw_writer_is_held (aw_reminders_get_writer (fixture->reminders)))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      g_main_context_iteration (NULL, TRUE);
    }
}

static int
count (Fixture *fixture,
       const char *what)
{
  g_autofree char *sql = g_strconcat ("SELECT count(*) FROM ", what, NULL);
  sqlite3_stmt *statement = NULL;
  int n;

  g_assert_cmpint (sqlite3_prepare_v2 (aw_database_get_handle (aw_engine_get_database (fixture->engine)), sql, -1,
                                       &statement, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  n = sqlite3_column_int (statement, 0);
  sqlite3_finalize (statement);
  return n;
}

/* Nobody waits, the clock of the wall has no part in it, and nothing is lost or
 * comes twice. */
static void
test_locked (Fixture *fixture,
             G_GNUC_UNUSED gconstpointer data)
{
  g_autoptr(AwCommand) add = make_thanks ("o1", NOON - 2 * AW_HOUR);
  gint64 begin;
  sqlite3 *other;

  run (fixture, add);
  other = lock (fixture);
  begin = g_get_monotonic_time ();
  aw_reminders_sweep (fixture->reminders);
  g_assert_cmpint (g_get_monotonic_time () - begin, <, G_USEC_PER_SEC);
  g_assert_cmpuint (fixture->server->singles, ==, 0);
  g_assert_true (aw_writer_is_held (aw_reminders_get_writer (fixture->reminders)));
  begin = g_get_monotonic_time ();
  while (g_get_monotonic_time () - begin < G_USEC_PER_SEC / 2)
    g_main_context_iteration (NULL, TRUE); /* it tries again, in vain */
  g_assert_cmpuint (fixture->server->singles, ==, 0);
  unlock (other);
  wait_until_free (fixture);
  g_assert_cmpuint (fixture->server->singles, ==, 1);
  aw_reminders_sweep (fixture->reminders);
  g_assert_cmpuint (fixture->server->singles, ==, 1);
}

/* A button that is pressed meanwhile counts from when it was pressed. */
static void
test_locked_press (Fixture *fixture,
                   G_GNUC_UNUSED gconstpointer data)
{
  g_autoptr(AwCommand) add = make_thanks ("o1", NOON - 2 * AW_HOUR);
  g_autoptr(GError) error = NULL;
  sqlite3 *other;

  run (fixture, add);
  aw_reminders_sweep (fixture->reminders);
  g_assert_cmpuint (fixture->server->singles, ==, 1);
  other = lock (fixture);
  g_assert_true (aw_reminders_act (fixture->reminders, "o1", "thank-you/o1-p/o1-i", AW_NOTICE_HOUR, &error));
  g_assert_no_error (error);
  g_assert_cmpint (count (fixture, "decision"), ==, 0);
  aw_fake_clock_set_now (fixture->clock, NOON + 600);
  unlock (other);
  wait_until_free (fixture);
  g_assert_cmpint (count (fixture, "decision WHERE what = 'snoozed' AND until LIKE '2026-03-04T13:00:00%'"), ==, 1);
  g_assert_cmpint (count (fixture, "decision"), ==, 1);
  pass_until (fixture, NOON + AW_HOUR - 1);
  g_assert_cmpuint (fixture->server->singles, ==, 1);
  pass_until (fixture, NOON + AW_HOUR);
  g_assert_cmpuint (fixture->server->singles, ==, 2);
}

/* What the server says meanwhile is noted afterwards, in its order. */
static void
test_locked_answer (Fixture *fixture,
                    G_GNUC_UNUSED gconstpointer data)
{
  g_autoptr(AwCommand) add = make_thanks ("o1", NOON - 2 * AW_HOUR);
  AwNotifier *notifier = AW_NOTIFIER (fixture->server);
  sqlite3 *other;

  fixture->server->mute = TRUE;
  run (fixture, add);
  aw_reminders_sweep (fixture->reminders);
  g_assert_cmpint (count (fixture, "reminder WHERE server_id = 4294967294"), ==, 1);

  /* It took it, with a number; then the user swept it away. */
  other = lock (fixture);
  aw_notifier_emit_shown (notifier, fixture->server->last_id, 7);
  unlock (other);
  wait_until_free (fixture);
  g_assert_cmpint (count (fixture, "reminder WHERE server_id = 7"), ==, 1);
  other = lock (fixture);
  aw_notifier_emit_closed (notifier, fixture->server->last_id);
  unlock (other);
  wait_until_free (fixture);
  g_assert_cmpint (count (fixture, "reminder WHERE server_id IS NOT NULL"), ==, 0);
  g_assert_cmpuint (fixture->server->singles, ==, 1);
}

/* It did not take it: due again, although nobody could write that down. */
static void
test_locked_failure (Fixture *fixture,
                     G_GNUC_UNUSED gconstpointer data)
{
  g_autoptr(AwCommand) add = make_thanks ("o1", NOON - 2 * AW_HOUR);
  AwNotifier *notifier = AW_NOTIFIER (fixture->server);
  sqlite3 *other;

  fixture->server->mute = TRUE;
  run (fixture, add);
  aw_reminders_sweep (fixture->reminders);
  other = lock (fixture);
  fixture->server->there = FALSE;
  aw_notifier_emit_failed (notifier, fixture->server->last_id, "it is gone");
  aw_notifier_emit_lost (notifier);
  unlock (other);
  wait_until_free (fixture);
  g_assert_cmpint (count (fixture, "reminder WHERE shown_at IS NULL AND key LIKE 'thank-you%'"), ==, 1);
  fixture->server->there = TRUE;
  fixture->server->mute = FALSE;
  aw_notifier_emit_ready (notifier);
  g_assert_cmpuint (fixture->server->singles, ==, 2);
  aw_reminders_sweep (fixture->reminders);
  g_assert_cmpuint (fixture->server->singles, ==, 2);
}

/* The program ends while it is held: what was said is written when it is free. */
static gpointer
unlock_later (gpointer other)
{
  g_usleep (300 * 1000);
  unlock (other);
  return NULL;
}

static void
test_locked_end (Fixture *fixture,
                 G_GNUC_UNUSED gconstpointer data)
{
  g_autoptr(AwCommand) add = make_thanks ("o1", NOON - 2 * AW_HOUR);
  GThread *thread;
  sqlite3 *other;

  run (fixture, add);
  aw_reminders_sweep (fixture->reminders);
  other = lock (fixture);
  g_assert_true (aw_reminders_act (fixture->reminders, "o1", "thank-you/o1-p/o1-i", AW_NOTICE_SKIP, NULL));
  thread = g_thread_new ("other", unlock_later, other);
  stop (fixture);
  g_thread_join (thread);
  start (fixture);
  g_assert_cmpint (count (fixture, "decision WHERE what = 'skipped'"), ==, 1);
}

/* 2,000 due at once: one summary, in a time that nobody notices. */
static void
test_many (Fixture *fixture,
           G_GNUC_UNUSED gconstpointer data)
{
  g_autoptr(AwCommand) all = aw_command_new ("");
  gint64 begin;

  for (guint i = 0; i < 2000; i++)
    {
      g_autofree char *id = g_strdup_printf ("o%u", i);
      g_autoptr(AwCommand) one = make_thanks (id, NOON - 2 * AW_HOUR);

      for (guint k = 0; k < aw_command_get_n_changes (one); k++)
        aw_command_add (all, aw_command_get_change (one, k)->after);
    }
  run (fixture, all);
  begin = g_get_monotonic_time ();
  aw_reminders_sweep (fixture->reminders);
  g_test_message ("2,000 due: %.2f s", (double) (g_get_monotonic_time () - begin) / G_USEC_PER_SEC);
  g_assert_cmpuint (fixture->server->singles, ==, 0);
  g_assert_cmpuint (fixture->server->summaries, ==, 1);
  begin = g_get_monotonic_time ();
  aw_reminders_sweep (fixture->reminders);
  g_test_message ("and nothing more: %.4f s", (double) (g_get_monotonic_time () - begin) / G_USEC_PER_SEC);
  g_assert_cmpuint (fixture->server->summaries, ==, 1);
}

/* Random clock walks -------------------------------------------------------------- */

typedef struct
{
  Fixture *fixture;
  GRand *rand;
  GHashTable *shown; /* "opportunity key" → opening and instant of what was shown */
  guint n_shown;
} Walk;

/* An opening that moves by no more is the same one, in another time zone. */
#define TRAVEL (27 * AW_HOUR)

/* Nothing that is to be seen by now is unseen, and nothing was seen twice. */
static void
check (Walk *walk,
       guint number)
{
  Fixture *fixture = walk->fixture;
  gint64 now = now_of (fixture);
  AwDatabase *database = aw_engine_get_database (fixture->engine);
  AwCalendar *calendar = aw_engine_get_calendar (fixture->engine);
  g_autoptr(GPtrArray) agenda = aw_engine_agenda (fixture->engine, now, AW_NEVER, NULL);
  g_autoptr(GArray) busy = aw_reminder_busy (database, now, NULL);
  g_autoptr(GHashTable) rows_by_key = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(GPtrArray) opportunities = aw_reminder_all_opportunities (database, NULL);
  g_autoptr(GPtrArray) kept = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  guint new_rows = 0;

  for (guint i = 0; i < opportunities->len; i++)
    {
      GPtrArray *rows = aw_reminder_load (database, g_ptr_array_index (opportunities, i), NULL);

      g_ptr_array_add (kept, rows);
      for (guint k = 0; k < rows->len; k++)
        {
          AwReminder *row = g_ptr_array_index (rows, k);
          g_autofree char *name = NULL;
          const gint64 *before;
          gint64 now_shown[2] = { row->opens, row->shown_at };

          g_hash_table_insert (rows_by_key, g_strdup_printf ("%s %s", row->opportunity, row->key), row);
          if (*row->key == '\0' || row->shown_at == AW_NEVER)
            continue;
          name = g_strdup_printf ("%s %s", row->opportunity, row->key);
          before = g_hash_table_lookup (walk->shown, name);
          /* The second: moved away and back before it was shown anew. */
          if (before != NULL && (before[1] == row->shown_at || (row->shown_at == row->opens && row->opens == before[0])))
            continue;
          if (before != NULL && row->opens <= before[0] + TRAVEL)
            g_error ("walk %u: %s was shown twice, at %" G_GINT64_FORMAT " and %" G_GINT64_FORMAT, number, name, before[1],
                     row->shown_at);
          new_rows++;
          g_hash_table_insert (walk->shown, g_steal_pointer (&name), g_memdup2 (now_shown, sizeof now_shown));
        }
    }
  walk->n_shown += new_rows;

  for (guint i = 0; i < agenda->len; i++)
    {
      const AwFollowUp *follow_up = aw_duty_get_follow_up (g_ptr_array_index (agenda, i));
      g_autofree char *name = g_strdup_printf ("%s %s", follow_up->opportunity, follow_up->key);
      AwReminder *row = g_hash_table_lookup (rows_by_key, name);
      gint64 at;

      if (follow_up->state != AW_STATE_DUE && follow_up->state != AW_STATE_OVERDUE && follow_up->state != AW_STATE_MISSING)
        continue;
      at = aw_plan_remind_at (follow_up, calendar, (const gint64 *) busy->data, busy->len / 2);
      if (at > now || aw_reminder_hold (follow_up, calendar, (const gint64 *) busy->data, busy->len / 2, FALSE, now) > now)
        continue;
      if (row == NULL || row->opens < follow_up->opens - TRAVEL || row->shown_at == AW_NEVER)
        g_error ("walk %u: %s (opens %" G_GINT64_FORMAT ", remind at %" G_GINT64_FORMAT ") was missed at %" G_GINT64_FORMAT
                 ": row %s remind at %" G_GINT64_FORMAT,
                 number, name, follow_up->opens, at, now, row == NULL ? "none" : row->shown_at == AW_NEVER ? "waits" : "other",
                 row != NULL ? row->remind_at : 0);
    }
}

/* A life around NOON: one to three interviews, people of all roles, contacts. */
static void
add_random (Walk *walk,
            const char *id)
{
  static const AwTouchKind kinds[] = { AW_TOUCH_THANK_YOU, AW_TOUCH_CHECK_IN, AW_TOUCH_ARTICLE, AW_TOUCH_ANSWER };
  GRand *rand = walk->rand;
  g_autoptr(AwCommand) command = aw_command_new ("");
  g_autoptr(AwOpportunity) opportunity = AW_OPPORTUNITY (aw_record_new (AW_TYPE_OPPORTUNITY, NULL));
  char *people[4] = { NULL };
  int n_people = g_rand_int_range (rand, 1, 4);

  g_free (opportunity->record.id);
  opportunity->record.id = g_strdup (id);
  opportunity->company = g_strdup ("Harbor & Finch");
  opportunity->rapport = (AwRapport) g_rand_int_range (rand, 0, 5);
  if (g_rand_boolean (rand))
    opportunity->promised_date = aw_date_from_ymd (2026, 3, g_rand_int_range (rand, 1, 20));
  if (g_rand_int_range (rand, 0, 4) == 0)
    opportunity->my_decision_date = aw_date_from_ymd (2026, 3, g_rand_int_range (rand, 5, 30));
  aw_command_add (command, opportunity);
  for (int i = 0; i < n_people; i++)
    {
      g_autoptr(AwPerson) person = AW_PERSON (aw_record_new (AW_TYPE_PERSON, id));

      person->name = g_strdup_printf ("Person %d", i);
      if (g_rand_int_range (rand, 0, 4) > 0) /* some addresses are shared by two opportunities (G1) */
        person->email = g_strdup_printf ("p%d@example.com", g_rand_int_range (rand, 0, 4));
      if (g_rand_int_range (rand, 0, 4) == 0)
        person->time_zone = g_strdup ("America/Los_Angeles");
      aw_person_set_roles (person, (AwRoles) (1 << g_rand_int_range (rand, 0, AW_N_ROLES)));
      people[i] = person->record.id;
      aw_command_add (command, person);
    }
  for (int n = g_rand_int_range (rand, 1, 4); n > 0; n--)
    {
      g_autoptr(AwInterview) interview = AW_INTERVIEW (aw_record_new (AW_TYPE_INTERVIEW, id));

      interview->starts_at = aw_instant (NOON + g_rand_int_range (rand, -5 * AW_DAY, 5 * AW_DAY));
      interview->duration_minutes = g_rand_int_range (rand, -1, 180);
      interview->stage = (AwStage) g_rand_int_range (rand, 0, 8);
      interview->attendees = g_strdupv (people);
      if (g_rand_boolean (rand))
        interview->debriefed_at = aw_instant (interview->starts_at.sec + 2 * AW_HOUR);
      aw_command_add (command, interview);
    }
  for (int n = g_rand_int_range (rand, 0, 4); n > 0; n--)
    {
      g_autoptr(AwTouch) touch = AW_TOUCH (aw_record_new (AW_TYPE_TOUCH, id));

      touch->at = aw_instant (NOON + g_rand_int_range (rand, -10 * AW_DAY, AW_DAY));
      touch->direction = g_rand_int_range (rand, 0, 3) == 0 ? AW_DIRECTION_IN : AW_DIRECTION_OUT;
      touch->channel = AW_CHANNEL_EMAIL;
      touch->kind = kinds[g_rand_int_range (rand, 0, G_N_ELEMENTS (kinds))];
      touch->people = g_strsplit (people[g_rand_int_range (rand, 0, n_people)], " ", 0);
      touch->needs_answer = touch->direction == AW_DIRECTION_IN && g_rand_boolean (rand);
      aw_command_add (command, touch);
    }
  if (g_rand_boolean (rand))
    {
      g_autoptr(AwStep) step = AW_STEP (aw_record_new (AW_TYPE_STEP, id));

      step->kind = (AwStepKind) g_rand_int_range (rand, 1, 7);
      step->asked_at = aw_instant (NOON + g_rand_int_range (rand, -3 * AW_DAY, AW_DAY));
      if (g_rand_boolean (rand))
        step->due = aw_instant (step->asked_at.sec + g_rand_int_range (rand, AW_DAY, 9 * AW_DAY));
      aw_command_add (command, step);
    }
  run (walk->fixture, command);
}

static guint
walk_once (Fixture *fixture,
           guint number)
{
  static const char *const zones[] = { "UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Tokyo", "No/Where" };
  Walk walk = { fixture, g_rand_new_with_seed (number), NULL, 0 };
  g_autofree char *first = g_strdup_printf ("w%ua", number);
  g_autofree char *second = g_strdup_printf ("w%ub", number);
  int steps;

  walk.shown = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  sqlite3_exec (aw_database_get_handle (aw_engine_get_database (fixture->engine)), "DELETE FROM opportunity", NULL, NULL, NULL);
  add_random (&walk, first);
  add_random (&walk, second);
  aw_fake_clock_set_now (fixture->clock, NOON + g_rand_int_range (walk.rand, -4 * AW_DAY, 5 * AW_DAY));
  check (&walk, number);

  steps = g_rand_int_range (walk.rand, 5, 25);
  for (int i = 0; i < steps; i++)
    {
      switch (g_rand_int_range (walk.rand, 0, 8))
        {
        case 0: /* the clock is set back */
          aw_fake_clock_set_now (fixture->clock, now_of (fixture) - g_rand_int_range (walk.rand, 1, 4 * AW_DAY));
          break;
        case 1: /* forwards, or the machine slept */
          aw_fake_clock_set_now (fixture->clock, now_of (fixture) + g_rand_int_range (walk.rand, 1, 6 * AW_DAY));
          break;
        case 2: /* the user travels */
          aw_fake_clock_set_zone (fixture->clock, zones[g_rand_int_range (walk.rand, 0, G_N_ELEMENTS (zones))]);
          break;
        case 3: /* the agent is down for a while */
          stop (fixture);
          aw_fake_clock_advance (fixture->clock, g_rand_int_range (walk.rand, -AW_DAY, 3 * AW_DAY));
          start (fixture);
          aw_reminders_sweep (fixture->reminders);
          break;
        default: /* time goes by */
          pass_until (fixture, now_of (fixture) + g_rand_int_range (walk.rand, 1, 3 * AW_DAY));
        }
      check (&walk, number);
    }
  pass_until (fixture, now_of (fixture) + 30 * AW_DAY);
  check (&walk, number);

  g_hash_table_unref (walk.shown);
  g_rand_free (walk.rand);
  return walk.n_shown;
}

static void
test_walks (Fixture *fixture,
            G_GNUC_UNUSED gconstpointer data)
{
  const char *text = g_getenv ("AW_WALKS");
  const char *from = g_getenv ("AW_WALK");
  guint walks = text != NULL ? (guint) strtoul (text, NULL, 10) : 120;
  guint first = from != NULL ? (guint) strtoul (from, NULL, 10) : 0;
  gint64 begin = g_get_monotonic_time ();
  guint shown = 0;

  for (guint i = first; i < first + walks; i++)
    shown += walk_once (fixture, i);
  g_test_message ("%u walks, %u reminders, %.1f s", walks, shown, (double) (g_get_monotonic_time () - begin) / G_USEC_PER_SEC);
  g_assert_cmpuint (shown, >, walks / 2); /* the walks do meet reminders */
}

/* Racing ------------------------------------------------------------------------- */

/* One of several processes that start at the same moment. */
static int
race (const char *path,
      const char *barrier,
      const char *ready)
{
  g_autoptr(AwDatabase) database = aw_database_open (path, NULL);

  g_file_set_contents (ready, "", 0, NULL);
  while (!g_file_test (barrier, G_FILE_TEST_EXISTS))
    g_usleep (200);
  for (;;)
    {
      g_autoptr(GPtrArray) rows = aw_reminder_claim (database, NOON, 5, NULL);

      if (rows == NULL)
        return 1;
      if (rows->len == 0)
        break;
      for (guint i = 0; i < rows->len; i++)
        g_print ("%s\n", ((AwReminder *) g_ptr_array_index (rows, i))->opportunity);
      g_usleep (5000); /* showing takes time */
    }
  return 0;
}

static char *program;

static void
test_race (Fixture *fixture,
           G_GNUC_UNUSED gconstpointer data)
{
  g_autofree char *barrier = g_build_filename (fixture->folder, "go", NULL);
  AwDatabase *database = aw_engine_get_database (fixture->engine);
  g_autoptr(GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(AwCommand) all = aw_command_new ("");
  GSubprocess *racers[3];
  guint working = 0;

  for (guint i = 0; i < 600; i++)
    {
      g_autoptr(AwOpportunity) opportunity = AW_OPPORTUNITY (aw_record_new (AW_TYPE_OPPORTUNITY, NULL));

      aw_command_add (all, opportunity);
    }
  run (fixture, all);
  g_assert_true (aw_database_begin (database, NULL));
  for (guint i = 0; i < 600; i++)
    {
      g_autoptr(AwReminder) row = aw_reminder_new (AW_ID (aw_command_get_change (all, i)->after), "key", NOON, NOON - 10);

      g_assert_true (aw_reminder_put (database, row, NULL));
    }
  g_assert_true (aw_database_commit (database, NULL));

  for (guint i = 0; i < G_N_ELEMENTS (racers); i++)
    {
      g_autofree char *name = g_strdup_printf ("ready-%u", i);
      g_autofree char *ready = g_build_filename (fixture->folder, name, NULL);

      racers[i] = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, NULL, program, "--race", fixture->path, barrier, ready, NULL);
      while (!g_file_test (ready, G_FILE_TEST_EXISTS))
        g_usleep (1000);
    }
  g_file_set_contents (barrier, "", 0, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (racers); i++)
    {
      g_autofree char *output = NULL;
      g_auto(GStrv) lines = NULL;

      g_assert_true (g_subprocess_communicate_utf8 (racers[i], NULL, NULL, &output, NULL, NULL));
      g_assert_true (g_subprocess_get_successful (racers[i]));
      lines = g_strsplit (g_strchomp (output), "\n", 0);
      g_test_message ("racer %u claimed %u", i, g_strv_length (lines));
      if (g_strv_length (lines) >= 50)
        working++;
      for (guint k = 0; lines[k] != NULL; k++)
        if (*lines[k] != '\0' && !g_hash_table_add (seen, g_strdup (lines[k])))
          g_error ("claimed twice: %s", lines[k]);
      g_object_unref (racers[i]);
    }
  g_assert_cmpuint (g_hash_table_size (seen), ==, 600);
  g_assert_cmpuint (working, >=, 2); /* else it was no race */
}

int
main (int argc,
      char **argv)
{
  static const struct
  {
    const char *path;
    void (*test) (Fixture *, gconstpointer);
  } tests[] = {
    { "/reminders/once", test_once },
    { "/reminders/wrong-clock", test_wrong_clock },
    { "/reminders/night", test_night },
    { "/reminders/catch-up-at-night", test_catch_up_at_night },
    { "/reminders/busy", test_busy },
    { "/reminders/snooze", test_snooze },
    { "/reminders/done-is-withdrawn", test_done_is_withdrawn },
    { "/reminders/deleted-is-withdrawn", test_deleted_is_withdrawn },
    { "/reminders/morning", test_morning },
    { "/reminders/no-server", test_no_server },
    { "/reminders/locked", test_locked },
    { "/reminders/locked/press", test_locked_press },
    { "/reminders/locked/answer", test_locked_answer },
    { "/reminders/locked/failure", test_locked_failure },
    { "/reminders/locked/end", test_locked_end },
    { "/reminders/many", test_many },
    { "/reminders/race", test_race },
    { "/reminders/walks", test_walks },
  };

  if (argc == 5 && g_str_equal (argv[1], "--race"))
    return race (argv[2], argv[3], argv[4]);
  program = argv[0];
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);
  return g_test_run ();
}
