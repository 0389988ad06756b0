/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "core/aw-words.h"
#include "support/aw-test-agenda.h"

/* What the plan says in words: the dates it used, no blame, no exclamation
 * marks; in the C locale, that is in English. */

#define MET "'interviews':[{'id':'i1','starts_at':'2026-03-02T10:00:00+01:00','attendees':['m'],'debriefed_at':'2026-03-02T11:00:00Z'}]"
#define OUT(id, at, kind, channel, people) \
  "{'id':'" id "','at':'" at "','direction':'out','channel':'" channel "','kind':'" kind "','people':[" people "]}"
#define THANKED OUT ("t0", "2026-03-02T12:00:00Z", "thank-you", "email", "'m','d'")
#define QUIET MET ",'touches':[" THANKED "]"
#define ASKED MET ",'touches':[" THANKED "," OUT ("c1", "2026-03-09T09:00:00Z", "check-in", "email", "'h'") "]"

typedef struct
{
  const char *facts;
  const char *at;
  const char *key;
  const char *title;
  const char *pill;
  const char *button;
  const char *reason;
} WordsCase;

static const WordsCase cases[] = {
  { "'interviews':[{'id':'i1','starts_at':'2026-03-06T14:00:00+01:00'}]", "2026-03-05T13:00:00Z", "prepare/-/i1",
    "Get ready for Northwind", "Tomorrow", "Open Checklist",
    "The interview begins tomorrow at 14:00. Look at what to ask before you leave." },
  { "'interviews':[{'id':'i1','starts_at':'2026-03-02T10:00:00+01:00','attendees':['m']}]", "2026-03-02T10:00:00Z", "debrief/-/i1",
    "Write down what you heard at Northwind", "By 15:00", "Write Down",
    "The interview ended today at 11:00. Note names, addresses and what was said while it is fresh." },
  { MET, "2026-03-03T09:00:00Z", "thank-you/m/i1", "Thank Mia Manager", "By 11:00", "Write",
    "You met yesterday at 11:00. Send the note within 24 hours." },
  { MET, "2026-03-03T12:00:00Z", "thank-you/m/i1", "Thank Mia Manager", "Late", "Write",
    "You met yesterday at 11:00. More than 24 hours have passed; the note is still welcome." },
  { MET, "2026-03-05T12:00:00Z", "thank-you/m/i1", "Thank Mia Manager", "2 days late", "Write",
    "You met on 2 March at 11:00. The note is late; send it all the same, short." },
  { MET, "2026-03-02T12:00:00Z", "thank-you/d/-", "Write to Dora Decider", "Tomorrow", "Write",
    "The interview was on 2 March. Dora Decider decides, but you did not meet: introduce yourself in three lines." },
  { "'promised_date':'2026-03-03','promise_firm':true," QUIET, "2026-03-05T08:00:00Z", "check-in/h/0",
    "Ask Hanna Hr where things stand", "By Mon 9 Mar", "Write", "They said they would decide by 3 March. It is now 2 days past." },
  { "'promised_date':'2026-03-04'," QUIET, "2026-03-05T08:00:00Z", "check-in/h/0",
    "Ask Hanna Hr where things stand", "By Mon 9 Mar", "Write", "They hoped to decide by 4 March. It is now 1 day past." },
  { "'promised_date':'2026-03-13','promise_firm':true," QUIET, "2026-03-05T08:00:00Z", "check-in/h/0",
    "Check in with Hanna Hr", "Mon 16 Mar", "Write", "They said they would decide by 13 March. Stay quiet until then." },
  { "'promised_date':'2026-03-05'," QUIET, "2026-03-05T08:00:00Z", "check-in/h/0",
    "Check in with Hanna Hr", "Tomorrow", "Write", "They hoped to decide by 5 March. That is today; stay quiet until it has passed." },
  { QUIET, "2026-03-09T08:00:00Z", "check-in/h/0", "Check in with Hanna Hr", "By Wed 11 Mar", "Write",
    "You have heard nothing for 7 days, since 2 March." },
  { QUIET, "2026-03-05T08:00:00Z", "check-in/h/0", "Check in with Hanna Hr", "Mon 9 Mar", "Write",
    "The last contact was on 2 March. Stay quiet until 9 March." },
  { "'follow_up':'no','promised_date':'2026-03-13'," QUIET, "2026-03-20T08:00:00Z", "check-in/h/0", "Check in with Hanna Hr", "By Tue 24 Mar", "Write",
    "They hoped to decide by 13 March and asked you not to follow up. From 20 March on one short question is fair." },
  { "'follow_up':'no'," QUIET, "2026-03-16T08:00:00Z", "check-in/h/0", "Check in with Hanna Hr", "By Wed 18 Mar", "Write",
    "They asked you not to follow up, and the last contact was on 2 March. From 16 March on one short question is fair." },
  { "'follow_up_after':'2026-03-14'," QUIET, "2026-03-16T08:00:00Z", "check-in/h/0", "Check in with Hanna Hr", "By Wed 18 Mar", "Write",
    "They said you may ask from 14 March on." },
  { "'follow_up_person':'i'," QUIET, "2026-03-09T08:00:00Z", "check-in/i/0", "Check in with Ira Interviewer", "By Wed 11 Mar", "Write",
    "You have heard nothing for 7 days, since 2 March. They said that Ira Interviewer is the one to ask." },
  { "'rapport':'great'," ASKED, "2026-03-16T08:00:00Z", "escalation/m/1", "Write to Mia Manager", "By Wed 18 Mar", "Write",
    "You asked Hanna Hr on 9 March, 7 days ago, and got on very well with Mia Manager. Look for an article that fits." },
  { "'rapport':'great','articles':[{'id':'a1'}]," ASKED, "2026-03-16T08:00:00Z", "article/m/1", "Send Mia Manager an article", "By Wed 18 Mar", "Write",
    "You asked Hanna Hr on 9 March, 7 days ago, and got on very well with Mia Manager. A useful article asks without asking." },
  { "'strategy':'decision-maker-first'," MET ",'touches':[" THANKED "," OUT ("c1", "2026-03-09T09:00:00Z", "check-in", "email", "'d'") "]",
    "2026-03-10T08:00:00Z", "check-in/d/1", "Check in with Dora Decider", "Mon 16 Mar", NULL,
    "They have not decided yet, and you last wrote or called on 9 March. Ask once a week at most. You were in touch on 9 March. Next contact from 16 March." },
  { "'calls':[{'id':'k1','person':'m','wanted_at':'2026-03-03T09:00:00Z'}]," QUIET, "2026-03-04T09:00:00Z", "call/m/k1/offer",
    "Offer Mia Manager times for a call", "Tomorrow", NULL,
    "You have wanted to talk since 3 March. Offer three times on three days; calls are by appointment. Your thanks went out on 2 March. Let them rest; next contact from 5 March." },
  { "'calls':[{'id':'k1','person':'m','agreed_at':'2026-03-03T14:00:00Z'}]," QUIET, "2026-03-03T13:00:00Z", "call/m/k1",
    "Call Mia Manager", "By 15:00", "Call", "You agreed to talk today at 15:00. There is no telephone number for Mia Manager yet." },
  { ASKED, "2026-04-01T08:00:00Z", "keep-in-touch/h/1", "Share your own news with Hanna Hr", "By Mon 6 Apr", "Write",
    "It has been quiet since 9 March, for 3 weeks. Tell where you stand; ask nothing." },
  { "'status':'on-hold'," QUIET, "2026-03-10T08:00:00Z", "keep-in-touch/d/0", "Share your own news with Dora Decider", "Mon 23 Mar", "Write",
    "They have put it on hold, and it has been quiet since 2 March. From 23 March on share your own news; ask nothing." },
  { "'my_decision_date':'2026-03-20'," QUIET, "2026-03-13T08:00:00Z", "timeline/m/2026-03-20", "Tell Mia Manager your date is near", "By Thu 19 Mar", "Write",
    "You decide by 20 March. Remind them of it, and make it easy to say no." },
  { "'my_decision_date':'2026-03-09'," MET, "2026-03-03T09:00:00Z", "timeline/m/2026-03-09", "Tell Mia Manager your date is near", "11:00", NULL,
    "You decide by 9 March. Remind them of it, and make it easy to say no. Thank Mia Manager first; this waits until then, at the latest until 3 March." },
  { "'next_steps':[{'id':'s1','kind':'feedback','asked_at':'2026-03-05T09:00:00Z','asked_by':'h'}]", "2026-03-05T10:00:00Z", "feedback/h/s1",
    "Answer their request for feedback", "Tomorrow", "Done", "They asked on 5 March. Quick answers show that you are still interested." },
  { "'next_steps':[{'id':'s1','kind':'test','title':'Skills test','due':'2026-03-09T17:00:00Z'}]", "2026-03-08T18:00:00Z", "next-step/-/s1",
    "Finish “Skills test”", "Tomorrow", "Done", "They asked for it by Monday 9 March." },
  { "'next_steps':[{'id':'s1','kind':'reference','asked_at':'2026-03-05T09:00:00Z'}]", "2026-03-05T10:00:00Z", "next-step/-/s1",
    "Send the references", "By Mon 9 Mar", "Done", "They asked for it on 5 March and named no date. Do it soon." },
  { "'touches':[{'id':'n1','at':'2026-03-05T09:00:00Z','direction':'in','channel':'email','kind':'other','people':['h'],'needs_answer':true}]",
    "2026-03-05T10:00:00Z", "answer/h/n1", "Answer Hanna Hr", "Tomorrow", "Write", "Hanna Hr got in touch today at 10:00 and waits for an answer." },
  { "'touches':[{'id':'n1','at':'2026-03-05T09:00:00Z','direction':'in','channel':'email','kind':'other','people':[],'needs_answer':true}]",
    "2026-03-05T10:00:00Z", "answer/-/n1", "Answer Northwind", "Tomorrow", "Write",
    "They got in touch today at 10:00 and wait for an answer. Nobody is recorded to turn to; add somebody first." },
  { "'status':'rejected','status_changed_at':'2026-03-05T09:00:00Z'", "2026-03-05T10:00:00Z", "acknowledgement/m/2026-03-05",
    "Thank Mia Manager for letting you know", "By Sat 7 Mar", "Write", "They decided for somebody else on 5 March. One gracious line keeps the door open." },
  { "'status':'offer','status_changed_at':'2026-03-05T09:00:00Z','my_decision_date':'2026-03-12'", "2026-03-05T10:00:00Z", "answer/m/offer",
    "Answer the offer from Northwind", "By Sat 7 Mar", "Write", "They made you an offer on 5 March. Thank them, and say that you decide by 12 March." },
  { "'status':'offer','status_changed_at':'2026-03-05T09:00:00Z'", "2026-03-05T10:00:00Z", "answer/m/offer",
    "Answer the offer from Northwind", "By Sat 7 Mar", "Write", "They made you an offer on 5 March. Thank them, and say when you will decide." },
  { "'people':[{'id':'x','name':'Xena'}],'interviews':[{'id':'i1','starts_at':'2026-03-02T10:00:00+01:00','attendees':['x']}]", "2026-03-02T12:00:00Z",
    "complete/-/addresses", "Find Xena’s e-mail address", "By Wed 4 Mar", "Write",
    "You cannot reach Xena without it, and have been able to ask since 2 March. Ask HR or the recruiter." },
  { "'people':[{'id':'x','name':'Xena','email':'x@x.example'}],'interviews':[{'id':'i1','starts_at':'2026-03-02T10:00:00+01:00','attendees':['x']}]",
    "2026-03-03T12:00:00Z", "complete/-/decision-maker", "Find out who decides at Northwind", "By Thu 5 Mar", "Add Person",
    "The first interview was on 2 March, and nobody is recorded who decides. Ask HR, or look it up." },
  { QUIET ",'decisions':[{'key':'check-in/h/0','what':'snoozed','at':'2026-03-09T09:00:00Z','until':'2026-03-11T08:00:00Z'}]", "2026-03-10T08:00:00Z",
    "check-in/h/0", "Check in with Hanna Hr", "Tomorrow", NULL,
    "You have heard nothing for 8 days, since 2 March. You put it off; it comes back tomorrow at 09:00." },
  { "'calls':[{'id':'k1','person':'m','wanted_at':'2026-03-09T09:00:00Z'}]," QUIET, "2026-03-09T09:00:00Z", "check-in/h/0",
    "Check in with Hanna Hr", "Waiting", NULL,
    "You have heard nothing for 7 days, since 2 March. One message at a time: this waits until the other one is done." },
  { "'interviews':[{'id':'i1','starts_at':'2026-03-02T10:00:00+01:00'}]", "2026-03-02T12:00:00Z", "thank-you/-/i1",
    "Thank the people you met at Northwind", "Tomorrow", "Add People",
    "The interview ended today at 11:00, and nobody is written down yet. Add who was there, then thank them." },
};

