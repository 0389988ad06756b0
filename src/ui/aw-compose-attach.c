/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/aw-compose-window-private.h"

#include <glib/gi18n-lib.h>

#include "ui/aw-attachments.h"

static void
changed_cb (AwComposeWindow *self)
{
  aw_reviewer_set_attachments (self->reviewer, aw_attachments_get_count (AW_ATTACHMENTS (self->attachments)));
  if (!self->finished)
    aw_compose_changed (self); /* it is a draft worth keeping */
}

/* The files between the text and the bottom bar. */
GtkWidget *
aw_compose_build_attachments (AwComposeWindow *self)
{
  self->attachments = aw_attachments_new (aw_ui_engine (self->ui), AW_ID (aw_compose_message (self)));
  aw_attachments_take_drops (AW_ATTACHMENTS (self->attachments), GTK_WIDGET (self));
  aw_reviewer_set_attachments (self->reviewer, aw_attachments_get_count (AW_ATTACHMENTS (self->attachments)));
  g_signal_connect_object (self->attachments, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  return self->attachments;
}

void
aw_compose_attach (AwComposeWindow *self)
{
  aw_attachments_choose (AW_ATTACHMENTS (self->attachments));
}

/* What is still being read would stay behind. */
gboolean
aw_compose_is_attached (AwComposeWindow *self)
{
  if (!aw_attachments_is_busy (AW_ATTACHMENTS (self->attachments)))
    return TRUE;
  aw_ui_toast (self->view, _("A file is still being attached"));
  return FALSE;
}

/* The other ways out take the text alone. */
void
aw_compose_tell_of_attachments (AwComposeWindow *self)
{
  if (aw_attachments_get_count (AW_ATTACHMENTS (self->attachments)) > 0)
    aw_ui_toast (self->view, _("The attached files stay here; attach them there again"));
}
