/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/aw-plan-private.h"

#include <string.h>

/* R17: what must be found out before anything can go. */

#define ADDRESSES (AW_MISSING_EMAIL | AW_MISSING_PHONE | AW_MISSING_ADDRESS)

static gboolean
is_decider_known (AwAdviser *p)
{
  for (guint i = 0; i < p->people->len; i++)
    if ((aw_adviser_person (p, i)->roles & (AW_ROLE_DECISION_MAKER | AW_ROLE_HIRING_MANAGER)) != 0)
      return TRUE;
  return FALSE;
}

void
aw_plan_complete_decision_maker (AwAdviser *p)
{
  gint64 first = AW_NEVER;
  gint64 opens;
  AwPlanItem item;

  if (p->is_ahead || is_decider_known (p))
    return;
  for (guint i = 0; i < p->meetings->len; i++)
    {
      const AwPlanMeeting *meeting = aw_adviser_meeting (p, i);

      if (!meeting->is_screen && (first == AW_NEVER || meeting->end < first))
        first = meeting->end;
    }
  if (first == AW_NEVER)
    return;

  opens = first + AW_DAY;
  item = aw_adviser_begin (p, AW_DUTY_COMPLETE, AW_MYSELF, AW_CHANNEL_UNSET, "decision-maker", NULL);
  aw_plan_item_add_rule (&item, "R17");
  aw_plan_item_set_times (&item, opens, aw_calendar_add_working_days (p->calendar, opens, 2), opens + AW_WEEK);
  item.follow_up.missing = AW_MISSING_DECISION_MAKER;
  item.follow_up.reason.id = AW_REASON_DECISION_MAKER;
  item.follow_up.reason.date = first;
  aw_adviser_add (p, &item);
}

static int
compare_ids (gconstpointer a,
             gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static gboolean
has_id (GPtrArray *ids,
        const char *id)
{
  for (guint i = 0; i < ids->len; i++)
    if (g_ptr_array_index (ids, i) == (gpointer) id)
      return TRUE;
  return FALSE;
}

/* The people some item lacks an address of, by id; @missing: which kinds;
 * @first_met: the earliest end of an interview that they attended. */
static GPtrArray *
find_unreachable (AwAdviser *p,
                  AwMissing *missing,
                  gint64 *first_met)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();

  *missing = 0;
  *first_met = AW_NEVER;
  for (guint i = 0; i < p->items->len; i++)
    {
      const AwPlanItem *item = aw_adviser_item (p, i);
      const AwPlanPerson *person;

      if ((item->follow_up.missing & ADDRESSES) == 0)
        continue;
      person = aw_adviser_person (p, item->person);
      *missing |= item->follow_up.missing & ADDRESSES;
      if (person->first_met != AW_NEVER && (*first_met == AW_NEVER || person->first_met < *first_met))
        *first_met = person->first_met;
      if (!has_id (ids, person->id))
        g_ptr_array_add (ids, (gpointer) person->id);
    }
  g_ptr_array_sort (ids, compare_ids);
  return g_steal_pointer (&ids);
}

void
aw_plan_complete_addresses (AwAdviser *p)
{
  AwMissing missing;
  gint64 opens, due;
  g_autoptr (GPtrArray) ids = find_unreachable (p, &missing, &opens);
  AwPlanItem item;

  if (opens == AW_NEVER)
    opens = p->t0;
  if (ids->len == 0 || opens == AW_NEVER)
    return;

  due = aw_calendar_add_working_days (p->calendar, opens, 2);
  item = aw_adviser_begin (p, AW_DUTY_COMPLETE, AW_MYSELF, AW_CHANNEL_UNSET, "addresses", NULL);
  aw_plan_item_add_rule (&item, "R17");
  aw_plan_item_set_times (&item, opens, due, due + AW_WEEK);
  item.follow_up.missing = missing;
  item.follow_up.reason.id = AW_REASON_ADDRESSES;
  if (!aw_adviser_add (p, &item))
    return;

  /* NULL-terminated; becomes the plan's own. */
  g_ptr_array_add (ids, NULL);
  p->unreachable = (const char **) g_ptr_array_free (g_steal_pointer (&ids), FALSE);
  aw_adviser_item (p, p->items->len - 1)->follow_up.people = p->unreachable;
  aw_adviser_settle_one (p, aw_adviser_item (p, p->items->len - 1));
}
