/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/aw-attachments.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "mail/aw-address.h"
#include "store/aw-attachment-store.h"

struct _AwAttachments
{
  GtkBox parent_instance;

  AwEngine *engine;
  char *message;
  GPtrArray *files; /* AwAttachmentInfo */
  guint reading;    /* how many are on their way */
  GtkWidget *flow;
  GtkWidget *warning;
  GtkWidget *warning_text;
};

G_DEFINE_FINAL_TYPE (AwAttachments, aw_attachments, GTK_TYPE_BOX)

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static gsize
get_total (AwAttachments *self)
{
  gsize total = 0;

  for (guint i = 0; i < self->files->len; i++)
    total += ((AwAttachmentInfo *) g_ptr_array_index (self->files, i))->size;
  return total;
}

/* The window may be gone by then. */
static void
tell (AwAttachments *self,
      const GError *error)
{
  if (gtk_widget_get_root (GTK_WIDGET (self)) != NULL)
    aw_ui_error (GTK_WIDGET (self), error);
}

/* What is shown -------------------------------------------------------------- */

static void
remove_cb (GtkWidget *button,
           gpointer data)
{
  AwAttachments *self = AW_ATTACHMENTS (gtk_widget_get_ancestor (button, AW_TYPE_ATTACHMENTS));

  gtk_widget_activate_action (GTK_WIDGET (self), "attachment.take-off", "s", (const char *) data);
}

static void
free_text (gpointer text,
           G_GNUC_UNUSED GClosure *closure)
{
  g_free (text);
}

static GtkWidget *
make_chip (AwAttachmentInfo *file)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *name = gtk_label_new (file->name);
  g_autofree char *size = g_format_size (file->size);
  GtkWidget *size_label = gtk_label_new (size);
  g_autofree char *label = g_strdup_printf (_("Remove “%s”"), file->name);
  GtkWidget *remove = aw_ui_icon_button ("window-close-symbolic", label);

  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_max_width_chars (GTK_LABEL (name), 28);
  gtk_widget_set_tooltip_text (name, file->name);
  gtk_widget_add_css_class (size_label, "aw-caption");
  gtk_widget_add_css_class (remove, "flat");
  gtk_widget_add_css_class (remove, "circular");
  g_signal_connect_data (remove, "clicked", G_CALLBACK (remove_cb), g_strdup (file->id), free_text, 0);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("mail-attachment-symbolic"));
  gtk_box_append (GTK_BOX (box), name);
  gtk_box_append (GTK_BOX (box), size_label);
  gtk_box_append (GTK_BOX (box), remove);
  gtk_widget_set_halign (box, GTK_ALIGN_START);
  gtk_widget_add_css_class (box, "aw-attachment");
  return box;
}

static void
show (AwAttachments *self)
{
  gsize total = get_total (self);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->flow)) != NULL)
    gtk_flow_box_remove (GTK_FLOW_BOX (self->flow), child);
  for (guint i = 0; i < self->files->len; i++)
    {
      AwAttachmentInfo *file = g_ptr_array_index (self->files, i);
      g_autofree char *size = g_format_size (file->size);
      g_autofree char *name = g_strdup_printf ("%s, %s", file->name, size);

      gtk_flow_box_insert (GTK_FLOW_BOX (self->flow), make_chip (file), -1);
      child = gtk_widget_get_last_child (self->flow);
      gtk_widget_set_focusable (child, FALSE); /* its button is */
      aw_ui_set_name (child, name);
    }
  if (total > AW_ATTACHMENTS_WARN)
    {
      g_autofree char *size = g_format_size (total);
      g_autofree char *text = g_strdup_printf (_("%s of files. Some mail servers refuse messages over 5 MB; a link may be safer."), size);

      gtk_label_set_text (GTK_LABEL (self->warning_text), text);
    }
  gtk_widget_set_visible (self->warning, total > AW_ATTACHMENTS_WARN);
  gtk_widget_set_visible (GTK_WIDGET (self), self->files->len > 0);
}

static void
reload (AwAttachments *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) files = aw_attachment_store_list (aw_engine_get_database (self->engine), self->message, &error);

  if (files == NULL)
    {
      tell (self, error);
      return;
    }
  g_ptr_array_unref (self->files);
  self->files = g_steal_pointer (&files);
  show (self);
}

