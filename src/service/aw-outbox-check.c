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

static GPtrArray *
review_at (AwReviewFacts *facts,
           AwMessage *message,
           gint64 at)
{
  AwReviewInput input = {
    .person = message->person,
    .kind = message->kind,
    .channel = message->channel,
    .subject = message->subject,
    .text = message->body != NULL ? message->body : "",
    .at = at,
    .begun = message->changed_at.sec,
    .article = message->article,
  };

  return aw_review (facts, &input);
}

static const char *
find_sentence (GPtrArray *findings,
               const char *check)
{
  for (guint i = 0; i < findings->len; i++)
    {
      const AwFinding *finding = g_ptr_array_index (findings, i);

      if (g_str_equal (finding->id, check) && finding->severity >= AW_SEVERITY_WARNING)
        return finding->sentence;
    }
  return NULL;
}

/* M8: a guard that the user did not overrule. M13: "yesterday" was true when it
 * was to leave, and is not now; what was wrong then already, the user has seen. */
static char *
check_text (AwReviewFacts *facts,
            AwMessage *message,
            gint64 planned,
            gint64 now)
{
  g_autoptr (GPtrArray) findings = NULL, before = NULL;
  AwGuardHit hit;

  if (message->person == NULL)
    return NULL;
  findings = review_at (facts, message, now);
  hit = aw_guards_check (facts->dossier, facts->elsewhere, facts->calendar, message->person, message->kind, message->channel, now);
  if (hit.guard != NULL && !aw_strv_has (message->overruled, hit.guard))
    {
      const char *sentence = find_sentence (findings, "M8");

      return g_strdup (sentence != NULL ? sentence : _("By your rules this should not be sent now."));
    }
  if (find_sentence (findings, "M13") == NULL)
    return NULL;
  before = review_at (facts, message, planned);
  return find_sentence (before, "M13") == NULL ? g_strdup (find_sentence (findings, "M13")) : NULL;
}

/**
 * aw_outbox_check:
 * @self: an outbox
 * @entry: a message that is about to leave
 * @now: the instant
 *
 * Looks once more at what may have changed since the user handed it over. No
 * rule is about a test of an account.
 *
 * Returns: (transfer full) (nullable): one sentence, or %NULL if it may leave
 */
char *
aw_outbox_check (AwOutbox *self,
                 const AwOutboxEntry *entry,
                 gint64 now)
{
  g_autoptr (AwReviewFacts) facts = NULL;
  AwMessage *message = entry->message;
  gint64 planned = aw_instant_is_set (message->scheduled_at) ? message->scheduled_at.sec : entry->first_at;
  char *sentence;

  if (AW_OPPORTUNITY_ID (message) == NULL)
    return NULL;
  facts = aw_engine_gather_review_facts (aw_outbox_get_engine (self), AW_OPPORTUNITY_ID (entry->message), NULL);
  if (facts == NULL)
    return g_strdup (_("The interview that this belongs to is gone."));
  sentence = check_recipient (facts->dossier, entry);
  if (sentence == NULL)
    sentence = check_news (facts->dossier, entry->message);
  return sentence != NULL ? sentence : check_text (facts, message, planned, now);
}
