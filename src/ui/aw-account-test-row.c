/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/aw-account-test-row.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "mail/aw-account-tester.h"
#include "service/aw-agent-client.h"

struct _AwAccountTestRow
{
  GtkBox parent_instance;

  AwSecretStore *secrets;
  AwReadAccount read;
  AwReadPassword password;
  gpointer data;

  AwAccountTester *tester;
  AwAccount *account; /* the one under test */
  AwOutbox *outbox;   /* NULL: nothing is sent here */
  char *message;      /* the test that is followed there, NULL: none */
  GCancellable *cancellable;
  GtkWidget *icon;
  GtkWidget *spinner;
  GtkWidget *title;
  GtkWidget *subtitle;
  GtkWidget *button;
  GtkWidget *send; /* shown when the test went well */
  GtkWidget *certificate;
  GtkWidget *expander;
  GtkWidget *words;
};

G_DEFINE_FINAL_TYPE (AwAccountTestRow, aw_account_test_row, GTK_TYPE_BOX)

enum
{
  PINNED,
  SEND_TEST,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
show (AwAccountTestRow *self,
      const char *icon,
      const char *class,
      const char *title,
      const char *subtitle)
{
  gboolean busy = self->cancellable != NULL || self->message != NULL;

  gtk_widget_set_visible (self->spinner, busy);
  gtk_spinner_set_spinning (GTK_SPINNER (self->spinner), busy);
  gtk_widget_set_visible (self->icon, !busy && icon != NULL);
  gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), icon);
  gtk_widget_remove_css_class (self->icon, "success");
  gtk_widget_remove_css_class (self->icon, "error");
  if (class != NULL)
    gtk_widget_add_css_class (self->icon, class);
  gtk_label_set_text (GTK_LABEL (self->title), title);
  gtk_label_set_text (GTK_LABEL (self->subtitle), subtitle != NULL ? subtitle : "");
  gtk_widget_set_visible (self->subtitle, subtitle != NULL);
}

static void
show_idle (AwAccountTestRow *self)
{
  show (self, NULL, NULL, _("Test the Account"), _("Connects and signs in. Nothing is sent."));
  gtk_button_set_label (GTK_BUTTON (self->button), _("Test"));
  gtk_widget_set_visible (self->send, FALSE);
  gtk_widget_set_visible (self->expander, FALSE);
  gtk_widget_set_visible (self->certificate, FALSE);
}

static void
finish (AwAccountTestRow *self)
{
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->message, g_free);
  gtk_button_set_label (GTK_BUTTON (self->button), _("Test Again"));
}

static void
show_error (AwAccountTestRow *self,
            const char *sentence,
            const char *subtitle)
{
  finish (self);
  show (self, "dialog-error-symbolic", "error", sentence, subtitle);
  aw_announce (GTK_WIDGET (self), sentence);
}

static void
show_success (AwAccountTestRow *self,
              const char *sentence,
              const char *subtitle)
{
  finish (self);
  show (self, "emblem-ok-symbolic", "success", sentence, subtitle);
  aw_announce (GTK_WIDGET (self), sentence);
}

static void
show_words (AwAccountTestRow *self,
            int code,
            const char *text)
{
  g_autofree char *words = NULL;

  if (text == NULL || *text == '\0')
    return;
  words = code > 0 ? g_strdup_printf ("%d %s", code, text) : g_strdup (text);
  gtk_label_set_text (GTK_LABEL (self->words), words);
  gtk_widget_set_visible (self->expander, TRUE);
}

/* The test ----------------------------------------------------------------- */

static void
step_cb (AwAccountTestRow *self,
         int step)
{
  static const char *const next[] = { N_("Encrypting…"), N_("Signing in…") };

  if (self->cancellable != NULL && step >= 0 && step < (int) G_N_ELEMENTS (next))
    show (self, NULL, NULL, _(next[step]), NULL);
}

static void
tested_cb (GObject *source,
           GAsyncResult *result,
           gpointer data)
{
  g_autoptr (AwAccountTestRow) self = data;
  AwAccountTester *tester = AW_ACCOUNT_TESTER (source);
  g_autoptr (GError) error = NULL;

  if (aw_account_tester_test_finish (tester, result, &error))
    {
      /* Translators: %s is a user name */
      g_autofree char *sentence = g_strdup_printf (_("Signed in as %s"), self->account->user);

      show_success (self, sentence, _("The account works. Nothing was sent."));
      gtk_widget_set_visible (self->send, self->outbox != NULL);
      return;
    }
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      finish (self);
      show_idle (self);
      return;
    }

  show_error (self, error->message, _("Nothing was sent."));
  show_words (self, aw_account_tester_get_code (tester), aw_account_tester_get_text (tester));
  gtk_widget_set_visible (self->certificate, aw_account_tester_get_pin (tester) != NULL);
}

