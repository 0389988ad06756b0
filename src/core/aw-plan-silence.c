/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/aw-plan-private.h"

#include <string.h>

/* What is open because they are silent: R6 to R9, R11 and R19 (rules.md §3). */

#define TURN_WITHIN AW_DAY        /* a decision and a touch this close are one turn */
#define CALL_QUIET AW_DAY         /* after an agreed call */
#define OFFER_QUIET AW_WEEK       /* after a call was offered */
#define TOLD_NOT_TO_DAYS 14
#define TOLD_NOT_TO_WORKING_DAYS 5
#define NOTES 2                   /* keeping in touch, before the question whether to go on */

/* Preparing ---------------------------------------------------------------- */

static void
find_t0 (AwAdviser *p)
{
  p->t0 = AW_NEVER;
  if (p->last_ended >= 0)
    p->t0 = aw_adviser_meeting (p, p->last_ended)->end;
  if (p->last_in >= 0)
    p->t0 = MAX (p->t0, aw_adviser_touch (p, p->last_in)->at);
  for (guint i = 0; i < p->calls->len; i++)
    p->t0 = MAX (p->t0, g_array_index (p->calls, AwPlanCall, i).record->done_at.sec);
  if (p->t0 == AW_NEVER)
    p->t0 = p->cancelled_start;
}

static void
take_turn (AwAdviser *p,
           gint64 at,
           gboolean is_note)
{
  p->n_turns++;
  if (is_note)
    g_array_append_val (p->notes, at);
}

static void
take_touch (AwAdviser *p,
            const AwPlanTouch *touch)
{
  if (touch->is_out && aw_touch_kind_counts (touch->kind))
    {
      p->last_counting = MAX (p->last_counting, touch->at);
      if (touch->channel == AW_CHANNEL_EMAIL)
        p->last_counting_email = MAX (p->last_counting_email, touch->at);
      /* A call of the kind "call" is the agreed one, which is exempt from G3. */
      else if (touch->channel == AW_CHANNEL_PHONE && touch->kind != AW_TOUCH_CALL)
        p->last_counting_phone = MAX (p->last_counting_phone, touch->at);
    }
  if (!aw_touch_is_turn (touch) || touch->at <= p->t0)
    return;

  take_turn (p, touch->at, touch->kind == AW_TOUCH_KEEP_IN_TOUCH);
  if (touch->kind == AW_TOUCH_CHECK_IN)
    p->last_check_in = MAX (p->last_check_in, touch->at);
  for (guint i = 0; i < touch->n_people; i++)
    {
      AwPlanPerson *person = aw_adviser_person (p, aw_adviser_ref (p, touch->first_person + i));

      person->had_turn = TRUE;
      if (touch->kind == AW_TOUCH_CHECK_IN)
        person->asked = TRUE;
    }
}

/* The person of a key of an item of silence, kind/PERSON/n. */
static int
person_of_key (AwAdviser *p,
               const char *key)
{
  const char *from = strchr (key, '/') + 1;
  const char *to = strchr (from, '/');
  g_autofree char *id = to != NULL ? g_strndup (from, (gsize) (to - from)) : g_strdup (from);

  return aw_adviser_find_person (p, id);
}

static gboolean
has_turn_near (AwAdviser *p,
               gint64 at)
{
  for (guint i = 0; i < p->touches->len; i++)
    {
      const AwPlanTouch *touch = aw_adviser_touch (p, i);

      if (aw_touch_is_turn (touch) && touch->at > p->t0 && ABS (touch->at - at) <= TURN_WITHIN)
        return TRUE;
    }
  return FALSE;
}

static void
take_decision (AwAdviser *p,
               const AwPlanDecision *decision)
{
  gboolean is_done = decision->what == AW_DECIDED_DONE;
  gboolean is_check_in = g_str_has_prefix (decision->key, "check-in/");
  int person;

  if (decision->at <= p->t0 || decision->what == AW_DECIDED_SNOOZED || !aw_key_is_turn (decision->key) ||
      aw_adviser_find_decision (p, decision->key) != decision)
    return;
  if (!is_done && g_str_has_prefix (decision->key, "article/"))
    return;

  person = person_of_key (p, decision->key);
  if (person != AW_NOBODY)
    {
      aw_adviser_person (p, person)->had_turn = TRUE;
      if (is_done && is_check_in)
        aw_adviser_person (p, person)->asked = TRUE;
    }
  if (is_done && is_check_in && p->last_check_in == AW_NEVER)
    p->last_check_in = decision->at;

  if (has_turn_near (p, decision->at))
    return;
  take_turn (p, decision->at, g_str_has_prefix (decision->key, "keep-in-touch/"));
  if (is_done)
    {
      p->last_counting = MAX (p->last_counting, decision->at);
      if (is_check_in)
        p->last_check_in = MAX (p->last_check_in, decision->at);
    }
  else
    p->last_skip = MAX (p->last_skip, decision->at);
}

