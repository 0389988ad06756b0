/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/aw-compat.h"

#include <glib/gi18n-lib.h>

#define NARROW 640
#define SIDEBAR 310
#define NARROW_CONTENT 600

/* Page --------------------------------------------------------------------- */

struct _AwPage
{
  AdwBin parent_instance;

  GtkWidget *header;
  GtkWidget *title;
  GtkWidget *back;  /* 1.2 only: in a split */
  GtkWidget *view;
  GtkWidget *content;
  GtkWidget *top;
  GtkWidget *bottom;
  AwSplit *split;   /* 1.2 only, not owned */
  gboolean window_buttons;
};

G_DEFINE_FINAL_TYPE (AwPage, aw_page, ADW_TYPE_BIN)

struct _AwSplit
{
  AdwBin parent_instance;

  GtkWidget *view;
  GtkWidget *sidebar;
  GtkWidget *content;
  gboolean collapsed;
  gboolean narrow;
#if ADW_CHECK_VERSION (1, 4, 0)
  gboolean in_breakpoint;
#endif
  guint narrow_idle;
};

enum
{
  SPLIT_PROP_0,
  SPLIT_PROP_COLLAPSED,
  SPLIT_PROP_NARROW,
  SPLIT_N_PROPS,
};

static GParamSpec *split_properties[SPLIT_N_PROPS];

G_DEFINE_FINAL_TYPE (AwSplit, aw_split, ADW_TYPE_BIN)

#if !ADW_CHECK_VERSION (1, 4, 0)
/* What AdwHeaderBar does by itself in an AdwNavigationSplitView. */
static void
aw_page_fit_split (AwPage *self)
{
  gboolean collapsed = self->split == NULL || self->split->collapsed;
  gboolean in_sidebar = self->split != NULL && gtk_widget_is_ancestor (GTK_WIDGET (self), self->split->sidebar);
  gboolean back = self->split != NULL && self->split->collapsed && !in_sidebar;

  if (self->split != NULL && self->split->sidebar == GTK_WIDGET (self))
    in_sidebar = TRUE, back = FALSE;
  adw_header_bar_set_show_start_title_buttons (ADW_HEADER_BAR (self->header), self->window_buttons && (collapsed || in_sidebar));
  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (self->header), self->window_buttons && (collapsed || !in_sidebar));
  gtk_widget_set_visible (self->back, back);
}

static void
aw_page_root (GtkWidget *widget)
{
  AwPage *self = AW_PAGE (widget);

  GTK_WIDGET_CLASS (aw_page_parent_class)->root (widget);
  self->split = AW_SPLIT (gtk_widget_get_ancestor (widget, AW_TYPE_SPLIT));
  if (self->split != NULL)
    g_signal_connect_object (self->split, "notify::collapsed", G_CALLBACK (aw_page_fit_split), self, G_CONNECT_SWAPPED);
  aw_page_fit_split (self);
}

static void
aw_page_unroot (GtkWidget *widget)
{
  AwPage *self = AW_PAGE (widget);

  if (self->split != NULL)
    g_signal_handlers_disconnect_by_func (self->split, aw_page_fit_split, self);
  self->split = NULL;
  GTK_WIDGET_CLASS (aw_page_parent_class)->unroot (widget);
}
#endif

static void
aw_page_class_init (AwPageClass *klass)
{
#if !ADW_CHECK_VERSION (1, 4, 0)
  GTK_WIDGET_CLASS (klass)->root = aw_page_root;
  GTK_WIDGET_CLASS (klass)->unroot = aw_page_unroot;
#endif
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "awpage");
}

