/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/aw-editor.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/aw-plain-text.h"
#include "ui/aw-date-button.h"
#include "ui/aw-editor-private.h"

#define LIVE_DELAY_MS 700
#define WIDTH 480
#define LEAST_HEIGHT 300
#define MOST_HEIGHT 620

typedef struct
{
  AwRecord *before; /* NULL: new */
  AwRecord *after;
} Edited;

struct _AwEditor
{
  GObject parent_instance;

  AwUi *ui;
  char *toast;
  char *later;
  GPtrArray *edited;  /* of Edited */
  GPtrArray *bindings; /* of AwEditorBinding */
  gboolean live;
  gboolean saved;
  guint live_timer;

  AwEditorCheck check;
  gpointer check_data;
  AwEditorSave save;
  AwEditorSave changed;
  gpointer save_data;
  GDestroyNotify save_destroy;

  GtkWidget *dialog;  /* NULL once closed */
  GtkWidget *content;
  GtkWidget *group;
  GtkWidget *scrolled;
  GtkWidget *page;
  gboolean touched;   /* by the user */
  GtkWidget *problem;
  GtkWidget *save_button;
  GtkWidget *cancel_button;
};

G_DEFINE_FINAL_TYPE (AwEditor, aw_editor, G_TYPE_OBJECT)

/**
 * aw_edit_set_text:
 * @member: a text member
 * @text: (nullable): what was typed
 */
void
aw_edit_set_text (char **member,
                  const char *text)
{
  g_autofree char *clean = text != NULL ? g_strstrip (aw_plain_text_clean (text, -1, FALSE)) : NULL;

  g_free (*member);
  *member = clean != NULL && *clean != '\0' ? g_steal_pointer (&clean) : NULL;
}

/**
 * aw_edit_instant:
 * @engine: for the user's zone
 * @sec: seconds since 1970
 *
 * Returns: the instant as the user's clock writes it
 */
AwInstant
aw_edit_instant (AwEngine *engine,
                 gint64 sec)
{
  AwInstant instant = aw_instant (sec);

  if (sec != AW_NEVER)
    instant.offset_min = aw_calendar_offset (aw_engine_get_calendar (engine), NULL, sec) / 60;
  return instant;
}

static void
edited_free (gpointer data)
{
  Edited *edited = data;

  g_clear_object (&edited->before);
  g_clear_object (&edited->after);
  g_free (edited);
}

static void
binding_free (gpointer data)
{
  AwEditorBinding *binding = data;

  g_clear_pointer (&binding->choices, g_array_unref);
  g_clear_pointer (&binding->ids, g_strfreev);
  g_free (binding->zone);
  g_free (binding);
}

static void
aw_editor_dispose (GObject *object)
{
  AwEditor *self = AW_EDITOR (object);

  g_clear_handle_id (&self->live_timer, g_source_remove);
  if (self->save_destroy != NULL)
    g_clear_pointer (&self->save_data, self->save_destroy);
  g_clear_object (&self->ui);
  G_OBJECT_CLASS (aw_editor_parent_class)->dispose (object);
}

static void
aw_editor_finalize (GObject *object)
{
  AwEditor *self = AW_EDITOR (object);

  g_ptr_array_unref (self->bindings);
  g_ptr_array_unref (self->edited);
  g_free (self->toast);
  G_OBJECT_CLASS (aw_editor_parent_class)->finalize (object);
}

static void
aw_editor_class_init (AwEditorClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = aw_editor_dispose;
  G_OBJECT_CLASS (klass)->finalize = aw_editor_finalize;
}

static void
aw_editor_init (AwEditor *self)
{
  self->edited = g_ptr_array_new_with_free_func (edited_free);
  self->bindings = g_ptr_array_new_with_free_func (binding_free);
}

/* Saving ---------------------------------------------------------------------- */

