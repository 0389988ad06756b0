/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <locale.h>
#include <string.h>

#include "core/aw-dossier-private.h"
#include "core/aw-interview-form.h"
#include "core/aw-timeline-marks.h"

/* Thursday 2026-03-05, 15:10 UTC. */
#define NOW 1772723400
#define MIDNIGHT (NOW - (15 * 60 + 10) * 60)

static AwCalendar *
make_calendar (const char *zone)
{
  g_autoptr (AwRecord) policy = aw_record_new (AW_TYPE_POLICY, NULL);

  return aw_calendar_new ((AwPolicy *) policy, zone);
}

static gpointer
added (AwCommand *command,
       AwRecordKind kind,
       guint n)
{
  for (guint i = 0; i < aw_command_get_n_changes (command); i++)
    {
      const AwChange *change = aw_command_get_change (command, i);

      if (change->after != NULL && aw_record_get_kind (change->after) == kind && n-- == 0)
        return change->after;
    }
  return NULL;
}

static void
test_start (void)
{
  g_autoptr (AwCalendar) utc = make_calendar ("UTC");
  g_autoptr (AwCalendar) kathmandu = make_calendar ("Asia/Kathmandu"); /* +05:45 */

  g_assert_cmpint (aw_interview_form_default_start (utc, NOW), ==, MIDNIGHT + 15 * AW_HOUR);
  g_assert_cmpint (aw_interview_form_default_start (utc, MIDNIGHT + 14 * AW_HOUR + 1800), ==, MIDNIGHT + 14 * AW_HOUR + 1800);
  /* 20:55 there */
  g_assert_cmpint (aw_interview_form_default_start (kathmandu, NOW), ==, NOW - 25 * 60);
}

static void
test_problems (void)
{
  g_autoptr (GPtrArray) people = aw_form_people_parse ("Aiko <aiko@finch.example>\nMarcus <marcus@>");
  g_autoptr (AwInterviewForm) empty = aw_interview_form_new ("  ", NULL, AW_NEVER, NULL, AW_DATE_NONE);
  g_autoptr (AwInterviewForm) form = aw_interview_form_new (" Harbor & Finch\n", "", NOW, people, AW_DATE_NONE);
  g_autoptr (AwInterviewForm) early = aw_interview_form_new ("C", NULL, (gint64) aw_date_from_ymd (1, 1, 1) * AW_DAY - AW_DAY, NULL, AW_DATE_NONE);

  g_assert_cmpuint (aw_interview_form_get_n_problems (empty), ==, 2);
  g_assert_cmpint (aw_interview_form_get_problem (empty, 0)->field, ==, AW_FORM_COMPANY);
  g_assert_cmpint (aw_interview_form_get_problem (empty, 1)->field, ==, AW_FORM_WHEN);
  g_assert_cmpstr (aw_interview_form_get_company (form), ==, "Harbor & Finch");
  g_assert_cmpuint (aw_interview_form_get_n_problems (form), ==, 1);
  g_assert_cmpint (aw_interview_form_get_problem (form, 0)->field, ==, AW_FORM_PERSON);
  g_assert_cmpuint (aw_interview_form_get_problem (form, 0)->person, ==, 1);
  g_assert_cmpstr (aw_interview_form_get_problem (form, 0)->message, ==, "This is not an e-mail address");
  g_assert_cmpuint (aw_interview_form_get_n_problems (early), ==, 1);
}

static void
test_command (void)
{
  g_autoptr (AwCalendar) calendar = make_calendar ("America/New_York");
  g_autoptr (GPtrArray) people = aw_form_people_parse ("Marcus Bell, hiring manager\nAiko Tanaka <aiko@finch.example>, HR\nBo");
  AwDate promised = aw_date_from_ymd (2026, 3, 19);
  g_autoptr (AwInterviewForm) form = aw_interview_form_new ("Harbor & Finch", "Developer", NOW, people, promised);
  g_autofree char *id = NULL;
  g_autoptr (AwCommand) command = aw_interview_form_to_command (form, calendar, NULL, &id);
  AwOpportunity *opportunity = added (command, AW_RECORD_OPPORTUNITY, 0);
  AwInterview *interview = added (command, AW_RECORD_INTERVIEW, 0);
  AwPerson *marcus = added (command, AW_RECORD_PERSON, 0);
  AwPerson *aiko = added (command, AW_RECORD_PERSON, 1);
  AwPerson *bo = added (command, AW_RECORD_PERSON, 2);

  g_assert_cmpuint (aw_command_get_n_changes (command), ==, 5);
  g_assert_cmpstr (AW_ID (opportunity), ==, id);
  g_assert_cmpstr (opportunity->company, ==, "Harbor & Finch");
  g_assert_cmpstr (opportunity->role, ==, "Developer");
  g_assert_cmpint (opportunity->promised_date, ==, promised);
  g_assert_true (opportunity->promise_firm);
  g_assert_cmpint (interview->starts_at.sec, ==, NOW);
  g_assert_cmpint (interview->starts_at.offset_min, ==, -300);
  g_assert_cmpstr (interview->time_zone, ==, "America/New_York");
  g_assert_cmpuint (g_strv_length (interview->attendees), ==, 3);
  g_assert_true (aw_strv_has (interview->attendees, AW_ID (marcus)));
  g_assert_cmpint (aw_person_get_roles (marcus), ==, AW_ROLE_HIRING_MANAGER);
  g_assert_cmpint (aw_person_get_roles (aiko), ==, AW_ROLE_HR);
  g_assert_cmpstr (aiko->email, ==, "aiko@finch.example");
  g_assert_null (bo->roles); /* not said: an interviewer */
}

