/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/aw-checks-list.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "ui/aw-ui.h"

/* The order of ux.md 3d. @core: shown even when all is well. */
static const struct
{
  const char *id;
  gboolean core;
  const char *title;
} checks[] = {
  { "in-time", TRUE, N_("In time") },
  { "M2", TRUE, N_("Length") },
  { "M3", TRUE, N_("Mentions what you discussed") },
  { "M4", FALSE, N_("What a note says") },
  { "M1", TRUE, N_("Unlike your other notes") },
  { "M5", TRUE, N_("Tone") },
  { "M6", FALSE, N_("No free consulting") },
  { "M7", FALSE, N_("Names") },
  { "M8", TRUE, N_("Other contact") },
  { "M9", FALSE, N_("Subject and links") },
  { "M10", FALSE, N_("The question") },
  { "M11", FALSE, N_("Your date") },
  { "M13", FALSE, N_("Dates") },
  { "M14", FALSE, N_("Whom you met") },
  { "M15", FALSE, N_("Consistent") },
  { "M16", FALSE, N_("Still current") },
  { "M12", FALSE, N_("Spelling") },
};

#define N_CHECKS G_N_ELEMENTS (checks)

typedef struct
{
  GtkWidget *row;
  GtkWidget *icon;
  GtkWidget *title;
  GtkWidget *sentence;
  GtkWidget *button;
  GPtrArray *findings; /* borrowed AwFinding, worst first */
  guint shown;         /* which of them a click went to last */
} Row;

struct _AwChecksList
{
  GtkBox parent_instance;

  GtkWidget *list;
  Row rows[N_CHECKS];
  GtkWidget *more_row;
  GtkWidget *more;
  GPtrArray *findings;
};

G_DEFINE_FINAL_TYPE (AwChecksList, aw_checks_list, GTK_TYPE_BOX)

enum
{
  SHOW,
  COMPARE,
  LATER,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static const char *
severity_word (AwSeverity severity)
{
  switch (severity)
    {
    case AW_SEVERITY_OK:
      return C_("check", "Fine");
    case AW_SEVERITY_HINT:
      return C_("check", "Hint");
    case AW_SEVERITY_WARNING:
    case AW_SEVERITY_ASK:
    default:
      return C_("check", "Warning");
    }
}

/* Shape and words tell it; the colour is only in addition. Error is for what
 * stops the message or the cadence, never for its style. */
static void
set_icon (Row *row,
          const AwFinding *finding)
{
  static const char *const classes[] = { "success", "warning", "error", "dim-label", NULL };
  const char *icon = "emblem-ok-symbolic";
  const char *class = "success";

  if (finding->severity == AW_SEVERITY_HINT)
    {
      icon = "dialog-information-symbolic";
      class = "dim-label";
    }
  else if (finding->severity >= AW_SEVERITY_WARNING)
    {
      gboolean hard = finding->severity == AW_SEVERITY_ASK && (strcmp (finding->id, "M8") == 0 || strcmp (finding->id, "M9") == 0);

      icon = "dialog-warning-symbolic";
      class = hard ? "error" : "warning";
    }
  for (guint i = 0; classes[i] != NULL; i++)
    gtk_widget_remove_css_class (row->icon, classes[i]);
  gtk_widget_add_css_class (row->icon, class);
  gtk_image_set_from_icon_name (GTK_IMAGE (row->icon), icon);
}

static int
compare_severity (gconstpointer a,
                  gconstpointer b)
{
  const AwFinding *x = *(const AwFinding *const *) a;
  const AwFinding *y = *(const AwFinding *const *) b;

  return (int) y->severity - (int) x->severity;
}

static void
fill_row (AwChecksList *self,
          guint i)
{
  Row *row = &self->rows[i];
  const AwFinding *worst = row->findings->len > 0 ? g_ptr_array_index (row->findings, 0) : NULL;
  gboolean visible = worst != NULL && (worst->severity != AW_SEVERITY_OK || checks[i].core);
  g_autofree char *label = NULL;
  g_autofree char *sentence = NULL;
  const char *title;
  const char *button = NULL;

  gtk_widget_set_visible (row->row, visible);
  if (!visible)
    return;

  title = worst->title != NULL && *worst->title != '\0' ? worst->title : _(checks[i].title);
  if (row->findings->len > 1 && worst->severity != AW_SEVERITY_OK)
    {
      guint others = row->findings->len - 1;
      /* Translators: the sentence of a finding, and how many more of its kind there are */
      g_autofree char *more = g_strdup_printf (ngettext ("%u more like it.", "%u more like it.", others), others);

      sentence = g_strdup_printf ("%s %s", worst->sentence, more);
    }
  else
    sentence = g_strdup (worst->sentence);

  if (worst->twin != NULL && worst->severity >= AW_SEVERITY_WARNING)
    button = _("Compare");
  else if (strcmp (worst->id, "M8") == 0 && worst->severity == AW_SEVERITY_ASK)
    button = _("Send Later…");
  else if (worst->start >= 0 && worst->severity != AW_SEVERITY_OK)
    button = _("Show");

  set_icon (row, worst);
  gtk_label_set_text (GTK_LABEL (row->title), title);
  gtk_label_set_text (GTK_LABEL (row->sentence), sentence);
  gtk_widget_set_visible (row->sentence, sentence != NULL && *sentence != '\0');
  gtk_widget_set_visible (row->button, button != NULL);
  if (button != NULL)
    gtk_button_set_label (GTK_BUTTON (row->button), button);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row->row), worst->start >= 0);

  /* Translators: a check for the screen reader: "Warning: Close to the note for Aiko Tanaka. More than half…" */
  label = g_strdup_printf (_("%s: %s. %s"), severity_word (worst->severity), title, sentence != NULL ? sentence : "");
  aw_ui_set_name (row->row, label);
}

