/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/aw-ui.h"

G_BEGIN_DECLS

/* Import with its preview, and export (ux.md 3i). */
typedef enum
{
  AW_TRANSFER_TABLE,
  AW_TRANSFER_CALENDAR,
  AW_TRANSFER_DOCUMENT,
} AwTransferFormat;

void aw_transfer_import (AwUi *ui, GtkWidget *parent); /* asks for the file */
void aw_transfer_import_file (AwUi *ui, GtkWidget *parent, GFile *file);
void aw_transfer_export_interviews (AwUi *ui, GtkWidget *parent, const char *opportunity); /* to a calendar */
void aw_transfer_export (AwUi *ui, GtkWidget *parent, AwTransferFormat format);

G_END_DECLS
