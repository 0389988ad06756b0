/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/aw-book.h"

#include "core/aw-dossier-private.h"

struct _AwBook
{
  GObject parent_instance;

  AwDatabase *database;
  AwClock *clock;
  AwPolicy *policy;
  AwCalendar *calendar;
  char *zone; /* the system's, by which the calendar was made */
  AwElsewhere *elsewhere;
  GHashTable *live; /* id → AwDossier, not referenced */
};

G_DEFINE_FINAL_TYPE (AwBook, aw_book, G_TYPE_OBJECT)

/* A dossier's opportunity may be replaced, its id never: the key is a copy. */
static void
on_dossier_gone (gpointer data,
                 GObject *where_it_was)
{
  AwBook *self = data;
  GHashTableIter iter;
  gpointer dossier;

  g_hash_table_iter_init (&iter, self->live);
  while (g_hash_table_iter_next (&iter, NULL, &dossier))
    if (dossier == (gpointer) where_it_was)
      {
        g_hash_table_iter_remove (&iter);
        return;
      }
}

static void
make_calendar (AwBook *self)
{
  g_free (self->zone);
  self->zone = aw_clock_dup_zone (self->clock);
  g_clear_pointer (&self->calendar, aw_calendar_unref);
  self->calendar = aw_calendar_new (self->policy, self->zone);
}

static void
aw_book_finalize (GObject *object)
{
  AwBook *self = AW_BOOK (object);
  GHashTableIter iter;
  gpointer dossier;

  g_hash_table_iter_init (&iter, self->live);
  while (g_hash_table_iter_next (&iter, NULL, &dossier))
    g_object_weak_unref (dossier, on_dossier_gone, self);
  g_hash_table_unref (self->live);
  g_clear_pointer (&self->calendar, aw_calendar_unref);
  g_clear_pointer (&self->elsewhere, aw_elsewhere_unref);
  g_clear_object (&self->policy);
  g_clear_object (&self->clock);
  g_clear_object (&self->database);
  g_free (self->zone);

  G_OBJECT_CLASS (aw_book_parent_class)->finalize (object);
}

static void
aw_book_class_init (AwBookClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = aw_book_finalize;
}

