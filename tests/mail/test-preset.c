/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "mail/aw-preset.h"

static void
test_all_are_right (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "data", "mail-presets.ini", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) presets = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  g_file_get_contents (path, &text, &length, &error);
  g_assert_no_error (error);
  presets = aw_presets_parse (text, length, problems);
  for (guint i = 0; i < problems->len; i++)
    g_test_message ("%s", (char *) g_ptr_array_index (problems, i));
  g_assert_cmpuint (problems->len, ==, 0);
  g_assert_cmpuint (presets->len, >=, 20);
  for (guint i = 0; i < presets->len; i++)
    g_assert_nonnull (((AwPreset *) g_ptr_array_index (presets, i))->checked);
}

static void
test_found (void)
{
  g_autoptr (AwAccount) account = AW_ACCOUNT (aw_record_new (AW_TYPE_ACCOUNT, NULL));
  const AwPreset *preset = aw_preset_find ("ann@GMail.com");
  g_autofree char *password = NULL;

  g_assert_cmpstr (preset->id, ==, "gmail");
  g_assert_cmpint (preset->password, ==, AW_PRESET_PASSWORD_APP);
  password = aw_preset_clean_password (preset, "abcd efgh ijkl mnop");
  g_assert_cmpstr (password, ==, "abcdefghijklmnop");
  g_assert_null (aw_preset_find ("ann@example.org"));
  g_assert_null (aw_preset_find ("ann"));
  g_assert_null (aw_preset_find (NULL));
  g_assert_cmpstr (aw_preset_find_by_mx ("Aspmx.L.Google.com.")->id, ==, "gmail");
  g_assert_cmpstr (aw_preset_find_by_mx ("example-org.mail.protection.outlook.com")->id, ==, "microsoft365");
  g_assert_cmpstr (aw_preset_find_by_mx ("x.olc.protection.outlook.com")->id, ==, "outlook");
  g_assert_null (aw_preset_find_by_mx ("notgoogle.com"));
  aw_preset_fill (aw_preset_find ("ann@web.de"), "ann@web.de", account);
  g_assert_cmpstr (account->user, ==, "ann");
  g_assert_cmpint (account->port, ==, 465);
}

static void
test_bad_file (void)
{
  const char *text = "[a]\nname=A\ndomains=a.example;\nsmtp=mail.a.example:25:plain\n"
                     "[b]\nname=B\nsmtp=mail.b.example:465:tls\n"
                     "[c]\ndomains=c.example;\nsmtp=mail.c.example:465:tls\n"
                     "[d]\nname=D\ndomains=d.example;\nsmtp=mail.d.example:99999:tls\n"
                     "[e]\nname=E\ndomains=e.example;\nsmtp=mail.e.example:465:tls\nlink=javascript:alert(1)\n"
                     "[f]\nname=F\ndomains=f.example;\nsmtp=mail.f.example:465:tls\npassword=magic\n"
                     "[g]\nname=G\ndomains=g.example;\nsmtp=mail.g.example:587:starttls\n";
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) presets = aw_presets_parse (text, strlen (text), problems);
  g_autoptr (GPtrArray) none = aw_presets_parse ("no file of keys", 15, problems);

  g_assert_cmpuint (presets->len, ==, 1);
  g_assert_cmpuint (none->len, ==, 0);
  g_assert_cmpuint (problems->len, ==, 7);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/preset/all-are-right", test_all_are_right);
  g_test_add_func ("/preset/found", test_found);
  g_test_add_func ("/preset/bad-file", test_bad_file);
  return g_test_run ();
}
