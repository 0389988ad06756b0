/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "core/aw-words.h"
#include "service/aw-replies.h"
#include "ui/aw-detail-private.h"

/* Mail of which only the user knows whether it was an answer (mail.md 3.8). */

static GtkWidget *
make_button (const char *label,
             const char *action,
             const AwIncoming *incoming)
{
  GtkWidget *button = gtk_button_new_with_label (label);
  g_autofree char *sentence = aw_replies_sentence (incoming, FALSE);
  g_autofree char *name = g_strdup_printf ("%s, %s", label, sentence);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", incoming->id);
  aw_ui_set_name (button, name);
  return button;
}

static GtkWidget *
make_row (const AwDetail *detail,
          const AwIncoming *incoming)
{
  g_autofree char *title = aw_replies_sentence (incoming, FALSE);
  g_autofree char *when = aw_words_relative (detail->calendar, incoming->at, detail->now);
  /* Translators: %s is a moment: "yesterday at 9:00" */
  g_autofree char *subtitle = g_strdup_printf (_("It came %s. Was it an answer about this job?"), when);
  GtkWidget *row = aw_detail_row (title, subtitle, NULL, NULL);

  adw_action_row_add_suffix (ADW_ACTION_ROW (row), make_button (_("Yes"), "detail.was-answer", incoming));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), make_button (_("No"), "detail.no-answer", incoming));
  return row;
}

GtkWidget *
aw_replies_group_new (void)
{
  GtkWidget *section = aw_section_new (_("Somebody Wrote"));

  gtk_widget_set_visible (section, FALSE);
  return section;
}

void
aw_replies_group_fill (AwSection *section,
                       const AwDetail *detail)
{
  g_autoptr (GPtrArray) questions = aw_replies_load_questions (detail->engine, AW_RECORD (detail->opportunity)->id, NULL);

  gtk_widget_set_visible (GTK_WIDGET (section), questions != NULL && questions->len > 0);
  aw_section_begin (section);
  for (guint i = 0; questions != NULL && i < questions->len; i++)
    aw_section_add (section, make_row (detail, g_ptr_array_index (questions, i)));
  aw_section_end (section);
}
