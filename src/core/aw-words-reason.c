/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/aw-words-private.h"

#include <glib/gi18n-lib.h>

/* Why now: a sentence or three, with the dates and names the rule used. No
 * blame, no pressure, no exclamation marks. */

typedef struct
{
  const AwFollowUp *follow_up;
  AwDossier *dossier;
  AwCalendar *calendar;
  gint64 now;
  AwDate today;
} Context;

#define PLURAL(one, many, n) g_dngettext (GETTEXT_PACKAGE, one, many, (gulong) (n))

static const char *
name_of (const Context *c)
{
  return aw_words_name (c->dossier, c->follow_up->person);
}

static gboolean
is_open (const Context *c)
{
  return c->follow_up->state == AW_STATE_DUE || c->follow_up->state == AW_STATE_OVERDUE;
}

/* The day of the reason's instant, such as "5 March". */
static char *
reason_day (const Context *c)
{
  return aw_words_day_of (c->calendar, c->follow_up->reason.date);
}

static char *
reason_moment (const Context *c)
{
  return aw_words_relative (c->calendar, c->follow_up->reason.date, c->now);
}

static char *
opening_day (const Context *c)
{
  return aw_words_day_of (c->calendar, c->follow_up->opens);
}

static char *
prepare_reason (const Context *c)
{
  g_autofree char *moment = reason_moment (c);

  /* Translators: "tomorrow at 14:00" */
  return g_strdup_printf (_("The interview begins %s. Look at what to ask before you leave."), moment);
}

static char *
debrief_reason (const Context *c)
{
  g_autofree char *moment = reason_moment (c);

  /* Translators: "today at 14:00" */
  return g_strdup_printf (_("The interview ended %s. Note names, addresses and what was said while it is fresh."), moment);
}

static char *
thank_reason (const Context *c)
{
  g_autofree char *moment = reason_moment (c);
  int hours = aw_calendar_get_policy (c->calendar)->thank_you_hours;

  if (c->follow_up->state == AW_STATE_OVERDUE || c->now > c->follow_up->due)
    /* Translators: "yesterday at 14:30" */
    return g_strdup_printf (PLURAL ("You met %s. More than %d hour has passed; the note is still welcome.",
                                    "You met %s. More than %d hours have passed; the note is still welcome.", hours),
                            moment, hours);
  return g_strdup_printf (PLURAL ("You met %s. Send the note within %d hour.",
                                  "You met %s. Send the note within %d hours.", hours),
                          moment, hours);
}

static char *
thank_late_reason (const Context *c)
{
  g_autofree char *moment = reason_moment (c);

  return g_strdup_printf (_("You met %s. The note is late; send it all the same, short."), moment);
}

static char *
thank_unmet_reason (const Context *c)
{
  g_autofree char *day = reason_day (c);

  /* Translators: a date, then the name of somebody who decides */
  return g_strdup_printf (_("The interview was on %s. %s decides, but you did not meet: introduce yourself in three lines."),
                          day, name_of (c));
}

static char *
thank_nobody_reason (const Context *c)
{
  g_autofree char *moment = reason_moment (c);

  return g_strdup_printf (_("The interview ended %s, and nobody is written down yet. Add who was there, then thank them."),
                          moment);
}

static char *
letter_reason (const Context *c)
{
  g_autofree char *day = reason_day (c);

  return g_strdup_printf (_("Your e-mail went out on %s. A note by hand comes on top of it and may take days."), day);
}

static char *
promised_reason (const Context *c)
{
  const AwReason *reason = &c->follow_up->reason;
  int days = c->today - reason->day;
  g_autofree char *day = aw_words_date (reason->day);
  g_autofree char *said = NULL;

  said = g_strdup_printf (reason->firm ? _("They said they would decide by %s.") : _("They hoped to decide by %s."), day);
  if (days > 0)
    return g_strdup_printf (PLURAL ("%s It is now %d day past.", "%s It is now %d days past.", days), said, days);
  /* Translators: the argument is "They said they would decide by 3 March." */
  return g_strdup_printf (days == 0 ? _("%s That is today; stay quiet until it has passed.") : _("%s Stay quiet until then."),
                          said);
}

static char *
silence_reason (const Context *c)
{
  const AwReason *reason = &c->follow_up->reason;
  int days = c->today - aw_calendar_date_of (c->calendar, NULL, reason->date);
  g_autofree char *day = reason_day (c);
  g_autofree char *opens = NULL;

  if (c->follow_up->state == AW_STATE_UPCOMING)
    {
      opens = opening_day (c);
      return g_strdup_printf (_("The last contact was on %s. Stay quiet until %s."), day, opens);
    }
  return g_strdup_printf (PLURAL ("You have heard nothing for %d day, since %s.",
                                  "You have heard nothing for %d days, since %s.", days),
                          days, day);
}