static void
test_round (void)
{
  g_autoptr (AwCalendar) calendar = make_calendar ("UTC");
  g_autoptr (AwRecord) record = aw_record_new (AW_TYPE_OPPORTUNITY, NULL);
  g_autoptr (AwRecord) person = aw_record_new (AW_TYPE_PERSON, record->id);
  g_autoptr (AwDossier) dossier = NULL;
  g_autoptr (GPtrArray) people = aw_form_people_parse ("AIKO TANAKA <aiko@finch.example>, HR\nAiko Tanaka\nMarcus Bell");
  g_autoptr (AwInterviewForm) form = aw_interview_form_new ("Harbor & Finch", "Other", NOW, people, AW_DATE_NONE);
  g_autoptr (AwCommand) command = NULL;
  AwInterview *interview;

  ((AwOpportunity *) record)->company = g_strdup ("Harbor & Finch");
  ((AwOpportunity *) record)->role = g_strdup ("Developer");
  ((AwOpportunity *) record)->promised_date = aw_date_from_ymd (2026, 3, 10);
  ((AwPerson *) person)->name = g_strdup ("Aiko Tanaka");
  dossier = aw_dossier_new ((AwOpportunity *) record);
  aw_dossier_apply (dossier, NULL, person);
  command = aw_interview_form_to_command (form, calendar, dossier, NULL);
  /* The opportunity stays as it is; Aiko is completed and there once; Marcus is new. */
  g_assert_null (added (command, AW_RECORD_OPPORTUNITY, 0));
  g_assert_cmpstr (((AwPerson *) added (command, AW_RECORD_PERSON, 0))->email, ==, "aiko@finch.example");
  g_assert_cmpstr (((AwPerson *) added (command, AW_RECORD_PERSON, 0))->name, ==, "Aiko Tanaka");
  g_assert_cmpstr (((AwPerson *) added (command, AW_RECORD_PERSON, 1))->name, ==, "Marcus Bell");
  g_assert_null (added (command, AW_RECORD_PERSON, 2));
  interview = added (command, AW_RECORD_INTERVIEW, 0);
  g_assert_cmpuint (g_strv_length (interview->attendees), ==, 2);
  g_assert_cmpstr (interview->attendees[0], ==, person->id);
}

static void
check_toast (gint64 starts_at,
             const char *who,
             const char *toast)
{
  g_autoptr (AwCalendar) calendar = make_calendar ("UTC");
  g_autoptr (GPtrArray) people = aw_form_people_parse (who);
  g_autoptr (AwInterviewForm) form = aw_interview_form_new ("C", NULL, starts_at, people, AW_DATE_NONE);
  g_autofree char *text = aw_interview_form_toast (form, calendar, NOW);

  g_assert_cmpstr (text, ==, toast);
}

/* R3: due 24 hours after the end, which is an hour after the start. */
static void
test_toast (void)
{
  check_toast (MIDNIGHT + 13 * AW_HOUR + 1800, "A B\nC D", "Interview added. 2 thank-you notes are due by tomorrow 14:30");
  check_toast (MIDNIGHT + 13 * AW_HOUR + 1800, "A B", "Interview added. 1 thank-you note is due by tomorrow 14:30");
  check_toast (MIDNIGHT - AW_DAY + 20 * AW_HOUR, "A B", "Interview added. 1 thank-you note is due by 21:00");
  check_toast (MIDNIGHT - 5 * AW_DAY, "A B", "Interview added. 1 thank-you note is late; a short one still counts");
  check_toast (NOW + AW_DAY, "A B", "Interview added");
  check_toast (MIDNIGHT, "", "Interview added");
}

/* The timeline ------------------------------------------------------------------------ */

static void
put_touch (AwDossier *dossier,
           gint64 at,
           AwDirection direction,
           AwTouchKind kind)
{
  g_autoptr (AwRecord) record = aw_record_new (AW_TYPE_TOUCH, aw_dossier_get_id (dossier));
  AwTouch *touch = (AwTouch *) record;

  touch->at = aw_instant (at);
  touch->direction = direction;
  touch->channel = AW_CHANNEL_EMAIL;
  touch->kind = kind;
  aw_dossier_apply (dossier, NULL, record);
}

