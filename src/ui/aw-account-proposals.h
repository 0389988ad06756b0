/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mail/aw-discovery.h"
#include "ui/aw-ui.h"

G_BEGIN_DECLS

/**
 * AwAccountProposals:
 *
 * The servers that were found for an address, each with who says so; hidden
 * unless there are several. Signal "chosen" (int which).
 */
#define AW_TYPE_ACCOUNT_PROPOSALS (aw_account_proposals_get_type ())
G_DECLARE_FINAL_TYPE (AwAccountProposals, aw_account_proposals, AW, ACCOUNT_PROPOSALS, GtkBox)

GtkWidget *aw_account_proposals_new (void);
void aw_account_proposals_show (AwAccountProposals *self, GPtrArray *proposals); /* AwProposal; NULL: none */
void aw_account_proposals_mark (AwAccountProposals *self, int which);            /* -1: the user's own */

G_END_DECLS
