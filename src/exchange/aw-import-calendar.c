/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/aw-import-calendar.h"

#include <glib/gi18n-lib.h>
#include <libical/ical.h>
#include <string.h>
#include <unicode/ucal.h>
#include <unicode/ustring.h>

#include "core/aw-words.h"
#include "exchange/aw-event-words.h"
#include "exchange/aw-matcher.h"
#include "exchange/aw-text.h"

/* Events of a calendar as interviews. */

/* libical goes down into what is nested by recursion. */
#define MAX_DEPTH 16
#define MAX_EVENTS 20000
#define MAX_MINUTES 527040

typedef struct
{
  AwMatcher *matcher;
  AwCalendar *calendar; /* the user's */
  gboolean cancelling;  /* METHOD:CANCEL */
} Importer;

typedef struct
{
  char *uid;
  char *summary;
  char *description;
  char *location;
  char *zone;          /* name, or NULL: the user's */
  AwInstant start;
  int minutes;
  int sequence;
  gboolean cancelled;
  GPtrArray *people;   /* AwFormPerson, without the user */
  AwFormPerson *organizer;
} Event;

static void
event_clear (Event *event)
{
  g_free (event->uid);
  g_free (event->summary);
  g_free (event->description);
  g_free (event->location);
  g_free (event->zone);
  g_clear_pointer (&event->people, g_ptr_array_unref);
  g_clear_pointer (&event->organizer, aw_form_person_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Event, event_clear)

/* Reading an event --------------------------------------------------------- */

static char *
dup_text (const char *text)
{
  g_autofree char *valid = text != NULL ? g_utf8_make_valid (text, -1) : NULL;

  if (valid == NULL)
    return NULL;
  g_strstrip (valid);
  return *valid != '\0' ? g_steal_pointer (&valid) : NULL;
}

static char *
known_zone (const char *name)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (name);

  return zone != NULL ? g_strdup (name) : NULL;
}

/* The zone's name: as it stands there, behind the prefix of the program that
 * wrote it, or for the name that Windows has for it. */
static char *
find_zone (const char *tzid)
{
  g_auto (GStrv) parts = g_strsplit (tzid, "/", -1);
  guint n = g_strv_length (parts);
  char *name = known_zone (tzid);
  UErrorCode status = U_ZERO_ERROR;
  UChar windows[128], iana[128];
  char utf8[128];
  int32_t length;

  for (guint i = 3; name == NULL && i >= 2; i--)
    if (n > i)
      {
        g_autofree char *tail = g_strjoinv ("/", parts + n - i);

        name = known_zone (tail);
      }
  if (name != NULL || strlen (tzid) >= G_N_ELEMENTS (windows))
    return name;

  u_uastrcpy (windows, tzid);
  length = ucal_getTimeZoneIDForWindowsID (windows, -1, NULL, iana, G_N_ELEMENTS (iana), &status);
  if (U_FAILURE (status) || length <= 0 || length >= (int32_t) sizeof utf8)
    return NULL;
  u_austrcpy (utf8, iana);
  return known_zone (utf8);
}

/* Not by libical, whose newer versions take every year before 1902 for 1970. */
static gint64
seconds_of (Importer *importer,
            const char *zone,
            icaltimetype time)
{
  return aw_calendar_at (importer->calendar, zone, aw_date_from_ymd (time.year, time.month, time.day), time.hour * 60 + time.minute) +
         MIN (time.second, 59);
}

/* @zone: out, NULL where the time names none. */
static gboolean
read_time (Importer *importer,
           icalcomponent *event,
           icalproperty *property,
           icaltimetype time,
           AwInstant *instant,
           char **zone)
{
  icalparameter *parameter = property != NULL ? icalproperty_get_first_parameter (property, ICAL_TZID_PARAMETER) : NULL;
  const char *tzid = parameter != NULL ? icalparameter_get_tzid (parameter) : NULL;
  g_autofree char *name = tzid != NULL ? find_zone (tzid) : NULL;
  icalcomponent *calendar = icalcomponent_get_parent (event);
  int offset;

  if (icaltime_is_null_time (time) || !icaltime_is_valid_time (time) || time.is_date || time.year < 1 || time.year > 9998)
    return FALSE;

  if (icaltime_is_utc (time))
    {
      *instant = aw_instant (seconds_of (importer, "UTC", time));
      return TRUE;
    }
  if (tzid != NULL && name == NULL && calendar != NULL)
    {
      icaltimezone *own = icalcomponent_get_timezone (calendar, tzid);

      if (own != NULL)
        {
          icaltimezone_convert_time (&time, own, icaltimezone_get_utc_timezone ());
          *instant = aw_instant (seconds_of (importer, "UTC", time));
          return TRUE;
        }
    }

  instant->sec = seconds_of (importer, name, time);
  offset = aw_calendar_offset (importer->calendar, name, instant->sec);
  instant->offset_min = (gint16) (offset / 60);
  if (zone != NULL)
    *zone = g_steal_pointer (&name);
  return TRUE;
}

