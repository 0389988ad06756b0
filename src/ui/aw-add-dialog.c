/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/aw-add-dialog.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/aw-interview-form.h"
#include "core/aw-words.h"
#include "ui/aw-company-row.h"
#include "ui/aw-date-button.h"
#include "ui/aw-met-group.h"

#define WIDTH 480
#define HEIGHT 680

typedef enum
{
  PROMISED_WEEK,
  PROMISED_TWO_WEEKS,
  PROMISED_DATE,
  PROMISED_UNKNOWN,
  N_PROMISED,
} Promised;

/* The content of the dialog. */
#define AW_TYPE_ADD_FORM (aw_add_form_get_type ())
G_DECLARE_FINAL_TYPE (AwAddForm, aw_add_form, AW, ADD_FORM, AdwBin)

struct _AwAddForm
{
  AdwBin parent_instance;

  AwUi *ui;
  AwDossier *round_of; /* NULL: a new opportunity */
  char *known;         /* opportunity at the company that stands there, or NULL */
  gboolean adding;

  GtkWidget *page;
  GtkWidget *banner;
  GtkWidget *banner_label;
  GtkWidget *company;
  GtkWidget *role;
  GtkWidget *when;
  GtkWidget *met;
  GtkWidget *promised[N_PROMISED];
  GtkWidget *promised_date;
  GtkWidget *promised_group;
  GtkWidget *add;
};

G_DEFINE_FINAL_TYPE (AwAddForm, aw_add_form, ADW_TYPE_BIN)

static void
aw_add_form_dispose (GObject *object)
{
  AwAddForm *self = AW_ADD_FORM (object);

  g_clear_object (&self->round_of);
  g_clear_object (&self->ui);
  g_clear_pointer (&self->known, g_free);
  G_OBJECT_CLASS (aw_add_form_parent_class)->dispose (object);
}

static void
aw_add_form_class_init (AwAddFormClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = aw_add_form_dispose;
}

static void
aw_add_form_init (AwAddForm *self G_GNUC_UNUSED)
{
}

/* Values ------------------------------------------------------------------------ */

static AwCalendar *
calendar (AwAddForm *self)
{
  return aw_engine_get_calendar (aw_ui_engine (self->ui));
}

static AwDate
promised (AwAddForm *self)
{
  AwDate met = aw_date_button_get_date (AW_DATE_BUTTON (self->when));
  gboolean week = gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->promised[PROMISED_WEEK]));

  if (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->promised[PROMISED_DATE])))
    return aw_date_button_get_date (AW_DATE_BUTTON (self->promised_date));
  if (week || gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->promised[PROMISED_TWO_WEEKS])))
    return met == AW_DATE_NONE ? AW_DATE_NONE : met + (week ? 7 : 14);
  return AW_DATE_NONE;
}

static AwInterviewForm *
collect (AwAddForm *self)
{
  return aw_interview_form_new (gtk_editable_get_text (GTK_EDITABLE (self->company)),
                                gtk_editable_get_text (GTK_EDITABLE (self->role)),
                                aw_date_button_get_instant (AW_DATE_BUTTON (self->when)),
                                aw_met_group_get_people (AW_MET_GROUP (self->met)),
                                promised (self));
}

/* The company is known already -------------------------------------------------- */

static AwSummary *
find_known (AwAddForm *self)
{
  GListModel *summaries = aw_engine_get_summaries (aw_ui_engine (self->ui));
  g_autofree char *typed = g_utf8_casefold (gtk_editable_get_text (GTK_EDITABLE (self->company)), -1);
  AwSummary *best = NULL;

  g_strstrip (typed);
  if (*typed == '\0')
    return NULL;
  for (guint i = 0; i < g_list_model_get_n_items (summaries); i++)
    {
      g_autoptr (AwSummary) summary = g_list_model_get_item (summaries, i);
      g_autofree char *company = g_utf8_casefold (aw_summary_get_company (summary), -1);

      if (strcmp (g_strstrip (company), typed) == 0 &&
          (best == NULL || aw_summary_get_last_interview (summary) > aw_summary_get_last_interview (best)))
        best = summary; /* the list keeps it */
    }
  return best;
}

