/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/aw-facts.h"

#include <stddef.h>
#include <string.h>

static const char *const message_state_names[] = {
  "draft", "scheduled", "queued", "sending", "sent", "failed", "uncertain", "cancelled",
};
const AwVocabulary aw_message_states = { message_state_names, G_N_ELEMENTS (message_state_names) };

static const char *const security_names[] = { "tls", "starttls", "none" };
const AwVocabulary aw_securities = { security_names, G_N_ELEMENTS (security_names) };

/* One line a field: name, kind, then what differs from zero. */
#define FIELD(Type, member, KIND, ...) \
  { .name = #member, .kind = AW_FIELD_##KIND, .offset = offsetof (Type, member), ##__VA_ARGS__ }

#define DEFINE_RECORD(Type, type, KIND, member, table, has_id) \
  G_DEFINE_FINAL_TYPE (Type, type, AW_TYPE_RECORD) \
  static void type##_class_init (Type##Class *klass) \
  { \
    aw_record_class_install (AW_RECORD_CLASS (klass), AW_RECORD_##KIND, member, table, has_id, \
                             type##_fields, G_N_ELEMENTS (type##_fields)); \
  } \
  static void type##_init (G_GNUC_UNUSED Type *self) \
  { \
  }

static const AwField aw_opportunity_fields[] = {
  FIELD (AwOpportunity, company, TEXT),
  FIELD (AwOpportunity, role, TEXT),
  FIELD (AwOpportunity, status, ENUM, .vocabulary = &aw_statuses),
  FIELD (AwOpportunity, status_changed_at, INSTANT),
  FIELD (AwOpportunity, strategy, ENUM, .vocabulary = &aw_strategies),
  FIELD (AwOpportunity, rapport, ENUM, .vocabulary = &aw_rapports),
  FIELD (AwOpportunity, promised_date, DATE),
  FIELD (AwOpportunity, promised_by, TEXT, .flags = AW_FIELD_PERSON),
  FIELD (AwOpportunity, promise_firm, BOOL),
  FIELD (AwOpportunity, follow_up, ENUM, .vocabulary = &aw_follow_up_leaves),
  FIELD (AwOpportunity, follow_up_after, DATE),
  FIELD (AwOpportunity, follow_up_person, TEXT, .flags = AW_FIELD_PERSON),
  FIELD (AwOpportunity, my_decision_date, DATE),
  FIELD (AwOpportunity, decision_date_told, PAIRS, .flags = AW_FIELD_PERSON | AW_FIELD_TOLD),
  FIELD (AwOpportunity, qualifications, TEXT),
  FIELD (AwOpportunity, source, TEXT),
  FIELD (AwOpportunity, notes, TEXT),
  FIELD (AwOpportunity, archived, BOOL),
  FIELD (AwOpportunity, language, TEXT),
};
DEFINE_RECORD (AwOpportunity, aw_opportunity, OPPORTUNITY, "opportunities", "opportunity", TRUE)

static const AwField aw_person_fields[] = {
  FIELD (AwPerson, name, TEXT),
  FIELD (AwPerson, title, TEXT),
  FIELD (AwPerson, roles, STRV, .flags = AW_FIELD_WORDS, .vocabulary = &aw_roles),
  FIELD (AwPerson, email, TEXT),
  FIELD (AwPerson, phone, TEXT),
  FIELD (AwPerson, address, TEXT),
  FIELD (AwPerson, time_zone, TEXT),
};
DEFINE_RECORD (AwPerson, aw_person, PERSON, "people", "person", TRUE)

static const AwField aw_interview_fields[] = {
  FIELD (AwInterview, starts_at, INSTANT, .flags = AW_FIELD_REQUIRED),
  FIELD (AwInterview, time_zone, TEXT),
  FIELD (AwInterview, duration_minutes, INT, .min = 0, .max = 527040, .initial = -1),
  FIELD (AwInterview, stage, ENUM, .vocabulary = &aw_stages),
  FIELD (AwInterview, format, ENUM, .vocabulary = &aw_formats),
  FIELD (AwInterview, location, TEXT),
  FIELD (AwInterview, attendees, STRV, .flags = AW_FIELD_PERSON),
  FIELD (AwInterview, debriefed_at, INSTANT),
  FIELD (AwInterview, topics, PAIRS, .flags = AW_FIELD_PERSON),
  FIELD (AwInterview, can_do, PAIRS, .flags = AW_FIELD_PERSON),
  FIELD (AwInterview, forgot, TEXT),
  FIELD (AwInterview, said_wrong, TEXT),
  FIELD (AwInterview, cancelled, BOOL),
  FIELD (AwInterview, uid, TEXT),
  FIELD (AwInterview, sequence, INT, .min = 0, .max = 2147483647, .initial = -1),
};
DEFINE_RECORD (AwInterview, aw_interview, INTERVIEW, "interviews", "interview", TRUE)

static const AwField aw_touch_fields[] = {
  FIELD (AwTouch, at, INSTANT, .flags = AW_FIELD_REQUIRED),
  FIELD (AwTouch, direction, ENUM, .flags = AW_FIELD_REQUIRED, .vocabulary = &aw_directions),
  FIELD (AwTouch, channel, ENUM, .flags = AW_FIELD_REQUIRED, .vocabulary = &aw_channels),
  FIELD (AwTouch, kind, ENUM, .flags = AW_FIELD_REQUIRED, .vocabulary = &aw_touch_kinds),
  FIELD (AwTouch, people, STRV, .flags = AW_FIELD_PERSON),
  FIELD (AwTouch, subject, TEXT),
  FIELD (AwTouch, text, TEXT),
  FIELD (AwTouch, needs_answer, BOOL),
  FIELD (AwTouch, promised_date, DATE),
  FIELD (AwTouch, overruled, STRV),
  FIELD (AwTouch, message_id, TEXT),
};
DEFINE_RECORD (AwTouch, aw_touch, TOUCH, "touches", "touch", TRUE)

static const AwField aw_step_fields[] = {
  FIELD (AwStep, kind, ENUM, .flags = AW_FIELD_REQUIRED, .vocabulary = &aw_step_kinds),
  FIELD (AwStep, title, TEXT),
  FIELD (AwStep, asked_at, INSTANT),
  FIELD (AwStep, asked_by, TEXT, .flags = AW_FIELD_PERSON),
  FIELD (AwStep, due, INSTANT),
  FIELD (AwStep, done_at, INSTANT),
};
DEFINE_RECORD (AwStep, aw_step, STEP, "next_steps", "step", TRUE)

static const AwField aw_article_fields[] = {
  FIELD (AwArticle, title, TEXT),
  FIELD (AwArticle, url, TEXT),
  FIELD (AwArticle, why, TEXT),
  FIELD (AwArticle, mine, BOOL),
  FIELD (AwArticle, sent_to, STRV, .flags = AW_FIELD_PERSON),
  FIELD (AwArticle, saved_at, INSTANT),
};
DEFINE_RECORD (AwArticle, aw_article, ARTICLE, "articles", "article", TRUE)

static const AwField aw_call_fields[] = {
  FIELD (AwCall, person, TEXT, .flags = AW_FIELD_PERSON | AW_FIELD_REQUIRED),
  FIELD (AwCall, wanted_at, INSTANT),
  FIELD (AwCall, offered_at, INSTANT),
  FIELD (AwCall, offered, INSTANTS),
  FIELD (AwCall, agreed_at, INSTANT),
  FIELD (AwCall, done_at, INSTANT),
};
DEFINE_RECORD (AwCall, aw_call, CALL, "calls", "call", TRUE)

static const AwField aw_question_fields[] = {
  FIELD (AwQuestion, text, TEXT),
  FIELD (AwQuestion, asked_at, INSTANT),
  FIELD (AwQuestion, asked_of, TEXT, .flags = AW_FIELD_PERSON),
  FIELD (AwQuestion, answer, TEXT),
};
DEFINE_RECORD (AwQuestion, aw_question, QUESTION, "questions", "question", TRUE)

static const AwField aw_decision_fields[] = {
  FIELD (AwDecision, key, TEXT, .flags = AW_FIELD_REQUIRED),
  FIELD (AwDecision, what, ENUM, .flags = AW_FIELD_REQUIRED, .vocabulary = &aw_decideds),
  FIELD (AwDecision, at, INSTANT, .flags = AW_FIELD_REQUIRED),
  FIELD (AwDecision, until, INSTANT),
};
DEFINE_RECORD (AwDecision, aw_decision, DECISION, "decisions", "decision", FALSE)

static const AwField aw_message_fields[] = {
  FIELD (AwMessage, person, TEXT, .flags = AW_FIELD_PERSON),
  FIELD (AwMessage, kind, ENUM, .vocabulary = &aw_touch_kinds),
  FIELD (AwMessage, channel, ENUM, .vocabulary = &aw_channels, .initial = AW_CHANNEL_EMAIL),
  FIELD (AwMessage, account, TEXT),
  FIELD (AwMessage, follow_up, TEXT),
  FIELD (AwMessage, article, TEXT),
  FIELD (AwMessage, questions, STRV),
  FIELD (AwMessage, subject, TEXT),
  FIELD (AwMessage, body, TEXT),
  FIELD (AwMessage, in_reply_to, TEXT),
  FIELD (AwMessage, thread_references, TEXT),
  FIELD (AwMessage, message_id, TEXT),
  FIELD (AwMessage, overruled, STRV),
  FIELD (AwMessage, begun_at, INSTANT),
  FIELD (AwMessage, changed_at, INSTANT),
  FIELD (AwMessage, state, ENUM, .vocabulary = &aw_message_states),
  FIELD (AwMessage, scheduled_at, INSTANT),
};
DEFINE_RECORD (AwMessage, aw_message, MESSAGE, NULL, "message", TRUE)

static const AwField aw_account_fields[] = {
  FIELD (AwAccount, name, TEXT),
  FIELD (AwAccount, address, TEXT),
  FIELD (AwAccount, host, TEXT),
  FIELD (AwAccount, port, INT, .min = 0, .max = 65535, .initial = 0),
  FIELD (AwAccount, security, ENUM, .vocabulary = &aw_securities),
  FIELD (AwAccount, user, TEXT),
  FIELD (AwAccount, ca, TEXT),
  FIELD (AwAccount, pin, TEXT),
  FIELD (AwAccount, imap_host, TEXT),
  FIELD (AwAccount, imap_port, INT, .min = 0, .max = 65535, .initial = 0),
  FIELD (AwAccount, imap_security, ENUM, .vocabulary = &aw_securities),
  FIELD (AwAccount, imap_user, TEXT),
  FIELD (AwAccount, save_sent, BOOL),
  FIELD (AwAccount, check_replies, BOOL),
  FIELD (AwAccount, copy_to_self, BOOL),
  FIELD (AwAccount, ask_password, BOOL),
  FIELD (AwAccount, signature, TEXT),
  FIELD (AwAccount, paused, TEXT),
  FIELD (AwAccount, goa, TEXT),
};
DEFINE_RECORD (AwAccount, aw_account, ACCOUNT, NULL, "account", TRUE)

static const AwField aw_template_fields[] = {
  FIELD (AwTemplate, kind, ENUM, .vocabulary = &aw_touch_kinds),
  FIELD (AwTemplate, audience, TEXT),
  FIELD (AwTemplate, language, TEXT),
  FIELD (AwTemplate, name, TEXT),
  FIELD (AwTemplate, subject, TEXT),
  FIELD (AwTemplate, body, TEXT),
};
DEFINE_RECORD (AwTemplate, aw_template, TEMPLATE, NULL, "template", TRUE)

static const AwField aw_policy_fields[] = {
  FIELD (AwPolicy, time_zone, TEXT),
  FIELD (AwPolicy, strategy, ENUM, .vocabulary = &aw_strategies, .min = AW_STRATEGY_HR_FIRST,
         .max = AW_STRATEGY_DECISION_MAKER_FIRST, .initial = AW_STRATEGY_HR_FIRST),
  FIELD (AwPolicy, phone, ENUM, .vocabulary = &aw_phone_policies, .min = AW_PHONE_NEVER, .max = AW_PHONE_WEEKLY,
         .initial = AW_PHONE_BY_APPOINTMENT),
  FIELD (AwPolicy, escalate_rapport, ENUM, .vocabulary = &aw_rapports, .min = AW_RAPPORT_GOOD,
         .max = AW_RAPPORT_GREAT, .initial = AW_RAPPORT_GREAT),
  FIELD (AwPolicy, handwritten, BOOL),
  FIELD (AwPolicy, thank_unmet, BOOL, .initial = TRUE),
  FIELD (AwPolicy, acknowledge_rejections, BOOL, .initial = TRUE),
  FIELD (AwPolicy, working_days, INTS, .min = 1, .max = 7),
  FIELD (AwPolicy, holidays, DATES),
  FIELD (AwPolicy, day_starts, TEXT, .flags = AW_FIELD_CLOCK, .initial_text = "09:00"),
  FIELD (AwPolicy, day_ends, TEXT, .flags = AW_FIELD_CLOCK, .initial_text = "18:00"),
  FIELD (AwPolicy, thank_you_opens_hours, INT, .min = 0, .max = 365, .initial = 1),
  FIELD (AwPolicy, thank_you_hours, INT, .min = 0, .max = 365, .initial = 24),
  FIELD (AwPolicy, thank_you_latest_hours, INT, .min = 0, .max = 365, .initial = 48),
  FIELD (AwPolicy, silence_days, INT, .min = 0, .max = 365, .initial = 7),
  FIELD (AwPolicy, min_gap_days, INT, .min = 0, .max = 365, .initial = 7),
  FIELD (AwPolicy, after_thanks_days, INT, .min = 0, .max = 365, .initial = 3),
  FIELD (AwPolicy, escalate_days, INT, .min = 0, .max = 365, .initial = 7),
  FIELD (AwPolicy, keep_in_touch_days, INT, .min = 1, .max = 365, .initial = 21),
  FIELD (AwPolicy, stagnant_after, INT, .min = 1, .max = 365, .initial = 4),
  FIELD (AwPolicy, timeline_days, INT, .min = 1, .max = 365, .initial = 5),
};
DEFINE_RECORD (AwPolicy, aw_policy, POLICY, "policy", "policy", FALSE)

/* Public functions --------------------------------------------------------- */

/**
 * aw_record_kind_get_type:
 * @kind: a kind of record
 *
 * Returns: its type
 */
GType
aw_record_kind_get_type (AwRecordKind kind)
{
  switch (kind)
    {
    case AW_RECORD_OPPORTUNITY:
      return AW_TYPE_OPPORTUNITY;
    case AW_RECORD_PERSON:
      return AW_TYPE_PERSON;
    case AW_RECORD_INTERVIEW:
      return AW_TYPE_INTERVIEW;
    case AW_RECORD_TOUCH:
      return AW_TYPE_TOUCH;
    case AW_RECORD_STEP:
      return AW_TYPE_STEP;
    case AW_RECORD_ARTICLE:
      return AW_TYPE_ARTICLE;
    case AW_RECORD_CALL:
      return AW_TYPE_CALL;
    case AW_RECORD_QUESTION:
      return AW_TYPE_QUESTION;
    case AW_RECORD_DECISION:
      return AW_TYPE_DECISION;
    case AW_RECORD_MESSAGE:
      return AW_TYPE_MESSAGE;
    case AW_RECORD_ACCOUNT:
      return AW_TYPE_ACCOUNT;
    case AW_RECORD_TEMPLATE:
      return AW_TYPE_TEMPLATE;
    case AW_RECORD_POLICY:
      return AW_TYPE_POLICY;
    case AW_N_RECORD_KINDS:
    default:
      g_assert_not_reached ();
    }
}

/**
 * aw_record_kind_get_class:
 * @kind: a kind of record
 *
 * Returns: (transfer none): the description of its type
 */
const AwRecordClass *
aw_record_kind_get_class (AwRecordKind kind)
{
  static const AwRecordClass *classes[AW_N_RECORD_KINDS];

  g_return_val_if_fail (kind < AW_N_RECORD_KINDS, NULL);

  /* The class of a static type is never freed; a race only looks it up twice. */
  if (g_atomic_pointer_get (&classes[kind]) == NULL)
    g_atomic_pointer_set (&classes[kind], (gpointer) g_type_class_ref (aw_record_kind_get_type (kind)));
  return g_atomic_pointer_get (&classes[kind]);
}

/**
 * aw_person_get_roles:
 * @person: a person
 *
 * Returns: the roles recorded, as flags; somebody without any is an
 *   interviewer (rules.md §1)
 */
AwRoles
aw_person_get_roles (AwPerson *person)
{
  guint roles = 0;
  int value;

  for (char **word = person->roles; word != NULL && *word != NULL; word++)
    if (aw_word_parse (&aw_roles, *word, &value))
      roles |= 1u << value;

  return roles != 0 ? (AwRoles) roles : AW_ROLE_INTERVIEWER;
}

/**
 * aw_person_set_roles:
 * @person: a person of one's own, not yet shared
 * @roles: flags
 */
void
aw_person_set_roles (AwPerson *person,
                     AwRoles roles)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < aw_roles.n_names; i++)
    if (roles & (1u << i))
      g_strv_builder_add (builder, aw_roles.names[i]);

  g_strfreev (person->roles);
  person->roles = g_strv_builder_end (builder);
}

/**
 * aw_person_get_short_name:
 * @person: a person
 *
 * Returns: (transfer none): the name, else the address, else an empty text
 */
const char *
aw_person_get_short_name (AwPerson *person)
{
  if (person->name != NULL && *person->name != '\0')
    return person->name;
  return person->email != NULL ? person->email : "";
}

/**
 * aw_interview_get_end:
 * @interview: an interview
 *
 * Returns: its end in seconds; an unknown duration is 60 minutes (rules.md §1)
 */
gint64
aw_interview_get_end (AwInterview *interview)
{
  int minutes = interview->duration_minutes < 0 ? 60 : interview->duration_minutes;

  return interview->starts_at.sec + (gint64) minutes * 60;
}

/**
 * aw_strv_has:
 * @strv: (nullable): texts
 * @text: (nullable): a text
 *
 * Returns: whether @text is among them
 */
gboolean
aw_strv_has (char **strv,
             const char *text)
{
  return strv != NULL && text != NULL && g_strv_contains ((const char *const *) strv, text);
}
