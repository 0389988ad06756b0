/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/aw-engine.h"
#include "support/aw-fake-clock.h"
#include "support/aw-test-files.h"

/* Wednesday 4 March 2026, 12:00 UTC. */
#define NOON 1772625600

typedef struct
{
  char *folder;
  char *path;
  AwClock *clock;
  AwEngine *engine;
} Fixture;

static void
set_up (Fixture *fixture,
        G_GNUC_UNUSED gconstpointer data)
{
  g_autoptr(GError) error = NULL;

  fixture->folder = aw_test_folder_new ();
  fixture->path = g_build_filename (fixture->folder, "test.db", NULL);
  fixture->clock = aw_fake_clock_new (NOON, "UTC");
  fixture->engine = aw_engine_open (fixture->path, fixture->clock, &error);
  g_assert_no_error (error);
  g_assert_nonnull (fixture->engine);
}

static void
tear_down (Fixture *fixture,
           G_GNUC_UNUSED gconstpointer data)
{
  g_clear_object (&fixture->engine);
  g_clear_object (&fixture->clock);
  aw_test_folder_free (fixture->folder);
  g_free (fixture->path);
}

/* An opportunity with one person and an interview that ended two hours ago. */
static AwCommand *
make_opportunity (const char *id,
                  const char *company,
                  const char *email)
{
  AwCommand *command = aw_command_new ("Added");
  g_autoptr(AwOpportunity) opportunity = AW_OPPORTUNITY (aw_record_new (AW_TYPE_OPPORTUNITY, NULL));
  g_autoptr(AwPerson) person = AW_PERSON (aw_record_new (AW_TYPE_PERSON, id));
  g_autoptr(AwInterview) interview = AW_INTERVIEW (aw_record_new (AW_TYPE_INTERVIEW, id));

  g_free (opportunity->record.id);
  opportunity->record.id = g_strdup (id);
  opportunity->company = g_strdup (company);
  g_free (person->record.id);
  person->record.id = g_strconcat (id, "-p", NULL);
  person->name = g_strdup ("Ada Park");
  person->email = g_strdup (email);
  aw_person_set_roles (person, AW_ROLE_HR);
  g_free (interview->record.id);
  interview->record.id = g_strconcat (id, "-i", NULL);
  interview->starts_at = aw_instant (NOON - 3 * AW_HOUR);
  interview->duration_minutes = 60;
  interview->attendees = g_strsplit (person->record.id, " ", 0);
  aw_command_add (command, opportunity);
  aw_command_add (command, person);
  aw_command_add (command, interview);
  return command;
}

static AwTouch *
make_touch (const char *opportunity,
            AwTouchKind kind,
            gint64 at)
{
  AwTouch *touch = AW_TOUCH (aw_record_new (AW_TYPE_TOUCH, opportunity));
  g_autofree char *person = g_strconcat (opportunity, "-p", NULL);

  touch->at = aw_instant (at);
  touch->direction = AW_DIRECTION_OUT;
  touch->channel = AW_CHANNEL_EMAIL;
  touch->kind = kind;
  touch->people = g_strsplit (person, " ", 0);
  return touch;
}

static void
run (AwEngine *engine,
     AwCommand *command,
     gboolean undoable)
{
  g_autoptr(GError) error = NULL;

  g_assert_true (aw_engine_run (engine, command, undoable, &error));
  g_assert_no_error (error);
}

static AwDuty *
find_duty (AwEngine *engine,
           const char *key)
{
  GListModel *duties = aw_engine_get_duties (engine);

  for (guint i = 0; i < g_list_model_get_n_items (duties); i++)
    {
      g_autoptr(AwDuty) duty = g_list_model_get_item (duties, i);

      if (g_strcmp0 (aw_duty_get_key (duty), key) == 0)
        return duty; /* the list keeps it */
    }
  return NULL;
}

typedef struct
{
  guint done;
  gboolean ok[8];
  GError *error;
} Waiting;

static void
on_done (GObject *source,
         GAsyncResult *result,
         gpointer data)
{
  Waiting *waiting = data;

  g_clear_error (&waiting->error);
  waiting->ok[waiting->done] = aw_engine_run_finish (AW_ENGINE (source), result, &waiting->error);
  waiting->done++;
}

static void
wait_for (Waiting *waiting,
          guint n)
{
  while (waiting->done < n)
    g_main_context_iteration (NULL, TRUE);
}