/* Callbacks ---------------------------------------------------------------- */

static void
show_next (AwChecksList *self,
           Row *row)
{
  guint n = 0;

  for (guint i = 0; i < row->findings->len; i++)
    n += ((AwFinding *) g_ptr_array_index (row->findings, i))->start >= 0;
  if (n == 0)
    return;

  /* Each click goes on to the next place. */
  for (guint i = 0; i < row->findings->len; i++)
    {
      AwFinding *finding = g_ptr_array_index (row->findings, (row->shown + i) % row->findings->len);

      if (finding->start < 0)
        continue;
      row->shown = (row->shown + i + 1) % row->findings->len;
      g_signal_emit (self, signals[SHOW], 0, finding);
      return;
    }
}

static void
row_activated_cb (AwChecksList *self,
                  GtkListBoxRow *list_row)
{
  for (guint i = 0; i < N_CHECKS; i++)
    if (self->rows[i].row == GTK_WIDGET (list_row))
      show_next (self, &self->rows[i]);
}

static void
button_clicked_cb (AwChecksList *self,
                   GtkButton *button)
{
  for (guint i = 0; i < N_CHECKS; i++)
    {
      Row *row = &self->rows[i];
      AwFinding *worst;

      if (row->button != GTK_WIDGET (button) || row->findings->len == 0)
        continue;
      worst = g_ptr_array_index (row->findings, 0);
      if (worst->twin != NULL)
        g_signal_emit (self, signals[COMPARE], 0, worst);
      else if (strcmp (worst->id, "M8") == 0)
        g_signal_emit (self, signals[LATER], 0);
      else
        show_next (self, row);
      return;
    }
}

/* Two lines are reserved, so that a longer sentence moves nothing below it. */
static void
reserve_lines (GtkWidget *label)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (label, "X\nX");
  int height;

  pango_layout_get_pixel_size (layout, NULL, &height);
  gtk_widget_set_size_request (label, -1, height);
}

static GtkWidget *
make_label (const char *class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_yalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (label, class);
  return label;
}