static void
update_banner (AwAddForm *self)
{
  AwSummary *known = self->round_of == NULL ? find_known (self) : NULL;
  g_autofree char *text = NULL;

  g_free (self->known);
  self->known = known != NULL ? g_strdup (aw_summary_get_id (known)) : NULL;
  if (known != NULL && aw_summary_get_last_interview (known) != AW_NEVER)
    {
      AwDate date = aw_calendar_date_of (calendar (self), NULL, aw_summary_get_last_interview (known));
      g_autofree char *day = aw_words_date (date);

      /* Translators: a company and a day */
      text = g_strdup_printf (_("You have an interview with %s on %s"), aw_summary_get_company (known), day);
    }
  else if (known != NULL)
    text = g_strdup_printf (_("You have recorded %s already"), aw_summary_get_company (known));
  if (text != NULL)
    aw_ui_label_set (self->banner_label, text);
  gtk_widget_set_visible (self->banner, text != NULL); /* it takes no room while it is not there */
  gtk_revealer_set_reveal_child (GTK_REVEALER (self->banner), text != NULL);
}

static void
on_changed (AwAddForm *self)
{
  g_autoptr (AwInterviewForm) form = collect (self);

  gtk_widget_set_sensitive (self->add, *aw_interview_form_get_company (form) != '\0' && !self->adding);
}

static void
on_company_changed (AwAddForm *self)
{
  update_banner (self);
  on_changed (self);
}

static void
on_open_known (AwAddForm *self)
{
  g_autofree char *known = g_strdup (self->known);
  GtkWindow *window = aw_ui_main_window (self->ui);

  if (known == NULL || window == NULL)
    return;
  aw_dialog_close (aw_dialog_get (GTK_WIDGET (self)));
  aw_ui_show_opportunity (GTK_WIDGET (window), known);
}

static void
become_round (AwAddForm *self,
              const char *opportunity)
{
  g_autoptr (GError) error = NULL;
  AwOpportunity *record;

  self->round_of = aw_engine_ref_dossier (aw_ui_engine (self->ui), opportunity, &error);
  if (error != NULL)
    aw_ui_error (GTK_WIDGET (aw_ui_main_window (self->ui)), error);
  if (self->round_of == NULL)
    return;
  record = aw_dossier_get_opportunity (self->round_of);
  gtk_editable_set_text (GTK_EDITABLE (self->company), record->company != NULL ? record->company : "");
  gtk_editable_set_text (GTK_EDITABLE (self->role), record->role != NULL ? record->role : "");
  gtk_widget_set_sensitive (self->company, FALSE);
  gtk_widget_set_sensitive (self->role, record->role == NULL);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->promised[PROMISED_UNKNOWN]), TRUE);
  aw_met_group_set_known (AW_MET_GROUP (self->met), self->round_of);
  aw_page_set_title (AW_PAGE (self->page), _("Add Round"), NULL);
  update_banner (self);
}

static void
on_add_round (AwAddForm *self)
{
  g_autofree char *known = g_strdup (self->known);

  if (known == NULL)
    return;
  become_round (self, known);
  aw_met_group_focus (AW_MET_GROUP (self->met));
}