static void
count_signal (guint *count)
{
  (*count)++;
}

/* A command enters the lists, its inverse takes everything back. */
static void
test_run_and_undo (Fixture *fixture,
                   G_GNUC_UNUSED gconstpointer data)
{
  g_autoptr(AwCommand) command = make_opportunity ("o1", "Harbor & Finch", "ada@harbor.example");
  GListModel *duties = aw_engine_get_duties (fixture->engine);
  GListModel *summaries = aw_engine_get_summaries (fixture->engine);
  g_autoptr(AwSummary) summary = NULL;
  AwDuty *duty;
  Waiting waiting = { 0 };

  g_assert_cmpuint (g_list_model_get_n_items (summaries), ==, 0);
  run (fixture->engine, command, TRUE);

  g_assert_cmpuint (g_list_model_get_n_items (summaries), ==, 1);
  summary = g_list_model_get_item (summaries, 0);
  g_assert_cmpstr (aw_summary_get_company (summary), ==, "Harbor & Finch");
  g_assert_cmpint (aw_summary_get_last_interview (summary), ==, NOON - 3 * AW_HOUR);
  g_assert_nonnull (aw_summary_get_next (summary));
  duty = find_duty (fixture->engine, "thank-you/o1-p/o1-i");
  g_assert_nonnull (duty);
  g_assert_cmpstr (aw_duty_get_person_name (duty), ==, "Ada Park");
  g_assert_cmpstr (aw_duty_get_company (duty), ==, "Harbor & Finch");
  g_assert_cmpstr (aw_duty_get_title (duty), !=, "");
  g_assert_cmpint (aw_duty_get_follow_up (duty)->state, ==, AW_STATE_DUE);
  g_assert_true (aw_engine_peek_undo (fixture->engine) == command);

  aw_engine_undo_async (fixture->engine, NULL, NULL, on_done, &waiting);
  g_assert_null (aw_engine_peek_undo (fixture->engine));
  wait_for (&waiting, 1);
  g_assert_no_error (waiting.error);
  g_assert_cmpuint (g_list_model_get_n_items (summaries), ==, 0);
  g_assert_cmpuint (g_list_model_get_n_items (duties), ==, 0);
}

/* Commands given one after the other are committed in that order. */
static void
test_queue (Fixture *fixture,
            G_GNUC_UNUSED gconstpointer data)
{
  g_autoptr(AwCommand) add = make_opportunity ("o1", "Harbor & Finch", NULL);
  AwOpportunity *first = AW_OPPORTUNITY (aw_command_get_change (add, 0)->after);
  g_autoptr(AwOpportunity) second = aw_record_edit (first);
  g_autoptr(AwOpportunity) third = NULL;
  g_autoptr(AwCommand) to_second = aw_command_new ("2");
  g_autoptr(AwCommand) to_third = aw_command_new ("3");
  g_autoptr(AwDossier) dossier = NULL;
  Waiting waiting = { 0 };

  g_free (second->company);
  second->company = g_strdup ("Second");
  third = aw_record_edit (second);
  g_free (third->company);
  third->company = g_strdup ("Third");
  aw_command_change (to_second, first, second);
  aw_command_change (to_third, second, third);

  aw_engine_get_duties (fixture->engine);
  aw_engine_run_async (fixture->engine, add, TRUE, NULL, on_done, &waiting);
  aw_engine_run_async (fixture->engine, to_second, TRUE, NULL, on_done, &waiting);
  aw_engine_run_async (fixture->engine, to_third, TRUE, NULL, on_done, &waiting);
  wait_for (&waiting, 3);
  g_assert_no_error (waiting.error);
  g_assert_true (waiting.ok[0] && waiting.ok[1] && waiting.ok[2]);
  dossier = aw_engine_ref_dossier (fixture->engine, "o1", NULL);
  g_assert_cmpstr (aw_dossier_get_opportunity (dossier)->company, ==, "Third");
}

