/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/aw-calendar.h"
#include "exchange/aw-export.h"

#include <string.h>

/* The names of the columns are those that aw-table.c reads, in every language. */
static const char head[] = "Company,Role,Status,Source,Interview,Duration,Round,Format,Location,People,Interviews,Contacts,"
                           "Last contact,Promised date,My decision date,Rapport,Qualifications,Archived,Notes\r\n";

static void
append_cell (GString *out,
             const char *text)
{
  gboolean quote;

  if (out->len > 0 && out->str[out->len - 1] != '\n')
    g_string_append_c (out, ',');
  if (text == NULL || *text == '\0')
    {
      /* Something must stand there for the next one to know that it isn't the first. */
      g_string_append (out, "\"\"");
      return;
    }

  /* A spreadsheet would take this for a formula, and run it. */
  quote = strpbrk (text, ",\"\r\n") != NULL || g_ascii_isspace (text[0]);
  if (quote)
    g_string_append_c (out, '"');
  if (strchr ("=+-@", text[0]) != NULL && text[1] != '\0')
    g_string_append_c (out, '\'');
  for (; *text != '\0'; text++)
    {
      if (*text == '"')
        g_string_append_c (out, '"');
      g_string_append_c (out, *text);
    }
  if (quote)
    g_string_append_c (out, '"');
}

static void
append_number (GString *out,
               gint64 number)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, number);

  append_cell (out, number >= 0 ? text : NULL);
}

static void
append_date (GString *out,
             AwDate date)
{
  g_autofree char *text = date != AW_DATE_NONE ? aw_date_format (date) : NULL;

  append_cell (out, text);
}

/* In local time, as spreadsheets read it. */
static void
append_time (GString *out,
             AwCalendar *calendar,
             gint64 sec)
{
  g_autofree char *date = NULL;
  g_autofree char *text = NULL;
  int minute;

  if (sec != AW_NEVER)
    {
      date = aw_date_format (aw_calendar_date_of (calendar, NULL, sec));
      minute = aw_calendar_minute_of (calendar, NULL, sec);
      text = g_strdup_printf ("%s %02d:%02d", date, minute / 60, minute % 60);
    }
  append_cell (out, text);
}

static char *
list_people (AwDossier *dossier)
{
  GString *people = g_string_new (NULL);

  AW_RECORDS_FOREACH (AwPerson, person, aw_dossier_get_list (dossier, AW_RECORD_PERSON))
    {
      gboolean has_name = person->name != NULL && *person->name != '\0';
      gboolean has_email = person->email != NULL && *person->email != '\0';

      if (!has_name && !has_email)
        continue;
      if (people->len > 0)
        g_string_append (people, "; ");
      if (has_name)
        g_string_append (people, person->name);
      if (has_email)
        g_string_append_printf (people, has_name ? " <%s>" : "%s", person->email);
    }
  return g_string_free (people, FALSE);
}

static void
append_row (GString *out,
            AwDossier *dossier,
            AwCalendar *calendar)
{
  AwOpportunity *opportunity = aw_dossier_get_opportunity (dossier);
  AwRecordList *interviews = aw_dossier_get_list (dossier, AW_RECORD_INTERVIEW);
  AwRecordList *touches = aw_dossier_get_list (dossier, AW_RECORD_TOUCH);
  g_autofree char *people = list_people (dossier);
  AwInterview *last = NULL;
  gint64 last_contact = AW_NEVER;

  AW_RECORDS_FOREACH (AwInterview, interview, interviews)
    if (aw_instant_is_set (interview->starts_at) && (last == NULL || interview->starts_at.sec > last->starts_at.sec))
      last = interview;
  AW_RECORDS_FOREACH (AwTouch, touch, touches)
    last_contact = MAX (last_contact, touch->at.sec);

  append_cell (out, opportunity->company);
  append_cell (out, opportunity->role);
  append_cell (out, aw_word (&aw_statuses, opportunity->status));
  append_cell (out, opportunity->source);
  append_time (out, calendar, last != NULL ? last->starts_at.sec : AW_NEVER);
  append_number (out, last != NULL ? last->duration_minutes : -1);
  append_cell (out, last != NULL ? aw_word (&aw_stages, last->stage) : NULL);
  append_cell (out, last != NULL ? aw_word (&aw_formats, last->format) : NULL);
  append_cell (out, last != NULL ? last->location : NULL);
  append_cell (out, people);
  append_number (out, aw_record_list_get_length (interviews));
  append_number (out, aw_record_list_get_length (touches));
  append_time (out, calendar, last_contact);
  append_date (out, opportunity->promised_date);
  append_date (out, opportunity->my_decision_date);
  append_cell (out, aw_word (&aw_rapports, opportunity->rapport));
  append_cell (out, opportunity->qualifications);
  append_cell (out, opportunity->archived ? "yes" : "no");
  append_cell (out, opportunity->notes);
  g_string_append (out, "\r\n");
}

/**
 * aw_export_table:
 * @document: all facts
 * @zone: the user's time zone
 *
 * Returns: (transfer full): a CSV file's content, a row an opportunity
 */
GBytes *
aw_export_table (AwDocument *document,
                 const char *zone)
{
  GString *out = g_string_new (head);
  g_autoptr (AwPolicy) defaults = aw_document_get_policy (document) != NULL ? g_object_ref (aw_document_get_policy (document))
                                                                            : g_object_new (AW_TYPE_POLICY, NULL);
  g_autoptr (AwCalendar) calendar = aw_calendar_new (defaults, zone);

  for (guint i = 0; i < aw_document_get_n_dossiers (document); i++)
    append_row (out, aw_document_get_dossier (document, i), calendar);
  return g_string_free_to_bytes (out);
}
