/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/aw-checklist.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/aw-words.h"
#include "ui/aw-detail-private.h"
#include "ui/aw-person-dialog.h"
#include "ui/aw-print-letter.h"

#define WIDTH 480
#define HEIGHT 680

/* Before You Leave: what to ask while one is still there. Facts that are
 * recorded tick their line by themselves; the user's own ticks are kept as a
 * setting of the interview. */

typedef enum
{
  ITEM_WANT,
  ITEM_NAMES,
  ITEM_EMAILS,
  ITEM_WHO_DECIDES,
  ITEM_SPOKE,
  ITEM_UNMET,
  ITEM_HEAR,
  ITEM_STAND,
  ITEM_FOLLOW_UP,
  ITEM_NEXT,
  ITEM_QUESTIONS,
  ITEM_TIMELINE,
  N_ITEMS,
} Item;

static const char *const item_words[] = {
  "want", "names", "emails", "who", "spoke", "unmet", "hear", "stand", "follow-up", "next", "questions", "timeline",
};

typedef struct
{
  AwUi *ui;
  AwDossier *dossier;
  char *interview;
  char *key;   /* of the setting */
  char *ticks; /* its value: ";want;stand;" */
  gulong handler;
  gboolean filling;
  GtkWidget *dialog;
  GtkWidget *company;
  GtkWidget *rows[N_ITEMS];
  GtkWidget *checks[N_ITEMS];
  GtkWidget *buttons[N_ITEMS];
} Checklist;

static void
checklist_free (gpointer data)
{
  Checklist *self = data;

  g_clear_signal_handler (&self->handler, self->dossier);
  g_clear_object (&self->dossier);
  g_clear_object (&self->ui);
  g_free (self->interview);
  g_free (self->key);
  g_free (self->ticks);
  g_free (self);
}

/* Ticks ------------------------------------------------------------------------------ */

static gboolean
is_ticked (Checklist *self,
           Item item)
{
  g_autofree char *word = g_strdup_printf (";%s;", item_words[item]);

  return self->ticks != NULL && strstr (self->ticks, word) != NULL;
}

static void
on_check (GtkCheckButton *check,
          Checklist *self)
{
  Item item = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (check), "item"));
  g_autoptr (GString) ticks = g_string_new (";");
  g_autoptr (AwCommand) command = NULL;

  if (self->filling)
    return;
  for (Item i = 0; i < N_ITEMS; i++)
    if (i == item ? gtk_check_button_get_active (check) : is_ticked (self, i))
      g_string_append_printf (ticks, "%s;", item_words[i]);
  command = aw_command_new (_("Checklist changed"));
  aw_command_set_setting (command, self->key, self->ticks, ticks->len > 1 ? ticks->str : NULL);
  g_free (self->ticks);
  self->ticks = ticks->len > 1 ? g_strdup (ticks->str) : NULL;
  aw_ui_run_quietly (self->dialog, command, NULL, NULL);
}

/* Facts ------------------------------------------------------------------------------- */

static char *
names (Checklist *self,
       gboolean (*wanted) (Checklist *, AwPerson *))
{
  g_autoptr (GString) text = g_string_new (NULL);

  AW_RECORDS_FOREACH (AwPerson, person, aw_dossier_get_list (self->dossier, AW_RECORD_PERSON))
    if (wanted (self, person))
      g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", aw_person_get_short_name (person));
  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}

static gboolean
anybody (Checklist *self G_GNUC_UNUSED,
         AwPerson *person G_GNUC_UNUSED)
{
  return TRUE;
}

static gboolean
lacks_email (Checklist *self G_GNUC_UNUSED,
             AwPerson *person)
{
  return person->email == NULL;
}

static gboolean
decides (Checklist *self G_GNUC_UNUSED,
         AwPerson *person)
{
  return (aw_person_get_roles (person) & (AW_ROLE_DECISION_MAKER | AW_ROLE_HIRING_MANAGER)) != 0;
}

static gboolean
decides_unmet (Checklist *self,
               AwPerson *person)
{
  return decides (self, person) && aw_detail_interview_with (self->dossier, AW_ID (person)) == NULL;
}

static gboolean
decides_met (Checklist *self,
             AwPerson *person)
{
  return decides (self, person) && aw_detail_interview_with (self->dossier, AW_ID (person)) != NULL;
}

