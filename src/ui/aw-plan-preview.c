/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/aw-plan-preview.h"

#define AT_ONCE 32

struct _AwPlanPreview
{
  AwEngine *engine;
  AwPlanPreviewDone done;
  gpointer data;

  AwCalendar *calendar;
  AwElsewhere *elsewhere;
  guint next;
  guint moved;
  guint idle;
};

guint
aw_plan_preview_count (AwPlan *before,
                       AwPlan *after)
{
  guint changed = 0, added = 0, removed = 0;

  for (guint i = 0; i < aw_plan_get_length (after); i++)
    {
      const AwFollowUp *item = aw_plan_get (after, i);
      const AwFollowUp *old = aw_plan_find (before, item->key);

      if (old == NULL)
        added++;
      else if (old->opens != item->opens || old->due != item->due || old->channel != item->channel || old->state != item->state)
        changed++;
    }
  for (guint i = 0; i < aw_plan_get_length (before); i++)
    removed += aw_plan_find (after, aw_plan_get (before, i)->key) == NULL;
  /* An item that goes to somebody else is one that left and one that came. */
  return changed + MAX (added, removed);
}

static void
drop (AwPlanPreview *self)
{
  g_clear_handle_id (&self->idle, g_source_remove);
  g_clear_pointer (&self->calendar, aw_calendar_unref);
  g_clear_pointer (&self->elsewhere, aw_elsewhere_unref);
}

static gboolean
count_some (gpointer data)
{
  AwPlanPreview *self = data;
  GListModel *summaries = aw_engine_get_summaries (self->engine);
  guint n = g_list_model_get_n_items (summaries);
  gint64 now = aw_engine_now (self->engine);

  for (guint i = 0; i < AT_ONCE && self->next < n; i++, self->next++)
    {
      g_autoptr (AwSummary) summary = g_list_model_get_item (summaries, self->next);
      g_autoptr (AwDossier) dossier = aw_engine_ref_dossier (self->engine, aw_summary_get_id (summary), NULL);
      AwPlan *before = aw_engine_get_plan (self->engine, aw_summary_get_id (summary));
      g_autoptr (AwPlan) after = NULL;

      if (dossier == NULL || before == NULL)
        continue;
      after = aw_plan_new (dossier, self->elsewhere, self->calendar, now);
      self->moved += aw_plan_preview_count (before, after);
    }
  if (self->next < n)
    return G_SOURCE_CONTINUE;
  self->idle = 0;
  drop (self);
  self->done (self->moved, self->data);
  return G_SOURCE_REMOVE;
}

AwPlanPreview *
aw_plan_preview_new (AwEngine *engine,
                     AwPlanPreviewDone done,
                     gpointer data)
{
  AwPlanPreview *self = g_new0 (AwPlanPreview, 1);

  self->engine = g_object_ref (engine);
  self->done = done;
  self->data = data;
  return self;
}

void
aw_plan_preview_free (AwPlanPreview *self)
{
  if (self == NULL)
    return;
  drop (self);
  g_object_unref (self->engine);
  g_free (self);
}

void
aw_plan_preview_ask (AwPlanPreview *self,
                     AwPolicy *policy)
{
  g_autofree char *zone = aw_clock_dup_zone (aw_engine_get_clock (self->engine));

  drop (self);
  self->calendar = aw_calendar_new (policy, zone);
  self->elsewhere = aw_database_load_elsewhere (aw_engine_get_database (self->engine), NULL);
  self->next = 0;
  self->moved = 0;
  self->idle = g_idle_add (count_some, self);
}