static void
aw_page_init (AwPage *self)
{
  self->window_buttons = TRUE;
  self->header = adw_header_bar_new ();
  gtk_widget_add_css_class (self->header, "aw");
  self->title = adw_window_title_new ("", "");
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (self->header), self->title);
#if ADW_CHECK_VERSION (1, 4, 0)
  self->view = adw_toolbar_view_new ();
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (self->view), self->header);
#else
  self->back = gtk_button_new_from_icon_name ("go-previous-symbolic");
  gtk_widget_set_tooltip_text (self->back, _("Back"));
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (self->back), GTK_ACCESSIBLE_RELATION_LABELLED_BY); /* see aw_ui_set_name() */
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->back), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Back"), -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->back), "split.back");
  gtk_widget_set_visible (self->back, FALSE);
  adw_header_bar_pack_start (ADW_HEADER_BAR (self->header), self->back);
  self->view = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->top = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->bottom = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_box_append (GTK_BOX (self->view), self->header);
  gtk_box_append (GTK_BOX (self->view), self->top);
  gtk_box_append (GTK_BOX (self->view), self->bottom);
#endif
  adw_bin_set_child (ADW_BIN (self), self->view);
}

GtkWidget *
aw_page_new (const char *title,
             GtkWidget *content)
{
  AwPage *self = g_object_new (AW_TYPE_PAGE, NULL);

  if (title != NULL)
    aw_page_set_title (self, title, NULL);
  if (content != NULL)
    aw_page_set_content (self, content);
  return GTK_WIDGET (self);
}

AdwHeaderBar *
aw_page_get_header (AwPage *self)
{
  g_return_val_if_fail (AW_IS_PAGE (self), NULL);
  return ADW_HEADER_BAR (self->header);
}

void
aw_page_set_title (AwPage *self,
                   const char *title,
                   const char *subtitle)
{
  g_return_if_fail (AW_IS_PAGE (self));
  adw_window_title_set_title (ADW_WINDOW_TITLE (self->title), title != NULL ? title : "");
  adw_window_title_set_subtitle (ADW_WINDOW_TITLE (self->title), subtitle != NULL ? subtitle : "");
}

void
aw_page_set_title_widget (AwPage *self,
                          GtkWidget *widget)
{
  g_return_if_fail (AW_IS_PAGE (self));
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (self->header), widget);
}

void
aw_page_set_show_title (AwPage *self,
                        gboolean show)
{
  g_return_if_fail (AW_IS_PAGE (self));
  /* Hidden it would give its place to the buttons, so it fades. */
  gtk_widget_set_opacity (self->title, show ? 1 : 0);
}

void
aw_page_set_content (AwPage *self,
                     GtkWidget *content)
{
  g_return_if_fail (AW_IS_PAGE (self));
#if ADW_CHECK_VERSION (1, 4, 0)
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (self->view), content);
#else
  if (self->content != NULL)
    gtk_box_remove (GTK_BOX (self->view), self->content);
  if (content != NULL)
    {
      gtk_widget_set_vexpand (content, TRUE);
      gtk_box_insert_child_after (GTK_BOX (self->view), content, self->top);
    }
#endif
  self->content = content;
}

void
aw_page_add_top_bar (AwPage *self,
                     GtkWidget *bar)
{
  g_return_if_fail (AW_IS_PAGE (self));
#if ADW_CHECK_VERSION (1, 4, 0)
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (self->view), bar);
#else
  gtk_box_append (GTK_BOX (self->top), bar);
#endif
}

void
aw_page_add_bottom_bar (AwPage *self,
                        GtkWidget *bar)
{
  g_return_if_fail (AW_IS_PAGE (self));
#if ADW_CHECK_VERSION (1, 4, 0)
  adw_toolbar_view_add_bottom_bar (ADW_TOOLBAR_VIEW (self->view), bar);
#else
  gtk_box_append (GTK_BOX (self->bottom), bar);
#endif
}

void
aw_page_set_show_window_buttons (AwPage *self,
                                 gboolean show)
{
  g_return_if_fail (AW_IS_PAGE (self));
  self->window_buttons = show;
#if ADW_CHECK_VERSION (1, 4, 0)
  adw_header_bar_set_show_start_title_buttons (ADW_HEADER_BAR (self->header), show);
  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (self->header), show);
#else
  aw_page_fit_split (self);