/* A dossier that is held follows; what is not held is loaded anew. */
static void
test_live (Fixture *fixture,
           G_GNUC_UNUSED gconstpointer data)
{
  g_autoptr(AwCommand) command = make_opportunity ("o1", "Harbor & Finch", NULL);
  g_autoptr(AwTouch) touch = make_touch ("o1", AW_TOUCH_THANK_YOU, NOON);
  g_autoptr(AwCommand) put = aw_commands_put (fixture->engine, "Sent", NULL, touch);
  g_autoptr(AwDossier) dossier = NULL;
  g_autoptr(AwDossier) same = NULL;
  guint changed = 0;

  run (fixture->engine, command, FALSE);
  dossier = aw_engine_ref_dossier (fixture->engine, "o1", NULL);
  same = aw_engine_ref_dossier (fixture->engine, "o1", NULL);
  g_assert_true (dossier == same);
  g_signal_connect_swapped (dossier, "changed", G_CALLBACK (count_signal), &changed);
  run (fixture->engine, put, FALSE);
  g_assert_cmpuint (changed, ==, 1);
  g_assert_cmpuint (aw_record_list_get_length (aw_dossier_get_list (dossier, AW_RECORD_TOUCH)), ==, 1);
  g_assert_null (aw_engine_ref_dossier (fixture->engine, "nobody", NULL));
}

/* The clock alone moves the duties: late, and gone. */
static void
test_clock (Fixture *fixture,
            G_GNUC_UNUSED gconstpointer data)
{
  g_autoptr(AwCommand) command = make_opportunity ("o1", "Harbor & Finch", "ada@harbor.example");

  run (fixture->engine, command, FALSE);
  g_assert_cmpint (aw_duty_get_follow_up (find_duty (fixture->engine, "thank-you/o1-p/o1-i"))->state, ==, AW_STATE_DUE);
  aw_fake_clock_set_now (AW_FAKE_CLOCK (fixture->clock), NOON + 30 * AW_HOUR);
  g_assert_cmpint (aw_duty_get_follow_up (find_duty (fixture->engine, "thank-you/o1-p/o1-i"))->state, ==, AW_STATE_OVERDUE);
  aw_fake_clock_set_now (AW_FAKE_CLOCK (fixture->clock), NOON + 9 * AW_DAY);
  g_assert_null (find_duty (fixture->engine, "thank-you/o1-p/o1-i"));
  aw_fake_clock_set_now (AW_FAKE_CLOCK (fixture->clock), NOON);
  g_assert_cmpint (aw_duty_get_follow_up (find_duty (fixture->engine, "thank-you/o1-p/o1-i"))->state, ==, AW_STATE_DUE);
}

/* Done hides an item, undo brings it back; snoozed waits. */
static void
test_decide (Fixture *fixture,
             G_GNUC_UNUSED gconstpointer data)
{
  g_autoptr(AwCommand) command = make_opportunity ("o1", "Harbor & Finch", "ada@harbor.example");
  g_autoptr(AwCommand) done = NULL;
  g_autoptr(AwCommand) snooze = NULL;
  Waiting waiting = { 0 };

  run (fixture->engine, command, FALSE);
  done = aw_commands_decide (fixture->engine, find_duty (fixture->engine, "thank-you/o1-p/o1-i"), AW_DECIDED_DONE, AW_NEVER);
  run (fixture->engine, done, TRUE);
  g_assert_null (find_duty (fixture->engine, "thank-you/o1-p/o1-i"));
  aw_engine_undo_async (fixture->engine, done, NULL, on_done, &waiting);
  wait_for (&waiting, 1);
  g_assert_no_error (waiting.error);
  snooze = aw_commands_decide (fixture->engine, find_duty (fixture->engine, "thank-you/o1-p/o1-i"), AW_DECIDED_SNOOZED,
                               NOON + AW_HOUR);
  run (fixture->engine, snooze, TRUE);
  g_assert_cmpint (aw_duty_get_follow_up (find_duty (fixture->engine, "thank-you/o1-p/o1-i"))->state, ==, AW_STATE_WAITING);
  aw_fake_clock_set_now (AW_FAKE_CLOCK (fixture->clock), NOON + AW_HOUR);
  g_assert_cmpint (aw_duty_get_follow_up (find_duty (fixture->engine, "thank-you/o1-p/o1-i"))->state, ==, AW_STATE_DUE);
}

