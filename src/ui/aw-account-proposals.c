/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/aw-account-proposals.h"

#include <glib/gi18n-lib.h>

struct _AwAccountProposals
{
  GtkBox parent_instance;

  GtkWidget *list;
  GPtrArray *checks; /* of the rows */
  gboolean setting;
};

G_DEFINE_FINAL_TYPE (AwAccountProposals, aw_account_proposals, GTK_TYPE_BOX)

enum
{
  CHOSEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
toggled_cb (GtkCheckButton *check,
            AwAccountProposals *self)
{
  guint which;

  if (!self->setting && gtk_check_button_get_active (check) && g_ptr_array_find (self->checks, check, &which))
    g_signal_emit (self, signals[CHOSEN], 0, (int) which);
}

static char *
describe_origin (const AwProposal *proposal)
{
  switch (proposal->origin)
    {
    case AW_ORIGIN_MX:
      /* Translators: name of a mail provider, name of a server */
      return proposal->preset != NULL ? g_strdup_printf (_("%s, since “%s” receives the mail for this address"), proposal->preset->name, proposal->source)
                                      : g_strdup_printf (_("Since “%s” receives the mail for this address"), proposal->source);
    case AW_ORIGIN_AUTOCONFIG:
    case AW_ORIGIN_GOA:
      return g_strdup_printf (_("From “%s”"), proposal->source);
    case AW_ORIGIN_PRESET:
      return g_strdup (proposal->source);
    case AW_ORIGIN_SRV:
    default:
      return g_strdup_printf (_("From the name service of “%s”"), proposal->source);
    }
}

static void
add (AwAccountProposals *self,
     const AwProposal *proposal)
{
  static const char *const securities[] = { N_("TLS"), N_("STARTTLS"), N_("not encrypted") };
  const AwAccount *account = proposal->account;
  /* Translators: server, port, "TLS" */
  g_autofree char *title = g_strdup_printf (_("%s, port %d, %s"), account->host, account->port, _(securities[account->security]));
  g_autofree char *origin = describe_origin (proposal);
  GtkWidget *row = aw_ui_action_row (title, origin);
  GtkWidget *check = gtk_check_button_new ();

  if (self->checks->len > 0)
    gtk_check_button_set_group (GTK_CHECK_BUTTON (check), g_ptr_array_index (self->checks, 0));
  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  aw_ui_set_name (check, title);
  g_signal_connect (check, "toggled", G_CALLBACK (toggled_cb), self);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
  g_ptr_array_add (self->checks, check);
  gtk_list_box_append (GTK_LIST_BOX (self->list), row);
}

static void
aw_account_proposals_finalize (GObject *object)
{
  g_ptr_array_unref (AW_ACCOUNT_PROPOSALS (object)->checks);

  G_OBJECT_CLASS (aw_account_proposals_parent_class)->finalize (object);
}

static void
aw_account_proposals_class_init (AwAccountProposalsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = aw_account_proposals_finalize;

  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
}

static void
aw_account_proposals_init (AwAccountProposals *self)
{
  self->checks = g_ptr_array_new ();
  self->list = aw_ui_boxed_list ();
  aw_ui_set_name (self->list, _("Servers that were found"));
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_append (GTK_BOX (self), self->list);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

GtkWidget *
aw_account_proposals_new (void)
{
  return g_object_new (AW_TYPE_ACCOUNT_PROPOSALS, NULL);
}

/**
 * aw_account_proposals_show:
 * @self: the list
 * @proposals: (nullable) (element-type AwProposal): what was found
 *
 * Shows them if there is something to choose, the first one marked.
 */
void
aw_account_proposals_show (AwAccountProposals *self,
                           GPtrArray *proposals)
{
  GtkWidget *row;

  self->setting = TRUE;
  g_ptr_array_set_size (self->checks, 0);
  while ((row = gtk_widget_get_first_child (self->list)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->list), row);
  for (guint i = 0; proposals != NULL && i < proposals->len; i++)
    add (self, g_ptr_array_index (proposals, i));
  gtk_widget_set_visible (GTK_WIDGET (self), self->checks->len > 1);
  self->setting = FALSE;
  aw_account_proposals_mark (self, 0);
}

void
aw_account_proposals_mark (AwAccountProposals *self,
                           int which)
{
  self->setting = TRUE;
  for (guint i = 0; i < self->checks->len; i++)
    gtk_check_button_set_active (g_ptr_array_index (self->checks, i), (int) i == which);
  self->setting = FALSE;
}