static void
show (Checklist *self,
      Item item,
      gboolean known,
      const char *subtitle,
      const char *button)
{
  self->filling = TRUE;
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->rows[item]), subtitle != NULL ? subtitle : "");
  gtk_check_button_set_active (GTK_CHECK_BUTTON (self->checks[item]), known || is_ticked (self, item));
  self->filling = FALSE;
  if (self->buttons[item] == NULL)
    return;
  gtk_widget_set_visible (self->buttons[item], button != NULL && (!known || item == ITEM_TIMELINE));
  if (button != NULL)
    {
      g_autofree char *name = g_strdup_printf ("%s: %s", button, adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self->rows[item])));

      gtk_button_set_label (GTK_BUTTON (self->buttons[item]), button);
      aw_ui_set_name (self->buttons[item], name);
    }
}

static char *
timeline_sentence (Checklist *self)
{
  AwDate date = aw_dossier_get_opportunity (self->dossier)->my_decision_date;
  g_autofree char *day = NULL;

  if (date == AW_DATE_NONE)
    return NULL;
  day = aw_words_date (date);
  /* Translators: a sentence to say to them; %s is a day */
  return g_strdup_printf (_("I hope to decide by %s. Would you let me know where I stand before then?"), day);
}

static void
fill (Checklist *self)
{
  AwOpportunity *opportunity = aw_dossier_get_opportunity (self->dossier);
  g_autofree char *all = names (self, anybody);
  g_autofree char *missing = names (self, lacks_email);
  g_autofree char *deciders = names (self, decides);
  g_autofree char *met = names (self, decides_met);
  g_autofree char *unmet = names (self, decides_unmet);
  g_autofree char *ask = missing != NULL ? g_strdup_printf (_("Missing for %s. Ask HR on the way out."), missing) : NULL;
  g_autofree char *sentence = timeline_sentence (self);
  g_autofree char *quoted = sentence != NULL ? g_strdup_printf (_("“%s”"), sentence) : NULL;
  g_autofree char *hear = NULL;
  g_autofree char *own = NULL;
  g_autofree char *steps = NULL;
  guint n_steps = aw_record_list_get_length (aw_dossier_get_list (self->dossier, AW_RECORD_STEP)), n_open = 0;

  if (opportunity->promised_date != AW_DATE_NONE)
    {
      g_autofree char *day = aw_words_weekday_date (opportunity->promised_date);

      hear = g_strdup_printf (_("By %s"), day);
    }
  AW_RECORDS_FOREACH (AwQuestion, question, aw_dossier_get_list (self->dossier, AW_RECORD_QUESTION))
    if (!aw_instant_is_set (question->asked_at) && question->text != NULL)
      {
        g_autofree char *more = own != NULL ? g_strconcat (own, "\n", question->text, NULL) : g_strdup (question->text);

        n_open++;
        g_free (own);
        own = g_steal_pointer (&more);
      }
  if (n_steps > 0)
    steps = g_strdup_printf (ngettext ("%u step noted", "%u steps noted", n_steps), n_steps);
  gtk_label_set_label (GTK_LABEL (self->company), opportunity->company != NULL ? opportunity->company : "");
  show (self, ITEM_WANT, FALSE, _("And that you could do it well"), NULL);
  show (self, ITEM_NAMES, all != NULL, all != NULL ? all : _("Of everybody you meet"), _("Add"));
  show (self, ITEM_EMAILS, all != NULL && missing == NULL, all == NULL ? _("And postal addresses") : missing != NULL ? ask : _("All there"), _("Add"));
  show (self, ITEM_WHO_DECIDES, deciders != NULL, deciders != NULL ? deciders : _("Ask; do not guess"), _("Add"));
  show (self, ITEM_SPOKE, met != NULL, met != NULL ? met : _("If not: ask whether you may"), NULL);
  show (self, ITEM_UNMET, unmet != NULL, unmet != NULL ? unmet : _("Note their name, title and address."), _("Add"));
  show (self, ITEM_HEAR, hear != NULL, hear != NULL ? hear : _("A day, and how sure they are"), _("Add"));
  show (self, ITEM_STAND, FALSE, _("Among the others, and what speaks against you"), NULL);
  show (self, ITEM_FOLLOW_UP, opportunity->follow_up != AW_FOLLOW_UP_UNSET, _("By e-mail or phone, with whom, and after which day"), _("Add"));
  show (self, ITEM_NEXT, n_steps > 0, steps != NULL ? steps : _("Tests, a further round, references"), _("Add"));
  show (self, ITEM_QUESTIONS, FALSE, n_open > 0 ? own : _("Also the ones you are afraid to ask"), _("Add"));
  show (self, ITEM_TIMELINE, opportunity->decision_date_told != NULL && opportunity->decision_date_told->len > 0,
        quoted != NULL ? quoted : _("If you have one"), quoted != NULL ? _("Copy") : _("Add"));
}

