/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/aw-compose-window-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/aw-plain-text.h"
#include "core/aw-words.h"
#include "ui/aw-compose-dialogs.h"
#include "ui/aw-compose-pane.h"
#include "ui/aw-compose-start.h"
#include "ui/aw-template-popover.h"
#include "ui/aw-templates-page.h"

G_DEFINE_FINAL_TYPE (AwComposeWindow, aw_compose_window, ADW_TYPE_WINDOW)

/* What stands in the window ------------------------------------------------ */

AwMessage *
aw_compose_message (AwComposeWindow *self)
{
  return aw_draft_get_message (self->draft);
}

AwPerson *
aw_compose_person (AwComposeWindow *self)
{
  AwMessage *message = aw_compose_message (self);

  return message->person != NULL ? aw_dossier_find_person (self->dossier, message->person) : NULL;
}

/* Takes over what was typed into the draft's message. */
void
aw_compose_sync (AwComposeWindow *self)
{
  AwMessage *message = aw_compose_message (self);
  g_autofree char *text = aw_message_view_dup_text (AW_MESSAGE_VIEW (self->view));

  aw_draft_set_text (&message->subject, gtk_editable_get_text (GTK_EDITABLE (self->subject)));
  aw_draft_set_text (&message->body, text);
}

/* Something of the message changed, by whatever means. */
void
aw_compose_changed (AwComposeWindow *self)
{
  if (self->loading || self->finished)
    return;
  aw_compose_sync (self);
  aw_draft_touch (self->draft);
  aw_reviewer_set_message (self->reviewer, aw_compose_message (self));
}

void
aw_compose_set_text (AwComposeWindow *self,
          const char *subject,
          const char *body)
{
  self->loading = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->subject), subject != NULL ? subject : "");
  aw_message_view_set_text (AW_MESSAGE_VIEW (self->view), body);
  self->loading = FALSE;
}

/* Facts -------------------------------------------------------------------- */

void
aw_compose_update_facts (AwComposeWindow *self)
{
  AwOpportunity *opportunity = aw_dossier_get_opportunity (self->dossier);

  aw_page_set_title (AW_PAGE (self->page), aw_compose_kind_title (aw_compose_message (self)->kind), opportunity->company);
  aw_compose_update_to (self);
  aw_compose_update_panes (self);
}

static void
dossier_changed_cb (AwComposeWindow *self)
{
  aw_compose_update_facts (self);
  aw_reviewer_facts_changed (self->reviewer);
}

/* Callbacks ---------------------------------------------------------------- */

static void
template_chosen_cb (AwComposeWindow *self,
                    AwTemplate *template_)
{
  AwMessage *message = aw_compose_message (self);
  AwTemplateFacts facts = aw_compose_template_facts (aw_ui_engine (self->ui), self->dossier, message, self->signature);
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->view));
  g_autofree char *subject = NULL;
  g_autofree char *body = NULL;
  GtkTextIter start, end;

  aw_templates_fill (self->templates, template_, &facts, &subject, &body);

  /* One step of Undo brings back what was written. */
  gtk_text_buffer_begin_user_action (buffer);
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  gtk_text_buffer_delete (buffer, &start, &end);
  gtk_text_buffer_insert (buffer, &start, body, -1);
  gtk_text_buffer_end_user_action (buffer);
  if (message->in_reply_to == NULL && *subject != '\0')
    gtk_editable_set_text (GTK_EDITABLE (self->subject), subject);

  message->kind = template_->kind;
  gtk_text_buffer_get_start_iter (buffer, &start);
  gtk_text_buffer_place_cursor (buffer, &start);
  aw_message_view_select_prompt (AW_MESSAGE_VIEW (self->view));
  aw_compose_update_facts (self);
  aw_compose_changed (self);
}

static void
manage_templates_cb (AwComposeWindow *self)
{
  aw_templates_present (self->ui, GTK_WIDGET (self));
}

static void
fill_templates_cb (AwComposeWindow *self)
{
  AwMessage *message = aw_compose_message (self);
  AwTemplateFacts facts = aw_compose_template_facts (aw_ui_engine (self->ui), self->dossier, message, self->signature);

  /* They may have been edited meanwhile. */
  g_clear_pointer (&self->templates, aw_templates_unref);
  self->templates = aw_compose_load_templates (aw_ui_engine (self->ui), aw_dossier_get_opportunity (self->dossier));
  aw_template_popover_set_templates (AW_TEMPLATE_POPOVER (self->template_popover), self->templates, message->kind, &facts);
}

