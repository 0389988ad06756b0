/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service/aw-book.h"
#include "service/aw-committer.h"
#include "service/aw-engine.h"
#include "service/aw-planner.h"

G_BEGIN_DECLS

struct _AwEngine
{
  GObject parent_instance;

  AwDatabase *database;
  AwClock *clock;
  AwBook *book;
  AwPlanner *planner; /* NULL until a list is asked for */
  AwCommitter *committer;
  GListStore *accounts; /* NULL until asked for */
  GPtrArray *undo;      /* of AwCommand, the last done last */
  gint64 revision;      /* of the last change that the models know */
  gboolean announces;   /* to the agent */
  guint agent_watch;
};

AwBook *aw_engine_get_book (AwEngine *self);
void aw_engine_emit_changed (AwEngine *self, GPtrArray *opportunities, gboolean others);

/* aw-engine-take.c */
void aw_engine_take_over (AwEngine *self, AwCommand *command, const AwCommit *commit); /* our own */
void aw_engine_reload_accounts (AwEngine *self);

G_END_DECLS
