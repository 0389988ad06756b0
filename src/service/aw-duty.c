/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/aw-duty-private.h"

#include "core/aw-words.h"

/* A life of 10,000 opportunities has more duties than anybody looks at: what a
 * row shows is put into words when it is first asked for. */
struct _AwDuty
{
  GObject parent_instance;

  AwBook *book;
  AwPlan *plan;
  const AwFollowUp *follow_up;
  gint64 now;

  gboolean worded;
  char *company;
  char *role;
  char *person_name;
  char *person_role;
  char *title;
  char *reason;
  char *pill;
  char *button;
  char *label;
};

G_DEFINE_FINAL_TYPE (AwDuty, aw_duty, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_KEY,
  PROP_OPPORTUNITY,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static AwDuty *
worded (AwDuty *self)
{
  g_autoptr(AwDossier) dossier = NULL;
  g_autoptr(GError) error = NULL;
  AwOpportunity *opportunity;
  AwCalendar *calendar;
  AwPerson *person;

  if (self->worded)
    return self;
  self->worded = TRUE;

  dossier = aw_book_ref_dossier (self->book, self->follow_up->opportunity, &error);
  if (dossier == NULL)
    {
      if (error != NULL)
        g_warning ("A follow-up could not be put into words: %s", error->message);
      self->title = g_strdup ("");
      return self;
    }

  calendar = aw_book_get_calendar (self->book);
  opportunity = aw_dossier_get_opportunity (dossier);
  person = self->follow_up->person != NULL ? aw_dossier_find_person (dossier, self->follow_up->person) : NULL;
  self->company = g_strdup (opportunity->company);
  self->role = g_strdup (opportunity->role);
  if (person != NULL)
    {
      self->person_name = g_strdup (person->name);
      self->person_role = aw_words_roles (person);
    }
  self->title = aw_words_title (self->follow_up, dossier);
  self->reason = aw_words_reason (self->follow_up, dossier, calendar, self->now);
  self->pill = aw_words_pill (self->follow_up, calendar, self->now);
  self->button = aw_words_button (self->follow_up);
  self->label = aw_words_label (self->follow_up, dossier, calendar, self->now);
  return self;
}

static void
aw_duty_get_property (GObject *object,
                      guint prop_id,
                      GValue *value,
                      GParamSpec *pspec)
{
  AwDuty *self = AW_DUTY (object);

  switch (prop_id)
    {
    case PROP_KEY:
      g_value_set_string (value, self->follow_up->key);
      break;
    case PROP_OPPORTUNITY:
      g_value_set_string (value, self->follow_up->opportunity);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
aw_duty_finalize (GObject *object)
{
  AwDuty *self = AW_DUTY (object);

  g_free (self->company);
  g_free (self->role);
  g_free (self->person_name);
  g_free (self->person_role);
  g_free (self->title);
  g_free (self->reason);
  g_free (self->pill);
  g_free (self->button);
  g_free (self->label);
  g_clear_pointer (&self->plan, aw_plan_unref);
  g_clear_object (&self->book);

  G_OBJECT_CLASS (aw_duty_parent_class)->finalize (object);
}

static void
aw_duty_class_init (AwDutyClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = aw_duty_get_property;
  object_class->finalize = aw_duty_finalize;

  properties[PROP_KEY] = g_param_spec_string ("key", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_OPPORTUNITY] =
    g_param_spec_string ("opportunity", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
aw_duty_init (G_GNUC_UNUSED AwDuty *self)
{
}

/**
 * aw_duty_new:
 * @book: where the words' facts are
 * @plan: a plan
 * @index: which of its items
 * @now: the instant to speak from
 *
 * Returns: (transfer full): a duty
 */
AwDuty *
aw_duty_new (AwBook *book,
             AwPlan *plan,
             guint index,
             gint64 now)
{
  AwDuty *self = g_object_new (AW_TYPE_DUTY, NULL);

  self->book = g_object_ref (book);
  self->plan = aw_plan_ref (plan);
  self->follow_up = aw_plan_get (plan, index);
  self->now = now;
  return self;
}

/* The order of rules.md §2. */
int
aw_duty_compare (gconstpointer a,
                 gconstpointer b)
{
  return aw_follow_up_compare (((const AwDuty *) a)->follow_up, ((const AwDuty *) b)->follow_up);
}

/**
 * aw_duty_looks_like:
 * @self: a duty
 * @other: a newer one
 *
 * Returns: whether a row that shows @self need not change for @other
 */
gboolean
aw_duty_looks_like (AwDuty *self,
                    AwDuty *other)
{
  const AwFollowUp *a = self->follow_up;
  const AwFollowUp *b = other->follow_up;

  if (g_strcmp0 (a->key, b->key) != 0 || g_strcmp0 (a->opportunity, b->opportunity) != 0 ||
      g_strcmp0 (a->person, b->person) != 0 || g_strcmp0 (a->waiting, b->waiting) != 0 ||
      a->kind != b->kind || a->channel != b->channel || a->state != b->state || a->missing != b->missing ||
      a->opens != b->opens || a->due != b->due || a->closes != b->closes || a->waiting_until != b->waiting_until)
    return FALSE;

  /* Nobody looked at it yet: nothing is lost by replacing it. */
  if (!self->worded)
    return FALSE;
  worded (other);
  return g_strcmp0 (self->company, other->company) == 0 && g_strcmp0 (self->role, other->role) == 0 &&
         g_strcmp0 (self->person_name, other->person_name) == 0 &&
         g_strcmp0 (self->person_role, other->person_role) == 0 && g_strcmp0 (self->title, other->title) == 0 &&
         g_strcmp0 (self->reason, other->reason) == 0 && g_strcmp0 (self->pill, other->pill) == 0 &&
         g_strcmp0 (self->button, other->button) == 0 && g_strcmp0 (self->label, other->label) == 0;
}

const AwFollowUp *
aw_duty_get_follow_up (AwDuty *self)
{
  g_return_val_if_fail (AW_IS_DUTY (self), NULL);

  return self->follow_up;
}

const char *
aw_duty_get_opportunity (AwDuty *self)
{
  g_return_val_if_fail (AW_IS_DUTY (self), NULL);

  return self->follow_up->opportunity;
}

const char *
aw_duty_get_key (AwDuty *self)
{
  g_return_val_if_fail (AW_IS_DUTY (self), NULL);

  return self->follow_up->key;
}

const char *
aw_duty_get_company (AwDuty *self)
{
  g_return_val_if_fail (AW_IS_DUTY (self), NULL);

  return worded (self)->company;
}

const char *
aw_duty_get_role (AwDuty *self)
{
  g_return_val_if_fail (AW_IS_DUTY (self), NULL);

  return worded (self)->role;
}

const char *
aw_duty_get_person_name (AwDuty *self)
{
  g_return_val_if_fail (AW_IS_DUTY (self), NULL);

  return worded (self)->person_name;
}

const char *
aw_duty_get_person_role (AwDuty *self)
{
  g_return_val_if_fail (AW_IS_DUTY (self), NULL);

  return worded (self)->person_role;
}

const char *
aw_duty_get_title (AwDuty *self)
{
  g_return_val_if_fail (AW_IS_DUTY (self), NULL);

  return worded (self)->title;
}

const char *
aw_duty_get_reason (AwDuty *self)
{
  g_return_val_if_fail (AW_IS_DUTY (self), NULL);

  return worded (self)->reason;
}

const char *
aw_duty_get_pill (AwDuty *self)
{
  g_return_val_if_fail (AW_IS_DUTY (self), NULL);

  return worded (self)->pill;
}

const char *
aw_duty_get_button (AwDuty *self)
{
  g_return_val_if_fail (AW_IS_DUTY (self), NULL);

  return worded (self)->button;
}

const char *
aw_duty_get_label (AwDuty *self)
{
  g_return_val_if_fail (AW_IS_DUTY (self), NULL);

  return worded (self)->label;
}

static int
urgency (AwDutyState state)
{
  switch (state)
    {
    case AW_STATE_OVERDUE:
      return 0;
    case AW_STATE_DUE:
    case AW_STATE_MISSING:
      return 1;
    case AW_STATE_UPCOMING:
      return 2;
    case AW_STATE_WAITING:
    default:
      return 3;
    }
}

/**
 * aw_duty_most_urgent:
 * @duties: (element-type AwDuty): duties
 *
 * Returns: (transfer none) (nullable): the one that an opportunity's row shows
 */
AwDuty *
aw_duty_most_urgent (GPtrArray *duties)
{
  AwDuty *first = NULL;

  for (guint i = 0; i < duties->len; i++)
    {
      AwDuty *duty = g_ptr_array_index (duties, i);
      int difference = first == NULL ? -1
                                     : urgency (aw_duty_get_follow_up (duty)->state) -
                                         urgency (aw_duty_get_follow_up (first)->state);

      if (difference < 0 || (difference == 0 && aw_duty_compare (duty, first) < 0))
        first = duty;
    }
  return first;
}
