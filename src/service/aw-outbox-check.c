/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "mail/aw-address.h"
#include "service/aw-outbox.h"

static char *
check_recipient (AwDossier *dossier,
                 const AwOutboxEntry *entry)
{
  AwMessage *message = entry->message;
  AwPerson *person = message->person != NULL ? aw_dossier_find_person (dossier, message->person) : NULL;
  g_autofree char *address = NULL;

  if (person == NULL)
    return g_strdup (_("The person whom this is for was removed meanwhile."));
  address = aw_address_normalize (person->email, NULL);
  if (g_strcmp0 (address, entry->rcpt) != 0)
    /* Translators: %s is a person's name */
    return g_strdup_printf (_("The e-mail address of %s was changed since this was written."), aw_person_get_short_name (person));
  return NULL;
}

/* M16, since the message was handed over: what the user knew then is settled. */
static char *
check_news (AwDossier *dossier,
            AwMessage *message)
{
  AwOpportunity *opportunity = aw_dossier_get_opportunity (dossier);
  AwRecordList *touches = aw_dossier_get_list (dossier, AW_RECORD_TOUCH);
  gint64 since = message->changed_at.sec;
  gboolean fits_closed = message->kind == AW_TOUCH_ACKNOWLEDGEMENT || message->kind == AW_TOUCH_FEEDBACK ||
                         message->kind == AW_TOUCH_ANSWER || message->kind == AW_TOUCH_REQUEST || message->kind == AW_TOUCH_OTHER;

  if (aw_status_is_closed (opportunity->status) && !fits_closed && opportunity->status_changed_at.sec >= since)
    return g_strdup (_("This was closed since the message was written."));
  for (guint i = 0; i < aw_record_list_get_length (touches); i++)
    {
      AwTouch *touch = aw_record_list_peek (touches, i);
      AwPerson *person;

      if (touch->direction != AW_DIRECTION_IN || touch->at.sec < since)
        continue;
      person = touch->people != NULL ? aw_dossier_find_person (dossier, touch->people[0]) : NULL;
      if (person != NULL)
        /* Translators: %s is a person's name */
        return g_strdup_printf (_("%s has been in touch since this was written."), aw_person_get_short_name (person));
      return g_strdup (_("They have been in touch since this was written."));
    }
  return NULL;
}

static char *
check_guards (AwReviewFacts *facts,
              AwMessage *message,
              gint64 now)
{
  AwGuardHit hit;

  if (message->person == NULL)
    return NULL;
  hit = aw_guards_check (facts->dossier, facts->elsewhere, facts->calendar, message->person, message->kind, message->channel, now);
  if (hit.guard == NULL || aw_strv_has (message->overruled, hit.guard))
    return NULL;
  if (hit.until != AW_NEVER)
    {
      AwDate date = aw_calendar_date_of (facts->calendar, NULL, hit.until);
      g_autofree char *day = aw_date_format (date);

      /* Translators: %s is a date as 2026-03-05 */
      return g_strdup_printf (_("Another message came in between; by your rules this should wait until %s."), day);
    }
  return g_strdup (_("By your rules this should not be sent any more."));
}

/**
 * aw_outbox_check:
 * @self: an outbox
 * @entry: a message that is about to leave
 * @now: the instant
 *
 * Looks once more at what may have changed since the user handed it over.
 *
 * Returns: (transfer full) (nullable): one sentence, or %NULL if it may leave
 */
char *
aw_outbox_check (AwOutbox *self,
                 const AwOutboxEntry *entry,
                 gint64 now)
{
  g_autoptr (AwReviewFacts) facts = NULL;
  char *sentence;

  facts = aw_engine_gather_review_facts (aw_outbox_get_engine (self), AW_OPPORTUNITY_ID (entry->message), NULL);
  if (facts == NULL)
    return g_strdup (_("The interview that this belongs to is gone."));
  sentence = check_recipient (facts->dossier, entry);
  if (sentence == NULL)
    sentence = check_news (facts->dossier, entry->message);
  return sentence != NULL ? sentence : check_guards (facts, entry->message, now);
}
