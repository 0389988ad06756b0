/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/aw-compose-window-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "ui/aw-compose-dialogs.h"
#include "ui/aw-compose-pane.h"
#include "ui/aw-compose-start.h"

/* The checks beside the text: what the review found, in the side pane, in the
 * dialog of a narrow window, and underlined in the text. */

static void
update_pane (AwComposeWindow *self,
             GtkWidget *pane)
{
  AwEngine *engine = aw_ui_engine (self->ui);
  AwMessage *message = aw_compose_message (self);
  AwTemplateFacts facts = aw_compose_template_facts (engine, self->dossier, message, self->signature);
  gboolean asks = message->kind == AW_TOUCH_CHECK_IN || message->kind == AW_TOUCH_ESCALATION || message->kind == AW_TOUCH_CALL;
  g_auto (GStrv) questions = asks ? aw_templates_get_questions (self->templates, &facts) : NULL;

  aw_compose_pane_set_facts (AW_COMPOSE_PANE (pane), self->dossier, message->person, (const char *const *) questions,
                             aw_engine_get_calendar (engine));
  if (self->findings != NULL)
    aw_compose_pane_set_findings (AW_COMPOSE_PANE (pane), self->findings);
}

static gboolean
is_misspelling (const AwFinding *finding)
{
  return finding->severity != AW_SEVERITY_OK && finding->start >= 0 && strcmp (finding->id, "M12") == 0;
}

/* What is underlined: what needs a look, and words that are misspelt. The
 * passages of M1 are for Compare. */
static gboolean
is_marked (const AwFinding *finding)
{
  return finding->start >= 0 && !finding->in_subject && strcmp (finding->id, "M1") != 0 &&
         (finding->severity >= AW_SEVERITY_WARNING || is_misspelling (finding));
}

void
aw_compose_update_findings (AwComposeWindow *self)
{
  AwEngine *engine = aw_ui_engine (self->ui);
  GPtrArray *reviewed = aw_reviewer_get_findings (self->reviewer);
  AwMessage *message = aw_compose_message (self);
  g_autoptr (GArray) spans = g_array_new (FALSE, FALSE, sizeof (int));
  g_autofree char *summary = NULL;
  gboolean needs_look;

  g_clear_pointer (&self->findings, g_ptr_array_unref);
  g_clear_pointer (&self->in_time, aw_finding_free);
  self->findings = g_ptr_array_new ();
  self->in_time = aw_check_in_time (self->dossier, message->person, message->kind, aw_engine_get_policy (engine), aw_engine_now (engine));
  if (self->in_time != NULL)
    g_ptr_array_add (self->findings, self->in_time);
  for (guint i = 0; reviewed != NULL && i < reviewed->len; i++)
    {
      AwFinding *finding = g_ptr_array_index (reviewed, i);

      g_ptr_array_add (self->findings, finding);
      if (is_marked (finding))
        {
          g_array_append_val (spans, finding->start);
          g_array_append_val (spans, finding->end);
        }
    }

  aw_message_view_mark (AW_MESSAGE_VIEW (self->view), (const int *) spans->data, spans->len / 2);
  aw_compose_pane_set_findings (AW_COMPOSE_PANE (self->side_pane), self->findings);
  if (self->dialog_pane != NULL)
    aw_compose_pane_set_findings (AW_COMPOSE_PANE (self->dialog_pane), self->findings);

  summary = aw_checks_list_summarize (self->findings, &needs_look);
  gtk_label_set_text (GTK_LABEL (self->summary), summary);
  gtk_image_set_from_icon_name (GTK_IMAGE (self->summary_icon), needs_look ? "dialog-warning-symbolic" : "emblem-ok-symbolic");
  gtk_widget_remove_css_class (self->summary_icon, needs_look ? "success" : "warning");
  gtk_widget_add_css_class (self->summary_icon, needs_look ? "warning" : "success");
}

/* What the pane asks for --------------------------------------------------- */

static void
show_finding_cb (AwComposeWindow *self,
                 AwFinding *finding)
{
  if (self->dialog != NULL)
    aw_dialog_close (self->dialog);
  if (finding->in_subject)
    {
      gtk_widget_grab_focus (self->subject);
      gtk_editable_select_region (GTK_EDITABLE (self->subject), finding->start, finding->end);
    }
  else
    aw_message_view_select (AW_MESSAGE_VIEW (self->view), finding->start, finding->end);
}

static void
compare_cb (AwComposeWindow *self,
            AwFinding *finding)
{
  aw_compose_compare (self, finding);
}

static void
insert_cb (AwComposeWindow *self,
           const char *text,
           gboolean question)
{
  AwMessage *message = aw_compose_message (self);

  if (self->dialog != NULL)
    aw_dialog_close (self->dialog);
  aw_message_view_insert (AW_MESSAGE_VIEW (self->view), text, FALSE);
  if (!question)
    return;

  /* Sending marks my own questions as asked. */
  AW_RECORDS_FOREACH (AwQuestion, mine, aw_dossier_get_list (self->dossier, AW_RECORD_QUESTION))
  if (g_strcmp0 (mine->text, text) == 0 && !aw_strv_has (message->questions, AW_ID (mine)))
    {
      g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

      if (message->questions != NULL)
        g_strv_builder_addv (builder, (const char **) message->questions);
      g_strv_builder_add (builder, AW_ID (mine));
      g_strfreev (message->questions);
      message->questions = g_strv_builder_end (builder);
      aw_compose_changed (self);
    }
}

/* Narrow and side pane ------------------------------------------------------ */

static void
update_layout (AwComposeWindow *self)
{
  gtk_widget_set_visible (self->side, !self->narrow && !self->side_hidden);
  gtk_widget_set_visible (self->tools, !self->narrow);
  gtk_widget_set_visible (self->template_button, !self->narrow);
  gtk_widget_set_visible (self->summary_bar, self->narrow || self->side_hidden);
}

