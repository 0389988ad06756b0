/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What a button of a notification does. */
typedef enum
{
  AW_NOTICE_OPEN,         /* the opportunity in the window; also the click on the notification itself where nothing is to be written */
  AW_NOTICE_COMPOSE,      /* the compose window */
  AW_NOTICE_DONE,
  AW_NOTICE_HOUR,         /* snooze for an hour */
  AW_NOTICE_TOMORROW,     /* snooze until tomorrow morning */
  AW_NOTICE_SKIP,
  AW_NOTICE_TODAY,        /* the window's first page */
  AW_NOTICE_OUTBOX,
  AW_NOTICE_ACCOUNT,      /* the account's settings */
  AW_NOTICE_TRY_AGAIN,    /* a message that failed */
  AW_NOTICE_WAS_SENT,     /* an uncertain message */
  AW_NOTICE_SEND_AGAIN,
  AW_NOTICE_IS_ANSWER,    /* a mail that came in */
  AW_NOTICE_NO_ANSWER,
  AW_N_NOTICE_ACTIONS,
} AwNoticeAction;

#define AW_NOTICE_BUTTONS 3

/**
 * AwNotice:
 * @id: the same id replaces what it names: "duty-OPPORTUNITY/KEY", "summary" …
 * @title: plain text
 * @body: (nullable): plain text
 * @urgent: whether it must not wait
 * @sound: whether it may be heard
 * @quiet: whether it only brings up to date what stands; it need not come to the front
 * @subject: what the actions are about: an opportunity's id, or a message's
 * @key: the follow-up's key, "" if it is about none
 * @default_action: what a click on the notification does
 * @actions: what the buttons do
 * @labels: what stands on them
 * @n_buttons: how many there are
 * @server_id: what the server called it when it was shown before, 0: unknown
 */
typedef struct
{
  char *id;
  char *title;
  char *body;
  gboolean urgent;
  gboolean sound;
  gboolean quiet;
  char *subject;
  char *key;
  AwNoticeAction default_action;
  AwNoticeAction actions[AW_NOTICE_BUTTONS];
  const char *labels[AW_NOTICE_BUTTONS];
  guint n_buttons;
  guint32 server_id;
} AwNotice;

AwNotice *aw_notice_new (const char *id, const char *title, const char *body);
void aw_notice_set_subject (AwNotice *notice, const char *subject, const char *key);
void aw_notice_add_button (AwNotice *notice, AwNoticeAction action, const char *label);
AwNotice *aw_notice_copy (const AwNotice *notice);
void aw_notice_free (AwNotice *notice);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AwNotice, aw_notice_free)

const char *aw_notice_action_name (AwNoticeAction action);
gboolean aw_notice_action_parse (const char *name, AwNoticeAction *action);

/**
 * AwNotifier:
 *
 * Shows notifications: by the desktop's server on the host, by #GNotification
 * in Flatpak. Showing never waits; each notice that is shown is followed by
 * "shown" or "failed", at once or later, unless it is withdrawn or shown anew
 * before that.
 *
 * Signals:
 *  "shown" (const char *id, guint number): the server took it, and calls it
 *     @number, 0 if it does not say
 *  "failed" (const char *id, const char *why): it did not
 *  "activated" (AwNotice *notice, int action, const char *token): a button, or
 *     the notification itself; @token lets a window come to the front, may be NULL
 *  "closed" (const char *id): it is no longer on the screen
 *  "ready": the server is there, after it was not
 *  "lost": the server is gone, and what it showed with it
 */
#define AW_TYPE_NOTIFIER (aw_notifier_get_type ())
G_DECLARE_INTERFACE (AwNotifier, aw_notifier, AW, NOTIFIER, GObject)

struct _AwNotifierInterface
{
  GTypeInterface parent_interface;

  gboolean (*is_ready) (AwNotifier *self);
  void (*show) (AwNotifier *self, const AwNotice *notice);
  void (*withdraw) (AwNotifier *self, const char *id, guint32 server_id);
  gboolean tells_closed; /* whether "closed" is emitted when the user sweeps one away */
};

gboolean aw_notifier_is_ready (AwNotifier *self);
gboolean aw_notifier_tells_closed (AwNotifier *self);
void aw_notifier_show (AwNotifier *self, const AwNotice *notice);
void aw_notifier_withdraw (AwNotifier *self, const char *id, guint32 server_id);

void aw_notifier_emit_activated (AwNotifier *self, const AwNotice *notice, AwNoticeAction action, const char *token);
void aw_notifier_emit_shown (AwNotifier *self, const char *id, guint32 number);
void aw_notifier_emit_failed (AwNotifier *self, const char *id, const char *why);
void aw_notifier_emit_closed (AwNotifier *self, const char *id);
void aw_notifier_emit_ready (AwNotifier *self);
void aw_notifier_emit_lost (AwNotifier *self);

G_END_DECLS
