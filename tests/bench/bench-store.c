/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A coach's life (architecture.md, Big lives): 10,000 opportunities with 300,000
 * touches are imported, listed, opened, looked through for G1 and exported. */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "exchange/aw-export.h"
#include "exchange/aw-import.h"
#include "support/aw-test-files.h"
#include "support/aw-test-life.h"

#define N_OPPORTUNITIES 10000
#define N_TOUCHES 30

static gint64 start;
static clock_t busy;

static void
lap (const char *what)
{
  gint64 now = g_get_monotonic_time ();

  /* The processor's time tells what it costs where others work on the same machine. */
  printf ("%-34s %8.1f ms, of the processor %8.1f ms\n", what, (double) (now - start) / 1000.0,
          (double) (clock () - busy) * 1000.0 / CLOCKS_PER_SEC);
  start = g_get_monotonic_time ();
  busy = clock ();
}

int
main (void)
{
  g_autoptr (AwTestFolder) folder = aw_test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "bench.db", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (AwDatabase) database = aw_database_open (path, &error);
  g_autoptr (GBytes) bytes = aw_test_life_new (N_OPPORTUNITIES, N_TOUCHES);
  g_autoptr (AwDocument) document = NULL;
  g_autoptr (AwImport) import = NULL;
  g_autoptr (AwCommand) command = NULL;
  g_autoptr (GPtrArray) opportunities = NULL;
  g_autoptr (AwElsewhere) elsewhere = NULL;
  g_autoptr (AwDocument) all = NULL;
  g_autoptr (GBytes) written = NULL;
  g_autoptr (GPtrArray) sentences = NULL;

  g_assert_no_error (error);
  printf ("document of %.0f MB\n", (double) g_bytes_get_size (bytes) / 1e6);
  start = g_get_monotonic_time ();
  busy = clock ();
  document = aw_document_parse (bytes, &error);
  g_assert_no_error (error);
  lap ("parse");
  import = aw_import_plan_document (document, database, &error);
  g_assert_no_error (error);
  lap ("plan the import");
  command = aw_import_make_command (import, NULL);
  aw_database_run (database, command, &error);
  g_assert_no_error (error);
  lap ("run it");
  opportunities = aw_database_load_opportunities (database, &error);
  lap ("list the opportunities");
  for (guint i = 0; i < 100; i++)
    g_object_unref (aw_database_load_dossier (database, AW_ID (g_ptr_array_index (opportunities, i * 100)), &error));
  g_assert_no_error (error);
  lap ("open 100 of them");
  elsewhere = aw_database_load_elsewhere (database, &error);
  lap ("what counts elsewhere (G1)");
  all = aw_export_document (database, &error);
  g_assert_no_error (error);
  lap ("load all");
  written = aw_document_to_bytes (all);
  lap ("write the document");
  sentences = aw_database_check (database, &error);
  g_assert_cmpuint (sentences->len, ==, 0);
  lap ("check");
  return 0;
}
