/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/aw-account-form-private.h"

#include <glib/gi18n-lib.h>

#include "mail/aw-address.h"
#include "ui/aw-account-incoming.h"
#include "ui/aw-account-proposals.h"

/* Which server the address in the form has: filled in where its provider is
 * known, looked for elsewhere, and always said where it is from. */

/* Where the desktop gives the password there is none to type. */
void
aw_account_form_set_goa (AwAccountForm *self,
                         const char *goa)
{
  char *copy = g_strdup (goa);

  g_free (self->goa);
  self->goa = copy;
  gtk_widget_set_visible (self->password, goa == NULL);
  gtk_widget_set_visible (self->ask_row, goa == NULL);
}

gboolean
aw_account_form_is_address (const char *text)
{
  g_autofree char *normal = aw_address_normalize (text, NULL);

  return normal != NULL;
}

static void
set_hint (AwAccountForm *self,
          const char *text,
          const char *link)
{
  g_autofree char *stripped = text != NULL ? g_strstrip (g_strdup (text)) : NULL;

  gtk_label_set_text (GTK_LABEL (self->hint), stripped != NULL ? stripped : "");
  gtk_widget_set_visible (self->hint, stripped != NULL);
  gtk_link_button_set_uri (GTK_LINK_BUTTON (self->how), link != NULL ? link : "");
  gtk_widget_set_visible (self->how, link != NULL);
}

/* Servers alone; what the user chose besides stays. */
static void
fill_in (AwAccountForm *self,
         AwAccount *found)
{
  self->setting = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->host), found->host);
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->security), found->security);
  gtk_spin_button_set_value (self->port, found->port);
  aw_account_incoming_show (AW_ACCOUNT_INCOMING (self->incoming), found, FALSE);
  self->setting = FALSE;
  self->guessed = TRUE;
}

static void
forget_found (AwAccountForm *self)
{
  self->found = NULL;
  g_clear_pointer (&self->proposals, g_ptr_array_unref);
  aw_account_proposals_show (AW_ACCOUNT_PROPOSALS (self->chooser), NULL);
}

/* What was filled in for another address is not for this one. */
static void
take_back_guess (AwAccountForm *self)
{
  g_autoptr (AwAccount) nothing = NULL;

  forget_found (self);
  if (!self->guessed)
    return;
  aw_account_form_set_goa (self, NULL);
  nothing = (AwAccount *) aw_record_new (AW_TYPE_ACCOUNT, NULL);
  self->setting = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->host), "");
  aw_account_incoming_show (AW_ACCOUNT_INCOMING (self->incoming), nothing, FALSE);
  self->setting = FALSE;
  self->guessed = FALSE;
}

/* A known provider's server is filled in, and said to be; what the user typed
 * there himself stays. */
void
aw_account_form_guess (AwAccountForm *self)
{
  const char *address = aw_account_form_text (self->address);
  const AwPreset *preset = aw_account_form_is_address (address) ? aw_preset_find (address) : NULL;
  g_autoptr (AwAccount) account = NULL;
  g_autofree char *text = NULL;

  if (*aw_account_form_text (self->host) != '\0' && !self->guessed)
    return;
  take_back_guess (self);
  if (preset == NULL)
    {
      set_hint (self, NULL, NULL);
      return;
    }
  account = (AwAccount *) aw_record_new (AW_TYPE_ACCOUNT, NULL);
  aw_preset_fill (preset, address, account);
  fill_in (self, account);
  /* Translators: name of a mail provider, and what it asks for */
  text = g_strdup_printf (_("Filled in for %s. %s"), preset->name, preset->help != NULL ? preset->help : "");
  set_hint (self, text, preset->link);
}

