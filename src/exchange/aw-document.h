/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/aw-dossier.h"

G_BEGIN_DECLS

/* The file is not what it should be; the message is one sentence for the user
 * and tells where (line, path), but not the file's name. */
#define AW_EXCHANGE_ERROR (aw_exchange_error_quark ())
GQuark aw_exchange_error_quark (void);
typedef enum
{
  AW_EXCHANGE_ERROR_FORMAT, /* not of this format at all */
  AW_EXCHANGE_ERROR_PLACE,  /* of this format, but wrong in one place */
} AwExchangeError;

/* "Line %u: %s" and the like, for what was read so far; 256 MB. */
#define AW_EXCHANGE_MAX_SIZE (256u * 1024 * 1024)

/**
 * AwDocument:
 *
 * The interchange document (interchange.md): all facts of a user.
 */
typedef struct _AwDocument AwDocument;

AwDocument *aw_document_new (AwPolicy *policy, const char *extra);
void aw_document_free (AwDocument *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AwDocument, aw_document_free)

AwDocument *aw_document_parse (GBytes *bytes, GError **error);
GBytes *aw_document_to_bytes (AwDocument *self);

void aw_document_add (AwDocument *self, AwDossier *dossier);
AwPolicy *aw_document_get_policy (AwDocument *self);    /* NULL: the document has none */
const char *aw_document_get_extra (AwDocument *self);   /* unknown members, an object as text, or NULL */
guint aw_document_get_n_dossiers (AwDocument *self);
AwDossier *aw_document_get_dossier (AwDocument *self, guint i);
GPtrArray *aw_document_get_remarks (AwDocument *self);  /* char *: what was replaced while parsing */

G_END_DECLS
