/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/aw-facts.h"

G_BEGIN_DECLS

/* What the window and `afterword-send --test` say to each other: the account as
 * a key file, a NUL, the password, a NUL. Nothing of it stands in arguments. */
char *aw_account_tester_write (AwAccount *account, gsize *length); /* without the password */
AwAccount *aw_account_tester_read (const char *input, gsize length, const char **password); /* NULL: it is not that */

void aw_secret_free_input (char *input, gsize length); /* wiped */

G_END_DECLS
