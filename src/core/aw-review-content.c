/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/aw-review-private.h"

/* What a message holds: its length (M2), what was talked about (M3), what a
 * thank-you says (M4), question and way out (M10). */

/* M2 ----------------------------------------------------------------------------- */

static guint
limit_of (AwTouchKind kind)
{
  if (kind == AW_TOUCH_THANK_YOU)
    return 200;
  return kind >= AW_TOUCH_CHECK_IN && kind <= AW_TOUCH_KEEP_IN_TOUCH ? 150 : 0;
}

void
aw_review_check_length (AwReview *self)
{
  AwTouchKind kind = self->input->kind;
  guint n = self->text->n_body_words, limit = limit_of (kind);
  gboolean has_floor = kind == AW_TOUCH_THANK_YOU || kind == AW_TOUCH_CHECK_IN || kind == AW_TOUCH_ESCALATION || kind == AW_TOUCH_TIMELINE;
  guint in_paragraph = 0, paragraph = 0;
  int start = 0, end = 0;

  if (limit > 0 && n > limit)
    aw_review_add (self, "M2", AW_SEVERITY_WARNING, g_strdup (_ ("Length")),
                   g_strdup_printf (ngettext ("%u word. Aim for 60 to 150.", "%u words. Aim for 60 to 150.", n), n), -1, -1);
  else if (has_floor && n < 30)
    aw_review_add (self, "M2", AW_SEVERITY_HINT, g_strdup (_ ("Length")),
                   g_strdup_printf (ngettext ("Only %u word. Aim for 60 to 150.", "Only %u words. Aim for 60 to 150.", n), n), -1, -1);

  for (guint i = 0; i <= self->text->sentences->len; i++)
    {
      const AwTextSentence *sentence = i < self->text->sentences->len ? aw_text_sentence (self->text, i) : NULL;

      if (sentence == NULL || sentence->paragraph != paragraph || sentence->region != AW_REGION_BODY)
        {
          if (in_paragraph > 90)
            {
              aw_review_add (self, "M2", AW_SEVERITY_HINT, g_strdup (_ ("Long paragraph")),
                             g_strdup_printf (_ ("A paragraph has %u words. Two shorter ones read more easily."), in_paragraph), start, end);
              return;
            }
          in_paragraph = 0;
          if (sentence == NULL)
            break;
          paragraph = sentence->paragraph;
        }
      if (sentence->region != AW_REGION_BODY)
        continue;
      if (in_paragraph == 0)
        start = sentence->start;
      in_paragraph += sentence->n_words;
      end = sentence->end;
    }
  if (has_floor && !aw_review_has (self, "M2"))
    aw_review_add (self, "M2", AW_SEVERITY_OK, g_strdup (_ ("Length")),
                   g_strdup_printf (ngettext ("%u word. Aim for 60 to 150.", "%u words. Aim for 60 to 150.", n), n), -1, -1);
}

/* M3 ----------------------------------------------------------------------------- */

#define STEM 5

static gboolean
begins_alike (const char *a,
              const char *b)
{
  for (guint i = 0; i < STEM; i++)
    {
      if (*a == '\0' || *b == '\0' || g_utf8_get_char (a) != g_utf8_get_char (b))
        return FALSE;
      a = g_utf8_next_char (a);
      b = g_utf8_next_char (b);
    }
  return TRUE;
}

static gboolean
stands_in (const AwText *text,
           const char *folded,
           gboolean by_stem)
{
  for (guint i = 0; i < text->words->len && i < 5000; i++)
    {
      const AwTextWord *word = aw_text_word (text, i);

      if (word->region != AW_REGION_BODY)
        continue;
      if (strcmp (word->folded, folded) == 0 || (by_stem && begins_alike (word->folded, folded)))
        return TRUE;
    }
  return FALSE;
}

static gboolean
takes_up (AwReview *self,
          const char *topic)
{
  g_autoptr (AwText) text = aw_text_new (topic, self->lists);
  guint content = 0, found = 0;

  for (guint i = 0; i < text->words->len && i < 40; i++)
    {
      const char *folded = aw_text_word (text, i)->folded;
      gboolean is_long = g_utf8_strlen (folded, -1) >= STEM;

      if (!aw_review_is_content_word (self, folded))
        continue;
      content++;
      if (stands_in (self->text, folded, is_long) || stands_in (self->subject, folded, is_long))
        {
          if (is_long)
            return TRUE;
          found++;
        }
    }
  return content == 0 || 2 * found >= content;
}

