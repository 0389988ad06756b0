/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/aw-editor.h"

G_BEGIN_DECLS

typedef struct _AwEditorBinding AwEditorBinding;

/* One row and the member it edits. */
struct _AwEditorBinding
{
  void (*read) (AwEditorBinding *self, AwUi *ui);
  GtkWidget *widget;
  gpointer member;
  GArray *choices; /* of int: value of each choice */
  GStrv ids;       /* of people */
  char *zone;
  int unknown;
};

void aw_editor_add_binding (AwEditor *self, AwEditorBinding *binding);
void aw_editor_binding_read (AwEditorBinding *binding, AwUi *ui);
void aw_editor_row_changed (AwEditor *self);

G_END_DECLS
