/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service/aw-engine.h"
#include "service/aw-outbox.h"
#include "ui/aw-compat.h"

G_BEGIN_DECLS

/* What all screens share.
 *
 * How a widget gets at the engine: pages, windows and dialogs take an AwUi in
 * their constructor and keep a reference (it holds engine and outbox). The
 * functions below take the widget that the user touched instead: its window
 * (or the window that it is transient for) has the AwUi attached, so that a
 * toast or a question comes up where the user looks. There is no singleton.
 */

/**
 * AwUi:
 *
 * Engine, outbox and windows of one open database.
 *
 * Signals:
 *  "test-answered": the button of a test reminder came back to us
 */
#define AW_TYPE_UI (aw_ui_get_type ())
G_DECLARE_FINAL_TYPE (AwUi, aw_ui, AW, UI, GObject)

/* Registers resources, style sheet and icons for the default display. Once, by
 * programs and tests, after gtk_init () or adw_init (). */
void aw_ui_load (void);

AwUi *aw_ui_new (AwEngine *engine, AwOutbox *outbox);
AwEngine *aw_ui_engine (AwUi *self);
AwOutbox *aw_ui_outbox (AwUi *self);
void aw_ui_test_answered (AwUi *self);

/* Windows of their own (compose) attach themselves; @overlay may be NULL. The
 * first one attached is the main window, where Undo toasts go. */
void aw_ui_attach (AwUi *self, GtkWindow *window, AdwToastOverlay *overlay);
GtkWindow *aw_ui_main_window (AwUi *self); /* NULL: none */

AwUi *aw_ui_get (GtkWidget *widget); /* (transfer none); NULL: not in a window */
AwEngine *aw_ui_get_engine (GtkWidget *widget);
AwOutbox *aw_ui_get_outbox (GtkWidget *widget);

/* Commands ------------------------------------------------------------------ */

/* After the commit, or the error (already told to the user). @widget is held
 * until then, but may have left its window. */
typedef void (*AwUiDone) (GtkWidget *widget, const GError *error, gpointer data);

/* Carries @command out in a thread, then shows its title as a toast with Undo
 * (8 s) in the main window; an error is told in one sentence. Takes no
 * reference from the caller. An empty command succeeds silently. */
void aw_ui_run (GtkWidget *widget, AwCommand *command, AwUiDone done, gpointer data);
/* The same without toast and not undoable: what the user does not see as an
 * act (draft saved, preference moved). */
void aw_ui_run_quietly (GtkWidget *widget, AwCommand *command, AwUiDone done, gpointer data);
/* The title is replaced on the toast by @toast: "Interview added. 2 thank-you notes are due by …" */
void aw_ui_run_with_toast (GtkWidget *widget, AwCommand *command, const char *toast, AwUiDone done, gpointer data);
void aw_ui_undo (GtkWidget *widget); /* Ctrl+Z: the last command */

/* Plain text in, always escaped. The toast comes up in the nearest toast
 * overlay around @widget, else in its window's, else in the main window's. */
void aw_ui_toast (GtkWidget *widget, const char *text);
void aw_ui_toast_with_action (GtkWidget *widget, const char *text, const char *label, const char *action, GVariant *target, guint seconds);
void aw_ui_error (GtkWidget *widget, const GError *error);

/* Ways to other screens ------------------------------------------------------
 * Each is a GAction of the main window ("win.…"), which menus and tests use
 * directly; from any other window these functions find it.
 *
 *   win.page (s)            "today" "outbox" "overview"
 *   win.show (s)            opportunity
 *   win.add                 Add Interview
 *   win.write (ssss)        opportunity, person ("" or "-": none), kind ("thank-you" …, "": as the follow-up's), key ("": none)
 *   win.open-message (s)    a stored draft or message, in compose
 *   win.call (sss)          opportunity, person, key: the call sheet
 *   win.checklist (ss)      opportunity, interview
 *   win.debrief (ss)        opportunity, interview
 *   win.edit-person (ss)    opportunity, person
 *   win.act (ss)            opportunity, key: the main button of a follow-up
 *   win.account (s)         account's id, "": a new one
 *   win.preferences (s)     "", or a member of the policy to look at
 *   win.archive (s), win.delete (s)   opportunity
 *   win.undo, win.search, win.import, win.export-csv, win.export-calendar, win.export-all, win.back-up, win.restore,
 *   win.previous, win.next, win.menu, win.about, win.shortcuts
 */