static GtkWidget *
make_banner (AwAddForm *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *open = gtk_button_new_with_label (_("Open It"));
  GtkWidget *round = gtk_button_new_with_label (_("Add a Round"));

  self->banner_label = aw_ui_label (NULL, NULL);
  gtk_widget_add_css_class (box, "aw-banner");
  gtk_widget_add_css_class (box, "aw-inset");
  gtk_widget_set_halign (buttons, GTK_ALIGN_END);
  gtk_box_append (GTK_BOX (buttons), open);
  gtk_box_append (GTK_BOX (buttons), round);
  gtk_box_append (GTK_BOX (box), self->banner_label);
  gtk_box_append (GTK_BOX (box), buttons);
  g_signal_connect_object (open, "clicked", G_CALLBACK (on_open_known), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (round, "clicked", G_CALLBACK (on_add_round), self, G_CONNECT_SWAPPED);
  self->banner = gtk_revealer_new ();
  gtk_revealer_set_child (GTK_REVEALER (self->banner), box);
  gtk_widget_set_visible (self->banner, FALSE);
  return self->banner;
}

/* Adding ------------------------------------------------------------------------ */

typedef struct
{
  AwUi *ui;
  AwAddForm *form;
  char *opportunity;
} Adding;

static void
on_added (GtkWidget *widget,
          const GError *error,
          gpointer data)
{
  Adding *adding = data;
  GtkWidget *dialog = aw_dialog_get (GTK_WIDGET (adding->form));

  adding->form->adding = FALSE;
  if (error == NULL)
    {
      if (dialog != NULL)
        aw_dialog_close (dialog);
      if (aw_ui_get (widget) != NULL)
        aw_ui_show_opportunity (widget, adding->opportunity);
    }
  else if (dialog != NULL)
    on_changed (adding->form);
  g_object_unref (adding->form);
  g_object_unref (adding->ui);
  g_free (adding->opportunity);
  g_free (adding);
}

static void
on_add (AwAddForm *self)
{
  g_autoptr (AwInterviewForm) form = NULL;
  g_autoptr (AwCommand) command = NULL;
  g_autofree char *toast = NULL;
  GtkWindow *window = aw_ui_main_window (self->ui);
  Adding *adding;

  /* Who was typed but not yet entered was met too. */
  if (self->adding || window == NULL || !aw_met_group_commit (AW_MET_GROUP (self->met)))
    return;
  form = collect (self);
  if (aw_interview_form_get_n_problems (form) > 0)
    {
      const AwFormProblem *problem = aw_interview_form_get_problem (form, 0);

      if (problem->field == AW_FORM_WHEN)
        gtk_widget_grab_focus (self->when);
      else if (problem->field == AW_FORM_COMPANY)
        gtk_widget_grab_focus (self->company);
      else
        aw_met_group_focus (AW_MET_GROUP (self->met));
      return;
    }
  self->adding = TRUE;
  gtk_widget_set_sensitive (self->add, FALSE);
  adding = g_new0 (Adding, 1);
  adding->ui = g_object_ref (self->ui);
  adding->form = g_object_ref (self);
  command = aw_interview_form_to_command (form, calendar (self), self->round_of, &adding->opportunity);
  toast = aw_interview_form_toast (form, calendar (self), aw_engine_now (aw_ui_engine (self->ui)));
  aw_ui_run_with_toast (GTK_WIDGET (window), command, toast, on_added, adding);
}

static gboolean
on_add_key (GtkWidget *widget G_GNUC_UNUSED,
            GVariant *args G_GNUC_UNUSED,
            gpointer data)
{
  on_add (data);
  return TRUE;
}

static void
on_cancel (AwAddForm *self)
{
  aw_dialog_close (aw_dialog_get (GTK_WIDGET (self)));
}

/* Making ------------------------------------------------------------------------ */

static void
on_promised_toggled (AwAddForm *self)
{
  gboolean date = gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->promised[PROMISED_DATE]));

  gtk_widget_set_visible (self->promised_group, date);
  on_changed (self);
}

static GtkWidget *
make_promised (AwAddForm *self)
{
  const char *labels[] = { _("1 Week"), _("2 Weeks"), _("On a Date…"), _("Don’t Know") };
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_widget_add_css_class (box, "linked");
  gtk_box_set_homogeneous (GTK_BOX (box), TRUE);
  for (guint i = 0; i < N_PROMISED; i++)
    {
      GtkWidget *label = gtk_label_new (labels[i]);

      gtk_label_set_wrap (GTK_LABEL (label), TRUE); /* four in a narrow window */
      gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
      self->promised[i] = gtk_toggle_button_new ();
      gtk_button_set_child (GTK_BUTTON (self->promised[i]), label);
      gtk_widget_add_css_class (self->promised[i], "text-button");
      gtk_widget_add_css_class (self->promised[i], "aw-toggle");
      gtk_widget_set_tooltip_text (self->promised[i], labels[i]);
      aw_ui_set_name (self->promised[i], labels[i]);
      if (i > 0)
        gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (self->promised[i]), GTK_TOGGLE_BUTTON (self->promised[0]));
      g_signal_connect_object (self->promised[i], "toggled", G_CALLBACK (on_promised_toggled), self, G_CONNECT_SWAPPED);
      gtk_box_append (GTK_BOX (box), self->promised[i]);
    }
  return box;
}

