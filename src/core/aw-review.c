/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/aw-review.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/aw-review-private.h"

static const char *const severity_names[] = { "ok", "hint", "warning", "ask" };
const AwVocabulary aw_severities = { severity_names, G_N_ELEMENTS (severity_names) };

typedef struct
{
  const char *id;
  void (*check) (AwReview *self);
  gboolean needs_lists;
  const char *title;
  const char *sentence;
} Check;

static const Check checks[] = {
  { "M1", aw_review_check_likeness, FALSE, N_ ("Difference"), N_ ("Unlike your other notes to this company.") },
  { "M2", aw_review_check_length, FALSE, N_ ("Length"), N_ ("A good length.") },
  { "M3", aw_review_check_topic, FALSE, N_ ("Topic"), N_ ("Takes up what you talked about.") },
  { "M4", aw_review_check_thanks, TRUE, N_ ("What a Thank-You Says"), N_ ("Says what it should.") },
  { "M5", aw_review_check_tone, FALSE, N_ ("Tone"), N_ ("No complaint, no pressure.") },
  { "M6", aw_review_check_advice, TRUE, N_ ("Their Problem"), N_ ("Leaves their problem to them.") },
  { "M7", aw_review_check_names, FALSE, N_ ("Names"), N_ ("The names are right, and no prompt is left.") },
  { "M8", aw_review_check_guards, FALSE, N_ ("Cadence"), N_ ("Nothing speaks against writing now.") },
  { "M9", aw_review_check_parts, FALSE, N_ ("Subject, Links and Attachments"), N_ ("Nothing is missing.") },
  { "M10", aw_review_check_question, TRUE, N_ ("Question and Way Out"), N_ ("Asks what it should, and no more.") },
  { "M11", aw_review_check_timeline, TRUE, N_ ("Your Own Date"), N_ ("Names your date and leaves them free.") },
  { "M12", aw_review_check_spelling, FALSE, N_ ("Spelling"), N_ ("No misspelt words found.") },
  { "M13", aw_review_check_dates, TRUE, N_ ("Dates"), N_ ("The dates hold.") },
  { "M14", aw_review_check_met, TRUE, N_ ("Met or Not"), N_ ("Fits whether you have met.") },
  { "M15", aw_review_check_honesty, TRUE, N_ ("Honest"), N_ ("Agrees with what you recorded.") },
  { "M16", aw_review_check_current, FALSE, N_ ("Still Current"), N_ ("Nothing has changed since you began.") },
};

/* Findings --------------------------------------------------------------------- */

void
aw_finding_free (AwFinding *finding)
{
  g_free (finding->title);
  g_free (finding->sentence);
  g_free (finding->twin);
  g_clear_pointer (&finding->shared, g_array_unref);
  g_clear_pointer (&finding->twin_shared, g_array_unref);
  g_free (finding);
}

/**
 * aw_review_add:
 * @self: a review
 * @id: static text, "M1" to "M16"
 * @severity: how much it matters
 * @title: (transfer full): for the row
 * @sentence: (transfer full): for the reader
 * @start: first code point, -1: the whole
 * @end: code point after the last, -1: the whole
 *
 * Returns: (transfer none): the finding
 */
AwFinding *
aw_review_add (AwReview *self,
               const char *id,
               AwSeverity severity,
               char *title,
               char *sentence,
               int start,
               int end)
{
  AwFinding *finding = g_new0 (AwFinding, 1);

  finding->id = id;
  finding->severity = severity;
  finding->title = title;
  finding->sentence = sentence;
  finding->start = start;
  finding->end = end;
  finding->applies = TRUE;
  g_ptr_array_add (self->findings, finding);
  return finding;
}

/* As aw_review_add(), about the words of @phrase; @title is copied. */
AwFinding *
aw_review_add_phrase (AwReview *self,
                      const char *id,
                      AwSeverity severity,
                      const char *title,
                      char *sentence,
                      const AwPhrase *phrase)
{
  return aw_review_add (self, id, severity, g_strdup (title), sentence, phrase->start, phrase->end);
}

