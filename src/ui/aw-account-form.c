/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/aw-account-form-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "mail/aw-address.h"
#include "ui/aw-account-incoming.h"
#include "ui/aw-account-proposals.h"

#define MAX_CA (256 * 1024)

G_DEFINE_FINAL_TYPE (AwAccountForm, aw_account_form, GTK_TYPE_BOX)

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

const char *
aw_account_form_text (GtkWidget *row)
{
  return gtk_editable_get_text (GTK_EDITABLE (row));
}

static char *
dup_stripped (GtkWidget *row)
{
  return g_strstrip (g_strdup (aw_account_form_text (row)));
}

static gboolean
is_this_computer (const char *host)
{
  return strcmp (host, "127.0.0.1") == 0 || strcmp (host, "::1") == 0 || strcmp (host, "localhost") == 0;
}

static int
default_port (AwSecurity security)
{
  switch (security)
    {
    case AW_SECURITY_TLS:
      return 465;
    case AW_SECURITY_STARTTLS:
      return 587;
    case AW_SECURITY_NONE:
    default:
      return 25;
    }
}

void
aw_account_form_emit_changed (AwAccountForm *self)
{
  if (!self->setting)
    g_signal_emit (self, signals[CHANGED], 0);
}

/* Unencrypted mail is offered for this computer only. */
static void
update_security (AwAccountForm *self)
{
  g_autofree char *host = dup_stripped (self->host);
  gboolean with_none = is_this_computer (host);
  guint selected = adw_combo_row_get_selected (ADW_COMBO_ROW (self->security));
  const char *names[] = { _("TLS"), _("STARTTLS"), with_none ? _("None") : NULL, NULL };
  g_autoptr (GtkStringList) model = NULL;

  if (with_none == self->with_none && adw_combo_row_get_model (ADW_COMBO_ROW (self->security)) != NULL)
    return;
  self->with_none = with_none;
  model = gtk_string_list_new (names);
  adw_combo_row_set_model (ADW_COMBO_ROW (self->security), G_LIST_MODEL (model));
  if (selected != GTK_INVALID_LIST_POSITION && selected <= (with_none ? 2u : 1u))
    adw_combo_row_set_selected (ADW_COMBO_ROW (self->security), selected);
}

static void
host_cb (AwAccountForm *self)
{
  if (!self->setting)
    {
      aw_account_form_set_goa (self, NULL);
      self->guessed = FALSE;
      aw_account_proposals_mark (AW_ACCOUNT_PROPOSALS (self->chooser), -1);
    }
  update_security (self);
  aw_account_form_emit_changed (self);
}

static void
security_cb (AwAccountForm *self)
{
  guint selected = adw_combo_row_get_selected (ADW_COMBO_ROW (self->security));
  int port = gtk_spin_button_get_value_as_int (self->port);

  /* A port that the user chose stays. */
  if (!self->setting && selected != GTK_INVALID_LIST_POSITION && (port == 465 || port == 587 || port == 25))
    gtk_spin_button_set_value (self->port, default_port (selected));
  aw_account_form_emit_changed (self);
}

static void
address_cb (AwAccountForm *self)
{
  const char *address = aw_account_form_text (self->address);
  const char *at = strchr (address, '@');
  gboolean bad = *address != '\0' && at != NULL && strchr (at + 1, '.') != NULL && !aw_account_form_is_address (address);

  if (bad)
    gtk_widget_add_css_class (self->address, "error");
  else
    gtk_widget_remove_css_class (self->address, "error");
  if (!self->setting)
    {
      if (g_strcmp0 (address, self->asked) != 0)
        {
          aw_account_form_stop_asking (self);
          g_clear_pointer (&self->asked, g_free);
        }
      aw_account_form_guess (self);
    }
  aw_account_form_emit_changed (self);
}

/* A further certificate authority ------------------------------------------ */

static void
show_ca (AwAccountForm *self)
{
  g_autoptr (GTlsCertificate) certificate = self->ca != NULL ? g_tls_certificate_new_from_pem (self->ca, -1, NULL) : NULL;
  g_autofree char *subject = certificate != NULL ? g_tls_certificate_get_subject_name (certificate) : NULL;
  const char *text = _("None. The system's own are used.");

  if (self->ca != NULL)
    text = subject != NULL ? subject : _("From a file");
  else if (self->pin != NULL)
    text = _("One certificate was accepted by you.");
  aw_ui_row_set (self->ca_row, _("Extra Certificate"), text);
  gtk_widget_set_visible (self->ca_clear, self->ca != NULL || self->pin != NULL);
}

