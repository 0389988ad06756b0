/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/aw-similarity.h"

#include <stdlib.h>
#include <string.h>

/* A longer body is compared by its beginning: bounded work. */
#define MAX_WORDS 20000

typedef struct
{
  guint64 hash;
  int start, end; /* code points */
} Shingle;

struct _AwShingles
{
  gatomicrefcount refs;
  guint n_words;
  GArray *in_order; /* Shingle */
  guint64 *set;     /* sorted, each once */
  guint n_set;
};

struct _AwMask
{
  GHashTable *first; /* first folded word to GPtrArray of GStrv, longest first */
  guint hash;
};

/* Names -------------------------------------------------------------------------- */

AwMask *
aw_mask_new (void)
{
  AwMask *self = g_new0 (AwMask, 1);

  self->first = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  return self;
}

void
aw_mask_free (AwMask *self)
{
  g_hash_table_unref (self->first);
  g_free (self);
}

guint
aw_mask_hash (AwMask *self)
{
  return self->hash;
}

static void
add_words (AwMask *self,
           char **words)
{
  GPtrArray *names = g_hash_table_lookup (self->first, words[0]);
  guint length = g_strv_length (words), place = 0;

  if (names == NULL)
    {
      names = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
      g_hash_table_insert (self->first, g_strdup (words[0]), names);
    }
  while (place < names->len && g_strv_length (g_ptr_array_index (names, place)) >= length)
    {
      if (g_strv_equal (g_ptr_array_index (names, place), (const char *const *) words))
        return;
      place++;
    }
  for (guint i = 0; i < length; i++)
    self->hash = self->hash * 31 + g_str_hash (words[i]);
  g_ptr_array_insert (names, (int) place, g_strdupv (words));
}

/**
 * aw_mask_add:
 * @self: the names
 * @name: (nullable): a name that counts as one word wherever it stands whole
 */
void
aw_mask_add (AwMask *self,
             const char *name)
{
  g_autoptr (AwText) text = NULL;
  g_autoptr (GStrvBuilder) builder = NULL;
  g_auto (GStrv) words = NULL;

  if (name == NULL || *name == '\0')
    return;
  text = aw_text_new (name, NULL);
  builder = g_strv_builder_new ();
  for (guint i = 0; i < text->words->len && i < 12; i++)
    g_strv_builder_add (builder, aw_text_word (text, i)->folded);
  words = g_strv_builder_end (builder);
  if (words[0] != NULL)
    add_words (self, words);
}

/**
 * aw_mask_add_person:
 * @self: the names
 * @name: (nullable): a person's name; each part of it counts too
 */
void
aw_mask_add_person (AwMask *self,
                    const char *name)
{
  g_auto (GStrv) parts = NULL;

  aw_mask_add (self, name);
  parts = g_strsplit_set (name != NULL ? name : "", " \t", -1);
  for (guint i = 0; parts[i] != NULL; i++)
    if (g_utf8_strlen (parts[i], -1) > 2)
      aw_mask_add (self, parts[i]);
}

/* How many words from @i on are a name. */
static guint
masked_at (AwMask *self,
           GPtrArray *words,
           guint i)
{
  GPtrArray *names = g_hash_table_lookup (self->first, g_ptr_array_index (words, i));

  for (guint n = 0; names != NULL && n < names->len; n++)
    {
      char **name = g_ptr_array_index (names, n);
      guint k = 0;

      while (name[k] != NULL && i + k < words->len && strcmp (name[k], g_ptr_array_index (words, i + k)) == 0)
        k++;
      if (name[k] == NULL)
        return k;
    }
  return 0;
}

/* Shingles -------------------------------------------------------------------------- */

static guint64
hash_word (const char *word)
{
  guint64 hash = G_GUINT64_CONSTANT (14695981039346656037);

  for (; *word != '\0'; word++)
    hash = (hash ^ (guchar) *word) * G_GUINT64_CONSTANT (1099511628211);
  return hash;
}

static guint64
mix (guint64 a,
     guint64 b)
{
  guint64 hash = (a ^ (b + G_GUINT64_CONSTANT (0x9E3779B97F4A7C15) + (a << 6) + (a >> 2)));

  hash *= G_GUINT64_CONSTANT (0xBF58476D1CE4E5B9);
  return hash ^ (hash >> 29);
}

static int
by_hash (gconstpointer a,
         gconstpointer b)
{
  guint64 p = *(const guint64 *) a, q = *(const guint64 *) b;

  return p < q ? -1 : p > q;
}

/**
 * aw_shingles_new:
 * @text: a message
 * @mask: the names that count as one word each
 *
 * Returns: (transfer full): the shingles of its body
 */
