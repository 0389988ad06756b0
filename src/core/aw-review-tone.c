/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/aw-review-private.h"

/* M5: my stance toward them, and M6: no free consulting. */

#define MAX_TONE_FINDINGS 4
#define MAX_STRAY_SIGNS 1

typedef struct
{
  const char *reason;
  const char *title;
  const char *sentence; /* {words} stands for the words it is about */
} Reason;

static const Reason reasons[] = {
  { "wait", N_ ("Complains about the wait"), N_ ("“{words}” sounds like a complaint about the wait.") },
  { "impatience", N_ ("Impatient"), N_ ("“{words}” sounds impatient.") },
  { "negative", N_ ("Negative"), N_ ("“{words}” sounds negative.") },
  { "feeling", N_ ("Negative"), N_ ("“{words}” sounds negative.") },
  { "pleading", N_ ("Pleading"), N_ ("“{words}” sounds like pleading.") },
  { "demand", N_ ("Demanding"), N_ ("“{words}” sounds like a demand.") },
  { "deadline", N_ ("Sets them a deadline"), N_ ("“{words}” sets them a deadline.") },
  { "soft-deadline", N_ ("Sets them a deadline"), N_ ("“{words}” sets them a deadline.") },
  { "blame", N_ ("Blames them"), N_ ("“{words}” sounds like blame.") },
  { "reproach", N_ ("Reproachful"), N_ ("“{words}” sounds like a reproach.") },
  { "wish", N_ ("Reproachful"), N_ ("“{words}” sounds like a reproach.") },
  { "resigned", N_ ("Resigned"), N_ ("“{words}” sounds as if you had given up.") },
  { "sarcasm", N_ ("Sarcastic"), N_ ("“{words}” may be read as sarcasm.") },
  { "others", N_ ("Runs others down"), N_ ("“{words}” runs somebody down.") },
  { "worn", N_ ("Worn phrase"), N_ ("“{words}” is a worn phrase that only says you are waiting.") },
};

/* What is only a complaint where somebody keeps silent, or has said no. */
#define AFTER_SILENCE "-silence"
#define AFTER_REFUSAL "-refusal"

static const Reason *
find_reason (const char *reason)
{
  gsize length = strlen (reason);

  if (g_str_has_suffix (reason, AFTER_SILENCE) || g_str_has_suffix (reason, AFTER_REFUSAL))
    length = (gsize) (strrchr (reason, '-') - reason);

  for (guint i = 0; i < G_N_ELEMENTS (reasons); i++)
    if (strlen (reasons[i].reason) == length && strncmp (reasons[i].reason, reason, length) == 0)
      return &reasons[i];
  return &reasons[2];
}

/* What may be said of anything: alone it weighs little in a letter that is
 * kind otherwise. */
static gboolean
is_soft (const char *reason)
{
  static const char *const soft[] = { "wait", "impatience", "negative", "feeling", "blame", "reproach", "wish", "resigned", "sarcasm", NULL };

  return g_strv_contains (soft, find_reason (reason)->reason);
}

/* Whether thanks, the wish for the post and, after a silence, a way out speak
 * for the writer. */
static gboolean
is_kind (AwReview *self)
{
  AwTouchKind kind = self->input->kind;

  if (kind == AW_TOUCH_CHECK_IN || kind == AW_TOUCH_ESCALATION)
    return aw_phrases_have (self->lists, "signs", "wish", self->whole, NULL) &&
           aw_phrases_have (self->lists, "question", "way-out", self->body, NULL) &&
           aw_phrases_have (self->lists, "signs", "courtesy", self->body, NULL);
  if (kind == AW_TOUCH_TIMELINE)
    return aw_phrases_have (self->lists, "timeline", "leave", self->body, NULL);
  if (kind == AW_TOUCH_THANK_YOU)
    return aw_review_says (self, "content", "thanks") && aw_review_says (self, "content", "interest");
  return FALSE;
}

