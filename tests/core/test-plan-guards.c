/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "core/aw-dossier-private.h"
#include "support/aw-test-agenda.h"

/* M8 (which guard a message would break), G7 (when a reminder may come), and
 * facts that no document may hold. */

#define MET "'interviews':[{'id':'i1','starts_at':'2026-03-02T10:00:00+01:00','attendees':['m']}]"
#define OUT(id, at, kind, channel, people) \
  "{'id':'" id "','at':'" at "','direction':'out','channel':'" channel "','kind':'" kind "','people':[" people "]}"
#define THANKED OUT ("t0", "2026-03-02T12:00:00Z", "thank-you", "email", "'m'")
#define ASKED MET ",'touches':[" THANKED "," OUT ("c1", "2026-03-09T09:00:00Z", "check-in", "email", "'h'") "]"

typedef struct
{
  const char *name;
  const char *policy;
  const char *facts;
  const char *person;
  AwTouchKind kind;
  AwChannel channel;
  const char *at;
  const char *expected; /* "GUARD TOUCH TOUCH_AT UNTIL", or NULL */
} GuardCase;

static const GuardCase guard_cases[] = {
  { "nothing-before", NULL, MET, "h", AW_TOUCH_CHECK_IN, AW_CHANNEL_EMAIL, "2026-03-03T09:00:00Z", NULL },
  { "G1", NULL, ASKED, "m", AW_TOUCH_ESCALATION, AW_CHANNEL_EMAIL, "2026-03-16T07:59:59Z",
    "G1 c1 2026-03-09T09:00:00Z 2026-03-16T08:00:00Z" },
  { "G1-over", NULL, ASKED, "m", AW_TOUCH_ESCALATION, AW_CHANNEL_EMAIL, "2026-03-16T08:00:00Z", NULL },
  { "G2", NULL, MET ",'touches':[" THANKED "]", "h", AW_TOUCH_CHECK_IN, AW_CHANNEL_EMAIL, "2026-03-04T08:00:00Z",
    "G2 t0 2026-03-02T12:00:00Z 2026-03-05T08:00:00Z" },
  { "G2-not-for-timeline", NULL, MET ",'touches':[" THANKED "]", "m", AW_TOUCH_TIMELINE, AW_CHANNEL_EMAIL, "2026-03-04T08:00:00Z", NULL },
  { "G1-not-for-answers", NULL, ASKED, "h", AW_TOUCH_ANSWER, AW_CHANNEL_EMAIL, "2026-03-10T08:00:00Z", NULL },
  { "G1-not-for-thanks", NULL, ASKED, "i", AW_TOUCH_THANK_YOU, AW_CHANNEL_EMAIL, "2026-03-10T08:00:00Z", NULL },
  { "G1-later-than-G2", NULL, MET ",'touches':[" OUT ("t0", "2026-03-10T12:00:00Z", "thank-you", "email", "'m'") "," OUT ("c1", "2026-03-09T09:00:00Z", "check-in", "email", "'h'") "]",
    "h", AW_TOUCH_CHECK_IN, AW_CHANNEL_EMAIL, "2026-03-11T08:00:00Z", "G1 c1 2026-03-09T09:00:00Z 2026-03-16T08:00:00Z" },
  { "G2-later-than-G1", "'after_thanks_days':12", MET ",'touches':[{'id':'n0','at':'2026-03-01T12:00:00Z','direction':'in','channel':'email','kind':'other'}," OUT ("x", "2026-03-10T12:00:00Z", "request", "email", "'m'") ","
    OUT ("t0", "2026-03-10T12:00:00Z", "thank-you", "email", "'m'") "," OUT ("c1", "2026-03-09T09:00:00Z", "check-in", "email", "'h'") "]",
    "h", AW_TOUCH_CHECK_IN, AW_CHANNEL_EMAIL, "2026-03-11T08:00:00Z", "G2 t0 2026-03-10T12:00:00Z 2026-03-23T08:00:00Z" },
  { "G1-by-decision", NULL, MET ",'decisions':[{'key':'check-in/h/0','what':'done','at':'2026-03-09T09:00:00Z'}]",
    "h", AW_TOUCH_CHECK_IN, AW_CHANNEL_EMAIL, "2026-03-11T08:00:00Z", "G1 - 2026-03-09T09:00:00Z 2026-03-16T08:00:00Z" },
  { "G3-timeline-after-phone", NULL, MET ",'touches':[" OUT ("c1", "2026-03-09T09:00:00Z", "check-in", "phone", "'h'") "]",
    "m", AW_TOUCH_TIMELINE, AW_CHANNEL_EMAIL, "2026-03-11T08:00:00Z", "G3 c1 2026-03-09T09:00:00Z 2026-03-16T08:00:00Z" },
  { "G3-phone-after-email", NULL, ASKED, "h", AW_TOUCH_TIMELINE, AW_CHANNEL_PHONE, "2026-03-11T08:00:00Z",
    "G3 c1 2026-03-09T09:00:00Z 2026-03-16T08:00:00Z" },
  { "G3-not-by-message", NULL, ASKED, "h", AW_TOUCH_TIMELINE, AW_CHANNEL_MESSAGE, "2026-03-11T08:00:00Z", NULL },
  { "G4", NULL, MET, "m", AW_TOUCH_CHECK_IN, AW_CHANNEL_PHONE, "2026-03-11T08:00:00Z", "G4 - - -" },
  { "G4-hr", NULL, MET, "h", AW_TOUCH_CHECK_IN, AW_CHANNEL_PHONE, "2026-03-11T08:00:00Z", NULL },
  { "G4-follow-up-phone", NULL, "'follow_up':'phone'," MET, "m", AW_TOUCH_CHECK_IN, AW_CHANNEL_PHONE, "2026-03-11T08:00:00Z", NULL },
  { "G4-weekly", "'phone':'weekly'", MET, "m", AW_TOUCH_CHECK_IN, AW_CHANNEL_PHONE, "2026-03-11T08:00:00Z", NULL },
  { "G4-unannounced-call", NULL, MET, "m", AW_TOUCH_CALL, AW_CHANNEL_PHONE, "2026-03-11T08:00:00Z", "G4 - - -" },
  { "agreed-call", NULL, ASKED ",'calls':[{'id':'k1','person':'m','agreed_at':'2026-03-11T08:00:00Z'}]", "m", AW_TOUCH_CALL, AW_CHANNEL_PHONE,
    "2026-03-11T08:00:00Z", NULL },
  { "agreed-with-another", NULL, ASKED ",'calls':[{'id':'k1','person':'d','agreed_at':'2026-03-11T08:00:00Z'}]", "m", AW_TOUCH_CALL, AW_CHANNEL_PHONE,
    "2026-03-11T08:00:00Z", "G4 - - -" },
  { "agreed-and-done", NULL, MET ",'calls':[{'id':'k1','person':'m','agreed_at':'2026-03-10T08:00:00Z','done_at':'2026-03-10T08:00:00Z'}]", "m",
    AW_TOUCH_CALL, AW_CHANNEL_PHONE, "2026-03-11T08:00:00Z", "G4 - - -" },
  { "not-agreed", NULL, MET ",'calls':[{'id':'k1','person':'m','wanted_at':'2026-03-10T08:00:00Z'}]", "m", AW_TOUCH_CALL, AW_CHANNEL_PHONE,
    "2026-03-11T08:00:00Z", "G4 - - -" },
  { "G5", NULL, MET, "i", AW_TOUCH_CHECK_IN, AW_CHANNEL_EMAIL, "2026-03-11T08:00:00Z", "G5 - - -" },
  { "G5-request", NULL, MET, "i", AW_TOUCH_REQUEST, AW_CHANNEL_EMAIL, "2026-03-11T08:00:00Z", "G5 - - -" },
  { "G5-feedback", NULL, MET, "i", AW_TOUCH_FEEDBACK, AW_CHANNEL_EMAIL, "2026-03-11T08:00:00Z", NULL },
  { "G5-follow-up-person", NULL, "'follow_up_person':'i'," MET, "i", AW_TOUCH_CHECK_IN, AW_CHANNEL_EMAIL, "2026-03-11T08:00:00Z", NULL },
  { "G5-follow-up-person-escalation", NULL, "'follow_up_person':'i'," MET, "i", AW_TOUCH_ESCALATION, AW_CHANNEL_EMAIL, "2026-03-11T08:00:00Z", "G5 - - -" },
  { "unknown-person", NULL, MET, "gone", AW_TOUCH_CHECK_IN, AW_CHANNEL_EMAIL, "2026-03-11T08:00:00Z", NULL },
};

