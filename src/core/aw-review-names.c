/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/aw-fold.h"
#include "core/aw-review-private.h"

/* M7: right names, and nothing left over. */

static gboolean
is_part_of_name (const char *name,
                 const char *folded)
{
  g_autofree char *whole = name != NULL ? aw_fold (name) : NULL;
  g_auto (GStrv) parts = NULL;

  if (whole == NULL)
    return FALSE;
  parts = g_strsplit_set (whole, " \t-.,", -1);
  for (guint i = 0; parts[i] != NULL; i++)
    if (*parts[i] != '\0' && strcmp (parts[i], folded) == 0)
      return TRUE;
  /* "O'Keane" and "OKeane", "Jean-Luc" as one word. */
  parts = (g_strfreev (parts), g_strsplit_set (whole, " \t", -1));
  for (guint i = 0; parts[i] != NULL; i++)
    {
      g_autofree char *word = g_strdup (folded);

      g_strdelimit (parts[i], "-", '\'');
      if (strcmp (parts[i], word) == 0)
        return TRUE;
    }
  return FALSE;
}

/* Letters alone, so that "Müller" and "Mueller" can be compared too. */
static char *
plain_form (const char *folded,
            gboolean german)
{
  GString *out = g_string_new (NULL);

  for (const char *p = folded; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (!g_unichar_isalpha (c))
        continue;
      if (german && (p[0] == 'a' || p[0] == 'o' || p[0] == 'u') && p[1] == 'e')
        {
          g_string_append_unichar (out, c);
          p++;
          continue;
        }
      g_string_append_unichar (out, c);
    }
  return g_string_free (out, FALSE);
}

static gboolean
names_person (AwPerson *person,
              const char *folded)
{
  g_autofree char *whole = NULL, *form = NULL;
  g_auto (GStrv) parts = NULL;

  if (person->name == NULL)
    return FALSE;
  if (is_part_of_name (person->name, folded))
    return TRUE;
  whole = aw_fold (person->name);
  parts = g_strsplit_set (whole, " \t", -1);
  form = plain_form (folded, TRUE);
  for (guint i = 0; parts[i] != NULL; i++)
    {
      g_autofree char *part = plain_form (parts[i], TRUE);

      if (*part != '\0' && g_utf8_strlen (part, -1) > 2 && strcmp (part, form) == 0)
        return TRUE;
    }
  return FALSE;
}

/* Everybody but the recipient, those first who are recorded here: whoever it
 * is, a letter to somebody else does not greet them. */
static GPtrArray *
other_people (AwReview *self)
{
  GPtrArray *people = g_ptr_array_new ();
  AwRecordList *list = aw_dossier_get_list (self->facts->dossier, AW_RECORD_PERSON);

  for (guint i = 0; i < aw_record_list_get_length (list); i++)
    {
      AwPerson *person = aw_record_list_peek (list, i);

      if (person != self->person && person->name != NULL)
        g_ptr_array_add (people, person);
    }
  for (guint i = 0; self->facts->people != NULL && i < self->facts->people->len; i++)
    {
      AwPerson *person = g_ptr_array_index (self->facts->people, i);

      if (person->name != NULL && (self->person == NULL || strcmp (AW_ID (person), AW_ID (self->person)) != 0))
        g_ptr_array_add (people, person);
    }
  return people;
}

/* The other person whom a word names and the recipient not. */
static AwPerson *
find_other (AwReview *self,
            GPtrArray *people,
            const char *folded)
{
  if (g_utf8_strlen (folded, -1) < 2 || (self->person != NULL && names_person (self->person, folded)))
    return NULL;
  for (guint i = 0; i < people->len; i++)
    if (names_person (g_ptr_array_index (people, i), folded))
      return g_ptr_array_index (people, i);
  return NULL;
}

static char *
stem_of (const AwTextWord *word)
{
  gsize length = strlen (word->folded);

  if (length > 2 && strcmp (word->folded + length - 2, "'s") == 0)
    return g_strndup (word->folded, length - 2);
  return g_strdup (word->folded);
}

/* The "Morgen" of "Guten Morgen" is nobody's name. */
static gboolean
ends_greeting (AwReview *self,
               guint i)
{
  g_autofree char *both = NULL;

  if (i == 0)
    return FALSE;
  both = g_strconcat (aw_text_word (self->text, i - 1)->folded, " ", aw_text_word (self->text, i)->folded, NULL);
  return aw_wordlists_has (self->lists, "greetings", both);
}