static char *
told_not_to_reason (const Context *c)
{
  const AwReason *reason = &c->follow_up->reason;
  g_autofree char *opens = opening_day (c);
  g_autofree char *day = NULL;

  if (reason->day != AW_DATE_NONE)
    {
      day = aw_words_date (reason->day);
      return g_strdup_printf (reason->firm
                                ? _("They said they would decide by %s and asked you not to follow up. From %s on one short question is fair.")
                                : _("They hoped to decide by %s and asked you not to follow up. From %s on one short question is fair."),
                              day, opens);
    }
  day = reason_day (c);
  return g_strdup_printf (_("They asked you not to follow up, and the last contact was on %s. From %s on one short question is fair."),
                          day, opens);
}

static char *
follow_up_after_reason (const Context *c)
{
  g_autofree char *day = aw_words_date (c->follow_up->reason.by_day);

  return g_strdup_printf (_("They said you may ask from %s on."), day);
}

static char *
escalate_reason (const Context *c)
{
  const AwReason *reason = &c->follow_up->reason;
  int days = c->today - aw_calendar_date_of (c->calendar, NULL, reason->date);
  gboolean is_great = aw_dossier_get_opportunity (c->dossier)->rapport == AW_RAPPORT_GREAT;
  g_autofree char *day = reason_day (c);
  const char *asked = aw_words_is_known (c->dossier, reason->other) ? aw_words_name (c->dossier, reason->other) : _("HR");

  if (is_great)
    /* Translators: who was asked, the date, and with whom one got on */
    return g_strdup_printf (PLURAL ("You asked %s on %s, %d day ago, and got on very well with %s.",
                                    "You asked %s on %s, %d days ago, and got on very well with %s.", days),
                            asked, day, days, name_of (c));
  return g_strdup_printf (PLURAL ("You asked %s on %s, %d day ago, and got on well with %s.",
                                  "You asked %s on %s, %d days ago, and got on well with %s.", days),
                          asked, day, days, name_of (c));
}

static char *
weekly_reason (const Context *c)
{
  g_autofree char *day = NULL;

  if (c->follow_up->reason.date == AW_NEVER)
    return g_strdup (_("They have not decided yet. Ask once a week at most."));
  day = reason_day (c);
  return g_strdup_printf (_("They have not decided yet, and you last wrote or called on %s. Ask once a week at most."), day);
}

static char *
offer_call_reason (const Context *c)
{
  g_autofree char *day = reason_day (c);

  return g_strdup_printf (_("You have wanted to talk since %s. Offer three times on three days; calls are by appointment."), day);
}

static char *
call_reason (const Context *c)
{
  g_autofree char *moment = reason_moment (c);

  /* Translators: "today at 15:00" */
  return g_strdup_printf (_("You agreed to talk %s."), moment);
}

static char *
keep_in_touch_reason (const Context *c)
{
  int days = c->today - aw_calendar_date_of (c->calendar, NULL, c->follow_up->reason.date);
  int weeks = days / 7;
  g_autofree char *day = reason_day (c);
  g_autofree char *opens = NULL;

  if (c->follow_up->state == AW_STATE_UPCOMING)
    {
      opens = opening_day (c);
      return g_strdup_printf (_("The last contact was on %s. Stay quiet until %s; then tell where you stand, and ask nothing."),
                              day, opens);
    }
  if (weeks < 2)
    return g_strdup_printf (_("It has been quiet since %s. Tell where you stand; ask nothing."), day);
  return g_strdup_printf (PLURAL ("It has been quiet since %s, for %d week. Tell where you stand; ask nothing.",
                                  "It has been quiet since %s, for %d weeks. Tell where you stand; ask nothing.", weeks),
                          day, weeks);
}

static char *
on_hold_reason (const Context *c)
{
  g_autofree char *day = reason_day (c);
  g_autofree char *opens = opening_day (c);

  return g_strdup_printf (_("They have put it on hold, and it has been quiet since %s. From %s on share your own news; ask nothing."),
                          day, opens);
}

static char *
timeline_reason (const Context *c)
{
  g_autofree char *day = aw_words_date (c->follow_up->reason.day);

  return g_strdup_printf (_("You decide by %s. Remind them of it, and make it easy to say no."), day);
}

static char *
feedback_reason (const Context *c)
{
  g_autofree char *day = reason_day (c);

  return g_strdup_printf (_("They asked on %s. Quick answers show that you are still interested."), day);
}

static char *
step_reason (const Context *c)
{
  g_autofree char *day = aw_words_weekday_date (aw_calendar_date_of (c->calendar, NULL, c->follow_up->reason.date));

  return g_strdup_printf (_("They asked for it by %s."), day);
}

