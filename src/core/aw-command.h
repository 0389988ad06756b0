/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/aw-facts.h"

G_BEGIN_DECLS

/**
 * AwChange:
 * @before: (nullable): the record as it is, %NULL to add @after
 * @after: (nullable): the record as it shall be, %NULL to remove @before
 *
 * One changed fact. Where both are there, only the fields in which they differ
 * are written, so that two processes that change different members of one
 * record do not undo each other's work.
 */
typedef struct
{
  AwRecord *before;
  AwRecord *after;
} AwChange;

/**
 * AwCommand:
 *
 * What the user did, as changed facts: carried out whole in one transaction
 * or not at all, and undone by its inverse. It is filled once and immutable
 * from then on.
 */
#define AW_TYPE_COMMAND (aw_command_get_type ())
G_DECLARE_FINAL_TYPE (AwCommand, aw_command, AW, COMMAND, GObject)

AwCommand *aw_command_new (const char *title);
void aw_command_add (AwCommand *self, gpointer record);
void aw_command_change (AwCommand *self, gpointer before, gpointer after);
void aw_command_remove (AwCommand *self, gpointer record);
void aw_command_set_setting (AwCommand *self, const char *key, const char *before, const char *after);

const char *aw_command_get_title (AwCommand *self);
guint aw_command_get_n_changes (AwCommand *self);
const AwChange *aw_command_get_change (AwCommand *self, guint i);
gboolean aw_command_is_empty (AwCommand *self);
AwCommand *aw_command_inverse (AwCommand *self);

typedef struct
{
  char *key;
  char *before; /* NULL: not set */
  char *after;
} AwSettingChange;

guint aw_command_get_n_settings (AwCommand *self);
const AwSettingChange *aw_command_get_setting (AwCommand *self, guint i);

G_END_DECLS
