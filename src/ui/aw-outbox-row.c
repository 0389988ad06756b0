/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/aw-outbox-row.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/aw-plain-text.h"
#include "core/aw-words.h"
#include "ui/aw-account-password.h"
#include "ui/aw-compose-window-private.h"

#define MISSED_AFTER (12 * AW_HOUR) /* mail.md §3.2: later than that is asked, not sent */

struct _AwOutboxRow
{
  GtkListBoxRow parent_instance;

  AwUi *ui;
  AwOutboxItem *item;
  GtkWidget *subtitle;
  GtkWidget *buttons;
  gboolean narrow;
};

G_DEFINE_FINAL_TYPE (AwOutboxRow, aw_outbox_row, GTK_TYPE_LIST_BOX_ROW)

static AwMessage *
get_message (AwOutboxRow *self)
{
  return aw_outbox_item_get_message (self->item);
}

/* A test of an account, to its own address: nothing to be written in it. */
static gboolean
is_own (AwOutboxRow *self)
{
  return AW_OPPORTUNITY_ID (get_message (self)) == NULL;
}

/* A refused sign-in is mended in the account, not by trying again. */
static gboolean
is_account_trouble (AwOutboxItem *item)
{
  int code = aw_outbox_item_get_code (item);

  return code == 530 || code == 534 || code == 535;
}

/* Words -------------------------------------------------------------------- */

static char *
ago (gint64 then,
     gint64 now)
{
  int minutes = (int) CLAMP ((now - then) / 60, 0, G_MAXINT / 2);

  if (minutes < 1)
    return g_strdup (_("Changed just now"));
  if (minutes < 60)
    return g_strdup_printf (ngettext ("Changed %d minute ago", "Changed %d minutes ago", minutes), minutes);
  if (minutes < 24 * 60)
    return g_strdup_printf (ngettext ("Changed %d hour ago", "Changed %d hours ago", minutes / 60), minutes / 60);
  return g_strdup_printf (ngettext ("Changed %d day ago", "Changed %d days ago", minutes / (24 * 60)), minutes / (24 * 60));
}

static char *
in_a_while (gint64 then,
            gint64 now)
{
  int minutes = (int) CLAMP ((then - now + 59) / 60, 0, G_MAXINT / 2);

  if (minutes <= 1)
    return g_strdup (_("Tries again within a minute"));
  if (minutes < 90)
    return g_strdup_printf (ngettext ("Tries again in %d minute", "Tries again in %d minutes", minutes), minutes);
  return g_strdup_printf (ngettext ("Tries again in %d hour", "Tries again in %d hours", minutes / 60), minutes / 60);
}

static char *
describe (AwOutboxRow *self)
{
  AwEngine *engine = aw_ui_engine (self->ui);
  AwCalendar *calendar = aw_engine_get_calendar (engine);
  gint64 now = aw_engine_now (engine);
  AwMessage *message = get_message (self);
  const char *sentence = aw_outbox_item_get_sentence (self->item);
  g_autofree char *when = NULL;

  switch (message->state)
    {
    case AW_MESSAGE_FAILED:
      return g_strdup (sentence != NULL ? sentence : _("It was not sent."));
    case AW_MESSAGE_UNCERTAIN:
      return g_strdup (_("It is not known whether this was sent. Check your Sent folder."));
    case AW_MESSAGE_SENDING:
      return g_strdup (_("Sending…"));
    case AW_MESSAGE_QUEUED:
      if (aw_outbox_item_get_attempts (self->item) == 0)
        return g_strdup (_("Leaves in a moment"));
      /* No time makes it leave: the user does. */
      if (aw_outbox_item_waits_for (self->item) != AW_WAITS_FOR_NOTHING)
        return g_strdup (sentence);
      when = in_a_while (aw_outbox_item_get_next_at (self->item), now);
      /* Translators: what went wrong, and "Tries again in 5 minutes" */
      return sentence != NULL ? g_strdup_printf (_("%s %s."), sentence, when) : g_steal_pointer (&when);
    case AW_MESSAGE_SCHEDULED:
      when = aw_words_relative (calendar, message->scheduled_at.sec, now);
      if (aw_outbox_item_is_missed (self->item, now))
        return g_strdup_printf (_("Was to leave %s, when this computer was off. Send it now?"), when);
      return g_strdup_printf (_("Leaves %s"), when);
    case AW_MESSAGE_SENT:
      {
        g_autofree char *copy = aw_outbox_item_get_copy_sentence (self->item);
        g_autofree char *sent = NULL;

        when = aw_words_relative (calendar, aw_outbox_item_get_sent_at (self->item), now);
        sent = g_strdup_printf (_("Sent %s"), when);
        if (!aw_outbox_item_is_bounced (self->item))
          sentence = copy;
        return sentence != NULL ? g_strdup_printf ("%s · %s", sent, sentence) : g_steal_pointer (&sent);
      }
    case AW_MESSAGE_DRAFT:
    case AW_MESSAGE_CANCELLED:
    default:
      {
        guint words = message->body != NULL ? aw_plain_text_count_words (message->body) : 0;
        g_autofree char *count = g_strdup_printf (ngettext ("%u word", "%u words", words), words);

        when = ago (aw_instant_is_set (message->changed_at) ? message->changed_at.sec : now, now);
        return g_strdup_printf ("%s · %s", count, when);
      }
    }
}

