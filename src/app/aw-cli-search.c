/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>

#include "app/aw-cli-private.h"
#include "store/aw-search.h"

/**
 * aw_cli_search:
 * @options: --search and --json are looked at
 * @engine: the facts
 *
 * Prints what the search box would find.
 *
 * Returns: the exit status
 */
int
aw_cli_search (const AwCliOptions *options,
               AwEngine *engine)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) hits = aw_search (aw_engine_get_database (engine), options->search, &error);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  if (hits == NULL)
    return aw_cli_fail ("%s", error->message);

  json_builder_begin_array (builder);
  for (guint i = 0; i < hits->len; i++)
    {
      const AwSearchHit *hit = g_ptr_array_index (hits, i);
      const char *row[] = { hit->type, hit->text, NULL };
      const struct
      {
        const char *name;
        const char *value;
      } members[] = { { "type", hit->type }, { "opportunity", hit->opportunity }, { "id", hit->id }, { "text", hit->text } };

      json_builder_begin_object (builder);
      for (guint j = 0; j < G_N_ELEMENTS (members); j++)
        {
          json_builder_set_member_name (builder, members[j].name);
          json_builder_add_string_value (builder, members[j].value != NULL ? members[j].value : "");
        }
      json_builder_end_object (builder);
      g_ptr_array_add (rows, g_strdupv ((char **) row));
    }
  json_builder_end_array (builder);

  if (options->json)
    aw_cli_print_json (builder);
  else if (rows->len > 0)
    aw_cli_print_table (rows, 2);
  else
    g_print ("%s\n", _ ("Nothing was found."));
  return AW_CLI_FINE;
}
