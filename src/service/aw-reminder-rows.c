/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/aw-reminder-rows.h"

#include "service/aw-book.h"
#include "service/aw-reminder-time.h"

/* What was shown is shown again only if its opening moved on by more than a
 * journey to another time zone moves it. */
#define SAME_OPENING (27 * AW_HOUR)

/* The latest decision on a key, if it is to be reminded again, and when. */
static gint64
snoozed_until (AwDossier *dossier,
               const char *key)
{
  const AwDecision *latest = NULL;

  AW_RECORDS_FOREACH (AwDecision, decision, aw_dossier_get_list (dossier, AW_RECORD_DECISION))
    {
      if (g_strcmp0 (decision->key, key) == 0 && (latest == NULL || decision->at.sec >= latest->at.sec))
        latest = decision;
    }
  return latest != NULL && latest->what == AW_DECIDED_SNOOZED && aw_instant_is_set (latest->until) ? latest->until.sec
                                                                                                  : AW_NEVER;
}

/**
 * aw_reminder_make_row:
 * @follow_up: an item of a plan as of @now
 * @dossier: its opportunity's
 * @calendar: the user's
 * @busy: (element-type gint64): start and end of the interviews to come
 * @morning: whether the user wants one summary each morning
 * @old: (nullable): the row that stands under its key
 * @now: the present instant
 *
 * Returns: (transfer full) (nullable): what the row is to be; %NULL: there is
 *   to be none
 */
AwReminder *
aw_reminder_make_row (const AwFollowUp *follow_up,
                      AwDossier *dossier,
                      AwCalendar *calendar,
                      GArray *busy,
                      gboolean morning,
                      const AwReminder *old,
                      gint64 now)
{
  const gint64 *spans = (const gint64 *) busy->data;
  g_autoptr(AwReminder) row = NULL;
  gint64 shown_for; /* the opening for which it was shown */
  gint64 until;

  row = aw_reminder_new (follow_up->opportunity, follow_up->key, follow_up->opens, 0);
  shown_for = old == NULL ? AW_NEVER : old->shown_at != AW_NEVER ? old->opens : old->shown_before;
  if (shown_for != AW_NEVER && follow_up->opens <= shown_for + SAME_OPENING)
    {
      /* Shown, if only before the opening moved away and back. */
      row->opens = shown_for;
      row->shown_at = old->shown_at != AW_NEVER ? old->shown_at : shown_for;
      row->remind_at = old->remind_at;
      row->server_id = old->server_id;
    }
  else
    row->shown_before = shown_for;

  if (aw_book_is_on_its_way (dossier, follow_up) ||
      (follow_up->state == AW_STATE_WAITING && g_strcmp0 (follow_up->waiting, "snoozed") != 0))
    {
      /* Nothing to remind of now; that it was shown already stays true. */
      if (shown_for == AW_NEVER)
        return NULL;
      row->opens = shown_for;
      row->shown_at = old->shown_at != AW_NEVER ? old->shown_at : shown_for;
      row->shown_before = AW_NEVER;
      row->remind_at = old->remind_at;
      row->server_id = 0;
      return g_steal_pointer (&row);
    }

  until = snoozed_until (dossier, follow_up->key);
  if (follow_up->state == AW_STATE_WAITING)
    {
      row->remind_at = follow_up->waiting_until;
      row->shown_at = AW_NEVER;
      row->shown_before = AW_NEVER;
      row->server_id = 0;
      return g_steal_pointer (&row);
    }

  /* Shown, and not snoozed since (nobody may have seen us asleep). */
  if (row->shown_at != AW_NEVER && (until == AW_NEVER || until > now || row->shown_at >= until))
    return g_steal_pointer (&row);

  if (row->shown_at != AW_NEVER)
    row->opens = follow_up->opens; /* once more, as the user wished */
  row->shown_at = AW_NEVER;
  row->server_id = 0;
  if (until != AW_NEVER && until <= now)
    row->remind_at = aw_reminder_hold (follow_up, calendar, spans, busy->len / 2, TRUE, MAX (until, now));
  else
    {
      gint64 at = aw_plan_remind_at (follow_up, calendar, spans, busy->len / 2);

      if (morning)
        at = aw_reminder_morning (calendar, at);
      if (at <= now)
        {
          gint64 held = aw_reminder_hold (follow_up, calendar, spans, busy->len / 2, FALSE, now);

          if (held > now)
            at = held;
        }
      row->remind_at = at;
    }
  return g_steal_pointer (&row);
}

gboolean
aw_reminder_rows_equal (const AwReminder *a,
                        const AwReminder *b)
{
  return a->opens == b->opens && a->remind_at == b->remind_at && a->shown_at == b->shown_at && a->shown_before == b->shown_before &&
         a->server_id == b->server_id;
}