static void
changed (AwAttachments *self)
{
  reload (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* Attaching ------------------------------------------------------------------ */

typedef struct
{
  char *database;
  char *message;
  GFile *file;
  char *name; /* as the user sees it */
  gsize room;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_free (job->database);
  g_free (job->message);
  g_object_unref (job->file);
  g_free (job->name);
  g_free (job);
}

static void
set_error (GError **error,
           const char *format,
           const char *name)
{
  g_autofree char *sentence = NULL;

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  sentence = g_strdup_printf (format, name);
#pragma GCC diagnostic pop
  g_set_error_literal (error, AW_MAIL_ERROR, AW_MAIL_ERROR_TELL, sentence);
}

/* No more than the room that is left is read, whatever the file says of its
 * size: it may be growing, or a pipe. */
static GBytes *
read_file (Job *job,
           GCancellable *cancellable,
           GError **error)
{
  g_autoptr (GFileInfo) info = NULL;
  g_autoptr (GFileInputStream) input = NULL;
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autoptr (GError) local = NULL;
  GFileType type;

  info = g_file_query_info (job->file, G_FILE_ATTRIBUTE_STANDARD_TYPE "," G_FILE_ATTRIBUTE_STANDARD_SIZE, G_FILE_QUERY_INFO_NONE, cancellable, &local);
  type = info != NULL ? g_file_info_get_file_type (info) : G_FILE_TYPE_UNKNOWN;
  if (type == G_FILE_TYPE_DIRECTORY)
    {
      set_error (error, _("“%s” is a folder; attach the files in it."), job->name);
      return NULL;
    }
  if (info != NULL && type != G_FILE_TYPE_REGULAR)
    {
      set_error (error, _("“%s” is no file that can be attached."), job->name);
      return NULL;
    }
  if (info != NULL)
    input = g_file_read (job->file, cancellable, &local);
  while (input != NULL && bytes->len <= job->room)
    {
      guint8 buffer[65536];
      gssize n = g_input_stream_read (G_INPUT_STREAM (input), buffer, sizeof buffer, cancellable, &local);

      if (n < 0)
        g_clear_object (&input);
      else if (n == 0)
        break;
      else
        g_byte_array_append (bytes, buffer, (guint) n);
    }
  if (input == NULL)
    {
      if (g_error_matches (local, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
        set_error (error, _("“%s” is not there any more."), job->name);
      else if (g_error_matches (local, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED))
        set_error (error, _("“%s” may not be read."), job->name);
      else
        g_set_error (error, AW_MAIL_ERROR, AW_MAIL_ERROR_TELL, _("“%s” could not be read: %s"), job->name, local->message);
      return NULL;
    }
  if (bytes->len > job->room)
    {
      set_error (error, _("“%s” is too large: a message may hold 25 MB of files."), job->name);
      return NULL;
    }
  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

static char *
guess_type (const char *name,
            GBytes *data)
{
  gsize length;
  const guchar *bytes = g_bytes_get_data (data, &length);
  g_autofree char *content = g_content_type_guess (name, bytes, MIN (length, 4096), NULL);
  char *type = g_content_type_get_mime_type (content);

  return type != NULL ? type : g_strdup ("application/octet-stream");
}

/* By a connection of its own: the window goes on meanwhile. */
static void
attach_thread (GTask *task,
               G_GNUC_UNUSED gpointer source,
               gpointer data,
               GCancellable *cancellable)
{
  Job *job = data;
  GError *error = NULL;
  g_autoptr (GBytes) bytes = read_file (job, cancellable, &error);
  g_autoptr (AwDatabase) database = bytes != NULL ? aw_database_open (job->database, &error) : NULL;
  g_autofree char *type = bytes != NULL ? guess_type (job->name, bytes) : NULL;
  char *id = database != NULL ? aw_attachment_store_add (database, job->message, job->name, type, bytes, &error) : NULL;

  if (id != NULL)
    g_task_return_pointer (task, id, g_free);
  else
    g_task_return_error (task, error);
}

static void
attached_cb (GObject *source,
             GAsyncResult *result,
             G_GNUC_UNUSED gpointer data)
{
  AwAttachments *self = AW_ATTACHMENTS (source);
  g_autoptr (GError) error = NULL;
  g_autofree char *id = g_task_propagate_pointer (G_TASK (result), &error);

  self->reading--;
  if (id == NULL)
    {
      tell (self, error);
      g_signal_emit (self, signals[CHANGED], 0);
      return;
    }
  changed (self);
  /* Two that were read side by side had the same room. */
  if (get_total (self) > AW_ATTACHMENTS_AT_MOST)
    {
      aw_attachment_store_take_off (aw_engine_get_database (self->engine), id, NULL);
      changed (self);
      aw_ui_toast (GTK_WIDGET (self), _("A message may hold 25 MB of files"));
    }
}

/**
 * aw_attachments_add_file:
 * @self: the files
 * @file: another one
 *
 * Copies it into the database; what stands in the way is told in a sentence.
 */
void
aw_attachments_add_file (AwAttachments *self,
                         GFile *file)
{
  g_autoptr (GTask) task = NULL;
  g_autofree char *base = g_file_get_basename (file);
  g_autofree char *name = g_filename_display_name (base != NULL ? base : "");
  g_autoptr (GError) error = NULL;
  gsize total = get_total (self);
  Job *job;

  if (!aw_header_text_check (name, _("file name"), &error))
    {
      tell (self, error);
      return;
    }
  job = g_new0 (Job, 1);
  job->database = g_strdup (aw_database_get_path (aw_engine_get_database (self->engine)));
  job->message = g_strdup (self->message);
  job->file = g_object_ref (file);
  job->name = g_steal_pointer (&name);
  job->room = AW_ATTACHMENTS_AT_MOST - MIN (total, AW_ATTACHMENTS_AT_MOST);
  self->reading++;
  task = g_task_new (self, NULL, attached_cb, NULL);
  g_task_set_source_tag (task, aw_attachments_add_file);
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, attach_thread);
}

static void
chosen_cb (GFile *file,
           gpointer data)
{
  g_autoptr (AwAttachments) self = data;

  if (file != NULL)
    aw_attachments_add_file (self, file);
}

void
aw_attachments_choose (AwAttachments *self)
{
  /* Hidden while there are none: the window is who asks. */
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  aw_open_file (root != NULL ? GTK_WIDGET (root) : GTK_WIDGET (self), _("Attach a File"), NULL, chosen_cb, g_object_ref (self));
}

static gboolean
dropped_cb (G_GNUC_UNUSED GtkDropTarget *target,
            const GValue *value,
            G_GNUC_UNUSED double x,
            G_GNUC_UNUSED double y,
            gpointer data)
{
  AwAttachments *self = data;

  for (GSList *l = g_value_get_boxed (value); l != NULL; l = l->next)
    aw_attachments_add_file (self, l->data);
  return TRUE;
}

/**
 * aw_attachments_take_drops:
 * @self: the files
 * @widget: where they may be dropped
 *
 * Before anything inside takes their names for text.
 */
void
aw_attachments_take_drops (AwAttachments *self,
                           GtkWidget *widget)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (target), GTK_PHASE_CAPTURE);
  g_signal_connect_object (target, "drop", G_CALLBACK (dropped_cb), self, 0);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (target));
}

/* Taking off ----------------------------------------------------------------- */

static void
take_off_action (GtkWidget *widget,
                 G_GNUC_UNUSED const char *action,
                 GVariant *target)
{
  AwAttachments *self = AW_ATTACHMENTS (widget);
  const char *id = g_variant_get_string (target, NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  GtkRoot *root = gtk_widget_get_root (widget);

  for (guint i = 0; i < self->files->len; i++)
    {
      AwAttachmentInfo *file = g_ptr_array_index (self->files, i);

      if (strcmp (file->id, id) == 0)
        text = g_strdup_printf (_("“%s” removed"), file->name);
    }
  if (text == NULL)
    return;
  if (!aw_attachment_store_take_off (aw_engine_get_database (self->engine), id, &error))
    {
      tell (self, error);
      return;
    }
  changed (self);
  aw_ui_toast_with_action (root != NULL ? GTK_WIDGET (root) : widget, text, _("Undo"), "attachments.put-back", g_variant_new_string (id), 8);
}

static void
put_back_cb (G_GNUC_UNUSED GSimpleAction *action,
             GVariant *target,
             gpointer data)
{
  AwAttachments *self = data;
  g_autoptr (GError) error = NULL;

  if (aw_attachment_store_put_back (aw_engine_get_database (self->engine), g_variant_get_string (target, NULL), self->message, &error))
    changed (self);
  else
    tell (self, error);
}

/* The toast is not inside this widget, but in its window. */
static void
root_cb (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  g_autoptr (GSimpleActionGroup) group = NULL;
  g_autoptr (GSimpleAction) action = NULL;

  if (root == NULL)
    return;
  group = g_simple_action_group_new ();
  action = g_simple_action_new ("put-back", G_VARIANT_TYPE_STRING);
  g_signal_connect_object (action, "activate", G_CALLBACK (put_back_cb), widget, 0);
  g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (action));
  gtk_widget_insert_action_group (GTK_WIDGET (root), "attachments", G_ACTION_GROUP (group));
}

/* Overrides ------------------------------------------------------------------ */

static void
aw_attachments_finalize (GObject *object)
{
  AwAttachments *self = AW_ATTACHMENTS (object);

  g_clear_object (&self->engine);
  g_free (self->message);
  g_ptr_array_unref (self->files);

  G_OBJECT_CLASS (aw_attachments_parent_class)->finalize (object);
}

static void
aw_attachments_class_init (AwAttachmentsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = aw_attachments_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "attachment.take-off", "s", take_off_action);
}