void
aw_review_check_topic (AwReview *self)
{
  AwTouchKind kind = self->input->kind;
  AwSeverity severity = kind == AW_TOUCH_THANK_YOU                                     ? AW_SEVERITY_WARNING
                        : kind == AW_TOUCH_ARTICLE || kind == AW_TOUCH_ESCALATION ? AW_SEVERITY_HINT
                                                                                  : AW_SEVERITY_OK;
  g_autoptr (GPtrArray) meetings = aw_review_meetings (self);
  g_autoptr (GString) taken = g_string_new (NULL);
  guint recorded = 0;

  if (self->person == NULL)
    return;
  for (guint i = 0; i < meetings->len; i++)
    {
      AwInterview *interview = g_ptr_array_index (meetings, i);

      for (guint j = 0; interview->topics != NULL && j < interview->topics->len; j++)
        {
          AwPair *pair = g_ptr_array_index (interview->topics, j);

          if (g_strcmp0 (pair->person, self->input->person) != 0 || pair->text == NULL || *pair->text == '\0')
            continue;
          recorded++;
          if (takes_up (self, pair->text))
            /* Translators: a topic that the message takes up */
            g_string_append_printf (taken, taken->len > 0 ? C_ ("topic", ", “%s”") : C_ ("topic", "“%s”"), pair->text);
        }
    }
  if (taken->len > 0)
    aw_review_add (self, "M3", AW_SEVERITY_OK, g_strdup (_ ("Topic")), g_strdup (taken->str), -1, -1);
  else if (recorded == 0 && kind == AW_TOUCH_THANK_YOU && self->met)
    aw_review_add (self, "M3", AW_SEVERITY_HINT, g_strdup (_ ("Topic")), g_strdup (_ ("Write down one thing you talked about.")), -1, -1);
  else if (recorded == 0)
    aw_review_add (self, "M3", AW_SEVERITY_OK, g_strdup (_ ("Topic")), g_strdup (_ ("No topic is recorded for this person.")), -1, -1);
  else if (severity != AW_SEVERITY_OK)
    aw_review_add (self, "M3", severity, g_strdup (_ ("Topic")),
                   g_strdup_printf (_ ("Name something you talked about with %s."), aw_person_get_short_name (self->person)), -1, -1);
}

/* M4 ----------------------------------------------------------------------------- */

static void
append_missing (GString *out,
                const char *what)
{
  if (out->len > 0)
    g_string_append (out, ", ");
  g_string_append (out, what);
}

/* Words of the recorded qualifications, or a phrase that tells of experience. */
static gboolean
names_qualification (AwReview *self)
{
  g_autoptr (AwText) recorded = NULL;

  if (aw_phrases_have (self->lists, "content", "qualification", self->whole, NULL))
    return TRUE;
  if (self->opportunity->qualifications == NULL)
    return FALSE;
  recorded = aw_text_new (self->opportunity->qualifications, self->lists);
  for (guint i = 0; i < recorded->words->len && i < 100; i++)
    {
      const char *folded = aw_text_word (recorded, i)->folded;

      if (g_utf8_strlen (folded, -1) >= STEM && aw_review_is_content_word (self, folded) && stands_in (self->text, folded, TRUE))
        return TRUE;
    }
  return FALSE;
}

