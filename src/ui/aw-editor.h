/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/aw-ui.h"

G_BEGIN_DECLS

/**
 * AwEditor:
 *
 * A dialog that edits records: rows bound to members of copies, which become
 * one command when it is saved. All small dialogs of the detail page are made
 * with it, so that none writes a fact by itself.
 *
 * Rows are bound to members, so a copy may only be changed through them while
 * the dialog is open.
 */
#define AW_TYPE_EDITOR (aw_editor_get_type ())
G_DECLARE_FINAL_TYPE (AwEditor, aw_editor, AW, EDITOR, GObject)

/* @toast: the command's title: "Person changed". @save: label of the button. */
AwEditor *aw_editor_new (AwUi *ui, const char *title, const char *save, const char *toast);

/* Returns: (transfer none): the copy to bind to. @before is changed; with
 * @is_new it is added. */
gpointer aw_editor_take (AwEditor *self, gpointer before);
gpointer aw_editor_add (AwEditor *self, GType type, const char *opportunity);

/* Everything comes below the group that was begun last. */
GtkWidget *aw_editor_group (AwEditor *self, const char *title, const char *description);
void aw_editor_add_row (AwEditor *self, GtkWidget *row);

GtkWidget *aw_editor_text (AwEditor *self, const char *label, char **member);
GtkWidget *aw_editor_long_text (AwEditor *self, const char *label, char **member); /* a group of its own */
GtkWidget *aw_editor_switch (AwEditor *self, const char *label, const char *subtitle, gboolean *member);
GtkWidget *aw_editor_number (AwEditor *self, const char *label, int min, int max, int step, int unknown, int *member);
/* @labels: index = value; %NULL entries are left out. */
GtkWidget *aw_editor_choice (AwEditor *self, const char *label, const char *const *labels, guint n_labels, int *member);
GtkWidget *aw_editor_date (AwEditor *self, const char *label, gboolean optional, AwDate *member);
GtkWidget *aw_editor_instant (AwEditor *self, const char *label, gboolean optional, const char *zone, AwInstant *member);
/* One of the people, or @none. */
GtkWidget *aw_editor_person (AwEditor *self, const char *label, AwDossier *dossier, const char *none, char **member);
/* A check row for each person. */
void aw_editor_people (AwEditor *self, AwDossier *dossier, GStrv *member);

/* Returns what is wrong, (transfer none), or NULL. */
typedef const char *(*AwEditorCheck) (AwEditor *self, gpointer data);
void aw_editor_set_check (AwEditor *self, AwEditorCheck check, gpointer data);
/* Called before the records are compared: may change them, and add to @command. */
typedef void (*AwEditorSave) (AwEditor *self, AwCommand *command, gpointer data);
void aw_editor_set_save (AwEditor *self, AwEditorSave save, gpointer data, GDestroyNotify destroy);
/* Called after a row was changed, for rows that depend on others. */
void aw_editor_set_changed (AwEditor *self, AwEditorSave changed);

/* Keeps each answer as it is given (no Cancel but "Later"): the save function
 * is called each time, with aw_editor_is_final () at Save only. */
void aw_editor_set_live (AwEditor *self, const char *later);
/* Another button at the foot: Delete. */
GtkWidget *aw_editor_add_button (AwEditor *self, const char *label, const char *css_class);

AwUi *aw_editor_get_ui (AwEditor *self);
GtkWidget *aw_editor_get_dialog (AwEditor *self); /* NULL: closed */
GtkWidget *aw_editor_get_content (AwEditor *self); /* a box; what is appended stands below the groups so far */
gboolean aw_editor_is_final (AwEditor *self);
void aw_editor_read (AwEditor *self); /* rows into members */
void aw_editor_save (AwEditor *self);
void aw_editor_close (AwEditor *self);
/* Takes over the reference of the caller. Returns the dialog. */
GtkWidget *aw_editor_present (AwEditor *self, GtkWidget *parent);

/* Members of records. */
void aw_edit_set_text (char **member, const char *text); /* stripped; NULL if empty */
AwInstant aw_edit_instant (AwEngine *engine, gint64 sec); /* with the user's offset */

G_END_DECLS
