/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "service/aw-outbox.h"
#include "store/aw-incoming-store.h"
#include "store/aw-outbox-watch.h"
#include "support/aw-fake-clock.h"
#include "support/aw-test-files.h"

#define NOW 1772532000 /* 2026-03-03T10:00:00Z, a Tuesday */

typedef struct
{
  char *folder;
  AwClock *clock;
  AwEngine *engine;
  AwOutbox *outbox;
  AwPerson *person;
  AwOpportunity *opportunity;
} Fixture;

static void
run (Fixture *fixture,
     AwCommand *command)
{
  g_autoptr (GError) error = NULL;

  aw_engine_run (fixture->engine, command, FALSE, &error);
  g_assert_no_error (error);
  g_object_unref (command);
}

static void
set_up (Fixture *fixture,
        G_GNUC_UNUSED gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  g_autoptr (AwAccount) account = AW_ACCOUNT (aw_record_new (AW_TYPE_ACCOUNT, NULL));
  AwCommand *command = aw_command_new ("");

  fixture->folder = aw_test_folder_new ();
  path = g_build_filename (fixture->folder, "afterword.db", NULL);
  fixture->clock = aw_fake_clock_new (NOW, "UTC");
  fixture->engine = aw_engine_open (path, fixture->clock, &error);
  g_assert_no_error (error);
  fixture->opportunity = AW_OPPORTUNITY (aw_record_new (AW_TYPE_OPPORTUNITY, NULL));
  fixture->opportunity->company = g_strdup ("Harbor & Finch");
  fixture->person = AW_PERSON (aw_record_new (AW_TYPE_PERSON, AW_ID (fixture->opportunity)));
  fixture->person->name = g_strdup ("Marcus Bell");
  fixture->person->email = g_strdup ("marcus@harbor.example");
  account->address = g_strdup ("sam@verhoeven.example");
  account->host = g_strdup ("localhost");
  account->port = 25;
  aw_command_add (command, fixture->opportunity);
  aw_command_add (command, fixture->person);
  aw_command_add (command, account);
  run (fixture, command);
  fixture->outbox = aw_outbox_new (fixture->engine);
}

static void
tear_down (Fixture *fixture,
           G_GNUC_UNUSED gconstpointer data)
{
  g_clear_object (&fixture->outbox);
  g_clear_object (&fixture->engine);
  g_clear_object (&fixture->clock);
  g_clear_object (&fixture->person);
  g_clear_object (&fixture->opportunity);
  aw_test_folder_free (fixture->folder);
}

static AwMessage *
new_message (Fixture *fixture)
{
  AwMessage *message = AW_MESSAGE (aw_record_new (AW_TYPE_MESSAGE, AW_ID (fixture->opportunity)));

  message->person = g_strdup (AW_ID (fixture->person));
  message->kind = AW_TOUCH_THANK_YOU;
  message->subject = g_strdup ("Thank you");
  message->body = g_strdup ("Dear Marcus,\n\nThank you.\n");
  message->begun_at = message->changed_at = aw_instant (NOW);
  return message;
}

static AwOutboxItem *
only_item (Fixture *fixture)
{
  GListModel *items = aw_outbox_get_items (fixture->outbox);

  g_assert_cmpuint (g_list_model_get_n_items (items), ==, 1);
  return g_list_model_get_item (items, 0);
}

static void
assert_state (Fixture *fixture,
              AwMessageState state)
{
  g_autoptr (AwOutboxItem) item = only_item (fixture);

  g_assert_cmpstr (aw_word (&aw_message_states, aw_outbox_item_get_message (item)->state), ==, aw_word (&aw_message_states, state));
}

static AwDatabase *
database (Fixture *fixture)
{
  return aw_engine_get_database (fixture->engine);
}

static void
test_queue_and_cancel (Fixture *fixture,
                       G_GNUC_UNUSED gconstpointer data)
{
  g_autoptr (AwMessage) message = new_message (fixture);
  g_autoptr (AwOutboxItem) item = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (aw_outbox_queue (fixture->outbox, message, AW_OUTBOX_UNDO_SECONDS, &error));
  g_assert_no_error (error);
  item = only_item (fixture);
  g_assert_cmpint (aw_outbox_item_get_message (item)->state, ==, AW_MESSAGE_QUEUED);
  g_assert_cmpint (aw_outbox_item_get_next_at (item), ==, NOW + 10);
  g_assert_cmpstr (aw_outbox_item_get_to (item), ==, "marcus@harbor.example");
  g_assert_true (g_str_has_suffix (aw_outbox_item_get_message (item)->message_id, "@verhoeven.example"));
  g_assert_cmpint (aw_outbox_watch_next (database (fixture), NOW), ==, NOW + 10);
  /* Not before its time, and not by anybody after Undo. */
  g_assert_null (aw_outbox_store_claim (database (fixture), NULL, NOW + 9, &error));
  g_assert_no_error (error);
  g_assert_true (aw_outbox_cancel (fixture->outbox, AW_ID (message), &error));
  assert_state (fixture, AW_MESSAGE_DRAFT);
  g_assert_null (aw_outbox_store_claim (database (fixture), NULL, NOW + 60, &error));
  g_assert_cmpint (aw_outbox_watch_next (database (fixture), NOW), ==, AW_NEVER);
}

