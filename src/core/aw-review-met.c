/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "core/aw-review-private.h"

/* M14: nobody was met who was not. */

void
aw_review_check_met (AwReview *self)
{
  AwPhrase phrase;
  g_autofree char *words = NULL;

  if (self->person == NULL || self->met || !aw_phrases_have (self->lists, "met", NULL, self->body, &phrase))
    return;
  words = aw_review_quote (self, &phrase);
  aw_review_add_phrase (self, "M14", AW_SEVERITY_WARNING, _ ("You have not met"),
                        g_strdup_printf (_ ("“%s”: by your notes you have never met or spoken with %s."), words, aw_person_get_short_name (self->person)),
                        &phrase);
}
