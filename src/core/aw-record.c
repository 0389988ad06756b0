/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/aw-record.h"

#include <string.h>

G_DEFINE_ABSTRACT_TYPE (AwRecord, aw_record, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_ID,
  N_PROPS, /* the fields of a type come after these */
};

/* Pairs -------------------------------------------------------------------- */

/**
 * aw_pair_new:
 * @person: (nullable): a person's id
 * @text: (nullable): what belongs to that person
 *
 * Returns: (transfer full): a pair
 */
AwPair *
aw_pair_new (const char *person,
             const char *text)
{
  AwPair *pair = g_new0 (AwPair, 1);

  pair->person = g_strdup (person);
  pair->text = g_strdup (text);
  pair->at = AW_INSTANT_NONE;
  return pair;
}

AwPair *
aw_pair_copy (const AwPair *pair)
{
  AwPair *copy = aw_pair_new (pair->person, pair->text);

  copy->at = pair->at;
  copy->extra = g_strdup (pair->extra);
  return copy;
}

void
aw_pair_free (AwPair *pair)
{
  g_free (pair->person);
  g_free (pair->text);
  g_free (pair->extra);
  g_free (pair);
}

static gpointer
copy_pair_func (gconstpointer pair,
                G_GNUC_UNUSED gpointer data)
{
  return aw_pair_copy (pair);
}

static gboolean
instants_equal (const AwInstant *a,
                const AwInstant *b)
{
  return a->sec == b->sec && a->offset_min == b->offset_min;
}

static gboolean
pairs_equal (const GPtrArray *a,
             const GPtrArray *b)
{
  guint n = a ? a->len : 0;

  if (n != (b ? b->len : 0))
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      const AwPair *x = g_ptr_array_index (a, i);
      const AwPair *y = g_ptr_array_index (b, i);

      if (g_strcmp0 (x->person, y->person) != 0 || g_strcmp0 (x->text, y->text) != 0 ||
          g_strcmp0 (x->extra, y->extra) != 0 || !instants_equal (&x->at, &y->at))
        return FALSE;
    }
  return TRUE;
}

static gboolean
strvs_equal (char **a,
             char **b)
{
  guint n = a ? g_strv_length (a) : 0;

  if (n != (b ? g_strv_length (b) : 0))
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (strcmp (a[i], b[i]) != 0)
      return FALSE;
  return TRUE;
}

static gboolean
arrays_equal (const GArray *a,
              const GArray *b,
              gsize size)
{
  guint n = a ? a->len : 0;

  return n == (b ? b->len : 0) && (n == 0 || memcmp (a->data, b->data, n * size) == 0);
}

static gboolean
instant_arrays_equal (const GArray *a,
                      const GArray *b)
{
  guint n = a ? a->len : 0;

  /* Compared member by member: the struct has padding. */
  if (n != (b ? b->len : 0))
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (!instants_equal (&g_array_index (a, AwInstant, i), &g_array_index (b, AwInstant, i)))
      return FALSE;
  return TRUE;
}

static void
field_clear (AwRecord *record,
             const AwField *field)
{
  switch (field->kind)
    {
    case AW_FIELD_TEXT:
      g_clear_pointer (&AW_FIELD_AT (record, field, char *), g_free);
      break;
    case AW_FIELD_STRV:
      g_clear_pointer (&AW_FIELD_AT (record, field, char **), g_strfreev);
      break;
    case AW_FIELD_PAIRS:
      g_clear_pointer (&AW_FIELD_AT (record, field, GPtrArray *), g_ptr_array_unref);
      break;
    case AW_FIELD_INSTANTS:
    case AW_FIELD_INTS:
    case AW_FIELD_DATES:
      g_clear_pointer (&AW_FIELD_AT (record, field, GArray *), g_array_unref);
      break;
    case AW_FIELD_BOOL:
    case AW_FIELD_INT:
    case AW_FIELD_ENUM:
    case AW_FIELD_INSTANT:
    case AW_FIELD_DATE:
      break;
    default:
      g_assert_not_reached ();
    }
}

