/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/aw-window.h"

#include <glib/gi18n-lib.h>

#include "ui/aw-backup-ui.h"
#include "ui/aw-detail-page.h"
#include "ui/aw-outbox-page.h"
#include "ui/aw-overview-page.h"
#include "ui/aw-reminders-banner.h"
#include "ui/aw-today-page.h"
#include "ui/aw-transfer.h"
#include "ui/aw-window-private.h"

struct _AwWindow
{
  AdwApplicationWindow parent_instance;

  AwUi *ui;
  GSettings *settings;

  GtkWidget *overlay;
  GtkWidget *stack;    /* "empty", "main" */
  GtkWidget *split;
  GtkWidget *sidebar;
  GtkWidget *content;  /* "today" "outbox" "overview" "detail" */
  GtkWidget *today;
  GtkWidget *outbox;
  GtkWidget *overview;
  GtkWidget *detail;   /* NULL: none */
  char *opportunity;   /* the one that detail shows */
};

G_DEFINE_FINAL_TYPE (AwWindow, aw_window, ADW_TYPE_APPLICATION_WINDOW)

static void
set_narrow (GtkWidget *page,
            gboolean narrow)
{
  if (page != NULL && g_object_class_find_property (G_OBJECT_GET_CLASS (page), "narrow") != NULL)
    g_object_set (page, "narrow", narrow, NULL);
}

static void
on_narrow (AwWindow *self)
{
  gboolean narrow = aw_split_get_narrow (AW_SPLIT (self->split));

  set_narrow (self->today, narrow);
  set_narrow (self->overview, narrow);
  set_narrow (self->detail, narrow);
}

static void
update_badge (AwWindow *self)
{
  guint n = aw_today_count_due (self->ui);

  aw_sidebar_set_badge (AW_SIDEBAR (self->sidebar), "today", n, TRUE);
}

static void
update_outbox_badge (AwWindow *self)
{
  AwEngine *engine = aw_ui_engine (self->ui);

  aw_sidebar_set_badge (AW_SIDEBAR (self->sidebar), "outbox",
                        aw_outbox_page_count (aw_ui_outbox (self->ui), aw_engine_now (engine)), FALSE);
}

/* Without a single opportunity there is nothing to navigate in. */
static void
update_empty (AwWindow *self)
{
  gboolean empty = g_list_model_get_n_items (aw_engine_get_summaries (aw_ui_engine (self->ui))) == 0;

  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), empty ? "empty" : "main");
}

/* What was shown may have been deleted, here or by another process. */
static void
on_summaries_changed (AwWindow *self)
{
  g_autoptr (AwDossier) dossier = NULL;

  update_empty (self);
  if (self->opportunity == NULL)
    return;
  dossier = aw_engine_ref_dossier (aw_ui_engine (self->ui), self->opportunity, NULL);
  if (dossier == NULL)
    aw_window_show_page (self, "today");
}

static void
drop_detail (AwWindow *self)
{
  if (self->detail != NULL)
    gtk_stack_remove (GTK_STACK (self->content), self->detail);
  self->detail = NULL;
  g_clear_pointer (&self->opportunity, g_free);
}

void
aw_window_show_page (AwWindow *self,
                     const char *page)
{
  if (gtk_stack_get_child_by_name (GTK_STACK (self->content), page) == NULL)
    return;
  gtk_stack_set_visible_child_name (GTK_STACK (self->content), page);
  drop_detail (self);
  aw_sidebar_select_page (AW_SIDEBAR (self->sidebar), page);
  aw_split_show_content (AW_SPLIT (self->split), TRUE);
}

void
aw_window_show_opportunity (AwWindow *self,
                            const char *opportunity)
{
  g_autoptr (AwDossier) dossier = NULL;
  g_autoptr (GError) error = NULL;

  if (g_strcmp0 (self->opportunity, opportunity) != 0)
    {
      GtkWidget *old = self->detail;
      g_autofree char *copy = g_strdup (opportunity);

      dossier = aw_engine_ref_dossier (aw_ui_engine (self->ui), opportunity, &error);
      if (dossier == NULL)
        {
          aw_ui_toast (GTK_WIDGET (self), error != NULL ? error->message : _("This interview is no longer there."));
          return;
        }
      self->detail = aw_detail_page_new (self->ui, copy);
      set_narrow (self->detail, aw_split_get_narrow (AW_SPLIT (self->split)));
      gtk_stack_add_child (GTK_STACK (self->content), self->detail);
      gtk_stack_set_visible_child (GTK_STACK (self->content), self->detail);
      if (old != NULL)
        gtk_stack_remove (GTK_STACK (self->content), old);
      g_free (self->opportunity);
      self->opportunity = g_steal_pointer (&copy);
    }
  aw_sidebar_select_opportunity (AW_SIDEBAR (self->sidebar), self->opportunity);
  aw_split_show_content (AW_SPLIT (self->split), TRUE);
}

