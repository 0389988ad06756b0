/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* All that differs between GTK 4.8 with libadwaita 1.2 and what came later.
 * Windows, pages, dialogs and questions are made with these functions; nothing
 * else in src/ asks which version it is built with. */

/**
 * AwPage:
 *
 * A header bar, bars under it, the content, and bars at the bottom
 * (AdwToolbarView, or a box). Inside an #AwSplit that is collapsed it shows a
 * Back button by itself.
 */
#define AW_TYPE_PAGE (aw_page_get_type ())
G_DECLARE_FINAL_TYPE (AwPage, aw_page, AW, PAGE, AdwBin)

GtkWidget *aw_page_new (const char *title, GtkWidget *content); /* either may be NULL; title plain text */
AdwHeaderBar *aw_page_get_header (AwPage *self);                /* pack_start, pack_end */
void aw_page_set_title (AwPage *self, const char *title, const char *subtitle);
void aw_page_set_title_widget (AwPage *self, GtkWidget *widget);
void aw_page_set_show_title (AwPage *self, gboolean show);
void aw_page_set_content (AwPage *self, GtkWidget *content);
void aw_page_add_top_bar (AwPage *self, GtkWidget *bar);
void aw_page_add_bottom_bar (AwPage *self, GtkWidget *bar);
/* FALSE in dialogs with Cancel and Add of their own. */
void aw_page_set_show_window_buttons (AwPage *self, gboolean show);

/**
 * AwSplit:
 *
 * Sidebar and content side by side; one page after the other where the window
 * is narrower than 640 sp. Properties (read, notified): "collapsed", and
 * "narrow" where the content has little room: collapsed, or beside the sidebar
 * of a window that is not wide. Rows stack by the second; there is no other
 * breakpoint.
 */
#define AW_TYPE_SPLIT (aw_split_get_type ())
G_DECLARE_FINAL_TYPE (AwSplit, aw_split, AW, SPLIT, AdwBin)

GtkWidget *aw_split_new (void);
void aw_split_set_sidebar (AwSplit *self, GtkWidget *sidebar, const char *title);
void aw_split_set_content (AwSplit *self, GtkWidget *content, const char *title);
void aw_split_attach (AwSplit *self, GtkWindow *window); /* an AdwApplicationWindow or AdwWindow, whose content it is (or is in) */
gboolean aw_split_get_collapsed (AwSplit *self);
gboolean aw_split_get_narrow (AwSplit *self);
void aw_split_show_content (AwSplit *self, gboolean show); /* matters only while collapsed */
gboolean aw_split_get_show_content (AwSplit *self);

/* Calls back now and whenever the window of @widget crosses 640 sp; for
 * windows of their own without a split (compose). Property of the returned
 * object: "collapsed". The object lives as long as @window. */
typedef void (*AwNarrowFunc) (gboolean narrow, gpointer data);
void aw_window_watch_narrow (GtkWindow *window, AwNarrowFunc func, gpointer data);

/* Dialogs: AdwDialog, or a modal AdwWindow. The result is floating or owned by
 * GTK: present it, or drop it with g_object_ref_sink and g_object_unref. Esc
 * closes. The child is mostly an AwPage. */
GtkWidget *aw_dialog_new (const char *title, int width, int height); /* height -1: as its content */
void aw_dialog_set_title (GtkWidget *dialog, const char *title);
void aw_dialog_set_height (GtkWidget *dialog, int height); /* before it is presented */
void aw_dialog_set_child (GtkWidget *dialog, GtkWidget *child);
void aw_dialog_set_focus (GtkWidget *dialog, GtkWidget *focus);
void aw_dialog_set_default_widget (GtkWidget *dialog, GtkWidget *button);
void aw_dialog_present (GtkWidget *dialog, GtkWidget *parent);
void aw_dialog_close (GtkWidget *dialog);
GtkWidget *aw_dialog_get (GtkWidget *inside); /* the dialog that a widget is in, or NULL */
/* Once, after it was closed by whatever means. */
typedef void (*AwDialogClosed) (gpointer data);
void aw_dialog_on_closed (GtkWidget *dialog, AwDialogClosed func, gpointer data);

