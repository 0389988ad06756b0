/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/aw-cli.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/aw-cli-private.h"
#include "config.h"
#include "service/aw-agent-client.h"
#include "service/aw-open.h"

typedef int (*AwCliFunc) (const AwCliOptions *options, AwEngine *engine);

static void
clear_options (AwCliOptions *options)
{
  g_free (options->import);
  g_free (options->export);
  g_free (options->review);
  g_free (options->add_account);
  g_free (options->send);
  g_free (options->search);
  g_free (options->at);
  g_free (options->until);
  g_free (options->opportunity);
  g_free (options->person);
  g_free (options->subject);
  g_free (options->kind);
  g_free (options->channel);
  g_free (options->begun);
  g_free (options->server);
  g_free (options->user);
  g_free (options->name);
  g_free (options->ca);
  g_free (options->account);
  g_free (options->database);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (AwCliOptions, clear_options)

/* The command asked for; NULL if none, or more than one (then @n > 1). */
static AwCliFunc
choose (const AwCliOptions *options,
        guint *n)
{
  const struct
  {
    gboolean asked;
    AwCliFunc func;
  } commands[] = {
    { options->agenda, aw_cli_agenda },
    { options->import != NULL, aw_cli_import },
    { options->export != NULL, aw_cli_export },
    { options->review != NULL, aw_cli_review },
    { options->add_account != NULL, aw_cli_add_account },
    { options->send != NULL, aw_cli_send },
    { options->outbox, aw_cli_outbox },
    { options->search != NULL, aw_cli_search },
    { options->check, aw_cli_check },
  };
  AwCliFunc func = NULL;

  *n = 0;
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    if (commands[i].asked)
      {
        func = commands[i].func;
        (*n)++;
      }
  return func;
}

static int
with_engine (const AwCliOptions *options,
             AwCliFunc func)
{
  g_autoptr (AwClock) clock = aw_clock_new ();
  g_autoptr (AwEngine) engine = NULL;
  g_autoptr (GError) error = NULL;
  int status;
  g_autofree char *path = options->database != NULL ? g_strdup (options->database) : aw_database_default_path ();

  engine = aw_engine_open_for_user (path, clock, &error);
  if (engine == NULL)
    return aw_cli_fail ("%s", error->message);

  status = func (options, engine);
  aw_agent_client_flush ();
  return status;
}

/* Public functions --------------------------------------------------------- */

/**
 * aw_cli_run:
 * @argc: number of arguments
 * @argv: (array length=argc): the program's arguments
 * @handled: (out): whether the command line asked for something that needs no
 *   window; if not, the caller opens it
 *
 * The command line of interchange.md. Never initialises GTK.
 *
 * Returns: the exit status: 0 fine, 1 the work could not be done, 2 wrong usage
 */
int
aw_cli_run (int argc,
            char **argv,
            gboolean *handled)
{
  g_auto (AwCliOptions) o = { 0 };
  gboolean service = FALSE, new_interview = FALSE;
  g_auto (GStrv) files = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GOptionContext) context = NULL;
  g_auto (GStrv) arguments = g_new0 (char *, argc + 1);
  guint n_commands;
  AwCliFunc func;

  const GOptionEntry entries[] = {
    { "agenda", 0, 0, G_OPTION_ARG_NONE, &o.agenda, N_ ("Print what is to be done, for all opportunities"), NULL },
    { "until", 0, 0, G_OPTION_ARG_STRING, &o.until, N_ ("With --agenda: only what opens before INSTANT"), N_ ("INSTANT") },
    { "import", 0, 0, G_OPTION_ARG_FILENAME, &o.import, N_ ("Import a file: JSON, CSV, iCalendar or vCard"), N_ ("FILE") },
    { "dry-run", 0, 0, G_OPTION_ARG_NONE, &o.dry_run, N_ ("With --import: only say what would happen"), NULL },
    { "export", 0, 0, G_OPTION_ARG_FILENAME, &o.export, N_ ("Export everything, by the ending: .json, .csv or .ics"), N_ ("FILE") },
    { "review", 0, 0, G_OPTION_ARG_FILENAME, &o.review, N_ ("Review the text in FILE (-: standard input) as a message"), N_ ("FILE") },
    { "add-account", 0, 0, G_OPTION_ARG_STRING, &o.add_account, N_ ("Add or change a sending account; the password is read from standard input"), N_ ("ADDRESS") },
    { "server", 0, 0, G_OPTION_ARG_STRING, &o.server, N_ ("With --add-account: smtps://HOST[:PORT], or smtp://HOST[:PORT] for STARTTLS"), N_ ("URL") },
    { "user", 0, 0, G_OPTION_ARG_STRING, &o.user, N_ ("With --add-account: the name to sign in with"), N_ ("NAME") },
    { "name", 0, 0, G_OPTION_ARG_STRING, &o.name, N_ ("With --add-account: your name, as others see it"), N_ ("TEXT") },
    { "ca", 0, 0, G_OPTION_ARG_FILENAME, &o.ca, N_ ("With --add-account: an extra certificate authority"), N_ ("FILE") },
    { "send", 0, 0, G_OPTION_ARG_FILENAME, &o.send, N_ ("Review and send the text in FILE (-: standard input)"), N_ ("FILE") },
    { "account", 0, 0, G_OPTION_ARG_STRING, &o.account, N_ ("With --send: the account to send from"), N_ ("ADDRESS") },
    { "anyway", 0, 0, G_OPTION_ARG_NONE, &o.anyway, N_ ("With --send: in spite of what the review asks about"), NULL },
    { "wait", 0, 0, G_OPTION_ARG_NONE, &o.wait, N_ ("With --send: wait for the first attempt’s outcome"), NULL },
    { "opportunity", 0, 0, G_OPTION_ARG_STRING, &o.opportunity, N_ ("With --review and --send: which opportunity"), N_ ("ID") },
    { "person", 0, 0, G_OPTION_ARG_STRING, &o.person, N_ ("With --review and --send: to whom"), N_ ("ID") },
    { "subject", 0, 0, G_OPTION_ARG_STRING, &o.subject, N_ ("With --review and --send: the subject"), N_ ("TEXT") },
    { "kind", 0, 0, G_OPTION_ARG_STRING, &o.kind, N_ ("With --review and --send: thank-you, check-in and so on"), N_ ("KIND") },
    { "channel", 0, 0, G_OPTION_ARG_STRING, &o.channel, N_ ("With --review: email, letter, message"), N_ ("CHANNEL") },
    { "at", 0, 0, G_OPTION_ARG_STRING, &o.at, N_ ("With --agenda and --review: as of INSTANT instead of now"), N_ ("INSTANT") },
    { "begun", 0, 0, G_OPTION_ARG_STRING, &o.begun, N_ ("With --review: when the draft was begun"), N_ ("INSTANT") },
    { "outbox", 0, 0, G_OPTION_ARG_NONE, &o.outbox, N_ ("Print the messages and their states"), NULL },
    { "search", 0, 0, G_OPTION_ARG_STRING, &o.search, N_ ("Print what the search box would find"), N_ ("WORDS") },
    { "check", 0, 0, G_OPTION_ARG_NONE, &o.check, N_ ("Check the database"), NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &o.json, N_ ("Print JSON"), NULL },
    { "database", 0, 0, G_OPTION_ARG_FILENAME, &o.database, N_ ("Use this database instead of your own"), N_ ("FILE") },
    { "new-interview", 0, 0, G_OPTION_ARG_NONE, &new_interview, N_ ("Open the window to add an interview"), NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, &o.version, N_ ("Print the version"), NULL },
    { "gapplication-service", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_NONE, &service, NULL, NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &files, NULL, NULL },
    { NULL },
  };

  *handled = TRUE;

  for (int i = 0; i < argc; i++)
    arguments[i] = g_strdup (argv[i]);

  context = g_option_context_new (_ ("[FILE…]"));
  g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
  g_option_context_set_summary (context, _ ("Afterword takes over what comes after an interview."));
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (!g_option_context_parse_strv (context, &arguments, &error))
    return aw_cli_misuse ("%s", error->message);

  if (o.version)
    {
      g_print ("afterword %s\n", VERSION);
      return AW_CLI_FINE;
    }

  func = choose (&o, &n_commands);
  if (n_commands > 1)
    return aw_cli_misuse (_ ("More than one thing is asked for at once."));
  if (func == NULL)
    {
      if (o.json || o.at != NULL || o.until != NULL || o.dry_run || o.opportunity != NULL || o.person != NULL ||
          o.server != NULL || o.anyway || o.wait)
        return aw_cli_misuse (_ ("An option is there that goes only with another one."));
      *handled = FALSE;
      return AW_CLI_FINE;
    }
  if (files != NULL && *files != NULL)
    return aw_cli_misuse (_ ("“%s” is one word too many."), *files);

  return with_engine (&o, func);
}

