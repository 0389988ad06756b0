/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/aw-message-view.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/aw-plain-text.h"
#include "core/aw-template.h"
#include "ui/aw-compat.h"
#include "ui/aw-html-text.h"

#define MAX_CLIPBOARD (16 * 1024 * 1024)

struct _AwMessageView
{
  GtkTextView parent_instance;

  GtkTextTag *prompt_tag;
  GtkTextTag *finding_tag;
  GCancellable *paste;
  guint mark_idle;
};

G_DEFINE_FINAL_TYPE (AwMessageView, aw_message_view, GTK_TYPE_TEXT_VIEW)

enum
{
  REFUSED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static GtkTextBuffer *
get_buffer (AwMessageView *self)
{
  return gtk_text_view_get_buffer (GTK_TEXT_VIEW (self));
}

/* Prompts ------------------------------------------------------------------ */

static gboolean
mark_prompts_cb (gpointer data)
{
  AwMessageView *self = data;
  GtkTextBuffer *buffer = get_buffer (self);
  g_autofree char *text = aw_message_view_dup_text (self);
  GtkTextIter start, end;
  int from = 0;
  int until;

  self->mark_idle = 0;
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  gtk_text_buffer_remove_tag (buffer, self->prompt_tag, &start, &end);
  /* Somebody's book in brackets is no form to fill in. */
  for (guint i = 0; i < 200 && (from = aw_template_next_prompt (text, from, &until)) >= 0; i++)
    {
      gtk_text_buffer_get_iter_at_offset (buffer, &start, from);
      gtk_text_buffer_get_iter_at_offset (buffer, &end, until);
      gtk_text_buffer_apply_tag (buffer, self->prompt_tag, &start, &end);
      from = until;
    }
  return G_SOURCE_REMOVE;
}

static void
changed_cb (AwMessageView *self)
{
  if (self->mark_idle == 0)
    self->mark_idle = g_idle_add (mark_prompts_cb, self);
}

/* The marks are a tint of the text's own colour, which is right in light, dark
 * and high contrast. */
static void
update_colors (AwMessageView *self)
{
  GdkRGBA color;

  aw_widget_get_color (GTK_WIDGET (self), &color);
  color.alpha = 0.13;
  g_object_set (self->prompt_tag, "background-rgba", &color, NULL);
}

/* Insertion ---------------------------------------------------------------- */

static gboolean
has_room (AwMessageView *self,
          gsize length)
{
  if ((gsize) gtk_text_buffer_get_char_count (get_buffer (self)) + length <= AW_PLAIN_TEXT_MAX)
    return TRUE;
  g_signal_emit (self, signals[REFUSED], 0, _("This is too long for a message. Nothing was inserted."));
  return FALSE;
}

/* The only way into the buffer: keys, paste, drop and input methods all end here. */
static void
insert_text_cb (GtkTextBuffer *buffer,
                GtkTextIter *location,
                char *text,
                int length,
                AwMessageView *self)
{
  gsize n = length >= 0 ? (gsize) length : strlen (text);
  g_autofree char *raw = NULL;
  g_autofree char *clean = NULL;

  if (!has_room (self, n))
    {
      g_signal_stop_emission_by_name (buffer, "insert-text");
      return;
    }
  if (aw_plain_text_is_clean (text, n) && !aw_plain_text_has_long_line (text, n))
    return;

  raw = aw_plain_text_clean (text, n, FALSE);
  clean = aw_plain_text_fold (raw);
  g_signal_stop_emission_by_name (buffer, "insert-text");
  gtk_text_buffer_insert (buffer, location, clean, -1);
}

static void
insert_pasted (AwMessageView *self,
               const char *text)
{
  GtkTextBuffer *buffer = get_buffer (self);

  if (!has_room (self, strlen (text)))
    return;
  gtk_text_buffer_begin_user_action (buffer);
  gtk_text_buffer_delete_selection (buffer, TRUE, TRUE);
  gtk_text_buffer_insert_at_cursor (buffer, text, -1);
  gtk_text_buffer_end_user_action (buffer);
  gtk_text_view_scroll_mark_onscreen (GTK_TEXT_VIEW (self), gtk_text_buffer_get_insert (buffer));
}

static void
html_read_cb (GObject *source,
              GAsyncResult *result,
              gpointer data)
{
  g_autoptr (AwMessageView) self = data;
  g_autoptr (GError) error = NULL;
  gssize n = g_output_stream_splice_finish (G_OUTPUT_STREAM (source), result, &error);
  g_autofree char *text = NULL;

  if (n < 0)
    return;
  if (n > MAX_CLIPBOARD)
    {
      g_signal_emit (self, signals[REFUSED], 0, _("This is too long for a message. Nothing was inserted."));
      return;
    }
  text = aw_html_text (g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (source)), n);
  insert_pasted (self, text);
}