static void
check_greeting (AwReview *self,
                GPtrArray *people)
{
  const AwText *text = self->text;
  gboolean named = FALSE, any = FALSE;
  const char *name = self->person != NULL ? self->person->name : NULL;

  if (name == NULL || *name == '\0')
    return;
  for (guint i = 0; i < text->words->len; i++)
    {
      const AwTextWord *word = aw_text_word (text, i);
      g_autofree char *stem = NULL;
      AwPerson *other;

      if (word->region != AW_REGION_GREETING)
        continue;
      any = TRUE;
      if (aw_wordlists_has (self->lists, "greetings", word->folded) || ends_greeting (self, i))
        continue;
      stem = stem_of (word);
      if (names_person (self->person, stem))
        named = TRUE;
      /* Those whose names are words ("Hope you are well") only where they stand as names. */
      other = word->capital ? find_other (self, people, stem) : NULL;
      if (other != NULL && !(aw_wordlists_has (self->lists, "namewords", stem) && named))
        {
          aw_review_add (self, "M7", AW_SEVERITY_ASK, g_strdup (_ ("Somebody else is greeted")),
                         g_strdup_printf (_ ("The greeting names %s, but this goes to %s."), other->name, name), word->start, word->end);
          return;
        }
    }
  if (named)
    return;
  if (!any)
    {
      if (self->input->kind != AW_TOUCH_ANSWER && text->n_body_words > 0)
        aw_review_add (self, "M7", AW_SEVERITY_ASK, g_strdup (_ ("No greeting")), g_strdup_printf (_ ("Nobody is greeted. This goes to %s."), name), -1, -1);
      return;
    }
  aw_review_add (self, "M7", AW_SEVERITY_ASK, g_strdup (_ ("The greeting")), g_strdup_printf (_ ("The greeting does not name %s."), name),
                 text->greeting_start, text->greeting_end);
}

static gunichar
mark_after (const AwText *text,
            const AwTextWord *word)
{
  int i = word->end;

  while (i < text->n_chars && (text->chars[i] == ' ' || text->chars[i] == '\t'))
    i++;
  return i < text->n_chars ? text->chars[i] : '\n';
}

static gunichar
mark_before (const AwText *text,
             const AwTextWord *word)
{
  int i = word->start - 1;

  while (i >= 0 && (text->chars[i] == ' ' || text->chars[i] == '\t' || text->chars[i] == '\n'))
    i--;
  return i >= 0 ? text->chars[i] : '\n';
}

/* Whether a sentence turns to its reader. */
static gboolean
speaks_to_you (AwReview *self,
               guint sentence)
{
  const AwTextSentence *said = aw_text_sentence (self->text, sentence);

  for (guint i = said->first_word; i < said->first_word + said->n_words; i++)
    {
      const char *folded = aw_text_word (self->text, i)->folded;

      if (aw_wordlists_has (self->lists, "you", folded) || aw_wordlists_has (self->lists, "thanks", folded))
        return TRUE;
    }
  return FALSE;
}

/* The first of the titles before the name at @i: "Frau Dr. Wolff". */
static guint
titles_before (AwReview *self,
               guint i)
{
  const AwText *text = self->text;
  guint sentence = aw_text_word (text, i)->sentence;

  while (i > 0 && aw_text_word (text, i - 1)->sentence == sentence && aw_wordlists_has (self->lists, "titles", aw_text_word (text, i - 1)->folded))
    i--;
  return i;
}

/* "Thank you, Mark, for …", "Vielen Dank, Herr Weber, …": a name that is not
 * the recipient's, recorded or not. Where every noun has a capital, only a
 * title tells a name. */
static gboolean
thanks_stranger (AwReview *self,
                 guint i)
{
  const AwText *text = self->text;
  const AwTextWord *word = aw_text_word (text, i);
  g_autofree char *thanks = NULL;
  guint first = titles_before (self, i);
  gunichar after = mark_after (text, word);

  if (first < 1 || aw_text_word (text, first)->first || word->shouted || mark_before (text, aw_text_word (text, first)) != ',' ||
      (after != ',' && after != '.' && after != '!') || self->person == NULL || names_person (self->person, word->folded) ||
      aw_wordlists_has (self->lists, "stop", word->folded) || aw_wordlists_has (self->lists, "titles", word->folded) ||
      aw_wordlists_look_up (self->lists, "weekdays", word->folded) != NULL || aw_wordlists_look_up (self->lists, "months", word->folded) != NULL ||
      aw_wordlists_has (self->lists, "articles", word->folded))
    return FALSE;
  if (first < i && aw_wordlists_has (self->lists, "thanks", aw_text_word (text, first - 1)->folded))
    return TRUE;
  if (aw_wordlists_has (self->lists, "ordinary", word->folded) || first < 2 || aw_text_word (text, first - 2)->sentence != word->sentence)
    return FALSE;
  thanks = g_strconcat (aw_text_word (text, first - 2)->folded, " ", aw_text_word (text, first - 1)->folded, NULL);
  return aw_wordlists_has (self->lists, "thanks", thanks);
}

