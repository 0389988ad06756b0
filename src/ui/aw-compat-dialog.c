/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/aw-compat.h"

#include <glib/gi18n-lib.h>

#define NARROWEST 360 /* px a window may be wide at least */

/* Dialogs ------------------------------------------------------------------ */

#if !ADW_CHECK_VERSION (1, 5, 0)
static gboolean
close_by_key (GtkWidget *widget,
              GVariant *arguments G_GNUC_UNUSED,
              gpointer data G_GNUC_UNUSED)
{
  gtk_window_close (GTK_WINDOW (widget));
  return TRUE;
}

static void
add_escape (GtkWidget *window)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys),
                                        gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0),
                                                          gtk_callback_action_new (close_by_key, NULL, NULL)));
  gtk_widget_add_controller (window, keys);
}

static GtkWindow *
window_of (GtkWidget *widget)
{
  GtkRoot *root = widget != NULL ? gtk_widget_get_root (widget) : NULL;

  return GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;
}
#endif

GtkWidget *
aw_dialog_new (const char *title,
               int width,
               int height)
{
#if ADW_CHECK_VERSION (1, 5, 0)
  AdwDialog *dialog = adw_dialog_new ();

  adw_dialog_set_title (dialog, title);
  adw_dialog_set_content_width (dialog, width);
  adw_dialog_set_content_height (dialog, height);
  return GTK_WIDGET (dialog);
#else
  GtkWidget *dialog = adw_window_new ();

  gtk_window_set_title (GTK_WINDOW (dialog), title);
  gtk_window_set_modal (GTK_WINDOW (dialog), TRUE);
  gtk_window_set_default_size (GTK_WINDOW (dialog), width, height);
  gtk_window_set_destroy_with_parent (GTK_WINDOW (dialog), TRUE);
  add_escape (dialog);
  return dialog;
#endif
}

void
aw_dialog_set_title (GtkWidget *dialog,
                     const char *title)
{
#if ADW_CHECK_VERSION (1, 5, 0)
  adw_dialog_set_title (ADW_DIALOG (dialog), title);
#else
  gtk_window_set_title (GTK_WINDOW (dialog), title);
#endif
}

void
aw_dialog_set_height (GtkWidget *dialog,
                      int height)
{
#if ADW_CHECK_VERSION (1, 5, 0)
  adw_dialog_set_content_height (ADW_DIALOG (dialog), height);
#else
  int width, before;

  gtk_window_get_default_size (GTK_WINDOW (dialog), &width, &before);
  gtk_window_set_default_size (GTK_WINDOW (dialog), width, height);
#endif
}

void
aw_dialog_set_child (GtkWidget *dialog,
                     GtkWidget *child)
{
#if ADW_CHECK_VERSION (1, 5, 0)
  adw_dialog_set_child (ADW_DIALOG (dialog), child);
#else
  adw_window_set_content (ADW_WINDOW (dialog), child);
#endif
}

void
aw_dialog_set_focus (GtkWidget *dialog,
                     GtkWidget *focus)
{
#if ADW_CHECK_VERSION (1, 5, 0)
  adw_dialog_set_focus (ADW_DIALOG (dialog), focus);
#else
  gtk_window_set_focus (GTK_WINDOW (dialog), focus);
#endif
}

void
aw_dialog_set_default_widget (GtkWidget *dialog,
                              GtkWidget *button)
{
#if ADW_CHECK_VERSION (1, 5, 0)
  adw_dialog_set_default_widget (ADW_DIALOG (dialog), button);
#else
  gtk_window_set_default_widget (GTK_WINDOW (dialog), button);
#endif
}

void
aw_dialog_present (GtkWidget *dialog,
                   GtkWidget *parent)
{
#if ADW_CHECK_VERSION (1, 5, 0)
  adw_dialog_present (ADW_DIALOG (dialog), parent);
#else
  GtkWindow *window = window_of (parent);
  int width, height;

  /* As AdwDialog: not wider than what it belongs to. */
  gtk_window_get_default_size (GTK_WINDOW (dialog), &width, &height);
  if (window != NULL && gtk_widget_get_width (GTK_WIDGET (window)) > 0)
    gtk_window_set_default_size (GTK_WINDOW (dialog), MIN (width, MAX (NARROWEST, gtk_widget_get_width (GTK_WIDGET (window)))), height);
  gtk_window_set_transient_for (GTK_WINDOW (dialog), window);
  gtk_window_present (GTK_WINDOW (dialog));
#endif
}

void
aw_dialog_close (GtkWidget *dialog)
{
#if ADW_CHECK_VERSION (1, 5, 0)
  adw_dialog_close (ADW_DIALOG (dialog));
#else
  gtk_window_close (GTK_WINDOW (dialog));
#endif
}

