/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "ui/aw-detail-private.h"

#define SAVE_DELAY_MS 1000
#define MIN_HEIGHT 120

/* Notes that save themselves: a second after the last key, when the focus
 * leaves, and when the page goes. */
typedef struct
{
  AwUi *ui;
  AwOpportunity *opportunity; /* as stored last */
  GtkWidget *view;
  GtkTextBuffer *buffer;
  guint timer;
  gboolean filling;
  gboolean dirty;
} Notes;

static void
on_saved (GObject *source,
          GAsyncResult *result,
          gpointer data)
{
  g_autoptr (AwUi) ui = data;
  g_autoptr (GError) error = NULL;
  GtkWindow *window = aw_ui_main_window (ui);

  if (!aw_engine_run_finish (AW_ENGINE (source), result, &error) && window != NULL)
    aw_ui_error (GTK_WIDGET (window), error);
}

static void
save (Notes *notes)
{
  g_autoptr (AwOpportunity) after = NULL;
  g_autoptr (AwCommand) command = NULL;
  g_autofree char *text = NULL;

  g_clear_handle_id (&notes->timer, g_source_remove);
  if (!notes->dirty || notes->opportunity == NULL)
    return;
  notes->dirty = FALSE;
  g_object_get (notes->buffer, "text", &text, NULL);
  after = aw_record_edit (notes->opportunity);
  g_free (after->notes);
  /* Spaces are kept while one types; the text view has an undo of its own. */
  after->notes = *text != '\0' ? g_steal_pointer (&text) : NULL;
  if (aw_record_equal (AW_RECORD (notes->opportunity), AW_RECORD (after)))
    return;
  command = aw_command_new (_("Notes changed"));
  aw_command_change (command, notes->opportunity, after);
  g_set_object (&notes->opportunity, after);
  aw_engine_run_async (aw_ui_engine (notes->ui), command, FALSE, NULL, on_saved, g_object_ref (notes->ui));
}

static void
notes_free (gpointer data)
{
  Notes *notes = data;

  save (notes);
  g_clear_object (&notes->opportunity);
  g_clear_object (&notes->buffer);
  g_clear_object (&notes->ui);
  g_free (notes);
}

static gboolean
on_timer (gpointer data)
{
  Notes *notes = data;

  notes->timer = 0;
  save (notes);
  return G_SOURCE_REMOVE;
}

static void
on_changed (Notes *notes)
{
  if (notes->filling)
    return;
  notes->dirty = TRUE;
  g_clear_handle_id (&notes->timer, g_source_remove);
  notes->timer = g_timeout_add (SAVE_DELAY_MS, on_timer, notes);
}

GtkWidget *
aw_notes_new (AwUi *ui)
{
  Notes *notes = g_new0 (Notes, 1);
  GtkWidget *frame = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkEventController *focus = gtk_event_controller_focus_new ();
  GtkTextView *view;

  notes->ui = g_object_ref (ui);
  notes->view = gtk_text_view_new ();
  view = GTK_TEXT_VIEW (notes->view);
  notes->buffer = g_object_ref (gtk_text_view_get_buffer (view));
  gtk_text_view_set_wrap_mode (view, GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (view, FALSE);
  gtk_text_view_set_top_margin (view, 12);
  gtk_text_view_set_bottom_margin (view, 12);
  gtk_text_view_set_left_margin (view, 12);
  gtk_text_view_set_right_margin (view, 12);
  gtk_widget_set_size_request (notes->view, -1, MIN_HEIGHT);
  gtk_widget_add_css_class (notes->view, "aw-notes");
  aw_ui_set_name (notes->view, _("Notes"));
  gtk_widget_add_css_class (frame, "card");
  gtk_widget_set_overflow (frame, GTK_OVERFLOW_HIDDEN);
  gtk_box_append (GTK_BOX (frame), notes->view);
  g_signal_connect_swapped (notes->buffer, "changed", G_CALLBACK (on_changed), notes);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (save), notes);
  gtk_widget_add_controller (notes->view, focus);
  g_object_set_data_full (G_OBJECT (frame), "notes", notes, notes_free);
  return frame;
}

void
aw_notes_fill (GtkWidget *frame,
               const AwDetail *detail)
{
  Notes *notes = g_object_get_data (G_OBJECT (frame), "notes");
  g_autofree char *shown = NULL;
  const char *text = detail->opportunity->notes != NULL ? detail->opportunity->notes : "";

  g_set_object (&notes->opportunity, detail->opportunity);
  /* What is being typed is newer than what was stored. */
  if (notes->dirty)
    return;
  g_object_get (notes->buffer, "text", &shown, NULL);
  if (g_strcmp0 (shown, text) == 0)
    return;
  notes->filling = TRUE;
  gtk_text_buffer_set_text (notes->buffer, text, -1);
  notes->filling = FALSE;
}

void
aw_notes_save (GtkWidget *frame)
{
  save (g_object_get_data (G_OBJECT (frame), "notes"));
}

void
aw_notes_focus (GtkWidget *frame)
{
  gtk_widget_grab_focus (((Notes *) g_object_get_data (G_OBJECT (frame), "notes"))->view);
}