static int
compare_instants (gconstpointer a,
                  gconstpointer b)
{
  gint64 x = *(const gint64 *) a;
  gint64 y = *(const gint64 *) b;

  return (x > y) - (x < y);
}

/* Finds t0 and the turns since. */
void
aw_plan_silence_prepare (AwAdviser *p)
{
  find_t0 (p);
  p->last_skip = p->last_check_in = AW_NEVER;
  p->last_counting = p->last_counting_email = p->last_counting_phone = AW_NEVER;
  for (guint i = 0; i < p->touches->len; i++)
    take_touch (p, aw_adviser_touch (p, i));
  for (guint i = 0; i < p->decisions->len; i++)
    take_decision (p, &g_array_index (p->decisions, AwPlanDecision, i));
  g_array_sort (p->notes, compare_instants);
}

/* When ------------------------------------------------------------------- */

/* Whether the promised date still holds: said in or after the last thing they
 * said, and not for an interview before the last. */
gboolean
aw_adviser_promise_counts (AwAdviser *p)
{
  AwDate promised = p->opportunity->promised_date;

  if (promised == AW_DATE_NONE)
    return FALSE;
  if (p->last_ended >= 0 && promised < aw_adviser_date (p, aw_adviser_meeting (p, p->last_ended)->end))
    return FALSE;
  if (p->last_in >= 0)
    {
      const AwPlanTouch *last = aw_adviser_touch (p, p->last_in);

      return promised > aw_adviser_date (p, last->at) || last->record->promised_date == promised;
    }
  return TRUE;
}

/* First opening. Fills in the reason that goes with it. */
static gint64
first_opening (AwAdviser *p,
               int person,
               AwReason *reason)
{
  gboolean promised = aw_adviser_promise_counts (p);
  gboolean told_not_to = p->opportunity->follow_up == AW_FOLLOW_UP_NO;
  AwDate since = aw_adviser_date (p, p->t0);
  AwDate date;
  gint64 opens;

  if (promised)
    {
      date = told_not_to ? aw_calendar_add_working (p->calendar, p->opportunity->promised_date, TOLD_NOT_TO_WORKING_DAYS)
                         : p->opportunity->promised_date + 1;
      reason->day = p->opportunity->promised_date;
      reason->firm = p->opportunity->promise_firm;
      reason->n = aw_adviser_date (p, p->now) - reason->day;
    }
  else
    {
      date = since + (told_not_to ? TOLD_NOT_TO_DAYS : p->policy->silence_days);
      reason->n = aw_adviser_date (p, p->now) - since;
    }
  reason->id = told_not_to ? AW_REASON_TOLD_NOT_TO : promised ? AW_REASON_PROMISED : AW_REASON_SILENCE;
  reason->date = p->t0;

  opens = aw_adviser_morning (p, date, person);
  if (p->opportunity->follow_up_after != AW_DATE_NONE)
    {
      gint64 after = aw_adviser_morning (p, p->opportunity->follow_up_after, person);

      if (after > opens)
        {
          opens = after;
          reason->id = AW_REASON_FOLLOW_UP_AFTER;
          reason->by_day = p->opportunity->follow_up_after;
        }
    }
  return opens;
}

/* A skipped turn delays the next. */
static gint64
not_before_skip (AwAdviser *p,
                 gint64 opens,
                 int person)
{
  if (p->last_skip == AW_NEVER)
    return opens;
  return MAX (opens, aw_adviser_morning (p, aw_adviser_date (p, p->last_skip) + p->policy->min_gap_days, person));
}

/* Articles ----------------------------------------------------------------- */

static gboolean
has_recipient (AwAdviser *p,
               const AwArticle *article)
{
  for (char **id = article->sent_to; id != NULL && *id != NULL; id++)
    if (aw_adviser_find_person (p, *id) != AW_NOBODY)
      return TRUE;
  return FALSE;
}

