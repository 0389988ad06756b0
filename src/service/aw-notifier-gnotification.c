/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/aw-notifier-gnotification.h"

#define PORTAL "org.freedesktop.portal.Desktop"
#define PORTAL_PATH "/org/freedesktop/portal/desktop"
#define NOTIFICATION "org.freedesktop.portal.Notification"

/* The portal knows notifications by our ids, over the ends of processes and
 * logins: the number only says that one may be standing. */
#define STANDING 1

struct _AwGNotificationNotifier
{
  GObject parent_instance;

  GApplication *application; /* not referenced: it owns us */
  guint watch;
  gboolean ready;
  gboolean seen; /* the portal, since its name was taken last */
  gboolean asking;
  GPtrArray *waiting; /* of Waiting, for the portal's answer */
  GCancellable *cancellable;
};

typedef struct
{
  char *id;
  GNotification *notification;
} Waiting;

static void notifier_init (AwNotifierInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (AwGNotificationNotifier, aw_gnotification_notifier, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (AW_TYPE_NOTIFIER, notifier_init))

static gboolean
is_ready (AwNotifier *notifier)
{
  return AW_GNOTIFICATION_NOTIFIER (notifier)->ready;
}

static void
waiting_free (Waiting *waiting)
{
  g_free (waiting->id);
  g_object_unref (waiting->notification);
  g_free (waiting);
}

static void
send (AwGNotificationNotifier *self,
      const char *id,
      GNotification *notification)
{
  g_application_send_notification (self->application, id, notification);
  aw_notifier_emit_shown (AW_NOTIFIER (self), id, STANDING);
}

static void
on_portal_answered (GObject *bus,
                    GAsyncResult *result,
                    gpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) reply = g_dbus_connection_call_finish (G_DBUS_CONNECTION (bus), result, &error);
  AwGNotificationNotifier *self = data;
  g_autoptr(GPtrArray) waiting = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_object_ref (self); /* whoever hears of it may let it go */
  self->asking = FALSE;
  self->seen = self->ready = reply != NULL;
  waiting = g_steal_pointer (&self->waiting);
  self->waiting = g_ptr_array_new_with_free_func ((GDestroyNotify) waiting_free);
  for (guint i = 0; i < waiting->len; i++)
    {
      Waiting *one = g_ptr_array_index (waiting, i);

      if (reply != NULL)
        send (self, one->id, one->notification);
      else
        aw_notifier_emit_failed (AW_NOTIFIER (self), one->id, error->message);
    }
  g_object_unref (self);
}

/* GLib sends into the blue. A desktop whose portals have no notifications can
 * be told by the interface that is missing; whether a notification was really
 * shown no portal says. Outside a sandbox GLib does not use the portal. It is
 * asked without waiting: a portal that hangs must not hold the agent. */
static void
send_when_seen (AwGNotificationNotifier *self,
                const char *id,
                GNotification *notification)
{
  Waiting *waiting;

  if (self->seen || !g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS))
    {
      send (self, id, notification);
      return;
    }
  waiting = g_new0 (Waiting, 1);
  waiting->id = g_strdup (id);
  waiting->notification = g_object_ref (notification);
  g_ptr_array_add (self->waiting, waiting);
  if (self->asking)
    return;
  self->asking = TRUE;
  g_dbus_connection_call (g_application_get_dbus_connection (self->application), PORTAL, PORTAL_PATH,
                          "org.freedesktop.DBus.Properties", "Get", g_variant_new ("(ss)", NOTIFICATION, "version"),
                          G_VARIANT_TYPE ("(v)"), G_DBUS_CALL_FLAGS_NONE, -1, self->cancellable, on_portal_answered, self);
}

static void
show (AwNotifier *notifier,
      const AwNotice *notice)
{
  AwGNotificationNotifier *self = AW_GNOTIFICATION_NOTIFIER (notifier);
  g_autoptr(GNotification) notification = g_notification_new (notice->title);
  g_autofree char *action = g_strconcat ("app.", aw_notice_action_name (notice->default_action), NULL);

  if (notice->body != NULL)
    g_notification_set_body (notification, notice->body);
  /* Nobody says whether the user has swept away what stood: where it comes again with another number, it comes
   * into the list and not to the front. */
  g_notification_set_priority (notification, notice->urgent  ? G_NOTIFICATION_PRIORITY_URGENT
                                             : notice->quiet ? G_NOTIFICATION_PRIORITY_LOW
                                                             : G_NOTIFICATION_PRIORITY_NORMAL);
  g_notification_set_default_action_and_target (notification, action, "(ss)", notice->subject, notice->key);
  for (guint i = 0; i < notice->n_buttons; i++)
    {
      g_autofree char *name = g_strconcat ("app.", aw_notice_action_name (notice->actions[i]), NULL);

      g_notification_add_button_with_target (notification, notice->labels[i], name, "(ss)", notice->subject, notice->key);
    }
  send_when_seen (self, notice->id, notification);
}

static void
withdraw (AwNotifier *notifier,
          const char *id,
          G_GNUC_UNUSED guint32 server_id)
{
  AwGNotificationNotifier *self = AW_GNOTIFICATION_NOTIFIER (notifier);

  for (guint i = self->waiting->len; i > 0; i--)
    if (g_str_equal (((Waiting *) g_ptr_array_index (self->waiting, i - 1))->id, id))
      g_ptr_array_remove_index (self->waiting, i - 1);
  g_application_withdraw_notification (self->application, id);
}

static void
on_portal_appeared (G_GNUC_UNUSED GDBusConnection *bus,
                    G_GNUC_UNUSED const char *name,
                    G_GNUC_UNUSED const char *owner,
                    gpointer data)
{
  AwGNotificationNotifier *self = AW_GNOTIFICATION_NOTIFIER (data);

  if (self->ready)
    return;
  self->ready = TRUE; /* until it turns out that it is not */
  aw_notifier_emit_ready (AW_NOTIFIER (self));
}

/* What it showed may well stand: the portal comes back when it is called. */
static void
on_portal_vanished (G_GNUC_UNUSED GDBusConnection *bus,
                    G_GNUC_UNUSED const char *name,
                    gpointer data)
{
  AW_GNOTIFICATION_NOTIFIER (data)->seen = FALSE;
}

static void
notifier_init (AwNotifierInterface *iface)
{
  iface->is_ready = is_ready;
  iface->show = show;
  iface->withdraw = withdraw;
}

static void
aw_gnotification_notifier_finalize (GObject *object)
{
  AwGNotificationNotifier *self = AW_GNOTIFICATION_NOTIFIER (object);

  g_clear_handle_id (&self->watch, g_bus_unwatch_name);
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  g_ptr_array_unref (self->waiting);

  G_OBJECT_CLASS (aw_gnotification_notifier_parent_class)->finalize (object);
}

static void
aw_gnotification_notifier_class_init (AwGNotificationNotifierClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = aw_gnotification_notifier_finalize;
}

static void
aw_gnotification_notifier_init (AwGNotificationNotifier *self)
{
  self->ready = TRUE;
  self->waiting = g_ptr_array_new_with_free_func ((GDestroyNotify) waiting_free);
  self->cancellable = g_cancellable_new ();
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
  self->watch = g_bus_watch_name_on_connection (g_application_get_dbus_connection (application), PORTAL,
                                                G_BUS_NAME_WATCHER_FLAGS_NONE, on_portal_appeared, on_portal_vanished, self,
                                                NULL);
  return AW_NOTIFIER (self);
}
