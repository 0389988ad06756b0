/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/aw-outbox-page.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "ui/aw-account-password.h"
#include "ui/aw-outbox-row.h"

#define REFRESH_SECONDS 30

/* In the order of the page. */
enum
{
  GROUP_FAILED,
  GROUP_SCHEDULED,
  GROUP_DRAFTS,
  GROUP_SENT,
  N_GROUPS,
};

/* The content of the page; owned by its box. */
typedef struct
{
  AwUi *ui;
  GtkWidget *page;
  GtkWidget *stack;
  GtkWidget *banner;
  GtkWidget *groups[N_GROUPS];
  GtkWidget *older;
  GtkWidget *lists[N_GROUPS];
  GListModel *items;
  gboolean narrow;
  char *banner_account; /* NULL: the banner has no button */
  AwWaitsFor banner_waits; /* what its button is for; nothing: the account */
  guint timer;
} Outbox;

static int
group_of (AwMessageState state)
{
  switch (state)
    {
    case AW_MESSAGE_FAILED:
    case AW_MESSAGE_UNCERTAIN:
      return GROUP_FAILED;
    case AW_MESSAGE_SCHEDULED:
    case AW_MESSAGE_QUEUED:
    case AW_MESSAGE_SENDING:
      return GROUP_SCHEDULED;
    case AW_MESSAGE_SENT:
      return GROUP_SENT;
    case AW_MESSAGE_DRAFT:
    case AW_MESSAGE_CANCELLED:
    default:
      return GROUP_DRAFTS;
    }
}

static gboolean
in_group (gpointer item,
          gpointer group)
{
  return group_of (aw_outbox_item_get_message (item)->state) == GPOINTER_TO_INT (group);
}

static gint64
time_of (AwOutboxItem *item)
{
  AwMessage *message = aw_outbox_item_get_message (item);

  if (message->state == AW_MESSAGE_SENT)
    return aw_outbox_item_get_sent_at (item);
  if (message->state == AW_MESSAGE_SCHEDULED)
    return -message->scheduled_at.sec; /* the next to leave first */
  return message->changed_at.sec;
}

static int
compare_items (gconstpointer a,
               gconstpointer b,
               G_GNUC_UNUSED gpointer data)
{
  gint64 x = time_of ((AwOutboxItem *) a);
  gint64 y = time_of ((AwOutboxItem *) b);

  return x > y ? -1 : x < y;
}

/* State of the page -------------------------------------------------------- */

static AwAccount *
find_account (AwEngine *engine,
              const char *id)
{
  GListModel *accounts = aw_engine_get_accounts (engine);

  for (guint i = 0; i < g_list_model_get_n_items (accounts); i++)
    {
      g_autoptr (AwAccount) account = g_list_model_get_item (accounts, i);

      if (g_strcmp0 (AW_ID (account), id) == 0)
        return g_steal_pointer (&account);
    }
  return NULL;
}

/* One state at a time, the one that holds up the most: without the network
 * nothing leaves, with a stopped account nothing of it. */
