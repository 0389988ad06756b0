/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/aw-planner.h"

#include <string.h>

#include "core/aw-words.h"
#include "service/aw-addresses.h"
#include "service/aw-duty-private.h"
#include "service/aw-scheduler.h"
#include "service/aw-sorted-list.h"
#include "service/aw-summary-private.h"
#include "service/aw-zone-watch.h"

/* What a caller waits for at once, and what is done at a time between frames,
 * both in microseconds. */
#define AT_ONCE (40 * 1000)
#define AT_A_TIME (6 * 1000)

/* From so many touched opportunities on, all are read again in one go. */
#define MANY 200

typedef struct
{
  AwOpportunity *opportunity;
  gint64 last_interview;
  AwPlan *plan;  /* NULL: not planned yet */
  gint64 planned_at;
  gint64 next_change;
  GPtrArray *duties; /* of AwDuty, those in the list */
  AwSummary *summary;
  gboolean queued;
} Entry;

struct _AwPlanner
{
  GObject parent_instance;

  AwBook *book;
  AwScheduler *scheduler;
  AwZoneWatch *zone_watch;
  GHashTable *entries;  /* id → Entry */
  AwAddresses *addresses;
  AwSortedList *duties;
  AwSortedList *summaries;
  GQueue queue; /* of ids, owned */
  guint idle;
  AwDate today;       /* the words were made on: "today", "2 days late" */
  gint64 words_until; /* the user's next midnight */
};

G_DEFINE_FINAL_TYPE (AwPlanner, aw_planner, G_TYPE_OBJECT)

enum
{
  PLANNED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  g_clear_object (&entry->opportunity);
  g_clear_object (&entry->summary);
  g_clear_pointer (&entry->plan, aw_plan_unref);
  g_ptr_array_unref (entry->duties);
  g_free (entry);
}

/* Lists -------------------------------------------------------------------- */

static void
flush (AwPlanner *self)
{
  aw_sorted_list_flush (self->duties);
  aw_sorted_list_flush (self->summaries);
}

static void
summarise (AwPlanner *self,
           Entry *entry,
           gint64 now)
{
  g_autoptr(AwSummary) summary = aw_summary_new (entry->opportunity, entry->last_interview, aw_duty_most_urgent (entry->duties),
                                                 aw_book_get_calendar (self->book), now);

  if (entry->summary != NULL)
    {
      if (aw_summary_looks_like (entry->summary, summary))
        return;
      aw_sorted_list_leave (self->summaries, entry->summary);
    }
  g_set_object (&entry->summary, summary);
  aw_sorted_list_enter (self->summaries, summary);
}

static AwDuty *
find_duty (GPtrArray *duties,
           const char *key)
{
  for (guint i = 0; i < duties->len; i++)
    if (strcmp (aw_duty_get_key (g_ptr_array_index (duties, i)), key) == 0)
      return g_ptr_array_index (duties, i);
  return NULL;
}

/* Planning ----------------------------------------------------------------- */

static void
plan_entry (AwPlanner *self,
            Entry *entry,
            AwDossier *dossier,
            gint64 now)
{
  g_autoptr(GPtrArray) duties = g_ptr_array_new_with_free_func (g_object_unref);

  g_clear_pointer (&entry->plan, aw_plan_unref);
  entry->plan = aw_book_plan (self->book, dossier, now);
  entry->planned_at = now;
  entry->next_change = aw_plan_get_next_change (entry->plan);

  for (guint i = 0; i < aw_plan_get_length (entry->plan); i++)
    {
      const AwFollowUp *follow_up = aw_plan_get (entry->plan, i);
      g_autoptr(AwDuty) duty = NULL;
      AwDuty *old;

      if (aw_book_is_on_its_way (dossier, follow_up))
        continue;
      duty = aw_duty_new (self->book, entry->plan, i, now);
      old = find_duty (entry->duties, follow_up->key);
      if (old != NULL && aw_duty_looks_like (old, duty))
        {
          g_ptr_array_add (duties, g_object_ref (old));
          g_ptr_array_remove_fast (entry->duties, old);
        }
      else
        {
          aw_sorted_list_enter (self->duties, duty);
          g_ptr_array_add (duties, g_steal_pointer (&duty));
        }
    }
  for (guint i = 0; i < entry->duties->len; i++)
    aw_sorted_list_leave (self->duties, g_ptr_array_index (entry->duties, i));
  g_ptr_array_unref (entry->duties);
  entry->duties = g_steal_pointer (&duties);

  summarise (self, entry, now);
}

