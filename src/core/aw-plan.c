/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/aw-plan-private.h"

#include <string.h>

static const char *const duty_kind_names[] = {
  "prepare", "debrief", "thank-you", "letter", "check-in", "escalation", "article", "call",
  "keep-in-touch", "timeline", "feedback", "next-step", "answer", "acknowledgement", "complete",
};
const AwVocabulary aw_duty_kinds = { duty_kind_names, G_N_ELEMENTS (duty_kind_names) };

static const char *const duty_state_names[] = { "upcoming", "waiting", "missing", "due", "overdue" };
const AwVocabulary aw_duty_states = { duty_state_names, G_N_ELEMENTS (duty_state_names) };

static const char *const missing_names[] = {
  "email", "phone", "address", "person", "attendees", "decision-maker", "status",
};
const AwVocabulary aw_missing_words = { missing_names, G_N_ELEMENTS (missing_names) };

struct _AwPlan
{
  gatomicrefcount ref_count;

  GStringChunk *texts;
  const char **unreachable;
  AwFollowUp *follow_ups;
  guint n_follow_ups;
  gint64 next_change;
};

G_DEFINE_BOXED_TYPE (AwPlan, aw_plan, aw_plan_ref, aw_plan_unref)

/* By status ---------------------------------------------------------------- */

/* R1 to R5. */
static void
plan_interviews (AwAdviser *p)
{
  aw_plan_prepare (p);
  aw_plan_thank (p);
  aw_plan_thank_unmet (p);
  aw_plan_debrief (p);
  aw_plan_letters (p);
}

/* R13 to R15. */
static void
plan_asked (AwAdviser *p)
{
  aw_plan_feedback (p);
  aw_plan_steps (p);
  aw_plan_answers (p);
}

static void
plan_by_status (AwAdviser *p)
{
  switch (p->opportunity->status)
    {
    case AW_STATUS_ACTIVE:
      plan_interviews (p);
      aw_plan_silence (p);
      aw_plan_offer_calls (p);
      aw_plan_agreed_calls (p);
      aw_plan_timeline (p);
      plan_asked (p);
      aw_plan_complete_decision_maker (p);
      break;
    case AW_STATUS_ON_HOLD:
      plan_interviews (p);
      aw_plan_silence (p);
      aw_plan_agreed_calls (p);
      plan_asked (p);
      break;
    case AW_STATUS_OFFER:
      plan_interviews (p);
      aw_plan_agreed_calls (p);
      plan_asked (p);
      aw_plan_answer_offer (p);
      break;
    case AW_STATUS_REJECTED:
      aw_plan_feedback (p);
      aw_plan_answers (p);
      aw_plan_acknowledge (p);
      break;
    case AW_STATUS_ACCEPTED:
    case AW_STATUS_DECLINED:
    case AW_STATUS_WITHDRAWN:
    case AW_STATUS_NO_ANSWER:
    default:
      break;
    }
}

/* The plan's own copies of ids: the facts may be gone before it is. */
static void
own_texts (AwPlan *self,
           AwFollowUp *follow_up,
           const char *opportunity)
{
  follow_up->opportunity = opportunity;
  if (follow_up->person != NULL)
    follow_up->person = g_string_chunk_insert_const (self->texts, follow_up->person);
  if (follow_up->zone != NULL)
    follow_up->zone = g_string_chunk_insert_const (self->texts, follow_up->zone);
  if (follow_up->reason.other != NULL)
    follow_up->reason.other = g_string_chunk_insert_const (self->texts, follow_up->reason.other);
}

static int
compare_follow_ups (gconstpointer a,
                    gconstpointer b)
{
  return aw_follow_up_compare (a, b);
}

static AwPlan *
plan_take (AwAdviser *p)
{
  AwPlan *self = g_new0 (AwPlan, 1);
  const char *opportunity;

  g_atomic_ref_count_init (&self->ref_count);
  self->texts = g_steal_pointer (&p->texts);
  self->unreachable = g_steal_pointer (&p->unreachable);
  self->next_change = p->next_change;
  self->n_follow_ups = p->items->len;
  self->follow_ups = g_new (AwFollowUp, p->items->len);
  opportunity = g_string_chunk_insert (self->texts, AW_ID (p->opportunity));
  for (guint i = 0; self->unreachable != NULL && self->unreachable[i] != NULL; i++)
    self->unreachable[i] = g_string_chunk_insert_const (self->texts, self->unreachable[i]);
  for (guint i = 0; i < p->items->len; i++)
    {
      self->follow_ups[i] = aw_adviser_item (p, i)->follow_up;
      own_texts (self, &self->follow_ups[i], opportunity);
    }
  qsort (self->follow_ups, self->n_follow_ups, sizeof (AwFollowUp), compare_follow_ups);
  return self;
}

