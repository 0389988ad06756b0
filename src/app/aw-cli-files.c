/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>

#include "app/aw-cli-private.h"
#include "exchange/aw-import.h"
#include "service/aw-agent-client.h"
#include "service/aw-exporter.h"

/* Larger files are not looked at (interchange.md). */
#define LARGEST_FILE (256 * 1024 * 1024)

static GBytes *
read_file (const char *file,
           GError **error)
{
  g_autofree char *shown = g_filename_display_name (file);
  char *data;
  gsize length;
  GStatBuf info;

  if (g_stat (file, &info) != 0)
    {
      g_set_error (error, AW_STORE_ERROR, AW_STORE_ERROR_TELL, _ ("“%s” cannot be read: %s."), shown, g_strerror (errno));
      return NULL;
    }
  if (info.st_size > LARGEST_FILE)
    {
      g_set_error (error, AW_STORE_ERROR, AW_STORE_ERROR_TELL, _ ("“%s” is larger than 256 MB, which is too large to import."), shown);
      return NULL;
    }
  if (!g_file_get_contents (file, &data, &length, NULL))
    {
      g_set_error (error, AW_STORE_ERROR, AW_STORE_ERROR_TELL, _ ("“%s” cannot be read."), shown);
      return NULL;
    }
  return g_bytes_new_take (data, length);
}

static void
print_import (AwImport *import)
{
  GListModel *items = aw_import_get_items (import);
  GPtrArray *remarks = aw_import_get_remarks (import);

  for (guint i = 0; i < g_list_model_get_n_items (items); i++)
    {
      g_autoptr (AwImportItem) item = g_list_model_get_item (items, i);
      g_autofree char *line = aw_import_item_dup_line (item);

      g_print ("%s\n", line);
    }
  for (guint i = 0; i < remarks->len; i++)
    g_print ("%s\n", (const char *) g_ptr_array_index (remarks, i));
}

/**
 * aw_cli_import:
 * @options: --import and --dry-run are looked at
 * @engine: the facts
 *
 * Imports a file by its content, whole or not at all.
 *
 * Returns: the exit status
 */
int
aw_cli_import (const AwCliOptions *options,
               AwEngine *engine)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = read_file (options->import, &error);
  g_autofree char *shown = g_filename_display_name (options->import);
  g_autofree char *title = g_strdup_printf (_ ("%s imported"), shown);
  g_autoptr (AwImport) import = NULL;
  g_autoptr (AwCommand) command = NULL;

  if (bytes == NULL)
    return aw_cli_fail ("%s", error->message);

  import = aw_import_read (bytes, aw_engine_get_database (engine), aw_calendar_get_zone (aw_engine_get_calendar (engine)),
                           aw_engine_now (engine), &error);
  if (import == NULL)
    return aw_cli_fail (_ ("“%s” was not imported. %s"), shown, error->message);

  command = aw_import_make_command (import, title);
  if (!options->dry_run && !aw_command_is_empty (command))
    {
      if (!aw_engine_run (engine, command, FALSE, &error))
        return aw_cli_fail (_ ("“%s” was not imported. %s"), shown, error->message);
      aw_agent_client_refresh ();
    }
  print_import (import);
  return AW_CLI_FINE;
}

/**
 * aw_cli_export:
 * @options: --export is looked at
 * @engine: the facts
 *
 * Exports everything; the file's ending says how.
 *
 * Returns: the exit status
 */
int
aw_cli_export (const AwCliOptions *options,
               AwEngine *engine)
{
  g_autofree char *shown = g_filename_display_name (options->export);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  AwExportForm form;

  if (!aw_export_form_of (options->export, &form))
    return aw_cli_misuse (_ ("The name of the file must end in .json, .csv or .ics."));
  bytes = aw_engine_export (engine, form, &error);
  if (bytes == NULL)
    return aw_cli_fail ("%s", error->message);
  if (!g_file_set_contents_full (options->export, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes),
                                 G_FILE_SET_CONTENTS_CONSISTENT, 0600, &error))
    return aw_cli_fail (_ ("“%s” cannot be written. Is there room, and may you write there?"), shown);
  return AW_CLI_FINE;
}

/**
 * aw_cli_check:
 * @options: not looked at
 * @engine: the facts
 *
 * Says what is wrong with the database.
 *
 * Returns: the exit status: 1 if anything is wrong
 */
int
aw_cli_check (G_GNUC_UNUSED const AwCliOptions *options,
              AwEngine *engine)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) sentences = aw_database_check (aw_engine_get_database (engine), &error);

  if (sentences == NULL)
    return aw_cli_fail ("%s", error->message);
  if (sentences->len == 0)
    {
      g_print ("%s\n", _ ("All is well."));
      return AW_CLI_FINE;
    }
  for (guint i = 0; i < sentences->len; i++)
    g_print ("%s\n", (const char *) g_ptr_array_index (sentences, i));
  return AW_CLI_FAILED;
}
