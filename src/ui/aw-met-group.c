/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/aw-met-group.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/aw-words.h"
#include "ui/aw-ui.h"

#define MAX_FILE (1024 * 1024)

struct _AwMetGroup
{
  AdwBin parent_instance;

  GPtrArray *people; /* of AwFormPerson */
  GtkWidget *group;
  GtkWidget *list;
  GtkWidget *entry;
  GtkWidget *problem;
  GtkWidget *known;
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (AwMetGroup, aw_met_group, ADW_TYPE_BIN)

static const AwRoles role_order[] = {
  AW_ROLE_INTERVIEWER, AW_ROLE_HIRING_MANAGER, AW_ROLE_HR, AW_ROLE_RECRUITER, AW_ROLE_DECISION_MAKER,
};

static void
aw_met_group_dispose (GObject *object)
{
  AwMetGroup *self = AW_MET_GROUP (object);

  g_cancellable_cancel (self->cancellable);
  G_OBJECT_CLASS (aw_met_group_parent_class)->dispose (object);
}

static void
aw_met_group_finalize (GObject *object)
{
  AwMetGroup *self = AW_MET_GROUP (object);

  g_object_unref (self->cancellable);
  g_ptr_array_unref (self->people);
  G_OBJECT_CLASS (aw_met_group_parent_class)->finalize (object);
}

static void
aw_met_group_class_init (AwMetGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = aw_met_group_dispose;
  G_OBJECT_CLASS (klass)->finalize = aw_met_group_finalize;
}

static void
show_problem (AwMetGroup *self,
              const char *text)
{
  gtk_label_set_label (GTK_LABEL (self->problem), text != NULL ? text : "");
  gtk_widget_set_visible (self->problem, text != NULL);
  if (text != NULL)
    {
      gtk_widget_add_css_class (self->entry, "error");
      aw_announce (self->entry, text);
    }
  else
    gtk_widget_remove_css_class (self->entry, "error");
}

/* Rows --------------------------------------------------------------------------- */

static void
on_role (GtkDropDown *drop_down,
         GParamSpec *pspec G_GNUC_UNUSED,
         AwFormPerson *person)
{
  guint i = gtk_drop_down_get_selected (drop_down);

  if (i < G_N_ELEMENTS (role_order))
    person->roles = role_order[i];
}

static void
on_remove (GtkButton *button,
           AwMetGroup *self)
{
  GtkWidget *row = gtk_widget_get_ancestor (GTK_WIDGET (button), GTK_TYPE_LIST_BOX_ROW);
  AwFormPerson *person = g_object_get_data (G_OBJECT (row), "person");

  gtk_list_box_remove (GTK_LIST_BOX (self->list), row);
  g_ptr_array_remove (self->people, person);
  gtk_widget_grab_focus (self->entry);
}

static GtkWidget *
make_role (AwFormPerson *person,
           const char *name)
{
  const char *labels[G_N_ELEMENTS (role_order) + 1] = { NULL };
  g_autofree char *accessible = NULL;
  GtkWidget *drop_down;
  guint selected = 0;

  for (guint i = 0; i < G_N_ELEMENTS (role_order); i++)
    {
      labels[i] = aw_words_role (role_order[i]);
      if (person->roles & role_order[i])
        selected = i;
    }
  drop_down = gtk_drop_down_new_from_strings (labels);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (drop_down), selected);
  gtk_widget_set_valign (drop_down, GTK_ALIGN_CENTER);
  /* Translators: %s is a person's name */
  accessible = g_strdup_printf (_("Role of %s"), name);
  aw_ui_set_name (drop_down, accessible);
  g_signal_connect (drop_down, "notify::selected", G_CALLBACK (on_role), person);
  return drop_down;
}

static void
add_person (AwMetGroup *self,
            const AwFormPerson *typed)
{
  AwFormPerson *person = aw_form_person_copy (typed);
  const char *name = person->name != NULL ? person->name : person->email;
  const char *beside = person->name != NULL ? person->email : NULL;
  GtkWidget *row = aw_ui_action_row (name, beside != NULL ? beside : person->title);
  GtkWidget *remove, *avatar;
  g_autofree char *label = g_strdup_printf (_("Remove %s"), name);

  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 1);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 1);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  avatar = aw_ui_avatar (name, 32);
  gtk_widget_set_valign (avatar, GTK_ALIGN_CENTER);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), avatar);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), make_role (person, name));
  remove = aw_ui_icon_button ("user-trash-symbolic", label);
  gtk_widget_set_valign (remove, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (remove, "flat");
  g_signal_connect_object (remove, "clicked", G_CALLBACK (on_remove), self, 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), remove);
  g_object_set_data (G_OBJECT (row), "person", person);
  gtk_list_box_insert (GTK_LIST_BOX (self->list), row, self->people->len);
  g_ptr_array_add (self->people, person);
}

