/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/aw-words.h"
#include "ui/aw-date-button.h"
#include "ui/aw-editor-private.h"

/* The rows an editor can have, each with how it is read back. */

#define NAME_MAX_CHARS 60 /* in drop-downs */
#define TEXT_HEIGHT 90

void
aw_editor_binding_read (AwEditorBinding *binding,
                        AwUi *ui)
{
  binding->read (binding, ui);
}

static AwEditorBinding *
bind (AwEditor *self,
      GtkWidget *widget,
      gpointer member,
      void (*read) (AwEditorBinding *, AwUi *))
{
  AwEditorBinding *binding = g_new0 (AwEditorBinding, 1);

  binding->widget = widget;
  binding->member = member;
  binding->read = read;
  aw_editor_add_binding (self, binding);
  return binding;
}

static void
watch (AwEditor *self,
       gpointer object,
       const char *signal)
{
  g_signal_connect_object (object, signal, G_CALLBACK (aw_editor_row_changed), self, G_CONNECT_SWAPPED);
}

/* Text -------------------------------------------------------------------------- */

static void
read_text (AwEditorBinding *binding,
           AwUi *ui G_GNUC_UNUSED)
{
  aw_edit_set_text (binding->member, gtk_editable_get_text (GTK_EDITABLE (binding->widget)));
}

GtkWidget *
aw_editor_text (AwEditor *self,
                const char *label,
                char **member)
{
  GtkWidget *row = adw_entry_row_new ();

  aw_ui_row_set (row, label, NULL);
  if (*member != NULL)
    gtk_editable_set_text (GTK_EDITABLE (row), *member);
  bind (self, row, member, read_text);
  watch (self, row, "changed");
  g_signal_connect_object (row, "entry-activated", G_CALLBACK (aw_editor_save), self, G_CONNECT_SWAPPED);
  aw_editor_add_row (self, row);
  return row;
}

static void
read_long_text (AwEditorBinding *binding,
                AwUi *ui G_GNUC_UNUSED)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (binding->widget));
  g_autofree char *text = NULL;

  g_object_get (buffer, "text", &text, NULL);
  aw_edit_set_text (binding->member, text);
}

GtkWidget *
aw_editor_long_text (AwEditor *self,
                     const char *label,
                     char **member)
{
  GtkWidget *view = gtk_text_view_new ();
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *group = aw_editor_group (self, label, NULL);

  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (view), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (view), FALSE);
  gtk_text_view_set_top_margin (GTK_TEXT_VIEW (view), 12);
  gtk_text_view_set_bottom_margin (GTK_TEXT_VIEW (view), 12);
  gtk_text_view_set_left_margin (GTK_TEXT_VIEW (view), 12);
  gtk_text_view_set_right_margin (GTK_TEXT_VIEW (view), 12);
  gtk_widget_add_css_class (view, "aw-notes");
  aw_ui_set_name (view, label);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scrolled), TEXT_HEIGHT);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scrolled), 3 * TEXT_HEIGHT);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), view);
  gtk_widget_add_css_class (scrolled, "card");
  gtk_widget_set_overflow (scrolled, GTK_OVERFLOW_HIDDEN);
  if (*member != NULL)
    gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)), *member, -1);
  bind (self, view, member, read_long_text);
  watch (self, gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)), "changed");
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), scrolled);
  return view;
}

/* Switches, numbers, choices ------------------------------------------------------ */

static void
read_switch (AwEditorBinding *binding,
             AwUi *ui G_GNUC_UNUSED)
{
  *(gboolean *) binding->member = gtk_switch_get_active (GTK_SWITCH (binding->widget));
}

GtkWidget *
aw_editor_switch (AwEditor *self,
                  const char *label,
                  const char *subtitle,
                  gboolean *member)
{
  GtkSwitch *toggle;
  GtkWidget *row = aw_ui_switch_row (label, subtitle, &toggle);

  gtk_switch_set_active (toggle, *member);
  bind (self, GTK_WIDGET (toggle), member, read_switch);
  watch (self, toggle, "notify::active");
  aw_editor_add_row (self, row);
  return row;
}

