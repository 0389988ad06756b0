/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/aw-timeline.h"

#include <glib/gi18n-lib.h>

#include "core/aw-words.h"
#include "ui/aw-ui.h"

/* Measures of detail.png, in px. */
#define HEIGHT 152
#define MARGIN 24
#define LINE_Y 78
#define LINE_HEIGHT 3
#define TICK_HEIGHT 16
#define DATE_Y 139
#define ABOVE_Y 49
#define ABOVE_2_Y 31
#define BELOW_Y 99
#define BELOW_2_Y 111
#define MARK_WIDTH 18
#define MARK_HEIGHT 34
#define DOT_GAP 13
#define LABEL_GAP 6
#define MIN_WIDTH 240
#define NATURAL_WIDTH 690

typedef struct
{
  GtkWidget *button;
  GtkWidget *label; /* NULL: none */
  AwMarkKind kind;
  gint64 at;
  gboolean below;
  int x;
} Placed;

typedef struct
{
  GtkWidget *tick;
  GtkWidget *label;
  gint64 at;
} Tick;

typedef struct
{
  GtkWidget *widget;
  gint64 from, until;
} Stretch;

struct _AwTimeline
{
  GtkWidget parent_instance;

  AwTimelineMarks *marks;
  GArray *placed;    /* of Placed */
  GArray *ticks;     /* of Tick */
  GArray *stretches; /* of Stretch */
  GtkWidget *today_line;
  GtkWidget *today_label;
};

G_DEFINE_FINAL_TYPE (AwTimeline, aw_timeline, GTK_TYPE_WIDGET)