/* Where the keyboard begins: at what one can change, and not at Cancel. */
static GtkWidget *
find_first (GtkWidget *widget)
{
  GtkWidget *found = NULL;

  if (!gtk_widget_get_visible (widget) || GTK_IS_POPOVER (widget))
    return NULL;
  if (ADW_IS_ENTRY_ROW (widget))
    return widget; /* gives it to the text in it */
  if (gtk_widget_get_focusable (widget) && gtk_widget_get_can_focus (widget) && gtk_widget_is_sensitive (widget) && !GTK_IS_LIST_BOX (widget) &&
      (!GTK_IS_LIST_BOX_ROW (widget) || gtk_list_box_row_get_activatable (GTK_LIST_BOX_ROW (widget))))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL; child = gtk_widget_get_next_sibling (child))
    found = find_first (child);
  return found;
}

void
aw_editor_read (AwEditor *self)
{
  for (guint i = 0; i < self->bindings->len; i++)
    aw_editor_binding_read (g_ptr_array_index (self->bindings, i), self->ui);
}

static AwCommand *
make_command (AwEditor *self)
{
  AwCommand *command = aw_command_new (self->toast);

  aw_editor_read (self);
  if (self->save != NULL)
    self->save (self, command, self->save_data);
  for (guint i = 0; i < self->edited->len; i++)
    {
      Edited *edited = g_ptr_array_index (self->edited, i);

      if (edited->before == NULL)
        aw_command_add (command, edited->after);
      else if (!aw_record_equal (edited->before, edited->after))
        {
          /* The command keeps a copy: the rows go on changing theirs. */
          g_autoptr (AwRecord) copy = aw_record_copy (edited->after);

          aw_command_change (command, edited->before, copy);
          if (self->live)
            g_set_object (&edited->before, copy);
        }
    }
  return command;
}

static void
on_live_done (GObject *source,
              GAsyncResult *result,
              gpointer data)
{
  g_autoptr (AwEditor) self = data;
  g_autoptr (GError) error = NULL;
  GtkWindow *window = aw_ui_main_window (self->ui);

  if (!aw_engine_run_finish (AW_ENGINE (source), result, &error) && window != NULL)
    aw_ui_error (GTK_WIDGET (window), error);
}

static void
save_live (AwEditor *self)
{
  g_autoptr (AwCommand) command = NULL;

  g_clear_handle_id (&self->live_timer, g_source_remove);
  if (self->check != NULL && self->check (self, self->check_data) != NULL)
    return;
  command = make_command (self);
  if (!aw_command_is_empty (command))
    aw_engine_run_async (aw_ui_engine (self->ui), command, TRUE, NULL, on_live_done, g_object_ref (self));
}

static void
on_saved (GtkWidget *widget G_GNUC_UNUSED,
          const GError *error,
          gpointer data)
{
  g_autoptr (AwEditor) self = data;

  /* An error was told; the dialog stays open with what was typed. */
  if (error == NULL)
    aw_editor_close (self);
  else if (self->save_button != NULL)
    {
      self->saved = FALSE;
      gtk_widget_set_sensitive (self->save_button, TRUE);
      gtk_widget_set_sensitive (self->content, TRUE);
      aw_dialog_set_focus (self->dialog, find_first (self->content));
    }
}

/* What is missing is told to whoever has begun, and not to whoever looks for
 * the first time. */
static gboolean
check (AwEditor *self)
{
  const char *problem;

  aw_editor_read (self);
  problem = self->check != NULL ? self->check (self, self->check_data) : NULL;
  if (self->problem != NULL)
    {
      gtk_label_set_label (GTK_LABEL (self->problem), problem != NULL ? problem : "");
      gtk_widget_set_visible (self->problem, self->touched && problem != NULL && *problem != '\0');
      gtk_widget_set_sensitive (self->save_button, problem == NULL);
    }
  return problem == NULL;
}

/**
 * aw_editor_save:
 * @self: an editor
 *
 * What its button does: one command, a toast with Undo, and the dialog closes.
 */