static char *
choose_banner (Outbox *self)
{
  gboolean online = g_network_monitor_get_network_available (g_network_monitor_get_default ());
  g_autoptr (AwAccount) paused = NULL;
  g_autoptr (AwAccount) asks = NULL;
  guint waiting = 0, for_password = 0, for_keyring = 0;
  g_autofree char *keyring_account = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (self->items); i++)
    {
      g_autoptr (AwOutboxItem) item = g_list_model_get_item (self->items, i);
      AwMessage *message = aw_outbox_item_get_message (item);
      AwWaitsFor waits = aw_outbox_item_waits_for (item);
      g_autoptr (AwAccount) account = NULL;

      if (message->state != AW_MESSAGE_QUEUED)
        continue;
      waiting++;
      account = find_account (aw_ui_engine (self->ui), message->account);
      if (account != NULL && account->paused != NULL && *account->paused != '\0')
        g_set_object (&paused, account);
      else if (waits == AW_WAITS_FOR_PASSWORD && account != NULL && (asks == NULL || strcmp (AW_ID (asks), AW_ID (account)) == 0))
        {
          g_set_object (&asks, account);
          for_password++;
        }
      else if (waits == AW_WAITS_FOR_KEYRING)
        {
          if (keyring_account == NULL)
            keyring_account = g_strdup (message->account);
          for_keyring++;
        }
    }

  if (!online && waiting > 0)
    return g_strdup_printf (ngettext ("You are offline. %u message waits.", "You are offline. %u messages wait.", waiting), waiting);
  if (paused != NULL)
    {
      self->banner_account = g_strdup (AW_ID (paused));
      return g_strdup_printf (_("Sending with %s is stopped. %s"), paused->address, paused->paused);
    }
  if (for_keyring > 0)
    {
      self->banner_account = g_steal_pointer (&keyring_account);
      self->banner_waits = AW_WAITS_FOR_KEYRING;
      return g_strdup_printf (ngettext ("The keyring is locked. %u message waits.", "The keyring is locked. %u messages wait.", for_keyring),
                              for_keyring);
    }
  if (asks != NULL)
    {
      self->banner_account = g_strdup (AW_ID (asks));
      self->banner_waits = AW_WAITS_FOR_PASSWORD;
      /* Translators: how many messages, and an e-mail address */
      return g_strdup_printf (ngettext ("%u message waits for the password of %s.", "%u messages wait for the password of %s.", for_password),
                              for_password, asks->address);
    }
  return NULL;
}

static void
update_banner (Outbox *self)
{
  static const char *const labels[] = { N_("Edit Account"), N_("Enter Password…"), N_("Unlock…") };
  g_autofree char *text = NULL;

  g_clear_pointer (&self->banner_account, g_free);
  self->banner_waits = AW_WAITS_FOR_NOTHING;
  text = choose_banner (self);
  if (text != NULL)
    aw_banner_set_title (AW_BANNER (self->banner), text);
  aw_banner_set_button_label (AW_BANNER (self->banner), self->banner_account != NULL ? _(labels[self->banner_waits]) : NULL);
  aw_banner_set_revealed (AW_BANNER (self->banner), text != NULL);
}

static void
update (Outbox *self)
{
  guint counts[N_GROUPS] = { 0 };
  guint n_older = aw_outbox_get_n_older (aw_ui_outbox (self->ui));
  g_autofree char *subtitle = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (self->items); i++)
    {
      g_autoptr (AwOutboxItem) item = g_list_model_get_item (self->items, i);

      counts[group_of (aw_outbox_item_get_message (item)->state)]++;
    }
  for (guint i = 0; i < N_GROUPS; i++)
    gtk_widget_set_visible (self->groups[i], counts[i] > 0 || (i == GROUP_SENT && n_older > 0));
  gtk_widget_set_visible (self->lists[GROUP_SENT], counts[GROUP_SENT] > 0);
  gtk_widget_set_visible (self->older, n_older > 0);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), g_list_model_get_n_items (self->items) > 0 || n_older > 0 ? "list" : "empty");

  if (counts[GROUP_FAILED] > 0)
    subtitle = g_strdup_printf (ngettext ("%u not sent", "%u not sent", counts[GROUP_FAILED]), counts[GROUP_FAILED]);
  else if (counts[GROUP_SCHEDULED] > 0)
    subtitle = g_strdup_printf (ngettext ("%u waits", "%u wait", counts[GROUP_SCHEDULED]), counts[GROUP_SCHEDULED]);
  aw_page_set_title (AW_PAGE (self->page), _("Outbox"), subtitle);
  update_banner (self);
}

static void
foreach_row (Outbox *self,
             void (*func) (AwOutboxRow *row, gboolean narrow))
{
  for (guint i = 0; i < N_GROUPS; i++)
    for (GtkWidget *row = gtk_widget_get_first_child (self->lists[i]); row != NULL; row = gtk_widget_get_next_sibling (row))
      if (AW_IS_OUTBOX_ROW (row))
        func (AW_OUTBOX_ROW (row), self->narrow);
}

static void
update_row (AwOutboxRow *row,
            G_GNUC_UNUSED gboolean narrow)
{
  aw_outbox_row_update (row);
}