static gboolean
was_sent_article (AwAdviser *p,
                  int person)
{
  for (guint i = 0; i < p->touches->len; i++)
    {
      const AwPlanTouch *touch = aw_adviser_touch (p, i);

      if (touch->is_out && touch->kind == AW_TOUCH_ARTICLE && aw_adviser_names (p, touch, person))
        return TRUE;
    }
  for (guint i = 0; i < p->decisions->len; i++)
    {
      const AwPlanDecision *decision = &g_array_index (p->decisions, AwPlanDecision, i);

      if (decision->what == AW_DECIDED_DONE && decision->at > p->t0 && g_str_has_prefix (decision->key, "article/") &&
          person_of_key (p, decision->key) == person && aw_adviser_find_decision (p, decision->key) == decision)
        return TRUE;
    }
  return FALSE;
}

/* R9: an unsent article for somebody who never got one. */
static gboolean
has_article_for (AwAdviser *p,
                 int index)
{
  AwRecordList *list = aw_dossier_get_list (p->dossier, AW_RECORD_ARTICLE);
  gboolean is_saved = FALSE;
  const AwPlanPerson *person;

  if (index < 0 || aw_record_list_get_length (list) == 0)
    return FALSE;
  person = aw_adviser_person (p, index);
  if ((person->roles & (AW_ROLE_HR | AW_ROLE_RECRUITER)) != 0 || !person->has_email)
    return FALSE;

  for (guint i = 0; i < aw_record_list_get_length (list); i++)
    {
      AwArticle *article = aw_record_list_peek (list, i);

      if (aw_strv_has (article->sent_to, person->id))
        return FALSE;
      is_saved |= !article->mine && !has_recipient (p, article);
    }
  return is_saved && !was_sent_article (p, index);
}

/* The rules ---------------------------------------------------------------- */

static void
add_silence (AwAdviser *p,
             AwPlanItem *item,
             gint64 opens,
             int working_days)
{
  item->is_silence = TRUE;
  item->counts = TRUE;
  item->follow_up.opens = not_before_skip (p, opens, item->person);
  aw_adviser_guard (p, item, AW_GUARD_G1 | AW_GUARD_G2 | AW_GUARD_G3);
  item->follow_up.due = aw_calendar_add_working_days (p->calendar, item->follow_up.opens, working_days);
  aw_adviser_need_channel (p, item);
  aw_adviser_add (p, item);
}

static const char *
format_turns (AwAdviser *p)
{
  char text[16];

  g_snprintf (text, sizeof text, "%u", p->n_turns);
  return g_string_chunk_insert (p->texts, text);
}

/* R9 takes the place of R7 or R8, at the same times. */
static void
add_or_send_article (AwAdviser *p,
                     AwPlanItem *item,
                     gint64 opens,
                     const char *n)
{
  const AwPlanDecision *decision;
  AwPlanItem article;

  if (has_article_for (p, item->person))
    {
      article = aw_adviser_begin (p, AW_DUTY_ARTICLE, item->person, AW_CHANNEL_EMAIL, n, NULL);
      decision = aw_adviser_find_decision (p, article.follow_up.key);
      if (decision == NULL || decision->what != AW_DECIDED_SKIPPED || decision->at <= p->t0)
        {
          aw_plan_item_add_rule (&article, item->follow_up.rules[0]);
          aw_plan_item_add_rule (&article, "R9");
          article.follow_up.reason = item->follow_up.reason;
          article.follow_up.reason.as_article = TRUE;
          add_silence (p, &article, opens, 2);
          return;
        }
    }
  add_silence (p, item, opens, 2);
}

/* R6: ask HR. */
static void
check_in_with_hr (AwAdviser *p)
{
  gboolean by_phone = p->opportunity->follow_up == AW_FOLLOW_UP_PHONE;
  gboolean unusual;
  int person = aw_adviser_pick (p, AW_CHAIN_HR_FIRST, by_phone, TRUE, &unusual);
  gboolean calls = by_phone && person >= 0 && aw_adviser_person (p, person)->has_phone;
  AwPlanItem item = aw_adviser_begin (p, AW_DUTY_CHECK_IN, person, calls ? AW_CHANNEL_PHONE : AW_CHANNEL_EMAIL,
                                      format_turns (p), NULL);
  gint64 opens = first_opening (p, person, &item.follow_up.reason);

  item.follow_up.reason.unusual = unusual;
  aw_plan_item_add_rule (&item, "R6");
  add_silence (p, &item, opens, 2);
}

