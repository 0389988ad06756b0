/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/aw-language-row.h"

#include "core/aw-template.h"
#include "ui/aw-ui.h"

/* The language of messages: the standard, or one that there are templates in. */

/**
 * aw_language_row_new:
 * @title: of the row
 * @subtitle: (nullable): what it is about
 * @standard: the choice of none in particular
 * @language: (nullable): the one chosen, "de"; NULL: the standard
 *
 * Returns: (transfer floating): a combo row; notify::selected tells of a choice
 */
GtkWidget *
aw_language_row_new (const char *title,
                     const char *subtitle,
                     const char *standard,
                     const char *language)
{
  GtkWidget *row = adw_combo_row_new ();
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  g_auto (GStrv) languages = aw_templates_dup_languages ();
  guint selected = 0;

  /* An import may know one that we have no words in: it stays, by its code. */
  if (language != NULL && !g_strv_contains ((const char *const *) languages, language))
    {
      guint n = g_strv_length (languages);

      languages = g_renew (char *, languages, n + 2);
      languages[n] = g_strdup (language);
      languages[n + 1] = NULL;
    }
  gtk_string_list_append (names, standard);
  for (guint i = 0; languages[i] != NULL; i++)
    {
      g_autofree char *name = aw_templates_dup_language_name (languages[i]);

      gtk_string_list_append (names, name);
      if (g_strcmp0 (languages[i], language) == 0)
        selected = i + 1;
    }
  aw_ui_row_set (row, title, subtitle);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (names));
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), selected);
  g_object_set_data_full (G_OBJECT (row), "aw-languages", g_steal_pointer (&languages), (GDestroyNotify) g_strfreev);
  return row;
}

const char *
aw_language_row_get (GtkWidget *row)
{
  guint selected = adw_combo_row_get_selected (ADW_COMBO_ROW (row));
  GStrv languages = g_object_get_data (G_OBJECT (row), "aw-languages");

  return selected == 0 || selected == GTK_INVALID_LIST_POSITION ? NULL : languages[selected - 1];
}