/* What is shown, if it is an interview. */
void
aw_window_edit (AwWindow *self)
{
  if (self->detail != NULL)
    gtk_widget_activate_action (self->detail, "detail.edit", NULL);
}

void
aw_window_show_sidebar (AwWindow *self)
{
  aw_split_show_content (AW_SPLIT (self->split), FALSE);
}

const char *
aw_window_get_opportunity (AwWindow *self)
{
  return self->opportunity;
}

AwSidebar *
aw_window_get_sidebar (AwWindow *self)
{
  return AW_SIDEBAR (self->sidebar);
}

AwUi *
aw_window_get_ui (AwWindow *self)
{
  g_return_val_if_fail (AW_IS_WINDOW (self), NULL);
  return self->ui;
}

const char *
aw_window_get_page (AwWindow *self)
{
  const char *name;

  g_return_val_if_fail (AW_IS_WINDOW (self), NULL);
  if (g_str_equal (gtk_stack_get_visible_child_name (GTK_STACK (self->stack)), "empty"))
    return "empty";
  name = gtk_stack_get_visible_child_name (GTK_STACK (self->content));
  return name != NULL ? name : "detail";
}

static void
update_banner (AwWindow *self)
{
  aw_reminders_banner_update (aw_today_page_get_banner (AW_TODAY_PAGE (self->today)), self->ui);
}

static void
on_banner_button (AwWindow *self)
{
  aw_reminders_banner_act (aw_today_page_get_banner (AW_TODAY_PAGE (self->today)), self->ui);
}

static void
on_duties_changed (AwWindow *self)
{
  update_badge (self);
  update_banner (self);
}

/* Others write to the same database: the agent's signal tells, and coming back
 * to the window looks. */
static void
on_active (AwWindow *self)
{
  if (gtk_window_is_active (GTK_WINDOW (self)))
    aw_engine_refresh (aw_ui_engine (self->ui));
}

static GtkWidget *
make_empty_page (GMenuModel *menu)
{
  GtkWidget *status = adw_status_page_new ();
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *add = gtk_button_new_with_mnemonic (_("_Add Interview"));
  GtkWidget *import = gtk_button_new_with_mnemonic (_("_Import…"));
  GtkWidget *foot = aw_ui_label (_("Everything stays on this computer. Nothing is sent until you press Send."), "aw-caption");
  GtkWidget *page;

  aw_ui_status_set (ADW_STATUS_PAGE (status), "aw-app-symbolic", _("Follow Up Well"),
                    _("Enter an interview to see whom to thank,\nwhen to check in, and when to stay quiet."));
  gtk_widget_add_css_class (add, "pill");
  gtk_widget_add_css_class (add, "suggested-action");
  gtk_widget_add_css_class (import, "pill");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (add), "win.add");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (import), "win.import");
  gtk_widget_set_halign (buttons, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (buttons), add);
  gtk_box_append (GTK_BOX (buttons), import);
  adw_status_page_set_child (ADW_STATUS_PAGE (status), buttons);
  gtk_widget_set_vexpand (status, TRUE);
  page = aw_page_new (_("Afterword"), status);
  adw_header_bar_pack_end (aw_page_get_header (AW_PAGE (page)), aw_ui_menu_button ("open-menu-symbolic", _("Main Menu"), menu));
  gtk_label_set_xalign (GTK_LABEL (foot), 0.5);
  gtk_label_set_justify (GTK_LABEL (foot), GTK_JUSTIFY_CENTER);
  gtk_widget_add_css_class (foot, "aw-foot");
  aw_page_add_bottom_bar (AW_PAGE (page), foot);
  return page;
}

static GMenuModel *
make_primary_menu (void)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) data = g_menu_new ();
  g_autoptr (GMenu) export = g_menu_new ();
  g_autoptr (GMenu) application = g_menu_new ();

  g_menu_append (data, _("Import…"), "win.import");
  g_menu_append (export, _("Interviews (CSV)…"), "win.export-csv");
  g_menu_append (export, _("Calendar (iCalendar)…"), "win.export-calendar");
  g_menu_append (export, _("Everything (JSON)…"), "win.export-all");
  g_menu_append_submenu (data, _("Export"), G_MENU_MODEL (export));
  g_menu_append (data, _("Back Up…"), "win.back-up");
  g_menu_append (data, _("Restore…"), "win.restore");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (data));
  g_menu_append (application, _("Preferences"), "win.preferences::");
  g_menu_append (application, _("Keyboard Shortcuts"), "win.shortcuts");
  g_menu_append (application, _("Help"), "win.help");
  g_menu_append (application, _("About Afterword"), "win.about");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (application));
  return G_MENU_MODEL (menu);
}

