/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A new folder, and its end with all that is in it. */
char *aw_test_folder_new (void);
void aw_test_folder_free (char *folder);

typedef char AwTestFolder;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AwTestFolder, aw_test_folder_free)

G_END_DECLS
