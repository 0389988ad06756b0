/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/aw-today-page.h"

#include <glib/gi18n-lib.h>

#include "core/aw-words.h"
#include "ui/aw-duty-row.h"

/* Of each group: a row is measured for many milliseconds. */
#define SHOWN_AT_FIRST 20
#define SHOWN_MORE 100

typedef struct
{
  GtkWidget *box;
  GtkWidget *list;
  GtkWidget *more;
  GListStore *store;      /* AwDuty: all of the group */
  GtkSliceListModel *slice;
} Group;

struct _AwTodayPage
{
  AdwBin parent_instance;

  AwUi *ui;
  GtkWidget *page;
  GtkWidget *banner;
  GtkWidget *stack;
  GtkWidget *status;
  Group groups[AW_TODAY_N_GROUPS];
  gboolean narrow;
  guint idle;
};

enum
{
  PROP_0,
  PROP_NARROW,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (AwTodayPage, aw_today_page, ADW_TYPE_BIN)

AwTodayGroup
aw_today_group (const AwFollowUp *item,
                AwCalendar *calendar,
                gint64 now)
{
  AwDate today = aw_calendar_date_of (calendar, NULL, now);

  switch (item->state)
    {
    case AW_STATE_OVERDUE:
      return AW_TODAY_OVERDUE;
    case AW_STATE_DUE:
    case AW_STATE_MISSING:
      return AW_TODAY_DUE;
    case AW_STATE_WAITING:
      return AW_TODAY_WAITING;
    case AW_STATE_UPCOMING:
    default:
      return aw_calendar_date_of (calendar, NULL, item->opens) <= today + 7 ? AW_TODAY_WEEK : AW_TODAY_LATER;
    }
}

guint
aw_today_count_due (AwUi *ui)
{
  AwEngine *engine = aw_ui_engine (ui);
  GListModel *duties = aw_engine_get_duties (engine);
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (duties); i++)
    {
      g_autoptr (AwDuty) duty = g_list_model_get_item (duties, i);

      n += aw_today_group (aw_duty_get_follow_up (duty), aw_engine_get_calendar (engine), aw_engine_now (engine)) <= AW_TODAY_DUE;
    }
  return n;
}

static void
mark_first (AwTodayPage *self)
{
  gboolean first = TRUE;

  for (guint g = 0; g < AW_TODAY_N_GROUPS; g++)
    for (GtkWidget *row = gtk_widget_get_first_child (self->groups[g].list); row != NULL; row = gtk_widget_get_next_sibling (row))
      if (AW_IS_DUTY_ROW (row))
        {
          aw_duty_row_set_suggested (AW_DUTY_ROW (row), first && g != AW_TODAY_WAITING);
          first = FALSE;
        }
}

/* Only what differs is replaced, so that focus and open menus of the other
 * rows stay. */
static void
fill (GListStore *store,
      GPtrArray *duties)
{
  GListModel *model = G_LIST_MODEL (store);
  guint n_old = g_list_model_get_n_items (model), n_new = duties->len, head = 0, tail = 0;

  while (head < MIN (n_old, n_new))
    {
      g_autoptr (GObject) item = g_list_model_get_item (model, head);

      if (item != g_ptr_array_index (duties, head))
        break;
      head++;
    }
  while (tail < MIN (n_old, n_new) - head)
    {
      g_autoptr (GObject) item = g_list_model_get_item (model, n_old - 1 - tail);

      if (item != g_ptr_array_index (duties, n_new - 1 - tail))
        break;
      tail++;
    }
  if (n_old - head - tail > 0 || n_new - head - tail > 0)
    g_list_store_splice (store, head, n_old - head - tail, duties->pdata + head, n_new - head - tail);
}

static void
show_caught_up (AwTodayPage *self,
                AwDuty *next)
{
  AwEngine *engine = aw_ui_engine (self->ui);
  g_autofree char *text = NULL;

  if (next != NULL)
    {
      AwCalendar *calendar = aw_engine_get_calendar (engine);
      g_autofree char *date = aw_words_date (aw_calendar_date_of (calendar, NULL, aw_duty_get_follow_up (next)->opens));

      /* Translators: first %s: what comes next, e.g. "Check in with Aiko Tanaka"; second %s: a company; third %s: a date */
      text = g_strdup_printf (_("Next: %s (%s) on %s.\nUntil then, stay quiet."), aw_duty_get_title (next), aw_duty_get_company (next), date);
    }
  else
    text = g_strdup (_("Nothing is due. You can stay quiet."));
  aw_ui_status_set (ADW_STATUS_PAGE (self->status), "aw-check-symbolic", _("All Caught Up"), text);
}

