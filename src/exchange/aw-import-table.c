/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/aw-calendar.h"
#include "core/aw-typed-date.h"
#include "exchange/aw-event-words.h"
#include "exchange/aw-matcher.h"
#include "exchange/aw-table.h"

/* Rows of a table as opportunities, each perhaps with an interview and people. */

#define MAX_MINUTES 527040

typedef struct
{
  AwTable *table;
  const AwColumn *columns;
  AwMatcher *matcher;
  AwCalendar *calendar;
  AwDate today;
} Importer;

/* How tables call the statuses; the first of a line is the document's word. */
static const char *const statuses[] = {
  "active|open|applied|interviewing|interview|in progress|pending|waiting|aktiv|offen|beworben|laufend",
  "on-hold|on hold|paused|pausiert",
  "offer|offered|offer received|angebot",
  "accepted|hired|angenommen",
  "declined|turned down|abgelehnt von mir",
  "rejected|rejection|no|abgelehnt|absage|refusé|rechazado",
  "withdrawn|withdrew|zurückgezogen",
  "no-answer|no answer|no response|ghosted|keine antwort",
};

static const char *
cell (Importer *importer,
      guint row,
      AwColumn column)
{
  for (guint i = 0; i < aw_table_get_n_columns (importer->table); i++)
    if (importer->columns[i] == column)
      return aw_table_get_cell (importer->table, row, i);
  return "";
}

static gboolean
parse_word (const char *text,
            const AwVocabulary *vocabulary,
            int *value)
{
  g_autofree char *word = g_utf8_strdown (text, -1);

  return aw_word_parse (vocabulary, g_strdelimit (word, " _", '-'), value);
}

static gboolean
parse_status (const char *text,
              AwStatus *status)
{
  g_autofree char *folded = g_utf8_casefold (text, -1);

  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      g_auto (GStrv) words = g_strsplit (statuses[i], "|", -1);

      if (g_strv_contains ((const char *const *) words, folded))
        {
          *status = i;
          return TRUE;
        }
    }
  return FALSE;
}

static void
fill (char **member,
      const char *text)
{
  if (*text == '\0' || (*member != NULL && **member != '\0'))
    return;
  g_free (*member);
  *member = g_strdup (text);
}

static void
plan_opportunity (Importer *importer,
                  guint row,
                  AwCommand *command,
                  AwDossier *dossier,
                  gboolean fresh,
                  AwImport *import)
{
  AwOpportunity *opportunity = aw_dossier_get_opportunity (dossier);
  g_autoptr (AwOpportunity) changed = aw_record_edit (opportunity);
  const char *status = cell (importer, row, AW_COLUMN_STATUS);

  fill (&changed->role, cell (importer, row, AW_COLUMN_ROLE));
  fill (&changed->source, cell (importer, row, AW_COLUMN_SOURCE));
  fill (&changed->notes, cell (importer, row, AW_COLUMN_NOTES));
  if (*status != '\0' && fresh && !parse_status (status, &changed->status))
    aw_import_add_remark (import, g_strdup_printf (_("Line %u: the status “%s” is not known; “active” is used instead."),
                                                   aw_table_get_line (importer->table, row), status));
  aw_matcher_require (importer->matcher, command, opportunity);
  aw_matcher_put (importer->matcher, command, dossier, opportunity, changed);
}

/* FALSE: @why says what is wrong. Without a date there is no interview. */
static gboolean
read_start (Importer *importer,
            guint row,
            AwInstant *start,
            char **why)
{
  const char *text = cell (importer, row, AW_COLUMN_DATE);
  const char *time = cell (importer, row, AW_COLUMN_TIME);
  AwDate date = AW_DATE_NONE, none;
  int minute = AW_NO_MINUTE;

  *start = AW_INSTANT_NONE;
  if (*text == '\0')
    return TRUE;
  if (aw_instant_parse (text, start))
    return TRUE;
  if (!aw_typed_date_parse (text, importer->today, &date, &minute) || date == AW_DATE_NONE)
    {
      *why = g_strdup_printf (_("“%s” is not readable as a date."), text);
      return FALSE;
    }
  if (*time != '\0' && (!aw_typed_date_parse (time, importer->today, &none, &minute) || minute == AW_NO_MINUTE))
    {
      *why = g_strdup_printf (_("“%s” is not readable as a time of day."), time);
      return FALSE;
    }
  *start = aw_instant (minute != AW_NO_MINUTE ? aw_calendar_at (importer->calendar, NULL, date, minute)
                                              : aw_calendar_morning (importer->calendar, date, NULL));
  start->offset_min = (gint16) (aw_calendar_offset (importer->calendar, NULL, start->sec) / 60);
  return TRUE;
}

