/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/aw-ui.h"

G_BEGIN_DECLS

/**
 * AwAccountForm:
 *
 * Who sends, and by which server. Signal "changed".
 */
#define AW_TYPE_ACCOUNT_FORM (aw_account_form_get_type ())
G_DECLARE_FINAL_TYPE (AwAccountForm, aw_account_form, AW, ACCOUNT_FORM, GtkBox)

GtkWidget *aw_account_form_new (AwAccount *account); /* NULL: a new one */
AwAccount *aw_account_form_read (AwAccountForm *self, AwAccount *stored, GError **error); /* (transfer full) */
char *aw_account_form_dup_password (AwAccountForm *self); /* for aw_secret_free(); empty: as it is */
void aw_account_form_set_pin (AwAccountForm *self, const char *pin);
void aw_account_form_take_proposals (AwAccountForm *self, GPtrArray *proposals); /* (transfer full): AwProposal */
void aw_account_form_focus (AwAccountForm *self);

G_END_DECLS
