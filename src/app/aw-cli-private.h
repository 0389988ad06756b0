/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "service/aw-engine.h"

G_BEGIN_DECLS

/* Exit status of the command line (interchange.md). */
enum
{
  AW_CLI_FINE = 0,
  AW_CLI_FAILED = 1,
  AW_CLI_USAGE = 2,
};

/* What was asked for; texts are NULL where the option was not given. */
typedef struct
{
  gboolean agenda;
  char *import;
  char *export;
  char *review;
  char *add_account;
  char *send;
  gboolean outbox;
  char *search;
  gboolean check;
  gboolean version;

  gboolean json;
  char *at;
  char *until;
  gboolean dry_run;
  char *opportunity;
  char *person;
  char *subject;
  char *kind;
  char *channel;
  char *begun;
  char *server;
  char *user;
  char *name;
  char *ca;
  char *account;
  gboolean anyway;
  gboolean wait;
  char *database;
} AwCliOptions;

/* One command each; they print, and return the exit status. */
int aw_cli_agenda (const AwCliOptions *options, AwEngine *engine);
int aw_cli_import (const AwCliOptions *options, AwEngine *engine);
int aw_cli_export (const AwCliOptions *options, AwEngine *engine);
int aw_cli_review (const AwCliOptions *options, AwEngine *engine);
int aw_cli_add_account (const AwCliOptions *options, AwEngine *engine);
int aw_cli_send (const AwCliOptions *options, AwEngine *engine);
int aw_cli_outbox (const AwCliOptions *options, AwEngine *engine);
int aw_cli_search (const AwCliOptions *options, AwEngine *engine);
int aw_cli_check (const AwCliOptions *options, AwEngine *engine);

/* Shared by them. */
int aw_cli_fail (const char *format, ...) G_GNUC_PRINTF (1, 2);
int aw_cli_misuse (const char *format, ...) G_GNUC_PRINTF (1, 2);
void aw_cli_print_json (JsonBuilder *builder);
void aw_cli_add_text (JsonBuilder *builder, const char *member, const char *text);
void aw_cli_add_time (JsonBuilder *builder, gint64 sec);
char *aw_cli_read_text (const char *file, GError **error);
gboolean aw_cli_parse_instant (const char *option, const char *text, gint64 *sec);
void aw_cli_print_table (GPtrArray *rows, guint n_columns);
int aw_cli_print_findings (GPtrArray *findings, gboolean json);
int aw_cli_parse_message (const AwCliOptions *options, AwEngine *engine, AwReviewFacts **facts, AwReviewInput *input);

G_END_DECLS