enum
{
  ACTIVATED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* Placing -------------------------------------------------------------------------- */

static int
x_of (AwTimeline *self,
      gint64 at,
      int width)
{
  double span = self->marks->end - self->marks->start;
  int x = MARGIN + (int) ((width - 2 * MARGIN) * (at - self->marks->start) / span + 0.5);

  return CLAMP (x, MARGIN, width - MARGIN);
}

static void
place (AwTimeline *self,
       GtkWidget *widget,
       int x,
       int y,
       int width,
       int height)
{
  int full = gtk_widget_get_width (GTK_WIDGET (self));
  GtkAllocation area = { x, y, MAX (width, 0), MAX (height, 0) };
  int least;

  if (gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL)
    area.x = full - x - area.width;
  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  area.width = MAX (area.width, least);
  gtk_widget_measure (widget, GTK_ORIENTATION_VERTICAL, area.width, &least, NULL, NULL, NULL);
  area.height = MAX (area.height, least);
  gtk_widget_size_allocate (widget, &area, -1);
}

typedef struct
{
  int from[16], until[16];
  guint n;
} Row;

static gboolean
row_take (Row *row,
          int from,
          int until)
{
  for (guint i = 0; i < row->n; i++)
    if (from < row->until[i] + LABEL_GAP && until + LABEL_GAP > row->from[i])
      return FALSE;
  if (row->n == G_N_ELEMENTS (row->from))
    return FALSE;
  row->from[row->n] = from;
  row->until[row->n++] = until;
  return TRUE;
}

/* Centred at @x in the first of the rows with room, else hidden. */
static void
place_label (AwTimeline *self,
             GtkWidget *label,
             int x,
             Row *rows[2],
             const int ys[2])
{
  int full = gtk_widget_get_width (GTK_WIDGET (self));
  int width, height;

  gtk_widget_set_child_visible (label, TRUE);
  gtk_widget_measure (label, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &width, NULL, NULL);
  gtk_widget_measure (label, GTK_ORIENTATION_VERTICAL, -1, NULL, &height, NULL, NULL);
  for (guint i = 0; i < 2; i++)
    {
      /* In the middle, else to one side of its mark. */
      const int tries[] = { x - width / 2, x - width + DOT_GAP, x - DOT_GAP };

      for (guint j = 0; j < G_N_ELEMENTS (tries); j++)
        {
          int start = CLAMP (tries[j], 2, MAX (full - width - 2, 2));

          if (!row_take (rows[i], start, start + width))
            continue;
          place (self, label, start, ys[i] - height / 2, width, height);
          return;
        }
    }
  gtk_widget_set_child_visible (label, FALSE);
}

static void
spread (AwTimeline *self,
        int width)
{
  int last = G_MININT / 2;

  for (guint i = 0; i < self->placed->len; i++)
    {
      Placed *placed = &g_array_index (self->placed, Placed, i);

      placed->x = x_of (self, placed->at, width);
      /* Dots of one day stand side by side. */
      if (placed->x - last < DOT_GAP)
        placed->x = MIN (last + DOT_GAP, width - MARGIN);
      last = placed->x;
    }
}

static int
rank (const Placed *placed)
{
  switch (placed->kind)
    {
    case AW_MARK_PLANNED:
      return 2;
    case AW_MARK_PROMISED:
      return 0;
    case AW_MARK_INTERVIEW:
    case AW_MARK_AHEAD:
      return 1;
    case AW_MARK_SENT:
    case AW_MARK_HEARD:
    default:
      return 3;
    }
}

static void
aw_timeline_size_allocate (GtkWidget *widget,
                           int width,
                           int height G_GNUC_UNUSED,
                           int baseline G_GNUC_UNUSED)
{
  AwTimeline *self = AW_TIMELINE (widget);
  Row above = { .n = 0 }, above2 = { .n = 0 }, below = { .n = 0 }, below2 = { .n = 0 }, dates = { .n = 0 };
  Row *up[] = { &above, &above2 }, *up_first[] = { &above2, &above }, *down[] = { &below, &below2 }, *down_first[] = { &below2, &below }, *foot[] = { &dates, &dates };
  const int up_y[] = { ABOVE_Y, ABOVE_2_Y }, up_first_y[] = { ABOVE_2_Y, ABOVE_Y }, down_y[] = { BELOW_Y, BELOW_2_Y }, down_first_y[] = { BELOW_2_Y, BELOW_Y }, foot_y[] = { DATE_Y, DATE_Y };
  int now_x;

  if (self->marks == NULL)
    return;
  now_x = x_of (self, self->marks->now, width);
  spread (self, width);
  for (guint i = 0; i < self->stretches->len; i++)
    {
      Stretch *stretch = &g_array_index (self->stretches, Stretch, i);
      int from = x_of (self, stretch->from, width);

      place (self, stretch->widget, from, LINE_Y - LINE_HEIGHT / 2, x_of (self, stretch->until, width) - from, LINE_HEIGHT);
    }
  for (guint i = 0; i < self->ticks->len; i++)
    {
      Tick *tick = &g_array_index (self->ticks, Tick, i);
      int x = x_of (self, tick->at, width);

      place (self, tick->tick, x, LINE_Y - TICK_HEIGHT / 2, 1, TICK_HEIGHT);
      place_label (self, tick->label, x, foot, foot_y);
    }
  place (self, self->today_line, now_x, ABOVE_2_Y + 12, 1, BELOW_2_Y - ABOVE_2_Y - 20);
  place_label (self, self->today_label, now_x, down_first, down_first_y);
  row_take (&above, now_x, now_x + 1); /* no label across the line */
  row_take (&below, now_x, now_x + 1);
  for (int r = 0; r <= 3; r++)
    for (guint i = 0; i < self->placed->len; i++)
      {
        Placed *placed = &g_array_index (self->placed, Placed, i);
        gboolean present = placed->kind == AW_MARK_PLANNED && ABS (placed->x - now_x) < DOT_GAP;

        if (rank (placed) != r)
          continue;
        place (self, placed->button, placed->x - MARK_WIDTH / 2, LINE_Y - MARK_HEIGHT / 2, MARK_WIDTH, MARK_HEIGHT);
        if (placed->label == NULL)
          continue;
        if (placed->below)
          place_label (self, placed->label, placed->x, down, down_y);
        else
          place_label (self, placed->label, placed->x, present ? up_first : up, present ? up_first_y : up_y);
      }
}

static void
aw_timeline_measure (GtkWidget *widget G_GNUC_UNUSED,
                     GtkOrientation orientation,
                     int for_size G_GNUC_UNUSED,
                     int *minimum,
                     int *natural,
                     int *minimum_baseline G_GNUC_UNUSED,
                     int *natural_baseline G_GNUC_UNUSED)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? MIN_WIDTH : HEIGHT;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? NATURAL_WIDTH : HEIGHT;
}