static void
aw_attachments_init (AwAttachments *self)
{
  GtkWidget *icon = gtk_image_new_from_icon_name ("dialog-warning-symbolic");

  self->files = g_ptr_array_new ();
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_widget_add_css_class (GTK_WIDGET (self), "aw-attachments");
  self->flow = gtk_flow_box_new ();
  gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (self->flow), GTK_SELECTION_NONE);
  gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (self->flow), 6);
  gtk_flow_box_set_column_spacing (GTK_FLOW_BOX (self->flow), 6);
  gtk_flow_box_set_row_spacing (GTK_FLOW_BOX (self->flow), 6);
  gtk_widget_set_margin_start (self->flow, 6);
  gtk_widget_set_margin_end (self->flow, 6);
  gtk_widget_set_margin_top (self->flow, 6);
  gtk_widget_set_margin_bottom (self->flow, 6);
  aw_ui_set_name (self->flow, _("Attached files"));

  self->warning = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  self->warning_text = aw_ui_label (NULL, "aw-caption");
  gtk_widget_add_css_class (icon, "warning");
  gtk_widget_set_margin_start (self->warning, 12);
  gtk_widget_set_margin_end (self->warning, 12);
  gtk_widget_set_margin_bottom (self->warning, 6);
  gtk_box_append (GTK_BOX (self->warning), icon);
  gtk_box_append (GTK_BOX (self->warning), self->warning_text);

  gtk_box_append (GTK_BOX (self), self->flow);
  gtk_box_append (GTK_BOX (self), self->warning);
  g_signal_connect (self, "notify::root", G_CALLBACK (root_cb), NULL);
}