static void
refused_cb (AwComposeWindow *self,
            const char *sentence)
{
  aw_ui_toast (self->view, sentence);
}

static void
status_cb (AwComposeWindow *self)
{
  const char *status = aw_draft_get_status (self->draft);

  gtk_label_set_text (GTK_LABEL (self->status), status);
  gtk_widget_set_tooltip_text (self->status, status);
}

static void
subject_insert_cb (GtkEditable *editable,
                   const char *text,
                   int length,
                   int *position,
                   gpointer data)
{
  gsize n = length >= 0 ? (gsize) length : strlen (text);
  g_autofree char *clean = NULL;

  if (memchr (text, '\n', n) == NULL && aw_plain_text_is_clean (text, n))
    return;
  clean = aw_plain_text_clean (text, n, TRUE);
  g_signal_handlers_block_by_func (editable, subject_insert_cb, data);
  gtk_editable_insert_text (editable, clean, -1, position);
  g_signal_handlers_unblock_by_func (editable, subject_insert_cb, data);
  g_signal_stop_emission_by_name (editable, "insert-text");
}

/* Actions ------------------------------------------------------------------ */

static void
simple_action (GtkWidget *widget,
               const char *action,
               G_GNUC_UNUSED GVariant *target)
{
  static const struct
  {
    const char *name;
    void (*func) (AwComposeWindow *self);
  } actions[] = {
    { "compose.send", aw_compose_send },
    { "compose.send-later", aw_compose_send_later },
    { "compose.copy", aw_compose_copy },
    { "compose.mail-app", aw_compose_open_mail_app },
    { "compose.print", aw_compose_print },
    { "compose.elsewhere", aw_compose_mark_elsewhere },
    { "compose.attach", aw_compose_attach },
    { "compose.article", aw_compose_share_article },
    { "compose.call-times", aw_compose_propose_times },
    { "compose.manage-templates", manage_templates_cb },
    { "compose.show-checks", aw_compose_show_checks },
  };

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    if (strcmp (actions[i].name, action) == 0)
      actions[i].func (AW_COMPOSE_WINDOW (widget));
}

static void
saved_cb (GObject *source,
          GAsyncResult *result,
          gpointer data)
{
  g_autoptr (AwComposeWindow) self = data;
  g_autoptr (GError) error = NULL;

  if (!aw_draft_save_finish (AW_DRAFT (source), result, &error))
    aw_ui_error (GTK_WIDGET (self), error);
}

static void
save_action (GtkWidget *widget,
             G_GNUC_UNUSED const char *action,
             G_GNUC_UNUSED GVariant *target)
{
  AwComposeWindow *self = AW_COMPOSE_WINDOW (widget);

  aw_compose_sync (self);
  aw_draft_save_async (self->draft, NULL, saved_cb, g_object_ref (self));
}

static void
add_account_action (GtkWidget *widget,
                    G_GNUC_UNUSED const char *action,
                    G_GNUC_UNUSED GVariant *target)
{
  aw_ui_edit_account (widget, "");
}

static void
template_action (GtkWidget *widget,
                 G_GNUC_UNUSED const char *action,
                 G_GNUC_UNUSED GVariant *target)
{
  AwComposeWindow *self = AW_COMPOSE_WINDOW (widget);

  /* Narrow windows hide the button; the popover needs it to hang on. */
  gtk_widget_set_visible (self->template_button, TRUE);
  gtk_menu_button_popup (GTK_MENU_BUTTON (self->template_button));
}

static void
delete_action (GtkWidget *widget,
               G_GNUC_UNUSED const char *action,
               G_GNUC_UNUSED GVariant *target)
{
  AwComposeWindow *self = AW_COMPOSE_WINDOW (widget);
  AwMessage *message = aw_compose_message (self);
  AwMessage *stored = aw_dossier_find (self->dossier, AW_RECORD_MESSAGE, AW_ID (message));
  GtkWindow *main_window = aw_ui_main_window (self->ui);
  GtkWidget *told = main_window != NULL ? GTK_WIDGET (main_window) : widget;

  aw_draft_close (self->draft);
  if (stored != NULL)
    {
      g_autoptr (AwCommand) command = aw_command_new (_("Draft deleted"));

      aw_command_remove (command, stored);
      aw_ui_run (told, command, NULL, NULL);
    }
  aw_compose_finish (self);
}