/* Public functions --------------------------------------------------------- */

/**
 * aw_plan_new:
 * @dossier: the facts of one opportunity
 * @elsewhere: (nullable): what counts of others (G1)
 * @calendar: the user's calendar, with the policy
 * @now: the instant to plan for
 *
 * Computes the plan (rules.md §2 and §3) from nothing but its arguments.
 *
 * Returns: (transfer full): the follow-ups, sorted
 */
AwPlan *
aw_plan_new (AwDossier *dossier,
             AwElsewhere *elsewhere,
             AwCalendar *calendar,
             gint64 now)
{
  AwAdviser p;
  AwPlan *self;

  g_return_val_if_fail (AW_IS_DOSSIER (dossier), NULL);
  g_return_val_if_fail (calendar != NULL, NULL);

  aw_adviser_init (&p, dossier, elsewhere, calendar, now);
  aw_plan_silence_prepare (&p);
  plan_by_status (&p);
  aw_adviser_settle (&p);
  aw_plan_complete_addresses (&p);
  self = plan_take (&p);
  aw_adviser_clear (&p);
  return self;
}

/**
 * aw_plan_ref:
 * @self: a plan
 *
 * Returns: (transfer full): @self
 */
AwPlan *
aw_plan_ref (AwPlan *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * aw_plan_unref:
 * @self: (transfer full): a plan
 */
void
aw_plan_unref (AwPlan *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_string_chunk_free (self->texts);
  g_free (self->unreachable);
  g_free (self->follow_ups);
  g_free (self);
}

/**
 * aw_plan_get_length:
 * @self: a plan
 *
 * Returns: how many follow-ups it has
 */
guint
aw_plan_get_length (AwPlan *self)
{
  return self->n_follow_ups;
}

/**
 * aw_plan_get:
 * @self: a plan
 * @i: an index below the length
 *
 * Returns: (transfer none): that follow-up
 */
const AwFollowUp *
aw_plan_get (AwPlan *self,
             guint i)
{
  g_return_val_if_fail (i < self->n_follow_ups, NULL);

  return &self->follow_ups[i];
}

/**
 * aw_plan_find:
 * @self: a plan
 * @key: a follow-up's key
 *
 * Returns: (transfer none) (nullable): that follow-up
 */
const AwFollowUp *
aw_plan_find (AwPlan *self,
              const char *key)
{
  for (guint i = 0; i < self->n_follow_ups; i++)
    if (strcmp (self->follow_ups[i].key, key) == 0)
      return &self->follow_ups[i];
  return NULL;
}

/**
 * aw_plan_get_next_change:
 * @self: a plan
 *
 * Returns: an instant until which the plan stays as it is if no fact changes;
 *   %AW_NEVER if it stays for ever
 */
gint64
aw_plan_get_next_change (AwPlan *self)
{
  return self->next_change;
}

static int
compare_instants (gint64 a,
                  gint64 b)
{
  return (a > b) - (a < b);
}

/* "-" comes before every id, whatever its bytes. */
static int
compare_people (const char *a,
                const char *b)
{
  gboolean a_is_nobody = a == NULL || strcmp (a, "-") == 0;
  gboolean b_is_nobody = b == NULL || strcmp (b, "-") == 0;

  if (a_is_nobody || b_is_nobody)
    return b_is_nobody - a_is_nobody;
  return strcmp (a, b);
}

/**
 * aw_follow_up_compare:
 * @a: a follow-up
 * @b: another, maybe of another opportunity
 *
 * Returns: their order (rules.md §2): due, opens, kind, person, key, opportunity
 */
int
aw_follow_up_compare (const AwFollowUp *a,
                      const AwFollowUp *b)
{
  int order = compare_instants (a->due, b->due);

  if (order == 0)
    order = compare_instants (a->opens, b->opens);
  if (order == 0)
    order = (int) a->kind - (int) b->kind;
  if (order == 0)
    order = compare_people (a->person, b->person);
  if (order == 0)
    order = strcmp (a->key, b->key);
  if (order == 0)
    order = strcmp (a->opportunity, b->opportunity);
  return order;
}
