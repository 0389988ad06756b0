/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service/aw-engine.h"

G_BEGIN_DECLS

typedef enum
{
  AW_EXPORT_DOCUMENT, /* .json: all facts, lossless */
  AW_EXPORT_TABLE,    /* .csv: a row an opportunity */
  AW_EXPORT_CALENDAR, /* .ics: interviews and open follow-ups */
} AwExportForm;

gboolean aw_export_form_of (const char *filename, AwExportForm *form);
GBytes *aw_engine_export_interviews (AwEngine *engine, const char *opportunity, GError **error); /* .ics: of this one alone */
GBytes *aw_engine_export (AwEngine *engine, AwExportForm form, GError **error);

G_END_DECLS
