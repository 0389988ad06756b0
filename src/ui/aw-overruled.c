/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/aw-overruled.h"

/**
 * aw_overruled_holder:
 * @follow_up: an item of a plan
 *
 * Returns: (nullable): the guard because of which it waits; %NULL if it does
 *   not wait, or waits for what is no guard (snoozed, R12's thank-you)
 */
const char *
aw_overruled_holder (const AwFollowUp *follow_up)
{
  if (follow_up->state != AW_STATE_WAITING || follow_up->waiting == NULL)
    return NULL;
  if (follow_up->waiting[0] == 'G')
    return follow_up->waiting;
  /* G10 names the rule of the note that goes first. */
  return g_str_equal (follow_up->waiting, "R3") && follow_up->kind != AW_DUTY_TIMELINE ? "G10" : NULL;
}

static void
add_guard (GPtrArray *guards,
           const char *guard)
{
  if (guard != NULL && !g_ptr_array_find_with_equal_func (guards, guard, g_str_equal, NULL))
    g_ptr_array_add (guards, g_strdup (guard));
}

/**
 * aw_overruled_by_contact:
 * @engine: where the facts are
 * @opportunity: id
 * @people: (nullable): ids of those it goes to
 * @kind: what it is
 * @channel: how it goes
 * @follow_up: (nullable): key of the item that it is for
 * @at: when it goes
 *
 * Returns: (transfer full) (nullable): the guards that it goes against, each once
 */
GStrv
aw_overruled_by_contact (AwEngine *engine,
                         const char *opportunity,
                         const char *const *people,
                         AwTouchKind kind,
                         AwChannel channel,
                         const char *follow_up,
                         gint64 at)
{
  g_autoptr (AwDossier) dossier = aw_engine_ref_dossier (engine, opportunity, NULL);
  AwPlan *plan = follow_up != NULL ? aw_engine_get_plan (engine, opportunity) : NULL;
  const AwFollowUp *item = plan != NULL ? aw_plan_find (plan, follow_up) : NULL;
  g_autoptr (GPtrArray) guards = g_ptr_array_new_with_free_func (g_free);

  if (dossier == NULL)
    return NULL;
  for (guint i = 0; people != NULL && people[i] != NULL; i++)
    add_guard (guards, aw_guards_check (dossier, aw_engine_get_elsewhere (engine), aw_engine_get_calendar (engine), people[i], kind,
                                        channel, at).guard);
  /* What waits until another is done, or until @at at least, goes ahead of it. */
  if (item != NULL && (item->waiting_until == AW_NEVER || item->waiting_until > at))
    add_guard (guards, aw_overruled_holder (item));
  if (guards->len == 0)
    return NULL;
  g_ptr_array_add (guards, NULL);
  return (GStrv) g_ptr_array_free (g_steal_pointer (&guards), FALSE);
}
