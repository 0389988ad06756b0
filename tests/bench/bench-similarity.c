/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/aw-similarity.h"

/* M1 against 200 earlier notes, as after a burst of keystrokes: theirs are
 * kept, mine is new each time. */

#define N_NOTES 200
#define N_ROUNDS 200
#define MOST_MS 4.0

static char *
make_note (GRand *random)
{
  GString *note = g_string_new ("Dear Ada,\n\n");

  for (guint i = 0; i < 150; i++)
    g_string_append_printf (note, "word%d%s", g_rand_int_range (random, 0, 3000), i % 15 == 14 ? ". " : " ");
  g_string_append (note, "\n\nKind regards,\nJonas Feld\n");
  return g_string_free (note, FALSE);
}

int
main (void)
{
  GRand *random = g_rand_new_with_seed (1);
  AwMask *mask = aw_mask_new ();
  AwWordlists *lists = aw_wordlists_get ("en");
  AwShingles *earlier[N_NOTES];
  gint64 start;
  double ms;

  aw_mask_add_person (mask, "Ada Park");
  aw_mask_add (mask, "Northwind Freight");
  for (guint i = 0; i < N_NOTES; i++)
    {
      g_autofree char *note = make_note (random);
      g_autoptr (AwText) text = aw_text_new (note, lists);

      earlier[i] = aw_shingles_new (text, mask);
    }

  start = g_get_monotonic_time ();
  for (guint round = 0; round < N_ROUNDS; round++)
    {
      g_autofree char *note = make_note (random);
      g_autoptr (AwText) text = aw_text_new (note, lists);
      g_autoptr (AwShingles) mine = aw_shingles_new (text, mask);

      for (guint i = 0; i < N_NOTES; i++)
        {
          AwLikeness likeness;

          aw_shingles_compare (mine, earlier[i], &likeness);
        }
    }
  ms = (double) (g_get_monotonic_time () - start) / 1000 / N_ROUNDS;
  g_print ("a note of 150 words against %d earlier ones: %.2f ms\n", N_NOTES, ms);

  for (guint i = 0; i < N_NOTES; i++)
    aw_shingles_unref (earlier[i]);
  aw_mask_free (mask);
  g_rand_free (random);
  return ms < MOST_MS ? 0 : 1;
}
