/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/aw-words-private.h"

#include <glib/gi18n-lib.h>

/* "Why This?": the rule in plain words, whose view it is and who holds the
 * other, and what rules.md §7 adds. The five views are never named by letter:
 * A a hiring manager, B the chief of a search firm, C a career coach, D a job
 * site, E a career consultancy. */

typedef struct
{
  const char *id;
  const char *rule;    /* in plain words */
  const char *views;   /* whose it is, and who holds the other */
  const char *setting; /* policy member that governs it, or NULL */
} Explanation;

static const Explanation rules[] = {
  { "R1", N_("From the day before an interview, look through what you want to ask and what you need to know before you leave."),
    N_("The chief of a search firm, a career coach, a job site and a career consultancy all advise it."), NULL },
  { "R2", N_("Right after an interview, write down who was there, what you talked about and when you will hear from them. It is what a good note is made of."),
    N_("The chief of a search firm and a career consultancy advise it."), NULL },
  { "R3", N_("Everybody you met gets a short note of their own, by e-mail, within a day; after two days it is late, but still better than none."),
    N_("All five advisers agree on thanks. A career consultancy says within 24 hours; a career coach allows one or two days."),
    "thank_you_hours" },
  { "R4", N_("Somebody who decides gets a note even if you did not meet, once."),
    N_("A career consultancy advises it. A hiring manager finds a note from a stranger intrusive."), "thank_unmet" },
  { "R5", N_("After the e-mail a note by hand, in addition."),
    N_("Readers of the chief of a search firm and a career consultancy recommend it. A job site warns that it may be lost or come too late."),
    "handwritten" },
  { "R6", N_("When you hear nothing, ask HR first, by e-mail, after the promised date or about a week."),
    N_("A hiring manager and a career coach advise it. A career consultancy would ask the decision maker instead."), "strategy" },
  { "R7", N_("When you hear nothing, ask whoever decides, once a week at most."),
    N_("A career consultancy advises it. A hiring manager and a career coach would ask HR first, and then leave it alone."), "strategy" },
  { "R8", N_("If HR stays silent, write to the hiring manager once, but only where you got on really well."),
    N_("A career coach advises it. A hiring manager would leave it at HR."), "escalate_rapport" },
  { "R9", N_("Rather than asking again, send something worth reading. An article that fits what you talked about asks without asking."),
    N_("A hiring manager advises it."), NULL },
  { "R10", N_("Telephone by appointment only: offer three times on three days, and call at the one they choose."),
    N_("A hiring manager advises it. A career consultancy would call the decision maker once a week."), "phone" },
  { "R11", N_("After that, rest. Now and then tell them your own news, without a question about where things stand."),
    N_("A career coach advises it."), "keep_in_touch_days" },
  { "R12", N_("When you must decide by a date, tell them a week before, offer to talk sooner, and let them say no."),
    N_("The chief of a search firm advises it."), "timeline_days" },
  { "R13", N_("Answer requests for feedback and forms at once."), N_("A job site advises it."), NULL },
  { "R14", N_("Tests and other things they asked for, by the day they are due."), N_("A job site advises it."), NULL },
  { "R15", N_("What waits for your answer gets one within a day."), N_("A job site advises it."), NULL },
  { "R16", N_("After a rejection, one gracious line, and nothing more."), N_("The chief of a search firm advises it."),
    "acknowledge_rejections" },
  { "R17", N_("What is missing keeps a note from going. HR or the recruiter will tell you."),
    N_("The chief of a search firm and a career consultancy advise it."), NULL },
  { "R18", N_("Thank them for an offer within two days, and say when you will decide."), N_("A job site advises it."), NULL },
  { "R19", N_("After two notes without an answer it is for you to say whether to go on or to close it."),
    N_("A career coach advises never to hound anybody."), "keep_in_touch_days" },
};

static const Explanation guards[] = {
  { "G1", N_("At most one message in this time, to a company and to an address, whatever it is about."),
    N_("A career consultancy and the chief of a search firm advise it. A hiring manager would write even less."), "min_gap_days" },
  { "G2", N_("After thanks, nothing for a few days, so that they stay thanks."), N_("The chief of a search firm advises it."),
    "after_thanks_days" },
  { "G3", N_("Write or call, never both within a few days."), N_("The chief of a search firm advises it."), "min_gap_days" },
  { "G6", N_("You have asked often enough; more would not help."), N_("A career coach advises it."), "stagnant_after" },
  { "G9", N_("Of several messages that are due, one goes first; the others wait for it."),
    N_("The chief of a search firm advises to control your cadence."), NULL },
  { "R3", N_("An unsent thank-you to the same person goes first."), N_("The chief of a search firm advises to control your cadence."),
    "thank_you_hours" },
};