static AwDossier *
make_dossier (gint64 starts_at,
              AwDate promised)
{
  g_autoptr (AwRecord) record = aw_record_new (AW_TYPE_OPPORTUNITY, NULL);
  g_autoptr (AwRecord) interview = aw_record_new (AW_TYPE_INTERVIEW, record->id);
  AwDossier *dossier;

  ((AwOpportunity *) record)->promised_date = promised;
  ((AwOpportunity *) record)->promise_firm = TRUE;
  ((AwInterview *) interview)->starts_at = aw_instant (starts_at);
  dossier = aw_dossier_new ((AwOpportunity *) record);
  aw_dossier_apply (dossier, NULL, interview);
  return dossier;
}

static const AwMark *
find_mark (AwTimelineMarks *marks,
           gint64 at)
{
  for (guint i = 0; i < marks->marks->len; i++)
    {
      const AwMark *mark = g_ptr_array_index (marks->marks, i);

      if (mark->at == at)
        return mark;
    }
  g_assert_not_reached ();
}

static void
test_marks (void)
{
  g_autoptr (AwCalendar) calendar = make_calendar ("UTC");
  gint64 met = MIDNIGHT - 13 * AW_DAY + 10 * AW_HOUR; /* Friday 20 February */
  g_autoptr (AwDossier) dossier = make_dossier (met, aw_date_from_ymd (2026, 3, 3));
  g_autoptr (AwTimelineMarks) marks = NULL;
  g_autoptr (AwTimelineMarks) heard = NULL;

  put_touch (dossier, met + 6 * AW_HOUR, AW_DIRECTION_OUT, AW_TOUCH_THANK_YOU);
  put_touch (dossier, met + AW_DAY, AW_DIRECTION_OUT, AW_TOUCH_THANK_YOU);
  marks = aw_timeline_marks_new (dossier, NULL, calendar, NOW);
  g_assert_cmpuint (marks->marks->len, ==, 4);
  g_assert_cmpint (marks->start, ==, MIDNIGHT - 17 * AW_DAY); /* Monday 16 February */
  g_assert_cmpint (marks->past_from, ==, met);
  g_assert_cmpint (marks->late_from, ==, MIDNIGHT - 2 * AW_DAY + 18 * AW_HOUR);
  g_assert_cmpstr (marks->summary, ==, "Timeline: interview 20 February, 2 people thanked, decision promised 3 March, 2 days past");
  /* Phrases, not titles. */
  put_touch (dossier, NOW - 2 * AW_HOUR, AW_DIRECTION_OUT, AW_TOUCH_CHECK_IN);
  g_clear_pointer (&marks, aw_timeline_marks_free);
  marks = aw_timeline_marks_new (dossier, NULL, calendar, NOW);
  g_assert_cmpstr (find_mark (marks, NOW - 2 * AW_HOUR)->label, ==, "Check-in");
  g_assert_true (g_str_has_suffix (find_mark (marks, NOW - 2 * AW_HOUR)->text, ": Check-in"));
  /* What they wrote after the day ends the lateness. */
  put_touch (dossier, NOW - AW_HOUR, AW_DIRECTION_IN, AW_TOUCH_OTHER);
  heard = aw_timeline_marks_new (dossier, NULL, calendar, NOW);
  g_assert_cmpint (heard->late_from, ==, AW_NEVER);
}

static void
test_far (void)
{
  g_autoptr (AwCalendar) calendar = make_calendar ("UTC");
  g_autoptr (AwDossier) dossier = make_dossier ((gint64) aw_date_from_ymd (1, 1, 2) * AW_DAY, aw_date_from_ymd (9999, 12, 31));
  g_autoptr (AwTimelineMarks) marks = aw_timeline_marks_new (dossier, NULL, calendar, NOW);

  g_assert_cmpuint (marks->marks->len, ==, 0);
  g_assert_cmpint (marks->start, <=, NOW);
  g_assert_cmpint (marks->end, >, NOW);
  g_assert_cmpint (marks->end - marks->start, <=, 53 * 7 * AW_DAY);
}

int
main (int argc,
      char *argv[])
{
  setlocale (LC_ALL, "C");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/interview-form/start", test_start);
  g_test_add_func ("/interview-form/problems", test_problems);
  g_test_add_func ("/interview-form/command", test_command);
  g_test_add_func ("/interview-form/round", test_round);
  g_test_add_func ("/interview-form/toast", test_toast);
  g_test_add_func ("/timeline/marks", test_marks);
  g_test_add_func ("/timeline/far", test_far);
  return g_test_run ();
}