static void
rebuild (AwTodayPage *self)
{
  AwEngine *engine = aw_ui_engine (self->ui);
  AwCalendar *calendar = aw_engine_get_calendar (engine);
  gint64 now = aw_engine_now (engine);
  GListModel *duties = aw_engine_get_duties (engine);
  g_autoptr (GHashTable) shown = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) later = g_ptr_array_new_with_free_func (g_object_unref);
  GPtrArray *groups[AW_TODAY_N_GROUPS];
  g_autofree char *date = aw_words_weekday_date (aw_calendar_date_of (calendar, NULL, now));
  AwDuty *next = NULL;
  gboolean something = FALSE;

  for (guint g = 0; g < AW_TODAY_N_GROUPS; g++)
    groups[g] = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < g_list_model_get_n_items (duties); i++)
    {
      AwDuty *duty = g_list_model_get_item (duties, i);
      AwTodayGroup group = aw_today_group (aw_duty_get_follow_up (duty), calendar, now);

      if (group == AW_TODAY_LATER)
        {
          g_ptr_array_add (later, duty);
          continue;
        }
      g_ptr_array_add (groups[group], duty);
      g_hash_table_add (shown, (gpointer) aw_duty_get_opportunity (duty));
    }
  /* Of an employer with nothing else here: until when to stay quiet. */
  for (guint i = 0; i < later->len; i++)
    {
      AwDuty *duty = g_ptr_array_index (later, i);

      if (g_hash_table_add (shown, (gpointer) aw_duty_get_opportunity (duty)))
        g_ptr_array_add (groups[AW_TODAY_WAITING], g_object_ref (duty));
    }

  for (guint g = 0; g < AW_TODAY_N_GROUPS; g++)
    {
      guint n = groups[g]->len;

      fill (self->groups[g].store, groups[g]);
      gtk_widget_set_visible (self->groups[g].box, n > 0);
      gtk_widget_set_visible (self->groups[g].more, n > gtk_slice_list_model_get_size (self->groups[g].slice));
      something |= n > 0 && g != AW_TODAY_WAITING;
      for (guint i = 0; i < n && g == AW_TODAY_WAITING; i++)
        {
          AwDuty *duty = g_ptr_array_index (groups[g], i);

          if (next == NULL || aw_duty_get_follow_up (duty)->opens < aw_duty_get_follow_up (next)->opens)
            next = duty;
        }
    }
  show_caught_up (self, next);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), something ? "groups" : "caught-up");
  aw_page_set_title (AW_PAGE (self->page), _("Today"), date);
  mark_first (self);
  for (guint g = 0; g < AW_TODAY_N_GROUPS; g++)
    g_ptr_array_unref (groups[g]);
}

static gboolean
on_idle (gpointer data)
{
  AwTodayPage *self = data;

  self->idle = 0;
  rebuild (self);
  return G_SOURCE_REMOVE;
}

static void
queue_rebuild (AwTodayPage *self)
{
  if (self->idle == 0)
    self->idle = g_idle_add_full (G_PRIORITY_HIGH_IDLE, on_idle, self, NULL);
}

static GtkWidget *
make_row (gpointer item,
          gpointer data)
{
  AwTodayPage *self = data;
  GtkWidget *row = aw_duty_row_new (self->ui, item);

  aw_duty_row_set_narrow (AW_DUTY_ROW (row), self->narrow);
  return row;
}

static void
on_row_activated (GtkListBox *list G_GNUC_UNUSED,
                  GtkListBoxRow *row)
{
  if (AW_IS_DUTY_ROW (row))
    aw_duty_row_activate (AW_DUTY_ROW (row));
}

static void
on_more (GtkWidget *button)
{
  GtkSliceListModel *slice = g_object_get_data (G_OBJECT (button), "aw-slice");

  gtk_slice_list_model_set_size (slice, gtk_slice_list_model_get_size (slice) + SHOWN_MORE);
  gtk_widget_set_visible (button, g_list_model_get_n_items (gtk_slice_list_model_get_model (slice)) > gtk_slice_list_model_get_size (slice));
}

/* Up and Down go on in the next group. */
static gboolean
on_keynav_failed (GtkWidget *list,
                  GtkDirectionType direction,
                  AwTodayPage *self)
{
  int step = direction == GTK_DIR_DOWN ? 1 : -1;
  int g;

  if (direction != GTK_DIR_DOWN && direction != GTK_DIR_UP)
    return FALSE;
  for (g = 0; g < AW_TODAY_N_GROUPS && self->groups[g].list != list;)
    g++;
  for (g += step; g >= 0 && g < AW_TODAY_N_GROUPS; g += step)
    {
      GtkWidget *row = step > 0 ? gtk_widget_get_first_child (self->groups[g].list) : gtk_widget_get_last_child (self->groups[g].list);

      if (row != NULL && gtk_widget_get_mapped (row))
        return gtk_widget_grab_focus (row);
    }
  return FALSE;
}

