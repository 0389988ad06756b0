/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* For an account's `pin`: the hash of the certificate's public key in the form
 * that libcurl takes ("sha256//…"). NULL: it cannot be read. */
char *aw_certificate_pin (GTlsCertificate *certificate);
char *aw_certificate_fingerprint (GTlsCertificate *certificate); /* SHA-256, "AB:CD:…" */
gboolean aw_pin_is_valid (const char *pin);

G_END_DECLS