static void
check_tone (const char *text)
{
  g_assert_cmpuint (strlen (text), >, 0);
  g_assert_null (strchr (text, '!'));
  g_assert_null (strstr (text, "%"));
  g_assert_true (g_utf8_validate (text, -1, NULL));
}

static void
test_words (gconstpointer data)
{
  const WordsCase *c = data;
  g_autoptr (AwTestAgenda) agenda = aw_test_agenda_new_for_case (NULL, c->facts);
  AwDossier *dossier = g_ptr_array_index (agenda->dossiers, 0);
  const AwFollowUp *item;
  g_autofree char *title = NULL;
  g_autofree char *pill = NULL;
  g_autofree char *button = NULL;
  g_autofree char *reason = NULL;
  g_autofree char *label = NULL;
  g_autofree char *notification_title = NULL;
  g_autofree char *notification_body = NULL;
  g_auto (GStrv) why = NULL;

  aw_test_agenda_plan (agenda, c->at);
  item = aw_test_agenda_find (agenda, c->key);
  if (item == NULL)
    {
      g_test_message ("not there: %s", c->key);
      g_test_fail ();
      return;
    }
  title = aw_words_title (item, dossier);
  pill = aw_words_pill (item, agenda->calendar, agenda->now);
  button = aw_words_button (item);
  reason = aw_words_reason (item, dossier, agenda->calendar, agenda->now);
  g_assert_cmpstr (title, ==, c->title);
  g_assert_cmpstr (pill, ==, c->pill);
  g_assert_cmpstr (button, ==, c->button);
  g_assert_cmpstr (reason, ==, c->reason);

  label = aw_words_label (item, dossier, agenda->calendar, agenda->now);
  notification_title = aw_words_notification_title (item, dossier, agenda->calendar, agenda->now);
  notification_body = aw_words_notification_body (item, dossier, agenda->calendar, agenda->now);
  check_tone (reason);
  check_tone (notification_title);
  check_tone (notification_body);
  g_assert_true (g_str_has_prefix (label, title));
  g_assert_nonnull (strstr (label, "Northwind"));

  /* The rule, the dates, whose view it is. */
  why = aw_words_why (item, dossier, agenda->calendar, agenda->now);
  g_assert_cmpuint (g_strv_length (why), >=, 3);
  g_assert_cmpstr (why[1], ==, reason);
  for (char **paragraph = why; *paragraph != NULL; paragraph++)
    check_tone (*paragraph);
  aw_words_why_setting (item);
}

