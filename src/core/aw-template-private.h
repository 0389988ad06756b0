/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/aw-template.h"

G_BEGIN_DECLS

AwInterview *aw_template_last_interview (AwDossier *dossier, const char *person, gint64 now);
char *aw_template_find_fact (AwTemplates *self, const AwTemplateFacts *facts, const char *name);

GKeyFile *aw_template_load_file (const char *language);

G_END_DECLS