/* Closing ------------------------------------------------------------------ */

/* Closes without saving: the message has been handed over or deleted. */
void
aw_compose_finish (AwComposeWindow *self)
{
  self->finished = TRUE;
  aw_draft_close (self->draft);
  /* It holds the window. */
  if (self->dialog != NULL)
    aw_dialog_close (self->dialog);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
closed_saved_cb (GObject *source,
                 GAsyncResult *result,
                 gpointer data)
{
  g_autoptr (AwComposeWindow) self = data;
  g_autoptr (GError) error = NULL;
  GtkWindow *main_window = aw_ui_main_window (self->ui);

  if (!aw_draft_save_finish (AW_DRAFT (source), result, &error))
    {
      /* Stays open: closing now would lose the text. */
      gtk_window_present (GTK_WINDOW (self));
      aw_ui_error (GTK_WIDGET (self), error);
      return;
    }
  aw_compose_finish (self);
  if (main_window != NULL)
    aw_ui_toast_with_action (GTK_WIDGET (main_window), _("Draft saved"), _("Delete Draft"), "compose.delete-draft",
                             g_variant_new_string (AW_ID (aw_compose_message (self))), 5);
}

static gboolean
aw_compose_window_close_request (GtkWindow *window)
{
  AwComposeWindow *self = AW_COMPOSE_WINDOW (window);

  if (self->finished || self->draft == NULL)
    return GDK_EVENT_PROPAGATE;
  aw_compose_sync (self);
  /* An untouched template is no draft worth keeping. */
  if (!aw_draft_is_stored (self->draft) && !aw_draft_is_touched (self->draft))
    {
      aw_compose_finish (self);
      return GDK_EVENT_STOP;
    }
  aw_draft_save_async (self->draft, NULL, closed_saved_cb, g_object_ref (self));
  return GDK_EVENT_STOP;
}

/* Overrides ---------------------------------------------------------------- */

static void
aw_compose_window_dispose (GObject *object)
{
  AwComposeWindow *self = AW_COMPOSE_WINDOW (object);

  if (self->dossier != NULL)
    g_signal_handlers_disconnect_by_data (self->dossier, self);
  g_clear_object (&self->dossier);
  g_clear_object (&self->reviewer);
  g_clear_object (&self->ui);

  G_OBJECT_CLASS (aw_compose_window_parent_class)->dispose (object);
}

static void
aw_compose_window_finalize (GObject *object)
{
  AwComposeWindow *self = AW_COMPOSE_WINDOW (object);

  g_clear_object (&self->draft);
  g_clear_pointer (&self->templates, aw_templates_unref);
  g_clear_pointer (&self->findings, g_ptr_array_unref);
  g_clear_pointer (&self->in_time, aw_finding_free);
  g_free (self->signature);

  G_OBJECT_CLASS (aw_compose_window_parent_class)->finalize (object);
}

static void
aw_compose_window_class_init (AwComposeWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  static const struct
  {
    guint key;
    GdkModifierType modifiers;
    const char *action;
  } keys[] = {
    { GDK_KEY_p, GDK_CONTROL_MASK, "compose.print" },
    { GDK_KEY_a, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "compose.attach" },
    { GDK_KEY_k, GDK_CONTROL_MASK, "compose.article" },
    { GDK_KEY_t, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "compose.call-times" },
    { GDK_KEY_s, GDK_CONTROL_MASK, "compose.save" },
    { GDK_KEY_F9, 0, "compose.toggle-checks" },
    { GDK_KEY_F6, 0, "compose.next-pane" },
    { GDK_KEY_w, GDK_CONTROL_MASK, "window.close" },
  };
  static const char *const simple[] = {
    "compose.send", "compose.send-later", "compose.copy", "compose.mail-app", "compose.print", "compose.elsewhere",
    "compose.attach", "compose.article", "compose.call-times", "compose.manage-templates", "compose.show-checks",
  };

  G_OBJECT_CLASS (klass)->dispose = aw_compose_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = aw_compose_window_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = aw_compose_window_close_request;

  for (guint i = 0; i < G_N_ELEMENTS (simple); i++)
    gtk_widget_class_install_action (widget_class, simple[i], NULL, simple_action);
  aw_compose_install_field_actions (widget_class);
  gtk_widget_class_install_action (widget_class, "compose.add-account", NULL, add_account_action);
  gtk_widget_class_install_action (widget_class, "compose.template", NULL, template_action);
  aw_compose_install_check_actions (widget_class);
  gtk_widget_class_install_action (widget_class, "compose.save", NULL, save_action);
  gtk_widget_class_install_action (widget_class, "compose.delete", NULL, delete_action);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding_action (widget_class, keys[i].key, keys[i].modifiers, keys[i].action, NULL);
}

/* Before the editor sees them: it takes Return for a new line, whatever key is
 * held down with it, and F7 to show or hide its cursor. */
static void
aw_compose_window_init (AwComposeWindow *self)
{
  static const struct
  {
    guint key;
    GdkModifierType modifiers;
    const char *action;
  } keys[] = {
    { GDK_KEY_Return, GDK_CONTROL_MASK, "compose.send" },
    { GDK_KEY_KP_Enter, GDK_CONTROL_MASK, "compose.send" },
    { GDK_KEY_Return, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "compose.send-later" },
    { GDK_KEY_F7, 0, "compose.next-misspelling" },
  };
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller),
                                          gtk_shortcut_new (gtk_keyval_trigger_new (keys[i].key, keys[i].modifiers),
                                                            gtk_named_action_new (keys[i].action)));
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}