/* Children ------------------------------------------------------------------------- */

static GtkWidget *
make_part (AwTimeline *self,
           const char *css_class)
{
  GtkWidget *part = g_object_new (GTK_TYPE_BOX, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, "can-target", FALSE, NULL);

  gtk_widget_add_css_class (part, css_class);
  gtk_widget_set_parent (part, GTK_WIDGET (self));
  return part;
}

static GtkWidget *
make_label (AwTimeline *self,
            const char *text,
            const char *css_class)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL,
                                   "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                                   "label", text,
                                   "ellipsize", PANGO_ELLIPSIZE_END,
                                   "max-width-chars", 18,
                                   "can-target", FALSE,
                                   NULL);

  gtk_widget_add_css_class (label, "aw-timeline-label");
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  gtk_widget_set_parent (label, GTK_WIDGET (self));
  return label;
}

static void
add_stretch (AwTimeline *self,
             const char *css_class,
             gint64 from,
             gint64 until)
{
  Stretch stretch = { make_part (self, "aw-timeline-line"), from, until };

  if (css_class != NULL)
    gtk_widget_add_css_class (stretch.widget, css_class);
  g_array_append_val (self->stretches, stretch);
}

static void
on_mark_clicked (GtkButton *button,
                 AwTimeline *self)
{
  const char *id = g_object_get_data (G_OBJECT (button), "id");

  g_signal_emit (self, signals[ACTIVATED], 0, id);
}

