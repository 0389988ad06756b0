/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "core/aw-review-private.h"

/* M14: nobody was met who was not. */

/* Whether they wrote to me, so that they may have told me something. */
static gboolean
heard_from (AwReview *self)
{
  AwRecordList *touches = aw_dossier_get_list (self->facts->dossier, AW_RECORD_TOUCH);

  for (guint i = 0; i < aw_record_list_get_length (touches); i++)
    {
      AwTouch *touch = aw_record_list_peek (touches, i);

      if (touch->direction == AW_DIRECTION_IN && aw_strv_has (touch->people, self->input->person))
        return TRUE;
    }
  return FALSE;
}

void
aw_review_check_met (AwReview *self)
{
  AwPhrase phrase;
  g_autofree char *words = NULL;

  if (self->person == NULL || self->met)
    return;
  if (!aw_phrases_have (self->lists, "met", "met", self->body, &phrase) &&
      (heard_from (self) || !aw_phrases_have (self->lists, "met", "told", self->body, &phrase)))
    return;
  words = aw_review_quote (self, &phrase);
  aw_review_add_phrase (self, "M14", AW_SEVERITY_WARNING, _ ("You have not met"),
                        g_strdup_printf (_ ("“%s”: by your notes you have never met or spoken with %s."), words, aw_person_get_short_name (self->person)),
                        &phrase);
}
