/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/aw-interview-form.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/aw-plain-text.h"
#include "core/aw-words.h"

#define HALF_HOUR 30 /* minutes */

struct _AwInterviewForm
{
  gatomicrefcount refs;
  char *company;
  char *role; /* NULL: none */
  gint64 starts_at;
  GPtrArray *people;
  AwDate promised;
  GArray *problems;
};

static void
add_problem (AwInterviewForm *self,
             AwFormField field,
             guint person,
             const char *message)
{
  AwFormProblem problem = { field, person, message };

  g_array_append_val (self->problems, problem);
}

static gboolean
year_is_fine (gint64 sec)
{
  /* Years 1 to 9999, with a day's room for zones. */
  return sec >= (gint64) aw_date_from_ymd (1, 1, 2) * AW_DAY && sec < (gint64) aw_date_from_ymd (9999, 12, 31) * AW_DAY;
}

static void
find_problems (AwInterviewForm *self)
{
  if (*self->company == '\0')
    add_problem (self, AW_FORM_COMPANY, 0, _("The company is missing"));
  if (self->starts_at == AW_NEVER || !year_is_fine (self->starts_at))
    add_problem (self, AW_FORM_WHEN, 0, _("The date is missing or out of range"));
  for (guint i = 0; i < self->people->len; i++)
    {
      const AwFormPerson *person = g_ptr_array_index (self->people, i);

      if (person->email != NULL && !aw_form_email_is_valid (person->email))
        add_problem (self, AW_FORM_PERSON, i, _("This is not an e-mail address"));
    }
}

static char *
clean_line (const char *text)
{
  g_autofree char *clean = text != NULL ? aw_plain_text_clean (text, -1, TRUE) : g_strdup ("");

  return g_strdup (g_strstrip (clean));
}

AwInterviewForm *
aw_interview_form_new (const char *company,
                       const char *role,
                       gint64 starts_at,
                       GPtrArray *people,
                       AwDate promised)
{
  AwInterviewForm *self = g_new0 (AwInterviewForm, 1);

  g_atomic_ref_count_init (&self->refs);
  self->company = clean_line (company);
  self->role = clean_line (role);
  if (*self->role == '\0')
    g_clear_pointer (&self->role, g_free);
  self->starts_at = starts_at;
  self->people = g_ptr_array_new_with_free_func ((GDestroyNotify) aw_form_person_free);
  for (guint i = 0; people != NULL && i < people->len; i++)
    g_ptr_array_add (self->people, aw_form_person_copy (g_ptr_array_index (people, i)));
  self->promised = promised;
  self->problems = g_array_new (FALSE, FALSE, sizeof (AwFormProblem));
  find_problems (self);
  return self;
}

AwInterviewForm *
aw_interview_form_ref (AwInterviewForm *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
aw_interview_form_unref (AwInterviewForm *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_free (self->company);
  g_free (self->role);
  g_ptr_array_unref (self->people);
  g_array_unref (self->problems);
  g_free (self);
}

const char *
aw_interview_form_get_company (AwInterviewForm *self)
{
  return self->company;
}

guint
aw_interview_form_get_n_people (AwInterviewForm *self)
{
  return self->people->len;
}

const AwFormPerson *
aw_interview_form_get_person (AwInterviewForm *self,
                              guint i)
{
  g_return_val_if_fail (i < self->people->len, NULL);
  return g_ptr_array_index (self->people, i);
}

guint
aw_interview_form_get_n_problems (AwInterviewForm *self)
{
  return self->problems->len;
}

const AwFormProblem *
aw_interview_form_get_problem (AwInterviewForm *self,
                               guint i)
{
  g_return_val_if_fail (i < self->problems->len, NULL);
  return &g_array_index (self->problems, AwFormProblem, i);
}

/**
 * aw_interview_form_default_start:
 * @calendar: for the user's zone
 * @now: now
 *
 * Returns: today, the last full half hour
 */
gint64
aw_interview_form_default_start (AwCalendar *calendar,
                                 gint64 now)
{
  int minute = aw_calendar_minute_of (calendar, NULL, now);

  return aw_calendar_at (calendar, NULL, aw_calendar_date_of (calendar, NULL, now), minute - minute % HALF_HOUR);
}

/* Commands --------------------------------------------------------------------- */

static AwPerson *
find_known (AwDossier *dossier,
            const AwFormPerson *person)
{
  if (dossier != NULL)
    AW_RECORDS_FOREACH (AwPerson, known, aw_dossier_get_list (dossier, AW_RECORD_PERSON))
      if (aw_form_person_is (person, known->name, known->email))
        return known;
  return NULL;
}

/* Somebody known who now has an address or a role: completed, never overwritten. */
static void
complete_known (AwCommand *command,
                AwPerson *known,
                const AwFormPerson *person)
{
  g_autoptr (AwRecord) edit = aw_record_copy (AW_RECORD (known));
  AwPerson *after = (AwPerson *) edit;

  if (after->email == NULL)
    after->email = g_strdup (person->email);
  if (after->title == NULL)
    after->title = g_strdup (person->title);
  if (after->phone == NULL)
    after->phone = g_strdup (person->phone);
  if (after->roles == NULL && person->roles != 0)
    aw_person_set_roles (after, person->roles);
  if (!aw_record_equal (AW_RECORD (known), edit))
    aw_command_change (command, known, edit);
}

static void
add_person (AwCommand *command,
            const char *opportunity,
            const AwFormPerson *person,
            GStrvBuilder *attendees)
{
  g_autoptr (AwRecord) record = aw_record_new (AW_TYPE_PERSON, opportunity);
  AwPerson *added = (AwPerson *) record;

  added->name = g_strdup (person->name);
  added->title = g_strdup (person->title);
  added->email = g_strdup (person->email);
  added->phone = g_strdup (person->phone);
  if (person->roles != 0)
    aw_person_set_roles (added, person->roles);
  aw_command_add (command, record);
  g_strv_builder_add (attendees, record->id);
}

static void
add_people (AwInterviewForm *self,
            AwCommand *command,
            const char *opportunity,
            AwDossier *round_of,
            GStrvBuilder *attendees)
{
  g_autoptr (GHashTable) listed = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < self->people->len; i++)
    {
      const AwFormPerson *person = g_ptr_array_index (self->people, i);
      AwPerson *known = find_known (round_of, person);

      if (known == NULL)
        add_person (command, opportunity, person, attendees);
      else if (g_hash_table_add (listed, AW_RECORD (known)->id))
        {
          complete_known (command, known, person);
          g_strv_builder_add (attendees, AW_RECORD (known)->id);
        }
    }
}