static gint64
last_interview_of (AwDossier *dossier)
{
  gint64 last = AW_NEVER;

  AW_RECORDS_FOREACH (AwInterview, interview, aw_dossier_get_list (dossier, AW_RECORD_INTERVIEW))
    {
      if (!interview->cancelled && aw_instant_is_set (interview->starts_at))
        last = MAX (last, interview->starts_at.sec);
    }
  return last;
}

static void
remove_entry (AwPlanner *self,
              const char *id)
{
  Entry *entry = g_hash_table_lookup (self->entries, id);

  if (entry == NULL)
    return;
  aw_addresses_forget (self->addresses, id);
  for (guint i = 0; i < entry->duties->len; i++)
    aw_sorted_list_leave (self->duties, g_ptr_array_index (entry->duties, i));
  if (entry->summary != NULL)
    aw_sorted_list_leave (self->summaries, entry->summary);
  g_hash_table_remove (self->entries, id);
}

/* Reads, plans and lists one opportunity. Returns whether it is there. */
static gboolean
plan_one (AwPlanner *self,
          const char *id,
          gint64 now)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(AwDossier) dossier = aw_book_ref_dossier (self->book, id, &error);
  Entry *entry = g_hash_table_lookup (self->entries, id);

  if (dossier == NULL)
    {
      if (error != NULL)
        g_warning ("An opportunity could not be planned: %s", error->message);
      else
        remove_entry (self, id);
      return FALSE;
    }

  if (entry == NULL)
    {
      entry = g_new0 (Entry, 1);
      entry->duties = g_ptr_array_new_with_free_func (g_object_unref);
      g_hash_table_insert (self->entries, g_strdup (id), entry);
    }
  g_set_object (&entry->opportunity, aw_dossier_get_opportunity (dossier));
  entry->last_interview = last_interview_of (dossier);
  entry->queued = FALSE;
  aw_addresses_learn (self->addresses, id, dossier);
  plan_entry (self, entry, dossier, now);
  return TRUE;
}

static void
set_alarm (AwPlanner *self)
{
  gint64 next = self->words_until;
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->entries);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Entry *entry = value;

      if (entry->plan != NULL && entry->next_change != AW_NEVER)
        next = MIN (next, entry->next_change);
    }
  aw_scheduler_set (self->scheduler, next);
}

static gboolean
work (AwPlanner *self,
      gint64 microseconds)
{
  gint64 start = g_get_monotonic_time ();
  gint64 now = aw_clock_now (aw_book_get_clock (self->book));

  while (!g_queue_is_empty (&self->queue))
    {
      g_autofree char *id = g_queue_pop_head (&self->queue);
      Entry *entry = g_hash_table_lookup (self->entries, id);

      if (entry == NULL || !entry->queued)
        continue;
      plan_one (self, id, now);
      if (g_get_monotonic_time () - start >= microseconds)
        break;
    }
  return g_queue_is_empty (&self->queue);
}

static gboolean
on_idle (gpointer data)
{
  g_autoptr(AwPlanner) self = g_object_ref (data);
  gboolean done = work (self, AT_A_TIME);

  /* One signal for many: a list that is being filled need not sort each time. */
  if (done || aw_sorted_list_get_waiting (self->duties) > 500)
    flush (self);
  if (!done)
    return G_SOURCE_CONTINUE;

  self->idle = 0;
  set_alarm (self);
  g_signal_emit (self, signals[PLANNED], 0);
  return G_SOURCE_REMOVE;
}

static void
enqueue (AwPlanner *self,
         Entry *entry)
{
  if (entry->queued)
    return;
  entry->queued = TRUE;
  g_queue_push_tail (&self->queue, g_strdup (AW_ID (entry->opportunity)));
}

/* Plans what is queued: a little at once, the rest between frames. */
static void
go (AwPlanner *self)
{
  gboolean done = work (self, AT_ONCE);

  flush (self);
  if (!done && self->idle == 0)
    self->idle = g_idle_add_full (G_PRIORITY_LOW, on_idle, self, NULL);
  set_alarm (self);
}

static void
set_words_until (AwPlanner *self,
                 gint64 now)
{
  AwCalendar *calendar = aw_book_get_calendar (self->book);

  self->today = aw_calendar_date_of (calendar, NULL, now);
  self->words_until = aw_calendar_at (calendar, NULL, self->today + 1, 0);
}

static void
on_wake (AwPlanner *self)
{
  aw_planner_check_clock (self);
}