static void
read_number (AwEditorBinding *binding,
             AwUi *ui G_GNUC_UNUSED)
{
  int value = gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (binding->widget));

  /* Not touched: it stays unknown. */
  if (*(int *) binding->member >= 0 || value != binding->unknown)
    *(int *) binding->member = value;
}

GtkWidget *
aw_editor_number (AwEditor *self,
                  const char *label,
                  int min,
                  int max,
                  int step,
                  int unknown,
                  int *member)
{
  GtkSpinButton *spin;
  GtkWidget *row = aw_ui_spin_row (label, NULL, min, max, step, &spin);
  AwEditorBinding *binding;

  gtk_spin_button_set_value (spin, *member >= 0 ? *member : unknown);
  binding = bind (self, GTK_WIDGET (spin), member, read_number);
  binding->unknown = unknown;
  watch (self, spin, "value-changed");
  aw_editor_add_row (self, row);
  return row;
}

static void
read_choice (AwEditorBinding *binding,
             AwUi *ui G_GNUC_UNUSED)
{
  guint i = adw_combo_row_get_selected (ADW_COMBO_ROW (binding->widget));

  if (i < binding->choices->len)
    *(int *) binding->member = g_array_index (binding->choices, int, i);
}

GtkWidget *
aw_editor_choice (AwEditor *self,
                  const char *label,
                  const char *const *labels,
                  guint n_labels,
                  int *member)
{
  g_autoptr (GtkStringList) model = gtk_string_list_new (NULL);
  g_autoptr (GArray) choices = g_array_new (FALSE, FALSE, sizeof (int));
  GtkWidget *row = adw_combo_row_new ();
  guint selected = 0;
  AwEditorBinding *binding;

  aw_ui_row_set (row, label, NULL);
  for (int i = 0; i < (int) n_labels; i++)
    if (labels[i] != NULL)
      {
        if (i == *member)
          selected = choices->len;
        gtk_string_list_append (model, labels[i]);
        g_array_append_val (choices, i);
      }
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (model));
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), selected);
  binding = bind (self, row, member, read_choice);
  binding->choices = g_steal_pointer (&choices);
  watch (self, row, "notify::selected");
  aw_editor_add_row (self, row);
  return row;
}

/* Dates ---------------------------------------------------------------------------- */

static void
read_date (AwEditorBinding *binding,
           AwUi *ui G_GNUC_UNUSED)
{
  *(AwDate *) binding->member = aw_date_button_get_date (AW_DATE_BUTTON (binding->widget));
}

static void
read_instant (AwEditorBinding *binding,
              AwUi *ui)
{
  AwInstant *instant = binding->member;
  gint64 sec = aw_date_button_get_instant (AW_DATE_BUTTON (binding->widget));

  /* The button knows minutes: an instant with seconds that was not touched stays. */
  if (sec == instant->sec || (sec != AW_NEVER && instant->sec != AW_NEVER && instant->sec - sec >= 0 && instant->sec - sec < 60))
    return;
  *instant = aw_instant (sec);
  if (sec != AW_NEVER)
    instant->offset_min = aw_calendar_offset (aw_engine_get_calendar (aw_ui_engine (ui)), binding->zone, sec) / 60;
}

static GtkWidget *
date_row (AwEditor *self,
          const char *label,
          GtkWidget *button)
{
  GtkWidget *row = aw_date_row_new (label, button);

  watch (self, button, "changed");
  aw_editor_add_row (self, row);
  return row;
}

GtkWidget *
aw_editor_date (AwEditor *self,
                const char *label,
                gboolean optional,
                AwDate *member)
{
  AwEngine *engine = aw_ui_engine (aw_editor_get_ui (self));
  GtkWidget *button = aw_date_button_new (label, aw_engine_get_calendar (engine), aw_engine_now (engine), FALSE, optional);

  aw_date_button_set_date (AW_DATE_BUTTON (button), *member);
  bind (self, button, member, read_date);
  return date_row (self, label, button);
}

GtkWidget *
aw_editor_instant (AwEditor *self,
                   const char *label,
                   gboolean optional,
                   const char *zone,
                   AwInstant *member)
{
  AwEngine *engine = aw_ui_engine (aw_editor_get_ui (self));
  GtkWidget *button = aw_date_button_new (label, aw_engine_get_calendar (engine), aw_engine_now (engine), TRUE, optional);
  AwEditorBinding *binding;

  aw_date_button_set_zone (AW_DATE_BUTTON (button), zone);
  aw_date_button_set_instant (AW_DATE_BUTTON (button), member->sec);
  binding = bind (self, button, member, read_instant);
  binding->zone = g_strdup (zone);
  return date_row (self, label, button);
}