gboolean
aw_review_has (AwReview *self,
               const char *id)
{
  for (guint i = 0; i < self->findings->len; i++)
    if (strcmp (((AwFinding *) g_ptr_array_index (self->findings, i))->id, id) == 0)
      return TRUE;
  return FALSE;
}

/* Shared looks ------------------------------------------------------------------- */

/* Whether a phrase of the list stands in the body, greeting, signature or subject. */
gboolean
aw_review_says (AwReview *self,
                const char *list,
                const char *reason)
{
  return aw_phrases_have (self->lists, list, reason, self->whole, NULL) ||
         aw_phrases_have (self->lists, list, reason, self->subject_line, NULL);
}

/* The words of a passage for a sentence, shortened if it is long. */
char *
aw_review_quote (AwReview *self,
                 const AwPhrase *phrase)
{
  int end = phrase->end;
  g_autofree char *slice = NULL;
  char *text;

  if (end - phrase->start > 60)
    end = phrase->start + 57;
  slice = aw_text_slice (self->text, phrase->start, end);
  g_strdelimit (slice, "\n\r\t", ' ');
  text = end < phrase->end ? g_strconcat (g_strchomp (slice), "…", NULL) : g_strdup (slice);
  return text;
}

static gboolean
holds_word (const char *name,
            const char *folded)
{
  g_autoptr (AwText) text = name != NULL ? aw_text_new (name, NULL) : NULL;

  for (guint i = 0; text != NULL && i < text->words->len; i++)
    if (strcmp (aw_text_word (text, i)->folded, folded) == 0)
      return TRUE;
  return FALSE;
}

/* Words of the company's or the role's name. */
gboolean
aw_review_is_own_name (AwReview *self,
                       const char *folded)
{
  return holds_word (self->opportunity->company, folded) || holds_word (self->opportunity->role, folded);
}

gboolean
aw_review_is_content_word (AwReview *self,
                           const char *folded)
{
  if (g_utf8_strlen (folded, -1) < 2)
    return FALSE;
  return !aw_wordlists_has (self->lists, "stop", folded) && !aw_review_is_own_name (self, folded);
}

static gboolean
text_has_word (const AwText *text,
               const char *folded)
{
  for (guint i = 0; i < text->words->len && i < 10000; i++)
    {
      const AwTextWord *word = aw_text_word (text, i);

      if (word->region != AW_REGION_QUOTED && strcmp (word->folded, folded) == 0)
        return TRUE;
    }
  return FALSE;
}

/**
 * aw_review_names_role_or_company:
 * @self: a review
 * @text: its text or its subject
 * @role_only: whether the company's name does not suffice
 *
 * Returns: whether half of the words of the role, or a telling word of the
 *   company, stand in @text
 */
gboolean
aw_review_names_role_or_company (AwReview *self,
                                 const AwText *text,
                                 gboolean role_only)
{
  const char *names[2] = { self->opportunity->role, role_only ? NULL : self->opportunity->company };

  for (guint n = 0; n < 2; n++)
    {
      g_autoptr (AwText) name = names[n] != NULL ? aw_text_new (names[n], NULL) : NULL;
      guint content = 0, found = 0;

      for (guint i = 0; name != NULL && i < name->words->len; i++)
        {
          const char *folded = aw_text_word (name, i)->folded;

          if (aw_wordlists_has (self->lists, "stop", folded) || g_utf8_strlen (folded, -1) < 2)
            continue;
          content++;
          found += text_has_word (text, folded);
        }
      if (content > 0 && 2 * found >= content)
        return TRUE;
    }
  return FALSE;
}

/**
 * aw_review_meetings:
 * @self: a review
 *
 * Returns: (transfer full) (element-type AwInterview): the interviews that were not cancelled
 */
GPtrArray *
aw_review_meetings (AwReview *self)
{
  GPtrArray *meetings = g_ptr_array_new_with_free_func (g_object_unref);
  AwRecordList *list = aw_dossier_get_list (self->facts->dossier, AW_RECORD_INTERVIEW);

  for (guint i = 0; i < aw_record_list_get_length (list); i++)
    {
      AwInterview *interview = aw_record_list_peek (list, i);

      if (!interview->cancelled && aw_instant_is_set (interview->starts_at))
        g_ptr_array_add (meetings, g_object_ref (interview));
    }
  return meetings;
}

