/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/aw-figures.h"

#include <glib/gi18n-lib.h>

#include "core/aw-words.h"

#define N_STAGES (AW_STAGE_OTHER + 1)
#define N_STATUSES (AW_STATUS_NO_ANSWER + 1)
#define N_KINDS (AW_TOUCH_OTHER + 1)

struct _AwFigures
{
  AwCalendar *calendar;
  gint64 since;
  gint64 now;

  guint interviews;
  guint open;
  guint statuses[N_STATUSES];
  guint stages[N_STAGES];      /* active ones, by their last interview */
  guint testing;               /* active ones with an open test */
  guint to_thank;
  guint thanked;
  GArray *replies;             /* int: days, all */
  GArray *by_role[AW_N_ROLES]; /* int */
  guint sent[N_KINDS];
  guint answered[N_KINDS];
};

static void
clear_figure (gpointer data)
{
  AwFigure *figure = data;

  g_free (figure->label);
}

static GArray *
new_figures (void)
{
  GArray *array = g_array_new (FALSE, FALSE, sizeof (AwFigure));

  g_array_set_clear_func (array, clear_figure);
  return array;
}

AwFigures *
aw_figures_new (AwCalendar *calendar,
                gint64 since,
                gint64 now)
{
  AwFigures *self = g_new0 (AwFigures, 1);

  self->calendar = aw_calendar_ref (calendar);
  self->since = since;
  self->now = now;
  self->replies = g_array_new (FALSE, FALSE, sizeof (int));
  for (guint i = 0; i < AW_N_ROLES; i++)
    self->by_role[i] = g_array_new (FALSE, FALSE, sizeof (int));
  return self;
}

void
aw_figures_free (AwFigures *self)
{
  if (self == NULL)
    return;
  aw_calendar_unref (self->calendar);
  g_array_unref (self->replies);
  for (guint i = 0; i < AW_N_ROLES; i++)
    g_array_unref (self->by_role[i]);
  g_free (self);
}

/* The first thing they said after @touch, before my next message to the same
 * people would make it an answer to that one. */
static AwTouch *
find_answer (AwRecordList *touches,
             AwTouch *touch)
{
  AwTouch *answer = NULL;

  AW_RECORDS_FOREACH (AwTouch, other, touches)
    {
      gboolean theirs = other->people == NULL || touch->people == NULL;

      if (other->direction != AW_DIRECTION_IN || other->at.sec <= touch->at.sec)
        continue;
      for (guint i = 0; !theirs && other->people[i] != NULL; i++)
        theirs = aw_strv_has (touch->people, other->people[i]);
      if (theirs && (answer == NULL || other->at.sec < answer->at.sec))
        answer = other;
    }
  if (answer == NULL)
    return NULL;
  AW_RECORDS_FOREACH (AwTouch, mine, touches)
    {
      if (mine->direction == AW_DIRECTION_OUT && mine->at.sec > touch->at.sec && mine->at.sec < answer->at.sec)
        for (guint i = 0; mine->people != NULL && mine->people[i] != NULL; i++)
          if (aw_strv_has (touch->people, mine->people[i]))
            return NULL;
    }
  return answer;
}

static void
add_interviews (AwFigures *self,
                AwDossier *dossier)
{
  AwRecordList *touches = aw_dossier_get_list (dossier, AW_RECORD_TOUCH);

  AW_RECORDS_FOREACH (AwInterview, interview, aw_dossier_get_list (dossier, AW_RECORD_INTERVIEW))
    {
      gint64 end = aw_interview_get_end (interview);

      if (interview->cancelled || !aw_instant_is_set (interview->starts_at) || end > self->now || end < self->since)
        continue;
      self->interviews++;
      for (guint i = 0; interview->attendees != NULL && interview->attendees[i] != NULL; i++)
        {
          gboolean thanked = FALSE;

          AW_RECORDS_FOREACH (AwTouch, touch, touches)
            {
              thanked |= touch->direction == AW_DIRECTION_OUT && touch->kind == AW_TOUCH_THANK_YOU &&
                         touch->at.sec >= interview->starts_at.sec && touch->at.sec <= end + AW_DAY &&
                         aw_strv_has (touch->people, interview->attendees[i]);
            }
          /* There is still time: it counts when it is over. */
          if (!thanked && end + AW_DAY > self->now)
            continue;
          self->to_thank++;
          self->thanked += thanked;
        }
    }
}

