/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/aw-words.h"
#include "ui/aw-detail-private.h"

typedef struct
{
  GtkWidget *avatar;
  GtkWidget *company;
  GtkWidget *role;
  GtkWidget *stage;
  GtkWidget *due;
} Head;

GtkWidget *
aw_detail_head_new (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 18);
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *pills = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  Head *head = g_new0 (Head, 1);

  head->avatar = aw_ui_avatar (NULL, 64);
  gtk_widget_set_valign (head->avatar, GTK_ALIGN_CENTER);
  head->company = aw_ui_label (NULL, "title-1");
  gtk_label_set_lines (GTK_LABEL (head->company), 3);
  gtk_label_set_ellipsize (GTK_LABEL (head->company), PANGO_ELLIPSIZE_END);
  head->role = aw_ui_label (NULL, "dim-label");
  gtk_label_set_lines (GTK_LABEL (head->role), 2);
  gtk_label_set_ellipsize (GTK_LABEL (head->role), PANGO_ELLIPSIZE_END);
  head->stage = aw_ui_pill (NULL, "accent");
  head->due = aw_ui_pill (NULL, "neutral");
  gtk_box_append (GTK_BOX (pills), head->stage);
  gtk_box_append (GTK_BOX (pills), head->due);
  gtk_widget_set_margin_top (pills, 4);
  gtk_widget_set_hexpand (column, TRUE);
  gtk_box_append (GTK_BOX (column), head->company);
  gtk_box_append (GTK_BOX (column), head->role);
  gtk_box_append (GTK_BOX (column), pills);
  gtk_box_append (GTK_BOX (box), head->avatar);
  gtk_box_append (GTK_BOX (box), column);
  g_object_set_data_full (G_OBJECT (box), "head", head, g_free);
  return box;
}

static AwSummary *
find_summary (const AwDetail *detail)
{
  GListModel *summaries = aw_engine_get_summaries (detail->engine);

  for (guint i = 0; i < g_list_model_get_n_items (summaries); i++)
    {
      AwSummary *summary = g_list_model_get_item (summaries, i);

      if (g_strcmp0 (aw_summary_get_id (summary), aw_dossier_get_id (detail->dossier)) == 0)
        return summary;
      g_object_unref (summary);
    }
  return NULL;
}

void
aw_detail_head_fill (GtkWidget *box,
                     const AwDetail *detail)
{
  Head *head = g_object_get_data (G_OBJECT (box), "head");
  AwOpportunity *opportunity = detail->opportunity;
  const char *company = opportunity->company != NULL ? opportunity->company : "";
  AwInterview *next = aw_detail_next_interview (detail->dossier, detail->now);
  AwInterview *last = aw_detail_last_interview (detail->dossier, detail->now);
  AwInterview *round = next != NULL ? next : last;
  g_autoptr (AwSummary) summary = find_summary (detail);
  const char *stage = round != NULL && round->stage != AW_STAGE_UNSET ? aw_words_stage (round->stage) : NULL;
  const char *pill = summary != NULL ? aw_summary_get_pill (summary) : NULL;

  adw_avatar_set_text (ADW_AVATAR (head->avatar), company);
  adw_avatar_set_show_initials (ADW_AVATAR (head->avatar), *company != '\0');
  aw_ui_label_set (head->company, company);
  gtk_widget_set_tooltip_text (head->company, g_utf8_strlen (company, -1) > 60 && strlen (company) < 2000 ? company : NULL);
  gtk_label_set_label (GTK_LABEL (head->role), opportunity->role != NULL ? opportunity->role : "");
  gtk_widget_set_visible (head->role, opportunity->role != NULL);
  if (opportunity->status != AW_STATUS_ACTIVE)
    aw_ui_pill_set (head->stage, aw_words_status (opportunity->status), opportunity->status == AW_STATUS_OFFER || opportunity->status == AW_STATUS_ACCEPTED ? "success" : "neutral");
  else if (next != NULL && last == NULL && stage == NULL)
    aw_ui_pill_set (head->stage, _("Upcoming"), "accent");
  else
    aw_ui_pill_set (head->stage, stage, "accent");
  /* Beside the other one and the picture it may be too long for a phone. */
  gtk_label_set_ellipsize (GTK_LABEL (head->stage), PANGO_ELLIPSIZE_END);
  gtk_widget_set_tooltip_text (head->stage, gtk_label_get_text (GTK_LABEL (head->stage)));
  aw_ui_pill_set (head->due, opportunity->status == AW_STATUS_ACTIVE || opportunity->status == AW_STATUS_ON_HOLD ? pill : NULL,
                  summary != NULL ? aw_summary_get_pill_class (summary) : "neutral");
}