/**
 * aw_cli_fail:
 * @format: one plain sentence
 * @...: its arguments
 *
 * Returns: the exit status for work that could not be done
 */
int
aw_cli_fail (const char *format,
             ...)
{
  g_autofree char *sentence = NULL;
  va_list args;

  va_start (args, format);
  sentence = g_strdup_vprintf (format, args);
  va_end (args);

  g_printerr ("afterword: %s\n", sentence);
  return AW_CLI_FAILED;
}

/**
 * aw_cli_misuse:
 * @format: one plain sentence
 * @...: its arguments
 *
 * Returns: the exit status for wrong usage
 */
int
aw_cli_misuse (const char *format,
               ...)
{
  g_autofree char *sentence = NULL;
  va_list args;

  va_start (args, format);
  sentence = g_strdup_vprintf (format, args);
  va_end (args);

  g_printerr ("afterword: %s\n%s\n", sentence, _ ("“afterword --help” tells what is possible."));
  return AW_CLI_USAGE;
}

/**
 * aw_cli_print_json:
 * @builder: a finished builder
 *
 * Prints what was built, for people and programs.
 */
void
aw_cli_print_json (JsonBuilder *builder)
{
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autoptr (JsonNode) root = json_builder_get_root (builder);
  g_autofree char *text = NULL;

  json_generator_set_root (generator, root);
  json_generator_set_pretty (generator, TRUE);
  text = json_generator_to_data (generator, NULL);
  fputs (text, stdout);
  fputc ('\n', stdout);
}