static char *
step_no_due_reason (const Context *c)
{
  g_autofree char *day = reason_day (c);

  return g_strdup_printf (_("They asked for it on %s and named no date. Do it soon."), day);
}

static char *
answer_reason (const Context *c)
{
  g_autofree char *moment = reason_moment (c);

  if (aw_words_is_known (c->dossier, c->follow_up->person))
    /* Translators: a name, then "yesterday at 14:30" */
    return g_strdup_printf (_("%s got in touch %s and waits for an answer."), name_of (c), moment);
  return g_strdup_printf (_("They got in touch %s and wait for an answer."), moment);
}

static char *
acknowledge_reason (const Context *c)
{
  g_autofree char *day = aw_words_date (c->follow_up->reason.day);

  return g_strdup_printf (_("They decided for somebody else on %s. One gracious line keeps the door open."), day);
}

static char *
offer_reason (const Context *c)
{
  g_autofree char *day = reason_day (c);
  g_autofree char *decide = NULL;

  if (c->follow_up->reason.day == AW_DATE_NONE)
    return g_strdup_printf (_("They made you an offer on %s. Thank them, and say when you will decide."), day);
  decide = aw_words_date (c->follow_up->reason.day);
  return g_strdup_printf (_("They made you an offer on %s. Thank them, and say that you decide by %s."), day, decide);
}

static char *
join_names (const Context *c)
{
  GString *names = g_string_new (NULL);
  const char *const *people = c->follow_up->people;

  for (guint i = 0; people != NULL && people[i] != NULL; i++)
    {
      if (i > 0)
        /* Translators: between the names of a list */
        g_string_append (names, people[i + 1] == NULL ? C_("list of names", " and ") : C_("list of names", ", "));
      g_string_append (names, aw_words_name (c->dossier, people[i]));
    }
  return g_string_free (names, FALSE);
}

static char *
addresses_reason (const Context *c)
{
  g_autofree char *names = join_names (c);
  g_autofree char *day = opening_day (c);

  /* Translators: names, then a date */
  return g_strdup_printf (_("You cannot reach %s without it, and have been able to ask since %s. Ask HR or the recruiter."),
                          names, day);
}

static char *
decision_maker_reason (const Context *c)
{
  g_autofree char *day = reason_day (c);

  return g_strdup_printf (_("The first interview was on %s, and nobody is recorded who decides. Ask HR, or look it up."), day);
}

static char *
status_reason (const Context *c)
{
  int days = c->today - aw_calendar_date_of (c->calendar, NULL, c->follow_up->reason.date);
  g_autofree char *day = reason_day (c);

  return g_strdup_printf (PLURAL ("Your last note went out on %s, %d day ago. Go on keeping in touch, or close it as unanswered?",
                                  "Your last note went out on %s, %d days ago. Go on keeping in touch, or close it as unanswered?",
                                  days),
                          day, days);
}

static char *
base_reason (const Context *c)
{
  switch (c->follow_up->reason.id)
    {
    case AW_REASON_PREPARE:
      return prepare_reason (c);
    case AW_REASON_DEBRIEF:
      return debrief_reason (c);
    case AW_REASON_THANK:
      return thank_reason (c);
    case AW_REASON_THANK_LATE:
      return thank_late_reason (c);
    case AW_REASON_THANK_UNMET:
      return thank_unmet_reason (c);
    case AW_REASON_THANK_NOBODY:
      return thank_nobody_reason (c);
    case AW_REASON_LETTER:
      return letter_reason (c);
    case AW_REASON_PROMISED:
      return promised_reason (c);
    case AW_REASON_SILENCE:
      return silence_reason (c);
    case AW_REASON_TOLD_NOT_TO:
      return told_not_to_reason (c);
    case AW_REASON_FOLLOW_UP_AFTER:
      return follow_up_after_reason (c);
    case AW_REASON_ESCALATE:
      return escalate_reason (c);
    case AW_REASON_WEEKLY:
      return weekly_reason (c);
    case AW_REASON_OFFER_CALL:
      return offer_call_reason (c);
    case AW_REASON_CALL:
      return call_reason (c);
    case AW_REASON_KEEP_IN_TOUCH:
      return keep_in_touch_reason (c);
    case AW_REASON_ON_HOLD:
      return on_hold_reason (c);
    case AW_REASON_TIMELINE:
      return timeline_reason (c);
    case AW_REASON_FEEDBACK:
      return feedback_reason (c);
    case AW_REASON_STEP:
      return step_reason (c);
    case AW_REASON_STEP_NO_DUE:
      return step_no_due_reason (c);
    case AW_REASON_ANSWER:
      return answer_reason (c);
    case AW_REASON_ACKNOWLEDGE:
      return acknowledge_reason (c);
    case AW_REASON_OFFER:
      return offer_reason (c);
    case AW_REASON_ADDRESSES:
      return addresses_reason (c);
    case AW_REASON_DECISION_MAKER:
      return decision_maker_reason (c);
    case AW_REASON_STATUS:
      return status_reason (c);
    case AW_REASON_NONE:
    default:
      g_return_val_if_reached (g_strdup (""));
    }
}