static GPtrArray *
read_people (Importer *importer,
             guint row)
{
  const char *email = cell (importer, row, AW_COLUMN_EMAIL);
  GPtrArray *people = aw_form_people_parse (cell (importer, row, AW_COLUMN_PEOPLE));
  AwFormPerson *person;

  if (people->len == 0 && *email == '\0')
    return people;
  if (people->len == 0)
    g_ptr_array_add (people, g_new0 (AwFormPerson, 1));
  /* The other columns are about the first one. */
  person = g_ptr_array_index (people, 0);
  fill (&person->email, email);
  fill (&person->phone, cell (importer, row, AW_COLUMN_PHONE));
  fill (&person->title, cell (importer, row, AW_COLUMN_TITLE));
  if (person->roles == 0 && person->title != NULL)
    person->roles = aw_form_roles_guess (person->title);
  return people;
}

static AwInterview *
find_interview (AwDossier *dossier,
                gint64 start)
{
  AW_RECORDS_FOREACH (AwInterview, interview, aw_dossier_get_list (dossier, AW_RECORD_INTERVIEW))
    if (interview->starts_at.sec == start)
      return interview;
  return NULL;
}

static void
plan_interview (Importer *importer,
                guint row,
                AwCommand *command,
                AwDossier *dossier,
                AwInstant start)
{
  g_autoptr (GPtrArray) people = read_people (importer, row);
  AwInterview *here = aw_instant_is_set (start) ? find_interview (dossier, start.sec) : NULL;
  g_autoptr (AwInterview) changed = here != NULL ? aw_record_edit (here)
                                                 : AW_INTERVIEW (aw_record_new (AW_TYPE_INTERVIEW, aw_dossier_get_id (dossier)));
  const char *minutes = cell (importer, row, AW_COLUMN_DURATION);
  guint64 number;
  int value;

  for (guint i = 0; i < people->len; i++)
    {
      AwPerson *person = aw_matcher_put_person (importer->matcher, command, dossier, g_ptr_array_index (people, i));

      aw_matcher_invite (changed, person);
    }
  if (!aw_instant_is_set (start))
    return;

  changed->starts_at = here != NULL ? here->starts_at : start;
  fill (&changed->location, cell (importer, row, AW_COLUMN_LOCATION));
  if (changed->duration_minutes < 0 && g_ascii_string_to_unsigned (minutes, 10, 0, MAX_MINUTES, &number, NULL))
    changed->duration_minutes = (int) number;
  if (changed->stage == AW_STAGE_UNSET)
    changed->stage = parse_word (cell (importer, row, AW_COLUMN_STAGE), &aw_stages, &value)
                         ? (AwStage) value
                         : aw_event_guess_stage (cell (importer, row, AW_COLUMN_STAGE));
  if (changed->format == AW_FORMAT_UNSET)
    changed->format = parse_word (cell (importer, row, AW_COLUMN_FORMAT), &aw_formats, &value)
                          ? (AwFormat) value
                          : aw_event_guess_format (cell (importer, row, AW_COLUMN_FORMAT), changed->location, NULL);
  if (here != NULL)
    aw_matcher_require (importer->matcher, command, here);
  aw_matcher_put (importer->matcher, command, dossier, here, changed);
}

static void
leave_out (Importer *importer,
           AwImport *import,
           guint row,
           const char *why)
{
  g_autofree char *title = g_strdup_printf (_("Line %u"), aw_table_get_line (importer->table, row));

  aw_import_add (import, aw_import_item_new (AW_IMPORT_LEFT_OUT, title, NULL, why));
}

