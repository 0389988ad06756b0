/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "store/aw-store-error.h"
#include "ui/aw-tour.h"
#include "ui/aw-transfer.h"
#include "ui/aw-ui-test.h"
#include "ui/aw-window.h"

/* A walk through every window, dialog and popover of the application, over
 * tests/ui/data/tour.json on Thursday 5 March 2026. In each one:
 * - nothing is wider than its window, which may be 400 px wide;
 * - Tab comes to every control and comes round again, and each has a name.
 * With AW_SHOTS=FOLDER a picture of each is kept there as well, light, dark and
 * narrow, for looking at: tests/ui/screens.py does that. */

#define MOST_TABS 600

static const char *const look_names[AW_TOUR_N_LOOKS] = { "light", "dark", "400" };

/* Pictures --------------------------------------------------------------------- */

static void
keep_picture (AwTour *tour,
              GtkWidget *native,
              const char *name)
{
  g_autoptr (GdkPaintable) paintable = NULL;
  g_autoptr (GtkSnapshot) snapshot = NULL;
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  g_autofree char *path = NULL;

  if (!aw_tour_keeps_pictures ())
    return;
  paintable = gtk_widget_paintable_new (native);
  snapshot = gtk_snapshot_new ();
  gdk_paintable_snapshot (paintable, snapshot, gdk_paintable_get_intrinsic_width (paintable), gdk_paintable_get_intrinsic_height (paintable));
  node = gtk_snapshot_free_to_node (g_steal_pointer (&snapshot));
  if (node == NULL)
    return;
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (native)), node, NULL);
  path = g_strdup_printf ("%s/%s-%s.png", g_getenv ("AW_SHOTS"), name, look_names[tour->look]);
  gdk_texture_save_to_png (texture, path);
}

/* Words that are cut off are worth a look, though a long name may be. */
static void
list_cut_words (GtkWidget *widget,
                const char *name)
{
  if (!gtk_widget_get_mapped (widget))
    return;
  if (GTK_IS_LABEL (widget) && pango_layout_is_ellipsized (gtk_label_get_layout (GTK_LABEL (widget))))
    g_test_message ("%s: cut off: “%s”", name, gtk_label_get_text (GTK_LABEL (widget)));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    list_cut_words (child, name);
}

/* Keyboard ---------------------------------------------------------------------- */

static char *
describe (GtkWidget *widget)
{
  GString *words = g_string_new (NULL);

  for (guint i = 0; i < 6 && widget != NULL && !GTK_IS_WINDOW (widget); i++, widget = gtk_widget_get_parent (widget))
    {
      const char *label = GTK_IS_BUTTON (widget)                ? gtk_button_get_label (GTK_BUTTON (widget))
                          : ADW_IS_PREFERENCES_ROW (widget)     ? adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget))
                          : gtk_widget_get_tooltip_text (widget);

      g_string_append_printf (words, "%s%s", i > 0 ? " in " : "", G_OBJECT_TYPE_NAME (widget));
      if (label != NULL && *label != '\0')
        g_string_append_printf (words, " “%s”", label);
    }
  return g_string_free (words, FALSE);
}

static gboolean
is_list (GtkWidget *widget)
{
#if ADW_CHECK_VERSION(1, 7, 0)
  if (ADW_IS_VIEW_SWITCHER (widget))
    return TRUE;
#endif
  return GTK_IS_LIST_BOX (widget) || GTK_IS_LIST_BASE (widget) || GTK_IS_FLOW_BOX (widget) || GTK_IS_CALENDAR (widget);
}

/* A list's rows are gone through with the arrow keys once Tab has come to one. */
static gboolean
is_in_visited_list (GtkWidget *widget,
                    GHashTable *visited)
{
  for (GtkWidget *list = gtk_widget_get_parent (widget); list != NULL; list = gtk_widget_get_parent (list))
    {
      GHashTableIter iter;
      gpointer other;

      if (!is_list (list))
        continue;
      g_hash_table_iter_init (&iter, visited);
      while (g_hash_table_iter_next (&iter, &other, NULL))
        if (other == list || gtk_widget_is_ancestor (other, list))
          return TRUE;
    }
  return FALSE;
}

