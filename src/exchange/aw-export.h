/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "exchange/aw-document.h"
#include "store/aw-database.h"

G_BEGIN_DECLS

/* Members of the document that this version does not know are kept here. */
#define AW_DOCUMENT_EXTRA_SETTING "document-extra"

AwDocument *aw_export_document (AwDatabase *database, GError **error);

/* A row an opportunity (RFC 4180), times in @zone. */
GBytes *aw_export_table (AwDocument *document, const char *zone);

/**
 * AwExportTask:
 * @opportunity: whose it is
 * @key: the follow-up's key
 * @title: what to do
 * @reason: why now
 * @opens: from when on
 * @due: until when
 *
 * An open follow-up, for a calendar.
 */
typedef struct
{
  const char *opportunity;
  const char *key;
  const char *title;
  const char *reason;
  gint64 opens;
  gint64 due;
} AwExportTask;

/* Interviews as events, follow-ups as tasks (iCalendar). @now: when it is made. */
GBytes *aw_export_calendar (AwDocument *document, const AwExportTask *tasks, gsize n_tasks, gint64 now);

G_END_DECLS