/* What the kind of message makes of a reason. */
static gboolean
reason_applies (AwReview *self,
                const char *reason)
{
  AwTouchKind kind = self->input->kind;

  if (g_str_has_suffix (reason, AFTER_REFUSAL))
    return kind == AW_TOUCH_ACKNOWLEDGEMENT || kind == AW_TOUCH_OTHER;
  if (g_str_has_suffix (reason, AFTER_SILENCE))
    return kind == AW_TOUCH_CHECK_IN || kind == AW_TOUCH_ESCALATION || kind == AW_TOUCH_KEEP_IN_TOUCH || kind == AW_TOUCH_OTHER;
  /* In asked-for feedback a wish is fine, and so is what one felt. */
  if (kind == AW_TOUCH_FEEDBACK && (strcmp (reason, "wish") == 0 || strcmp (reason, "feeling") == 0 || strcmp (reason, "wait") == 0))
    return FALSE;
  /* Who was turned down may be sorry, graciously. */
  if (kind == AW_TOUCH_ACKNOWLEDGEMENT && (strcmp (reason, "feeling") == 0 || strcmp (reason, "wish") == 0))
    return !aw_review_says (self, "content", "thanks") && !aw_phrases_have (self->lists, "signs", "courtesy", self->body, NULL);
  /* My own deadline, and what must be arranged, may have a day. */
  if (strcmp (reason, "soft-deadline") == 0)
    return kind == AW_TOUCH_THANK_YOU || kind == AW_TOUCH_CHECK_IN || kind == AW_TOUCH_ESCALATION || kind == AW_TOUCH_KEEP_IN_TOUCH ||
           kind == AW_TOUCH_ARTICLE;
  return TRUE;
}

static void
add_tone (AwReview *self,
          GArray *phrases,
          gboolean in_subject,
          AwSeverity severity,
          guint *n)
{
  int last_end = -1;

  for (guint i = 0; i < phrases->len && *n < MAX_TONE_FINDINGS; i++)
    {
      const AwPhrase *phrase = &g_array_index (phrases, AwPhrase, i);
      const Reason *reason = find_reason (phrase->reason);
      g_autofree char *words = NULL;
      g_autofree char *sentence = NULL;
      AwFinding *finding;

      if (phrase->start < last_end || !reason_applies (self, phrase->reason))
        continue;
      if (in_subject)
        {
          g_autofree char *slice = aw_text_slice (self->subject, phrase->start, phrase->end);

          words = g_steal_pointer (&slice);
        }
      else
        words = aw_review_quote (self, phrase);
      {
        GString *filled = g_string_new (_ (reason->sentence));

        g_string_replace (filled, "{words}", words, 1);
        sentence = g_string_free (filled, FALSE);
      }
      finding = aw_review_add (self, "M5", severity, g_strdup (_ (reason->title)),
                               phrase->suggestion != NULL ? g_strdup_printf ("%s %s", sentence, phrase->suggestion) : g_strdup (sentence),
                               phrase->start, phrase->end);
      finding->in_subject = in_subject;
      last_end = phrase->end;
      (*n)++;
    }
}

static void
check_marks (AwReview *self)
{
  const AwText *text = self->text;
  guint exclamations = 0;
  int first = -1, second = -1;
  gboolean quoted = FALSE;

  for (int i = 0; i < text->n_chars && i < 200000; i++)
    {
      gunichar c = text->chars[i];

      if (c == '"' || c == 0x201C || c == 0x201D)
        quoted = c == 0x201C || (c == '"' && !quoted);
      if (c == '\n')
        quoted = FALSE;
      if (c == '!' && !quoted && text->regions[i] != AW_REGION_QUOTED && text->regions[i] != AW_REGION_GREETING)
        {
          exclamations++;
          if (first < 0)
            first = i;
          else if (second < 0)
            second = i;
        }
    }
  if (exclamations > 1)
    aw_review_add (self, "M5", AW_SEVERITY_WARNING, g_strdup (_ ("Exclamation marks")),
                   g_strdup_printf (ngettext ("%u exclamation mark.", "%u exclamation marks. One is enough.", exclamations), exclamations),
                   second, second + 1);

  /* Three capital words in a row, or two ordinary ones. */
  for (guint i = 0; i < text->words->len && i < 20000; i++)
    {
      guint run = 0, ordinary = 0;

      while (i + run < text->words->len)
        {
          const AwTextWord *word = aw_text_word (text, i + run);

          if (!word->shouted || word->in_quotes || word->region != AW_REGION_BODY ||
              (run > 0 && word->sentence != aw_text_word (text, i)->sentence))
            break;
          /* A word that the lists know is none of the trade's acronyms. */
          ordinary += aw_wordlists_has (self->lists, "stop", word->folded) || aw_wordlists_has (self->lists, "ordinary", word->folded) ||
                      word->end - word->start > 6;
          run++;
        }
      /* "ISO, PCI DSS and GDPR": acronyms stay acronyms, however many. */
      if ((run >= 3 && ordinary >= 1) || ordinary >= 2)
        {
          aw_review_add (self, "M5", AW_SEVERITY_WARNING, g_strdup (_ ("Shouting")), g_strdup (_ ("Words in capitals read as shouting.")),
                         aw_text_word (text, i)->start, aw_text_word (text, i + run - 1)->end);
          return;
        }
      if (run > 0)
        i += run - 1;
    }
}