static const char *
get_title (AwOutboxRow *self)
{
  AwMessage *message = get_message (self);

  return message->subject != NULL && *message->subject != '\0' ? message->subject : aw_words_contact_kind (message->kind);
}

void
aw_outbox_row_update (AwOutboxRow *self)
{
  const char *name = is_own (self) ? aw_outbox_item_get_to (self->item) : aw_outbox_item_get_person_name (self->item);
  g_autofree char *words = describe (self);
  g_autofree char *text = name != NULL && *name != '\0' ? g_strdup_printf ("%s · %s", name, words) : g_strdup (words);
  g_autofree char *label = g_strdup_printf ("%s, %s", get_title (self), text);

  gtk_label_set_text (GTK_LABEL (self->subtitle), text);
  aw_ui_set_name (GTK_WIDGET (self), label);
}

/* Actions ------------------------------------------------------------------ */

static void
tell_if (AwOutboxRow *self,
         gboolean done,
         const GError *error)
{
  if (!done)
    aw_ui_error (GTK_WIDGET (self), error);
}

void
aw_outbox_row_open (AwOutboxRow *self)
{
  aw_ui_open_message (GTK_WIDGET (self), AW_ID (get_message (self)));
}

static void
delete_message (AwOutboxRow *self)
{
  AwMessage *message = get_message (self);
  AwEngine *engine = aw_ui_engine (self->ui);
  g_autoptr (AwCommand) command = aw_command_new (message->state == AW_MESSAGE_DRAFT ? _("Draft deleted") : _("Message deleted"));
  g_autoptr (AwRecord) record = NULL;
  g_autoptr (GError) error = NULL;

  /* Back to a draft first, so that Undo brings back nothing that leaves by itself. */
  if (message->state != AW_MESSAGE_DRAFT && message->state != AW_MESSAGE_SENT &&
      !aw_outbox_cancel (aw_ui_outbox (self->ui), AW_ID (message), &error))
    {
      aw_ui_error (GTK_WIDGET (self), error);
      return;
    }
  record = aw_database_load_record (aw_engine_get_database (engine), AW_RECORD_MESSAGE, AW_ID (message), &error);
  if (record == NULL)
    {
      /* A test of an account went with that. */
      if (error != NULL)
        aw_ui_error (GTK_WIDGET (self), error);
      else if (is_own (self))
        aw_ui_toast (GTK_WIDGET (self), _("Message deleted"));
      return;
    }
  aw_command_remove (command, record);
  aw_ui_run (GTK_WIDGET (self), command, NULL, NULL);
}

static void
launched_cb (G_GNUC_UNUSED GObject *source,
             GAsyncResult *result,
             gpointer data)
{
  g_autoptr (AwOutboxRow) self = data;

  if (!g_app_info_launch_default_for_uri_finish (result, NULL))
    aw_ui_toast (GTK_WIDGET (self), _("No mail program is set up on this computer. Copy the text instead."));
}

