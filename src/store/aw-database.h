/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <sqlite3.h>

#include "core/aw-command.h"
#include "core/aw-dossier.h"
#include "core/aw-plan.h"
#include "store/aw-store-error.h"

G_BEGIN_DECLS

/**
 * AwDatabase:
 *
 * One connection to the file of facts. Not thread-safe: one for each thread.
 */
#define AW_TYPE_DATABASE (aw_database_get_type ())
G_DECLARE_FINAL_TYPE (AwDatabase, aw_database, AW, DATABASE, GObject)

char *aw_database_default_path (void); /* $XDG_DATA_HOME/afterword[-devel]/afterword.db */
AwDatabase *aw_database_open (const char *path, GError **error); /* makes, migrates */
/* Whether opening it upgrades it, which takes that nobody else (the agent) has
 * it open: ask them to quit first. */
gboolean aw_database_needs_upgrade (const char *path);
const char *aw_database_get_path (AwDatabase *self);
void aw_database_set_patience (AwDatabase *self, int milliseconds);
void aw_database_release_memory (AwDatabase *self);
sqlite3 *aw_database_get_handle (AwDatabase *self); /* for the store's own files and the outbox */

/* Sentence from SQLite's last error, with the right code. */
void aw_database_set_error (AwDatabase *self, GError **error);

gboolean aw_database_begin (AwDatabase *self, GError **error); /* BEGIN IMMEDIATE */
gboolean aw_database_begin_reading (AwDatabase *self, GError **error); /* what is read until the rollback is as of one moment */
gboolean aw_database_commit (AwDatabase *self, GError **error);
void aw_database_rollback (AwDatabase *self);

/* All changes of a command in one transaction. New records' positions are
 * filled in (appended) on the records themselves before they are shared. */
gboolean aw_database_run (AwDatabase *self, AwCommand *command, GError **error);
/* The same inside a transaction that the caller began. */
gboolean aw_database_apply (AwDatabase *self, AwCommand *command, GError **error);

GPtrArray *aw_database_load_opportunities (AwDatabase *self, GError **error);            /* AwOpportunity, in order */
GHashTable *aw_database_load_last_interviews (AwDatabase *self);                          /* id of an opportunity → gint64 */
AwDossier *aw_database_load_dossier (AwDatabase *self, const char *opportunity, GError **error); /* NULL without error: none */
GPtrArray *aw_database_load_kind (AwDatabase *self, AwRecordKind kind, GError **error);  /* records without owner: accounts, templates */
AwRecord *aw_database_load_record (AwDatabase *self, AwRecordKind kind, const char *id, GError **error);
AwPolicy *aw_database_load_policy (AwDatabase *self, GError **error);                    /* the defaults if none is stored */
AwElsewhere *aw_database_load_elsewhere (AwDatabase *self, GError **error);

char *aw_database_get_setting (AwDatabase *self, const char *key); /* NULL: not set */
gboolean aw_database_set_setting (AwDatabase *self, const char *key, const char *value, GError **error);

gint64 aw_database_get_data_version (AwDatabase *self); /* PRAGMA data_version: changes when another process commits */

GPtrArray *aw_database_check (AwDatabase *self, GError **error); /* char *: sentences, empty if all is well */

G_END_DECLS