static void
aw_book_init (AwBook *self)
{
  self->live = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/**
 * aw_book_new:
 * @database: where the facts are; the connection of this thread
 * @clock: what tells the system's zone
 * @error: return location
 *
 * Returns: (transfer full): the book, or %NULL with @error set
 */
AwBook *
aw_book_new (AwDatabase *database,
             AwClock *clock,
             GError **error)
{
  g_autoptr(AwBook) self = g_object_new (AW_TYPE_BOOK, NULL);

  self->database = g_object_ref (database);
  self->clock = g_object_ref (clock);
  if (!aw_book_load_policy (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

AwDatabase *
aw_book_get_database (AwBook *self)
{
  return self->database;
}

AwClock *
aw_book_get_clock (AwBook *self)
{
  return self->clock;
}

AwPolicy *
aw_book_get_policy (AwBook *self)
{
  return self->policy;
}

AwCalendar *
aw_book_get_calendar (AwBook *self)
{
  return self->calendar;
}

/**
 * aw_book_load_policy:
 * @self: a book
 * @error: return location
 *
 * Reads the policy, and makes the calendar that goes with it.
 *
 * Returns: whether it could be read
 */
gboolean
aw_book_load_policy (AwBook *self,
                     GError **error)
{
  AwPolicy *policy = aw_database_load_policy (self->database, error);

  if (policy == NULL)
    return FALSE;
  g_clear_object (&self->policy);
  self->policy = policy;
  make_calendar (self);
  return TRUE;
}

/**
 * aw_book_check_zone:
 * @self: a book
 *
 * Returns: whether the system's zone is another one now; the calendar is then
 *   a new one
 */
gboolean
aw_book_check_zone (AwBook *self)
{
  g_autofree char *zone = aw_clock_dup_zone (self->clock);

  if (g_strcmp0 (zone, self->zone) == 0)
    return FALSE;
  make_calendar (self);
  return TRUE;
}

/**
 * aw_book_ref_dossier:
 * @self: a book
 * @opportunity: an id
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the dossier, which follows each commit
 *   while it is held; %NULL without @error if there is no such opportunity
 */
AwDossier *
aw_book_ref_dossier (AwBook *self,
                     const char *opportunity,
                     GError **error)
{
  AwDossier *dossier = g_hash_table_lookup (self->live, opportunity);

  if (dossier != NULL)
    return g_object_ref (dossier);

  dossier = aw_database_load_dossier (self->database, opportunity, error);
  if (dossier != NULL)
    {
      g_hash_table_insert (self->live, g_strdup (opportunity), dossier);
      g_object_weak_ref (G_OBJECT (dossier), on_dossier_gone, self);
    }
  return dossier;
}

/**
 * aw_book_peek_live:
 * @self: a book
 * @opportunity: an id
 *
 * Returns: (transfer none) (nullable): its dossier, if somebody holds it
 */
AwDossier *
aw_book_peek_live (AwBook *self,
                   const char *opportunity)
{
  return g_hash_table_lookup (self->live, opportunity);
}

/**
 * aw_book_drop_live:
 * @self: a book
 * @opportunity: the id of an opportunity that is gone
 *
 * Whoever still holds its dossier keeps it as it was.
 */
void
aw_book_drop_live (AwBook *self,
                   const char *opportunity)
{
  AwDossier *dossier = g_hash_table_lookup (self->live, opportunity);

  if (dossier == NULL)
    return;
  g_object_weak_unref (G_OBJECT (dossier), on_dossier_gone, self);
  g_hash_table_remove (self->live, opportunity);
}

/**
 * aw_book_get_elsewhere:
 * @self: a book
 *
 * Returns: (transfer none): the contacts of all opportunities by address,
 *   loaded when first asked for
 */
AwElsewhere *
aw_book_get_elsewhere (AwBook *self)
{
  if (self->elsewhere == NULL)
    {
      g_autoptr(GError) error = NULL;

      self->elsewhere = aw_database_load_elsewhere (self->database, &error);
      if (self->elsewhere == NULL)
        {
          g_warning ("Contacts elsewhere could not be read: %s", error->message);
          self->elsewhere = aw_elsewhere_new ();
        }
    }
  return self->elsewhere;
}

/**
 * aw_book_update_elsewhere:
 * @self: a book
 * @opportunity: an opportunity whose people or touches changed
 * @dossier: (nullable): its dossier, %NULL if it is gone
 */
void
aw_book_update_elsewhere (AwBook *self,
                          const char *opportunity,
                          AwDossier *dossier)
{
  if (self->elsewhere == NULL)
    return;
  aw_elsewhere_remove_opportunity (self->elsewhere, opportunity);
  if (dossier != NULL)
    aw_elsewhere_add_dossier (self->elsewhere, dossier);
}

/**
 * aw_book_drop_elsewhere:
 * @self: a book
 *
 * Forgets the contacts, to be loaded again when they are needed: after many
 * changes, and where memory matters more than time.
 */
void
aw_book_drop_elsewhere (AwBook *self)
{
  g_clear_pointer (&self->elsewhere, aw_elsewhere_unref);
}

/* When a message of which nobody knows whether it arrived was first tried. */
static gint64
first_tried (AwBook *self,
             AwMessage *message)
{
  gint64 at = aw_instant_is_set (message->changed_at) ? message->changed_at.sec : message->begun_at.sec;
  sqlite3_stmt *statement = NULL;

  if (sqlite3_prepare_v2 (aw_database_get_handle (self->database), "SELECT first_at FROM outbox WHERE message = ?", -1,
                          &statement, NULL) == SQLITE_OK &&
      sqlite3_bind_text (statement, 1, AW_ID (message), -1, SQLITE_STATIC) == SQLITE_OK &&
      sqlite3_step (statement) == SQLITE_ROW)
    at = sqlite3_column_int64 (statement, 0);
  sqlite3_finalize (statement);
  return at;
}

/* The plan sees a message of which nobody knows whether it arrived as a touch
 * (architecture.md): it is better to wait in vain than to write twice. */
static AwDossier *
with_uncertain (AwBook *self,
                AwDossier *dossier)
{
  AwRecordList *messages = aw_dossier_get_list (dossier, AW_RECORD_MESSAGE);
  AwDossier *copy = NULL;

  AW_RECORDS_FOREACH (AwMessage, message, messages)
    {
      g_autoptr(AwTouch) touch = NULL;

      if (message->state != AW_MESSAGE_UNCERTAIN)
        continue;
      if (copy == NULL)
        {
          copy = aw_dossier_new (aw_dossier_get_opportunity (dossier));
          aw_dossier_become (copy, dossier);
        }
      touch = AW_TOUCH (aw_record_new (AW_TYPE_TOUCH, aw_dossier_get_id (dossier)));
      touch->record.position = G_MAXINT64;
      touch->at = aw_instant (first_tried (self, message));
      touch->direction = AW_DIRECTION_OUT;
      touch->channel = message->channel != AW_CHANNEL_UNSET ? message->channel : AW_CHANNEL_EMAIL;
      touch->kind = message->kind;
      if (message->person != NULL)
        {
          touch->people = g_new0 (char *, 2);
          touch->people[0] = g_strdup (message->person);
        }
      aw_dossier_apply (copy, NULL, AW_RECORD (touch));
    }
  return copy != NULL ? copy : g_object_ref (dossier);
}

/**
 * aw_book_plan:
 * @self: a book
 * @dossier: the dossier of an opportunity
 * @at: an instant
 *
 * Returns: (transfer full): its plan as of @at
 */
AwPlan *
aw_book_plan (AwBook *self,
              AwDossier *dossier,
              gint64 at)
{
  g_autoptr(AwDossier) planned = with_uncertain (self, dossier);

  return aw_plan_new (planned, aw_book_get_elsewhere (self), self->calendar, at);
}

static gboolean
message_fits (AwMessage *message,
              const AwFollowUp *follow_up)
{
  static const AwTouchKind kinds[] = {
    [AW_DUTY_THANK_YOU] = AW_TOUCH_THANK_YOU,
    [AW_DUTY_CHECK_IN] = AW_TOUCH_CHECK_IN,
    [AW_DUTY_ESCALATION] = AW_TOUCH_ESCALATION,
    [AW_DUTY_ARTICLE] = AW_TOUCH_ARTICLE,
    [AW_DUTY_CALL] = AW_TOUCH_CALL,
    [AW_DUTY_KEEP_IN_TOUCH] = AW_TOUCH_KEEP_IN_TOUCH,
    [AW_DUTY_TIMELINE] = AW_TOUCH_TIMELINE,
    [AW_DUTY_FEEDBACK] = AW_TOUCH_FEEDBACK,
    [AW_DUTY_ANSWER] = AW_TOUCH_ANSWER,
    [AW_DUTY_ACKNOWLEDGEMENT] = AW_TOUCH_ACKNOWLEDGEMENT,
    [AW_DUTY_COMPLETE] = AW_TOUCH_UNSET,
  };

  if (g_strcmp0 (message->follow_up, follow_up->key) == 0)
    return TRUE;
  return message->kind != AW_TOUCH_UNSET && message->kind == kinds[follow_up->kind] &&
         g_strcmp0 (message->person, follow_up->person) == 0;
}

/**
 * aw_book_is_on_its_way:
 * @dossier: the follow-up's dossier
 * @follow_up: an item of the plan
 *
 * The plan knows nothing of the outbox; lists and reminders leave out what a
 * message that waits, is being sent or is uncertain takes care of. One that
 * failed shows its item again.
 *
 * Returns: whether there is such a message
 */
gboolean
aw_book_is_on_its_way (AwDossier *dossier,
                       const AwFollowUp *follow_up)
{
  AW_RECORDS_FOREACH (AwMessage, message, aw_dossier_get_list (dossier, AW_RECORD_MESSAGE))
    {
      if ((message->state == AW_MESSAGE_SCHEDULED || message->state == AW_MESSAGE_QUEUED ||
           message->state == AW_MESSAGE_SENDING || message->state == AW_MESSAGE_UNCERTAIN) &&
          message_fits (message, follow_up))
        return TRUE;
    }
  return FALSE;
}
