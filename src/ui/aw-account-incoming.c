/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/aw-account-incoming.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "mail/aw-address.h"

#define PORT_TLS 993
#define PORT_STARTTLS 143

struct _AwAccountIncoming
{
  AdwExpanderRow parent_instance;

  GtkWidget *host;
  GtkSpinButton *port;
  GtkWidget *user;
  GtkSwitch *save;
  GtkSwitch *check;
  AwSecurity security; /* for the port and host that were shown with it */
  int shown_port;
  gboolean setting;
};

G_DEFINE_FINAL_TYPE (AwAccountIncoming, aw_account_incoming, ADW_TYPE_EXPANDER_ROW)

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static gboolean
has_host (AwAccountIncoming *self)
{
  g_autofree char *host = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->host))));

  return *host != '\0';
}

static void
update (AwAccountIncoming *self)
{
  gboolean on = has_host (self);

  gtk_widget_set_sensitive (GTK_WIDGET (self->save), on);
  gtk_widget_set_sensitive (GTK_WIDGET (self->check), on);
}

static void
changed_cb (AwAccountIncoming *self)
{
  update (self);
  if (!self->setting)
    g_signal_emit (self, signals[CHANGED], 0);
}

static void
aw_account_incoming_class_init (AwAccountIncomingClass *klass)
{
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
aw_account_incoming_init (AwAccountIncoming *self)
{
  GtkWidget *save_row, *check_row;

  aw_ui_row_set (GTK_WIDGET (self), _("Incoming Mail"), _("For copies in the Sent folder, and to look for replies"));
  self->host = adw_entry_row_new ();
  aw_ui_row_set (self->host, _("Incoming server (IMAP)"), NULL);
  self->user = adw_entry_row_new ();
  aw_ui_row_set (self->user, _("User name there, if it is another one"), NULL);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), self->host);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), aw_ui_spin_row (_("Incoming port"), _("993 with TLS, 143 with STARTTLS"), 1, 65535, 1, &self->port));
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), self->user);
  save_row = aw_ui_switch_row (_("Copy to Sent"), _("Puts what was sent into the Sent folder, where the server does not do so itself"), &self->save);
  check_row = aw_ui_switch_row (_("Look for Replies"), _("Reads who wrote and to which message they answer, never the text"), &self->check);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), save_row);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), check_row);
  gtk_spin_button_set_value (self->port, PORT_TLS);
  self->shown_port = PORT_TLS;
  update (self);

  g_signal_connect_object (self->host, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->user, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->port, "value-changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->save, "notify::active", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->check, "notify::active", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
}

GtkWidget *
aw_account_incoming_new (void)
{
  return g_object_new (AW_TYPE_ACCOUNT_INCOMING, NULL);
}

/**
 * aw_account_incoming_show:
 * @self: the rows
 * @account: what they shall show
 * @switches: whether the switches follow, too
 */
void
aw_account_incoming_show (AwAccountIncoming *self,
                          AwAccount *account,
                          gboolean switches)
{
  gboolean same_user = account->imap_user == NULL || g_strcmp0 (account->imap_user, account->user) == 0 ||
                       g_strcmp0 (account->imap_user, account->address) == 0;

  self->setting = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->host), account->imap_host != NULL ? account->imap_host : "");
  gtk_editable_set_text (GTK_EDITABLE (self->user), same_user ? "" : account->imap_user);
  self->security = account->imap_host != NULL ? account->imap_security : AW_SECURITY_TLS;
  self->shown_port = account->imap_port > 0 ? account->imap_port : PORT_TLS;
  gtk_spin_button_set_value (self->port, self->shown_port);
  gtk_switch_set_active (self->save, account->imap_host != NULL && account->save_sent);
  if (switches)
    gtk_switch_set_active (self->check, account->check_replies);
  self->setting = FALSE;
  update (self);
}

gboolean
aw_account_incoming_read (AwAccountIncoming *self,
                          AwAccount *account,
                          GError **error)
{
  g_autofree char *host = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->host))));
  g_autofree char *user = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->user))));
  g_autofree char *ascii = *host != '\0' ? g_hostname_to_ascii (host) : NULL;

  if (*host != '\0' && (ascii == NULL || strpbrk (ascii, " /@\t") != NULL))
    {
      g_set_error_literal (error, AW_MAIL_ERROR, AW_MAIL_ERROR_SETUP,
                           _("The incoming server is not the name of a server. It looks like imap.example.org."));
      return FALSE;
    }
  g_free (account->imap_host);
  account->imap_host = g_steal_pointer (&ascii);
  gtk_spin_button_update (self->port); /* what was typed, and not left yet */
  account->imap_port = gtk_spin_button_get_value_as_int (self->port);
  if (account->imap_port == self->shown_port)
    account->imap_security = self->security;
  else
    account->imap_security = account->imap_port == PORT_STARTTLS ? AW_SECURITY_STARTTLS : AW_SECURITY_TLS;
  if (account->imap_host == NULL)
    {
      account->imap_port = 0;
      account->imap_security = AW_SECURITY_TLS;
      g_clear_pointer (&account->imap_user, g_free);
    }
  else if (*user != '\0' || account->imap_user == NULL)
    {
      g_free (account->imap_user);
      account->imap_user = g_strdup (*user != '\0' ? user : account->user);
    }
  account->save_sent = account->imap_host != NULL && gtk_switch_get_active (self->save);
  account->check_replies = account->imap_host != NULL && gtk_switch_get_active (self->check);
  return TRUE;
}
