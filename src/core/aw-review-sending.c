/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/aw-letter-date.h"
#include "core/aw-review-private.h"

/* What speaks against sending it: the guards (M8), missing parts (M9), and
 * what happened since it was begun (M16). */

static char *
day_of (AwReview *self,
        gint64 sec)
{
  return aw_letter_date (aw_calendar_date_of (self->facts->calendar, NULL, sec), NULL);
}

/* M8 ----------------------------------------------------------------------------- */

static char *
cause_of (AwReview *self,
          const AwGuardHit *hit)
{
  AwTouch *touch = hit->touch != NULL ? aw_dossier_find (self->facts->dossier, AW_RECORD_TOUCH, hit->touch) : NULL;
  g_autofree char *day = hit->touch_at != AW_NEVER ? day_of (self, hit->touch_at) : NULL;
  AwPerson *person = NULL;

  if (touch != NULL && touch->people != NULL && touch->people[0] != NULL)
    person = aw_dossier_find_person (self->facts->dossier, touch->people[0]);
  if (day == NULL)
    return g_strdup ("");
  if (touch != NULL && touch->channel == AW_CHANNEL_PHONE)
    return person != NULL ? g_strdup_printf (_ ("You called %s on %s."), aw_person_get_short_name (person), day)
                          : g_strdup_printf (_ ("You called on %s."), day);
  return person != NULL ? g_strdup_printf (_ ("You wrote to %s on %s."), aw_person_get_short_name (person), day)
                        : g_strdup_printf (_ ("You wrote to this address on %s."), day);
}

/* All is well: what this message will hold back in its turn. */
static void
add_next (AwReview *self)
{
  const char *company = aw_dossier_get_opportunity (self->facts->dossier)->company;
  gint64 next = aw_guards_next (self->facts->dossier, self->facts->elsewhere, self->facts->calendar, self->input->person, self->input->kind,
                                self->input->at);
  g_autofree char *day = next != AW_NEVER ? day_of (self, next) : NULL;

  if (day == NULL || company == NULL || *company == '\0')
    return;
  aw_review_add (self, "M8", AW_SEVERITY_OK, g_strdup (_ ("Cadence")),
                 /* Translators: a company and a day: "Next contact with Harbor & Finch from 11 March." */
                 g_strdup_printf (_ ("Next contact with %s from %s."), company, day), -1, -1);
}

void
aw_review_check_guards (AwReview *self)
{
  AwGuardHit hit;
  g_autofree char *cause = NULL, *until = NULL;
  char *sentence;

  if (self->person == NULL)
    return;
  hit = aw_guards_check (self->facts->dossier, self->facts->elsewhere, self->facts->calendar, self->input->person,
                         self->input->kind, self->input->channel, self->input->at);
  if (hit.guard == NULL)
    {
      add_next (self);
      return;
    }
  cause = cause_of (self, &hit);
  until = hit.until != AW_NEVER ? day_of (self, hit.until) : NULL;
  if (strcmp (hit.guard, "G5") == 0)
    sentence = g_strdup_printf (_ ("%s is neither HR nor manager nor decision maker: they get thanks and answers, and nothing more."),
                                aw_person_get_short_name (self->person));
  else if (strcmp (hit.guard, "G4") == 0)
    sentence = g_strdup_printf (_ ("Nobody has agreed to a call with %s. Offer times first."), aw_person_get_short_name (self->person));
  else if (strcmp (hit.guard, "G3") == 0)
    sentence = until != NULL ? g_strdup_printf (_ ("%s Do not call and write as well; wait until %s."), cause, until)
                             : g_strdup_printf (_ ("%s Do not call and write as well."), cause);
  else
    sentence = until != NULL ? g_strdup_printf (_ ("%s Wait until %s; a message so soon may look pushy."), cause, until)
                             : g_strdup_printf (_ ("%s A message so soon may look pushy."), cause);
  aw_review_add (self, "M8", AW_SEVERITY_ASK, g_strdup (_ ("Cadence")), g_strchug (sentence), -1, -1);
}

/* M9 ----------------------------------------------------------------------------- */

static gboolean
is_blank (const char *text)
{
  for (; text != NULL && *text != '\0'; text = g_utf8_next_char (text))
    if (!g_unichar_isspace (g_utf8_get_char (text)))
      return FALSE;
  return TRUE;
}