#endif
}

/* Split -------------------------------------------------------------------- */

static void
aw_split_get_property (GObject *object,
                       guint id,
                       GValue *value,
                       GParamSpec *pspec)
{
  AwSplit *self = AW_SPLIT (object);

  if (id == SPLIT_PROP_COLLAPSED)
    g_value_set_boolean (value, self->collapsed);
  else if (id == SPLIT_PROP_NARROW)
    g_value_set_boolean (value, self->narrow);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static gboolean
on_split_narrow (gpointer data)
{
  AwSplit *self = data;
#if ADW_CHECK_VERSION (1, 4, 0)
  gboolean narrow = self->collapsed || self->in_breakpoint;
#else
  int width = self->content != NULL ? gtk_widget_get_width (self->content) : 0;
  gboolean narrow = self->collapsed || (width > 0 && width < NARROW_CONTENT);
#endif

  self->narrow_idle = 0;
  if (narrow != self->narrow)
    {
      self->narrow = narrow;
      g_object_notify_by_pspec (G_OBJECT (self), split_properties[SPLIT_PROP_NARROW]);
    }
  return G_SOURCE_REMOVE;
}

/* Layout must not change while it is being made. */
static void
queue_narrow (AwSplit *self)
{
  if (self->narrow_idle == 0)
    self->narrow_idle = g_idle_add_full (G_PRIORITY_HIGH_IDLE, on_split_narrow, self, NULL);
}

static void
aw_split_size_allocate (GtkWidget *widget,
                        int width,
                        int height,
                        int baseline)
{
  AwSplit *self = AW_SPLIT (widget);

  gtk_widget_size_allocate (self->view, &(GtkAllocation){ 0, 0, width, height }, baseline);
  queue_narrow (self);
}

static GtkSizeRequestMode
aw_split_get_request_mode (GtkWidget *widget G_GNUC_UNUSED)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
aw_split_measure (GtkWidget *widget,
                  GtkOrientation orientation,
                  int for_size,
                  int *minimum,
                  int *natural,
                  int *minimum_baseline,
                  int *natural_baseline)
{
  gtk_widget_measure (AW_SPLIT (widget)->view, orientation, for_size, minimum, natural, minimum_baseline, natural_baseline);
}

static void
aw_split_dispose (GObject *object)
{
  g_clear_handle_id (&AW_SPLIT (object)->narrow_idle, g_source_remove);
  G_OBJECT_CLASS (aw_split_parent_class)->dispose (object);
}

static void
aw_split_class_init (AwSplitClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = aw_split_dispose;
  object_class->get_property = aw_split_get_property;
  widget_class->size_allocate = aw_split_size_allocate;
  widget_class->measure = aw_split_measure;
  widget_class->get_request_mode = aw_split_get_request_mode;
  split_properties[SPLIT_PROP_NARROW] = g_param_spec_boolean ("narrow", NULL, NULL, FALSE,
                                                              G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  split_properties[SPLIT_PROP_COLLAPSED] = g_param_spec_boolean ("collapsed", NULL, NULL, FALSE,
                                                                 G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, SPLIT_N_PROPS, split_properties);
}

static void
on_split_folded (AwSplit *self)
{
  gboolean collapsed;

#if ADW_CHECK_VERSION (1, 4, 0)
  collapsed = adw_navigation_split_view_get_collapsed (ADW_NAVIGATION_SPLIT_VIEW (self->view));
#else
  collapsed = adw_leaflet_get_folded (ADW_LEAFLET (self->view));
#endif
  if (self->collapsed == collapsed)
    return;
  self->collapsed = collapsed;
  g_object_notify_by_pspec (G_OBJECT (self), split_properties[SPLIT_PROP_COLLAPSED]);
  queue_narrow (self);
}

static void
on_split_back (GSimpleAction *action G_GNUC_UNUSED,
               GVariant *parameter G_GNUC_UNUSED,
               gpointer data)
{
  aw_split_show_content (data, FALSE);
}

static void
aw_split_init (AwSplit *self)
{
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  g_autoptr (GSimpleAction) back = g_simple_action_new ("back", NULL);

  g_signal_connect (back, "activate", G_CALLBACK (on_split_back), self);
  g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (back));
  gtk_widget_insert_action_group (GTK_WIDGET (self), "split", G_ACTION_GROUP (group));

#if ADW_CHECK_VERSION (1, 4, 0)
  self->view = adw_navigation_split_view_new ();
  adw_navigation_split_view_set_min_sidebar_width (ADW_NAVIGATION_SPLIT_VIEW (self->view), 300);
  adw_navigation_split_view_set_max_sidebar_width (ADW_NAVIGATION_SPLIT_VIEW (self->view), SIDEBAR);
  adw_navigation_split_view_set_sidebar_width_fraction (ADW_NAVIGATION_SPLIT_VIEW (self->view), 0.34);
  g_signal_connect_swapped (self->view, "notify::collapsed", G_CALLBACK (on_split_folded), self);
#else
  self->view = adw_leaflet_new ();
  adw_leaflet_set_can_navigate_back (ADW_LEAFLET (self->view), TRUE);
  adw_leaflet_set_fold_threshold_policy (ADW_LEAFLET (self->view), ADW_FOLD_THRESHOLD_POLICY_MINIMUM);
  g_signal_connect_swapped (self->view, "notify::folded", G_CALLBACK (on_split_folded), self);
#endif
  adw_bin_set_child (ADW_BIN (self), self->view);
  gtk_widget_set_layout_manager (GTK_WIDGET (self), NULL); /* it lays out its child itself, to see how wide that is */
}

GtkWidget *
aw_split_new (void)
{
  return g_object_new (AW_TYPE_SPLIT, NULL);
}

void
aw_split_set_sidebar (AwSplit *self,
                      GtkWidget *sidebar,
                      const char *title G_GNUC_UNUSED)
{
  g_return_if_fail (AW_IS_SPLIT (self));
  self->sidebar = sidebar;
  gtk_widget_add_css_class (sidebar, "aw-sidebar");
#if ADW_CHECK_VERSION (1, 4, 0)
  adw_navigation_split_view_set_sidebar (ADW_NAVIGATION_SPLIT_VIEW (self->view), adw_navigation_page_new (sidebar, title));
#else
  /* The minima of both sides and the line between them are the breakpoint. A
   * sidebar whose children expand would take the width of the content. */
  gtk_widget_set_size_request (sidebar, SIDEBAR, -1);
  gtk_widget_set_hexpand (sidebar, FALSE);
  adw_leaflet_prepend (ADW_LEAFLET (self->view), sidebar);
  if (self->content != NULL)
    {
      GtkWidget *line = gtk_separator_new (GTK_ORIENTATION_VERTICAL);

      adw_leaflet_page_set_navigatable (adw_leaflet_insert_child_after (ADW_LEAFLET (self->view), line, sidebar), FALSE);
    }
#endif
}

void
aw_split_set_content (AwSplit *self,
                      GtkWidget *content,
                      const char *title G_GNUC_UNUSED)
{
  g_return_if_fail (AW_IS_SPLIT (self));
  self->content = content;
#if ADW_CHECK_VERSION (1, 4, 0)
  adw_navigation_split_view_set_content (ADW_NAVIGATION_SPLIT_VIEW (self->view), adw_navigation_page_new (content, title));
#else
  if (self->sidebar != NULL)
    {
      GtkWidget *line = gtk_separator_new (GTK_ORIENTATION_VERTICAL);

      adw_leaflet_page_set_navigatable (adw_leaflet_append (ADW_LEAFLET (self->view), line), FALSE);
    }
  gtk_widget_set_hexpand (content, TRUE);
  gtk_widget_set_size_request (content, NARROW - SIDEBAR - 1, -1);
  adw_leaflet_append (ADW_LEAFLET (self->view), content);
#endif
}

#if ADW_CHECK_VERSION (1, 4, 0)
static AdwBreakpoint *
add_breakpoint (GtkWindow *window,
                int width)
{
  AdwBreakpoint *breakpoint = adw_breakpoint_new (adw_breakpoint_condition_new_length (ADW_BREAKPOINT_CONDITION_MAX_WIDTH, width - 1, ADW_LENGTH_UNIT_SP));

  if (ADW_IS_APPLICATION_WINDOW (window))
    adw_application_window_add_breakpoint (ADW_APPLICATION_WINDOW (window), breakpoint);
  else
    adw_window_add_breakpoint (ADW_WINDOW (window), breakpoint);
  return breakpoint;
}

static void
on_split_breakpoint (GtkWindow *window,
                     GParamSpec *property G_GNUC_UNUSED,
                     AwSplit *self)
{
  g_autoptr (AdwBreakpoint) breakpoint = NULL;

  g_object_get (window, "current-breakpoint", &breakpoint, NULL);
  self->in_breakpoint = breakpoint != NULL;
  queue_narrow (self);
}
#endif

void
aw_split_attach (AwSplit *self,
                 GtkWindow *window G_GNUC_UNUSED)
{
  g_return_if_fail (AW_IS_SPLIT (self));
#if ADW_CHECK_VERSION (1, 4, 0)
  GValue value = G_VALUE_INIT;

  /* The window shows what was until the next frame, by when the rows are stacked. Seen
   * only by the width of the content, that would come a frame too late. */
  add_breakpoint (window, SIDEBAR + NARROW_CONTENT);
  g_signal_connect_object (window, "notify::current-breakpoint", G_CALLBACK (on_split_breakpoint), self, 0);
  g_value_init (&value, G_TYPE_BOOLEAN);
  g_value_set_boolean (&value, TRUE);
  /* Of those that hold, the last one added counts. */
  adw_breakpoint_add_setter (add_breakpoint (window, NARROW), G_OBJECT (self->view), "collapsed", &value);
  g_value_unset (&value);
#endif
  on_split_folded (self);
}

gboolean
aw_split_get_collapsed (AwSplit *self)
{
  g_return_val_if_fail (AW_IS_SPLIT (self), FALSE);
  return self->collapsed;
}

gboolean
aw_split_get_narrow (AwSplit *self)
{
  g_return_val_if_fail (AW_IS_SPLIT (self), FALSE);
  return self->narrow;
}

void
aw_split_show_content (AwSplit *self,
                       gboolean show)
{
  g_return_if_fail (AW_IS_SPLIT (self));
#if ADW_CHECK_VERSION (1, 4, 0)
  adw_navigation_split_view_set_show_content (ADW_NAVIGATION_SPLIT_VIEW (self->view), show);
#else
  adw_leaflet_set_visible_child (ADW_LEAFLET (self->view), show ? self->content : self->sidebar);
#endif
}

gboolean
aw_split_get_show_content (AwSplit *self)
{
  g_return_val_if_fail (AW_IS_SPLIT (self), FALSE);
#if ADW_CHECK_VERSION (1, 4, 0)
  return adw_navigation_split_view_get_show_content (ADW_NAVIGATION_SPLIT_VIEW (self->view));
#else
  return adw_leaflet_get_visible_child (ADW_LEAFLET (self->view)) == self->content;
#endif
}

/* Narrow windows without a split ------------------------------------------- */

typedef struct
{
  AwNarrowFunc func;
  gpointer data;
  int narrow; /* -1: not told yet */
} Narrow;

static void
tell_narrow (Narrow *watch,
             gboolean narrow)
{
  if (watch->narrow == narrow)
    return;
  watch->narrow = narrow;
  watch->func (narrow, watch->data);
}

#if ADW_CHECK_VERSION (1, 4, 0)
static void
on_breakpoint_applied (Narrow *watch)
{
  tell_narrow (watch, TRUE);
}

static void
on_breakpoint_unapplied (Narrow *watch)
{
  tell_narrow (watch, FALSE);
}
#else
static gboolean
on_narrow_idle (gpointer window)
{
  Narrow *watch = g_object_get_data (window, "aw-narrow");
  int width = gtk_widget_get_width (window);

  g_object_set_data (window, "aw-narrow-idle", NULL);
  if (watch != NULL && width > 0)
    tell_narrow (watch, width < NARROW);
  return G_SOURCE_REMOVE;
}

static void
on_window_size (GtkWindow *window)
{
  /* Layout must not change while it is being made. */
  if (g_object_get_data (G_OBJECT (window), "aw-narrow-idle") != NULL)
    return;
  g_object_set_data (G_OBJECT (window), "aw-narrow-idle", GINT_TO_POINTER (1));
  g_idle_add_full (G_PRIORITY_HIGH_IDLE, on_narrow_idle, g_object_ref (window), g_object_unref);
}

static void
on_window_realized (GtkWindow *window)
{
  g_signal_connect_object (gtk_native_get_surface (GTK_NATIVE (window)), "layout", G_CALLBACK (on_window_size), window, G_CONNECT_SWAPPED);
}
#endif

void
aw_window_watch_narrow (GtkWindow *window,
                        AwNarrowFunc func,
                        gpointer data)
{
  Narrow *watch = g_new0 (Narrow, 1);

  g_return_if_fail (GTK_IS_WINDOW (window));
  watch->func = func;
  watch->data = data;
  watch->narrow = -1;
  g_object_set_data_full (G_OBJECT (window), "aw-narrow", watch, g_free);
#if ADW_CHECK_VERSION (1, 4, 0)
  AdwBreakpoint *breakpoint = add_breakpoint (window, NARROW);

  g_signal_connect_swapped (breakpoint, "apply", G_CALLBACK (on_breakpoint_applied), watch);
  g_signal_connect_swapped (breakpoint, "unapply", G_CALLBACK (on_breakpoint_unapplied), watch);
  tell_narrow (watch, FALSE);
#else
  g_signal_connect (window, "realize", G_CALLBACK (on_window_realized), NULL);
  if (gtk_widget_get_realized (GTK_WIDGET (window)))
    on_window_realized (window);
  int width = -1;
  int height = -1;

  gtk_window_get_default_size (window, &width, &height); /* neither may be NULL before 4.10 */
  tell_narrow (watch, width > 0 && width < NARROW);
#endif
}

/* Small things -------------------------------------------------------------- */

void
aw_announce (GtkWidget *widget G_GNUC_UNUSED,
             const char *text G_GNUC_UNUSED)
{
#if GTK_CHECK_VERSION (4, 14, 0)
  g_autoptr (GtkATContext) context = gtk_accessible_get_at_context (GTK_ACCESSIBLE (widget));

  /* Where there is no accessibility bus GTK puts its test context, which cannot
   * announce and crashes when asked to (seen in 4.18). */
  if (context != NULL && g_strcmp0 (G_OBJECT_TYPE_NAME (context), "GtkTestATContext") != 0)
    gtk_accessible_announce (GTK_ACCESSIBLE (widget), text, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
#endif
}

void
aw_widget_get_color (GtkWidget *widget,
                     GdkRGBA *color)
{
#if GTK_CHECK_VERSION (4, 10, 0)
  gtk_widget_get_color (widget, color);
#else
  gtk_style_context_get_color (gtk_widget_get_style_context (widget), color);
#endif
}

void
aw_month_select (GtkCalendar *month,
                 GDateTime *day)
{
#if GTK_CHECK_VERSION (4, 20, 0)
  gtk_calendar_set_date (month, day);
#else
  gtk_calendar_select_day (month, day);
#endif
}

const char *
aw_compat_style_resource (void)
{
#if ADW_CHECK_VERSION (1, 4, 0)
  return NULL;
#else
  return "/app/afterword/Afterword/style-1.2.css";
#endif
}
