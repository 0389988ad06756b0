/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/aw-templates-page.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/aw-words.h"
#include "ui/aw-compose-start.h"

/* One page with two views: the list, and the editor of one template. Owned by
 * its stack. */
typedef struct
{
  AwUi *ui;
  GtkWidget *page;
  GtkWidget *stack;
  GtkWidget *list_box;
  GtkWidget *restore;
  GtkWidget *back;
  GtkWidget *add;

  GtkWidget *name;
  GtkWidget *kind;
  GtkWidget *subject;
  GtkWidget *body;
  GtkWidget *preview;
  GtkWidget *reset;
  GtkWidget *remove;

  AwTemplates *templates;
  AwTemplate *template_; /* the one in the editor */
  AwDossier *sample;     /* for the preview, NULL: nothing recorded yet */
  char *sample_person;
  gboolean loading;
} Page;

/* The user's record for @id, NULL: none. */
static AwTemplate *
load_own (Page *self,
          const char *id)
{
  return (AwTemplate *) aw_database_load_record (aw_engine_get_database (aw_ui_engine (self->ui)), AW_RECORD_TEMPLATE, id, NULL);
}

/* Preview ------------------------------------------------------------------ */

/* Real names say more than made-up ones: those of the latest interview. */
static void
find_sample (Page *self)
{
  AwEngine *engine = aw_ui_engine (self->ui);
  GListModel *summaries = aw_engine_get_summaries (engine);

  for (guint i = 0; i < g_list_model_get_n_items (summaries) && self->sample == NULL; i++)
    {
      g_autoptr (AwSummary) summary = g_list_model_get_item (summaries, i);
      g_autoptr (AwDossier) dossier = aw_engine_ref_dossier (engine, aw_summary_get_id (summary), NULL);
      AwRecordList *people = dossier != NULL ? aw_dossier_get_list (dossier, AW_RECORD_PERSON) : NULL;

      if (people == NULL || aw_record_list_get_length (people) == 0)
        continue;
      self->sample_person = g_strdup (AW_ID (aw_record_list_peek (people, 0)));
      self->sample = g_steal_pointer (&dossier);
    }
}

static char *
get_body (Page *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->body));
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, TRUE);
}

static void
update_preview (Page *self)
{
  AwEngine *engine = aw_ui_engine (self->ui);
  g_autoptr (AwAccount) account = aw_compose_find_account (engine, NULL);
  g_autofree char *signature = aw_compose_dup_signature (engine, account);
  g_autofree char *body = get_body (self);
  AwTemplateFacts facts = {
    .dossier = self->sample, .person = self->sample_person, .calendar = aw_engine_get_calendar (engine),
    .now = aw_engine_now (engine), .signature = signature,
  };
  g_autofree char *subject = NULL;
  g_autofree char *filled = NULL;
  g_autofree char *text = NULL;

  if (self->sample == NULL)
    {
      gtk_label_set_text (GTK_LABEL (self->preview), body);
      return;
    }
  subject = aw_templates_fill_text (self->templates, gtk_editable_get_text (GTK_EDITABLE (self->subject)), &facts);
  filled = aw_templates_fill_text (self->templates, body, &facts);
  text = g_strdup_printf ("%s\n\n%s", subject, filled);
  gtk_label_set_text (GTK_LABEL (self->preview), text);
}

static void
changed_cb (Page *self)
{
  if (!self->loading)
    update_preview (self);
}

/* List --------------------------------------------------------------------- */

static void edit (Page *self, AwTemplate *template_);

static void
row_cb (Page *self,
        GtkListBoxRow *row)
{
  edit (self, g_object_get_data (G_OBJECT (row), "aw-template"));
}

static void
fill_list (Page *self)
{
  AwEngine *engine = aw_ui_engine (self->ui);
  AwTouchKind kind = AW_TOUCH_UNSET;
  GtkWidget *list = NULL;
  GtkWidget *child;

  g_clear_pointer (&self->templates, aw_templates_unref);
  self->templates = aw_compose_load_templates (engine, NULL);
  while ((child = gtk_widget_get_first_child (self->list_box)) != NULL)
    gtk_box_remove (GTK_BOX (self->list_box), child);

  for (AwTouchKind each = AW_TOUCH_THANK_YOU; each <= AW_TOUCH_OTHER; each++)
    for (guint i = 0; i < aw_templates_get_length (self->templates); i++)
      {
        AwTemplate *template_ = aw_templates_get (self->templates, i);
        AwTemplate *builtin = aw_templates_find_builtin (self->templates, AW_ID (template_));
        GtkWidget *row;

        if (template_->kind != each)
          continue;
        if (kind != each)
          {
            kind = each;
            list = aw_ui_boxed_list ();
            g_signal_connect_swapped (list, "row-activated", G_CALLBACK (row_cb), self);
            gtk_box_append (GTK_BOX (self->list_box), aw_ui_heading (aw_words_touch_kind (each)));
            gtk_box_append (GTK_BOX (self->list_box), list);
          }
        row = aw_ui_action_row (template_->name != NULL && *template_->name != '\0' ? template_->name : _("Without a Name"),
                                builtin == NULL ? _("Your own") : builtin != template_ ? _("Changed by you") : NULL);
        gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
        adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
        g_object_set_data_full (G_OBJECT (row), "aw-template", g_object_ref (template_), g_object_unref);
        gtk_list_box_append (GTK_LIST_BOX (list), row);
      }
  gtk_widget_set_visible (self->restore, aw_templates_get_n_hidden (self->templates) > 0);
}

