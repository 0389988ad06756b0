/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/aw-reminder-notice.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "core/aw-words.h"
#include "service/aw-agent-client.h"

/* With so many hours left it must not wait behind "Do Not Disturb". */
#define LAST_CALL (2 * AW_HOUR)

/**
 * aw_reminder_notice_id:
 * @opportunity: an id
 * @key: a follow-up's key
 *
 * Returns: (transfer full): what its notification is called
 */
char *
aw_reminder_notice_id (const char *opportunity,
                       const char *key)
{
  return g_strconcat ("duty-", opportunity, "/", key, NULL);
}

/* Whether an hour makes a difference: the kinds that are due within a day. */
static gboolean
is_hourly (AwDutyKind kind)
{
  return kind == AW_DUTY_PREPARE || kind == AW_DUTY_DEBRIEF || kind == AW_DUTY_THANK_YOU || kind == AW_DUTY_FEEDBACK ||
         kind == AW_DUTY_ANSWER;
}

/* How many thank-you notes can be written now, this one among them; NULL: it
 * is the only one. */
static char *
notes_left (AwPlan *plan)
{
  guint n = 0;

  for (guint i = 0; i < aw_plan_get_length (plan); i++)
    {
      const AwFollowUp *other = aw_plan_get (plan, i);

      n += other->kind == AW_DUTY_THANK_YOU && other->state >= AW_STATE_DUE;
    }
  if (n < 2)
    return NULL;
  return g_strdup_printf (ngettext ("%u note is left to write.", "%u notes are left to write.", n), n);
}

/**
 * aw_reminder_notice:
 * @follow_up: an item that is due
 * @plan: its opportunity's plan
 * @dossier: its opportunity's
 * @calendar: the user's
 * @hide_names: whether others may see the screen
 * @now: the present instant
 *
 * Returns: (transfer full): its notification (ux.md 3h)
 */
AwNotice *
aw_reminder_notice (const AwFollowUp *follow_up,
                    AwPlan *plan,
                    AwDossier *dossier,
                    AwCalendar *calendar,
                    gboolean hide_names,
                    gint64 now)
{
  g_autofree char *id = aw_reminder_notice_id (follow_up->opportunity, follow_up->key);
  g_autofree char *button = aw_words_button (follow_up);
  AwNotice *notice;

  if (hide_names)
    notice = aw_notice_new (id, _("A follow-up is due"), NULL);
  else
    {
      g_autofree char *title = aw_words_notification_title (follow_up, dossier, calendar, now);
      g_autofree char *body = aw_words_notification_body (follow_up, dossier, calendar, now);
      g_autofree char *more = follow_up->kind == AW_DUTY_THANK_YOU ? notes_left (plan) : NULL;
      g_autofree char *text = more != NULL ? g_strjoin (" ", body, more, NULL) : g_strdup (body);

      notice = aw_notice_new (id, title, text);
    }
  aw_notice_set_subject (notice, follow_up->opportunity, follow_up->key);
  notice->urgent = follow_up->closes != AW_NEVER && follow_up->closes > now && follow_up->closes - now <= LAST_CALL;
  notice->default_action = AW_NOTICE_OPEN;

  switch (follow_up->kind)
    {
    case AW_DUTY_PREPARE:
    case AW_DUTY_DEBRIEF:
      aw_notice_add_button (notice, AW_NOTICE_OPEN, button != NULL ? button : _("Open"));
      aw_notice_add_button (notice, AW_NOTICE_HOUR, _("Later"));
      return notice;
    case AW_DUTY_NEXT_STEP:
      aw_notice_add_button (notice, AW_NOTICE_DONE, button != NULL ? button : _("Done"));
      aw_notice_add_button (notice, AW_NOTICE_TOMORROW, _("Tomorrow"));
      return notice;
    case AW_DUTY_CALL:
    case AW_DUTY_COMPLETE:
    case AW_DUTY_THANK_YOU:
    case AW_DUTY_LETTER:
    case AW_DUTY_CHECK_IN:
    case AW_DUTY_ESCALATION:
    case AW_DUTY_ARTICLE:
    case AW_DUTY_KEEP_IN_TOUCH:
    case AW_DUTY_TIMELINE:
    case AW_DUTY_FEEDBACK:
    case AW_DUTY_ANSWER:
    case AW_DUTY_ACKNOWLEDGEMENT:
    default:
      break;
    }

  /* What has somebody to write to is written; a call is prepared in the window. */
  if (follow_up->person != NULL && *follow_up->person != '-' &&
      (follow_up->channel == AW_CHANNEL_EMAIL || follow_up->channel == AW_CHANNEL_MESSAGE) &&
      (follow_up->missing & AW_MISSING_EMAIL) == 0)
    notice->default_action = AW_NOTICE_COMPOSE;
  aw_notice_add_button (notice, notice->default_action, button != NULL ? button : _("Open"));
  if (is_hourly (follow_up->kind))
    aw_notice_add_button (notice, AW_NOTICE_HOUR, _("In an Hour"));
  else
    aw_notice_add_button (notice, AW_NOTICE_TOMORROW, _("Tomorrow"));
  aw_notice_add_button (notice, AW_NOTICE_SKIP, _("Skip"));
  return notice;
}

/**
 * aw_reminder_summary_notice:
 * @n: how many follow-ups it is about
 * @companies: (element-type utf8): whose, each once
 * @morning: whether it is the day's summary, not what came together by chance
 * @hide_names: whether others may see the screen
 *
 * Returns: (transfer full): one notification for all of them
 */
AwNotice *
aw_reminder_summary_notice (guint n,
                            GPtrArray *companies,
                            gboolean morning,
                            gboolean hide_names)
{
  g_autofree char *title = NULL;
  g_autoptr(GString) body = NULL;
  AwNotice *notice;

  if (morning)
    title = g_strdup_printf (ngettext ("%u follow-up today", "%u follow-ups today", n), n);
  else
    title = g_strdup_printf (ngettext ("%u follow-up is due", "%u follow-ups are due", n), n);

  if (!hide_names)
    {
      guint shown = MIN (companies->len, 4);

      body = g_string_new (NULL);
      for (guint i = 0; i < shown; i++)
        {
          if (i > 0)
            /* Translators: between the names of companies */
            g_string_append (body, _(", "));
          g_string_append (body, g_ptr_array_index (companies, i));
        }
      if (companies->len > shown)
        /* Translators: after the names of some companies */
        g_string_append_printf (body, ngettext (" and %u more", " and %u more", companies->len - shown),
                                companies->len - shown);
    }
  notice = aw_notice_new (AW_NOTICE_SUMMARY, title, body != NULL && body->len > 0 ? body->str : NULL);
  notice->default_action = AW_NOTICE_TODAY;
  aw_notice_add_button (notice, AW_NOTICE_TODAY, _("Open"));
  return notice;
}

/**
 * aw_reminder_test_notice:
 *
 * Returns: (transfer full): a notification that nothing is due for
 */
AwNotice *
aw_reminder_test_notice (void)
{
  AwNotice *notice = aw_notice_new (AW_NOTICE_TEST, _("Reminders work"), _("This is how Afterword will remind you."));

  aw_notice_set_subject (notice, AW_AGENT_TEST_SUBJECT, NULL);
  notice->default_action = AW_NOTICE_TODAY;
  aw_notice_add_button (notice, AW_NOTICE_TODAY, _("Open"));
  return notice;
}
