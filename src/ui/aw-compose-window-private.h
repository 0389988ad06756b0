/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/aw-template.h"
#include "ui/aw-compose-window.h"
#include "ui/aw-draft.h"
#include "ui/aw-message-view.h"
#include "ui/aw-reviewer.h"

G_BEGIN_DECLS

/* What the files of compose share: aw-compose-window.c builds the window and
 * keeps it true to the facts, aw-compose-checks.c has the checks beside the text,
 * aw-compose-send.c sends, aw-compose-ways.c has
 * the other ways out and the dialogs that insert. */
struct _AwComposeWindow
{
  AdwWindow parent_instance;

  AwUi *ui;
  AwDossier *dossier;
  AwDraft *draft;
  AwReviewer *reviewer;
  AwTemplates *templates;
  char *signature;
  GPtrArray *findings; /* AwFinding: the review's, and "in-time" */
  AwFinding *in_time;
  int last_misspelling; /* where F7 went last */

  GtkWidget *page;
  GtkWidget *overlay;
  GtkWidget *template_button;
  GtkWidget *template_popover;
  GtkWidget *send;
  GtkWidget *to;
  GtkWidget *from;
  GtkWidget *subject;
  GtkWidget *view;
  GtkWidget *attachments;
  GtkWidget *tools;
  GtkWidget *status;
  GtkWidget *summary_bar;
  GtkWidget *summary_icon;
  GtkWidget *summary;
  GtkWidget *side;      /* what F9 hides */
  GtkWidget *side_pane; /* AwComposePane beside the text */
  GtkWidget *dialog;    /* the checks of a narrow window, NULL: not shown */
  GtkWidget *dialog_pane;

  gboolean narrow;
  gboolean side_hidden; /* by F9 */
  gboolean loading;     /* text is set by us */
  gboolean sending;
  const char *overruled; /* the guard that the user was asked about before it opened, NULL: none; static */
  gboolean finished;    /* handed over or deleted: nothing to save on close */
};

/* aw-compose-build.c */
void aw_compose_build (AwComposeWindow *self);

/* aw-compose-window.c */
void aw_compose_load (AwComposeWindow *self, AwUi *ui, AwDossier *dossier, AwMessage *message, gboolean stored);
AwMessage *aw_compose_message (AwComposeWindow *self);
AwPerson *aw_compose_person (AwComposeWindow *self);
void aw_compose_changed (AwComposeWindow *self);
void aw_compose_sync (AwComposeWindow *self);
void aw_compose_finish (AwComposeWindow *self);
void aw_compose_set_text (AwComposeWindow *self, const char *subject, const char *body);

void aw_compose_update_facts (AwComposeWindow *self);

/* aw-compose-checks.c */
void aw_compose_connect_pane (AwComposeWindow *self, GtkWidget *pane);
void aw_compose_update_panes (AwComposeWindow *self);
void aw_compose_update_findings (AwComposeWindow *self);
void aw_compose_show_checks (AwComposeWindow *self);
void aw_compose_narrow_cb (gboolean narrow, gpointer data);
void aw_compose_install_check_actions (GtkWidgetClass *widget_class);

/* aw-compose-attach.c */
GtkWidget *aw_compose_build_attachments (AwComposeWindow *self);
void aw_compose_attach (AwComposeWindow *self);
gboolean aw_compose_is_attached (AwComposeWindow *self);
void aw_compose_tell_of_attachments (AwComposeWindow *self);

/* aw-compose-fields.c */
void aw_compose_update_to (AwComposeWindow *self);
void aw_compose_update_from (AwComposeWindow *self);
void aw_compose_install_field_actions (GtkWidgetClass *widget_class);

/* aw-compose-send.c */
void aw_compose_send (AwComposeWindow *self);
void aw_compose_send_later (AwComposeWindow *self);
void aw_compose_install_undo (AwUi *ui);
GStrv aw_compose_overruled (AwComposeWindow *self, AwChannel channel, gint64 at); /* the guards that it goes against */

/* aw-compose-ways.c */
void aw_compose_copy (AwComposeWindow *self);
void aw_compose_open_mail_app (AwComposeWindow *self);
void aw_compose_print (AwComposeWindow *self);
void aw_compose_mark_elsewhere (AwComposeWindow *self);
void aw_compose_share_article (AwComposeWindow *self);
void aw_compose_propose_times (AwComposeWindow *self);
void aw_compose_compare (AwComposeWindow *self, AwFinding *finding);
void aw_compose_add_topic (AwComposeWindow *self, const char *text);
char *aw_compose_mailto (const char *address, const char *subject, const char *body);

G_END_DECLS
