/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/aw-compose-pane.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/aw-words.h"
#include "ui/aw-chips.h"

#define MAX_EARLIER 20

struct _AwComposePane
{
  GtkBox parent_instance;

  GtkWidget *checks;
  GtkWidget *topics;
  GtkWidget *no_topic;
  GtkWidget *no_topic_entry;
  GtkWidget *offers;
  GtkWidget *questions;
  GtkWidget *earlier_group;
  GtkWidget *earlier;
  char *earlier_key; /* which touches are shown */
};

G_DEFINE_FINAL_TYPE (AwComposePane, aw_compose_pane, GTK_TYPE_BOX)

enum
{
  SHOW,
  COMPARE,
  LATER,
  INSERT,
  ADD_TOPIC,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* Facts -------------------------------------------------------------------- */

static void
add_once (GPtrArray *texts,
          const char *text)
{
  if (text == NULL || *text == '\0')
    return;
  for (guint i = 0; i < texts->len; i++)
    if (strcmp (g_ptr_array_index (texts, i), text) == 0)
      return;
  g_ptr_array_add (texts, g_strdup (text));
}

static void
add_pairs (GPtrArray *texts,
           GPtrArray *pairs,
           const char *person)
{
  for (guint i = 0; pairs != NULL && i < pairs->len; i++)
    {
      AwPair *pair = g_ptr_array_index (pairs, i);

      if (person != NULL && g_strcmp0 (pair->person, person) == 0)
        add_once (texts, pair->text);
    }
}

static void
set_chips (GtkWidget *chips,
           GPtrArray *texts)
{
  g_ptr_array_add (texts, NULL);
  aw_chips_set_texts (AW_CHIPS (chips), (const char *const *) texts->pdata);
}

static void
set_topics (AwComposePane *self,
            AwDossier *dossier,
            const char *person)
{
  AwRecordList *interviews = aw_dossier_get_list (dossier, AW_RECORD_INTERVIEW);
  g_autoptr (GPtrArray) topics = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) offers = g_ptr_array_new_with_free_func (g_free);
  AwOpportunity *opportunity = aw_dossier_get_opportunity (dossier);

  for (guint i = aw_record_list_get_length (interviews); i > 0; i--)
    {
      AwInterview *interview = aw_record_list_peek (interviews, i - 1);

      add_pairs (topics, interview->topics, person);
      add_pairs (offers, interview->can_do, person);
    }
  if (opportunity->qualifications != NULL)
    {
      g_auto (GStrv) lines = g_strsplit_set (opportunity->qualifications, "\n;", -1);

      for (char **line = lines; *line != NULL; line++)
        add_once (offers, g_strstrip (*line));
    }
  gtk_widget_set_visible (self->no_topic, topics->len == 0 && person != NULL && aw_record_list_get_length (interviews) > 0);
  set_chips (self->topics, topics);
  set_chips (self->offers, offers);
}

static void
set_questions (AwComposePane *self,
               AwDossier *dossier,
               const char *const *ready)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  AW_RECORDS_FOREACH (AwQuestion, question, aw_dossier_get_list (dossier, AW_RECORD_QUESTION))
  if (!aw_instant_is_set (question->asked_at))
    add_once (texts, question->text);
  for (guint i = 0; ready != NULL && ready[i] != NULL; i++)
    add_once (texts, ready[i]);
  set_chips (self->questions, texts);
}

