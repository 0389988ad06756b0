/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/aw-sidebar.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "store/aw-search.h"
#include "ui/aw-sidebar-order.h"
#include "ui/aw-sidebar-row.h"

static const char *const pages[] = { "today", "outbox", "overview" };

struct _AwSidebar
{
  AdwBin parent_instance;

  AwUi *ui;
  GSettings *settings;

  GtkWidget *page;
  GtkWidget *fixed;
  GtkWidget *rows[G_N_ELEMENTS (pages)];
  GtkWidget *badges[G_N_ELEMENTS (pages)];
  GtkWidget *menu;
  GtkWidget *search_bar;
  GtkWidget *search_entry;
  GtkWidget *filter_button;
  GtkWidget *filter_dot;
  GtkWidget *showing;
  GtkWidget *showing_label;
  GtkWidget *stack;
  GtkWidget *list;

  GtkFilter *filter;
  GtkSorter *sorter;
  GListModel *sorted;
  GtkSingleSelection *selection;

  char *show;              /* "active" "waiting" "offers" "closed" "all" */
  char *sort;              /* "next" "date" "company" */
  char *words;             /* folded, NULL: no search */
  GHashTable *found;       /* ids found beyond names; NULL: none */
  char *selected;          /* opportunity */
  int shown;               /* of the pages, -1: none */
};

G_DEFINE_FINAL_TYPE (AwSidebar, aw_sidebar, ADW_TYPE_BIN)

enum
{
  SIGNAL_PAGE,
  SIGNAL_OPPORTUNITY,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* Which, and in which order ---------------------------------------------------- */

static gboolean
matches (gpointer item,
         gpointer data)
{
  AwSidebar *self = data;
  AwSummary *summary = item;

  /* A search looks everywhere: who looks for a name does not think of filters. */
  if (self->words != NULL)
    return aw_sidebar_order_names (summary, self->words) ||
           (self->found != NULL && g_hash_table_contains (self->found, aw_summary_get_id (summary)));
  return aw_sidebar_order_shows (summary, self->show);
}

static int
compare (gconstpointer a,
         gconstpointer b,
         gpointer data)
{
  AwSidebar *self = data;

  return aw_sidebar_order_compare ((gpointer) a, (gpointer) b, self->sort);
}

static void
update_empty (AwSidebar *self)
{
  gboolean none = self->words != NULL && g_list_model_get_n_items (self->sorted) == 0;

  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), none ? "none" : "list");
}

static const char *
show_label (const char *show)
{
  if (g_str_equal (show, "waiting"))
    return _("Waiting for Them");
  if (g_str_equal (show, "offers"))
    return _("Offers");
  if (g_str_equal (show, "closed"))
    return _("Closed");
  if (g_str_equal (show, "all"))
    return _("All");
  return _("Active");
}

static void
update_filter (AwSidebar *self)
{
  gboolean other = !g_str_equal (self->show, "active");
  /* Translators: %s is one of Active, Waiting for Them, Offers, Closed, All */
  g_autofree char *text = g_strdup_printf (_("Showing: %s"), show_label (self->show));

  gtk_label_set_label (GTK_LABEL (self->showing_label), text);
  gtk_widget_set_visible (self->showing, other);
  gtk_widget_set_visible (self->filter_dot, other);
  gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
  gtk_sorter_changed (self->sorter, GTK_SORTER_CHANGE_DIFFERENT);
  update_empty (self);
}

static void
on_settings_changed (AwSidebar *self)
{
  g_free (self->show);
  g_free (self->sort);
  self->show = g_settings_get_string (self->settings, "show");
  self->sort = g_settings_get_string (self->settings, "sort");
  update_filter (self);
}

static void
on_show_all_again (AwSidebar *self)
{
  g_settings_set_string (self->settings, "show", "active");
}

/* People, addresses, topics, notes and letters are in the store's index. */
static void
find_in_texts (AwSidebar *self,
               const char *text)
{
  g_autoptr (GPtrArray) hits = aw_search (aw_engine_get_database (aw_ui_engine (self->ui)), text, NULL);

  self->found = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; hits != NULL && i < hits->len; i++)
    {
      AwSearchHit *hit = g_ptr_array_index (hits, i);

      g_hash_table_add (self->found, g_strdup (hit->opportunity));
    }
}

static void
on_search (AwSidebar *self)
{
  g_autofree char *text = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->search_entry)));

  g_strstrip (text);
  g_clear_pointer (&self->words, g_free);
  g_clear_pointer (&self->found, g_hash_table_unref);
  if (*text != '\0')
    {
      self->words = g_utf8_casefold (text, -1);
      find_in_texts (self, text);
    }
  gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
  update_empty (self);
}