/* Whether what was meant as a link can be followed. */
static gboolean
link_works (const char *link)
{
  g_autoptr (GUri) uri = NULL;
  g_autofree char *full = g_str_has_prefix (link, "http://") || g_str_has_prefix (link, "https://") || g_str_has_prefix (link, "ftp://")
                              ? g_strdup (link)
                          : strstr (link, "://") == NULL && !g_str_has_prefix (link, "http") && !g_str_has_prefix (link, "htp")
                              ? g_strconcat ("https://", link, NULL)
                              : g_strdup (link);
  const char *host, *dot;

  uri = g_uri_parse (full, G_URI_FLAGS_NONE, NULL);
  if (uri == NULL || !g_strv_contains ((const char *const[]){ "http", "https", "ftp", NULL }, g_uri_get_scheme (uri)))
    return FALSE;
  host = g_uri_get_host (uri);
  if (host == NULL || *host == '\0')
    return FALSE;
  if (strcmp (host, "localhost") == 0)
    return FALSE;
  dot = strrchr (host, '.');
  return dot != NULL && dot != host && dot[1] != '\0' && strstr (host, "..") == NULL;
}

static void
check_address (AwReview *self)
{
  AwChannel channel = self->input->channel;
  g_autofree char *sentence = NULL;
  const char *name;

  if (self->person == NULL)
    {
      aw_review_add (self, "M9", AW_SEVERITY_ASK, g_strdup (_ ("No recipient")), g_strdup (_ ("Nobody is chosen to write to.")), -1, -1);
      return;
    }
  name = aw_person_get_short_name (self->person);
  if (channel == AW_CHANNEL_EMAIL && is_blank (self->person->email))
    sentence = g_strdup_printf (_ ("There is no e-mail address for %s."), name);
  else if (channel == AW_CHANNEL_PHONE && is_blank (self->person->phone))
    sentence = g_strdup_printf (_ ("There is no phone number for %s."), name);
  else if (channel == AW_CHANNEL_LETTER && is_blank (self->person->address))
    sentence = g_strdup_printf (_ ("There is no postal address for %s."), name);
  if (sentence != NULL)
    aw_review_add (self, "M9", AW_SEVERITY_ASK, g_strdup (_ ("No address")), g_steal_pointer (&sentence), -1, -1);
}

static void
check_subject (AwReview *self)
{
  if (self->input->channel != AW_CHANNEL_EMAIL)
    return;
  if (is_blank (self->input->subject))
    {
      aw_review_add (self, "M9", AW_SEVERITY_ASK, g_strdup (_ ("No subject")), g_strdup (_ ("The message has no subject.")), -1, -1);
      return;
    }
  if (self->lists != NULL && !aw_review_names_role_or_company (self, self->subject, FALSE) &&
      !aw_phrases_have (self->lists, "question", "meeting", self->subject_line, NULL))
    aw_review_add (self, "M9", AW_SEVERITY_HINT, g_strdup (_ ("Subject")),
                   g_strdup (_ ("The subject names neither the post nor the company nor your meeting.")), -1, -1);
}

static void
check_links (AwReview *self)
{
  AwArticle *article = self->input->article != NULL ? aw_dossier_find (self->facts->dossier, AW_RECORD_ARTICLE, self->input->article) : NULL;
  guint n = 0;
  gboolean article_there = article == NULL || is_blank (article->url);
  int third_start = -1, third_end = -1;

  for (guint i = 0; i < self->text->words->len; i++)
    {
      const AwTextWord *word = aw_text_word (self->text, i);

      if (!word->link || word->region == AW_REGION_QUOTED)
        continue;
      if (strchr (word->exact, '@') != NULL && strchr (word->exact, '/') == NULL)
        continue;
      n++;
      if (n == 3)
        {
          third_start = word->start;
          third_end = word->end;
        }
      if (!article_there && strstr (word->exact, article->url) != NULL)
        article_there = TRUE;
      if (!link_works (word->exact) && n <= 3)
        aw_review_add (self, "M9", AW_SEVERITY_WARNING, g_strdup (_ ("Link")),
                       g_strdup_printf (_ ("“%s” is no link that can be followed."), word->exact), word->start, word->end);
    }
  if (self->input->kind == AW_TOUCH_ARTICLE && (n == 0 || !article_there))
    aw_review_add (self, "M9", AW_SEVERITY_ASK, g_strdup (_ ("No link")), g_strdup (_ ("The link to the article is missing.")), -1, -1);
  if (n > 2)
    aw_review_add (self, "M9", AW_SEVERITY_WARNING, g_strdup (_ ("Links")),
                   g_strdup_printf (_ ("%u links. More than two look like advertising."), n), third_start, third_end);
}

