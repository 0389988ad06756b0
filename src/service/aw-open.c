/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/aw-open.h"

#include "service/aw-agent-client.h"
#include "store/aw-backup.h"

typedef struct
{
  char *database;
  AwDate last; /* on which a copy was begun */
  AwCopyFailed failed; /* NULL: it has been told */
  gpointer data;
} Keeper;

static void
keeper_clear (gpointer data)
{
  Keeper *keeper = data;

  g_free (keeper->database);
}

static void
keeper_unref (gpointer data,
              G_GNUC_UNUSED GClosure *closure)
{
  Keeper *keeper = data;

  keeper->failed = NULL; /* the engine is gone, and its user may be, too */
  g_rc_box_release_full (keeper, keeper_clear);
}

/* A copy that fails is tried again on the next day or start. Told once: more
 * would only be in the way. */
static void
on_copied (G_GNUC_UNUSED GObject *source,
           GAsyncResult *result,
           gpointer data)
{
  Keeper *keeper = data;
  g_autoptr (GError) error = NULL;

  if (!aw_backup_finish (result, &error))
    {
      AwCopyFailed failed = g_steal_pointer (&keeper->failed);

      g_message ("no copy was made today: %s", error->message);
      if (failed != NULL)
        failed (error->message, keeper->data);
    }
  g_rc_box_release_full (keeper, keeper_clear);
}

static void
on_changed (AwEngine *engine,
            G_GNUC_UNUSED const char *opportunity,
            gpointer data)
{
  Keeper *keeper = data;
  AwDate today = aw_calendar_date_of (aw_engine_get_calendar (engine), NULL, aw_engine_now (engine));

  if (today == keeper->last)
    return;
  keeper->last = today;
  aw_backup_daily_async (keeper->database, today, NULL, on_copied, g_rc_box_acquire (keeper));
}

/**
 * aw_engine_open_for_user:
 * @path: (type filename): the database
 * @clock: the clock
 * @error: return location
 *
 * Opens as aw_engine_open() does. If that upgrades the file, which takes that
 * nobody else has it open, the agent is asked to end first.
 *
 * Returns: (transfer full) (nullable): the engine
 */
AwEngine *
aw_engine_open_for_user (const char *path,
                         AwClock *clock,
                         GError **error)
{
  if (aw_database_needs_upgrade (path))
    {
      aw_agent_client_quit ();
      aw_agent_client_flush ();
    }
  return aw_engine_open (path, clock, error);
}

/**
 * aw_engine_back_up_daily:
 * @engine: the engine of the window
 * @failed: (nullable): told once if a copy cannot be made
 * @data: for @failed
 */
void
aw_engine_back_up_daily (AwEngine *engine,
                         AwCopyFailed failed,
                         gpointer data)
{
  Keeper *keeper;

  g_return_if_fail (AW_IS_ENGINE (engine));

  keeper = g_rc_box_new0 (Keeper);
  keeper->failed = failed;
  keeper->data = data;
  keeper->database = g_strdup (aw_database_get_path (aw_engine_get_database (engine)));
  keeper->last = AW_DATE_NONE;
  g_signal_connect_data (engine, "changed", G_CALLBACK (on_changed), keeper, keeper_unref, 0);
  on_changed (engine, NULL, keeper);
}