static gboolean
is_listed (AwMetGroup *self,
           const AwFormPerson *person)
{
  for (guint i = 0; i < self->people->len; i++)
    {
      const AwFormPerson *other = g_ptr_array_index (self->people, i);

      /* Two people may have one name; nobody stands here twice with one address. */
      if (person->email != NULL && other->email != NULL && aw_form_person_is (person, NULL, other->email))
        return TRUE;
    }
  return FALSE;
}

/* All or nobody: what is wrong stays in the line to be mended. */
static gboolean
add_text (AwMetGroup *self,
          const char *text)
{
  g_autoptr (GPtrArray) people = aw_form_people_parse (text);

  for (guint i = 0; i < people->len; i++)
    {
      const AwFormPerson *person = g_ptr_array_index (people, i);

      if (person->email != NULL && !aw_form_email_is_valid (person->email))
        {
          show_problem (self, _("This is not an e-mail address"));
          return FALSE;
        }
    }
  for (guint i = 0; i < people->len; i++)
    if (!is_listed (self, g_ptr_array_index (people, i)))
      add_person (self, g_ptr_array_index (people, i));
    else
      {
        show_problem (self, _("This address is in the list already"));
        return FALSE;
      }
  show_problem (self, NULL);
  return TRUE;
}

/* The line ------------------------------------------------------------------------- */

gboolean
aw_met_group_commit (AwMetGroup *self)
{
  g_autofree char *text = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry)));

  if (!add_text (self, text))
    {
      gtk_widget_grab_focus (self->entry);
      return FALSE;
    }
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  return TRUE;
}

static void
on_entry_activated (AwMetGroup *self)
{
  aw_met_group_commit (self);
}

static gboolean
commit_lines (gpointer data)
{
  g_autoptr (AwMetGroup) self = data;

  aw_met_group_commit (self);
  return G_SOURCE_REMOVE;
}

static void
on_entry_changed (AwMetGroup *self)
{
  show_problem (self, NULL);
  /* Lines can only have been pasted. Not from within the entry's own signal. */
  if (strchr (gtk_editable_get_text (GTK_EDITABLE (self->entry)), '\n') != NULL)
    g_idle_add (commit_lines, g_object_ref (self));
}

static void
on_file_read (GObject *source,
              GAsyncResult *result,
              gpointer data)
{
  g_autoptr (AwMetGroup) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &error);
  g_autofree char *text = NULL;

  if (bytes != NULL && g_bytes_get_size (bytes) > 0 &&
      g_utf8_validate_len (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), NULL))
    {
      text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
      add_text (self, text);
    }
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    show_problem (self, _("This file holds no people"));
}

static void
on_file_open (GObject *source,
              GAsyncResult *result,
              gpointer data)
{
  g_autoptr (AwMetGroup) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFileInputStream) stream = g_file_read_finish (G_FILE (source), result, &error);

  if (stream != NULL)
    g_input_stream_read_bytes_async (G_INPUT_STREAM (stream), MAX_FILE, G_PRIORITY_DEFAULT, self->cancellable, on_file_read,
                                     g_object_ref (self));
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    show_problem (self, _("This file cannot be read"));
}

static gboolean
on_drop (GtkDropTarget *target G_GNUC_UNUSED,
         const GValue *value,
         double x G_GNUC_UNUSED,
         double y G_GNUC_UNUSED,
         AwMetGroup *self)
{
  if (G_VALUE_HOLDS (value, G_TYPE_FILE))
    g_file_read_async (g_value_get_object (value), G_PRIORITY_DEFAULT, self->cancellable, on_file_open, g_object_ref (self));
  else if (G_VALUE_HOLDS_STRING (value) && g_value_get_string (value) != NULL)
    return add_text (self, g_value_get_string (value));
  else
    return FALSE;
  return TRUE;
}

