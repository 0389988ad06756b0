/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/aw-import.h"

#include <glib/gi18n-lib.h>

struct _AwImportItem
{
  GObject parent_instance;

  AwImportOutcome outcome;
  char *title;
  char *details;
  char *why;
  gboolean selected;
  AwCommand *command;
};

G_DEFINE_FINAL_TYPE (AwImportItem, aw_import_item, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_SELECTED,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

struct _AwImport
{
  GListStore *items;
  GPtrArray *remarks;
};

static void
aw_import_item_get_property (GObject *object,
                             guint prop_id,
                             GValue *value,
                             GParamSpec *pspec)
{
  if (prop_id == PROP_SELECTED)
    g_value_set_boolean (value, AW_IMPORT_ITEM (object)->selected);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
aw_import_item_set_property (GObject *object,
                             guint prop_id,
                             const GValue *value,
                             GParamSpec *pspec)
{
  if (prop_id == PROP_SELECTED)
    aw_import_item_set_selected (AW_IMPORT_ITEM (object), g_value_get_boolean (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
aw_import_item_finalize (GObject *object)
{
  AwImportItem *self = AW_IMPORT_ITEM (object);

  g_free (self->title);
  g_free (self->details);
  g_free (self->why);
  g_clear_object (&self->command);

  G_OBJECT_CLASS (aw_import_item_parent_class)->finalize (object);
}

static void
aw_import_item_class_init (AwImportItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = aw_import_item_get_property;
  object_class->set_property = aw_import_item_set_property;
  object_class->finalize = aw_import_item_finalize;

  properties[PROP_SELECTED] = g_param_spec_boolean ("selected", NULL, NULL, FALSE,
                                                    G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
aw_import_item_init (G_GNUC_UNUSED AwImportItem *self)
{
}

AwImportItem *
aw_import_item_new (AwImportOutcome outcome,
                    const char *title,
                    const char *details,
                    const char *why)
{
  AwImportItem *self = g_object_new (AW_TYPE_IMPORT_ITEM, NULL);

  self->outcome = outcome;
  self->title = g_strdup (title);
  self->details = g_strdup (details);
  self->why = g_strdup (why);
  self->selected = outcome == AW_IMPORT_ADDED || outcome == AW_IMPORT_CHANGED;
  return self;
}

AwImportOutcome
aw_import_item_get_outcome (AwImportItem *self)
{
  return self->outcome;
}

const char *
aw_import_item_get_title (AwImportItem *self)
{
  return self->title;
}

const char *
aw_import_item_get_details (AwImportItem *self)
{
  return self->details;
}

const char *
aw_import_item_get_why (AwImportItem *self)
{
  return self->why;
}

gboolean
aw_import_item_get_selected (AwImportItem *self)
{
  return self->selected;
}

void
aw_import_item_set_selected (AwImportItem *self,
                             gboolean selected)
{
  g_return_if_fail (AW_IS_IMPORT_ITEM (self));

  selected = selected && self->command != NULL;
  if (self->selected == selected)
    return;
  self->selected = selected;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTED]);
}

AwCommand *
aw_import_item_get_command (AwImportItem *self)
{
  return self->command;
}

void
aw_import_item_set_command (AwImportItem *self,
                            AwCommand *command)
{
  g_set_object (&self->command, command);
}

/**
 * aw_import_item_dup_line:
 * @self: an item
 *
 * Returns: (transfer full): one line for the terminal
 */
char *
aw_import_item_dup_line (AwImportItem *self)
{
  g_autofree char *what = self->details != NULL ? g_strdup_printf ("%s (%s)", self->title, self->details)
                                                : g_strdup (self->title);

  switch (self->outcome)
    {
    case AW_IMPORT_ADDED:
      return g_strdup_printf (_("Added: %s"), what);
    case AW_IMPORT_CHANGED:
      return g_strdup_printf (_("Changed: %s"), what);
    case AW_IMPORT_SAME:
      return g_strdup_printf (_("Already here: %s"), what);
    case AW_IMPORT_LEFT_OUT:
      /* Translators: what is left out, and why. */
      return g_strdup_printf (_("Left out: %s: %s"), what, self->why);
    default:
      g_assert_not_reached ();
    }
}

/* The whole ---------------------------------------------------------------- */

AwImport *
aw_import_new (void)
{
  AwImport *self = g_new0 (AwImport, 1);

  self->items = g_list_store_new (AW_TYPE_IMPORT_ITEM);
  self->remarks = g_ptr_array_new_with_free_func (g_free);
  return self;
}

void
aw_import_free (AwImport *self)
{
  if (self == NULL)
    return;
  g_object_unref (self->items);
  g_ptr_array_unref (self->remarks);
  g_free (self);
}

void
aw_import_add (AwImport *self,
               AwImportItem *item)
{
  g_list_store_append (self->items, item);
  g_object_unref (item);
}

void
aw_import_add_remark (AwImport *self,
                      char *remark)
{
  g_ptr_array_add (self->remarks, remark);
}

GListModel *
aw_import_get_items (AwImport *self)
{
  return G_LIST_MODEL (self->items);
}

GPtrArray *
aw_import_get_remarks (AwImport *self)
{
  return self->remarks;
}

guint
aw_import_count (AwImport *self,
                 AwImportOutcome outcome)
{
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->items)); i++)
    {
      g_autoptr (AwImportItem) item = g_list_model_get_item (G_LIST_MODEL (self->items), i);

      /* What the user takes although it did not look like it is added, what
       * they deselect is left out. */
      if (item->command == NULL)
        n += item->outcome == outcome;
      else if (!item->selected)
        n += outcome == AW_IMPORT_LEFT_OUT;
      else
        n += outcome == (item->outcome == AW_IMPORT_LEFT_OUT ? AW_IMPORT_ADDED : item->outcome);
    }
  return n;
}

/**
 * aw_import_make_command:
 * @self: an import
 * @title: what a toast says afterwards
 *
 * Returns: (transfer full): all that the selected items change
 */
AwCommand *
aw_import_make_command (AwImport *self,
                        const char *title)
{
  AwCommand *whole = aw_command_new (title);
  g_autoptr (GHashTable) added = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->items)); i++)
    {
      g_autoptr (AwImportItem) item = g_list_model_get_item (G_LIST_MODEL (self->items), i);

      if (!item->selected || item->command == NULL)
        continue;
      for (guint j = 0; j < aw_command_get_n_changes (item->command); j++)
        {
          const AwChange *change = aw_command_get_change (item->command, j);

          /* Items that build upon the same new record each bring it. */
          if (change->before == NULL)
            {
              if (g_hash_table_add (added, change->after))
                aw_command_add (whole, change->after);
            }
          else if (change->after == NULL)
            aw_command_remove (whole, change->before);
          else
            aw_command_change (whole, change->before, change->after);
        }
      for (guint j = 0; j < aw_command_get_n_settings (item->command); j++)
        {
          const AwSettingChange *setting = aw_command_get_setting (item->command, j);

          aw_command_set_setting (whole, setting->key, setting->before, setting->after);
        }
    }
  return whole;
}
