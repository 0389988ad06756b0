/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/aw-sidebar-order.h"

#include <string.h>

static gboolean
has_word (const char *text,
          const char *words)
{
  g_autofree char *folded = text != NULL ? g_utf8_casefold (text, -1) : NULL;

  return folded != NULL && strstr (folded, words) != NULL;
}

static gboolean
is_waiting (AwSummary *summary)
{
  AwDuty *next = aw_summary_get_next (summary);

  return !aw_status_is_closed (aw_summary_get_status (summary)) &&
         (next == NULL || aw_duty_get_follow_up (next)->state == AW_STATE_WAITING || aw_duty_get_follow_up (next)->state == AW_STATE_UPCOMING);
}

/**
 * aw_sidebar_order_shows:
 * @summary: an opportunity
 * @show: "active", "waiting", "offers", "closed" or "all"
 *
 * Returns: whether it is among those
 */
gboolean
aw_sidebar_order_shows (AwSummary *summary,
                        const char *show)
{
  gboolean closed = aw_status_is_closed (aw_summary_get_status (summary)) || aw_summary_get_archived (summary);

  if (g_str_equal (show, "all"))
    return TRUE;
  if (g_str_equal (show, "closed"))
    return closed;
  if (closed)
    return FALSE;
  if (g_str_equal (show, "waiting"))
    return is_waiting (summary);
  if (g_str_equal (show, "offers"))
    return aw_summary_get_status (summary) == AW_STATUS_OFFER;
  return TRUE;
}

/**
 * aw_sidebar_order_names:
 * @summary: an opportunity
 * @words: folded
 *
 * Returns: whether @words stand in its company or role
 */
gboolean
aw_sidebar_order_names (AwSummary *summary,
                        const char *words)
{
  return has_word (aw_summary_get_company (summary), words) || has_word (aw_summary_get_role (summary), words);
}

static int
compare_urgency (AwSummary *a,
                 AwSummary *b)
{
  AwDuty *next_a = aw_summary_get_next (a);
  AwDuty *next_b = aw_summary_get_next (b);
  gint64 due_a, due_b;

  if (next_a == NULL || next_b == NULL)
    return (next_a == NULL) - (next_b == NULL);
  due_a = aw_duty_get_follow_up (next_a)->state == AW_STATE_WAITING ? aw_duty_get_follow_up (next_a)->opens : aw_duty_get_follow_up (next_a)->due;
  due_b = aw_duty_get_follow_up (next_b)->state == AW_STATE_WAITING ? aw_duty_get_follow_up (next_b)->opens : aw_duty_get_follow_up (next_b)->due;
  return (due_a > due_b) - (due_a < due_b);
}

/**
 * aw_sidebar_order_compare:
 * @one: an opportunity
 * @two: another
 * @sort: "next", "date" or "company"
 *
 * Returns: which comes first, as g_strcmp0()
 */
int
aw_sidebar_order_compare (AwSummary *one,
                          AwSummary *two,
                          const char *sort)
{
  int order = 0;

  if (g_str_equal (sort, "date"))
    {
      gint64 at_one = aw_summary_get_last_interview (one);
      gint64 at_two = aw_summary_get_last_interview (two);

      order = (at_one < at_two) - (at_one > at_two); /* the newest first */
    }
  else if (g_str_equal (sort, "next"))
    {
      int closed = aw_status_is_closed (aw_summary_get_status (one)) - aw_status_is_closed (aw_summary_get_status (two));

      order = closed != 0 ? closed : compare_urgency (one, two);
    }
  if (order == 0)
    order = g_utf8_collate (aw_summary_get_company (one) != NULL ? aw_summary_get_company (one) : "",
                            aw_summary_get_company (two) != NULL ? aw_summary_get_company (two) : "");
  if (order == 0)
    order = g_strcmp0 (aw_summary_get_id (one), aw_summary_get_id (two));
  return order;
}
