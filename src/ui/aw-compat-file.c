/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/aw-compat.h"

/* Choosing a file. */

typedef struct
{
  AwFileChosen callback;
  gpointer data;
  gboolean save;
} Choice;

static GtkFileFilter *
make_filter (const AwFileFilter *filter)
{
  GtkFileFilter *made = gtk_file_filter_new ();
  g_auto (GStrv) patterns = g_strsplit (filter->patterns, ";", -1);

  gtk_file_filter_set_name (made, filter->name);
  for (guint i = 0; patterns[i] != NULL; i++)
    gtk_file_filter_add_pattern (made, patterns[i]);
  return made;
}

#if GTK_CHECK_VERSION (4, 10, 0)
static void
on_file_done (GObject *source,
              GAsyncResult *result,
              gpointer data)
{
  g_autofree Choice *choice = data;
  g_autoptr (GFile) file = NULL;

  if (choice->save)
    file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, NULL);
  else
    file = gtk_file_dialog_open_finish (GTK_FILE_DIALOG (source), result, NULL);
  choice->callback (file, choice->data);
}
#else
static void
on_file_response (GtkNativeDialog *native,
                  int response,
                  gpointer data)
{
  g_autofree Choice *choice = data;
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (native)) : NULL;

  choice->callback (file, choice->data);
  g_object_unref (native);
}
#endif

static void
choose_file (GtkWidget *parent,
             const char *title,
             const char *name,
             const AwFileFilter *filters,
             gboolean save,
             AwFileChosen callback,
             gpointer data)
{
  Choice *choice = g_new (Choice, 1);
  GtkRoot *root = gtk_widget_get_root (parent);
  GtkWindow *window = GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;

  choice->callback = callback;
  choice->data = data;
  choice->save = save;
#if GTK_CHECK_VERSION (4, 10, 0)
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();

  gtk_file_dialog_set_title (dialog, title);
  if (name != NULL)
    gtk_file_dialog_set_initial_name (dialog, name);
  if (filters != NULL)
    {
      g_autoptr (GListStore) list = g_list_store_new (GTK_TYPE_FILE_FILTER);

      for (const AwFileFilter *filter = filters; filter->name != NULL; filter++)
        {
          g_autoptr (GtkFileFilter) made = make_filter (filter);

          g_list_store_append (list, made);
        }
      gtk_file_dialog_set_filters (dialog, G_LIST_MODEL (list));
    }
  if (save)
    gtk_file_dialog_save (dialog, window, NULL, on_file_done, choice);
  else
    gtk_file_dialog_open (dialog, window, NULL, on_file_done, choice);
#else
  GtkFileChooserNative *native = gtk_file_chooser_native_new (title,
                                                              window,
                                                              save ? GTK_FILE_CHOOSER_ACTION_SAVE : GTK_FILE_CHOOSER_ACTION_OPEN,
                                                              NULL, NULL);

  if (name != NULL)
    gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (native), name);
  for (const AwFileFilter *filter = filters; filter != NULL && filter->name != NULL; filter++)
    {
      g_autoptr (GtkFileFilter) made = make_filter (filter);

      gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (native), made);
    }
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (native), TRUE);
  g_signal_connect (native, "response", G_CALLBACK (on_file_response), choice);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (native));
#endif
}

void
aw_open_file (GtkWidget *parent,
              const char *title,
              const AwFileFilter *filters,
              AwFileChosen callback,
              gpointer data)
{
  choose_file (parent, title, NULL, filters, FALSE, callback, data);
}

void
aw_save_file (GtkWidget *parent,
              const char *title,
              const char *name,
              AwFileChosen callback,
              gpointer data)
{
  choose_file (parent, title, name, NULL, TRUE, callback, data);
}
