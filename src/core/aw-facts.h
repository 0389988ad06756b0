/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/aw-record.h"

G_BEGIN_DECLS

/* The facts of rules.md §1, with the members of interchange.md. Members are
 * read directly; see AwRecord for how they change. */

typedef enum
{
  AW_MESSAGE_DRAFT,
  AW_MESSAGE_SCHEDULED,
  AW_MESSAGE_QUEUED,
  AW_MESSAGE_SENDING,
  AW_MESSAGE_SENT,
  AW_MESSAGE_FAILED,
  AW_MESSAGE_UNCERTAIN,
  AW_MESSAGE_CANCELLED,
} AwMessageState;

typedef enum
{
  AW_SECURITY_TLS,      /* from the first byte, usually port 465 */
  AW_SECURITY_STARTTLS, /* required, usually port 587 */
  AW_SECURITY_NONE,     /* only for 127.0.0.1 */
} AwSecurity;

extern const AwVocabulary aw_message_states;
extern const AwVocabulary aw_securities;

/**
 * AwOpportunity:
 *
 * One job at one employer.
 */
#define AW_TYPE_OPPORTUNITY (aw_opportunity_get_type ())
G_DECLARE_FINAL_TYPE (AwOpportunity, aw_opportunity, AW, OPPORTUNITY, AwRecord)

struct _AwOpportunity
{
  AwRecord record;

  char *company;
  char *role;
  AwStatus status;
  AwInstant status_changed_at;
  AwStrategy strategy;
  AwRapport rapport;
  AwDate promised_date;
  char *promised_by;
  gboolean promise_firm;
  AwFollowUpLeave follow_up;
  AwDate follow_up_after;
  char *follow_up_person;
  AwDate my_decision_date;
  GPtrArray *decision_date_told;
  char *qualifications;
  char *language; /* of the messages, "de"; NULL: as in Preferences */
  char *source;
  char *notes;
  gboolean archived;
};

/**
 * AwPerson:
 *
 * Somebody at the employer, in one opportunity.
 */
#define AW_TYPE_PERSON (aw_person_get_type ())
G_DECLARE_FINAL_TYPE (AwPerson, aw_person, AW, PERSON, AwRecord)

struct _AwPerson
{
  AwRecord record;

  char *name;
  char *title;
  GStrv roles;
  char *email;
  char *phone;
  char *address;
  char *time_zone;
};

/**
 * AwInterview:
 *
 * One round.
 */
#define AW_TYPE_INTERVIEW (aw_interview_get_type ())
G_DECLARE_FINAL_TYPE (AwInterview, aw_interview, AW, INTERVIEW, AwRecord)

struct _AwInterview
{
  AwRecord record;

  AwInstant starts_at;
  char *time_zone;
  int duration_minutes;
  AwStage stage;
  AwFormat format;
  char *location;
  GStrv attendees;
  AwInstant debriefed_at;
  GPtrArray *topics;
  GPtrArray *can_do;
  char *forgot;
  char *said_wrong;
  gboolean cancelled;
  char *uid;
  int sequence;
};

/**
 * AwTouch:
 *
 * One contact, in or out.
 */
#define AW_TYPE_TOUCH (aw_touch_get_type ())
G_DECLARE_FINAL_TYPE (AwTouch, aw_touch, AW, TOUCH, AwRecord)

struct _AwTouch
{
  AwRecord record;

  AwInstant at;
  AwDirection direction;
  AwChannel channel;
  AwTouchKind kind;
  GStrv people;
  char *subject;
  char *text;
  gboolean needs_answer;
  AwDate promised_date;
  GStrv overruled;
  char *message_id;
};

/**
 * AwStep:
 *
 * A next step: a test, a form, a reference and so on.
 */
#define AW_TYPE_STEP (aw_step_get_type ())
G_DECLARE_FINAL_TYPE (AwStep, aw_step, AW, STEP, AwRecord)

struct _AwStep
{
  AwRecord record;

  AwStepKind kind;
  char *title;
  AwInstant asked_at;
  char *asked_by;
  AwInstant due;
  AwInstant done_at;
};

/**
 * AwArticle:
 *
 * Something to share that asks without asking.
 */
#define AW_TYPE_ARTICLE (aw_article_get_type ())
G_DECLARE_FINAL_TYPE (AwArticle, aw_article, AW, ARTICLE, AwRecord)

struct _AwArticle
{
  AwRecord record;

  char *title;
  char *url;
  char *why;
  gboolean mine;
  GStrv sent_to;
  AwInstant saved_at;
};

/**
 * AwCall:
 *
 * A call by appointment.
 */
#define AW_TYPE_CALL (aw_call_get_type ())
G_DECLARE_FINAL_TYPE (AwCall, aw_call, AW, CALL, AwRecord)

