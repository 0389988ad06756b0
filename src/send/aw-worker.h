/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct
{
  char *database;
  char *message;    /* only this one */
  char *retry;      /* first, this one: the user's "Try Again" */
  char *was_sent;   /* first, this one: the user's "It Was Sent" */
  gboolean hurry;   /* the network or the keyring is back */
  gboolean passwords; /* on standard input: account, NUL, password, NUL … */
} AwWorkerOptions;

int aw_worker_run (const AwWorkerOptions *options, GCancellable *cancellable);
int aw_worker_test (GCancellable *cancellable);

/* All of standard input; wiped by the caller. */
char *aw_worker_read_input (gsize *length);

G_END_DECLS