/* Deleting takes all along, undo brings all back, facts equal to before. */
static void
test_delete (Fixture *fixture,
             G_GNUC_UNUSED gconstpointer data)
{
  g_autoptr(AwCommand) command = make_opportunity ("o1", "Harbor & Finch", "ada@harbor.example");
  g_autoptr(AwCommand) delete = NULL;
  g_autoptr(AwDossier) before = NULL;
  g_autoptr(AwDossier) after = NULL;
  Waiting waiting = { 0 };

  run (fixture->engine, command, FALSE);
  before = aw_engine_ref_dossier (fixture->engine, "o1", NULL);
  delete = aw_commands_delete (fixture->engine, before);
  run (fixture->engine, delete, TRUE);
  g_assert_null (aw_engine_ref_dossier (fixture->engine, "o1", NULL));
  aw_engine_undo_async (fixture->engine, delete, NULL, on_done, &waiting);
  wait_for (&waiting, 1);
  g_assert_no_error (waiting.error);
  after = aw_engine_ref_dossier (fixture->engine, "o1", NULL);
  g_assert_true (after != before);
  g_assert_true (aw_record_equal (AW_RECORD (aw_dossier_get_opportunity (after)),
                                  AW_RECORD (aw_dossier_get_opportunity (before))));
  g_assert_true (aw_record_equal (aw_record_list_peek (aw_dossier_get_list (after, AW_RECORD_PERSON), 0),
                                  aw_record_list_peek (aw_dossier_get_list (before, AW_RECORD_PERSON), 0)));
  g_assert_nonnull (find_duty (fixture->engine, "thank-you/o1-p/o1-i"));
}

/* What another process commits appears, and only that is read again. */
static void
test_refresh (Fixture *fixture,
              G_GNUC_UNUSED gconstpointer data)
{
  g_autoptr(AwCommand) first = make_opportunity ("o1", "Harbor & Finch", "ada@harbor.example");
  g_autoptr(AwCommand) second = make_opportunity ("o2", "Northwind", NULL);
  g_autoptr(AwTouch) touch = make_touch ("o1", AW_TOUCH_THANK_YOU, NOON);
  g_autoptr(AwEngine) other = NULL;
  g_autoptr(AwCommand) put = NULL;
  g_autoptr(AwDossier) dossier = NULL;
  g_autoptr(GError) error = NULL;
  guint changed = 0;
  guint items = 0;

  run (fixture->engine, first, FALSE);
  run (fixture->engine, second, FALSE);
  dossier = aw_engine_ref_dossier (fixture->engine, "o1", NULL);
  g_assert_nonnull (find_duty (fixture->engine, "thank-you/o1-p/o1-i"));
  g_signal_connect_swapped (fixture->engine, "changed", G_CALLBACK (count_signal), &changed);

  other = aw_engine_open (fixture->path, fixture->clock, &error);
  g_assert_no_error (error);
  aw_engine_refresh (fixture->engine);
  g_assert_cmpuint (changed, ==, 0);

  put = aw_commands_put (other, "Sent", NULL, touch);
  run (other, put, FALSE);
  g_signal_connect_swapped (aw_engine_get_summaries (fixture->engine), "items-changed", G_CALLBACK (count_signal), &items);
  aw_engine_refresh (fixture->engine);
  g_assert_cmpuint (changed, ==, 1);
  g_assert_cmpuint (items, <=, 1);
  g_assert_null (find_duty (fixture->engine, "thank-you/o1-p/o1-i"));
  g_assert_nonnull (find_duty (fixture->engine, "thank-you/o2-p/o2-i"));
  g_assert_cmpuint (aw_record_list_get_length (aw_dossier_get_list (dossier, AW_RECORD_TOUCH)), ==, 1);
  aw_engine_refresh (fixture->engine);
  g_assert_cmpuint (changed, ==, 1);
}

/* Another process's commit between two of ours is not lost. */
static void
test_between (Fixture *fixture,
              G_GNUC_UNUSED gconstpointer data)
{
  g_autoptr(AwCommand) first = make_opportunity ("o1", "Harbor & Finch", NULL);
  g_autoptr(AwCommand) second = make_opportunity ("o2", "Northwind", NULL);
  g_autoptr(AwCommand) third = make_opportunity ("o3", "Alder & Pine", NULL);
  g_autoptr(AwEngine) other = NULL;
  Waiting waiting = { 0 };

  aw_engine_get_summaries (fixture->engine);
  run (fixture->engine, first, FALSE);
  other = aw_engine_open (fixture->path, fixture->clock, NULL);
  run (other, second, FALSE);
  aw_engine_run_async (fixture->engine, third, FALSE, NULL, on_done, &waiting);
  wait_for (&waiting, 1);
  g_assert_no_error (waiting.error);
  g_assert_cmpuint (g_list_model_get_n_items (aw_engine_get_summaries (fixture->engine)), ==, 3);
}