static void
add_touches (AwFigures *self,
             AwDossier *dossier)
{
  AwRecordList *touches = aw_dossier_get_list (dossier, AW_RECORD_TOUCH);

  AW_RECORDS_FOREACH (AwTouch, touch, touches)
    {
      AwTouch *answer;
      AwPerson *person;
      int days;

      if (touch->direction != AW_DIRECTION_OUT || touch->at.sec < self->since || touch->at.sec > self->now)
        continue;
      self->sent[touch->kind]++;
      answer = find_answer (touches, touch);
      if (answer == NULL)
        continue;
      self->answered[touch->kind]++;
      if (touch->kind == AW_TOUCH_THANK_YOU)
        continue; /* asks nothing: what comes later is no answer to it */
      days = aw_calendar_date_of (self->calendar, NULL, answer->at.sec) - aw_calendar_date_of (self->calendar, NULL, touch->at.sec);
      g_array_append_val (self->replies, days);
      person = touch->people != NULL ? aw_dossier_find_person (dossier, touch->people[0]) : NULL;
      for (guint i = 0; person != NULL && i < AW_N_ROLES; i++)
        if (aw_person_get_roles (person) & (1 << i))
          {
            g_array_append_val (self->by_role[i], days);
            break;
          }
    }
}

void
aw_figures_add (AwFigures *self,
                AwDossier *dossier)
{
  AwOpportunity *opportunity = aw_dossier_get_opportunity (dossier);
  AwInterview *last = NULL;
  gboolean testing = FALSE;

  add_interviews (self, dossier);
  add_touches (self, dossier);
  self->statuses[opportunity->status]++;
  self->open += !aw_status_is_closed (opportunity->status) && !opportunity->archived;
  if (opportunity->status != AW_STATUS_ACTIVE)
    return;
  AW_RECORDS_FOREACH (AwStep, step, aw_dossier_get_list (dossier, AW_RECORD_STEP))
    {
      testing |= (step->kind == AW_STEP_TEST || step->kind == AW_STEP_ASSESSMENT) && !aw_instant_is_set (step->done_at);
    }
  AW_RECORDS_FOREACH (AwInterview, interview, aw_dossier_get_list (dossier, AW_RECORD_INTERVIEW))
    {
      if (!interview->cancelled && (last == NULL || interview->starts_at.sec > last->starts_at.sec))
        last = interview;
    }
  if (testing)
    self->testing++;
  else
    self->stages[last != NULL ? last->stage : AW_STAGE_UNSET]++;
}

guint
aw_figures_interviews (AwFigures *self)
{
  return self->interviews;
}

guint
aw_figures_open (AwFigures *self)
{
  return self->open;
}

guint
aw_figures_offers (AwFigures *self)
{
  return self->statuses[AW_STATUS_OFFER] + self->statuses[AW_STATUS_ACCEPTED];
}

int
aw_figures_thanked (AwFigures *self,
                    guint *in_time,
                    guint *all)
{
  *in_time = self->thanked;
  *all = self->to_thank;
  return self->to_thank == 0 ? -1 : (int) (100 * self->thanked / self->to_thank);
}

static int
compare_ints (gconstpointer a,
              gconstpointer b)
{
  return *(const int *) a - *(const int *) b;
}

static int
median (GArray *values)
{
  if (values->len == 0)
    return -1;
  g_array_sort (values, compare_ints);
  return g_array_index (values, int, (values->len - 1) / 2);
}

int
aw_figures_reply_days (AwFigures *self)
{
  return median (self->replies);
}

static void
append (GArray *array,
        const char *label,
        guint value)
{
  AwFigure figure = { g_strdup (label), value };

  g_array_append_val (array, figure);
}

GArray *
aw_figures_stand (AwFigures *self)
{
  GArray *array = new_figures ();

  for (int stage = AW_STAGE_PHONE_SCREEN; stage < N_STAGES; stage++)
    if (self->stages[stage] > 0)
      append (array, aw_words_stage (stage), self->stages[stage]);
  if (self->stages[AW_STAGE_UNSET] > 0)
    append (array, _("Interview"), self->stages[AW_STAGE_UNSET]);
  if (self->testing > 0)
    append (array, _("Test or task"), self->testing);
  for (int status = AW_STATUS_ON_HOLD; status < N_STATUSES; status++)
    if (self->statuses[status] > 0)
      append (array, aw_words_status (status), self->statuses[status]);
  return array;
}

GArray *
aw_figures_replies (AwFigures *self)
{
  GArray *array = new_figures ();

  for (guint i = 0; i < AW_N_ROLES; i++)
    if (self->by_role[i]->len > 0)
      append (array, aw_words_role (1 << i), median (self->by_role[i]));
  return array;
}

guint
aw_figures_sent (AwFigures *self,
                 AwTouchKind kind,
                 guint *answered)
{
  if (answered != NULL)
    *answered = self->answered[kind];
  return self->sent[kind];
}