GtkWidget *
aw_dialog_get (GtkWidget *inside)
{
#if ADW_CHECK_VERSION (1, 5, 0)
  return gtk_widget_get_ancestor (inside, ADW_TYPE_DIALOG);
#else
  GtkWindow *window = window_of (inside);

  return window != NULL && gtk_window_get_modal (window) ? GTK_WIDGET (window) : NULL;
#endif
}

typedef struct
{
  AwDialogClosed func;
  gpointer data;
  gboolean told;
} Closed;

static void
tell_closed (GtkWidget *dialog G_GNUC_UNUSED,
             gpointer data)
{
  Closed *closed = data;

  if (closed->told)
    return;
  closed->told = TRUE;
  closed->func (closed->data);
}

static void
free_closed (gpointer data,
             GClosure *closure G_GNUC_UNUSED)
{
  g_free (data);
}

void
aw_dialog_on_closed (GtkWidget *dialog,
                     AwDialogClosed func,
                     gpointer data)
{
  Closed *closed = g_new0 (Closed, 1);

  closed->func = func;
  closed->data = data;
#if ADW_CHECK_VERSION (1, 5, 0)
  g_signal_connect (dialog, "closed", G_CALLBACK (tell_closed), closed);
#endif
  /* An AdwDialog that goes down with its window is destroyed, but not "closed". */
  g_signal_connect_data (dialog, "destroy", G_CALLBACK (tell_closed), closed, free_closed, 0);
}

/* Questions ---------------------------------------------------------------- */

typedef struct
{
  AwAnswered callback;
  gpointer data;
} Question;

static void
on_response (GtkWidget *dialog G_GNUC_UNUSED,
             const char *response,
             gpointer data)
{
  Question *question = data;

  if (question->callback != NULL)
    question->callback (response, question->data);
}

GtkWidget *
aw_confirm (GtkWidget *parent,
            const char *heading,
            const char *body,
            GtkWidget *extra,
            const AwAnswer *answers,
            AwAnswered callback,
            gpointer data)
{
  static const AdwResponseAppearance looks[] = { ADW_RESPONSE_DEFAULT, ADW_RESPONSE_SUGGESTED, ADW_RESPONSE_DESTRUCTIVE };
  Question *question = g_new (Question, 1);
  const char *standard = answers[0].id;

  question->callback = callback;
  question->data = data;
  /* No g_object_new () with the texts as properties: markup is off, and must be so first. */
#if ADW_CHECK_VERSION (1, 5, 0)
  AdwAlertDialog *dialog = ADW_ALERT_DIALOG (adw_alert_dialog_new (heading, NULL));

  adw_alert_dialog_set_body (dialog, body != NULL ? body : "");
  adw_alert_dialog_set_extra_child (dialog, extra);
  for (const AwAnswer *answer = answers; answer->id != NULL; answer++)
    {
      adw_alert_dialog_add_response (dialog, answer->id, answer->label);
      adw_alert_dialog_set_response_appearance (dialog, answer->id, looks[answer->look]);
      if (answer->look == AW_ANSWER_SUGGESTED)
        standard = answer->id;
    }
  adw_alert_dialog_set_close_response (dialog, answers[0].id);
  adw_alert_dialog_set_default_response (dialog, standard);
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_response), question, free_closed, 0);
  adw_dialog_present (ADW_DIALOG (dialog), parent);
  return GTK_WIDGET (dialog);
#else
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (window_of (parent), heading, NULL));

  adw_message_dialog_set_body (dialog, body != NULL ? body : "");
  adw_message_dialog_set_extra_child (dialog, extra);
  for (const AwAnswer *answer = answers; answer->id != NULL; answer++)
    {
      adw_message_dialog_add_response (dialog, answer->id, answer->label);
      adw_message_dialog_set_response_appearance (dialog, answer->id, looks[answer->look]);
      if (answer->look == AW_ANSWER_SUGGESTED)
        standard = answer->id;
    }
  adw_message_dialog_set_close_response (dialog, answers[0].id);
  adw_message_dialog_set_default_response (dialog, standard);
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_response), question, free_closed, 0);
  gtk_window_present (GTK_WINDOW (dialog));
  return GTK_WIDGET (dialog);
#endif
}

/* Preferences --------------------------------------------------------------- */

