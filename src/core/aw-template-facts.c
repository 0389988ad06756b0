/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/aw-template-private.h"

#include <string.h>

#include "core/aw-letter-date.h"

/* What is recorded, as it stands in a template. */

AwInterview *
aw_template_last_interview (AwDossier *dossier,
                            const char *person,
                            gint64 now)
{
  AwRecordList *list = aw_dossier_get_list (dossier, AW_RECORD_INTERVIEW);
  AwInterview *last = NULL;

  AW_RECORDS_FOREACH (AwInterview, interview, list)
  {
    if (interview->cancelled || aw_interview_get_end (interview) > now)
      continue;
    if (person != NULL && !aw_strv_has (interview->attendees, person))
      continue;
    if (last == NULL || interview->starts_at.sec > last->starts_at.sec)
      last = interview;
  }
  return last;
}

static char *
plain_phrase (const char *text)
{
  char *copy = g_strdup (text);

  g_strstrip (copy);
  g_strdelimit (copy, "\n\r\t", ' ');
  while (*copy != '\0' && strchr (".,;:", copy[strlen (copy) - 1]) != NULL)
    copy[strlen (copy) - 1] = '\0';
  return copy;
}

/* The @n-th text recorded for @person in the pairs at @offset of the interviews, newest first. */
static char *
pair_text (const AwTemplateFacts *facts,
           gboolean can_do,
           guint n)
{
  AwRecordList *list = aw_dossier_get_list (facts->dossier, AW_RECORD_INTERVIEW);

  for (guint i = aw_record_list_get_length (list); i > 0; i--)
    {
      AwInterview *interview = aw_record_list_peek (list, i - 1);
      GPtrArray *pairs = can_do ? interview->can_do : interview->topics;

      for (guint j = 0; pairs != NULL && j < pairs->len; j++)
        {
          AwPair *pair = g_ptr_array_index (pairs, j);

          if (facts->person == NULL || g_strcmp0 (pair->person, facts->person) != 0 || pair->text == NULL)
            continue;
          if (n-- == 0)
            return plain_phrase (pair->text);
        }
    }
  return NULL;
}

static gboolean
was_thanked (AwDossier *dossier,
             const char *person)
{
  AwRecordList *list = aw_dossier_get_list (dossier, AW_RECORD_TOUCH);

  AW_RECORDS_FOREACH (AwTouch, touch, list)
  if (touch->direction == AW_DIRECTION_OUT && touch->kind == AW_TOUCH_THANK_YOU && aw_strv_has (touch->people, person))
    return TRUE;
  return FALSE;
}

/* A weekday within a week, else the date: neither turns false when the message
 * leaves a day later than planned, as "yesterday" would. */
static char *
day_met (AwTemplates *self,
         const AwTemplateFacts *facts)
{
  AwInterview *interview = aw_template_last_interview (facts->dossier, facts->person, facts->now);
  AwDate date, today;

  if (interview == NULL)
    interview = aw_template_last_interview (facts->dossier, NULL, facts->now);
  if (interview == NULL)
    return NULL;
  date = aw_calendar_date_of (facts->calendar, NULL, interview->starts_at.sec);
  today = aw_calendar_date_of (facts->calendar, NULL, facts->now);
  return today - date < 6 ? aw_letter_weekday (date, aw_templates_get_language (self)) : aw_letter_date (date, aw_templates_get_language (self));
}

static char *
interviewer (const AwTemplateFacts *facts)
{
  AwInterview *interview = aw_template_last_interview (facts->dossier, NULL, facts->now);

  for (char **id = interview != NULL ? interview->attendees : NULL; id != NULL && *id != NULL; id++)
    {
      AwPerson *person = aw_dossier_find_person (facts->dossier, *id);

      if (person != NULL && person->name != NULL && g_strcmp0 (*id, facts->person) != 0)
        return g_strdup (person->name);
    }
  return NULL;
}

static char *
open_step (AwDossier *dossier)
{
  AwRecordList *list = aw_dossier_get_list (dossier, AW_RECORD_STEP);

  AW_RECORDS_FOREACH (AwStep, step, list)
  if (!aw_instant_is_set (step->done_at) && (step->kind == AW_STEP_FEEDBACK || step->kind == AW_STEP_FORM) &&
      step->title != NULL)
    return plain_phrase (step->title);
  return NULL;
}

static char *
non_empty (const char *text)
{
  return text != NULL && *text != '\0' ? g_strdup (text) : NULL;
}

/* A prompt that carries what was noted: whole sentences written down for
 * oneself must be put into words for somebody else. */
static char *
noted_prompt (AwTemplates *self,
              const char *name,
              const char *note)
{
  const char *words = aw_templates_get_word (self, "Prompts", name);

  return note != NULL ? g_strdup_printf ("[%s: %s]", words, note) : NULL;
}

/* Returns: (transfer full) (nullable): the fact, %NULL if it is not recorded */
char *
aw_template_find_fact (AwTemplates *self,
                       const AwTemplateFacts *facts,
                       const char *name)
{
  AwOpportunity *opportunity = aw_dossier_get_opportunity (facts->dossier);
  AwPerson *person = facts->person != NULL ? aw_dossier_find_person (facts->dossier, facts->person) : NULL;
  AwArticle *article = facts->article != NULL ? aw_dossier_find (facts->dossier, AW_RECORD_ARTICLE, facts->article) : NULL;

  if (strcmp (name, "first_name") == 0)
    return person != NULL ? aw_template_first_name (person->name) : NULL;
  if (strcmp (name, "full_name") == 0)
    return person != NULL ? aw_template_full_name (person->name) : NULL;
  if (strcmp (name, "company") == 0)
    return non_empty (opportunity->company);
  if (strcmp (name, "role") == 0)
    return non_empty (opportunity->role);
  if (strcmp (name, "topic") == 0)
    return pair_text (facts, FALSE, 0);
  if (strcmp (name, "topic_2") == 0)
    return pair_text (facts, FALSE, 1);
  if (strcmp (name, "can_do") == 0)
    {
      g_autofree char *note = pair_text (facts, TRUE, 0);

      return noted_prompt (self, name, note);
    }
  if (strcmp (name, "day_met") == 0)
    return day_met (self, facts);
  if (strcmp (name, "interviewer") == 0)
    return interviewer (facts);
  if (strcmp (name, "date_promised") == 0)
    return opportunity->promised_date != AW_DATE_NONE ? aw_letter_date (opportunity->promised_date, aw_templates_get_language (self)) : NULL;
  if (strcmp (name, "my_deadline") == 0)
    return opportunity->my_decision_date != AW_DATE_NONE
               ? aw_letter_weekday_date (opportunity->my_decision_date, aw_templates_get_language (self))
               : NULL;
  if (strcmp (name, "article_title") == 0)
    return article != NULL ? non_empty (article->title) : NULL;
  if (strcmp (name, "article_url") == 0)
    return article != NULL ? non_empty (article->url) : NULL;
  if (strcmp (name, "article_why") == 0)
    return article != NULL && article->why != NULL && *article->why != '\0' ? noted_prompt (self, name, article->why) : NULL;
  if (strcmp (name, "times") == 0)
    return non_empty (facts->times);
  if (strcmp (name, "step") == 0)
    return open_step (facts->dossier);
  if (strcmp (name, "signature") == 0)
    return non_empty (facts->signature);
  if (strcmp (name, "never_thanked") == 0)
    return person != NULL && !was_thanked (facts->dossier, facts->person) ? g_strdup ("") : NULL;
  return NULL;
}
