/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/aw-notifier-gnotification.h"

struct _AwGNotificationNotifier
{
  GObject parent_instance;

  GApplication *application; /* not referenced: it owns us */
};

static void notifier_init (AwNotifierInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (AwGNotificationNotifier, aw_gnotification_notifier, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (AW_TYPE_NOTIFIER, notifier_init))

static gboolean
is_ready (G_GNUC_UNUSED AwNotifier *notifier)
{
  return TRUE; /* the portal starts when it is called, and does not say whether it showed anything */
}

static gboolean
show (AwNotifier *notifier,
      const AwNotice *notice,
      G_GNUC_UNUSED guint32 *server_id,
      G_GNUC_UNUSED GError **error)
{
  AwGNotificationNotifier *self = AW_GNOTIFICATION_NOTIFIER (notifier);
  g_autoptr(GNotification) notification = g_notification_new (notice->title);
  g_autofree char *action = g_strconcat ("app.", aw_notice_action_name (notice->default_action), NULL);

  if (notice->body != NULL)
    g_notification_set_body (notification, notice->body);
  g_notification_set_priority (notification,
                               notice->urgent ? G_NOTIFICATION_PRIORITY_URGENT : G_NOTIFICATION_PRIORITY_NORMAL);
  g_notification_set_default_action_and_target (notification, action, "(ss)", notice->subject, notice->key);
  for (guint i = 0; i < notice->n_buttons; i++)
    {
      g_autofree char *name = g_strconcat ("app.", aw_notice_action_name (notice->actions[i]), NULL);

      g_notification_add_button_with_target (notification, notice->labels[i], name, "(ss)", notice->subject, notice->key);
    }
  g_application_send_notification (self->application, notice->id, notification);
  return TRUE;
}

static void
withdraw (AwNotifier *notifier,
          const char *id,
          G_GNUC_UNUSED guint32 server_id)
{
  g_application_withdraw_notification (AW_GNOTIFICATION_NOTIFIER (notifier)->application, id);
}

static void
notifier_init (AwNotifierInterface *iface)
{
  iface->is_ready = is_ready;
  iface->show = show;
  iface->withdraw = withdraw;
}

static void
aw_gnotification_notifier_class_init (G_GNUC_UNUSED AwGNotificationNotifierClass *klass)
{
}

static void
aw_gnotification_notifier_init (G_GNUC_UNUSED AwGNotificationNotifier *self)
{
}

/**
 * aw_gnotification_notifier_new:
 * @application: a registered application, which outlives the notifier
 *
 * Returns: (transfer full): a notifier
 */
AwNotifier *
aw_gnotification_notifier_new (GApplication *application)
{
  AwGNotificationNotifier *self = g_object_new (AW_TYPE_GNOTIFICATION_NOTIFIER, NULL);

  self->application = application;
  return AW_NOTIFIER (self);
}
