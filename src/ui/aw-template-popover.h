/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/aw-template.h"
#include "ui/aw-ui.h"

G_BEGIN_DECLS

/**
 * AwTemplatePopover:
 *
 * The templates to choose from, those of the message's kind first, with a
 * preview. Signals: "chosen" (AwTemplate *), "manage".
 */
#define AW_TYPE_TEMPLATE_POPOVER (aw_template_popover_get_type ())
G_DECLARE_FINAL_TYPE (AwTemplatePopover, aw_template_popover, AW, TEMPLATE_POPOVER, GtkPopover)

GtkWidget *aw_template_popover_new (void);
/* @facts and what it borrows must live until it is set anew or the popover goes. */
void aw_template_popover_set_templates (AwTemplatePopover *self, AwTemplates *templates, AwTouchKind kind, const AwTemplateFacts *facts);

G_END_DECLS