/* Callbacks ---------------------------------------------------------------- */

static gboolean
timer_cb (gpointer data)
{
  foreach_row (data, update_row);
  return G_SOURCE_CONTINUE;
}

static void
map_cb (Outbox *self)
{
  foreach_row (self, update_row);
  if (self->timer == 0)
    self->timer = g_timeout_add_seconds (REFRESH_SECONDS, timer_cb, self);
}

static void
unmap_cb (Outbox *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
}

static void
narrow_cb (AwSplit *split,
              G_GNUC_UNUSED GParamSpec *pspec,
              GtkWidget *stack)
{
  Outbox *self = g_object_get_data (G_OBJECT (stack), "aw-outbox");

  self->narrow = aw_split_get_narrow (split);
  foreach_row (self, aw_outbox_row_set_narrow);
}

static void
root_cb (GtkWidget *stack)
{
  GtkWidget *split = gtk_widget_get_ancestor (stack, AW_TYPE_SPLIT);

  if (split == NULL)
    return;
  g_signal_handlers_disconnect_by_func (split, narrow_cb, stack);
  g_signal_connect_object (split, "notify::narrow", G_CALLBACK (narrow_cb), stack, 0);
  narrow_cb (AW_SPLIT (split), NULL, stack);
}

static void
banner_cb (Outbox *self)
{
  AwAsker *asker = aw_asker_get (self->ui);

  if (self->banner_account == NULL)
    return;
  if (self->banner_waits == AW_WAITS_FOR_PASSWORD)
    aw_asker_ask (asker, self->banner, self->banner_account, NULL, NULL);
  else if (self->banner_waits == AW_WAITS_FOR_KEYRING)
    aw_asker_unlock (asker, self->banner, self->banner_account);
  else
    aw_ui_edit_account (self->banner, self->banner_account);
}

static void
activated_cb (G_GNUC_UNUSED GtkListBox *list,
              GtkListBoxRow *row)
{
  aw_outbox_row_open (AW_OUTBOX_ROW (row));
}

static GtkWidget *
make_row_cb (gpointer item,
             gpointer data)
{
  Outbox *self = data;
  gboolean first = TRUE;

  /* One suggested button a page: that of the first that could not be sent. */
  for (guint i = 0; i < g_list_model_get_n_items (self->items); i++)
    {
      g_autoptr (AwOutboxItem) other = g_list_model_get_item (self->items, i);

      if (other == item)
        break;
      if (aw_outbox_item_get_message (other)->state == AW_MESSAGE_FAILED)
        first = FALSE;
    }
  return aw_outbox_row_new (self->ui, item, self->narrow, first);
}

static void
outbox_free (gpointer data)
{
  Outbox *self = data;

  g_clear_handle_id (&self->timer, g_source_remove);
  g_free (self->banner_account);
  g_object_unref (self->ui);
  g_free (self);
}

static void
items_changed_cb (GtkWidget *stack)
{
  update (g_object_get_data (G_OBJECT (stack), "aw-outbox"));
}

static void
older_cb (Outbox *self)
{
  aw_outbox_show_older (aw_ui_outbox (self->ui));
  update (self);
  gtk_widget_child_focus (self->lists[GROUP_SENT], GTK_DIR_TAB_FORWARD);
}

/* Building ----------------------------------------------------------------- */

static GtkWidget *
make_group (Outbox *self,
            guint group,
            const char *title)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkFilter *filter = GTK_FILTER (gtk_custom_filter_new (in_group, GINT_TO_POINTER (group), NULL));
  GtkSorter *sorter = GTK_SORTER (gtk_custom_sorter_new (compare_items, NULL, NULL));
  g_autoptr (GtkSortListModel) model = NULL;

  model = gtk_sort_list_model_new (G_LIST_MODEL (gtk_filter_list_model_new (g_object_ref (self->items), filter)), sorter);
  self->lists[group] = aw_ui_boxed_list ();
  gtk_list_box_bind_model (GTK_LIST_BOX (self->lists[group]), G_LIST_MODEL (model), make_row_cb, self, NULL);
  g_signal_connect (self->lists[group], "row-activated", G_CALLBACK (activated_cb), NULL);
  aw_ui_set_name (self->lists[group], title);
  gtk_box_append (GTK_BOX (box), aw_ui_heading (title));
  gtk_box_append (GTK_BOX (box), self->lists[group]);
  self->groups[group] = box;
  return box;
}

