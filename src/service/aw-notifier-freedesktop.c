/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/aw-notifier-freedesktop.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define SERVER "org.freedesktop.Notifications"
#define SERVER_PATH "/org/freedesktop/Notifications"

/* The server may take its time: as long as it has its name nobody else could
 * show anything, and the bus says when it is gone. */
#define NO_TIMEOUT G_MAXINT

struct _AwFreedesktopNotifier
{
  GObject parent_instance;

  GDBusConnection *bus;
  char *name;
  char *desktop_entry;
  GHashTable *notices;    /* id → Shown */
  GStrv caps;             /* NULL: not known */
  GCancellable *asking;   /* while they are asked for */
  GArray *to_close;       /* of guint32: numbers to withdraw once we know that the server is there */
  gboolean ready;
  gboolean seen; /* the server is there */
  guint watch;
  guint signals;
};

/* One notification, from when it is to be shown until it is closed. */
typedef struct
{
  AwFreedesktopNotifier *notifier; /* not referenced: it owns us, and cancels our call when it goes */
  char *id;
  AwNotice *notice;   /* what the server was told */
  AwNotice *waiting;  /* what it will be told: when its abilities are known, when it has answered */
  guint32 number;     /* 0: not known yet */
  GCancellable *call; /* while its answer is awaited */
  gboolean unwanted;  /* withdrawn before the answer came */
  char *token;        /* lets a window come to the front */
} Shown;

static void notifier_init (AwNotifierInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (AwFreedesktopNotifier, aw_freedesktop_notifier, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (AW_TYPE_NOTIFIER, notifier_init))

static void
shown_clear (Shown *shown)
{
  if (shown->call != NULL)
    g_cancellable_cancel (shown->call);
  g_clear_object (&shown->call);
  aw_notice_free (shown->notice);
  aw_notice_free (shown->waiting);
  g_free (shown->token);
  g_free (shown->id);
}

static void
shown_unref (gpointer shown)
{
  g_rc_box_release_full (shown, (GDestroyNotify) shown_clear);
}

/* Showing ------------------------------------------------------------------ */

static gboolean
has_cap (AwFreedesktopNotifier *self,
         const char *cap)
{
  return g_strv_contains ((const char *const *) self->caps, cap);
}

static void
close_number (AwFreedesktopNotifier *self,
              guint32 number)
{
  g_dbus_connection_call (self->bus, SERVER, SERVER_PATH, SERVER, "CloseNotification", g_variant_new ("(u)", number), NULL,
                          G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, NULL, NULL, NULL);
}

static void
fail (AwFreedesktopNotifier *self,
      Shown *shown,
      const char *why)
{
  g_autofree char *id = g_strdup (shown->id);
  gboolean unwanted = shown->unwanted;

  g_hash_table_remove (self->notices, id);
  if (!unwanted)
    aw_notifier_emit_failed (AW_NOTIFIER (self), id, why);
}

/* All that the server has not taken. */
static void
fail_waiting (AwFreedesktopNotifier *self,
              const char *why)
{
  g_autoptr(GPtrArray) waiting = g_ptr_array_new_with_free_func (shown_unref);
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->notices);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (((Shown *) value)->call != NULL || ((Shown *) value)->waiting != NULL)
      g_ptr_array_add (waiting, g_rc_box_acquire (value));
  for (guint i = 0; i < waiting->len; i++)
    {
      Shown *shown = g_ptr_array_index (waiting, i);

      if (shown->call != NULL)
        g_cancellable_cancel (shown->call);
      g_clear_object (&shown->call);
      if (g_hash_table_lookup (self->notices, shown->id) == shown)
        fail (self, shown, why);
    }
}

/* Some desktops list it beside the buttons: then it must say what it does. */
static const char *
default_label (const AwNotice *notice)
{
  for (guint i = 0; i < notice->n_buttons; i++)
    if (notice->actions[i] == notice->default_action)
      return notice->labels[i];
  return _ ("Open");
}