static GtkWidget *
make_earlier_row (AwTouch *touch,
                  AwCalendar *calendar)
{
  GtkWidget *row = adw_expander_row_new ();
  GtkWidget *label = aw_ui_label (touch->text != NULL ? touch->text : "", NULL);
  g_autofree char *date = aw_words_date (aw_calendar_date_of (calendar, NULL, touch->at.sec));
  g_autofree char *kind = aw_words_contact (touch->kind, NULL);
  const char *title = touch->subject != NULL && *touch->subject != '\0' ? touch->subject : kind;
  /* Translators: date of an earlier message, and whose it was */
  g_autofree char *subtitle = g_strdup_printf (touch->direction == AW_DIRECTION_OUT ? _("%s · You wrote") : _("%s · They wrote"), date);

  aw_ui_row_set (row, title, subtitle);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_widget_set_margin_top (label, 9);
  gtk_widget_set_margin_bottom (label, 9);
  gtk_widget_set_margin_start (label, 12);
  gtk_widget_set_margin_end (label, 12);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (row), label);
  return row;
}

static void
set_earlier (AwComposePane *self,
             AwDossier *dossier,
             const char *person,
             AwCalendar *calendar)
{
  AwRecordList *list = aw_dossier_get_list (dossier, AW_RECORD_TOUCH);
  AwPerson *record = person != NULL ? aw_dossier_find_person (dossier, person) : NULL;
  g_autoptr (GString) key = g_string_new (NULL);
  g_autoptr (GPtrArray) shown = g_ptr_array_new ();

  for (guint i = aw_record_list_get_length (list); i > 0 && shown->len < MAX_EARLIER; i--)
    {
      AwTouch *touch = aw_record_list_peek (list, i - 1);

      if (touch->text == NULL || *touch->text == '\0' || !aw_strv_has (touch->people, person))
        continue;
      g_ptr_array_add (shown, touch);
      g_string_append_printf (key, "%s/%p ", AW_ID (touch), touch);
    }

  /* Nothing is built anew, and no open row closes, while one only types. */
  if (g_strcmp0 (key->str, self->earlier_key) == 0)
    return;
  g_free (self->earlier_key);
  self->earlier_key = g_strdup (key->str);

  if (self->earlier != NULL)
    gtk_box_remove (GTK_BOX (self->earlier_group), self->earlier);
  self->earlier = NULL;
  gtk_widget_set_visible (self->earlier_group, shown->len > 0);
  if (shown->len == 0)
    return;

  self->earlier = aw_ui_boxed_list ();
  for (guint i = 0; i < shown->len; i++)
    gtk_list_box_append (GTK_LIST_BOX (self->earlier), make_earlier_row (g_ptr_array_index (shown, i), calendar));
  if (record != NULL)
    {
      g_autofree char *name = g_strdup_printf (_("Earlier messages with %s"), aw_person_get_short_name (record));

      aw_ui_set_name (self->earlier, name);
    }
  gtk_box_append (GTK_BOX (self->earlier_group), self->earlier);
}

/* Callbacks ---------------------------------------------------------------- */

static void
show_cb (AwComposePane *self,
         gpointer finding)
{
  g_signal_emit (self, signals[SHOW], 0, finding);
}

static void
compare_cb (AwComposePane *self,
            gpointer finding)
{
  g_signal_emit (self, signals[COMPARE], 0, finding);
}

static void
later_cb (AwComposePane *self)
{
  g_signal_emit (self, signals[LATER], 0);
}

static void
topic_cb (AwComposePane *self,
          const char *text)
{
  g_signal_emit (self, signals[INSERT], 0, text, FALSE);
}

static void
question_cb (AwComposePane *self,
             const char *text)
{
  g_signal_emit (self, signals[INSERT], 0, text, TRUE);
}

static void
add_topic_cb (AwComposePane *self)
{
  g_autofree char *text = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->no_topic_entry)));

  g_strstrip (text);
  if (*text == '\0')
    {
      gtk_widget_grab_focus (self->no_topic_entry);
      return;
    }
  gtk_editable_set_text (GTK_EDITABLE (self->no_topic_entry), "");
  g_signal_emit (self, signals[ADD_TOPIC], 0, text);
}

/* Overrides ---------------------------------------------------------------- */

static void
aw_compose_pane_finalize (GObject *object)
{
  g_free (AW_COMPOSE_PANE (object)->earlier_key);

  G_OBJECT_CLASS (aw_compose_pane_parent_class)->finalize (object);
}