struct _AwCall
{
  AwRecord record;

  char *person;
  AwInstant wanted_at;
  AwInstant offered_at;
  GArray *offered;
  AwInstant agreed_at;
  AwInstant done_at;
};

/**
 * AwQuestion:
 *
 * A question of mine.
 */
#define AW_TYPE_QUESTION (aw_question_get_type ())
G_DECLARE_FINAL_TYPE (AwQuestion, aw_question, AW, QUESTION, AwRecord)

struct _AwQuestion
{
  AwRecord record;

  char *text;
  AwInstant asked_at;
  char *asked_of;
  char *answer;
};

/**
 * AwDecision:
 *
 * What the user decided about a follow-up.
 */
#define AW_TYPE_DECISION (aw_decision_get_type ())
G_DECLARE_FINAL_TYPE (AwDecision, aw_decision, AW, DECISION, AwRecord)

struct _AwDecision
{
  AwRecord record;

  char *key;
  AwDecided what;
  AwInstant at;
  AwInstant until;
};

/**
 * AwMessage:
 *
 * A message of mine from the first draft on. Not part of the document.
 * State and what follows it are changed by the outbox alone (mail.md §3.2).
 */
#define AW_TYPE_MESSAGE (aw_message_get_type ())
G_DECLARE_FINAL_TYPE (AwMessage, aw_message, AW, MESSAGE, AwRecord)

struct _AwMessage
{
  AwRecord record;

  char *person;
  AwTouchKind kind;
  AwChannel channel;
  char *account;
  char *follow_up;
  char *article;
  GStrv questions;
  char *subject;
  char *body;
  char *in_reply_to;
  char *thread_references;
  char *message_id;
  GStrv overruled;
  AwInstant begun_at;
  AwInstant changed_at;
  AwMessageState state;
  AwInstant scheduled_at;
};

/**
 * AwAccount:
 *
 * A sending account; its password is in the keyring, under its id.
 */
#define AW_TYPE_ACCOUNT (aw_account_get_type ())
G_DECLARE_FINAL_TYPE (AwAccount, aw_account, AW, ACCOUNT, AwRecord)

struct _AwAccount
{
  AwRecord record;

  char *name;
  char *address;
  char *host;
  int port;
  AwSecurity security;
  char *user;
  char *ca;
  char *pin;
  char *imap_host;
  int imap_port;
  AwSecurity imap_security;
  char *imap_user;
  gboolean save_sent;
  gboolean check_replies;
  gboolean copy_to_self;
  gboolean ask_password;
  char *signature;
  char *paused;
  char *goa; /* the id of an account of GNOME's that gives the password, NULL: none */
};

/**
 * AwTemplate:
 *
 * A template of the user's own, or a changed built-in one.
 */
#define AW_TYPE_TEMPLATE (aw_template_get_type ())
G_DECLARE_FINAL_TYPE (AwTemplate, aw_template, AW, TEMPLATE, AwRecord)

struct _AwTemplate
{
  AwRecord record;

  AwTouchKind kind;
  char *audience;
  char *language;
  char *name;
  char *subject;
  char *body;
};

/**
 * AwPolicy:
 *
 * How the user wants to follow up; one record.
 */
#define AW_TYPE_POLICY (aw_policy_get_type ())
G_DECLARE_FINAL_TYPE (AwPolicy, aw_policy, AW, POLICY, AwRecord)

struct _AwPolicy
{
  AwRecord record;

  char *time_zone;
  AwStrategy strategy;
  AwPhonePolicy phone;
  AwRapport escalate_rapport;
  gboolean handwritten;
  gboolean thank_unmet;
  gboolean acknowledge_rejections;
  GArray *working_days;
  GArray *holidays;
  char *day_starts;
  char *day_ends;
  int thank_you_opens_hours;
  int thank_you_hours;
  int thank_you_latest_hours;
  int silence_days;
  int min_gap_days;
  int after_thanks_days;
  int escalate_days;
  int keep_in_touch_days;
  int stagnant_after;
  int timeline_days;
};

GType aw_record_kind_get_type (AwRecordKind kind);
const AwRecordClass *aw_record_kind_get_class (AwRecordKind kind);

/* Shorthand for what every record has. */
#define AW_ID(item) (((const AwRecord *) (item))->id)
#define AW_OPPORTUNITY_ID(item) (((const AwRecord *) (item))->opportunity)

AwRoles aw_person_get_roles (AwPerson *person);
void aw_person_set_roles (AwPerson *person, AwRoles roles);
const char *aw_person_get_short_name (AwPerson *person);
gint64 aw_interview_get_end (AwInterview *interview);
gboolean aw_strv_has (char **strv, const char *text);

G_END_DECLS
