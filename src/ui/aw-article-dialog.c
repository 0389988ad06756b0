/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/aw-compose-dialogs.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef struct
{
  GtkWidget *dialog;
  GtkWidget *link;
  GtkWidget *title;
  GtkWidget *why;
  GtkWidget *mine;
  GtkWidget *problem;
  GtkWidget *insert;
  GtkWidget *saved;
  GPtrArray *articles; /* AwArticle that can be chosen; index 0 is "a new one" */
  AwArticle *chosen;
  char *opportunity;
  gint64 now;
  AwArticleChosen callback;
  gpointer data;
} Share;

static const char *
text_of (GtkWidget *row)
{
  return gtk_editable_get_text (GTK_EDITABLE (row));
}

static gboolean
is_link (const char *text)
{
  g_autoptr (GUri) uri = g_uri_parse (text, G_URI_FLAGS_NONE, NULL);
  const char *scheme = uri != NULL ? g_uri_get_scheme (uri) : NULL;
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;

  return scheme != NULL && (strcmp (scheme, "https") == 0 || strcmp (scheme, "http") == 0) && host != NULL && *host != '\0';
}

static void
check (Share *share)
{
  g_autofree char *link = g_strstrip (g_strdup (text_of (share->link)));
  g_autofree char *why = g_strstrip (g_strdup (text_of (share->why)));
  gboolean bad = *link != '\0' && !is_link (link);

  if (bad)
    gtk_widget_add_css_class (share->link, "error");
  else
    gtk_widget_remove_css_class (share->link, "error");
  gtk_widget_set_visible (share->problem, bad);
  gtk_widget_set_sensitive (share->insert, *link != '\0' && !bad && *why != '\0');
}

static void
saved_cb (Share *share)
{
  guint selected = adw_combo_row_get_selected (ADW_COMBO_ROW (share->saved));

  share->chosen = selected > 0 && selected <= share->articles->len ? g_ptr_array_index (share->articles, selected - 1) : NULL;
  gtk_editable_set_text (GTK_EDITABLE (share->link), share->chosen != NULL && share->chosen->url != NULL ? share->chosen->url : "");
  gtk_editable_set_text (GTK_EDITABLE (share->title), share->chosen != NULL && share->chosen->title != NULL ? share->chosen->title : "");
  gtk_editable_set_text (GTK_EDITABLE (share->why), share->chosen != NULL && share->chosen->why != NULL ? share->chosen->why : "");
  gtk_switch_set_active (GTK_SWITCH (share->mine), share->chosen != NULL && share->chosen->mine);
  check (share);
}

static void
insert_cb (Share *share)
{
  AwArticleChosen callback = share->callback;
  gpointer data = share->data;
  g_autofree char *link = g_strstrip (g_strdup (text_of (share->link)));
  g_autofree char *title = g_strstrip (g_strdup (text_of (share->title)));
  g_autofree char *why = g_strstrip (g_strdup (text_of (share->why)));
  gboolean is_new = share->chosen == NULL;
  g_autoptr (AwArticle) article = is_new ? (AwArticle *) aw_record_new (AW_TYPE_ARTICLE, share->opportunity)
                                         : aw_record_edit (share->chosen);
  g_autofree char *text = NULL;

  g_free (article->url);
  article->url = g_strdup (link);
  g_free (article->title);
  article->title = *title != '\0' ? g_strdup (title) : NULL;
  g_free (article->why);
  article->why = g_strdup (why);
  article->mine = gtk_switch_get_active (GTK_SWITCH (share->mine));
  if (is_new)
    article->saved_at = aw_instant (share->now);

  text = *title != '\0' ? g_strdup_printf ("%s\n%s: %s", why, title, link) : g_strdup_printf ("%s\n%s", why, link);
  aw_dialog_close (share->dialog);
  callback (article, is_new, text, data);
}

static void
closed_cb (gpointer data)
{
  Share *share = data;

  g_ptr_array_unref (share->articles);
  g_free (share->opportunity);
  g_free (share);
}

