/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>

#include "app/aw-cli-private.h"
#include "core/aw-words.h"

static void
add_time (JsonBuilder *builder,
          const char *member,
          gint64 sec)
{
  json_builder_set_member_name (builder, member);
  aw_cli_add_time (builder, sec);
}

static void
add_missing (JsonBuilder *builder,
             AwMissing missing)
{
  json_builder_set_member_name (builder, "missing");
  json_builder_begin_array (builder);
  for (guint i = 0; i < aw_missing_words.n_names; i++)
    if (missing & (1u << i))
      json_builder_add_string_value (builder, aw_word (&aw_missing_words, (int) i));
  json_builder_end_array (builder);
}

static void
add_item (JsonBuilder *builder,
          AwDuty *duty)
{
  const AwFollowUp *item = aw_duty_get_follow_up (duty);

  json_builder_begin_object (builder);
  aw_cli_add_text (builder, "key", item->key);
  aw_cli_add_text (builder, "opportunity", item->opportunity);
  aw_cli_add_text (builder, "kind", aw_word (&aw_duty_kinds, item->kind));
  aw_cli_add_text (builder, "person", item->person);
  aw_cli_add_text (builder, "channel", aw_word (&aw_channels, item->channel));
  add_time (builder, "opens", item->opens);
  add_time (builder, "due", item->due);
  add_time (builder, "closes", item->closes);
  aw_cli_add_text (builder, "state", aw_word (&aw_duty_states, item->state));

  json_builder_set_member_name (builder, "rules");
  json_builder_begin_array (builder);
  for (guint i = 0; i < G_N_ELEMENTS (item->rules) && item->rules[i] != NULL; i++)
    json_builder_add_string_value (builder, item->rules[i]);
  json_builder_end_array (builder);

  json_builder_set_member_name (builder, "waiting");
  if (item->waiting != NULL)
    {
      json_builder_begin_object (builder);
      aw_cli_add_text (builder, "rule", item->waiting);
      add_time (builder, "until", item->waiting_until);
      json_builder_end_object (builder);
    }
  else
    json_builder_add_null_value (builder);

  add_missing (builder, item->missing);
  if (item->people != NULL)
    {
      json_builder_set_member_name (builder, "people");
      json_builder_begin_array (builder);
      for (const char *const *person = item->people; *person != NULL; person++)
        json_builder_add_string_value (builder, *person);
      json_builder_end_array (builder);
    }
  aw_cli_add_text (builder, "reason", aw_duty_get_reason (duty));
  json_builder_end_object (builder);
}

static void
print_json (GPtrArray *duties,
            gint64 at)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  add_time (builder, "at", at);
  json_builder_set_member_name (builder, "items");
  json_builder_begin_array (builder);
  for (guint i = 0; i < duties->len; i++)
    add_item (builder, g_ptr_array_index (duties, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  aw_cli_print_json (builder);
}

static void
print_table (GPtrArray *duties)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);

  if (duties->len == 0)
    {
      g_print ("%s\n", _ ("Nothing to do. Stay quiet."));
      return;
    }
  for (guint i = 0; i < duties->len; i++)
    {
      AwDuty *duty = g_ptr_array_index (duties, i);
      const char *pill = aw_duty_get_pill (duty);
      const char *row[] = { pill != NULL ? pill : "", aw_duty_get_title (duty), aw_duty_get_company (duty),
                            aw_duty_get_reason (duty), NULL };

      g_ptr_array_add (rows, g_strdupv ((char **) row));
    }
  aw_cli_print_table (rows, 4);
}

/**
 * aw_cli_agenda:
 * @options: --at, --until and --json are looked at
 * @engine: the facts
 *
 * Prints the plan of all opportunities (interchange.md, `--agenda`).
 *
 * Returns: the exit status
 */
int
aw_cli_agenda (const AwCliOptions *options,
               AwEngine *engine)
{
  gint64 at = aw_engine_now (engine), until = AW_NEVER;
  g_autoptr (GPtrArray) duties = NULL;
  g_autoptr (GError) error = NULL;

  if (!aw_cli_parse_instant ("--at", options->at, &at) || !aw_cli_parse_instant ("--until", options->until, &until))
    return AW_CLI_USAGE;

  duties = aw_engine_agenda (engine, at, until, &error);
  if (duties == NULL)
    return aw_cli_fail ("%s", error->message);

  if (options->json)
    print_json (duties, at);
  else
    print_table (duties);
  return AW_CLI_FINE;
}