static gboolean
aw_window_close_request (GtkWindow *window)
{
  AwWindow *self = AW_WINDOW (window);
  int width, height;

  gtk_window_get_default_size (window, &width, &height);
  g_settings_set_int (self->settings, "window-width", width);
  g_settings_set_int (self->settings, "window-height", height);
  g_settings_set_boolean (self->settings, "window-maximized", gtk_window_is_maximized (window));
  return GTK_WINDOW_CLASS (aw_window_parent_class)->close_request (window);
}

static void
aw_window_dispose (GObject *object)
{
  AwWindow *self = AW_WINDOW (object);

  g_clear_object (&self->settings);
  g_clear_object (&self->ui);
  g_clear_pointer (&self->opportunity, g_free);
  G_OBJECT_CLASS (aw_window_parent_class)->dispose (object);
}

static void
aw_window_class_init (AwWindowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = aw_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = aw_window_close_request;
}

static void
aw_window_init (AwWindow *self G_GNUC_UNUSED)
{
}

/* A file from the file manager: as with Import…, with its preview. */
static gboolean
on_drop (GtkDropTarget *target G_GNUC_UNUSED,
         const GValue *value,
         double x G_GNUC_UNUSED,
         double y G_GNUC_UNUSED,
         AwWindow *self)
{
  g_autoptr (GSList) files = NULL;

  if (!G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST))
    return FALSE;
  files = gdk_file_list_get_files (g_value_get_boxed (value));
  for (GSList *l = files; l != NULL; l = l->next)
    aw_transfer_import_file (self->ui, GTK_WIDGET (self), l->data);
  return files != NULL;
}

static void
accept_files (AwWindow *self)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  g_signal_connect (target, "drop", G_CALLBACK (on_drop), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

static void
on_sidebar_page (AwWindow *self,
                 const char *page)
{
  aw_window_show_page (self, page);
}

static void
on_sidebar_opportunity (AwWindow *self,
                        const char *opportunity)
{
  aw_window_show_opportunity (self, opportunity);
}

GtkWidget *
aw_window_new (GtkApplication *application,
               AwUi *ui,
               GSettings *settings)
{
  AwWindow *self = g_object_new (AW_TYPE_WINDOW, "application", application, "title", _("Afterword"), "icon-name", APP_ID, NULL);
  g_autoptr (GMenuModel) menu = make_primary_menu ();
  AwEngine *engine = aw_ui_engine (ui);

  self->ui = g_object_ref (ui);
  self->settings = g_object_ref (settings);
  gtk_window_set_default_size (GTK_WINDOW (self), g_settings_get_int (settings, "window-width"), g_settings_get_int (settings, "window-height"));
  if (g_settings_get_boolean (settings, "window-maximized"))
    gtk_window_maximize (GTK_WINDOW (self));

  self->overlay = adw_toast_overlay_new ();
  self->stack = gtk_stack_new ();
  self->split = aw_split_new ();
  self->content = gtk_stack_new ();
  self->today = aw_today_page_new (ui);
  self->overview = aw_overview_page_new (ui);
  self->outbox = aw_outbox_page_new (ui);
  gtk_stack_add_named (GTK_STACK (self->content), self->today, "today");
  gtk_stack_add_named (GTK_STACK (self->content), self->outbox, "outbox");
  gtk_stack_add_named (GTK_STACK (self->content), self->overview, "overview");

  aw_window_install_actions (self);
  self->sidebar = aw_sidebar_new (ui, settings, menu);
  g_signal_connect_swapped (self->sidebar, "page", G_CALLBACK (on_sidebar_page), self);
  g_signal_connect_swapped (self->sidebar, "opportunity", G_CALLBACK (on_sidebar_opportunity), self);
  aw_split_set_sidebar (AW_SPLIT (self->split), self->sidebar, _("Afterword"));
  aw_split_set_content (AW_SPLIT (self->split), self->content, _("Today"));
  gtk_stack_add_named (GTK_STACK (self->stack), make_empty_page (menu), "empty");
  gtk_stack_add_named (GTK_STACK (self->stack), self->split, "main");
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (self->overlay), self->stack);
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (self), self->overlay);
#ifdef AW_DEVEL
  /* Stripes: it must not be taken for the one with the user's own data. */
  gtk_widget_add_css_class (GTK_WIDGET (self), "devel");
