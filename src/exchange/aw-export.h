/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "exchange/aw-document.h"
#include "store/aw-database.h"

G_BEGIN_DECLS

/* Members of the document that this version does not know are kept here. */
#define AW_DOCUMENT_EXTRA_SETTING "document-extra"

AwDocument *aw_export_document (AwDatabase *database, GError **error);

G_END_DECLS