static GVariant *
notify_arguments (AwFreedesktopNotifier *self,
                  const AwNotice *notice,
                  guint32 replaces)
{
  g_autofree char *body = NULL;
  GVariantBuilder buttons;
  GVariantBuilder hints;

  if (notice->body != NULL && has_cap (self, "body-markup"))
    body = g_markup_escape_text (notice->body, -1);

  g_variant_builder_init (&buttons, G_VARIANT_TYPE_STRING_ARRAY);
  if (has_cap (self, "actions"))
    {
      g_variant_builder_add (&buttons, "s", "default");
      g_variant_builder_add (&buttons, "s", default_label (notice));
      for (guint i = 0; i < notice->n_buttons; i++)
        {
          g_variant_builder_add (&buttons, "s", aw_notice_action_name (notice->actions[i]));
          g_variant_builder_add (&buttons, "s", notice->labels[i]);
        }
    }
  g_variant_builder_init (&hints, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&hints, "{sv}", "desktop-entry", g_variant_new_string (self->desktop_entry));
  g_variant_builder_add (&hints, "{sv}", "urgency", g_variant_new_byte (notice->urgent ? 2 : 1));
  g_variant_builder_add (&hints, "{sv}", "category", g_variant_new_string ("x-afterword.reminder"));
  if (notice->sound)
    g_variant_builder_add (&hints, "{sv}", "sound-name", g_variant_new_string ("message-new-instant"));
  else
    g_variant_builder_add (&hints, "{sv}", "suppress-sound", g_variant_new_boolean (TRUE));
  return g_variant_new ("(susssasa{sv}i)", self->name, replaces, "", notice->title,
                        body != NULL ? body : notice->body != NULL ? notice->body : "", &buttons, &hints, -1);
}

static void on_notified (GObject *source, GAsyncResult *result, gpointer data);

static void
send (AwFreedesktopNotifier *self,
      Shown *shown)
{
  aw_notice_free (shown->notice);
  shown->notice = g_steal_pointer (&shown->waiting);
  shown->call = g_cancellable_new ();
  g_dbus_connection_call (self->bus, SERVER, SERVER_PATH, SERVER, "Notify",
                          notify_arguments (self, shown->notice, shown->number), G_VARIANT_TYPE ("(u)"),
                          G_DBUS_CALL_FLAGS_NONE, NO_TIMEOUT, shown->call, on_notified, g_rc_box_acquire (shown));
}

static void
on_notified (GObject *source,
             GAsyncResult *result,
             gpointer data)
{
  Shown *shown = data;
  AwFreedesktopNotifier *self = shown->notifier;
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) reply = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      shown_unref (shown); /* the notifier may be gone */
      return;
    }
  g_clear_object (&shown->call);
  if (reply == NULL)
    fail (self, shown, error->message);
  else
    {
      g_variant_get (reply, "(u)", &shown->number);
      if (shown->unwanted)
        {
          close_number (self, shown->number);
          g_hash_table_remove (self->notices, shown->id);
        }
      else if (shown->waiting != NULL)
        send (self, shown);
      else
        aw_notifier_emit_shown (AW_NOTIFIER (self), shown->id, shown->number);
    }
  shown_unref (shown);
}

/* What the server can do; this also starts one that can be started. */
static void
on_caps (GObject *source,
         GAsyncResult *result,
         gpointer data)
{
  AwFreedesktopNotifier *self = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) reply = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);
  g_autoptr(GPtrArray) waiting = NULL;
  GHashTableIter iter;
  gpointer value;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return; /* the notifier may be gone */
  g_clear_object (&self->asking);
  if (reply != NULL)
    g_variant_get (reply, "(^as)", &self->caps);
  else if (g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_UNKNOWN_METHOD))
    self->caps = g_new0 (char *, 1);
  else
    {
      self->ready = FALSE;
      fail_waiting (self, error->message);
      return;
    }

  waiting = g_ptr_array_new ();
  g_hash_table_iter_init (&iter, self->notices);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (((Shown *) value)->waiting != NULL && ((Shown *) value)->call == NULL)
      g_ptr_array_add (waiting, value);
  for (guint i = 0; i < waiting->len; i++)
    send (self, g_ptr_array_index (waiting, i));
}