static gboolean
is_control (GtkWidget *widget)
{
  return GTK_IS_BUTTON (widget) || GTK_IS_TEXT (widget) || GTK_IS_TEXT_VIEW (widget) || GTK_IS_SWITCH (widget) || GTK_IS_CHECK_BUTTON (widget) ||
         GTK_IS_DROP_DOWN (widget) || (GTK_IS_LIST_BOX_ROW (widget) && gtk_list_box_row_get_activatable (GTK_LIST_BOX_ROW (widget)));
}

/* GTK's and libadwaita's own that the keyboard does not need: what a switch row
 * does is done by its row, a spin button by its arrow keys, the windows' buttons
 * by Alt+F4 and Escape; an entry row's pencil only gives it the focus. */
static gboolean
is_spared (GtkWidget *widget)
{
  GtkWidget *row = gtk_widget_get_ancestor (widget, ADW_TYPE_ACTION_ROW);

  return gtk_widget_get_ancestor (widget, GTK_TYPE_WINDOW_CONTROLS) != NULL || GTK_IS_SPIN_BUTTON (gtk_widget_get_parent (widget)) ||
         (row != NULL && adw_action_row_get_activatable_widget (ADW_ACTION_ROW (row)) == widget) ||
         (GTK_IS_TEXT (widget) && gtk_widget_get_ancestor (widget, GTK_TYPE_EDITABLE_LABEL) != NULL);
}

static void
check_reached (GtkWidget *widget,
               GHashTable *visited,
               const char *name)
{
  if (!gtk_widget_get_mapped (widget) || !gtk_widget_get_sensitive (widget) || !gtk_widget_get_can_focus (widget))
    return;
  if (is_control (widget) && gtk_widget_get_focusable (widget) && !is_spared (widget) && !g_hash_table_contains (visited, widget) &&
      !is_in_visited_list (widget, visited))
    {
      g_autofree char *what = describe (widget);

      g_test_message ("%s: Tab does not come to %s", name, what);
      g_test_fail ();
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (!GTK_IS_POPOVER (child))
      check_reached (child, visited, name);
}

/* Round and round in a window, or in a dialog inside one, until it comes to where it was. */
static void
walk_by_tab (GtkWidget *top,
             const char *name)
{
  g_autoptr (GHashTable) visited = g_hash_table_new (NULL, NULL);
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (top));
  GtkWidget *before = gtk_window_get_focus (window);
  guint n;

  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *) &window);
  gtk_window_set_focus (window, NULL);
  for (n = 0; n < MOST_TABS; n++)
    {
      GtkWidget *focus;

      if (!gtk_widget_child_focus (top, GTK_DIR_TAB_FORWARD))
        break; /* the end; the window begins again at its first */
      focus = gtk_window_get_focus (window);
      if (g_getenv ("AW_TABS") != NULL)
        {
          g_autofree char *what = focus != NULL ? describe (focus) : g_strdup ("nothing");

          g_test_message ("%s: Tab %u: %s", name, n, what);
        }
      if (focus == NULL || !g_hash_table_add (visited, focus))
        break;
      if (!gtk_widget_get_mapped (focus) || gtk_widget_get_width (focus) == 0)
        {
          g_autofree char *what = describe (focus);

          g_test_message ("%s: Tab comes to what is not to be seen: %s", name, what);
          g_test_fail ();
        }
    }
  if (n == 0 || n == MOST_TABS)
    {
      g_test_message ("%s: Tab %s", name, n == 0 ? "finds nothing" : "does not come to an end");
      g_test_fail ();
    }
  check_reached (top, visited, name);
  gtk_window_set_focus (window, before);
  g_object_remove_weak_pointer (G_OBJECT (window), (gpointer *) &window);
}

/* Looking at one ------------------------------------------------------------------ */

/* How wide it must be at least, without the border that a window has where nothing
 * composes it. An AdwDialog would cut off what is wider. */