/* R7: ask whoever decides, once a week at most. */
static void
check_in_with_decision_maker (AwAdviser *p)
{
  gboolean by_phone = p->opportunity->follow_up == AW_FOLLOW_UP_PHONE ||
                      (p->policy->phone == AW_PHONE_WEEKLY && p->opportunity->follow_up != AW_FOLLOW_UP_EMAIL);
  gboolean unusual;
  int person = aw_adviser_pick (p, AW_CHAIN_DECISION_MAKER_FIRST, by_phone, TRUE, &unusual);
  gboolean calls = by_phone && person >= 0 && aw_adviser_person (p, person)->has_phone;
  const char *n = format_turns (p);
  AwPlanItem item = aw_adviser_begin (p, AW_DUTY_CHECK_IN, person, calls ? AW_CHANNEL_PHONE : AW_CHANNEL_EMAIL, n, NULL);
  gint64 opens = first_opening (p, person, &item.follow_up.reason);

  if (p->n_turns > 0)
    {
      item.follow_up.reason.date = p->last_counting;
      if (item.follow_up.reason.id == AW_REASON_SILENCE)
        item.follow_up.reason.id = AW_REASON_WEEKLY;
    }
  item.follow_up.reason.unusual = unusual;
  aw_plan_item_add_rule (&item, "R7");
  add_or_send_article (p, &item, opens, n);
}

/* R8: whom to write to after HR stayed silent, AW_NOBODY if R8 does not hold. */
static int
escalate_to (AwAdviser *p)
{
  AwRapport enough = p->policy->escalate_rapport == AW_RAPPORT_GOOD ? AW_RAPPORT_GOOD : AW_RAPPORT_GREAT;

  if (p->decision_maker_first || p->n_turns != 1 || p->last_check_in == AW_NEVER || p->opportunity->rapport < enough)
    return AW_NOBODY;
  return aw_adviser_pick_manager (p);
}

static const char *
who_was_asked (AwAdviser *p)
{
  for (guint i = 0; i < p->people->len; i++)
    if (aw_adviser_person (p, i)->asked)
      return aw_adviser_person (p, i)->id;
  return NULL;
}

/* R8: the manager, where one got on very well. */
static void
escalate (AwAdviser *p,
          int person)
{
  const char *n = format_turns (p);
  AwPlanItem item = aw_adviser_begin (p, AW_DUTY_ESCALATION, person, AW_CHANNEL_EMAIL, n, NULL);
  AwDate asked = aw_adviser_date (p, p->last_check_in);
  gint64 opens = first_opening (p, person, &item.follow_up.reason);

  item.follow_up.reason.id = AW_REASON_ESCALATE;
  item.follow_up.reason.date = p->last_check_in;
  item.follow_up.reason.n = aw_adviser_date (p, p->now) - asked;
  item.follow_up.reason.other = who_was_asked (p);
  aw_plan_item_add_rule (&item, "R8");
  add_or_send_article (p, &item, MAX (opens, aw_adviser_morning (p, asked + p->policy->escalate_days, person)), n);
}

/* G6: enough turns; then rest. Whether that is why only R11 is left. */
static gboolean
rests (AwAdviser *p)
{
  if (p->n_turns < (guint) p->policy->stagnant_after)
    return FALSE;
  return p->decision_maker_first || (p->opportunity->status == AW_STATUS_ACTIVE && escalate_to (p) != AW_NOBODY);
}

/* R11: my own news, no question. @anchor: since when it has been quiet;
 * @n_notes: how many went out since. */
static void
keep_in_touch (AwAdviser *p,
               gint64 anchor,
               guint n_notes)
{
  gboolean unusual;
  int person = aw_adviser_pick_last_contact (p, &unusual);
  gboolean by_message = person >= 0 && !aw_adviser_person (p, person)->has_email &&
                        aw_adviser_person (p, person)->last_channel == AW_CHANNEL_MESSAGE;
  AwPlanItem item = aw_adviser_begin (p, AW_DUTY_KEEP_IN_TOUCH, person,
                                      by_message ? AW_CHANNEL_MESSAGE : AW_CHANNEL_EMAIL, format_turns (p), NULL);
  AwDate since = aw_adviser_date (p, anchor);
  gint64 opens = aw_adviser_morning (p, since + p->policy->keep_in_touch_days * (int) (n_notes + 1), person);

  if (aw_adviser_promise_counts (p))
    opens = MAX (opens, aw_adviser_morning (p, p->opportunity->promised_date + 1, person));
  item.follow_up.reason.id = p->opportunity->status == AW_STATUS_ON_HOLD ? AW_REASON_ON_HOLD : AW_REASON_KEEP_IN_TOUCH;
  item.follow_up.reason.date = anchor;
  item.follow_up.reason.n = aw_adviser_date (p, p->now) - since;
  item.follow_up.reason.unusual = unusual;
  aw_plan_item_add_rule (&item, "R11");
  if (rests (p))
    aw_plan_item_add_rule (&item, "G6");
  add_silence (p, &item, opens, 5);
}