/* Met: an attendee of an ended interview, or somebody phoned or seen. */
gboolean
aw_review_met (AwReview *self,
               const char *person)
{
  AwRecordList *list = aw_dossier_get_list (self->facts->dossier, AW_RECORD_TOUCH);
  g_autoptr (GPtrArray) meetings = aw_review_meetings (self);

  for (guint i = 0; i < meetings->len; i++)
    {
      AwInterview *interview = g_ptr_array_index (meetings, i);

      if (aw_interview_get_end (interview) <= self->input->at && aw_strv_has (interview->attendees, person))
        return TRUE;
    }
  for (guint i = 0; i < aw_record_list_get_length (list); i++)
    {
      AwTouch *touch = aw_record_list_peek (list, i);

      if ((touch->channel == AW_CHANNEL_PHONE || touch->channel == AW_CHANNEL_IN_PERSON) &&
          touch->at.sec <= self->input->at && aw_strv_has (touch->people, person))
        return TRUE;
    }
  return FALSE;
}

/* The language ------------------------------------------------------------------- */

/* The language whose small words the text is made of; no list: NULL. Too short
 * to tell: @meant (nullable), else the user's own. */
static char *
guess_language (const char *message,
                const char *meant)
{
  const char *const *known = aw_wordlists_get_languages ();
  g_autoptr (AwText) text = NULL;
  guint n = 0, best = 0;
  const char *found = NULL;

  {
    /* The beginning tells. */
    g_autofree char *start = g_utf8_make_valid (message, (gssize) MIN (strlen (message), 4000));

    text = aw_text_new (start, NULL);
  }
  n = MIN (text->words->len, 400);
  for (guint i = 0; known[i] != NULL; i++)
    {
      AwWordlists *lists = aw_wordlists_get (known[i]);
      guint hits = 0;

      for (guint w = 0; w < n; w++)
        if (aw_text_word (text, w)->region != AW_REGION_QUOTED)
          hits += aw_wordlists_has (lists, "stop", aw_text_word (text, w)->folded);
      if (hits > best)
        {
          best = hits;
          found = known[i];
        }
    }
  /* About every second word of a letter is a small one; in another language few look like one. */
  if (found != NULL && n >= 12 && best * 100 >= n * 22)
    return g_strdup (found);
  if (n >= 12)
    return NULL;
  {
    const char *const *names = g_get_language_names ();

    if (meant != NULL && aw_wordlists_get (meant) != NULL)
      return g_strdup (meant);
    for (guint i = 0; names[i] != NULL; i++)
      if (aw_wordlists_get (names[i]) != NULL)
        return g_strdup (names[i]);
  }
  return g_strdup ("en");
}

void
aw_review_set_wordlist_folder (const char *folder)
{
  aw_wordlists_set_folder (folder);
}

/**
 * aw_review_warm_up:
 * @language: (nullable): a language, NULL: the user's
 *
 * Compiles the patterns of a language, so that the first review is as quick as
 * the others. May run in any thread.
 */
void
aw_review_warm_up (const char *language)
{
  static const char *const lists_used[] = { "advice",   "attachment", "content", "dates", "honest",   "meeting-words",
                                            "met",      "question",   "signs",   "timeline", "tone", "zones" };
  g_autofree char *guessed = language != NULL ? g_strdup (language) : guess_language ("", NULL);
  AwWordlists *lists = aw_wordlists_get (guessed);
  g_autoptr (AwText) text = aw_text_new ("-", lists);
  g_autoptr (AwTextLine) line = aw_text_line_new (text, lists, AW_LINE_BODY);

  for (guint i = 0; lists != NULL && i < G_N_ELEMENTS (lists_used); i++)
    aw_phrases_have (lists, lists_used[i], NULL, line, NULL);
}

/* The review --------------------------------------------------------------------- */

