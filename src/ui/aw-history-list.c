/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/aw-plain-text.h"
#include "core/aw-words.h"
#include "ui/aw-detail-private.h"

#define PAGE 25
#define EXCERPT 140

typedef enum
{
  SHOW_ALL,
  SHOW_SENT,
  SHOW_RECEIVED,
  SHOW_CALLS,
} Show;

typedef struct
{
  GtkWidget *section;
  GtkWidget *filter;
  AwDossier *dossier;
  AwCalendar *calendar;
  gint64 now;
  guint limit;
} History;

static void fill (History *history);

static void
history_free (gpointer data)
{
  History *history = data;

  g_clear_object (&history->dossier);
  g_clear_pointer (&history->calendar, aw_calendar_unref);
  g_free (history);
}

static gboolean
is_shown (History *history,
          AwTouch *touch)
{
  switch (gtk_drop_down_get_selected (GTK_DROP_DOWN (history->filter)))
    {
    case SHOW_SENT:
      return touch->direction == AW_DIRECTION_OUT;
    case SHOW_RECEIVED:
      return touch->direction == AW_DIRECTION_IN;
    case SHOW_CALLS:
      return touch->channel == AW_CHANNEL_PHONE;
    case SHOW_ALL:
    default:
      return TRUE;
    }
}

static gint
newest_first (gconstpointer a,
              gconstpointer b)
{
  const AwTouch *x = *(AwTouch *const *) a;
  const AwTouch *y = *(AwTouch *const *) b;

  return x->at.sec < y->at.sec ? 1 : x->at.sec > y->at.sec ? -1 : 0;
}

static char *
names_of (AwDossier *dossier,
          AwTouch *touch)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (char **id = touch->people; id != NULL && *id != NULL; id++)
    {
      AwPerson *person = aw_dossier_find_person (dossier, *id);

      if (person != NULL)
        g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", aw_person_get_short_name (person));
    }
  return g_string_free (g_steal_pointer (&names), FALSE);
}

static char *
title_of (AwDossier *dossier,
          AwTouch *touch)
{
  g_autofree char *names = names_of (dossier, touch);
  const char *who = *names != '\0' ? names : NULL;

  if (touch->direction == AW_DIRECTION_IN && touch->channel == AW_CHANNEL_PHONE)
    return who != NULL ? g_strdup_printf (_("Talked with %s"), who) : g_strdup (_("Talked with them"));
  if (touch->direction == AW_DIRECTION_IN)
    return who != NULL ? g_strdup_printf (_("Heard from %s"), who) : g_strdup (_("Heard from them"));
  return aw_words_contact (touch->kind, who);
}

static char *
excerpt_of (AwTouch *touch)
{
  g_autofree char *line = NULL;
  g_autofree char *start = NULL;
  /* A subject says more in one line than a greeting does. */
  const char *text = touch->subject != NULL && *touch->subject != '\0' ? touch->subject : touch->text;

  if (text == NULL || *text == '\0')
    return NULL;
  line = aw_plain_text_clean (text, strnlen (text, 4 * EXCERPT), TRUE);
  if (g_utf8_strlen (line, -1) <= EXCERPT)
    return g_steal_pointer (&line);
  start = g_utf8_substring (line, 0, EXCERPT);
  return g_strconcat (start, "…", NULL);
}

static GtkWidget *
make_row (History *history,
          AwTouch *touch)
{
  g_autofree char *title = title_of (history->dossier, touch);
  g_autofree char *excerpt = excerpt_of (touch);
  g_autofree char *when = aw_words_full (history->calendar, touch->at.sec);
  g_autoptr (GString) text = g_string_new (when);
  g_autoptr (GMenu) menu = g_menu_new ();
  GtkWidget *row, *icon;

  if (touch->channel != AW_CHANNEL_UNSET)
    g_string_append_printf (text, " · %s", aw_words_channel (touch->channel));
  if (touch->promised_date != AW_DATE_NONE)
    {
      g_autofree char *day = aw_words_date (touch->promised_date);

      g_string_append (text, " · ");
      /* Translators: %s is a day */
      g_string_append_printf (text, _("promised %s"), day);
    }
  if (touch->needs_answer)
    g_string_append_printf (text, " · %s", _("asks for an answer"));
  if (excerpt != NULL)
    g_string_append_printf (text, "\n%s", excerpt);
  row = aw_detail_row (title, text->str, "detail.touch-edit", AW_ID (touch));
  icon = gtk_image_new_from_icon_name (touch->channel == AW_CHANNEL_PHONE ? "call-start-symbolic" : touch->direction == AW_DIRECTION_IN ? "mail-unread-symbolic" : "mail-send-symbolic");
  aw_ui_set_name (icon, touch->direction == AW_DIRECTION_IN ? _("Received") : _("Sent"));
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
  aw_detail_menu_add (menu, _("Open"), "detail.touch-edit", AW_ID (touch));
  aw_detail_menu_add (menu, _("Delete"), "detail.touch-remove", AW_ID (touch));
  aw_detail_row_menu (row, _("More About This Entry"), G_MENU_MODEL (menu));
  aw_detail_row_deletes (row, "detail.touch-remove", AW_ID (touch));
  g_object_set_data_full (G_OBJECT (row), "touch", g_strdup (AW_ID (touch)), g_free);
  return row;
}