static void
test_why (void)
{
  g_autoptr (AwTestAgenda) agenda = aw_test_agenda_new_for_case (NULL, QUIET);
  AwDossier *dossier = g_ptr_array_index (agenda->dossiers, 0);
  const AwFollowUp *item;
  g_auto (GStrv) why = NULL;

  aw_test_agenda_plan (agenda, "2026-03-09T08:00:00Z");
  item = aw_test_agenda_find (agenda, "check-in/h/0");
  why = aw_words_why (item, dossier, agenda->calendar, agenda->now);
  g_assert_true (g_str_has_prefix (why[0], "When you hear nothing, ask HR first"));
  g_assert_nonnull (strstr (why[2], "career coach"));
  g_assert_nonnull (strstr (why[2], "career consultancy would"));
  g_assert_nonnull (strstr (why[3], "asking does no harm"));
  g_assert_cmpstr (aw_words_why_setting (item), ==, "strategy");
}

static void
test_notifications (void)
{
  g_autoptr (AwTestAgenda) agenda = aw_test_agenda_new_for_case (NULL, "'interviews':[{'id':'i1','starts_at':'2026-03-02T10:00:00+01:00','attendees':['m']}]");
  AwDossier *dossier = g_ptr_array_index (agenda->dossiers, 0);
  g_autofree char *thanks = NULL;
  g_autofree char *body = NULL;
  g_autofree char *debrief = NULL;

  aw_test_agenda_plan (agenda, "2026-03-03T09:00:00Z");
  thanks = aw_words_notification_title (aw_test_agenda_find (agenda, "thank-you/m/i1"), dossier, agenda->calendar, agenda->now);
  body = aw_words_notification_body (aw_test_agenda_find (agenda, "thank-you/m/i1"), dossier, agenda->calendar, agenda->now);
  debrief = aw_words_notification_title (aw_test_agenda_find (agenda, "debrief/-/i1"), dossier, agenda->calendar, agenda->now);
  g_assert_cmpstr (thanks, ==, "Thank Mia Manager by 11:00");
  g_assert_true (g_str_has_prefix (body, "Northwind. You met yesterday at 11:00."));
  g_assert_cmpstr (debrief, ==, "Before you leave Northwind");
}

