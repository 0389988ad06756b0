/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/aw-timeline-marks.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/aw-template.h"
#include "core/aw-words.h"

#define WEEK (7 * AW_DAY)
#define MAX_WEEKS 26 /* either side of now */
#define MAX_TICKS 6
#define MAX_PLANNED 3

static void
mark_free (gpointer data)
{
  AwMark *mark = data;

  g_free (mark->label);
  g_free (mark->text);
  g_free (mark->id);
  g_free (mark);
}

void
aw_timeline_marks_free (AwTimelineMarks *self)
{
  g_ptr_array_unref (self->marks);
  g_free (self->summary);
  g_free (self);
}

static AwMark *
add (AwTimelineMarks *self,
     AwMarkKind kind,
     gint64 at,
     const char *label,
     const char *id)
{
  AwMark *mark = g_new0 (AwMark, 1);

  mark->kind = kind;
  mark->at = at;
  mark->label = g_strdup (label);
  mark->id = g_strdup (id);
  g_ptr_array_add (self->marks, mark);
  return mark;
}

static char *
day_of (AwCalendar *calendar,
        gint64 sec)
{
  return aw_words_date (aw_calendar_date_of (calendar, NULL, sec));
}

static char *
first_name (AwDossier *dossier,
            const char *id)
{
  AwPerson *person = id != NULL ? aw_dossier_find_person (dossier, id) : NULL;

  return person != NULL ? aw_template_first_name (aw_person_get_short_name (person)) : NULL;
}

/* What happened ---------------------------------------------------------------- */

static void
add_interviews (AwTimelineMarks *self,
                AwDossier *dossier,
                AwCalendar *calendar)
{
  AW_RECORDS_FOREACH (AwInterview, interview, aw_dossier_get_list (dossier, AW_RECORD_INTERVIEW))
    {
      g_autofree char *day = NULL;
      gboolean ahead = aw_interview_get_end (interview) > self->now;
      AwMark *mark;

      if (interview->cancelled || interview->starts_at.sec == AW_NEVER)
        continue;
      mark = add (self, ahead ? AW_MARK_AHEAD : AW_MARK_INTERVIEW, interview->starts_at.sec, C_ ("timeline", "Interview"), AW_ID (interview));
      day = day_of (calendar, interview->starts_at.sec);
      /* Translators: %s is a day */
      mark->text = g_strdup_printf (_("%s: interview"), day);
    }
}

static guint
add_touches (AwTimelineMarks *self,
             AwDossier *dossier,
             AwCalendar *calendar)
{
  AwMark *thanked = NULL;
  guint n_thanked = 0;

  AW_RECORDS_FOREACH (AwTouch, touch, aw_dossier_get_list (dossier, AW_RECORD_TOUCH))
    {
      gboolean in = touch->direction == AW_DIRECTION_IN;
      g_autofree char *day = day_of (calendar, touch->at.sec);
      g_autofree char *who = first_name (dossier, touch->people != NULL ? touch->people[0] : NULL);
      AwMark *mark = add (self, in ? AW_MARK_HEARD : AW_MARK_SENT, touch->at.sec, NULL, AW_ID (touch));

      if (in)
        {
          mark->label = g_strdup (C_ ("timeline", "They wrote"));
          mark->text = who != NULL ? g_strdup_printf (_("%s: heard from %s"), day, who) : g_strdup_printf (_("%s: heard from them"), day);
        }
      else if (touch->kind == AW_TOUCH_THANK_YOU)
        {
          n_thanked++;
          thanked = mark;
          mark->text = who != NULL ? g_strdup_printf (_("%s: thanked %s"), day, who) : g_strdup_printf (_("%s: thanked them"), day);
        }
      else
        {
          g_autofree char *what = aw_words_contact (touch->kind, who);

          mark->label = aw_words_contact (touch->kind, NULL);
          mark->text = g_strdup_printf ("%s: %s", day, what);
        }
    }
  if (thanked != NULL)
    thanked->label = g_strdup_printf (ngettext ("%u thanked", "%u thanked", n_thanked), n_thanked);
  return n_thanked;
}

static gint64
last_heard (AwDossier *dossier)
{
  gint64 last = AW_NEVER;

  AW_RECORDS_FOREACH (AwTouch, touch, aw_dossier_get_list (dossier, AW_RECORD_TOUCH))
    if (touch->direction == AW_DIRECTION_IN)
      last = MAX (last, touch->at.sec);
  return last;
}

