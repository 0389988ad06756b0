/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/aw-overview-page.h"

#include <glib/gi18n-lib.h>

#include "core/aw-words.h"
#include "ui/aw-figures.h"

#define AT_LEAST 3      /* interviews, or there is nothing to see */
#define AT_ONCE 16      /* dossiers between two frames */

struct _AwOverviewPage
{
  AdwBin parent_instance;

  AwUi *ui;
  GtkWidget *page;
  GtkWidget *stack;
  GtkWidget *cards;
  GtkWidget *box;
  AwFigures *figures; /* being gathered */
  guint next;         /* which summary comes next */
  guint idle;
  gboolean stale;
  gboolean narrow;
};

enum
{
  PROP_0,
  PROP_NARROW,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (AwOverviewPage, aw_overview_page, ADW_TYPE_BIN)

static void
add_card (AwOverviewPage *self,
          const char *number,
          const char *label)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *big = gtk_label_new (number);
  GtkWidget *small = gtk_label_new (label);

  gtk_widget_add_css_class (card, "card");
  gtk_widget_add_css_class (card, "aw-stat");
  gtk_widget_add_css_class (big, "aw-bigstat");
  gtk_widget_add_css_class (small, "aw-caption");
  gtk_label_set_wrap (GTK_LABEL (small), TRUE);
  gtk_label_set_justify (GTK_LABEL (small), GTK_JUSTIFY_CENTER);
  gtk_box_append (GTK_BOX (card), big);
  gtk_box_append (GTK_BOX (card), small);
  gtk_flow_box_append (GTK_FLOW_BOX (self->cards), card);
  gtk_widget_set_focusable (gtk_widget_get_parent (card), FALSE);
}

static void
add_bars (AwOverviewPage *self,
          const char *title,
          const char *description,
          GArray *figures,
          gboolean days)
{
  GtkWidget *grid = gtk_grid_new ();
  GtkWidget *group = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  guint most = 1;

  gtk_box_append (GTK_BOX (group), aw_ui_heading (title));
  if (description != NULL)
    gtk_box_append (GTK_BOX (group), aw_ui_label (description, "dim-label"));
  gtk_widget_add_css_class (grid, "card");
  gtk_widget_add_css_class (grid, "aw-bars");
  gtk_grid_set_column_spacing (GTK_GRID (grid), 12);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 9);
  for (guint i = 0; i < figures->len; i++)
    most = MAX (most, g_array_index (figures, AwFigure, i).value);
  for (guint i = 0; i < figures->len; i++)
    {
      AwFigure *figure = &g_array_index (figures, AwFigure, i);
      GtkWidget *label = gtk_label_new (figure->label);
      GtkWidget *bar = gtk_progress_bar_new ();
      g_autofree char *text = days ? g_strdup_printf (ngettext ("%u day", "%u days", figure->value), figure->value)
                                   : g_strdup_printf ("%u", figure->value);
      GtkWidget *number = gtk_label_new (text);
      g_autofree char *name = g_strdup_printf ("%s: %s", figure->label, text);

      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_label_set_wrap (GTK_LABEL (label), TRUE);
      gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (bar), figure->value / (double) most);
      gtk_widget_add_css_class (bar, "aw-figure");
      gtk_widget_set_hexpand (bar, TRUE);
      gtk_widget_set_valign (bar, GTK_ALIGN_CENTER);
      aw_ui_set_name (bar, name);
      gtk_label_set_xalign (GTK_LABEL (number), 1);
      gtk_widget_add_css_class (number, "dim-label");
      gtk_widget_add_css_class (number, "numeric");
      gtk_grid_attach (GTK_GRID (grid), label, 0, i, 1, 1);
      gtk_grid_attach (GTK_GRID (grid), bar, 1, i, 1, 1);
      gtk_grid_attach (GTK_GRID (grid), number, 2, i, 1, 1);
    }
  gtk_box_append (GTK_BOX (group), grid);
  gtk_box_append (GTK_BOX (self->box), group);
}

static void
add_sent_row (GtkWidget *list,
              const char *title,
              guint sent,
              char *details)
{
  g_autofree char *text = details;

  if (sent > 0)
    gtk_list_box_append (GTK_LIST_BOX (list), aw_ui_action_row (title, text));
}

