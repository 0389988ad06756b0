/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <enchant.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/aw-review-private.h"

/* M12: spelling, in the language of the message, where a dictionary is there. */

#define MAX_FINDINGS 5
#define MAX_WORDS 3000

static GMutex lock; /* enchant is for one thread at a time */
static EnchantBroker *broker;
static GHashTable *dictionaries; /* language to EnchantDict, or NULL if there is none */

/* The dictionary of the language, of the user's country if there is one. */
static EnchantDict *
find_dictionary (const char *language)
{
  EnchantDict *dictionary = NULL;
  const char *const *names = g_get_language_names ();
  g_autoptr (GPtrArray) tags = g_ptr_array_new_with_free_func (g_free);

  if (broker == NULL)
    {
      broker = enchant_broker_init ();
      dictionaries = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    }
  if (g_hash_table_lookup_extended (dictionaries, language, NULL, (gpointer *) &dictionary))
    return dictionary;
  for (guint i = 0; names[i] != NULL; i++)
    if (strncmp (names[i], language, strlen (language)) == 0 && strchr (names[i], '_') != NULL && strchr (names[i], '.') == NULL)
      g_ptr_array_add (tags, g_strdup (names[i]));
  g_ptr_array_add (tags, g_strdup (language));
  if (strcmp (language, "en") == 0)
    {
      g_ptr_array_add (tags, g_strdup ("en_US"));
      g_ptr_array_add (tags, g_strdup ("en_GB"));
    }
  else
    {
      g_autofree char *country = g_ascii_strup (language, -1);

      g_ptr_array_add (tags, g_strdup_printf ("%s_%s", language, country));
    }
  for (guint i = 0; i < tags->len && dictionary == NULL; i++)
    if (enchant_broker_dict_exists (broker, g_ptr_array_index (tags, i)))
      dictionary = enchant_broker_request_dict (broker, g_ptr_array_index (tags, i));
  g_hash_table_insert (dictionaries, g_strdup (language), dictionary);
  return dictionary;
}

static void
add_known (GHashTable *known,
           const char *name)
{
  g_autoptr (AwText) text = name != NULL ? aw_text_new (name, NULL) : NULL;

  for (guint i = 0; text != NULL && i < text->words->len; i++)
    g_hash_table_add (known, g_strdup (aw_text_word (text, i)->folded));
}

/* Names of people, companies, roles and topics are spelt as they were recorded. */
static GHashTable *
known_words (AwReview *self)
{
  GHashTable *known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  AwRecordList *people = aw_dossier_get_list (self->facts->dossier, AW_RECORD_PERSON);
  g_autoptr (GPtrArray) meetings = aw_review_meetings (self);

  for (guint i = 0; i < aw_record_list_get_length (people); i++)
    {
      AwPerson *person = aw_record_list_peek (people, i);

      add_known (known, person->name);
      add_known (known, person->title);
    }
  for (guint i = 0; self->facts->opportunities != NULL && i < self->facts->opportunities->len; i++)
    {
      AwOpportunity *opportunity = g_ptr_array_index (self->facts->opportunities, i);

      add_known (known, opportunity->company);
      add_known (known, opportunity->role);
    }
  add_known (known, self->opportunity->company);
  add_known (known, self->opportunity->role);
  add_known (known, self->opportunity->qualifications);
  for (guint i = 0; i < meetings->len; i++)
    {
      AwInterview *interview = g_ptr_array_index (meetings, i);

      for (guint j = 0; interview->topics != NULL && j < interview->topics->len; j++)
        add_known (known, ((AwPair *) g_ptr_array_index (interview->topics, j))->text);
    }
  return known;
}

static gboolean
is_spelt_right (EnchantDict *dictionary,
                const char *word)
{
  g_autofree char *straight = NULL;

  if (enchant_dict_check (dictionary, word, -1) == 0)
    return TRUE;
  if (strstr (word, "\xE2\x80\x99") != NULL)
    {
      g_autoptr (GString) copy = g_string_new (word);

      g_string_replace (copy, "\xE2\x80\x99", "'", 0);
      return enchant_dict_check (dictionary, copy->str, -1) == 0;
    }
  return FALSE;
}

void
aw_review_check_spelling (AwReview *self)
{
  g_autoptr (GHashTable) known = NULL;
  EnchantDict *dictionary;
  guint found = 0;

  if (self->language == NULL)
    return;
  g_mutex_lock (&lock);
  dictionary = find_dictionary (self->language);
  if (dictionary == NULL)
    {
      g_mutex_unlock (&lock);
      aw_review_add (self, "M12", AW_SEVERITY_OK, g_strdup (_ ("Spelling")),
                     g_strdup (_ ("Not looked at: no dictionary is installed for the language of this message.")), -1, -1);
      return;
    }
  known = known_words (self);
  for (guint i = 0; i < self->text->words->len && i < MAX_WORDS && found < MAX_FINDINGS; i++)
    {
      const AwTextWord *word = aw_text_word (self->text, i);
      g_autofree char *stem = NULL;

      if (word->region != AW_REGION_BODY || word->link || word->number || word->shouted || word->end - word->start < 2)
        continue;
      /* A capital within a sentence is a name. */
      if (word->capital && !word->first && strcmp (self->language, "de") != 0)
        continue;
      stem = g_strdup (word->folded);
      if (g_str_has_suffix (stem, "'s"))
        stem[strlen (stem) - 2] = '\0';
      if (g_hash_table_contains (known, stem) || g_hash_table_contains (known, word->folded) || is_spelt_right (dictionary, word->exact))
        continue;
      /* Each word once. */
      g_hash_table_add (known, g_strdup (word->folded));
      aw_review_add (self, "M12", AW_SEVERITY_HINT, g_strdup (_ ("Spelling")), g_strdup_printf (_ ("“%s” may be misspelt."), word->exact),
                     word->start, word->end);
      found++;
    }
  g_mutex_unlock (&lock);
}