GtkWidget *
aw_preferences_new (void)
{
#if ADW_CHECK_VERSION (1, 5, 0)
  AdwDialog *dialog = adw_preferences_dialog_new ();

  adw_dialog_set_content_width (dialog, 640);
  adw_dialog_set_content_height (dialog, 720);
  adw_preferences_dialog_set_search_enabled (ADW_PREFERENCES_DIALOG (dialog), TRUE);
  return GTK_WIDGET (dialog);
#else
  GtkWidget *window = adw_preferences_window_new ();

  gtk_window_set_modal (GTK_WINDOW (window), TRUE);
  gtk_window_set_default_size (GTK_WINDOW (window), 640, 720);
  gtk_window_set_destroy_with_parent (GTK_WINDOW (window), TRUE);
  return window;
#endif
}

void
aw_preferences_add_page (GtkWidget *preferences,
                         AdwPreferencesPage *page)
{
#if ADW_CHECK_VERSION (1, 5, 0)
  adw_preferences_dialog_add (ADW_PREFERENCES_DIALOG (preferences), page);
#else
  adw_preferences_window_add (ADW_PREFERENCES_WINDOW (preferences), page);
#endif
}

void
aw_preferences_set_visible_page (GtkWidget *preferences,
                                 AdwPreferencesPage *page)
{
#if ADW_CHECK_VERSION (1, 5, 0)
  adw_preferences_dialog_set_visible_page (ADW_PREFERENCES_DIALOG (preferences), page);
#else
  adw_preferences_window_set_visible_page (ADW_PREFERENCES_WINDOW (preferences), page);
#endif
}

void
aw_preferences_add_toast (GtkWidget *preferences,
                          AdwToast *toast)
{
#if ADW_CHECK_VERSION (1, 5, 0)
  adw_preferences_dialog_add_toast (ADW_PREFERENCES_DIALOG (preferences), toast);
#else
  adw_preferences_window_add_toast (ADW_PREFERENCES_WINDOW (preferences), toast);
#endif
}

#if !ADW_CHECK_VERSION (1, 5, 0)
static void
on_subpage_back (GtkButton *button)
{
  GtkWidget *window = gtk_widget_get_ancestor (GTK_WIDGET (button), ADW_TYPE_PREFERENCES_WINDOW);

  if (window != NULL)
    adw_preferences_window_close_subpage (ADW_PREFERENCES_WINDOW (window));
}
#endif

void
aw_preferences_push_subpage (GtkWidget *preferences,
                             GtkWidget *page)
{
#if ADW_CHECK_VERSION (1, 5, 0)
  GtkWidget *title = adw_header_bar_get_title_widget (aw_page_get_header (AW_PAGE (page)));
  const char *text = ADW_IS_WINDOW_TITLE (title) ? adw_window_title_get_title (ADW_WINDOW_TITLE (title)) : "";

  adw_preferences_dialog_push_subpage (ADW_PREFERENCES_DIALOG (preferences), adw_navigation_page_new (page, text));
#else
  GtkWidget *back = gtk_button_new_from_icon_name ("go-previous-symbolic");

  gtk_widget_set_tooltip_text (back, _("Back"));
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (back), GTK_ACCESSIBLE_RELATION_LABELLED_BY); /* see aw_ui_set_name() */
  gtk_accessible_update_property (GTK_ACCESSIBLE (back), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Back"), -1);
  g_signal_connect (back, "clicked", G_CALLBACK (on_subpage_back), NULL);
  adw_header_bar_pack_start (aw_page_get_header (AW_PAGE (page)), back);
  adw_preferences_window_present_subpage (ADW_PREFERENCES_WINDOW (preferences), page);
#endif
}

void
aw_preferences_pop_subpage (GtkWidget *preferences)
{
#if ADW_CHECK_VERSION (1, 5, 0)
  adw_preferences_dialog_pop_subpage (ADW_PREFERENCES_DIALOG (preferences));
#else
  adw_preferences_window_close_subpage (ADW_PREFERENCES_WINDOW (preferences));
#endif
}

void
aw_preferences_present (GtkWidget *preferences,
                        GtkWidget *parent)
{
  aw_dialog_present (preferences, parent);
}

void
aw_preferences_close (GtkWidget *preferences)
{
  aw_dialog_close (preferences);
}

/* About and shortcuts -------------------------------------------------------- */

void
aw_about_present (GtkWidget *parent,
                  const AwAbout *about)
{
#if ADW_CHECK_VERSION (1, 5, 0)
  GtkWidget *dialog = GTK_WIDGET (adw_about_dialog_new ());
#else
  GtkWidget *dialog = adw_about_window_new ();

  gtk_window_set_modal (GTK_WINDOW (dialog), TRUE);
  gtk_window_set_destroy_with_parent (GTK_WINDOW (dialog), TRUE);
#endif
  g_object_set (dialog,
                "application-name", about->name,
                "application-icon", about->icon,
                "version", about->version,
                "developer-name", about->developer,
                "website", about->website != NULL ? about->website : "",
                "issue-url", about->issues != NULL ? about->issues : "",
                "comments", about->comments,
                "developers", about->developers,
                "translator-credits", about->translators,
                "license-type", about->license,
                "debug-info", about->debug_info != NULL ? about->debug_info : "",
                NULL);
  aw_dialog_present (dialog, parent);
}

