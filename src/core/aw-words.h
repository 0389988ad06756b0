/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/aw-plan.h"

G_BEGIN_DECLS

/* Ids and arguments become sentences here, translated, with dates and times by
 * locale, in the user's zone. All results are plain text (no markup). ux.md 3a
 * and 3h give the words. @dossier is the follow-up's own. */

char *aw_words_title (const AwFollowUp *follow_up, AwDossier *dossier);
char *aw_words_reason (const AwFollowUp *follow_up, AwDossier *dossier, AwCalendar *calendar, gint64 now);
char *aw_words_pill (const AwFollowUp *follow_up, AwCalendar *calendar, gint64 now);
char *aw_words_button (const AwFollowUp *follow_up); /* "Write", "Call", "Done", "Open Checklist" …; NULL: none */
char *aw_words_label (const AwFollowUp *follow_up, AwDossier *dossier, AwCalendar *calendar, gint64 now); /* accessible: "Thank Marcus Bell, Harbor & Finch, due today by 14:30" */

/* "Why This?": the rule in plain words, whose view it is and who holds the
 * other, and what rules.md §7 adds; paragraphs, in this order; NULL-terminated. */
char **aw_words_why (const AwFollowUp *follow_up, AwDossier *dossier, AwCalendar *calendar, gint64 now);
const char *aw_words_why_setting (const AwFollowUp *follow_up); /* policy member that governs it, or NULL */

char *aw_words_notification_title (const AwFollowUp *follow_up, AwDossier *dossier, AwCalendar *calendar, gint64 now);
char *aw_words_notification_body (const AwFollowUp *follow_up, AwDossier *dossier, AwCalendar *calendar, gint64 now);

/* Dates and times as the user's locale writes them. */
char *aw_words_date (AwDate date);                                       /* "5 March" */
char *aw_words_weekday_date (AwDate date);                               /* "Thursday 5 March" */
char *aw_words_time (AwCalendar *calendar, gint64 sec);                  /* "14:30" */
char *aw_words_relative_day (AwDate date, AwDate today);                 /* "Today", "Tomorrow", "Mon 9 Mar", "2 days late" is the pill's */
char *aw_words_relative (AwCalendar *calendar, gint64 sec, gint64 now);  /* "today at 14:30", "on 5 March at 14:30" */
char *aw_words_full (AwCalendar *calendar, gint64 sec);                  /* for tooltips */

/* Names of the vocabularies' words, for people. */
const char *aw_words_status (AwStatus status);
const char *aw_words_role (AwRoles role);           /* one flag: "Hiring manager" */
char *aw_words_roles (AwPerson *person);            /* "Hiring manager", the most telling one */
const char *aw_words_stage (AwStage stage);
const char *aw_words_format (AwFormat format);
const char *aw_words_channel (AwChannel channel);
const char *aw_words_touch_kind (AwTouchKind kind); /* "Thank-You Note" */
const char *aw_words_contact_kind (AwTouchKind kind); /* "Thank-you note" */
char *aw_words_contact (AwTouchKind kind, const char *who); /* "Thank-you note to Aiko Tanaka"; who NULL: "Thank-you note" */
const char *aw_words_rapport (AwRapport rapport);
const char *aw_words_step_kind (AwStepKind kind);

G_END_DECLS
