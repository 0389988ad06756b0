/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/aw-compose-dialogs.h"

#include <glib/gi18n-lib.h>

#include "ui/aw-message-view.h"

typedef struct
{
  GtkTextView *view;
  GArray *spans;
} Marked;

static void
marked_free (gpointer data)
{
  Marked *marked = data;

  g_array_unref (marked->spans);
  g_free (marked);
}

/* The tint needs the colour of a widget that is shown. */
static void
mark_cb (GtkWidget *view,
         Marked *marked)
{
  aw_text_view_mark_spans (GTK_TEXT_VIEW (view), (const int *) marked->spans->data, marked->spans->len / 2);
}

static GtkWidget *
make_side (const char *title,
           const char *text,
           GArray *spans)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *view = gtk_text_view_new ();

  gtk_text_view_set_editable (GTK_TEXT_VIEW (view), FALSE);
  gtk_text_view_set_cursor_visible (GTK_TEXT_VIEW (view), FALSE);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (view), FALSE);
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (view), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_left_margin (GTK_TEXT_VIEW (view), 12);
  gtk_text_view_set_right_margin (GTK_TEXT_VIEW (view), 12);
  gtk_text_view_set_top_margin (GTK_TEXT_VIEW (view), 12);
  gtk_text_view_set_bottom_margin (GTK_TEXT_VIEW (view), 12);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)), text, -1);
  aw_ui_set_name (view, title);

  if (spans != NULL)
    {
      Marked *marked = g_new0 (Marked, 1);

      marked->spans = g_array_ref (spans);
      g_signal_connect_data (view, "map", G_CALLBACK (mark_cb), marked, (GClosureNotify) (GCallback) marked_free, G_CONNECT_AFTER);
    }

  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), view);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_widget_add_css_class (scroller, "card");
  gtk_box_append (GTK_BOX (box), aw_ui_heading (title));
  gtk_box_append (GTK_BOX (box), scroller);
  gtk_widget_set_hexpand (box, TRUE);
  return box;
}

/**
 * aw_compare_dialog_present:
 * @parent: where it belongs
 * @text: the message
 * @finding: M1's finding
 * @twin_text: the text it is close to
 * @twin_name: whom that was for
 *
 * Returns: (transfer none): the dialog
 */
GtkWidget *
aw_compare_dialog_present (GtkWidget *parent,
                           const char *text,
                           const AwFinding *finding,
                           const char *twin_text,
                           const char *twin_name)
{
  int width = gtk_widget_get_width (parent);
  gboolean narrow = width > 0 && width < 640;
  GtkWidget *dialog = aw_dialog_new (_("Compare"), narrow ? 380 : 860, 560);
  GtkWidget *page = aw_page_new (_("Compare"), NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *sides = gtk_box_new (narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL, 12);
  g_autofree char *twin_title = g_strdup_printf (_("To %s"), twin_name);

  gtk_box_set_homogeneous (GTK_BOX (sides), TRUE);
  gtk_box_append (GTK_BOX (sides), make_side (_("This Message"), text, finding->shared));
  gtk_box_append (GTK_BOX (sides), make_side (twin_title, twin_text, finding->twin_shared));
  gtk_box_append (GTK_BOX (box), aw_ui_label (_("What both have in common is underlined. Colleagues show each other such notes."), "aw-reason"));
  gtk_box_append (GTK_BOX (box), sides);
  gtk_widget_set_margin_top (box, 12);
  gtk_widget_set_margin_bottom (box, 12);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);

  aw_page_set_content (AW_PAGE (page), box);
  aw_dialog_set_child (dialog, page);
  aw_dialog_present (dialog, parent);
  return dialog;
}
