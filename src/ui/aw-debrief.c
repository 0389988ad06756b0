/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/aw-debrief.h"

#include <glib/gi18n-lib.h>

#include "core/aw-words.h"
#include "ui/aw-detail-private.h"
#include "ui/aw-person-dialog.h"

/* After the interview: what fades by tomorrow. Each answer is kept as it is
 * given; Done says that there is no more to come (R2). */

typedef struct
{
  AwUi *ui;
  AwDossier *dossier;
  AwInterview *interview; /* the copy */
  GtkWidget *people; /* weak: NULL once the dialog is closed */
  GtkWidget *steps;  /* weak */
  gulong handler;
} Debrief;

static void
debrief_free (gpointer data)
{
  Debrief *self = data;

  g_clear_signal_handler (&self->handler, self->dossier);
  g_clear_weak_pointer (&self->people);
  g_clear_weak_pointer (&self->steps);
  g_clear_object (&self->dossier);
  g_clear_object (&self->ui);
  g_free (self);
}

static void
on_person (GtkWidget *row,
           Debrief *self)
{
  aw_person_dialog_present (self->ui, row, aw_dossier_get_id (self->dossier), g_object_get_data (G_OBJECT (row), "id"));
}

static void
on_step (GtkWidget *row,
         Debrief *self)
{
  aw_edit_step (self->ui, row, self->dossier, g_object_get_data (G_OBJECT (row), "id"));
}

static void
add_row (GtkWidget *section,
         const char *title,
         const char *text,
         const char *icon,
         const char *id,
         GCallback callback,
         Debrief *self)
{
  GtkWidget *row = aw_detail_row (title, text, NULL, NULL);
  GtkWidget *image = g_object_new (GTK_TYPE_IMAGE, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, "icon-name", icon, NULL);

  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), "id", g_strdup (id), g_free);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), image);
  g_signal_connect (row, "activated", callback, self);
  aw_section_add (AW_SECTION (section), row);
}