/* Buttons ------------------------------------------------------------------------------ */

static const char *
first_without_email (Checklist *self)
{
  AW_RECORDS_FOREACH (AwPerson, person, aw_dossier_get_list (self->dossier, AW_RECORD_PERSON))
    if (person->email == NULL)
      return AW_ID (person);
  return NULL;
}

/* Who decides: the people that are there, to be ticked. */
typedef struct
{
  AwDossier *dossier;
  GStrv deciders;
  GPtrArray *copies;
} Deciders;

static void
deciders_free (gpointer data)
{
  Deciders *self = data;

  g_clear_object (&self->dossier);
  g_strfreev (self->deciders);
  g_ptr_array_unref (self->copies);
  g_free (self);
}

static void
on_save_deciders (AwEditor *editor G_GNUC_UNUSED,
                  AwCommand *command G_GNUC_UNUSED,
                  gpointer data)
{
  Deciders *self = data;

  for (guint i = 0; i < self->copies->len; i++)
    {
      AwPerson *person = g_ptr_array_index (self->copies, i);
      AwRoles roles = aw_person_get_roles (person);
      gboolean now = aw_strv_has (self->deciders, AW_ID (person));

      if (now != ((roles & AW_ROLE_DECISION_MAKER) != 0))
        aw_person_set_roles (person, now ? roles | AW_ROLE_DECISION_MAKER : roles & ~AW_ROLE_DECISION_MAKER);
    }
}

static void
edit_deciders (Checklist *list,
               GtkWidget *parent)
{
  AwEditor *editor = aw_editor_new (list->ui, _("Who Decides?"), _("_Save"), _("Deciders noted"));
  Deciders *self = g_new0 (Deciders, 1);
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();

  self->dossier = g_object_ref (list->dossier);
  self->copies = g_ptr_array_new ();
  AW_RECORDS_FOREACH (AwPerson, person, aw_dossier_get_list (list->dossier, AW_RECORD_PERSON))
    {
      g_ptr_array_add (self->copies, aw_editor_take (editor, person));
      if (aw_person_get_roles (person) & AW_ROLE_DECISION_MAKER)
        g_strv_builder_add (ids, AW_ID (person));
    }
  self->deciders = g_strv_builder_end (ids);
  aw_editor_group (editor, NULL, NULL);
  aw_editor_people (editor, list->dossier, &self->deciders);
  aw_editor_set_save (editor, on_save_deciders, self, deciders_free);
  aw_editor_present (editor, parent);
}

static void
on_add (GtkButton *button,
        Checklist *self)
{
  GtkWidget *parent = GTK_WIDGET (button);
  const char *id = aw_dossier_get_id (self->dossier);
  g_autofree char *sentence = timeline_sentence (self);

  switch ((Item) GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "item")))
    {
    case ITEM_NAMES:
    case ITEM_UNMET:
      aw_person_dialog_present (self->ui, parent, id, NULL);
      break;
    case ITEM_EMAILS:
      aw_person_dialog_present (self->ui, parent, id, first_without_email (self));
      break;
    case ITEM_WHO_DECIDES:
      if (aw_record_list_get_length (aw_dossier_get_list (self->dossier, AW_RECORD_PERSON)) > 0)
        edit_deciders (self, parent);
      else
        aw_person_dialog_present (self->ui, parent, id, NULL);
      break;
    case ITEM_HEAR:
    case ITEM_FOLLOW_UP:
      aw_edit_promise (self->ui, parent, self->dossier);
      break;
    case ITEM_NEXT:
      aw_edit_step (self->ui, parent, self->dossier, NULL);
      break;
    case ITEM_QUESTIONS:
      aw_edit_question (self->ui, parent, self->dossier, NULL);
      break;
    case ITEM_TIMELINE:
      if (sentence != NULL)
        {
          gdk_clipboard_set_text (gtk_widget_get_clipboard (parent), sentence);
          aw_ui_toast (parent, _("Sentence copied"));
        }
      else
        aw_edit_promise (self->ui, parent, self->dossier);
      break;
    case ITEM_WANT:
    case ITEM_SPOKE:
    case ITEM_STAND:
    case N_ITEMS:
    default:
      break;
    }
}

