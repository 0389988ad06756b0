/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "ui/aw-detail-private.h"

GtkWidget *
aw_detail_row (const char *title,
               const char *subtitle,
               const char *action,
               const char *target)
{
  GtkWidget *row = aw_ui_action_row (title, subtitle);

  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 3);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 4);
  if (action != NULL)
    {
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (row), action);
      if (target != NULL)
        gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", target);
    }
  else
    gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  return row;
}

GtkWidget *
aw_detail_row_menu (GtkWidget *row,
                    const char *label,
                    GMenuModel *menu)
{
  GtkWidget *button = aw_ui_menu_button ("view-more-symbolic", label, menu);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  if (ADW_IS_ACTION_ROW (row))
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  return button;
}

void
aw_detail_row_deletes (GtkWidget *row,
                       const char *action,
                       const char *target)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys),
                                        gtk_shortcut_new_with_arguments (gtk_shortcut_trigger_parse_string ("Delete|KP_Delete"),
                                                                         gtk_named_action_new (action), "s", target));
  gtk_widget_add_controller (row, keys);
}

void
aw_detail_menu_add (GMenu *menu,
                    const char *label,
                    const char *action,
                    const char *target)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target_value (item, action, target != NULL ? g_variant_new_string (target) : NULL);
  g_menu_append_item (menu, item);
}

/* Interviews ---------------------------------------------------------------------- */

static AwRecordList *
interviews (AwDossier *dossier)
{
  return aw_dossier_get_list (dossier, AW_RECORD_INTERVIEW);
}

AwInterview *
aw_detail_last_interview (AwDossier *dossier,
                          gint64 now)
{
  AwInterview *last = NULL;

  AW_RECORDS_FOREACH (AwInterview, interview, interviews (dossier))
    if (!interview->cancelled && interview->starts_at.sec != AW_NEVER && aw_interview_get_end (interview) <= now &&
        (last == NULL || interview->starts_at.sec > last->starts_at.sec))
      last = interview;
  return last;
}

AwInterview *
aw_detail_next_interview (AwDossier *dossier,
                          gint64 now)
{
  AwInterview *next = NULL;

  AW_RECORDS_FOREACH (AwInterview, interview, interviews (dossier))
    if (!interview->cancelled && interview->starts_at.sec != AW_NEVER && aw_interview_get_end (interview) > now &&
        (next == NULL || interview->starts_at.sec < next->starts_at.sec))
      next = interview;
  return next;
}

AwInterview *
aw_detail_interview_with (AwDossier *dossier,
                          const char *person)
{
  AwInterview *last = NULL;

  AW_RECORDS_FOREACH (AwInterview, interview, interviews (dossier))
    if (!interview->cancelled && aw_strv_has (interview->attendees, person) &&
        (last == NULL || interview->starts_at.sec > last->starts_at.sec))
      last = interview;
  return last;
}

static void
join_pairs (GString *text,
            GPtrArray *pairs,
            const char *person,
            const char *separator)
{
  for (guint i = 0; pairs != NULL && i < pairs->len; i++)
    {
      const AwPair *pair = g_ptr_array_index (pairs, i);

      if (g_strcmp0 (pair->person, person) != 0 || pair->text == NULL || *pair->text == '\0')
        continue;
      if (text->len > 0)
        g_string_append (text, separator);
      g_string_append (text, pair->text);
    }
}

char *
aw_detail_topics (AwDossier *dossier,
                  const char *person,
                  const char *separator)
{
  GString *text = g_string_new (NULL);

  AW_RECORDS_FOREACH (AwInterview, interview, interviews (dossier))
    join_pairs (text, interview->topics, person, separator);
  return g_string_free (text, FALSE);
}