static void
html_stream_cb (GObject *source,
                GAsyncResult *result,
                gpointer data)
{
  g_autoptr (AwMessageView) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GInputStream) stream = gdk_clipboard_read_finish (GDK_CLIPBOARD (source), result, NULL, &error);
  g_autoptr (GOutputStream) memory = NULL;

  if (stream == NULL)
    return;
  memory = g_memory_output_stream_new_resizable ();
  g_output_stream_splice_async (memory, stream, G_OUTPUT_STREAM_SPLICE_CLOSE_SOURCE | G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET,
                                G_PRIORITY_DEFAULT, self->paste, html_read_cb, g_object_ref (self));
}

static void
text_read_cb (GObject *source,
              GAsyncResult *result,
              gpointer data)
{
  g_autoptr (AwMessageView) self = data;
  g_autofree char *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);

  if (text != NULL)
    insert_pasted (self, text);
}

/* Overrides ---------------------------------------------------------------- */

static void
aw_message_view_paste_clipboard (GtkTextView *view)
{
  AwMessageView *self = AW_MESSAGE_VIEW (view);
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (view));
  GdkContentFormats *formats = gdk_clipboard_get_formats (clipboard);
  const char *html[] = { "text/html", NULL };

  /* Programs that offer HTML nearly always offer its text as well. */
  if (!gdk_content_formats_contain_gtype (formats, G_TYPE_STRING) &&
      !gdk_content_formats_contain_mime_type (formats, "text/plain;charset=utf-8") &&
      !gdk_content_formats_contain_mime_type (formats, "text/plain") &&
      gdk_content_formats_contain_mime_type (formats, "text/html"))
    gdk_clipboard_read_async (clipboard, html, G_PRIORITY_DEFAULT, self->paste, html_stream_cb, g_object_ref (self));
  else
    gdk_clipboard_read_text_async (clipboard, self->paste, text_read_cb, g_object_ref (self));
}

static void
aw_message_view_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (aw_message_view_parent_class)->map (widget);

  update_colors (AW_MESSAGE_VIEW (widget));
}

static void
aw_message_view_dispose (GObject *object)
{
  AwMessageView *self = AW_MESSAGE_VIEW (object);

  g_clear_handle_id (&self->mark_idle, g_source_remove);
  if (self->paste != NULL)
    g_cancellable_cancel (self->paste);
  g_clear_object (&self->paste);

  G_OBJECT_CLASS (aw_message_view_parent_class)->dispose (object);
}