static void
show_list (Page *self)
{
  g_clear_object (&self->template_);
  fill_list (self);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "list");
  gtk_widget_set_visible (self->back, FALSE);
  gtk_widget_set_visible (self->add, TRUE);
  aw_page_set_title (AW_PAGE (self->page), _("Templates"), NULL);
}

/* Commands ----------------------------------------------------------------- */

static void
restore_cb (Page *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) own = aw_database_load_kind (aw_engine_get_database (aw_ui_engine (self->ui)), AW_RECORD_TEMPLATE, &error);
  g_autoptr (AwCommand) command = aw_command_new (_("Templates are back"));

  for (guint i = 0; own != NULL && i < own->len; i++)
    {
      AwTemplate *template_ = g_ptr_array_index (own, i);

      if (template_->body == NULL)
        aw_command_remove (command, template_);
    }
  aw_ui_run (self->page, command, NULL, NULL);
}

/* What is in the editor, if it differs from what is stored or shipped. */
static void
save (Page *self)
{
  g_autoptr (AwTemplate) own = NULL;
  g_autoptr (AwTemplate) after = NULL;
  g_autoptr (AwCommand) command = aw_command_new (_("Template saved"));
  AwTemplate *builtin;
  g_autofree char *body = NULL;

  if (self->template_ == NULL)
    return;
  body = get_body (self);
  after = aw_record_edit (self->template_);
  g_free (after->name);
  after->name = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name)));
  g_free (after->subject);
  after->subject = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->subject)));
  g_free (after->body);
  after->body = g_strdup (body);
  after->kind = AW_TOUCH_THANK_YOU + adw_combo_row_get_selected (ADW_COMBO_ROW (self->kind));
  if (aw_record_equal (AW_RECORD (self->template_), AW_RECORD (after)))
    return;

  own = load_own (self, AW_ID (after));
  builtin = aw_templates_find_builtin (self->templates, AW_ID (after));
  if (own == NULL)
    {
      AW_RECORD (after)->position = 0;
      aw_command_add (command, after);
    }
  else if (builtin != NULL && g_strcmp0 (builtin->name, after->name) == 0 && g_strcmp0 (builtin->subject, after->subject) == 0 &&
           g_strcmp0 (builtin->body, after->body) == 0 && builtin->kind == after->kind)
    aw_command_remove (command, own); /* typed back to what was shipped */
  else
    aw_command_change (command, own, after);
  aw_ui_run_quietly (self->page, command, NULL, NULL);
}

static void
committed_cb (GtkWidget *stack)
{
  Page *self = g_object_get_data (G_OBJECT (stack), "aw-templates");

  if (self->template_ == NULL)
    fill_list (self);
}

static void
back_cb (Page *self)
{
  save (self);
  show_list (self);
}

static void
reset_cb (Page *self)
{
  g_autoptr (AwTemplate) own = load_own (self, AW_ID (self->template_));
  g_autoptr (AwCommand) command = aw_command_new (_("Template reset"));

  if (own != NULL)
    {
      aw_command_remove (command, own);
      aw_ui_run (self->page, command, NULL, NULL);
    }
  show_list (self);
}

/* A built-in one is hidden by a record without a body; an own one goes. */
static void
remove_cb (Page *self)
{
  g_autoptr (AwTemplate) own = load_own (self, AW_ID (self->template_));
  g_autoptr (AwCommand) command = aw_command_new (_("Template deleted"));
  gboolean builtin = aw_templates_find_builtin (self->templates, AW_ID (self->template_)) != NULL;

  if (builtin)
    {
      g_autoptr (AwTemplate) hidden = aw_record_edit (own != NULL ? own : self->template_);

      g_clear_pointer (&hidden->body, g_free);
      if (own != NULL)
        aw_command_change (command, own, hidden);
      else
        aw_command_add (command, hidden);
    }
  else if (own != NULL)
    aw_command_remove (command, own);
  aw_ui_run (self->page, command, NULL, NULL);
  show_list (self);
}