static int
measure (GtkWidget *top)
{
  GtkWidget *content = gtk_widget_get_first_child (top);
  int minimum;

#if ADW_CHECK_VERSION(1, 5, 0)
  if (ADW_IS_DIALOG (top))
    content = adw_dialog_get_child (ADW_DIALOG (top));
#endif
  gtk_widget_measure (content, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  return minimum;
}

static void
look_at (AwTour *tour,
         const char *name)
{
  GtkWidget *top = aw_tour_top (tour);
  GtkWidget *popover = aw_tour_find_popover (top);
  int minimum;

  aw_tour_settle ();
  keep_picture (tour, GTK_WIDGET (aw_tour_top_window (tour)), name);
  if (popover != NULL)
    {
      g_autofree char *title = g_strconcat (name, "-popover", NULL);

      keep_picture (tour, popover, title);
      aw_ui_test_check_names (popover);
    }
  minimum = measure (top);
  if (minimum > 360 && (!g_str_has_prefix (G_OBJECT_TYPE_NAME (top), "Aw") || tour->look == AW_TOUR_SLIM))
    {
      g_test_message ("%s is at least %d px wide", name, minimum);
      g_test_fail ();
    }
  if (tour->look == AW_TOUR_SLIM && gtk_widget_get_width (top) > AW_TOUR_NARROW)
    {
      g_test_message ("%s is %d px wide", name, gtk_widget_get_width (top));
      g_test_fail ();
    }
  list_cut_words (popover != NULL ? popover : top, name);
  aw_ui_test_check_names (top);
  if (popover == NULL && tour->look != AW_TOUR_DARK)
    walk_by_tab (top, name);
  tour->looked_at++;
}

static void
look_and_close (AwTour *tour,
                const char *name)
{
  for (guint i = 0; aw_tour_top (tour) == tour->window && aw_tour_find_popover (tour->window) == NULL && i < AW_TOUR_MOST_WAITS; i++)
    aw_tour_iterate (20);
  if (aw_tour_top (tour) == tour->window && aw_tour_find_popover (tour->window) == NULL)
    {
      g_test_message ("%s did not open", name);
      g_test_fail ();
      return;
    }
  look_at (tour, name);
  aw_tour_close_top (tour);
}


/* The stops ------------------------------------------------------------------------- */

/* As long as it is, in one picture. */
static void
look_at_whole (AwTour *tour,
               const char *name)
{
  if (aw_tour_keeps_pictures ())
    {
      int width, height;

      gtk_window_get_default_size (GTK_WINDOW (tour->window), &width, &height);
      gtk_window_set_default_size (GTK_WINDOW (tour->window), tour->look == AW_TOUR_SLIM ? AW_TOUR_NARROW : AW_TOUR_WIDE, 3400);
      aw_tour_settle ();
      keep_picture (tour, tour->window, name);
      gtk_window_set_default_size (GTK_WINDOW (tour->window), tour->look == AW_TOUR_SLIM ? AW_TOUR_NARROW : AW_TOUR_WIDE, 720);
      aw_tour_settle ();
    }
}

static void
visit_pages (AwTour *tour)
{
  static const char *const pages[] = { "today", "outbox", "overview" };

  if (tour->look == AW_TOUR_SLIM)
    {
      aw_tour_activate (tour, "win.back", NULL);
      look_at (tour, "sidebar");
    }
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      g_autofree char *whole = g_strconcat (pages[i], "-whole", NULL);

      aw_tour_activate (tour, "win.page", "s", pages[i]);
      look_at (tour, pages[i]);
      look_at_whole (tour, whole);
    }
  aw_tour_activate (tour, "win.page", "s", "today");
  aw_tour_open_menu (tour, "AwDutyRow", NULL);
  look_and_close (tour, "duty-menu");
}