/* What is still to be written down about somebody. */
static char *
about (Debrief *self,
       AwPerson *person)
{
  g_autofree char *topics = aw_detail_topics (self->dossier, AW_ID (person), ", ");
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *roles = aw_words_roles (person);

  g_string_append (text, roles);
  if (person->email == NULL)
    g_string_append_printf (text, " · %s", _("no e-mail address yet"));
  g_string_append_c (text, '\n');
  if (*topics != '\0')
    g_string_append_printf (text, _("Talked about %s"), topics);
  else
    g_string_append (text, _("What did you talk about? What could you do for them?"));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
fill (Debrief *self)
{
  /* The last answer is stored after the dialog has gone. */
  if (self->people == NULL || self->steps == NULL)
    return;
  aw_section_begin (AW_SECTION (self->people));
  AW_RECORDS_FOREACH (AwPerson, person, aw_dossier_get_list (self->dossier, AW_RECORD_PERSON))
    {
      g_autofree char *text = about (self, person);

      add_row (self->people, *aw_person_get_short_name (person) != '\0' ? aw_person_get_short_name (person) : _("Unnamed"), text,
               "go-next-symbolic", AW_ID (person), G_CALLBACK (on_person), self);
    }
  add_row (self->people, _("Add Person"), _("Deciders you did not meet, too"), "list-add-symbolic", NULL, G_CALLBACK (on_person), self);
  aw_section_end (AW_SECTION (self->people));

  aw_section_begin (AW_SECTION (self->steps));
  AW_RECORDS_FOREACH (AwStep, step, aw_dossier_get_list (self->dossier, AW_RECORD_STEP))
    if (!aw_instant_is_set (step->done_at))
      add_row (self->steps, step->title != NULL ? step->title : aw_words_step_kind (step->kind), NULL, "go-next-symbolic", AW_ID (step), G_CALLBACK (on_step), self);
  add_row (self->steps, _("Add What You Promised"), _("Tests, references, something to send"), "list-add-symbolic", NULL, G_CALLBACK (on_step), self);
  aw_section_end (AW_SECTION (self->steps));
}

static void
on_save (AwEditor *editor,
         AwCommand *command G_GNUC_UNUSED,
         gpointer data)
{
  Debrief *self = data;
  AwEngine *engine = aw_ui_engine (self->ui);

  if (aw_editor_is_final (editor))
    self->interview->debriefed_at = aw_edit_instant (engine, aw_engine_now (engine));
}

static void
add_questions (AwEditor *editor,
               Debrief *self)
{
  const char *rapports[AW_RAPPORT_GREAT + 1];
  const char *leave[] = { _("Not asked"), _("Yes"), _("Yes, by e-mail"), _("Yes, by phone"), _("Rather not") };
  AwOpportunity *opportunity = aw_editor_take (editor, aw_dossier_get_opportunity (self->dossier));

  for (AwRapport rapport = AW_RAPPORT_UNKNOWN; rapport <= AW_RAPPORT_GREAT; rapport++)
    rapports[rapport] = aw_words_rapport (rapport);
  aw_editor_long_text (editor, _("What Did You Forget to Say?"), &self->interview->forgot);
  aw_editor_long_text (editor, _("What Did You Say Wrong?"), &self->interview->said_wrong);
  aw_editor_group (editor, _("When Will You Hear?"), NULL);
  aw_editor_date (editor, _("They decide by"), TRUE, &opportunity->promised_date);
  aw_editor_switch (editor, _("They were sure"), _("Off: they hoped so"), &opportunity->promise_firm);
  aw_editor_person (editor, _("Who said so"), self->dossier, _("Nobody in particular"), &opportunity->promised_by);
  aw_editor_choice (editor, _("You may follow up"), leave, G_N_ELEMENTS (leave), (int *) &opportunity->follow_up);
  aw_editor_date (editor, _("Not before"), TRUE, &opportunity->follow_up_after);
  aw_editor_group (editor, NULL, NULL);
  aw_editor_choice (editor, _("Rapport with the hiring manager"), rapports, G_N_ELEMENTS (rapports), (int *) &opportunity->rapport);
}

/**
 * aw_debrief_present:
 * @ui: for the engine
 * @parent: where it comes up
 * @opportunity: id
 * @interview: (nullable): id; %NULL or "": the last that ended, else the next
 */
void
aw_debrief_present (AwUi *ui,
                    GtkWidget *parent,
                    const char *opportunity,
                    const char *interview)
{
  AwEngine *engine = aw_ui_engine (ui);
  g_autoptr (GError) error = NULL;
  g_autoptr (AwDossier) dossier = aw_engine_ref_dossier (engine, opportunity, &error);
  AwInterview *about_which = NULL;
  AwEditor *editor;
  Debrief *self;

  if (error != NULL)
    aw_ui_error (parent, error);
  if (dossier == NULL)
    return;
  if (interview != NULL && *interview != '\0')
    about_which = aw_dossier_find (dossier, AW_RECORD_INTERVIEW, interview);
  if (about_which == NULL)
    about_which = aw_detail_last_interview (dossier, aw_engine_now (engine));
  if (about_which == NULL)
    about_which = aw_detail_next_interview (dossier, aw_engine_now (engine));
  if (about_which == NULL)
    {
      aw_ui_toast (parent, _("There is no interview yet"));
      return;
    }
  editor = aw_editor_new (ui, _("After the Interview"), _("_Done"), _("Interview written down"));
  self = g_new0 (Debrief, 1);
  self->ui = g_object_ref (ui);
  self->dossier = g_steal_pointer (&dossier);
  self->interview = aw_editor_take (editor, about_which);
  g_set_weak_pointer (&self->people, aw_section_new (_("Who Was There?")));
  g_set_weak_pointer (&self->steps, aw_section_new (_("What Comes Next?")));
  gtk_box_append (GTK_BOX (aw_editor_get_content (editor)), self->people);
  add_questions (editor, self);
  gtk_box_append (GTK_BOX (aw_editor_get_content (editor)), self->steps);
  fill (self);
  self->handler = g_signal_connect_swapped (self->dossier, "changed", G_CALLBACK (fill), self);
  aw_editor_set_live (editor, _("_Later"));
  aw_editor_set_save (editor, on_save, self, debrief_free);
  aw_editor_present (editor, parent);
}
