/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/aw-summary-private.h"

#include <string.h>

#include "config.h"

#include <glib/gi18n-lib.h>

#include "core/aw-words.h"

struct _AwSummary
{
  GObject parent_instance;

  AwOpportunity *opportunity;
  gint64 last_interview;
  AwDuty *next;
  char *pill;
  const char *pill_class;
};

G_DEFINE_FINAL_TYPE (AwSummary, aw_summary, G_TYPE_OBJECT)

static void
make_pill (AwSummary *self,
           AwCalendar *calendar,
           gint64 now)
{
  const AwFollowUp *follow_up;
  AwDate today;
  AwDate day;

  self->pill_class = "neutral";
  if (aw_status_is_closed (self->opportunity->status))
    {
      self->pill = g_strdup (_("Closed"));
      self->pill_class = "dim";
      return;
    }
  if (self->opportunity->status == AW_STATUS_OFFER)
    {
      self->pill = g_strdup (_("Offer"));
      self->pill_class = "success";
      return;
    }
  if (self->next == NULL)
    return;

  follow_up = aw_duty_get_follow_up (self->next);
  today = aw_calendar_date_of (calendar, NULL, now);
  switch (follow_up->state)
    {
    case AW_STATE_OVERDUE:
      day = aw_calendar_date_of (calendar, NULL, follow_up->due);
      self->pill_class = "error";
      if (day >= today)
        self->pill = g_strdup (_("Late"));
      else
        self->pill = g_strdup_printf (ngettext ("%d day late", "%d days late", (gulong) (today - day)), today - day);
      break;
    case AW_STATE_DUE:
    case AW_STATE_MISSING:
      day = aw_calendar_date_of (calendar, NULL, follow_up->due);
      if (day <= today)
        {
          self->pill = g_strdup (_("Due today"));
          self->pill_class = "warning";
        }
      else
        self->pill = aw_words_relative_day (day, today);
      break;
    case AW_STATE_UPCOMING:
      self->pill = aw_words_relative_day (aw_calendar_date_of (calendar, NULL, follow_up->opens), today);
      break;
    case AW_STATE_WAITING:
    default:
      self->pill = g_strdup (_("Waiting"));
      break;
    }
}

static void
aw_summary_finalize (GObject *object)
{
  AwSummary *self = AW_SUMMARY (object);

  g_clear_object (&self->opportunity);
  g_clear_object (&self->next);
  g_free (self->pill);

  G_OBJECT_CLASS (aw_summary_parent_class)->finalize (object);
}

static void
aw_summary_class_init (AwSummaryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = aw_summary_finalize;
}

static void
aw_summary_init (G_GNUC_UNUSED AwSummary *self)
{
}

/**
 * aw_summary_new:
 * @opportunity: the opportunity
 * @last_interview: when its last interview began or will begin, or %AW_NEVER
 * @next: (nullable): its most urgent duty
 * @calendar: the user's
 * @now: the instant to speak from
 *
 * Returns: (transfer full): a summary
 */
AwSummary *
aw_summary_new (AwOpportunity *opportunity,
                gint64 last_interview,
                AwDuty *next,
                AwCalendar *calendar,
                gint64 now)
{
  AwSummary *self = g_object_new (AW_TYPE_SUMMARY, NULL);

  self->opportunity = g_object_ref (opportunity);
  self->last_interview = last_interview;
  g_set_object (&self->next, next);
  make_pill (self, calendar, now);
  return self;
}

/* In the order of the opportunities. */
int
aw_summary_compare (gconstpointer a,
                    gconstpointer b)
{
  const AwRecord *x = (const AwRecord *) ((const AwSummary *) a)->opportunity;
  const AwRecord *y = (const AwRecord *) ((const AwSummary *) b)->opportunity;

  if (x->position != y->position)
    return x->position < y->position ? -1 : 1;
  return strcmp (x->id, y->id);
}

/**
 * aw_summary_looks_like:
 * @self: a summary
 * @other: a newer one
 *
 * Returns: whether a row that shows @self need not change for @other
 */
gboolean
aw_summary_looks_like (AwSummary *self,
                       AwSummary *other)
{
  return self->next == other->next && self->last_interview == other->last_interview &&
         g_strcmp0 (self->pill, other->pill) == 0 && g_strcmp0 (self->pill_class, other->pill_class) == 0 &&
         aw_record_equal (AW_RECORD (self->opportunity), AW_RECORD (other->opportunity));
}

const char *
aw_summary_get_id (AwSummary *self)
{
  g_return_val_if_fail (AW_IS_SUMMARY (self), NULL);

  return AW_ID (self->opportunity);
}

const char *
aw_summary_get_company (AwSummary *self)
{
  g_return_val_if_fail (AW_IS_SUMMARY (self), NULL);

  return self->opportunity->company;
}

const char *
aw_summary_get_role (AwSummary *self)
{
  g_return_val_if_fail (AW_IS_SUMMARY (self), NULL);

  return self->opportunity->role;
}

AwStatus
aw_summary_get_status (AwSummary *self)
{
  g_return_val_if_fail (AW_IS_SUMMARY (self), AW_STATUS_ACTIVE);

  return self->opportunity->status;
}

gboolean
aw_summary_get_archived (AwSummary *self)
{
  g_return_val_if_fail (AW_IS_SUMMARY (self), FALSE);

  return self->opportunity->archived;
}

gint64
aw_summary_get_last_interview (AwSummary *self)
{
  g_return_val_if_fail (AW_IS_SUMMARY (self), AW_NEVER);

  return self->last_interview;
}

AwDuty *
aw_summary_get_next (AwSummary *self)
{
  g_return_val_if_fail (AW_IS_SUMMARY (self), NULL);

  return self->next;
}

const char *
aw_summary_get_pill (AwSummary *self)
{
  g_return_val_if_fail (AW_IS_SUMMARY (self), NULL);

  return self->pill;
}

const char *
aw_summary_get_pill_class (AwSummary *self)
{
  g_return_val_if_fail (AW_IS_SUMMARY (self), NULL);

  return self->pill_class;
}