/**
 * aw_article_dialog_present:
 * @parent: where it belongs
 * @dossier: the opportunity's facts
 * @person: (nullable): the recipient
 * @callback: called with the article, to be stored, and the paragraph
 * @data: for @callback
 *
 * Nothing is fetched: the user names link and title.
 *
 * Returns: (transfer none): the dialog
 */
GtkWidget *
aw_article_dialog_present (GtkWidget *parent,
                           AwDossier *dossier,
                           const char *person,
                           AwArticleChosen callback,
                           gpointer data)
{
  Share *share = g_new0 (Share, 1);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  GtkWidget *page = aw_page_new (_("Share an Article"), NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *group = aw_ui_group (NULL, NULL);
  GtkWidget *cancel = gtk_button_new_with_mnemonic (_("_Cancel"));
  GtkWidget *mine_row;
  GtkSwitch *mine;

  share->articles = g_ptr_array_new_with_free_func (g_object_unref);
  share->opportunity = g_strdup (aw_dossier_get_id (dossier));
  share->now = aw_ui_now (parent);
  share->callback = callback;
  share->data = data;
  share->dialog = aw_dialog_new (_("Share an Article"), 480, 480);

  gtk_string_list_append (names, _("A New One"));
  AW_RECORDS_FOREACH (AwArticle, article, aw_dossier_get_list (dossier, AW_RECORD_ARTICLE))
  if (!aw_strv_has (article->sent_to, person))
    {
      g_ptr_array_add (share->articles, g_object_ref (article));
      gtk_string_list_append (names, article->title != NULL ? article->title : article->url != NULL ? article->url : "");
    }

  share->saved = adw_combo_row_new ();
  aw_ui_row_set (share->saved, _("Article"), NULL);
  adw_combo_row_set_model (ADW_COMBO_ROW (share->saved), G_LIST_MODEL (names));
  gtk_widget_set_visible (share->saved, share->articles->len > 0);
  share->link = adw_entry_row_new ();
  aw_ui_row_set (share->link, _("Link"), NULL);
  share->title = adw_entry_row_new ();
  aw_ui_row_set (share->title, _("Title"), NULL);
  share->why = adw_entry_row_new ();
  aw_ui_row_set (share->why, _("Why it fits what you heard"), NULL);
  mine_row = aw_ui_switch_row (_("My Own Work"), NULL, &mine);
  share->mine = GTK_WIDGET (mine);
  share->problem = aw_ui_label (_("This is not a link. It begins with https://"), "error");
  share->insert = gtk_button_new_with_mnemonic (_("_Insert"));
  gtk_widget_add_css_class (share->insert, "suggested-action");

  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), share->saved);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), share->link);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), share->title);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), share->why);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), mine_row);
  gtk_box_append (GTK_BOX (box), aw_ui_label (_("A useful article asks without asking. One link is enough, with the reason you thought of them."), "aw-reason"));
  gtk_box_append (GTK_BOX (box), group);
  gtk_box_append (GTK_BOX (box), share->problem);

  g_signal_connect_swapped (cancel, "clicked", G_CALLBACK (aw_dialog_close), share->dialog);
  g_signal_connect_swapped (share->insert, "clicked", G_CALLBACK (insert_cb), share);
  g_signal_connect_swapped (share->link, "changed", G_CALLBACK (check), share);
  g_signal_connect_swapped (share->why, "changed", G_CALLBACK (check), share);
  g_signal_connect_swapped (share->saved, "notify::selected", G_CALLBACK (saved_cb), share);
  check (share);

  aw_page_set_content (AW_PAGE (page), aw_ui_scrolled_clamp (box));
  aw_page_set_show_window_buttons (AW_PAGE (page), FALSE);
  adw_header_bar_pack_start (aw_page_get_header (AW_PAGE (page)), cancel);
  adw_header_bar_pack_end (aw_page_get_header (AW_PAGE (page)), share->insert);
  aw_dialog_set_child (share->dialog, page);
  aw_dialog_set_default_widget (share->dialog, share->insert);
  aw_dialog_on_closed (share->dialog, closed_cb, share);
  aw_dialog_present (share->dialog, parent);
  aw_dialog_set_focus (share->dialog, share->link);
  return share->dialog;
}
