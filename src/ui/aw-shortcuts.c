/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/aw-shortcuts.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  const char *group;
  const char *title;
  const char *accelerators;
  const char *action; /* NULL: bound in the widget itself */
} Key;

static const Key keys[] = {
  { N_("General"), N_("Add Interview"), "<Control>n", "win.add" },
  { NULL, N_("Search Interviews"), "<Control>f", "win.search" },
  { NULL, N_("Today"), "<Control>1", "win.page::today" },
  { NULL, N_("Outbox"), "<Control>2", "win.page::outbox" },
  { NULL, N_("Overview"), "<Control>3", "win.page::overview" },
  { NULL, N_("Previous Interview"), "<Alt>Up", "win.previous" },
  { NULL, N_("Next Interview"), "<Alt>Down", "win.next" },
  { NULL, N_("Back"), "<Alt>Left", "win.back" },
  { NULL, N_("Undo"), "<Control>z", "win.undo" },
  { NULL, N_("Main Menu"), "F10", "win.menu" },
  { NULL, N_("Help"), "F1", "win.help" },
  { NULL, N_("Preferences"), "<Control>comma", "win.preferences::" },
  { NULL, N_("Keyboard Shortcuts"), "<Control>question", "win.shortcuts" },
  { NULL, N_("Close Window"), "<Control>w", "window.close" },
  { NULL, N_("Quit, and Stop Reminders"), "<Control>q", "app.quit" },
  { N_("Follow-Ups"), N_("Main Action"), "Return", NULL },
  { NULL, N_("Mark as Done"), "<Control>d", NULL },
  { NULL, N_("Snooze"), "<Control>j", NULL },
  { NULL, N_("More Actions"), "Menu <Shift>F10", NULL },
  { N_("Interview"), N_("Edit Interview"), "<Control>e", NULL },
  { NULL, N_("Delete, With Undo"), "Delete", NULL },
  { N_("Message"), N_("Send"), "<Control>Return", NULL },
  { NULL, N_("Send Later"), "<Control><Shift>Return", NULL },
  { NULL, N_("Save Draft"), "<Control>s", NULL },
  { NULL, N_("Attach a File"), "<Control><Shift>a", NULL },
  { NULL, N_("Share an Article"), "<Control>k", NULL },
  { NULL, N_("Propose Call Times"), "<Control><Shift>t", NULL },
  { NULL, N_("Paste as Plain Text"), "<Control><Shift>v", NULL },
  { NULL, N_("Print"), "<Control>p", NULL },
  { NULL, N_("Check Spelling"), "F7", NULL },
  { NULL, N_("Editor, Checks and Header in Turn"), "F6", NULL },
  { NULL, N_("Show or Hide Checks"), "F9", NULL },
};

void
aw_shortcuts_install (GtkApplication *application)
{
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_auto (GStrv) accelerators = g_strsplit (keys[i].accelerators, " ", -1);

      if (keys[i].action != NULL)
        gtk_application_set_accels_for_action (application, keys[i].action, (const char *const *) accelerators);
    }
}

void
aw_shortcuts_show (GtkWidget *parent)
{
  AwShortcut shown[G_N_ELEMENTS (keys)];

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      shown[i].group = keys[i].group != NULL ? _(keys[i].group) : NULL;
      shown[i].title = _(keys[i].title);
      shown[i].accelerators = keys[i].accelerators;
    }
  aw_shortcuts_present (parent, shown, G_N_ELEMENTS (shown));
}
