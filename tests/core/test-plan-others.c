/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/aw-test-agenda.h"

/* Guards and the rules beside interviews and silence, clause by clause. The
 * interview is on Monday 2 March 2026 and ends at 10:00Z in Berlin. */

#define MET_BY(attendees) \
  "'interviews':[{'id':'i1','starts_at':'2026-03-02T10:00:00+01:00','attendees':[" attendees "],'debriefed_at':'2026-03-02T11:00:00Z'}]"
#define MET MET_BY ("'m'")
#define OUT(id, at, kind, channel, people) \
  "{'id':'" id "','at':'" at "','direction':'out','channel':'" channel "','kind':'" kind "','people':[" people "]}"
#define IN(id, at, channel, people, more) \
  "{'id':'" id "','at':'" at "','direction':'in','channel':'" channel "','kind':'other','people':[" people "]" more "}"
#define THANKED OUT ("t0", "2026-03-02T12:00:00Z", "thank-you", "email", "'m','d'")
#define QUIET MET ",'touches':[" THANKED "]"
#define CALL(more) "'calls':[{'id':'k1','person':'m'" more "}]"
#define STEP(more) "'next_steps':[{'id':'s1'" more "}]"
#define DECIDE_BY(date) "'my_decision_date':'" date "'"
#define NEEDS ",'needs_answer':true"

