/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/aw-plan-private.h"

#include <string.h>

/* Below this many a loop over ids is faster than a table. */
#define MANY_PEOPLE 24

static gboolean
is_given (const char *text)
{
  return text != NULL && *text != '\0';
}

/* Ids that are listed twice, and records without the instant that the rules
 * are about, are left out. */

static void
gather_people (AwAdviser *p)
{
  AwRecordList *list = aw_dossier_get_list (p->dossier, AW_RECORD_PERSON);
  guint n = aw_record_list_get_length (list);

  if (n > MANY_PEOPLE)
    p->by_id = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < n; i++)
    {
      AwPerson *record = aw_record_list_peek (list, i);
      AwPlanPerson person = {
        .record = record,
        .id = AW_ID (record),
        .zone = record->time_zone,
        .roles = aw_person_get_roles (record),
        .has_email = is_given (record->email),
        .has_phone = is_given (record->phone),
        .has_address = is_given (record->address),
        .latest = -1,
        .first_met = AW_NEVER,
        .last_touch = AW_NEVER,
      };

      if (aw_adviser_find_person (p, person.id) != AW_NOBODY)
        continue;
      g_array_append_val (p->people, person);
      if (p->by_id != NULL)
        g_hash_table_insert (p->by_id, (gpointer) person.id, GUINT_TO_POINTER (p->people->len));
    }
}

/* Appends the people of @ids that exist, each once. Returns how many. */
static guint
gather_refs (AwAdviser *p,
             char **ids)
{
  guint first = p->refs->len;

  for (char **id = ids; id != NULL && *id != NULL; id++)
    {
      int found = aw_adviser_find_person (p, *id);
      gboolean again = FALSE;

      for (guint i = first; i < p->refs->len && !again; i++)
        again = aw_adviser_ref (p, i) == (guint) found;
      if (found != AW_NOBODY && !again)
        {
          guint index = (guint) found;

          g_array_append_val (p->refs, index);
        }
    }
  return p->refs->len - first;
}

/* Notes who attended what: the latest ended interview of each (by its end). */
static void
gather_attendance (AwAdviser *p,
                   guint index)
{
  const AwPlanMeeting *meeting = aw_adviser_meeting (p, index);

  for (guint i = 0; i < meeting->n_attendees; i++)
    {
      AwPlanPerson *person = aw_adviser_person (p, aw_adviser_ref (p, meeting->first_attendee + i));

      person->attends = TRUE;
      if (!meeting->is_ended)
        continue;
      if (person->first_met == AW_NEVER || meeting->end < person->first_met)
        person->first_met = meeting->end;
      if (person->latest < 0 || meeting->end > aw_adviser_meeting (p, person->latest)->end)
        person->latest = (int) index;
    }
}

static gboolean
has_meeting (AwAdviser *p,
             const char *id)
{
  for (guint i = 0; i < p->meetings->len; i++)
    if (strcmp (aw_adviser_meeting (p, i)->id, id) == 0)
      return TRUE;
  return FALSE;
}

static void
gather_meetings (AwAdviser *p)
{
  AwRecordList *list = aw_dossier_get_list (p->dossier, AW_RECORD_INTERVIEW);
  guint n = aw_record_list_get_length (list);

  p->last_ended = -1;
  p->cancelled_start = AW_NEVER;
  for (guint i = 0; i < n; i++)
    {
      AwInterview *record = aw_record_list_peek (list, i);
      AwPlanMeeting meeting = {
        .id = AW_ID (record),
        .start = record->starts_at.sec,
      };

      if (meeting.start == AW_NEVER || has_meeting (p, meeting.id))
        continue;
      if (record->cancelled)
        {
          aw_adviser_watch (p, meeting.start);
          if (meeting.start <= p->now)
            p->cancelled_start = MAX (p->cancelled_start, meeting.start);
          continue;
        }

      meeting.end = aw_interview_get_end (record);
      meeting.date = aw_adviser_date (p, meeting.start);
      meeting.is_ended = meeting.end <= p->now;
      meeting.is_screen = record->stage == AW_STAGE_PHONE_SCREEN;
      meeting.is_debriefed = aw_instant_is_set (record->debriefed_at);
      meeting.first_attendee = p->refs->len;
      meeting.n_attendees = gather_refs (p, record->attendees);
      aw_adviser_watch (p, meeting.end);
      g_array_append_val (p->meetings, meeting);

      gather_attendance (p, p->meetings->len - 1);
      if (!meeting.is_ended)
        p->is_ahead = TRUE;
      else if (p->last_ended < 0 || meeting.end > aw_adviser_meeting (p, p->last_ended)->end)
        p->last_ended = (int) p->meetings->len - 1;
    }
}

