/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/aw-plan.h"

G_BEGIN_DECLS

/**
 * AwDuty:
 *
 * One follow-up for a list: the item of the plan with what a row shows.
 * Immutable. Properties: "key", "opportunity".
 */
#define AW_TYPE_DUTY (aw_duty_get_type ())
G_DECLARE_FINAL_TYPE (AwDuty, aw_duty, AW, DUTY, GObject)

const AwFollowUp *aw_duty_get_follow_up (AwDuty *self);
const char *aw_duty_get_opportunity (AwDuty *self);
const char *aw_duty_get_key (AwDuty *self);
const char *aw_duty_get_company (AwDuty *self);
const char *aw_duty_get_role (AwDuty *self);       /* the opportunity's, may be NULL */
const char *aw_duty_get_person_name (AwDuty *self); /* NULL: nobody */
const char *aw_duty_get_person_role (AwDuty *self); /* "Hiring manager", NULL: nobody */
const char *aw_duty_get_title (AwDuty *self);
const char *aw_duty_get_reason (AwDuty *self);
const char *aw_duty_get_pill (AwDuty *self);
const char *aw_duty_get_button (AwDuty *self);      /* NULL: none */
const char *aw_duty_get_label (AwDuty *self);

G_END_DECLS