static const AwTestCase cases[] = {
  /* G1 to G3 */
  { "G1/own", NULL, MET ",'touches':[" THANKED "," OUT ("c1", "2026-03-06T12:00:00Z", "timeline", "email", "'m'") "]",
    "2026-03-10T08:00:00Z", "check-in/h/0", "waiting 2026-03-13T08:00:00Z 2026-03-17T08:00:00Z - R6,G1 G1 2026-03-13T08:00:00Z" },
  { "G1/in-every-state", NULL, MET ",'touches':[" THANKED "," OUT ("c1", "2026-03-06T12:00:00Z", "timeline", "email", "'m'") "]",
    "2026-03-08T08:00:00Z", "check-in/h/0", "upcoming 2026-03-13T08:00:00Z 2026-03-17T08:00:00Z - R6,G1" },
  { "G1/request-counts-not", NULL, MET ",'touches':[" THANKED "," OUT ("c1", "2026-03-06T12:00:00Z", "request", "email", "'h'") "]",
    "2026-03-10T08:00:00Z", "check-in/h/0", "due 2026-03-09T08:00:00Z 2026-03-11T08:00:00Z - R6" },
  { "G1/min-gap-days", "'min_gap_days':3", MET ",'touches':[" THANKED "," OUT ("c1", "2026-03-06T12:00:00Z", "timeline", "email", "'m'") "]",
    "2026-03-10T08:00:00Z", "check-in/h/0", "due 2026-03-09T08:00:00Z 2026-03-11T08:00:00Z - R6" },
#define ELSEWHERE(email, touch, more) \
  "[{'id':'o1','people':[{'id':'h','roles':['hr'],'email':'Hr@X.example'}],'interviews':[{'id':'i1','starts_at':'2026-03-02T10:00:00+01:00'}]}," \
  "{'id':'o2','people':[{'id':'h2','roles':['hr'],'email':" email "}],'touches':[" touch "]" more "}]"
  { "G1/elsewhere-without-case", NULL, ELSEWHERE ("'hr@x.EXAMPLE'", OUT ("c1", "2026-03-06T12:00:00Z", "check-in", "email", "'h2'"), ""),
    "2026-03-10T08:00:00Z", "o1:check-in/h/0", "waiting 2026-03-13T08:00:00Z 2026-03-17T08:00:00Z - R6,G1 G1 2026-03-13T08:00:00Z" },
  { "G1/elsewhere-beyond-ascii", NULL,
    "[{'id':'o1','people':[{'id':'h','roles':['hr'],'email':'Ä@x.example'}],'interviews':[{'id':'i1','starts_at':'2026-03-02T10:00:00+01:00'}]},"
    "{'id':'o2','people':[{'id':'h2','roles':['hr'],'email':'ä@x.example'}],'touches':[" OUT ("c1", "2026-03-06T12:00:00Z", "check-in", "email", "'h2'") "]}]",
    "2026-03-10T08:00:00Z", "o1:check-in/h/0", "waiting 2026-03-13T08:00:00Z 2026-03-17T08:00:00Z - R6,G1 G1 2026-03-13T08:00:00Z" },
  { "G1/elsewhere-other-address", NULL, ELSEWHERE ("'other@x.example'", OUT ("c1", "2026-03-06T12:00:00Z", "check-in", "email", "'h2'"), ""),
    "2026-03-10T08:00:00Z", "o1:check-in/h/0", "due 2026-03-09T08:00:00Z 2026-03-11T08:00:00Z - R6" },
  { "G1/elsewhere-thanks-count-not", NULL, ELSEWHERE ("'hr@x.example'", OUT ("c1", "2026-03-06T12:00:00Z", "thank-you", "email", "'h2'"), ""),
    "2026-03-10T08:00:00Z", "o1:check-in/h/0", "due 2026-03-09T08:00:00Z 2026-03-11T08:00:00Z - R6" },
#define DONE_THERE ",'decisions':[{'key':'check-in/h2/0','what':'done','at':'2026-03-06T12:00:00Z'}]"
  { "G1/elsewhere-done", NULL, ELSEWHERE ("'hr@x.example'", "", DONE_THERE),
    "2026-03-10T08:00:00Z", "o1:check-in/h/0", "waiting 2026-03-13T08:00:00Z 2026-03-17T08:00:00Z - R6,G1 G1 2026-03-13T08:00:00Z" },
  { "G1/elsewhere-done-before-reply", NULL, ELSEWHERE ("'hr@x.example'", IN ("n1", "2026-03-06T12:00:00Z", "email", "'h2'", ""), DONE_THERE),
    "2026-03-10T08:00:00Z", "o1:check-in/h/0", "due 2026-03-09T08:00:00Z 2026-03-11T08:00:00Z - R6" },
  { "G1/elsewhere-done-and-touch-are-one", NULL,
    ELSEWHERE ("'hr@x.example'", OUT ("c1", "2026-03-05T13:00:00Z", "check-in", "email", "'h2'"), DONE_THERE),
    "2026-03-10T08:00:00Z", "o1:check-in/h/0", "waiting 2026-03-12T08:00:00Z 2026-03-16T08:00:00Z - R6,G1 G1 2026-03-12T08:00:00Z" },
  { "G1/elsewhere-done-before-call", NULL,
    ELSEWHERE ("'hr@x.example'", "", DONE_THERE ",'calls':[{'id':'k','person':'h2','done_at':'2026-03-07T12:00:00Z'}]"),
    "2026-03-10T08:00:00Z", "o1:check-in/h/0", "due 2026-03-09T08:00:00Z 2026-03-11T08:00:00Z - R6" },
  { "G1/elsewhere-done-before-interview", NULL,
    ELSEWHERE ("'hr@x.example'", "", DONE_THERE ",'interviews':[{'id':'i2','starts_at':'2026-03-10T09:00:00Z'}]"),
    "2026-03-10T09:59:59Z", "o1:check-in/h/0", "waiting 2026-03-13T08:00:00Z 2026-03-17T08:00:00Z - R6,G1 G1 2026-03-13T08:00:00Z" },
  { "G1/elsewhere-done-before-interview-ended", NULL,
    ELSEWHERE ("'hr@x.example'", "", DONE_THERE ",'interviews':[{'id':'i2','starts_at':'2026-03-10T09:00:00Z'}]"),
    "2026-03-10T10:00:00Z", "o1:check-in/h/0", "due 2026-03-09T08:00:00Z 2026-03-11T08:00:00Z - R6" },
  { "G1/elsewhere-undone-later", NULL,
    ELSEWHERE ("'hr@x.example'", "", ",'decisions':[{'key':'check-in/h2/0','what':'done','at':'2026-03-06T12:00:00Z'},{'key':'check-in/h2/0','what':'skipped','at':'2026-03-06T13:00:00Z'}]"),
    "2026-03-10T08:00:00Z", "o1:check-in/h/0", "due 2026-03-09T08:00:00Z 2026-03-11T08:00:00Z - R6" },
  { "G1/elsewhere-several-done", NULL,
    ELSEWHERE ("'hr@x.example'", "", ",'decisions':[{'key':'check-in/h2/0','what':'done','at':'2026-03-06T12:00:00Z'},{'key':'check-in/h2/1','what':'done','at':'2026-03-08T12:00:00Z'},"
               "{'key':'check-in/h2/0','what':'skipped','at':'2026-03-01T12:00:00Z'},{'key':'check-in/h2/1','what':'snoozed','at':'2026-03-09T12:00:00Z'},"
               "{'key':'check-in/gone/0','what':'done','at':'2026-03-08T12:00:00Z'},{'key':'thank-you/h2/-','what':'done','at':'2026-03-08T12:00:00Z'}],"
               "'interviews':[{'id':'i2','starts_at':'2026-03-20T09:00:00Z'},{'id':'i3','starts_at':'2026-03-18T09:00:00Z'},{'id':'i4','starts_at':'2026-03-01T09:00:00Z'},"
               "{'id':'i5','starts_at':'2026-03-08T13:00:00Z','cancelled':true},{'id':'i6','starts_at':'2026-03-07T13:00:00Z'}]"),
    "2026-03-07T13:30:00Z", "o1:check-in/h/0", "upcoming 2026-03-16T08:00:00Z 2026-03-18T08:00:00Z - R6,G1" },
  { "G1/elsewhere-same-instant-undone", NULL,
    ELSEWHERE ("'hr@x.example'", "", ",'decisions':[{'key':'check-in/h2/0','what':'done','at':'2026-03-06T12:00:00Z'},{'key':'check-in/h2/0','what':'skipped','at':'2026-03-06T12:00:00Z'}]"),
    "2026-03-10T08:00:00Z", "o1:check-in/h/0", "due 2026-03-09T08:00:00Z 2026-03-11T08:00:00Z - R6" },
  { "G1/elsewhere-same-instant-done", NULL,
    ELSEWHERE ("'hr@x.example'", "", ",'decisions':[{'key':'check-in/h2/0','what':'skipped','at':'2026-03-06T12:00:00Z'},{'key':'check-in/h2/0','what':'done','at':'2026-03-06T12:00:00Z'}]"),
    "2026-03-10T08:00:00Z", "o1:check-in/h/0", "waiting 2026-03-13T08:00:00Z 2026-03-17T08:00:00Z - R6,G1 G1 2026-03-13T08:00:00Z" },
  { "G1/elsewhere-in-two-places", NULL,
    "[{'id':'o1','people':[{'id':'h','roles':['hr'],'email':'hr@x.example'}],'interviews':[{'id':'i1','starts_at':'2026-03-02T10:00:00+01:00'}]},"
    "{'id':'o2','people':[{'id':'h2','email':'hr@x.example'}],'decisions':[{'key':'check-in/h2/0','what':'done','at':'2026-03-05T12:00:00Z'}],"
    "'interviews':[{'id':'i2','starts_at':'2026-03-20T09:00:00Z'}]},"
    "{'id':'o3','people':[{'id':'h3','email':'hr@x.example'}],'decisions':[{'key':'check-in/h3/0','what':'done','at':'2026-03-06T12:00:00Z'}],"
    "'interviews':[{'id':'i3','starts_at':'2026-03-11T09:00:00Z'}]}]",
    "2026-03-11T10:00:00Z", "o1:check-in/h/0", "waiting 2026-03-12T08:00:00Z 2026-03-16T08:00:00Z - R6,G1 G1 2026-03-12T08:00:00Z" },
  { "G1/elsewhere-in-two-places-before", NULL,
    "[{'id':'o1','people':[{'id':'h','roles':['hr'],'email':'hr@x.example'}],'interviews':[{'id':'i1','starts_at':'2026-03-02T10:00:00+01:00'}]},"
    "{'id':'o2','people':[{'id':'h2','email':'hr@x.example'}],'decisions':[{'key':'check-in/h2/0','what':'done','at':'2026-03-05T12:00:00Z'}],"
    "'interviews':[{'id':'i2','starts_at':'2026-03-20T09:00:00Z'}]},"
    "{'id':'o3','people':[{'id':'h3','email':'hr@x.example'}],'decisions':[{'key':'check-in/h3/0','what':'done','at':'2026-03-06T12:00:00Z'}],"
    "'interviews':[{'id':'i3','starts_at':'2026-03-11T09:00:00Z'}]}]",
    "2026-03-11T09:59:59Z", "o1:check-in/h/0", "waiting 2026-03-13T08:00:00Z 2026-03-17T08:00:00Z - R6,G1 G1 2026-03-13T08:00:00Z" },
  { "R2/snoozed", NULL, "'interviews':[{'id':'i1','starts_at':'2026-03-02T10:00:00+01:00'}],"
    "'decisions':[{'key':'debrief/-/i1','what':'snoozed','at':'2026-03-02T10:30:00Z','until':'2026-03-02T12:00:00Z'}]", "2026-03-02T11:00:00Z",
    "debrief/-/i1", "waiting 2026-03-02T10:00:00Z 2026-03-02T14:00:00Z 2026-03-09T10:00:00Z R2 snoozed 2026-03-02T12:00:00Z" },
  { "G1/elsewhere-without-address", NULL,
    "[{'id':'o1','people':[{'id':'h','roles':['hr'],'email':''}],'interviews':[{'id':'i1','starts_at':'2026-03-02T10:00:00+01:00'}]},"
    "{'id':'o2','people':[{'id':'h2','roles':['hr'],'email':''},{'id':'h3'}],'touches':["
    OUT ("c1", "2026-03-06T12:00:00Z", "check-in", "email", "'h2','h3'") "],'decisions':[{'key':'check-in/h3/0','what':'done','at':'2026-03-08T12:00:00Z'}]}]",
    "2026-03-10T08:00:00Z", "o1:check-in/h/0", "missing 2026-03-09T08:00:00Z 2026-03-11T08:00:00Z - R6 !email" },
  { "G2/after-thanks", "'silence_days':1", QUIET, "2026-03-04T08:00:00Z", "check-in/h/0",
    "waiting 2026-03-05T08:00:00Z 2026-03-09T08:00:00Z - R6,G2 G2 2026-03-05T08:00:00Z" },
  { "G2/after-thanks-days", "'silence_days':1,'after_thanks_days':10", QUIET, "2026-03-04T08:00:00Z", "check-in/h/0",
    "waiting 2026-03-12T08:00:00Z 2026-03-16T08:00:00Z - R6,G2 G2 2026-03-12T08:00:00Z" },
  { "G2/tie-takes-lowest", "'silence_days':1,'after_thanks_days':7", MET ",'touches':[" THANKED "," OUT ("c1", "2026-03-02T13:00:00Z", "timeline", "phone", "'m'") "]",
    "2026-03-04T08:00:00Z", "check-in/h/0", "waiting 2026-03-09T08:00:00Z 2026-03-11T08:00:00Z - R6,G1 G1 2026-03-09T08:00:00Z" },
  { "G3/timeline-after-phone", NULL, DECIDE_BY ("2026-03-20") "," MET ",'touches':[" THANKED "," OUT ("c1", "2026-03-10T09:00:00Z", "check-in", "phone", "'h'") "]",
    "2026-03-13T09:00:00Z", "timeline/m/2026-03-20", "waiting 2026-03-17T08:00:00Z 2026-03-19T17:00:00Z 2026-03-20T17:00:00Z R12,G3 G3 2026-03-17T08:00:00Z" },
  { "G3/agreed-call-is-exempt", NULL, DECIDE_BY ("2026-03-20") "," MET ",'touches':[" THANKED "," OUT ("c1", "2026-03-10T09:00:00Z", "call", "phone", "'h'") "]",
    "2026-03-13T09:00:00Z", "timeline/m/2026-03-20", "due 2026-03-13T08:00:00Z 2026-03-19T17:00:00Z 2026-03-20T17:00:00Z R12" },
  /* R10 */
  { "R10/offer", NULL, CALL (",'wanted_at':'2026-03-10T09:00:00Z'") "," QUIET, "2026-03-10T09:00:00Z", "call/m/k1/offer",
    "due 2026-03-10T09:00:00Z 2026-03-12T09:00:00Z 2026-03-17T09:00:00Z R10" },
  { "R10/offer-held-by-G1", NULL, CALL (",'wanted_at':'2026-03-10T09:00:00Z'") "," MET ",'touches':[" THANKED "," OUT ("c1", "2026-03-09T12:00:00Z", "check-in", "email", "'h'") "]",
    "2026-03-10T09:00:00Z", "call/m/k1/offer", "waiting 2026-03-16T08:00:00Z 2026-03-18T08:00:00Z 2026-03-23T08:00:00Z R10,G1 G1 2026-03-16T08:00:00Z" },
  { "R10/offer-closed", NULL, CALL (",'wanted_at':'2026-03-10T09:00:00Z'") "," QUIET, "2026-03-17T09:00:00Z", "call/m/k1/offer", NULL },
  { "R10/offer-not-wanted", NULL, CALL ("") "," QUIET, "2026-03-10T09:00:00Z", "call/m/k1/offer", NULL },
  { "R10/offer-made", NULL, CALL (",'wanted_at':'2026-03-10T09:00:00Z','offered_at':'2026-03-10T10:00:00Z'") "," QUIET, "2026-03-10T11:00:00Z", "call/m/k1/offer", NULL },
  { "R10/offer-agreed", NULL, CALL (",'wanted_at':'2026-03-10T09:00:00Z','agreed_at':'2026-03-12T10:00:00Z'") "," QUIET, "2026-03-10T11:00:00Z", "call/m/k1/offer", NULL },
  { "R10/offer-done", NULL, CALL (",'wanted_at':'2026-03-10T09:00:00Z','done_at':'2026-03-10T10:00:00Z'") "," QUIET, "2026-03-10T11:00:00Z", "call/m/k1/offer", NULL },
  { "R10/offer-never-phone", "'phone':'never'", CALL (",'wanted_at':'2026-03-10T09:00:00Z'") "," QUIET, "2026-03-10T09:00:00Z", "call/m/k1/offer", NULL },
  { "R10/offer-to-an-interviewer", NULL, "'calls':[{'id':'k1','person':'i','wanted_at':'2026-03-10T09:00:00Z'}]," QUIET, "2026-03-10T09:00:00Z", "call/i/k1/offer", NULL },
  { "R10/offer-to-nobody", NULL, "'calls':[{'id':'k1','person':'gone','wanted_at':'2026-03-10T09:00:00Z'}]," QUIET, "2026-03-10T09:00:00Z", "call/-/k1/offer", NULL },
  { "R10/agreed-opens", NULL, CALL (",'agreed_at':'2026-03-10T09:00:00Z'") "," QUIET, "2026-03-10T07:59:59Z", "call/m/k1",
    "upcoming 2026-03-10T08:00:00Z 2026-03-10T09:00:00Z 2026-03-11T09:00:00Z R10 !phone" },
  { "R10/agreed-with-number", "'phone':'never'",
    "'people':[{'id':'m','roles':['hiring-manager'],'phone':'1'}]," CALL (",'agreed_at':'2026-03-10T09:00:00Z'") ",'touches':["
    OUT ("c1", "2026-03-09T12:00:00Z", "check-in", "email", "'m'") "]", "2026-03-10T08:00:00Z", "call/m/k1",
    "due 2026-03-10T08:00:00Z 2026-03-10T09:00:00Z 2026-03-11T09:00:00Z R10" },
  { "R10/agreed-done", NULL, CALL (",'agreed_at':'2026-03-10T09:00:00Z','done_at':'2026-03-10T09:30:00Z'") "," QUIET, "2026-03-10T10:00:00Z", "call/m/k1", NULL },
  { "R10/agreed-on-hold", NULL, "'status':'on-hold'," CALL (",'agreed_at':'2026-03-10T09:00:00Z'") "," QUIET, "2026-03-10T09:00:01Z", "call/m/k1",
    "missing 2026-03-10T08:00:00Z 2026-03-10T09:00:00Z 2026-03-11T09:00:00Z R10 !phone" },
  { "R10/offer-on-hold", NULL, "'status':'on-hold'," CALL (",'wanted_at':'2026-03-10T09:00:00Z'") "," QUIET, "2026-03-10T09:00:01Z", "call/m/k1/offer", NULL },
  { "R10/agreed-with-nobody", NULL, "'calls':[{'id':'k1','person':'gone','agreed_at':'2026-03-10T09:00:00Z'}]", "2026-03-10T09:00:00Z", "call/-/k1", NULL },
  /* R12 and G9 */
  { "R12/overdue", NULL, DECIDE_BY ("2026-03-20") "," QUIET, "2026-03-19T17:00:01Z", "timeline/m/2026-03-20",
    "overdue 2026-03-13T08:00:00Z 2026-03-19T17:00:00Z 2026-03-20T17:00:00Z R12" },
  { "R12/closed", NULL, DECIDE_BY ("2026-03-20") "," QUIET, "2026-03-20T17:00:00Z", "timeline/m/2026-03-20", NULL },
  { "R12/on-hold", NULL, "'status':'on-hold'," DECIDE_BY ("2026-03-20") "," QUIET, "2026-03-13T17:00:00Z", "timeline/m/2026-03-20", NULL },
  { "R12/date-on-sunday", NULL, DECIDE_BY ("2026-03-22") "," QUIET, "2026-03-16T08:00:00Z", "timeline/m/2026-03-22",
    "due 2026-03-16T08:00:00Z 2026-03-20T17:00:00Z 2026-03-22T17:00:00Z R12" },
  { "R12/interview-before", NULL, DECIDE_BY ("2026-03-20") ",'interviews':[{'id':'i1','starts_at':'2026-03-19T10:00:00+01:00'}]", "2026-03-13T08:00:00Z",
    "timeline/m/2026-03-20", NULL },
  { "R12/interview-on-the-date", NULL, DECIDE_BY ("2026-03-20") ",'interviews':[{'id':'i1','starts_at':'2026-03-20T10:00:00+01:00'}]", "2026-03-13T08:00:00Z",
    "timeline/m/2026-03-20", "due 2026-03-13T08:00:00Z 2026-03-19T17:00:00Z 2026-03-20T17:00:00Z R12" },
  { "R12/told-within-a-week", NULL, DECIDE_BY ("2026-03-20") "," MET ",'touches':[" THANKED "," OUT ("c1", "2026-03-06T08:00:00Z", "timeline", "email", "'m'") "]",
    "2026-03-13T08:00:00Z", "timeline/m/2026-03-20", NULL },
  { "R12/told-before-without-answer", NULL, DECIDE_BY ("2026-03-20") "," MET ",'touches':[" THANKED "," OUT ("c1", "2026-03-06T07:59:59Z", "timeline", "email", "'m'") "]",
    "2026-03-13T08:00:00Z", "timeline/m/2026-03-20", "due 2026-03-13T08:00:00Z 2026-03-19T17:00:00Z 2026-03-20T17:00:00Z R12" },
  { "R12/told-before-and-answered", NULL,
    DECIDE_BY ("2026-03-20") "," MET ",'touches':[" THANKED "," OUT ("c1", "2026-03-04T08:00:00Z", "timeline", "email", "'m'") "," IN ("n1", "2026-03-05T08:00:00Z", "email", "'h'", "") "]",
    "2026-03-13T08:00:00Z", "timeline/m/2026-03-20", NULL },
  { "R12/told-long-ago-and-answered", NULL,
    DECIDE_BY ("2026-03-20") "," MET ",'touches':[" THANKED "," OUT ("c1", "2026-02-13T07:59:59Z", "timeline", "email", "'m'") "," IN ("n1", "2026-03-05T08:00:00Z", "email", "'h'", "") "]",
    "2026-03-13T08:00:00Z", "timeline/m/2026-03-20", "due 2026-03-13T08:00:00Z 2026-03-19T17:00:00Z 2026-03-20T17:00:00Z R12" },
  { "R12/G1-does-not-hold", NULL, DECIDE_BY ("2026-03-20") "," MET ",'touches':[" THANKED "," OUT ("c1", "2026-03-12T12:00:00Z", "check-in", "email", "'h'") "]",
    "2026-03-13T08:00:00Z", "timeline/m/2026-03-20", "due 2026-03-13T08:00:00Z 2026-03-19T17:00:00Z 2026-03-20T17:00:00Z R12" },
  { "R12/thanks-first", NULL, DECIDE_BY ("2026-03-09") "," MET, "2026-03-03T09:00:00Z", "timeline/m/2026-03-09",
    "waiting 2026-03-02T08:00:00Z 2026-03-06T17:00:00Z 2026-03-09T17:00:00Z R12 R3 2026-03-03T10:00:00Z" },
  { "R12/thanks-first-until-their-due", NULL, DECIDE_BY ("2026-03-09") "," MET, "2026-03-03T10:00:00Z", "timeline/m/2026-03-09",
    "due 2026-03-02T08:00:00Z 2026-03-06T17:00:00Z 2026-03-09T17:00:00Z R12" },
  { "R12/thanks-first-not-beyond-due", NULL, DECIDE_BY ("2026-03-03") "," MET, "2026-03-02T16:59:59Z", "timeline/m/2026-03-03",
    "waiting 2026-02-24T08:00:00Z 2026-03-02T17:00:00Z 2026-03-03T17:00:00Z R12 R3 2026-03-02T17:00:00Z" },
  { "R12/follow-up-person", NULL, "'follow_up_person':'i'," DECIDE_BY ("2026-03-20") "," QUIET, "2026-03-13T08:00:00Z", "timeline/i/2026-03-20",
    "due 2026-03-13T08:00:00Z 2026-03-19T17:00:00Z 2026-03-20T17:00:00Z R12" },
  { "R12/timeline-days", "'timeline_days':2", DECIDE_BY ("2026-03-20") "," QUIET, "2026-03-18T07:59:59Z", "timeline/m/2026-03-20",
    "upcoming 2026-03-18T08:00:00Z 2026-03-19T17:00:00Z 2026-03-20T17:00:00Z R12" },
  { "G9/timeline-replaces-check-in", NULL, DECIDE_BY ("2026-03-20") "," QUIET, "2026-03-13T08:00:00Z", "check-in/h/0", NULL },
  { "G9/waiting-timeline-leads", "'silence_days':0", DECIDE_BY ("2026-03-09") "," MET, "2026-03-03T09:00:00Z", "check-in/h/0",
    "waiting 2026-03-02T08:00:00Z 2026-03-04T08:00:00Z - R6 G9 -" },
  { "G9/snoozed-does-not-lead", NULL,
    DECIDE_BY ("2026-03-20") "," QUIET ",'decisions':[{'key':'timeline/m/2026-03-20','what':'snoozed','at':'2026-03-13T08:00:00Z','until':'2026-03-16T08:00:00Z'}]",
    "2026-03-13T09:00:00Z", "check-in/h/0", "overdue 2026-03-09T08:00:00Z 2026-03-11T08:00:00Z - R6" },
  { "G9/waiting-offer-leads", NULL,
    "'calls':[{'id':'k1','person':'m','wanted_at':'2026-03-09T09:00:00Z'}]," MET ",'touches':[" OUT ("t1", "2026-03-09T07:00:00Z", "thank-you", "email", "'m','d'") "]",
    "2026-03-12T08:00:00Z", "check-in/h/0", "waiting 2026-03-12T08:00:00Z 2026-03-16T08:00:00Z - R6,G2 G9 -" },
  { "G9/keep-in-touch-waits-for-timeline", NULL,
    DECIDE_BY ("2026-04-03") "," MET ",'touches':[" THANKED "," OUT ("c1", "2026-03-09T09:00:00Z", "check-in", "email", "'h'") "]",
    "2026-03-30T07:00:00Z", "keep-in-touch/h/1", "waiting 2026-03-30T07:00:00Z 2026-04-06T07:00:00Z - R11 G9 -" },
  { "G9/first-of-two-offers", NULL,
    "'calls':[{'id':'k1','person':'m','wanted_at':'2026-03-10T10:00:00Z'},{'id':'k2','person':'m','wanted_at':'2026-03-10T09:00:00Z'}]," QUIET,
    "2026-03-10T11:00:00Z", "call/m/k1/offer", "waiting 2026-03-10T10:00:00Z 2026-03-12T10:00:00Z 2026-03-17T10:00:00Z R10 G9 -" },
  { "G9/first-of-two-offers-leads", NULL,
    "'calls':[{'id':'k1','person':'m','wanted_at':'2026-03-10T09:00:00Z'},{'id':'k2','person':'m','wanted_at':'2026-03-10T10:00:00Z'}]," QUIET,
    "2026-03-10T11:00:00Z", "call/m/k1/offer", "due 2026-03-10T09:00:00Z 2026-03-12T09:00:00Z 2026-03-17T09:00:00Z R10" },
  { "G9/key-decides-a-tie", NULL,
    "'calls':[{'id':'k2','person':'m','wanted_at':'2026-03-10T09:00:00Z'},{'id':'k1','person':'m','wanted_at':'2026-03-10T09:00:00Z'}]," QUIET,
    "2026-03-10T11:00:00Z", "call/m/k2/offer", "waiting 2026-03-10T09:00:00Z 2026-03-12T09:00:00Z 2026-03-17T09:00:00Z R10 G9 -" },
  { "G10/thanks-first", "'silence_days':2", "'strategy':'decision-maker-first'," MET, "2026-03-05T08:00:00Z", "check-in/d/0",
    "waiting 2026-03-04T08:00:00Z 2026-03-06T08:00:00Z - R7 R3 2026-03-09T10:00:00Z" },
  { "G10/other-person", "'silence_days':2", MET, "2026-03-05T08:00:00Z", "check-in/h/0", "due 2026-03-04T08:00:00Z 2026-03-06T08:00:00Z - R6" },
  { "G10/skipped-thanks-hold-nothing", "'silence_days':2",
    "'strategy':'decision-maker-first'," MET ",'decisions':[{'key':'thank-you/d/-','what':'skipped','at':'2026-03-03T08:00:00Z'}]",
    "2026-03-05T08:00:00Z", "check-in/d/0", "due 2026-03-04T08:00:00Z 2026-03-06T08:00:00Z - R7" },
  /* R13, R14 */
  { "R13/feedback", NULL, STEP (",'kind':'feedback','asked_at':'2026-03-05T09:00:00Z','asked_by':'h'"), "2026-03-06T09:00:00Z", "feedback/h/s1",
    "due 2026-03-05T09:00:00Z 2026-03-06T09:00:00Z 2026-03-19T09:00:00Z R13" },
  { "R13/form-by-nobody", NULL, STEP (",'kind':'form','asked_at':'2026-03-05T09:00:00Z','asked_by':'gone'"), "2026-03-06T09:00:00Z", "feedback/-/s1",
    "missing 2026-03-05T09:00:00Z 2026-03-06T09:00:00Z 2026-03-19T09:00:00Z R13 !person" },
  { "R13/done", NULL, STEP (",'kind':'form','asked_at':'2026-03-05T09:00:00Z','done_at':'2026-03-05T10:00:00Z'"), "2026-03-06T09:00:00Z", "feedback/-/s1", NULL },
  { "R13/asked-unknown", NULL, STEP (",'kind':'form','due':'2026-03-06T09:00:00Z','asked_by':'h'"), "2026-03-05T09:00:00Z", "feedback/h/s1",
    "due 2026-03-05T09:00:00Z 2026-03-06T09:00:00Z 2026-03-19T09:00:00Z R13" },
  { "R13/both-unknown", NULL, STEP (",'kind':'form','asked_by':'h'") "," QUIET, "2026-03-02T10:00:00Z", "feedback/h/s1",
    "due 2026-03-02T10:00:00Z 2026-03-03T10:00:00Z 2026-03-16T10:00:00Z R13" },
  { "R13/nothing-known", NULL, STEP (",'kind':'form','asked_by':'h'"), "2026-03-02T10:00:00Z", "feedback/h/s1", NULL },
  { "R13/when-rejected", NULL, "'status':'rejected'," STEP (",'kind':'feedback','asked_at':'2026-03-05T09:00:00Z','asked_by':'h'"), "2026-03-06T09:00:00Z",
    "feedback/h/s1", "due 2026-03-05T09:00:00Z 2026-03-06T09:00:00Z 2026-03-19T09:00:00Z R13" },
  { "R14/three-days-before", NULL, STEP (",'kind':'test','asked_at':'2026-03-02T09:00:00Z','due':'2026-03-10T16:00:00Z'"), "2026-03-07T15:59:59Z", "next-step/-/s1",
    "upcoming 2026-03-07T16:00:00Z 2026-03-10T16:00:00Z 2026-03-17T16:00:00Z R14" },
  { "R14/asked-late", NULL, STEP (",'kind':'test','asked_at':'2026-03-09T09:00:00Z','due':'2026-03-10T16:00:00Z'"), "2026-03-10T16:00:00Z", "next-step/-/s1",
    "due 2026-03-09T09:00:00Z 2026-03-10T16:00:00Z 2026-03-17T16:00:00Z R14" },
  { "R14/asked-after-due", NULL, STEP (",'kind':'test','asked_at':'2026-03-12T09:00:00Z','due':'2026-03-10T16:00:00Z'"), "2026-03-10T16:00:00Z", "next-step/-/s1",
    "due 2026-03-10T16:00:00Z 2026-03-10T16:00:00Z 2026-03-17T16:00:00Z R14" },
  { "R14/no-due", NULL, STEP (",'kind':'reference','asked_at':'2026-03-06T09:00:00Z'"), "2026-03-07T09:00:00Z", "next-step/-/s1",
    "due 2026-03-06T09:00:00Z 2026-03-10T09:00:00Z 2026-03-17T09:00:00Z R14" },
  { "R14/nothing-known", NULL, STEP (",'kind':'other'"), "2026-03-07T09:00:00Z", "next-step/-/s1", NULL },
  { "R14/done", NULL, STEP (",'kind':'other','asked_at':'2026-03-06T09:00:00Z','done_at':'2026-03-06T10:00:00Z'"), "2026-03-07T09:00:00Z", "next-step/-/s1", NULL },
  { "R14/when-rejected", NULL, "'status':'rejected'," STEP (",'kind':'test','asked_at':'2026-03-06T09:00:00Z'"), "2026-03-07T09:00:00Z", "next-step/-/s1", NULL },
  /* R15 */
  { "R15/answer", NULL, "'touches':[" IN ("n1", "2026-03-05T09:00:00Z", "email", "'h','m'", NEEDS) "]", "2026-03-05T09:00:00Z", "answer/h/n1",
    "due 2026-03-05T09:00:00Z 2026-03-06T09:00:00Z 2026-03-19T09:00:00Z R15" },
  { "R15/no-answer-needed", NULL, "'touches':[" IN ("n1", "2026-03-05T09:00:00Z", "email", "'h'", "") "]", "2026-03-05T09:00:00Z", "answer/h/n1", NULL },
  { "R15/answered-to-another-of-them", NULL,
    "'touches':[" IN ("n1", "2026-03-05T09:00:00Z", "email", "'h','m'", NEEDS) "," OUT ("c1", "2026-03-05T09:00:00Z", "other", "phone", "'m'") "]",
    "2026-03-05T10:00:00Z", "answer/h/n1", NULL },
  { "R15/thanks-are-no-answer", NULL,
    "'touches':[" IN ("n1", "2026-03-05T09:00:00Z", "email", "'h'", NEEDS) "," OUT ("c1", "2026-03-05T09:00:00Z", "thank-you", "email", "'h'") "]",
    "2026-03-05T10:00:00Z", "answer/h/n1", "due 2026-03-05T09:00:00Z 2026-03-06T09:00:00Z 2026-03-19T09:00:00Z R15" },
  { "R15/answered-before", NULL,
    "'touches':[" IN ("n1", "2026-03-05T09:00:00Z", "email", "'h'", NEEDS) "," OUT ("c1", "2026-03-05T08:59:59Z", "answer", "email", "'h'") "]",
    "2026-03-05T10:00:00Z", "answer/h/n1", "due 2026-03-05T09:00:00Z 2026-03-06T09:00:00Z 2026-03-19T09:00:00Z R15" },
  { "R15/to-another", NULL,
    "'touches':[" IN ("n1", "2026-03-05T09:00:00Z", "email", "'h'", NEEDS) "," OUT ("c1", "2026-03-05T10:00:00Z", "answer", "email", "'m'") "]",
    "2026-03-05T10:00:00Z", "answer/h/n1", "due 2026-03-05T09:00:00Z 2026-03-06T09:00:00Z 2026-03-19T09:00:00Z R15" },
  { "R15/names-nobody", NULL, "'touches':[" IN ("n1", "2026-03-05T09:00:00Z", "email", "", NEEDS) "]", "2026-03-05T09:00:00Z", "answer/-/n1",
    "missing 2026-03-05T09:00:00Z 2026-03-06T09:00:00Z 2026-03-19T09:00:00Z R15 !person" },
  { "R15/names-nobody-answered-to-any", NULL,
    "'touches':[" IN ("n1", "2026-03-05T09:00:00Z", "email", "'gone'", NEEDS) "," OUT ("c1", "2026-03-05T10:00:00Z", "answer", "email", "'m'") "]",
    "2026-03-05T10:00:00Z", "answer/-/n1", NULL },
  { "R15/by-phone", NULL, "'touches':[" IN ("n1", "2026-03-05T09:00:00Z", "phone", "'h'", NEEDS) "]", "2026-03-05T09:00:00Z", "answer/h/n1",
    "missing 2026-03-05T09:00:00Z 2026-03-06T09:00:00Z 2026-03-19T09:00:00Z R15 !phone" },
  { "R15/by-message", NULL, "'people':[{'id':'x'}],'touches':[" IN ("n1", "2026-03-05T09:00:00Z", "message", "'x'", NEEDS) "]", "2026-03-05T09:00:00Z", "answer/x/n1",
    "due 2026-03-05T09:00:00Z 2026-03-06T09:00:00Z 2026-03-19T09:00:00Z R15" },
  { "R15/by-letter", NULL, "'people':[{'id':'x'}],'touches':[" IN ("n1", "2026-03-05T09:00:00Z", "letter", "'x'", NEEDS) "]", "2026-03-05T09:00:00Z", "answer/x/n1",
    "missing 2026-03-05T09:00:00Z 2026-03-06T09:00:00Z 2026-03-19T09:00:00Z R15 !email" },
  /* R16, R18 */
  { "R16/acknowledge", NULL, "'status':'rejected','status_changed_at':'2026-03-05T23:30:00Z'", "2026-03-06T09:00:00Z", "acknowledgement/m/2026-03-06",
    "due 2026-03-05T23:30:00Z 2026-03-07T23:30:00Z 2026-03-12T23:30:00Z R16" },
  { "R16/policy-off", "'acknowledge_rejections':false", "'status':'rejected','status_changed_at':'2026-03-05T09:00:00Z'", "2026-03-06T09:00:00Z", "acknowledgement/m/2026-03-05", NULL },
  { "R16/unknown-since", NULL, "'status':'rejected'", "2026-03-06T09:00:00Z", "acknowledgement/m/2026-03-05", NULL },
  { "R16/said-the-day-before", NULL, "'status':'rejected','status_changed_at':'2026-03-05T09:00:00Z','touches':[" OUT ("c1", "2026-03-03T23:00:00Z", "acknowledgement", "email", "'h'") "]",
    "2026-03-06T09:00:00Z", "acknowledgement/m/2026-03-05", NULL },
  { "R16/said-earlier", NULL, "'status':'rejected','status_changed_at':'2026-03-05T09:00:00Z','touches':[" OUT ("c1", "2026-03-03T22:59:59Z", "acknowledgement", "email", "'h'") "]",
    "2026-03-06T09:00:00Z", "acknowledgement/m/2026-03-05", "due 2026-03-05T09:00:00Z 2026-03-07T09:00:00Z 2026-03-12T09:00:00Z R16" },
  { "R18/offer", NULL, "'status':'offer','status_changed_at':'2026-03-05T09:00:00Z'", "2026-03-07T09:00:01Z", "answer/m/offer",
    "overdue 2026-03-05T09:00:00Z 2026-03-07T09:00:00Z - R18" },
  { "R18/my-date-first", NULL, "'status':'offer','status_changed_at':'2026-03-05T09:00:00Z'," DECIDE_BY ("2026-03-06"), "2026-03-05T09:00:00Z", "answer/m/offer",
    "due 2026-03-05T09:00:00Z 2026-03-06T17:00:00Z - R18" },
  { "R18/my-date-past", NULL, "'status':'offer','status_changed_at':'2026-03-05T09:00:00Z'," DECIDE_BY ("2026-03-01"), "2026-03-05T09:00:00Z", "answer/m/offer",
    "due 2026-03-05T09:00:00Z 2026-03-05T09:00:00Z - R18" },
  { "R18/answered", NULL, "'status':'offer','status_changed_at':'2026-03-05T09:00:00Z','touches':[" OUT ("c1", "2026-03-04T09:00:00Z", "answer", "phone", "'h'") "]",
    "2026-03-05T09:00:00Z", "answer/m/offer", NULL },
  { "R18/unknown-since", NULL, "'status':'offer'", "2026-03-05T09:00:00Z", "answer/m/offer", NULL },
  /* R17 */
  { "R17/addresses", NULL, "'people':[{'id':'x'},{'id':'b','roles':['hr']}]," MET_BY ("'x'"), "2026-03-02T10:00:00Z", "complete/-/addresses",
    "missing 2026-03-02T10:00:00Z 2026-03-04T10:00:00Z 2026-03-11T10:00:00Z R17 !email" },
  { "R17/addresses-closed", NULL, "'people':[{'id':'x'},{'id':'b','roles':['hr']}]," MET_BY ("'x'"), "2026-03-11T10:00:00Z", "complete/-/addresses", NULL },
  { "R17/addresses-several-kinds", NULL, "'people':[{'id':'x'}]," MET_BY ("'x'") ",'calls':[{'id':'k1','person':'x','agreed_at':'2026-03-03T10:00:00Z'}]",
    "2026-03-02T10:00:00Z", "complete/-/addresses", "missing 2026-03-02T10:00:00Z 2026-03-04T10:00:00Z 2026-03-11T10:00:00Z R17 !email !phone" },
  { "R17/addresses-first-met-counts", NULL,
    "'people':[{'id':'y'},{'id':'x'},{'id':'z'}],'interviews':[{'id':'i1','starts_at':'2026-03-02T10:00:00+01:00','attendees':['x','z']},"
    "{'id':'i2','starts_at':'2026-03-03T10:00:00+01:00','attendees':['y','z']}]",
    "2026-03-03T10:00:00Z", "complete/-/addresses", "missing 2026-03-02T10:00:00Z 2026-03-04T10:00:00Z 2026-03-11T10:00:00Z R17 !email" },
  { "R17/addresses-without-t0", NULL, "'people':[{'id':'x'}],'calls':[{'id':'k1','person':'x','agreed_at':'2026-03-03T10:00:00Z'}]",
    "2026-03-02T10:00:00Z", "complete/-/addresses", NULL },
  { "R17/addresses-none-missing", NULL, QUIET, "2026-03-02T13:00:00Z", "complete/-/addresses", NULL },
  { "R17/decision-maker", NULL, "'people':[{'id':'h','roles':['hr'],'email':'h@x.example'}]," MET_BY ("'h'"), "2026-03-03T10:00:00Z", "complete/-/decision-maker",
    "missing 2026-03-03T10:00:00Z 2026-03-05T10:00:00Z 2026-03-10T10:00:00Z R17 !decision-maker" },
  { "R17/decision-maker-closed", NULL, "'people':[{'id':'h','roles':['hr'],'email':'h@x.example'}]," MET_BY ("'h'"), "2026-03-10T10:00:00Z", "complete/-/decision-maker", NULL },
  { "R17/decision-maker-known", NULL, QUIET, "2026-03-03T10:00:00Z", "complete/-/decision-maker", NULL },
  { "R17/decision-maker-phone-screen", NULL,
    "'people':[{'id':'h','roles':['hr'],'email':'h@x.example'}],'interviews':[{'id':'i1','starts_at':'2026-03-02T10:00:00+01:00','stage':'phone-screen'}]",
    "2026-03-03T10:00:00Z", "complete/-/decision-maker", NULL },
  { "R17/decision-maker-interview-ahead", NULL,
    "'people':[{'id':'h','roles':['hr'],'email':'h@x.example'}],'interviews':[{'id':'i1','starts_at':'2026-03-02T10:00:00+01:00'},{'id':'i2','starts_at':'2026-03-09T10:00:00+01:00'}]",
    "2026-03-03T10:00:00Z", "complete/-/decision-maker", NULL },
  { "R17/decision-maker-first-of-two", NULL,
    "'people':[{'id':'h','roles':['hr'],'email':'h@x.example'}],'interviews':[{'id':'i2','starts_at':'2026-03-03T10:00:00+01:00'},{'id':'i1','starts_at':'2026-03-02T10:00:00+01:00'}]",
    "2026-03-03T10:00:00Z", "complete/-/decision-maker", "missing 2026-03-03T10:00:00Z 2026-03-05T10:00:00Z 2026-03-10T10:00:00Z R17 !decision-maker" },
  /* closed */
  { "closed/accepted", NULL, "'status':'accepted'," QUIET, "2026-03-10T10:00:00Z", "check-in/h/0", NULL },
  { "closed/no-answer", NULL, "'status':'no-answer'," QUIET, "2026-03-10T10:00:00Z", "check-in/h/0", NULL },
};