static void
aw_met_group_init (AwMetGroup *self)
{
  GType types[] = { G_TYPE_FILE, G_TYPE_STRING };
  GtkDropTarget *drop = gtk_drop_target_new (G_TYPE_INVALID, GDK_ACTION_COPY);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *plus = gtk_image_new_from_icon_name ("list-add-symbolic");

  self->people = g_ptr_array_new_with_free_func ((GDestroyNotify) aw_form_person_free);
  self->cancellable = g_cancellable_new ();
  self->group = aw_ui_group (_("Who Did You Meet?"), NULL);
  self->list = aw_ui_boxed_list ();
  aw_ui_set_name (self->list, _("Who Did You Meet?"));
  self->entry = adw_entry_row_new ();
  aw_ui_row_set (self->entry, _("Name or e-mail address"), NULL);
  aw_ui_set_name (plus, "");
  adw_entry_row_add_prefix (ADW_ENTRY_ROW (self->entry), plus);
  gtk_list_box_append (GTK_LIST_BOX (self->list), self->entry);
  self->problem = aw_ui_label (NULL, "error");
  gtk_widget_set_visible (self->problem, FALSE);
  self->known = gtk_flow_box_new ();
  gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (self->known), GTK_SELECTION_NONE);
  gtk_flow_box_set_column_spacing (GTK_FLOW_BOX (self->known), 6);
  gtk_flow_box_set_row_spacing (GTK_FLOW_BOX (self->known), 6);
  gtk_widget_set_visible (self->known, FALSE);
  gtk_box_append (GTK_BOX (box), self->list);
  gtk_box_append (GTK_BOX (box), self->problem);
  gtk_box_append (GTK_BOX (box), self->known);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->group), box);
  adw_bin_set_child (ADW_BIN (self), self->group);
  g_signal_connect_object (self->entry, "entry-activated", G_CALLBACK (on_entry_activated), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->entry, "changed", G_CALLBACK (on_entry_changed), self, G_CONNECT_SWAPPED);
  gtk_drop_target_set_gtypes (drop, types, G_N_ELEMENTS (types));
  g_signal_connect_object (drop, "drop", G_CALLBACK (on_drop), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drop));
}

GtkWidget *
aw_met_group_new (void)
{
  return g_object_new (AW_TYPE_MET_GROUP, NULL);
}

GPtrArray *
aw_met_group_get_people (AwMetGroup *self)
{
  g_return_val_if_fail (AW_IS_MET_GROUP (self), NULL);
  return self->people;
}

void
aw_met_group_focus (AwMetGroup *self)
{
  gtk_widget_grab_focus (self->entry);
}

/* Who was met before --------------------------------------------------------------- */

static void
on_known (GtkButton *button,
          AwMetGroup *self)
{
  AwPerson *known = g_object_get_data (G_OBJECT (button), "person");
  AwFormPerson person = { known->name, known->title, known->email, known->phone, aw_person_get_roles (known) };
  GtkWidget *child = gtk_widget_get_parent (GTK_WIDGET (button));

  add_person (self, &person);
  gtk_widget_grab_focus (self->entry);
  gtk_flow_box_remove (GTK_FLOW_BOX (self->known), child);
}

void
aw_met_group_set_known (AwMetGroup *self,
                        AwDossier *dossier)
{
  AW_RECORDS_FOREACH (AwPerson, person, aw_dossier_get_list (dossier, AW_RECORD_PERSON))
    {
      const char *name = aw_person_get_short_name (person);
      GtkWidget *label = gtk_label_new (name);
      GtkWidget *button = gtk_button_new ();
      g_autofree char *accessible = g_strdup_printf (_("Add %s"), name);

      if (*name == '\0')
        continue;
      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
      gtk_label_set_max_width_chars (GTK_LABEL (label), 20);
      gtk_button_set_child (GTK_BUTTON (button), label);
      gtk_widget_add_css_class (button, "aw-chip");
      aw_ui_set_name (button, accessible);
      gtk_widget_set_tooltip_text (button, accessible);
      g_object_set_data_full (G_OBJECT (button), "person", g_object_ref (person), g_object_unref);
      g_signal_connect_object (button, "clicked", G_CALLBACK (on_known), self, 0);
      gtk_flow_box_insert (GTK_FLOW_BOX (self->known), button, -1);
    }
  gtk_widget_set_visible (self->known, gtk_widget_get_first_child (self->known) != NULL);
}