/**
 * aw_interview_form_to_command:
 * @self: a form without problems
 * @calendar: for the user's zone, which the interview is in
 * @round_of: (nullable): the opportunity that gets a further round
 * @opportunity: (out) (optional) (transfer full): the opportunity's id
 *
 * Returns: (transfer full): one command that makes opportunity, people and
 *   interview. A chosen date is what "they said", so it is firm.
 */
AwCommand *
aw_interview_form_to_command (AwInterviewForm *self,
                              AwCalendar *calendar,
                              AwDossier *round_of,
                              char **opportunity)
{
  g_autoptr (GStrvBuilder) attendees = g_strv_builder_new ();
  g_autoptr (AwRecord) record = NULL;
  g_autoptr (AwRecord) round = NULL;
  AwCommand *command = aw_command_new (round_of != NULL ? _("Round added") : _("Interview added"));
  AwOpportunity *edit;
  AwInterview *interview;

  if (round_of != NULL)
    record = aw_record_copy (AW_RECORD (aw_dossier_get_opportunity (round_of)));
  else
    record = aw_record_new (AW_TYPE_OPPORTUNITY, NULL);
  edit = (AwOpportunity *) record;
  if (round_of == NULL)
    edit->company = g_strdup (self->company);
  if (self->role != NULL && edit->role == NULL)
    edit->role = g_strdup (self->role);
  if (self->promised != AW_DATE_NONE)
    {
      edit->promised_date = self->promised;
      edit->promise_firm = TRUE;
      g_clear_pointer (&edit->promised_by, g_free);
    }
  if (round_of == NULL)
    aw_command_add (command, record);
  else if (!aw_record_equal (record, AW_RECORD (aw_dossier_get_opportunity (round_of))))
    aw_command_change (command, aw_dossier_get_opportunity (round_of), record);

  add_people (self, command, record->id, round_of, attendees);

  round = aw_record_new (AW_TYPE_INTERVIEW, record->id);
  interview = (AwInterview *) round;
  interview->starts_at.sec = self->starts_at;
  interview->starts_at.offset_min = aw_calendar_offset (calendar, NULL, self->starts_at) / 60;
  interview->time_zone = g_strdup (aw_calendar_get_zone (calendar));
  interview->attendees = g_strv_builder_end (attendees);
  if (*interview->attendees == NULL)
    g_clear_pointer (&interview->attendees, g_strfreev);
  aw_command_add (command, round);

  if (opportunity != NULL)
    *opportunity = g_strdup (record->id);
  return command;
}

/**
 * aw_interview_form_toast:
 * @self: a form without problems
 * @calendar: for the user's zone and the policy
 * @now: now
 *
 * Returns: (transfer full): what to say after adding it: how many thank-you
 *   notes are due, and by when (rule R3)
 */
char *
aw_interview_form_toast (AwInterviewForm *self,
                         AwCalendar *calendar,
                         gint64 now)
{
  gint64 end = self->starts_at + AW_HOUR;
  gint64 due = end + (gint64) aw_calendar_get_policy (calendar)->thank_you_hours * AW_HOUR;
  guint n = self->people->len;
  AwDate today = aw_calendar_date_of (calendar, NULL, now);
  g_autofree char *time = NULL;
  g_autofree char *day = NULL;
  AwDate date;

  if (end > now || n == 0)
    return g_strdup (_("Interview added"));
  if (due < now)
    return g_strdup_printf (ngettext ("Interview added. %u thank-you note is late; a short one still counts",
                                      "Interview added. %u thank-you notes are late; short ones still count", n), n);
  date = aw_calendar_date_of (calendar, NULL, due);
  time = aw_words_time (calendar, due);
  if (date == today)
    return g_strdup_printf (ngettext ("Interview added. %u thank-you note is due by %s",
                                      "Interview added. %u thank-you notes are due by %s", n), n, time);
  if (date == today + 1)
    return g_strdup_printf (ngettext ("Interview added. %u thank-you note is due by tomorrow %s",
                                      "Interview added. %u thank-you notes are due by tomorrow %s", n), n, time);
  day = aw_words_weekday_date (date);
  return g_strdup_printf (ngettext ("Interview added. %u thank-you note is due by %s",
                                    "Interview added. %u thank-you notes are due by %s", n), n, day);
}