static void
row_action (GtkWidget *widget,
            const char *action,
            G_GNUC_UNUSED GVariant *target)
{
  AwOutboxRow *self = AW_OUTBOX_ROW (widget);
  AwOutbox *outbox = aw_ui_outbox (self->ui);
  AwMessage *message = get_message (self);
  g_autoptr (GError) error = NULL;

  if (strcmp (action, "outbox.open") == 0)
    aw_outbox_row_open (self);
  else if (strcmp (action, "outbox.retry") == 0)
    tell_if (self, aw_outbox_retry (outbox, AW_ID (message), &error), error);
  else if (strcmp (action, "outbox.was-sent") == 0)
    tell_if (self, aw_outbox_was_sent (outbox, AW_ID (message), &error), error);
  else if (strcmp (action, "outbox.cancel") == 0)
    tell_if (self, aw_outbox_cancel (outbox, AW_ID (message), &error), error);
  else if (strcmp (action, "outbox.password") == 0)
    aw_asker_ask (aw_asker_get (self->ui), widget, message->account, NULL, NULL);
  else if (strcmp (action, "outbox.unlock") == 0)
    aw_asker_unlock (aw_asker_get (self->ui), widget, message->account);
  else if (strcmp (action, "outbox.account") == 0)
    aw_ui_edit_account (widget, message->account != NULL ? message->account : "");
  else if (strcmp (action, "outbox.delete") == 0)
    delete_message (self);
  else if (strcmp (action, "outbox.copy") == 0)
    {
      gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), message->body != NULL ? message->body : "");
      aw_ui_toast (widget, _("Text copied"));
    }
  else if (strcmp (action, "outbox.mail-app") == 0)
    {
      g_autofree char *uri = aw_compose_mailto (aw_outbox_item_get_to (self->item), message->subject, message->body);

      g_app_info_launch_default_for_uri_async (uri, NULL, NULL, launched_cb, g_object_ref (self));
    }
}

/* Building ----------------------------------------------------------------- */

typedef struct
{
  const char *label;
  const char *action;
} Choice;

/* The main choices of a state, the most likely last. */
static guint
get_choices (AwOutboxRow *self,
             Choice choices[2])
{
  AwMessage *message = get_message (self);
  guint n = 0;

  switch (message->state)
    {
    case AW_MESSAGE_FAILED:
      if (is_account_trouble (self->item))
        choices[n++] = (Choice){ _("Edit Account"), "outbox.account" };
      choices[n++] = (Choice){ _("Try Again"), "outbox.retry" };
      break;
    case AW_MESSAGE_UNCERTAIN:
      choices[n++] = (Choice){ _("It Was Sent"), "outbox.was-sent" };
      choices[n++] = (Choice){ _("Send Again"), "outbox.retry" };
      break;
    case AW_MESSAGE_SCHEDULED:
      choices[n++] = (Choice){ _("Send Now"), "outbox.retry" };
      break;
    case AW_MESSAGE_QUEUED:
      choices[n++] = (Choice){ _("Undo"), "outbox.cancel" };
      if (aw_outbox_item_waits_for (self->item) == AW_WAITS_FOR_PASSWORD)
        choices[n++] = (Choice){ _("Enter Password…"), "outbox.password" };
      else if (aw_outbox_item_waits_for (self->item) == AW_WAITS_FOR_KEYRING)
        choices[n++] = (Choice){ _("Unlock…"), "outbox.unlock" };
      else if (aw_outbox_item_get_attempts (self->item) > 0)
        choices[n++] = (Choice){ _("Try Now"), "outbox.retry" };
      break;
    case AW_MESSAGE_SENDING:
      choices[n++] = (Choice){ _("Stop"), "outbox.cancel" };
      break;
    case AW_MESSAGE_DRAFT:
    case AW_MESSAGE_SENT:
    case AW_MESSAGE_CANCELLED:
    default:
      break;
    }
  return n;
}