static void
visit_detail (AwTour *tour)
{
  static const struct
  {
    const char *action, *target, *name;
  } dialogs[] = {
    { "detail.edit", NULL, "edit-opportunity" },
    { "detail.edit-promise", NULL, "edit-promise" },
    { "detail.edit-mention", NULL, "worth-mentioning" },
    { "detail.add-round", NULL, "round-new" },
    { "detail.interview-edit", "i1", "round" },
    { "detail.checklist", NULL, "checklist" },
    { "detail.debrief", NULL, "debrief" },
    { "detail.add-person", NULL, "person-new" },
    { "detail.person-edit", "priya", "person" },
    { "detail.add-step", NULL, "step-new" },
    { "detail.step-edit", "s1", "step" },
    { "detail.add-question", NULL, "question-new" },
    { "detail.question-edit", "q1", "question" },
    { "detail.add-article", NULL, "article-new" },
    { "detail.article-edit", "a1", "article" },
    { "detail.call-wanted", NULL, "call-wanted" },
    { "detail.call-edit", "c1", "call" },
    { "detail.touch-edit", "t1", "touch" },
    { "detail.log-call", NULL, "log-call" },
    { "detail.log-reply", NULL, "log-reply" },
    { "detail.log-letter", NULL, "log-letter" },
    { "detail.log-other", NULL, "log-other" },
    { "detail.decided", NULL, "they-decided" },
  };

  aw_tour_activate (tour, "win.show", "s", "nl");
  look_at (tour, "detail");
  look_at_whole (tour, "detail-whole");
  for (guint i = 0; i < G_N_ELEMENTS (dialogs); i++)
    {
      if (dialogs[i].target != NULL)
        aw_tour_activate (tour, dialogs[i].action, "s", dialogs[i].target);
      else
        aw_tour_activate (tour, dialogs[i].action, NULL);
      look_and_close (tour, dialogs[i].name);
    }
  aw_tour_activate (tour, "win.call", "(sss)", "nl", "tom", "");
  look_and_close (tour, "call-sheet");
  aw_tour_activate (tour, "detail.add-round", NULL);
  aw_tour_open_menu (tour, "AwDateButton", NULL);
  look_and_close (tour, "date-popover");
  aw_tour_open_menu (tour, "AwWindow", "More About This Interview");
  look_and_close (tour, "detail-menu");
  aw_tour_activate (tour, "win.show", "s", "tomorrow");
  look_at (tour, "detail-upcoming");
  aw_tour_activate (tour, "win.checklist", "(ss)", "tomorrow", "tm-1");
  look_and_close (tour, "checklist-upcoming");
  aw_tour_activate (tour, "win.show", "s", "lp");
  look_at (tour, "detail-offer");
}

static void
visit_add (AwTour *tour)
{
  GtkWidget *entry;

  aw_tour_activate (tour, "win.add", NULL);
  look_at (tour, "add-empty");
  gtk_editable_set_text (GTK_EDITABLE (aw_tour_must_find_row (tour, "Company")), "Harbor & Finch");
  gtk_editable_set_text (GTK_EDITABLE (aw_tour_must_find_row (tour, "Role")), "Backend Developer");
  entry = aw_tour_must_find_row (tour, "Name or e-mail address");
  gtk_editable_set_text (GTK_EDITABLE (entry), "Marcus Bell, hiring manager\nAiko Tanaka <aiko.tanaka@harborfinch.example>, HR");
  g_signal_emit_by_name (entry, "entry-activated");
  gtk_editable_set_text (GTK_EDITABLE (entry), "aiko@");
  g_signal_emit_by_name (entry, "entry-activated");
  aw_tour_settle ();
  look_at (tour, "add");
  aw_tour_close_top (tour);
}

