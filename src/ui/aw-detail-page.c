/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/aw-detail-page.h"

#include <glib/gi18n-lib.h>

#include "ui/aw-detail-actions.h"
#include "ui/aw-detail-private.h"
#include "ui/aw-timeline.h"

#define NARROW 560 /* px of the page at which rows stack */

/* The content of the page: keeps the dossier alive and fills its groups. */
#define AW_TYPE_DETAIL_VIEW (aw_detail_view_get_type ())
G_DECLARE_FINAL_TYPE (AwDetailView, aw_detail_view, AW, DETAIL_VIEW, AdwBin)

struct _AwDetailView
{
  AdwBin parent_instance;

  AwUi *ui;
  char *opportunity;
  AwDossier *dossier; /* NULL: there is none any more */
  gboolean narrow;
  guint fill_idle;
  AwDate shown_day;

  GtkWidget *page; /* the AwPage around it, which owns this */
  GtkWidget *stack;
  GtkWidget *scrolled;
  GtkWidget *head;
  GtkWidget *card;
  GtkWidget *replies;
  GtkWidget *timeline;
  GtkWidget *people;
  GtkWidget *interviews;
  GtkWidget *steps;
  GtkWidget *questions;
  GtkWidget *mention;
  GtkWidget *rapport;
  GtkWidget *notes;
  GtkWidget *history;
};

G_DEFINE_FINAL_TYPE (AwDetailView, aw_detail_view, ADW_TYPE_BIN)

static AwDetail
make_detail (AwDetailView *self)
{
  AwEngine *engine = aw_ui_engine (self->ui);
  AwDetail detail = {
    .ui = self->ui,
    .engine = engine,
    .dossier = self->dossier,
    .opportunity = aw_dossier_get_opportunity (self->dossier),
    .plan = aw_engine_get_plan (engine, self->opportunity),
    .calendar = aw_engine_get_calendar (engine),
    .now = aw_engine_now (engine),
    .narrow = self->narrow,
  };

  return detail;
}

static void
update_title (AwDetailView *self)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scrolled));

  aw_page_set_show_title (AW_PAGE (self->page), self->narrow || gtk_adjustment_get_value (adjustment) > 90);
}

static void
fill (AwDetailView *self)
{
  AwDetail detail;
  AwOpportunity *opportunity;

  g_clear_handle_id (&self->fill_idle, g_source_remove);
  if (self->dossier == NULL)
    return;
  detail = make_detail (self);
  opportunity = detail.opportunity;
  self->shown_day = aw_calendar_date_of (detail.calendar, NULL, detail.now);
  aw_page_set_title (AW_PAGE (self->page), opportunity->company != NULL ? opportunity->company : "", NULL);
  aw_detail_head_fill (self->head, &detail);
  aw_next_step_card_fill (self->card, &detail);
  aw_replies_group_fill (AW_SECTION (self->replies), &detail);
  aw_timeline_set_marks (AW_TIMELINE (self->timeline), aw_timeline_marks_new (detail.dossier, detail.plan, detail.calendar, detail.now), detail.calendar);
  aw_people_group_fill (AW_SECTION (self->people), &detail);
  aw_interview_group_fill (AW_SECTION (self->interviews), &detail);
  aw_steps_group_fill (AW_SECTION (self->steps), &detail);
  aw_questions_group_fill (AW_SECTION (self->questions), &detail);
  aw_mention_group_fill (AW_SECTION (self->mention), &detail);
  aw_rapport_group_fill (AW_SECTION (self->rapport), &detail);
  aw_notes_fill (self->notes, &detail);
  aw_history_list_fill (self->history, &detail);
}

static gboolean
on_fill_idle (gpointer data)
{
  AwDetailView *self = data;

  self->fill_idle = 0;
  fill (self);
  return G_SOURCE_REMOVE;
}

/* After the handler that changed something: its row may be the one that goes. */
static void
queue_fill (AwDetailView *self)
{
  if (self->fill_idle == 0)
    self->fill_idle = g_idle_add (on_fill_idle, self);
}

static void
on_engine_changed (AwDetailView *self,
                   const char *opportunity)
{
  if (opportunity == NULL || g_strcmp0 (opportunity, self->opportunity) == 0)
    queue_fill (self);
}

/* The plan moves with the clock: the card at once, the rest when the day turns. */
static void
on_duties_changed (AwDetailView *self)
{
  AwEngine *engine = aw_ui_engine (self->ui);
  AwDetail detail;

  if (self->dossier == NULL || self->fill_idle != 0)
    return;
  if (aw_calendar_date_of (aw_engine_get_calendar (engine), NULL, aw_engine_now (engine)) != self->shown_day)
    {
      queue_fill (self);
      return;
    }
  detail = make_detail (self);
  aw_next_step_card_fill (self->card, &detail);
  aw_detail_head_fill (self->head, &detail);
}