static void
add_group (AwTodayPage *self,
           GtkWidget *box,
           AwTodayGroup which,
           const char *title)
{
  Group *group = &self->groups[which];

  group->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  group->list = aw_ui_boxed_list ();
  group->store = g_list_store_new (AW_TYPE_DUTY);
  group->slice = gtk_slice_list_model_new (G_LIST_MODEL (g_object_ref (group->store)), 0, SHOWN_AT_FIRST);
  gtk_list_box_bind_model (GTK_LIST_BOX (group->list), G_LIST_MODEL (group->slice), make_row, self, NULL);
  g_signal_connect (group->list, "row-activated", G_CALLBACK (on_row_activated), NULL);
  g_signal_connect (group->list, "keynav-failed", G_CALLBACK (on_keynav_failed), self);
  aw_ui_set_name (group->list, title);
  group->more = gtk_button_new_with_label (_("Show More"));
  gtk_widget_set_halign (group->more, GTK_ALIGN_CENTER);
  g_object_set_data (G_OBJECT (group->more), "aw-slice", group->slice);
  g_signal_connect (group->more, "clicked", G_CALLBACK (on_more), NULL);
  gtk_widget_set_visible (group->more, FALSE);
  gtk_box_append (GTK_BOX (group->box), aw_ui_heading (title));
  gtk_box_append (GTK_BOX (group->box), group->list);
  gtk_box_append (GTK_BOX (group->box), group->more);
  gtk_box_append (GTK_BOX (box), group->box);
}

static void
aw_today_page_dispose (GObject *object)
{
  AwTodayPage *self = AW_TODAY_PAGE (object);

  g_clear_handle_id (&self->idle, g_source_remove);
  for (guint g = 0; g < AW_TODAY_N_GROUPS; g++)
    {
      if (self->groups[g].list != NULL)
        gtk_list_box_bind_model (GTK_LIST_BOX (self->groups[g].list), NULL, NULL, NULL, NULL);
      self->groups[g].list = NULL;
      g_clear_object (&self->groups[g].slice);
      g_clear_object (&self->groups[g].store);
    }
  g_clear_object (&self->ui);
  G_OBJECT_CLASS (aw_today_page_parent_class)->dispose (object);
}

static void
aw_today_page_set_property (GObject *object,
                            guint id,
                            const GValue *value,
                            GParamSpec *pspec)
{
  if (id == PROP_NARROW)
    aw_today_page_set_narrow (AW_TODAY_PAGE (object), g_value_get_boolean (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
aw_today_page_get_property (GObject *object,
                            guint id,
                            GValue *value,
                            GParamSpec *pspec)
{
  if (id == PROP_NARROW)
    g_value_set_boolean (value, AW_TODAY_PAGE (object)->narrow);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
aw_today_page_class_init (AwTodayPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = aw_today_page_dispose;
  object_class->set_property = aw_today_page_set_property;
  object_class->get_property = aw_today_page_get_property;
  properties[PROP_NARROW] = g_param_spec_boolean ("narrow", NULL, NULL, FALSE,
                                                  G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
aw_today_page_init (AwTodayPage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 24);

  self->stack = gtk_stack_new ();
  self->status = adw_status_page_new ();
  self->banner = aw_banner_new ("");
  add_group (self, box, AW_TODAY_OVERDUE, _("Overdue"));
  add_group (self, box, AW_TODAY_DUE, _("Today"));
  add_group (self, box, AW_TODAY_WEEK, _("This Week"));
  add_group (self, box, AW_TODAY_WAITING, _("Waiting"));
  gtk_stack_add_named (GTK_STACK (self->stack), aw_ui_scrolled_clamp (box), "groups");
  gtk_stack_add_named (GTK_STACK (self->stack), self->status, "caught-up");
  self->page = aw_page_new (_("Today"), self->stack);
  aw_page_add_top_bar (AW_PAGE (self->page), self->banner);
  adw_bin_set_child (ADW_BIN (self), self->page);
}

GtkWidget *
aw_today_page_new (AwUi *ui)
{
  AwTodayPage *self = g_object_new (AW_TYPE_TODAY_PAGE, NULL);

  self->ui = g_object_ref (ui);
  g_signal_connect_object (aw_engine_get_duties (aw_ui_engine (ui)), "items-changed", G_CALLBACK (queue_rebuild), self, G_CONNECT_SWAPPED);
  rebuild (self);
  return GTK_WIDGET (self);
}

void
aw_today_page_set_narrow (AwTodayPage *self,
                          gboolean narrow)
{
  g_return_if_fail (AW_IS_TODAY_PAGE (self));
  narrow = narrow != FALSE;
  if (self->narrow == narrow)
    return;
  self->narrow = narrow;
  for (guint g = 0; g < AW_TODAY_N_GROUPS; g++)
    for (GtkWidget *row = gtk_widget_get_first_child (self->groups[g].list); row != NULL; row = gtk_widget_get_next_sibling (row))
      if (AW_IS_DUTY_ROW (row))
        aw_duty_row_set_narrow (AW_DUTY_ROW (row), narrow);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NARROW]);
}

AwBanner *
aw_today_page_get_banner (AwTodayPage *self)
{
  g_return_val_if_fail (AW_IS_TODAY_PAGE (self), NULL);
  return AW_BANNER (self->banner);
}
