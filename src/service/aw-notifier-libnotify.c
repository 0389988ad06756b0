/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/aw-notifier-libnotify.h"

#include <libnotify/notify.h>
#include <string.h>

#define SERVER "org.freedesktop.Notifications"

struct _AwLibnotifyNotifier
{
  GObject parent_instance;

  char *desktop_entry;
  GHashTable *shown; /* id → NotifyNotification: without a reference its callbacks are lost */
  GList *caps;       /* of char *; only while the server is known */
  GArray *to_close;  /* of int: numbers to withdraw once we know that the server is there */
  gboolean ready;
  gboolean seen; /* the server is there */
  guint watch;
};

static void notifier_init (AwNotifierInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (AwLibnotifyNotifier, aw_libnotify_notifier, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (AW_TYPE_NOTIFIER, notifier_init))

static gboolean
has_cap (AwLibnotifyNotifier *self,
         const char *cap)
{
  if (self->caps == NULL)
    self->caps = notify_get_server_caps ();
  return g_list_find_custom (self->caps, cap, (GCompareFunc) strcmp) != NULL;
}

static void
on_action (NotifyNotification *notification,
           char *name,
           gpointer data)
{
  AwLibnotifyNotifier *self = AW_LIBNOTIFY_NOTIFIER (data);
  const AwNotice *shown = g_object_get_data (G_OBJECT (notification), "afterword-notice");
  g_autoptr(AwNotice) notice = aw_notice_copy (shown);
  g_autofree char *token = g_strdup (notify_notification_get_activation_token (notification));
  AwNoticeAction action;

  if (strcmp (name, "default") == 0)
    action = notice->default_action;
  else if (!aw_notice_action_parse (name, &action))
    return;
  aw_notifier_emit_activated (AW_NOTIFIER (self), notice, action, token);
}

static void
on_closed (NotifyNotification *notification,
           gpointer data)
{
  AwLibnotifyNotifier *self = AW_LIBNOTIFY_NOTIFIER (data);
  const AwNotice *notice = g_object_get_data (G_OBJECT (notification), "afterword-notice");
  g_autofree char *id = g_strdup (notice->id);

  /* One that took its place under the same id stays. */
  if (g_hash_table_lookup (self->shown, id) != notification)
    return;
  g_hash_table_remove (self->shown, id);
  aw_notifier_emit_closed (AW_NOTIFIER (self), id);
}

/* Withdraws what another process of ours showed. */
static void
close_number (int id)
{
  NotifyNotification *notification = notify_notification_new ("", NULL, NULL);

  g_object_set (notification, "id", id, NULL);
  notify_notification_close (notification, NULL);
  g_object_unref (notification);
}

static gboolean
is_ready (AwNotifier *notifier)
{
  return AW_LIBNOTIFY_NOTIFIER (notifier)->ready;
}

/* Starts a server that can be started. libnotify would do so too, but it warns
 * on standard error where there is none, which is usual at login. */
static gboolean
start_server (GError **error)
{
  g_autoptr(GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, error);
  g_autoptr(GVariant) owner = NULL;
  g_autoptr(GVariant) reply = NULL;

  if (bus == NULL)
    return FALSE;
  owner = g_dbus_connection_call_sync (bus, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
                                       "GetNameOwner", g_variant_new ("(s)", SERVER), NULL, G_DBUS_CALL_FLAGS_NONE, -1,
                                       NULL, NULL);
  if (owner != NULL)
    return TRUE;
  reply = g_dbus_connection_call_sync (bus, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
                                       "StartServiceByName", g_variant_new ("(su)", SERVER, 0), NULL,
                                       G_DBUS_CALL_FLAGS_NONE, -1, NULL, error);
  return reply != NULL;
}

static gboolean
show (AwNotifier *notifier,
      const AwNotice *notice,
      guint32 *server_id,
      GError **error)
{
  AwLibnotifyNotifier *self = AW_LIBNOTIFY_NOTIFIER (notifier);
  NotifyNotification *old = g_hash_table_lookup (self->shown, notice->id);
  NotifyNotification *notification;
  g_autofree char *body = NULL;
  int id = (int) notice->server_id;

  if (!self->seen && !start_server (error))
    {
      self->ready = FALSE;
      return FALSE;
    }
  if (notice->body != NULL)
    body = has_cap (self, "body-markup") ? g_markup_escape_text (notice->body, -1) : g_strdup (notice->body);

  notification = notify_notification_new (notice->title, body, NULL);
  if (old != NULL)
    g_object_get (old, "id", &id, NULL);
  if (id != 0)
    g_object_set (notification, "id", id, NULL);
  notify_notification_set_hint (notification, "desktop-entry", g_variant_new_string (self->desktop_entry));
  if (notice->sound)
    notify_notification_set_hint (notification, "sound-name", g_variant_new_string ("message-new-instant"));
  else
    notify_notification_set_hint (notification, "suppress-sound", g_variant_new_boolean (TRUE));
  notify_notification_set_urgency (notification, notice->urgent ? NOTIFY_URGENCY_CRITICAL : NOTIFY_URGENCY_NORMAL);
  notify_notification_set_category (notification, "x-afterword.reminder");
  notify_notification_set_timeout (notification, NOTIFY_EXPIRES_DEFAULT);
  if (has_cap (self, "actions"))
    {
      notify_notification_add_action (notification, "default", notice->n_buttons > 0 ? notice->labels[0] : "", on_action, self,
                                      NULL);
      for (guint i = 0; i < notice->n_buttons; i++)
        notify_notification_add_action (notification, aw_notice_action_name (notice->actions[i]), notice->labels[i],
                                        on_action, self, NULL);
    }
  g_object_set_data_full (G_OBJECT (notification), "afterword-notice", aw_notice_copy (notice),
                          (GDestroyNotify) aw_notice_free);
  g_signal_connect_object (notification, "closed", G_CALLBACK (on_closed), self, 0);

  if (!notify_notification_show (notification, error))
    {
      self->ready = FALSE;
      g_list_free_full (g_steal_pointer (&self->caps), g_free);
      g_object_unref (notification);
      return FALSE;
    }
  g_object_get (notification, "id", &id, NULL);
  *server_id = (guint32) id;
  g_hash_table_insert (self->shown, g_strdup (notice->id), notification);
  return TRUE;
}

static void
withdraw (AwNotifier *notifier,
          const char *id,
          guint32 server_id)
{
  AwLibnotifyNotifier *self = AW_LIBNOTIFY_NOTIFIER (notifier);
  NotifyNotification *notification = g_hash_table_lookup (self->shown, id);

  if (notification != NULL)
    {
      g_object_ref (notification);
      g_hash_table_remove (self->shown, id);
      notify_notification_close (notification, NULL);
      g_object_unref (notification);
    }
  else if (server_id != 0 && self->seen)
    close_number ((int) server_id);
  else if (server_id != 0)
    g_array_append_val (self->to_close, server_id);
}

static void
on_server_appeared (G_GNUC_UNUSED GDBusConnection *connection,
                    G_GNUC_UNUSED const char *name,
                    G_GNUC_UNUSED const char *owner,
                    gpointer data)
{
  AwLibnotifyNotifier *self = AW_LIBNOTIFY_NOTIFIER (data);

  self->seen = TRUE;
  for (guint i = 0; i < self->to_close->len; i++)
    close_number (g_array_index (self->to_close, int, i));
  g_array_set_size (self->to_close, 0);
  if (self->ready)
    return;
  self->ready = TRUE;
  aw_notifier_emit_ready (AW_NOTIFIER (self));
}

static void
on_server_vanished (G_GNUC_UNUSED GDBusConnection *connection,
                    G_GNUC_UNUSED const char *name,
                    gpointer data)
{
  AwLibnotifyNotifier *self = AW_LIBNOTIFY_NOTIFIER (data);

  g_list_free_full (g_steal_pointer (&self->caps), g_free);
  g_array_set_size (self->to_close, 0);
  if (!self->seen)
    return;
  self->seen = FALSE;
  g_hash_table_remove_all (self->shown);
  aw_notifier_emit_lost (AW_NOTIFIER (self));
}

static void
notifier_init (AwNotifierInterface *iface)
{
  iface->is_ready = is_ready;
  iface->show = show;
  iface->withdraw = withdraw;
}

static void
aw_libnotify_notifier_finalize (GObject *object)
{
  AwLibnotifyNotifier *self = AW_LIBNOTIFY_NOTIFIER (object);

  g_clear_handle_id (&self->watch, g_bus_unwatch_name);
  g_hash_table_unref (self->shown);
  g_array_unref (self->to_close);
  g_list_free_full (self->caps, g_free);
  g_free (self->desktop_entry);

  G_OBJECT_CLASS (aw_libnotify_notifier_parent_class)->finalize (object);
}

static void
aw_libnotify_notifier_class_init (AwLibnotifyNotifierClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = aw_libnotify_notifier_finalize;
}

static void
aw_libnotify_notifier_init (AwLibnotifyNotifier *self)
{
  self->shown = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->to_close = g_array_new (FALSE, FALSE, sizeof (int));
  self->ready = TRUE;
}

/**
 * aw_libnotify_notifier_new:
 * @name: the application's name, as the server shows it
 * @desktop_entry: the id of its desktop entry
 *
 * Returns: (transfer full): a notifier
 */
AwNotifier *
aw_libnotify_notifier_new (const char *name,
                           const char *desktop_entry)
{
  AwLibnotifyNotifier *self = g_object_new (AW_TYPE_LIBNOTIFY_NOTIFIER, NULL);

  self->desktop_entry = g_strdup (desktop_entry);
  notify_init (name);
  self->watch = g_bus_watch_name (G_BUS_TYPE_SESSION, SERVER, G_BUS_NAME_WATCHER_FLAGS_NONE, on_server_appeared,
                                  on_server_vanished, self, NULL);
  return AW_NOTIFIER (self);
}