static void
test_people_of_addresses (void)
{
  g_autoptr (AwTestAgenda) agenda =
    aw_test_agenda_new_for_case (NULL, "'people':[{'id':'x'},{'id':'b'},{'id':'c','email':'c@x.example'}]," MET_BY ("'x','c','b'"));
  const AwFollowUp *found;

  aw_test_agenda_plan (agenda, "2026-03-02T11:00:00Z");
  found = aw_test_agenda_find (agenda, "complete/-/addresses");
  g_assert_nonnull (found);
  g_assert_null (found->person);
  g_assert_cmpint (found->channel, ==, AW_CHANNEL_UNSET);
  g_assert_cmpstr (found->people[0], ==, "b");
  g_assert_cmpstr (found->people[1], ==, "x");
  g_assert_null (found->people[2]);
}

/* By due, opens, kind, person ("-" first), key, opportunity. */
static void
test_order (void)
{
  AwFollowUp a = { .key = "thank-you/b/i", .opportunity = "o1", .kind = AW_DUTY_THANK_YOU, .person = "b", .due = 10, .opens = 5 };
  AwFollowUp b = a;

  g_assert_cmpint (aw_follow_up_compare (&a, &b), ==, 0);
  b.opportunity = "o2";
  g_assert_cmpint (aw_follow_up_compare (&a, &b), <, 0);
  b.key = "thank-you/b/h";
  g_assert_cmpint (aw_follow_up_compare (&a, &b), >, 0);
  b.person = "-";
  b.key = "z";
  g_assert_cmpint (aw_follow_up_compare (&a, &b), >, 0);
  a.person = "!";
  g_assert_cmpint (aw_follow_up_compare (&a, &b), >, 0);
  b.person = "a";
  g_assert_cmpint (aw_follow_up_compare (&a, &b), <, 0);
  b.kind = AW_DUTY_LETTER;
  a.person = "z";
  g_assert_cmpint (aw_follow_up_compare (&a, &b), <, 0);
  b.opens = 4;
  g_assert_cmpint (aw_follow_up_compare (&a, &b), >, 0);
  b.due = 11;
  g_assert_cmpint (aw_follow_up_compare (&a, &b), <, 0);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  aw_test_agenda_add_cases (cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/plan/R17/people", test_people_of_addresses);
  g_test_add_func ("/plan/order", test_order);
  return g_test_run ();
}