static void
run (AwAccountTestRow *self,
     const char *password)
{
  g_autofree char *program = aw_find_program ("afterword-send");

  if (program == NULL)
    {
      show_error (self, _("The program afterword-send is missing. Install Afterword again."), _("Nothing was sent."));
      return;
    }
  g_clear_object (&self->tester);
  self->tester = aw_account_tester_new (program);
  g_signal_connect_object (self->tester, "step", G_CALLBACK (step_cb), self, G_CONNECT_SWAPPED);
  show (self, NULL, NULL, _("Connecting…"), NULL);
  aw_account_tester_test_async (self->tester, self->account, password, self->cancellable, tested_cb, g_object_ref (self));
}

static void
looked_up_cb (GObject *source,
              GAsyncResult *result,
              gpointer data)
{
  g_autoptr (AwAccountTestRow) self = data;
  g_autoptr (GError) error = NULL;
  char *password = aw_secret_store_lookup_finish (AW_SECRET_STORE (source), result, &error);

  if (password != NULL)
    {
      run (self, password);
      aw_secret_free (password);
    }
  else if (g_error_matches (error, AW_SECRET_ERROR, AW_SECRET_ERROR_NOT_FOUND) ||
           g_error_matches (error, AW_SECRET_ERROR, AW_SECRET_ERROR_NO_SERVICE))
    show_error (self, _("Type the password first."), _("Nothing was sent."));
  else
    show_error (self, error->message, _("Nothing was sent."));
}

/* The message to oneself ------------------------------------------------------ */

static AwOutboxItem *
find_item (AwAccountTestRow *self)
{
  GListModel *items = aw_outbox_get_items (self->outbox);

  for (guint i = 0; i < g_list_model_get_n_items (items); i++)
    {
      g_autoptr (AwOutboxItem) item = g_list_model_get_item (items, i);

      if (g_strcmp0 (AW_ID (aw_outbox_item_get_message (item)), self->message) == 0)
        return g_steal_pointer (&item);
    }
  return NULL;
}

/* Says what the Outbox says of it, until no more is to be said. */
static void
follow_message (AwAccountTestRow *self)
{
  g_autoptr (AwOutboxItem) item = self->message != NULL ? find_item (self) : NULL;
  const char *said = item != NULL ? aw_outbox_item_get_sentence (item) : NULL;
  g_autofree char *sentence = NULL;

  if (self->message == NULL)
    return;
  if (item == NULL)
    {
      finish (self);
      show_idle (self);
      return;
    }
  switch (aw_outbox_item_get_message (item)->state)
    {
    case AW_MESSAGE_SENT:
      /* Translators: %s is an e-mail address */
      sentence = g_strdup_printf (_("Test sent to %s"), aw_outbox_item_get_to (item));
      show_success (self, sentence, _("Check your inbox."));
      break;
    case AW_MESSAGE_UNCERTAIN:
      show_error (self, _("It is not known whether this was sent. Check your Sent folder."), NULL);
      break;
    case AW_MESSAGE_FAILED:
      show_error (self, said != NULL ? said : _("It was not sent."), NULL);
      if (aw_outbox_item_get_code (item) > 0)
        show_words (self, 0, aw_outbox_item_get_text (item));
      break;
    case AW_MESSAGE_QUEUED:
      if (said != NULL)
        show (self, NULL, NULL, said, _("It waits in the Outbox."));
      break;
    case AW_MESSAGE_SENDING:
    case AW_MESSAGE_SCHEDULED:
    case AW_MESSAGE_DRAFT:
    case AW_MESSAGE_CANCELLED:
    default:
      show (self, NULL, NULL, _("Sending…"), NULL);
      break;
    }
}

static void
take_back (AwAccountTestRow *self)
{
  g_autofree char *message = g_strdup (self->message);
  g_autoptr (GError) error = NULL;

  if (!aw_outbox_cancel (self->outbox, message, &error))
    aw_ui_error (GTK_WIDGET (self), error);
}