static void
ca_chosen_cb (GFile *file,
              gpointer data)
{
  g_autoptr (AwAccountForm) self = data;
  g_autoptr (GTlsCertificate) certificate = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *contents = NULL;
  gsize length;

  if (file == NULL)
    return;
  if (!g_file_load_contents (file, NULL, &contents, &length, NULL, &error))
    {
      aw_ui_error (GTK_WIDGET (self), error);
      return;
    }
  certificate = length <= MAX_CA ? g_tls_certificate_new_from_pem (contents, length, NULL) : NULL;
  if (certificate == NULL)
    {
      aw_ui_toast (GTK_WIDGET (self), _("There is no certificate in this file"));
      return;
    }
  g_free (self->ca);
  self->ca = g_steal_pointer (&contents);
  show_ca (self);
  aw_account_form_emit_changed (self);
}

static void
choose_ca_cb (AwAccountForm *self)
{
  static const AwFileFilter filters[] = { { N_("Certificates"), "*.pem;*.crt;*.cer" }, { NULL, NULL } };
  AwFileFilter translated[] = { { _(filters[0].name), filters[0].patterns }, { NULL, NULL } };

  aw_open_file (GTK_WIDGET (self), _("Choose a Certificate"), translated, ca_chosen_cb, g_object_ref (self));
}

static void
clear_ca_cb (AwAccountForm *self)
{
  g_clear_pointer (&self->ca, g_free);
  g_clear_pointer (&self->pin, g_free);
  show_ca (self);
  aw_account_form_emit_changed (self);
}

/* Overrides ---------------------------------------------------------------- */

static void
aw_account_form_dispose (GObject *object)
{
  AwAccountForm *self = AW_ACCOUNT_FORM (object);

  g_clear_object (&self->asking);

  G_OBJECT_CLASS (aw_account_form_parent_class)->dispose (object);
}

/* The search holds the form: nobody sees what it would find. */
static void
aw_account_form_unrealize (GtkWidget *widget)
{
  AwAccountForm *self = AW_ACCOUNT_FORM (widget);

  if (self->asking != NULL)
    g_cancellable_cancel (self->asking);

  GTK_WIDGET_CLASS (aw_account_form_parent_class)->unrealize (widget);
}

static void
aw_account_form_finalize (GObject *object)
{
  AwAccountForm *self = AW_ACCOUNT_FORM (object);

  g_free (self->ca);
  g_free (self->pin);
  g_free (self->goa);
  g_free (self->asked);
  g_clear_pointer (&self->proposals, g_ptr_array_unref);

  G_OBJECT_CLASS (aw_account_form_parent_class)->finalize (object);
}

static void
aw_account_form_class_init (AwAccountFormClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = aw_account_form_dispose;
  G_OBJECT_CLASS (klass)->finalize = aw_account_form_finalize;
  GTK_WIDGET_CLASS (klass)->unrealize = aw_account_form_unrealize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static GtkWidget *
make_entry (GtkWidget *entry,
            const char *title,
            GtkWidget *group)
{
  aw_ui_row_set (entry, title, NULL);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), entry);
  return entry;
}