static void
gather_touches (AwAdviser *p)
{
  AwRecordList *list = aw_dossier_get_list (p->dossier, AW_RECORD_TOUCH);
  guint n = aw_record_list_get_length (list);

  p->last_in = -1;
  p->last_thanks = AW_NEVER;
  for (guint i = 0; i < n; i++)
    {
      AwTouch *record = aw_record_list_peek (list, i);
      AwPlanTouch touch = {
        .record = record,
        .at = record->at.sec,
        .kind = record->kind,
        .channel = record->channel,
        .is_out = record->direction == AW_DIRECTION_OUT,
        .first_person = p->refs->len,
      };

      if (touch.at == AW_NEVER)
        continue;
      touch.n_people = gather_refs (p, record->people);
      g_array_append_val (p->touches, touch);

      for (guint k = 0; k < touch.n_people; k++)
        {
          AwPlanPerson *person = aw_adviser_person (p, aw_adviser_ref (p, touch.first_person + k));

          if (touch.at >= person->last_touch)
            {
              person->last_touch = touch.at;
              person->last_channel = touch.channel;
            }
        }
      if (!touch.is_out)
        {
          if (p->last_in < 0 || touch.at >= aw_adviser_touch (p, p->last_in)->at)
            p->last_in = (int) p->touches->len - 1;
        }
      else if (touch.kind == AW_TOUCH_THANK_YOU)
        p->last_thanks = MAX (p->last_thanks, touch.at);
    }
}

static void
gather_decisions (AwAdviser *p)
{
  AwRecordList *list = aw_dossier_get_list (p->dossier, AW_RECORD_DECISION);
  guint n = aw_record_list_get_length (list);

  for (guint i = 0; i < n; i++)
    {
      AwDecision *record = aw_record_list_peek (list, i);
      AwPlanDecision decision = { record->key, record->what, record->at.sec, record->until.sec };

      if (decision.key == NULL || decision.at == AW_NEVER || decision.what == AW_DECIDED_UNSET)
        continue;
      /* Snoozed until nothing is no decision: an older one still counts. */
      if (decision.what == AW_DECIDED_SNOOZED && decision.until == AW_NEVER)
        continue;
      g_array_append_val (p->decisions, decision);
    }
}

static void
gather_calls (AwAdviser *p)
{
  AwRecordList *list = aw_dossier_get_list (p->dossier, AW_RECORD_CALL);
  guint n = aw_record_list_get_length (list);

  for (guint i = 0; i < n; i++)
    {
      AwCall *record = aw_record_list_peek (list, i);
      AwPlanCall call = { record, aw_adviser_find_person (p, record->person) };

      g_array_append_val (p->calls, call);
    }
}

