/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/aw-clock.h"
#include "core/aw-review.h"
#include "service/aw-duty.h"
#include "service/aw-summary.h"
#include "store/aw-database.h"

G_BEGIN_DECLS

/**
 * AwEngine:
 *
 * The door through which facts go in (architecture.md, The flow): a command is
 * committed in one transaction, then the models change. Main thread only.
 *
 * The lists of summaries and duties are made when one of them is first asked
 * for; from then on the engine also listens to the agent, so that what other
 * programs commit appears by itself. A commit to the user's own database is
 * told to the agent.
 *
 * Signals:
 *  "changed" (const char *opportunity): after each commit, by whomever; NULL:
 *     more than one opportunity, or something that belongs to none
 *  "settings-changed": the policy or a setting
 *  "planned": a life too big to be planned at once is planned now
 */
#define AW_TYPE_ENGINE (aw_engine_get_type ())
G_DECLARE_FINAL_TYPE (AwEngine, aw_engine, AW, ENGINE, GObject)

AwEngine *aw_engine_open (const char *path, AwClock *clock, GError **error);
AwClock *aw_engine_get_clock (AwEngine *self);
gint64 aw_engine_now (AwEngine *self);
void aw_engine_set_announces (AwEngine *self, gboolean announces); /* whether the agent is told; the agent itself does not tell itself */
AwDatabase *aw_engine_get_database (AwEngine *self);
AwPolicy *aw_engine_get_policy (AwEngine *self);
AwCalendar *aw_engine_get_calendar (AwEngine *self);
AwElsewhere *aw_engine_get_elsewhere (AwEngine *self); /* (transfer none) contacts of all opportunities, for G1 */

/* Commands. _run is for programs without a window; a window uses _run_async,
 * whose commit happens in a thread. Both take over the change into the models
 * and put the command on the undo stack if @undoable. */
gboolean aw_engine_run (AwEngine *self, AwCommand *command, gboolean undoable, GError **error);
void aw_engine_run_async (AwEngine *self, AwCommand *command, gboolean undoable, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
gboolean aw_engine_run_finish (AwEngine *self, GAsyncResult *result, GError **error);
AwCommand *aw_engine_peek_undo (AwEngine *self); /* (transfer none) the one Ctrl+Z would take back, NULL: none */
void aw_engine_undo_async (AwEngine *self, AwCommand *command, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data); /* NULL: the last */
gboolean aw_engine_undo_finish (AwEngine *self, GAsyncResult *result, GError **error);

/* Reading. */
AwDossier *aw_engine_ref_dossier (AwEngine *self, const char *opportunity, GError **error); /* (transfer full) live while held; NULL without error: none */
AwPlan *aw_engine_get_plan (AwEngine *self, const char *opportunity); /* (transfer none) as of now; NULL: none */
GListModel *aw_engine_get_summaries (AwEngine *self); /* AwSummary; (transfer none) */
GListModel *aw_engine_get_duties (AwEngine *self);    /* AwDuty of all opportunities, sorted as rules.md §2 says, less those whose message is on its way; moves by itself with the clock */
gboolean aw_engine_is_planning (AwEngine *self);     /* the list of duties is not complete yet */
GPtrArray *aw_engine_agenda (AwEngine *self, gint64 at, gint64 until, GError **error); /* AwDuty*, AW_NEVER: no limit; everything the plan says, for the command line */
GListModel *aw_engine_get_accounts (AwEngine *self); /* AwAccount */
char *aw_engine_get_setting (AwEngine *self, const char *key); /* NULL: not set */
AwReviewFacts *aw_engine_gather_review_facts (AwEngine *self, const char *opportunity, GError **error);
void aw_review_facts_free (AwReviewFacts *facts);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AwReviewFacts, aw_review_facts_free)

/* Looks whether another process committed, and takes over what changed. The
 * window calls it on the agent's signal and on focus. */
void aw_engine_refresh (AwEngine *self);

/* Commands that more than one screen gives. All (transfer full). */
AwCommand *aw_commands_decide (AwEngine *self, AwDuty *duty, AwDecided what, gint64 until); /* done, skip, snooze */
AwCommand *aw_commands_delete (AwEngine *self, AwDossier *dossier);                         /* the opportunity with all that it owns */
AwCommand *aw_commands_put (AwEngine *self, const char *title, gpointer before, gpointer after); /* one record: either may be NULL */

/* Settings, keys of the table "setting": remind ("0": off), summary ("each" or
 * "morning"), hide-names, sound, background ("1": the agent starts at login;
 * "0": it ends with the window), language, signature … The agent answers
 * background with background-state ("granted", "refused", "unavailable"); keys
 * that begin with "agent-" are its own. */

G_END_DECLS
