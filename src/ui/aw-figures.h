/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/aw-calendar.h"
#include "core/aw-dossier.h"

G_BEGIN_DECLS

/* What the Overview shows, gathered dossier by dossier; counts and medians,
 * no scores. */
typedef struct _AwFigures AwFigures;

typedef struct
{
  char *label;
  guint value;
} AwFigure;

AwFigures *aw_figures_new (AwCalendar *calendar, gint64 since, gint64 now);
void aw_figures_free (AwFigures *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AwFigures, aw_figures_free)
void aw_figures_add (AwFigures *self, AwDossier *dossier);

guint aw_figures_interviews (AwFigures *self);     /* ended ones */
guint aw_figures_open (AwFigures *self);
guint aw_figures_offers (AwFigures *self);
int aw_figures_thanked (AwFigures *self, guint *in_time, guint *all); /* percent, -1: nobody to thank */
int aw_figures_reply_days (AwFigures *self);       /* median, -1: no reply yet */
GArray *aw_figures_stand (AwFigures *self);        /* (transfer full): AwFigure, in order */
GArray *aw_figures_replies (AwFigures *self);      /* (transfer full): AwFigure, median days by role */
guint aw_figures_sent (AwFigures *self, AwTouchKind kind, guint *answered); /* thank-you: answered = within 24 h */

G_END_DECLS
