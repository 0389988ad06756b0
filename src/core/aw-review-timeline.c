/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/aw-letter-date.h"
#include "core/aw-review-private.h"

/* My own date: how a timeline puts it (M11), and whether what is said of it
 * and of other offers is so (M15). */

/* Dates in sentences about my own decision. */
static GArray *
own_dates (const AwText *text,
           AwWordlists *lists,
           const AwTextLine *line,
           GArray *dates)
{
  GArray *own = g_array_new (FALSE, FALSE, sizeof (AwTextDate));
  g_autoptr (GArray) phrases = aw_phrases_find (lists, "honest", "own-date", line);

  for (guint i = 0; i < dates->len; i++)
    {
      const AwTextDate *date = &g_array_index (dates, AwTextDate, i);
      guint sentence = aw_text_word (text, date->first_word)->sentence;

      if (date->date == AW_DATE_NONE)
        continue;
      for (guint j = 0; j < phrases->len; j++)
        if (g_array_index (phrases, AwPhrase, j).sentence == sentence)
          {
            g_array_append_val (own, *date);
            break;
          }
    }
  return own;
}

/* M11 ---------------------------------------------------------------------------- */

void
aw_review_check_timeline (AwReview *self)
{
  AwPhrase phrase;
  gboolean dated = FALSE;

  if (self->input->kind != AW_TOUCH_TIMELINE)
    return;
  for (guint i = 0; i < self->dates->len; i++)
    dated |= aw_text_word (self->text, g_array_index (self->dates, AwTextDate, i).first_word)->region == AW_REGION_BODY;
  if (!dated && !aw_phrases_have (self->lists, "timeline", "day", self->body, NULL))
    aw_review_add (self, "M11", AW_SEVERITY_WARNING, g_strdup (_ ("No date")), g_strdup (_ ("Say by which day you have to decide.")), -1, -1);

  if (aw_phrases_have (self->lists, "timeline", "ultimatum", self->body, &phrase))
    {
      g_autofree char *words = aw_review_quote (self, &phrase);

      aw_review_add_phrase (self, "M11", AW_SEVERITY_WARNING, _ ("An ultimatum"),
                            g_strdup_printf (_ ("“%s” sounds like an ultimatum."), words), &phrase);
    }
  if (aw_phrases_have (self->lists, "timeline", "presumption", self->body, &phrase))
    {
      g_autofree char *words = aw_review_quote (self, &phrase);

      aw_review_add_phrase (self, "M11", AW_SEVERITY_WARNING, _ ("A yes taken for granted"),
                            g_strdup_printf (_ ("“%s” takes a yes for granted."), words), &phrase);
    }
  if (!aw_phrases_have (self->lists, "timeline", "leave", self->body, NULL))
    aw_review_add (self, "M11", AW_SEVERITY_WARNING, g_strdup (_ ("No leave to say no")),
                   g_strdup (_ ("Tell them in so many words that a no is fine too.")), -1, -1);
  if (!aw_phrases_have (self->lists, "timeline", "next", self->body, NULL) && !aw_phrases_have (self->lists, "question", "indirect", self->body, NULL) &&
      !aw_phrases_have (self->lists, "question", "status", self->body, NULL))
    {
      gboolean asks = FALSE;

      for (guint i = 0; i < self->text->sentences->len; i++)
        asks |= aw_text_sentence (self->text, i)->question && aw_text_sentence (self->text, i)->region == AW_REGION_BODY;
      if (!asks)
        aw_review_add (self, "M11", AW_SEVERITY_WARNING, g_strdup (_ ("No next step")),
                       g_strdup (_ ("Ask for dates for the next talk, or offer something of yours.")), -1, -1);
    }
}

/* M15 ---------------------------------------------------------------------------- */

/* A date of mine that an earlier message to somebody there named. */
static AwDate
told_before (AwReview *self,
             gboolean to_recipient,
             char **whom)
{
  guint n = self->facts->colleagues != NULL ? self->facts->colleagues->len : 0;
  AwDate latest = AW_DATE_NONE;
  gint64 latest_at = AW_NEVER;

  for (guint d = 0; d <= n; d++)
    {
      AwDossier *dossier = d == 0 ? self->facts->dossier : g_ptr_array_index (self->facts->colleagues, d - 1);
      AwRecordList *touches = aw_dossier_get_list (dossier, AW_RECORD_TOUCH);

      for (guint i = 0; i < aw_record_list_get_length (touches); i++)
        {
          AwTouch *touch = aw_record_list_peek (touches, i);
          g_autoptr (AwText) text = NULL;
          g_autoptr (AwTextLine) line = NULL;
          g_autoptr (GArray) dates = NULL, own = NULL;

          if (touch->direction != AW_DIRECTION_OUT || touch->text == NULL || touch->at.sec > self->input->at ||
              (latest_at != AW_NEVER && touch->at.sec < latest_at))
            continue;
          if (to_recipient && !(d == 0 && self->input->person != NULL && aw_strv_has (touch->people, self->input->person)))
            continue;
          text = aw_text_new (touch->text, self->lists);
          line = aw_text_line_new (text, self->lists, AW_LINE_BODY);
          dates = aw_text_dates_find (text, self->lists, aw_calendar_date_of (self->facts->calendar, NULL, touch->at.sec));
          own = own_dates (text, self->lists, line, dates);
          if (own->len == 0 || g_array_index (own, AwTextDate, own->len - 1).rough)
            continue;
          latest = g_array_index (own, AwTextDate, own->len - 1).date;
          latest_at = touch->at.sec;
          if (whom != NULL)
            {
              AwPerson *person = touch->people != NULL && touch->people[0] != NULL ? aw_dossier_find_person (dossier, touch->people[0]) : NULL;

              g_free (*whom);
              *whom = person != NULL ? g_strdup (aw_person_get_short_name (person)) : NULL;
            }
        }
    }
  return latest;
}

