/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/aw-editor.h"
#include "ui/aw-section.h"
#include "ui/aw-ui.h"

G_BEGIN_DECLS

/**
 * AwDetail:
 *
 * What the groups of the detail page show, at one moment. All borrowed.
 */
typedef struct
{
  AwUi *ui;
  AwEngine *engine;
  AwDossier *dossier;
  AwOpportunity *opportunity;
  AwPlan *plan;
  AwCalendar *calendar;
  gint64 now;
  gboolean narrow;
} AwDetail;

/* Each group is made once and filled whenever something changed. What rows do
 * are the actions "detail.…" of the page. */
GtkWidget *aw_detail_head_new (void);
void aw_detail_head_fill (GtkWidget *head, const AwDetail *detail);

GtkWidget *aw_next_step_card_new (AwUi *ui, const char *opportunity);
void aw_next_step_card_fill (GtkWidget *card, const AwDetail *detail);

GtkWidget *aw_replies_group_new (void); /* seen only while there is something to ask */
void aw_replies_group_fill (AwSection *section, const AwDetail *detail);
void aw_people_group_fill (AwSection *section, const AwDetail *detail);
void aw_interview_group_fill (AwSection *section, const AwDetail *detail);
void aw_steps_group_fill (AwSection *section, const AwDetail *detail);
void aw_questions_group_fill (AwSection *section, const AwDetail *detail);
void aw_mention_group_fill (AwSection *section, const AwDetail *detail);
void aw_rapport_group_fill (AwSection *section, const AwDetail *detail);

GtkWidget *aw_notes_new (AwUi *ui);
void aw_notes_fill (GtkWidget *notes, const AwDetail *detail);
void aw_notes_save (GtkWidget *notes);
void aw_notes_focus (GtkWidget *notes);

GtkWidget *aw_history_list_new (void);
void aw_history_list_fill (GtkWidget *history, const AwDetail *detail);
void aw_history_list_show (GtkWidget *history, const char *touch);

/* A row with a title, and the action it does, if any. */
GtkWidget *aw_detail_row (const char *title, const char *subtitle, const char *action, const char *target);
GtkWidget *aw_detail_row_menu (GtkWidget *row, const char *label, GMenuModel *menu);
/* The Delete key on the row does @action, which can be undone. */
void aw_detail_row_deletes (GtkWidget *row, const char *action, const char *target);
void aw_detail_menu_add (GMenu *menu, const char *label, const char *action, const char *target);

/* The small dialogs; ids NULL: a new one. */
void aw_edit_opportunity (AwUi *ui, GtkWidget *parent, AwDossier *dossier);
void aw_edit_promise (AwUi *ui, GtkWidget *parent, AwDossier *dossier);
void aw_edit_interview (AwUi *ui, GtkWidget *parent, AwDossier *dossier, const char *id);
void aw_edit_step (AwUi *ui, GtkWidget *parent, AwDossier *dossier, const char *id);
void aw_edit_question (AwUi *ui, GtkWidget *parent, AwDossier *dossier, const char *id);
void aw_edit_article (AwUi *ui, GtkWidget *parent, AwDossier *dossier, const char *id);
void aw_edit_mention (AwUi *ui, GtkWidget *parent, AwDossier *dossier);
void aw_edit_call (AwUi *ui, GtkWidget *parent, AwDossier *dossier, const char *id);
void aw_edit_touch (AwUi *ui, GtkWidget *parent, AwDossier *dossier, const char *id);

/* Topics of a person over all interviews, and what I could do for them. */
char *aw_detail_topics (AwDossier *dossier, const char *person, const char *separator);
AwInterview *aw_detail_last_interview (AwDossier *dossier, gint64 now); /* the last that ended, or NULL */
AwInterview *aw_detail_next_interview (AwDossier *dossier, gint64 now); /* the next ahead, or NULL */
AwInterview *aw_detail_interview_with (AwDossier *dossier, const char *person); /* the latest they attended, or NULL */
/* Replaces the pairs of @person by the lines of @text. */
void aw_detail_set_pairs (GPtrArray **pairs, const char *person, const char *text);
/* Removes a person with all that names them, in one command. */
AwCommand *aw_detail_remove_person (AwDossier *dossier, AwPerson *person);

extern const char *const aw_detail_words_strategy[];

G_END_DECLS