/* Selection --------------------------------------------------------------------- */

static void
on_fixed_activated (AwSidebar *self,
                    GtkListBoxRow *row)
{
  g_signal_emit (self, signals[SIGNAL_PAGE], 0, pages[gtk_list_box_row_get_index (row)]);
}

/* Highlighted is what is shown, whatever row the pointer or the keyboard is at:
 * GTK selects a row that Tab or an arrow key comes to. */
static void
restore_page (AwSidebar *self)
{
  GtkListBox *list = GTK_LIST_BOX (self->fixed);
  GtkListBoxRow *row = self->shown >= 0 ? GTK_LIST_BOX_ROW (self->rows[self->shown]) : NULL;

  if (gtk_list_box_get_selected_row (list) == row)
    return;
  if (row != NULL)
    gtk_list_box_select_row (list, row);
  else
    gtk_list_box_unselect_all (list);
}

static void
on_interview_activated (AwSidebar *self,
                        guint position)
{
  g_autoptr (AwSummary) summary = g_list_model_get_item (G_LIST_MODEL (self->selection), position);

  if (summary != NULL)
    g_signal_emit (self, signals[SIGNAL_OPPORTUNITY], 0, aw_summary_get_id (summary));
}

static int
position_of (AwSidebar *self,
             const char *opportunity)
{
  for (guint i = 0; i < g_list_model_get_n_items (self->sorted); i++)
    {
      g_autoptr (AwSummary) summary = g_list_model_get_item (self->sorted, i);

      if (g_strcmp0 (aw_summary_get_id (summary), opportunity) == 0)
        return i;
    }
  return -1;
}

/* Summaries are replaced when they change: the selection follows the id. */
static void
restore_selection (AwSidebar *self)
{
  int position = self->selected != NULL ? position_of (self, self->selected) : -1;
  guint wanted = position >= 0 ? (guint) position : GTK_INVALID_LIST_POSITION;

  if (gtk_single_selection_get_selected (self->selection) != wanted)
    gtk_single_selection_set_selected (self->selection, wanted);
  update_empty (self);
}

/* Rows --------------------------------------------------------------------------- */

/* Menu, Shift+F10 and Delete on the list itself: its rows are GTK's own. */
static gboolean
on_list_key (GtkEventControllerKey *controller G_GNUC_UNUSED,
             guint key,
             guint code G_GNUC_UNUSED,
             GdkModifierType modifiers,
             AwSidebar *self)
{
  GtkWidget *row = gtk_widget_get_focus_child (self->list);
  GtkWidget *box = row != NULL ? gtk_widget_get_first_child (row) : NULL;
  AwSummary *summary = box != NULL ? aw_sidebar_row_get_summary (box) : NULL;

  if (summary == NULL)
    return FALSE;
  if (key == GDK_KEY_Menu || (key == GDK_KEY_F10 && (modifiers & GDK_SHIFT_MASK)))
    aw_sidebar_row_show_menu (box, 24, 24);
  else if (key == GDK_KEY_Delete || key == GDK_KEY_KP_Delete)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.delete", "s", aw_summary_get_id (summary));
  else
    return FALSE;
  return TRUE;
}

static GtkWidget *
make_fixed_row (AwSidebar *self,
                guint which,
                const char *icon,
                const char *title)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = gtk_label_new (title);
  GtkWidget *badge = g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name (icon));
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (box), label);
  gtk_widget_add_css_class (badge, "aw-badge");
  gtk_widget_set_valign (badge, GTK_ALIGN_CENTER);
  gtk_widget_set_visible (badge, FALSE);
  gtk_box_append (GTK_BOX (box), badge);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  aw_ui_set_name (row, title);
  self->rows[which] = row;
  self->badges[which] = badge;
  return row;
}

static GMenuModel *
make_filter_menu (void)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) show = g_menu_new ();
  g_autoptr (GMenu) sort = g_menu_new ();

  g_menu_append (show, _("Active"), "sidebar.show::active");
  g_menu_append (show, _("Waiting for Them"), "sidebar.show::waiting");
  g_menu_append (show, _("Offers"), "sidebar.show::offers");
  g_menu_append (show, _("Closed"), "sidebar.show::closed");
  g_menu_append (show, _("All"), "sidebar.show::all");
  g_menu_append (sort, _("Next Action"), "sidebar.sort::next");
  g_menu_append (sort, _("Interview Date"), "sidebar.sort::date");
  g_menu_append (sort, _("Company"), "sidebar.sort::company");
  g_menu_append_section (menu, _("Show"), G_MENU_MODEL (show));
  g_menu_append_section (menu, _("Sort By"), G_MENU_MODEL (sort));
  return G_MENU_MODEL (menu);
}

