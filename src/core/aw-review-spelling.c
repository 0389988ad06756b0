/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <enchant.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/aw-fold.h"
#include "core/aw-review-private.h"

/* M12: spelling, in the language of the message, where a dictionary is there. */

#define MAX_FINDINGS 5
#define MAX_WORDS 3000

static GMutex lock; /* enchant is for one thread at a time */
static EnchantBroker *broker;
static GHashTable *dictionaries; /* language to GPtrArray of Dictionary, the user's country's first */

typedef struct
{
  char *tag;
  EnchantDict *dictionary; /* NULL: not asked for yet */
  gboolean asked;
} Dictionary;

typedef struct
{
  const char *language;
  GPtrArray *all;
} Search;

static void
add_dictionary (GPtrArray *all,
                const char *tag)
{
  Dictionary *dictionary;

  for (guint i = 0; i < all->len; i++)
    if (strcmp (((Dictionary *) g_ptr_array_index (all, i))->tag, tag) == 0)
      return;
  dictionary = g_new0 (Dictionary, 1);
  dictionary->tag = g_strdup (tag);
  g_ptr_array_add (all, dictionary);
}

static void
list_cb (const char *const tag,
         G_GNUC_UNUSED const char *const provider,
         G_GNUC_UNUSED const char *const description,
         G_GNUC_UNUSED const char *const file,
         void *data)
{
  Search *search = data;
  gsize length = strlen (search->language);

  if (strncmp (tag, search->language, length) == 0 && (tag[length] == '\0' || tag[length] == '_' || tag[length] == '-'))
    add_dictionary (search->all, tag);
}

/* All dictionaries of the language: what is right in one country is not wrong
 * for whoever writes to another. That of the user's country is asked first. */
static GPtrArray *
find_dictionaries (const char *language)
{
  const char *const *names = g_get_language_names ();
  Search search = { language, NULL };

  if (broker == NULL)
    {
      broker = enchant_broker_init ();
      dictionaries = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    }
  search.all = g_hash_table_lookup (dictionaries, language);
  if (search.all != NULL)
    return search.all;
  search.all = g_ptr_array_new ();
  for (guint i = 0; names[i] != NULL; i++)
    if (strncmp (names[i], language, strlen (language)) == 0 && strchr (names[i], '.') == NULL &&
        enchant_broker_dict_exists (broker, names[i]))
      add_dictionary (search.all, names[i]);
  enchant_broker_list_dicts (broker, list_cb, &search);
  g_hash_table_insert (dictionaries, g_strdup (language), search.all);
  return search.all;
}

static gboolean
any_accepts (GPtrArray *all,
             const char *word)
{
  for (guint i = 0; i < all->len; i++)
    {
      Dictionary *dictionary = g_ptr_array_index (all, i);

      if (!dictionary->asked)
        {
          dictionary->dictionary = enchant_broker_request_dict (broker, dictionary->tag);
          dictionary->asked = TRUE;
        }
      if (dictionary->dictionary != NULL && enchant_dict_check (dictionary->dictionary, word, -1) == 0)
        return TRUE;
    }
  return FALSE;
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

/* How one country spells what the other spells otherwise, so that a British
 * word is none misspelt where only an American dictionary is installed. */
static const char *const countries[][2] = {
  { "ise", "ize" },   { "isi", "izi" },   { "isa", "iza" },   { "yse", "yze" },   { "ysi", "yzi" },
  { "our", "or" },    { "tre", "ter" },   { "bre", "ber" },   { "lled", "led" },  { "lling", "ling" },
  { "ller", "ler" },  { "logue", "log" }, { "ence", "ense" }, { "actice", "actise" }, { "ae", "e" },
  { "oe", "e" },      { "amme", "am" },   { "ilful", "illful" }, { "elment", "ellment" }, { "lfil", "lfill" },
  { "cheque", "check" }, { "grey", "gray" }, { "tyre", "tire" }, { "kerb", "curb" }, { "mould", "mold" },
  { "plough", "plow" }, { "judgement", "judgment" }, { "acknowledgement", "acknowledgment" }, { "aluminium", "aluminum" }, { "ageing", "aging" },
  { "pyjama", "pajama" }, { "jewell", "jewel" }, { "whilst", "while" }, { "learnt", "learned" }, { "burnt", "burned" },
  { "spelt", "spelled" }, { "dreamt", "dreamed" },
};

static gboolean
right_elsewhere (GPtrArray *all,
                 const char *word)
{
  for (guint i = 0; i < G_N_ELEMENTS (countries); i++)
    for (guint way = 0; way < 2; way++)
      {
        const char *from = countries[i][way], *to = countries[i][1 - way];

        /* Each place once: "organisation" and "centre". */
        for (const char *at = strstr (word, from); at != NULL; at = strstr (at + 1, from))
          {
            g_autofree char *start = g_strndup (word, (gsize) (at - word));
            g_autofree char *other = g_strconcat (start, to, at + strlen (from), NULL);

            if (any_accepts (all, other))
              return TRUE;
          }
      }
  return FALSE;
}

static gboolean
is_spelt_right (GPtrArray *all,
                const char *language,
                const char *written)
{
  g_autoptr (GString) word = g_string_new (written);
  g_autofree char *folded = NULL;

  g_string_replace (word, "\xE2\x80\x99", "'", 0);
  if (any_accepts (all, word->str))
    return TRUE;
  if (strcmp (language, "en") != 0)
    return FALSE;
  /* Accents are optional in English: "crèche", "façade". */
  folded = aw_fold (word->str);
  return any_accepts (all, folded) || right_elsewhere (all, folded);
}

void
aw_review_check_spelling (AwReview *self)
{
  g_autoptr (GHashTable) known = NULL;
  GPtrArray *all;
  guint found = 0;

  if (self->language == NULL)
    return;
  g_mutex_lock (&lock);
  all = find_dictionaries (self->language);
  if (all->len == 0)
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
      if (g_hash_table_contains (known, stem) || g_hash_table_contains (known, word->folded) || is_spelt_right (all, self->language, word->exact))
        continue;
      /* Each word once. */
      g_hash_table_add (known, g_strdup (word->folded));
      aw_review_add (self, "M12", AW_SEVERITY_HINT, g_strdup (_ ("Spelling")), g_strdup_printf (_ ("“%s” may be misspelt."), word->exact),
                     word->start, word->end);
      found++;
    }
  g_mutex_unlock (&lock);
}