static void
add_mark (AwTimeline *self,
          const AwMark *mark)
{
  static const char *const classes[] = { "interview", "ahead", "sent", "heard", "promised", "planned" };
  GtkWidget *dot = g_object_new (GTK_TYPE_BOX, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  Placed placed = { gtk_button_new (), NULL, mark->kind, mark->at, mark->kind == AW_MARK_SENT || mark->kind == AW_MARK_HEARD, 0 };

  gtk_widget_add_css_class (dot, "aw-dot-mark");
  gtk_widget_add_css_class (dot, classes[mark->kind]);
  if (mark->late)
    gtk_widget_add_css_class (dot, "late");
  gtk_widget_set_halign (dot, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (dot, GTK_ALIGN_CENTER);
  gtk_button_set_child (GTK_BUTTON (placed.button), dot);
  gtk_widget_add_css_class (placed.button, "aw-mark");
  gtk_widget_add_css_class (placed.button, "flat");
  gtk_widget_set_tooltip_text (placed.button, mark->text);
  aw_ui_set_name (placed.button, mark->text);
  g_object_set_data_full (G_OBJECT (placed.button), "id", g_strdup (mark->id), g_free);
  g_signal_connect_object (placed.button, "clicked", G_CALLBACK (on_mark_clicked), self, 0);
  gtk_widget_set_parent (placed.button, GTK_WIDGET (self));
  if (mark->label != NULL)
    placed.label = make_label (self, mark->label,
                               mark->late ? "late" : mark->kind == AW_MARK_INTERVIEW || mark->kind == AW_MARK_AHEAD || mark->kind == AW_MARK_PROMISED ? "strong" : NULL);
  g_array_append_val (self->placed, placed);
}

static void
clear (AwTimeline *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_array_set_size (self->placed, 0);
  g_array_set_size (self->ticks, 0);
  g_array_set_size (self->stretches, 0);
  g_clear_pointer (&self->marks, aw_timeline_marks_free);
}

/**
 * aw_timeline_set_marks:
 * @self: a timeline
 * @marks: (transfer full): what it shows
 * @calendar: for the dates under it
 */
void
aw_timeline_set_marks (AwTimeline *self,
                       AwTimelineMarks *marks,
                       AwCalendar *calendar)
{
  AwDate first, last;

  g_return_if_fail (AW_IS_TIMELINE (self));
  clear (self);
  self->marks = marks;
  add_stretch (self, NULL, marks->start, marks->end);
  if (marks->past_from != AW_NEVER)
    add_stretch (self, "past", marks->past_from, marks->now);
  first = aw_calendar_date_of (calendar, NULL, marks->start);
  last = aw_calendar_date_of (calendar, NULL, marks->end);
  for (AwDate date = first; date <= last; date += 7 * MAX (marks->tick_weeks, 1))
    {
      g_autoptr (GDateTime) day = NULL;
      g_autofree char *text = NULL;
      int y, m, d;
      Tick tick = { .at = aw_calendar_at (calendar, NULL, date, 0) };

      aw_date_to_ymd (date, &y, &m, &d);
      day = g_date_time_new_utc (CLAMP (y, 1, 9999), m, d, 0, 0, 0);
      /* Translators: a day under the timeline, as in strftime: "16 Feb" */
      text = g_date_time_format (day, C_("timeline date", "%-d %b"));
      tick.tick = make_part (self, "aw-timeline-tick");
      tick.label = make_label (self, text, "dim");
      g_array_append_val (self->ticks, tick);
    }
  if (marks->late_from != AW_NEVER)
    add_stretch (self, "late", marks->late_from, marks->now);
  self->today_line = make_part (self, "aw-timeline-today");
  self->today_label = make_label (self, _("Today"), "strong");
  for (guint i = 0; i < marks->marks->len; i++)
    {
      const AwMark *mark = g_ptr_array_index (marks->marks, i);

      add_mark (self, mark);
      if (mark->kind == AW_MARK_PLANNED && mark->at <= marks->now && g_array_index (self->placed, Placed, i).label != NULL)
        gtk_widget_add_css_class (g_array_index (self->placed, Placed, i).label, "strong");
    }
  aw_ui_set_name (GTK_WIDGET (self), marks->summary);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static void
aw_timeline_dispose (GObject *object)
{
  clear (AW_TIMELINE (object));
  G_OBJECT_CLASS (aw_timeline_parent_class)->dispose (object);
}

static void
aw_timeline_finalize (GObject *object)
{
  AwTimeline *self = AW_TIMELINE (object);

  g_array_unref (self->placed);
  g_array_unref (self->ticks);
  g_array_unref (self->stretches);
  G_OBJECT_CLASS (aw_timeline_parent_class)->finalize (object);
}

static void
aw_timeline_class_init (AwTimelineClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = aw_timeline_dispose;
  G_OBJECT_CLASS (klass)->finalize = aw_timeline_finalize;
  widget_class->measure = aw_timeline_measure;
  widget_class->size_allocate = aw_timeline_size_allocate;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_css_name (widget_class, "timeline");
  signals[ACTIVATED] = g_signal_new ("activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
aw_timeline_init (AwTimeline *self)
{
  self->placed = g_array_new (FALSE, FALSE, sizeof (Placed));
  self->ticks = g_array_new (FALSE, FALSE, sizeof (Tick));
  self->stretches = g_array_new (FALSE, FALSE, sizeof (Stretch));
}

GtkWidget *
aw_timeline_new (void)
{
  return g_object_new (AW_TYPE_TIMELINE, NULL);
}