/* Loading ------------------------------------------------------------------ */

/* Reads what the sidebar shows of all opportunities, and queues for planning
 * those in @touched, or all. */
static gboolean
load (AwPlanner *self,
      GHashTable *touched,
      GError **error)
{
  g_autoptr(GPtrArray) opportunities = aw_database_load_opportunities (aw_book_get_database (self->book), error);
  g_autoptr(GHashTable) last = NULL;
  g_autoptr(GHashTable) gone = NULL;
  gint64 now = aw_clock_now (aw_book_get_clock (self->book));
  GHashTableIter iter;
  gpointer id;

  if (opportunities == NULL)
    return FALSE;
  last = aw_database_load_last_interviews (aw_book_get_database (self->book));
  gone = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_hash_table_iter_init (&iter, self->entries);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    g_hash_table_add (gone, g_strdup (id));

  for (guint i = 0; i < opportunities->len; i++)
    {
      AwOpportunity *opportunity = g_ptr_array_index (opportunities, i);
      Entry *entry = g_hash_table_lookup (self->entries, AW_ID (opportunity));
      const gint64 *start = g_hash_table_lookup (last, AW_ID (opportunity));

      g_hash_table_remove (gone, AW_ID (opportunity));
      if (entry == NULL)
        {
          entry = g_new0 (Entry, 1);
          entry->duties = g_ptr_array_new_with_free_func (g_object_unref);
          g_hash_table_insert (self->entries, g_strdup (AW_ID (opportunity)), entry);
        }
      else if (touched != NULL && !g_hash_table_contains (touched, AW_ID (opportunity)))
        continue;
      g_set_object (&entry->opportunity, opportunity);
      entry->last_interview = start != NULL ? *start : AW_NEVER;
      summarise (self, entry, now);
      enqueue (self, entry);
    }

  g_hash_table_iter_init (&iter, gone);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    remove_entry (self, id);
  return TRUE;
}

static void
aw_planner_dispose (GObject *object)
{
  AwPlanner *self = AW_PLANNER (object);

  g_clear_handle_id (&self->idle, g_source_remove);
  g_clear_object (&self->scheduler);
  g_clear_object (&self->zone_watch);

  G_OBJECT_CLASS (aw_planner_parent_class)->dispose (object);
}

static void
aw_planner_finalize (GObject *object)
{
  AwPlanner *self = AW_PLANNER (object);

  g_queue_clear_full (&self->queue, g_free);
  g_hash_table_unref (self->entries);
  aw_addresses_free (self->addresses);
  g_clear_object (&self->duties);
  g_clear_object (&self->summaries);
  g_clear_object (&self->book);

  G_OBJECT_CLASS (aw_planner_parent_class)->finalize (object);
}

