/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/aw-review-private.h"
#include "core/aw-fold.h"
#include "core/aw-similarity.h"

/* M1: every note to somebody else at the company is one of its own. */

#define ASK_CONTAINMENT 0.68
#define ASK_JACCARD 0.40
#define WARN_CONTAINMENT 0.50
#define WARN_JACCARD 0.25

/* Shingles of earlier texts, kept between two keystrokes: texts that were
 * sent do not change. */
#define CACHE_SIZE 2000

static GMutex cache_lock;
static GHashTable *cache;

static AwShingles *
shingles_of (AwReview *self,
             AwTouch *touch,
             AwMask *mask)
{
  g_autofree char *key = g_strdup_printf ("%s %s %08x %08x %" G_GSIZE_FORMAT, AW_OPPORTUNITY_ID (touch) != NULL ? AW_OPPORTUNITY_ID (touch) : "",
                                          AW_ID (touch) != NULL ? AW_ID (touch) : "", g_str_hash (touch->text), aw_mask_hash (mask), strlen (touch->text));
  AwShingles *shingles;

  g_mutex_lock (&cache_lock);
  if (cache == NULL)
    cache = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) aw_shingles_unref);
  shingles = g_hash_table_lookup (cache, key);
  if (shingles != NULL)
    aw_shingles_ref (shingles);
  g_mutex_unlock (&cache_lock);
  if (shingles != NULL)
    return shingles;

  {
    g_autoptr (AwText) text = aw_text_new (touch->text, self->lists);

    shingles = aw_shingles_new (text, mask);
  }
  g_mutex_lock (&cache_lock);
  if (g_hash_table_size (cache) >= CACHE_SIZE)
    g_hash_table_remove_all (cache);
  g_hash_table_replace (cache, g_steal_pointer (&key), aw_shingles_ref (shingles));
  g_mutex_unlock (&cache_lock);
  return shingles;
}

static void
add_names (AwMask *mask,
           AwDossier *dossier)
{
  AwRecordList *people = aw_dossier_get_list (dossier, AW_RECORD_PERSON);
  AwOpportunity *opportunity = aw_dossier_get_opportunity (dossier);

  for (guint i = 0; i < aw_record_list_get_length (people); i++)
    aw_mask_add_person (mask, ((AwPerson *) aw_record_list_peek (people, i))->name);
  aw_mask_add (mask, opportunity->company);
  aw_mask_add (mask, opportunity->role);
}

static gboolean
same_text (const char *a,
           const char *b)
{
  g_autofree char *p = a != NULL ? aw_fold (a) : NULL;
  g_autofree char *q = b != NULL ? aw_fold (b) : NULL;

  if (p == NULL || q == NULL)
    return FALSE;
  return strcmp (g_strstrip (p), g_strstrip (q)) == 0 && *p != '\0';
}

/* Whether a touch went to the recipient, whatever the opportunity. */
static gboolean
went_to_recipient (AwReview *self,
                   AwDossier *dossier,
                   AwTouch *touch)
{
  if (dossier == self->facts->dossier)
    return self->input->person != NULL && aw_strv_has (touch->people, self->input->person);
  for (guint i = 0; touch->people != NULL && touch->people[i] != NULL; i++)
    {
      AwPerson *person = aw_dossier_find_person (dossier, touch->people[i]);

      if (person == NULL || self->person == NULL)
        continue;
      if (same_text (person->email, self->person->email) ||
          ((person->email == NULL || self->person->email == NULL) && same_text (person->name, self->person->name)))
        return TRUE;
    }
  return FALSE;
}

typedef struct
{
  AwTouch *touch;
  AwDossier *dossier;
  AwShingles *shingles;
  AwLikeness likeness;
  int rank; /* 2: ask, 1: warning */
} Twin;