static void
add_promised (AwTimelineMarks *self,
              AwDossier *dossier,
              AwCalendar *calendar)
{
  AwOpportunity *opportunity = aw_dossier_get_opportunity (dossier);
  g_autofree char *day = NULL;
  gint64 end;
  AwMark *mark;

  if (opportunity->promised_date == AW_DATE_NONE)
    return;
  end = aw_calendar_end_of_day (calendar, opportunity->promised_date);
  mark = add (self, AW_MARK_PROMISED, end, opportunity->promise_firm ? _("Decision promised") : _("Decision hoped for"), NULL);
  mark->late = opportunity->status == AW_STATUS_ACTIVE && end < self->now && last_heard (dossier) < end &&
               aw_calendar_date_of (calendar, NULL, self->now) > opportunity->promised_date;
  day = aw_words_date (opportunity->promised_date);
  mark->text = g_strdup_printf (mark->late ? _("%s: decision promised, nothing heard since") : _("%s: decision promised"), day);
  if (mark->late)
    self->late_from = end;
}

/* What is planned --------------------------------------------------------------- */

static char *
planned_label (const AwFollowUp *follow_up,
               AwDossier *dossier)
{
  g_autofree char *name = first_name (dossier, follow_up->person);

  switch (follow_up->kind)
    {
    case AW_DUTY_THANK_YOU:
      return name != NULL ? g_strdup_printf (C_ ("timeline", "Thank %s"), name) : g_strdup (C_ ("timeline", "Thank them"));
    case AW_DUTY_CHECK_IN:
      return name != NULL ? g_strdup_printf (C_ ("timeline", "Ask %s"), name) : g_strdup (C_ ("timeline", "Ask them"));
    case AW_DUTY_CALL:
      return name != NULL ? g_strdup_printf (C_ ("timeline", "Call %s"), name) : g_strdup (C_ ("timeline", "Call them"));
    case AW_DUTY_LETTER:
    case AW_DUTY_ESCALATION:
    case AW_DUTY_ARTICLE:
    case AW_DUTY_KEEP_IN_TOUCH:
    case AW_DUTY_TIMELINE:
    case AW_DUTY_FEEDBACK:
    case AW_DUTY_ANSWER:
    case AW_DUTY_ACKNOWLEDGEMENT:
      return name != NULL ? g_strdup_printf (C_ ("timeline", "Write %s"), name) : g_strdup (C_ ("timeline", "Write them"));
    case AW_DUTY_PREPARE:
    case AW_DUTY_DEBRIEF:
    case AW_DUTY_NEXT_STEP:
    case AW_DUTY_COMPLETE:
    default:
      return NULL;
    }
}

static gint64
planned_at (const AwFollowUp *follow_up,
            gint64 now)
{
  if (follow_up->state == AW_STATE_WAITING && follow_up->waiting_until != AW_NEVER)
    return MAX (follow_up->waiting_until, now);
  return MAX (follow_up->opens, now);
}

static guint
add_planned (AwTimelineMarks *self,
             AwDossier *dossier,
             AwPlan *plan,
             AwCalendar *calendar)
{
  AwMark *present = NULL;
  guint n_present = 0, n = 0;

  for (guint i = 0; plan != NULL && i < aw_plan_get_length (plan); i++)
    {
      const AwFollowUp *follow_up = aw_plan_get (plan, i);
      g_autofree char *label = planned_label (follow_up, dossier);
      g_autofree char *title = NULL;
      g_autofree char *day = NULL;
      gint64 at = planned_at (follow_up, self->now);
      AwMark *mark;

      if (label == NULL || (follow_up->state == AW_STATE_WAITING && follow_up->waiting_until == AW_NEVER))
        continue;
      title = aw_words_title (follow_up, dossier);
      if (at <= self->now && ++n_present > 1)
        {
          g_autofree char *both = g_strconcat (present->text, "; ", title, NULL);

          g_free (present->text);
          present->text = g_steal_pointer (&both);
          continue;
        }
      if (at > self->now && n++ >= MAX_PLANNED)
        continue;
      mark = add (self, AW_MARK_PLANNED, at, label, NULL);
      day = day_of (calendar, at);
      mark->text = g_strdup_printf (_("%s, planned: %s"), day, title);
      if (at <= self->now)
        present = mark;
    }
  if (n_present > 1)
    {
      g_free (present->label);
      present->label = g_strdup_printf (ngettext ("%u to do", "%u to do", n_present), n_present);
    }
  return n_present;
}

/* The line ------------------------------------------------------------------------- */

static gint
compare (gconstpointer a,
         gconstpointer b)
{
  const AwMark *x = *(AwMark *const *) a;
  const AwMark *y = *(AwMark *const *) b;

  return x->at < y->at ? -1 : x->at > y->at;
}

static AwDate
monday (AwDate date)
{
  return date - (aw_date_weekday (date) - 1);
}