void
aw_review_check_parts (AwReview *self)
{
  AwPhrase phrase;

  check_address (self);
  check_subject (self);
  if (self->input->n_attachments == 0 && aw_phrases_have (self->lists, "attachment", NULL, self->body, &phrase))
    {
      g_autofree char *words = aw_review_quote (self, &phrase);

      aw_review_add_phrase (self, "M9", AW_SEVERITY_ASK, _ ("Attachment"),
                            g_strdup_printf (_ ("“%s” announces an attachment, and there is none."), words), &phrase);
    }
  check_links (self);
}

/* M16 ---------------------------------------------------------------------------- */

static gboolean
is_answered (AwReview *self,
             AwTouch *incoming)
{
  AwRecordList *touches = aw_dossier_get_list (self->facts->dossier, AW_RECORD_TOUCH);

  for (guint i = 0; i < aw_record_list_get_length (touches); i++)
    {
      AwTouch *touch = aw_record_list_peek (touches, i);

      if (touch->direction != AW_DIRECTION_OUT || touch->kind == AW_TOUCH_THANK_YOU || touch->at.sec < incoming->at.sec)
        continue;
      if (incoming->people == NULL || incoming->people[0] == NULL)
        return TRUE;
      for (guint p = 0; incoming->people[p] != NULL; p++)
        if (aw_strv_has (touch->people, incoming->people[p]))
          return TRUE;
    }
  return FALSE;
}

void
aw_review_check_current (AwReview *self)
{
  AwTouchKind kind = self->input->kind;
  AwRecordList *touches = aw_dossier_get_list (self->facts->dossier, AW_RECORD_TOUCH);
  AwInstant changed = self->opportunity->status_changed_at;
  AwTouch *news = NULL, *unanswered = NULL;

  for (guint i = 0; i < aw_record_list_get_length (touches); i++)
    {
      AwTouch *touch = aw_record_list_peek (touches, i);

      if (touch->direction != AW_DIRECTION_IN || !aw_instant_is_set (touch->at) || touch->at.sec > self->input->at)
        continue;
      if (touch->at.sec > self->input->begun)
        news = touch;
      if (touch->needs_answer && !is_answered (self, touch))
        unanswered = touch;
    }
  if (news != NULL)
    {
      AwPerson *person = news->people != NULL && news->people[0] != NULL ? aw_dossier_find_person (self->facts->dossier, news->people[0]) : NULL;

      aw_review_add (self, "M16", AW_SEVERITY_ASK, g_strdup (_ ("They have written since")),
                     person != NULL ? g_strdup_printf (_ ("%s got in touch after you began this message. Does it still fit?"), aw_person_get_short_name (person))
                                    : g_strdup (_ ("They got in touch after you began this message. Does it still fit?")),
                     -1, -1);
    }
  if (aw_instant_is_set (changed) && changed.sec > self->input->begun && changed.sec <= self->input->at)
    aw_review_add (self, "M16", AW_SEVERITY_ASK, g_strdup (_ ("The status has changed")),
                   g_strdup (_ ("The status changed after you began this message. Does it still fit?")), -1, -1);
  if (aw_status_is_closed (self->opportunity->status) && kind != AW_TOUCH_ACKNOWLEDGEMENT && kind != AW_TOUCH_FEEDBACK &&
      kind != AW_TOUCH_ANSWER && kind != AW_TOUCH_REQUEST && kind != AW_TOUCH_OTHER)
    aw_review_add (self, "M16", AW_SEVERITY_ASK, g_strdup (_ ("This is closed")),
                   g_strdup (_ ("This opportunity is closed. Do you want to write all the same?")), -1, -1);
  if (unanswered != NULL && kind != AW_TOUCH_ANSWER && kind != AW_TOUCH_FEEDBACK && kind != AW_TOUCH_REQUEST)
    {
      AwPerson *person = unanswered->people != NULL && unanswered->people[0] != NULL ? aw_dossier_find_person (self->facts->dossier, unanswered->people[0]) : NULL;

      aw_review_add (self, "M16", AW_SEVERITY_ASK, g_strdup (_ ("An answer is open")),
                     person != NULL ? g_strdup_printf (_ ("%s is waiting for an answer. Give it first."), aw_person_get_short_name (person))
                                    : g_strdup (_ ("They are waiting for an answer. Give it first.")),
                     -1, -1);
    }
}
