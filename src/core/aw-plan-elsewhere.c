/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/aw-plan-private.h"

#include <string.h>

/* G1 looks at what went to an address for other opportunities, too. By address
 * a bucket of touches, by opportunity the buckets that hold some of it, so that
 * one changed opportunity is taken out and put back without looking at others. */

typedef struct
{
  char *id;
  GPtrArray *buckets; /* Bucket, each once */
} Owner;

typedef struct
{
  Owner *owner;
  gint64 at;
  gint64 until; /* from then on it doesn't count, AW_NEVER: it always does */
} Entry;

typedef struct
{
  char *email;
  GArray *entries;
} Bucket;

struct _AwElsewhere
{
  gatomicrefcount ref_count;

  GHashTable *buckets; /* folded address → Bucket */
  GHashTable *owners;  /* opportunity → Owner */
};

static void
bucket_free (Bucket *bucket)
{
  g_free (bucket->email);
  g_array_unref (bucket->entries);
  g_free (bucket);
}

static void
owner_free (Owner *owner)
{
  g_free (owner->id);
  g_ptr_array_unref (owner->buckets);
  g_free (owner);
}

/* Folds into @buffer where it can, for speed; else into @longer. */
static const char *
fold (const char *email,
      char *buffer,
      gsize size,
      char **longer)
{
  gsize i;

  for (i = 0; email[i] != '\0'; i++)
    {
      if (i + 1 >= size || (guchar) email[i] >= 0x80)
        {
          *longer = g_utf8_casefold (email, -1);
          return *longer;
        }
      buffer[i] = g_ascii_tolower (email[i]);
    }
  buffer[i] = '\0';
  return buffer;
}

static void
add_entry (AwElsewhere *self,
           const char *email,
           const char *opportunity,
           gint64 at,
           gint64 until)
{
  char buffer[128];
  g_autofree char *longer = NULL;
  const char *folded = fold (email, buffer, sizeof buffer, &longer);
  Bucket *bucket = g_hash_table_lookup (self->buckets, folded);
  Owner *owner = g_hash_table_lookup (self->owners, opportunity);
  Entry entry;

  if (bucket == NULL)
    {
      bucket = g_new (Bucket, 1);
      bucket->email = g_strdup (folded);
      bucket->entries = g_array_new (FALSE, FALSE, sizeof (Entry));
      g_hash_table_insert (self->buckets, bucket->email, bucket);
    }
  if (owner == NULL)
    {
      owner = g_new (Owner, 1);
      owner->id = g_strdup (opportunity);
      owner->buckets = g_ptr_array_new ();
      g_hash_table_insert (self->owners, owner->id, owner);
    }

  if (!g_ptr_array_find (owner->buckets, bucket, NULL))
    g_ptr_array_add (owner->buckets, bucket);
  entry = (Entry) { owner, at, until };
  g_array_append_val (bucket->entries, entry);
}

/* Whether a decision at @at is a contact of its own, and until when it counts:
 * what ends a silence (rules.md §3) makes it no turn any more. */
static gboolean
decision_stands (AwDossier *dossier,
                 gint64 at,
                 gint64 *until)
{
  *until = AW_NEVER;
  AW_RECORDS_FOREACH (AwTouch, touch, aw_dossier_get_list (dossier, AW_RECORD_TOUCH))
    {
      const AwPlanTouch plain = { .kind = touch->kind, .is_out = touch->direction == AW_DIRECTION_OUT };

      if (!aw_instant_is_set (touch->at))
        continue;
      if (!plain.is_out && touch->at.sec >= at)
        return FALSE;
      if (aw_touch_is_turn (&plain) && ABS (touch->at.sec - at) <= AW_DAY)
        return FALSE;
    }
  AW_RECORDS_FOREACH (AwCall, call, aw_dossier_get_list (dossier, AW_RECORD_CALL))
    if (call->done_at.sec >= at)
      return FALSE;
  AW_RECORDS_FOREACH (AwInterview, interview, aw_dossier_get_list (dossier, AW_RECORD_INTERVIEW))
    if (!interview->cancelled && aw_instant_is_set (interview->starts_at))
      {
        gint64 end = aw_interview_get_end (interview);

        if (end >= at && (*until == AW_NEVER || end < *until))
          *until = end;
      }
  return TRUE;
}

static gboolean
is_latest_decision (AwRecordList *list,
                    guint index)
{
  const AwDecision *decision = aw_record_list_peek (list, index);

  for (guint i = 0; i < aw_record_list_get_length (list); i++)
    {
      const AwDecision *other = aw_record_list_peek (list, i);
      gboolean is_none = other->what == AW_DECIDED_SNOOZED && !aw_instant_is_set (other->until);

      if (i != index && !is_none && g_strcmp0 (other->key, decision->key) == 0 &&
          (other->at.sec > decision->at.sec || (other->at.sec == decision->at.sec && i > index)))
        return FALSE;
    }
  return TRUE;
}

