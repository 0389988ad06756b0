/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "mail/aw-preset.h"

G_BEGIN_DECLS

typedef enum
{
  AW_ORIGIN_MX,         /* its mail is received by a provider that we know */
  AW_ORIGIN_AUTOCONFIG, /* a file at the domain itself, by https */
  AW_ORIGIN_SRV,        /* the domain's name service (RFC 6186, 8314) */
  AW_ORIGIN_GOA,        /* GNOME Online Accounts: no password is to be typed */
  AW_ORIGIN_PRESET,     /* known here */
} AwOrigin;

/**
 * AwProposal:
 *
 * A server that was found for an address. It is only a proposal: names come
 * from a name service that anybody may have answered for.
 */
typedef struct
{
  AwOrigin origin;
  char *source;           /* who says so: a host, an URL or a domain */
  const AwPreset *preset; /* for AW_ORIGIN_MX */
  AwAccount *account;     /* servers and user names alone are set */
} AwProposal;

void aw_proposal_free (AwProposal *proposal);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AwProposal, aw_proposal_free)

/* Puts servers and user names into @account; the rest stays. */
void aw_proposal_fill (const AwProposal *proposal, AwAccount *account);

/* Asks everywhere at the same time. (element-type AwProposal), the best first; empty: nothing found. */
void aw_discover_async (const char *address, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);

/* For an address whose provider is known: only whether the desktop has an account for it; then
 * that comes first, and the provider after it. */
void aw_discover_desktop_async (const char *address, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);

/* Of either. */
GPtrArray *aw_discover_finish (GAsyncResult *result, GError **error);

G_END_DECLS
