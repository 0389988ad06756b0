/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/aw-sorted-list.h"

/* Up to so many changes are made one by one, so that a view keeps its rows;
 * more become one signal about the stretch that differs. */
#define FEW 24

struct _AwSortedList
{
  GObject parent_instance;

  GType item_type;
  GCompareFunc compare;
  GPtrArray *items;
  GPtrArray *leaving, *entering; /* with the next flush */
};

static GType
aw_sorted_list_get_item_type (GListModel *model)
{
  return AW_SORTED_LIST (model)->item_type;
}

static guint
aw_sorted_list_get_n_items (GListModel *model)
{
  return AW_SORTED_LIST (model)->items->len;
}

static gpointer
aw_sorted_list_get_item (GListModel *model,
                         guint position)
{
  AwSortedList *self = AW_SORTED_LIST (model);

  return position < self->items->len ? g_object_ref (g_ptr_array_index (self->items, position)) : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = aw_sorted_list_get_item_type;
  iface->get_n_items = aw_sorted_list_get_n_items;
  iface->get_item = aw_sorted_list_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (AwSortedList, aw_sorted_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

/* The first position whose object is not less than @item. */
static guint
find_place (AwSortedList *self,
            gconstpointer item)
{
  guint low = 0;
  guint high = self->items->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (self->compare (g_ptr_array_index (self->items, middle), item) < 0)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

static int
compare_pointers (gconstpointer a,
                  gconstpointer b,
                  gpointer data)
{
  GCompareFunc compare = *(GCompareFunc *) data;

  return compare (*(gconstpointer *) a, *(gconstpointer *) b);
}

static void
change_few (AwSortedList *self,
            GPtrArray *removed,
            GPtrArray *added)
{
  guint done = 0;

  /* What takes the very place of something that leaves is one change. */
  for (guint i = 0; i < removed->len; i++)
    {
      gpointer old = g_ptr_array_index (removed, i);
      guint place = find_place (self, old);

      if (place >= self->items->len || g_ptr_array_index (self->items, place) != old)
        continue;
      if (done < added->len)
        {
          gpointer item = g_ptr_array_index (added, done);

          if ((place == 0 || self->compare (g_ptr_array_index (self->items, place - 1), item) < 0) &&
              (place + 1 == self->items->len || self->compare (item, g_ptr_array_index (self->items, place + 1)) < 0))
            {
              g_object_unref (g_ptr_array_index (self->items, place));
              g_ptr_array_index (self->items, place) = g_object_ref (item);
              done++;
              g_list_model_items_changed (G_LIST_MODEL (self), place, 1, 1);
              continue;
            }
        }
      g_ptr_array_remove_index (self->items, place);
      g_list_model_items_changed (G_LIST_MODEL (self), place, 1, 0);
    }
  for (guint i = done; i < added->len; i++)
    {
      gpointer item = g_ptr_array_index (added, i);
      guint place = find_place (self, item);

      g_ptr_array_insert (self->items, (int) place, g_object_ref (item));
      g_list_model_items_changed (G_LIST_MODEL (self), place, 0, 1);
    }
}

static void
change_many (AwSortedList *self,
             GPtrArray *removed,
             GPtrArray *added)
{
  g_autoptr(GHashTable) gone = g_hash_table_new (NULL, NULL);
  g_autoptr(GPtrArray) old = self->items;
  GPtrArray *items = g_ptr_array_new_full (old->len + added->len, g_object_unref);
  guint start = 0;
  guint end = 0;
  guint i = 0;
  guint k = 0;

  for (guint r = 0; r < removed->len; r++)
    g_hash_table_add (gone, g_ptr_array_index (removed, r));
  g_ptr_array_sort_with_data (added, compare_pointers, &self->compare);

  while (i < old->len || k < added->len)
    {
      gpointer a = i < old->len ? g_ptr_array_index (old, i) : NULL;
      gpointer b = k < added->len ? g_ptr_array_index (added, k) : NULL;

      if (a != NULL && g_hash_table_contains (gone, a))
        i++;
      else if (b == NULL || (a != NULL && self->compare (a, b) < 0))
        {
          g_ptr_array_add (items, g_object_ref (a));
          i++;
        }
      else
        {
          g_ptr_array_add (items, g_object_ref (b));
          k++;
        }
    }

  while (start < MIN (old->len, items->len) && old->pdata[start] == items->pdata[start])
    start++;
  while (end < MIN (old->len, items->len) - start &&
         old->pdata[old->len - 1 - end] == items->pdata[items->len - 1 - end])
    end++;

  self->items = items;
  if (old->len - start - end > 0 || items->len - start - end > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), start, old->len - start - end, items->len - start - end);
}

static void
aw_sorted_list_finalize (GObject *object)
{
  AwSortedList *self = AW_SORTED_LIST (object);

  g_ptr_array_unref (self->items);
  g_ptr_array_unref (self->leaving);
  g_ptr_array_unref (self->entering);

  G_OBJECT_CLASS (aw_sorted_list_parent_class)->finalize (object);
}

static void
aw_sorted_list_class_init (AwSortedListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = aw_sorted_list_finalize;
}

static void
aw_sorted_list_init (AwSortedList *self)
{
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
  self->leaving = g_ptr_array_new_with_free_func (g_object_unref);
  self->entering = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * aw_sorted_list_new:
 * @item_type: type of its objects
 * @compare: the order
 *
 * Returns: (transfer full): an empty list
 */
AwSortedList *
aw_sorted_list_new (GType item_type,
                    GCompareFunc compare)
{
  AwSortedList *self = g_object_new (AW_TYPE_SORTED_LIST, NULL);

  self->item_type = item_type;
  self->compare = compare;
  return self;
}

/**
 * aw_sorted_list_enter:
 * @self: a list
 * @item: an object to take up with the next flush
 */
void
aw_sorted_list_enter (AwSortedList *self,
                      gpointer item)
{
  g_return_if_fail (AW_IS_SORTED_LIST (self));

  g_ptr_array_add (self->entering, g_object_ref (item));
}

/**
 * aw_sorted_list_leave:
 * @self: a list
 * @item: an object that is to leave with the next flush; one that entered since
 *   the last never will have been in the list
 */
void
aw_sorted_list_leave (AwSortedList *self,
                      gpointer item)
{
  g_return_if_fail (AW_IS_SORTED_LIST (self));

  if (!g_ptr_array_remove_fast (self->entering, item))
    g_ptr_array_add (self->leaving, g_object_ref (item));
}

/**
 * aw_sorted_list_get_waiting:
 * @self: a list
 *
 * Returns: how many objects wait to be taken up
 */
guint
aw_sorted_list_get_waiting (AwSortedList *self)
{
  return self->entering->len;
}

/**
 * aw_sorted_list_flush:
 * @self: a list
 *
 * Has those leave that are to leave, and takes up those that entered.
 */
void
aw_sorted_list_flush (AwSortedList *self)
{
  g_return_if_fail (AW_IS_SORTED_LIST (self));

  if (self->leaving->len + self->entering->len <= FEW)
    change_few (self, self->leaving, self->entering);
  else
    change_many (self, self->leaving, self->entering);
  g_ptr_array_set_size (self->leaving, 0);
  g_ptr_array_set_size (self->entering, 0);
}

guint
aw_sorted_list_get_length (AwSortedList *self)
{
  return self->items->len;
}

gpointer
aw_sorted_list_peek (AwSortedList *self,
                     guint position)
{
  return g_ptr_array_index (self->items, position);
}