void
aw_shortcuts_present (GtkWidget *parent,
                      const AwShortcut *shortcuts,
                      gsize n_shortcuts)
{
  GtkWidget *dialog = aw_dialog_new (_("Keyboard Shortcuts"), 480, 640);
  GtkWidget *page = adw_preferences_page_new ();
  GtkWidget *group = NULL;

  for (gsize i = 0; i < n_shortcuts; i++)
    {
      g_auto (GStrv) keys = g_strsplit (shortcuts[i].accelerators, " ", -1);
      g_autoptr (GString) label = g_string_new (NULL);
      GtkWidget *row = adw_action_row_new ();
      GtkWidget *suffix;

      if (group == NULL || shortcuts[i].group != NULL)
        {
          g_autofree char *title = g_markup_escape_text (shortcuts[i].group != NULL ? shortcuts[i].group : "", -1);

          group = adw_preferences_group_new ();
          adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
          adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (group));
        }
      for (guint k = 0; keys[k] != NULL; k++)
        {
          guint key = 0;
          GdkModifierType modifiers = 0;
          g_autofree char *text = NULL;

          if (!gtk_accelerator_parse (keys[k], &key, &modifiers))
            continue;
          text = gtk_accelerator_get_label (key, modifiers);
          g_string_append_printf (label, "%s%s", label->len > 0 ? "  ·  " : "", text);
        }
      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), shortcuts[i].title);
      suffix = gtk_label_new (label->str);
      gtk_widget_add_css_class (suffix, "aw-keys");
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), suffix);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
    }
  aw_dialog_set_child (dialog, aw_page_new (_("Keyboard Shortcuts"), page));
  aw_dialog_present (dialog, parent);
}

/* Banner --------------------------------------------------------------------- */

struct _AwBanner
{
  AdwBin parent_instance;

  GtkWidget *revealer;
  GtkWidget *label;
  GtkWidget *button;
};

G_DEFINE_FINAL_TYPE (AwBanner, aw_banner, ADW_TYPE_BIN)

static guint button_clicked;

static void
on_banner_button (AwBanner *self)
{
  g_signal_emit (self, button_clicked, 0);
}

static void
aw_banner_class_init (AwBannerClass *klass)
{
  button_clicked = g_signal_new ("button-clicked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
aw_banner_init (AwBanner *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  gtk_widget_add_css_class (box, "aw-banner");
  self->label = gtk_label_new ("");
  gtk_label_set_wrap (GTK_LABEL (self->label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (self->label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_set_hexpand (self->label, TRUE);
  gtk_box_append (GTK_BOX (box), self->label);
  self->button = gtk_button_new ();
  gtk_widget_set_valign (self->button, GTK_ALIGN_CENTER);
  gtk_widget_set_visible (self->button, FALSE);
  g_signal_connect_swapped (self->button, "clicked", G_CALLBACK (on_banner_button), self);
  gtk_box_append (GTK_BOX (box), self->button);
  self->revealer = gtk_revealer_new ();
  gtk_revealer_set_child (GTK_REVEALER (self->revealer), box);
  adw_bin_set_child (ADW_BIN (self), self->revealer);
}

GtkWidget *
aw_banner_new (const char *title)
{
  AwBanner *self = g_object_new (AW_TYPE_BANNER, NULL);

  aw_banner_set_title (self, title);
  return GTK_WIDGET (self);
}

void
aw_banner_set_title (AwBanner *self,
                     const char *title)
{
  g_return_if_fail (AW_IS_BANNER (self));
  gtk_label_set_label (GTK_LABEL (self->label), title != NULL ? title : "");
}

void
aw_banner_set_button_label (AwBanner *self,
                            const char *label)
{
  g_return_if_fail (AW_IS_BANNER (self));
  gtk_button_set_label (GTK_BUTTON (self->button), label != NULL ? label : "");
  gtk_widget_set_visible (self->button, label != NULL);
}

void
aw_banner_set_revealed (AwBanner *self,
                        gboolean revealed)
{
  g_return_if_fail (AW_IS_BANNER (self));
  gtk_revealer_set_reveal_child (GTK_REVEALER (self->revealer), revealed);
}

gboolean
aw_banner_get_revealed (AwBanner *self)
{
  g_return_val_if_fail (AW_IS_BANNER (self), FALSE);
  return gtk_revealer_get_reveal_child (GTK_REVEALER (self->revealer));
}