/* A turn marked done counts from its `at`, too, for the person of its key. */
static void
add_done_turns (AwElsewhere *self,
                AwDossier *dossier)
{
  AwRecordList *list = aw_dossier_get_list (dossier, AW_RECORD_DECISION);

  for (guint i = 0; i < aw_record_list_get_length (list); i++)
    {
      const AwDecision *decision = aw_record_list_peek (list, i);
      AwPerson *person;
      gint64 until;
      g_auto (GStrv) parts = NULL;

      if (decision->what != AW_DECIDED_DONE || decision->key == NULL || !aw_instant_is_set (decision->at) ||
          !aw_key_is_turn (decision->key) || !is_latest_decision (list, i))
        continue;
      parts = g_strsplit (decision->key, "/", 3);
      person = aw_dossier_find_person (dossier, parts[1]);
      if (person != NULL && person->email != NULL && decision_stands (dossier, decision->at.sec, &until))
        add_entry (self, person->email, aw_dossier_get_id (dossier), decision->at.sec, until);
    }
}

/* The last instant before @now is over at which something that counts went to
 * @email for another opportunity than @opportunity; AW_NEVER if nothing did. */
gint64
aw_elsewhere_last (AwElsewhere *self,
                   const char *email,
                   const char *opportunity,
                   gint64 now,
                   gint64 *next_change)
{
  char buffer[128];
  g_autofree char *longer = NULL;
  Bucket *bucket = g_hash_table_lookup (self->buckets, fold (email, buffer, sizeof buffer, &longer));
  gint64 last = AW_NEVER;

  *next_change = AW_NEVER;
  for (guint i = 0; bucket != NULL && i < bucket->entries->len; i++)
    {
      const Entry *entry = &g_array_index (bucket->entries, Entry, i);

      if (entry->at < last || strcmp (entry->owner->id, opportunity) == 0)
        continue;
      if (entry->until != AW_NEVER)
        {
          if (now >= entry->until)
            continue;
          if (*next_change == AW_NEVER || entry->until < *next_change)
            *next_change = entry->until;
        }
      last = entry->at;
    }
  return last;
}

/* Public functions --------------------------------------------------------- */

/**
 * aw_elsewhere_new:
 *
 * Returns: (transfer full): an empty collection
 */
AwElsewhere *
aw_elsewhere_new (void)
{
  AwElsewhere *self = g_new0 (AwElsewhere, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->buckets = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) bucket_free);
  self->owners = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) owner_free);
  return self;
}

/**
 * aw_elsewhere_ref:
 * @self: a collection
 *
 * Returns: (transfer full): @self
 */
AwElsewhere *
aw_elsewhere_ref (AwElsewhere *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * aw_elsewhere_unref:
 * @self: (transfer full): a collection
 */
void
aw_elsewhere_unref (AwElsewhere *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_hash_table_unref (self->buckets);
  g_hash_table_unref (self->owners);
  g_free (self);
}

/**
 * aw_elsewhere_add:
 * @self: a collection
 * @email: to whom it went
 * @opportunity: what it was about
 * @at: when
 *
 * Adds one outgoing touch that counts.
 */
void
aw_elsewhere_add (AwElsewhere *self,
                  const char *email,
                  const char *opportunity,
                  gint64 at)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (email != NULL && opportunity != NULL);

  add_entry (self, email, opportunity, at, AW_NEVER);
}

/**
 * aw_elsewhere_add_dossier:
 * @self: a collection
 * @dossier: an opportunity
 *
 * Adds all that @dossier holds of outgoing touches that count, and the turns
 * that were marked done.
 */
void
aw_elsewhere_add_dossier (AwElsewhere *self,
                          AwDossier *dossier)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (AW_IS_DOSSIER (dossier));

  AW_RECORDS_FOREACH (AwTouch, touch, aw_dossier_get_list (dossier, AW_RECORD_TOUCH))
    {
      if (touch->direction != AW_DIRECTION_OUT || !aw_touch_kind_counts (touch->kind) || touch->at.sec == AW_NEVER)
        continue;
      for (char **id = touch->people; id != NULL && *id != NULL; id++)
        {
          AwPerson *person = aw_dossier_find_person (dossier, *id);

          if (person != NULL && person->email != NULL && *person->email != '\0')
            add_entry (self, person->email, aw_dossier_get_id (dossier), touch->at.sec, AW_NEVER);
        }
    }
  add_done_turns (self, dossier);
}

/**
 * aw_elsewhere_remove_opportunity:
 * @self: a collection
 * @opportunity: an id
 *
 * Takes out everything that was added for @opportunity.
 */
void
aw_elsewhere_remove_opportunity (AwElsewhere *self,
                                 const char *opportunity)
{
  Owner *owner;

  g_return_if_fail (self != NULL && opportunity != NULL);

  owner = g_hash_table_lookup (self->owners, opportunity);
  if (owner == NULL)
    return;

  for (guint i = 0; i < owner->buckets->len; i++)
    {
      Bucket *bucket = g_ptr_array_index (owner->buckets, i);

      for (guint k = bucket->entries->len; k-- > 0;)
        if (g_array_index (bucket->entries, Entry, k).owner == owner)
          g_array_remove_index_fast (bucket->entries, k);
      if (bucket->entries->len == 0)
        g_hash_table_remove (self->buckets, bucket->email);
    }
  g_hash_table_remove (self->owners, opportunity);
}
