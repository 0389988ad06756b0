/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/aw-plan-private.h"

#include <string.h>

/* Whom to write to (rules.md §3, Recipient). */

#define N_LINKS 4

static const AwRoles chains[][N_LINKS] = {
  [AW_CHAIN_HR_FIRST] = { AW_ROLE_HR, AW_ROLE_RECRUITER, AW_ROLE_HIRING_MANAGER, AW_ROLE_DECISION_MAKER },
  [AW_CHAIN_DECISION_MAKER_FIRST] = { AW_ROLE_DECISION_MAKER, AW_ROLE_HIRING_MANAGER, AW_ROLE_HR, AW_ROLE_RECRUITER },
  [AW_CHAIN_TIMELINE] = { AW_ROLE_HIRING_MANAGER, AW_ROLE_DECISION_MAKER, AW_ROLE_HR, AW_ROLE_RECRUITER },
};

/* G5: who may get more than thanks and answers. */
gboolean
aw_roles_reach_beyond_thanks (AwRoles roles)
{
  return (roles & (AW_ROLE_HR | AW_ROLE_RECRUITER | AW_ROLE_HIRING_MANAGER | AW_ROLE_DECISION_MAKER)) != 0;
}

/* Of several: whoever had a turn since t0, else the latest touch, else the
 * lowest id. */
static gboolean
is_better (const AwPlanPerson *a,
           const AwPlanPerson *b)
{
  if (a->had_turn != b->had_turn)
    return a->had_turn;
  if (a->last_touch != b->last_touch)
    return a->last_touch > b->last_touch;
  return strcmp (a->id, b->id) < 0;
}

static gboolean
is_reachable (const AwPlanPerson *person,
              gboolean by_phone)
{
  return person->has_email || (by_phone && person->has_phone);
}

static int
pick_with_role (AwAdviser *p,
                AwRoles role,
                gboolean by_phone,
                gboolean reachable)
{
  int best = AW_NOBODY;

  for (guint i = 0; i < p->people->len; i++)
    {
      const AwPlanPerson *person = aw_adviser_person (p, i);

      if ((person->roles & role) != 0 && is_reachable (person, by_phone) == reachable &&
          (best == AW_NOBODY || is_better (person, aw_adviser_person (p, best))))
        best = (int) i;
    }
  return best;
}

/* First through those who can be reached, then the others. @by_phone: a number
 * serves as well as an address. @unusual: whether it is not who the chain
 * begins with. */
int
aw_adviser_pick (AwAdviser *p,
                 AwChain chain,
                 gboolean by_phone,
                 gboolean with_follow_up_person,
                 gboolean *unusual)
{
  int found = AW_NOBODY;

  for (int reachable = TRUE; reachable >= FALSE && found == AW_NOBODY; reachable--)
    {
      if (with_follow_up_person && p->follow_up_person != AW_NOBODY &&
          is_reachable (aw_adviser_person (p, p->follow_up_person), by_phone) == reachable)
        found = p->follow_up_person;
      for (guint i = 0; i < N_LINKS && found == AW_NOBODY; i++)
        found = pick_with_role (p, chains[chain][i], by_phone, reachable);
    }

  *unusual = found != AW_NOBODY && (aw_adviser_person (p, found)->roles & chains[chain][0]) == 0;
  return found;
}

/* R8: a hiring manager with an address to whom no check-in went. */
int
aw_adviser_pick_manager (AwAdviser *p)
{
  int best = AW_NOBODY;

  for (guint i = 0; i < p->people->len; i++)
    {
      const AwPlanPerson *person = aw_adviser_person (p, i);

      if ((person->roles & AW_ROLE_HIRING_MANAGER) != 0 && person->has_email && !person->asked &&
          (best == AW_NOBODY || is_better (person, aw_adviser_person (p, best))))
        best = (int) i;
    }
  return best;
}

static gboolean
can_be_written_to (const AwPlanPerson *person)
{
  return person->has_email || person->last_channel == AW_CHANNEL_MESSAGE;
}

/* R11: whom one was last in touch with among those G5 allows, those who can be
 * written to first; else the chain of the strategy. */
int
aw_adviser_pick_last_contact (AwAdviser *p,
                              gboolean *unusual)
{
  int best = AW_NOBODY;

  *unusual = FALSE;
  for (guint i = 0; i < p->people->len; i++)
    {
      const AwPlanPerson *person = aw_adviser_person (p, i);
      const AwPlanPerson *other = best == AW_NOBODY ? NULL : aw_adviser_person (p, best);

      if (person->last_touch == AW_NEVER || !aw_roles_reach_beyond_thanks (person->roles))
        continue;
      if (other == NULL ||
          (can_be_written_to (person) && !can_be_written_to (other)) ||
          (can_be_written_to (person) == can_be_written_to (other) &&
           (person->last_touch > other->last_touch ||
            (person->last_touch == other->last_touch && strcmp (person->id, other->id) < 0))))
        best = (int) i;
    }
  if (best != AW_NOBODY)
    return best;
  return aw_adviser_pick (p, p->decision_maker_first ? AW_CHAIN_DECISION_MAKER_FIRST : AW_CHAIN_HR_FIRST,
                          FALSE, FALSE, unusual);
}