/* What is found elsewhere is a proposal: it says where it is from. */
static void
propose (AwAccountForm *self,
         AwProposal *found)
{
  const char *help = found->preset != NULL && found->preset->help != NULL ? found->preset->help : "";
  g_autofree char *text = NULL;

  self->found = found;
  fill_in (self, found->account);
  aw_account_form_set_goa (self, found->account->goa);
  if (found->origin == AW_ORIGIN_GOA)
    text = g_strdup (_("Filled in from GNOME Online Accounts, which also gives the password."));
  else if (found->origin == AW_ORIGIN_PRESET)
    text = g_strdup_printf (_("Filled in for %s. %s"), found->preset->name, help);
  else if (self->proposals->len > 1)
    text = g_strdup_printf (_("Several servers were found. Look which one is right. %s"), help);
  else if (found->preset != NULL)
    /* Translators: name of a mail provider, name of a server, and what the provider asks for */
    text = g_strdup_printf (_("Filled in for %s, since “%s” receives the mail for this address. Look whether it is right. %s"),
                            found->preset->name, found->source, help);
  else if (found->origin == AW_ORIGIN_AUTOCONFIG)
    text = g_strdup_printf (_("Filled in from “%s”. Look whether it is right."), found->source);
  else
    text = g_strdup_printf (_("Filled in from the name service of “%s”. Look whether it is right."), found->source);
  set_hint (self, text, found->preset != NULL ? found->preset->link : NULL);
  aw_account_form_emit_changed (self);
}

void
aw_account_form_choose (AwAccountForm *self,
                        int which)
{
  if (self->proposals != NULL && which >= 0 && (guint) which < self->proposals->len)
    propose (self, g_ptr_array_index (self->proposals, which));
}

/**
 * aw_account_form_take_proposals:
 * @self: the form
 * @proposals: (transfer full) (element-type AwProposal): what was found for
 *   the address that stands in it
 *
 * Fills in the first, unless the user has typed a server meanwhile, and offers
 * the others.
 */
void
aw_account_form_take_proposals (AwAccountForm *self,
                                GPtrArray *proposals)
{
  forget_found (self);
  self->proposals = proposals;
  g_free (self->asked);
  self->asked = g_strdup (aw_account_form_text (self->address));
  /* What was typed meanwhile stays. */
  if (*aw_account_form_text (self->host) != '\0' && !self->guessed)
    set_hint (self, NULL, NULL);
  else if (proposals->len == 0)
    set_hint (self, _("The server of this address could not be found. Your provider's help names it."), NULL);
  else
    propose (self, g_ptr_array_index (proposals, 0));
  aw_account_proposals_show (AW_ACCOUNT_PROPOSALS (self->chooser), proposals);
  if (self->found == NULL)
    aw_account_proposals_mark (AW_ACCOUNT_PROPOSALS (self->chooser), -1);
}

static void
discovered_cb (G_GNUC_UNUSED GObject *source,
               GAsyncResult *result,
               gpointer data)
{
  g_autoptr (AwAccountForm) self = data;
  g_autoptr (GError) error = NULL;
  GPtrArray *proposals = aw_discover_finish (result, &error);

  /* The address is another one now, or the form is closed. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->asking);
  aw_account_form_take_proposals (self, proposals != NULL ? proposals : g_ptr_array_new ());
}

/* Of an address whose provider is known. */
static void
desktop_cb (G_GNUC_UNUSED GObject *source,
            GAsyncResult *result,
            gpointer data)
{
  g_autoptr (AwAccountForm) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) proposals = aw_discover_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->asking);
  if (proposals != NULL && proposals->len > 0)
    aw_account_form_take_proposals (self, g_steal_pointer (&proposals));
}

void
aw_account_form_stop_asking (AwAccountForm *self)
{
  if (self->asking == NULL)
    return;
  g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
  set_hint (self, NULL, NULL);
}

/* Asked only when the address is complete, and once for each. */
void
aw_account_form_look_for_server (AwAccountForm *self)
{
  const char *address = aw_account_form_text (self->address);
  gboolean known = aw_preset_find (address) != NULL;

  if (!aw_account_form_is_address (address) || (*aw_account_form_text (self->host) != '\0' && !self->guessed) ||
      g_strcmp0 (address, self->asked) == 0)
    return;
  aw_account_form_stop_asking (self);
  g_free (self->asked);
  self->asked = g_strdup (address);
  self->asking = g_cancellable_new ();
  if (known)
    {
      aw_discover_desktop_async (address, self->asking, desktop_cb, g_object_ref (self));
      return;
    }
  set_hint (self, _("Looking for the server…"), NULL);
  aw_discover_async (address, self->asking, discovered_cb, g_object_ref (self));
}