static GtkWidget *
make_heading (AwSidebar *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *heading = aw_ui_heading (_("Interviews"));
  GtkWidget *search = gtk_toggle_button_new ();
  GtkWidget *overlay = gtk_overlay_new ();
  g_autoptr (GMenuModel) menu = make_filter_menu ();

  gtk_widget_set_hexpand (heading, TRUE);
  gtk_button_set_icon_name (GTK_BUTTON (search), "system-search-symbolic");
  gtk_widget_add_css_class (search, "flat");
  gtk_widget_set_tooltip_text (search, _("Search"));
  aw_ui_set_name (search, _("Search"));
  g_object_bind_property (search, "active", self->search_bar, "search-mode-enabled", G_BINDING_BIDIRECTIONAL);
  self->filter_button = aw_ui_menu_button ("aw-filter-symbolic", _("Filter and Sort"), menu);
  gtk_widget_add_css_class (self->filter_button, "flat");
  self->filter_dot = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_add_css_class (self->filter_dot, "aw-dot");
  gtk_widget_set_halign (self->filter_dot, GTK_ALIGN_END);
  gtk_widget_set_valign (self->filter_dot, GTK_ALIGN_START);
  gtk_widget_set_can_target (self->filter_dot, FALSE);
  gtk_overlay_set_child (GTK_OVERLAY (overlay), self->filter_button);
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), self->filter_dot);
  gtk_box_append (GTK_BOX (box), heading);
  gtk_box_append (GTK_BOX (box), search);
  gtk_box_append (GTK_BOX (box), overlay);
  gtk_widget_set_margin_start (box, 18);
  gtk_widget_set_margin_end (box, 10);
  gtk_widget_set_margin_top (box, 6);
  return box;
}

static GtkWidget *
make_showing (AwSidebar *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *reset = aw_ui_icon_button ("window-close-symbolic", _("Show Active Interviews"));

  gtk_widget_add_css_class (box, "aw-showing");
  self->showing_label = gtk_label_new ("");
  gtk_widget_add_css_class (self->showing_label, "aw-caption");
  gtk_label_set_xalign (GTK_LABEL (self->showing_label), 0);
  gtk_widget_set_hexpand (self->showing_label, TRUE);
  gtk_widget_add_css_class (reset, "flat");
  gtk_widget_add_css_class (reset, "circular");
  g_signal_connect_swapped (reset, "clicked", G_CALLBACK (on_show_all_again), self);
  gtk_box_append (GTK_BOX (box), self->showing_label);
  gtk_box_append (GTK_BOX (box), reset);
  gtk_widget_set_visible (box, FALSE);
  return box;
}

static void
aw_sidebar_dispose (GObject *object)
{
  AwSidebar *self = AW_SIDEBAR (object);

  self->shown = -1; /* the rows go before their list does */
  if (self->settings != NULL)
    g_signal_handlers_disconnect_by_data (self->settings, self);
  g_clear_object (&self->selection);
  g_clear_object (&self->sorted);
  g_clear_object (&self->filter);
  g_clear_object (&self->sorter);
  g_clear_object (&self->settings);
  g_clear_object (&self->ui);
  g_clear_pointer (&self->found, g_hash_table_unref);
  G_OBJECT_CLASS (aw_sidebar_parent_class)->dispose (object);
}

static void
aw_sidebar_finalize (GObject *object)
{
  AwSidebar *self = AW_SIDEBAR (object);

  g_free (self->show);
  g_free (self->sort);
  g_free (self->words);
  g_free (self->selected);
  G_OBJECT_CLASS (aw_sidebar_parent_class)->finalize (object);
}

static void
aw_sidebar_class_init (AwSidebarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = aw_sidebar_dispose;
  object_class->finalize = aw_sidebar_finalize;
  signals[SIGNAL_PAGE] = g_signal_new ("page", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_OPPORTUNITY] = g_signal_new ("opportunity", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                              G_TYPE_STRING);
}

static void
aw_sidebar_init (AwSidebar *self)
{
  self->show = g_strdup ("active");
  self->sort = g_strdup ("next");
  self->shown = -1;
}