/* How many sentences hold a sign; @first is the first of them. */
static guint
count_signs (AwReview *self,
             AwPhrase *first)
{
  g_autoptr (GArray) signs = aw_phrases_find (self->lists, "signs", "sign", self->body);
  guint n = 0, last = G_MAXUINT;

  for (guint i = 0; i < signs->len; i++)
    {
      const AwPhrase *sign = &g_array_index (signs, AwPhrase, i);

      if (n == 0)
        *first = *sign;
      n += sign->sentence != last;
      last = sign->sentence;
    }
  return n;
}

/* Whether all that was found is one soft phrase in a kind letter with hardly
 * another sign: it may mean something else. */
static gboolean
is_stray (AwReview *self,
          GArray *phrases)
{
  g_autoptr (GArray) signs = NULL;
  guint sentence = G_MAXUINT, others = 0, last = G_MAXUINT;

  for (guint i = 0; i < phrases->len; i++)
    {
      const AwPhrase *phrase = &g_array_index (phrases, AwPhrase, i);

      if (!reason_applies (self, phrase->reason))
        continue;
      if (!is_soft (phrase->reason) || (sentence != G_MAXUINT && phrase->sentence != sentence))
        return FALSE;
      sentence = phrase->sentence;
    }
  if (sentence == G_MAXUINT || !is_kind (self))
    return FALSE;
  signs = aw_phrases_find (self->lists, "signs", "sign", self->body);
  for (guint i = 0; i < signs->len; i++)
    {
      guint in = g_array_index (signs, AwPhrase, i).sentence;

      others += in != sentence && in != last;
      last = in;
    }
  return others <= MAX_STRAY_SIGNS;
}

/* A complaint without one word that is one: signs that add up, in a message
 * after a silence. What speaks for the writer weighs against them: a way out,
 * courtesy, and the wish for the post. */
static void
check_signs (AwReview *self)
{
  AwTouchKind kind = self->input->kind;
  gboolean way_out, courteous, interested, asks;
  AwPhrase first;
  guint n, least;

  if (kind != AW_TOUCH_CHECK_IN && kind != AW_TOUCH_ESCALATION)
    return;
  n = count_signs (self, &first);
  if (n == 0)
    return;
  way_out = aw_phrases_have (self->lists, "question", "way-out", self->body, NULL);
  courteous = aw_phrases_have (self->lists, "signs", "courtesy", self->whole, NULL);
  interested = aw_phrases_have (self->lists, "signs", "wish", self->whole, NULL);
  asks = aw_phrases_have (self->lists, "signs", "request", self->body, NULL);
  n += n > 1 && !asks;
  if (way_out)
    least = courteous || interested ? G_MAXUINT : 3;
  else
    least = interested ? 4 + courteous : 1 + courteous + !asks;
  if (n >= least)
    {
      const AwTextSentence *sentence = aw_text_sentence (self->text, first.sentence);

      aw_review_add (self, "M5", AW_SEVERITY_WARNING, g_strdup (_ ("Sounds impatient")),
                     g_strdup (_ ("Taken together this may read as a complaint about the wait. Ask one plain question, and leave them a way out.")),
                     sentence->start, sentence->end);
    }
}

void
aw_review_check_tone (AwReview *self)
{
  guint n = 0;

  if (self->lists != NULL)
    {
      g_autoptr (GArray) in_body = aw_phrases_find (self->lists, "tone", NULL, self->body);
      g_autoptr (GArray) in_subject = aw_phrases_find (self->lists, "tone", NULL, self->subject_line);

      add_tone (self, in_subject, TRUE, AW_SEVERITY_WARNING, &n);
      add_tone (self, in_body, FALSE, n == 0 && is_stray (self, in_body) ? AW_SEVERITY_HINT : AW_SEVERITY_WARNING, &n);
      if (n == 0)
        check_signs (self);
    }
  check_marks (self);
}

/* M6 ----------------------------------------------------------------------------- */

static gboolean
word_in (AwReview *self,
         const char *list,
         guint i)
{
  return i < self->text->words->len && aw_wordlists_has (self->lists, list, aw_text_word (self->text, i)->folded);
}

/* "Next time, give every player …", "After that, make each …": the word after
 * a few that end with a comma. */
static guint
after_introduction (AwReview *self,
                    const AwTextSentence *sentence,
                    guint first)
{
  guint last = MIN (first + 5, sentence->first_word + sentence->n_words);

  for (guint i = first; i < last; i++)
    {
      int end = aw_text_word (self->text, i)->end;

      if (word_in (self, "verbs", i) && i == first)
        return first;
      if (end < self->text->n_chars && self->text->chars[end] == ',')
        return i + 1;
    }
  return first;
}

