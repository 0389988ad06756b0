/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/aw-notifier.h"

#include <string.h>

G_DEFINE_INTERFACE (AwNotifier, aw_notifier, G_TYPE_OBJECT)

enum
{
  SHOWN,
  FAILED,
  ACTIVATED,
  CLOSED,
  READY,
  LOST,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* As they are called on the bus. */
static const char *const action_names[AW_N_NOTICE_ACTIONS] = {
  [AW_NOTICE_OPEN] = "open",           [AW_NOTICE_COMPOSE] = "compose",       [AW_NOTICE_DONE] = "done",
  [AW_NOTICE_HOUR] = "hour",           [AW_NOTICE_TOMORROW] = "tomorrow",     [AW_NOTICE_SKIP] = "skip",
  [AW_NOTICE_TODAY] = "today",         [AW_NOTICE_OUTBOX] = "outbox",         [AW_NOTICE_ACCOUNT] = "trouble-account",
  [AW_NOTICE_TRY_AGAIN] = "try-again", [AW_NOTICE_WAS_SENT] = "was-sent",     [AW_NOTICE_SEND_AGAIN] = "send-again",
  [AW_NOTICE_IS_ANSWER] = "is-answer", [AW_NOTICE_NO_ANSWER] = "no-answer",
};

static void
aw_notifier_default_init (G_GNUC_UNUSED AwNotifierInterface *iface)
{
  signals[SHOWN] = g_signal_new ("shown", AW_TYPE_NOTIFIER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                 G_TYPE_STRING, G_TYPE_UINT);
  signals[FAILED] = g_signal_new ("failed", AW_TYPE_NOTIFIER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                  G_TYPE_STRING, G_TYPE_STRING);
  signals[ACTIVATED] = g_signal_new ("activated", AW_TYPE_NOTIFIER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 3,
                                     G_TYPE_POINTER, G_TYPE_INT, G_TYPE_STRING);
  signals[CLOSED] =
    g_signal_new ("closed", AW_TYPE_NOTIFIER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[READY] = g_signal_new ("ready", AW_TYPE_NOTIFIER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[LOST] = g_signal_new ("lost", AW_TYPE_NOTIFIER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

/**
 * aw_notice_new:
 * @id: what it is called; another one with the same id replaces it
 * @title: plain text
 * @body: (nullable): plain text
 *
 * Returns: (transfer full): a notice without buttons
 */
AwNotice *
aw_notice_new (const char *id,
               const char *title,
               const char *body)
{
  AwNotice *notice = g_new0 (AwNotice, 1);

  notice->id = g_strdup (id);
  notice->title = g_strdup (title);
  notice->body = g_strdup (body);
  notice->subject = g_strdup ("");
  notice->key = g_strdup ("");
  return notice;
}

/**
 * aw_notice_set_subject:
 * @notice: a notice
 * @subject: what its actions are about
 * @key: (nullable): which follow-up of it
 */
void
aw_notice_set_subject (AwNotice *notice,
                       const char *subject,
                       const char *key)
{
  g_free (notice->subject);
  g_free (notice->key);
  notice->subject = g_strdup (subject);
  notice->key = g_strdup (key != NULL ? key : "");
}

/**
 * aw_notice_add_button:
 * @notice: a notice with fewer than three buttons
 * @action: what the button does
 * @label: (type static): what stands on it
 */
void
aw_notice_add_button (AwNotice *notice,
                      AwNoticeAction action,
                      const char *label)
{
  g_return_if_fail (notice->n_buttons < AW_NOTICE_BUTTONS);

  notice->actions[notice->n_buttons] = action;
  notice->labels[notice->n_buttons] = g_intern_string (label);
  notice->n_buttons++;
}

AwNotice *
aw_notice_copy (const AwNotice *notice)
{
  AwNotice *copy = g_memdup2 (notice, sizeof *notice);

  copy->id = g_strdup (notice->id);
  copy->title = g_strdup (notice->title);
  copy->body = g_strdup (notice->body);
  copy->subject = g_strdup (notice->subject);
  copy->key = g_strdup (notice->key);
  return copy;
}

void
aw_notice_free (AwNotice *notice)
{
  if (notice == NULL)
    return;
  g_free (notice->id);
  g_free (notice->title);
  g_free (notice->body);
  g_free (notice->subject);
  g_free (notice->key);
  g_free (notice);
}

const char *
aw_notice_action_name (AwNoticeAction action)
{
  g_return_val_if_fail (action < AW_N_NOTICE_ACTIONS, NULL);

  return action_names[action];
}

gboolean
aw_notice_action_parse (const char *name,
                        AwNoticeAction *action)
{
  for (guint i = 0; i < AW_N_NOTICE_ACTIONS; i++)
    if (strcmp (action_names[i], name) == 0)
      {
        *action = (AwNoticeAction) i;
        return TRUE;
      }
  return FALSE;
}

/**
 * aw_notifier_is_ready:
 * @self: a notifier
 *
 * Returns: %FALSE once there was no server, until one appears
 */
gboolean
aw_notifier_is_ready (AwNotifier *self)
{
  return AW_NOTIFIER_GET_IFACE (self)->is_ready (self);
}

/**
 * aw_notifier_tells_closed:
 * @self: a notifier
 *
 * Returns: whether it is known when the user sweeps a notification away
 */
gboolean
aw_notifier_tells_closed (AwNotifier *self)
{
  return AW_NOTIFIER_GET_IFACE (self)->tells_closed;
}

/**
 * aw_notifier_show:
 * @self: a notifier
 * @notice: what to show
 *
 * Hands it to the server. "shown" or "failed" follows.
 */
void
aw_notifier_show (AwNotifier *self,
                  const AwNotice *notice)
{
  AW_NOTIFIER_GET_IFACE (self)->show (self, notice);
}

/**
 * aw_notifier_withdraw:
 * @self: a notifier
 * @id: what it was shown as
 * @server_id: what the server calls it, for one that another process showed
 */
void
aw_notifier_withdraw (AwNotifier *self,
                      const char *id,
                      guint32 server_id)
{
  AW_NOTIFIER_GET_IFACE (self)->withdraw (self, id, server_id);
}

void
aw_notifier_emit_shown (AwNotifier *self,
                        const char *id,
                        guint32 number)
{
  g_signal_emit (self, signals[SHOWN], 0, id, number);
}

void
aw_notifier_emit_failed (AwNotifier *self,
                         const char *id,
                         const char *why)
{
  g_signal_emit (self, signals[FAILED], 0, id, why);
}

void
aw_notifier_emit_activated (AwNotifier *self,
                            const AwNotice *notice,
                            AwNoticeAction action,
                            const char *token)
{
  g_signal_emit (self, signals[ACTIVATED], 0, notice, (int) action, token);
}

void
aw_notifier_emit_closed (AwNotifier *self,
                         const char *id)
{
  g_signal_emit (self, signals[CLOSED], 0, id);
}

void
aw_notifier_emit_ready (AwNotifier *self)
{
  g_signal_emit (self, signals[READY], 0);
}

void
aw_notifier_emit_lost (AwNotifier *self)
{
  g_signal_emit (self, signals[LOST], 0);
}