static void
make_list (AwSidebar *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GListModel *summaries = aw_engine_get_summaries (aw_ui_engine (self->ui));
  GtkFilterListModel *filtered;

  self->filter = GTK_FILTER (gtk_custom_filter_new (matches, self, NULL));
  self->sorter = GTK_SORTER (gtk_custom_sorter_new (compare, self, NULL));
  filtered = gtk_filter_list_model_new (g_object_ref (summaries), g_object_ref (self->filter));
  self->sorted = G_LIST_MODEL (gtk_sort_list_model_new (G_LIST_MODEL (filtered), g_object_ref (self->sorter)));
  self->selection = g_object_new (GTK_TYPE_SINGLE_SELECTION, "autoselect", FALSE, "can-unselect", TRUE, "model", self->sorted, NULL);
  g_signal_connect_object (self->sorted, "items-changed", G_CALLBACK (restore_selection), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  /* A pointer that passes selects as well, where one click opens. */
  g_signal_connect_object (self->selection, "notify::selected", G_CALLBACK (restore_selection), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  self->list = gtk_list_view_new (GTK_SELECTION_MODEL (g_object_ref (self->selection)), aw_sidebar_row_factory_new ());
  gtk_list_view_set_single_click_activate (GTK_LIST_VIEW (self->list), TRUE);
  gtk_widget_add_css_class (self->list, "navigation-sidebar");
  aw_ui_set_name (self->list, _("Interviews"));
  g_signal_connect_swapped (self->list, "activate", G_CALLBACK (on_interview_activated), self);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_list_key), self);
  gtk_widget_add_controller (self->list, keys);
}