void
aw_review_check_thanks (AwReview *self)
{
  g_autoptr (GString) missing = g_string_new (NULL);
  gboolean is_hr = (self->roles & (AW_ROLE_HR | AW_ROLE_RECRUITER)) != 0 &&
                   (self->roles & (AW_ROLE_HIRING_MANAGER | AW_ROLE_DECISION_MAKER)) == 0;
  gboolean role_named = aw_review_names_role_or_company (self, self->text, FALSE) ||
                        aw_review_names_role_or_company (self, self->subject, TRUE);

  if (self->input->kind != AW_TOUCH_THANK_YOU)
    return;
  if (!aw_review_says (self, "content", "thanks"))
    append_missing (missing, _ ("a word of thanks"));
  if (!aw_review_says (self, "content", "interest"))
    append_missing (missing, _ ("that you want the position"));
  else if (!role_named)
    append_missing (missing, _ ("which position you mean"));
  if (!is_hr && !names_qualification (self))
    append_missing (missing, _ ("a qualification of yours"));
  if (!is_hr && !aw_review_says (self, "content", "offer"))
    append_missing (missing, _ ("what you can do for them"));
  if (!self->met && self->person != NULL && !aw_review_says (self, "content", "introduction"))
    append_missing (missing, _ ("who you are"));
  if (missing->len > 0)
    aw_review_add (self, "M4", AW_SEVERITY_HINT, g_strdup (_ ("What a Thank-You Says")),
                   g_strdup_printf (_ ("You could still say: %s."), missing->str), -1, -1);
}

/* M10 ---------------------------------------------------------------------------- */

/* A question about where it stands, open or wrapped in a sentence. */
static guint
count_questions (AwReview *self)
{
  guint n = 0;

  for (guint i = 0; i < self->text->sentences->len; i++)
    n += aw_text_sentence (self->text, i)->region == AW_REGION_BODY && aw_text_sentence (self->text, i)->question;
  return n;
}

static gboolean
has_link (AwReview *self)
{
  for (guint i = 0; i < self->text->words->len; i++)
    {
      const AwTextWord *word = aw_text_word (self->text, i);

      if (word->link && word->region == AW_REGION_BODY && strchr (word->folded, '@') == NULL)
        return TRUE;
    }
  return FALSE;
}

void
aw_review_check_question (AwReview *self)
{
  AwTouchKind kind = self->input->kind;
  gboolean asks = kind == AW_TOUCH_CHECK_IN || kind == AW_TOUCH_ESCALATION;
  gboolean to_manager = (self->roles & (AW_ROLE_HIRING_MANAGER | AW_ROLE_DECISION_MAKER)) != 0;
  g_autoptr (GString) missing = g_string_new (NULL);

  if (kind == AW_TOUCH_KEEP_IN_TOUCH)
    {
      AwPhrase phrase;

      if (aw_phrases_have (self->lists, "question", "status", self->body, &phrase))
        {
          g_autofree char *words = aw_review_quote (self, &phrase);

          aw_review_add_phrase (self, "M10", AW_SEVERITY_WARNING, _ ("Asks where it stands"),
                                g_strdup_printf (_ ("“%s” asks about the status. A message that keeps in touch asks nothing."), words), &phrase);
        }
    }
  if (!asks && kind != AW_TOUCH_TIMELINE && kind != AW_TOUCH_KEEP_IN_TOUCH)
    return;

  if (kind == AW_TOUCH_CHECK_IN)
    {
      guint n = count_questions (self);

      if (n == 0 && !aw_phrases_have (self->lists, "question", "status", self->body, NULL) &&
          !aw_phrases_have (self->lists, "question", "indirect", self->body, NULL))
        append_missing (missing, _ ("one clear question"));
      else if (n > 2)
        append_missing (missing, _ ("one question instead of several"));
      if (!aw_phrases_have (self->lists, "question", "way-out", self->body, NULL))
        append_missing (missing, _ ("an easy way out for them"));
    }
  if ((kind == AW_TOUCH_ESCALATION || (kind == AW_TOUCH_CHECK_IN && to_manager)) && !has_link (self) &&
      !aw_phrases_have (self->lists, "question", "brings", self->body, NULL))
    append_missing (missing, _ ("something for them, such as an article or a thought"));
  if (!aw_review_names_role_or_company (self, self->text, FALSE) && !aw_review_names_role_or_company (self, self->subject, FALSE) &&
      !aw_review_says (self, "question", "meeting"))
    append_missing (missing, _ ("which post or meeting it is about"));
  if (!aw_review_says (self, "content", "interest"))
    append_missing (missing, _ ("that you are still interested"));
  if (missing->len > 0)
    aw_review_add (self, "M10", AW_SEVERITY_HINT, g_strdup (_ ("Question and Way Out")),
                   g_strdup_printf (_ ("This may be missing: %s."), missing->str), -1, -1);
}