static AwFormPerson *
read_person (icalproperty *property,
             const char *value)
{
  icalparameter *cn = icalproperty_get_first_parameter (property, ICAL_CN_PARAMETER);
  AwFormPerson *person;
  const char *email = value != NULL ? value : "";

  if (g_ascii_strncasecmp (email, "mailto:", 7) == 0)
    email += 7;
  if (!aw_form_email_is_valid (email) && cn == NULL)
    return NULL;

  person = g_new0 (AwFormPerson, 1);
  if (aw_form_email_is_valid (email))
    person->email = dup_text (email);
  person->name = cn != NULL ? dup_text (icalparameter_get_cn (cn)) : NULL;
  /* Many programs give the address as the name. */
  if (person->name != NULL && (strchr (person->name, '@') != NULL || g_strcmp0 (person->name, person->email) == 0))
    g_clear_pointer (&person->name, g_free);
  return person;
}

static gboolean
is_room (icalproperty *property)
{
  icalparameter *type = icalproperty_get_first_parameter (property, ICAL_CUTYPE_PARAMETER);

  return type != NULL && (icalparameter_get_cutype (type) == ICAL_CUTYPE_ROOM ||
                          icalparameter_get_cutype (type) == ICAL_CUTYPE_RESOURCE);
}

/* The guests without me. Where no account tells who I am, I am the one with a
 * private address among those of a company. */
static void
read_people (Importer *importer,
             icalcomponent *component,
             Event *event)
{
  icalproperty *property = icalcomponent_get_first_property (component, ICAL_ORGANIZER_PROPERTY);

  event->people = g_ptr_array_new_with_free_func ((GDestroyNotify) aw_form_person_free);
  if (property != NULL)
    event->organizer = read_person (property, icalproperty_get_organizer (property));
  if (event->organizer != NULL && event->organizer->email != NULL &&
      aw_matcher_is_mine (importer->matcher, event->organizer->email))
    g_clear_pointer (&event->organizer, aw_form_person_free);

  for (property = icalcomponent_get_first_property (component, ICAL_ATTENDEE_PROPERTY); property != NULL;
       property = icalcomponent_get_next_property (component, ICAL_ATTENDEE_PROPERTY))
    {
      g_autoptr (AwFormPerson) person = is_room (property) ? NULL : read_person (property, icalproperty_get_attendee (property));
      gboolean by_company = event->organizer != NULL && event->organizer->email != NULL &&
                            !aw_address_is_private (event->organizer->email);

      if (person == NULL)
        continue;
      if (person->email != NULL && (aw_matcher_is_mine (importer->matcher, person->email) ||
                                    (by_company && aw_address_is_private (person->email))))
        continue;
      g_ptr_array_add (event->people, g_steal_pointer (&person));
    }
}

static gboolean
read_event (Importer *importer,
            icalcomponent *component,
            Event *event)
{
  icalproperty *property = icalcomponent_get_first_property (component, ICAL_DTSTART_PROPERTY);
  icalproperty *end = icalcomponent_get_first_property (component, ICAL_DTEND_PROPERTY);
  icalproperty *recurrence = icalcomponent_get_first_property (component, ICAL_RECURRENCEID_PROPERTY);
  AwInstant until;

  event->uid = dup_text (icalcomponent_get_uid (component));
  event->summary = dup_text (icalcomponent_get_summary (component));
  event->description = dup_text (icalcomponent_get_description (component));
  event->location = dup_text (icalcomponent_get_location (component));
  event->sequence = icalcomponent_get_sequence (component);
  event->cancelled = importer->cancelling || icalcomponent_get_status (component) == ICAL_STATUS_CANCELLED;
  event->minutes = -1;
  if (event->uid != NULL && recurrence != NULL)
    {
      /* One of a series that was moved is an event of its own. */
      g_autofree char *uid = g_steal_pointer (&event->uid);

      event->uid = g_strdup_printf ("%s#%s", uid, icaltime_as_ical_string (icalproperty_get_recurrenceid (recurrence)));
    }
  read_people (importer, component, event);

  if (property == NULL ||
      !read_time (importer, component, property, icalproperty_get_dtstart (property), &event->start, &event->zone))
    return FALSE;
  if (end != NULL)
    {
      if (read_time (importer, component, end, icalproperty_get_dtend (end), &until, NULL) && until.sec >= event->start.sec &&
          until.sec - event->start.sec <= MAX_MINUTES * 60)
        event->minutes = (int) ((until.sec - event->start.sec) / 60);
    }
  else if (icalcomponent_get_first_property (component, ICAL_DURATION_PROPERTY) != NULL)
    {
      int seconds = icaldurationtype_as_int (icalcomponent_get_duration (component));

      if (seconds >= 0 && seconds / 60 <= MAX_MINUTES)
        event->minutes = seconds / 60;
    }
  return TRUE;
}

