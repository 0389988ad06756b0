/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/aw-help.h"

#include <glib/gi18n-lib.h>

#include "ui/aw-ui.h"

typedef struct
{
  const char *heading;
  const char *text;
} Part;

static const Part parts[] = {
  { N_("Before the Interview"),
    N_("Add it with its date in the future. From the day before, “Before You Leave” lists what to ask: names, addresses, who decides, until when, and "
       "whether you may follow up.") },
  { N_("After It"),
    N_("Write down whom you met and one thing you talked about with each. Everybody gets a note of their own within a day; Today says to whom it is due "
       "and until when.") },
  { N_("Writing"),
    N_("Write opens a message, with checks beside it: what is missing, what sounds like a complaint, what is too close to another note. They advise and "
       "never stop you. After Send you have ten seconds to take it back; nothing is sent by itself but what you put on Send Later.") },
  { N_("Waiting"),
    N_("When they named a date, ask only after it has passed; otherwise after a week of silence. HR comes first, then the manager you got on with, and "
       "once a week is enough. “Why This?” in the menu of each follow-up tells the rule and the dates behind it; Preferences change them.") },
  { N_("When They Answer"),
    N_("Press They Replied in the interview’s History. A new date moves what is due. “They Decided…” in the menu ends it, whatever they decided.") },
  { N_("If You Change Your Mind"),
    N_("Every change can be taken back by Undo or Ctrl+Z. A copy of your data is made on each day of use, and seven are kept; Back Up… in the main menu "
       "writes one where you want it.") },
};

void
aw_help_present (GtkWidget *parent)
{
  GtkWidget *dialog = aw_dialog_new (_("Help"), 560, 640);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 24);
  GtkWidget *scrolled;

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      GtkWidget *part = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
      GtkWidget *heading = aw_ui_heading (_(parts[i].heading));
      GtkWidget *text = aw_ui_label (_(parts[i].text), NULL);

      gtk_label_set_xalign (GTK_LABEL (heading), 0);
      gtk_box_append (GTK_BOX (part), heading);
      gtk_box_append (GTK_BOX (part), text);
      gtk_box_append (GTK_BOX (box), part);
    }
  scrolled = aw_ui_scrolled_clamp (box);
  aw_dialog_set_child (dialog, aw_page_new (_("Help"), scrolled));
  /* So that the keys scroll at once. */
  gtk_widget_set_focusable (scrolled, TRUE);
  aw_dialog_set_focus (dialog, scrolled);
  aw_dialog_present (dialog, parent);
}