/* "Thank you, Marcus.", "Marcus, I enjoyed …", "… meeting you, Marcus, and …". */
static void
check_address (AwReview *self,
               GPtrArray *people)
{
  const AwText *text = self->text;

  for (guint i = 0; i < text->words->len && i < 5000; i++)
    {
      const AwTextWord *word = aw_text_word (text, i);
      guint first = i, last = i;
      AwPerson *other;
      gunichar before, after;
      gboolean addressed = FALSE, titled;

      if (word->region != AW_REGION_BODY || !word->capital || word->in_quotes)
        continue;
      other = find_other (self, people, word->folded);
      if (other == NULL && thanks_stranger (self, i))
        {
          aw_review_add (self, "M7", AW_SEVERITY_ASK, g_strdup (_ ("Somebody else is addressed")),
                         g_strdup_printf (_ ("“%s” is addressed, but this goes to %s."), word->exact,
                                          self->person != NULL && self->person->name != NULL ? self->person->name : _ ("somebody else")),
                         word->start, word->end);
          return;
        }
      if (other == NULL)
        continue;
      while (last + 1 < text->words->len && aw_text_word (text, last + 1)->sentence == word->sentence &&
             aw_text_word (text, last + 1)->capital && mark_after (text, aw_text_word (text, last)) != ',' &&
             names_person (other, aw_text_word (text, last + 1)->folded))
        last++;
      first = titles_before (self, i);
      titled = first < i;
      after = mark_after (text, aw_text_word (text, last));
      before = mark_before (text, aw_text_word (text, first));
      if (aw_text_word (text, first)->first && (titled || last > i || !aw_wordlists_has (self->lists, "namewords", word->folded)) &&
          last + 1 < text->words->len)
        addressed = (after == ',' || after == '!' || after == 0x2014 || after == ':') && aw_wordlists_has (self->lists, "after-address", aw_text_word (text, last + 1)->folded) &&
                    aw_text_word (text, last + 1)->sentence == word->sentence;
      else if (!aw_text_word (text, first)->first && before == ',' && first > 0 && (after == '.' || after == '!' || after == ',' || after == '?' || after == '\n'))
        addressed = aw_wordlists_has (self->lists, "before-address", aw_text_word (text, first - 1)->folded) &&
                    /* "… you, Marcus, and Ines" is a list. */
                    !(last + 2 < text->words->len && find_other (self, people, aw_text_word (text, last + 1)->folded) != NULL) &&
                    !(last + 2 < text->words->len && after == ',' && find_other (self, people, aw_text_word (text, last + 2)->folded) != NULL);
      /* "… what comes next, Helen?" at the end of what is said to "you". */
      if (!addressed && !aw_text_word (text, first)->first && before == ',' && first > 0 && (after == '?' || after == '.' || after == '!') &&
          (last + 1 >= text->words->len || aw_text_word (text, last + 1)->sentence != word->sentence))
        addressed = aw_wordlists_get_list (self->lists, "relations") != NULL && speaks_to_you (self, word->sentence) &&
                    !aw_wordlists_has (self->lists, "relations", aw_text_word (text, first - 1)->folded) &&
                    (titled || !aw_text_word (text, first - 1)->capital);
      if (addressed)
        {
          aw_review_add (self, "M7", AW_SEVERITY_ASK, g_strdup (_ ("Somebody else is addressed")),
                         g_strdup_printf (_ ("%s is addressed, but this goes to %s."), other->name,
                                          self->person != NULL && self->person->name != NULL ? self->person->name : _ ("somebody else")),
                         aw_text_word (text, first)->start, aw_text_word (text, last)->end);
          return;
        }
      i = last;
    }
}

/* Another company or role of mine --------------------------------------------------- */

/* Whether @name stands from word @i on, case and all; returns its words. */
static guint
stands_at (const AwText *text,
           guint i,
           const AwText *name,
           guint n)
{
  for (guint k = 0; k < n; k++)
    {
      const AwTextWord *word, *want = aw_text_word (name, k);
      gsize length = strlen (want->exact);

      if (i + k >= text->words->len)
        return 0;
      word = aw_text_word (text, i + k);
      if (strncmp (word->exact, want->exact, length) != 0)
        return 0;
      /* Whole words; an 's may follow the last. */
      if (word->exact[length] != '\0' &&
          !(k + 1 == n && (strcmp (word->exact + length, "'s") == 0 || strcmp (word->exact + length, "\xE2\x80\x99s") == 0)))
        return 0;
    }
  return n;
}