static char *
instant_or_none (gint64 at)
{
  return at != AW_NEVER ? aw_time_format_utc (at) : g_strdup ("-");
}

static void
test_guard (gconstpointer data)
{
  const GuardCase *c = data;
  g_autoptr (AwTestAgenda) agenda = aw_test_agenda_new_for_case (c->policy, c->facts);
  AwGuardHit hit = aw_guards_check (g_ptr_array_index (agenda->dossiers, 0), agenda->elsewhere, agenda->calendar, c->person,
                                    c->kind, c->channel, aw_test_instant (c->at));
  g_autofree char *touch_at = instant_or_none (hit.touch_at);
  g_autofree char *until = instant_or_none (hit.until);
  g_autofree char *text = hit.guard != NULL ? g_strdup_printf ("%s %s %s %s", hit.guard, hit.touch ? hit.touch : "-", touch_at, until)
                                            : NULL;

  g_assert_cmpstr (text, ==, c->expected);
}

/* What a message holds back in its turn: G1 and G2. */
static void
test_next (void)
{
  static const struct
  {
    const char *policy;
    const char *facts;
    AwTouchKind kind;
    const char *at;
    const char *expected;
  } cases[] = {
    { NULL, MET, AW_TOUCH_CHECK_IN, "2026-03-09T09:00:00Z", "2026-03-16T08:00:00Z" },
    { NULL, MET, AW_TOUCH_THANK_YOU, "2026-03-02T12:00:00Z", "2026-03-05T08:00:00Z" },
    { NULL, MET, AW_TOUCH_THANK_YOU, "2026-03-04T12:00:00Z", "2026-03-09T08:00:00Z" }, /* not on a Saturday */
    { "'min_gap_days':10", MET, AW_TOUCH_ARTICLE, "2026-03-02T12:00:00Z", "2026-03-12T08:00:00Z" },
    { NULL, ASKED, AW_TOUCH_THANK_YOU, "2026-03-10T12:00:00Z", "2026-03-16T08:00:00Z" }, /* the check-in of the 9th holds longer */
    { "'after_thanks_days':12", MET ",'touches':[" THANKED "]", AW_TOUCH_CHECK_IN, "2026-03-04T12:00:00Z", "2026-03-16T08:00:00Z" }, /* the 14th is a Saturday */
    { NULL, MET, AW_TOUCH_ANSWER, "2026-03-02T12:00:00Z", "-" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (AwTestAgenda) agenda = aw_test_agenda_new_for_case (cases[i].policy, cases[i].facts);
      g_autofree char *until = instant_or_none (aw_guards_next (g_ptr_array_index (agenda->dossiers, 0), agenda->elsewhere, agenda->calendar, "h", cases[i].kind,
                                                                aw_test_instant (cases[i].at)));

      g_assert_cmpstr (until, ==, cases[i].expected);
    }
}

/* G7 ------------------------------------------------------------------------ */

typedef struct
{
  const char *name;
  AwDutyKind kind;
  const char *rule;
  AwChannel channel;
  const char *opens;
  const char *due;
  const char *waiting;
  const char *until;
  const char *busy[4]; /* start and end of two interviews */
  const char *expected;
} RemindCase;

#define EMAIL AW_CHANNEL_EMAIL

/* In UTC; 2 March 2026 is a Monday. */
static const RemindCase remind_cases[] = {
  { "at-once", AW_DUTY_THANK_YOU, "R3", EMAIL, "2026-03-02T11:00:00Z", "2026-03-03T10:00:00Z", NULL, NULL, { NULL }, "2026-03-02T11:00:00Z" },
  { "weekend", AW_DUTY_THANK_YOU, "R3", EMAIL, "2026-03-07T11:00:00Z", "2026-03-08T10:00:00Z", NULL, NULL, { NULL }, "2026-03-07T11:00:00Z" },
  { "night", AW_DUTY_THANK_YOU, "R3", EMAIL, "2026-03-06T21:00:00Z", "2026-03-07T20:00:00Z", NULL, NULL, { NULL }, "2026-03-07T09:00:00Z" },
  { "last-moment-of-the-day", AW_DUTY_THANK_YOU, "R3", EMAIL, "2026-03-06T20:59:59Z", "2026-03-07T20:00:00Z", NULL, NULL, { NULL }, "2026-03-06T20:59:59Z" },
  { "early", AW_DUTY_PREPARE, "R1", AW_CHANNEL_UNSET, "2026-03-06T07:00:00Z", "2026-03-07T07:00:00Z", NULL, NULL, { NULL }, "2026-03-06T09:00:00Z" },
  { "due-in-the-night", AW_DUTY_DEBRIEF, "R2", AW_CHANNEL_UNSET, "2026-03-06T22:00:00Z", "2026-03-07T02:00:00Z", NULL, NULL, { NULL }, "2026-03-06T20:59:59Z" },
  { "due-after-midnight", AW_DUTY_DEBRIEF, "R2", AW_CHANNEL_UNSET, "2026-03-07T00:30:00Z", "2026-03-07T04:30:00Z", NULL, NULL, { NULL }, "2026-03-06T20:59:59Z" },
  { "due-in-the-night-while-busy", AW_DUTY_DEBRIEF, "R2", AW_CHANNEL_UNSET, "2026-03-06T22:00:00Z", "2026-03-07T02:00:00Z", NULL, NULL,
    { "2026-03-06T20:30:00Z", "2026-03-06T22:00:00Z" }, "2026-03-06T20:14:59Z" },
  { "busy", AW_DUTY_THANK_YOU, "R3", EMAIL, "2026-03-02T10:45:00Z", "2026-03-03T10:00:00Z", NULL, NULL,
    { "2026-03-02T11:00:00Z", "2026-03-02T12:00:00Z" }, "2026-03-02T12:00:00Z" },
  { "not-yet-busy", AW_DUTY_THANK_YOU, "R3", EMAIL, "2026-03-02T10:44:59Z", "2026-03-03T10:00:00Z", NULL, NULL,
    { "2026-03-02T11:00:00Z", "2026-03-02T12:00:00Z" }, "2026-03-02T10:44:59Z" },
  { "busy-twice", AW_DUTY_THANK_YOU, "R3", EMAIL, "2026-03-02T11:30:00Z", "2026-03-03T10:00:00Z", NULL, NULL,
    { "2026-03-02T12:10:00Z", "2026-03-02T13:00:00Z", "2026-03-02T11:00:00Z", "2026-03-02T12:00:00Z" }, "2026-03-02T13:00:00Z" },
  { "busy-into-the-night", AW_DUTY_THANK_YOU, "R3", EMAIL, "2026-03-02T20:30:00Z", "2026-03-03T19:00:00Z", NULL, NULL,
    { "2026-03-02T20:00:00Z", "2026-03-02T21:30:00Z", "2026-03-03T09:00:00Z", "2026-03-03T10:00:00Z" }, "2026-03-03T10:00:00Z" },
  { "working-morning", AW_DUTY_CHECK_IN, "R6", EMAIL, "2026-03-09T09:00:00Z", "2026-03-11T09:00:00Z", NULL, NULL, { NULL }, "2026-03-09T09:00:00Z" },
  { "next-working-morning", AW_DUTY_ACKNOWLEDGEMENT, "R16", EMAIL, "2026-03-06T09:00:01Z", "2026-03-08T09:00:00Z", NULL, NULL, { NULL }, "2026-03-09T09:00:00Z" },
  { "morning-while-busy", AW_DUTY_CHECK_IN, "R6", EMAIL, "2026-03-09T09:00:00Z", "2026-03-11T09:00:00Z", NULL, NULL,
    { "2026-03-09T08:30:00Z", "2026-03-09T09:30:00Z" }, "2026-03-09T09:30:00Z" },
  { "answer-at-once", AW_DUTY_ANSWER, "R15", EMAIL, "2026-03-06T12:00:00Z", "2026-03-07T12:00:00Z", NULL, NULL, { NULL }, "2026-03-06T12:00:00Z" },
  { "offer-next-morning", AW_DUTY_ANSWER, "R18", EMAIL, "2026-03-05T12:00:00Z", "2026-03-07T12:00:00Z", NULL, NULL, { NULL }, "2026-03-06T09:00:00Z" },
  { "agreed-call", AW_DUTY_CALL, "R10", AW_CHANNEL_PHONE, "2026-03-06T14:00:00Z", "2026-03-06T15:00:00Z", NULL, NULL, { NULL }, "2026-03-06T14:00:00Z" },
  { "offer-of-a-call", AW_DUTY_CALL, "R10", EMAIL, "2026-03-05T14:00:00Z", "2026-03-09T14:00:00Z", NULL, NULL, { NULL }, "2026-03-06T09:00:00Z" },
  { "step-days-before", AW_DUTY_NEXT_STEP, "R14", AW_CHANNEL_UNSET, "2026-03-03T17:00:00Z", "2026-03-06T17:00:00Z", NULL, NULL, { NULL }, "2026-03-04T09:00:00Z" },
  { "step-over-the-weekend", AW_DUTY_NEXT_STEP, "R14", AW_CHANNEL_UNSET, "2026-03-06T17:00:00Z", "2026-03-09T17:00:00Z", NULL, NULL, { NULL }, "2026-03-08T17:00:00Z" },
  { "step-asked-late", AW_DUTY_NEXT_STEP, "R14", AW_CHANNEL_UNSET, "2026-03-05T12:00:00Z", "2026-03-05T17:00:00Z", NULL, NULL, { NULL }, "2026-03-05T12:00:00Z" },
  { "step-last-day-in-the-night", AW_DUTY_NEXT_STEP, "R14", AW_CHANNEL_UNSET, "2026-03-05T22:30:00Z", "2026-03-06T22:00:00Z", NULL, NULL, { NULL }, "2026-03-06T09:00:00Z" },
  { "snoozed", AW_DUTY_CHECK_IN, "R6", EMAIL, "2026-03-09T09:00:00Z", "2026-03-11T09:00:00Z", "snoozed", "2026-03-09T22:15:00Z", { NULL }, "2026-03-09T22:15:00Z" },
  { "waits-for-thanks", AW_DUTY_CHECK_IN, "R6", EMAIL, "2026-03-09T09:00:00Z", "2026-03-11T09:00:00Z", "R3", "2026-03-10T15:00:00Z", { NULL }, "2026-03-11T09:00:00Z" },
  { "waits-for-the-leading", AW_DUTY_CHECK_IN, "R6", EMAIL, "2026-03-09T09:00:00Z", "2026-03-11T09:00:00Z", "G9", NULL, { NULL }, "-" },
};

static void
test_remind (gconstpointer data)
{
  const RemindCase *c = data;
  g_autoptr (AwPolicy) policy = AW_POLICY (aw_record_new (AW_TYPE_POLICY, NULL));
  g_autoptr (AwCalendar) calendar = aw_calendar_new (policy, "UTC");
  gint64 busy[4];
  gsize n_busy = 0;
  AwFollowUp item = {
    .kind = c->kind, .rules = { c->rule }, .channel = c->channel, .opens = aw_test_instant (c->opens), .due = aw_test_instant (c->due),
    .waiting = c->waiting, .waiting_until = c->until != NULL ? aw_test_instant (c->until) : AW_NEVER,
  };
  g_autofree char *text = NULL;

  while (n_busy < 4 && c->busy[n_busy] != NULL)
    {
      busy[n_busy] = aw_test_instant (c->busy[n_busy]);
      n_busy++;
    }
  text = instant_or_none (aw_plan_remind_at (&item, calendar, n_busy > 0 ? busy : NULL, n_busy / 2));
  g_assert_cmpstr (text, ==, c->expected);
}

/* The person's morning is a working morning, too. */
static void
test_remind_abroad (void)
{
  g_autoptr (AwPolicy) policy = AW_POLICY (aw_record_new (AW_TYPE_POLICY, NULL));
  g_autoptr (AwCalendar) calendar = aw_calendar_new (policy, "Europe/Berlin");
  AwFollowUp item = { .kind = AW_DUTY_CHECK_IN, .rules = { "R6" }, .channel = EMAIL, .zone = "America/New_York",
                      .opens = aw_test_instant ("2026-03-13T13:00:00Z"), .due = aw_test_instant ("2026-03-17T13:00:00Z") };

  g_assert_cmpint (aw_plan_remind_at (&item, calendar, NULL, 0), ==, item.opens);
}

/* Facts that no document may hold -------------------------------------------- */

static void
add (AwDossier *dossier,
     gpointer record,
     const char *id)
{
  g_free (AW_RECORD (record)->id);
  AW_RECORD (record)->id = g_strdup (id);
  aw_record_list_append (aw_dossier_get_list (dossier, aw_record_get_kind (record)), record);
}

static void
test_bad_facts (void)
{
  g_autoptr (AwTestAgenda) agenda = aw_test_agenda_new_for_case (NULL, MET);
  AwDossier *dossier = g_ptr_array_index (agenda->dossiers, 0);
  AwInterview *twin = AW_INTERVIEW (aw_record_new (AW_TYPE_INTERVIEW, "o1"));
  AwTouch *touch = AW_TOUCH (aw_record_new (AW_TYPE_TOUCH, "o1"));
  AwDecision *decision = AW_DECISION (aw_record_new (AW_TYPE_DECISION, "o1"));
  AwDecision *unset = AW_DECISION (aw_record_new (AW_TYPE_DECISION, "o1"));
  AwDecision *timeless = AW_DECISION (aw_record_new (AW_TYPE_DECISION, "o1"));
  AwDecision *done;
  const char *twice[] = { "m", "m", NULL };
  const AwFollowUp *found;

  twin->starts_at = aw_instant (aw_test_instant ("2026-03-03T09:00:00Z"));
  touch->direction = AW_DIRECTION_OUT;
  touch->people = g_strdupv ((char **) twice);
  decision->at = aw_instant (aw_test_instant ("2026-03-03T09:00:00Z"));
  unset->key = g_strdup ("check-in/h/0");
  unset->at = decision->at;
  timeless->key = g_strdup ("check-in/h/0");
  timeless->what = AW_DECIDED_DONE;
  add (dossier, twin, "i1");                                        /* an id that is there already */
  add (dossier, aw_record_new (AW_TYPE_INTERVIEW, "o1"), "i2");     /* no start */
  add (dossier, touch, "c1");                                       /* no instant */
  add (dossier, decision, "d1");                                    /* no key */
  add (dossier, unset, "d2");                                       /* nothing decided */
  add (dossier, timeless, "d3");                                    /* no instant */
  add (dossier, aw_record_new (AW_TYPE_PERSON, "o1"), "m");         /* an id that is there already */
  done = AW_DECISION (aw_record_new (AW_TYPE_DECISION, "o1"));
  done->key = g_strdup ("keep-in-touch/m/0");
  done->what = AW_DECIDED_DONE;
  done->at = aw_instant (aw_test_instant ("2026-02-03T09:00:00Z"));
  add (dossier, done, "d4");
  done = AW_DECISION (aw_record_new (AW_TYPE_DECISION, "o1"));
  done->what = AW_DECIDED_DONE;
  add (dossier, done, "d5");                                        /* done, but what, and when? */
  touch = AW_TOUCH (aw_record_new (AW_TYPE_TOUCH, "o1"));
  touch->direction = AW_DIRECTION_OUT;
  touch->kind = AW_TOUCH_CHECK_IN;
  add (dossier, touch, "c2");                                       /* counts, but no instant */
  touch = AW_TOUCH (aw_record_new (AW_TYPE_TOUCH, "o1"));
  touch->direction = AW_DIRECTION_OUT;
  touch->kind = AW_TOUCH_TIMELINE;
  touch->at = aw_instant (aw_test_instant ("2026-01-03T09:00:00Z"));
  add (dossier, touch, "c3");                                       /* to nobody */
  for (guint i = 0; i < 2; i++)
    {
      AwStep *step = AW_STEP (aw_record_new (AW_TYPE_STEP, "o1"));

      step->kind = AW_STEP_TEST;
      step->asked_at = aw_instant (aw_test_instant ("2026-03-02T10:00:00Z"));
      add (dossier, step, "s1");                                    /* twice */
    }
  aw_elsewhere_add_dossier (agenda->elsewhere, dossier);

  aw_test_agenda_plan (agenda, "2026-03-02T12:00:00Z");
  g_assert_nonnull (aw_test_agenda_find (agenda, "thank-you/m/i1"));
  g_assert_nonnull (aw_test_agenda_find (agenda, "debrief/-/i1"));
  found = aw_test_agenda_find (agenda, "check-in/h/0");
  g_assert_nonnull (found);
  g_assert_cmpint (found->state, ==, AW_STATE_UPCOMING);
}

/* An attendee that is listed twice is one; very long ids make long keys. */
static void
test_listed_twice (void)
{
  g_autofree char *id = g_strnfill (300, 'x');
  g_autofree char *facts = g_strdup_printf ("'people':[{'id':'%s','email':'a@x.example'}],'interviews':[{'id':'i1',"
                                            "'starts_at':'2026-03-02T10:00:00+01:00','attendees':['%s']}]", id, id);
  g_autofree char *key = g_strdup_printf ("thank-you/%s/i1", id);
  g_autoptr (AwTestAgenda) agenda = aw_test_agenda_new_for_case (NULL, facts);
  AwDossier *dossier = g_ptr_array_index (agenda->dossiers, 0);
  AwInterview *before = aw_dossier_find (dossier, AW_RECORD_INTERVIEW, "i1");
  g_autoptr (AwInterview) after = aw_record_edit (before);
  const char *twice[] = { id, id, NULL };

  g_strfreev (after->attendees);
  after->attendees = g_strdupv ((char **) twice);
  aw_dossier_apply (dossier, AW_RECORD (before), AW_RECORD (after));
  aw_test_agenda_plan (agenda, "2026-03-02T12:00:00Z");
  g_assert_nonnull (aw_test_agenda_find (agenda, key));
  g_assert_cmpuint (aw_plan_get_length (g_ptr_array_index (agenda->plans, 0)), ==, 4);
}

static void
test_years_apart (void)
{
  static const char *const instants[] = { "0001-01-01T00:00:00Z", "2026-03-02T12:00:00Z", "9999-12-31T23:59:59Z" };
  g_autoptr (AwTestAgenda) agenda = aw_test_agenda_new_for_case (
    "'holidays':['0001-01-01','9999-12-31']",
    "'promised_date':'0001-01-01','follow_up_after':'9999-12-31','my_decision_date':'9999-12-31','rapport':'great',"
    "'interviews':[{'id':'i1','starts_at':'9999-12-31T23:00:00Z','attendees':['m']},{'id':'i2','starts_at':'0001-01-01T00:00:00Z','attendees':['m']}],"
    "'touches':[" OUT ("c1", "9999-12-31T23:59:59Z", "check-in", "email", "'h'") "," OUT ("c2", "0001-01-01T00:00:00Z", "timeline", "phone", "'m'") "],"
    "'next_steps':[{'id':'s1','kind':'test','due':'9999-12-31T23:59:59Z'}],'calls':[{'id':'k1','person':'m','wanted_at':'9999-12-31T00:00:00Z'}]");

  for (guint i = 0; i < G_N_ELEMENTS (instants); i++)
    {
      aw_test_agenda_plan (agenda, instants[i]);
      g_assert_cmpuint (agenda->plans->len, ==, 1);
    }
}

static void
test_elsewhere (void)
{
  g_autoptr (AwElsewhere) elsewhere = aw_elsewhere_new ();
  g_autoptr (AwElsewhere) again = aw_elsewhere_ref (elsewhere);
  g_autofree char *long_address = g_strnfill (200, 'A');

  aw_elsewhere_add (again, long_address, "o1", 1);
  aw_elsewhere_add (again, "a@x.example", "o1", 1);
  aw_elsewhere_add (again, "a@x.example", "o2", 2);
  aw_elsewhere_remove_opportunity (again, "o3");
  aw_elsewhere_remove_opportunity (again, "o1");
  aw_elsewhere_remove_opportunity (again, "o2");
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  for (guint i = 0; i < G_N_ELEMENTS (guard_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/guards/", guard_cases[i].name, NULL);

      g_test_add_data_func (path, &guard_cases[i], test_guard);
    }
  for (guint i = 0; i < G_N_ELEMENTS (remind_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/remind/", remind_cases[i].name, NULL);

      g_test_add_data_func (path, &remind_cases[i], test_remind);
    }
  g_test_add_func ("/guards/next", test_next);
  g_test_add_func ("/remind/abroad", test_remind_abroad);
  g_test_add_func ("/facts/bad", test_bad_facts);
  g_test_add_func ("/facts/listed-twice", test_listed_twice);
  g_test_add_func ("/facts/years-apart", test_years_apart);
  g_test_add_func ("/elsewhere", test_elsewhere);
  return g_test_run ();
}