static void
test_no_way_back (Fixture *fixture,
                  G_GNUC_UNUSED gconstpointer data)
{
  g_autoptr (AwMessage) message = new_message (fixture);
  g_autoptr (AwOutboxEntry) entry = NULL;
  g_autoptr (AwDossier) dossier = NULL;
  g_autoptr (GError) error = NULL;
  const char *id = AW_ID (message);

  g_assert_true (aw_outbox_queue (fixture->outbox, message, 0, &error));
  entry = aw_outbox_store_claim (database (fixture), NULL, NOW, &error);
  g_assert_nonnull (entry);
  g_assert_cmpint (entry->attempts, ==, 1);
  g_assert_true (aw_outbox_store_dot (database (fixture), id, &error));
  g_assert_false (aw_outbox_cancel (fixture->outbox, id, &error));
  g_assert_error (error, AW_STORE_ERROR, AW_STORE_ERROR_CONFLICT);
  g_clear_error (&error);
  /* The worker dies: nobody knows, and nobody sends it again by himself. */
  g_assert_true (aw_outbox_store_recover (database (fixture), NOW + 5, &error));
  aw_engine_refresh (fixture->engine);
  assert_state (fixture, AW_MESSAGE_UNCERTAIN);
  g_assert_null (aw_outbox_store_claim (database (fixture), NULL, NOW + AW_DAY, &error));
  g_assert_false (aw_outbox_cancel (fixture->outbox, id, NULL));
  g_assert_false (aw_outbox_queue (fixture->outbox, message, 0, NULL));
  g_assert_true (aw_outbox_was_sent (fixture->outbox, id, &error));
  g_assert_no_error (error);
  assert_state (fixture, AW_MESSAGE_SENT);
  dossier = aw_engine_ref_dossier (fixture->engine, AW_ID (fixture->opportunity), NULL);
  g_assert_cmpuint (aw_record_list_get_length (aw_dossier_get_list (dossier, AW_RECORD_TOUCH)), ==, 1);
  /* Once. */
  g_assert_false (aw_outbox_was_sent (fixture->outbox, id, NULL));
  g_assert_false (aw_outbox_store_sent (database (fixture), id, aw_instant (NOW), 250, NULL, NULL));
}