static void
on_more (History *history)
{
  history->limit += 2 * PAGE;
  fill (history);
}

static void
fill (History *history)
{
  AwRecordList *touches = aw_dossier_get_list (history->dossier, AW_RECORD_TOUCH);
  g_autoptr (GPtrArray) shown = g_ptr_array_new ();

  AW_RECORDS_FOREACH (AwTouch, touch, touches)
    if (is_shown (history, touch))
      g_ptr_array_add (shown, touch);
  g_ptr_array_sort (shown, newest_first);
  aw_section_begin (AW_SECTION (history->section));
  for (guint i = 0; i < shown->len && i < history->limit; i++)
    aw_section_add (AW_SECTION (history->section), make_row (history, g_ptr_array_index (shown, i)));
  if (shown->len > history->limit)
    {
      g_autofree char *count = g_strdup_printf (ngettext ("%u more", "%u more", shown->len - history->limit), shown->len - history->limit);
      GtkWidget *row = aw_ui_action_row (_("Show Older"), count);

      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
      g_signal_connect_swapped (row, "activated", G_CALLBACK (on_more), history);
      aw_section_add (AW_SECTION (history->section), row);
    }
  else if (shown->len == 0)
    aw_section_add (AW_SECTION (history->section),
                    aw_detail_row (aw_record_list_get_length (touches) == 0 ? _("Nothing yet") : _("Nothing of this kind"),
                                   _("Letters, calls and replies stand here."), NULL, NULL));
  aw_section_end (AW_SECTION (history->section));
}

static void
on_filter (History *history)
{
  history->limit = PAGE;
  if (history->dossier != NULL)
    fill (history);
}

GtkWidget *
aw_history_list_new (void)
{
  const char *filters[] = { C_ ("history", "All"), C_ ("history", "Sent"), C_ ("history", "Received"), C_ ("history", "Calls"), NULL };
  History *history = g_new0 (History, 1);

  history->limit = PAGE;
  history->section = aw_section_new (_("History"));
  history->filter = gtk_drop_down_new_from_strings (filters);
  aw_ui_set_name (history->filter, _("Show in History"));
  gtk_widget_add_css_class (history->filter, "flat");
  g_signal_connect_swapped (history->filter, "notify::selected", G_CALLBACK (on_filter), history);
  aw_section_add_button (AW_SECTION (history->section), _("They Replied"), "detail.log-reply");
  aw_section_add_suffix (AW_SECTION (history->section), history->filter);
  g_object_set_data_full (G_OBJECT (history->section), "history", history, history_free);
  return history->section;
}

void
aw_history_list_fill (GtkWidget *section,
                      const AwDetail *detail)
{
  History *history = g_object_get_data (G_OBJECT (section), "history");

  g_set_object (&history->dossier, detail->dossier);
  g_clear_pointer (&history->calendar, aw_calendar_unref);
  history->calendar = aw_calendar_ref (detail->calendar);
  history->now = detail->now;
  fill (history);
}

static GtkWidget *
find_row (GtkWidget *widget,
          const char *touch)
{
  if (g_strcmp0 (g_object_get_data (G_OBJECT (widget), "touch"), touch) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = GTK_IS_LIST_BOX_ROW (widget) ? NULL : find_row (child, touch);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* Focus brings the row into sight. */
void
aw_history_list_show (GtkWidget *section,
                      const char *touch)
{
  History *history = g_object_get_data (G_OBJECT (section), "history");
  GtkWidget *row;

  gtk_drop_down_set_selected (GTK_DROP_DOWN (history->filter), SHOW_ALL);
  history->limit = G_MAXUINT / 2;
  fill (history);
  row = find_row (section, touch);
  gtk_widget_grab_focus (row != NULL ? row : history->filter);
}