static void
field_copy (AwRecord *to,
            AwRecord *from,
            const AwField *field)
{
  switch (field->kind)
    {
    case AW_FIELD_TEXT:
      g_free (AW_FIELD_AT (to, field, char *));
      AW_FIELD_AT (to, field, char *) = g_strdup (AW_FIELD_AT (from, field, char *));
      break;
    case AW_FIELD_BOOL:
    case AW_FIELD_INT:
    case AW_FIELD_ENUM:
      AW_FIELD_AT (to, field, int) = AW_FIELD_AT (from, field, int);
      break;
    case AW_FIELD_INSTANT:
      AW_FIELD_AT (to, field, AwInstant) = AW_FIELD_AT (from, field, AwInstant);
      break;
    case AW_FIELD_DATE:
      AW_FIELD_AT (to, field, AwDate) = AW_FIELD_AT (from, field, AwDate);
      break;
    case AW_FIELD_STRV:
      g_strfreev (AW_FIELD_AT (to, field, char **));
      AW_FIELD_AT (to, field, char **) = g_strdupv (AW_FIELD_AT (from, field, char **));
      break;
    case AW_FIELD_PAIRS:
      g_clear_pointer (&AW_FIELD_AT (to, field, GPtrArray *), g_ptr_array_unref);
      if (AW_FIELD_AT (from, field, GPtrArray *) != NULL)
        {
          GPtrArray *copy = g_ptr_array_copy (AW_FIELD_AT (from, field, GPtrArray *), copy_pair_func, NULL);

          g_ptr_array_set_free_func (copy, (GDestroyNotify) aw_pair_free);
          AW_FIELD_AT (to, field, GPtrArray *) = copy;
        }
      break;
    case AW_FIELD_INSTANTS:
    case AW_FIELD_INTS:
    case AW_FIELD_DATES:
      g_clear_pointer (&AW_FIELD_AT (to, field, GArray *), g_array_unref);
      if (AW_FIELD_AT (from, field, GArray *) != NULL)
        AW_FIELD_AT (to, field, GArray *) = g_array_copy (AW_FIELD_AT (from, field, GArray *));
      break;
    default:
      g_assert_not_reached ();
    }
}

/* Overrides ---------------------------------------------------------------- */

static void
aw_record_get_property (GObject *object,
                        guint prop_id,
                        GValue *value,
                        GParamSpec *pspec)
{
  AwRecord *record = AW_RECORD (object);
  AwRecordClass *klass = AW_RECORD_GET_CLASS (record);
  const AwField *field;

  if (prop_id == PROP_ID)
    {
      g_value_set_string (value, record->id);
      return;
    }
  if (prop_id < N_PROPS || prop_id - N_PROPS >= klass->n_fields)
    {
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
      return;
    }

  field = &klass->fields[prop_id - N_PROPS];
  if (field->kind == AW_FIELD_TEXT)
    g_value_set_string (value, AW_FIELD_AT (record, field, char *));
  else if (field->kind == AW_FIELD_BOOL)
    g_value_set_boolean (value, AW_FIELD_AT (record, field, gboolean));
  else
    g_value_set_int (value, AW_FIELD_AT (record, field, int));
}

static void
aw_record_constructed (GObject *object)
{
  AwRecord *record = AW_RECORD (object);
  AwRecordClass *klass = AW_RECORD_GET_CLASS (record);

  G_OBJECT_CLASS (aw_record_parent_class)->constructed (object);

  for (guint i = 0; i < klass->n_fields; i++)
    {
      const AwField *field = &klass->fields[i];

      if (field->kind == AW_FIELD_TEXT)
        AW_FIELD_AT (record, field, char *) = g_strdup (field->initial_text);
      else if (field->kind == AW_FIELD_BOOL || field->kind == AW_FIELD_INT || field->kind == AW_FIELD_ENUM)
        AW_FIELD_AT (record, field, int) = field->initial;
      else if (field->kind == AW_FIELD_INSTANT)
        AW_FIELD_AT (record, field, AwInstant) = AW_INSTANT_NONE;
      else if (field->kind == AW_FIELD_DATE)
        AW_FIELD_AT (record, field, AwDate) = AW_DATE_NONE;
    }
}