static void
on_later (Checklist *self)
{
  aw_dialog_close (self->dialog);
}

static void
on_printed (gboolean printed G_GNUC_UNUSED,
            const char *error,
            gpointer data)
{
  g_autoptr (AwUi) ui = data;
  GtkWindow *window = aw_ui_main_window (ui);

  if (error != NULL && window != NULL)
    aw_ui_toast (GTK_WIDGET (window), error);
}

/* To take along: the questions, with what is known already. */
static void
on_print (Checklist *self)
{
  g_autoptr (GString) text = g_string_new (NULL);
  GtkRoot *root = gtk_widget_get_root (self->company);

  for (Item item = 0; item < N_ITEMS; item++)
    {
      const char *about = adw_action_row_get_subtitle (ADW_ACTION_ROW (self->rows[item]));
      gboolean done = gtk_check_button_get_active (GTK_CHECK_BUTTON (self->checks[item]));

      g_string_append_printf (text, "%s %s\n", done ? "☑" : "☐", adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self->rows[item])));
      if (done && about != NULL && *about != '\0')
        g_string_append_printf (text, "      %s\n", about);
    }
  if (GTK_IS_WINDOW (root))
    aw_print_letter (GTK_WINDOW (root), gtk_label_get_label (GTK_LABEL (self->company)), text->str, NULL, on_printed, g_object_ref (self->ui));
}

static AwDuty *
find_duty (Checklist *self)
{
  GListModel *duties = aw_engine_get_duties (aw_ui_engine (self->ui));
  g_autofree char *key = g_strdup_printf ("prepare/-/%s", self->interview);

  for (guint i = 0; i < g_list_model_get_n_items (duties); i++)
    {
      AwDuty *duty = g_list_model_get_item (duties, i);

      if (g_strcmp0 (aw_duty_get_key (duty), key) == 0 && g_strcmp0 (aw_duty_get_opportunity (duty), aw_dossier_get_id (self->dossier)) == 0)
        return duty;
      g_object_unref (duty);
    }
  return NULL;
}

static void
on_done (Checklist *self)
{
  GtkWindow *window = aw_ui_main_window (self->ui);
  g_autoptr (AwDuty) duty = find_duty (self);

  if (duty != NULL && window != NULL)
    aw_ui_decide (GTK_WIDGET (window), duty, AW_DECIDED_DONE, AW_NEVER);
  aw_dialog_close (self->dialog);
}

/* Making -------------------------------------------------------------------------------- */

static GtkWidget *
make_row (Checklist *self,
          Item item,
          const char *title,
          gboolean with_button)
{
  GtkWidget *row = aw_ui_action_row (title, NULL);
  GtkWidget *check = gtk_check_button_new ();

  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (check, "selection-mode-check");
  aw_ui_set_name (check, title);
  g_object_set_data (G_OBJECT (check), "item", GINT_TO_POINTER (item));
  g_signal_connect (check, "toggled", G_CALLBACK (on_check), self);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 6);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 2);
  if (with_button)
    {
      self->buttons[item] = gtk_button_new ();
      gtk_widget_set_valign (self->buttons[item], GTK_ALIGN_CENTER);
      g_object_set_data (G_OBJECT (self->buttons[item]), "item", GINT_TO_POINTER (item));
      g_signal_connect (self->buttons[item], "clicked", G_CALLBACK (on_add), self);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), self->buttons[item]);
    }
  self->rows[item] = row;
  self->checks[item] = check;
  return row;
}