static void
make_row (AwChecksList *self,
          guint i)
{
  Row *row = &self->rows[i];
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  row->findings = g_ptr_array_new ();
  row->row = gtk_list_box_row_new ();
  row->icon = gtk_image_new ();
  row->title = make_label ("heading");
  row->sentence = make_label ("caption");
  row->button = gtk_button_new ();

  gtk_widget_add_css_class (row->sentence, "aw-reason");
  gtk_widget_set_valign (row->icon, GTK_ALIGN_START);
  gtk_widget_set_margin_top (row->icon, 3);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_widget_set_halign (row->button, GTK_ALIGN_START);
  gtk_widget_set_margin_top (row->button, 3);
  g_signal_connect_object (row->button, "clicked", G_CALLBACK (button_clicked_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect (row->sentence, "realize", G_CALLBACK (reserve_lines), NULL);

  gtk_box_append (GTK_BOX (words), row->title);
  gtk_box_append (GTK_BOX (words), row->sentence);
  gtk_box_append (GTK_BOX (words), row->button);
  gtk_box_append (GTK_BOX (box), row->icon);
  gtk_box_append (GTK_BOX (box), words);
  gtk_widget_set_margin_top (box, 8);
  gtk_widget_set_margin_bottom (box, 8);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row->row), box);
  gtk_widget_set_visible (row->row, FALSE);
  gtk_list_box_append (GTK_LIST_BOX (self->list), row->row);
}

/* Overrides ---------------------------------------------------------------- */

static void
aw_checks_list_finalize (GObject *object)
{
  AwChecksList *self = AW_CHECKS_LIST (object);

  for (guint i = 0; i < N_CHECKS; i++)
    g_ptr_array_unref (self->rows[i].findings);
  g_clear_pointer (&self->findings, g_ptr_array_unref);

  G_OBJECT_CLASS (aw_checks_list_parent_class)->finalize (object);
}

static void
aw_checks_list_class_init (AwChecksListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = aw_checks_list_finalize;

  signals[SHOW] = g_signal_new ("show-finding", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[COMPARE] = g_signal_new ("compare", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[LATER] = g_signal_new ("later", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
aw_checks_list_init (AwChecksList *self)
{
  GtkWidget *heading = gtk_label_new (_("Before You Send"));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 12);
  gtk_label_set_xalign (GTK_LABEL (heading), 0);
  gtk_widget_add_css_class (heading, "heading");

  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->list, "boxed-list");
  aw_ui_set_name (self->list, _("Before you send"));
  g_signal_connect_object (self->list, "row-activated", G_CALLBACK (row_activated_cb), self, G_CONNECT_SWAPPED);

  for (guint i = 0; i < N_CHECKS; i++)
    make_row (self, i);

  self->more = make_label ("caption");
  gtk_widget_add_css_class (self->more, "aw-reason");
  gtk_widget_set_margin_top (self->more, 9);
  gtk_widget_set_margin_bottom (self->more, 9);
  gtk_widget_set_margin_start (self->more, 40);
  gtk_widget_set_margin_end (self->more, 12);
  self->more_row = gtk_list_box_row_new ();
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self->more_row), self->more);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self->more_row), FALSE);
  gtk_widget_set_focusable (self->more_row, FALSE);
  gtk_widget_set_visible (self->more_row, FALSE);
  gtk_list_box_append (GTK_LIST_BOX (self->list), self->more_row);

  gtk_box_append (GTK_BOX (self), heading);
  gtk_box_append (GTK_BOX (self), self->list);
}

/* Public functions --------------------------------------------------------- */

GtkWidget *
aw_checks_list_new (void)
{
  return g_object_new (AW_TYPE_CHECKS_LIST, NULL);
}

/**
 * aw_checks_list_set_findings:
 * @self: the list
 * @findings: (element-type AwFinding): what the review found
 */
void
aw_checks_list_set_findings (AwChecksList *self,
                             GPtrArray *findings)
{
  g_autoptr (GPtrArray) old = g_steal_pointer (&self->findings);
  guint folded = 0;

  self->findings = g_ptr_array_ref (findings);
  for (guint i = 0; i < N_CHECKS; i++)
    {
      Row *row = &self->rows[i];

      g_ptr_array_set_size (row->findings, 0);
      row->shown = 0;
      for (guint j = 0; j < findings->len; j++)
        {
          AwFinding *finding = g_ptr_array_index (findings, j);

          if (finding->applies && g_strcmp0 (finding->id, checks[i].id) == 0)
            g_ptr_array_add (row->findings, finding);
        }
      g_ptr_array_sort (row->findings, compare_severity);
      fill_row (self, i);
      if (row->findings->len > 0 && !gtk_widget_get_visible (row->row))
        folded++;
    }

  gtk_widget_set_visible (self->more_row, folded > 0);
  if (folded > 0)
    {
      g_autofree char *text = g_strdup_printf (ngettext ("… and %u more is fine", "… and %u more are fine", folded), folded);

      gtk_label_set_text (GTK_LABEL (self->more), text);
    }
}

