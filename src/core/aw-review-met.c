/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/aw-review-private.h"

/* M14: nobody was met who was not. */

/* Whether they wrote to me, so that they may have told me something. */
static gboolean
heard_from (AwReview *self)
{
  AwRecordList *touches = aw_dossier_get_list (self->facts->dossier, AW_RECORD_TOUCH);

  for (guint i = 0; i < aw_record_list_get_length (touches); i++)
    {
      AwTouch *touch = aw_record_list_peek (touches, i);

      if (touch->direction == AW_DIRECTION_IN && aw_strv_has (touch->people, self->input->person))
        return TRUE;
    }
  return FALSE;
}

static gboolean
holds_name (AwPerson *person,
            const char *folded)
{
  g_autoptr (AwText) name = person->name != NULL ? aw_text_new (person->name, NULL) : NULL;

  for (guint i = 0; name != NULL && i < name->words->len; i++)
    if (strcmp (aw_text_word (name, i)->folded, folded) == 0)
      return TRUE;
  return FALSE;
}

/* Whether what follows a phrase says that it was with somebody else: "meeting
 * Grace and Mary", "the interview with Trent". */
static gboolean
with_others (AwReview *self,
             const AwPhrase *phrase)
{
  guint i = phrase->last_word + 1;
  const AwTextWord *word;

  if (aw_wordlists_has (self->lists, "you", aw_text_word (self->text, phrase->last_word)->folded))
    return FALSE;
  while (i < self->text->words->len && i <= phrase->last_word + 2 && aw_wordlists_has (self->lists, "with", aw_text_word (self->text, i)->folded))
    i++;
  if (i >= self->text->words->len)
    return FALSE;
  word = aw_text_word (self->text, i);
  if (word->sentence != phrase->sentence)
    return FALSE;
  if (aw_wordlists_has (self->lists, "colleagues", word->folded))
    return TRUE;
  return word->capital && !aw_wordlists_has (self->lists, "weekdays", word->folded) && !aw_wordlists_has (self->lists, "months", word->folded) &&
         !holds_name (self->person, word->folded);
}

void
aw_review_check_met (AwReview *self)
{
  g_autoptr (GArray) phrases = NULL;

  if (self->person == NULL || self->met)
    return;
  phrases = aw_phrases_find (self->lists, "met", "met", self->body);
  if (!heard_from (self))
    {
      g_autoptr (GArray) told = aw_phrases_find (self->lists, "met", "told", self->body);

      g_array_append_vals (phrases, told->data, told->len);
    }
  for (guint i = 0; i < phrases->len; i++)
    {
      const AwPhrase *phrase = &g_array_index (phrases, AwPhrase, i);
      g_autofree char *words = NULL;

      if (with_others (self, phrase))
        continue;
      words = aw_review_quote (self, phrase);
      aw_review_add_phrase (self, "M14", AW_SEVERITY_WARNING, _ ("You have not met"),
                            g_strdup_printf (_ ("“%s”: by your notes you have never met or spoken with %s."), words, aw_person_get_short_name (self->person)),
                            phrase);
      return;
    }
}
