/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/aw-outbox-item-private.h"

#include <glib/gi18n-lib.h>

#include "mail/aw-mail-result.h"
#include "store/aw-outbox-watch.h"

struct _AwOutboxItem
{
  GObject parent_instance;

  AwOutboxEntry *entry;
  char *company;
  char *person_name;
  char *to;
  char *sentence;
};

G_DEFINE_FINAL_TYPE (AwOutboxItem, aw_outbox_item, G_TYPE_OBJECT)

static void
aw_outbox_item_finalize (GObject *object)
{
  AwOutboxItem *self = AW_OUTBOX_ITEM (object);

  aw_outbox_entry_free (self->entry);
  g_free (self->company);
  g_free (self->person_name);
  g_free (self->to);
  g_free (self->sentence);

  G_OBJECT_CLASS (aw_outbox_item_parent_class)->finalize (object);
}

static void
aw_outbox_item_class_init (AwOutboxItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = aw_outbox_item_finalize;
}

static void
aw_outbox_item_init (G_GNUC_UNUSED AwOutboxItem *self)
{
}

static char *
make_sentence (const AwOutboxEntry *entry,
               gint64 now)
{
  const AwMessage *message = entry->message;
  int fault = AW_FAULT_NONE;

  if (message->state == AW_MESSAGE_SCHEDULED && aw_instant_is_set (message->scheduled_at) &&
      message->scheduled_at.sec < now - AW_OUTBOX_MISSED_SECONDS)
    return aw_mail_fault_sentence (AW_FAULT_MISSED, 0, NULL);
  if (entry->bounced_at != AW_NEVER)
    return entry->bounce_text != NULL ? g_strdup_printf (_("It came back: %s"), entry->bounce_text) : g_strdup (_("It came back."));
  if (entry->fault == NULL || !aw_word_parse (&aw_mail_faults, entry->fault, &fault))
    return NULL;
  return aw_mail_fault_sentence ((AwMailFault) fault, entry->code, entry->text);
}

AwOutboxItem *
aw_outbox_item_new (AwOutboxEntry *entry,
                    AwDossier *dossier,
                    gint64 now)
{
  AwOutboxItem *self = g_object_new (AW_TYPE_OUTBOX_ITEM, NULL);
  AwPerson *person = dossier != NULL && entry->message->person != NULL ? aw_dossier_find_person (dossier, entry->message->person) : NULL;

  self->entry = entry;
  if (dossier != NULL)
    self->company = g_strdup (aw_dossier_get_opportunity (dossier)->company);
  if (person != NULL)
    self->person_name = g_strdup (aw_person_get_short_name (person));
  self->to = g_strdup (entry->frozen && entry->rcpt[0] != '\0' ? entry->rcpt : person != NULL ? person->email : NULL);
  self->sentence = make_sentence (entry, now);
  return self;
}

static int
rank (AwOutboxItem *self)
{
  switch (self->entry->message->state)
    {
    case AW_MESSAGE_FAILED:
      return 0;
    case AW_MESSAGE_UNCERTAIN:
      return 1;
    case AW_MESSAGE_SCHEDULED:
      return 2;
    case AW_MESSAGE_QUEUED:
      return 3;
    case AW_MESSAGE_SENDING:
      return 4;
    case AW_MESSAGE_DRAFT:
      return 5;
    case AW_MESSAGE_SENT:
      return 6;
    case AW_MESSAGE_CANCELLED:
    default:
      return 7;
    }
}

static gint64
moment (AwOutboxItem *self)
{
  const AwMessage *message = self->entry->message;

  switch (message->state)
    {
    case AW_MESSAGE_SCHEDULED:
      return -message->scheduled_at.sec; /* the next one first */
    case AW_MESSAGE_SENT:
      return self->entry->sent_at;
    case AW_MESSAGE_FAILED:
    case AW_MESSAGE_UNCERTAIN:
    case AW_MESSAGE_QUEUED:
    case AW_MESSAGE_SENDING:
    case AW_MESSAGE_DRAFT:
    case AW_MESSAGE_CANCELLED:
    default:
      return message->changed_at.sec;
    }
}