/* Taken back while it is being sent: from then on its dot cannot leave. */
static void
test_take_back (Fixture *fixture,
                G_GNUC_UNUSED gconstpointer data)
{
  g_autoptr (AwMessage) message = new_message (fixture);
  g_autoptr (AwOutboxEntry) entry = NULL;
  g_autoptr (GError) error = NULL;
  const char *id = AW_ID (message);

  g_assert_true (aw_outbox_queue (fixture->outbox, message, 0, &error));
  entry = aw_outbox_store_claim (database (fixture), NULL, NOW, &error);
  g_assert_nonnull (entry);
  g_assert_false (aw_outbox_store_is_taken_back (database (fixture), id));
  g_assert_true (aw_outbox_cancel (fixture->outbox, id, &error));
  g_assert_no_error (error);
  assert_state (fixture, AW_MESSAGE_DRAFT);
  g_assert_true (aw_outbox_store_is_taken_back (database (fixture), id));
  g_assert_false (aw_outbox_store_dot (database (fixture), id, &error));
  g_assert_error (error, AW_STORE_ERROR, AW_STORE_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_false (aw_outbox_store_settle (database (fixture), id, AW_MESSAGE_QUEUED, NOW, NULL, 0, NULL, NULL));
  assert_state (fixture, AW_MESSAGE_DRAFT);
}

static void
test_send_again (Fixture *fixture,
                 G_GNUC_UNUSED gconstpointer data)
{
  g_autoptr (AwMessage) message = new_message (fixture);
  g_autoptr (AwOutboxEntry) first = NULL, second = NULL;
  g_autoptr (GError) error = NULL;
  const char *id = AW_ID (message);

  g_assert_true (aw_outbox_queue (fixture->outbox, message, 0, &error));
  first = aw_outbox_store_claim (database (fixture), NULL, NOW, &error);
  aw_outbox_store_dot (database (fixture), id, &error);
  aw_outbox_store_recover (database (fixture), NOW, &error);
  g_assert_true (aw_outbox_retry (fixture->outbox, id, &error));
  second = aw_outbox_store_claim (database (fixture), NULL, NOW, &error);
  g_assert_nonnull (second);
  g_assert_true (g_bytes_equal (first->raw, second->raw));
  g_assert_false (second->dot);
}

static void
test_later (Fixture *fixture,
            G_GNUC_UNUSED gconstpointer data)
{
  g_autoptr (AwMessage) message = new_message (fixture);
  g_autoptr (GPtrArray) due = NULL;
  g_autoptr (AwOutboxItem) item = NULL;
  g_autoptr (GError) error = NULL;
  gint64 at = NOW + AW_DAY;

  g_assert_true (aw_outbox_schedule (fixture->outbox, message, at, &error));
  assert_state (fixture, AW_MESSAGE_SCHEDULED);
  g_assert_cmpint (aw_outbox_watch_next (database (fixture), NOW), ==, at);
  due = aw_outbox_store_load_due (database (fixture), at - 1, &error);
  g_assert_cmpuint (due->len, ==, 0);
  g_clear_pointer (&due, g_ptr_array_unref);
  due = aw_outbox_store_load_due (database (fixture), at + AW_HOUR, &error);
  g_assert_cmpuint (due->len, ==, 1);
  g_clear_pointer (&due, g_ptr_array_unref);
  /* Missed by too much: asked, not sent. */
  due = aw_outbox_store_load_due (database (fixture), at + AW_OUTBOX_MISSED_SECONDS + 1, &error);
  g_assert_cmpuint (due->len, ==, 0);
  g_assert_cmpint (aw_outbox_watch_next (database (fixture), at + AW_OUTBOX_MISSED_SECONDS + 1), ==, AW_NEVER);
  aw_fake_clock_set_now (AW_FAKE_CLOCK (fixture->clock), at + AW_DAY);
  g_assert_true (aw_outbox_retry (fixture->outbox, AW_ID (message), &error));
  g_assert_no_error (error);
  assert_state (fixture, AW_MESSAGE_QUEUED);
}

static void
test_check (Fixture *fixture,
            G_GNUC_UNUSED gconstpointer data)
{
  g_autoptr (AwMessage) message = new_message (fixture);
  g_autoptr (AwOutboxEntry) entry = NULL;
  g_autoptr (AwTouch) touch = NULL;
  g_autoptr (AwPerson) moved = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *fine = NULL, *answered = NULL, *elsewhere = NULL;
  AwCommand *command;

  g_assert_true (aw_outbox_queue (fixture->outbox, message, 0, &error));
  entry = aw_outbox_store_get (database (fixture), AW_ID (message), &error);
  fine = aw_outbox_check (fixture->outbox, entry, NOW + AW_HOUR);
  g_assert_null (fine);

  touch = AW_TOUCH (aw_record_new (AW_TYPE_TOUCH, AW_ID (fixture->opportunity)));
  touch->at = aw_instant (NOW + 60);
  touch->direction = AW_DIRECTION_IN;
  touch->channel = AW_CHANNEL_EMAIL;
  touch->kind = AW_TOUCH_OTHER;
  touch->people = g_strdupv ((char *[]){ AW_ID (fixture->person), NULL });
  command = aw_command_new ("");
  aw_command_add (command, touch);
  run (fixture, command);
  answered = aw_outbox_check (fixture->outbox, entry, NOW + AW_HOUR);
  g_assert_cmpstr (answered, ==, "Marcus Bell has been in touch since this was written.");

  moved = aw_record_edit (fixture->person);
  g_free (moved->email);
  moved->email = g_strdup ("bell@elsewhere.example");
  command = aw_command_new ("");
  aw_command_change (command, fixture->person, moved);
  run (fixture, command);
  elsewhere = aw_outbox_check (fixture->outbox, entry, NOW + AW_HOUR);
  g_assert_cmpstr (elsewhere, ==, "The e-mail address of Marcus Bell was changed since this was written.");
}

static void
test_paused (Fixture *fixture,
             G_GNUC_UNUSED gconstpointer data)
{
  g_autoptr (AwMessage) message = new_message (fixture);
  g_autoptr (AwOutboxEntry) entry = NULL;
  g_autoptr (AwAccount) account = g_list_model_get_item (aw_engine_get_accounts (fixture->engine), 0);
  g_autoptr (GError) error = NULL;

  g_assert_true (aw_outbox_queue (fixture->outbox, message, 0, &error));
  g_assert_true (aw_outbox_store_pause (database (fixture), AW_ID (account), "No.", &error));
  g_assert_null (aw_outbox_store_claim (database (fixture), NULL, NOW + 60, &error));
  g_assert_cmpint (aw_outbox_watch_next (database (fixture), NOW), ==, AW_NEVER);
  g_assert_true (aw_outbox_store_pause (database (fixture), AW_ID (account), NULL, &error));
  /* A clock that was set back holds nothing up. */
  g_assert_cmpint (aw_outbox_watch_next (database (fixture), NOW - 30 * AW_DAY), ==, NOW - 30 * AW_DAY);
  entry = aw_outbox_store_claim (database (fixture), NULL, NOW - 30 * AW_DAY, &error);
  g_assert_nonnull (entry);
}

static void
test_refused (Fixture *fixture,
              G_GNUC_UNUSED gconstpointer data)
{
  const char *const subjects[] = { "hi\r\nBcc: evil@x.example", "a\nb", "\xff", "x \xe2\x80\xae y", "=?utf-8?q?=0A?=" };

  for (guint i = 0; i < G_N_ELEMENTS (subjects); i++)
    {
      g_autoptr (AwMessage) message = new_message (fixture);
      g_autoptr (GError) error = NULL;

      g_free (message->subject);
      message->subject = g_strdup (subjects[i]);
      g_assert_false (aw_outbox_queue (fixture->outbox, message, 0, &error));
      g_assert_nonnull (error);
      g_assert_null (strchr (error->message, '\n'));
    }
  g_assert_cmpuint (g_list_model_get_n_items (aw_outbox_get_items (fixture->outbox)), ==, 0);
}

/* The test of an account goes the way of all others, and is about nothing. */
static void
test_own (Fixture *fixture,
          G_GNUC_UNUSED gconstpointer data)
{
  g_autoptr (AwAccount) account = g_list_model_get_item (aw_engine_get_accounts (fixture->engine), 0);
  g_autoptr (AwAccount) copying = aw_record_edit (account);
  g_autoptr (AwMessage) message = NULL, second = NULL;
  g_autoptr (AwOutboxEntry) entry = NULL;
  g_autoptr (AwOutboxItem) item = NULL;
  g_autoptr (AwDossier) dossier = NULL;
  g_autoptr (GPtrArray) copies = NULL, awaited = NULL;
  g_autoptr (AwRecord) gone = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *against = NULL;
  AwCommand *command = aw_command_new ("");

  copying->copy_to_self = copying->save_sent = TRUE;
  copying->imap_host = g_strdup ("localhost");
  aw_command_change (command, account, copying);
  run (fixture, command);
  dossier = aw_engine_ref_dossier (fixture->engine, AW_ID (fixture->opportunity), NULL);
  message = aw_outbox_queue_test (fixture->outbox, copying, &error);
  g_assert_no_error (error);
  assert_state (fixture, AW_MESSAGE_QUEUED);
  entry = aw_outbox_store_claim (database (fixture), NULL, NOW, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (entry->mail_from, ==, "sam@verhoeven.example");
  g_assert_cmpstr (entry->rcpt, ==, "sam@verhoeven.example");
  g_assert_null (entry->bcc); /* it goes there already */
  against = aw_outbox_check (fixture->outbox, entry, NOW + AW_DAY);
  g_assert_null (against);
  aw_engine_refresh (fixture->engine);
  assert_state (fixture, AW_MESSAGE_SENDING);
  g_assert_true (aw_outbox_store_dot (database (fixture), AW_ID (message), &error));
  g_assert_true (aw_outbox_store_sent (database (fixture), AW_ID (message), aw_instant (NOW), 250, "ok", &error));
  g_assert_no_error (error);
  aw_engine_refresh (fixture->engine);
  item = only_item (fixture);
  g_assert_cmpint (aw_outbox_item_get_message (item)->state, ==, AW_MESSAGE_SENT);
  g_assert_cmpstr (aw_outbox_item_get_to (item), ==, "sam@verhoeven.example");
  g_assert_null (aw_outbox_item_get_person_name (item));
  g_assert_cmpuint (aw_record_list_get_length (aw_dossier_get_list (dossier, AW_RECORD_TOUCH)), ==, 0);
  g_assert_cmpuint (aw_record_list_get_length (aw_dossier_get_list (dossier, AW_RECORD_MESSAGE)), ==, 0);
  /* Filed like any other, and nobody is expected to answer it. */
  copies = aw_copy_store_load_due (database (fixture), NOW, &error);
  g_assert_cmpuint (copies->len, ==, 1);
  awaited = aw_incoming_load_awaited (database (fixture), AW_ID (copying), NOW, &error);
  g_assert_cmpuint (awaited->len, ==, 0);

  /* One that is taken back is no draft; neither is one that failed, when it goes. */
  second = aw_outbox_queue_test (fixture->outbox, copying, &error);
  g_assert_nonnull (second);
  g_assert_true (aw_outbox_cancel (fixture->outbox, AW_ID (second), &error));
  g_assert_no_error (error);
  assert_state (fixture, AW_MESSAGE_SENT);
  gone = aw_database_load_record (database (fixture), AW_RECORD_MESSAGE, AW_ID (second), &error);
  g_assert_null (gone);
  g_assert_no_error (error);

  /* The user may throw one away; our own commit is taken over, too. */
  command = aw_command_new ("");
  aw_command_remove (command, aw_outbox_item_get_message (item));
  run (fixture, command);
  g_assert_cmpuint (g_list_model_get_n_items (aw_outbox_get_items (fixture->outbox)), ==, 0);
}

/* A password that is asked for each session: nobody is woken until it is there. */
static void
test_asks (Fixture *fixture,
           G_GNUC_UNUSED gconstpointer data)
{
  const char *const asked[] = { "ask-password", NULL };
  const char *const network[] = { "offline", NULL };
  g_autoptr (AwMessage) message = new_message (fixture);
  g_autoptr (AwAccount) account = g_list_model_get_item (aw_engine_get_accounts (fixture->engine), 0);
  g_autoptr (AwAccount) asking = aw_record_edit (account);
  g_autoptr (AwOutboxEntry) entry = NULL, second = NULL;
  g_autoptr (GError) error = NULL;
  const char *id = AW_ID (message);
  AwCommand *command = aw_command_new ("");

  asking->ask_password = TRUE;
  aw_command_change (command, account, asking);
  run (fixture, command);
  g_assert_true (aw_outbox_queue (fixture->outbox, message, 0, &error));
  g_assert_cmpint (aw_outbox_watch_next (database (fixture), NOW), ==, NOW);
  entry = aw_outbox_store_claim (database (fixture), NULL, NOW, &error);
  g_assert_nonnull (entry);
  g_assert_true (aw_outbox_store_settle (database (fixture), id, AW_MESSAGE_QUEUED, NOW, "ask-password", 0, NULL, &error));
  for (gint64 now = NOW; now < NOW + AW_DAY; now += AW_HOUR)
    {
      g_assert_cmpint (aw_outbox_watch_next (database (fixture), now), ==, AW_NEVER);
      g_assert_null (aw_outbox_store_claim (database (fixture), NULL, now, &error));
      g_assert_no_error (error);
    }
  /* The network is not what is missing. */
  g_assert_true (aw_outbox_store_hurry (database (fixture), network, NOW, &error));
  g_assert_cmpint (aw_outbox_watch_next (database (fixture), NOW), ==, AW_NEVER);
  /* A password was typed. */
  g_assert_true (aw_outbox_store_hurry (database (fixture), asked, NOW + AW_HOUR, &error));
  second = aw_outbox_store_claim (database (fixture), NULL, NOW + AW_HOUR, &error);
  g_assert_nonnull (second);
  g_assert_true (aw_outbox_store_settle (database (fixture), id, AW_MESSAGE_QUEUED, NOW, "ask-password", 0, NULL, &error));
  g_assert_cmpint (aw_outbox_watch_next (database (fixture), NOW + AW_DAY), ==, AW_NEVER);
  /* Or the account keeps its password from now on. */
  command = aw_command_new ("");
  aw_command_change (command, asking, account);
  run (fixture, command);
  g_assert_cmpint (aw_outbox_watch_next (database (fixture), NOW + AW_DAY), ==, NOW + AW_DAY);
}

#define TEST(name, function) g_test_add ("/outbox/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  TEST ("queue-and-cancel", test_queue_and_cancel);
  TEST ("own", test_own);
  TEST ("asks", test_asks);
  TEST ("no-way-back", test_no_way_back);
  TEST ("take-back", test_take_back);
  TEST ("send-again", test_send_again);
  TEST ("later", test_later);
  TEST ("check", test_check);
  TEST ("paused", test_paused);
  TEST ("refused", test_refused);
  return g_test_run ();
}