static void
add_sent (AwOverviewPage *self)
{
  static const struct
  {
    AwTouchKind kind;
    const char *title;
  } kinds[] = {
    { AW_TOUCH_CHECK_IN, N_("Check-ins") },
    { AW_TOUCH_ESCALATION, N_("Letters to the hiring manager") },
    { AW_TOUCH_ARTICLE, N_("Articles") },
    { AW_TOUCH_TIMELINE, N_("Own deadlines") },
    { AW_TOUCH_KEEP_IN_TOUCH, N_("News of your own") },
    { AW_TOUCH_CALL, N_("Calls") },
  };
  GtkWidget *group = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *list = aw_ui_boxed_list ();
  guint in_time, all, answered;

  aw_figures_thanked (self->figures, &in_time, &all);
  add_sent_row (list, _("Thank-you notes"), all + aw_figures_sent (self->figures, AW_TOUCH_THANK_YOU, NULL),
                g_strdup_printf (ngettext ("%u of %u person within 24 hours", "%u of %u people within 24 hours", all), in_time, all));
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      guint sent = aw_figures_sent (self->figures, kinds[i].kind, &answered);

      /* Translators: how many were sent, and how many of them were answered */
      add_sent_row (list, _(kinds[i].title), sent, g_strdup_printf (_("%u, of which %u answered"), sent, answered));
    }
  if (gtk_widget_get_first_child (list) == NULL)
    {
      g_object_ref_sink (group);
      g_object_ref_sink (list);
      g_object_unref (list);
      g_object_unref (group);
      return;
    }
  gtk_box_append (GTK_BOX (group), aw_ui_heading (_("What You Sent")));
  gtk_box_append (GTK_BOX (group), list);
  gtk_box_append (GTK_BOX (self->box), group);
}

static void
show_figures (AwOverviewPage *self)
{
  g_autoptr (GArray) stand = NULL;
  g_autoptr (GArray) replies = NULL;
  g_autofree char *open = g_strdup_printf ("%u", aw_figures_open (self->figures));
  g_autofree char *offers = g_strdup_printf ("%u", aw_figures_offers (self->figures));
  g_autofree char *thanked = NULL;
  g_autofree char *reply = NULL;
  guint in_time, all;
  int percent = aw_figures_thanked (self->figures, &in_time, &all);
  int days = aw_figures_reply_days (self->figures);
  GtkWidget *child;

  if (aw_figures_interviews (self->figures) < AT_LEAST)
    {
      gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "too-few");
      return;
    }
  while ((child = gtk_widget_get_first_child (self->cards)) != NULL)
    gtk_flow_box_remove (GTK_FLOW_BOX (self->cards), child);
  while ((child = gtk_widget_get_last_child (self->box)) != self->cards)
    gtk_box_remove (GTK_BOX (self->box), child);

  thanked = percent >= 0 ? g_strdup_printf (_("%d %%"), percent) : g_strdup ("–");
  reply = days >= 0 ? g_strdup_printf (ngettext ("%d day", "%d days", days), days) : g_strdup ("–");
  add_card (self, open, C_("applications", "Open"));
  add_card (self, offers, _("Offers"));
  add_card (self, thanked, _("Thanked in 24 h"));
  add_card (self, reply, _("Typical reply"));

  stand = aw_figures_stand (self->figures);
  replies = aw_figures_replies (self->figures);
  if (stand->len > 0)
    add_bars (self, _("Where Your Applications Stand"), NULL, stand, FALSE);
  if (replies->len > 0)
    add_bars (self, _("How Long They Took to Answer"), _("Median days, from your message to their reply"), replies, TRUE);
  add_sent (self);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "figures");
}

static gboolean
gather_some (gpointer data)
{
  AwOverviewPage *self = data;
  AwEngine *engine = aw_ui_engine (self->ui);
  GListModel *summaries = aw_engine_get_summaries (engine);
  guint n = g_list_model_get_n_items (summaries);

  for (guint i = 0; i < AT_ONCE && self->next < n; i++, self->next++)
    {
      g_autoptr (AwSummary) summary = g_list_model_get_item (summaries, self->next);
      g_autoptr (AwDossier) dossier = aw_engine_ref_dossier (engine, aw_summary_get_id (summary), NULL);

      if (dossier != NULL)
        aw_figures_add (self->figures, dossier);
    }
  if (self->next < n)
    return G_SOURCE_CONTINUE;
  self->idle = 0;
  show_figures (self);
  g_clear_pointer (&self->figures, aw_figures_free);
  return G_SOURCE_REMOVE;
}

/* In pieces between the frames: a coach has ten thousand. */
static void
gather (AwOverviewPage *self)
{
  AwEngine *engine = aw_ui_engine (self->ui);
  AwCalendar *calendar = aw_engine_get_calendar (engine);
  gint64 now = aw_engine_now (engine);
  int year, month, day;
  AwDate first;
  g_autofree char *date = NULL;
  g_autofree char *since = NULL;

  aw_date_to_ymd (aw_calendar_date_of (calendar, NULL, now), &year, &month, &day);
  /* At the turn of the year the last months say more than three days. */
  first = month <= 2 ? aw_date_from_ymd (year - 1, 7, 1) : aw_date_from_ymd (year, 1, 1);
  date = aw_words_date (first);
  /* Translators: %s is a date: "Since 1 January" */
  since = g_strdup_printf (_("Since %s"), date);
  aw_page_set_title (AW_PAGE (self->page), _("Overview"), since);
  g_clear_handle_id (&self->idle, g_source_remove);
  g_clear_pointer (&self->figures, aw_figures_free);
  self->figures = aw_figures_new (calendar, aw_calendar_at (calendar, NULL, first, 0), now);
  self->next = 0;
  self->stale = FALSE;
  self->idle = g_idle_add (gather_some, self);
}