static void
check_own_date (AwReview *self)
{
  g_autoptr (GArray) own = own_dates (self->text, self->lists, self->body, self->dates);
  AwDate mine = self->opportunity->my_decision_date;
  gboolean moved = aw_phrases_have (self->lists, "honest", "moved", self->body, NULL);

  for (guint i = 0; i < own->len; i++)
    {
      const AwTextDate *date = &g_array_index (own, AwTextDate, i);
      int start = aw_text_word (self->text, date->first_word)->start, end = aw_text_word (self->text, date->last_word)->end;
      g_autofree char *whom = NULL;
      AwDate told;

      if (mine != AW_DATE_NONE && date->date != mine && !(date->rough && ABS (date->date - mine) <= 10) && !moved)
        {
          g_autofree char *recorded = aw_letter_date (mine, NULL);
          gboolean any = FALSE;

          /* Another date in the same breath may be the right one. */
          for (guint j = 0; j < own->len; j++)
            any |= g_array_index (own, AwTextDate, j).date == mine;
          if (any)
            continue;
          aw_review_add (self, "M15", AW_SEVERITY_WARNING, g_strdup (_ ("Your date")),
                         g_strdup_printf (_ ("You recorded %s as the day you decide. The message says another."), recorded), start, end);
          return;
        }
      if (moved || date->rough)
        continue;
      told = told_before (self, FALSE, &whom);
      if (told != AW_DATE_NONE && told != date->date && told >= self->today - 60)
        {
          g_autofree char *said = aw_letter_date (told, NULL);

          aw_review_add (self, "M15", AW_SEVERITY_WARNING, g_strdup (_ ("Your date")),
                         whom != NULL ? g_strdup_printf (_ ("You told %s %s. Say that it moved, or name the same day."), whom, said)
                                      : g_strdup_printf (_ ("You told them %s. Say that it moved, or name the same day."), said),
                         start, end);
          return;
        }
    }
}

/* "As I said to you …" in a sentence that names my date, however far apart. */
static gboolean
said_in_sentence (AwReview *self,
                  AwPhrase *phrase)
{
  g_autoptr (GArray) said = aw_phrases_find (self->lists, "honest", "said", self->body);
  g_autoptr (GArray) own = own_dates (self->text, self->lists, self->body, self->dates);

  for (guint i = 0; i < said->len; i++)
    for (guint j = 0; j < own->len; j++)
      {
        guint sentence = aw_text_word (self->text, g_array_index (own, AwTextDate, j).first_word)->sentence;

        if (g_array_index (said, AwPhrase, i).sentence == sentence)
          {
            *phrase = g_array_index (said, AwPhrase, i);
            return TRUE;
          }
      }
  return FALSE;
}

static void
check_told (AwReview *self)
{
  AwPhrase phrase;
  g_autofree char *words = NULL;

  if (!aw_phrases_have (self->lists, "honest", "told", self->body, &phrase) && !said_in_sentence (self, &phrase))
    return;
  for (guint i = 0; self->opportunity->decision_date_told != NULL && i < self->opportunity->decision_date_told->len; i++)
    {
      const AwPair *pair = g_ptr_array_index (self->opportunity->decision_date_told, i);

      if (self->input->person != NULL && g_strcmp0 (pair->person, self->input->person) != 0)
        continue;
      if (pair->at.sec == AW_NEVER || pair->at.sec <= self->input->at)
        return;
    }
  if (told_before (self, TRUE, NULL) != AW_DATE_NONE)
    return;
  words = aw_review_quote (self, &phrase);
  aw_review_add_phrase (self, "M15", AW_SEVERITY_WARNING, _ ("Told before?"),
                        g_strdup_printf (_ ("“%s”: it is not recorded that you told them your date."), words), &phrase);
}

static gboolean
has_other (AwReview *self,
           gboolean offer)
{
  for (guint i = 0; self->facts->opportunities != NULL && i < self->facts->opportunities->len; i++)
    {
      AwOpportunity *other = g_ptr_array_index (self->facts->opportunities, i);

      if (g_strcmp0 (AW_ID (other), AW_ID (self->opportunity)) == 0)
        continue;
      if (other->status == AW_STATUS_OFFER || (!offer && (other->status == AW_STATUS_ACTIVE || other->status == AW_STATUS_ON_HOLD)))
        return TRUE;
    }
  return FALSE;
}

void
aw_review_check_honesty (AwReview *self)
{
  AwPhrase phrase;

  check_own_date (self);
  check_told (self);
  if (aw_phrases_have (self->lists, "honest", "offer", self->body, &phrase) && !has_other (self, TRUE))
    {
      g_autofree char *words = aw_review_quote (self, &phrase);

      aw_review_add_phrase (self, "M15", AW_SEVERITY_WARNING, _ ("An offer elsewhere?"),
                            g_strdup_printf (_ ("“%s”: no other offer is recorded."), words), &phrase);
    }
  else if (aw_phrases_have (self->lists, "honest", "process", self->body, &phrase) && !has_other (self, FALSE))
    {
      g_autofree char *words = aw_review_quote (self, &phrase);

      aw_review_add_phrase (self, "M15", AW_SEVERITY_WARNING, _ ("A process elsewhere?"),
                            g_strdup_printf (_ ("“%s”: nothing else that is going on is recorded."), words), &phrase);
    }
}