static GMenuModel *
make_menu (AwOutboxRow *self)
{
  AwMessageState state = get_message (self)->state;
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) main = g_menu_new ();
  g_autoptr (GMenu) text = g_menu_new ();
  g_autoptr (GMenu) end = g_menu_new ();
  Choice choices[2];
  guint n = get_choices (self, choices);

  for (guint i = n; self->narrow && i > 0; i--)
    g_menu_append (main, choices[i - 1].label, choices[i - 1].action);
  if ((state == AW_MESSAGE_FAILED || state == AW_MESSAGE_SCHEDULED) && !is_own (self))
    g_menu_append (main, _("Edit…"), "outbox.open");
  else
    g_menu_append (main, _("Open"), "outbox.open");
  g_menu_append (text, _("Copy Text"), "outbox.copy");
  if (state != AW_MESSAGE_SENT)
    g_menu_append (text, _("Open in Mail App"), "outbox.mail-app");
  if (state != AW_MESSAGE_SENDING && state != AW_MESSAGE_UNCERTAIN)
    g_menu_append (end, _("Delete"), "outbox.delete");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (main));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (text));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (end));
  return G_MENU_MODEL (menu);
}

static GtkWidget *
make_icon (AwMessageState state,
           gboolean bounced)
{
  const char *icon = "document-edit-symbolic";
  const char *class = NULL;
  GtkWidget *image;

  if (state == AW_MESSAGE_FAILED)
    icon = "dialog-error-symbolic", class = "error";
  else if (state == AW_MESSAGE_UNCERTAIN || bounced)
    icon = "dialog-warning-symbolic", class = "warning";
  else if (state == AW_MESSAGE_SENT)
    icon = "emblem-ok-symbolic", class = "success";
  else if (state == AW_MESSAGE_SCHEDULED || state == AW_MESSAGE_QUEUED)
    icon = "alarm-symbolic";
  else if (state == AW_MESSAGE_SENDING)
    {
      image = aw_ui_spinner ();
      return image;
    }
  image = gtk_image_new_from_icon_name (icon);
  if (class != NULL)
    gtk_widget_add_css_class (image, class);
  return image;
}

static void
build_buttons (AwOutboxRow *self,
               gboolean first)
{
  AwMessageState state = get_message (self)->state;
  Choice choices[2];
  guint n = get_choices (self, choices);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->buttons)) != NULL)
    gtk_box_remove (GTK_BOX (self->buttons), child);
  for (guint i = 0; i < n && !self->narrow; i++)
    {
      GtkWidget *button = gtk_button_new_with_label (choices[i].label);
      g_autofree char *name = g_strdup_printf ("%s: %s", choices[i].label, get_title (self));

      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), choices[i].action);
      gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
      aw_ui_set_name (button, name);
      if (first && i + 1 == n && state == AW_MESSAGE_FAILED)
        gtk_widget_add_css_class (button, "suggested-action");
      gtk_box_append (GTK_BOX (self->buttons), button);
    }

  if (state == AW_MESSAGE_SENT || (state == AW_MESSAGE_DRAFT && !self->narrow))
    gtk_box_append (GTK_BOX (self->buttons), gtk_image_new_from_icon_name ("go-next-symbolic"));
  if (state != AW_MESSAGE_SENT)
    {
      g_autofree char *name = g_strdup_printf (_("More for %s"), get_title (self));
      g_autoptr (GMenuModel) menu = make_menu (self);
      GtkWidget *more = aw_ui_menu_button ("view-more-symbolic", name, menu);

      gtk_widget_add_css_class (more, "flat");
      gtk_widget_set_valign (more, GTK_ALIGN_CENTER);
      gtk_box_append (GTK_BOX (self->buttons), more);
    }
}

/* What the server said, word for word, for whoever has to ask somebody. */
static GtkWidget *
make_server_words (AwOutboxItem *item)
{
  const char *text = aw_outbox_item_get_text (item);
  GtkWidget *expander, *label;

  /* Without a code nobody spoke: the text is ours, and stands above already. */
  if (text == NULL || *text == '\0' || aw_outbox_item_get_code (item) <= 0)
    return NULL;
  expander = gtk_expander_new (_("What the Server Said"));
  label = aw_ui_label (text, "monospace");
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_widget_set_margin_top (label, 6);
  gtk_expander_set_child (GTK_EXPANDER (expander), label);
  /* Tab would be caught at the words as long as they are folded away. */
  g_object_bind_property (expander, "expanded", label, "can-focus", G_BINDING_SYNC_CREATE);
  gtk_widget_add_css_class (expander, "aw-caption");
  gtk_widget_set_margin_start (expander, 28);
  return expander;
}

