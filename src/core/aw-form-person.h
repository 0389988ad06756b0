/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/aw-facts.h"

G_BEGIN_DECLS

/**
 * AwFormPerson:
 * @name: (nullable): as typed
 * @title: (nullable): what stood beside the name, unless it is but a role
 * @email: (nullable): as typed, whether it is an address or not
 * @phone: (nullable): as typed
 * @roles: guessed from words; 0: nothing said
 *
 * Somebody as typed, pasted or dropped into a form.
 */
typedef struct
{
  char *name;
  char *title;
  char *email;
  char *phone;
  AwRoles roles;
} AwFormPerson;

AwFormPerson *aw_form_person_copy (const AwFormPerson *person);
void aw_form_person_free (AwFormPerson *person);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AwFormPerson, aw_form_person_free)

GPtrArray *aw_form_people_parse (const char *text);
AwRoles aw_form_roles_guess (const char *words);
gboolean aw_form_email_is_valid (const char *email);
gboolean aw_form_person_is (const AwFormPerson *person, const char *name, const char *email);

G_END_DECLS
