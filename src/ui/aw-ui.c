/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/aw-ui.h"

#include <glib/gi18n-lib.h>

#include "core/aw-words.h"
#include "ui/aw-toasts.h"
#include "ui/aw-ui-resources.h"

#define UNDO_SECONDS 8
#define RESOURCE "/app/afterword/Afterword"

struct _AwUi
{
  GObject parent_instance;

  AwEngine *engine;
  AwOutbox *outbox;
  GtkWindow *main_window;     /* weak */
  AdwToast *undo_toast;       /* weak */
};

G_DEFINE_FINAL_TYPE (AwUi, aw_ui, G_TYPE_OBJECT)

enum
{
  TEST_ANSWERED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static GQuark
ui_quark (void)
{
  return g_quark_from_static_string ("aw-ui");
}

static GQuark
overlay_quark (void)
{
  return g_quark_from_static_string ("aw-ui-overlay");
}

static void
aw_ui_dispose (GObject *object)
{
  AwUi *self = AW_UI (object);

  g_clear_weak_pointer (&self->main_window);
  g_clear_weak_pointer (&self->undo_toast);
  g_clear_object (&self->outbox);
  g_clear_object (&self->engine);
  G_OBJECT_CLASS (aw_ui_parent_class)->dispose (object);
}

static void
aw_ui_class_init (AwUiClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = aw_ui_dispose;

  signals[TEST_ANSWERED] =
    g_signal_new ("test-answered", AW_TYPE_UI, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
aw_ui_init (AwUi *self G_GNUC_UNUSED)
{
}

static void
add_style (const char *path,
           guint priority)
{
  g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();

  gtk_css_provider_load_from_resource (provider, path);
  gtk_style_context_add_provider_for_display (gdk_display_get_default (), GTK_STYLE_PROVIDER (provider), priority);
}

/**
 * aw_ui_load:
 *
 * Makes resources, style and icons known. Harmless when called again.
 */
void
aw_ui_load (void)
{
  static gboolean loaded;

  if (loaded)
    return;
  loaded = TRUE;
  aw_ui_resources_register_resource ();
  add_style (RESOURCE "/ui/style.css", GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  if (aw_compat_style_resource () != NULL)
    add_style (aw_compat_style_resource (), GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  gtk_icon_theme_add_resource_path (gtk_icon_theme_get_for_display (gdk_display_get_default ()), RESOURCE "/icons");
}

AwUi *
aw_ui_new (AwEngine *engine,
           AwOutbox *outbox)
{
  AwUi *self = g_object_new (AW_TYPE_UI, NULL);

  self->engine = g_object_ref (engine);
  g_set_object (&self->outbox, outbox);
  return self;
}

/**
 * aw_ui_test_answered:
 * @self: what all screens share
 *
 * The user pressed the button of a test reminder.
 */
void
aw_ui_test_answered (AwUi *self)
{
  g_return_if_fail (AW_IS_UI (self));
  g_signal_emit (self, signals[TEST_ANSWERED], 0);
}

AwEngine *
aw_ui_engine (AwUi *self)
{
  g_return_val_if_fail (AW_IS_UI (self), NULL);
  return self->engine;
}

AwOutbox *
aw_ui_outbox (AwUi *self)
{
  g_return_val_if_fail (AW_IS_UI (self), NULL);
  return self->outbox;
}

void
aw_ui_attach (AwUi *self,
              GtkWindow *window,
              AdwToastOverlay *overlay)
{
  g_return_if_fail (AW_IS_UI (self));
  g_return_if_fail (GTK_IS_WINDOW (window));

  g_object_set_qdata_full (G_OBJECT (window), ui_quark (), g_object_ref (self), g_object_unref);
  g_object_set_qdata (G_OBJECT (window), overlay_quark (), overlay);
  if (self->main_window == NULL)
    g_set_weak_pointer (&self->main_window, window);
}

GtkWindow *
aw_ui_main_window (AwUi *self)
{
  g_return_val_if_fail (AW_IS_UI (self), NULL);
  return self->main_window;
}

static GtkWindow *
attached_window (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);

  for (GtkWindow *window = GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL; window != NULL; window = gtk_window_get_transient_for (window))
    if (g_object_get_qdata (G_OBJECT (window), ui_quark ()) != NULL)
      return window;
  return NULL;
}

AwUi *
aw_ui_get (GtkWidget *widget)
{
  GtkWindow *window;

  g_return_val_if_fail (GTK_IS_WIDGET (widget), NULL);
  window = attached_window (widget);
  return window != NULL ? g_object_get_qdata (G_OBJECT (window), ui_quark ()) : NULL;
}

AwEngine *
aw_ui_get_engine (GtkWidget *widget)
{
  AwUi *self = aw_ui_get (widget);

  return self != NULL ? self->engine : NULL;
}

AwOutbox *
aw_ui_get_outbox (GtkWidget *widget)
{
  AwUi *self = aw_ui_get (widget);

  return self != NULL ? self->outbox : NULL;
}

gint64
aw_ui_now (GtkWidget *widget)
{
  return aw_engine_now (aw_ui_get_engine (widget));
}

/* Toasts --------------------------------------------------------------------- */

static AdwToastOverlay *
overlay_of_window (GtkWindow *window)
{
  return window != NULL ? g_object_get_qdata (G_OBJECT (window), overlay_quark ()) : NULL;
}

static AdwToastOverlay *
find_overlay (GtkWidget *widget)
{
  AdwToastOverlay *overlay = ADW_TOAST_OVERLAY (gtk_widget_get_ancestor (widget, ADW_TYPE_TOAST_OVERLAY));
  AwUi *self;

  if (overlay != NULL)
    return overlay;
  overlay = overlay_of_window (attached_window (widget));
  if (overlay != NULL)
    return overlay;
  self = aw_ui_get (widget);
  return self != NULL ? overlay_of_window (self->main_window) : NULL;
}

static AdwToast *
make_toast (const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  return adw_toast_new (escaped);
}

static void
add_to_overlay (GtkWidget *overlay,
                AdwToast *toast)
{
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), toast);
}

void
aw_ui_toast (GtkWidget *widget,
             const char *text)
{
  aw_ui_toast_with_action (widget, text, NULL, NULL, NULL, 5);
}

void
aw_ui_toast_with_action (GtkWidget *widget,
                         const char *text,
                         const char *label,
                         const char *action,
                         GVariant *target,
                         guint seconds)
{
  g_autoptr (GVariant) sunk = target != NULL ? g_variant_ref_sink (target) : NULL;
  AdwToastOverlay *overlay = find_overlay (widget);
  AdwToast *toast;

  if (overlay == NULL)
    return;
  toast = make_toast (text);
  adw_toast_set_timeout (toast, seconds);
  if (label != NULL)
    {
      adw_toast_set_button_label (toast, label);
      adw_toast_set_action_name (toast, action);
      adw_toast_set_action_target_value (toast, sunk);
    }
  aw_toasts_add (GTK_WIDGET (overlay), add_to_overlay, label == NULL && seconds > 0 ? AW_TOAST_PLAIN : AW_TOAST_STAYS, toast);
}

void
aw_ui_error (GtkWidget *widget,
             const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  aw_ui_toast_with_action (widget, error->message, NULL, NULL, NULL, 0);
}

/* Commands ------------------------------------------------------------------- */

typedef struct
{
  AwUi *ui;
  GtkWidget *widget;
  AwCommand *command;
  char *toast; /* NULL: quiet */
  AwUiDone done;
  gpointer data;
} Run;

static void
run_free (Run *run)
{
  g_clear_object (&run->ui);
  g_clear_object (&run->widget);
  g_clear_object (&run->command);
  g_free (run->toast);
  g_free (run);
}

static void
on_undone (GObject *source,
           GAsyncResult *result,
           gpointer data)
{
  g_autoptr (AwUi) self = data;
  g_autoptr (GError) error = NULL;
  gboolean fine = aw_engine_undo_finish (AW_ENGINE (source), result, &error);

  if (self->main_window == NULL)
    return;
  if (fine)
    aw_ui_toast (GTK_WIDGET (self->main_window), _("Undone"));
  else
    aw_ui_error (GTK_WIDGET (self->main_window), error);
}

static void
on_undo_button (AdwToast *toast,
                AwUi *self)
{
  AwCommand *command = g_object_get_data (G_OBJECT (toast), "aw-command");

  aw_engine_undo_async (self->engine, command, NULL, on_undone, g_object_ref (self));
}

static void
show_undo (AwUi *self,
           AwCommand *command,
           const char *text)
{
  AdwToastOverlay *overlay = overlay_of_window (self->main_window);
  AdwToast *toast;

  if (overlay == NULL)
    return;
  toast = make_toast (text);
  adw_toast_set_timeout (toast, UNDO_SECONDS);
  adw_toast_set_button_label (toast, _("Undo"));
  g_object_set_data_full (G_OBJECT (toast), "aw-command", g_object_ref (command), g_object_unref);
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (on_undo_button), self, 0);
  g_set_weak_pointer (&self->undo_toast, toast);
  aw_toasts_add (GTK_WIDGET (overlay), add_to_overlay, AW_TOAST_UNDO, toast);
  aw_announce (GTK_WIDGET (self->main_window), text);
}

static void
on_run (GObject *source,
        GAsyncResult *result,
        gpointer data)
{
  Run *run = data;
  g_autoptr (GError) error = NULL;

  if (aw_engine_run_finish (AW_ENGINE (source), result, &error))
    {
      if (run->toast != NULL)
        show_undo (run->ui, run->command, run->toast);
    }
  else if (attached_window (run->widget) != NULL)
    aw_ui_error (run->widget, error);
  else if (run->ui->main_window != NULL)
    aw_ui_error (GTK_WIDGET (run->ui->main_window), error);
  if (run->done != NULL)
    run->done (run->widget, error, run->data);
  run_free (run);
}

static void
start_run (GtkWidget *widget,
           AwCommand *command,
           const char *toast,
           AwUiDone done,
           gpointer data)
{
  AwUi *self = aw_ui_get (widget);
  Run *run;

  g_return_if_fail (self != NULL);
  if (aw_command_is_empty (command))
    {
      if (done != NULL)
        done (widget, NULL, data);
      return;
    }
  run = g_new0 (Run, 1);
  run->ui = g_object_ref (self);
  run->widget = g_object_ref (widget);
  run->command = g_object_ref (command);
  run->toast = g_strdup (toast);
  run->done = done;
  run->data = data;
  aw_engine_run_async (self->engine, command, toast != NULL, NULL, on_run, run);
}

void
aw_ui_run (GtkWidget *widget,
           AwCommand *command,
           AwUiDone done,
           gpointer data)
{
  start_run (widget, command, aw_command_get_title (command), done, data);
}

void
aw_ui_run_quietly (GtkWidget *widget,
                   AwCommand *command,
                   AwUiDone done,
                   gpointer data)
{
  start_run (widget, command, NULL, done, data);
}

void
aw_ui_run_with_toast (GtkWidget *widget,
                      AwCommand *command,
                      const char *toast,
                      AwUiDone done,
                      gpointer data)
{
  start_run (widget, command, toast, done, data);
}

void
aw_ui_undo (GtkWidget *widget)
{
  AwUi *self = aw_ui_get (widget);

  g_return_if_fail (self != NULL);
  if (aw_engine_peek_undo (self->engine) == NULL)
    return;
  if (self->undo_toast != NULL && self->main_window != NULL)
    aw_toasts_withdraw (GTK_WIDGET (overlay_of_window (self->main_window)), self->undo_toast);
  aw_engine_undo_async (self->engine, NULL, NULL, on_undone, g_object_ref (self));
}

/* Ways ------------------------------------------------------------------------ */

void
aw_ui_activate (GtkWidget *widget,
                const char *action,
                const char *format,
                ...)
{
  AwUi *self = aw_ui_get (widget);
  g_autoptr (GVariant) target = NULL;

  g_return_if_fail (self != NULL);
  if (format != NULL)
    {
      va_list arguments;

      va_start (arguments, format);
      target = g_variant_ref_sink (g_variant_new_va (format, NULL, &arguments));
      va_end (arguments);
    }
  if (self->main_window != NULL)
    gtk_widget_activate_action_variant (GTK_WIDGET (self->main_window), action, target);
}

void
aw_ui_show_page (GtkWidget *widget,
                 const char *page)
{
  aw_ui_activate (widget, "win.page", "s", page);
}

void
aw_ui_show_opportunity (GtkWidget *widget,
                        const char *opportunity)
{
  aw_ui_activate (widget, "win.show", "s", opportunity);
}

#define TEXT(text) ((text) != NULL ? (text) : "")

void
aw_ui_compose (GtkWidget *widget,
               const char *opportunity,
               const char *person,
               AwTouchKind kind,
               const char *key)
{
  const char *word = aw_word (&aw_touch_kinds, kind);

  aw_ui_activate (widget, "win.write", "(ssss)", opportunity, TEXT (person), TEXT (word), TEXT (key));
}

void
aw_ui_open_message (GtkWidget *widget,
                    const char *message)
{
  aw_ui_activate (widget, "win.open-message", "s", message);
}

void
aw_ui_open_call (GtkWidget *widget,
                 const char *opportunity,
                 const char *person,
                 const char *key)
{
  aw_ui_activate (widget, "win.call", "(sss)", opportunity, TEXT (person), TEXT (key));
}

void
aw_ui_open_checklist (GtkWidget *widget,
                      const char *opportunity,
                      const char *interview)
{
  aw_ui_activate (widget, "win.checklist", "(ss)", opportunity, TEXT (interview));
}

void
aw_ui_open_debrief (GtkWidget *widget,
                    const char *opportunity,
                    const char *interview)
{
  aw_ui_activate (widget, "win.debrief", "(ss)", opportunity, TEXT (interview));
}

void
aw_ui_edit_person (GtkWidget *widget,
                   const char *opportunity,
                   const char *person)
{
  aw_ui_activate (widget, "win.edit-person", "(ss)", opportunity, TEXT (person));
}

void
aw_ui_edit_account (GtkWidget *widget,
                    const char *account)
{
  aw_ui_activate (widget, "win.account", "s", TEXT (account));
}

void
aw_ui_open_preferences (GtkWidget *widget,
                        const char *member)
{
  aw_ui_activate (widget, "win.preferences", "s", TEXT (member));
}

void
aw_ui_act (GtkWidget *widget,
           AwDuty *duty)
{
  aw_ui_activate (widget, "win.act", "(ss)", aw_duty_get_opportunity (duty), aw_duty_get_key (duty));
}

static char *
decision_toast (AwUi *self,
                AwDecided what,
                gint64 until)
{
  AwCalendar *calendar;
  g_autofree char *when = NULL;

  if (what == AW_DECIDED_DONE)
    return g_strdup (_("Marked as done"));
  if (what == AW_DECIDED_SKIPPED)
    return g_strdup (_("Skipped"));
  calendar = aw_engine_get_calendar (self->engine);
  when = aw_words_relative (calendar, until, aw_engine_now (self->engine));
  /* Translators: %s is a moment: "tomorrow at 09:00", "on 5 March at 14:30" */
  return g_strdup_printf (_("Snoozed until %s"), when);
}

void
aw_ui_decide (GtkWidget *widget,
              AwDuty *duty,
              AwDecided what,
              gint64 until)
{
  AwUi *self = aw_ui_get (widget);
  g_autoptr (AwCommand) command = NULL;
  g_autofree char *toast = NULL;

  g_return_if_fail (self != NULL);
  command = aw_commands_decide (self->engine, duty, what, until);
  toast = decision_toast (self, what, until);
  aw_ui_run_with_toast (widget, command, toast, NULL, NULL);
}
