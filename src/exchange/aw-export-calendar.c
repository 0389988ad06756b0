/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <libical/ical.h>

#include "exchange/aw-export.h"

/* In UTC: so no time zone must be described, and none can be misread. */
static gboolean
make_time (gint64 sec,
           icaltimetype *time)
{
  g_autoptr (GDateTime) utc = sec != AW_NEVER ? g_date_time_new_from_unix_utc (sec) : NULL;

  if (utc == NULL)
    return FALSE;
  *time = icaltime_null_time ();
  time->year = g_date_time_get_year (utc);
  time->month = g_date_time_get_month (utc);
  time->day = g_date_time_get_day_of_month (utc);
  time->hour = g_date_time_get_hour (utc);
  time->minute = g_date_time_get_minute (utc);
  time->second = g_date_time_get_second (utc);
  time->zone = icaltimezone_get_utc_timezone ();
  return TRUE;
}

static icalcomponent *
new_component (icalcomponent_kind kind,
               const char *uid,
               gint64 now)
{
  icalcomponent *component = icalcomponent_new (kind);
  icaltimetype stamp;

  icalcomponent_set_uid (component, uid);
  if (make_time (now, &stamp))
    icalcomponent_set_dtstamp (component, stamp);
  return component;
}

static char *
make_title (AwOpportunity *opportunity)
{
  const char *company = opportunity->company != NULL ? opportunity->company : "";

  if (opportunity->role == NULL || *opportunity->role == '\0')
    /* Translators: an event's title; a company. */
    return g_strdup_printf (_("Interview: %s"), company);
  /* Translators: an event's title; a company and a role. */
  return g_strdup_printf (_("Interview: %s, %s"), company, opportunity->role);
}

/* Guests would be invited by some calendars: so who is there is only a text. */
static char *
list_guests (AwDossier *dossier,
             AwInterview *interview)
{
  GString *names = g_string_new (NULL);

  for (char **id = interview->attendees; id != NULL && *id != NULL; id++)
    {
      AwPerson *person = aw_dossier_find_person (dossier, *id);

      if (person == NULL || *aw_person_get_short_name (person) == '\0')
        continue;
      g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", aw_person_get_short_name (person));
    }
  return g_string_free (names, FALSE);
}

static void
add_interview (icalcomponent *calendar,
               AwDossier *dossier,
               AwInterview *interview,
               gint64 now)
{
  g_autofree char *own_uid = g_strdup_printf ("%s@afterword", AW_ID (interview));
  g_autofree char *title = make_title (aw_dossier_get_opportunity (dossier));
  g_autofree char *guests = list_guests (dossier, interview);
  icaltimetype start, end;
  icalcomponent *event;

  if (!make_time (interview->starts_at.sec, &start))
    return;
  event = new_component (ICAL_VEVENT_COMPONENT, interview->uid != NULL ? interview->uid : own_uid, now);
  icalcomponent_set_dtstart (event, start);
  if (make_time (aw_interview_get_end (interview), &end))
    icalcomponent_set_dtend (event, end);
  icalcomponent_set_summary (event, title);
  if (interview->location != NULL && *interview->location != '\0')
    icalcomponent_set_location (event, interview->location);
  if (*guests != '\0')
    icalcomponent_set_description (event, guests);
  if (interview->sequence >= 0)
    icalcomponent_set_sequence (event, interview->sequence);
  icalcomponent_set_status (event, interview->cancelled ? ICAL_STATUS_CANCELLED : ICAL_STATUS_CONFIRMED);
  icalcomponent_add_component (calendar, event);
}

static void
add_task (icalcomponent *calendar,
          const AwExportTask *task,
          gint64 now)
{
  g_autofree char *uid = g_strdup_printf ("%s/%s@afterword", task->opportunity, task->key);
  icalcomponent *todo = new_component (ICAL_VTODO_COMPONENT, uid, now);
  icaltimetype opens, due;

  if (make_time (task->opens, &opens) && task->opens <= task->due)
    icalcomponent_set_dtstart (todo, opens);
  if (make_time (task->due, &due))
    icalcomponent_set_due (todo, due);
  icalcomponent_set_summary (todo, task->title);
  if (task->reason != NULL && *task->reason != '\0')
    icalcomponent_set_description (todo, task->reason);
  icalcomponent_set_status (todo, ICAL_STATUS_NEEDSACTION);
  icalcomponent_add_component (calendar, todo);
}

/**
 * aw_export_calendar:
 * @document: all facts
 * @tasks: (array length=n_tasks): the open follow-ups
 * @n_tasks: how many
 * @now: when the file is made, in seconds
 *
 * Returns: (transfer full): an iCalendar file's content
 */
GBytes *
aw_export_calendar (AwDocument *document,
                    const AwExportTask *tasks,
                    gsize n_tasks,
                    gint64 now)
{
  icalcomponent *calendar = icalcomponent_new (ICAL_VCALENDAR_COMPONENT);
  char *text;
  GBytes *bytes;

  icalcomponent_add_property (calendar, icalproperty_new_version ("2.0"));
  icalcomponent_add_property (calendar, icalproperty_new_prodid ("-//Afterword//Afterword " VERSION "//EN"));
  for (guint i = 0; i < aw_document_get_n_dossiers (document); i++)
    {
      AwDossier *dossier = aw_document_get_dossier (document, i);

      AW_RECORDS_FOREACH (AwInterview, interview, aw_dossier_get_list (dossier, AW_RECORD_INTERVIEW))
        add_interview (calendar, dossier, interview, now);
    }
  for (gsize i = 0; i < n_tasks; i++)
    add_task (calendar, &tasks[i], now);

  text = icalcomponent_as_ical_string_r (calendar);
  bytes = g_bytes_new (text, strlen (text));
  icalmemory_free_buffer (text);
  icalcomponent_free (calendar);
  return bytes;
}