/* Public functions --------------------------------------------------------- */

/* Shows @message in a new window. */
void
aw_compose_load (AwComposeWindow *self,
                 AwUi *ui,
                 AwDossier *dossier,
                 AwMessage *message,
                 gboolean stored)
{
  AwEngine *engine = aw_ui_engine (ui);
  g_autofree char *title = NULL;
  AwPerson *person;

  self->ui = g_object_ref (ui);
  self->dossier = g_object_ref (dossier);
  self->draft = aw_draft_new (engine, message, stored);
  self->reviewer = aw_reviewer_new (engine, aw_dossier_get_id (dossier));
  self->templates = aw_compose_load_templates (engine, aw_dossier_get_opportunity (dossier));
  aw_compose_build (self);
  aw_compose_connect_pane (self, self->side_pane);
  aw_ui_attach (ui, GTK_WINDOW (self), ADW_TOAST_OVERLAY (self->overlay));

  aw_compose_update_from (self);
  aw_compose_set_text (self, message->subject, message->body);
  aw_compose_update_facts (self);
  person = aw_compose_person (self);
  title = person != NULL ? g_strdup_printf (_("%s to %s"), aw_compose_kind_title (message->kind), aw_person_get_short_name (person))
                         : g_strdup (aw_compose_kind_title (message->kind));
  gtk_window_set_title (GTK_WINDOW (self), title);

  g_signal_connect_object (self->template_popover, "show", G_CALLBACK (fill_templates_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->template_popover, "chosen", G_CALLBACK (template_chosen_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->template_popover, "manage", G_CALLBACK (manage_templates_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->subject, "insert-text", G_CALLBACK (subject_insert_cb), self, 0);
  g_signal_connect_object (self->subject, "changed", G_CALLBACK (aw_compose_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->view)), "changed", G_CALLBACK (aw_compose_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->view, "refused", G_CALLBACK (refused_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->draft, "notify::status", G_CALLBACK (status_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->reviewer, "reviewed", G_CALLBACK (aw_compose_update_findings), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (dossier, "changed", G_CALLBACK (dossier_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (aw_engine_get_accounts (engine), "items-changed", G_CALLBACK (aw_compose_update_from), self, G_CONNECT_SWAPPED);

  aw_window_watch_narrow (GTK_WINDOW (self), aw_compose_narrow_cb, self);
  aw_reviewer_set_message (self->reviewer, aw_compose_message (self));
}

AwMessage *
aw_compose_window_get_message (AwComposeWindow *self)
{
  aw_compose_sync (self);
  return aw_compose_message (self);
}
