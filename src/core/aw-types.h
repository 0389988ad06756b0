/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* Instants ----------------------------------------------------------------- */

/**
 * AwInstant:
 * @sec: seconds since 1970-01-01T00:00:00Z, or %AW_NEVER if there is none
 * @offset_min: the offset from UTC in minutes as it was written down; it is
 *   kept so that a document comes back as it was, and never used to compute
 *
 * A point in time. Fractions of a second are cut off (rules.md §2).
 */
typedef struct
{
  gint64 sec;
  gint16 offset_min;
} AwInstant;

#define AW_NEVER G_MININT64
#define AW_INSTANT_NONE ((AwInstant){ AW_NEVER, 0 })
#define AW_HOUR 3600
#define AW_DAY 86400

gboolean aw_instant_parse (const char *text, AwInstant *instant);
char *aw_instant_format (AwInstant instant);
char *aw_time_format_utc (gint64 sec);

static inline AwInstant
aw_instant (gint64 sec)
{
  return (AwInstant){ sec, 0 };
}

static inline gboolean
aw_instant_is_set (AwInstant instant)
{
  return instant.sec != AW_NEVER;
}

/* Dates -------------------------------------------------------------------- */

/**
 * AwDate:
 *
 * A civil date as days since 1970-01-01 in the proleptic Gregorian calendar,
 * or %AW_DATE_NONE. Years 1 to 9999.
 */
typedef gint32 AwDate;

#define AW_DATE_NONE G_MININT32

AwDate aw_date_from_ymd (int year, int month, int day);
void aw_date_to_ymd (AwDate date, int *year, int *month, int *day);
int aw_date_weekday (AwDate date);
gboolean aw_date_parse (const char *text, AwDate *date);
char *aw_date_format (AwDate date);

/* Vocabularies ------------------------------------------------------------- */

/**
 * AwVocabulary:
 * @names: the words of the interchange document, index = enum value; a %NULL
 *   at index 0 stands for "nothing recorded"
 * @n_names: how many
 */
typedef struct
{
  const char *const *names;
  guint n_names;
} AwVocabulary;

const char *aw_word (const AwVocabulary *vocabulary, int value);
gboolean aw_word_parse (const AwVocabulary *vocabulary, const char *word, int *value);

typedef enum
{
  AW_STATUS_ACTIVE,
  AW_STATUS_ON_HOLD,
  AW_STATUS_OFFER,
  AW_STATUS_ACCEPTED,
  AW_STATUS_DECLINED,
  AW_STATUS_REJECTED,
  AW_STATUS_WITHDRAWN,
  AW_STATUS_NO_ANSWER,
} AwStatus;

/* "Closed" as the guards, M16 and the sidebar's filter mean it. */
static inline gboolean
aw_status_is_closed (AwStatus status)
{
  return status >= AW_STATUS_ACCEPTED;
}

typedef enum
{
  AW_STRATEGY_UNSET,
  AW_STRATEGY_HR_FIRST,
  AW_STRATEGY_DECISION_MAKER_FIRST,
} AwStrategy;

typedef enum
{
  AW_RAPPORT_UNKNOWN,
  AW_RAPPORT_POOR,
  AW_RAPPORT_FAIR,
  AW_RAPPORT_GOOD,
  AW_RAPPORT_GREAT,
} AwRapport;

typedef enum
{
  AW_FOLLOW_UP_UNSET,
  AW_FOLLOW_UP_YES,
  AW_FOLLOW_UP_EMAIL,
  AW_FOLLOW_UP_PHONE,
  AW_FOLLOW_UP_NO,
} AwFollowUpLeave;

typedef enum
{
  AW_ROLE_HR = 1 << 0,
  AW_ROLE_RECRUITER = 1 << 1,
  AW_ROLE_INTERVIEWER = 1 << 2,
  AW_ROLE_HIRING_MANAGER = 1 << 3,
  AW_ROLE_DECISION_MAKER = 1 << 4,
} AwRoles;

#define AW_N_ROLES 5

typedef enum
{
  AW_STAGE_UNSET,
  AW_STAGE_PHONE_SCREEN,
  AW_STAGE_FIRST,
  AW_STAGE_SECOND,
  AW_STAGE_PANEL,
  AW_STAGE_TECHNICAL,
  AW_STAGE_FINAL,
  AW_STAGE_OTHER,
} AwStage;

typedef enum
{
  AW_FORMAT_UNSET,
  AW_FORMAT_PHONE,
  AW_FORMAT_VIDEO,
  AW_FORMAT_ON_SITE,
} AwFormat;

typedef enum
{
  AW_DIRECTION_UNSET,
  AW_DIRECTION_IN,
  AW_DIRECTION_OUT,
} AwDirection;

typedef enum
{
  AW_CHANNEL_UNSET,
  AW_CHANNEL_EMAIL,
  AW_CHANNEL_PHONE,
  AW_CHANNEL_LETTER,
  AW_CHANNEL_MESSAGE,
  AW_CHANNEL_IN_PERSON,
} AwChannel;

/* What a touch or a message is about. */
typedef enum
{
  AW_TOUCH_UNSET,
  AW_TOUCH_THANK_YOU,
  AW_TOUCH_CHECK_IN,
  AW_TOUCH_ESCALATION,
  AW_TOUCH_ARTICLE,
  AW_TOUCH_TIMELINE,
  AW_TOUCH_KEEP_IN_TOUCH,
  AW_TOUCH_CALL,
  AW_TOUCH_REQUEST,
  AW_TOUCH_FEEDBACK,
  AW_TOUCH_ANSWER,
  AW_TOUCH_ACKNOWLEDGEMENT,
  AW_TOUCH_OTHER,
} AwTouchKind;

/* "Counts" as rules.md §2 (Guards) means it; only for outgoing touches. */
static inline gboolean
aw_touch_kind_counts (AwTouchKind kind)
{
  return kind >= AW_TOUCH_CHECK_IN && kind <= AW_TOUCH_CALL;
}

typedef enum
{
  AW_STEP_UNSET,
  AW_STEP_TEST,
  AW_STEP_ASSESSMENT,
  AW_STEP_REFERENCE,
  AW_STEP_FORM,
  AW_STEP_FEEDBACK,
  AW_STEP_OTHER,
} AwStepKind;

typedef enum
{
  AW_DECIDED_UNSET,
  AW_DECIDED_DONE,
  AW_DECIDED_SKIPPED,
  AW_DECIDED_SNOOZED,
} AwDecided;

typedef enum
{
  AW_PHONE_UNSET,
  AW_PHONE_NEVER,
  AW_PHONE_BY_APPOINTMENT,
  AW_PHONE_WEEKLY,
} AwPhonePolicy;

extern const AwVocabulary aw_statuses;
extern const AwVocabulary aw_strategies;
extern const AwVocabulary aw_rapports;
extern const AwVocabulary aw_follow_up_leaves;
extern const AwVocabulary aw_roles; /* index = bit number */
extern const AwVocabulary aw_stages;
extern const AwVocabulary aw_formats;
extern const AwVocabulary aw_directions;
extern const AwVocabulary aw_channels;
extern const AwVocabulary aw_touch_kinds;
extern const AwVocabulary aw_step_kinds;
extern const AwVocabulary aw_decideds;
extern const AwVocabulary aw_phone_policies;

G_END_DECLS