/* Planning ----------------------------------------------------------------- */

static AwDossier *
find_by_people (Importer *importer,
                Event *event)
{
  AwDossier *dossier = NULL;

  for (guint i = 0; dossier == NULL && i < event->people->len; i++)
    {
      AwFormPerson *person = g_ptr_array_index (event->people, i);

      if (person->email != NULL)
        dossier = aw_matcher_find_address (importer->matcher, person->email);
    }
  if (dossier == NULL && event->organizer != NULL && event->organizer->email != NULL)
    dossier = aw_matcher_find_address (importer->matcher, event->organizer->email);
  return dossier;
}

static gboolean
is_somebody (Event *event,
             const char *name)
{
  for (guint i = 0; i < event->people->len; i++)
    if (aw_form_person_is (g_ptr_array_index (event->people, i), name, NULL))
      return TRUE;
  return event->organizer != NULL && aw_form_person_is (event->organizer, name, NULL);
}

static char *
guess_company (Event *event)
{
  g_autofree char *company = event->summary != NULL ? aw_event_guess_company (event->summary) : NULL;
  char *by_address = NULL;

  /* "Interview with Ada Park" names no company. */
  if (company != NULL && !is_somebody (event, company))
    return g_steal_pointer (&company);

  if (event->organizer != NULL && event->organizer->email != NULL)
    by_address = aw_address_guess_company (event->organizer->email);
  for (guint i = 0; by_address == NULL && i < event->people->len; i++)
    {
      AwFormPerson *person = g_ptr_array_index (event->people, i);

      if (person->email != NULL)
        by_address = aw_address_guess_company (person->email);
    }
  if (by_address != NULL)
    return by_address;
  return g_strdup (event->summary != NULL ? event->summary : _("Unnamed company"));
}

static AwInterview *
find_by_start (AwDossier *dossier,
               gint64 start)
{
  AW_RECORDS_FOREACH (AwInterview, interview, aw_dossier_get_list (dossier, AW_RECORD_INTERVIEW))
    if (interview->starts_at.sec == start && interview->uid == NULL)
      return interview;
  return NULL;
}