static GtkWidget *
make_when (AwAddForm *self)
{
  AwEngine *engine = aw_ui_engine (self->ui);
  gint64 now = aw_engine_now (engine);
  GtkWidget *row;

  self->when = aw_date_button_new (_("When"), calendar (self), now, TRUE, FALSE);
  aw_date_button_set_instant (AW_DATE_BUTTON (self->when), aw_interview_form_default_start (calendar (self), now));
  g_signal_connect_object (self->when, "changed", G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
  row = aw_date_row_new (_("When"), self->when);
  gtk_widget_set_focusable (row, FALSE); /* Tab goes to the button at once */
  return row;
}

static GtkWidget *
make_content (AwAddForm *self)
{
  AwEngine *engine = aw_ui_engine (self->ui);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 24);
  GtkWidget *first = aw_ui_group (NULL, NULL);
  GtkWidget *last = aw_ui_group (_("When Will They Decide?"), NULL);
  GtkWidget *foot = gtk_label_new (_("You can fill in the rest later."));
  GtkWidget *row;

  self->company = aw_company_row_new (_("Company"), aw_engine_get_summaries (engine));
  self->role = adw_entry_row_new ();
  aw_ui_row_set (self->role, _("Role"), NULL);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (first), self->company);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (first), self->role);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (first), make_when (self));
  self->met = aw_met_group_new ();
  g_signal_connect_object (self->company, "changed", G_CALLBACK (on_company_changed), self, G_CONNECT_SWAPPED);

  adw_preferences_group_add (ADW_PREFERENCES_GROUP (last), make_promised (self));
  self->promised_date = aw_date_button_new (_("They decide by"), calendar (self), aw_engine_now (engine), FALSE, TRUE);
  row = aw_date_row_new (_("They decide by"), self->promised_date);
  gtk_widget_set_focusable (row, FALSE);
  self->promised_group = aw_ui_group (NULL, NULL);
  gtk_widget_set_margin_top (self->promised_group, 12);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->promised_group), row);
  gtk_widget_set_visible (self->promised_group, FALSE);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (last), self->promised_group);

  gtk_label_set_wrap (GTK_LABEL (foot), TRUE);
  gtk_widget_add_css_class (foot, "aw-caption");
  gtk_box_append (GTK_BOX (box), make_banner (self));
  gtk_box_append (GTK_BOX (box), first);
  gtk_box_append (GTK_BOX (box), self->met);
  gtk_box_append (GTK_BOX (box), last);
  gtk_box_append (GTK_BOX (box), foot);
  return box;
}

static AwAddForm *
make_form (AwUi *ui)
{
  AwAddForm *self = g_object_new (AW_TYPE_ADD_FORM, NULL);
  GtkWidget *cancel = gtk_button_new_with_mnemonic (_("_Cancel"));
  GtkEventController *shortcuts = gtk_shortcut_controller_new ();

  self->ui = g_object_ref (ui);
  self->add = gtk_button_new_with_mnemonic (_("_Add"));
  gtk_widget_add_css_class (self->add, "suggested-action");
  gtk_widget_set_sensitive (self->add, FALSE);
  self->page = aw_page_new (_("Add Interview"), NULL);
  aw_page_set_content (AW_PAGE (self->page), aw_ui_scrolled_clamp (make_content (self)));
  aw_page_set_show_window_buttons (AW_PAGE (self->page), FALSE);
  adw_header_bar_pack_start (aw_page_get_header (AW_PAGE (self->page)), cancel);
  adw_header_bar_pack_end (aw_page_get_header (AW_PAGE (self->page)), self->add);
  adw_bin_set_child (ADW_BIN (self), self->page);
  g_signal_connect_object (cancel, "clicked", G_CALLBACK (on_cancel), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->add, "clicked", G_CALLBACK (on_add), self, G_CONNECT_SWAPPED);
  gtk_event_controller_set_propagation_phase (shortcuts, GTK_PHASE_CAPTURE);
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (shortcuts),
                                        gtk_shortcut_new (gtk_shortcut_trigger_parse_string ("<Control>Return|<Control>KP_Enter"),
                                                          gtk_callback_action_new (on_add_key, self, NULL)));
  gtk_widget_add_controller (GTK_WIDGET (self), shortcuts);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->promised[PROMISED_UNKNOWN]), TRUE);
  return self;
}

/**
 * aw_add_dialog_present:
 * @ui: for the engine
 * @parent: where it comes up
 *
 * Add Interview: the company suffices.
 */
void
aw_add_dialog_present (AwUi *ui,
                       GtkWidget *parent)
{
  aw_add_dialog_present_round (ui, parent, NULL);
}

void
aw_add_dialog_present_round (AwUi *ui,
                             GtkWidget *parent,
                             const char *opportunity)
{
  GtkWidget *dialog = aw_dialog_new (opportunity != NULL ? _("Add Round") : _("Add Interview"), WIDTH, HEIGHT);
  AwAddForm *form = make_form (ui);

  aw_dialog_set_child (dialog, GTK_WIDGET (form));
  if (opportunity != NULL)
    become_round (form, opportunity);
  aw_dialog_set_focus (dialog, opportunity != NULL ? form->when : form->company);
  aw_dialog_present (dialog, parent);
}
