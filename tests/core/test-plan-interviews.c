/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/aw-test-agenda.h"

/* R1 to R5, clause by clause. The interview is on Monday 2 March 2026, 10:00
 * to 11:00 in Berlin, that is until 10:00Z. */

#define I1(attendees, more) \
  "{'id':'i1','starts_at':'2026-03-02T10:00:00+01:00','attendees':[" attendees "]" more "}"
#define MEETING(attendees) "'interviews':[" I1 (attendees, "") "]"
#define THANKS(at, channel, person) \
  "{'id':'t" at "','at':'" at "','direction':'out','channel':'" channel "','kind':'thank-you','people':['" person "']}"
#define SKIPPED(key) "'decisions':[{'key':'" key "','what':'skipped','at':'2026-03-02T12:00:00Z'}]"

static const AwTestCase cases[] = {
  /* R1 */
  { "R1/upcoming", NULL, MEETING (""), "2026-03-01T08:59:59Z", "prepare/-/i1",
    "upcoming 2026-03-01T09:00:00Z 2026-03-02T09:00:00Z 2026-03-02T09:00:00Z R1" },
  { "R1/due", NULL, MEETING (""), "2026-03-01T09:00:00Z", "prepare/-/i1",
    "due 2026-03-01T09:00:00Z 2026-03-02T09:00:00Z 2026-03-02T09:00:00Z R1" },
  { "R1/closed-at-start", NULL, MEETING (""), "2026-03-02T09:00:00Z", "prepare/-/i1", NULL },
  { "R1/cancelled", NULL, "'interviews':[" I1 ("", ",'cancelled':true") "]", "2026-03-01T09:00:00Z", "prepare/-/i1", NULL },
  { "R1/on-hold", NULL, "'status':'on-hold'," MEETING (""), "2026-03-01T09:00:00Z", "prepare/-/i1",
    "due 2026-03-01T09:00:00Z 2026-03-02T09:00:00Z 2026-03-02T09:00:00Z R1" },
  { "R1/withdrawn", NULL, "'status':'withdrawn'," MEETING (""), "2026-03-01T09:00:00Z", "prepare/-/i1", NULL },
  /* R2 */
  { "R2/not-before-end", NULL, MEETING ("'m'"), "2026-03-02T09:59:59Z", "debrief/-/i1", NULL },
  { "R2/at-end", NULL, MEETING ("'m'"), "2026-03-02T10:00:00Z", "debrief/-/i1",
    "due 2026-03-02T10:00:00Z 2026-03-02T14:00:00Z 2026-03-09T10:00:00Z R2" },
  { "R2/overdue", NULL, MEETING ("'m'"), "2026-03-02T14:00:01Z", "debrief/-/i1",
    "overdue 2026-03-02T10:00:00Z 2026-03-02T14:00:00Z 2026-03-09T10:00:00Z R2" },
  { "R2/shorter-without-thanks", NULL, MEETING ("'m'") ",'touches':[" THANKS ("2026-03-02T12:00:00Z", "email", "m") "]",
    "2026-03-02T13:00:00Z", "debrief/-/i1", "due 2026-03-02T10:00:00Z 2026-03-02T14:00:00Z 2026-03-05T10:00:00Z R2" },
  { "R2/gone-after-72-hours", NULL, MEETING ("'m'") ",'touches':[" THANKS ("2026-03-02T12:00:00Z", "email", "m") "]",
    "2026-03-05T10:00:00Z", "debrief/-/i1", NULL },
  { "R2/debriefed", NULL, "'interviews':[" I1 ("'m'", ",'debriefed_at':'2026-03-02T11:00:00Z'") "]",
    "2026-03-02T12:00:00Z", "debrief/-/i1", NULL },
  { "R2/last-end-on-the-date", NULL,
    "'interviews':[" I1 ("'m'", "") ",{'id':'i2','starts_at':'2026-03-02T16:00:00+01:00','attendees':['d']}]",
    "2026-03-02T12:00:00Z", "debrief/-/i1", "upcoming 2026-03-02T16:00:00Z 2026-03-02T20:00:00Z 2026-03-09T16:00:00Z R2" },
  { "R2/duration", NULL, "'interviews':[" I1 ("'m'", ",'duration_minutes':90") "]", "2026-03-02T10:15:00Z", "debrief/-/i1", NULL },
  { "R2/zero-length", NULL, "'interviews':[" I1 ("'m'", ",'duration_minutes':0") "]", "2026-03-02T09:00:00Z", "debrief/-/i1",
    "due 2026-03-02T09:00:00Z 2026-03-02T13:00:00Z 2026-03-09T09:00:00Z R2" },
  /* R3 */
  { "R3/upcoming", NULL, MEETING ("'m'"), "2026-03-02T10:59:59Z", "thank-you/m/i1",
    "upcoming 2026-03-02T11:00:00Z 2026-03-03T10:00:00Z 2026-03-09T10:00:00Z R3" },
  { "R3/due-at-last-second", NULL, MEETING ("'m'"), "2026-03-03T10:00:00Z", "thank-you/m/i1",
    "due 2026-03-02T11:00:00Z 2026-03-03T10:00:00Z 2026-03-09T10:00:00Z R3" },
  { "R3/overdue", NULL, MEETING ("'m'"), "2026-03-03T10:00:01Z", "thank-you/m/i1",
    "overdue 2026-03-02T11:00:00Z 2026-03-03T10:00:00Z 2026-03-09T10:00:00Z R3" },
  { "R3/closed", NULL, MEETING ("'m'"), "2026-03-09T10:00:00Z", "thank-you/m/i1", NULL },
  { "R3/thanked-during", NULL, MEETING ("'m'") ",'touches':[" THANKS ("2026-03-02T09:00:00Z", "in-person", "m") "]",
    "2026-03-02T12:00:00Z", "thank-you/m/i1", NULL },
  { "R3/thanked-before-start", NULL, MEETING ("'m'") ",'touches':[" THANKS ("2026-03-02T08:59:59Z", "email", "m") "]",
    "2026-03-02T12:00:00Z", "thank-you/m/i1", "due 2026-03-02T11:00:00Z 2026-03-03T10:00:00Z 2026-03-09T10:00:00Z R3" },
  { "R3/letter-is-none", NULL, MEETING ("'m'") ",'touches':[" THANKS ("2026-03-02T11:00:00Z", "letter", "m") "]",
    "2026-03-02T12:00:00Z", "thank-you/m/i1", "due 2026-03-02T11:00:00Z 2026-03-03T10:00:00Z 2026-03-09T10:00:00Z R3" },
  { "R3/other-person-thanked", NULL, MEETING ("'m','i'") ",'touches':[" THANKS ("2026-03-02T11:00:00Z", "email", "i") "]",
    "2026-03-02T12:00:00Z", "thank-you/m/i1", "due 2026-03-02T11:00:00Z 2026-03-03T10:00:00Z 2026-03-09T10:00:00Z R3" },
  { "R3/no-address", NULL, "'people':[{'id':'m','name':'M'}]," MEETING ("'m'"), "2026-03-02T12:00:00Z", "thank-you/m/i1",
    "missing 2026-03-02T11:00:00Z 2026-03-03T10:00:00Z 2026-03-09T10:00:00Z R3 !email" },
  { "R3/missing-in-every-state", NULL, "'people':[{'id':'m','name':'M'}]," MEETING ("'m'"), "2026-03-02T10:30:00Z",
    "thank-you/m/i1", "upcoming 2026-03-02T11:00:00Z 2026-03-03T10:00:00Z 2026-03-09T10:00:00Z R3 !email" },
  { "R3/no-attendees", NULL, MEETING (""), "2026-03-02T12:00:00Z", "thank-you/-/i1",
    "missing 2026-03-02T11:00:00Z 2026-03-03T10:00:00Z 2026-03-09T10:00:00Z R3 !attendees" },
  { "R3/unknown-attendees", NULL, MEETING ("'gone'"), "2026-03-02T12:00:00Z", "thank-you/-/i1",
    "missing 2026-03-02T11:00:00Z 2026-03-03T10:00:00Z 2026-03-09T10:00:00Z R3 !attendees" },
  { "R3/one-attendee-unknown", NULL, MEETING ("'gone','m'"), "2026-03-02T12:00:00Z", "thank-you/m/i1",
    "due 2026-03-02T11:00:00Z 2026-03-03T10:00:00Z 2026-03-09T10:00:00Z R3" },
  { "R3/only-latest", NULL,
    "'interviews':[" I1 ("'m'", "") ",{'id':'i0','starts_at':'2026-02-26T10:00:00+01:00','attendees':['m']}]",
    "2026-03-02T12:00:00Z", "thank-you/m/i0", NULL },
  { "R3/next-within-12-hours", NULL,
    "'interviews':[" I1 ("'m'", "") ",{'id':'i2','starts_at':'2026-03-02T22:00:00Z','attendees':['m']}]",
    "2026-03-02T12:00:00Z", "thank-you/m/i1", NULL },
  { "R3/next-after-12-hours", NULL,
    "'interviews':[" I1 ("'m'", "") ",{'id':'i2','starts_at':'2026-03-02T23:00:01Z','attendees':['m']}]",
    "2026-03-02T12:00:00Z", "thank-you/m/i1", "due 2026-03-02T11:00:00Z 2026-03-03T10:00:00Z 2026-03-09T10:00:00Z R3" },
  { "R3/last-on-one-date", NULL,
    "'interviews':[" I1 ("'m'", "") ",{'id':'i2','starts_at':'2026-03-02T16:00:00+01:00','attendees':['d']}]",
    "2026-03-02T16:30:00Z", "thank-you/m/i1", "upcoming 2026-03-02T17:00:00Z 2026-03-03T10:00:00Z 2026-03-09T10:00:00Z R3" },
  { "R3/due-not-before-opens", "'thank_you_hours':2",
    "'interviews':[" I1 ("'m'", "") ",{'id':'i2','starts_at':'2026-03-02T16:00:00+01:00','attendees':['d']}]",
    "2026-03-02T17:00:00Z", "thank-you/m/i1", "due 2026-03-02T17:00:00Z 2026-03-02T17:00:00Z 2026-03-09T10:00:00Z R3" },
  { "R3/skipped", NULL, MEETING ("'m'") "," SKIPPED ("thank-you/m/i1"), "2026-03-02T12:00:00Z", "thank-you/m/i1", NULL },
  { "R3/on-offer", NULL, "'status':'offer'," MEETING ("'m'"), "2026-03-02T12:00:00Z", "thank-you/m/i1",
    "due 2026-03-02T11:00:00Z 2026-03-03T10:00:00Z 2026-03-09T10:00:00Z R3" },
  { "R3/not-when-rejected", NULL, "'status':'rejected'," MEETING ("'m'"), "2026-03-02T12:00:00Z", "thank-you/m/i1", NULL },
  /* R4 */
  { "R4/unmet", NULL, MEETING ("'m'"), "2026-03-02T12:00:00Z", "thank-you/d/-",
    "due 2026-03-02T11:00:00Z 2026-03-03T10:00:00Z 2026-03-09T10:00:00Z R4" },
  { "R4/policy-off", "'thank_unmet':false", MEETING ("'m'"), "2026-03-02T12:00:00Z", "thank-you/d/-", NULL },
  { "R4/phone-screen", NULL, "'interviews':[" I1 ("'m'", ",'stage':'phone-screen'") "]", "2026-03-02T12:00:00Z",
    "thank-you/d/-", NULL },
  { "R4/will-be-met", NULL,
    "'interviews':[" I1 ("'m'", "") ",{'id':'i2','starts_at':'2026-03-20T10:00:00Z','attendees':['d']}]",
    "2026-03-02T12:00:00Z", "thank-you/d/-", NULL },
  { "R4/cancelled-meeting-does-not-count", NULL,
    "'interviews':[" I1 ("'m'", "") ",{'id':'i2','starts_at':'2026-03-20T10:00:00Z','attendees':['d'],'cancelled':true}]",
    "2026-03-02T12:00:00Z", "thank-you/d/-", "due 2026-03-02T11:00:00Z 2026-03-03T10:00:00Z 2026-03-09T10:00:00Z R4" },
  { "R4/ever-thanked", NULL, MEETING ("'m'") ",'touches':[" THANKS ("2026-02-01T12:00:00Z", "email", "d") "]",
    "2026-03-02T12:00:00Z", "thank-you/d/-", NULL },
  { "R4/thanked-by-letter", NULL, MEETING ("'m'") ",'touches':[" THANKS ("2026-02-01T12:00:00Z", "letter", "d") "]",
    "2026-03-02T12:00:00Z", "thank-you/d/-", "due 2026-03-02T11:00:00Z 2026-03-03T10:00:00Z 2026-03-09T10:00:00Z R4" },
  /* R5 */
#define WITH_ADDRESS "'people':[{'id':'m','email':'m@x.example','address':'1 Street'},{'id':'d','roles':['decision-maker'],'email':'d@x.example','address':'2 Street'}],"
  { "R5/after-email", "'handwritten':true",
    WITH_ADDRESS MEETING ("'m'") ",'touches':[" THANKS ("2026-03-02T12:00:00Z", "email", "m") "]", "2026-03-02T12:00:00Z",
    "letter/m/i1", "due 2026-03-02T12:00:00Z 2026-03-04T10:00:00Z 2026-03-09T10:00:00Z R5" },
  { "R5/late-email", "'handwritten':true",
    WITH_ADDRESS MEETING ("'m'") ",'touches':[" THANKS ("2026-03-05T12:00:00Z", "email", "m") "]", "2026-03-05T12:00:00Z",
    "letter/m/i1", "due 2026-03-05T12:00:00Z 2026-03-06T12:00:00Z 2026-03-09T10:00:00Z R5" },
  { "R5/first-email-counts", "'handwritten':true",
    WITH_ADDRESS MEETING ("'m'") ",'touches':[" THANKS ("2026-03-03T12:00:00Z", "email", "m") ","
    THANKS ("2026-03-02T12:00:00Z", "email", "m") "]", "2026-03-03T12:00:00Z",
    "letter/m/i1", "due 2026-03-02T12:00:00Z 2026-03-04T10:00:00Z 2026-03-09T10:00:00Z R5" },
  { "R5/email-after-close", "'handwritten':true",
    WITH_ADDRESS MEETING ("'m'") ",'touches':[" THANKS ("2026-03-09T10:00:00Z", "email", "m") "]", "2026-03-02T12:00:00Z",
    "letter/m/i1", NULL },
  { "R5/policy-off", NULL, WITH_ADDRESS MEETING ("'m'") ",'touches':[" THANKS ("2026-03-02T12:00:00Z", "email", "m") "]",
    "2026-03-02T12:00:00Z", "letter/m/i1", NULL },
  { "R5/thanked-by-phone", "'handwritten':true",
    WITH_ADDRESS MEETING ("'m'") ",'touches':[" THANKS ("2026-03-02T12:00:00Z", "phone", "m") "]", "2026-03-02T12:00:00Z",
    "letter/m/i1", NULL },
  { "R5/letter-sent", "'handwritten':true",
    WITH_ADDRESS MEETING ("'m'") ",'touches':[" THANKS ("2026-03-02T12:00:00Z", "email", "m") ","
    THANKS ("2026-03-02T09:00:00Z", "letter", "m") "]", "2026-03-02T12:00:00Z", "letter/m/i1", NULL },
  { "R5/no-postal-address", "'handwritten':true", MEETING ("'m'") ",'touches':[" THANKS ("2026-03-02T12:00:00Z", "email", "m") "]",
    "2026-03-02T12:00:00Z", "letter/m/i1", NULL },
  { "R5/unmet", "'handwritten':true",
    WITH_ADDRESS MEETING ("'m'") ",'touches':[" THANKS ("2026-03-02T12:00:00Z", "email", "d") "]", "2026-03-02T12:00:00Z",
    "letter/d/-", "due 2026-03-02T12:00:00Z 2026-03-04T10:00:00Z 2026-03-09T10:00:00Z R5" },
  { "R5/never-met", "'handwritten':true", WITH_ADDRESS "'interviews':[]", "2026-03-02T12:00:00Z", "letter/m/-", NULL },
};

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  aw_test_agenda_add_cases (cases, G_N_ELEMENTS (cases));
  return g_test_run ();
}
