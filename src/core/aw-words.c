/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/aw-words-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Names of the vocabularies' words, titles, buttons and labels. */

/* People and companies ----------------------------------------------------- */

const char *
aw_words_company (AwDossier *dossier)
{
  const char *company = aw_dossier_get_opportunity (dossier)->company;

  /* Translators: stands for the name of a company that was not recorded. */
  return company != NULL && *company != '\0' ? company : _("this company");
}

const char *
aw_words_name (AwDossier *dossier,
               const char *person)
{
  AwPerson *record = aw_dossier_find_person (dossier, person);
  const char *name = record != NULL ? aw_person_get_short_name (record) : "";

  /* Translators: stands for the name of a person that was not recorded. */
  return *name != '\0' ? name : _("somebody there");
}

gboolean
aw_words_is_known (AwDossier *dossier,
                   const char *person)
{
  return aw_dossier_find_person (dossier, person) != NULL;
}

const char *
aw_words_rule (const AwFollowUp *follow_up)
{
  return follow_up->rules[0] != NULL ? follow_up->rules[0] : "";
}

/* Titles ------------------------------------------------------------------- */

static char *
check_in_title (const AwFollowUp *follow_up,
                AwDossier *dossier)
{
  if (!aw_words_is_known (dossier, follow_up->person))
    /* Translators: the name of a company */
    return g_strdup_printf (_("Ask %s where things stand"), aw_words_company (dossier));
  if (follow_up->channel == AW_CHANNEL_PHONE)
    return g_strdup_printf (_("Call %s"), aw_words_name (dossier, follow_up->person));
  if (follow_up->reason.id == AW_REASON_PROMISED && follow_up->reason.n > 0)
    return g_strdup_printf (_("Ask %s where things stand"), aw_words_name (dossier, follow_up->person));
  return g_strdup_printf (_("Check in with %s"), aw_words_name (dossier, follow_up->person));
}

static char *
thank_you_title (const AwFollowUp *follow_up,
                 AwDossier *dossier)
{
  if (!aw_words_is_known (dossier, follow_up->person))
    return g_strdup_printf (_("Thank the people you met at %s"), aw_words_company (dossier));
  if (g_str_equal (aw_words_rule (follow_up), "R4"))
    return g_strdup_printf (_("Write to %s"), aw_words_name (dossier, follow_up->person));
  return g_strdup_printf (_("Thank %s"), aw_words_name (dossier, follow_up->person));
}

static char *
step_title (const AwFollowUp *follow_up,
            AwDossier *dossier)
{
  const AwStep *step = aw_dossier_find (dossier, AW_RECORD_STEP, follow_up->reason.other);

  if (step != NULL && step->title != NULL && *step->title != '\0')
    /* Translators: what they asked for, in the user's own words */
    return g_strdup_printf (_("Finish “%s”"), step->title);
  if (step != NULL && step->kind == AW_STEP_TEST)
    return g_strdup (_("Finish the test"));
  if (step != NULL && step->kind == AW_STEP_ASSESSMENT)
    return g_strdup (_("Finish the assessment"));
  if (step != NULL && step->kind == AW_STEP_REFERENCE)
    return g_strdup (_("Send the references"));
  return g_strdup (_("Do what they asked for"));
}

static char *
feedback_title (const AwFollowUp *follow_up,
                AwDossier *dossier)
{
  const AwStep *step = aw_dossier_find (dossier, AW_RECORD_STEP, follow_up->reason.other);

  if (step != NULL && step->title != NULL && *step->title != '\0')
    /* Translators: what they asked for, in the user's own words */
    return g_strdup_printf (_("Answer “%s”"), step->title);
  if (step != NULL && step->kind == AW_STEP_FORM)
    return g_strdup (_("Fill in their form"));
  return g_strdup (_("Answer their request for feedback"));
}

static char *
addresses_title (const AwFollowUp *follow_up,
                 AwDossier *dossier)
{
  guint n = follow_up->people != NULL ? g_strv_length ((char **) follow_up->people) : 0;
  const char *name;

  if (n != 1)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Find the address of %u person at %s",
                                         "Find the addresses of %u people at %s", n),
                            n, aw_words_company (dossier));
  name = aw_words_name (dossier, follow_up->people[0]);
  if (follow_up->missing == AW_MISSING_EMAIL)
    return g_strdup_printf (_("Find %s’s e-mail address"), name);
  if (follow_up->missing == AW_MISSING_PHONE)
    return g_strdup_printf (_("Find %s’s telephone number"), name);
  return g_strdup_printf (_("Find out how to reach %s"), name);
}

