/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/aw-dossier-private.h"

struct _AwDossier
{
  GObject parent_instance;

  AwOpportunity *opportunity;
  AwRecordList *lists[AW_N_DOSSIER_KINDS]; /* the first, of opportunities, stays NULL */
};

G_DEFINE_FINAL_TYPE (AwDossier, aw_dossier, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
aw_dossier_finalize (GObject *object)
{
  AwDossier *self = AW_DOSSIER (object);

  g_clear_object (&self->opportunity);
  for (guint i = 0; i < G_N_ELEMENTS (self->lists); i++)
    g_clear_object (&self->lists[i]);

  G_OBJECT_CLASS (aw_dossier_parent_class)->finalize (object);
}

static void
aw_dossier_class_init (AwDossierClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = aw_dossier_finalize;

  /**
   * AwDossier::changed:
   * @self: a dossier
   *
   * A commit changed something in it; its lists have changed already.
   */
  signals[CHANGED] = g_signal_new ("changed", AW_TYPE_DOSSIER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
aw_dossier_init (AwDossier *self)
{
  for (guint i = AW_RECORD_OPPORTUNITY + 1; i < AW_N_DOSSIER_KINDS; i++)
    self->lists[i] = aw_record_list_new ((AwRecordKind) i);
}

/**
 * aw_dossier_new:
 * @opportunity: (transfer none): the opportunity
 *
 * Returns: (transfer full): a dossier with empty lists
 */
AwDossier *
aw_dossier_new (AwOpportunity *opportunity)
{
  AwDossier *self = g_object_new (AW_TYPE_DOSSIER, NULL);

  self->opportunity = g_object_ref (opportunity);
  return self;
}

/**
 * aw_dossier_get_opportunity:
 * @self: a dossier
 *
 * Returns: (transfer none): the opportunity's own record, as of now
 */
AwOpportunity *
aw_dossier_get_opportunity (AwDossier *self)
{
  g_return_val_if_fail (AW_IS_DOSSIER (self), NULL);

  return self->opportunity;
}

/**
 * aw_dossier_get_id:
 * @self: a dossier
 *
 * Returns: (transfer none): the opportunity's id
 */
const char *
aw_dossier_get_id (AwDossier *self)
{
  g_return_val_if_fail (AW_IS_DOSSIER (self), NULL);

  return AW_ID (self->opportunity);
}

/**
 * aw_dossier_get_list:
 * @self: a dossier
 * @kind: a kind that belongs to an opportunity
 *
 * Returns: (transfer none): its records of that kind, in order
 */
AwRecordList *
aw_dossier_get_list (AwDossier *self,
                     AwRecordKind kind)
{
  g_return_val_if_fail (AW_IS_DOSSIER (self), NULL);
  g_return_val_if_fail (kind > AW_RECORD_OPPORTUNITY && kind < AW_N_DOSSIER_KINDS, NULL);

  return self->lists[kind];
}

/**
 * aw_dossier_find:
 * @self: a dossier
 * @kind: a kind that belongs to an opportunity
 * @id: (nullable): an id
 *
 * Returns: (transfer none) (nullable): that record
 */
gpointer
aw_dossier_find (AwDossier *self,
                 AwRecordKind kind,
                 const char *id)
{
  return aw_record_list_find (aw_dossier_get_list (self, kind), id);
}

/**
 * aw_dossier_find_person:
 * @self: a dossier
 * @id: (nullable): an id; "-" and unknown ones find nobody
 *
 * Returns: (transfer none) (nullable): that person
 */
AwPerson *
aw_dossier_find_person (AwDossier *self,
                        const char *id)
{
  return aw_dossier_find (self, AW_RECORD_PERSON, id);
}

/**
 * aw_dossier_apply:
 * @self: a dossier
 * @before: (nullable): the record as it was, %NULL if it is new
 * @after: (nullable): the record as it is now, %NULL if it is gone
 *
 * Takes over one change that has been committed. The end of the opportunity
 * itself is for the engine to deal with: it drops the dossier.
 */
void
aw_dossier_apply (AwDossier *self,
                  AwRecord *before,
                  AwRecord *after)
{
  AwRecordKind kind = aw_record_get_kind (after != NULL ? after : before);

  g_return_if_fail (AW_IS_DOSSIER (self));

  if (kind == AW_RECORD_OPPORTUNITY)
    {
      if (after != NULL)
        g_set_object (&self->opportunity, AW_OPPORTUNITY (after));
    }
  else if (after != NULL)
    aw_record_list_put (self->lists[kind], after);
  else
    aw_record_list_remove (self->lists[kind], before->id);
}

/**
 * aw_dossier_become:
 * @self: a dossier that others hold
 * @other: the same opportunity, newly loaded
 *
 * Takes over what another process changed, with as few signals as that takes.
 */
void
aw_dossier_become (AwDossier *self,
                   AwDossier *other)
{
  g_return_if_fail (AW_IS_DOSSIER (self) && AW_IS_DOSSIER (other));

  g_set_object (&self->opportunity, other->opportunity);
  for (guint i = AW_RECORD_OPPORTUNITY + 1; i < AW_N_DOSSIER_KINDS; i++)
    aw_record_list_become (self->lists[i], other->lists[i]);
}

/**
 * aw_dossier_emit_changed:
 * @self: a dossier
 *
 * Says once, after all of a commit's changes, that something changed.
 */
void
aw_dossier_emit_changed (AwDossier *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}
