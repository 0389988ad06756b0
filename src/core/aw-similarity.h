/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/aw-text.h"

G_BEGIN_DECLS

/**
 * AwShingles:
 *
 * The word 3-shingles of a body (rules.md M1): greeting and signature left
 * out, names masked, sorted by hash. Immutable and reference counted.
 */
typedef struct _AwShingles AwShingles;

#define AW_SHINGLES_MIN_WORDS 25

/**
 * AwLikeness:
 * @containment: common ÷ the smaller set
 * @jaccard: common ÷ union
 */
typedef struct
{
  double containment;
  double jaccard;
} AwLikeness;

/**
 * AwMask:
 *
 * Names that count as one word each: of people, the company and the role.
 */
typedef struct _AwMask AwMask;

AwMask *aw_mask_new (void);
void aw_mask_free (AwMask *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AwMask, aw_mask_free)
void aw_mask_add_person (AwMask *self, const char *name);
void aw_mask_add (AwMask *self, const char *name);
guint aw_mask_hash (AwMask *self);

AwShingles *aw_shingles_new (const AwText *text, AwMask *mask);
AwShingles *aw_shingles_ref (AwShingles *self);
void aw_shingles_unref (AwShingles *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AwShingles, aw_shingles_unref)

guint aw_shingles_get_n_words (const AwShingles *self);
gboolean aw_shingles_compare (const AwShingles *a, const AwShingles *b, AwLikeness *likeness);
void aw_shingles_get_shared (const AwShingles *a, const AwShingles *b, GArray *spans_a, GArray *spans_b);

G_END_DECLS