/* Whether the sentence tells them to do something. */
static gboolean
is_imperative (AwReview *self,
               const AwTextSentence *sentence)
{
  guint i = sentence->first_word, last = sentence->first_word + sentence->n_words;

  if (sentence->n_words < 2)
    return FALSE;
  /* "1. Replace …", "First, replace …", "Then simply move …". */
  if (sentence->list_item && aw_text_word (self->text, i)->number)
    i++;
  i = after_introduction (self, sentence, i);
  while (i + 1 < last && word_in (self, "steps", i))
    i++;
  if (i + 1 >= last || !word_in (self, "verbs", i) || aw_text_word (self->text, i)->in_quotes)
    return FALSE;
  return TRUE;
}

/* "About those closures: subscribe to the feed, put …": a command after a mark. */
static gboolean
commands_after_mark (AwReview *self,
                     const AwTextSentence *sentence)
{
  for (guint i = sentence->first_word + 1; i < sentence->first_word + sentence->n_words; i++)
    {
      int before = aw_text_word (self->text, i)->start - 1;

      while (before > sentence->start && g_unichar_isspace (self->text->chars[before]))
        before--;
      if ((self->text->chars[before] == ':' || self->text->chars[before] == ';' || self->text->chars[before] == 0x2014) &&
          !aw_text_word (self->text, i)->in_quotes &&
          ((word_in (self, "verbs", i) && word_in (self, "objects", i + 1)) ||
           /* "…: never migrate during a closing" */
           (word_in (self, "steps", i) && word_in (self, "verbs", i + 1))))
        return TRUE;
    }
  return FALSE;
}

/* A word about the writer: then it is an offer or a request, no advice. */
static gboolean
speaks_of_me (AwReview *self,
              const AwTextSentence *sentence)
{
  for (guint i = sentence->first_word; i < sentence->first_word + sentence->n_words; i++)
    if (word_in (self, "me", i))
      return TRUE;
  return FALSE;
}

void
aw_review_check_advice (AwReview *self)
{
  AwTouchKind kind = self->input->kind;
  AwPhrase phrase;
  guint items = 0;
  int start = 0, end = 0;
  const char *sentence_text = _ ("You seem to solve their problem. A note is too short for that; say what you would bring.");

  if (kind == AW_TOUCH_FEEDBACK || kind == AW_TOUCH_ANSWER)
    return;
  if (aw_phrases_have (self->lists, "advice", "advice", self->body, &phrase))
    {
      aw_review_add_phrase (self, "M6", AW_SEVERITY_WARNING, _ ("Solves their problem"), g_strdup (sentence_text), &phrase);
      return;
    }
  for (guint i = 0; i < self->text->sentences->len && i < 2000; i++)
    {
      const AwTextSentence *sentence = aw_text_sentence (self->text, i);
      guint first = sentence->first_word;

      if (sentence->region != AW_REGION_BODY || sentence->n_words == 0)
        continue;
      if (!is_imperative (self, sentence))
        {
          if (!sentence->list_item && !sentence->question && commands_after_mark (self, sentence) && !speaks_of_me (self, sentence))
            {
              aw_review_add (self, "M6", AW_SEVERITY_WARNING, g_strdup (_ ("Solves their problem")), g_strdup (sentence_text),
                             sentence->start, sentence->end);
              return;
            }
          continue;
        }
      if (sentence->list_item)
        {
          /* "What I would bring:": the list is mine. */
          if (items == 0 && i > 0 && aw_phrases_in_sentence (self->lists, "advice", "own-list", self->body, i - 1))
            return;
          if (items++ == 0)
            start = sentence->start;
          end = sentence->end;
          if (items >= 3)
            {
              aw_review_add (self, "M6", AW_SEVERITY_WARNING, g_strdup (_ ("Solves their problem")), g_strdup (sentence_text), start, end);
              return;
            }
          continue;
        }
      first = after_introduction (self, sentence, first);
      while (word_in (self, "steps", first))
        first++;
      /* In running text, only with an object that is theirs: "Move the rota …". */
      if (!sentence->question && word_in (self, "objects", first + 1) && !speaks_of_me (self, sentence) &&
          !aw_phrases_in_sentence (self->lists, "advice", "wish", self->body, i))
        {
          aw_review_add (self, "M6", AW_SEVERITY_WARNING, g_strdup (_ ("Solves their problem")), g_strdup (sentence_text),
                         sentence->start, sentence->end);
          return;
        }
    }
}