void
aw_adviser_init (AwAdviser *p,
                 AwDossier *dossier,
                 AwElsewhere *elsewhere,
                 AwCalendar *calendar,
                 gint64 now)
{
  AwStrategy strategy;

  memset (p, 0, sizeof *p);
  p->dossier = dossier;
  p->opportunity = aw_dossier_get_opportunity (dossier);
  p->elsewhere = elsewhere;
  p->calendar = calendar;
  p->policy = aw_calendar_get_policy (calendar);
  p->now = now;
  p->next_change = AW_NEVER;
  strategy = p->opportunity->strategy != AW_STRATEGY_UNSET ? p->opportunity->strategy : p->policy->strategy;
  p->decision_maker_first = strategy == AW_STRATEGY_DECISION_MAKER_FIRST;

  p->texts = g_string_chunk_new (512);
  p->people = g_array_sized_new (FALSE, FALSE, sizeof (AwPlanPerson), 12);
  p->meetings = g_array_sized_new (FALSE, FALSE, sizeof (AwPlanMeeting), 4);
  p->touches = g_array_sized_new (FALSE, FALSE, sizeof (AwPlanTouch), 32);
  p->decisions = g_array_new (FALSE, FALSE, sizeof (AwPlanDecision));
  p->calls = g_array_new (FALSE, FALSE, sizeof (AwPlanCall));
  p->refs = g_array_sized_new (FALSE, FALSE, sizeof (guint), 64);
  p->items = g_array_sized_new (FALSE, FALSE, sizeof (AwPlanItem), 8);
  p->notes = g_array_new (FALSE, FALSE, sizeof (gint64));

  gather_people (p);
  gather_meetings (p);
  gather_touches (p);
  gather_decisions (p);
  gather_calls (p);
  p->follow_up_person = aw_adviser_find_person (p, p->opportunity->follow_up_person);
}

/* The texts belong to whom they were given to. */
void
aw_adviser_clear (AwAdviser *p)
{
  g_array_unref (p->people);
  g_array_unref (p->meetings);
  g_array_unref (p->touches);
  g_array_unref (p->decisions);
  g_array_unref (p->calls);
  g_array_unref (p->refs);
  g_array_unref (p->items);
  g_array_unref (p->notes);
  g_clear_pointer (&p->by_id, g_hash_table_unref);
  g_clear_pointer (&p->texts, g_string_chunk_free);
}

int
aw_adviser_find_person (AwAdviser *p,
                        const char *id)
{
  if (id == NULL)
    return AW_NOBODY;
  if (p->by_id != NULL)
    return (int) GPOINTER_TO_UINT (g_hash_table_lookup (p->by_id, id)) - 1;
  /* Most ids differ in their first byte. */
  for (guint i = 0; i < p->people->len; i++)
    if (*aw_adviser_person (p, i)->id == *id && strcmp (aw_adviser_person (p, i)->id, id) == 0)
      return (int) i;
  return AW_NOBODY;
}

gboolean
aw_adviser_names (AwAdviser *p,
                  const AwPlanTouch *touch,
                  int person)
{
  for (guint i = 0; i < touch->n_people; i++)
    if (aw_adviser_ref (p, touch->first_person + i) == (guint) person)
      return TRUE;
  return FALSE;
}

/* Of several on one key the latest counts; of these the later in the list. */
const AwPlanDecision *
aw_adviser_find_decision (AwAdviser *p,
                          const char *key)
{
  const AwPlanDecision *found = NULL;

  for (guint i = 0; i < p->decisions->len; i++)
    {
      const AwPlanDecision *decision = &g_array_index (p->decisions, AwPlanDecision, i);

      if (strcmp (decision->key, key) == 0 && (found == NULL || decision->at >= found->at))
        found = decision;
    }
  return found;
}

/* A turn is something I said because of their silence (rules.md §3). */
gboolean
aw_touch_is_turn (const AwPlanTouch *touch)
{
  return touch->is_out && (touch->kind == AW_TOUCH_CHECK_IN || touch->kind == AW_TOUCH_ESCALATION ||
                           touch->kind == AW_TOUCH_ARTICLE || touch->kind == AW_TOUCH_KEEP_IN_TOUCH);
}

/* Whether @key is one of an item of silence, whose decisions are turns. */
gboolean
aw_key_is_turn (const char *key)
{
  return g_str_has_prefix (key, "check-in/") || g_str_has_prefix (key, "escalation/") ||
         g_str_has_prefix (key, "article/") || g_str_has_prefix (key, "keep-in-touch/");
}