static void
test_vocabularies (void)
{
  g_autoptr (AwPerson) person = AW_PERSON (aw_record_new (AW_TYPE_PERSON, "o1"));
  g_autofree char *roles = NULL;

  for (guint i = 0; i < aw_statuses.n_names; i++)
    g_assert_cmpstr (aw_words_status ((AwStatus) i), !=, "");
  for (guint i = 0; i < aw_roles.n_names; i++)
    g_assert_cmpstr (aw_words_role ((AwRoles) (1u << i)), !=, "");
  for (guint i = 1; i < aw_stages.n_names; i++)
    g_assert_cmpstr (aw_words_stage ((AwStage) i), !=, "");
  for (guint i = 1; i < aw_formats.n_names; i++)
    g_assert_cmpstr (aw_words_format ((AwFormat) i), !=, "");
  for (guint i = 1; i < aw_channels.n_names; i++)
    g_assert_cmpstr (aw_words_channel ((AwChannel) i), !=, "");
  for (guint i = 1; i < aw_touch_kinds.n_names; i++)
    g_assert_cmpstr (aw_words_touch_kind ((AwTouchKind) i), !=, "");
  for (guint i = 0; i < aw_rapports.n_names; i++)
    g_assert_cmpstr (aw_words_rapport ((AwRapport) i), !=, "");
  for (guint i = 1; i < aw_step_kinds.n_names; i++)
    g_assert_cmpstr (aw_words_step_kind ((AwStepKind) i), !=, "");
  g_assert_cmpstr (aw_words_stage (AW_STAGE_UNSET), ==, "");
  roles = aw_words_roles (person);
  g_assert_cmpstr (roles, ==, "Interviewer");
}