void
aw_compose_narrow_cb (gboolean narrow,
                      gpointer data)
{
  AwComposeWindow *self = data;

  self->narrow = narrow;
  update_layout (self);
  if (self->draft != NULL)
    aw_compose_update_to (self);
}

static void
dialog_closed_cb (gpointer data)
{
  g_autoptr (AwComposeWindow) self = data;

  self->dialog = NULL;
  self->dialog_pane = NULL;
}

static void
dialog_send_cb (AwComposeWindow *self)
{
  aw_dialog_close (self->dialog);
  aw_compose_send (self);
}

void
aw_compose_connect_pane (AwComposeWindow *self,
                         GtkWidget *pane)
{
  g_signal_connect_object (pane, "show-finding", G_CALLBACK (show_finding_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (pane, "compare", G_CALLBACK (compare_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (pane, "later", G_CALLBACK (aw_compose_send_later), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (pane, "insert", G_CALLBACK (insert_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (pane, "add-topic", G_CALLBACK (aw_compose_add_topic), self, G_CONNECT_SWAPPED);
}

void
aw_compose_show_checks (AwComposeWindow *self)
{
  GtkWidget *page, *close, *send;

  if (!self->narrow)
    {
      self->side_hidden = FALSE;
      update_layout (self);
      return;
    }
  if (self->dialog != NULL)
    return;

  self->dialog = aw_dialog_new (_("Before You Send"), 400, 640);
  self->dialog_pane = aw_compose_pane_new ();
  aw_compose_connect_pane (self, self->dialog_pane);
  update_pane (self, self->dialog_pane);
  page = aw_page_new (_("Before You Send"), NULL);
  close = gtk_button_new_with_mnemonic (_("_Close"));
  send = gtk_button_new_with_mnemonic (_("_Send"));
  gtk_widget_add_css_class (send, "suggested-action");
  g_signal_connect_swapped (close, "clicked", G_CALLBACK (aw_dialog_close), self->dialog);
  g_signal_connect_object (send, "clicked", G_CALLBACK (dialog_send_cb), self, G_CONNECT_SWAPPED);
  aw_page_set_show_window_buttons (AW_PAGE (page), FALSE);
  adw_header_bar_pack_start (aw_page_get_header (AW_PAGE (page)), close);
  adw_header_bar_pack_end (aw_page_get_header (AW_PAGE (page)), send);
  aw_page_set_content (AW_PAGE (page), aw_ui_scrolled_clamp (self->dialog_pane));
  aw_dialog_set_child (self->dialog, page);
  aw_dialog_on_closed (self->dialog, dialog_closed_cb, g_object_ref (self));
  aw_dialog_present (self->dialog, GTK_WIDGET (self));
}

/* Keys --------------------------------------------------------------------- */

static void
toggle_checks_action (GtkWidget *widget,
                      G_GNUC_UNUSED const char *action,
                      G_GNUC_UNUSED GVariant *target)
{
  AwComposeWindow *self = AW_COMPOSE_WINDOW (widget);

  if (self->narrow)
    {
      if (self->dialog != NULL)
        aw_dialog_close (self->dialog);
      else
        aw_compose_show_checks (self);
      return;
    }
  self->side_hidden = !self->side_hidden;
  update_layout (self);
}

/* F7: the next misspelt word after the last one shown. */
static void
next_misspelling_action (GtkWidget *widget,
                         G_GNUC_UNUSED const char *action,
                         G_GNUC_UNUSED GVariant *target)
{
  AwComposeWindow *self = AW_COMPOSE_WINDOW (widget);
  AwFinding *first = NULL, *next = NULL;

  for (guint i = 0; self->findings != NULL && i < self->findings->len; i++)
    {
      AwFinding *finding = g_ptr_array_index (self->findings, i);

      if (!is_misspelling (finding))
        continue;
      if (first == NULL)
        first = finding;
      if (next == NULL && finding->start > self->last_misspelling)
        next = finding;
    }
  if (next == NULL)
    next = first;
  if (next == NULL)
    return;
  self->last_misspelling = next->start;
  show_finding_cb (self, next);
}

static gboolean
holds_focus (GtkWidget *window,
             GtkWidget *part)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (window));

  return focus != NULL && (focus == part || gtk_widget_is_ancestor (focus, part));
}

/* F6: text, checks, header. */
static void
next_pane_action (GtkWidget *widget,
                  G_GNUC_UNUSED const char *action,
                  G_GNUC_UNUSED GVariant *target)
{
  AwComposeWindow *self = AW_COMPOSE_WINDOW (widget);

  if (holds_focus (widget, self->view) && gtk_widget_get_visible (self->side))
    {
      if (gtk_widget_child_focus (self->side, GTK_DIR_TAB_FORWARD))
        return;
    }
  if (holds_focus (widget, self->side) || holds_focus (widget, self->view))
    gtk_widget_grab_focus (self->send);
  else
    gtk_widget_grab_focus (self->view);
}

/* Public functions --------------------------------------------------------- */

/* The topics and questions beside the text, in the window and in the dialog. */
void
aw_compose_update_panes (AwComposeWindow *self)
{
  update_pane (self, self->side_pane);
  if (self->dialog_pane != NULL)
    update_pane (self, self->dialog_pane);
}

void
aw_compose_install_check_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "compose.toggle-checks", NULL, toggle_checks_action);
  gtk_widget_class_install_action (widget_class, "compose.next-pane", NULL, next_pane_action);
  gtk_widget_class_install_action (widget_class, "compose.next-misspelling", NULL, next_misspelling_action);
}