static void
visit_menus (AwTour *tour)
{
  aw_tour_activate (tour, "win.back", NULL);
  aw_tour_open_menu (tour, "AwSidebar", "Main Menu");
  look_and_close (tour, "main-menu");
  aw_tour_open_menu (tour, "AwSidebar", "Filter and Sort");
  look_and_close (tour, "filter-menu");
  g_settings_set_string (tour->settings, "show", "closed");
  aw_tour_settle ();
  look_at (tour, "sidebar-closed");
  g_settings_set_string (tour->settings, "show", "active");
  aw_tour_activate (tour, "win.search", NULL);
  gtk_editable_set_text (GTK_EDITABLE (aw_tour_must_find_type (tour->window, "GtkSearchEntry")), "oslo");
  aw_tour_iterate (400);
  look_at (tour, "search");
  gtk_editable_set_text (GTK_EDITABLE (aw_tour_must_find_type (tour->window, "GtkSearchEntry")), "zzzz");
  aw_tour_iterate (400);
  look_at (tour, "search-none");
  gtk_editable_set_text (GTK_EDITABLE (aw_tour_must_find_type (tour->window, "GtkSearchEntry")), "");
  gtk_search_bar_set_search_mode (GTK_SEARCH_BAR (aw_tour_must_find_type (tour->window, "GtkSearchBar")), FALSE);
  aw_tour_settle ();
}

static void
visit_preferences (AwTour *tour)
{
  static const char *const pages[] = { "", "writing", "notifications", "accounts" };

  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      g_autofree char *name = g_strdup_printf ("preferences-%s", *pages[i] != '\0' ? pages[i] : "follow-up");

      aw_tour_activate (tour, "win.preferences", "s", pages[i]);
      look_and_close (tour, name);
    }
  aw_tour_activate (tour, "win.account", "s", "");
  look_and_close (tour, "account");
  aw_tour_activate (tour, "win.shortcuts", NULL);
  look_and_close (tour, "shortcuts");
  aw_tour_activate (tour, "win.help", NULL);
  look_and_close (tour, "help");
  aw_tour_activate (tour, "win.about", NULL);
  look_and_close (tour, "about");
}

static void
import_text (AwTour *tour,
             const char *file_name,
             const char *text)
{
  g_autofree char *path = g_build_filename (tour->folder, file_name, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  aw_transfer_import_file (tour->ui, tour->window, file);
}

static void
visit_files (AwTour *tour)
{
  import_text (tour, "interviews.ics",
               "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Test//EN\r\n"
               "BEGIN:VEVENT\r\nUID:1@example.org\r\nDTSTAMP:20260301T100000Z\r\nDTSTART:20260309T140000Z\r\nDTEND:20260309T150000Z\r\n"
               "SUMMARY:Interview with Harbor & Finch\r\nLOCATION:Pier 4\r\nATTENDEE;CN=Marcus Bell:mailto:marcus@harbor.example\r\nEND:VEVENT\r\n"
               "BEGIN:VEVENT\r\nUID:2@example.org\r\nDTSTAMP:20260301T100000Z\r\nDTSTART:20260311T090000Z\r\nDTEND:20260311T100000Z\r\n"
               "SUMMARY:Job interview: Kestrel Maps\r\nORGANIZER;CN=Rosa Lind:mailto:rosa@kestrel.example\r\nEND:VEVENT\r\n"
               "BEGIN:VEVENT\r\nUID:3@example.org\r\nDTSTAMP:20260301T100000Z\r\nDTSTART:20260312T090000Z\r\nDTEND:20260312T100000Z\r\n"
               "SUMMARY:Dentist\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n");
  look_and_close (tour, "import-calendar");
  import_text (tour, "table.csv", "Firm;Stelle;Wann\nMole & Co;Baker;2026-11-20\nReed;Clerk;2026-11-23\nBirch;Gardener;2026-11-25\n");
  look_and_close (tour, "import-table");
  import_text (tour, "people.vcf", "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Aiko Tanaka\r\nORG:Harbor & Finch\r\nEMAIL:aiko@harbor.example\r\nTITLE:Recruiter\r\nEND:VCARD\r\n");
  look_and_close (tour, "import-cards");
}

static void
visit_compose (AwTour *tour)
{
  static const char *const dialogs[] = { "call-times", "article", "send-later" };
  GtkWidget *compose;

  aw_tour_activate (tour, "win.write", "(ssss)", "hf", "hf-marcus", "thank-you", "");
  compose = aw_tour_top (tour);
  /* In steps, as by hand: it folds at the first. */
  for (int width = 620; tour->look == AW_TOUR_SLIM && width > AW_TOUR_NARROW - 1; width -= 110)
    {
      gtk_window_set_default_size (GTK_WINDOW (compose), width, 720);
      aw_tour_settle ();
    }
  look_at (tour, "compose");
  for (guint i = 0; i < G_N_ELEMENTS (dialogs); i++)
    {
      g_autofree char *action = g_strconcat ("compose.", dialogs[i], NULL);
      g_autofree char *name = g_strconcat ("compose-", dialogs[i], NULL);

      gtk_widget_activate_action (compose, action, NULL);
      for (guint j = 0; aw_tour_top (tour) == compose && j < AW_TOUR_MOST_WAITS; j++)
        aw_tour_iterate (20);
      look_at (tour, name);
      gtk_window_close (aw_tour_top_window (tour));
      for (guint j = 0; aw_tour_top (tour) != compose && j < AW_TOUR_MOST_WAITS; j++)
        aw_tour_iterate (20);
    }
  aw_tour_close_top (tour);
}

static void
visit_trouble (AwTour *tour)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (tour->folder, "damaged.db", NULL);
  GtkWidget *window;

  g_set_error_literal (&error, AW_STORE_ERROR, AW_STORE_ERROR_DAMAGED, "“damaged.db” is damaged. It was not changed.");
  window = aw_trouble_window_new (tour->application, path, error);
  gtk_window_set_default_size (GTK_WINDOW (window), tour->look == AW_TOUR_SLIM ? AW_TOUR_NARROW : 640, 480);
  gtk_window_present (GTK_WINDOW (window));
  look_and_close (tour, "trouble");
}

