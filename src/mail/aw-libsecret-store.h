/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mail/aw-secret-store.h"

G_BEGIN_DECLS

/**
 * AwLibsecretStore:
 *
 * An #AwSecretStore in the Secret Service, or in Flatpak in a file whose key
 * comes from the Secret portal: libsecret decides.
 */
#define AW_TYPE_LIBSECRET_STORE (aw_libsecret_store_get_type ())
G_DECLARE_FINAL_TYPE (AwLibsecretStore, aw_libsecret_store, AW, LIBSECRET_STORE, GObject)

AwSecretStore *aw_libsecret_store_new (void);

G_END_DECLS
