/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/aw-types.h"

G_BEGIN_DECLS

/* What the words of an invitation tell. */
gboolean aw_event_looks_like_interview (const char *summary, const char *description);
AwStage aw_event_guess_stage (const char *summary);
AwFormat aw_event_guess_format (const char *summary, const char *location, const char *description);
char *aw_event_guess_company (const char *summary);   /* NULL: the summary names none */
char *aw_address_guess_company (const char *email);   /* NULL: it is of a mail provider */
gboolean aw_address_is_private (const char *email);   /* of a mail provider */

G_END_DECLS