static void
look_through (AwReview *self,
              AwDossier *dossier,
              AwMask *mask,
              AwShingles *mine,
              Twin *twin)
{
  AwRecordList *touches = aw_dossier_get_list (dossier, AW_RECORD_TOUCH);

  for (guint i = 0; i < aw_record_list_get_length (touches); i++)
    {
      AwTouch *touch = aw_record_list_peek (touches, i);
      g_autoptr (AwShingles) shingles = NULL;
      AwLikeness likeness;
      int rank;

      if (touch->direction != AW_DIRECTION_OUT || touch->text == NULL || went_to_recipient (self, dossier, touch))
        continue;
      shingles = shingles_of (self, touch, mask);
      if (!aw_shingles_compare (mine, shingles, &likeness))
        continue;
      rank = likeness.containment >= ASK_CONTAINMENT || likeness.jaccard >= ASK_JACCARD     ? 2
             : likeness.containment >= WARN_CONTAINMENT || likeness.jaccard >= WARN_JACCARD ? 1
                                                                                           : 0;
      if (rank == 0 || rank < twin->rank || (rank == twin->rank && likeness.containment <= twin->likeness.containment))
        continue;
      g_clear_pointer (&twin->shingles, aw_shingles_unref);
      *twin = (Twin){ touch, dossier, aw_shingles_ref (shingles), likeness, rank };
    }
}

static char *
name_of_twin (const Twin *twin)
{
  for (guint i = 0; twin->touch->people != NULL && twin->touch->people[i] != NULL; i++)
    {
      AwPerson *person = aw_dossier_find_person (twin->dossier, twin->touch->people[i]);

      if (person != NULL)
        return g_strdup (aw_person_get_short_name (person));
    }
  return g_strdup (_ ("somebody else"));
}

void
aw_review_check_likeness (AwReview *self)
{
  g_autoptr (AwMask) mask = NULL;
  g_autoptr (AwShingles) mine = NULL;
  g_autofree char *name = NULL;
  Twin twin = { 0 };
  AwFinding *finding;
  double value;

  if (self->text->n_body_words < AW_SHINGLES_MIN_WORDS)
    return;
  mask = aw_mask_new ();
  add_names (mask, self->facts->dossier);
  for (guint i = 0; self->facts->colleagues != NULL && i < self->facts->colleagues->len; i++)
    add_names (mask, g_ptr_array_index (self->facts->colleagues, i));
  mine = aw_shingles_new (self->text, mask);

  look_through (self, self->facts->dossier, mask, mine, &twin);
  for (guint i = 0; self->facts->colleagues != NULL && i < self->facts->colleagues->len; i++)
    look_through (self, g_ptr_array_index (self->facts->colleagues, i), mask, mine, &twin);
  if (twin.touch == NULL)
    return;

  name = name_of_twin (&twin);
  value = twin.likeness.containment >= WARN_CONTAINMENT ? twin.likeness.containment : twin.likeness.jaccard;
  finding = aw_review_add (self, "M1", twin.rank == 2 ? AW_SEVERITY_ASK : AW_SEVERITY_WARNING,
                           g_strdup_printf (_ ("Close to the note for %s"), name),
                           twin.rank == 2 ? g_strdup_printf (_ ("More than half of the wording is the same as in the note for %s. People compare notes; give each their own."), name)
                                          : g_strdup_printf (_ ("A good part of the wording is the same as in the note for %s."), name),
                           -1, -1);
  finding->twin = g_strdup (AW_ID (twin.touch));
  finding->value = value;
  finding->shared = g_array_new (FALSE, FALSE, sizeof (int));
  finding->twin_shared = g_array_new (FALSE, FALSE, sizeof (int));
  aw_shingles_get_shared (mine, twin.shingles, finding->shared, finding->twin_shared);
  if (finding->shared->len >= 2)
    {
      finding->start = g_array_index (finding->shared, int, 0);
      finding->end = g_array_index (finding->shared, int, 1);
    }
  aw_shingles_unref (twin.shingles);
}
