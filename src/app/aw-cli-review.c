/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>

#include "app/aw-cli-private.h"

static void
add_finding (JsonBuilder *builder,
             const AwFinding *finding)
{
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "id");
  json_builder_add_string_value (builder, finding->id);
  json_builder_set_member_name (builder, "severity");
  json_builder_add_string_value (builder, aw_word (&aw_severities, finding->severity));
  json_builder_set_member_name (builder, "sentence");
  json_builder_add_string_value (builder, finding->sentence);
  /* The span of --review is about the text; one in the subject is about the whole. */
  if (finding->start >= 0 && !finding->in_subject)
    {
      json_builder_set_member_name (builder, "start");
      json_builder_add_int_value (builder, finding->start);
      json_builder_set_member_name (builder, "end");
      json_builder_add_int_value (builder, finding->end);
    }
  if (finding->twin != NULL)
    {
      json_builder_set_member_name (builder, "twin");
      json_builder_add_string_value (builder, finding->twin);
      json_builder_set_member_name (builder, "value");
      json_builder_add_double_value (builder, finding->value);
    }
  json_builder_end_object (builder);
}

/**
 * aw_cli_print_findings:
 * @findings: (element-type AwFinding): what a review found
 * @json: as JSON, or for people
 *
 * Returns: the exit status, always fine
 */
int
aw_cli_print_findings (GPtrArray *findings,
                       gboolean json)
{
  g_autoptr (JsonBuilder) builder = NULL;

  if (!json)
    {
      for (guint i = 0; i < findings->len; i++)
        {
          const AwFinding *finding = g_ptr_array_index (findings, i);

          if (finding->severity != AW_SEVERITY_OK)
            g_print ("%-8s %-4s %s\n", aw_word (&aw_severities, finding->severity), finding->id, finding->sentence);
        }
      return AW_CLI_FINE;
    }

  builder = json_builder_new ();
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "checks");
  json_builder_begin_array (builder);
  for (guint i = 0; i < findings->len; i++)
    add_finding (builder, g_ptr_array_index (findings, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  aw_cli_print_json (builder);
  return AW_CLI_FINE;
}

/**
 * aw_cli_parse_message:
 * @options: which message
 * @engine: the facts
 * @facts: (out) (transfer full): what the review looks at
 * @input: (out): the message, without its text
 *
 * Returns: 0, or the exit status if something is wrong and has been said
 */
int
aw_cli_parse_message (const AwCliOptions *options,
                      AwEngine *engine,
                      AwReviewFacts **facts,
                      AwReviewInput *input)
{
  g_autoptr (AwReviewFacts) gathered = NULL;
  g_autoptr (GError) error = NULL;
  int kind = AW_TOUCH_THANK_YOU, channel = AW_CHANNEL_EMAIL;
  gint64 at = aw_engine_now (engine), begun;

  if (options->opportunity == NULL || options->person == NULL)
    return aw_cli_misuse (_ ("--opportunity and --person must say to whom the message goes."));
  if (options->kind != NULL && !aw_word_parse (&aw_touch_kinds, options->kind, &kind))
    return aw_cli_misuse (_ ("“%s” is no kind of message."), options->kind);
  if (options->channel != NULL && !aw_word_parse (&aw_channels, options->channel, &channel))
    return aw_cli_misuse (_ ("“%s” is no channel."), options->channel);
  if (!aw_cli_parse_instant ("--at", options->at, &at))
    return AW_CLI_USAGE;
  begun = at;
  if (!aw_cli_parse_instant ("--begun", options->begun, &begun))
    return AW_CLI_USAGE;

  gathered = aw_engine_gather_review_facts (engine, options->opportunity, &error);
  if (error != NULL)
    return aw_cli_fail ("%s", error->message);
  if (gathered == NULL)
    return aw_cli_fail (_ ("There is no opportunity “%s”."), options->opportunity);
  if (aw_dossier_find_person (gathered->dossier, options->person) == NULL)
    return aw_cli_fail (_ ("There is nobody “%s” in the opportunity “%s”."), options->person, options->opportunity);

  *input = (AwReviewInput){
    .person = options->person,
    .kind = (AwTouchKind) kind,
    .channel = (AwChannel) channel,
    .subject = options->subject,
    .at = at,
    .begun = begun,
  };
  *facts = g_steal_pointer (&gathered);
  return AW_CLI_FINE;
}

/**
 * aw_cli_review:
 * @options: which message
 * @engine: the facts
 *
 * Reviews a text (interchange.md, `--review`).
 *
 * Returns: the exit status; fine whatever is found
 */
int
aw_cli_review (const AwCliOptions *options,
               AwEngine *engine)
{
  g_autoptr (AwReviewFacts) facts = NULL;
  g_autoptr (GPtrArray) findings = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  AwReviewInput input;
  int status = aw_cli_parse_message (options, engine, &facts, &input);

  if (status != AW_CLI_FINE)
    return status;
  text = aw_cli_read_text (options->review, &error);
  if (text == NULL)
    return aw_cli_fail ("%s", error->message);

  input.text = text;
  findings = aw_review (facts, &input);
  return aw_cli_print_findings (findings, options->json);
}