void
aw_editor_save (AwEditor *self)
{
  g_autoptr (AwCommand) command = NULL;
  GtkWindow *window = aw_ui_main_window (self->ui);

  self->touched = TRUE;
  if (self->saved || self->dialog == NULL || window == NULL || !check (self))
    return;
  self->saved = TRUE;
  g_clear_handle_id (&self->live_timer, g_source_remove);
  command = make_command (self);
  /* The command's thread reads the copies now: nothing may change them. What
   * has the focus loses it first: GTK's entries go on blinking otherwise. */
  aw_dialog_set_focus (self->dialog, self->cancel_button);
  gtk_widget_set_sensitive (self->save_button, FALSE);
  gtk_widget_set_sensitive (self->content, FALSE);
  aw_ui_run (GTK_WIDGET (window), command, on_saved, g_object_ref (self));
}

void
aw_editor_close (AwEditor *self)
{
  if (self->dialog != NULL)
    aw_dialog_close (self->dialog);
}

static void
on_closed (gpointer data)
{
  g_autoptr (AwEditor) self = data;

  /* The rows may be gone; each change was read when it was made. */
  self->dialog = NULL;
  self->save_button = self->problem = NULL;
  g_ptr_array_set_size (self->bindings, 0);
  if (self->live && !self->saved)
    save_live (self);
}

static gboolean
on_live_timer (gpointer data)
{
  AwEditor *self = data;

  self->live_timer = 0;
  save_live (self);
  return G_SOURCE_REMOVE;
}

void
aw_editor_row_changed (AwEditor *self)
{
  if (self->dialog == NULL || self->saved)
    return;
  self->touched = TRUE;
  check (self);
  if (self->changed != NULL)
    self->changed (self, NULL, self->save_data);
  if (self->live)
    {
      g_clear_handle_id (&self->live_timer, g_source_remove);
      self->live_timer = g_timeout_add (LIVE_DELAY_MS, on_live_timer, self);
    }
}

/* Making ------------------------------------------------------------------------ */

static gboolean
on_ctrl_return (GtkWidget *widget G_GNUC_UNUSED,
                GVariant *args G_GNUC_UNUSED,
                gpointer data)
{
  aw_editor_save (data);
  return TRUE;
}

AwEditor *
aw_editor_new (AwUi *ui,
               const char *title,
               const char *save,
               const char *toast)
{
  AwEditor *self = g_object_new (AW_TYPE_EDITOR, NULL);
  GtkWidget *page, *outer;
  GtkEventController *shortcuts;

  self->ui = g_object_ref (ui);
  self->toast = g_strdup (toast);
  self->content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  self->problem = aw_ui_label (NULL, "error");
  gtk_widget_set_visible (self->problem, FALSE);
  outer = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_box_append (GTK_BOX (outer), self->content);
  gtk_box_append (GTK_BOX (outer), self->problem);
  self->scrolled = aw_ui_scrolled_clamp (outer);
  page = self->page = aw_page_new (title, self->scrolled);
  aw_page_set_show_window_buttons (AW_PAGE (page), FALSE);
  self->cancel_button = gtk_button_new_with_mnemonic (_("_Cancel"));
  self->save_button = gtk_button_new_with_mnemonic (save);
  gtk_widget_add_css_class (self->save_button, "suggested-action");
  g_signal_connect_object (self->cancel_button, "clicked", G_CALLBACK (aw_editor_close), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->save_button, "clicked", G_CALLBACK (aw_editor_save), self, G_CONNECT_SWAPPED);
  adw_header_bar_pack_start (aw_page_get_header (AW_PAGE (page)), self->cancel_button);
  adw_header_bar_pack_end (aw_page_get_header (AW_PAGE (page)), self->save_button);

  shortcuts = gtk_shortcut_controller_new ();
  gtk_event_controller_set_propagation_phase (shortcuts, GTK_PHASE_CAPTURE);
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (shortcuts),
                                        gtk_shortcut_new (gtk_shortcut_trigger_parse_string ("<Control>Return|<Control>KP_Enter"),
                                                          gtk_callback_action_new (on_ctrl_return, self, NULL)));
  gtk_widget_add_controller (page, shortcuts);

  self->dialog = aw_dialog_new (title, WIDTH, MOST_HEIGHT);
  aw_dialog_set_child (self->dialog, page);
  return self;
}

