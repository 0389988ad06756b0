/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/aw-person-dialog.h"

#include <glib/gi18n-lib.h>

#include "core/aw-form-person.h"
#include "core/aw-words.h"
#include "ui/aw-detail-private.h"

typedef struct
{
  AwPerson *person;
  AwInterview *interview; /* where they were met or may have been; NULL: none yet */
  int role;               /* index of main_roles */
  int first_role;
  gboolean decides;
  gboolean met;
  char *topics;
  char *can_do;
} Editing;

/* Who is but a decision maker has none of the other roles. */
static const AwRoles main_roles[] = {
  AW_ROLE_INTERVIEWER, AW_ROLE_HIRING_MANAGER, AW_ROLE_HR, AW_ROLE_RECRUITER, 0,
};

static void
editing_free (gpointer data)
{
  Editing *editing = data;

  g_free (editing->topics);
  g_free (editing->can_do);
  g_free (editing);
}

static char *
join (GPtrArray *pairs,
      const char *person)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; pairs != NULL && i < pairs->len; i++)
    {
      const AwPair *pair = g_ptr_array_index (pairs, i);

      if (g_strcmp0 (pair->person, person) == 0 && pair->text != NULL)
        g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", pair->text);
    }
  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}

static void
set_met (AwInterview *interview,
         const char *id,
         gboolean met)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  guint n = 0;

  if (aw_strv_has (interview->attendees, id) == met)
    return;
  for (char **other = interview->attendees; other != NULL && *other != NULL; other++)
    if (g_strcmp0 (*other, id) != 0)
      {
        g_strv_builder_add (builder, *other);
        n++;
      }
  if (met)
    g_strv_builder_add (builder, id);
  g_strfreev (interview->attendees);
  interview->attendees = n > 0 || met ? g_strv_builder_end (builder) : NULL;
}

static void
on_save (AwEditor *self G_GNUC_UNUSED,
         AwCommand *command G_GNUC_UNUSED,
         gpointer data)
{
  Editing *editing = data;
  AwRoles roles = aw_person_get_roles (editing->person);
  AwRoles others = editing->role == editing->first_role ? roles & ~AW_ROLE_DECISION_MAKER : main_roles[editing->role];

  others |= editing->decides ? AW_ROLE_DECISION_MAKER : 0;
  if (others != roles)
    aw_person_set_roles (editing->person, others);
  if (editing->interview == NULL)
    return;
  set_met (editing->interview, AW_ID (editing->person), editing->met);
  aw_detail_set_pairs (&editing->interview->topics, AW_ID (editing->person), editing->topics);
  aw_detail_set_pairs (&editing->interview->can_do, AW_ID (editing->person), editing->can_do);
}

static const char *
check (AwEditor *self G_GNUC_UNUSED,
       gpointer data)
{
  Editing *editing = data;

  if (editing->person->email != NULL && !aw_form_email_is_valid (editing->person->email))
    return _("This is not an e-mail address");
  return editing->person->name == NULL && editing->person->email == NULL ? "" : NULL;
}

static AwInterview *
choose_interview (AwDossier *dossier,
                  const char *person,
                  gint64 now)
{
  AwInterview *with = person != NULL ? aw_detail_interview_with (dossier, person) : NULL;
  AwInterview *last = aw_detail_last_interview (dossier, now);

  return with != NULL ? with : last != NULL ? last : aw_detail_next_interview (dossier, now);
}

static void
add_rows (AwEditor *editor,
          Editing *editing,
          gint64 now)
{
  const char *roles[G_N_ELEMENTS (main_roles)];

  for (guint i = 0; i < G_N_ELEMENTS (main_roles); i++)
    roles[i] = main_roles[i] != 0 ? aw_words_role (main_roles[i]) : _("None of these");
  aw_editor_group (editor, NULL, NULL);
  aw_editor_text (editor, _("Name"), &editing->person->name);
  aw_editor_text (editor, _("Title"), &editing->person->title);
  aw_editor_choice (editor, _("Role"), roles, G_N_ELEMENTS (roles), &editing->role);
  aw_editor_switch (editor, _("Decides"), _("Has the say in who gets the job"), &editing->decides);
  if (editing->interview != NULL)
    aw_editor_switch (editor, aw_interview_get_end (editing->interview) > now ? _("I will meet this person") : _("I met this person"), NULL, &editing->met);
  aw_editor_group (editor, NULL, NULL);
  aw_editor_text (editor, _("E-mail"), &editing->person->email);
  aw_editor_text (editor, _("Phone"), &editing->person->phone);
  aw_editor_text (editor, _("Time zone (Europe/Oslo)"), &editing->person->time_zone);
  if (editing->interview != NULL)
    {
      aw_editor_long_text (editor, _("You Talked About (One a Line)"), &editing->topics);
      aw_editor_long_text (editor, _("What You Could Do for Them"), &editing->can_do);
    }
  aw_editor_long_text (editor, _("Postal Address"), &editing->person->address);
}

/**
 * aw_person_dialog_present:
 * @ui: for the engine
 * @parent: where it comes up
 * @opportunity: id
 * @person: (nullable): id, %NULL or "": somebody new
 */
void
aw_person_dialog_present (AwUi *ui,
                          GtkWidget *parent,
                          const char *opportunity,
                          const char *person)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AwDossier) dossier = aw_engine_ref_dossier (aw_ui_engine (ui), opportunity, &error);
  gint64 now = aw_engine_now (aw_ui_engine (ui));
  AwPerson *before;
  AwInterview *interview;
  AwEditor *editor;
  Editing *editing;
  AwRoles roles;

  if (error != NULL)
    aw_ui_error (parent, error);
  if (dossier == NULL)
    return;
  before = person != NULL && *person != '\0' ? aw_dossier_find_person (dossier, person) : NULL;
  interview = choose_interview (dossier, before != NULL ? person : NULL, now);
  editor = aw_editor_new (ui, before != NULL ? _("Edit Person") : _("Add Person"), before != NULL ? _("_Save") : _("_Add"),
                          before != NULL ? _("Person changed") : _("Person added"));
  editing = g_new0 (Editing, 1);
  editing->person = before != NULL ? aw_editor_take (editor, before) : aw_editor_add (editor, AW_TYPE_PERSON, opportunity);
  roles = aw_person_get_roles (editing->person);
  editing->decides = (roles & AW_ROLE_DECISION_MAKER) != 0;
  editing->role = G_N_ELEMENTS (main_roles) - 1;
  for (guint i = G_N_ELEMENTS (main_roles) - 1; i-- > 0;)
    if (roles & main_roles[i])
      editing->role = i;
  editing->first_role = editing->role;
  if (interview != NULL)
    {
      editing->interview = aw_editor_take (editor, interview);
      /* Whoever is added was mostly there. */
      editing->met = before == NULL || aw_strv_has (interview->attendees, AW_ID (before));
      editing->topics = join (interview->topics, AW_ID (editing->person));
      editing->can_do = join (interview->can_do, AW_ID (editing->person));
    }
  add_rows (editor, editing, now);
  aw_editor_set_check (editor, check, editing);
  aw_editor_set_save (editor, on_save, editing, editing_free);
  aw_editor_present (editor, parent);
}
