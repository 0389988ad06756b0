/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/aw-test-facts.h"

#include "core/aw-dossier-private.h"

typedef struct
{
  GRand *rand;
  GPtrArray *people; /* ids that may be named */
} Maker;

static char *
make_text (GRand *rand)
{
  static const char *const pieces[] = { "Aiko", "O'Brien", "\"quoted\"", "back\\slash", "tab\there", "line\nbreak", "{x}", "שלום",
                                        "مرحبا", "🦜🎉", "A & B <C>", "e\xcc\x81", "\xe2\x80\xae" "rtl", "\x01\x1f\x7f", "ﬁ", "",
                                        "https://example.org/?a=1&b=%20", " ", "\xef\xbf\xbd", "'); DROP TABLE person; --" };
  GString *text = g_string_new (NULL);

  for (int n = g_rand_int_range (rand, 0, 6); n > 0; n--)
    g_string_append_printf (text, "%s ", pieces[g_rand_int_range (rand, 0, G_N_ELEMENTS (pieces))]);
  if (g_rand_int_range (rand, 0, 200) == 0)
    for (int i = 0; i < 10000; i++)
      g_string_append (text, "名");
  return g_string_free (text, FALSE);
}

static char *
make_extra (GRand *rand)
{
  static const char *const extras[] = { "{\"x\":1}",
                                        "{\"mood\":{\"deep\":[[],{},[1,2.50,-0,1e-7,\"\\u0001\"]]},\"b\":null}",
                                        "{\"\":\"empty name\",\"big\":9223372036854775807,\"small\":-9223372036854775808}",
                                        "{\"0.1\":0.1,\"1e400\":\"no number\",\"ключ\":true,\"z\":false}" };

  return g_rand_int_range (rand, 0, 4) == 0 ? g_strdup (extras[g_rand_int_range (rand, 0, G_N_ELEMENTS (extras))]) : NULL;
}

static AwInstant
make_instant (GRand *rand)
{
  static const gint16 offsets[] = { 0, 60, -300, 330, 765, -720, 840, -1 };
  /* From the year 1 to 9999, local and in UTC. */
  gint64 sec = (gint64) g_rand_double_range (rand, -62135500000.0, 253402200000.0);

  return (AwInstant){ g_rand_boolean (rand) ? sec : g_rand_int (rand), offsets[g_rand_int_range (rand, 0, G_N_ELEMENTS (offsets))] };
}

static AwDate
make_date (GRand *rand)
{
  return aw_date_from_ymd (g_rand_int_range (rand, 1, 10000), g_rand_int_range (rand, 1, 13), g_rand_int_range (rand, 1, 29));
}

static char *
make_person (Maker *maker)
{
  if (maker->people->len == 0)
    return NULL;
  return g_strdup (g_ptr_array_index (maker->people, g_rand_int_range (maker->rand, 0, (gint32) maker->people->len)));
}

static char **
make_strv (Maker *maker,
           const AwField *field)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  int n = 0;

  if (field->flags & AW_FIELD_PERSON)
    {
      for (guint i = 0; i < maker->people->len; i++)
        if (g_rand_boolean (maker->rand) && ++n)
          g_strv_builder_add (builder, g_ptr_array_index (maker->people, i));
    }
  else if (field->flags & AW_FIELD_WORDS)
    {
      for (guint i = field->vocabulary->n_names; i > 0; i--)
        if (g_rand_boolean (maker->rand) && ++n)
          g_strv_builder_add (builder, field->vocabulary->names[i - 1]);
    }
  else
    for (; n < 2; n++)
      {
        g_autofree char *text = make_text (maker->rand);

        g_strv_builder_add (builder, text);
      }
  return n > 0 ? g_strv_builder_end (builder) : NULL;
}

static GPtrArray *
make_pairs (Maker *maker,
            const AwField *field)
{
  GPtrArray *pairs = g_ptr_array_new_with_free_func ((GDestroyNotify) aw_pair_free);

  for (int n = g_rand_int_range (maker->rand, 1, 4); n > 0; n--)
    {
      g_autofree char *person = make_person (maker);
      g_autofree char *text = field->flags & AW_FIELD_TOLD ? NULL : make_text (maker->rand);
      AwPair *pair = aw_pair_new (person, text);

      if (field->flags & AW_FIELD_TOLD)
        pair->at = make_instant (maker->rand);
      pair->extra = make_extra (maker->rand);
      g_ptr_array_add (pairs, pair);
    }
  return pairs;
}

static int
make_number (GRand *rand,
             const AwField *field)
{
  if (field->kind == AW_FIELD_ENUM && field->max == 0)
    return g_rand_int_range (rand, field->flags & AW_FIELD_REQUIRED ? 1 : 0, (gint32) field->vocabulary->n_names);
  if (field->max == G_MAXINT32)
    return g_rand_int_range (rand, 0, G_MAXINT32);
  return g_rand_int_range (rand, field->min, field->max + 1);
}