static void
send_cb (AwAccountTestRow *self)
{
  g_signal_emit (self, signals[SEND_TEST], 0);
}

/* The button ------------------------------------------------------------------ */

static void
clicked_cb (AwAccountTestRow *self)
{
  g_autoptr (GError) error = NULL;
  char *password;

  if (self->cancellable != NULL)
    {
      g_cancellable_cancel (self->cancellable);
      return;
    }
  if (self->message != NULL)
    {
      take_back (self);
      return;
    }
  gtk_widget_set_visible (self->send, FALSE);
  gtk_widget_set_visible (self->expander, FALSE);
  gtk_widget_set_visible (self->certificate, FALSE);
  g_clear_object (&self->account);
  self->account = self->read (self->data, &error);
  if (self->account == NULL)
    {
      show_error (self, error->message, _("Nothing was sent."));
      return;
    }

  self->cancellable = g_cancellable_new ();
  gtk_button_set_label (GTK_BUTTON (self->button), _("Stop"));
  password = self->password (self->data);
  /* GNOME Online Accounts give it to the program that tests. */
  if (*password != '\0' || self->account->goa != NULL)
    run (self, password);
  else if (self->account->ask_password)
    show_error (self, _("Type the password first."), _("Nothing was sent."));
  else
    {
      show (self, NULL, NULL, _("Looking for the password…"), NULL);
      aw_secret_store_lookup_async (self->secrets, self->account, TRUE, self->cancellable, looked_up_cb, g_object_ref (self));
    }
  aw_secret_free (password);
}

/* The certificate ---------------------------------------------------------- */

static void
accepted_cb (const char *answer,
             gpointer data)
{
  g_autoptr (AwAccountTestRow) self = data;

  if (strcmp (answer, "accept") != 0 || self->tester == NULL || aw_account_tester_get_pin (self->tester) == NULL)
    return;
  g_signal_emit (self, signals[PINNED], 0, aw_account_tester_get_pin (self->tester));
  show_idle (self);
}

static char *
date_words (GDateTime *date)
{
  /* Translators: the date of a certificate, with its whole year: some are valid for a century */
  return date != NULL ? g_date_time_format (date, _("%-d %B %Y")) : g_strdup ("?");
}

static void
certificate_cb (AwAccountTestRow *self)
{
  AwAnswer answers[] = {
    { "cancel", _("_Cancel"), AW_ANSWER_PLAIN },
    { "accept", _("_Accept This Certificate"), AW_ANSWER_DESTRUCTIVE },
    { NULL, NULL, 0 },
  };
  GTlsCertificate *certificate = aw_account_tester_get_certificate (self->tester);
  g_autofree char *subject = certificate != NULL ? g_tls_certificate_get_subject_name (certificate) : NULL;
  g_autofree char *issuer = certificate != NULL ? g_tls_certificate_get_issuer_name (certificate) : NULL;
  g_autoptr (GDateTime) from = certificate != NULL ? g_tls_certificate_get_not_valid_before (certificate) : NULL;
  g_autoptr (GDateTime) until = certificate != NULL ? g_tls_certificate_get_not_valid_after (certificate) : NULL;
  g_autofree char *from_words = date_words (from);
  g_autofree char *until_words = date_words (until);
  const char *fingerprint = aw_account_tester_get_fingerprint (self->tester);
  g_autofree char *body = NULL;

  body = g_strdup_printf (_("Accept it only if you know from whoever runs the server that it is theirs. Your password would be readable for whoever holds it.\n\n"
                            "For: %s\nIssued by: %s\nValid: %s to %s\nSHA-256: %s"),
                          subject != NULL ? subject : "?", issuer != NULL ? issuer : "?", from_words, until_words,
                          fingerprint != NULL ? fingerprint : "?");
  aw_confirm (GTK_WIDGET (self), _("The Server's Certificate"), body, NULL, answers, accepted_cb, g_object_ref (self));
}

/* Overrides ---------------------------------------------------------------- */

static void
aw_account_test_row_dispose (GObject *object)
{
  AwAccountTestRow *self = AW_ACCOUNT_TEST_ROW (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->tester);
  g_clear_object (&self->account);
  g_clear_object (&self->secrets);
  g_clear_object (&self->outbox);
  g_clear_pointer (&self->message, g_free);

  G_OBJECT_CLASS (aw_account_test_row_parent_class)->dispose (object);
}