static void
aw_compose_pane_class_init (AwComposePaneClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = aw_compose_pane_finalize;

  signals[SHOW] = g_signal_new ("show-finding", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[COMPARE] = g_signal_new ("compare", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[LATER] = g_signal_new ("later", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[INSERT] = g_signal_new ("insert", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_BOOLEAN);
  signals[ADD_TOPIC] = g_signal_new ("add-topic", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static GtkWidget *
make_no_topic (AwComposePane *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *add = gtk_button_new_with_label (_("Add"));

  self->no_topic_entry = gtk_entry_new ();
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->no_topic_entry), _("Just one thing"));
  gtk_widget_set_hexpand (self->no_topic_entry, TRUE);
  gtk_editable_set_width_chars (GTK_EDITABLE (self->no_topic_entry), 10);
  aw_ui_set_name (self->no_topic_entry, _("Write down one thing you talked about"));
  g_signal_connect_object (self->no_topic_entry, "activate", G_CALLBACK (add_topic_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (add, "clicked", G_CALLBACK (add_topic_cb), self, G_CONNECT_SWAPPED);

  gtk_box_append (GTK_BOX (line), self->no_topic_entry);
  gtk_box_append (GTK_BOX (line), add);
  gtk_box_append (GTK_BOX (box), aw_ui_heading (_("You Talked About")));
  gtk_box_append (GTK_BOX (box), line);
  gtk_widget_set_visible (box, FALSE);
  return box;
}

static void
aw_compose_pane_init (AwComposePane *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 24);
  gtk_widget_add_css_class (GTK_WIDGET (self), "aw-coach");

  self->checks = aw_checks_list_new ();
  self->topics = aw_chips_new (_("You Talked About"));
  self->no_topic = make_no_topic (self);
  self->offers = aw_chips_new (_("What You Can Offer"));
  self->questions = aw_chips_new (_("Questions"));
  self->earlier_group = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_box_append (GTK_BOX (self->earlier_group), aw_ui_heading (_("Earlier")));
  gtk_widget_set_visible (self->earlier_group, FALSE);

  g_signal_connect_object (self->checks, "show-finding", G_CALLBACK (show_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->checks, "compare", G_CALLBACK (compare_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->checks, "later", G_CALLBACK (later_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->topics, "chosen", G_CALLBACK (topic_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->offers, "chosen", G_CALLBACK (topic_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->questions, "chosen", G_CALLBACK (question_cb), self, G_CONNECT_SWAPPED);

  gtk_box_append (GTK_BOX (self), self->checks);
  gtk_box_append (GTK_BOX (self), self->topics);
  gtk_box_append (GTK_BOX (self), self->no_topic);
  gtk_box_append (GTK_BOX (self), self->offers);
  gtk_box_append (GTK_BOX (self), self->questions);
  gtk_box_append (GTK_BOX (self), self->earlier_group);
}

/* Public functions --------------------------------------------------------- */

GtkWidget *
aw_compose_pane_new (void)
{
  return g_object_new (AW_TYPE_COMPOSE_PANE, NULL);
}

void
aw_compose_pane_set_findings (AwComposePane *self,
                              GPtrArray *findings)
{
  aw_checks_list_set_findings (AW_CHECKS_LIST (self->checks), findings);
}

/**
 * aw_compose_pane_set_facts:
 * @self: the pane
 * @dossier: the opportunity's facts
 * @person: (nullable): the recipient
 * @ready_questions: (nullable): ready questions, where the kind asks one
 * @calendar: for dates
 */
void
aw_compose_pane_set_facts (AwComposePane *self,
                           AwDossier *dossier,
                           const char *person,
                           const char *const *ready_questions,
                           AwCalendar *calendar)
{
  set_topics (self, dossier, person);
  set_questions (self, dossier, ready_questions);
  set_earlier (self, dossier, person, calendar);
}
