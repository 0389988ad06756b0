/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/aw-print-letter.h"

#include <glib/gi18n-lib.h>

#include "core/aw-letter-pages.h"

#define FONT "Serif 15"
#define SMALL_FONT "Sans 10"
#define GAP 24.0    /* points between address and text */
#define LEADING 6.0 /* points between lines */

typedef struct
{
  char *address;
  char *text;
  PangoLayout *head; /* the address, on the first page only */
  PangoLayout *body;
  double head_height;
  GArray *pages; /* guint: the first line of each page */
  AwLetterPrinted callback;
  gpointer data;
} Letter;

static PangoLayout *
make_layout (GtkPrintContext *context,
             const char *font,
             const char *text)
{
  PangoLayout *layout = gtk_print_context_create_pango_layout (context);
  PangoFontDescription *description = pango_font_description_from_string (font);

  pango_layout_set_font_description (layout, description);
  pango_font_description_free (description);
  pango_layout_set_width (layout, (int) (gtk_print_context_get_width (context) * PANGO_SCALE));
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_text (layout, text, -1);
  return layout;
}

static void
begin_cb (GtkPrintOperation *operation,
          GtkPrintContext *context,
          Letter *letter)
{
  double room = gtk_print_context_get_height (context);
  g_autofree AwLetterLine *lines = NULL;
  int n_lines;

  letter->body = make_layout (context, FONT, letter->text);
  if (letter->address != NULL && *letter->address != '\0')
    {
      int height;

      letter->head = make_layout (context, SMALL_FONT, letter->address);
      pango_layout_get_size (letter->head, NULL, &height);
      letter->head_height = (double) height / PANGO_SCALE + GAP;
    }

  n_lines = pango_layout_get_line_count (letter->body);
  lines = g_new0 (AwLetterLine, n_lines);
  for (int i = 0; i < n_lines; i++)
    {
      PangoLayoutLine *line = pango_layout_get_line_readonly (letter->body, i);
      PangoRectangle ink, logical;

      pango_layout_line_get_extents (line, &ink, &logical);
      lines[i].height = (double) logical.height / PANGO_SCALE + LEADING;
      lines[i].blank = ink.width == 0;
    }
  g_clear_pointer (&letter->pages, g_array_unref);
  letter->pages = aw_letter_pages (lines, (guint) n_lines, room - letter->head_height, room);
  gtk_print_operation_set_n_pages (operation, letter->pages->len);
}

static void
draw_cb (G_GNUC_UNUSED GtkPrintOperation *operation,
         GtkPrintContext *context,
         int page,
         Letter *letter)
{
  cairo_t *cr = gtk_print_context_get_cairo_context (context);
  int first = (int) g_array_index (letter->pages, guint, page);
  int last = page + 1 < (int) letter->pages->len ? (int) g_array_index (letter->pages, guint, page + 1)
                                                 : pango_layout_get_line_count (letter->body);
  double y = 0;

  cairo_set_source_rgb (cr, 0, 0, 0);
  if (page == 0 && letter->head != NULL)
    {
      cairo_move_to (cr, 0, 0);
      pango_cairo_show_layout (cr, letter->head);
      y = letter->head_height;
    }
  for (int i = first; i < last; i++)
    {
      PangoLayoutLine *line = pango_layout_get_line_readonly (letter->body, i);
      PangoRectangle logical;

      pango_layout_line_get_extents (line, NULL, &logical);
      cairo_move_to (cr, (double) logical.x / PANGO_SCALE, y - (double) logical.y / PANGO_SCALE);
      pango_cairo_show_layout_line (cr, line);
      y += (double) logical.height / PANGO_SCALE + LEADING;
    }
}

static void
done_cb (GtkPrintOperation *operation,
         GtkPrintOperationResult result,
         Letter *letter)
{
  g_autoptr (GError) error = NULL;

  if (result == GTK_PRINT_OPERATION_RESULT_ERROR)
    gtk_print_operation_get_error (operation, &error);
  if (letter->callback != NULL)
    letter->callback (result == GTK_PRINT_OPERATION_RESULT_APPLY, error != NULL ? error->message : NULL, letter->data);
}

static void
letter_free (gpointer data,
             G_GNUC_UNUSED GClosure *closure)
{
  Letter *letter = data;

  g_clear_object (&letter->head);
  g_clear_object (&letter->body);
  g_clear_pointer (&letter->pages, g_array_unref);
  g_free (letter->address);
  g_free (letter->text);
  g_free (letter);
}

/**
 * aw_print_letter:
 * @parent: the window it belongs to
 * @address: (nullable): postal address
 * @text: the letter
 * @pdf: (nullable): a file to write instead of printing
 * @callback: called in the end
 * @data: for @callback
 */
void
aw_print_letter (GtkWindow *parent,
                 const char *address,
                 const char *text,
                 const char *pdf,
                 AwLetterPrinted callback,
                 gpointer data)
{
  g_autoptr (GtkPrintOperation) operation = gtk_print_operation_new ();
  g_autoptr (GtkPageSetup) setup = gtk_page_setup_new ();
  Letter *letter = g_new0 (Letter, 1);

  letter->address = g_strdup (address);
  letter->text = g_strdup (text);
  letter->callback = callback;
  letter->data = data;

  gtk_page_setup_set_top_margin (setup, 25, GTK_UNIT_MM);
  gtk_page_setup_set_bottom_margin (setup, 25, GTK_UNIT_MM);
  gtk_page_setup_set_left_margin (setup, 25, GTK_UNIT_MM);
  gtk_page_setup_set_right_margin (setup, 25, GTK_UNIT_MM);
  gtk_print_operation_set_default_page_setup (operation, setup);
  gtk_print_operation_set_unit (operation, GTK_UNIT_POINTS);
  gtk_print_operation_set_job_name (operation, _("Letter"));
  gtk_print_operation_set_allow_async (operation, TRUE);
  if (pdf != NULL)
    gtk_print_operation_set_export_filename (operation, pdf);

  g_signal_connect (operation, "begin-print", G_CALLBACK (begin_cb), letter);
  g_signal_connect (operation, "draw-page", G_CALLBACK (draw_cb), letter);
  g_signal_connect_data (operation, "done", G_CALLBACK (done_cb), letter, letter_free, 0);
  gtk_print_operation_run (operation, pdf != NULL ? GTK_PRINT_OPERATION_ACTION_EXPORT : GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG, parent, NULL);
}
