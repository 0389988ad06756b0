/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "core/aw-facts.h"

G_BEGIN_DECLS

typedef enum
{
  AW_PRESET_PASSWORD_NORMAL,
  AW_PRESET_PASSWORD_APP,    /* made in the web account for one program */
  AW_PRESET_PASSWORD_BRIDGE, /* given by a program on this computer */
  AW_PRESET_PASSWORD_OAUTH,  /* none is taken */
} AwPresetPassword;

/**
 * AwPreset:
 *
 * What data/mail-presets.ini says of a provider.
 */
typedef struct
{
  char *id;
  char *name;
  char **domains;
  char **mx;
  char *host;
  int port;
  AwSecurity security;
  char *imap_host; /* NULL: none */
  int imap_port;
  AwSecurity imap_security;
  gboolean user_is_local;
  gboolean imap_user_is_local;
  AwPresetPassword password;
  gboolean strip_spaces;
  gboolean saves_sent;
  char *link;    /* where the password is made; NULL: none */
  char *help;    /* one or two sentences; NULL: none */
  char *checked; /* "2026-11" */
} AwPreset;

/* (transfer none) for ever; NULL: not known. */
const AwPreset *aw_preset_find (const char *address);
const AwPreset *aw_preset_find_by_mx (const char *host);

/* Server, ports, security and user names; what the user typed besides stays. */
void aw_preset_fill (const AwPreset *preset, const char *address, AwAccount *account);

/* Without the spaces that the provider prints it with. (transfer full), to be given to aw_secret_free(). */
char *aw_preset_clean_password (const AwPreset *preset, const char *password);

/* What is wrong with an entry leaves it out, with a line in @problems. */
GPtrArray *aw_presets_parse (const char *text, gsize length, GPtrArray *problems);

G_END_DECLS