int
aw_outbox_item_compare (gconstpointer a,
                        gconstpointer b)
{
  AwOutboxItem *x = *(AwOutboxItem *const *) a, *y = *(AwOutboxItem *const *) b;

  if (rank (x) != rank (y))
    return rank (x) - rank (y);
  if (moment (x) != moment (y))
    return moment (x) > moment (y) ? -1 : 1;
  return g_strcmp0 (AW_ID (x->entry->message), AW_ID (y->entry->message));
}

gboolean
aw_outbox_item_looks_like (AwOutboxItem *self,
                           AwOutboxItem *other)
{
  const AwOutboxEntry *a = self->entry, *b = other->entry;

  return aw_record_equal (AW_RECORD (a->message), AW_RECORD (b->message)) && a->attempts == b->attempts &&
         a->next_at == b->next_at && a->sent_at == b->sent_at && a->code == b->code && g_strcmp0 (a->text, b->text) == 0 &&
         g_strcmp0 (a->copy, b->copy) == 0 && g_strcmp0 (a->copy_text, b->copy_text) == 0 &&
         g_strcmp0 (a->fault, b->fault) == 0 &&
         g_strcmp0 (self->sentence, other->sentence) == 0 && g_strcmp0 (self->to, other->to) == 0 &&
         g_strcmp0 (self->company, other->company) == 0 && g_strcmp0 (self->person_name, other->person_name) == 0;
}

AwMessage *
aw_outbox_item_get_message (AwOutboxItem *self)
{
  g_return_val_if_fail (AW_IS_OUTBOX_ITEM (self), NULL);

  return self->entry->message;
}

const char *
aw_outbox_item_get_company (AwOutboxItem *self)
{
  return self->company;
}

const char *
aw_outbox_item_get_person_name (AwOutboxItem *self)
{
  return self->person_name;
}

const char *
aw_outbox_item_get_to (AwOutboxItem *self)
{
  return self->to;
}

int
aw_outbox_item_get_attempts (AwOutboxItem *self)
{
  return self->entry->attempts;
}

gint64
aw_outbox_item_get_next_at (AwOutboxItem *self)
{
  return self->entry->message->state == AW_MESSAGE_QUEUED ? self->entry->next_at : AW_NEVER;
}

gint64
aw_outbox_item_get_sent_at (AwOutboxItem *self)
{
  return self->entry->sent_at;
}

int
aw_outbox_item_get_code (AwOutboxItem *self)
{
  return self->entry->code;
}

const char *
aw_outbox_item_get_text (AwOutboxItem *self)
{
  return self->entry->text;
}

const char *
aw_outbox_item_get_sentence (AwOutboxItem *self)
{
  return self->sentence;
}

const char *
aw_outbox_item_get_fault (AwOutboxItem *self)
{
  return self->entry->fault;
}

gboolean
aw_outbox_item_is_bounced (AwOutboxItem *self)
{
  return self->entry->bounced_at != AW_NEVER;
}

/**
 * aw_outbox_item_get_copy_sentence:
 * @self: a message that was sent
 *
 * Returns: (transfer full) (nullable): one sentence if its copy is not in the
 *   Sent folder, where that is wanted
 */
char *
aw_outbox_item_get_copy_sentence (AwOutboxItem *self)
{
  const char *text = self->entry->copy_text;

  if (g_strcmp0 (self->entry->copy, "failed") == 0)
    return text != NULL ? g_strdup_printf (_("No copy could be put into the Sent folder: %s"), text)
                        : g_strdup (_("No copy could be put into the Sent folder."));
  if (g_strcmp0 (self->entry->copy, "pending") == 0 && text != NULL)
    return g_strdup_printf (_("There is no copy in the Sent folder yet: %s"), text);
  return NULL;
}