/* R19: go on, or close it? */
static void
ask_for_status (AwAdviser *p,
                gint64 last_note)
{
  AwPlanItem item = aw_adviser_begin (p, AW_DUTY_COMPLETE, AW_MYSELF, AW_CHANNEL_UNSET, "status", NULL);
  gint64 opens = aw_adviser_morning (p, aw_adviser_date (p, last_note) + p->policy->keep_in_touch_days, AW_MYSELF);

  item.is_lasting = TRUE;
  aw_plan_item_add_rule (&item, "R19");
  aw_plan_item_set_times (&item, opens, aw_calendar_add_working_days (p->calendar, opens, 5), AW_NEVER);
  item.follow_up.missing = AW_MISSING_STATUS;
  item.follow_up.reason.id = AW_REASON_STATUS;
  item.follow_up.reason.date = last_note;
  item.follow_up.reason.n = aw_adviser_date (p, p->now) - aw_adviser_date (p, last_note);
  aw_adviser_add (p, &item);
}

/* When the user said to go on after two notes (R19): keeping in touch starts
 * again from then. AW_NEVER: not, or there were no two notes before. */
static gint64
restarted_at (AwAdviser *p)
{
  const AwPlanDecision *decision = aw_adviser_find_decision (p, "complete/-/status");
  guint n_before = 0;

  if (decision == NULL || decision->what == AW_DECIDED_SNOOZED)
    return AW_NEVER;
  for (guint i = 0; i < p->notes->len; i++)
    n_before += g_array_index (p->notes, gint64, i) < decision->at;
  return n_before >= NOTES ? decision->at : AW_NEVER;
}

static void
keep_in_touch_or_ask (AwAdviser *p)
{
  gint64 restart = restarted_at (p);
  gint64 anchor = MAX (MAX (p->last_counting, p->t0), restart);
  guint n_notes = 0;

  for (guint i = 0; i < p->notes->len; i++)
    n_notes += g_array_index (p->notes, gint64, i) >= restart;

  if (n_notes >= NOTES)
    {
      ask_for_status (p, g_array_index (p->notes, gint64, p->notes->len - 1));
      return;
    }
  if (anchor == AW_NEVER)
    anchor = p->opportunity->status_changed_at.sec;
  if (anchor != AW_NEVER)
    keep_in_touch (p, anchor, n_notes);
}

/* While something else is on its way there is no silence. */
static gboolean
is_quiet_for_a_reason (AwAdviser *p)
{
  if (p->is_ahead)
    return TRUE;
  for (guint i = 0; i < p->calls->len; i++)
    {
      const AwCall *call = g_array_index (p->calls, AwPlanCall, i).record;

      if (aw_instant_is_set (call->agreed_at) && !aw_instant_is_set (call->done_at) &&
          p->now < call->agreed_at.sec + CALL_QUIET)
        {
          aw_adviser_watch (p, call->agreed_at.sec + CALL_QUIET);
          return TRUE;
        }
      if (aw_instant_is_set (call->offered_at) && p->now < call->offered_at.sec + OFFER_QUIET)
        {
          aw_adviser_watch (p, call->offered_at.sec + OFFER_QUIET);
          return TRUE;
        }
    }
  return FALSE;
}

/* R6 to R9, R11 and R19: at most one of them at a time. */
void
aw_plan_silence (AwAdviser *p)
{
  int manager;

  if (is_quiet_for_a_reason (p))
    return;
  if (p->opportunity->status == AW_STATUS_ON_HOLD)
    {
      keep_in_touch_or_ask (p);
      return;
    }
  if (p->t0 == AW_NEVER)
    return;

  manager = rests (p) ? AW_NOBODY : escalate_to (p);
  if (p->decision_maker_first && p->n_turns < (guint) p->policy->stagnant_after)
    check_in_with_decision_maker (p);
  else if (!p->decision_maker_first && p->n_turns == 0)
    check_in_with_hr (p);
  else if (manager != AW_NOBODY)
    escalate (p, manager);
  else
    keep_in_touch_or_ask (p);
}
