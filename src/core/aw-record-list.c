/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/aw-record-list-private.h"

#include <string.h>

#include "core/aw-facts.h"

struct _AwRecordList
{
  GObject parent_instance;

  AwRecordKind kind;
  GPtrArray *items;
};

static GType
aw_record_list_get_item_type (GListModel *model)
{
  return aw_record_kind_get_type (AW_RECORD_LIST (model)->kind);
}

static guint
aw_record_list_get_n_items (GListModel *model)
{
  return AW_RECORD_LIST (model)->items->len;
}

static gpointer
aw_record_list_get_item (GListModel *model,
                         guint position)
{
  AwRecordList *self = AW_RECORD_LIST (model);

  return position < self->items->len ? g_object_ref (g_ptr_array_index (self->items, position)) : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = aw_record_list_get_item_type;
  iface->get_n_items = aw_record_list_get_n_items;
  iface->get_item = aw_record_list_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (AwRecordList, aw_record_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static gboolean
find_position (AwRecordList *self,
               const char *id,
               guint *position)
{
  for (guint i = 0; i < self->items->len; i++)
    if (strcmp (AW_ID (g_ptr_array_index (self->items, i)), id) == 0)
      {
        *position = i;
        return TRUE;
      }
  return FALSE;
}

/* Where a record with this position belongs: after all that are not greater. */
static guint
find_place (AwRecordList *self,
            gint64 position)
{
  guint place = self->items->len;

  while (place > 0 && ((AwRecord *) g_ptr_array_index (self->items, place - 1))->position > position)
    place--;
  return place;
}

static void
aw_record_list_finalize (GObject *object)
{
  g_ptr_array_unref (AW_RECORD_LIST (object)->items);

  G_OBJECT_CLASS (aw_record_list_parent_class)->finalize (object);
}

static void
aw_record_list_class_init (AwRecordListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = aw_record_list_finalize;
}

static void
aw_record_list_init (AwRecordList *self)
{
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * aw_record_list_get_length:
 * @self: a list
 *
 * Returns: how many records it holds
 */
guint
aw_record_list_get_length (AwRecordList *self)
{
  return self->items->len;
}

/**
 * aw_record_list_peek:
 * @self: a list
 * @i: an index below the length
 *
 * Returns: (transfer none): the record there
 */
gpointer
aw_record_list_peek (AwRecordList *self,
                     guint i)
{
  return g_ptr_array_index (self->items, i);
}

/**
 * aw_record_list_find:
 * @self: a list
 * @id: (nullable): an id
 *
 * Returns: (transfer none) (nullable): the record with that id
 */
gpointer
aw_record_list_find (AwRecordList *self,
                     const char *id)
{
  guint position;

  g_return_val_if_fail (AW_IS_RECORD_LIST (self), NULL);

  return id != NULL && find_position (self, id, &position) ? g_ptr_array_index (self->items, position) : NULL;
}

/**
 * aw_record_list_new:
 * @kind: the kind of its records
 *
 * Returns: (transfer full): an empty list
 */
AwRecordList *
aw_record_list_new (AwRecordKind kind)
{
  AwRecordList *self = g_object_new (AW_TYPE_RECORD_LIST, NULL);

  self->kind = kind;
  return self;
}

/**
 * aw_record_list_append:
 * @self: a list that nobody watches yet
 * @record: (transfer full): a record
 *
 * Adds at the end without a signal: for loading in order.
 */
void
aw_record_list_append (AwRecordList *self,
                       AwRecord *record)
{
  g_ptr_array_add (self->items, record);
}

/**
 * aw_record_list_put:
 * @self: a list
 * @record: (transfer none): a record
 *
 * Adds @record at its place, or puts it where the one with its id was.
 */
void
aw_record_list_put (AwRecordList *self,
                    AwRecord *record)
{
  guint position;

  g_return_if_fail (AW_IS_RECORD_LIST (self) && AW_IS_RECORD (record));

  if (find_position (self, record->id, &position))
    {
      AwRecord *old = g_ptr_array_index (self->items, position);

      if (aw_record_equal (old, record))
        return;
      if (old->position == record->position)
        {
          g_set_object ((AwRecord **) &g_ptr_array_index (self->items, position), record);
          g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 1);
          return;
        }
      g_ptr_array_remove_index (self->items, position);
      g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);
    }

  position = find_place (self, record->position);
  g_ptr_array_insert (self->items, (int) position, g_object_ref (record));
  g_list_model_items_changed (G_LIST_MODEL (self), position, 0, 1);
}

/**
 * aw_record_list_remove:
 * @self: a list
 * @id: an id
 *
 * Returns: whether there was a record with that id
 */
gboolean
aw_record_list_remove (AwRecordList *self,
                       const char *id)
{
  guint position;

  if (!find_position (self, id, &position))
    return FALSE;
  g_ptr_array_remove_index (self->items, position);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);
  return TRUE;
}

/**
 * aw_record_list_become:
 * @self: a list
 * @other: a newly loaded one of the same kind
 *
 * Makes @self hold what @other holds, with as few signals as that takes, so
 * that rows that did not change keep their place and focus.
 */
void
aw_record_list_become (AwRecordList *self,
                       AwRecordList *other)
{
  for (guint i = self->items->len; i > 0; i--)
    {
      const char *id = AW_ID (g_ptr_array_index (self->items, i - 1));
      guint position;

      if (!find_position (other, id, &position))
        aw_record_list_remove (self, id);
    }
  for (guint i = 0; i < other->items->len; i++)
    aw_record_list_put (self, g_ptr_array_index (other->items, i));
}