static void
build (AwOutboxRow *self,
       gboolean first)
{
  AwMessageState state = get_message (self)->state;
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *title = gtk_label_new (get_title (self));
  GtkWidget *server = state == AW_MESSAGE_FAILED || state == AW_MESSAGE_UNCERTAIN ||
                              (state == AW_MESSAGE_QUEUED && aw_outbox_item_get_attempts (self->item) > 0)
                          ? make_server_words (self->item)
                          : NULL;

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_END);
  self->subtitle = aw_ui_label (NULL, "aw-caption");
  self->buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (words), title);
  gtk_box_append (GTK_BOX (words), self->subtitle);
  gtk_box_append (GTK_BOX (line), make_icon (state, aw_outbox_item_is_bounced (self->item)));
  gtk_box_append (GTK_BOX (line), words);
  gtk_box_append (GTK_BOX (line), self->buttons);
  gtk_box_append (GTK_BOX (box), line);
  if (server != NULL)
    gtk_box_append (GTK_BOX (box), server);
  gtk_widget_add_css_class (box, "aw-row");
  build_buttons (self, first);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);
}

/* Overrides ---------------------------------------------------------------- */

static void
aw_outbox_row_finalize (GObject *object)
{
  AwOutboxRow *self = AW_OUTBOX_ROW (object);

  g_clear_object (&self->ui);
  g_clear_object (&self->item);

  G_OBJECT_CLASS (aw_outbox_row_parent_class)->finalize (object);
}

static void
aw_outbox_row_class_init (AwOutboxRowClass *klass)
{
  static const char *const actions[] = {
    "outbox.open", "outbox.retry", "outbox.was-sent", "outbox.cancel", "outbox.account", "outbox.delete", "outbox.copy", "outbox.mail-app",
    "outbox.password", "outbox.unlock",
  };

  G_OBJECT_CLASS (klass)->finalize = aw_outbox_row_finalize;
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), actions[i], NULL, row_action);
  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_Delete, 0, "outbox.delete", NULL);
}

static void
aw_outbox_row_init (G_GNUC_UNUSED AwOutboxRow *self)
{
}

/* Public functions --------------------------------------------------------- */

/**
 * aw_outbox_row_new:
 * @ui: engine and outbox
 * @item: the message
 * @narrow: whether buttons go into the menu
 * @first: whether it is the first of the page that could not be sent
 *
 * Returns: (transfer floating): a row
 */
GtkWidget *
aw_outbox_row_new (AwUi *ui,
                   AwOutboxItem *item,
                   gboolean narrow,
                   gboolean first)
{
  AwOutboxRow *self = g_object_new (AW_TYPE_OUTBOX_ROW, NULL);

  self->ui = g_object_ref (ui);
  self->item = g_object_ref (item);
  self->narrow = narrow;
  build (self, first);
  aw_outbox_row_update (self);
  return GTK_WIDGET (self);
}

void
aw_outbox_row_set_narrow (AwOutboxRow *self,
                          gboolean narrow)
{
  if (self->narrow == narrow)
    return;
  self->narrow = narrow;
  build_buttons (self, FALSE);
}

/**
 * aw_outbox_item_is_missed:
 * @item: a message
 * @now: an instant
 *
 * Returns: whether it was to leave more than twelve hours ago
 */
gboolean
aw_outbox_item_is_missed (AwOutboxItem *item,
                          gint64 now)
{
  AwMessage *message = aw_outbox_item_get_message (item);

  return message->state == AW_MESSAGE_SCHEDULED && aw_instant_is_set (message->scheduled_at) &&
         message->scheduled_at.sec + MISSED_AFTER < now;
}