static gboolean
holds_sequence (const AwText *text,
                const AwText *part,
                guint n)
{
  for (guint i = 0; i < text->words->len; i++)
    {
      guint k = 0;

      while (k < n && i + k < text->words->len && strcmp (aw_text_word (text, i + k)->folded, aw_text_word (part, k)->folded) == 0)
        k++;
      if (k == n)
        return TRUE;
    }
  return FALSE;
}

static gboolean
introduced (AwReview *self,
            const AwText *text,
            guint i)
{
  guint j = i;

  while (j > 0 && aw_wordlists_has (self->lists, "articles", aw_text_word (text, j - 1)->folded))
    j--;
  if (j == 0 || aw_text_word (text, j - 1)->sentence != aw_text_word (text, i)->sentence)
    return FALSE;
  if (aw_wordlists_has (self->lists, "introducers", aw_text_word (text, j - 1)->folded))
    return TRUE;
  /* "role of", "the position as". */
  return j > 1 && aw_wordlists_has (self->lists, "of", aw_text_word (text, j - 1)->folded) &&
         aw_wordlists_has (self->lists, "posts", aw_text_word (text, j - 2)->folded);
}

/* "the Analytics engineer role", "as an Associate", where no other one is meant. */
static gboolean
stands_as_post (AwReview *self,
                const AwText *text,
                guint i,
                guint n)
{
  guint sentence = aw_text_word (text, i)->sentence, after = i + n;

  for (guint w = 0; w < text->words->len; w++)
    if (aw_text_word (text, w)->sentence == sentence && aw_wordlists_has (self->lists, "besides", aw_text_word (text, w)->folded))
      return FALSE;
  if (after < text->words->len && aw_text_word (text, after)->sentence == sentence &&
      aw_wordlists_has (self->lists, "posts", aw_text_word (text, after)->folded))
    return TRUE;
  while (i > 0 && aw_wordlists_has (self->lists, "articles", aw_text_word (text, i - 1)->folded))
    i--;
  return i > 0 && aw_text_word (text, i - 1)->sentence == sentence && aw_wordlists_has (self->lists, "as", aw_text_word (text, i - 1)->folded);
}

/* Whether the sentence says openly that there is another process or employer. */
static gboolean
speaks_of_elsewhere (AwReview *self,
                     guint sentence)
{
  const AwTextSentence *said = aw_text_sentence (self->text, sentence);

  for (guint i = said->first_word; i < said->first_word + said->n_words; i++)
    if (aw_wordlists_has (self->lists, "elsewhere", aw_text_word (self->text, i)->folded))
      return TRUE;
  return aw_phrases_in_sentence (self->lists, "honest", NULL, self->body, sentence);
}

static gboolean
check_foreign (AwReview *self,
               const AwText *text,
               const char *theirs,
               const char *mine,
               gboolean company)
{
  g_autoptr (AwText) name = NULL, own = NULL;
  guint n, least;

  if (theirs == NULL || *theirs == '\0')
    return FALSE;
  name = aw_text_new (theirs, NULL);
  own = aw_text_new (mine, NULL);
  n = name->words->len;
  if (n == 0 || holds_sequence (own, name, n))
    return FALSE;
  /* A company's first words suffice ("St Aidan's" Academy), where they tell. */
  least = company && n > 1 ? n - 1 : n;
  if (least < n && (holds_sequence (own, name, least) || g_utf8_strlen (aw_text_word (name, 0)->folded, -1) < 4) && least == 1)
    least = n;
  if (least < n && (aw_wordlists_has (self->lists, "stop", aw_text_word (name, 0)->folded) ||
                    aw_wordlists_has (self->lists, "ordinary", aw_text_word (name, 0)->folded) ||
                    aw_wordlists_has (self->lists, "generic", aw_text_word (name, least - 1)->folded) ||
                    holds_sequence (own, name, least)))
    least = n;
  for (guint i = 0; i < text->words->len && i < 5000; i++)
    {
      const AwTextWord *word = aw_text_word (text, i);
      guint found;

      if (word->region == AW_REGION_QUOTED || word->in_quotes)
        continue;
      found = stands_at (text, i, name, n);
      if (found == 0 && least < n && stands_at (text, i, name, least) > 0 &&
          !(i + least < text->words->len && aw_text_word (text, i + least)->capital && !aw_text_word (text, i + least)->first))
        found = least;
      if (found == 0 || !(introduced (self, text, i) || (!company && stands_as_post (self, text, i, found))))
        continue;
      if (word->first && aw_wordlists_has (self->lists, "namewords", word->folded))
        continue;
      if (text == self->text && speaks_of_elsewhere (self, word->sentence))
        continue;
      {
        g_autofree char *words = aw_text_slice (text, word->start, aw_text_word (text, i + found - 1)->end);
        AwFinding *finding;

        finding = aw_review_add (self, "M7", AW_SEVERITY_ASK, company ? g_strdup (_ ("Another company's name")) : g_strdup (_ ("Another post's name")),
                                 g_strdup_printf (_ ("“%s” is another one of yours. This is about %s."), words,
                                                  mine != NULL ? mine : _ ("something else")),
                                 word->start, aw_text_word (text, i + found - 1)->end);
        finding->in_subject = text == self->subject;
        return TRUE;
      }
    }
  return FALSE;
}