static void
on_mark (AwDetailView *self,
         const char *id)
{
  if (id != NULL && aw_dossier_find (self->dossier, AW_RECORD_TOUCH, id) != NULL)
    aw_history_list_show (self->history, id);
  else
    gtk_widget_child_focus (self->interviews, GTK_DIR_TAB_FORWARD);
}

/* Widths ----------------------------------------------------------------------------- */

static gboolean
on_narrow_idle (gpointer data)
{
  g_autoptr (AwDetailView) self = data;

  if (gtk_widget_get_root (GTK_WIDGET (self)) != NULL)
    {
      update_title (self);
      fill (self);
    }
  return G_SOURCE_REMOVE;
}

static void
aw_detail_view_size_allocate (GtkWidget *widget,
                              int width,
                              int height,
                              int baseline)
{
  AwDetailView *self = AW_DETAIL_VIEW (widget);
  GtkWidget *child = adw_bin_get_child (ADW_BIN (widget));
  gboolean narrow = width < NARROW;

  if (child != NULL)
    gtk_widget_size_allocate (child, &(GtkAllocation){ 0, 0, width, height }, baseline);
  if (narrow == self->narrow || width == 0)
    return;
  self->narrow = narrow;
  g_idle_add (on_narrow_idle, g_object_ref (self)); /* not while sizes are being given out */
}

static GtkSizeRequestMode
aw_detail_view_get_request_mode (GtkWidget *widget G_GNUC_UNUSED)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
aw_detail_view_measure (GtkWidget *widget,
                        GtkOrientation orientation,
                        int for_size,
                        int *minimum,
                        int *natural,
                        int *minimum_baseline,
                        int *natural_baseline)
{
  GtkWidget *child = adw_bin_get_child (ADW_BIN (widget));

  if (child != NULL)
    gtk_widget_measure (child, orientation, for_size, minimum, natural, minimum_baseline, natural_baseline);
}

/* Making ----------------------------------------------------------------------------- */

static void
aw_detail_view_dispose (GObject *object)
{
  AwDetailView *self = AW_DETAIL_VIEW (object);

  g_clear_handle_id (&self->fill_idle, g_source_remove);
  if (self->notes != NULL)
    {
      aw_notes_save (self->notes);
      self->notes = NULL;
    }
  g_clear_object (&self->dossier);
  g_clear_object (&self->ui);
  g_clear_pointer (&self->opportunity, g_free);
  G_OBJECT_CLASS (aw_detail_view_parent_class)->dispose (object);
}

static void
aw_detail_view_class_init (AwDetailViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = aw_detail_view_dispose;
  widget_class->size_allocate = aw_detail_view_size_allocate;
  widget_class->measure = aw_detail_view_measure;
  widget_class->get_request_mode = aw_detail_view_get_request_mode;
}

static void
aw_detail_view_init (AwDetailView *self)
{
  self->shown_day = AW_DATE_NONE;
  /* Widths are told to size_allocate only without a layout manager. */
  gtk_widget_set_layout_manager (GTK_WIDGET (self), NULL);
}

static GtkWidget *
make_section (GtkWidget *box,
              const char *title,
              const char *button,
              const char *action)
{
  GtkWidget *section = aw_section_new (title);

  if (button != NULL)
    aw_section_add_button (AW_SECTION (section), button, action);
  gtk_box_append (GTK_BOX (box), section);
  return section;
}

static GtkWidget *
make_content (AwDetailView *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 24);
  GtkWidget *frame = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *section;

  self->head = aw_detail_head_new ();
  self->card = aw_next_step_card_new (self->ui, self->opportunity);
  gtk_box_append (GTK_BOX (box), self->head);
  self->replies = aw_replies_group_new ();
  gtk_box_append (GTK_BOX (box), self->replies);
  gtk_box_append (GTK_BOX (box), self->card);
  section = make_section (box, _("Timeline"), NULL, NULL);
  self->timeline = aw_timeline_new ();
  g_signal_connect_object (self->timeline, "activated", G_CALLBACK (on_mark), self, G_CONNECT_SWAPPED);
  gtk_widget_set_hexpand (self->timeline, TRUE);
  gtk_widget_add_css_class (frame, "card");
  gtk_box_append (GTK_BOX (frame), self->timeline);
  aw_section_set_content (AW_SECTION (section), frame);
  self->people = make_section (box, _("People"), _("Add Person"), "detail.add-person");
  self->interviews = make_section (box, _("Interview"), _("Add Round"), "detail.add-round");
  self->steps = make_section (box, _("Next Steps"), _("Add Step"), "detail.add-step");
  self->questions = make_section (box, _("Questions to Ask"), _("Add Question"), "detail.add-question");
  self->mention = make_section (box, _("Worth Mentioning"), _("Add Article"), "detail.add-article");
  self->rapport = make_section (box, _("Rapport"), NULL, NULL);
  section = make_section (box, _("Notes"), NULL, NULL);
  self->notes = aw_notes_new (self->ui);
  aw_section_set_content (AW_SECTION (section), self->notes);
  self->history = aw_history_list_new ();
  gtk_box_append (GTK_BOX (box), self->history);
  return box;
}