static void
aw_record_finalize (GObject *object)
{
  AwRecord *record = AW_RECORD (object);
  AwRecordClass *klass = AW_RECORD_GET_CLASS (record);

  for (guint i = 0; i < klass->n_fields; i++)
    field_clear (record, &klass->fields[i]);
  g_free (record->id);
  g_free (record->opportunity);
  g_free (record->extra);

  G_OBJECT_CLASS (aw_record_parent_class)->finalize (object);
}

static void
aw_record_class_init (AwRecordClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->constructed = aw_record_constructed;
  object_class->finalize = aw_record_finalize;
  object_class->get_property = aw_record_get_property;

  g_object_class_install_property (object_class, PROP_ID,
                                   g_param_spec_string ("id", NULL, NULL, NULL,
                                                        G_PARAM_READABLE | G_PARAM_STATIC_STRINGS));
}

static void
aw_record_init (G_GNUC_UNUSED AwRecord *record)
{
}

/* Public functions --------------------------------------------------------- */

/**
 * aw_record_class_install:
 * @klass: the class of a type
 * @kind: which kind
 * @member: (nullable): name of its list in the document
 * @table: name of its table in the store
 * @has_id: whether the document gives it an id
 * @fields: (array length=n_fields): its fields; must live for ever
 * @n_fields: how many
 *
 * Describes a type. Text, bool, int and enum fields become readable
 * properties (`status_changed_at` would be `status-changed-at`).
 */
void
aw_record_class_install (AwRecordClass *klass,
                         AwRecordKind kind,
                         const char *member,
                         const char *table,
                         gboolean has_id,
                         const AwField *fields,
                         guint n_fields)
{
  GParamFlags flags = G_PARAM_READABLE;

  klass->kind = kind;
  klass->member = member;
  klass->table = table;
  klass->has_id = has_id;
  klass->fields = fields;
  klass->n_fields = n_fields;

  /* GObject does not let this one be inherited. */
  G_OBJECT_CLASS (klass)->get_property = aw_record_get_property;

  for (guint i = 0; i < n_fields; i++)
    {
      g_autofree char *name = g_strdelimit (g_strdup (fields[i].name), "_", '-');
      GParamSpec *pspec = NULL;

      if (fields[i].kind == AW_FIELD_TEXT)
        pspec = g_param_spec_string (name, NULL, NULL, NULL, flags);
      else if (fields[i].kind == AW_FIELD_BOOL)
        pspec = g_param_spec_boolean (name, NULL, NULL, FALSE, flags);
      else if (fields[i].kind == AW_FIELD_INT || fields[i].kind == AW_FIELD_ENUM)
        pspec = g_param_spec_int (name, NULL, NULL, G_MININT, G_MAXINT, 0, flags);

      if (pspec != NULL)
        g_object_class_install_property (G_OBJECT_CLASS (klass), N_PROPS + i, pspec);
    }
}

/**
 * aw_record_new:
 * @type: a type of record
 * @opportunity: (nullable): the id of the opportunity it belongs to
 *
 * Returns: (transfer full): a new record with a new id (a UUID)
 */
AwRecord *
aw_record_new (GType type,
               const char *opportunity)
{
  AwRecord *record = g_object_new (type, NULL);

  record->id = g_uuid_string_random ();
  record->opportunity = g_strdup (opportunity);
  return record;
}

/**
 * aw_record_copy:
 * @record: a record
 *
 * Returns: (transfer full): a deep copy with the same id
 */