static const Explanation *
find (const Explanation *table,
      gsize n,
      const char *id)
{
  for (gsize i = 0; i < n; i++)
    if (g_strcmp0 (table[i].id, id) == 0)
      return &table[i];
  return NULL;
}

/* What rules.md §7 adds: honest, never scaring. */
static const char *
honest_addition (const AwFollowUp *follow_up)
{
  switch (follow_up->kind)
    {
    case AW_DUTY_THANK_YOU:
    case AW_DUTY_LETTER:
      return _("A note cannot rescue a bad interview, but it may tip a tie. The decision is often made before it arrives, so be quick and don’t fret. Nobody passes over the best candidate for want of a note.");
    case AW_DUTY_CHECK_IN:
      return _("HR answers such questions every day; asking does no harm. Their silence is no good sign, but no rejection either. No timeline is standard: it may take a week or months.");
    case AW_DUTY_ESCALATION:
    case AW_DUTY_ARTICLE:
      return _("HR’s silence is no good sign, but no rejection. Trust what you felt in the interview as much as polite words.");
    case AW_DUTY_KEEP_IN_TOUCH:
      return _("No timeline is standard: it may take a week or months. Silence is no good sign, but no rejection.");
    case AW_DUTY_COMPLETE:
      return follow_up->reason.id == AW_REASON_STATUS
               ? _("Silence is no good sign, but no rejection. Trust what you felt as much as polite words.")
               : _("HR answers such questions every day; asking does no harm.");
    case AW_DUTY_TIMELINE:
      return _("No timeline is standard: theirs may not fit yours, and that is nobody’s fault.");
    case AW_DUTY_DEBRIEF:
      return _("Trust what you felt as much as polite words.");
    case AW_DUTY_PREPARE:
    case AW_DUTY_CALL:
    case AW_DUTY_FEEDBACK:
    case AW_DUTY_NEXT_STEP:
    case AW_DUTY_ANSWER:
    case AW_DUTY_ACKNOWLEDGEMENT:
    default:
      return NULL;
    }
}

/* The guard that decided, also one that is no part of `rules` (G9, R3). */
static const char *
deciding_guard (const AwFollowUp *follow_up)
{
  const char *last = NULL;

  if (follow_up->waiting != NULL)
    return follow_up->waiting;
  for (guint i = 0; follow_up->rules[i] != NULL; i++)
    if (*follow_up->rules[i] == 'G')
      last = follow_up->rules[i];
  return last;
}

static void
take (GPtrArray *paragraphs,
      const char *text)
{
  if (text != NULL)
    g_ptr_array_add (paragraphs, g_strdup (text));
}

/**
 * aw_words_why:
 * @follow_up: an item of a plan
 * @dossier: its opportunity
 * @calendar: the user's calendar
 * @now: the present
 *
 * Returns: (transfer full): paragraphs for "Why This?": the rule in plain
 *   words, the dates it used, whose view it is and who holds the other, the
 *   guard if one decided, and what is honest to add; %NULL-terminated
 */
char **
aw_words_why (const AwFollowUp *follow_up,
              AwDossier *dossier,
              AwCalendar *calendar,
              gint64 now)
{
  g_autoptr (GPtrArray) paragraphs = g_ptr_array_new ();
  const Explanation *guard = find (guards, G_N_ELEMENTS (guards), deciding_guard (follow_up));
  const Explanation *own = find (rules, G_N_ELEMENTS (rules), aw_words_rule (follow_up));
  const Explanation *article = follow_up->reason.as_article ? find (rules, G_N_ELEMENTS (rules), "R9") : NULL;

  if (own != NULL)
    take (paragraphs, _(own->rule));
  g_ptr_array_add (paragraphs, aw_words_reason (follow_up, dossier, calendar, now));
  if (own != NULL)
    take (paragraphs, _(own->views));
  if (article != NULL)
    g_ptr_array_add (paragraphs, g_strdup_printf ("%s %s", _(article->rule), _(article->views)));
  if (guard != NULL)
    g_ptr_array_add (paragraphs, g_strdup_printf ("%s %s", _(guard->rule), _(guard->views)));
  take (paragraphs, honest_addition (follow_up));
  g_ptr_array_add (paragraphs, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&paragraphs), FALSE);
}

/**
 * aw_words_why_setting:
 * @follow_up: an item of a plan
 *
 * Returns: (nullable): the member of the policy that governs it
 */
const char *
aw_words_why_setting (const AwFollowUp *follow_up)
{
  const Explanation *guard = find (guards, G_N_ELEMENTS (guards), deciding_guard (follow_up));
  const Explanation *own = find (rules, G_N_ELEMENTS (rules), aw_words_rule (follow_up));

  if (guard != NULL && guard->setting != NULL)
    return guard->setting;
  return own != NULL ? own->setting : NULL;
}