static gboolean
is_ready (AwNotifier *notifier)
{
  return AW_FREEDESKTOP_NOTIFIER (notifier)->ready;
}

static void
show (AwNotifier *notifier,
      const AwNotice *notice)
{
  AwFreedesktopNotifier *self = AW_FREEDESKTOP_NOTIFIER (notifier);
  Shown *shown = g_hash_table_lookup (self->notices, notice->id);

  if (shown == NULL)
    {
      shown = g_rc_box_new0 (Shown);
      shown->notifier = self;
      shown->id = g_strdup (notice->id);
      shown->number = notice->server_id;
      g_hash_table_insert (self->notices, shown->id, shown);
    }
  shown->unwanted = FALSE;
  aw_notice_free (shown->waiting);
  shown->waiting = aw_notice_copy (notice);
  if (shown->call != NULL)
    return;
  if (self->caps != NULL)
    {
      send (self, shown);
      return;
    }
  if (self->asking != NULL)
    return;
  self->asking = g_cancellable_new ();
  g_dbus_connection_call (self->bus, SERVER, SERVER_PATH, SERVER, "GetCapabilities", NULL, G_VARIANT_TYPE ("(as)"),
                          G_DBUS_CALL_FLAGS_NONE, NO_TIMEOUT, self->asking, on_caps, self);
}

static void
withdraw (AwNotifier *notifier,
          const char *id,
          guint32 server_id)
{
  AwFreedesktopNotifier *self = AW_FREEDESKTOP_NOTIFIER (notifier);
  Shown *shown = g_hash_table_lookup (self->notices, id);

  if (shown != NULL && shown->call != NULL)
    {
      shown->unwanted = TRUE; /* its number is not known yet */
      g_clear_pointer (&shown->waiting, aw_notice_free);
      return;
    }
  if (shown != NULL)
    {
      server_id = shown->number;
      g_hash_table_remove (self->notices, id);
    }
  if (server_id == 0)
    return;
  if (self->seen)
    close_number (self, server_id);
  else
    g_array_append_val (self->to_close, server_id);
}

/* The server's word ---------------------------------------------------------- */

static Shown *
find_number (AwFreedesktopNotifier *self,
             guint32 number)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->notices);
  while (number != 0 && g_hash_table_iter_next (&iter, NULL, &value))
    if (((Shown *) value)->number == number && ((Shown *) value)->notice != NULL)
      return value;
  return NULL;
}

static void
on_action (AwFreedesktopNotifier *self,
           Shown *shown,
           const char *name)
{
  g_autoptr(AwNotice) notice = aw_notice_copy (shown->notice);
  g_autofree char *token = g_strdup (shown->token);
  AwNoticeAction action;

  if (strcmp (name, "default") == 0)
    action = notice->default_action;
  else if (!aw_notice_action_parse (name, &action))
    return;
  aw_notifier_emit_activated (AW_NOTIFIER (self), notice, action, token);
}

static void
on_signal (G_GNUC_UNUSED GDBusConnection *bus,
           G_GNUC_UNUSED const char *sender,
           G_GNUC_UNUSED const char *path,
           G_GNUC_UNUSED const char *interface,
           const char *signal,
           GVariant *arguments,
           gpointer data)
{
  AwFreedesktopNotifier *self = data;
  gboolean with_text = g_variant_is_of_type (arguments, G_VARIANT_TYPE ("(us)"));
  const char *text = NULL;
  guint32 number = 0;
  Shown *shown;

  if (with_text)
    g_variant_get (arguments, "(u&s)", &number, &text);
  else if (g_variant_is_of_type (arguments, G_VARIANT_TYPE ("(uu)")))
    g_variant_get (arguments, "(uu)", &number, NULL);
  shown = find_number (self, number);
  if (shown == NULL)
    return;

  if (with_text && strcmp (signal, "ActivationToken") == 0)
    {
      g_free (shown->token);
      shown->token = g_strdup (text);
    }
  else if (with_text && strcmp (signal, "ActionInvoked") == 0)
    on_action (self, shown, text);
  else if (!with_text && strcmp (signal, "NotificationClosed") == 0 && shown->call == NULL)
    {
      g_autofree char *id = g_strdup (shown->id);

      g_hash_table_remove (self->notices, id);
      aw_notifier_emit_closed (AW_NOTIFIER (self), id);
    }
}