/* Phrases in rows and on marks: a capital at the beginning and in names only. */
static void
test_contact (void)
{
  for (guint i = 0; i < aw_touch_kinds.n_names; i++)
    {
      g_autofree char *alone = aw_words_contact ((AwTouchKind) i, NULL);
      g_autofree char *with = aw_words_contact ((AwTouchKind) i, "marcus");

      g_assert_true (g_ascii_isupper (alone[0]) && g_ascii_isupper (with[0]));
      for (const char *c = alone + 1; *c != '\0'; c++)
        g_assert_false (g_ascii_isupper (*c));
      for (const char *c = with + 1; *c != '\0'; c++)
        g_assert_false (g_ascii_isupper (*c));
      g_assert_true (g_str_has_suffix (with, " marcus"));
    }
  {
    g_autofree char *thanks = aw_words_contact (AW_TOUCH_THANK_YOU, "Marcus Bell");

    g_assert_cmpstr (thanks, ==, "Thank-you note to Marcus Bell");
  }
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/words/%02u/%s", i, cases[i].key);

      g_test_add_data_func (path, &cases[i], test_words);
    }
  g_test_add_func ("/words/why", test_why);
  g_test_add_func ("/words/notifications", test_notifications);
  g_test_add_func ("/words/vocabularies", test_vocabularies);
  g_test_add_func ("/words/contact", test_contact);
  return g_test_run ();
}
