/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "exchange/aw-document.h"
#include "store/aw-database.h"

G_BEGIN_DECLS

typedef enum
{
  AW_IMPORT_ADDED,
  AW_IMPORT_CHANGED,
  AW_IMPORT_SAME,     /* here already, and just so */
  AW_IMPORT_LEFT_OUT, /* why: aw_import_item_get_why() */
} AwImportOutcome;

/**
 * AwImportItem:
 *
 * One thing found in a file: an opportunity, an event, a card, a row. A list
 * of them is the preview; each can be deselected.
 */
#define AW_TYPE_IMPORT_ITEM (aw_import_item_get_type ())
G_DECLARE_FINAL_TYPE (AwImportItem, aw_import_item, AW, IMPORT_ITEM, GObject)

AwImportItem *aw_import_item_new (AwImportOutcome outcome, const char *title, const char *details, const char *why);
AwImportOutcome aw_import_item_get_outcome (AwImportItem *self);
const char *aw_import_item_get_title (AwImportItem *self);
const char *aw_import_item_get_details (AwImportItem *self); /* "2 people, 1 interview"; or NULL */
const char *aw_import_item_get_why (AwImportItem *self);     /* why it is left out, or NULL */
gboolean aw_import_item_get_selected (AwImportItem *self);
void aw_import_item_set_selected (AwImportItem *self, gboolean selected);
AwCommand *aw_import_item_get_command (AwImportItem *self);  /* its part, or NULL */
void aw_import_item_set_command (AwImportItem *self, AwCommand *command);
char *aw_import_item_dup_line (AwImportItem *self);          /* for the terminal: "Added: Northwind (2 people)" */

/**
 * AwImport:
 *
 * What a file would change here: nothing is written until its command is run,
 * whole, and so it can be undone.
 */
typedef struct _AwImport AwImport;

AwImport *aw_import_new (void);
void aw_import_free (AwImport *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AwImport, aw_import_free)

/* By content: a document, a calendar, cards or a table. @zone is the user's. */
AwImport *aw_import_read (GBytes *bytes, AwDatabase *database, const char *zone, gint64 now, GError **error);
gboolean aw_import_is_table (GBytes *bytes); /* none of the other forms */
AwImport *aw_import_plan_document (AwDocument *document, AwDatabase *database, GError **error);

void aw_import_add (AwImport *self, AwImportItem *item);        /* takes it over */
void aw_import_add_remark (AwImport *self, char *remark);       /* takes it over */
GListModel *aw_import_get_items (AwImport *self);               /* AwImportItem; (transfer none) */
GPtrArray *aw_import_get_remarks (AwImport *self);              /* char *: sentences about the file */
guint aw_import_count (AwImport *self, AwImportOutcome outcome); /* as they are selected now */
AwCommand *aw_import_make_command (AwImport *self, const char *title); /* (transfer full) of the selected items */

G_END_DECLS