/* G1: a contact in one opportunity moves what is planned in another one with
 * the same address, without a reload. */
static void
test_sharers (Fixture *fixture,
              G_GNUC_UNUSED gconstpointer data)
{
  g_autoptr(AwCommand) first = make_opportunity ("o1", "Harbor & Finch", "hr@harbor.example");
  g_autoptr(AwCommand) second = make_opportunity ("o2", "Harbor & Finch", "HR@harbor.example");
  g_autoptr(AwTouch) thanks = make_touch ("o2", AW_TOUCH_THANK_YOU, NOON - AW_HOUR);
  g_autoptr(AwTouch) check_in = NULL;
  g_autoptr(AwCommand) thank = NULL;
  g_autoptr(AwCommand) ask = NULL;
  AwDuty *duty;
  gint64 opens;

  run (fixture->engine, first, FALSE);
  run (fixture->engine, second, FALSE);
  thank = aw_commands_put (fixture->engine, "", NULL, thanks);
  run (fixture->engine, thank, FALSE);
  aw_fake_clock_set_now (AW_FAKE_CLOCK (fixture->clock), NOON + 8 * AW_DAY);
  duty = find_duty (fixture->engine, "check-in/o2-p/0");
  g_assert_nonnull (duty);
  opens = aw_duty_get_follow_up (duty)->opens;

  check_in = make_touch ("o1", AW_TOUCH_CHECK_IN, NOON + 8 * AW_DAY - AW_HOUR);
  ask = aw_commands_put (fixture->engine, "", NULL, check_in);
  run (fixture->engine, ask, FALSE);
  duty = find_duty (fixture->engine, "check-in/o2-p/0");
  g_assert_nonnull (duty);
  g_assert_cmpint (aw_duty_get_follow_up (duty)->opens, >, opens);
  g_assert_cmpint (aw_duty_get_follow_up (duty)->state, ==, AW_STATE_WAITING);
}

/* A message on its way hides its item; one that failed shows it again; an
 * uncertain one counts as a contact. */
static void
test_outbox (Fixture *fixture,
             G_GNUC_UNUSED gconstpointer data)
{
  g_autoptr(AwCommand) command = make_opportunity ("o1", "Harbor & Finch", "ada@harbor.example");
  g_autoptr(AwMessage) message = AW_MESSAGE (aw_record_new (AW_TYPE_MESSAGE, "o1"));
  g_autoptr(AwCommand) put = NULL;
  AwMessageState states[] = { AW_MESSAGE_SCHEDULED, AW_MESSAGE_SENDING, AW_MESSAGE_FAILED, AW_MESSAGE_UNCERTAIN };

  run (fixture->engine, command, FALSE);
  message->person = g_strdup ("o1-p");
  message->kind = AW_TOUCH_THANK_YOU;
  message->channel = AW_CHANNEL_EMAIL;
  message->state = AW_MESSAGE_DRAFT;
  message->changed_at = aw_instant (NOON);
  put = aw_commands_put (fixture->engine, "", NULL, message);
  run (fixture->engine, put, FALSE);
  g_assert_nonnull (find_duty (fixture->engine, "thank-you/o1-p/o1-i"));

  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    {
      g_autoptr(AwMessage) next = aw_record_edit (message);
      g_autoptr(AwCommand) change = NULL;

      next->state = states[i];
      change = aw_commands_put (fixture->engine, "", message, next);
      run (fixture->engine, change, FALSE);
      if (states[i] == AW_MESSAGE_FAILED)
        g_assert_nonnull (find_duty (fixture->engine, "thank-you/o1-p/o1-i"));
      else
        g_assert_null (find_duty (fixture->engine, "thank-you/o1-p/o1-i"));
      if (states[i] == AW_MESSAGE_UNCERTAIN)
        g_assert_null (aw_plan_find (aw_engine_get_plan (fixture->engine, "o1"), "thank-you/o1-p/o1-i"));
      g_set_object (&message, next);
    }
}

/* Settings are committed and told; a command is taken back whole if it cannot
 * be carried out. */