static void
add_cb (Page *self)
{
  g_autoptr (AwTemplate) template_ = (AwTemplate *) aw_record_new (AW_TYPE_TEMPLATE, NULL);

  template_->kind = AW_TOUCH_THANK_YOU;
  template_->audience = g_strdup ("anyone");
  template_->language = g_strdup (aw_templates_get_language (self->templates));
  template_->body = g_strdup ("");
  edit (self, template_);
}

/* Editor ------------------------------------------------------------------- */

static void
edit (Page *self,
      AwTemplate *template_)
{
  AwTemplate *builtin = aw_templates_find_builtin (self->templates, AW_ID (template_));

  g_set_object (&self->template_, template_);
  self->loading = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->name), template_->name != NULL ? template_->name : "");
  gtk_editable_set_text (GTK_EDITABLE (self->subject), template_->subject != NULL ? template_->subject : "");
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->kind), template_->kind - AW_TOUCH_THANK_YOU);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->body)), template_->body != NULL ? template_->body : "", -1);
  self->loading = FALSE;
  gtk_widget_set_visible (self->reset, builtin != NULL && builtin != template_);
  update_preview (self);

  gtk_widget_set_visible (self->back, TRUE);
  gtk_widget_set_visible (self->add, FALSE);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "editor");
  aw_page_set_title (AW_PAGE (self->page), _("Edit Template"), NULL);
  gtk_widget_grab_focus (builtin == NULL ? self->name : self->body);
}

/* The names of facts are the same words that the file of templates uses. */
static void
placeholder_cb (GtkWidget *button,
                Page *self)
{
  gtk_text_buffer_insert_at_cursor (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->body)), gtk_button_get_label (GTK_BUTTON (button)), -1);
  gtk_widget_grab_focus (self->body);
}

static GtkWidget *
make_placeholders (Page *self)
{
  static const char *const shown[] = { "{first_name}", "{company}", "{role}", "{topic}", "{day_met}", "{date_promised}", "{my_deadline}", "{can_do}", "{signature}" };
  GtkWidget *flow = gtk_flow_box_new ();

  gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (flow), GTK_SELECTION_NONE);
  gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (flow), 6);
  gtk_flow_box_set_column_spacing (GTK_FLOW_BOX (flow), 6);
  gtk_flow_box_set_row_spacing (GTK_FLOW_BOX (flow), 6);
  for (guint i = 0; i < G_N_ELEMENTS (shown); i++)
    {
      GtkWidget *child = gtk_flow_box_child_new ();
      GtkWidget *button = gtk_button_new_with_label (shown[i]);

      gtk_widget_add_css_class (button, "aw-chip");
      g_signal_connect (button, "clicked", G_CALLBACK (placeholder_cb), self);
      gtk_flow_box_child_set_child (GTK_FLOW_BOX_CHILD (child), button);
      gtk_widget_set_focusable (child, FALSE);
      gtk_flow_box_append (GTK_FLOW_BOX (flow), child);
    }
  return flow;
}

/* Long words must not make a narrow window wider. */
static GtkWidget *
make_button (const char *label)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_label_set_ellipsize (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button))), PANGO_ELLIPSIZE_END);
  return button;
}