/**
 * AwAnswer:
 * @id: what the callback is given
 * @label: on the button, with mnemonic
 * @look: %AW_ANSWER_PLAIN and so on
 */
typedef enum
{
  AW_ANSWER_PLAIN,
  AW_ANSWER_SUGGESTED,
  AW_ANSWER_DESTRUCTIVE,
} AwAnswerLook;

typedef struct
{
  const char *id;
  const char *label;
  AwAnswerLook look;
} AwAnswer;

/* @answer: the id; the first answer's if the question was closed. */
typedef void (*AwAnswered) (const char *answer, gpointer data);

/* A question. The first answer is the way out (Cancel): Esc gives it, and so
 * does Return, unless an answer is suggested. @heading and @body are plain
 * text. @extra: (nullable): a widget under the text. @answers end with id NULL.
 * Returns the dialog, for tests. */
GtkWidget *aw_confirm (GtkWidget *parent,
                       const char *heading,
                       const char *body,
                       GtkWidget *extra,
                       const AwAnswer *answers,
                       AwAnswered callback,
                       gpointer data);

/* Preferences: AdwPreferencesDialog, or a modal AdwPreferencesWindow. */
GtkWidget *aw_preferences_new (void);
void aw_preferences_add_page (GtkWidget *preferences, AdwPreferencesPage *page);
void aw_preferences_set_visible_page (GtkWidget *preferences, AdwPreferencesPage *page);
void aw_preferences_add_toast (GtkWidget *preferences, AdwToast *toast);
void aw_preferences_push_subpage (GtkWidget *preferences, GtkWidget *page); /* an AwPage; with a Back button */
void aw_preferences_pop_subpage (GtkWidget *preferences);
void aw_preferences_present (GtkWidget *preferences, GtkWidget *parent);
void aw_preferences_close (GtkWidget *preferences);

/* Files. @file is NULL if the user cancelled; (transfer none). */
typedef void (*AwFileChosen) (GFile *file, gpointer data);

/* @filters: ends with name NULL; @patterns: "*.ics;*.ical". */
typedef struct
{
  const char *name;
  const char *patterns;
} AwFileFilter;

void aw_open_file (GtkWidget *parent, const char *title, const AwFileFilter *filters, AwFileChosen callback, gpointer data);
void aw_save_file (GtkWidget *parent, const char *title, const char *name, AwFileChosen callback, gpointer data);

typedef struct
{
  const char *name;
  const char *icon;
  const char *version;
  const char *developer;
  const char *website;
  const char *issues;
  const char *comments;
  const char *const *developers;
  const char *translators;
  GtkLicense license;
  const char *debug_info;
} AwAbout;

void aw_about_present (GtkWidget *parent, const AwAbout *about);

/**
 * AwShortcut:
 * @group: (nullable): heading, where a new group begins
 * @title: what it does
 * @accelerators: space-separated, "<Control>n <Control>plus"
 */
typedef struct
{
  const char *group;
  const char *title;
  const char *accelerators;
} AwShortcut;

void aw_shortcuts_present (GtkWidget *parent, const AwShortcut *shortcuts, gsize n_shortcuts);

/**
 * AwBanner:
 *
 * A state of the whole page or window, with at most one button. Signal
 * "button-clicked". Text is plain.
 */
#define AW_TYPE_BANNER (aw_banner_get_type ())
G_DECLARE_FINAL_TYPE (AwBanner, aw_banner, AW, BANNER, AdwBin)

GtkWidget *aw_banner_new (const char *title);
void aw_banner_set_title (AwBanner *self, const char *title);
void aw_banner_set_button_label (AwBanner *self, const char *label); /* NULL: no button */
void aw_banner_set_revealed (AwBanner *self, gboolean revealed);
gboolean aw_banner_get_revealed (AwBanner *self);

/* Tells a screen reader what changed; nothing before GTK 4.14. */
void aw_announce (GtkWidget *widget, const char *text);

/* The foreground colour, for drawing. */
void aw_widget_get_color (GtkWidget *widget, GdkRGBA *color);
void aw_month_select (GtkCalendar *month, GDateTime *day);

/* Style that only the oldest libadwaita needs, or NULL. */
const char *aw_compat_style_resource (void);

G_END_DECLS
