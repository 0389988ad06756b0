/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/aw-words.h"

G_BEGIN_DECLS

const char *aw_words_company (AwDossier *dossier);
const char *aw_words_name (AwDossier *dossier, const char *person);
gboolean aw_words_is_known (AwDossier *dossier, const char *person);
const char *aw_words_rule (const AwFollowUp *follow_up);
char *aw_words_day_of (AwCalendar *calendar, gint64 sec);

G_END_DECLS
