/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/aw-calendar.h"
#include "core/aw-command.h"
#include "core/aw-dossier.h"
#include "core/aw-form-person.h"
#include "core/aw-typed-date.h"

G_BEGIN_DECLS

typedef enum
{
  AW_FORM_COMPANY,
  AW_FORM_WHEN,
  AW_FORM_PERSON,
  AW_FORM_PROMISED,
} AwFormField;

/**
 * AwFormProblem:
 * @field: where
 * @person: index of the person, for %AW_FORM_PERSON
 * @message: one sentence for the user, translated
 */
typedef struct
{
  AwFormField field;
  guint person;
  const char *message;
} AwFormProblem;

/**
 * AwInterviewForm:
 *
 * What stands in Add Interview: a value, with the list of what is wrong with
 * it. A change makes a new one.
 */
typedef struct _AwInterviewForm AwInterviewForm;

/* @people: (element-type AwFormPerson) (nullable); copied */
AwInterviewForm *aw_interview_form_new (const char *company,
                                        const char *role,
                                        gint64 starts_at,
                                        GPtrArray *people,
                                        AwDate promised);
AwInterviewForm *aw_interview_form_ref (AwInterviewForm *self);
void aw_interview_form_unref (AwInterviewForm *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AwInterviewForm, aw_interview_form_unref)

const char *aw_interview_form_get_company (AwInterviewForm *self); /* stripped; "" if empty */
guint aw_interview_form_get_n_people (AwInterviewForm *self);
const AwFormPerson *aw_interview_form_get_person (AwInterviewForm *self, guint i);
guint aw_interview_form_get_n_problems (AwInterviewForm *self);
const AwFormProblem *aw_interview_form_get_problem (AwInterviewForm *self, guint i);

gint64 aw_interview_form_default_start (AwCalendar *calendar, gint64 now);

/* @round_of: (nullable): the opportunity that gets a further round.
 * @opportunity: (out) (optional): the opportunity's id */
AwCommand *aw_interview_form_to_command (AwInterviewForm *self, AwCalendar *calendar, AwDossier *round_of, char **opportunity);
char *aw_interview_form_toast (AwInterviewForm *self, AwCalendar *calendar, gint64 now);

G_END_DECLS
