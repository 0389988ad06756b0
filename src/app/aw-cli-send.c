/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

#include "app/aw-cli-private.h"
#include "service/aw-agent-client.h"
#include "service/aw-outbox.h"

/* How long --wait waits for the first attempt: the worker itself gives up
 * earlier on a silent server (mail.md 1.4). */
#define WAIT_SECONDS 900

/* The agent's word may come before we listen, or never if it is ended. */
#define LOOK_SECONDS 1

static AwAccount *
find_account (AwEngine *engine,
              const char *address)
{
  GListModel *accounts = aw_engine_get_accounts (engine);

  for (guint i = 0; i < g_list_model_get_n_items (accounts); i++)
    {
      g_autoptr (AwAccount) account = g_list_model_get_item (accounts, i);

      if (address == NULL || (account->address != NULL && g_ascii_strcasecmp (account->address, address) == 0))
        return g_steal_pointer (&account);
    }
  return NULL;
}

static gboolean
has_ask (GPtrArray *findings)
{
  for (guint i = 0; i < findings->len; i++)
    if (((AwFinding *) g_ptr_array_index (findings, i))->severity == AW_SEVERITY_ASK)
      return TRUE;
  return FALSE;
}

/* The guards that --anyway overrules are recorded with the touch (rules.md §2). */
static char **
overruled_guards (const AwReviewFacts *facts,
                  const AwReviewInput *input)
{
  AwGuardHit hit = aw_guards_check (facts->dossier, facts->elsewhere, facts->calendar, input->person, input->kind,
                                    input->channel, input->at);
  const char *guards[] = { hit.guard, NULL };

  return hit.guard != NULL ? g_strdupv ((char **) guards) : NULL;
}

static AwMessage *
make_message (const AwCliOptions *options,
              const AwReviewInput *input,
              AwAccount *account)
{
  AwMessage *message = (AwMessage *) aw_record_new (AW_TYPE_MESSAGE, options->opportunity);

  message->person = g_strdup (input->person);
  message->kind = input->kind;
  message->channel = AW_CHANNEL_EMAIL;
  message->account = g_strdup (AW_ID (account));
  message->subject = g_strdup (input->subject);
  message->body = g_strdup (input->text);
  message->begun_at = message->changed_at = aw_instant (input->at);
  return message;
}

static AwOutboxItem *
find_item (AwOutbox *outbox,
           const char *id)
{
  GListModel *items = aw_outbox_get_items (outbox);

  for (guint i = 0; i < g_list_model_get_n_items (items); i++)
    {
      g_autoptr (AwOutboxItem) item = g_list_model_get_item (items, i);

      if (g_str_equal (AW_ID (aw_outbox_item_get_message (item)), id))
        return g_steal_pointer (&item);
    }
  return NULL;
}

/* Whether the first attempt has come to an end. */
static gboolean
is_tried (AwOutboxItem *item)
{
  AwMessageState state = aw_outbox_item_get_message (item)->state;

  return state == AW_MESSAGE_SENT || state == AW_MESSAGE_FAILED || state == AW_MESSAGE_UNCERTAIN ||
         (state == AW_MESSAGE_QUEUED && aw_outbox_item_get_attempts (item) > 0);
}

typedef struct
{
  AwEngine *engine;
  AwOutbox *outbox;
  const char *id;
  GMainLoop *loop;
  guint timer;
} AwWait;

static gboolean
is_over (AwWait *wait)
{
  g_autoptr (AwOutboxItem) item = NULL;

  aw_engine_refresh (wait->engine);
  item = find_item (wait->outbox, wait->id);
  return item == NULL || is_tried (item);
}

static void
on_agent_changed (gpointer data)
{
  AwWait *wait = data;

  if (is_over (wait))
    g_main_loop_quit (wait->loop);
}

static gboolean
on_look (gpointer data)
{
  on_agent_changed (data);
  return G_SOURCE_CONTINUE;
}

static gboolean
on_too_long (gpointer data)
{
  AwWait *wait = data;

  wait->timer = 0;
  g_main_loop_quit (wait->loop);
  return G_SOURCE_REMOVE;
}

static void
wait_for_agent (AwWait *wait)
{
  guint watch = aw_agent_client_watch (on_agent_changed, wait);
  guint look = g_timeout_add_seconds (LOOK_SECONDS, on_look, wait);

  wait->timer = g_timeout_add_seconds (WAIT_SECONDS, on_too_long, wait);
  if (!is_over (wait))
    g_main_loop_run (wait->loop);
  g_clear_handle_id (&wait->timer, g_source_remove);
  g_source_remove (look);
  aw_agent_client_unwatch (watch);
}

static gboolean
has_bus (void)
{
  g_autoptr (GDBusConnection) bus = NULL;

  if (aw_agent_client_has_bus ())
    bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  return bus != NULL;
}

/* What it means, and the server's own words, on one line. (transfer full) */
static char *
dup_text (AwOutboxItem *item)
{
  const char *sentence = aw_outbox_item_get_sentence (item);
  const char *words = aw_outbox_item_get_text (item);
  char *text;

  if (sentence == NULL || words == NULL || strstr (sentence, words) != NULL)
    text = g_strdup (sentence != NULL ? sentence : words != NULL ? words : "");
  else
    text = g_strdup_printf ("%s %s", sentence, words);
  return g_strdelimit (text, "\r\n", ' ');
}

