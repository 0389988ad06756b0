/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "core/aw-json.h"
#include "review-case.h"

/* The customer's examples of the level that is meant: what has to be found,
 * and what would be a false alarm. A folder of further ones can be named by
 * AW_REVIEW_CASES. */

static const char *
member_text (const AwJson *object,
             const char *name)
{
  const AwJson *member = aw_json_get_member (object, name);

  return member != NULL && member->type == AW_JSON_STRING ? member->text : NULL;
}

static gint64
member_instant (const AwJson *object,
                const char *name,
                gint64 fallback)
{
  const char *text = member_text (object, name);
  AwInstant instant;

  if (text == NULL)
    return fallback;
  g_assert_true (aw_instant_parse (text, &instant));
  return instant.sec;
}

static void
test_case (gconstpointer data)
{
  const char *folder = data;
  g_autofree char *name = g_path_get_basename (folder);
  g_autofree char *doc = g_build_filename (folder, "doc.json", NULL);
  g_autofree char *case_path = g_build_filename (folder, "case.json", NULL);
  g_autofree char *message_path = g_build_filename (folder, "message.txt", NULL);
  g_autofree char *content = NULL, *message = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (AwJson) root = NULL;
  g_autoptr (ReviewWorld) world = review_world_load (doc);
  g_autoptr (GPtrArray) findings = NULL;
  AwReviewInput input = { .channel = AW_CHANNEL_EMAIL };
  const AwJson *list;
  int kind = 0, channel;
  gsize length;

  g_assert_true (g_file_get_contents (case_path, &content, &length, NULL));
  root = aw_json_parse (content, length, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (message_path, &message, NULL, NULL));
  g_assert_true (aw_word_parse (&aw_touch_kinds, member_text (root, "kind"), &kind));
  if (member_text (root, "channel") != NULL && aw_word_parse (&aw_channels, member_text (root, "channel"), &channel))
    input.channel = (AwChannel) channel;
  input.person = member_text (root, "person");
  input.kind = (AwTouchKind) kind;
  input.subject = member_text (root, "subject");
  input.text = message;
  input.at = member_instant (root, "at", 0);
  input.begun = member_instant (root, "begun", input.at);

  findings = review_world_review (world, member_text (root, "opportunity"), &input);
  review_show (name, findings);

  list = aw_json_get_member (root, "must");
  for (guint i = 0; i < list->items->len; i++)
    {
      const AwJson *pair = g_ptr_array_index (list->items, i);
      const char *id = ((AwJson *) g_ptr_array_index (pair->items, 0))->text;
      int least = 0;

      g_assert_true (aw_word_parse (&aw_severities, ((AwJson *) g_ptr_array_index (pair->items, 1))->text, &least));
      if ((int) review_severity_of (findings, id) < least)
        {
          g_test_message ("%s: %s is missing", name, id);
          g_test_fail ();
        }
    }
  list = aw_json_get_member (root, "must_not");
  for (guint i = 0; i < list->items->len; i++)
    {
      const char *id = ((AwJson *) g_ptr_array_index (list->items, i))->text;

      if (review_severity_of (findings, id) >= AW_SEVERITY_WARNING)
        {
          g_test_message ("%s: %s is a false alarm", name, id);
          g_test_fail ();
        }
    }
}

int
main (int argc,
      char **argv)
{
  g_autofree char *built_in = NULL;
  const char *folder = g_getenv ("AW_REVIEW_CASES");
  GDir *dir;
  const char *name;

  g_test_init (&argc, &argv, NULL);
  built_in = g_test_build_filename (G_TEST_DIST, "core", "review", NULL);
  if (folder == NULL)
    folder = built_in;
  dir = g_dir_open (folder, 0, NULL);
  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *test = g_strconcat ("/review/", name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        g_test_add_data_func_full (test, g_steal_pointer (&path), test_case, g_free);
    }
  g_dir_close (dir);
  return g_test_run ();
}