/* People --------------------------------------------------------------------------- */

static char *
short_name (AwPerson *person)
{
  const char *name = aw_person_get_short_name (person);

  if (g_utf8_strlen (name, -1) <= NAME_MAX_CHARS)
    return g_strdup (*name != '\0' ? name : _("Unnamed"));
  else
    {
      g_autofree char *start = g_utf8_substring (name, 0, NAME_MAX_CHARS);

      return g_strconcat (start, "…", NULL);
    }
}

static void
read_person (AwEditorBinding *binding,
             AwUi *ui G_GNUC_UNUSED)
{
  guint i = adw_combo_row_get_selected (ADW_COMBO_ROW (binding->widget));
  char **member = binding->member;
  g_autofree char *id = g_strdup (i > 0 && i <= g_strv_length (binding->ids) ? binding->ids[i - 1] : NULL);

  g_free (*member);
  *member = g_steal_pointer (&id);
}

GtkWidget *
aw_editor_person (AwEditor *self,
                  const char *label,
                  AwDossier *dossier,
                  const char *none,
                  char **member)
{
  g_autoptr (GtkStringList) model = gtk_string_list_new (NULL);
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();
  GtkWidget *row = adw_combo_row_new ();
  guint selected = 0, n = 0;

  aw_ui_row_set (row, label, NULL);
  gtk_string_list_append (model, none);
  AW_RECORDS_FOREACH (AwPerson, person, aw_dossier_get_list (dossier, AW_RECORD_PERSON))
    {
      g_autofree char *name = short_name (person);

      gtk_string_list_append (model, name);
      g_strv_builder_add (ids, AW_ID (person));
      n++;
      if (g_strcmp0 (AW_ID (person), *member) == 0)
        selected = n;
    }
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (model));
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), selected);
  bind (self, row, member, read_person)->ids = g_strv_builder_end (ids);
  watch (self, row, "notify::selected");
  aw_editor_add_row (self, row);
  return row;
}

static void
read_people (AwEditorBinding *binding,
             AwUi *ui G_GNUC_UNUSED)
{
  GStrv *member = binding->member;
  const char *id = binding->ids[0];
  gboolean active = gtk_check_button_get_active (GTK_CHECK_BUTTON (binding->widget));
  g_autoptr (GStrvBuilder) builder = NULL;
  guint n = 0;

  if (aw_strv_has (*member, id) == active)
    return;
  builder = g_strv_builder_new ();
  for (char **other = *member; other != NULL && *other != NULL; other++)
    if (active || strcmp (*other, id) != 0)
      {
        g_strv_builder_add (builder, *other);
        n++;
      }
  if (active)
    g_strv_builder_add (builder, id);
  g_strfreev (*member);
  *member = n > 0 || active ? g_strv_builder_end (builder) : NULL;
}

void
aw_editor_people (AwEditor *self,
                  AwDossier *dossier,
                  GStrv *member)
{
  AW_RECORDS_FOREACH (AwPerson, person, aw_dossier_get_list (dossier, AW_RECORD_PERSON))
    {
      const char *ids[] = { AW_ID (person), NULL };
      g_autofree char *name = short_name (person);
      g_autofree char *roles = aw_words_roles (person);
      GtkWidget *row = aw_ui_action_row (name, roles);
      GtkWidget *toggle = gtk_check_button_new ();

      gtk_widget_set_valign (toggle, GTK_ALIGN_CENTER);
      gtk_check_button_set_active (GTK_CHECK_BUTTON (toggle), aw_strv_has (*member, AW_ID (person)));
      aw_ui_set_name (toggle, name);
      adw_action_row_add_prefix (ADW_ACTION_ROW (row), toggle);
      adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), toggle);
      bind (self, toggle, member, read_people)->ids = g_strdupv ((char **) ids);
      watch (self, toggle, "toggled");
      aw_editor_add_row (self, row);
    }
}