#endif
  gtk_widget_set_size_request (GTK_WIDGET (self), 360, 294);
  aw_split_attach (AW_SPLIT (self->split), GTK_WINDOW (self));
  aw_ui_attach (ui, GTK_WINDOW (self), ADW_TOAST_OVERLAY (self->overlay));
  aw_sidebar_capture_keys (AW_SIDEBAR (self->sidebar), GTK_WIDGET (self));
  accept_files (self);

  g_signal_connect_object (self->split, "notify::narrow", G_CALLBACK (on_narrow), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (aw_outbox_get_items (aw_ui_outbox (ui)), "items-changed", G_CALLBACK (update_outbox_badge), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (aw_engine_get_duties (engine), "items-changed", G_CALLBACK (on_duties_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (aw_engine_get_summaries (engine), "items-changed", G_CALLBACK (on_summaries_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (engine, "settings-changed", G_CALLBACK (on_duties_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_swapped (aw_today_page_get_banner (AW_TODAY_PAGE (self->today)), "button-clicked", G_CALLBACK (on_banner_button), self);
  g_signal_connect (self, "notify::is-active", G_CALLBACK (on_active), NULL);

  aw_window_show_page (self, "today");
  on_narrow (self);
  on_duties_changed (self);
  update_outbox_badge (self);
  update_empty (self);
  return GTK_WIDGET (self);
}

/* Trouble -------------------------------------------------------------------- */

static void
on_show_folder (GtkWidget *button)
{
  g_autofree char *folder = g_path_get_dirname (g_object_get_data (G_OBJECT (button), "aw-path"));
  g_autofree char *uri = g_filename_to_uri (folder, NULL, NULL);

  if (uri != NULL)
    g_app_info_launch_default_for_uri (uri, NULL, NULL);
}

static void
on_rescued (gpointer window)
{
  GtkApplication *application = gtk_window_get_application (window);

  /* The next activation finds no window and opens the data again. */
  g_application_hold (G_APPLICATION (application));
  gtk_window_destroy (window);
  g_application_activate (G_APPLICATION (application));
  g_application_release (G_APPLICATION (application));
}

static void
on_rescue (GtkWidget *button)
{
  GtkWidget *window = GTK_WIDGET (gtk_widget_get_root (button));
  g_autoptr (AwClock) clock = aw_clock_new ();
  AwDate today = (AwDate) (aw_clock_now (clock) / AW_DAY);

  aw_backup_ui_rescue (window, g_object_get_data (G_OBJECT (button), "aw-path"), today, on_rescued, window);
}

GtkWidget *
aw_trouble_window_new (GtkApplication *application,
                       const char *path,
                       const GError *error)
{
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *rescue = gtk_button_new_with_mnemonic (_("_Restore a Backup…"));
  GtkWidget *window = adw_application_window_new (application);
  GtkWidget *status = adw_status_page_new ();
  GtkWidget *folder = gtk_button_new_with_mnemonic (_("Show _Folder"));
  g_autofree char *absolute = g_canonicalize_filename (path, NULL);

  gtk_window_set_title (GTK_WINDOW (window), _("Afterword"));
  gtk_window_set_default_size (GTK_WINDOW (window), 640, 480);
  aw_ui_status_set (ADW_STATUS_PAGE (status), "dialog-error-symbolic", _("Your Data Cannot Be Opened"), error->message);
  g_object_set_data_full (G_OBJECT (folder), "aw-path", g_strdup (absolute), g_free);
  g_object_set_data_full (G_OBJECT (rescue), "aw-path", g_steal_pointer (&absolute), g_free);
  gtk_widget_add_css_class (folder, "pill");
  gtk_widget_add_css_class (rescue, "pill");
  gtk_widget_add_css_class (rescue, "suggested-action");
  gtk_widget_set_halign (buttons, GTK_ALIGN_CENTER);
  /* Only a damaged file is helped by an older one. */
  gtk_widget_set_visible (rescue, g_error_matches (error, AW_STORE_ERROR, AW_STORE_ERROR_DAMAGED));
  gtk_box_append (GTK_BOX (buttons), rescue);
  gtk_box_append (GTK_BOX (buttons), folder);
  g_signal_connect (rescue, "clicked", G_CALLBACK (on_rescue), NULL);
  g_signal_connect (folder, "clicked", G_CALLBACK (on_show_folder), NULL);
  adw_status_page_set_child (ADW_STATUS_PAGE (status), buttons);
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (window), aw_page_new (_("Afterword"), status));
  return window;
}
