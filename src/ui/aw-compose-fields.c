/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/aw-compose-window-private.h"

#include <glib/gi18n-lib.h>

#include "core/aw-words.h"
#include "ui/aw-compose-start.h"

/* Recipient and account ---------------------------------------------------- */

void
aw_compose_update_to (AwComposeWindow *self)
{
  AwPerson *person = aw_compose_person (self);
  AwRecordList *people = aw_dossier_get_list (self->dossier, AW_RECORD_PERSON);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *name = gtk_label_new (person != NULL ? aw_person_get_short_name (person) : _("Choose a Person"));
  GtkWidget *address;
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autofree char *label = NULL;

  AW_RECORDS_FOREACH (AwPerson, other, people)
  {
    g_autoptr (GMenuItem) item = NULL;
    g_autofree char *role = aw_words_roles (other);
    g_autofree char *words = g_strdup_printf ("%s · %s", aw_person_get_short_name (other), role);
    g_auto (GStrv) parts = g_strsplit (words, "_", -1);
    g_autofree char *escaped = g_strjoinv ("__", parts); /* an underscore would be a mnemonic */

    item = g_menu_item_new (escaped, NULL);
    g_menu_item_set_action_and_target (item, "compose.person", "s", AW_ID (other));
    g_menu_append_item (menu, item);
  }
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (self->to), G_MENU_MODEL (menu));

  if (person != NULL)
    gtk_box_append (GTK_BOX (box), aw_ui_avatar (aw_person_get_short_name (person), 24));
  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (box), name);
  if (person != NULL && !self->narrow)
    {
      address = gtk_label_new (person->email != NULL && *person->email != '\0' ? person->email : _("No e-mail address"));
      gtk_label_set_ellipsize (GTK_LABEL (address), PANGO_ELLIPSIZE_END);
      gtk_widget_add_css_class (address, "dim-label");
      gtk_box_append (GTK_BOX (box), address);
    }
  gtk_menu_button_set_child (GTK_MENU_BUTTON (self->to), box);

  label = g_strdup_printf (_("To %s"), person != NULL ? aw_person_get_short_name (person) : _("nobody yet"));
  aw_ui_set_name (self->to, label);
  g_free (label);
  label = g_strdup_printf (_("Message to %s"), person != NULL ? aw_person_get_short_name (person) : _("nobody yet"));
  aw_ui_set_name (self->view, label);
}

void
aw_compose_update_from (AwComposeWindow *self)
{
  GListModel *accounts = aw_engine_get_accounts (aw_ui_engine (self->ui));
  AwMessage *message = aw_compose_message (self);
  g_autoptr (AwAccount) account = aw_compose_find_account (aw_ui_engine (self->ui), message->account);
  g_autoptr (GMenu) menu = g_menu_new ();
  GtkWidget *name = gtk_label_new (NULL);
  g_autofree char *text = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (accounts); i++)
    {
      g_autoptr (AwAccount) other = g_list_model_get_item (accounts, i);
      g_autoptr (GMenuItem) item = g_menu_item_new (other->address, NULL);

      g_menu_item_set_action_and_target (item, "compose.account", "s", AW_ID (other));
      g_menu_append_item (menu, item);
    }
  g_menu_append (menu, _("Add Account…"), "compose.add-account");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (self->from), G_MENU_MODEL (menu));

  if (account == NULL)
    text = g_strdup (_("No mail account yet"));
  else if (account->name != NULL && *account->name != '\0')
    text = g_strdup_printf ("%s <%s>", account->name, account->address);
  else
    text = g_strdup (account->address);
  gtk_label_set_text (GTK_LABEL (name), text);
  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
  gtk_menu_button_set_child (GTK_MENU_BUTTON (self->from), name);
  g_free (text);
  text = g_strdup_printf (_("From %s"), account != NULL ? account->address : _("no account"));
  aw_ui_set_name (self->from, text);

  if (account != NULL && message->account == NULL)
    message->account = g_strdup (AW_ID (account));
  g_free (self->signature);
  self->signature = aw_compose_dup_signature (aw_ui_engine (self->ui), account);

  if (message->channel == AW_CHANNEL_LETTER)
    adw_split_button_set_label (ADW_SPLIT_BUTTON (self->send), _("Print…"));
  else
    adw_split_button_set_label (ADW_SPLIT_BUTTON (self->send), account != NULL ? _("Send") : _("Set Up Mail…"));
}

static void
person_action (GtkWidget *widget,
               G_GNUC_UNUSED const char *action,
               GVariant *target)
{
  AwComposeWindow *self = AW_COMPOSE_WINDOW (widget);
  AwMessage *message = aw_compose_message (self);
  AwPerson *before = aw_compose_person (self);
  g_autofree char *old_name = before != NULL ? g_strdup (before->name) : NULL;
  g_autofree char *body = aw_message_view_dup_text (AW_MESSAGE_VIEW (self->view));
  g_autofree char *changed = NULL;
  AwPerson *person;

  g_free (message->person);
  message->person = g_variant_dup_string (target, NULL);
  person = aw_compose_person (self);
  changed = person != NULL ? aw_compose_change_greeting (body, old_name, person->name) : NULL;
  if (changed != NULL)
    aw_compose_set_text (self, gtk_editable_get_text (GTK_EDITABLE (self->subject)), changed);
  aw_compose_update_to (self);
  aw_compose_changed (self);
}

static void
account_action (GtkWidget *widget,
                G_GNUC_UNUSED const char *action,
                GVariant *target)
{
  AwComposeWindow *self = AW_COMPOSE_WINDOW (widget);
  AwMessage *message = aw_compose_message (self);

  g_free (message->account);
  message->account = g_variant_dup_string (target, NULL);
  aw_compose_update_from (self);
  aw_compose_changed (self);
}

/* "compose.person" and "compose.account", of an id. */
void
aw_compose_install_field_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "compose.person", "s", person_action);
  gtk_widget_class_install_action (widget_class, "compose.account", "s", account_action);
}
