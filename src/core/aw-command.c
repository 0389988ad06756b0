/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/aw-command.h"

struct _AwCommand
{
  GObject parent_instance;

  char *title;
  GArray *changes;  /* of AwChange */
  GArray *settings; /* of AwSettingChange */
};

G_DEFINE_FINAL_TYPE (AwCommand, aw_command, G_TYPE_OBJECT)

static void
clear_change (gpointer data)
{
  AwChange *change = data;

  g_clear_object (&change->before);
  g_clear_object (&change->after);
}

static void
clear_setting (gpointer data)
{
  AwSettingChange *setting = data;

  g_free (setting->key);
  g_free (setting->before);
  g_free (setting->after);
}

static void
append (AwCommand *self,
        AwRecord *before,
        AwRecord *after)
{
  AwChange change = {
    before != NULL ? g_object_ref (before) : NULL,
    after != NULL ? g_object_ref (after) : NULL,
  };

  g_array_append_val (self->changes, change);
}

static void
aw_command_finalize (GObject *object)
{
  AwCommand *self = AW_COMMAND (object);

  g_free (self->title);
  g_array_unref (self->changes);
  g_array_unref (self->settings);

  G_OBJECT_CLASS (aw_command_parent_class)->finalize (object);
}

static void
aw_command_class_init (AwCommandClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = aw_command_finalize;
}

static void
aw_command_init (AwCommand *self)
{
  self->changes = g_array_new (FALSE, FALSE, sizeof (AwChange));
  g_array_set_clear_func (self->changes, clear_change);
  self->settings = g_array_new (FALSE, FALSE, sizeof (AwSettingChange));
  g_array_set_clear_func (self->settings, clear_setting);
}

/**
 * aw_command_new:
 * @title: what was done, as a toast says it ("Northwind Labs deleted")
 *
 * Returns: (transfer full): an empty command
 */
AwCommand *
aw_command_new (const char *title)
{
  AwCommand *self = g_object_new (AW_TYPE_COMMAND, NULL);

  self->title = g_strdup (title);
  return self;
}

/**
 * aw_command_add:
 * @self: a command
 * @record: (type AwRecord): a new record; owners come before what they own
 */
void
aw_command_add (AwCommand *self,
                gpointer record)
{
  g_return_if_fail (AW_IS_COMMAND (self) && AW_IS_RECORD (record));

  append (self, NULL, record);
}

/**
 * aw_command_change:
 * @self: a command
 * @before: (type AwRecord): a record as it is
 * @after: (type AwRecord): a changed copy with the same id
 *
 * Adds the change, or nothing if both are equal.
 */
void
aw_command_change (AwCommand *self,
                   gpointer before,
                   gpointer after)
{
  g_return_if_fail (AW_IS_COMMAND (self) && AW_IS_RECORD (before) && AW_IS_RECORD (after));
  g_return_if_fail (g_strcmp0 (AW_ID (before), AW_ID (after)) == 0);

  if (!aw_record_equal (before, after))
    append (self, before, after);
}

/**
 * aw_command_remove:
 * @self: a command
 * @record: (type AwRecord): a record to remove; what it owns comes before it
 */
void
aw_command_remove (AwCommand *self,
                   gpointer record)
{
  g_return_if_fail (AW_IS_COMMAND (self) && AW_IS_RECORD (record));

  append (self, record, NULL);
}

/**
 * aw_command_set_setting:
 * @self: a command
 * @key: which setting
 * @before: (nullable): its value so far
 * @after: (nullable): its new value, %NULL to unset it
 */
void
aw_command_set_setting (AwCommand *self,
                        const char *key,
                        const char *before,
                        const char *after)
{
  AwSettingChange setting = { g_strdup (key), g_strdup (before), g_strdup (after) };

  g_return_if_fail (AW_IS_COMMAND (self));

  g_array_append_val (self->settings, setting);
}

/**
 * aw_command_get_title:
 * @self: a command
 *
 * Returns: (transfer none): what was done, for a toast
 */
const char *
aw_command_get_title (AwCommand *self)
{
  g_return_val_if_fail (AW_IS_COMMAND (self), NULL);

  return self->title;
}

/**
 * aw_command_get_n_changes:
 * @self: a command
 *
 * Returns: how many records it changes
 */
guint
aw_command_get_n_changes (AwCommand *self)
{
  g_return_val_if_fail (AW_IS_COMMAND (self), 0);

  return self->changes->len;
}

/**
 * aw_command_get_change:
 * @self: a command
 * @i: an index
 *
 * Returns: (transfer none): that change
 */
const AwChange *
aw_command_get_change (AwCommand *self,
                       guint i)
{
  g_return_val_if_fail (AW_IS_COMMAND (self) && i < self->changes->len, NULL);

  return &g_array_index (self->changes, AwChange, i);
}

/**
 * aw_command_get_n_settings:
 * @self: a command
 *
 * Returns: how many settings it changes
 */
guint
aw_command_get_n_settings (AwCommand *self)
{
  g_return_val_if_fail (AW_IS_COMMAND (self), 0);

  return self->settings->len;
}

/**
 * aw_command_get_setting:
 * @self: a command
 * @i: an index
 *
 * Returns: (transfer none): that change of a setting
 */
const AwSettingChange *
aw_command_get_setting (AwCommand *self,
                        guint i)
{
  g_return_val_if_fail (AW_IS_COMMAND (self) && i < self->settings->len, NULL);

  return &g_array_index (self->settings, AwSettingChange, i);
}

/**
 * aw_command_is_empty:
 * @self: a command
 *
 * Returns: whether it changes nothing
 */
gboolean
aw_command_is_empty (AwCommand *self)
{
  g_return_val_if_fail (AW_IS_COMMAND (self), TRUE);

  return self->changes->len == 0 && self->settings->len == 0;
}

/**
 * aw_command_inverse:
 * @self: a command
 *
 * Returns: (transfer full): the command that takes @self back
 */
AwCommand *
aw_command_inverse (AwCommand *self)
{
  AwCommand *inverse;

  g_return_val_if_fail (AW_IS_COMMAND (self), NULL);

  inverse = aw_command_new (self->title);
  for (guint i = self->changes->len; i > 0; i--)
    {
      const AwChange *change = &g_array_index (self->changes, AwChange, i - 1);

      append (inverse, change->after, change->before);
    }
  for (guint i = self->settings->len; i > 0; i--)
    {
      const AwSettingChange *setting = &g_array_index (self->settings, AwSettingChange, i - 1);

      aw_command_set_setting (inverse, setting->key, setting->after, setting->before);
    }
  return inverse;
}