/* Left over ----------------------------------------------------------------------------- */

static gboolean
check_left_over (AwReview *self,
                 const AwText *text)
{
  for (int i = 0; i < text->n_chars && i < 100000; i++)
    {
      gunichar open = text->chars[i], close;
      int end = i + 1;
      gboolean letters = FALSE, plain = TRUE, whole_word;

      if (text->regions[i] == AW_REGION_QUOTED)
        continue;
      if (open == '{' || open == '<' || open == '[')
        {
          close = open == '{' ? '}' : open == '<' ? '>' : ']';
          while (end < text->n_chars && end - i < 300 && text->chars[end] != close && text->chars[end] != '\n')
            {
              letters |= g_unichar_isalpha (text->chars[end]);
              plain &= text->chars[end] != '@' && text->chars[end] != '/' && text->chars[end] != ':';
              end++;
            }
          if (end < text->n_chars && text->chars[end] == close && letters)
            {
              g_autofree char *inside = aw_text_slice (text, i + 1, end);
              gboolean left = open == '{' || (open == '<' ? plain && g_unichar_isalpha (text->chars[i + 1])
                                                          : g_ascii_strcasecmp (inside, "sic") != 0);

              end++;
              if (left)
                {
                  g_autofree char *words = aw_text_slice (text, i, end);
                  AwFinding *finding = aw_review_add (self, "M7", AW_SEVERITY_ASK, g_strdup (_ ("A prompt is left")),
                                                      g_strdup_printf (_ ("“%s” is still in the text."), words), i, end);

                  finding->in_subject = text == self->subject;
                  return TRUE;
                }
            }
          continue;
        }
      if (open == '_')
        {
          while (end < text->n_chars && text->chars[end] == '_')
            end++;
          if (end - i >= 3)
            goto found;
          i = end - 1;
          continue;
        }
      whole_word = (i == 0 || !g_unichar_isalnum (text->chars[i - 1])) && (open == 'X' || open == 'T');
      if (whole_word)
        {
          g_autofree char *word = NULL;

          while (end < text->n_chars && g_unichar_isalnum (text->chars[end]))
            end++;
          word = aw_text_slice (text, i, MIN (end, i + 8));
          if ((strspn (word, "X") == strlen (word) && strlen (word) >= 3) || strcmp (word, "XYZ") == 0 || strcmp (word, "TODO") == 0)
            goto found;
        }
      continue;

    found:
      {
        g_autofree char *words = aw_text_slice (text, i, end);
        AwFinding *finding = aw_review_add (self, "M7", AW_SEVERITY_ASK, g_strdup (_ ("A prompt is left")),
                                            g_strdup_printf (_ ("“%s” is still in the text."), words), i, end);

        finding->in_subject = text == self->subject;
        return TRUE;
      }
    }
  return FALSE;
}

void
aw_review_check_names (AwReview *self)
{
  g_autoptr (GPtrArray) people = other_people (self);
  const AwText *texts[2] = { self->subject, self->text };

  check_greeting (self, people);
  if (!aw_review_has (self, "M7"))
    check_address (self, people);
  for (guint t = 0; t < 2; t++)
    {
      for (guint i = 0; self->facts->opportunities != NULL && i < self->facts->opportunities->len; i++)
        {
          AwOpportunity *other = g_ptr_array_index (self->facts->opportunities, i);

          if (g_strcmp0 (AW_ID (other), AW_ID (self->opportunity)) == 0)
            continue;
          if (check_foreign (self, texts[t], other->company, self->opportunity->company, TRUE) ||
              check_foreign (self, texts[t], other->role, self->opportunity->role, FALSE))
            break;
        }
      check_left_over (self, texts[t]);
    }
}