AwRecord *
aw_record_copy (AwRecord *record)
{
  AwRecordClass *klass;
  AwRecord *copy;

  g_return_val_if_fail (AW_IS_RECORD (record), NULL);

  klass = AW_RECORD_GET_CLASS (record);
  copy = g_object_new (G_OBJECT_TYPE (record), NULL);
  copy->id = g_strdup (record->id);
  copy->opportunity = g_strdup (record->opportunity);
  copy->position = record->position;
  copy->extra = g_strdup (record->extra);
  for (guint i = 0; i < klass->n_fields; i++)
    field_copy (copy, record, &klass->fields[i]);
  return copy;
}

/**
 * aw_record_field_equal:
 * @a: a record
 * @b: another of the same type
 * @field: a field of that type
 *
 * Returns: whether both hold the same there
 */
gboolean
aw_record_field_equal (AwRecord *a,
                       AwRecord *b,
                       const AwField *field)
{
  switch (field->kind)
    {
    case AW_FIELD_TEXT:
      return g_strcmp0 (AW_FIELD_AT (a, field, char *), AW_FIELD_AT (b, field, char *)) == 0;
    case AW_FIELD_BOOL:
      return !AW_FIELD_AT (a, field, gboolean) == !AW_FIELD_AT (b, field, gboolean);
    case AW_FIELD_INT:
    case AW_FIELD_ENUM:
      return AW_FIELD_AT (a, field, int) == AW_FIELD_AT (b, field, int);
    case AW_FIELD_INSTANT:
      return instants_equal (&AW_FIELD_AT (a, field, AwInstant), &AW_FIELD_AT (b, field, AwInstant));
    case AW_FIELD_DATE:
      return AW_FIELD_AT (a, field, AwDate) == AW_FIELD_AT (b, field, AwDate);
    case AW_FIELD_STRV:
      return strvs_equal (AW_FIELD_AT (a, field, char **), AW_FIELD_AT (b, field, char **));
    case AW_FIELD_PAIRS:
      return pairs_equal (AW_FIELD_AT (a, field, GPtrArray *), AW_FIELD_AT (b, field, GPtrArray *));
    case AW_FIELD_INSTANTS:
      return instant_arrays_equal (AW_FIELD_AT (a, field, GArray *), AW_FIELD_AT (b, field, GArray *));
    case AW_FIELD_INTS:
      return arrays_equal (AW_FIELD_AT (a, field, GArray *), AW_FIELD_AT (b, field, GArray *), sizeof (int));
    case AW_FIELD_DATES:
      return arrays_equal (AW_FIELD_AT (a, field, GArray *), AW_FIELD_AT (b, field, GArray *), sizeof (AwDate));
    default:
      g_assert_not_reached ();
    }
}

/**
 * aw_record_equal:
 * @a: a record
 * @b: another
 *
 * Returns: whether they are of one type and hold the same facts; their place
 *   in a list counts too
 */
gboolean
aw_record_equal (AwRecord *a,
                 AwRecord *b)
{
  AwRecordClass *klass;

  g_return_val_if_fail (AW_IS_RECORD (a) && AW_IS_RECORD (b), FALSE);

  if (a == b)
    return TRUE;
  if (G_OBJECT_TYPE (a) != G_OBJECT_TYPE (b) || a->position != b->position ||
      g_strcmp0 (a->id, b->id) != 0 || g_strcmp0 (a->opportunity, b->opportunity) != 0 ||
      g_strcmp0 (a->extra, b->extra) != 0)
    return FALSE;

  klass = AW_RECORD_GET_CLASS (a);
  for (guint i = 0; i < klass->n_fields; i++)
    if (!aw_record_field_equal (a, b, &klass->fields[i]))
      return FALSE;
  return TRUE;
}

/**
 * aw_record_get_kind:
 * @record: a record
 *
 * Returns: which kind of fact it is
 */
AwRecordKind
aw_record_get_kind (AwRecord *record)
{
  g_return_val_if_fail (AW_IS_RECORD (record), AW_RECORD_OPPORTUNITY);

  return AW_RECORD_GET_CLASS (record)->kind;
}