static void
set_range (AwTimelineMarks *self,
           AwCalendar *calendar)
{
  gint64 first = self->now, last = self->now;
  AwDate from, until;
  guint n_weeks;

  for (guint i = 0; i < self->marks->len; i++)
    {
      const AwMark *mark = g_ptr_array_index (self->marks, i);

      /* What is years away does not squeeze the rest together. */
      if (mark->at < self->now - MAX_WEEKS * WEEK || mark->at > self->now + MAX_WEEKS * WEEK)
        continue;
      first = MIN (first, mark->at);
      last = MAX (last, mark->at);
    }
  from = monday (aw_calendar_date_of (calendar, NULL, first));
  until = monday (aw_calendar_date_of (calendar, NULL, last)) + 7;
  if (until - aw_calendar_date_of (calendar, NULL, last) < 3)
    until += 7; /* room for the label of the last */
  n_weeks = (until - from) / 7;
  self->tick_weeks = (n_weeks + MAX_TICKS - 1) / MAX_TICKS;
  until = from + 7 * self->tick_weeks * ((n_weeks + self->tick_weeks - 1) / self->tick_weeks);
  self->start = aw_calendar_at (calendar, NULL, from, 0);
  self->end = aw_calendar_at (calendar, NULL, until, 0);
  for (guint i = self->marks->len; i-- > 0;)
    {
      const AwMark *mark = g_ptr_array_index (self->marks, i);

      if (mark->at < self->start || mark->at > self->end)
        g_ptr_array_remove_index (self->marks, i);
    }
  if (self->late_from != AW_NEVER)
    self->late_from = MAX (self->late_from, self->start);
  for (guint i = 0; i < self->marks->len && self->past_from == AW_NEVER; i++)
    {
      const AwMark *mark = g_ptr_array_index (self->marks, i);

      if (mark->at <= self->now && mark->kind != AW_MARK_PROMISED)
        self->past_from = mark->at;
    }
}

static char *
summarise (AwTimelineMarks *self,
           AwDossier *dossier,
           AwCalendar *calendar,
           guint n_thanked)
{
  AwOpportunity *opportunity = aw_dossier_get_opportunity (dossier);
  g_autoptr (GStrvBuilder) parts = g_strv_builder_new ();
  g_auto (GStrv) strv = NULL;
  g_autofree char *joined = NULL;
  AwDate today = aw_calendar_date_of (calendar, NULL, self->now);

  for (guint i = 0; i < self->marks->len; i++)
    {
      const AwMark *mark = g_ptr_array_index (self->marks, i);

      if (mark->kind == AW_MARK_INTERVIEW || mark->kind == AW_MARK_AHEAD)
        {
          g_autofree char *day = day_of (calendar, mark->at);
          g_autofree char *part = g_strdup_printf (_("interview %s"), day);

          g_strv_builder_add (parts, part);
        }
    }
  if (n_thanked > 0)
    {
      g_autofree char *part = g_strdup_printf (ngettext ("%u person thanked", "%u people thanked", n_thanked), n_thanked);

      g_strv_builder_add (parts, part);
    }
  if (opportunity->promised_date != AW_DATE_NONE)
    {
      g_autofree char *day = aw_words_date (opportunity->promised_date);
      g_autofree char *part = g_strdup_printf (_("decision promised %s"), day);

      g_strv_builder_add (parts, part);
      if (self->late_from != AW_NEVER)
        {
          int late = today - opportunity->promised_date;
          g_autofree char *past = g_strdup_printf (ngettext ("%d day past", "%d days past", late), late);

          g_strv_builder_add (parts, past);
        }
    }
  strv = g_strv_builder_end (parts);
  if (*strv == NULL)
    return g_strdup (_("Timeline: nothing yet"));
  joined = g_strjoinv (_(", "), strv);
  /* Translators: %s is a list: "interview 20 February, three people thanked" */
  return g_strdup_printf (_("Timeline: %s"), joined);
}

/**
 * aw_timeline_marks_new:
 * @dossier: what is recorded
 * @plan: (nullable): what is planned
 * @calendar: for the user's zone
 * @now: now
 *
 * Returns: what the timeline shows: from the week of the first interview to
 *   the week after the next planned contact, half a year either side at most
 */
AwTimelineMarks *
aw_timeline_marks_new (AwDossier *dossier,
                       AwPlan *plan,
                       AwCalendar *calendar,
                       gint64 now)
{
  AwTimelineMarks *self = g_new0 (AwTimelineMarks, 1);
  guint n_thanked;

  self->marks = g_ptr_array_new_with_free_func (mark_free);
  self->now = now;
  self->past_from = self->late_from = AW_NEVER;
  add_interviews (self, dossier, calendar);
  n_thanked = add_touches (self, dossier, calendar);
  add_promised (self, dossier, calendar);
  add_planned (self, dossier, plan, calendar);
  g_ptr_array_sort (self->marks, compare);
  set_range (self, calendar);
  self->summary = summarise (self, dossier, calendar, n_thanked);
  return self;
}