GtkWidget *
aw_sidebar_new (AwUi *ui,
                GSettings *settings,
                GMenuModel *primary_menu)
{
  AwSidebar *self = g_object_new (AW_TYPE_SIDEBAR, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *none = adw_status_page_new ();
  GtkWidget *add = aw_ui_icon_button ("list-add-symbolic", _("Add Interview"));
  g_autoptr (GSimpleActionGroup) actions = g_simple_action_group_new ();
  g_autoptr (GAction) show = NULL;
  g_autoptr (GAction) sort = NULL;

  self->ui = g_object_ref (ui);
  self->settings = g_object_ref (settings);

  self->fixed = gtk_list_box_new ();
  gtk_widget_add_css_class (self->fixed, "navigation-sidebar");
  aw_ui_set_name (self->fixed, _("Pages"));
  gtk_list_box_append (GTK_LIST_BOX (self->fixed), make_fixed_row (self, 0, "aw-today-symbolic", _("Today")));
  gtk_list_box_append (GTK_LIST_BOX (self->fixed), make_fixed_row (self, 1, "aw-outbox-symbolic", _("Outbox")));
  gtk_list_box_append (GTK_LIST_BOX (self->fixed), make_fixed_row (self, 2, "aw-overview-symbolic", _("Overview")));
  g_signal_connect_swapped (self->fixed, "row-activated", G_CALLBACK (on_fixed_activated), self);
  g_signal_connect_swapped (self->fixed, "row-selected", G_CALLBACK (restore_page), self);

  self->search_entry = gtk_search_entry_new ();
  gtk_widget_set_hexpand (self->search_entry, TRUE);
  aw_ui_set_name (self->search_entry, _("Search Interviews"));
  g_object_set (self->search_entry, "placeholder-text", _("Company, person, topic"), NULL);
  g_signal_connect_swapped (self->search_entry, "search-changed", G_CALLBACK (on_search), self);
  self->search_bar = gtk_search_bar_new ();
  gtk_search_bar_set_child (GTK_SEARCH_BAR (self->search_bar), self->search_entry);
  gtk_search_bar_connect_entry (GTK_SEARCH_BAR (self->search_bar), GTK_EDITABLE (self->search_entry));

  make_list (self);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), self->list);
  aw_ui_status_set (ADW_STATUS_PAGE (none), "system-search-symbolic", _("No Results"), _("Try a different search"));
  gtk_widget_add_css_class (none, "compact");
  self->stack = gtk_stack_new ();
  gtk_stack_add_named (GTK_STACK (self->stack), scrolled, "list");
  gtk_stack_add_named (GTK_STACK (self->stack), none, "none");
  gtk_widget_set_vexpand (self->stack, TRUE);

  gtk_box_append (GTK_BOX (box), self->fixed);
  gtk_box_append (GTK_BOX (box), make_heading (self));
  gtk_box_append (GTK_BOX (box), self->search_bar);
  gtk_box_append (GTK_BOX (box), make_showing (self));
  self->showing = gtk_widget_get_last_child (box);
  gtk_box_append (GTK_BOX (box), self->stack);

  self->page = aw_page_new (_("Afterword"), box);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (add), "win.add");
  self->menu = aw_ui_menu_button ("open-menu-symbolic", _("Main Menu"), primary_menu);
  gtk_menu_button_set_primary (GTK_MENU_BUTTON (self->menu), TRUE);
  adw_header_bar_pack_start (aw_page_get_header (AW_PAGE (self->page)), add);
  adw_header_bar_pack_end (aw_page_get_header (AW_PAGE (self->page)), self->menu);
  adw_bin_set_child (ADW_BIN (self), self->page);

  show = g_settings_create_action (settings, "show");
  sort = g_settings_create_action (settings, "sort");
  g_action_map_add_action (G_ACTION_MAP (actions), show);
  g_action_map_add_action (G_ACTION_MAP (actions), sort);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "sidebar", G_ACTION_GROUP (actions));
  g_signal_connect_object (settings, "changed::show", G_CALLBACK (on_settings_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (settings, "changed::sort", G_CALLBACK (on_settings_changed), self, G_CONNECT_SWAPPED);
  on_settings_changed (self);
  return GTK_WIDGET (self);
}

void
aw_sidebar_select_page (AwSidebar *self,
                        const char *page)
{
  g_return_if_fail (AW_IS_SIDEBAR (self));
  g_clear_pointer (&self->selected, g_free);
  restore_selection (self);
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    if (g_str_equal (pages[i], page))
      self->shown = (int) i;
  restore_page (self);
}

void
aw_sidebar_select_opportunity (AwSidebar *self,
                               const char *opportunity)
{
  g_return_if_fail (AW_IS_SIDEBAR (self));
  self->shown = -1;
  restore_page (self);
  if (g_strcmp0 (self->selected, opportunity) != 0)
    {
      g_free (self->selected);
      self->selected = g_strdup (opportunity);
    }
  restore_selection (self);
}

void
aw_sidebar_unselect (AwSidebar *self)
{
  g_return_if_fail (AW_IS_SIDEBAR (self));
  self->shown = -1;
  restore_page (self);
  g_clear_pointer (&self->selected, g_free);
  restore_selection (self);
}

const char *
aw_sidebar_get_neighbour (AwSidebar *self,
                          const char *opportunity,
                          int step)
{
  int n, position;
  g_autoptr (AwSummary) summary = NULL;

  g_return_val_if_fail (AW_IS_SIDEBAR (self), NULL);
  n = g_list_model_get_n_items (self->sorted);
  position = opportunity != NULL ? position_of (self, opportunity) : -1;
  position = position < 0 ? (step > 0 ? 0 : n - 1) : position + step;
  if (position < 0 || position >= n)
    return NULL;
  summary = g_list_model_get_item (self->sorted, position);
  return aw_summary_get_id (summary); /* the model holds it */
}

void
aw_sidebar_search (AwSidebar *self)
{
  g_return_if_fail (AW_IS_SIDEBAR (self));
  gtk_search_bar_set_search_mode (GTK_SEARCH_BAR (self->search_bar), TRUE);
  gtk_widget_grab_focus (self->search_entry);
}

void
aw_sidebar_capture_keys (AwSidebar *self,
                         GtkWidget *window)
{
  g_return_if_fail (AW_IS_SIDEBAR (self));
  gtk_search_bar_set_key_capture_widget (GTK_SEARCH_BAR (self->search_bar), window);
}

void
aw_sidebar_open_menu (AwSidebar *self)
{
  g_return_if_fail (AW_IS_SIDEBAR (self));
  gtk_menu_button_popup (GTK_MENU_BUTTON (self->menu));
}

void
aw_sidebar_set_badge (AwSidebar *self,
                      const char *page,
                      guint n,
                      gboolean hot)
{
  g_return_if_fail (AW_IS_SIDEBAR (self));
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      static const char *const titles[] = { N_("Today"), N_("Outbox"), N_("Overview") };
      g_autofree char *number = g_strdup_printf ("%u", n);
      g_autofree char *label = NULL;

      if (!g_str_equal (pages[i], page))
        continue;
      /* Translators: a row of the sidebar with its number, for screen readers: "Today, 3 due" */
      label = n == 0 ? g_strdup (_(titles[i])) : g_strdup_printf (i == 0 ? _("%s, %u due") : _("%s, %u to look at"), _(titles[i]), n);
      gtk_label_set_label (GTK_LABEL (self->badges[i]), number);
      gtk_widget_set_visible (self->badges[i], n > 0);
      if (hot)
        gtk_widget_add_css_class (self->badges[i], "hot");
      else
        gtk_widget_remove_css_class (self->badges[i], "hot");
      aw_ui_set_name (self->rows[i], label);
    }
}