static void
aw_account_form_init (AwAccountForm *self)
{
  GtkWidget *who = aw_ui_group (NULL, NULL);
  GtkWidget *server = aw_ui_group (_("Server"), NULL);
  GtkWidget *more = adw_expander_row_new ();
  GtkWidget *more_group = aw_ui_group (NULL, NULL);
  GtkWidget *choose = gtk_button_new_with_label (_("Choose…"));
  GtkEventController *focus = gtk_event_controller_focus_new ();
  GtkWidget *copy_row;

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 18);

  self->name = make_entry (adw_entry_row_new (), _("Your name"), who);
  self->address = make_entry (adw_entry_row_new (), _("E-mail address"), who);
  self->password = make_entry (adw_password_entry_row_new (), _("Password"), who);
  gtk_editable_set_enable_undo (GTK_EDITABLE (self->password), FALSE);
  self->hint = aw_ui_label (NULL, "aw-caption");
  gtk_widget_set_visible (self->hint, FALSE);
  self->how = gtk_link_button_new_with_label ("", _("How"));
  gtk_widget_set_halign (self->how, GTK_ALIGN_START);
  gtk_widget_set_visible (self->how, FALSE);
  self->chooser = aw_account_proposals_new ();
  self->incoming = aw_account_incoming_new ();

  self->host = make_entry (adw_entry_row_new (), _("Outgoing server"), server);
  self->security = adw_combo_row_new ();
  aw_ui_row_set (self->security, _("Security"), NULL);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (server), self->security);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (server), aw_ui_spin_row (_("Port"), NULL, 1, 65535, 1, &self->port));
  update_security (self);

  aw_ui_row_set (more, _("More"), NULL);
  self->user = adw_entry_row_new ();
  aw_ui_row_set (self->user, _("User name, if it is not the address"), NULL);
  copy_row = aw_ui_switch_row (_("Copy to Myself"), _("Every message also goes to your own address"), &self->copy);
  self->ask_row = aw_ui_switch_row (_("Ask Each Time"), _("The password is not kept; Afterword asks when a message is to leave"), &self->ask);
  self->ca_row = aw_ui_action_row (_("Extra Certificate"), NULL);
  self->ca_clear = aw_ui_icon_button ("edit-clear-symbolic", _("Forget the Extra Certificate"));
  gtk_widget_add_css_class (self->ca_clear, "flat");
  gtk_widget_set_valign (self->ca_clear, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (choose, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self->ca_row), self->ca_clear);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self->ca_row), choose);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (more), self->user);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (more), self->ask_row);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (more), copy_row);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (more), self->ca_row);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (more_group), self->incoming);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (more_group), more);

  g_signal_connect_object (self->name, "changed", G_CALLBACK (aw_account_form_emit_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->address, "changed", G_CALLBACK (address_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (focus, "leave", G_CALLBACK (aw_account_form_look_for_server), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (self->address, focus);
  g_signal_connect_object (self->password, "changed", G_CALLBACK (aw_account_form_emit_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->host, "changed", G_CALLBACK (host_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->security, "notify::selected", G_CALLBACK (security_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->port, "value-changed", G_CALLBACK (aw_account_form_emit_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->chooser, "chosen", G_CALLBACK (aw_account_form_choose), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->incoming, "changed", G_CALLBACK (aw_account_form_emit_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->user, "changed", G_CALLBACK (aw_account_form_emit_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (choose, "clicked", G_CALLBACK (choose_ca_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->ca_clear, "clicked", G_CALLBACK (clear_ca_cb), self, G_CONNECT_SWAPPED);

  gtk_box_append (GTK_BOX (self), who);
  gtk_box_append (GTK_BOX (self), self->hint);
  gtk_box_append (GTK_BOX (self), self->how);
  gtk_box_append (GTK_BOX (self), self->chooser);
  gtk_box_append (GTK_BOX (self), server);
  gtk_box_append (GTK_BOX (self), more_group);
}

/* Public functions --------------------------------------------------------- */

/**
 * aw_account_form_new:
 * @account: (nullable): what to show; %NULL: a new account
 *
 * Returns: (transfer floating): a form
 */
GtkWidget *
aw_account_form_new (AwAccount *account)
{
  AwAccountForm *self = g_object_new (AW_TYPE_ACCOUNT_FORM, NULL);
  const char *real_name = g_get_real_name ();

  self->setting = TRUE;
  if (account != NULL)
    {
      gboolean same_user = account->user == NULL || g_strcmp0 (account->user, account->address) == 0;

      gtk_editable_set_text (GTK_EDITABLE (self->name), account->name != NULL ? account->name : "");
      gtk_editable_set_text (GTK_EDITABLE (self->address), account->address != NULL ? account->address : "");
      gtk_editable_set_text (GTK_EDITABLE (self->host), account->host != NULL ? account->host : "");
      gtk_editable_set_text (GTK_EDITABLE (self->user), same_user ? "" : account->user);
      update_security (self);
      adw_combo_row_set_selected (ADW_COMBO_ROW (self->security), account->security);
      gtk_spin_button_set_value (self->port, account->port > 0 ? account->port : default_port (account->security));
      gtk_switch_set_active (self->copy, account->copy_to_self);
      aw_account_incoming_show (AW_ACCOUNT_INCOMING (self->incoming), account, TRUE);
      gtk_switch_set_active (self->ask, account->ask_password);
      aw_ui_row_set (self->password, account->ask_password ? _("Password") : _("Password (unchanged)"), NULL);
      self->ca = g_strdup (account->ca);
      self->pin = g_strdup (account->pin);
      aw_account_form_set_goa (self, account->goa);
    }
  else
    {
      if (real_name != NULL && strcmp (real_name, "Unknown") != 0 && strcmp (real_name, "root") != 0)
        gtk_editable_set_text (GTK_EDITABLE (self->name), real_name);
      gtk_spin_button_set_value (self->port, default_port (AW_SECURITY_TLS));
    }
  show_ca (self);
  self->setting = FALSE;
  return GTK_WIDGET (self);
}

/**
 * aw_account_form_read:
 * @self: the form
 * @stored: (nullable): the account that is changed
 * @error: return location for what is wrong, one sentence
 *
 * Returns: (transfer full) (nullable): the account as it stands in the form
 */
AwAccount *
aw_account_form_read (AwAccountForm *self,
                      AwAccount *stored,
                      GError **error)
{
  g_autoptr (AwAccount) account = stored != NULL ? aw_record_edit (stored) : (AwAccount *) aw_record_new (AW_TYPE_ACCOUNT, NULL);
  g_autofree char *name = dup_stripped (self->name);
  g_autofree char *address = dup_stripped (self->address);
  g_autofree char *host = dup_stripped (self->host);
  g_autofree char *user = dup_stripped (self->user);
  g_autofree char *ascii_host = NULL;
  g_autofree char *normal = NULL;
  const AwPreset *preset;

  if (!aw_header_text_check (name, _("name"), error))
    return NULL;
  normal = aw_address_normalize (address, error);
  if (normal == NULL)
    return NULL;
  if (*host == '\0')
    {
      g_set_error_literal (error, AW_MAIL_ERROR, AW_MAIL_ERROR_SETUP, _("The name of the outgoing server is missing."));
      return NULL;
    }
  ascii_host = g_hostname_to_ascii (host);
  if (ascii_host == NULL || strpbrk (ascii_host, " /@\t") != NULL)
    {
      g_set_error_literal (error, AW_MAIL_ERROR, AW_MAIL_ERROR_SETUP, _("This is not the name of a server. It looks like smtp.example.org."));
      return NULL;
    }

  preset = aw_preset_find (address);
  g_clear_pointer (&account->goa, g_free);
  if (preset != NULL && g_strcmp0 (preset->host, ascii_host) == 0 && self->goa == NULL)
    aw_preset_fill (preset, address, account);
  else if (self->found != NULL && g_strcmp0 (self->asked, address) == 0 && g_strcmp0 (self->found->account->host, ascii_host) == 0)
    aw_proposal_fill (self->found, account);
  else if (self->goa == NULL)
    g_clear_pointer (&account->user, g_free);
  if (account->goa == NULL)
    account->goa = g_strdup (self->goa);
  g_free (account->name);
  account->name = *name != '\0' ? g_strdup (name) : NULL;
  g_free (account->address);
  account->address = g_strdup (address);
  g_free (account->host);
  account->host = g_steal_pointer (&ascii_host);
  gtk_spin_button_update (self->port); /* what was typed, and not left yet */
  account->port = gtk_spin_button_get_value_as_int (self->port);
  account->security = adw_combo_row_get_selected (ADW_COMBO_ROW (self->security));
  if (*user != '\0' || account->user == NULL)
    {
      g_free (account->user);
      account->user = g_strdup (*user != '\0' ? user : address);
    }
  if (!aw_account_incoming_read (AW_ACCOUNT_INCOMING (self->incoming), account, error))
    return NULL;
  account->copy_to_self = gtk_switch_get_active (self->copy);
  account->ask_password = account->goa == NULL && gtk_switch_get_active (self->ask);
  g_free (account->ca);
  account->ca = g_strdup (self->ca);
  g_free (account->pin);
  account->pin = g_strdup (self->pin);
  /* What it was stopped for is what the user has just mended. */
  g_clear_pointer (&account->paused, g_free);
  return g_steal_pointer (&account);
}

/**
 * aw_account_form_dup_password:
 * @self: the form
 *
 * Returns: (transfer full): the typed password, without the spaces that some
 *   providers print theirs with; empty: it stays as it is. For aw_secret_free()
 */
char *
aw_account_form_dup_password (AwAccountForm *self)
{
  const AwPreset *preset = aw_preset_find (aw_account_form_text (self->address));

  if (preset == NULL && self->found != NULL && g_strcmp0 (self->asked, aw_account_form_text (self->address)) == 0)
    preset = self->found->preset;
  return aw_preset_clean_password (preset, aw_account_form_text (self->password));
}

/**
 * aw_account_form_set_pin:
 * @self: the form
 * @pin: the one certificate that the user accepted
 */
void
aw_account_form_set_pin (AwAccountForm *self,
                         const char *pin)
{
  g_free (self->pin);
  self->pin = g_strdup (pin);
  show_ca (self);
}

void
aw_account_form_focus (AwAccountForm *self)
{
  gtk_widget_grab_focus (*aw_account_form_text (self->name) == '\0' ? self->name : *aw_account_form_text (self->address) == '\0' ? self->address : self->password);
}