/* Public functions --------------------------------------------------------- */

GtkWidget *
aw_outbox_page_new (AwUi *ui)
{
  static const char *const titles[] = { N_("Could Not Be Sent"), N_("Scheduled"), N_("Drafts"), N_("Sent") };
  Outbox *self = g_new0 (Outbox, 1);
  GtkWidget *groups = gtk_box_new (GTK_ORIENTATION_VERTICAL, 24);
  GtkWidget *empty = adw_status_page_new ();

  self->ui = g_object_ref (ui);
  self->items = aw_outbox_get_items (aw_ui_outbox (ui));
  self->stack = gtk_stack_new ();
  self->banner = aw_banner_new (NULL);
  self->page = aw_page_new (_("Outbox"), self->stack);
  aw_page_add_top_bar (AW_PAGE (self->page), self->banner);
  g_object_set_data_full (G_OBJECT (self->stack), "aw-outbox", self, outbox_free);

  for (guint i = 0; i < N_GROUPS; i++)
    gtk_box_append (GTK_BOX (groups), make_group (self, i, _(titles[i])));
  /* What was sent more than 30 days ago. */
  self->older = gtk_button_new_with_label (_("Show All"));
  gtk_widget_set_halign (self->older, GTK_ALIGN_CENTER);
  g_signal_connect_swapped (self->older, "clicked", G_CALLBACK (older_cb), self);
  gtk_box_append (GTK_BOX (self->groups[GROUP_SENT]), self->older);
  aw_ui_status_set (ADW_STATUS_PAGE (empty), "aw-outbox-symbolic", _("Nothing Waiting"),
                    _("Messages you schedule or save as drafts appear here."));
  gtk_stack_add_named (GTK_STACK (self->stack), aw_ui_scrolled_clamp (groups), "list");
  gtk_stack_add_named (GTK_STACK (self->stack), empty, "empty");

  g_signal_connect_object (self->items, "items-changed", G_CALLBACK (items_changed_cb), self->stack, G_CONNECT_SWAPPED);
  g_signal_connect_object (aw_engine_get_accounts (aw_ui_engine (ui)), "items-changed", G_CALLBACK (items_changed_cb), self->stack, G_CONNECT_SWAPPED);
  g_signal_connect_object (g_network_monitor_get_default (), "network-changed", G_CALLBACK (items_changed_cb), self->stack, G_CONNECT_SWAPPED);
  /* "network-changed" tells of routes; what NetworkManager finds out comes this way alone. */
  g_signal_connect_object (g_network_monitor_get_default (), "notify::network-available", G_CALLBACK (items_changed_cb), self->stack, G_CONNECT_SWAPPED);
  g_signal_connect_swapped (self->banner, "button-clicked", G_CALLBACK (banner_cb), self);
  g_signal_connect_swapped (self->stack, "map", G_CALLBACK (map_cb), self);
  g_signal_connect_swapped (self->stack, "unmap", G_CALLBACK (unmap_cb), self);
  g_signal_connect (self->stack, "notify::root", G_CALLBACK (root_cb), NULL);
  update (self);
  aw_asker_get (ui); /* from now on */
  return self->page;
}

guint
aw_outbox_page_count (AwOutbox *outbox,
                      gint64 now)
{
  GListModel *items = aw_outbox_get_items (outbox);
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (items); i++)
    {
      g_autoptr (AwOutboxItem) item = g_list_model_get_item (items, i);
      AwMessage *message = aw_outbox_item_get_message (item);

      if (message->state == AW_MESSAGE_FAILED || message->state == AW_MESSAGE_UNCERTAIN)
        n++;
      else if (message->state == AW_MESSAGE_SCHEDULED && message->scheduled_at.sec <= now)
        n++;
    }
  return n;
}