/**
 * aw_cli_add_text:
 * @builder: a builder within an object
 * @member: a member's name
 * @text: (nullable): its value, %NULL for null
 */
void
aw_cli_add_text (JsonBuilder *builder,
                 const char *member,
                 const char *text)
{
  json_builder_set_member_name (builder, member);
  if (text != NULL)
    json_builder_add_string_value (builder, text);
  else
    json_builder_add_null_value (builder);
}

/**
 * aw_cli_add_time:
 * @builder: a builder that waits for a value
 * @sec: an instant, or %AW_NEVER for null
 */
void
aw_cli_add_time (JsonBuilder *builder,
                 gint64 sec)
{
  g_autofree char *text = NULL;

  if (sec == AW_NEVER)
    {
      json_builder_add_null_value (builder);
      return;
    }
  text = aw_time_format_utc (sec);
  json_builder_add_string_value (builder, text);
}

/**
 * aw_cli_read_text:
 * @file: a file's name, or "-" for standard input
 * @error: return location for an error; its message is one sentence
 *
 * Returns: (transfer full): the text, or %NULL if it cannot be read or is no
 *   UTF-8
 */
char *
aw_cli_read_text (const char *file,
                  GError **error)
{
  g_autofree char *text = NULL;
  g_autofree char *shown = g_filename_display_name (file);
  gsize length = 0;
  g_autoptr (GError) cause = NULL;
  g_autoptr (GIOChannel) channel = NULL;

  if (g_str_equal (file, "-"))
    {
      shown = (g_free (shown), g_strdup (_ ("Standard input")));
      channel = g_io_channel_unix_new (0);
      g_io_channel_set_encoding (channel, NULL, NULL);
      if (g_io_channel_read_to_end (channel, &text, &length, &cause) != G_IO_STATUS_NORMAL)
        text = text != NULL ? g_steal_pointer (&text) : g_strdup ("");
    }
  else if (!g_file_get_contents (file, &text, &length, &cause))
    {
      g_set_error (error, AW_STORE_ERROR, AW_STORE_ERROR_TELL, _ ("“%s” cannot be read: %s."), shown, g_strerror (errno));
      return NULL;
    }

  if (!g_utf8_validate_len (text, length, NULL))
    {
      g_set_error (error, AW_STORE_ERROR, AW_STORE_ERROR_TELL, _ ("“%s” is not a text in UTF-8."), shown);
      return NULL;
    }
  return g_steal_pointer (&text);
}

/**
 * aw_cli_parse_instant:
 * @option: the option's name, for the sentence
 * @text: (nullable): what was given
 * @sec: (inout): the instant; left alone if nothing was given
 *
 * Returns: whether nothing was given, or an instant; else the sentence has
 *   been printed
 */
gboolean
aw_cli_parse_instant (const char *option,
                      const char *text,
                      gint64 *sec)
{
  AwInstant instant;

  if (text == NULL)
    return TRUE;
  if (!aw_instant_parse (text, &instant))
    {
      aw_cli_misuse (_ ("“%s” in %s is not an instant such as 2026-03-02T10:00:00-05:00."), text, option);
      return FALSE;
    }
  *sec = instant.sec;
  return TRUE;
}

static int
display_width (const char *text)
{
  int width = 0;

  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    {
      gunichar character = g_utf8_get_char (c);

      if (!g_unichar_iszerowidth (character))
        width += g_unichar_iswide (character) ? 2 : 1;
    }
  return width;
}

/**
 * aw_cli_print_table:
 * @rows: (element-type GStrv): rows of @n_columns texts
 * @n_columns: how many
 *
 * Prints columns beside each other; the last one is not padded.
 */
void
aw_cli_print_table (GPtrArray *rows,
                    guint n_columns)
{
  g_autofree int *widths = g_new0 (int, n_columns);

  for (guint i = 0; i < rows->len; i++)
    for (guint j = 0; j < n_columns; j++)
      widths[j] = MAX (widths[j], display_width (((char **) g_ptr_array_index (rows, i))[j]));

  for (guint i = 0; i < rows->len; i++)
    {
      char **row = g_ptr_array_index (rows, i);

      for (guint j = 0; j + 1 < n_columns; j++)
        g_print ("%s%*s  ", row[j], widths[j] - display_width (row[j]), "");
      g_print ("%s\n", row[n_columns - 1]);
    }
}
