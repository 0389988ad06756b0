/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/aw-message-dialog.h"

#include <glib/gi18n-lib.h>

#include "ui/aw-attachments.h"

static void
copy_cb (GtkWidget *button,
         const char *text)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (button), text);
  aw_ui_toast (button, _("Text copied"));
}

static void
free_text (gpointer text,
           G_GNUC_UNUSED GClosure *closure)
{
  g_free (text);
}

/**
 * aw_message_dialog_present:
 * @ui: engine and outbox
 * @parent: where it belongs
 * @message: a message
 */
void
aw_message_dialog_present (AwUi *ui,
                           GtkWidget *parent,
                           AwMessage *message)
{
  const char *title = message->subject != NULL ? message->subject : _("Message");
  const char *opportunity = AW_OPPORTUNITY_ID (message);
  g_autoptr (AwDossier) dossier = opportunity != NULL ? aw_engine_ref_dossier (aw_ui_engine (ui), opportunity, NULL) : NULL;
  AwPerson *person = dossier != NULL && message->person != NULL ? aw_dossier_find_person (dossier, message->person) : NULL;
  GtkWidget *dialog = aw_dialog_new (title, 520, 560);
  GtkWidget *page = aw_page_new (title, NULL);
  GtkWidget *text = aw_ui_label (message->body != NULL ? message->body : "", NULL);
  GtkWidget *copy = gtk_button_new_with_label (_("Copy Text"));
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  g_autofree char *files = aw_attachments_describe (aw_ui_engine (ui), AW_ID (message));

  if (person != NULL)
    {
      g_autofree char *to = g_strdup_printf (_("To %s"), aw_person_get_short_name (person));

      aw_page_set_title (AW_PAGE (page), title, to);
    }
  gtk_label_set_selectable (GTK_LABEL (text), TRUE);
  gtk_widget_set_valign (text, GTK_ALIGN_START);
  g_signal_connect_data (copy, "clicked", G_CALLBACK (copy_cb), g_strdup (message->body != NULL ? message->body : ""), free_text, 0);
  adw_header_bar_pack_start (aw_page_get_header (AW_PAGE (page)), copy);
  gtk_box_append (GTK_BOX (box), text);
  if (files != NULL)
    {
      gtk_box_append (GTK_BOX (box), aw_ui_heading (_("Attached")));
      gtk_box_append (GTK_BOX (box), aw_ui_label (files, "aw-caption"));
    }
  aw_page_set_content (AW_PAGE (page), aw_ui_scrolled_clamp (box));
  aw_dialog_set_child (dialog, page);
  aw_dialog_present (dialog, parent);
}