AwShingles *
aw_shingles_new (const AwText *text,
                 AwMask *mask)
{
  AwShingles *self = g_new0 (AwShingles, 1);
  g_autoptr (GPtrArray) folded = g_ptr_array_new ();
  g_autoptr (GArray) spans = g_array_new (FALSE, FALSE, 2 * sizeof (int));
  g_autoptr (GArray) hashes = g_array_new (FALSE, FALSE, sizeof (guint64));
  g_autoptr (GArray) placed = g_array_new (FALSE, FALSE, 2 * sizeof (int));

  g_atomic_ref_count_init (&self->refs);
  for (guint i = 0; i < text->words->len && folded->len < MAX_WORDS; i++)
    {
      const AwTextWord *word = aw_text_word (text, i);
      const char *possessive;
      int span[2] = { word->start, word->end };

      if (word->region != AW_REGION_BODY)
        continue;
      /* "Northwind's" is the name as well. */
      possessive = strstr (word->folded, "'s");
      if (possessive != NULL && possessive[2] == '\0')
        {
          g_autofree char *stem = g_strndup (word->folded, (gsize) (possessive - word->folded));

          if (g_hash_table_contains (mask->first, stem))
            {
              g_ptr_array_add (folded, (gpointer) g_string_chunk_insert_const (text->chunk, stem));
              g_array_append_vals (spans, span, 1);
              continue;
            }
        }
      g_ptr_array_add (folded, (gpointer) word->folded);
      g_array_append_vals (spans, span, 1);
    }

  self->n_words = folded->len;
  for (guint i = 0; i < folded->len;)
    {
      guint n = masked_at (mask, folded, i);
      guint last = i + MAX (n, 1) - 1;
      guint64 hash = n > 0 ? hash_word ("\001") : hash_word (g_ptr_array_index (folded, i));
      int span[2] = { ((int *) spans->data)[2 * i], ((int *) spans->data)[2 * last + 1] };

      g_array_append_val (hashes, hash);
      g_array_append_vals (placed, span, 1);
      i = last + 1;
    }

  self->in_order = g_array_sized_new (FALSE, FALSE, sizeof (Shingle), hashes->len);
  for (guint i = 0; i + 2 < hashes->len; i++)
    {
      const guint64 *h = &g_array_index (hashes, guint64, i);
      Shingle shingle = {
        .hash = mix (mix (h[0], h[1]), h[2]),
        .start = ((int *) placed->data)[2 * i],
        .end = ((int *) placed->data)[2 * (i + 2) + 1],
      };

      g_array_append_val (self->in_order, shingle);
    }
  self->set = g_new (guint64, self->in_order->len + 1);
  for (guint i = 0; i < self->in_order->len; i++)
    self->set[i] = g_array_index (self->in_order, Shingle, i).hash;
  qsort (self->set, self->in_order->len, sizeof (guint64), by_hash);
  for (guint i = 0; i < self->in_order->len; i++)
    if (self->n_set == 0 || self->set[self->n_set - 1] != self->set[i])
      self->set[self->n_set++] = self->set[i];
  return self;
}

AwShingles *
aw_shingles_ref (AwShingles *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
aw_shingles_unref (AwShingles *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_array_unref (self->in_order);
  g_free (self->set);
  g_free (self);
}

guint
aw_shingles_get_n_words (const AwShingles *self)
{
  return self->n_words;
}

/**
 * aw_shingles_compare:
 * @a: a body's shingles
 * @b: another's
 * @likeness: (out): how alike they are
 *
 * Returns: %FALSE if either is too short to tell
 */
gboolean
aw_shingles_compare (const AwShingles *a,
                     const AwShingles *b,
                     AwLikeness *likeness)
{
  guint i = 0, j = 0, common = 0;

  *likeness = (AwLikeness){ 0 };
  if (a->n_words < AW_SHINGLES_MIN_WORDS || b->n_words < AW_SHINGLES_MIN_WORDS || a->n_set == 0 || b->n_set == 0)
    return FALSE;
  while (i < a->n_set && j < b->n_set)
    {
      if (a->set[i] == b->set[j])
        {
          common++;
          i++;
          j++;
        }
      else if (a->set[i] < b->set[j])
        i++;
      else
        j++;
    }
  likeness->containment = (double) common / MIN (a->n_set, b->n_set);
  likeness->jaccard = (double) common / (a->n_set + b->n_set - common);
  return TRUE;
}

static void
collect_shared (const AwShingles *self,
                const AwShingles *other,
                GArray *spans)
{
  for (guint i = 0; i < self->in_order->len; i++)
    {
      const Shingle *shingle = &g_array_index (self->in_order, Shingle, i);

      if (bsearch (&shingle->hash, other->set, other->n_set, sizeof (guint64), by_hash) == NULL)
        continue;
      if (spans->len > 0 && g_array_index (spans, int, spans->len - 1) >= shingle->start)
        g_array_index (spans, int, spans->len - 1) = shingle->end;
      else
        {
          g_array_append_val (spans, shingle->start);
          g_array_append_val (spans, shingle->end);
        }
    }
}

/**
 * aw_shingles_get_shared:
 * @a: a body's shingles
 * @b: another's
 * @spans_a: (element-type int): gets starts and ends in @a's text, in turn
 * @spans_b: (element-type int): the same in @b's
 */
void
aw_shingles_get_shared (const AwShingles *a,
                        const AwShingles *b,
                        GArray *spans_a,
                        GArray *spans_b)
{
  collect_shared (a, b, spans_a);
  collect_shared (b, a, spans_b);
}