static int
print_outcome (AwOutbox *outbox,
               const char *id)
{
  g_autoptr (AwOutboxItem) item = find_item (outbox, id);
  AwMessageState state;
  g_autofree char *text = NULL;

  if (item == NULL)
    return aw_cli_fail (_ ("The message is not in the outbox any more."));

  state = aw_outbox_item_get_message (item)->state;
  text = dup_text (item);
  g_print ("%s %03d %s\n", aw_word (&aw_message_states, state), aw_outbox_item_get_code (item), text);
  return state == AW_MESSAGE_SENT ? AW_CLI_FINE : AW_CLI_FAILED;
}

/**
 * aw_cli_send:
 * @options: which message
 * @engine: the facts
 *
 * Reviews a text and sends it (interchange.md, `--send`).
 *
 * Returns: the exit status: with --wait fine only if it was sent
 */
int
aw_cli_send (const AwCliOptions *options,
             AwEngine *engine)
{
  g_autoptr (AwReviewFacts) facts = NULL;
  g_autoptr (GPtrArray) findings = NULL;
  g_autoptr (AwAccount) account = NULL;
  g_autoptr (AwMessage) message = NULL;
  g_autoptr (AwOutbox) outbox = NULL;
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  AwReviewInput input;
  int status;

  if (options->subject == NULL)
    return aw_cli_misuse (_ ("--subject is missing."));
  status = aw_cli_parse_message (options, engine, &facts, &input);
  if (status != AW_CLI_FINE)
    return status;
  text = aw_cli_read_text (options->send, &error);
  if (text == NULL)
    return aw_cli_fail ("%s", error->message);
  input.text = text;

  account = find_account (engine, options->account);
  if (account == NULL)
    return options->account != NULL
             ? aw_cli_fail (_ ("There is no account “%s”; add it with --add-account."), options->account)
             : aw_cli_fail (_ ("There is no account to send from; add one with --add-account."));

  findings = aw_review (facts, &input);
  if (has_ask (findings) && !options->anyway)
    {
      aw_cli_print_findings (findings, options->json);
      return aw_cli_fail (_ ("Nothing was sent: see what the review asks about, or use --anyway."));
    }

  message = make_message (options, &input, account);
  message->overruled = overruled_guards (facts, &input);
  outbox = aw_outbox_new (engine);
  if (!aw_outbox_queue (outbox, message, 0, &error))
    return aw_cli_fail ("%s", error->message);
  g_print ("%s\n", AW_ID (message));
  fflush (stdout);

  if (options->database != NULL || !has_bus ())
    {
      if (!aw_outbox_run_worker (outbox, NULL, &error))
        return aw_cli_fail ("%s", error->message);
    }
  else
    {
      AwWait wait = { engine, outbox, AW_ID (message), loop, 0 };

      aw_agent_client_send (aw_database_get_path (aw_engine_get_database (engine)));
      if (options->wait)
        wait_for_agent (&wait);
    }
  return options->wait ? print_outcome (outbox, AW_ID (message)) : AW_CLI_FINE;
}

static void
add_item (JsonBuilder *builder,
          AwOutboxItem *item)
{
  AwMessage *message = aw_outbox_item_get_message (item);
  g_autofree char *text = dup_text (item);

  json_builder_begin_object (builder);
  aw_cli_add_text (builder, "id", AW_ID (message));
  aw_cli_add_text (builder, "state", aw_word (&aw_message_states, message->state));
  json_builder_set_member_name (builder, "attempts");
  json_builder_add_int_value (builder, aw_outbox_item_get_attempts (item));
  json_builder_set_member_name (builder, "next_at");
  aw_cli_add_time (builder, aw_outbox_item_get_next_at (item));
  aw_cli_add_text (builder, "to", aw_outbox_item_get_to (item));
  aw_cli_add_text (builder, "subject", message->subject);
  aw_cli_add_text (builder, "message_id", message->message_id);
  json_builder_set_member_name (builder, "code");
  if (aw_outbox_item_get_code (item) > 0)
    json_builder_add_int_value (builder, aw_outbox_item_get_code (item));
  else
    json_builder_add_null_value (builder);
  aw_cli_add_text (builder, "text", *text != '\0' ? text : NULL);
  json_builder_end_object (builder);
}

/**
 * aw_cli_outbox:
 * @options: --json is looked at
 * @engine: the facts
 *
 * Prints the messages and their states.
 *
 * Returns: the exit status
 */
int
aw_cli_outbox (const AwCliOptions *options,
               AwEngine *engine)
{
  g_autoptr (AwOutbox) outbox = aw_outbox_new (engine);
  GListModel *items = aw_outbox_get_items (outbox);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_array (builder);
  for (guint i = 0; i < g_list_model_get_n_items (items); i++)
    {
      g_autoptr (AwOutboxItem) item = g_list_model_get_item (items, i);
      AwMessage *message = aw_outbox_item_get_message (item);
      const char *to = aw_outbox_item_get_to (item), *sentence = aw_outbox_item_get_sentence (item);
      const char *row[] = { aw_word (&aw_message_states, message->state), to != NULL ? to : "",
                            message->subject != NULL ? message->subject : "", sentence != NULL ? sentence : "", NULL };

      add_item (builder, item);
      g_ptr_array_add (rows, g_strdupv ((char **) row));
    }
  json_builder_end_array (builder);

  if (options->json)
    aw_cli_print_json (builder);
  else if (rows->len > 0)
    aw_cli_print_table (rows, 4);
  else
    g_print ("%s\n", _ ("Nothing is waiting."));
  return AW_CLI_FINE;
}
