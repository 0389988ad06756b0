/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/aw-words.h"
#include "ui/aw-detail-private.h"

/* What stands at the end of a row. @good: with a check mark. */
static char *
state_of (const AwDetail *detail,
          AwPerson *person,
          gboolean *good)
{
  AwInterview *met = aw_detail_interview_with (detail->dossier, AW_ID (person));
  gint64 since = met != NULL ? met->starts_at.sec : AW_NEVER;
  gint64 thanked = AW_NEVER;

  *good = FALSE;
  AW_RECORDS_FOREACH (AwTouch, touch, aw_dossier_get_list (detail->dossier, AW_RECORD_TOUCH))
    if (touch->direction == AW_DIRECTION_OUT && touch->kind == AW_TOUCH_THANK_YOU && touch->channel != AW_CHANNEL_LETTER &&
        aw_strv_has (touch->people, AW_ID (person)) && touch->at.sec >= since)
      thanked = MAX (thanked, touch->at.sec);
  if (thanked != AW_NEVER)
    {
      g_autofree char *day = aw_words_date (aw_calendar_date_of (detail->calendar, NULL, thanked));

      *good = TRUE;
      /* Translators: %s is a day */
      return g_strdup_printf (_("Thanked %s"), day);
    }
  for (guint i = 0; detail->plan != NULL && i < aw_plan_get_length (detail->plan); i++)
    {
      const AwFollowUp *follow_up = aw_plan_get (detail->plan, i);

      if (follow_up->kind == AW_DUTY_THANK_YOU && g_strcmp0 (follow_up->person, AW_ID (person)) == 0)
        {
          AwDate day = aw_calendar_date_of (detail->calendar, NULL, follow_up->due);
          AwDate today = aw_calendar_date_of (detail->calendar, NULL, detail->now);
          g_autofree char *time = aw_words_time (detail->calendar, follow_up->due);
          g_autofree char *date = aw_words_date (day);

          if (follow_up->due < detail->now)
            return g_strdup (_("To thank, late"));
          /* Translators: %s is a time or a day */
          return g_strdup_printf (_("To thank by %s"), day == today ? time : date);
        }
    }
  if (met == NULL)
    return g_strdup (_("Not met"));
  if (aw_interview_get_end (met) > detail->now)
    return g_strdup (_("You will meet"));
  return g_strdup (_("Not thanked"));
}

static char *
caption_of (const AwDetail *detail,
            AwPerson *person)
{
  g_autofree char *roles = aw_words_roles (person);
  g_autoptr (GString) text = g_string_new (roles);

  if (person->title != NULL)
    g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", person->title);
  if (person->email != NULL && !detail->narrow)
    g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", person->email);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static GMenuModel *
menu_of (AwPerson *person)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) last = g_menu_new ();

  aw_detail_menu_add (menu, _("Write"), "detail.person-write", AW_ID (person));
  if (person->phone != NULL)
    aw_detail_menu_add (menu, _("Call"), "detail.person-call", AW_ID (person));
  if (person->email != NULL)
    aw_detail_menu_add (menu, _("Copy Address"), "detail.person-copy", AW_ID (person));
  aw_detail_menu_add (menu, _("Log Their Reply…"), "detail.person-reply", AW_ID (person));
  aw_detail_menu_add (menu, _("Edit"), "detail.person-edit", AW_ID (person));
  aw_detail_menu_add (last, _("Remove"), "detail.person-remove", AW_ID (person));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (last));
  return G_MENU_MODEL (menu);
}

static GtkWidget *
make_state (const char *state,
            gboolean good)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (state);

  if (good)
    {
      GtkWidget *icon = g_object_new (GTK_TYPE_IMAGE, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, "icon-name", "emblem-ok-symbolic", NULL);

      gtk_widget_add_css_class (icon, "success");
      gtk_box_append (GTK_BOX (box), icon);
    }
  gtk_widget_add_css_class (label, "caption");
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (box), label);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  return box;
}

static GtkWidget *
one_line (const char *text,
          const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, css_class);
  return label;
}

static GtkWidget *
make_row (const AwDetail *detail,
          AwPerson *person)
{
  const char *name = *aw_person_get_short_name (person) != '\0' ? aw_person_get_short_name (person) : _("Unnamed");
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *first = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *more;
  gboolean good;
  g_autofree char *state = state_of (detail, person, &good);
  g_autofree char *caption = caption_of (detail, person);
  g_autofree char *topics = aw_detail_topics (detail->dossier, AW_ID (person), ", ");
  g_autofree char *more_label = g_strdup_printf (_("More About %s"), name);
  g_autofree char *label = g_strdup_printf ("%s, %s, %s", name, caption, state);
  g_autoptr (GMenuModel) menu = menu_of (person);

  gtk_widget_add_css_class (box, "aw-row");
  gtk_box_append (GTK_BOX (box), aw_ui_avatar (name, 40));
  gtk_box_append (GTK_BOX (first), one_line (name, "heading"));
  if (aw_person_get_roles (person) & AW_ROLE_DECISION_MAKER)
    gtk_box_append (GTK_BOX (first), aw_ui_pill (_("Decides"), "accent"));
  gtk_box_append (GTK_BOX (column), first);
  gtk_box_append (GTK_BOX (column), one_line (caption, "aw-caption"));
  if (*topics != '\0')
    {
      /* Translators: %s are topics: "the event queue, the test bench" */
      g_autofree char *text = g_strdup_printf (_("Talked about %s"), topics);
      GtkWidget *talked = aw_ui_label (NULL, "aw-reason");

      aw_ui_label_set (talked, text);
      gtk_label_set_lines (GTK_LABEL (talked), 2);
      gtk_label_set_ellipsize (GTK_LABEL (talked), PANGO_ELLIPSIZE_END);
      gtk_box_append (GTK_BOX (column), talked);
    }
  gtk_widget_set_hexpand (column, TRUE);
  gtk_widget_set_valign (column, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), column);
  gtk_box_append (GTK_BOX (detail->narrow ? column : box), make_state (state, good));
  more = aw_detail_row_menu (row, more_label, menu);
  aw_detail_row_deletes (row, "detail.person-remove", AW_ID (person));
  gtk_box_append (GTK_BOX (box), more);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "detail.person-edit");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", AW_ID (person));
  aw_ui_set_name (row, label);
  return row;
}

void
aw_people_group_fill (AwSection *section,
                      const AwDetail *detail)
{
  AwRecordList *people = aw_dossier_get_list (detail->dossier, AW_RECORD_PERSON);

  aw_section_begin (section);
  AW_RECORDS_FOREACH (AwPerson, person, people)
    aw_section_add (section, make_row (detail, person));
  if (aw_record_list_get_length (people) == 0)
    {
      GtkWidget *row = aw_detail_row (_("Add the People You Met"), _("Who was there, and whom to thank"), "detail.add-person", NULL);

      adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("list-add-symbolic"));
      aw_section_add (section, row);
    }
  aw_section_end (section);
}