static void
on_server_appeared (G_GNUC_UNUSED GDBusConnection *connection,
                    G_GNUC_UNUSED const char *name,
                    G_GNUC_UNUSED const char *owner,
                    gpointer data)
{
  AwFreedesktopNotifier *self = AW_FREEDESKTOP_NOTIFIER (data);

  self->seen = TRUE;
  for (guint i = 0; i < self->to_close->len; i++)
    close_number (self, g_array_index (self->to_close, guint32, i));
  g_array_set_size (self->to_close, 0);
  self->ready = TRUE;
  aw_notifier_emit_ready (AW_NOTIFIER (self));
}

static void
on_server_vanished (G_GNUC_UNUSED GDBusConnection *connection,
                    G_GNUC_UNUSED const char *name,
                    gpointer data)
{
  AwFreedesktopNotifier *self = AW_FREEDESKTOP_NOTIFIER (data);

  g_array_set_size (self->to_close, 0);
  if (!self->seen)
    return;
  self->seen = FALSE;
  self->ready = FALSE; /* until one appears */
  g_clear_pointer (&self->caps, g_strfreev);
  if (self->asking != NULL)
    g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
  fail_waiting (self, "the notification server is gone");
  g_hash_table_remove_all (self->notices);
  aw_notifier_emit_lost (AW_NOTIFIER (self));
}

static void
notifier_init (AwNotifierInterface *iface)
{
  iface->is_ready = is_ready;
  iface->show = show;
  iface->withdraw = withdraw;
  iface->tells_closed = TRUE;
}

static void
aw_freedesktop_notifier_finalize (GObject *object)
{
  AwFreedesktopNotifier *self = AW_FREEDESKTOP_NOTIFIER (object);

  g_clear_handle_id (&self->watch, g_bus_unwatch_name);
  g_dbus_connection_signal_unsubscribe (self->bus, self->signals);
  if (self->asking != NULL)
    g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
  g_hash_table_unref (self->notices);
  g_array_unref (self->to_close);
  g_strfreev (self->caps);
  g_free (self->name);
  g_free (self->desktop_entry);
  g_object_unref (self->bus);

  G_OBJECT_CLASS (aw_freedesktop_notifier_parent_class)->finalize (object);
}

static void
aw_freedesktop_notifier_class_init (AwFreedesktopNotifierClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = aw_freedesktop_notifier_finalize;
}

/* What goes out of the table calls nobody back. */
static void
drop (gpointer data)
{
  Shown *shown = data;

  if (shown->call != NULL)
    g_cancellable_cancel (shown->call);
  shown_unref (shown);
}

static void
aw_freedesktop_notifier_init (AwFreedesktopNotifier *self)
{
  self->notices = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, drop);
  self->to_close = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->ready = TRUE;
}

/**
 * aw_freedesktop_notifier_new:
 * @bus: the session bus
 * @name: the application's name, as the server shows it
 * @desktop_entry: the id of its desktop entry
 *
 * Returns: (transfer full): a notifier
 */
AwNotifier *
aw_freedesktop_notifier_new (GDBusConnection *bus,
                             const char *name,
                             const char *desktop_entry)
{
  AwFreedesktopNotifier *self = g_object_new (AW_TYPE_FREEDESKTOP_NOTIFIER, NULL);

  self->bus = g_object_ref (bus);
  self->name = g_strdup (name);
  self->desktop_entry = g_strdup (desktop_entry);
  self->signals = g_dbus_connection_signal_subscribe (bus, SERVER, SERVER, NULL, SERVER_PATH, NULL,
                                                      G_DBUS_SIGNAL_FLAGS_NONE, on_signal, self, NULL);
  self->watch = g_bus_watch_name_on_connection (bus, SERVER, G_BUS_NAME_WATCHER_FLAGS_NONE, on_server_appeared,
                                                on_server_vanished, self, NULL);
  return AW_NOTIFIER (self);
}