static gpointer
add_edited (AwEditor *self,
            AwRecord *before,
            AwRecord *after)
{
  Edited *edited = g_new0 (Edited, 1);

  edited->before = before;
  edited->after = after;
  g_ptr_array_add (self->edited, edited);
  return after;
}

gpointer
aw_editor_take (AwEditor *self,
                gpointer before)
{
  return add_edited (self, g_object_ref (before), aw_record_copy (before));
}

gpointer
aw_editor_add (AwEditor *self,
               GType type,
               const char *opportunity)
{
  return add_edited (self, NULL, aw_record_new (type, opportunity));
}

GtkWidget *
aw_editor_group (AwEditor *self,
                 const char *title,
                 const char *description)
{
  self->group = aw_ui_group (title, description);
  gtk_box_append (GTK_BOX (self->content), self->group);
  return self->group;
}

void
aw_editor_add_row (AwEditor *self,
                   GtkWidget *row)
{
  if (self->group == NULL)
    aw_editor_group (self, NULL, NULL);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->group), row);
}

void
aw_editor_add_binding (AwEditor *self,
                       AwEditorBinding *binding)
{
  g_ptr_array_add (self->bindings, binding);
}

void
aw_editor_set_check (AwEditor *self,
                     AwEditorCheck check_func,
                     gpointer data)
{
  self->check = check_func;
  self->check_data = data;
}

void
aw_editor_set_save (AwEditor *self,
                    AwEditorSave save,
                    gpointer data,
                    GDestroyNotify destroy)
{
  self->save = save;
  self->save_data = data;
  self->save_destroy = destroy;
}

void
aw_editor_set_changed (AwEditor *self,
                       AwEditorSave changed)
{
  self->changed = changed;
}

void
aw_editor_set_live (AwEditor *self,
                    const char *later)
{
  self->live = TRUE;
  gtk_button_set_label (GTK_BUTTON (self->cancel_button), later);
}

GtkWidget *
aw_editor_add_button (AwEditor *self,
                      const char *label,
                      const char *css_class)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  if (css_class != NULL)
    gtk_widget_add_css_class (button, css_class);
  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (self->content), button);
  self->group = NULL;
  return button;
}

GtkWidget *
aw_editor_get_content (AwEditor *self)
{
  self->group = NULL;
  return self->content;
}

/* Whether this is the user's Save, not an answer kept on the way. */
gboolean
aw_editor_is_final (AwEditor *self)
{
  return self->saved;
}

GtkWidget *
aw_editor_get_dialog (AwEditor *self)
{
  return self->dialog;
}

AwUi *
aw_editor_get_ui (AwEditor *self)
{
  return self->ui;
}

/* As high as what is in it, within limits: what appears later has some room. */
static void
fit_height (AwEditor *self)
{
  int natural;

  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (self->scrolled), TRUE);
  gtk_widget_measure (self->page, GTK_ORIENTATION_VERTICAL, WIDTH, NULL, &natural, NULL, NULL);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (self->scrolled), FALSE);
  aw_dialog_set_height (self->dialog, CLAMP (natural, LEAST_HEIGHT, MOST_HEIGHT));
}

GtkWidget *
aw_editor_present (AwEditor *self,
                   GtkWidget *parent)
{
  GtkWidget *dialog = self->dialog;
  GtkWidget *first;

  check (self);
  if (self->changed != NULL)
    self->changed (self, NULL, self->save_data);
  aw_dialog_on_closed (dialog, on_closed, self);
  fit_height (self);
  first = find_first (self->content);
  if (first != NULL)
    aw_dialog_set_focus (dialog, first);
  aw_dialog_present (dialog, parent);
  return dialog;
}