static char *
find_link (const char *text)
{
  g_autoptr (GRegex) regex = g_regex_new ("https?://[^\\s<>\"]+", G_REGEX_CASELESS, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;

  return text != NULL && g_regex_match (regex, text, 0, &match) ? g_match_info_fetch (match, 0) : NULL;
}

static void
set_text (char **member,
          const char *text)
{
  if (text == NULL)
    return;
  g_free (*member);
  *member = g_strdup (text);
}

/* What the event says replaces what it said before; what the user wrote down
 * besides stays. */
static void
take_over (AwInterview *interview,
           Event *event)
{
  g_autofree char *link = event->location == NULL ? find_link (event->description) : NULL;

  interview->starts_at = event->start;
  set_text (&interview->time_zone, event->zone);
  set_text (&interview->uid, event->uid);
  set_text (&interview->location, event->location != NULL ? event->location : link);
  if (event->minutes >= 0)
    interview->duration_minutes = event->minutes;
  if (event->sequence > 0 || interview->sequence >= 0)
    interview->sequence = event->sequence;
  interview->cancelled = event->cancelled;
  if (interview->stage == AW_STAGE_UNSET && event->summary != NULL)
    interview->stage = aw_event_guess_stage (event->summary);
  if (interview->format == AW_FORMAT_UNSET)
    interview->format = aw_event_guess_format (event->summary, interview->location, event->description);
}

static void
plan_people (Importer *importer,
             AwCommand *command,
             AwDossier *dossier,
             AwInterview *interview,
             Event *event)
{
  for (guint i = 0; i < event->people->len; i++)
    aw_matcher_invite (interview, aw_matcher_put_person (importer->matcher, command, dossier, g_ptr_array_index (event->people, i)));
  if (event->organizer != NULL)
    {
      AwPerson *person = aw_matcher_put_person (importer->matcher, command, dossier, event->organizer);

      /* Who invites is often somebody else than who is there. */
      if (event->people->len == 0 && interview->attendees == NULL)
        aw_matcher_invite (interview, person);
    }
}

static char *
describe (Importer *importer,
          Event *event,
          gboolean here)
{
  AwDate date = aw_calendar_date_of (importer->calendar, NULL, event->start.sec);
  int minute = aw_calendar_minute_of (importer->calendar, NULL, event->start.sec);
  g_autofree char *day = aw_words_date (date);
  g_autofree char *when = g_strdup_printf ("%s, %02d:%02d", day, minute / 60, minute % 60);

  if (here)
    /* Translators: a date and time, then this. */
    return g_strdup_printf (_("%s · Already here, will be updated"), when);
  if (event->people->len == 0)
    return g_steal_pointer (&when);
  return g_strdup_printf (ngettext ("%s · %u person invited", "%s · %u people invited", event->people->len), when,
                          event->people->len);
}

static AwImportItem *
leave_out (Event *event,
           const char *why)
{
  return aw_import_item_new (AW_IMPORT_LEFT_OUT, event->summary != NULL ? event->summary : _("Event without a title"), NULL, why);
}

static AwImportItem *
plan_event (Importer *importer,
            Event *event)
{
  AwInterview *interview = NULL;
  g_autoptr (AwInterview) changed = NULL;
  g_autoptr (AwCommand) command = aw_command_new (NULL);
  g_autofree char *details = NULL;
  AwDossier *dossier = event->uid != NULL ? aw_matcher_find_uid (importer->matcher, event->uid, &interview) : NULL;
  AwImportOutcome outcome = AW_IMPORT_ADDED;
  const char *why = NULL;
  gboolean likely = TRUE;
  AwImportItem *item;

  if (interview != NULL && interview->sequence > event->sequence)
    return leave_out (event, _("what is here is newer."));
  if (dossier == NULL)
    {
      dossier = find_by_people (importer, event);
      if (dossier == NULL && event->summary != NULL)
        dossier = aw_matcher_find_mention (importer->matcher, event->summary);
      likely = dossier != NULL || aw_event_looks_like_interview (event->summary, event->description);
    }
  if (dossier != NULL && interview == NULL)
    interview = find_by_start (dossier, event->start.sec);
  if (event->cancelled && interview == NULL)
    return leave_out (event, _("it was cancelled."));
  if (dossier == NULL)
    {
      g_autofree char *company = guess_company (event);

      /* What is likely no interview shall not draw others to it. */
      dossier = likely ? aw_matcher_find_company (importer->matcher, company, NULL) : NULL;
      if (dossier == NULL)
        dossier = aw_matcher_add_company (importer->matcher, company, NULL);
    }

  changed = interview != NULL ? aw_record_edit (interview)
                              : AW_INTERVIEW (aw_record_new (AW_TYPE_INTERVIEW, aw_dossier_get_id (dossier)));
  take_over (changed, event);
  plan_people (importer, command, dossier, changed, event);
  if (interview != NULL)
    aw_matcher_require (importer->matcher, command, interview);
  aw_matcher_put (importer->matcher, command, dossier, interview, changed);

  if (!likely)
    {
      outcome = AW_IMPORT_LEFT_OUT;
      why = _("it does not look like an interview.");
    }
  else if (aw_command_is_empty (command))
    outcome = AW_IMPORT_SAME;
  else if (interview != NULL && !aw_matcher_is_new (importer->matcher, interview))
    outcome = AW_IMPORT_CHANGED;

  details = describe (importer, event, outcome == AW_IMPORT_CHANGED);
  item = aw_import_item_new (outcome, event->summary != NULL ? event->summary : _("Event without a title"), details, why);
  if (!aw_command_is_empty (command))
    aw_import_item_set_command (item, command);
  return item;
}

static void
plan_component (Importer *importer,
                icalcomponent *component,
                AwImport *import)
{
  g_auto (Event) event = { 0 };

  if (!read_event (importer, component, &event))
    aw_import_add (import, leave_out (&event, _("it has no time of day.")));
  else if (icalcomponent_get_first_property (component, ICAL_RRULE_PROPERTY) != NULL)
    aw_import_add (import, leave_out (&event, _("it comes again and again.")));
  else
    aw_import_add (import, plan_event (importer, &event));
}

static void
plan_calendar (Importer *importer,
               icalcomponent *calendar,
               AwImport *import)
{
  importer->cancelling = icalcomponent_get_method (calendar) == ICAL_METHOD_CANCEL;
  for (icalcomponent *component = icalcomponent_get_first_component (calendar, ICAL_VEVENT_COMPONENT); component != NULL;
       component = icalcomponent_get_next_component (calendar, ICAL_VEVENT_COMPONENT))
    if (g_list_model_get_n_items (aw_import_get_items (import)) < MAX_EVENTS)
      plan_component (importer, component, import);
}

/* Whether begins and ends match and are not nested deep; else the line. */
static gboolean
check_nesting (const char *text,
               GError **error)
{
  int depth = 0;
  guint line = 1;

  for (const char *at = text; at != NULL && *at != '\0'; line++)
    {
      if (g_ascii_strncasecmp (at, "BEGIN:", 6) == 0)
        depth++;
      else if (g_ascii_strncasecmp (at, "END:", 4) == 0)
        depth--;
      if (depth < 0 || depth > MAX_DEPTH)
        {
          g_set_error (error, AW_EXCHANGE_ERROR, AW_EXCHANGE_ERROR_PLACE, _("Line %u: the calendar is not readable from here."), line);
          return FALSE;
        }
      at = strchr (at, '\n');
      at = at != NULL ? at + 1 : NULL;
    }
  if (depth != 0)
    {
      g_set_error (error, AW_EXCHANGE_ERROR, AW_EXCHANGE_ERROR_PLACE,
                   _("Line %u: the calendar ends too early; get the whole file."), line);
      return FALSE;
    }
  return TRUE;
}

/**
 * aw_import_plan_calendar:
 * @bytes: an iCalendar file's content
 * @database: what is here
 * @zone: the user's time zone
 * @error: return location
 *
 * Events that look like interviews are found again by their id, by who is
 * invited, by the company in their title; the others are listed but not
 * selected.
 *
 * Returns: (transfer full) (nullable): what importing it would change
 */
AwImport *
aw_import_plan_calendar (GBytes *bytes,
                         AwDatabase *database,
                         const char *zone,
                         GError **error)
{
  g_autofree char *text = aw_text_read (bytes, error);
  g_autoptr (AwMatcher) matcher = NULL;
  g_autoptr (AwImport) import = aw_import_new ();
  g_autoptr (AwPolicy) policy = NULL;
  g_autoptr (AwCalendar) calendar = NULL;
  Importer importer = { 0 };
  icalcomponent *root;

  if (text == NULL || !check_nesting (text, error))
    return NULL;
  matcher = aw_matcher_new (database, error);
  policy = matcher != NULL ? aw_database_load_policy (database, error) : NULL;
  if (policy == NULL)
    return NULL;

  calendar = aw_calendar_new (policy, zone);
  importer.matcher = matcher;
  importer.calendar = calendar;
  root = icalparser_parse_string (text);
  if (root == NULL)
    {
      g_set_error_literal (error, AW_EXCHANGE_ERROR, AW_EXCHANGE_ERROR_FORMAT, _("The calendar is not readable."));
      return NULL;
    }
  if (icalcomponent_isa (root) == ICAL_VCALENDAR_COMPONENT)
    plan_calendar (&importer, root, import);
  else
    for (icalcomponent *child = icalcomponent_get_first_component (root, ICAL_VCALENDAR_COMPONENT); child != NULL;
         child = icalcomponent_get_next_component (root, ICAL_VCALENDAR_COMPONENT))
      plan_calendar (&importer, child, import);
  icalcomponent_free (root);

  if (aw_matcher_take_error (matcher, error))
    return NULL;
  if (g_list_model_get_n_items (aw_import_get_items (import)) == 0)
    {
      g_set_error_literal (error, AW_EXCHANGE_ERROR, AW_EXCHANGE_ERROR_FORMAT, _("There is no event in the calendar."));
      return NULL;
    }
  return g_steal_pointer (&import);
}