static void
aw_planner_class_init (AwPlannerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = aw_planner_dispose;
  object_class->finalize = aw_planner_finalize;

  signals[PLANNED] = g_signal_new ("planned", AW_TYPE_PLANNER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
aw_planner_init (AwPlanner *self)
{
  self->entries = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, entry_free);
  self->addresses = aw_addresses_new ();
  self->duties = aw_sorted_list_new (AW_TYPE_DUTY, aw_duty_compare);
  self->summaries = aw_sorted_list_new (AW_TYPE_SUMMARY, aw_summary_compare);
  g_queue_init (&self->queue);
}

/**
 * aw_planner_new:
 * @book: the facts
 * @error: return location
 *
 * Returns: (transfer full): a planner whose summaries are there; a life of
 *   usual size is planned too, a big one is planned in idle time
 */
AwPlanner *
aw_planner_new (AwBook *book,
                GError **error)
{
  g_autoptr(AwPlanner) self = g_object_new (AW_TYPE_PLANNER, NULL);
  AwClock *clock = aw_book_get_clock (book);

  self->book = g_object_ref (book);
  self->scheduler = aw_scheduler_new (clock);
  self->zone_watch = aw_zone_watch_new (clock);
  g_signal_connect_object (self->scheduler, "wake", G_CALLBACK (on_wake), self, G_CONNECT_SWAPPED);
  set_words_until (self, aw_clock_now (clock));
  if (!load (self, NULL, error))
    return NULL;
  go (self);
  return g_steal_pointer (&self);
}

GListModel *
aw_planner_get_duties (AwPlanner *self)
{
  return G_LIST_MODEL (self->duties);
}

GListModel *
aw_planner_get_summaries (AwPlanner *self)
{
  return G_LIST_MODEL (self->summaries);
}

/**
 * aw_planner_get_plan:
 * @self: a planner
 * @opportunity: an id
 *
 * Returns: (transfer none) (nullable): its plan as of now; %NULL if there is
 *   no such opportunity. It is good until the next change
 */
AwPlan *
aw_planner_get_plan (AwPlanner *self,
                     const char *opportunity)
{
  Entry *entry = g_hash_table_lookup (self->entries, opportunity);

  if (entry == NULL)
    return NULL;
  if (entry->plan == NULL || entry->queued)
    {
      if (!plan_one (self, opportunity, aw_clock_now (aw_book_get_clock (self->book))))
        return NULL;
      flush (self);
      set_alarm (self);
      entry = g_hash_table_lookup (self->entries, opportunity);
    }
  return entry->plan;
}

/**
 * aw_planner_is_busy:
 * @self: a planner
 *
 * Returns: whether some opportunities still wait to be planned
 */
gboolean
aw_planner_is_busy (AwPlanner *self)
{
  return self->idle != 0;
}

/**
 * aw_planner_take:
 * @self: a planner
 * @opportunities: (element-type utf8): ids of those that were changed, added
 *   or removed
 *
 * Plans them again, and with them whoever shares an address.
 */
void
aw_planner_take (AwPlanner *self,
                 GPtrArray *opportunities)
{
  g_autoptr(GHashTable) sharers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gint64 now = aw_clock_now (aw_book_get_clock (self->book));
  GHashTableIter iter;
  gpointer id;

  if (opportunities->len > MANY)
    {
      g_autoptr(GHashTable) touched = g_hash_table_new (g_str_hash, g_str_equal);
      g_autoptr(GError) error = NULL;

      for (guint i = 0; i < opportunities->len; i++)
        g_hash_table_add (touched, g_ptr_array_index (opportunities, i));
      for (guint i = 0; i < opportunities->len; i++)
        aw_addresses_collect_sharers (self->addresses, g_ptr_array_index (opportunities, i), sharers);
      if (!load (self, touched, &error))
        g_warning ("The list of opportunities could not be read: %s", error->message);
    }
  else
    {
      for (guint i = 0; i < opportunities->len; i++)
        {
          const char *opportunity = g_ptr_array_index (opportunities, i);

          aw_addresses_collect_sharers (self->addresses, opportunity, sharers); /* by those they had */
          plan_one (self, opportunity, now);
          aw_addresses_collect_sharers (self->addresses, opportunity, sharers);
        }
      for (guint i = 0; i < opportunities->len; i++)
        g_hash_table_remove (sharers, g_ptr_array_index (opportunities, i));
    }

  g_hash_table_iter_init (&iter, sharers);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    {
      Entry *entry = g_hash_table_lookup (self->entries, id);

      if (entry != NULL)
        enqueue (self, entry);
    }
  go (self);
}

/**
 * aw_planner_plan_all:
 * @self: a planner
 *
 * Plans everything again: the policy or the zone is another one.
 */
void
aw_planner_plan_all (AwPlanner *self)
{
  GHashTableIter iter;
  gpointer value;

  set_words_until (self, aw_clock_now (aw_book_get_clock (self->book)));
  g_hash_table_iter_init (&iter, self->entries);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    enqueue (self, value);
  go (self);
}

/**
 * aw_planner_get_next_change:
 * @self: a planner
 *
 * Returns: when the clock alone will change something
 */
gint64
aw_planner_get_next_change (AwPlanner *self)
{
  return aw_scheduler_get (self->scheduler);
}

/**
 * aw_planner_check_clock:
 * @self: a planner
 *
 * Plans again whatever the clock has changed by now, be it that time went by,
 * that the clock was set back, or that the zone is another one.
 */
void
aw_planner_check_clock (AwPlanner *self)
{
  gint64 now = aw_clock_now (aw_book_get_clock (self->book));
  GHashTableIter iter;
  gpointer value;

  if (aw_book_check_zone (self->book) || now >= self->words_until ||
      aw_calendar_date_of (aw_book_get_calendar (self->book), NULL, now) != self->today)
    {
      aw_planner_plan_all (self);
      return;
    }
  g_hash_table_iter_init (&iter, self->entries);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Entry *entry = value;

      if (entry->plan == NULL || now < entry->planned_at ||
          (entry->next_change != AW_NEVER && now >= entry->next_change))
        enqueue (self, entry);
    }
  go (self);
}