/* The main window opens the screens by these functions of theirs:
 *
 *   aw-detail-page.h     GtkWidget *aw_detail_page_new (AwUi *ui, const char *opportunity);   an AwPage
 *   aw-add-dialog.h      void aw_add_dialog_present (AwUi *ui, GtkWidget *parent);
 *   aw-person-dialog.h   void aw_person_dialog_present (AwUi *ui, GtkWidget *parent, const char *opportunity, const char *person);
 *   aw-checklist.h       void aw_checklist_present (AwUi *ui, GtkWidget *parent, const char *opportunity, const char *interview);
 *   aw-debrief.h         void aw_debrief_present (AwUi *ui, GtkWidget *parent, const char *opportunity, const char *interview);
 *   aw-compose-window.h  void aw_compose_window_present (AwUi *ui, const char *opportunity, const char *person, AwTouchKind kind, const char *key);
 *                        void aw_compose_window_present_message (AwUi *ui, const char *message);
 *   aw-call-sheet.h      void aw_call_sheet_present (AwUi *ui, GtkWidget *parent, const char *opportunity, const char *person, const char *key);
 *   aw-outbox-page.h     GtkWidget *aw_outbox_page_new (AwUi *ui);                            an AwPage
 *   aw-account-dialog.h  void aw_account_dialog_present (AwUi *ui, GtkWidget *parent, const char *account);   NULL: a new one
 *   aw-templates-page.h  GtkWidget *aw_templates_page_new (AwUi *ui);                         an AwPage, a subpage of the preferences
 *
 * Ids are NULL where there is none. */
void aw_ui_activate (GtkWidget *widget, const char *action, const char *format, ...); /* g_variant_new ()'s format; NULL: none */
void aw_ui_show_page (GtkWidget *widget, const char *page);
void aw_ui_show_opportunity (GtkWidget *widget, const char *opportunity);
void aw_ui_compose (GtkWidget *widget, const char *opportunity, const char *person, AwTouchKind kind, const char *key);
void aw_ui_open_message (GtkWidget *widget, const char *message);
void aw_ui_open_call (GtkWidget *widget, const char *opportunity, const char *person, const char *key);
void aw_ui_open_checklist (GtkWidget *widget, const char *opportunity, const char *interview);
void aw_ui_open_debrief (GtkWidget *widget, const char *opportunity, const char *interview);
void aw_ui_edit_person (GtkWidget *widget, const char *opportunity, const char *person);
void aw_ui_edit_account (GtkWidget *widget, const char *account);
void aw_ui_open_preferences (GtkWidget *widget, const char *member);

/* What the main button of a follow-up does, whichever screen it stands on. */
void aw_ui_act (GtkWidget *widget, AwDuty *duty);
/* Done, Skip, Snooze (@until: AW_NEVER but for snooze), with toast and Undo. */
void aw_ui_decide (GtkWidget *widget, AwDuty *duty, AwDecided what, gint64 until);

/* The follow-up's row menu and what it does, for Today and the Next Step card,
 * are in ui/aw-duty-actions.h. */

/* Building blocks ------------------------------------------------------------ */

/* Alone or as a prefix; role presentation, since the row's label says it. */
GtkWidget *aw_ui_avatar (const char *name, int size);
GtkWidget *aw_ui_avatar_icon (const char *icon_name, const char *seed, int size);

/* @style: "error" "warning" "success" "accent" "neutral" "dim". */
GtkWidget *aw_ui_pill (const char *text, const char *style);
void aw_ui_pill_set (GtkWidget *pill, const char *text, const char *style); /* text NULL: hides it */

/* Turns while it is to be seen, and only then. */
GtkWidget *aw_ui_spinner (void);

/* A list of rows, "boxed-list", nothing selected. */
GtkWidget *aw_ui_boxed_list (void);
/* Markup is off before the title is set; subtitle may be NULL. */
GtkWidget *aw_ui_action_row (const char *title, const char *subtitle);
void aw_ui_row_set (GtkWidget *row, const char *title, const char *subtitle); /* any AdwPreferencesRow */
GtkWidget *aw_ui_switch_row (const char *title, const char *subtitle, GtkSwitch **toggle);
/* @with: another of its group, or NULL for the first. */
GtkWidget *aw_ui_radio_row (const char *title, const char *subtitle, GtkCheckButton *with, GtkCheckButton **radio);
GtkWidget *aw_ui_spin_row (const char *title, const char *subtitle, int min, int max, int step, GtkSpinButton **spin);
GtkWidget *aw_ui_group (const char *title, const char *description); /* AdwPreferencesGroup, plain text */
/* Heading of a group outside preferences, as on Today. */
GtkWidget *aw_ui_heading (const char *text);
/* Wraps, does not widen its parent: a label for text of any length. */
GtkWidget *aw_ui_label (const char *text, const char *css_class);
void aw_ui_label_set (GtkWidget *label, const char *text); /* no more than anybody reads */

/* Shows @popover at @anchor, once; it goes when it is closed, or with its anchor. */
void aw_ui_popup_once (GtkWidget *popover, GtkWidget *anchor);

/* Icon only; @label is tooltip and accessible name. */
GtkWidget *aw_ui_icon_button (const char *icon_name, const char *label);
GtkWidget *aw_ui_menu_button (const char *icon_name, const char *label, GMenuModel *menu);
void aw_ui_set_name (GtkWidget *widget, const char *label);               /* accessible name */
void aw_ui_set_description (GtkWidget *widget, const char *description);  /* accessible description */

/* Scrolling page content, 720 wide at most, with the margins of ux.md §2. */
GtkWidget *aw_ui_scrolled_clamp (GtkWidget *child);

/* Plain text for places that take markup only (status pages, group titles). */
void aw_ui_status_set (AdwStatusPage *page, const char *icon_name, const char *title, const char *description);

gint64 aw_ui_now (GtkWidget *widget);

G_END_DECLS