static void
plan_row (Importer *importer,
          guint row,
          AwImport *import)
{
  const char *company = cell (importer, row, AW_COLUMN_COMPANY);
  const char *role = cell (importer, row, AW_COLUMN_ROLE);
  g_autoptr (AwCommand) command = aw_command_new (NULL);
  g_autofree char *why = NULL;
  AwDossier *dossier;
  AwInstant start;
  gboolean fresh;
  AwImportItem *item;
  AwImportOutcome outcome = AW_IMPORT_CHANGED;

  if (!aw_table_is_readable (importer->table, row))
    {
      leave_out (importer, import, row, _("it is not readable: a quotation mark is open, or there are too many columns."));
      return;
    }
  if (*company == '\0')
    {
      leave_out (importer, import, row, _("it names no company."));
      return;
    }
  if (!read_start (importer, row, &start, &why))
    {
      leave_out (importer, import, row, why);
      return;
    }

  dossier = aw_matcher_find_company (importer->matcher, company, role);
  fresh = dossier == NULL;
  if (fresh)
    {
      dossier = aw_matcher_add_company (importer->matcher, company, role);
      outcome = AW_IMPORT_ADDED;
    }
  plan_opportunity (importer, row, command, dossier, fresh, import);
  plan_interview (importer, row, command, dossier, start);
  if (aw_command_is_empty (command))
    outcome = AW_IMPORT_SAME;
  else if (aw_matcher_is_new (importer->matcher, aw_dossier_get_opportunity (dossier)))
    outcome = AW_IMPORT_ADDED;

  item = aw_import_item_new (outcome, company, *role != '\0' ? role : NULL, NULL);
  if (!aw_command_is_empty (command))
    aw_import_item_set_command (item, command);
  aw_import_add (import, item);
}

/**
 * aw_import_plan_table:
 * @table: a table
 * @columns: (nullable) (array): what each column is about; %NULL: as guessed
 * @database: what is here
 * @zone: the user's time zone
 * @now: the present, in seconds
 * @error: return location
 *
 * A row whose company and role are here already fills in what is not known
 * there; nothing is overwritten.
 *
 * Returns: (transfer full) (nullable): what importing it would change
 */
AwImport *
aw_import_plan_table (AwTable *table,
                      const AwColumn *columns,
                      AwDatabase *database,
                      const char *zone,
                      gint64 now,
                      GError **error)
{
  guint n = aw_table_get_n_columns (table);
  g_autofree AwColumn *guessed = g_new0 (AwColumn, n + 1);
  g_autoptr (AwMatcher) matcher = NULL;
  g_autoptr (AwPolicy) policy = NULL;
  g_autoptr (AwCalendar) calendar = NULL;
  g_autoptr (AwImport) import = aw_import_new ();
  Importer importer = { 0 };
  gboolean has_company = FALSE;

  for (guint i = 0; i < n; i++)
    {
      guessed[i] = columns != NULL ? columns[i] : aw_table_guess_column (table, i);
      has_company |= guessed[i] == AW_COLUMN_COMPANY;
    }
  if (!has_company)
    {
      g_set_error_literal (error, AW_EXCHANGE_ERROR, AW_EXCHANGE_ERROR_FORMAT,
                           _("No column of the table is named “Company”; name the one that holds the companies so."));
      return NULL;
    }

  matcher = aw_matcher_new (database, error);
  policy = matcher != NULL ? aw_database_load_policy (database, error) : NULL;
  if (policy == NULL)
    return NULL;
  calendar = aw_calendar_new (policy, zone);
  importer.table = table;
  importer.columns = guessed;
  importer.matcher = matcher;
  importer.calendar = calendar;
  importer.today = aw_calendar_date_of (calendar, NULL, now);
  for (guint i = 0; i < aw_table_get_n_rows (table); i++)
    plan_row (&importer, i, import);
  return aw_matcher_take_error (matcher, error) ? NULL : g_steal_pointer (&import);
}