static GtkWidget *
make_editor (Page *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *group = aw_ui_group (NULL, NULL);
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autoptr (GtkStringList) kinds = gtk_string_list_new (NULL);

  for (AwTouchKind kind = AW_TOUCH_THANK_YOU; kind <= AW_TOUCH_OTHER; kind++)
    gtk_string_list_append (kinds, aw_words_contact_kind (kind));
  self->name = adw_entry_row_new ();
  aw_ui_row_set (self->name, _("Name"), NULL);
  self->kind = adw_combo_row_new ();
  aw_ui_row_set (self->kind, _("For"), NULL);
  adw_combo_row_set_model (ADW_COMBO_ROW (self->kind), G_LIST_MODEL (kinds));
  self->subject = adw_entry_row_new ();
  aw_ui_row_set (self->subject, _("Subject"), NULL);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->name);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->kind);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->subject);

  self->body = gtk_text_view_new ();
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (self->body), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (self->body), FALSE);
  gtk_text_view_set_left_margin (GTK_TEXT_VIEW (self->body), 12);
  gtk_text_view_set_right_margin (GTK_TEXT_VIEW (self->body), 12);
  gtk_text_view_set_top_margin (GTK_TEXT_VIEW (self->body), 12);
  gtk_text_view_set_bottom_margin (GTK_TEXT_VIEW (self->body), 12);
  gtk_widget_set_size_request (self->body, -1, 200);
  gtk_widget_add_css_class (self->body, "card");
  aw_ui_set_name (self->body, _("Text of the template"));

  self->preview = aw_ui_label (NULL, NULL);
  gtk_widget_set_margin_top (self->preview, 12);
  gtk_widget_set_margin_bottom (self->preview, 12);
  gtk_widget_set_margin_start (self->preview, 12);
  gtk_widget_set_margin_end (self->preview, 12);
  gtk_widget_add_css_class (card, "card");
  gtk_box_append (GTK_BOX (card), self->preview);

  self->reset = make_button (_("Reset to Default"));
  self->remove = make_button (_("Delete Template"));
  gtk_widget_add_css_class (self->remove, "destructive-action");
  g_signal_connect_swapped (self->reset, "clicked", G_CALLBACK (reset_cb), self);
  g_signal_connect_swapped (self->remove, "clicked", G_CALLBACK (remove_cb), self);
  g_signal_connect_swapped (self->subject, "changed", G_CALLBACK (changed_cb), self);
  g_signal_connect_swapped (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->body)), "changed", G_CALLBACK (changed_cb), self);
  gtk_widget_set_halign (buttons, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (buttons), self->reset);
  gtk_box_append (GTK_BOX (buttons), self->remove);

  gtk_box_append (GTK_BOX (box), group);
  gtk_box_append (GTK_BOX (box), self->body);
  gtk_box_append (GTK_BOX (box), make_placeholders (self));
  gtk_box_append (GTK_BOX (box), aw_ui_label (_("{words} are filled in. [words] ask you to fill in; a message with one left is stopped. [[words]] are left out where a fact is missing."), "aw-caption"));
  gtk_box_append (GTK_BOX (box), aw_ui_heading (_("Preview")));
  gtk_box_append (GTK_BOX (box), card);
  gtk_box_append (GTK_BOX (box), buttons);
  return aw_ui_scrolled_clamp (box);
}

static void
page_free (gpointer data)
{
  Page *self = data;

  g_clear_pointer (&self->templates, aw_templates_unref);
  g_clear_object (&self->template_);
  g_clear_object (&self->sample);
  g_free (self->sample_person);
  g_object_unref (self->ui);
  g_free (self);
}

/* Public functions --------------------------------------------------------- */

GtkWidget *
aw_templates_page_new (AwUi *ui)
{
  Page *self = g_new0 (Page, 1);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  self->ui = g_object_ref (ui);
  self->stack = gtk_stack_new ();
  self->page = aw_page_new (_("Templates"), self->stack);
  g_object_set_data_full (G_OBJECT (self->stack), "aw-templates", self, page_free);
  find_sample (self);

  self->back = make_button (_("All Templates"));
  self->add = aw_ui_icon_button ("list-add-symbolic", _("Add Template"));
  g_signal_connect_swapped (self->back, "clicked", G_CALLBACK (back_cb), self);
  g_signal_connect_swapped (self->add, "clicked", G_CALLBACK (add_cb), self);
  adw_header_bar_pack_start (aw_page_get_header (AW_PAGE (self->page)), self->back);
  adw_header_bar_pack_start (aw_page_get_header (AW_PAGE (self->page)), self->add);

  self->list_box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  self->restore = make_button (_("Bring Back Deleted Templates"));
  gtk_widget_set_halign (self->restore, GTK_ALIGN_CENTER);
  g_signal_connect_swapped (self->restore, "clicked", G_CALLBACK (restore_cb), self);
  gtk_box_append (GTK_BOX (box), self->list_box);
  gtk_box_append (GTK_BOX (box), self->restore);
  gtk_stack_add_named (GTK_STACK (self->stack), aw_ui_scrolled_clamp (box), "list");
  gtk_stack_add_named (GTK_STACK (self->stack), make_editor (self), "editor");

  g_signal_connect_object (aw_ui_engine (ui), "changed", G_CALLBACK (committed_cb), self->stack, G_CONNECT_SWAPPED);
  /* Leaving the page saves what was typed. */
  g_signal_connect_swapped (self->stack, "unmap", G_CALLBACK (save), self);
  show_list (self);
  return self->page;
}

void
aw_templates_present (AwUi *ui,
                      GtkWidget *parent)
{
  GtkWidget *dialog = aw_dialog_new (_("Templates"), 640, 640);

  aw_dialog_set_child (dialog, aw_templates_page_new (ui));
  aw_dialog_present (dialog, parent);
}