void
aw_detail_set_pairs (GPtrArray **pairs,
                     const char *person,
                     const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text != NULL ? text : "", "\n", -1);
  GPtrArray *kept = g_ptr_array_new_with_free_func ((GDestroyNotify) aw_pair_free);

  for (guint i = 0; *pairs != NULL && i < (*pairs)->len; i++)
    {
      const AwPair *pair = g_ptr_array_index (*pairs, i);

      if (g_strcmp0 (pair->person, person) != 0)
        g_ptr_array_add (kept, aw_pair_copy (pair));
    }
  for (char **line = lines; *line != NULL; line++)
    if (*g_strstrip (*line) != '\0')
      g_ptr_array_add (kept, aw_pair_new (person, *line));
  g_clear_pointer (pairs, g_ptr_array_unref);
  if (kept->len > 0)
    *pairs = kept;
  else
    g_ptr_array_unref (kept);
}

/* Removing a person ---------------------------------------------------------------- */

static gboolean
drop_from_strv (GStrv *strv,
                const char *id)
{
  g_autoptr (GStrvBuilder) builder = NULL;
  guint n = 0;

  if (!aw_strv_has (*strv, id))
    return FALSE;
  builder = g_strv_builder_new ();
  for (char **other = *strv; *other != NULL; other++)
    if (strcmp (*other, id) != 0)
      {
        g_strv_builder_add (builder, *other);
        n++;
      }
  g_strfreev (*strv);
  *strv = n > 0 ? g_strv_builder_end (builder) : NULL;
  return TRUE;
}

static void
drop_from_pairs (GPtrArray **pairs,
                 const char *id)
{
  if (*pairs == NULL)
    return;
  for (guint i = (*pairs)->len; i-- > 0;)
    if (g_strcmp0 (((AwPair *) g_ptr_array_index (*pairs, i))->person, id) == 0)
      g_ptr_array_remove_index (*pairs, i);
  if ((*pairs)->len == 0)
    g_clear_pointer (pairs, g_ptr_array_unref);
}

/* By the table of fields: whatever may hold a person's id. */
static void
drop_person (AwRecord *record,
             const char *id)
{
  AwRecordClass *klass = AW_RECORD_GET_CLASS (record);

  for (guint i = 0; i < klass->n_fields; i++)
    {
      const AwField *field = &klass->fields[i];

      if (field->kind == AW_FIELD_PAIRS)
        drop_from_pairs (&AW_FIELD_AT (record, field, GPtrArray *), id);
      else if (!(field->flags & AW_FIELD_PERSON))
        continue;
      else if (field->kind == AW_FIELD_STRV)
        drop_from_strv (&AW_FIELD_AT (record, field, GStrv), id);
      else if (field->kind == AW_FIELD_TEXT && g_strcmp0 (AW_FIELD_AT (record, field, char *), id) == 0)
        g_clear_pointer (&AW_FIELD_AT (record, field, char *), g_free);
    }
}

static void
change_without (AwCommand *command,
                AwRecord *before,
                const char *id)
{
  g_autoptr (AwRecord) after = aw_record_copy (before);

  drop_person (after, id);
  if (!aw_record_equal (before, after))
    aw_command_change (command, before, after);
}

AwCommand *
aw_detail_remove_person (AwDossier *dossier,
                         AwPerson *person)
{
  g_autofree char *title = g_strdup_printf (_("%s removed"), *aw_person_get_short_name (person) != '\0' ? aw_person_get_short_name (person) : _("Person"));
  AwCommand *command = aw_command_new (title);

  change_without (command, AW_RECORD (aw_dossier_get_opportunity (dossier)), AW_ID (person));
  for (int kind = AW_RECORD_INTERVIEW; kind < AW_N_DOSSIER_KINDS; kind++)
    {
      AwRecordList *list = aw_dossier_get_list (dossier, kind);

      for (guint i = 0; i < aw_record_list_get_length (list); i++)
        {
          AwRecord *record = aw_record_list_peek (list, i);

          /* What is on its way keeps its recipient. */
          if (kind == AW_RECORD_MESSAGE && ((AwMessage *) record)->state != AW_MESSAGE_DRAFT)
            continue;
          /* A call is with somebody: it goes with them. */
          if (kind == AW_RECORD_CALL && g_strcmp0 (((AwCall *) record)->person, AW_ID (person)) == 0)
            aw_command_remove (command, record);
          else
            change_without (command, record, AW_ID (person));
        }
    }
  aw_command_remove (command, person);
  return command;
}