static void
on_changed (AwOverviewPage *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    gather (self);
  else
    self->stale = TRUE;
}

static void
aw_overview_page_map (GtkWidget *widget)
{
  AwOverviewPage *self = AW_OVERVIEW_PAGE (widget);

  GTK_WIDGET_CLASS (aw_overview_page_parent_class)->map (widget);
  if (self->stale)
    gather (self);
}

static void
set_narrow (AwOverviewPage *self,
            gboolean narrow)
{
  if (self->narrow == narrow)
    return;
  self->narrow = narrow;
  gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (self->cards), narrow ? 2 : 4);
  gtk_flow_box_set_min_children_per_line (GTK_FLOW_BOX (self->cards), narrow ? 2 : 4);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NARROW]);
}

static void
aw_overview_page_set_property (GObject *object,
                               guint id,
                               const GValue *value,
                               GParamSpec *pspec)
{
  if (id == PROP_NARROW)
    set_narrow (AW_OVERVIEW_PAGE (object), g_value_get_boolean (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
aw_overview_page_get_property (GObject *object,
                               guint id,
                               GValue *value,
                               GParamSpec *pspec)
{
  if (id == PROP_NARROW)
    g_value_set_boolean (value, AW_OVERVIEW_PAGE (object)->narrow);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
aw_overview_page_dispose (GObject *object)
{
  AwOverviewPage *self = AW_OVERVIEW_PAGE (object);

  g_clear_handle_id (&self->idle, g_source_remove);
  g_clear_pointer (&self->figures, aw_figures_free);
  g_clear_object (&self->ui);
  G_OBJECT_CLASS (aw_overview_page_parent_class)->dispose (object);
}

static void
aw_overview_page_class_init (AwOverviewPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = aw_overview_page_dispose;
  object_class->set_property = aw_overview_page_set_property;
  object_class->get_property = aw_overview_page_get_property;
  GTK_WIDGET_CLASS (klass)->map = aw_overview_page_map;
  properties[PROP_NARROW] = g_param_spec_boolean ("narrow", NULL, NULL, FALSE,
                                                  G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
aw_overview_page_init (AwOverviewPage *self)
{
  GtkWidget *scrolled;
  GtkWidget *few = adw_status_page_new ();
  GtkWidget *spinner = aw_ui_spinner ();
  GtkWidget *export = aw_ui_icon_button ("aw-export-symbolic", _("Export"));

  self->stale = TRUE;
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 24);
  self->cards = gtk_flow_box_new ();
  gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (self->cards), GTK_SELECTION_NONE);
  gtk_flow_box_set_homogeneous (GTK_FLOW_BOX (self->cards), TRUE);
  gtk_flow_box_set_column_spacing (GTK_FLOW_BOX (self->cards), 12);
  gtk_flow_box_set_row_spacing (GTK_FLOW_BOX (self->cards), 12);
  gtk_flow_box_set_min_children_per_line (GTK_FLOW_BOX (self->cards), 4);
  gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (self->cards), 4);
  aw_ui_set_name (self->cards, _("Figures"));
  gtk_box_append (GTK_BOX (self->box), self->cards);

  aw_ui_status_set (ADW_STATUS_PAGE (few), "aw-overview-symbolic", _("Not Enough Yet"), _("Figures appear after three interviews."));
  gtk_widget_set_halign (spinner, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (spinner, GTK_ALIGN_CENTER);
  gtk_widget_set_size_request (spinner, 32, 32);
  self->stack = gtk_stack_new ();
  gtk_stack_add_named (GTK_STACK (self->stack), spinner, "busy");
  gtk_stack_add_named (GTK_STACK (self->stack), few, "too-few");
  scrolled = aw_ui_scrolled_clamp (self->box);
  gtk_widget_set_focusable (scrolled, TRUE); /* nothing in it is: the keyboard scrolls */
  aw_ui_set_name (scrolled, _("Figures"));
  gtk_stack_add_named (GTK_STACK (self->stack), scrolled, "figures");
  self->page = aw_page_new (_("Overview"), self->stack);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (export), "win.export-csv");
  adw_header_bar_pack_end (aw_page_get_header (AW_PAGE (self->page)), export);
  adw_bin_set_child (ADW_BIN (self), self->page);
}

GtkWidget *
aw_overview_page_new (AwUi *ui)
{
  AwOverviewPage *self = g_object_new (AW_TYPE_OVERVIEW_PAGE, NULL);

  self->ui = g_object_ref (ui);
  g_signal_connect_object (aw_ui_engine (ui), "changed", G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
