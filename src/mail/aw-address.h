/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define AW_MAIL_ERROR (aw_mail_error_quark ())
GQuark aw_mail_error_quark (void);

/* What the caller does next. The message is one plain sentence for the user. */
typedef enum
{
  AW_MAIL_ERROR_ADDRESS, /* have the address corrected */
  AW_MAIL_ERROR_TEXT,    /* have the subject, name or text corrected */
  AW_MAIL_ERROR_SETUP,   /* have the account's settings corrected */
  AW_MAIL_ERROR_TELL,    /* tell the user */
} AwMailError;

/* Checked, with the domain in ASCII (punycode); NULL with @error set. */
char *aw_address_normalize (const char *address, GError **error);
gboolean aw_address_needs_utf8 (const char *address); /* SMTPUTF8 */
const char *aw_address_domain (const char *address);  /* after the @; NULL: none */
char *aw_address_local_part (const char *address);

/* One line for a header: no control characters, no overrides of the writing
 * direction, valid UTF-8. @what names it in the sentence ("subject"). */
gboolean aw_header_text_check (const char *text, const char *what, GError **error);

/* (transfer full) (nullable): the name of a host as a stranger may say it, or NULL. */
char *aw_host_clean (const char *host);

G_END_DECLS
