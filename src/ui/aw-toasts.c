/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/aw-toasts.h"

/* Toasts are given to libadwaita one at a time, and taken from it only when they have
 * fully appeared. libadwaita 1.2 animates the appearance of a toast for half a second
 * and its end for 0.3; one that is dismissed within the difference is freed under the
 * first animation, which crashes at its end (adw-toast-overlay.c, hide_done_cb). Three
 * things deleted in a row are enough for that. */
#define APPEARED_MICROSECONDS 600000

typedef struct
{
  GtkWidget *place; /* not owned: this is its data */
  AwToastAdd add;
  AdwToast *shown;
  gboolean appeared; /* the toast that is shown, fully */
  gboolean unwanted; /* to be dismissed when it has appeared */
  gint64 first_frame;
  GQueue waiting;
  guint idle; /* shows the next one */
} Toasts;

static void show_next (Toasts *self);

static GQuark
toasts_quark (void)
{
  return g_quark_from_static_string ("aw-toasts");
}

static GQuark
kind_quark (void)
{
  return g_quark_from_static_string ("aw-toast-kind");
}

static AwToastKind
kind_of (AdwToast *toast)
{
  return GPOINTER_TO_INT (g_object_get_qdata (G_OBJECT (toast), kind_quark ()));
}

static gboolean
on_idle (gpointer data)
{
  Toasts *self = data;

  self->idle = 0;
  if (self->shown == NULL)
    show_next (self);
  return G_SOURCE_REMOVE;
}

static void
on_dismissed (AdwToast *toast,
              GtkWidget *place)
{
  Toasts *self = g_object_get_qdata (G_OBJECT (place), toasts_quark ());

  if (self == NULL || self->shown != toast)
    return;
  g_clear_object (&self->shown);
  /* Not at once: an overlay that is being destroyed dismisses what it shows. */
  if (self->idle == 0)
    self->idle = g_idle_add (on_idle, self);
}

static gboolean
on_tick (GtkWidget *place,
         GdkFrameClock *clock,
         gpointer data)
{
  Toasts *self = g_object_get_qdata (G_OBJECT (place), toasts_quark ());
  gint64 now = gdk_frame_clock_get_frame_time (clock);

  /* Another toast has its own tick. */
  if (self == NULL || self->shown != data || self->appeared)
    return G_SOURCE_REMOVE;
  if (self->first_frame == 0)
    self->first_frame = now;
  if (now - self->first_frame < APPEARED_MICROSECONDS)
    return G_SOURCE_CONTINUE;
  self->appeared = TRUE;
  if (self->unwanted)
    adw_toast_dismiss (self->shown);
  return G_SOURCE_REMOVE;
}

static void
show_next (Toasts *self)
{
  g_autoptr (AdwToast) toast = g_queue_pop_head (&self->waiting);

  if (toast == NULL)
    return;
  self->shown = g_object_ref (toast);
  self->unwanted = FALSE;
  self->first_frame = 0;
  /* Where nothing is drawn, nothing is animated. */
  self->appeared = !gtk_widget_get_mapped (self->place);
  self->add (self->place, g_object_ref (toast));
  /* Connected after the overlay's own handler: it has to have made room. */
  g_signal_connect_object (toast, "dismissed", G_CALLBACK (on_dismissed), self->place, 0);
  if (!self->appeared)
    gtk_widget_add_tick_callback (self->place, on_tick, g_object_ref (toast), g_object_unref);
}

static void
dismiss_shown (Toasts *self)
{
  if (self->appeared)
    adw_toast_dismiss (self->shown);
  else
    self->unwanted = TRUE;
}

static void
toasts_free (gpointer data)
{
  Toasts *self = data;

  g_clear_handle_id (&self->idle, g_source_remove);
  g_clear_object (&self->shown);
  g_queue_clear_full (&self->waiting, g_object_unref);
  g_free (self);
}

/* Those that wait and make way: they need not be shown any more. */
static void
drop_waiting (Toasts *self)
{
  for (GList *link = self->waiting.head, *next; link != NULL; link = next)
    {
      next = link->next;
      if (kind_of (link->data) == AW_TOAST_STAYS)
        continue;
      g_object_unref (link->data);
      g_queue_delete_link (&self->waiting, link);
    }
}

/**
 * aw_toasts_add:
 * @place: the widget that shows toasts
 * @add: (scope async): gives a toast to @place, which takes it over
 * @kind: what makes way for it, and for what it makes way
 * @toast: (transfer full): the toast
 *
 * Shows @toast now, or when those before it are over. One that can be undone takes
 * the place of the last such and of what was only said.
 */
void
aw_toasts_add (GtkWidget *place,
               AwToastAdd add,
               AwToastKind kind,
               AdwToast *toast)
{
  Toasts *self;

  g_return_if_fail (GTK_IS_WIDGET (place));
  g_return_if_fail (ADW_IS_TOAST (toast));

  self = g_object_get_qdata (G_OBJECT (place), toasts_quark ());
  if (self == NULL)
    {
      self = g_new0 (Toasts, 1);
      self->place = place;
      self->add = add;
      g_object_set_qdata_full (G_OBJECT (place), toasts_quark (), self, toasts_free);
    }
  g_object_set_qdata (G_OBJECT (toast), kind_quark (), GINT_TO_POINTER (kind));
  if (kind == AW_TOAST_UNDO)
    {
      drop_waiting (self);
      g_queue_push_head (&self->waiting, toast);
      if (self->shown != NULL && kind_of (self->shown) != AW_TOAST_STAYS)
        dismiss_shown (self);
    }
  else
    g_queue_push_tail (&self->waiting, toast);
  if (self->shown == NULL)
    show_next (self);
}

/**
 * aw_toasts_withdraw:
 * @place: the widget to which it was added
 * @toast: the toast
 *
 * What it says is no longer so: it goes, or is not shown.
 */
void
aw_toasts_withdraw (GtkWidget *place,
                    AdwToast *toast)
{
  Toasts *self;

  g_return_if_fail (GTK_IS_WIDGET (place));
  g_return_if_fail (ADW_IS_TOAST (toast));

  self = g_object_get_qdata (G_OBJECT (place), toasts_quark ());
  if (self == NULL)
    return;
  if (self->shown == toast)
    dismiss_shown (self);
  else if (g_queue_remove (&self->waiting, toast))
    g_object_unref (toast);
}