static void
aw_message_view_class_init (AwMessageViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = aw_message_view_dispose;
  GTK_WIDGET_CLASS (klass)->map = aw_message_view_map;
  GTK_TEXT_VIEW_CLASS (klass)->paste_clipboard = aw_message_view_paste_clipboard;

  /* All that is pasted becomes plain text; those used to ask for it may. */
  gtk_widget_class_add_binding_signal (GTK_WIDGET_CLASS (klass), GDK_KEY_v, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "paste-clipboard", NULL);

  signals[REFUSED] = g_signal_new ("refused", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
aw_message_view_init (AwMessageView *self)
{
  GtkTextBuffer *buffer = get_buffer (self);

  self->paste = g_cancellable_new ();
  self->prompt_tag = gtk_text_buffer_create_tag (buffer, "prompt", NULL);
  self->finding_tag = gtk_text_buffer_create_tag (buffer, "finding", "underline", PANGO_UNDERLINE_ERROR, NULL);

  gtk_text_buffer_set_enable_undo (buffer, TRUE);
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (self), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (self), FALSE);
  gtk_text_view_set_left_margin (GTK_TEXT_VIEW (self), 18);
  gtk_text_view_set_right_margin (GTK_TEXT_VIEW (self), 18);
  gtk_text_view_set_top_margin (GTK_TEXT_VIEW (self), 18);
  gtk_text_view_set_bottom_margin (GTK_TEXT_VIEW (self), 18);
  gtk_text_view_set_input_hints (GTK_TEXT_VIEW (self), GTK_INPUT_HINT_SPELLCHECK);
  gtk_widget_add_css_class (GTK_WIDGET (self), "aw-editor");

  g_signal_connect_object (buffer, "insert-text", G_CALLBACK (insert_text_cb), self, 0);
  g_signal_connect_object (buffer, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark", G_CALLBACK (update_colors), self, G_CONNECT_SWAPPED);
}

/* Public functions --------------------------------------------------------- */

GtkWidget *
aw_message_view_new (void)
{
  return g_object_new (AW_TYPE_MESSAGE_VIEW, NULL);
}

/**
 * aw_message_view_set_text:
 * @self: the view
 * @text: (nullable): the whole text; not to be undone
 */
void
aw_message_view_set_text (AwMessageView *self,
                          const char *text)
{
  GtkTextBuffer *buffer = get_buffer (self);
  GtkTextIter start;

  gtk_text_buffer_begin_irreversible_action (buffer);
  gtk_text_buffer_set_text (buffer, text != NULL ? text : "", -1);
  gtk_text_buffer_end_irreversible_action (buffer);
  gtk_text_buffer_get_start_iter (buffer, &start);
  gtk_text_buffer_place_cursor (buffer, &start);
}

char *
aw_message_view_dup_text (AwMessageView *self)
{
  GtkTextBuffer *buffer = get_buffer (self);
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, TRUE);
}

/* If the cursor stands in a prompt, or one is selected, it makes room. */
static gboolean
select_prompt_at_cursor (AwMessageView *self)
{
  GtkTextBuffer *buffer = get_buffer (self);
  g_autofree char *text = aw_message_view_dup_text (self);
  GtkTextIter cursor, iter_start, iter_end;
  int from = 0;
  int until, offset;

  if (gtk_text_buffer_get_has_selection (buffer))
    return TRUE;
  gtk_text_buffer_get_iter_at_mark (buffer, &cursor, gtk_text_buffer_get_insert (buffer));
  offset = gtk_text_iter_get_offset (&cursor);
  while ((from = aw_template_next_prompt (text, from, &until)) >= 0 && from <= offset)
    {
      if (offset <= until)
        {
          gtk_text_buffer_get_iter_at_offset (buffer, &iter_start, from);
          gtk_text_buffer_get_iter_at_offset (buffer, &iter_end, until);
          gtk_text_buffer_select_range (buffer, &iter_start, &iter_end);
          return TRUE;
        }
      from = until;
    }
  return FALSE;
}

/**
 * aw_message_view_insert:
 * @self: the view
 * @text: what to insert at the cursor, one step of Undo
 * @as_paragraph: with a blank line before and after
 *
 * A selection, or the prompt the cursor stands in, is replaced. Spaces are put
 * around where words would run together.
 */
void
aw_message_view_insert (AwMessageView *self,
                        const char *text,
                        gboolean as_paragraph)
{
  GtkTextBuffer *buffer = get_buffer (self);
  g_autoptr (GString) out = g_string_new (NULL);
  GtkTextIter before, after;

  gtk_text_buffer_begin_user_action (buffer);
  if (select_prompt_at_cursor (self))
    gtk_text_buffer_delete_selection (buffer, FALSE, TRUE);

  gtk_text_buffer_get_iter_at_mark (buffer, &before, gtk_text_buffer_get_insert (buffer));
  after = before;
  if (as_paragraph)
    {
      if (!gtk_text_iter_starts_line (&before))
        g_string_append (out, "\n\n");
      else if (gtk_text_iter_backward_char (&before) && !gtk_text_iter_starts_line (&before))
        g_string_append_c (out, '\n');
      g_string_append (out, text);
      if (!gtk_text_iter_ends_line (&after))
        g_string_append (out, "\n\n");
    }
  else
    {
      if (gtk_text_iter_backward_char (&before) && strchr (" \n([\"", (int) MIN (gtk_text_iter_get_char (&before), 127)) == NULL)
        g_string_append_c (out, ' ');
      g_string_append (out, text);
      if (!gtk_text_iter_is_end (&after) && g_unichar_isalnum (gtk_text_iter_get_char (&after)))
        g_string_append_c (out, ' ');
    }
  gtk_text_buffer_insert_at_cursor (buffer, out->str, -1);
  gtk_text_buffer_end_user_action (buffer);
  gtk_text_view_scroll_mark_onscreen (GTK_TEXT_VIEW (self), gtk_text_buffer_get_insert (buffer));
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

/**
 * aw_message_view_select:
 * @self: the view
 * @start: first code point
 * @end: code point after the last
 */
void
aw_message_view_select (AwMessageView *self,
                        int start,
                        int end)
{
  GtkTextBuffer *buffer = get_buffer (self);
  GtkTextIter from, until;

  gtk_text_buffer_get_iter_at_offset (buffer, &from, start);
  gtk_text_buffer_get_iter_at_offset (buffer, &until, end);
  gtk_text_buffer_select_range (buffer, &from, &until);
  gtk_text_view_scroll_to_iter (GTK_TEXT_VIEW (self), &from, 0.1, FALSE, 0, 0);
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

/**
 * aw_message_view_select_prompt:
 * @self: the view
 *
 * Selects the next prompt after the cursor, else the first.
 *
 * Returns: whether there is one
 */
gboolean
aw_message_view_select_prompt (AwMessageView *self)
{
  GtkTextBuffer *buffer = get_buffer (self);
  g_autofree char *text = aw_message_view_dup_text (self);
  GtkTextIter cursor;
  int start, end;

  gtk_text_buffer_get_selection_bounds (buffer, NULL, &cursor);
  start = aw_template_next_prompt (text, gtk_text_iter_get_offset (&cursor), &end);
  if (start < 0)
    start = aw_template_next_prompt (text, 0, &end);
  if (start < 0)
    return FALSE;
  aw_message_view_select (self, start, end);
  return TRUE;
}

static void
mark_spans (GtkTextBuffer *buffer,
            GtkTextTag *tag,
            const int *spans,
            guint n_spans)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  gtk_text_buffer_remove_tag (buffer, tag, &start, &end);
  for (guint i = 0; i + 1 < 2 * n_spans; i += 2)
    {
      gtk_text_buffer_get_iter_at_offset (buffer, &start, spans[i]);
      gtk_text_buffer_get_iter_at_offset (buffer, &end, spans[i + 1]);
      gtk_text_buffer_apply_tag (buffer, tag, &start, &end);
    }
}

/**
 * aw_message_view_mark:
 * @self: the view
 * @spans: starts and ends in turn, code points
 * @n_spans: how many pairs
 *
 * Underlines what the review found.
 */
void
aw_message_view_mark (AwMessageView *self,
                      const int *spans,
                      guint n_spans)
{
  mark_spans (get_buffer (self), self->finding_tag, spans, n_spans);
}

void
aw_text_view_mark_spans (GtkTextView *view,
                         const int *spans,
                         guint n_spans)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (view);
  GtkTextTag *tag = gtk_text_tag_table_lookup (gtk_text_buffer_get_tag_table (buffer), "shared");
  GdkRGBA color;

  if (tag == NULL)
    tag = gtk_text_buffer_create_tag (buffer, "shared", "underline", PANGO_UNDERLINE_SINGLE, NULL);
  aw_widget_get_color (GTK_WIDGET (view), &color);
  color.alpha = 0.16;
  g_object_set (tag, "background-rgba", &color, NULL);
  mark_spans (buffer, tag, spans, n_spans);
}