/* What comes after it ------------------------------------------------------ */

/* Why it is not whom the method would ask first. */
static char *
unusual_reason (const Context *c)
{
  if (g_strcmp0 (aw_dossier_get_opportunity (c->dossier)->follow_up_person, c->follow_up->person) == 0)
    return g_strdup_printf (_("They said that %s is the one to ask."), name_of (c));
  return g_strdup_printf (_("%s is not the usual one for this, but the one you can turn to."), name_of (c));
}

static gboolean
has_unsent_article (const Context *c)
{
  AW_RECORDS_FOREACH (AwArticle, article, aw_dossier_get_list (c->dossier, AW_RECORD_ARTICLE))
    if (!article->mine && article->sent_to == NULL)
      return TRUE;
  return FALSE;
}

static char *
article_reason (const Context *c)
{
  if (c->follow_up->reason.as_article)
    return g_strdup (_("A useful article asks without asking."));
  if (c->follow_up->kind == AW_DUTY_ESCALATION && is_open (c) && !has_unsent_article (c))
    return g_strdup (_("Look for an article that fits."));
  return NULL;
}

static char *
missing_reason (const Context *c)
{
  AwMissing missing = c->follow_up->missing;

  /* The others say so in their own words. */
  if (c->follow_up->kind == AW_DUTY_COMPLETE || missing == 0 || (missing & AW_MISSING_ATTENDEES) != 0)
    return NULL;
  if (missing & AW_MISSING_PERSON)
    return g_strdup (_("Nobody is recorded to turn to; add somebody first."));
  if (missing & AW_MISSING_PHONE)
    return g_strdup_printf (_("There is no telephone number for %s yet."), name_of (c));
  return g_strdup_printf (_("There is no e-mail address for %s yet."), name_of (c));
}

/* Until when, and why. */
static char *
waiting_reason (const Context *c)
{
  const AwFollowUp *follow_up = c->follow_up;
  g_autofree char *touch = NULL;
  g_autofree char *until = NULL;

  if (follow_up->waiting == NULL)
    return NULL;
  if (follow_up->waiting_until == AW_NEVER)
    return g_strdup (_("One message at a time: this waits until the other one is done."));

  if (g_str_equal (follow_up->waiting, "snoozed"))
    {
      until = aw_words_relative (c->calendar, follow_up->waiting_until, c->now);
      /* Translators: "tomorrow at 09:00", "on 5 March at 09:00" */
      return g_strdup_printf (_("You put it off; it comes back %s."), until);
    }
  until = aw_words_day_of (c->calendar, follow_up->waiting_until);
  if (g_str_equal (follow_up->waiting, "R3"))
    return g_strdup_printf (_("Thank %s first; this waits until then, at the latest until %s."), name_of (c), until);
  if (follow_up->guard_touch == AW_NEVER)
    return g_strdup_printf (_("Next contact from %s."), until);
  touch = aw_words_day_of (c->calendar, follow_up->guard_touch);
  if (g_str_equal (follow_up->waiting, "G2"))
    return g_strdup_printf (_("Your thanks went out on %s. Let them rest; next contact from %s."), touch, until);
  if (g_str_equal (follow_up->waiting, "G3"))
    return g_strdup_printf (_("You were in touch the other way on %s: write or call, not both. Next contact from %s."), touch,
                            until);
  return g_strdup_printf (_("You were in touch on %s. Next contact from %s."), touch, until);
}

static void
append (GString *text,
        char *sentence)
{
  if (sentence != NULL)
    {
      if (text->len > 0)
        g_string_append_c (text, ' ');
      g_string_append (text, sentence);
    }
  g_free (sentence);
}

/**
 * aw_words_reason:
 * @follow_up: an item of a plan
 * @dossier: its opportunity
 * @calendar: the user's calendar
 * @now: the present
 *
 * Returns: (transfer full): why now, and for what waits until when; with the
 *   dates and names that the rule used
 */
char *
aw_words_reason (const AwFollowUp *follow_up,
                 AwDossier *dossier,
                 AwCalendar *calendar,
                 gint64 now)
{
  Context c = { follow_up, dossier, calendar, now, aw_calendar_date_of (calendar, NULL, now) };
  GString *text = g_string_new (NULL);

  append (text, base_reason (&c));
  append (text, article_reason (&c));
  if (follow_up->reason.unusual && aw_words_is_known (dossier, follow_up->person))
    append (text, unusual_reason (&c));
  append (text, missing_reason (&c));
  append (text, waiting_reason (&c));
  return g_string_free (text, FALSE);
}