static void
unroot_cb (AwAccountTestRow *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
}

static void
aw_account_test_row_class_init (AwAccountTestRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = aw_account_test_row_dispose;

  signals[PINNED] = g_signal_new ("pinned", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SEND_TEST] = g_signal_new ("send-test", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
aw_account_test_row_init (AwAccountTestRow *self)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 6);
  gtk_widget_add_css_class (GTK_WIDGET (self), "card");
  gtk_widget_add_css_class (GTK_WIDGET (self), "aw-row");

  self->icon = gtk_image_new ();
  self->spinner = gtk_spinner_new ();
  self->title = aw_ui_label (NULL, NULL);
  self->subtitle = aw_ui_label (NULL, "aw-caption");
  self->button = gtk_button_new ();
  self->certificate = gtk_button_new_with_label (_("Look at the Certificate…"));
  self->expander = gtk_expander_new (_("What the Server Said"));
  self->words = aw_ui_label (NULL, "monospace");
  gtk_label_set_selectable (GTK_LABEL (self->words), TRUE);
  gtk_expander_set_child (GTK_EXPANDER (self->expander), self->words);
  /* Tab would be caught at the words as long as they are folded away. */
  g_object_bind_property (self->expander, "expanded", self->words, "can-focus", G_BINDING_SYNC_CREATE);
  gtk_widget_add_css_class (self->expander, "aw-caption");
  self->send = gtk_button_new_with_label (_("Save and Send Me a Test"));
  gtk_widget_set_halign (self->send, GTK_ALIGN_START);
  g_signal_connect_object (self->send, "clicked", G_CALLBACK (send_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_set_halign (self->certificate, GTK_ALIGN_START);
  gtk_widget_set_valign (self->button, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (words, TRUE);
  g_signal_connect_object (self->button, "clicked", G_CALLBACK (clicked_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->certificate, "clicked", G_CALLBACK (certificate_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect (self, "unmap", G_CALLBACK (unroot_cb), NULL);

  gtk_box_append (GTK_BOX (words), self->title);
  gtk_box_append (GTK_BOX (words), self->subtitle);
  gtk_box_append (GTK_BOX (line), self->icon);
  gtk_box_append (GTK_BOX (line), self->spinner);
  gtk_box_append (GTK_BOX (line), words);
  gtk_box_append (GTK_BOX (line), self->button);
  gtk_box_append (GTK_BOX (self), line);
  gtk_box_append (GTK_BOX (self), self->expander);
  gtk_box_append (GTK_BOX (self), self->certificate);
  gtk_box_append (GTK_BOX (self), self->send);
  show_idle (self);
}

/* Public functions --------------------------------------------------------- */

GtkWidget *
aw_account_test_row_new (AwSecretStore *secrets,
                         AwOutbox *outbox,
                         AwReadAccount read,
                         AwReadPassword password,
                         gpointer data)
{
  AwAccountTestRow *self = g_object_new (AW_TYPE_ACCOUNT_TEST_ROW, NULL);

  g_set_object (&self->secrets, secrets);
  g_set_object (&self->outbox, outbox);
  if (outbox != NULL)
    g_signal_connect_object (aw_outbox_get_items (outbox), "items-changed", G_CALLBACK (follow_message), self, G_CONNECT_SWAPPED);
  self->read = read;
  self->password = password;
  self->data = data;
  return GTK_WIDGET (self);
}

/**
 * aw_account_test_row_reset:
 * @self: the row
 *
 * The form was changed: what a test said holds no longer.
 */
void
aw_account_test_row_reset (AwAccountTestRow *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  else if (self->message == NULL)
    show_idle (self);
}

/**
 * aw_account_test_row_follow:
 * @self: the row
 * @message: id of a message in the outbox
 *
 * Shows what becomes of it.
 */
void
aw_account_test_row_follow (AwAccountTestRow *self,
                            const char *message)
{
  g_return_if_fail (AW_IS_ACCOUNT_TEST_ROW (self) && self->outbox != NULL);

  g_free (self->message);
  self->message = g_strdup (message);
  /* The focus would go to the top of the dialog. */
  if (gtk_widget_has_focus (self->send))
    gtk_widget_grab_focus (self->button);
  gtk_widget_set_visible (self->send, FALSE);
  gtk_button_set_label (GTK_BUTTON (self->button), _("Stop"));
  show (self, NULL, NULL, _("Sending…"), NULL);
  follow_message (self);
}