/**
 * aw_checks_list_summarize:
 * @findings: (element-type AwFinding): what the review found
 * @needs_look: (out): whether anything is to be looked at
 *
 * Returns: (transfer full): "1 of 6 checks needs a look"
 */
char *
aw_checks_list_summarize (GPtrArray *findings,
                          gboolean *needs_look)
{
  guint n = 0;
  guint all = 0;

  for (guint i = 0; i < N_CHECKS; i++)
    {
      AwSeverity worst = AW_SEVERITY_OK;
      gboolean there = FALSE;

      for (guint j = 0; j < findings->len; j++)
        {
          AwFinding *finding = g_ptr_array_index (findings, j);

          if (!finding->applies || g_strcmp0 (finding->id, checks[i].id) != 0)
            continue;
          there = TRUE;
          worst = MAX (worst, finding->severity);
        }
      all += there;
      n += worst >= AW_SEVERITY_WARNING;
    }

  *needs_look = n > 0;
  if (n == 0)
    return g_strdup_printf (ngettext ("%u check, all is well", "%u checks, all is well", all), all);
  /* Translators: "1 of 6 checks needs a look"; the plural is that of the first number */
  return g_strdup_printf (ngettext ("%u of %u checks needs a look", "%u of %u checks need a look", n), n, all);
}

/**
 * aw_check_in_time:
 * @dossier: what is recorded
 * @person: (nullable): the recipient
 * @kind: what the message is about
 * @policy: for the hours a thank-you may take
 * @at: when it is to leave
 *
 * Returns: (transfer full) (nullable): a finding for a thank-you's time, %NULL
 *   where it does not apply
 */
AwFinding *
aw_check_in_time (AwDossier *dossier,
                  const char *person,
                  AwTouchKind kind,
                  AwPolicy *policy,
                  gint64 at)
{
  AwFinding *finding;
  gint64 end = AW_NEVER;
  gint64 any = AW_NEVER;
  gint64 hours;
  gboolean late;

  if (kind != AW_TOUCH_THANK_YOU)
    return NULL;
  AW_RECORDS_FOREACH (AwInterview, interview, aw_dossier_get_list (dossier, AW_RECORD_INTERVIEW))
  {
    gint64 its_end = aw_interview_get_end (interview);

    if (interview->cancelled || its_end > at)
      continue;
    any = MAX (any, its_end);
    if (aw_strv_has (interview->attendees, person))
      end = MAX (end, its_end);
  }
  if (end == AW_NEVER)
    end = any;
  if (end == AW_NEVER)
    return NULL;

  hours = MAX (0, at - end) / AW_HOUR;
  late = at > end + (gint64) policy->thank_you_hours * AW_HOUR;
  finding = g_new0 (AwFinding, 1);
  finding->applies = TRUE;
  finding->id = "in-time";
  finding->start = finding->end = -1;
  finding->severity = late ? AW_SEVERITY_WARNING : AW_SEVERITY_OK;
  if (hours < 1)
    finding->sentence = g_strdup_printf (_("You have only just met. Thank-you notes count most within %d hours."), policy->thank_you_hours);
  else if (!late)
    finding->sentence = g_strdup_printf (ngettext ("%d hour after you met. Thank-you notes count most within %d.",
                                                   "%d hours after you met. Thank-you notes count most within %d.", hours),
                                         (int) hours, policy->thank_you_hours);
  else if (hours < 48)
    finding->sentence = g_strdup_printf (ngettext ("%d hour after you met. Send it today.", "%d hours after you met. Send it today.", hours), (int) hours);
  else
    {
      int days = hours / 24;

      finding->sentence = g_strdup_printf (ngettext ("%d day after you met. Send it all the same, and keep it short.",
                                                     "%d days after you met. Send it all the same, and keep it short.", days),
                                           days);
    }
  finding->title = g_strdup (late ? _("Late") : _("In time"));
  return finding;
}