static void
fill_array (Maker *maker,
            AwRecord *record,
            const AwField *field)
{
  GArray **array = &AW_FIELD_AT (record, field, GArray *);
  AwInstant instant = make_instant (maker->rand);
  AwDate date = make_date (maker->rand);
  int number = field->kind == AW_FIELD_INTS ? make_number (maker->rand, field) : 0;

  g_clear_pointer (array, g_array_unref);
  if (field->kind == AW_FIELD_INSTANTS)
    {
      *array = g_array_new (FALSE, FALSE, sizeof (AwInstant));
      g_array_append_val (*array, instant);
      g_array_append_val (*array, instant);
    }
  else if (field->kind == AW_FIELD_DATES)
    {
      *array = g_array_new (FALSE, FALSE, sizeof (AwDate));
      g_array_append_val (*array, date);
    }
  else
    {
      *array = g_array_new (FALSE, FALSE, sizeof (int));
      g_array_append_val (*array, number);
    }
}

static void
fill_field (Maker *maker,
            AwRecord *record,
            const AwField *field)
{
  if (!(field->flags & AW_FIELD_REQUIRED) && g_rand_int_range (maker->rand, 0, 3) == 0)
    return;

  switch (field->kind)
    {
    case AW_FIELD_TEXT:
      g_free (AW_FIELD_AT (record, field, char *));
      AW_FIELD_AT (record, field, char *) = field->flags & AW_FIELD_CLOCK    ? g_strdup ("08:30")
                                            : field->flags & AW_FIELD_PERSON ? make_person (maker)
                                                                             : make_text (maker->rand);
      break;
    case AW_FIELD_BOOL:
      AW_FIELD_AT (record, field, gboolean) = g_rand_boolean (maker->rand);
      break;
    case AW_FIELD_INT:
    case AW_FIELD_ENUM:
      AW_FIELD_AT (record, field, int) = make_number (maker->rand, field);
      break;
    case AW_FIELD_INSTANT:
      AW_FIELD_AT (record, field, AwInstant) = make_instant (maker->rand);
      break;
    case AW_FIELD_DATE:
      AW_FIELD_AT (record, field, AwDate) = make_date (maker->rand);
      break;
    case AW_FIELD_STRV:
      AW_FIELD_AT (record, field, char **) = make_strv (maker, field);
      break;
    case AW_FIELD_PAIRS:
      AW_FIELD_AT (record, field, GPtrArray *) = make_pairs (maker, field);
      break;
    case AW_FIELD_INSTANTS:
    case AW_FIELD_INTS:
    case AW_FIELD_DATES:
      fill_array (maker, record, field);
      break;
    default:
      g_assert_not_reached ();
    }
}

static void
fill (Maker *maker,
      AwRecord *record)
{
  const AwRecordClass *klass = AW_RECORD_GET_CLASS (record);

  record->extra = make_extra (maker->rand);
  for (guint i = 0; i < klass->n_fields; i++)
    fill_field (maker, record, &klass->fields[i]);
}

AwPolicy *
aw_test_policy_new (GRand *rand)
{
  g_autoptr (GPtrArray) nobody = g_ptr_array_new ();
  Maker maker = { rand, nobody };
  AwRecord *policy = g_object_new (AW_TYPE_POLICY, NULL);

  policy->id = g_strdup ("policy");
  fill (&maker, policy);
  return AW_POLICY (policy);
}

AwDossier *
aw_test_dossier_new (GRand *rand,
                     const char *id)
{
  g_autoptr (GPtrArray) people = g_ptr_array_new_with_free_func (g_free);
  Maker maker = { rand, people };
  g_autoptr (AwRecord) opportunity = g_object_new (AW_TYPE_OPPORTUNITY, NULL);
  AwDossier *dossier;

  for (int i = g_rand_int_range (rand, 1, 5); i > 0; i--)
    g_ptr_array_add (people, g_strdup_printf ("%s p%d ✓", id, i));

  opportunity->id = g_strdup (id);
  fill (&maker, opportunity);
  dossier = aw_dossier_new (AW_OPPORTUNITY (opportunity));
  for (guint kind = AW_RECORD_PERSON; kind < AW_RECORD_MESSAGE; kind++)
    {
      guint n = kind == AW_RECORD_PERSON ? people->len : (guint) g_rand_int_range (rand, 0, 4);

      for (guint i = 0; i < n; i++)
        {
          AwRecord *record = g_object_new (aw_record_kind_get_type (kind), NULL);

          record->id = kind == AW_RECORD_PERSON ? g_strdup (g_ptr_array_index (people, i))
                                                : g_strdup_printf ("%s %u-%u", id, kind, i);
          record->opportunity = g_strdup (id);
          fill (&maker, record);
          aw_record_list_append (aw_dossier_get_list (dossier, kind), record);
        }
    }
  return dossier;
}