/* Whether a check has anything to look at in a message like this. */
static gboolean
applies (AwReview *self,
         const char *id)
{
  AwTouchKind kind = self->input->kind;

  if (strcmp (id, "M4") == 0)
    return kind == AW_TOUCH_THANK_YOU;
  if (strcmp (id, "M6") == 0)
    return kind != AW_TOUCH_FEEDBACK && kind != AW_TOUCH_ANSWER;
  if (strcmp (id, "M10") == 0)
    return kind == AW_TOUCH_CHECK_IN || kind == AW_TOUCH_ESCALATION || kind == AW_TOUCH_TIMELINE || kind == AW_TOUCH_KEEP_IN_TOUCH;
  if (strcmp (id, "M11") == 0)
    return kind == AW_TOUCH_TIMELINE;
  if (strcmp (id, "M14") == 0)
    return !self->met;
  return TRUE;
}

static void
run (AwReview *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (checks); i++)
    {
      const Check *check = &checks[i];
      guint before = self->findings->len;

      if (!check->needs_lists || self->lists != NULL)
        check->check (self);
      if (self->findings->len > before)
        continue;
      if (self->lists == NULL && (check->needs_lists || strcmp (check->id, "M5") == 0))
        aw_review_add (self, check->id, AW_SEVERITY_OK, g_strdup (_ (check->title)),
                       g_strdup (_ ("Not looked at: there is no phrase list for the language of this message.")), -1, -1);
      else
        aw_review_add (self, check->id, AW_SEVERITY_OK, g_strdup (_ (check->title)), g_strdup (_ (check->sentence)), -1, -1);
      ((AwFinding *) g_ptr_array_index (self->findings, before))->applies = applies (self, check->id);
    }
}

/**
 * aw_review:
 * @facts: what is recorded
 * @input: the message
 *
 * Reviews a message before it goes (rules.md §5): a pure function of its
 * arguments and the phrase lists. May run in any thread.
 *
 * Returns: (transfer full) (element-type AwFinding): the findings in the order
 *   of the checks, one %AW_SEVERITY_OK for each check that found nothing
 */
GPtrArray *
aw_review (const AwReviewFacts *facts,
           const AwReviewInput *input)
{
  const char *message = input->text != NULL ? input->text : "";
  AwReview self = {
    .facts = facts,
    .input = input,
    .opportunity = aw_dossier_get_opportunity (facts->dossier),
    .person = input->person != NULL ? aw_dossier_find_person (facts->dossier, input->person) : NULL,
  };

  self.findings = g_ptr_array_new_with_free_func ((GDestroyNotify) aw_finding_free);
  self.roles = self.person != NULL ? aw_person_get_roles (self.person) : 0;
  self.language = input->language != NULL ? g_strdup (input->language) : guess_language (message, facts->language);
  self.lists = aw_wordlists_get (self.language);
  self.text = aw_text_new (message, self.lists);
  self.subject = aw_text_new (input->subject, self.lists);
  /* A subject has neither greeting nor signature. */
  for (guint i = 0; i < self.subject->words->len; i++)
    g_array_index (self.subject->words, AwTextWord, i).region = AW_REGION_BODY;
  for (guint i = 0; i < self.subject->sentences->len; i++)
    g_array_index (self.subject->sentences, AwTextSentence, i).region = AW_REGION_BODY;
  self.body = aw_text_line_new (self.text, self.lists, AW_LINE_BODY | AW_LINE_HIDE_QUOTES);
  self.whole = aw_text_line_new (self.text, self.lists, AW_LINE_BODY | AW_LINE_GREETING | AW_LINE_SIGNATURE);
  self.subject_line = aw_text_line_new (self.subject, self.lists, AW_LINE_BODY | AW_LINE_HIDE_QUOTES);
  self.today = aw_calendar_date_of (facts->calendar, NULL, input->at);
  self.dates = aw_text_dates_find (self.text, self.lists, self.today);
  self.met = self.person != NULL && aw_review_met (&self, input->person);

  run (&self);

  g_array_unref (self.dates);
  aw_text_line_free (self.subject_line);
  aw_text_line_free (self.whole);
  aw_text_line_free (self.body);
  aw_text_free (self.subject);
  aw_text_free (self.text);
  g_free (self.language);
  return self.findings;
}
