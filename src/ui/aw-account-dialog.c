/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/aw-account-dialog.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "mail/aw-address.h"
#include "mail/aw-libsecret-store.h"
#include "service/aw-agent-client.h"
#include "ui/aw-account-form.h"
#include "ui/aw-account-password.h"
#include "ui/aw-account-test-row.h"
#include "ui/aw-compose-start.h"

/* Lives as long as the dialog and what was begun in it. */
typedef struct
{
  gatomicrefcount refs;
  AwUi *ui;
  AwAccount *stored; /* NULL: a new one */
  AwAccount *edited; /* what is being saved */
  AwSecretStore *secrets;
  AwAsker *asker;    /* NULL: nothing is sent here */
  char *password;    /* typed, while it is being saved */
  gboolean then_test; /* a message to oneself follows */
  GtkWidget *parent;
  GtkWidget *dialog; /* NULL: closed */
  AwAccountForm *form;
  GtkWidget *test;
  GtkWidget *save;
  GtkWidget *problem;
} Dialog;

static Dialog *
dialog_ref (Dialog *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

static void
dialog_unref (Dialog *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_object_unref (self->ui);
  g_clear_object (&self->stored);
  g_clear_object (&self->edited);
  g_object_unref (self->secrets);
  aw_secret_free (self->password);
  g_object_unref (self->parent);
  g_object_unref (self->form);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Dialog, dialog_unref)

static void
set_problem (Dialog *self,
             const char *sentence)
{
  if (self->dialog == NULL)
    return;
  self->then_test = FALSE;
  gtk_label_set_text (GTK_LABEL (self->problem), sentence != NULL ? sentence : "");
  gtk_widget_set_visible (self->problem, sentence != NULL);
  gtk_widget_set_sensitive (self->save, TRUE);
}

/* Saving ------------------------------------------------------------------- */

static void
cleared_cb (GObject *source,
            GAsyncResult *result,
            gpointer data)
{
  g_autoptr (Dialog) self = data;
  g_autoptr (GError) error = NULL;

  /* A password that stays behind must be known. */
  if (!aw_secret_store_clear_finish (AW_SECRET_STORE (source), result, &error) &&
      !g_error_matches (error, AW_SECRET_ERROR, AW_SECRET_ERROR_NO_SERVICE))
    aw_ui_toast (self->parent, _("The password is still in the keyring"));
}

/* The account is there now, and the dialog stays to say what becomes of it. */
static void
send_test (Dialog *self)
{
  g_autoptr (AwMessage) message = NULL;
  g_autoptr (GError) error = NULL;

  g_set_object (&self->stored, self->edited);
  message = aw_outbox_queue_test (aw_ui_outbox (self->ui), self->stored, &error);
  set_problem (self, error != NULL ? error->message : NULL);
  if (message != NULL)
    aw_account_test_row_follow (AW_ACCOUNT_TEST_ROW (self->test), AW_ID (message));
}

static void
committed_cb (G_GNUC_UNUSED GtkWidget *widget,
              const GError *error,
              gpointer data)
{
  g_autoptr (Dialog) self = data;

  if (error != NULL)
    {
      set_problem (self, error->message);
      return;
    }
  if (self->asker != NULL)
    {
      /* What was typed need not be asked for again in this session. */
      if (self->edited->ask_password && self->password != NULL)
        aw_asker_keep (self->asker, AW_ID (self->edited), self->password);
      else if (!self->edited->ask_password)
        aw_asker_forget (self->asker, AW_ID (self->edited));
    }
  if (self->edited->ask_password && self->stored != NULL && !self->stored->ask_password)
    aw_secret_store_clear_async (self->secrets, self->edited, NULL, cleared_cb, dialog_ref (self));
  g_clear_pointer (&self->password, aw_secret_free);
  if (self->dialog != NULL && self->then_test)
    send_test (self);
  else if (self->dialog != NULL)
    aw_dialog_close (self->dialog);
}

static void
commit (Dialog *self)
{
  g_autoptr (AwCommand) command = aw_command_new (_("Account saved"));

  if (self->stored == NULL)
    aw_command_add (command, self->edited);
  else
    aw_command_change (command, self->stored, self->edited);
  aw_ui_run_quietly (self->parent, command, committed_cb, dialog_ref (self));
}

static void
keep_asking_cb (const char *answer,
                gpointer data)
{
  g_autoptr (Dialog) self = data;

  if (strcmp (answer, "save") == 0)
    {
      self->edited->ask_password = TRUE;
      commit (self);
    }
  else
    set_problem (self, NULL);
}

static void
kept_cb (GObject *source,
         GAsyncResult *result,
         gpointer data)
{
  g_autoptr (Dialog) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *body = NULL;
  AwAnswer answers[] = {
    { "cancel", _("_Cancel"), AW_ANSWER_PLAIN },
    { "save", _("_Save Without"), AW_ANSWER_PLAIN },
    { NULL, NULL, 0 },
  };

  if (aw_secret_store_store_finish (AW_SECRET_STORE (source), result, &error))
    {
      self->edited->ask_password = FALSE;
      commit (self);
      return;
    }
  if (self->dialog == NULL)
    return;
  if (g_error_matches (error, AW_SECRET_ERROR, AW_SECRET_ERROR_NO_SERVICE))
    body = g_strdup (_("The password cannot be kept: no keyring is running. Afterword will ask each time."));
  else
    body = g_strdup_printf (_("%s If you save without it, Afterword will ask each time."), error->message);
  aw_confirm (self->dialog, _("Password Not Kept"), body, NULL, answers, keep_asking_cb, dialog_ref (self));
}

static void
save (Dialog *self,
      gboolean then_test)
{
  g_autoptr (GError) error = NULL;

  g_clear_object (&self->edited);
  g_clear_pointer (&self->password, aw_secret_free);
  self->edited = aw_account_form_read (self->form, self->stored, &error);
  if (self->edited == NULL)
    {
      set_problem (self, error->message);
      return;
    }
  self->password = aw_account_form_dup_password (self->form);
  if (*self->password == '\0')
    g_clear_pointer (&self->password, aw_secret_free);
  if (self->password == NULL && !self->edited->ask_password && self->stored != NULL && self->stored->ask_password)
    {
      set_problem (self, _("Type the password, so that it can be kept."));
      return;
    }

  set_problem (self, NULL);
  self->then_test = then_test;
  gtk_widget_set_sensitive (self->save, FALSE);
  if (self->password != NULL && !self->edited->ask_password)
    aw_secret_store_store_async (self->secrets, self->edited, self->password, NULL, kept_cb, dialog_ref (self));
  else
    commit (self);
}

static void
save_cb (Dialog *self)
{
  save (self, FALSE);
}

static void
send_test_cb (Dialog *self)
{
  if (gtk_widget_get_sensitive (self->save))
    save (self, TRUE);
}

/* Deleting ----------------------------------------------------------------- */

static void
deleted_cb (G_GNUC_UNUSED GtkWidget *widget,
            const GError *error,
            gpointer data)
{
  g_autoptr (Dialog) self = data;

  if (error != NULL)
    {
      set_problem (self, error->message);
      return;
    }
  aw_secret_store_clear_async (self->secrets, self->stored, NULL, cleared_cb, dialog_ref (self));
  if (self->asker != NULL)
    aw_asker_forget (self->asker, AW_ID (self->stored));
  if (self->dialog != NULL)
    aw_dialog_close (self->dialog);
}

static void
delete_answered_cb (const char *answer,
                    gpointer data)
{
  g_autoptr (Dialog) self = data;
  g_autoptr (AwCommand) command = NULL;

  if (strcmp (answer, "delete") != 0)
    return;
  command = aw_command_new (_("Account deleted"));
  aw_command_remove (command, self->stored);
  aw_ui_run_quietly (self->parent, command, deleted_cb, dialog_ref (self));
}

/* What would have left by itself. */
static guint
count_waiting (Dialog *self)
{
  GListModel *items = aw_ui_outbox (self->ui) != NULL ? aw_outbox_get_items (aw_ui_outbox (self->ui)) : NULL;
  guint n = 0;

  for (guint i = 0; items != NULL && i < g_list_model_get_n_items (items); i++)
    {
      g_autoptr (AwOutboxItem) item = g_list_model_get_item (items, i);
      AwMessage *message = aw_outbox_item_get_message (item);

      n += g_strcmp0 (message->account, AW_ID (self->stored)) == 0 &&
           (message->state == AW_MESSAGE_QUEUED || message->state == AW_MESSAGE_SCHEDULED || message->state == AW_MESSAGE_SENDING);
    }
  return n;
}

static void
delete_cb (Dialog *self)
{
  AwAnswer answers[] = {
    { "cancel", _("_Cancel"), AW_ANSWER_PLAIN },
    { "delete", _("_Delete"), AW_ANSWER_DESTRUCTIVE },
    { NULL, NULL, 0 },
  };
  guint waiting = count_waiting (self);
  g_autofree char *body = NULL;

  if (waiting > 0)
    body = g_strdup_printf (ngettext ("Its password is taken out of the keyring. %u message still waits for this account and will not be sent.",
                                      "Its password is taken out of the keyring. %u messages still wait for this account and will not be sent.",
                                      waiting),
                            waiting);
  aw_confirm (self->dialog, _("Delete Account?"), body != NULL ? body : _("Its password is taken out of the keyring."), NULL, answers,
              delete_answered_cb, dialog_ref (self));
}

/* The default account ------------------------------------------------------- */

static void
made_default_cb (GtkWidget *widget,
                 const GError *error,
                 gpointer data)
{
  g_autoptr (Dialog) self = data;

  if (error != NULL)
    set_problem (self, error->message);
  else if (self->dialog != NULL)
    gtk_widget_set_visible (widget, FALSE);
}

static void
make_default_cb (Dialog *self,
                 GtkWidget *button)
{
  g_autofree char *before = aw_engine_get_setting (aw_ui_engine (self->ui), AW_DEFAULT_ACCOUNT);
  g_autoptr (AwCommand) command = aw_command_new (_("Default account changed"));

  aw_command_set_setting (command, AW_DEFAULT_ACCOUNT, before, AW_ID (self->stored));
  aw_ui_run_quietly (button, command, made_default_cb, dialog_ref (self));
}

/* Of several accounts, all but the one that it is. */
static gboolean
can_be_default (Dialog *self)
{
  AwEngine *engine = aw_ui_engine (self->ui);
  g_autoptr (AwAccount) chosen = aw_compose_find_account (engine, NULL);

  return self->stored != NULL && g_list_model_get_n_items (aw_engine_get_accounts (engine)) > 1 && chosen != NULL &&
         g_strcmp0 (AW_ID (chosen), AW_ID (self->stored)) != 0;
}

/* Building ----------------------------------------------------------------- */

static AwAccount *
read_for_test (gpointer data,
               GError **error)
{
  Dialog *self = data;

  return aw_account_form_read (self->form, self->stored, error);
}

static char *
password_for_test (gpointer data)
{
  Dialog *self = data;
  char *typed = aw_account_form_dup_password (self->form);
  const char *kept = self->asker != NULL && self->stored != NULL ? aw_asker_look_up (self->asker, AW_ID (self->stored)) : NULL;

  if (*typed != '\0' || kept == NULL)
    return typed;
  aw_secret_free (typed);
  return g_strdup (kept);
}

static void
pinned_cb (Dialog *self,
           const char *pin)
{
  aw_account_form_set_pin (self->form, pin);
}

static void
form_changed_cb (Dialog *self)
{
  set_problem (self, NULL);
  aw_account_test_row_reset (AW_ACCOUNT_TEST_ROW (self->test));
}

static void
closed_cb (gpointer data)
{
  Dialog *self = data;

  self->dialog = NULL;
  g_signal_handlers_disconnect_by_data (self->form, self);
  dialog_unref (self);
}

static AwAccount *
find_account (AwEngine *engine,
              const char *id)
{
  GListModel *accounts = aw_engine_get_accounts (engine);

  for (guint i = 0; id != NULL && *id != '\0' && i < g_list_model_get_n_items (accounts); i++)
    {
      g_autoptr (AwAccount) account = g_list_model_get_item (accounts, i);

      if (strcmp (AW_ID (account), id) == 0)
        return g_steal_pointer (&account);
    }
  return NULL;
}

/**
 * aw_account_dialog_present:
 * @ui: engine and outbox
 * @parent: where it belongs
 * @account: (nullable): id of the account to change; %NULL or empty: a new one
 */
void
aw_account_dialog_present (AwUi *ui,
                           GtkWidget *parent,
                           const char *account)
{
  Dialog *self = g_new0 (Dialog, 1);
  GtkWidget *page = aw_page_new (_("Mail Account"), NULL);
  GtkWidget *cancel = gtk_button_new_with_mnemonic (_("_Cancel"));
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);

  g_atomic_ref_count_init (&self->refs);
  self->ui = g_object_ref (ui);
  self->parent = g_object_ref (parent);
  self->stored = find_account (aw_ui_engine (ui), account);
  self->secrets = aw_libsecret_store_new ();
  self->asker = aw_ui_outbox (ui) != NULL ? aw_asker_get (ui) : NULL;
  self->dialog = aw_dialog_new (_("Mail Account"), 480, 680);
  self->form = AW_ACCOUNT_FORM (g_object_ref_sink (aw_account_form_new (self->stored)));
  self->test = aw_account_test_row_new (self->secrets, aw_ui_outbox (ui), read_for_test, password_for_test, self);
  self->save = gtk_button_new_with_mnemonic (_("_Save"));
  self->problem = aw_ui_label (NULL, "error");
  gtk_widget_add_css_class (self->save, "suggested-action");
  gtk_widget_set_visible (self->problem, FALSE);

  g_signal_connect_swapped (cancel, "clicked", G_CALLBACK (aw_dialog_close), self->dialog);
  g_signal_connect_swapped (self->save, "clicked", G_CALLBACK (save_cb), self);
  g_signal_connect_swapped (self->form, "changed", G_CALLBACK (form_changed_cb), self);
  g_signal_connect_swapped (self->test, "pinned", G_CALLBACK (pinned_cb), self);
  g_signal_connect_swapped (self->test, "send-test", G_CALLBACK (send_test_cb), self);

  gtk_box_append (GTK_BOX (box), aw_ui_label (_("Afterword sends with your own account. The password is kept in the keyring."), "aw-reason"));
  gtk_box_append (GTK_BOX (box), self->problem);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->form));
  gtk_box_append (GTK_BOX (box), self->test);
  if (can_be_default (self))
    {
      GtkWidget *make_default = gtk_button_new_with_label (_("Send From This Account by Default"));

      gtk_widget_set_halign (make_default, GTK_ALIGN_CENTER);
      g_signal_connect_swapped (make_default, "clicked", G_CALLBACK (make_default_cb), self);
      gtk_box_append (GTK_BOX (box), make_default);
    }
  if (self->stored != NULL)
    {
      GtkWidget *delete = gtk_button_new_with_label (_("Delete Account…"));

      gtk_widget_add_css_class (delete, "destructive-action");
      gtk_widget_set_halign (delete, GTK_ALIGN_CENTER);
      g_signal_connect_swapped (delete, "clicked", G_CALLBACK (delete_cb), self);
      gtk_box_append (GTK_BOX (box), delete);
    }

  aw_page_set_content (AW_PAGE (page), aw_ui_scrolled_clamp (box));
  aw_page_set_show_window_buttons (AW_PAGE (page), FALSE);
  adw_header_bar_pack_start (aw_page_get_header (AW_PAGE (page)), cancel);
  adw_header_bar_pack_end (aw_page_get_header (AW_PAGE (page)), self->save);
  aw_dialog_set_child (self->dialog, page);
  aw_dialog_set_default_widget (self->dialog, self->save);
  aw_dialog_on_closed (self->dialog, closed_cb, self);
  aw_dialog_present (self->dialog, parent);
  aw_account_form_focus (self->form);
}