static GtkWidget *
make_content (Checklist *self)
{
  static const struct
  {
    const char *title;
    gboolean with_button;
  } items[] = {
    [ITEM_WANT] = { N_ ("Say that you want the job"), FALSE },
    [ITEM_NAMES] = { N_ ("Names and titles"), TRUE },
    [ITEM_EMAILS] = { N_ ("E-mail addresses"), TRUE },
    [ITEM_WHO_DECIDES] = { N_ ("Who makes the decision?"), TRUE },
    [ITEM_SPOKE] = { N_ ("Did I speak with whoever decides?"), FALSE },
    [ITEM_UNMET] = { N_ ("Deciders you did not meet"), TRUE },
    [ITEM_HEAR] = { N_ ("When should I hear from you?"), TRUE },
    [ITEM_STAND] = { N_ ("Where do I stand?"), FALSE },
    [ITEM_FOLLOW_UP] = { N_ ("May I follow up, and how?"), TRUE },
    [ITEM_NEXT] = { N_ ("What comes next?"), TRUE },
    [ITEM_QUESTIONS] = { N_ ("My own questions"), TRUE },
    [ITEM_TIMELINE] = { N_ ("Tell them your own timeline"), TRUE },
  };
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *list = aw_ui_boxed_list ();
  GtkWidget *hint = gtk_label_new (_("Ask these while you are still there."));

  self->company = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->company), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (self->company), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_lines (GTK_LABEL (self->company), 2);
  gtk_label_set_ellipsize (GTK_LABEL (self->company), PANGO_ELLIPSIZE_END);
  gtk_label_set_justify (GTK_LABEL (self->company), GTK_JUSTIFY_CENTER);
  gtk_widget_add_css_class (self->company, "title-2");
  gtk_label_set_wrap (GTK_LABEL (hint), TRUE);
  gtk_widget_add_css_class (hint, "dim-label");
  gtk_widget_set_margin_bottom (hint, 9);
  aw_ui_set_name (list, _("Before You Leave"));
  for (Item item = 0; item < N_ITEMS; item++)
    gtk_list_box_append (GTK_LIST_BOX (list), make_row (self, item, _(items[item].title), items[item].with_button));
  gtk_box_append (GTK_BOX (box), self->company);
  gtk_box_append (GTK_BOX (box), hint);
  gtk_box_append (GTK_BOX (box), list);
  return aw_ui_scrolled_clamp (box);
}

/**
 * aw_checklist_present:
 * @ui: for the engine
 * @parent: where it comes up
 * @opportunity: id
 * @interview: (nullable): id; %NULL or "": the next one, else the last
 */
void
aw_checklist_present (AwUi *ui,
                      GtkWidget *parent,
                      const char *opportunity,
                      const char *interview)
{
  AwEngine *engine = aw_ui_engine (ui);
  g_autoptr (GError) error = NULL;
  g_autoptr (AwDossier) dossier = aw_engine_ref_dossier (engine, opportunity, &error);
  gint64 now = aw_engine_now (engine);
  AwInterview *about = NULL;
  GtkWidget *page, *later, *done, *print;
  Checklist *self;

  if (error != NULL)
    aw_ui_error (parent, error);
  if (dossier == NULL)
    return;
  if (interview != NULL && *interview != '\0')
    about = aw_dossier_find (dossier, AW_RECORD_INTERVIEW, interview);
  if (about == NULL)
    about = aw_detail_next_interview (dossier, now);
  if (about == NULL)
    about = aw_detail_last_interview (dossier, now);
  self = g_new0 (Checklist, 1);
  self->ui = g_object_ref (ui);
  self->dossier = g_steal_pointer (&dossier);
  self->interview = g_strdup (about != NULL ? AW_ID (about) : opportunity);
  self->key = g_strdup_printf ("checklist/%s", self->interview);
  self->ticks = aw_engine_get_setting (engine, self->key);
  self->dialog = aw_dialog_new (_("Before You Leave"), WIDTH, HEIGHT);
  page = aw_page_new (_("Before You Leave"), make_content (self));
  aw_page_set_show_window_buttons (AW_PAGE (page), FALSE);
  later = gtk_button_new_with_mnemonic (_("_Later"));
  done = gtk_button_new_with_mnemonic (_("_Done"));
  gtk_widget_add_css_class (done, "suggested-action");
  g_signal_connect_swapped (later, "clicked", G_CALLBACK (on_later), self);
  g_signal_connect_swapped (done, "clicked", G_CALLBACK (on_done), self);
  adw_header_bar_pack_start (aw_page_get_header (AW_PAGE (page)), later);
  adw_header_bar_pack_end (aw_page_get_header (AW_PAGE (page)), done);
  print = aw_ui_icon_button ("document-print-symbolic", _("Print…"));
  g_signal_connect_swapped (print, "clicked", G_CALLBACK (on_print), self);
  adw_header_bar_pack_end (aw_page_get_header (AW_PAGE (page)), print);
  fill (self);
  self->handler = g_signal_connect_swapped (self->dossier, "changed", G_CALLBACK (fill), self);
  aw_dialog_set_child (self->dialog, page);
  aw_dialog_on_closed (self->dialog, checklist_free, self);
  aw_dialog_present (self->dialog, parent);
}
