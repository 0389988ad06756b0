/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/aw-call-times.h"
#include "ui/aw-ui.h"

G_BEGIN_DECLS

/* The dialogs of compose. Each calls back once, or never if it is closed;
 * texts and records are (transfer none). Modules aw-article-dialog.c,
 * aw-call-times-dialog.c, aw-compare-dialog.c, aw-later-dialog.c and
 * aw-elsewhere-dialog.c. */

typedef void (*AwTextChosen) (const char *text, gpointer data);
typedef void (*AwTimeChosen) (gint64 at, gpointer data);

/* Share an Article: @article is NULL for a new one; @text is the paragraph. */
typedef void (*AwArticleChosen) (AwArticle *article, gboolean is_new, const char *text, gpointer data);
GtkWidget *aw_article_dialog_present (GtkWidget *parent, AwDossier *dossier, const char *person, AwArticleChosen callback, gpointer data);

/* Propose Call Times. */
typedef void (*AwCallTimesChosen) (const gint64 times[AW_N_CALL_TIMES], const char *sentence, gpointer data);
GtkWidget *aw_call_times_dialog_present (GtkWidget *parent, AwDossier *dossier, const char *person, AwTemplates *templates, AwCallTimesChosen callback, gpointer data);

/* Compare: the message beside its twin, shared passages marked. */
GtkWidget *aw_compare_dialog_present (GtkWidget *parent, const char *text, const AwFinding *finding, const char *twin_text, const char *twin_name);

/* Send Later: @until is when a guard ends, AW_NEVER: none. */
GtkWidget *aw_later_dialog_present (GtkWidget *parent, const char *person_zone, gint64 until, AwTimeChosen callback, gpointer data);

/* Mark as Sent Elsewhere. */
typedef void (*AwElsewhereChosen) (AwChannel channel, gint64 at, gpointer data);
GtkWidget *aw_elsewhere_dialog_present (GtkWidget *parent, AwChannel channel, AwElsewhereChosen callback, gpointer data);

G_END_DECLS