/* Public functions ----------------------------------------------------------- */

/**
 * aw_attachments_new:
 * @engine: the facts
 * @message: id of a draft; it need not be stored yet
 *
 * Returns: (transfer floating): its files
 */
GtkWidget *
aw_attachments_new (AwEngine *engine,
                    const char *message)
{
  AwAttachments *self = g_object_new (AW_TYPE_ATTACHMENTS, NULL);

  self->engine = g_object_ref (engine);
  self->message = g_strdup (message);
  reload (self);
  return GTK_WIDGET (self);
}

guint
aw_attachments_get_count (AwAttachments *self)
{
  g_return_val_if_fail (AW_IS_ATTACHMENTS (self), 0);

  return self->files->len;
}

gboolean
aw_attachments_is_busy (AwAttachments *self)
{
  g_return_val_if_fail (AW_IS_ATTACHMENTS (self), FALSE);

  return self->reading > 0;
}

char *
aw_attachments_describe (AwEngine *engine,
                         const char *message)
{
  g_autoptr (GPtrArray) files = aw_attachment_store_list (aw_engine_get_database (engine), message, NULL);
  GString *text;

  if (files == NULL || files->len == 0)
    return NULL;
  text = g_string_new (NULL);
  for (guint i = 0; i < files->len; i++)
    {
      AwAttachmentInfo *file = g_ptr_array_index (files, i);
      g_autofree char *size = g_format_size (file->size);

      g_string_append_printf (text, "%s%s, %s", i > 0 ? "\n" : "", file->name, size);
    }
  return g_string_free (text, FALSE);
}