static GMenuModel *
make_menu (void)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) log = g_menu_new ();
  g_autoptr (GMenu) plan = g_menu_new ();
  g_autoptr (GMenu) end = g_menu_new ();

  g_menu_append (log, _("Add Note"), "detail.add-note");
  g_menu_append (log, _("Log a Call…"), "detail.log-call");
  g_menu_append (log, _("Log Their Reply…"), "detail.log-reply");
  g_menu_append (log, _("Log a Letter…"), "detail.log-letter");
  g_menu_append (log, _("Log Anything Else…"), "detail.log-other");
  g_menu_append (plan, _("They Decided…"), "detail.decided");
  g_menu_append (plan, _("Call Wanted…"), "detail.call-wanted");
  g_menu_append (plan, _("Add Next Round…"), "detail.add-round");
  g_menu_append (plan, _("Before You Leave"), "detail.checklist");
  g_menu_append (plan, _("After the Interview"), "detail.debrief");
  g_menu_append (end, _("Export to Calendar…"), "detail.export-calendar");
  g_menu_append (end, _("Archive"), "detail.archive");
  g_menu_append (end, _("Delete"), "detail.delete");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (log));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (plan));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (end));
  return G_MENU_MODEL (menu);
}

/**
 * aw_detail_page_new:
 * @ui: for the engine
 * @opportunity: id
 *
 * Returns: the page, an AwPage
 */
GtkWidget *
aw_detail_page_new (AwUi *ui,
                    const char *opportunity)
{
  AwDetailView *self = g_object_new (AW_TYPE_DETAIL_VIEW, NULL);
  AwEngine *engine = aw_ui_engine (ui);
  g_autoptr (GError) error = NULL;
  g_autoptr (GMenuModel) menu = make_menu ();
  GtkWidget *page, *edit;
  GtkEventController *shortcuts;

  self->ui = g_object_ref (ui);
  self->opportunity = g_strdup (opportunity);
  self->dossier = aw_engine_ref_dossier (engine, opportunity, &error);
  page = self->page = aw_page_new (NULL, NULL);
  if (self->dossier == NULL)
    {
      GtkWidget *status = adw_status_page_new ();

      aw_ui_status_set (ADW_STATUS_PAGE (status), "edit-find-symbolic", error != NULL ? _("This Interview Cannot Be Opened") : _("This Interview Is Gone"),
                        error != NULL ? error->message : NULL);
      adw_bin_set_child (ADW_BIN (self), status);
      aw_page_set_content (AW_PAGE (page), GTK_WIDGET (self));
      return page;
    }
  self->scrolled = aw_ui_scrolled_clamp (make_content (self));
  g_signal_connect_object (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scrolled)), "value-changed",
                           G_CALLBACK (update_title), self, G_CONNECT_SWAPPED);
  adw_bin_set_child (ADW_BIN (self), self->scrolled);
  aw_page_set_content (AW_PAGE (page), GTK_WIDGET (self));
  adw_header_bar_pack_end (aw_page_get_header (AW_PAGE (page)), aw_ui_menu_button ("view-more-symbolic", _("More About This Interview"), menu));
  edit = aw_ui_icon_button ("document-edit-symbolic", _("Edit Interview"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (edit), "detail.edit");
  adw_header_bar_pack_end (aw_page_get_header (AW_PAGE (page)), edit);
  aw_detail_actions_attach (page, ui, self->dossier, self->notes);
  shortcuts = gtk_shortcut_controller_new ();
  gtk_shortcut_controller_set_scope (GTK_SHORTCUT_CONTROLLER (shortcuts), GTK_SHORTCUT_SCOPE_MANAGED);
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (shortcuts),
                                        gtk_shortcut_new (gtk_shortcut_trigger_parse_string ("<Control>e"), gtk_named_action_new ("detail.edit")));
  gtk_widget_add_controller (page, shortcuts);
  g_signal_connect_object (engine, "changed", G_CALLBACK (on_engine_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (engine, "settings-changed", G_CALLBACK (queue_fill), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (aw_engine_get_duties (engine), "items-changed", G_CALLBACK (on_duties_changed), self, G_CONNECT_SWAPPED);
  update_title (self);
  fill (self);
  return page;
}