static void
test_settings (Fixture *fixture,
               G_GNUC_UNUSED gconstpointer data)
{
  g_autoptr(AwCommand) set = aw_command_new ("");
  g_autoptr(AwCommand) broken = aw_command_new ("");
  g_autoptr(AwPerson) orphan = AW_PERSON (aw_record_new (AW_TYPE_PERSON, "nobody"));
  g_autoptr(GError) error = NULL;
  g_autofree char *value = NULL;
  g_autofree char *other = NULL;
  guint told = 0;

  g_signal_connect_swapped (fixture->engine, "settings-changed", G_CALLBACK (count_signal), &told);
  aw_command_set_setting (set, "summary", NULL, "morning");
  run (fixture->engine, set, FALSE);
  value = aw_engine_get_setting (fixture->engine, "summary");
  g_assert_cmpstr (value, ==, "morning");
  g_assert_cmpuint (told, ==, 1);

  aw_command_set_setting (broken, "summary", "morning", "each");
  aw_command_add (broken, orphan);
  g_assert_false (aw_engine_run (fixture->engine, broken, TRUE, &error));
  g_assert_nonnull (error);
  other = aw_engine_get_setting (fixture->engine, "summary");
  g_assert_cmpstr (other, ==, "morning");
  g_assert_null (aw_engine_peek_undo (fixture->engine));
}

/* The agenda speaks as of any instant and holds what the lists hide. */
static void
test_agenda (Fixture *fixture,
             G_GNUC_UNUSED gconstpointer data)
{
  g_autoptr(AwCommand) first = make_opportunity ("o1", "Harbor & Finch", "ada@harbor.example");
  g_autoptr(AwCommand) second = make_opportunity ("o2", "Northwind", "bo@northwind.example");
  g_autoptr(GPtrArray) now = NULL;
  g_autoptr(GPtrArray) before = NULL;
  g_autoptr(GError) error = NULL;

  run (fixture->engine, first, FALSE);
  run (fixture->engine, second, FALSE);
  now = aw_engine_agenda (fixture->engine, NOON, AW_NEVER, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (now->len, >=, 4);
  for (guint i = 1; i < now->len; i++)
    g_assert_cmpint (aw_follow_up_compare (aw_duty_get_follow_up (g_ptr_array_index (now, i - 1)),
                                           aw_duty_get_follow_up (g_ptr_array_index (now, i))),
                     <, 0);
  before = aw_engine_agenda (fixture->engine, NOON, NOON - 10 * AW_HOUR, &error);
  g_assert_cmpuint (before->len, ==, 0);
}

/* Many at once: one signal about what differs, all planned in the end. */
static void
test_many (Fixture *fixture,
           G_GNUC_UNUSED gconstpointer data)
{
  g_autoptr(AwCommand) all = aw_command_new ("Imported");
  GListModel *duties = aw_engine_get_duties (fixture->engine);
  Waiting waiting = { 0 };
  guint signals_seen = 0;

  for (guint i = 0; i < 600; i++)
    {
      g_autofree char *id = g_strdup_printf ("o%03u", i);
      g_autofree char *email = g_strdup_printf ("p%u@example.com", i);
      g_autoptr(AwCommand) one = make_opportunity (id, "Company", email);

      for (guint k = 0; k < aw_command_get_n_changes (one); k++)
        aw_command_add (all, aw_command_get_change (one, k)->after);
    }
  g_signal_connect_swapped (duties, "items-changed", G_CALLBACK (count_signal), &signals_seen);
  aw_engine_run_async (fixture->engine, all, TRUE, NULL, on_done, &waiting);
  wait_for (&waiting, 1);
  g_assert_no_error (waiting.error);
  g_assert_cmpuint (g_list_model_get_n_items (aw_engine_get_summaries (fixture->engine)), ==, 600);
  while (aw_engine_is_planning (fixture->engine))
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (g_list_model_get_n_items (duties), >=, 1200);
  g_assert_cmpuint (signals_seen, <, 100);
  aw_engine_undo_async (fixture->engine, NULL, NULL, on_done, &waiting);
  wait_for (&waiting, 2);
  g_assert_cmpuint (g_list_model_get_n_items (duties), ==, 0);
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
    { "/engine/run-and-undo", test_run_and_undo },
    { "/engine/queue", test_queue },
    { "/engine/live", test_live },
    { "/engine/clock", test_clock },
    { "/engine/decide", test_decide },
    { "/engine/delete", test_delete },
    { "/engine/refresh", test_refresh },
    { "/engine/between", test_between },
    { "/engine/sharers", test_sharers },
    { "/engine/outbox", test_outbox },
    { "/engine/settings", test_settings },
    { "/engine/agenda", test_agenda },
    { "/engine/many", test_many },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);
  return g_test_run ();
}
