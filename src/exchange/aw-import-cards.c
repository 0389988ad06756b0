/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/aw-import-cards.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "exchange/aw-event-words.h"
#include "exchange/aw-matcher.h"
#include "exchange/aw-text.h"

/* Cards (vCard) as people: of the opportunity in which their address is known,
 * else of the one at their company, else of a new one there. */

/* "=C3=BC" and line ends that are none, as version 2.1 writes them. */
static char *
decode_quoted (const char *value)
{
  GString *bytes = g_string_new (NULL);
  char *text;

  for (const char *c = value; *c != '\0'; c++)
    if (*c == '=' && g_ascii_isxdigit (c[1]) && g_ascii_isxdigit (c[2]))
      {
        int byte = g_ascii_xdigit_value (c[1]) * 16 + g_ascii_xdigit_value (c[2]);

        /* A line break or worse would make lines of its own. */
        g_string_append_c (bytes, byte < 0x20 ? ' ' : (char) byte);
        c += 2;
      }
    else
      g_string_append_c (bytes, *c);
  text = g_utf8_make_valid (bytes->str, (gssize) bytes->len);
  g_string_free (bytes, TRUE);
  return text;
}

/* Every property on one line, in clear text. */
static char *
unfold (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  GString *out = g_string_new (NULL);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_autoptr (GString) line = g_string_new (lines[i]);
      char *colon = strchr (lines[i], ':');
      gboolean quoted = FALSE;

      if (colon != NULL)
        {
          g_autofree char *head = g_ascii_strup (lines[i], colon - lines[i]);

          quoted = strstr (head, "QUOTED-PRINTABLE") != NULL;
        }
      while (lines[i + 1] != NULL && quoted && g_str_has_suffix (line->str, "="))
        {
          g_string_truncate (line, line->len - 1);
          g_string_append (line, lines[++i]);
        }
      while (lines[i + 1] != NULL && (lines[i + 1][0] == ' ' || lines[i + 1][0] == '\t'))
        g_string_append (line, lines[++i] + 1);

      if (quoted)
        {
          g_autofree char *value = decode_quoted (strchr (line->str, ':') + 1);

          g_string_truncate (line, (gsize) (strchr (line->str, ':') - line->str) + 1);
          g_string_append (line, value);
        }
      g_string_append_printf (out, "%s\n", line->str);
    }
  return g_string_free (out, FALSE);
}

/* The first part of the property ORG. */
static char *
find_company (const char *card)
{
  g_autoptr (GRegex) regex = g_regex_new ("^(?:[^:;\\n]*\\.)?ORG(?:;[^:\\n]*)?:((?:\\\\.|[^;\\\\\\n])+)",
                                          G_REGEX_CASELESS | G_REGEX_MULTILINE, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  g_autofree char *raw = NULL;

  if (!g_regex_match (regex, card, 0, &match))
    return NULL;
  raw = g_match_info_fetch (match, 1);
  {
    g_autoptr (GString) text = g_string_new (raw);

    g_string_replace (text, "\\,", ",", 0);
    g_string_replace (text, "\\;", ";", 0);
    g_string_replace (text, "\\\\", "\\", 0);
    g_free (raw);
    raw = g_strdup (g_strstrip (text->str));
  }
  return *raw != '\0' ? g_steal_pointer (&raw) : NULL;
}

static void
plan_person (AwMatcher *matcher,
             const AwFormPerson *person,
             const char *organization,
             AwImport *import)
{
  g_autoptr (AwCommand) command = aw_command_new (NULL);
  g_autofree char *company = g_strdup (organization);
  const char *title = person->name != NULL ? person->name : person->email;
  AwDossier *dossier = person->email != NULL ? aw_matcher_find_address (matcher, person->email) : NULL;
  AwImportOutcome outcome;
  AwImportItem *item;
  guint before;

  if (company == NULL && person->email != NULL)
    company = aw_address_guess_company (person->email);
  if (dossier == NULL && company == NULL)
    {
      aw_import_add (import, aw_import_item_new (AW_IMPORT_LEFT_OUT, title, NULL, _("the card names no company.")));
      return;
    }
  if (dossier == NULL)
    dossier = aw_matcher_find_company (matcher, company, NULL);
  if (dossier == NULL)
    dossier = aw_matcher_add_company (matcher, company, NULL);

  before = aw_record_list_get_length (aw_dossier_get_list (dossier, AW_RECORD_PERSON));
  aw_matcher_put_person (matcher, command, dossier, person);
  outcome = aw_command_is_empty (command)                                                             ? AW_IMPORT_SAME
            : aw_record_list_get_length (aw_dossier_get_list (dossier, AW_RECORD_PERSON)) > before ? AW_IMPORT_ADDED
                                                                                                     : AW_IMPORT_CHANGED;
  item = aw_import_item_new (outcome, title, aw_dossier_get_opportunity (dossier)->company, NULL);
  if (!aw_command_is_empty (command))
    aw_import_item_set_command (item, command);
  aw_import_add (import, item);
}

/**
 * aw_import_plan_cards:
 * @bytes: a vCard file's content
 * @database: what is here
 * @error: return location
 *
 * Returns: (transfer full) (nullable): what importing it would change
 */
AwImport *
aw_import_plan_cards (GBytes *bytes,
                      AwDatabase *database,
                      GError **error)
{
  g_autofree char *text = aw_text_read (bytes, error);
  g_autofree char *unfolded = text != NULL ? unfold (text) : NULL;
  g_autoptr (GRegex) regex = g_regex_new ("^END:VCARD\\s*$", G_REGEX_CASELESS | G_REGEX_MULTILINE, 0, NULL);
  g_autoptr (AwMatcher) matcher = unfolded != NULL ? aw_matcher_new (database, error) : NULL;
  g_autoptr (AwImport) import = aw_import_new ();
  g_auto (GStrv) cards = NULL;

  if (matcher == NULL)
    return NULL;

  cards = g_regex_split (regex, unfolded, 0);
  for (guint i = 0; cards[i] != NULL && cards[i + 1] != NULL; i++)
    {
      g_autofree char *card = g_strconcat (g_strstrip (cards[i]), "\nEND:VCARD\n", NULL);
      g_autofree char *company = find_company (card);
      g_autoptr (GPtrArray) people = aw_form_people_parse (card);

      for (guint j = 0; j < people->len; j++)
        plan_person (matcher, g_ptr_array_index (people, j), company, import);
    }
  if (aw_matcher_take_error (matcher, error))
    return NULL;
  if (g_list_model_get_n_items (aw_import_get_items (import)) == 0)
    {
      g_set_error_literal (error, AW_EXCHANGE_ERROR, AW_EXCHANGE_ERROR_FORMAT,
                           _("There is no whole card with a name or an address in the file."));
      return NULL;
    }
  return g_steal_pointer (&import);
}