static char *
complete_title (const AwFollowUp *follow_up,
                AwDossier *dossier)
{
  if (follow_up->reason.id == AW_REASON_ADDRESSES)
    return addresses_title (follow_up, dossier);
  if (follow_up->reason.id == AW_REASON_DECISION_MAKER)
    return g_strdup_printf (_("Find out who decides at %s"), aw_words_company (dossier));
  return g_strdup_printf (_("Go on with %s, or close it"), aw_words_company (dossier));
}

static char *
answer_title (const AwFollowUp *follow_up,
              AwDossier *dossier)
{
  if (follow_up->reason.id == AW_REASON_OFFER)
    return g_strdup_printf (_("Answer the offer from %s"), aw_words_company (dossier));
  if (!aw_words_is_known (dossier, follow_up->person))
    return g_strdup_printf (_("Answer %s"), aw_words_company (dossier));
  return g_strdup_printf (_("Answer %s"), aw_words_name (dossier, follow_up->person));
}

static char *
to_person_or_company (const char *format,
                      const AwFollowUp *follow_up,
                      AwDossier *dossier)
{
  const char *whom = aw_words_is_known (dossier, follow_up->person) ? aw_words_name (dossier, follow_up->person)
                                                                    : aw_words_company (dossier);
  g_autoptr (GString) text = g_string_new (format);

  g_string_replace (text, "%s", whom, 1);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * aw_words_title:
 * @follow_up: an item of a plan
 * @dossier: its opportunity
 *
 * Returns: (transfer full): what to do, and for whom
 */
char *
aw_words_title (const AwFollowUp *follow_up,
                AwDossier *dossier)
{
  switch (follow_up->kind)
    {
    case AW_DUTY_PREPARE:
      return g_strdup_printf (_("Get ready for %s"), aw_words_company (dossier));
    case AW_DUTY_DEBRIEF:
      return g_strdup_printf (_("Write down what you heard at %s"), aw_words_company (dossier));
    case AW_DUTY_THANK_YOU:
      return thank_you_title (follow_up, dossier);
    case AW_DUTY_LETTER:
      return to_person_or_company (_("Send %s a note by hand"), follow_up, dossier);
    case AW_DUTY_CHECK_IN:
      return check_in_title (follow_up, dossier);
    case AW_DUTY_ESCALATION:
      return to_person_or_company (_("Write to %s"), follow_up, dossier);
    case AW_DUTY_ARTICLE:
      return to_person_or_company (_("Send %s an article"), follow_up, dossier);
    case AW_DUTY_CALL:
      return to_person_or_company (follow_up->channel == AW_CHANNEL_PHONE ? _("Call %s") : _("Offer %s times for a call"),
                                   follow_up, dossier);
    case AW_DUTY_KEEP_IN_TOUCH:
      return to_person_or_company (_("Share your own news with %s"), follow_up, dossier);
    case AW_DUTY_TIMELINE:
      return to_person_or_company (_("Tell %s your date is near"), follow_up, dossier);
    case AW_DUTY_FEEDBACK:
      return feedback_title (follow_up, dossier);
    case AW_DUTY_NEXT_STEP:
      return step_title (follow_up, dossier);
    case AW_DUTY_ANSWER:
      return answer_title (follow_up, dossier);
    case AW_DUTY_ACKNOWLEDGEMENT:
      return to_person_or_company (_("Thank %s for letting you know"), follow_up, dossier);
    case AW_DUTY_COMPLETE:
      return complete_title (follow_up, dossier);
    default:
      g_return_val_if_reached (NULL);
    }
}

/**
 * aw_words_button:
 * @follow_up: an item of a plan
 *
 * Returns: (transfer full) (nullable): the words on its button; %NULL while it
 *   waits
 */
char *
aw_words_button (const AwFollowUp *follow_up)
{
  if (follow_up->state == AW_STATE_WAITING)
    return NULL;

  switch (follow_up->kind)
    {
    case AW_DUTY_PREPARE:
      return g_strdup (_("Open Checklist"));
    case AW_DUTY_DEBRIEF:
      return g_strdup (_("Write Down"));
    case AW_DUTY_FEEDBACK:
    case AW_DUTY_NEXT_STEP:
      return g_strdup (_("Done"));
    case AW_DUTY_COMPLETE:
      if (follow_up->reason.id == AW_REASON_STATUS)
        return g_strdup (_("Decide"));
      return g_strdup (follow_up->reason.id == AW_REASON_DECISION_MAKER ? _("Add Person") : _("Write"));
    case AW_DUTY_THANK_YOU:
      return g_strdup (follow_up->missing & AW_MISSING_ATTENDEES ? _("Add People") : _("Write"));
    case AW_DUTY_LETTER:
    case AW_DUTY_CHECK_IN:
    case AW_DUTY_ESCALATION:
    case AW_DUTY_ARTICLE:
    case AW_DUTY_CALL:
    case AW_DUTY_KEEP_IN_TOUCH:
    case AW_DUTY_TIMELINE:
    case AW_DUTY_ANSWER:
    case AW_DUTY_ACKNOWLEDGEMENT:
      return g_strdup (follow_up->channel == AW_CHANNEL_PHONE ? _("Call") : _("Write"));
    default:
      g_return_val_if_reached (NULL);
    }
}

/* When, for the accessible label: whole words, as a screen reader says them. */
static char *
when_words (const AwFollowUp *follow_up,
            AwCalendar *calendar,
            gint64 now)
{
  gint64 at = follow_up->state == AW_STATE_UPCOMING ? follow_up->opens : follow_up->due;
  g_autofree char *relative = NULL;

  if (follow_up->state == AW_STATE_WAITING)
    {
      if (follow_up->waiting_until == AW_NEVER)
        return g_strdup (_("waiting"));
      relative = aw_words_relative (calendar, follow_up->waiting_until, now);
      /* Translators: "waiting, next today at 14:30", "waiting, next on 5 March at 09:00" */
      return g_strdup_printf (_("waiting, next %s"), relative);
    }

  relative = aw_words_relative (calendar, at, now);
  if (follow_up->state == AW_STATE_UPCOMING)
    /* Translators: "opens tomorrow at 09:00" */
    return g_strdup_printf (_("opens %s"), relative);
  if (follow_up->state == AW_STATE_OVERDUE || at < now)
    return g_strdup_printf (_("was due %s"), relative);
  if (aw_calendar_date_of (calendar, NULL, at) == aw_calendar_date_of (calendar, NULL, now))
    {
      g_autofree char *time = aw_words_time (calendar, at);

      return g_strdup_printf (_("due today by %s"), time);
    }
  return g_strdup_printf (_("due %s"), relative);
}

/**
 * aw_words_label:
 * @follow_up: an item of a plan
 * @dossier: its opportunity
 * @calendar: the user's calendar
 * @now: the present
 *
 * Returns: (transfer full): the accessible name of its row: what, where, when
 */
char *
aw_words_label (const AwFollowUp *follow_up,
                AwDossier *dossier,
                AwCalendar *calendar,
                gint64 now)
{
  g_autofree char *title = aw_words_title (follow_up, dossier);
  g_autofree char *when = when_words (follow_up, calendar, now);

  /* Many titles name the company already. */
  if (strstr (title, aw_words_company (dossier)) != NULL)
    /* Translators: "Get ready for Harbor & Finch, opens tomorrow at 14:00" */
    return g_strdup_printf (C_("accessible label", "%s, %s"), title, when);
  /* Translators: "Thank Marcus Bell, Harbor & Finch, due today by 14:30" */
  return g_strdup_printf (C_("accessible label", "%s, %s, %s"), title, aw_words_company (dossier), when);
}

/* Notifications ------------------------------------------------------------ */

/**
 * aw_words_notification_title:
 * @follow_up: an item of a plan
 * @dossier: its opportunity
 * @calendar: the user's calendar
 * @now: the present
 *
 * Returns: (transfer full): the title of its notification
 */
char *
aw_words_notification_title (const AwFollowUp *follow_up,
                             AwDossier *dossier,
                             AwCalendar *calendar,
                             gint64 now)
{
  g_autofree char *title = aw_words_title (follow_up, dossier);
  g_autofree char *until = NULL;
  AwDate due = aw_calendar_date_of (calendar, NULL, follow_up->due);
  AwDate today = aw_calendar_date_of (calendar, NULL, now);

  if (follow_up->kind == AW_DUTY_DEBRIEF)
    return g_strdup_printf (_("Before you leave %s"), aw_words_company (dossier));
  if (now > follow_up->due || follow_up->missing != 0 ||
      (follow_up->kind != AW_DUTY_THANK_YOU && follow_up->kind != AW_DUTY_NEXT_STEP &&
       follow_up->kind != AW_DUTY_FEEDBACK && follow_up->kind != AW_DUTY_ANSWER))
    return g_steal_pointer (&title);

  if (due == today)
    until = aw_words_time (calendar, follow_up->due);
  else if (due == today + 1)
    until = g_strdup (C_("by a day", "tomorrow"));
  else
    until = aw_words_weekday_date (due);
  /* Translators: what to do, then a time or a day: "Thank Marcus Bell by 14:30", "Finish the test by Monday 9 March" */
  return g_strdup_printf (_("%s by %s"), title, until);
}

/**
 * aw_words_notification_body:
 * @follow_up: an item of a plan
 * @dossier: its opportunity
 * @calendar: the user's calendar
 * @now: the present
 *
 * Returns: (transfer full): the text of its notification
 */
char *
aw_words_notification_body (const AwFollowUp *follow_up,
                            AwDossier *dossier,
                            AwCalendar *calendar,
                            gint64 now)
{
  g_autofree char *reason = NULL;

  if (follow_up->kind == AW_DUTY_DEBRIEF)
    return g_strdup (_("Ask for names, addresses and the date of the decision."));
  reason = aw_words_reason (follow_up, dossier, calendar, now);
  /* Translators: a company, then why: "Harbor & Finch. You met yesterday at 14:30." */
  return g_strdup_printf (_("%s. %s"), aw_words_company (dossier), reason);
}

/* Vocabularies ------------------------------------------------------------- */

#define WORD(table, value) \
  ((guint) (value) < G_N_ELEMENTS (table) && (table)[value] != NULL ? _((table)[value]) : "")

/**
 * aw_words_status:
 * @status: a status
 *
 * Returns: its name
 */
const char *
aw_words_status (AwStatus status)
{
  static const char *const words[] = {
    N_("Active"), N_("On Hold"), N_("Offer"), N_("Accepted"), N_("Declined"), N_("Rejected"), N_("Withdrawn"),
    N_("No Answer"),
  };

  return WORD (words, status);
}

/**
 * aw_words_role:
 * @role: one flag
 *
 * Returns: its name
 */
const char *
aw_words_role (AwRoles role)
{
  switch (role)
    {
    case AW_ROLE_HR:
      return _("HR");
    case AW_ROLE_RECRUITER:
      return _("Recruiter");
    case AW_ROLE_INTERVIEWER:
      return _("Interviewer");
    case AW_ROLE_HIRING_MANAGER:
      return _("Hiring manager");
    case AW_ROLE_DECISION_MAKER:
      return _("Decision maker");
    default:
      return "";
    }
}

/**
 * aw_words_roles:
 * @person: a person
 *
 * Returns: the name of the role that says most about @person
 */
char *
aw_words_roles (AwPerson *person)
{
  static const AwRoles telling[] = {
    AW_ROLE_HIRING_MANAGER, AW_ROLE_DECISION_MAKER, AW_ROLE_HR, AW_ROLE_RECRUITER, AW_ROLE_INTERVIEWER,
  };
  AwRoles roles;

  g_return_val_if_fail (AW_IS_PERSON (person), NULL);

  roles = aw_person_get_roles (person);
  for (guint i = 0; i < G_N_ELEMENTS (telling); i++)
    if (roles & telling[i])
      return g_strdup (aw_words_role (telling[i]));
  return g_strdup ("");
}

/**
 * aw_words_stage:
 * @stage: a stage
 *
 * Returns: its name, "" if none is recorded
 */
const char *
aw_words_stage (AwStage stage)
{
  static const char *const words[] = {
    NULL, N_("Phone screen"), N_("First interview"), N_("Second interview"), N_("Panel"), N_("Technical interview"),
    N_("Final interview"), N_("Other"),
  };

  return WORD (words, stage);
}

/**
 * aw_words_format:
 * @format: a format
 *
 * Returns: its name, "" if none is recorded
 */
const char *
aw_words_format (AwFormat format)
{
  static const char *const words[] = { NULL, N_("Phone"), N_("Video"), N_("On site") };

  return WORD (words, format);
}

/**
 * aw_words_channel:
 * @channel: a channel
 *
 * Returns: its name, "" if none is recorded
 */
const char *
aw_words_channel (AwChannel channel)
{
  static const char *const words[] = {
    NULL, N_("E-mail"), N_("Phone"), N_("Letter"), N_("Message"), N_("In person"),
  };

  return WORD (words, channel);
}

/**
 * aw_words_touch_kind:
 * @kind: what a touch or message is
 *
 * Returns: its name, "" if none is recorded
 */
const char *
aw_words_touch_kind (AwTouchKind kind)
{
  static const char *const words[] = {
    NULL, N_("Thank-You Note"), N_("Check-In"), N_("Note to the Manager"), N_("Article"), N_("Own Deadline"),
    N_("News"), N_("Call"), N_("Request"), N_("Feedback"), N_("Answer"), N_("Acknowledgement"), N_("Other"),
  };

  return WORD (words, kind);
}

/**
 * aw_words_contact_kind:
 * @kind: what a touch or message is
 *
 * Returns: its name as a phrase, for rows and marks: "Check-in"
 */
const char *
aw_words_contact_kind (AwTouchKind kind)
{
  /* Translators: what was sent or done: phrases, not titles. */
  static const char *const words[] = {
    N_("Message"), N_("Thank-you note"), N_("Check-in"), N_("Note to the manager"), N_("Article"), N_("Own deadline"),
    N_("News"), N_("Phone call"), N_("Request"), N_("Feedback"), N_("Answer"), N_("Acknowledgement"), N_("Other"),
  };

  return WORD (words, kind);
}

/**
 * aw_words_contact:
 * @kind: what a touch or message is
 * @who: (nullable): whom it was meant for
 *
 * Returns: (transfer full): it as a phrase, for rows and marks: "Check-in with
 *   Aiko Tanaka", "Check-in"
 */
char *
aw_words_contact (AwTouchKind kind,
                  const char *who)
{
  if (who == NULL)
    return g_strdup (aw_words_contact_kind (kind != AW_TOUCH_OTHER ? kind : AW_TOUCH_UNSET));
  switch (kind)
    {
    /* Translators: what was sent or done, and for whom: phrases, not titles. */
    case AW_TOUCH_THANK_YOU:
      return g_strdup_printf (_("Thank-you note to %s"), who);
    case AW_TOUCH_CHECK_IN:
      return g_strdup_printf (_("Check-in with %s"), who);
    case AW_TOUCH_ESCALATION:
      return g_strdup_printf (_("Note to %s"), who);
    case AW_TOUCH_ARTICLE:
      return g_strdup_printf (_("Article for %s"), who);
    case AW_TOUCH_TIMELINE:
      return g_strdup_printf (_("Own deadline, told to %s"), who);
    case AW_TOUCH_KEEP_IN_TOUCH:
      return g_strdup_printf (_("News for %s"), who);
    case AW_TOUCH_CALL:
      return g_strdup_printf (_("Phone call to %s"), who);
    case AW_TOUCH_REQUEST:
      return g_strdup_printf (_("Request to %s"), who);
    case AW_TOUCH_FEEDBACK:
      return g_strdup_printf (_("Feedback to %s"), who);
    case AW_TOUCH_ANSWER:
      return g_strdup_printf (_("Answer to %s"), who);
    case AW_TOUCH_ACKNOWLEDGEMENT:
      return g_strdup_printf (_("Acknowledgement to %s"), who);
    case AW_TOUCH_UNSET:
    case AW_TOUCH_OTHER:
    default:
      return g_strdup_printf (_("Message to %s"), who);
    }
}

/**
 * aw_words_rapport:
 * @rapport: how one got on
 *
 * Returns: its name
 */
const char *
aw_words_rapport (AwRapport rapport)
{
  static const char *const words[] = { N_("Unknown"), N_("Poor"), N_("Fair"), N_("Good"), N_("Great") };

  return WORD (words, rapport);
}

/**
 * aw_words_step_kind:
 * @kind: a kind of next step
 *
 * Returns: its name, "" if none is recorded
 */
const char *
aw_words_step_kind (AwStepKind kind)
{
  static const char *const words[] = {
    NULL, N_("Test"), N_("Assessment"), N_("Reference"), N_("Form"), N_("Feedback"), N_("Other"),
  };

  return WORD (words, kind);
}