static void
test_tour (gconstpointer look)
{
  AwTour tour = { 0 };

  aw_tour_begin (&tour, "tour", GPOINTER_TO_INT (look));
  visit_pages (&tour);
  visit_detail (&tour);
  visit_add (&tour);
  visit_menus (&tour);
  visit_preferences (&tour);
  visit_files (&tour);
  visit_compose (&tour);
  visit_trouble (&tour);
  g_assert_cmpuint (tour.looked_at, >, 50);
  aw_tour_end (&tour);
}

/* First run, and nothing due. */
static void
test_quiet (gconstpointer look)
{
  AwTour tour = { 0 };

  aw_tour_begin (&tour, NULL, GPOINTER_TO_INT (look));
  look_at (&tour, "empty");
  aw_tour_end (&tour);
  memset (&tour, 0, sizeof tour);
  aw_tour_begin (&tour, "quiet", GPOINTER_TO_INT (look));
  aw_tour_activate (&tour, "win.page", "s", "today");
  look_at (&tour, "caught-up");
  aw_tour_activate (&tour, "win.page", "s", "outbox");
  look_at (&tour, "outbox-empty");
  aw_tour_activate (&tour, "win.page", "s", "overview");
  look_at (&tour, "overview-too-few");
  aw_tour_end (&tour);
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  if (!gtk_init_check ())
    return 77;
  adw_init ();
  g_test_add_data_func ("/tour/quiet/light", GINT_TO_POINTER (AW_TOUR_LIGHT), test_quiet);
  g_test_add_data_func ("/tour/quiet/400", GINT_TO_POINTER (AW_TOUR_SLIM), test_quiet);
  g_test_add_data_func ("/tour/light", GINT_TO_POINTER (AW_TOUR_LIGHT), test_tour);
  g_test_add_data_func ("/tour/400", GINT_TO_POINTER (AW_TOUR_SLIM), test_tour);
  if (aw_tour_keeps_pictures ())
    {
      g_test_add_data_func ("/tour/quiet/dark", GINT_TO_POINTER (AW_TOUR_DARK), test_quiet);
      g_test_add_data_func ("/tour/dark", GINT_TO_POINTER (AW_TOUR_DARK), test_tour);
    }
  return g_test_run ();
}
